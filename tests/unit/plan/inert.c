/* SPDX-License-Identifier: MIT */
/*
 * Inert text: cases, and random hostile texts judged by GitHub's own parser.
 */
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <criterion/criterion.h>

#include "support/random.h"
#include "wlsync/plan.h"

#define ZW "\xE2\x80\x8B" /* U+200B */

static const struct {
	const char *text, *want;
} cases[] = {
	/* nothing to do */
	{"plain text: 80% (a + b) - c = d; \"e\"", "plain text: 80% (a + b) - c = d; \"e\""},
	{"**bold** _it_ ~~gone~~", "**bold** _it_ ~~gone~~"},
	{"a -> b > c", "a -> b > c"},
	{"", ""},
	{"  \t \n ", ""},
	/* names */
	{"ask @bob, @org/team", "ask @" ZW "bob, @" ZW "org/team"},
	{"a@b.c", "a@" ZW "b.c"},
	{"at 5 @ home @", "at 5 @ home @"},
	{"\\@bob", "\\@" ZW "bob"},
	{"@\xE2\x80\x8B"
	 "bob",
	 "@" ZW "bob"},
	{"@@bob", "@" ZW "@" ZW "bob"},
	{"@*bob*", "@" ZW "*bob*"},
	/* references */
	{"#12", "#" ZW "12"},
	{"Closes #3", "Closes #" ZW "3"},
	{"o/r#3", "o/r#" ZW "3"},
	{"o/r\\#3", "o/r\\#" ZW "3"},
	{"C# and #tag", "C# and #tag"},
	{"GH-12 gh-1 (Gh-2)", "GH-" ZW "12 gh-" ZW "1 (Gh-" ZW "2)"},
	{"GH\\-12", "GH\\-" ZW "12"},
	{"HIGH-5 GH-x", "HIGH-5 GH-x"},
	/* addresses */
	{"https://github.com/o/r/issues/3", "`https://github.com/o/r/issues/3`"},
	{"HTTPS://github.com/o/r/Pull/3#x.", "`HTTPS://github.com/o/r/Pull/3#x`."},
	{"(http://g/o/r/pulls/3/files)", "(`http://g/o/r/pulls/3/files`)"},
	{"http://g/o/r/discussions/3?a=b", "`http://g/o/r/discussions/3?a=b`"},
	{"http://g/o/r/-/merge_requests/3", "`http://g/o/r/-/merge_requests/3`"},
	{"<https://g/o/r/issues/3>", "`https://g/o/r/issues/3`"},
	{"https\\://g/o/r/issues/3", "https\\:" ZW "//g/o/r/issues/3"},
	{"https://g/o/r/issues", "https://g/o/r/issues"},
	{"https://g/o/r/issues/new?a&b=1, yes", "https://g/o/r/issues/new?a&b=1, yes"},
	{"https://medium.com/@bob/1", "`https://medium.com/@bob/1`"},
	{"https://x.y/z#4-b", "`https://x.y/z#4-b`"},
	{"https://x.y/&commat;bob", "`https://x.y/&commat;bob`"},
	{"[t](https://x.y/z)", "\\[t\\](https://x.y/z)"},
	{"[https://x.y/z]", "\\[<https://x.y/z>\\]"},
	{"<https://x.y/z>", "<https://x.y/z>"},
	{"https://x.y<b>", "<https://x.y>&lt;b>"},
	{"www.x.y<b>", "`www.x.y`&lt;b>"},
	{"https://x.y/`a b`", "<https://x.y/>`a b`"},
	{"https://.`a <b>`", "https\\://.`a <b>`"},
	{"www.`a <b>`", "www\\.`a <b>`"},
	/* code */
	{"`@bob #1 <b>` @bob", "`@bob #1 <b>` @" ZW "bob"},
	{"``a ` b`` c", "``a ` b`` c"},
	{"a ` b", "a \\` b"},
	{"`` a ` b", "\\`\\` a \\` b"},
	{"`a ``b``", "\\`a ``b``"},
	{"\\`@a`", "\\`@" ZW "a\\`"},
	{"\\``@a`", "\\`" ZW "`@a`"},
	{"`a\\` @b", "`a\\` @" ZW "b"},
	{"`a\tb\x01`", "`a b`"},
	{"`a`https://g/o/r/issues/3`b`", "`a`" ZW "`https://g/o/r/issues/3`" ZW "`b`"},
	/* HTML, entities, links, images */
	{"<script>&amp;", "&lt;script>&amp;amp;"},
	{"<!-- x -->", "&lt;!-- x -->"},
	{"a [b](c) ![d](e) [f]", "a \\[b\\](c) !\\[d\\](e) \\[f\\]"},
	{"\\<b\\[", "\\<b\\["},
	{"\\\\<b>", "\\\\&lt;b>"},
	{"C:\\temp \\", "C:\\\\temp \\\\"},
	/* what begins a block */
	{"# a", "\\# a"},
	{"#", "\\#"},
	{"#a", "#a"},
	{"> a", "\\> a"},
	{"- a", "\\- a"},
	{"+ a", "\\+ a"},
	{"* a", "\\* a"},
	{"-a", "-a"},
	{"12. a", "12\\. a"},
	{"1) a", "1\\) a"},
	{"1.5 a", "1.5 a"},
	{"1234567890. a", "1234567890. a"},
	{"---", "\\---"},
	{"* * *", "\\* * *"},
	{"___", "\\___"},
	{"==", "\\=="},
	{"| a | b |", "\\| a | b |"},
	{":-- | --:", "\\:-- | --:"},
	{"~~~", "\\~~~"},
	{"~~a~~", "~~a~~"},
	{"```sh", "\\`\\`\\`sh"},
	{"[x] a", "\\[x\\] a"},
	{"[a]: b", "\\[a\\]: b"},
	{"    a", "a"},
	/* what is not seen */
	{" a\r\nb\nc\td ", "a b c d"},
	{"a\x01\x1B\x7F"
	 "b\xC2\x9F"
	 "c",
	 "abc"},
	{"a\xE2\x80\xAE"
	 "b\xD8\x9C"
	 "c\xE2\x81\xA6"
	 "d\xEF\xBB\xBF"
	 "e\xE2\x80\x8F",
	 "abcde"},
	{"a\xE2\x80\xA8"
	 "b\xC2\x85"
	 "c",
	 "a b c"},
	{"a\xFF"
	 "b\xE2\x80",
	 "a\xEF\xBF\xBD"
	 "b\xEF\xBF\xBD\xEF\xBF\xBD"},
	{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7",
	 "\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x91\xA7"},
};

