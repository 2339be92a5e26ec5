/* SPDX-License-Identifier: MIT */
/*
 * Three sequences of atoms merged into one.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * The problem: one side puts [HIGH] before a text, the other a marker after it, a third component
 * goes, two new ones come. All of that is clean, and every blank between has a side it came from.
 *
 * The idea: atoms have identities, so this is a keyed set. An atom that both sides have is decided
 * by scalar.c; one that a side has alone was added by it, or removed by the other, which counts
 * unless it was changed. Those that both have are the spine: its order is ours and theirs alike,
 * or that of the only side that changed the base's order, else a conflict. What a side added
 * follows what stands before it in the spine there; of two runs at one place atoms of lower class
 * come first, elements of a list stand as the base's around them did, else by the hash of their
 * run's first name. The gap between two neighbours is a three-way value when they are neighbours
 * on some side; else it is the gap that one of them has elsewhere.
 *
 * Complexity: O(n) but for the decisions. What it does not do: tell a renamed component from one
 * that was removed and one that was added.
 */
#include "merge/sequence.h"

#include "base/map.h"

enum { BASE, OURS, THEIRS, SIDES };

#define NOWHERE UINT32_MAX

/* An atom of the result, and where the sides have it. */
struct place {
	uint32_t at[SIDES];
	struct wls_slice bytes; /* ptr NULL: it goes */
	uint32_t low, high;     /* the base's atoms around it on its side: past low, before high */
};

/* A side's atoms by id: open addressing, at most half full, made when it is needed. */
struct table {
	uint32_t *slots; /* indices, or NOWHERE */
	size_t mask;
};

struct weave {
	struct wls_atom_merge *merge;
	const struct wls_atoms *atoms[SIDES];
	struct table tables[SIDES];
	uint32_t hints[SIDES]; /* where the next atom is looked for first */
	struct place
		*places[SIDES]; /* of ours and theirs: by index there; those of a spine twice */
	struct wls_composition *out;
	struct wls_part *parts; /* of the result */
	struct wls_buf text;
	struct place last; /* the last one that was put out */
	bool any;
};

static const struct wls_atom *atom_at(const struct weave *w, const struct place *place, int side)
{
	return place->at[side] == NOWHERE ? NULL : &w->atoms[side]->items[place->at[side]];
}

static bool in_spine(const struct place *place)
{
	return place->at[OURS] != NOWHERE && place->at[THEIRS] != NOWHERE;
}

/* The atom of a side that has one there. */
static const struct wls_atom *own_atom(const struct weave *w, const struct place *place, int side)
{
	return &w->atoms[side]->items[place->at[side]];
}

/* Ours, else theirs; what is put out one of them has. */
static const struct wls_atom *any_atom(const struct weave *w, const struct place *place)
{
	return own_atom(w, place, place->at[OURS] != NOWHERE ? OURS : THEIRS);
}

static bool fail(struct weave *w, const char *reason)
{
	w->merge->ctx->reason = reason;
	return false;
}

/* ---- who has what ---- */

/* The slot of the atom with that id, or the free one where it belongs. Ids are hashes. */
static uint32_t *slot_of(const struct table *table, const struct wls_atoms *atoms, uint64_t id)
{
	size_t i = (size_t)id & table->mask;

	while (table->slots[i] != NOWHERE && atoms->items[table->slots[i]].id != id)
		i = (i + 1) & table->mask;
	return &table->slots[i];
}

static void make_table(struct table *table, const struct wls_atoms *atoms)
{
	size_t cap = 2;

	while (cap < 2 * atoms->count)
		cap *= 2;
	table->mask = cap - 1;
	table->slots = wls_alloc(cap, sizeof(*table->slots));
	for (size_t i = 0; i < cap; i++)
		table->slots[i] = NOWHERE;
	for (size_t i = 0; i < atoms->count; i++)
		*slot_of(table, atoms, atoms->items[i].id) = (uint32_t)i;
}

