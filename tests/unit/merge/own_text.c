/* SPDX-License-Identifier: MIT */
/*
 * Own texts: every atom and rule, in both orientations and line endings.
 *
 * Layer: tests. Includes: base, doc, merge.
 */
#include "own_world.h"

Test(own_text, items)
{
	static const struct row rows[] = {
		/* Different atoms of one line. */
		{"- a\n", "- [HIGH] a\n", "- a ✅\n", "- [HIGH] a ✅\n", WLS_RULE_ATOMS},
		{"- a\n", "- [HIGH] a\n", "- [BLOCKED] a\n", "- [HIGH] [BLOCKED] a\n",
		 WLS_RULE_ATOMS},
		{"- a\n", "- ✅ a\n", "- [HIGH] a\n", "- [HIGH] ✅ a\n", WLS_RULE_ATOMS},
		{"- [ ] a\n", "- [x] a\n", "- [ ] b\n", "- [x] b\n", WLS_RULE_ATOMS},
		{"- [HIGH] a\n", "- a\n", "- [HIGH] b\n", "- b\n", WLS_RULE_ATOMS},
		{"- [HIGH] a ⏳\n", "- [LOW] a ⏳\n", "- [HIGH] a\n", "- [LOW] a\n", WLS_RULE_ATOMS},
		{"- [HIGH] [BLOCKED] a\n", "- [HIGH] a\n", "- [LOW] [BLOCKED] a\n", "- [LOW] a\n",
		 WLS_RULE_ATOMS},
		{"- [HIGH]  a  \n", "* [HIGH]  a  \n", "- [LOW]  a  \n", "* [LOW]  a  \n",
		 WLS_RULE_ATOMS},
		{"- a\n", "  - a\n", "- [x] a\n", "  - [x] a\n", WLS_RULE_ATOMS},
		{"- a\n", "- ~~a~~\n", "- a ✅\n", "- ~~a~~ ✅\n", WLS_RULE_ATOMS},
		{"- ✅ a\n", "- a ✅\n", "- ✅ b\n", "- b ✅\n", WLS_RULE_ATOMS},
		{"- v6: a\n", "- v6: b\n", "- [HIGH] v6: a\n", "- [HIGH] v6: b\n", WLS_RULE_ATOMS},
		{"- v6: a\n", "- v6: ✅ a\n", "- v6: a ✅\n", CONFLICT, 0},
		/* A marker within the text. */
		{"- a 🔄 (v14 going on)\n", "- a ✅ (v14 going on)\n", "- a 🔄 (v15 going on)\n",
		 "- a ✅ (v15 going on)\n", WLS_RULE_ATOMS},
		/* A percentage beside a marker is one value with it… */
		{"- [ ] [HIGH] a 40% 🔄\n", "- [ ] [HIGH] a and b 40% 🔄\n", "- [ ] [HIGH] a 70% 🔄\n",
		 "- [ ] [HIGH] a and b 70% 🔄\n", WLS_RULE_ATOMS},
		{"- a 40% 🔄\n", "- a ✅\n", "- a 70% 🔄\n", "- a ✅\n", WLS_RULE_MARK},
		{"- a 40% 🔄\n", "- a 60% 🔄\n", "- a 70% 🔄\n", "- a 70% 🔄\n", WLS_RULE_MARK},
		{"- a 40% 🔄\n", "- a 30% 🔄\n", "- a 70% 🔄\n", CONFLICT, 0},
		{"- a 40% 🔄\n", "- [x] a 40% 🔄\n", "- a 70% 🔄\n", "- [x] a 70% 🔄\n",
		 WLS_RULE_ATOMS},
		{"- a 40% 🔄 (b)\n", "- a 40% 🔄 (c)\n", "- a 70% 🔄 (b)\n", "- a 70% 🔄 (c)\n",
		 WLS_RULE_ATOMS},
		/* …one without may be a goal: higher need not be better. */
		{"- use 40%\n", "- use now 40%\n", "- use 70%\n", "- use now 70%\n",
		 WLS_RULE_ATOMS},
		{"- use 40%\n", "- use 40% ✅\n", "- must 40%\n", "- must 40% ✅\n", WLS_RULE_ATOMS},
		{"- use 40%\n", "- use 60%\n", "- use 70%\n", CONFLICT, 0},
		{"- use 40%\n", "- use 60%\n", "- use\n", CONFLICT, 0},
		{"- use <40%\n", "- uses <40%\n", "- use <70%\n", CONFLICT, 0},
		/* Checkbox: ticked when either side ticked it. */
		{NULL, "- [ ] a\n", "- [x] a\n", "- [x] a\n", WLS_RULE_CHECKBOX},
		{"- [ ] a\n", "- [x] a\n", "- [X] a\n", "- [x] a\n", WLS_RULE_CHECKBOX},
		{"- [ ] a\n", "- [x] a\n", "- a\n", CONFLICT, 0},
		/* Marker: the furthest along when both advanced. */
		{"- a ⏳\n", "- a 🔄\n", "- a ✅\n", "- a ✅\n", WLS_RULE_MARK},
		{"- ⏳ a\n", "- ✅ a\n", "- 🔄 a\n", "- ✅ a\n", WLS_RULE_MARK},
		{"- a\n", "- a 🔄\n", "- a ✅\n", "- a ✅\n", WLS_RULE_MARK},
		{"- a 🔄\n", "- a ⏳\n", "- a ✅\n", CONFLICT, 0},
		{"- a 🔄\n", "- a ❌\n", "- a ✅\n", CONFLICT, 0},
		{"- a ⚠️\n", "- a 🔄\n", "- a ✅\n", CONFLICT, 0},
		{"- a 🔄\n", "- a\n", "- a ✅\n", CONFLICT, 0},
		/* Priority: a conflict. */
		{"- [HIGH] a\n", "- [MED] a\n", "- [LOW] a\n", CONFLICT, 0},
		{"- a\n", "- [MED] a\n", "- [LOW] a\n", CONFLICT, 0},
		{"- [HIGH] a\n", "- a\n", "- [LOW] a\n", CONFLICT, 0},
		{"- a\n", "* a\n", "+ a\n", CONFLICT, 0},
		/* Text on both sides. */
		{"- a\n", "- b\n", "- c\n", CONFLICT, 0},
		{"- [HIGH] a\n", "- [HIGH] b\n", "- [LOW] c\n", CONFLICT, 0},
		/* No base: what a side has alone is added. */
		{NULL, "- a\n", "- b\n", CONFLICT, 0},
		{NULL, "- [HIGH] a\n", "- [LOW] a\n", CONFLICT, 0},
		{NULL, "- One. Two.\n", "- One. Three.\n", CONFLICT, 0},
		{NULL, "- [HIGH] a\n", "- a ✅\n", "- [HIGH] a ✅\n", WLS_RULE_ATOMS},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Next:**\n";
	w.holder = WLS_KEY_NEXT;
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, items_after_items)
{
	static const struct row rows[] = {
		{"- Owner: @a\n", "- Owner: @b\n", "- [HIGH] Owner: @a\n", "- [HIGH] Owner: @b\n",
		 WLS_RULE_ATOMS},
		{"- Owner: @a\n", "- Owner: @b\n", "- Owner: @c\n", CONFLICT, 0},
		{"- ETA: 1h\n", "- ETA: 2h\n", "- ETA: 1h (x)\n", CONFLICT, 0},
		{"- a\n", "* a\n", "+ a\n", CONFLICT, 0},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Blockers:**\n- x\n";
	w.holder = WLS_KEY_BLOCKERS;
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

/* Numbers of a list: the higher one. */
Test(own_text, numbered_items)
{
	static const struct row rows[] = {
		{"2. a\n", "3. a\n", "4. a\n", "4. a\n", WLS_RULE_ATOMS},
		{"9. a\n", "10. a\n", "11. [HIGH] a\n", "11. [HIGH] a\n", WLS_RULE_ATOMS},
		{"2. a\n", "3. a\n", "4) a\n", CONFLICT, 0},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Next:**\n\n";
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, progress)
{
	static const struct row rows[] = {
		{"**Progress:** 60%\n", "**Progress:** 70%\n", "**Progress:** 80%\n",
		 "**Progress:** 80%\n", WLS_RULE_PERCENT},
		{"**Progress:** 60%\n", "**Progress:** 50%\n", "**Progress:** 80%\n", CONFLICT, 0},
		{"**Progress:** 60%\n", "**Progress:** 60% → 70%\n", "**Progress:** 65%\n",
		 "**Progress:** 60% → 70%\n", WLS_RULE_PERCENT},
		{"**Progress:** Phase 2/3 - 60% overall\n",
		 "**Progress:** Phase 3/3 - 60% overall\n",
		 "**Progress:** Phase 2/3 - 70% overall\n",
		 "**Progress:** Phase 3/3 - 70% overall\n", WLS_RULE_ATOMS},
		{"**Progress:** 60%\n", "**Progress:** 90%\n", "**Progress:** ✅\n",
		 "**Progress:** ✅\n", WLS_RULE_PERCENT},
		{"**Progress:** 60% | A ⏳\n", "**Progress:** 70% | A ⏳\n",
		 "**Progress:** 60% | A 🔄\n", "**Progress:** 70% | A 🔄\n", WLS_RULE_COMPONENTS},
		{"**Progress:** 60% | A 70% 🔄 | B ⏳\n", "**Progress:** 60% | A 80% 🔄 | B ⏳\n",
		 "**Progress:** 60% | A ✅ | B ⏳\n", "**Progress:** 60% | A ✅ | B ⏳\n",
		 WLS_RULE_COMPONENTS},
		{"**Progress:** 6% | A 70% 🔄\n", "**Progress:** 6% | A 80% 🔄\n",
		 "**Progress:** 6% | A ⏳\n", CONFLICT, 0},
		{"**Progress:** 6% | A 70% (x)\n", "**Progress:** 6% | A 80% (y)\n",
		 "**Progress:** 6% | A 90% (z)\n", CONFLICT, 0},
		{"**Progress:** 6% | A | B | C\n", "**Progress:** 6% | A | C\n",
		 "**Progress:** 6% | A | B | C | D ⏳\n", "**Progress:** 6% | A | C | D ⏳\n",
		 WLS_RULE_COMPONENTS},
		{"**Progress:** 6% | A | B 1%\n", "**Progress:** 6% | A\n",
		 "**Progress:** 6% | A | B 2%\n", CONFLICT, 0},
		{"**Progress:** 6% | A\n", "**Progress:** 6% | A | B 5%\n",
		 "**Progress:** 6% | A | B 7%\n", "**Progress:** 6% | A | B 7%\n",
		 WLS_RULE_COMPONENTS},
		{"**Progress:** A ✅ | B ⏳\n", "**Progress:** A ✅ | B 🔄\n", "**Progress:** B ⏳\n",
		 "**Progress:** B 🔄\n", WLS_RULE_COMPONENTS},
		{"**Progress:** 6%\n", "**Progress:** 6% | A\n", "**Progress:** 6% (x)\n",
		 "**Progress:** 6% (x) | A\n", WLS_RULE_COMPONENTS},
		{"**Progress:** 6% | A | B\n", "**Progress:** 6% | B | A\n",
		 "**Progress:** 6% | A ✅ | B\n", "**Progress:** 6% | B | A ✅\n",
		 WLS_RULE_COMPONENTS},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, component_items)
{
	static const struct row rows[] = {
		{"- Auth 70% 🔄\n", "- Auth 80% 🔄\n", "- Auth ✅\n", "- Auth ✅\n", WLS_RULE_PERCENT},
		{"- Auth ⏳\n", "- Auth 80%\n", "- Auth 🔄\n", "- Auth 80%\n", WLS_RULE_PERCENT},
		{"- Auth 70%\n", "- Auth 60%\n", "- Auth 80%\n", CONFLICT, 0},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "### Components Status\n";
	w.holder = WLS_KEY_COMPONENTS;
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, lists)
{
	static const struct row rows[] = {
		{"**Done:** ✅ A, B, C\n", "**Done:** ✅ A, C\n", "**Done:** ✅ A, B, C, D\n",
		 "**Done:** ✅ A, C, D\n", WLS_RULE_ELEMENTS},
		{"**Done:** A, B, C\n", "**Done:** B, C\n", "**Done:** A, C\n", "**Done:** C\n",
		 WLS_RULE_ELEMENTS},
		{"**Done:** A (x, y), B\n", "**Done:** B\n", "**Done:** A (x, z), B\n", CONFLICT,
		 0},
		/* Neighbours that are reworded stay at their places. */
		{"**Done:** A, B, C, D\n", "**Done:** A, X, C, D\n", "**Done:** A, B, Y, D\n",
		 "**Done:** A, X, Y, D\n", WLS_RULE_ELEMENTS},
		{"**Done:** A, B, C, D\n", "**Done:** A, Y, C, D\n", "**Done:** A, B, X, D\n",
		 "**Done:** A, Y, X, D\n", WLS_RULE_ELEMENTS},
		{"**Active:** A 50%\n", "**Active:** A 60%\n", "**Active:** A 70%\n",
		 "**Active:** A 70%\n", WLS_RULE_ELEMENTS},
		{"**Done:** A, B\n", "**Done:** A\n", "**Done:** A, B ✅\n", CONFLICT, 0},
		{"**Done:** ⏳ A\n", "**Done:** ✅ A\n", "**Done:** ⏳ A, B\n", "**Done:** ✅ A, B\n",
		 WLS_RULE_ELEMENTS},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

/* Elements that both sides put at one place: both orientations alike, each once. */
Test(own_text, elements_at_one_place)
{
	struct world w;
	struct wls_slice base = WLS_SLICE("**Done:** A, B\n");
	struct wls_slice ours = WLS_SLICE("**Done:** A, X, B, E\n");
	struct wls_slice theirs = WLS_SLICE("**Done:** A, Y, X, B, F\n");

	world_init(&w);
	struct wls_slice got = merge_texts(&w, &base, ours, theirs);
	cr_assert(!w.conflict);
	cr_expect(wls_slice_eq(got, WLS_SLICE("**Done:** A, Y, X, B, E, F\n")) ||
			  wls_slice_eq(got, WLS_SLICE("**Done:** A, Y, X, B, F, E\n")),
		  "%.*s", WLS_SLICE_ARG(got));
	world_forget(&w);
	cr_expect(check_laws(&w, &base, ours, theirs));
}

Test(own_text, fields)
{
	static const struct row rows[] = {
		{"**Status:** blocked\n", "**Status:** in_progress\n", "**Status:** completed\n",
		 CONFLICT, 0},
		{"**Status:** blocked\n", "Status: blocked\n", "**Status:** completed\n",
		 "Status: completed\n", WLS_RULE_ATOMS},
		{"**Works:** a\n", "**Works:** ✅ a\n", "**Works:** b\n", "**Works:** ✅ b\n",
		 WLS_RULE_ATOMS},
		{"**Files:**\n", "**Files:** a\n", "**Key files:**\n", "**Key files:** a\n",
		 WLS_RULE_ATOMS},
		{"**Progress:** 60% · **Status:** blocked\n",
		 "**Progress:** 70% · **Status:** blocked\n",
		 "**Progress:** 60% · **Status:** done\n", "**Progress:** 70% · **Status:** done\n",
		 WLS_RULE_ATOMS},
		{"**Progress:** 60% | Started: 2025-11-05\n",
		 "**Progress:** 60% | A ✅ | Started: 2025-11-05\n",
		 "**Progress:** 60% | Started: 2025-11-06\n",
		 "**Progress:** 60% | A ✅ | Started: 2025-11-06\n", WLS_RULE_COMPONENTS},
		{"**Progress:** 60%\n", "**Progress:** 60% · **Status:** done\n",
		 "**Progress:** 70%\n", "**Progress:** 70% · **Status:** done\n", WLS_RULE_ATOMS},
		{"**Progress:** 60% · **Status:** done\n", "**Progress:** 60%\n",
		 "**Progress:** 60% · **Status:** blocked\n", CONFLICT, 0},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, phases)
{
	static const struct row rows[] = {
		{"**Phase 1: Base** (v1-v8) 🔄\n", "**Phase 1: Base** (v1-v8) ✅ Completed Oct 15\n",
		 "**Phase 1: Base** (v1-v9) 🔄\n", "**Phase 1: Base** (v1-v9) ✅ Completed Oct 15\n",
		 WLS_RULE_ATOMS},
		{"**Phase 1: Base** (v1-v8) ⏳\n", "**Phase 1: Base** (v1-v8) ✅\n",
		 "**Phase 1: Base** (v1-v8) 🔄\n", "**Phase 1: Base** (v1-v8) ✅\n", WLS_RULE_MARK},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "### Components Status\n\n";
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, evolution_steps)
{
	static const struct row rows[] = {
		{"**v1-v3:** a\n", "**v1-v4:** a\n", "**v1-v3:** b\n", "**v1-v4:** b\n",
		 WLS_RULE_ATOMS},
		{"**v7+:** a\n", "**v7+:** a ✅\n", "**v7+:** b\n", "**v7+:** b ✅\n",
		 WLS_RULE_ATOMS},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "### Cache Evolution\n\n";
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, hypotheses)
{
	static const struct row rows[] = {
		{"H1: a | Open | b (v2)\n", "H1: a | Refuted | b (v2)\n", "H1: a | Open | c (v3)\n",
		 "H1: a | Refuted | c (v3)\n", WLS_RULE_ATOMS},
		{"H1: a | Open | b\n", "H1: a | Refuted | b\n", "H1: a | ✅ Confirmed | b\n",
		 CONFLICT, 0},
		{"H1: a | Open\n", "H1: a | Open | b\n", "H1: c | Open\n", "H1: c | Open | b\n",
		 WLS_RULE_ATOMS},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Hypotheses:**\n";
	w.holder = WLS_KEY_HYPOTHESES;
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

/* One side wraps a text anew, the other changes its words: what cannot be kept is named. */
Test(own_text, wrapped_anew)
{
	static const struct row rows[] = {
		{"One,\ntwo. Three.\n", "One, two. Three.\n", "One,\ntwo. Four.\n",
		 "One, two. Four.\n", WLS_RULE_SENTENCES},
		{"One,\ntwo.\n", "One, two.\n", "One,\nthree.\n", "One,\nthree.\n",
		 WLS_RULE_SENTENCES},
		{"One,\ntwo.\n", "One, two.\n", "One,\n  two.\n", "One,\n  two.\n",
		 WLS_RULE_SENTENCES},
	};
	static const struct row items[] = {
		{"- One,\n  two.\n", "- One, two.\n", "- One,\n  three.\n", "- One,\n  three.\n",
		 WLS_RULE_SENTENCES},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
	w.before = ENTRY "**Next:**\n";
	check_rows(&w, items, WLS_ARRAY_SIZE(items));
}

Test(own_text, targets)
{
	static const struct row rows[] = {
		{"- API: <200ms (current: 150ms ✅)\n", "- API: <100ms (current: 150ms ✅)\n",
		 "- API: <200ms (current: 250ms ❌)\n", "- API: <100ms (current: 250ms ❌)\n",
		 WLS_RULE_ATOMS},
		{"- API: <200ms (current: 150ms ✅)\n", "- API: <200ms (current: 160ms ✅)\n",
		 "- API: <200ms (current: 150ms ❌)\n", CONFLICT, 0},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "### Performance Targets\n";
	w.holder = WLS_KEY_PERFORMANCE_TARGETS;
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, rows_of_a_table)
{
	static const struct row rows[] = {
		{"| a | b | c |\n", "| a | x | c |\n", "| a | b | y |\n", "| a | x | y |\n",
		 WLS_RULE_CELLS},
		{"| a |  | c |\n", "| a | x | c |\n", "| a |  | y |\n", "| a | x | y |\n",
		 WLS_RULE_CELLS},
		{"| a | b | c |\n", "| a | x | c |\n", "| a | y | c |\n", CONFLICT, 0},
		{"| a | 5% | c |\n", "| a | 7% | c |\n", "| a | 9% | d |\n", "| a | 9% | d |\n",
		 WLS_RULE_CELLS},
		{"| a | b | c |\n", "| a | b | c | d |\n", "| a | x | c |\n", CONFLICT, 0},
		{"| a \\| b | c |\n", "| a \\| x | c |\n", "| a \\| b | y |\n", "| a \\| x | y |\n",
		 WLS_RULE_CELLS},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "| A | B | C |\n|---|---|---|\n";
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, headings)
{
	static const struct row rows[] = {
		{"## v2 | 2025-11-10 14:00 | a\n", "## v2 | 2025-11-10 15:00 | a\n",
		 "## v2 | 2025-11-10 14:00 | a [BLOCKED]\n",
		 "## v2 | 2025-11-10 15:00 | a [BLOCKED]\n", WLS_RULE_ATOMS},
		{"## v2 | a\n", "## v2 | 2025-11-10 | a\n", "## v2 | b\n",
		 "## v2 | 2025-11-10 | b\n", WLS_RULE_ATOMS},
		{"## v2 | 2025-11-10 | a\n", "## v2 | 2025-11-10 14:00 | a\n",
		 "## v2 | 2025-11-11 | a\n", "## v2 | 2025-11-11 14:00 | a\n", WLS_RULE_ATOMS},
		{"## v2 | 2025-11-10 | a\n", "## v2 | 2025-11-12 | a\n", "## v2 | 2025-11-11 | a\n",
		 CONFLICT, 0},
		{"## v2 | a [BLOCKED]\n", "## v2 | a\n", "## v2 | a [BLOCKED] ✅\n", "## v2 | a ✅\n",
		 WLS_RULE_ATOMS},
		{"## v2 | a\n", "## v2 | b\n", "## v2 | c\n", CONFLICT, 0},
		{"## Plan ##\n", "## Plan 🔄 ##\n", "## Map ##\n", "## Map 🔄 ##\n", WLS_RULE_ATOMS},
		{"Plan\n----\n", "Plan ✅\n----\n", "Map\n----\n", "Map ✅\n----\n", WLS_RULE_ATOMS},
	};
	struct world w;

	world_init(&w);
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, frontmatter)
{
	static const struct row rows[] = {
		{"status: a # x\n", "status: b # x\n", "status: a # y\n", "status: b # y\n",
		 WLS_RULE_ATOMS},
		{"status: a\n", "status: b\n", "status: c\n", CONFLICT, 0},
		{"aliases: [a, b]\n", "aliases: [a, b, c]\n", "aliases: [b]\n", "aliases: [b, c]\n",
		 WLS_RULE_ELEMENTS},
		{"aliases: []\n", "aliases: [a] # x\n", "aliases:  []\n", "aliases:  [a] # x\n",
		 WLS_RULE_ELEMENTS},
		{"name: \"a # b\" # c\n", "name: \"a # d\" # c\n", "name: \"a # b\" # e\n",
		 "name: \"a # d\" # e\n", WLS_RULE_ATOMS},
	};
	struct world w;

	world_init(&w);
	w.before = "---\nversion: v1\n";
	w.after = "name2: x\n---\n";
	check_rows(&w, rows, WLS_ARRAY_SIZE(rows));
}

Test(own_text, reasons)
{
	static const struct {
		const char *base, *ours, *theirs, *reason;
	} rows[] = {
		{"- [HIGH] a\n", "- [MED] a\n", "- [LOW] a\n", "both sides changed the priority"},
		{"- a 🔄\n", "- a ⏳\n", "- a ✅\n",
		 "one side went back with the marker while the other advanced it"},
		{"- a\n", "- b\n", "- c\n", "both sides changed the text"},
	};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Next:**\n";
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_slice base = wls_slice_of(rows[i].base);

		merge_texts(&w, &base, wls_slice_of(rows[i].ours), wls_slice_of(rows[i].theirs));
		cr_expect_str_eq(w.reason ? w.reason : "", rows[i].reason);
		world_forget(&w);
	}
}

Test(own_text, identity)
{
	static const char *const texts[] = {"- a\n", "- [x] b ✅\n", "1. [HIGH] c\n"};
	struct world w;

	world_init(&w);
	w.before = ENTRY "**Next:**\n";
	for (size_t b = 0; b < WLS_ARRAY_SIZE(texts); b++) {
		for (size_t x = 0; x < WLS_ARRAY_SIZE(texts); x++) {
			struct wls_slice base = wls_slice_of(texts[b]),
					 side = wls_slice_of(texts[x]);

			check_text(merge_texts(&w, &base, side, base), side, "against the base");
			world_forget(&w);
			check_text(merge_texts(&w, &base, base, side), side, "against the base");
			world_forget(&w);
			check_text(merge_texts(&w, &base, side, side), side, "the same twice");
			world_forget(&w);
		}
	}
}
