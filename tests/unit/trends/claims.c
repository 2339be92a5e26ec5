/* SPDX-License-Identifier: MIT */
/*
 * Claims: every place that carries figures, and what carries none.
 */
#include <criterion/criterion.h>

#include "trends_support.h"

#define V2 "## v2 | 2025-11-10 10:00 | Second\n\n"

Test(claims, places)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		/* Progress */
		{V2 "**Progress:** 60%\n", "progress Progress 60% @2"},
		{V2 "**Progress:** 80% \xE2\x86\x92 90%\n",
		 "progress Progress 80% @2<; progress Progress 90% @2"},
		{V2 "**Progress:** Phase 2/3 - 60% overall\n", "progress Progress 60% @2"},
		{V2 "**Progress:** 40% | OAuth 70% \xF0\x9F\x94\x84 | Schema \xE2\x9C\x85\n",
		 "progress Progress 40% @2; component OAuth 70% @2"},
		{V2 "**Progress:** Research complete\n", ""},
		{V2 "**Progress:** Phase 2 - 60% | \xE2\x9A\xA0\xEF\xB8\x8F Token budget: 40% "
		    "remaining\n",
		 "progress Progress 60% @2; token_budget Token budget 40% @2"},
		{"# A Work Log\n\n**Progress:** 60%\n\n" V2 "**Now:** x\n",
		 "progress Progress 60% @2"},
		/* Features, sections, lists, phases */
		{V2 "### Feature: Login\n**Progress:** 60% | Started: 2025-11-05\n\n"
		    "**Active:** \xF0\x9F\x94\x84 Password reset (50%)\n",
		 "progress Login 60% @2; component Password reset 50% @2"},
		{"# A Work Log\n\n## v9 | x\n\n**Now:** x\n\n## Components Status\n\n"
		 "**Phase 2: Features** (v9-v16) \xF0\x9F\x94\x84 Current - 60% complete\n"
		 "- Catalog (75% complete)\n",
		 "component Phase 2: Features 60% @9; component Catalog 75% @9"},
		/* Targets */
		{V2 "## Performance Targets\n\n- API Response: <200ms (current: 150ms)\n"
		    "- Page Load: <2s (current: 1.8s)\n",
		 "target API Response <200ms @2; current API Response 150ms @2; target Page Load "
		 "<2000ms @2; current Page Load 1800ms @2"},
		/* Trends, contradictions */
		{V2
		 "**Trend Tracking:**\n- API latency: 200ms (v1) \xE2\x86\x92 180ms (v3, caching)\n",
		 "trend API latency 200ms @1; trend API latency 180ms @3"},
		{V2 "**Trend Tracking:**\n- API latency: 200 \xE2\x86\x92 180 \xE2\x86\x92 150ms\n",
		 "trend API latency 200ms @2<; trend API latency 180ms @2<; trend API latency "
		 "150ms @2"},
		{V2 "**Trend Tracking:**\n- Users: 8k (v1) \xE2\x86\x92 >10k (v2)\n",
		 "trend Users 8000 @1; trend Users >10000 @2"},
		{V2 "**Detecting Contradictions:**\n- Cache hit rate 85% (v3) vs 60% (v7) - why?\n",
		 "contradiction Cache hit rate 85% @3; contradiction Cache hit rate 60% @7"},
		{V2 "**Notes:** Cache hit rate 85% (v3) vs 60% (v7)\n",
		 "contradiction Cache hit rate 85% @3; contradiction Cache hit rate 60% @7"},
		/* Text */
		{V2 "**Work:**\n~: changed the cache, API latency 250ms \xE2\x86\x92 150ms\n",
		 "statement API latency 250ms @2<; statement API latency 150ms @2"},
		{V2 "**Decisions:**\n- LRU cache: 85% hit rate\n", "statement hit rate 85% @2"},
		{V2 "**Works:** throughput 500 req/s\n", "statement throughput 500req/s @2"},
		{V2 "**Bundle size:** 412KB\n", "statement Bundle size 0.412MB @2"},
		{V2 "**Metrics:**\n- Bundle size: 412KB\n- Memory: 210MB\n",
		 "statement Bundle size 0.412MB @2; statement Memory 210MB @2"},
		{"# A Work Log\n\n## v19 | x\n\n**Now:** x\n\n## Components Status\n\n"
		 "**Phase 2: Features** (v9-v16) \xF0\x9F\x94\x84 60% complete\n"
		 "**Phase 3: Scale** (v17+) 10% complete\n",
		 "component Phase 2: Features 60% @16; component Phase 3: Scale 10% @17"},
		{"## v9 | x\n\n**v4-v6:** Redis\n- Issue: 85% hit rate BUT stale\n",
		 "statement hit rate 85% @6"},
		{V2 "## Key Decisions Log\n\n- v5: Redis, hit rate is 85%\n",
		 "statement hit rate 85% @5"},
		{V2 "**Review Checklist:**\n- [ ] Test coverage (current: 85%)\n",
		 "statement Test coverage 85% @2"},
		/* The version beside a figure, in other forms. */
		{"## v3 | x\n\n**Contradictions:**\n- Latency: 80ms in v1 vs 120ms in v3\n",
		 "contradiction Latency 80ms @1; contradiction Latency 120ms @3"},
		{"## v3 | x\n\n**Notes:** Latency: 80ms in v1 vs 120ms in v3\n",
		 "contradiction Latency 80ms @1; contradiction Latency 120ms @3"},
		{V2 "**Trends:**\n- Latency: v1: 10ms, v2: 20ms\n",
		 "trend Latency 10ms @1; trend Latency 20ms @2"},
		{V2 "**Trends:**\n- Latency: 10ms in v1, 20ms in v2\n",
		 "trend Latency 10ms @1; trend Latency 20ms @2"},
		{V2 "**Trends:**\n- Latency: 10ms v1 \xE2\x86\x92 20ms v2\n",
		 "trend Latency 10ms @1; trend Latency 20ms @2"},
		{V2 "**Trends:**\n- Latency: 10ms (v1, as in v0 and v3) \xE2\x86\x92 20ms (v2)\n",
		 "trend Latency 10ms @1; trend Latency 20ms @2"},
		{V2 "**Trends:**\n- Build: 1h 30m (v1) \xE2\x86\x92 1h 45m (v2)\n",
		 "trend Build 5400000ms @1; trend Build 6300000ms @2"},
		{V2 "**Works:** p95 latency is 10ms in v1\n", "statement p95 latency 10ms @1"},
		/* And in forms that are not read: then nothing is claimed. */
		{V2 "**Trends:**\n- Latency v1: 10ms, v2: 20ms\n", ""},
		{V2 "**Trends:**\n- Latency: with v1 10ms, with v2 20ms\n", ""},
		{V2 "**Trends:**\n- Latency: 10ms since v1 came, then 20ms\n", ""},
		{V2 "**Trends:**\n- Build: 1:30 (v1) \xE2\x86\x92 2:00 (v2)\n", ""},
		{V2 "**Works:** p95 latency is 10ms in v18\n", ""},
		{V2 "**Metrics:**\n- v1 latency: 10ms\n", ""},
		/* Near misses: what should be, what was, what is no figure. */
		{V2 "**Next:**\n- [HIGH] Bring API latency: 100ms\n", ""},
		{V2 "**Prev:** API latency: 250ms\n", ""},
		{V2 "**Blockers:** API latency: 250ms\n", ""},
		{V2 "**Open:** API latency: 250ms?\n", ""},
		{V2 "**Files:**\n- `src/a.ts` (API latency: 250ms)\n", ""},
		{V2 "**Dead ends:** GC tuning, hit rate 20%\n", ""},
		{V2 "**Work:**\n- [ ] API latency: 100ms\n", ""},
		/* How far a bug goes while it runs is no version's figure. */
		{V2 "### Bug: Memory leak (200MB\xE2\x86\x92"
		    "2GB over 2h)\n\n**Tried:** x\n",
		 ""},
		{V2 "```\n**Progress:** 60%\nAPI latency: 200ms\n```\n", ""},
		{V2 "<!-- API latency: 200ms -->\n", ""},
		{V2 "**Progress:** 5/8 tasks, v1.2.3 of 2025-11-10\n", ""},
		{"---\nversion: v3\nprogress: 40%\n---\n" V2 "**Now:** x\n", ""},
		{"", ""},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct sample sample _cleanup_sample_ = sample_of(cases[i].text);
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		describe_claims(sample.trends, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s\ngives: %s",
				 cases[i].text, wls_buf_str(&out));
	}
}

