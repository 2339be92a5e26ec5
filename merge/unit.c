/* SPDX-License-Identifier: MIT */
/*
 * Units: the tree that is merged.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#include "merge/unit.h"

#include "base/map.h"
#include "merge/entries.h"

/* ---- making ---- */

/* A CR alone ends a line for the reader of documents, but no marker can stand behind it. */
static bool at_line_start(const struct wls_doc *doc, uint32_t at)
{
	return at == 0 || doc->source.ptr[at - 1] == '\n';
}

static bool is_leaf_kind(uint8_t kind)
{
	switch (kind) {
	case WLS_NODE_KEY:
	case WLS_NODE_TITLE:
	case WLS_NODE_PARAGRAPH:
	case WLS_NODE_HEADING:
	case WLS_NODE_ROW:
	case WLS_NODE_CODE:
	case WLS_NODE_HTML:
	case WLS_NODE_QUOTE:
	case WLS_NODE_BREAK:
	case WLS_NODE_MARKER:
	case WLS_NODE_OPAQUE:
		return true;
	default:
		return false;
	}
}

struct wls_class *wls_units_add_class(struct wls_units *units, struct wls_unit *unit)
{
	struct wls_class *c = WLS_ARENA_NEW(units->arena, struct wls_class);

	c->unit = WLS_ARENA_ARRAY(units->arena, struct wls_unit *, units->sides + 1);
	c->unit[unit->side] = unit;
	unit->class = c;
	if (units->last_class)
		units->last_class->next = c;
	else
		units->classes = c;
	units->last_class = c;
	return c;
}

/* Where the node ends without blank lines; a fence that is never closed takes those of the file's end. */
static uint32_t end_of(const struct wls_doc *doc, const struct wls_node *node)
{
	return wls_trim_blank_lines(doc, node->body < node->end ? node->body : node->begin,
				    node->end);
}

static struct wls_unit *new_unit(struct wls_units *units, size_t side, struct wls_node *node)
{
	struct wls_unit *u = WLS_ARENA_NEW(units->arena, struct wls_unit);
	const struct wls_doc *doc = units->docs[side];

	u->node = node;
	u->last = node;
	u->side = (uint8_t)side;
	u->kind = node->kind;
	u->gap = u->begin = node->begin;
	u->body = node->body;
	u->end = end_of(doc, node);
	u->leaf = is_leaf_kind(node->kind);
	if (u->body > u->end)
		u->body = u->end;
	/* What begins amid a line (`- - a`) cannot be taken apart by lines. */
	if (u->body < u->end && u->body > u->begin && !at_line_start(doc, u->body))
		u->leaf = true;
	if (u->leaf)
		u->body = u->end;
	return u;
}

static void hash_unit(const struct wls_units *units, struct wls_unit *u)
{
	u->hash = wls_hash(wls_unit_bytes(units, u));
}

static void append_unit(struct wls_unit *parent, struct wls_unit *u)
{
	u->parent = parent;
	u->prev = parent->last_child;
	u->position = u->prev ? u->prev->position + 1 : 0;
	if (u->prev)
		u->prev->next = u;
	else
		parent->first = u;
	parent->last_child = u;
}

/* Fields on one line are one unit: their line cannot be shared out. */
static bool extends_line(const struct wls_units *units, struct wls_unit *before,
			 const struct wls_node *node)
{
	const struct wls_doc *doc = units->docs[before->side];

	if (at_line_start(doc, node->begin) || before->end > node->begin ||
	    node->kind == WLS_NODE_ENTRY || node->kind == WLS_NODE_SECTION)
		return false;
	before->last = node;
	before->body = node->body;
	before->end = end_of(doc, node);
	if (before->body > before->end)
		before->body = before->end;
	before->leaf |= before->body < before->end && !at_line_start(doc, before->body);
	if (before->leaf)
		before->body = before->end;
	return true;
}

enum { FIRST_MARKER, LAST_MARKER = 3 }; /* a marker node's level */

/*
 * The last node of the block of conflict markers that `n` begins, or `n` itself. An earlier merge
 * left it, and whoever settles it settles it whole.
 */
static struct wls_node *end_of_block(struct wls_node *n)
{
	if (n->kind != WLS_NODE_MARKER || n->level != FIRST_MARKER)
		return n;
	for (struct wls_node *m = n->next; m; m = m->next)
		if (m->kind == WLS_NODE_MARKER && m->level == LAST_MARKER)
			return m;
	return n;
}

