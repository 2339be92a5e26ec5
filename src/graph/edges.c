/* SPDX-License-Identifier: MIT */
/*
 * One edge for each (from, to, version): the place of the first, claimed if any is.
 *
 * Layer: graph. Includes: base.
 */
#include "base/map.h"
#include "graph/graph_internal.h"

/* What holds stands before what held, and both before mentions. */
static int rank(const struct wls_edge *edge)
{
	if (edge->kind == WLS_EDGE_MENTIONS)
		return 2;
	return edge->historical ? 1 : 0;
}

static int compare_number(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int compare_ends(const struct wls_edge *a, const struct wls_edge *b)
{
	int order = compare_number(a->from, b->from);

	if (order == 0)
		order = wls_slice_cmp(a->to_name, b->to_name);
	if (order == 0)
		order = compare_number(a->to, b->to);
	return order != 0 ? order : compare_number(a->to_version, b->to_version);
}

static int compare_places(const struct wls_edge *a, const struct wls_edge *b)
{
	int order = compare_number((uint32_t)rank(a), (uint32_t)rank(b));

	if (order == 0)
		order = wls_slice_cmp(a->file, b->file);
	if (order == 0)
		order = compare_number(a->line, b->line);
	if (order == 0)
		order = compare_number(a->column, b->column);
	return order != 0 ? order : compare_number(a->kind, b->kind);
}

static int by_ends(const void *left, const void *right)
{
	const struct wls_edge *a = left, *b = right;
	int order = compare_ends(a, b);

	if (order == 0)
		order = compare_number(a->entry, b->entry);
	return order != 0 ? order : compare_places(a, b);
}

static bool same_edge(const struct wls_edge *a, const struct wls_edge *b, bool entries)
{
	return compare_ends(a, b) == 0 && (!entries || a->entry == b->entry);
}

/* Makes one of the edges [0, n), which are all the same. */
static struct wls_edge merge_edges(const struct wls_edge *edges, size_t n)
{
	struct wls_edge one = edges[0];

	for (size_t i = 1; i < n; i++)
		if (compare_places(&edges[i], &one) < 0)
			one = edges[i];
	for (size_t i = 0; i < n; i++) {
		const struct wls_edge *other = &edges[i];

		if (rank(other) != rank(&one))
			continue;
		one.claimed |= other->claimed;
		if (other->kind < one.kind)
			one.kind = other->kind;
		if (one.need.len == 0)
			one.need = other->need;
		if (one.note.len == 0)
			one.note = other->note;
	}
	return one;
}

void wls_graph_index_edges(struct wls_graph *graph)
{
	uint32_t i = 0;

	for (uint32_t log = 0; log < graph->log_count; log++) {
		graph->logs[log].first_edge = i;
		while (i < graph->edge_count && graph->edges[i].from == log)
			i++;
		graph->logs[log].edge_count = i - graph->logs[log].first_edge;
	}
}

/* One spelling, the first by bytes, for all that dangles and folds to one name. */
static void unify_spellings(struct wls_graph *graph)
{
	_cleanup_(wls_map_release) struct wls_map first = {0};
	struct wls_edge *edges = graph->intake->edges;
	size_t n = graph->intake->edge_count;

	for (uint32_t i = 0; i < n; i++) {
		uint32_t *place;

		if (edges[i].to != WLS_LOG_NONE)
			continue;
		place = wls_map_at(&first, wls_name_fold(&graph->arena, edges[i].to_name));
		if (*place == WLS_MAP_NONE ||
		    wls_slice_cmp(edges[i].to_name, edges[*place].to_name) < 0)
			*place = i;
	}
	for (uint32_t i = 0; i < n && first.count > 0; i++)
		if (edges[i].to == WLS_LOG_NONE)
			edges[i].to_name =
				edges[wls_map_find(&first,
						   wls_name_fold(&graph->arena, edges[i].to_name))]
					.to_name;
}

void wls_graph_finish_edges(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	bool entries = graph->options.entries;
	size_t count = 0;

	unify_spellings(graph);
	if (in->edge_count > 1)
		qsort(in->edges, in->edge_count, sizeof(in->edges[0]), by_ends);
	for (size_t i = 0; i < in->edge_count;) {
		size_t end = i + 1;

		while (end < in->edge_count && same_edge(&in->edges[i], &in->edges[end], entries))
			end++;
		in->edges[count++] = merge_edges(&in->edges[i], end - i);
		i = end;
	}
	graph->edges = in->edges;
	graph->edge_count = (uint32_t)count;
	wls_graph_index_edges(graph);
}
