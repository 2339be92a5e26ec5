/* SPDX-License-Identifier: MIT */
/*
 * What is merged: files named on a command line, and the snapshot that is their base.
 *
 * Layer: cli. Includes: base, buf.
 */
#ifndef WLS_CLI_MERGE_INPUT_H
#define WLS_CLI_MERGE_INPUT_H

#include "wlsync/buf.h"

/* Asks the allocator to give the memory of large texts and trees back when they are freed. */
void wls_merge_input_prepare(void);

/* Replaces the contents of `out` by those of a file, or of stdin for "-". As wls_file_read(). */
int wls_merge_input_read(struct wls_buf *out, const char *path, struct wls_error *err);

/*
 * The snapshot that two snapshots go on from: of the same log, in the same folder, with the highest
 * version below both. A path of the arena, or NULL when the two are no such pair or there is none.
 */
const char *wls_merge_input_snapshot(struct wls_arena *arena, const char *a, const char *b);

/*
 * The name of the log that the paths (NULL and "-" are passed over) say, when all that say one
 * say the same; else empty. Borrowed from a path.
 */
struct wls_slice wls_merge_input_log_name(const char *const *paths, size_t count);

#endif
