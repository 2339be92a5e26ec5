/* SPDX-License-Identifier: MIT */
/*
 * One rename at a time, and nobody who adds or mends an entry while one writes.
 *
 * The tree's lock is held from before the logs are read to the last byte: on git's folder, outside
 * of git on the root. What other commands lock, the folder of the file that they write, is locked
 * only for writing. Parents go first, so that two renames, one in a folder of the other's, cannot
 * wait for each other.
 *
 * Layer: cli. Includes: base, buf, io, cli/rename.
 */
#include <sys/stat.h>

#include "cli/rename.h"
#include "io/file.h"

/* Descriptors are few; beyond that, bytes are compared once more before a file is replaced. */
enum { FOLDERS_MAX = 100 };

int wls_rename_lock_tree(struct wls_rename_locks *locks, const char *root, struct wls_error *err)
{
	struct wls_arena arena = {0};
	int status =
		wls_file_lock(&locks->tree, wls_rename_place(&arena, root, "wlsync-rename"), err);

	wls_arena_release(&arena);
	if (status < 0)
		return wls_error_set(err, status,
				     "another rename is at work here; when it is done, try again");
	return 0;
}

static bool is_same(int lock, const struct stat *folder)
{
	struct stat st;

	return lock >= 0 && fstat(lock, &st) == 0 && st.st_dev == folder->st_dev &&
	       st.st_ino == folder->st_ino;
}

/* A lock that we hold already would be waited for in vain. */
static bool is_held(const struct wls_rename_locks *locks, const char *folder)
{
	struct stat st;

	if (stat(folder, &st) < 0)
		return true; /* nothing can be written there */
	for (size_t i = 0; i < locks->count; i++)
		if (is_same(locks->folders[i], &st))
			return true;
	return is_same(locks->tree, &st);
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

int wls_rename_lock_folders(struct wls_rename_locks *locks, const char **folders, size_t count,
			    struct wls_error *err)
{
	struct wls_arena arena = {0};
	int status = 0;

	locks->folders = wls_alloc(FOLDERS_MAX, sizeof(*locks->folders));
	if (count > 1)
		qsort(folders, count, sizeof(*folders), by_text);
	for (size_t i = 0; i < count && locks->count < FOLDERS_MAX && status == 0; i++) {
		if ((i > 0 && strcmp(folders[i - 1], folders[i]) == 0) ||
		    is_held(locks, folders[i]))
			continue;
		status = wls_file_lock(&locks->folders[locks->count],
				       wls_arena_printf(&arena, "%s/.wlsync-rename", folders[i]),
				       err);
		locks->count += status == 0;
	}
	wls_arena_release(&arena);
	return status;
}

void wls_rename_unlock(struct wls_rename_locks *locks)
{
	for (size_t i = 0; i < locks->count; i++)
		wls_file_unlock(&locks->folders[i]);
	free(locks->folders);
	wls_file_unlock(&locks->tree);
	*locks = (struct wls_rename_locks){.tree = -1};
}
