/* SPDX-License-Identifier: MIT */
/*
 * Own texts: policies, running text, and what nodes are matched by.
 *
 * Layer: tests. Includes: base, doc, merge.
 */
#include "own_world.h"

/* ---- policies ---- */

Test(own_text, policies)
{
	static const struct {
		const char *policy;
		const char *base, *ours, *theirs;
		const char *want;
		int latest;
	} rows[] = {
		{"priority=ours", "- [HIGH] a\n", "- [MED] a\n", "- [LOW] b\n", "- [MED] b\n", 0},
		{"priority=theirs", "- [HIGH] a\n", "- [MED] a\n", "- [LOW] b\n", "- [LOW] b\n", 0},
		{"priority=latest", "- [HIGH] a\n", "- [MED] a\n", "- [LOW] b\n", "- [LOW] b\n", 2},
		{"priority=latest", "- [HIGH] a\n", "- [MED] a\n", "- [LOW] b\n", "- [MED] b\n", 1},
		{"priority=latest", "- [HIGH] a\n", "- [MED] a\n", "- [LOW] b\n", CONFLICT, 0},
		{"priority=union", "- a\n", "- [MED] a\n", "- [LOW] a\n", "- [MED] a\n- [LOW] a\n",
		 0},
		{"priority=ours", "- [HIGH] a\n", "- a\n", "- [LOW] b\n", "- b\n", 0},
		{"progress=conflict", "- a ⏳\n", "- a 🔄\n", "- a ✅\n", CONFLICT, 0},
		{"progress=ours", "- a ✅\n", "- a 🔄\n", "- a ⏳\n", "- a 🔄\n", 0},
		{"progress=latest", "- a ✅\n", "- a 🔄\n", "- a ⏳\n", "- a ⏳\n", 2},
		{"status=ours", "- Owner: a\n", "- Owner: b\n", "- Owner: c\n", "- Owner: b\n", 0},
		{"text=ours", "- a\n", "- b\n", "- [HIGH] c\n", "- [HIGH] b\n", 0},
		{"text=theirs", "- a\n", "- b\n", "- [HIGH] c\n", "- [HIGH] c\n", 0},
		{"text=latest", "- a\n", "- b\n", "- c\n", "- c\n", 2},
		{"text=union", "- a\n", "- b\n", "- c\n", "- b\n- c\n", 0},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world w;
		struct wls_error err;
		struct wls_slice base = wls_slice_of(rows[i].base);

		world_init(&w);
		w.before = ENTRY "**Next:**\n- x\n";
		w.latest = rows[i].latest;
		cr_assert_eq(wls_merge_policy_parse(&w.options, wls_slice_of(rows[i].policy), &err),
			     0, "%s", rows[i].policy);
		struct wls_slice got = merge_texts(&w, &base, wls_slice_of(rows[i].ours),
						   wls_slice_of(rows[i].theirs));
		cr_expect_eq(w.conflict, rows[i].want == NULL, "%s %s: %.*s", rows[i].policy,
			     rows[i].ours, WLS_SLICE_ARG(got));
		if (rows[i].want && !w.conflict) {
			check_text(got, wls_slice_of(rows[i].want), rows[i].policy);
			cr_expect_gt(w.resolutions.count, 0);
			if (w.resolutions.count > 0)
				cr_expect_eq(w.resolutions.items[0].rule, WLS_RULE_POLICY);
		}
		world_forget(&w);
	}
}

