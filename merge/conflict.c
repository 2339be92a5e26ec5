/* SPDX-License-Identifier: MIT */
/*
 * Conflicts written out: pieces to text with markers.
 *
 * Layer: merge. Includes: base, buf, doc, merge.
 *
 * The markers of all conflicts of a text have one size, the least that is as long as asked for and
 * longer than every line within a conflict that has the form of a marker, so that whoever looks for
 * complete blocks of that size finds these and nothing else. Markers stand on lines of their own
 * even where a text lacks its final line ending.
 *
 * With more than two sides a block still has two parts, since that is what every tool reads: ours,
 * and one after the other each further text. A side that left the base alone has nothing to say
 * there, unless it is the only one that differs from ours.
 */
#include "merge/conflict.h"
#include "base/map.h"
#include "doc/conflict_run.h"

struct writer {
	const struct wls_pieces *pieces;
	const struct wls_conflict_form *form;
	struct wls_merge *merge;
	struct wls_buf *out;
	struct wls_slice ours_label, base_label, theirs_label;
	unsigned size;
};

/* What one conflict shows. The caller's side i is texts[1 + i]. */
struct shown {
	struct wls_slice texts[WLS_MERGE_SIDES_MAX + 1];
	struct wls_slice further[WLS_MERGE_SIDES_MAX]; /* of the second part, in order */
	size_t count, further_count;
};

/* ---- labels ---- */

static const char *side_label(const struct writer *w, size_t side)
{
	const char *const *labels = w->form->options->labels;

	if (labels && labels[side])
		return labels[side];
	if (side < 2)
		return side == 0 ? "ours" : "theirs";
	return wls_arena_printf(&w->merge->arena, "side %zu", side + 1);
}

/* A copy on one line: labels may hold anything. */
static struct wls_slice clean(struct wls_arena *arena, struct wls_slice text)
{
	struct wls_slice copy = {0};
	char *bytes = WLS_ARENA_ARRAY(arena, char, text.len + 1);

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.ptr[i];
		bytes[i] = c < ' ' || c == 0x7F ? ' ' : text.ptr[i];
	}
	copy = wls_slice(bytes, text.len);
	return wls_slice_trim(copy);
}

/* "theirs", or "theirs, side 3, side 4". */
static struct wls_slice further_label(const struct writer *w)
{
	_cleanup_buf_ struct wls_buf label = WLS_BUF_INIT;

	for (size_t side = 1; side < w->pieces->sides; side++) {
		if (side > 1)
			wls_buf_add_str(&label, ", ");
		wls_buf_add_str(&label, side_label(w, side));
	}
	return clean(&w->merge->arena, wls_buf_slice(&label));
}

static void make_labels(struct writer *w)
{
	const char *base = w->form->options->base_label;

	w->base_label = clean(&w->merge->arena, wls_slice_of(base ? base : "base"));
	w->ours_label = clean(&w->merge->arena, wls_slice_of(side_label(w, 0)));
	w->theirs_label = further_label(w);
}

/* ---- the size of the markers ---- */

/* The length of the marker that the line could be taken for, else 0. */
static unsigned marker_like(struct wls_slice line)
{
	size_t n = 1;

	if (line.len < WLS_MARKER_SIZE || !memchr("<|=>", line.ptr[0], 4))
		return 0;
	while (n < line.len && line.ptr[n] == line.ptr[0])
		n++;
	bool ends = n == line.len || line.ptr[n] == ' ' || line.ptr[n] == '\t';
	if (n < WLS_MARKER_SIZE || !ends)
		return 0;
	return n < WLS_MARKER_SIZE_MAX ? (unsigned)n : WLS_MARKER_SIZE_MAX;
}

static unsigned longest_marker_like(struct wls_slice text)
{
	struct wls_lines lines = wls_lines_of(text, 0);
	unsigned longest = 0;

	while (wls_lines_next(&lines)) {
		unsigned n =
			marker_like(wls_slice(lines.src + lines.begin, lines.end - lines.begin));
		longest = n > longest ? n : longest;
	}
	return longest;
}

static unsigned marker_size(const struct wls_pieces *pieces, const struct wls_conflict_form *form)
{
	unsigned size = form->options->marker_size;

	size = size > WLS_MARKER_SIZE ? size : WLS_MARKER_SIZE;
	size = size > form->least_size ? size : form->least_size;
	for (size_t i = 0; i < pieces->count; i++) {
		const struct wls_slice *variants = pieces->items[i].variants;
		for (size_t side = 0; variants && side <= pieces->sides; side++) {
			unsigned longest = longest_marker_like(variants[side]);
			size = size > longest ? size : longest + 1;
		}
	}
	return size < WLS_MARKER_SIZE_MAX ? size : WLS_MARKER_SIZE_MAX;
}

