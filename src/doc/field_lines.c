/* SPDX-License-Identifier: MIT */
/*
 * The lines of a paragraph: fields, their further lines, items that are lines, tables.
 *
 * Layer: doc. Includes: base, doc.
 *
 *     line is…                                    then
 *     a known key                                 the field before ends, new fields begin
 *     any bold key, with nothing but keys before  the same
 *     `H1: …`, `+: …`, `@name: …` in its field    an item of that field
 *     a row, with a delimiter row after it        a table; each further line is a row
 *     anything else                               goes on with what the line before was
 */
#include "doc/field_builder.h"

enum { CODE_INDENT = 4, TAB_STOP = 4 };

uint32_t wls_indent_of(struct wls_slice line, uint32_t *indent)
{
	uint32_t i = 0;
	*indent = 0;
	for (; i < line.len && wls_is_blank(line.ptr[i]); i++)
		*indent += line.ptr[i] == '\t' ? TAB_STOP - *indent % TAB_STOP : 1;
	return i;
}

/* Whether `key` opens a field here; `in_run`: only keys stand before it in the paragraph. */
static bool opens_field(const struct wls_key_line *key, bool in_run)
{
	if (in_run)
		return true;
	if (key->key == WLS_KEY_OTHER)
		return false;
	return key->bold || (wls_key_flags(key->key) & WLS_KEY_FIELD);
}

/* The key at the start of `line`, when the line is not indented like code. */
static bool parse_key(struct wls_slice line, bool in_run, struct wls_slice *text,
		      struct wls_key_line *key)
{
	uint32_t indent;
	uint32_t blanks = wls_indent_of(line, &indent);
	*text = wls_slice_from(line, blanks);
	return indent < CODE_INDENT && text->len > 0 && wls_key_line_parse(*text, key) &&
	       opens_field(key, in_run);
}

bool wls_line_opens_field(struct wls_slice line, bool in_run)
{
	struct wls_slice text;
	struct wls_key_line key;
	return parse_key(line, in_run, &text, &key);
}

/* ---- setext headings ---- */

uint32_t wls_underline_of(const struct wls_doc *doc, const struct wls_block *block)
{
	uint32_t end = block->end;
	while (end > block->begin && wls_is_line_end(doc->source.ptr[end - 1]))
		end--;
	return wls_line_begin(doc, end, block->begin);
}

bool wls_underlined_fields(const struct wls_doc *doc, const struct wls_block *block)
{
	if (!(block->flags & WLS_BLOCK_SETEXT))
		return false;
	struct wls_lines lines = {
		.src = doc->source.ptr,
		.len = wls_underline_of(doc, block),
		.next = block->begin,
	};
	bool in_run = true;
	while (wls_lines_next(&lines)) {
		struct wls_slice text;
		struct wls_key_line key;
		struct wls_slice line = wls_slice(lines.src + lines.begin, lines.end - lines.begin);
		in_run = parse_key(line, in_run, &text, &key);
		if (!in_run)
			continue;
		bool alone = lines.number == 1 && lines.next == lines.len;
		bool empty = wls_slice_trim(wls_slice_from(text, key.value)).len == 0;
		if (key.bold || !((alone && empty) || (wls_key_flags(key.key) & WLS_KEY_GROUP)))
			return true;
	}
	return false;
}

/* ---- fields ---- */

static void close_handoff(struct wls_builder *b)
{
	if (b->sub == b->holder)
		return;
	b->sub->end = b->cursor;
	b->sub = b->holder;
}

static void set_key(struct wls_node *node, const struct wls_key_line *key)
{
	node->key = (uint16_t)key->key;
	node->label = key->label;
	node->version = key->range.first;
	node->version_last = key->range.last;
	if (key->range.open)
		node->flags |= WLS_NODE_OPEN_RANGE;
}

static void open_handoff(struct wls_builder *b, const struct wls_key_line *key, uint32_t line)
{
	close_handoff(b);
	struct wls_node *node = wls_builder_add(b, b->holder, WLS_NODE_HANDOFF, line);
	set_key(node, key);
	node->text = key->about;
	b->sub = node;
	b->text = node;
}

void wls_fields_open(struct wls_builder *b, struct wls_slice text, const struct wls_key_line *key,
		     uint32_t line, uint32_t text_line)
{
	struct wls_key_line next = *key;
	uint32_t base = (uint32_t)(text.ptr - b->doc->source.ptr);
	wls_builder_close_field(b);
	if (key->key == WLS_KEY_HANDOFF) {
		open_handoff(b, key, line);
		return;
	}
	do {
		if (b->text)
			wls_builder_finish_text(b, base + (uint32_t)next.at);
		wls_builder_close_field(b);
		struct wls_node *node = wls_builder_add(b, b->sub, WLS_NODE_FIELD, line);
		set_key(node, &next);
		b->field = node;
		b->only_lists = true;
		b->text = node;
		b->text_from = base + (uint32_t)next.value;
		line = text_line;
	} while (wls_key_line_next(text, next.value, &next));
}

/* ---- tables ---- */

