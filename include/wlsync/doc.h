/* SPDX-License-Identifier: MIT */
/*
 * A WorkLog read into a document: blocks, and over them the tree of entries,
 * sections, fields and items.
 *
 * Layer: doc. Includes: base, buf.
 *
 * Invariants
 * - Parsing is total: any bytes up to WLS_FILE_MAX make a document. What is not
 *   understood is an opaque node; what is wrong is a diagnostic.
 * - The source is borrowed: the caller keeps its bytes until wls_doc_free().
 *   Every slice of a document points into the source or into its arena.
 * - The nodes tile the source: a node's own text is [begin, body), its children
 *   cover [body, end) without gap or overlap, and the document covers
 *   [0, source.len). So rendering is concatenation, and render(parse(x)) == x.
 * - Blocks agree with CommonMark 0.29; the tree lies over their lines and may
 *   end a field where CommonMark would go on (see docs/man/worklog.5).
 * - The children of an entry, a section or the document's own part are read when
 *   they are first asked for (wls_node_children), all else at once. A document
 *   is used by one thread.
 */
#ifndef WLSYNC_DOC_H
#define WLSYNC_DOC_H

#include "wlsync/base.h"
#include "wlsync/buf.h"

/* ---- limits ---- */

#define WLS_DEPTH_MAX 64u          /* containers within each other; deeper is text */
#define WLS_VERSION_MAX 999999999u /* larger numbers are no version */

/* ---- blocks: CommonMark's view ---- */

enum wls_block_kind {
	WLS_BLOCK_DOCUMENT,
	WLS_BLOCK_QUOTE,
	WLS_BLOCK_LIST,
	WLS_BLOCK_ITEM,
	WLS_BLOCK_PARAGRAPH,
	WLS_BLOCK_HEADING, /* level 1 to 6; WLS_BLOCK_SETEXT in flags when underlined */
	WLS_BLOCK_FENCE,
	WLS_BLOCK_CODE, /* indented */
	WLS_BLOCK_HTML, /* level: CommonMark's kinds 1 to 7 */
	WLS_BLOCK_BREAK,
	WLS_BLOCK_FRONTMATTER, /* only as the first block */
	WLS_BLOCK_MARKER,      /* a line of a complete run of conflict markers; level: place, 0-3 */
};

enum wls_block_flag {
	WLS_BLOCK_SETEXT = 1 << 0,
	WLS_BLOCK_ORDERED = 1 << 1, /* of lists and items */
	WLS_BLOCK_CLOSED = 1 << 2,  /* of fences: a closing line was found */
};

/*
 * Blocks stand in preorder in one array; the root is blocks[0]. The first child of
 * blocks[i] is i + 1 when that is less than blocks[i].next; the next sibling is
 * blocks[i].next when that is less than the parent's `next`.
 */
struct wls_block {
	uint32_t begin;   /* first byte of its marker or text, on its first line */
	uint32_t end;     /* past the line ending of its last line that is not blank */
	uint32_t content; /* heading, item, fence's info: first byte of the text after the marker */
	uint32_t next;    /* index after the last descendant */
	uint32_t line;    /* of `begin`, from 1 */
	uint16_t indent;  /* item: column, from 0, where its content stands */
	uint8_t kind;     /* enum wls_block_kind */
	uint8_t level;    /* heading 1-6, HTML kind, fence length (at most 255), marker place */
	uint8_t flags;    /* enum wls_block_flag */
	char mark;        /* list, item: - + * . ); fence: ` ~ */
};

/* ---- keys: fields, sections and attributes that are known by name ---- */

/*
 * Enumerator, canonical name (the JSON key). Synonyms, other languages and what a key
 * may be (field, section, attribute of an item) stand in src/doc/key_table.c.
 */
