/* SPDX-License-Identifier: MIT */
/*
 * Findings as text: `FILE:LINE:COL: severity: text [rule]`, the line, and a mark below it.
 *
 * Layer: render. Includes: base, buf, check, render/check.
 */
#include "render/check.h"

#include "base/utf8.h"

/* Cells of a line number before the bar. */
#define NUMBER_WIDTH 4u
/* Cells that a mark may have at most. */
#define MARK_MAX 200u

void wls_check_count(const struct wls_check *check, struct wls_arena *arena,
		     struct wls_check_counts *out)
{
	bool *seen = WLS_ARENA_ARRAY(arena, bool, (size_t)check->graph->log_count + 1);

	*out = (struct wls_check_counts){0};
	for (size_t i = 0; i < check->count; i++) {
		const struct wls_check_finding *finding = &check->findings[i];

		if (finding->ignored) {
			out->ignored++;
			continue;
		}
		out->of[finding->severity]++;
		out->fixable += finding->fixable;
		if (finding->log != WLS_LOG_NONE && !seen[finding->log]) {
			seen[finding->log] = true;
			out->logs++;
		}
	}
}

const char *wls_rule_severity_name(int severity)
{
	return severity < 0 ? "off" : wls_severity_name((enum wls_severity)severity);
}

/* ---- a finding ---- */

static enum wls_paint paint_of(enum wls_severity severity)
{
	switch (severity) {
	case WLS_ERROR:
		return WLS_PAINT_ERROR;
	case WLS_WARNING:
		return WLS_PAINT_WAITING;
	case WLS_INFO:
		break;
	}
	return WLS_PAINT_OK;
}

static void add_clean(const struct wls_check_report *report, struct wls_slice text,
		      struct wls_buf *out)
{
	wls_buf_add_slice(out, wls_style_clean(report->arena, text));
}

static void add_headline(const struct wls_check_report *report,
			 const struct wls_check_finding *finding, struct wls_buf *out)
{
	add_clean(report, finding->place.file, out);
	if (finding->place.line > 0)
		wls_buf_printf(out, ":%u:%u", finding->place.line, finding->place.column);
	wls_buf_add_str(out, ": ");
	wls_style_paint(report->style, paint_of(finding->severity),
			wls_slice_of(wls_severity_name(finding->severity)), out);
	wls_buf_add_str(out, ": ");
	add_clean(report, wls_slice_of(finding->message), out);
	if (report->plain && finding->hint) {
		wls_buf_add_str(out, "; ");
		add_clean(report, wls_slice_of(finding->hint), out);
	}
	wls_buf_printf(out, " [%s]\n", wls_rules[finding->rule].name);
}

/* The parts of the source line: before the mark, marked, behind it; fit to be shown. */
struct excerpt {
	struct wls_slice before, marked, after;
	bool cut_before; /* the line begins earlier */
};

/* The bytes of the first `points` code points. */
static size_t bytes_of(struct wls_slice s, uint32_t points)
{
	size_t at = 0;

	for (; points > 0 && at < s.len; points--)
		at += wls_utf8_decode(wls_slice_from(s, at), &(int32_t){0}, NULL);
	return at;
}

/* The end of `s` that fits into `cells`, and whether something was left out. */
static struct wls_slice keep_end(struct wls_slice s, size_t cells, bool *cut)
{
	while (wls_utf8_width(s) > cells) {
		s = wls_slice_from(s, wls_utf8_decode(s, &(int32_t){0}, NULL));
		*cut = true;
	}
	return s;
}

static struct excerpt excerpt_of(const struct wls_check_report *report,
				 const struct wls_finding_place *place)
{
	struct wls_slice source = place->source;
	size_t begin = bytes_of(source, place->column - place->source_column);
	struct wls_slice rest = wls_slice_from(source, begin);
	size_t marked = bytes_of(rest, place->end_column - place->column);
	struct excerpt e = {.cut_before = place->source_column > 1};
	size_t room = report->style->width > 40 ? report->style->width - 10 : 30;

	e.before = wls_style_clean(report->arena, wls_slice(source.ptr, begin));
	e.marked = wls_style_clean(report->arena, wls_slice(rest.ptr, marked));
	e.after = wls_style_clean(report->arena, wls_slice_from(rest, marked));
	if (!report->style->cut)
		return e;
	e.before = keep_end(e.before, room * 2 / 3, &e.cut_before);
	room -= wls_utf8_width(e.before) < room ? wls_utf8_width(e.before) : room;
	e.marked = wls_style_cut(report->style, report->arena, e.marked, room > 10 ? room : 10);
	room -= wls_utf8_width(e.marked) < room ? wls_utf8_width(e.marked) : room;
	e.after = room > 0 ? wls_style_cut(report->style, report->arena, e.after, room)
			   : (struct wls_slice){0};
	return e;
}

static void add_mark(const struct wls_check_report *report, enum wls_severity severity,
		     size_t cells, struct wls_buf *out)
{
	struct wls_buf mark _cleanup_buf_ = WLS_BUF_INIT;

	if (cells > MARK_MAX)
		cells = MARK_MAX;
	wls_buf_add_char(&mark, '^');
	wls_buf_fill(&mark, '~', cells > 1 ? cells - 1 : 0);
	wls_style_paint(report->style, paint_of(severity), wls_buf_slice(&mark), out);
}

