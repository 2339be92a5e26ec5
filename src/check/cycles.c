/* SPDX-License-Identifier: MIT */
/*
 * Logs that wait for each other in a circle: told once, at a log that is judged.
 *
 * Layer: check. Includes: base, buf, graph, check.
 *
 * Which logs are judged is known at the end only: every judged log of a circle is a candidate, with the
 * dependency by which it is in it, and the one that stands first in the circle is kept. So a circle is
 * told at the same place whenever all its logs are judged, and a commit that closes one is told of it
 * though the other logs are not staged.
 */
#include "check/check_internal.h"
#include "wlsync/buf.h"

enum { NAMES_MAX = 8 }; /* logs of a circle that its message names */

/* Where the log's dependency stands in its circle, or none. */
struct wls_cycle_place {
	const struct wls_cycle *cycle;
	uint32_t edge;
	uint32_t rank; /* place in the circle that is shown; its length: the log is beside it */
};

static void note_edges(const struct wls_graph *graph, struct wls_cycle_place *places,
		       const struct wls_cycle *cycle)
{
	for (size_t i = 0; i < cycle->log_count; i++)
		places[cycle->logs[i]] =
			(struct wls_cycle_place){cycle, WLS_LOG_NONE, (uint32_t)cycle->edge_count};
	for (size_t i = 0; i < cycle->edge_count; i++) {
		struct wls_cycle_place *at = &places[graph->edges[cycle->edges[i]].from];
		at->edge = cycle->edges[i];
		at->rank = (uint32_t)i;
	}
}

/* By log; made when the first log of a circle is judged. */
static struct wls_cycle_place *places_of(struct wls_check *check)
{
	struct wls_check_scratch *scratch = check->scratch;
	const struct wls_graph *graph = check->graph;

	if (scratch->cycle_places)
		return scratch->cycle_places;
	scratch->cycle_places =
		WLS_ARENA_ARRAY(&check->arena, struct wls_cycle_place, graph->log_count);
	memset(scratch->cycle_places, 0, graph->log_count * sizeof(*scratch->cycle_places));
	for (size_t i = 0; i < graph->cycle_count; i++)
		note_edges(graph, scratch->cycle_places, &graph->cycles[i]);
	return scratch->cycle_places;
}

/* Of a log beside the circle that is shown: the first of its dependencies that keep it in. */
static uint32_t edge_beside(const struct wls_graph *graph, const struct wls_log *log)
{
	for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++)
		if (graph->edges[i].in_cycle)
			return i;
	return WLS_LOG_NONE;
}

static const char *message_of(struct wls_check *check, const struct wls_cycle_place *at,
			      uint32_t log)
{
	const struct wls_graph *graph = check->graph;
	const struct wls_cycle *cycle = at->cycle;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t first = at->rank < cycle->edge_count ? at->rank : 0, n = cycle->edge_count;

	wls_buf_printf(&text, "%zu logs wait for each other: ", cycle->log_count);
	for (size_t i = 0; i < n && i < NAMES_MAX; i++) {
		const struct wls_edge *edge = &graph->edges[cycle->edges[(first + i) % n]];
		wls_buf_printf(&text, "%.*s > ", WLS_SLICE_ARG(graph->logs[edge->from].id));
	}
	if (n > NAMES_MAX)
		wls_buf_printf(&text, "... (%zu more) > ", n - NAMES_MAX);
	wls_buf_add_slice(&text, graph->logs[graph->edges[cycle->edges[first]].from].id);
	if (at->rank == cycle->edge_count)
		wls_buf_printf(&text, ", and %.*s with them", WLS_SLICE_ARG(graph->logs[log].id));
	return wls_arena_copy(&check->arena, wls_buf_slice(&text)).ptr;
}

static const struct wls_check_file *file_of(const struct wls_check_log *log, struct wls_slice path)
{
	for (size_t i = 0; i < log->count; i++)
		if (wls_slice_eq(log->files[i].path, path))
			return &log->files[i];
	return NULL;
}

/* ---- candidates ---- */

static void put(const struct wls_check_log *log, const struct wls_cycle_place *at,
		const struct wls_check_file *file, const struct wls_edge *edge)
{
	struct wls_check *check = log->check;
	struct wls_check_scratch *scratch = check->scratch;
	struct wls_doc_place place = {0};
	uint32_t begin = wls_doc_offset(file->doc, &place, edge->line, edge->column);
	uint32_t end = wls_place_word_end(file->doc->source, begin);

	wls_check_put(
		log, file,
		&(struct wls_new_finding){
			.rule = WLS_RULE_CYCLE,
			.span = {begin, end},
			.key = wls_slice(file->doc->source.ptr + begin, end - begin),
			.message = message_of(check, at, log->log),
			.hint = "take one of these dependencies away, or complete one of the logs",
		});
	WLS_GROW(scratch->in_cycles, scratch->in_cycle_cap, scratch->in_cycle_count + 1);
	scratch->in_cycles[scratch->in_cycle_count++] =
		(struct wls_in_cycle){check->count - 1, log->log, at->rank};
}

void wls_check_cycle(const struct wls_check_log *log)
{
	struct wls_check *check = log->check;
	const struct wls_graph *graph = check->graph;

	if (!graph->logs[log->log].in_cycle || !wls_check_wants(check, WLS_RULE_CYCLE))
		return;
	struct wls_cycle_place *at = &places_of(check)[log->log];
	uint32_t edge = at->edge;
	if (at->cycle && edge == WLS_LOG_NONE)
		edge = edge_beside(graph, &graph->logs[log->log]);
	if (!at->cycle || edge == WLS_LOG_NONE)
		return;
	const struct wls_check_file *file = file_of(log, graph->edges[edge].file);
	if (file)
		put(log, at, file, &graph->edges[edge]);
}

/* ---- the one that is kept ---- */

static bool is_before(const struct wls_in_cycle *a, const struct wls_in_cycle *b)
{
	return a->rank != b->rank ? a->rank < b->rank : a->log < b->log;
}

static size_t cycle_of(const struct wls_check *check, const struct wls_in_cycle *in)
{
	return (size_t)(check->scratch->cycle_places[in->log].cycle - check->graph->cycles);
}

/* The best candidate of each circle: its index into in_cycles, by circle. */
static uint32_t *choose(struct wls_check *check)
{
	const struct wls_check_scratch *scratch = check->scratch;
	uint32_t *best = WLS_ARENA_ARRAY(&check->arena, uint32_t, check->graph->cycle_count);

	for (size_t i = 0; i < check->graph->cycle_count; i++)
		best[i] = WLS_LOG_NONE;
	for (uint32_t i = 0; i < scratch->in_cycle_count; i++) {
		const struct wls_in_cycle *in = &scratch->in_cycles[i];
		uint32_t *at = &best[cycle_of(check, in)];
		if (*at == WLS_LOG_NONE || is_before(in, &scratch->in_cycles[*at]))
			*at = i;
	}
	return best;
}

void wls_check_cycles_finish(struct wls_check *check)
{
	const struct wls_check_scratch *scratch = check->scratch;
	uint32_t next = 0;
	size_t n = 0;

	if (scratch->in_cycle_count == 0)
		return;
	const uint32_t *best = choose(check);
	for (size_t i = 0; i < check->count; i++) {
		const struct wls_in_cycle *in = &scratch->in_cycles[next];
		bool candidate = next < scratch->in_cycle_count && in->finding == i;
		if (candidate && best[cycle_of(check, in)] != next++)
			continue;
		check->findings[n++] = check->findings[i];
	}
	check->count = n;
}
