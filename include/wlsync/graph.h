/* SPDX-License-Identifier: MIT */
/*
 * Logs, their references, and the dependency graph between them.
 *
 * Layer: graph. Includes: base, buf, doc.
 *
 * Use: wls_graph_new(), wls_graph_add() for every file, wls_graph_build() once;
 * then read logs, edges, cycles, waves. Documents may be freed as soon as they
 * were added: a graph copies the little it needs (names, open items, the texts that
 * may hold references), so that its size follows the edges and not the files.
 *
 * Invariants
 * - An edge goes from the dependent to what it needs.
 * - After wls_graph_build(): logs are sorted by id, edges by (from id, to, version),
 *   and everything is the same for the same files in whatever order they were added.
 * - Readiness is computed by one function (state.c) and read from wls_log.ready.
 */
#ifndef WLSYNC_GRAPH_H
#define WLSYNC_GRAPH_H

#include "wlsync/doc.h"

#define WLS_LOG_NONE UINT32_MAX

enum wls_edge_kind {
	WLS_EDGE_DEPENDS_ON,
	WLS_EDGE_BLOCKED_BY, /* from Blockers and [BLOCKED] items */
	WLS_EDGE_MENTIONS,
};

enum wls_edge_state {
	WLS_EDGE_DANGLING,
	WLS_EDGE_SATISFIED,
	WLS_EDGE_STALE,
	WLS_EDGE_WAITING,
};

enum wls_edge_reason {
	WLS_REASON_NONE,
	WLS_REASON_AMBIGUOUS, /* dangling */
	WLS_REASON_AHEAD,     /* waiting, in this order */
	WLS_REASON_BLOCKED,
	WLS_REASON_IN_REVIEW,
	WLS_REASON_IN_PROGRESS,
};

const char *wls_edge_kind_name(enum wls_edge_kind kind);       /* "depends_on" */
const char *wls_edge_state_name(enum wls_edge_state state);    /* "satisfied" */
const char *wls_edge_reason_name(enum wls_edge_reason reason); /* "ahead"; NULL for none */

/* An item of the newest Next that is open (not ticked, struck or done). */
struct wls_next_item {
	enum wls_priority priority;
	bool blocked;
	bool waits;            /* names a log over an unsatisfied edge */
	struct wls_slice text; /* one line */
	uint32_t line, column;
};

struct wls_log_blocker { /* an open blocker of the newest entry */
	struct wls_slice text, owner, requested, eta, workaround;
	uint32_t line, column;
};

/* A file named in the newest Files, with its lines (0, 0: the whole file). */
struct wls_log_touch {
	struct wls_slice path;
	uint32_t first, last;
	uint32_t line; /* where the log says so */
};

/* Why a log is not ready; several may hold. */
enum wls_not_ready {
	WLS_NOT_READY_COMPLETED = 1 << 0,
	WLS_NOT_READY_IN_REVIEW = 1 << 1,
	WLS_NOT_READY_STATUS_BLOCKED = 1 << 2, /* declared blocked, or a [BLOCKED] title */
	WLS_NOT_READY_BLOCKER = 1 << 3,        /* an open blocker */
	WLS_NOT_READY_WAITS = 1 << 4,          /* an edge that waits */
	WLS_NOT_READY_STALE = 1 << 5,
	WLS_NOT_READY_DANGLING = 1 << 6,
	WLS_NOT_READY_CYCLE = 1 << 7,
};

/* A node of the graph: a log, or with `entries` a version of one. */
struct wls_log {
	struct wls_slice id;           /* unique: name, `name (folder)`, `name@branch`, `name@vN` */
	struct wls_slice name;         /* as written */
	struct wls_slice folded;       /* as compared */
	struct wls_slice file;         /* current file, relative to the root */
	const struct wls_slice *files; /* all its files: current, parts, snapshots */
	size_t file_count;
	size_t part_count;       /* of files: the current one and its parts, read as one */
	struct wls_slice branch; /* empty unless read from several branches */
	struct wls_slice title;
	uint32_t version; /* 0: none */
	enum wls_work_status status;
	struct wls_slice status_text; /* an unknown word, as written */
	int progress;                 /* -1: none */
	struct wls_slice updated, updated_time;
	bool title_blocked;
	bool lossy; /* invalid bytes in its name or texts were replaced in output */

	struct wls_next_item *next; /* open steps, in file order */
	size_t next_count;
	const struct wls_log_blocker *blockers;
	size_t blocker_count;
	const struct wls_log_touch *touches; /* only with options.overlaps */
	size_t touch_count;

