/* SPDX-License-Identifier: MIT */
/*
 * The items of a document that may be dependencies, blockers, next steps or mentions.
 *
 * Layer: graph. Includes: base, doc.
 *
 * A field's tree of items is laid flat in file order, each with its level, since what an
 * item means depends on the items before and above it (attributes, nested names).
 */
#include "graph/graph_internal.h"

/* What is the same for all items of one field. */
struct field_context {
	struct wls_intake_context *c;
	enum wls_item_role role;
	uint32_t entry; /* 0: the log's own part */
	uint32_t serial;
	uint8_t flags;
	const struct wls_blocker *blockers; /* in file order, next first */
	size_t blocker_count;
};

/* ---- one item ---- */

/* Which kinds of markers stand in a text. */
static uint8_t marks_in(struct wls_slice text)
{
	uint8_t flags = 0;
	size_t len;

	for (size_t i = 0; i < text.len; i++) {
		if ((unsigned char)text.ptr[i] < 0xc0)
			continue;
		switch (wls_mark_at(wls_slice_from(text, i), &len, NULL)) {
		case WLS_MARK_DONE:
			flags |= WLS_ITEM_DONE;
			break;
		case WLS_MARK_ACTIVE:
		case WLS_MARK_PENDING:
		case WLS_MARK_FAILED:
			flags |= WLS_ITEM_OPEN;
			break;
		case WLS_MARK_NONE:
		case WLS_MARK_ATTENTION:
			break;
		}
	}
	return flags;
}

static enum wls_item_attribute attribute_of(const struct wls_node *node)
{
	enum wls_verb_direction direction;

	if (!(node->flags & WLS_NODE_ATTRIBUTE) && node->kind != WLS_NODE_FIELD)
		return WLS_ATTRIBUTE_NONE;
	switch (node->key) {
	case WLS_KEY_NEED:
		/* "Need:" tells what of it is needed; "Needs:" is a verb. */
		if (!wls_slice_eq_nocase(node->label, WLS_SLICE("Need")) && node->label.len > 0 &&
		    wls_verb_at(node->label, 0, &direction) == node->label.len)
			return WLS_ATTRIBUTE_NONE;
		return WLS_ATTRIBUTE_NEED;
	case WLS_KEY_STATUS:
		return WLS_ATTRIBUTE_STATUS;
	case WLS_KEY_OWNER:
	case WLS_KEY_REQUESTED:
	case WLS_KEY_ETA:
	case WLS_KEY_WORKAROUND:
		return WLS_ATTRIBUTE_OTHER;
	default:
		return WLS_ATTRIBUTE_NONE;
	}
}

/* The text of an item, with the key in front that is no attribute's after all. */
static struct wls_slice text_with_key(const struct wls_doc *doc, const struct wls_node *node)
{
	uint32_t label = wls_intake_offset(doc, node->label, UINT32_MAX);
	uint32_t text = wls_intake_offset(doc, node->text, UINT32_MAX);

	if (!(node->flags & WLS_NODE_ATTRIBUTE) || node->label.len == 0 || label == UINT32_MAX)
		return node->text;
	if (text == UINT32_MAX || text < label || node->text.len == 0)
		return wls_slice(node->label.ptr, node->label.len);
	return wls_slice(node->label.ptr, text - label + node->text.len);
}

static struct wls_item *add_item(struct field_context *f, const struct wls_node *node,
				 struct wls_slice text, uint8_t level)
{
	struct wls_graph_file *file = f->c->file;
	struct wls_arena *arena = &f->c->graph->arena;
	struct wls_item *item = WLS_ARENA_NEW(arena, struct wls_item);

	wls_doc_locate(f->c->doc, wls_intake_offset(f->c->doc, text, node->begin), &item->line,
		       &item->column);
	item->offset = wls_intake_offset(f->c->doc, text, UINT32_MAX);
	item->text = wls_arena_copy(arena, text);
	item->entry = f->entry;
	item->field = f->serial;
	item->role = (uint8_t)f->role;
	item->level = level;
	item->flags = f->flags | marks_in(wls_node_own(f->c->doc, node));
	if (node->flags & WLS_NODE_TICKED)
		item->flags |= WLS_ITEM_DONE;
	if (node->flags & WLS_NODE_STRUCK)
		item->flags |= WLS_ITEM_STRUCK;
	*file->items_end = item;
	file->items_end = &item->next;
	return item;
}

