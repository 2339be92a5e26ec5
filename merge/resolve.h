/* SPDX-License-Identifier: MIT */
/*
 * From matched units to pieces: what stays, what goes, what is a conflict. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_RESOLVE_H
#define WLS_MERGE_RESOLVE_H

#include "merge/check.h"
#include "merge/entries.h"
#include "merge/pieces.h"
#include "merge/unit.h"

/* Where a unit begins in a result without conflicts, and what it is: for reading the result again. */
struct wls_landmark {
	size_t at;
	uint8_t kind;
	uint8_t depth; /* 0: at the top level */
};

struct wls_landmarks {
	struct wls_landmark *items;
	size_t count, cap;
};

struct wls_resolver {
	struct wls_units *units;
	const struct wls_entries *entries;
	const struct wls_merge_options *options;
	struct wls_pieces *pieces;
	struct wls_resolutions *resolutions;
	struct wls_composed_list *composed;
	struct wls_landmarks *landmarks;
	struct wls_slice line_ending; /* of the texts as they are merged */
	bool has_base;
	const size_t *order; /* the caller's side → the engine's, from 1 */
	size_t written;      /* bytes of text so far; without a conflict the place in the result */
	uint8_t depth;       /* of the container that is put out, which is the document at first */
};

/* Adds the whole document to the pieces. O(bytes) of what differs, and O(units). */
void wls_resolve(struct wls_resolver *resolver);

#endif
