/* SPDX-License-Identifier: MIT */
/*
 * What fixes are made of.
 *
 * Layer: check. Includes: base, check.
 */
#ifndef WLS_CHECK_FIX_H
#define WLS_CHECK_FIX_H

#include "wlsync/check.h"

/* A marker or sign that was misread, and its right bytes. */
struct wls_misread {
	uint32_t begin, end; /* in the text */
	char bytes[4];
	size_t len;
};

struct wls_misread_scan {
	struct wls_slice text;
	size_t at;
	size_t after_marker; /* where the last marker that was mended ends */
	bool mac, western;   /* encodings that the markers went through */
};

void wls_misread_start(struct wls_misread_scan *scan, struct wls_slice text);
/* The next one; false when there is none. A text without misread markers has none. O(n). */
bool wls_misread_next(struct wls_misread_scan *scan, struct wls_misread *out);

#endif
