/* SPDX-License-Identifier: MIT */
/*
 * The graph as JSON: docs/schema/graph.json. One record a line, keys in schema order.
 *
 * Layer: graph. Includes: base, doc.
 */
#include "base/json.h"
#include "graph/view.h"

struct writer {
	const struct wls_graph *graph;
	const struct wls_view *view;
	struct wls_json json;
};

/* ---- records ---- */

static void open_record(struct writer *w)
{
	wls_json_open(&w->json, '{');
	w->json.lossy = false;
}

/* Ends a record; tells when invalid bytes were replaced in it. */
static void close_record(struct writer *w)
{
	if (w->json.lossy)
		wls_json_put_bool(&w->json, "lossy", true);
	wls_json_close(&w->json, '}');
}

static void open_list(struct writer *w, const char *key)
{
	wls_json_key(&w->json, key);
	wls_json_open(&w->json, '[');
}

/* Every record begins on a line of its own. */
static void break_line(struct writer *w)
{
	if (w->json.comma)
		wls_buf_add_char(w->json.out, ',');
	w->json.comma = false;
	wls_buf_add_str(w->json.out, "\n  ");
}

static void put_id(struct writer *w, uint32_t log)
{
	wls_json_text(&w->json, w->graph->logs[log].id);
}

/* What a log waits for: the ends of its unsatisfied edges, each once; they are sorted. */
static void put_waiting_for(struct writer *w, const struct wls_log *log)
{
	struct wls_slice last = {0};
	bool any = false;

	open_list(w, "waiting_for");
	for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++) {
		const struct wls_edge *edge = &w->graph->edges[i];

		if (edge->historical || edge->kind == WLS_EDGE_MENTIONS ||
		    edge->state == WLS_EDGE_SATISFIED)
			continue;
		if (any && wls_slice_eq(last, edge->to_name))
			continue;
		wls_json_text(&w->json, edge->to_name);
		last = edge->to_name;
		any = true;
	}
	wls_json_close(&w->json, ']');
}

static void put_node(struct writer *w, const struct wls_log *log)
{
	struct wls_json *json = &w->json;

	open_record(w);
	wls_json_put_text(json, "id", log->id);
	wls_json_put_text(json, "name", log->name);
	wls_json_put_text(json, "file", log->file);
	wls_json_put_positive(json, "version", log->version);
	wls_json_put_str(json, "status", wls_work_status_name(log->status));
	wls_json_put_text_or_null(json, "status_text", log->status_text);
	wls_json_put_natural(json, "progress", log->progress);
	wls_json_put_bool(json, "ready", log->ready);
	put_waiting_for(w, log);
	wls_json_put_int(json, "unblocks", log->unblocks);
	wls_json_put_positive(json, "wave", log->wave);
	if (w->graph->options.branches)
		wls_json_put_text(json, "branch", log->branch);
	close_record(w);
}

static void put_edge(struct writer *w, const struct wls_edge *edge)
{
	struct wls_json *json = &w->json;
	bool behind = edge->to_version > 0 && edge->state != WLS_EDGE_DANGLING;

	open_record(w);
	wls_json_put_text(json, "from", w->graph->logs[edge->from].id);
	wls_json_put_text(json, "to", edge->to_name);
	wls_json_put_str(json, "kind", wls_edge_kind_name(edge->kind));
	wls_json_put_positive(json, "to_version", edge->to_version);
	wls_json_put_str(json, "state", wls_edge_state_name(edge->state));
	wls_json_put_str(json, "reason", wls_edge_reason_name(edge->reason));
	wls_json_put_bool(json, "claimed", edge->claimed);
	wls_json_put_positive(json, "current", edge->current);
	wls_json_put_natural(json, "behind_by", behind ? (int64_t)edge->behind_by : -1);
	wls_json_put_text(json, "file", edge->file);
	wls_json_put_int(json, "line", edge->line);
	wls_json_put_int(json, "column", edge->column);
	wls_json_put_text_or_null(json, "need", edge->need);
	if (w->graph->options.history || w->graph->options.entries)
		wls_json_put_bool(json, "historical", edge->historical);
	close_record(w);
}

static void put_step(struct writer *w, const struct wls_edge *edge)
{
	open_record(w);
	wls_json_put_text(&w->json, "from", w->graph->logs[edge->from].id);
	wls_json_put_text(&w->json, "to", edge->to_name);
	wls_json_put_text(&w->json, "file", edge->file);
	wls_json_put_int(&w->json, "line", edge->line);
	wls_json_close(&w->json, '}');
}

static void put_diagnostic(struct writer *w, const struct wls_diagnostic *d)
{
	struct wls_json *json = &w->json;

	open_record(w);
	wls_json_put_str(json, "rule", d->rule);
	wls_json_put_str(json, "severity", wls_severity_name(d->severity));
	wls_json_put_str(json, "file", d->file);
	wls_json_put_positive(json, "line", d->line);
	wls_json_put_positive(json, "column", d->column);
	wls_json_put_str(json, "message", d->message);
	wls_json_put_str(json, "hint", d->hint);
	open_list(w, "candidates");
	for (size_t i = 0; i < d->candidate_count; i++)
		wls_json_text(json, wls_slice_of(d->candidates[i]));
	wls_json_close(json, ']');
	close_record(w);
}

