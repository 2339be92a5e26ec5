/* SPDX-License-Identifier: MIT */
/*
 * Edits in the texts as they were given: line endings, byte order marks, moves, limits.
 */
#include "diff_support.h"

#include <criterion/criterion.h>

/* "begin-end:text" of each edit. */
static void tell_edits(const struct wls_diff *diff, struct wls_buf *out)
{
	for (size_t i = 0; i < diff->edit_count; i++) {
		const struct wls_diff_edit *e = &diff->edits[i];
		wls_buf_printf(out, "%s%u-%u:%.*s", i > 0 ? " " : "", e->a0, e->a1,
			       (int)(e->b1 - e->b0), diff->given[1].ptr + e->b0);
	}
}

struct row {
	const char *a, *b, *edits;
};

static const struct row rows[] = {
	{"## v1 | x\n\n**Now:** a b c\n", "## v1 | x\n\n**Now:** a b d\n", "24-25:d"},
	/* Offsets count what was given. */
	{"\xEF\xBB\xBF## v1 | x\r\n\r\n**Now:** a b c\r\n",
	 "\xEF\xBB\xBF## v1 | x\r\n\r\n**Now:** a b d\r\n", "29-30:d"},
	{"## v1 | x\r\n\r\na b c\r\n", "## v1 | x\n\na b d\n", "9-11:\n 11-13:\n 17-18:d 18-20:\n"},
	{"\xEF\xBB\xBF## v1 | x\n", "## v1 | x\n", "0-3:"},
	{"## v1 | x\n", "\xEF\xBB\xBF## v1 | x\n", "0-0:\xEF\xBB\xBF"},
	/* A CR that ends no line stays what it is. */
	{"## v1 | x\n\na\rb c\n", "## v1 | x\n\na\rb d\n", "15-16:d"},
	{"## v1 | x\r\n\r\na\r\r\n", "## v1 | x\n\na\r\n", "9-11:\n 11-13:\n 14-15:"},
	/* A newline that neither file ends in is part of what follows. */
	{"## v1 | x\n\n- a", "## v1 | x\n\n- a\n- b", "14-14:\n 14-14:- b"},
	{"## v1 | x\n\n- a\n- b", "## v1 | x\n\n- a", "14-15: 15-18:"},
	{"## v1 | x\r\n- a", "## v1 | x\r\n- a\r\n- b", "14-14:\r\n 14-14:- b"},
	{"## v1 | x\n\n- a\n- b", "## v1 | x\n\n- b\n- a", "10-15: 15-15:\n 18-18:\n 18-18:- a"},
	{"## v1 | x\n\n- a", "## v1 | x\n\n- a\n", "14-14:\n"},
	{"## v1 | x\n\n- a\n", "## v1 | x\n\n- a\n- b", "15-15:- b"},
	/* A CR ends the last line, too. */
	{"## v1 | x\n\n- a\r", "## v1 | x\n\n- a\n", "14-15:\n"},
};

Test(diff, edits)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_diff *diff =
			diff_of(wls_slice_of(rows[i].a), wls_slice_of(rows[i].b), false);
		tell_edits(diff, &told);
		cr_expect_str_eq(wls_buf_str(&told), rows[i].edits, "row %zu: %s", i,
				 wls_buf_str(&told));
		wls_diff_free(diff);
	}
}

Test(diff, a_move_is_one_change_of_two_edits)
{
	struct wls_diff *diff = diff_of(
		WLS_SLICE("## v1 | x\n\n**Next:**\n- one two\n- keep it\n\n**Open:**\n- why so\n"),
		WLS_SLICE("## v1 | x\n\n**Next:**\n- keep it\n\n**Open:**\n- why so\n- one two\n"),
		false);

	cr_assert_eq(diff->delta_count, 1);
	cr_expect_eq(diff->edit_count, 2);
	cr_expect_eq(diff->deltas[0].line[0], 4);
	cr_expect_eq(diff->deltas[0].line[1], 8);
	wls_diff_free(diff);
}

