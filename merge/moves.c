/* SPDX-License-Identifier: MIT */
/*
 * Moves: what found no partner among its siblings, sought over the whole document.
 *
 * Layer: merge. Includes: base, doc, merge, match, similar.
 *
 * Whether a node that is gone was removed or moved matters only when another side changed it, or lost it
 * too; so nothing is done here in most merges. Then what one side lost and gained is compared, by bytes,
 * by text without atoms, fields by name within their entry (who puts a heading before a field moves
 * it), and last by words. What went with its whole entry was removed, unless another side changed it.
 */
#include "base/map.h"
#include "merge/match_internal.h"
#include "merge/similar.h"

/* What stands at the top level that the unit is part of: mostly its entry. */
static const struct wls_unit *top_of(const struct wls_unit *u)
{
	while (u->parent && u->parent->parent)
		u = u->parent;
	return u;
}

static uint64_t by_bytes_worded(struct wls_units *units, struct wls_unit *u)
{
	switch (u->kind) {
	case WLS_NODE_ITEM:
	case WLS_NODE_PARAGRAPH:
	case WLS_NODE_CODE:
		return wls_unit_words(units, u).count > 1 ? (u->hash + u->kind) | 1 : 0;
	default:
		return 0;
	}
}

/*
 * Fields by name within their entry: whoever puts a heading in front of them moves them into the
 * heading's section.
 */
static uint64_t by_name_in_entry(struct wls_units *units, struct wls_unit *u)
{
	(void)units;
	uint64_t name = wls_unit_name(u);
	uint64_t at = (uint64_t)(uintptr_t)top_of(u)->class;

	if (name == 0)
		return 0;
	return wls_hash_mix(name, wls_slice((const char *)&at, sizeof(at))) | 1;
}

static uint64_t by_form_worded(struct wls_units *units, struct wls_unit *u)
{
	bool may_move = u->kind == WLS_NODE_ITEM || u->kind == WLS_NODE_PARAGRAPH;

	return may_move && wls_unit_words(units, u).count > 1 ? wls_unit_form(units, u) | 1 : 0;
}

/* Whether another side still has it, with a change that should follow it. */
static bool is_changed_elsewhere(const struct wls_units *units, const struct wls_unit *base)
{
	for (size_t s = 1; s <= units->sides; s++)
		if (base->class->unit[s] && base->class->unit[s]->hash != base->hash)
			return true;
	return false;
}

/* Whether side `s` has not even the entry that the unit stands in. */
static bool went_with_entry(const struct wls_unit *u, size_t s)
{
	const struct wls_unit *top = top_of(u);

	return top->kind == WLS_NODE_ENTRY && !top->class->unit[s];
}

/*
 * What side `s` no longer has (`lost`), or has and the base has not. What went with its whole entry
 * was removed, whatever the side says elsewhere; unless another side changed it.
 */
static void collect_loose(struct wls_units *units, size_t s, bool lost, struct wls_unit_list *out)
{
	for (struct wls_class *c = units->classes; c; c = c->next) {
		struct wls_unit *u = c->unit[lost ? 0 : s];
		if (!u || !u->parent || c->unit[lost ? s : 0])
			continue;
		if (!lost || !went_with_entry(u, s) || is_changed_elsewhere(units, u))
			wls_unit_list_add(out, u);
	}
}

/* Opens what one side has and the other not, down to its leaves. */
static void open_loose(struct wls_units *units, size_t s)
{
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (!c->opened && !c->unit[0] != !c->unit[s])
			wls_class_match(units, c);
}

/* Running text; of the base's only what another side changed. */
static void keep_text(const struct wls_units *units, struct wls_unit_list *list)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++) {
		const struct wls_unit *u = list->items[i];
		bool text = u->kind == WLS_NODE_ITEM || u->kind == WLS_NODE_PARAGRAPH;
		if (text && (u->side > 0 || is_changed_elsewhere(units, u)))
			list->items[kept++] = list->items[i];
	}
	list->count = kept;
}

enum { LEAST_WORDS_OF_MOVED = 4 };

static void join_loose(struct wls_units *units, size_t s, wls_unit_key_function *key)
{
	struct wls_unit_list _cleanup_list_ lost = {0}, _cleanup_list_ gained = {0};

	collect_loose(units, s, true, &lost);
	collect_loose(units, s, false, &gained);
	if (key) {
		wls_units_join_lists(units, &lost, &gained, key, true);
		return;
	}
	keep_text(units, &lost);
	keep_text(units, &gained);
	wls_units_join_similar(units, lost.items, lost.count, gained.items, gained.count,
			       LEAST_WORDS_OF_MOVED);
}

/*
 * A node that one side moved and the other edited: `gained` of one side against what the other side
 * has changed, by bytes. Joins classes of which one has the base.
 */
