/* SPDX-License-Identifier: MIT */
/*
 * The last word on a result: is everything there, and nothing else? Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_CHECK_H
#define WLS_MERGE_CHECK_H

#include "merge/pieces.h"
#include "wlsync/doc.h"

/*
 * A text that a rule or a policy made of the sides' texts, or of nothing. Its sources need not be in
 * the result any more, and what else is there must not count on them: so a text that was given up
 * again, for a conflict, has no place in the list.
 */
struct wls_composed {
	const struct wls_slice *sources; /* by side, 0 the base: the lines that it stands for */
	struct wls_slice result;         /* lines that it may consist of */
};

struct wls_composed_list {
	struct wls_composed *items;
	size_t count, cap;
};

/*
 * Whether the pieces hold what they must, by lines: independent of how the merge found them.
 * `texts` by side are the inputs as merged (stripped, renumbered), 0 the base (empty when missing).
 * With each side's variant in every conflict:
 * - a line that the side has more often than the base is there, but as often as others removed it
 *   or as composed texts stand for it;
 * - a line that the side removed and no other added is gone as often;
 * - no line is there more often than the inputs and the composed texts explain.
 * Blank lines do not count, nor do blanks at the ends of lines. O(bytes); entries (by bytes) that
 * all have in common are passed over.
 */
bool wls_check_conservation(const struct wls_pieces *pieces, const struct wls_slice *texts,
			    const struct wls_composed_list *composed);

#endif
