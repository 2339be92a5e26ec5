/* SPDX-License-Identifier: MIT */
/*
 * What matching among siblings and matching of moves share. Private to match.c and moves.c.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_MATCH_INTERNAL_H
#define WLS_MERGE_MATCH_INTERNAL_H

#include "merge/unit.h"

/* Units that have no partner on another side yet. Zero is the initial state. */
struct wls_unit_list {
	struct wls_unit **items;
	size_t count, cap;
};

void wls_unit_list_add(struct wls_unit_list *list, struct wls_unit *u);
void wls_unit_list_release(struct wls_unit_list *list);
#define _cleanup_list_ _cleanup_(wls_unit_list_release)

/* What units are joined by: equal keys; 0: none. */
typedef uint64_t wls_unit_key_function(struct wls_units *units, struct wls_unit *u);

/* ---- match.c ---- */

/*
 * Joins the k-th of a key in one list with the k-th in the other; `unique`: only those whose key stands
 * once in both. Units without a key leave the lists. O(n log n).
 */
void wls_units_join_lists(struct wls_units *units, struct wls_unit_list *a, struct wls_unit_list *b,
			  wls_unit_key_function *key, bool unique);
/* Opens a class and matches the children of its units. */
void wls_class_match(struct wls_units *units, struct wls_class *c);
/* Does so for the classes that at least `sides` sides changed, and for those made on the way. */
void wls_classes_match(struct wls_units *units, size_t sides);
/* Joins, in opened classes, reworded children of two sides of which one has a base. */
void wls_classes_match_through(struct wls_units *units);

/* ---- moves.c ---- */

/* Whether a node is gone on one side, and changed or gone on another too. O(classes). */
bool wls_moves_matter(const struct wls_units *units);
/* Matches what moved, and marks the containers that it entangles. */
void wls_moves_match(struct wls_units *units);
/* Without a base: what one side put a heading around. Marks likewise. */
void wls_moves_match_without_base(struct wls_units *units);

#endif
