/* SPDX-License-Identifier: MIT */
/*
 * The result, read again: is it the tree that the merge meant? Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_REREAD_H
#define WLS_MERGE_REREAD_H

#include "merge/resolve.h"

/*
 * Whether a clean result has its nodes where `marks` say, each in its container, and as many entries; of
 * one with conflicts, whether all its blocks are found. `merge->text` has no byte order mark yet. O(n).
 */
bool wls_reread_holds(const struct wls_merge *merge, const struct wls_landmarks *marks);

#endif
