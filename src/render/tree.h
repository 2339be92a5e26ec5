/* SPDX-License-Identifier: MIT */
/*
 * The graph as a tree: what a log needs, and what needs it.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_TREE_H
#define WLS_RENDER_TREE_H

#include "render/report.h"

/* Levels that are drawn below each other; what is deeper is continued as a tree of its own. */
#define WLS_TREE_DEPTH 48u

/* What is drawn around a log. */
struct wls_focus {
	uint32_t log;
	bool up, down;  /* what it needs, what needs it */
	uint32_t depth; /* steps away from it; 0: any */
};

/* Adds one log with what it needs and what needs it. O(V+E). */
void wls_render_focus(const struct wls_report *report, const struct wls_focus *focus,
		      struct wls_buf *out);
/*
 * Adds all visible logs, each once: first those that nothing needs. On a terminal
 * (style.brief) at most WLS_BRIEF_LINES lines, then how many are left. O(V+E).
 */
void wls_render_tree(const struct wls_report *report, struct wls_buf *out);
/* Adds a path: each edge below the one before it. */
void wls_render_path(const struct wls_report *report, const uint32_t *edges, uint32_t count,
		     struct wls_buf *out);

#endif
