/* SPDX-License-Identifier: MIT */
/*
 * What a change changed, in words.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 */
#include "base/utf8.h"
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

enum {
	RUNS_MOST = 6,   /* of lines that are named one by one */
	ITEM_CELLS = 40, /* of an item that is named */
};

/* Adds "7, 9-12". */
static void add_run(uint32_t first, uint32_t last, size_t before, struct wls_buf *out)
{
	wls_buf_printf(out, "%s%u", before > 0 ? ", " : "", first);
	if (last > first)
		wls_buf_printf(out, "-%u", last);
}

/* Moves `rest`, of `text`, on to the line that holds `offset`; by how many lines. */
static uint32_t lines_to(struct wls_slice text, struct wls_slice *rest, uint32_t offset)
{
	struct wls_slice next = *rest, line;
	uint32_t n = 0;

	while (wls_slice_next_line(&next, &line) && text.len - next.len <= offset) {
		*rest = next;
		n++;
	}
	return n;
}

void wls_diff_ending_lines(const struct wls_diff_view *view, const struct wls_delta *delta,
			   struct wls_buf *out)
{
	const struct wls_diff *diff = view->diff;
	struct wls_slice text = diff->given[1], rest = text;
	size_t count = wls_diff_edits_of(diff, delta), runs = 0;
	uint32_t first = 0, last = 0, line = 0;

	wls_buf_add_str(out, wls_style_plural(view->arena, count, "line", "lines"));
	if (count == diff->lf[1] + diff->crlf[1])
		return;
	wls_buf_add_str(out, ": ");
	for (size_t i = 0; i < diff->edit_count && runs < RUNS_MOST; i++) {
		if (&diff->deltas[diff->edits[i].delta] != delta)
			continue;
		uint32_t passed = lines_to(text, &rest, diff->edits[i].b0);
		line = last == 0 ? delta->line[1] : line + passed;
		if (last > 0 && line != last + 1)
			add_run(first, last, runs++, out);
		if (last == 0 || line != last + 1)
			first = line;
		last = line;
	}
	if (runs < RUNS_MOST)
		add_run(first, last, runs, out);
	else
		wls_buf_printf(out, ", %s", view->style->ascii ? "..." : "\xE2\x80\xA6");
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

struct wls_slice wls_diff_place(const struct wls_diff_view *view, struct wls_slice place)
{
	const struct wls_slice joint = WLS_SLICE(" \xE2\x80\xBA ");
	struct wls_slice clean = wls_style_clean(view->arena, place);
	struct wls_buf shown _cleanup_buf_ = WLS_BUF_INIT;
	size_t at;

	if (!view->style->ascii)
		return clean;
	while ((at = wls_slice_find(clean, joint)) < clean.len) {
		wls_buf_add(&shown, clean.ptr, at);
		wls_buf_add_str(&shown, " > ");
		clean = wls_slice_from(clean, at + joint.len);
	}
	wls_buf_add_slice(&shown, clean);
	return wls_arena_copy(view->arena, wls_buf_slice(&shown));
}

static bool is_item(const struct wls_pair_node *n)
{
	return n && n->node->kind == WLS_NODE_ITEM;
}

static bool are_twins(const struct wls_pair_node *a, const struct wls_pair_node *b)
{
	return a && b && a->twin == b;
}

/* Adds the first line of an item, in quotes. */
static void add_item(const struct wls_diff_view *view, const char *how,
		     const struct wls_pair_node *item, struct wls_buf *out)
{
	struct wls_slice rest = item->node->text, line = {0};

	wls_slice_next_line(&rest, &line);
	line = wls_style_clean(view->arena, wls_slice_trim(line));
	wls_buf_printf(out, "%s \"", how);
	wls_buf_add_slice(out, wls_style_cut(view->style, view->arena, line, ITEM_CELLS));
	wls_buf_add_str(out, "\", ");
}

/* Where it was. Of sub-items the place does not say it all: the item above them is named, too. */
static void add_origin(const struct wls_diff_view *view, const struct wls_delta *delta,
		       struct wls_buf *out)
{
	const struct wls_pair_node *a = delta->node[0], *b = delta->node[1];
	const struct wls_pair_node *from = a->parent, *to = b->parent;
	struct wls_slice place = wls_delta_place(view->arena, a);

	if (are_twins(from, to)) {
		wls_buf_add_str(out, "moved from ");
	} else if (is_item(from) && are_twins(from->parent, to)) {
		add_item(view, "un-nested from", from, out);
	} else if (is_item(to) && are_twins(from, to->parent)) {
		add_item(view, "nested under", to, out);
		wls_buf_add_str(out, "from ");
	} else {
		wls_buf_add_str(out, "moved ");
		if (is_item(to))
			add_item(view, "under", to, out);
		wls_buf_add_str(out, "from ");
		if (is_item(from))
			add_item(view, "under", from, out);
		bool told = is_item(from) || is_item(to);
		if (place.len > 0 && !(told && wls_slice_eq(delta->place, place))) {
			wls_buf_add_slice(out, wls_diff_place(view, place));
			wls_buf_add_str(out, ", ");
		}
	}
	wls_buf_printf(out, "line %u", delta->line[0]);
}

static char bullet_of(struct wls_slice s)
{
	return (char)(s.len == 1 && strchr("-*+", s.ptr[0]) ? s.ptr[0] : 0);
}

/* Of an item whose bullet is all that changed; the marks around one are hard to read. */
static bool add_bullets(const struct wls_diff_view *view, const struct wls_delta *delta,
			struct wls_buf *out)
{
	const struct wls_delta_span *only = NULL;

