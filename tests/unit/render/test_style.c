/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "render/style.h"

static const struct {
	const char *text, *clean;
} texts[] = {
	{"plain", "plain"},
	{"", ""},
	{"a\nb\tc\r\nd", "a b c  d"},
	{"\033[31mred", "\xef\xbf\xbd[31mred"},
	{"bell\a", "bell\xef\xbf\xbd"},
	{"\x7f", "\xef\xbf\xbd"},
	{"caf\xc3\xa9 \xe8\xaa\x8d", "caf\xc3\xa9 \xe8\xaa\x8d"},
	{"bad \xff byte", "bad \xef\xbf\xbd byte"},
	{"c1 \xc2\x9b", "c1 \xef\xbf\xbd"},
	{"\xe2\x80\xae turned", "\xef\xbf\xbd turned"}, /* right-to-left override */
	{"line\xe2\x80\xa8sep", "line\xef\xbf\xbdsep"},
	{"\xe2\x9a\xa0\xef\xb8\x8f ok", "\xe2\x9a\xa0\xef\xb8\x8f ok"},
};

Test(style, cleans)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		struct wls_slice clean = wls_style_clean(&arena, wls_slice_of(texts[i].text));
		cr_expect(wls_slice_eq(clean, wls_slice_of(texts[i].clean)), "%zu: %.*s", i,
			  WLS_SLICE_ARG(clean));
	}
	wls_arena_release(&arena);
}

static const struct {
	const char *text;
	size_t cells;
	const char *unicode, *ascii;
} cuts[] = {
	{"four", 4, "four", "four"},
	{"fours", 4, "fou…", "f..."},
	{"a word here", 7, "a word…", "a wo..."},
	{"a word here", 6, "a wor…", "a w..."},
	{"a bc", 3, "a…", "..."},
	{"漢字漢字", 8, "漢字漢字", "漢字漢字"},
	{"漢字漢字", 6, "漢字…", "漢..."},
	{"漢字漢字", 5, "漢字…", "漢..."},
	{"e\xcc\x81"
	 "e\xcc\x81"
	 "e\xcc\x81",
	 3,
	 "e\xcc\x81"
	 "e\xcc\x81"
	 "e\xcc\x81",
	 "e\xcc\x81"
	 "e\xcc\x81"
	 "e\xcc\x81"},
	{"✅✅✅", 4, "✅…", "..."},
	{"text", 0, "…", "..."},
};

Test(style, cuts_by_cells)
{
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cuts); i++) {
		struct wls_style style = {0};
		struct wls_slice cut =
			wls_style_cut(&style, &arena, wls_slice_of(cuts[i].text), cuts[i].cells);
		cr_expect(wls_slice_eq(cut, wls_slice_of(cuts[i].unicode)), "%s in %zu: %.*s",
			  cuts[i].text, cuts[i].cells, WLS_SLICE_ARG(cut));
		style.ascii = true;
		cut = wls_style_cut(&style, &arena, wls_slice_of(cuts[i].text), cuts[i].cells);
		cr_expect(wls_slice_eq(cut, wls_slice_of(cuts[i].ascii)), "%s in %zu: %.*s",
			  cuts[i].text, cuts[i].cells, WLS_SLICE_ARG(cut));
	}
	wls_arena_release(&arena);
}

static const struct {
	int percent;
	uint32_t cells;
	const char *bar;
} bars[] = {
	{-1, 4, ""},     {0, 4, "----"},   {24, 4, "----"}, {25, 4, "#---"},
	{99, 4, "###-"}, {100, 4, "####"}, {50, 0, ""},
};

Test(style, draws_bars)
{
	struct wls_arena arena = {0};
	struct wls_style style = {.ascii = true};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(bars); i++) {
		struct wls_slice bar =
			wls_style_bar(&style, &arena, bars[i].percent, bars[i].cells);
		cr_expect(wls_slice_eq(bar, wls_slice_of(bars[i].bar)), "%d: %.*s", bars[i].percent,
			  WLS_SLICE_ARG(bar));
	}
	struct wls_slice full = wls_style_bar(&style, &arena, 100, 1000);
	cr_expect_eq(full.len, WLS_BAR_MAX);
	style.ascii = false;
	full = wls_style_bar(&style, &arena, 100, 1000);
	cr_expect_eq(wls_utf8_width(full), WLS_BAR_MAX);
	wls_arena_release(&arena);
}

Test(style, counts)
{
	struct wls_arena arena = {0};
	static const struct {
		uint64_t n;
		const char *text;
	} counts[] = {
		{0, "0"},        {999, "999"},           {1000, "1,000"},
		{1960, "1,960"}, {1234567, "1,234,567"}, {UINT64_MAX, "18,446,744,073,709,551,615"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(counts); i++)
		cr_expect_str_eq(wls_style_count(&arena, counts[i].n), counts[i].text);
	cr_expect_str_eq(wls_style_plural(&arena, 1, "log", "logs"), "1 log");
	cr_expect_str_eq(wls_style_plural(&arena, 0, "log", "logs"), "0 logs");
	wls_arena_release(&arena);
}

Test(style, paints_only_with_colour)
{
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_style style = {.color = true};

	wls_style_paint(&style, WLS_PAINT_NONE, WLS_SLICE("a"), &out);
	wls_style_paint(&style, WLS_PAINT_OK, WLS_SLICE("b"), &out);
	wls_style_paint(&style, WLS_PAINT_ERROR, WLS_SLICE(""), &out);
	style.color = false;
	wls_style_paint(&style, WLS_PAINT_ERROR, WLS_SLICE("c"), &out);
	cr_expect_str_eq(wls_buf_str(&out), "a\033[36mb\033[0mc");
	wls_buf_release(&out);
}
