/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync resolve`.
 *
 * Layer: cli. Includes: base, buf, merge, git.
 *
 * cmd_resolve.c       options, and the order of things
 * resolve_find.c      which files have conflicts
 * resolve_stages.c    merging again what git left unmerged
 * resolve_write.c     settling, writing, the index
 * resolve_report.c    text and JSON
 * resolve_ask.c       asking on a terminal
 * stale.c             references to renumbered entries in other logs (also for merge)
 * unmerged.c          which unmerged paths are one log, and older snapshots (also for preview)
 */
#ifndef WLS_CLI_RESOLVE_H
#define WLS_CLI_RESOLVE_H

#include "cli/cli.h"
#include "cli/stale.h"
#include "cli/unmerged.h"
#include "git/git.h"
#include "wlsync/merge.h"

struct wls_resolve_options {
	bool ours, theirs, both, base, stage, list, again, rewrite;
	struct wls_opt_list picks;
};

enum wls_target_kind {
	WLS_TARGET_BLOCKS,  /* conflicts that are marked in the file */
	WLS_TARGET_MERGED,  /* merged again from the index; nothing of it is on the disk yet */
	WLS_TARGET_DELETED, /* one side removed the file, the other changed it */
	WLS_TARGET_DONE,    /* unmerged in the index, but the file holds no conflict any more */
};

/* An unmerged path of the index; ids of base, ours, theirs. */
struct wls_unmerged {
	const char *path;
	struct wls_git_id ids[3];
	bool has[3];
	bool used; /* part of a log that was renamed by both sides */
};

/* The three stages of one log: of one path, or of three when both sides renamed it. */
struct wls_stages {
	const char *paths[3]; /* NULL: there is none */
	struct wls_git_id ids[3];
	bool has[3];
};

struct wls_target {
	enum wls_target_kind kind;
	const char *path;     /* as shown: relative to the work tree's root */
	const char *file;     /* as opened */
	bool named;           /* on the command line */
	bool unmerged;        /* in the index */
	bool deleted_by_ours; /* with WLS_TARGET_DELETED */
	bool edited;          /* the file is not what git left */
	const char *extra[2]; /* other paths of the log, which go away; NULL: none */
	const char *note;     /* one sentence for the user, or NULL */
	struct wls_buf disk;  /* the file's bytes */
	bool exists;          /* the file is on the disk */
	struct wls_buf text;  /* with its conflicts */
	struct wls_merge *merge;
	struct wls_conflict_blocks blocks; /* those that are meant; for DELETED one, of the whole */
	enum wls_pick *picks;
	size_t left;            /* conflicts without a pick */
	struct wls_stale stale; /* references in other logs to what was renumbered */
	bool written, staged;
	uint32_t *lines; /* where the conflicts that are left stand after writing; 0: settled */
};

struct wls_resolve {
	struct wls_cli *cli;
	const struct wls_resolve_options *options;
	const struct wls_args *args;
	const struct wls_git_api *api; /* NULL: outside of a repository */
	struct wls_git *git;
	const char *root;        /* of the work tree; NULL: none */
	const char *git_command; /* "git", or from a folder below "git -C ../.." */
	enum wls_git_state state;
	bool has_theirs;
	struct wls_git_id ours, theirs; /* commits, when has_theirs */
	const char *ours_label, *theirs_label;
	struct wls_unmerged *unmerged;
	size_t unmerged_count, unmerged_cap;
	struct wls_target *targets;
	size_t target_count, target_cap;
	bool dry; /* nothing is written */
	struct wls_arena arena;
};

/* ---- resolve_find.c ---- */

/* Finds the targets; an exit status, or WLS_CLI_GO. */
int wls_resolve_find(struct wls_resolve *r);
/* Adds an empty target for a path, relative to the work tree's root or as typed. */
struct wls_target *wls_resolve_add(struct wls_resolve *r, const char *path);
/* Finds the conflicts of target->text: those of wlsync, or, when there are none and `any`, all. */
void wls_target_find_blocks(struct wls_target *target, bool any);

/* ---- resolve_stages.c ---- */

/* Makes a target of what git left unmerged. */
int wls_resolve_stages(struct wls_resolve *r, const struct wls_stages *stages, bool named,
		       struct wls_error *err);

/* ---- resolve_write.c ---- */

/* Writes what was picked and merged; a negative status with `err`. */
int wls_resolve_write(struct wls_resolve *r, struct wls_error *err);
/* Counts target->left. */
void wls_target_count(struct wls_target *target);

/* ---- resolve_report.c ---- */

void wls_resolve_text(struct wls_resolve *r, struct wls_buf *out);
void wls_resolve_document(struct wls_resolve *r, struct wls_buf *out);
/* Adds a conflict in full: where it stands, and both sides. */
void wls_resolve_conflict(struct wls_resolve *r, const struct wls_target *target, size_t i,
			  struct wls_buf *out);
/* "git rebase --continue", or NULL. */
const char *wls_resolve_continue(const struct wls_resolve *r);
/* "ours", "theirs", "base", "union"; NULL for none. */
const char *wls_pick_name(enum wls_pick pick);

/* ---- resolve_ask.c ---- */

/* Asks for each conflict. False: write nothing. */
bool wls_resolve_ask(struct wls_resolve *r);

#endif
