/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about figures.
 */
#include "rules_support.h"

#define H "# Sample Work Log\n\n## v7 | 2025-11-10 14:00 | T\n\n"
#define TWO WLS_RULE_CONTRADICTION
#define WORSE WLS_RULE_REGRESSION
#define MISSED WLS_RULE_TARGET_MISSED

Test(rules_figures, contradictions)
{
	static const struct rules_case cases[] = {
		{"stated", TWO,
		 H "**Contradictions:**\n- Cache hit rate 85% (v3) vs 60% (v7) - what changed?\n",
		 "6:18-33"},
		{"stated with an answer", TWO,
		 H "**Contradictions:**\n- Hit rate 85% (v3) vs 60% (v7)\n- Solution: a TTL\n",
		 "6:12-27"},
		{"carried over", TWO,
		 H "**Contradictions:**\n- Hit rate 85% (v3) vs 60% (v7)\n\n"
		   "## v8 | T\n\n**Contradictions:**\n- Hit rate 85% (v3) vs 60% (v7)\n",
		 "6:12-27"},
		{"two values of one version", TWO,
		 H "**Works:** Cache hit rate is 85%\n\n## v8 | T\n\n"
		   "**Works:** Cache hit rate: 60% (v7), now better\n",
		 "9:28-31"},
		{"before and after, in one entry", TWO,
		 H "**Works:** Cache hit rate is 85%\n\n**Notes:** Cache hit rate: 60%\n", ""},
		{"a component of an older version, told again", TWO,
		 H
		 "**Progress:** 60% | Parser 70% 🔄\n\n## v8 | T\n\n**Progress:** 65% | Parser 70% 🔄\n",
		 ""},
		{"two versions", TWO,
		 H "**Works:** Cache hit rate is 85%\n\n## v8 | T\n\n"
		   "**Works:** Cache hit rate is 60%\n",
		 ""},
		{"one value twice", TWO,
		 H "**Works:** Cache hit rate is 85%\n\n**Notes:** Cache hit rate: 85%\n", ""},
		{"progress of the log and of an older summary", TWO,
		 "# S Work Log\n\n**Progress:** 40%\n\n## v7 | T\n\n**Progress:** 60%\n", ""},
		{"components of the log and of the entry", TWO,
		 "# S Work Log\n\n## Components Status\n\n**Phase 1: A** (v1-v7) 🔄\n- Parser (40%)\n\n"
		 "## v7 | T\n\n**Progress:** 60% | Parser 70% 🔄\n",
		 ""},
		{"fence", TWO, H "```\n- Cache hit rate 85% (v3) vs 60% (v7)\n```\n", ""},
	};
	RULES_TRY(cases);
}

/* Wherever the only figure of a log stands, it is read. */
Test(rules_figures, only_figure)
{
	static const struct rules_case cases[] = {
		{"behind Progress", TWO,
		 H "**Progress:** done | **Contradictions:** Hit rate 85% (v3) vs 60% (v7)\n",
		 "5:51-66"},
		{"on a line with a number sign", TWO,
		 H "**Contradictions:**\n#12 Hit rate 85% (v3) vs 60% (v7)\n", "6:14-29"},
		{"with a sign", TWO, H "**Contradictions:**\n- Drift -5% (v3) vs -9% (v7)\n",
		 "6:9-24"},
		{"on a numbered item", TWO,
		 H "**Contradictions:**\n1. Hit rate 85% (v3) vs 60% (v7)\n", "6:13-28"},
		{"at the start of a line", MISSED,
		 H "**Performance Targets:**\n- Search: <100ms (current:\n140ms)\n", "7:1-6"},
	};
	RULES_TRY(cases);
}

