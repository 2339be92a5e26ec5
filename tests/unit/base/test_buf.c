/* SPDX-License-Identifier: MIT */
/*
 * The growing buffer and its limit.
 */
#include <criterion/criterion.h>

#include "wlsync/buf.h"

Test(buf, adds)
{
	_cleanup_buf_ struct wls_buf buf = WLS_BUF_INIT;
	cr_expect_str_eq(wls_buf_str(&buf), "");
	wls_buf_add_str(&buf, "a");
	wls_buf_add_char(&buf, 'b');
	wls_buf_add(&buf, "c\0d", 3);
	wls_buf_fill(&buf, '-', 2);
	wls_buf_add_slice(&buf, (struct wls_slice){0});
	wls_buf_printf(&buf, "%d%s", 42, "!");
	cr_expect(wls_slice_eq(wls_buf_slice(&buf), wls_slice("abc\0d--42!", 10)));
	cr_expect_eq(buf.ptr[buf.len], '\0');
	wls_buf_truncate(&buf, 2);
	cr_expect_str_eq(wls_buf_str(&buf), "ab");
	wls_buf_truncate(&buf, 5);
	cr_expect_eq(buf.len, 2);
}

Test(buf, grows_at_every_length)
{
	for (size_t n = 0; n < 70; n++) {
		_cleanup_buf_ struct wls_buf buf = WLS_BUF_INIT;
		wls_buf_fill(&buf, 'x', n);
		wls_buf_printf(&buf, "%s", "yz");
		cr_expect_eq(buf.len, n + 2);
		cr_expect_eq(strlen(wls_buf_str(&buf)), n + 2);
	}
}

Test(buf, drops_whole_what_would_pass_the_limit)
{
	struct wls_buf buf;
	wls_buf_init(&buf, 4);
	wls_buf_add_str(&buf, "abcd");
	cr_expect_not(buf.overflow);
	wls_buf_add_char(&buf, 'e');
	cr_expect(buf.overflow);
	cr_expect_str_eq(wls_buf_str(&buf), "abcd");
	wls_buf_clear(&buf);
	cr_expect_not(buf.overflow);
	wls_buf_printf(&buf, "%s", "12345");
	cr_expect(buf.overflow);
	cr_expect_eq(buf.len, 0);
	wls_buf_release(&buf);
	cr_expect_eq(buf.limit, 4);
}

Test(buf, gives_its_text_away)
{
	struct wls_buf buf = WLS_BUF_INIT;
	_cleanup_free_ char *empty = wls_buf_take(&buf);
	cr_expect_str_eq(empty, "");
	wls_buf_add_str(&buf, "text");
	_cleanup_free_ char *text = wls_buf_take(&buf);
	cr_expect_str_eq(text, "text");
	cr_expect_null(buf.ptr);
}
