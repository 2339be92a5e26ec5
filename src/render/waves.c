/* SPDX-License-Identifier: MIT */
/*
 * The graph as waves.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/waves.h"

#include "base/utf8.h"
#include "render/table.h"

/* Members of a chain that a terminal shows at each end when it is too narrow for all. */
#define CHAIN_ENDS 2u
/* Waves whose size a summary tells one by one. */
#define BRIEF_WAVES 8u
/* Lines of a summary after its logs: how many more, a blank, the chain, what to try. */
#define BRIEF_FOOT 4u

#define BAR_CELLS 10u

static const struct wls_column narrow_columns[] = {
	{"", WLS_LEFT, 2, 1},  {"", WLS_LEFT, 1, 0},  {"", WLS_LEFT, 2, 0},
	{"", WLS_LEFT, 2, 12}, {"", WLS_RIGHT, 2, 3}, {"", WLS_LIST, 2, 0},
};

static const struct wls_column wide_columns[] = {
	{"", WLS_LEFT, 2, 1},
	{"WORKSTREAM", WLS_LEFT, 1, 0},
	{"VER", WLS_LEFT, 2, 0},
	{"STATUS", WLS_LEFT, 2, 12},
	{"PROGRESS", WLS_LEFT, 2, BAR_CELLS},
	{"", WLS_RIGHT, 1, 4},
	{"DEPENDS ON", WLS_LIST, 2, 0},
	{"UNBLOCKS", WLS_RIGHT, 2, 0},
};

/* A drawing in the making. */
struct drawing {
	const struct wls_report *report;
	struct wls_table table;
	bool wide;
	uint32_t hint; /* log that --focus should look at, or WLS_LOG_NONE */
	bool hint_is_problem;
};

/* ---- rows ---- */

static void add_log(struct drawing *d, uint32_t l)
{
	const struct wls_report *report = d->report;
	const struct wls_log *log = &report->graph->logs[l];
	struct wls_table *table = &d->table;
	struct wls_cell *cells = wls_table_row(table);
	enum wls_glyph glyph = wls_log_glyph(report, l);
	struct wls_cell *cell = cells;

	wls_table_set(table, cell++, wls_slice_of(wls_style_glyph(report->style, glyph)),
		      wls_glyph_paint(glyph));
	wls_table_set(table, cell++, wls_log_label(report, l), WLS_PAINT_NONE);
	wls_table_set(table, cell++, wls_version_label(report, log->version), WLS_PAINT_NONE);
	wls_table_set(table, cell++, wls_status_label(report, l), WLS_PAINT_NONE);
	if (d->wide)
		wls_table_set(table, cell++,
			      wls_style_bar(report->style, report->arena, log->progress, BAR_CELLS),
			      WLS_PAINT_NONE);
	wls_table_set(table, cell++, wls_progress_label(report, l), WLS_PAINT_NONE);
	if (!d->wide) {
		cell->parts = wls_log_facts(report, l, &cell->count);
		return;
	}
	cell->parts = wls_log_needs(report, l, &cell->count);
	if (log->unblocks > 0)
		wls_table_set(table, cell + 1,
			      wls_slice_of(wls_style_count(report->arena, log->unblocks)),
			      WLS_PAINT_NONE);
}

static void add_heading(struct drawing *d, const char *text)
{
	wls_table_line(&d->table, 0, wls_slice_of(text))->text.paint = WLS_PAINT_TITLE;
}

static const char *wave_words(const struct drawing *d, uint32_t wave)
{
	if (wave == 1)
		return "can start now";
	return wls_arena_printf(d->report->arena, "after wave %u", wave - 1);
}

/* The first log shown that has a stale, ahead or dangling edge; else the first that waits. */
static void note_hint(struct drawing *d, uint32_t l)
{
	const struct wls_report *report = d->report;

	for (uint32_t i = report->out_start[l]; !d->hint_is_problem && i < report->out_start[l + 1];
	     i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if (!wls_edge_holds(edge) || edge->state == WLS_EDGE_SATISFIED)
			continue;
		bool problem = edge->state != WLS_EDGE_WAITING || edge->reason == WLS_REASON_AHEAD;
		if (problem || d->hint == WLS_LOG_NONE)
			d->hint = l;
		d->hint_is_problem = problem;
	}
}

static void add_wave(struct drawing *d, uint32_t wave)
{
	uint32_t count;
	const uint32_t *logs = wls_report_wave(d->report, wave, &count);

	if (count == 0)
		return;
	if (wave == 0)
		add_heading(d, "Cannot be ordered");
	else
		add_heading(d, wls_arena_printf(d->report->arena, "Wave %u: %s", wave,
						wave_words(d, wave)));
	for (uint32_t i = 0; i < count; i++) {
		add_log(d, logs[i]);
		note_hint(d, logs[i]);
	}
}

/* ---- lists of names ---- */

