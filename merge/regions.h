/* SPDX-License-Identifier: MIT */
/*
 * Which stretches of three sequences belong together, and which side's text holds in each. Private
 * to merge; used by text.c and its helpers only (conserve.c, sentence.c, sentence_write.c).
 *
 * Layer: merge. Includes: base, buf.
 */
#ifndef WLS_MERGE_REGIONS_H
#define WLS_MERGE_REGIONS_H

#include "wlsync/buf.h"

/*
 * A line, or a sentence: its bytes are [begin, end) of the text; what follows up to the next
 * element separates the two (nothing between lines). Elements are the same by their keys.
 */
struct wls_token {
	uint32_t begin, end;
	uint32_t key, key_len; /* in the sequence's keys */
};

struct wls_tokens {
	struct wls_slice text; /* borrowed */
	const char *keys;      /* the text, or what `folded` holds */
	struct wls_buf folded;
	struct wls_token *items;
	uint64_t *hashes; /* of the keys; by element */
	size_t count, cap, hash_cap;
};

/* Adds an element; seq->keys must hold its key by now. O(key). */
void wls_tokens_add(struct wls_tokens *seq, struct wls_token element);
void wls_tokens_release(struct wls_tokens *seq);

/* Whether two elements have the same key; exact, not by hash alone. */
bool wls_token_same(const struct wls_tokens *a, size_t i, const struct wls_tokens *b, size_t j);

/* Elements [b0, b1) of the base became [s0, s1) of a side. */
struct wls_change {
	uint32_t b0, b1, s0, s1;
	bool joined_before, joined_after; /* part of a larger change that goes on there */
};

struct wls_changes {
	struct wls_change *items;
	size_t count, cap;
};

/* One of the sides: its elements, and what it changed in the base. */
struct wls_revision {
	struct wls_tokens seq;
	struct wls_changes changes;
};

/* Aligns side->seq with the base and fills side->changes, in order, none touching another. */
void wls_revision_compare(struct wls_revision *side, const struct wls_tokens *base);
void wls_revision_release(struct wls_revision *side);

enum wls_stretch_kind {
	WLS_STRETCH_ALIGNED, /* as many elements on all sides, each settled by itself */
	WLS_STRETCH_OURS,    /* what ours has */
	WLS_STRETCH_THEIRS,
	WLS_STRETCH_BOTH, /* ours and theirs have the same elements */
	WLS_STRETCH_CONFLICT,
};

/* A stretch of all three sequences. */
struct wls_stretch {
	enum wls_stretch_kind kind;
	uint32_t b0, b1, o0, o1, t0, t1;
};

/* In order, without gap or overlap in any of the sequences. */
struct wls_stretches {
	struct wls_stretch *items;
	size_t count, cap;
};

struct wls_three {
	const struct wls_tokens *base;
	const struct wls_revision *ours, *theirs;
};

/*
 * Cuts the three sequences into stretches. `refined` as for wls_text_merge_lines(). Swapping ours and
 * theirs swaps them in the stretches. O(n log n). Release with free(out->items).
 */
void wls_stretches_find(const struct wls_three *three, bool refined, struct wls_stretches *out);
/*
 * Whether the stretches lose and double nothing, by count (see conserve.c): with each side's part of
 * conflicts, the result has every element as often as that side, more or less by no more than what
 * the other added or removed; a clean result, as both sides' additions and removals allow. Blank
 * elements do not count. O(n), less what all three share.
 */
bool wls_stretches_conserve(const struct wls_three *three, const struct wls_stretches *stretches);
/* The side whose element k of an aligned stretch holds: true for ours; equal ones are ours. */
bool wls_stretch_takes_ours(const struct wls_three *three, const struct wls_stretch *stretch,
			    size_t k);
/* Adds a stretch unless it is empty; conflicts that touch become one, and so do aligned stretches. */
void wls_stretches_add(struct wls_stretches *stretches, struct wls_stretch stretch);

#endif
