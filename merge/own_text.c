/* SPDX-License-Identifier: MIT */
/*
 * Merging the own text of a node.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * The problem: two people changed one line. Most often they changed different things of it, and
 * where they changed the same thing a rule may say which of the two is right. What is left must be
 * shown as it stood, whole, and nothing of it half merged.
 *
 * The idea: three kinds of text. Code, tables' rulers, HTML and whatever is not understood merge
 * by line; paragraphs by sentence; all else is cut into atoms (atoms.c), and the atoms are merged
 * as a keyed sequence (sequence.c, scalar.c). A conflict of any atom is a conflict of the text;
 * only when nothing but running text differs, conflicts are as small as text.c makes them.
 *
 * A result is proved before it is given out: cut again it must be the atoms that it was made of,
 * and merged again with either side it must stay what it is. Else it is a conflict.
 *
 * Complexity: O(n log n). What it does not do: match nodes, or look at their children.
 */
#include "merge/own_text.h"

#include "merge/sequence.h"

/* Base, ours, theirs, cut. */
struct triple {
	struct wls_slice bytes[3];
	struct wls_part *parts[3];
	size_t part_count[3];
	struct wls_atoms atoms[3];
	bool has_base;
	bool scoped;
};

static void add_text(struct wls_hunks *out, struct wls_slice text)
{
	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = (struct wls_hunk){.text = text};
}

static void add_conflict(struct wls_hunks *out, const struct wls_slice *three)
{
	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = (struct wls_hunk){
		.conflict = true, .base = three[0], .ours = three[1], .theirs = three[2]};
	out->conflict = true;
}

/* ---- running text and lines ---- */

/* Whether every text ends in a line ending, or is empty. */
static bool are_lines(const struct wls_hunk *hunk)
{
	const struct wls_slice texts[3] = {hunk->base, hunk->ours, hunk->theirs};

	for (size_t i = 0; i < 3; i++)
		if (texts[i].len > 0 && texts[i].ptr[texts[i].len - 1] != '\n')
			return false;
	return true;
}

static void move_hunks(struct wls_hunks *from, struct wls_hunks *to)
{
	for (size_t i = 0; i < from->count; i++) {
		WLS_GROW(to->items, to->cap, to->count + 1);
		to->items[to->count++] = from->items[i];
	}
	to->conflict |= from->conflict;
}

/* The one text that clean hunks make; sliced, when they are one. */
static struct wls_slice join_hunks(struct wls_own_context *ctx, const struct wls_hunks *hunks)
{
	struct wls_buf text = WLS_BUF_INIT;

	if (hunks->count == 1)
		return hunks->items[0].text;
	for (size_t i = 0; i < hunks->count; i++)
		wls_buf_add_slice(&text, hunks->items[i].text);
	struct wls_slice copy = wls_arena_copy(ctx->arena, wls_buf_slice(&text));
	wls_buf_release(&text);
	return copy;
}

static void merge_running(struct wls_own_context *ctx, const struct wls_slice *three, bool by_line,
			  struct wls_hunks *out)
{
	struct wls_hunks hunks = {0};
	bool clean = wls_running_text_merge(ctx, three, by_line, &hunks);

	ctx->reason = clean ? NULL : "both sides changed the text";
	if (clean) {
		struct wls_slice text = join_hunks(ctx, &hunks);

		/* Wrapping that one side changed goes with a sentence that the other one changed:
		 * even one side's text tells of both. */
		if (!by_line)
			wls_own_resolved(ctx, WLS_RULE_SENTENCES, three, text);
		else if (!wls_slice_eq(text, three[1]) && !wls_slice_eq(text, three[2]))
			wls_own_resolved(ctx, WLS_RULE_LINES, three, text);
		add_text(out, text);
	} else {
		bool whole = false;

		for (size_t i = 0; i < hunks.count; i++)
			whole |= hunks.items[i].conflict && !are_lines(&hunks.items[i]);
		if (whole)
			add_conflict(out, three);
		else
			move_hunks(&hunks, out);
	}
	wls_hunks_release(&hunks);
}

