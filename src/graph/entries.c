/* SPDX-License-Identifier: MIT */
/*
 * The graph of versions (options.entries): every entry is a node, name@vN.
 *
 * Layer: graph. Includes: base.
 *
 * States, readiness, cycles and waves are questions to logs, not to versions. So the graph of
 * logs is finished first and then unfolded: each log becomes its entries; the newest one
 * carries what was derived for the log; an edge goes from the entry that it stands in to the
 * version that it names, or to the newest one when it names none, or one that does not exist.
 */
#include "graph/graph_internal.h"

struct unfold {
	struct wls_graph *graph;
	struct wls_log *nodes;
	uint32_t count;
	size_t cap;
	uint32_t *first;    /* log → its first node, ascending versions; one more at the end */
	uint32_t *renumber; /* node → its place after sorting */
};

/* ---- nodes ---- */

/* A node for an entry, or, without one, for the log's newest state. */
static void add_node(struct unfold *u, const struct wls_log *log, const struct wls_graph_file *file,
		     const struct wls_entry_fact *fact)
{
	struct wls_log *node;

	WLS_GROW(u->nodes, u->cap, u->count + 1);
	node = &u->nodes[u->count++];
	*node = *log;
	node->version = fact ? fact->version : log->version;
	if (node->version > 0)
		node->id = wls_graph_suffixed_id(u->graph, log->id, "@v", node->version);
	if (!fact)
		return;
	node->file = file->path;
	node->title = fact->title;
	node->status = fact->status;
	node->status_text = fact->status_text;
	node->progress = fact->progress;
	node->updated = fact->date;
	node->updated_time = fact->time;
	node->title_blocked = fact->status == WLS_STATUS_BLOCKED;
	node->next_count = node->blocker_count = node->touch_count = 0;
	node->ready = node->ready_if_stale_ok = node->in_cycle = false;
	node->not_ready = 0;
	node->wave = 0;
	node->unblocks = 0;
}

/* The entry with the lowest version above `after` that a log's files have, and its file. */
static const struct wls_entry_fact *next_entry(const struct wls_instance *instance, uint32_t after,
					       size_t *cursors, const struct wls_graph_file **file)
{
	const struct wls_entry_fact *least = NULL;

	for (uint32_t f = 0; f < instance->file_count; f++) {
		const struct wls_graph_file *from = instance->files[f];

		while (cursors[f] < from->entry_count && from->entries[cursors[f]].version <= after)
			cursors[f]++;
		if (cursors[f] < from->entry_count &&
		    (!least || from->entries[cursors[f]].version < least->version)) {
			least = &from->entries[cursors[f]];
			*file = from;
		}
	}
	return least;
}

static void unfold_log(struct unfold *u, uint32_t index)
{
	struct wls_graph_intake *in = u->graph->intake;
	const struct wls_instance *instance = &in->instances[in->log_instance[index]];
	const struct wls_log *log = &u->graph->logs[index];
	size_t *cursors = wls_alloc(instance->file_count, sizeof(size_t));
	const struct wls_graph_file *file = NULL;
	const struct wls_entry_fact *fact = NULL;

	memset(cursors, 0, instance->file_count * sizeof(size_t));
	u->first[index] = u->count;
	while ((fact = next_entry(instance, fact ? fact->version : 0, cursors, &file)) &&
	       fact->version < log->version)
		add_node(u, log, file, fact);
	add_node(u, log, NULL, NULL);
	free(cursors);
}

/* Before sorting: the node of a log's version; its newest one for 0 and what does not exist. */
static uint32_t node_of(const struct unfold *u, uint32_t log, uint32_t version)
{
	uint32_t newest = u->first[log + 1] - 1, low = u->first[log], high = newest;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (u->nodes[middle].version < version)
			low = middle + 1;
		else
			high = middle;
	}
	return version > 0 && u->nodes[low].version == version ? low : newest;
}

struct named_node {
	struct wls_slice id;
	uint32_t node;
};

static int by_id(const void *left, const void *right)
{
	const struct named_node *a = left, *b = right;

	return wls_slice_cmp(a->id, b->id);
}

/* Sorts the nodes by id into the graph; u->renumber tells where each went. */
static struct wls_log *sort_nodes(struct unfold *u)
{
	struct named_node *order = wls_alloc(u->count > 0 ? u->count : 1, sizeof(*order));
	struct wls_log *sorted = WLS_ARENA_ARRAY(&u->graph->arena, struct wls_log, u->count);

	for (uint32_t i = 0; i < u->count; i++)
		order[i] = (struct named_node){u->nodes[i].id, i};
	if (u->count > 1)
		qsort(order, u->count, sizeof(*order), by_id);
	u->renumber = wls_alloc(u->count > 0 ? u->count : 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < u->count; i++) {
		sorted[i] = u->nodes[order[i].node];
		u->renumber[order[i].node] = i;
	}
	free(order);
	return sorted;
}

