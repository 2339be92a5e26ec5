/* SPDX-License-Identifier: MIT */
/*
 * The order of children: base order, one side's new order, and what the sides put in.
 *
 * Layer: merge. Includes: base, doc, merge, entries, unit.
 *
 * The problem: three sequences of classes, of which some are in all of them, some were put in by one
 * side or both, some moved. The result must keep what each side did to the order, and must be the same
 * when one side already holds the result of merging with the other.
 *
 * The idea: the classes that the base has here are the spine, in the base's order or in that of the one
 * side that changed it. Everything else was put in: it hangs in the slot behind the spine class that
 * stood before it, the earliest when sides differ.
 *
 *	base  a b c      ours  a x b c      theirs  a y z b c
 *	spine a b c      slot 1: ours [x], theirs [y z]      result  a x y z b c or a y z x b c
 *
 * In a slot the runs of the sides follow each other, ordered by the hash of their first class, or by
 * number in a list that is kept by number; classes that several sides put in are anchors between which
 * that is done. So merging a result with one of its sides again finds that side's run whole, as
 * anchors, and changes nothing. Anchors in opposite orders are a conflict.
 *
 * New entries stand as one run, in the order of merge/tail.c.
 *
 * Complexity: O(n log n).
 */
#include "merge/arrange_internal.h"

/* ---- membership ---- */

static bool is_tail(const struct wls_arranger *a, const struct wls_class *c)
{
	return a->entries->tail_together && c->identity && c->identity->tail;
}

static bool is_member(const struct wls_arranger *a, const struct wls_class *c)
{
	return c->alive && c->home == a->home && !is_tail(a, c);
}

/* A unit that its side moved here, while another side moved it elsewhere. */
static bool is_twice_here(const struct wls_arranger *a, const struct wls_unit *u)
{
	const struct wls_class *c = u->class;

	return c->twice && u->side > 0 && c->unit[0] && c->unit[0]->parent->class != a->home;
}

void wls_arranger_add(struct wls_arranger *a, struct wls_arranged item)
{
	struct wls_arrangement *out = a->out;

	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = item;
}

/* ---- the spine ---- */

static void collect_spine(struct wls_arranger *a)
{
	const struct wls_unit *base = a->home->unit[0];
	size_t n = 0;

	for (const struct wls_unit *u = base ? base->first : NULL; u; u = u->next)
		n++;
	a->spine = WLS_ARENA_ARRAY(a->units->arena, struct wls_class *, n);
	for (const struct wls_unit *u = base ? base->first : NULL; u; u = u->next) {
		if (!is_member(a, u->class))
			continue;
		u->class->spine = true;
		u->class->slot = (uint32_t)a->spine_count;
		a->spine[a->spine_count++] = u->class;
	}
}

/* The spine classes in the order of a side. Returns how many. */
static size_t order_on(const struct wls_arranger *a, size_t side, struct wls_class **order,
		       bool *rising)
{
	const struct wls_unit *unit = a->home->unit[side];
	size_t n = 0;

	*rising = true;
	for (const struct wls_unit *u = unit ? unit->first : NULL; u; u = u->next) {
		if (!is_member(a, u->class) || !u->class->spine)
			continue;
		if (n > 0 && u->class->slot < order[n - 1]->slot)
			*rising = false;
		order[n++] = u->class;
	}
	return n;
}

/* Whether two orders agree about the classes that both have. */
static bool orders_agree(struct wls_class *const *x, size_t n, struct wls_class *const *y, size_t m,
			 size_t x_side, size_t y_side)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < n && !x[i]->unit[y_side])
			i++;
		while (j < m && !y[j]->unit[x_side])
			j++;
		if (i == n || j == m)
			return true;
		if (x[i++] != y[j++])
			return false;
	}
}

