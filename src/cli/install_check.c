/* SPDX-License-Identifier: MIT */
/*
 * wlsync install --check: what is half installed.
 *
 * git says nothing when an attribute names a driver that is not configured, or when a branch has no
 * attribute: it merges by lines.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/install.
 */
#include "cli/install.h"
#include "io/file.h"
#include "wlsync/graph.h"

#define INSTALL "wlsync install"

static const char *install_hint(const struct wls_install *in)
{
	return in->scope == WLS_GIT_USER ? INSTALL " --global" : INSTALL;
}

/* ---- configuration ---- */

static int check_style(struct wls_install *in, const char *driver, struct wls_error *err)
{
	const char *style, *has = strstr(driver, " --style=");
	int status = wls_install_style(in, &style, err);

	if (status < 0)
		return status;
	struct wls_slice now = has ? wls_slice(has + 9, strcspn(has + 9, " ;")) : WLS_SLICE("");
	if (style && !wls_slice_eq(now, wls_slice_of(style)))
		wls_install_found(in, "style",
				  wls_arena_printf(&in->arena,
						   "merge.conflictStyle is %s, but the driver's "
						   "command does not say so",
						   style),
				  install_hint(in));
	return 0;
}

static int check_driver(struct wls_install *in, const char *driver, struct wls_error *err)
{
	const char *program = wls_install_program(&in->arena, driver, WLS_INSTALL_RUNS_DRIVER);

	if (!program) {
		wls_install_found(in, "foreign-driver",
				  "merge.wlsync.driver does not run wlsync merge-driver",
				  install_hint(in));
		return 0;
	}
	if (!wls_install_runs(program))
		wls_install_found(
			in, "missing-program",
			wls_arena_printf(&in->arena,
					 "merge.wlsync.driver names %s, which is not there: git "
					 "merges WorkLogs by lines, or not at all",
					 program),
			"install wlsync again, then " INSTALL);
	if (strstr(driver, "'%") || strstr(driver, "\"%"))
		wls_install_found(in, "quoted-placeholder",
				  "merge.wlsync.driver has a placeholder within quotes, which "
				  "breaks names with blanks",
				  install_hint(in));
	return check_style(in, driver, err);
}

static int check_recursive(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status = in->api->get(in->git, WLS_GIT_EFFECTIVE, "merge.wlsync.recursive", &value,
				  &found, err);

	if (status == 0 && (!found || strcmp(wls_buf_str(&value), "binary") != 0))
		wls_install_found(in, "recursive",
				  "merge.wlsync.recursive is not binary: criss-cross merges then "
				  "see conflict markers in their base",
				  install_hint(in));
	return status;
}

/* ---- attributes ---- */

/* Whether the attributes file that install writes holds the word. */
static int file_has_attribute(struct wls_install *in, const char *word, const char **path,
			      bool *out, struct wls_error *err)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	int status = wls_install_attributes_path(in, path, err);

	if (status == 0)
		status = wls_file_read_any(&text, *path, NULL, err);
	*out = status == 0 && wls_install_has_attribute(wls_buf_slice(&text), word);
	return status;
}

/* Whether the user's own attributes hold it; libgit2 does not see them all. */
static bool user_has_attribute(struct wls_install *in, const char *word)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;

	return in->api->place(in->git, WLS_GIT_PLACE_USER_ATTRIBUTES, &path, &ignored) == 0 &&
	       wls_file_read_any(&text, path.ptr, NULL, &ignored) == 0 &&
	       wls_install_has_attribute(wls_buf_slice(&text), word);
}

/* Whether the repository's info/attributes, which all branches share, hold it. */
static bool info_has_attribute(struct wls_install *in, const char *word)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;

	if (!in->git || in->api->place(in->git, WLS_GIT_PLACE_COMMON, &path, &ignored) < 0)
		return false;
	wls_buf_add_str(&path, "info/attributes");
	return wls_file_read_any(&text, path.ptr, NULL, &ignored) == 0 &&
	       wls_install_has_attribute(wls_buf_slice(&text), word);
}

/* Whether any of these files holds it; *path is the one that install writes. */
static int any_has_attribute(struct wls_install *in, const char *word, const char **path, bool *out,
			     struct wls_error *err)
{
	int status = file_has_attribute(in, word, path, out, err);

