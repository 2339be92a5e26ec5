/* SPDX-License-Identifier: MIT */
/*
 * Blocks: what CommonMark says, by tables and with cmark-gfm as the judge; and what we add.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "blocks_judge.h"
#include "wlsync/doc.h"

/* The blocks as words: kind letter, level or mark where it matters, first line, children in parentheses. */
static uint32_t add_outline(struct wls_buf *out, const struct wls_doc *doc, uint32_t i)
{
	static const char letters[] = "DQLIPHFCTBYM";
	const struct wls_block *b = &doc->blocks[i];
	wls_buf_printf(out, "%s%c", out->len && out->ptr[out->len - 1] != '(' ? " " : "",
		       letters[b->kind]);
	if (b->kind == WLS_BLOCK_HEADING || b->kind == WLS_BLOCK_HTML ||
	    b->kind == WLS_BLOCK_MARKER)
		wls_buf_printf(out, "%u", b->level);
	if (b->mark)
		wls_buf_add_char(out, b->mark);
	wls_buf_printf(out, ":%u", b->line);
	uint32_t child = i + 1;
	if (child < b->next) {
		wls_buf_add_char(out, '(');
		while (child < b->next)
			child = add_outline(out, doc, child);
		wls_buf_add_char(out, ')');
	}
	return b->next;
}

static void check_outline(struct wls_slice source, const char *expected)
{
	_cleanup_doc_ struct wls_doc *doc = NULL;
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	cr_assert_eq(wls_doc_parse(&doc, source, NULL), 0);
	add_outline(&out, doc, 0);
	cr_expect_str_eq(wls_buf_str(&out), expected, "of <%.*s>: got %s, expected %s",
			 WLS_SLICE_ARG(source), wls_buf_str(&out), expected);
	_cleanup_buf_ struct wls_buf why = WLS_BUF_INIT;
	cr_expect(wls_judge_blocks(source, &why), "%s", wls_buf_str(&why));
}

