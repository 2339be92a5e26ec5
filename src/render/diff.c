/* SPDX-License-Identifier: MIT */
/*
 * Differences as marked text.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 *
 *	v5 › Next
 *	  ~ - [-[ ]-]{+[x]+} Payment form  (ticked)
 *	  + - [ ] [HIGH] Webhook
 *
 * A change of whole lines is shown as these; of anything less as its node's lines that hold a mark, with
 * the old and the new words side by side.
 */
#include "render/diff.h"

struct printer {
	const struct wls_diff_view *view;
	struct wls_buf *out;
	const char *indent;
	bool noted;          /* the change's note was added */
	struct wls_buf note; /* of the change at hand */
};

enum ink {
	INK_NONE,
	INK_REMOVED,
	INK_ADDED,
};

/* A line of a changed node while it is put together. */
struct line {
	struct wls_buf text;
	bool marked;
};

static const char *glyph(const struct printer *p, const char *unicode, const char *ascii)
{
	return p->view->style->ascii ? ascii : unicode;
}

static enum wls_paint paint_of(enum ink ink)
{
	return ink == INK_REMOVED ? WLS_PAINT_ERROR
				  : (ink == INK_ADDED ? WLS_PAINT_OK : WLS_PAINT_NONE);
}

/* ---- lines ---- */

static void begin_line(struct printer *p, char op)
{
	char sign[2] = {op, ' '};
	enum wls_paint paint = op == '+'   ? WLS_PAINT_OK
			       : op == '-' ? WLS_PAINT_ERROR
					   : WLS_PAINT_WAITING;

	wls_buf_add_str(p->out, p->indent);
	wls_style_paint(p->view->style, paint, wls_slice(sign, 1), p->out);
	wls_buf_add_char(p->out, ' ');
}

/* Ends a line, the first of a change with its note. */
static void end_line(struct printer *p)
{
	if (!p->noted && p->note.len > 0) {
		struct wls_buf note _cleanup_buf_ = WLS_BUF_INIT;
		wls_buf_printf(&note, "(%s)", wls_buf_str(&p->note));
		wls_buf_add_str(p->out, "  ");
		wls_style_paint(p->view->style, WLS_PAINT_DONE, wls_buf_slice(&note), p->out);
	}
	p->noted = true;
	while (p->out->len > 0 && p->out->ptr[p->out->len - 1] == ' ')
		wls_buf_truncate(p->out, p->out->len - 1);
	wls_buf_add_char(p->out, '\n');
}

/* Whole lines that came or went. */
static void put_lines(struct printer *p, struct wls_slice text, enum ink ink)
{
	struct wls_slice line;

	while (wls_slice_next_line(&text, &line)) {
		begin_line(p, ink == INK_ADDED ? '+' : '-');
		wls_style_paint(p->view->style, paint_of(ink),
				wls_style_clean(p->view->arena, line), p->out);
		end_line(p);
	}
}

/* Without blank lines at both ends. */
static struct wls_slice without_blank_lines(struct wls_slice text)
{
	struct wls_slice rest = text, line;

	while (wls_slice_next_line(&rest, &line) && wls_slice_trim(line).len == 0)
		text = rest;
	while (text.len > 0 && strchr(" \t\r\n", text.ptr[text.len - 1]))
		text.len--;
	return text;
}

static void put_alone(struct printer *p, const struct wls_delta *delta)
{
	size_t side = delta->op == WLS_DELTA_ADDED;

	for (size_t i = 0; i < delta->span_count; i++) {
		struct wls_slice text = wls_diff_bytes(p->view->diff, side, &delta->spans[i]);
		if (delta->spans[i].mark)
			put_lines(p,
				  delta->kind == WLS_DELTA_LINES ? text : without_blank_lines(text),
				  side ? INK_ADDED : INK_REMOVED);
	}
}

/* ---- words ---- */

static void flush(struct printer *p, struct line *line, bool force)
{
	if (line->marked || force) {
		begin_line(p, '~');
		wls_buf_add_slice(p->out, wls_buf_slice(&line->text));
		end_line(p);
	}
	wls_buf_clear(&line->text);
	line->marked = false;
}

static void put_piece(struct printer *p, struct line *line, struct wls_slice piece, bool ends,
		      enum ink ink)
{
	struct wls_buf marked _cleanup_buf_ = WLS_BUF_INIT;

	if (ink != INK_NONE)
		wls_buf_add_str(&marked, ink == INK_REMOVED ? "[-" : "{+");
	wls_buf_add_slice(&marked, wls_style_clean(p->view->arena, piece));
	if (ink != INK_NONE && ends && piece.len == 0)
		wls_buf_add_str(&marked, glyph(p, "\xE2\x86\xB5", "\\n"));
	if (ink != INK_NONE)
		wls_buf_add_str(&marked, ink == INK_REMOVED ? "-]" : "+}");
	line->marked |= ink != INK_NONE;
	wls_style_paint(p->view->style, paint_of(ink), wls_buf_slice(&marked), &line->text);
}

