/* SPDX-License-Identifier: MIT */
/*
 * The JSON documents of `status` and `next`.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/document.h"

/* ---- what both have ---- */

/* An object with texts: beside those where a byte was replaced stands "lossy":true. */
static bool open_record(struct wls_json *json)
{
	bool outer = json->lossy;

	wls_json_open(json, '{');
	json->lossy = false;
	return outer;
}

static void close_record(struct wls_json *json, bool outer)
{
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
	json->lossy = outer;
}

void wls_document_diagnostics(struct wls_json *json, const struct wls_graph *graph)
{
	wls_json_key(json, "diagnostics");
	wls_json_open(json, '[');
	for (size_t i = 0; i < graph->diagnostic_count; i++) {
		const struct wls_diagnostic *diagnostic = &graph->diagnostics[i];
		bool outer = open_record(json);
		wls_json_put_str(json, "rule", diagnostic->rule);
		wls_json_put_str(json, "severity", wls_severity_name(diagnostic->severity));
		wls_json_put_str(json, "file", diagnostic->file);
		wls_json_put_positive(json, "line", diagnostic->line);
		wls_json_put_positive(json, "column", diagnostic->column);
		wls_json_put_str(json, "message", diagnostic->message);
		wls_json_put_str(json, "hint", diagnostic->hint);
		wls_json_key(json, "candidates");
		wls_json_open(json, '[');
		for (size_t c = 0; c < diagnostic->candidate_count; c++)
			wls_json_text(json, wls_slice_of(diagnostic->candidates[c]));
		wls_json_close(json, ']');
		close_record(json, outer);
	}
	wls_json_close(json, ']');
}

static void open_document(struct wls_json *json, const char *schema)
{
	wls_json_open(json, '{');
	wls_json_put_str(json, "schema", schema);
}

static void close_document(struct wls_json *json, const struct wls_graph *graph)
{
	wls_document_diagnostics(json, graph);
	wls_json_close(json, '}');
	wls_buf_add_char(json->out, '\n');
}

/* Which log: the first keys of every object about one. */
static void put_log(struct wls_json *json, const char *key, const struct wls_log *log)
{
	wls_json_put_text(json, key, log->id);
	wls_json_put_text(json, "name", log->name);
	wls_json_put_text(json, "file", log->file);
	wls_json_put_positive(json, "version", log->version);
	wls_json_put_str(json, "status", wls_work_status_name(log->status));
}

/* ---- status ---- */

static void put_updated(struct wls_json *json, const struct wls_report *report,
			const struct wls_log *log)
{
	struct wls_moment day = wls_moment_of(log->updated, WLS_SLICE(""));
	struct wls_moment moment = wls_moment_of(log->updated, log->updated_time);
	const char *text = NULL;

	if (day.known)
		text = wls_moment_date(report->arena, &day);
	if (moment.known && moment.has_time) {
		unsigned minutes = (unsigned)((moment.seconds - day.seconds) / 60);
		text = wls_arena_printf(report->arena, "%sT%02u:%02u", text, minutes / 60 % 24,
					minutes % 60);
	}
	wls_json_put_str(json, "updated", text);
}

static void put_blockers(struct wls_json *json, const struct wls_report *report,
			 const struct wls_log *log)
{
	wls_json_key(json, "blockers");
	wls_json_open(json, '[');
	for (size_t i = 0; i < log->blocker_count; i++) {
		const struct wls_log_blocker *blocker = &log->blockers[i];
		struct wls_moment due;
		bool known = wls_blocker_due(log, blocker, &due);

		bool outer = open_record(json);
		wls_json_put_text(json, "text", blocker->text);
		wls_json_put_text_or_null(json, "owner", blocker->owner);
		wls_json_put_text_or_null(json, "requested", blocker->requested);
		wls_json_put_text_or_null(json, "eta", blocker->eta);
		wls_json_put_str(json, "due", known ? wls_moment_date(report->arena, &due) : NULL);
		wls_json_put_text_or_null(json, "workaround", blocker->workaround);
		wls_json_put_positive(json, "line", blocker->line);
		wls_json_put_positive(json, "column", blocker->column);
		close_record(json, outer);
	}
	wls_json_close(json, ']');
}

