/* SPDX-License-Identifier: MIT */
/*
 * Gaps: the blank lines before a node, where it stands in the result.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * A gap belongs to two neighbours. Where the two stand behind each other on some side, it is a three-way
 * value of those sides; where they do nowhere, the gap is the one that the second has on its own
 * side, or, when it came first in its list there, the one that follows the first. Blank lines are
 * no conflict: where two sides changed them, the longer gap stays.
 */
#include "merge/resolve_internal.h"

/* Of several gaps the longest; of those the last by bytes. */
static struct wls_slice longer(struct wls_slice a, struct wls_slice b)
{
	if (a.len != b.len)
		return a.len > b.len ? a : b;
	return wls_slice_cmp(a, b) >= 0 ? a : b;
}

/* A three-way value of blank lines; where several changed them, the longest stays. */
struct gap_value {
	struct wls_slice base, changed, same;
	bool has_base, has_changed, has_same;
};

static void gap_add(struct gap_value *v, struct wls_slice gap, bool is_base)
{
	if (is_base) {
		v->base = gap;
		v->has_base = true;
	} else if (v->has_base && wls_slice_eq(gap, v->base)) {
		v->same = gap;
		v->has_same = true;
	} else {
		v->changed = v->has_changed ? longer(v->changed, gap) : gap;
		v->has_changed = true;
	}
}

static bool gap_get(const struct gap_value *v, struct wls_slice *out)
{
	*out = v->has_changed ? v->changed : v->has_same ? v->same : v->base;
	return v->has_base || v->has_changed;
}

static const struct wls_class *class_before(const struct wls_unit *u)
{
	return u->prev ? u->prev->class : NULL;
}

/* The gap before `c` where it stands behind `prev` on some side, or anywhere when !adjacent. */
static bool own_gap(const struct wls_resolver *r, const struct wls_class *c,
		    const struct wls_class *prev, bool adjacent, struct wls_slice *out)
{
	struct gap_value v = {0};

	for (size_t s = 0; s <= r->units->sides; s++) {
		const struct wls_unit *u = c->unit[s];
		if (u && (!adjacent || class_before(u) == prev))
			gap_add(&v, wls_unit_gap(r->units, u), s == 0);
	}
	return gap_get(&v, out);
}

/* The gap behind `prev` on the sides where something follows it. */
static bool gap_behind(const struct wls_resolver *r, const struct wls_class *prev,
		       struct wls_slice *out)
{
	struct gap_value v = {0};

	for (size_t s = 0; s <= r->units->sides; s++)
		if (prev->unit[s] && prev->unit[s]->next)
			gap_add(&v, wls_unit_gap(r->units, prev->unit[s]->next), s == 0);
	return gap_get(&v, out);
}

static bool is_first_everywhere(const struct wls_resolver *r, const struct wls_class *c)
{
	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s] && c->unit[s]->prev)
			return false;
	return true;
}

/* Texts that would run into what stands before them without a blank line. */
static bool needs_blank_line(const struct wls_unit *u)
{
	return u->kind == WLS_NODE_PARAGRAPH || u->kind == WLS_NODE_CODE ||
	       u->kind == WLS_NODE_TABLE || u->kind == WLS_NODE_HTML || u->kind == WLS_NODE_BREAK;
}

void wls_resolver_put_gap(struct wls_resolver *r, const struct wls_class *c,
			  const struct wls_class *prev)
{
	struct wls_slice gap;

	if (!own_gap(r, c, prev, true, &gap)) {
		own_gap(r, c, prev, false, &gap);
		if (prev && is_first_everywhere(r, c))
			gap_behind(r, prev, &gap);
		if (gap.len == 0 && prev && needs_blank_line(wls_class_any_unit(r->units, c)))
			gap = r->line_ending;
	}
	wls_resolver_put_text(r, gap);
}

void wls_resolver_put_end(struct wls_resolver *r)
{
	struct gap_value v = {0};
	struct wls_slice gap;

	for (size_t s = r->has_base ? 0 : 1; s <= r->units->sides; s++) {
		struct wls_slice source = r->units->docs[s]->source;
		gap_add(&v, wls_slice_from(source, r->units->roots[s]->end), s == 0);
	}
	gap_get(&v, &gap);
	wls_resolver_put_text(r, gap);
}
