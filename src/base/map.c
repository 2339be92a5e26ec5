/* SPDX-License-Identifier: MIT */
/*
 * The hash map, and the project's hash.
 *
 * Layer: base. Includes: base.
 */
#define XXH_INLINE_ALL
#include <xxhash.h>

#include "base/map.h"

struct wls_map_slot {
	uint64_t hash;
	struct wls_slice key; /* ptr is NULL in a free slot */
	uint32_t value;
};

uint64_t wls_hash(struct wls_slice s)
{
	return XXH3_64bits(s.len > 0 ? s.ptr : "", s.len);
}

uint64_t wls_hash_mix(uint64_t seed, struct wls_slice s)
{
	return XXH3_64bits_withSeed(s.len > 0 ? s.ptr : "", s.len, seed);
}

void wls_map_release(struct wls_map *map)
{
	free(map->slots);
	*map = (struct wls_map){0};
}

/* The slot of `key`, or the free one where it belongs; linear probing. */
static struct wls_map_slot *slot_of(const struct wls_map *map, uint64_t hash, struct wls_slice key)
{
	for (size_t i = hash & (map->cap - 1);; i = (i + 1) & (map->cap - 1)) {
		struct wls_map_slot *slot = &map->slots[i];
		if (!slot->key.ptr || (slot->hash == hash && wls_slice_eq(slot->key, key)))
			return slot;
	}
}

static void map_grow(struct wls_map *map)
{
	struct wls_map bigger = {.cap = map->cap ? map->cap * 2 : 16, .count = map->count};
	bigger.slots = wls_alloc(bigger.cap, sizeof(*bigger.slots));
	for (size_t i = 0; i < map->cap; i++)
		if (map->slots[i].key.ptr)
			*slot_of(&bigger, map->slots[i].hash, map->slots[i].key) = map->slots[i];
	free(map->slots);
	*map = bigger;
}

uint32_t wls_map_find(const struct wls_map *map, struct wls_slice key)
{
	if (map->count == 0)
		return WLS_MAP_NONE;
	const struct wls_map_slot *slot = slot_of(map, wls_hash(key), key);
	return slot->key.ptr ? slot->value : WLS_MAP_NONE;
}

uint32_t *wls_map_at(struct wls_map *map, struct wls_slice key)
{
	if (map->count >= map->cap / 2)
		map_grow(map);
	uint64_t hash = wls_hash(key);
	struct wls_map_slot *slot = slot_of(map, hash, key);
	if (!slot->key.ptr) {
		*slot = (struct wls_map_slot){
			.hash = hash,
			.key = wls_slice(key.ptr ? key.ptr : "", key.len),
			.value = WLS_MAP_NONE,
		};
		map->count++;
	}
	return &slot->value;
}
