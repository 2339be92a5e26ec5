/* SPDX-License-Identifier: MIT */
/*
 * Files of the disk: what was named, and what is found in folders. All paths are gathered and
 * sorted first, so that a file named twice is read once.
 *
 * Layer: cli. Includes: base, buf, graph, io, git, cli/workspace.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/workspace_internal.h"
#include "io/file.h"
#include "io/path.h"
#include "io/walk.h"

struct candidate {
	const char *shown;
	bool named; /* on the command line, or by worklog.path */
};

struct gathering {
	struct wls_workspace *ws;
	struct candidate *files;
	size_t count, cap;
	struct wls_selection selection; /* of the walk at hand */
	struct wls_buf shown;           /* the path at hand */
};

static void add_candidate(struct gathering *g, const char *shown, bool named)
{
	struct wls_arena *arena = &g->ws->intake->arena;
	WLS_GROW(g->files, g->cap, g->count + 1);
	g->files[g->count++] =
		(struct candidate){wls_arena_copy(arena, wls_slice_of(shown)).ptr, named};
}

/* The path of a walk as it is shown. */
static const char *shown_path(struct gathering *g, const char *path)
{
	wls_buf_clear(&g->shown);
	wls_path_add_join(&g->shown, g->selection.start, wls_slice_of(path));
	return wls_buf_str(&g->shown);
}

static bool enter(void *data, const char *path, bool left_out)
{
	struct gathering *g = data;
	return wls_selection_enters(&g->selection, shown_path(g, path), left_out);
}

static bool take(void *data, const char *path)
{
	struct gathering *g = data;
	const struct wls_workspace_options *options = g->ws->intake->options;
	const char *shown = shown_path(g, path);

	if (options->wants && !options->wants(options->data, shown))
		return false;
	return wls_selection_takes(&g->selection, shown);
}

static void add_failure(struct gathering *g, const char *shown, const char *doing, int number)
{
	struct wls_error error;
	wls_file_error(&error, shown, doing, number);
	wls_workspace_add_error(g->ws, &error);
}

/*
 * git's rules hold in the work tree, unless the folder that was named is itself ignored, or the
 * repository has its work tree elsewhere (core.worktree).
 */
static bool should_ask_git(struct gathering *g)
{
	struct wls_workspace *ws = g->ws;
	struct wls_workspace_intake *in = ws->intake;
	struct wls_slice start = g->selection.start;
	struct wls_error error;
	bool ignored = false;

	if (!ws->in_git || start.ptr[0] == '/' || !wls_workspace_open_git(ws))
		return false;
	const char *root = in->api->root(in->git);
	if (!root || strcmp(root, in->root) != 0)
		return false;
	if (wls_slice_eq(start, WLS_SLICE(".")))
		return true;
	if (in->api->ignored(in->git, start.ptr, true, &ignored, &error) < 0) {
		wls_workspace_add_error(ws, &error);
		return false;
	}
	return !ignored;
}

static void search_folder(struct gathering *g, const char *shown)
{
	const struct wls_walk_rules rules = {enter, take, g};
	struct wls_walk walk = {0};
	int fd = openat(g->ws->intake->root_fd, shown, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0) {
		add_failure(g, shown, "search", errno);
		return;
	}
	g->selection = (struct wls_selection){g->ws, wls_slice_of(shown), true, false};
	g->selection.ask_git = should_ask_git(g);
	wls_walk_run(&walk, fd, &rules);
	close(fd);
	for (size_t i = 0; i < walk.error_count; i++)
		add_failure(g, shown_path(g, walk.errors[i].path), walk.errors[i].doing,
			    walk.errors[i].number);
	for (size_t i = 0; i < walk.count; i++) {
		const char *path = shown_path(g, walk.paths[i]);
		add_candidate(g, path, wls_selection_adds(&g->selection, path));
	}
	wls_walk_release(&walk);
}

static void gather_path(struct gathering *g, const char *path)
{
	struct wls_arena *arena = &g->ws->intake->arena;
	struct wls_buf shown _cleanup_buf_ = WLS_BUF_INIT;
	struct stat st;

	if (stat(path, &st) < 0) {
		add_failure(g, *path ? path : "\"\"", "find", errno);
		return;
	}
	wls_workspace_add_shown(g->ws->intake, path, &shown);
	const char *kept = wls_arena_copy(arena, wls_buf_slice(&shown)).ptr;
	if (S_ISDIR(st.st_mode))
		search_folder(g, kept);
	else
		add_candidate(g, kept, true);
}

static int cmp_candidate(const void *va, const void *vb)
{
	const struct candidate *a = va, *b = vb;
	int order = strcmp(a->shown, b->shown);
	return order != 0 ? order : (int)b->named - (int)a->named;
}

static void read_candidate(struct wls_workspace *ws, const struct candidate *c)
{
	struct wls_workspace_intake *in = ws->intake;
	struct wls_error error;

	if (wls_file_read(&in->bytes, in->root_fd, c->shown, &error) < 0) {
		wls_workspace_add_error(ws, &error);
		return;
	}
	wls_workspace_add_file(
		ws, &(struct wls_file){.path = wls_slice_of(c->shown), .named = c->named});
}

void wls_workspace_read_disk(struct wls_workspace *ws)
{
	const struct wls_workspace_options *options = ws->intake->options;
	struct gathering g = {.ws = ws, .shown = WLS_BUF_INIT};

	for (size_t i = 0; i < options->path_count; i++)
		gather_path(&g, options->paths[i]);
	if (options->path_count == 0)
		search_folder(&g, ".");
	if (g.count > 0)
		qsort(g.files, g.count, sizeof(*g.files), cmp_candidate);
	for (size_t i = 0; i < g.count; i++) {
		if (i == 0 || strcmp(g.files[i - 1].shown, g.files[i].shown) != 0)
			read_candidate(ws, &g.files[i]);
	}
	free(g.files);
	wls_buf_release(&g.shown);
}
