/* SPDX-License-Identifier: MIT */
/*
 * Revisions, their dates, and the files of their trees.
 *
 * The walk keeps its own stack: a tree of hostile depth costs memory, not the call stack.
 *
 * Layer: git. Includes: base, buf, git/git, git/module, libgit2.
 */
#include <limits.h>

#include "git/module.h"

_Static_assert(sizeof(((git_oid *)0)->id) == sizeof(((struct wls_git_id *)0)->bytes),
	       "an id holds one of libgit2's");

int wls_git_resolve(struct wls_git *git, const char *rev, struct wls_git_id *commit,
		    struct wls_error *err)
{
	git_object *named = NULL, *peeled = NULL;
	int code = git_revparse_single(&named, git->repository, rev);
	if (code == 0)
		code = git_object_peel(&peeled, named, GIT_OBJECT_COMMIT);
	if (code == 0)
		wls_git_copy_id(commit, git_object_id(peeled));
	git_object_free(peeled);
	git_object_free(named);
	if (code == GIT_EAMBIGUOUS)
		return wls_git_fail(err, code, rev, "names several objects", "write more of it");
	if (code < 0)
		return wls_git_fail(err, code, rev, "is no commit here",
				    "see `git branch --all`, `git tag`, `git log`");
	return 0;
}

int64_t wls_git_head_date(struct wls_git *git)
{
	git_object *head = NULL;
	int64_t date = 0;

	if (git_revparse_single(&head, git->repository, "HEAD^{commit}") == 0)
		date = git_commit_time((const git_commit *)head);
	git_object_free(head);
	return date;
}

/* ---- the walk ---- */

struct level {
	git_tree *tree;
	size_t next;     /* entry */
	size_t path_len; /* of the folder, in the walk's path */
};

struct walk {
	git_repository *repository;
	const struct wls_git_visitor *visitor;
	struct level *levels;
	size_t count, cap;
	struct wls_buf path; /* of the entry at hand */
};

static void push(struct walk *w, git_tree *tree)
{
	WLS_GROW(w->levels, w->cap, w->count + 1);
	w->levels[w->count++] = (struct level){tree, 0, w->path.len};
}

static void visit_folder(struct walk *w, const git_tree_entry *entry)
{
	struct wls_error error;
	git_tree *tree = NULL;
	void *data = w->visitor->data;

	if (!w->visitor->enter(data, w->path.ptr))
		return;
	if (w->path.len >= PATH_MAX) {
		wls_error_set(&error, WLS_E_LIMIT, "…%.400s: the path is too long; not searched",
			      w->path.ptr + w->path.len - 300);
		w->visitor->broken(data, w->path.ptr, &error);
		return;
	}
	int code = git_tree_lookup(&tree, w->repository, git_tree_entry_id(entry));
	if (code == 0) {
		push(w, tree);
		return;
	}
	wls_git_fail(&error, code, w->path.ptr, "cannot read the folder", "see `git fsck`");
	w->visitor->broken(data, w->path.ptr, &error);
}

static void visit_entry(struct walk *w, const git_tree_entry *entry)
{
	git_filemode_t mode = git_tree_entry_filemode(entry);
	struct wls_git_id id;

	if (w->path.len > 0)
		wls_buf_add_char(&w->path, '/');
	wls_buf_add_str(&w->path, git_tree_entry_name(entry));
	if (mode == GIT_FILEMODE_TREE) {
		visit_folder(w, entry);
	} else if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE) {
		wls_git_copy_id(&id, git_tree_entry_id(entry));
		w->visitor->file(w->visitor->data, w->path.ptr, &id);
	}
}

static void walk_levels(struct walk *w)
{
	while (w->count > 0) {
		struct level *top = &w->levels[w->count - 1];
		const git_tree_entry *entry = git_tree_entry_byindex(top->tree, top->next++);
		wls_buf_truncate(&w->path, top->path_len);
		if (entry) {
			visit_entry(w, entry);
		} else {
			git_tree_free(top->tree);
			w->count--;
		}
	}
}

