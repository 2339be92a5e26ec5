/* SPDX-License-Identifier: MIT */
/*
 * Fields, sections and items of a log as Markdown of ours.
 *
 * Layer: plan. Includes: base, buf, doc, plan.
 *
 * Nothing of a log's own Markdown structure is copied: every node becomes one line, a paragraph or a
 * list's item, and lists nest LEVEL_MAX deep; what is deeper stays on the last level. An item is
 * only nested below one that was written, so that its indent is never that of a code block.
 * Code blocks (in comments) keep their lines, in a fence longer than any of theirs.
 */
#include "plan/content.h"

enum {
	LEVEL_MAX = 2, /* three levels */
	CODE_LINES_MAX = 40,
	CODE_BYTES_MAX = 4000,
	FENCE_MIN = 3,
};

static unsigned below(unsigned level)
{
	return level < LEVEL_MAX ? level + 1 : level;
}

bool wls_content_is_void(const struct wls_node *node)
{
	switch (node->kind) {
	case WLS_NODE_BLANK:
	case WLS_NODE_BREAK:
	case WLS_NODE_MARKER:
	case WLS_NODE_FRONTMATTER:
	case WLS_NODE_KEY:
	case WLS_NODE_TITLE:
	case WLS_NODE_ENTRY:
		return true;
	case WLS_NODE_FIELD:
		return (node->flags & WLS_NODE_EMPTY) != 0;
	case WLS_NODE_ITEM:
	case WLS_NODE_PARAGRAPH:
		return !(node->flags & WLS_NODE_ATTRIBUTE) && wls_value_is_empty(node->text);
	default:
		return false;
	}
}

/* ---- one line ---- */

static bool add_flat(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_slice text)
{
	return wls_content_text(chunks, wls_text_flatten(doc, text));
}

/* Adds "**label:** "; a label that holds nothing adds nothing. */
static bool add_label(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_slice label)
{
	size_t before = chunks->text.len;

	wls_buf_add_str(&chunks->text, "**");
	if (!add_flat(chunks, doc, label)) {
		wls_buf_truncate(&chunks->text, before);
		return false;
	}
	wls_buf_add_str(&chunks->text, ":** ");
	return true;
}

bool wls_content_item_text(struct wls_chunks *chunks, struct wls_doc *doc,
			   const struct wls_node *node)
{
	bool said = node->label.len > 0 && add_label(chunks, doc, node->label);

	said |= add_flat(chunks, doc, node->text);
	/* A marker amid the text is still there; the reader takes one off its ends. */
	if (said && wls_mark_last(node->text) == WLS_MARK_NONE)
		wls_buf_add_str(&chunks->text, wls_content_mark((enum wls_mark)node->mark));
	return said;
}

/* Checkbox, priority and [BLOCKED] of an item, then its text. */
static bool add_item(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node)
{
	const char *priority = wls_priority_name((enum wls_priority)node->priority);

	if (node->flags & WLS_NODE_CHECKBOX)
		wls_buf_add_str(&chunks->text, node->flags & WLS_NODE_TICKED ? "[x] " : "[ ] ");
	if (priority)
		wls_buf_printf(&chunks->text, "**%s** ", priority);
	if (node->flags & WLS_NODE_BLOCKED)
		wls_buf_add_str(&chunks->text, "**blocked** ");
	if (node->flags & WLS_NODE_STRUCK)
		wls_buf_add_str(&chunks->text, "(struck out) ");
	return wls_content_item_text(chunks, doc, node);
}

/* "Feature: Login", "Key Decisions Log", "v1 (Chat - Research)", "Next". */
static bool add_name(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node)
{
	if (node->kind == WLS_NODE_HANDOFF) {
		size_t before = chunks->text.len;
		wls_buf_printf(&chunks->text, "v%u (", node->version);
		if (add_flat(chunks, doc, node->text))
			wls_buf_add_char(&chunks->text, ')');
		else
			wls_buf_truncate(&chunks->text, before);
		return chunks->text.len > before;
	}
	return add_flat(chunks, doc, node->label.len > 0 ? node->label : node->text);
}