Test(inert, cases)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		wls_buf_clear(&out);
		wls_inert_add(wls_slice_of(cases[i].text), false, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "`%s` became `%s`, not `%s`",
				 cases[i].text, wls_buf_str(&out), cases[i].want);
	}
}

Test(inert, mentions_stay_alive)
{
	static const struct {
		const char *text, *want;
	} alive[] = {
		{"@bob #12 o/r#3 GH-4", "@bob #12 o/r#3 GH-4"},
		{"https://g/o/r/issues/3", "https://g/o/r/issues/3"},
		{"(https://g/@a#4)", "(https://g/@a#4)"},
		{"<b> [a](b) `c & d", "&lt;b> \\[a\\](b) \\`c &amp; d"},
		{"https://g/[a](b)", "`https://g/[a](b`)"},
		{"# @a", "\\# @a"},
	};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(alive); i++) {
		wls_buf_clear(&out);
		wls_inert_add(wls_slice_of(alive[i].text), true, &out);
		cr_expect_str_eq(wls_buf_str(&out), alive[i].want);
	}
}

Test(inert, nul_and_what_stands_before)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	wls_buf_add_str(&out, "- ");
	wls_inert_add(WLS_SLICE("@\0bob\0"), false, &out);
	cr_expect_str_eq(wls_buf_str(&out), "- @" ZW "bob");
}

