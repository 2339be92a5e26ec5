/* SPDX-License-Identifier: MIT */
/*
 * The graph as waves: what can start now, what comes after it, what cannot be ordered.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_WAVES_H
#define WLS_RENDER_WAVES_H

#include "render/report.h"

/*
 * Adds the drawing: facts beside each log below WLS_WIDE cells, a table with progress bars
 * from there on; on a terminal (style.brief) a summary when it is over WLS_BRIEF_LINES
 * lines. Nothing but the headline when no log is visible. O(V log V + E).
 */
void wls_render_waves(const struct wls_report *report, struct wls_buf *out);

#endif
