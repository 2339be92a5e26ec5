/* SPDX-License-Identifier: MIT */
/*
 * Sentences.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/plain.h"

/* ---- parts of sentences ---- */

/* "Auth-Refactor v5" */
static void add_name(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	uint32_t version = report->graph->logs[l].version;

	wls_buf_add_slice(out, wls_log_label(report, l));
	if (version > 0)
		wls_buf_printf(out, " v%u", version);
}

/* "is in progress at 70 percent" */
static void add_state(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[l];
	struct wls_slice status = wls_status_label(report, l);

	switch (log->status) {
	case WLS_STATUS_NEEDS_REVIEW:
		wls_buf_add_str(out, " needs review");
		break;
	case WLS_STATUS_NONE:
		wls_buf_add_str(out, " has no status");
		break;
	case WLS_STATUS_UNKNOWN:
		wls_buf_printf(out, " has the unknown status \"%.*s\"", WLS_SLICE_ARG(status));
		break;
	default:
		wls_buf_printf(out, " is %.*s", WLS_SLICE_ARG(status));
	}
	if (log->progress >= 0 && log->status != WLS_STATUS_COMPLETED)
		wls_buf_printf(out, " at %d percent", log->progress);
}

/* The words of an edge between the dependent and what it needs. */
static const char *edge_verb(const struct wls_edge *edge)
{
	if (edge->kind == WLS_EDGE_MENTIONS)
		return "mentions";
	switch (edge->state) {
	case WLS_EDGE_SATISFIED:
		return edge->historical ? "needed" : "has what it needs of";
	case WLS_EDGE_DANGLING:
	case WLS_EDGE_STALE:
		return edge->historical ? "needed" : "needs";
	case WLS_EDGE_WAITING:
		break;
	}
	return edge->historical ? "waited for" : "waits for";
}

/* "waits for Auth-Refactor v5", "needs Auth-Refactor v2, which is stale (now v5)" */
static void add_edge(const struct wls_report *report, const struct wls_edge *edge,
		     struct wls_buf *out)
{
	struct wls_slice target = wls_target_label(report, edge);

	wls_buf_printf(out, " %s %.*s", edge_verb(edge), WLS_SLICE_ARG(target));
	if (edge->kind == WLS_EDGE_MENTIONS)
		return;
	if (edge->reason == WLS_REASON_AMBIGUOUS)
		wls_buf_add_str(out, ", a name that several logs have (ambiguous)");
	else if (edge->state == WLS_EDGE_DANGLING)
		wls_buf_add_str(out, ", a log that does not exist (dangling)");
	else if (edge->state == WLS_EDGE_STALE)
		wls_buf_printf(out, ", which is stale (now v%u)", edge->current);
	else if (edge->reason == WLS_REASON_AHEAD)
		wls_buf_printf(out, ", which is ahead (now v%u)", edge->current);
	else if (edge->reason == WLS_REASON_BLOCKED)
		wls_buf_add_str(out, ", which is blocked");
	else if (edge->reason == WLS_REASON_IN_REVIEW)
		wls_buf_add_str(out, ", which is in review");
}

static void end_sentence(struct wls_buf *out)
{
	wls_buf_add_str(out, ".\n");
}

static uint32_t add_edges(const struct wls_report *report, uint32_t l, bool satisfied,
			  struct wls_buf *out)
{
	uint32_t n = 0;

	for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if ((edge->state == WLS_EDGE_SATISFIED) != satisfied)
			continue;
		wls_buf_add_str(out, n++ ? ", and" : ", and it");
		add_edge(report, edge, out);
	}
	return n;
}

/* ---- graph ---- */

/* The blocker of a log. */
static void add_own_reason(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[l];

	if (log->blocker_count == 0)
		return;
	struct wls_slice text = wls_style_clean(report->arena, log->blockers[0].text);
	wls_buf_printf(out, ", held by a blocker: %.*s", WLS_SLICE_ARG(text));
}

