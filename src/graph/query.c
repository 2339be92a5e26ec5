/* SPDX-License-Identifier: MIT */
/*
 * Questions to a finished graph: find, focus, path, next.
 *
 * Layer: graph. Includes: base, refs.
 */
#include "graph/graph_internal.h"

/* ---- find ---- */

static uint32_t find_id(const struct wls_graph *graph, struct wls_slice id)
{
	uint32_t low = 0, high = graph->log_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (wls_slice_cmp(graph->logs[middle].id, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < graph->log_count && wls_slice_eq(graph->logs[low].id, id) ? low : WLS_LOG_NONE;
}

/* The log of a path, whole or from any '/' on. Adds 1 to *count for each log. */
static uint32_t find_file(const struct wls_graph *graph, struct wls_slice path, size_t *count)
{
	uint32_t found = WLS_LOG_NONE;

	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[i];

		for (size_t f = 0; f < log->file_count; f++) {
			struct wls_slice file = log->files[f];

			if (wls_slice_eq(file, path)) {
				*count = 1;
				return i;
			}
			if (file.len <= path.len || file.ptr[file.len - path.len - 1] != '/' ||
			    memcmp(file.ptr + file.len - path.len, path.ptr, path.len) != 0)
				continue;
			found = i;
			++*count;
			break;
		}
	}
	return found;
}

static uint32_t find_name(const struct wls_graph *graph, struct wls_slice name)
{
	struct wls_buf _cleanup_buf_ fold = WLS_BUF_INIT;

	return wls_map_find(&graph->intake->world.names, wls_name_fold_into(&fold, name));
}

static int say_ambiguous(const struct wls_graph *graph, const struct wls_known_name *known,
			 struct wls_slice what, struct wls_error *err)
{
	struct wls_buf _cleanup_buf_ ids = WLS_BUF_INIT;
	const struct wls_graph_intake *in = graph->intake;

	for (uint32_t i = 0; i < known->count && i < 8; i++) {
		uint32_t log = in->instances[in->members[known->first + i]].log;

		wls_buf_add_str(&ids, i > 0 ? ", \"" : "\"");
		wls_buf_add_slice(&ids, graph->logs[log].id);
		wls_buf_add_char(&ids, '"');
	}
	if (known->count > 8)
		wls_buf_printf(&ids, " and %u more", known->count - 8);
	return wls_error_set(err, WLS_E_AMBIGUOUS, "\"%.*s\" is the name of several logs: say %s",
			     WLS_SLICE_ARG(what), wls_buf_str(&ids));
}

static int say_not_found(const struct wls_graph *graph, struct wls_slice what,
			 struct wls_error *err)
{
	struct wls_buf _cleanup_buf_ fold = WLS_BUF_INIT;
	uint32_t nearest = wls_graph_nearest(graph, wls_name_fold_into(&fold, what));

	if (nearest == WLS_LOG_NONE)
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "no WorkLog named \"%.*s\" (wlsync status lists them)",
				     WLS_SLICE_ARG(what));
	return wls_error_set(err, WLS_E_NOT_FOUND,
			     "no WorkLog named \"%.*s\"; did you mean \"%.*s\"?",
			     WLS_SLICE_ARG(what), WLS_SLICE_ARG(graph->logs[nearest].id));
}

int wls_graph_find(const struct wls_graph *graph, struct wls_slice what, uint32_t *log,
		   struct wls_error *err)
{
	const struct wls_graph_intake *in = graph->intake;
	uint32_t found = find_id(graph, what), name;
	struct wls_slice stem_name;
	uint32_t version;
	size_t count = 0;

	if (found == WLS_LOG_NONE && what.len > 0)
		found = find_file(graph, what, &count);
	if (found != WLS_LOG_NONE && count <= 1) {
		*log = found;
		return WLS_OK;
	}
	name = find_name(graph, what);
	if (name == WLS_MAP_NONE && wls_name_from_path(what, &stem_name, &version))
		name = find_name(graph, stem_name);
	if (name == WLS_MAP_NONE)
		return say_not_found(graph, what, err);
	found = in->instances[in->members[in->known[name].first]].log;
	for (uint32_t i = 1; i < in->known[name].count; i++)
		if (in->instances[in->members[in->known[name].first + i]].log != found)
			return say_ambiguous(graph, &in->known[name], what, err);
	*log = found;
	return WLS_OK;
}