#define WLS_KEY_TABLE(X)                                                                           \
	X(NONE, "")                                                                                \
	X(PREV, "prev")                                                                            \
	X(NOW, "now")                                                                              \
	X(STATUS, "status")                                                                        \
	X(PROGRESS, "progress")                                                                    \
	X(STARTED, "started")                                                                      \
	X(TARGET, "target")                                                                        \
	X(UPDATED, "updated")                                                                      \
	X(SUMMARY, "summary")                                                                      \
	X(CONTINUES, "continuation_of")                                                            \
	X(FILES, "files")                                                                          \
	X(WORK, "work")                                                                            \
	X(DECISIONS, "decisions")                                                                  \
	X(WORKS, "works")                                                                          \
	X(FAILS, "fails")                                                                          \
	X(BLOCKERS, "blockers")                                                                    \
	X(BLOCKER_RESOLUTION, "blocker_resolution")                                                \
	X(DEPENDENCIES, "dependencies")                                                            \
	X(NEXT, "next")                                                                            \
	X(OPEN, "open")                                                                            \
	X(NOTES, "notes")                                                                          \
	X(FEATURE, "feature")                                                                      \
	X(BUG, "bug")                                                                              \
	X(DONE, "done")                                                                            \
	X(ACTIVE, "active")                                                                        \
	X(BACKLOG, "backlog")                                                                      \
	X(HYPOTHESES, "hypotheses")                                                                \
	X(TRIED, "tried")                                                                          \
	X(DEAD_ENDS, "dead_ends")                                                                  \
	X(SOLUTION, "solution")                                                                    \
	X(EVOLUTION, "evolution")                                                                  \
	X(IMPLEMENTATION_PATTERNS, "implementation_patterns")                                      \
	X(CROSS_SESSION_ANALYSIS, "cross_session_analysis")                                        \
	X(PATTERN_RECOGNITION, "pattern_recognition")                                              \
	X(CONTRADICTIONS, "contradictions")                                                        \
	X(TRENDS, "trends")                                                                        \
	X(HANDOFF, "handoff")                                                                      \
	X(COMPONENTS, "components")                                                                \
	X(PHASE, "phase")                                                                          \
	X(PERFORMANCE_TARGETS, "performance_targets")                                              \
	X(DECISIONS_LOG, "decisions_log")                                                          \
	X(LESSONS, "lessons")                                                                      \
	X(REVIEW_CHECKLIST, "review_checklist")                                                    \
	X(REVIEWER_NOTES, "reviewer_notes")                                                        \
	X(REVIEW_FEEDBACK, "review_feedback")                                                      \
	X(COMPLETED, "completed")                                                                  \
	X(DEFERRED, "deferred")                                                                    \
	X(TOKEN_BUDGET, "token_budget")                                                            \
	X(NEED, "need")                                                                            \
	X(OWNER, "owner")                                                                          \
	X(REQUESTED, "requested")                                                                  \
	X(ETA, "eta")                                                                              \
	X(WORKAROUND, "workaround")                                                                \
	X(ISSUE, "issue")                                                                          \
	X(DECISION, "decision")                                                                    \
	X(RESULT, "result")                                                                        \
	X(LESSON, "lesson")                                                                        \
	X(ROOT_CAUSE, "root_cause")                                                                \
	X(INVESTIGATION, "investigation")                                                          \
	X(INSIGHT, "insight")                                                                      \
	X(OTHER, "other") /* a key of the user's own: see the node's label */

enum wls_key {
#define X(name, text) WLS_KEY_##name,
	WLS_KEY_TABLE(X)
#undef X
};

/* The canonical name of a key: "next". */
const char *wls_key_name(enum wls_key key);
/*
 * The key of that spelling (case, `-`, `_`, blanks, emoji around it do not matter; so does not a
 * parenthesis at its end), or WLS_KEY_NONE. O(log of the table).
 */
enum wls_key wls_key_find(struct wls_slice written);

/* How some keys' spellings begin, folded, for wls_key_scan_may_hold(). */
#define WLS_KEY_SCAN_START 24u
#define WLS_KEY_SCAN_MAX 31u
struct wls_key_scan {
	uint32_t bytes
		[3][256]; /* at each of the first places, a bit for each start that has that byte */
	char starts[WLS_KEY_SCAN_MAX][WLS_KEY_SCAN_START];
	size_t count;
	bool full; /* more spellings than that: anything may be one */
};
/* O(spellings). */
void wls_key_scan_init(struct wls_key_scan *scan, const enum wls_key *keys, size_t count);
/* Whether a field, section or attribute of the text may have one of the keys; false is certain. O(text). */
bool wls_key_scan_may_hold(const struct wls_key_scan *scan, struct wls_slice text);

/* ---- words and markers ---- */

enum wls_work_status {
	WLS_STATUS_NONE,
	WLS_STATUS_IN_PROGRESS,
	WLS_STATUS_BLOCKED,
	WLS_STATUS_NEEDS_REVIEW,
	WLS_STATUS_COMPLETED,
	WLS_STATUS_UNKNOWN, /* a word that is none of the four: kept verbatim */
};

