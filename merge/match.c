/* SPDX-License-Identifier: MIT */
/*
 * Matching units, from the surest sign to the weakest.
 *
 * Layer: merge. Includes: base, doc, merge, align, similar.
 *
 * The problem: three trees, and the question which node of one is which of another, when nodes were
 * edited, reworded, reordered and moved. Matching two by two goes wrong where one side changed a
 * node a little and the other moved it.
 *
 * The idea: a class holds the units that are one node, at most one a side, and joining two units joins
 * their classes. All pairs of sides are looked at, base with each side and side with side, for equal bytes
 * first; then for texts that are equal but for their atoms; then for names and keys; then for
 * similar words. So a node may find its base through another side:
 *
 *	base  L: [a]          ours  M: [a] (moved)       theirs  L: [a'] (edited)
 *	result so far         M: [a']     joins `a` of ours by words, or a' of theirs by bytes
 *
 * First among the children of matched parents, from the root down, and only of those that several sides
 * changed. Where a node is gone on one side and changed on another, it may have moved: then what
 * one side alone changed is opened too, and what found no partner sought over the whole document.
 *
 * Complexity: O(n log n) in the units of parents that several sides changed.
 */
#include "merge/match.h"

#include "base/map.h"
#include "merge/align.h"
#include "merge/match_internal.h"
#include "merge/similar.h"

void wls_unit_list_add(struct wls_unit_list *list, struct wls_unit *u)
{
	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = u;
}

void wls_unit_list_release(struct wls_unit_list *list)
{
	free(list->items);
}

/* ---- keys ---- */

static uint64_t by_bytes(struct wls_units *units, struct wls_unit *u)
{
	(void)units;
	return u->hash | 1;
}

/* A hypothesis under any number: the number may have been given anew. */
static bool is_hypothesis(const struct wls_unit *u)
{
	struct wls_slice label = u->node->label;

	return u->kind == WLS_NODE_ITEM && label.len > 1 && label.ptr[0] == 'H' &&
	       wls_is_digit(label.ptr[1]);
}

/* A text without words is no sign of anything. */
static uint64_t by_form(struct wls_units *units, struct wls_unit *u)
{
	if (is_hypothesis(u))
		return wls_hash(u->node->text) | 1;
	switch (u->kind) {
	case WLS_NODE_ITEM:
	case WLS_NODE_PARAGRAPH:
	case WLS_NODE_ROW:
	case WLS_NODE_HEADING:
	case WLS_NODE_SECTION:
		return wls_unit_words(units, u).count > 0 ? wls_unit_form(units, u) | 1 : 0;
	default:
		return 0;
	}
}

static uint64_t by_name(struct wls_units *units, struct wls_unit *u)
{
	(void)units;
	return wls_unit_name(u);
}

/* Fields and sections of one meaning: `Next` and `Next Steps`. */
static uint64_t by_meaning(struct wls_units *units, struct wls_unit *u)
{
	(void)units;
	if ((u->kind != WLS_NODE_FIELD && u->kind != WLS_NODE_SECTION) ||
	    u->node->key == WLS_KEY_NONE || u->node->key == WLS_KEY_OTHER ||
	    u->node->key == WLS_KEY_FEATURE)
		return 0;
	return (uint64_t)u->kind << 32 | u->node->key;
}

static uint64_t by_strong_key(struct wls_units *units, struct wls_unit *u)
{
	if (u->kind != WLS_NODE_ITEM && u->kind != WLS_NODE_ROW)
		return 0;
	bool strong;
	uint64_t key = wls_unit_key(units, u, &strong);
	return strong ? key : 0;
}

static uint64_t by_any_key(struct wls_units *units, struct wls_unit *u)
{
	return u->kind == WLS_NODE_ITEM || u->kind == WLS_NODE_ROW ? wls_unit_key(units, u, NULL)
								   : 0;
}

/* ---- joining the children of two parents ---- */

/* The units among `parent`'s children that have no partner on `other`, and a key. */
static void collect(const struct wls_unit *parent, size_t other, struct wls_unit_list *out)
{
	for (struct wls_unit *u = parent->first; u; u = u->next)
		if (!u->class->unit[other] && u->kind != WLS_NODE_ENTRY)
			wls_unit_list_add(out, u);
}

