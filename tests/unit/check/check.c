/* SPDX-License-Identifier: MIT */
/*
 * What runs the rules: places, comments, order, fingerprints, and what --fix makes of a text.
 */
#include <criterion/criterion.h>

#include "check/fix.h"
#include "wlsync/check.h"

/* A log in a graph of its own, checked. */
struct run {
	struct wls_graph *graph;
	struct wls_doc *doc;
	struct wls_check_options options;
	struct wls_check_file file;
	struct wls_check *check;
};

static void run_on(struct run *run, struct wls_slice text)
{
	struct wls_graph_options options = {0};
	struct wls_error err;

	*run = (struct run){.graph = wls_graph_new(&options)};
	cr_assert_eq(wls_doc_parse(&run->doc, text, &err), WLS_OK);
	wls_graph_add(run->graph, &(struct wls_file){.path = WLS_SLICE("Log-WorkLog.md")},
		      run->doc);
	wls_graph_build(run->graph);
	cr_assert_eq(run->graph->log_count, 1);
	wls_check_defaults(&run->options);
	run->options.today = WLS_SLICE("2025-11-14");
	run->check = wls_check_new(run->graph, &run->options);
	run->file = (struct wls_check_file){run->graph->logs[0].file, run->doc};
	wls_check_log(run->check, 0, &run->file, 1);
	wls_check_finish(run->check);
}

static void end(struct run *run)
{
	wls_check_free(run->check);
	wls_graph_free(run->graph);
	wls_doc_free(run->doc);
}

/* How many findings a rule has that no comment switches off. */
static size_t loud(const struct run *run, enum wls_rule rule)
{
	size_t n = 0;

	for (size_t i = 0; i < run->check->count; i++)
		n += run->check->findings[i].rule == rule && !run->check->findings[i].ignored;
	return n;
}

#define HEAD "---\nstatus: in_progress\n---\n\n# Log Work Log\n\n"
#define ITEM "**Dependencies:**\n- depends on Nope-WorkLog"

Test(check, table)
{
	for (size_t i = 0; i < WLS_RULE_COUNT; i++) {
		cr_expect_eq(wls_rule_find(wls_slice_of(wls_rules[i].name)), i);
		cr_expect(wls_rules[i].severity >= -1 && wls_rules[i].severity <= WLS_ERROR);
		cr_expect(*wls_rules[i].what && *wls_rules[i].how, "%s", wls_rules[i].name);
	}
	cr_expect_eq(wls_rule_find(WLS_SLICE("dangling")), WLS_RULE_COUNT);
	cr_expect_eq(wls_rule_find(WLS_SLICE("")), WLS_RULE_COUNT);
}

