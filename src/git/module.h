/* SPDX-License-Identifier: MIT */
/*
 * Within the module: the only files that include libgit2.
 *
 * Layer: git. Includes: base, buf, git/git, libgit2.
 */
#ifndef WLS_GIT_MODULE_H
#define WLS_GIT_MODULE_H

#include <git2.h>

#include "git/git.h"

struct wls_git {
	git_repository *repository;
	git_odb *odb;        /* opened when a blob is first read */
	git_index *index;    /* opened when a path is first found to be ignored by rule */
	char *root;          /* NULL: bare */
	struct wls_buf path; /* a folder's path with its slash */
};

/*
 * Fills `err` from libgit2's last error, "OBJECT: what failed: reason; HINT", and returns its
 * status: WLS_E_NOT_FOUND for what is not there, else WLS_E_GIT.
 */
int wls_git_fail(struct wls_error *err, int code, const char *object, const char *what,
		 const char *hint);

/* The system's and the user's configuration, as git's environment variables have it. */
int wls_git_user_config(git_config **out);
/* Whether safe.directory names the repository of `folder`. */
bool wls_git_is_trusted(const char *folder);

int wls_git_ignored(struct wls_git *git, const char *path, bool folder, bool *out,
		    struct wls_error *err);
int wls_git_resolve(struct wls_git *git, const char *rev, struct wls_git_id *commit,
		    struct wls_error *err);
int64_t wls_git_head_date(struct wls_git *git);
int wls_git_visit(struct wls_git *git, const struct wls_git_id *commit,
		  const struct wls_git_visitor *visitor, struct wls_error *err);
int wls_git_read(struct wls_git *git, const struct wls_git_id *blob, const char *path,
		 struct wls_buf *out, struct wls_error *err);
int wls_git_branches(struct wls_git *git,
		     void (*each)(void *data, const struct wls_git_branch *branch), void *data,
		     struct wls_error *err);
int wls_git_settings(struct wls_git *git,
		     int (*each)(void *data, const struct wls_git_setting *setting), void *data,
		     struct wls_error *err);

/* ---- module.c ---- */

/* Starts libgit2; each call of the module that has no repository yet does. */
int wls_git_start(struct wls_error *err);

/* ---- module_merge.c: commits and what they change ---- */

void wls_git_copy_id(struct wls_git_id *to, const git_oid *from);
git_oid wls_git_oid(const struct wls_git_id *id);

int wls_git_merge_base(struct wls_git *git, const struct wls_git_id *a, const struct wls_git_id *b,
		       struct wls_git_id *out, struct wls_error *err);
int wls_git_changes(struct wls_git *git, const struct wls_git_id *from, const struct wls_git_id *to,
		    void (*each)(void *data, const char *path, const struct wls_git_id *old,
				 const struct wls_git_id *now),
		    void *data, struct wls_error *err);
int wls_git_find_file(struct wls_git *git, const struct wls_git_id *commit, const char *path,
		      struct wls_git_id *blob, struct wls_error *err);

/* ---- module_index.c ---- */

int wls_git_unmerged(struct wls_git *git,
		     void (*each)(void *data, const char *path,
				  const struct wls_git_id *const stages[3]),
		     void *data, struct wls_error *err);
int wls_git_tracked(struct wls_git *git,
		    void (*each)(void *data, const char *path, const struct wls_git_id *blob),
		    void *data, struct wls_error *err);
int wls_git_stage(struct wls_git *git, const char *path, bool remove, struct wls_error *err);
enum wls_git_state wls_git_state_of(struct wls_git *git);

/* ---- module_install.c ---- */

int wls_git_get(struct wls_git *git, enum wls_git_scope scope, const char *key, struct wls_buf *out,
		bool *found, struct wls_error *err);
int wls_git_set(struct wls_git *git, enum wls_git_scope scope, const char *key, const char *value,
		struct wls_error *err);
int wls_git_place_of(struct wls_git *git, enum wls_git_place place, struct wls_buf *out,
		     struct wls_error *err);
int wls_git_attribute(struct wls_git *git, const char *path, const char *name, struct wls_buf *out,
		      struct wls_error *err);

#endif