static void put_open(struct wls_json *json, const struct wls_log *log)
{
	wls_json_key(json, "open");
	wls_json_open(json, '{');
	wls_json_put_int(json, "high", wls_log_open(log, WLS_PRIORITY_HIGH));
	wls_json_put_int(json, "med", wls_log_open(log, WLS_PRIORITY_MED));
	wls_json_put_int(json, "low", wls_log_open(log, WLS_PRIORITY_LOW));
	wls_json_put_int(json, "none", wls_log_open(log, WLS_PRIORITY_NONE));
	wls_json_close(json, '}');
}

static void put_status(struct wls_json *json, const struct wls_report *report,
		       const struct wls_log *log)
{
	bool outer = open_record(json);
	put_log(json, "id", log);
	wls_json_put_text_or_null(json, "status_text", log->status_text);
	wls_json_put_natural(json, "progress", log->progress);
	put_updated(json, report, log);
	wls_json_put_bool(json, "ready", log->ready);
	wls_json_put_int(json, "unblocks", log->unblocks);
	wls_json_put_positive(json, "wave", log->wave);
	put_open(json, log);
	put_blockers(json, report, log);
	close_record(json, outer);
}

static void put_total(struct wls_json *json, const struct wls_report *report)
{
	struct wls_counts counts;

	wls_report_count(report, &counts);
	wls_json_key(json, "total");
	wls_json_open(json, '{');
	wls_json_put_int(json, "logs", counts.logs);
	wls_json_put_int(json, "in_progress", counts.in_progress);
	wls_json_put_int(json, "blocked", counts.blocked);
	wls_json_put_int(json, "needs_review", counts.needs_review);
	wls_json_put_int(json, "completed", counts.completed);
	wls_json_put_int(json, "other", counts.other);
	wls_json_put_int(json, "ready", counts.ready);
	wls_json_close(json, '}');
}

void wls_document_status(const struct wls_report *report, enum wls_status_sort sort,
			 struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;
	struct wls_json json = {.out = out};
	uint32_t count;
	const uint32_t *logs = wls_status_order(report, sort, &count);

	open_document(&json, "wlsync.status/1");
	wls_json_key(&json, "logs");
	wls_json_open(&json, '[');
	for (uint32_t i = 0; i < count; i++)
		put_status(&json, report, &graph->logs[logs[i]]);
	wls_json_close(&json, ']');
	put_total(&json, report);
	wls_json_key(&json, "skipped");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < graph->skipped_count; i++)
		wls_json_text(&json, graph->skipped[i]);
	wls_json_close(&json, ']');
	close_document(&json, graph);
}

/* ---- next ---- */

static void put_needed_by(struct wls_json *json, const struct wls_report *report, uint32_t l)
{
	uint32_t count;
	const uint32_t *logs = wls_report_needed_by(report, l, &count);

	wls_json_key(json, "needed_by");
	wls_json_open(json, '[');
	for (uint32_t i = 0; i < count; i++)
		wls_json_text(json, report->graph->logs[logs[i]].id);
	wls_json_close(json, ']');
}

static void put_item(struct wls_json *json, const struct wls_report *report,
		     const struct wls_next_row *row)
{
	const struct wls_log *log = &report->graph->logs[row->log];
	static const struct wls_next_item none = {0};
	const struct wls_next_item *item =
		row->item == WLS_LOG_NONE ? &none : &log->next[row->item];

	bool outer = open_record(json);
	put_log(json, "log", log);
	wls_json_put_int(json, "unblocks", log->unblocks);
	put_needed_by(json, report, row->log);
	wls_json_put_str(json, "priority", wls_priority_name(item->priority));
	wls_json_put_text_or_null(json, "text", item->text);
	wls_json_put_positive(json, "line", item->line);
	wls_json_put_positive(json, "column", item->column);
	close_record(json, outer);
}