/* ---- what a conflict shows ---- */

/* Rising by hash, then by bytes. */
static int further_cmp(const void *a, const void *b)
{
	const struct wls_slice *x = a, *y = b;
	uint64_t hx = wls_hash(*x), hy = wls_hash(*y);

	return hx != hy ? (hx < hy ? -1 : 1) : wls_slice_cmp(*x, *y);
}

static bool is_shown(const struct shown *shown, struct wls_slice text)
{
	for (size_t i = 0; i < shown->further_count; i++)
		if (wls_slice_eq(shown->further[i], text))
			return true;
	return wls_slice_eq(shown->texts[1], text);
}

static void gather_further(struct shown *shown)
{
	struct wls_slice base = shown->texts[0];
	bool base_differs = false;

	for (size_t i = 2; i < shown->count; i++) {
		struct wls_slice text = shown->texts[i];
		if (is_shown(shown, text))
			continue;
		if (wls_slice_eq(text, base))
			base_differs = true;
		else
			shown->further[shown->further_count++] = text;
	}
	if (shown->further_count == 0 && (base_differs || shown->count > 2))
		shown->further[shown->further_count++] = base_differs ? base : shown->texts[2];
	if (shown->further_count > 1)
		qsort(shown->further, shown->further_count, sizeof(*shown->further), further_cmp);
}

/* Bytes of whole lines that all sides share at their heads, and at their tails behind those. */
static void shared_ends(const struct wls_slice *sides, size_t count, size_t *head, size_t *tail)
{
	*head = *tail = sides[0].len;
	for (size_t i = 1; i < count; i++) {
		size_t n = wls_shared_head(sides[0], sides[i]);
		*head = n < *head ? n : *head;
	}
	if (count < 2 || *head == sides[0].len)
		*tail = 0;
	for (size_t i = 1; i<count && * tail> 0; i++) {
		size_t n = wls_shared_tail(wls_slice_from(sides[0], *head),
					   wls_slice_from(sides[i], *head));
		*tail = n < *tail ? n : *tail;
	}
}

static bool all_equal(const struct wls_slice *sides, size_t count)
{
	size_t i = 1;

	while (i < count && wls_slice_eq(sides[0], sides[i]))
		i++;
	return i >= count;
}

/* In zdiff3 style: cuts what the sides share off, to be written before and behind the block. */
static void cut_shared(struct shown *shown, struct wls_slice *before, struct wls_slice *behind)
{
	struct wls_slice *sides = shown->texts + 1;
	size_t count = shown->count - 1, head, tail;

	if (all_equal(sides, count))
		return;
	shared_ends(sides, count, &head, &tail);
	*before = wls_slice(sides[0].ptr, head);
	*behind = wls_slice_from(sides[0], sides[0].len - tail);
	for (size_t i = 0; i < count; i++)
		sides[i] = wls_slice(sides[i].ptr + head, sides[i].len - head - tail);
	for (size_t i = 0; i < shown->further_count; i++) {
		struct wls_slice *text = &shown->further[i];
		*text = wls_slice(text->ptr + head, text->len - head - tail);
	}
}

/* ---- writing ---- */

static void end_line(struct writer *w)
{
	if (w->out->len > 0 && w->out->ptr[w->out->len - 1] != '\n')
		wls_buf_add_str(w->out, w->form->crlf ? "\r\n" : "\n");
}

static void add_text(struct writer *w, struct wls_slice text)
{
	wls_buf_add_slice(w->out, text);
	end_line(w);
}

static void add_marker(struct writer *w, char mark, struct wls_slice label, struct wls_slice place)
{
	wls_buf_fill(w->out, mark, w->size);
	/* A first or last marker without the blank is none for git's rerere. */
	if (label.len > 0 || mark == '<' || mark == '>')
		wls_buf_add_char(w->out, ' ');
	wls_buf_add_slice(w->out, label);
	if (place.len > 0) {
		wls_buf_add_str(w->out, label.len > 0 ? " (" : "(");
		wls_buf_add_slice(w->out, place);
		wls_buf_add_char(w->out, ')');
	}
	wls_buf_add_str(w->out, w->form->crlf ? "\r\n" : "\n");
}

