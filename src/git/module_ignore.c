/* SPDX-License-Identifier: MIT */
/*
 * What git ignores.
 *
 * libgit2 answers by the rules alone; git applies them only to what is not tracked. So the index is
 * asked too, but only for what a rule ignores: most repositories have few such paths, and reading a
 * large index costs more than the rules.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include "git/module.h"

/* Whether the path, or something in the folder, is in the index at any stage. */
static int is_tracked(struct wls_git *git, const char *path, bool folder, bool *out)
{
	int code = git->index ? 0 : git_repository_index(&git->index, git->repository);
	if (code < 0)
		return code;
	code = folder ? git_index_find_prefix(NULL, git->index, path)
		      : git_index_find(NULL, git->index, path);
	*out = code == 0;
	return code == GIT_ENOTFOUND ? 0 : code;
}

int wls_git_ignored(struct wls_git *git, const char *path, bool folder, bool *out,
		    struct wls_error *err)
{
	int by_rule = 0;
	bool tracked = false;

	wls_buf_clear(&git->path);
	wls_buf_add_str(&git->path, path);
	if (folder)
		wls_buf_add_char(&git->path, '/');
	const char *asked = wls_buf_str(&git->path);
	int code = git_ignore_path_is_ignored(&by_rule, git->repository, asked);
	if (code == 0 && by_rule)
		code = is_tracked(git, asked, folder, &tracked);
	if (code < 0)
		return wls_git_fail(err, code, path, "cannot tell whether git ignores it",
				    "see what `git check-ignore` says");
	*out = by_rule && !tracked;
	return 0;
}