/* Where a log's newest node went. */
static uint32_t newest_node(const struct unfold *u, uint32_t log)
{
	return u->renumber[u->first[log + 1] - 1];
}

/* ---- edges ---- */

struct moved_edge {
	struct wls_edge edge;
	uint32_t old;
};

static int by_ends(const void *left, const void *right)
{
	const struct moved_edge *a = left, *b = right;
	int order;

	if (a->edge.from != b->edge.from)
		return a->edge.from < b->edge.from ? -1 : 1;
	order = wls_slice_cmp(a->edge.to_name, b->edge.to_name);
	if (order != 0)
		return order;
	if (a->edge.to_version != b->edge.to_version)
		return a->edge.to_version < b->edge.to_version ? -1 : 1;
	return a->old < b->old ? -1 : a->old > b->old;
}

/* Whether the edge stands in its dependent's own file, so that its entry is the dependent's. */
static bool stands_at_home(const struct wls_log *from, const struct wls_edge *edge)
{
	for (size_t i = 0; i < from->file_count; i++)
		if (from->files[i].ptr == edge->file.ptr)
			return true;
	return false;
}

static void move_edge(const struct unfold *u, const struct wls_log *sorted, struct wls_edge *edge)
{
	const struct wls_log *from = &u->graph->logs[edge->from];
	uint32_t entry = stands_at_home(from, edge) ? edge->entry : 0;

	edge->from = u->renumber[node_of(u, edge->from, entry)];
	if (edge->to == WLS_LOG_NONE)
		return;
	edge->to = u->renumber[node_of(u, edge->to, edge->to_version)];
	edge->to_name = sorted[edge->to].id;
}

/* Moves all edges to the nodes; the result tells where each went. */
static uint32_t *move_edges(struct unfold *u, const struct wls_log *sorted)
{
	struct wls_graph *graph = u->graph;
	uint32_t n = graph->edge_count;
	struct moved_edge *moved = wls_alloc(n > 0 ? n : 1, sizeof(*moved));
	uint32_t *where = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));

	for (uint32_t i = 0; i < n; i++) {
		moved[i] = (struct moved_edge){graph->edges[i], i};
		move_edge(u, sorted, &moved[i].edge);
	}
	if (n > 1)
		qsort(moved, n, sizeof(*moved), by_ends);
	for (uint32_t i = 0; i < n; i++) {
		graph->edges[i] = moved[i].edge;
		where[moved[i].old] = i;
	}
	free(moved);
	return where;
}

/* ---- what holds numbers of logs and edges ---- */

static void move_list(const struct unfold *u, uint32_t *logs, size_t n)
{
	for (size_t i = 0; i < n; i++)
		logs[i] = newest_node(u, logs[i]);
}

static void move_cycles(const struct unfold *u, const uint32_t *where)
{
	struct wls_graph *graph = u->graph;

	for (size_t i = 0; i < graph->cycle_count; i++) {
		struct wls_cycle *cycle = &graph->cycles[i];

		move_list(u, cycle->logs, cycle->log_count);
		for (size_t k = 0; k < cycle->edge_count; k++)
			cycle->edges[k] = where[cycle->edges[k]];
	}
}

void wls_graph_expand_entries(struct wls_graph *graph)
{
	struct unfold u = {.graph = graph};
	struct wls_log *sorted;
	uint32_t *where;

	u.cap = (size_t)graph->log_count + 1;
	u.nodes = wls_alloc(u.cap, sizeof(struct wls_log));
	u.first = wls_alloc((size_t)graph->log_count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < graph->log_count; i++)
		unfold_log(&u, i);
	u.first[graph->log_count] = u.count;
	sorted = sort_nodes(&u);
	where = move_edges(&u, sorted);
	move_cycles(&u, where);
	if (graph->wave_count > 0)
		move_list(&u, graph->waves, graph->wave_start[graph->wave_count]);
	move_list(&u, graph->critical, graph->critical_count);
	for (size_t i = 0; i < graph->overlap_count; i++) {
		graph->overlaps[i].a = newest_node(&u, graph->overlaps[i].a);
		graph->overlaps[i].b = newest_node(&u, graph->overlaps[i].b);
	}
	for (uint32_t i = 0; i < graph->intake->instance_count; i++)
		graph->intake->instances[i].log = newest_node(&u, graph->intake->instances[i].log);
	graph->logs = sorted;
	graph->log_count = u.count;
	wls_graph_index_edges(graph);
	free(where);
	free(u.renumber);
	free(u.first);
	free(u.nodes);
}
