/* SPDX-License-Identifier: MIT */
/*
 * What resolve says: text, and wlsync.resolve/1.
 *
 * Layer: cli. Includes: base, buf, merge, render, cli/resolve.
 */
#include "base/json.h"
#include "cli/resolve.h"

/* Lines of a side that are shown in the list. */
#define LINES_MAX 12u

const char *wls_pick_name(enum wls_pick pick)
{
	static const char *const names[] = {NULL, "ours", "theirs", "base", "union"};

	return names[pick];
}

const char *wls_resolve_continue(const struct wls_resolve *r)
{
	static const char *const commands[] = {
		[WLS_GIT_STATE_NONE] = NULL,
		[WLS_GIT_STATE_MERGE] = "git merge --continue",
		[WLS_GIT_STATE_REBASE] = "git rebase --continue",
		[WLS_GIT_STATE_CHERRY_PICK] = "git cherry-pick --continue",
		[WLS_GIT_STATE_REVERT] = "git revert --continue",
		[WLS_GIT_STATE_APPLY] = "git am --continue",
	};

	return commands[r->state];
}

static const char *state_name(const struct wls_resolve *r)
{
	static const char *const names[] = {
		[WLS_GIT_STATE_NONE] = NULL,       [WLS_GIT_STATE_MERGE] = "merge",
		[WLS_GIT_STATE_REBASE] = "rebase", [WLS_GIT_STATE_CHERRY_PICK] = "cherry-pick",
		[WLS_GIT_STATE_REVERT] = "revert", [WLS_GIT_STATE_APPLY] = "am",
	};

	return names[r->state];
}

/* ---- text ---- */

static struct wls_slice clean(struct wls_resolve *r, struct wls_slice s)
{
	return wls_style_clean(&r->arena, s);
}

static void add_path(struct wls_resolve *r, const struct wls_target *target, struct wls_buf *out)
{
	wls_buf_add_slice(out, clean(r, wls_slice_of(target->path)));
}

static void add_side(struct wls_resolve *r, struct wls_slice label, const char *name,
		     struct wls_slice text, struct wls_buf *out)
{
	struct wls_slice line;
	size_t count = 0;

	wls_buf_printf(out, "  %s", name);
	if (label.len > 0 && !wls_slice_eq(label, wls_slice_of(name))) {
		wls_buf_add_str(out, " (");
		wls_buf_add_slice(out, clean(r, label));
		wls_buf_add_char(out, ')');
	}
	wls_buf_add_str(out, text.len == 0 ? ": nothing\n" : ":\n");
	for (; wls_slice_next_line(&text, &line); count++) {
		if (count >= LINES_MAX)
			continue;
		wls_buf_add_str(out, "    ");
		wls_buf_add_slice(out, clean(r, line));
		wls_buf_add_char(out, '\n');
	}
	if (count > LINES_MAX)
		wls_buf_printf(out, "    … %zu more lines\n", count - LINES_MAX);
}

/* The number of a conflict among those that are left: what --pick calls it next time. */
static size_t number_of(const struct wls_target *target, size_t i)
{
	size_t number = 0;

	for (size_t k = 0; k <= i; k++)
		number += target->picks[k] == WLS_PICK_NONE;
	return number;
}

static uint32_t line_of(const struct wls_target *target, size_t i)
{
	return target->lines ? target->lines[i] : target->blocks.items[i].line;
}

/* A label without the place, which stands beside it. */
static struct wls_slice short_label(struct wls_slice label, struct wls_slice place)
{
	struct wls_slice trimmed = label;

	if (place.len > 0 && label.len >= place.len + 2 && label.ptr[label.len - 1] == ')' &&
	    memcmp(label.ptr + label.len - 1 - place.len, place.ptr, place.len) == 0)
		trimmed.len = label.len - place.len - 2;
	return wls_slice_trim(trimmed);
}

void wls_resolve_conflict(struct wls_resolve *r, const struct wls_target *target, size_t i,
			  struct wls_buf *out)
{
	const struct wls_conflict_block *block = &target->blocks.items[i];

	add_path(r, target, out);
	wls_buf_printf(out, ":%u: conflict %zu", line_of(target, i), number_of(target, i));
	if (target->kind == WLS_TARGET_DELETED) {
		wls_buf_printf(out, ": %s removed the file, %s changed it",
			       target->deleted_by_ours ? "ours" : "theirs",
			       target->deleted_by_ours ? "theirs" : "ours");
	} else if (block->place.len > 0) {
		wls_buf_add_str(out, " in ");
		wls_buf_add_slice(out, clean(r, block->place));
	}
	wls_buf_add_char(out, '\n');
	add_side(r, short_label(block->ours_label, block->place), "ours", block->ours, out);
	if (block->has_base && block->base.len > 0 && target->kind != WLS_TARGET_DELETED)
		add_side(r, (struct wls_slice){0}, "base", block->base, out);
	add_side(r, short_label(block->theirs_label, block->place), "theirs", block->theirs, out);
}

