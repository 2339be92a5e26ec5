/* SPDX-License-Identifier: MIT */
/*
 * The list of `wlsync next`.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/next.h"

#include "render/table.h"

static const struct wls_column columns[] = {
	{"", WLS_LEFT, 0, 1},
	{"", WLS_LEFT, 2, 0},
	{"", WLS_LEFT, 2, 3},
	{"", WLS_LIST, 2, 0},
};

uint32_t *wls_report_not_ready(const struct wls_report *report, bool stale_ok, uint32_t *count)
{
	const struct wls_graph *graph = report->graph;
	uint32_t *logs = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)graph->log_count + 1);

	*count = 0;
	for (uint32_t w = 1; w <= graph->wave_count + 1; w++) {
		uint32_t n;
		/* Last of all, what cannot be ordered. */
		const uint32_t *wave = wls_report_wave(report, w <= graph->wave_count ? w : 0, &n);
		for (uint32_t i = 0; i < n; i++) {
			const struct wls_log *log = &graph->logs[wave[i]];
			if (!log->ready && !(stale_ok && log->ready_if_stale_ok))
				logs[(*count)++] = wave[i];
		}
	}
	return logs;
}

/* "unblocks 3: A, B, 1 more": those that wait for it directly, by name. */
static const struct wls_part *unblocks_part(const struct wls_report *report, uint32_t l,
					    size_t *count)
{
	uint32_t total = report->graph->logs[l].unblocks;
	uint32_t names;
	const uint32_t *logs = wls_report_needed_by(report, l, &names);
	struct wls_buf buf = WLS_BUF_INIT;

	*count = 0;
	if (total == 0)
		return NULL;
	wls_buf_printf(&buf, "unblocks %s", wls_style_count(report->arena, total));
	for (uint32_t i = 0; i < names; i++) {
		wls_buf_add_str(&buf, i > 0 ? ", " : ": ");
		wls_buf_add_slice(&buf, wls_log_label(report, logs[i]));
	}
	if (names > 0 && names < total)
		wls_buf_printf(&buf, ", %s more", wls_style_count(report->arena, total - names));
	struct wls_part *part = WLS_ARENA_NEW(report->arena, struct wls_part);
	part->text = wls_arena_copy(report->arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	*count = 1;
	return part;
}

static void add_log(const struct wls_report *report, struct wls_table *table, uint32_t l,
		    uint32_t number)
{
	struct wls_cell *cells = wls_table_row(table);

	wls_table_set(table, &cells[0], wls_slice_of(wls_arena_printf(report->arena, "%u", number)),
		      WLS_PAINT_NONE);
	wls_table_set(table, &cells[1], wls_log_label(report, l), WLS_PAINT_TITLE);
	wls_table_set(table, &cells[2], wls_version_label(report, report->graph->logs[l].version),
		      WLS_PAINT_NONE);
	cells[3].parts = unblocks_part(report, l, &cells[3].count);
}

static void add_item(const struct wls_report *report, struct wls_table *table,
		     const struct wls_next_item *item, uint32_t indent)
{
	const char *priority = wls_priority_name(item->priority);
	struct wls_slice text = wls_style_clean(report->arena, item->text);
	struct wls_row *row;

	if (priority)
		text = wls_slice_of(wls_arena_printf(report->arena, "[%s] %.*s", priority,
						     WLS_SLICE_ARG(text)));
	row = wls_table_line(table, indent, text);
	row->text.free = true;
}

/* How many times a row's log is another than the row's before. */
static uint32_t count_groups(const struct wls_next_list *list)
{
	uint32_t groups = 0;

	for (size_t i = 0; i < list->count; i++)
		groups += i == 0 || list->rows[i].log != list->rows[i - 1].log;
	return groups;
}

static void add_rows(const struct wls_report *report, const struct wls_next_list *list,
		     struct wls_table *table)
{
	uint32_t number = 0, last = WLS_LOG_NONE;
	uint32_t indent = 3;

	/* As wide as the column of numbers. */
	for (uint32_t n = count_groups(list); n >= 10; n /= 10)
		indent++;
	for (size_t i = 0; i < list->count; i++) {
		const struct wls_next_row *row = &list->rows[i];
		const struct wls_log *log = &report->graph->logs[row->log];
		if (row->log != last)
			add_log(report, table, row->log, ++number);
		last = row->log;
		if (row->item == WLS_LOG_NONE)
			wls_table_line(table, indent, WLS_SLICE("no open item"))->text.paint =
				WLS_PAINT_DONE;
		else
			add_item(report, table, &log->next[row->item], indent);
	}
}

/* ---- what is not ready ---- */

static void render_reasons(const struct wls_report *report, uint32_t l, size_t cells,
			   struct wls_buf *out)
{
	size_t count;
	const struct wls_part *parts = wls_log_reasons(report, l, &count);

	wls_parts_render(parts, count, "; ", report->style, cells, out);
}

/* "Not ready: Payment-Integration (waits: Auth-Refactor v5), 3 more (--explain)" */
static void render_not_ready(const struct wls_report *report, const struct wls_next_list *list,
			     struct wls_buf *out)
{
	uint32_t first = list->not_ready[0];
	struct wls_slice name = wls_log_label(report, first);

	wls_buf_printf(out, "Not ready: %.*s (", WLS_SLICE_ARG(name));
	render_reasons(report, first, report->style->width / 2, out);
	wls_buf_add_char(out, ')');
	if (list->not_ready_count > 1)
		wls_buf_printf(out, ", %s more (--explain)",
			       wls_style_count(report->arena, list->not_ready_count - 1));
	wls_buf_add_char(out, '\n');
}

static void render_explained(const struct wls_report *report, const struct wls_next_list *list,
			     struct wls_buf *out)
{
	static const struct wls_column reasons[] = {
		{"", WLS_LEFT, 2, 0}, {"", WLS_LEFT, 2, 0}, {"", WLS_LIST, 2, 0}};
	struct wls_style whole = *report->style;
	struct wls_table table;

	/* Why is all that was asked for. */
	whole.cut = whole.brief = false;
	wls_table_init(&table, report->arena, reasons, WLS_ARRAY_SIZE(reasons));
	for (uint32_t i = 0; i < list->not_ready_count; i++) {
		uint32_t l = list->not_ready[i];
		struct wls_cell *cells = wls_table_row(&table);
		wls_table_set(&table, &cells[0], wls_log_label(report, l), WLS_PAINT_NONE);
		wls_table_set(&table, &cells[1],
			      wls_version_label(report, report->graph->logs[l].version),
			      WLS_PAINT_NONE);
		cells[2].parts = wls_log_reasons(report, l, &cells[2].count);
	}
	wls_buf_add_str(out, "Not ready:\n");
	wls_table_render(&table, &whole, out);
	wls_table_release(&table);
}

void wls_render_next(const struct wls_report *report, const struct wls_next_list *list,
		     struct wls_buf *out)
{
	struct wls_table table;

	wls_table_init(&table, report->arena, columns, WLS_ARRAY_SIZE(columns));
	add_rows(report, list, &table);
	wls_table_render(&table, report->style, out);
	wls_table_release(&table);
	if (list->left_out > 0)
		wls_buf_printf(
			out, "%s (--limit)\n",
			wls_style_plural(report->arena, list->left_out, "more item", "more items"));
	if (list->count == 0)
		wls_buf_add_str(out, "Nothing is ready.\n");
	if (list->not_ready_count > 0 && list->explain)
		render_explained(report, list, out);
	else if (list->not_ready_count > 0)
		render_not_ready(report, list, out);
}
