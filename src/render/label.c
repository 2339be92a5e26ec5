/* SPDX-License-Identifier: MIT */
/*
 * The words for logs, edges and blockers: the same in every text.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "base/utf8.h"
#include "render/report.h"
#include "render/table.h"

/* Cells of an unknown status word on a terminal. */
#define STATUS_MAX 20u

/* ---- logs ---- */

/* The edge states of a log that matter for its symbol. */
struct needs {
	bool dangling, waiting, stale;
};

static struct needs needs_of(const struct wls_report *report, uint32_t log)
{
	struct needs needs = {0};

	for (uint32_t i = report->out_start[log]; i < report->out_start[log + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		if (!wls_edge_holds(edge))
			continue;
		needs.dangling |= edge->state == WLS_EDGE_DANGLING;
		needs.waiting |= edge->state == WLS_EDGE_WAITING;
		needs.stale |= edge->state == WLS_EDGE_STALE;
	}
	return needs;
}

static bool is_blocked(const struct wls_log *log)
{
	return log->status == WLS_STATUS_BLOCKED || log->title_blocked || log->blocker_count > 0;
}

enum wls_glyph wls_log_glyph(const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];

	if (log->status == WLS_STATUS_COMPLETED)
		return WLS_GLYPH_DONE;
	if (log->ready)
		return WLS_GLYPH_READY;
	struct needs needs = needs_of(report, l);
	if (needs.dangling)
		return WLS_GLYPH_DANGLING;
	if (needs.waiting)
		return WLS_GLYPH_WAITING;
	if (needs.stale)
		return WLS_GLYPH_STALE;
	return is_blocked(log) ? WLS_GLYPH_BLOCKED : WLS_GLYPH_WAITING;
}

enum wls_glyph wls_log_status_glyph(const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];

	if (log->status != WLS_STATUS_COMPLETED && is_blocked(log))
		return WLS_GLYPH_BLOCKED;
	return wls_log_glyph(report, l);
}

enum wls_paint wls_glyph_paint(enum wls_glyph glyph)
{
	switch (glyph) {
	case WLS_GLYPH_READY:
		return WLS_PAINT_OK;
	case WLS_GLYPH_WAITING:
		return WLS_PAINT_WAITING;
	case WLS_GLYPH_STALE:
		return WLS_PAINT_STALE;
	case WLS_GLYPH_DANGLING:
	case WLS_GLYPH_BLOCKED:
		return WLS_PAINT_ERROR;
	case WLS_GLYPH_DONE:
		return WLS_PAINT_DONE;
	default:
		return WLS_PAINT_NONE;
	}
}

struct wls_slice wls_log_label(const struct wls_report *report, uint32_t log)
{
	return wls_style_clean(report->arena, report->graph->logs[log].id);
}

struct wls_slice wls_version_label(const struct wls_report *report, uint32_t version)
{
	if (version == 0)
		return WLS_SLICE("-");
	return wls_slice_of(wls_arena_printf(report->arena, "v%u", version));
}

struct wls_slice wls_status_label(const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];

	switch (log->status) {
	case WLS_STATUS_IN_PROGRESS:
		return WLS_SLICE("in progress");
	case WLS_STATUS_BLOCKED:
		return WLS_SLICE("blocked");
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_SLICE("needs review");
	case WLS_STATUS_COMPLETED:
		return WLS_SLICE("completed");
	case WLS_STATUS_NONE:
		return WLS_SLICE("-");
	case WLS_STATUS_UNKNOWN:
		break;
	}
	struct wls_slice text = wls_style_clean(report->arena, log->status_text);
	return report->style->cut ? wls_style_cut(report->style, report->arena, text, STATUS_MAX)
				  : text;
}

struct wls_slice wls_progress_label(const struct wls_report *report, uint32_t log)
{
	int progress = report->graph->logs[log].progress;

	if (progress < 0)
		return WLS_SLICE("-");
	return wls_slice_of(wls_arena_printf(report->arena, "%d%%", progress));
}

/* ---- edges ---- */

struct wls_slice wls_target_label(const struct wls_report *report, const struct wls_edge *edge)
{
	struct wls_slice name = wls_style_clean(report->arena, edge->to_name);

	if (edge->to_version == 0)
		return name;
	return wls_slice_of(
		wls_arena_printf(report->arena, "%.*s v%u", WLS_SLICE_ARG(name), edge->to_version));
}

