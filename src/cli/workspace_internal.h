/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the workspace.
 *
 * Layer: cli. Includes: base, buf, graph, io, git.
 *
 * workspace.c         opening, reporting, finding, reading again
 * workspace_place.c   where the files are: root, what a PATH means, configuration
 * workspace_select.c  which files are taken
 * workspace_disk.c    files of the disk
 * workspace_rev.c     files of commits
 * workspace_index.c   files of the index
 */
#ifndef WLS_CLI_WORKSPACE_INTERNAL_H
#define WLS_CLI_WORKSPACE_INTERNAL_H

#include "base/map.h"
#include "cli/workspace.h"
#include "git/git.h"
#include "io/config.h"

/* A file that was read from a commit or the index, to find it again. */
struct wls_workspace_blob {
	const char *path;
	const char *branch; /* "" with --rev */
	struct wls_git_id id;
};

struct wls_workspace_intake {
	const struct wls_workspace_options *options; /* only while opening */
	struct wls_config config;
	char *cwd;           /* absolute, without links */
	char *root;          /* ws->root */
	int root_fd;         /* what paths are relative to; AT_FDCWD when there is no root */
	char *config_folder; /* absolute: what patterns are relative to */
	bool has_patterns;   /* worklog.path or worklog.ignore is set */

	enum wls_git_kind git_kind; /* of where the search starts */
	char *git_folder;           /* the work tree's root, or the bare repository */
	const struct wls_git_api *api;
	struct wls_git *git; /* NULL: not needed, or it failed (and an error was added) */
	bool git_tried;

	const char **errors;
	size_t error_count, error_cap;
	struct wls_workspace_blob *blobs; /* sorted by path, branch once open */
	size_t blob_count, blob_cap;
	struct wls_git_id head; /* of the commit that the index is compared with */
	bool has_head;
	struct wls_buf bytes;   /* the file at hand */
	struct wls_buf scratch; /* a path at hand */
	struct wls_arena arena; /* paths and errors */
};

/* ---- workspace.c ---- */

/* Adds an error's text; its first part is the file's name. */
void wls_workspace_add_error(struct wls_workspace *ws, const struct wls_error *error);
/* Parses intake->bytes and adds them to the graph. */
void wls_workspace_add_file(struct wls_workspace *ws, const struct wls_file *file);

/* ---- workspace_place.c ---- */

/* Finds root and repository. Fails when the current folder is gone. */
int wls_workspace_locate(struct wls_workspace *ws, struct wls_error *err);
/* Reads `.wlsync` and git's configuration. */
int wls_workspace_configure(struct wls_workspace *ws, struct wls_error *err);
/*
 * Opens the repository, once; false when there is none or it cannot be opened, which is then
 * added to the errors.
 */
bool wls_workspace_open_git(struct wls_workspace *ws);
/* Adds the path under which `path`, as the user typed it, is known and shown. */
void wls_workspace_add_shown(const struct wls_workspace_intake *in, const char *path,
			     struct wls_buf *out);

/* ---- workspace_select.c ---- */

/* A search below one folder. */
struct wls_selection {
	struct wls_workspace *ws;
	struct wls_slice start; /* folder where it starts, as shown; "" and ".": the root */
	bool on_disk;           /* nested repositories are looked for, git's rules asked */
	bool ask_git;
};

/* Whether to search the folder `shown`; `left_out` as in io/walk.h. */
bool wls_selection_enters(struct wls_selection *s, const char *shown, bool left_out);
/* Whether to take the file `shown`. */
bool wls_selection_takes(struct wls_selection *s, const char *shown);
/* Whether worklog.path adds the file, so that it is a log whatever its name. */
bool wls_selection_adds(struct wls_selection *s, const char *shown);

/* ---- workspace_disk.c, workspace_rev.c ---- */

void wls_workspace_read_disk(struct wls_workspace *ws);
int wls_workspace_read_commits(struct wls_workspace *ws, struct wls_error *err);
/* Files of the index that are merged; those of the PATHs. */
int wls_workspace_read_index(struct wls_workspace *ws, struct wls_error *err);
/* The blob of a file that was read from a commit, or NULL. */
const struct wls_workspace_blob *wls_workspace_find_blob(const struct wls_workspace *ws,
							 struct wls_slice path,
							 struct wls_slice branch);

#endif
