/* SPDX-License-Identifier: MIT */
/*
 * The last touch on a result: what was taken off the inputs put back, in the text and in the conflicts
 * that tell of it. Private to merge.
 *
 * Layer: merge. Includes: base, buf, merge.
 */
#ifndef WLS_MERGE_FINISH_H
#define WLS_MERGE_FINISH_H

#include "merge/fold.h"

/* Puts the folded conflicts of the inputs back. O(n) a fold. */
void wls_merge_unfold(struct wls_merge *merge, const struct wls_folds *folds);
/* Gives the conflicts' texts CRLF, as the result has. O(n). */
void wls_merge_end_lines(struct wls_merge *merge);

#endif
