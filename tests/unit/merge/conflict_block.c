/* SPDX-License-Identifier: MIT */
/* Blocks of conflict markers: found in any text, and settled. */
#include <criterion/criterion.h>

#include "wlsync/merge.h"

/* "line/size place|ours label,base label,theirs label|ours/base/theirs" for each block. */
static void describe(struct wls_slice text, struct wls_buf *out)
{
	struct wls_conflict_blocks blocks = {0};

	wls_conflict_blocks_find(text, &blocks);
	for (size_t i = 0; i < blocks.count; i++) {
		const struct wls_conflict_block *b = &blocks.items[i];
		wls_buf_printf(out, "%u/%u %s<%.*s>|%.*s,%.*s,%.*s|%.*s/", b->line, b->size,
			       b->structural ? "" : "not ", WLS_SLICE_ARG(b->place),
			       WLS_SLICE_ARG(b->ours_label), WLS_SLICE_ARG(b->base_label),
			       WLS_SLICE_ARG(b->theirs_label), WLS_SLICE_ARG(b->ours));
		wls_buf_printf(out, b->has_base ? "%.*s/" : "-/", WLS_SLICE_ARG(b->base));
		wls_buf_printf(out, "%.*s;", WLS_SLICE_ARG(b->theirs));
	}
	free(blocks.items);
}

