/* SPDX-License-Identifier: MIT */
/*
 * A log as lines, each with what it looks like: on purpose a simple reader of its own, so that
 * tests of the merge do not judge the document layer by itself.
 */
#ifndef WLS_TEST_LOG_LINES_H
#define WLS_TEST_LOG_LINES_H

#include "wlsync/buf.h"

enum log_line_kind {
	LINE_BLANK,
	LINE_FRONT, /* of the frontmatter, with its dashes */
	LINE_TITLE, /* # … */
	LINE_ENTRY, /* ## v3 | … */
	LINE_HEADING,
	LINE_FIELD, /* **Key:** … */
	LINE_ITEM,
	LINE_KEYED, /* H1: …, +: … */
	LINE_ROW,
	LINE_FENCE,
	LINE_CODE, /* within fences */
	LINE_TEXT,
};

struct log_line {
	struct wls_slice text; /* without line ending */
	enum log_line_kind kind;
	uint32_t indent;
	uint32_t version; /* of an entry's heading */
	size_t chunk;     /* index of the line with `## ` above it, or its own; SIZE_MAX: none */
	size_t node;      /* index of the first line of its paragraph or block of code */
};

struct log_lines {
	struct log_line *items;
	size_t count, cap;
	struct wls_arena arena; /* of texts that were changed */
};

/* Reads a text (borrowed). A BOM and the CR of line endings are no part of a line. */
void log_lines_read(struct log_lines *lines, struct wls_slice text);
void log_lines_release(struct log_lines *lines);
/* Says anew what each line is; after changes. */
void log_lines_classify(struct log_lines *lines);
/* Puts a text's lines before line `at` (copied). */
void log_lines_insert(struct log_lines *lines, size_t at, struct wls_slice text);
void log_lines_remove(struct log_lines *lines, size_t at, size_t count);
/* Every line with LF. */
void log_lines_render(const struct log_lines *lines, struct wls_buf *out);

/* Where what begins in line `at` ends: an item with its sub-items, a field with what stands under
 * it, an entry or section with all of it. */
size_t log_lines_item_end(const struct log_lines *lines, size_t at);
size_t log_lines_field_end(const struct log_lines *lines, size_t at);
size_t log_lines_chunk_end(const struct log_lines *lines, size_t at);

/* The highest entry; 0 when there is none. */
uint32_t log_lines_newest(const struct log_lines *lines);
bool log_lines_newest_first(const struct log_lines *lines);
/* FNV-1a over the text. */
uint64_t log_text_hash(uint64_t seed, struct wls_slice text);

#endif
