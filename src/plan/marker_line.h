/* SPDX-License-Identifier: MIT */
/*
 * Marker lines: one HTML comment, `<!-- NAME:1 key=value … -->`, whose values are
 * percent-encoded. Private to src/plan.
 *
 * Layer: plan. Includes: base, buf.
 *
 * Invariants
 * - What is written never holds "--", ">", a blank or a line ending inside of a value, so the
 *   comment ends where we end it, whatever the texts hold.
 * - Nothing is guessed in reading: a value that is not as we write it makes the line no marker.
 */
#ifndef WLS_PLAN_MARKER_LINE_H
#define WLS_PLAN_MARKER_LINE_H

#include "wlsync/buf.h"

#define WLS_MARKER_REGION "<!-- wlsync:1"
#define WLS_MARKER_COMMENT "<!-- wlsync-comment:1"

/* Adds a value, encoded. */
void wls_marker_add_value(struct wls_buf *out, struct wls_slice value);
/* Adds ` key=` and the value, encoded; `key` with its blank and sign. */
void wls_marker_add(struct wls_buf *out, const char *key, struct wls_slice value);

/*
 * The words between `opening` and `-->` of a line that is such a comment and nothing else;
 * blanks may follow it.
 */
bool wls_marker_body(struct wls_slice line, struct wls_slice opening, struct wls_slice *words);
/* Cuts the next word off; false when none is left. */
bool wls_marker_next(struct wls_slice *words, struct wls_slice *word);
/* Parts `key=value`; false when the word has no `=`, or nothing before it. */
bool wls_marker_part(struct wls_slice word, struct wls_slice *key, struct wls_slice *value);

/* Decodes a value into the arena; false when a `%` begins no byte. */
bool wls_marker_text(struct wls_slice value, struct wls_arena *arena, struct wls_slice *out);
/* Adds the value decoded; a `%` that begins no byte stays itself. */
void wls_marker_add_decoded(struct wls_buf *out, struct wls_slice value);
/* A number in [0, max], of digits alone. */
bool wls_marker_number(struct wls_slice value, uint64_t max, uint64_t *out);
/* 16 hexadecimal digits. */
bool wls_marker_hash(struct wls_slice value, uint64_t *out);

#endif
