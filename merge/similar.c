/* SPDX-License-Identifier: MIT */
/*
 * Joining units that were reworded.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * The problem: "Add tests for login" became "Add unit tests for the login page"; which of 100,000
 * unmatched items is it? Comparing each with each is quadratic.
 *
 * The idea: look at few candidates, chosen so that the right one is nearly always among them. An item
 * that was reworded in its place stands in the same gap between matched neighbours, as far from the
 * gap's start or end. One that moved shares its rarest words. All candidate pairs are scored by Dice's
 * coefficient and joined greedily, the best first; ties go to the nearest, then to the order in the
 * texts, never to an address or a hash.
 *
 *	gap of base   [tests for login] [deploy]        rank from start 0 1, from end 1 0
 *	gap of ours   [unit tests for login page]       rank from start 0, from end 0
 *
 * Complexity: O(w log w) for w words; at most ten candidates a unit.
 */
#include "merge/similar.h"

#include "base/map.h"

enum { CANDIDATES = 8 };

struct posting {
	uint32_t word;
	uint32_t unit;
};

struct candidate {
	uint32_t a, b;
	unsigned similarity;
	uint32_t distance;
};

struct search {
	struct wls_units *units;
	struct wls_unit **a, **b;
	size_t a_count, b_count;
	uint32_t least_words;
	struct posting *postings; /* of b, by word */
	size_t posting_count;
	struct candidate *candidates;
	size_t count, cap;
};

/* ---- candidates ---- */

static void add_candidate(struct search *s, uint32_t a, uint32_t b)
{
	struct wls_unit *u = s->a[a], *v = s->b[b];

	if (u->kind != v->kind)
		return;
	unsigned similarity =
		wls_words_similarity(wls_unit_words(s->units, u), wls_unit_words(s->units, v));
	if (similarity < WLS_SIMILAR)
		return;
	uint32_t distance =
		u->position > v->position ? u->position - v->position : v->position - u->position;
	if (u->parent->class != v->parent->class)
		distance = UINT32_MAX;
	WLS_GROW(s->candidates, s->cap, s->count + 1);
	s->candidates[s->count++] = (struct candidate){a, b, similarity, distance};
}

static int compare_postings(const void *x, const void *y)
{
	const struct posting *a = x, *b = y;

	if (a->word != b->word)
		return a->word < b->word ? -1 : 1;
	return (a->unit > b->unit) - (a->unit < b->unit);
}

static void index_words(struct search *s)
{
	size_t total = 0;

	for (size_t i = 0; i < s->b_count; i++)
		total += wls_unit_words(s->units, s->b[i]).count;
	s->postings = wls_alloc(total, sizeof(*s->postings));
	for (size_t i = 0; i < s->b_count; i++) {
		struct wls_words words = wls_unit_words(s->units, s->b[i]);
		if (words.count < s->least_words)
			continue;
		for (uint32_t w = 0; w < words.count; w++)
			if (w == 0 || words.hashes[w] != words.hashes[w - 1])
				s->postings[s->posting_count++] =
					(struct posting){words.hashes[w], (uint32_t)i};
	}
	if (s->posting_count > 1)
		qsort(s->postings, s->posting_count, sizeof(*s->postings), compare_postings);
}

