/* SPDX-License-Identifier: MIT */
/*
 * Which files are taken, of the disk or of a commit.
 *
 * In this order: worklog.ignore leaves out; worklog.path adds, even within hidden and ignored
 * folders, which are searched only when a pattern names them; then hidden folders, node_modules,
 * other repositories and what git ignores are left out; of the rest every `*.md` is read, since a
 * WorkLog may be told by its headings alone.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/workspace.
 */
#include "cli/workspace_internal.h"
#include "io/glob.h"
#include "io/path.h"
#include "io/walk.h"

typedef bool match_fn(struct wls_slice pattern, struct wls_slice path, bool folder);

/* The path as patterns see it, relative to the folder of `.wlsync`; false when it is not below. */
static bool pattern_path(struct wls_selection *s, const char *shown, struct wls_slice *path)
{
	struct wls_workspace_intake *in = s->ws->intake;
	const char *base = in->root ? in->root : in->cwd;

	wls_buf_clear(&in->scratch);
	wls_path_add_join(&in->scratch, shown[0] == '/' ? WLS_SLICE("") : wls_slice_of(base),
			  wls_slice_of(shown));
	return wls_path_below(wls_buf_slice(&in->scratch), wls_slice_of(in->config_folder), path);
}

/* Whether one of the key's patterns matches. */
static bool any_match(struct wls_selection *s, const char *key, const char *shown, bool folder,
		      match_fn *match)
{
	const struct wls_config *config = &s->ws->intake->config;
	const struct wls_config_entry *e = NULL;
	struct wls_slice path;

	if (!s->ws->intake->has_patterns || !pattern_path(s, shown, &path))
		return false;
	while ((e = wls_config_next(config, key, e))) {
		if (match(e->value, path, folder))
			return true;
	}
	return false;
}

static bool covers(struct wls_slice pattern, struct wls_slice path, bool folder)
{
	return wls_glob_covers(pattern, path, folder, NULL);
}

static bool names_folder(struct wls_slice pattern, struct wls_slice path, bool folder)
{
	return folder && wls_glob_names(pattern, path);
}

static bool is_markdown(struct wls_slice path)
{
	return wls_slice_ends_nocase(path, WLS_SLICE(".md"));
}

/* A pattern adds `*.md`, and other files when its last component says more than "anything". */
static bool adds(struct wls_slice pattern, struct wls_slice path, bool folder)
{
	bool exact = false;
	struct wls_slice last = wls_path_name(pattern);

	if (!wls_glob_covers(pattern, path, folder, &exact))
		return false;
	while (last.len > 0 && (last.ptr[0] == '*' || last.ptr[0] == '?'))
		last = wls_slice_from(last, 1);
	return is_markdown(path) || (exact && last.len > 0);
}

static bool git_ignores(struct wls_selection *s, const char *shown, bool folder)
{
	struct wls_workspace_intake *in = s->ws->intake;
	struct wls_error error;
	bool ignored = false;

	if (!s->ask_git || shown[0] == '/' || strncmp(shown, "../", 3) == 0)
		return false;
	if (in->api->ignored(in->git, shown, folder, &ignored, &error) == 0)
		return ignored;
	s->ask_git = false; /* once is enough: the same would go wrong for every path */
	wls_workspace_add_error(s->ws, &error);
	return false;
}

bool wls_selection_enters(struct wls_selection *s, const char *shown, bool left_out)
{
	struct wls_slice name = wls_path_name(wls_slice_of(shown));

	if (wls_slice_eq(name, WLS_SLICE(".git")) ||
	    any_match(s, "worklog.ignore", shown, true, covers))
		return false;
	if (any_match(s, "worklog.path", shown, true, names_folder))
		return true;
	if (left_out)
		return false;
	if (s->on_disk && s->ws->in_git && wls_git_is_nested(s->ws->intake->root_fd, shown))
		return false;
	return !git_ignores(s, shown, true);
}

/* Whether a folder between the start and the file is usually not searched. */
static bool in_left_out(const struct wls_selection *s, const char *shown)
{
	struct wls_slice rest = wls_slice_of(shown);
	bool at_root = wls_slice_eq(s->start, WLS_SLICE("."));

	if (!at_root && !wls_path_below(rest, s->start, &rest))
		return false;
	const char *slash;
	while (rest.len > 0 && (slash = memchr(rest.ptr, '/', rest.len))) {
		size_t len = (size_t)(slash - rest.ptr);
		if (wls_walk_left_out(wls_slice(rest.ptr, len)))
			return true;
		rest = wls_slice_from(rest, len + 1);
	}
	return false;
}

bool wls_selection_takes(struct wls_selection *s, const char *shown)
{
	if (any_match(s, "worklog.ignore", shown, false, covers))
		return false;
	if (wls_selection_adds(s, shown))
		return true;
	if (!is_markdown(wls_slice_of(shown)))
		return false;
	return !in_left_out(s, shown) && !git_ignores(s, shown, false);
}

bool wls_selection_adds(struct wls_selection *s, const char *shown)
{
	return any_match(s, "worklog.path", shown, false, adds);
}
