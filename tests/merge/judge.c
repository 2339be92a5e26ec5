/* SPDX-License-Identifier: MIT */
/*
 * Judging a merged text: own eyes for conflict markers, so that the engine's are not their own
 * judge.
 */
#include "merge/judge.h"

#include <stdio.h>

/* The next line with its ending; empty at the end. */
static struct wls_slice cut_line(struct wls_slice *rest)
{
	const char *lf = rest->len > 0 ? memchr(rest->ptr, '\n', rest->len) : NULL;
	size_t len = lf ? (size_t)(lf - rest->ptr) + 1 : rest->len;
	struct wls_slice line = wls_slice(rest->ptr, len);
	*rest = wls_slice_from(*rest, len);
	return line;
}

static size_t run_of(struct wls_slice line, char c)
{
	size_t n = 0;
	while (n < line.len && line.ptr[n] == c)
		n++;
	return n;
}

/* The length of the marker when the line is one of `c` with this label (NULL: none), else 0. */
static size_t marker(struct wls_slice line, char c, const char *label)
{
	size_t n = run_of(line, c);
	if (n < 7)
		return 0;
	struct wls_slice rest = wls_slice_trim(wls_slice_from(line, n));
	if (!label)
		return rest.len == 0 ? n : 0;
	struct wls_slice wanted = wls_slice_of(label);
	if (!wls_slice_starts(rest, wanted))
		return 0;
	return rest.len == wanted.len || rest.ptr[wanted.len] == ' ' ? n : 0;
}

/* The first part of the place in a label: `v6` of `(v6 › Next)`; empty without one. */
static struct wls_slice place_head(struct wls_slice line)
{
	size_t open = wls_slice_find(line, WLS_SLICE("("));
	if (open == SIZE_MAX)
		return wls_slice("", 0);
	struct wls_slice place = wls_slice_trim(wls_slice_from(line, open + 1));
	size_t end = wls_slice_find(place, WLS_SLICE(" › "));
	if (end == SIZE_MAX)
		end = place.len > 0 && place.ptr[place.len - 1] == ')' ? place.len - 1 : place.len;
	place.len = end;
	return place;
}

static bool lines_agree(struct wls_slice expected, struct wls_slice actual)
{
	if (wls_slice_eq(expected, actual))
		return true;
	size_t ours = marker(expected, '<', JUDGE_OURS);
	size_t theirs = marker(expected, '>', JUDGE_THEIRS);
	if (ours != marker(actual, '<', JUDGE_OURS) ||
	    theirs != marker(actual, '>', JUDGE_THEIRS) || ours + theirs == 0)
		return false;
	bool crlf = expected.len > 1 && expected.ptr[expected.len - 2] == '\r';
	if (crlf != (actual.len > 1 && actual.ptr[actual.len - 2] == '\r'))
		return false;
	struct wls_slice head = place_head(expected);
	return wls_slice_eq(head, WLS_SLICE("*")) || wls_slice_eq(head, place_head(actual));
}

bool judge_agree(struct wls_slice expected, struct wls_slice actual)
{
	while (expected.len > 0 && actual.len > 0)
		if (!lines_agree(cut_line(&expected), cut_line(&actual)))
			return false;
	return expected.len == 0 && actual.len == 0;
}

/* The parts of a block, each whole lines; `base` with its marker, or empty. */
struct block {
	struct wls_slice head, ours, base, middle, theirs, tail;
};

/* Reads the block whose first marker is `head`, `size` long; false when it is not complete. */
static bool read_block(struct wls_slice head, size_t size, struct wls_slice *rest,
		       struct block *out)
{
	struct wls_slice text = *rest;
	*out = (struct block){.head = head, .ours = wls_slice(text.ptr, 0)};
	struct wls_slice *part = &out->ours;
	while (text.len > 0) {
		struct wls_slice line = cut_line(&text);
		if (marker(line, '|', JUDGE_BASE) == size && part == &out->ours) {
			out->base = line;
			part = &out->base;
		} else if (marker(line, '=', NULL) == size && part != &out->theirs) {
			out->middle = line;
			out->theirs = wls_slice(text.ptr, 0);
			part = &out->theirs;
		} else if (marker(line, '>', JUDGE_THEIRS) == size && part == &out->theirs) {
			out->tail = line;
			*rest = text;
			return true;
		} else {
			part->len += line.len;
		}
	}
	return false;
}

void judge_swap(struct wls_slice text, struct wls_buf *out)
{
	while (text.len > 0) {
		struct wls_slice line = cut_line(&text);
		size_t size = marker(line, '<', JUDGE_OURS);
		struct block b;
		if (size == 0 || !read_block(line, size, &text, &b)) {
			wls_buf_add_slice(out, line);
			continue;
		}
		const struct wls_slice parts[] = {b.head,   b.theirs, b.base,
						  b.middle, b.ours,   b.tail};
		for (size_t i = 0; i < WLS_ARRAY_SIZE(parts); i++)
			wls_buf_add_slice(out, parts[i]);
	}
}

size_t judge_count(struct wls_slice text)
{
	size_t count = 0;
	while (text.len > 0) {
		struct wls_slice line = cut_line(&text);
		size_t size = marker(line, '<', JUDGE_OURS);
		struct block b;
		count += size > 0 && read_block(line, size, &text, &b);
	}
	return count;
}

void judge_crlf(struct wls_slice text, struct wls_buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			wls_buf_add_char(out, '\r');
		wls_buf_add_char(out, text.ptr[i]);
	}
}

/* ---- printing ---- */

enum { LINES_MAX = 1000 };

static size_t split(struct wls_slice text, struct wls_slice *lines)
{
	size_t n = 0;
	while (text.len > 0 && n < LINES_MAX)
		lines[n++] = cut_line(&text);
	return n;
}

/* A line with what cannot be seen made visible. */
static void print_line(char sign, struct wls_slice line)
{
	printf("#   %c", sign);
	for (size_t i = 0; i < line.len; i++) {
		char c = line.ptr[i];
		if (c == '\r')
			fputs("<CR>", stdout);
		else if (c != '\n')
			putchar(c);
	}
	puts(line.len > 0 && line.ptr[line.len - 1] == '\n' ? "" : "<no newline>");
}

/* The longest common subsequence by the textbook: cases are small. */
void judge_print(struct wls_slice expected, struct wls_slice actual)
{
	static struct wls_slice a[LINES_MAX], b[LINES_MAX];
	static unsigned short best[LINES_MAX + 1][LINES_MAX + 1];
	size_t n = split(expected, a), m = split(actual, b);
	for (size_t i = 0; i <= n; i++)
		best[i][m] = 0;
	for (size_t j = 0; j <= m; j++)
		best[n][j] = 0;
	for (size_t i = n; i-- > 0;) {
		for (size_t j = m; j-- > 0;) {
			unsigned short down = best[i + 1][j], right = best[i][j + 1];
			best[i][j] = down > right ? down : right;
			if (lines_agree(a[i], b[j]))
				best[i][j] = (unsigned short)(best[i + 1][j + 1] + 1);
		}
	}
	for (size_t i = 0, j = 0; i < n || j < m;) {
		if (i < n && j < m && lines_agree(a[i], b[j])) {
			print_line(' ', b[j++]);
			i++;
		} else if (i < n && (j == m || best[i + 1][j] >= best[i][j + 1])) {
			print_line('-', a[i++]);
		} else {
			print_line('+', b[j++]);
		}
	}
}
