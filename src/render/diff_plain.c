/* SPDX-License-Identifier: MIT */
/*
 * Differences in sentences, and counted.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 */
#include "render/diff.h"

/* ---- sentences ---- */

/* A text in quotes, on one line, its runs of blanks as one unless they matter. */
static void add_quoted(const struct wls_diff_view *view, struct wls_slice text, bool blanks,
		       struct wls_buf *out)
{
	struct wls_slice clean = wls_style_clean(view->arena, wls_slice_trim(text));

	wls_buf_add_char(out, '"');
	for (size_t i = 0; i < clean.len; i++)
		if (blanks || clean.ptr[i] != ' ' || i == 0 || clean.ptr[i - 1] != ' ')
			wls_buf_add_char(out, clean.ptr[i]);
	wls_buf_add_char(out, '"');
}

/* What came or went, or stands in a changed node, on a side. */
static void add_text(const struct wls_diff_view *view, const struct wls_delta *delta, size_t side,
		     struct wls_buf *out)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_pair_node *n = delta->node[side];

	if (delta->op == WLS_DELTA_CHANGED && n && delta->kind != WLS_DELTA_BLANK_LINES) {
		wls_buf_add(&text, view->diff->texts[side].ptr + n->begin,
			    (n->body > n->begin ? n->body : n->end) - n->begin);
	} else {
		for (size_t i = 0; i < delta->span_count; i++)
			if (delta->spans[i].mark)
				wls_buf_add_slice(
					&text, wls_diff_bytes(view->diff, side, &delta->spans[i]));
	}
	add_quoted(view, wls_buf_slice(&text), wls_delta_has(delta, WLS_ASPECT_WHITE_SPACE), out);
}

static const char *op_word(const struct wls_delta *delta)
{
	static const char *const words[] = {"changed", "added", "removed"};

	return words[delta->op];
}

static void add_what(const struct wls_diff_view *view, const struct wls_delta *delta,
		     struct wls_buf *out)
{
	struct wls_buf note _cleanup_buf_ = WLS_BUF_INIT;

	wls_diff_note(view, delta, true, &note);
	if (delta->kind == WLS_DELTA_LINE_ENDINGS) {
		wls_buf_printf(&note, "%s to %s, ", wls_diff_endings(view->diff, 0),
			       wls_diff_endings(view->diff, 1));
		wls_diff_ending_lines(view, delta, &note);
	}
	wls_buf_printf(out, "%s %s", wls_delta_kind_name(delta->kind, false), op_word(delta));
	if (note.len > 0)
		wls_buf_printf(out, " (%s)", wls_buf_str(&note));
}

static bool has_marks(const struct wls_delta *delta)
{
	for (size_t i = 0; i < delta->span_count; i++)
		if (delta->spans[i].mark)
			return true;
	return false;
}

static void add_sentence(const struct wls_diff_view *view, const struct wls_delta *delta,
			 struct wls_buf *out)
{
	uint32_t line = delta->line[1] > 0 ? delta->line[1] : delta->line[0];

	if (delta->place.len > 0) {
		wls_buf_add_slice(out, wls_diff_place(view, delta->place));
		wls_buf_add_str(out, ": ");
	}
	if (line > 0)
		wls_buf_printf(out, "line %u: ", line);
	add_what(view, delta, out);
	if (delta->kind != WLS_DELTA_BLANK_LINES && !wls_delta_is_form(delta)) {
		wls_buf_add_str(out, ": ");
		if (delta->op != WLS_DELTA_ADDED &&
		    (delta->op == WLS_DELTA_REMOVED || has_marks(delta)))
			add_text(view, delta, 0, out);
		if (delta->op == WLS_DELTA_CHANGED && has_marks(delta))
			wls_buf_add_str(out, " became ");
		if (delta->op != WLS_DELTA_REMOVED)
			add_text(view, delta, 1, out);
	}
	wls_buf_add_char(out, '\n');
}

void wls_diff_plain(const struct wls_diff_view *view, struct wls_buf *out)
{
	for (size_t i = 0; i < view->diff->delta_count; i++)
		add_sentence(view, &view->diff->deltas[i], out);
}

/* ---- counts ---- */

static void add_count(const struct wls_diff_view *view, size_t n, enum wls_delta_kind kind,
		      const char *what, const char **joint, struct wls_buf *out)
{
	if (n == 0)
		return;
	wls_buf_printf(out, "%s%s %s", *joint,
		       wls_style_plural(view->arena, n, wls_delta_kind_name(kind, false),
					wls_delta_kind_name(kind, true)),
		       what);
	*joint = ", ";
}

void wls_diff_stat(const struct wls_diff_view *view, struct wls_buf *out)
{
	struct wls_diff_count counts[WLS_DELTA_KIND_COUNT];
	size_t aspects[WLS_ASPECT_COUNT];
	const char *joint = ": ";

	if (view->diff->delta_count == 0)
		return;
	wls_diff_count(view->diff, counts, aspects);
	wls_buf_add_slice(out, wls_style_clean(view->arena, view->names[1]));
	for (unsigned k = 0; k < WLS_DELTA_KIND_COUNT; k++) {
		add_count(view, counts[k].added, (enum wls_delta_kind)k, "added", &joint, out);
		add_count(view, counts[k].removed, (enum wls_delta_kind)k, "removed", &joint, out);
		add_count(view, counts[k].changed, (enum wls_delta_kind)k, "changed", &joint, out);
	}
	joint = "; ";
	for (unsigned k = 0; k < WLS_ASPECT_COUNT; k++) {
		if (aspects[k] == 0)
			continue;
		wls_buf_printf(out, "%s%s: %s", joint,
			       wls_delta_aspect_name((enum wls_delta_aspect)k),
			       wls_style_count(view->arena, aspects[k]));
		joint = ", ";
	}
	wls_buf_add_char(out, '\n');
}