	for (size_t i = 0; i < delta->span_count; i++) {
		if (!delta->spans[i].mark)
			continue;
		if (only)
			return false;
		only = &delta->spans[i];
	}
	char a = only ? bullet_of(wls_diff_bytes(view->diff, 0, only)) : '\0';
	char b = only ? bullet_of(wls_diff_bytes(view->diff, 1, only)) : '\0';
	if (!a || !b || delta->kind != WLS_DELTA_ITEM)
		return false;
	wls_buf_printf(out, "bullet %c %s %c", a, arrow(view), b);
	return true;
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
	case WLS_ASPECT_CHECKBOX:
		wls_buf_printf(out, "checkbox %s%s",
			       b->flags & WLS_NODE_CHECKBOX ? "added" : "removed",
			       b->flags & WLS_NODE_TICKED ? ", ticked" : "");
		return true;
	case WLS_ASPECT_PRIORITY:
		add_pair(view, "priority", wls_priority_name(a->priority),
			 wls_priority_name(b->priority), out);
		return true;
	case WLS_ASPECT_STATE:
		add_pair(view, "state", wls_mark_name(a->mark), wls_mark_name(b->mark), out);
		return true;
	case WLS_ASPECT_MARKUP:
		if (add_bullets(view, delta, out))
			return true;
		wls_buf_add_str(out, alone ? "markers only" : "markers");
		return true;
	case WLS_ASPECT_WHITE_SPACE:
		wls_buf_add_str(out, alone ? "white space only" : "white space");
		return true;
	default:
		return false;
	}
}

static bool is_ascii(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((signed char)s.ptr[i] < 0)
			return false;
	return true;
}

/* Marks that stand over or under the letter before them: the Unicode block of that name. */
static bool is_combining(int32_t cp)
{
	return cp >= 0x300 && cp <= 0x36F;
}

/* Adds what folding takes away: 'A' for each capital, 'a' for other letters, ASCII signs as they are. */
static void add_shape(struct wls_slice s, struct wls_buf *out)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	int32_t cp;

	while (s.len > 0) {
		size_t n = wls_utf8_decode(s, &cp, NULL);
		struct wls_slice one = wls_slice(s.ptr, n);
		s = wls_slice_from(s, n);
		if (is_combining(cp))
			continue;
		wls_buf_clear(&folded);
		wls_utf8_add_folded_name(&folded, one);
		bool capital = !wls_slice_eq(wls_buf_slice(&folded), one);
		bool letter = n > 1 || wls_is_alpha(one.ptr[0]);
		wls_buf_add_char(out, letter ? (capital ? 'A' : 'a') : one.ptr[0]);
	}
}

static bool is_composed_otherwise(struct wls_slice a, struct wls_slice b)
{
	struct wls_buf x _cleanup_buf_ = WLS_BUF_INIT, y _cleanup_buf_ = WLS_BUF_INIT;

	if (is_ascii(a) || is_ascii(b))
		return false;
	wls_utf8_add_folded_name(&x, a);
	wls_utf8_add_folded_name(&y, b);
	if (!wls_slice_eq(wls_buf_slice(&x), wls_buf_slice(&y)))
		return false;
	wls_buf_clear(&x);
	wls_buf_clear(&y);
	add_shape(a, &x);
	add_shape(b, &y);
	return wls_slice_eq(wls_buf_slice(&x), wls_buf_slice(&y));
}

/*
 * Why words that differ look the same: bytes that are not UTF-8 or do not print, or letters with and
 * without combining marks. NULL: they do not.
 */
static const char *looks_the_same(const struct wls_diff_view *view, const struct wls_delta *delta)
{
	for (size_t i = 0; i < delta->span_count; i++) {
		struct wls_slice a = wls_diff_bytes(view->diff, 0, &delta->spans[i]);
		struct wls_slice b = wls_diff_bytes(view->diff, 1, &delta->spans[i]);
		if (!delta->spans[i].mark || wls_slice_trim(a).len == 0 ||
		    wls_slice_trim(b).len == 0)
			continue;
		if (wls_slice_eq(wls_style_clean(view->arena, a), wls_style_clean(view->arena, b)))
			return "bytes that cannot be shown";
		if (is_composed_otherwise(a, b))
			return "looks the same: composed and decomposed letters";
	}
	return NULL;
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
	const char *same = looks_the_same(view, delta);
	if (same)
		wls_buf_printf(out, "%s%s", out->len > before ? ", " : "", same);
}