	*out = status == 0 &&
	       (*out || user_has_attribute(in, word) || info_has_attribute(in, word));
	return status;
}

/* ---- branches ---- */

static bool commit_has_attribute(struct wls_install *in, const struct wls_git_id *commit)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_git_id blob;
	struct wls_error ignored;

	return in->api->find(in->git, commit, ".gitattributes", &blob, &ignored) == 0 &&
	       in->api->read(in->git, &blob, ".gitattributes", &text, &ignored) == 0 &&
	       wls_install_has_attribute(wls_buf_slice(&text), WLS_INSTALL_ATTRIBUTE);
}

static void check_branch(void *data, const struct wls_git_branch *branch)
{
	struct wls_install *in = data;

	/* What is checked out has its attributes from the disk. */
	if (branch->head || commit_has_attribute(in, &branch->commit))
		return;
	wls_install_found(
		in, "branch-without-attribute",
		wls_arena_printf(&in->arena,
				 "branch %s: .gitattributes does not name wlsync, so that merges "
				 "into it go by lines",
				 branch->name),
		wls_arena_printf(&in->arena,
				 "commit the line there (git switch %s, " INSTALL
				 ", git commit), or put it into .git/info/attributes",
				 branch->name));
}

/* A WorkLog whose attribute some other line has changed. */
static void check_tracked(void *data, const char *path, const struct wls_git_id *blob)
{
	struct wls_install *in = data;
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;
	struct wls_slice name = wls_slice_of(path);

	(void)blob;
	if (!wls_slice_ends_nocase(name, WLS_SLICE(".md")) ||
	    !wls_name_from_path(name, NULL, NULL) ||
	    in->api->attribute(in->git, path, "merge", &value, &ignored) < 0 ||
	    strcmp(wls_buf_str(&value), "wlsync") == 0 ||
	    (value.len == 0 && user_has_attribute(in, WLS_INSTALL_ATTRIBUTE)))
		return;
	wls_install_found(in, "other-attribute",
			  wls_arena_printf(&in->arena, "%s: its merge attribute is %s, not wlsync",
					   path, value.len > 0 ? value.ptr : "not set"),
			  "see `git check-attr merge`, and mend .gitattributes");
}

static int check_repository(struct wls_install *in, struct wls_error *err)
{
	int status = in->api->tracked(in->git, check_tracked, in, err);

	if (status == 0 && !user_has_attribute(in, WLS_INSTALL_ATTRIBUTE) &&
	    !info_has_attribute(in, WLS_INSTALL_ATTRIBUTE))
		status = in->api->branches(in->git, check_branch, in, err);
	return status;
}

/* ---- git diff ---- */

static const char *diff_hint(const struct wls_install *in)
{
	return in->scope == WLS_GIT_USER ? INSTALL " --diff --global" : INSTALL " --diff";
}

/* A setting that runs a program of ours; *found tells whether it is set at all. */
static int check_diff_command(struct wls_install *in, const char *key, const char *runs,
			      bool *found, struct wls_error *err)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	int status = in->api->get(in->git, WLS_GIT_EFFECTIVE, key, &value, found, err);

	*found = status == 0 && *found && value.len > 0;
	if (!*found)
		return status;
	const char *program = wls_install_program(&in->arena, value.ptr, runs);
	if (!program)
		wls_install_found(in, "foreign-diff",
				  wls_arena_printf(&in->arena, "%s does not run wlsync diff", key),
				  diff_hint(in));
	else if (!wls_install_runs(program))
		wls_install_found(in, "missing-program",
				  wls_arena_printf(&in->arena,
						   "%s names %s, which is not there: git shows "
						   "WorkLogs by lines",
						   key, program),
				  "install wlsync again, then " INSTALL " --diff");
	return 0;
}

