/* SPDX-License-Identifier: MIT */
/*
 * The tail: entries that were added behind the newest of the base.
 *
 * Layer: merge. Includes: base, doc, merge, entries.
 *
 * The problem: several sides went on from v5, each with a v6 of its own. All of them must stand in the
 * result, in an order that does not depend on the order of merging, with numbers that nobody has.
 *
 * The idea: the sides' tails are merged like sorted files, by time and then by hash, always taking the
 * earliest head; an entry that several sides have waits until it leads all their tails. Then each gets
 * its own number, or the one after its predecessor's when that is not enough.
 *
 *	base  v5        ours  v5 v6(Mon)       theirs  v5 v6(Tue) v7(Wed)
 *	result  v5 v6(Mon) v7(Tue) v8(Wed)
 *
 * Merging heads, rather than sorting, keeps each side's own order even when its dates are wrong. Each
 * number is at least what it was in any earlier merge, so that merging again changes nothing.
 *
 * Complexity: O(k · sides) for k entries that were added.
 */
#include "base/map.h"
#include "merge/entries.h"

struct run {
	struct wls_identity **items; /* oldest first */
	size_t count, at;
};

/* An added entry as the first side that has it wrote it. */
static const struct wls_entry *first_of(const struct wls_entries *e, const struct wls_identity *id)
{
	static const struct wls_entry none;
	size_t s = 1;

	while (s < e->sides && !wls_identity_on(id, s))
		s++;
	return wls_identity_on(id, s) ? wls_entries_at(e, s, id->entry[s]) : &none;
}

/* Undated entries come before all, so that they follow their predecessor at once. */
static int compare_times(const struct wls_entries *e, const struct wls_identity *a,
			 const struct wls_identity *b)
{
	const struct wls_entry *x = first_of(e, a), *y = first_of(e, b);
	int order = wls_slice_cmp(x->date, y->date);
	if (order == 0 && x->date.len > 0)
		order = wls_slice_cmp(x->time, y->time);
	if (order == 0)
		order = (a->order_hash > b->order_hash) - (a->order_hash < b->order_hash);
	return order;
}

/* Moves past what was taken, and tells the new head that it is one. */
static void settle_head(struct run *run)
{
	while (run->at < run->count && run->items[run->at]->taken)
		run->at++;
	if (run->at < run->count)
		run->items[run->at]->heads++;
}

/* The head that comes next: the earliest that no run holds back, else simply the earliest. */
static struct wls_identity *next_head(const struct wls_entries *e, const struct run *runs)
{
	struct wls_identity *best = NULL;

	for (int strict = 1; strict >= 0 && !best; strict--)
		for (size_t s = 1; s <= e->sides; s++) {
			const struct run *run = &runs[s];
			struct wls_identity *head =
				run->at < run->count ? run->items[run->at] : NULL;
			if (!head || (strict && head->heads < __builtin_popcountll(head->runs)))
				continue;
			if (!best || compare_times(e, head, best) < 0)
				best = head;
		}
	return best;
}

static void merge_runs(struct wls_entries *e, struct run *runs)
{
	struct wls_identity *next;

	for (size_t s = 1; s <= e->sides; s++)
		settle_head(&runs[s]);
	while ((next = next_head(e, runs)) != NULL) {
		next->taken = true;
		e->tail[e->tail_count++] = next;
		for (size_t s = 1; s <= e->sides; s++)
			if (runs[s].at < runs[s].count && runs[s].items[runs[s].at] == next)
				settle_head(&runs[s]);
	}
}

/* The entry of the base that keeps the highest number, or NULL. */
static const struct wls_identity *newest_of_base(const struct wls_entries *e)
{
	const struct wls_identity *newest = NULL;

	for (size_t i = 0; i < e->count; i++) {
		const struct wls_identity *id = &e->items[i];
		if (!id->added && !id->removed && (!newest || id->number > newest->number))
			newest = id;
	}
	return newest;
}

/* The same as a side numbers them: it may not know yet that one of them moved. */
static uint32_t newest_of_base_on(const struct wls_entries *e, size_t side)
{
	uint32_t newest = 0;

	for (uint32_t i = 0; i < e->docs[side]->entry_count; i++) {
		const struct wls_identity *id = e->of[side][i];
		if (!id->added && !id->removed && wls_entries_at(e, side, i)->version > newest)
			newest = wls_entries_at(e, side, i)->version;
	}
	return newest;
}

