/* SPDX-License-Identifier: MIT */
/*
 * What all renderers of a graph share: what is shown, in which order, and in which words.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 *
 * Invariants
 * - Every text that these functions return is clean (style.h) and lives in the report's
 *   arena or in the graph.
 * - The order of logs in a text follows what a reader does next: most unblocked first,
 *   then most progress, then the id.
 */
#ifndef WLS_RENDER_REPORT_H
#define WLS_RENDER_REPORT_H

#include "base/date.h"
#include "render/style.h"
#include "wlsync/graph.h"

struct wls_report {
	const struct wls_graph *graph;
	const struct wls_view *view; /* NULL: everything */
	const struct wls_style *style;
	struct wls_moment now;
	struct wls_arena *arena;

	/* Visible edges by the log they leave and by the log they reach, in edge order. */
	uint32_t *out_start, *out_edges; /* of log l: out_edges[out_start[l] .. out_start[l+1]) */
	uint32_t *in_start, *in_edges;
};

/* Indexes the visible edges; everything is borrowed. O(V+E). */
void wls_report_init(struct wls_report *report, const struct wls_graph *graph,
		     const struct wls_view *view, const struct wls_style *style,
		     struct wls_moment now, struct wls_arena *arena);

bool wls_report_log(const struct wls_report *report, uint32_t log);

/* Visible logs of a wave (0: unfinished that cannot be ordered), in the order of a text. */
uint32_t *wls_report_wave(const struct wls_report *report, uint32_t wave, uint32_t *count);
/* Visible completed logs by id. */
uint32_t *wls_report_done(const struct wls_report *report, uint32_t *count);

/* Visible unfinished logs with an unsatisfied edge to `log`, each once, by id. O(its edges). */
uint32_t *wls_report_needed_by(const struct wls_report *report, uint32_t log, uint32_t *count);

/* What a header line counts. */
struct wls_counts {
	uint32_t logs, edges;
	uint32_t ok, waiting, stale, ahead, dangling, ambiguous;
	uint32_t in_progress, blocked, needs_review, completed, other;
	uint32_t ready;
};
void wls_report_count(const struct wls_report *report, struct wls_counts *counts);
/* "7 workstreams, 5 dependencies: 1 ok, …" */
struct wls_slice wls_report_headline(const struct wls_report *report,
				     const struct wls_counts *counts);

/* The symbol of a log by what it waits for, and for `status` by what it says of itself. */
enum wls_glyph wls_log_glyph(const struct wls_report *report, uint32_t log);
enum wls_glyph wls_log_status_glyph(const struct wls_report *report, uint32_t log);
enum wls_paint wls_glyph_paint(enum wls_glyph glyph);

struct wls_slice wls_log_label(const struct wls_report *report, uint32_t log);         /* id */
struct wls_slice wls_version_label(const struct wls_report *report, uint32_t version); /* v5, - */
/* "in progress", "needs review", an unknown word as written, "-". */
struct wls_slice wls_status_label(const struct wls_report *report, uint32_t log);
struct wls_slice wls_progress_label(const struct wls_report *report, uint32_t log); /* 70%, - */

/* "Auth-Refactor v5", "Auth-Refactor". */
struct wls_slice wls_target_label(const struct wls_report *report, const struct wls_edge *edge);
/* "stale: Auth-Refactor v2, now v5" */
struct wls_slice wls_edge_label(const struct wls_report *report, const struct wls_edge *edge);
enum wls_paint wls_edge_paint(const struct wls_edge *edge);

/*
 * What is to be said of a log beside its status: unsatisfied edges, how many it unblocks, satisfied
 * edges; or why it cannot start when no edge says so. *count parts of the arena.
 */
struct wls_part;
const struct wls_part *wls_log_facts(const struct wls_report *report, uint32_t log, size_t *count);
/* The same without what it unblocks. */
const struct wls_part *wls_log_needs(const struct wls_report *report, uint32_t log, size_t *count);
/* Why a log is not ready: unsatisfied edges, a cycle, its status, a blocker. */
const struct wls_part *wls_log_reasons(const struct wls_report *report, uint32_t log,
				       size_t *count);

/* When an open blocker should be gone, if that can be told. */
bool wls_blocker_due(const struct wls_log *log, const struct wls_log_blocker *blocker,
		     struct wls_moment *due);
/* " (@ops-team, ETA 2025-11-11, late 3 d)", or empty. */
struct wls_slice wls_blocker_tail(const struct wls_report *report, const struct wls_log *log,
				  const struct wls_log_blocker *blocker);

/* A name as a word of a shell's command line. */
struct wls_slice wls_shell_word(const struct wls_report *report, struct wls_slice name);

#endif
