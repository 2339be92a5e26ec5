/* SPDX-License-Identifier: MIT */
/*
 * From matched units to pieces.
 *
 * Layer: merge. Includes: base, doc, merge, arrange, own_text.
 *
 * The problem: for each class, decide from what base and sides have of it whether it is in the result,
 * where, and with which bytes; and put that out so that nobody's bytes change without need.
 *
 * The idea: top-down over containers. A class that at most one side changed is copied, whole. One that
 * a side removed and nobody changed is left out; removed and changed is a conflict of the whole. Else
 * its own text is merged (merge/own_text.h), and its children are arranged (merge/arrange.h) and put
 * out one by one, each behind the gap of blank lines that it has where it stands.
 *
 *	all equal                        copy
 *	one side differs from the base   copy that side's
 *	removed here, equal elsewhere    leave out
 *	removed here, changed elsewhere  conflict
 *	changed differently              own text, then children
 *
 * The depth of recursion is that of the document, at most WLS_DEPTH_MAX and some.
 */
#include "merge/arrange.h"
#include "merge/fate.h"
#include "merge/resolve_internal.h"

/* ---- putting out ---- */

void wls_resolver_put_text(struct wls_resolver *r, struct wls_slice text)
{
	wls_pieces_add_text(r->pieces, text);
	r->written += text.len;
}

static void mark_land(struct wls_resolver *r, const struct wls_unit *u)
{
	struct wls_landmarks *list = r->landmarks;

	/* A table's first row stands where the table does. */
	if (u->kind == WLS_NODE_TABLE || u->last != u->node)
		return;
	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = (struct wls_landmark){r->written, u->kind, r->depth};
}

struct wls_slice *wls_resolver_variants(const struct wls_resolver *r)
{
	return WLS_ARENA_ARRAY(r->pieces->arena, struct wls_slice, r->units->sides + 1);
}

/* Tells the check that `result` stands for these texts of the sides. Both are borrowed. */
void wls_resolver_compose(struct wls_resolver *r, const struct wls_slice *sources,
			  struct wls_slice result)
{
	struct wls_composed_list *list = r->composed;

	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = (struct wls_composed){sources, result};
}

/* A unit of the class: the base's, or the first side's that has one. Every class here has some. */
const struct wls_unit *wls_class_any_unit(const struct wls_units *units, const struct wls_class *c)
{
	size_t s = 0;

	while (s < units->sides && !c->unit[s])
		s++;
	return c->unit[s];
}

void wls_resolver_report(struct wls_resolver *r, enum wls_rule rule, const struct wls_class *c,
			 const struct wls_slice *texts, struct wls_slice result)
{
	struct wls_resolution resolution = {.rule = rule, .result = result};

	if (c != r->units->root)
		resolution.place =
			wls_unit_place(r->pieces->arena, wls_class_any_unit(r->units, c));
	if (texts) {
		resolution.base = texts[0];
		resolution.ours = texts[r->order[0]];
		resolution.theirs = texts[r->order[r->units->sides > 1 ? 1 : 0]];
	}
	wls_resolutions_add(r->resolutions, &resolution);
}

/* ---- conflicts and choices ---- */

/* The side that a policy prefers, from 1; 0 when it does not choose one. */
static size_t policy_side(const struct wls_resolver *r, enum wls_policy policy)
{
	switch (policy) {
	case WLS_POLICY_OURS:
		return r->order[0];
	case WLS_POLICY_THEIRS:
		return r->order[r->units->sides - 1];
	case WLS_POLICY_LATEST:
		return (size_t)r->entries->newest_side;
	default:
		return 0;
	}
}

/* Adds a unit without what is at home outside of `outer`. */
static void add_inside(const struct wls_resolver *r, const struct wls_unit *u,
		       const struct wls_class *outer, struct wls_buf *out)
{
	if (!u->class->entangled || !u->opened) {
		wls_buf_add_slice(out, wls_unit_bytes(r->units, u));
		return;
	}
	wls_buf_add_slice(out, wls_unit_own(r->units, u));
	for (const struct wls_unit *child = u->first; child; child = child->next) {
		const struct wls_class *c = child->class;
		if (c->alive && c->home && !c->stays && !wls_class_is_inside(c->home, outer))
			continue;
		wls_buf_add_slice(out, wls_unit_gap(r->units, child));
		add_inside(r, child, outer, out);
	}
}

/* A side's variant in a conflict of a whole class: what moved out of it stands where it moved to. */
static struct wls_slice whole_variant(const struct wls_resolver *r, const struct wls_unit *u)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	if (!u->class->entangled)
		return wls_unit_bytes(r->units, u);
	add_inside(r, u, u->class, &buf);
	return wls_arena_copy(r->pieces->arena, wls_buf_slice(&buf));
}

void wls_resolver_put_conflict(struct wls_resolver *r, const struct wls_slice *variants,
			       const struct wls_unit *at, const char *reason)
{
	wls_pieces_add_conflict(r->pieces, variants, wls_unit_place(r->pieces->arena, at), reason);
}

