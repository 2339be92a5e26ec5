/* SPDX-License-Identifier: MIT */
/*
 * Patterns: what fields, sections and items say beyond their text, typed.
 *
 * Layer: doc. Includes: base, doc, figure.
 *
 * Use: wls_pattern_read() on any field or section of a document. The readers of a text stand alone and
 * can be used on any line.
 *
 * Invariants
 * - A pattern says what the text says: what it does not say is 0, empty, -1 or none, never a guess.
 * - Slices point into the document's source or its arena; everything dies with the document.
 * - A pattern holds what its own node says. What fields within a section say (Progress of a feature,
 *   Hypotheses of a bug, the steps of an evolution, the fields of a handoff) is theirs.
 */
#ifndef WLSYNC_PATTERN_H
#define WLSYNC_PATTERN_H

#include "wlsync/doc.h"
#include "wlsync/figure.h"

/* ---- small readers ---- */

/* `v3`, `v1-v3`, `v17-20`, `v7+`. */
struct wls_versions {
	uint32_t first; /* 0: none */
	uint32_t last;  /* equals first when single or open */
	bool open;      /* `v7+` */
};

/* The versions at the start of `text`: bytes, or 0. */
size_t wls_versions_at(struct wls_slice text, struct wls_versions *out);
/* The next versions at or after *at, as words of their own; *at is moved behind. O(bytes passed). */
bool wls_versions_next(struct wls_slice text, size_t *at, struct wls_versions *out);

/* `src/auth/token.ts:1-40`, `` `prisma/schema.prisma` ``, a glob, `stripe.ts:145`. */
struct wls_reference {
	struct wls_slice path;
	uint32_t first, last; /* lines; 0, 0: the whole file */
	size_t at, end;       /* where it stands in the text, code span included */
};

/*
 * The next file reference at or after *at. A path counts in a code span, with line numbers, or with a
 * `/` and an ending or `*`; never in a URL. O(bytes passed).
 */
bool wls_reference_next(struct wls_slice text, size_t *at, struct wls_reference *out);

enum wls_verdict {
	WLS_VERDICT_NONE,        /* nothing is said */
	WLS_VERDICT_OPEN,        /* testing, pending, 🔄 ⏳ */
	WLS_VERDICT_CONFIRMED,   /* ✅ where no word decides */
	WLS_VERDICT_REFUTED,     /* rejected, ruled out, ❌ */
	WLS_VERDICT_INVALIDATED, /* moot, superseded, obsolete */
	WLS_VERDICT_PARTIAL,     /* partially confirmed, inconclusive */
	WLS_VERDICT_UNKNOWN,     /* some other words */
};

/* "open", "confirmed", …; NULL for NONE and UNKNOWN. */
const char *wls_verdict_name(enum wls_verdict verdict);
/* The verdict of a text: the word decides over a marker (rule 7). */
enum wls_verdict wls_verdict_parse(struct wls_slice text);

/* ---- rows ---- */

/* A named thing with a state: `Password reset (50%) - Blocker: email provider pending`. */
struct wls_element {
	struct wls_slice name;
	enum wls_mark mark;
	enum wls_priority priority;         /* `(HIGH priority)` */
	int percent;                        /* -1: none */
	struct wls_versions versions;       /* `(v14 in progress)`, `(planned for v17-20)` */
	bool planned;                       /* the versions are those it is planned for */
	struct wls_slice files;             /* `(src/auth/)` with a star, as written */
	struct wls_slice blocker;           /* after `- Blocker:` */
	struct wls_slice note;              /* what else stands in parentheses or behind a dash */
	const struct wls_element *elements; /* nested ones */
	size_t element_count;
	const struct wls_node *node; /* its item, or the field whose line it stands on */
	uint32_t at;                 /* offset of its text */
};

/* Reads one; elements, node and at are left 0. O(n). */
void wls_element_parse(struct wls_slice text, struct wls_element *out);

