/* SPDX-License-Identifier: MIT */
/*
 * Facts of a log and their diagnostics (rules 5, 6, 8, 10, 12), with exact places.
 */
#include <criterion/criterion.h>

#include "doc_support.h"

struct facts_case {
	const char *source, *facts, *diagnostics;
};

static void describe_log(const struct wls_facts *f, struct wls_buf *out)
{
	const char *status = wls_work_status_name(f->status);
	wls_buf_printf(out, "v%u", f->version);
	if (status)
		wls_buf_printf(out, " %s", status);
	if (f->status_text.len > 0)
		wls_buf_printf(out, " \"%.*s\"", WLS_SLICE_ARG(f->status_text));
	if (f->progress >= 0)
		wls_buf_printf(out, " %d%%", f->progress);
	if (f->title.len > 0)
		wls_buf_printf(out, " <%.*s>", WLS_SLICE_ARG(f->title));
	if (f->updated.len > 0)
		wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(f->updated));
	if (f->title_blocked)
		wls_buf_add_str(out, " [BLOCKED]");
	if (!f->is_worklog)
		wls_buf_add_str(out, " no log");
}

static void expect_facts(const struct facts_case *cases, size_t count)
{
	struct wls_buf got, diagnostics;
	wls_buf_init(&got, 4096);
	wls_buf_init(&diagnostics, 4096);
	for (size_t i = 0; i < count; i++) {
		struct wls_doc *doc = parse(wls_slice_of(cases[i].source));
		struct wls_facts facts, again;
		wls_doc_facts(doc, &facts);
		wls_doc_facts(doc, &again);
		wls_buf_clear(&got);
		wls_buf_clear(&diagnostics);
		describe_log(&facts, &got);
		describe_diagnostics(doc, &diagnostics);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].facts, "%s: got %s", cases[i].source,
				 wls_buf_str(&got));
		cr_expect_str_eq(wls_buf_str(&diagnostics), cases[i].diagnostics, "%s: got %s",
				 cases[i].source, wls_buf_str(&diagnostics));
		wls_doc_free(doc);
	}
	wls_buf_release(&got);
	wls_buf_release(&diagnostics);
}

#define EXPECT_FACTS(cases) expect_facts((cases), WLS_ARRAY_SIZE(cases))
#define FRONT "---\nversion: v2\nstatus: in_progress\n---\n"

Test(facts, version_and_title)
{
	static const struct facts_case cases[] = {
		{FRONT "# Auth Work Log\n## v2 | 2025-11-10 | x\n",
		 "v2 in_progress <Auth> 2025-11-10", ""},
		{FRONT "## v3 | x\n", "v3 in_progress", "version-mismatch@2:10"},
		{FRONT, "v2 in_progress", ""},
		{"## v3 | x\n", "v3", ""},
		{"# Auth-Refactor-WorkLog\n## v1\n", "v1 <Auth-Refactor>", ""},
		{"# Auth \xE2\x80\x94 Work Log\n## v1\n", "v1 <Auth>", ""},
		{"# Guide, work log\n## v1\n", "v1 <Guide>", ""},
		{"# Work Log: Auth\n## v1\n", "v1 <Auth>", ""},
		{"# Work Log\n## v1\n", "v1", ""},
		{"# Work Logging\n## v1\n", "v1 <Work Logging>", ""},
		{"# Patchwork log\n## v1\n", "v1 <Patchwork log>", ""},
		{"---\nversion: x3\n---\n## v1\n", "v1", "bad-version@2:10"},
		{"## v1\n## v1000000000 | x\n", "v1", "bad-version@2:4"},
	};
	EXPECT_FACTS(cases);
}