/* What an edge's word leaves open: ", now v5", ", blocked". */
static const char *edge_suffix(const struct wls_report *report, const struct wls_edge *edge)
{
	if (edge->kind == WLS_EDGE_MENTIONS)
		return "";
	if (edge->state == WLS_EDGE_STALE || edge->reason == WLS_REASON_AHEAD)
		return wls_arena_printf(report->arena, ", now v%u", edge->current);
	if (edge->reason == WLS_REASON_BLOCKED)
		return ", blocked";
	if (edge->reason == WLS_REASON_IN_REVIEW)
		return ", in review";
	if (edge->reason == WLS_REASON_AMBIGUOUS)
		return ", ambiguous";
	return "";
}

struct wls_slice wls_edge_label(const struct wls_report *report, const struct wls_edge *edge)
{
	struct wls_slice target = wls_target_label(report, edge);
	const char *word = wls_edge_word(edge);
	const char *suffix = edge_suffix(report, edge);

	if (edge->kind == WLS_EDGE_MENTIONS)
		word = "mentions";
	if (strcmp(word, suffix[0] ? suffix + 2 : "") == 0)
		suffix = "";
	return wls_slice_of(wls_arena_printf(report->arena, "%s%s: %.*s%s",
					     edge->historical ? "earlier " : "", word,
					     WLS_SLICE_ARG(target), suffix));
}

enum wls_paint wls_edge_paint(const struct wls_edge *edge)
{
	if (!wls_edge_holds(edge))
		return WLS_PAINT_DONE;
	switch (edge->state) {
	case WLS_EDGE_DANGLING:
		return WLS_PAINT_ERROR;
	case WLS_EDGE_SATISFIED:
		return WLS_PAINT_OK;
	case WLS_EDGE_STALE:
		return WLS_PAINT_STALE;
	case WLS_EDGE_WAITING:
		break;
	}
	return WLS_PAINT_WAITING;
}

/* ---- facts ---- */

/* A growing row of parts; sized for all edges of a log and a few words more. */
struct facts {
	struct wls_part *parts;
	size_t count;
};

static struct facts facts_for(const struct wls_report *report, uint32_t log)
{
	size_t edges = report->out_start[log + 1] - report->out_start[log];

	return (struct facts){.parts = WLS_ARENA_ARRAY(report->arena, struct wls_part, edges + 4)};
}

static void add_fact(struct facts *facts, struct wls_slice text, enum wls_paint paint)
{
	facts->parts[facts->count++] = (struct wls_part){.text = text, .paint = paint};
}

enum edge_class {
	OPEN_EDGES,      /* hold, and are not satisfied */
	SATISFIED_EDGES, /* hold */
	OTHER_EDGES,     /* mentions, and what held once */
};

static void add_edges(const struct wls_report *report, uint32_t log, enum edge_class want,
		      struct facts *facts)
{
	for (uint32_t i = report->out_start[log]; i < report->out_start[log + 1]; i++) {
		const struct wls_edge *edge = &report->graph->edges[report->out_edges[i]];
		enum edge_class class = OTHER_EDGES;

		if (wls_edge_holds(edge))
			class = edge->state == WLS_EDGE_SATISFIED ? SATISFIED_EDGES : OPEN_EDGES;
		if (class == want)
			add_fact(facts, wls_edge_label(report, edge), wls_edge_paint(edge));
	}
}

/* Why a log without an open edge cannot start. */
static void add_own_reason(const struct wls_report *report, uint32_t l, struct facts *facts)
{
	const struct wls_log *log = &report->graph->logs[l];

	if (log->not_ready & WLS_NOT_READY_BLOCKER && log->blocker_count > 0) {
		struct wls_slice text = wls_style_clean(report->arena, log->blockers[0].text);
		add_fact(facts,
			 wls_slice_of(wls_arena_printf(report->arena, "blocker: %.*s",
						       WLS_SLICE_ARG(text))),
			 WLS_PAINT_ERROR);
		facts->parts[facts->count - 1].free = true;
	} else if (log->not_ready & WLS_NOT_READY_STATUS_BLOCKED) {
		add_fact(facts, WLS_SLICE("declared blocked"), WLS_PAINT_ERROR);
	} else if (log->not_ready & WLS_NOT_READY_IN_REVIEW) {
		add_fact(facts, WLS_SLICE("in review"), WLS_PAINT_WAITING);
	}
}