/* What a field or section says beside its name. */
static struct wls_slice own_value(const struct wls_node *node)
{
	if (node->kind == WLS_NODE_HANDOFF || node->kind == WLS_NODE_HEADING ||
	    node->text.ptr == node->label.ptr)
		return wls_slice(NULL, 0);
	return node->text;
}

/* "Phase 2: Features", a whole heading: no colon belongs behind it. */
static bool names_itself(const struct wls_node *node)
{
	return node->kind == WLS_NODE_HEADING || node->key == WLS_KEY_PHASE ||
	       wls_slice_find(node->label, WLS_SLICE(":")) != SIZE_MAX ||
	       (node->kind == WLS_NODE_SECTION && own_value(node).len == 0);
}

/* "**Name:** value" of what holds others. */
static bool add_holder(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node)
{
	struct wls_slice value = own_value(node);
	size_t before = chunks->text.len;
	bool named;

	wls_buf_add_str(&chunks->text, "**");
	named = add_name(chunks, doc, node);
	if (named)
		wls_buf_add_str(&chunks->text, names_itself(node) ? "** " : ":** ");
	else
		wls_buf_truncate(&chunks->text, before);
	return add_flat(chunks, doc, value) || named;
}

/* A table's row without its frame; the row of dashes is none. */
static bool add_row(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node)
{
	struct wls_slice row = wls_slice_trim(wls_node_own(doc, node));
	bool dashes = true;

	for (size_t i = 0; i < row.len && dashes; i++)
		dashes = memchr("|-: \t", row.ptr[i], 5) != NULL;
	if (dashes)
		return false;
	if (row.len > 0 && row.ptr[0] == '|')
		row = wls_slice_from(row, 1);
	if (row.len > 0 && row.ptr[row.len - 1] == '|')
		row.len--;
	return add_flat(chunks, doc, row);
}

/* The line of any node but code. */
static bool add_line(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node)
{
	struct wls_slice own = wls_slice_trim(wls_node_own(doc, node));

	switch (node->kind) {
	case WLS_NODE_ITEM:
		return add_item(chunks, doc, node);
	case WLS_NODE_FIELD:
	case WLS_NODE_SECTION:
	case WLS_NODE_HANDOFF:
	case WLS_NODE_HEADING:
		return add_holder(chunks, doc, node);
	case WLS_NODE_ROW:
		return add_row(chunks, doc, node);
	case WLS_NODE_HTML:
		return !wls_slice_starts(own, WLS_SLICE("<!--")) && add_flat(chunks, doc, own);
	case WLS_NODE_PARAGRAPH:
		return add_flat(chunks, doc, node->text.len > 0 ? node->text : own);
	case WLS_NODE_OPAQUE:
		return add_flat(chunks, doc, own);
	default:
		return false;
	}
}

/* ---- code ---- */

static bool is_fence(struct wls_slice line)
{
	line = wls_slice_trim(line);
	return wls_slice_starts(line, WLS_SLICE("```")) || wls_slice_starts(line, WLS_SLICE("~~~"));
}

/* Adds a line of code; what looks like the begin of an HTML comment could be read as a marker. */
static void add_code_line(struct wls_buf *out, struct wls_slice line, unsigned indent)
{
	struct wls_buf _cleanup_buf_ clean = WLS_BUF_INIT;
	struct wls_slice rest;
	size_t at;

	wls_content_clean(line, &clean);
	rest = wls_buf_slice(&clean);
	wls_buf_fill(out, ' ', rest.len > 0 ? indent : 0);
	while ((at = wls_slice_find(rest, WLS_SLICE("<!--"))) != SIZE_MAX) {
		wls_buf_add(out, rest.ptr, at);
		wls_buf_add_str(out, "<! --");
		rest = wls_slice_from(rest, at + 4);
	}
	wls_buf_add_slice(out, rest);
	wls_buf_add_char(out, '\n');
}

