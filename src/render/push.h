/* SPDX-License-Identifier: MIT */
/*
 * A plan of `wlsync push`, and what became of it, for people.
 *
 * Layer: render. Includes: base, buf, doc, graph, plan.
 *
 * Invariants
 * - A symbol and a colour only repeat what the word beside them says.
 * - Of a difference a terminal gets the beginning, and how much more there is; a pipe gets all.
 *   What a note says, and what names something, is never cut.
 */
#ifndef WLS_RENDER_PUSH_H
#define WLS_RENDER_PUSH_H

#include "render/style.h"
#include "wlsync/plan.h"

struct wls_push_view {
	bool plain;            /* sentences, without symbols and columns */
	bool verbose;          /* differences in full, new regions too, and what is unchanged */
	double write_interval; /* seconds between writes */
	uint32_t hourly;       /* issues and comments that the tracker takes in an hour; 0: any */
	uint32_t max_comments; /* that were planned at most: why some are left; 0: unknown */
};

/* What a plan costs. */
struct wls_push_cost {
	size_t requests; /* about */
	size_t writes;   /* of them */
	size_t posts;    /* of them: issues and comments that are made */
	double seconds;  /* at least, for the pace that the tracker asks for */
};
/* O(items). */
struct wls_push_cost wls_push_cost(const struct wls_plan *plan, const struct wls_push_view *view);

/*
 * Adds header, items with their differences, notes, and the sum. O(plan) but for regions that
 * differ in many lines: at most 500 * 500 steps for each.
 */
void wls_render_push(const struct wls_plan *plan, const struct wls_remote *remote,
		     const struct wls_style *style, const struct wls_push_view *view,
		     struct wls_buf *out);
/* Adds the notes that turned up while it ran, then a line of counts, requests and what is left. */
void wls_render_push_result(const struct wls_plan_result_view *result,
			    const struct wls_style *style, const struct wls_push_view *view,
			    struct wls_buf *out);

#endif