/* Where a side has the atom. Most stand behind the one that was found last; most texts are short. */
static uint32_t find_atom(struct weave *w, int side, const struct wls_atom *atom)
{
	enum { FEW = 16 };
	const struct wls_atoms *atoms = w->atoms[side];
	uint32_t at = w->hints[side];

	if (at >= atoms->count || atoms->items[at].id != atom->id) {
		if (atoms->count <= FEW) {
			at = 0;
			while (at < atoms->count && atoms->items[at].id != atom->id)
				at++;
			at = at < atoms->count ? at : NOWHERE;
		} else {
			if (!w->tables[side].slots)
				make_table(&w->tables[side], atoms);
			at = *slot_of(&w->tables[side], atoms, atom->id);
		}
	}
	if (at != NOWHERE)
		w->hints[side] = at + 1;
	return at;
}

/* Decides every atom of one side; those of the spine once, with the first side. */
static bool decide_side(struct weave *w, int side)
{
	const struct wls_atoms *atoms = w->atoms[side];

	w->places[side] = wls_alloc(atoms->count + 1, sizeof(struct place));
	memset(w->hints, 0, sizeof(w->hints));
	for (size_t i = 0; i < atoms->count; i++) {
		struct place *place = &w->places[side][i];

		for (int s = BASE; s < SIDES; s++)
			place->at[s] = s == side ? (uint32_t)i : find_atom(w, s, &atoms->items[i]);
		if (side == THEIRS && in_spine(place)) {
			place->bytes = w->places[OURS][place->at[OURS]].bytes;
			continue;
		}
		if (!wls_atom_decide(w->merge, atom_at(w, place, BASE), atom_at(w, place, OURS),
				     atom_at(w, place, THEIRS), &place->bytes))
			return false;
		if (place->bytes.len == 0 && atoms->items[i].class == WLS_ATOM_TEXT)
			place->bytes.ptr = NULL;
	}
	return true;
}

/* Which atoms of the base stand around each of a side's; those that go tell, too. */
static void bound_side(struct weave *w, int side)
{
	size_t count = w->atoms[side]->count;
	uint32_t low = 0, high = NOWHERE;

	for (size_t i = 0; i < count; i++) {
		struct place *place = &w->places[side][i];

		place->low = low;
		if (place->at[BASE] != NOWHERE)
			low = place->at[BASE] + 1;
	}
	for (size_t i = count; i > 0; i--) {
		struct place *place = &w->places[side][i - 1];

		place->high = high;
		if (place->at[BASE] != NOWHERE)
			high = place->at[BASE];
	}
}

/* ---- order ---- */

/* Whether the atoms of `side` that stand in all three stand there in another order than in `other`. */
static bool reordered(const struct weave *w, int side, int other)
{
	uint32_t last = 0;

	for (size_t i = 0; i < w->atoms[side]->count; i++) {
		const struct place *place = &w->places[side][i];

		if (!in_spine(place) || (other == BASE && place->at[BASE] == NOWHERE))
			continue;
		if (place->at[other] < last)
			return true;
		last = place->at[other];
	}
	return false;
}

/* The side whose order the spine follows; 0: conflict. */
static int find_leader(const struct weave *w)
{
	if (!reordered(w, OURS, THEIRS))
		return OURS;
	bool ours = reordered(w, OURS, BASE), theirs = reordered(w, THEIRS, BASE);

	if (ours == theirs || w->atoms[BASE]->count == 0)
		return 0;
	return ours ? OURS : THEIRS;
}

/* ---- gaps ---- */

static bool is_list(enum wls_atom_class class)
{
	return class == WLS_ATOM_ELEMENT || class == WLS_ATOM_COMPONENT;
}

static bool is_gap_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether the separators in two gaps are the same, whatever the blanks. */
static bool same_separators(struct wls_slice a, struct wls_slice b)
{
	for (;;) {
		while (a.len > 0 && is_gap_blank(a.ptr[0]))
			a = wls_slice_from(a, 1);
		while (b.len > 0 && is_gap_blank(b.ptr[0]))
			b = wls_slice_from(b, 1);
		if (a.len == 0 || b.len == 0)
			return a.len == b.len;
		if (a.ptr[0] != b.ptr[0])
			return false;
		a = wls_slice_from(a, 1);
		b = wls_slice_from(b, 1);
	}
}

