/* SPDX-License-Identifier: MIT */
/*
 * Generators of logs for property tests and benchmarks. Everything follows from the seed.
 */
#ifndef WLS_TEST_GENERATE_H
#define WLS_TEST_GENERATE_H

#include "support/random.h"
#include "wlsync/buf.h"

/* A dependency that an entry names. */
struct generate_need {
	uint32_t log; /* see generate_name() */
	uint32_t version;
	uint32_t entry; /* the entry (version) it stands in */
};

struct generate_log {
	uint32_t number; /* names the log */
	uint32_t entries;
	bool newest_first;
	bool crlf;
	const char *status;                /* of the newest entry */
	const struct generate_need *needs; /* by falling entry */
	size_t need_count;
};

/* "Payment-Service-0042": the name of log `number`. */
void generate_name(struct wls_buf *out, uint32_t number);
/* The file of a log: its name and "-WorkLog.md". */
void generate_path(struct wls_buf *out, uint32_t number);
/* A log as people write them; about 750 bytes an entry. */
void generate_log(struct test_random *r, const struct generate_log *log, struct wls_buf *out);

/*
 * The standing benchmark's workspace of graph.md: `logs` logs, an acyclic graph. Fills
 * `needs` (room for GENERATE_NEEDS_MAX) for one log and returns their number; over 2,000 logs
 * they are 38,902, of which 3,987 stand in the newest entry that has any.
 */
#define GENERATE_NEEDS_MAX 20
size_t generate_needs(struct test_random *r, uint32_t number, struct generate_need *needs);

/*
 * Random Markdown: lines out of pieces that mean something to CommonMark or to a log, in an
 * order that nobody would write.
 */
void generate_fragment(struct test_random *r, size_t lines, struct wls_buf *out);

#endif