/* ---- cutting ---- */

static void read_parts(struct wls_own_context *ctx, const struct wls_own_text *own,
		       struct triple *t, int side)
{
	size_t count = 1, i = 0;

	for (const struct wls_node *n = own->node; n != own->last && n->next; n = n->next)
		count++;
	struct wls_part *parts = WLS_ARENA_ARRAY(ctx->arena, struct wls_part, count);
	const struct wls_node *node = own->node;
	const char *at = own->bytes.ptr, *end = at + own->bytes.len;
	for (; i < count; i++, node = node->next) {
		const char *next = i + 1 < count ? own->doc->source.ptr + node->body : end;

		parts[i] = (struct wls_part){
			.bytes = wls_slice(at, (size_t)(next - at)),
			.kind = node->kind,
			.key = node->key,
			.holder = ctx->holder,
			.label = node->label,
		};
		at = next;
	}
	t->bytes[side] = own->bytes;
	t->parts[side] = parts;
	t->part_count[side] = count;
	t->scoped |= count > 1;
}

static void cut_triple(struct wls_own_context *ctx, const struct wls_own_text *const *three,
		       struct triple *t)
{
	*t = (struct triple){.has_base = three[0] != NULL};
	for (int side = 0; side < 3; side++)
		if (three[side])
			read_parts(ctx, three[side], t, side);
	for (int side = 0; side < 3; side++)
		wls_atoms_cut(&t->atoms[side], t->parts[side], t->part_count[side], t->scoped);
}

static void release_triple(struct triple *t)
{
	for (int side = 0; side < 3; side++)
		wls_atoms_release(&t->atoms[side]);
}

/* ---- the proof of a result ---- */

static bool same_atoms(const struct wls_atoms *a, const struct wls_atoms *b)
{
	if (a->count != b->count)
		return false;
	for (size_t i = 0; i < a->count; i++)
		if (a->items[i].class != b->items[i].class ||
		    !wls_slice_eq(a->items[i].gap, b->items[i].gap) ||
		    !wls_slice_eq(a->items[i].bytes, b->items[i].bytes))
			return false;
	return true;
}

/* Whether merging ours and theirs gives `result`. */
static bool merges_to(struct wls_own_context *ctx, const struct triple *t,
		      const struct wls_atoms *ours, const struct wls_atoms *theirs,
		      struct wls_slice result)
{
	struct wls_atom_merge merge = {.ctx = ctx};
	struct wls_composition again;
	bool same = wls_sequence_merge(&merge, t->has_base ? &t->atoms[0] : NULL, ours, theirs,
				       &again) &&
		    wls_slice_eq(again.bytes, result);

	wls_atoms_release(&again.atoms);
	return same;
}

/* Whether fields, put into an entry of their own, are read as these parts. */
static bool reads_as(const struct wls_part *parts, size_t count)
{
	static const char entry[] = "## v1 | x\n\n";
	_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT;
	_cleanup_doc_ struct wls_doc *doc = NULL;
	struct wls_error err;
	size_t at = sizeof(entry) - 1, i = 0;

	wls_buf_add(&source, entry, at);
	for (; i < count; i++)
		wls_buf_add_slice(&source, parts[i].bytes);
	if (wls_doc_parse(&doc, wls_buf_slice(&source), &err) != 0 || doc->entry_count != 1)
		return false;
	i = 0;
	for (struct wls_node *n = wls_node_children(doc, doc->entries[0].node); n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK && i == 0)
			continue;
		if (i == count || n->kind != parts[i].kind || n->key != parts[i].key ||
		    n->begin != at || n->body != n->end)
			return false;
		at += parts[i++].bytes.len;
	}
	return i == count;
}

/* Whether the result's fields are still the same ones: a value may hold what looks like a key. */
static bool keeps_fields(const struct triple *t, const struct wls_atoms *result)
{
	return t->parts[1][0].kind != WLS_NODE_FIELD ||
	       reads_as(result->parts, result->part_count) ||
	       !(reads_as(t->parts[1], t->part_count[1]) &&
		 reads_as(t->parts[2], t->part_count[2]));
}

