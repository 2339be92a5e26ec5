/* SPDX-License-Identifier: MIT */
/*
 * Between the families of rules and what runs them.
 *
 * Layer: check. Includes: base, doc, graph, trends, check.
 *
 * A family is one file, rules_NAME.c, with one function of the type below, listed in check.c.
 */
#ifndef WLS_CHECK_RULES_H
#define WLS_CHECK_RULES_H

#include "wlsync/check.h"
#include "wlsync/secret.h"

/* One log, as the rules see it. */
struct wls_check_log {
	struct wls_check *check;
	uint32_t log;
	const struct wls_check_file *files; /* current first, then parts, then snapshots */
	size_t count;
	size_t part_count;                       /* of files: those that are read as one */
	const struct wls_key_scan *failure_keys; /* what failures and hypotheses stand under */
};

/* Bytes [begin, end) of a file. */
struct wls_check_span {
	uint32_t begin, end;
};

/*
 * Adds a finding about the bytes of a span of a file of the log (end 0: to the end of the word or
 * line); `message` is copied. `key`: what the fingerprint is made of beside rule and log (a name, a
 * figure's name and version …), never a line. Nothing happens when the rule is off.
 */
void wls_check_add(const struct wls_check_log *log, const struct wls_check_file *file,
		   enum wls_rule rule, struct wls_check_span span, struct wls_slice key,
		   const char *message);

/*
 * The credentials of a file of the log, in order, but those that are allowed; valid until another
 * file is looked at. O(file) at first.
 */
const struct wls_secret *wls_place_secrets(struct wls_check *check, const struct wls_doc *doc,
					   size_t *count);

/* Whether the rule is on: to spare the work. */
bool wls_check_wants(const struct wls_check *check, enum wls_rule rule);

void wls_rules_entries(const struct wls_check_log *log); /* gaps, dates, spelling, summary */
void wls_rules_figures(const struct wls_check_log *log); /* contradictions, regressions, targets */
void wls_rules_hypotheses(const struct wls_check_log *log); /* refuted again, dead ends again */
void wls_rules_blockers(const struct wls_check_log *log);
void wls_rules_files(const struct wls_check_log *log); /* missing files and lines */
void wls_rules_text(const struct wls_check_log *log);  /* the last line's ending */
void wls_rules_secrets(const struct wls_check_log *log);
#endif
