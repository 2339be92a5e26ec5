/* SPDX-License-Identifier: MIT */
/*
 * Figures across versions: as a table with sparklines, in sentences, as JSON and CSV.
 *
 * Layer: render. Includes: base, buf, doc, graph, trends.
 *
 * Use: init, wls_trends_page_add() for every log in their order, then wls_trends_page_finish() once.
 * Nothing of a log is kept: its files may be closed once it was added.
 *
 * Invariants
 * - What is marked by a colour or a symbol is said in a word too.
 * - The same logs give the same bytes, whatever the day.
 */
#ifndef WLS_RENDER_TRENDS_H
#define WLS_RENDER_TRENDS_H

#include "base/json.h"
#include "render/style.h"
#include "render/table.h"
#include "wlsync/graph.h"
#include "wlsync/trends.h"

/* A log with its figures. */
struct wls_trends_log {
	const struct wls_log *log;
	struct wls_trends *trends; /* built */
};

enum wls_trends_format {
	WLS_TRENDS_TABLE,
	WLS_TRENDS_PLAIN,
	WLS_TRENDS_JSON,
	WLS_TRENDS_CSV,
};

struct wls_trends_page {
	enum wls_trends_format format;
	const struct wls_style *style;
	struct wls_slice filter; /* folded; empty: all */
	struct wls_arena arena;
	struct wls_buf body;
	struct wls_table table;
	struct wls_column columns[WLS_COLUMNS_MAX]; /* of the table */
	struct wls_json json;
	uint32_t logs, metrics, regressions, contradictions; /* that were shown */
};

/* `filter` is what --metric says, or NULL. The style is borrowed. */
void wls_trends_page_init(struct wls_trends_page *page, enum wls_trends_format format,
			  const struct wls_style *style, const char *filter);
void wls_trends_page_release(struct wls_trends_page *page);
#define _cleanup_trends_page_ _cleanup_(wls_trends_page_release)

void wls_trends_page_add(struct wls_trends_page *page, const struct wls_trends_log *log);
/* Adds the page to `out`; `graph` for the diagnostics of the JSON document. */
void wls_trends_page_finish(struct wls_trends_page *page, const struct wls_graph *graph,
			    struct wls_buf *out);

/* ---- what all forms share ---- */

/* Whether a metric is shown: of several versions, or with a target, or contradicted; or filtered for. */
bool wls_trends_shows(const struct wls_trends_page *page, const struct wls_trends *trends,
		      uint32_t metric);
/* The filter that --metric gives, folded as names are; of the arena. */
struct wls_slice wls_trends_filter(struct wls_arena *arena, const char *words);

/* "v5", "before v5", "-". */
const char *wls_claim_when(struct wls_arena *arena, const struct wls_claim *claim);
/* How a metric moved from its first to its last point: "better", "worse", "up", "down", "same", "". */
const char *wls_metric_move(const struct wls_metric *metric);
/* "regression at v5: 250ms, after 180ms in v3 (features)"; clean, of the arena. */
const char *wls_regression_words(struct wls_arena *arena, const struct wls_regression *regression);
/* "contradiction: 85% (v3) vs 60% (v7): what changed?"; clean, of the arena. */
const char *wls_contradiction_words(struct wls_arena *arena,
				    const struct wls_contradiction *contradiction);
/* "Investigation: user base 3x larger"; clean, of the arena. */
const char *wls_attribute_words(struct wls_arena *arena, const struct wls_attribute *attribute);
/* "v4 Redis: JWT; sessions"; clean, of the arena. */
const char *wls_change_words(struct wls_arena *arena, const struct wls_change *change);
/* The versions between the two claims of a contradiction, at most `limit`. */
const struct wls_change *wls_contradiction_changes(struct wls_trends *trends,
						   const struct wls_contradiction *contradiction,
						   size_t limit, size_t *count, size_t *left_out);

/* A row of bars, one a point, at most `cells` of them; of the arena. */
struct wls_slice wls_sparkline(const struct wls_style *style, struct wls_arena *arena,
			       const struct wls_metric *metric, size_t cells);

/* ---- the forms, each its own file ---- */

void wls_trends_table_init(struct wls_trends_page *page);
/* Leaves out columns until its lines fit the width, but for what a figure is and was last. */
void wls_trends_table_fit(struct wls_trends_page *page);
void wls_trends_table_add(struct wls_trends_page *page, const struct wls_trends_log *log);
void wls_trends_plain_add(struct wls_trends_page *page, const struct wls_trends_log *log);
void wls_trends_json_add(struct wls_trends_page *page, const struct wls_trends_log *log);
void wls_trends_csv_add(struct wls_trends_page *page, const struct wls_trends_log *log);

#endif
