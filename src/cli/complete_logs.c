/* SPDX-License-Identifier: MIT */
/*
 * The names of logs, from the names of files.
 *
 * Layer: cli. Includes: base, buf, graph, io, git.
 *
 * A shell asks for these at every press of a key, so no file is opened: a log named in its
 * frontmatter is not found, nor is git asked what it ignores.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/map.h"
#include "cli/complete.h"
#include "git/git.h"
#include "io/walk.h"
#include "wlsync/graph.h"

static bool enter(void *data, const char *path, bool left_out)
{
	(void)data;
	(void)path;
	return !left_out;
}

static bool take(void *data, const char *path)
{
	struct wls_slice name = wls_slice_of(path);

	(void)data;
	return wls_slice_ends_nocase(name, WLS_SLICE(".md")) &&
	       wls_name_from_path(name, NULL, NULL);
}

/* A descriptor of the work tree's root, else of ".". */
static int open_root(void)
{
	char *root _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);

	if (here && wls_git_find(here, &root) == WLS_GIT_WORK_TREE)
		return open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

void wls_complete_logs(struct wls_buf *out)
{
	struct wls_walk walk = {0};
	struct wls_walk_rules rules = {.enter = enter, .take = take};
	struct wls_map seen = {0};
	int root = open_root();

	if (root < 0)
		return;
	wls_walk_run(&walk, root, &rules);
	close(root);
	for (size_t i = 0; i < walk.count; i++) {
		struct wls_slice name = {0};
		wls_name_from_path(wls_slice_of(walk.paths[i]), &name, NULL);
		uint32_t *place = wls_map_at(&seen, name);
		/* A line each: what holds a line ending cannot be offered. */
		if (name.len == 0 || *place != WLS_MAP_NONE || memchr(name.ptr, '\n', name.len))
			continue;
		*place = 0;
		wls_buf_add_slice(out, name);
		wls_buf_add_char(out, '\n');
	}
	wls_map_release(&seen);
	wls_walk_release(&walk);
}
