/* SPDX-License-Identifier: MIT */
/*
 * Which paths are one log, and which older snapshot several files go on from.
 *
 * Layer: cli. Includes: base, buf, graph, io, git.
 */
#include "cli/unmerged.h"

#include "base/map.h"
#include "base/utf8.h"
#include "io/path.h"
#include "wlsync/graph.h"

bool wls_log_path_read(const char *path, struct wls_log_path *out)
{
	struct wls_slice whole = wls_slice_of(path);
	struct wls_slice file = wls_path_name(whole);

	out->folder = wls_slice(path, whole.len - file.len);
	return wls_slice_ends_nocase(whole, WLS_SLICE(".md")) &&
	       wls_name_from_path(whole, &out->name, &out->version);
}

bool wls_log_path_same(const struct wls_log_path *a, const struct wls_log_path *b)
{
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;

	if (!wls_slice_eq(a->folder, b->folder))
		return false;
	wls_utf8_add_folded_name(&one, a->name);
	wls_utf8_add_folded_name(&two, b->name);
	return wls_slice_eq(wls_buf_slice(&one), wls_buf_slice(&two));
}

/* The folder of a path, absolute and without links; to be freed, NULL when there is none. */
static char *real_folder(const char *path)
{
	struct wls_slice name = wls_path_name(wls_slice_of(path));
	struct wls_buf folder _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add(&folder, path, (size_t)(name.ptr - path));
	return realpath(folder.len > 0 ? folder.ptr : ".", NULL);
}

char *wls_log_path_tree(const char *file)
{
	char *folder _cleanup_free_ = real_folder(file);
	char *root _cleanup_free_ = NULL;

	return folder && wls_git_find(folder, &root) == WLS_GIT_WORK_TREE ? WLS_TAKE(root) : NULL;
}

const char *wls_log_path_below(struct wls_arena *arena, const char *root, const char *typed)
{
	struct wls_slice name = wls_path_name(wls_slice_of(typed)), below;
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	char *real _cleanup_free_ = root ? real_folder(typed) : NULL;

	if (!real)
		return typed;
	wls_path_add_join(&path, wls_slice_of(real), name);
	if (!wls_path_below(wls_buf_slice(&path), wls_slice_of(root), &below))
		below = wls_buf_slice(&path);
	return wls_arena_copy(arena, below).ptr;
}

/* ---- snapshots ---- */

bool wls_goes_on_from(struct wls_slice base, struct wls_slice side)
{
	struct wls_doc *old _cleanup_doc_ = NULL, *now _cleanup_doc_ = NULL;
	struct wls_map titles = {0};
	struct wls_error ignored;

	if (wls_doc_parse(&old, base, &ignored) < 0 || wls_doc_parse(&now, side, &ignored) < 0)
		return false;
	for (uint32_t i = 0; i < now->entry_count; i++)
		*wls_map_at(&titles, now->entries[i].title) = i;
	bool all = old->entry_count > 0;
	for (uint32_t i = 0; i < old->entry_count && all; i++)
		all = wls_map_find(&titles, old->entries[i].title) != WLS_MAP_NONE;
	wls_map_release(&titles);
	return all;
}

static bool all_go_on(struct wls_slice base, const struct wls_slice *sides, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!wls_goes_on_from(base, sides[i]))
			return false;
	return true;
}

/* The newest snapshot of the log that is older than `below`, or NULL. */
static const struct wls_snapshot *newest_below(const struct wls_snapshots *all,
					       const struct wls_log_path *log, uint32_t below,
					       uint32_t *version)
{
	const struct wls_snapshot *found = NULL;
	struct wls_log_path other;

	for (size_t i = 0; i < all->count; i++) {
		if (!wls_log_path_read(all->items[i].path, &other) || other.version >= below ||
		    other.version == 0 || (found && other.version <= *version) ||
		    !wls_log_path_same(&other, log))
			continue;
		found = &all->items[i];
		*version = other.version;
	}
	return found;
}

bool wls_snapshot_find(const struct wls_snapshots *all, const char *path,
		       const struct wls_slice *sides, size_t side_count, struct wls_buf *out)
{
	struct wls_log_path log;
	struct wls_error ignored;
	const struct wls_snapshot *snapshot;
	uint32_t below;

	if (!wls_log_path_read(path, &log))
		return false;
	below = log.version;
	while ((snapshot = newest_below(all, &log, below, &below))) {
		if (all->api->read(all->git, &snapshot->blob, snapshot->path, out, &ignored) == 0 &&
		    all_go_on(wls_buf_slice(out), sides, side_count))
			return true;
	}
	return false;
}