static void put_words(struct printer *p, struct line *line, struct wls_slice text, enum ink ink)
{
	while (text.len > 0) {
		const char *end = memchr(text.ptr, '\n', text.len);
		size_t n = end ? (size_t)(end - text.ptr) : text.len;
		if (n > 0 || ink != INK_NONE)
			put_piece(p, line, wls_slice(text.ptr, n), end, ink);
		text = wls_slice_from(text, end ? n + 1 : n);
		/* What was removed before the line's rest stays on its line. */
		if (end && (ink != INK_REMOVED || text.len > 0 || n > 0))
			flush(p, line, false);
	}
}

/* The node's own text with the marks in it. */
static void put_marked(struct printer *p, const struct wls_delta *delta)
{
	const struct wls_diff *diff = p->view->diff;
	const struct wls_pair_node *b = delta->node[1];
	struct line line = {.text = WLS_BUF_INIT};
	uint32_t at = b->begin;

	for (size_t i = 0; i < delta->span_count; i++) {
		const struct wls_delta_span *span = &delta->spans[i];
		if (!span->mark)
			continue;
		put_words(p, &line, wls_slice(diff->texts[1].ptr + at, span->b0 - at), INK_NONE);
		put_words(p, &line, wls_diff_bytes(diff, 0, span), INK_REMOVED);
		put_words(p, &line, wls_diff_bytes(diff, 1, span), INK_ADDED);
		at = span->b1;
	}
	put_words(p, &line, wls_slice(diff->texts[1].ptr + at, b->body - at), INK_NONE);
	flush(p, &line, false);
	wls_buf_release(&line.text);
}

/* ---- changes ---- */

static bool at_line_ends(struct wls_slice text, uint32_t begin, uint32_t end)
{
	return (begin == 0 || text.ptr[begin - 1] == '\n') &&
	       (end == begin || end == text.len || text.ptr[end - 1] == '\n');
}

/* Whether it has marks, all of which are whole lines. */
static bool is_of_lines(const struct wls_diff *diff, const struct wls_delta *delta)
{
	for (size_t i = 0; i < delta->span_count; i++) {
		const struct wls_delta_span *s = &delta->spans[i];
		if (s->mark && (!at_line_ends(diff->texts[0], s->a0, s->a1) ||
				!at_line_ends(diff->texts[1], s->b0, s->b1)))
			return false;
	}
	return true;
}

static bool has_marks(const struct wls_delta *delta)
{
	for (size_t i = 0; i < delta->span_count; i++)
		if (delta->spans[i].mark)
			return true;
	return false;
}

/* The first line of a node, cut to the width. */
static void put_first_line(struct printer *p, const struct wls_pair_node *n)
{
	const struct wls_style *style = p->view->style;
	struct wls_slice rest =
		wls_slice(p->view->diff->texts[n->side].ptr + n->begin, n->end - n->begin);
	struct wls_slice line = {0};

	wls_slice_next_line(&rest, &line);
	line = wls_style_clean(p->view->arena, wls_slice_trim(line));
	if (style->cut && style->width > 8)
		line = wls_style_cut(style, p->view->arena, line, style->width - 4);
	wls_buf_add_slice(p->out, line);
}

/* Whether a mark is of the node's first line. */
static bool marks_first_line(const struct wls_delta *delta)
{
	for (size_t i = 0; i < delta->span_count; i++)
		if (delta->spans[i].mark)
			return delta->spans[i].a0 == delta->node[0]->begin ||
			       delta->spans[i].b0 == delta->node[1]->begin;
	return false;
}

/*
 * Lines that came or went. Of a node that moved they may be new, so that it is named itself; of a
 * frontmatter key they are its list.
 */
static void put_replaced(struct printer *p, const struct wls_delta *delta)
{
	bool moved = wls_delta_has(delta, WLS_ASPECT_MOVED);

	if ((moved || delta->kind == WLS_DELTA_KEY) && !marks_first_line(delta)) {
		begin_line(p, moved ? '>' : '~');
		put_first_line(p, delta->node[1]);
		end_line(p);
	}
	for (size_t i = 0; i < delta->span_count; i++) {
		if (!delta->spans[i].mark)
			continue;
		put_lines(p, wls_diff_bytes(p->view->diff, 0, &delta->spans[i]), INK_REMOVED);
		put_lines(p, wls_diff_bytes(p->view->diff, 1, &delta->spans[i]), INK_ADDED);
	}
}

static size_t count_lines(struct wls_slice text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++)
		n += text.ptr[i] == '\n';
	return n;
}

