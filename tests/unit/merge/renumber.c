/* SPDX-License-Identifier: MIT */
/*
 * References that follow their entries. `{6>7}` is a 6 in the input that must become a 7; every other
 * byte must stay.
 */
#include "merge/renumber.h"

#include <criterion/criterion.h>

#include "engine_support.h"

#define V5 "## v5 | 2025-11-05 10:00 | Old\n\n- five\n\n"
#define OURS_HEAD "## v6 | 2025-11-06 10:00 | Ours\n\n"
#define THEIRS_HEAD "## v{6>7} | 2025-11-07 10:00 | Theirs\n\n"
#define BLOCK "<<<<<<< HEAD (v5)\n- mine\n=======\n- theirs\n>>>>>>> topic (v5)\n"

/* The text before (`after` false) or after. */
static const char *variant(struct wls_arena *arena, const char *text, bool after)
{
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	for (; *text; text++) {
		const char *middle = *text == '{' ? strchr(text, '>') : NULL;
		const char *end = middle ? strchr(middle, '}') : NULL;

		if (!end || end - text > 8) {
			wls_buf_add_char(&out, *text);
			continue;
		}
		if (after)
			wls_buf_add(&out, middle + 1, (size_t)(end - middle - 1));
		else
			wls_buf_add(&out, text + 1, (size_t)(middle - text - 1));
		text = end;
	}
	return wls_arena_copy(arena, wls_buf_slice(&out)).ptr;
}

struct row {
	const char *name;
	const char *texts[3];
	const char *map; /* `v6>7@2`: of engine side 2; with the lines that were left after a `;` */
};

static void describe_map(const struct wls_merge *m, struct wls_buf *out)
{
	for (size_t i = 0; i < m->renumbering_count; i++)
		wls_buf_printf(out, "%s%c%u>%u@%zu", i > 0 ? " " : "", m->renumberings[i].letter,
			       m->renumberings[i].from, m->renumberings[i].to,
			       m->renumberings[i].side + 1);
	for (size_t i = 0; i < m->left_count; i++)
		wls_buf_printf(out, ";%.*s", WLS_SLICE_ARG(m->left[i].text));
}

static void release_merge(struct wls_merge *m)
{
	free(m->renumberings);
	free(m->left);
	wls_arena_release(&m->arena);
}

static void check_row(const struct row *row)
{
	struct wls_arena arena = {0};
	struct wls_renumbered *out = WLS_ARENA_NEW(&arena, struct wls_renumbered);
	struct wls_buf _cleanup_buf_ map = WLS_BUF_INIT;
	struct wls_merge merge = {0};
	struct engine_test t;
	const char *before[3];

	for (size_t s = 0; s <= 2; s++)
		before[s] = variant(&arena, row->texts[s], false);
	engine_read(&t, before, 2);
	engine_match_entries(&t);
	wls_renumber(&t.entries, WLS_SLICE("Auth"), out, &merge);
	for (size_t s = 0; s <= 2; s++) {
		const char *want = variant(&arena, row->texts[s], true);
		const char *got = out->changed[s] ? wls_buf_str(&out->text[s]) : before[s];

		cr_expect_str_eq(got, want, "%s: side %zu\n%s", row->name, s, got);
		cr_expect_eq(out->changed[s], strcmp(want, before[s]) != 0, "%s: side %zu",
			     row->name, s);
	}
	describe_map(&merge, &map);
	cr_expect_str_eq(wls_buf_str(&map), row->map, "%s: %s", row->name, wls_buf_str(&map));
	release_merge(&merge);
	wls_renumbered_release(out);
	engine_release(&t);
	wls_arena_release(&arena);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_row(&rows[i]);
}