const struct wls_slice *wls_graph_files(const struct wls_graph *graph, uint32_t log, size_t *count)
{
	*count = graph->logs[log].file_count;
	return graph->logs[log].files;
}

/* ---- focus and path ---- */

/* Edges by their end: incoming[start[log] .. start[log + 1]) are indices into edges. */
struct reverse {
	uint32_t *start, *incoming;
};

static struct reverse reverse_edges(const struct wls_graph *graph)
{
	size_t n = graph->log_count, m = graph->edge_count;
	struct reverse r = {wls_alloc(n + 2, sizeof(uint32_t)),
			    wls_alloc(m > 0 ? m : 1, sizeof(uint32_t))};

	memset(r.start, 0, (n + 2) * sizeof(uint32_t));
	for (size_t i = 0; i < m; i++)
		if (wls_edge_current(&graph->edges[i]))
			r.start[graph->edges[i].to + 2]++;
	for (size_t i = 2; i < n + 2; i++)
		r.start[i] += r.start[i - 1];
	for (size_t i = 0; i < m; i++)
		if (wls_edge_current(&graph->edges[i]))
			r.incoming[r.start[graph->edges[i].to + 1]++] = (uint32_t)i;
	return r;
}

/* A breadth-first walk in one direction. */
struct walk {
	const struct wls_graph *graph;
	bool *keep;
	uint32_t *queue;
	bool *seen;
	uint32_t head, tail;
};

static void visit(struct walk *w, uint32_t log)
{
	if (w->seen[log])
		return;
	w->seen[log] = true;
	w->keep[log] = true;
	w->queue[w->tail++] = log;
}

static void step_up(struct walk *w, const struct wls_log *log)
{
	for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++)
		if (wls_edge_current(&w->graph->edges[i]))
			visit(w, w->graph->edges[i].to);
}

static void walk(struct walk *w, uint32_t log, const struct reverse *down, uint32_t depth)
{
	uint32_t level_end;

	memset(w->seen, 0, w->graph->log_count * sizeof(bool));
	w->head = w->tail = 0;
	visit(w, log);
	level_end = w->tail;
	for (uint32_t level = 0; w->head < w->tail && (depth == 0 || level < depth);) {
		uint32_t at = w->queue[w->head++];

		if (!down)
			step_up(w, &w->graph->logs[at]);
		for (uint32_t i = down ? down->start[at] : 0; down && i < down->start[at + 1]; i++)
			visit(w, w->graph->edges[down->incoming[i]].from);
		if (w->head == level_end) {
			level++;
			level_end = w->tail;
		}
	}
}

void wls_graph_focus(const struct wls_graph *graph, uint32_t log, bool up, bool down,
		     uint32_t depth, bool *keep)
{
	struct reverse reverse = reverse_edges(graph);
	struct walk w = {
		.graph = graph,
		.keep = keep,
		.queue = wls_alloc(graph->log_count, sizeof(uint32_t)),
		.seen = wls_alloc(graph->log_count, sizeof(bool)),
	};

	memset(keep, 0, graph->log_count * sizeof(bool));
	keep[log] = true;
	if (up)
		walk(&w, log, NULL, depth);
	if (down)
		walk(&w, log, &reverse, depth);
	free(w.queue);
	free(w.seen);
	free(reverse.start);
	free(reverse.incoming);
}

