/* SPDX-License-Identifier: MIT */
/*
 * Metrics: points, directions, targets, regressions, contradictions.
 */
#include <criterion/criterion.h>

#include "trends_support.h"

#define ARROW " \xE2\x86\x92 "
#define TREND(line) "## v9 | x\n\n**Trends:**\n- " line "\n"

Test(metrics, points_and_judgements)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		/* The seed's trend: its regression stands at v5. */
		{TREND("API latency: 200ms (v1)" ARROW "180ms (v3, caching)" ARROW
		       "250ms (v5, features)" ARROW "150ms (v7, optimized)"),
		 "API latency: 200@1 180@3 !250@5 150@7 lower"},
		/* Recovering is no new step back; staying is none either. */
		{TREND("Latency: 100ms (v1)" ARROW "200ms (v2)" ARROW "190ms (v3)" ARROW
		       "190ms (v4)"),
		 "Latency: 100@1 !200@2 190@3 190@4 lower"},
		{TREND("Hit rate: 85% (v1)" ARROW "60% (v2)" ARROW "90% (v3)"),
		 "Hit rate: 85@1 !60@2 90@3 higher"},
		/* Neither way is better. */
		{TREND("Users: 100 (v1)" ARROW "50 (v2)"), "Users: 100@1 50@2"},
		/* Rounding is no step back. */
		{TREND("Latency: 180ms (v1)" ARROW "181ms (v2)"), "Latency: 180@1 181@2 lower"},
		{TREND("Latency: 0ms (v1)" ARROW "1ms (v2)"), "Latency: 0@1 !1@2 lower"},
		/* But small steps add up; then that is told once. */
		{TREND("Coverage: 90% (v1)" ARROW "89.2% (v2)" ARROW "88.4% (v3)" ARROW
		       "87.6% (v4)" ARROW "86.8% (v5)" ARROW "86% (v6)" ARROW "85.3% (v7)" ARROW
		       "84.6% (v8)"),
		 "Coverage: 90@1 89.2@2 88.4@3 87.6@4 86.8@5 86@6 !85.3@7 84.6@8 higher"},
		{TREND("Latency: 100ms (v1)" ARROW "101ms (v2)" ARROW "102ms (v3)" ARROW
		       "101ms (v4)" ARROW "102ms (v5)"),
		 "Latency: 100@1 101@2 102@3 101@4 102@5 lower"},
		/* Bounds: only what is certain. */
		{TREND("Latency: 180ms (v1)" ARROW "<200ms (v2)"), "Latency: 180@1 <200@2 lower"},
		{TREND("Latency: <200ms (v1)" ARROW "250ms (v2)"), "Latency: <200@1 !250@2 lower"},
		{TREND("Latency: ~100ms (v1)" ARROW "110ms (v2)"), "Latency: ~100@1 110@2 lower"},
		/* Units. */
		{TREND("Load: 2s (v1)" ARROW "1800ms (v2)"), "Load: 2000@1 1800@2 lower"},
		{TREND("Bundle size: 1.2MB (v1)" ARROW "900KB (v2)"),
		 "Bundle size: 1.2@1 0.9@2 lower"},
		/* Names are folded; units part metrics. */
		{TREND("Hit-Rate: 85% (v1)\n- hit rate: 90% (v2)\n- Hit rate: 5ms (v2)"),
		 "hit rate: 85@1 90@2 higher | Hit rate: 5@2 higher"},
		/* A version's own entry counts before what is told later. */
		{"## v2 | x\n\n**Trends:**\n- Coverage: 70% (v1)" ARROW "80% (v2)\n\n"
		 "## v1 | x\n\n**Works:** coverage: 70.5%\n",
		 "Coverage: 70.5@1 80@2 higher"},
		/* Progress over entries, with what came before the first. */
		{"## v3 | x\n\n**Progress:** 80%" ARROW "90%\n\n## v2 | x\n\n**Progress:** 80%\n",
		 "Progress: 80@2 90@3 higher"},
		{"## v3 | x\n\n**Progress:** 80%" ARROW "90%\n", "Progress: 80@3< 90@3 higher"},
		{"## v3 | x\n\n**Progress:** 60%\n\n## v2 | x\n\n**Progress:** 80%\n",
		 "Progress: 80@2 !60@3 higher"},
		/* A done component is at 100 %. */
		{"## v2 | x\n\n**Progress:** 60% | OAuth \xE2\x9C\x85\n\n"
		 "## v1 | x\n\n**Progress:** 30% | OAuth 50% | Schema \xE2\x9C\x85\n",
		 "Progress: 30@1 60@2 higher | OAuth: 50@1 100@2 higher"},
		/* `Error handling` is a component, whatever its name. */
		{"## v2 | x\n\n**Progress:** 60% | Error handling 80%\n\n"
		 "## v1 | x\n\n**Progress:** 30% | Error handling 50%\n",
		 "Progress: 30@1 60@2 higher | Error handling: 50@1 80@2 higher"},
		/* The token budget falls as it should. */
		{"## v2 | x\n\n**Token budget:** 40% remaining\n\n"
		 "## v1 | x\n\n**Token budget:** 80% remaining\n",
		 "Token budget: 80@1 40@2"},
		/* Targets: their comparison decides the direction. */
		{"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 85ms)\n",
		 "Search: 85@2 target <100 lower"},
		{"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 120ms)\n",
		 "Search: x120@2 target <100 lower"},
		{"## v2 | x\n\n**Performance Targets:**\n- Workers: >=4 (current: 3)\n",
		 "Workers: x3@2 target >=4 higher"},
		{"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 100ms)\n",
		 "Search: 100@2 target <100 lower"},
		{"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms\n",
		 "Search: target <100 lower"},
		/* The target that held then is the one that counts. */
		{"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 90ms)\n\n"
		 "## v1 | x\n\n**Performance Targets:**\n- Search: <200ms (current: 150ms)\n",
		 "Search: 150@1 90@2 target <100 lower"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct sample sample _cleanup_sample_ = sample_of(cases[i].text);
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		describe_metrics(sample.trends, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s\ngives: %s",
				 cases[i].text, wls_buf_str(&out));
	}
}

