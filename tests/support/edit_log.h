/* SPDX-License-Identifier: MIT */
/*
 * Edits of a log as people and agents make them, for tests of merging.
 *
 * An edit picks its place by hashing lines with its seed, so that it meets the same place when
 * other edits or other lines are left out: a failing case can be shrunk.
 */
#ifndef WLS_TEST_EDIT_LOG_H
#define WLS_TEST_EDIT_LOG_H

#include "support/random.h"
#include "wlsync/buf.h"

/* Name, word, weight among all edits, whether it changes one line in its place. */
#define EDIT_TABLE(X)                                                                              \
	X(APPEND_ENTRY, "append an entry", 14, false)                                              \
	X(TICK, "tick", 5, true)                                                                   \
	X(UNTICK, "untick", 1, true)                                                               \
	X(MARK, "change, add or remove a marker", 6, true)                                         \
	X(PRIORITY, "change, add or remove a priority", 4, true)                                   \
	X(PERCENT, "change a percentage", 6, true)                                                 \
	X(ADD_COMPONENT, "add a component", 2, true)                                               \
	X(REMOVE_COMPONENT, "remove a component", 1, true)                                         \
	X(BLOCKED, "toggle [BLOCKED]", 2, true)                                                    \
	X(REWORD, "change a word of an item", 8, true)                                             \
	X(REWRITE, "write an item anew", 4, false)                                                 \
	X(RENAME_FIELD, "rename a field", 1, false)                                                \
	X(SENTENCE, "change a word of a text", 4, true)                                            \
	X(ADD_SENTENCE, "add a sentence", 3, true)                                                 \
	X(CODE_LINE, "change a line of code", 3, true)                                             \
	X(CELL, "change a cell", 3, true)                                                          \
	X(VERDICT, "change a verdict", 2, true)                                                    \
	X(STATUS, "change a status", 4, true)                                                      \
	X(FRONT_STATUS, "change the frontmatter's status", 3, true)                                \
	X(FRONT_OWNER, "change another key of the frontmatter", 1, true)                           \
	X(COMMA, "add, remove or change an element", 4, true)                                      \
	X(RETITLE, "change an entry's title", 2, true)                                             \
	X(REDATE, "change an entry's date", 1, true)                                               \
	X(LOG_TITLE, "change the log's title", 1, true)                                            \
	X(ADD_ITEM, "add an item", 8, false)                                                       \
	X(ADD_SUBITEM, "add a sub-item", 2, false)                                                 \
	X(REMOVE_ITEM, "remove an item", 5, false)                                                 \
	X(MOVE_ITEM, "move an item within its list", 3, false)                                     \
	X(MOVE_FAR, "move an item to another list", 3, false)                                      \
	X(REORDER, "reorder a list", 2, false)                                                     \
	X(ADD_FIELD, "add a field", 4, false)                                                      \
	X(REMOVE_FIELD, "remove a field", 2, false)                                                \
	X(ADD_SECTION, "add a section of the log", 1, false)                                       \
	X(REMOVE_SECTION, "remove a section of the log", 1, false)                                 \
	X(ADD_CODE, "add a line of code", 2, false)                                                \
	X(REMOVE_CODE, "remove a line of code", 1, false)                                          \
	X(ADD_ROW, "add a row", 3, false)                                                          \
	X(REMOVE_ROW, "remove a row", 1, false)                                                    \
	X(ADD_KEYED, "add a hypothesis or a line of work", 3, false)                               \
	X(ADD_BLANK, "add a blank line", 1, false)                                                 \
	X(REMOVE_BLANK, "remove a blank line", 1, false)                                           \
	X(REMOVE_ENTRY, "remove an entry", 1, false)

enum edit_kind {
#define X(name, word, weight, in_place) EDIT_##name,
	EDIT_TABLE(X)
#undef X
		EDIT_COUNT,
};

/* Which lines an edit may touch, when two sides must not meet. */
enum edit_domain {
	EDIT_ANYWHERE,
	EDIT_LINES_EVEN, /* lines (paragraphs, blocks of code) by the parity of their hash */
	EDIT_LINES_ODD,
	EDIT_CHUNKS_EVEN, /* whole entries and sections */
	EDIT_CHUNKS_ODD,
};

struct edit {
	enum edit_kind kind;
	enum edit_domain domain;
	uint64_t seed;
};

const char *edit_name(enum edit_kind kind);
bool edit_in_place(enum edit_kind kind);
/* A kind by the weights. */
enum edit_kind edit_random_kind(struct test_random *r);
/* Adds `text` (in LF) after the edit, in LF; unchanged when it finds no place. */
void edit_apply(const struct edit *edit, struct wls_slice text, struct wls_buf *out);

#endif