/* "Done (1): Data-Model", names wrapped between them on a terminal. */
static void render_done(const struct wls_report *report, struct wls_buf *out)
{
	uint32_t count;
	const uint32_t *logs = wls_report_done(report, &count);
	const char *head;
	size_t column;

	if (count == 0)
		return;
	head = wls_arena_printf(report->arena, "Done (%s):", wls_style_count(report->arena, count));
	wls_style_paint(report->style, WLS_PAINT_TITLE, wls_slice_of(head), out);
	column = strlen(head);
	for (uint32_t i = 0; i < count; i++) {
		struct wls_slice name = wls_log_label(report, logs[i]);
		size_t width = wls_utf8_width(name) + (i + 1 < count ? 2 : 1);
		bool wrap = report->style->cut && i > 0 && column + width > report->style->width;
		wls_buf_add_str(out, wrap ? "\n  " : " ");
		column = (wrap ? 1 : column) + width;
		wls_style_paint(report->style, WLS_PAINT_DONE, name, out);
		if (i + 1 < count)
			wls_buf_add_char(out, ',');
	}
	wls_buf_add_char(out, '\n');
}

/* Whether a terminal is too narrow for the chain after `taken` cells. */
static bool chain_too_long(const struct wls_report *report, size_t taken)
{
	const struct wls_graph *graph = report->graph;
	size_t width = taken;

	if (!report->style->brief || graph->critical_count <= 2 * CHAIN_ENDS + 1)
		return false;
	for (uint32_t i = 0; i < graph->critical_count && width <= report->style->width; i++)
		width += wls_utf8_width(graph->logs[graph->critical[i]].id) + (i > 0 ? 3 : 0);
	return width > report->style->width;
}

static void render_chain(const struct wls_report *report, struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;
	uint32_t n = graph->critical_count;

	for (uint32_t i = 0; i < n; i++)
		if (!wls_report_log(report, graph->critical[i]))
			return;
	if (n < 2)
		return;
	size_t start = out->len;
	wls_buf_printf(out, "Longest unfinished chain (%s): ", wls_style_count(report->arena, n));
	bool long_one = chain_too_long(report, out->len - start);
	for (uint32_t i = 0; i < n; i++) {
		if (long_one && i == CHAIN_ENDS) {
			i = n - CHAIN_ENDS;
			wls_buf_printf(out, " > (%s more)",
				       wls_style_count(report->arena, n - 2 * CHAIN_ENDS));
		}
		wls_buf_add_str(out, i > 0 ? " > " : "");
		wls_buf_add_slice(out, wls_log_label(report, graph->critical[i]));
	}
	wls_buf_add_char(out, '\n');
}

static bool worth_checking(const struct wls_graph *graph, const struct wls_counts *counts)
{
	if (counts->stale + counts->ahead + counts->dangling + counts->ambiguous > 0 ||
	    graph->cycle_count > 0)
		return true;
	for (size_t i = 0; i < graph->diagnostic_count; i++)
		if (graph->diagnostics[i].severity != WLS_INFO)
			return true;
	return false;
}

static void render_try(const struct drawing *d, const struct wls_counts *counts,
		       struct wls_buf *out)
{
	const struct wls_report *report = d->report;
	const char *joint = "Try: ";

	if (d->hint != WLS_LOG_NONE) {
		struct wls_slice name = wls_log_label(report, d->hint);
		struct wls_slice word = wls_shell_word(report, name);
		wls_buf_printf(out, "%swlsync graph --focus %.*s", joint, WLS_SLICE_ARG(word));
		joint = "    ";
	}
	if (counts->ready > 0) {
		wls_buf_printf(out, "%swlsync next", joint);
		joint = "    ";
	}
	if (worth_checking(report->graph, counts)) {
		wls_buf_printf(out, "%swlsync check", joint);
		joint = "    ";
	}
	if (joint[0] == ' ')
		wls_buf_add_char(out, '\n');
}

/* ---- the whole drawing ---- */

static void render_foot(const struct drawing *d, const struct wls_counts *counts,
			struct wls_buf *out)
{
	struct wls_buf foot = WLS_BUF_INIT;

	render_chain(d->report, &foot);
	render_try(d, counts, &foot);
	if (foot.len > 0)
		wls_buf_add_char(out, '\n');
	wls_buf_add_slice(out, wls_buf_slice(&foot));
	wls_buf_release(&foot);
}

static void init_drawing(struct drawing *d, const struct wls_report *report)
{
	bool wide = report->style->width >= WLS_WIDE;

	*d = (struct drawing){.report = report, .wide = wide, .hint = WLS_LOG_NONE};
	wls_table_init(&d->table, report->arena, wide ? wide_columns : narrow_columns,
		       wide ? WLS_ARRAY_SIZE(wide_columns) : WLS_ARRAY_SIZE(narrow_columns));
}

