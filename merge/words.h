/* SPDX-License-Identifier: MIT */
/*
 * Texts as multisets of words, and how similar two of them are. Private to merge.
 *
 * Layer: merge. Includes: base.
 */
#ifndef WLS_MERGE_WORDS_H
#define WLS_MERGE_WORDS_H

#include "wlsync/base.h"

/* The hashes of a text's words (letters and digits, ASCII case folded), sorted. */
struct wls_words {
	const uint32_t *hashes;
	uint32_t count;
};

/* O(n log n) in the words; the array lives in `arena`. */
struct wls_words wls_words_of(struct wls_slice text, struct wls_arena *arena);

/* Dice's coefficient of the two multisets in thousandths: 1000 when equal, also when both are empty. */
unsigned wls_words_similarity(struct wls_words a, struct wls_words b);

/* From here on two texts are taken for versions of one. */
#define WLS_SIMILAR 500u

#endif
