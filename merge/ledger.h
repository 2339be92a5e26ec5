/* SPDX-License-Identifier: MIT */
/*
 * Rows of counters, found by a hash. Private to merge.
 *
 * Layer: merge. Includes: base.
 *
 * What has the same 64 bits of hash is the same row.
 */
#ifndef WLS_MERGE_LEDGER_H
#define WLS_MERGE_LEDGER_H

#include "wlsync/base.h"

/* Zero is the initial state, but for `width`. */
struct wls_ledger {
	struct wls_ledger_slot *slots;
	size_t slot_count; /* 0 or a power of two, at least twice `count` */
	uint32_t *cells;
	size_t width, count, cap; /* cells in a row, rows, rows that there is room for */
};

/* The row of `hash`, its cells zero when it is new; from 0 in order of their making. O(1). */
size_t wls_ledger_at(struct wls_ledger *ledger, uint64_t hash);
void wls_ledger_release(struct wls_ledger *ledger);

/* The cells of a row, until the next wls_ledger_at(). */
static inline uint32_t *wls_ledger_row(const struct wls_ledger *ledger, size_t row)
{
	return ledger->cells + row * ledger->width;
}

#endif