/* What a node that moved is now belongs to its change. */
Test(diff, a_move_tells_what_changed_within)
{
	struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT, marks _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *diff = diff_of(
		WLS_SLICE("## v1 | x\n\n**Next:**\n- [ ] one two\n- keep it\n\n**Open:**\n- why\n"),
		WLS_SLICE("## v1 | x\n\n**Next:**\n- keep it\n\n**Open:**\n- why\n- [x] one two\n"),
		false);

	diff_tell(diff, &told);
	diff_marks(diff, &marks);
	cr_expect_str_eq(wls_buf_str(&told), "changed item moved,ticked @v1 \xE2\x80\xBA Open");
	cr_expect_str_eq(wls_buf_str(&marks), "[[ ]>[x]]");
	cr_expect_eq(diff->edit_count, 2);
	wls_diff_free(diff);
}

/* What came within a node that moved has an edit of its own. */
Test(diff, what_came_within_a_move_has_an_edit)
{
	struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT, edits _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *diff = diff_of(
		WLS_SLICE("## v1 | x\n\n**Next:**\n- one two\n- keep it\n\n**Open:**\n- why\n"),
		WLS_SLICE("## v1 | x\n\n**Next:**\n- keep it\n\n**Open:**\n- why\n- one two\n"
			  "  - new\n"),
		false);

	diff_tell(diff, &told);
	tell_edits(diff, &edits);
	cr_expect_str_eq(
		wls_buf_str(&told),
		"changed item moved @v1 \xE2\x80\xBA Open; added item @v1 \xE2\x80\xBA Open");
	cr_expect_str_eq(wls_buf_str(&edits), "21-31: 58-58:- one two\n 58-58:  - new\n");
	cr_expect_eq(diff->edits[1].delta, 0);
	cr_expect_eq(diff->edits[2].delta, 1);
	wls_diff_free(diff);
}

Test(diff, methods)
{
	struct wls_diff *lines = diff_of(WLS_SLICE("a\n"), WLS_SLICE("b\n"), false);
	struct wls_diff *nodes = diff_of(WLS_SLICE("## v1 | a\n"), WLS_SLICE("b\n"), false);
	struct wls_diff *nul = diff_of(WLS_SLICE("## v1 | a\n"), WLS_SLICE("## v1 | \0\n"), false);

	cr_expect_eq(lines->method, WLS_DIFF_BY_LINES);
	cr_expect_eq(nodes->method, WLS_DIFF_BY_NODES);
	cr_expect_eq(nul->method, WLS_DIFF_BY_LINES);
	wls_diff_free(lines);
	wls_diff_free(nodes);
	wls_diff_free(nul);
}

Test(diff, no_text_at_all)
{
	struct wls_diff *diff = diff_of((struct wls_slice){0}, WLS_SLICE("## v1 | a\n"), false);

	cr_expect_eq(diff->edit_count, 1);
	wls_diff_free(diff);
	diff = diff_of(WLS_SLICE("## v1 | a\n"), (struct wls_slice){0}, false);
	cr_expect_eq(diff->edit_count, 1);
	wls_diff_free(diff);
}

Test(diff, a_text_over_the_limit)
{
	struct wls_diff *diff = NULL;
	struct wls_error err;
	struct wls_slice large = wls_slice("x", WLS_FILE_MAX + 1);

	cr_expect_eq(
		wls_diff_make(&diff, large, WLS_SLICE("a"), &(struct wls_pair_options){0}, &err),
		WLS_E_LIMIT);
	cr_expect_null(diff);
}

Test(diff, counts)
{
	struct wls_diff_count counts[WLS_DELTA_KIND_COUNT];
	size_t aspects[WLS_ASPECT_COUNT];
	struct wls_diff *diff = diff_of(
		WLS_SLICE("## v1 | x\n\n**Next:**\n- [ ] one two\n- gone\n"),
		WLS_SLICE("## v1 | x\n\n**Next:**\n- [x] one two\n\n**Now:** new\n"), false);

	wls_diff_count(diff, counts, aspects);
	cr_expect_eq(counts[WLS_DELTA_ITEM].changed, 1);
	cr_expect_eq(counts[WLS_DELTA_ITEM].removed, 1);
	cr_expect_eq(counts[WLS_DELTA_ITEM].added, 0);
	cr_expect_eq(counts[WLS_DELTA_FIELD].added, 1);
	cr_expect_eq(aspects[WLS_ASPECT_TICKED], 1);
	cr_expect_eq(aspects[WLS_ASPECT_MOVED], 0);
	wls_diff_free(diff);
}
