/* SPDX-License-Identifier: MIT */
/*
 * Which stretches of three sequences belong together, and which side's text holds in each.
 *
 * Layer: merge. Includes: base, merge.
 *
 * The problem: diff3 calls it a conflict when two changes touch, and so stops on people who
 * edited neighbouring lines, or put a line behind one that the other reworded. Taking both
 * whenever it can be done is worse: it brings back what was removed, and doubles what both added.
 *
 * The idea: each side's changes against the base are laid beside the base. A change of n elements
 * to n others is taken for n changes of one element. Two changes of different sides are *related*
 * when they overlap, when both put something in at one place, or when they touch, unless
 * - each changes one element to one other, or
 * - one puts elements in beside a stretch that the other replaced by no fewer than it had, they
 *   share no element, and the place is not in the middle of a larger replacement.
 * Related changes form clusters; a cluster becomes a stretch. Where one side alone changed something
 * it has its way. Where both did, equal results are taken once; a side that did all that the
 * other one did, and more, has its way (so that merging again changes nothing); all else is a
 * conflict.
 *
 *	base    ours   theirs
 *	a       a      a
 *	b       B      b        ours b→B and theirs c→C touch: two clusters
 *	c       c      C
 *	               n        theirs put n in: a cluster, and a change of its own
 *	d       -      d        …but ours removed d: both are one cluster, and a conflict
 *
 * Without refinement, all that touches is related: diff3 as in S. Khanna, K. Kunal, B. C. Pierce,
 * "A formal investigation of diff3" (2007).
 *
 * Cost: linear after the alignment; what touches is looked at twice at most.
 *
 * Not done: elements that a side moved are removed here and put in there. When both moved one, or
 * one place is in a conflict, the result would have it twice, or not at all: conserve.c tells.
 */
#include "merge/regions.h"

#include "base/map.h"
#include "merge/align.h"

/* ---- sequences ---- */

void wls_tokens_add(struct wls_tokens *seq, struct wls_token element)
{
	WLS_GROW(seq->items, seq->cap, seq->count + 1);
	WLS_GROW(seq->hashes, seq->hash_cap, seq->count + 1);
	seq->items[seq->count] = element;
	seq->hashes[seq->count] =
		wls_hash(wls_slice(seq->keys ? seq->keys + element.key : "", element.key_len));
	seq->count++;
}

void wls_tokens_release(struct wls_tokens *seq)
{
	wls_buf_release(&seq->folded);
	free(seq->items);
	free(seq->hashes);
	*seq = (struct wls_tokens){0};
}

bool wls_token_same(const struct wls_tokens *a, size_t i, const struct wls_tokens *b, size_t j)
{
	const struct wls_token *x = &a->items[i], *y = &b->items[j];

	return a->hashes[i] == b->hashes[j] && x->key_len == y->key_len &&
	       (x->key_len == 0 || memcmp(a->keys + x->key, b->keys + y->key, x->key_len) == 0);
}

/* ---- changes ---- */

static void add_change(struct wls_changes *changes, struct wls_change change)
{
	if (change.b0 == change.b1 && change.s0 == change.s1)
		return;
	WLS_GROW(changes->items, changes->cap, changes->count + 1);
	changes->items[changes->count++] = change;
}

/* Elements that a change puts in, and takes out. */
static uint32_t added(const struct wls_change *c)
{
	return c->s1 - c->s0;
}

static uint32_t removed(const struct wls_change *c)
{
	return c->b1 - c->b0;
}

static bool is_single(const struct wls_change *c)
{
	return added(c) == 1 && removed(c) == 1;
}

/*
 * Moves a pure insertion (or removal) on while what it begins with follows it, to the elements
 * before `limit` of the base. Of "a a" with an a put in nobody can tell which is the new one; it
 * must be the same one in every alignment.
 */
static void slide_change(struct wls_change *c, const struct wls_tokens *base,
			 const struct wls_tokens *seq, uint32_t limit)
{
	if (added(c) > 0 && removed(c) > 0)
		return;
	while (c->b1 < limit && (added(c) > 0 ? wls_token_same(seq, c->s0, seq, c->s1)
					      : wls_token_same(base, c->b0, base, c->b1))) {
		c->b0++;
		c->b1++;
		c->s0++;
		c->s1++;
	}
}

