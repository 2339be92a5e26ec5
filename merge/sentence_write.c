/* SPDX-License-Identifier: MIT */
/*
 * Merged sentences written down as slices of the three texts.
 *
 * Layer: merge. Includes: base, merge.
 *
 * Sentences are the same when they differ in their wrapping only, so that a text which one side
 * wrapped anew still merges with the other side's edit; which bytes are put out is then a three-way
 * value again. And what separates two sentences (a blank, a line ending with the next line's
 * container prefix) belongs to neither:
 *
 *	base    First.⏎          between First and the end: ⏎
 *	ours    First. New.⏎     between First and New: a blank; between New and the end: ⏎
 *	theirs  Foremost.⏎       ⏎
 *	merged  Foremost. New.⏎
 *
 * At a boundary, the separators that follow the last sentence before it in the three texts are a
 * three-way value; the end of a text is never taken for a place within, nor the other way round.
 * Where no side has a separator that fits, a blank is put.
 *
 * Conflicts must be whole lines: they are widened to where all three texts have a line ending
 * between the same two sentences. The separator there is cut at its line ending.
 */
#include "merge/text_write.h"

#include "merge/sentence.h"

/* ---- what separates sentences ---- */

/* Where a boundary stands in the three: before these elements. Each is at least 1. */
struct place {
	size_t b, o, t;
};

/* What stands between element `i` - 1 and element `i`, or the end. */
static struct wls_slice separator(const struct wls_tokens *seq, size_t i)
{
	size_t begin = seq->items[i - 1].end;
	size_t end = i < seq->count ? seq->items[i].begin : seq->text.len;

	return seq->text.len > 0 ? wls_slice(seq->text.ptr + begin, end - begin) : seq->text;
}

/* How much of a separator stands before the line that goes on after it; 0 when none begins. */
static size_t line_part(struct wls_slice sep)
{
	while (sep.len > 0 && sep.ptr[sep.len - 1] != '\n')
		sep.len--;
	return sep.len;
}

/* Which part of a separator is wanted: beside a conflict only what is on the same line. */
enum portion { PORTION_ALL, PORTION_BEFORE_LINE, PORTION_OF_LINE };

static struct wls_slice portion_of(struct wls_slice sep, enum portion portion)
{
	size_t n = line_part(sep);

	if (portion == PORTION_BEFORE_LINE)
		return wls_slice(sep.ptr, n);
	return portion == PORTION_OF_LINE ? wls_slice_from(sep, n) : sep;
}

struct sentence_writer {
	const struct wls_three *three;
	struct wls_hunks *out;
	struct wls_slice last;    /* the sentence before the boundary; ptr NULL: a conflict */
	struct place place;       /* of the boundary */
	bool inside;              /* the boundary lies between two elements of one side */
	struct wls_slice between; /* then what that side has there */
	bool begun;
};

/* Whether the separator before element `i` may stand between `last` and a sentence. */
static bool fits(const struct wls_tokens *seq, size_t i, struct wls_slice last)
{
	return i < seq->count &&
	       (separator(seq, i).len > 0 || last.len == 0 || wls_sentence_ends_tight(last));
}

/* What to put at the boundary: before a sentence, or (PORTION_BEFORE_LINE) before a conflict. */
static struct wls_slice choose_separator(const struct sentence_writer *w, enum portion portion)
{
	bool any = portion == PORTION_BEFORE_LINE; /* all three have a line ending there */
	const struct wls_tokens *base = w->three->base;
	const struct wls_tokens *ours = &w->three->ours->seq, *theirs = &w->three->theirs->seq;
	const struct place *p = &w->place;
	bool o = any || fits(ours, p->o, w->last), t = any || fits(theirs, p->t, w->last);
	bool b = any || fits(base, p->b, w->last);

	if (w->inside)
		return w->between;
	if (o && t)
		return wls_text_choose(b ? portion_of(separator(base, p->b), portion)
					 : WLS_SLICE("."),
				       portion_of(separator(ours, p->o), portion),
				       portion_of(separator(theirs, p->t), portion));
	if (o)
		return portion_of(separator(ours, p->o), portion);
	if (t)
		return portion_of(separator(theirs, p->t), portion);
	return b ? portion_of(separator(base, p->b), portion) : WLS_SLICE(" ");
}

static void write_sentence(struct sentence_writer *w, struct wls_slice sentence)
{
	if (w->begun)
		wls_hunks_add_text(
			w->out, choose_separator(w, w->last.ptr ? PORTION_ALL : PORTION_OF_LINE));
	wls_hunks_add_text(w->out, sentence);
	w->last = sentence.ptr ? sentence : WLS_SLICE("");
	w->begun = true;
}

static void write_stretch(struct sentence_writer *w, const struct wls_stretch *stretch)
{
	size_t n = wls_stretch_length(stretch);
	bool ours = stretch->kind == WLS_STRETCH_OURS, theirs = stretch->kind == WLS_STRETCH_THEIRS;

	for (size_t k = 0; k < n; k++) {
		write_sentence(w, wls_stretch_bytes(w->three, stretch, k));
		w->inside = false;
		w->place = (struct place){stretch->b0 + k + 1, stretch->o0 + k + 1,
					  stretch->t0 + k + 1};
		if (stretch->kind == WLS_STRETCH_ALIGNED)
			continue;
		w->inside = k + 1 < n;
		if (!w->inside)
			w->place = (struct place){stretch->b1, stretch->o1, stretch->t1};
		else if (ours)
			w->between = separator(&w->three->ours->seq, stretch->o0 + k + 1);
		else if (theirs)
			w->between = separator(&w->three->theirs->seq, stretch->t0 + k + 1);
		else
			w->between = wls_text_choose(
				WLS_SLICE("."),
				separator(&w->three->ours->seq, stretch->o0 + k + 1),
				separator(&w->three->theirs->seq, stretch->t0 + k + 1));
	}
}

