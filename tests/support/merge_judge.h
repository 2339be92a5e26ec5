/* SPDX-License-Identifier: MIT */
/*
 * What holds for every merge of logs whose texts carry hashes (generate_log.h): judges that know
 * nothing of how the engine works. Each returns NULL when all is well, else what is wrong;
 * judge_detail() then says where.
 */
#ifndef WLS_TEST_MERGE_JUDGE_H
#define WLS_TEST_MERGE_JUDGE_H

#include "wlsync/merge.h"

struct judged {
	struct wls_slice base, ours, theirs;
	const struct wls_merge *merge;
};

/* The text with every conflict that the merge left settled so. */
void judge_project(const struct wls_merge *merge, enum wls_pick pick, struct wls_buf *out);
/* The markers in the text are those that the merge tells of, and hold the sides' texts. */
const char *judge_conflicts(const struct judged *j);
/* Law 3, by hashes: what a side has is there once, what it removed is gone, nothing twice. */
const char *judge_hashes(const struct judged *j);
/* Law 3, by lines: no line is new but by a rule, no structural line is lost or invented. */
const char *judge_lines(const struct judged *j);
/*
 * Law 3 for any bytes: a line that a side added is there, taking its side in conflicts, or a rule
 * is named that changed it; and no line is new unless some rule is named.
 */
const char *judge_raw_lines(const struct judged *j);
/* Law 4: entries and sections that are equal everywhere are the same bytes, in the same order. */
const char *judge_locality(const struct judged *j);
/* Law 8: numbers, order, version, fences, line endings; and the result is read as it should. */
const char *judge_well_formed(const struct judged *j);
/* Renumbering: the map tells what is seen, and references follow it. */
const char *judge_references(const struct judged *j);

const char *judge_detail(void);

#endif
