/* SPDX-License-Identifier: MIT */
/*
 * What a person or an agent needs to know before going on, in at most 40 lines.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#ifndef WLS_RENDER_PRIME_H
#define WLS_RENDER_PRIME_H

#include "render/report.h"

#define WLS_PRIME_LINES 40u

/* Enumerator, JSON key, title. In the order of the text. */
#define WLS_PRIME_TABLE(X)                                                                         \
	X(READY, "ready", "Ready")                                                                 \
	X(WAITING, "waiting", "Waits")                                                             \
	X(STALE, "stale", "Newer than what was relied on")                                         \
	X(OVERDUE, "overdue", "Blockers past their ETA")                                           \
	X(AVOID, "avoid", "Do not try again")

enum wls_prime_part {
#define X(name, key, title) WLS_PRIME_##name,
	WLS_PRIME_TABLE(X)
#undef X
		WLS_PRIME_COUNT,
};

/* What happened in a version since. */
struct wls_prime_detail {
	uint32_t version;
	struct wls_slice text;
};

struct wls_prime_item {
	uint32_t log;
	uint32_t version; /* of the entry that says so; 0: none */
	struct wls_slice text;
	const struct wls_prime_detail *details; /* newest first */
	size_t detail_count;
};

struct wls_prime {
	struct {
		struct wls_prime_item *items;
		size_t count, cap;
	} parts[WLS_PRIME_COUNT];
};

/* Adds an item; texts are borrowed. */
void wls_prime_add(struct wls_prime *prime, enum wls_prime_part part, struct wls_prime_item item);
void wls_prime_release(struct wls_prime *prime);

/*
 * Adds the ready, waiting and overdue parts, which the graph alone tells, of what the report shows;
 * texts are in the report's arena.
 */
void wls_prime_read(struct wls_prime *prime, const struct wls_report *report);

/* Adds the text: at most WLS_PRIME_LINES lines, every part with its share; what is left out is counted. */
void wls_render_prime(const struct wls_report *report, const struct wls_prime *prime,
		      struct wls_buf *out);
/* Adds wlsync.prime/1, with everything. */
void wls_document_prime(const struct wls_report *report, const struct wls_prime *prime,
			struct wls_buf *out);

#endif