static void add_excerpt(const struct wls_check_report *report,
			const struct wls_check_finding *finding, struct wls_buf *out)
{
	struct excerpt e = excerpt_of(report, &finding->place);
	const char *dots = wls_style_glyph(report->style, WLS_GLYPH_ELLIPSIS);
	size_t start = out->len, indent;

	wls_buf_printf(out, "%*u | ", (int)NUMBER_WIDTH, finding->place.line);
	indent = out->len - start - 2;
	if (e.cut_before)
		wls_buf_add_str(out, dots);
	wls_buf_add_slice(out, e.before);
	wls_buf_add_slice(out, e.marked);
	wls_buf_add_slice(out, e.after);
	while (out->len > start && out->ptr[out->len - 1] == ' ')
		wls_buf_truncate(out, out->len - 1);
	wls_buf_add_char(out, '\n');
	wls_buf_fill(out, ' ', indent);
	wls_buf_add_str(out, "| ");
	wls_buf_fill(out, ' ',
		     wls_utf8_width(e.before) +
			     (e.cut_before ? wls_utf8_width(wls_slice_of(dots)) : 0));
	add_mark(report, finding->severity, wls_utf8_width(e.marked), out);
	if (finding->hint) {
		wls_buf_add_char(out, ' ');
		add_clean(report, wls_slice_of(finding->hint), out);
	}
	wls_buf_add_char(out, '\n');
}

static void add_finding(const struct wls_check_report *report,
			const struct wls_check_finding *finding, struct wls_buf *out)
{
	add_headline(report, finding, out);
	if (report->plain)
		return;
	if (finding->place.line > 0) {
		add_excerpt(report, finding, out);
	} else if (finding->hint) {
		wls_buf_fill(out, ' ', NUMBER_WIDTH + 1);
		wls_buf_add_str(out, "= ");
		add_clean(report, wls_slice_of(finding->hint), out);
		wls_buf_add_char(out, '\n');
	}
}

/* ---- all ---- */

static void add_fixed(const struct wls_check_report *report, struct wls_buf *out)
{
	for (size_t i = 0; i < report->fixed_count; i++) {
		const struct wls_check_fixed *fixed = &report->fixed[i];

		add_clean(report, fixed->file, out);
		if (fixed->line > 0)
			wls_buf_printf(out, ":%u:%u", fixed->line, fixed->column);
		wls_buf_add_str(out, fixed->to.len > 0 ? ": renamed to " : ": mended");
		add_clean(report, fixed->to, out);
		wls_buf_printf(out, " [%s]\n", wls_rules[fixed->rule].name);
	}
}

static void add_count(const struct wls_check_report *report, size_t n, const char *one,
		      const char *many, const char **joint, struct wls_buf *out)
{
	if (n == 0)
		return;
	wls_buf_add_str(out, *joint);
	wls_buf_add_str(out, wls_style_plural(report->arena, n, one, many));
	*joint = ", ";
}

static void add_sums(const struct wls_check_report *report, struct wls_buf *out)
{
	struct wls_check_counts counts;
	const char *joint = "";

	wls_check_count(report->check, report->arena, &counts);
	const char *logs = wls_style_plural(report->arena, report->logs, "log", "logs");
	add_count(report, report->fixed_count, "mended", "mended", &joint, out);
	add_count(report, counts.of[WLS_ERROR], "error", "errors", &joint, out);
	add_count(report, counts.of[WLS_WARNING], "warning", "warnings", &joint, out);
	add_count(report, counts.of[WLS_INFO], "note", "notes", &joint, out);
	if (!*joint)
		wls_buf_add_str(out, "nothing found");
	if (counts.logs > 0)
		wls_buf_printf(out, " in %s of %s", wls_style_count(report->arena, counts.logs),
			       logs);
	else
		wls_buf_printf(out, " in %s", logs);
	if (counts.ignored > 0)
		wls_buf_printf(out, "; %s switched off by comments",
			       wls_style_count(report->arena, counts.ignored));
	if (counts.fixable > 0 && !report->fixing)
		wls_buf_printf(out, "; wlsync check --fix mends %s",
			       wls_style_count(report->arena, counts.fixable));
	wls_buf_add_char(out, '\n');
}

void wls_render_check(const struct wls_check_report *report, struct wls_buf *out)
{
	add_fixed(report, out);
	for (size_t i = 0; i < report->check->count; i++)
		if (!report->check->findings[i].ignored)
			add_finding(report, &report->check->findings[i], out);
	if (!report->quiet && report->logs > 0)
		add_sums(report, out);
}

/* ---- rules ---- */

void wls_render_rules(const struct wls_check_options *options, const struct wls_style *style,
		      struct wls_buf *out)
{
	size_t width = 0;

	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		if (strlen(wls_rules[i].name) > width)
			width = strlen(wls_rules[i].name);
	for (size_t i = 0; i < WLS_RULE_COUNT; i++) {
		const struct wls_rule_info *rule = &wls_rules[i];
		int severity = options->severity[i];

		wls_style_paint(style, WLS_PAINT_TITLE, wls_slice_of(rule->name), out);
		wls_buf_fill(out, ' ', width + 2 - strlen(rule->name));
		wls_buf_printf(out, "%-7s  %s; %s\n", wls_rule_severity_name(severity), rule->what,
			       rule->how);
	}
}
