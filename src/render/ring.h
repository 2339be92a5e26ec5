/* SPDX-License-Identifier: MIT */
/*
 * Logs that wait for each other, and logs that touch the same files.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_RING_H
#define WLS_RENDER_RING_H

#include "render/report.h"

/* Adds each cycle with its members, and one way around with file and line of every edge. */
void wls_render_cycles(const struct wls_report *report, struct wls_buf *out);
/* The same in sentences. */
void wls_plain_cycles(const struct wls_report *report, struct wls_buf *out);
/* Adds which visible logs name the same file; a sentence each, in every style. */
void wls_render_overlaps(const struct wls_report *report, struct wls_buf *out);

#endif
