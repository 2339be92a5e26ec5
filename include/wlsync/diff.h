/* SPDX-License-Identifier: MIT */
/*
 * What differs between two texts of a log, node by node: described for people, and as edits that make
 * the one text of the other.
 *
 * Layer: diff. Includes: base, buf, doc, pair.
 *
 * Invariants
 * - Total: any two texts up to WLS_FILE_MAX have a difference. Where their nodes do not hold, lines do.
 * - The edits, applied to the first text, give the second byte for byte; this is checked before a
 *   difference is given out. Every edit belongs to a change; equal texts have neither. Every change has an
 *   edit, but a final newline that went or came with a line of another change.
 * - Line endings, byte order mark and final newline are facts of the file and changes of their own: texts
 *   are compared with LF, without the mark and as if each ended in a newline.
 */
#ifndef WLSYNC_DIFF_H
#define WLSYNC_DIFF_H

#include "wlsync/buf.h"
#include "wlsync/pair.h"

enum wls_delta_op {
	WLS_DELTA_CHANGED,
	WLS_DELTA_ADDED,
	WLS_DELTA_REMOVED,
};

/* What changed: name, one, several. */
#define WLS_DELTA_KIND_TABLE(X)                                                                    \
	X(ENTRY, "entry", "entries")                                                               \
	X(SECTION, "section", "sections")                                                          \
	X(FIELD, "field", "fields")                                                                \
	X(ITEM, "item", "items")                                                                   \
	X(ROW, "row", "rows")                                                                      \
	X(TABLE, "table", "tables")                                                                \
	X(TEXT, "text", "texts")                                                                   \
	X(CODE, "code block", "code blocks")                                                       \
	X(TITLE, "title", "titles")                                                                \
	X(FRONTMATTER, "frontmatter", "frontmatters")                                              \
	X(KEY, "frontmatter key", "frontmatter keys")                                              \
	X(LINES, "run of lines", "runs of lines")                                                  \
	X(BLANK_LINES, "run of blank lines", "runs of blank lines")                                \
	X(LINE_ENDINGS, "line endings", "line endings")                                            \
	X(BYTE_ORDER_MARK, "byte order mark", "byte order marks")                                  \
	X(FINAL_NEWLINE, "final newline", "final newlines")

enum wls_delta_kind {
#define X(name, one, several) WLS_DELTA_##name,
	WLS_DELTA_KIND_TABLE(X)
#undef X
		WLS_DELTA_KIND_COUNT,
};

/* "entry", "entries". */
const char *wls_delta_kind_name(enum wls_delta_kind kind, bool several);

/* What of it changed; several hold at once. Name, word. */
#define WLS_DELTA_ASPECT_TABLE(X)                                                                  \
	X(MOVED, "moved")                                                                          \
	X(RENUMBERED, "renumbered")                                                                \
	X(RETITLED, "retitled")                                                                    \
	X(REDATED, "redated")                                                                      \
	X(RENAMED, "renamed")                                                                      \
	X(TICKED, "ticked")                                                                        \
	X(UNTICKED, "unticked")                                                                    \
	X(CHECKBOX, "checkbox changed")                                                            \
	X(PRIORITY, "re-prioritised")                                                              \
	X(STATE, "state changed") /* ✅ 🔄 ⏳ */                                               \
	X(BLOCKED, "blocked")                                                                      \
	X(UNBLOCKED, "unblocked")                                                                  \
	X(REVIEW, "review tag changed")                                                            \
	X(STRUCK, "strike-through changed")                                                        \
	X(STATUS, "status changed")                                                                \
	X(PROGRESS, "progress changed")                                                            \
	X(VALUE, "value changed") /* of a frontmatter key */                                       \
	X(REWORDED, "reworded")                                                                    \
	X(MARKUP, "markers changed") /* bullets, bold, hashes: no word changed */                  \
	X(WHITE_SPACE, "white space changed")

enum wls_delta_aspect {
#define X(name, word) WLS_ASPECT_##name,
	WLS_DELTA_ASPECT_TABLE(X)
#undef X
		WLS_ASPECT_COUNT,
};

