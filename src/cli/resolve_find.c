/* SPDX-License-Identifier: MIT */
/*
 * Which files have conflicts: those that git's index holds unmerged, and those of the work tree with
 * conflicts that wlsync has marked; or the files that were named.
 *
 * Layer: cli. Includes: base, buf, graph, merge, io, git, cli/resolve, cli/workspace.
 */
#include <unistd.h>

#include "cli/resolve.h"
#include "cli/workspace.h"
#include "io/file.h"

static const char *file_of(struct wls_resolve *r, const char *path)
{
	if (!r->root || path[0] == '/')
		return path;
	return wls_arena_printf(&r->arena, "%s/%s", r->root, path);
}

static struct wls_target *find_target(struct wls_resolve *r, const char *path)
{
	for (size_t i = 0; i < r->target_count; i++) {
		struct wls_target *t = &r->targets[i];
		if (strcmp(t->path, path) == 0 || (t->extra[0] && strcmp(t->extra[0], path) == 0) ||
		    (t->extra[1] && strcmp(t->extra[1], path) == 0))
			return t;
	}
	return NULL;
}

struct wls_target *wls_resolve_add(struct wls_resolve *r, const char *path)
{
	WLS_GROW(r->targets, r->target_cap, r->target_count + 1);
	struct wls_target *target = &r->targets[r->target_count++];
	*target = (struct wls_target){.path = path, .disk = WLS_BUF_INIT, .text = WLS_BUF_INIT};
	target->file = file_of(r, path);
	return target;
}

void wls_target_find_blocks(struct wls_target *target, bool any)
{
	struct wls_conflict_blocks *blocks = &target->blocks;
	size_t kept = 0;

	free(blocks->items);
	*blocks = (struct wls_conflict_blocks){0};
	wls_conflict_blocks_find(wls_buf_slice(&target->text), blocks);
	for (size_t i = 0; i < blocks->count; i++)
		if (blocks->items[i].structural)
			blocks->items[kept++] = blocks->items[i];
	if (kept > 0 || !any)
		blocks->count = kept;
	free(target->picks);
	target->picks = wls_alloc(blocks->count + 1, sizeof(*target->picks));
	for (size_t i = 0; i < blocks->count; i++)
		target->picks[i] = WLS_PICK_NONE;
	target->left = blocks->count;
}

/* ---- the index ---- */

static void add_unmerged(void *data, const char *path, const struct wls_git_id *const stages[3])
{
	struct wls_resolve *r = data;

	WLS_GROW(r->unmerged, r->unmerged_cap, r->unmerged_count + 1);
	struct wls_unmerged *u = &r->unmerged[r->unmerged_count++];
	*u = (struct wls_unmerged){.path = wls_arena_copy(&r->arena, wls_slice_of(path)).ptr};
	for (size_t i = 0; i < 3; i++) {
		u->has[i] = stages[i] != NULL;
		if (stages[i])
			u->ids[i] = *stages[i];
	}
}

/* Whether only this stage of the path exists: a side's, or the base's, of a log that was renamed. */
static bool has_only(const struct wls_unmerged *u, size_t stage)
{
	return !u->used && u->has[stage] && u->has[0] + u->has[1] + u->has[2] == 1;
}

/* The path of the same log of which only `stage` exists, or NULL. */
static struct wls_unmerged *find_renamed(struct wls_resolve *r, const struct wls_unmerged *base,
					 size_t stage)
{
	struct wls_log_path log, other;

	if (!wls_log_path_read(base->path, &log))
		return NULL;
	for (size_t i = 0; i < r->unmerged_count; i++)
		if (has_only(&r->unmerged[i], stage) &&
		    wls_log_path_read(r->unmerged[i].path, &other) &&
		    wls_log_path_same(&log, &other))
			return &r->unmerged[i];
	return NULL;
}

static void add_stage(struct wls_stages *stages, const struct wls_unmerged *u, size_t stage)
{
	stages->has[stage] = u->has[stage];
	stages->ids[stage] = u->ids[stage];
	stages->paths[stage] = u->has[stage] ? u->path : NULL;
}

/* The stages of a path; when both sides renamed the log, of its three paths. */
static struct wls_stages stages_of(struct wls_resolve *r, struct wls_unmerged *u)
{
	struct wls_stages stages = {0};
	struct wls_unmerged *ours = NULL, *theirs = NULL;

	if (has_only(u, 0)) {
		ours = find_renamed(r, u, 1);
		theirs = find_renamed(r, u, 2);
	}
	bool renamed = ours && theirs;
	add_stage(&stages, u, 0);
	add_stage(&stages, renamed ? ours : u, 1);
	add_stage(&stages, renamed ? theirs : u, 2);
	if (renamed)
		u->used = ours->used = theirs->used = true;
	return stages;
}

