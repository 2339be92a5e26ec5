/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync preview`.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/resolve.
 *
 * cmd_preview.c       options, and the order of things
 * preview_collect.c   what each branch changes
 * preview_merge.c     merging each log
 * preview_report.c    text and JSON
 */
#ifndef WLS_CLI_PREVIEW_H
#define WLS_CLI_PREVIEW_H

#include "base/map.h"
#include "cli/cli.h"
#include "cli/unmerged.h"
#include "wlsync/merge.h"

struct wls_preview_branch {
	const char *name;
	struct wls_git_id commit;
	struct wls_git_id base; /* with HEAD */
	bool has_base;
};

/* A file on one side: of a branch, or of HEAD. */
struct wls_preview_side {
	size_t branch;    /* index into branches */
	const char *path; /* NULL: the branch removed it */
	struct wls_git_id now;
	bool has_base;
	struct wls_git_id base; /* blob at the merge base */
};

enum wls_preview_kind {
	WLS_PREVIEW_TAKEN,   /* only one side changed it */
	WLS_PREVIEW_ADDED,   /* new, on one side or the same on all */
	WLS_PREVIEW_REMOVED, /* removed, and changed by nobody */
	WLS_PREVIEW_MERGED,
};

struct wls_preview_renumbering {
	const char *branch; /* that added the entry; "HEAD" */
	char letter;
	uint32_t from, to;
	struct wls_slice title;
	bool moved; /* by the merge at hand */
};

struct wls_preview_conflict {
	struct wls_slice place;
	const char *reason;
};

struct wls_preview_resolution {
	enum wls_rule rule;
	struct wls_slice place;
	struct wls_slice result;
};

struct wls_preview_log {
	const char *key;  /* its path at the base, or where it was added */
	const char *path; /* of the result */
	struct wls_preview_side *sides;
	size_t side_count, side_cap;
	enum wls_preview_kind kind;
	bool by_lines; /* some merge of it could not go by structure */
	struct wls_preview_renumbering *renumberings;
	size_t renumbering_count, renumbering_cap;
	struct wls_preview_conflict *conflicts;
	size_t conflict_count, conflict_cap;
	struct wls_preview_resolution *resolutions;
	size_t resolution_count, resolution_cap;
};

struct wls_preview {
	struct wls_cli *cli;
	const struct wls_git_api *api;
	struct wls_git *git;
	struct wls_git_id head;
	struct wls_merge_options options;
	struct wls_preview_branch *branches;
	size_t branch_count, branch_cap;
	struct wls_snapshots files;   /* the WorkLogs of HEAD, by path */
	struct wls_preview_log *logs; /* by path */
	size_t log_count, log_cap;
	struct wls_map by_key;
	struct wls_arena arena;
};

/* Fills files and logs from the branches. */
int wls_preview_collect(struct wls_preview *p, struct wls_error *err);
/* The blob that HEAD has of a path, or NULL. O(log files). */
const struct wls_snapshot *wls_preview_head_file(const struct wls_preview *p, const char *path);

/* Merges all logs in memory. */
int wls_preview_merge(struct wls_preview *p, struct wls_error *err);

void wls_preview_text(struct wls_preview *p, struct wls_buf *out);
void wls_preview_document(struct wls_preview *p, struct wls_buf *out);

#endif
