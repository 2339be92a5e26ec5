/* SPDX-License-Identifier: MIT */
/*
 * Titles: one line, bounded.
 */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "support/random.h"
#include "wlsync/plan.h"

#define ELLIPSIS "\xE2\x80\xA6"

Test(title, cases)
{
	static const struct {
		const char *text;
		uint32_t max;
		const char *want;
	} cases[] = {
		{"Auth Refactor", 256, "Auth Refactor"},
		{"", 256, ""},
		{" \t\r\n", 256, ""},
		{"  Auth\tRefactor\r\n  now ", 256, "Auth Refactor now"},
		{"a  b", 256, "a  b"},
		{"@bob `x` <b> #1 [a](b) & c", 256, "@bob `x` <b> #1 [a](b) & c"},
		{"a\x01\x1B[31mb\x7F", 256, "a[31mb"},
		{"evil\xE2\x80\xAEtxt.exe\xE2\x80\xAC", 256, "eviltxt.exe"},
		{"\xEF\xBB\xBFTitle", 256, "Title"},
		{"a\xFF"
		 "b",
		 256,
		 "a\xEF\xBF\xBD"
		 "b"},
		/* cut */
		{"one two three", 13, "one two three"},
		{"one two three", 12, "one two" ELLIPSIS},
		{"one two three", 8, "one two" ELLIPSIS},
		{"one two three", 7, "one" ELLIPSIS},
		{"one  two three", 6, "one" ELLIPSIS},
		{"extraordinarily", 8, "extraor" ELLIPSIS},
		{"a extraordinarily", 10, "a extraor" ELLIPSIS},
		{"ab", 1, ELLIPSIS},
		{"ab", 0, ""},
		{"\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 3, "\xC3\xA9\xC3\xA9" ELLIPSIS},
		/* e + combining acute stay together */
		{"aaae\xCC\x81zz", 5, "aaa" ELLIPSIS},
		{"aaae\xCC\x81zz", 6, "aaae\xCC\x81" ELLIPSIS},
	};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		wls_buf_clear(&out);
		wls_title_add(wls_slice_of(cases[i].text), cases[i].max, &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "`%s` to %u: `%s`",
				 cases[i].text, cases[i].max, wls_buf_str(&out));
	}
}

/* What is the matter with a title, or NULL. */
static const char *judge(struct wls_slice title, uint32_t max)
{
	if (wls_utf8_count(title) > max)
		return "it is too long";
	if (wls_utf8_scan(title).first_invalid != SIZE_MAX)
		return "it is not UTF-8";
	if (wls_slice_trim(title).len != title.len)
		return "it is not trimmed";
	for (size_t i = 0; i < title.len; i++)
		if ((unsigned char)title.ptr[i] < ' ' || title.ptr[i] == 0x7F)
			return "it holds a control";
	return NULL;
}

Test(title, any_bytes)
{
	static const char *const pieces[] = {"a",
					     "word",
					     " ",
					     "  ",
					     "\n",
					     "\t",
					     "\x7F",
					     "\xFF",
					     "\xC2\xA0",
					     "\xC3\xA9",
					     "\xCC\x81",
					     "\xE2\x80\xAE",
					     "\xF0\x9F\x91\xA9",
					     "\xE2\x80\x8D",
					     ELLIPSIS};
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, out _cleanup_buf_ = WLS_BUF_INIT;
	for (uint64_t seed = 1; seed <= 20000; seed++) {
		struct test_random random = {.state = seed};
		uint32_t max = random_below(&random, 12);
		wls_buf_clear(&text);
		wls_buf_clear(&out);
		for (uint32_t n = random_below(&random, 16); n > 0; n--)
			wls_buf_add_str(&text, RANDOM_OF(&random, pieces));
		wls_title_add(wls_buf_slice(&text), max, &out);
		const char *fault = judge(wls_buf_slice(&out), max);
		cr_assert(!fault, "seed %llu: %s: `%s`", (unsigned long long)seed, fault,
			  wls_buf_str(&out));
	}
}
