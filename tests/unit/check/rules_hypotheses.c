/* SPDX-License-Identifier: MIT */
/*
 * Tests of the rules about what is tried again.
 */
#include "check/rules_shared.h"
#include "rules_support.h"

#define OLD                                                                                        \
	"# Sample Work Log\n\n## v3 | 2025-11-01 | T\n\n**Hypotheses:**\n"                         \
	"H1: Large objects retained | Refuted | Heap snapshot clean (v2)\n"                        \
	"H2: Event listeners leak | ✅ Confirmed | 10k+ listeners\n"                              \
	"H3: Circular references | Invalidated | H2 was root cause\n"                              \
	"H4: Old buffers in the pool | Dropped | no time\n\n"                                      \
	"**Tried:** Heap snapshots, profiling, bigger thread stacks ❌\n"                         \
	"**Dead ends:** GC tuning (no effect), object pool optimization (wrong direction)\n\n"
#define NEW OLD "## v5 | 2025-11-10 | T\n\n"
#define HYPO WLS_RULE_REFUTED_AGAIN
#define DEAD WLS_RULE_DEAD_END_AGAIN

Test(rules_hypotheses, refuted)
{
	static const struct rules_case cases[] = {
		{"carried on as refuted", HYPO,
		 NEW "**Hypotheses:**\nH1: Large objects retained | Refuted | (v2)\n", ""},
		{"the same words", HYPO,
		 NEW "**Hypotheses:**\nH1: Large objects retained | Testing |\n", "17:5-27"},
		{"other small words and case", HYPO,
		 NEW "**Hypotheses:**\nH7: The large objects are Retained\n", "17:5-35"},
		{"in another order", HYPO,
		 NEW "**Hypotheses:**\nH1: Retained large objects | Open |\n", "17:5-27"},
		{"one word more", HYPO,
		 NEW "**Hypotheses:**\nH1: Large string objects retained | Open |\n", ""},
		{"what was confirmed", HYPO,
		 NEW "**Hypotheses:**\nH1: Event listeners leak | Open |\n", ""},
		{"invalidated", HYPO, NEW "**Hypotheses:**\nH1: Circular references | Open |\n",
		 "17:5-24"},
		{"dropped", HYPO, NEW "**Hypotheses:**\nH1: Old buffers in the pool | Open |\n",
		 ""},
		{"with the old version named", HYPO,
		 NEW "**Hypotheses:**\nH1: Large objects retained (unlike v3) | Open |\n", ""},
		{"a step", HYPO, NEW "**Next:**\n- [HIGH] Retest large objects retained\n",
		 "17:10-39"},
		{"in the same entry", HYPO, OLD "**Next:**\n- [HIGH] Large objects retained\n", ""},
		{"the log is done", HYPO,
		 NEW "**Status:** done\n**Hypotheses:**\nH1: Large objects retained\n", ""},
		{"decided since", HYPO,
		 NEW "**Hypotheses:**\nH1: Large objects retained\n\n## v6 | T\n\n"
		     "**Hypotheses:**\nH1: Large objects retained | Refuted\n",
		 ""},
		{"open since", HYPO,
		 NEW "**Hypotheses:**\nH1: Large objects retained\n\n## v6 | T\n\n**Now:** on\n",
		 "17:5-27"},
	};
	RULES_TRY(cases);
}

