/* SPDX-License-Identifier: MIT */
/*
 * The files below a folder, in an order that does not depend on the disk.
 *
 * Layer: io. Includes: base.
 */
#ifndef WLS_IO_WALK_H
#define WLS_IO_WALK_H

#include "wlsync/base.h"

/* What the caller decides. Paths are relative to where the walk starts, '/' between components. */
struct wls_walk_rules {
	/*
	 * Whether to search the folder `path`. `left_out`: it is hidden or named node_modules,
	 * and is usually not searched.
	 */
	bool (*enter)(void *data, const char *path, bool left_out);
	/* Whether the file `path` is wanted. */
	bool (*take)(void *data, const char *path);
	void *data;
};

/*
 * Levels of folders that are searched. A bound, since each question about a path, the system's and
 * git's, costs as much as the path is deep.
 */
#define WLS_WALK_DEPTH 128u

/* What could not be searched; wls_file_error() makes a message of it. */
struct wls_walk_error {
	const char *path;  /* whole, however long */
	const char *doing; /* "search", "follow" */
	int number;        /* errno, or WLS_FILE_TOO_DEEP */
};

/* Zero is the initial state; everything lives in the arena. */
struct wls_walk {
	const char **paths; /* files, sorted by bytes */
	size_t count;
	struct wls_walk_error *errors; /* sorted by path */
	size_t error_count;
	struct wls_arena arena;
};

/*
 * Collects the regular files that the rules want, and whatever could not be searched; the caller
 * releases `walk`. `folder` is an open descriptor of the place to start from.
 *
 * Symbolic links to folders are not followed, so that there are no loops; one to a file counts as
 * a file, unless the file itself is among those found. A link that leads nowhere or to itself is an
 * error (editors' lock links, `.#name`, are not). A folder more than WLS_WALK_DEPTH levels down, or
 * whose path is longer than PATH_MAX, is an error too, and is not searched.
 *
 * One descriptor is open at a time and nothing recurses: depth costs neither descriptors nor
 * stack. O(n log n) for n entries.
 */
void wls_walk_run(struct wls_walk *walk, int folder, const struct wls_walk_rules *rules);
void wls_walk_release(struct wls_walk *walk);

/* Whether a folder of that name is usually not searched. */
bool wls_walk_left_out(struct wls_slice name);

#endif
