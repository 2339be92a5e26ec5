/* SPDX-License-Identifier: MIT */
/*
 * The leaves of a holder: fields, items, paragraphs, code, blank lines.
 *
 * Layer: doc. Includes: base, doc.
 *
 * The problem: people put a log's fields into paragraphs, lists and lists after paragraphs, and
 * a key line right after a list is, for CommonMark, more text of the list's last item. The tree
 * must show fields, and every byte in exactly one node.
 *
 * The idea: walk the blocks in preorder with a cursor. Open containers (items, quotes) stand on
 * a stack; a block closes those that it is not in, takes the blank lines before it into the
 * node that is open then, and adds its own node. Paragraphs outside of containers are read by
 * line (field_lines.c). When a lazily continued line in a container is a key, everything that
 * is open ends there, and what CommonMark calls further items of that list are the new field's.
 *
 *     **Works:**     field                      block list
 *     - a              item                       item, paragraph
 *     **Fails:**     field (ends the first)         (the same paragraph)
 *     - b              item                       item
 *
 * What belongs to an open field: what follows without a blank line; everything, when no value
 * stands on its line; after a blank line also a list, when the key's value is one and nothing
 * but lists came before. A thematic break ends it always.
 *
 * Complexity: O(bytes and blocks of the span). What it does not do: inline structure.
 */
#include "doc/field_builder.h"

static const struct wls_block *block_at(const struct wls_builder *b, uint32_t i)
{
	return &b->doc->blocks[i];
}

static struct wls_slice bytes(const struct wls_builder *b, uint32_t from, uint32_t to)
{
	return wls_slice(b->doc->source.ptr + from, to > from ? to - from : 0);
}

/* `at`, but never back and never out of the span. */
static uint32_t clamp(const struct wls_builder *b, uint32_t at)
{
	if (at < b->cursor)
		return b->cursor;
	return at > b->limit ? b->limit : at;
}

struct wls_node *wls_builder_add(struct wls_builder *b, struct wls_node *parent,
				 enum wls_node_kind kind, uint32_t line)
{
	struct wls_node *node = wls_node_new(b->doc, parent, kind, b->cursor);
	node->line = line;
	return node;
}

/* ---- texts ---- */

/* A field's own marker: the first of its value, after a parenthesis. */
static enum wls_mark field_mark(struct wls_slice text)
{
	size_t len;
	if (text.len > 0 && text.ptr[0] == '(') {
		const char *close = memchr(text.ptr, ')', text.len);
		if (close)
			text = wls_ltrim(wls_slice_from(text, (size_t)(close - text.ptr) + 1));
	}
	return wls_mark_at(text, &len, NULL);
}

static void read_field_text(struct wls_node *field, struct wls_slice value)
{
	field->text = wls_key_value_trim(value);
	field->mark = (uint8_t)field_mark(field->text);
	if (wls_value_is_empty(field->text))
		field->flags |= WLS_NODE_EMPTY;
}

void wls_builder_finish_text(struct wls_builder *b, uint32_t at)
{
	struct wls_node *node = b->text;
	b->cursor = clamp(b, at);
	b->text = NULL;
	if (!node)
		return;
	node->body = node->end = b->cursor;
	struct wls_slice text = bytes(b, b->text_from, b->cursor);
	switch (node->kind) {
	case WLS_NODE_FIELD:
		read_field_text(node, text);
		break;
	case WLS_NODE_ITEM:
		wls_item_read(node, text, b->context);
		break;
	case WLS_NODE_HANDOFF:
		break;
	default:
		node->text = wls_slice_trim(text);
		break;
	}
}

static void begin_text(struct wls_builder *b, struct wls_node *node, uint32_t from)
{
	b->text = node;
	b->text_from = from;
}

/* ---- opening and closing ---- */

static bool holds_only_none(const struct wls_node *node)
{
	const struct wls_node *only = NULL;
	for (const struct wls_node *n = node->first_child; n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK)
			continue;
		if (only)
			return false;
		only = n;
	}
	return only && !only->first_child &&
	       (only->kind == WLS_NODE_ITEM || only->kind == WLS_NODE_PARAGRAPH) &&
	       wls_value_is_empty(only->text);
}

