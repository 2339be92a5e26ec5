/* SPDX-License-Identifier: MIT */
/*
 * Claims of tables: what columns and rows mean, and which are left out.
 */
#include <criterion/criterion.h>

#include "trends_support.h"

#define V3 "## v3 | 2025-11-10 10:00 | Third\n\n**Metrics:**\n\n"
#define ARROW "\xE2\x86\x92"
#define ACTIVE "\xF0\x9F\x94\x84"
#define DONE "\xE2\x9C\x85"

static void expect(const char *text, const char *expected)
{
	struct sample sample _cleanup_sample_ = sample_of(text);
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	describe_claims(sample.trends, &out);
	cr_expect_str_eq(wls_buf_str(&out), expected, "%s\ngives: %s", text, wls_buf_str(&out));
}

Test(tables, figures_named_by_row_and_header)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{V3 "| Endpoint | p50 | p95 |\n|---|:-:|---:|\n| /orders | 80ms | 210ms |\n",
		 "table /orders p50 80ms @3; table /orders p95 210ms @3"},
		/* Without bars at the ends, with emphasis and marks. */
		{V3 "Endpoint | p95\n--- | ---\n`/orders` | **210ms** " DONE "\n",
		 "table /orders p95 210ms @3"},
		{V3 "| Endpoint | p95 (ms) | Size [KB] | Hits % |\n|---|---|---|---|\n"
		    "| /a | 120 | 2.5 | 85 |\n",
		 "table /a p95 120ms @3; table /a Size 0.0025MB @3; table /a Hits 85% @3"},
		/* A unit of its own stands against that of the header. */
		{V3 "| Endpoint | p95 (ms) |\n|---|---|\n| /a | 2s |\n", "table /a p95 2000ms @3"},
		{V3
		 "| Metric | Unit | Value |\n|---|---|---|\n| p95 | ms | 120 |\n| Tests | - | 80 |\n",
		 "table p95 120ms @3; table Tests 80 @3"},
		{V3 "| # | Endpoint | p95 |\n|---|---|---|\n| 1 | /a | 120ms |\n",
		 "table /a p95 120ms @3"},
		{V3 "| Metric | Value |\n|---|---|\n| Coverage | 85% (unit tests) |\n",
		 "table Coverage 85% @3"},
		{V3 "| Query | p95 |\n|---|---|\n| a\\|b | 5ms |\n", "table a|b p95 5ms @3"},
		/* Empty cells, words, and rows that end early or late. */
		{V3 "| E | p50 | p95 |\n|---|---|---|\n| /a | | 5ms |\n| /b | - | n/a |\n| /c |\n"
		    "| /d | 1ms | 2ms | 3ms |\n",
		 "table /a p95 5ms @3; table /d p50 1ms @3; table /d p95 2ms @3"},
		/* In the log's own part, and beneath an item. */
		{"# A Work Log\n\n**Metrics:**\n\n| M | Value |\n|---|---|\n| p95 | 5ms |\n\n"
		 "## v7 | x\n\n**Now:** x\n",
		 "table p95 5ms @7"},
		{"## v3 | x\n\n## Performance Targets\n\n| Metric | Target | Current |\n|---|---|---|\n"
		 "| Search | <100ms | 120ms |\n",
		 "target Search <100ms @3; table Search 120ms @3"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect(cases[i].text, cases[i].expected);
}

Test(tables, versions_targets_and_what_was)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{V3
		 "| Language | v1 | v2 | v3 |\n|---|---|---|---|\n| Deutsch | 40% | 90% | 100% |\n",
		 "table Deutsch 40% @1; table Deutsch 90% @2; table Deutsch 100% @3"},
		{V3
		 "| Metric | **v3** (now) | v1 | Target |\n|---|---|---|---|\n| p95 | 5ms | 9ms | <4ms |\n",
		 "table p95 5ms @3; table p95 9ms @1; target p95 <4ms @3"},
		{V3
		 "| Metric | Unit | v1 | v3 | Change |\n|---|---|---|---|---|\n| p95 | ms | 9 | 5 | 44% |\n",
		 "table p95 9ms @1; table p95 5ms @3"},
		{V3
		 "| Version | p95 | Coverage |\n|---|---|---|\n| v1 | 9ms | 70% |\n| v3 | 5ms | 80% |\n",
		 "table p95 9ms @1; table Coverage 70% @1; table p95 5ms @3; table Coverage 80% @3"},
		{V3 "| Endpoint | p95 | Goal |\n|---|---|---|\n| /a | 5ms | <4ms |\n",
		 "table /a p95 5ms @3; target /a p95 <4ms @3"},
		{V3 "| Metric | Before | After |\n|---|---|---|\n| p95 | 9ms | 5ms |\n",
		 "table p95 9ms @3<; table p95 5ms @3"},
		{V3 "| Metric | p95 |\n|---|---|\n| /a | 5ms (v2) |\n", "table /a p95 5ms @2"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect(cases[i].text, cases[i].expected);
}

