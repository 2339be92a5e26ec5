/* SPDX-License-Identifier: MIT */
/*
 * Lines: the only place that knows what ends one (LF, CRLF, or CR alone).
 *
 * Layer: doc. Includes: base.
 *
 * Two memchr searches find them. What each has seen is kept, since a file may be one
 * line of 256 MiB or hold a CR at every byte, and a look-out for CRs reaches further than the line, while
 * its bytes are in the cache.
 */
#ifndef WLS_DOC_LINES_H
#define WLS_DOC_LINES_H

#include "wlsync/base.h"

enum { WLS_LINES_WINDOW = 16384 };

struct wls_lines {
	const char *src;
	uint32_t len;
	uint32_t begin; /* the current line: [begin, end) without its ending, */
	uint32_t end;
	uint32_t next;   /* which is [end, next) */
	uint32_t number; /* from 1; 0 before the first wls_lines_next() */
	uint32_t lf;     /* no LF in [next, lf) */
	uint32_t cr;     /* no CR in [next, cr) */
	bool has_cr;     /* one was seen up to `next` */
};

/* The lines of `s`, of less than 4 GiB, from its byte `from` on. */
static inline struct wls_lines wls_lines_of(struct wls_slice s, uint32_t from)
{
	return (struct wls_lines){.src = s.ptr, .len = (uint32_t)s.len, .next = from, .lf = from};
}

/* The first `c` in [from, to), else `to`. */
static inline uint32_t wls_lines_search(const struct wls_lines *lines, char c, uint32_t from,
					uint32_t to)
{
	const char *at = memchr(lines->src + from, c, to - from);
	return at ? (uint32_t)(at - lines->src) : to;
}

/* Moves `cr` onto the line's first CR, or past its end. */
static inline void wls_lines_look_for_cr(struct wls_lines *lines)
{
	uint32_t from = lines->cr > lines->begin ? lines->cr : lines->begin;
	uint32_t to = lines->len - from > WLS_LINES_WINDOW ? from + WLS_LINES_WINDOW : lines->len;
	lines->cr = wls_lines_search(lines, '\r', from, to > lines->end ? to : lines->end);
}

/* Moves to the next line; false at the end. O(line), over all lines O(n). */
static inline bool wls_lines_next(struct wls_lines *lines)
{
	if (lines->next >= lines->len)
		return false;
	lines->begin = lines->next;
	if (lines->lf <= lines->begin)
		lines->lf = wls_lines_search(lines, '\n', lines->begin, lines->len);
	lines->end = lines->lf;
	lines->next = lines->lf < lines->len ? lines->lf + 1 : lines->len;
	if (lines->cr < lines->end)
		wls_lines_look_for_cr(lines);
	if (lines->cr < lines->end) {
		lines->has_cr = true;
		lines->end = lines->cr;
		if (lines->cr + 1 < lines->lf)
			lines->next = lines->cr + 1;
	}
	lines->number++;
	return true;
}

#endif
