/* SPDX-License-Identifier: MIT */
/*
 * Complete runs of conflict markers in a text: `<<<<<<<`, perhaps `|||||||`, `=======`, `>>>>>>>`,
 * of one size, at the start of their lines. For src/doc, and for merge, so that both see the same.
 *
 * Layer: doc. Includes: base, lines.
 */
#ifndef WLS_DOC_CONFLICT_RUN_H
#define WLS_DOC_CONFLICT_RUN_H

#include "doc/lines.h"

/* The sizes of markers: longer ones are ordinary text. */
enum { WLS_CONFLICT_RUN_MIN = 7, WLS_CONFLICT_RUN_MAX = 255 };

/* Zero is the initial state. */
struct wls_conflict_run {
	size_t size;                 /* of the markers of the run we are in; 0: in none */
	int place;                   /* of its last marker, 0-3 */
	uint64_t none_to_the_end[4]; /* bit n: no complete run of size n begins from here on */
};

/* A cheap look before wls_conflict_run_next(), since it is asked of every line. */
static inline bool wls_conflict_run_may_start(const struct wls_lines *lines)
{
	const char *line = lines->src + lines->begin;
	return lines->end - lines->begin >= WLS_CONFLICT_RUN_MIN && line[0] == line[6] &&
	       line[0] != ' ';
}

/*
 * The place of the current line's marker in a complete run: 0 `<<<<<<<`, 1 `|||||||`, 2 `=======`,
 * 3 `>>>>>>>`; -1 when it is none. To be asked of the lines in order; over all lines O(n).
 */
int wls_conflict_run_next(struct wls_conflict_run *run, const struct wls_lines *lines);

#endif
