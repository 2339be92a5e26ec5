/* SPDX-License-Identifier: MIT */
/*
 * What the files of arranging share. Private to arrange.c and slot.c.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_ARRANGE_INTERNAL_H
#define WLS_MERGE_ARRANGE_INTERNAL_H

#include "merge/arrange.h"

/* Something put in: in which slot, by which side, as its how-manieth. */
struct wls_insertion {
	uint32_t slot, order;
	struct wls_class *class;
	struct wls_unit *unit;
	uint8_t side;
	bool twice;
};

struct wls_arranger {
	struct wls_units *units;
	const struct wls_entries *entries;
	struct wls_class *home;
	struct wls_class **spine;
	size_t spine_count;
	struct wls_insertion *insertions;
	size_t count, cap;
	struct wls_arrangement *out;
};

/* ---- arrange.c ---- */

void wls_arranger_add(struct wls_arranger *a, struct wls_arranged item);

/* ---- slot.c ---- */

/* Adds the insertions [first, end), which are all that was put into one slot. O(n log n). */
void wls_arranger_put_slot(struct wls_arranger *a, size_t first, size_t end);

#endif