static void open_unit(struct wls_units *units, struct wls_unit *unit)
{
	struct wls_doc *doc = units->docs[unit->side];
	uint32_t at = unit->body;
	struct wls_node *holder = unit->node;

	if (unit->opened || unit->leaf)
		return;
	unit->opened = true;
	/* Of several fields on a line, only the last has children. */
	if (unit->last != unit->node)
		while (holder->next && holder != unit->last)
			holder = holder->next;
	for (struct wls_node *n = wls_node_children(doc, holder); n; n = n->next) {
		struct wls_unit *before = unit->last_child;
		if (n->kind == WLS_NODE_BLANK || n->begin >= unit->end)
			continue;
		if (before && extends_line(units, before, n)) {
			at = before->end;
			continue;
		}
		struct wls_unit *u = new_unit(units, unit->side, n);
		struct wls_node *last = end_of_block(n);
		if (last != n)
			u->end = u->body = last->end;
		n = last;
		u->gap = at;
		append_unit(unit, u);
		at = u->end;
	}
	for (struct wls_unit *u = unit->first; u; u = u->next)
		hash_unit(units, u);
}

/* Moves each side's unit one step, from the start or from the end. */
static void step(const struct wls_units *units, struct wls_unit **at, bool forward)
{
	for (size_t s = 0; s <= units->sides; s++)
		at[s] = forward ? at[s]->next : at[s]->prev;
}

/* Whether all sides have an equal unit there that has no class yet. */
static bool are_equal(const struct wls_units *units, struct wls_unit *const *at)
{
	for (size_t s = 0; s <= units->sides; s++)
		if (!at[s] || at[s]->class || at[s]->kind == WLS_NODE_ENTRY ||
		    at[s]->kind != at[0]->kind || at[s]->hash != at[0]->hash)
			return false;
	return true;
}

/*
 * Most children of two versions of a node are equal; to give each a class first, only to join them
 * at once, would cost as much memory as the nodes.
 */
static void join_equal_ends(struct wls_units *units, struct wls_class *c, bool forward)
{
	struct wls_unit *at[WLS_MERGE_SIDES_MAX + 1];

	for (size_t s = 0; s <= units->sides; s++) {
		if (!c->unit[s])
			return;
		at[s] = forward ? c->unit[s]->first : c->unit[s]->last_child;
	}
	for (; are_equal(units, at); step(units, at, forward)) {
		struct wls_class *joined = wls_units_add_class(units, at[0]);
		for (size_t s = 1; s <= units->sides; s++) {
			joined->unit[s] = at[s];
			at[s]->class = joined;
		}
	}
}

void wls_class_open(struct wls_units *units, struct wls_class *c)
{
	for (size_t s = 0; s <= units->sides; s++)
		if (c->unit[s])
			open_unit(units, c->unit[s]);
	join_equal_ends(units, c, true);
	join_equal_ends(units, c, false);
	for (size_t s = 0; s <= units->sides; s++)
		for (struct wls_unit *u = c->unit[s] ? c->unit[s]->first : NULL; u; u = u->next)
			if (!u->class && u->kind != WLS_NODE_ENTRY)
				wls_units_add_class(units, u);
}

void wls_units_init(struct wls_units *units, struct wls_doc **docs, size_t sides,
		    struct wls_arena *arena)
{
	*units = (struct wls_units){.sides = sides, .docs = docs, .arena = arena};
	for (size_t s = 0; s <= sides; s++) {
		struct wls_unit *root = new_unit(units, s, docs[s]->root);
		units->roots[s] = root;
		hash_unit(units, root);
		if (s == 0)
			units->root = wls_units_add_class(units, root);
		root->class = units->root;
		units->root->unit[s] = root;
	}
	wls_class_open(units, units->root);
}

bool wls_units_join(struct wls_units *units, struct wls_unit *a, struct wls_unit *b)
{
	struct wls_class *x = a->class, *y = b->class;

	if (x == y)
		return false;
	for (size_t s = 0; s <= units->sides; s++)
		if (x->unit[s] && y->unit[s])
			return false;
	for (size_t s = 0; s <= units->sides; s++) {
		if (!y->unit[s])
			continue;
		x->unit[s] = y->unit[s];
		x->unit[s]->class = x;
		y->unit[s] = NULL;
	}
	/* Their children are not matched with each other yet. */
	x->opened = false;
	return true;
}

/* ---- what units are matched by ---- */

enum wls_key wls_unit_holder(const struct wls_unit *u)
{
	for (const struct wls_unit *p = u->parent; p; p = p->parent)
		if (p->kind == WLS_NODE_FIELD || p->kind == WLS_NODE_SECTION)
			return p->node->key;
	return WLS_KEY_NONE;
}

struct wls_own_text wls_unit_own_text(const struct wls_units *units, const struct wls_unit *u)
{
	return (struct wls_own_text){
		.doc = units->docs[u->side],
		.node = u->node,
		.last = u->last,
		.bytes = wls_unit_own(units, u),
	};
}

/* The letters and digits of a name, case folded: `**Next Steps**:` is `next steps`. */
static uint64_t hash_name(struct wls_slice name, uint64_t seed)
{
	char folded[128];
	size_t n = 0;

	for (size_t i = 0; i < name.len && n < sizeof(folded); i++) {
		char c = name.ptr[i];
		if (wls_is_alnum(c) || (signed char)c < 0)
			folded[n++] = wls_lower(c);
	}
	return wls_hash_mix(seed, wls_slice(folded, n)) | 1;
}

