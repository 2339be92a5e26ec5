/* SPDX-License-Identifier: MIT */
/*
 * What `wlsync install` reads and writes: configuration, attributes, and where they stand.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/module.h"

/* ---- places ---- */

static int no_home(struct wls_error *err)
{
	return wls_error_set(err, WLS_E_NOT_FOUND,
			     "HOME is not set, so that there is no user's configuration; set it");
}

/* Adds $XDG_CONFIG_HOME/git/NAME, or its default; false when there is no home. */
static bool add_xdg(struct wls_buf *out, const char *name)
{
	const char *xdg = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (xdg && *xdg)
		wls_buf_printf(out, "%s/git/%s", xdg, name);
	else if (home && *home)
		wls_buf_printf(out, "%s/.config/git/%s", home, name);
	return out->len > 0;
}

/* The file that `git config --global` writes. */
static int user_config(struct wls_buf *out, struct wls_error *err)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *home = getenv("HOME");

	if (global && *global) {
		wls_buf_add_str(out, global);
		return 0;
	}
	if (!home || !*home)
		return no_home(err);
	wls_buf_printf(out, "%s/.gitconfig", home);
	if (access(out->ptr, F_OK) == 0)
		return 0;
	wls_buf_clear(out);
	if (add_xdg(out, "config") && access(out->ptr, F_OK) == 0)
		return 0;
	wls_buf_clear(out);
	wls_buf_printf(out, "%s/.gitconfig", home);
	return 0;
}

/* A path from the configuration, "~/" meaning the home; relative ones stand in the work tree. */
static void add_configured(struct wls_git *git, const char *path, struct wls_buf *out)
{
	const char *home = getenv("HOME");
	char *value _cleanup_free_ = wls_strdup(path);

	wls_buf_clear(out);
	if (value[0] == '~' && value[1] == '/' && home)
		wls_buf_printf(out, "%s%s", home, value + 1);
	else if (value[0] == '/' || !git || !git->root)
		wls_buf_add_str(out, value);
	else
		wls_buf_printf(out, "%s/%s", git->root, value);
}

static int user_attributes(struct wls_git *git, struct wls_buf *out, struct wls_error *err)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status =
		wls_git_get(git, WLS_GIT_EFFECTIVE, "core.attributesFile", &value, &found, err);

	if (status < 0)
		return status;
	if (found)
		add_configured(git, wls_buf_str(&value), out);
	else if (!add_xdg(out, "attributes"))
		return no_home(err);
	return 0;
}

static int hooks(struct wls_git *git, struct wls_buf *out, struct wls_error *err)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status = wls_git_get(git, WLS_GIT_EFFECTIVE, "core.hooksPath", &value, &found, err);

	if (status < 0)
		return status;
	if (found)
		add_configured(git, wls_buf_str(&value), out);
	else
		wls_buf_printf(out, "%shooks", git_repository_commondir(git->repository));
	return 0;
}

int wls_git_place_of(struct wls_git *git, enum wls_git_place place, struct wls_buf *out,
		     struct wls_error *err)
{
	wls_buf_clear(out);
	switch (place) {
	case WLS_GIT_PLACE_COMMON:
		wls_buf_add_str(out, git_repository_commondir(git->repository));
		return 0;
	case WLS_GIT_PLACE_HOOKS:
		return hooks(git, out, err);
	case WLS_GIT_PLACE_CONFIG:
		wls_buf_printf(out, "%sconfig", git_repository_commondir(git->repository));
		return 0;
	case WLS_GIT_PLACE_USER_CONFIG:
		return user_config(out, err);
	default:
		return user_attributes(git, out, err);
	}
}

static int config_path(struct wls_git *git, enum wls_git_scope scope, struct wls_buf *out,
		       struct wls_error *err)
{
	enum wls_git_place place =
		scope == WLS_GIT_USER ? WLS_GIT_PLACE_USER_CONFIG : WLS_GIT_PLACE_CONFIG;

	return wls_git_place_of(git, place, out, err);
}

/* ---- reading ---- */

