/* SPDX-License-Identifier: MIT */
/*
 * Which units of base and sides are one. A row names, for base, ours and theirs, a word of the
 * unit's own text; NULL: its class has nothing there.
 */
#include "engine_support.h"

#include <criterion/criterion.h>

#define V1 "## v1 | 2025-11-01 10:00 | x\n\n"
#define BLOCK "<<<<<<< HEAD (v1)\n- mine\n=======\n- theirs\n>>>>>>> topic (v1)\n"

struct row {
	const char *name;
	const char *texts[3];
	const char *words[3];
};

static void check_class(struct engine_test *t, const struct row *row, const char *const *words)
{
	const struct wls_class *c = NULL;

	for (size_t s = 0; s <= 2; s++) {
		if (!words[s])
			continue;
		struct wls_unit *u = find_unit(t, s, words[s]);
		cr_assert_not_null(u, "%s: no unit with `%s`", row->name, words[s]);
		cr_expect(!c || u->class == c, "%s: `%s` is another", row->name, words[s]);
		c = c ? c : u->class;
	}
	for (size_t s = 0; s <= 2 && c; s++)
		cr_expect_eq(c->unit[s] != NULL, words[s] != NULL, "%s: side %zu", row->name, s);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (int turned = 0; turned < 2; turned++) {
			const struct row *row = &rows[i];
			const char *texts[3] = {row->texts[0], row->texts[1 + turned],
						row->texts[2 - turned]};
			const char *words[3] = {row->words[0], row->words[1 + turned],
						row->words[2 - turned]};
			struct engine_test t;

			engine_read(&t, texts, 2);
			engine_fold(&t);
			engine_match(&t);
			check_class(&t, row, words);
			engine_release(&t);
		}
}

