/* SPDX-License-Identifier: MIT */
/*
 * What of a text is for eyes. Private to src/plan.
 *
 * Layer: plan. Includes: base, buf.
 */
#ifndef WLS_PLAN_VISIBLE_H
#define WLS_PLAN_VISIBLE_H

#include "wlsync/buf.h"

/*
 * Adds `text` as one line: without controls, direction marks and overrides, zero-width spaces and
 * byte order marks; a run of blanks with a tab or line ending in it is one space; invalid bytes
 * are U+FFFD; no blanks at its ends. O(n).
 */
void wls_visible_add(struct wls_slice text, struct wls_buf *out);

#endif