Test(metrics, best_and_worst)
{
	struct sample sample _cleanup_sample_ =
		sample_of(TREND("Latency: 200ms (v1)" ARROW "<100ms (v2)" ARROW "250ms (v5)" ARROW
				"150ms (v7)" ARROW "150ms (v8)"));
	const struct wls_metric *m = &sample.trends->metrics[0];
	cr_assert_eq(sample.trends->metric_count, 1);
	cr_expect_eq(m->best, 3, "a figure before a bound, the first of equals");
	cr_expect_eq(m->worst, 2);
}

Test(metrics, regressions_name_what_was_better)
{
	struct sample sample _cleanup_sample_ = sample_of(
		"## v3 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 140ms)\n\n"
		"## v2 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 80ms)\n\n"
		"## v1 | x\n\n**Performance Targets:**\n- Search: <100ms (current: 180ms)\n");
	const struct wls_trends *t = sample.trends;
	cr_assert_eq(t->regression_count, 2);
	cr_expect_eq(t->regressions[0].kind, WLS_REGRESSION_BEST);
	cr_expect_eq(t->regressions[0].better->version, 2);
	cr_expect_eq(t->regressions[0].claim->version, 3);
	cr_expect(t->regressions[0].newest);
	cr_expect_eq(t->regressions[1].kind, WLS_REGRESSION_TARGET, "met at v2, missed at v3");
	cr_expect_eq(t->regressions[1].better->kind, WLS_CLAIM_TARGET);
	cr_expect_eq(t->metrics[0].points[0].misses, true, "on the way to a target: told, but");
	cr_expect_eq(t->regressions[1].claim->version, 3, "no regression");
}

/* `stated Name 85@3 60@7`, `version …`. */
static void describe(const struct wls_trends *trends, struct wls_buf *out)
{
	for (size_t i = 0; i < trends->contradiction_count; i++) {
		const struct wls_contradiction *c = &trends->contradictions[i];
		wls_buf_printf(out, "%s%s %.*s %.10g@%u %.10g@%u", i > 0 ? "; " : "",
			       wls_contradiction_kind_name(c->kind), WLS_SLICE_ARG(c->b->name),
			       c->a->value, c->a->version, c->b->value, c->b->version);
		if (c->remark.len > 0)
			wls_buf_printf(out, " (%.*s)", WLS_SLICE_ARG(c->remark));
	}
}

