/* SPDX-License-Identifier: MIT */
/*
 * Patterns for paths, as git's own (wildmatch with WM_PATHNAME).
 *
 * Layer: io. Includes: base.
 *
 *	?       one byte, not '/'
 *	*       any bytes, not '/'
 *	[a-z]   one byte of a set; [!…] and [^…] one that is not; [[:digit:]] and its kin
 *	\x      x itself
 *	**      as a whole component: any number of folders; at the end: everything inside
 *
 * Bytes are compared, never characters of a locale: `?` matches one byte of "ä". A pattern that
 * ends within a set or after a backslash matches nothing.
 */
#ifndef WLS_IO_GLOB_H
#define WLS_IO_GLOB_H

#include "wlsync/base.h"

/* Whether the whole path matches. O(pattern × path), whatever the pattern. */
bool wls_glob_match(struct wls_slice pattern, struct wls_slice path);

/*
 * Whether the pattern, used as in `.gitignore`, covers `path` (a `folder` or a file): with a '/' at
 * its start or middle it is matched from the start, without one against the name at any depth; a
 * pattern that covers a folder covers what is inside; with a '/' at its end it covers folders
 * only. *exact (may be NULL) tells whether `path` itself matched and not only a folder above it.
 */
bool wls_glob_covers(struct wls_slice pattern, struct wls_slice path, bool folder, bool *exact);

/*
 * Whether the pattern names the folder `path`, as one of the fixed components that it starts
 * with ("notes" and "notes/x" for `notes/x/a*.md`), or, without a '/', as its only one. Components
 * with wildcards name nothing.
 */
bool wls_glob_names(struct wls_slice pattern, struct wls_slice path);

#endif
