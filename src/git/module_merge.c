/* SPDX-License-Identifier: MIT */
/*
 * What two commits have in common, and what differs between them.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include "git/module.h"

void wls_git_copy_id(struct wls_git_id *to, const git_oid *from)
{
	memcpy(to->bytes, from->id, sizeof(to->bytes));
}

git_oid wls_git_oid(const struct wls_git_id *id)
{
	git_oid oid;

	memcpy(oid.id, id->bytes, sizeof(oid.id));
	return oid;
}

int wls_git_merge_base(struct wls_git *git, const struct wls_git_id *a, const struct wls_git_id *b,
		       struct wls_git_id *out, struct wls_error *err)
{
	git_oid one = wls_git_oid(a), two = wls_git_oid(b), base;

	int code = git_merge_base(&base, git->repository, &one, &two);
	if (code < 0)
		return wls_git_fail(err, code, git_oid_tostr_s(&two),
				    "has no common ancestor with HEAD",
				    "see `git log --graph --all`");
	wls_git_copy_id(out, &base);
	return 0;
}

static int tree_of(git_tree **out, struct wls_git *git, const struct wls_git_id *commit,
		   struct wls_error *err)
{
	git_oid oid = wls_git_oid(commit);
	git_commit *found = NULL;

	int code = git_commit_lookup(&found, git->repository, &oid);
	if (code == 0)
		code = git_commit_tree(out, found);
	git_commit_free(found);
	if (code < 0)
		return wls_git_fail(err, code, git_oid_tostr_s(&oid), "cannot read the commit",
				    "see `git fsck`");
	return 0;
}

static bool is_file(uint16_t mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* ---- changes ---- */

struct visit {
	void (*each)(void *data, const char *path, const struct wls_git_id *old,
		     const struct wls_git_id *now);
	void *data;
};

static void visit_delta(const struct visit *visit, const git_diff_delta *delta)
{
	struct wls_git_id old, now;
	bool was = delta->status != GIT_DELTA_ADDED && is_file(delta->old_file.mode);
	bool is = delta->status != GIT_DELTA_DELETED && is_file(delta->new_file.mode);

	wls_git_copy_id(&old, &delta->old_file.id);
	wls_git_copy_id(&now, &delta->new_file.id);
	if (was || is)
		visit->each(visit->data, is ? delta->new_file.path : delta->old_file.path,
			    was ? &old : NULL, is ? &now : NULL);
}

static int visit_diff(struct wls_git *git, git_tree *from, git_tree *to, const struct visit *visit,
		      struct wls_error *err)
{
	git_diff *diff = NULL;

	int code = git_diff_tree_to_tree(&diff, git->repository, from, to, NULL);
	if (code < 0)
		return wls_git_fail(err, code, "commits", "cannot compare them", "see `git fsck`");
	for (size_t i = 0; i < git_diff_num_deltas(diff); i++)
		visit_delta(visit, git_diff_get_delta(diff, i));
	git_diff_free(diff);
	return 0;
}

int wls_git_changes(struct wls_git *git, const struct wls_git_id *from, const struct wls_git_id *to,
		    void (*each)(void *data, const char *path, const struct wls_git_id *old,
				 const struct wls_git_id *now),
		    void *data, struct wls_error *err)
{
	git_tree *old = NULL, *now = NULL;

	int status = from ? tree_of(&old, git, from, err) : 0;
	if (status == 0)
		status = tree_of(&now, git, to, err);
	if (status == 0)
		status = visit_diff(git, old, now, &(struct visit){each, data}, err);
	git_tree_free(old);
	git_tree_free(now);
	return status;
}

int wls_git_find_file(struct wls_git *git, const struct wls_git_id *commit, const char *path,
		      struct wls_git_id *blob, struct wls_error *err)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;

	int status = tree_of(&tree, git, commit, err);
	if (status < 0)
		return status;
	int code = git_tree_entry_bypath(&entry, tree, path);
	git_tree_free(tree);
	bool file = code == 0 && is_file((uint16_t)git_tree_entry_filemode(entry));
	if (file)
		wls_git_copy_id(blob, git_tree_entry_id(entry));
	git_tree_entry_free(entry);
	if (code < 0 && code != GIT_ENOTFOUND)
		return wls_git_fail(err, code, path, "cannot read it from git", "see `git fsck`");
	return file ? 0
		    : wls_error_set(err, WLS_E_NOT_FOUND,
				    "%.480s: is no file of that commit; see `git ls-tree -r`",
				    path);
}
