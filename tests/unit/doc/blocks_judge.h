/* SPDX-License-Identifier: MIT */
/*
 * cmark-gfm as the judge of our blocks (rule 14 of the format).
 */
#ifndef WLS_TESTS_BLOCKS_JUDGE_H
#define WLS_TESTS_BLOCKS_JUDGE_H

#include "wlsync/buf.h"

/*
 * Compares our blocks of `source` with cmark-gfm's (core syntax): kind, level and start line of every
 * block but paragraphs, and the end line of headings and fences outside containers. True when they agree, or when
 * the judge is not competent for the input (rule 14's list); else `why` tells the first difference and both lists.
 */
bool wls_judge_blocks(struct wls_slice source, struct wls_buf *why);

#endif
