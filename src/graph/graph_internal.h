/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the graph share between wls_graph_add() and the finished graph.
 *
 * Layer: graph. Includes: base, doc, refs.
 *
 * The way of the data:
 *   document → wls_graph_file (intake.c): facts, and the items that may hold dependencies;
 *   files → wls_place (file × branch) → wls_instance (all files of one name in one folder
 *   and branch) → wls_log (equal instances of several branches are one) (group.c);
 *   items → references (refs*.c) → clauses (clause.c) → logs (resolve.c) → edges (build.c)
 *   → states, readiness (state.c) → components, waves, chain (order.c, reach.c, chain.c).
 */
#ifndef WLS_GRAPH_INTERNAL_H
#define WLS_GRAPH_INTERNAL_H

#include "graph/refs.h"
#include "wlsync/graph.h"

/* ---- intake ---- */

enum wls_item_role {
	WLS_ROLE_DEPENDENCY,
	WLS_ROLE_BLOCKER,
	WLS_ROLE_NEXT,    /* [BLOCKED] items of Next */
	WLS_ROLE_MENTION, /* any other text that may hold a reference */
};

enum wls_item_attribute {
	WLS_ATTRIBUTE_NONE,
	WLS_ATTRIBUTE_NEED,
	WLS_ATTRIBUTE_STATUS,
	WLS_ATTRIBUTE_OTHER,
};

enum wls_item_flag {
	WLS_ITEM_DONE =
		1 << 0, /* a done marker stands in it, or it is ticked or a closed blocker */
	WLS_ITEM_OPEN = 1 << 1, /* an active, pending or failed marker stands in it */
	WLS_ITEM_STRUCK = 1 << 2,
	WLS_ITEM_QUESTION = 1 << 3,
	WLS_ITEM_OWN = 1 << 4,        /* of the log's own section */
	WLS_ITEM_AFTER_VERB = 1 << 5, /* its field's key is a verb: `**Depends on:**` */
	WLS_ITEM_OLDER = 1 << 6,      /* a newer entry of its file has the field */
};

/* A text that may hold references, copied out of a document. */
struct wls_item {
	struct wls_item *next;
	struct wls_slice text; /* raw: may hold line endings and container prefixes */
	uint32_t line, column; /* of its first byte */
	uint32_t offset;       /* of its first byte; UINT32_MAX: it is no part of the file */
	uint32_t entry;        /* version of the entry it stands in; 0: the log's own part */
	uint32_t field;        /* serial number of its field: levels compare within one */
	uint8_t role;          /* enum wls_item_role */
	uint8_t attribute;     /* enum wls_item_attribute */
	uint8_t flags;         /* enum wls_item_flag */
	uint8_t level;
};

/* A run of entries with consecutive numbers. */
struct wls_version_run {
	uint32_t first, last;
};

/* An entry as a node of its own (options.entries). */
struct wls_entry_fact {
	uint32_t version;
	uint32_t line;
	struct wls_slice title, date, time;
	enum wls_work_status status;
	struct wls_slice status_text;
	int progress;
};

struct wls_branch_ref {
	struct wls_branch_ref *next;
	struct wls_slice name;
};

/* Why a file has its name. */
enum wls_name_source {
	WLS_NAMED_BY_FRONTMATTER,
	WLS_NAMED_BY_STEM,
	WLS_NAMED_BY_TITLE,
	WLS_NAMED_BY_FOLDER,
	WLS_NAMED_BY_FILE, /* at the root, where no folder has a name */
};

/* One file's bytes, in every branch where they stand at that path. */
struct wls_graph_file {
	struct wls_slice path, folder;
	struct wls_slice name, folded;
	enum wls_name_source source;
	struct wls_slice stem_name, stem_folded; /* of the file's name; may be empty */
	uint32_t stem_version;
	struct wls_slice family; /* files of one family may be one log: see group.c */
	uint64_t hash;
	size_t size;
	struct wls_branch_ref *branches; /* at least one; its name is empty without branches */
	const struct wls_slice *aliases; /* folded */
	size_t alias_count;

	uint32_t version; /* current, with the file's name as last resort */
	uint32_t newest;  /* version of the newest entry; 0: none */
	enum wls_work_status status;
	struct wls_slice status_text, title, updated, updated_time;
	int progress;
	bool title_blocked, lossy;
	bool continues;                     /* says "Continuation of" */
	const struct wls_version_run *runs; /* its entries, ascending */
	size_t run_count;
	const struct wls_entry_fact *entries; /* only with options.entries; ascending */
	size_t entry_count;

