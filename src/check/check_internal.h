/* SPDX-License-Identifier: MIT */
/*
 * Between the files of check that run the rules.
 *
 * Layer: check. Includes: base, doc, graph, check.
 *
 * check.c        life, findings added, sorted, told apart
 * place.c        the place of a finding, and what is shown of its line
 * cycles.c       logs that wait for each other
 * diagnostics.c  what documents and graph already said
 * ignore.c       comments that switch rules off
 * table.c        the rules
 */
#ifndef WLS_CHECK_INTERNAL_H
#define WLS_CHECK_INTERNAL_H

#include "check/rules.h"
#include "wlsync/secret.h"

/* A finding that may tell of a circle; cycles.c. */
struct wls_in_cycle {
	size_t finding;
	uint32_t log, rank;
};

struct wls_check_scratch {
	/* The place that was looked up last, and its document: the next often stands near. */
	const struct wls_doc *doc;
	struct wls_doc_place place;
	struct wls_secret *secrets; /* of that document */
	size_t secret_count, secret_cap;
	struct wls_key_scan failure_keys;
	struct wls_cycle_place *cycle_places; /* by log; NULL: not needed yet */
	struct wls_in_cycle *in_cycles;       /* in the order of their findings */
	size_t in_cycle_count, in_cycle_cap;
};

/* A finding about to be added; texts are copied, but for literals and the graph's. */
struct wls_new_finding {
	enum wls_rule rule;
	struct wls_check_span span; /* end 0: to the end of the word */
	bool whole_file;            /* no place */
	bool note;                  /* a note at most, whatever the rule's severity */
	struct wls_slice key;
	const char *message;
	const char *hint; /* NULL: the rule's */
};
void wls_check_put(const struct wls_check_log *log, const struct wls_check_file *file,
		   const struct wls_new_finding *what);

/* ---- place.c ---- */

/*
 * Fills in all but the file; credentials in the source that is kept are blanked. O(distance on the
 * line), for places in order; O(file) more for the first of a file.
 */
void wls_place_fill(struct wls_check *check, const struct wls_doc *doc,
		    const struct wls_check_span *span, struct wls_finding_place *place);
/* Blanks the credentials of a message. O(len). */
void wls_place_blank(const struct wls_check *check, char *text, size_t len);
/* The end of what a reader would call the word at `at`; at least one code point, if there is one. */
uint32_t wls_place_word_end(struct wls_slice source, uint32_t at);

/* ---- cycles.c ---- */

/* Adds a candidate when the log is in a circle. */
void wls_check_cycle(const struct wls_check_log *log);
/* Keeps one candidate of each circle. Before the findings are sorted. O(findings). */
void wls_check_cycles_finish(struct wls_check *check);

/* ---- diagnostics.c, ignore.c ---- */

void wls_check_diagnostics(const struct wls_check_log *log);
/* Marks what comments in the log's files switch off, of the findings from `first` on. */
void wls_check_ignore(const struct wls_check_log *log, size_t first);

#endif
