/* SPDX-License-Identifier: MIT */
/*
 * A temporary folder for a test, in which the test then stands; files in it, and commands.
 * Each call fails the test when it cannot do its work. A Criterion test is a process of its own, so
 * that neither the folder it stands in nor its user matter to the others.
 */
#ifndef WLS_TESTS_SCRATCH_H
#define WLS_TESTS_SCRATCH_H

#include "wlsync/base.h"

/* Makes a folder that anybody may write, and goes there; *path is its real path. */
void scratch_enter(char path[256]);
/* Goes away from it and removes it with all it holds. */
void scratch_leave(const char *path);
/* Writes a file; folders above it are made. */
void scratch_write(const char *path, const char *text);
void scratch_write_bytes(const char *path, struct wls_slice bytes);
/* Runs a shell command; it must succeed. */
void scratch_run(const char *fmt, ...) WLS_PRINTF(1, 2);
/* What a shell command prints (at most 1 MiB); the caller frees it. *status gets its exit status. */
char *scratch_output(const char *command, int *status);
/* From here on a user who is not root: root may read everything. */
void scratch_drop_root(void);

#endif
