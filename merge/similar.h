/* SPDX-License-Identifier: MIT */
/*
 * Joining units that were reworded. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_SIMILAR_H
#define WLS_MERGE_SIMILAR_H

#include "merge/unit.h"

/*
 * Joins units of `a` with similar ones of `b` (kinds equal), the most similar pairs first. Candidates
 * are those at the same place of the same gap, and at most eight by the rarest words they share.
 * Texts of less than `least_words` words are left out. O(n log n) in the words.
 */
void wls_units_join_similar(struct wls_units *units, struct wls_unit **a, size_t a_count,
			    struct wls_unit **b, size_t b_count, uint32_t least_words);

#endif
