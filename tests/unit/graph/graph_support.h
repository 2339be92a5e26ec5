/* SPDX-License-Identifier: MIT */
/*
 * Graphs made of a few lines, and what they hold in words.
 */
#ifndef GRAPH_SUPPORT_H
#define GRAPH_SUPPORT_H

#include "graph/graph_internal.h"

struct test_file {
	const char *path;
	const char *text;
	const char *branch; /* NULL: none */
};

/* Adds the files in that order and builds. The caller frees the graph. */
struct wls_graph *graph_of_files(const struct test_file *files, size_t count,
				 const struct wls_graph_options *options);
/*
 * Logs in short: a line each, `Name status progress: Needed Needed!`; status is one of i
 * (in_progress), b, r (needs_review), c, n (none). Every log is at v2; a need is `Name` (pinned
 * at v2), `Name!` (claimed), `Name<` (v1), `Name>` (v3).
 */
struct wls_graph *graph_of_lines(const char *lines, const struct wls_graph_options *options);
/* The text of one log of graph_of_lines(), to be added to by hand. */
void make_log(struct wls_buf *out, const char *status, unsigned version, const char *body);

/* Adds a line an edge: "A > B v2 depends_on waiting/ahead claimed 12:3". */
void describe_edges(const struct wls_graph *graph, struct wls_buf *out);
/* Adds "rule file:line:column message\n" for each diagnostic. */
void describe_diagnostics(const struct wls_graph *graph, struct wls_buf *out);
/* Adds ids, separated by blanks. */
void describe_logs(const struct wls_graph *graph, const uint32_t *logs, size_t count,
		   struct wls_buf *out);
/* The log of that id; fails the test when there is none. */
const struct wls_log *log_of(const struct wls_graph *graph, const char *id);

#endif
