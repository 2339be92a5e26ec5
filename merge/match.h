/* SPDX-License-Identifier: MIT */
/*
 * Matching: which units of the sides are one. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_MATCH_H
#define WLS_MERGE_MATCH_H

#include "merge/entries.h"
#include "merge/unit.h"

/*
 * Joins the classes of units that are one, opening what differs somewhere, and marks what is entangled.
 * The entries' identities are given. O(n log n) in what differs.
 */
void wls_units_match(struct wls_units *units, const struct wls_entries *entries);

/*
 * The same for a base and one side that are compared rather than merged: opens all that differs, and
 * seeks moves always.
 */
void wls_units_match_two(struct wls_units *units, const struct wls_entries *entries);

#endif
