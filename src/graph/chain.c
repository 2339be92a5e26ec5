/* SPDX-License-Identifier: MIT */
/*
 * The critical chain: the longest way through the unfinished logs.
 *
 * Layer: graph. Includes: base.
 *
 * Over unsatisfied edges between unfinished logs, those in cycles left out (the longest way
 * through a cycle is another kind of problem, and no plan begins there). Each log gets the
 * length of the longest chain that ends with it. Of several such chains the one with the
 * least progress in sum is kept, then the first by names, needed first. Names are compared
 * without walking chains: all logs with chains of one length get a rank in the order of their
 * chains, which is the order of (rank of the log before, own number). Logs are numbered in
 * the order of ids. O(E + V log V).
 */
#include "graph/graph_internal.h"

struct link {
	uint32_t length;   /* logs of the longest chain that ends here; 0: not in any */
	uint32_t before;   /* the log before, or WLS_LOG_NONE */
	uint64_t progress; /* of the whole chain */
	uint32_t rank;     /* among the chains of its length */
};

/* What sorts a level: the rank of the chain before, and the log itself. */
struct ranked {
	uint32_t length, rank, log;
};

static bool takes_part(const struct wls_log *log)
{
	return !wls_log_finished(log) && !log->in_cycle;
}

static bool is_link(const struct wls_graph *graph, const struct wls_edge *edge)
{
	return wls_edge_holds_up(edge) && takes_part(&graph->logs[edge->to]);
}

/* Whether a chain that goes on from `a` is better than one from `b`, both of one length. */
static bool better(const struct link *links, uint32_t a, uint32_t b)
{
	if (links[a].progress != links[b].progress)
		return links[a].progress < links[b].progress;
	return links[a].rank < links[b].rank;
}

/* Lengths first, along the components, which are numbered with what is needed first. */
static void measure(const struct wls_graph *graph, struct link *links, const uint32_t *order)
{
	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[order[i]];
		uint32_t longest = 0;

		if (!takes_part(log))
			continue;
		for (uint32_t e = log->first_edge; e < log->first_edge + log->edge_count; e++) {
			const struct wls_edge *edge = &graph->edges[e];

			if (is_link(graph, edge) && links[edge->to].length > longest)
				longest = links[edge->to].length;
		}
		links[order[i]].length = longest + 1;
	}
}

static void choose_before(const struct wls_graph *graph, struct link *links, uint32_t index)
{
	const struct wls_log *log = &graph->logs[index];
	struct link *link = &links[index];

	link->before = WLS_LOG_NONE;
	for (uint32_t e = log->first_edge; e < log->first_edge + log->edge_count; e++) {
		const struct wls_edge *edge = &graph->edges[e];

		if (!is_link(graph, edge) || links[edge->to].length + 1 != link->length)
			continue;
		if (link->before == WLS_LOG_NONE || better(links, edge->to, link->before))
			link->before = edge->to;
	}
	link->progress = log->progress > 0 ? (uint64_t)log->progress : 0;
	if (link->before != WLS_LOG_NONE)
		link->progress += links[link->before].progress;
}

static int by_rank(const void *left, const void *right)
{
	const struct ranked *a = left, *b = right;

	if (a->length != b->length)
		return a->length < b->length ? -1 : 1;
	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return a->log < b->log ? -1 : a->log > b->log;
}

/* Logs of levels[first …] with the same length: chooses what is before each, then ranks them. */
static uint32_t rank_level(const struct wls_graph *graph, struct link *links, struct ranked *levels,
			   uint32_t first, uint32_t count)
{
	uint32_t end = first;

	for (; end < count && levels[end].length == levels[first].length; end++) {
		const struct link *link = &links[levels[end].log];

		choose_before(graph, links, levels[end].log);
		levels[end].rank = link->before == WLS_LOG_NONE ? 0 : links[link->before].rank;
	}
	qsort(levels + first, end - first, sizeof(*levels), by_rank);
	for (uint32_t i = first; i < end; i++)
		links[levels[i].log].rank = i - first;
	return end;
}

/* Orders all logs by length and then rank; returns how many have a chain at all. */
static uint32_t rank_all(const struct wls_graph *graph, struct link *links, struct ranked *levels)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < graph->log_count; i++)
		if (links[i].length > 0)
			levels[count++] = (struct ranked){links[i].length, 0, i};
	if (count > 1)
		qsort(levels, count, sizeof(*levels), by_rank);
	for (uint32_t i = 0; i < count;)
		i = rank_level(graph, links, levels, i, count);
	return count;
}

static void write_chain(struct wls_graph *graph, const struct link *links, uint32_t last)
{
	uint32_t n = links[last].length;

	graph->critical = WLS_ARENA_ARRAY(&graph->arena, uint32_t, n);
	graph->critical_count = n;
	for (; n > 0; last = links[last].before)
		graph->critical[--n] = last;
}

void wls_graph_find_chain(struct wls_graph *graph)
{
	uint32_t n = graph->log_count > 0 ? graph->log_count : 1, count, best;
	struct link *links = wls_alloc(n, sizeof(*links));
	struct ranked *levels = wls_alloc(n, sizeof(*levels));
	uint32_t *order = wls_graph_needed_first(graph);

	memset(links, 0, n * sizeof(*links));
	measure(graph, links, order);
	count = rank_all(graph, links, levels);
	if (count > 0 && levels[count - 1].length > 1) {
		best = levels[count - 1].log;
		for (uint32_t i = count; i-- > 0 && levels[i].length == links[best].length;)
			if (better(links, levels[i].log, best))
				best = levels[i].log;
		write_chain(graph, links, best);
	}
	free(order);
	free(levels);
	free(links);
}
