/* SPDX-License-Identifier: MIT */
/*
 * Property tests: a function judges one seed; the runner tries many and names the first that
 * fails, so that `WLSYNC_SEED=n` tries it alone. WLSYNC_ROUNDS multiplies the work.
 */
#ifndef WLS_TEST_PROPERTY_H
#define WLS_TEST_PROPERTY_H

#include <stddef.h>

#include "support/random.h"

struct property {
	const char *name;
	const char *(*holds)(struct test_random *r); /* NULL, or what is wrong */
	unsigned rounds;
};

/* Runs the properties, prints TAP, returns main's status. */
int property_main(const struct property *properties, size_t count);

#endif
