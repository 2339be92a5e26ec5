/* SPDX-License-Identifier: MIT */
/*
 * Figures across the versions of one log: what they were, how they moved, where they went back,
 * and where two places of the log say different things.
 *
 * Layer: trends. Includes: base, doc, figure, pattern.
 *
 * Use, once a log: wls_trends_new(), wls_trends_add() for each of its files (the current one
 * first, then parts, then snapshots), wls_trends_build() once; then read.
 *
 * Invariants
 * - A claim is one figure with a name, as it stands in a file. Nothing is guessed: a figure without
 *   a clear name, or a version, date, range or line number, is no claim.
 * - Documents and paths are borrowed: they must outlive the trends. Slices point into them or
 *   into the arena. Documents may have read their children in the meantime.
 * - The same files in the same order give the same results. All is O(bytes of the log), plus
 *   sorting.
 */
#ifndef WLSYNC_TRENDS_H
#define WLSYNC_TRENDS_H

#include "wlsync/doc.h"
#include "wlsync/figure.h"
#include "wlsync/pattern.h"

#define WLS_METRIC_NONE UINT32_MAX

/* ---- claims ---- */

/* Enumerator, JSON name. */
#define WLS_CLAIM_TABLE(X)                                                                         \
	X(PROGRESS, "progress")           /* Progress of the log, or of a feature or section */    \
	X(COMPONENT, "component")         /* `OAuth 90%` of Progress, of lists, of phases */       \
	X(TARGET, "target")               /* what ought to be: `<200ms` */                         \
	X(CURRENT, "current")             /* what is, beside its target */                         \
	X(TREND, "trend")                 /* a figure of a trend line */                           \
	X(CONTRADICTION, "contradiction") /* a figure of a Contradictions field, or beside `vs` */ \
	X(CELL, "table")                  /* a cell of a table */                                  \
	X(BUDGET, "token_budget")         /* what remains, in % */                                 \
	X(STATEMENT, "statement")         /* named in Work, Works, Decisions and the like */

enum wls_claim_kind {
#define X(name, text) WLS_CLAIM_##name,
	WLS_CLAIM_TABLE(X)
#undef X
};

/* "progress", "target" … */
const char *wls_claim_kind_name(enum wls_claim_kind kind);

struct wls_claim {
	enum wls_claim_kind kind;
	struct wls_slice name; /* as written, one line */
	uint32_t metric;       /* index into metrics */

	struct wls_slice text; /* the figure as written: `<200ms`; of implied ones the marker */
	enum wls_comparison comparison; /* kept from the text */
	double value;                   /* in `unit` */
	const char *unit;      /* normalised: "ms", "MB", "%", "req/s"; "": a bare number */
	struct wls_slice note; /* `caching` of `(v3, caching)` */

	uint32_t version; /* what it is about: `(v3)`, else its entry, else the file's version */
	uint32_t entry;   /* the entry that it stands in; 0: the log's own part */
	bool pinned;      /* the version is written with the figure */
	bool earlier;     /* what it was before `version`: 80 of `80% → 90%` */
	bool implied;     /* a done component: 100 % though only ✅ is written */
	bool snapshot;    /* stands in an old copy of the log */
	struct wls_slice date; /* of that version's entry, YYYY-MM-DD, or empty */

	struct wls_slice file;
	uint32_t at;           /* offset in the file */
	uint32_t line, column; /* from 1, column in code points */
	const struct wls_node *node;
};

/* ---- metrics: claims of one name and one kind of unit ---- */

enum wls_better {
	WLS_BETTER_UNKNOWN,
	WLS_BETTER_LOWER,
	WLS_BETTER_HIGHER,
};

/* "lower", "higher", NULL for UNKNOWN. */
const char *wls_better_name(enum wls_better better);

struct wls_point {
	const struct wls_claim *claim; /* what counts of all that is claimed for its version */
	bool regressed;                /* worse than the point before, and than the best so far;
					* or by small steps, when that was not told yet */
	bool misses;                   /* worse than the target that held at its version */
};

struct wls_metric {
	struct wls_slice name;    /* as written where it stands last */
	struct wls_slice key;     /* as compared: folded, and its unit */
	const char *unit;         /* of all its claims */
	enum wls_claim_kind kind; /* of its newest point, else TARGET */
	enum wls_better better;

	struct wls_point *points; /* by version; `earlier` ones only at the front */
	size_t point_count;       /* 0: only a target */
	size_t best, worst;       /* indices of points, the first of equals; both 0 when unknown */

	bool contradicted; /* a contradiction is about it */

	const struct wls_claim *const *targets; /* by version */
	size_t target_count;
};