/* Keeps those with a key, and writes the keys to *keys, which the caller frees. */
static uint64_t *keep_keyed(struct wls_units *units, struct wls_unit_list *list,
			    wls_unit_key_function *key)
{
	uint64_t *keys = wls_alloc(list->count, sizeof(*keys));
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		uint64_t k = key(units, list->items[i]);
		if (k == 0)
			continue;
		keys[kept] = k;
		list->items[kept++] = list->items[i];
	}
	list->count = kept;
	return keys;
}

static void join_aligned(struct wls_units *units, const struct wls_unit *p,
			 const struct wls_unit *q, wls_unit_key_function *key)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect(p, q->side, &a);
	collect(q, p->side, &b);
	_cleanup_free_ uint64_t *a_keys = keep_keyed(units, &a, key);
	_cleanup_free_ uint64_t *b_keys = keep_keyed(units, &b, key);
	size_t least = a.count < b.count ? a.count : b.count;
	_cleanup_free_ struct wls_pair *pairs = wls_alloc(least, sizeof(*pairs));
	size_t count = wls_align(a_keys, a.count, b_keys, b.count, pairs);
	for (size_t i = 0; i < count; i++)
		wls_units_join(units, a.items[pairs[i].a], b.items[pairs[i].b]);
}

struct keyed_unit {
	uint64_t key;
	uint32_t order;
	struct wls_unit *unit;
};

static int compare_keyed(const void *x, const void *y)
{
	const struct keyed_unit *a = x, *b = y;

	if (a->key != b->key)
		return a->key < b->key ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static struct keyed_unit *sort_by_key(struct wls_units *units, struct wls_unit_list *list,
				      wls_unit_key_function *key)
{
	_cleanup_free_ uint64_t *keys = keep_keyed(units, list, key);
	struct keyed_unit *sorted = wls_alloc(list->count, sizeof(*sorted));

	for (size_t i = 0; i < list->count; i++)
		sorted[i] = (struct keyed_unit){keys[i], (uint32_t)i, list->items[i]};
	if (list->count > 1)
		qsort(sorted, list->count, sizeof(*sorted), compare_keyed);
	return sorted;
}

static size_t run_length(const struct keyed_unit *list, size_t at, size_t count)
{
	size_t n = 1;

	while (at + n < count && list[at + n].key == list[at].key)
		n++;
	return n;
}

enum { REPEATED_MAX = 8 }; /* as many of one key are compared by content */

/* Of several fields of one name, those that say the most alike are one; the rest go by order. */
static void join_repeated(struct wls_units *units, const struct keyed_unit *x, size_t n,
			  const struct keyed_unit *y, size_t m)
{
	struct wls_words a[REPEATED_MAX], b[REPEATED_MAX];
	unsigned best = 1;

	if (n > REPEATED_MAX || m > REPEATED_MAX)
		return;
	for (size_t i = 0; i < n; i++)
		a[i] = wls_words_of(wls_unit_bytes(units, x[i].unit), units->arena);
	for (size_t j = 0; j < m; j++)
		b[j] = wls_words_of(wls_unit_bytes(units, y[j].unit), units->arena);
	while (best > 0) {
		size_t p = 0, q = 0;
		best = 0;
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; j < m; j++) {
				if (x[i].unit->class->unit[y[j].unit->side] ||
				    y[j].unit->class->unit[x[i].unit->side])
					continue;
				unsigned similarity = wls_words_similarity(a[i], b[j]);
				if (similarity <= best)
					continue;
				best = similarity;
				p = i;
				q = j;
			}
		if (best > 0 && !wls_units_join(units, x[p].unit, y[q].unit))
			return;
	}
}

static bool is_named(const struct wls_unit *u)
{
	return u->kind == WLS_NODE_FIELD || u->kind == WLS_NODE_SECTION;
}

