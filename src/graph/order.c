/* SPDX-License-Identifier: MIT */
/*
 * Strongly connected components, and one shortest cycle of each.
 *
 * Layer: graph. Includes: base.
 *
 * Components: Tarjan's algorithm ("Depth-first search and linear graph algorithms", SIAM J.
 * Comput. 1972) with an explicit stack, since a chain of 10,000 logs would be 10,000 calls
 * deep. Every log gets a number when it is first seen, and the lowest number that it can
 * reach among those still open; where both agree, everything above it on the stack is one
 * component. Components come out with what is needed before what needs it, so their numbers
 * are a topological order. O(V + E).
 *
 * Cycles: a breadth-first search inside a component from its first log (by id) comes back to
 * that log by a shortest way; edges are sorted, so the way is always the same one. One search
 * a component, O(V + E) together. Which of a component's many cycles to show is a question of
 * taste: this one is short, and names the log that the report begins with. Enumerating all
 * is exponential and is not done.
 */
#include "graph/graph_internal.h"

/* ---- Tarjan ---- */

struct tarjan {
	const struct wls_graph *graph;
	wls_edge_filter *filter;
	uint32_t *number; /* 0: not seen */
	uint32_t *low;
	uint32_t *next_edge; /* how far each log on the path has come */
	uint32_t *path;      /* the depth-first path */
	uint32_t *open;      /* seen, component not yet closed */
	uint32_t *component;
	uint32_t path_len, open_len, numbered, components;
};

static void enter(struct tarjan *t, uint32_t log)
{
	t->number[log] = t->low[log] = ++t->numbered;
	t->next_edge[log] = 0;
	t->path[t->path_len++] = log;
	t->open[t->open_len++] = log;
}

static void close_component(struct tarjan *t, uint32_t log)
{
	uint32_t member;

	do {
		member = t->open[--t->open_len];
		t->component[member] = t->components;
	} while (member != log);
	t->components++;
}

static void leave(struct tarjan *t, uint32_t log)
{
	t->path_len--;
	if (t->low[log] == t->number[log])
		close_component(t, log);
	if (t->path_len > 0) {
		uint32_t above = t->path[t->path_len - 1];

		if (t->low[log] < t->low[above])
			t->low[above] = t->low[log];
	}
}

static void advance(struct tarjan *t)
{
	uint32_t log = t->path[t->path_len - 1];
	const struct wls_log *from = &t->graph->logs[log];
	const struct wls_edge *edge;
	uint32_t to;

	if (t->next_edge[log] == from->edge_count) {
		leave(t, log);
		return;
	}
	edge = &t->graph->edges[from->first_edge + t->next_edge[log]++];
	to = edge->to;
	if (!t->filter(edge))
		return;
	if (t->number[to] == 0)
		enter(t, to);
	else if (t->component[to] == WLS_LOG_NONE && t->number[to] < t->low[log])
		t->low[log] = t->number[to];
}

uint32_t wls_graph_components(const struct wls_graph *graph, wls_edge_filter *filter,
			      uint32_t *component)
{
	uint32_t n = graph->log_count;
	uint32_t *memory = wls_alloc(n > 0 ? n : 1, 5 * sizeof(uint32_t));
	struct tarjan t = {.graph = graph, .filter = filter, .component = component};

	memset(memory, 0, (size_t)n * 5 * sizeof(uint32_t));
	t.number = memory;
	t.low = memory + n;
	t.next_edge = memory + 2 * (size_t)n;
	t.path = memory + 3 * (size_t)n;
	t.open = memory + 4 * (size_t)n;
	for (uint32_t i = 0; i < n; i++)
		component[i] = WLS_LOG_NONE;
	for (uint32_t i = 0; i < n; i++) {
		if (t.number[i] != 0)
			continue;
		enter(&t, i);
		while (t.path_len > 0)
			advance(&t);
	}
	free(memory);
	return t.components;
}

/* ---- cycles ---- */

struct search {
	struct wls_graph *graph;
	uint32_t *came_by; /* edge over which each log was first reached */
	uint32_t *queue;
};

static bool inside(const struct wls_graph *graph, const struct wls_edge *edge)
{
	return wls_edge_holds_up(edge) &&
	       graph->logs[edge->from].component == graph->logs[edge->to].component;
}

