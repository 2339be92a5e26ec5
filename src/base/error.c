/* SPDX-License-Identifier: MIT */
/*
 * Status texts and error messages.
 *
 * Layer: base. Includes: base.
 */
#include <stdio.h>

#include "base/utf8.h"
#include "wlsync/base.h"

const char *wls_status_text(enum wls_status status)
{
	switch (status) {
#define X(name, value, text, retryable)                                                            \
	case name:                                                                                 \
		return text;
		WLS_STATUS_TABLE(X)
#undef X
	}
	return "unknown status";
}

bool wls_status_retryable(enum wls_status status)
{
	switch (status) {
#define X(name, value, text, retryable)                                                            \
	case name:                                                                                 \
		return retryable;
		WLS_STATUS_TABLE(X)
#undef X
	}
	return false;
}

/* Takes a sequence that vsnprintf cut off the end of `text`. */
static void drop_cut_code_point(char *text, size_t len)
{
	size_t start = len;
	while (start > 0 && len - start < 4 && ((unsigned char)text[start - 1] & 0xC0) == 0x80)
		start--;
	if (start == 0)
		return;
	bool valid;
	size_t n = wls_utf8_decode(wls_slice(text + start - 1, len - start + 1), NULL, &valid);
	if (!valid || n != len - start + 1)
		text[start - 1] = '\0';
}

int wls_error_set(struct wls_error *err, enum wls_status status, const char *fmt, ...)
{
	if (!err)
		return status;
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(err->text, sizeof(err->text), fmt, args);
	va_end(args);
	if (len >= (int)sizeof(err->text))
		drop_cut_code_point(err->text, sizeof(err->text) - 1);
	err->status = status;
	return status;
}
