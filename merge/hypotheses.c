/* SPDX-License-Identifier: MIT */
/*
 * Hypotheses under one number.
 *
 * Layer: merge. Includes: base, doc, merge, labels, unit.
 *
 * The problem and the idea are those of merge/renumber.c, within one list: `H3` of one side is not
 * `H3` of the other, so the later becomes `H4`, and "(H3)" that its side wrote in this entry too. Who is
 * later, in one list of one entry, only the text can tell: the hash decides, as for all items.
 *
 * Complexity: O(items) of lists that several sides changed; O(bytes) of an entry where one moves.
 */
#include "merge/hypotheses.h"

#include "base/map.h"

/* A hypothesis that one side alone added. */
struct added {
	struct wls_unit *unit;
	uint32_t number;
	uint64_t hash;
};

struct added_list {
	struct added *items;
	size_t count, cap;
};

/* A unit whose number changes. */
struct move {
	struct wls_unit *unit;
	uint32_t from, to;
};

struct move_list {
	struct move *items;
	size_t count, cap;
};

/* The number of `H3`, or 0. */
static uint32_t number_of(const struct wls_unit *u)
{
	struct wls_slice label = u->node->label;
	uint32_t n = 0;

	if (u->kind != WLS_NODE_ITEM || label.len < 2 || label.len > 6 || label.ptr[0] != 'H')
		return 0;
	for (size_t i = 1; i < label.len; i++) {
		if (!wls_is_digit(label.ptr[i]))
			return 0;
		n = n * 10 + (uint32_t)(label.ptr[i] - '0');
	}
	return n;
}

static size_t sides_with(const struct wls_units *units, const struct wls_class *c)
{
	size_t n = 0;

	for (size_t s = 1; s <= units->sides; s++)
		n += c->unit[s] != NULL;
	return n;
}

static bool is_used(const struct wls_map *used, uint32_t *number)
{
	return wls_map_find(used, wls_slice((const char *)number, sizeof(*number))) != WLS_MAP_NONE;
}

static int compare_added(const void *x, const void *y)
{
	const struct added *a = x, *b = y;

	if (a->number != b->number)
		return a->number < b->number ? -1 : 1;
	return (a->hash > b->hash) - (a->hash < b->hash);
}

/* Gives those that one side added their numbers: their own when it is free, else the next. */
static void number_added(struct added_list *added, uint32_t *numbers, size_t count,
			 struct move_list *moves)
{
	_cleanup_(wls_map_release) struct wls_map used = {0};
	_cleanup_free_ uint32_t *given = wls_alloc(added->count, sizeof(*given));
	uint32_t highest = 0;

	for (size_t i = 0; i < count; i++) {
		*wls_map_at(&used, wls_slice((const char *)&numbers[i], sizeof(*numbers))) = 0;
		highest = numbers[i] > highest ? numbers[i] : highest;
	}
	qsort(added->items, added->count, sizeof(*added->items), compare_added);
	for (size_t i = 0; i < added->count; i++) {
		struct added *a = &added->items[i];
		given[i] = is_used(&used, &a->number) ? highest + 1 : a->number;
		*wls_map_at(&used, wls_slice((const char *)&given[i], sizeof(*given))) = 0;
		highest = given[i] > highest ? given[i] : highest;
		if (given[i] == a->number)
			continue;
		WLS_GROW(moves->items, moves->cap, moves->count + 1);
		moves->items[moves->count++] = (struct move){a->unit, a->number, given[i]};
	}
}

/* Those that several sides added under different numbers get the greatest. */
static uint32_t settle_shared(const struct wls_units *units, const struct wls_class *c,
			      const struct wls_unit *u, struct move_list *moves)
{
	uint32_t number = number_of(u);

	if (c->unit[0])
		return number;
	for (size_t s = 1; s <= units->sides; s++)
		if (c->unit[s] && number_of(c->unit[s]) > number)
			number = number_of(c->unit[s]);
	if (number_of(u) == number)
		return number;
	WLS_GROW(moves->items, moves->cap, moves->count + 1);
	moves->items[moves->count++] = (struct move){c->unit[u->side], number_of(u), number};
	return number;
}

static void number_list(const struct wls_units *units, const struct wls_class *home,
			struct move_list *moves)
{
	struct added_list added = {0};
	uint32_t *numbers = NULL;
	size_t count = 0, cap = 0;

	for (size_t s = 0; s <= units->sides; s++)
		for (struct wls_unit *u = home->unit[s] ? home->unit[s]->first : NULL; u;
		     u = u->next) {
			uint32_t number = number_of(u);
			if (number == 0)
				continue;
			if (u->class->unit[0] || sides_with(units, u->class) > 1) {
				WLS_GROW(numbers, cap, count + 1);
				numbers[count++] = settle_shared(units, u->class, u, moves);
				continue;
			}
			WLS_GROW(added.items, added.cap, added.count + 1);
			added.items[added.count++] =
				(struct added){u, number, wls_hash(u->node->text)};
		}
	if (added.count > 0)
		number_added(&added, numbers, count, moves);
	free(added.items);
	free(numbers);
}