/* Takes over a side's order; what the side does not have stays behind its predecessor. */
static void reorder_spine(struct wls_arranger *a, struct wls_class **order, size_t n)
{
	struct wls_class **spine =
		WLS_ARENA_ARRAY(a->units->arena, struct wls_class *, a->spine_count);
	bool *placed = WLS_ARENA_ARRAY(a->units->arena, bool, a->spine_count);
	size_t count = 0;

	for (size_t i = 0; i < n; i++)
		placed[order[i]->slot] = true;
	for (size_t k = 0; k < a->spine_count && !placed[k]; k++)
		spine[count++] = a->spine[k];
	for (size_t i = 0; i < n; i++) {
		spine[count++] = order[i];
		for (size_t k = order[i]->slot + 1; k < a->spine_count && !placed[k]; k++)
			spine[count++] = a->spine[k];
	}
	a->spine = spine;
	a->out->reordered = true;
}

static void order_spine(struct wls_arranger *a)
{
	struct wls_class **chosen = NULL;
	size_t chosen_count = 0, chosen_side = 0;

	for (size_t s = 1; s <= a->units->sides; s++) {
		bool rising;
		struct wls_class **order =
			WLS_ARENA_ARRAY(a->units->arena, struct wls_class *, a->spine_count);
		size_t n = order_on(a, s, order, &rising);
		if (rising)
			continue;
		if (chosen && !orders_agree(chosen, chosen_count, order, n, chosen_side, s))
			a->out->conflict = true;
		if (!chosen || n > chosen_count) {
			chosen = order;
			chosen_count = n;
			chosen_side = s;
		}
	}
	if (chosen)
		reorder_spine(a, chosen, chosen_count);
	for (size_t k = 0; k < a->spine_count; k++)
		a->spine[k]->slot = (uint32_t)k + 1;
}

/* ---- what was put in ---- */

static void walk_side(struct wls_arranger *a, size_t side, bool collect)
{
	const struct wls_unit *unit = a->home->unit[side];
	uint32_t slot = 0, order = 0;

	for (struct wls_unit *u = unit ? unit->first : NULL; u; u = u->next) {
		struct wls_class *c = u->class;
		bool twice = is_twice_here(a, u), member = is_member(a, c);
		if (member && c->spine) {
			slot = c->slot;
		} else if (member && !collect) {
			if (slot < c->slot)
				c->slot = slot;
		} else if (twice ? collect : (member && c->slot == slot)) {
			WLS_GROW(a->insertions, a->cap, a->count + 1);
			a->insertions[a->count++] =
				(struct wls_insertion){slot, order++, c, u, (uint8_t)side, twice};
			c->runs += !twice;
		}
	}
}

static int compare_insertions(const void *x, const void *y)
{
	const struct wls_insertion *a = x, *b = y;

	if (a->slot != b->slot)
		return a->slot < b->slot ? -1 : 1;
	if (a->side != b->side)
		return a->side < b->side ? -1 : 1;
	return (a->order > b->order) - (a->order < b->order);
}

static void collect_insertions(struct wls_arranger *a)
{
	for (struct wls_class *c = a->home->inner; c; c = c->beside) {
		if (c->spine)
			continue;
		c->slot = UINT32_MAX;
		c->runs = c->heads = 0;
	}
	for (size_t s = 1; s <= a->units->sides; s++)
		walk_side(a, s, false);
	for (size_t s = 1; s <= a->units->sides; s++)
		walk_side(a, s, true);
	if (a->count > 1)
		qsort(a->insertions, a->count, sizeof(*a->insertions), compare_insertions);
}

static void put_all(struct wls_arranger *a)
{
	size_t at = 0;

	for (uint32_t slot = 0; slot <= a->spine_count; slot++) {
		size_t first = at;
		if (slot > 0)
			wls_arranger_add(a, (struct wls_arranged){.class = a->spine[slot - 1]});
		while (at < a->count && a->insertions[at].slot == slot)
			at++;
		if (at > first)
			wls_arranger_put_slot(a, first, at);
	}
}

/* ---- new entries ---- */