Test(metrics, contradictions)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"## v8 | x\n\n**Contradictions:**\n- Cache hit rate 85% (v3) vs 60% (v7) - what "
		 "changed?\n",
		 "stated Cache hit rate 85@3 60@7 (what changed?)"},
		{"## v8 | x\n\n**Notes:** Cache hit rate 85% (v3) vs 60% (v7)\n",
		 "stated Cache hit rate 85@3 60@7"},
		{"## v8 | x\n\n**Contradictions:**\n- Hit rate 85% (v3) vs 60% (v7) vs 90% (v8)\n",
		 "stated Hit rate 85@3 60@7; stated Hit rate 60@7 90@8"},
		/* What an entry says of itself, and what a later one says of it. */
		{"## v5 | x\n\n**Trends:**\n- Hit rate: 60% (v3)" ARROW "90% (v5)\n\n"
		 "## v3 | x\n\n**Works:** hit rate: 85%\n",
		 "version hit rate 60@3 85@3"},
		{"## v5 | x\n\n**Trends:**\n- Hit rate: 85% (v3)" ARROW "90% (v5)\n\n"
		 "## v3 | x\n\n**Works:** hit rate: 85%\n",
		 ""},
		/* Rounded, or a bound that holds. */
		{"## v5 | x\n\n**Trends:**\n- Hit rate: 85% (v3)\n\n"
		 "## v3 | x\n\n**Works:** hit rate: 85.4%\n",
		 ""},
		{"## v5 | x\n\n**Trends:**\n- Latency: <200ms (v3)\n\n"
		 "## v3 | x\n\n**Works:** latency: 180ms\n",
		 ""},
		{"## v5 | x\n\n**Trends:**\n- Latency: <200ms (v3)\n\n"
		 "## v3 | x\n\n**Works:** latency: 280ms\n",
		 "version latency 200@3 280@3"},
		/* Moving is no contradiction; nor is how an entry came to its figure. */
		{"## v5 | x\n\n**Works:** latency: 180ms\n\n## v3 | x\n\n**Works:** latency: 280ms\n",
		 ""},
		{"## v5 | x\n\n**Work:**\n- latency: 280ms\n- latency: 180ms\n", ""},
		/* But a trend line tells what a version had: so does the entry's only such figure. */
		{"## v1 | x\n\n**Metrics:**\n- Hit rate: 85%\n\n**Trends:**\n- hit-rate: 60% (v1)" ARROW
		 "70% (v2)\n",
		 "version hit-rate 85@1 60@1"},
		{"## v1 | x\n\n**Trends:**\n- Hit rate: 60% (v1)\n\n**Metrics:**\n\n| M | Value |\n"
		 "|---|---|\n| hit rate | 85% |\n",
		 "version hit rate 60@1 85@1"},
		{"## v1 | x\n\n**Metrics:**\n- Hit rate: 85%\n\n**Trends:**\n- Hit rate: 85.4% (v1)\n",
		 ""},
		{"## v1 | x\n\n**Metrics:**\n- Hit rate: 85%\n- Hit rate: 60%\n\n"
		 "**Trends:**\n- Hit rate: 60% (v1)\n",
		 ""},
		{"## v1 | x\n\n**Work:**\n- Hit rate: 85%\n\n**Trends:**\n- Hit rate: 60% (v1)\n",
		 ""},
		{"## v1 | x\n\n**Works:** with LRU, hit rate 85%\n\n**Trends:**\n- Hit rate: 60% (v1)\n",
		 ""},
		{"## v2 | x\n\n**Metrics:**\n- Hit rate: 85%\n\n**Trends:**\n- Hit rate: 60% (v1)\n",
		 ""},
		/* A target is no claim of what is. */
		{"## v5 | x\n\n**Performance Targets:**\n- Latency: <200ms (current: 280ms)\n", ""},
		/* The log's own part says nothing certain of a version. */
		{"# A Work Log\n\n**Progress:** 60%\n\n## v5 | x\n\n**Progress:** 90%\n", ""},
		/* Choices are no figures. */
		{"## v5 | x\n\n**Decisions:**\n- JWT (vs sessions)\n- 2 workers vs 4 workers\n",
		 ""},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct sample sample _cleanup_sample_ = sample_of(cases[i].text);
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		describe(sample.trends, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].expected, "%s\ngives: %s",
				 cases[i].text, wls_buf_str(&out));
	}
}

