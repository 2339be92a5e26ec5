/* SPDX-License-Identifier: MIT */
/*
 * Seeded random numbers for tests: the same numbers on every machine (splitmix64).
 */
#ifndef WLS_TEST_RANDOM_H
#define WLS_TEST_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct test_random {
	uint64_t state;
};

static inline uint64_t random_next(struct test_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9E3779B97F4A7C15);
	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

/* From 0 to n - 1; n is over 0 and far below 2^64, so that the bias does not matter. */
static inline uint32_t random_below(struct test_random *r, size_t n)
{
	return (uint32_t)(random_next(r) % n);
}

/* True in `percent` of 100 cases. */
static inline bool random_chance(struct test_random *r, unsigned percent)
{
	return random_next(r) % 100 < percent;
}

#define RANDOM_OF(r, array) ((array)[random_below((r), sizeof(array) / sizeof((array)[0]))])

#endif
