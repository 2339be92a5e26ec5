/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a class: whether it is in the result, and where. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_FATE_H
#define WLS_MERGE_FATE_H

#include "merge/unit.h"

/*
 * Settles for all classes, which are matched, where they are at home and whether they are alive, and puts
 * those that are into their homes' lists. O(units), but for what moved.
 */
void wls_classes_settle(struct wls_units *units);

/* Whether the side made something else of it than the base has, or put it elsewhere. */
bool wls_class_has_changed(const struct wls_class *c, size_t side);
/* Whether the base has it and a side has not. */
bool wls_class_was_removed(const struct wls_units *units, const struct wls_class *c);
/* Whether `c` is `outer`, or at home in it, at any depth. */
bool wls_class_is_inside(const struct wls_class *c, const struct wls_class *outer);

#endif
