/* SPDX-License-Identifier: MIT */
/*
 * The table of trends: a line for the log, a row a metric, and beneath it what is to be said of it.
 *
 * Layer: render. Includes: base, buf, doc, graph, trends.
 *
 *     METRIC          TREND  FIRST     LAST      BEST      TARGET  MOVE
 *     Trends v7
 *       API latency   ▄▃█▁   200ms v1  150ms v7  150ms v7          better
 *         ! regression at v5: 250ms, best before it 180ms in v3 (features)
 */
#include "render/trends.h"

#include "base/utf8.h"

enum { SPARK_CELLS = 16, CHANGES_MAX = 5 };

static const struct wls_column columns[] = {
	{"METRIC", WLS_LEFT, 2, 0}, {"TREND", WLS_LEFT, 2, 0}, {"FIRST", WLS_LEFT, 2, 0},
	{"LAST", WLS_LEFT, 2, 0},   {"BEST", WLS_LEFT, 2, 0},  {"TARGET", WLS_LEFT, 2, 0},
	{"MOVE", WLS_LEFT, 2, 0},
};

void wls_trends_table_init(struct wls_trends_page *page)
{
	memcpy(page->columns, columns, sizeof(columns));
	wls_table_init(&page->table, &page->arena, page->columns, WLS_ARRAY_SIZE(columns));
}

/* ---- fitting ---- */

static size_t column_width(const struct wls_table *table, size_t c)
{
	size_t width = strlen(table->columns[c].title);
	for (size_t r = 0; r < table->row_count; r++) {
		const struct wls_cell *cells = table->rows[r].cells;
		size_t own =
			cells && cells[c].count > 0 ? wls_utf8_width(cells[c].parts[0].text) : 0;
		width = own > width ? own : width;
	}
	return width + table->columns[c].gap;
}

static void drop_column(struct wls_trends_page *page, size_t c)
{
	struct wls_table *table = &page->table;
	size_t behind = table->column_count - c - 1;
	memmove(&page->columns[c], &page->columns[c + 1], behind * sizeof(struct wls_column));
	for (size_t r = 0; r < table->row_count; r++) {
		struct wls_cell *cells = table->rows[r].cells;
		if (cells)
			memmove(&cells[c], &cells[c + 1], behind * sizeof(struct wls_cell));
	}
	table->column_count--;
}

void wls_trends_table_fit(struct wls_trends_page *page)
{
	static const char *const order[] = {"BEST", "FIRST", "TREND", "TARGET", "MOVE"};
	struct wls_table *table = &page->table;
	size_t total = 0, c;
	for (c = 0; c < table->column_count; c++)
		total += column_width(table, c);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(order); i++) {
		if (!page->style->cut || total <= page->style->width)
			return;
		for (c = 0; strcmp(page->columns[c].title, order[i]) != 0;)
			c++;
		total -= column_width(table, c);
		drop_column(page, c);
	}
}

/* ---- rows ---- */

/* A text that outlives the log: clean, and a copy. */
static struct wls_slice keep(struct wls_trends_page *page, struct wls_slice s)
{
	return wls_arena_copy(&page->arena, wls_style_clean(&page->arena, s));
}

/* "200ms v1" */
static struct wls_slice point_label(struct wls_trends_page *page, const struct wls_claim *claim)
{
	struct wls_slice text = claim->implied ? WLS_SLICE("done") : keep(page, claim->text);
	return wls_slice_of(wls_arena_printf(&page->arena, "%.*s %s", WLS_SLICE_ARG(text),
					     wls_claim_when(&page->arena, claim)));
}

static void add_note(struct wls_trends_page *page, const char *words, enum wls_paint paint)
{
	const char *line = wls_arena_printf(&page->arena, "! %s", words);
	struct wls_row *row = wls_table_line(&page->table, 4, wls_slice_of(line));
	row->text.paint = paint;
	row->text.free = true;
}