/* Joins the k-th of a key on one side with the k-th on the other; `unique`: only lone ones. */
void wls_units_join_lists(struct wls_units *units, struct wls_unit_list *a, struct wls_unit_list *b,
			  wls_unit_key_function *key, bool unique)
{
	_cleanup_free_ struct keyed_unit *x = sort_by_key(units, a, key);
	_cleanup_free_ struct keyed_unit *y = sort_by_key(units, b, key);
	size_t i = 0, j = 0;

	while (i < a->count && j < b->count) {
		if (x[i].key != y[j].key) {
			if (x[i].key < y[j].key)
				i++;
			else
				j++;
			continue;
		}
		size_t n = run_length(x, i, a->count), m = run_length(y, j, b->count);
		if (!unique && n + m > 2 && is_named(x[i].unit))
			join_repeated(units, x + i, n, y + j, m);
		for (size_t k = 0; k < n && k < m && (!unique || (n == 1 && m == 1)); k++)
			wls_units_join(units, x[i + k].unit, y[j + k].unit);
		i += n;
		j += m;
	}
}

static void join_keyed(struct wls_units *units, const struct wls_unit *p, const struct wls_unit *q,
		       wls_unit_key_function *key)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect(p, q->side, &a);
	collect(q, p->side, &b);
	wls_units_join_lists(units, &a, &b, key, false);
}

/* Only those whose key stands once on both sides. */
static void join_unique(struct wls_units *units, const struct wls_unit *p, const struct wls_unit *q,
			wls_unit_key_function *key)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect(p, q->side, &a);
	collect(q, p->side, &b);
	wls_units_join_lists(units, &a, &b, key, true);
}

static bool is_running_text(const struct wls_unit *u)
{
	return u->kind == WLS_NODE_ITEM || u->kind == WLS_NODE_PARAGRAPH || u->kind == WLS_NODE_ROW;
}

/*
 * Running text among the children of two parents that is unmatched. `through`: between two sides, only of
 * `p` what has a base, and of `q` what has none.
 */
static void collect_text(const struct wls_unit *p, const struct wls_unit *q, bool through,
			 struct wls_unit_list *a, struct wls_unit_list *b)
{
	for (struct wls_unit *u = p->first; u; u = u->next)
		if (!u->class->unit[q->side] && is_running_text(u) &&
		    (!through || u->class->unit[0]))
			wls_unit_list_add(a, u);
	for (struct wls_unit *u = q->first; u; u = u->next)
		if (!u->class->unit[p->side] && is_running_text(u) &&
		    (!through || !u->class->unit[0]))
			wls_unit_list_add(b, u);
}

static void join_reworded(struct wls_units *units, const struct wls_unit *p,
			  const struct wls_unit *q, bool through)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect_text(p, q, through, &a, &b);
	wls_units_join_similar(units, a.items, a.count, b.items, b.count, 0);
}

/* What has a base on one side, and on the other none, but the same key. */
static void join_keyed_through(struct wls_units *units, const struct wls_unit *p,
			       const struct wls_unit *q)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect_text(p, q, true, &a, &b);
	wls_units_join_lists(units, &a, &b, by_any_key, true);
}

/* The only one of its kind between its matched neighbours, or NULL. */
static struct wls_unit *lone_in_gap(struct wls_unit *from, uint8_t kind, size_t other)
{
	struct wls_unit *found = NULL;

	for (struct wls_unit *u = from; u && !u->class->unit[other]; u = u->next) {
		if (u->kind != kind)
			continue;
		if (found)
			return NULL;
		found = u;
	}
	return found;
}

static bool is_block(uint8_t kind)
{
	return kind == WLS_NODE_CODE || kind == WLS_NODE_HTML || kind == WLS_NODE_QUOTE ||
	       kind == WLS_NODE_TABLE;
}

/* Renamed fields and sections keep most of their words. */
static bool may_be_renamed(struct wls_units *units, const struct wls_unit *u,
			   const struct wls_unit *v)
{
	if (u->kind != WLS_NODE_SECTION && u->kind != WLS_NODE_FIELD && u->kind != WLS_NODE_HANDOFF)
		return false;
	struct wls_words a = wls_words_of(wls_unit_bytes(units, u), units->arena);
	struct wls_words b = wls_words_of(wls_unit_bytes(units, v), units->arena);
	return wls_words_similarity(a, b) >= WLS_SIMILAR;
}

/* What stands alone in its gap, whatever it is, or NULL. */
static struct wls_unit *only_in_gap(struct wls_unit *from, size_t other)
{
	const struct wls_unit *next = from ? from->next : NULL;

	if (!from || from->class->unit[other] || (next && !next->class->unit[other]))
		return NULL;
	return from;
}