/* A unit that stands where the class is at home. */
static const struct wls_unit *unit_at_home(const struct wls_resolver *r, const struct wls_class *c)
{
	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s] && c->unit[s]->parent->class == c->home)
			return c->unit[s];
	return wls_class_any_unit(r->units, c);
}

/* A key without anything: to remove it is no disagreement with whoever filled it. */
static bool is_empty_field(const struct wls_unit *u)
{
	return (u->kind == WLS_NODE_FIELD || u->kind == WLS_NODE_SECTION) && u->body == u->end &&
	       u->last == u->node &&
	       (u->node->text.len == 0 || u->node->text.ptr == u->node->label.ptr);
}

/* One side removed it, another changed it. */
static void put_removed_and_changed(struct wls_resolver *r, const struct wls_class *c)
{
	struct wls_slice *variants = wls_resolver_variants(r), result = {0};
	enum wls_policy policy = (enum wls_policy)r->options->policy[WLS_POLICY_ITEM];
	size_t side = policy_side(r, policy);

	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s])
			variants[s] = whole_variant(r, c->unit[s]);
	bool empty = is_empty_field(c->unit[0]);
	if (empty || policy == WLS_POLICY_UNION)
		for (size_t s = r->units->sides; s > 0; s--)
			side = wls_class_has_changed(c, s) ? s : side;
	if (side == 0) {
		wls_resolver_put_conflict(r, variants, unit_at_home(r, c),
					  "one side removed it, the other changed it");
		return;
	}
	result = variants[side];
	wls_resolver_put_text(r, result);
	wls_resolver_compose(r, variants, result);
	wls_resolver_report(r, empty ? WLS_RULE_BOTH_ADDED : WLS_RULE_POLICY, c, variants, result);
}

/* ---- containers ---- */

static void put_class(struct wls_resolver *r, const struct wls_class *c,
		      const struct wls_class *prev);

/* What stands in the list at last, but not on that side: it was added, or moved in, by another. */
static const struct wls_unit *foreign_unit(const struct wls_resolver *r, const struct wls_class *c,
					   const struct wls_class *home, size_t side)
{
	const struct wls_unit *u = c->unit[side];

	if (u)
		return u->parent->class != home ? u : NULL;
	return c->unit[0] ? NULL : wls_class_any_unit(r->units, c);
}

/*
 * A side's variant of a whole list: as it has it, without what moved out, and behind that what another
 * side put in: about that nobody disagrees.
 */
static struct wls_slice list_variant(struct wls_resolver *r, const struct wls_class *home,
				     size_t side)
{
	const struct wls_unit *u = home->unit[side];
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT, whole = WLS_BUF_INIT;

	add_inside(r, u, home, &whole);
	wls_buf_add_slice(&buf, wls_slice_from(wls_buf_slice(&whole), u->body - u->begin));
	wls_buf_release(&whole);
	for (const struct wls_class *c = home->inner; c; c = c->beside) {
		const struct wls_unit *foreign = foreign_unit(r, c, home, side);
		if (!foreign)
			continue;
		struct wls_slice bytes = wls_unit_bytes(r->units, foreign);
		wls_buf_add_slice(&buf, bytes);
		wls_resolver_compose(r, wls_resolver_variants(r), bytes);
	}
	return wls_arena_copy(r->pieces->arena, wls_buf_slice(&buf));
}

static void put_list_conflict(struct wls_resolver *r, const struct wls_class *home)
{
	struct wls_slice *variants = wls_resolver_variants(r);

	for (size_t s = 0; s <= r->units->sides; s++)
		if (home->unit[s])
			variants[s] = list_variant(r, home, s);
	wls_resolver_put_conflict(r, variants, wls_class_any_unit(r->units, home),
				  "both sides reordered the list");
}

/* From the first unit of a run to its last, with the gaps between. */
static struct wls_slice run_bytes(const struct wls_resolver *r, struct wls_unit *const *run,
				  uint32_t count)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	for (uint32_t i = 0; i < count; i++) {
		if (i > 0)
			wls_buf_add_slice(&buf, wls_unit_gap(r->units, run[i]));
		wls_buf_add_slice(&buf, wls_unit_bytes(r->units, run[i]));
	}
	return wls_arena_copy(r->pieces->arena, wls_buf_slice(&buf));
}

static void put_runs_conflict(struct wls_resolver *r, const struct wls_arranged *item)
{
	struct wls_slice *variants = wls_resolver_variants(r);
	const struct wls_unit *at = NULL;

	for (size_t s = 1; s <= r->units->sides; s++) {
		variants[s] = run_bytes(r, item->runs[s], item->run_counts[s]);
		if (!at && item->run_counts[s] > 0)
			at = item->runs[s][0];
	}
	wls_resolver_put_conflict(r, variants, at, "both sides added the same in opposite orders");
}

/* It moved to two places; this is one of them. */
static void put_one_of_two(struct wls_resolver *r, const struct wls_arranged *item)
{
	struct wls_slice *variants = wls_resolver_variants(r);
	const struct wls_unit *u = item->class->unit[item->only_side];

	wls_resolver_put_text(r, wls_unit_gap(r->units, u));
	variants[item->only_side] = wls_unit_bytes(r->units, u);
	wls_resolver_put_conflict(r, variants, u, "both sides moved it, to different places");
}

