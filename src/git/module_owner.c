/* SPDX-License-Identifier: MIT */
/*
 * Whether another user's repository is trusted.
 *
 * libgit2 1.5 reads safe.directory, but knows neither `*` nor `folder/` followed by `*`, which
 * containers and CI runners set, nor the file that GIT_CONFIG_GLOBAL names. So, when it refuses a
 * repository, the list is read again here, by git's rules: only from the system's and the user's
 * configuration; an empty value forgets what stands before it.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include "git/module.h"

struct question {
	struct wls_slice folder; /* the work tree, or the bare repository */
	bool trusted;
};

static bool names(struct wls_slice value, struct wls_slice folder)
{
	if (wls_slice_eq(value, WLS_SLICE("*")))
		return true;
	if (value.len > 2 && memcmp(value.ptr + value.len - 2, "/*", 2) == 0)
		return wls_slice_starts(folder, wls_slice(value.ptr, value.len - 1));
	if (value.len > 1 && value.ptr[value.len - 1] == '/')
		value.len--;
	return wls_slice_eq(value, folder);
}

static int look_at(const git_config_entry *entry, void *data)
{
	struct question *q = data;
	struct wls_slice value = wls_slice_of(entry->value);
	bool user = entry->level == GIT_CONFIG_LEVEL_SYSTEM ||
		    entry->level == GIT_CONFIG_LEVEL_XDG || entry->level == GIT_CONFIG_LEVEL_GLOBAL;

	if (user && value.len == 0)
		q->trusted = false;
	else if (user && names(value, q->folder))
		q->trusted = true;
	return 0;
}

bool wls_git_is_trusted(const char *folder)
{
	static const char dot_git[] = "/.git";
	git_config *config = NULL;
	git_buf found = {0};
	struct question q = {.trusted = false};

	if (git_repository_discover(&found, folder, 0, getenv("GIT_CEILING_DIRECTORIES")) < 0)
		return false;
	q.folder = wls_slice(found.ptr, found.size);
	while (q.folder.len > 1 && q.folder.ptr[q.folder.len - 1] == '/')
		q.folder.len--;
	if (wls_slice_ends_nocase(q.folder, wls_slice_of(dot_git)))
		q.folder.len -= sizeof(dot_git) - 1;
	if (wls_git_user_config(&config) == 0)
		git_config_get_multivar_foreach(config, "safe.directory", NULL, look_at, &q);
	git_config_free(config);
	git_buf_dispose(&found);
	return q.trusted;
}
