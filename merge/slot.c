/* SPDX-License-Identifier: MIT */
/*
 * One slot: what several sides put in at one place.
 *
 * Layer: merge. Includes: base, doc, merge, list_key.
 *
 * The runs of the sides follow each other, ordered by the hash of their first node; or, in a list that
 * is kept by keys, are merged by key. What several sides put in is an anchor, between which that is
 * done; anchors in opposite orders are a conflict.
 */
#include "base/map.h"
#include "merge/arrange_internal.h"
#include "merge/list_key.h"

/* What one side put into a slot. */
struct slot_run {
	const struct wls_insertion *items;
	size_t count, at;
	size_t until; /* the next shared class; those before it are this side's alone */
};

/* A text without the numbers of versions, which differ from merge to merge. */
static uint64_t neutral_hash(const struct wls_units *units, const struct wls_unit *u)
{
	struct wls_slice s = wls_unit_bytes(units, u);
	uint64_t hash = 0;
	size_t from = 0;

	for (size_t i = 0; i + 1 < s.len; i++) {
		if ((s.ptr[i] != 'v' && s.ptr[i] != 'H') || !wls_is_digit(s.ptr[i + 1]) ||
		    (i > 0 && wls_is_alnum(s.ptr[i - 1])))
			continue;
		hash = wls_hash_mix(hash, wls_slice(s.ptr + from, i + 1 - from));
		while (i + 1 < s.len && wls_is_digit(s.ptr[i + 1]))
			i++;
		from = i + 1;
	}
	return wls_hash_mix(hash, wls_slice_from(s, from));
}

static bool is_shared(const struct wls_insertion *in)
{
	return !in->twice && in->class->runs > 1;
}

static void find_shared(struct slot_run *run)
{
	run->until = run->at;
	while (run->until < run->count && !is_shared(&run->items[run->until]))
		run->until++;
}

static void put(struct wls_arranger *a, const struct wls_insertion *in)
{
	wls_arranger_add(a, (struct wls_arranged){.class = in->class,
						  .only_side = in->twice ? in->side : 0});
}

/* Whether the first of run `x` has the smaller hash than that of `y`. */
static bool comes_first(const struct wls_arranger *a, const struct slot_run *x,
			const struct slot_run *y)
{
	return neutral_hash(a->units, x->items[x->at].unit) <
	       neutral_hash(a->units, y->items[y->at].unit);
}

/* The direction of the list: the base's, else what the sides that have several items show. */
static int key_direction(const struct wls_arranger *a, const struct slot_run *runs)
{
	const struct wls_unit *base = a->home->unit[0];
	int direction = base ? wls_list_direction(a->units, base->first) : 0;

	if (base && base->first && base->first->next)
		return direction;
	for (size_t s = 1; s <= a->units->sides && direction == 0; s++)
		if (runs[s].count > 0)
			direction = wls_list_direction(a->units, a->home->unit[s]->first);
	return direction != 0 ? direction : 1;
}

/* Whether all of a slot has keys, and comes from several sides, so that the keys can order it. */
static bool are_keyed(const struct wls_arranger *a, const struct slot_run *runs)
{
	size_t with = 0;

	for (size_t s = 1; s <= a->units->sides; s++) {
		with += runs[s].count > 0;
		for (size_t i = 0; i < runs[s].count; i++)
			if (runs[s].items[i].twice ||
			    wls_list_key(a->units, runs[s].items[i].unit).len == 0)
				return false;
	}
	return with > 1;
}

/*
 * What follows a heading is the heading's, and an item behind a field is the field's: of what sides put in at
 * one place, headings come last, and fields behind all that belongs to nothing.
 */
static int rank_of(const struct wls_unit *u)
{
	switch (u->kind) {
	case WLS_NODE_ENTRY:
	case WLS_NODE_SECTION:
		return 3;
	case WLS_NODE_HANDOFF:
		return 2;
	case WLS_NODE_FIELD:
		return 1;
	default:
		return 0;
	}
}

/* Whether the head of `x` goes before that of `y`. */
static bool goes_first(const struct wls_arranger *a, const struct slot_run *x,
		       const struct slot_run *y)
{
	int rank_x = rank_of(x->items[x->at].unit), rank_y = rank_of(y->items[y->at].unit);

	return rank_x != rank_y ? rank_x < rank_y : comes_first(a, x, y);
}

/* Puts the run's items up to its next shared class, or to the next of a higher rank. */
static void put_run(struct wls_arranger *a, struct slot_run *run)
{
	int rank = rank_of(run->items[run->at].unit);

	while (run->at < run->until && rank_of(run->items[run->at].unit) <= rank)
		put(a, &run->items[run->at++]);
}

/* Puts the runs up to their next shared class, one after another by the hash of their first. */
static void put_unshared(struct wls_arranger *a, struct slot_run *runs)
{
	for (size_t s = 1; s <= a->units->sides; s++)
		find_shared(&runs[s]);
	for (;;) {
		struct slot_run *best = NULL;
		for (size_t s = 1; s <= a->units->sides; s++)
			if (runs[s].at < runs[s].until && (!best || goes_first(a, &runs[s], best)))
				best = &runs[s];
		if (!best)
			return;
		put_run(a, best);
	}
}