Test(metrics, what_changed_between)
{
	struct sample sample _cleanup_sample_ = sample_of(
		"# A Work Log\n\n## v7 | 2025-11-12 10:00 | Tiers\n\n**Decisions:**\n- Tiered TTL: fresh\n\n"
		"## v5 | 2025-11-10 10:00 | Redis\n\n**Now:** x\n\n"
		"## v3 | 2025-11-08 10:00 | LRU\n\n**Decisions:**\n- LRU: simple\n\n"
		"## Key Decisions Log\n\n- v5: Redis for sessions (performance)\n- v6: No cache of carts\n");
	size_t count, left_out;
	const struct wls_change *changes =
		wls_trends_between(sample.trends, 3, 7, 10, &count, &left_out);
	cr_assert_eq(count, 3);
	cr_expect_eq(left_out, 0);
	cr_expect_eq(changes[0].version, 5);
	cr_expect(wls_slice_eq(changes[0].entry->title, WLS_SLICE("Redis")));
	cr_assert_eq(changes[0].decision_count, 1);
	cr_expect(wls_slice_eq(changes[0].decisions[0].text, WLS_SLICE("Redis for sessions")));
	cr_expect_eq(changes[1].version, 6);
	cr_expect_null(changes[1].entry);
	cr_expect_eq(changes[2].version, 7);
	cr_expect(wls_slice_eq(changes[2].decisions[0].text, WLS_SLICE("Tiered TTL")));
	changes = wls_trends_between(sample.trends, 0, UINT32_MAX, 2, &count, &left_out);
	cr_assert_eq(count, 2);
	cr_expect_eq(left_out, 2);
	cr_expect_eq(changes[0].version, 6, "the newest of them, ascending");
	wls_trends_between(sample.trends, 7, 3, 10, &count, &left_out);
	cr_expect_eq(count, 0);
}

Test(metrics, snapshots_add_what_is_not_known)
{
	static const char current[] =
		"## v3 | x\n\n**Progress:** 60%\n\n## v2 | x\n\n**Progress:** 40%\n";
	static const char old[] =
		"## v2 | x\n\n**Progress:** 45%\n\n## v1 | x\n\n**Progress:** 20%\n";
	struct wls_trends *trends _cleanup_trends_ = wls_trends_new();
	struct wls_doc *docs[2] = {NULL, NULL};
	struct wls_error err;
	cr_assert_eq(wls_doc_parse(&docs[0], WLS_SLICE(current), &err), 0);
	cr_assert_eq(wls_doc_parse(&docs[1], WLS_SLICE(old), &err), 0);
	wls_trends_add(trends, WLS_SLICE("A-WorkLog-v3.md"), docs[0], false);
	wls_trends_add(trends, WLS_SLICE("A-WorkLog-v2.md"), docs[1], true);
	wls_trends_build(trends);
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	describe_metrics(trends, &out);
	cr_expect_str_eq(wls_buf_str(&out), "Progress: 20@1 40@2 60@3 higher");
	cr_expect_eq(trends->contradiction_count, 0);
	cr_expect(wls_slice_eq(trends->metrics[0].points[0].claim->file,
			       WLS_SLICE("A-WorkLog-v2.md")));
	cr_expect_eq(trends->version, 3);
	wls_doc_free(docs[0]);
	wls_doc_free(docs[1]);
}

Test(metrics, nothing_to_say)
{
	struct wls_trends *trends _cleanup_trends_ = wls_trends_new();
	size_t count, left_out;
	wls_trends_build(trends);
	cr_expect_eq(trends->metric_count, 0);
	wls_trends_between(trends, 0, 9, 5, &count, &left_out);
	cr_expect_eq(count, 0);
	wls_trends_free(NULL);
}
