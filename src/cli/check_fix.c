/* SPDX-License-Identifier: MIT */
/*
 * --fix: files are replaced whole, or left as they are and named.
 *
 * Layer: cli. Includes: base, buf, check, io, cli/check.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/check.h"
#include "io/file.h"
#include "io/path.h"

static const char *full_path(const struct wls_checked *checked, struct wls_arena *arena,
			     struct wls_slice shown)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	const char *root = checked->ws->root;

	wls_path_add_join(&path, root && shown.ptr[0] != '/' ? wls_slice_of(root) : WLS_SLICE(""),
			  shown);
	return wls_arena_copy(arena, wls_buf_slice(&path)).ptr;
}

/* A file that failed is not tried again. */
static void fail_file(struct wls_check_fixes *fixes, struct wls_slice shown, const char *why)
{
	struct wls_slice path = wls_arena_copy(&fixes->arena, shown);

	*wls_map_at(&fixes->failed, path) = 0;
	fixes->any_failed = true;
	wls_cli_say("not mended: %s", why);
}

static bool has_failed(const struct wls_check_fixes *fixes, struct wls_slice shown)
{
	return wls_map_find(&fixes->failed, shown) != WLS_MAP_NONE;
}

static struct wls_check_fixed *add_fixed(struct wls_check_fixes *fixes,
					 const struct wls_check_finding *finding)
{
	WLS_GROW(fixes->list, fixes->cap, fixes->count + 1);
	fixes->list[fixes->count] = (struct wls_check_fixed){
		.file = wls_arena_copy(&fixes->arena, finding->place.file),
		.rule = finding->rule,
		.line = finding->place.line,
		.column = finding->place.line > 0 ? finding->place.column : 0,
	};
	return &fixes->list[fixes->count++];
}

/* ---- texts ---- */

/* Whether the file still holds what was read; the lock keeps other commands from writing it. */
static bool is_unchanged(const struct wls_kept_file *kept, const char *path, struct wls_error *err)
{
	struct wls_buf now _cleanup_buf_ = WLS_BUF_INIT;

	if (wls_file_read_any(&now, path, NULL, err) < 0)
		return false;
	if (wls_slice_eq(wls_buf_slice(&now), wls_buf_slice(&kept->source)))
		return true;
	wls_error_set(err, WLS_E_REFUSED, "%.*s: was changed meanwhile; run it again",
		      WLS_SLICE_ARG(kept->path));
	return false;
}

static bool replace_file(const struct wls_kept_file *kept, const char *path, struct wls_slice text,
			 struct wls_error *err)
{
	int lock _cleanup_lock_ = -1;

	return wls_file_lock(&lock, path, err) == 0 && is_unchanged(kept, path, err) &&
	       wls_file_write(path, text, err) == 0;
}

static bool fix_file(const struct wls_checked *checked, const struct wls_kept_file *kept,
		     struct wls_check_fixes *fixes, bool *fixed)
{
	const struct wls_check *check = checked->check;
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_check_file file = {kept->path, kept->doc};
	struct wls_error err;

	memset(fixed, 0, check->count * sizeof(*fixed));
	if (wls_check_fix(check, &file, &out, fixed) == 0)
		return false;
	const char *path = full_path(checked, &fixes->arena, kept->path);
	if (!replace_file(kept, path, wls_buf_slice(&out), &err)) {
		fail_file(fixes, kept->path, err.text);
		return false;
	}
	for (size_t i = 0; i < check->count; i++)
		if (fixed[i])
			add_fixed(fixes, &check->findings[i]);
	return true;
}

/* ---- names ---- */

static bool rename_file(const struct wls_checked *checked, const struct wls_check_finding *finding,
			struct wls_check_fixes *fixes)
{
	const struct wls_kept_file *kept =
		wls_checked_file(checked, finding->place.file, WLS_SLICE(""));
	struct wls_slice name;
	struct wls_error err;

	if (!kept)
		return false;
	name = wls_check_fixed_name(&fixes->arena, kept->path, kept->doc->facts->version);
	if (name.len == 0)
		return false;
	const char *from = full_path(checked, &fixes->arena, kept->path);
	const char *to = full_path(checked, &fixes->arena, name);
	if (access(to, F_OK) == 0) {
		wls_error_set(&err, WLS_E_REFUSED,
			      "%.*s: cannot be renamed: %.*s exists; look which of them is right",
			      WLS_SLICE_ARG(kept->path), WLS_SLICE_ARG(name));
		fail_file(fixes, kept->path, err.text);
		return false;
	}
	if (rename(from, to) < 0) {
		wls_file_error(&err, from, "rename", errno);
		fail_file(fixes, kept->path, err.text);
		return false;
	}
	add_fixed(fixes, finding)->to = name;
	return true;
}

static bool is_about_name(const struct wls_check_finding *finding)
{
	return finding->rule == WLS_RULE_VERSION_MISMATCH && finding->place.line == 0 &&
	       !finding->ignored;
}

/* ---- all ---- */

size_t wls_check_fix_files(const struct wls_checked *checked, bool names,
			   struct wls_check_fixes *fixes)
{
	const struct wls_check *check = checked->check;
	bool *fixed = wls_alloc(check->count + 1, sizeof(*fixed));
	struct wls_slice last = {0};
	size_t changed = 0;

	/* Findings are sorted by file. */
	for (size_t i = 0; i < check->count; i++) {
		const struct wls_check_finding *finding = &check->findings[i];
		struct wls_slice path = finding->place.file;
		const struct wls_kept_file *kept;

		if (!finding->fixable || finding->ignored || wls_slice_eq(path, last) ||
		    has_failed(fixes, path))
			continue;
		last = path;
		kept = wls_checked_file(checked, path, WLS_SLICE(""));
		if (kept)
			changed += fix_file(checked, kept, fixes, fixed);
	}
	for (size_t i = 0; names && i < check->count; i++)
		if (is_about_name(&check->findings[i]) &&
		    !has_failed(fixes, check->findings[i].place.file))
			changed += rename_file(checked, &check->findings[i], fixes);
	free(fixed);
	return changed;
}

void wls_check_fixes_release(struct wls_check_fixes *fixes)
{
	free(fixes->list);
	wls_map_release(&fixes->failed);
	wls_arena_release(&fixes->arena);
}