void wls_builder_close_field(struct wls_builder *b)
{
	if (!b->field)
		return;
	b->field->end = b->cursor;
	/* `- None` alone is empty on purpose, too. */
	if (b->field->text.len == 0 && holds_only_none(b->field))
		b->field->flags |= WLS_NODE_EMPTY;
	b->field = NULL;
}

static void close_top(struct wls_builder *b)
{
	struct wls_node *node = b->open[--b->depth].node;
	node->end = b->cursor;
	if (node == b->field)
		wls_builder_close_field(b);
}

/* Closes what block `i` does not stand in. */
static void close_before(struct wls_builder *b, uint32_t i)
{
	while (b->depth > 0 && block_at(b, b->open[b->depth - 1].block)->next <= i)
		close_top(b);
}

static void push(struct wls_builder *b, struct wls_node *node, uint32_t block)
{
	b->open[b->depth++] = (struct wls_open_node){node, block};
}

/* Whether `section`'s lists are its value, as a field's are (`## Dependencies`). */
static bool is_value_section(const struct wls_node *section)
{
	return section->kind == WLS_NODE_SECTION && section->key != WLS_KEY_NONE &&
	       !(wls_key_flags(section->key) & WLS_KEY_GROUP);
}

enum wls_key wls_builder_context(const struct wls_builder *b)
{
	if (b->field)
		return b->field->key;
	return b->sub->kind == WLS_NODE_SECTION ? b->sub->key : WLS_KEY_NONE;
}

/* ---- what stands between blocks ---- */

static bool is_blank_line(struct wls_slice line, bool in_quote)
{
	for (size_t i = 0; i < line.len; i++)
		if (!wls_is_blank(line.ptr[i]) && !(in_quote && line.ptr[i] == '>'))
			return false;
	return true;
}

static bool stands_in_quote(const struct wls_builder *b, const struct wls_node *node)
{
	while (node != b->holder && node->kind != WLS_NODE_QUOTE)
		node = node->parent;
	return node->kind == WLS_NODE_QUOTE;
}

static struct wls_lines lines_of_gap(const struct wls_builder *b, uint32_t to)
{
	return (struct wls_lines){
		.src = b->doc->source.ptr,
		.len = to,
		.next = b->cursor,

	};
}

/*
 * Gives the lines from the cursor to `to` to `parent`: a run of blank ones is a node, and so is
 * a run of others (link definitions, which are no blocks). `line` is the number of the line at
 * `to`.
 */
static void take_gap(struct wls_builder *b, struct wls_node *parent, uint32_t to, uint32_t line)
{
	to = clamp(b, to);
	if (to == b->cursor)
		return;
	struct wls_lines lines = lines_of_gap(b, to);
	uint32_t count = 0;
	while (wls_lines_next(&lines))
		count++;
	uint32_t number = line > count ? line - count : 1;
	bool in_quote = stands_in_quote(b, parent);
	struct wls_node *node = NULL;
	lines = lines_of_gap(b, to);
	for (; wls_lines_next(&lines); number++) {
		bool blank = is_blank_line(bytes(b, lines.begin, lines.end), in_quote);
		enum wls_node_kind kind = blank ? WLS_NODE_BLANK : WLS_NODE_OPAQUE;
		if (!node || node->kind != kind)
			node = wls_builder_add(b, parent, kind, number);
		b->cursor = node->body = node->end = lines.next;
	}
}

/* Where block `i`'s first line begins, as far as it is not yet in a node. */
static uint32_t begin_of(const struct wls_builder *b, uint32_t i)
{
	return clamp(b, wls_line_begin(b->doc, block_at(b, i)->begin, b->cursor));
}

/* Whether block `i`, which stands in no container, is part of the open field. */
static bool is_in_field(const struct wls_builder *b, uint32_t i, bool list)
{
	if (!b->field || block_at(b, i)->kind == WLS_BLOCK_BREAK)
		return false;
	if (begin_of(b, i) == b->cursor || b->field->text.len == 0)
		return true;
	return list && b->only_lists && (wls_key_flags(b->field->key) & WLS_KEY_LIST);
}

/* The parent of block `i`, which opens no field; ends the open field when it is not in it. */
static struct wls_node *parent_of(struct wls_builder *b, uint32_t i, bool list)
{
	if (b->depth > 0)
		return b->open[b->depth - 1].node;
	if (!is_in_field(b, i, list))
		wls_builder_close_field(b);
	if (!b->field)
		return b->sub;
	b->only_lists &= list;
	return b->field;
}

