/* SPDX-License-Identifier: MIT */
/*
 * Texts as multisets of words, and Dice's coefficient of two.
 */
#include "merge/words.h"

#include <criterion/criterion.h>

Test(merge_words, similarity)
{
	static const struct {
		const char *a, *b;
		unsigned want;
	} rows[] = {
		{"", "", 1000},
		{"", "a", 0},
		{"- [ ] **!**", " . ", 1000}, /* no words at all */
		{"a b c", "a b c", 1000},
		{"a b c", "c, a; b!", 1000}, /* order and signs do not count */
		{"Add Tests", "add tests", 1000},
		{"a b", "a c", 500},
		{"a b", "c d", 0},
		{"a a a", "a", 500}, /* a multiset */
		{"a a b", "a b b", 666},
		{"a b c d", "a b", 666},
		{"v6", "v7", 0},
		{"caf\xC3\xA9", "caf\xC3\xA9", 1000},
		{"caf\xC3\xA9", "cafe", 0},
		{"snake_case", "case snake", 1000},
		/* Long words are told apart by their start and length. */
		{"0123456789012345678901234567890123456789012345678",
		 "0123456789012345678901234567890123456789012345678", 1000},
		{"0123456789012345678901234567890123456789012345678",
		 "01234567890123456789012345678901234567890123456789", 0},
		{"0123456789012345678901234567890123456789012345678",
		 "1123456789012345678901234567890123456789012345678", 0},
	};
	struct wls_arena arena = {0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_words a = wls_words_of(wls_slice_of(rows[i].a), &arena);
		struct wls_words b = wls_words_of(wls_slice_of(rows[i].b), &arena);

		cr_expect_eq(wls_words_similarity(a, b), rows[i].want, "`%s` `%s`: %u", rows[i].a,
			     rows[i].b, wls_words_similarity(a, b));
		cr_expect_eq(wls_words_similarity(b, a), rows[i].want, "`%s` `%s` turned",
			     rows[i].a, rows[i].b);
	}
	wls_arena_release(&arena);
}

Test(merge_words, are_sorted_and_counted)
{
	struct wls_arena arena = {0};
	struct wls_words w =
		wls_words_of(WLS_SLICE("the quick fox, the lazy dog: THE end. 42"), &arena);

	cr_assert_eq(w.count, 9);
	for (uint32_t i = 1; i < w.count; i++)
		cr_expect_leq(w.hashes[i - 1], w.hashes[i]);
	cr_expect_eq(wls_words_of(wls_slice(NULL, 0), &arena).count, 0);
	wls_arena_release(&arena);
}
