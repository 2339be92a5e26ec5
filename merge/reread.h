/* SPDX-License-Identifier: MIT */
/*
 * The result, read again: is it the tree that the merge meant? Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_REREAD_H
#define WLS_MERGE_REREAD_H

#include "merge/conflict.h"
#include "merge/resolve.h"

/*
 * Whether a clean result has its nodes where `marks` say, each in its container, and as many entries; of
 * one with conflicts, whether all its blocks are found. `merge->text` has no byte order mark yet. O(n).
 */
bool wls_reread_holds(const struct wls_merge *merge, const struct wls_landmarks *marks);

/*
 * Whether the blocks of two sides in conflict would be found with the sides swapped, too: lines of the text
 * that look like markers may hide them in one order only. Writes the pieces again for that, when the
 * result holds a marker that is none of its own. O(n).
 */
bool wls_reread_holds_swapped(const struct wls_merge *merge, const struct wls_pieces *pieces,
			      const struct wls_conflict_form *form);

#endif
