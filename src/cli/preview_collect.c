/* SPDX-License-Identifier: MIT */
/*
 * What each branch changes: its commit against its merge base with HEAD, WorkLogs only.
 *
 * A log that a branch gave another name (X-v5.md became X-v6.md) is one change of one log, when the
 * branch removed one file of that log and added one.
 *
 * Layer: cli. Includes: base, buf, git, cli/preview.
 */
#include "cli/preview.h"

struct change {
	const char *path;
	bool was, is;
	struct wls_git_id old, now;
	bool used;
};

struct changes {
	struct wls_preview *p;
	struct change *items;
	size_t count, cap;
};

static const char *keep(struct wls_preview *p, const char *path)
{
	return wls_arena_copy(&p->arena, wls_slice_of(path)).ptr;
}

static void add_change(void *data, const char *path, const struct wls_git_id *old,
		       const struct wls_git_id *now)
{
	struct changes *list = data;
	struct wls_log_path log;

	if (!wls_log_path_read(path, &log))
		return;
	WLS_GROW(list->items, list->cap, list->count + 1);
	struct change *c = &list->items[list->count++];
	*c = (struct change){.path = keep(list->p, path), .was = old != NULL, .is = now != NULL};
	if (old)
		c->old = *old;
	if (now)
		c->now = *now;
}

/* The log of a path at the base. */
static struct wls_preview_log *log_at(struct wls_preview *p, const char *key)
{
	uint32_t *at = wls_map_at(&p->by_key, wls_slice_of(key));

	if (*at == WLS_MAP_NONE) {
		*at = (uint32_t)p->log_count;
		WLS_GROW(p->logs, p->log_cap, p->log_count + 1);
		p->logs[p->log_count++] = (struct wls_preview_log){.key = key, .path = key};
	}
	return &p->logs[*at];
}

static void add_side(struct wls_preview *p, const char *key, const struct wls_preview_side *side)
{
	struct wls_preview_log *log = log_at(p, key);

	WLS_GROW(log->sides, log->side_cap, log->side_count + 1);
	log->sides[log->side_count++] = *side;
}

/* The only change of the same log that adds (`is`) or removes a file; NULL: none, or several. */
static struct change *only_one(struct changes *list, const struct wls_log_path *log, bool is)
{
	struct change *found = NULL;
	struct wls_log_path other;

	for (size_t i = 0; i < list->count; i++) {
		struct change *c = &list->items[i];
		if (c->is != is || c->was == is || !wls_log_path_read(c->path, &other) ||
		    !wls_log_path_same(log, &other))
			continue;
		if (found)
			return NULL;
		found = c;
	}
	return found;
}

/* Where a removed file went, or NULL. */
static struct change *renamed_to(struct changes *list, const struct change *removed)
{
	struct wls_log_path log;

	if (!wls_log_path_read(removed->path, &log) || only_one(list, &log, false) != removed)
		return NULL;
	return only_one(list, &log, true);
}

static void add_changes(struct changes *list, size_t branch)
{
	for (size_t i = 0; i < list->count; i++) {
		struct change *c = &list->items[i];
		struct change *to = c->was && !c->is ? renamed_to(list, c) : NULL;
		if (to)
			to->used = true;
		struct wls_preview_side side = {
			.branch = branch, .has_base = c->was, .base = c->old};
		if (to || c->is) {
			side.path = to ? to->path : c->path;
			side.now = to ? to->now : c->now;
		}
		if (c->was)
			add_side(list->p, c->path, &side);
	}
	for (size_t i = 0; i < list->count; i++) {
		const struct change *c = &list->items[i];
		if (!c->was && !c->used)
			add_side(list->p, c->path,
				 &(struct wls_preview_side){
					 .branch = branch, .path = c->path, .now = c->now});
	}
}

/* ---- HEAD ---- */

static void add_file(void *data, const char *path, const struct wls_git_id *old,
		     const struct wls_git_id *now)
{
	struct wls_preview *p = data;
	struct wls_log_path log;

	(void)old;
	if (!now || !wls_log_path_read(path, &log))
		return;
	WLS_GROW(p->files.items, p->files.cap, p->files.count + 1);
	p->files.items[p->files.count++] = (struct wls_snapshot){keep(p, path), *now};
}

static int cmp_file(const void *va, const void *vb)
{
	const struct wls_snapshot *a = va, *b = vb;

	return strcmp(a->path, b->path);
}

const struct wls_snapshot *wls_preview_head_file(const struct wls_preview *p, const char *path)
{
	const struct wls_snapshot key = {.path = path};

	return p->files.count == 0
		       ? NULL
		       : bsearch(&key, p->files.items, p->files.count, sizeof(key), cmp_file);
}

static int cmp_log(const void *va, const void *vb)
{
	const struct wls_preview_log *a = va, *b = vb;

	return strcmp(a->key, b->key);
}

int wls_preview_collect(struct wls_preview *p, struct wls_error *err)
{
	int status = p->api->changes(p->git, NULL, &p->head, add_file, p, err);

	p->files.api = p->api;
	p->files.git = p->git;
	if (status == 0 && p->files.count > 0)
		qsort(p->files.items, p->files.count, sizeof(*p->files.items), cmp_file);
	for (size_t i = 0; i < p->branch_count && status == 0; i++) {
		const struct wls_preview_branch *b = &p->branches[i];
		struct changes list = {.p = p};
		status = p->api->changes(p->git, b->has_base ? &b->base : NULL, &b->commit,
					 add_change, &list, err);
		if (status == 0)
			add_changes(&list, i);
		free(list.items);
	}
	if (p->log_count > 0)
		qsort(p->logs, p->log_count, sizeof(*p->logs), cmp_log);
	return status;
}
