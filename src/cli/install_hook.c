/* SPDX-License-Identifier: MIT */
/*
 * The pre-commit hook that runs `wlsync check --staged`: what the commit changes, from the index.
 *
 * Another hook that stands there keeps its lines: ours go right behind its first one, since many hooks end
 * with `exit` or `exec`. A hook that is no shell script is left alone.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/install.
 */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/install.h"
#include "io/file.h"

#define SHEBANG "#!/bin/sh\n"
/* A clone may lack wlsync, or have one without `check`: that must not stop a commit. */
#define LINES                                                                                      \
	"if command -v wlsync >/dev/null 2>&1 && wlsync check --help >/dev/null 2>&1; then\n"      \
	"\twlsync -q check --staged || exit 1\n"                                                   \
	"fi\n"

static int hook_path(struct wls_install *in, const char **path, struct wls_error *err)
{
	struct wls_buf place _cleanup_buf_ = WLS_BUF_INIT;
	int status = in->api->place(in->git, WLS_GIT_PLACE_HOOKS, &place, err);

	if (status == 0)
		*path = wls_arena_printf(&in->arena, "%s/pre-commit", wls_buf_str(&place));
	return status;
}

/* Whether the first line starts a shell: `#!/bin/sh`, `#!/usr/bin/env bash`. */
static bool is_shell_script(struct wls_slice text)
{
	struct wls_slice rest = text, line;

	if (!wls_slice_next_line(&rest, &line) || !wls_slice_starts(line, WLS_SLICE("#!")))
		return false;
	size_t end = wls_slice_find(line, WLS_SLICE("sh"));
	return end != SIZE_MAX &&
	       (end + 2 == line.len || line.ptr[end + 2] == ' ' || line.ptr[end + 2] == '\t');
}

static size_t first_line(struct wls_slice text)
{
	struct wls_slice rest = text, line;

	return wls_slice_next_line(&rest, &line) ? text.len - rest.len : 0;
}

static int make_executable(const char *path, struct wls_error *err)
{
	struct stat st;
	mode_t mask = umask(0);

	umask(mask);
	if (stat(path, &st) < 0 || chmod(path, st.st_mode | (0111 & ~mask)) < 0)
		return wls_file_error(err, path, "chmod +x", errno);
	return 0;
}

static int write_hook(struct wls_install *in, const char *path, struct wls_slice old,
		      struct wls_error *err)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	char *folder _cleanup_free_ = wls_strdup(path);

	*strrchr(folder, '/') = '\0';
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		return wls_file_error(err, folder, "make", errno);
	wls_install_block_put(old, first_line(old), LINES, &text);
	if (wls_slice_eq(old, wls_buf_slice(&text)) && access(path, X_OK) == 0)
		return 0;
	int status = wls_file_write(path, wls_buf_slice(&text), err);
	if (status == 0)
		status = make_executable(path, err);
	if (status == 0)
		wls_install_changed(in, wls_install_shown(in, path), NULL,
				    "runs wlsync check before each commit");
	return status;
}

int wls_install_hook(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT;
	const char *path;
	int status = hook_path(in, &path, err);

	if (status == 0)
		status = wls_file_read_any(&old, path, NULL, err);
	if (status != 0)
		return status;
	if (old.len == 0)
		wls_buf_add_str(&old, SHEBANG);
	if (!is_shell_script(wls_buf_slice(&old)))
		return wls_error_set(err, WLS_E_REFUSED,
				     "%.400s: is another hook, and no shell script; let it run "
				     "`wlsync check` and stop when that fails",
				     wls_install_shown(in, path));
	return write_hook(in, path, wls_buf_slice(&old), err);
}

int wls_uninstall_hook(struct wls_install *in, struct wls_error *err)
{
	const char *path;
	int status = hook_path(in, &path, err);

	return status != 0 ? status : wls_install_block_remove(in, path, WLS_SLICE(SHEBANG), err);
}

int wls_check_hook(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT;
	const char *path;
	size_t begin, end;
	int status = hook_path(in, &path, err);

	if (status == 0)
		status = wls_file_read_any(&old, path, NULL, err);
	if (status == 0 && wls_install_block_find(wls_buf_slice(&old), &begin, &end) &&
	    access(path, X_OK) < 0)
		wls_install_found(in, "hook-not-executable",
				  wls_arena_printf(&in->arena, "%s: git does not run it",
						   wls_install_shown(in, path)),
				  "wlsync install --hook");
	return status;
}
