/* SPDX-License-Identifier: MIT */
/*
 * A hash map from byte strings to numbers (indices), with XXH3.
 *
 * Layer: base. Includes: base.
 *
 * Open addressing, at most half full, insertion only. Keys are borrowed: their
 * bytes must outlive the map. Iteration is deliberately missing: its order
 * would depend on the hash.
 */
#ifndef WLS_BASE_MAP_H
#define WLS_BASE_MAP_H

#include "wlsync/base.h"

#define WLS_MAP_NONE UINT32_MAX

struct wls_map {
	struct wls_map_slot *slots;
	size_t cap; /* 0 or a power of two */
	size_t count;
};

/* XXH3, 64 bits, seed 0. */
uint64_t wls_hash(struct wls_slice s);
/* A hash of a hash and bytes, for trees. */
uint64_t wls_hash_mix(uint64_t seed, struct wls_slice s);

void wls_map_release(struct wls_map *map);
/* The value of `key`, or WLS_MAP_NONE. O(1) expected. */
uint32_t wls_map_find(const struct wls_map *map, struct wls_slice key);
/*
 * The place of `key`'s value, put in as WLS_MAP_NONE when it is new; valid until
 * the next wls_map_at(). O(1) expected.
 */
uint32_t *wls_map_at(struct wls_map *map, struct wls_slice key);

#endif