/* Slides all changes, the last one first; those that come to touch become one. */
static void slide_changes(struct wls_changes *changes, const struct wls_tokens *base,
			  const struct wls_tokens *seq)
{
	size_t first = changes->count;

	for (size_t i = changes->count; i > 0; i--) {
		struct wls_change c = changes->items[i - 1];
		bool last = first == changes->count;
		slide_change(&c, base, seq,
			     last ? (uint32_t)base->count : changes->items[first].b0);
		if (!last && c.b1 == changes->items[first].b0) {
			changes->items[first].b0 = c.b0;
			changes->items[first].s0 = c.s0;
		} else {
			changes->items[--first] = c;
		}
	}
	changes->count -= first;
	if (first > 0)
		memmove(changes->items, changes->items + first,
			changes->count * sizeof(*changes->items));
}

void wls_revision_compare(struct wls_revision *side, const struct wls_tokens *base)
{
	const struct wls_tokens *seq = &side->seq;
	size_t most = base->count < seq->count ? base->count : seq->count;
	_cleanup_free_ struct wls_pair *pairs = wls_alloc(most + 1, sizeof(*pairs));
	size_t count = wls_align(base->hashes, base->count, seq->hashes, seq->count, pairs);
	uint32_t b = 0, s = 0;

	for (size_t i = 0; i < count; i++) {
		/* A hash may deceive: such a pair is none. */
		if (!wls_token_same(base, pairs[i].a, seq, pairs[i].b))
			continue;
		add_change(
			&side->changes,
			(struct wls_change){.b0 = b, .b1 = pairs[i].a, .s0 = s, .s1 = pairs[i].b});
		b = pairs[i].a + 1;
		s = pairs[i].b + 1;
	}
	add_change(&side->changes, (struct wls_change){.b0 = b,
						       .b1 = (uint32_t)base->count,
						       .s0 = s,
						       .s1 = (uint32_t)seq->count});
	slide_changes(&side->changes, base, seq);
}

void wls_revision_release(struct wls_revision *side)
{
	wls_tokens_release(&side->seq);
	free(side->changes.items);
	side->changes = (struct wls_changes){0};
}

/* Changes of n elements to n others, as n changes of one. */
static void split_changes(const struct wls_changes *changes, struct wls_changes *out)
{
	for (size_t i = 0; i < changes->count; i++) {
		const struct wls_change *c = &changes->items[i];
		uint32_t n = added(c);
		if (n != removed(c) || n < 2) {
			add_change(out, *c);
			continue;
		}
		for (uint32_t k = 0; k < n; k++)
			add_change(out, (struct wls_change){.b0 = c->b0 + k,
							    .b1 = c->b0 + k + 1,
							    .s0 = c->s0 + k,
							    .s1 = c->s0 + k + 1,
							    .joined_before = k > 0,
							    .joined_after = k + 1 < n});
	}
}

/* ---- clusters ---- */

/* Changes [o0, o1) of ours and [t0, t1) of theirs that are settled together. */
struct cluster {
	size_t o0, o1, t0, t1;
};

struct finder {
	const struct wls_three *three;
	bool refined;
	struct wls_changes ours, theirs;
	struct cluster *items;
	size_t count, cap;
};

/* Whether an element that one change puts in is put in by the other one, too. */
static bool share_element(const struct finder *f, const struct wls_change *o,
			  const struct wls_change *t)
{
	size_t most = added(o) < added(t) ? added(o) : added(t);
	_cleanup_free_ struct wls_pair *pairs = wls_alloc(most + 1, sizeof(*pairs));

	return wls_align(f->three->ours->seq.hashes + o->s0, added(o),
			 f->three->theirs->seq.hashes + t->s0, added(t), pairs) > 0;
}

/* Whether what `in` puts in beside the replacement `r` may stand next to it. */
static bool may_stand_beside(const struct wls_change *in, const struct wls_change *r)
{
	bool amid = in->b0 == r->b0 ? r->joined_before : r->joined_after;

	return !amid && added(r) >= removed(r);
}

/* Whether a change of ours and one of theirs must be settled together. */
static bool related(const struct finder *f, const struct wls_change *o, const struct wls_change *t)
{
	bool o_inserts = removed(o) == 0, t_inserts = removed(t) == 0;

	if (o->b1 < t->b0 || t->b1 < o->b0)
		return false;
	if (!f->refined || (o_inserts && t_inserts) || (o->b0 < t->b1 && t->b0 < o->b1))
		return true;
	if (!o_inserts && !t_inserts)
		return !is_single(o) || !is_single(t);
	if (o_inserts ? !may_stand_beside(o, t) : !may_stand_beside(t, o))
		return true;
	return share_element(f, o, t);
}

/* Makes one of all clusters from `first` on. */
static void join_clusters(struct finder *f, size_t first)
{
	f->items[first].o1 = f->items[f->count - 1].o1;
	f->items[first].t1 = f->items[f->count - 1].t1;
	f->count = first + 1;
}

