/* SPDX-License-Identifier: MIT */
/*
 * What of a node changed, in its place: one change in an entry that is otherwise the same.
 */
#include "diff_support.h"

#include <criterion/criterion.h>

struct row {
	const char *a, *b; /* of an entry v3 */
	const char *told;
};

static const struct row rows[] = {
	{"**Next:**\n- [ ] a b c\n", "**Next:**\n- [x] a b c\n",
	 "changed item ticked @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- [x] a b c\n", "**Next:**\n- [ ] a b c\n",
	 "changed item unticked @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- [ ] a b c\n",
	 "changed item checkbox changed @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- [MED] a b c\n", "**Next:**\n- [HIGH] a b c\n",
	 "changed item re-prioritised @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- [LOW] a b c\n",
	 "changed item re-prioritised @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- [BLOCKED] a b c\n",
	 "changed item blocked @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- [BLOCKED] a b c\n", "**Next:**\n- a b c\n",
	 "changed item unblocked @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- \xE2\x9C\x85 a b c\n",
	 "changed item state changed @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c d\n", "**Next:**\n- a b c e\n",
	 "changed item reworded @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- [ ] [MED] a b c d\n", "**Next:**\n- [x] [HIGH] a b c e\n",
	 "changed item ticked,re-prioritised,reworded @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n* a b c\n",
	 "changed item markers changed @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- a  b c\n",
	 "changed item white space changed @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n- d e f\n- g h i\n", "**Next:**\n- g h i\n- a b c\n- d e f\n",
	 "changed item moved @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n", "**Next:**\n- a b c\n- d\n", "added item @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n- d\n", "**Next:**\n- a b c\n", "removed item @v3 \xE2\x80\xBA Next"},
	{"**Next:**\n- a b c\n- moves on\n\n**Open:**\n- x\n",
	 "**Next:**\n- a b c\n\n**Open:**\n- x\n- moves on\n",
	 "changed item moved @v3 \xE2\x80\xBA Open"},
	{"**Next:**\n- a\n", "**Next:**\n- a\n\n**Now:** x\n", "added field @v3"},
	{"**Now:** x\n\n**Next:**\n- a\n", "**Now:** x\n", "removed field @v3"},
	{"**Now:** x\n", "**Now:** y\n", "changed field reworded @v3"},
	{"**Progress:** 50%\n", "**Progress:** 60%\n", "changed field progress changed @v3"},
	{"**Status:** in progress\n", "**Status:** blocked\n", "changed field status changed @v3"},
	{"**Now:** x\n", "**Now**: x\n", "changed field markers changed @v3"},
	{"**Now:** x\n\n**Next:**\n- a\n", "**Now:** x\n\n\n**Next:**\n- a\n",
	 "changed run of blank lines white space changed @v3"},
	{"```\na\nb\n```\n", "```\na\nc\n```\n", "changed code block reworded @v3"},
	{"x = -5 here it is\n", "x = 5 here it is\n", "changed text reworded @v3"},
};

Test(diff, aspects)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT;
		wls_buf_printf(&a, "## v3 | 2025-11-10 | T\n\n%s", rows[i].a);
		wls_buf_printf(&b, "## v3 | 2025-11-10 | T\n\n%s", rows[i].b);
		struct wls_diff *diff = diff_of(wls_buf_slice(&a), wls_buf_slice(&b), false);
		diff_tell(diff, &told);
		cr_expect_str_eq(wls_buf_str(&told), rows[i].told, "row %zu: %s", i,
				 wls_buf_str(&told));
		wls_diff_free(diff);
	}
}

/* Headings, frontmatter, the file as a whole. */
static const struct row whole[] = {
	{"## v3 | 2025-11-10 10:00 | Title of it\n", "## v4 | 2025-11-10 10:00 | Title of it\n",
	 "changed entry renumbered"},
	{"## v3 | 2025-11-10 10:00 | Title of it\n", "## v3 | 2025-11-10 10:00 | Other name\n",
	 "changed entry retitled"},
	{"## v3 | 2025-11-10 10:00 | Title of it\n", "## v3 | 2025-11-11 10:00 | Title of it\n",
	 "changed entry redated"},
	{"## v3 | 2025-11-10 10:00 | T\n", "## v3 | 2025-11-10 10:00 | T [BLOCKED]\n",
	 "changed entry blocked"},
	{"## v3 | 2025-11-10 10:00 | T\n", "## v3 | 2025-11-10 10:00 | T [NEEDS_REVIEW]\n",
	 "changed entry review tag changed"},
	{"## v1 | x\n", "## v1 | x\n\n## v2 | y\n", "added entry"},
	{"## v1 | x\n\n## v2 | y\n", "## v2 | y\n", "removed entry"},
	{"---\nversion: v1\nstatus: blocked\n---\n", "---\nversion: v1\nstatus: done\n---\n",
	 "changed frontmatter key status changed @frontmatter"},
	{"---\nversion: v1\n---\n", "---\nversion: v2\n---\n",
	 "changed frontmatter key value changed @frontmatter"},
	{"---\nversion: v1\n---\n", "---\nversion: v1\nowner: me\n---\n",
	 "added frontmatter key @frontmatter"},
	{"# A\n\n## v1 | x\n", "# B\n\n## v1 | x\n", "changed title retitled"},
	{"## v1 | x\n", "## v1 | x", "removed final newline"},
	{"## v1 | x", "## v1 | x\n", "added final newline"},
	{"## v1 | x", "## v1 | x\n\n## v2 | y", "added entry"},
	{"## v1 | x\n", "## v1 | x\n\n## v2 | y", "removed final newline; added entry"},
	{"", "a", "added run of lines"},
	{"## v1 | x\n\n**Now:** y\n", "## v1 | x\r\n\r\n**Now:** y\r\n", "changed line endings"},
	{"## v1 | x\n", "\xEF\xBB\xBF## v1 | x\n", "added byte order mark"},
	{"\xEF\xBB\xBF## v1 | x\n", "## v1 | x\n", "removed byte order mark"},
	{"a\nb\n", "a\nc\n", "changed run of lines"},
	{"", "a\n", "added run of lines"},
	{"", "", ""},
};

Test(diff, whole_files)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(whole); i++) {
		struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_diff *diff =
			diff_of(wls_slice_of(whole[i].a), wls_slice_of(whole[i].b), false);
		diff_tell(diff, &told);
		cr_expect_str_eq(wls_buf_str(&told), whole[i].told, "row %zu: %s", i,
				 wls_buf_str(&told));
		wls_diff_free(diff);
	}
}