/* Whatever is not clear makes no claim. */
Test(tables, nothing_is_guessed)
{
	static const char *const silent[] = {
		/* No figures, or no name for them. */
		V3 "| File | Why |\n|---|---|\n| a.c | 3 reasons |\n| b.c | v3 |\n",
		V3 "| Metric | p95 |\n|---|---|\n| | 5ms |\n| 100 | 5ms |\n| - | 5ms |\n",
		V3 "| Metric |\n|---|\n| 5ms |\n",
		V3 "| p95 | 5ms |\n",
		/* Ranges, differences, chains, several figures, struck ones. */
		V3 "| E | p95 |\n|---|---|\n| /a | 5-9ms |\n| /b | -20% |\n| /c | +5ms |\n"
		   "| /d | 9ms " ARROW
		   " 5ms |\n| /e | 5ms, 9ms |\n| /f | ~~5ms~~ |\n| /g | 5ms ok |\n",
		/* What is no measure, or not of now. */
		V3 "| Task | Priority | Estimate | PR | Due | Budget |\n|---|---|---|---|---|---|\n"
		   "| Login | 1 | 3h | 512 | 2025 | 5h |\n",
		/* A label twice names neither. */
		V3 "| Service | p95 |\n|---|---|\n| api | 5ms |\n| api | 9ms |\n",
		/* Versions of something else: later than the log, unordered, twice, with points. */
		V3 "| Runtime | v18 | v20 |\n|---|---|---|\n| node | 5ms | 4ms |\n",
		V3 "| Metric | v1 | v3 | v2 |\n|---|---|---|---|\n| p95 | 5ms | 4ms | 3ms |\n",
		V3 "| Metric | v2 | v2 |\n|---|---|---|\n| p95 | 5ms | 4ms |\n",
		V3 "| Metric | v1.2 | API v2 |\n|---|---|---|\n| p95 | 5ms | 4ms |\n",
		V3 "| Version | p95 |\n|---|---|\n| v1 | 5ms |\n| v9 | 4ms |\n",
		V3 "| API | p95 |\n|---|---|\n| v1 | 5ms |\n| v2 | 4ms |\n",
		/* Targets of nothing certain. */
		V3 "| Metric | Target | Goal |\n|---|---|---|\n| p95 | <5ms | <4ms |\n",
		V3 "| Metric | Target |\n|---|---|\n| p95 | <5ms |\n",
		/* What is planned, chosen from, or only quoted. */
		"## v3 | x\n\n**Next:**\n\n| Metric | p95 |\n|---|---|\n| /a | 5ms |\n",
		"## v3 | x\n\n**Decisions:**\n\n| Cache | p95 |\n|---|---|\n| Redis | 5ms |\n",
		V3 "```\n| Metric | p95 |\n|---|---|\n| /a | 5ms |\n```\n",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(silent); i++)
		expect(silent[i], "");
	/* What is being worked on need not meet its target yet. */
	expect(V3 "| Metric | Now | Target | |\n|---|---|---|---|\n| p95 | 9ms | <5ms | " ACTIVE
		  " |\n",
	       "table p95 9ms @3");
	/* Two columns of what is: each has its own name, and neither the target. */
	expect(V3
	       "| Page | Value | Result | Target |\n|---|---|---|---|\n| Home | 9ms | 8ms | <5ms |\n",
	       "table Home Value 9ms @3; table Home Result 8ms @3");
}

Test(tables, across_versions)
{
	struct sample sample _cleanup_sample_ = sample_of(
		"## v3 | x\n\n**Metrics:**\n\n| Endpoint | p95 |\n|---|---|\n| /orders | 120ms |\n\n"
		"## v2 | x\n\n**Metrics:**\n\n| Endpoint | p95 |\n|---|---|\n| `/orders` | 0.18s |\n\n"
		"## v1 | x\n\n**Metrics:**\n- /orders p95: 210ms\n");
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	describe_metrics(sample.trends, &out);
	cr_expect_str_eq(wls_buf_str(&out), "/orders p95: 210@1 180@2 120@3 lower");
	cr_expect_eq(sample.trends->claims[0].line, 7);
	cr_expect_eq(sample.trends->claims[0].column, 13);
}

/* Many columns, cells, bars and backslashes: linear, and nothing is read beyond a row. */
Test(tables, hostile, .timeout = 20)
{
	static const char *const pieces[] = {"| 1ms ", "|",     "\\",  "\\|",
					     "| v1 ",  "| a (", "*_`", "| a "};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(pieces); i++) {
		struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
		for (int row = 0; row < 3; row++) {
			wls_buf_add_str(&text, row == 0   ? V3 "| a | "
					       : row == 1 ? "|-|-"
							  : "| b | ");
			for (size_t k = 0; k < 60000; k++)
				wls_buf_add_str(&text, row == 1 ? "|-" : pieces[i]);
			wls_buf_add_str(&text, "\n");
		}
		struct sample sample _cleanup_sample_ = sample_of(wls_buf_str(&text));
		cr_expect_lt(sample.trends->claim_count, 64);
	}
}
