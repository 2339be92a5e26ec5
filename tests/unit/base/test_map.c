/* SPDX-License-Identifier: MIT */
/*
 * The hash map.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/map.h"

Test(map, holds_what_was_put_in)
{
	enum { COUNT = 20000, WIDTH = 12 };
	_cleanup_(wls_map_release) struct wls_map map = {0};
	_cleanup_free_ char *keys = wls_alloc(COUNT, WIDTH);
	cr_expect_eq(wls_map_find(&map, WLS_SLICE("k0")), WLS_MAP_NONE);
	for (uint32_t i = 0; i < COUNT; i++) {
		int len = snprintf(keys + i * WIDTH, WIDTH, "k%u", i);
		uint32_t *value = wls_map_at(&map, wls_slice(keys + i * WIDTH, (size_t)len));
		cr_assert_eq(*value, WLS_MAP_NONE);
		*value = i;
	}
	for (uint32_t i = 0; i < COUNT; i++)
		cr_assert_eq(wls_map_find(&map, wls_slice_of(keys + i * WIDTH)), i);
	cr_expect_eq(wls_map_find(&map, WLS_SLICE("k20000")), WLS_MAP_NONE);
	*wls_map_at(&map, WLS_SLICE("k7")) = 8;
	cr_expect_eq(wls_map_find(&map, WLS_SLICE("k7")), 8);
	cr_expect_eq(map.count, COUNT);
}

Test(map, takes_the_empty_key_and_zero_bytes)
{
	_cleanup_(wls_map_release) struct wls_map map = {0};
	*wls_map_at(&map, (struct wls_slice){0}) = 1;
	*wls_map_at(&map, wls_slice("a\0b", 3)) = 2;
	*wls_map_at(&map, wls_slice("a\0c", 3)) = 3;
	cr_expect_eq(wls_map_find(&map, WLS_SLICE("")), 1);
	cr_expect_eq(wls_map_find(&map, wls_slice("a\0b", 3)), 2);
	cr_expect_eq(wls_map_find(&map, wls_slice("a\0c", 3)), 3);
	cr_expect_eq(wls_map_find(&map, WLS_SLICE("a")), WLS_MAP_NONE);
}

Test(hash, is_the_same_on_every_machine)
{
	/* XXH3 of the empty input and of "wlsync", seed 0. */
	cr_expect_eq(wls_hash((struct wls_slice){0}), UINT64_C(0x2D06800538D394C2));
	cr_expect_eq(wls_hash(WLS_SLICE("wlsync")), wls_hash_mix(0, WLS_SLICE("wlsync")));
	cr_expect_neq(wls_hash_mix(1, WLS_SLICE("wlsync")), wls_hash(WLS_SLICE("wlsync")));
}
