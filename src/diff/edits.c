/* SPDX-License-Identifier: MIT */
/*
 * Spans as edits of the texts as they were given; and the check that they make the one of the other.
 *
 * Layer: diff. Includes: base, diff, diff_internal.
 *
 * Both texts are walked once, in step. Between two spans they must be the same; where their line endings
 * then differ in the texts as given, that is an edit too.
 */
#include "diff/diff_internal.h"

struct walker {
	struct wls_differ *d;
	uint32_t at[2];    /* in the texts compared */
	uint32_t given[2]; /* the same places in those given */
	bool as_given;     /* no line ending was changed: offsets run alike */
	uint32_t endings;  /* the change of line endings, or WLS_NO_DELTA */
	struct wls_diff_edit *edits;
	size_t count, cap;
};

static void add_edit(struct walker *w, struct wls_diff_edit edit)
{
	WLS_GROW(w->edits, w->cap, w->count + 1);
	w->edits[w->count++] = edit;
}

/* Moves one side on by the bytes of a line ending or of anything else. */
static void step(struct walker *w, size_t side, uint32_t bytes)
{
	w->at[side] += bytes;
	w->given[side] += bytes;
}

static uint32_t ending_length(const struct walker *w, size_t side)
{
	const struct wls_slice *given = w->d->diff->given;

	return given[side].ptr[w->given[side]] == '\r' ? 2 : 1;
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

static void edit_ending(struct walker *w)
{
	uint32_t a = w->given[0], b = w->given[1];

	if (w->endings == WLS_NO_DELTA)
		w->endings = wls_differ_add(w->d, (struct wls_delta){
							  .kind = WLS_DELTA_LINE_ENDINGS,
							  .place = WLS_SLICE(""),
						  });
	pass_ending(w, 0);
	pass_ending(w, 1);
	add_edit(w, (struct wls_diff_edit){a, w->given[0], b, w->given[1], w->endings});
}

/* Passes what is the same in both texts, up to `to` of the first; false when it is not. */
static bool pass_same(struct walker *w, uint32_t to)
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
		if (!end)
			continue;
		if (ending_length(w, 0) != ending_length(w, 1)) {
			edit_ending(w);
		} else {
			pass_ending(w, 0);
			pass_ending(w, 1);
		}
	}
	return true;
}

static bool pass_span(struct walker *w, const struct wls_told_span *told)
{
	const struct wls_delta_span *span = &told->span;

	if (span->a0 < w->at[0] || span->b0 < w->at[1] || !pass_same(w, span->a0) ||
	    w->at[1] != span->b0)
		return false;
	uint32_t a = w->given[0], b = w->given[1];
	skip(w, 0, span->a1);
	skip(w, 1, span->b1);
	add_edit(w, (struct wls_diff_edit){a, w->given[0], b, w->given[1], told->delta});
	return true;
}

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

static bool make_edits(struct walker *w)
{
	const struct wls_diff *diff = w->d->diff;

	pass_mark(w);
	for (size_t i = 0; i < w->d->span_count; i++)
		if (w->d->spans[i].edit && !pass_span(w, &w->d->spans[i]))
			return false;
	return pass_same(w, (uint32_t)diff->texts[0].len) && w->given[0] == diff->given[0].len &&
	       w->given[1] == diff->given[1].len;
}

/* ---- changes in the order of the second text ---- */

struct placed {
	uint32_t order, index;
};

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
		placed[i] = (struct placed){d->deltas[i].order, (uint32_t)i};
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
	};

	if (!make_edits(&w)) {
		free(w.edits);
		return false;
	}
	order_changes(d, w.edits, w.count);
	share_spans(d);
	diff->edits = w.edits;
	diff->edit_count = w.count;
	return true;
}
