/* SPDX-License-Identifier: MIT */
/*
 * Cycles and overlaps.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/ring.h"

/* ---- cycles ---- */

/* "Cycle of 3: A > B > C > A" */
static void add_ring(const struct wls_report *report, const struct wls_cycle *cycle,
		     struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;

	wls_buf_printf(out, "Cycle of %s",
		       wls_style_count(report->arena, (uint64_t)cycle->log_count));
	if (cycle->edge_count < cycle->log_count)
		wls_buf_printf(out, ", shortest way around %s",
			       wls_style_count(report->arena, (uint64_t)cycle->edge_count));
	for (size_t i = 0; i < cycle->edge_count; i++) {
		wls_buf_add_str(out, i == 0 ? ": " : " > ");
		wls_buf_add_slice(out, wls_log_label(report, graph->edges[cycle->edges[i]].from));
	}
	if (cycle->edge_count > 0) {
		uint32_t last = cycle->edges[cycle->edge_count - 1];
		wls_buf_add_str(out, " > ");
		wls_buf_add_slice(out, wls_log_label(report, graph->edges[last].to));
	}
}

/* "A-WorkLog-v1.md:15: A needs B v1" */
static void add_step(const struct wls_report *report, const struct wls_edge *edge,
		     struct wls_buf *out)
{
	struct wls_slice file = wls_style_clean(report->arena, edge->file);
	struct wls_slice from = wls_log_label(report, edge->from);
	struct wls_slice target = wls_target_label(report, edge);

	wls_buf_printf(out, "%.*s:%u: %.*s needs %.*s", WLS_SLICE_ARG(file), edge->line,
		       WLS_SLICE_ARG(from), WLS_SLICE_ARG(target));
}

static bool is_visible(const struct wls_report *report, const struct wls_cycle *cycle)
{
	for (size_t i = 0; i < cycle->log_count; i++)
		if (wls_report_log(report, cycle->logs[i]))
			return true;
	return false;
}

static void add_cycles(const struct wls_report *report, const char *indent, const char *end,
		       struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;
	bool any = false;

	for (size_t c = 0; c < graph->cycle_count; c++) {
		const struct wls_cycle *cycle = &graph->cycles[c];
		if (!is_visible(report, cycle))
			continue;
		any = true;
		add_ring(report, cycle, out);
		wls_buf_add_str(out, end);
		for (size_t i = 0; i < cycle->edge_count; i++) {
			wls_buf_add_str(out, indent);
			add_step(report, &graph->edges[cycle->edges[i]], out);
			wls_buf_add_str(out, end);
		}
	}
	if (!any)
		wls_buf_add_str(out, "No cycles.\n");
}

void wls_render_cycles(const struct wls_report *report, struct wls_buf *out)
{
	add_cycles(report, "  ", "\n", out);
}

void wls_plain_cycles(const struct wls_report *report, struct wls_buf *out)
{
	add_cycles(report, "", ".\n", out);
}

/* ---- overlaps ---- */

void wls_render_overlaps(const struct wls_report *report, struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;
	bool any = false;

	wls_buf_add_char(out, '\n');
	for (size_t i = 0; i < graph->overlap_count; i++) {
		const struct wls_overlap *overlap = &graph->overlaps[i];
		struct wls_slice a, b, path;
		if (!wls_report_log(report, overlap->a) || !wls_report_log(report, overlap->b))
			continue;
		any = true;
		a = wls_log_label(report, overlap->a);
		b = wls_log_label(report, overlap->b);
		path = wls_style_clean(report->arena, overlap->path);
		wls_buf_printf(out, "Both %.*s and %.*s touch %.*s", WLS_SLICE_ARG(a),
			       WLS_SLICE_ARG(b), WLS_SLICE_ARG(path));
		if (overlap->first > 0)
			wls_buf_printf(out, ":%u-%u", overlap->first, overlap->last);
		wls_buf_add_char(out, '\n');
	}
	if (!any)
		wls_buf_add_str(out, "No two unfinished workstreams touch the same file.\n");
}
