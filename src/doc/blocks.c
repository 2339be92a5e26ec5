/* SPDX-License-Identifier: MIT */
/*
 * The block state machine.
 *
 * Layer: doc. Includes: base, doc.
 *
 * The problem: cut a log into CommonMark's blocks in one pass, at about a nanosecond a
 * byte, whatever the bytes are.
 *
 * The idea: a stack of open containers (the document, quotes, lists, items) and at most one open leaf.
 * Each line first matches as many open containers as it can, by their prefixes; then it
 * may open new ones; what is left of it is text for a leaf. A paragraph also takes a line
 * that matched too few containers when nothing new opens (lazy continuation). Blocks are appended to one
 * array in preorder; closing one only writes its end, so nothing is ever moved.
 *
 *     > - a      quote, list, item, paragraph opened
 *     b          lazily the paragraph's
 *                (blank) closes the paragraph; an item would stay open
 *     - c        quote not matched: closed with all in it; list, item, paragraph
 *
 *     state of the leaf     next line                        goes to
 *     none, paragraph       a block start                    that block
 *     paragraph             text, whatever matched           itself
 *     paragraph             blank, or an underline           none (now a heading)
 *     fence                 all but its closing line         itself
 *     HTML 1-5              until its end condition          itself
 *     HTML 6-7              until a blank line               itself
 *     indented code         indented or blank                itself
 *
 * Complexity: O(n * WLS_DEPTH_MAX) at worst, O(n) in practice. Source: CommonMark 0.29, appendix
 * "A parsing strategy". Beyond it, lines of a complete run of conflict markers are blocks of their
 * own. What it deliberately does not do: inline structure, tight or loose lists, link targets.
 */
#include "doc/blocks.h"
#include "doc/block_cursor.h"
#include "doc/block_start.h"
#include "doc/conflict_run.h"
#include "doc/lines.h"

enum { CODE_INDENT = 4, STACK_MAX = 2 * WLS_DEPTH_MAX + 2 };

/* An open container; kind and mark are its block's, at hand. */
struct open {
	uint32_t block;
	uint32_t width;  /* item: columns that a line must be indented by to go on */
	uint8_t kind;    /* enum wls_block_kind */
	uint8_t nesting; /* quotes and items that it stands in, itself included */
	char mark;
	bool has_child; /* a block in it was closed, and was more than link definitions */
};

struct parser {
	struct wls_doc *doc;
	struct wls_lines lines;

	struct wls_cursor cursor; /* in the line */

	struct open open[STACK_MAX];
	size_t depth;      /* open containers, the document included */
	uint32_t leaf;     /* open leaf, 0 for none */
	uint8_t leaf_kind; /* enum wls_block_kind */
	bool leaf_matched; /* the line went on with it */
	uint32_t text_end; /* past the last line that is not blank, or that a verbatim leaf took */

	/* An open paragraph that began with '[': its text, to look for link definitions in. */
	struct wls_buf definitions;

	struct wls_conflict_run conflict;
};

static struct wls_block *block_of(struct parser *p, uint32_t index)
{
	return &p->doc->blocks[index];
}

static struct wls_slice text_slice(const struct parser *p)
{
	return wls_slice(p->lines.src + p->cursor.text, p->lines.end - p->cursor.text);
}

/* ---- opening and closing ---- */

static struct wls_block *push_block(struct parser *p, enum wls_block_kind kind)
{
	struct wls_doc *doc = p->doc;
	if (doc->block_count == doc->block_cap)
		WLS_GROW(doc->blocks, doc->block_cap, doc->block_cap + 1);
	struct wls_block *block = &doc->blocks[doc->block_count++];
	*block = (struct wls_block){
		.begin = p->cursor.text,
		.content = p->cursor.text,
		.line = p->lines.number,
		.kind = (uint8_t)kind,
	};
	return block;
}

static void finish(struct parser *p, struct wls_block *block)
{
	block->next = p->doc->block_count;
	block->end = p->text_end;
}

/* Whether something is left of the open paragraph without its link definitions. */
static bool paragraph_has_text(struct parser *p)
{
	if (p->definitions.len == 0)
		return true;
	size_t skip = wls_skip_link_definitions(wls_buf_slice(&p->definitions));
	bool text = skip < p->definitions.len;
	wls_buf_clear(&p->definitions);
	return text;
}

