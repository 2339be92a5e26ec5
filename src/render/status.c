/* SPDX-License-Identifier: MIT */
/*
 * The table of `wlsync status`.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/status.h"

#include "render/table.h"

static const struct wls_column columns[] = {
	{"", WLS_LEFT, 0, 1},
	{"WORKSTREAM", WLS_LEFT, 1, 0},
	{"VER", WLS_LEFT, 2, 0},
	{"STATUS", WLS_LEFT, 2, 12},
	{"PROGRESS", WLS_RIGHT, 2, 0},
	/* With room for " old". */
	{"UPDATED", WLS_LEFT, 2, 14},
	{"HIGH", WLS_RIGHT, 0, 0},
};

uint32_t wls_log_open(const struct wls_log *log, enum wls_priority priority)
{
	uint32_t n = 0;

	for (size_t i = 0; i < log->next_count; i++)
		n += log->next[i].priority == priority;
	return n;
}

bool wls_log_old(const struct wls_report *report, const struct wls_log *log, uint32_t days)
{
	struct wls_moment updated = wls_moment_of(log->updated, log->updated_time);

	return log->status != WLS_STATUS_COMPLETED && updated.known && report->now.known &&
	       wls_moment_days(&updated, &report->now) > (int64_t)days;
}

/* ---- order ---- */

/* What a row is sorted by: smaller first, then the id. */
struct key {
	int64_t number;
	struct wls_slice text; /* larger first: dates */
	const struct wls_log *log;
};

static int64_t status_rank(enum wls_work_status status)
{
	switch (status) {
	case WLS_STATUS_BLOCKED:
		return 0;
	case WLS_STATUS_IN_PROGRESS:
		return 1;
	case WLS_STATUS_NEEDS_REVIEW:
		return 2;
	case WLS_STATUS_COMPLETED:
		return 3;
	case WLS_STATUS_NONE:
	case WLS_STATUS_UNKNOWN:
		break;
	}
	return 4;
}

static int64_t wave_rank(const struct wls_log *log)
{
	if (log->wave > 0)
		return log->wave;
	return log->status == WLS_STATUS_COMPLETED ? INT64_MAX : INT64_MAX - 1;
}

static struct key key_of(const struct wls_log *log, enum wls_status_sort sort)
{
	struct key key = {.log = log};

	switch (sort) {
	case WLS_SORT_NAME:
		break;
	case WLS_SORT_VERSION:
		key.number = -(int64_t)log->version;
		break;
	case WLS_SORT_STATUS:
		key.number = status_rank(log->status);
		break;
	case WLS_SORT_PROGRESS:
		key.number = -log->progress;
		break;
	case WLS_SORT_HIGH:
		key.number = -(int64_t)wls_log_open(log, WLS_PRIORITY_HIGH);
		break;
	case WLS_SORT_UNBLOCKS:
		key.number = -(int64_t)log->unblocks;
		break;
	case WLS_SORT_WAVE:
		key.number = wave_rank(log);
		break;
	case WLS_SORT_UPDATED:
		key.text = log->updated;
		break;
	}
	return key;
}

static int compare_keys(const void *a, const void *b)
{
	const struct key *x = a, *y = b;

	if (x->number != y->number)
		return x->number < y->number ? -1 : 1;
	int order = wls_slice_cmp(y->text, x->text);
	return order != 0 ? order : wls_slice_cmp(x->log->id, y->log->id);
}

uint32_t *wls_status_order(const struct wls_report *report, enum wls_status_sort sort,
			   uint32_t *count)
{
	const struct wls_graph *graph = report->graph;
	struct key *keys = WLS_ARENA_ARRAY(report->arena, struct key, (size_t)graph->log_count + 1);
	uint32_t *logs = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)graph->log_count + 1);
	uint32_t n = 0;

	for (uint32_t l = 0; l < graph->log_count; l++)
		if (wls_report_log(report, l))
			keys[n++] = key_of(&graph->logs[l], sort);
	if (n > 1)
		qsort(keys, n, sizeof(*keys), compare_keys);
	for (uint32_t i = 0; i < n; i++)
		logs[i] = (uint32_t)(keys[i].log - graph->logs);
	*count = n;
	return logs;
}

/* ---- rows ---- */

