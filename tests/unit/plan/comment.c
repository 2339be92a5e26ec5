/* SPDX-License-Identifier: MIT */
/*
 * Comments: all that an entry says, and that nothing gets out of them.
 */
#include <criterion/criterion.h>

#include "region_support.h"

static const struct wls_plan_options linked = {
	.file_base = SHOWN_SLICE("https://github.com/acme/shop/blob/HEAD/"),
};

/* Adds the comment of a version of the log. */
static void add_comment(const struct wls_plan_options *options, struct wls_slice log,
			uint32_t version, struct wls_buf *out)
{
	const struct wls_entry *entry;
	struct wls_doc *doc;

	cr_assert_eq(wls_doc_parse(&doc, log, NULL), WLS_OK);
	entry = wls_doc_entry(doc, version);
	cr_assert_not_null(entry);
	wls_comment_render(options, doc, entry, WLS_SLICE("a/Log-WorkLog.md"), out);
	wls_doc_free(doc);
}

#define HEAD "## v5 | 2025-11-10 14:00 | Title\n\n"
#define SHOWN "### v5 · 2025-11-10 14:00 · Title\n\n"

static const struct {
	const char *log, *comment;
} cases[] = {
	{"## v5\n", "### v5\n\n"},
	{"## v5 | 2025-11-10 | Ask @me [BLOCKED]\n",
	 "### v5 · 2025-11-10 · blocked · Ask @\xE2\x80\x8Bme\n\n"},
	{HEAD "**Status:** in_progress\n**Progress:** 40% | a ✅\n",
	 SHOWN "**Status:** in_progress\n\n**Progress:** 40% | a ✅\n\n"},
	{HEAD "Words\nof two lines.\n\nMore.\n", SHOWN "Words of two lines.\n\nMore.\n\n"},
	{HEAD
	 "**Next:**\n- [HIGH] [BLOCKED] One\n  - Two\n    - Three\n      - Four\n- [x] Five\n\n"
	 "**Blockers:** None\n",
	 SHOWN "**Next:**\n\n- **HIGH** **blocked** One\n  - Two\n    - Three\n    - Four\n"
	       "- [x] Five\n"},
	{HEAD "**Blockers:** Keys\n- Owner: @ops\n\n**Open:** Why?\n",
	 SHOWN "**Blockers:** Keys\n\n- **Owner:** @\xE2\x80\x8Bops\n\n**Open:** Why?\n\n"},
	{HEAD "**Work:**\n+: added a.c:1-2\n!: fixed b\n",
	 SHOWN "**Work:**\n\n- **\\+:** added a.c:1-2\n- **!:** fixed b\n"},
	{HEAD "### Feature: Login\n**Done:** ✅ Model\n",
	 SHOWN "**Feature:** Login\n\n- **Done:** ✅ Model\n"},
	{HEAD "**v1 (Chat - Research):**\n**Status:** done\n",
	 SHOWN "**v1 (Chat - Research):**\n\n- **Status:** done\n"},
	{HEAD "| a | b |\n|---|---|\n| 1 | @x |\n", SHOWN "- a | b\n- 1 | @\xE2\x80\x8Bx\n"},
	{HEAD "> Quoted\n\n<div>\nBold\n</div>\n\n<!-- hidden -->\n",
	 SHOWN "- Quoted\n\n&lt;div> Bold &lt;/div>\n\n"},
	{HEAD "```sh\n\tmake @all #1\n<!-- /wlsync -->\n```\n",
	 SHOWN "```\n\tmake @all #1\n<! -- /wlsync -->\n```\n\n"},
	{HEAD "~~~\n```\nnested\n~~~\n", SHOWN "````\n```\nnested\n````\n\n"},
	{HEAD "- One\n\n  ```\n  code\n  ```\n- Two\n",
	 SHOWN "- One\n\n  ```\n    code\n  ```\n\n- Two\n"},
	{HEAD "Text\n\n## v5 Complete\n\nMore\n", SHOWN "Text\n\nMore\n\n"},
	{HEAD "- ~~Old~~\n- New 🔄\n", SHOWN "- (struck out) Old\n- New 🔄\n"},
};