static bool was_named(const struct wls_resolve *r, const char *const *names,
		      const struct wls_stages *stages)
{
	for (size_t i = 0; i < r->args->count; i++)
		for (size_t s = 0; s < 3; s++)
			if (stages->paths[s] && strcmp(names[i], stages->paths[s]) == 0)
				return true;
	return false;
}

static int add_stages(struct wls_resolve *r, const char *const *names, struct wls_unmerged *u,
		      struct wls_error *err)
{
	struct wls_log_path log;
	struct wls_stages stages = stages_of(r, u);
	bool named = was_named(r, names, &stages);

	if (!named && (r->args->count > 0 || !wls_log_path_read(u->path, &log)))
		return 0;
	return wls_resolve_stages(r, &stages, named, err);
}

static int find_unmerged(struct wls_resolve *r, const char *const *names, struct wls_error *err)
{
	int status = r->git ? r->api->unmerged(r->git, add_unmerged, r, err) : 0;

	/* Logs that both sides renamed first, as long as their three paths stand alone. */
	for (size_t i = 0; i < r->unmerged_count && status == 0; i++)
		if (has_only(&r->unmerged[i], 0))
			status = add_stages(r, names, &r->unmerged[i], err);
	for (size_t i = 0; i < r->unmerged_count && status == 0; i++)
		if (!r->unmerged[i].used && !has_only(&r->unmerged[i], 0))
			status = add_stages(r, names, &r->unmerged[i], err);
	return status;
}

/* ---- the disk ---- */

/* A file that is not unmerged: its conflicts are those that are marked in it. */
static int add_file(struct wls_resolve *r, const char *path, bool named, struct wls_error *err)
{
	struct wls_buf bytes = WLS_BUF_INIT;
	bool exists = false;

	if (find_target(r, path))
		return 0;
	int status = wls_file_read_any(&bytes, file_of(r, path), &exists, err);
	if (status == 0 && !exists && named)
		status = wls_error_set(err, WLS_E_NOT_FOUND,
				       "%.480s: does not exist; see `git status`", path);
	bool marked = wls_slice_find(wls_buf_slice(&bytes), WLS_SLICE("<<<<<<<")) != SIZE_MAX;
	if (status < 0 || !exists || (!named && !marked)) {
		wls_buf_release(&bytes);
		return status;
	}
	struct wls_target *target =
		wls_resolve_add(r, wls_arena_copy(&r->arena, wls_slice_of(path)).ptr);
	target->named = named;
	target->exists = true;
	target->disk = bytes;
	wls_buf_add_slice(&target->text, wls_buf_slice(&bytes));
	wls_target_find_blocks(target, named);
	return 0;
}

/* Takes targets without a conflict out that nobody has asked for. */
static void drop_clean(struct wls_resolve *r)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->target_count; i++) {
		struct wls_target *t = &r->targets[i];
		if (t->kind == WLS_TARGET_BLOCKS && !t->named && !t->unmerged &&
		    t->blocks.count == 0) {
			wls_buf_release(&t->disk);
			wls_buf_release(&t->text);
			free(t->blocks.items);
			free(t->picks);
		} else {
			r->targets[kept++] = *t;
		}
	}
	r->target_count = kept;
}

static int search_logs(struct wls_resolve *r, struct wls_error *err)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_workspace_options open = {.dir_given = r->cli->globals.dir != NULL};
	int status = wls_workspace_open(&ws, &open, err);

	for (uint32_t l = 0; status == 0 && l < ws->graph->log_count; l++) {
		size_t count;
		const struct wls_slice *paths = wls_graph_files(ws->graph, l, &count);
		for (size_t i = 0; i < count && status == 0; i++)
			status = add_file(r, wls_arena_copy(&r->arena, paths[i]).ptr, false, err);
	}
	if (status == 0 && wls_workspace_report(ws, stderr, true) != 0)
		return wls_error_set(err, WLS_E_IO,
				     "not every file could be read; mend that first");
	drop_clean(r);
	return status;
}

/* ---- all ---- */

static int cmp_target(const void *va, const void *vb)
{
	const struct wls_target *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

int wls_resolve_find(struct wls_resolve *r)
{
	struct wls_error err;
	const char **names = WLS_ARENA_ARRAY(&r->arena, const char *, r->args->count + 1);

	for (size_t i = 0; i < r->args->count; i++)
		names[i] = wls_log_path_below(&r->arena, r->root, r->args->words[i]);
	int status = find_unmerged(r, names, &err);
	for (size_t i = 0; i < r->args->count && status == 0; i++) {
		bool done = false;
		for (size_t u = 0; u < r->unmerged_count; u++)
			done = done || strcmp(r->unmerged[u].path, names[i]) == 0;
		if (!done)
			status = add_file(r, names[i], true, &err);
	}
	if (status == 0 && r->args->count == 0)
		status = search_logs(r, &err);
	if (status < 0)
		return wls_cli_fail("%s", err.text);
	if (r->target_count > 0)
		qsort(r->targets, r->target_count, sizeof(*r->targets), cmp_target);
	return WLS_CLI_GO;
}
