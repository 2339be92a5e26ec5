/* SPDX-License-Identifier: MIT */
/*
 * What the exports share: which logs and edges are shown, and facts in words.
 *
 * Layer: graph. Includes: base, doc.
 */
#ifndef WLS_GRAPH_VIEW_H
#define WLS_GRAPH_VIEW_H

#include "wlsync/graph.h"

bool wls_view_has_log(const struct wls_view *view, uint32_t log);
/* Both ends are shown, and it does not follow from others (options.reduce). */
bool wls_view_has_edge(const struct wls_graph *graph, const struct wls_view *view, uint32_t edge);
/* wls_edge_word(), but "mentions" and "earlier" where it is no dependency now. */
const char *wls_edge_label_word(const struct wls_edge *edge);
/* "in progress", "blocked", …; an unknown word as written; "no status". */
struct wls_slice wls_log_status_words(const struct wls_log *log);
/* Adds "v5, in progress, 70%". */
void wls_log_add_facts(struct wls_buf *out, const struct wls_log *log);
/* Adds "needs Auth-Refactor v5: stale, now v6": what an edge says behind its dependent. */
void wls_edge_add_facts(struct wls_buf *out, const struct wls_edge *edge);
/* Adds "7 workstreams, 5 dependencies: 1 ok, 1 waiting, 1 stale", of what is shown. */
void wls_view_add_summary(struct wls_buf *out, const struct wls_graph *graph,
			  const struct wls_view *view);

#endif
