/* SPDX-License-Identifier: MIT */
/*
 * Conflicts that an earlier merge left in an input, folded to one piece. Private to merge.
 *
 * Layer: merge. Includes: base, buf, merge.
 */
#ifndef WLS_MERGE_FOLD_H
#define WLS_MERGE_FOLD_H

#include "wlsync/doc.h"
#include "wlsync/merge.h"

/* A block of conflict markers, and the short one that stands for it. */
struct wls_fold {
	struct wls_slice block, token;
};

struct wls_folds {
	struct wls_fold *items; /* each token once */
	size_t count, cap;
};

/*
 * Adds the document's text to `out` with every structural block replaced by a token; false, adding
 * nothing, when there is none. Tokens of equal blocks are equal;
 * they live in `arena`, the blocks are borrowed from the text. O(n).
 */
bool wls_folds_fold(struct wls_folds *folds, struct wls_doc *doc, struct wls_buf *out,
		    struct wls_arena *arena);
/* Replaces the tokens in `text` by their blocks. O(n) a fold. */
void wls_folds_unfold(const struct wls_folds *folds, struct wls_buf *text);

/* The block that a token stands for; empty when it is none. O(folds). */
struct wls_slice wls_folds_block(const struct wls_folds *folds, struct wls_slice token);

#endif
