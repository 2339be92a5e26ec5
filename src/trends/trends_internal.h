/* SPDX-License-Identifier: MIT */
/*
 * What the files of src/trends share.
 *
 * Layer: trends. Includes: base, doc, figure, pattern, trends. Private to src/trends.
 */
#ifndef WLS_TRENDS_INTERNAL_H
#define WLS_TRENDS_INTERNAL_H

#include "base/map.h"
#include "wlsync/trends.h"

/* A version that the log speaks of, with what may explain a change in it. */
struct wls_step {
	uint32_t version;
	uint32_t order; /* of equals the first counts */
	struct wls_slice file;
	struct wls_doc *doc;
	const struct wls_entry *entry;         /* NULL: only in the decisions log */
	const struct wls_statement *decisions; /* of the decisions log */
	size_t decision_count;
};

struct wls_trends_intake {
	struct wls_map seen; /* versions that files before this one have entries for */
	struct wls_claim *claims;
	size_t claim_count, claim_cap;
	struct wls_step *steps;
	size_t step_count, step_cap;
	struct wls_stated *pairs;
	size_t pair_count, pair_cap;
	size_t regression_cap, contradiction_cap;
	uint32_t file_count;
};

/* A contradiction that the log states: its claims by number, since their array still grows. */
struct wls_stated {
	size_t a, b; /* indices of claims */
	struct wls_slice remark;
	const struct wls_attribute *attributes;
	size_t attribute_count;
};

/* ---- text.c ---- */

/* A name without marks, emphasis, code ticks, articles, and what leads to its figure. */
struct wls_slice wls_metric_name(struct wls_slice text);
/* Whether a name is one: letters, at most eight words and eighty bytes, no key of the format. */
bool wls_metric_named(struct wls_slice name);
/* Whether a word alone says that a figure measures something: "latency", "coverage". */
bool wls_metric_word(struct wls_slice word);
/* Cuts the first word of letters and digits off *rest; false when there is none. */
bool wls_next_name_word(struct wls_slice *rest, struct wls_slice *word);
/* Cuts the last word off `s` (blanks part words); *word is empty when there is none. */
struct wls_slice wls_cut_last_word(struct wls_slice s, struct wls_slice *word);
/* Whether `word` is one of a list of words with blanks between them. O(list). */
bool wls_word_in(struct wls_slice word, const char *list);

/* ---- place.c ---- */

/* Sets line and column of a document's claims from their offsets. O(bytes + claims log claims). */
void wls_claims_locate(const struct wls_doc *doc, struct wls_claim *claims, size_t count);

/* ---- judge.c ---- */

/* Whether `a` is worse than `b` for certain, by more than what rounding explains. */
bool wls_claim_worse(const struct wls_claim *a, const struct wls_claim *b, enum wls_better better);
/* Whether two claims of one version cannot both hold. */
bool wls_claim_differs(const struct wls_claim *a, const struct wls_claim *b);
/* Sets best and worst of a metric with points and targets, and adds its regressions. */
void wls_metric_judge(struct wls_trends *trends, uint32_t metric);

/* ---- steps.c ---- */

/* Sorts the steps and joins those of one version. */
void wls_steps_settle(struct wls_trends *trends);
/* The step of that version, or NULL. O(log steps). */
const struct wls_step *wls_step_find(const struct wls_trends_intake *intake, uint32_t version);

#endif