/* The lines between the fences, at most so many; returns whether there are more. */
static bool add_code_lines(struct wls_buf *out, struct wls_slice code, unsigned indent)
{
	struct wls_slice line;
	size_t lines = 0, bytes = 0;

	for (bool first = true; wls_slice_next_line(&code, &line); first = false) {
		if (is_fence(line) && (first || wls_slice_trim(code).len == 0))
			continue;
		bytes += line.len;
		if (++lines > CODE_LINES_MAX || bytes > CODE_BYTES_MAX)
			return true;
		add_code_line(out, line, indent);
	}
	return false;
}

static size_t longest_fence(struct wls_slice code)
{
	size_t longest = 0, run = 0;

	for (size_t i = 0; i < code.len; i++) {
		run = code.ptr[i] == '`' ? run + 1 : 0;
		if (run > longest)
			longest = run;
	}
	return longest;
}

/* A code block, as one chunk: of its own at level 0, else within the item above. */
static void add_code(struct wls_chunks *chunks, struct wls_doc *doc, const struct wls_node *node,
		     unsigned level)
{
	struct wls_buf _cleanup_buf_ lines = WLS_BUF_INIT;
	unsigned indent = 2 * level;
	bool cut = add_code_lines(&lines, wls_node_own(doc, node), indent);
	size_t fence = longest_fence(wls_buf_slice(&lines)) + 1;

	if (lines.len == 0 || !wls_chunks_paragraph(chunks))
		return;
	fence = fence < FENCE_MIN ? FENCE_MIN : fence;
	wls_buf_fill(&chunks->text, ' ', indent);
	wls_buf_fill(&chunks->text, '`', fence);
	wls_buf_add_char(&chunks->text, '\n');
	wls_buf_add_slice(&chunks->text, wls_buf_slice(&lines));
	if (cut)
		add_code_line(&chunks->text, WLS_SLICE("…"), indent);
	wls_buf_fill(&chunks->text, ' ', indent);
	wls_buf_fill(&chunks->text, '`', fence);
	wls_chunks_end(chunks);
}

/* ---- trees ---- */

static void add_node(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node,
		     unsigned level)
{
	if (wls_content_is_void(node))
		return;
	if (node->kind == WLS_NODE_CODE) {
		if (chunks->code)
			add_code(chunks, doc, node, chunks->count > 0 ? level : 0);
		return;
	}
	if (!wls_chunks_item(chunks, level))
		return;
	if (wls_chunks_end_if(chunks, add_line(chunks, doc, node)))
		level = below(level);
	wls_content_children(chunks, doc, node, level);
}

/* Containers nest at most WLS_DEPTH_MAX deep, so this recursion is bounded. */
void wls_content_children(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node,
			  unsigned level)
{
	for (struct wls_node *n = wls_node_children(doc, node); n && !chunks->full; n = n->next)
		add_node(chunks, doc, n, level);
}

void wls_content_field(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *field)
{
	struct wls_slice value = own_value(field);

	if (wls_content_is_void(field))
		return;
	if (value.len > 0 && wls_chunks_item(chunks, 0))
		wls_chunks_end_if(chunks, add_flat(chunks, doc, value));
	wls_content_children(chunks, doc, field, 0);
}

void wls_content_block(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node)
{
	if (wls_content_is_void(node))
		return;
	if (node->kind == WLS_NODE_ITEM || node->kind == WLS_NODE_CODE) {
		add_node(chunks, doc, node, 0);
		return;
	}
	if (wls_chunks_paragraph(chunks))
		wls_chunks_end_if(chunks, add_line(chunks, doc, node));
	wls_content_children(chunks, doc, node, 0);
}
