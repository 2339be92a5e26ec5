/* SPDX-License-Identifier: MIT */
/*
 * What graph, status and next have in common: reading the logs, telling what was odd, and
 * choosing which of them to show.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#ifndef WLS_CLI_GATHER_H
#define WLS_CLI_GATHER_H

#include "cli/cli.h"
#include "cli/workspace.h"
#include "render/report.h"

/* --rev and --all-branches, which all of them have; the fields of `source` in `type`. */
struct wls_source {
	const char *rev;
	bool all_branches;
};

/* Rows for an option table; `type` has a member `struct wls_source source`. */
#define WLS_SOURCE_OPTS(type)                                                                      \
	WLS_OPT("rev", 0, TEXT, "REV", "the files of a commit",                                    \
		.offset = offsetof(type, source.rev)),                                             \
		WLS_OPT("all-branches", 0, FLAG, NULL, "the files of every local branch",          \
			.offset = offsetof(type, source.all_branches))

/*
 * Reads the logs of the PATHs in `args`; *out is the caller's. *status gets the exit status so far.
 * Returns WLS_CLI_GO, or an exit status when nothing can be shown. Warnings go to stderr.
 */
int wls_gather(const struct wls_cli *cli, const struct wls_source *source,
	       const struct wls_graph_options *options, const struct wls_args *args,
	       struct wls_workspace **out, int *status);

/*
 * Marks the logs whose status is one of "blocked,in_progress" in `keep` (log_count), takes the
 * others out. Words: the four statuses, none, unknown, ready. WLS_CLI_GO or an exit status.
 */
int wls_keep_status(const struct wls_graph *graph, const char *words, bool *keep);

#endif