Test(merge_renumber, what_a_side_wrote)
{
	static const struct row rows[] = {
		{"nothing moves", {V5, V5 OURS_HEAD "- see v6\n", V5}, ""},
		{"the heading", {V5, V5 OURS_HEAD "- a\n", V5 THEIRS_HEAD "- b\n"}, "v6>7@2"},
		{"forms",
		 {V5, V5 OURS_HEAD "- a (v6)\n",
		  V5 THEIRS_HEAD
		  "- b (v{6>7}), (v5, v{6>7}), since v{6>7}\n- v{6>7}: c\n\n**v{6>7}:** d\n"
		  "**Prev:** v5 \xE2\x86\x92 v{6>7}\n\n[e](#v{6>7}-theirs)\n\nAuth-WorkLog-v{6>7}, Other-WorkLog-v6\n"},
		 "v6>7@2"},
		{"a line that it wrote in an old entry",
		 {V5, V5 OURS_HEAD "- a\n",
		  "## v5 | 2025-11-05 10:00 | Old\n\n- five\n- done in v{6>7}\n\n" THEIRS_HEAD
		  "- b\n"},
		 "v6>7@2"},
		{"and outside of entries",
		 {V5, V5 OURS_HEAD "- a\n",
		  "# Auth Work Log\n\nIntro (v{6>7}).\n\n" V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"two in a row",
		 {V5, V5 OURS_HEAD "- a\n",
		  V5 THEIRS_HEAD
		  "- b\n\n## v{7>8} | 2025-11-08 10:00 | More\n\n- after v{6>7}, in v{7>8}\n"},
		 "v6>7@2 v7>8@2"},
		{"digits grow",
		 {"## v9 | 2025-11-05 10:00 | Old\n\n- nine\n",
		  "## v9 | 2025-11-05 10:00 | Old\n\n- nine\n\n## v10 | 2025-11-06 10:00 | Ours\n\n- a\n",
		  "## v9 | 2025-11-05 10:00 | Old\n\n- nine\n\n## v{10>11} | 2025-11-07 10:00 | Theirs\n\n- (v{10>11})\n"},
		 "v10>11@2"},
		{"CRLF",
		 {"## v5 | 2025-11-05 10:00 | Old\r\n",
		  "## v5 | 2025-11-05 10:00 | Old\r\n\r\n## v6 | 2025-11-06 10:00 | Ours\r\n",
		  "## v5 | 2025-11-05 10:00 | Old\r\n\r\n## v{6>7} | 2025-11-07 10:00 | Theirs\r\n\r\n- see v{6>7}\r\n"},
		 "v6>7@2"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_renumber, what_stays)
{
	static const struct row rows[] = {
		{"lines of the base",
		 {"Later, see v6.\n\n" V5, "Later, see v6.\n\n" V5 OURS_HEAD "- a\n",
		  "Later, see v6.\n\n" V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"a line of the base in an old entry that was edited",
		 {V5 "- until v6\n", V5 "- until v6\n\n" OURS_HEAD "- a\n",
		  V5 "- until v6\n- more\n\n" THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"lines of the base, beside a conflict",
		 {"Later, see v6.\n\n" V5 BLOCK,
		  "Later, see v6.\n\n" V5 BLOCK "\n" OURS_HEAD "- a\n",
		  "Later, see v6.\n\n" V5 BLOCK "\n" THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"code, URLs, names: told, not changed",
		 {V5, V5 OURS_HEAD "- a\n",
		  V5 THEIRS_HEAD "- React v6\n- `v6`\n\n```\ngit tag v6\n```\n"},
		 "v6>7@2;- React v6;- `v6`;git tag v6"},
		{"the other side's own",
		 {V5, V5 OURS_HEAD "- a (v6), see v6\n", V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"what names nothing",
		 {V5, V5 OURS_HEAD "- until v9\n", V5 THEIRS_HEAD "- until v9, v{6>7}\n"},
		 "v6>7@2"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

/* Theirs took up a merge in which v6 of the base had become v7. */
Test(merge_renumber, the_base_moves)
{
#define OLD6 "## v6 | 2025-11-07 10:00 | Moved\n\n- moved text\n"
#define OLD6_MOVES "## v{6>7} | 2025-11-07 10:00 | Moved\n\n- moved text\n"
#define NEW6 "## v6 | 2025-11-06 10:00 | Between\n\n- between\n\n"
#define NEW7 "## v7 | 2025-11-07 10:00 | Moved\n\n- moved text\n"
	static const struct row rows[] = {
		{"heading, on base and on the side that does not know",
		 {V5 OLD6_MOVES, V5 OLD6_MOVES "- more\n", V5 NEW6 NEW7},
		 ""},
		{"references, too",
		 {V5 OLD6_MOVES "- see v{6>7}\n", V5 OLD6_MOVES "- see v{6>7}\n- more\n",
		  V5 NEW6 NEW7 "- see v7\n"},
		 ""},
		{"but not in lines that the earlier merge left",
		 {V5 OLD6_MOVES "- see v6\n", V5 OLD6_MOVES "- see v6\n- more\n",
		  V5 NEW6 NEW7 "- see v6\n"},
		 ""},
		{"what the side wrote",
		 {V5 OLD6_MOVES, V5 OLD6_MOVES "- in v{6>7} again\n", V5 NEW6 NEW7},
		 ""},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

#define FRONT(v) "---\nversion: " v "\n---\n"

Test(merge_renumber, frontmatter_version)
{
	static const struct row rows[] = {
		{"both derive it",
		 {FRONT("5") V5, FRONT("{6>7}") V5 OURS_HEAD "- a\n",
		  FRONT("{6>7}") V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"it follows where all derive it, but in the base",
		 {FRONT("5") V5, FRONT("6") V5 OURS_HEAD "- a\n", FRONT("{5>6}") V5 "- more\n"},
		 ""},
		{"quoted",
		 {FRONT("\"5\"") V5, FRONT("\"{6>7}\"") V5 OURS_HEAD "- a\n",
		  FRONT("\"{6>7}\"") V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"nobody keeps it",
		 {FRONT("2") V5, FRONT("2") V5 OURS_HEAD "- a\n",
		  FRONT("2") V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"only one side keeps it",
		 {FRONT("5") V5, FRONT("{6>7}") V5 OURS_HEAD "- a\n",
		  FRONT("5") V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
		{"both changed it, to whatever",
		 {FRONT("5") V5, FRONT("{8>6}") V5 OURS_HEAD "- a\n", FRONT("{9>6}") V5 "- more\n"},
		 ""},
		{"one changed it to something else",
		 {FRONT("5") V5, FRONT("9") V5 OURS_HEAD "- a\n", FRONT("5") V5 "- more\n"},
		 ""},
		{"no version there",
		 {"---\nstatus: x\n---\n" V5, "---\nstatus: y\n---\n" V5 OURS_HEAD "- a\n",
		  "---\nstatus: x\n---\n" V5 THEIRS_HEAD "- b\n"},
		 "v6>7@2"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

/* Who was what, for --trace: only where no side knows the new number. */
Test(merge_renumber, was)
{
	static const struct {
		const char *texts[3];
		uint32_t was;
	} rows[] = {
		{{"5a", "5a 6b@3.9", "5a 6c@4.9"}, 6},
		{{"5a", "5a 6b@3.9 7c@4.9", "5a 6c@4.9"}, 0}, /* ours has merged it before */
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_arena arena = {0};
		struct wls_renumbered *out = WLS_ARENA_NEW(&arena, struct wls_renumbered);
		struct wls_merge merge = {0};
		struct engine_test t;

		engine_read_entries(&t, rows[i].texts, 2);
		engine_match_entries(&t);
		wls_renumber(&t.entries, wls_slice(NULL, 0), out, &merge);
		struct wls_identity *c = wls_entries_named(&t.entries, 2, 6);
		cr_assert_not_null(c);
		cr_expect_eq(c->was, rows[i].was, "case %zu", i);
		cr_assert_eq(merge.renumbering_count, 1);
		cr_expect(wls_slice_eq(merge.renumberings[0].title, WLS_SLICE("c")));
		release_merge(&merge);
		wls_renumbered_release(out);
		engine_release(&t);
		wls_arena_release(&arena);
	}
}