static void render_head(const struct wls_report *report, const struct wls_counts *counts,
			struct wls_buf *out)
{
	wls_buf_add_slice(out, wls_report_headline(report, counts));
	wls_buf_add_str(out, counts->logs > 0 ? "\n\n" : "\n");
}

static void render_full(const struct wls_report *report, const struct wls_counts *counts,
			struct wls_buf *out)
{
	struct drawing d;

	render_head(report, counts, out);
	init_drawing(&d, report);
	for (uint32_t w = 1; w <= report->graph->wave_count; w++)
		add_wave(&d, w);
	add_wave(&d, 0);
	if (d.wide && d.table.row_count > 0)
		wls_table_render_titles(&d.table, report->style, out);
	wls_table_render(&d.table, report->style, out);
	render_done(report, out);
	render_foot(&d, counts, out);
	wls_table_release(&d.table);
}

/* ---- the summary for a terminal ---- */

static void brief_sizes(const struct wls_report *report, const struct wls_counts *counts,
			struct wls_buf *out)
{
	struct drawing d = {.report = report};
	uint32_t waves = report->graph->wave_count;
	uint32_t rest = 0, count;

	for (uint32_t w = 1; w <= waves; w++) {
		wls_report_wave(report, w, &count);
		if (count > 0 && w <= BRIEF_WAVES)
			wls_buf_printf(out, "Wave %u: %s %s\n", w,
				       wls_style_count(report->arena, count), wave_words(&d, w));
		else
			rest += count;
	}
	if (rest > 0)
		wls_buf_printf(out, "Waves %u to %u: %s\n", BRIEF_WAVES + 1, waves,
			       wls_style_count(report->arena, rest));
	wls_report_wave(report, 0, &count);
	if (count > 0)
		wls_buf_printf(out, "Cannot be ordered: %s\n",
			       wls_style_count(report->arena, count));
	if (counts->completed > 0)
		wls_buf_printf(out, "Done: %s\n",
			       wls_style_count(report->arena, counts->completed));
	wls_buf_add_char(out, '\n');
}

static bool has_open_edge(const struct wls_report *report, uint32_t l)
{
	for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if (wls_edge_holds(edge) && edge->state != WLS_EDGE_SATISFIED)
			return true;
	}
	return false;
}

/* The first logs of a wave that have an unsatisfied edge; `any`: all. Returns how many. */
static uint32_t brief_wave(struct drawing *d, uint32_t wave, uint32_t most, bool any)
{
	uint32_t count, shown = 0;
	const uint32_t *logs = wls_report_wave(d->report, wave, &count);

	for (uint32_t i = 0; i < count && shown < most; i++) {
		if (!any && !has_open_edge(d->report, logs[i]))
			continue;
		add_log(d, logs[i]);
		note_hint(d, logs[i]);
		shown++;
	}
	return shown;
}

static size_t count_lines(struct wls_slice s)
{
	size_t lines = 0;

	for (size_t i = 0; i < s.len; i++)
		lines += s.ptr[i] == '\n';
	return lines;
}

static uint32_t brief_logs(struct drawing *d, uint32_t most)
{
	uint32_t waves = d->report->graph->wave_count;
	uint32_t shown = 0;

	for (uint32_t w = 1; w <= waves && shown < most; w++)
		shown += brief_wave(d, w, most - shown, false);
	shown += brief_wave(d, 0, most - shown, false);
	if (shown == 0)
		shown = brief_wave(d, waves > 0 ? 1 : 0, most, true);
	return shown;
}

static void render_brief(const struct wls_report *report, const struct wls_counts *counts,
			 struct wls_buf *out)
{
	struct drawing d;
	size_t start = out->len;

	render_head(report, counts, out);
	brief_sizes(report, counts, out);
	init_drawing(&d, report);
	size_t head = count_lines(wls_slice_from(wls_buf_slice(out), start));
	size_t room = WLS_BRIEF_LINES - BRIEF_FOOT - d.wide;
	uint32_t shown = brief_logs(&d, room > head ? (uint32_t)(room - head) : 1);
	if (d.wide)
		wls_table_render_titles(&d.table, report->style, out);
	wls_table_render(&d.table, report->style, out);
	if (counts->logs > shown)
		wls_buf_printf(out, "%s more: --all or --focus\n",
			       wls_style_count(report->arena, counts->logs - shown));
	render_foot(&d, counts, out);
	wls_table_release(&d.table);
}

void wls_render_waves(const struct wls_report *report, struct wls_buf *out)
{
	struct wls_counts counts;
	size_t start = out->len;

	wls_report_count(report, &counts);
	render_full(report, &counts, out);
	if (!report->style->brief ||
	    count_lines(wls_slice_from(wls_buf_slice(out), start)) <= WLS_BRIEF_LINES)
		return;
	wls_buf_truncate(out, start);
	render_brief(report, &counts, out);
}
