/* SPDX-License-Identifier: MIT */
/*
 * Alignment of two sequences of hashes.
 *
 * Layer: merge. Includes: base, merge.
 *
 * The problem: say which elements of two sequences are the same ones, so that what people see as
 * one change comes out as one, whatever the sizes, in time that grows with n log n.
 *
 * The idea is Bram Cohen's patience diff, made flat. The common beginning and end are cut off.
 * An element that occurs exactly once on either side is most likely the same one; of these the
 * longest subsequence that rises on both sides is kept, and each such anchor is grown over equal
 * neighbours in both directions. Between the anchors lie gaps, where other elements are unique
 * now; they wait for the next round. A gap without unique elements pairs the k-th occurrence of
 * a value on one side with the k-th on the other, and keeps a longest rising subsequence of these.
 *
 *	a:  x y z . w .      round 1: y, z, w are unique: anchors y-y, z-z, w-w; x is not in b
 *	b:  y z . . w .      grown: z's "." and w's "."; in the gap b has a "." more
 *
 * Cost: a round is linear in what the gaps hold, but for the binary search of the rising
 * subsequence; there are ROUNDS rounds at most, and the last takes occurrences at once. So hostile
 * input costs quality, never time.
 *
 * Symmetry: of several longest rising subsequences one is chosen by the order of the arguments.
 * Therefore the sides are put in an order that comes from what they hold first.
 *
 * Source: B. Cohen, patience diff (2008); J. Hunt, T. Szymanski, "A fast algorithm for computing
 * longest common subsequences" (1977) for the rising subsequence.
 *
 * Not done: a longest common subsequence is not promised, and elements that moved are not found.
 */
#include "merge/align.h"

#define NONE UINT32_MAX
#define ROUNDS 8

/* A value of the first sequence, with what the gap at hand holds of it. */
struct value {
	uint64_t hash;
	uint32_t gap; /* serial number of the gap that the rest is about */
	uint32_t a_count, b_count;
	uint32_t b_head; /* its next occurrence in b, or NONE */
};

struct gap {
	uint32_t a0, a1, b0, b1;
};

struct gaps {
	struct gap *items;
	size_t count, cap;
};

struct aligner {
	uint32_t *a, *b; /* indices into values; in b NONE for what a does not have */
	uint32_t a_count, b_count;
	struct value *values;
	uint32_t *b_next;            /* next occurrence of the same value in the gap */
	uint32_t *match;             /* by element of a: element of b, or NONE */
	uint32_t *point_a, *point_b; /* candidates of the gap */
	uint32_t *chosen, *before;   /* scratch of choose_rising() */
	struct gaps next;
	uint32_t serial;
};

/*
 * Fills chosen with the indices of a longest rising subsequence of `values`, and returns its
 * length. chosen[k] is meanwhile the end of the best subsequence of length k + 1; `before` links
 * an element to the one before it in its subsequence. Both hold `count`.
 */
static size_t choose_rising(const uint32_t *values, size_t count, uint32_t *chosen,
			    uint32_t *before)
{
	size_t len = 0;

	for (size_t i = 0; i < count; i++) {
		size_t lo = 0, hi = len;
		if (len > 0 && values[chosen[len - 1]] < values[i])
			lo = len;
		while (lo < hi) {
			size_t mid = lo + (hi - lo) / 2;
			if (values[chosen[mid]] < values[i])
				lo = mid + 1;
			else
				hi = mid;
		}
		before[i] = lo > 0 ? chosen[lo - 1] : NONE;
		chosen[lo] = (uint32_t)i;
		if (lo == len)
			len++;
	}
	for (size_t k = len; k > 1; k--)
		chosen[k - 2] = before[chosen[k - 1]];
	return len;
}

void wls_longest_rising(const uint32_t *values, size_t count, bool *keep)
{
	_cleanup_free_ uint32_t *chosen = wls_alloc(count + 1, sizeof(*chosen));
	_cleanup_free_ uint32_t *before = wls_alloc(count + 1, sizeof(*before));
	size_t len = choose_rising(values, count, chosen, before);

	if (count > 0)
		memset(keep, 0, count * sizeof(*keep));
	for (size_t k = 0; k < len; k++)
		keep[chosen[k]] = true;
}