/* ---- lines in containers ---- */

/* Whether a line of a nested paragraph stands outside of all containers (lazy continuation). */
static bool is_outside(const struct wls_builder *b, struct wls_slice line)
{
	const struct wls_block *outermost = block_at(b, b->open[0].block);
	uint32_t indent;
	uint32_t blanks = wls_indent_of(line, &indent);
	if (indent >= 4 || blanks == line.len)
		return false;
	if (outermost->kind == WLS_BLOCK_QUOTE)
		return line.ptr[blanks] != '>';
	return indent < outermost->indent;
}

/* The first further line of a paragraph that is a key outside of all containers, or its end. */
static uint32_t find_break(const struct wls_builder *b, const struct wls_block *paragraph,
			   uint32_t *line)
{
	struct wls_lines lines = {
		.src = b->doc->source.ptr,
		.len = clamp(b, paragraph->end),
		.next = clamp(b, paragraph->begin),

	};
	wls_lines_next(&lines);
	while (wls_lines_next(&lines)) {
		struct wls_slice text = bytes(b, lines.begin, lines.end);
		if (!is_outside(b, text) || !wls_line_opens_field(text, false))
			continue;
		*line = paragraph->line + lines.number - 1;
		return lines.begin;
	}
	return lines.len;
}

/*
 * Ends the growing text at the end of paragraph `i`, or before a key that stands outside of all
 * containers: then these end too, and the rest is read like any other paragraph.
 */
static void finish_nested(struct wls_builder *b, uint32_t i)
{
	const struct wls_block *paragraph = block_at(b, i);
	uint32_t line = 0;
	uint32_t at = find_break(b, paragraph, &line);
	wls_builder_finish_text(b, at);
	if (line == 0)
		return;
	while (b->depth > 0) {
		struct wls_node *node = b->open[b->depth - 1].node;
		if (node->kind == WLS_NODE_QUOTE)
			node->text = wls_slice_trim(wls_slice(
				node->text.ptr,
				(size_t)(b->doc->source.ptr + b->cursor - node->text.ptr)));
		close_top(b);
	}
	b->list_decided = false;
	wls_lines_read(b, b->sub, clamp(b, paragraph->end), line);
}

/* ---- blocks ---- */

static uint32_t read_leaf(struct wls_builder *b, uint32_t i, enum wls_node_kind kind)
{
	const struct wls_block *block = block_at(b, i);
	struct wls_node *parent = parent_of(b, i, false);
	take_gap(b, parent, begin_of(b, i), block->line);
	struct wls_node *node = wls_builder_add(b, parent, kind, block->line);
	node->block = i;
	node->block_end = block->next;
	node->level = block->level;
	begin_text(b, node, block->begin);
	wls_builder_finish_text(b, block->end);
	return block->next;
}

/* Lines of text in no container, up to `end`: fields, and what is none. */
static void read_lines(struct wls_builder *b, uint32_t i, uint32_t end)
{
	const struct wls_block *block = block_at(b, i);
	uint32_t begin = begin_of(b, i);
	struct wls_lines first = {
		.src = b->doc->source.ptr, .len = clamp(b, end), .next = clamp(b, block->begin)};
	struct wls_node *parent = b->sub;
	if (wls_lines_next(&first) && wls_line_opens_field(bytes(b, first.begin, first.end), true))
		wls_builder_close_field(b);
	else
		parent = parent_of(b, i, false);
	take_gap(b, parent, begin, block->line);
	wls_lines_read(b, parent, clamp(b, end), block->line);
}

static uint32_t read_paragraph(struct wls_builder *b, uint32_t i)
{
	const struct wls_block *block = block_at(b, i);
	if (b->depth == 0) {
		read_lines(b, i, block->end);
		return block->next;
	}
	struct wls_node *parent = b->open[b->depth - 1].node;
	take_gap(b, parent, begin_of(b, i), block->line);
	begin_text(b, wls_builder_add(b, parent, WLS_NODE_PARAGRAPH, block->line), block->begin);
	b->text->block = i;
	b->text->block_end = block->next;
	finish_nested(b, i);
	return block->next;
}

