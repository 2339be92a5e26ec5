/* SPDX-License-Identifier: MIT */
/*
 * Hypotheses (`H3: …`) that two sides added under one number: the later gets the next one. Private to
 * merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_HYPOTHESES_H
#define WLS_MERGE_HYPOTHESES_H

#include "merge/labels.h"
#include "merge/unit.h"

struct wls_hypotheses {
	struct wls_buf text[WLS_MERGE_SIDES_MAX + 1]; /* by side; filled where changed[side] */
	bool changed[WLS_MERGE_SIDES_MAX + 1];
};

/*
 * Writes the texts anew in which a hypothesis gets another number, with the references to it that its
 * side wrote in the same entry, and adds what moved to `merge`. The units are matched. Returns
 * whether any text changed. Release with wls_hypotheses_release(). O(bytes) of the lists' entries.
 */
bool wls_hypotheses_renumber(struct wls_units *units, struct wls_hypotheses *out,
			     struct wls_merge *merge);
void wls_hypotheses_release(struct wls_hypotheses *hypotheses);

#endif
