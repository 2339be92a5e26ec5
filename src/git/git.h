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

#define WLS_GIT_VERSION 1u

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
};

/*
 * Loads the module (once a process; later calls find it loaded) and gives its table, which lives
 * as long as the process. It is sought in the folder WLSYNC_EXEC_PATH, beside the program, at its
 * place in the build tree, then in libexec. Fails with WLS_E_UNSUPPORTED.
 */
int wls_git_load(const struct wls_git_api **out, struct wls_error *err);

#endif
