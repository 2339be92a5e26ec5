/* SPDX-License-Identifier: MIT */
/*
 * Slices: comparing, searching, trimming.
 *
 * Layer: base. Includes: base.
 */
#define _GNU_SOURCE /* memmem: two-way search, linear whatever the needle */
#include <string.h>

#include "wlsync/base.h"

int wls_slice_cmp(struct wls_slice a, struct wls_slice b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int order = n > 0 ? memcmp(a.ptr, b.ptr, n) : 0;
	if (order != 0)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

bool wls_slice_eq_nocase(struct wls_slice a, struct wls_slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (wls_lower(a.ptr[i]) != wls_lower(b.ptr[i]))
			return false;
	return true;
}

bool wls_slice_starts(struct wls_slice s, struct wls_slice prefix)
{
	return s.len >= prefix.len && wls_slice_eq(wls_slice(s.ptr, prefix.len), prefix);
}

bool wls_slice_starts_nocase(struct wls_slice s, struct wls_slice prefix)
{
	return s.len >= prefix.len && wls_slice_eq_nocase(wls_slice(s.ptr, prefix.len), prefix);
}

bool wls_slice_ends_nocase(struct wls_slice s, struct wls_slice suffix)
{
	return s.len >= suffix.len &&
	       wls_slice_eq_nocase(wls_slice_from(s, s.len - suffix.len), suffix);
}

static bool is_ascii_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_no_break_space(const char *two)
{
	return two[0] == '\xC2' && two[1] == '\xA0';
}

struct wls_slice wls_slice_trim(struct wls_slice s)
{
	while (s.len > 0) {
		size_t n = is_ascii_blank(s.ptr[0])                 ? 1
			   : s.len >= 2 && is_no_break_space(s.ptr) ? 2
								    : 0;
		if (n == 0)
			break;
		s = wls_slice_from(s, n);
	}
	while (s.len > 0) {
		const char *end = s.ptr + s.len;
		size_t n = is_ascii_blank(end[-1])                    ? 1
			   : s.len >= 2 && is_no_break_space(end - 2) ? 2
								      : 0;
		if (n == 0)
			break;
		s.len -= n;
	}
	return s;
}

size_t wls_slice_find(struct wls_slice s, struct wls_slice needle)
{
	if (needle.len == 0)
		return 0;
	if (s.len < needle.len)
		return SIZE_MAX;
	const char *at = memmem(s.ptr, s.len, needle.ptr, needle.len);
	return at ? (size_t)(at - s.ptr) : SIZE_MAX;
}

bool wls_slice_next_line(struct wls_slice *rest, struct wls_slice *line)
{
	if (rest->len == 0)
		return false;
	size_t end = 0;
	while (end < rest->len && rest->ptr[end] != '\n' && rest->ptr[end] != '\r')
		end++;
	*line = wls_slice(rest->ptr, end);
	if (end < rest->len)
		end += rest->ptr[end] == '\r' && end + 1 < rest->len && rest->ptr[end + 1] == '\n'
			       ? 2
			       : 1;
	*rest = wls_slice_from(*rest, end);
	return true;
}