static void report_diff_pair(struct wls_install *in, bool configured, bool attribute,
			     const char *path)
{
	const char *shown = wls_install_shown(in, path);

	if (!configured && !attribute && in->options->diff)
		wls_install_found(in, "diff-not-installed", "git diff does not use wlsync",
				  diff_hint(in));
	else if (!configured && attribute)
		wls_install_found(in, "attribute-without-diff",
				  wls_arena_printf(&in->arena,
						   "%s says diff=wlsync, but diff.wlsync.command "
						   "or diff.wlsync.textconv is not set: git shows "
						   "WorkLogs by lines",
						   shown),
				  diff_hint(in));
	else if (configured && !attribute)
		wls_install_found(in, "diff-without-attribute",
				  wls_arena_printf(&in->arena,
						   "diff.wlsync is set, but %s does not say "
						   "diff=wlsync: git shows WorkLogs by lines",
						   shown),
				  diff_hint(in));
}

/* A WorkLog that git shows by another driver, by some other line. */
static void check_tracked_diff(void *data, const char *path, const struct wls_git_id *blob)
{
	struct wls_install *in = data;
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;

	(void)blob;
	if (!wls_slice_ends_nocase(wls_slice_of(path), WLS_SLICE(".md")) ||
	    !wls_name_from_path(wls_slice_of(path), NULL, NULL) ||
	    in->api->attribute(in->git, path, "diff", &value, &ignored) < 0 ||
	    strcmp(wls_buf_str(&value), "wlsync") == 0 ||
	    (value.len == 0 && user_has_attribute(in, WLS_INSTALL_DIFF)))
		return;
	wls_install_found(in, "other-attribute",
			  wls_arena_printf(&in->arena, "%s: its diff attribute is %s, not wlsync",
					   path, value.len > 0 ? value.ptr : "not set"),
			  "see `git check-attr diff`, and mend .gitattributes");
}

/* `git diff` by wlsync is an extra: that it is not installed at all is fine. */
static int check_diff(struct wls_install *in, struct wls_error *err)
{
	const char *path;
	bool command, textconv = false, attribute;
	int status =
		check_diff_command(in, "diff.wlsync.command", WLS_INSTALL_RUNS_DIFF, &command, err);

	if (status == 0)
		status = check_diff_command(in, "diff.wlsync.textconv", WLS_INSTALL_RUNS_TEXTCONV,
					    &textconv, err);
	if (status == 0)
		status = any_has_attribute(in, WLS_INSTALL_DIFF, &path, &attribute, err);
	if (status < 0)
		return status;
	report_diff_pair(in, attribute ? command && textconv : command || textconv, attribute,
			 path);
	in->shows_diff = command && textconv && attribute;
	return in->shows_diff && in->git ? in->api->tracked(in->git, check_tracked_diff, in, err)
					 : 0;
}

/* ---- all of it ---- */

static int check_pair(struct wls_install *in, bool configured, bool *attribute,
		      struct wls_error *err)
{
	const char *path;
	int status = any_has_attribute(in, WLS_INSTALL_ATTRIBUTE, &path, attribute, err);

	if (status < 0)
		return status;
	const char *shown = wls_install_shown(in, path);
	if (!configured && !*attribute)
		wls_install_found(in, "not-installed", "the merge driver is not installed",
				  install_hint(in));
	else if (!configured)
		wls_install_found(in, "attribute-without-driver",
				  wls_arena_printf(&in->arena,
						   "%s names wlsync, but merge.wlsync.driver is "
						   "not set: git merges by lines and says nothing",
						   shown),
				  install_hint(in));
	else if (!*attribute)
		wls_install_found(in, "driver-without-attribute",
				  wls_arena_printf(&in->arena,
						   "merge.wlsync.driver is set, but %s does not "
						   "name wlsync: git merges by lines",
						   shown),
				  install_hint(in));
	return 0;
}

int wls_install_check(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf driver _cleanup_buf_ = WLS_BUF_INIT;
	bool configured, attribute;
	int status = in->api->get(in->git, WLS_GIT_EFFECTIVE, "merge.wlsync.driver", &driver,
				  &configured, err);

	configured = status == 0 && configured && driver.len > 0;
	if (status == 0)
		status = check_pair(in, configured, &attribute, err);
	if (status == 0 && configured)
		status = check_driver(in, driver.ptr, err);
	if (status == 0 && configured)
		status = check_recursive(in, err);
	if (status == 0 && in->git && attribute)
		status = check_repository(in, err);
	if (status == 0)
		status = check_diff(in, err);
	if (status == 0 && in->git)
		status = wls_check_hook(in, err);
	return status;
}