	/* Derived by wls_graph_build(). */
	bool ready;
	bool ready_if_stale_ok;          /* ready when stale pins are accepted */
	unsigned not_ready;              /* enum wls_not_ready */
	uint32_t wave;                   /* 0: completed, or cannot be ordered */
	uint32_t unblocks;               /* unfinished logs that wait for it, directly or not */
	uint32_t first_edge, edge_count; /* its current outgoing edges in edges[] */
	uint32_t component;              /* strongly connected component, over unsatisfied edges */
	bool in_cycle;
};

struct wls_edge {
	uint32_t from;            /* index into logs */
	uint32_t to;              /* index into logs, or WLS_LOG_NONE when dangling */
	struct wls_slice to_name; /* id of `to`; when dangling, the name as written */
	enum wls_edge_kind kind;
	enum wls_edge_state state;
	enum wls_edge_reason reason;
	uint32_t to_version; /* 0: unpinned */
	uint32_t current;    /* version of `to`, 0 when dangling */
	uint32_t behind_by;
	bool claimed;
	bool contradicted; /* claim-contradicted */
	bool historical;   /* from an entry that no longer holds (options.history) */
	bool reduced;      /* follows from others (options.reduce): not drawn */
	bool in_cycle;
	struct wls_slice file; /* where the reference stands */
	uint32_t line, column;
	uint32_t entry;        /* version of the entry it stands in; 0: the log's own section */
	struct wls_slice need; /* attribute Need: of its item, one line; empty: none */
	struct wls_slice note; /* R7 notes and Status: of its item; empty: none */
	struct wls_slice text; /* the item, one line */
};

/* One strongly connected component of more than one log. */
struct wls_cycle {
	uint32_t *logs; /* members, by id */
	size_t log_count;
	uint32_t *edges; /* one cycle, shortest through the first log: indices into edges */
	size_t edge_count;
};

struct wls_overlap {
	uint32_t a, b; /* logs, a before b */
	struct wls_slice path;
	uint32_t first, last; /* the lines both name; 0, 0: a whole file */
};

struct wls_graph_options {
	bool history;  /* edges of older entries too */
	bool mentions; /* references that are no dependencies too */
	bool entries;  /* nodes are versions */
	bool overlaps;
	bool reduce;   /* mark edges that follow from others */
	bool branches; /* files come from several branches: ids are name@branch where needed */
};

struct wls_graph {
	struct wls_log *logs;
	uint32_t log_count;
	struct wls_edge *edges;
	uint32_t edge_count;
	struct wls_cycle *cycles; /* by first log */
	size_t cycle_count;
	uint32_t *waves;      /* logs in order of waves, each by id */
	uint32_t *wave_start; /* wave w (from 0) is waves[wave_start[w] .. wave_start[w+1]) */
	uint32_t wave_count;
	uint32_t *critical; /* the longest unfinished chain, needed first */
	uint32_t critical_count;
	struct wls_overlap *overlaps;
	size_t overlap_count;
	struct wls_diagnostic *diagnostics; /* by file, line, column, rule */
	size_t diagnostic_count;
	const struct wls_slice *skipped; /* files that match by name only (rule 12), sorted */
	size_t skipped_count;
	struct wls_graph_options options;
	struct wls_graph_intake *intake; /* what was added; private to src/graph */
	struct wls_arena arena;
};

struct wls_graph *wls_graph_new(const struct wls_graph_options *options);
void wls_graph_free(struct wls_graph *graph); /* NULL is fine */
static inline void wls_graph_freep(struct wls_graph **graph)
{
	wls_graph_free(*graph);
}
#define _cleanup_graph_ _cleanup_(wls_graph_freep)

/* Where a document came from. Texts are copied. */
struct wls_file {
	struct wls_slice path;   /* relative to the root, '/' between components, no "./" */
	struct wls_slice branch; /* empty: the work tree or the one revision */
	bool named;              /* on the command line: a log whatever its name */
};

/*
 * Whether a path's name makes it a candidate (graph.md: NAME-WorkLog, WorkLog-vN,
 * WORKLOG-NAME); *name and *version (each may be NULL) get what the stem says.
 * O(path).
 */
bool wls_name_from_path(struct wls_slice path, struct wls_slice *name, uint32_t *version);

/*
 * Takes over what the graph needs of a document; the document may be freed afterwards.
 * A file that is no WorkLog is put into `skipped` (by name only) or passed over.
 * Its diagnostics are copied. O(document).
 */
void wls_graph_add(struct wls_graph *graph, const struct wls_file *file, struct wls_doc *doc);