/* A log's sentence; its blocker is told when no edge holds it, and with `explain` always. */
static void add_log_sentence(const struct wls_report *report, uint32_t l, bool explain,
			     struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[l];

	add_name(report, l, out);
	add_state(report, l, out);
	if (log->ready)
		wls_buf_add_str(out, " and can start now");
	uint32_t open = add_edges(report, l, false, out);
	if ((open == 0 || explain) && !log->ready && log->status != WLS_STATUS_COMPLETED)
		add_own_reason(report, l, out);
	if (log->in_cycle)
		wls_buf_add_str(out, ", and it is in a cycle");
	if (log->unblocks > 0)
		wls_buf_printf(out, ", and it unblocks %s",
			       wls_style_plural(report->arena, log->unblocks, "workstream",
						"workstreams"));
	add_edges(report, l, true, out);
	end_sentence(out);
}

static void add_wave(const struct wls_report *report, uint32_t wave, struct wls_buf *out)
{
	uint32_t count;
	const uint32_t *logs = wls_report_wave(report, wave, &count);

	if (count == 0)
		return;
	if (wave == 0)
		wls_buf_printf(out, "%s cannot be ordered.\n",
			       wls_style_plural(report->arena, count, "workstream", "workstreams"));
	else if (wave == 1)
		wls_buf_printf(out, "Wave 1 can start now and has %s.\n",
			       wls_style_plural(report->arena, count, "workstream", "workstreams"));
	else
		wls_buf_printf(out, "Wave %u comes after wave %u and has %s.\n", wave, wave - 1,
			       wls_style_plural(report->arena, count, "workstream", "workstreams"));
	for (uint32_t i = 0; i < count; i++)
		add_log_sentence(report, logs[i], false, out);
}

static void add_chain(const struct wls_report *report, struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;

	for (uint32_t i = 0; i < graph->critical_count; i++)
		if (!wls_report_log(report, graph->critical[i]))
			return;
	if (graph->critical_count < 2)
		return;
	wls_buf_printf(out, "The longest unfinished chain has %s: ",
		       wls_style_plural(report->arena, graph->critical_count, "workstream",
					"workstreams"));
	for (uint32_t i = 0; i < graph->critical_count; i++) {
		wls_buf_add_str(out, i > 0 ? ", then " : "");
		wls_buf_add_slice(out, wls_log_label(report, graph->critical[i]));
	}
	end_sentence(out);
}

void wls_plain_waves(const struct wls_report *report, struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;
	struct wls_counts counts;
	uint32_t done;

	wls_report_count(report, &counts);
	wls_buf_add_slice(out, wls_report_headline(report, &counts));
	end_sentence(out);
	for (uint32_t w = 1; w <= graph->wave_count; w++)
		add_wave(report, w, out);
	add_wave(report, 0, out);
	const uint32_t *logs = wls_report_done(report, &done);
	for (uint32_t i = 0; i < done; i++)
		add_log_sentence(report, logs[i], false, out);
	add_chain(report, out);
}

/* ---- tree, focus, path ---- */

static void add_edge_sentence(const struct wls_report *report, const struct wls_edge *edge,
			      struct wls_buf *out)
{
	add_name(report, edge->from, out);
	add_edge(report, edge, out);
	if (edge->to != WLS_LOG_NONE) {
		wls_buf_add_str(out, ", and that log");
		add_state(report, edge->to, out);
	}
	end_sentence(out);
}

static void add_edge_sentences(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++)
		add_edge_sentence(report, &report->graph->edges[report->out_edges[i]], out);
}

void wls_plain_tree(const struct wls_report *report, struct wls_buf *out)
{
	for (uint32_t l = 0; l < report->graph->log_count; l++) {
		bool alone = report->out_start[l] == report->out_start[l + 1] &&
			     report->in_start[l] == report->in_start[l + 1];
		if (!wls_report_log(report, l))
			continue;
		if (alone)
			add_log_sentence(report, l, false, out);
		else
			add_edge_sentences(report, l, out);
	}
}

