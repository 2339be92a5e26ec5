/* SPDX-License-Identifier: MIT */
/*
 * One atom of three: the typed rules and the policies. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_SCALAR_H
#define WLS_MERGE_SCALAR_H

#include "merge/atoms.h"

/* What went on in the merge of a node's atoms. */
struct wls_atom_merge {
	struct wls_own_context *ctx;
	bool by_text;  /* the conflict is one of running text */
	bool by_union; /* a policy asks for both texts */
};

/*
 * Decides what becomes of an atom; NULL stands for a side that has none. True when that is settled:
 * *out is the result (of the inputs or the arena), NULL as ptr when it goes. False: conflict, with
 * the reason in merge->ctx. A use of a rule is added to the context's resolutions. Symmetric, but
 * for the policies of sides. O(n log n) for texts, else O(n).
 */
bool wls_atom_decide(struct wls_atom_merge *merge, const struct wls_atom *base,
		     const struct wls_atom *ours, const struct wls_atom *theirs,
		     struct wls_slice *out);

/* The side that a policy takes: 1 ours, 2 theirs, 0 none. */
int wls_policy_side(const struct wls_own_context *ctx, enum wls_policy_key key);

/* Adds a resolution when the context wants them. */
void wls_own_resolved(struct wls_own_context *ctx, enum wls_rule rule,
		      const struct wls_slice *three, struct wls_slice result);

/*
 * Merges running text by sentence, or a block by line, with the policy for texts. False when a
 * conflict is left or `out` holds both sides' lines by union; hunks are added to `out` all the same.
 */
bool wls_running_text_merge(struct wls_own_context *ctx, const struct wls_slice *three,
			    bool by_line, struct wls_hunks *out);

#endif
