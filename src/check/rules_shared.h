/* SPDX-License-Identifier: MIT */
/*
 * What several families of rules need: places of texts, entries in order, words as they are compared.
 *
 * Layer: check. Includes: base, doc, graph, check. Private to the rules.
 */
#ifndef WLS_CHECK_RULES_SHARED_H
#define WLS_CHECK_RULES_SHARED_H

#include "check/rules.h"

/* ---- places ---- */

/* Where `text` stands in the document: false when it is none of its bytes (it was put together). */
bool wls_rule_span(const struct wls_doc *doc, struct wls_slice text, struct wls_check_span *out);
/* The same; a text of several lines is at `at`, to the end of the word there. */
struct wls_check_span wls_rule_span_or(const struct wls_doc *doc, struct wls_slice text,
				       uint32_t at);
/* `v5` of an entry's heading. */
struct wls_check_span wls_rule_heading_span(const struct wls_doc *doc,
					    const struct wls_entry *entry);

/* ---- entries ---- */

struct wls_rule_entry {
	const struct wls_check_file *file;
	struct wls_entry *entry;
};

/* All headings of the log's parts, continuations too, by number, then as they stand. O(n log n). */
struct wls_rule_entry *wls_rule_entries(const struct wls_check_log *log, size_t *count);
/*
 * The headings of versions that only snapshots have, each from the newest that has it, as they stand.
 * Freed by the caller; NULL when there are none. O(entries).
 */
struct wls_rule_entry *wls_rule_older_entries(const struct wls_check_log *log, size_t *count);
/* The newest entry of the log and its file; false when it has none. O(parts). */
bool wls_rule_newest(const struct wls_check_log *log, struct wls_rule_entry *out);

/* Whether nothing is left to be done in the log. */
bool wls_rule_is_completed(const struct wls_check_log *log);

/* ---- words ---- */

#define WLS_PHRASE_MAX 48u /* words that are compared; a longer text is no phrase */

/*
 * The content words of a text: ASCII case folded, code and emphasis marks gone, without what
 * stands in parentheses and without articles, `try`, `again` and the like. At most WLS_PHRASE_MAX; a
 * text with more has count 0. Sorted by hash, each once.
 */
struct wls_phrase {
	uint32_t hashes[WLS_PHRASE_MAX];
	size_t count;
	uint32_t figures; /* of the words with a digit: equal only when all are the same */
	bool denied;      /* holds not, never, without, remove, revert, instead and the like */
};

/* O(text). */
void wls_phrase_read(struct wls_slice text, struct wls_phrase *out);
/*
 * Whether two texts say nearly the same: the same words, at least two of them; or at least four in
 * common and Dice's coefficient of 0.8. Words with digits must be the same. O(words).
 */
bool wls_phrase_alike(const struct wls_phrase *a, const struct wls_phrase *b);

#endif
