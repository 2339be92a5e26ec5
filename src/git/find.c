/* SPDX-License-Identifier: MIT */
/*
 * Finding a repository by looking at the disk alone, as git's setup.c does, without reading any
 * configuration.
 *
 * Layer: git. Includes: base, buf, git/git.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "git/git.h"

static bool exists_in(int dir, const char *folder, const char *name)
{
	struct stat st;
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/%s", folder, name);
	return len > 0 && (size_t)len < sizeof(path) &&
	       fstatat(dir, path, &st, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Whether `.git` in a folder is a repository or points to one; git ignores other things. */
bool wls_git_is_nested(int dir, const char *folder)
{
	struct stat st;
	char path[PATH_MAX];
	int len = snprintf(path, sizeof(path), "%s/.git", folder);

	if (len < 0 || (size_t)len >= sizeof(path) || fstatat(dir, path, &st, 0) < 0)
		return false;
	return S_ISREG(st.st_mode) || (S_ISDIR(st.st_mode) && exists_in(dir, path, "HEAD"));
}

static bool is_bare(const char *folder)
{
	return exists_in(AT_FDCWD, folder, "HEAD") && exists_in(AT_FDCWD, folder, "objects") &&
	       exists_in(AT_FDCWD, folder, "refs");
}

/*
 * Length of the longest folder of GIT_CEILING_DIRECTORIES strictly above `folder`: the search does
 * not look there any more. 0: none.
 */
static size_t ceiling_of(const char *folder)
{
	const char *list = getenv("GIT_CEILING_DIRECTORIES");
	size_t longest = 0;

	while (list && *list) {
		size_t len = strcspn(list, ":"), name = len;
		while (name > 1 && list[name - 1] == '/')
			name--;
		if (list[0] == '/' && strncmp(folder, list, name) == 0 && folder[name] == '/' &&
		    name > longest)
			longest = name;
		list += len + (list[len] == ':');
	}
	return longest;
}

static bool crosses(const char *folder, dev_t device)
{
	struct stat st;
	const char *across = getenv("GIT_DISCOVERY_ACROSS_FILESYSTEM");
	if (across && *across && strcmp(across, "0") != 0 && strcmp(across, "false") != 0)
		return false;
	return stat(folder, &st) < 0 || st.st_dev != device;
}

/* Cuts the last component off; false at the root. */
static bool go_up(char *path)
{
	char *slash = strrchr(path, '/');
	if (!slash || path[1] == '\0')
		return false;
	slash[slash == path] = '\0';
	return true;
}

static enum wls_git_kind search(const char *folder, char **root)
{
	char *path _cleanup_free_ = wls_strdup(folder);
	size_t ceiling = ceiling_of(folder);
	struct stat st;

	if (stat(path, &st) < 0)
		return WLS_GIT_NONE;
	do {
		enum wls_git_kind kind = WLS_GIT_NONE;
		if (wls_git_is_nested(AT_FDCWD, path))
			kind = WLS_GIT_WORK_TREE;
		else if (is_bare(path))
			kind = WLS_GIT_BARE;
		if (kind != WLS_GIT_NONE) {
			*root = WLS_TAKE(path);
			return kind;
		}
	} while (go_up(path) && (ceiling == 0 || strlen(path) > ceiling) &&
		 !crosses(path, st.st_dev));
	return WLS_GIT_NONE;
}

enum wls_git_kind wls_git_find(const char *folder, char **root)
{
	const char *tree = getenv("GIT_WORK_TREE");

	*root = NULL;
	if (!getenv("GIT_DIR"))
		return search(folder, root);
	*root = realpath(tree && *tree ? tree : ".", NULL);
	return *root ? WLS_GIT_WORK_TREE : WLS_GIT_NONE;
}

/* ---- configuration files ---- */

/* Larger ones are not read: the module then says what they hold. */
#define CONFIG_MAX ((size_t)64 << 10)

/* Whether a file holds the word `wlsync` or an include. */
static bool file_mentions(const char *path)
{
	char bytes[CONFIG_MAX];
	FILE *f = fopen(path, "re");
	if (!f)
		return false;
	size_t len = fread(bytes, 1, sizeof(bytes), f);
	fclose(f);
	for (size_t i = 0; i + 6 < len; i++) {
		struct wls_slice rest = wls_slice(bytes + i, len - i);
		if (wls_slice_starts_nocase(rest, WLS_SLICE("wlsync")) ||
		    wls_slice_starts_nocase(rest, WLS_SLICE("[include")))
			return true;
	}
	return len == sizeof(bytes);
}

static bool mentions_in(const char *folder, const char *name)
{
	char path[PATH_MAX];
	int len = folder && *folder ? snprintf(path, sizeof(path), "%s/%s", folder, name) : -1;
	return len > 0 && (size_t)len < sizeof(path) && file_mentions(path);
}

bool wls_git_may_configure(void)
{
	const char *no_system = getenv("GIT_CONFIG_NOSYSTEM");
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *xdg = getenv("XDG_CONFIG_HOME");
	const char *home = getenv("HOME");

	if (!(no_system && *no_system) && file_mentions("/etc/gitconfig"))
		return true;
	if (global)
		return file_mentions(global);
	if (mentions_in(home, ".gitconfig"))
		return true;
	return xdg && *xdg ? mentions_in(xdg, "git/config")
			   : mentions_in(home, ".config/git/config");
}