static void add_merged(struct wls_resolve *r, const struct wls_target *target, struct wls_buf *out)
{
	const struct wls_merge *merge = target->merge;

	add_path(r, target, out);
	wls_buf_printf(out, ": %s from the index", r->dry ? "can be merged again" : "merged again");
	if (target->extra[0]) {
		wls_buf_add_str(out, ", with ");
		wls_buf_add_slice(out, clean(r, wls_slice_of(target->extra[0])));
	}
	for (size_t i = 0; i < merge->renumbering_count; i++) {
		const struct wls_renumbering *n = &merge->renumberings[i];
		wls_buf_printf(out, "%s%c%u → %c%u (%s)", i == 0 ? "; " : ", ", n->letter, n->from,
			       n->letter, n->to, n->side == 0 ? "ours" : "theirs");
	}
	wls_buf_add_char(out, '\n');
}

static void add_references(struct wls_resolve *r, const struct wls_target *target,
			   struct wls_buf *out)
{
	for (size_t i = 0; i < target->stale.count; i++) {
		const struct wls_stale_reference *ref = &target->stale.items[i];
		wls_buf_add_slice(out, clean(r, wls_slice_of(ref->file)));
		wls_buf_printf(out, ":%u: %s v%u → v%u\n", ref->line,
			       target->stale.rewritten ? "rewritten:" : "names the old number:",
			       ref->from, ref->to);
	}
	if (target->stale.count > 0 && !target->stale.rewritten) {
		wls_buf_printf(out, "%s in other logs: wlsync resolve --again --rewrite ",
			       wls_style_plural(&r->arena, target->stale.count, "reference",
						"references"));
		add_path(r, target, out);
		wls_buf_add_char(out, '\n');
	}
}

static void add_target(struct wls_resolve *r, const struct wls_target *target, struct wls_buf *out)
{
	if (target->kind == WLS_TARGET_MERGED)
		add_merged(r, target, out);
	if (target->note) {
		add_path(r, target, out);
		wls_buf_printf(out, ": %s\n", target->note);
	}
	for (size_t i = 0; i < target->blocks.count; i++) {
		if (target->picks[i] == WLS_PICK_NONE) {
			wls_resolve_conflict(r, target, i, out);
			continue;
		}
		add_path(r, target, out);
		wls_buf_add_str(out, ": ");
		wls_buf_add_slice(out, clean(r, target->kind == WLS_TARGET_DELETED
							? WLS_SLICE("the file")
							: target->blocks.items[i].place));
		wls_buf_printf(out, ": %s\n", wls_pick_name(target->picks[i]));
	}
	add_references(r, target, out);
}

/* ---- what to do next ---- */

/* Adds a path as a shell's word. */
static void add_word(const char *path, struct wls_buf *out)
{
	bool plain = path[0] != '-';

	for (const char *c = path; *c; c++)
		plain = plain &&
			((unsigned char)*c >= 0x80 || wls_is_alnum(*c) || strchr("/._-+,@%", *c));
	wls_buf_add_char(out, ' ');
	if (plain) {
		wls_buf_add_str(out, path);
		return;
	}
	wls_buf_add_char(out, '\'');
	for (const char *c = path; *c; c++) {
		if (*c == '\'')
			wls_buf_add_str(out, "'\\''");
		else
			wls_buf_add_char(out, *c);
	}
	wls_buf_add_char(out, '\'');
}

/* `git rm --cached` for the names that are gone. */
static void add_git_rm(struct wls_resolve *r, struct wls_buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < r->target_count; i++) {
		const struct wls_target *t = &r->targets[i];
		for (size_t k = 0; k < 2; k++) {
			if (!t->extra[k] || t->left > 0 || t->staged)
				continue;
			if (count++ == 0)
				wls_buf_printf(out, "  %s rm -q --cached --", r->git_command);
			add_word(t->extra[k], out);
		}
	}
	if (count > 0)
		wls_buf_add_char(out, '\n');
}

static void add_git_add(struct wls_resolve *r, struct wls_buf *out)
{
	size_t count = 0;

	for (size_t i = 0; i < r->target_count; i++) {
		const struct wls_target *t = &r->targets[i];
		if (!t->unmerged || t->left > 0 || t->staged)
			continue;
		if (count++ == 0)
			wls_buf_printf(out, "  %s add -A --", r->git_command);
		add_word(t->path, out);
	}
	if (count > 0)
		wls_buf_add_char(out, '\n');
}

static size_t count_left(const struct wls_resolve *r, size_t *files)
{
	size_t left = 0;

	*files = 0;
	for (size_t i = 0; i < r->target_count; i++) {
		left += r->targets[i].left;
		*files += r->targets[i].left > 0;
	}
	return left;
}