Test(rules_figures, regressions)
{
	static const struct rules_case cases[] = {
		{"the seed's", WORSE,
		 H "**Trends:**\n- API latency: 200ms (v1) → 180ms (v3, caching) → 250ms (v5, "
		   "features) → 150ms (v7, optimized)\n",
		 "6:51-56"},
		{"always better", WORSE,
		 H "**Trends:**\n- API latency: 200ms (v1) → 180ms (v3) → 150ms (v7)\n", ""},
		{"more is better", WORSE, H "**Trends:**\n- Hit rate: 60% (v1) → 85% (v3)\n", ""},
		{"less of what should be more", WORSE,
		 H "**Trends:**\n- Hit rate: 85% (v1) → 60% (v3)\n", "6:24-27"},
		{"units", WORSE, H "**Trends:**\n- API latency: 2s (v1) → 1500ms (v3)\n", ""},
		{"which way is better cannot be told", WORSE,
		 H "**Trends:**\n- Users: 200 (v1) → 180 (v3)\n", ""},
		{"progress went back", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Progress:** 60% | Parser 70% 🔄\n\n"
		 "## v2 | T\n\n**Progress:** 40% | Parser 30% 🔄\n",
		 ""},
		{"stated in two entries", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Works:** Coverage: 85%\n\n"
		 "## v2 | T\n\n**Works:** Coverage: 80%\n",
		 "9:22-25"},
		{"stated, and better since", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Works:** Coverage: 85%\n\n"
		 "## v2 | T\n\n**Works:** Coverage: 80%\n\n## v3 | T\n\n**Works:** Coverage: 90%\n",
		 ""},
		{"stated in an older entry", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Works:** Coverage: 85%\n\n"
		 "## v2 | T\n\n**Works:** Coverage: 80%\n\n## v3 | T\n\n**Works:** All is well\n",
		 ""},
		{"a bug's heading", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n### Bug: Memory leak (200MB→2GB over 2h)\n\n**Now:** x\n",
		 ""},
		{"within one version", WORSE, H "**Works:** p95 latency: 150ms → 250ms\n", ""},
		{"a setting", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Works:** Retry delay: 100ms\n\n"
		 "## v2 | T\n\n**Works:** Retry delay: 500ms\n",
		 ""},
		{"done, not measured", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Work:**\n+: Latency: 100ms\n\n"
		 "## v2 | T\n\n**Work:**\n+: Latency: 500ms\n",
		 ""},
		{"worse, but within its target", WORSE,
		 "# S Work Log\n\n## v1 | T\n\n**Performance Targets:**\n"
		 "- Search: <100ms (current: 60ms)\n\n## v2 | T\n\n**Performance Targets:**\n"
		 "- Search: <100ms (current: 80ms)\n",
		 ""},
	};
	RULES_TRY(cases);
}

Test(rules_figures, targets)
{
	static const struct rules_case cases[] = {
		{"missed", MISSED,
		 H "**Performance Targets:**\n- Search: <100ms (current: 140ms)\n", "6:28-33"},
		{"missed, though ticked off", MISSED,
		 H "**Performance Targets:**\n- Search: <100ms (current: 140ms ✅)\n", "6:28-33"},
		{"worked on", MISSED,
		 H "**Performance Targets:**\n- Search: <100ms (current: 140ms 🔄)\n", ""},
		{"met", MISSED,
		 H "**Performance Targets:**\n- Page Load: <2s (current: 1900ms ✅)\n", ""},
		{"not measured", MISSED, H "**Performance Targets:**\n- Search: <100ms\n", ""},
		{"met since", MISSED,
		 "# S Work Log\n\n## v1 | T\n\n**Performance Targets:**\n"
		 "- Search: <100ms (current: 140ms)\n\n## v2 | T\n\n**Performance Targets:**\n"
		 "- Search: <100ms (current: 80ms)\n",
		 ""},
	};
	RULES_TRY(cases);
}

Test(rules_figures, messages)
{
	static const struct rules_file stated = {
		"A-WorkLog.md", H "**Contradictions:**\n- Hit rate 85% (v3) vs 60% (v7)\n"};
	static const struct rules_file worse = {
		"A-WorkLog.md", H "**Trends:**\n- API latency: 180ms (v3) → 250ms (v5)\n"};
	_cleanup_free_ char *first = rules_messages(TWO, &stated, 1);
	_cleanup_free_ char *second = rules_messages(WORSE, &worse, 1);
	cr_expect_str_eq(first, "A-WorkLog.md:6:12: Hit rate: 85% (v3) against 60% (v7)\n");
	cr_expect_str_eq(
		second, "A-WorkLog.md:6:29: API latency got worse: 250ms (v5), after 180ms (v3)\n");
}

/* What two sentences tell is a note, what a trend line or a target tells a warning. */
Test(rules_figures, severities)
{
	static const struct {
		const char *text;
		enum wls_severity want;
	} cases[] = {
		{H "**Trends:**\n- API latency: 180ms (v3) → 250ms (v5)\n", WLS_WARNING},
		{"# S Work Log\n\n## v1 | T\n\n**Works:** Memory: 31GB\n\n"
		 "## v2 | T\n\n**Works:** Memory: 33GB\n",
		 WLS_INFO},
		{"# S Work Log\n\n## v1 | T\n\n**Works:** Search: 80ms\n\n"
		 "## v2 | T\n\n**Performance Targets:**\n- Search: <100ms (current: 140ms)\n",
		 WLS_WARNING},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const struct rules_file file = {"A-WorkLog.md", cases[i].text};
		_cleanup_free_ char *got = rules_severities(WORSE, &file, 1);
		cr_expect_str_eq(got, wls_severity_name(cases[i].want), "case %zu: %s", i, got);
	}
}