Test(merge_match, within_a_list)
{
	static const struct row rows[] = {
		{"by bytes",
		 {V1 "- a\n- b\n", V1 "- a\n- b\n- c\n", V1 "- b\n- d\n"},
		 {"- b", "- b", "- b"}},
		{"by text without atoms",
		 {V1 "- [ ] one thing\n- b\n", V1 "- [x] one thing\n- b\n",
		  V1 "- one thing \xE2\x9C\x85\n- c\n"},
		 {"one thing", "one thing", "one thing"}},
		{"reworded",
		 {V1 "- add tests for login\n- b\n", V1 "- add tests for logout\n- b\n",
		  V1 "- add tests for login\n"},
		 {"add tests", "add tests", "add tests"}},
		{"not reworded but another",
		 {V1 "- add tests for login\n- b\n", V1 "- remove old code\n- b\n",
		  V1 "- add tests for login\n- c\n"},
		 {"add tests", NULL, "add tests"}},
		{"moved within the list",
		 {V1 "- a\n- b\n- c\n", V1 "- c\n- a\n- b\n", V1 "- a\n- c\n"},
		 {"- c", "- c", "- c"}},
		{"moved and ticked",
		 {V1 "- [ ] one thing\n- b\n- c\n", V1 "- b\n- c\n- [x] one thing\n",
		  V1 "- [ ] one thing\n- b\n"},
		 {"one thing", "one thing", "one thing"}},
		{"equal twice, in order",
		 {V1 "- a\n- a\n- b\n", V1 "- a\n- a\n- c\n", V1 "- a\n- a\n- d\n"},
		 {"- a", "- a", "- a"}},
		{"added by both",
		 {V1 "- a\n", V1 "- a\n- new one\n", V1 "- new one\n- a\n- z\n"},
		 {NULL, "new one", "new one"}},
		{"added by both, an atom apart",
		 {V1 "- a\n", V1 "- a\n- [ ] new one\n", V1 "- [x] new one\n- a\n- z\n"},
		 {NULL, "new one", "new one"}},
		{"file items by path",
		 {V1 "**Files:**\n- `a.c` (new)\n- `b.c` (x)\n",
		  V1 "**Files:**\n- `a.c` (all is rewritten now)\n- `c.c` (y)\n",
		  V1 "**Files:**\n- `a.c` (tests only)\n"},
		 {"a.c", "a.c", "a.c"}},
		{"a path that both added",
		 {V1 "**Files:**\n- `z.c` (x)\n", V1 "**Files:**\n- `z.c` (x)\n- `a.c` (new)\n",
		  V1 "**Files:**\n- `z.c` (x)\n- `a.c` (other words)\n"},
		 {NULL, "a.c", "a.c"}},
		{"rows by first cell",
		 {V1 "| k | v |\n|---|---|\n| one | 1 |\n| two | 2 |\n",
		  V1 "| k | v |\n|---|---|\n| one | 7 |\n| two | 2 |\n",
		  V1 "| k | v |\n|---|---|\n| one | 8 |\n"},
		 {"one", "one", "one"}},
		{"keyed by version",
		 {V1 "**Decisions:**\n- v1: use JWT\n",
		  V1 "**Decisions:**\n- v1: take sessions instead\n- v2: b\n",
		  V1 "**Decisions:**\n- v1: use JWT tokens\n"},
		 {"v1: use", "v1: take", "v1: use"}},
		{"a hypothesis under another number",
		 {V1 "**Hypotheses:**\n- H1: first\n",
		  V1 "**Hypotheses:**\n- H1: first\n- H2: the cache is cold\n",
		  V1
		  "**Hypotheses:**\n- H1: first\n- H2: other words here\n- H3: the cache is cold\n"},
		 {NULL, "the cache", "the cache"}},
		{"base through the other side",
		 {V1 "- add tests for login page\n- b\n",
		  V1 "- add tests for login form\n- b\n- q\n",
		  V1 "- write tests for login form\n- b\n"},
		 {"login page", "login form", "login form"}},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_match, names)
{
	static const struct row rows[] = {
		{"case, colon, bold",
		 {V1 "**Next:**\n- a\n", V1 "**NEXT**:\n- b\n", V1 "**Next:** \n- c\n"},
		 {"Next", "NEXT", "Next"}},
		{"one meaning",
		 {V1 "**Next:**\n- a\n", V1 "**Next Steps:**\n- a\n- b\n",
		  V1 "**Next:**\n- a\n- c\n"},
		 {"Next", "Next Steps", "Next"}},
		{"an own key",
		 {V1 "**Risk:** low\n", V1 "**Risk:** high\n", V1 "**risk**: none\n"},
		 {"Risk", "Risk", "risk"}},
		{"repeated keys by content",
		 {V1 "**Note:** alpha beta gamma\n\n**Note:** delta epsilon zeta\n",
		  V1 "**Note:** delta epsilon eta\n\n**Note:** alpha beta iota\n",
		  V1 "**Note:** alpha beta gamma\n\n**Note:** delta epsilon theta\n"},
		 {"delta", "delta", "delta"}},
		{"a repeated key removed",
		 {V1 "**Note:** alpha beta gamma\n\n**Note:** delta epsilon zeta\n",
		  V1 "**Note:** delta epsilon zeta\n",
		  V1 "**Note:** alpha beta gamma\n\n**Note:** delta epsilon theta\n"},
		 {"alpha", NULL, "alpha"}},
		{"a renamed section",
		 {V1 "### Ideas\n\none two three four five\n",
		  V1 "### Thoughts\n\none two three four five\n",
		  V1 "### Ideas\n\none two three four six\n"},
		 {"Ideas", "Thoughts", "Ideas"}},
		{"a section renamed and written anew",
		 {V1 "### Ideas\n\none two three\n", V1 "### Thoughts\n\nfour five six\n",
		  V1 "### Ideas\n\none two seven\n"},
		 {"Ideas", NULL, "Ideas"}},
		{"a renamed field",
		 {V1 "**Plans:**\n- one two three\n- four five six\n",
		  V1 "**Intentions:**\n- one two three\n- four five six\n",
		  V1 "**Plans:**\n- one two three\n- four five six\n- seven\n"},
		 {"Plans", "Intentions", "Plans"}},
		{"frontmatter keys",
		 {"---\nstatus: a\nowner: x\n---\n", "---\nowner: y\nstatus: b\n---\n",
		  "---\nstatus: c\n---\n"},
		 {"status", "status", "status"}},
		{"the frontmatter",
		 {"---\nstatus: a\n---\n", "---\nstatus: b\n---\n", "---\nstatus: c\n---\n"},
		 {"---", "---", "---"}},
		{"the title",
		 {"# A Work Log\n", "# B Work Log\n", "# C Work Log\n"},
		 {"A", "B", "C"}},
		{"handoffs by number and words",
		 {V1 "**v1 (Chat - Research):**\n**Now:** a\n",
		  V1 "**v1 (Chat - Research):**\n**Now:** b\n",
		  V1 "**v1 (Chat - Research):**\n**Now:** c\n"},
		 {"Research", "Research", "Research"}},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_match, alone_in_the_gap)
{
	static const struct row rows[] = {
		{"code",
		 {V1 "```\na\n```\n", V1 "```\nb\n```\n", V1 "```\nc\n```\n"},
		 {"a", "b", "c"}},
		{"quotes", {V1 "> a\n", V1 "> b\n", V1 "> c\n"}, {"a", "b", "c"}},
		{"tables",
		 {V1 "| a |\n|---|\n| 1 |\n", V1 "| b |\n|---|\n| 1 |\n",
		  V1 "| a |\n|---|\n| 2 |\n"},
		 {"|---", "|---", "|---"}},
		{"two of them are not",
		 {V1 "```\na\n```\n", V1 "```\nb\n```\n\n```\nc\n```\n", V1 "```\nz\n```\n"},
		 {"a", NULL, "z"}},
		{"a block that was settled",
		 {V1 "**Next:**\n- a\n" BLOCK "- b\n", V1 "**Next:**\n- a\n- mine\n- b\n",
		  V1 "**Next:**\n- a\n" BLOCK "- b\n- c\n"},
		 {"<<<<<<<", "- mine", "<<<<<<<"}},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_match, moves)
{
	static const struct row rows[] = {
		{"to another list, edited by the other",
		 {V1 "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n",
		  V1 "**Next:**\n- write all the good tests\n- b\n\n**Done:**\n- z\n"},
		 {"write all", "write all", "write all"}},
		{"to another list and ticked, edited by the other",
		 {V1 "**Next:**\n- [ ] write all the tests\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- [x] write all the tests\n",
		  V1 "**Next:**\n- [ ] write all the good tests\n- b\n\n**Done:**\n- z\n"},
		 {"write all", "write all", "write all"}},
		{"to another entry",
		 {V1 "**Next:**\n- write all the tests\n- b\n",
		  V1
		  "**Next:**\n- b\n\n## v2 | 2025-11-02 10:00 | y\n\n**Work:**\n- write all the tests\n",
		  V1 "**Next:**\n- write all the good tests\n- b\n"},
		 {"write all", "write all", "write all"}},
		{"removed by one, moved by the other",
		 {V1 "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n"},
		 {"write all", "write all", NULL}},
		{"by both, to two places",
		 {V1
		  "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- y\n",
		  V1
		  "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n\n**Backlog:**\n- y\n",
		  V1
		  "**Next:**\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- y\n- write all the tests\n"},
		 {"write all", "write all", "write all"}},
		{"reworded on the way, four words at least",
		 {V1 "**Next:**\n- write all of the tests\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- wrote all of the tests\n",
		  V1 "**Next:**\n- write all of the good tests\n- b\n\n**Done:**\n- z\n"},
		 {"all of", "all of", "all of"}},
		{"too short to know again",
		 {V1 "**Next:**\n- fix\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- fix\n",
		  V1 "**Next:**\n- fix [HIGH]\n- b\n\n**Done:**\n- z\n"},
		 {"fix", NULL, "fix"}},
		{"fields under a new heading",
		 {V1 "**Now:** a\n\n**Risk:** low\n\n**Owner:** b\n",
		  V1 "**Now:** a\n\n### Details\n\n**Risk:** low\n\n**Owner:** b\n",
		  V1 "**Now:** a\n\n**Risk:** high\n\n**Owner:** b\n"},
		 {"Risk", "Risk", "Risk"}},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

/* What moved makes its containers, and theirs, depend on each other; nothing else does. */
Test(merge_match, entangled)
{
	static const char *const texts[3] = {
		V1 "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- q\n",
		V1 "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n\n**Backlog:**\n- q\n",
		V1
		"**Next:**\n- write all the good tests\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- q\n- r\n",
	};
	static const struct {
		const char *word;
		bool entangled;
	} rows[] = {
		{"Next", true}, {"Done", true}, {"v1", true}, {"Backlog", false}, {"- b", false}};
	struct engine_test t;

	engine_read(&t, texts, 2);
	engine_match(&t);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_unit *u = find_unit(&t, 0, rows[i].word);
		cr_assert_not_null(u);
		cr_expect_eq(u->class->entangled, rows[i].entangled, "%s", rows[i].word);
	}
	engine_release(&t);
}

/* What at most one side changed stays one piece. */
Test(merge_match, opens_only_what_differs)
{
	static const char *const texts[3] = {
		V1
		"- a\n\n## v2 | 2025-11-02 10:00 | y\n\n- b\n\n## v3 | 2025-11-03 10:00 | z\n\n- c\n",
		V1
		"- a\n\n## v2 | 2025-11-02 10:00 | y\n\n- b\n- ours\n\n## v3 | 2025-11-03 10:00 | z\n\n- c\n- ours\n",
		V1
		"- a\n\n## v2 | 2025-11-02 10:00 | y\n\n- b\n\n## v3 | 2025-11-03 10:00 | z\n\n- c\n- theirs\n",
	};
	struct engine_test t;

	engine_read(&t, texts, 2);
	engine_match(&t);
	for (uint32_t i = 0; i < 3; i++) {
		const struct wls_identity *id = t.entries.of[0][i];
		cr_assert_not_null(id->class);
		cr_expect_eq(id->class->identity, id);
		cr_expect_eq(id->class->opened, i == 2, "v%u", i + 1);
	}
	engine_release(&t);
}

Test(merge_match, three_sides)
{
	static const char *const texts[4] = {V1 "- add tests for login page\n- b\n",
					     V1 "- add tests for login form\n- b\n- q\n",
					     V1 "- write tests for login form\n- b\n",
					     V1 "- b\n- [x] add tests for login page\n- r\n"};
	struct engine_test t;

	engine_read(&t, texts, 3);
	engine_match(&t);
	struct wls_unit *u = find_unit(&t, 0, "login");
	cr_assert_not_null(u);
	for (size_t s = 1; s <= 3; s++)
		cr_expect_eq(u->class->unit[s], find_unit(&t, s, "login"), "side %zu", s);
	engine_release(&t);
}
