/* SPDX-License-Identifier: MIT */
/*
 * What is shown, in which order, and how it is counted.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/report.h"

bool wls_report_log(const struct wls_report *report, uint32_t log)
{
	return !report->view || !report->view->logs || report->view->logs[log];
}

static bool edge_visible(const struct wls_report *report, uint32_t e)
{
	const struct wls_edge *edge = &report->graph->edges[e];
	const struct wls_view *view = report->view;

	if (edge->reduced || (view && view->edges && !view->edges[e]))
		return false;
	/* What a log needs is said even when the log it needs is not shown. */
	return wls_report_log(report, edge->from);
}

/* Groups edges by one of their ends: counts, sums up, then fills in. */
static void index_edges(struct wls_report *report, bool in, uint32_t **start, uint32_t **list)
{
	const struct wls_graph *graph = report->graph;
	uint32_t *at = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)graph->log_count + 2);

	for (uint32_t e = 0; e < graph->edge_count; e++) {
		uint32_t log = in ? graph->edges[e].to : graph->edges[e].from;
		if (log != WLS_LOG_NONE && edge_visible(report, e))
			at[log + 2]++;
	}
	for (uint32_t l = 1; l < graph->log_count + 2; l++)
		at[l] += at[l - 1];
	*list = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)at[graph->log_count + 1] + 1);
	for (uint32_t e = 0; e < graph->edge_count; e++) {
		uint32_t log = in ? graph->edges[e].to : graph->edges[e].from;
		if (log != WLS_LOG_NONE && edge_visible(report, e))
			(*list)[at[log + 1]++] = e;
	}
	*start = at;
}

void wls_report_init(struct wls_report *report, const struct wls_graph *graph,
		     const struct wls_view *view, const struct wls_style *style,
		     struct wls_moment now, struct wls_arena *arena)
{
	*report = (struct wls_report){
		.graph = graph, .view = view, .style = style, .now = now, .arena = arena};
	index_edges(report, false, &report->out_start, &report->out_edges);
	index_edges(report, true, &report->in_start, &report->in_edges);
}

/* ---- order ---- */

static int compare_logs(const void *a, const void *b)
{
	const struct wls_log *x = *(const struct wls_log *const *)a;
	const struct wls_log *y = *(const struct wls_log *const *)b;

	if (x->unblocks != y->unblocks)
		return x->unblocks > y->unblocks ? -1 : 1;
	if (x->progress != y->progress)
		return x->progress > y->progress ? -1 : 1;
	return wls_slice_cmp(x->id, y->id);
}

static uint32_t *sorted(const struct wls_report *report, uint32_t *logs, uint32_t count)
{
	const struct wls_log *all = report->graph->logs;
	const struct wls_log **by =
		WLS_ARENA_ARRAY(report->arena, const struct wls_log *, (size_t)count + 1);

	for (uint32_t i = 0; i < count; i++)
		by[i] = &all[logs[i]];
	if (count > 1)
		qsort(by, count, sizeof(*by), compare_logs);
	for (uint32_t i = 0; i < count; i++)
		logs[i] = (uint32_t)(by[i] - all);
	return logs;
}

/* Visible logs without a wave, completed or not, by id. */
static uint32_t *without_wave(const struct wls_report *report, bool completed, uint32_t *count)
{
	const struct wls_graph *graph = report->graph;
	uint32_t *logs = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)graph->log_count + 1);

	*count = 0;
	for (uint32_t l = 0; l < graph->log_count; l++) {
		const struct wls_log *log = &graph->logs[l];
		if ((log->status == WLS_STATUS_COMPLETED) == completed && log->wave == 0 &&
		    wls_report_log(report, l))
			logs[(*count)++] = l;
	}
	return logs;
}

uint32_t *wls_report_wave(const struct wls_report *report, uint32_t wave, uint32_t *count)
{
	const struct wls_graph *graph = report->graph;

	if (wave == 0) {
		uint32_t *logs = without_wave(report, false, count);
		return sorted(report, logs, *count);
	}
	uint32_t first = graph->wave_start[wave - 1];
	uint32_t end = graph->wave_start[wave];
	uint32_t *logs = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)(end - first) + 1);
	*count = 0;
	for (uint32_t i = first; i < end; i++)
		if (wls_report_log(report, graph->waves[i]))
			logs[(*count)++] = graph->waves[i];
	return sorted(report, logs, *count);
}

