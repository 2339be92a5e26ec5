/* SPDX-License-Identifier: MIT */
/*
 * Trees of logs, by a walk in depth with a stack of its own.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 *
 * A graph unfolded into a tree may be exponentially larger than itself, and a chain of
 * n logs drawn with n levels has n² blanks. So a log is drawn with its children once, and
 * "(shown above)" after that; and below WLS_TREE_DEPTH levels a line says "(continued
 * below)", where the log starts a tree of its own. Both together keep the drawing linear.
 */
#include "render/tree.h"

/* A log whose children are being drawn. */
struct level {
	uint32_t log;
	uint32_t next; /* child to draw next: edges that it needs first, then those that need it */
	bool up, down;
};

struct walk {
	const struct wls_report *report;
	struct wls_buf *out;
	struct level levels[WLS_TREE_DEPTH];
	uint32_t depth;  /* levels in use */
	uint32_t limit;  /* levels that are wanted; more are left out */
	bool *shown;     /* log_count: was drawn with its children */
	uint32_t *later; /* logs to be continued below */
	uint32_t later_count, later_next;
};

static uint32_t ups(const struct walk *walk, const struct level *level)
{
	const struct wls_report *report = walk->report;

	return level->up ? report->out_start[level->log + 1] - report->out_start[level->log] : 0;
}

static uint32_t children(const struct walk *walk, const struct level *level)
{
	const struct wls_report *report = walk->report;
	uint32_t downs = report->in_start[level->log + 1] - report->in_start[level->log];

	return ups(walk, level) + (level->down ? downs : 0);
}

/* ---- lines ---- */

/* "in progress 20%", "completed". */
static const char *state_words(const struct wls_report *report, uint32_t l)
{
	const struct wls_log *log = &report->graph->logs[l];
	struct wls_slice status = wls_status_label(report, l);

	if (log->status == WLS_STATUS_COMPLETED || log->progress < 0)
		return wls_arena_printf(report->arena, "%.*s", WLS_SLICE_ARG(status));
	return wls_arena_printf(report->arena, "%.*s %d%%", WLS_SLICE_ARG(status), log->progress);
}

static void add_root(const struct wls_report *report, uint32_t l, struct wls_buf *out)
{
	uint32_t version = report->graph->logs[l].version;
	struct wls_slice status = wls_status_label(report, l);

	wls_style_paint(report->style, WLS_PAINT_TITLE, wls_log_label(report, l), out);
	if (version > 0)
		wls_buf_printf(out, " v%u", version);
	if (!wls_slice_eq(status, WLS_SLICE("-")))
		wls_buf_printf(out, ", %.*s", WLS_SLICE_ARG(status));
}

/* "ahead: Search v6 (now v4, in progress 20%)" */
static void add_need(const struct wls_report *report, const struct wls_edge *edge,
		     struct wls_buf *out)
{
	struct wls_slice target = wls_target_label(report, edge);
	const char *word = edge->kind == WLS_EDGE_MENTIONS ? "mentions" : wls_edge_word(edge);
	const char *head =
		wls_arena_printf(report->arena, "%s%s:", edge->historical ? "earlier " : "", word);

	wls_style_paint(report->style, wls_edge_paint(edge), wls_slice_of(head), out);
	wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(target));
	if (edge->to == WLS_LOG_NONE) {
		wls_buf_add_str(out, edge->reason == WLS_REASON_AMBIGUOUS
					     ? " (several logs have that name)"
					     : " (no such log)");
		return;
	}
	wls_buf_add_str(out, " (");
	if (edge->current > 0 && edge->current != edge->to_version)
		wls_buf_printf(out, "now v%u, ", edge->current);
	wls_buf_printf(out, "%s)", state_words(report, edge->to));
}

/* "needed by Reports v1 (ahead: v6, in progress)" */
static void add_needed_by(const struct wls_report *report, const struct wls_edge *edge,
			  struct wls_buf *out)
{
	const struct wls_log *log = &report->graph->logs[edge->from];
	struct wls_slice name = wls_log_label(report, edge->from);
	const char *word = edge->kind == WLS_EDGE_MENTIONS ? "mentions" : wls_edge_word(edge);

	wls_buf_printf(out, "%s %.*s",
		       edge->kind == WLS_EDGE_MENTIONS ? "mentioned by" : "needed by",
		       WLS_SLICE_ARG(name));
	if (log->version > 0)
		wls_buf_printf(out, " v%u", log->version);
	wls_buf_add_str(out, " (");
	wls_style_paint(report->style, wls_edge_paint(edge), wls_slice_of(word), out);
	if (edge->to_version > 0)
		wls_buf_printf(out, ": v%u", edge->to_version);
	wls_buf_printf(out, "; %s)", state_words(report, edge->from));
}

static void add_branches(const struct walk *walk, uint32_t depth, bool last)
{
	const struct wls_style *style = walk->report->style;

	for (uint32_t d = 0; d + 1 < depth; d++) {
		const struct level *level = &walk->levels[d];
		bool more = level->next < children(walk, level);
		wls_buf_add_str(walk->out,
				wls_style_glyph(style, more ? WLS_GLYPH_BAR : WLS_GLYPH_SPACE));
	}
	wls_buf_add_str(walk->out,
			wls_style_glyph(style, last ? WLS_GLYPH_LAST : WLS_GLYPH_BRANCH));
}