Test(blocks, structure)
{
	static const struct {
		const char *source, *outline;
	} cases[] = {
		{"", "D:1"},
		{"\n\n", "D:1"},
		{"a\nb\n\nc", "D:1(P:1 P:4)"},
		{"# a\n####### b\n#c\n## \n", "D:1(H1:1 P:2 H2:4)"},
		{"a\n===\nb\n---\n---\n", "D:1(H1:1 H2:3 B:5)"},
		{"- a\n- b\n* c\n", "D:1(L-:1(I-:1(P:1) I-:2(P:2)) L*:3(I*:3(P:3)))"},
		{"1. a\n2. b\n3) c\n", "D:1(L.:1(I.:1(P:1) I.:2(P:2)) L):3(I):3(P:3)))"},
		{"a\n2. b\n", "D:1(P:1)"},
		{"a\n1. b\n", "D:1(P:1 L.:2(I.:2(P:2)))"},
		{"- a\n  - b\n    - c\n", "D:1(L-:1(I-:1(P:1 L-:2(I-:2(P:2 L-:3(I-:3(P:3)))))))"},
		{"- a\nlazy\n\n  b\n\nc\n", "D:1(L-:1(I-:1(P:1 P:4)) P:6)"},
		{"> a\nlazy\n> b\n\nc\n", "D:1(Q:1(P:1) P:5)"},
		{"> - a\n> - b\n- c\n", "D:1(Q:1(L-:1(I-:1(P:1) I-:2(P:2))) L-:3(I-:3(P:3)))"},
		{"```\n# a\n~~~\n````\nb\n", "D:1(F`:1 P:5)"},
		{"~~~~ info `\n~~~\nx\n", "D:1(F~:1)"},
		{"- ```\n  a\nb\n", "D:1(L-:1(I-:1(F`:1)) P:3)"},
		{"    code\n\n    more\n text\n", "D:1(C:1 P:4)"},
		{"a\n    b\n", "D:1(P:1)"},
		{"-\n\n  a\n", "D:1(L-:1(I-:1) P:3)"},
		{"-\ta\n\n\tb\n", "D:1(L-:1(I-:1(P:1 P:3)))"},
		{">\t\tcode\n", "D:1(Q:1(C:1))"},
		{"<!-- a\n\n# b -->\nc\n", "D:1(T2:1 P:4)"},
		{"<div>\n# a\n\n# b\n", "D:1(T6:1 H1:4)"},
		{"<b>\n# a\n\nx\n<b>\n", "D:1(T7:1 P:4)"},
		{"<script>\n\n</script>\na\n", "D:1(T1:1 P:4)"},
		{"- - - -\n+ a\n", "D:1(B:1 L+:2(I+:2(P:2)))"},
		{"[a]: /b\n===\nc\n", "D:1(P:1)"},
		{"[a] b\n===\n", "D:1(H1:1)"},
		{"a\r\rb\r\n# c\r", "D:1(P:1 P:3 H1:4)"},
		{"\xEF\xBB\xBF# a\n", "D:1(H1:1)"},
		{"**Next:**\n- a\n**Open:** x\n", "D:1(P:1 L-:2(I-:2(P:2)))"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		check_outline(wls_slice_of(cases[i].source), cases[i].outline);
}

Test(blocks, conflict_markers)
{
	static const struct {
		const char *source, *outline;
	} cases[] = {
		{"<<<<<<< a\nb\n=======\nc\n>>>>>>> d\ne\n", "D:1(M0:1 P:2 M2:3 P:4 M3:5 P:6)"},
		{"<<<<<<<\nb\n|||||||\n=======\n>>>>>>>", "D:1(M0:1 P:2 M1:3 M2:4 M3:5)"},
		{"<<<<<<< a\nb\n=======\nc\n", "D:1(H1:1 P:4)"},
		{"b\n=======\n>>>>>>> c\n", "D:1(H1:1 Q:3(Q:3(Q:3(Q:3(Q:3(Q:3(Q:3(P:3))))))))"},
		{"- a\n<<<<<<< x\n- b\n=======\n- c\n>>>>>>> y\n- d\n",
		 "D:1(L-:1(I-:1(P:1)) M0:2 L-:3(I-:3(P:3)) M2:4 L-:5(I-:5(P:5)) M3:6 L-:7(I-:7(P:7)))"},
		/* In a fence they are its text: a marker must not open what it closes. */
		{"```\n<<<<<<< x\na\n=======\nb\n>>>>>>> y\n```\nc\n", "D:1(F`:1 P:8)"},
		{"<<<<<<<< a\nb\n=======\n========\nc\n>>>>>>> d\n>>>>>>>> d\n",
		 "D:1(M0:1 H1:2 M2:4 P:5 Q:6(Q:6(Q:6(Q:6(Q:6(Q:6(Q:6(P:6))))))) M3:7)"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_doc_ struct wls_doc *doc = NULL;
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		cr_assert_eq(wls_doc_parse(&doc, wls_slice_of(cases[i].source), NULL), 0);
		add_outline(&out, doc, 0);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].outline, "of <%s>: got %s",
				 cases[i].source, wls_buf_str(&out));
	}
}

Test(blocks, depth_is_limited)
{
	enum { DEPTH = 10000 };
	_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT;
	wls_buf_fill(&source, '>', DEPTH);
	wls_buf_add_char(&source, '\n');
	for (size_t i = 0; i < DEPTH; i++)
		wls_buf_add_str(&source, "- ");
	wls_buf_add_str(&source, "x\n");
	_cleanup_doc_ struct wls_doc *doc = NULL;
	cr_assert_eq(wls_doc_parse(&doc, wls_buf_slice(&source), NULL), 0);
	size_t quotes = 0, items = 0;
	for (uint32_t i = 0; i < doc->block_count; i++) {
		quotes += doc->blocks[i].kind == WLS_BLOCK_QUOTE;
		items += doc->blocks[i].kind == WLS_BLOCK_ITEM;
	}
	cr_expect_eq(quotes, WLS_DEPTH_MAX, "got %zu", quotes);
	cr_expect_eq(items, WLS_DEPTH_MAX, "got %zu", items);
}

/* Pieces that blocks are made of, put together at random: xorshift64 with a fixed seed. */
static const char *const pieces[] = {
	"- ",
	"* ",
	"+ ",
	"1. ",
	"2) ",
	"10. ",
	"> ",
	">",
	"# ",
	"## ",
	"#",
	"```",
	"~~~",
	"````",
	"a",
	"b c",
	"foo",
	"\n",
	"\n",
	"\n",
	"\n",
	"\n\n",
	"    ",
	"  ",
	"\t",
	" ",
	"---",
	"***",
	"- - -",
	"===",
	"==",
	"-",
	"--",
	"_ _ _",
	"<div>",
	"</div>",
	"<!--",
	"-->",
	"<pre>",
	"</pre>",
	"<script>",
	"<?",
	"?>",
	"<!X",
	">",
	"<b>",
	"</b >",
	"[foo]: /u",
	"[foo]:",
	"\"t\"",
	"'t",
	"(x)",
	"\\",
	"`",
	"*",
	"_",
	"\r\n",
	"   ",
	"-\n",
	"1.\n",
	"<![CDATA[",
	"]]>",
	"0. ",
	"-\t",
	"\t\t",
	"|",
	"~~~ x",
	"``` x`",
	"#\t",
	"######",
	"[a]: <b> 'c'",
	"[",
	"]:",
	"<style",
	"<x-y z=1 />",
	"**Next:**",
	"<a href='x'>",
	"123456789. ",
	"1234567890. ",
};

static uint32_t next_random(uint64_t *state, uint32_t below)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return (uint32_t)((*state >> 33) % below);
}

Test(blocks, agree_with_cmark_on_random_input)
{
	enum { CASES = 30000 };
	uint64_t state = UINT64_C(88172645463325252);
	for (size_t n = 0; n < CASES; n++) {
		_cleanup_buf_ struct wls_buf source = WLS_BUF_INIT, why = WLS_BUF_INIT;
		for (uint32_t k = 1 + next_random(&state, 24); k > 0; k--)
			wls_buf_add_str(&source,
					pieces[next_random(&state, WLS_ARRAY_SIZE(pieces))]);
		cr_assert(wls_judge_blocks(wls_buf_slice(&source), &why), "case %zu\n%s", n,
			  wls_buf_str(&why));
	}
}
