/* SPDX-License-Identifier: MIT */
/*
 * Merging again what git left unmerged without our driver.
 *
 * The index keeps base, ours and theirs, so that the merge can be done again; but it replaces the
 * file, and what a user has done to it since must not be lost. So the file must be what git left: one
 * of the stages, or a line merge of them. That is judged without knowing git's algorithm and style:
 * with "ours" picked in every conflict, every line that ours has added must be there; the same for
 * theirs; and no line may be there that is in none of the three. A conflict that somebody settled, or a
 * line that somebody wrote, breaks one of these.
 *
 * When both sides renamed a log (X-v5.md to X-v6.md and X-v7.md), git has put its own merge of the
 * contents into both of the new paths: what the sides had is taken from their commits.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/install, cli/resolve.
 */
#include "base/map.h"
#include "cli/install.h"
#include "cli/resolve.h"
#include "io/file.h"

/* The texts of the stages; NULL pointers where there is none. */
struct texts {
	struct wls_buf bytes[3]; /* base, ours, theirs */
	bool has[3];
};

static void texts_release(struct texts *texts)
{
	for (size_t i = 0; i < 3; i++)
		wls_buf_release(&texts->bytes[i]);
}

static struct wls_slice text_of(const struct texts *texts, size_t stage)
{
	const struct wls_buf *b = &texts->bytes[stage];

	return texts->has[stage] ? wls_slice(wls_buf_str(b), b->len) : (struct wls_slice){0};
}

/* ---- is the file what git left? ---- */

/* Whether texts are equal but for their line endings. */
static bool same_lines(struct wls_slice a, struct wls_slice b)
{
	struct wls_slice one, two;

	for (;;) {
		bool more = wls_slice_next_line(&a, &one);
		if (more != wls_slice_next_line(&b, &two))
			return false;
		if (!more)
			return true;
		if (!wls_slice_eq(one, two))
			return false;
	}
}

static void add_lines(struct wls_map *lines, struct wls_slice text)
{
	struct wls_slice line;

	while (wls_slice_next_line(&text, &line))
		*wls_map_at(lines, line) = 0;
}

/* Whether each line of `text` is in `in` or in `also`. */
static bool covered(struct wls_slice text, const struct wls_map *in, const struct wls_map *also)
{
	struct wls_slice line;

	while (wls_slice_next_line(&text, &line))
		if (wls_map_find(in, line) == WLS_MAP_NONE &&
		    wls_map_find(also, line) == WLS_MAP_NONE)
			return false;
	return true;
}

static void pick_all(struct wls_slice text, const struct wls_conflict_blocks *blocks,
		     enum wls_pick pick, struct wls_buf *out)
{
	enum wls_pick *picks _cleanup_free_ = wls_alloc(blocks->count + 1, sizeof(*picks));

	for (size_t i = 0; i < blocks->count; i++)
		picks[i] = pick;
	wls_conflict_blocks_settle(text, blocks, picks, out);
}

/* Whether the file, with "ours" (1) or "theirs" (2) picked everywhere, has what that side added. */
static bool side_is_whole(struct wls_slice disk, const struct wls_conflict_blocks *blocks,
			  const struct texts *texts, size_t side)
{
	struct wls_buf picked _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_map mine = {0}, base = {0}, all = {0}, none = {0};

	pick_all(disk, blocks, side == 1 ? WLS_PICK_OURS : WLS_PICK_THEIRS, &picked);
	add_lines(&mine, wls_buf_slice(&picked));
	add_lines(&base, text_of(texts, 0));
	for (size_t i = 0; i < 3; i++)
		add_lines(&all, text_of(texts, i));
	bool whole = covered(text_of(texts, side), &mine, &base) &&
		     covered(wls_buf_slice(&picked), &all, &none);
	wls_map_release(&mine);
	wls_map_release(&base);
	wls_map_release(&all);
	return whole;
}

/* Whether nobody has touched the file since git wrote it; *blocks tells how many conflicts it has. */
static bool is_as_left(struct wls_slice disk, const struct texts *texts, size_t *count)
{
	struct wls_conflict_blocks blocks = {0};
	bool left = false;

	wls_conflict_blocks_find(disk, &blocks);
	*count = blocks.count;
	if (blocks.count > 0)
		left = side_is_whole(disk, &blocks, texts, 1) &&
		       side_is_whole(disk, &blocks, texts, 2);
	free(blocks.items);
	for (size_t i = 0; i < 3; i++)
		left = left || (texts->has[i] && same_lines(disk, text_of(texts, i)));
	return left;
}

/* ---- texts ---- */

static int read_stages(struct wls_resolve *r, const struct wls_stages *stages, struct texts *out,
		       struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < 3; i++) {
		out->bytes[i] = (struct wls_buf)WLS_BUF_INIT;
		out->has[i] = stages->has[i];
	}
	for (size_t i = 0; i < 3 && status == 0; i++)
		if (stages->has[i])
			status = r->api->read(r->git, &stages->ids[i], stages->paths[i],
					      &out->bytes[i], err);
	return status;
}