void wls_plain_focus(const struct wls_report *report, uint32_t log, struct wls_buf *out)
{
	add_name(report, log, out);
	add_state(report, log, out);
	end_sentence(out);
	for (uint32_t l = 0; l < report->graph->log_count; l++)
		if (wls_report_log(report, l))
			add_edge_sentences(report, l, out);
}

void wls_plain_path(const struct wls_report *report, const uint32_t *edges, uint32_t count,
		    struct wls_buf *out)
{
	for (uint32_t i = 0; i < count; i++)
		add_edge_sentence(report, &report->graph->edges[edges[i]], out);
}

/* ---- status ---- */

static void add_blockers(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[l];

	for (size_t i = 0; i < log->blocker_count; i++) {
		struct wls_slice text = wls_style_clean(report->arena, log->blockers[i].text);
		struct wls_slice tail = wls_blocker_tail(report, log, &log->blockers[i]);
		wls_buf_add_slice(out, wls_log_label(report, l));
		wls_buf_printf(out, " has a blocker: %.*s%.*s", WLS_SLICE_ARG(text),
			       WLS_SLICE_ARG(tail));
		end_sentence(out);
	}
}

void wls_plain_status(const struct wls_report *report, enum wls_status_sort sort, uint32_t days,
		      struct wls_buf *out)
{
	uint32_t count;
	const uint32_t *logs = wls_status_order(report, sort, &count);

	for (uint32_t i = 0; i < count; i++) {
		const struct wls_log *log = &report->graph->logs[logs[i]];
		struct wls_moment updated = wls_moment_of(log->updated, log->updated_time);
		uint32_t high = wls_log_open(log, WLS_PRIORITY_HIGH);

		add_name(report, logs[i], out);
		add_state(report, logs[i], out);
		if (log->ready)
			wls_buf_add_str(out, ", can be worked on now");
		if (updated.known && report->now.known)
			wls_buf_printf(out, ", was updated %s%s",
				       wls_moment_age(report->arena, &updated, &report->now),
				       wls_log_old(report, log, days) ? " (old)" : "");
		if (high > 0)
			wls_buf_printf(out, ", has %s",
				       wls_style_plural(report->arena, high,
							"open item of high priority",
							"open items of high priority"));
		end_sentence(out);
		add_blockers(report, logs[i], out);
	}
	wls_buf_add_slice(out, wls_status_sum(report, days));
	end_sentence(out);
}

/* ---- next ---- */

static void add_next_row(const struct wls_report *report, const struct wls_next_row *row,
			 struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[row->log];

	add_name(report, row->log, out);
	if (row->item == WLS_LOG_NONE) {
		wls_buf_add_str(out, " is ready and has no open item");
	} else {
		const struct wls_next_item *item = &log->next[row->item];
		struct wls_slice text = wls_style_clean(report->arena, item->text);
		const char *priority = wls_priority_name(item->priority);
		wls_buf_printf(out, ", %s%s%.*s", priority ? priority : "", priority ? ": " : "",
			       WLS_SLICE_ARG(text));
	}
	if (log->unblocks > 0)
		wls_buf_printf(out, " (unblocks %s)",
			       wls_style_count(report->arena, log->unblocks));
	end_sentence(out);
}

void wls_plain_next(const struct wls_report *report, const struct wls_next_list *list,
		    struct wls_buf *out)
{
	for (size_t i = 0; i < list->count; i++)
		add_next_row(report, &list->rows[i], out);
	if (list->count == 0)
		wls_buf_add_str(out, "Nothing is ready.\n");
	if (list->not_ready_count > 0)
		wls_buf_printf(out, "%s not ready%s.\n",
			       wls_style_plural(report->arena, list->not_ready_count,
						"workstream is", "workstreams are"),
			       list->explain ? "" : " (--explain says why)");
	for (uint32_t i = 0; list->explain && i < list->not_ready_count; i++)
		add_log_sentence(report, list->not_ready[i], true, out);
}