Test(facts, status)
{
	static const struct facts_case cases[] = {
		{FRONT "## v2 | x\n\n**Status:** done\n", "v2 completed", "status-mismatch@3:9"},
		{FRONT "## v2 | x [BLOCKED]\n", "v2 blocked [BLOCKED]", "status-mismatch@3:9"},
		{FRONT "## v2 | x [NEEDS_REVIEW]\n\n**Status:** in_progress\n", "v2 in_progress",
		 "status-mismatch@5:1"},
		{"**Status:** blocked\n\n## v2 | x\n", "v2 blocked", ""},
		{FRONT "**Status:** blocked\n\n## v2 | x\n", "v2 blocked", "status-mismatch@3:9"},
		{"## v1 | x\n\n**Status:** done\n\n## v2 | x\n", "v2", ""},
		{"## v2 | x\n\n**Status:** parked for now\n", "v2 \"parked for now\"",
		 "unknown-status@3:13"},
		{FRONT "## v2 | x\n\n**Status:** parked\n", "v2 \"parked\"", "unknown-status@7:13"},
		{"## v2 | x\n\n**Status:** in_progress | completed\n",
		 "v2 \"in_progress | completed\"", "unknown-status@3:13"},
		{"## v2 | x\n\n**Status:**\n\ncompleted\n", "v2 completed", ""},
		{"## v2 | x\n\n### Status\n\ncompleted\n", "v2 completed", ""},
		{"## v2 | x\n\n### Status: completed\n", "v2 completed", ""},
		{"## v2 | x\n\n### Feature: y\n\n**Status:** completed\n", "v2", ""},
		{"## v2 | x\n\n**Status:** a\n\n**Status:** done\n", "v2 completed", ""},
		{"## v2 | x\n\n**Status:**\n", "v2", ""},
		/* an empty value asks the next one */
		{FRONT "## v2 | x\n\n**Status:** None\n", "v2 in_progress", ""},
		{"**Status:** done\n\n## v2 | x\n\n**Status:** N/A\n", "v2 completed", ""},
		{FRONT "## v2 | x\n\n**Status:** -\n", "v2 in_progress", ""},
		/* the tag of a heading that goes on with the entry */
		{"## v2 | x\n\n## v2 later [BLOCKED]\n", "v2 blocked [BLOCKED]", ""},
		{"## v2 | x [BLOCKED]\n\n## v2 later [NEEDS_REVIEW]\n", "v2 needs_review", ""},
		{"## v2 | x [BLOCKED]\n\n## v2 later\n", "v2 blocked [BLOCKED]", ""},
		/* over a break */
		{"## v2 | x\n**Status:** blocked\n---\n\n## v1 | y\n", "v2 blocked", ""},
		{"**Status:** done\n===\n## v1 | y\n", "v1 completed", ""},
		/* no scalar */
		{"---\nstatus: [done]\nversion: {a: b}\n---\n## v1\n", "v1",
		 "bad-frontmatter@2:9 bad-frontmatter@3:10"},
	};
	EXPECT_FACTS(cases);
}

Test(facts, progress)
{
	static const struct facts_case cases[] = {
		{"## v2 | x\n\n**Progress:** 80% \xE2\x86\x92 90% | y\n", "v2 90%", ""},
		{"**Progress:** 40%\n\n## v2 | x\n", "v2 40%", ""},
		{"**Progress:** 40%\n\n## v2 | x\n\n**Progress:** soon\n", "v2", ""},
		{"## v1 | x\n\n**Progress:** 40%\n\n## v2 | x\n", "v2", ""},
		{"---\nprogress: 30%\n---\n## v2 | x\n", "v2 30%", ""},
		{"## v2 | x\n\n**Progress:** Phase 2/3 - 60% overall | Started: Oct 1\n", "v2 60%",
		 ""},
	};
	EXPECT_FACTS(cases);
}

Test(facts, dates_and_duplicates)
{
	static const struct facts_case cases[] = {
		{"## v1 | 2025-11-02\n## v2 | 2025-11-01\n", "v2 2025-11-01", "date-order@2:9"},
		{"## v2 | 2025-11-01\n## v1 | 2025-11-02\n", "v2 2025-11-01", "date-order@1:9"},
		{"## v1 | 2025-11-02 10:00\n## v2 | 2025-11-02 09:00\n", "v2 2025-11-02",
		 "date-order@2:20"},
		{"## v1 | 2025-11-02 10:00\n## v2 | 2025-11-02\n", "v2 2025-11-02", ""},
		{"## v1 | 2025-11-02\n## v2\n## v3 | 2025-11-01\n", "v3 2025-11-01",
		 "date-order@3:9"},
		{"## v1 | 2025-02-30 | x\n", "v1", "bad-date@1:9"},
		{"## v1 | 2025-11-02 25:61 | x\n", "v1 2025-11-02", "bad-date@1:20"},
		{"## v1 | 2025-11-02 9:00 | x\n", "v1 2025-11-02", "bad-date@1:20"},
		{"## v1 | 2025-11-02 3:1 lead\n", "v1 2025-11-02", ""},
		{"## v1 | 2025-11-02\n## v1 | 2025-11-01\n", "v1 2025-11-02",
		 "duplicate-entry@2:1"},
		{"## v1 | x\n## v1 Done\n", "v1", ""},
	};
	EXPECT_FACTS(cases);
}