/* What a side had itself, before git merged: from its commit. False: that is not known. */
static bool read_side(struct wls_resolve *r, const struct wls_stages *stages, size_t stage,
		      struct texts *out)
{
	struct wls_git_id blob;
	struct wls_error ignored;
	const struct wls_git_id *commit = stage == 1 ? &r->ours : &r->theirs;

	return r->has_theirs &&
	       r->api->find(r->git, commit, stages->paths[stage], &blob, &ignored) == 0 &&
	       r->api->read(r->git, &blob, stages->paths[stage], &out->bytes[stage], &ignored) == 0;
}

/* ---- the older snapshot, where there is no base ---- */

struct listing {
	struct wls_resolve *r;
	struct wls_snapshots all;
};

static void add_snapshot(void *data, const char *path, const struct wls_git_id *blob)
{
	struct listing *listing = data;
	struct wls_snapshots *all = &listing->all;
	struct wls_log_path log;

	if (!wls_log_path_read(path, &log))
		return;
	WLS_GROW(all->items, all->cap, all->count + 1);
	all->items[all->count++] = (struct wls_snapshot){
		wls_arena_copy(&listing->r->arena, wls_slice_of(path)).ptr, *blob};
}

static int find_base(struct wls_resolve *r, const char *path, struct texts *texts,
		     struct wls_error *err)
{
	struct listing listing = {.r = r, .all = {.api = r->api, .git = r->git}};
	const struct wls_slice sides[] = {text_of(texts, 1), text_of(texts, 2)};
	int status = r->api->tracked(r->git, add_snapshot, &listing, err);

	if (status == 0)
		texts->has[0] = wls_snapshot_find(&listing.all, path, sides, 2, &texts->bytes[0]);
	free(listing.all.items);
	return status;
}

/* ---- merging ---- */

static bool all_crlf(struct wls_slice text)
{
	const char *end = text.ptr + text.len;
	bool any = false;

	for (const char *c = text.ptr; c < end && (c = memchr(c, '\n', (size_t)(end - c))); c++) {
		if (c == text.ptr || c[-1] != '\r')
			return false;
		any = true;
	}
	return any;
}

/* git keeps LF but writes CRLF to the disk (core.autocrlf, eol): so do we. */
static void follow_endings(struct wls_target *target, const struct texts *texts)
{
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_slice text = wls_buf_slice(&target->text);

	if (!all_crlf(wls_buf_slice(&target->disk)))
		return;
	for (size_t i = 0; i < 3; i++)
		if (text_of(texts, i).len > 0 &&
		    memchr(text_of(texts, i).ptr, '\r', text_of(texts, i).len))
			return;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '\n')
			wls_buf_add_char(&out, '\r');
		wls_buf_add_char(&out, text.ptr[i]);
	}
	wls_buf_release(&target->text);
	target->text = out;
}

static int merge_texts(struct wls_resolve *r, struct wls_target *target, const struct texts *texts,
		       struct wls_error *err)
{
	const struct wls_slice sides[] = {text_of(texts, 1), text_of(texts, 2)};
	const char *const labels[] = {r->ours_label, r->theirs_label};
	struct wls_merge_options options;
	struct wls_log_path log;

	wls_driver_options(r->api, r->git, &options);
	options.labels = labels;
	if (wls_log_path_read(target->path, &log))
		options.log_name = log.name;
	int status = wls_merge(&target->merge, text_of(texts, 0), sides, 2, &options, err);
	if (status < 0)
		return status;
	target->kind = WLS_TARGET_MERGED;
	wls_buf_clear(&target->text);
	wls_buf_add_slice(&target->text, wls_buf_slice(&target->merge->text));
	follow_endings(target, texts);
	wls_target_find_blocks(target, target->merge->conflict_count > 0);
	return 0;
}

/* ---- the kinds of targets ---- */

/* One side removed the file: a conflict of the whole of it. */
static void set_deleted(struct wls_resolve *r, struct wls_target *target, const struct texts *texts)
{
	bool by_ours = !texts->has[1];
	size_t survivor = by_ours ? 2 : 1;
	struct wls_conflict_block *block = wls_alloc(1, sizeof(*block));

	target->deleted_by_ours = by_ours;
	if (!target->exists) {
		target->kind = WLS_TARGET_DONE;
		target->note = "removed from the work tree";
		free(block);
		return;
	}
	target->kind = WLS_TARGET_DELETED;
	target->edited = !same_lines(wls_buf_slice(&target->disk), text_of(texts, survivor));
	*block = (struct wls_conflict_block){
		.line = 1,
		.place = WLS_SLICE("file"),
		.ours_label = wls_slice_of(r->ours_label),
		.theirs_label = wls_slice_of(r->theirs_label),
		.has_base = true,
		.base = wls_arena_copy(&r->arena, text_of(texts, 0)),
	};
	*(by_ours ? &block->theirs : &block->ours) = wls_buf_slice(&target->disk);
	target->blocks = (struct wls_conflict_blocks){block, 1, 1};
	target->picks = wls_alloc(1, sizeof(*target->picks));
	target->picks[0] = WLS_PICK_NONE;
	target->left = 1;
}