static struct wls_slice longer(struct wls_slice a, struct wls_slice b)
{
	if (a.len != b.len)
		return a.len > b.len ? a : b;
	return wls_slice_cmp(a, b) >= 0 ? a : b;
}

/* The gap of one side between the two, if they are neighbours there. */
static bool neighbour_gap(const struct weave *w, const struct place *next, int side,
			  struct wls_slice *gap)
{
	uint32_t at = next->at[side];

	if (at == NOWHERE || (w->any ? at == 0 || w->last.at[side] != at - 1 : at != 0))
		return false;
	*gap = w->atoms[side]->items[at].gap;
	return true;
}

/* The gap that may stand between two that are neighbours nowhere, from one side. */
static bool elsewhere_gap(const struct weave *w, const struct place *next, int side,
			  struct wls_slice *gap)
{
	const struct wls_atoms *atoms = w->atoms[side];
	enum wls_atom_class class = any_atom(w, next)->class;
	uint32_t before = w->last.at[side], at = next->at[side];
	bool follows = is_list(class) && any_atom(w, &w->last)->class == class;

	if (is_list(class)) {
		/* An element that comes first and one that follows have other gaps. */
		if (follows && at != NOWHERE && at > 0 && atoms->items[at - 1].class == class) {
			*gap = atoms->items[at].gap;
			return true;
		}
		if (before == NOWHERE || before + 1 >= atoms->count ||
		    atoms->items[before + 1].class != class)
			return false;
		*gap = atoms->items[before + 1].gap;
		return true;
	}
	if (at == NOWHERE)
		return false;
	*gap = atoms->items[at].gap;
	return true;
}

static struct wls_slice default_gap(const struct weave *w, enum wls_atom_class class)
{
	const struct wls_atom *last = any_atom(w, &w->last);

	if (class == WLS_ATOM_LEAD)
		return WLS_SLICE(" \xC2\xB7 ");
	if (class == WLS_ATOM_ELEMENT && last->class == class)
		return WLS_SLICE(", ");
	if (class == WLS_ATOM_COMPONENT && last->class != WLS_ATOM_LABEL)
		return WLS_SLICE(" | ");
	return WLS_SLICE(" ");
}

/* Whether nothing need stand between the last atom and one of that class. */
static bool may_touch(const struct weave *w, enum wls_atom_class class)
{
	enum wls_atom_class last = any_atom(w, &w->last)->class;

	return class == WLS_ATOM_END || class == WLS_ATOM_CLOSE || class == WLS_ATOM_STRIKE_CLOSE ||
	       last == WLS_ATOM_OPEN || last == WLS_ATOM_STRIKE_OPEN ||
	       (last == WLS_ATOM_LEAD && w->last.bytes.len == 0);
}

static bool find_gap(const struct weave *w, const struct place *next, struct wls_slice *gap)
{
	enum wls_atom_class class = any_atom(w, next)->class;
	struct wls_slice gaps[SIDES];
	bool has[SIDES];

	for (int s = BASE; s < SIDES; s++)
		has[s] = neighbour_gap(w, next, s, &gaps[s]);
	*gap = wls_slice("", 0);
	if (!has[OURS] && !has[THEIRS]) {
		if (!w->any)
			return true;
		for (int s = BASE; s < SIDES; s++)
			has[s] = elsewhere_gap(w, next, s, &gaps[s]);
		if (!has[OURS] && !has[THEIRS]) {
			*gap = has[BASE] ? gaps[BASE] : default_gap(w, class);
			return true;
		}
		has[BASE] = false;
	}
	if (!has[OURS] || !has[THEIRS])
		*gap = gaps[has[OURS] ? OURS : THEIRS];
	else if (wls_slice_eq(gaps[OURS], gaps[THEIRS]) ||
		 (has[BASE] && wls_slice_eq(gaps[BASE], gaps[THEIRS])))
		*gap = gaps[OURS];
	else if (has[BASE] && wls_slice_eq(gaps[BASE], gaps[OURS]))
		*gap = gaps[THEIRS];
	else if (same_separators(gaps[OURS], gaps[THEIRS]))
		*gap = longer(gaps[OURS], gaps[THEIRS]);
	else
		return false;
	if (gap->len == 0 && w->any && !may_touch(w, class) &&
	    !neighbour_gap(w, next, OURS, &gaps[OURS]) &&
	    !neighbour_gap(w, next, THEIRS, &gaps[THEIRS]))
		*gap = default_gap(w, class);
	return true;
}

