/* SPDX-License-Identifier: MIT */
/*
 * Waves: what can be worked on now, what after that, and what cannot be ordered.
 *
 * Layer: graph. Includes: base.
 *
 * An unfinished log is in wave 1 when it is ready, else one wave after the last of the logs
 * it waits for. It has none when it waits for something without a wave: a cycle, a dangling
 * reference, a log that is blocked or in review on its own account. Components come numbered
 * with what is needed first, so one pass in that order settles all. O(V + E).
 */
#include "graph/graph_internal.h"

/* 1 + the highest wave that `log` waits for; 0 when one of those has none. */
static uint32_t wave_of(const struct wls_graph *graph, const struct wls_log *log)
{
	uint32_t highest = 0;
	bool waits = false;

	if (wls_log_finished(log) || log->in_cycle)
		return 0;
	if (log->ready)
		return 1;
	for (uint32_t i = 0; i < log->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[log->first_edge + i];
		uint32_t wave;

		if (!wls_edge_unsatisfied(edge))
			continue;
		wave = edge->to == WLS_LOG_NONE ? 0 : graph->logs[edge->to].wave;
		if (wave == 0)
			return 0;
		waits = true;
		if (wave > highest)
			highest = wave;
	}
	return waits ? highest + 1 : 0;
}

uint32_t *wls_graph_needed_first(const struct wls_graph *graph)
{
	uint32_t n = graph->log_count;
	uint32_t *count = wls_alloc((size_t)n + 1, sizeof(uint32_t));
	uint32_t *order = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));

	memset(count, 0, ((size_t)n + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++)
		count[graph->logs[i].component + 1]++;
	for (uint32_t c = 1; c <= n; c++)
		count[c] += count[c - 1];
	for (uint32_t i = 0; i < n; i++)
		order[count[graph->logs[i].component]++] = i;
	free(count);
	return order;
}

static void list_waves(struct wls_graph *graph)
{
	uint32_t n = graph->log_count;
	uint32_t *start = WLS_ARENA_ARRAY(&graph->arena, uint32_t, (size_t)graph->wave_count + 2);

	graph->waves = WLS_ARENA_ARRAY(&graph->arena, uint32_t, n);
	for (uint32_t i = 0; i < n; i++)
		if (graph->logs[i].wave > 0)
			start[graph->logs[i].wave + 1]++;
	for (uint32_t w = 1; w <= graph->wave_count; w++)
		start[w + 1] += start[w];
	for (uint32_t i = 0; i < n; i++)
		if (graph->logs[i].wave > 0)
			graph->waves[start[graph->logs[i].wave]++] = i;
	/* start[w] is now where wave w ends, so where wave w + 1 begins. */
	graph->wave_start = start;
}

void wls_graph_make_waves(struct wls_graph *graph)
{
	uint32_t *order = wls_graph_needed_first(graph);

	graph->wave_count = 0;
	for (uint32_t i = 0; i < graph->log_count; i++) {
		struct wls_log *log = &graph->logs[order[i]];

		log->wave = wave_of(graph, log);
		if (log->wave > graph->wave_count)
			graph->wave_count = log->wave;
	}
	free(order);
	list_waves(graph);
}