/* Both sides have it; the file may hold conflicts of ours, of git's, or none any more. */
static int set_changed(struct wls_resolve *r, struct wls_target *target, struct texts *texts,
		       struct wls_error *err)
{
	struct wls_slice disk = wls_buf_slice(&target->disk);
	size_t conflicts = 0;

	wls_buf_clear(&target->text);
	wls_buf_add_slice(&target->text, disk);
	wls_target_find_blocks(target, false);
	target->kind = WLS_TARGET_BLOCKS;
	if (target->blocks.count > 0 && !r->options->again)
		return 0;
	bool left = target->exists && is_as_left(disk, texts, &conflicts);
	if (left || r->options->again) {
		int status = texts->has[0] ? 0 : find_base(r, target->path, texts, err);
		return status < 0 ? status : merge_texts(r, target, texts, err);
	}
	target->edited = true;
	wls_target_find_blocks(target, true);
	if (conflicts > 0) {
		target->note = "merged without wlsync and edited since; --again merges it anew, "
			       "your edits are lost then";
		return 0;
	}
	target->kind = WLS_TARGET_DONE;
	target->note = target->exists ? "settled in the work tree" : "removed from the work tree";
	return 0;
}

/* Both sides renamed the log: what is merged goes to the path with the highest version. */
static int set_renamed(struct wls_resolve *r, struct wls_target *target,
		       const struct wls_stages *stages, struct texts *texts, struct wls_error *err)
{
	size_t other = strcmp(target->path, stages->paths[1]) == 0 ? 2 : 1;
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	const char *file = wls_arena_printf(&r->arena, "%s/%s", r->root, stages->paths[other]);
	bool exists;

	target->extra[0] = stages->paths[other];
	target->extra[1] = stages->paths[0];
	int status = wls_file_read_any(&bytes, file, &exists, err);
	if (status < 0)
		return status;
	bool left = exists && target->exists &&
		    same_lines(wls_buf_slice(&bytes), text_of(texts, other)) &&
		    same_lines(wls_buf_slice(&target->disk), text_of(texts, 3 - other));
	if (left || r->options->again) {
		bool known = read_side(r, stages, 1, texts) && read_side(r, stages, 2, texts);
		if (!known)
			status = read_stages(r, stages, texts, err);
		return status < 0 ? status : merge_texts(r, target, texts, err);
	}
	wls_buf_add_slice(&target->text, wls_buf_slice(&target->disk));
	wls_target_find_blocks(target, exists);
	target->edited = exists;
	if (exists)
		target->note = "renamed by both sides, and edited since; --again merges both "
			       "files anew, your edits are lost then";
	else if (target->blocks.count == 0)
		target->note = "settled in the work tree";
	target->kind = target->blocks.count > 0 || exists ? WLS_TARGET_BLOCKS : WLS_TARGET_DONE;
	return 0;
}

/* Where the merged log goes: to the path with the highest version. */
static const char *path_of(const struct wls_stages *stages)
{
	struct wls_log_path ours, theirs;

	if (stages->paths[1] && stages->paths[2] && wls_log_path_read(stages->paths[1], &ours) &&
	    wls_log_path_read(stages->paths[2], &theirs))
		return theirs.version > ours.version ? stages->paths[2] : stages->paths[1];
	for (size_t i = 1; i < 3; i++)
		if (stages->paths[i])
			return stages->paths[i];
	return stages->paths[0];
}

int wls_resolve_stages(struct wls_resolve *r, const struct wls_stages *stages, bool named,
		       struct wls_error *err)
{
	struct texts texts;
	struct wls_target *target = wls_resolve_add(r, path_of(stages));
	bool renamed = stages->paths[1] && stages->paths[2] &&
		       strcmp(stages->paths[1], stages->paths[2]) != 0;
	int status = read_stages(r, stages, &texts, err);

	target->named = named;
	target->unmerged = true;
	if (status == 0)
		status = wls_file_read_any(&target->disk, target->file, &target->exists, err);
	if (status == 0 && renamed)
		status = set_renamed(r, target, stages, &texts, err);
	else if (status == 0 && texts.has[1] && texts.has[2])
		status = set_changed(r, target, &texts, err);
	else if (status == 0 && texts.has[0] && (texts.has[1] || texts.has[2]))
		set_deleted(r, target, &texts);
	else if (status == 0) {
		target->kind = WLS_TARGET_DONE;
		target->note = texts.has[0] ? "removed or renamed by both sides"
					    : "only one side has it under this name";
	}
	texts_release(&texts);
	return status;
}
