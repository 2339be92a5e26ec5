/* SPDX-License-Identifier: MIT */
/*
 * Both trees in step: which nodes stand, came, went and moved.
 *
 * Layer: diff. Includes: base, doc, pair, diff_internal.
 *
 * The problem: the edits must rise in both texts, so that they can be applied, and a moved node cannot be
 * in step with its twin.
 *
 * The idea: of the children of two twins those stand that are twins in a longest rising order; of all
 * others the first text's bytes are removed and the second's added, at their places. A removal and an
 * addition that are twins are one change, "moved"; what changed within it is told after the walk, and has
 * its part of the removal and of the addition (edits.c).
 *
 *	a: x y z     x stands, y and z are twins of y and z': z' stands, y moved
 *	b: x z' y    edits: - y, z → z', + y
 *
 * Complexity: O(n log n) in the children of nodes that differ, O(n) in what came and went.
 */
#include "diff/diff_internal.h"

/* Where the walk stands: the ends of what was passed in both texts. */
struct at {
	uint32_t a, b;
	uint32_t last; /* the change just before, to which blank lines belong; or WLS_NO_DELTA */
	bool edit;     /* of the text, not only told */
};

/* ---- changes ---- */

static uint32_t add_change(struct wls_differ *d, enum wls_delta_op op,
			   const struct wls_pair_node *a, const struct wls_pair_node *b,
			   uint32_t order)
{
	const struct wls_pair_node *n = b ? b : a, *holder = n->parent;

	/* What went is told where it would stand now. */
	if (!b && holder && holder->twin)
		holder = holder->twin;
	return wls_differ_add(d, (struct wls_delta){
					 .op = (uint8_t)op,
					 .kind = (uint8_t)wls_delta_kind_of(n->node->kind),
					 .node = {a, b},
					 .place = wls_delta_place_in(&d->diff->arena, holder),
					 .line = {a ? a->node->line : 0, b ? b->node->line : 0},
					 .order = order,
				 });
}

/* The change of a node that moved; made when its first place is passed. */
static uint32_t moved(struct wls_differ *d, struct wls_pair_node *n)
{
	struct wls_pair_node *a = n->side == 0 ? n : n->twin, *b = a->twin;

	if (a->tag == 0) {
		a->tag = b->tag = 1 + add_change(d, WLS_DELTA_CHANGED, a, b, b->begin);
		d->deltas[a->tag - 1].aspects = 1u << WLS_ASPECT_MOVED;
		WLS_GROW(d->moved, d->moved_cap, d->moved_count + 1);
		d->moved[d->moved_count++] = a;
	}
	return a->tag - 1;
}

/* ---- what stands in one text alone, or at another place ---- */

static void pass(struct wls_differ *d, size_t side, uint32_t end, uint32_t delta, bool mark,
		 struct at *at)
{
	struct wls_delta_span span = {at->a, at->a, at->b, at->b, mark};

	if (side == 0)
		at->a = span.a1 = end;
	else
		at->b = span.b1 = end;
	if (span.a0 < span.a1 || span.b0 < span.b1)
		wls_differ_span(d, delta, span, at->edit);
	at->last = delta;
}

static void pass_node(struct wls_differ *d, struct wls_pair_node *n, uint32_t delta, struct at *at);

/* A node that came or went, with what it held; but what moved is told as moved. */
static void pass_alone(struct wls_differ *d, struct wls_pair_node *n, uint32_t delta, struct at *at)
{
	if (!n->holds_twins) {
		pass(d, n->side, n->end, delta, true, at);
		return;
	}
	pass(d, n->side, n->body, delta, true, at);
	for (struct wls_pair_node *child = n->first; child; child = child->next)
		pass_node(d, child, delta, at);
	pass(d, n->side, n->end, delta, true, at);
}

/* `delta`: the change of what it stands in, or WLS_NO_DELTA. */
static void pass_node(struct wls_differ *d, struct wls_pair_node *n, uint32_t delta, struct at *at)
{
	/* A node of no bytes cannot come, go or move. */
	if (n->begin == n->end)
		return;
	if (n->twin) {
		pass(d, n->side, n->end, moved(d, n), false, at);
		return;
	}
	if (delta == WLS_NO_DELTA && n->side == 0)
		delta = add_change(d, WLS_DELTA_REMOVED, n, NULL, at->b);
	else if (delta == WLS_NO_DELTA)
		delta = add_change(d, WLS_DELTA_ADDED, NULL, n, n->begin);
	pass_alone(d, n, delta, at);
}

/* ---- twins ---- */

static bool is_block(enum wls_node_kind kind)
{
	switch (kind) {
	case WLS_NODE_CODE:
	case WLS_NODE_HTML:
	case WLS_NODE_QUOTE:
	case WLS_NODE_MARKER:
	case WLS_NODE_OPAQUE:
		return true;
	default:
		return false;
	}
}

static bool has_lines(struct wls_slice s)
{
	return s.len > 1 && memchr(s.ptr, '\n', s.len - 1);
}

/* Whether what differs is told line by line: a list in the frontmatter, too. */
static bool tells_lines(const struct wls_node *n, struct wls_slice x, struct wls_slice y)
{
	return is_block(n->kind) || (n->kind == WLS_NODE_KEY && (has_lines(x) || has_lines(y)));
}