bool wls_graph_path(const struct wls_graph *graph, uint32_t a, uint32_t b, uint32_t *edges,
		    uint32_t *count)
{
	uint32_t *came_by = wls_alloc(graph->log_count, sizeof(uint32_t));
	uint32_t *queue = wls_alloc(graph->log_count, sizeof(uint32_t));
	uint32_t head = 0, tail = 0, n = 0;

	memset(came_by, 0xff, graph->log_count * sizeof(uint32_t));
	queue[tail++] = a;
	while (head < tail && (a == b || came_by[b] == UINT32_MAX)) {
		const struct wls_log *log = &graph->logs[queue[head++]];

		for (uint32_t i = log->first_edge; i < log->first_edge + log->edge_count; i++) {
			uint32_t to = graph->edges[i].to;

			if (!wls_edge_current(&graph->edges[i]) || to == a ||
			    came_by[to] != UINT32_MAX)
				continue;
			came_by[to] = i;
			queue[tail++] = to;
		}
	}
	if (a != b && came_by[b] != UINT32_MAX) {
		for (uint32_t at = b; at != a; at = graph->edges[came_by[at]].from)
			n++;
		*count = n;
		for (uint32_t at = b; at != a; at = graph->edges[came_by[at]].from)
			edges[--n] = came_by[at];
		n = *count;
	}
	*count = n;
	free(came_by);
	free(queue);
	return n > 0 || a == b;
}

/* ---- next ---- */

struct next_key {
	struct wls_next_row row;
	uint32_t unblocks;
	unsigned priority; /* HIGH first; without one last */
	struct wls_slice date, time;
};

/* Older first; no date last. */
static int compare_age(const struct next_key *a, const struct next_key *b)
{
	int order;

	if ((a->date.len == 0) != (b->date.len == 0))
		return a->date.len == 0 ? 1 : -1;
	order = wls_slice_cmp(a->date, b->date);
	return order != 0 ? order : wls_slice_cmp(a->time, b->time);
}

static int by_urgency(const void *left, const void *right)
{
	const struct next_key *a = left, *b = right;
	int order;

	if (a->unblocks != b->unblocks)
		return a->unblocks > b->unblocks ? -1 : 1;
	if (a->priority != b->priority)
		return a->priority < b->priority ? -1 : 1;
	order = compare_age(a, b);
	if (order != 0)
		return order;
	if (a->row.log != b->row.log)
		return a->row.log < b->row.log ? -1 : 1;
	return a->row.item < b->row.item ? -1 : a->row.item > b->row.item;
}

static bool can_be_done(const struct wls_next_item *step)
{
	return !step->blocked && !step->waits;
}

static struct next_key make_key(const struct wls_graph *graph, uint32_t index, uint32_t item)
{
	const struct wls_log *log = &graph->logs[index];
	enum wls_priority priority =
		item == WLS_LOG_NONE ? WLS_PRIORITY_NONE : log->next[item].priority;

	return (struct next_key){
		.row = {index, item},
		.unblocks = log->unblocks,
		.priority = priority == WLS_PRIORITY_NONE ? WLS_PRIORITY_LOW + 1u : priority,
		.date = log->updated,
		.time = log->updated_time,
	};
}

/*
 * A log that is ready waits for nothing, or, with stale pins, waits for others over edges that
 * make those unblock at least one more than it does. So the order by "unblocks" already puts
 * what blocks before what it blocks.
 */
size_t wls_graph_next(const struct wls_graph *graph, bool stale_ok, struct wls_next_row **rows)
{
	struct next_key *keys;
	size_t count = 0, most = 0;

	for (uint32_t i = 0; i < graph->log_count; i++)
		most += graph->logs[i].next_count + 1;
	keys = wls_alloc(most + 1, sizeof(*keys));
	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[i];
		size_t before = count;

		if (!(stale_ok ? log->ready_if_stale_ok : log->ready))
			continue;
		for (uint32_t k = 0; k < log->next_count; k++)
			if (can_be_done(&log->next[k]))
				keys[count++] = make_key(graph, i, k);
		if (count == before)
			keys[count++] = make_key(graph, i, WLS_LOG_NONE);
	}
	if (count > 1)
		qsort(keys, count, sizeof(*keys), by_urgency);
	*rows = wls_alloc(count > 0 ? count : 1, sizeof(**rows));
	for (size_t i = 0; i < count; i++)
		(*rows)[i] = keys[i].row;
	free(keys);
	return count;
}
