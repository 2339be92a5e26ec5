/* SPDX-License-Identifier: MIT */
/*
 * The log's neighbourhood as a Mermaid diagram: what it needs, and what needs it.
 *
 * Layer: plan. Includes: base, buf, graph, plan.
 */
#include "plan/content.h"

/* More than so many logs in a picture are of use to nobody. */
enum { LOGS_MAX = 40 };

static bool is_neighbour(const struct wls_edge *edge, uint32_t log)
{
	return wls_edge_holds(edge) && (edge->from == log || edge->to == log);
}

static void show(bool *logs, uint32_t log, size_t *count)
{
	if (log == WLS_LOG_NONE || logs[log])
		return;
	logs[log] = true;
	++*count;
}

/* Marks the log's edges and their ends; returns how many logs there are. */
static size_t mark_neighbours(const struct wls_graph *graph, uint32_t log, bool *logs, bool *edges)
{
	size_t count = 0;

	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];

		if (!is_neighbour(edge, log))
			continue;
		edges[i] = true;
		show(logs, edge->from, &count);
		show(logs, edge->to, &count);
	}
	return count;
}

/*
 * The lines of the diagram. Its comments, which repeat the picture in words, are left out: the
 * dependencies are a list above it.
 */
static void add_lines(struct wls_buf *out, struct wls_slice text)
{
	struct wls_slice line;

	while (wls_slice_next_line(&text, &line)) {
		if (wls_slice_starts(line, WLS_SLICE("%%")))
			continue;
		wls_content_clean(line, out);
		wls_buf_add_char(out, '\n');
	}
}

/* The exporter writes no backtick that is a log's; this is the last look, since a fence must hold. */
static bool leaves_fence(struct wls_slice text)
{
	return wls_slice_find(text, WLS_SLICE("```")) != SIZE_MAX;
}

static void take_diagram(struct wls_content_reader *reader, const struct wls_view *view)
{
	struct wls_content_section *section = &reader->content->sections[WLS_PART_DIAGRAM];
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_chunks _cleanup_chunks_ chunks;

	wls_chunks_init(&chunks, WLS_BODY_MAX, false);
	if (wls_export_mermaid(reader->list->graph, view, &text, NULL) != WLS_OK ||
	    leaves_fence(wls_buf_slice(&text)) || !wls_chunks_paragraph(&chunks))
		return;
	wls_buf_add_str(&chunks.text, "```mermaid\n");
	add_lines(&chunks.text, wls_buf_slice(&text));
	wls_buf_add_str(&chunks.text, "```");
	wls_chunks_end(&chunks);
	wls_content_take(&reader->list->arena, &chunks, section);
}

void wls_content_read_diagram(struct wls_content_reader *reader, uint32_t log)
{
	const struct wls_graph *graph = reader->list->graph;
	size_t logs_size = graph->log_count > 0 ? graph->log_count : 1;
	size_t edges_size = graph->edge_count > 0 ? graph->edge_count : 1;
	bool _cleanup_free_ *logs = wls_alloc(logs_size, sizeof(bool));
	bool _cleanup_free_ *edges = wls_alloc(edges_size, sizeof(bool));
	size_t count;

	memset(logs, 0, logs_size * sizeof(bool));
	memset(edges, 0, edges_size * sizeof(bool));
	count = mark_neighbours(graph, log, logs, edges);
	if (count > 0 && count <= LOGS_MAX)
		take_diagram(reader, &(struct wls_view){.logs = logs, .edges = edges});
}