/* A block of conflict markers, and the part of it that a side left when it settled it. */
static void join_settled(struct wls_units *units, struct wls_unit *u, struct wls_unit *v)
{
	struct wls_unit *a = only_in_gap(u, v ? v->side : 0), *b = only_in_gap(v, u->side);

	if (!a || !b || a->kind != WLS_NODE_MARKER || !units->folds)
		return;
	struct wls_slice block = wls_folds_block(units->folds, wls_unit_bytes(units, a));
	if (wls_slice_find(block, wls_unit_bytes(units, b)) != SIZE_MAX)
		wls_units_join(units, a, b);
}

/* Code, tables, quotes that alone stand between matched neighbours; renamed fields and sections. */
static void join_lone(struct wls_units *units, const struct wls_unit *p, const struct wls_unit *q)
{
	static const uint8_t kinds[] = {WLS_NODE_CODE,   WLS_NODE_HTML,    WLS_NODE_QUOTE,
					WLS_NODE_TABLE,  WLS_NODE_SECTION, WLS_NODE_FIELD,
					WLS_NODE_HANDOFF};
	const struct wls_unit *before = NULL;

	for (struct wls_unit *u = p->first; u; u = before ? before->next : NULL) {
		struct wls_unit *from = before ? before->class->unit[q->side]->next : q->first;
		for (size_t k = 0; from && k < WLS_ARRAY_SIZE(kinds); k++) {
			struct wls_unit *a = lone_in_gap(u, kinds[k], q->side);
			struct wls_unit *b = lone_in_gap(from, kinds[k], p->side);
			if (a && b && (is_block(kinds[k]) || may_be_renamed(units, a, b)))
				wls_units_join(units, a, b);
		}
		join_settled(units, u, from);
		while (u && !(u->class->unit[q->side] && u->class->unit[q->side]->parent == q))
			u = u->next;
		before = u;
		if (!before)
			break;
	}
}

/* ---- the children of one class ---- */

/* Two sides' units of one class, and where to look for the next two. */
struct pair {
	size_t s, t, last; /* the sides; the last that `s` may be */
	struct wls_unit *p, *q;
};

static bool next_pair(const struct wls_units *units, const struct wls_class *c, struct pair *k)
{
	for (; k->s <= k->last; k->s++, k->t = k->s) {
		while (++k->t <= units->sides) {
			k->p = c->unit[k->s];
			k->q = c->unit[k->t];
			if (k->p && k->q)
				return true;
		}
	}
	return false;
}

/* Before the first pair of the base and a side, or of two sides. */
static struct pair of_base(void)
{
	return (struct pair){.s = 0};
}

static struct pair of_sides(const struct wls_units *units)
{
	return (struct pair){.s = 1, .t = 1, .last = units->sides};
}

static void match_equal(struct wls_units *units, struct wls_class *c)
{
	for (struct pair k = of_base(); next_pair(units, c, &k);)
		join_aligned(units, k.p, k.q, by_bytes);
	for (struct pair k = of_sides(units); next_pair(units, c, &k);)
		join_aligned(units, k.p, k.q, by_bytes);
	for (struct pair k = of_base(); next_pair(units, c, &k);)
		join_keyed(units, k.p, k.q, by_bytes);
	for (struct pair k = of_sides(units); next_pair(units, c, &k);)
		join_keyed(units, k.p, k.q, by_bytes);
	for (struct pair k = of_base(); next_pair(units, c, &k);) {
		join_aligned(units, k.p, k.q, by_form);
		join_keyed(units, k.p, k.q, by_form);
	}
	for (struct pair k = of_sides(units); next_pair(units, c, &k);) {
		join_aligned(units, k.p, k.q, by_form);
		join_keyed(units, k.p, k.q, by_form);
	}
}

/* Without one, what both sides have is two states of one thing: what they share is the base. */
static bool has_base(const struct wls_units *units, const struct wls_class *c)
{
	return c->unit[0] && units->docs[0]->source.len > 0;
}

