/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a class.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * A class is at home where the side that moved it put it, else where the base has it. It is alive unless
 * a side removed it and nobody changed it. Two cases are harder:
 * - Moved to two places: it has no home; each place shows it as a conflict.
 * - Moved by one side into what the other removed: taking the other side must not lose it, so it stays
 *   at its old place too, as a conflict.
 * What moved out of a removed node is no change of that node.
 */
#include "merge/fate.h"

bool wls_class_has_changed(const struct wls_class *c, size_t side)
{
	const struct wls_unit *u = c->unit[side], *base = c->unit[0];

	return u && base && (u->hash != base->hash || u->parent->class != base->parent->class);
}

static size_t sides_with(const struct wls_units *units, const struct wls_class *c)
{
	size_t count = 0;

	for (size_t s = 1; s <= units->sides; s++)
		count += c->unit[s] != NULL;
	return count;
}

/* Where the class stands at last, or that it moved to two places. */
static void settle_home(const struct wls_units *units, struct wls_class *c)
{
	const struct wls_unit *base = c->unit[0];

	for (size_t s = 1; s <= units->sides; s++) {
		const struct wls_unit *u = c->unit[s];
		if (!u || (base && u->parent->class == base->parent->class))
			continue;
		if (c->home && c->home != u->parent->class && base)
			c->twice = true;
		/* Without a base: where a side put something around it. */
		if (base || !c->home ||
		    sides_with(units, u->parent->class) < sides_with(units, c->home))
			c->home = u->parent->class;
	}
	if (!c->home && base)
		c->home = base->parent->class;
	if (c->twice)
		c->home = NULL;
}

/*
 * Whether a side changed the class in a way that is lost with it. What moved into or out of it is at
 * home elsewhere, or is a change of its own.
 */
static bool is_change_of(const struct wls_units *units, const struct wls_class *c, size_t side)
{
	const struct wls_unit *u = c->unit[side], *base = c->unit[0];

	if (!wls_class_has_changed(c, side))
		return false;
	if (!c->entangled || u->parent->class != base->parent->class ||
	    !wls_slice_eq(wls_unit_own(units, u), wls_unit_own(units, base)))
		return true;
	for (const struct wls_unit *child = u->first; child; child = child->next) {
		const struct wls_class *inner = child->class;
		if (inner && inner->home == c &&
		    (!inner->unit[0] || is_change_of(units, inner, side)))
			return true;
	}
	return false;
}

/* What nodes of a list are told apart by: a field's name, a line's key; 0 when it has none. */
static uint64_t key_of(struct wls_units *units, struct wls_unit *u)
{
	if (u->kind == WLS_NODE_ITEM || u->kind == WLS_NODE_ROW)
		return wls_unit_key(units, u, NULL);
	return wls_unit_name(u);
}

/*
 * Whether a side that left the node alone put another of its name or key beside it. With the node gone,
 * that one would be taken for it.
 */
static bool has_namesake(struct wls_units *units, const struct wls_class *c)
{
	uint64_t key = key_of(units, c->unit[0]);

	for (size_t s = 1; s <= units->sides && key != 0; s++) {
		struct wls_unit *u = c->unit[s] ? c->unit[s]->parent->first : NULL;
		for (; u; u = u->next)
			if (u->class && !u->class->unit[0] && u->kind == c->unit[0]->kind &&
			    key_of(units, u) == key)
				return true;
	}
	return false;
}

static void settle_alive(struct wls_units *units, struct wls_class *c)
{
	bool missing = false, changed = false;

	for (size_t s = 1; s <= units->sides && c->unit[0]; s++) {
		missing |= !c->unit[s];
		changed |= is_change_of(units, c, s);
	}
	c->alive = !missing || changed || has_namesake(units, c);
}

bool wls_class_was_removed(const struct wls_units *units, const struct wls_class *c)
{
	for (size_t s = 1; s <= units->sides && c->unit[0]; s++)
		if (!c->unit[s])
			return true;
	return false;
}

/* Whether `c` is `outer`, or at home in it, at any depth. */
bool wls_class_is_inside(const struct wls_class *c, const struct wls_class *outer)
{
	while (c && c != outer)
		c = c->home;
	return c != NULL;
}

/*
 * One side moved it into a node that another removed. That node is a conflict, in which the first shows
 * it; if it stood nowhere else, taking the other side would lose it.
 */
static void keep_where_it_was(const struct wls_units *units, struct wls_class *c)
{
	struct wls_class *old = c->unit[0] ? c->unit[0]->parent->class : NULL;

	if (!c->home || !old || c->home == old)
		return;
	for (const struct wls_class *h = c->home; h && h != units->root; h = h->home) {
		if (!wls_class_was_removed(units, h) || wls_class_is_inside(old, h))
			continue;
		c->home = old;
		c->stays = true;
		return;
	}
}

static bool is_dissolved(const struct wls_units *units, const struct wls_class *c)
{
	for (size_t s = 0; s <= units->sides; s++)
		if (c->unit[s] && c->unit[s]->parent)
			return false;
	return true;
}

void wls_classes_settle(struct wls_units *units)
{
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (!is_dissolved(units, c))
			settle_home(units, c);
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (!is_dissolved(units, c))
			settle_alive(units, c);
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (c->alive)
			keep_where_it_was(units, c);
	for (struct wls_class *c = units->classes; c; c = c->next) {
		if (!c->alive || !c->home)
			continue;
		if (c->home->inner_last)
			c->home->inner_last->beside = c;
		else
			c->home->inner = c;
		c->home->inner_last = c;
	}
	units->root->alive = true;
}