static void add_block(struct writer *w, const struct shown *shown, struct wls_slice place)
{
	static const struct wls_slice none = {0};

	add_marker(w, '<', w->ours_label, place);
	add_text(w, shown->texts[1]);
	if (w->form->options->style != WLS_STYLE_MERGE) {
		add_marker(w, '|', w->base_label, none);
		add_text(w, shown->texts[0]);
	}
	add_marker(w, '=', none, none);
	for (size_t i = 0; i < shown->further_count; i++)
		add_text(w, shown->further[i]);
	add_marker(w, '>', w->theirs_label, place);
}

/* A copy that outlives the inputs, with the line ending that it is written with. */
static struct wls_slice copy_lines(struct writer *w, struct wls_slice text)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	if (text.len == 0 || text.ptr[text.len - 1] == '\n')
		return wls_arena_copy(&w->merge->arena, text);
	wls_buf_add_slice(&buf, text);
	wls_buf_add_str(&buf, w->form->crlf ? "\r\n" : "\n");
	return wls_arena_copy(&w->merge->arena, wls_buf_slice(&buf));
}

static void record(struct writer *w, const struct shown *shown, struct wls_slice place,
		   const char *reason, size_t at)
{
	struct wls_arena *arena = &w->merge->arena;
	struct wls_slice *texts = WLS_ARENA_ARRAY(arena, struct wls_slice, shown->count);

	for (size_t i = 0; i < shown->count; i++)
		texts[i] = copy_lines(w, shown->texts[i]);
	w->merge->conflicts[w->merge->conflict_count++] = (struct wls_conflict){
		.place = place,
		.reason = reason ? reason : "the sides differ",
		.line = (uint32_t)at,
		.texts = texts,
	};
}

static void add_conflict(struct writer *w, const struct wls_piece *piece)
{
	struct wls_slice place = clean(&w->merge->arena, piece->place);
	struct wls_slice before = {0}, behind = {0};
	struct shown shown = {.count = w->pieces->sides + 1};

	shown.texts[0] = piece->variants[0];
	for (size_t i = 0; i + 1 < shown.count; i++)
		shown.texts[1 + i] = piece->variants[w->form->order[i]];
	gather_further(&shown);
	if (w->form->options->style == WLS_STYLE_ZDIFF3)
		cut_shared(&shown, &before, &behind);
	end_line(w);
	wls_buf_add_slice(w->out, before);
	end_line(w);
	record(w, &shown, place, piece->reason, w->out->len);
	add_block(w, &shown, place);
	wls_buf_add_slice(w->out, behind);
}

/* Doubling a text of 14 MB on the way would cost as much again. */
static void reserve(struct writer *w)
{
	size_t labels = w->ours_label.len + w->base_label.len + w->theirs_label.len;
	size_t want = w->out->len + 1;

	for (size_t i = 0; i < w->pieces->count; i++) {
		const struct wls_piece *piece = &w->pieces->items[i];
		want += piece->text.len;
		for (size_t side = 0; piece->variants && side <= w->pieces->sides; side++)
			want += piece->variants[side].len;
		if (piece->variants)
			want += labels + 2 * piece->place.len + 4 * (size_t)w->size + 32;
	}
	if (want > w->out->limit)
		want = w->out->limit;
	if (want <= w->out->cap)
		return;
	w->out->ptr = wls_realloc(w->out->ptr, want, 1);
	w->out->cap = want;
	w->out->ptr[w->out->len] = '\0';
}

/* Turns the offsets of the first markers, noted while writing, into lines. */
static void number_lines(struct wls_merge *merge)
{
	struct wls_lines lines = wls_lines_of(wls_buf_slice(&merge->text), 0);
	size_t i = 0;

	while (i < merge->conflict_count && wls_lines_next(&lines))
		if (lines.begin >= merge->conflicts[i].line)
			merge->conflicts[i++].line = lines.number;
}

void wls_conflicts_write(const struct wls_pieces *pieces, const struct wls_conflict_form *form,
			 struct wls_merge *merge)
{
	struct writer w = {.pieces = pieces, .form = form, .merge = merge, .out = &merge->text};

	merge->side_count = pieces->sides;
	merge->marker_size = w.size = marker_size(pieces, form);
	merge->conflicts = wls_alloc(pieces->conflict_count, sizeof(*merge->conflicts));
	merge->conflict_count = 0;
	make_labels(&w);
	reserve(&w);
	for (size_t i = 0; i < pieces->count; i++) {
		const struct wls_piece *piece = &pieces->items[i];
		if (piece->variants)
			add_conflict(&w, piece);
		else
			wls_buf_add_slice(w.out, piece->text);
	}
	number_lines(merge);
}
