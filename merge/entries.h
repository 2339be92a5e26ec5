/* SPDX-License-Identifier: MIT */
/*
 * Which entry of one side is which of another, what number each gets, and where new ones stand.
 * Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_ENTRIES_H
#define WLS_MERGE_ENTRIES_H

#include "merge/labels.h"
#include "wlsync/merge.h"

struct wls_class;

#define WLS_NO_ENTRY UINT32_MAX

/* An entry across the sides: one identity, whatever its number on each of them. */
struct wls_identity {
	uint32_t *entry;         /* by side: index into the document's entries, or WLS_NO_ENTRY */
	uint32_t number;         /* the one that it gets */
	uint32_t was;            /* the one that it had, where no side knows the new one; else 0 */
	uint64_t order_hash;     /* number-neutral, for ties */
	bool added;              /* the base does not have it */
	bool removed;            /* one side removed it and nobody changed it */
	bool tail;               /* added, and newer than all of the base: stands with its like */
	uint64_t runs;           /* bit s - 1: it stands in the tail of side s */
	uint8_t heads;           /* while tails are merged: how many it leads */
	bool taken;              /* it has its place in the tail */
	struct wls_class *class; /* of its units, once they are made */
};

struct wls_entries {
	size_t sides;                                      /* 0 is the base */
	struct wls_doc **docs;                             /* by side */
	struct wls_identity **of[WLS_MERGE_SIDES_MAX + 1]; /* by side, by index of the entry */
	struct wls_identity *items; /* from the heap: most of what is reserved is never touched */
	size_t count;
	bool tail_together;         /* several sides have tails: they become one run */
	struct wls_identity **tail; /* oldest first */
	size_t tail_count;
	bool newest_first;                  /* the orientation of the result */
	uint64_t with_newest;               /* bit s - 1: side s added the newest entry */
	int newest_side;                    /* the one that alone did; 0: none, or several */
	bool adds[WLS_MERGE_SIDES_MAX + 1]; /* by side: added entries */
	struct wls_arena *arena;            /* borrowed */
};

/*
 * Matches the entries of all sides (docs[0] the base; an empty document when it is missing) and gives
 * numbers. What `entries` does not own lives in `arena`. O(bytes) for what differs, O(n log n) in the entries.
 */
void wls_entries_match(struct wls_entries *entries, struct wls_doc **docs, size_t sides,
		       struct wls_slice log_name, struct wls_arena *arena);

void wls_entries_release(struct wls_entries *entries);

/* The identity that the number names on that side, or NULL. */
struct wls_identity *wls_entries_named(const struct wls_entries *entries, size_t side,
				       uint32_t number);

/* Whether the side has the entry. */
static inline bool wls_identity_on(const struct wls_identity *id, size_t side)
{
	return id->entry[side] != WLS_NO_ENTRY;
}

static inline const struct wls_entry *wls_entries_at(const struct wls_entries *e, size_t side,
						     uint32_t i)
{
	return &e->docs[side]->entries[i];
}

/* Whether the entry goes on with an earlier heading of its number. */
bool wls_identity_continues(const struct wls_entries *e, const struct wls_identity *id);

/*
 * Finds what was added behind the newest of the base, puts it in order and numbers it (see tail.c): fills
 * tail, tail_together, and the identities' tail, runs and number. Part of
 * wls_entries_match(). O(k log k) in what was added.
 */
void wls_entries_settle_tail(struct wls_entries *entries);

/* Where the blank lines at the end of [from, end) begin; `from` when there is nothing else. */
uint32_t wls_trim_blank_lines(const struct wls_doc *doc, uint32_t from, uint32_t end);

/* The bytes of an entry without the blank lines at its end. */
struct wls_slice wls_entry_bytes(const struct wls_doc *doc, const struct wls_node *node);

#endif