/* "blank lines before X: 1 → 2". */
static void put_blank_lines(struct printer *p, const struct wls_delta *delta)
{
	const struct wls_diff *diff = p->view->diff;
	const struct wls_delta_span *span = &delta->spans[0];
	size_t a = count_lines(wls_diff_bytes(diff, 0, span));
	size_t b = count_lines(wls_diff_bytes(diff, 1, span));

	begin_line(p, '~');
	if (a == b)
		wls_buf_add_str(p->out, "white space in the blank lines ");
	else
		wls_buf_printf(p->out, "blank lines: %zu %s %zu, ", a,
			       glyph(p, "\xE2\x86\x92", "->"), b);
	if (delta->node[1]) {
		wls_buf_add_str(p->out, "before ");
		put_first_line(p, delta->node[1]);
	} else {
		wls_buf_add_str(p->out, "at the end");
	}
	p->noted = true;
	end_line(p);
}

static void put_form(struct printer *p, const struct wls_delta *delta)
{
	const struct wls_diff *diff = p->view->diff;

	if (delta->kind == WLS_DELTA_BYTE_ORDER_MARK) {
		begin_line(p, delta->op == WLS_DELTA_ADDED ? '+' : '-');
		wls_buf_add_str(p->out, "byte order mark");
	} else if (delta->kind == WLS_DELTA_FINAL_NEWLINE) {
		begin_line(p, '~');
		wls_buf_printf(p->out, "final newline %s",
			       delta->op == WLS_DELTA_ADDED ? "added" : "removed");
	} else {
		begin_line(p, '~');
		wls_buf_printf(p->out, "line endings: %s %s %s, ", wls_diff_endings(diff, 0),
			       glyph(p, "\xE2\x86\x92", "->"), wls_diff_endings(diff, 1));
		wls_diff_ending_lines(p->view, delta, p->out);
	}
	end_line(p);
}

static void put_change(struct printer *p, const struct wls_delta *delta)
{
	if (wls_delta_is_form(delta)) {
		put_form(p, delta);
	} else if (delta->op != WLS_DELTA_CHANGED) {
		put_alone(p, delta);
	} else if (delta->kind == WLS_DELTA_BLANK_LINES) {
		put_blank_lines(p, delta);
	} else if (!has_marks(delta)) {
		begin_line(p, '>');
		put_first_line(p, delta->node[1]);
		end_line(p);
	} else if (!delta->node[1] || is_of_lines(p->view->diff, delta)) {
		put_replaced(p, delta);
	} else {
		put_marked(p, delta);
	}
}

static void put_name(struct printer *p, const char *sign, struct wls_slice name)
{
	struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_str(&line, sign);
	wls_buf_add_slice(&line, wls_style_clean(p->view->arena, name));
	wls_style_paint(p->view->style, WLS_PAINT_TITLE, wls_buf_slice(&line), p->out);
	wls_buf_add_char(p->out, '\n');
}

static void put_place(struct printer *p, struct wls_slice place)
{
	p->indent = place.len > 0 ? "  " : "";
	if (place.len == 0)
		return;
	wls_style_paint(p->view->style, WLS_PAINT_TITLE, wls_diff_place(p->view, place), p->out);
	wls_buf_add_char(p->out, '\n');
}

/* "line 12" of texts that are no log. */
static void put_line_number(struct printer *p, const struct wls_delta *delta)
{
	uint32_t line = delta->line[1] > 0 ? delta->line[1] : delta->line[0];

	p->indent = "  ";
	wls_buf_printf(p->out, "line %u\n", line);
}

/* Of two neighbours that both came or went, the blank line between them. */
static void put_gap(struct printer *p, const struct wls_delta *x, const struct wls_delta *y)
{
	size_t side = y->op == WLS_DELTA_ADDED;
	const struct wls_pair_node *a = x->node[side], *b = y->node[side];

	if (x->op != y->op || y->op == WLS_DELTA_CHANGED || !a || !b || a->end != b->gap ||
	    b->gap == b->begin)
		return;
	begin_line(p, side ? '+' : '-');
	p->noted = true;
	end_line(p);
}

void wls_diff_text(const struct wls_diff_view *view, struct wls_buf *out)
{
	const struct wls_diff *diff = view->diff;
	struct printer p = {.view = view, .out = out, .indent = "", .note = WLS_BUF_INIT};
	struct wls_slice place = WLS_SLICE("");

	if (diff->delta_count == 0)
		return;
	put_name(&p, "--- ", view->names[0]);
	put_name(&p, "+++ ", view->names[1]);
	for (size_t i = 0; i < diff->delta_count; i++) {
		const struct wls_delta *delta = &diff->deltas[i];
		if (delta->kind == WLS_DELTA_LINES)
			put_line_number(&p, delta);
		else if (!wls_slice_eq(delta->place, place))
			put_place(&p, delta->place);
		else if (i > 0)
			put_gap(&p, delta - 1, delta);
		place = delta->place;
		wls_buf_clear(&p.note);
		wls_diff_note(view, delta, false, &p.note);
		p.noted = false;
		put_change(&p, delta);
	}
	wls_buf_release(&p.note);
}
