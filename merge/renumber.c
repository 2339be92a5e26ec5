/* SPDX-License-Identifier: MIT */
/*
 * References that follow their entries.
 *
 * Layer: merge. Includes: base, doc, merge, entries, labels.
 *
 * The problem: v6 of one side becomes v7. Its heading, "(v6)" in its own text, "- v6: …" in the
 * decisions that the side wrote, must say v7; "see v6" where the other side means its own v6, and
 * what stood in the base before there was any v6, must not.
 *
 * The idea: rewrite each input, before anything is merged, as its author would have written it had
 * they known the numbers of the result. All that follows then compares plain bytes. A line is
 * rewritten when its side wrote it: when the part of the base that it stands in does not have it.
 * An entry of the base may have moved too (an earlier merge on another branch renumbered it); then
 * the base and the sides that do not know yet are brought up to date alike, so that the move
 * does not look like an edit; but not in lines that the earlier merge left as they were.
 *
 * Complexity: O(bytes) of entries and other parts that differ between base and side; of all parts when
 * an entry of the base moved.
 */
#include "merge/renumber.h"

#include "base/map.h"

/* The lines of a part of a document, as a set of hashes. */
struct line_set {
	struct wls_map map; /* of the lines themselves */
	bool read;
};

struct renumber {
	const struct wls_entries *entries;
	struct wls_slice log_name;
	struct wls_merge *merge;
	struct line_set *lines[WLS_MERGE_SIDES_MAX + 1]; /* by side and entry; [count]: the rest */
	bool base_moves; /* an entry of the base gets another number than it has there */
};

static uint32_t number_on(const struct wls_entries *e, const struct wls_identity *id, size_t side)
{
	return e->docs[side]->entries[id->entry[side]].version;
}

/* ---- which lines a part has ---- */

static void add_lines(struct wls_map *map, struct wls_slice text)
{
	struct wls_slice rest = text, line;

	while (wls_slice_next_line(&rest, &line))
		*wls_map_at(map, line) = 0;
}

/* The lines of entry `i` of a side, or of everything outside of entries (WLS_NO_ENTRY). */
static struct wls_map *lines_of(struct renumber *r, size_t side, uint32_t i)
{
	struct wls_doc *doc = r->entries->docs[side];
	uint32_t n = doc->entry_count;
	struct line_set *set = &r->lines[side][i == WLS_NO_ENTRY ? n : i];

	if (set->read)
		return &set->map;
	set->read = true;
	if (i != WLS_NO_ENTRY) {
		add_lines(&set->map, wls_node_bytes(doc, doc->entries[i].node));
		return &set->map;
	}
	for (const struct wls_node *p = wls_node_children(doc, doc->root); p; p = p->next)
		if (p->kind != WLS_NODE_ENTRY)
			add_lines(&set->map, wls_node_bytes(doc, p));
	return &set->map;
}

/* Whether the part of `side` that belongs to `id` (NULL: outside of entries) has the line. */
static bool part_has(struct renumber *r, size_t side, const struct wls_identity *id,
		     struct wls_slice line)
{
	if (id && !wls_identity_on(id, side))
		return false;
	return wls_map_find(lines_of(r, side, id ? id->entry[side] : WLS_NO_ENTRY), line) !=
	       WLS_MAP_NONE;
}

/* ---- deciding ---- */

/* Whether a line of the base that names `target`, whose number moved, moves along. */
static bool base_line_moves(struct renumber *r, const struct wls_identity *part,
			    const struct wls_identity *target, struct wls_slice line)
{
	const struct wls_entries *e = r->entries;

	for (size_t s = 1; s <= e->sides; s++)
		if (wls_identity_on(target, s) && number_on(e, target, s) == target->number &&
		    part_has(r, s, part, line))
			return false;
	return true;
}

static bool is_rewritten(struct renumber *r, size_t side, const struct wls_identity *part,
			 const struct wls_identity *target, struct wls_slice line)
{
	bool in_base = side == 0 || part_has(r, 0, part, line);

	if (!in_base)
		return true;
	return !target->added && base_line_moves(r, part, target, line);
}

static void leave(struct renumber *r, size_t side, const struct wls_label *label,
		  const struct wls_identity *target)
{
	struct wls_merge *m = r->merge;
	struct wls_slice line = wls_line_at(r->entries->docs[side]->source, label->line);

	m->left = wls_realloc(m->left, m->left_count + 1, sizeof(*m->left));
	m->left[m->left_count++] = (struct wls_left_reference){
		.side = side - 1,
		.from = label->number,
		.to = target->number,
		.text = wls_arena_copy(&m->arena, wls_slice_trim(line)),
	};
}

