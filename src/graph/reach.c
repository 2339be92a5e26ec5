/* SPDX-License-Identifier: MIT */
/*
 * Who reaches whom: "unblocks", and the transitive reduction.
 *
 * Layer: graph. Includes: base.
 *
 * Both ask for reachability between all pairs, for which nothing linear is known. The graph
 * is condensed to its components, which are numbered so that edges go from higher to lower
 * numbers; then every component has a set of bits, and the set of a component is the union of
 * those it has edges to: V·E/64 steps. So as not to hold V²/8 bytes, the columns are done in
 * blocks of COLUMNS, each with V·COLUMNS/8 bytes: the same steps, and the block stays in the
 * cache.
 *
 *     a → b → c     reach(a) = {b} ∪ reach(b) ∪ reach(c) = {b, c}
 *     a ------↗     c is in reach(b), so a → c follows from the others
 *
 * Edges within a component are never reduced: any choice among them would be arbitrary.
 * The reduction of the condensed graph is unique (Aho, Garey, Ullman, SIAM J. Comput. 1972).
 */
#include "graph/graph_internal.h"

enum { COLUMNS = 1024, WORDS = COLUMNS / 64 };

struct arc { /* an edge between components */
	uint32_t from, to;
	uint32_t edge;
};

struct condensed {
	uint32_t *component; /* of each log */
	uint32_t count;
	struct arc *arcs; /* by (from, to), without those inside a component */
	size_t arc_count;
};

static int by_ends(const void *left, const void *right)
{
	const struct arc *a = left, *b = right;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return a->edge < b->edge ? -1 : a->edge > b->edge;
}

static void condense(const struct wls_graph *graph, wls_edge_filter *filter, struct condensed *c)
{
	size_t n = graph->log_count;

	*c = (struct condensed){0};
	c->component = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));
	c->arcs = wls_alloc(graph->edge_count > 0 ? graph->edge_count : 1, sizeof(struct arc));
	c->count = wls_graph_components(graph, filter, c->component);
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];
		struct arc arc = {.edge = i};

		if (!filter(edge))
			continue;
		arc.from = c->component[edge->from];
		arc.to = c->component[edge->to];
		if (arc.from != arc.to)
			c->arcs[c->arc_count++] = arc;
	}
	if (c->arc_count > 1)
		qsort(c->arcs, c->arc_count, sizeof(struct arc), by_ends);
}

static void release(struct condensed *c)
{
	free(c->component);
	free(c->arcs);
}

static bool test_bit(const uint64_t *row, uint32_t bit)
{
	return row[bit / 64] >> (bit % 64) & 1;
}

static void set_bit(uint64_t *row, uint32_t bit)
{
	row[bit / 64] |= (uint64_t)1 << (bit % 64);
}

/* ---- unblocks ---- */

static bool holds_up(const struct wls_edge *edge)
{
	return wls_edge_holds_up(edge);
}

/*
 * rows[c]: which of the unfinished logs [first, first + COLUMNS) wait for component c, those in
 * it counted. From the highest number (nothing needs it) down, each gives to what it needs.
 */
static void spread_waiting(const struct wls_graph *graph, const struct condensed *c, uint32_t first,
			   uint64_t *rows)
{
	size_t arc = c->arc_count;

	memset(rows, 0, (size_t)c->count * WORDS * sizeof(uint64_t));
	for (uint32_t i = first; i < graph->log_count && i - first < COLUMNS; i++)
		if (!wls_log_finished(&graph->logs[i]))
			set_bit(rows + (size_t)c->component[i] * WORDS, i - first);
	while (arc-- > 0) {
		const uint64_t *from = rows + (size_t)c->arcs[arc].from * WORDS;
		uint64_t *to = rows + (size_t)c->arcs[arc].to * WORDS;

		for (unsigned w = 0; w < WORDS; w++)
			to[w] |= from[w];
	}
}

static void count_rows(const struct condensed *c, const uint64_t *rows, uint32_t *waiting)
{
	for (uint32_t k = 0; k < c->count; k++)
		for (unsigned w = 0; w < WORDS; w++)
			waiting[k] += (uint32_t)__builtin_popcountll(rows[(size_t)k * WORDS + w]);
}

void wls_graph_count_unblocks(struct wls_graph *graph)
{
	struct condensed c;
	uint32_t *waiting;
	uint64_t *rows;

	condense(graph, holds_up, &c);
	waiting = wls_alloc((size_t)c.count + 1, sizeof(uint32_t));
	memset(waiting, 0, ((size_t)c.count + 1) * sizeof(uint32_t));
	rows = wls_alloc((size_t)c.count + 1, WORDS * sizeof(uint64_t));
	for (uint32_t first = 0; first < graph->log_count; first += COLUMNS) {
		spread_waiting(graph, &c, first, rows);
		count_rows(&c, rows, waiting);
	}
	for (uint32_t i = 0; i < graph->log_count; i++)
		graph->logs[i].unblocks =
			waiting[c.component[i]] - !wls_log_finished(&graph->logs[i]);
	free(rows);
	free(waiting);
	release(&c);
}

/* ---- transitive reduction ---- */

static bool current(const struct wls_edge *edge)
{
	return wls_edge_current(edge);
}

/*
 * rows[c]: which components of [first, first + COLUMNS) are reached from c. An arc c → d follows
 * from others when d is already in the reach of something that c has an arc to.
 */
static void reduce_columns(struct wls_graph *graph, const struct condensed *c, uint32_t first,
			   uint64_t *rows)
{
	memset(rows, 0, (size_t)c->count * WORDS * sizeof(uint64_t));
	for (size_t begin = 0, end; begin < c->arc_count; begin = end) {
		uint64_t *row = rows + (size_t)c->arcs[begin].from * WORDS;

		for (end = begin; end < c->arc_count && c->arcs[end].from == c->arcs[begin].from;
		     end++)
			for (unsigned w = 0; w < WORDS; w++)
				row[w] |= rows[(size_t)c->arcs[end].to * WORDS + w];
		for (size_t i = begin; i < end; i++)
			if (c->arcs[i].to - first < COLUMNS && test_bit(row, c->arcs[i].to - first))
				graph->edges[c->arcs[i].edge].reduced = true;
		for (size_t i = begin; i < end; i++)
			if (c->arcs[i].to - first < COLUMNS)
				set_bit(row, c->arcs[i].to - first);
	}
}

void wls_graph_reduce(struct wls_graph *graph)
{
	struct condensed c;
	uint64_t *rows;

	condense(graph, current, &c);
	rows = wls_alloc((size_t)c.count + 1, WORDS * sizeof(uint64_t));
	for (uint32_t first = 0; first < c.count; first += COLUMNS)
		reduce_columns(graph, &c, first, rows);
	free(rows);
	release(&c);
}