static void close_leaf(struct parser *p)
{
	if (p->leaf == 0)
		return;
	finish(p, block_of(p, p->leaf));
	p->leaf = 0;
	p->leaf_matched = false;
	if (paragraph_has_text(p))
		p->open[p->depth - 1].has_child = true;
}

static void close_top(struct parser *p)
{
	struct wls_block *block = block_of(p, p->open[--p->depth].block);
	finish(p, block);
	if (p->depth > 0)
		p->open[p->depth - 1].has_child = true;
}

/* Closes the leaf and all but the first `keep` containers. */
static void close_to(struct parser *p, size_t keep)
{
	close_leaf(p);
	while (p->depth > keep)
		close_top(p);
}

/* Makes room for a block that is no item: it ends a list whose items all ended. */
static void close_bare_list(struct parser *p)
{
	if (p->open[p->depth - 1].kind == WLS_BLOCK_LIST)
		close_top(p);
}

static struct wls_block *open_container(struct parser *p, enum wls_block_kind kind)
{
	struct wls_block *block = push_block(p, kind);
	bool nests = kind == WLS_BLOCK_QUOTE || kind == WLS_BLOCK_ITEM;
	unsigned nesting = p->depth > 0 ? p->open[p->depth - 1].nesting : 0;
	p->open[p->depth++] = (struct open){
		.block = p->doc->block_count - 1,
		.kind = (uint8_t)kind,
		.nesting = (uint8_t)(nesting + nests),
	};
	return block;
}

static struct wls_block *open_leaf(struct parser *p, enum wls_block_kind kind)
{
	struct wls_block *block = push_block(p, kind);
	p->leaf = p->doc->block_count - 1;
	p->leaf_kind = (uint8_t)kind;
	return block;
}

/* A block of one line. */
static struct wls_block *add_line_block(struct parser *p, enum wls_block_kind kind)
{
	struct wls_block *block = push_block(p, kind);
	block->end = p->lines.next;
	block->next = p->doc->block_count;
	p->open[p->depth - 1].has_child = true;
	return block;
}

/* ---- going on with what is open ---- */

static bool goes_on_with(struct parser *p, size_t i)
{
	const struct open *open = &p->open[i];
	switch (open->kind) {
	case WLS_BLOCK_QUOTE:
		if (p->cursor.indent >= CODE_INDENT || p->cursor.blank ||
		    p->lines.src[p->cursor.text] != '>')
			return false;
		wls_cursor_move_over(&p->cursor, 1);
		wls_cursor_move_columns(&p->cursor, 1);
		return true;
	case WLS_BLOCK_ITEM:
		if (p->cursor.indent >= open->width) {
			wls_cursor_move_columns(&p->cursor, open->width);
			return true;
		}
		/* A blank line goes on with an item that has something in it already. */
		if (!p->cursor.blank || !(open->has_child || p->leaf > 0 || i + 1 < p->depth))
			return false;
		wls_cursor_move_to_text(&p->cursor);
		return true;
	default:
		return true;
	}
}

/* How many open containers the line goes on with; the document is always one. */
static size_t match_containers(struct parser *p)
{
	size_t keep = 1;
	while (keep < p->depth && goes_on_with(p, keep))
		keep++;
	return keep;
}

static void take_fence_line(struct parser *p)
{
	struct wls_block *fence = block_of(p, p->leaf);
	p->text_end = p->lines.next;
	if (p->cursor.indent < CODE_INDENT && !p->cursor.blank &&
	    wls_end_fence(text_slice(p), fence->mark, fence->level)) {
		fence->flags |= WLS_BLOCK_CLOSED;
		close_leaf(p);
	}
}

static void take_html_line(struct parser *p)
{
	p->text_end = p->lines.next;
	if (wls_end_html(text_slice(p), block_of(p, p->leaf)->level))
		close_leaf(p);
}

/*
 * Goes on with the open leaf when all containers matched. True when the line is dealt with; a matched
 * paragraph is not, since a block may start in it.
 */