static void patch_label(struct renumber *r, size_t side, struct wls_identity *part,
			const struct wls_label *label, struct wls_patches *patches)
{
	const struct wls_entries *e = r->entries;
	struct wls_identity *target = wls_entries_named(e, side, label->number);

	if (label->letter != 'v')
		return;
	if (label->heading && part && !e->docs[side]->entries[part->entry[side]].continuation)
		target = part;
	if (!target || target->number == label->number)
		return;
	struct wls_slice line = wls_line_at(e->docs[side]->source, label->line);
	if (!label->heading && !is_rewritten(r, side, part, target, line))
		return;
	if (!label->rewritable) {
		if (side > 0 && target->added)
			leave(r, side, label, target);
		return;
	}
	wls_patches_add(patches, (struct wls_patch){label->at, label->len, target->number});
}

/* Whether nothing in this entry can need a change: it is as in the base, and the base stands. */
static bool is_settled(const struct renumber *r, size_t side, const struct wls_identity *id,
		       bool side_moves)
{
	const struct wls_entries *e = r->entries;

	if (r->base_moves)
		return false;
	if (side == 0 || !side_moves)
		return true;
	if (!wls_identity_on(id, 0))
		return false;
	const struct wls_doc *doc = e->docs[side], *base = e->docs[0];
	return wls_slice_eq(wls_entry_bytes(doc, doc->entries[id->entry[side]].node),
			    wls_entry_bytes(base, base->entries[id->entry[0]].node));
}

/* The digits of the frontmatter's version. */
static struct wls_slice version_digits(const struct wls_doc *doc)
{
	uint32_t at = doc->frontmatter.version_at, end;

	if (!doc->frontmatter.present || doc->frontmatter.version == 0)
		return wls_slice(NULL, 0);
	while (at < doc->source.len && !wls_is_digit(doc->source.ptr[at]) &&
	       doc->source.ptr[at] != '\n')
		at++;
	end = at;
	while (end < doc->source.len && wls_is_digit(doc->source.ptr[end]))
		end++;
	return wls_slice(doc->source.ptr + at, end - at);
}

static uint32_t highest_on(const struct wls_doc *doc)
{
	const struct wls_entry *newest = wls_doc_newest(doc);

	return newest ? newest->version : 0;
}

static uint32_t highest_of_all(const struct wls_entries *e)
{
	uint32_t highest = 0;

	for (size_t i = 0; i < e->count; i++)
		if (!e->items[i].removed && e->items[i].number > highest)
			highest = e->items[i].number;
	return highest;
}

static bool is_derived_on(const struct wls_doc *doc)
{
	return doc->frontmatter.present && doc->frontmatter.version > 0 &&
	       doc->frontmatter.version == highest_on(doc);
}

/* Whether base and all sides keep the frontmatter's version at the highest entry. */
static bool is_derived(const struct wls_entries *e)
{
	for (size_t s = 0; s <= e->sides; s++)
		if (!is_derived_on(e->docs[s]))
			return false;
	return true;
}

/*
 * Whether the sides that changed the frontmatter's version get the highest entry: when one of them keeps
 * it so, or when they changed it to different ones.
 */
static bool is_version_settled(const struct wls_entries *e)
{
	uint32_t base = e->docs[0]->frontmatter.version, changed = base;

	for (size_t s = 1; s <= e->sides; s++) {
		uint32_t version = e->docs[s]->frontmatter.version;
		if (version == base)
			continue;
		if (is_derived_on(e->docs[s]) || (changed != base && changed != version))
			return true;
		changed = version;
	}
	return false;
}

/* The frontmatter's version is the highest entry: on all sides when base and sides keep it so. */
static bool is_version_patched(const struct wls_entries *e, size_t side)
{
	if (side == 0)
		return false;
	if (e->docs[side]->frontmatter.version == e->docs[0]->frontmatter.version)
		return is_derived(e);
	return is_version_settled(e);
}

static void patch_version(struct renumber *r, size_t side, struct wls_patches *patches)
{
	const struct wls_doc *doc = r->entries->docs[side];
	struct wls_slice digits = version_digits(doc);
	uint32_t highest = highest_of_all(r->entries);

	if (digits.len == 0 || highest == 0 || highest == doc->frontmatter.version ||
	    !is_version_patched(r->entries, side))
		return;
	wls_patches_add(patches, (struct wls_patch){(uint32_t)(digits.ptr - doc->source.ptr),
						    (uint32_t)digits.len, highest});
}

