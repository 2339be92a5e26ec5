/* SPDX-License-Identifier: MIT */
/*
 * Paths as text: no disk is asked.
 *
 * Layer: io. Includes: base, buf.
 */
#ifndef WLS_IO_PATH_H
#define WLS_IO_PATH_H

#include "wlsync/buf.h"

/* Bytes that wls_path_brief() needs. */
#define WLS_PATH_BRIEF 512

/*
 * Adds `path` without "." components, doubled and trailing slashes; with `fold_parents` also
 * without "..", each of which takes the component before it away (one that would leave the start
 * stays). "" and "." give "."; O(path).
 */
void wls_path_add_clean(struct wls_buf *out, struct wls_slice path, bool fold_parents);

/* Sets *rest to `path` as seen from `folder` ("" when equal); false when it is not below. */
bool wls_path_below(struct wls_slice path, struct wls_slice folder, struct wls_slice *rest);

/* What follows the last slash. */
struct wls_slice wls_path_name(struct wls_slice path);

/* Adds folder, a slash where one is needed, and name; "" and "." as folder add nothing. */
void wls_path_add_join(struct wls_buf *out, struct wls_slice folder, struct wls_slice name);

/* `path` when it is short, else its end after "…", in `buf`: an error's reason must fit too. */
const char *wls_path_brief(const char *path, char buf[WLS_PATH_BRIEF]);

#endif