/* ---- putting out ---- */

/* The part that the atom's bytes come from begins with it, or gets its name from it. */
static void note_part(struct weave *w, const struct place *place, const struct wls_atom *atom)
{
	struct wls_atoms *out = &w->out->atoms;
	int side = place->at[OURS] == NOWHERE ? THEIRS : OURS;

	if (place->at[THEIRS] != NOWHERE && side == OURS &&
	    !wls_slice_eq(atom->bytes, place->bytes))
		side = THEIRS;
	const struct wls_atom *from = own_atom(w, place, side);
	const struct wls_part *part = &w->atoms[side]->parts[from->part];
	if (out->part_count == 0 || atom->class == WLS_ATOM_LEAD)
		w->parts[out->part_count++] = *part;
	else if (atom->class == WLS_ATOM_LABEL)
		w->parts[out->part_count - 1] = *part;
}

static bool put(struct weave *w, const struct place *place)
{
	struct wls_atoms *out = &w->out->atoms;
	const struct wls_atom *atom = any_atom(w, place);
	struct wls_atom copy = *atom;

	if (!find_gap(w, place, &copy.gap))
		return fail(w, "both sides changed the separators in the line");
	copy.bytes = place->bytes;
	note_part(w, place, atom);
	copy.part = (uint32_t)(out->part_count - 1);
	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = copy;
	w->last = *place;
	w->any = true;
	return true;
}

/* What a side added after its atom `at` (before its first: NOWHERE), up to the next of the spine. */
struct run {
	const struct place *next, *end;
};

static const struct place *skip_gone(const struct place *p, const struct place *end)
{
	while (p < end && !in_spine(p) && !p->bytes.ptr)
		p++;
	return p < end && in_spine(p) ? end : p;
}

static struct run run_after(const struct weave *w, int side, uint32_t at)
{
	const struct place *all = w->places[side];
	const struct place *end = all + w->atoms[side]->count;

	return (struct run){skip_gone(all + (at == NOWHERE ? 0 : at + 1), end), end};
}

static enum wls_atom_class class_of(const struct weave *w, const struct run *run)
{
	return any_atom(w, run->next)->class;
}

/* Whether all that may stand at `a` stands before what may at `b`, as far as the base tells. */
static bool stands_before(const struct place *a, const struct place *b)
{
	return a->low <= b->low && a->high <= b->high && (a->low < b->low || a->high < b->high);
}

/*
 * Which of two runs that begin with one class goes first. Neighbours in a list, each reworded by
 * another side, are where the base had them; else the hash of the name tells.
 */
static bool goes_first(const struct weave *w, const struct run *a, const struct run *b)
{
	const struct wls_atom *x = any_atom(w, a->next), *y = any_atom(w, b->next);
	uint64_t hash_x = wls_hash(x->name), hash_y = wls_hash(y->name);

	if (is_list(x->class) && stands_before(a->next, b->next))
		return true;
	if (is_list(x->class) && stands_before(b->next, a->next))
		return false;
	return hash_x != hash_y ? hash_x < hash_y : x->id < y->id;
}