uint64_t wls_unit_name(const struct wls_unit *u)
{
	uint64_t seed = (uint64_t)u->kind << 32 | u->node->key;

	switch (u->kind) {
	case WLS_NODE_SECTION:
		seed = hash_name(u->node->text, seed);
		return hash_name(u->node->label, seed);
	case WLS_NODE_HANDOFF:
		seed = hash_name(u->node->text, seed);
		return wls_hash_mix(seed, wls_slice((const char *)&u->node->version,
						    sizeof(u->node->version))) |
		       1;
	case WLS_NODE_FIELD:
	case WLS_NODE_KEY:
		return hash_name(u->node->label, seed);
	case WLS_NODE_FRONTMATTER:
	case WLS_NODE_TITLE:
		return u->kind;
	default:
		return 0;
	}
}

static struct wls_unit_signs *signs_of(struct wls_units *units, struct wls_unit *u)
{
	if (!u->signs)
		u->signs = WLS_ARENA_NEW(units->arena, struct wls_unit_signs);
	return u->signs;
}

uint64_t wls_unit_form(struct wls_units *units, struct wls_unit *u)
{
	struct wls_unit_signs *signs = signs_of(units, u);

	if (!signs->has_form) {
		struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
		struct wls_own_text own = wls_unit_own_text(units, u);
		wls_own_text_normalise(&own, &buf);
		signs->form = wls_hash(wls_buf_slice(&buf)) + u->kind;
		signs->has_form = true;
	}
	return signs->form;
}

uint64_t wls_unit_key(struct wls_units *units, struct wls_unit *u, bool *strong)
{
	struct wls_unit_signs *signs = signs_of(units, u);

	if (!signs->has_key) {
		struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
		struct wls_own_text own = wls_unit_own_text(units, u);
		if (wls_own_text_key(&own, wls_unit_holder(u), &buf, &signs->strong_key))
			signs->key = (wls_hash(wls_buf_slice(&buf)) + u->kind) | 1;
		signs->has_key = true;
	}
	if (strong)
		*strong = signs->strong_key;
	return signs->key;
}

struct wls_words wls_unit_words(struct wls_units *units, struct wls_unit *u)
{
	struct wls_unit_signs *signs = signs_of(units, u);

	if (!signs->has_words) {
		struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
		struct wls_own_text own = wls_unit_own_text(units, u);
		wls_own_text_normalise(&own, &buf);
		signs->words = wls_words_of(wls_buf_slice(&buf), units->arena);
		signs->has_words = true;
	}
	return signs->words;
}

/* ---- places ---- */

static struct wls_slice one_line(struct wls_slice text)
{
	struct wls_slice rest = wls_slice_trim(text), line = {0};

	wls_slice_next_line(&rest, &line);
	return wls_slice_trim(line);
}

/* What a unit adds to the place of what stands in it; empty for items and texts. */
static void add_step(struct wls_buf *out, const struct wls_unit *u)
{
	struct wls_slice label = one_line(u->node->label);

	if (u->kind != WLS_NODE_ENTRY && u->kind != WLS_NODE_FRONTMATTER &&
	    u->kind != WLS_NODE_SECTION && u->kind != WLS_NODE_FIELD &&
	    u->kind != WLS_NODE_HANDOFF && u->kind != WLS_NODE_KEY && u->kind != WLS_NODE_TITLE)
		return;
	if (out->len > 0)
		wls_buf_add_str(out, " \xE2\x80\xBA ");
	if (u->kind == WLS_NODE_ENTRY)
		wls_buf_printf(out, "v%u", u->node->version);
	else if (u->kind == WLS_NODE_FRONTMATTER)
		wls_buf_add_str(out, "frontmatter");
	else if (u->kind == WLS_NODE_SECTION && u->node->text.len > 0 &&
		 u->node->text.ptr != u->node->label.ptr)
		wls_buf_printf(out, "%.*s: %.*s", WLS_SLICE_ARG(label),
			       WLS_SLICE_ARG(one_line(u->node->text)));
	else
		wls_buf_add_slice(out, label);
}

struct wls_slice wls_unit_place(struct wls_arena *arena, const struct wls_unit *u)
{
	const struct wls_unit *path[WLS_DEPTH_MAX + 8];
	size_t depth = 0;
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	for (; u && u->parent && depth < WLS_ARRAY_SIZE(path); u = u->parent)
		path[depth++] = u;
	while (depth > 0)
		add_step(&buf, path[--depth]);
	if (buf.len == 0)
		wls_buf_add_str(&buf, "top");
	return wls_arena_copy(arena, wls_buf_slice(&buf));
}
