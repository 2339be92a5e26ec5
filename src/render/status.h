/* SPDX-License-Identifier: MIT */
/*
 * Where everything stands: a row a log, and what blocks it.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_STATUS_H
#define WLS_RENDER_STATUS_H

#include "render/report.h"

enum wls_status_sort {
	WLS_SORT_UPDATED, /* newest first, the default */
	WLS_SORT_NAME,
	WLS_SORT_VERSION,  /* highest first */
	WLS_SORT_STATUS,   /* blocked, in progress, needs review, completed, others */
	WLS_SORT_PROGRESS, /* most first */
	WLS_SORT_HIGH,     /* most open HIGH items first */
	WLS_SORT_UNBLOCKS, /* most first */
	WLS_SORT_WAVE,     /* first first, then what cannot be ordered, then what is done */
};

/* The visible logs in that order, ties by id; *count of them, in the arena. O(V log V). */
uint32_t *wls_status_order(const struct wls_report *report, enum wls_status_sort sort,
			   uint32_t *count);
/* Open items of that priority in the newest Next. */
uint32_t wls_log_open(const struct wls_log *log, enum wls_priority priority);
/* Whether an unfinished log was last written more than `days` ago. */
bool wls_log_old(const struct wls_report *report, const struct wls_log *log, uint32_t days);

/* Adds the table and its sum. */
void wls_render_status(const struct wls_report *report, enum wls_status_sort sort, uint32_t days,
		       struct wls_buf *out);
/* "7 workstreams: 5 in progress, …; 2 ready, 1 old (> 30 d)" */
struct wls_slice wls_status_sum(const struct wls_report *report, uint32_t days);

#endif
