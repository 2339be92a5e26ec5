/* SPDX-License-Identifier: MIT */
/*
 * How the sides of a merge that git runs are called.
 *
 * Layer: cli. Includes: base.
 */
#ifndef WLS_CLI_MERGE_LABELS_H
#define WLS_CLI_MERGE_LABELS_H

#include "wlsync/base.h"

struct wls_merge_labels {
	const char *base, *ours, *theirs;
};

/*
 * Fills `labels`. Each that git gave stays; those that it left literal ("%S", git before 2.44),
 * empty or NULL are found out from what git says in the environment and leaves in its folder:
 *
 *	merge        HEAD       the branch          base
 *	rebase       upstream   your commit abc1234  parent of abc1234
 *	cherry-pick  HEAD       abc1234             parent of abc1234
 *	revert       HEAD       parent of abc1234   abc1234
 *	else         HEAD       theirs              base
 *
 * git before 2.44 tells nothing at all when one commit is picked or reverted, or a stash popped.
 * Texts live in the arena, or are the caller's; controls are '?'.
 */
void wls_merge_labels_find(struct wls_merge_labels *labels, struct wls_arena *arena);

#endif