Test(claims, lines_and_columns)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"## v2 | x\n\n**Progress:** 60%\n", "3:15"},
		{"## v2 | x\r\n\r\n**Progress:** 60%\r\n", "3:15"},
		{"\xEF\xBB\xBF## v2 | x\n\n**Progress:** 60%\n", "3:15"},
		/* Columns are code points. */
		{"## v2 | x\n\n**Trends:**\n- \xC3\x9C latency: 200ms (v1) \xE2\x86\x92 180ms (v2)\n",
		 "4:14 4:27"},
		/* A text over several lines, and the same figure twice. */
		{"## v2 | x\n\n**Works:** latency: 5ms,\nlatency: 5ms,\n  latency: 6ms\n",
		 "3:21 4:10 5:12"},
		{"## v2 | x\n\n**Bundle size:** 4KB", "3:18"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct sample sample _cleanup_sample_ = sample_of(cases[i].text);
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		for (size_t k = 0; k < sample.trends->claim_count; k++)
			wls_buf_printf(&out, "%s%u:%u", k > 0 ? " " : "",
				       sample.trends->claims[k].line,
				       sample.trends->claims[k].column);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s\ngives: %s",
				 cases[i].text, wls_buf_str(&out));
	}
}

Test(claims, dates_are_those_of_the_version)
{
	struct sample sample _cleanup_sample_ =
		sample_of("## v7 | 2025-11-12 10:00 | Now\n\n**Trends:**\n"
			  "- Latency: 200ms (v1) \xE2\x86\x92 150ms (v7)\n\n"
			  "## v1 | 2025-11-01 | First\n\n**Now:** x\n");
	cr_assert_eq(sample.trends->claim_count, 2);
	cr_expect(wls_slice_eq(sample.trends->claims[0].date, WLS_SLICE("2025-11-01")));
	cr_expect(wls_slice_eq(sample.trends->claims[1].date, WLS_SLICE("2025-11-12")));
	cr_expect_eq(sample.trends->claims[0].entry, 7);
	cr_expect(wls_slice_eq(sample.trends->claims[0].file, WLS_SLICE("A-WorkLog.md")));
}