struct wls_hypothesis {
	struct wls_slice label; /* `H1`; empty: none */
	struct wls_slice text;
	enum wls_verdict verdict;
	struct wls_slice verdict_text; /* as written, without markers */
	enum wls_mark mark;            /* of the verdict, as written */
	struct wls_slice evidence;
	struct wls_versions versions; /* the first that the evidence names */
	const struct wls_node *node;
};

/* `text | verdict | evidence`; label and node are left empty. */
void wls_hypothesis_parse(struct wls_slice text, struct wls_hypothesis *out);

/* Something said, perhaps by a version, with its reason: `v2: JWT (vs sessions)`. */
struct wls_statement {
	struct wls_slice label; /* `+` of a Work line; else empty */
	struct wls_slice text;
	struct wls_slice reason; /* in parentheses, behind a colon, or behind an arrow */
	struct wls_versions versions;
	enum wls_mark mark;
	bool checkbox, ticked;
	const struct wls_figure *figures;
	size_t figure_count;
	const struct wls_reference *references;
	size_t reference_count;
	const struct wls_node *node;
};

/* `Root cause: …`, `Insight: …` beneath or after what it is about. */
struct wls_attribute {
	enum wls_key key;
	struct wls_slice label; /* as written */
	struct wls_slice text;
	struct wls_node *node;
};

/* What was noticed over several versions: a pattern, a contradiction, a trend. */
struct wls_finding {
	struct wls_slice name;   /* `Cache hit rate`, `API latency`; the words of a pattern */
	struct wls_slice remark; /* `what changed?` */
	const struct wls_figure *figures; /* in their order */
	size_t figure_count;
	const struct wls_versions *versions; /* named in the text, but not with a figure */
	size_t version_count;
	const struct wls_attribute *attributes;
	size_t attribute_count;
	const struct wls_node *node;
};

/*
 * `API latency: 200ms (v1) → 180ms (v3, caching)`: false when it names no figure. Figures go into the
 * arena; attributes, versions and node are left empty.
 */
bool wls_trend_parse(struct wls_arena *arena, struct wls_slice text, struct wls_finding *out);
/* `Cache hit rate 85% (v3) vs 60% (v7) - what changed?`: false without two figures. */
bool wls_contradiction_parse(struct wls_arena *arena, struct wls_slice text,
			     struct wls_finding *out);

/* `API Response: <200ms (current: 150ms ✅)`. */
struct wls_target {
	struct wls_slice name;
	struct wls_figure target;
	struct wls_figure current; /* known is false and its text empty when missing */
	enum wls_mark mark;
	struct wls_slice note;
	const struct wls_node *node;
};

/* False when no target figure is named. node is left NULL. */
bool wls_target_parse(struct wls_slice text, struct wls_target *out);

/* `**Phase 2: Features** (v9-v16) 🔄 Current - 60% complete`. */
struct wls_phase {
	uint32_t number; /* 0: none */
	struct wls_slice name;
	struct wls_versions versions;
	enum wls_mark mark;
	struct wls_slice state; /* `Completed`, `Current`, `Planned`, as written */
	struct wls_slice date;  /* behind the state: `Oct 15` */
	int percent;            /* -1: none */
	const struct wls_element *components;
	size_t component_count;
};

/* `label` is the key or the heading's words, `value` what follows on the line. */
void wls_phase_parse(struct wls_slice label, struct wls_slice value, struct wls_phase *out);

/* `80% → 90% | Schema ✅ | Auth layer 70% 🔄`, `Phase 2/3 - 60% overall`. */
struct wls_progress {
	struct wls_slice summary; /* the first part, when it holds a percentage or a phase */
	int percent;              /* -1: none */
	int from;                 /* before an arrow; -1: none */
	uint32_t phase, phases;   /* `Phase 2/3`; 0: none */
	const struct wls_element *components;
	size_t component_count;
};

/* What a reviewer, or several, ask for. */
struct wls_review_note {
	struct wls_slice names; /* `@tech-lead`, as written, without the colon; empty: none */
	struct wls_slice text;
	const struct wls_statement *points;
	size_t point_count;
	const struct wls_node *node;
};