/* "in_progress" …, NULL for NONE and UNKNOWN. */
const char *wls_work_status_name(enum wls_work_status status);
/*
 * Reads a status value (rule 6): case, '-', '_', blanks folded; emoji and what
 * follows '(', ';' or a dash cut; synonyms known.
 */
enum wls_work_status wls_work_status_parse(struct wls_slice text);

enum wls_mark { /* rule 7 */
		WLS_MARK_NONE,
		WLS_MARK_DONE,
		WLS_MARK_ACTIVE,
		WLS_MARK_PENDING,
		WLS_MARK_FAILED,
		WLS_MARK_ATTENTION,
};

/* "done", "active", "pending", "failed", "attention"; NULL for none. */
const char *wls_mark_name(enum wls_mark mark);
/*
 * The marker at the start of `text`, with its bytes (VS16 included) in *len;
 * WLS_MARK_NONE and 0 when there is none. Mojibake of a marker counts, and sets
 * *mojibake (may be NULL).
 */
enum wls_mark wls_mark_at(struct wls_slice text, size_t *len, bool *mojibake);
/* The last marker anywhere in `text`, or none. O(n). */
enum wls_mark wls_mark_last(struct wls_slice text);

/* Rule 10: None, N/A, Nothing, `-`, alone or before punctuation: empty on purpose. O(1). */
bool wls_value_is_empty(struct wls_slice text);
/* TBD, alone or before punctuation, `?`, unknown: neither empty nor a value. O(1). */
bool wls_value_is_unknown(struct wls_slice text);

enum wls_priority {
	WLS_PRIORITY_NONE,
	WLS_PRIORITY_HIGH,
	WLS_PRIORITY_MED,
	WLS_PRIORITY_LOW,
};

const char *wls_priority_name(enum wls_priority priority); /* "HIGH"; NULL for none */

/* ---- the tree ---- */

enum wls_node_kind {
	WLS_NODE_DOCUMENT,
	WLS_NODE_FRONTMATTER, /* own text: the opening line; children: keys, the closing line */
	WLS_NODE_KEY,         /* a frontmatter key with its lines (label, text) */
	WLS_NODE_TITLE,       /* the first H1 before any entry; no children */
	WLS_NODE_ENTRY,       /* own text: the heading */
	WLS_NODE_SECTION,     /* own text: the heading; key when known; label: its words */
	WLS_NODE_HANDOFF,     /* own text: `**v1 (Chat - Research):**`; holds the fields after it */
	WLS_NODE_FIELD,       /* own text: key and what follows on its lines */
	WLS_NODE_ITEM,        /* list item, or a line of its own in a field (H1: …, +: …) */
	WLS_NODE_PARAGRAPH,
	WLS_NODE_HEADING, /* a heading that opens nothing (in a quote or item) */
	WLS_NODE_TABLE,
	WLS_NODE_ROW,
	WLS_NODE_CODE, /* fenced or indented */
	WLS_NODE_HTML,
	WLS_NODE_QUOTE,
	WLS_NODE_BREAK,
	WLS_NODE_BLANK,  /* blank lines, one node a run */
	WLS_NODE_MARKER, /* a conflict marker's line */
	WLS_NODE_OPAQUE, /* what fits nothing else: kept, never read */
};

/* "entry", "field", …: for JSON and traces. */
const char *wls_node_kind_name(enum wls_node_kind kind);

enum wls_node_flag {
	WLS_NODE_CHECKBOX = 1 << 0,     /* item: has [ ] or [x] */
	WLS_NODE_TICKED = 1 << 1,       /* item: [x] */
	WLS_NODE_STRUCK = 1 << 2,       /* item: its whole text is ~~struck~~ */
	WLS_NODE_BLOCKED = 1 << 3,      /* item, entry: tag [BLOCKED] */
	WLS_NODE_REVIEW = 1 << 4,       /* entry: tag [NEEDS_REVIEW] */
	WLS_NODE_ATTRIBUTE = 1 << 5,    /* item: `Key: value` of the item or field above */
	WLS_NODE_EMPTY = 1 << 6,        /* field: empty on purpose (rule 10: None, N/A, -) */
	WLS_NODE_OPEN_RANGE = 1 << 7,   /* version range without end (`v7+`) */
	WLS_NODE_LINE = 1 << 8,         /* item: a line of a paragraph, not a list item */
	WLS_NODE_UNREAD = 1 << 9,       /* children not yet read: wls_node_children() does */
	WLS_NODE_CONTINUES = 1 << 10,   /* entry: goes on with an earlier heading of its number */
	WLS_NODE_MARK_INSIDE = 1 << 11, /* item: marker amid its text (`(current: 150ms ✅)`) */
	WLS_NODE_FORGOTTEN = 1 << 12,   /* top level: its blocks were forgotten */
};

