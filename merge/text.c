/* SPDX-License-Identifier: MIT */
/*
 * Three-way merge of plain texts: by line and by sentence.
 *
 * Layer: merge. Includes: base, merge.
 *
 * A text is cut into elements, lines or sentences; regions.c says which stretches of the three
 * belong together and whose text holds; here that is written down as slices of the inputs, lines at
 * once, sentences with what separates them (sentence_write.c).
 *
 * Nothing may be lost or doubled, by count; and what came out clean is merged again, with the
 * result in place of each side, and must come out the same. Elements that were moved or repeated
 * can be aligned in more ways than one, and then it may not. Lines are merged by plain diff3 then;
 * when that fails, too, all between the common beginning and end of the three is one conflict. So
 * these laws hold by construction, and cost two merges more.
 *
 * O(n log n) for any input, linear but for the alignment.
 *
 * Not done: words within a sentence are not merged.
 */
#include "merge/text.h"

#include "merge/sentence.h"
#include "merge/text_write.h"

/* ---- hunks ---- */

void wls_hunks_release(struct wls_hunks *hunks)
{
	free(hunks->items);
	*hunks = (struct wls_hunks){0};
}

static void add_hunk(struct wls_hunks *hunks, struct wls_hunk hunk)
{
	WLS_GROW(hunks->items, hunks->cap, hunks->count + 1);
	hunks->items[hunks->count++] = hunk;
	hunks->conflict = hunks->conflict || hunk.conflict;
}

void wls_hunks_add_text(struct wls_hunks *hunks, struct wls_slice text)
{
	struct wls_hunk *last = hunks->count > 0 ? &hunks->items[hunks->count - 1] : NULL;

	if (text.len == 0)
		return;
	if (last && !last->conflict && last->text.ptr + last->text.len == text.ptr)
		last->text.len += text.len;
	else
		add_hunk(hunks, (struct wls_hunk){.text = text});
}

void wls_hunks_add_conflict(struct wls_hunks *hunks, struct wls_slice base, struct wls_slice ours,
			    struct wls_slice theirs)
{
	add_hunk(hunks,
		 (struct wls_hunk){.conflict = true, .base = base, .ours = ours, .theirs = theirs});
}

static void move_hunks(struct wls_hunks *from, struct wls_hunks *to)
{
	for (size_t i = 0; i < from->count; i++)
		add_hunk(to, from->items[i]);
	wls_hunks_release(from);
}

static bool hunks_equal(const struct wls_hunks *hunks, struct wls_slice text)
{
	size_t at = 0;

	if (hunks->conflict)
		return false;
	for (size_t i = 0; i < hunks->count; i++) {
		struct wls_slice s = hunks->items[i].text;
		if (s.len > text.len - at || memcmp(s.ptr, text.ptr + at, s.len) != 0)
			return false;
		at += s.len;
	}
	return at == text.len;
}

/* ---- three-way values ---- */

/* An element's own bytes. */
static struct wls_slice bytes_of(const struct wls_tokens *seq, size_t i)
{
	if (seq->text.len == 0)
		return WLS_SLICE("");
	return wls_slice(seq->text.ptr + seq->items[i].begin,
			 seq->items[i].end - seq->items[i].begin);
}

struct wls_slice wls_text_choose(struct wls_slice base, struct wls_slice ours,
				 struct wls_slice theirs)
{
	if (wls_slice_eq(ours, base))
		return theirs;
	if (wls_slice_eq(theirs, base))
		return ours;
	return wls_slice_cmp(ours, theirs) <= 0 ? ours : theirs;
}

/* Element `k` of a stretch whose elements are settled one by one. */
static struct wls_slice choose_element(const struct wls_three *three,
				       const struct wls_stretch *stretch, size_t k)
{
	const struct wls_tokens *base = three->base;
	const struct wls_tokens *ours = &three->ours->seq, *theirs = &three->theirs->seq;
	size_t b = stretch->b0 + k, o = stretch->o0 + k, t = stretch->t0 + k;

	if (stretch->kind == WLS_STRETCH_BOTH)
		return wls_text_choose(WLS_SLICE(""), bytes_of(ours, o), bytes_of(theirs, t));
	if (wls_token_same(ours, o, theirs, t))
		return wls_text_choose(bytes_of(base, b), bytes_of(ours, o), bytes_of(theirs, t));
	return wls_stretch_takes_ours(three, stretch, k) ? bytes_of(ours, o) : bytes_of(theirs, t);
}

size_t wls_stretch_length(const struct wls_stretch *stretch)
{
	return stretch->kind == WLS_STRETCH_THEIRS ? stretch->t1 - stretch->t0
						   : stretch->o1 - stretch->o0;
}

