/* SPDX-License-Identifier: MIT */
/*
 * What the collectors of claims share.
 *
 * Layer: trends. Includes: base, doc, figure, pattern, trends. Private to src/trends/collect*.c.
 */
#ifndef WLS_TRENDS_COLLECT_H
#define WLS_TRENDS_COLLECT_H

#include "trends/trends_internal.h"

/* What holds where the walk stands. */
struct wls_collect_context {
	uint32_t entry;          /* 0: the log's own part */
	uint32_t version;        /* what the words are about */
	bool pinned;             /* and that is written (`- v5: …`) */
	bool only_fields;        /* the rows were read as a pattern: sections and fields remain */
	struct wls_slice holder; /* feature or section that a Progress belongs to; empty: the log */
};

struct wls_collector {
	struct wls_trends *trends;
	struct wls_trends_intake *intake;
	struct wls_doc *doc;
	struct wls_slice file;
	uint32_t version; /* of the log, as far as the files up to this one tell */
	bool snapshot;
	const struct wls_node *place_node; /* where the last figure of a joined text was found */
	size_t place;
};

/* A new claim without a figure; valid until the next one. */
struct wls_claim *wls_collect_claim(struct wls_collector *c,
				    const struct wls_collect_context *context,
				    enum wls_claim_kind kind, struct wls_slice name,
				    const struct wls_node *node);
/* Sets what `figure` says, its version if it has one, and its place. */
void wls_collect_figure(struct wls_collector *c, struct wls_claim *claim,
			const struct wls_figure *figure);
/* The newest version that words may be about: no entry tells of later ones. */
uint32_t wls_collect_newest(const struct wls_collector *c,
			    const struct wls_collect_context *context);

/* ---- collect_findings.c ---- */

/* Adds the claims of a trend line: `API latency: 200ms (v1) → 180ms (v3)`. O(bytes). */
void wls_collect_trend(struct wls_collector *c, const struct wls_collect_context *context,
		       const struct wls_finding *f);
/* Adds the claims of `Cache hit rate 85% (v3) vs 60% (v7)`, and that they contradict. O(bytes). */
void wls_collect_contradiction(struct wls_collector *c, const struct wls_collect_context *context,
			       const struct wls_finding *f);

/* ---- collect_table.c ---- */

/* Adds the claims of a table. O(bytes). */
void wls_collect_table(struct wls_collector *c, const struct wls_collect_context *context,
		       struct wls_node *table);

#endif
