/* SPDX-License-Identifier: MIT */
/*
 * Conflicts written out: pieces to text with markers. Private to merge; what reads conflicts from a
 * text stands in wlsync/merge.h.
 *
 * Layer: merge. Includes: base, buf, merge.
 */
#ifndef WLS_MERGE_CONFLICT_H
#define WLS_MERGE_CONFLICT_H

#include "merge/pieces.h"

struct wls_conflict_form {
	const struct wls_merge_options *options;
	const size_t *order; /* order[i]: the engine's side (from 1) of the caller's side i */
	bool crlf;           /* line ending of the markers */
	unsigned least_size; /* of the markers: longer than conflicts that the inputs hold; or 0 */
};

/*
 * Writes the pieces to merge->text (initialised by the caller), and fills merge->conflicts,
 * marker_size and side_count; texts and places are copies in merge->arena, reasons stay borrowed.
 * Labels are the options', with the place: `<<<<<<< HEAD (v6 › Next)`. Markers are as long as asked
 * for (7 at least: shorter ones nobody reads as such), or longer than any line in a conflict's text
 * that looks like one. With more than two sides the second part holds every further text that
 * differs, in order of hash; the last label names all further sides. O(bytes).
 */
void wls_conflicts_write(const struct wls_pieces *pieces, const struct wls_conflict_form *form,
			 struct wls_merge *merge);

/*
 * The size that markers must have so that blocks which wlsync left in `text` (with a `(place)`) stay
 * apart from them: one more than the longest of those, or 0 when there is none. O(n), fast.
 */
unsigned wls_conflicts_least_size(struct wls_slice text);

/* How many bytes of whole lines both texts begin, or end, with. O(n). */
size_t wls_shared_head(struct wls_slice a, struct wls_slice b);
size_t wls_shared_tail(struct wls_slice a, struct wls_slice b);

#endif