static bool go_on_with_leaf(struct parser *p)
{
	switch (p->leaf_kind) {
	case WLS_BLOCK_FENCE:
		take_fence_line(p);
		return true;
	case WLS_BLOCK_HTML:
		if (p->cursor.blank && block_of(p, p->leaf)->level >= 6)
			return false;
		take_html_line(p);
		return true;
	case WLS_BLOCK_CODE:
		if (p->cursor.indent < CODE_INDENT && !p->cursor.blank)
			return false;
		if (!p->cursor.blank)
			p->text_end = p->lines.next;
		return true;
	default:
		p->leaf_matched = !p->cursor.blank;
		return false;
	}
}

/* ---- starting blocks ---- */

/* A paragraph's text, kept only while it may hold link definitions. */
static void note_definition_line(struct parser *p)
{
	wls_buf_add_slice(&p->definitions, text_slice(p));
	wls_buf_add_char(&p->definitions, '\n');
}

static bool start_quote(struct parser *p, size_t *keep)
{
	if (p->lines.src[p->cursor.text] != '>' || p->open[*keep - 1].nesting == WLS_DEPTH_MAX)
		return false;
	close_to(p, *keep);
	close_bare_list(p);
	struct wls_block *quote = open_container(p, WLS_BLOCK_QUOTE);
	wls_cursor_move_over(&p->cursor, 1);
	wls_cursor_move_columns(&p->cursor, 1);
	quote->content = p->cursor.at;
	*keep = p->depth;
	return true;
}

/* Keeps the index of a heading that stands in no container: what entries and sections begin with. */
static void note_heading(struct parser *p, uint32_t index)
{
	struct wls_doc *doc = p->doc;
	if (p->depth > 1)
		return;
	WLS_GROW(doc->headings, doc->heading_cap, doc->heading_count + 1);
	doc->headings[doc->heading_count++] = index;
}

static bool start_heading(struct parser *p, size_t keep)
{
	size_t content = 0;
	unsigned level = wls_start_atx(text_slice(p), &content);
	if (level == 0)
		return false;
	close_to(p, keep);
	close_bare_list(p);
	struct wls_block *heading = add_line_block(p, WLS_BLOCK_HEADING);
	heading->level = (uint8_t)level;
	heading->content += (uint32_t)content;
	note_heading(p, p->doc->block_count - 1);
	return true;
}

static bool start_fence(struct parser *p, size_t keep)
{
	size_t length = wls_start_fence(text_slice(p));
	if (length == 0)
		return false;
	close_to(p, keep);
	close_bare_list(p);
	struct wls_block *fence = open_leaf(p, WLS_BLOCK_FENCE);
	fence->mark = p->lines.src[p->cursor.text];
	fence->level = (uint8_t)(length > UINT8_MAX ? UINT8_MAX : length);
	fence->content += (uint32_t)length;
	p->text_end = p->lines.next;
	return true;
}

static bool start_html(struct parser *p, size_t keep)
{
	unsigned kind = wls_start_html(text_slice(p), p->leaf_matched);
	if (kind == 0)
		return false;
	close_to(p, keep);
	close_bare_list(p);
	open_leaf(p, WLS_BLOCK_HTML)->level = (uint8_t)kind;
	take_html_line(p);
	return true;
}

/* The open paragraph becomes a heading. */
static bool start_setext(struct parser *p)
{
	unsigned level = p->leaf_matched ? wls_start_setext(text_slice(p)) : 0;
	if (level == 0 || !paragraph_has_text(p))
		return false;
	struct wls_block *heading = block_of(p, p->leaf);
	heading->kind = WLS_BLOCK_HEADING;
	heading->level = (uint8_t)level;
	heading->flags |= WLS_BLOCK_SETEXT;
	note_heading(p, p->leaf);
	p->text_end = p->lines.next;
	close_leaf(p);
	return true;
}

static bool start_break(struct parser *p, size_t keep)
{
	if (!wls_start_break(text_slice(p)))
		return false;
	close_to(p, keep);
	close_bare_list(p);
	add_line_block(p, WLS_BLOCK_BREAK);
	return true;
}

/* Over an item's marker and the blanks after it; returns the width that its lines need. */
static uint32_t move_over_marker(struct parser *p, uint32_t marker_len)
{
	uint32_t width = p->cursor.indent + marker_len;
	wls_cursor_move_over(&p->cursor, marker_len);
	/* Content five columns away is indented code one column away; so is none at all. */
	if (p->cursor.blank || p->cursor.indent > CODE_INDENT || p->cursor.indent == 0) {
		wls_cursor_move_columns(&p->cursor, 1);
		return width + 1;
	}
	width += p->cursor.indent;
	wls_cursor_move_to_text(&p->cursor);
	return width;
}