static void match_named(struct wls_units *units, struct wls_class *c)
{
	/* A key that one side repeats may be told by the other, which has it once. */
	for (struct pair k = of_base(); next_pair(units, c, &k);)
		join_unique(units, k.p, k.q, by_name);
	for (struct pair k = of_base(); next_pair(units, c, &k);) {
		join_keyed(units, k.p, k.q, by_name);
		join_keyed(units, k.p, k.q, by_meaning);
		join_keyed(units, k.p, k.q, by_strong_key);
		join_keyed(units, k.p, k.q, by_any_key);
	}
	for (struct pair k = of_base(); next_pair(units, c, &k);) {
		join_reworded(units, k.p, k.q, false);
		join_lone(units, k.p, k.q);
	}
	for (struct pair k = of_sides(units); next_pair(units, c, &k);) {
		join_keyed(units, k.p, k.q, by_name);
		join_keyed(units, k.p, k.q, by_meaning);
		join_keyed(units, k.p, k.q, by_strong_key);
		if (has_base(units, c)) {
			join_reworded(units, k.p, k.q, true);
			join_reworded(units, k.q, k.p, true);
		} else {
			join_reworded(units, k.p, k.q, false);
			join_lone(units, k.p, k.q);
		}
	}
}

/* How many sides have something else than the base, or than each other where there is none. */
static size_t changed_sides(const struct wls_units *units, const struct wls_class *c)
{
	const struct wls_unit *first = c->unit[0];
	size_t count = 0, without_base = first ? 0 : 1;

	for (size_t s = 1; s <= units->sides; s++) {
		const struct wls_unit *u = c->unit[s];
		if (!u)
			continue;
		if (first)
			count += u->hash != first->hash;
		else
			first = u;
	}
	return count + (count > 0 ? without_base : 0);
}

void wls_class_match(struct wls_units *units, struct wls_class *c)
{
	c->opened = true;
	wls_class_open(units, c);
	match_equal(units, c);
	match_named(units, c);
}

static bool is_frontmatter(const struct wls_units *units, const struct wls_class *c)
{
	for (size_t s = 0; s <= units->sides; s++)
		if (c->unit[s])
			return c->unit[s]->kind == WLS_NODE_FRONTMATTER;
	return false;
}

/*
 * Opens and matches the classes that at least `sides` sides changed. Classes made on the way stand
 * behind the others, so that one pass reaches all.
 */
void wls_classes_match(struct wls_units *units, size_t sides)
{
	for (struct wls_class *c = units->classes; c; c = c->next) {
		/* A status may yield to that of a side that did not change it. */
		size_t least = is_frontmatter(units, c) ? 1 : sides;
		if (!c->opened && changed_sides(units, c) >= least)
			wls_class_match(units, c);
	}
}

/* What one side moved may be what another moved along and edited: now that one has a base. */
void wls_classes_match_through(struct wls_units *units)
{
	for (struct wls_class *c = units->classes; c; c = c->next) {
		if (!c->opened)
			continue;
		for (struct pair k = of_sides(units); next_pair(units, c, &k);) {
			join_keyed_through(units, k.p, k.q);
			join_keyed_through(units, k.q, k.p);
			join_reworded(units, k.p, k.q, true);
			join_reworded(units, k.q, k.p, true);
		}
	}
}

/* ---- all together ---- */

/* The entries' units are joined by their identities. */
static void join_entries(struct wls_units *units, const struct wls_entries *entries)
{
	for (size_t i = 0; i < entries->count; i++)
		entries->items[i].class = NULL;
	for (size_t s = 0; s <= units->sides; s++) {
		uint32_t i = 0;
		for (struct wls_unit *u = units->roots[s]->first; u; u = u->next) {
			if (u->kind != WLS_NODE_ENTRY || i >= units->docs[s]->entry_count)
				continue;
			struct wls_identity *id = entries->of[s][i++];
			if (!id->class) {
				id->class = wls_units_add_class(units, u);
				id->class->identity = id;
			}
			id->class->unit[s] = u;
			u->class = id->class;
		}
	}
}

void wls_units_match(struct wls_units *units, const struct wls_entries *entries)
{
	join_entries(units, entries);
	wls_class_match(units, units->root);
	wls_classes_match(units, 2);
	if (units->docs[0]->source.len == 0)
		wls_moves_match_without_base(units);
	if (!wls_moves_matter(units))
		return;
	wls_moves_match(units);
}

void wls_units_match_two(struct wls_units *units, const struct wls_entries *entries)
{
	join_entries(units, entries);
	wls_class_match(units, units->root);
	wls_moves_match(units);
}
