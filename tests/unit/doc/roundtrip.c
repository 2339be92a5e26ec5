/* SPDX-License-Identifier: MIT */
/*
 * The tiling invariant of doc.h: every byte in exactly one node's own text, whatever the bytes.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "doc_support.h"

static void check(struct wls_slice source, const char *what)
{
	/* A copy of its own, so that a sanitizer sees a step over the end. */
	char *copy = wls_alloc(source.len, 1);
	if (source.len > 0)
		memcpy(copy, source.ptr, source.len);
	struct wls_doc *doc = parse(wls_slice(copy, source.len));
	struct wls_facts facts;
	size_t blockers;
	wls_doc_facts(doc, &facts);
	for (uint32_t i = 0; i < doc->entry_count; i++)
		wls_entry_blockers(doc, &doc->entries[i], &blockers);
	const char *fault = tiling_fault(doc);
	cr_expect_null(fault, "%s: %s in:\n%.*s", what, fault ? fault : "",
		       (int)(source.len < 2000 ? source.len : 2000), copy);
	wls_doc_free(doc);
	free(copy);
}

static void check_file(const char *path, void *data)
{
	(void)data;
	struct wls_buf source;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	read_file(path, &source);
	check(wls_buf_slice(&source), path);
	/* Cut off anywhere, a file is still a file. */
	size_t step = source.len / 40 + 1;
	for (size_t len = 0; len < source.len; len += step)
		check(wls_slice(source.ptr, len), path);
	wls_buf_release(&source);
}

Test(roundtrip, every_fixture)
{
	cr_assert_gt(each_fixture(".md", check_file, NULL), 100);
}

/* Lines and pieces of lines that mean something to one of the layers. */
static const char *const pieces[] = {
	"## v3 | 2025-11-10 14:00 | Title [BLOCKED]\n",
	"### v2\n",
	"## v3 Done\n",
	"# Name Work Log\n",
	"## Current Blockers\n",
	"### Feature: X\n",
	"---\n",
	"...\n",
	"***\n",
	"===\n",
	"version: v3\n",
	"**Now:** text\n",
	"**Next:**\n",
	"**Blockers:** None\n",
	"**Works:** a **Fails:** b\n",
	"**Progress:** 70% | Schema \xE2\x9C\x85 | Started: Oct 1\n",
	"**Own key:** v\n",
	"Status: done\n",
	"**v1-v3:** x\n",
	"**v7+:** y\n",
	"**v1 (Chat - Research):**\n",
	"**Phase 1: A** (v1-v8)\n",
	"- item\n",
	"- [x] [HIGH] done \xE2\x9C\x85\n",
	"- **Status:** blocked\n",
	"- Need: y\n",
	"  - nested\n",
	"    deeper\n",
	"  text\n",
	"text\n",
	"1. one\n",
	"2) two\n",
	"-\n",
	"- - - a\n",
	"- > q\n",
	"> quote\n",
	"> - item in quote\n",
	">\n",
	"```\n",
	"~~~~\n",
	"```c\n",
	"- ```\n",
	"    code\n",
	"\tcode\n",
	"<!-- a\n",
	"-->\n",
	"<div>\n",
	"| a | b |\n",
	"|---|---|\n",
	"| 1 | 2 |\n",
	"H1: x | Refuted | y\n",
	"**Hypotheses:**\n",
	"+: added\n",
	"**Work:**\n",
	"**Reviewer Notes:**\n",
	"@lead: look\n",
	"[a]: b\n",
	"<<<<<<< ours\n",
	"=======\n",
	">>>>>>> theirs\n",
	"||||||| base\n",
	"\n",
	"\n",
	"\r\n",
	"\r",
	" ",
	"\t",
	"  ",
	"    ",
	"\xC2\xA0",
	"\xEF\xBB\xBF",
	"\xFF",
	"**",
	"`",
	"|",
	" | ",
	" \xC2\xB7 ",
	"\xE2\x9A\xA0\xEF\xB8\x8F Token budget: 40%",
	"a",
	":",
	"-",
	"> ",
	"- ",
	"#",
};

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

Test(roundtrip, random_lines)
{
	uint64_t state = 20251110;
	struct wls_buf source;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	for (int round = 0; round < 6000; round++) {
		wls_buf_clear(&source);
		size_t count = 1 + next_random(&state) % 24;
		for (size_t i = 0; i < count; i++)
			wls_buf_add_str(&source,
					pieces[next_random(&state) % WLS_ARRAY_SIZE(pieces)]);
		if (next_random(&state) % 8 == 0)
			wls_buf_add_char(&source, '\0');
		check(wls_buf_slice(&source), "random");
	}
	wls_buf_release(&source);
}

Test(roundtrip, hash_follows_the_bytes)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{"**Now:** x\n\n- a\n- b\n", "**Now:** x\n\n- a\n- b\n", true},
		{"**Now:** x\n", "**Now:** y\n", false},
		{"- a\n- b\n", "- b\n- a\n", false},
		{"- a\n  - b\n", "- a\n- b\n", false},
		{"## v1\n\nx\n", "## v1\n\nx", false},
		{"a\n", "> a\n", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_doc *a = parse(wls_slice_of(cases[i].a));
		struct wls_doc *b = parse(wls_slice_of(cases[i].b));
		cr_expect_eq(wls_node_hash(a, a->root) == wls_node_hash(b, b->root), cases[i].equal,
			     "%s / %s", cases[i].a, cases[i].b);
		wls_doc_free(a);
		wls_doc_free(b);
	}
}

/* Equal subtrees of one document hash equal, wherever they stand. */
Test(roundtrip, equal_subtrees)
{
	struct wls_doc *doc = parse(WLS_SLICE("## v1\n\n- a\n  - b\n\n## v2\n\n- a\n  - b\n"));
	struct wls_node *one = wls_node_children(doc, doc->entries[0].node)->next;
	struct wls_node *two = wls_node_children(doc, doc->entries[1].node)->next;
	cr_expect_eq(one->kind, WLS_NODE_ITEM);
	cr_expect_eq(wls_node_hash(doc, one), wls_node_hash(doc, two));
	wls_doc_free(doc);
}

static void check_repeated(const char *piece, size_t times, const char *tail)
{
	struct wls_buf source;
	wls_buf_init(&source, WLS_BUF_LIMIT);
	for (size_t i = 0; i < times; i++)
		wls_buf_add_str(&source, piece);
	wls_buf_add_str(&source, tail);
	check(wls_buf_slice(&source), piece);
	wls_buf_release(&source);
}

Test(roundtrip, large_and_odd)
{
	check(wls_slice("", 0), "empty");
	check_repeated("- ", 10000, "a\n");
	check_repeated("> ", 10000, "a\n");
	check_repeated("- a\n", 20000, "");
	check_repeated("a\n", 20000, "");
	check_repeated("\r", 20000, "");
	check_repeated("**Own:** x\n", 20000, "");
	check_repeated("**Now:** x ", 20000, "");
	check_repeated(" | Status: x", 20000, "");
	check_repeated("`", 20000, "");
	check_repeated("**Now:** `", 5000, "");
	check_repeated("<!--", 5000, "\n");
	check_repeated("a <!-- b\n", 5000, "");
	check_repeated("## v1 x\n", 5000, "");
	check_repeated("## v1 | x\n", 5000, "");
	check_repeated("| a |\n|---|\n", 3000, "");
	check_repeated("\xE2\x9C\x85", 20000, "\n");
	check_repeated("- \xE2\x9C\x85 [HIGH] ", 5000, "\n");
	check_repeated("[BLOCKED]", 5000, "\n");
	check_repeated("(", 20000, ")\n");
}
