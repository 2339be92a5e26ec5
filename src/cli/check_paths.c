/* SPDX-License-Identifier: MIT */
/*
 * How the PATHs are spelled, and where else to look for what the logs depend on.
 *
 * Outside of a work tree paths are shown, and told apart, as they were typed: a file that is named
 * twice must be spelled once, or it would be judged twice.
 *
 * Layer: cli. Includes: base, buf, io.
 */
#include <sys/stat.h>

#include "cli/check.h"
#include "io/path.h"

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static struct wls_slice folder_of(struct wls_slice path)
{
	return wls_slice(path.ptr, path.len - wls_path_name(path).len);
}

void wls_check_paths_add(struct wls_check_paths *paths, const char *path)
{
	WLS_GROW(paths->list, paths->cap, paths->count + 1);
	paths->list[paths->count++] = path;
}

/* ---- spelling ---- */

/* The absolute path with the links of its folders followed, or "" when there is none. */
static struct wls_slice place_of(struct wls_arena *arena, const char *path)
{
	struct wls_buf place _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice whole = wls_slice_of(path), name = WLS_SLICE("");
	const char *folder = path;

	if (whole.len == 0)
		return name;
	if (!is_folder(path)) {
		name = wls_path_name(whole);
		folder = whole.len > name.len ? wls_arena_copy(arena, folder_of(whole)).ptr : ".";
	}
	char *real _cleanup_free_ = realpath(folder, NULL);
	if (!real)
		return WLS_SLICE("");
	wls_path_add_join(&place, wls_slice_of(real), name);
	return wls_arena_copy(arena, wls_buf_slice(&place));
}

/* One spelling for a place; `any` tells whether absolute and relative paths were typed. */
static const char *respell(struct wls_arena *arena, const char *path, struct wls_slice place,
			   const bool any[2])
{
	char *here _cleanup_free_ = realpath(".", NULL);
	struct wls_slice rest;

	if (place.len == 0)
		return path;
	if (any[false] && here && wls_path_below(place, wls_slice_of(here), &rest))
		return rest.len > 0 ? wls_arena_copy(arena, rest).ptr : ".";
	return any[true] ? place.ptr : path;
}

void wls_check_paths_take(struct wls_check_paths *paths, struct wls_arena *arena,
			  const struct wls_args *args)
{
	struct wls_map seen = {0};
	bool any[2] = {false, false};

	for (size_t i = 0; i < args->count; i++)
		any[args->words[i][0] == '/'] = true;
	for (size_t i = 0; i < args->count; i++) {
		const char *path = args->words[i];
		struct wls_slice place = args->count > 1 ? place_of(arena, path) : WLS_SLICE("");

		if (place.len > 0) {
			uint32_t *before = wls_map_at(&seen, place);
			if (*before != WLS_MAP_NONE)
				continue;
			*before = 0;
		}
		wls_check_paths_add(paths, respell(arena, path, place, any));
	}
	wls_map_release(&seen);
}

/* ---- where else to look ---- */

static bool leaves(struct wls_slice path)
{
	return wls_slice_starts(path, WLS_SLICE("..")) && (path.len == 2 || path.ptr[2] == '/');
}

/* The current folder, spelled as `path` is, when that lies below it; else NULL. */
static const char *current_folder(struct wls_arena *arena, const char *path)
{
	struct wls_buf clean _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice rest;

	wls_path_add_clean(&clean, wls_slice_of(path), true);
	if (path[0] != '/')
		return leaves(wls_buf_slice(&clean)) ? NULL : ".";
	char *here _cleanup_free_ = realpath(".", NULL);
	if (!here || !wls_path_below(wls_slice_of(path), wls_slice_of(here), &rest))
		return NULL;
	return wls_arena_copy(arena, wls_slice_of(here)).ptr;
}

static void add_once(struct wls_check_paths *paths, const char *path)
{
	for (size_t i = 0; i < paths->count; i++)
		if (strcmp(paths->list[i], path) == 0)
			return;
	wls_check_paths_add(paths, path);
}

bool wls_check_paths_widen(struct wls_check_paths *paths, struct wls_arena *arena)
{
	size_t named = paths->count;

	for (size_t i = 0; i < named; i++) {
		const char *path = paths->list[i];
		struct wls_slice folder = folder_of(wls_slice_of(path));
		const char *here = current_folder(arena, path);

		if (!is_folder(path))
			add_once(paths, folder.len > 0 ? wls_arena_copy(arena, folder).ptr : ".");
		if (here)
			add_once(paths, here);
	}
	return paths->count > named;
}
