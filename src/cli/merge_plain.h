/* SPDX-License-Identifier: MIT */
/*
 * git's own merge by lines, where ours is not wanted.
 *
 * Layer: cli. Includes: base, buf.
 */
#ifndef WLS_CLI_MERGE_PLAIN_H
#define WLS_CLI_MERGE_PLAIN_H

#include "cli/merge_labels.h"
#include "wlsync/buf.h"

struct wls_merge_plain {
	const char *base, *ours, *theirs; /* files */
	struct wls_merge_labels labels;
	unsigned marker_size;
	const char *style; /* "diff3", "zdiff3"; NULL: as git is configured */
};

/*
 * Runs `git merge-file` and adds what it printed to `out`. *conflicts tells how many there are,
 * negative when git refused (binary files; it said so on stderr). Fails with WLS_E_GIT when git
 * could not be run or was killed.
 */
int wls_merge_plain(const struct wls_merge_plain *plain, struct wls_buf *out, int *conflicts,
		    struct wls_error *err);

#endif