/* ---- conflicts in sentences ---- */

/* Whether all three texts have a line ending before element k of an aligned stretch. */
static bool line_begins(const struct wls_three *three, const struct wls_stretch *stretch, size_t k)
{
	return stretch->b0 + k > 0 && line_part(separator(three->base, stretch->b0 + k)) > 0 &&
	       line_part(separator(&three->ours->seq, stretch->o0 + k)) > 0 &&
	       line_part(separator(&three->theirs->seq, stretch->t0 + k)) > 0;
}

/* The conflict begins where a line does: takes in stretches from the end of `out`. */
static void widen_back(const struct wls_three *three, struct wls_stretches *out,
		       struct wls_stretch *conflict)
{
	while (out->count > 0) {
		struct wls_stretch *last = &out->items[out->count - 1];
		uint32_t k = last->kind == WLS_STRETCH_ALIGNED ? last->b1 - last->b0 : 0;

		while (k > 0 && !line_begins(three, last, k))
			k--;
		conflict->b0 = last->b0 + k;
		conflict->o0 = last->o0 + k;
		conflict->t0 = last->t0 + k;
		if (k > 0) {
			last->b1 = conflict->b0;
			last->o1 = conflict->o0;
			last->t1 = conflict->t0;
			return;
		}
		out->count--;
	}
}

/* …and ends where one does: takes in stretches from `stretches` after *i. What is left of one stays. */
static void widen_on(const struct wls_three *three, struct wls_stretches *stretches, size_t *i,
		     struct wls_stretch *conflict)
{
	for (; *i + 1 < stretches->count; (*i)++) {
		struct wls_stretch *next = &stretches->items[*i + 1];
		uint32_t n = next->b1 - next->b0, k = 0;

		if (next->kind == WLS_STRETCH_ALIGNED) {
			while (k < n && !line_begins(three, next, k))
				k++;
			next->b0 += k;
			next->o0 += k;
			next->t0 += k;
			conflict->b1 = next->b0;
			conflict->o1 = next->o0;
			conflict->t1 = next->t0;
			if (k < n)
				return;
		}
		conflict->b1 = next->b1;
		conflict->o1 = next->o1;
		conflict->t1 = next->t1;
	}
}

static void widen_conflicts(const struct wls_three *three, struct wls_stretches *stretches)
{
	struct wls_stretches out = {0};

	for (size_t i = 0; i < stretches->count; i++) {
		struct wls_stretch stretch = stretches->items[i];
		if (stretch.kind == WLS_STRETCH_CONFLICT) {
			widen_back(three, &out, &stretch);
			widen_on(three, stretches, &i, &stretch);
		}
		wls_stretches_add(&out, stretch);
	}
	free(stretches->items);
	*stretches = out;
}

/* The whole lines of elements [begin, end); both are places where a line begins, or the ends. */
static struct wls_slice whole_lines(const struct wls_tokens *seq, size_t begin, size_t end)
{
	size_t from = 0, to = seq->text.len;

	if (begin > 0)
		from = seq->items[begin - 1].end + line_part(separator(seq, begin));
	if (end < seq->count)
		to = seq->items[end - 1].end + line_part(separator(seq, end));
	return to > 0 ? wls_slice(seq->text.ptr + from, to - from) : seq->text;
}

static void write_conflict(struct sentence_writer *w, const struct wls_stretch *stretch)
{
	if (w->begun)
		wls_hunks_add_text(w->out, choose_separator(w, PORTION_BEFORE_LINE));
	wls_hunks_add_conflict(w->out, whole_lines(w->three->base, stretch->b0, stretch->b1),
			       whole_lines(&w->three->ours->seq, stretch->o0, stretch->o1),
			       whole_lines(&w->three->theirs->seq, stretch->t0, stretch->t1));
	w->last = (struct wls_slice){0};
	w->place = (struct place){stretch->b1, stretch->o1, stretch->t1};
	w->inside = false;
	w->begun = true;
}

bool wls_sentences_write(const struct wls_three *three, struct wls_stretches *stretches,
			 struct wls_hunks *out)
{
	struct sentence_writer w = {.three = three, .out = out};
	const struct wls_tokens *ours = &three->ours->seq, *theirs = &three->theirs->seq;

	widen_conflicts(three, stretches);
	for (size_t i = 0; i < stretches->count; i++) {
		if (stretches->items[i].kind == WLS_STRETCH_CONFLICT)
			write_conflict(&w, &stretches->items[i]);
		else
			write_stretch(&w, &stretches->items[i]);
	}
	/* A conflict at the end holds what follows the last sentence. */
	if (w.last.ptr)
		wls_hunks_add_text(out, wls_text_choose(separator(three->base, three->base->count),
							separator(ours, ours->count),
							separator(theirs, theirs->count)));
	return true;
}