/* Whether an entry gets another number than it has on this side. */
static bool has_moves(const struct wls_entries *e, size_t side)
{
	for (size_t i = 0; i < e->count; i++)
		if (wls_identity_on(&e->items[i], side) &&
		    number_on(e, &e->items[i], side) != e->items[i].number)
			return true;
	return false;
}

static void patch_part(struct renumber *r, size_t side, struct wls_node *node,
		       struct wls_identity *part, struct wls_patches *patches)
{
	struct wls_labels labels = {0};

	wls_labels_find(r->entries->docs[side], node, r->log_name, &labels);
	for (size_t i = 0; i < labels.count; i++)
		patch_label(r, side, part, &labels.items[i], patches);
	free(labels.items);
}

static void patch_side(struct renumber *r, size_t side, struct wls_patches *patches)
{
	const struct wls_entries *e = r->entries;
	struct wls_doc *doc = e->docs[side];
	bool moves = has_moves(e, side);
	uint32_t i = 0;

	patch_version(r, side, patches);
	if (!moves)
		return;
	for (struct wls_node *p = wls_node_children(doc, doc->root); p; p = p->next) {
		if (p->kind != WLS_NODE_ENTRY) {
			if (p->kind != WLS_NODE_FRONTMATTER)
				patch_part(r, side, p, NULL, patches);
			continue;
		}
		struct wls_identity *id = e->of[side][i++];
		if (!is_settled(r, side, id, moves))
			patch_part(r, side, p, id, patches);
	}
}

/* ---- the map for users ---- */

static int compare_renumberings(const void *x, const void *y)
{
	const struct wls_renumbering *a = x, *b = y;

	if (a->letter != b->letter)
		return a->letter < b->letter ? 1 : -1;
	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return (a->to > b->to) - (a->to < b->to);
}

static void tell_map(struct renumber *r)
{
	const struct wls_entries *e = r->entries;
	struct wls_merge *m = r->merge;

	for (size_t i = 0; i < e->count; i++) {
		struct wls_identity *id = &e->items[i];
		bool known = false;
		for (size_t s = 1; s <= e->sides && id->added; s++) {
			known |= wls_identity_on(id, s) && number_on(e, id, s) == id->number;
			if (!wls_identity_on(id, s) || number_on(e, id, s) == id->number)
				continue;
			const struct wls_entry *entry = &e->docs[s]->entries[id->entry[s]];
			if (entry->continuation)
				continue;
			m->renumberings = wls_realloc(m->renumberings, m->renumbering_count + 1,
						      sizeof(*m->renumberings));
			m->renumberings[m->renumbering_count++] = (struct wls_renumbering){
				.letter = 'v',
				.side = s - 1,
				.from = entry->version,
				.to = id->number,
				.title = wls_arena_copy(&m->arena, entry->title),
			};
			id->was = entry->version;
		}
		if (known)
			id->was = 0;
	}
	if (m->renumbering_count > 1)
		qsort(m->renumberings, m->renumbering_count, sizeof(*m->renumberings),
		      compare_renumberings);
}

/* ---- all together ---- */

static void init_lines(struct renumber *r)
{
	const struct wls_entries *e = r->entries;

	for (size_t s = 0; s <= e->sides; s++)
		r->lines[s] = WLS_ARENA_ARRAY(e->arena, struct line_set,
					      (size_t)e->docs[s]->entry_count + 1);
	r->base_moves = has_moves(e, 0);
}

static void release_lines(struct renumber *r)
{
	for (size_t s = 0; s <= r->entries->sides; s++)
		for (uint32_t i = 0; i <= r->entries->docs[s]->entry_count; i++)
			wls_map_release(&r->lines[s][i].map);
}

void wls_renumber(const struct wls_entries *entries, struct wls_slice log_name,
		  struct wls_renumbered *out, struct wls_merge *merge)
{
	struct renumber r = {.entries = entries, .log_name = log_name, .merge = merge};

	init_lines(&r);
	for (size_t s = 0; s <= entries->sides; s++) {
		struct wls_patches patches = {0};
		patch_side(&r, s, &patches);
		wls_buf_init(&out->text[s], WLS_BUF_LIMIT);
		if (patches.count > 0) {
			wls_patches_apply(entries->docs[s]->source, patches.items, patches.count,
					  &out->text[s]);
			out->changed[s] = true;
		}
		free(patches.items);
	}
	tell_map(&r);
	release_lines(&r);
}

void wls_renumbered_release(struct wls_renumbered *renumbered)
{
	for (size_t s = 0; s <= WLS_MERGE_SIDES_MAX; s++)
		if (renumbered->changed[s])
			wls_buf_release(&renumbered->text[s]);
}