/* ---- the judge ---- */

static cmark_node *parse(struct wls_slice text)
{
	static const char *const names[] = {"table", "strikethrough", "autolink", "tasklist"};
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(names); i++)
		cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
	cmark_parser_feed(parser, text.ptr, text.len);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

/* The only child, when it has that type. */
static cmark_node *only_child(cmark_node *node, cmark_node_type type)
{
	cmark_node *child = node ? cmark_node_first_child(node) : NULL;
	return child && !cmark_node_next(child) && cmark_node_get_type(child) == type ? child
										      : NULL;
}

/* Whether `sign` stands before a digit somewhere; `as_word`: not amid a word. */
static bool has_digit_behind(const char *text, const char *sign, bool as_word)
{
	struct wls_slice s = wls_slice_of(text), prefix = wls_slice_of(sign);
	for (size_t i = 0; i < s.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(s, i), prefix) &&
		    wls_is_digit(text[i + prefix.len]) &&
		    !(as_word && i > 0 && wls_is_alnum(text[i - 1])))
			return true;
	return false;
}

static bool calls_someone(const char *text)
{
	for (const char *at = strchr(text, '@'); at; at = strchr(at + 1, '@'))
		if (wls_is_alnum(at[1]))
			return true;
	return has_digit_behind(text, "#", false) || has_digit_behind(text, "GH-", true);
}

static bool is_of_an_issue(const char *url)
{
	static const char *const paths[] = {"/issues/", "/pull/", "/pulls/", "/discussions/",
					    "/merge_requests/"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(paths); i++)
		if (has_digit_behind(url, paths[i], false))
			return true;
	return false;
}

/* What is wrong with the inlines of a paragraph, or NULL. */
static const char *judge_inlines(cmark_node *paragraph, bool mentions)
{
	struct wls_buf run _cleanup_buf_ = WLS_BUF_INIT; /* text without a tag in it */
	const char *fault = NULL;
	cmark_iter *iter = cmark_iter_new(paragraph);
	cmark_event_type event;
	while (!fault && (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		cmark_node_type type = cmark_node_get_type(node);
		if (type == CMARK_NODE_TEXT) {
			wls_buf_add_str(&run, cmark_node_get_literal(node));
			continue;
		}
		if (!mentions && calls_someone(wls_buf_str(&run)))
			fault = "a name or reference is alive";
		wls_buf_clear(&run);
		if (type == CMARK_NODE_HTML_INLINE || type == CMARK_NODE_IMAGE ||
		    type == CMARK_NODE_FOOTNOTE_REFERENCE)
			fault = "HTML, an image or a footnote is alive";
		if (type == CMARK_NODE_LINK && !mentions &&
		    is_of_an_issue(cmark_node_get_url(node)))
			fault = "a link to an issue is alive";
		if (type == CMARK_NODE_LINEBREAK || type == CMARK_NODE_SOFTBREAK)
			fault = "it has two lines";
	}
	cmark_iter_free(iter);
	return fault;
}

/* What is wrong with `out` behind a bullet, alone, or behind another line; or NULL. */
static const char *judge(struct wls_slice out, bool mentions)
{
	static const char *const befores[] = {"- ", "", "- [ ] "};
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	const char *fault = NULL;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(befores) && !fault; i++) {
		wls_buf_clear(&text);
		wls_buf_add_str(&text, befores[i]);
		wls_buf_add_slice(&text, out);
		wls_buf_add_char(&text, '\n');
		cmark_node *root = parse(wls_buf_slice(&text)), *holder = root;
		if (befores[i][0] == '-')
			holder = only_child(only_child(root, CMARK_NODE_LIST), CMARK_NODE_ITEM);
		cmark_node *paragraph = only_child(holder, CMARK_NODE_PARAGRAPH);
		fault = paragraph ? judge_inlines(paragraph, mentions) : "it is no paragraph";
		cmark_node_free(root);
	}
	wls_buf_clear(&text);
	wls_buf_add_str(&text, "a | b\n");
	wls_buf_add_slice(&text, out);
	cmark_node *root = parse(wls_buf_slice(&text));
	if (!fault && !only_child(root, CMARK_NODE_PARAGRAPH))
		fault = "it does not go on with a paragraph";
	cmark_node_free(root);
	return fault;
}