static void mark_blocker(struct field_context *f, const struct wls_node *node,
			 struct wls_item *item)
{
	if (f->blocker_count == 0 || f->blockers->node != node)
		return;
	if (f->blockers->closed)
		item->flags |= WLS_ITEM_DONE;
	if (f->blockers->question)
		item->flags |= WLS_ITEM_QUESTION;
	f->blockers++;
	f->blocker_count--;
}

/* ---- the items of a field ---- */

static void take_children(struct field_context *f, struct wls_node *parent, uint8_t level);

static void take_item(struct field_context *f, struct wls_node *node, uint8_t level)
{
	enum wls_item_attribute attribute = attribute_of(node);
	struct wls_slice text = attribute ? node->text : text_with_key(f->c->doc, node);
	struct wls_item *item;

	if (text.len == 0 && !attribute) {
		take_children(f, node, level);
		return;
	}
	/* "None - all resolved, X shipped" names X only to say that it is no matter any more. */
	if (!attribute && wls_value_is_empty(text))
		return;
	item = add_item(f, node, text, level);
	item->attribute = (uint8_t)attribute;
	mark_blocker(f, node, item);
	if (!attribute)
		take_children(f, node, level < UINT8_MAX ? (uint8_t)(level + 1) : level);
}

static void take_node(struct field_context *f, struct wls_node *node, uint8_t level)
{
	switch (node->kind) {
	case WLS_NODE_ITEM:
	case WLS_NODE_PARAGRAPH:
	case WLS_NODE_ROW:
	case WLS_NODE_FIELD:
		take_item(f, node, level);
		break;
	case WLS_NODE_SECTION:
		if (node->key == WLS_KEY_NONE || node->key == WLS_KEY_OTHER)
			take_children(f, node, level);
		break;
	case WLS_NODE_TABLE:
	case WLS_NODE_QUOTE:
		take_children(f, node, level);
		break;
	default:
		break;
	}
}

/* Containers nest at most WLS_DEPTH_MAX deep, so this recursion is bounded. */
static void take_children(struct field_context *f, struct wls_node *parent, uint8_t level)
{
	for (struct wls_node *n = wls_node_children(f->c->doc, parent); n; n = n->next)
		take_node(f, n, level);
}

/* A field or section: what stands on its line, then its items. */
static void take_field(struct field_context *f, struct wls_node *field)
{
	enum wls_verb_direction direction;

	f->serial = f->c->graph->intake->fields++;
	if (field->kind == WLS_NODE_FIELD && field->label.len > 0 &&
	    wls_verb_at(field->label, 0, &direction) == field->label.len &&
	    direction == WLS_VERB_NEEDS)
		f->flags |= WLS_ITEM_AFTER_VERB;
	if (field->kind == WLS_NODE_FIELD && field->text.len > 0 &&
	    !(field->flags & WLS_NODE_EMPTY))
		mark_blocker(f, field, add_item(f, field, field->text, 0));
	take_children(f, field, 0);
}

/* ---- dependencies ---- */

/* TBD, or nothing at all: such a field says nothing, not even None. */
static bool says_nothing(struct wls_doc *doc, struct wls_node *field)
{
	bool on_line = field->kind == WLS_NODE_FIELD && field->text.len > 0;

	if (field->kind != WLS_NODE_FIELD || (field->flags & WLS_NODE_EMPTY))
		return false;
	if (on_line && !wls_value_is_unknown(field->text))
		return false;
	for (struct wls_node *n = wls_node_children(doc, field); n; n = n->next)
		if (n->kind != WLS_NODE_BLANK && !wls_value_is_unknown(n->text))
			return false;
	return true;
}

static bool all_entries(const struct wls_intake_context *c)
{
	return c->graph->options.history || c->graph->options.entries;
}

