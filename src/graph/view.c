/* SPDX-License-Identifier: MIT */
/*
 * What the exports share.
 *
 * Layer: graph. Includes: base, doc.
 */
#include "graph/view.h"

#include "base/utf8.h"

bool wls_edge_holds(const struct wls_edge *edge)
{
	return edge->kind != WLS_EDGE_MENTIONS && !edge->historical;
}

const char *wls_edge_label_word(const struct wls_edge *edge)
{
	if (edge->kind == WLS_EDGE_MENTIONS)
		return "mentions";
	return edge->historical ? "earlier" : wls_edge_word(edge);
}

bool wls_view_has_log(const struct wls_view *view, uint32_t log)
{
	return !view || !view->logs || view->logs[log];
}

bool wls_view_has_edge(const struct wls_graph *graph, const struct wls_view *view, uint32_t index)
{
	const struct wls_edge *edge = &graph->edges[index];

	if (edge->reduced || (view && view->edges && !view->edges[index]))
		return false;
	return wls_view_has_log(view, edge->from) &&
	       (edge->to == WLS_LOG_NONE || wls_view_has_log(view, edge->to));
}

struct wls_slice wls_log_status_words(const struct wls_log *log)
{
	switch (log->status) {
	case WLS_STATUS_IN_PROGRESS:
		return WLS_SLICE("in progress");
	case WLS_STATUS_BLOCKED:
		return WLS_SLICE("blocked");
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_SLICE("needs review");
	case WLS_STATUS_COMPLETED:
		return WLS_SLICE("completed");
	case WLS_STATUS_UNKNOWN:
		return log->status_text;
	case WLS_STATUS_NONE:
		break;
	}
	return WLS_SLICE("no status");
}

void wls_log_add_facts(struct wls_buf *out, const struct wls_log *log)
{
	if (log->version > 0)
		wls_buf_printf(out, "v%u, ", log->version);
	wls_utf8_add_lossy(out, wls_log_status_words(log));
	if (log->progress >= 0)
		wls_buf_printf(out, ", %d%%", log->progress);
}

void wls_edge_add_facts(struct wls_buf *out, const struct wls_edge *edge)
{
	wls_buf_add_str(out, edge->kind == WLS_EDGE_MENTIONS ? "mentions " : "needs ");
	wls_utf8_add_lossy(out, edge->to_name);
	if (edge->to_version > 0)
		wls_buf_printf(out, " v%u", edge->to_version);
	wls_buf_printf(out, ": %s", wls_edge_word(edge));
	if (edge->to_version > 0 && edge->current > 0 && edge->current != edge->to_version)
		wls_buf_printf(out, ", now v%u", edge->current);
	if (edge->historical)
		wls_buf_printf(out, ", said in v%u", edge->entry);
}

void wls_view_add_summary(struct wls_buf *out, const struct wls_graph *graph,
			  const struct wls_view *view)
{
	static const char *const words[] = {"ok",    "waits",    "stale",
					    "ahead", "dangling", "ambiguous"};
	static const char *const shown[] = {"ok",    "waiting",  "stale",
					    "ahead", "dangling", "ambiguous"};
	uint32_t counts[WLS_ARRAY_SIZE(words)] = {0}, logs = 0, edges = 0;
	const char *before = ": ";

	for (uint32_t i = 0; i < graph->log_count; i++)
		logs += wls_view_has_log(view, i);
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		if (!wls_view_has_edge(graph, view, i) || !wls_edge_holds(&graph->edges[i]))
			continue;
		edges++;
		for (size_t w = 0; w < WLS_ARRAY_SIZE(words); w++)
			counts[w] += strcmp(words[w], wls_edge_word(&graph->edges[i])) == 0;
	}
	wls_buf_printf(out, "%u workstream%s, %u dependenc%s", logs, logs == 1 ? "" : "s", edges,
		       edges == 1 ? "y" : "ies");
	for (size_t w = 0; w < WLS_ARRAY_SIZE(words); w++) {
		if (counts[w] == 0)
			continue;
		wls_buf_printf(out, "%s%u %s", before, counts[w], shown[w]);
		before = ", ";
	}
}