static void add_row(struct wls_trends_page *page, const struct wls_metric *m)
{
	struct wls_table *table = &page->table;
	struct wls_cell *cells = wls_table_row(table);
	const struct wls_claim *target = wls_metric_target(m);
	const char *move = wls_metric_move(m);
	enum wls_paint paint = strcmp(move, "worse") == 0    ? WLS_PAINT_ERROR
			       : strcmp(move, "better") == 0 ? WLS_PAINT_OK
							     : WLS_PAINT_NONE;
	wls_table_set(table, &cells[0], keep(page, m->name), WLS_PAINT_NONE);
	wls_table_set(table, &cells[1], wls_sparkline(page->style, &page->arena, m, SPARK_CELLS),
		      WLS_PAINT_NONE);
	if (m->point_count > 1)
		wls_table_set(table, &cells[2], point_label(page, m->points[0].claim),
			      WLS_PAINT_NONE);
	if (m->point_count > 0)
		wls_table_set(table, &cells[3],
			      point_label(page, m->points[m->point_count - 1].claim),
			      WLS_PAINT_NONE);
	if (m->point_count > 1 && m->better != WLS_BETTER_UNKNOWN)
		wls_table_set(table, &cells[4], point_label(page, m->points[m->best].claim),
			      WLS_PAINT_NONE);
	if (target)
		wls_table_set(table, &cells[5], keep(page, target->text), WLS_PAINT_NONE);
	wls_table_set(table, &cells[6], wls_slice_of(move), paint);
}

static void add_changes(struct wls_trends_page *page, struct wls_trends *trends,
			const struct wls_contradiction *c)
{
	size_t count, left_out;
	const struct wls_change *changes =
		wls_contradiction_changes(trends, c, CHANGES_MAX, &count, &left_out);
	for (size_t i = 0; i < c->attribute_count; i++) {
		const char *words = wls_attribute_words(&page->arena, &c->attributes[i]);
		wls_table_line(&page->table, 8, wls_slice_of(words))->text.free = true;
	}
	if (left_out > 0)
		wls_table_line(&page->table, 8,
			       wls_slice_of(wls_arena_printf(&page->arena, "%zu more versions",
							     left_out)));
	for (size_t i = 0; i < count; i++) {
		const char *words = wls_change_words(&page->arena, &changes[i]);
		wls_table_line(&page->table, 8, wls_slice_of(words))->text.free = true;
	}
}

/* Contradictions by metric: the first of each, then the next, so that a log is walked once. */
struct chain {
	uint32_t *first; /* metric → contradiction */
	uint32_t *next;
};

static struct chain chain_of(struct wls_trends_page *page, const struct wls_trends *t)
{
	struct chain chain = {
		WLS_ARENA_ARRAY(&page->arena, uint32_t, t->metric_count + 1),
		WLS_ARENA_ARRAY(&page->arena, uint32_t, t->contradiction_count + 1),
	};
	for (size_t m = 0; m < t->metric_count; m++)
		chain.first[m] = WLS_METRIC_NONE;
	for (size_t i = t->contradiction_count; i > 0; i--) {
		uint32_t metric = t->contradictions[i - 1].metric;
		chain.next[i - 1] = chain.first[metric];
		chain.first[metric] = (uint32_t)(i - 1);
	}
	return chain;
}

void wls_trends_table_add(struct wls_trends_page *page, const struct wls_trends_log *log)
{
	struct wls_trends *t = log->trends;
	struct chain chain = chain_of(page, t);
	size_t regression = 0;
	struct wls_slice id = keep(page, log->log->id);
	const char *title = log->log->version > 0
				    ? wls_arena_printf(&page->arena, "%.*s v%u", WLS_SLICE_ARG(id),
						       log->log->version)
				    : id.ptr;
	wls_table_line(&page->table, 0, wls_slice_of(title))->text.paint = WLS_PAINT_TITLE;
	for (uint32_t m = 0; m < t->metric_count; m++) {
		bool shown = wls_trends_shows(page, t, m);
		if (shown)
			add_row(page, &t->metrics[m]);
		for (; regression < t->regression_count && t->regressions[regression].metric == m;
		     regression++)
			if (shown)
				add_note(page,
					 wls_regression_words(&page->arena,
							      &t->regressions[regression]),
					 WLS_PAINT_ERROR);
		for (uint32_t i = chain.first[m]; i != WLS_METRIC_NONE && shown;
		     i = chain.next[i]) {
			add_note(page, wls_contradiction_words(&page->arena, &t->contradictions[i]),
				 WLS_PAINT_STALE);
			add_changes(page, t, &t->contradictions[i]);
		}
	}
}
