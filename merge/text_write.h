/* SPDX-License-Identifier: MIT */
/*
 * What text.c and sentence_write.c share: stretches written down as hunks. Private to these two.
 *
 * Layer: merge. Includes: base, merge.
 */
#ifndef WLS_MERGE_TEXT_WRITE_H
#define WLS_MERGE_TEXT_WRITE_H

#include "merge/regions.h"
#include "merge/text.h"

/* Adds a text; one that follows the last in memory makes it longer. */
void wls_hunks_add_text(struct wls_hunks *hunks, struct wls_slice text);
void wls_hunks_add_conflict(struct wls_hunks *hunks, struct wls_slice base, struct wls_slice ours,
			    struct wls_slice theirs);

/* Of values that differ in the layout at most: the changed one; of two changes the lesser. */
struct wls_slice wls_text_choose(struct wls_slice base, struct wls_slice ours,
				 struct wls_slice theirs);

/* How many elements a stretch (no conflict) puts out, and the bytes of the k-th of them. */
size_t wls_stretch_length(const struct wls_stretch *stretch);
struct wls_slice wls_stretch_bytes(const struct wls_three *three, const struct wls_stretch *stretch,
				   size_t k);

/*
 * Adds the stretches of three texts cut by wls_sentences_cut(), with what separates the sentences;
 * widens conflicts to whole lines in `stretches`. Always true. O(n).
 */
bool wls_sentences_write(const struct wls_three *three, struct wls_stretches *stretches,
			 struct wls_hunks *out);

#endif
