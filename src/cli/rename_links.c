/* SPDX-License-Identifier: MIT */
/*
 * Symbolic links to files that a rename gives other names: they would lead nowhere afterwards, and
 * what leads nowhere cannot be read, neither by wlsync nor by anyone.
 *
 * Layer: cli. Includes: base, io, cli/rename.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/rename.h"
#include "io/walk.h"

struct search {
	const struct wls_rename *rename;
	int folder; /* the root */
	const char *link, *file;
	struct wls_arena arena;
};

static bool enter(void *data, const char *path, bool left_out)
{
	(void)data;
	(void)path;
	return !left_out;
}

/* Looks at each file; none is wanted. */
static bool take(void *data, const char *path)
{
	struct search *s = data;
	struct stat link, to, moved;

	if (s->link || fstatat(s->folder, path, &link, AT_SYMLINK_NOFOLLOW) < 0 ||
	    !S_ISLNK(link.st_mode) || fstatat(s->folder, path, &to, 0) < 0)
		return false;
	for (size_t i = 0; i < s->rename->file_count && !s->link; i++) {
		const struct wls_rename_file *file = &s->rename->files[i];

		if (wls_slice_eq(file->path, file->to) ||
		    fstatat(s->folder, file->path.ptr, &moved, AT_SYMLINK_NOFOLLOW) < 0 ||
		    moved.st_ino != to.st_ino || moved.st_dev != to.st_dev)
			continue;
		s->link = wls_arena_printf(&s->arena, "%s", path);
		s->file = file->path.ptr;
	}
	return false;
}

int wls_rename_check_links(const struct wls_rename *rename, struct wls_error *err)
{
	struct search s = {.rename = rename};
	const struct wls_walk_rules rules = {enter, take, &s};
	struct wls_walk walk = {0};
	int status = 0;

	s.folder = open(rename->ws->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (s.folder < 0)
		return 0;
	wls_walk_run(&walk, s.folder, &rules);
	close(s.folder);
	if (s.link)
		status = wls_error_set(err, WLS_E_REFUSED,
				       "%.400s: is a link to %.400s and would lead nowhere; remove "
				       "it, and make it again afterwards",
				       s.link, s.file);
	wls_walk_release(&walk);
	wls_arena_release(&s.arena);
	return status;
}