	struct wls_item *items, **items_end;
	bool deps_own;       /* the log's own section of dependencies holds something */
	bool deps_any;       /* an entry has the field */
	uint32_t deps_entry; /* the newest that has it, even if it says None */

	struct wls_next_item *next;
	size_t next_count;
	const struct wls_log_blocker *blockers;
	size_t blocker_count;
	const struct wls_log_touch *touches;
	size_t touch_count;
};

/* ---- grouping ---- */

/* A file in a branch. */
struct wls_place {
	struct wls_graph_file *file;
	struct wls_slice branch;
	uint32_t instance;
};

/* All files of one name in one folder of one branch. */
struct wls_instance {
	struct wls_slice folded, folder, family, branch;
	struct wls_graph_file **files;   /* current, parts, then snapshots */
	uint32_t file_count, part_count; /* parts: the current one counted */
	uint32_t log;
	uint32_t next; /* the next instance of the same log, or WLS_LOG_NONE */
};

/* A name, and the instances that bear it: members[] of the intake, by (branch, folder). */
struct wls_known_name {
	struct wls_slice folded;
	uint32_t first, count;
	bool alias;
	const char *const *ids; /* of its logs, sorted: for diagnostics, made when first wanted */
};

struct wls_graph_intake {
	struct wls_graph_file **files;
	size_t file_count, file_cap;
	struct wls_map by_content; /* path and hash → index into files */
	struct wls_slice *skipped;
	size_t skipped_count, skipped_cap;
	uint32_t fields; /* serial numbers given */

	/* From wls_graph_build() on. */
	struct wls_place *places; /* by path, branch */
	uint32_t place_count;
	struct wls_instance *instances; /* by name, branch, folder, family */
	uint32_t instance_count;
	uint32_t *log_instance; /* log → its first instance */
	struct wls_known_name *known;
	uint32_t known_count;
	uint32_t *members;
	struct wls_ref_world world;
	struct wls_map by_stem; /* stem, version and branch → instance, or INSTANCE_MANY */
	struct wls_buf scratch;
	struct wls_diagnostic *diagnostics; /* growing; moved to the graph at the end */
	size_t diagnostic_count, diagnostic_cap;
	struct wls_edge *edges; /* growing */
	size_t edge_count, edge_cap;
	unsigned hints; /* names compared with all others for "did you mean" */
};

/* One document on its way in. */
struct wls_intake_context {
	struct wls_graph *graph;
	struct wls_graph_file *file;
	struct wls_doc *doc;
	const struct wls_facts *facts;
	struct wls_entry **entries; /* by falling version, without continuations */
	size_t entry_count;
};
/* intake_items.c */
void wls_intake_dependencies(struct wls_intake_context *c);
void wls_intake_blockers(struct wls_intake_context *c);
void wls_intake_next(struct wls_intake_context *c);
void wls_intake_mentions(struct wls_intake_context *c);
/* intake_touches.c */
void wls_intake_touches(struct wls_intake_context *c);
/* The offset of a text of the document, or `otherwise` when it stands in its arena. */
uint32_t wls_intake_offset(const struct wls_doc *doc, struct wls_slice text, uint32_t otherwise);

/* group.c */
void wls_graph_group(struct wls_graph *graph);
/* ids.c: makes logs of the instances, sorted by id. */
void wls_graph_make_logs(struct wls_graph *graph);

/* ---- resolving ---- */

struct wls_resolved {
	uint32_t log; /* or WLS_LOG_NONE */
	bool ambiguous;
	const uint32_t *candidates; /* instances, when ambiguous */
	uint32_t candidate_count;
};

/* The log that a reference in a file of `folder` and `branch` means, by the order of graph.md. */
struct wls_resolved wls_ref_resolve(struct wls_graph *graph, const struct wls_ref *ref,
				    struct wls_slice folder, struct wls_slice branch);
/* The names of all logs, for wls_ref_resolve(); after wls_graph_make_logs(). */
void wls_graph_index_names(struct wls_graph *graph);

/* ---- clauses ---- */

/* What an item says: from needs to, each a reference (index) or the log it stands in. */
#define WLS_CLAUSE_SELF UINT32_MAX       /* the log it stands in */
#define WLS_CLAUSE_NAME (UINT32_MAX - 1) /* the log of clause.subject */

