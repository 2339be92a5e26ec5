/* SPDX-License-Identifier: MIT */
/*
 * What is merged: files named on a command line, and the snapshot that is their base.
 *
 * Layer: cli. Includes: base, buf, graph, io.
 */
#include "cli/merge_input.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "graph/names.h"
#include "io/file.h"
#include "wlsync/graph.h"

void wls_merge_input_prepare(void)
{
#ifdef __GLIBC__
	/* Else the first large block that is freed raises the limit, and later ones stay ours. */
	mallopt(M_MMAP_THRESHOLD, 4 << 20);
#endif
}

int wls_merge_input_read(struct wls_buf *out, const char *path, struct wls_error *err)
{
	if (strcmp(path, "-") == 0)
		return wls_file_read_open(out, STDIN_FILENO, "stdin", err);
	return wls_file_read(out, AT_FDCWD, path, err);
}

/* ---- snapshots ---- */

static const char *folder_of(struct wls_arena *arena, const char *path)
{
	struct wls_slice folder = wls_path_folder(wls_slice_of(path));

	if (folder.len == 0)
		return path[0] == '/' ? "/" : ".";
	return wls_arena_copy(arena, folder).ptr;
}

static bool same_folder(const char *a, const char *b)
{
	struct stat sa, sb;

	return stat(a, &sa) == 0 && stat(b, &sb) == 0 && sa.st_dev == sb.st_dev &&
	       sa.st_ino == sb.st_ino;
}

/* The file of the highest version below `limit`; of several the first by name. */
static const char *find_below(struct wls_arena *arena, const char *folder, struct wls_slice log,
			      uint32_t limit)
{
	const char *best = NULL;
	uint32_t best_version = 0;
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		struct wls_slice file = wls_slice_of(entry->d_name), name;
		uint32_t version;
		if (!wls_slice_ends_nocase(file, WLS_SLICE(".md")) ||
		    !wls_name_from_path(file, &name, &version) || version == 0 ||
		    version >= limit || version < best_version ||
		    (version == best_version && strcmp(entry->d_name, best) > 0) ||
		    !wls_slice_eq(wls_name_fold(arena, name), log))
			continue;
		best_version = version;
		best = wls_arena_copy(arena, file).ptr;
	}
	if (dir)
		closedir(dir);
	return best;
}

const char *wls_merge_input_snapshot(struct wls_arena *arena, const char *a, const char *b)
{
	struct wls_slice name_a, name_b;
	uint32_t version_a, version_b;
	const char *folder = folder_of(arena, a);

	if (!wls_name_from_path(wls_slice_of(a), &name_a, &version_a) || version_a == 0 ||
	    !wls_name_from_path(wls_slice_of(b), &name_b, &version_b) || version_b == 0)
		return NULL;
	name_a = wls_name_fold(arena, name_a);
	if (!wls_slice_eq(name_a, wls_name_fold(arena, name_b)) ||
	    !same_folder(folder, folder_of(arena, b)))
		return NULL;
	const char *file =
		find_below(arena, folder, name_a, version_a < version_b ? version_a : version_b);
	return file ? wls_arena_printf(arena, "%s/%s", folder, file) : NULL;
}

/* ---- names ---- */

struct wls_slice wls_merge_input_log_name(const char *const *paths, size_t count)
{
	struct wls_slice found = {0}, name;
	struct wls_buf _cleanup_buf_ first = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ other = WLS_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		if (!paths[i] || !wls_name_from_path(wls_slice_of(paths[i]), &name, NULL) ||
		    name.len == 0)
			continue;
		if (found.len == 0) {
			found = name;
			wls_name_fold_into(&first, name);
		} else if (!wls_slice_eq(wls_buf_slice(&first), wls_name_fold_into(&other, name))) {
			return (struct wls_slice){0};
		}
	}
	return found;
}
