/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "../../support/random.h"
#include "render/line_diff.h"
#include "wlsync/buf.h"

static const char signs[] = {
	[WLS_DIFF_SAME] = ' ',
	[WLS_DIFF_REMOVED] = '-',
	[WLS_DIFF_ADDED] = '+',
	[WLS_DIFF_GAP] = '~',
};

/* "-a|+b|": sign and text of every line, a bar behind each. */
static void show(const struct wls_diff_line *lines, size_t count, struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++)
		wls_buf_printf(out, "%c%.*s|", signs[lines[i].op], WLS_SLICE_ARG(lines[i].text));
}

static const struct {
	const char *from, *to, *whole, *narrow;
} cases[] = {
	{"", "", "", ""},
	{"a\n", "a\n", " a|", ""},
	{"a\nb\n", "a\r\nb", " a| b|", ""},
	{"", "a\nb\n", "+a|+b|", "+a|+b|"},
	{"a\nb\n", "", "-a|-b|", "-a|-b|"},
	{"a\n", "b\n", "-a|+b|", "-a|+b|"},
	{"a\nb\nc\n", "a\nX\nc\n", " a|-b|+X| c|", " a|-b|+X| c|"},
	{"a\nb\nc\nd\n", "b\nc\nd\n", "-a| b| c| d|", "-a| b|"},
	{"a\nb\nc\n", "a\nb\nc\nd\n", " a| b| c|+d|", " c|+d|"},
	/* Removed before added, also where the search found them the other way round. */
	{"a\nb\nc\n", "d\ne\n", "-a|-b|-c|+d|+e|", "-a|-b|-c|+d|+e|"},
	/* Two same lines between changes are their context; of three, one is left out. */
	{"a\n1\n2\nb\n", "A\n1\n2\nB\n", "-a|+A| 1| 2|-b|+B|", "-a|+A| 1| 2|-b|+B|"},
	{"a\n1\n2\n3\nb\n", "A\n1\n2\n3\nB\n", "-a|+A| 1| 2| 3|-b|+B|", "-a|+A| 1|~| 3|-b|+B|"},
	/* What was left out before the first change and behind the last is not told. */
	{"1\n2\n3\na\n4\n5\n6\n", "1\n2\n3\n4\n5\n6\n", " 1| 2| 3|-a| 4| 5| 6|", " 3|-a| 4|"},
	/* An empty line is a line. */
	{"a\n\nb\n", "a\nb\n", " a|-| b|", " a|-| b|"},
	/* The classic of Myers' paper: five of its lines differ. */
	{"a\nb\nc\na\nb\nb\na\n", "c\nb\na\nb\na\nc\n", "-a|-b| c|+b| a| b|-b| a|+c|",
	 "-a|-b| c|+b| a| b|-b| a|+c|"},
};

Test(line_diff, cases)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		size_t count;
		struct wls_diff_line *lines = wls_line_diff(
			wls_slice_of(cases[i].from), wls_slice_of(cases[i].to), &arena, &count);
		show(lines, count, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].whole, "case %zu: %s", i,
				 wls_buf_str(&out));
		wls_buf_clear(&out);
		show(lines, wls_diff_narrow(lines, count, 1), &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].narrow, "case %zu, narrow: %s", i,
				 wls_buf_str(&out));
		wls_buf_release(&out);
	}
	wls_arena_release(&arena);
}

/* ---- at random ---- */

#define LINES 12

/* Up to LINES lines of one of three letters. */
static size_t make_text(struct test_random *random, char text[2 * LINES + 1])
{
	size_t count = random_below(random, LINES + 1);

	for (size_t i = 0; i < count; i++) {
		text[2 * i] = (char)('a' + random_below(random, 3));
		text[2 * i + 1] = '\n';
	}
	text[2 * count] = '\0';
	return count;
}