Test(rules_hypotheses, dead_ends)
{
	static const struct rules_case cases[] = {
		{"a step", DEAD, NEW "**Next:**\n- [HIGH] Try GC tuning\n", "17:10-23"},
		{"a step in the field's line", DEAD, NEW "**Next:** GC tuning\n", "16:11-20"},
		{"done", DEAD, NEW "**Work:**\n+: added object pool optimization\n", "17:4-34"},
		{"taken away", DEAD, NEW "**Work:**\n-: object pool optimization\n", ""},
		{"done now", DEAD, NEW "**Now:** GC tuning\n", "16:10-19"},
		{"now over", DEAD, NEW "**Now:** GC tuning had no effect\n", ""},
		{"carried along", DEAD,
		 NEW "**Tried:** GC tuning, profiling\n**Decisions:**\n- GC tuning (dropped)\n",
		 ""},
		{"a reason behind a colon", DEAD,
		 "# S Work Log\n\n## v1 | T\n\n**Dead ends:**\n- object pool optimization: wrong way\n"
		 "- GC tuning - no effect\n\n## v2 | T\n\n**Next:**\n- [MED] Object pool optimization\n"
		 "- GC tuning\n- Object pool optimization: the wrong way\n",
		 "12:9-33 13:3-12 14:3-42"},
		{"a topic before a colon", DEAD,
		 "# S Work Log\n\n## v1 | T\n\n**Dead ends:**\n- GC: tuning of the heap\n\n"
		 "## v2 | T\n\n**Next:**\n- GC\n- Heap tuning\n",
		 ""},
		{"a hypothesis", DEAD, NEW "**Hypotheses:**\nH1: GC tuning | Open |\n", "17:5-14"},
		{"marked under Tried", DEAD, NEW "**Next:**\n- Try bigger thread stacks\n",
		 "17:3-27"},
		{"not marked under Tried", DEAD, NEW "**Next:**\n- Heap snapshots\n", ""},
		{"denied", DEAD,
		 NEW "**Next:**\n- Document why GC tuning failed\n- Remove GC tuning\n"
		     "- Do not try GC tuning\n",
		 ""},
		{"something else", DEAD, NEW "**Next:**\n- GC tuning of the build server\n", ""},
		{"ticked off", DEAD, NEW "**Next:**\n- [x] GC tuning\n- ~~GC tuning~~\n", ""},
		{"an older step", DEAD,
		 NEW "**Next:**\n- GC tuning\n\n## v6 | T\n\n**Next:** Ship it\n", ""},
		{"before it was one", DEAD,
		 "# S Work Log\n\n## v1 | T\n\n**Next:**\n- GC tuning\n\n## v2 | T\n\n"
		 "**Dead ends:** GC tuning\n",
		 ""},
		{"of the log's own part", DEAD,
		 "# S Work Log\n\n**Dead ends:** GC tuning\n\n## v2 | T\n\n**Next:**\n- GC tuning\n",
		 "8:3-12"},
		{"of the log's own part, and what led there", DEAD,
		 "# S Work Log\n\n**Dead ends:** GC tuning\n\n## v2 | T\n\n**Work:**\n+: GC tuning\n",
		 ""},
	};
	RULES_TRY(cases);
}

Test(rules_hypotheses, across_parts)
{
	static const struct rules_file files[] = {
		{"A-WorkLog-v1.md", "# A Work Log\n\n## v1 | T\n\n**Dead ends:** GC tuning\n"},
		{"A-WorkLog-v2.md", "# A Work Log\n\nContinuation of A-WorkLog-v1.md\n\n"
				    "## v2 | T\n\n**Next:**\n- GC tuning\n"},
	};
	_cleanup_free_ char *got = rules_messages(DEAD, files, 2);
	cr_expect_str_eq(got, "A-WorkLog-v2.md:8:3: this was a dead end in v1 (line 5 of "
			      "A-WorkLog-v1.md): \"GC tuning\"\n");
}