const char *wls_delta_aspect_name(enum wls_delta_aspect aspect);

/* Bytes [a0, a1) of the first text stand for [b0, b1) of the second; either may be empty. */
struct wls_delta_span {
	uint32_t a0, a1, b0, b1;
	bool mark; /* it is to be shown; else it only says where a node was or went */
};

/* A change, as it is told to people. */
struct wls_delta {
	uint8_t op;       /* enum wls_delta_op */
	uint8_t kind;     /* enum wls_delta_kind */
	uint32_t aspects; /* a bit for each enum wls_delta_aspect */
	/* The node in each text: NULL where it is not; both NULL when it is of no node. Of blank lines
	 * what follows them, NULL at the end. */
	const struct wls_pair_node *node[2];
	struct wls_slice place; /* where its node stands: "v6 › Next"; "" at the top */
	uint32_t line[2];       /* from 1; 0: not there */
	/* Offsets in wls_diff.texts; the marks, in order, are what differs. */
	const struct wls_delta_span *spans;
	size_t span_count;
	uint32_t order; /* private to the making */
};

/* Whether it is of the file as a whole: endings, mark, final newline. */
static inline bool wls_delta_is_form(const struct wls_delta *delta)
{
	return delta->kind == WLS_DELTA_LINE_ENDINGS || delta->kind == WLS_DELTA_BYTE_ORDER_MARK ||
	       delta->kind == WLS_DELTA_FINAL_NEWLINE;
}

/* An edit, in offsets of the texts as they were given, in order in both of them. */
struct wls_diff_edit {
	uint32_t a0, a1, b0, b1;
	uint32_t delta; /* index of the change that it belongs to */
};

enum wls_diff_method {
	WLS_DIFF_BY_NODES,
	WLS_DIFF_BY_LINES, /* neither text is a log, or there is a NUL */
	WLS_DIFF_WHOLE,    /* neither could be had: one change of everything */
};

struct wls_diff {
	struct wls_slice given[2]; /* borrowed */
	struct wls_slice
		texts[2]; /* with LF where endings differ, without mark, with final newline */
	enum wls_diff_method method;
	struct wls_delta *deltas; /* in the order of the second text */
	size_t delta_count;
	struct wls_diff_edit *edits;
	size_t edit_count;
	size_t lf[2], crlf[2]; /* lines of each text that end so */
	struct wls_buf storage[2];
	struct wls_pairing *pairing; /* NULL when not compared by nodes */
	struct wls_arena arena;
};

/*
 * Compares two texts, which are borrowed until wls_diff_free(). Nodes are paired as the merge engine does;
 * items and texts that moved and were reworded too, by their words. Fails only with WLS_E_LIMIT.
 * O(n log n) in what differs, O(n) in the rest.
 */
int wls_diff_make(struct wls_diff **out, struct wls_slice a, struct wls_slice b,
		  const struct wls_pair_options *options, struct wls_error *err);
void wls_diff_free(struct wls_diff *diff); /* NULL is fine */
static inline void wls_diff_freep(struct wls_diff **diff)
{
	wls_diff_free(*diff);
}
#define _cleanup_diff_ _cleanup_(wls_diff_freep)

/* Adds the first text with the edits applied: the second text. */
void wls_diff_apply(const struct wls_diff *diff, struct wls_buf *out);

/* "v6 › Next": what the node stands in; "" at the top. A text of the arena. */
struct wls_slice wls_delta_place(struct wls_arena *arena, const struct wls_pair_node *node);
/* The same of what stands in `holder`. */
struct wls_slice wls_delta_place_in(struct wls_arena *arena, const struct wls_pair_node *holder);

/* How many changes of a kind there are, and of each of these how many are what. */
struct wls_diff_count {
	size_t added, removed, changed;
};
void wls_diff_count(const struct wls_diff *diff, struct wls_diff_count counts[WLS_DELTA_KIND_COUNT],
		    size_t aspects[WLS_ASPECT_COUNT]);

#endif
