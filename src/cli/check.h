/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync check`.
 *
 * Layer: cli. Includes: base, buf, doc, graph, check, render.
 *
 * cmd_check.c      options, output
 * check_read.c     reading the logs once, running the rules
 * check_paths.c    how the PATHs are spelled
 * check_seek.c     which files may be of logs that others depend on
 * check_files.c    whether a file that a log names is there
 * check_rules.c    severities: defaults, configuration, --rule
 * check_fix.c      --fix
 */
#ifndef WLS_CLI_CHECK_H
#define WLS_CLI_CHECK_H

#include "base/map.h"
#include "cli/cli.h"
#include "cli/gather.h"
#include "cli/nearest.h"
#include "cli/workspace.h"
#include "git/git.h"
#include "render/check.h"

enum wls_fix_mode {
	WLS_FIX_NONE,
	WLS_FIX_TEXT,
	WLS_FIX_NAMES, /* text, and names of files */
};

struct wls_check_request {
	struct wls_source source;
	bool staged;
	int fix;     /* enum wls_fix_mode */
	int format;  /* -1: not given */
	int fail_on; /* -1: not given */
	bool list_rules;
	struct wls_opt_list rules; /* NAME=SEVERITY */
};

/* A file that was read, with its document. */
struct wls_kept_file {
	struct wls_slice path, branch;
	struct wls_buf source;
	struct wls_doc *doc;
};

/* Which files a log's references may mean, and what was found out. */
struct wls_named_files {
	const struct wls_workspace *ws;
	bool untold;    /* nothing can be told */
	bool in_commit; /* of `commit` in place of the disk */
	struct wls_git_id commit;
	struct wls_map known; /* path → index of counts */
	int64_t *counts;
	size_t count, cap;
	struct wls_arena arena;
};

/* A name of a log, folded, and what may be meant by it when there is none of that name. */
struct wls_sought_name {
	struct wls_slice name;
	struct wls_nearest spelling, word; /* spelled alike; beginning with the same word */
};

struct wls_sought {
	struct wls_map names; /* of list, and those that may be meant */
	struct wls_sought_name *list;
	size_t count, cap;
};

/* PATHs; the array is the owner's. */
struct wls_check_paths {
	const char **list;
	size_t count, cap;
};

/* The logs of one reading, and what the rules found. */
struct wls_checked {
	struct wls_workspace *ws;
	struct wls_kept_file *kept;
	size_t kept_count, kept_cap;
	struct wls_map by_path;   /* path, NUL, branch → index of kept */
	struct wls_map reported;  /* files that findings are wanted of; empty: all */
	struct wls_sought sought; /* what they depend on and was not found */
	struct wls_named_files files;
	struct wls_check_options options;
	struct wls_slice *allow;
	struct wls_check *check;
	uint32_t logs; /* that were checked */
	struct wls_arena arena;
};

/* ---- check_read.c ---- */

/*
 * Reads the logs of the PATHs, with what they depend on, and runs the rules. WLS_CLI_GO or an exit
 * status. *status gets the exit status so far. The caller releases `out` in either case.
 */
int wls_check_read(struct wls_cli *cli, const struct wls_check_request *request,
		   const struct wls_args *args, struct wls_checked *out, int *status);
void wls_checked_release(struct wls_checked *checked);
/* The file of that path that was read, or NULL. */
const struct wls_kept_file *wls_checked_file(const struct wls_checked *checked,
					     struct wls_slice path, struct wls_slice branch);

/* ---- check_paths.c ---- */

/*
 * Adds the arguments as they are to be read: each place once, and absolute paths relative to the current
 * folder when others are.
 */
void wls_check_paths_take(struct wls_check_paths *paths, struct wls_arena *arena,
			  const struct wls_args *args);
/*
 * Adds the folders, outside of a work tree, in which the logs may stand that those of the paths depend
 * on: the files' own, and the current one above them. False when there are none.
 */
bool wls_check_paths_widen(struct wls_check_paths *paths, struct wls_arena *arena);
void wls_check_paths_add(struct wls_check_paths *paths, const char *path);

/* ---- check_seek.c ---- */

/* Adds a name, once; the text is copied into the arena. */
void wls_sought_add(struct wls_sought *sought, struct wls_arena *arena, struct wls_slice name);
void wls_sought_release(struct wls_sought *sought);
/* Whether the file's name is that of a log that is sought. No file is opened. */
bool wls_sought_by_name(const struct wls_sought *sought, const char *path);
/* Notes the file's name, which is not sought: it may be meant. */
void wls_sought_note(struct wls_sought *sought, struct wls_arena *arena, const char *path);
/* Seeks the nearest of the names that were noted, too, for "did you mean". */
void wls_sought_add_meant(struct wls_sought *sought);
/*
 * Whether the file may be such a log by its name, by the name or an alias in its frontmatter, or, when its
 * file's name tells none, by its heading or folder. At most 4 KiB of it are read.
 */
bool wls_sought_by_head(const struct wls_sought *sought, const char *root, const char *path);
/*
 * Adds the files that wls_sought_by_name() finds in the very folders of the files of `paths`; false when there
 * are none.
 */
bool wls_sought_beside(const struct wls_sought *sought, struct wls_arena *arena,
		       struct wls_check_paths *paths);

/* ---- check_files.c ---- */

void wls_named_files_init(struct wls_named_files *files, const struct wls_workspace *ws,
			  const struct wls_check_request *request);
void wls_named_files_release(struct wls_named_files *files);
/* For struct wls_check_options; `data` is a struct wls_named_files. */
int64_t wls_named_files_lines(void *data, struct wls_slice log_file, struct wls_slice path);

/* ---- check_rules.c ---- */

/* Sets the severities; WLS_CLI_GO or an exit status. */
int wls_check_severities(const struct wls_check_request *request, const struct wls_config *config,
			 struct wls_check_options *options);

/* ---- check_fix.c ---- */

struct wls_check_fixes {
	struct wls_check_fixed *list;
	size_t count, cap;
	struct wls_map failed; /* paths */
	bool any_failed;
	struct wls_arena arena;
};

/* Mends what can be; returns how many files were changed. What fails is said on stderr. */
size_t wls_check_fix_files(const struct wls_checked *checked, bool names,
			   struct wls_check_fixes *fixes);
void wls_check_fixes_release(struct wls_check_fixes *fixes);

#endif