/* What only an old copy has is not forgotten; what both have is told of the current one. */
Test(rules_hypotheses, in_older_files)
{
	static const struct rules_file files[] = {
		{"A-WorkLog-v2.md",
		 "# A Work Log\n\n**Dead ends:** of no version\n\n"
		 "## v2 | T\n\n**Hypotheses:**\nH1: Large objects retained | Refuted | no\n\n"
		 "**Dead ends:** GC tuning\n"},
		{"A-WorkLog-v3.md", "# A Work Log\n\n## v3 | T\n\n**Hypotheses:**\n"
				    "H1: Large objects retained | Open |\n\n"
				    "**Next:**\n- GC tuning\n- Of no version\n"},
		{"A-WorkLog-v1.md", "# A Work Log\n\n## v1 | T\n\n**Dead ends:** GC tuning\n"},
	};
	_cleanup_free_ char *dead = rules_messages(DEAD, files, 3);
	_cleanup_free_ char *refuted = rules_messages(HYPO, files, 3);
	cr_expect_str_eq(dead, "A-WorkLog-v3.md:9:3: this was a dead end in v2 (line 10 of "
			       "A-WorkLog-v2.md): \"GC tuning\"\n");
	cr_expect_str_eq(refuted, "A-WorkLog-v3.md:6:5: this was refuted in v2 (line 8 of "
				  "A-WorkLog-v2.md): \"Large objects retained\"\n");
}

Test(rules_hypotheses, in_a_copy_that_is_repeated)
{
	static const struct rules_file files[] = {
		{"A-WorkLog-v2.md", "# A Work Log\n\n## v1 | T\n\n**Dead ends:** GC tuning\n"},
		{"A-WorkLog-v3.md", "# A Work Log\n\n## v1 | T\n\n**Now:** x\n\n## v3 | T\n\n"
				    "**Next:**\n- GC tuning\n"},
	};
	_cleanup_free_ char *got = rules_messages(DEAD, files, 2);
	cr_expect_str_eq(got, "", "the newer copy no longer says so: %s", got);
}

static bool alike(const char *a, const char *b)
{
	struct wls_phrase x, y;
	wls_phrase_read(wls_slice_of(a), &x);
	wls_phrase_read(wls_slice_of(b), &y);
	bool answer = wls_phrase_alike(&x, &y);
	cr_expect_eq(answer, wls_phrase_alike(&y, &x), "%s ~ %s", a, b);
	return answer;
}

Test(rules_hypotheses, phrases)
{
	static const struct {
		const char *a, *b;
		bool alike;
	} cases[] = {
		{"GC tuning", "gc-tuning", true},
		{"GC tuning", "try the GC tuning again", true},
		{"GC tuning", "GC tuning (no effect)", true},
		{"GC tuning", "`GC` **tuning**", true},
		{"GC tuning", "tuning", false},
		{"caching", "caching", false},
		{"Größere Puffer", "größere puffer", true},
		{"Heap of 512MB", "Heap of 1GB", false},
		{"slow query of the old index", "slow query on the old index", true},
		{"slow query log of the old search index", "slow query of the old search index",
		 true},
		{"slow query of the old search index", "slow query of the new cart page", false},
		{"slow query old index", "slow query old index cache", true},
		{"slow query index", "slow query index cache", false},
		{"GC) tuning", "GC tuning (", true},
		{"", "", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(alike(cases[i].a, cases[i].b), cases[i].alike, "%s ~ %s", cases[i].a,
			     cases[i].b);
}

/* Time grows with the text, not with its square: a log of equal failures and attempts. */
Test(rules_hypotheses, many)
{
	enum { MANY = 20000 };
	_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
	wls_buf_add_str(&text, "# S Work Log\n\n## v1 | T\n\n**Dead ends:**\n");
	for (unsigned i = 0; i < MANY; i++)
		wls_buf_printf(&text, "- Bigger pool for thread %u\n", i);
	wls_buf_add_str(&text, "\n## v2 | T\n\n**Next:**\n");
	for (unsigned i = 0; i < MANY; i++)
		wls_buf_printf(&text, "- Bigger pool for thread %u\n", i + MANY - 1);
	const struct rules_file file = {"A-WorkLog.md", wls_buf_str(&text)};
	_cleanup_free_ char *got = rules_places(DEAD, &file, 1);
	cr_expect_str_eq(got, "20010:3-31");
}
