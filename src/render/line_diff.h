/* SPDX-License-Identifier: MIT */
/*
 * What differs between two texts, line by line, for people.
 *
 * Layer: render. Includes: base.
 */
#ifndef WLS_RENDER_LINE_DIFF_H
#define WLS_RENDER_LINE_DIFF_H

#include "wlsync/base.h"

enum wls_diff_op {
	WLS_DIFF_SAME,
	WLS_DIFF_REMOVED,
	WLS_DIFF_ADDED,
	WLS_DIFF_GAP, /* same lines that were left out; no text */
};

struct wls_diff_line {
	enum wls_diff_op op;
	struct wls_slice text; /* of the texts given, without its ending */
};

/*
 * The lines of both texts in one order: those of `from` are SAME and REMOVED, those of `to` SAME and
 * ADDED; *count of them, in the arena. Line endings are not compared. As few lines differ as can
 * be, unless more than WLS_DIFF_MOST do: then all that lies between the first and the last of
 * them. O(n + d²) for d lines that differ, d at most WLS_DIFF_MOST; d² numbers of memory meanwhile.
 */
struct wls_diff_line *wls_line_diff(struct wls_slice from, struct wls_slice to,
				    struct wls_arena *arena, size_t *count);
#define WLS_DIFF_MOST 500

/*
 * Leaves, in place, what differs with `context` same lines around it, and a GAP where others stood
 * between them; the new count, 0 when nothing differs. O(count).
 */
size_t wls_diff_narrow(struct wls_diff_line *lines, size_t count, size_t context);

#endif