static void put_children(struct wls_resolver *r, struct wls_class *home)
{
	struct wls_arrangement order;
	const struct wls_class *prev = NULL;

	wls_arrange(r->units, r->entries, home, &order);
	if (order.conflict) {
		put_list_conflict(r, home);
		free(order.items);
		return;
	}
	for (size_t i = 0; i < order.count; i++) {
		const struct wls_arranged *item = &order.items[i];
		if (item->runs) {
			put_runs_conflict(r, item);
		} else if (item->only_side) {
			put_one_of_two(r, item);
		} else {
			put_class(r, item->class, prev);
			prev = item->class;
		}
	}
	if (order.shared)
		wls_resolver_report(r, WLS_RULE_ORDER, home, NULL, wls_slice(NULL, 0));
	if (order.reordered)
		wls_resolver_report(r, WLS_RULE_REORDERED, home, NULL, wls_slice(NULL, 0));
	free(order.items);
}

/*
 * The unit whose bytes are the result, when at most one side changed the class and nothing moved into
 * it or out of it; else NULL.
 */
static const struct wls_unit *copy_of(const struct wls_resolver *r, const struct wls_class *c)
{
	const struct wls_unit *base = c->unit[0], *changed = NULL, *same = base;

	if (c->entangled ||
	    (c->opened && wls_class_any_unit(r->units, c)->kind == WLS_NODE_FRONTMATTER))
		return NULL;
	for (size_t s = 1; s <= r->units->sides; s++) {
		const struct wls_unit *u = c->unit[s];
		if (!u)
			continue;
		if (base && u->hash == base->hash)
			same = u;
		else if (changed && u->hash != changed->hash)
			return NULL;
		else
			changed = u;
	}
	return changed ? changed : same;
}

/* `<!-- wlsync: was v6 -->` behind the heading that was put out last. */
static void put_trace(struct wls_resolver *r, const struct wls_class *c)
{
	uint32_t old = r->options->trace && c->identity ? c->identity->was : 0;

	if (old == 0)
		return;
	const char *text = wls_arena_printf(r->pieces->arena, "<!-- wlsync: was v%u -->%.*s", old,
					    WLS_SLICE_ARG(r->line_ending));
	wls_resolver_put_text(r, wls_slice_of(text));
	wls_resolver_compose(r, wls_resolver_variants(r), wls_slice_of(text));
}

static void put_copy(struct wls_resolver *r, const struct wls_class *c, const struct wls_unit *u)
{
	wls_resolver_put_text(r, wls_unit_own(r->units, u));
	put_trace(r, c);
	wls_resolver_put_text(r, wls_unit_inside(r->units, u));
}

/* Whether the sides made nodes of different kinds of it, which have no parts in common. */
static bool has_two_kinds(const struct wls_resolver *r, const struct wls_class *c)
{
	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s] && c->unit[s]->kind != wls_class_any_unit(r->units, c)->kind)
			return true;
	return false;
}

static void put_whole_conflict(struct wls_resolver *r, const struct wls_class *c)
{
	struct wls_slice *variants = wls_resolver_variants(r);

	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s])
			variants[s] = wls_unit_bytes(r->units, c->unit[s]);
	wls_resolver_put_conflict(r, variants, wls_class_any_unit(r->units, c),
				  "both sides changed it");
}

/* At its old place, on the sides that left it there. */
static void put_staying(struct wls_resolver *r, const struct wls_class *c)
{
	struct wls_slice *variants = wls_resolver_variants(r);
	bool any = false;

	for (size_t s = 0; s <= r->units->sides; s++) {
		if (!c->unit[s] || c->unit[s]->parent->class != c->home)
			continue;
		variants[s] = whole_variant(r, c->unit[s]);
		any |= s > 0;
	}
	if (!any)
		return;
	wls_resolver_put_conflict(r, variants, unit_at_home(r, c),
				  "one side moved it into what the other removed");
}

static void put_class(struct wls_resolver *r, const struct wls_class *c,
		      const struct wls_class *prev)
{
	const struct wls_unit *copy;

	wls_resolver_put_gap(r, c, prev);
	if (c->stays) {
		put_staying(r, c);
		return;
	}
	if (wls_class_was_removed(r->units, c)) {
		put_removed_and_changed(r, c);
		return;
	}
	copy = copy_of(r, c);
	mark_land(r, copy ? copy : wls_class_any_unit(r->units, c));
	if (wls_resolver_put_status(r, c, !copy))
		return;
	if (copy) {
		put_copy(r, c, copy);
		return;
	}
	if (has_two_kinds(r, c)) {
		put_whole_conflict(r, c);
		return;
	}
	wls_resolver_put_own_text(r, c);
	put_trace(r, c);
	/* The class is not const for those who arrange its children. */
	r->depth++;
	put_children(r, wls_class_any_unit(r->units, c)->class);
	r->depth--;
}

void wls_resolve(struct wls_resolver *resolver)
{
	wls_classes_settle(resolver->units);
	put_children(resolver, resolver->units->root);
	wls_resolver_put_end(resolver);
}
