/* SPDX-License-Identifier: MIT */
/*
 * Both parsers' blocks as comparable lines of text, `KIND LEVEL START[-END]` in preorder.
 *
 * The judge's known faults: where a setext heading follows a link definition in one paragraph, it gives
 * the definition's line as the heading's (such inputs are left out); a setext heading's end
 * is the line after its underline, if there is one (added here to ours).
 */
#include <cmark-gfm.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "blocks_judge.h"
#include "wlsync/doc.h"

static void add_block(struct wls_buf *out, const char *kind, int level, int first, int last)
{
	wls_buf_printf(out, "%s %d %d", kind, level, first);
	if (last > 0)
		wls_buf_printf(out, "-%d", last);
	wls_buf_add_char(out, '\n');
}

static bool in_container(cmark_node *node)
{
	return cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT;
}

static void add_judged_node(struct wls_buf *out, cmark_node *node)
{
	int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
	cmark_node_type type = cmark_node_get_type(node);
	if (type == CMARK_NODE_BLOCK_QUOTE) {
		add_block(out, "quote", 0, first, 0);
	} else if (type == CMARK_NODE_LIST) {
		add_block(out, "list", 0, first, 0);
	} else if (type == CMARK_NODE_ITEM) {
		add_block(out, "item", 0, first, 0);
	} else if (type == CMARK_NODE_HEADING) {
		add_block(out, "heading", cmark_node_get_heading_level(node), first,
			  in_container(node) ? 0 : last);
	} else if (type == CMARK_NODE_CODE_BLOCK) {
		int length, offset;
		char mark;
		bool fenced = cmark_node_get_fenced(node, &length, &offset, &mark);
		add_block(out, fenced ? "fence" : "code", fenced ? length : 0, first,
			  fenced && !in_container(node) ? last : 0);
	} else if (type == CMARK_NODE_HTML_BLOCK) {
		add_block(out, "html", 0, first, 0);
	} else if (type == CMARK_NODE_THEMATIC_BREAK) {
		add_block(out, "break", 0, first, 0);
	}
}

static void add_judged(struct wls_buf *out, struct wls_slice source)
{
	cmark_node *root = cmark_parse_document(source.ptr, source.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE)
		if (event == CMARK_EVENT_ENTER)
			add_judged_node(out, cmark_iter_get_node(iter));
	cmark_iter_free(iter);
	cmark_node_free(root);
}

/* Line endings in [0, end), a last line without one counted when `end` stands in it. */
static int line_of_end(struct wls_slice source, uint32_t end)
{
	struct wls_slice rest = wls_slice(source.ptr, end), line;
	int lines = 0;
	while (wls_slice_next_line(&rest, &line))
		lines++;
	return lines;
}

static void add_ours(struct wls_buf *out, const struct wls_doc *doc)
{
	for (uint32_t i = 1; i < doc->block_count; i++) {
		const struct wls_block *b = &doc->blocks[i];
		static const char *const names[] = {
			[WLS_BLOCK_QUOTE] = "quote", [WLS_BLOCK_LIST] = "list",
			[WLS_BLOCK_ITEM] = "item",   [WLS_BLOCK_HEADING] = "heading",
			[WLS_BLOCK_FENCE] = "fence", [WLS_BLOCK_CODE] = "code",
			[WLS_BLOCK_HTML] = "html",   [WLS_BLOCK_BREAK] = "break",
			[WLS_BLOCK_MARKER] = NULL,
		};
		if (!names[b->kind])
			continue;
		bool top = true;
		for (uint32_t a = 1; a < i && top;
		     a = doc->blocks[a].next > i ? a + 1 : doc->blocks[a].next)
			top = doc->blocks[a].next <= i;
		bool has_end = top && (b->kind == WLS_BLOCK_HEADING || b->kind == WLS_BLOCK_FENCE);
		int last = has_end ? line_of_end(doc->source, b->end) : 0;
		if (has_end && b->flags & WLS_BLOCK_SETEXT && last < (int)doc->line_count)
			last++;
		bool has_level = b->kind == WLS_BLOCK_HEADING || b->kind == WLS_BLOCK_FENCE;
		add_block(out, names[b->kind], has_level ? b->level : 0, (int)b->line, last);
	}
}

/* `[x]: …` anywhere before a setext heading: the judge's lines cannot be trusted. */
static bool has_definition_before_setext(const struct wls_doc *doc)
{
	for (uint32_t i = 1; i < doc->block_count; i++)
		if (doc->blocks[i].flags & WLS_BLOCK_SETEXT &&
		    doc->source.ptr[doc->blocks[i].begin] == '[')
			return true;
	return false;
}

static bool competent(const struct wls_doc *doc)
{
	struct wls_utf8_scan scan = wls_utf8_scan(doc->source);
	return scan.first_nul == SIZE_MAX && scan.first_invalid == SIZE_MAX && !doc->has_markers &&
	       doc->blocks[doc->block_count > 1 ? 1 : 0].kind != WLS_BLOCK_FRONTMATTER &&
	       !has_definition_before_setext(doc);
}

bool wls_judge_blocks(struct wls_slice source, struct wls_buf *why)
{
	_cleanup_doc_ struct wls_doc *doc = NULL;
	if (wls_doc_parse(&doc, source, NULL) < 0)
		return false;
	if (!competent(doc))
		return true;
	_cleanup_buf_ struct wls_buf judged = WLS_BUF_INIT, ours = WLS_BUF_INIT;
	add_judged(&judged, source);
	add_ours(&ours, doc);
	if (wls_slice_eq(wls_buf_slice(&judged), wls_buf_slice(&ours)))
		return true;
	wls_buf_printf(why, "cmark-gfm:\n%s\nwlsync:\n%s\nof:\n", wls_buf_str(&judged),
		       wls_buf_str(&ours));
	wls_buf_add_slice(why, source);
	return false;
}
