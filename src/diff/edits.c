/* SPDX-License-Identifier: MIT */
/*
 * Spans as edits of the texts as they were given; and the check that they make the one of the other.
 *
 * Layer: diff. Includes: base, diff, diff_internal.
 *
 * Both texts are walked once, in step. Between two spans they must be the same; where their line endings
 * then differ in the texts as given, that is an edit too. A newline that a text was given for the walk has
 * no byte there: where it meets one of the other text, and both end alike, it belongs to what follows, as
 * the newline before a line that is appended.
 *
 * What moved is removed at one place and added at another. Each of the two is cut where a change within it
 * begins or ends, so that this has edits of its own: of stretches that hold each other the innermost counts.
 */
#include "diff/diff_internal.h"

/* What a change within a node that moved is about, on one side. */
struct within {
	uint32_t begin, end, delta;
	uint32_t rank; /* of equal stretches the higher is the inner */
};

struct within_list {
	struct within *items;
	size_t count, next; /* those before `next` were passed */
};

struct walker {
	struct wls_differ *d;
	uint32_t at[2];    /* in the texts compared */
	uint32_t given[2]; /* the same places in those given */
	bool as_given;     /* no line ending was changed: offsets run alike */
	uint32_t endings;  /* the change of line endings, or WLS_NO_DELTA */
	uint32_t final;    /* that of the final newline, or WLS_NO_DELTA */
	struct within_list within[2];
	struct within *open; /* those that hold the place at hand, the innermost last */
	size_t open_cap;
	struct wls_diff_edit *edits;
	size_t count, cap;
};

static void add_edit(struct walker *w, struct wls_diff_edit edit)
{
	WLS_GROW(w->edits, w->cap, w->count + 1);
	if (edit.a0 < edit.a1 || edit.b0 < edit.b1)
		w->edits[w->count++] = edit;
}

/* Moves one side on; the text as given may end before a last newline. */
static void step(struct walker *w, size_t side, uint32_t bytes)
{
	uint32_t left = (uint32_t)w->d->diff->given[side].len - w->given[side];

	w->at[side] += bytes;
	w->given[side] += bytes < left ? bytes : left;
}

/* Of the newline at hand, in the text as given: 0 when it is not there. */
static uint32_t ending_length(const struct walker *w, size_t side)
{
	struct wls_slice given = w->d->diff->given[side];

	if (w->given[side] == given.len)
		return 0;
	return given.ptr[w->given[side]] == '\r' ? 2 : 1;
}

static void pass_ending(struct walker *w, size_t side)
{
	uint32_t length = ending_length(w, side);

	w->at[side]++;
	w->given[side] += length;
}

static void skip(struct walker *w, size_t side, uint32_t to)
{
	const char *text = w->d->diff->texts[side].ptr;

	if (w->as_given) {
		step(w, side, to - w->at[side]);
		return;
	}
	while (w->at[side] < to) {
		const char *at = text + w->at[side];
		const char *end = memchr(at, '\n', to - w->at[side]);
		step(w, side, end ? (uint32_t)(end - at) : to - w->at[side]);
		if (end)
			pass_ending(w, side);
	}
}

/* The line at hand, from 1, counted as nodes count theirs. */
static uint32_t line_at(const struct walker *w, size_t side)
{
	struct wls_slice text = w->d->diff->texts[side], rest = text, line;
	uint32_t n = 0;

	while (text.len - rest.len <= w->at[side] && wls_slice_next_line(&rest, &line))
		n++;
	return n;
}

static uint32_t change_of_endings(struct walker *w)
{
	if (w->endings == WLS_NO_DELTA)
		w->endings = wls_differ_add(w->d, (struct wls_delta){
							  .kind = WLS_DELTA_LINE_ENDINGS,
							  .place = WLS_SLICE(""),
							  .line = {line_at(w, 0), line_at(w, 1)},
						  });
	return w->endings;
}

/* Whose a newline is that differs in the texts as given. `next`: the change that follows. */
static uint32_t change_of_newline(struct walker *w, uint32_t next)
{
	if (ending_length(w, 0) > 0 && ending_length(w, 1) > 0)
		return change_of_endings(w);
	return w->final != WLS_NO_DELTA ? w->final : next;
}

/* Passes a newline of both texts. */
static void pass_newline(struct walker *w, uint32_t next)
{
	uint32_t a = w->given[0], b = w->given[1], delta = WLS_NO_DELTA;
	bool same = ending_length(w, 0) == ending_length(w, 1);

	if (!same)
		delta = change_of_newline(w, next);
	pass_ending(w, 0);
	pass_ending(w, 1);
	if (!same)
		add_edit(w, (struct wls_diff_edit){a, w->given[0], b, w->given[1], delta});
}

/*
 * Passes what is the same in both texts, up to `to` of the first; false when it is not. `next`: the change
 * that follows, or WLS_NO_DELTA.
 */
