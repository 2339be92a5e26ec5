/* SPDX-License-Identifier: MIT */
/*
 * `LOG`, `LOG@vN`, `LOG v3..v5` on a command line: which log, which versions, and its files read.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#ifndef WLS_CLI_LOG_ARGUMENT_H
#define WLS_CLI_LOG_ARGUMENT_H

#include "cli/cli.h"
#include "cli/workspace.h"
#include "render/shown.h"

/* Zero is the initial state; the caller releases it. */
struct wls_log_argument {
	struct wls_workspace *ws;
	struct wls_log_files files;
	struct wls_shown shown;
	uint32_t first, last; /* versions; 0, 0: none given */
	int status;           /* exit status so far */
};

/* `v3`, `v3..v5`, `v3-v5`, `v3..`, `v7+`, `..v5`; false when `text` is none. */
bool wls_versions_argument(struct wls_slice text, uint32_t *first, uint32_t *last);

/*
 * Finds the log that `word` names (with versions behind `@` or a blank), in a file of that name or
 * in the work tree, and reads it. `rev` may be NULL. WLS_CLI_GO, or an exit status after a message.
 */
int wls_log_argument_read(struct wls_log_argument *arg, const struct wls_cli *cli, const char *word,
			  const char *rev);
void wls_log_argument_release(struct wls_log_argument *arg);
#define _cleanup_log_argument_ _cleanup_(wls_log_argument_release)

#endif