void wls_intake_dependencies(struct wls_intake_context *c)
{
	struct wls_node *own = wls_node_find(c->doc, c->doc->root, WLS_KEY_DEPENDENCIES);

	if (own && !says_nothing(c->doc, own)) {
		struct field_context f = {
			.c = c, .role = WLS_ROLE_DEPENDENCY, .flags = WLS_ITEM_OWN};

		c->file->deps_own = true;
		take_field(&f, own);
	}
	for (size_t i = 0; i < c->entry_count; i++) {
		struct field_context f = {
			.c = c, .role = WLS_ROLE_DEPENDENCY, .entry = c->entries[i]->version};
		struct wls_node *field =
			wls_entry_find(c->doc, c->entries[i], WLS_KEY_DEPENDENCIES);

		if (!field || says_nothing(c->doc, field))
			continue;
		if (c->file->deps_any)
			f.flags |= WLS_ITEM_OLDER;
		else
			c->file->deps_entry = f.entry;
		c->file->deps_any = true;
		take_field(&f, field);
		if (!all_entries(c))
			break;
	}
}

/* ---- blockers ---- */

static void copy_blockers(struct wls_intake_context *c, const struct wls_blocker *from, size_t n)
{
	struct wls_arena *arena = &c->graph->arena;
	struct wls_log_blocker *to;
	size_t open = 0;

	for (size_t i = 0; i < n; i++)
		open += !from[i].closed && !from[i].question;
	to = WLS_ARENA_ARRAY(arena, struct wls_log_blocker, open);
	c->file->blockers = to;
	c->file->blocker_count = open;
	for (size_t i = 0; i < n; i++) {
		if (from[i].closed || from[i].question)
			continue;
		to->text = wls_arena_copy(arena, from[i].text);
		to->owner = wls_arena_copy(arena, from[i].owner);
		to->requested = wls_arena_copy(arena, from[i].requested);
		to->eta = wls_arena_copy(arena, from[i].eta);
		to->workaround = wls_arena_copy(arena, from[i].workaround);
		wls_doc_locate(c->doc, from[i].at, &to->line, &to->column);
		to++;
	}
}

/* The blockers of one entry, or of none; with `current`, those of the log's own section too. */
static void take_blockers(struct wls_intake_context *c, const struct wls_entry *entry, bool current)
{
	struct field_context f = {
		.c = c, .role = WLS_ROLE_BLOCKER, .entry = entry ? entry->version : 0};
	struct wls_node *field = entry ? wls_entry_find(c->doc, entry, WLS_KEY_BLOCKERS) : NULL;
	struct wls_node *own =
		current ? wls_node_find(c->doc, c->doc->root, WLS_KEY_BLOCKERS) : NULL;

	f.blockers = wls_entry_blockers(c->doc, entry, &f.blocker_count);
	if (current)
		copy_blockers(c, f.blockers, f.blocker_count);
	else
		f.flags = WLS_ITEM_OLDER;
	if (field)
		take_field(&f, field);
	if (own) {
		f.entry = 0;
		f.flags = WLS_ITEM_OWN;
		take_field(&f, own);
	}
}

void wls_intake_blockers(struct wls_intake_context *c)
{
	for (size_t i = 0; i < c->entry_count; i++) {
		take_blockers(c, c->entries[i], i == 0);
		if (!all_entries(c))
			break;
	}
	if (c->entry_count == 0)
		take_blockers(c, NULL, true);
}

/* ---- next ---- */

static bool is_open(const struct wls_node *item)
{
	return !(item->flags & (WLS_NODE_TICKED | WLS_NODE_STRUCK)) && item->mark != WLS_MARK_DONE;
}

static void add_next(struct wls_intake_context *c, const struct wls_node *node,
		     struct wls_next_item *to)
{
	to->priority = (enum wls_priority)node->priority;
	to->blocked = (node->flags & WLS_NODE_BLOCKED) != 0;
	to->text = wls_arena_copy(&c->graph->arena, wls_text_flatten(c->doc, node->text));
	wls_doc_locate(c->doc, wls_intake_offset(c->doc, node->text, node->begin), &to->line,
		       &to->column);
}

/* Whether a node of Next is a step: a list item, a line, or what stands beside the key. */
static bool is_step(const struct wls_node *node)
{
	return node->text.len > 0 && !wls_value_is_empty(node->text) &&
	       !wls_value_is_unknown(node->text) &&
	       (node->kind == WLS_NODE_ITEM || node->kind == WLS_NODE_PARAGRAPH);
}

