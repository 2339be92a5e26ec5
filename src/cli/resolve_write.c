/* SPDX-License-Identifier: MIT */
/*
 * Settling: what was picked goes into the files, and with --stage into the index.
 *
 * A file is written whole by a rename, or not at all. The index is touched only for files in which nothing
 * is left open.
 *
 * Layer: cli. Includes: base, buf, merge, io, git, cli/resolve.
 */
#include <errno.h>
#include <unistd.h>

#include "cli/resolve.h"
#include "io/file.h"

void wls_target_count(struct wls_target *target)
{
	target->left = 0;
	for (size_t i = 0; i < target->blocks.count; i++)
		target->left += target->picks[i] == WLS_PICK_NONE;
}

static bool has_pick(const struct wls_target *target)
{
	return target->left < target->blocks.count;
}

static int remove_file(const char *file, const char *shown, struct wls_error *err)
{
	if (unlink(file) < 0 && errno != ENOENT)
		return wls_file_error(err, shown, "remove", errno);
	return 0;
}

/* ---- a file that one side removed ---- */

/* Whether the pick means that the file goes. */
static bool removes(const struct wls_target *target)
{
	return target->kind == WLS_TARGET_DELETED &&
	       target->picks[0] == (target->deleted_by_ours ? WLS_PICK_OURS : WLS_PICK_THEIRS);
}

static int write_deleted(struct wls_resolve *r, struct wls_target *target, struct wls_error *err)
{
	const struct wls_conflict_block *block = &target->blocks.items[0];

	if (removes(target)) {
		if (target->edited && !r->options->again)
			return wls_error_set(err, WLS_E_REFUSED,
					     "%.400s: was edited since; --again removes it all the "
					     "same",
					     target->path);
		target->written = true;
		return remove_file(target->file, target->path, err);
	}
	if (target->picks[0] != WLS_PICK_BASE)
		return 0; /* what is on the disk stays */
	target->written = true;
	return wls_file_write(target->file, block->base, err);
}

/* ---- a file with conflicts ---- */

/* Where the conflicts that are left stand now. */
static void find_lines(struct wls_target *target, struct wls_slice text)
{
	struct wls_conflict_blocks now = {0};
	bool structural = target->blocks.count > 0 && target->blocks.items[0].structural;
	size_t at = 0;

	wls_conflict_blocks_find(text, &now);
	target->lines = wls_alloc(target->blocks.count + 1, sizeof(*target->lines));
	for (size_t i = 0; i < target->blocks.count; i++) {
		target->lines[i] = 0;
		if (target->picks[i] != WLS_PICK_NONE)
			continue;
		while (at < now.count && structural && !now.items[at].structural)
			at++;
		if (at < now.count)
			target->lines[i] = now.items[at++].line;
	}
	free(now.items);
}

static int write_file(struct wls_target *target, bool dry, struct wls_error *err)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	int status = 0;

	wls_conflict_blocks_settle(wls_buf_slice(&target->text), &target->blocks, target->picks,
				   &text);
	find_lines(target, wls_buf_slice(&text));
	if (dry ||
	    (target->exists && wls_slice_eq(wls_buf_slice(&text), wls_buf_slice(&target->disk))))
		return 0;
	status = wls_file_write(target->file, wls_buf_slice(&text), err);
	target->written = status == 0;
	return status;
}

/* Removes the other file of a log that both sides renamed; it holds what git made of both. */
static int remove_extra(struct wls_resolve *r, struct wls_target *target, struct wls_error *err)
{
	if (target->kind != WLS_TARGET_MERGED || !target->extra[0])
		return 0;
	return remove_file(wls_arena_printf(&r->arena, "%s/%s", r->root, target->extra[0]),
			   target->extra[0], err);
}

/* ---- the index ---- */

static int stage(struct wls_resolve *r, struct wls_target *target, struct wls_error *err)
{
	bool ready = r->options->stage && r->git && target->left == 0 &&
		     (target->unmerged || target->written);
	int status = 0;

	/* A file that git merged in its own way, and that holds its markers, is not settled. */
	if (!ready || (target->kind == WLS_TARGET_BLOCKS && target->edited && !has_pick(target)))
		return 0;
	for (size_t i = 0; i < 2 && status == 0; i++)
		if (target->extra[i])
			status = r->api->stage(r->git, target->extra[i], true, err);
	if (status == 0)
		status = r->api->stage(r->git, target->path, access(target->file, F_OK) < 0, err);
	target->staged = status == 0;
	return status;
}

int wls_resolve_write(struct wls_resolve *r, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < r->target_count && status == 0; i++) {
		struct wls_target *target = &r->targets[i];
		wls_target_count(target);
		if (target->kind == WLS_TARGET_DELETED)
			status = r->dry || !has_pick(target) ? 0 : write_deleted(r, target, err);
		else if (target->kind != WLS_TARGET_DONE)
			status = write_file(target, r->dry, err);
		if (status == 0 && !r->dry)
			status = remove_extra(r, target, err);
		if (status == 0 && !r->dry)
			status = stage(r, target, err);
	}
	return status;
}