/* An entry whose level one side changed must keep a date: without, it may become a section. */
static bool keeps_entry(const struct triple *t, const struct wls_atoms *result)
{
	if (t->parts[1][0].kind != WLS_NODE_ENTRY ||
	    wls_slice_eq(t->atoms[1].items[0].bytes, t->atoms[2].items[0].bytes))
		return true;
	for (size_t i = 0; i < result->count; i++)
		if (result->items[i].class == WLS_ATOM_DATE)
			return true;
	return false;
}

/* Law 5, and that the result reads as what it was made of. */
static bool is_proved(const struct wls_own_context *ctx, const struct triple *t,
		      const struct wls_composition *result)
{
	struct wls_own_context quiet = *ctx;
	struct wls_atoms cut;

	if (result->atoms.count == 0)
		return false;
	quiet.resolutions = NULL;
	wls_atoms_cut(&cut, result->atoms.parts, result->atoms.part_count, t->scoped);
	bool proved = same_atoms(&cut, &result->atoms) && keeps_fields(t, &result->atoms) &&
		      keeps_entry(t, &result->atoms) &&
		      merges_to(&quiet, t, &cut, &t->atoms[2], result->bytes) &&
		      merges_to(&quiet, t, &t->atoms[1], &cut, result->bytes);
	wls_atoms_release(&cut);
	return proved;
}

/* ---- atoms ---- */

/* Whether nothing but one running text differs on any side. */
static bool only_text_differs(const struct triple *t)
{
	const struct wls_atoms *all = t->atoms;
	size_t texts = 0;

	if (!t->has_base || all[0].count != all[1].count || all[0].count != all[2].count)
		return false;
	for (size_t i = 0; i < all[0].count; i++) {
		const struct wls_atom *b = &all[0].items[i];

		texts += b->class == WLS_ATOM_TEXT;
		for (int side = 1; side < 3; side++) {
			const struct wls_atom *a = &all[side].items[i];

			if (a->id != b->id || !wls_slice_eq(a->gap, b->gap) ||
			    (b->class != WLS_ATOM_TEXT && !wls_slice_eq(a->bytes, b->bytes)))
				return false;
		}
	}
	return texts == 1;
}

/* Headings and keys stand once; of other texts both may be kept. */
static bool can_stand_twice(const struct wls_node *node)
{
	switch (node->kind) {
	case WLS_NODE_FIELD:
	case WLS_NODE_ITEM:
	case WLS_NODE_ROW:
		return true;
	default:
		return false;
	}
}

static void add_both(struct wls_own_context *ctx, const struct wls_slice *three,
		     struct wls_hunks *out)
{
	struct wls_buf text = WLS_BUF_INIT;

	wls_buf_add_slice(&text, three[1]);
	wls_buf_add_slice(&text, three[2]);
	struct wls_slice both = wls_arena_copy(ctx->arena, wls_buf_slice(&text));
	wls_buf_release(&text);
	ctx->reason = NULL;
	wls_own_resolved(ctx, WLS_RULE_POLICY, three, both);
	add_text(out, both);
}

static bool has_class(const struct triple *t, enum wls_atom_class class)
{
	for (int side = 1; side < 3; side++)
		for (size_t i = 0; i < t->atoms[side].count; i++)
			if (t->atoms[side].items[i].class == class)
				return true;
	return false;
}

/* What a text is called to be merged by, when no rule of an atom was used. */
static enum wls_rule rule_of(const struct triple *t)
{
	if (t->parts[1][0].kind == WLS_NODE_ROW)
		return WLS_RULE_CELLS;
	if (has_class(t, WLS_ATOM_COMPONENT))
		return WLS_RULE_COMPONENTS;
	return has_class(t, WLS_ATOM_ELEMENT) ? WLS_RULE_ELEMENTS : WLS_RULE_ATOMS;
}

