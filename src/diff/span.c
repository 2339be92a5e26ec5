/* SPDX-License-Identifier: MIT */
/*
 * Which words, or lines, of two texts differ.
 *
 * Layer: diff. Includes: base, pair, diff_internal.
 *
 * A word is a run of letters, digits and bytes above 0x7F; a run of blanks is a token too, and so is
 * `[HIGH]` or `[x]`, and any other byte. What differs is widened so that it reads well: two changed words
 * with a blank between them are one change, and texts that hardly share a word are one change as a whole.
 */
#include "base/map.h"
#include "diff/diff_internal.h"

enum {
	TAG_MAX = 14,      /* bytes of `[…]` that are one token */
	SHARED_LEAST = 25, /* per cent of the words, or nothing is shared */
};

struct tokens {
	uint32_t *ends; /* offset past each token, from the stretch's beginning */
	uint64_t *hashes;
	size_t count, cap, hash_cap;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_word(char c)
{
	return wls_is_alnum(c) || (signed char)c < 0;
}

static size_t run_of(struct wls_slice s, bool (*accepts)(char c))
{
	size_t n = 1;

	while (n < s.len && accepts(s.ptr[n]))
		n++;
	return n;
}

static size_t tag_length(struct wls_slice s)
{
	for (size_t i = 1; i < s.len && i < TAG_MAX; i++) {
		if (s.ptr[i] == ']')
			return i + 1;
		if (s.ptr[i] == '[' || s.ptr[i] == '\n')
			break;
	}
	return 1;
}

static size_t word_length(struct wls_slice s)
{
	if (is_word(s.ptr[0]))
		return run_of(s, is_word);
	if (is_blank(s.ptr[0]))
		return run_of(s, is_blank);
	return s.ptr[0] == '[' ? tag_length(s) : 1;
}

static size_t line_length(struct wls_slice s)
{
	const char *end = memchr(s.ptr, '\n', s.len);

	return end ? (size_t)(end - s.ptr) + 1 : s.len;
}

static void cut(struct tokens *t, struct wls_slice text, bool by_line)
{
	for (size_t at = 0; at < text.len;) {
		struct wls_slice rest = wls_slice_from(text, at);
		size_t n = by_line ? line_length(rest) : word_length(rest);
		WLS_GROW(t->ends, t->cap, t->count + 1);
		WLS_GROW(t->hashes, t->hash_cap, t->count + 1);
		t->hashes[t->count] = wls_hash(wls_slice(rest.ptr, n));
		at += n;
		t->ends[t->count++] = (uint32_t)at;
	}
}

static void release(struct tokens *t)
{
	free(t->ends);
	free(t->hashes);
}

static uint32_t offset_of(const struct tokens *t, uint32_t token)
{
	return token == 0 ? 0 : t->ends[token - 1];
}

/* Bytes of words among tokens [from, to). */
static size_t word_bytes(const struct tokens *t, struct wls_slice text, uint32_t from, uint32_t to)
{
	size_t n = 0;

	for (uint32_t i = from; i < to; i++)
		if (is_word(text.ptr[offset_of(t, i)]))
			n += t->ends[i] - offset_of(t, i);
	return n;
}

/* Whether the words of both texts have too little in common to be told apart. */
static bool share_nothing(const struct tokens *t, const struct wls_slice *texts,
			  const struct wls_pair_change *changes, size_t count)
{
	size_t a = word_bytes(&t[0], texts[0], 0, (uint32_t)t[0].count), kept = a;
	size_t b = word_bytes(&t[1], texts[1], 0, (uint32_t)t[1].count);

	for (size_t i = 0; i < count; i++)
		kept -= word_bytes(&t[0], texts[0], changes[i].a0, changes[i].a1);
	return kept * 100 < (a > b ? a : b) * SHARED_LEAST;
}

/* Whether only a blank stands between two changes of words. */
static bool reads_as_one(const struct tokens *t, const struct wls_slice *texts,
			 const struct wls_pair_change *x, const struct wls_pair_change *y)
{
	if (y->a0 != x->a1 + 1 || !is_blank(texts[0].ptr[offset_of(&t[0], x->a1)]))
		return false;
	for (size_t s = 0; s < 2; s++) {
		uint32_t from = s ? x->b0 : x->a0, end = s ? x->b1 : x->a1;
		uint32_t next = s ? y->b0 : y->a0, last = s ? y->b1 : y->a1;
		if (from == end || next == last ||
		    !is_word(texts[s].ptr[offset_of(&t[s], end - 1)]) ||
		    !is_word(texts[s].ptr[offset_of(&t[s], next)]))
			return false;
	}
	return true;
}

/* Joins changes in place; how many are left. */
static size_t widen(const struct tokens *t, const struct wls_slice *texts,
		    struct wls_pair_change *changes, size_t count)
{
	size_t kept = 0;

	if (count > 1 && share_nothing(t, texts, changes, count)) {
		changes[0].a1 = changes[count - 1].a1;
		changes[0].b1 = changes[count - 1].b1;
		return 1;
	}
	for (size_t i = 1; i < count; i++) {
		if (reads_as_one(t, texts, &changes[kept], &changes[i])) {
			changes[kept].a1 = changes[i].a1;
			changes[kept].b1 = changes[i].b1;
		} else {
			changes[++kept] = changes[i];
		}
	}
	return count > 0 ? kept + 1 : 0;
}

void wls_differ_compare(struct wls_differ *d, uint32_t delta, struct wls_delta_span stretch,
			bool by_line, bool edit)
{
	struct wls_slice texts[2] = {
		wls_slice(d->diff->texts[0].ptr + stretch.a0, stretch.a1 - stretch.a0),
		wls_slice(d->diff->texts[1].ptr + stretch.b0, stretch.b1 - stretch.b0),
	};
	struct tokens t[2] = {0};
	struct wls_pair_change *changes;
	struct wls_arena arena = {0};

	for (size_t s = 0; s < 2; s++)
		cut(&t[s], texts[s], by_line);
	size_t count = wls_pair_changes(t[0].hashes, t[0].count, t[1].hashes, t[1].count, &arena,
					&changes);
	if (!by_line)
		count = widen(t, texts, changes, count);
	for (size_t i = 0; i < count; i++)
		wls_differ_span(d, delta,
				(struct wls_delta_span){
					.a0 = stretch.a0 + offset_of(&t[0], changes[i].a0),
					.a1 = stretch.a0 + offset_of(&t[0], changes[i].a1),
					.b0 = stretch.b0 + offset_of(&t[1], changes[i].b0),
					.b1 = stretch.b0 + offset_of(&t[1], changes[i].b1),
					.mark = true,
				},
				edit);
	release(&t[0]);
	release(&t[1]);
	wls_arena_release(&arena);
}
