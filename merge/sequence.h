/* SPDX-License-Identifier: MIT */
/*
 * Three sequences of atoms merged into one. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_SEQUENCE_H
#define WLS_MERGE_SEQUENCE_H

#include "merge/scalar.h"

/* A merged text with its parts, from which it can be cut again. */
struct wls_composition {
	struct wls_atoms atoms; /* released by the caller; ids as on the sides */
	struct wls_slice bytes; /* of the context's arena */
};

/*
 * Merges the atoms: a keyed set whose removals count, in an order that is a three-way value too.
 * `base` may be NULL. True when clean; false, with the reason in merge->ctx, on a conflict. The
 * parts of the result are of the context's arena. O(n log n).
 */
bool wls_sequence_merge(struct wls_atom_merge *merge, const struct wls_atoms *base,
			const struct wls_atoms *ours, const struct wls_atoms *theirs,
			struct wls_composition *out);

#endif