/* The cluster that holds change `index` of ours (or theirs), searched from the end. */
static size_t cluster_of(const struct finder *f, bool in_ours, size_t index)
{
	size_t at = f->count - 1;

	while ((in_ours ? f->items[at].o0 : f->items[at].t0) > index)
		at--;
	return at;
}

/* Puts the next change, of ours (or theirs), into a cluster; o and t were put in before it. */
static void place_change(struct finder *f, bool of_ours, size_t o, size_t t)
{
	size_t others = of_ours ? t : o, target = f->count;

	/* Of one side at most two changes touch the beginning of a change of the other. */
	for (size_t k = others; k > 0 && others - k < 2; k--) {
		const struct wls_change *ours = &f->ours.items[of_ours ? o : k - 1];
		const struct wls_change *theirs = &f->theirs.items[of_ours ? k - 1 : t];
		if (!related(f, ours, theirs))
			continue;
		size_t at = cluster_of(f, !of_ours, k - 1);
		target = at < target ? at : target;
	}
	if (target < f->count) {
		join_clusters(f, target);
	} else {
		WLS_GROW(f->items, f->cap, f->count + 1);
		f->items[f->count++] = (struct cluster){o, o, t, t};
	}
	if (of_ours)
		f->items[target].o1 = o + 1;
	else
		f->items[target].t1 = t + 1;
}

/* What is put in at a place stands before what begins there. */
static bool begins_before(const struct wls_change *x, const struct wls_change *y)
{
	return x->b0 != y->b0 ? x->b0 < y->b0 : x->b1 <= y->b1;
}

static void find_clusters(struct finder *f)
{
	size_t o = 0, t = 0;

	while (o < f->ours.count || t < f->theirs.count) {
		bool of_ours = t == f->theirs.count ||
			       (o < f->ours.count &&
				begins_before(&f->ours.items[o], &f->theirs.items[t]));
		place_change(f, of_ours, o, t);
		if (of_ours)
			o++;
		else
			t++;
	}
}

/* ---- stretches ---- */

void wls_stretches_add(struct wls_stretches *stretches, struct wls_stretch stretch)
{
	struct wls_stretch *last =
		stretches->count > 0 ? &stretches->items[stretches->count - 1] : NULL;

	if (stretch.b0 == stretch.b1 && stretch.o0 == stretch.o1 && stretch.t0 == stretch.t1)
		return;
	if (last && last->kind == stretch.kind &&
	    (stretch.kind == WLS_STRETCH_ALIGNED || stretch.kind == WLS_STRETCH_CONFLICT)) {
		last->b1 = stretch.b1;
		last->o1 = stretch.o1;
		last->t1 = stretch.t1;
		return;
	}
	WLS_GROW(stretches->items, stretches->cap, stretches->count + 1);
	stretches->items[stretches->count++] = stretch;
}

static bool same_elements(const struct wls_tokens *a, const struct wls_change *x,
			  const struct wls_tokens *b, const struct wls_change *y)
{
	if (added(x) != added(y))
		return false;
	for (uint32_t k = 0; k < added(x); k++)
		if (!wls_token_same(a, x->s0 + k, b, y->s0 + k))
			return false;
	return true;
}

/* A side's changes within a cluster. */
struct part {
	const struct wls_tokens *seq;
	const struct wls_change *items;
	size_t count;
	struct wls_change whole; /* the cluster as this side's change */
};

/*
 * Finds what `change` puts in among what the larger side has in [*at, end), in its order; *at goes
 * past it.
 */
static bool find_added(const struct part *large, uint32_t *at, uint32_t end,
		       const struct wls_tokens *seq, const struct wls_change *change)
{
	for (uint32_t s = change->s0; s < change->s1; s++) {
		while (*at < end && !wls_token_same(large->seq, *at, seq, s))
			(*at)++;
		if (*at == end)
			return false;
		(*at)++;
	}
	return true;
}

/*
 * Whether `large` did all that `small` did: removed what that removed, and put in, at the same
 * place and in the same order, what that put in. Not when either of them removed more than it put
 * in: that one side's removal stands within the other's rewriting does not settle anything.
 */
static bool includes(const struct part *large, const struct part *small)
{
	size_t k = 0;

	if (added(&large->whole) < removed(&large->whole))
		return false;
	for (size_t i = 0; i < large->count; i++) {
		const struct wls_change *first = &large->items[i];
		while (large->items[i].joined_after && i + 1 < large->count)
			i++;
		const struct wls_change *last = &large->items[i];
		uint32_t at = first->s0;
		for (; k < small->count; k++) {
			const struct wls_change *c = &small->items[k];
			if (c->b0 > last->b1 || c->b1 > last->b1)
				break;
			if (c->b0 < first->b0 || added(c) < removed(c) ||
			    !find_added(large, &at, last->s1, small->seq, c))
				return false;
		}
	}
	return k == small->count;
}