/* ---- the walk ---- */

static void enter(struct walk *walk, uint32_t log, bool up, bool down)
{
	walk->shown[log] = true;
	walk->levels[walk->depth++] = (struct level){.log = log, .up = up, .down = down};
}

/* After a line's words: goes into the log, or says where it stands. */
static void follow(struct walk *walk, uint32_t log, bool up, bool down)
{
	struct level below = {.log = log, .up = up, .down = down};
	bool more = children(walk, &below) > 0 && walk->depth < walk->limit;
	bool shown = walk->shown[log];

	walk->shown[log] = true;
	if (shown) {
		wls_buf_add_str(walk->out, " (shown above)");
	} else if (more && walk->depth == WLS_TREE_DEPTH) {
		wls_buf_add_str(walk->out, " (continued below)");
		walk->later[walk->later_count++] = log;
	} else if (more) {
		enter(walk, log, up, down);
	}
	wls_buf_add_char(walk->out, '\n');
}

static void draw_child(struct walk *walk, struct level *level)
{
	const struct wls_report *report = walk->report;
	uint32_t up = ups(walk, level);
	uint32_t i = level->next++;
	bool needs = i < up;
	uint32_t e = needs ? report->out_edges[report->out_start[level->log] + i]
			   : report->in_edges[report->in_start[level->log] + i - up];
	const struct wls_edge *edge = &report->graph->edges[e];

	add_branches(walk, walk->depth, level->next == children(walk, level));
	if (needs)
		add_need(report, edge, walk->out);
	else
		add_needed_by(report, edge, walk->out);
	uint32_t log = needs ? edge->to : edge->from;
	if (log == WLS_LOG_NONE)
		wls_buf_add_char(walk->out, '\n');
	else
		follow(walk, log, needs, !needs);
}

static void draw_root(struct walk *walk, uint32_t log, bool up, bool down)
{
	add_root(walk->report, log, walk->out);
	wls_buf_add_char(walk->out, '\n');
	enter(walk, log, up, down);
	while (walk->depth > 0) {
		struct level *level = &walk->levels[walk->depth - 1];
		if (level->next < children(walk, level))
			draw_child(walk, level);
		else
			walk->depth--;
	}
}

static void draw_tree(struct walk *walk, uint32_t log, bool up, bool down)
{
	draw_root(walk, log, up, down);
	while (walk->later_next < walk->later_count)
		draw_root(walk, walk->later[walk->later_next++], up, down && !up);
}

static void init_walk(struct walk *walk, const struct wls_report *report, struct wls_buf *out)
{
	size_t logs = report->graph->log_count;

	*walk = (struct walk){.report = report, .out = out, .limit = UINT32_MAX};
	walk->shown = WLS_ARENA_ARRAY(report->arena, bool, logs + 1);
	walk->later = WLS_ARENA_ARRAY(report->arena, uint32_t, logs + 1);
}

void wls_render_focus(const struct wls_report *report, const struct wls_focus *focus,
		      struct wls_buf *out)
{
	struct walk walk;

	init_walk(&walk, report, out);
	if (focus->depth > 0)
		walk.limit = focus->depth;
	draw_tree(&walk, focus->log, focus->up, focus->down);
}

/* Keeps WLS_BRIEF_LINES lines of what was added since `start`; how many it cut. */
static size_t cut_lines(struct wls_buf *out, size_t start)
{
	size_t lines = 0, keep = out->len;

	for (size_t i = start; i < out->len; i++) {
		lines += out->ptr[i] == '\n';
		if (lines == WLS_BRIEF_LINES && keep == out->len)
			keep = i + 1;
	}
	wls_buf_truncate(out, keep);
	return lines > WLS_BRIEF_LINES ? lines - WLS_BRIEF_LINES : 0;
}

void wls_render_tree(const struct wls_report *report, struct wls_buf *out)
{
	uint32_t logs = report->graph->log_count;
	size_t start = out->len;
	struct walk walk;

	init_walk(&walk, report, out);
	for (uint32_t l = 0; l < logs; l++)
		if (wls_report_log(report, l) && report->in_start[l + 1] == report->in_start[l])
			draw_tree(&walk, l, true, false);
	/* What is left stands in a cycle, or below one. */
	for (uint32_t l = 0; l < logs; l++)
		if (wls_report_log(report, l) && !walk.shown[l])
			draw_tree(&walk, l, true, false);
	size_t more = report->style->brief ? cut_lines(out, start) : 0;
	if (more > 0)
		wls_buf_printf(out, "%s: --all or --focus\n",
			       wls_style_plural(report->arena, more, "more line", "more lines"));
}

void wls_render_path(const struct wls_report *report, const uint32_t *edges, uint32_t count,
		     struct wls_buf *out)
{
	const struct wls_style *style = report->style;

	if (count == 0)
		return;
	add_root(report, report->graph->edges[edges[0]].from, out);
	wls_buf_add_char(out, '\n');
	for (uint32_t i = 0; i < count; i++) {
		for (uint32_t d = 0; d < i && d < WLS_TREE_DEPTH; d++)
			wls_buf_add_str(out, wls_style_glyph(style, WLS_GLYPH_SPACE));
		wls_buf_add_str(out, wls_style_glyph(style, WLS_GLYPH_LAST));
		add_need(report, &report->graph->edges[edges[i]], out);
		wls_buf_add_char(out, '\n');
	}
}
