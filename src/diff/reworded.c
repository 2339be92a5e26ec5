/* SPDX-License-Identifier: MIT */
/*
 * Items and texts that moved and were reworded.
 *
 * Layer: diff. Includes: base, doc, merge/words, pair, diff_internal.
 *
 * The problem: the merge engine pairs what was reworded among siblings, and what moved as it was. Who moves
 * an item to another list and rewords it on the way shows it as one that went and one that came. Comparing
 * each of these with each is quadratic.
 *
 * The idea: texts of one origin share words, or two words in a row, that are rare among what is left. Each
 * of these votes for the pairs of a text that went and one that came which both hold it; what more than
 * eight texts of a side hold votes for none. The four pairs of a text with the most votes are scored by
 * Dice's coefficient of all their words, as in the engine. Those of 600 thousandths and more (the engine
 * takes 500 among siblings; here the place says nothing for a pair) are joined, the best first; ties go to
 * the first in the texts. Texts of less than four words are left out, and so is what went with its whole
 * entry, which was removed, not moved.
 *
 *	v3 › Next   - Add tests for the login form             six of six and eight words
 *	v2 › Open   - Add unit tests for the login form page   are shared: 857
 *
 * Complexity: O(w log w) for w words of what is left; nothing when either side has nothing left.
 */
#include "base/map.h"
#include "diff/diff_internal.h"
#include "merge/words.h"

enum {
	LEAST_SIMILAR = 600,
	LEAST_WORDS = 4,
	RARE = 8,       /* texts of a side that hold what votes */
	CANDIDATES = 4, /* of a text, that are scored */
};

struct text {
	struct wls_pair_node *node;
	struct wls_words words;
};

/* A word, or two in a row, of a text. */
struct word {
	uint32_t hash, text;
	uint8_t side;
};

/* Two texts that share words; then, how similar they are. */
struct candidate {
	uint32_t a, b;
	uint32_t weight;
};

struct search {
	struct text *texts[2];
	size_t counts[2], caps[2];
	struct word *words;
	size_t word_count, word_cap;
	struct candidate *candidates;
	size_t count, cap;
	struct wls_arena arena;
};

/* ---- what is left ---- */

static bool is_worded(const struct wls_node *n)
{
	return (n->kind == WLS_NODE_ITEM || n->kind == WLS_NODE_PARAGRAPH) &&
	       !(n->flags & WLS_NODE_ATTRIBUTE);
}

static void add_text(struct search *s, struct wls_pair_node *n)
{
	struct wls_words words = wls_words_of(n->node->text, &s->arena);
	size_t *count = &s->counts[n->side];

	if (words.count < LEAST_WORDS)
		return;
	WLS_GROW(s->texts[n->side], s->caps[n->side], *count + 1);
	s->texts[n->side][(*count)++] = (struct text){n, words};
}

/* Recurses as deep as nodes nest. */
static void collect(struct search *s, struct wls_pair_node *n)
{
	if (n->same || (n->side == 0 && n->entry && !n->twin))
		return;
	if (!n->twin && is_worded(n->node))
		add_text(s, n);
	for (struct wls_pair_node *child = n->first; child; child = child->next)
		collect(s, child);
}

/* ---- votes ---- */

static int compare_words(const void *x, const void *y)
{
	const struct word *a = x, *b = y;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return (a->text > b->text) - (a->text < b->text);
}

static void add_word(struct search *s, uint32_t hash, uint32_t text, uint8_t side)
{
	WLS_GROW(s->words, s->word_cap, s->word_count + 1);
	s->words[s->word_count++] = (struct word){hash, text, side};
}

static bool is_word(char c)
{
	return wls_is_alnum(c) || (signed char)c < 0;
}

/* Each two words in a row, with what stands between them. */
static void add_couples(struct search *s, uint32_t text, uint8_t side)
{
	struct wls_slice own = s->texts[side][text].node->node->text;
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < own.len;) {
		size_t begin = i;
		while (i < own.len && is_word(own.ptr[i]))
			i++;
		if (i == begin) {
			i++;
			continue;
		}
		if (last != SIZE_MAX) {
			uint64_t hash = wls_hash(wls_slice(own.ptr + last, i - last));
			add_word(s, (uint32_t)(hash ^ hash >> 32), text, side);
		}
		last = begin;
	}
}

static void index_words(struct search *s)
{
	for (uint8_t side = 0; side < 2; side++)
		for (uint32_t i = 0; i < s->counts[side]; i++) {
			struct wls_words words = s->texts[side][i].words;
			for (uint32_t w = 0; w < words.count; w++)
				if (w == 0 || words.hashes[w] != words.hashes[w - 1])
					add_word(s, words.hashes[w], i, side);
			add_couples(s, i, side);
		}
	qsort(s->words, s->word_count, sizeof(*s->words), compare_words);
}

static void add_candidate(struct search *s, struct candidate candidate)
{
	WLS_GROW(s->candidates, s->cap, s->count + 1);
	s->candidates[s->count++] = candidate;
}

/* The word of words [from, to), those of the first text up to `middle`, votes. */
static void vote(struct search *s, size_t from, size_t middle, size_t to)
{
	if (middle - from > RARE || to - middle > RARE)
		return;
	for (size_t i = from; i < middle; i++)
		for (size_t j = middle; j < to; j++)
			add_candidate(s, (struct candidate){s->words[i].text, s->words[j].text, 1});
}

