/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync check`.
 *
 * Layer: cli. Includes: base, buf, doc, graph, check, render.
 *
 * cmd_check.c      options, output
 * check_read.c     reading the logs once, running the rules
 * check_files.c    whether a file that a log names is there
 * check_rules.c    severities: defaults, configuration, --rule
 * check_fix.c      --fix
 */
#ifndef WLS_CLI_CHECK_H
#define WLS_CLI_CHECK_H

#include "base/map.h"
#include "cli/cli.h"
#include "cli/gather.h"
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

/* The logs of one reading, and what the rules found. */
struct wls_checked {
	struct wls_workspace *ws;
	struct wls_kept_file *kept;
	size_t kept_count, kept_cap;
	struct wls_map by_path;  /* path, NUL, branch → index of kept */
	struct wls_map reported; /* files that findings are wanted of; empty: all */
	struct wls_map wanted;   /* folded names that are sought; see check_read.c */
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
