/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync install`.
 *
 * Layer: cli. Includes: base, buf, merge, git.
 *
 * cmd_install.c          options, the order of things, what is printed
 * install_driver.c       the commands that git's configuration holds
 * install_attributes.c   .gitattributes, and blocks of ours in others' files
 * install_hook.c         the pre-commit hook
 * install_check.c        what is half installed
 */
#ifndef WLS_CLI_INSTALL_H
#define WLS_CLI_INSTALL_H

#include "cli/cli.h"
#include "git/git.h"
#include "wlsync/merge.h"

#define WLS_INSTALL_PATTERN "*WorkLog*.md"
#define WLS_INSTALL_ATTRIBUTE "merge=wlsync"
#define WLS_INSTALL_DIFF "diff=wlsync"
/* A path that the pattern covers, to ask git's attributes about. */
#define WLS_INSTALL_PROBE "Any-WorkLog-v1.md"

struct wls_install_options {
	bool global, check, uninstall, diff, hook;
	struct wls_opt_list policies;
};

/* Something that was changed; `key` NULL: a file's text. */
struct wls_install_change {
	const char *file;
	const char *key;
	const char *text; /* "added: *WorkLog*.md merge=wlsync" */
};

/* Something that is half installed. */
struct wls_install_finding {
	const char *rule;
	const char *text;
	const char *hint;
};

struct wls_install {
	struct wls_cli *cli;
	const struct wls_install_options *options;
	const struct wls_git_api *api;
	struct wls_git *git; /* NULL: outside of a repository, with --global */
	const char *root;    /* of the work tree; NULL: none */
	enum wls_git_scope scope;
	struct wls_install_change *changes;
	size_t change_count, change_cap;
	struct wls_install_finding *findings;
	size_t finding_count, finding_cap;
	bool shows_diff; /* of --check: git diff shows WorkLogs by wlsync */
	struct wls_arena arena;
};

/* Copies nothing: the texts live in the arena or are literals. */
void wls_install_changed(struct wls_install *in, const char *file, const char *key,
			 const char *text);
void wls_install_found(struct wls_install *in, const char *rule, const char *text,
		       const char *hint);
/* A path below the current work tree as it is shown: relative to its root. */
const char *wls_install_shown(struct wls_install *in, const char *path);

/* ---- install_driver.c ---- */

/* Sets, or removes, the configuration; with --uninstall --diff only that of git diff. */
int wls_install_config(struct wls_install *in, struct wls_error *err);
int wls_uninstall_config(struct wls_install *in, struct wls_error *err);
/* What stands behind the program in each command. */
#define WLS_INSTALL_RUNS_DRIVER " merge-driver "
#define WLS_INSTALL_RUNS_DIFF " diff -- "
#define WLS_INSTALL_RUNS_TEXTCONV " diff --textconv "
/*
 * The program that a command runs, its quotes removed, in the arena; NULL when the command is none of
 * ours. `runs`: one of the above.
 */
const char *wls_install_program(struct wls_arena *arena, const char *command, const char *runs);
/*
 * The options that a merge by the installed driver has: its policies, and the style of
 * merge.conflictStyle; the defaults where nothing is installed.
 */
void wls_driver_options(const struct wls_git_api *api, struct wls_git *git,
			struct wls_merge_options *options);
/* The style that merge.conflictStyle asks for: "zdiff3"; NULL when it says nothing. */
int wls_install_style(struct wls_install *in, const char **style, struct wls_error *err);
/* Whether a program can be run: a path, or a name found in PATH. */
bool wls_install_runs(const char *program);

/* ---- install_attributes.c ---- */

int wls_install_attributes(struct wls_install *in, struct wls_error *err);
int wls_uninstall_attributes(struct wls_install *in, struct wls_error *err);
/* Takes diff=wlsync alone out of the line that install wrote. */
int wls_uninstall_diff_attribute(struct wls_install *in, struct wls_error *err);
/* The path of the attributes file that install writes, in the arena. */
int wls_install_attributes_path(struct wls_install *in, const char **path, struct wls_error *err);
/* Whether a line that is no comment holds the word, as in `*.md merge=wlsync`. */
bool wls_install_has_attribute(struct wls_slice text, const char *word);

/*
 * Finds the block of ours in a file's text: *begin to *end covers its marker lines, and the line
 * ending that it gave the line above. False when there is none.
 */
bool wls_install_block_find(struct wls_slice text, size_t *begin, size_t *end);
/*
 * Adds `text` to `out` with the block (`lines`, LF; "" removes it) at its old place, else at
 * offset `at`, in the text's own line ending.
 */
void wls_install_block_put(struct wls_slice text, size_t at, const char *lines,
			   struct wls_buf *out);
/*
 * Takes the block out of a file, and the file away when only `rest` is left of it. Nothing is done
 * when there is no block.
 */
int wls_install_block_remove(struct wls_install *in, const char *path, struct wls_slice rest,
			     struct wls_error *err);

/* ---- install_hook.c ---- */

int wls_install_hook(struct wls_install *in, struct wls_error *err);
int wls_uninstall_hook(struct wls_install *in, struct wls_error *err);
int wls_check_hook(struct wls_install *in, struct wls_error *err);

/* ---- install_check.c ---- */

int wls_install_check(struct wls_install *in, struct wls_error *err);

#endif
