/* SPDX-License-Identifier: MIT */
/*
 * The index: what is unmerged, and telling git that it is not any more.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include <git2/sys/repository.h>

#include "git/module.h"

/* The index that git itself would use: in a hook of `git commit -a` it is another file. */
static int first_index(struct wls_git *git)
{
	const char *named = getenv("GIT_INDEX_FILE");
	git_index *index = NULL;
	int code = 0;

	if (named && *named)
		code = git_index_open(&index, named);
	if (code == 0 && index)
		code = git_repository_set_index(git->repository, index);
	git_index_free(index);
	return code < 0 ? code : git_repository_index(&git->index, git->repository);
}

/* Opens the index, or reads it again when another process has written it. */
static int open_index(struct wls_git *git, struct wls_error *err)
{
	int code = git->index ? git_index_read(git->index, 0) : first_index(git);

	return code < 0 ? wls_git_fail(err, code, "the index", "cannot read it", "see `git status`")
			: 0;
}

static const struct wls_git_id *stage_id(const git_index_entry *entry, struct wls_git_id *id)
{
	bool file = entry && (entry->mode == GIT_FILEMODE_BLOB ||
			      entry->mode == GIT_FILEMODE_BLOB_EXECUTABLE);

	if (file)
		wls_git_copy_id(id, &entry->id);
	return file ? id : NULL;
}

int wls_git_unmerged(struct wls_git *git,
		     void (*each)(void *data, const char *path,
				  const struct wls_git_id *const stages[3]),
		     void *data, struct wls_error *err)
{
	git_index_conflict_iterator *iterator = NULL;
	const git_index_entry *entries[3];
	int status = open_index(git, err);

	if (status < 0)
		return status;
	int code = git_index_conflict_iterator_new(&iterator, git->index);
	while (code == 0 && (code = git_index_conflict_next(&entries[0], &entries[1], &entries[2],
							    iterator)) == 0) {
		struct wls_git_id ids[3];
		const struct wls_git_id *stages[3];
		const char *path = NULL;

		for (size_t i = 0; i < 3; i++) {
			stages[i] = stage_id(entries[i], &ids[i]);
			path = entries[i] ? entries[i]->path : path;
		}
		if (stages[0] || stages[1] || stages[2])
			each(data, path, stages);
	}
	git_index_conflict_iterator_free(iterator);
	if (code < 0 && code != GIT_ITEROVER)
		return wls_git_fail(err, code, "the index", "cannot read it", "see `git status`");
	return 0;
}

int wls_git_tracked(struct wls_git *git,
		    void (*each)(void *data, const char *path, const struct wls_git_id *blob),
		    void *data, struct wls_error *err)
{
	struct wls_git_id id;
	int status = open_index(git, err);

	for (size_t i = 0; status == 0 && i < git_index_entrycount(git->index); i++) {
		const git_index_entry *entry = git_index_get_byindex(git->index, i);
		if (git_index_entry_stage(entry) == 0 && stage_id(entry, &id))
			each(data, entry->path, &id);
	}
	return status;
}

int wls_git_stage(struct wls_git *git, const char *path, bool remove, struct wls_error *err)
{
	int status = open_index(git, err);

	if (status < 0)
		return status;
	int code = remove ? git_index_remove_bypath(git->index, path)
			  : git_index_add_bypath(git->index, path);
	if (code == 0)
		code = git_index_write(git->index);
	if (code < 0)
		return wls_git_fail(err, code, path, "cannot put it into the index",
				    "use `git add` or `git rm`");
	return 0;
}

enum wls_git_state wls_git_state_of(struct wls_git *git)
{
	switch (git_repository_state(git->repository)) {
	case GIT_REPOSITORY_STATE_MERGE:
		return WLS_GIT_STATE_MERGE;
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return WLS_GIT_STATE_REVERT;
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return WLS_GIT_STATE_CHERRY_PICK;
	case GIT_REPOSITORY_STATE_REBASE:
	case GIT_REPOSITORY_STATE_REBASE_INTERACTIVE:
	case GIT_REPOSITORY_STATE_REBASE_MERGE:
		return WLS_GIT_STATE_REBASE;
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE:
		return WLS_GIT_STATE_APPLY;
	default:
		return WLS_GIT_STATE_NONE;
	}
}
