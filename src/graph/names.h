/* SPDX-License-Identifier: MIT */
/*
 * Names, versions and paths as they are written: pure text, no graph.
 *
 * Layer: graph. Includes: base, buf.
 */
#ifndef WLS_GRAPH_NAMES_H
#define WLS_GRAPH_NAMES_H

#include "wlsync/buf.h"

/* The folder of a path ("" at the root), and its last component. */
struct wls_slice wls_path_folder(struct wls_slice path);
struct wls_slice wls_path_base(struct wls_slice path);
/*
 * Adds to `out` the path that `written` means in `folder`: "/x" from the root, "./"
 * and "../" taken away. False when it leaves the root. O(path).
 */
bool wls_path_join(struct wls_buf *out, struct wls_slice folder, struct wls_slice written);
/*
 * Adds the path that leads from `folder` to `path`: "../auth/x.md".
 */
void wls_path_relative(struct wls_buf *out, struct wls_slice folder, struct wls_slice path);
/* `s` with %XX decoded; `s` itself when there is none, else a copy in the arena. */
struct wls_slice wls_percent_decode(struct wls_arena *arena, struct wls_slice s);

/*
 * The version `vN` at byte `at` of `s`: its bytes, or 0 when there is none (no digit,
 * or over WLS_VERSION_MAX).
 */
size_t wls_version_at(struct wls_slice s, size_t at, uint32_t *version);
/* A file name without ".md", whatever its case. */
struct wls_slice wls_stem(struct wls_slice base);
/*
 * Reads a stem: NAME-WorkLog[-vN], WorkLog[-vN], WORKLOG-NAME. False when it is none of them;
 * *name is empty for the second form.
 */
bool wls_name_from_stem(struct wls_slice stem, struct wls_slice *name, uint32_t *version);

/* The folded name (see wls_utf8_add_folded_name), in the arena. */
struct wls_slice wls_name_fold(struct wls_arena *arena, struct wls_slice name);
/* The same into a buffer, which is cleared first. */
struct wls_slice wls_name_fold_into(struct wls_buf *buf, struct wls_slice name);

/* Blanks within an item: space, tab, and line endings, since an item may go on. */
static inline bool wls_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether `c` separates the words of a name: '-', '_' and blanks. */
static inline bool wls_is_name_gap(char c)
{
	return c == '-' || c == '_' || wls_is_blank(c);
}

/*
 * Neighbours (graph.md): whether a reference may begin, or end, at byte `at` of `s`:
 * the neighbour is no word character, '-', '_', '/', '@' or '.' with a letter (or, after
 * a number, a digit).
 */
bool wls_may_begin(struct wls_slice s, size_t at);
bool wls_may_end(struct wls_slice s, size_t at);

#endif