Test(conflict_block, found)
{
	static const struct {
		const char *text, *want;
	} cases[] = {
		{"", ""},
		{"a\n=======\nb\n", ""},
		{"a\n<<<<<<< A\nx\n=======\ny\n>>>>>>> B\nz\n", "2/7 not <>|A,,B|x\n/-/y\n;"},
		{"<<<<<<< A (v6 › Next)\nx\n||||||| O\nb\n=======\ny\n>>>>>>> B (v6 › Next)\n",
		 "1/7 <v6 › Next>|A,O,B|x\n/b\n/y\n;"},
		{"<<<<<<< (p)\n|||||||\n=======\n>>>>>>> (p)", "1/7 <p>|,,|//;"},
		{"<<<<<<< A\r\nx\r\n||||||| O\r\n=======\r\ny\r\n>>>>>>> B\r\nz",
		 "1/7 not <>|A,O,B|x\r\n//y\r\n;"},
		/* Places: of the last group; with parentheses; of none. */
		{"<<<<<<< A (b) (p)\n=======\n>>>>>>> c (d) (p)\n", "1/7 <p>|A (b),,c (d)|/-/;"},
		{"<<<<<<< A (p (q))\n=======\n>>>>>>> B (p (q))\n", "1/7 <p (q)>|A,,B|/-/;"},
		{"<<<<<<< A (p :))\n=======\n>>>>>>> B (p :))\n", "1/7 <p :)>|A,,B|/-/;"},
		{"<<<<<<< A(p)\n=======\n>>>>>>> B\n", "1/7 not <>|A(p),,B|/-/;"},
		{"<<<<<<< A ()\n=======\n>>>>>>> B\n", "1/7 not <>|A (),,B|/-/;"},
		{"<<<<<<< A (p) b\n=======\n>>>>>>> B (q)\n", "1/7 not <>|A (p) b,,B (q)|/-/;"},
		/* Incomplete, out of order, of different sizes, not at column 0. */
		{"<<<<<<< A\n=======\n", ""},
		{"<<<<<<< A\n>>>>>>> B\n", ""},
		{"<<<<<<< A\n=======\n>>>>>>>> B\n", ""},
		{"<<<<<<<A\n=======\n>>>>>>> B\n", ""},
		{" <<<<<<< A\n=======\n>>>>>>> B\n", ""},
		{"<<<<<< A\n======\n>>>>>> B\n", ""},
		/* Markers within: of other sizes text, of the same a new beginning. */
		{"<<<<<<< A\n<<<<<<<< C\n========\n=======\ny\n>>>>>>> B\n",
		 "1/7 not <>|A,,B|<<<<<<<< C\n========\n/-/y\n;"},
		{"<<<<<<< A\nx\n<<<<<<< C\ny\n=======\nz\n>>>>>>> B\n",
		 "3/7 not <>|C,,B|y\n/-/z\n;"},
		{"<<<<<<< A\n=======\nx\n=======\ny\n>>>>>>> B\n",
		 "1/7 not <>|A,,B|/-/x\n=======\ny\n;"},
		/* Several, of several sizes. */
		{"<<<<<<< A\n=======\n>>>>>>> B\n\n<<<<<<<<< (p)\n=========\n>>>>>>>>> B\n",
		 "1/7 not <>|A,,B|/-/;5/9 <p>|,,B|/-/;"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		describe(wls_slice_of(cases[i].text), &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "of <%s>: got <%s>",
				 cases[i].text, wls_buf_str(&out));
	}
}

Test(conflict_block, largest_marker)
{
	for (size_t size = WLS_MARKER_SIZE_MAX; size <= WLS_MARKER_SIZE_MAX + 1; size++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
		struct wls_conflict_blocks blocks = {0};
		wls_buf_fill(&text, '<', size);
		wls_buf_add_char(&text, '\n');
		wls_buf_fill(&text, '=', size);
		wls_buf_add_char(&text, '\n');
		wls_buf_fill(&text, '>', size);
		wls_conflict_blocks_find(wls_buf_slice(&text), &blocks);
		cr_assert_eq(blocks.count, size == WLS_MARKER_SIZE_MAX);
		if (blocks.count > 0)
			cr_expect_eq(blocks.items[0].end, text.len);
		free(blocks.items);
	}
}

Test(conflict_block, settled)
{
	static const char plain[] = "a\n<<<<<<< A\nx\n=======\ny\n>>>>>>> B\nz";
	static const char diff3[] = "<<<<<<< A\nx\n||||||| O\nb\n=======\n>>>>>>> B";
	static const char shared[] = "<<<<<<<\ns\nx\nt\n=======\ns\ny\nt\n>>>>>>>\n";
	static const struct {
		const char *text;
		enum wls_pick pick;
		const char *want;
	} cases[] = {
		{"a\nb", WLS_PICK_OURS, "a\nb"},
		{"", WLS_PICK_OURS, ""},
		{plain, WLS_PICK_NONE, plain},
		{plain, WLS_PICK_OURS, "a\nx\nz"},
		{plain, WLS_PICK_THEIRS, "a\ny\nz"},
		{plain, WLS_PICK_BASE, "a\nz"},
		{plain, WLS_PICK_UNION, "a\nx\ny\nz"},
		{diff3, WLS_PICK_NONE, diff3},
		{diff3, WLS_PICK_OURS, "x\n"},
		{diff3, WLS_PICK_THEIRS, ""},
		{diff3, WLS_PICK_BASE, "b\n"},
		{diff3, WLS_PICK_UNION, "x\n"},
		{shared, WLS_PICK_UNION, "s\nx\ny\nt\n"},
		{shared, WLS_PICK_OURS, "s\nx\nt\n"},
		{"<<<<<<<\na\na\n=======\na\na\na\n>>>>>>>\n", WLS_PICK_UNION, "a\na\na\n"},
		{"<<<<<<<\na\n=======\na\n>>>>>>>\n", WLS_PICK_UNION, "a\n"},
		{"<<<<<<<\nxa\n=======\nya\n>>>>>>>\n", WLS_PICK_UNION, "xa\nya\n"},
		{"<<<<<<<\na\n=======\nya\n>>>>>>>\n", WLS_PICK_UNION, "a\nya\n"},
		{"<<<<<<<\nx\na\n=======\na\n>>>>>>>\n", WLS_PICK_UNION, "x\na\n"},
		{"<<<<<<<\na\nx\n=======\na\n>>>>>>>\n", WLS_PICK_UNION, "a\nx\n"},
		{"<<<<<<<\r\na\r\n=======\r\na\r\nb\r\n>>>>>>>\r\n", WLS_PICK_UNION, "a\r\nb\r\n"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice text = wls_slice_of(cases[i].text);
		enum wls_pick picks[] = {cases[i].pick};
		struct wls_conflict_blocks blocks = {0};
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		wls_conflict_blocks_find(text, &blocks);
		wls_conflict_blocks_settle(text, &blocks, picks, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "of <%s>: got <%s>",
				 cases[i].text, wls_buf_str(&out));
		free(blocks.items);
	}
}

Test(conflict_block, each_its_own_pick)
{
	struct wls_slice text = WLS_SLICE("1\n<<<<<<<\na\n=======\nb\n>>>>>>>\n2\n"
					  "<<<<<<<\nc\n=======\nd\n>>>>>>>\n3\n"
					  "<<<<<<<\ne\n=======\nf\n>>>>>>>\n");
	enum wls_pick picks[] = {WLS_PICK_THEIRS, WLS_PICK_NONE, WLS_PICK_UNION};
	struct wls_conflict_blocks blocks = {0};
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;

	wls_conflict_blocks_find(text, &blocks);
	cr_assert_eq(blocks.count, 3);
	wls_conflict_blocks_settle(text, &blocks, picks, &out);
	cr_expect_str_eq(wls_buf_str(&out), "1\nb\n2\n<<<<<<<\nc\n=======\nd\n>>>>>>>\n3\ne\nf\n");
	free(blocks.items);
}
