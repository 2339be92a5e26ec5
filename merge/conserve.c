/* SPDX-License-Identifier: MIT */
/*
 * Whether merged stretches lose or double elements that were moved.
 *
 * Layer: merge. Includes: base, merge.
 *
 * The problem: for an alignment, a move is a removal and an addition somewhere else, and nothing
 * connects the two. When both sides moved a line, to different places, the merge takes it out once
 * and puts it in twice, and no two changes of those touch; when one place of a move lies in a
 * conflict, what a user picks there decides whether the line is there twice, or not at all.
 *
 * The idea: count. A clean result has of each element no more than the base and what both sides
 * added, and no less than the base without what both removed. (Not "exactly so many more": the one
 * side may have taken a "}" out here, and the other put one in there; and these bounds hold again
 * when the result is merged again in place of a side.) With conflicts, the result with one side's
 * part of each must have an element as often as that side has it, but for what the other side's
 * number of it differs from the base's.
 *
 * Linear; what all three share is passed over.
 */
#include "base/map.h"
#include "merge/regions.h"

/* How often an element occurs, apart from what all three share. */
struct tally {
	int32_t base, ours, theirs;
	int32_t with_ours, with_theirs; /* in the result, with that side's part of conflicts */
};

struct tallies {
	struct wls_map map; /* key to index */
	struct tally *items;
	size_t count, cap;
	bool conflict;
};

bool wls_stretch_takes_ours(const struct wls_three *three, const struct wls_stretch *stretch,
			    size_t k)
{
	const struct wls_tokens *ours = &three->ours->seq, *theirs = &three->theirs->seq;

	return wls_token_same(ours, stretch->o0 + k, theirs, stretch->t0 + k) ||
	       !wls_token_same(ours, stretch->o0 + k, three->base, stretch->b0 + k);
}

/* Where an element occurs; what the result has of it with ours, and with theirs. */
enum tally_of {
	TALLY_BASE = 1,
	TALLY_OURS = 2,
	TALLY_THEIRS = 4,
	TALLY_WITH_OURS = 8,
	TALLY_WITH_THEIRS = 16,
	TALLY_WITH_BOTH = TALLY_WITH_OURS | TALLY_WITH_THEIRS,
};

static void tally_add(struct tallies *tallies, const struct wls_tokens *seq, size_t i,
		      unsigned what)
{
	size_t len = seq->items[i].key_len;
	struct wls_slice key = wls_slice(len > 0 ? seq->keys + seq->items[i].key : "", len);

	/* A line is not lost when it lost its line ending, nor doubled when it got one. */
	while (key.len > 0 && (key.ptr[key.len - 1] == ' ' || key.ptr[key.len - 1] == '\t' ||
			       key.ptr[key.len - 1] == '\r' || key.ptr[key.len - 1] == '\n'))
		key.len--;
	if (key.len == 0)
		return;
	uint32_t *index = wls_map_at(&tallies->map, key);
	if (*index == WLS_MAP_NONE) {
		WLS_GROW(tallies->items, tallies->cap, tallies->count + 1);
		tallies->items[tallies->count] = (struct tally){0};
		*index = (uint32_t)tallies->count++;
	}
	struct tally *t = &tallies->items[*index];
	t->base += (what & TALLY_BASE) != 0;
	t->ours += (what & TALLY_OURS) != 0;
	t->theirs += (what & TALLY_THEIRS) != 0;
	t->with_ours += (what & TALLY_WITH_OURS) != 0;
	t->with_theirs += (what & TALLY_WITH_THEIRS) != 0;
}

/* An element of an aligned stretch; nothing when it is the same in all three. */
static void tally_aligned(struct tallies *tallies, const struct wls_three *three,
			  const struct wls_stretch *s, size_t k)
{
	const struct wls_tokens *ours = &three->ours->seq, *theirs = &three->theirs->seq;
	bool takes_ours = wls_stretch_takes_ours(three, s, k);

	if (wls_token_same(ours, s->o0 + k, theirs, s->t0 + k) &&
	    wls_token_same(ours, s->o0 + k, three->base, s->b0 + k))
		return;
	tally_add(tallies, three->base, s->b0 + k, TALLY_BASE);
	tally_add(tallies, ours, s->o0 + k, TALLY_OURS | (takes_ours ? TALLY_WITH_BOTH : 0U));
	tally_add(tallies, theirs, s->t0 + k, TALLY_THEIRS | (takes_ours ? 0U : TALLY_WITH_BOTH));
}

static void tally_stretch(struct tallies *tallies, const struct wls_three *three,
			  const struct wls_stretch *s)
{
	unsigned ours = TALLY_OURS, theirs = TALLY_THEIRS;

	if (s->kind == WLS_STRETCH_ALIGNED) {
		for (size_t k = 0; k < s->b1 - s->b0; k++)
			tally_aligned(tallies, three, s, k);
		return;
	}
	if (s->kind == WLS_STRETCH_CONFLICT) {
		tallies->conflict = true;
		ours |= TALLY_WITH_OURS;
		theirs |= TALLY_WITH_THEIRS;
	} else if (s->kind == WLS_STRETCH_THEIRS) {
		theirs |= TALLY_WITH_BOTH;
	} else {
		ours |= TALLY_WITH_BOTH;
	}
	for (size_t i = s->b0; i < s->b1; i++)
		tally_add(tallies, three->base, i, TALLY_BASE);
	for (size_t i = s->o0; i < s->o1; i++)
		tally_add(tallies, &three->ours->seq, i, ours);
	for (size_t i = s->t0; i < s->t1; i++)
		tally_add(tallies, &three->theirs->seq, i, theirs);
}

/* Whether the result exceeds (or lacks) what one side has by no more than the other changed. */
static bool is_explained(int32_t excess, int32_t change)
{
	return change < 0 ? excess >= change && excess <= 0 : excess <= change && excess >= 0;
}

static int32_t positive(int32_t x)
{
	return x > 0 ? x : 0;
}

static bool is_conserved(const struct tally *t, bool conflict)
{
	int32_t ours = t->ours - t->base, theirs = t->theirs - t->base;

	if (conflict)
		return is_explained(t->with_ours - t->ours, theirs) &&
		       is_explained(t->with_theirs - t->theirs, ours);
	return t->with_ours <= t->base + positive(ours) + positive(theirs) &&
	       t->with_ours >= t->base - positive(-ours) - positive(-theirs);
}

bool wls_stretches_conserve(const struct wls_three *three, const struct wls_stretches *stretches)
{
	struct tallies tallies = {0};
	bool conserves = true;

	for (size_t i = 0; i < stretches->count; i++)
		tally_stretch(&tallies, three, &stretches->items[i]);
	for (size_t i = 0; i < tallies.count && conserves; i++)
		conserves = is_conserved(&tallies.items[i], tallies.conflict);
	wls_map_release(&tallies.map);
	free(tallies.items);
	return conserves;
}
