/* SPDX-License-Identifier: MIT */
/*
 * Between the files of check that run the rules.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * check.c        life, findings added, sorted, told apart
 * place.c        offsets to lines and columns, and back; what a finding shows
 * diagnostics.c  what documents and graph already said
 * ignore.c       comments that switch rules off
 * table.c        the rules
 */
#ifndef WLS_CHECK_INTERNAL_H
#define WLS_CHECK_INTERNAL_H

#include "check/rules.h"

/* The place that was looked up last: the next one often stands on the same line. */
struct wls_place_cache {
	const struct wls_doc *doc; /* NULL: none */
	uint32_t at, line, column;
	uint32_t line_begin;
};

struct wls_check_scratch {
	struct wls_place_cache cache;
};

/* A finding about to be added; texts are copied, but for literals and the graph's. */
struct wls_new_finding {
	enum wls_rule rule;
	struct wls_check_span span; /* end 0: to the end of the word */
	bool whole_file;            /* no place */
	struct wls_slice key;
	const char *message;
	const char *hint; /* NULL: the rule's */
};
void wls_check_put(const struct wls_check_log *log, const struct wls_check_file *file,
		   const struct wls_new_finding *what);

/* ---- place.c ---- */

/*
 * Fills in all but the file; credentials in the source that is kept are blanked, and with `secret`
 * the place itself. O(distance on the line), for places in order.
 */
void wls_place_fill(struct wls_check *check, const struct wls_doc *doc,
		    const struct wls_check_span *span, bool secret,
		    struct wls_finding_place *place);
/* The end of what a reader would call the word at `at`; at least one code point, if there is one. */
uint32_t wls_place_word_end(struct wls_slice source, uint32_t at);
/*
 * The offset of a line and column; `from` is where an earlier answer was, zero at first. O(distance)
 * for places in order.
 */
struct wls_line_cursor {
	uint32_t line, column, at;
};
uint32_t wls_place_offset(const struct wls_doc *doc, struct wls_line_cursor *from, uint32_t line,
			  uint32_t column);

/* ---- diagnostics.c, ignore.c ---- */

void wls_check_diagnostics(const struct wls_check_log *log);
/* Marks what comments in the log's files switch off, of the findings from `first` on. */
void wls_check_ignore(const struct wls_check_log *log, size_t first);

#endif
