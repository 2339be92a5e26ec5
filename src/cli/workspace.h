/* SPDX-License-Identifier: MIT */
/*
 * The logs that a command works on: found, read, parsed and put into one graph.
 *
 * Layer: cli. Includes: base, buf, doc, graph, io, git.
 *
 * Use, in a command:
 *
 *	struct wls_workspace *ws _cleanup_workspace_ = NULL;
 *	struct wls_workspace_options options = {.paths = args, .path_count = n};
 *	struct wls_error err;
 *
 *	if (wls_workspace_open(&ws, &options, &err) < 0)
 *		return the error's line on stderr, and 2;
 *	status = wls_workspace_report(ws, stderr, quiet);      0 or 2
 *	… show ws->graph …
 *	return status;
 *
 * Invariants
 * - What concerns one file or folder never stops the rest: it is put into `errors`, and the
 *   command ends with 2 after it has shown everything else. wls_workspace_open() itself fails
 *   only when nothing can be shown: a bad `.wlsync`, a revision that does not exist, no git.
 * - One file at a time is in memory while the graph is built.
 * - Paths are relative to the work tree's root; outside of one to the PATH given, when that is a
 *   single folder; else they stand as given, without "./".
 */
#ifndef WLS_CLI_WORKSPACE_H
#define WLS_CLI_WORKSPACE_H

#include <stdio.h>

#include "wlsync/graph.h"

struct wls_config;
struct wls_workspace_intake;

struct wls_workspace_options {
	const char *const *paths; /* PATH arguments; none: the work tree's root, else "." */
	size_t path_count;
	const char *rev;   /* --rev REV: a commit's files; NULL: the disk */
	bool all_branches; /* every local branch's files; sets graph.branches */
	bool staged;       /* git's index in place of the disk */
	bool dir_given;    /* -C was given (and the process stands in it): `.wlsync` is sought
				   * there first */
	struct wls_graph_options graph;

	/*
	 * Takes each document over, with the source that it borrows from, in place of its being
	 * freed: whether it is of a log is known only once the graph is built. NULL: they are freed.
	 */
	void (*keep)(void *data, const struct wls_file *file, struct wls_buf *source,
		     struct wls_doc *doc);
	/* Whether a file that was not named is of interest, by its path on the disk. NULL: all. */
	bool (*wants)(void *data, const char *path);
	/*
	 * Called once the root is known and before anything is read: whoever writes several files
	 * locks them here, and settles what was cut short. NULL: nothing; then what was cut short
	 * is reported. Fails: nothing is read.
	 */
	int (*begin)(void *data, const char *root, struct wls_error *err);
	void *data; /* of these */
};

struct wls_workspace {
	const char *root; /* absolute folder that paths are relative to; NULL: they are as given */
	bool in_git;      /* root is a work tree's root (or the files come from a commit) */
	struct wls_graph *graph;         /* built */
	const struct wls_config *config; /* never NULL; see io/config.h */
	const char *const *errors; /* "FILE: what and how to mend it", in order of discovery */
	size_t error_count;
	size_t file_count; /* files that were read */
	bool half_renamed; /* the journal of a rename lay there: see wls_workspace_report() */
	struct wls_workspace_intake *intake; /* private to workspace.c */
};

/*
 * Finds, reads and parses the logs, and builds the graph. *out is the caller's; NULL is written
 * when it fails. Options are borrowed for the call. O(bytes of all files).
 */
int wls_workspace_open(struct wls_workspace **out, const struct wls_workspace_options *options,
		       struct wls_error *err);
void wls_workspace_free(struct wls_workspace *ws); /* NULL is fine */
static inline void wls_workspace_freep(struct wls_workspace **ws)
{
	wls_workspace_free(*ws);
}
#define _cleanup_workspace_ _cleanup_(wls_workspace_freep)

/*
 * Writes "wlsync: FILE: what …", a line each, for what could not be read; and when nothing went
 * wrong but there is no log at all, one line that says where was looked (not when `quiet`). A line
 * more tells of a rename that was cut short, since then facts may be of two names. Control
 * characters in names are escaped. Returns the exit status so far: 2 when there was an error, else 0.
 */
int wls_workspace_report(const struct wls_workspace *ws, FILE *to, bool quiet);

/* Whether the index has another state of the file than HEAD; for a workspace of `staged`. */
bool wls_workspace_is_staged(const struct wls_workspace *ws, struct wls_slice path);

/*
 * The log that LOG on a command line means: as wls_graph_find(), but a path is first taken as
 * the user typed it, relative to the folder he stands in, and of several logs of one name the
 * only one at or below that folder is meant.
 */
int wls_workspace_find(const struct wls_workspace *ws, const char *what, uint32_t *log,
		       struct wls_error *err);

/* A file read again, whole, with its document. */
struct wls_log_file {
	struct wls_slice path;   /* as in the graph; borrowed from the workspace */
	struct wls_slice branch; /* empty: the work tree or the one revision */
	struct wls_buf source;
	struct wls_doc *doc; /* borrows source */
};

struct wls_log_files {
	struct wls_log_file *files; /* the current file first, then parts, then snapshots */
	size_t count;
};

/*
 * Reads all files of a log of the graph again, from where they came from (disk or commit). The
 * caller releases *out. Fails when the current file cannot be read any more.
 */
int wls_workspace_read_log(const struct wls_workspace *ws, uint32_t log, struct wls_log_files *out,
			   struct wls_error *err);
/* Frees documents and sources; all zero is fine. */
void wls_log_files_release(struct wls_log_files *files);
#define _cleanup_log_files_ _cleanup_(wls_log_files_release)

#endif