/* All of the run that is of one class and, in a list, at one place of the base. */
static bool put_class(struct weave *w, struct run *run)
{
	const struct place *first = run->next;
	enum wls_atom_class class = class_of(w, run);

	while (run->next < run->end && class_of(w, run) == class &&
	       (!is_list(class) ||
		(run->next->low == first->low && run->next->high == first->high))) {
		if (!put(w, run->next))
			return false;
		run->next = skip_gone(run->next + 1, run->end);
	}
	return true;
}

static bool put_runs(struct weave *w, const uint32_t *at)
{
	struct run ours = run_after(w, OURS, at[OURS]), theirs = run_after(w, THEIRS, at[THEIRS]);

	while (ours.next < ours.end || theirs.next < theirs.end) {
		struct run *run = ours.next < ours.end ? &ours : &theirs;

		if (ours.next < ours.end && theirs.next < theirs.end) {
			enum wls_atom_class a = class_of(w, &ours), b = class_of(w, &theirs);

			run = a < b || (a == b && goes_first(w, &ours, &theirs)) ? &ours : &theirs;
		}
		if (!put_class(w, run))
			return false;
	}
	return true;
}

static bool put_all(struct weave *w)
{
	static const uint32_t head[SIDES] = {NOWHERE, NOWHERE, NOWHERE};
	int leader = find_leader(w);

	if (leader == 0)
		return fail(w, "both sides changed the order within the line");
	if (!put_runs(w, head))
		return false;
	for (size_t i = 0; i < w->atoms[leader]->count; i++) {
		const struct place *place = &w->places[leader][i];

		if (!in_spine(place))
			continue;
		if (place->bytes.ptr && !put(w, place))
			return false;
		if (!put_runs(w, place->at))
			return false;
	}
	return true;
}

/* The bytes, and the parts' slices of them. */
static void compose(struct weave *w)
{
	struct wls_atoms *out = &w->out->atoms;
	struct wls_part *parts = w->parts;

	for (size_t i = 0; i < out->count; i++) {
		wls_buf_add_slice(&w->text, out->items[i].gap);
		wls_buf_add_slice(&w->text, out->items[i].bytes);
	}
	w->out->bytes = wls_arena_copy(w->merge->ctx->arena, wls_buf_slice(&w->text));
	const char *at = w->out->bytes.ptr;
	for (size_t i = 0; i < out->part_count; i++)
		parts[i].bytes = wls_slice(at, 0);
	/* Gaps before a part's first atom are the end of the part before. */
	for (size_t i = 0; i < out->count; i++) {
		const struct wls_atom *a = &out->items[i];
		bool first = i > 0 && a->part != out->items[i - 1].part;

		parts[first ? a->part - 1 : a->part].bytes.len += a->gap.len;
		parts[a->part].bytes.len += a->bytes.len;
	}
	for (size_t i = 0; i < out->part_count; at += parts[i].bytes.len, i++)
		parts[i].bytes.ptr = at;
}

bool wls_sequence_merge(struct wls_atom_merge *merge, const struct wls_atoms *base,
			const struct wls_atoms *ours, const struct wls_atoms *theirs,
			struct wls_composition *out)
{
	static const struct wls_atoms none;
	struct weave w = {
		.merge = merge,
		.atoms = {base ? base : &none, ours, theirs},
		.out = out,
		.text = WLS_BUF_INIT,
	};

	*out = (struct wls_composition){0};
	w.parts = WLS_ARENA_ARRAY(merge->ctx->arena, struct wls_part,
				  ours->part_count + theirs->part_count + 1);
	out->atoms.parts = w.parts;
	bool clean = decide_side(&w, OURS) && decide_side(&w, THEIRS);
	if (clean) {
		bound_side(&w, OURS);
		bound_side(&w, THEIRS);
		clean = put_all(&w);
	}
	if (clean)
		compose(&w);
	for (int side = BASE; side < SIDES; side++) {
		free(w.tables[side].slots);
		free(w.places[side]);
	}
	wls_buf_release(&w.text);
	return clean;
}