/* ---- rewriting ---- */

static const struct wls_unit *top_of(const struct wls_unit *u)
{
	while (u->parent && u->parent->parent)
		u = u->parent;
	return u;
}

/* Whether the label is the `H3:` that begins a line or an item, and so no reference. */
static bool is_definition(const struct wls_doc *doc, const struct wls_label *label)
{
	uint32_t i = label->line, end = label->at + label->len;

	while (i + 1 < label->at && strchr(" \t-*+[]x0123456789.)", doc->source.ptr[i]))
		i++;
	return i + 1 == label->at && end < doc->source.len && doc->source.ptr[end] == ':';
}

static bool base_has_line(const struct wls_units *units, const struct wls_unit *top,
			  struct wls_slice line)
{
	const struct wls_unit *base = top->class->unit[0];
	struct wls_slice rest, candidate;

	if (!base)
		return false;
	rest = wls_unit_bytes(units, base);
	while (wls_slice_next_line(&rest, &candidate))
		if (wls_slice_eq(candidate, line))
			return true;
	return false;
}

static void patch_move(const struct wls_units *units, const struct move *move,
		       struct wls_patches *patches)
{
	const struct wls_unit *top = top_of(move->unit);
	struct wls_doc *doc = units->docs[move->unit->side];
	uint32_t own = (uint32_t)(move->unit->node->label.ptr - doc->source.ptr) + 1;
	struct wls_labels labels = {0};

	wls_labels_find(doc, top->node, wls_slice(NULL, 0), &labels);
	for (size_t i = 0; i < labels.count; i++) {
		const struct wls_label *label = &labels.items[i];
		if (label->letter != 'H' || label->number != move->from || !label->rewritable)
			continue;
		if (label->at != own &&
		    (is_definition(doc, label) ||
		     base_has_line(units, top, wls_line_at(doc->source, label->line))))
			continue;
		wls_patches_add(patches, (struct wls_patch){label->at, label->len, move->to});
	}
	free(labels.items);
}

static int compare_patches(const void *x, const void *y)
{
	const struct wls_patch *a = x, *b = y;

	return (a->at > b->at) - (a->at < b->at);
}

static void rewrite_side(struct wls_units *units, size_t side, const struct move_list *moves,
			 struct wls_hypotheses *out)
{
	struct wls_patches patches = {0};
	size_t kept = 0;

	wls_buf_init(&out->text[side], WLS_BUF_LIMIT);
	for (size_t i = 0; i < moves->count; i++)
		if (moves->items[i].unit->side == side)
			patch_move(units, &moves->items[i], &patches);
	if (patches.count > 1)
		qsort(patches.items, patches.count, sizeof(*patches.items), compare_patches);
	for (size_t i = 0; i < patches.count; i++)
		if (kept == 0 || patches.items[kept - 1].at != patches.items[i].at)
			patches.items[kept++] = patches.items[i];
	out->changed[side] = kept > 0;
	if (kept > 0)
		wls_patches_apply(units->docs[side]->source, patches.items, kept, &out->text[side]);
	free(patches.items);
}

static void tell_move(const struct move *move, struct wls_merge *merge)
{
	merge->renumberings = wls_realloc(merge->renumberings, merge->renumbering_count + 1,
					  sizeof(*merge->renumberings));
	merge->renumberings[merge->renumbering_count++] = (struct wls_renumbering){
		.letter = 'H',
		.side = (size_t)move->unit->side - 1,
		.from = move->from,
		.to = move->to,
		.title = wls_arena_copy(&merge->arena, move->unit->node->text),
	};
}

bool wls_hypotheses_renumber(struct wls_units *units, struct wls_hypotheses *out,
			     struct wls_merge *merge)
{
	struct move_list moves = {0};
	bool any = false;

	for (struct wls_class *c = units->classes; c; c = c->next)
		if (c->opened && sides_with(units, c) > 1)
			number_list(units, c, &moves);
	for (size_t s = 1; s <= units->sides && moves.count > 0; s++) {
		rewrite_side(units, s, &moves, out);
		any |= out->changed[s];
	}
	for (size_t i = 0; i < moves.count; i++)
		tell_move(&moves.items[i], merge);
	free(moves.items);
	return any;
}

void wls_hypotheses_release(struct wls_hypotheses *hypotheses)
{
	for (size_t s = 0; s <= WLS_MERGE_SIDES_MAX; s++)
		if (hypotheses->changed[s])
			wls_buf_release(&hypotheses->text[s]);
}
