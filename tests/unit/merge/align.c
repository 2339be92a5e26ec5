/* SPDX-License-Identifier: MIT */
/*
 * Alignment: tables of letters, and laws on random sequences.
 */
#include <criterion/criterion.h>

#include "../../support/random.h"
#include "merge/align.h"

#define LEN_MAX 64

/* Hashes that are far apart, as real ones are, or small numbers. */
static void hashes_of(const char *letters, bool small, uint64_t *out)
{
	for (size_t i = 0; letters[i]; i++)
		out[i] = small ? (uint64_t)letters[i]
			       : (uint64_t)letters[i] * UINT64_C(0xD6E8FEB86659FD93);
}

/* The elements of the pairs, as letters; the pairs rise, are within bounds, and equal. */
static void check_pairs(const uint64_t *a, size_t n, const uint64_t *b, size_t m,
			const struct wls_pair *pairs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		cr_assert(pairs[i].a < n && pairs[i].b < m);
		cr_assert_eq(a[pairs[i].a], b[pairs[i].b]);
		cr_assert(i == 0 || (pairs[i - 1].a < pairs[i].a && pairs[i - 1].b < pairs[i].b));
	}
}

static const struct {
	const char *a, *b;
	const char *common; /* letters of the pairs */
	int first_b;        /* b of the first pair; -1: there is none */
} cases[] = {
	{"", "", "", -1},
	{"a", "", "", -1},
	{"a", "b", "", -1},
	{"abc", "abc", "abc", 0},
	{"aaaa", "aa", "aa", 0},
	{"abc", "xabc", "abc", 1},
	{"abc", "abcx", "abc", 0},
	{"abcd", "abxcd", "abcd", 0},
	{"abcd", "ad", "ad", 0},
	{"axbycz", "abc", "abc", 0},
	{"abcdef", "defabc", "def", 0}, /* a tie: the later one, seen from the lesser side */
	{".a.b.", ".b.", ".b.", 0},
	{"xyz.w.", "yz..w.", "yz.w.", 0}, /* as drawn in align.c */
	{"{a}{b}", "{a}{c}{b}", "{a}{b}", 0},
	{"xyxyx", "yxyx", "yxyx", 0},
	{"A..xB", "C...xD", "..x", 2}, /* the dots before x are its neighbours */
	{"ab", "ba", "b", 0},
	{"pabq", "pbaq", "pbq", 0},
};

Test(align, table)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases) * 2; i++) {
		const char *s = cases[i / 2].a, *t = cases[i / 2].b;
		uint64_t a[LEN_MAX], b[LEN_MAX];
		struct wls_pair pairs[LEN_MAX];
		char common[LEN_MAX] = "";
		hashes_of(s, i % 2, a);
		hashes_of(t, i % 2, b);
		size_t count = wls_align(a, strlen(s), b, strlen(t), pairs);
		check_pairs(a, strlen(s), b, strlen(t), pairs, count);
		for (size_t k = 0; k < count; k++)
			common[k] = s[pairs[k].a];
		cr_expect_eq(strlen(common), strlen(cases[i / 2].common), "%s %s: %s", s, t,
			     common);
		if (i % 2) { /* which of several is chosen depends on the hashes */
			cr_expect_str_eq(common, cases[i / 2].common, "%s %s: %s", s, t, common);
			cr_expect_eq(count > 0 ? (int)pairs[0].b : -1, cases[i / 2].first_b,
				     "%s %s", s, t);
		}
	}
}

static size_t random_sequence(struct test_random *r, unsigned alphabet, uint64_t *out)
{
	size_t n = random_below(r, LEN_MAX);

	for (size_t i = 0; i < n; i++)
		out[i] = random_below(r, alphabet) * UINT64_C(0x9E3779B97F4A7C15);
	return n;
}

/* Length of a longest common subsequence, by the book. */
static size_t longest_common(const uint64_t *a, size_t n, const uint64_t *b, size_t m)
{
	size_t row[LEN_MAX + 1] = {0};

	for (size_t i = 0; i < n; i++) {
		size_t diagonal = 0;
		for (size_t j = 0; j < m; j++) {
			size_t above = row[j + 1];
			if (a[i] == b[j])
				row[j + 1] = diagonal + 1;
			else if (row[j] > above)
				row[j + 1] = row[j];
			diagonal = above;
		}
	}
	return row[m];
}

