/* SPDX-License-Identifier: MIT */
/*
 * Which words are marked.
 */
#include "diff_support.h"

#include <criterion/criterion.h>

struct row {
	const char *a, *b; /* the value of a field */
	const char *marks;
};

static const struct row rows[] = {
	{"working on the refresh of it", "working on the rotation of it", "[refresh>rotation]"},
	{"one two three four five", "one two three four five six", "[> six]"},
	{"one two three four five", "two three four five", "[one >]"},
	/* Two changed words with a blank between are one change. */
	{"keep this old thing as it is", "keep this new stuff as it is", "[old thing>new stuff]"},
	/* What stands apart is marked apart. */
	{"aa bb cc dd ee ff", "xx bb cc dd ee yy", "[aa>xx][ff>yy]"},
	/* Hardly a word in common: one change. */
	{"schema is done and tested", "planning of a later phase is on",
	 "[schema is done and tested>planning of a later phase is on]"},
	/* A tag is one. */
	{"the [HIGH] thing we want done", "the [MED] thing we want done", "[[HIGH]>[MED]]"},
	{"version 1.25 of the thing", "version 1.35 of the thing", "[25>35]"},
	{"caf\xC3\xA9 is open now today", "caf\xC3\xA8 is open now today",
	 "[caf\xC3\xA9>caf\xC3\xA8]"},
	{"tabs\tare blanks too here", "tabs are blanks too here", "[\t> ]"},
};

Test(diff, marks)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_buf marks _cleanup_buf_ = WLS_BUF_INIT;
		wls_buf_printf(&a, "## v3 | 2025-11-10 | T\n\n**Now:** %s\n", rows[i].a);
		wls_buf_printf(&b, "## v3 | 2025-11-10 | T\n\n**Now:** %s\n", rows[i].b);
		struct wls_diff *diff = diff_of(wls_buf_slice(&a), wls_buf_slice(&b), true);
		diff_marks(diff, &marks);
		cr_expect_str_eq(wls_buf_str(&marks), rows[i].marks, "row %zu: %s", i,
				 wls_buf_str(&marks));
		wls_diff_free(diff);
	}
}

/* Code is marked by lines. */
Test(diff, marks_of_code)
{
	struct wls_buf marks _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *diff =
		diff_of(WLS_SLICE("## v1 | x\n\n```\nmake all\nmake test\n```\n"),
			WLS_SLICE("## v1 | x\n\n```\nmake all\nmake check\nmake it\n```\n"), false);

	diff_marks(diff, &marks);
	cr_expect_str_eq(wls_buf_str(&marks), "[make test\n>make check\nmake it\n]");
	wls_diff_free(diff);
}