struct wls_clause_edge {
	uint32_t from, to;      /* index into the list's refs, or one of the above */
	struct wls_ref subject; /* a name found in the words before the verb */
};

struct wls_clauses {
	struct wls_clause_edge *edges;
	size_t count, cap;
	bool ends_in_verb; /* "Needs:", so nested names are what it needs */
	bool negated;      /* the last verb is negated */
	bool needed;       /* the last verb tells who needs the subject */
};
void wls_clauses_read(const struct wls_ref_world *world, struct wls_slice text,
		      struct wls_ref_list *list, struct wls_clauses *out);
void wls_clauses_release(struct wls_clauses *clauses);

/* ---- building and deriving ---- */

void wls_graph_make_edges(struct wls_graph *graph);
void wls_graph_finish_edges(struct wls_graph *graph);
/* Sets where each log's edges stand in graph->edges, which is sorted by `from`. */
void wls_graph_index_edges(struct wls_graph *graph);
/* state.c */
void wls_graph_edge_states(struct wls_graph *graph);
void wls_graph_readiness(struct wls_graph *graph);
/* An edge that holds now and holds its dependent up. */
static inline bool wls_edge_unsatisfied(const struct wls_edge *edge)
{
	return !edge->historical && edge->kind != WLS_EDGE_MENTIONS &&
	       edge->state != WLS_EDGE_SATISFIED;
}
/* The same, and both ends are logs: what orders are made of. */
static inline bool wls_edge_holds_up(const struct wls_edge *edge)
{
	return edge->to != WLS_LOG_NONE && wls_edge_unsatisfied(edge);
}
static inline bool wls_edge_current(const struct wls_edge *edge)
{
	return !edge->historical && edge->kind != WLS_EDGE_MENTIONS && edge->to != WLS_LOG_NONE;
}
static inline bool wls_log_finished(const struct wls_log *log)
{
	return log->status == WLS_STATUS_COMPLETED;
}

/* ids.c: `id`, `mark` and the number. Not by printf, since a name may hold a NUL. */
struct wls_slice wls_graph_suffixed_id(struct wls_graph *graph, struct wls_slice id,
				       const char *mark, uint32_t n);

/* order.c */
void wls_graph_find_cycles(struct wls_graph *graph);
/* waves.c, chain.c, reach.c, overlap.c, diagnose.c, entries.c */
void wls_graph_make_waves(struct wls_graph *graph);
/* Logs by component, so that what is needed stands before what needs it; the caller frees them. */
uint32_t *wls_graph_needed_first(const struct wls_graph *graph);
void wls_graph_find_chain(struct wls_graph *graph);
void wls_graph_count_unblocks(struct wls_graph *graph);
void wls_graph_reduce(struct wls_graph *graph);
void wls_graph_find_overlaps(struct wls_graph *graph);
void wls_graph_diagnose_edges(struct wls_graph *graph);
void wls_graph_diagnose_files(struct wls_graph *graph);
void wls_graph_finish_diagnostics(struct wls_graph *graph);
void wls_graph_expand_entries(struct wls_graph *graph);

void wls_graph_diagnose_ambiguous(struct wls_graph *graph, struct wls_diagnostic *d,
				  const struct wls_ref *ref, const struct wls_resolved *found,
				  struct wls_slice folder);
void wls_graph_diagnose_dangling(struct wls_graph *graph, struct wls_diagnostic *d,
				 const struct wls_ref *ref);
/* diagnose.c: a new diagnostic, its texts of the graph's arena or literals. */
struct wls_diagnostic *wls_graph_diagnose(struct wls_graph *graph, const char *rule,
					  enum wls_severity severity, struct wls_slice file,
					  uint32_t line, uint32_t column);
/* nearest.c: the log whose folded name is nearest, near enough to be meant; or WLS_LOG_NONE. */
uint32_t wls_graph_nearest(const struct wls_graph *graph, struct wls_slice folded);
/* A slice as a NUL-terminated text of the graph's arena. */
const char *wls_graph_text(struct wls_graph *graph, struct wls_slice s);
/* Line endings and runs of blanks as one space; `s` itself when there are none. */
struct wls_slice wls_graph_one_line(struct wls_graph *graph, struct wls_slice s);

#endif