static int open_config(git_config **out, struct wls_git *git, enum wls_git_scope scope,
		       struct wls_error *err)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	int code, status = git ? 0 : wls_git_start(err);

	if (status == 0 && scope != WLS_GIT_EFFECTIVE)
		status = config_path(git, scope, &path, err);
	if (status < 0)
		return status;
	if (scope != WLS_GIT_EFFECTIVE)
		code = git_config_open_ondisk(out, path.ptr);
	else if (git)
		code = git_repository_config(out, git->repository);
	else
		code = wls_git_user_config(out);
	if (code < 0)
		return wls_git_fail(err, code, "git's configuration", "cannot read it",
				    "see `git config --list`");
	return 0;
}

int wls_git_get(struct wls_git *git, enum wls_git_scope scope, const char *key, struct wls_buf *out,
		bool *found, struct wls_error *err)
{
	git_config *config = NULL;
	git_config_entry *entry = NULL;
	int status = open_config(&config, git, scope, err);

	if (status < 0)
		return status;
	wls_buf_clear(out);
	int code = git_config_get_entry(&entry, config, key);
	*found = code == 0;
	if (*found && entry->value)
		wls_buf_add_str(out, entry->value);
	git_config_entry_free(entry);
	git_config_free(config);
	if (code < 0 && code != GIT_ENOTFOUND)
		return wls_git_fail(err, code, key, "cannot read it", "see `git config --list`");
	return 0;
}

int wls_git_attribute(struct wls_git *git, const char *path, const char *name, struct wls_buf *out,
		      struct wls_error *err)
{
	const char *value = NULL;

	wls_buf_clear(out);
	int code =
		git_attr_get(&value, git->repository, GIT_ATTR_CHECK_FILE_THEN_INDEX, path, name);
	if (code < 0)
		return wls_git_fail(err, code, path, "cannot read git's attributes of it",
				    "see `git check-attr --all`");
	switch (git_attr_value(value)) {
	case GIT_ATTR_VALUE_TRUE:
		wls_buf_add_str(out, "set");
		break;
	case GIT_ATTR_VALUE_FALSE:
		wls_buf_add_str(out, "unset");
		break;
	case GIT_ATTR_VALUE_STRING:
		wls_buf_add_str(out, value);
		break;
	default:
		break;
	}
	return 0;
}

/* ---- writing ---- */

/* A device named by GIT_CONFIG_GLOBAL (/dev/null) must not be replaced by a file. */
static int check_writable(const char *path, struct wls_error *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode))
		return wls_error_set(err, WLS_E_REFUSED,
				     "%.400s: is no regular file, so that no configuration is "
				     "written to it; set GIT_CONFIG_GLOBAL to one, or unset it",
				     path);
	return 0;
}

/* Makes the folders above a file. */
static int make_folders(const char *path, struct wls_error *err)
{
	char *folder _cleanup_free_ = wls_strdup(path);

	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		if (mkdir(folder, 0777) < 0 && errno != EEXIST)
			return wls_error_set(err, WLS_E_IO,
					     "%.400s: cannot make the folder: %s; make it yourself",
					     folder, strerror(errno));
		*slash = '/';
	}
	return 0;
}

/* A configuration file's text, and the file that git locks it by. */
struct locked {
	char *path; /* links followed */
	struct wls_buf lock;
	int fd;
	mode_t mode;
	struct wls_buf text;
};

static bool locked_open(struct locked *l, const char *path)
{
	char bytes[4096];
	struct stat st;

	*l = (struct locked){.fd = -1, .lock = WLS_BUF_INIT, .text = WLS_BUF_INIT};
	l->path = realpath(path, NULL);
	if (!l->path || stat(l->path, &st) < 0)
		return false;
	wls_buf_printf(&l->lock, "%s.lock", l->path);
	l->mode = st.st_mode & 0777;
	l->fd = open(l->lock.ptr, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, l->mode);
	FILE *in = l->fd >= 0 ? fopen(l->path, "re") : NULL;
	if (!in)
		return false;
	for (size_t n; (n = fread(bytes, 1, sizeof(bytes), in)) > 0;)
		wls_buf_add(&l->text, bytes, n);
	bool whole = !ferror(in);
	fclose(in);
	return whole;
}

