/* SPDX-License-Identifier: MIT */
/*
 * What a change changed, in words.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 */
#include "render/diff.h"

const char *wls_diff_endings(const struct wls_diff *diff, size_t side)
{
	if (diff->lf[side] == 0)
		return diff->crlf[side] == 0 ? "none" : "CRLF";
	return diff->crlf[side] == 0 ? "LF" : "mixed";
}

size_t wls_diff_edits_of(const struct wls_diff *diff, const struct wls_delta *delta)
{
	size_t n = 0;

	for (size_t i = 0; i < diff->edit_count; i++)
		n += &diff->deltas[diff->edits[i].delta] == delta;
	return n;
}

static const char *arrow(const struct wls_diff_view *view)
{
	return view->style->ascii ? "->" : "\xE2\x86\x92";
}

static void add_pair(const struct wls_diff_view *view, const char *what, const char *a,
		     const char *b, struct wls_buf *out)
{
	wls_buf_printf(out, "%s %s %s %s", what, a ? a : "none", arrow(view), b ? b : "none");
}

/* "v5 → v6", "H1 → H2". */
static void add_numbers(const struct wls_diff_view *view, const struct wls_delta *delta,
			struct wls_buf *out)
{
	const struct wls_node *a = delta->node[0]->node, *b = delta->node[1]->node;

	wls_buf_add_str(out, "renumbered ");
	if (a->kind == WLS_NODE_ENTRY) {
		wls_buf_printf(out, "v%u %s v%u", a->version, arrow(view), b->version);
		return;
	}
	wls_buf_add_slice(out, wls_style_clean(view->arena, a->label));
	wls_buf_printf(out, " %s ", arrow(view));
	wls_buf_add_slice(out, wls_style_clean(view->arena, b->label));
}

static void add_origin(const struct wls_diff_view *view, const struct wls_delta *delta,
		       struct wls_buf *out)
{
	const struct wls_pair_node *a = delta->node[0], *b = delta->node[1];
	struct wls_slice place = wls_delta_place(view->arena, a);

	wls_buf_add_str(out, "moved from ");
	if (a->parent && a->parent->twin == b->parent) {
		wls_buf_printf(out, "line %u", delta->line[0]);
		return;
	}
	if (place.len > 0) {
		wls_buf_add_slice(out, wls_style_clean(view->arena, place));
		wls_buf_add_str(out, ", ");
	}
	wls_buf_printf(out, "line %u", delta->line[0]);
}

static bool ends_line(const struct wls_diff *diff, size_t side)
{
	struct wls_slice text = diff->texts[side];

	return text.len > 0 && text.ptr[text.len - 1] == '\n';
}

/* The words of an aspect that says more than its name; false when it has none. */
static bool add_detail(const struct wls_diff_view *view, const struct wls_delta *delta,
		       enum wls_delta_aspect aspect, struct wls_buf *out)
{
	const struct wls_node *a = delta->node[0] ? delta->node[0]->node : NULL;
	const struct wls_node *b = delta->node[1] ? delta->node[1]->node : NULL;
	bool alone = delta->aspects == 1u << aspect;

	switch (aspect) {
	case WLS_ASPECT_MOVED:
		add_origin(view, delta, out);
		return true;
	case WLS_ASPECT_RENUMBERED:
		add_numbers(view, delta, out);
		return true;
	case WLS_ASPECT_PRIORITY:
		add_pair(view, "priority", wls_priority_name(a->priority),
			 wls_priority_name(b->priority), out);
		return true;
	case WLS_ASPECT_STATE:
		add_pair(view, "state", wls_mark_name(a->mark), wls_mark_name(b->mark), out);
		return true;
	case WLS_ASPECT_MARKUP:
		wls_buf_add_str(out, alone ? "markers only" : "markers");
		return true;
	case WLS_ASPECT_WHITE_SPACE:
		wls_buf_add_str(out, alone ? "white space only" : "white space");
		return true;
	case WLS_ASPECT_FINAL_NEWLINE:
		wls_buf_printf(out, "final newline %s",
			       ends_line(view->diff, 1) ? "added" : "removed");
		return true;
	default:
		return false;
	}
}

/* What anybody sees in the marked words. */
static bool is_plain_to_see(enum wls_delta_aspect aspect)
{
	return aspect == WLS_ASPECT_REWORDED || aspect == WLS_ASPECT_VALUE;
}

void wls_diff_note(const struct wls_diff_view *view, const struct wls_delta *delta, bool all,
		   struct wls_buf *out)
{
	size_t before = out->len;

	for (unsigned k = 0; k < WLS_ASPECT_COUNT; k++) {
		enum wls_delta_aspect aspect = (enum wls_delta_aspect)k;
		if (!wls_delta_has(delta, aspect) || (!all && is_plain_to_see(aspect)))
			continue;
		if (out->len > before)
			wls_buf_add_str(out, ", ");
		if (!add_detail(view, delta, aspect, out))
			wls_buf_add_str(out, wls_delta_aspect_name(aspect));
	}
}
