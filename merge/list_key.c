/* SPDX-License-Identifier: MIT */
/*
 * The keys that order a list.
 *
 * Layer: merge. Includes: base, doc, merge, own_text.
 */
#include "merge/list_key.h"

/* The key that orders a list: of an item with a number, a path, a range of lines; of a row. */
struct wls_slice wls_list_key(struct wls_units *units, struct wls_unit *u)
{
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
	struct wls_own_text own = wls_unit_own_text(units, u);
	bool strong, found;

	if (u->kind != WLS_NODE_ITEM && u->kind != WLS_NODE_ROW)
		return wls_slice(NULL, 0);
	found = wls_own_text_key(&own, wls_unit_holder(u), &buf, &strong);
	if (!found || (!strong && u->node->version == 0))
		return wls_slice(NULL, 0);
	return wls_arena_copy(units->arena, wls_buf_slice(&buf));
}

static size_t digits_at(struct wls_slice s, size_t i)
{
	size_t n = 0;

	while (i + n < s.len && wls_is_digit(s.ptr[i + n]))
		n++;
	return n;
}

/* Bytes in order, but numbers as numbers: `v9` before `v10`, `L45` before `L120`. */
int wls_list_key_compare(struct wls_slice x, struct wls_slice y)
{
	size_t i = 0, j = 0;

	while (i < x.len && j < y.len) {
		size_t n = digits_at(x, i), m = digits_at(y, j);
		if (n > 0 && m > 0 && n != m)
			return n < m ? -1 : 1;
		if (x.ptr[i] != y.ptr[j])
			return (unsigned char)x.ptr[i] < (unsigned char)y.ptr[j] ? -1 : 1;
		i++;
		j++;
	}
	return (i < x.len) - (j < y.len);
}

/* 1 when the keys rise from each to the next, -1 when they fall, 0 when they do neither. */
int wls_list_direction(struct wls_units *units, struct wls_unit *first)
{
	struct wls_slice before = {0};
	bool rising = true, falling = true;
	size_t count = 0;

	for (struct wls_unit *u = first; u && (rising || falling); u = u->next) {
		struct wls_slice key = wls_list_key(units, u);
		if (key.len == 0)
			continue;
		int order = count++ > 0 ? wls_list_key_compare(before, key) : 0;
		rising &= count == 1 || order < 0;
		falling &= count == 1 || order > 0;
		before = key;
	}
	return count < 2 ? 0 : rising ? 1 : falling ? -1 : 0;
}
