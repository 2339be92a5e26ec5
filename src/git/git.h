/* SPDX-License-Identifier: MIT */
/*
 * What wlsync asks of git.
 *
 * Layer: git. Includes: base, buf.
 *
 * libgit2 costs a process some ten milliseconds before it does anything, so that `wlsync` does not
 * link it: whoever needs it calls wls_git_load() and gets a table of functions from a module,
 * `wlsync-git.so`. Whether there is a repository at all is answered by wls_git_find() without it.
 *
 * Growing: new functions go to the end of struct wls_git_api and raise WLS_GIT_VERSION; program and
 * module are built and installed together, and a module of another version is refused.
 */
#ifndef WLS_GIT_GIT_H
#define WLS_GIT_GIT_H

#include "wlsync/buf.h"

#define WLS_GIT_VERSION 3u

/* ---- without the module ---- */

enum wls_git_kind {
	WLS_GIT_NONE, /* no repository */
	WLS_GIT_WORK_TREE,
	WLS_GIT_BARE, /* within a repository without work tree, or within `.git` itself */
};

/*
 * Where `folder` (an absolute path without links) stands, as git would find it: GIT_DIR and
 * GIT_WORK_TREE first, else upwards to a folder with a `.git`, which may be a folder or (submodules,
 * linked work trees) a file; not past GIT_CEILING_DIRECTORIES, nor to another file system unless
 * GIT_DISCOVERY_ACROSS_FILESYSTEM is set. *root, when it is not NONE, is the caller's: the work
 * tree's root, or the bare repository. core.worktree is not looked at. Some stats a level.
 */
enum wls_git_kind wls_git_find(const char *folder, char **root);

/* Whether a folder holds a `.git` of its own; the path is relative to the descriptor `dir`. */
bool wls_git_is_nested(int dir, const char *folder);

/*
 * Whether git's system or user configuration may hold "wlsync." keys: their files are searched for
 * the word (and for includes). False spares loading the module where there is no repository.
 */
bool wls_git_may_configure(void);

/* ---- the module ---- */

struct wls_git; /* an open repository */

struct wls_git_id {
	unsigned char bytes[20];
};

/* What a walk through a commit asks and tells; paths are whole, '/' between components. */
struct wls_git_visitor {
	bool (*enter)(void *data, const char *folder);
	void (*file)(void *data, const char *path, const struct wls_git_id *blob);
	/* A folder that could not be read; the walk goes on. */
	void (*broken)(void *data, const char *folder, const struct wls_error *error);
	void *data;
};

struct wls_git_branch {
	const char *name; /* "main" */
	struct wls_git_id commit;
	bool head; /* the one that is checked out */
};

/* One key below "wlsync.", without that prefix: "worklog.path", "tracker.github.type". */
struct wls_git_setting {
	struct wls_slice key;
	struct wls_slice value;
	bool has_value;
	const char *where; /* "git's global configuration" */
};

/* What git is in the middle of. */
enum wls_git_state {
	WLS_GIT_STATE_NONE,
	WLS_GIT_STATE_MERGE,
	WLS_GIT_STATE_REBASE,
	WLS_GIT_STATE_CHERRY_PICK,
	WLS_GIT_STATE_REVERT,
	WLS_GIT_STATE_APPLY, /* git am */
};

/* Where a setting is read or written. */
enum wls_git_scope {
	WLS_GIT_EFFECTIVE,  /* reading: whatever counts, from anywhere */
	WLS_GIT_REPOSITORY, /* the repository's file, common to its work trees */
	WLS_GIT_USER, /* the user's file: GIT_CONFIG_GLOBAL, ~/.gitconfig, or the one of XDG */
};

enum wls_git_place {
	WLS_GIT_PLACE_COMMON,          /* the repository's folder, common to its work trees */
	WLS_GIT_PLACE_HOOKS,           /* core.hooksPath, or `hooks` */
	WLS_GIT_PLACE_CONFIG,          /* the repository's configuration file */
	WLS_GIT_PLACE_USER_CONFIG,     /* the user's one */
	WLS_GIT_PLACE_USER_ATTRIBUTES, /* core.attributesFile, or the one of XDG */
};

/*
 * All functions that return int follow the rule of base.h: 0, or a negative status with `err`
 * filled in. What visitors and callbacks are given is borrowed for the call.
 */
struct wls_git_api {
	unsigned version; /* WLS_GIT_VERSION */

	/*
	 * Opens the repository of `folder`, searching upwards as git does, with git's environment
	 * variables. Fails with WLS_E_NOT_FOUND, WLS_E_REFUSED when it belongs to another user and
	 * is not in safe.directory, or WLS_E_GIT. The caller closes *out.
	 */
	int (*open)(struct wls_git **out, const char *folder, struct wls_error *err);
	void (*close)(struct wls_git *git); /* NULL is fine */
	/* The work tree's root, without a slash at its end; NULL when there is none. Borrowed. */
	const char *(*root)(const struct wls_git *git);

	/*
	 * Whether git ignores a path, relative to the work tree's root: by its rules, and neither
	 * tracked nor, for a folder, with tracked files inside. Some 8 µs a call.
	 */
	int (*ignored)(struct wls_git *git, const char *path, bool folder, bool *out,
		       struct wls_error *err);

