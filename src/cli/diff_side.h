/* SPDX-License-Identifier: MIT */
/*
 * One of the two texts of `wlsync diff`: a file, LOG, LOG@vN, REV:FILE, or :FILE of git's index.
 *
 * Layer: cli. Includes: base, buf, doc, graph, git, io, render.
 */
#ifndef WLS_CLI_DIFF_SIDE_H
#define WLS_CLI_DIFF_SIDE_H

#include "cli/log_argument.h"

/* Zero is the initial state; the caller releases it. */
struct wls_diff_side {
	struct wls_slice text;
	struct wls_buf bytes;        /* holds the text, when no document does */
	struct wls_log_argument log; /* of LOG and LOG@vN */
	bool entries;                /* only some entries of a log */
	uint32_t line;               /* of the text's first line in its file; 0: not known */
};

/* Reads what `word` names. WLS_CLI_GO, or an exit status after a message. */
int wls_diff_side_read(struct wls_diff_side *side, const struct wls_cli *cli, const char *word);
/* Reads a file, whatever it is called. */
int wls_diff_side_read_file(struct wls_diff_side *side, const char *path);
void wls_diff_side_release(struct wls_diff_side *side);

#endif
