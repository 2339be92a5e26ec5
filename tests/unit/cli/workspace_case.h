/* SPDX-License-Identifier: MIT */
/*
 * For tests of the workspace: logs to write, and a workspace as one line of text.
 */
#ifndef WLS_TESTS_WORKSPACE_CASE_H
#define WLS_TESTS_WORKSPACE_CASE_H

#include "cli/workspace.h"

/* Writes a log with one entry of that version. */
void case_log(const char *path, unsigned version);
/* The same, committed on the current branch. */
void case_commit(const char *path, unsigned version);
/*
 * Opens a workspace and expects its logs' files, sorted by branch and path, '|' behind each, then "!" and the
 * start of each error up to its first ": " (or "!!" and the message when opening fails).
 */
void case_expect(const struct wls_workspace_options *options, const char *want);
/* The same for the disk and these paths, up to a NULL. */
void case_expect_paths(const char *const *paths, const char *want);
/* What wls_workspace_report() writes; its status in *status. The caller frees it. */
char *case_report(const struct wls_workspace *ws, bool quiet, int *status);
struct wls_workspace *case_open(const struct wls_workspace_options *options);

#define CASE_GIT "git -c user.name=A -c user.email=a@b -c init.defaultBranch=main "

#endif
