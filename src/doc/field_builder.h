/* SPDX-License-Identifier: MIT */
/*
 * The state of reading a holder's leaves. Private to fields.c and field_lines.c.
 *
 * Layer: doc. Includes: base, doc.
 *
 * Invariant: every byte of the span before `cursor` is in exactly one node's own text. Each step
 * either gives the bytes from `cursor` on to a node, or moves nothing.
 */
#ifndef WLS_DOC_FIELD_BUILDER_H
#define WLS_DOC_FIELD_BUILDER_H

#include "doc/doc_internal.h"
#include "doc/lines.h"

/* A node that is open because its block is: an item, a quote, a field in a list item. */
struct wls_open_node {
	struct wls_node *node;
	uint32_t block; /* its own block */
};

struct wls_builder {
	struct wls_doc *doc;
	struct wls_node *holder;         /* whose leaves are read */
	struct wls_node *sub;            /* where fields go: the holder, or its last handoff */
	struct wls_node *field;          /* the open field, or NULL */
	struct wls_node *table;          /* the open table, or NULL */
	struct wls_node *text;           /* the node whose own text still grows, or NULL */
	uint32_t text_from;              /* where that text begins, after a key or a marker */
	struct wls_item_context context; /* what it is read by, when it is an item's */
	uint32_t cursor;
	uint32_t limit;     /* end of the span */
	bool only_lists;    /* nothing but lists stand in the open field so far */
	bool list_decided;  /* whose the present top-level list is has been settled: */
	bool list_is_value; /* a field's or section's value, whose items are no fields */
	size_t depth;
	struct wls_open_node open[2 * WLS_DEPTH_MAX];
};

/* ---- fields.c ---- */

/* A node that begins at the cursor. */
struct wls_node *wls_builder_add(struct wls_builder *b, struct wls_node *parent,
				 enum wls_node_kind kind, uint32_t line);
/* Ends the own text of the growing node at `at`, moves the cursor there, and reads the text. */
void wls_builder_finish_text(struct wls_builder *b, uint32_t at);
/* Ends the open field at the cursor. */
void wls_builder_close_field(struct wls_builder *b);
/* The key of the list that an item would stand in now. */
enum wls_key wls_builder_context(const struct wls_builder *b);

/* ---- field_lines.c ---- */

/* Blanks at the start of a line: the bytes, and the columns in *indent. */
uint32_t wls_indent_of(struct wls_slice line, uint32_t *indent);
/* Whether a line opens a field; `in_run`: at its paragraph's start, only keys before it. */
bool wls_line_opens_field(struct wls_slice line, bool in_run);
/*
 * Reads the lines of a paragraph that stands in no list or quote, from the cursor to `to`.
 * `parent` takes what is no field. O(bytes).
 */
void wls_lines_read(struct wls_builder *b, struct wls_node *parent, uint32_t to, uint32_t line);
/*
 * Opens the fields on line `text_line`: `text` begins with `key`, and the first field at the
 * cursor, on `line` (an item's marker may stand on a line before its text).
 */
void wls_fields_open(struct wls_builder *b, struct wls_slice text, const struct wls_key_line *key,
		     uint32_t line, uint32_t text_line);

#endif