/* ---- lists ---- */

static void put_nodes(struct writer *w)
{
	open_list(w, "nodes");
	for (uint32_t i = 0; i < w->graph->log_count; i++) {
		if (!wls_view_has_log(w->view, i))
			continue;
		break_line(w);
		put_node(w, &w->graph->logs[i]);
	}
	wls_json_close(&w->json, ']');
}

static void put_edges(struct writer *w)
{
	open_list(w, "edges");
	for (uint32_t i = 0; i < w->graph->edge_count; i++) {
		if (!wls_view_has_edge(w->graph, w->view, i))
			continue;
		break_line(w);
		put_edge(w, &w->graph->edges[i]);
	}
	wls_json_close(&w->json, ']');
}

static bool cycle_shown(const struct writer *w, const struct wls_cycle *cycle)
{
	for (size_t i = 0; i < cycle->log_count; i++)
		if (!wls_view_has_log(w->view, cycle->logs[i]))
			return false;
	return true;
}

static void put_cycles(struct writer *w)
{
	open_list(w, "cycles");
	for (size_t i = 0; i < w->graph->cycle_count; i++) {
		const struct wls_cycle *cycle = &w->graph->cycles[i];

		if (!cycle_shown(w, cycle))
			continue;
		wls_json_open(&w->json, '[');
		for (size_t k = 0; k < cycle->log_count; k++)
			put_id(w, cycle->logs[k]);
		wls_json_close(&w->json, ']');
	}
	wls_json_close(&w->json, ']');
	open_list(w, "cycle_paths");
	for (size_t i = 0; i < w->graph->cycle_count; i++) {
		const struct wls_cycle *cycle = &w->graph->cycles[i];

		if (!cycle_shown(w, cycle))
			continue;
		wls_json_open(&w->json, '[');
		for (size_t k = 0; k < cycle->edge_count; k++)
			put_step(w, &w->graph->edges[cycle->edges[k]]);
		wls_json_close(&w->json, ']');
	}
	wls_json_close(&w->json, ']');
}

static void put_ready(struct writer *w)
{
	open_list(w, "ready");
	for (uint32_t i = 0; i < w->graph->log_count; i++)
		if (w->graph->logs[i].ready && wls_view_has_log(w->view, i))
			put_id(w, i);
	wls_json_close(&w->json, ']');
}

static void put_wave(struct writer *w, uint32_t wave)
{
	const struct wls_graph *graph = w->graph;
	bool any = false;

	for (uint32_t i = graph->wave_start[wave]; i < graph->wave_start[wave + 1]; i++) {
		if (!wls_view_has_log(w->view, graph->waves[i]))
			continue;
		if (!any)
			wls_json_open(&w->json, '[');
		any = true;
		put_id(w, graph->waves[i]);
	}
	if (any)
		wls_json_close(&w->json, ']');
}

static void put_orders(struct writer *w)
{
	open_list(w, "waves");
	for (uint32_t i = 0; i < w->graph->wave_count; i++)
		put_wave(w, i);
	wls_json_close(&w->json, ']');
	open_list(w, "critical");
	for (uint32_t i = 0; i < w->graph->critical_count; i++)
		if (wls_view_has_log(w->view, w->graph->critical[i]))
			put_id(w, w->graph->critical[i]);
	wls_json_close(&w->json, ']');
}

static void put_overlaps(struct writer *w)
{
	open_list(w, "overlaps");
	for (size_t i = 0; i < w->graph->overlap_count; i++) {
		const struct wls_overlap *overlap = &w->graph->overlaps[i];

		if (!wls_view_has_log(w->view, overlap->a) ||
		    !wls_view_has_log(w->view, overlap->b))
			continue;
		break_line(w);
		open_record(w);
		wls_json_put_text(&w->json, "a", w->graph->logs[overlap->a].id);
		wls_json_put_text(&w->json, "b", w->graph->logs[overlap->b].id);
		wls_json_put_text(&w->json, "path", overlap->path);
		wls_json_put_positive(&w->json, "first", overlap->first);
		wls_json_put_positive(&w->json, "last", overlap->last);
		close_record(w);
	}
	wls_json_close(&w->json, ']');
}

void wls_export_json(const struct wls_graph *graph, const struct wls_view *view,
		     struct wls_buf *out)
{
	struct writer w = {.graph = graph, .view = view, .json = {.out = out}};

	wls_json_open(&w.json, '{');
	wls_json_put_str(&w.json, "schema", "wlsync.graph/1");
	put_nodes(&w);
	put_edges(&w);
	put_cycles(&w);
	put_ready(&w);
	put_orders(&w);
	open_list(&w, "diagnostics");
	for (size_t i = 0; i < graph->diagnostic_count; i++) {
		break_line(&w);
		put_diagnostic(&w, &graph->diagnostics[i]);
	}
	wls_json_close(&w.json, ']');
	if (graph->options.overlaps)
		put_overlaps(&w);
	wls_json_close(&w.json, '}');
	wls_buf_add_char(out, '\n');
}