/* What not_ready does not tell apart: edges that are ahead, and names that several logs have. */
enum {
	REASON_AHEAD = 1 << 0,
	REASON_WAITS = 1 << 1,
	REASON_AMBIGUOUS = 1 << 2,
	REASON_DANGLING = 1 << 3,
};

static unsigned edge_reasons(const struct wls_report *report, uint32_t l)
{
	unsigned reasons = 0;

	for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if (!wls_edge_holds(edge))
			continue;
		if (edge->state == WLS_EDGE_WAITING)
			reasons |= edge->reason == WLS_REASON_AHEAD ? REASON_AHEAD : REASON_WAITS;
		if (edge->state == WLS_EDGE_DANGLING)
			reasons |= edge->reason == WLS_REASON_AMBIGUOUS ? REASON_AMBIGUOUS
									: REASON_DANGLING;
	}
	return reasons;
}

static void put_reasons(struct wls_json *json, const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];
	unsigned edges = edge_reasons(report, l);
	static const struct {
		unsigned bit, edge; /* with 0, whatever the edges are */
		const char *word;
	} reasons[] = {
		{WLS_NOT_READY_IN_REVIEW, 0, "in_review"},
		{WLS_NOT_READY_STATUS_BLOCKED, 0, "blocked"},
		{WLS_NOT_READY_BLOCKER, 0, "blocker"},
		{WLS_NOT_READY_WAITS, REASON_WAITS, "waits"},
		{WLS_NOT_READY_WAITS, REASON_AHEAD, "ahead"},
		{WLS_NOT_READY_STALE, 0, "stale"},
		{WLS_NOT_READY_DANGLING, REASON_DANGLING, "dangling"},
		{WLS_NOT_READY_DANGLING, REASON_AMBIGUOUS, "ambiguous"},
		{WLS_NOT_READY_CYCLE, 0, "cycle"},
	};

	wls_json_key(json, "reasons");
	wls_json_open(json, '[');
	for (size_t i = 0; i < WLS_ARRAY_SIZE(reasons); i++)
		if ((log->not_ready & reasons[i].bit) &&
		    (!reasons[i].edge || (edges & reasons[i].edge)))
			wls_json_text(json, wls_slice_of(reasons[i].word));
	wls_json_close(json, ']');
}

/* As wlsync.graph/1 has it: the ends of its unsatisfied edges, each name once. */
static void put_waiting_for(struct wls_json *json, const struct wls_report *report, uint32_t l)
{
	struct wls_slice last = {0};
	bool any = false;

	wls_json_key(json, "waiting_for");
	wls_json_open(json, '[');
	for (uint32_t i = report->out_start[l]; i < report->out_start[l + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if (!wls_edge_holds(edge) || edge->state == WLS_EDGE_SATISFIED ||
		    (any && wls_slice_eq(last, edge->to_name)))
			continue;
		last = edge->to_name;
		any = true;
		wls_json_text(json, edge->to_name);
	}
	wls_json_close(json, ']');
}

static void put_not_ready(struct wls_json *json, const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];

	bool outer = open_record(json);
	put_log(json, "log", log);
	put_reasons(json, report, l);
	put_waiting_for(json, report, l);
	close_record(json, outer);
}

void wls_document_next(const struct wls_report *report, const struct wls_next_list *list,
		       struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	open_document(&json, "wlsync.next/1");
	wls_json_key(&json, "items");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < list->count; i++)
		put_item(&json, report, &list->rows[i]);
	wls_json_close(&json, ']');
	wls_json_put_int(&json, "left_out", (int64_t)list->left_out);
	wls_json_key(&json, "not_ready");
	wls_json_open(&json, '[');
	for (uint32_t i = 0; i < list->not_ready_count; i++)
		put_not_ready(&json, report, list->not_ready[i]);
	wls_json_close(&json, ']');
	close_document(&json, report->graph);
}
