/* SPDX-License-Identifier: MIT */
/*
 * References that follow their entries: each input rewritten to the numbers of the result. Private to
 * merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_RENUMBER_H
#define WLS_MERGE_RENUMBER_H

#include "merge/entries.h"

struct wls_renumbered {
	struct wls_buf text[WLS_MERGE_SIDES_MAX + 1]; /* by side; filled where changed[side] */
	bool changed[WLS_MERGE_SIDES_MAX + 1];
};

/*
 * Writes the inputs anew with the numbers that `entries` gives: headings, and the references of
 * the forms that merge/labels.h knows, in what a side added or changed and nowhere else; and the value of the
 * frontmatter's `version` where a side changed it. Adds the renumberings, and what was left, to
 * `merge` (sides as the engine's, less one). `out` is all zero before, and is released with
 * wls_renumbered_release(). O(bytes) of what differs; of everything when an entry of the base moves.
 */
void wls_renumber(const struct wls_entries *entries, struct wls_slice log_name,
		  struct wls_renumbered *out, struct wls_merge *merge);
void wls_renumbered_release(struct wls_renumbered *renumbered);

#endif
