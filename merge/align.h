/* SPDX-License-Identifier: MIT */
/*
 * Alignment of two sequences of hashes. Private to merge.
 *
 * Layer: merge. Includes: base.
 */
#ifndef WLS_MERGE_ALIGN_H
#define WLS_MERGE_ALIGN_H

#include "wlsync/base.h"

struct wls_pair {
	uint32_t a, b;
};

/*
 * Pairs equal elements so that both members rise from pair to pair, and writes them to `pairs`,
 * which holds min(a_count, b_count). Returns how many. Symmetric: aligning (b, a) gives the same
 * pairs with a and b swapped. One method at every size; O(n log n).
 */
size_t wls_align(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
		 struct wls_pair *pairs);

/*
 * Marks a longest strictly rising subsequence of `values` (all different): keep[i] becomes true
 * for its members. Of several the one that a greedy patience sort finds. O(n log n).
 */
void wls_longest_rising(const uint32_t *values, size_t count, bool *keep);

#endif