static bool is_delimiter_row(struct wls_slice line)
{
	bool dash = false, bar = false;
	for (size_t i = 0; i < line.len; i++) {
		if (!memchr("|-: \t", line.ptr[i], 5))
			return false;
		dash |= line.ptr[i] == '-';
		bar |= line.ptr[i] == '|';
	}
	return dash && bar;
}

/* Whether a table begins at the current line: a row, and a delimiter row after it. */
static bool begins_table(const struct wls_lines *lines)
{
	if (!memchr(lines->src + lines->begin, '|', lines->end - lines->begin))
		return false;
	if (lines->next >= lines->len || !memchr("|-: \t", lines->src[lines->next], 5))
		return false;
	struct wls_lines ahead = *lines;
	return wls_lines_next(&ahead) &&
	       is_delimiter_row(wls_slice(ahead.src + ahead.begin, ahead.end - ahead.begin));
}

static void close_table(struct wls_builder *b)
{
	if (b->table)
		b->table->end = b->cursor;
	b->table = NULL;
}

/* ---- lines ---- */

/* The paragraph that is being read. */
struct paragraph {
	struct wls_lines lines;
	struct wls_node *parent; /* of what is no field, while no field is open */
	bool in_run;             /* only keys so far */
	bool has_comment;        /* `<!--` stands in it somewhere */
	uint32_t comment_end;    /* lines that begin before are a comment's */
};

/* Notes a comment that goes on over the end of the current line. */
static void look_for_comment(struct paragraph *p)
{
	uint32_t from = p->lines.begin > p->comment_end ? p->lines.begin : p->comment_end;
	while (p->has_comment && from < p->lines.end) {
		struct wls_slice line = wls_slice(p->lines.src + from, p->lines.end - from);
		size_t open = wls_slice_find(line, WLS_SLICE("<!--"));
		if (open == SIZE_MAX)
			return;
		from += (uint32_t)open;
		struct wls_slice rest = wls_slice(p->lines.src + from, p->lines.len - from);
		size_t close = wls_slice_find(rest, WLS_SLICE("-->"));
		if (close == SIZE_MAX) {
			p->has_comment = false;
			return;
		}
		from += (uint32_t)close + 3;
		p->comment_end = from;
	}
}

static void end_text(struct wls_builder *b, uint32_t at)
{
	if (b->text)
		wls_builder_finish_text(b, at);
	close_table(b);
}

/* Begins a node of the current line's text. */
static void begin_line(struct wls_builder *b, struct paragraph *p, enum wls_node_kind kind,
		       uint32_t number)
{
	struct wls_node *parent = b->field ? b->field : p->parent;
	if (kind == WLS_NODE_ROW) {
		if (!b->table)
			b->table = wls_builder_add(b, parent, WLS_NODE_TABLE, number);
		parent = b->table;
	}
	if (kind == WLS_NODE_ITEM)
		b->context = (struct wls_item_context){wls_builder_context(b), true};
	b->text = wls_builder_add(b, parent, kind, number);
	b->text_from = p->lines.begin;
	if (kind == WLS_NODE_ITEM)
		b->text->flags |= WLS_NODE_LINE;
}

/* A line that is no key. */
static void read_text_line(struct wls_builder *b, struct paragraph *p, struct wls_slice text,
			   uint32_t number)
{
	bool in_comment = p->lines.begin < p->comment_end;
	if (!in_comment && wls_item_line_at(text, wls_builder_context(b)) > 0) {
		end_text(b, p->lines.begin);
		begin_line(b, p, WLS_NODE_ITEM, number);
	} else if (b->table) {
		wls_builder_finish_text(b, p->lines.begin);
		begin_line(b, p, WLS_NODE_ROW, number);
	} else if (!in_comment && begins_table(&p->lines)) {
		end_text(b, p->lines.begin);
		begin_line(b, p, WLS_NODE_ROW, number);
	} else if (!b->text) {
		begin_line(b, p, WLS_NODE_PARAGRAPH, number);
	}
}

void wls_lines_read(struct wls_builder *b, struct wls_node *parent, uint32_t to, uint32_t line)
{
	struct wls_slice all = wls_slice(b->doc->source.ptr + b->cursor, to - b->cursor);
	struct paragraph p = {
		.lines = {.src = b->doc->source.ptr, .len = to, .next = b->cursor},
		.parent = parent,
		.in_run = true,
		.has_comment = wls_slice_find(all, WLS_SLICE("<!--")) != SIZE_MAX,
	};
	for (; wls_lines_next(&p.lines); line++) {
		struct wls_slice text;
		struct wls_key_line key;
		struct wls_slice whole =
			wls_slice(p.lines.src + p.lines.begin, p.lines.end - p.lines.begin);
		bool in_comment = p.lines.begin < p.comment_end;
		if (parse_key(whole, p.in_run, &text, &key) && !in_comment) {
			end_text(b, p.lines.begin);
			wls_fields_open(b, text, &key, line, line);
			p.parent = b->sub;
		} else {
			p.in_run = false;
			read_text_line(b, &p, text, line);
		}
		look_for_comment(&p);
	}
	end_text(b, to);
}