/* Counts the open steps of a field, or copies them when `to` is given. */
static size_t next_steps(struct wls_intake_context *c, struct wls_node *field,
			 struct wls_next_item *to)
{
	size_t n = 0;

	if (field->kind == WLS_NODE_FIELD && field->text.len > 0 &&
	    !(field->flags & WLS_NODE_EMPTY) && !wls_value_is_unknown(field->text) &&
	    is_open(field)) {
		if (to)
			add_next(c, field, &to[n]);
		n++;
	}
	for (struct wls_node *node = wls_node_children(c->doc, field); node; node = node->next) {
		if (!is_step(node) || !is_open(node))
			continue;
		if (to)
			add_next(c, node, &to[n]);
		n++;
	}
	return n;
}

static void take_blocked_steps(struct wls_intake_context *c, const struct wls_entry *entry,
			       struct wls_node *field, bool current)
{
	struct field_context f = {
		.c = c, .role = WLS_ROLE_NEXT, .entry = entry ? entry->version : 0};

	f.flags = current ? 0 : WLS_ITEM_OLDER;

	f.serial = c->graph->intake->fields++;
	for (struct wls_node *node = wls_node_children(c->doc, field); node; node = node->next)
		if (is_step(node) && (node->flags & WLS_NODE_BLOCKED))
			take_node(&f, node, 0);
}

/* A Next field after `after`, of an entry or, without one, of the log's own part. */
static struct wls_node *next_field(struct wls_intake_context *c, const struct wls_entry *entry,
				   struct wls_node *after)
{
	if (!entry)
		return wls_node_find_next(c->doc, c->doc->root, WLS_KEY_NEXT, after);
	return wls_entry_find_next(c->doc, entry, WLS_KEY_NEXT, after);
}

static bool take_next_of(struct wls_intake_context *c, const struct wls_entry *entry, bool current)
{
	struct wls_next_item *steps;
	struct wls_node *field;
	bool any = false;
	size_t n = 0;

	for (field = next_field(c, entry, NULL); field; field = next_field(c, entry, field)) {
		n += next_steps(c, field, NULL);
		take_blocked_steps(c, entry, field, current);
		any = true;
	}
	if (!any || !current)
		return any;
	steps = WLS_ARENA_ARRAY(&c->graph->arena, struct wls_next_item, n);
	c->file->next = steps;
	c->file->next_count = n;
	for (field = next_field(c, entry, NULL); field; field = next_field(c, entry, field))
		steps += next_steps(c, field, steps);
	return true;
}

void wls_intake_next(struct wls_intake_context *c)
{
	bool found = false;

	for (size_t i = 0; i < c->entry_count; i++) {
		found |= take_next_of(c, c->entries[i], !found);
		if (found && !all_entries(c))
			return;
	}
	if (!found)
		take_next_of(c, NULL, true);
}

/* ---- mentions ---- */

static uint32_t entry_at(const struct wls_doc *doc, uint32_t offset, uint32_t *cursor)
{
	while (*cursor < doc->entry_count && doc->entries[*cursor].node->begin <= offset)
		++*cursor;
	if (*cursor == 0)
		return 0;
	return offset < doc->entries[*cursor - 1].node->end ? doc->entries[*cursor - 1].version : 0;
}

/* Every paragraph and heading that may hold a reference: blocks tell, no entry need be read. */
void wls_intake_mentions(struct wls_intake_context *c)
{
	const struct wls_doc *doc = c->doc;
	struct field_context f = {.c = c, .role = WLS_ROLE_MENTION};
	uint32_t cursor = 0;

	for (uint32_t i = 1; i < doc->block_count; i++) {
		const struct wls_block *block = &doc->blocks[i];
		struct wls_node node = {.begin = block->begin, .body = block->begin};
		struct wls_slice text =
			wls_slice(doc->source.ptr + block->begin, block->end - block->begin);

		if ((block->kind != WLS_BLOCK_PARAGRAPH && block->kind != WLS_BLOCK_HEADING) ||
		    !wls_refs_likely(text))
			continue;
		f.entry = entry_at(doc, block->begin, &cursor);
		f.serial = c->graph->intake->fields++;
		add_item(&f, &node, text, 0);
	}
}