static struct wls_block *open_list_part(struct parser *p, enum wls_block_kind kind,
					struct wls_list_marker marker)
{
	struct wls_block *block = open_container(p, kind);
	block->mark = marker.mark;
	block->flags = marker.ordered ? WLS_BLOCK_ORDERED : 0;
	p->open[p->depth - 1].mark = marker.mark;
	return block;
}

static bool start_item(struct parser *p, size_t *keep)
{
	struct wls_list_marker marker = wls_start_item(text_slice(p), p->leaf_matched);
	if (marker.len == 0 || p->open[*keep - 1].nesting == WLS_DEPTH_MAX)
		return false;
	close_to(p, *keep);
	const struct open *top = &p->open[p->depth - 1];
	if (top->kind == WLS_BLOCK_LIST && top->mark != marker.mark)
		close_top(p);
	if (p->open[p->depth - 1].kind != WLS_BLOCK_LIST)
		open_list_part(p, WLS_BLOCK_LIST, marker);
	struct wls_block *item = open_list_part(p, WLS_BLOCK_ITEM, marker);
	p->open[p->depth - 1].width = move_over_marker(p, (uint32_t)marker.len);
	item->content = p->cursor.at;
	item->indent = (uint16_t)(p->cursor.column > UINT16_MAX ? UINT16_MAX : p->cursor.column);
	*keep = p->depth;
	return true;
}

enum started { STARTED_NOTHING, STARTED_CONTAINER, STARTED_LEAF };

/* Starts the block that the text at the cursor begins, if it begins one. */
static enum started start_block(struct parser *p, size_t *keep)
{
	char first = p->lines.src[p->cursor.text];
	bool leaf = false;
	switch (first) {
	case '>':
		return start_quote(p, keep) ? STARTED_CONTAINER : STARTED_NOTHING;
	case '#':
		return start_heading(p, *keep) ? STARTED_LEAF : STARTED_NOTHING;
	case '`':
	case '~':
		return start_fence(p, *keep) ? STARTED_LEAF : STARTED_NOTHING;
	case '<':
		return start_html(p, *keep) ? STARTED_LEAF : STARTED_NOTHING;
	case '=':
		return start_setext(p) ? STARTED_LEAF : STARTED_NOTHING;
	case '_':
		return start_break(p, *keep) ? STARTED_LEAF : STARTED_NOTHING;
	case '-':
		/* An underline of nothing but link definitions is text, and no break either. */
		if (p->leaf_matched && wls_start_setext(text_slice(p)) > 0)
			return start_setext(p) ? STARTED_LEAF : STARTED_NOTHING;
		leaf = start_break(p, *keep);
		break;
	case '*':
		leaf = start_break(p, *keep);
		break;
	case '+':
		break;
	default:
		if (!wls_is_digit(first))
			return STARTED_NOTHING;
		break;
	}
	if (leaf)
		return STARTED_LEAF;
	return start_item(p, keep) ? STARTED_CONTAINER : STARTED_NOTHING;
}

static void start_code(struct parser *p, size_t keep)
{
	close_to(p, keep);
	close_bare_list(p);
	open_leaf(p, WLS_BLOCK_CODE);
}

/* What is left of a line that started no leaf: a paragraph's text, or nothing. */
static void take_text(struct parser *p, size_t keep)
{
	bool in_paragraph = p->leaf > 0 && p->leaf_kind == WLS_BLOCK_PARAGRAPH;
	if (p->cursor.blank) {
		close_to(p, keep);
		return;
	}
	if (!in_paragraph) {
		close_to(p, keep);
		close_bare_list(p);
		open_leaf(p, WLS_BLOCK_PARAGRAPH);
		wls_buf_clear(&p->definitions);
	}
	if (p->definitions.len > 0 || (!in_paragraph && wls_may_be_link_definition(text_slice(p))))
		note_definition_line(p);
}

