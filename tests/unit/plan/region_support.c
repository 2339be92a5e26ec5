/* SPDX-License-Identifier: MIT */
/*
 * What is wanted of a few files, and what every Markdown of ours must hold.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "region_support.h"

enum { DOCS_MAX = 8 };

void shown_world_init(struct shown_world *world)
{
	*world = (struct shown_world){
		.options = {.source = WLS_SLICE("acme/shop"),
			    .file_base = WLS_SLICE("https://github.com/acme/shop/blob/HEAD/"),
			    .title_max = 256,
			    .max_comments = 20},
	};
}

static struct wls_slice text_of(const struct shown_file *files, size_t count, struct wls_slice path)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq(wls_slice_of(files[i].path), path))
			return files[i].text;
	cr_assert_fail("no such file");
	return wls_slice(NULL, 0);
}

static void add_wanted(struct shown_world *world, uint32_t log, const struct shown_file *files,
		       size_t count)
{
	struct wls_doc *docs[DOCS_MAX];
	const struct wls_log *from = &world->graph->logs[log];
	struct wls_facts facts;

	cr_assert_leq(from->part_count, DOCS_MAX);
	for (size_t i = 0; i < from->part_count; i++) {
		struct wls_slice text = text_of(files, count, from->files[i]);

		cr_assert_eq(wls_doc_parse(&docs[i], text, NULL), WLS_OK);
		wls_doc_facts(docs[i], &facts);
	}
	wls_wanted_add(&world->list, log, docs, from->files, from->part_count);
	for (size_t i = 0; i < from->part_count; i++)
		wls_doc_free(docs[i]);
}

void shown_world_read(struct shown_world *world, const struct shown_file *files, size_t count)
{
	world->graph = wls_graph_new(&world->graph_options);
	for (size_t i = 0; i < count; i++) {
		struct wls_file file = {.path = wls_slice_of(files[i].path), .named = true};
		struct wls_doc *doc;

		cr_assert_eq(wls_doc_parse(&doc, files[i].text, NULL), WLS_OK);
		wls_graph_add(world->graph, &file, doc);
		wls_doc_free(doc);
	}
	wls_graph_build(world->graph);
	world->list.graph = world->graph;
	world->list.options = &world->options;
	for (uint32_t i = 0; i < world->graph->log_count; i++)
		add_wanted(world, i, files, count);
}

void shown_world_release(struct shown_world *world)
{
	wls_wanted_release(&world->list);
	wls_graph_free(world->graph);
	world->graph = NULL;
}

void shown_world_of(struct shown_world *world, struct wls_slice text)
{
	shown_world_read(world, &(struct shown_file){"Log-WorkLog.md", text}, 1);
}

const struct wls_wanted *shown_wanted(const struct shown_world *world, const char *id)
{
	for (uint32_t i = 0; i < world->graph->log_count; i++)
		if (wls_slice_eq(world->graph->logs[i].id, wls_slice_of(id)))
			return wls_wanted_find(&world->list, i);
	cr_assert_fail("no log %s", id);
	return NULL;
}

bool shown_region(const struct shown_world *world, const struct wls_wanted *wanted, size_t limit,
		  struct wls_buf *out)
{
	return wls_region_render(&world->list, wanted, NULL, limit, out);
}

/* ---- Markdown ---- */

static void check_lines(struct wls_slice text, const char *what)
{
	struct wls_slice line;

	cr_assert_eq(wls_utf8_scan(text).first_invalid, SIZE_MAX, "%s: not UTF-8", what);
	cr_assert_eq(wls_utf8_scan(text).first_nul, SIZE_MAX, "%s: NUL", what);
	for (size_t i = 0; i < text.len; i++)
		cr_assert(text.ptr[i] == '\n' || text.ptr[i] == '\t' ||
				  (unsigned char)text.ptr[i] >= 0x20,
			  "%s: control %02x at %zu", what, (unsigned)text.ptr[i], i);
	cr_assert_eq(wls_slice_find(text, WLS_SLICE("\xE2\x80\xAE")), SIZE_MAX,
		     "%s: direction override", what);
	while (wls_slice_next_line(&text, &line)) {
		while (line.len > 0 && memchr(" -*>[]x", line.ptr[0], 7))
			line = wls_slice_from(line, 1);
		cr_assert_not(wls_slice_starts(line, WLS_SLICE("<!--")), "%s: a comment", what);
	}
}

static bool is_ours(struct wls_slice html)
{
	return wls_slice_starts(html, WLS_SLICE("<details><summary>History: ")) ||
	       wls_slice_eq(html, WLS_SLICE("</details>"));
}

