/* SPDX-License-Identifier: MIT */
/*
 * Where the files of a workspace are.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/workspace.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/workspace_internal.h"
#include "io/file.h"
#include "io/path.h"

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/*
 * The nearest folder that exists at or above `path`, absolute and without links: where the search
 * for a repository starts. The caller frees it.
 */
static char *existing_folder(const char *path)
{
	char *at _cleanup_free_ = wls_strdup(path);
	for (;;) {
		char *real = is_folder(at) ? realpath(at, NULL) : NULL;
		if (real)
			return real;
		char *slash = strrchr(at, '/');
		if (!slash)
			return realpath(".", NULL);
		slash[slash == at] = '\0';
		if (strcmp(at, "/") == 0)
			return wls_strdup("/");
	}
}

/* The root outside of a work tree: the one folder that was named, or none. The caller frees it. */
static char *plain_root(const struct wls_workspace_options *options, const char *cwd)
{
	if (options->path_count == 0)
		return wls_strdup(cwd);
	if (options->path_count == 1 && is_folder(options->paths[0]))
		return realpath(options->paths[0], NULL);
	return NULL;
}

/* Finds the repository: of the first path that was named; for commits, first of where we stand. */
static void find_repository(struct wls_workspace_intake *in)
{
	const struct wls_workspace_options *options = in->options;
	bool commits = options->rev || options->all_branches || options->staged;

	if (options->path_count == 0 || commits)
		in->git_kind = wls_git_find(in->cwd, &in->git_folder);
	if (in->git_kind != WLS_GIT_NONE || options->path_count == 0)
		return;
	char *start _cleanup_free_ = existing_folder(options->paths[0]);
	if (start)
		in->git_kind = wls_git_find(start, &in->git_folder);
}

int wls_workspace_locate(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;

	in->cwd = realpath(".", NULL);
	if (!in->cwd)
		return wls_file_error(err, ".", "stand in", errno);
	find_repository(in);
	ws->in_git = in->git_kind == WLS_GIT_WORK_TREE;
	if (ws->in_git)
		in->root = wls_strdup(in->git_folder);
	else
		in->root = plain_root(in->options, in->cwd);
	ws->root = in->root;
	if (!in->root)
		return 0;
	in->root_fd = open(in->root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (in->root_fd >= 0)
		return 0;
	in->root_fd = AT_FDCWD;
	return wls_file_error(err, in->root, "search", errno);
}

/* ---- configuration ---- */

/* A callback's data and its way to tell what went wrong. */
struct take_setting {
	struct wls_config *config;
	struct wls_error *err;
};

static int take_setting(void *data, const struct wls_git_setting *setting)
{
	struct take_setting *take = data;
	const struct wls_config_entry entry = {
		.key = setting->key,
		.value = setting->value,
		.has_value = setting->has_value,
		.origin = WLS_CONFIG_GIT,
	};
	return wls_config_add(take->config, &entry, setting->where, take->err);
}

/*
 * git's configuration. In a work tree the repository is opened for the search anyway, but not for
 * files that are named; elsewhere the module is loaded only when a user's files have our keys.
 */
static int read_git_settings(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;
	struct take_setting take = {&in->config, err};

	if (in->git)
		return in->api->settings(in->git, take_setting, &take, err);
	if (in->git_kind == WLS_GIT_WORK_TREE || !wls_git_may_configure())
		return 0;
	const struct wls_git_api *api;
	int status = wls_git_load(&api, err);
	return status < 0 ? status : api->settings(NULL, take_setting, &take, err);
}

/* The folder of `.wlsync`, absolute. */
static const char *config_folder(const struct wls_workspace *ws)
{
	const struct wls_workspace_intake *in = ws->intake;
	bool own = in->options->dir_given && access(".wlsync", F_OK) == 0;
	return in->git_kind != WLS_GIT_WORK_TREE || own ? in->cwd : in->root;
}

int wls_workspace_configure(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;
	struct wls_slice shown;

	int status = read_git_settings(ws, err);
	if (status < 0)
		return status;
	in->config_folder = wls_strdup(config_folder(ws));
	if (!wls_path_below(wls_slice_of(in->config_folder), wls_slice_of(in->cwd), &shown))
		shown = wls_slice_of(in->config_folder);
	int dir = open(in->config_folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0)
		return wls_file_error(err, in->config_folder, "search", errno);
	status = wls_config_read(&in->config, dir, shown.ptr, err);
	close(dir);
	in->has_patterns = wls_config_find(&in->config, "worklog.path") ||
			   wls_config_find(&in->config, "worklog.ignore");
	return status;
}

bool wls_workspace_open_git(struct wls_workspace *ws)
{
	struct wls_workspace_intake *in = ws->intake;
	struct wls_error error;

	if (in->git_tried || in->git_kind == WLS_GIT_NONE)
		return in->git != NULL;
	in->git_tried = true;
	if (wls_git_load(&in->api, &error) < 0 ||
	    in->api->open(&in->git, in->git_folder, &error) < 0)
		wls_workspace_add_error(ws, &error);
	return in->git != NULL;
}

/* ---- what a path is called ---- */

/* Adds the absolute path of what was typed, with links in its folders followed when it exists. */
static void add_absolute(const struct wls_workspace_intake *in, const char *path,
			 struct wls_buf *out)
{
	struct wls_buf clean _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name = wls_path_name(wls_slice_of(path));
	bool whole = is_folder(path) || name.len == 0 || wls_slice_eq(name, WLS_SLICE("..")) ||
		     wls_slice_eq(name, WLS_SLICE("."));

	wls_buf_add(&clean, path, whole ? strlen(path) : (size_t)(name.ptr - path));
	char *real _cleanup_free_ = realpath(clean.len > 0 ? clean.ptr : ".", NULL);
	if (real) {
		wls_path_add_join(out, wls_slice_of(real), whole ? WLS_SLICE("") : name);
		return;
	}
	wls_buf_clear(&clean);
	wls_path_add_join(&clean, path[0] == '/' ? WLS_SLICE("") : wls_slice_of(in->cwd),
			  wls_slice_of(path));
	wls_path_add_clean(out, wls_buf_slice(&clean), true);
}

void wls_workspace_add_shown(const struct wls_workspace_intake *in, const char *path,
			     struct wls_buf *out)
{
	struct wls_buf absolute _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice rest;

	if (!in->root) {
		wls_path_add_clean(out, wls_slice_of(path), false);
		return;
	}
	add_absolute(in, path, &absolute);
	if (!wls_path_below(wls_buf_slice(&absolute), wls_slice_of(in->root), &rest))
		rest = wls_buf_slice(&absolute);
	wls_buf_add_slice(out, rest.len > 0 ? rest : WLS_SLICE("."));
}
