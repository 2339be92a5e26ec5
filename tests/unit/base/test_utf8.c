/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: scanning, decoding, widths, folding.
 */
#include <criterion/criterion.h>

#include "base/utf8.h"

#define TEXT(s) wls_slice(s, sizeof(s) - 1)

Test(utf8, scan_finds_the_first_of_each)
{
	const struct {
		struct wls_slice text;
		size_t invalid, nul, non_ascii;
	} cases[] = {
		{TEXT(""), SIZE_MAX, SIZE_MAX, SIZE_MAX},
		{TEXT("plain"), SIZE_MAX, SIZE_MAX, SIZE_MAX},
		{TEXT("a\xC3\xA9"), SIZE_MAX, SIZE_MAX, 1},
		{TEXT("ab\0c\0"), SIZE_MAX, 2, SIZE_MAX},
		{TEXT("a\xFF"
		      "b\xFF"),
		 1, SIZE_MAX, 1},
		{TEXT("\xC3\xA9\xC3"), 2, SIZE_MAX, 0},
		{TEXT("\xC0\xAF"), 0, SIZE_MAX, 0},         /* overlong */
		{TEXT("\xED\xA0\x80"), 0, SIZE_MAX, 0},     /* surrogate */
		{TEXT("\xF4\x90\x80\x80"), 0, SIZE_MAX, 0}, /* over U+10FFFF */
		{TEXT("\xE2\x9C"), 0, SIZE_MAX, 0},
		{TEXT("x\x80y"), 1, SIZE_MAX, 1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_utf8_scan scan = wls_utf8_scan(cases[i].text);
		cr_expect_eq(scan.first_invalid, cases[i].invalid, "invalid, case %zu", i);
		cr_expect_eq(scan.first_nul, cases[i].nul, "nul, case %zu", i);
		cr_expect_eq(scan.non_ascii, cases[i].non_ascii, "non-ASCII, case %zu", i);
	}
}

Test(utf8, scan_sees_every_place_of_a_word)
{
	static const char odd[] = {'\0', '\x01', '\x7F', '\x80', '\xC3', '\xFF'};
	char text[100];
	for (size_t place = 0; place < sizeof(text); place++) {
		for (size_t i = 0; i < sizeof(odd); i++) {
			memset(text, 'x', sizeof(text));
			text[place] = odd[i];
			struct wls_utf8_scan scan = wls_utf8_scan(wls_slice(text, sizeof(text)));
			bool high = (unsigned char)odd[i] >= 0x80;
			cr_assert_eq(scan.first_nul, odd[i] == '\0' ? place : SIZE_MAX);
			cr_assert_eq(scan.first_invalid, high ? place : SIZE_MAX);
		}
	}
}

Test(utf8, counts_an_invalid_byte_as_one)
{
	cr_expect_eq(wls_utf8_count(WLS_SLICE("")), 0);
	cr_expect_eq(wls_utf8_count(WLS_SLICE("a✅é")), 3);
	cr_expect_eq(wls_utf8_count(TEXT("a\xFF\xE2\x9C"
					 "b")),
		     5);
}

Test(utf8, measures_cells)
{
	const struct {
		struct wls_slice text;
		size_t cells;
	} cases[] = {
		{TEXT("abc"), 3},
		{TEXT("é"), 1},
		{TEXT("e\xCC\x81"), 1}, /* e, combining acute */
		{TEXT("日本"), 4},
		{TEXT("✅"), 2},
		{TEXT("\xE2\x9A\xA0"), 1},             /* warning sign as text */
		{TEXT("\xE2\x9A\xA0\xEF\xB8\x8F"), 2}, /* … as emoji */
		{TEXT("👩‍💻"), 2},              /* joined by ZWJ */
		{TEXT("\x01\xFF"), 2},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_utf8_width(cases[i].text), cases[i].cells, "case %zu: %zu", i,
			     wls_utf8_width(cases[i].text));
}

Test(utf8, fits_whole_clusters)
{
	cr_expect_eq(wls_utf8_fit(WLS_SLICE("日本"), 3), 3);
	cr_expect_eq(wls_utf8_fit(WLS_SLICE("日本"), 1), 0);
	cr_expect_eq(wls_utf8_fit(TEXT("e\xCC\x81x"), 1), 3);
	cr_expect_eq(wls_utf8_fit(WLS_SLICE("abc"), 9), 3);
}

static void check_folded(const char *text, const char *expected)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	wls_utf8_add_folded_name(&out, wls_slice_of(text));
	cr_expect_str_eq(wls_buf_str(&out), expected, "<%s> gave <%s>", text, wls_buf_str(&out));
}

Test(utf8, folds_names)
{
	check_folded("Auth-Refactor", "auth-refactor");
	check_folded("auth_refactor", "auth-refactor");
	check_folded("  AUTH -_ Refactor- ", "auth-refactor");
	check_folded("Stra\xC3\x9F"
		     "e",
		     "strasse");
	check_folded("E\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9");
	check_folded("a\xC2\xA0"
		     "b",
		     "a-b");
	check_folded("A\xFF"
		     "B",
		     "a\xFF"
		     "b");
	check_folded("---", "");
}

Test(utf8, replaces_invalid_bytes)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	cr_expect_not(wls_utf8_add_lossy(&out, WLS_SLICE("é\n")));
	cr_expect(wls_utf8_add_lossy(&out, TEXT("a\xFF\xFE"
						"b")));
	cr_expect_str_eq(wls_buf_str(&out), "é\na\uFFFD\uFFFD"
					    "b");
}

Test(utf8, knows_word_characters)
{
	for (const char *c = "azAZ09_"; *c; c++)
		cr_expect(wls_utf8_is_word(*c));
	for (const char *c = "-./@ `"; *c; c++)
		cr_expect_not(wls_utf8_is_word(*c));
	cr_expect(wls_utf8_is_word(0xE9));
	cr_expect(wls_utf8_is_word(0x65E5));
	cr_expect_not(wls_utf8_is_word(0x2705));
	cr_expect_not(wls_utf8_is_word(0x2014));
}