static void join_across(struct wls_units *units, size_t s, size_t t)
{
	struct wls_unit_list _cleanup_list_ gained = {0}, _cleanup_list_ changed = {0};

	for (struct wls_class *c = units->classes; c; c = c->next) {
		if (c->unit[s] && !c->unit[0] && !c->unit[t] && c->unit[s]->parent)
			wls_unit_list_add(&gained, c->unit[s]);
		if (c->unit[t] && c->unit[0] && !c->unit[s] && c->unit[t]->parent)
			wls_unit_list_add(&changed, c->unit[t]);
	}
	wls_units_join_lists(units, &gained, &changed, by_bytes_worded, true);
}

static bool has_loose(struct wls_units *units, size_t s)
{
	bool lost = false, gained = false;

	for (struct wls_class *c = units->classes; c; c = c->next) {
		lost |= c->unit[0] && !c->unit[s];
		gained |= c->unit[s] && !c->unit[0];
	}
	return lost && gained;
}

/*
 * Whether a node is gone from its place on one side, and changed or gone on another too: only then
 * does it matter whether it was removed or moved.
 */
static bool is_move_of_interest(const struct wls_units *units, const struct wls_class *c)
{
	size_t missing = 0, changed = 0;

	for (size_t s = 1; s <= units->sides && c->unit[0]; s++) {
		missing += !c->unit[s];
		changed += c->unit[s] && c->unit[s]->hash != c->unit[0]->hash;
	}
	return missing > 0 && missing + changed > 1;
}

bool wls_moves_matter(const struct wls_units *units)
{
	for (const struct wls_class *c = units->classes; c; c = c->next)
		if (is_move_of_interest(units, c))
			return true;
	return false;
}

/* What moved makes its old and new containers depend on each other. */
static void mark_entangled(struct wls_units *units)
{
	for (struct wls_class *c = units->classes; c; c = c->next) {
		const struct wls_class *home = NULL;
		bool moved = false;
		for (size_t s = 0; s <= units->sides; s++) {
			const struct wls_unit *u = c->unit[s];
			if (!u || !u->parent)
				continue;
			moved |= home && home != u->parent->class;
			home = u->parent->class;
		}
		for (size_t s = 0; s <= units->sides && moved; s++)
			for (struct wls_unit *p = c->unit[s] ? c->unit[s]->parent : NULL; p;
			     p = p->parent)
				p->class->entangled = true;
	}
}

/* One search; what it joins may have children that moved in their turn. */
static void search_moves(struct wls_units *units)
{
	bool loose[WLS_MERGE_SIDES_MAX + 1] = {0};

	for (size_t s = 1; s <= units->sides; s++) {
		loose[s] = has_loose(units, s);
		if (loose[s])
			open_loose(units, s);
	}
	for (size_t s = 1; s <= units->sides; s++)
		if (loose[s])
			join_loose(units, s, by_bytes_worded);
	for (size_t s = 1; s <= units->sides; s++)
		for (size_t t = 1; t <= units->sides; t++)
			if (s != t && loose[s])
				join_across(units, s, t);
	for (size_t s = 1; s <= units->sides; s++)
		if (loose[s]) {
			join_loose(units, s, by_form_worded);
			join_loose(units, s, by_name_in_entry);
			join_loose(units, s, NULL);
		}
	wls_classes_match_through(units);
	wls_classes_match(units, 1);
}

void wls_moves_match(struct wls_units *units)
{
	/* It may have moved to where one side alone changed something. */
	wls_classes_match(units, 1);
	search_moves(units);
	search_moves(units);
	mark_entangled(units);
}

/* What side `s` has and `t` has not. */
static void collect_alone(struct wls_units *units, size_t s, size_t t, struct wls_unit_list *out)
{
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (c->unit[s] && c->unit[s]->parent && !c->unit[t])
			wls_unit_list_add(out, c->unit[s]);
}

static void join_alone(struct wls_units *units, size_t s, size_t t, wls_unit_key_function *key)
{
	struct wls_unit_list _cleanup_list_ a = {0}, _cleanup_list_ b = {0};

	collect_alone(units, s, t, &a);
	collect_alone(units, t, s, &b);
	wls_units_join_lists(units, &a, &b, key, true);
}

/* Without a base nothing moved; but one side may have put a heading around what both have. */
void wls_moves_match_without_base(struct wls_units *units)
{
	for (struct wls_class *c = units->classes; c; c = c->next)
		if (!c->opened && c != units->root)
			wls_class_match(units, c);
	for (size_t s = 1; s <= units->sides; s++)
		for (size_t t = s + 1; t <= units->sides; t++) {
			join_alone(units, s, t, by_bytes_worded);
			join_alone(units, s, t, by_name_in_entry);
		}
	wls_classes_match(units, 1);
	mark_entangled(units);
}