Test(align, random_laws)
{
	static const unsigned alphabets[] = {1, 2, 3, 8, 40, 1000000};
	struct test_random r = {1};
	size_t found = 0, possible = 0;

	for (int round = 0; round < 60000; round++) {
		uint64_t a[LEN_MAX], b[LEN_MAX];
		struct wls_pair pairs[LEN_MAX], swapped[LEN_MAX];
		unsigned alphabet = RANDOM_OF(&r, alphabets);
		size_t n = random_sequence(&r, alphabet, a), m = random_sequence(&r, alphabet, b);
		if (random_chance(&r, 50)) { /* b is an edited a */
			size_t cut = n > 0 ? random_below(&r, n) : 0;
			m = n;
			memcpy(b, a, n * sizeof(*a));
			for (size_t i = cut; i < n && random_chance(&r, 80); i++)
				b[i] = random_below(&r, alphabet) * UINT64_C(0x9E3779B97F4A7C15);
		}
		size_t count = wls_align(a, n, b, m, pairs);
		size_t best = longest_common(a, n, b, m);
		check_pairs(a, n, b, m, pairs, count);
		cr_assert(count > 0 || best == 0, "round %d: something in common is found", round);
		cr_assert_eq(wls_align(b, m, a, n, swapped), count, "round %d", round);
		for (size_t i = 0; i < count; i++)
			cr_assert(swapped[i].a == pairs[i].b && swapped[i].b == pairs[i].a,
				  "round %d: symmetric", round);
		found += count;
		possible += best;
	}
	/* No promise, but a fall below this is a fault. */
	cr_expect(found * 10 > possible * 9, "%zu of %zu", found, possible);
}

Test(align, unique_elements_are_aligned_at_best)
{
	struct test_random r = {2};

	for (int round = 0; round < 20000; round++) {
		uint64_t a[LEN_MAX], b[LEN_MAX];
		struct wls_pair pairs[LEN_MAX];
		size_t n = 1 + random_below(&r, LEN_MAX - 1), m = 0;
		for (size_t i = 0; i < n; i++)
			a[i] = (i + 1) * UINT64_C(0x9E3779B97F4A7C15);
		for (size_t i = 0; i < n; i++)
			if (random_chance(&r, 80))
				b[m++] = a[i];
		for (int k = 0; k < 8 && m > 1; k++) {
			size_t i = random_below(&r, m), j = random_below(&r, m);
			uint64_t held = b[i];
			b[i] = b[j];
			b[j] = held;
		}
		size_t count = wls_align(a, n, b, m, pairs);
		/* Anchors are the longest rising subsequence; only ends cut off first may cost one. */
		cr_assert_eq(count, longest_common(a, n, b, m), "round %d", round);
	}
}

Test(align, hostile_sizes)
{
	size_t n = 1000000;
	uint64_t *a = wls_alloc(n, sizeof(*a)), *b = wls_alloc(n, sizeof(*b));
	struct wls_pair *pairs = wls_alloc(n, sizeof(*pairs));

	for (size_t i = 0; i < n; i++)
		a[i] = b[i] = 7;
	a[0] = 1;
	a[n - 1] = 2;
	b[0] = 3;
	b[n - 1] = 4;
	cr_expect_eq(wls_align(a, n, b, n, pairs), n - 2, "all equal within");
	for (size_t i = 0; i < n; i++) {
		a[i] = i;
		b[i] = n - 1 - i;
	}
	cr_expect_eq(wls_align(a, n, b, n, pairs), 1, "reversed");
	for (size_t i = 0; i < n; i++) {
		a[i] = i % 1000;
		b[i] = (i * 7 + 3) % 1000;
	}
	size_t count = wls_align(a, n, b, n, pairs);
	check_pairs(a, n, b, n, pairs, count);
	cr_expect(count > n / 1000, "%zu", count);
	free(a);
	free(b);
	free(pairs);
}

static size_t rising_by_the_book(const uint32_t *values, size_t n)
{
	size_t best[LEN_MAX], longest = 0;

	for (size_t i = 0; i < n; i++) {
		best[i] = 1;
		for (size_t k = 0; k < i; k++)
			if (values[k] < values[i] && best[k] + 1 > best[i])
				best[i] = best[k] + 1;
		longest = best[i] > longest ? best[i] : longest;
	}
	return longest;
}

Test(align, longest_rising)
{
	struct test_random r = {3};

	for (int round = 0; round < 20000; round++) {
		uint32_t values[LEN_MAX];
		bool keep[LEN_MAX];
		size_t n = random_below(&r, LEN_MAX), kept = 0;
		for (size_t i = 0; i < n; i++)
			values[i] = (uint32_t)i * 3;
		for (size_t i = n; i > 1; i--) {
			size_t k = random_below(&r, i);
			uint32_t held = values[i - 1];
			values[i - 1] = values[k];
			values[k] = held;
		}
		wls_longest_rising(values, n, keep);
		uint32_t least = 0;
		for (size_t i = 0; i < n; i++) {
			if (!keep[i])
				continue;
			cr_assert(kept == 0 || values[i] > least);
			least = values[i];
			kept++;
		}
		cr_assert_eq(kept, rising_by_the_book(values, n), "round %d", round);
	}
}