/* Every HTML block is a line of ours at the top; the last one is the end marker, alone. */
static void check_blocks(const struct wls_doc *doc, size_t marker, const char *what)
{
	bool found = false;

	for (uint32_t i = 1; i < doc->block_count; i = doc->blocks[i].next)
		found |= doc->blocks[i].kind == WLS_BLOCK_HTML && doc->blocks[i].begin == marker;
	cr_assert(found, "%s: the end marker is no block of its own", what);
	for (uint32_t i = 1; i < doc->block_count; i++) {
		const struct wls_block *block = &doc->blocks[i];
		struct wls_slice own = wls_slice_trim(
			wls_slice(doc->source.ptr + block->begin, block->end - block->begin));

		if (block->kind == WLS_BLOCK_HTML && block->begin != marker)
			cr_assert(is_ours(own), "%s: HTML %.*s", what, WLS_SLICE_ARG(own));
		if (block->kind == WLS_BLOCK_FENCE)
			cr_assert(block->flags & WLS_BLOCK_CLOSED, "%s: open fence", what);
		cr_assert_neq(block->kind, WLS_BLOCK_QUOTE, "%s: quote", what);
		cr_assert_neq(block->kind, WLS_BLOCK_CODE, "%s: indented code", what);
		cr_assert_neq(block->kind, WLS_BLOCK_BREAK, "%s: break", what);
		cr_assert_not(block->flags & WLS_BLOCK_SETEXT, "%s: underlined", what);
	}
	cr_assert_eq(doc->blocks[doc->block_count - 1].kind, WLS_BLOCK_PARAGRAPH,
		     "%s: the text behind the marker is no paragraph", what);
}

/* No HTML within a line, no image, no table, and no link but to the file. */
static void check_nodes(cmark_node *root, const char *what)
{
	cmark_iter *iter = cmark_iter_new(root);
	const char *base = "https://github.com/acme/shop/blob/HEAD/";

	while (cmark_iter_next(iter) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);

		cr_assert_neq(type, CMARK_NODE_HTML_INLINE, "%s: HTML", what);
		cr_assert_neq(type, CMARK_NODE_IMAGE, "%s: image", what);
		cr_assert_str_neq(cmark_node_get_type_string(node), "table", "%s: table", what);
		if (type == CMARK_NODE_LINK)
			cr_assert_eq(strncmp(cmark_node_get_url(node), base, strlen(base)), 0,
				     "%s: link to %s", what, cmark_node_get_url(node));
	}
	cmark_iter_free(iter);
}

/* The same by a parser that is not ours: the one that GitHub uses. */
static void check_by_cmark(struct wls_slice body, const char *what)
{
	cmark_parser *parser;
	cmark_node *root, *behind, *marker;

	cmark_gfm_core_extensions_ensure_registered();
	parser = cmark_parser_new(CMARK_OPT_DEFAULT);
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("table"));
	cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension("tasklist"));
	cmark_parser_feed(parser, body.ptr, body.len);
	root = cmark_parser_finish(parser);
	behind = cmark_node_last_child(root);
	marker = cmark_node_previous(behind);
	cr_assert_eq(cmark_node_get_type(behind), CMARK_NODE_PARAGRAPH, "%s: behind", what);
	cr_assert(marker && cmark_node_get_type(marker) == CMARK_NODE_HTML_BLOCK, "%s: marker",
		  what);
	cr_assert_str_eq(cmark_node_get_literal(marker), WLS_REGION_END "\n", "%s: marker", what);
	check_nodes(root, what);
	cmark_node_free(root);
	cmark_parser_free(parser);
}

void check_markdown(struct wls_slice text, const char *what)
{
	struct wls_buf _cleanup_buf_ body = WLS_BUF_INIT;
	struct wls_doc *doc;
	size_t marker;

	check_lines(text, what);
	cr_assert(text.len >= 2 && text.ptr[text.len - 1] == '\n', "%s: no line ending", what);
	wls_buf_add_slice(&body, text);
	marker = body.len;
	wls_buf_add_str(&body, WLS_REGION_END "\nbehind\n");
	cr_assert_eq(wls_doc_parse(&doc, wls_buf_slice(&body), NULL), WLS_OK);
	check_blocks(doc, marker, what);
	check_by_cmark(wls_buf_slice(&body), what);
	wls_doc_free(doc);
}

/* ---- hostile logs ---- */

uint32_t shown_random(uint64_t *state, uint32_t below)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (uint32_t)(*state >> 33) % below;
}

