/* SPDX-License-Identifier: MIT */
/*
 * Three-way structural merge of WorkLogs, and the conflicts that it leaves.
 *
 * Layer: merge. Includes: base, buf.
 *
 * Invariants (the laws that users rely on are in docs/merging.md)
 * - Pure: the result depends on the bytes given and the options alone.
 * - Whatever a side added or changed is in the result, within a conflict, or named by a
 *   resolution. Every result was checked for that, and read again, before it was returned.
 * - A conflict is a result, not an error.
 */
#ifndef WLSYNC_MERGE_H
#define WLSYNC_MERGE_H

#include "wlsync/base.h"
#include "wlsync/buf.h"

#define WLS_MERGE_SIDES_MAX 64u
#define WLS_MARKER_SIZE 7u       /* of conflict markers, when nothing else is said */
#define WLS_MARKER_SIZE_MAX 255u /* larger ones are cut */

/* ---- options ---- */

enum wls_merge_style {
	WLS_STYLE_DIFF3,  /* ours, base, theirs */
	WLS_STYLE_MERGE,  /* without base */
	WLS_STYLE_ZDIFF3, /* as diff3, lines that both sides share at the ends moved out */
};

/* What a policy may be given for (--policy KEY=CHOICE). Name, word, default. */
#define WLS_POLICY_TABLE(X)                                                                        \
	X(PROGRESS, "progress", JOIN) /* percentages and markers */                                \
	X(STATUS, "status", CONFLICT) /* status, verdicts, dates, owners, free scalars */          \
	X(PRIORITY, "priority", CONFLICT)                                                          \
	X(ITEM, "item", CONFLICT) /* removed by one, changed by the other */                       \
	X(TEXT, "text", CONFLICT) /* sentences, code, titles, reworded items */

enum wls_policy_key {
#define X(name, word, choice) WLS_POLICY_##name,
	WLS_POLICY_TABLE(X)
#undef X
		WLS_POLICY_COUNT,
};

enum wls_policy {
	WLS_POLICY_CONFLICT, /* leave it to the user */
	WLS_POLICY_JOIN,     /* the furthest along when both advanced, else a conflict */
	WLS_POLICY_LATEST,   /* the side whose newest entry is the later */
	WLS_POLICY_OURS,
	WLS_POLICY_THEIRS,
	WLS_POLICY_UNION, /* both texts, ours first */
};

struct wls_merge_options {
	enum wls_merge_style style;
	unsigned marker_size;             /* 0: WLS_MARKER_SIZE */
	const char *base_label;           /* NULL: "base" */
	const char *const *labels;        /* one a side; NULL: "ours", "theirs", "side 3" … */
	uint8_t policy[WLS_POLICY_COUNT]; /* enum wls_policy */
	bool trace;                /* leave `<!-- wlsync: was v6 -->` under renumbered headings */
	struct wls_slice log_name; /* "Auth-Refactor" of Auth-Refactor-WorkLog-v5.md; or empty */
};

/* The defaults: diff3 style, each policy as in its table. */
void wls_merge_options_init(struct wls_merge_options *options);
/* Reads `KEY=CHOICE`; WLS_E_USAGE names what is allowed. */
int wls_merge_policy_parse(struct wls_merge_options *options, struct wls_slice text,
			   struct wls_error *err);
/* "diff3" …: false when it is none. */
bool wls_merge_style_parse(struct wls_slice text, enum wls_merge_style *out);

/* ---- results ---- */

/* Why something that several sides changed did not become a conflict. Name, word for reports. */
#define WLS_RULE_TABLE(X)                                                                          \
	X(CHECKBOX, "checkbox")                                                                    \
	X(MARK, "marker")                                                                          \
	X(PERCENT, "percentage")                                                                   \
	X(COMPONENTS, "components")                                                                \
	X(ELEMENTS, "elements")                                                                    \
	X(ATOMS, "atoms")           /* different parts of one line */                              \
	X(SENTENCES, "sentences")   /* different sentences of one text */                          \
	X(LINES, "lines")           /* different lines of one block */                             \
	X(CELLS, "cells")           /* different cells of one row */                               \
	X(BOTH_ADDED, "both-added") /* both added the same */                                      \
	X(MOVED, "moved")           /* moved by one side, edited by the other */                   \
	X(ORDER, "order")           /* items of both sides at one place */                         \
	X(REORDERED, "reordered")   /* one side put a list into another order */                   \
	X(ENTRIES, "entries")       /* concurrent entries */                                       \
	X(VERSION, "version")       /* frontmatter: the highest entry */                           \
	X(STATUS, "status")         /* frontmatter: of the side with the newest entry */           \
	X(HYPOTHESIS, "hypothesis") /* a number given anew */                                      \
	X(LINE_ENDINGS, "line-endings")                                                            \
	X(FINAL_NEWLINE, "final-newline")                                                          \
	X(BYTE_ORDER_MARK, "byte-order-mark")                                                      \
	X(SPACING, "spacing") /* blank lines between two nodes */                                  \
	X(POLICY, "policy")   /* --policy said so */