static bool pass_same(struct walker *w, uint32_t to, uint32_t next)
{
	const struct wls_slice *texts = w->d->diff->texts;
	uint32_t length = to - w->at[0];

	if (length > texts[1].len - w->at[1] ||
	    (length > 0 && memcmp(texts[0].ptr + w->at[0], texts[1].ptr + w->at[1], length) != 0))
		return false;
	if (w->as_given) {
		step(w, 0, length);
		step(w, 1, length);
		return true;
	}
	while (w->at[0] < to) {
		const char *at = texts[0].ptr + w->at[0];
		const char *end = memchr(at, '\n', to - w->at[0]);
		uint32_t n = end ? (uint32_t)(end - at) : to - w->at[0];
		step(w, 0, n);
		step(w, 1, n);
		if (end)
			pass_newline(w, next);
	}
	return true;
}

/* ---- moves ---- */

static int compare_within(const void *x, const void *y)
{
	const struct within *a = x, *b = y;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;
	if (a->end != b->end)
		return a->end > b->end ? -1 : 1;
	return (a->rank > b->rank) - (a->rank < b->rank);
}

/* What is told of nodes that moved, in order, the outer before the inner. */
static void list_within(struct walker *w, size_t side)
{
	const struct wls_differ *d = w->d;
	struct within_list *list = &w->within[side];
	size_t cap = 0;

	for (size_t i = 0; i < d->span_count; i++) {
		const struct wls_delta_span *span = &d->spans[i].span;
		uint32_t begin = side ? span->b0 : span->a0, end = side ? span->b1 : span->a1;
		if (d->spans[i].edit || begin == end)
			continue;
		WLS_GROW(list->items, cap, list->count + 1);
		list->items[list->count++] =
			(struct within){begin, end, d->spans[i].delta, (uint32_t)i};
	}
	if (list->count > 0)
		qsort(list->items, list->count, sizeof(*list->items), compare_within);
}

static void edit_alone(struct walker *w, size_t side, uint32_t end, uint32_t delta)
{
	uint32_t a = w->given[0], b = w->given[1];

	if (end <= w->at[side])
		return;
	skip(w, side, end);
	add_edit(w, (struct wls_diff_edit){a, w->given[0], b, w->given[1], delta});
}

/* Removes, or adds, what moved. Neighbouring pieces of one change are one edit. */
static void edit_moved(struct walker *w, size_t side, uint32_t end, uint32_t delta)
{
	struct within_list *list = &w->within[side];
	uint32_t at = w->at[side], done = delta; /* up to `at` all is of `done` */
	size_t depth = 1;

	while (list->next < list->count && list->items[list->next].begin < at)
		list->next++;
	WLS_GROW(w->open, w->open_cap, depth);
	w->open[0] = (struct within){at, end, delta, 0};
	while (depth > 0) {
		struct within top = w->open[depth - 1];
		const struct within *next =
			list->next < list->count && list->items[list->next].begin < top.end
				? &list->items[list->next++]
				: NULL;
		uint32_t to = next ? next->begin : top.end;
		if (to > at && top.delta != done) {
			edit_alone(w, side, at, done);
			done = top.delta;
		}
		at = to > at ? to : at;
		if (!next) {
			depth--;
			continue;
		}
		WLS_GROW(w->open, w->open_cap, depth + 1);
		w->open[depth] = *next;
		if (next->end > top.end)
			w->open[depth].end = top.end;
		depth++;
	}
	edit_alone(w, side, end, done);
}

static bool pass_span(struct walker *w, const struct wls_told_span *told)
{
	const struct wls_delta_span *span = &told->span;
	bool moved = w->d->deltas[told->delta].aspects >> WLS_ASPECT_MOVED & 1;

	if (span->a0 < w->at[0] || span->b0 < w->at[1] || !pass_same(w, span->a0, told->delta) ||
	    w->at[1] != span->b0)
		return false;
	if (moved && span->b0 == span->b1) {
		edit_moved(w, 0, span->a1, told->delta);
		return true;
	}
	if (moved && span->a0 == span->a1) {
		edit_moved(w, 1, span->b1, told->delta);
		return true;
	}
	uint32_t a = w->given[0], b = w->given[1];
	skip(w, 0, span->a1);
	skip(w, 1, span->b1);
	add_edit(w, (struct wls_diff_edit){a, w->given[0], b, w->given[1], told->delta});
	return true;
}

/* ---- the whole ---- */

static bool has_mark(struct wls_slice s)
{
	return wls_slice_starts(s, WLS_SLICE("\xEF\xBB\xBF"));
}

