/* SPDX-License-Identifier: MIT */
/*
 * What can be worked on now, and why the rest cannot.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_NEXT_H
#define WLS_RENDER_NEXT_H

#include "render/report.h"

struct wls_next_list {
	const struct wls_next_row *rows; /* in order, already limited */
	size_t count;
	size_t left_out;           /* rows that a limit took away */
	bool explain;              /* every log that is not ready, with its reasons */
	const uint32_t *not_ready; /* visible unfinished logs that are not in rows */
	uint32_t not_ready_count;
};

/*
 * The visible unfinished logs that are not ready (with `stale_ok`: not even when stale pins
 * are accepted), in the order of the waves. *count of them, in the arena. O(V log V).
 */
uint32_t *wls_report_not_ready(const struct wls_report *report, bool stale_ok, uint32_t *count);

/* Adds the list: rows of one log below its name. */
void wls_render_next(const struct wls_report *report, const struct wls_next_list *list,
		     struct wls_buf *out);

#endif