enum wls_rule {
#define X(name, word) WLS_RULE_##name,
	WLS_RULE_TABLE(X)
#undef X
};

const char *wls_rule_name(enum wls_rule rule);

/* A use of a rule. */
struct wls_resolution {
	enum wls_rule rule;
	struct wls_slice place;  /* "v6 › Next" */
	struct wls_slice base;   /* one line each, as it stood; empty: nothing there */
	struct wls_slice ours;   /* of the first side that differs from the base */
	struct wls_slice theirs; /* of the other one */
	struct wls_slice result;
};

/* An entry (or hypothesis) that was given another number. */
struct wls_renumbering {
	char letter; /* 'v' or 'H' */
	size_t side; /* index of a side that added it */
	uint32_t from, to;
	struct wls_slice title; /* the entry's heading without number, or the hypothesis */
};

/* A text like `v6` that names a renumbered entry where nothing is rewritten (code, `React v6`). */
struct wls_left_reference {
	size_t side;
	uint32_t from, to;     /* the number as it stays, and the entry's new one */
	struct wls_slice text; /* its line */
};

struct wls_conflict {
	struct wls_slice place;        /* "v6 › Next" */
	const char *reason;            /* "both sides changed the priority" */
	uint32_t line;                 /* of its first marker in the result, from 1 */
	const struct wls_slice *texts; /* [0] base, [1 + side]; whole lines, may be empty */
};

/* How the result came about. */
enum wls_merge_method {
	WLS_METHOD_STRUCTURE,
	WLS_METHOD_LINES, /* the structural result failed its check, or the input is binary */
	WLS_METHOD_WHOLE, /* one conflict of the whole file */
};

struct wls_merge {
	struct wls_buf text; /* the result, with conflict markers when conflict_count > 0 */
	enum wls_merge_method method;
	unsigned marker_size; /* used; longer than asked for when the text holds such lines */
	size_t side_count;
	struct wls_conflict *conflicts; /* in file order */
	size_t conflict_count;
	struct wls_resolution *resolutions;
	size_t resolution_count;
	struct wls_renumbering *renumberings; /* versions by rising `from`, then hypotheses */
	size_t renumbering_count;
	struct wls_left_reference *left;
	size_t left_count;
	struct wls_arena arena;
};

/*
 * Merges `count` sides (1 to WLS_MERGE_SIDES_MAX) that all go on from `base`. `base` with a NULL
 * pointer is missing: what the sides share by content is the base. All texts are borrowed for the
 * call. On success the caller frees *out with wls_merge_free().
 *
 * Fails with WLS_E_LIMIT (a text over WLS_FILE_MAX) or WLS_E_USAGE (count); nothing else.
 * Linear in the sizes for appends and scattered edits, O(n log n) for anything.
 */
int wls_merge(struct wls_merge **out, struct wls_slice base, const struct wls_slice *sides,
	      size_t count, const struct wls_merge_options *options, struct wls_error *err);
void wls_merge_free(struct wls_merge *merge);
static inline void wls_merge_freep(struct wls_merge **merge)
{
	wls_merge_free(*merge);
}
#define _cleanup_merge_ _cleanup_(wls_merge_freep)

/* ---- conflicts in a text ---- */

/* A complete block of conflict markers in a text. All offsets count bytes of the text. */
struct wls_conflict_block {
	size_t begin, end;      /* from its first marker to past the ending of its last line */
	uint32_t line;          /* of its first marker, from 1 */
	unsigned size;          /* of its markers */
	bool structural;        /* its first marker carries a `(place)`: left by wlsync */
	struct wls_slice place; /* of the label, without parentheses; or empty */
	struct wls_slice ours_label, base_label, theirs_label;
	struct wls_slice ours, base, theirs; /* whole lines, may be empty */
	bool has_base;                       /* a base part is there (diff3) */
};

struct wls_conflict_blocks {
	struct wls_conflict_block *items;
	size_t count, cap;
};

/* Finds the complete, unnested blocks at column 0, in order. O(n). Release with free(out->items). */
void wls_conflict_blocks_find(struct wls_slice text, struct wls_conflict_blocks *out);

enum wls_pick {
	WLS_PICK_NONE, /* leave the block as it is */
	WLS_PICK_OURS,
	WLS_PICK_THEIRS,
	WLS_PICK_BASE,  /* nothing where the block has no base part */
	WLS_PICK_UNION, /* ours, then theirs; lines that both share at an end once */
};

/* Adds `text` to `out` with each block replaced by what picks[i] says. O(n). */
void wls_conflict_blocks_settle(struct wls_slice text, const struct wls_conflict_blocks *blocks,
				const enum wls_pick *picks, struct wls_buf *out);

#endif