/* Where in the arrangement a class stands, or `none`. */
static size_t index_of(const struct wls_arranger *a, const struct wls_class *c, size_t none)
{
	for (size_t i = 0; c && i < a->out->count; i++)
		if (a->out->items[i].class == c)
			return i;
	return none;
}

/* The entry of the base with the highest number. */
static struct wls_class *newest_of_base(const struct wls_arranger *a)
{
	const struct wls_identity *newest = NULL;

	for (size_t i = 0; i < a->entries->count; i++) {
		const struct wls_identity *id = &a->entries->items[i];
		if (!id->added && !id->removed && id->class && id->class->home == a->home &&
		    (!newest || id->number > newest->number))
			newest = id;
	}
	return newest ? newest->class : NULL;
}

/* Whether its side put it behind the newest; what only met a number that was taken did not. */
static bool is_in_run(const struct wls_arranger *a, const struct wls_unit *u)
{
	return is_tail(a, u->class) && (u->class->identity->runs >> (u->side - 1) & 1);
}

/*
 * The index where a side put its new entries: in front of what follows them (newest first), or
 * behind what stands before them.
 */
static size_t place_on(const struct wls_arranger *a, size_t side)
{
	bool newest_first = a->entries->newest_first;
	const struct wls_unit *u = a->home->unit[side]->first, *found = NULL;

	for (; u; u = u->next)
		if (is_in_run(a, u) && (!found || newest_first))
			found = u;
	while (found && !is_member(a, found->class))
		found = newest_first ? found->next : found->prev;
	if (newest_first)
		return index_of(a, found ? found->class : NULL, a->out->count);
	return index_of(a, found ? found->class : NULL, SIZE_MAX) + 1;
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* The place of the run: of those that sides chose, the nearest to the newest entry of the base. */
static size_t tail_place(const struct wls_arranger *a)
{
	bool newest_first = a->entries->newest_first;
	struct wls_class *newest = newest_of_base(a);
	size_t ideal = index_of(a, newest, SIZE_MAX), best = SIZE_MAX;

	if (newest && !newest_first)
		ideal++;
	for (size_t s = 1; s <= a->units->sides; s++) {
		bool has = false;
		for (const struct wls_unit *u = a->home->unit[s] ? a->home->unit[s]->first : NULL;
		     u && !has; u = u->next)
			has = is_in_run(a, u);
		bool turned = a->units->docs[s]->version_count > 1 &&
			      a->units->docs[s]->newest_first != newest_first;
		if (!has || (newest && (turned || !newest->unit[s])))
			continue;
		size_t place = place_on(a, s);
		if (best == SIZE_MAX ||
		    (newest ? distance(place, ideal) < distance(best, ideal) : place < best))
			best = place;
	}
	if (best != SIZE_MAX)
		return best;
	return newest ? ideal : a->out->count;
}

static void put_tail(struct wls_arranger *a)
{
	struct wls_arrangement *out = a->out;
	size_t n = a->entries->tail_count, place = tail_place(a), kept = 0;

	WLS_GROW(out->items, out->cap, out->count + n);
	memmove(out->items + place + n, out->items + place,
		(out->count - place) * sizeof(*out->items));
	for (size_t i = 0; i < n; i++) {
		struct wls_identity *id =
			a->entries->tail[a->entries->newest_first ? n - 1 - i : i];
		if (id->class && id->class->alive)
			out->items[place + kept++] = (struct wls_arranged){.class = id->class};
	}
	memmove(out->items + place + kept, out->items + place + n,
		(out->count - place) * sizeof(*out->items));
	out->count += kept;
}

void wls_arrange(struct wls_units *units, const struct wls_entries *entries, struct wls_class *home,
		 struct wls_arrangement *out)
{
	struct wls_arranger a = {.units = units, .entries = entries, .home = home, .out = out};

	*out = (struct wls_arrangement){0};
	collect_spine(&a);
	order_spine(&a);
	collect_insertions(&a);
	put_all(&a);
	if (home == units->root && entries->tail_together)
		put_tail(&a);
	free(a.insertions);
}