static void compare_own(struct wls_differ *d, struct wls_pair_node *a, struct wls_pair_node *b,
			bool edit)
{
	const struct wls_slice *texts = d->diff->texts;
	struct wls_slice x = wls_slice(texts[0].ptr + a->begin, a->body - a->begin);
	struct wls_slice y = wls_slice(texts[1].ptr + b->begin, b->body - b->begin);

	if (wls_slice_eq(x, y))
		return;
	uint32_t delta = a->tag > 0 ? a->tag - 1 : add_change(d, WLS_DELTA_CHANGED, a, b, b->begin);
	d->deltas[delta].aspects |= wls_delta_aspects(d->diff->pairing, a, b);
	wls_differ_compare(d, delta,
			   (struct wls_delta_span){a->begin, a->body, b->begin, b->body, true},
			   tells_lines(a->node, x, y), edit);
}

static bool is_blank(struct wls_slice s)
{
	return wls_slice_trim(s).len == 0;
}

/* A change of what stands between nodes, before `a` and `b` (NULL at the end); of no node unless blank. */
static uint32_t add_gap(struct wls_differ *d, const struct wls_pair_node *a,
			const struct wls_pair_node *b, bool blank, uint32_t order)
{
	return wls_differ_add(
		d, (struct wls_delta){
			   .kind = blank ? WLS_DELTA_BLANK_LINES : WLS_DELTA_TEXT,
			   .aspects = 1u << (blank ? WLS_ASPECT_WHITE_SPACE : WLS_ASPECT_REWORDED),
			   .node = {blank ? a : NULL, blank ? b : NULL},
			   .place = b ? wls_delta_place(&d->diff->arena, b) : WLS_SLICE(""),
			   .line = {a ? a->node->line : 0, b ? b->node->line : 0},
			   .order = order,
		   });
}

/* What stands between nodes up to a_end and b_end: blank lines, in all texts that were seen. */
static void compare_gap(struct wls_differ *d, const struct wls_pair_node *a,
			const struct wls_pair_node *b, uint32_t a_end, uint32_t b_end,
			struct at *at)
{
	const struct wls_slice *texts = d->diff->texts;
	struct wls_delta_span span = {at->a, a_end, at->b, b_end, true};
	struct wls_slice x = wls_slice(texts[0].ptr + span.a0, span.a1 - span.a0);
	struct wls_slice y = wls_slice(texts[1].ptr + span.b0, span.b1 - span.b0);
	bool blank = is_blank(x) && is_blank(y);

	at->a = a_end;
	at->b = b_end;
	if (wls_slice_eq(x, y))
		return;
	if (!blank) {
		wls_differ_compare(d, add_gap(d, a, b, false, span.b0), span, true, at->edit);
	} else if (at->last == WLS_NO_DELTA) {
		wls_differ_span(d, add_gap(d, a, b, true, span.b0), span, at->edit);
	} else if (at->edit) {
		span.mark = false;
		wls_differ_span(d, at->last, span, true);
	}
}

/* Which children of two twins stand in step: by position in each. The caller frees both. */
static void find_standing(const struct wls_pair_node *p, const struct wls_pair_node *q,
			  bool **stands_a, bool **stands_b)
{
	size_t a_count = 0, b_count = 0, count = 0;

	for (const struct wls_pair_node *n = p->first; n; n = n->next)
		a_count++;
	for (const struct wls_pair_node *n = q->first; n; n = n->next)
		b_count++;
	_cleanup_free_ uint32_t *values = wls_alloc(a_count + 1, sizeof(*values));
	_cleanup_free_ uint32_t *from = wls_alloc(a_count + 1, sizeof(*from));
	_cleanup_free_ bool *keep = wls_alloc(a_count + 1, sizeof(*keep));
	*stands_a = wls_alloc(a_count + 1, sizeof(**stands_a));
	*stands_b = wls_alloc(b_count + 1, sizeof(**stands_b));
	memset(*stands_a, 0, a_count + 1);
	memset(*stands_b, 0, b_count + 1);
	for (const struct wls_pair_node *n = p->first; n; n = n->next) {
		if (!n->twin || n->twin->parent != q)
			continue;
		from[count] = n->position;
		values[count++] = n->twin->position;
	}
	wls_pair_rising(values, count, keep);
	for (size_t i = 0; i < count; i++) {
		(*stands_a)[from[i]] = keep[i];
		(*stands_b)[values[i]] = keep[i];
	}
}

/* Own texts, and the children in step. Recurses as deep as nodes nest. */
static void compare_twins(struct wls_differ *d, struct wls_pair_node *p, struct wls_pair_node *q,
			  bool edit)
{
	_cleanup_free_ bool *stands_a = NULL, *stands_b = NULL;
	struct at at = {p->body, q->body, WLS_NO_DELTA, edit};
	struct wls_pair_node *a = p->first, *b = q->first;

	if (p->same)
		return;
	compare_own(d, p, q, edit);
	find_standing(p, q, &stands_a, &stands_b);
	for (;; a = a->next, b = b->next) {
		for (; a && !stands_a[a->position]; a = a->next)
			pass_node(d, a, WLS_NO_DELTA, &at);
		for (; b && !stands_b[b->position]; b = b->next)
			pass_node(d, b, WLS_NO_DELTA, &at);
		if (!a || !b)
			break;
		compare_gap(d, a, b, a->begin, b->begin, &at);
		compare_twins(d, a, b, edit);
		at = (struct at){a->end, b->end, WLS_NO_DELTA, edit};
	}
	compare_gap(d, NULL, NULL, p->end, q->end, &at);
}

void wls_differ_walk(struct wls_differ *d)
{
	struct wls_pairing *p = d->diff->pairing;

	compare_twins(d, p->roots[0], p->roots[1], true);
	for (size_t i = 0; i < d->moved_count; i++)
		compare_twins(d, d->moved[i], d->moved[i]->twin, false);
}