/*
 * Fields that CommonMark takes for a setext heading, and the line after them: a break, or an
 * empty item when it is a lone `-`.
 */
static uint32_t read_underlined(struct wls_builder *b, uint32_t i)
{
	const struct wls_block *block = block_at(b, i);
	uint32_t underline = wls_underline_of(b->doc, block), line = block->line;
	struct wls_lines lines = {
		.src = b->doc->source.ptr, .len = underline, .next = block->begin};
	while (wls_lines_next(&lines))
		line++;
	read_lines(b, i, underline);
	struct wls_slice mark = wls_slice_trim(bytes(b, underline, block->end));
	bool is_item = wls_slice_eq(mark, WLS_SLICE("-"));
	if (!is_item)
		wls_builder_close_field(b);
	enum wls_node_kind kind =
		wls_slice_starts(mark, WLS_SLICE("---")) ? WLS_NODE_BREAK : WLS_NODE_OPAQUE;
	struct wls_node *node = wls_builder_add(b, b->field ? b->field : b->sub,
						is_item ? WLS_NODE_ITEM : kind, line);
	node->block = i;
	node->block_end = block->next;
	begin_text(b, node, is_item ? (uint32_t)(mark.ptr + 1 - b->doc->source.ptr) : underline);
	b->context = (struct wls_item_context){wls_builder_context(b), true};
	wls_builder_finish_text(b, block->end);
	return block->next;
}

static uint32_t read_quote(struct wls_builder *b, uint32_t i)
{
	const struct wls_block *block = block_at(b, i);
	if (block->next == i + 1 || b->depth == WLS_ARRAY_SIZE(b->open))
		return read_leaf(b, i, WLS_NODE_QUOTE);
	struct wls_node *parent = parent_of(b, i, false);
	take_gap(b, parent, begin_of(b, i), block->line);
	struct wls_node *node = wls_builder_add(b, parent, WLS_NODE_QUOTE, block->line);
	node->block = i;
	node->block_end = block->next;
	const struct wls_block *child = block_at(b, i + 1);
	begin_text(b, node, block->begin);
	wls_builder_finish_text(b, child->line == block->line ? child->begin : begin_of(b, i + 1));
	node->text = wls_slice_trim(bytes(b, block->begin, clamp(b, block->end)));
	push(b, node, i);
	return i + 1;
}

/* Whose the top-level list at block `i` is. */
static void decide_list(struct wls_builder *b, uint32_t i)
{
	parent_of(b, i, true);
	b->list_decided = true;
	b->list_is_value = b->field || is_value_section(b->sub);
}

static uint8_t item_level(const struct wls_builder *b)
{
	unsigned level = 0;
	for (size_t i = 0; i < b->depth; i++)
		level += b->open[i].node->kind == WLS_NODE_ITEM;
	return (uint8_t)level;
}

/* Whether an item may stand before the next child of `parent`, a blank line aside. */
static bool follows_item(const struct wls_node *parent)
{
	const struct wls_node *last = parent->last_child;
	if (!last)
		return false;
	return last->kind == WLS_NODE_ITEM ||
	       (last->kind == WLS_NODE_BLANK && last != parent->first_child);
}

/* An item whose first words are a known key, in a list that is no field's value. */
static bool is_field_item(const struct wls_builder *b, uint32_t i, struct wls_key_line *key,
			  struct wls_slice *text)
{
	const struct wls_block *block = block_at(b, i);
	if (b->depth > 0 || b->list_is_value || block->next == i + 1 ||
	    block_at(b, i + 1)->kind != WLS_BLOCK_PARAGRAPH)
		return false;
	const struct wls_block *paragraph = block_at(b, i + 1);
	struct wls_lines lines = {.src = b->doc->source.ptr,
				  .len = clamp(b, paragraph->end),
				  .next = clamp(b, paragraph->begin)};
	if (!wls_lines_next(&lines))
		return false;
	*text = bytes(b, lines.begin, lines.end);
	return wls_key_line_parse(*text, key) && key->key != WLS_KEY_OTHER &&
	       key->key != WLS_KEY_EVOLUTION && key->key != WLS_KEY_HANDOFF &&
	       key->key != WLS_KEY_PHASE;
}

