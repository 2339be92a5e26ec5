/* SPDX-License-Identifier: MIT */
/*
 * Credentials in a text: found by their shape, never shown.
 *
 * Layer: doc. Includes: base.
 */
#ifndef WLSYNC_SECRET_H
#define WLSYNC_SECRET_H

#include "wlsync/base.h"

/* Something that looks like a credential. */
struct wls_secret {
	const char *kind; /* "GitHub token" */
	size_t at, len;
};
/*
 * The next one at or after *at, which is moved behind it; what `allow` lists (its whole text) is
 * passed over. False when there is none. O(n).
 */
bool wls_secret_next(struct wls_slice text, size_t *at, const struct wls_slice *allow,
		     size_t allow_count, struct wls_secret *out);

#endif