static size_t first_posting(const struct search *s, uint64_t word)
{
	size_t low = 0, high = s->posting_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (s->postings[middle].word < word)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* A word of a unit and where it occurs on the other side. */
struct word_range {
	size_t first, count;
};

static int compare_ranges(const void *x, const void *y)
{
	const struct word_range *a = x, *b = y;

	if (a->count != b->count)
		return a->count < b->count ? -1 : 1;
	return (a->first > b->first) - (a->first < b->first);
}

static size_t rarest_words(const struct search *s, struct wls_words words, struct word_range *out)
{
	size_t count = 0;

	for (uint32_t w = 0; w < words.count; w++) {
		if (w > 0 && words.hashes[w] == words.hashes[w - 1])
			continue;
		size_t first = first_posting(s, words.hashes[w]);
		size_t end = first_posting(s, (uint64_t)words.hashes[w] + 1);
		if (end > first)
			out[count++] = (struct word_range){first, end - first};
	}
	if (count > 1)
		qsort(out, count, sizeof(*out), compare_ranges);
	return count;
}

static void add_by_words(struct search *s, uint32_t a)
{
	struct wls_words words = wls_unit_words(s->units, s->a[a]);
	_cleanup_free_ struct word_range *ranges = wls_alloc(words.count, sizeof(*ranges));
	uint32_t seen[CANDIDATES];
	size_t seen_count = 0;

	if (words.count < s->least_words)
		return;
	size_t count = rarest_words(s, words, ranges);
	for (size_t r = 0; r < count && seen_count < CANDIDATES; r++)
		for (size_t p = 0; p < ranges[r].count && p < CANDIDATES; p++) {
			uint32_t b = s->postings[ranges[r].first + p].unit;
			bool known = false;
			for (size_t k = 0; k < seen_count; k++)
				known |= seen[k] == b;
			if (known || seen_count == CANDIDATES)
				continue;
			seen[seen_count++] = b;
			add_candidate(s, a, b);
		}
}

/* ---- the same gap ---- */

/* A unit's gap: the class of the nearest sibling before it that both sides have. */
struct placed {
	const struct wls_class *gap;
	uint32_t from_start, from_end;
	uint32_t unit;
};

static const struct wls_class *gap_of(const struct wls_unit *u, size_t other)
{
	const struct wls_unit *p = u->prev;

	while (p && !p->class->unit[other])
		p = p->prev;
	return p ? p->class : u->parent->class;
}

/* `list` is in order of the text, so that units of one gap stand together. */
static struct placed *place(struct wls_unit **list, size_t count, size_t other)
{
	struct placed *out = wls_alloc(count, sizeof(*out));
	const struct wls_class *gap = NULL;

	for (size_t i = 0; i < count; i++) {
		/* A predecessor in the list is unmatched too: then they share the gap. */
		bool follows = i > 0 && list[i]->prev == list[i - 1];
		gap = follows ? gap : gap_of(list[i], other);
		bool same = i > 0 && out[i - 1].gap == gap;
		out[i] = (struct placed){gap, same ? out[i - 1].from_start + 1 : 0, 0, (uint32_t)i};
	}
	for (size_t i = count; i-- > 0;)
		if (i + 1 < count && out[i + 1].gap == out[i].gap)
			out[i].from_end = out[i + 1].from_end + 1;
	return out;
}

static struct wls_slice place_key(const struct placed *p, uint32_t number, uint64_t key[2])
{
	key[0] = (uint64_t)(uintptr_t)p->gap;
	key[1] = number;
	return wls_slice((const char *)key, 2 * sizeof(*key));
}

static void add_by_place(struct search *s, const struct placed *pa, const struct placed *pb,
			 bool from_end)
{
	_cleanup_(wls_map_release) struct wls_map map = {0};
	uint64_t(*keys)[2] = wls_alloc(s->b_count, sizeof(*keys));
	uint64_t key[2];

	for (size_t i = 0; i < s->b_count; i++)
		*wls_map_at(&map, place_key(&pb[i], from_end ? pb[i].from_end : pb[i].from_start,
					    keys[i])) = (uint32_t)i;
	for (size_t i = 0; i < s->a_count; i++) {
		uint32_t b = wls_map_find(
			&map, place_key(&pa[i], from_end ? pa[i].from_end : pa[i].from_start, key));
		if (b != WLS_MAP_NONE)
			add_candidate(s, (uint32_t)i, b);
	}
	free(keys);
}

/* ---- joining ---- */

static int compare_candidates(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->similarity != b->similarity)
		return a->similarity > b->similarity ? -1 : 1;
	if (a->distance != b->distance)
		return a->distance < b->distance ? -1 : 1;
	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

void wls_units_join_similar(struct wls_units *units, struct wls_unit **a, size_t a_count,
			    struct wls_unit **b, size_t b_count, uint32_t least_words)
{
	struct search s = {units, a, b, a_count, b_count, least_words, NULL, 0, NULL, 0, 0};

	if (a_count == 0 || b_count == 0)
		return;
	index_words(&s);
	for (size_t i = 0; i < a_count; i++)
		add_by_words(&s, (uint32_t)i);
	if (least_words == 0) {
		_cleanup_free_ struct placed *pa = place(a, a_count, b[0]->side);
		_cleanup_free_ struct placed *pb = place(b, b_count, a[0]->side);
		add_by_place(&s, pa, pb, false);
		add_by_place(&s, pa, pb, true);
	}
	if (s.count > 1)
		qsort(s.candidates, s.count, sizeof(*s.candidates), compare_candidates);
	for (size_t i = 0; i < s.count; i++)
		wls_units_join(units, a[s.candidates[i].a], b[s.candidates[i].b]);
	free(s.postings);
	free(s.candidates);
}