static void vote_all(struct search *s)
{
	for (size_t from = 0, to = 0; from < s->word_count; from = to) {
		size_t middle = from;
		for (; to < s->word_count && s->words[to].hash == s->words[from].hash; to++)
			middle += s->words[to].side == 0;
		vote(s, from, middle, to);
	}
}

/* ---- scores ---- */

static int compare_pairs(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

/* By text, then the heaviest first. */
static int compare_votes(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->a != b->a)
		return a->a < b->a ? -1 : 1;
	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return (a->b > b->b) - (a->b < b->b);
}

static int compare_scores(const void *x, const void *y)
{
	const struct candidate *a = x, *b = y;

	if (a->weight != b->weight)
		return a->weight > b->weight ? -1 : 1;
	return compare_pairs(x, y);
}

/* Makes one candidate of all votes for a pair. */
static void count_votes(struct search *s)
{
	size_t kept = 0;

	qsort(s->candidates, s->count, sizeof(*s->candidates), compare_pairs);
	for (size_t i = 0; i < s->count; i++) {
		if (kept > 0 && compare_pairs(&s->candidates[kept - 1], &s->candidates[i]) == 0)
			s->candidates[kept - 1].weight++;
		else
			s->candidates[kept++] = s->candidates[i];
	}
	s->count = kept;
}

static void score(struct search *s)
{
	size_t kept = 0, of_text = 0;

	qsort(s->candidates, s->count, sizeof(*s->candidates), compare_votes);
	for (size_t i = 0; i < s->count; i++) {
		struct candidate c = s->candidates[i];
		of_text = i > 0 && s->candidates[i - 1].a == c.a ? of_text + 1 : 0;
		const struct text *a = &s->texts[0][c.a], *b = &s->texts[1][c.b];
		if (of_text >= CANDIDATES || a->node->node->kind != b->node->node->kind)
			continue;
		c.weight = wls_words_similarity(a->words, b->words);
		if (c.weight >= LEAST_SIMILAR)
			s->candidates[kept++] = c;
	}
	s->count = kept;
	qsort(s->candidates, s->count, sizeof(*s->candidates), compare_scores);
}

/* ---- joining ---- */

static void join(struct wls_pair_node *a, struct wls_pair_node *b, bool same)
{
	a->twin = b;
	b->twin = a;
	a->same = b->same = same;
	for (size_t s = 0; s < 2; s++)
		for (struct wls_pair_node *n = (s ? b : a)->parent; n && !n->holds_twins;
		     n = n->parent)
			n->holds_twins = true;
}

static uint64_t *hash_children(const struct wls_diff *diff, const struct wls_pair_node *n,
			       size_t *count)
{
	uint64_t *hashes = NULL;
	size_t cap = 0;

	*count = 0;
	for (const struct wls_pair_node *c = n->first; c; c = c->next) {
		WLS_GROW(hashes, cap, *count + 1);
		hashes[(*count)++] =
			wls_hash(wls_slice(diff->texts[n->side].ptr + c->begin, c->end - c->begin));
	}
	return hashes;
}

/* What stands the same in two nodes that were joined, and was too short to be sought elsewhere. */
static void join_children(struct wls_differ *d, struct search *s, struct wls_pair_node *a,
			  struct wls_pair_node *b)
{
	size_t a_count, b_count, k = 0;
	_cleanup_free_ uint64_t *x = hash_children(d->diff, a, &a_count);
	_cleanup_free_ uint64_t *y = hash_children(d->diff, b, &b_count);
	struct wls_pair_change *changes;
	struct wls_pair_node *p = a->first, *q = b->first;

	if (a_count == 0 || b_count == 0)
		return;
	size_t count = wls_pair_changes(x, a_count, y, b_count, &s->arena, &changes);
	while (p && q) {
		if (k < count && p->position == changes[k].a0 && q->position == changes[k].b0) {
			while (p && p->position < changes[k].a1)
				p = p->next;
			while (q && q->position < changes[k].b1)
				q = q->next;
			k++;
			continue;
		}
		if (!p->twin && !q->twin && p->node->kind == q->node->kind)
			join(p, q, true);
		p = p->next;
		q = q->next;
	}
}

static void join_best(struct wls_differ *d, struct search *s)
{
	for (size_t i = 0; i < s->count; i++) {
		struct wls_pair_node *a = s->texts[0][s->candidates[i].a].node;
		struct wls_pair_node *b = s->texts[1][s->candidates[i].b].node;
		if (a->twin || b->twin)
			continue;
		join(a, b, false);
		join_children(d, s, a, b);
	}
}

void wls_differ_pair_reworded(struct wls_differ *d)
{
	struct search s = {0};

	for (size_t side = 0; side < 2; side++)
		collect(&s, d->diff->pairing->roots[side]);
	if (s.counts[0] > 0 && s.counts[1] > 0) {
		index_words(&s);
		vote_all(&s);
		if (s.count > 0) {
			count_votes(&s);
			score(&s);
			join_best(d, &s);
		}
	}
	free(s.texts[0]);
	free(s.texts[1]);
	free(s.words);
	free(s.candidates);
	wls_arena_release(&s.arena);
}
