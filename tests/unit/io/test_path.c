/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "io/path.h"

Test(path, clean)
{
	static const struct {
		const char *path, *kept, *folded;
	} cases[] = {
		{"", ".", "."},
		{".", ".", "."},
		{"./", ".", "."},
		{"/", "/", "/"},
		{"//", "/", "/"},
		{"/.", "/", "/"},
		{"a", "a", "a"},
		{"./a//b/./c/", "a/b/c", "a/b/c"},
		{"a/../b", "a/../b", "b"},
		{"a/..", "a/..", "."},
		{"../a", "../a", "../a"},
		{"a/../../b", "a/../../b", "../b"},
		{"../../b/..", "../../b/..", "../.."},
		{"/..", "/..", "/"},
		{"/a/..", "/a/..", "/"},
		{"/a/../../b", "/a/../../b", "/b"},
		{"...", "...", "..."},
		{"a/..b/.c", "a/..b/.c", "a/..b/.c"},
		{"new\nline/x", "new\nline/x", "new\nline/x"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		wls_path_add_clean(&out, wls_slice_of(cases[i].path), false);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].kept, "%s: %s", cases[i].path,
				 wls_buf_str(&out));
		wls_buf_clear(&out);
		wls_buf_add_str(&out, "x:");
		wls_path_add_clean(&out, wls_slice_of(cases[i].path), true);
		cr_expect_str_eq(wls_buf_str(&out) + 2, cases[i].folded, "%s: %s", cases[i].path,
				 wls_buf_str(&out));
	}
}

Test(path, below)
{
	static const struct {
		const char *path, *folder, *rest; /* NULL: not below */
	} cases[] = {
		{"a/b", "a", "b"},  {"a", "a", ""},          {"ab", "a", NULL},
		{"a/b", "", "a/b"}, {"/a/b", "/", "a/b"},    {"/", "/", ""},
		{"b", "a", NULL},   {"/a/b/c", "/a/b", "c"}, {"a", "a/b", NULL},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_slice rest;
		bool below = wls_path_below(wls_slice_of(cases[i].path),
					    wls_slice_of(cases[i].folder), &rest);
		cr_expect_eq(below, cases[i].rest != NULL, "%s", cases[i].path);
		cr_expect(!below || wls_slice_eq(rest, wls_slice_of(cases[i].rest)), "%s",
			  cases[i].path);
	}
}

Test(path, name_and_join)
{
	cr_expect(wls_slice_eq(wls_path_name(WLS_SLICE("a/b.md")), WLS_SLICE("b.md")));
	cr_expect(wls_slice_eq(wls_path_name(WLS_SLICE("b.md")), WLS_SLICE("b.md")));
	cr_expect_eq(wls_path_name(WLS_SLICE("a/")).len, 0);
	static const char *const cases[][3] = {
		{"", "b", "b"},   {".", "b", "b"}, {"a", "b", "a/b"},
		{"/", "b", "/b"}, {"a", "", "a"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		wls_path_add_join(&out, wls_slice_of(cases[i][0]), wls_slice_of(cases[i][1]));
		cr_expect_str_eq(wls_buf_str(&out), cases[i][2]);
	}
}

Test(path, brief_keeps_the_end)
{
	char buf[WLS_PATH_BRIEF], path[3000] = "";
	cr_expect_str_eq(wls_path_brief("a/b", buf), "a/b");
	for (int i = 0; i < 700; i++)
		strcat(path, "ä/x");
	strcat(path, "/end.md");
	const char *brief = wls_path_brief(path, buf);
	cr_expect_lt(strlen(brief), WLS_PATH_BRIEF);
	cr_expect_gt(strlen(brief), WLS_PATH_BRIEF - 8);
	cr_expect(strstr(brief, "/x/end.md"));
	cr_expect_eq(((unsigned char)brief[3] & 0xC0) == 0x80, 0, "cut at a code point");
}
