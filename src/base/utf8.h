/* SPDX-License-Identifier: MIT */
/*
 * UTF-8: validity, columns, cells, folding. The only user of libutf8proc.
 *
 * Layer: base. Includes: base, buf.
 */
#ifndef WLS_BASE_UTF8_H
#define WLS_BASE_UTF8_H

#include "wlsync/buf.h"

/* What a scan of bytes found; offsets are SIZE_MAX when there is none. */
struct wls_utf8_scan {
	size_t first_invalid; /* first byte that is not part of valid UTF-8 */
	size_t first_nul;
	size_t non_ascii; /* first byte of 0x80 and above */
};

/* Looks at all bytes once. O(n), a word at a time over ASCII. */
struct wls_utf8_scan wls_utf8_scan(struct wls_slice s);
/*
 * Decodes the code point at the start of `s` (not empty) and returns its bytes,
 * 1 to 4; an invalid byte is U+FFFD with length 1 and *valid = false (`valid`
 * may be NULL).
 */
size_t wls_utf8_decode(struct wls_slice s, int32_t *cp, bool *valid);
/* Code points in `s`; an invalid byte counts as one. */
size_t wls_utf8_count(struct wls_slice s);
/*
 * Terminal cells of `s`: East Asian wide 2, combining 0, an emoji presented as
 * emoji (by default or by VS16) 2, a grapheme cluster as wide as its base;
 * controls and invalid bytes 1.
 */
size_t wls_utf8_width(struct wls_slice s);
/* The longest prefix of whole grapheme clusters of at most `cells` cells: its bytes. */
size_t wls_utf8_fit(struct wls_slice s, size_t cells);
/*
 * Adds `s` with invalid bytes as U+FFFD; returns whether one was replaced.
 * Control characters stay.
 */
bool wls_utf8_add_lossy(struct wls_buf *out, struct wls_slice s);
/*
 * Adds the folded name: NFC, case-folded, each run of '-', '_' and blanks one
 * '-', none at the ends. Invalid bytes stay as they are.
 */
void wls_utf8_add_folded_name(struct wls_buf *out, struct wls_slice s);
/* Whether `cp` is a letter, mark, digit or '_' (a word character). */
bool wls_utf8_is_word(int32_t cp);

#endif