struct wls_slice wls_stretch_bytes(const struct wls_three *three, const struct wls_stretch *stretch,
				   size_t k)
{
	if (stretch->kind == WLS_STRETCH_OURS)
		return bytes_of(&three->ours->seq, stretch->o0 + k);
	if (stretch->kind == WLS_STRETCH_THEIRS)
		return bytes_of(&three->theirs->seq, stretch->t0 + k);
	return choose_element(three, stretch, k);
}

/* ---- lines ---- */

static void lines_cut(struct wls_tokens *seq, struct wls_slice text)
{
	*seq = (struct wls_tokens){.text = text, .keys = text.ptr};
	for (size_t at = 0; at < text.len;) {
		const char *lf = memchr(text.ptr + at, '\n', text.len - at);
		size_t end = lf ? (size_t)(lf - text.ptr) + 1 : text.len;
		wls_tokens_add(seq, (struct wls_token){(uint32_t)at, (uint32_t)end, (uint32_t)at,
						       (uint32_t)(end - at)});
		at = end;
	}
}

/* The bytes of elements [begin, end). */
static struct wls_slice lines_of(const struct wls_tokens *seq, size_t begin, size_t end)
{
	size_t from = begin < seq->count ? seq->items[begin].begin : seq->text.len;
	size_t to = end > begin ? seq->items[end - 1].end : from;

	return seq->text.len > 0 ? wls_slice(seq->text.ptr + from, to - from) : seq->text;
}

static bool is_open(struct wls_slice line)
{
	return line.len > 0 && line.ptr[line.len - 1] != '\n';
}

/*
 * False when text would follow a line without a line ending: only the refined rules let changes
 * at the end of a text stand side by side.
 */
static bool lines_write(const struct wls_three *three, struct wls_stretches *stretches,
			struct wls_hunks *out)
{
	bool open = false;

	for (size_t i = 0; i < stretches->count; i++) {
		const struct wls_stretch *stretch = &stretches->items[i];
		if (stretch->kind == WLS_STRETCH_CONFLICT) {
			struct wls_slice base = lines_of(three->base, stretch->b0, stretch->b1);
			struct wls_slice ours =
				lines_of(&three->ours->seq, stretch->o0, stretch->o1);
			struct wls_slice theirs =
				lines_of(&three->theirs->seq, stretch->t0, stretch->t1);
			if (open)
				return false;
			wls_hunks_add_conflict(out, base, ours, theirs);
			open = is_open(base) || is_open(ours) || is_open(theirs);
			continue;
		}
		for (size_t k = 0; k < wls_stretch_length(stretch); k++) {
			struct wls_slice line = wls_stretch_bytes(three, stretch, k);
			if (open)
				return false;
			wls_hunks_add_text(out, line);
			open = is_open(line);
		}
	}
	return true;
}

/* ---- the merge ---- */

/* What lines and sentences do differently. */
struct unit {
	void (*cut)(struct wls_tokens *seq, struct wls_slice text);
	/* False: the result cannot stand. */
	bool (*write)(const struct wls_three *three, struct wls_stretches *stretches,
		      struct wls_hunks *out);
};

static const struct unit lines = {lines_cut, lines_write};
static const struct unit sentences = {wls_sentences_cut, wls_sentences_write};

struct method {
	const struct unit *unit;
	bool refined;
	bool checked;               /* the laws must hold */
	const struct method *first; /* NULL, or one that is tried before, and has none before it */
};

static const struct method plain_lines = {&lines, false, false, NULL};
static const struct method refined_lines = {&lines, true, true, NULL};
static const struct method checked_lines = {&lines, false, true, &refined_lines};
static const struct method refined_sentences = {&sentences, true, true, NULL};

static void revision_read(struct wls_revision *side, const struct unit *unit,
			  const struct wls_tokens *base, struct wls_slice text)
{
	*side = (struct wls_revision){0};
	unit->cut(&side->seq, text);
	wls_revision_compare(side, base);
}

/* Merges when there is nothing to settle. */
static bool merge_trivial(struct wls_slice base, struct wls_slice ours, struct wls_slice theirs,
			  struct wls_hunks *out)
{
	if (wls_slice_eq(ours, base) || wls_slice_eq(ours, theirs))
		wls_hunks_add_text(out, theirs);
	else if (wls_slice_eq(theirs, base))
		wls_hunks_add_text(out, ours);
	else
		return false;
	return true;
}

/* Merges without merging again. False: the result, in `out`, cannot stand. */
static bool merge_once(const struct method *method, const struct wls_three *three,
		       struct wls_hunks *out)
{
	struct wls_stretches stretches = {0};
	bool fine;

	if (merge_trivial(three->base->text, three->ours->seq.text, three->theirs->seq.text, out))
		return true;
	wls_stretches_find(three, method->refined, &stretches);
	fine = method->unit->write(three, &stretches, out) &&
	       (!method->checked || wls_stretches_conserve(three, &stretches));
	free(stretches.items);
	return fine;
}

