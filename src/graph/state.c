/* SPDX-License-Identifier: MIT */
/*
 * What an edge and a log are in now: the tables of graph.md, each in one function.
 *
 * Layer: graph. Includes: base, doc, refs.
 */
#include "graph/graph_internal.h"

#define X_NAME(value, text)                                                                        \
	case value:                                                                                \
		return text

const char *wls_edge_kind_name(enum wls_edge_kind kind)
{
	switch (kind) {
		X_NAME(WLS_EDGE_DEPENDS_ON, "depends_on");
		X_NAME(WLS_EDGE_BLOCKED_BY, "blocked_by");
		X_NAME(WLS_EDGE_MENTIONS, "mentions");
	}
	return "";
}

const char *wls_edge_state_name(enum wls_edge_state state)
{
	switch (state) {
		X_NAME(WLS_EDGE_DANGLING, "dangling");
		X_NAME(WLS_EDGE_SATISFIED, "satisfied");
		X_NAME(WLS_EDGE_STALE, "stale");
		X_NAME(WLS_EDGE_WAITING, "waiting");
	}
	return "";
}

const char *wls_edge_reason_name(enum wls_edge_reason reason)
{
	switch (reason) {
		X_NAME(WLS_REASON_NONE, NULL);
		X_NAME(WLS_REASON_AMBIGUOUS, "ambiguous");
		X_NAME(WLS_REASON_AHEAD, "ahead");
		X_NAME(WLS_REASON_BLOCKED, "blocked");
		X_NAME(WLS_REASON_IN_REVIEW, "in_review");
		X_NAME(WLS_REASON_IN_PROGRESS, "in_progress");
	}
	return NULL;
}

const char *wls_edge_word(const struct wls_edge *edge)
{
	switch (edge->state) {
	case WLS_EDGE_DANGLING:
		return edge->reason == WLS_REASON_AMBIGUOUS ? "ambiguous" : "dangling";
	case WLS_EDGE_SATISFIED:
		return "ok";
	case WLS_EDGE_STALE:
		return "stale";
	case WLS_EDGE_WAITING:
		return edge->reason == WLS_REASON_AHEAD ? "ahead" : "waits";
	}
	return "";
}

/* ---- edges ---- */

/* Why an edge to `to` waits, when it is not ahead of it. */
static enum wls_edge_reason waiting_reason(const struct wls_log *to)
{
	switch (to->status) {
	case WLS_STATUS_BLOCKED:
		return WLS_REASON_BLOCKED;
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_REASON_IN_REVIEW;
	default:
		return WLS_REASON_IN_PROGRESS;
	}
}

/* The table "State of an edge". */
static void set_state(struct wls_edge *edge, const struct wls_log *to)
{
	bool completed = to->status == WLS_STATUS_COMPLETED;
	bool blocked = to->status == WLS_STATUS_BLOCKED;
	bool pinned = edge->to_version > 0;
	bool ahead = pinned && edge->to_version > to->version;
	bool behind = pinned && edge->to_version < to->version;
	bool exact = pinned && edge->to_version == to->version;

	edge->current = to->version;
	edge->behind_by = behind ? to->version - edge->to_version : 0;
	edge->contradicted = edge->claimed && (ahead || (blocked && !behind));
	edge->reason = WLS_REASON_NONE;
	if (completed && !ahead) {
		edge->state = WLS_EDGE_SATISFIED;
	} else if (exact && edge->claimed && !blocked) {
		edge->state = WLS_EDGE_SATISFIED;
	} else if (behind) {
		edge->state = WLS_EDGE_STALE;
	} else {
		edge->state = WLS_EDGE_WAITING;
		edge->reason = ahead ? WLS_REASON_AHEAD : waiting_reason(to);
	}
}

void wls_graph_edge_states(struct wls_graph *graph)
{
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		struct wls_edge *edge = &graph->edges[i];

		if (edge->to == WLS_LOG_NONE)
			edge->state = WLS_EDGE_DANGLING;
		else
			set_state(edge, &graph->logs[edge->to]);
	}
}

/* ---- readiness ---- */

/* Why a log is not ready, as bits of enum wls_not_ready: the one place that decides. */
static unsigned why_not_ready(const struct wls_graph *graph, const struct wls_log *log)
{
	unsigned why = 0;

	if (log->status == WLS_STATUS_COMPLETED)
		why |= WLS_NOT_READY_COMPLETED;
	if (log->status == WLS_STATUS_NEEDS_REVIEW)
		why |= WLS_NOT_READY_IN_REVIEW;
	if (log->status == WLS_STATUS_BLOCKED || log->title_blocked)
		why |= WLS_NOT_READY_STATUS_BLOCKED;
	if (log->blocker_count > 0)
		why |= WLS_NOT_READY_BLOCKER;
	if (log->in_cycle)
		why |= WLS_NOT_READY_CYCLE;
	for (uint32_t i = 0; i < log->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[log->first_edge + i];

		if (!wls_edge_unsatisfied(edge))
			continue;
		if (edge->state == WLS_EDGE_DANGLING)
			why |= WLS_NOT_READY_DANGLING;
		else if (edge->state == WLS_EDGE_STALE)
			why |= WLS_NOT_READY_STALE;
		else
			why |= WLS_NOT_READY_WAITS;
	}
	return why;
}

/* Whether `log` has an unsatisfied edge to `to`: its edges are sorted by the id of their end. */
static bool waits_for(const struct wls_graph *graph, const struct wls_log *log, uint32_t to)
{
	const struct wls_edge *edges = graph->edges + log->first_edge;
	struct wls_slice id = graph->logs[to].id;
	uint32_t low = 0, high = log->edge_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (wls_slice_cmp(edges[middle].to_name, id) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < log->edge_count && wls_slice_eq(edges[low].to_name, id); low++)
		if (edges[low].to == to && wls_edge_unsatisfied(&edges[low]))
			return true;
	return false;
}

/* Marks the next steps that name a log which theirs waits for. */
static void mark_waiting_steps(struct wls_graph *graph, uint32_t index, struct wls_ref_list *list)
{
	struct wls_graph_intake *in = graph->intake;
	const struct wls_log *log = &graph->logs[index];
	const struct wls_instance *instance = &in->instances[in->log_instance[index]];

	for (size_t i = 0; i < log->next_count; i++) {
		struct wls_next_item *step = &log->next[i];

		if (!step->blocked && !wls_refs_likely(step->text))
			continue;
		wls_refs_scan(&in->world, instance->folder, step->text, list);
		if (step->blocked)
			wls_refs_scan_item(&in->world, step->text, false, list);
		for (size_t r = 0; r < list->count && !step->waits; r++) {
			uint32_t to = wls_ref_resolve(graph, &list->refs[r], instance->folder,
						      instance->branch)
					      .log;

			step->waits = to != WLS_LOG_NONE && waits_for(graph, log, to);
		}
	}
}

void wls_graph_readiness(struct wls_graph *graph)
{
	struct wls_ref_list list;

	wls_ref_list_init(&list, &graph->arena);
	for (uint32_t i = 0; i < graph->log_count; i++) {
		struct wls_log *log = &graph->logs[i];

		log->not_ready = why_not_ready(graph, log);
		log->ready = log->not_ready == 0;
		log->ready_if_stale_ok = (log->not_ready & ~(unsigned)WLS_NOT_READY_STALE) == 0;
		if (log->edge_count > 0)
			mark_waiting_steps(graph, i, &list);
	}
	wls_ref_list_release(&list);
}
