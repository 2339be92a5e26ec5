/* SPDX-License-Identifier: MIT */
/*
 * Two unfinished logs that name the same file, and lines of it that meet.
 *
 * Layer: graph. Includes: base.
 *
 * All touches are sorted by path and first line; in each path a sweep keeps the touches that
 * still reach the line it is at, so the time is O(n log n + pairs). A file that everybody
 * names would give a pair for any two, which tells nothing: of one file at most PAIRS_MAX pairs
 * are compared, the first by place.
 */
#include "graph/graph_internal.h"

enum { PAIRS_MAX = 100000 };

struct touch {
	struct wls_slice path;
	uint32_t first, last; /* a whole file: 0, UINT32_MAX */
	uint32_t log;
};

struct sweep {
	struct wls_overlap *found;
	size_t count, cap;
	size_t *open; /* touches that may meet later ones */
	size_t open_count;
};

static int by_path(const void *left, const void *right)
{
	const struct touch *a = left, *b = right;
	int order = wls_slice_cmp(a->path, b->path);

	if (order != 0)
		return order;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (a->log != b->log)
		return a->log < b->log ? -1 : 1;
	return a->last < b->last ? -1 : a->last > b->last;
}

static int by_logs(const void *left, const void *right)
{
	const struct wls_overlap *a = left, *b = right;
	int order;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->b != b->b)
		return a->b < b->b ? -1 : 1;
	order = wls_slice_cmp(a->path, b->path);
	if (order != 0)
		return order;
	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	return a->last < b->last ? -1 : a->last > b->last;
}

static struct touch *collect(const struct wls_graph *graph, size_t *count)
{
	struct touch *touches;
	size_t n = 0;

	for (uint32_t i = 0; i < graph->log_count; i++)
		n += graph->logs[i].touch_count;
	touches = wls_alloc(n > 0 ? n : 1, sizeof(*touches));
	n = 0;
	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[i];

		for (size_t t = 0; t < log->touch_count && !wls_log_finished(log); t++)
			touches[n++] = (struct touch){
				.path = log->touches[t].path,
				.first = log->touches[t].first,
				.last = log->touches[t].last > 0 ? log->touches[t].last
								 : UINT32_MAX,
				.log = i,
			};
	}
	if (n > 1)
		qsort(touches, n, sizeof(*touches), by_path);
	*count = n;
	return touches;
}

static void add_overlap(struct sweep *s, const struct touch *a, const struct touch *b)
{
	uint32_t last = a->last < b->last ? a->last : b->last;

	WLS_GROW(s->found, s->cap, s->count + 1);
	s->found[s->count++] = (struct wls_overlap){
		.a = a->log < b->log ? a->log : b->log,
		.b = a->log < b->log ? b->log : a->log,
		.path = a->path,
		.first = last == UINT32_MAX ? 0 : (a->first > b->first ? a->first : b->first),
		.last = last == UINT32_MAX ? 0 : last,
	};
}

/* Meets touch `i` with those still open, and drops those that end before it. */
static void meet(struct sweep *s, const struct touch *touches, size_t i, size_t *pairs)
{
	size_t kept = 0;

	for (size_t k = 0; k < s->open_count; k++) {
		const struct touch *other = &touches[s->open[k]];

		++*pairs;
		if (other->last < touches[i].first)
			continue;
		s->open[kept++] = s->open[k];
		if (other->log != touches[i].log)
			add_overlap(s, other, &touches[i]);
	}
	s->open[kept++] = i;
	s->open_count = kept;
}

static void finish(struct wls_graph *graph, struct sweep *s)
{
	size_t n = 0;

	if (s->count > 1)
		qsort(s->found, s->count, sizeof(s->found[0]), by_logs);
	for (size_t i = 0; i < s->count; i++)
		if (n == 0 || by_logs(&s->found[n - 1], &s->found[i]) != 0)
			s->found[n++] = s->found[i];
	graph->overlaps = WLS_ARENA_ARRAY(&graph->arena, struct wls_overlap, n);
	graph->overlap_count = n;
	if (n > 0)
		memcpy(graph->overlaps, s->found, n * sizeof(s->found[0]));
	free(s->found);
	free(s->open);
}

void wls_graph_find_overlaps(struct wls_graph *graph)
{
	struct sweep s = {0};
	size_t count, pairs = 0;
	struct touch *touches = collect(graph, &count);

	s.open = wls_alloc(count > 0 ? count : 1, sizeof(size_t));
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && !wls_slice_eq(touches[i - 1].path, touches[i].path)) {
			s.open_count = 0;
			pairs = 0;
		}
		if (pairs < PAIRS_MAX)
			meet(&s, touches, i, &pairs);
	}
	finish(graph, &s);
	free(touches);
}
