/* SPDX-License-Identifier: MIT */
/*
 * Regions in bodies: where one is, what is none, what is broken, and putting another in its place.
 */
#include <cmark-gfm.h>
#include <criterion/criterion.h>

#include "support/random.h"
#include "wlsync/plan.h"

#define BEGIN "<!-- wlsync:1 id=A v=5 -->"
#define END WLS_REGION_END

/* ---- finding ---- */

static const struct {
	enum wls_region_kind kind;
	const char *body;
} bodies[] = {
	{WLS_REGION_NONE, ""},
	{WLS_REGION_NONE, "people's words\n"},
	{WLS_REGION_NONE, "about wlsync\n\n<!-- about wlsync -->\n"},
	{WLS_REGION_NONE, "<!-- wlsyncing: 1 -->\n<!-- wlsync-comment:1 id=A v=1 -->\n"},
	/* found */
	{WLS_REGION_FOUND, BEGIN "\ntext\n" END},
	{WLS_REGION_FOUND, BEGIN "\n" END "\n"},
	{WLS_REGION_FOUND, "before\n" BEGIN "\ntext\n" END "\nafter\n"},
	{WLS_REGION_FOUND, "- item\n" BEGIN "\n- text\n" END "\nafter\n"},
	{WLS_REGION_FOUND, "> quote\n" BEGIN "\n> text\n" END "\n"},
	{WLS_REGION_FOUND, "a | b\n--|--\nc | d\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_FOUND, BEGIN " \t\ntext\n" END " \n"},
	{WLS_REGION_FOUND, BEGIN "\r\ntext\r\n" END "\r\n"},
	{WLS_REGION_FOUND, "\xEF\xBB\xBF" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_FOUND, BEGIN "\n```\n" BEGIN "\n```\n" END "\n"},
	{WLS_REGION_FOUND, BEGIN "\n<details>\n\ntext\n\n</details>\n\n" END "\n"},
	{WLS_REGION_FOUND, BEGIN "\ntext\n" END "\n\nsaid:\n> " BEGIN "\n> " END "\n"},
	{WLS_REGION_FOUND, "text " BEGIN "\n\n" BEGIN "\n" END "\n"},
	/* what a log would have, and an issue has not */
	{WLS_REGION_FOUND, "---\na: b\n---\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_FOUND, "---\na: b\n" BEGIN "\ntext\n" END "\n---\n"},
	{WLS_REGION_FOUND, "---\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_FOUND, "<<<<<<< a\n=======\n" BEGIN "\ntext\n" END "\n>>>>>>> b\n"},
	{WLS_REGION_FOUND, "<<<<<<< a\n" BEGIN "\ntext\n" END "\n=======\n>>>>>>> b\n"},
	{WLS_REGION_NONE, "```\n<<<<<<< a\n=======\n" BEGIN "\n>>>>>>> b\n" END "\n"},
	{WLS_REGION_NONE, "<<<<<<< a\n=======\n>>>>>>> " BEGIN "\n>>>>>>> " END "\n"},
	/* somebody's example */
	{WLS_REGION_NONE, "> " BEGIN "\n> text\n> " END "\n"},
	{WLS_REGION_NONE, "> > " BEGIN "\n> - " END "\n"},
	{WLS_REGION_NONE, "```\n" BEGIN "\ntext\n" END "\n```\n"},
	{WLS_REGION_NONE, "```\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_NONE, "~~~~\n~~~\n" BEGIN "\n" END "\n"},
	{WLS_REGION_NONE, "    " BEGIN "\n    " END "\n"},
	{WLS_REGION_NONE, "- ```\n  " BEGIN "\n  " END "\n  ```\n"},
	{WLS_REGION_NONE, "<pre>\n" BEGIN "\n" END "\n</pre>\n"},
	{WLS_REGION_NONE, "<div>\n" BEGIN "\n" END "\n</div>\n"},
	{WLS_REGION_NONE, "text " BEGIN "\ntext " END "\n"},
	{WLS_REGION_NONE, "`" BEGIN "` and `" END "`\n"},
	/* broken */
	{WLS_REGION_BROKEN, BEGIN "\n"},
	{WLS_REGION_BROKEN, END "\n"},
	{WLS_REGION_BROKEN, END "\n" BEGIN "\n"},
	{WLS_REGION_BROKEN, BEGIN "\n" BEGIN "\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\n" END "\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\n" END "\n" BEGIN "\n" END "\n"},
	{WLS_REGION_BROKEN, "> " BEGIN "\n\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\n```\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\n<div>\n" END "\n"},
	{WLS_REGION_BROKEN, "<!--\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, " " BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\n  " END "\n"},
	{WLS_REGION_BROKEN, BEGIN " x\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\n" END " x\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\n" END END "\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\n<!-- /wlsync-->\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\n" END "\n<!--/wlsync -->\n"},
	{WLS_REGION_BROKEN, BEGIN "\ntext\ntext " END "\n"},
	{WLS_REGION_BROKEN, "- " BEGIN "\n\n  text\n  " END "\n"},
	{WLS_REGION_BROKEN, "- item\n\n  " BEGIN "\n\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, "<!-- wlsync:2 id=A v=5 -->\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, "<!-- wlsync:2 id=A -->\n" BEGIN "\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, "<!-- wlsync:1 v=5 -->\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, "<!-- wlsync:1 id=A\nv=5 -->\ntext\n" END "\n"},
	{WLS_REGION_BROKEN, "<!-- wlsync:1 id=A"},
};

Test(marker, kinds)
{
	struct wls_arena arena = {0};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(bodies); i++) {
		struct wls_region region;
		wls_region_find(wls_slice_of(bodies[i].body), &arena, &region);
		cr_expect_eq(region.kind, bodies[i].kind, "%d, not %d: %s", (int)region.kind,
			     (int)bodies[i].kind, bodies[i].body);
		if (region.kind == WLS_REGION_FOUND)
			cr_expect(wls_slice_eq(region.record.id, WLS_SLICE("A")) &&
					  region.record.version == 5,
				  "%s", bodies[i].body);
	}
	wls_arena_release(&arena);
}

/* ---- finding, judged by GitHub's own parser (without tables, which we do not read) ---- */

struct judged {
	size_t begins, ends, strays;
	bool in_order;
};

static bool is_quoted(cmark_node *node)
{
	for (; node; node = cmark_node_parent(node))
		if (cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE)
			return true;
	return false;
}

static void judge_html(struct judged *judged, cmark_node *node)
{
	struct wls_slice rest = wls_slice_of(cmark_node_get_literal(node)), line = rest;
	bool placed = cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_DOCUMENT &&
		      rest.len > 0 && rest.ptr[0] == '<';
	wls_slice_next_line(&rest, &line);
	line = wls_slice_trim(line);
	if (placed && wls_slice_eq(line, WLS_SLICE(BEGIN))) {
		judged->begins++;
	} else if (placed && wls_slice_eq(line, WLS_SLICE(END))) {
		judged->ends++;
		judged->in_order = judged->begins > 0;
	} else if (wls_slice_starts(line, WLS_SLICE("<!-- wlsync:")) ||
		   wls_slice_starts(line, WLS_SLICE("<!-- /wlsync"))) {
		judged->strays++;
	}
}

static enum wls_region_kind judge_kind(struct wls_slice body)
{
	struct judged judged = {0};
	cmark_node *root =
		cmark_parse_document(body.len > 0 ? body.ptr : "", body.len, CMARK_OPT_DEFAULT);
	cmark_iter *iter = cmark_iter_new(root);
	cmark_event_type event;
	while ((event = cmark_iter_next(iter)) != CMARK_EVENT_DONE) {
		cmark_node *node = cmark_iter_get_node(iter);
		if (cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK && !is_quoted(node))
			judge_html(&judged, node);
	}
	cmark_iter_free(iter);
	cmark_node_free(root);
	if (judged.begins + judged.ends + judged.strays == 0)
		return WLS_REGION_NONE;
	return judged.begins == 1 && judged.ends == 1 && judged.strays == 0 && judged.in_order
		       ? WLS_REGION_FOUND
		       : WLS_REGION_BROKEN;
}

static void add_random_body(struct wls_buf *body, struct test_random *random)
{
	static const char *const pieces[] = {
		BEGIN,         END,           "<!-- wlsync:2 id=A -->",
		"```\n",       "~~~\n",       "<!--\n",
		"-->\n",       "<pre>\n",     "</pre>\n",
		"<div>\n",     "<b>\n",       "word",
		"word\n",      "\n",          "\n",
		"\n",          "\n\n",        "\n\n",
		"\r\n",        "\r",          " ",
		"    ",        "\t",          "- ",
		"1. ",         "> ",          "# h\n",
		"---\n",       "---\n",       "===\n",
		"a: b\n",      "<<<<<<< a\n", "=======\n",
		">>>>>>> b\n", "|||||||\n",   "`",
		"[a]: b\n",    "x\n",         "\xEF\xBB\xBF",
		"<details>\n", "<?\n",        "<![CDATA[\n",
	};
	static const char *const markers[] = {BEGIN "\n", END "\n", ""};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(markers); i++) {
		for (uint32_t n = random_below(random, 5); n > 0; n--)
			wls_buf_add_str(body, RANDOM_OF(random, pieces));
		if (random_chance(random, 80))
			wls_buf_printf(body, "\n%s", markers[i]);
	}
}

Test(marker, kinds_as_judged)
{
	size_t seen[3] = {0};
	for (uint64_t seed = 1; seed <= 30000; seed++) {
		struct test_random random = {.state = seed};
		struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_arena arena = {0};
		struct wls_region region;
		add_random_body(&body, &random);
		wls_region_find(wls_buf_slice(&body), &arena, &region);
		enum wls_region_kind want = judge_kind(wls_buf_slice(&body));
		cr_assert_eq(region.kind, want, "seed %llu: %d, not %d:\n%s",
			     (unsigned long long)seed, (int)region.kind, (int)want,
			     wls_buf_str(&body));
		seen[want]++;
		wls_arena_release(&arena);
	}
	cr_expect(seen[WLS_REGION_NONE] > 1000 && seen[WLS_REGION_FOUND] > 1000 &&
			  seen[WLS_REGION_BROKEN] > 1000,
		  "%zu, %zu, %zu", seen[0], seen[1], seen[2]);
}

/* ---- places ---- */

static struct wls_slice part(struct wls_slice s, size_t begin, size_t end)
{
	return wls_slice(s.ptr + begin, end - begin);
}

Test(marker, places)
{
	static const char *const endings[] = {"\n", "\r\n", "\r"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(endings); i++) {
		struct wls_arena arena = {0};
		struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_region r;
		const char *e = endings[i];
		wls_buf_printf(&body, "before%s" BEGIN "%stext%smore%s" END " %safter", e, e, e, e,
			       e);
		struct wls_slice all = wls_buf_slice(&body);
		wls_region_find(all, &arena, &r);
		cr_assert_eq(r.kind, WLS_REGION_FOUND);
		cr_expect(wls_slice_starts(wls_slice_from(all, r.begin), WLS_SLICE(BEGIN)));
		cr_expect(wls_slice_starts(wls_slice_from(all, r.text), WLS_SLICE("text")));
		cr_expect(wls_slice_ends_nocase(part(all, r.text, r.text_end), wls_slice_of(e)));
		cr_expect(wls_slice_eq(part(all, r.text_end, r.end), WLS_SLICE(END " ")));
		cr_expect_eq(r.crlf, i == 1);
		wls_arena_release(&arena);
	}
}

/* ---- naming ---- */

Test(marker, bodies_that_name)
{
	static const struct {
		const char *body, *id;
		bool want;
	} cases[] = {
		{"<!-- wlsync:1 id=Auth-Refactor v=5 -->", "Auth-Refactor", true},
		{"x\r\n<!-- wlsync:1 id=Auth-Refactor v=5 -->\r\ny", "auth refactor", true},
		{"> <!-- wlsync:1 v=5 id=Auth-Refactor -->", "Auth-Refactor", true},
		{"```\n<!-- wlsync:1 id=Auth-Refactor -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth-Refactor", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth-Refactor-->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth-Refactor dup-of #12 -->", "Auth-Refactor", true},
		{"<!-- wlsync:2 id=Auth-Refactor -->", "Auth-Refactor", true},
		{"&lt;!-- wlsync:1 id=Auth-Refactor--&gt;", "Auth-Refactor", true},
		{"<!-- wlsync-comment:1 id=Auth-Refactor v=1 -->", "Auth-Refactor", true},
		{"`wlsync:1 id=Auth-Refactor`", "Auth-Refactor", true},
		{"wlsync:1 id = \"Auth-Refactor\"", "Auth-Refactor", true},
		{"<!-- wlsync:1\nid=Auth-Refactor v=5 -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth%20Refactor v=5 -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth Refactor v=5 -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=Auth_Refactor v=5 -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=AUTH-refactor v=5 -->", "Auth-Refactor", true},
		{"<!-- wlsync:1 id=caf%C3%A9 v=5 -->", "Caf\xC3\x89", true},
		{"<!-- wlsync:1 id=caf\xC3\xA9 v=5 -->", "cafe\xCC\x81", true},
		{"<!-- wlsync:1 id=100%25 v=5 -->", "100%", true},
		{"<!-- wlsync:1 id=a%2Cb v=5 -->", "a,b", true},
		{"<!-- wlsync:1 id=B id=A -->", "A", true},
		{"<!-- wlsync:1 id=B -->\n<!-- wlsync:1 id=A -->", "A", true},
		/* other logs */
		{"", "A", false},
		{"<!-- wlsync:1 id=Auth-Refactor v=5 -->", "Auth", false},
		{"<!-- wlsync:1 id=Auth-Refactor v=5 -->", "Refactor", false},
		{"<!-- wlsync:1 id=Auth-Refactor v=5 -->", "Auth-Refactor-2", false},
		{"<!-- wlsync:1 id=Auth-Refactor-2 v=5 -->", "Auth-Refactor", false},
		{"<!-- wlsync:1 id=Auth.v2 v=5 -->", "Auth", false},
		{"<!-- wlsync:1 id=Auth%20Refactor v=5 -->", "Auth", false},
		{"<!-- wlsync:1 id=caf\xC3\xA9 v=5 -->", "caf", false},
		{"<!-- wlsync:1 id=B src=acme/shop labels=wlsync,A -->", "shop", false},
		{"<!-- wlsync:1 id=B labels=A -->", "A", false},
		{"<!-- wlsync:1 id=B uuid=A -->", "A", false},
		{"id=A and wlsync", "A", false},
		{"<!-- wlsync:1 id=B -->\nid=A", "A", false},
		{"<!-- wlsync:1 id= -->", "A", false},
		{"<!-- wlsync:1 id= -->", "", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_body_names(wls_slice_of(cases[i].body), wls_slice_of(cases[i].id)),
			     cases[i].want, "%s names %s?", cases[i].body, cases[i].id);
}

/* Whatever an id holds, a record that was written with it names it; and no longer one. */
Test(marker, a_record_names_its_log)
{
	static const char *const pieces[] = {"a",   "B",   "-", "_",        " ",        "%",
					     "%41", ">",   "=", "\xC3\xA9", "\xCC\x81", "\xFF",
					     "#",   "id=", ".", "/",        "\"",       "1"};
	for (uint64_t seed = 1; seed <= 5000; seed++) {
		struct test_random random = {.state = seed};
		struct wls_buf id _cleanup_buf_ = WLS_BUF_INIT, line _cleanup_buf_ = WLS_BUF_INIT;
		wls_buf_add_str(&id, "x");
		for (uint32_t n = random_below(&random, 6); n > 0; n--)
			wls_buf_add_str(&id, RANDOM_OF(&random, pieces));
		wls_buf_add_str(&id, "x");
		struct wls_record record = {.id = wls_buf_slice(&id)};
		wls_record_write(&record, &line);
		cr_assert(wls_body_names(wls_buf_slice(&line), record.id), "seed %llu: %s",
			  (unsigned long long)seed, wls_buf_str(&line));
		wls_buf_add_str(&id, "y");
		cr_assert_not(wls_body_names(wls_buf_slice(&line), wls_buf_slice(&id)),
			      "seed %llu: %s", (unsigned long long)seed, wls_buf_str(&line));
	}
}

/* ---- hashing ---- */

Test(marker, texts_of_one_hash)
{
	static const struct {
		const char *a, *b;
		bool same;
	} cases[] = {
		{"a\nb\n", "a\r\nb\r\n", true},
		{"a\nb\n", "a\rb", true},
		{"a\nb\n", "a  \nb\t\n\n \n", true},
		{"", "\n \r\n", true},
		{"a\n\nb", "a\n  \nb", true},
		{"a\n\nb", "a\nb", false},
		{"a\nb", "a b", false},
		{"a", " a", false},
		{"a", "\na", false},
		{"a", "", false},
		{"a\nb", "b\na", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_text_hash(wls_slice_of(cases[i].a)) ==
				     wls_text_hash(wls_slice_of(cases[i].b)),
			     cases[i].same, "%zu", i);
}

/* ---- splicing ---- */

#define LINE(id)                                                                                   \
	"<!-- wlsync:1 id=" id " v=0 r=0 date=0 title=0000000000000000 region=0000000000000000 "   \
	"state=closed -->"

Test(marker, splices)
{
	static const struct {
		const char *body, *text, *want;
	} cases[] = {
		{"", "t\n", LINE("N") "\nt\n" END},
		{"", "", LINE("N") "\n" END},
		{"a", "t\n", "a\n\n" LINE("N") "\nt\n" END},
		{"a\n", "t\n", "a\n\n" LINE("N") "\nt\n" END},
		{"a\n\n", "t\n", "a\n\n" LINE("N") "\nt\n" END},
		{"a\n\n\n", "t\n", "a\n\n\n" LINE("N") "\nt\n" END},
		{"a\n  ", "t\n", "a\n  \n" LINE("N") "\nt\n" END},
		{"a\n \t\n", "t\n", "a\n \t\n" LINE("N") "\nt\n" END},
		{"a\r", "t\n", "a\r\n\n" LINE("N") "\nt\n" END},
		{"\n", "t\n", "\n" LINE("N") "\nt\n" END},
		{"a\r\nb", "t\nu\n", "a\r\nb\r\n\r\n" LINE("N") "\r\nt\r\nu\r\n" END},
		{"a\r\nb\r\n", "t\n", "a\r\nb\r\n\r\n" LINE("N") "\r\nt\r\n" END},
		{"a\r\n\r\n", "t\n", "a\r\n\r\n" LINE("N") "\r\nt\r\n" END},
		{"a\nb\nc\r\n", "t\n", "a\nb\nc\r\n\n" LINE("N") "\nt\n" END},
		{BEGIN "\nold\n" END, "t\n", LINE("N") "\nt\n" END},
		{"a\r\n" BEGIN "\nold\n" END " \r\nb", "t\n",
		 "a\r\n" LINE("N") "\nt\n" END "\r\nb"},
		{"a\n" BEGIN " \r\nold\n" END "\nb\n\n", "t\n\nu",
		 "a\n" LINE("N") "\r\nt\r\n\r\nu\r\n" END "\nb\n\n"},
		{"> " BEGIN "\n", "t\n", "> " BEGIN "\n\n" LINE("N") "\nt\n" END},
		/* a blank line ends HTML */
		{"", "<details>\n\nt\n\n</details>\n",
		 LINE("N") "\n<details>\n\nt\n\n</details>\n\n" END},
		{"", "<b>\n\nt\n", LINE("N") "\n<b>\n\nt\n" END},
	};
	struct wls_record record = {.id = WLS_SLICE("N")};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_arena arena = {0};
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_region region;
		wls_region_find(wls_slice_of(cases[i].body), &arena, &region);
		wls_region_splice(wls_slice_of(cases[i].body), &region, &record,
				  wls_slice_of(cases[i].text), &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "%zu: %s", i, wls_buf_str(&out));
		wls_arena_release(&arena);
	}
}

/* No fence that stays open: behind it nothing is found, and the caller is told so. */
static const char *const body_pieces[] = {
	"word",
	"- ",
	"  ",
	"\n",
	"\n",
	"\r\n",
	"\r",
	"\n\n",
	"> ",
	"# h",
	"    ",
	"\t",
	"|",
	"---",
	"===",
	"1. ",
	"`x`",
	"*",
	"<b>",
	"</div>",
	"a | b\n--|--\n",
	"---\na: b\n---\n",
	"\xEF\xBB\xBF",
	"<<<<<<< a\n",
	"=======\n",
	">>>>>>> b\n",
	"[a]: b\n",
	"wlsync",
	"\xC3\xA9",
	"> " BEGIN "\n",
	"```\n" BEGIN "\n```\n",
	"<div>\n",
	"</details>",
	"text " END "\n",
};

/* Whole lines, and whole fences: a region leaves nothing open. */
static const char *const text_pieces[] = {
	"word\n",
	"\n",
	"\n\n",
	"- [ ] a\n",
	"> q\n",
	"### h\n",
	"| a |\n|---|\n",
	"<details>\n",
	"</details>\n",
	"<summary>s</summary>\n",
	"```mermaid\ngraph\n```\n",
	"    code\n",
	"[a](b)\n",
};

static void add_pieces(struct wls_buf *out, struct test_random *random, const char *const *from,
		       size_t count)
{
	for (uint32_t n = random_below(random, 10); n > 0; n--)
		wls_buf_add_str(out, from[random_below(random, count)]);
}

/* Splices into `body`, finds it again, and compares all of it. Returns what is wrong, or NULL. */
static const char *try_splice(struct wls_slice body, const struct wls_region *region,
			      struct wls_slice text, struct wls_arena *arena, struct wls_buf *out)
{
	struct wls_record record = {.id = WLS_SLICE("x -- y"), .version = 7, .open = true};
	struct wls_region again;
	wls_buf_clear(out);
	wls_region_splice(body, region, &record, text, out);
	struct wls_slice all = wls_buf_slice(out);
	wls_region_find(all, arena, &again);
	if (again.kind != WLS_REGION_FOUND)
		return "the region is not found again";
	if (!wls_slice_eq(again.record.id, record.id) || again.record.version != 7 ||
	    !again.record.open)
		return "the record is another";
	if (wls_text_hash(part(all, again.text, again.text_end)) != wls_text_hash(text))
		return "the text is another";
	size_t before = region->kind == WLS_REGION_FOUND ? region->begin : body.len;
	size_t after = region->kind == WLS_REGION_FOUND ? region->end : body.len;
	if (!wls_slice_starts(all, wls_slice(body.ptr, before)))
		return "what stands before it changed";
	if (!wls_slice_eq(wls_slice_from(all, again.end), wls_slice_from(body, after)))
		return "what stands behind it changed";
	return NULL;
}

Test(marker, splicing_keeps_the_rest)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf first _cleanup_buf_ = WLS_BUF_INIT, second _cleanup_buf_ = WLS_BUF_INIT;
	size_t tried = 0;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		struct test_random random = {.state = seed};
		struct wls_arena arena = {0};
		struct wls_region region;
		wls_buf_clear(&body);
		wls_buf_clear(&text);
		add_pieces(&body, &random, body_pieces, WLS_ARRAY_SIZE(body_pieces));
		wls_region_find(wls_buf_slice(&body), &arena, &region);
		if (region.kind == WLS_REGION_NONE) {
			add_pieces(&text, &random, text_pieces, WLS_ARRAY_SIZE(text_pieces));
			const char *fault = try_splice(wls_buf_slice(&body), &region,
						       wls_buf_slice(&text), &arena, &first);
			cr_assert(!fault, "seed %llu: %s\n%s\n====\n%s", (unsigned long long)seed,
				  fault, wls_buf_str(&body), wls_buf_str(&first));
			/* And once more, in the place of the first, with people's text behind it. */
			wls_buf_add_str(&first, "\n");
			add_pieces(&first, &random, body_pieces, 20);
			wls_region_find(wls_buf_slice(&first), &arena, &region);
			fault = try_splice(wls_buf_slice(&first), &region, WLS_SLICE("new\n"),
					   &arena, &second);
			cr_assert(!fault, "seed %llu again: %s\n%s\n====\n%s",
				  (unsigned long long)seed, fault, wls_buf_str(&first),
				  wls_buf_str(&second));
			tried++;
		}
		wls_arena_release(&arena);
	}
	cr_expect_gt(tried, 10000);
}
