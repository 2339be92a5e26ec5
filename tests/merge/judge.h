/* SPDX-License-Identifier: MIT */
/*
 * Judging a merged text by an expected one, for the golden cases of the merge (see
 * fixtures/merge/README.md).
 */
#ifndef TESTS_MERGE_JUDGE_H
#define TESTS_MERGE_JUDGE_H

#include "wlsync/buf.h"

/* The labels of the sides in expected conflicts. A block with other labels is ordinary text. */
#define JUDGE_OURS "HEAD"
#define JUDGE_BASE "base"
#define JUDGE_THEIRS "topic"

/*
 * Whether both texts are the same, line by line. Of the place in a conflict's labels only the first
 * part counts: `(v6 › Next)` agrees with `(v6)`; an expected `(*)` agrees with any.
 */
bool judge_agree(struct wls_slice expected, struct wls_slice actual);
/* Adds `text` with the two sides of each expected conflict exchanged, as when merged the other way. */
void judge_swap(struct wls_slice text, struct wls_buf *out);
/* How many conflicts with our labels the text has. */
size_t judge_count(struct wls_slice text);
/* Adds `text` with CRLF for each LF. */
void judge_crlf(struct wls_slice text, struct wls_buf *out);
/* Prints both, line by line, as TAP comments: ` ` in both, `-` expected only, `+` actual only. */
void judge_print(struct wls_slice expected, struct wls_slice actual);

#endif