/* ---- values ---- */

/* The slot of `hash` in a table of 1 << bits indices, or the free one where it belongs. */
static uint32_t *slot_of(uint32_t *table, unsigned bits, const struct value *values, uint64_t hash)
{
	size_t mask = ((size_t)1 << bits) - 1;
	/* Callers may pass small numbers for hashes: the multiplication spreads them. */
	size_t i = (size_t)((hash * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - bits));

	while (table[i] != NONE && values[table[i]].hash != hash)
		i = (i + 1) & mask;
	return &table[i];
}

/* Numbers the values of a, and looks up those of b. */
static void number_values(struct aligner *al, const uint64_t *a, const uint64_t *b)
{
	unsigned bits = 3;
	uint32_t count = 0;

	while (((size_t)1 << bits) < 2 * (size_t)al->a_count)
		bits++;
	_cleanup_free_ uint32_t *table = wls_alloc((size_t)1 << bits, sizeof(*table));
	memset(table, 0xFF, sizeof(*table) << bits);
	for (uint32_t i = 0; i < al->a_count; i++) {
		uint32_t *slot = slot_of(table, bits, al->values, a[i]);
		if (*slot == NONE) {
			al->values[count] = (struct value){.hash = a[i]};
			*slot = count++;
		}
		al->a[i] = *slot;
	}
	for (uint32_t j = 0; j < al->b_count; j++)
		al->b[j] = *slot_of(table, bits, al->values, b[j]);
}

/* ---- gaps ---- */

/* Counts what the gap holds of each value, and chains up the occurrences in b. */
static void count_values(struct aligner *al, const struct gap *gap)
{
	al->serial++;
	for (uint32_t i = gap->a0; i < gap->a1; i++) {
		struct value *v = &al->values[al->a[i]];
		if (v->gap != al->serial)
			*v = (struct value){.hash = v->hash, .gap = al->serial, .b_head = NONE};
		v->a_count++;
	}
	for (uint32_t j = gap->b1; j > gap->b0; j--) {
		uint32_t id = al->b[j - 1];
		if (id == NONE || al->values[id].gap != al->serial)
			continue;
		al->b_next[j - 1] = al->values[id].b_head;
		al->values[id].b_head = j - 1;
		al->values[id].b_count++;
	}
}

/* Elements that are unique on both sides of the gap. */
static size_t collect_unique(struct aligner *al, const struct gap *gap)
{
	size_t count = 0;

	for (uint32_t i = gap->a0; i < gap->a1; i++) {
		const struct value *v = &al->values[al->a[i]];
		if (v->a_count != 1 || v->b_count != 1)
			continue;
		al->point_a[count] = i;
		al->point_b[count++] = v->b_head;
	}
	return count;
}

/* The k-th occurrence of each value in a, with its k-th in b. */
static size_t collect_occurrences(struct aligner *al, const struct gap *gap)
{
	size_t count = 0;

	for (uint32_t i = gap->a0; i < gap->a1; i++) {
		struct value *v = &al->values[al->a[i]];
		if (v->b_head == NONE)
			continue;
		al->point_a[count] = i;
		al->point_b[count++] = v->b_head;
		v->b_head = al->b_next[v->b_head];
	}
	return count;
}

static void add_gap(struct gaps *gaps, struct gap gap)
{
	if (gap.a0 == gap.a1 || gap.b0 == gap.b1)
		return;
	WLS_GROW(gaps->items, gaps->cap, gaps->count + 1);
	gaps->items[gaps->count++] = gap;
}

/*
 * Matches the chosen points and their equal neighbours; what lies between waits in al->next. A
 * point that an earlier one grew past is dropped: neighbours say more than the count of
 * occurrences. Unique elements are never grown past.
 */
static void grow_anchors(struct aligner *al, const struct gap *gap, size_t len)
{
	uint32_t a0 = gap->a0, b0 = gap->b0;

	for (size_t k = 0; k < len; k++) {
		uint32_t i = al->point_a[al->chosen[k]], j = al->point_b[al->chosen[k]];
		uint32_t a1 = i, b1 = j;

		if (i < a0 || j < b0)
			continue;
		while (i > a0 && j > b0 && al->a[i - 1] == al->b[j - 1])
			al->match[--i] = --j;
		add_gap(&al->next, (struct gap){a0, i, b0, j});
		for (; a1 < gap->a1 && b1 < gap->b1 && al->a[a1] == al->b[b1]; b1++)
			al->match[a1++] = b1;
		a0 = a1;
		b0 = b1;
	}
	add_gap(&al->next, (struct gap){a0, gap->a1, b0, gap->b1});
}

