/* SPDX-License-Identifier: MIT */
/*
 * Slices, errors, arenas and growing arrays.
 */
#include <criterion/criterion.h>

#include "wlsync/base.h"

#define TEXT(s) wls_slice(s, sizeof(s) - 1)

Test(slice, compares)
{
	static const struct {
		const char *a, *b;
		int order;
	} cases[] = {
		{"", "", 0},    {"", "a", -1},  {"a", "", 1},    {"a", "a", 0},
		{"a", "b", -1}, {"ab", "a", 1}, {"a", "ab", -1}, {"\xFF", "a", 1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		int order = wls_slice_cmp(wls_slice_of(cases[i].a), wls_slice_of(cases[i].b));
		cr_expect_eq((order > 0) - (order < 0), cases[i].order, "case %zu", i);
		cr_expect_eq(wls_slice_eq(wls_slice_of(cases[i].a), wls_slice_of(cases[i].b)),
			     cases[i].order == 0);
	}
	cr_expect(wls_slice_eq((struct wls_slice){0}, WLS_SLICE("")));
}

Test(slice, folds_ascii_case_only)
{
	cr_expect(wls_slice_eq_nocase(WLS_SLICE("WorkLog"), WLS_SLICE("wORKlOG")));
	cr_expect_not(wls_slice_eq_nocase(WLS_SLICE("Ä"), WLS_SLICE("ä")));
	cr_expect_not(wls_slice_eq_nocase(WLS_SLICE("@"), WLS_SLICE("`")));
	cr_expect(wls_slice_starts_nocase(WLS_SLICE("Next steps"), WLS_SLICE("nExt")));
	cr_expect_not(wls_slice_starts_nocase(WLS_SLICE("Nex"), WLS_SLICE("next")));
	cr_expect(wls_slice_starts(WLS_SLICE("v5"), WLS_SLICE("v")));
	cr_expect(wls_slice_ends_nocase(WLS_SLICE("a.MD"), WLS_SLICE(".md")));
	cr_expect_not(wls_slice_ends_nocase(WLS_SLICE("md"), WLS_SLICE(".md")));
}

Test(slice, trims)
{
	static const struct {
		const char *text, *trimmed;
	} cases[] = {
		{"", ""},
		{" \t\r\n", ""},
		{" a b\n", "a b"},
		{"\xC2\xA0 a\xC2\xA0", "a"},
		{"\xC2\xA0", ""},
		/* The second byte of a no-break space is no blank by itself. */
		{"\xC3\xA0", "\xC3\xA0"},
		{"\xA0", "\xA0"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect(wls_slice_eq(wls_slice_trim(wls_slice_of(cases[i].text)),
				       wls_slice_of(cases[i].trimmed)),
			  "case %zu", i);
}

Test(slice, finds)
{
	cr_expect_eq(wls_slice_find(WLS_SLICE("abcabc"), WLS_SLICE("ca")), 2);
	cr_expect_eq(wls_slice_find(WLS_SLICE("abc"), WLS_SLICE("")), 0);
	cr_expect_eq(wls_slice_find(WLS_SLICE("ab"), WLS_SLICE("abc")), SIZE_MAX);
	cr_expect_eq(wls_slice_find(WLS_SLICE("abc"), WLS_SLICE("x")), SIZE_MAX);
	cr_expect_eq(wls_slice_find(TEXT("a\0b"), WLS_SLICE("b")), 2);
}

Test(slice, cuts_lines_at_every_ending)
{
	static const char *const expected[] = {"a", "", "b", "", "c"};
	struct wls_slice rest = WLS_SLICE("a\n\r\nb\r\rc"), line;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(expected); i++) {
		cr_assert(wls_slice_next_line(&rest, &line), "line %zu", i);
		cr_expect(wls_slice_eq(line, wls_slice_of(expected[i])), "line %zu", i);
	}
	cr_expect_not(wls_slice_next_line(&rest, &line));
}

Test(error, keeps_whole_code_points)
{
	struct wls_error err = {0};
	char name[2000];
	for (size_t cut = 0; cut < 4; cut++) {
		/* 😀 is four bytes: some of the four offsets cut it in the middle. */
		memset(name, 'x', cut);
		for (size_t i = 0; i < 400; i++)
			memcpy(name + cut + i * 4, "\xF0\x9F\x98\x80", 4);
		name[cut + 1600] = '\0';
		cr_expect_eq(wls_error_set(&err, WLS_E_IO, "%s", name), WLS_E_IO);
		cr_expect_eq(err.status, WLS_E_IO);
		size_t len = strlen(err.text);
		cr_expect_lt(len, sizeof(err.text));
		cr_expect_gt(len, sizeof(err.text) - 6);
		cr_expect_eq((len - cut) % 4, 0, "cut %zu: %zu bytes", cut, len);
	}
	cr_expect_eq(wls_error_set(NULL, WLS_E_LIMIT, "x"), WLS_E_LIMIT);
	cr_expect_str_eq(wls_status_text(WLS_E_NOT_FOUND), "not found");
	cr_expect(wls_status_retryable(WLS_E_IO));
	cr_expect_not(wls_status_retryable(WLS_E_USAGE));
}

Test(arena, gives_zeroed_aligned_memory_that_stays)
{
	struct wls_arena arena = {0};
	struct wls_slice first = wls_arena_copy(&arena, WLS_SLICE("first"));
	for (size_t size = 0; size < 3000; size += 7) {
		unsigned char *p = wls_arena_alloc(&arena, size);
		cr_assert_eq((uintptr_t)p % 16, 0);
		for (size_t i = 0; i < size; i++)
			cr_assert_eq(p[i], 0);
		memset(p, 0xA5, size);
	}
	memset(wls_arena_alloc(&arena, (size_t)5 << 20), 1, (size_t)5 << 20);
	cr_expect(wls_slice_eq(first, WLS_SLICE("first")));
	cr_expect_eq(first.ptr[first.len], '\0');
	cr_expect_str_eq(wls_arena_printf(&arena, "%0300d", 7) + 297, "007");
	wls_arena_release(&arena);
	cr_expect_eq(arena.total, 0);
}

Test(array, grows_by_doubling)
{
	_cleanup_free_ uint32_t *array = NULL;
	size_t cap = 0, moves = 0;
	for (uint32_t i = 0; i < 100000; i++) {
		size_t before = cap;
		WLS_GROW(array, cap, (size_t)i + 1);
		moves += cap != before;
		array[i] = i;
	}
	for (uint32_t i = 0; i < 100000; i++)
		cr_assert_eq(array[i], i);
	cr_expect_leq(moves, 15);
}
