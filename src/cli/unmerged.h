/* SPDX-License-Identifier: MIT */
/*
 * Which paths are files of one log, and which of them is the snapshot that others go on from.
 *
 * Layer: cli. Includes: base, buf, git.
 */
#ifndef WLS_CLI_UNMERGED_H
#define WLS_CLI_UNMERGED_H

#include "git/git.h"
#include "wlsync/buf.h"

/* Name and version of a path that looks like a WorkLog, and its folder; false when it does not. */
struct wls_log_path {
	struct wls_slice folder, name;
	uint32_t version;
};
bool wls_log_path_read(const char *path, struct wls_log_path *out);
/* Whether two paths are files of one log: the same folder, and names that fold to the same. */
bool wls_log_path_same(const struct wls_log_path *a, const struct wls_log_path *b);
/* The root of the work tree that a file (it need not exist) stands in; NULL: in none. To be freed. */
char *wls_log_path_tree(const char *file);
/*
 * The path of what was typed, relative to the work tree's `root` when it lies below it; else
 * absolute, or as typed when there is no such folder, or `root` is NULL. In the arena, or borrowed.
 */
const char *wls_log_path_below(struct wls_arena *arena, const char *root, const char *typed);

/*
 * Whether `side` goes on from `base`: it has all of its entries' headings, and there are some.
 * O(n).
 */
bool wls_goes_on_from(struct wls_slice base, struct wls_slice side);

/* A file that may be the older snapshot that others go on from. */
struct wls_snapshot {
	const char *path;
	struct wls_git_id blob;
};
struct wls_snapshots {
	const struct wls_git_api *api;
	struct wls_git *git;
	struct wls_snapshot *items;
	size_t count, cap;
};
/*
 * The newest of `all` that is an older snapshot of the log `path`, and that every side goes on from:
 * its bytes replace `out`. False when there is none.
 */
bool wls_snapshot_find(const struct wls_snapshots *all, const char *path,
		       const struct wls_slice *sides, size_t side_count, struct wls_buf *out);

#endif
