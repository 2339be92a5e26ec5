/* SPDX-License-Identifier: MIT */
/*
 * What moved and was reworded, and what only looks so.
 */
#include "diff_support.h"

#include <criterion/criterion.h>

struct row {
	const char *a, *b;
	const char *told;
};

#define V1 "## v1 | 2025-11-10 | T\n\n"
#define V2 "## v2 | 2025-11-11 | U\n\n"
#define NEXT "v1 \xE2\x80\xBA Next"
#define OPEN "v1 \xE2\x80\xBA Open"

static const struct row rows[] = {
	/* To another list of the entry, with a word more. */
	{V1 "**Next:**\n- Add tests for the login form\n- keep\n\n**Open:**\n- why\n",
	 V1 "**Next:**\n- keep\n\n**Open:**\n- why\n- Add unit tests for the login form\n",
	 "changed item moved,reworded @" OPEN},
	/* To another entry, ticked. */
	{V2 "**Next:**\n- keep\n\n" V1 "**Next:**\n- [ ] Add tests for the login form\n- so\n",
	 V2 "**Next:**\n- keep\n- [x] Add tests for the register form\n\n" V1 "**Next:**\n- so\n",
	 "changed item moved,ticked,reworded @v2 \xE2\x80\xBA Next"},
	/* Into an entry that came. */
	{V1 "**Next:**\n- Add tests for the login form\n- keep\n",
	 V2 "**Next:**\n- Add unit tests for the login form\n\n" V1 "**Next:**\n- keep\n",
	 "added entry; changed item moved,reworded @v2 \xE2\x80\xBA Next"},
	/* A paragraph under another heading. */
	{V1 "### One\n\nThe cache must be warm before the load test runs.\n\n### Two\n\nNone.\n",
	 V1 "### One\n\n### Two\n\nNone.\n\nThe cache must be cold before the load test runs.\n",
	 "changed text moved,reworded @v1 \xE2\x80\xBA Two"},
	/* The more similar of two. */
	{V1 "**Next:**\n- Add tests for the login form\n- keep\n\n**Open:**\n- why\n",
	 V1 "**Next:**\n- keep\n\n**Open:**\n- why\n- Add tests for the cookie store\n"
	    "- Add more tests for the login form\n",
	 "added item @" OPEN "; changed item moved,reworded @" OPEN},
	/* Two words in five are not enough. */
	{V1 "**Next:**\n- Add tests for login forms\n- keep\n\n**Open:**\n- why\n",
	 V1 "**Next:**\n- keep\n\n**Open:**\n- why\n- Add docs about login pages\n",
	 "removed item @" NEXT "; added item @" OPEN},
	/* Three words are too few to tell. */
	{V1 "**Next:**\n- Write login tests\n- keep\n\n**Open:**\n- why\n",
	 V1 "**Next:**\n- keep\n\n**Open:**\n- why\n- Write login test\n",
	 "removed item @" NEXT "; added item @" OPEN},
	/* What went with its entry was removed. */
	{V2 "**Next:**\n- keep\n\n" V1 "**Next:**\n- Add tests for the login form\n",
	 V2 "**Next:**\n- keep\n- Add unit tests for the login form\n",
	 "added item @v2 \xE2\x80\xBA Next; removed entry"},
	/* A text is no item. */
	{V1 "**Next:**\n- Add tests for the login form\n- keep\n\n### Two\n\nNone.\n",
	 V1 "**Next:**\n- keep\n\n### Two\n\nNone.\n\nAdd unit tests for the login form\n",
	 "removed item @" NEXT "; added text @v1 \xE2\x80\xBA Two"},
	/* What stands below goes with it, and is told only where it changed. */
	{V1 "**Next:**\n- Add tests for the login form\n  - one\n  - two\n- keep\n\n"
	    "**Open:**\n- why\n",
	 V1 "**Next:**\n- keep\n\n**Open:**\n- why\n- Add unit tests for the login form\n"
	    "  - one\n  - new\n  - two\n",
	 "changed item moved,reworded @" OPEN "; added item @" OPEN},
};

Test(diff, moved_and_reworded)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_diff *diff =
			diff_of(wls_slice_of(rows[i].a), wls_slice_of(rows[i].b), false);
		diff_tell(diff, &told);
		cr_expect_str_eq(wls_buf_str(&told), rows[i].told, "row %zu: %s", i,
				 wls_buf_str(&told));
		wls_diff_free(diff);
	}
}

/* Words that many texts hold vote for none; the numbers do. */
Test(diff, many_alike_are_paired_by_what_is_their_own)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	size_t moved = 0;

	wls_buf_add_str(&a, V1 "**Next:**\n- keep\n");
	wls_buf_add_str(&b, V1 "**Next:**\n- keep\n");
	for (unsigned i = 0; i < 2000; i++)
		wls_buf_printf(&a, "- Add tests for form %u\n", i);
	wls_buf_add_str(&a, "\n**Open:**\n- why\n");
	wls_buf_add_str(&b, "\n**Open:**\n- why\n");
	for (unsigned i = 0; i < 2000; i++)
		wls_buf_printf(&b, "- Add more tests for form %u\n", i);
	struct wls_diff *diff = diff_of(wls_buf_slice(&a), wls_buf_slice(&b), false);
	for (size_t i = 0; i < diff->delta_count; i++) {
		const struct wls_delta *d = &diff->deltas[i];
		if (!(d->aspects >> WLS_ASPECT_MOVED & 1))
			continue;
		moved++;
		cr_expect_eq(d->line[0] + 3, d->line[1], "line %u became %u", d->line[0],
			     d->line[1]);
	}
	cr_expect_eq(moved, 2000);
	wls_diff_free(diff);
}