static const struct wls_slice texts[] = {
	SHOWN_SLICE("@alice and @org/team"),
	SHOWN_SLICE("Closes #1, GH-2, o/r#3"),
	SHOWN_SLICE("<!-- /wlsync -->"),
	SHOWN_SLICE("<!-- wlsync:1 id=Other -->"),
	SHOWN_SLICE("<!--"),
	SHOWN_SLICE("-->"),
	SHOWN_SLICE("</details>"),
	SHOWN_SLICE("<details><summary>x"),
	SHOWN_SLICE("<script>alert(1)</script>"),
	SHOWN_SLICE("<pre>"),
	SHOWN_SLICE("![beacon](https://example.org/x.png)"),
	SHOWN_SLICE("[text](https://github.com/o/r/issues/1)"),
	SHOWN_SLICE("[ref]: https://example.org"),
	SHOWN_SLICE("```"),
	SHOWN_SLICE("````mermaid"),
	SHOWN_SLICE("~~~"),
	SHOWN_SLICE("` odd backtick"),
	SHOWN_SLICE("``a`b``"),
	SHOWN_SLICE("# heading"),
	SHOWN_SLICE("> quote"),
	SHOWN_SLICE("- item"),
	SHOWN_SLICE("1. item"),
	SHOWN_SLICE("+ item"),
	SHOWN_SLICE("---"),
	SHOWN_SLICE("==="),
	SHOWN_SLICE("***"),
	SHOWN_SLICE("|a|b|"),
	SHOWN_SLICE("|---|---|"),
	SHOWN_SLICE("    indented"),
	SHOWN_SLICE("\ttabbed"),
	SHOWN_SLICE("back\\"),
	SHOWN_SLICE("** open"),
	SHOWN_SLICE("&lt;!-- &#35;1"),
	SHOWN_SLICE("nul\0here"),
	SHOWN_SLICE("\x1b[31mred\x07"),
	SHOWN_SLICE("\xE2\x80\xAEtxet\xE2\x81\xA6"),
	SHOWN_SLICE("bad \xff\xc3 bytes"),
	SHOWN_SLICE("\xC2\xA0"),
	SHOWN_SLICE("<<<<<<< HEAD"),
	SHOWN_SLICE("]]>"),
	SHOWN_SLICE("<?php"),
	SHOWN_SLICE("<!DOCTYPE html>"),
	SHOWN_SLICE("$$x$$"),
	SHOWN_SLICE("[ ] [x] task"),
	SHOWN_SLICE("[HIGH] [BLOCKED] step"),
	SHOWN_SLICE("H1: guess | Refuted | no"),
	SHOWN_SLICE("None"),
	SHOWN_SLICE("\xE2\x9C\x85"),
	SHOWN_SLICE("plain words"),
	SHOWN_SLICE(""),
};

static const char *const openings[] = {
	"\n## v%u | 2025-11-10 10:00 | ",
	"\n### v%u | 2025-11-11 | [NEEDS_REVIEW] ",
	"\n**Next:**\n- [HIGH] ",
	"\n**Next:** ",
	"\n- ",
	"\n- [ ] ",
	"\n- [x] ",
	"\n  - ",
	"\n    - ",
	"\n      - Owner: ",
	"\n**Decisions:**\n- ",
	"\n**Blockers:** ",
	"\n**Blockers/Questions:**\n- ",
	"\n- ETA: ",
	"\n**Open:** ",
	"\n**Dependencies:**\n- depends on Other-WorkLog-v3 ",
	"\n- Need: ",
	"\n**Progress:** 40% | ",
	"\n**Status:** ",
	"\n**Now:** ",
	"\n### Feature: ",
	"\n### Bug: ",
	"\n**Hypotheses:**\n",
	"\n**Review Checklist:**\n- [ ] ",
	"\n**Reviewer Notes:**\n@lead: ",
	"\n## Components Status\n\n**Phase 1: ",
	"\n## Performance Targets\n\n- API: <200ms ",
	"\n**v1 (Chat - ",
	"\n\n```\n",
	"\n\n~~~~\n",
	"\n```\n\n",
	"\n\n    ",
	"\n> ",
	"\n\n",
	"\r\n",
	"\r",
	"\n",
	" ",
	" `",
	"\n| a | b |\n|---|---|\n| ",
	"\n  **Work:**\n+: ",
};

void shown_hostile_log(uint64_t *state, struct wls_buf *out)
{
	uint32_t parts = 5 + shown_random(state, 60);

	if (shown_random(state, 4) == 0)
		wls_buf_add_str(out, "---\nversion: v3\nstatus: in_progress\n---\n");
	wls_buf_add_str(out, "# ");
	for (uint32_t i = 0; i < parts; i++) {
		const char *opening = openings[shown_random(state, WLS_ARRAY_SIZE(openings))];
		struct wls_slice before = wls_slice_of(opening);
		size_t at = wls_slice_find(before, WLS_SLICE("%u"));

		wls_buf_add_slice(out, texts[shown_random(state, WLS_ARRAY_SIZE(texts))]);
		wls_buf_add(out, before.ptr, at == SIZE_MAX ? before.len : at);
		if (at == SIZE_MAX)
			continue;
		wls_buf_printf(out, "%u", 1 + shown_random(state, 6));
		wls_buf_add_slice(out, wls_slice_from(before, at + 2));
	}
	wls_buf_add_slice(out, texts[shown_random(state, WLS_ARRAY_SIZE(texts))]);
}