static void start_blocks(struct parser *p, size_t keep)
{
	bool may_be_lazy = p->leaf > 0 && p->leaf_kind == WLS_BLOCK_PARAGRAPH;
	while (!p->cursor.blank) {
		if (p->cursor.indent >= CODE_INDENT) {
			if (may_be_lazy)
				break;
			start_code(p, keep);
			return;
		}
		enum started started = start_block(p, &keep);
		if (started == STARTED_LEAF)
			return;
		if (started == STARTED_NOTHING)
			break;
		may_be_lazy = false;
	}
	take_text(p, keep);
}

/*
 * Deals with a line of a complete run of conflict markers: a block of its own that ends everything
 * but a fence or HTML block, whose text it is. False for any other line.
 */
static bool take_marker(struct parser *p)
{
	int place = wls_conflict_run_next(&p->conflict, &p->lines);
	if (place < 0)
		return false;
	if (!p->doc->has_markers)
		p->doc->marker_at = p->lines.begin;
	p->doc->has_markers = true;
	enum wls_block_kind leaf = p->leaf ? p->leaf_kind : WLS_BLOCK_DOCUMENT;
	if (leaf != WLS_BLOCK_FENCE && leaf != WLS_BLOCK_HTML) {
		close_to(p, 1);
		p->cursor.text = p->lines.begin;
		add_line_block(p, WLS_BLOCK_MARKER)->level = (uint8_t)place;
	}
	p->text_end = p->lines.next;
	return true;
}

/* ---- the document ---- */

static void take_line(struct parser *p)
{
	wls_cursor_start(&p->cursor, &p->lines);
	bool blank = p->cursor.blank;
	if (wls_conflict_run_may_start(&p->lines) && take_marker(p))
		return;
	size_t keep = match_containers(p);
	p->leaf_matched = false;
	if (keep == p->depth && p->leaf > 0 && go_on_with_leaf(p))
		return;
	start_blocks(p, keep);
	if (!blank)
		p->text_end = p->lines.next;
}

static uint32_t count_lines(struct wls_slice s)
{
	struct wls_lines lines = wls_lines_of(s, 0);
	while (wls_lines_next(&lines))
		;
	return lines.number;
}

static void add_frontmatter(struct parser *p, uint32_t end)
{
	p->lines.number = 1;
	struct wls_block *block = push_block(p, WLS_BLOCK_FRONTMATTER);
	block->end = end;
	block->next = p->doc->block_count;
	p->lines.number = count_lines(wls_slice(p->lines.src, end));
	p->text_end = end;
}

void wls_blocks_parse(struct wls_doc *doc, uint32_t frontmatter_end)
{
	bool bom = wls_slice_starts(doc->source, WLS_SLICE("\xEF\xBB\xBF"));
	struct parser p = {
		.doc = doc,
		.lines = wls_lines_of(doc->source, frontmatter_end > 0 ? frontmatter_end : bom * 3),
		.definitions = WLS_BUF_INIT,
	};
	WLS_GROW(doc->blocks, doc->block_cap, doc->source.len / 24 + 16);
	doc->block_count = 0;
	open_container(&p, WLS_BLOCK_DOCUMENT)->line = 1;
	if (frontmatter_end > 0)
		add_frontmatter(&p, frontmatter_end);
	while (wls_lines_next(&p.lines))
		take_line(&p);
	close_to(&p, 0);
	doc->blocks[0].begin = 0;
	doc->blocks[0].end = (uint32_t)doc->source.len;
	doc->line_count = p.lines.number;
	doc->has_crlf = p.lines.has_cr;
	wls_buf_release(&p.definitions);
}

uint32_t wls_blocks_parse_part(struct wls_doc *doc, const struct wls_node *node)
{
	struct wls_slice source = wls_slice(doc->source.ptr, node->end);
	struct parser p = {
		.doc = doc,
		.lines = wls_lines_of(source, node->begin),
		.definitions = WLS_BUF_INIT,
	};
	uint32_t root = doc->block_count;

	p.lines.number = node->line - 1;
	open_container(&p, WLS_BLOCK_DOCUMENT)->line = node->line;
	while (wls_lines_next(&p.lines))
		take_line(&p);
	close_to(&p, 0);
	doc->heading_count = 0;
	p.cursor.text = node->end;
	p.lines.number++;
	push_block(&p, WLS_BLOCK_DOCUMENT)->next = doc->block_count;
	wls_buf_release(&p.definitions);
	return root + 1;
}