/* Tells the heads of the runs how many they lead. */
static void count_heads(const struct wls_arranger *a, const struct slot_run *runs)
{
	for (size_t s = 1; s <= a->units->sides; s++)
		if (runs[s].at < runs[s].count)
			runs[s].items[runs[s].at].class->heads = 0;
	for (size_t s = 1; s <= a->units->sides; s++)
		if (runs[s].at < runs[s].count)
			runs[s].items[runs[s].at].class->heads++;
}

/* The shared class that stands next in all runs that have it, or NULL. */
static struct wls_class *next_shared(const struct wls_arranger *a, struct slot_run *runs, bool *any)
{
	*any = false;
	for (size_t s = 1; s <= a->units->sides; s++)
		*any |= runs[s].at < runs[s].count;
	count_heads(a, runs);
	for (size_t s = 1; s <= a->units->sides; s++) {
		struct wls_class *c =
			runs[s].at < runs[s].count ? runs[s].items[runs[s].at].class : NULL;
		if (c && c->heads == c->runs)
			return c;
	}
	return NULL;
}

static void take_class(struct wls_arranger *a, struct slot_run *runs, struct wls_class *c)
{
	wls_arranger_add(a, (struct wls_arranged){.class = c});
	for (size_t s = 1; s <= a->units->sides; s++)
		if (runs[s].at < runs[s].count && runs[s].items[runs[s].at].class == c)
			runs[s].at++;
}

/* Merges the runs by their keys; stops where two sides have the same in opposite orders. */
static void put_by_key(struct wls_arranger *a, struct slot_run *runs, int direction)
{
	for (;;) {
		const struct slot_run *best = NULL;
		struct wls_slice best_key = {0};
		count_heads(a, runs);
		for (size_t s = 1; s <= a->units->sides; s++) {
			const struct slot_run *run = &runs[s];
			const struct wls_insertion *head =
				run->at < run->count ? &run->items[run->at] : NULL;
			if (!head || head->class->heads < head->class->runs)
				continue;
			struct wls_slice key = wls_list_key(a->units, head->unit);
			int order = best ? wls_list_key_compare(key, best_key) * direction : -1;
			if (order > 0 || (order == 0 && !comes_first(a, run, best)))
				continue;
			best = run;
			best_key = key;
		}
		if (!best)
			return;
		take_class(a, runs, best->items[best->at].class);
	}
}

/* Both sides put the same in, in opposite orders: what is left of the slot is a conflict. */
static void put_conflict(struct wls_arranger *a, struct slot_run *runs)
{
	size_t n = a->units->sides + 1;
	struct wls_arranged item = {
		.runs = WLS_ARENA_ARRAY(a->units->arena, struct wls_unit **, n),
		.run_counts = WLS_ARENA_ARRAY(a->units->arena, uint32_t, n),
	};

	for (size_t s = 1; s < n; s++) {
		size_t count = runs[s].count - runs[s].at;
		item.runs[s] = WLS_ARENA_ARRAY(a->units->arena, struct wls_unit *, count);
		item.run_counts[s] = (uint32_t)count;
		for (size_t i = 0; i < count; i++)
			item.runs[s][i] = runs[s].items[runs[s].at + i].unit;
	}
	wls_arranger_add(a, item);
}

static bool are_equal_runs(const struct slot_run *x, const struct slot_run *y)
{
	if (x->count != y->count)
		return false;
	for (size_t i = 0; i < x->count; i++)
		if (x->items[i].class != y->items[i].class || x->items[i].twice)
			return false;
	return true;
}

/* Sides that put in the same speak with one voice, as if they had been merged before. */
static void drop_equal_runs(struct wls_arranger *a, struct slot_run *runs)
{
	for (size_t s = 1; s <= a->units->sides; s++)
		for (size_t t = s + 1; t <= a->units->sides && runs[s].count > 0; t++) {
			if (!are_equal_runs(&runs[s], &runs[t]))
				continue;
			for (size_t i = 0; i < runs[t].count; i++)
				runs[t].items[i].class->runs--;
			runs[t].count = 0;
		}
}

void wls_arranger_put_slot(struct wls_arranger *a, size_t first, size_t end)
{
	struct slot_run runs[WLS_MERGE_SIDES_MAX + 1] = {0};
	size_t with = 0;
	bool any = true;

	for (size_t i = first; i < end; i++) {
		struct slot_run *run = &runs[a->insertions[i].side];
		if (run->count++ == 0)
			run->items = &a->insertions[i];
	}
	drop_equal_runs(a, runs);
	for (size_t s = 1; s <= a->units->sides; s++)
		with += runs[s].count > 0;
	a->out->shared |= with > 1;
	int direction = are_keyed(a, runs) ? key_direction(a, runs) : 0;
	if (direction != 0)
		put_by_key(a, runs, direction);
	while (any) {
		put_unshared(a, runs);
		struct wls_class *c = next_shared(a, runs, &any);
		if (!c) {
			if (any)
				put_conflict(a, runs);
			return;
		}
		take_class(a, runs, c);
	}
}