/*
 * A node of the tree. Slices without their atoms: `text` of an item lacks checkbox, priority and
 * [BLOCKED] tags, its leading or trailing marker (they are in flags, priority and mark), a
 * strike-through, and its label when it has one (an attribute's key, `v4`, `H1`, `+`). `text` of
 * a field is the value on its line(s), of an entry its title without tags, of a handoff the words
 * in its parenthesis, of a section its heading's words (also its label), or what follows a key
 * and a colon there (`Feature: Login`: label and text). All are trimmed, but may hold line endings
 * and container prefixes: wls_text_flatten() gives one line.
 */
struct wls_node {
	uint8_t kind;     /* enum wls_node_kind */
	uint8_t level;    /* heading level; item: nesting in its field or section, from 0 */
	uint8_t mark;     /* enum wls_mark: the state that its marker tells */
	uint8_t priority; /* enum wls_priority */
	uint16_t key;     /* enum wls_key */
	uint16_t flags;   /* enum wls_node_flag */
	uint32_t begin;   /* own text [begin, body), children [body, end) */
	uint32_t body;
	uint32_t end;
	uint32_t line;          /* of `begin`, from 1 */
	uint32_t version;       /* entry's number; first of a `v4-v6:` key or `v4:` item; else 0 */
	uint32_t version_last;  /* last of the range; equals version when single or open */
	struct wls_slice label; /* key as written, heading words, `H1`, attribute's name */
	struct wls_slice text;
	struct wls_node *parent, *first_child, *last_child, *next;
	uint32_t block;     /* index of the block that it came from, for further reading */
	uint32_t block_end; /* index after its last block */
};

/* ---- entries ---- */

struct wls_entry {
	struct wls_node *node; /* its heading's node */
	uint32_t version;
	struct wls_slice date;  /* YYYY-MM-DD as written, empty when there is none */
	struct wls_slice time;  /* HH:MM or HH:MM:SS, or empty */
	struct wls_slice title; /* node->text */
	/* A later heading that goes on with this entry ("## v3 Implementation Complete"),
	 * as an index into entries, or WLS_ENTRY_NONE. */
	uint32_t continued_by;
	bool continuation; /* this one goes on with an earlier one */
	bool duplicate;    /* a full heading with the number of an earlier full heading */
};

#define WLS_ENTRY_NONE UINT32_MAX

/* ---- frontmatter ---- */

struct wls_frontmatter {
	bool present;
	uint32_t version;        /* 0: none */
	struct wls_slice status; /* as written, unquoted; empty: none */
	struct wls_slice name;
	struct wls_slice id;
	struct wls_slice issue;
	const struct wls_slice *aliases;
	size_t alias_count;
	uint32_t version_at, status_at, name_at; /* byte offsets of the values in the source */
};

/* ---- diagnostics ---- */

enum wls_severity {
	WLS_INFO,
	WLS_WARNING,
	WLS_ERROR,
};

const char *wls_severity_name(enum wls_severity severity); /* "info" … */

struct wls_diagnostic {
	const char *rule; /* "invalid-utf8": a word of the table in docs/man/worklog.5 */
	enum wls_severity severity;
	const char *file;              /* NULL in a document: whoever knows the file fills it in */
	uint32_t line, column;         /* from 1, column in code points; 0: the whole file */
	const char *message;           /* what is wrong */
	const char *hint;              /* how to mend it, or NULL */
	const char *const *candidates; /* for ambiguous names, or NULL */
	size_t candidate_count;
};

/* ---- the document ---- */