static enum wls_stretch_kind settle(const struct part *ours, const struct part *theirs)
{
	if (theirs->count == 0)
		return is_single(&ours->whole) ? WLS_STRETCH_ALIGNED : WLS_STRETCH_OURS;
	if (ours->count == 0)
		return is_single(&theirs->whole) ? WLS_STRETCH_ALIGNED : WLS_STRETCH_THEIRS;
	if (same_elements(ours->seq, &ours->whole, theirs->seq, &theirs->whole))
		return is_single(&ours->whole) ? WLS_STRETCH_ALIGNED : WLS_STRETCH_BOTH;
	return WLS_STRETCH_CONFLICT;
}

/* As settle(), but where one side did what the other one did, and more, it has its way. */
static enum wls_stretch_kind settle_refined(const struct part *ours, const struct part *theirs)
{
	enum wls_stretch_kind kind = settle(ours, theirs);

	if (kind == WLS_STRETCH_CONFLICT) {
		bool in_ours = includes(ours, theirs), in_theirs = includes(theirs, ours);
		if (in_ours && !in_theirs)
			return WLS_STRETCH_OURS;
		if (in_theirs && !in_ours)
			return WLS_STRETCH_THEIRS;
	}
	return kind;
}

/*
 * What the changes make of the base's [b0, b1); `s` is where the side stands at the base's `b`, at
 * or before b0, when there are no changes.
 */
static void part_set(struct part *part, uint32_t b0, uint32_t b1, uint32_t s)
{
	part->whole = (struct wls_change){.b0 = b0, .b1 = b1, .s0 = s, .s1 = s + (b1 - b0)};
	if (part->count == 0)
		return;
	const struct wls_change *last = &part->items[part->count - 1];
	part->whole.s1 = last->s1 + (b1 - last->b1);
}

/* The changes from the n-th on; a side without changes has no array. */
static const struct wls_change *items_from(const struct wls_change *items, size_t n)
{
	return n > 0 ? items + n : items;
}

static void add_cluster_stretch(const struct finder *f, const struct cluster *c,
				struct wls_stretch *at, struct wls_stretches *out)
{
	struct part ours = {
		&f->three->ours->seq, items_from(f->ours.items, c->o0), c->o1 - c->o0, {0}};
	struct part theirs = {
		&f->three->theirs->seq, items_from(f->theirs.items, c->t0), c->t1 - c->t0, {0}};
	uint32_t b0 = UINT32_MAX, b1 = 0, skipped;

	for (size_t i = 0; i < ours.count + theirs.count; i++) {
		const struct wls_change *x =
			i < ours.count ? &ours.items[i] : &theirs.items[i - ours.count];
		b0 = x->b0 < b0 ? x->b0 : b0;
		b1 = x->b1 > b1 ? x->b1 : b1;
	}
	skipped = b0 - at->b1;
	part_set(&ours, b0, b1, at->o1 + skipped);
	part_set(&theirs, b0, b1, at->t1 + skipped);
	wls_stretches_add(out, (struct wls_stretch){WLS_STRETCH_ALIGNED, at->b1, b0, at->o1,
						    ours.whole.s0, at->t1, theirs.whole.s0});
	*at = (struct wls_stretch){
		.kind = f->refined ? settle_refined(&ours, &theirs) : settle(&ours, &theirs),
		.b0 = b0,
		.b1 = b1,
		.o0 = ours.whole.s0,
		.o1 = ours.whole.s1,
		.t0 = theirs.whole.s0,
		.t1 = theirs.whole.s1,
	};
	wls_stretches_add(out, *at);
}

void wls_stretches_find(const struct wls_three *three, bool refined, struct wls_stretches *out)
{
	struct finder f = {.three = three, .refined = refined};
	struct wls_stretch at = {0};

	f.ours = three->ours->changes;
	f.theirs = three->theirs->changes;
	if (refined) {
		f.ours = f.theirs = (struct wls_changes){0};
		split_changes(&three->ours->changes, &f.ours);
		split_changes(&three->theirs->changes, &f.theirs);
	}
	find_clusters(&f);
	for (size_t i = 0; i < f.count; i++)
		add_cluster_stretch(&f, &f.items[i], &at, out);
	wls_stretches_add(out, (struct wls_stretch){WLS_STRETCH_ALIGNED, at.b1,
						    (uint32_t)three->base->count, at.o1,
						    (uint32_t)three->ours->seq.count, at.t1,
						    (uint32_t)three->theirs->seq.count});
	free(f.items);
	if (refined) {
		free(f.ours.items);
		free(f.theirs.items);
	}
}