static const struct wls_part *facts_of(const struct wls_report *report, uint32_t l, bool unblocks,
				       size_t *count)
{
	const struct wls_log *log = &report->graph->logs[l];
	struct facts facts = facts_for(report, l);

	add_edges(report, l, OPEN_EDGES, &facts);
	if (facts.count == 0 && !log->ready && log->status != WLS_STATUS_COMPLETED)
		add_own_reason(report, l, &facts);
	if (log->in_cycle)
		add_fact(&facts, WLS_SLICE("in a cycle"), WLS_PAINT_ERROR);
	if (unblocks && log->unblocks > 0)
		add_fact(&facts,
			 wls_slice_of(
				 wls_arena_printf(report->arena, "unblocks %s",
						  wls_style_count(report->arena, log->unblocks))),
			 WLS_PAINT_NONE);
	add_edges(report, l, SATISFIED_EDGES, &facts);
	add_edges(report, l, OTHER_EDGES, &facts);
	*count = facts.count;
	return facts.parts;
}

const struct wls_part *wls_log_facts(const struct wls_report *report, uint32_t log, size_t *count)
{
	return facts_of(report, log, true, count);
}

const struct wls_part *wls_log_needs(const struct wls_report *report, uint32_t log, size_t *count)
{
	return facts_of(report, log, false, count);
}

const struct wls_part *wls_log_reasons(const struct wls_report *report, uint32_t l, size_t *count)
{
	const struct wls_log *log = &report->graph->logs[l];
	struct facts facts = facts_for(report, l);

	add_edges(report, l, OPEN_EDGES, &facts);
	add_own_reason(report, l, &facts);
	if (log->in_cycle)
		add_fact(&facts, WLS_SLICE("in a cycle"), WLS_PAINT_ERROR);
	if (facts.count == 0 && log->status == WLS_STATUS_UNKNOWN)
		add_fact(&facts,
			 wls_slice_of(wls_arena_printf(report->arena, "unknown status: %.*s",
						       WLS_SLICE_ARG(wls_status_label(report, l)))),
			 WLS_PAINT_WAITING);
	*count = facts.count;
	return facts.parts;
}

/* ---- blockers ---- */

bool wls_blocker_due(const struct wls_log *log, const struct wls_log_blocker *blocker,
		     struct wls_moment *due)
{
	struct wls_moment entry = wls_moment_of(log->updated, log->updated_time);

	return wls_moment_eta(blocker->eta, blocker->requested, &entry, due);
}

struct wls_slice wls_blocker_tail(const struct wls_report *report, const struct wls_log *log,
				  const struct wls_log_blocker *blocker)
{
	struct wls_arena *arena = report->arena;
	struct wls_slice owner = wls_style_clean(arena, blocker->owner);
	struct wls_slice eta = wls_style_clean(arena, blocker->eta);
	struct wls_moment due;
	const char *late = NULL;
	const char *joint = owner.len > 0 ? ", " : "";

	if (owner.len == 0 && eta.len == 0)
		return WLS_SLICE("");
	if (eta.len == 0)
		return wls_slice_of(wls_arena_printf(arena, " (%.*s)", WLS_SLICE_ARG(owner)));
	if (wls_blocker_due(log, blocker, &due)) {
		eta = wls_slice_of(wls_moment_date(arena, &due));
		late = wls_moment_late(arena, &due, &report->now);
	}
	return wls_slice_of(wls_arena_printf(arena, " (%.*s%sETA %.*s%s%s)", WLS_SLICE_ARG(owner),
					     joint, WLS_SLICE_ARG(eta), late ? ", " : "",
					     late ? late : ""));
}

/* ---- command lines ---- */

static bool is_plain_word(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (!wls_is_alnum(c) && (unsigned char)c < 0x80 && !strchr("-_./@+:,=", c))
			return false;
	}
	return s.len > 0 && s.ptr[0] != '-';
}

struct wls_slice wls_shell_word(const struct wls_report *report, struct wls_slice name)
{
	struct wls_buf buf = WLS_BUF_INIT;

	if (is_plain_word(name))
		return name;
	wls_buf_add_char(&buf, '\'');
	for (size_t i = 0; i < name.len; i++) {
		if (name.ptr[i] == '\'')
			wls_buf_add_str(&buf, "'\\''");
		else
			wls_buf_add_char(&buf, name.ptr[i]);
	}
	wls_buf_add_char(&buf, '\'');
	struct wls_slice word = wls_arena_copy(report->arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return word;
}
