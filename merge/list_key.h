/* SPDX-License-Identifier: MIT */
/*
 * The keys that order a list: decisions by version, files by path, rows by first cell. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_LIST_KEY_H
#define WLS_MERGE_LIST_KEY_H

#include "merge/unit.h"

/* The key of an item or row, in the units' arena; empty when it has none that orders a list. */
struct wls_slice wls_list_key(struct wls_units *units, struct wls_unit *u);
/* Bytes in order, but numbers as numbers: `v9` before `v10`, `L45` before `L120`. <0, 0, >0. */
int wls_list_key_compare(struct wls_slice x, struct wls_slice y);
/* 1 when the keys of `first` and its siblings rise, -1 when they fall, 0 when neither, or fewer than two. */
int wls_list_direction(struct wls_units *units, struct wls_unit *first);

#endif