static void align_gap(struct aligner *al, const struct gap *gap, bool last_round)
{
	size_t count = 0, len;

	count_values(al, gap);
	if (!last_round)
		count = collect_unique(al, gap);
	if (count == 0)
		count = collect_occurrences(al, gap);
	if (count == 0)
		return;
	len = choose_rising(al->point_b, count, al->chosen, al->before);
	grow_anchors(al, gap, len);
}

static void align_rounds(struct aligner *al)
{
	struct gaps now = {0};

	add_gap(&al->next, (struct gap){0, al->a_count, 0, al->b_count});
	for (int round = 1; round <= ROUNDS && al->next.count > 0; round++) {
		struct gaps done = now;
		now = al->next;
		al->next = done;
		al->next.count = 0;
		for (size_t i = 0; i < now.count; i++)
			align_gap(al, &now.items[i], round == ROUNDS);
	}
	free(now.items);
	free(al->next.items);
}

/* ---- the whole ---- */

/* Matches a (the shorter or lesser one) to b; both are not empty. */
static void align_ordered(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
			  uint32_t *match)
{
	struct aligner al = {.a_count = (uint32_t)a_count, .b_count = (uint32_t)b_count};
	_cleanup_free_ uint32_t *numbers = wls_alloc(5 * a_count + 2 * b_count, sizeof(*numbers));
	_cleanup_free_ struct value *values = wls_alloc(a_count, sizeof(*values));

	al.values = values;
	al.match = match;
	al.a = numbers;
	al.point_a = al.a + a_count;
	al.point_b = al.point_a + a_count;
	al.chosen = al.point_b + a_count;
	al.before = al.chosen + a_count;
	al.b = al.before + a_count;
	al.b_next = al.b + b_count;
	memset(match, 0xFF, a_count * sizeof(*match));
	number_values(&al, a, b);
	align_rounds(&al);
}

/* An order of sequences that comes from what they hold. */
static bool stands_after(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count)
{
	if (a_count != b_count)
		return a_count > b_count;
	for (size_t i = 0; i < a_count; i++)
		if (a[i] != b[i])
			return a[i] > b[i];
	return false;
}

/* Aligns what has no common beginning and end; the pairs are moved by `shift`. */
static size_t align_middle(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
			   size_t shift, struct wls_pair *pairs)
{
	bool swap = stands_after(a, a_count, b, b_count);
	size_t rows = swap ? b_count : a_count, count = 0;
	_cleanup_free_ uint32_t *match = NULL;

	if (a_count == 0 || b_count == 0)
		return 0;
	match = wls_alloc(rows, sizeof(*match));
	if (swap)
		align_ordered(b, b_count, a, a_count, match);
	else
		align_ordered(a, a_count, b, b_count, match);
	for (size_t i = 0; i < rows; i++) {
		uint32_t row = (uint32_t)(i + shift), column = (uint32_t)(match[i] + shift);
		if (match[i] == NONE)
			continue;
		pairs[count++] =
			swap ? (struct wls_pair){column, row} : (struct wls_pair){row, column};
	}
	return count;
}

size_t wls_align(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
		 struct wls_pair *pairs)
{
	size_t least = a_count < b_count ? a_count : b_count, head = 0, tail = 0, count;

	while (head < least && a[head] == b[head]) {
		pairs[head] = (struct wls_pair){(uint32_t)head, (uint32_t)head};
		head++;
	}
	while (tail < least - head && a[a_count - 1 - tail] == b[b_count - 1 - tail])
		tail++;
	count = head;
	if (head + tail < least)
		count += align_middle(a + head, a_count - head - tail, b + head,
				      b_count - head - tail, head, pairs + head);
	for (; tail > 0; tail--)
		pairs[count++] =
			(struct wls_pair){(uint32_t)(a_count - tail), (uint32_t)(b_count - tail)};
	return count;
}
