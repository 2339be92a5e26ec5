/* SPDX-License-Identifier: MIT */
/*
 * Cases for properties of merging: a base, what each side did to it, and how a failing case is
 * made small.
 */
#ifndef WLS_TEST_MERGE_CASE_H
#define WLS_TEST_MERGE_CASE_H

#include "support/edit_log.h"
#include "support/generate_log.h"
#include "wlsync/merge.h"

enum { CASE_SIDES = 4, CASE_EDITS = 6 };

enum case_kind {
	CASE_MIXED,    /* anything on both sides, now and then the same */
	CASE_IN_PLACE, /* different lines changed in their places */
	CASE_DISJOINT, /* different entries changed, entries added */
	CASE_ADDING,   /* three or four sides that add entries */
	CASE_FORWARD,  /* as mixed, with references to entries that are not there */
	CASE_BINARY,   /* as mixed, with NUL bytes */
	CASE_KINDS,
};

/* The files of a case, and what several laws ask of them. */
struct case_texts {
	struct wls_buf base, side[CASE_SIDES];
	size_t sides;
	struct wls_merge *merge; /* of the first two sides; NULL until a law needs it */
};

void case_texts_release(struct case_texts *texts);

/* NULL when the law holds for the texts, else what is wrong: always the same literal for it. */
typedef const char *case_law(struct case_texts *texts);

struct law {
	const char *name;
	enum case_kind kind;
	case_law *holds;
	unsigned long cases; /* seeds 1 to this */
	size_t tried;
	bool refuted;
};

/*
 * Makes the case of that kind and seed, once, and judges it by all laws of that kind that are not
 * refuted yet. A fault is printed as TAP comments with a case as small as could be found that has
 * the same fault; with WLSYNC_KEEP=FOLDER its files are written there too.
 */
void case_judge(enum case_kind kind, uint64_t seed, struct law *laws, size_t count);

#endif
