/* SPDX-License-Identifier: MIT */
/*
 * Differences for people (marked text, sentences, counts) and as a document.
 *
 * Layer: render. Includes: base, buf, doc, pair, diff.
 *
 * diff.c            marked text
 * diff_note.c       what changed, in words; shared by the others
 * diff_plain.c      sentences and counts
 * diff_document.c   JSON
 * diff_textconv.c   a log as lines, for git
 */
#ifndef WLS_RENDER_DIFF_H
#define WLS_RENDER_DIFF_H

#include "render/style.h"
#include "wlsync/diff.h"

/* What is shown, and what both texts are called. */
struct wls_diff_view {
	const struct wls_diff *diff;
	const struct wls_style *style;
	struct wls_slice names[2];
	struct wls_arena *arena;
};

/* Adds both names and the changes, marked; nothing when there are none. O(what changed). */
void wls_diff_text(const struct wls_diff_view *view, struct wls_buf *out);
/* A sentence a change. */
void wls_diff_plain(const struct wls_diff_view *view, struct wls_buf *out);
/* One line that counts the changes; nothing when there are none. */
void wls_diff_stat(const struct wls_diff_view *view, struct wls_buf *out);
/* Adds the document wlsync.diff/1 and a line ending. */
void wls_diff_document(const struct wls_diff_view *view, struct wls_buf *out);

/*
 * Adds a log's lines as they are, those that are not blank behind the place where they stand
 * ("v5 › Next: - [ ] Webhook"), for git's textconv; other texts as they are. O(n).
 */
void wls_diff_textconv(struct wls_doc *doc, struct wls_buf *out);

/* ---- diff_note.c ---- */

/*
 * Adds what changed, in words: "ticked, priority MED → HIGH". What the marked text shows by itself (words)
 * is left out unless `all`.
 */
void wls_diff_note(const struct wls_diff_view *view, const struct wls_delta *delta, bool all,
		   struct wls_buf *out);
/* A place as it is shown: "v6 > Next" where all is ASCII. */
struct wls_slice wls_diff_place(const struct wls_diff_view *view, struct wls_slice place);
/* The edits of a change. O(edits). */
size_t wls_diff_edits_of(const struct wls_diff *diff, const struct wls_delta *delta);
/* Adds the lines whose ending changed: "4 lines: 2, 7-9"; all of the text without their numbers. O(n). */
void wls_diff_ending_lines(const struct wls_diff_view *view, const struct wls_delta *delta,
			   struct wls_buf *out);
/* "LF", "CRLF", "mixed", or "none". */
const char *wls_diff_endings(const struct wls_diff *diff, size_t side);
/* Whether that aspect changed. */
static inline bool wls_delta_has(const struct wls_delta *delta, enum wls_delta_aspect aspect)
{
	return delta->aspects >> aspect & 1;
}
/* The bytes of a span on a side. */
static inline struct wls_slice wls_diff_bytes(const struct wls_diff *diff, size_t side,
					      const struct wls_delta_span *span)
{
	uint32_t begin = side ? span->b0 : span->a0, end = side ? span->b1 : span->a1;

	return wls_slice(diff->texts[side].ptr + begin, end - begin);
}

#endif