/* Where a comment stands, and how many findings of dangling-ref are left of one. */
Test(check, comments)
{
	static const struct {
		const char *what, *text;
		size_t want;
	} cases[] = {
		{"none", HEAD "## v1 | 2025-11-10 | x\n\n" ITEM "\n", 1},
		{"at the line's end",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore dangling-ref -->\n",
		 0},
		{"without blanks",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!--wlsync:ignore dangling-ref-->\n", 0},
		{"in capitals",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- WLSYNC: Ignore DANGLING-REF -->\n",
		 0},
		{"CR LF",
		 "# Log Work Log\r\n\r\n## v1 | 2025-11-10 | x\r\n\r\n**Dependencies:**\r\n"
		 "- depends on Nope-WorkLog <!-- wlsync: ignore dangling-ref -->\r\n",
		 0},
		{"the file ends there",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore dangling-ref -->", 0},
		{"not closed",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore dangling-ref\n", 1},
		{"words behind it",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore dangling-ref --> y\n",
		 1},
		{"no rule named",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore -->\n", 1},
		{"part of a rule's name",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM " <!-- wlsync: ignore dangling -->\n", 1},
		{"second on its line",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM
		      " <!-- y --> <!-- wlsync: ignore dangling-ref -->\n",
		 0},
		{"the entry",
		 HEAD "## v1 | 2025-11-10 | x\n\n<!-- wlsync: ignore dangling-ref -->\n\n" ITEM
		      "\n",
		 0},
		{"another entry",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM "\n\n## v0 | 2025-11-09 | y\n\n"
		      "<!-- wlsync: ignore dangling-ref -->\n",
		 1},
		{"the log",
		 HEAD "<!-- wlsync: ignore dangling-ref -->\n\n## v1 | 2025-11-10 | x\n\n" ITEM
		      "\n",
		 0},
		{"a section of the entry",
		 HEAD "## v1 | 2025-11-10 | x\n\n" ITEM "\n\n### Notes\n\n"
		      "<!-- wlsync: ignore dangling-ref -->\n",
		 1},
		{"a fence",
		 HEAD
		 "```\n<!-- wlsync: ignore dangling-ref -->\n```\n\n## v1 | 2025-11-10 | x\n\n" ITEM
		 "\n",
		 1},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct run run;
		run_on(&run, wls_slice_of(cases[i].text));
		cr_expect_eq(loud(&run, WLS_RULE_DANGLING_REF), cases[i].want, "%s: %zu",
			     cases[i].what, loud(&run, WLS_RULE_DANGLING_REF));
		end(&run);
	}
}

/* A credential is in no source that is kept, not even beside another finding. */
Test(check, secrets_are_blanked)
{
	struct run run;

	run_on(&run, WLS_SLICE(HEAD "## v1 | 2025-11-10 | x\n\n" ITEM
				    " ghp_0123456789abcdefghijklmnopqrstuvwxyzAB\n"));
	cr_expect_eq(loud(&run, WLS_RULE_SECRET), 1);
	cr_expect_eq(loud(&run, WLS_RULE_DANGLING_REF), 1);
	for (size_t i = 0; i < run.check->count; i++) {
		struct wls_slice source = run.check->findings[i].place.source;
		cr_expect_eq(wls_slice_find(source, WLS_SLICE("ghp_")), SIZE_MAX);
		cr_expect_eq(wls_slice_find(source, WLS_SLICE("789abc")), SIZE_MAX);
	}
	end(&run);
}

#define TOKEN                                                                                      \
	"ghp_"                                                                                     \
	"0123456789abcdefghijklmnopqrstuvwxyzAB"

/* Nor in what is said about the log, whatever it quotes, nor a piece of one at the end of what is shown. */
Test(check, secrets_are_in_no_text)
{
	static const char old[] =
		HEAD "## v1 | 2025-11-10 | x\n\n**Hypotheses:**\nH1: the token " TOKEN
		     " leaks | Refuted | no\n\n**Dead ends:** sending " TOKEN " twice\n\n"
		     "## v2 | 2025-11-11 | x\n\n**Status:** parked " TOKEN "\n\n"
		     "**Hypotheses:**\nH1: the token " TOKEN " leaks | Open |\n\n"
		     "**Dependencies:**\n- depends on " TOKEN "-WorkLog\n"
		     "**Trends:**\n- Latency of " TOKEN ": 10ms (v1) → 20ms (v2)\n\n"
		     "**Next:**\n- sending " TOKEN " twice\n";
	static const enum wls_rule rules[] = {
		WLS_RULE_UNKNOWN_STATUS, WLS_RULE_REFUTED_AGAIN,  WLS_RULE_DANGLING_REF,
		WLS_RULE_REGRESSION,     WLS_RULE_DEAD_END_AGAIN,
	};
	struct wls_buf cut _cleanup_buf_ = WLS_BUF_INIT;
	struct run run;

	run_on(&run, WLS_SLICE(old));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rules); i++)
		cr_expect_eq(loud(&run, rules[i]), 1, "%s", wls_rules[rules[i]].name);
	for (size_t i = 0; i < run.check->count; i++) {
		const struct wls_check_finding *finding = &run.check->findings[i];
		cr_expect_null(strstr(finding->message, "0123"), "%s", finding->message);
		cr_expect_null(strstr(finding->hint, "0123"), "%s", finding->hint);
		cr_expect_eq(wls_slice_find(finding->place.source, WLS_SLICE("0123")), SIZE_MAX);
	}
	end(&run);
	/* The kept piece of a long line begins and ends anywhere in it. */
	for (int n = 100; n < 330; n += 10) {
		wls_buf_clear(&cut);
		wls_buf_add_str(&cut,
				HEAD "## v1 | 2025-11-10 | x\n\n**Dependencies:**\n- " TOKEN " ");
		wls_buf_fill(&cut, 'x', (size_t)n);
		wls_buf_add_str(&cut, " depends on Nope-WorkLog ");
		wls_buf_fill(&cut, 'x', (size_t)n);
		wls_buf_add_str(&cut, " " TOKEN "\n");
		run_on(&run, wls_buf_slice(&cut));
		for (size_t i = 0; i < run.check->count; i++) {
			struct wls_slice source = run.check->findings[i].place.source;
			cr_expect_eq(wls_slice_find(source, WLS_SLICE("qrst")), SIZE_MAX, "%d", n);
			cr_expect_eq(wls_slice_find(source, WLS_SLICE("4567")), SIZE_MAX, "%d", n);
		}
		end(&run);
	}
}

/* What is found twice of the same names has two fingerprints, the same in each run. */
Test(check, fingerprints)
{
	static const char text[] =
		HEAD "## v1 | 2025-11-10 | x\n\n" ITEM "\n- Search depends on Nope-WorkLog\n";
	struct run a, b;

	run_on(&a, WLS_SLICE(text));
	run_on(&b, WLS_SLICE(text));
	cr_assert_eq(a.check->count, b.check->count);
	for (size_t i = 0; i < a.check->count; i++) {
		cr_expect_eq(a.check->findings[i].fingerprint, b.check->findings[i].fingerprint);
		for (size_t k = 0; k < i; k++)
			cr_expect_neq(a.check->findings[i].fingerprint,
				      a.check->findings[k].fingerprint);
	}
	end(&a);
	end(&b);
}

/* Columns are code points; of a long line the part around the place is kept. */
Test(check, places)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct run run;

	wls_buf_add_str(&text, HEAD "## v1 | 2025-11-10 | x\n\n**Dependencies:**\n- ");
	for (int i = 0; i < 5000; i++)
		wls_buf_add_str(&text, "ä\xFF ");
	wls_buf_add_str(&text, "depends on Nope-WorkLog\n");
	run_on(&run, wls_buf_slice(&text));
	bool seen = false;
	for (size_t i = 0; i < run.check->count; i++) {
		const struct wls_finding_place *place = &run.check->findings[i].place;
		if (run.check->findings[i].rule != WLS_RULE_DANGLING_REF)
			continue;
		seen = true;
		cr_expect_eq(place->line, 10);
		cr_expect_eq(place->column, 3 + 15000 + 11);
		cr_expect_eq(place->end_column - place->column, 12);
		cr_expect(place->source.len < 1000);
		cr_expect(place->source_column > 14000 && place->source_column < place->column);
		cr_expect(wls_slice_eq(wls_slice(text.ptr + place->begin, 12),
				       WLS_SLICE("Nope-WorkLog")));
	}
	cr_expect(seen);
	end(&run);
}

/* ---- mending ---- */

Test(check, fixes)
{
	static const struct {
		const char *text, *want; /* NULL: nothing to mend */
	} cases[] = {
		{"---\nversion: v5\n---\n\n## v2 | 2025-11-10 | x\n",
		 "---\nversion: v2\n---\n\n## v2 | 2025-11-10 | x\n"},
		{"---\nversion: '5'\n---\n\n## v2 | 2025-11-10 | x\n",
		 "---\nversion: '2'\n---\n\n## v2 | 2025-11-10 | x\n"},
		{"---\nstatus: completed\n---\n\n## v2 | 2025-11-10 | x [BLOCKED]\n",
		 "---\nstatus: blocked\n---\n\n## v2 | 2025-11-10 | x [BLOCKED]\n"},
		{"## v2 | 2025-11-10 | x", "## v2 | 2025-11-10 | x\n"},
		{"# X\r## v2 | 2025-11-10 | x", "# X\r## v2 | 2025-11-10 | x\r"},
		{"## v2 | 2025-11-10 | x\n\n**Now:** \xE2\x80\x9A\xC3\xBA\xC3\x96 a \xE2\x80\x9A\xC3\x9C\xC3\xAD b\n",
		 "## v2 | 2025-11-10 | x\n\n**Now:** \xE2\x9C\x85 a \xE2\x86\x92 b\n"},
		{"## v2 | 2025-11-10 | x\n", NULL},
		{"---\nversion: v2\nstatus: blocked\n---\n\n## v2 | 2025-11-10 | x [BLOCKED]\n",
		 NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		struct run run;

		run_on(&run, wls_slice_of(cases[i].text));
		size_t n = wls_check_fix(run.check, &run.file, &out, NULL);
		cr_expect_eq(n > 0, cases[i].want != NULL, "case %zu", i);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want ? cases[i].want : "", "case %zu",
				 i);
		end(&run);
	}
}

Test(check, names)
{
	static const struct {
		const char *path, *want;
	} cases[] = {
		{"Log-WorkLog-v4.md", "Log-WorkLog-v2.md"},
		{"a.b/v9/Log_V4.md", "a.b/v9/Log_V2.md"},
		{"Log-WorkLog-v004.md", "Log-WorkLog-v2.md"},
		{"Log-WorkLog.md", ""},
		{"v4/Log.md", ""},
		{"v4", ""},
		{"", ""},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_arena arena = {0};
		struct wls_slice name =
			wls_check_fixed_name(&arena, wls_slice_of(cases[i].path), 2);
		cr_expect(wls_slice_eq(name, wls_slice_of(cases[i].want)), "%s: %.*s",
			  cases[i].path, WLS_SLICE_ARG(name));
		wls_arena_release(&arena);
	}
}

/* Markers and signs of an encoding that markers went through; never letters, though they decode. */
Test(check, misread)
{
	static const struct {
		const char *text;
		size_t want;
	} cases[] = {
		{"Ã©", 0},
		{"âœ… Ã©", 1},
		{"âœ… été", 1},
		{"‚úÖ √©", 1},
		{"‚úÖ Pendant l’été, “Über” et «École»", 1},
		{"âœ… Ä€, Ç¡, ß©", 1},
		{"‚úÖ ‚x", 1},   /* cut short */
		{"✅ Ã© ‚Üí", 0}, /* ✅ is right */
		{"‚úÖ‚úÖ", 2},
		{"‚úÖ a ‚Üí b ‚Äî c", 3},
		{"âœ… a â†’ b", 2},
		{"‚úÖ a â†’ b", 1}, /* of another encoding */
		{"‚ö†Ô∏è", 2},
		{"‚ö† Ô∏è", 1},   /* VS16 behind no marker */
		{"ðŸŸ¢ ðŸš€", 1}, /* no marker */
		{"\xFF\xFE", 0},
		{"", 0},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_misread_scan scan;
		struct wls_misread read;
		size_t n = 0;

		wls_misread_start(&scan, wls_slice_of(cases[i].text));
		while (wls_misread_next(&scan, &read))
			n++;
		cr_expect_eq(n, cases[i].want, "case %zu: %zu", i, n);
	}
}