/* Resolves references and derives everything. Once. */
void wls_graph_build(struct wls_graph *graph);

/* ---- after wls_graph_build() ---- */

/*
 * The log that a user means: an id, any spelling that folds to a name or alias, or a
 * file path. Fails with WLS_E_NOT_FOUND (naming the nearest) or WLS_E_AMBIGUOUS
 * (naming the ids).
 */
int wls_graph_find(const struct wls_graph *graph, struct wls_slice what, uint32_t *log,
		   struct wls_error *err);
/* A reference to a log: the bytes of a file, and those among them that spell the log's name. */
struct wls_name_place {
	struct wls_slice file; /* borrowed from the graph */
	uint32_t begin, end;
	uint32_t name_begin, name_end;
	const char *form;      /* "link", "wiki", "token", "spaced", "versioned", "named", … */
	bool encoded;          /* in a link's target: the name may be percent-encoded */
	uint32_t version;      /* 0: unpinned */
	struct wls_slice name; /* the name as it is meant: decoded; borrowed from the graph */
};

/*
 * Every reference to `log` in the graph's files, snapshots and older entries too, that names it by
 * its name (not by an alias or by a file that is called otherwise): R1 to R6 of graph.md, names
 * that are a clause's subject ("subject"), the names in the labels of links ("label"), and R7, of
 * which `name` is the short name ("short"). Each byte belongs to one name at most; sorted by file
 * and place. Needs a graph with options.history and options.mentions. The caller frees *out with
 * free(). O(bytes that may hold references).
 */
size_t wls_graph_references(struct wls_graph *graph, uint32_t log, struct wls_name_place **out);

/*
 * All files of a log, the current one first, then parts, then snapshots by falling
 * version: *count paths, borrowed from the graph.
 */
const struct wls_slice *wls_graph_files(const struct wls_graph *graph, uint32_t log, size_t *count);

/*
 * Logs reachable from `log` over current edges: what it needs (up) and what needs it
 * (down), at most `depth` steps (0: any). keep[log_count] is set. O(V+E).
 */
void wls_graph_focus(const struct wls_graph *graph, uint32_t log, bool up, bool down,
		     uint32_t depth, bool *keep);
/*
 * A shortest path of edges from a to b (indices into edges, caller's array of
 * log_count), its length in *count; false when there is none. O(V+E).
 */
bool wls_graph_path(const struct wls_graph *graph, uint32_t a, uint32_t b, uint32_t *edges,
		    uint32_t *count);

/* Whether an edge counts; only those to a log may. */
typedef bool wls_edge_filter(const struct wls_edge *edge);
/*
 * Strongly connected components over the edges that `filter` keeps: component[log]; those
 * reachable from a component have lower numbers. Returns their count. O(V+E), no recursion.
 */
uint32_t wls_graph_components(const struct wls_graph *graph, wls_edge_filter *filter,
			      uint32_t *component);

/* A log in the order of `next`, with one of its open items (or none: WLS_LOG_NONE). */
struct wls_next_row {
	uint32_t log;
	uint32_t item; /* index into logs[log].next */
};
/*
 * Rows for `next`: logs that are ready (with `stale_ok`, also those that only stale pins hold), their open, unblocked
 * items; by unblocks, priority, age. The caller frees *rows with free().
 */
size_t wls_graph_next(const struct wls_graph *graph, bool stale_ok, struct wls_next_row **rows);

/* ---- exports ---- */

/* Which logs and edges an export shows; NULL keeps all. */
struct wls_view {
	const bool *logs;       /* log_count */
	const bool *edges;      /* edge_count */
	const char *focus_hint; /* a log to name in "use --focus" */
};

void wls_export_json(const struct wls_graph *graph, const struct wls_view *view,
		     struct wls_buf *out);
void wls_export_tsv(const struct wls_graph *graph, const struct wls_view *view,
		    struct wls_buf *out);
void wls_export_dot(const struct wls_graph *graph, const struct wls_view *view,
		    struct wls_buf *out);
/* Fails with WLS_E_REFUSED when even without satisfied edges it is over Mermaid's limits. */
int wls_export_mermaid(const struct wls_graph *graph, const struct wls_view *view,
		       struct wls_buf *out, struct wls_error *err);

/* "dangling", "ambiguous", "ahead", "ok", "stale", "waits": the word of text output for an edge. */
const char *wls_edge_word(const struct wls_edge *edge);
/* Whether it is a dependency that holds now: neither a mention nor historical. */
bool wls_edge_holds(const struct wls_edge *edge);

#endif
