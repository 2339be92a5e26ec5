/* SPDX-License-Identifier: MIT */
/*
 * Differences of literals, told in a line.
 */
#ifndef WLS_TEST_DIFF_SUPPORT_H
#define WLS_TEST_DIFF_SUPPORT_H

#include "wlsync/diff.h"

/* Compares, checks that the edits make `b` of `a`, and returns the difference; the caller frees it. */
struct wls_diff *diff_of(struct wls_slice a, struct wls_slice b, bool by_order);
/* "changed item ticked,reworded @v3 › Next; added field @v3": the changes. */
void diff_tell(const struct wls_diff *diff, struct wls_buf *out);
/* "[old>new][>added]": the marks of all changes. */
void diff_marks(const struct wls_diff *diff, struct wls_buf *out);

#endif
