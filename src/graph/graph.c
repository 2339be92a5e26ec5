/* SPDX-License-Identifier: MIT */
/*
 * A graph's life: made, built in phases, freed.
 *
 * Layer: graph. Includes: base, doc.
 */
#include "graph/graph_internal.h"

struct wls_graph *wls_graph_new(const struct wls_graph_options *options)
{
	struct wls_graph *graph = wls_alloc(1, sizeof(*graph));
	struct wls_graph_intake *in = wls_alloc(1, sizeof(*in));

	*graph = (struct wls_graph){.intake = in};
	*in = (struct wls_graph_intake){0};
	wls_buf_init(&in->scratch, WLS_BUF_LIMIT);
	if (options)
		graph->options = *options;
	return graph;
}

void wls_graph_free(struct wls_graph *graph)
{
	struct wls_graph_intake *in;

	if (!graph)
		return;
	in = graph->intake;
	free(in->files);
	free(in->skipped);
	free(in->diagnostics);
	free(in->edges);
	wls_map_release(&in->by_content);
	wls_map_release(&in->by_stem);
	wls_map_release(&in->world.names);
	wls_map_release(&in->world.paths);
	wls_buf_release(&in->scratch);
	free(in);
	wls_arena_release(&graph->arena);
	free(graph);
}

/* ---- texts ---- */

const char *wls_graph_text(struct wls_graph *graph, struct wls_slice s)
{
	return wls_arena_copy(&graph->arena, s).ptr;
}

static bool breaks_line(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.ptr[i] == '\n' || s.ptr[i] == '\r')
			return true;
	return false;
}

struct wls_slice wls_graph_one_line(struct wls_graph *graph, struct wls_slice s)
{
	struct wls_slice line;
	char *out;
	size_t n = 0;

	if (!breaks_line(s))
		return s;
	out = wls_arena_alloc(&graph->arena, s.len + 1);
	while (wls_slice_next_line(&s, &line)) {
		line = wls_slice_trim(line);
		while (n > 0 && line.len > 0 && (line.ptr[0] == '>' || wls_is_blank(line.ptr[0])))
			line = wls_slice_from(line, 1);
		if (line.len == 0)
			continue;
		if (n > 0)
			out[n++] = ' ';
		memcpy(out + n, line.ptr, line.len);
		n += line.len;
	}
	return wls_slice(out, n);
}

/* ---- building ---- */

static int by_path(const void *left, const void *right)
{
	const struct wls_slice *a = left, *b = right;

	return wls_slice_cmp(*a, *b);
}

static void finish_skipped(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;

	if (in->skipped_count > 1)
		qsort(in->skipped, in->skipped_count, sizeof(in->skipped[0]), by_path);
	graph->skipped = in->skipped;
	graph->skipped_count = in->skipped_count;
}

void wls_graph_build(struct wls_graph *graph)
{
	finish_skipped(graph);
	wls_graph_group(graph);
	wls_graph_make_logs(graph);
	wls_graph_index_names(graph);
	wls_graph_diagnose_files(graph);
	wls_graph_make_edges(graph);
	wls_graph_finish_edges(graph);
	wls_graph_edge_states(graph);
	wls_graph_diagnose_edges(graph);
	wls_graph_find_cycles(graph);
	wls_graph_readiness(graph);
	wls_graph_make_waves(graph);
	wls_graph_find_chain(graph);
	wls_graph_count_unblocks(graph);
	if (graph->options.reduce)
		wls_graph_reduce(graph);
	if (graph->options.overlaps)
		wls_graph_find_overlaps(graph);
	wls_graph_finish_diagnostics(graph);
	if (graph->options.entries)
		wls_graph_expand_entries(graph);
}
