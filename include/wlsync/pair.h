/* SPDX-License-Identifier: MIT */
/*
 * Two texts of one log, node by node: which node of one is which of the other.
 *
 * Layer: merge. Includes: base, doc.
 *
 * Invariants
 * - The nodes tile each text: a node's blank lines [gap, begin), its own text [begin, body), its
 *   children up to `end`. The root covers the whole text.
 * - Twins are each other's: node->twin->twin == node. The roots are twins.
 * - Only what differs is opened: a node that is equal to its twin has no children here.
 */
#ifndef WLSYNC_PAIR_H
#define WLSYNC_PAIR_H

#include "wlsync/doc.h"

/* A node of one text. */
struct wls_pair_node {
	const struct wls_node *node;   /* of several fields on one line the first */
	const struct wls_entry *entry; /* of entries; else NULL */
	struct wls_pair_node *twin;    /* the same node of the other text, or NULL */
	struct wls_pair_node *parent, *first, *next;
	uint32_t gap, begin, body, end;
	uint32_t position; /* among its siblings, from 0 */
	uint32_t tag;      /* the caller's; 0 at first */
	uint8_t side;      /* 0 or 1 */
	bool same;        /* equal to its twin, byte for byte (but for the blank lines before it) */
	bool holds_twins; /* a node within it has a twin */
};

struct wls_pairing {
	struct wls_doc *docs[2];
	struct wls_pair_node *roots[2];
	struct wls_arena arena;
};

struct wls_pair_options {
	bool by_order;             /* the k-th entry of one is the k-th of the other */
	struct wls_slice log_name; /* "Auth-Refactor"; or empty */
};

/*
 * Reads both texts (borrowed until wls_pairing_free) and matches their nodes as the merge engine does, with
 * the first for the base. Fails only with WLS_E_LIMIT. O(n log n) in what differs, O(n) in the rest.
 */
int wls_pairing_make(struct wls_pairing **out, struct wls_slice a, struct wls_slice b,
		     const struct wls_pair_options *options, struct wls_error *err);
void wls_pairing_free(struct wls_pairing *pairing); /* NULL is fine */

/* ---- sequences ---- */

/* Elements [a0, a1) of one sequence became [b0, b1) of the other. */
struct wls_pair_change {
	uint32_t a0, a1, b0, b1;
};

/*
 * Aligns two sequences of hashes and writes what differs, in order, none touching another, to an array of
 * the arena; returns how many. O(n log n).
 */
size_t wls_pair_changes(const uint64_t *a, size_t a_count, const uint64_t *b, size_t b_count,
			struct wls_arena *arena, struct wls_pair_change **out);
/* Marks a longest strictly rising subsequence of `values` (all different). O(n log n). */
void wls_pair_rising(const uint32_t *values, size_t count, bool *keep);

#endif
