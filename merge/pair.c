/* SPDX-License-Identifier: MIT */
/*
 * Two texts of one log, node by node, for who compares instead of merging.
 *
 * Layer: merge. Includes: base, doc, merge, align, entries, match.
 *
 * The first text is the base, the second the only side; conflict markers of an input are nodes like
 * others. What the engine made is copied, so that nothing of it is seen outside.
 */
#include "wlsync/pair.h"

#include "merge/align.h"
#include "merge/entries.h"
#include "merge/match.h"

enum { SIDES = 1 };

/* Makes the k-th entries of both texts one, whatever they say; further ones have no partner. */
static void match_by_order(struct wls_entries *entries)
{
	for (uint32_t i = 0; i < entries->docs[1]->entry_count; i++)
		entries->of[1][i] = i < entries->docs[0]->entry_count
					    ? entries->of[0][i]
					    : WLS_ARENA_NEW(entries->arena, struct wls_identity);
}

static struct wls_pair_node *copy_unit(struct wls_pairing *p, const struct wls_unit *u)
{
	struct wls_pair_node *n = WLS_ARENA_NEW(&p->arena, struct wls_pair_node);

	n->node = u->node;
	n->gap = u->gap;
	n->begin = u->begin;
	n->body = u->body;
	n->end = u->end;
	n->position = u->position;
	n->side = u->side;
	return n;
}

/* Copies trees of units, that of the first text first. */
struct copier {
	struct wls_pairing *pairing;
	struct wls_pair_node **waiting; /* of the first text, for their twins */
	size_t waiting_count, waiting_cap;
	const struct wls_entry *entries;
	uint32_t entry_count, entry;
};

/* Joins the copy with that of the class's other unit; no other side needs the class's slot now. */
static void join_twin(struct copier *c, struct wls_pair_node *n, const struct wls_unit *u)
{
	struct wls_class *class = u->class;

	if (n->side == 0) {
		WLS_GROW(c->waiting, c->waiting_cap, c->waiting_count + 1);
		c->waiting[c->waiting_count] = n;
		class->slot = (uint32_t)c->waiting_count++;
		return;
	}
	n->twin = c->waiting[class->slot];
	n->twin->twin = n;
	n->same = n->twin->same = u->hash == class->unit[0]->hash;
}

static struct wls_pair_node *copy_tree(struct copier *c, const struct wls_unit *u)
{
	struct wls_pair_node *n = copy_unit(c->pairing, u), **link = &n->first;

	if (u->kind == WLS_NODE_ENTRY && c->entry < c->entry_count)
		n->entry = &c->entries[c->entry++];
	if (u->class && u->class->unit[0] && u->class->unit[1])
		join_twin(c, n, u);
	for (const struct wls_unit *child = u->first; child; child = child->next) {
		*link = copy_tree(c, child);
		(*link)->parent = n;
		n->holds_twins |=
			(*link)->holds_twins || (child->class && child->class->unit[!u->side]);
		link = &(*link)->next;
	}
	return n;
}

static void copy_trees(struct wls_pairing *p, const struct wls_units *units)
{
	struct copier c = {.pairing = p};

	for (size_t s = 0; s <= SIDES; s++) {
		struct wls_doc *doc = p->docs[s];
		c.entries = doc->entries;
		c.entry_count = doc->entry_count;
		c.entry = 0;
		p->roots[s] = copy_tree(&c, units->roots[s]);
		p->roots[s]->end = (uint32_t)doc->source.len;
	}
	p->roots[0]->same = p->roots[1]->same =
		wls_slice_eq(p->docs[0]->source, p->docs[1]->source);
	free(c.waiting);
}

static void match(struct wls_pairing *p, const struct wls_pair_options *options)
{
	struct wls_arena scratch = {0};
	struct wls_entries entries;
	struct wls_units units;

	wls_entries_match(&entries, p->docs, SIDES, options->log_name, &scratch);
	if (options->by_order)
		match_by_order(&entries);
	wls_units_init(&units, p->docs, SIDES, &scratch);
	wls_units_match_two(&units, &entries);
	copy_trees(p, &units);
	wls_entries_release(&entries);
	wls_arena_release(&scratch);
}

int wls_pairing_make(struct wls_pairing **out, struct wls_slice a, struct wls_slice b,
		     const struct wls_pair_options *options, struct wls_error *err)
{
	struct wls_pairing *p = wls_alloc(1, sizeof(*p));
	struct wls_slice texts[2] = {a, b};
	int status = 0;

	*p = (struct wls_pairing){0};
	for (size_t s = 0; s <= SIDES && status == 0; s++) {
		status = wls_doc_parse(&p->docs[s], texts[s], err);
		if (status == 0)
			wls_doc_forget_blocks(p->docs[s]);
	}
	if (status < 0) {
		wls_pairing_free(p);
		return status;
	}
	match(p, options);
	*out = p;
	return 0;
}

void wls_pairing_free(struct wls_pairing *pairing)
{
	if (!pairing)
		return;
	wls_doc_free(pairing->docs[0]);
	wls_doc_free(pairing->docs[1]);
	wls_arena_release(&pairing->arena);
	free(pairing);
}

/* ---- sequences ---- */

size_t wls_pair_changes(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
			struct wls_arena *arena, struct wls_pair_change **out)
{
	size_t least = a_count < b_count ? a_count : b_count, found = 0;
	_cleanup_free_ struct wls_pair *pairs = wls_alloc(least + 1, sizeof(*pairs));
	size_t count = wls_align(a, a_count, b, b_count, pairs);
	uint32_t i = 0, j = 0;

	pairs[count++] = (struct wls_pair){(uint32_t)a_count, (uint32_t)b_count};
	for (size_t k = 0; k < count; k++) {
		found += pairs[k].a > i || pairs[k].b > j;
		i = pairs[k].a + 1;
		j = pairs[k].b + 1;
	}
	*out = WLS_ARENA_ARRAY(arena, struct wls_pair_change, found);
	i = j = 0;
	found = 0;
	for (size_t k = 0; k < count; k++) {
		if (pairs[k].a > i || pairs[k].b > j)
			(*out)[found++] = (struct wls_pair_change){i, pairs[k].a, j, pairs[k].b};
		i = pairs[k].a + 1;
		j = pairs[k].b + 1;
	}
	return found;
}

void wls_pair_rising(const uint32_t *values, size_t count, bool *keep)
{
	wls_longest_rising(values, count, keep);
}
