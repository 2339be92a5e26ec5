/* SPDX-License-Identifier: MIT */
/*
 * References in other logs to entries that a merge gave another number.
 *
 * Layer: cli. Includes: base, buf, merge, git.
 */
#ifndef WLS_CLI_STALE_H
#define WLS_CLI_STALE_H

#include "git/git.h"
#include "wlsync/merge.h"

struct wls_stale_reference {
	const char *file; /* relative to the root */
	uint32_t line;
	size_t at, len; /* of the digits, in the file's text */
	uint32_t from, to;
};

/* The references to one log. */
struct wls_stale {
	const char *path;              /* of the log, relative to the root; borrowed */
	const struct wls_merge *merge; /* NULL: nothing was merged; borrowed */
	struct wls_stale_reference *items;
	size_t count, cap;
	bool rewritten;
};

static inline void wls_stale_release(struct wls_stale *stale)
{
	free(stale->items);
}

/* Where they are sought. */
struct wls_stale_place {
	const char *root; /* of the work tree */
	/* The commits of ours and theirs, when both are known; else `git` is NULL. */
	const struct wls_git_api *api;
	struct wls_git *git;
	const struct wls_git_id *sides[2];
	struct wls_arena *arena; /* what is found lives here */
};

/* Whether a merge gave an entry another number, so that a search is worth its time. */
bool wls_stale_possible(const struct wls_merge *merge);
/*
 * Fills in the references to each of `count` logs that other logs of the work tree hold, file by
 * file. Reads every log once for each of `logs` that has renumbered entries.
 */
int wls_stale_find(const struct wls_stale_place *place, struct wls_stale *const *logs, size_t count,
		   struct wls_error *err);
/* Rewrites them on the disk, each file whole or not at all. */
int wls_stale_rewrite(const struct wls_stale_place *place, struct wls_stale *const *logs,
		      size_t count, struct wls_error *err);

#endif