/* A file of Files, with the lines to look at. */
struct wls_file_use {
	struct wls_reference file;
	struct wls_slice why;
	const struct wls_statement *lines; /* one reference each (path empty), and its text */
	size_t line_count;
	const struct wls_node *node;
};

/* ---- patterns ---- */

/* Enumerator, JSON type, what of struct wls_pattern it fills. */
#define WLS_PATTERN_TABLE(X)                                                                       \
	X(NONE, "")                                                                                \
	X(PROGRESS, "progress")     /* progress */                                                 \
	X(FEATURE, "feature")       /* name */                                                     \
	X(BUG, "bug")               /* name, figures */                                            \
	X(ELEMENTS, "elements")     /* elements: Done, Active, Tried, Deferred and so on */        \
	X(HYPOTHESES, "hypotheses") /* hypotheses */                                               \
	X(SOLUTION, "solution")     /* statements: one */                                          \
	X(EVOLUTION, "evolution")   /* name: a section of steps */                                 \
	X(EVOLUTION_STEP, "evolution_step")         /* versions, name, attributes */               \
	X(IMPLEMENTATION, "implementation_pattern") /* name, statements */                         \
	X(RECOGNITION, "pattern_recognition")       /* findings */                                 \
	X(CONTRADICTIONS, "contradictions")         /* findings */                                 \
	X(TRENDS, "trends")                         /* findings */                                 \
	X(PHASE, "phase")                           /* phase */                                    \
	X(TARGETS, "performance_targets")           /* targets */                                  \
	X(DECISIONS, "decisions")                   /* statements; reason behind a colon */        \
	X(DECISIONS_LOG, "decisions_log")   /* statements; version, reason in parentheses */       \
	X(LESSONS, "lessons")               /* statements; reason behind an arrow */               \
	X(RESOLUTION, "blocker_resolution") /* statements */                                       \
	X(CHECKLIST, "review_checklist")    /* statements */                                       \
	X(REVIEWER_NOTES, "reviewer_notes") /* notes */                                            \
	X(FEEDBACK, "review_feedback")      /* statements */                                       \
	X(TOKEN_BUDGET, "token_budget")     /* percent: what remains */                            \
	X(FILES, "files")                   /* files */                                            \
	X(WORK, "work")                     /* statements */

enum wls_pattern_kind {
#define X(name, text) WLS_PATTERN_##name,
	WLS_PATTERN_TABLE(X)
#undef X
};

/* "hypotheses" …; "" for NONE. */
const char *wls_pattern_name(enum wls_pattern_kind kind);

struct wls_pattern {
	enum wls_pattern_kind kind;
	const struct wls_node *node;
	struct wls_slice name;
	struct wls_versions versions;
	int percent; /* -1: none */
	struct wls_progress progress;
	struct wls_phase phase;
	const struct wls_figure *figures;
	size_t figure_count;
	const struct wls_attribute *attributes;
	size_t attribute_count;
	const struct wls_element *elements;
	size_t element_count;
	const struct wls_hypothesis *hypotheses;
	size_t hypothesis_count;
	const struct wls_statement *statements;
	size_t statement_count;
	const struct wls_finding *findings;
	size_t finding_count;
	const struct wls_target *targets;
	size_t target_count;
	const struct wls_review_note *notes;
	size_t note_count;
	const struct wls_file_use *files;
	size_t file_count;
};

/*
 * The pattern that a field or section is, or NULL. In the document's arena, made anew at each call.
 * O(subtree).
 */
const struct wls_pattern *wls_pattern_read(struct wls_doc *doc, struct wls_node *node);

/*
 * The attributes of a node: items `Key: value` right beneath it before its first other item, and, of
 * an item, those that follow it in its list. So every attribute belongs to exactly one node.
 * O(children, and siblings up to the next item).
 */
const struct wls_attribute *wls_node_attributes(struct wls_doc *doc, struct wls_node *node,
						size_t *count);

#endif