/* The most lines that both have in common, by the definition. */
static size_t common_lines(const char *from, size_t n, const char *to, size_t m)
{
	size_t best[LINES + 1][LINES + 1] = {0};

	for (size_t i = 1; i <= n; i++) {
		for (size_t j = 1; j <= m; j++) {
			size_t up = best[i - 1][j], left = best[i][j - 1];
			best[i][j] = up > left ? up : left;
			if (from[2 * i - 2] == to[2 * j - 2])
				best[i][j] = best[i - 1][j - 1] + 1;
		}
	}
	return best[n][m];
}

/* One of both texts, from the lines that are its own. */
static void gather(const struct wls_diff_line *lines, size_t count, enum wls_diff_op own,
		   struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (lines[i].op != own && lines[i].op != WLS_DIFF_SAME)
			continue;
		wls_buf_add_slice(out, lines[i].text);
		wls_buf_add_char(out, '\n');
	}
}

Test(line_diff, both_texts_can_be_read_off_and_no_line_differs_needlessly)
{
	for (uint32_t seed = 1; seed <= 3000; seed++) {
		struct wls_arena arena = {0};
		struct wls_buf back = WLS_BUF_INIT;
		char from[2 * LINES + 1], to[2 * LINES + 1];
		struct test_random random = {seed};
		size_t n = make_text(&random, from), m = make_text(&random, to), count, same = 0;
		const struct wls_diff_line *lines =
			wls_line_diff(wls_slice_of(from), wls_slice_of(to), &arena, &count);

		gather(lines, count, WLS_DIFF_REMOVED, &back);
		cr_assert_str_eq(wls_buf_str(&back), from, "seed %u", seed);
		wls_buf_clear(&back);
		gather(lines, count, WLS_DIFF_ADDED, &back);
		cr_assert_str_eq(wls_buf_str(&back), to, "seed %u", seed);
		for (size_t i = 0; i < count; i++)
			same += lines[i].op == WLS_DIFF_SAME;
		cr_assert_eq(same, common_lines(from, n, to, m), "seed %u", seed);
		wls_buf_release(&back);
		wls_arena_release(&arena);
	}
}

/* `count` lines "PREFIX0", "PREFIX1", … between two that are always the same. */
static void make_long(struct wls_buf *text, const char *prefix, unsigned count)
{
	wls_buf_add_str(text, "begin\n");
	for (unsigned i = 0; i < count; i++)
		wls_buf_printf(text, "%s%u\n", i == count / 2 ? "middle" : prefix, i);
	wls_buf_add_str(text, "end\n");
}

/* 60 KB of two texts, as large as a body: by far too many lines to be told apart. */
Test(line_diff, too_many_lines_are_all_removed_and_added)
{
	const unsigned sizes[] = {WLS_DIFF_MOST / 2 + 1, WLS_DIFF_MOST / 2 + 2, 8000};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(sizes); i++) {
		struct wls_arena arena = {0};
		struct wls_buf from = WLS_BUF_INIT, to = WLS_BUF_INIT;
		size_t count, same = 0;
		make_long(&from, "a", sizes[i]);
		make_long(&to, "b", sizes[i]);
		const struct wls_diff_line *lines =
			wls_line_diff(wls_buf_slice(&from), wls_buf_slice(&to), &arena, &count);
		for (size_t k = 0; k < count; k++)
			same += lines[k].op == WLS_DIFF_SAME;
		/* Of WLS_DIFF_MOST differing lines the one in the middle is still found. */
		cr_expect_eq(same, i == 0 ? 3 : 2, "%u lines: %zu", sizes[i], same);
		cr_expect_eq(count, 2 * sizes[i] + 2 - (i == 0));
		cr_expect_eq(lines[0].op, WLS_DIFF_SAME);
		cr_expect_eq(lines[count - 1].op, WLS_DIFF_SAME);
		wls_buf_release(&from);
		wls_buf_release(&to);
		wls_arena_release(&arena);
	}
}
