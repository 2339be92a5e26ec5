/* SPDX-License-Identifier: MIT */
/*
 * WorkLogs with every pattern that people use, for tests of merging. Everything follows from the
 * seed. Nearly every item, sentence, cell and line of code carries a commit's hash that stands
 * nowhere else: by it a judge knows the text again, whatever became of it.
 *
 * No text names a version or hypothesis that does not exist in it.
 */
#ifndef WLS_TEST_GENERATE_LOG_H
#define WLS_TEST_GENERATE_LOG_H

#include "support/random.h"
#include "wlsync/buf.h"

/* What a file has as a whole. */
struct worklog_form {
	bool crlf, mixed; /* mixed: some lines end in CRLF */
	bool byte_order_mark;
	bool no_final_newline;
};

struct worklog_shape {
	uint32_t entries;
	bool newest_first;
	bool frontmatter;
	bool sections; /* the log's own ones */
};

/* A log in LF with a final newline, about 600 bytes an entry. */
void worklog_generate(struct test_random *r, const struct worklog_shape *shape,
		      struct wls_buf *out);
/* Gives a text in LF that form. */
void worklog_form_apply(const struct worklog_form *form, struct wls_slice text,
			struct wls_buf *out);

/* An entry; `stamp` is "", or date and time with " | " before. Ends in a blank line. */
void worklog_add_entry(struct test_random *r, uint32_t version, const char *stamp,
		       struct wls_buf *out);
/* One field or section of an entry `version`; ends in a blank line. */
void worklog_add_part(struct test_random *r, uint32_t version, struct wls_buf *out);
/* One of the log's own sections; ends in a blank line. */
void worklog_add_section(struct test_random *r, uint32_t version, struct wls_buf *out);
/* "moved the retry loop (3f9c2a1b7d)": what an item says; now and then names an entry. */
void worklog_add_phrase(struct test_random *r, uint32_t version, struct wls_buf *out);
/* "Tested the cache key after 3f9c2a1b7d." */
void worklog_add_sentence(struct test_random *r, struct wls_buf *out);
/* Ten hexadecimal digits, or nothing of the kind twice in a lifetime. */
void worklog_add_hash(struct test_random *r, struct wls_buf *out);
/* A lower-case word. */
const char *worklog_word(struct test_random *r);

#endif
