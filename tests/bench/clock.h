/* SPDX-License-Identifier: MIT */
/*
 * Time for benchmarks: the least of several rounds, which noise can only make worse.
 */
#ifndef WLS_TEST_CLOCK_H
#define WLS_TEST_CLOCK_H

#include <time.h>

/* Milliseconds of a clock that never goes back. */
static inline double clock_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Keeps the least of *least (0: none yet) and the time since `start`. */
static inline void clock_least(double *least, double start)
{
	double ms = clock_ms() - start;
	if (*least <= 0 || ms < *least)
		*least = ms;
}

#endif
