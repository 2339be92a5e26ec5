/* SPDX-License-Identifier: MIT */
/*
 * Rows of counters, found by a hash.
 *
 * Layer: merge. Includes: base.
 *
 * Open addressing, at most half full; rows lie in order of their making, apart from the slots, since
 * they are walked far more often than they are made.
 */
#include "merge/ledger.h"

struct wls_ledger_slot {
	uint64_t hash;
	uint32_t row; /* + 1; 0: free */
};

static struct wls_ledger_slot *slot_of(const struct wls_ledger *ledger, uint64_t hash)
{
	size_t mask = ledger->slot_count - 1, i = hash & mask;

	while (ledger->slots[i].row > 0 && ledger->slots[i].hash != hash)
		i = (i + 1) & mask;
	return &ledger->slots[i];
}

static void ledger_grow(struct wls_ledger *ledger)
{
	struct wls_ledger old = *ledger;

	ledger->slot_count = old.slot_count > 0 ? old.slot_count * 2 : 256;
	ledger->slots = wls_alloc(ledger->slot_count, sizeof(*ledger->slots));
	for (size_t i = 0; i < old.slot_count; i++)
		if (old.slots[i].row > 0)
			*slot_of(ledger, old.slots[i].hash) = old.slots[i];
	free(old.slots);
	ledger->cap = ledger->slot_count / 2;
	ledger->cells = wls_realloc(ledger->cells, ledger->cap * ledger->width, sizeof(uint32_t));
}

size_t wls_ledger_at(struct wls_ledger *ledger, uint64_t hash)
{
	if (ledger->count == ledger->cap)
		ledger_grow(ledger);
	struct wls_ledger_slot *slot = slot_of(ledger, hash);
	if (slot->row == 0) {
		memset(wls_ledger_row(ledger, ledger->count), 0, ledger->width * sizeof(uint32_t));
		*slot = (struct wls_ledger_slot){.hash = hash, .row = (uint32_t)++ledger->count};
	}
	return slot->row - 1;
}

void wls_ledger_release(struct wls_ledger *ledger)
{
	free(ledger->slots);
	free(ledger->cells);
}