uint32_t *wls_report_done(const struct wls_report *report, uint32_t *count)
{
	return without_wave(report, true, count);
}

uint32_t *wls_report_needed_by(const struct wls_report *report, uint32_t log, uint32_t *count)
{
	const struct wls_graph *graph = report->graph;
	uint32_t first = report->in_start[log], end = report->in_start[log + 1];
	uint32_t *logs = WLS_ARENA_ARRAY(report->arena, uint32_t, (size_t)(end - first) + 1);
	uint32_t n = 0;

	for (uint32_t i = first; i < end; i++) {
		const struct wls_edge *edge = &graph->edges[report->in_edges[i]];
		/* Edges are sorted by the log they leave, so a second one follows the first. */
		if (wls_edge_holds(edge) && edge->state != WLS_EDGE_SATISFIED &&
		    edge->from != log && (n == 0 || logs[n - 1] != edge->from) &&
		    graph->logs[edge->from].status != WLS_STATUS_COMPLETED)
			logs[n++] = edge->from;
	}
	*count = n;
	return logs;
}

/* ---- counting ---- */

static void count_edge(const struct wls_edge *edge, struct wls_counts *counts)
{
	counts->edges++;
	switch (edge->state) {
	case WLS_EDGE_SATISFIED:
		counts->ok++;
		break;
	case WLS_EDGE_STALE:
		counts->stale++;
		break;
	case WLS_EDGE_WAITING:
		if (edge->reason == WLS_REASON_AHEAD)
			counts->ahead++;
		else
			counts->waiting++;
		break;
	case WLS_EDGE_DANGLING:
		if (edge->reason == WLS_REASON_AMBIGUOUS)
			counts->ambiguous++;
		else
			counts->dangling++;
		break;
	}
}

static void count_log(const struct wls_log *log, struct wls_counts *counts)
{
	counts->logs++;
	counts->ready += log->ready;
	switch (log->status) {
	case WLS_STATUS_IN_PROGRESS:
		counts->in_progress++;
		break;
	case WLS_STATUS_BLOCKED:
		counts->blocked++;
		break;
	case WLS_STATUS_NEEDS_REVIEW:
		counts->needs_review++;
		break;
	case WLS_STATUS_COMPLETED:
		counts->completed++;
		break;
	case WLS_STATUS_NONE:
	case WLS_STATUS_UNKNOWN:
		counts->other++;
		break;
	}
}

void wls_report_count(const struct wls_report *report, struct wls_counts *counts)
{
	const struct wls_graph *graph = report->graph;

	*counts = (struct wls_counts){0};
	for (uint32_t l = 0; l < graph->log_count; l++) {
		if (!wls_report_log(report, l))
			continue;
		count_log(&graph->logs[l], counts);
		for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++) {
			const struct wls_edge *edge = &graph->edges[report->out_edges[i]];
			if (wls_edge_holds(edge))
				count_edge(edge, counts);
		}
	}
}

struct wls_slice wls_report_headline(const struct wls_report *report,
				     const struct wls_counts *counts)
{
	const struct {
		uint32_t n;
		const char *word;
	} states[] = {
		{counts->ok, "ok"},
		{counts->waiting, "waiting"},
		{counts->stale, "stale"},
		{counts->ahead, "ahead"},
		{counts->dangling, "dangling"},
		{counts->ambiguous, "ambiguous"},
	};
	const char *joint = ": ";
	struct wls_buf buf = WLS_BUF_INIT;

	wls_buf_printf(&buf, "%s, ",
		       wls_style_plural(report->arena, counts->logs, "workstream", "workstreams"));
	if (counts->edges == 0)
		wls_buf_add_str(&buf, "no dependencies");
	else
		wls_buf_add_str(&buf, wls_style_plural(report->arena, counts->edges, "dependency",
						       "dependencies"));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(states); i++) {
		if (states[i].n == 0)
			continue;
		wls_buf_printf(&buf, "%s%s %s", joint, wls_style_count(report->arena, states[i].n),
			       states[i].word);
		joint = ", ";
	}
	struct wls_slice line = wls_arena_copy(report->arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return line;
}