/* Paragraphs and the values of fields, by sentence and by line. */
Test(own_text, running_text)
{
	static const struct row rows[] = {
		{"One. Two. Three.\n", "One! Two. Three.\n", "One. Two. Four.\n",
		 "One! Two. Four.\n", WLS_RULE_SENTENCES},
		{"**Now:** One. Two. Three.\n", "**Now:** One! Two. Three.\n",
		 "**Now:** ✅ One. Two. Four.\n", "**Now:** ✅ One! Two. Four.\n",
		 WLS_RULE_SENTENCES},
		{"**Now:** One.\nTwo.\nThree.\n", "**Now:** Uno.\nTwo.\nThree.\n",
		 "**Now:** One.\nTwo.\nTres.\n", "**Now:** Uno.\nTwo.\nTres.\n",
		 WLS_RULE_SENTENCES},
		{"**Now:** One.\n", "**Now:** Two.\n", "**Now:** Three.\n", CONFLICT, 0},
		{"```\na\nb\nc\n```\n", "```\nA\nb\nc\n```\n", "```\na\nb\nC\n```\n",
		 "```\nA\nb\nC\n```\n", WLS_RULE_LINES},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

/* A conflict of running text shows the lines of its sentence, when nothing else was composed. */
Test(own_text, small_conflicts)
{
	static const struct {
		const char *base, *ours, *theirs, *want;
	} rows[] = {
		{"**Now:** One.\nTwo.\nThree.\n", "**Now:** One.\nDue.\nThree.\n",
		 "**Now:** One.\nDos.\nThree.\n", "**Now:** One.\n<Due.\n|Two.\n|Dos.\n>Three.\n"},
		{"**Now:** One.\nTwo.\nThree.\n", "**Now:** ✅ One.\nDue.\nThree.\n",
		 "**Now:** One.\nDos.\nThree.\n",
		 "<**Now:** ✅ One.\nDue.\nThree.\n|**Now:** One.\nTwo.\nThree.\n|"
		 "**Now:** One.\nDos.\nThree.\n>"},
	};
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_slice base = wls_slice_of(rows[i].base);

		check_text(merge_texts(&w, &base, wls_slice_of(rows[i].ours),
				       wls_slice_of(rows[i].theirs)),
			   wls_slice_of(rows[i].want), "a conflict");
		world_forget(&w);
	}
}

/* ---- matching ---- */

Test(own_text, normalised)
{
	static const struct {
		const char *before, *text, *want;
	} rows[] = {
		{ENTRY "**Next:**\n", "- [x] [HIGH]  a  b ✅\n", "a b"},
		{ENTRY "**Next:**\n", "* **[LOW]** [BLOCKED] ~~a b~~\n", "a b"},
		{ENTRY "**Next:**\n", "- a\n  b\n", "a b"},
		{ENTRY "**Next:**\n", "- Auth 70% 🔄\n", "Auth"},
		{ENTRY "**Next:**\n", "- Auth 🔄 (v14 on)\n", "Auth (v14 on)"},
		{ENTRY "**Next:**\n", "- v6: a\n", "v6: a"},
		{ENTRY, "One.\nTwo.\n", "One. Two."},
		{ENTRY, "## Plan ✅ ##\n", "Plan"},
	};
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf out = WLS_BUF_INIT;

		w.before = rows[i].before;
		struct wls_own_text own = read_own(&w, wls_slice_of(rows[i].text));
		wls_buf_add_str(&out, "=");
		wls_own_text_normalise(&own, &out);
		check_text(wls_slice_from(wls_buf_slice(&out), 1), wls_slice_of(rows[i].want),
			   rows[i].text);
		wls_buf_release(&out);
		world_forget(&w);
	}
}

Test(own_text, keys)
{
	static const struct {
		const char *before, *text, *want;
		enum wls_key holder;
		bool strong;
	} rows[] = {
		{ENTRY "**Files:**\n", "- `src/a.c` (x)\n", "src/a.c", WLS_KEY_FILES, true},
		{ENTRY "**Files:**\n", "- src/a.c:10 x\n", "src/a.c", WLS_KEY_FILES, true},
		{ENTRY "**Files:**\n", "- [x] `Makefile`\n", "Makefile", WLS_KEY_FILES, true},
		{ENTRY "**Files:**\n", "- L45-67: x\n", "L45-67", WLS_KEY_FILES, true},
		{ENTRY "**Files:**\n", "- nothing yet\n", NULL, WLS_KEY_FILES, false},
		{ENTRY "**Notes:**\n", "- src/a.c x\n", NULL, WLS_KEY_NOTES, false},
		{ENTRY "**Notes:**\n", "- `src/a.c` x\n", "src/a.c", WLS_KEY_NOTES, true},
		{ENTRY "**Decisions:**\n", "- v6: x\n", "v6", WLS_KEY_DECISIONS, false},
		{ENTRY "**Decisions:**\n", "- **v6-v8:** x\n", "v6-v8", WLS_KEY_DECISIONS, false},
		{ENTRY "**Decisions:**\n", "- JWT tokens: x\n", "JWT tokens", WLS_KEY_DECISIONS,
		 false},
		{ENTRY "**Decisions:**\n", "- Done. But then: x\n", NULL, WLS_KEY_DECISIONS, false},
		{ENTRY "**Decisions:**\n", "- std::move\n", NULL, WLS_KEY_DECISIONS, false},
		{ENTRY "**Hypotheses:**\n", "H3: x | Open\n", "H3", WLS_KEY_HYPOTHESES, false},
		{ENTRY "**Work:**\n", "+: x\n", NULL, WLS_KEY_WORK, false},
		{ENTRY "**Blockers:**\n- x\n", "- Owner: @a\n", "Owner", WLS_KEY_BLOCKERS, true},
		{ENTRY "| A | B |\n|---|---|\n", "|  x  y | z |\n", "x y", WLS_KEY_NONE, true},
		{ENTRY, "words: x\n", NULL, WLS_KEY_NONE, false},
	};
	struct world w;

	world_init(&w);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		bool strong = true;

		w.before = rows[i].before;
		struct wls_own_text own = read_own(&w, wls_slice_of(rows[i].text));
		bool found = wls_own_text_key(&own, rows[i].holder, &out, &strong);
		cr_expect_eq(found, rows[i].want != NULL, "%s", rows[i].text);
		check_text(wls_buf_slice(&out), wls_slice_of(rows[i].want), rows[i].text);
		cr_expect_eq(strong, rows[i].strong, "%s", rows[i].text);
		wls_buf_release(&out);
		world_forget(&w);
	}
}