	/* The commit that a revision names (`main`, `HEAD~2`, `v1.0`, `abc123`). */
	int (*resolve)(struct wls_git *git, const char *rev, struct wls_git_id *commit,
		       struct wls_error *err);
	/*
	 * Visits the regular files of a commit's tree: no links, no submodules. In git's order.
	 * Nothing recurses.
	 */
	int (*visit)(struct wls_git *git, const struct wls_git_id *commit,
		     const struct wls_git_visitor *visitor, struct wls_error *err);
	/*
	 * Replaces the contents of `out` by a blob's bytes. WLS_E_LIMIT, before it is unpacked, for
	 * WLS_FILE_MAX bytes and more. `path` is for messages, which start with it.
	 */
	int (*read)(struct wls_git *git, const struct wls_git_id *blob, const char *path,
		    struct wls_buf *out, struct wls_error *err);
	/* Calls `each` for every local branch: the one that is checked out, then by name. */
	int (*branches)(struct wls_git *git,
			void (*each)(void *data, const struct wls_git_branch *branch), void *data,
			struct wls_error *err);
	/*
	 * Calls `each` for the settings below "wlsync.", in order of precedence, the strongest
	 * last; stops when it returns negative, and returns that. `git` may be NULL: system and
	 * user configuration alone.
	 */
	int (*settings)(struct wls_git *git,
			int (*each)(void *data, const struct wls_git_setting *setting), void *data,
			struct wls_error *err);

	/* ---- since version 2 ---- */

	/* The best common ancestor of two commits; WLS_E_NOT_FOUND when they have none. */
	int (*merge_base)(struct wls_git *git, const struct wls_git_id *a,
			  const struct wls_git_id *b, struct wls_git_id *out,
			  struct wls_error *err);
	/*
	 * Calls `each` for every regular file that differs between two commits' trees, in git's
	 * order; `old` or `now` is NULL where there is none. `from` NULL: an empty tree. Renames are
	 * a removal and an addition. Equal folders cost nothing.
	 */
	int (*changes)(struct wls_git *git, const struct wls_git_id *from,
		       const struct wls_git_id *to,
		       void (*each)(void *data, const char *path, const struct wls_git_id *old,
				    const struct wls_git_id *now),
		       void *data, struct wls_error *err);
	/* The blob of a regular file in a commit's tree; WLS_E_NOT_FOUND. */
	int (*find)(struct wls_git *git, const struct wls_git_id *commit, const char *path,
		    struct wls_git_id *blob, struct wls_error *err);

	/*
	 * Calls `each` for every unmerged path of the index, in order; stages[0] to [2] are those of
	 * base, ours and theirs, NULL where there is none.
	 */
	int (*unmerged)(struct wls_git *git,
			void (*each)(void *data, const char *path,
				     const struct wls_git_id *const stages[3]),
			void *data, struct wls_error *err);
	/* Calls `each` for every file of the index that is merged (stage 0), in order. */
	int (*tracked)(struct wls_git *git,
		       void (*each)(void *data, const char *path, const struct wls_git_id *blob),
		       void *data, struct wls_error *err);
	/*
	 * As `git add`, or with `remove` as `git rm --cached`: the path is merged then. The index is
	 * written at once, under git's own lock.
	 */
	int (*stage)(struct wls_git *git, const char *path, bool remove, struct wls_error *err);
	enum wls_git_state (*state)(struct wls_git *git);

	/*
	 * Replaces the contents of `out` by a setting's value (the last one); *found tells whether
	 * there is one. `git` may be NULL for WLS_GIT_USER, and for WLS_GIT_EFFECTIVE: then system
	 * and user alone.
	 */
	int (*get)(struct wls_git *git, enum wls_git_scope scope, const char *key,
		   struct wls_buf *out, bool *found, struct wls_error *err);
	/*
	 * Writes a setting, or removes it when `value` is NULL, with its section's heading when
	 * nothing else stands in it; atomically, under git's own lock. `git` may be NULL for
	 * WLS_GIT_USER. Refuses to write to what is no regular file.
	 */
	int (*set)(struct wls_git *git, enum wls_git_scope scope, const char *key,
		   const char *value, struct wls_error *err);
	/* Replaces the contents of `out` by a place's path, whether or not anything is there. */
	int (*place)(struct wls_git *git, enum wls_git_place place, struct wls_buf *out,
		     struct wls_error *err);
	/*
	 * Replaces the contents of `out` by the value that git's attribute files give an attribute of
	 * a path: "set" and "unset" for those without a value, "" when none says anything.
	 */
	int (*attribute)(struct wls_git *git, const char *path, const char *name,
			 struct wls_buf *out, struct wls_error *err);

	/* ---- since version 3 ---- */

	/* The committer date of HEAD, seconds since 1970; 0 when there is no commit yet. */
	int64_t (*head_date)(struct wls_git *git);
};

/*
 * Loads the module (once a process; later calls find it loaded) and gives its table, which lives
 * as long as the process. It is sought in the folder WLSYNC_EXEC_PATH, beside the program, at its
 * place in the build tree, then in libexec. Fails with WLS_E_UNSUPPORTED.
 */
int wls_git_load(const struct wls_git_api **out, struct wls_error *err);

#endif