/* The elements of a clean result, as those of a side. */
static void result_read(struct wls_revision *side, const struct unit *unit,
			const struct wls_tokens *base, const struct wls_hunks *result,
			struct wls_buf *text)
{
	for (size_t i = 0; i < result->count; i++)
		wls_buf_add_slice(text, result->items[i].text);
	revision_read(side, unit, base, wls_buf_slice(text));
}

static bool merges_to(const struct method *method, const struct wls_three *three,
		      struct wls_slice text);

/*
 * Merges by a method. False, with nothing in `out`, when its laws cannot be had: when something is
 * lost or doubled, or when the clean result, in place of either side, would merge to another one.
 */
static bool merge_by(const struct method *method, const struct wls_three *three,
		     struct wls_hunks *out)
{
	_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
	struct wls_revision merged;
	bool fine = merge_once(method, three, out);

	if (fine && method->checked && !out->conflict) {
		result_read(&merged, method->unit, three->base, out, &text);
		fine = merges_to(method, &(struct wls_three){three->base, &merged, three->theirs},
				 merged.seq.text) &&
		       merges_to(method, &(struct wls_three){three->base, three->ours, &merged},
				 merged.seq.text);
		wls_revision_release(&merged);
	}
	if (!fine)
		wls_hunks_release(out);
	return fine;
}

/* Whether the method, or the one that is tried before it, comes to this result. */
static bool merges_to(const struct method *method, const struct wls_three *three,
		      struct wls_slice text)
{
	struct wls_hunks hunks = {0};
	bool same = method->first && merge_by(method->first, three, &hunks);

	if (!same)
		same = merge_once(method, three, &hunks);
	same = same && hunks_equal(&hunks, text);
	wls_hunks_release(&hunks);
	return same;
}

/*
 * Makes one conflict of all that stands between the common beginning and end. False when nothing
 * does: then the texts differ in their layout only.
 */
static bool give_up(const struct unit *unit, const struct wls_three *three, struct wls_hunks *out)
{
	const struct wls_tokens *b = three->base, *o = &three->ours->seq, *t = &three->theirs->seq;
	size_t most = o->count < t->count ? o->count : t->count, head = 0, tail = 0;
	struct wls_stretches stretches = {0};
	bool fine;

	most = b->count < most ? b->count : most;
	while (head < most && wls_token_same(b, head, o, head) && wls_token_same(b, head, t, head))
		head++;
	while (tail < most - head &&
	       wls_token_same(b, b->count - 1 - tail, o, o->count - 1 - tail) &&
	       wls_token_same(b, b->count - 1 - tail, t, t->count - 1 - tail))
		tail++;

	const uint32_t h = (uint32_t)head, bn = (uint32_t)b->count, on = (uint32_t)o->count,
		       tn = (uint32_t)t->count, n = (uint32_t)tail;
	wls_stretches_add(&stretches, (struct wls_stretch){WLS_STRETCH_ALIGNED, 0, h, 0, h, 0, h});
	wls_stretches_add(&stretches, (struct wls_stretch){WLS_STRETCH_CONFLICT, h, bn - n, h,
							   on - n, h, tn - n});
	wls_stretches_add(&stretches, (struct wls_stretch){WLS_STRETCH_ALIGNED, bn - n, bn, on - n,
							   on, tn - n, tn});
	fine = unit->write(three, &stretches, out) && out->conflict;
	free(stretches.items);
	if (!fine)
		wls_hunks_release(out);
	return fine;
}

/* Merges by `method`, after the one that is tried before it; else there is one conflict. */
static void merge_texts(const struct method *method, const struct wls_slice texts[3],
			struct wls_hunks *out)
{
	struct wls_tokens base;
	struct wls_revision ours, theirs;
	struct wls_hunks hunks = {0};

	if (merge_trivial(texts[0], texts[1], texts[2], out))
		return;
	method->unit->cut(&base, texts[0]);
	revision_read(&ours, method->unit, &base, texts[1]);
	revision_read(&theirs, method->unit, &base, texts[2]);
	const struct wls_three three = {&base, &ours, &theirs};
	if (!(method->first && merge_by(method->first, &three, &hunks)) &&
	    !merge_by(method, &three, &hunks) && !give_up(method->unit, &three, &hunks))
		wls_hunks_add_conflict(&hunks, texts[0], texts[1], texts[2]);
	move_hunks(&hunks, out);
	wls_tokens_release(&base);
	wls_revision_release(&ours);
	wls_revision_release(&theirs);
}

void wls_text_merge_lines(struct wls_slice base, struct wls_slice ours, struct wls_slice theirs,
			  bool refined, struct wls_hunks *out)
{
	merge_texts(refined ? &checked_lines : &plain_lines,
		    (struct wls_slice[]){base, ours, theirs}, out);
}

void wls_text_merge_sentences(struct wls_slice base, struct wls_slice ours, struct wls_slice theirs,
			      struct wls_hunks *out)
{
	merge_texts(&refined_sentences, (struct wls_slice[]){base, ours, theirs}, out);
}
