/* SPDX-License-Identifier: MIT */
/*
 * The nearest of some words to a misspelt one.
 *
 * Layer: cli. Includes: base.
 */
#ifndef WLS_CLI_NEAREST_H
#define WLS_CLI_NEAREST_H

#include "wlsync/base.h"

struct wls_nearest {
	struct wls_slice word;
	const char *best; /* NULL: none is near enough */
	size_t distance;
};

void wls_nearest_init(struct wls_nearest *nearest, struct wls_slice word);
/* Takes `candidate` when it is nearer than all before, ties by name; borrowed. O(word × candidate). */
void wls_nearest_offer(struct wls_nearest *nearest, const char *candidate);

#endif