/* Where the texts compared begin in those given: behind a byte order mark. */
static void pass_mark(struct walker *w)
{
	const struct wls_slice *given = w->d->diff->given;
	bool a = has_mark(given[0]), b = has_mark(given[1]);

	w->given[0] = a ? 3 : 0;
	w->given[1] = b ? 3 : 0;
	if (a == b)
		return;
	uint32_t delta = wls_differ_add(w->d, (struct wls_delta){
						      .op = b ? WLS_DELTA_ADDED : WLS_DELTA_REMOVED,
						      .kind = WLS_DELTA_BYTE_ORDER_MARK,
						      .place = WLS_SLICE(""),
					      });
	add_edit(w, (struct wls_diff_edit){0, w->given[0], 0, w->given[1], delta});
}

/* Tells whether the file ends in a newline, when that changed; an empty one does neither. */
static void judge_final_newline(struct walker *w)
{
	const struct wls_diff *diff = w->d->diff;

	if (diff->texts[0].len == 0 || diff->texts[1].len == 0 ||
	    wls_ends_line(diff->given[0]) == wls_ends_line(diff->given[1]))
		return;
	w->final = wls_differ_add(
		w->d,
		(struct wls_delta){
			.op = wls_ends_line(diff->given[1]) ? WLS_DELTA_ADDED : WLS_DELTA_REMOVED,
			.kind = WLS_DELTA_FINAL_NEWLINE,
			.place = WLS_SLICE(""),
		});
}

static bool make_edits(struct walker *w)
{
	const struct wls_diff *diff = w->d->diff;

	list_within(w, 0);
	list_within(w, 1);
	pass_mark(w);
	judge_final_newline(w);
	for (size_t i = 0; i < w->d->span_count; i++)
		if (w->d->spans[i].edit && !pass_span(w, &w->d->spans[i]))
			return false;
	return pass_same(w, (uint32_t)diff->texts[0].len, WLS_NO_DELTA) &&
	       w->given[0] == diff->given[0].len && w->given[1] == diff->given[1].len;
}

/* ---- changes in the order of the second text ---- */

struct placed {
	uint64_t order;
	uint32_t index;
};

/* Form, which is of the whole text, comes before all else. */
static uint64_t order_of(const struct wls_delta *delta)
{
	return wls_delta_is_form(delta) ? 0 : (uint64_t)delta->order + 1;
}

static int compare_placed(const void *x, const void *y)
{
	const struct placed *a = x, *b = y;

	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return (a->index > b->index) - (a->index < b->index);
}

/* Sorts the changes, and tells the edits and spans their new indices. */
static void order_changes(struct wls_differ *d, struct wls_diff_edit *edits, size_t edit_count)
{
	_cleanup_free_ struct placed *placed = wls_alloc(d->delta_count + 1, sizeof(*placed));
	_cleanup_free_ uint32_t *index = wls_alloc(d->delta_count + 1, sizeof(*index));
	struct wls_diff *diff = d->diff;

	for (size_t i = 0; i < d->delta_count; i++)
		placed[i] = (struct placed){order_of(&d->deltas[i]), (uint32_t)i};
	qsort(placed, d->delta_count, sizeof(*placed), compare_placed);
	diff->deltas = WLS_ARENA_ARRAY(&diff->arena, struct wls_delta, d->delta_count);
	diff->delta_count = d->delta_count;
	for (size_t i = 0; i < d->delta_count; i++) {
		index[placed[i].index] = (uint32_t)i;
		diff->deltas[i] = d->deltas[placed[i].index];
	}
	for (size_t i = 0; i < d->span_count; i++)
		d->spans[i].delta = index[d->spans[i].delta];
	for (size_t i = 0; i < edit_count; i++)
		edits[i].delta = index[edits[i].delta];
}

/* Gives each change its spans, in order. */
static void share_spans(struct wls_differ *d)
{
	struct wls_diff *diff = d->diff;
	struct wls_delta_span *spans =
		WLS_ARENA_ARRAY(&diff->arena, struct wls_delta_span, d->span_count);
	_cleanup_free_ size_t *next = wls_alloc(diff->delta_count + 1, sizeof(*next));
	size_t at = 0;

	for (size_t i = 0; i < d->span_count; i++)
		diff->deltas[d->spans[i].delta].span_count++;
	for (size_t i = 0; i < diff->delta_count; i++) {
		diff->deltas[i].spans = spans + at;
		next[i] = at;
		at += diff->deltas[i].span_count;
	}
	for (size_t i = 0; i < d->span_count; i++)
		spans[next[d->spans[i].delta]++] = d->spans[i].span;
}

bool wls_differ_finish(struct wls_differ *d)
{
	struct wls_diff *diff = d->diff;
	struct walker w = {
		.d = d,
		.as_given = diff->storage[0].len == 0 && diff->storage[1].len == 0,
		.endings = WLS_NO_DELTA,
		.final = WLS_NO_DELTA,
	};

	bool made = make_edits(&w);

	free(w.within[0].items);
	free(w.within[1].items);
	free(w.open);
	if (!made) {
		free(w.edits);
		return false;
	}
	order_changes(d, w.edits, w.count);
	share_spans(d);
	diff->edits = w.edits;
	diff->edit_count = w.count;
	return true;
}
