/* SPDX-License-Identifier: MIT */
/*
 * The order in which the children of a container stand in the result. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_ARRANGE_H
#define WLS_MERGE_ARRANGE_H

#include "merge/entries.h"
#include "merge/unit.h"

/* One place in the order. */
struct wls_arranged {
	struct wls_class *class;
	uint8_t only_side; /* of a class that moved to two places: the side that put it here */
	struct wls_unit ***runs; /* instead of a class: what each side has here, in its order */
	uint32_t *run_counts;    /* by side */
};

struct wls_arrangement {
	struct wls_arranged *items;
	size_t count, cap;
	bool conflict;  /* two sides put the whole list into different orders */
	bool reordered; /* one side did */
	bool shared;    /* several sides added different things at one place */
};

/*
 * Arranges the classes that are alive and at home in `home`. Release with free(out->items); the rest lives
 * in the units' arena. O(n log n).
 */
void wls_arrange(struct wls_units *units, const struct wls_entries *entries, struct wls_class *home,
		 struct wls_arrangement *out);

#endif