/* Where an item's own text ends when it does not begin with a paragraph. */
static uint32_t end_of_marker(const struct wls_builder *b, uint32_t i)
{
	const struct wls_block *block = block_at(b, i);
	if (block->next == i + 1)
		return block->end;
	const struct wls_block *child = block_at(b, i + 1);
	return child->line == block->line ? child->begin
					  : wls_line_end(b->doc, block->begin, child->begin);
}

static uint32_t read_item(struct wls_builder *b, uint32_t i)
{
	const struct wls_block *block = block_at(b, i);
	if (b->depth == WLS_ARRAY_SIZE(b->open))
		return read_leaf(b, i, WLS_NODE_OPAQUE);
	if (b->depth == 0 && !b->list_decided)
		decide_list(b, i);
	struct wls_key_line key;
	struct wls_slice text;
	bool is_field = is_field_item(b, i, &key, &text);
	if (is_field)
		wls_builder_close_field(b);
	struct wls_node *parent = b->sub;
	if (b->depth > 0)
		parent = b->open[b->depth - 1].node;
	else if (b->field)
		parent = b->field;
	take_gap(b, parent, begin_of(b, i), block->line);
	if (is_field) {
		wls_fields_open(b, text, &key, block->line, block_at(b, i + 1)->line);
	} else {
		b->context =
			(struct wls_item_context){wls_builder_context(b), !follows_item(parent)};
		struct wls_node *node = wls_builder_add(b, parent, WLS_NODE_ITEM, block->line);
		node->level = item_level(b);
		begin_text(b, node, block->content);
	}
	b->text->block = i;
	b->text->block_end = block->next;
	push(b, b->text, i);
	if (block->next > i + 1 && block_at(b, i + 1)->kind == WLS_BLOCK_PARAGRAPH) {
		finish_nested(b, i + 1);
		return i + 2;
	}
	wls_builder_finish_text(b, end_of_marker(b, i));
	return i + 1;
}

/* Reads block `i`; the index of the block to go on with. */
static uint32_t read_block(struct wls_builder *b, uint32_t i)
{
	close_before(b, i);
	switch (block_at(b, i)->kind) {
	case WLS_BLOCK_LIST:
		if (b->depth == 0)
			decide_list(b, i);
		return i + 1;
	case WLS_BLOCK_ITEM:
		return read_item(b, i);
	case WLS_BLOCK_PARAGRAPH:
		return read_paragraph(b, i);
	case WLS_BLOCK_QUOTE:
		return read_quote(b, i);
	case WLS_BLOCK_HEADING:
		if (b->depth == 0 && wls_underlined_fields(b->doc, block_at(b, i)))
			return read_underlined(b, i);
		return read_leaf(b, i, WLS_NODE_HEADING);
	case WLS_BLOCK_FENCE:
	case WLS_BLOCK_CODE:
		return read_leaf(b, i, WLS_NODE_CODE);
	case WLS_BLOCK_HTML:
		return read_leaf(b, i, WLS_NODE_HTML);
	case WLS_BLOCK_BREAK:
		return read_leaf(b, i, WLS_NODE_BREAK);
	case WLS_BLOCK_MARKER:
		return read_leaf(b, i, WLS_NODE_MARKER);
	default:
		return read_leaf(b, i, WLS_NODE_OPAQUE);
	}
}

/* The number of the line at the end of the span. */
static uint32_t line_after(const struct wls_doc *doc, struct wls_span span)
{
	return span.block_end < doc->block_count ? doc->blocks[span.block_end].line
						 : doc->line_count + 1;
}

void wls_fields_read(struct wls_doc *doc, struct wls_node *holder, struct wls_span span)
{
	struct wls_builder b = {
		.doc = doc,
		.holder = holder,
		.sub = holder,
		.cursor = span.begin,
		.limit = span.end,
	};
	for (uint32_t i = span.block; i < span.block_end;)
		i = read_block(&b, i);
	while (b.depth > 0)
		close_top(&b);
	wls_builder_close_field(&b);
	if (b.sub != holder)
		b.sub->end = b.cursor;
	take_gap(&b, holder, span.end, line_after(doc, span));
	if (is_value_section(holder) && holds_only_none(holder))
		holder->flags |= WLS_NODE_EMPTY;
}