Test(plan_comment, says_all)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		add_comment(&linked, wls_slice_of(cases[i].log), 5, &out);
		cr_assert_str_eq(wls_buf_str(&out), cases[i].comment, "%zu: %s", i,
				 wls_buf_str(&out));
	}
}

/* With `mentions` names stay alive. */
Test(plan_comment, mentions)
{
	struct wls_plan_options options = linked;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	options.mentions = true;
	add_comment(&options, WLS_SLICE(HEAD "Ask @me about #12\n"), 5, &out);
	cr_assert_str_eq(wls_buf_str(&out), SHOWN "Ask @me about #12\n\n");
}

/* What is too long ends behind an item, and says so. */
static const struct {
	const char *piece;
	unsigned times;
} long_ones[] = {
	{"- one of many @items\n", 20000},
	{"A paragraph of its own.\n\n", 20000},
	{"- level\n  - below\n    - lowest\n", 9000},
	{"```\ncode\n```\n\n", 9000},
	{"**Next:**\n- step\n\n", 9000},
};

Test(plan_comment, too_long)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(long_ones); i++) {
		struct wls_buf _cleanup_buf_ log = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		wls_buf_add_str(&log, HEAD);
		for (unsigned k = 0; k < long_ones[i].times; k++)
			wls_buf_add_str(&log, long_ones[i].piece);
		add_comment(&linked, wls_buf_slice(&log), 5, &out);
		cr_assert_leq(out.len, WLS_BODY_MAX - 1000);
		cr_assert_geq(out.len, WLS_BODY_MAX - 1200);
		cr_assert(wls_slice_ends_nocase(
			wls_buf_slice(&out),
			WLS_SLICE("\n\nShortened: all of it is in [`a/Log-WorkLog.md`]"
				  "(https://github.com/acme/shop/blob/HEAD/a/"
				  "Log-WorkLog.md).\n\n")));
		check_markdown(wls_buf_slice(&out), long_ones[i].piece);
	}
}

/* One line of 200 KB, in each place that a text may stand in. */
static const char *const places[] = {
	"## v5 | 2025-11-10 | ", HEAD,        HEAD "- ", HEAD "**Next:** ",
	HEAD "**Next:**\n- ",    HEAD "### ", HEAD "> ", HEAD "```\n",
};

Test(plan_comment, long_line)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(places); i++) {
		struct wls_buf _cleanup_buf_ log = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

		wls_buf_add_str(&log, places[i]);
		for (int k = 0; k < 20000; k++)
			wls_buf_add_str(&log, "ä `@<&[*_ ");
		add_comment(&linked, wls_buf_slice(&log), 5, &out);
		cr_assert_leq(out.len, 20000, "%zu: %zu", i, out.len);
		wls_buf_add_str(&out, "\n");
		check_markdown(wls_buf_slice(&out), places[i]);
	}
}

static void check_entries(struct wls_slice log)
{
	struct wls_doc *doc;

	cr_assert_eq(wls_doc_parse(&doc, log, NULL), WLS_OK);
	for (uint32_t i = 0; i < doc->version_count; i++) {
		const struct wls_entry *entry = &doc->entries[doc->by_version[i]];
		struct wls_buf _cleanup_buf_ first = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ again = WLS_BUF_INIT;

		wls_comment_render(&linked, doc, entry, WLS_SLICE("Log-WorkLog.md"), &first);
		wls_comment_render(&linked, doc, entry, WLS_SLICE("Log-WorkLog.md"), &again);
		cr_assert(wls_slice_eq(wls_buf_slice(&first), wls_buf_slice(&again)));
		cr_assert_leq(first.len, WLS_BODY_MAX - 1000);
		/* A comment ends with its text; the check wants a blank line. */
		wls_buf_add_str(&first, "\n");
		check_markdown(wls_buf_slice(&first), wls_buf_str(&first));
	}
	wls_doc_free(doc);
}

Test(plan_comment, hostile)
{
	for (uint64_t seed = 1; seed <= 1500; seed++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		uint64_t state = seed * 7919;

		shown_hostile_log(&state, &text);
		check_entries(wls_buf_slice(&text));
	}
}