static void add_log(const struct wls_report *report, struct wls_table *table, uint32_t l,
		    uint32_t days)
{
	const struct wls_log *log = &report->graph->logs[l];
	struct wls_cell *cells = wls_table_row(table);
	enum wls_glyph glyph = wls_log_status_glyph(report, l);
	bool old = wls_log_old(report, log, days);
	struct wls_slice updated = wls_style_clean(report->arena, log->updated);

	if (updated.len == 0)
		updated = WLS_SLICE("-");
	if (old)
		updated = wls_slice_of(
			wls_arena_printf(report->arena, "%.*s old", WLS_SLICE_ARG(updated)));
	wls_table_set(table, &cells[0], wls_slice_of(wls_style_glyph(report->style, glyph)),
		      wls_glyph_paint(glyph));
	wls_table_set(table, &cells[1], wls_log_label(report, l), WLS_PAINT_NONE);
	wls_table_set(table, &cells[2], wls_version_label(report, log->version), WLS_PAINT_NONE);
	wls_table_set(table, &cells[3], wls_status_label(report, l), WLS_PAINT_NONE);
	wls_table_set(table, &cells[4], wls_progress_label(report, l), WLS_PAINT_NONE);
	wls_table_set(table, &cells[5], updated, old ? WLS_PAINT_STALE : WLS_PAINT_NONE);
	wls_table_set(table, &cells[6],
		      wls_slice_of(wls_arena_printf(report->arena, "%u",
						    wls_log_open(log, WLS_PRIORITY_HIGH))),
		      WLS_PAINT_NONE);
}

static void add_blockers(const struct wls_report *report, struct wls_table *table, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];

	for (size_t i = 0; i < log->blocker_count; i++) {
		const struct wls_log_blocker *blocker = &log->blockers[i];
		struct wls_row *row =
			wls_table_line(table, 4, wls_style_clean(report->arena, blocker->text));
		row->text.free = true;
		row->tail.text = wls_blocker_tail(report, log, blocker);
	}
}

/* ---- the sum ---- */

static uint32_t count_old(const struct wls_report *report, uint32_t days)
{
	uint32_t old = 0;

	for (uint32_t l = 0; l < report->graph->log_count; l++)
		if (wls_report_log(report, l))
			old += wls_log_old(report, &report->graph->logs[l], days);
	return old;
}

struct wls_slice wls_status_sum(const struct wls_report *report, uint32_t days)
{
	struct wls_arena *arena = report->arena;
	struct wls_counts counts;
	struct wls_buf buf = WLS_BUF_INIT;
	const char *joint = ": ";

	wls_report_count(report, &counts);
	const struct {
		uint32_t n;
		const char *word;
	} states[] = {
		{counts.in_progress, "in progress"}, {counts.blocked, "blocked"},
		{counts.needs_review, "in review"},  {counts.completed, "completed"},
		{counts.other, "of unknown status"},
	};
	wls_buf_add_str(&buf, wls_style_plural(arena, counts.logs, "workstream", "workstreams"));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(states); i++) {
		if (states[i].n == 0)
			continue;
		wls_buf_printf(&buf, "%s%s %s", joint, wls_style_count(arena, states[i].n),
			       states[i].word);
		joint = ", ";
	}
	wls_buf_printf(&buf, "; %s ready", wls_style_count(arena, counts.ready));
	uint32_t old = count_old(report, days);
	if (old > 0)
		wls_buf_printf(&buf, ", %s old (> %u d)", wls_style_count(arena, old), days);
	struct wls_slice sum = wls_arena_copy(arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return sum;
}

void wls_render_status(const struct wls_report *report, enum wls_status_sort sort, uint32_t days,
		       struct wls_buf *out)
{
	struct wls_table table;
	uint32_t count;
	const uint32_t *logs = wls_status_order(report, sort, &count);

	wls_table_init(&table, report->arena, columns, WLS_ARRAY_SIZE(columns));
	for (uint32_t i = 0; i < count; i++) {
		add_log(report, &table, logs[i], days);
		add_blockers(report, &table, logs[i]);
	}
	if (count > 0)
		wls_table_render_titles(&table, report->style, out);
	wls_table_render(&table, report->style, out);
	wls_buf_add_slice(out, wls_status_sum(report, days));
	wls_buf_add_char(out, '\n');
	wls_table_release(&table);
}
