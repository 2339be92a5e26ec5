/* SPDX-License-Identifier: MIT */
/*
 * What a merge did, told to programs (JSON) and to people (lines).
 *
 * Layer: cli. Includes: base, buf, merge.
 */
#ifndef WLS_CLI_MERGE_REPORT_H
#define WLS_CLI_MERGE_REPORT_H

#include "wlsync/merge.h"

/*
 * The document wlsync.merge/1, with its line ending. `labels` names the sides in order; NULL, or
 * NULL for one: as the merge itself does.
 */
void wls_merge_report_json(const struct wls_merge *merge, const char *const *labels,
			   struct wls_buf *out);
/* One line for each resolution, renumbering, left reference and conflict; controls as '?'. */
void wls_merge_report_lines(const struct wls_merge *merge, bool ascii, struct wls_buf *out);

/* "v6 → v7 (Login), H3 → H4"; with `titles` the parts in parentheses. Nothing when there is none. */
void wls_merge_report_numbers(const struct wls_merge *merge, bool titles, bool ascii,
			      struct wls_buf *out);
/* "2 conflicts, the first at v5 › Next"; nothing when there is none. */
void wls_merge_report_conflicts(const struct wls_merge *merge, struct wls_buf *out);
/* "merged by lines", "markers are 9 long": what was unusual, after "; "; or nothing. */
void wls_merge_report_method(const struct wls_merge *merge, unsigned marker_size,
			     struct wls_buf *out);
/* "ours", "theirs", "side 3": how side `i` of `count` is called when nothing was said. */
const char *wls_merge_side_name(const char *const *labels, size_t i, char buf[24]);

#endif