struct wls_doc {
	struct wls_slice source;
	struct wls_block *blocks; /* blocks[0] is the root */
	uint32_t block_count;
	size_t block_cap;
	bool forgotten;     /* wls_doc_forget_blocks() was called */
	uint32_t *headings; /* blocks: the headings that stand in no container, in order */
	size_t heading_count, heading_cap;
	struct wls_node *root;
	struct wls_entry *entries; /* in file order, continuations too */
	uint32_t entry_count;
	uint32_t *by_version;   /* entries without continuations, by number; the newest last */
	uint32_t version_count; /* of by_version */
	struct wls_frontmatter frontmatter;
	struct wls_diagnostic *diagnostics; /* by place */
	size_t diagnostic_count, diagnostic_cap;
	uint32_t line_count; /* lines, a last one without ending counted */
	uint32_t marker_at;  /* the first conflict marker, when has_markers */
	bool newest_first;   /* entries stand in descending order (rule 8) */
	bool has_bom, has_crlf, has_markers;
	bool valid_utf8, has_nul; /* set by wls_doc_facts() */
	bool has_mojibake;        /* set by wls_doc_facts() */
	struct wls_facts *facts;  /* what wls_doc_facts() found, or NULL before */
	struct wls_arena arena;
};

/*
 * Reads `source` (borrowed until wls_doc_free). Fails only with WLS_E_LIMIT, over
 * WLS_FILE_MAX. O(n) for every input.
 */
int wls_doc_parse(struct wls_doc **out, struct wls_slice source, struct wls_error *err);
/* Frees the document; NULL is fine. */
void wls_doc_free(struct wls_doc *doc);
static inline void wls_doc_freep(struct wls_doc **doc)
{
	wls_doc_free(*doc);
}
#define _cleanup_doc_ _cleanup_(wls_doc_freep)

/*
 * Frees the blocks, two thirds of a document's memory; the tree stays. What of it was not read yet
 * is parsed anew, a part of the top level at a time, when its children are asked for. Nothing
 * happens in a document with conflict markers.
 */
void wls_doc_forget_blocks(struct wls_doc *doc);
/*
 * Makes doc->blocks[] hold the blocks of the part of the top level that `node` stands in:
 * [part->block, part->block_end). Nothing happens when they are there. O(bytes of the part).
 */
void wls_node_recall_blocks(struct wls_doc *doc, struct wls_node *node);

/* Line and column (code points, from 1) of a byte offset. O(distance to the block's start). */
void wls_doc_locate(const struct wls_doc *doc, uint32_t offset, uint32_t *line, uint32_t *column);

/* A place of a document: a byte offset, its line and column (code points) from 1. All 0: none yet. */
struct wls_doc_place {
	uint32_t at, line, column;
};
/* Moves a place to an offset. For offsets in order all together O(bytes), each O(log blocks) more. */
void wls_doc_locate_from(const struct wls_doc *doc, struct wls_doc_place *place, uint32_t offset);
/* Moves a place to a line and column; returns its offset. Costs as above. */
uint32_t wls_doc_offset(const struct wls_doc *doc, struct wls_doc_place *place, uint32_t line,
			uint32_t column);
/* Adds a diagnostic about the byte at `offset`; texts are borrowed (literals or arena). */
void wls_doc_diagnose(struct wls_doc *doc, const char *rule, enum wls_severity severity,
		      uint32_t offset, const char *message, const char *hint);

/* ---- the tree: walking and finding ---- */

/* The first child, after reading the node's children if that was not done. */
struct wls_node *wls_node_children(struct wls_doc *doc, struct wls_node *node);
/* The next node in preorder within `root`'s subtree, or NULL. Reads children on the way. */
struct wls_node *wls_node_walk(struct wls_doc *doc, const struct wls_node *root,
			       struct wls_node *node);
/* The bytes of the whole node, and of its own text. */
static inline struct wls_slice wls_node_bytes(const struct wls_doc *doc, const struct wls_node *n)
{
	return wls_slice(doc->source.ptr + n->begin, n->end - n->begin);
}
static inline struct wls_slice wls_node_own(const struct wls_doc *doc, const struct wls_node *n)
{
	return wls_slice(doc->source.ptr + n->begin, n->body - n->begin);
}
/*
 * The holder's own field or section of that key (children of `holder`, a document, entry,
 * section or handoff; not those of deeper sections or handoffs). When one key repeats, the last;
 * `find_next` walks on through all in file order for keys that add up (Next, Files): pass NULL
 * for the first.
 */
struct wls_node *wls_node_find(struct wls_doc *doc, struct wls_node *holder, enum wls_key key);
struct wls_node *wls_node_find_next(struct wls_doc *doc, struct wls_node *holder, enum wls_key key,
				    struct wls_node *after);