/* The target that holds at the end, or NULL. */
const struct wls_claim *wls_metric_target(const struct wls_metric *metric);

/* ---- findings ---- */

enum wls_regression_kind {
	WLS_REGRESSION_BEST, /* went back: worse than the point before and than the best so far */
	WLS_REGRESSION_TARGET, /* misses its target, which an earlier point met, or at the newest point */
};

/* "best", "target". */
const char *wls_regression_kind_name(enum wls_regression_kind kind);

struct wls_regression {
	enum wls_regression_kind kind;
	uint32_t metric;
	size_t point;                   /* index of points */
	const struct wls_claim *claim;  /* that point's */
	const struct wls_claim *better; /* the best before it; of TARGET the target */
	bool newest;                    /* the metric's last point: it still holds */
};

enum wls_contradiction_kind {
	WLS_CONTRADICTION_STATED,  /* the log says so: `85% (v3) vs 60% (v7)` */
	WLS_CONTRADICTION_VERSION, /* two places claim different values for one version */
};

/* "stated", "version". */
const char *wls_contradiction_kind_name(enum wls_contradiction_kind kind);

struct wls_contradiction {
	enum wls_contradiction_kind kind;
	uint32_t metric;
	const struct wls_claim *a,
		*b;              /* STATED: in their order; VERSION: by place, b the later one */
	struct wls_slice remark; /* `what changed?`; STATED only */
	const struct wls_attribute *attributes; /* Investigation, Solution beneath it */
	size_t attribute_count;
};

/* ---- a log ---- */

struct wls_trends {
	struct wls_claim *claims; /* in the order of the files and of their tree */
	size_t claim_count;
	struct wls_metric *metrics; /* in the order of their first claims */
	size_t metric_count;
	struct wls_regression *regressions; /* by metric */
	size_t regression_count;
	struct wls_contradiction *contradictions; /* by the place of b */
	size_t contradiction_count;
	uint32_t version;                 /* of the first file */
	struct wls_trends_intake *intake; /* private to src/trends */
	struct wls_arena arena;
};

struct wls_trends *wls_trends_new(void);
void wls_trends_free(struct wls_trends *trends); /* NULL is fine */
static inline void wls_trends_freep(struct wls_trends **trends)
{
	wls_trends_free(*trends);
}
#define _cleanup_trends_ _cleanup_(wls_trends_freep)

/*
 * Collects the claims of a file. Of a `snapshot` only what is about versions that no file before it
 * has an entry for, and its own part. O(bytes).
 */
void wls_trends_add(struct wls_trends *trends, struct wls_slice file, struct wls_doc *doc,
		    bool snapshot);
/* Groups, sorts and judges. Once. O(n log n) in the claims. */
void wls_trends_build(struct wls_trends *trends);

/* What an entry says that may explain a change. */
struct wls_change {
	uint32_t version;
	struct wls_slice file;
	const struct wls_entry *entry; /* its title, date and place; NULL: from the Decisions Log */
	const struct wls_statement *decisions; /* of the entry, or of the log for that version */
	size_t decision_count;
};

/*
 * What happened after version `from`, up to and with `to`: at most `limit` versions, the newest of
 * them, ascending, into the arena; *left_out gets how many more there are. O(limit + log n).
 */
const struct wls_change *wls_trends_between(struct wls_trends *trends, uint32_t from, uint32_t to,
					    size_t limit, size_t *count, size_t *left_out);

/* ---- pieces, for their own sake ---- */

/*
 * Unit and factor: `value * factor` is in the unit returned. "s" → "ms", 1000; "KB" → "MB", 0.001;
 * one that is unknown is returned in lower case, of the arena. O(unit).
 */
const char *wls_unit_normalise(struct wls_arena *arena, struct wls_slice unit, double *factor);

/* Which way is better, by the words of a name and its normalised unit. O(name). */
enum wls_better wls_better_of(struct wls_slice name, const char *unit);

/* A figure with a name in a line of free text. */
struct wls_named {
	struct wls_slice name;
	struct wls_figure figure;
	bool earlier; /* a chain `250ms → 150ms` goes on behind it */
};

/* A walk over the named figures of a text. Zero but for the text is the initial state. */
struct wls_named_scan {
	struct wls_slice text; /* one line */
	size_t at;             /* behind the last figure */
	size_t used;           /* behind the last one that had a name */
	struct wls_slice name; /* of a chain that goes on, or of the whole text; empty: none */
};
/*
 * The next figure that clearly has a name: `Name: 85%`, `cache hit rate is 85%`, `p95 latency 250ms →
 * 150ms`, `45% hit rate`. False at the end. O(bytes passed).
 */
bool wls_named_next(struct wls_named_scan *scan, struct wls_named *out);

#endif