int wls_git_visit(struct wls_git *git, const struct wls_git_id *commit,
		  const struct wls_git_visitor *visitor, struct wls_error *err)
{
	struct walk w = {.repository = git->repository, .visitor = visitor, .path = WLS_BUF_INIT};
	git_oid oid = wls_git_oid(commit);
	git_commit *found = NULL;
	git_tree *tree = NULL;

	int code = git_commit_lookup(&found, git->repository, &oid);
	if (code == 0)
		code = git_commit_tree(&tree, found);
	git_commit_free(found);
	if (code < 0)
		return wls_git_fail(err, code, git_oid_tostr_s(&oid), "cannot read the commit",
				    "see `git fsck`");
	push(&w, tree);
	walk_levels(&w);
	free(w.levels);
	wls_buf_release(&w.path);
	return 0;
}

/* ---- blobs ---- */

int wls_git_read(struct wls_git *git, const struct wls_git_id *blob, const char *path,
		 struct wls_buf *out, struct wls_error *err)
{
	git_oid oid = wls_git_oid(blob);
	git_odb_object *object = NULL;
	git_object_t type;
	size_t size = 0;

	wls_buf_clear(out);
	int code = git->odb ? 0 : git_repository_odb(&git->odb, git->repository);
	if (code == 0)
		code = git_odb_read_header(&size, &type, git->odb, &oid);
	if (code == 0 && size >= WLS_FILE_MAX)
		return wls_error_set(
			err, WLS_E_LIMIT,
			"%.480s: holds 256 MiB or more, too much for a WorkLog; leave it "
			"out (worklog.ignore in .wlsync)",
			path);
	if (code == 0)
		code = git_odb_read(&object, git->odb, &oid);
	if (code < 0)
		return wls_git_fail(err, code, path, "cannot read it from git", "see `git fsck`");
	wls_buf_add(out, git_odb_object_data(object), git_odb_object_size(object));
	git_odb_object_free(object);
	return 0;
}

/* ---- branches ---- */

struct branch_list {
	struct wls_git_branch *branches;
	size_t count, cap;
	struct wls_arena names;
};

/* Adds a branch; one that has no commit (yet) is left out. */
static int add_branch(struct branch_list *list, const git_reference *reference)
{
	git_object *commit = NULL;
	const char *name;
	int code = git_branch_name(&name, reference);

	if (code < 0)
		return code;
	code = git_reference_peel(&commit, reference, GIT_OBJECT_COMMIT);
	if (code < 0)
		return code == GIT_ENOTFOUND ? 0 : code;
	WLS_GROW(list->branches, list->cap, list->count + 1);
	struct wls_git_branch *b = &list->branches[list->count++];
	b->name = wls_arena_copy(&list->names, wls_slice_of(name)).ptr;
	b->head = git_branch_is_head(reference) == 1;
	wls_git_copy_id(&b->commit, git_object_id(commit));
	git_object_free(commit);
	return 0;
}

static int cmp_branch(const void *va, const void *vb)
{
	const struct wls_git_branch *a = va, *b = vb;
	if (a->head != b->head)
		return a->head ? -1 : 1;
	return strcmp(a->name, b->name);
}

static int list_branches(struct branch_list *list, git_repository *repository)
{
	git_branch_iterator *iterator = NULL;
	git_reference *reference;
	git_branch_t type;

	int code = git_branch_iterator_new(&iterator, repository, GIT_BRANCH_LOCAL);
	while (code == 0) {
		code = git_branch_next(&reference, &type, iterator);
		if (code == 0) {
			code = add_branch(list, reference);
			git_reference_free(reference);
		}
	}
	git_branch_iterator_free(iterator);
	return code == GIT_ITEROVER ? 0 : code;
}

int wls_git_branches(struct wls_git *git,
		     void (*each)(void *data, const struct wls_git_branch *branch), void *data,
		     struct wls_error *err)
{
	struct branch_list list = {0};
	int code = list_branches(&list, git->repository);

	if (code == 0 && list.count > 0)
		qsort(list.branches, list.count, sizeof(*list.branches), cmp_branch);
	for (size_t i = 0; code == 0 && i < list.count; i++)
		each(data, &list.branches[i]);
	free(list.branches);
	wls_arena_release(&list.names);
	if (code < 0)
		return wls_git_fail(err, code, "branches", "cannot read them", "see `git branch`");
	return 0;
}
