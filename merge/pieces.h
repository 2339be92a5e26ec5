/* SPDX-License-Identifier: MIT */
/*
 * What a merge puts out: texts and conflicts, in order. Private to merge.
 *
 * Layer: merge. Includes: base, merge.
 *
 * Within the engine the sides are numbered from 1, in an order that comes from their content; 0 is
 * the base. An array "by side" has sides + 1 elements.
 */
#ifndef WLS_MERGE_PIECES_H
#define WLS_MERGE_PIECES_H

#include "wlsync/merge.h"

struct wls_piece {
	struct wls_slice text;            /* when it is no conflict */
	const struct wls_slice *variants; /* by side: a conflict; whole lines each, or empty */
	struct wls_slice place;
	const char *reason;
};

struct wls_pieces {
	struct wls_arena *arena; /* of variants and composed texts; borrowed */
	size_t sides;
	struct wls_piece *items;
	size_t count, cap;
	size_t conflict_count;
};

/* Empty texts are dropped; a text that follows its forerunner in memory makes it longer. */
void wls_pieces_add_text(struct wls_pieces *pieces, struct wls_slice text);
/* Copies the `variants` (sides + 1 slices) into the arena; their bytes stay borrowed. */
void wls_pieces_add_conflict(struct wls_pieces *pieces, const struct wls_slice *variants,
			     struct wls_slice place, const char *reason);
void wls_pieces_release(struct wls_pieces *pieces);

/* The uses of rules, and what they made of the sides' texts. */
struct wls_resolutions {
	struct wls_arena *arena;
	struct wls_resolution *items;
	size_t count, cap;
};

/* Adds a copy; texts are cut to their first line and trimmed. The slices stay borrowed. */
void wls_resolutions_add(struct wls_resolutions *list, const struct wls_resolution *resolution);

#endif
