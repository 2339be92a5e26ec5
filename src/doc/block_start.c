/* SPDX-License-Identifier: MIT */
/*
 * The recognisers of block starts and ends.
 *
 * Layer: doc. Includes: base.
 */
#include "doc/block_start.h"

static bool only_blanks_from(struct wls_slice line, size_t i)
{
	while (i < line.len && wls_is_space_or_tab(line.ptr[i]))
		i++;
	return i == line.len;
}

static size_t run_of(struct wls_slice line, char c)
{
	size_t n = 0;
	while (n < line.len && line.ptr[n] == c)
		n++;
	return n;
}

unsigned wls_start_atx(struct wls_slice line, size_t *content)
{
	size_t level = run_of(line, '#');
	if (level == 0 || level > 6)
		return 0;
	if (level < line.len && !wls_is_space_or_tab(line.ptr[level]))
		return 0;
	size_t i = level;
	while (i < line.len && wls_is_space_or_tab(line.ptr[i]))
		i++;
	*content = i;
	return (unsigned)level;
}

unsigned wls_start_setext(struct wls_slice line)
{
	if (line.len == 0 || (line.ptr[0] != '=' && line.ptr[0] != '-'))
		return 0;
	if (!only_blanks_from(line, run_of(line, line.ptr[0])))
		return 0;
	return line.ptr[0] == '=' ? 1 : 2;
}

bool wls_start_break(struct wls_slice line)
{
	size_t count = 0;
	for (size_t i = 0; i < line.len; i++) {
		if (line.ptr[i] == line.ptr[0])
			count++;
		else if (!wls_is_space_or_tab(line.ptr[i]))
			return false;
	}
	return count >= 3;
}

size_t wls_start_fence(struct wls_slice line)
{
	size_t length = run_of(line, line.ptr[0]);
	if (length < 3)
		return 0;
	/* An info string after backticks holds none, or it would be inline code. */
	if (line.ptr[0] == '`' && memchr(line.ptr + length, '`', line.len - length))
		return 0;
	return length;
}

bool wls_end_fence(struct wls_slice line, char mark, size_t length)
{
	size_t n = run_of(line, mark);
	return n >= length && only_blanks_from(line, n);
}

struct wls_list_marker wls_start_item(struct wls_slice line, bool in_paragraph)
{
	struct wls_list_marker marker = {0};
	size_t i = 0;
	bool starts_at_one = false;
	if (line.ptr[0] == '-' || line.ptr[0] == '+' || line.ptr[0] == '*') {
		i = 1;
		starts_at_one = true;
	} else {
		unsigned long number = 0;
		while (i < line.len && i < 9 && wls_is_digit(line.ptr[i]))
			number = number * 10 + (unsigned long)(line.ptr[i++] - '0');
		if (i == 0 || i == line.len || (line.ptr[i] != '.' && line.ptr[i] != ')'))
			return marker;
		starts_at_one = number == 1;
		marker.ordered = true;
		i++;
	}
	if (i < line.len && !wls_is_space_or_tab(line.ptr[i]))
		return marker;
	if (in_paragraph && (!starts_at_one || only_blanks_from(line, i)))
		return marker;
	marker.len = i;
	marker.mark = line.ptr[i - 1];
	return marker;
}