/* A table's rows have columns by number: only when their counts agree. */
static bool columns_agree(const struct triple *t)
{
	if (t->parts[1][0].kind != WLS_NODE_ROW)
		return true;
	return t->atoms[1].count == t->atoms[2].count &&
	       (!t->has_base || t->atoms[0].count == t->atoms[1].count);
}

static void settle_conflict(struct wls_own_context *ctx, const struct triple *t,
			    const struct wls_atom_merge *merge, const struct wls_node *node,
			    struct wls_hunks *out)
{
	if (merge->by_text && only_text_differs(t) && (!merge->by_union || can_stand_twice(node)))
		merge_running(ctx, t->bytes, false, out);
	else if (merge->by_union && can_stand_twice(node))
		add_both(ctx, t->bytes, out);
	else
		add_conflict(out, t->bytes);
}

static void merge_atoms(struct wls_own_context *ctx, const struct wls_own_text *const *three,
			struct wls_hunks *out)
{
	struct wls_atom_merge merge = {.ctx = ctx};
	struct wls_composition result = {0};
	size_t before = ctx->resolutions ? ctx->resolutions->count : 0;
	struct triple t;

	cut_triple(ctx, three, &t);
	ctx->reason = "both sides changed the columns";
	bool clean =
		columns_agree(&t) && wls_sequence_merge(&merge, t.has_base ? &t.atoms[0] : NULL,
							&t.atoms[1], &t.atoms[2], &result);
	if (clean && !is_proved(ctx, &t, &result)) {
		clean = false;
		merge = (struct wls_atom_merge){.ctx = ctx};
		ctx->reason = "both sides changed the line";
	}
	if (clean) {
		if (ctx->resolutions && ctx->resolutions->count == before &&
		    !wls_slice_eq(result.bytes, t.bytes[1]) &&
		    !wls_slice_eq(result.bytes, t.bytes[2]))
			wls_own_resolved(ctx, rule_of(&t), t.bytes, result.bytes);
		ctx->reason = NULL;
		add_text(out, result.bytes);
	} else {
		if (ctx->resolutions)
			ctx->resolutions->count = before;
		settle_conflict(ctx, &t, &merge, three[1]->node, out);
	}
	wls_atoms_release(&result.atoms);
	release_triple(&t);
}

/* ---- one node ---- */

/* Whether both are cut by the same rules. */
static bool are_alike(const struct wls_own_text *a, const struct wls_own_text *b)
{
	return a->node->kind == b->node->kind && a->node->key == b->node->key;
}

void wls_own_text_merge(struct wls_own_context *ctx, const struct wls_own_text *base,
			const struct wls_own_text *ours, const struct wls_own_text *theirs,
			struct wls_hunks *out)
{
	const struct wls_own_text *const owns[3] = {base, ours, theirs};
	const struct wls_slice three[3] = {base ? base->bytes : wls_slice(NULL, 0), ours->bytes,
					   theirs->bytes};
	enum wls_node_kind kind = ours->node->kind;
	bool same_kind = are_alike(ours, theirs) && (!base || are_alike(ours, base));

	ctx->reason = NULL;
	if (wls_slice_eq(three[1], three[2]) || (base && wls_slice_eq(three[0], three[2]))) {
		add_text(out, three[1]);
		return;
	}
	if (base && wls_slice_eq(three[0], three[1])) {
		add_text(out, three[2]);
		return;
	}
	bool frontmatter = kind == WLS_NODE_KEY;
	for (int i = 0; i < 3 && frontmatter; i++) {
		const char *line =
			three[i].len > 0 ? memchr(three[i].ptr, '\n', three[i].len) : NULL;

		/* A value over several lines. */
		if (line && line + 1 < three[i].ptr + three[i].len)
			same_kind = false;
	}
	if (same_kind && wls_atoms_has(kind))
		merge_atoms(ctx, owns, out);
	else
		merge_running(ctx, three, !same_kind || kind != WLS_NODE_PARAGRAPH, out);
}