static void add_summary(struct wls_resolve *r, struct wls_buf *out)
{
	struct wls_buf commands _cleanup_buf_ = WLS_BUF_INIT;
	size_t files, left = count_left(r, &files);

	if (r->target_count == 0) {
		wls_buf_add_str(out, "no conflict in any WorkLog\n");
		return;
	}
	if (left > 0)
		wls_buf_printf(out,
			       "%s left in %s; edit them, or settle them: wlsync resolve FILE "
			       "--ours, --theirs, --union, --base or --pick N=theirs\n",
			       wls_style_plural(&r->arena, left, "conflict", "conflicts"),
			       wls_style_plural(&r->arena, files, "file", "files"));
	else
		wls_buf_add_str(out, "no conflict left\n");
	if (r->dry)
		return;
	add_git_rm(r, &commands);
	add_git_add(r, &commands);
	if (wls_resolve_continue(r) && left == 0)
		wls_buf_printf(&commands, "  %s\n", wls_resolve_continue(r));
	if (commands.len > 0)
		wls_buf_printf(out, "then:\n%s", commands.ptr);
}

void wls_resolve_text(struct wls_resolve *r, struct wls_buf *out)
{
	for (size_t i = 0; i < r->target_count; i++)
		add_target(r, &r->targets[i], out);
	add_summary(r, out);
}

/* ---- JSON ---- */

static void put_conflict(struct wls_json *json, const struct wls_target *target, size_t i)
{
	const struct wls_conflict_block *block = &target->blocks.items[i];
	bool open = target->picks[i] == WLS_PICK_NONE;

	json->lossy = false;
	wls_json_open(json, '{');
	wls_json_put_positive(json, "number", open ? (int64_t)number_of(target, i) : 0);
	wls_json_put_positive(json, "line", open ? (int64_t)line_of(target, i) : 0);
	wls_json_put_text(json, "place", block->place);
	wls_json_put_str(json, "picked", wls_pick_name(target->picks[i]));
	wls_json_put_text(json, "ours_label", short_label(block->ours_label, block->place));
	wls_json_put_text(json, "theirs_label", short_label(block->theirs_label, block->place));
	wls_json_put_text(json, "ours", block->ours);
	if (block->has_base) {
		wls_json_put_text(json, "base", block->base);
	} else {
		wls_json_key(json, "base");
		wls_json_null(json);
	}
	wls_json_put_text(json, "theirs", block->theirs);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

static void put_renumberings(struct wls_json *json, const struct wls_merge *merge)
{
	wls_json_key(json, "renumberings");
	wls_json_open(json, '[');
	for (size_t i = 0; merge && i < merge->renumbering_count; i++) {
		const struct wls_renumbering *n = &merge->renumberings[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "kind", n->letter == 'v' ? "entry" : "hypothesis");
		wls_json_put_str(json, "side", n->side == 0 ? "ours" : "theirs");
		wls_json_put_int(json, "from", n->from);
		wls_json_put_int(json, "to", n->to);
		wls_json_put_text(json, "title", n->title);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_references(struct wls_json *json, const struct wls_target *target)
{
	wls_json_key(json, "references");
	wls_json_open(json, '[');
	for (size_t i = 0; i < target->stale.count; i++) {
		const struct wls_stale_reference *ref = &target->stale.items[i];
		wls_json_open(json, '{');
		wls_json_put_str(json, "file", ref->file);
		wls_json_put_int(json, "line", ref->line);
		wls_json_put_int(json, "from", ref->from);
		wls_json_put_int(json, "to", ref->to);
		wls_json_put_bool(json, "rewritten", target->stale.rewritten);
		wls_json_close(json, '}');
	}
	wls_json_close(json, ']');
}

static void put_target(struct wls_json *json, const struct wls_target *target)
{
	static const char *const kinds[] = {"marked", "merged-again", "deleted", "settled"};

	wls_json_open(json, '{');
	wls_json_put_str(json, "file", target->path);
	wls_json_put_str(json, "kind", kinds[target->kind]);
	wls_json_put_bool(json, "unmerged", target->unmerged);
	wls_json_put_str(json, "deleted_by",
			 target->kind != WLS_TARGET_DELETED ? NULL
			 : target->deleted_by_ours          ? "ours"
							    : "theirs");
	wls_json_put_str(json, "note", target->note);
	wls_json_put_bool(json, "written", target->written);
	wls_json_put_bool(json, "staged", target->staged);
	wls_json_put_int(json, "left", (int64_t)target->left);
	put_renumberings(json, target->merge);
	put_references(json, target);
	wls_json_key(json, "conflicts");
	wls_json_open(json, '[');
	for (size_t i = 0; i < target->blocks.count; i++)
		put_conflict(json, target, i);
	wls_json_close(json, ']');
	wls_json_close(json, '}');
}

void wls_resolve_document(struct wls_resolve *r, struct wls_buf *out)
{
	struct wls_json json = {.out = out};
	size_t files;

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.resolve/1");
	wls_json_put_str(&json, "operation", state_name(r));
	wls_json_put_str(&json, "continue", wls_resolve_continue(r));
	wls_json_put_int(&json, "left", (int64_t)count_left(r, &files));
	wls_json_key(&json, "files");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < r->target_count; i++)
		put_target(&json, &r->targets[i]);
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