Test(facts, bytes)
{
	static const struct facts_case cases[] = {
		{"## v1\n\n\xC3\xA4\xFF\n", "v1", "invalid-utf8@3:2"},
		{"## v1\n\n\xE2\x80\x9A\xC3\xBA\xC3\x96 \xE2\x80\x9A\xC3\xBA\xC3\x96\n", "v1",
		 "mojibake@3:1"},
		{"## v1\n\n\xE2\x86\x92 \xE2\x9C\x85 \xE2\x80\x9A\n", "v1", ""},
		{"\xEF\xBB\xBF## v1 | 2025-02-30\r\n\r\n\r## v1", "v1",
		 "bad-date@1:9 duplicate-entry@4:1"},
		{"## v1\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", "v1", "conflict-marker@2:1"},
		{"## v1\n<<<<<<< a\nx\n", "v1", ""},
		{"---\na: [\n---\n## v1\n", "v1", "bad-frontmatter@1:1"},
		{"---\na: b\n\n## v1\n", "v1", "bad-frontmatter@1:1"},
		{"---\n\nwords\n\n---\n## v1\n", "v1", ""},
	};
	EXPECT_FACTS(cases);
	struct wls_doc *doc = parse(WLS_SLICE("## v1\n\na\0b\n"));
	struct wls_facts facts;
	wls_doc_facts(doc, &facts);
	cr_expect(doc->has_nul);
	cr_expect_str_eq(doc->diagnostics[0].rule, "nul-byte");
	cr_expect_eq(doc->diagnostics[0].line, 3);
	cr_expect_eq(doc->diagnostics[0].column, 2);
	wls_doc_free(doc);
}

/* Rule 12. */
Test(facts, what_is_a_log)
{
	static const struct facts_case cases[] = {
		{"", "v0 no log", ""},
		{"# Notes\n\ntext\n", "v0 <Notes> no log", ""},
		{"# Notes\n\n**Now:** x\n", "v0 <Notes> no log", ""},
		{"# Notes\n\n**Own:** x\n**Two:** y\n", "v0 <Notes> no log", ""},
		{"# Notes\n\n**Now:** x\n\n## Part\n\n**Next:** y\n", "v0 <Notes>", ""},
		{"---\nversion: v1\n---\n", "v1", ""},
		{"---\nstatus: done\n---\n", "v0 completed no log", ""},
		{"## v1\n", "v1", ""},
	};
	EXPECT_FACTS(cases);
}

Test(facts, locate)
{
	struct wls_doc *doc = parse(WLS_SLICE("\xEF\xBB\xBF"
					      "a\xC3\xA4"
					      "b\r\nc\rd\n\n\xFFx"));
	static const struct {
		uint32_t offset, line, column;
	} cases[] = {
		{0, 1, 1},  {3, 1, 1},  {4, 1, 2},  {6, 1, 3},  {7, 1, 4},  {9, 2, 1},  {10, 2, 2},
		{11, 3, 1}, {12, 3, 2}, {13, 4, 1}, {14, 5, 1}, {15, 5, 2}, {16, 5, 3}, {99, 5, 3},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		uint32_t line, column;
		wls_doc_locate(doc, cases[i].offset, &line, &column);
		cr_expect(line == cases[i].line && column == cases[i].column, "%u: %u:%u",
			  cases[i].offset, line, column);
	}
	wls_doc_free(doc);
}

Test(facts, too_large)
{
	struct wls_doc *doc = NULL;
	struct wls_error err = {0};
	char byte = 'a';
	/* Only the length is looked at before the limit is. */
	cr_expect_eq(wls_doc_parse(&doc, wls_slice(&byte, WLS_FILE_MAX + 1), &err), WLS_E_LIMIT);
	cr_expect_null(doc);
	cr_expect(strstr(err.text, "split the log"));
	wls_doc_free(NULL);
}
