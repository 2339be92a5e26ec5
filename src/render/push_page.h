/* SPDX-License-Identifier: MIT */
/*
 * What the table and the sentences of a plan share.
 *
 * Layer: render. Includes: base, buf, doc, graph, plan.
 */
#ifndef WLS_RENDER_PUSH_PAGE_H
#define WLS_RENDER_PUSH_PAGE_H

#include "render/line_diff.h"
#include "render/push.h"

/* Borrowed; texts that the functions below return are clean (style.h) and of the arena. */
struct wls_push_page {
	const struct wls_plan *plan;
	const struct wls_remote *remote;
	const struct wls_style *style;
	const struct wls_push_view *view;
	struct wls_arena *arena;
};

/* "Auth-Refactor": the log's name, or what its record calls it. */
struct wls_slice wls_push_name(const struct wls_push_page *page, const struct wls_plan_item *item);
/* A log with its issue, if it has one, after `joint`: "Data-Model #3". */
struct wls_slice wls_push_link(const struct wls_push_page *page, uint32_t log, const char *joint);
/* "a, b". */
struct wls_slice wls_push_names(const struct wls_push_page *page, const struct wls_slice *names,
				size_t count);
/* "open", "closed (completed)", "closed (not planned)". */
const char *wls_push_state(enum wls_issue_state state);
/* What an item that writes changes: "title, region, labels". */
struct wls_slice wls_push_fields(const struct wls_push_page *page,
				 const struct wls_plan_item *item);
/* Whether its region's text is to be shown: a new issue's only when it is asked for. */
bool wls_push_shows_region(const struct wls_push_page *page, const struct wls_plan_item *item);
/*
 * The lines of its region that differ, with one around them unless it is blank; on a terminal the first
 * WLS_PUSH_LINES, and *more that follow.
 */
struct wls_diff_line *wls_push_region(const struct wls_push_page *page,
				      const struct wls_plan_item *item, size_t *count,
				      size_t *more);
#define WLS_PUSH_LINES 20u

/* The lines at the end: comments that are left, counts, costs, time. */
void wls_push_sum(const struct wls_push_page *page, struct wls_buf *out);

/* The whole in sentences. */
void wls_push_sentences(const struct wls_push_page *page, struct wls_buf *out);
/* "Drift in Billing, issue 7, title: …." `number` 0: none. */
void wls_push_note_sentence(struct wls_arena *arena, struct wls_slice name, int64_t number,
			    const struct wls_note *note, struct wls_buf *out);

#endif
