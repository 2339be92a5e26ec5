/* SPDX-License-Identifier: MIT */
/*
 * Everything said in sentences, one a line, without columns or symbols: for screen readers
 * and braille displays (`--plain`, ACCESSIBLE=1).
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_PLAIN_H
#define WLS_RENDER_PLAIN_H

#include "render/next.h"
#include "render/report.h"
#include "render/status.h"

/* A sentence a log: its state, what it waits for, what it unblocks. O(V log V + E). */
void wls_plain_waves(const struct wls_report *report, struct wls_buf *out);
/* A sentence an edge, and one for each log without any. */
void wls_plain_tree(const struct wls_report *report, struct wls_buf *out);
/* A sentence for the log, then one an edge of what is visible. */
void wls_plain_focus(const struct wls_report *report, uint32_t log, struct wls_buf *out);
void wls_plain_path(const struct wls_report *report, const uint32_t *edges, uint32_t count,
		    struct wls_buf *out);
void wls_plain_status(const struct wls_report *report, enum wls_status_sort sort, uint32_t days,
		      struct wls_buf *out);
void wls_plain_next(const struct wls_report *report, const struct wls_next_list *list,
		    struct wls_buf *out);

#endif