/* The edge that closes a shortest cycle through `start`. */
static uint32_t closing_edge(struct search *s, uint32_t start)
{
	struct wls_graph *graph = s->graph;
	uint32_t head = 0, tail = 0;

	s->queue[tail++] = start;
	while (head < tail) {
		const struct wls_log *log = &graph->logs[s->queue[head++]];

		for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++) {
			const struct wls_edge *edge = &graph->edges[i];

			if (!inside(graph, edge))
				continue;
			if (edge->to == start)
				return i;
			if (s->came_by[edge->to] != UINT32_MAX)
				continue;
			s->came_by[edge->to] = i;
			s->queue[tail++] = edge->to;
		}
	}
	return UINT32_MAX;
}

static void trace_cycle(struct search *s, uint32_t start, struct wls_cycle *cycle)
{
	struct wls_graph *graph = s->graph;
	uint32_t last = closing_edge(s, start), n = 1, *edges;

	for (uint32_t at = graph->edges[last].from; at != start; n++)
		at = graph->edges[s->came_by[at]].from;
	edges = WLS_ARENA_ARRAY(&graph->arena, uint32_t, n);
	cycle->edges = edges;
	cycle->edge_count = n;
	for (uint32_t edge = last;; edge = s->came_by[graph->edges[edge].from]) {
		edges[--n] = edge;
		if (graph->edges[edge].from == start)
			return;
	}
}

static bool holds_up(const struct wls_edge *edge)
{
	return wls_edge_holds_up(edge);
}

/* Puts the logs of each component together: members[start[c] .. start[c + 1]). */
static uint32_t *members_by_component(const struct wls_graph *graph, uint32_t count,
				      uint32_t **members)
{
	uint32_t *start = wls_alloc((size_t)count + 2, sizeof(uint32_t));
	uint32_t *list = wls_alloc(graph->log_count > 0 ? graph->log_count : 1, sizeof(uint32_t));

	memset(start, 0, ((size_t)count + 2) * sizeof(uint32_t));
	for (uint32_t i = 0; i < graph->log_count; i++)
		start[graph->logs[i].component + 2]++;
	for (uint32_t c = 1; c <= count; c++)
		start[c + 1] += start[c];
	for (uint32_t i = 0; i < graph->log_count; i++)
		list[start[graph->logs[i].component + 1]++] = i;
	*members = list;
	return start;
}

static void add_cycle(struct search *s, const uint32_t *members, uint32_t count)
{
	struct wls_graph *graph = s->graph;
	struct wls_cycle *cycle = &graph->cycles[graph->cycle_count++];
	uint32_t *logs = WLS_ARENA_ARRAY(&graph->arena, uint32_t, count);

	memcpy(logs, members, count * sizeof(uint32_t));
	cycle->logs = logs;
	cycle->log_count = count;
	for (uint32_t i = 0; i < count; i++)
		graph->logs[logs[i]].in_cycle = true;
	trace_cycle(s, logs[0], cycle);
}

static void mark_edges(struct wls_graph *graph)
{
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		struct wls_edge *edge = &graph->edges[i];

		edge->in_cycle = edge->to != WLS_LOG_NONE && inside(graph, edge);
	}
}

void wls_graph_find_cycles(struct wls_graph *graph)
{
	uint32_t n = graph->log_count, count, *members, *start, large = 0;
	uint32_t *component = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));
	struct search s = {.graph = graph};

	count = wls_graph_components(graph, holds_up, component);
	for (uint32_t i = 0; i < n; i++)
		graph->logs[i].component = component[i];
	start = members_by_component(graph, count, &members);
	for (uint32_t c = 0; c < count; c++)
		large += start[c + 1] - start[c] > 1;
	graph->cycles = WLS_ARENA_ARRAY(&graph->arena, struct wls_cycle, large);
	s.queue = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));
	s.came_by = component; /* no longer needed as such */
	memset(s.came_by, 0xff, (size_t)n * sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++) {
		uint32_t c = graph->logs[i].component;

		if (members[start[c]] == i && start[c + 1] - start[c] > 1)
			add_cycle(&s, members + start[c], start[c + 1] - start[c]);
	}
	mark_edges(graph);
	free(s.queue);
	free(component);
	free(members);
	free(start);
}