static const char *const pieces[] = {
	"`",
	"`",
	"``",
	"```",
	"\\",
	"\\",
	"@",
	"@",
	"#",
	"#",
	"GH-",
	"gh",
	"-",
	"3",
	"12",
	"a",
	"bob",
	"https",
	"://",
	"https://",
	"http://",
	"www.",
	"ftp://",
	"x.y",
	"github.com/o/r",
	"/issues/",
	"/pull/",
	"/",
	"[",
	"]",
	"(",
	")",
	"](",
	"!",
	"!"
	"[",
	"<",
	"<b>",
	"</b>",
	"<!--",
	"-->",
	"&",
	"&amp;",
	"&lt;",
	"&#64;",
	"&commat;",
	"*",
	"**",
	"_",
	"~",
	"~~~",
	"+",
	"=",
	"|",
	"|-",
	":",
	">",
	" ",
	" ",
	" ",
	"  ",
	"\t",
	"\n",
	"\r\n",
	".",
	";",
	"\"",
	"'",
	"\xC3\xA9",
	"\xE2\x80\x8B",
	"\xE2\x80\xAE",
	"\xFF",
	"\x01",
	"1.",
	"2) ",
	"mailto:",
	"xmpp:",
	"[^1]",
	"[x]",
	"[x]: y",
	"$",
	"{",
	"}",
	"%33",
	"\xC2\xA0",
	"# ",
	"- ",
	"---",
	"    ",
	"<https://",
};

static void add_hostile(struct wls_buf *text, struct test_random *random)
{
	wls_buf_clear(text);
	for (uint32_t n = 1 + random_below(random, 14); n > 0; n--)
		wls_buf_add_str(text, RANDOM_OF(random, pieces));
}

static void try_hostile(uint64_t seed, bool mentions)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, out _cleanup_buf_ = WLS_BUF_INIT;
	struct test_random random = {.state = seed};
	add_hostile(&text, &random);
	wls_inert_add(wls_buf_slice(&text), mentions, &out);
	for (size_t i = 0; i < out.len; i++)
		cr_assert(out.ptr[i] != '\n' && out.ptr[i] != '\r' && out.ptr[i] != '\0');
	const char *fault = out.len > 0 ? judge(wls_buf_slice(&out), mentions) : NULL;
	cr_assert(!fault, "seed %llu: %s: `%s` became `%s`", (unsigned long long)seed, fault,
		  wls_buf_str(&text), wls_buf_str(&out));
}

Test(inert, hostile_texts, .timeout = 120)
{
	for (uint64_t seed = 1; seed <= 40000; seed++)
		try_hostile(seed, seed % 4 == 0);
}

/* That the judge finds what it is to find. */
Test(inert, the_judge_judges)
{
	static const char *const alive[] = {
		"@bob",     "#12",
		"x#1",      "gh-1",
		"<b>",      "![a](b)",
		"# a",      "- a",
		"1. a",     "> a",
		"---",      "~~~",
		"    a",    "a\nb",
		"**@bob**", "\\@bob",
		"&#64;bob", "[a](https://g/o/r/issues/3)",
		"-|-",      "https://g.h/o/r/issues/3",
		"===",      "[a]: b",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(alive); i++)
		cr_expect(judge(wls_slice_of(alive[i]), false), "`%s` passed", alive[i]);
	cr_expect_null(judge(WLS_SLICE("`@bob`"), false));
}
