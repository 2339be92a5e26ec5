/* SPDX-License-Identifier: MIT */
/*
 * The cursor in a line: columns, tabs, indentation. Private to blocks.c.
 *
 * Layer: doc. Includes: base, lines.
 *
 * Invariant: `text` is the first character at or after `at` that is no blank, and `indent` the
 * columns between. A tab may be half consumed: then `at` stands on it and `column` counts
 * what is done of it (CommonMark 0.29, section 2.2).
 */
#ifndef WLS_DOC_BLOCK_CURSOR_H
#define WLS_DOC_BLOCK_CURSOR_H

#include "doc/lines.h"

enum { WLS_TAB_STOP = 4 };

struct wls_cursor {
	const char *src;
	uint32_t end; /* of the line */
	uint32_t at, column;
	uint32_t text, text_column;
	uint32_t indent; /* text_column - column */
	bool blank;      /* no text at or after `at` */
};

static inline void wls_cursor_find_text(struct wls_cursor *c)
{
	uint32_t i = c->at, column = c->column;
	for (; i < c->end; i++) {
		if (c->src[i] == ' ')
			column++;
		else if (c->src[i] == '\t')
			column += WLS_TAB_STOP - column % WLS_TAB_STOP;
		else
			break;
	}
	c->text = i;
	c->text_column = column;
	c->indent = column - c->column;
	c->blank = i == c->end;
}

/*
 * To the start of the current line. In place: a cursor returned by value is copied in wider
 * words than it was written in, and waits for the store (a third of the parser's time).
 */
static inline void wls_cursor_start(struct wls_cursor *c, const struct wls_lines *lines)
{
	c->src = lines->src;
	c->end = lines->end;
	c->at = lines->begin;
	c->column = 0;
	wls_cursor_find_text(c);
}

static inline void wls_cursor_move_to_text(struct wls_cursor *c)
{
	c->at = c->text;
	c->column = c->text_column;
	c->indent = 0;
}

/* Over at most `columns` columns of the blanks before the text. */
static inline void wls_cursor_move_columns(struct wls_cursor *c, uint32_t columns)
{
	while (columns > 0 && c->at < c->text) {
		uint32_t width = 1;
		if (c->src[c->at] == '\t')
			width = WLS_TAB_STOP - c->column % WLS_TAB_STOP;
		if (width > columns) {
			c->column += columns;
			break;
		}
		c->column += width;
		columns -= width;
		c->at++;
	}
	c->indent = c->text_column - c->column;
}

/* Over a marker of `len` characters at the text. */
static inline void wls_cursor_move_over(struct wls_cursor *c, uint32_t len)
{
	c->at = c->text + len;
	c->column = c->text_column + len;
	wls_cursor_find_text(c);
}

#endif