static void collect_run(struct wls_entries *e, size_t side, struct run *run)
{
	uint32_t n = e->docs[side]->entry_count, newest = newest_of_base_on(e, side);

	run->items = WLS_ARENA_ARRAY(e->arena, struct wls_identity *, n);
	for (uint32_t k = 0; k < n; k++) {
		uint32_t i = e->docs[side]->newest_first ? n - 1 - k : k;
		struct wls_identity *id = e->of[side][i];
		if (!id->added || wls_entries_at(e, side, i)->continuation ||
		    wls_entries_at(e, side, i)->version <= newest)
			continue;
		id->tail = true;
		id->runs |= UINT64_C(1) << (side - 1);
		run->items[run->count++] = id;
	}
}

/* Whether a run holds an entry that `other` does not. */
static bool has_own(const struct run *run, size_t other)
{
	for (size_t i = 0; i < run->count; i++)
		if (!wls_identity_on(run->items[i], other))
			return true;
	return false;
}

/* Whether two sides have tails of which neither holds the other. */
static bool are_concurrent(const struct wls_entries *e, const struct run *runs)
{
	for (size_t s = 1; s <= e->sides; s++)
		for (size_t t = s + 1; t <= e->sides; t++)
			if (has_own(&runs[s], t) && has_own(&runs[t], s))
				return true;
	return false;
}

/* Numbers the tail: each its own number, but greater than its predecessor's. */
static void number_tail(struct wls_entries *e, uint32_t newest)
{
	for (size_t i = 0; i < e->tail_count; i++) {
		struct wls_identity *id = e->tail[i];
		if (id->number <= newest)
			id->number = newest + 1;
		newest = id->number;
	}
}

/*
 * Two sides put an entry of one number between those of the base: the later goes behind the newest,
 * since numbers further up are taken.
 */
static void move_collisions(struct wls_entries *e)
{
	_cleanup_(wls_map_release) struct wls_map taken = {0};

	for (size_t i = 0; i < e->count; i++) {
		struct wls_identity *id = &e->items[i];
		if (!id->added || id->tail || id->removed || wls_identity_continues(e, id))
			continue;
		uint32_t *first = wls_map_at(
			&taken, wls_slice((const char *)&id->number, sizeof(id->number)));
		if (*first == WLS_MAP_NONE) {
			*first = (uint32_t)i;
			continue;
		}
		struct wls_identity *other = &e->items[*first];
		bool later = compare_times(e, id, other) > 0;
		struct wls_identity *moved = later ? id : other;
		if (!later)
			*first = (uint32_t)i;
		moved->tail = true;
		e->tail[e->tail_count++] = moved;
	}
}

/* Whether an added entry has different numbers on two sides. */
static bool has_two_numbers(const struct wls_entries *e, const struct wls_identity *id)
{
	uint32_t first = 0;

	for (size_t s = 1; s <= e->sides; s++) {
		if (!wls_identity_on(id, s))
			continue;
		uint32_t number = wls_entries_at(e, s, id->entry[s])->version;
		if (first != 0 && number != first)
			return true;
		first = number;
	}
	return false;
}

/* Whether a side has among the base's entries what another has behind them: it was moved there. */
static bool has_latecomer(const struct wls_entries *e)
{
	for (size_t i = 0; i < e->count; i++)
		for (size_t s = 1; s <= e->sides && e->items[i].tail; s++)
			if (wls_identity_on(&e->items[i], s) && !(e->items[i].runs >> (s - 1) & 1))
				return true;
	return false;
}

void wls_entries_settle_tail(struct wls_entries *e)
{
	struct run runs[WLS_MERGE_SIDES_MAX + 1] = {0};
	const struct wls_identity *base = newest_of_base(e);
	uint32_t newest = base ? base->number : 0;
	size_t with_tail = 0, adding = 0;
	bool base_missing = false;

	for (size_t s = 1; s <= e->sides; s++) {
		collect_run(e, s, &runs[s]);
		with_tail += runs[s].count > 0;
		base_missing |= runs[s].count > 0 && base && !wls_identity_on(base, s);
		adding += e->adds[s];
	}
	bool concurrent = are_concurrent(e, runs);
	e->tail = WLS_ARENA_ARRAY(e->arena, struct wls_identity *, e->count);
	e->tail_together = with_tail > 1 || base_missing || has_latecomer(e);
	merge_runs(e, runs);
	if (adding > 1) {
		size_t before = e->tail_count;
		move_collisions(e);
		concurrent |= e->tail_count > before;
		e->tail_together |= e->tail_count > before;
	}
	/* A base entry that moved up may have taken the number of what one side added. */
	for (size_t i = 0; i < e->tail_count; i++)
		concurrent |= e->tail[i]->number <= newest || has_two_numbers(e, e->tail[i]);
	if (concurrent)
		number_tail(e, newest);
}