/*
 * The same for an entry: its own heading and those that continue it.
 */
struct wls_node *wls_entry_find(struct wls_doc *doc, const struct wls_entry *entry,
				enum wls_key key);
struct wls_node *wls_entry_find_next(struct wls_doc *doc, const struct wls_entry *entry,
				     enum wls_key key, struct wls_node *after);
/*
 * The value of a field or section: its text, or when none stands on its line the text of the
 * paragraph or item that comes first in it. Returns the node that holds it (never NULL).
 */
struct wls_node *wls_node_value(struct wls_doc *doc, struct wls_node *node,
				struct wls_slice *value);
/* The newest entry (highest number; of duplicates the later), or NULL. */
struct wls_entry *wls_doc_newest(const struct wls_doc *doc);
/* The entry with that number (of duplicates the later), or NULL. O(log entries). */
struct wls_entry *wls_doc_entry(const struct wls_doc *doc, uint32_t version);
/* The text of a node on one line: line endings and container prefixes become one space. */
struct wls_slice wls_text_flatten(struct wls_doc *doc, struct wls_slice text);

/* XXH3 over the node's bytes and its children's hashes; equal subtrees hash equal. O(subtree). */
uint64_t wls_node_hash(struct wls_doc *doc, struct wls_node *node);
/* Adds the node's bytes, by walking the tree (not by copying the span). */
void wls_node_render(struct wls_doc *doc, struct wls_node *node, struct wls_buf *out);
/* Adds the document's bytes, by walking the tree: equal to the source. */
void wls_doc_render(struct wls_doc *doc, struct wls_buf *out);

/* ---- what a log says of itself ---- */

struct wls_facts {
	uint32_t version; /* highest entry, else frontmatter; 0: none (rule 5) */
	enum wls_work_status status;
	struct wls_slice status_text;  /* as written, when status is UNKNOWN; else empty */
	uint32_t status_at;            /* offset of the word that decided */
	int progress;                  /* 0-100, or -1 */
	struct wls_slice updated;      /* date of the newest entry, YYYY-MM-DD, or empty */
	struct wls_slice updated_time; /* HH:MM or empty */
	struct wls_slice title;        /* H1 without "Work Log", or empty */
	struct wls_entry *newest;      /* or NULL */
	bool title_blocked;            /* newest title carries [BLOCKED] */
	bool is_worklog;               /* false: matches by name at most (rule 12) */
};

/* Computes the facts (rules 5, 6, 8, 12) and adds their diagnostics, once a document. */
void wls_doc_facts(struct wls_doc *doc, struct wls_facts *out);

/*
 * Blockers of an entry: the items of Blockers (its line's text first, when it is not empty), and
 * for the newest one the open items of a Current Blockers section. Attributes (Owner, ETA …) are
 * children or following siblings.
 */
struct wls_blocker {
	struct wls_slice text;                              /* one line, atoms removed */
	struct wls_slice owner, requested, eta, workaround; /* empty when missing */
	uint32_t at;                                        /* offset of the text */
	struct wls_node *node; /* item, or the field when the text stands on its line */
	bool closed;           /* ticked, struck, marked done or resolved (rule 10) */
	bool question;         /* ends in `?` under Blockers/Questions */
};

/*
 * Writes *count blockers into an array of the document's arena. `entry` NULL: those of the log's
 * own part only, for a log without entries. O(fields of the entry).
 */
const struct wls_blocker *wls_entry_blockers(struct wls_doc *doc, const struct wls_entry *entry,
					     size_t *count);

/* ---- figures in a text ---- */

/*
 * The percentage of a progress text (rule 6): the last one of the first ` | ` part, 0-100
 * (`80% → 90%` is 90), or -1. *from (may be NULL) gets the one before an arrow, or -1.
 */
int wls_progress_parse(struct wls_slice text, int *from);

/* A part of a Progress field after the first ` | `, or of a comma list: `Auth layer 70% 🔄`. */
struct wls_component {
	struct wls_slice name;
	int percent; /* -1: none */
	enum wls_mark mark;
};

/* Cuts the next part off *rest at ` | ` (`separator` '|') or ',' outside parentheses. */
bool wls_component_next(struct wls_slice *rest, char separator, struct wls_component *out);

#endif
