/* SPDX-License-Identifier: MIT */
/*
 * Between merge_judge.c and judge_entries.c.
 */
#ifndef WLS_TEST_JUDGE_INTERNAL_H
#define WLS_TEST_JUDGE_INTERNAL_H

#include "support/merge_judge.h"

/* A multiset; sorted before it is asked. */
struct numbers {
	uint64_t *items;
	size_t count, cap;
};

void numbers_add(struct numbers *set, uint64_t value);
void numbers_sort(struct numbers *set);
size_t numbers_count(const struct numbers *set, uint64_t value);
void numbers_release(struct numbers *set);

/* Remembers where, and returns `fault`. */
const char *judge_fail(const char *fault, struct wls_slice where);
/* The next run of ten hexadecimal digits. */
bool judge_next_hash(struct wls_slice *rest, uint64_t *value);
uint64_t judge_neutral_hash(struct wls_slice text);

#endif