/* Puts `text` into the file's place. */
static void locked_write(struct locked *l, struct wls_slice text)
{
	bool written = write(l->fd, text.ptr ? text.ptr : "", text.len) == (ssize_t)text.len &&
		       fchmod(l->fd, l->mode) == 0 && fsync(l->fd) == 0;

	if (written && rename(l->lock.ptr, l->path) == 0)
		wls_buf_clear(&l->lock);
}

static void locked_close(struct locked *l)
{
	if (l->fd >= 0) {
		close(l->fd);
		if (l->lock.len > 0)
			unlink(l->lock.ptr);
	}
	free(l->path);
	wls_buf_release(&l->lock);
	wls_buf_release(&l->text);
}

/* The heading of the section that a key stands in, as libgit2 writes it: `[merge "wlsync"]`. */
static void add_heading(const char *key, struct wls_buf *out)
{
	const char *first = strchr(key, '.'), *last = strrchr(key, '.');

	wls_buf_printf(out, "[%.*s", (int)(first - key), key);
	if (last > first)
		wls_buf_printf(out, " \"%.*s\"", (int)(last - first - 1), first + 1);
	wls_buf_add_char(out, ']');
}

/* The offset of a heading whose section holds nothing, and of what follows it. */
static bool find_empty(struct wls_slice text, struct wls_slice heading, size_t *begin, size_t *end)
{
	struct wls_slice rest = text, line;
	size_t at = 0;
	bool found = false;

	while (wls_slice_next_line(&rest, &line)) {
		struct wls_slice trimmed = wls_slice_trim(line);
		size_t next = text.len - rest.len;
		if (found && trimmed.len > 0)
			return trimmed.ptr[0] == '[';
		if (!found && wls_slice_eq(trimmed, heading)) {
			found = true;
			*begin = at;
			*end = next;
		}
		at = next;
	}
	return found;
}

/*
 * libgit2 leaves the heading when the last key of a section goes; git's own newer versions do not.
 * That it stays when this fails does no harm.
 */
static void drop_empty_section(const char *path, const char *key)
{
	struct wls_buf heading _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	struct locked file;
	size_t begin = 0, end = 0;

	add_heading(key, &heading);
	if (locked_open(&file, path) &&
	    find_empty(wls_buf_slice(&file.text), wls_buf_slice(&heading), &begin, &end)) {
		wls_buf_add(&text, file.text.ptr, begin);
		wls_buf_add(&text, file.text.ptr + end, file.text.len - end);
		locked_write(&file, wls_buf_slice(&text));
	}
	locked_close(&file);
}

/*
 * Writes or deletes, and leaves the file's mode: libgit2 replaces the file by one of mode 0666 less the
 * umask, but a configuration may hold what others must not read.
 */
static int change_setting(git_config *config, const char *path, const char *key, const char *value)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	mode_t mask = umask(exists ? ~st.st_mode & 0777 : 0777);

	if (!exists)
		umask(mask);
	int code = value ? git_config_set_string(config, key, value)
			 : git_config_delete_entry(config, key);
	umask(mask);
	return code;
}

int wls_git_set(struct wls_git *git, enum wls_git_scope scope, const char *key, const char *value,
		struct wls_error *err)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	git_config *config = NULL;
	int status = config_path(git, scope, &path, err);

	if (status == 0)
		status = check_writable(path.ptr, err);
	if (status == 0 && value)
		status = make_folders(path.ptr, err);
	if (status == 0)
		status = open_config(&config, git, scope, err);
	if (status < 0)
		return status;
	int code = change_setting(config, path.ptr, key, value);
	git_config_free(config);
	if (!value && code == GIT_ENOTFOUND)
		return 0;
	if (code < 0)
		return wls_git_fail(err, code, path.ptr, "cannot write git's configuration",
				    "see whether the file may be written, and whether a .lock is "
				    "left beside it");
	if (!value)
		drop_empty_section(path.ptr, key);
	return 0;
}
