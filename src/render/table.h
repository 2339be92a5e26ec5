/* SPDX-License-Identifier: MIT */
/*
 * Tables for a terminal: columns as wide as their widest cell, no boxes.
 *
 * Layer: render. Includes: base, buf.
 *
 * Only free text is ever cut. What names something (a name, a version, a state) is
 * shown whole, and makes its line longer than the terminal when it must; of a list of
 * such facts a terminal gets the ones that fit, and the rest counted; a pipe gets all.
 *
 * Everything borrowed or allocated lives as long as the arena and the texts given.
 */
#ifndef WLS_RENDER_TABLE_H
#define WLS_RENDER_TABLE_H

#include "render/style.h"

enum wls_align {
	WLS_LEFT,
	WLS_RIGHT,
	WLS_LIST, /* facts, "; " between them: as many as fit, then "+3 more" */
};

struct wls_column {
	const char *title;
	enum wls_align align;
	uint32_t gap; /* cells before it */
	uint32_t min; /* cells at least */
};

#define WLS_COLUMNS_MAX 10u

/* A piece of text in one colour. */
struct wls_part {
	struct wls_slice text;
	enum wls_paint paint;
	bool free; /* may be cut */
};

/* One part; in a WLS_LIST column any number. */
struct wls_cell {
	const struct wls_part *parts;
	size_t count;
};

/* A row of cells, or a line of its own between rows. */
struct wls_row {
	struct wls_cell *cells; /* column_count; NULL: a line */
	uint32_t indent;        /* line: cells before the text */
	struct wls_part text;   /* line: cut when it is free */
	struct wls_part tail;   /* line: stands after the text, never cut */
};

struct wls_table {
	const struct wls_column *columns;
	size_t column_count; /* at most WLS_COLUMNS_MAX */
	struct wls_arena *arena;
	struct wls_row *rows;
	size_t row_count, row_cap;
};

/* Columns and arena are borrowed. */
void wls_table_init(struct wls_table *table, struct wls_arena *arena,
		    const struct wls_column *columns, size_t column_count);
void wls_table_release(struct wls_table *table);
#define _cleanup_table_ _cleanup_(wls_table_release)

/* A new row: its empty cells, of the arena. */
struct wls_cell *wls_table_row(struct wls_table *table);
/* Sets a cell of one part; `text` must be clean. */
void wls_table_set(struct wls_table *table, struct wls_cell *cell, struct wls_slice text,
		   enum wls_paint paint);
/* A new line; the caller fills it in; valid until the next row or line. */
struct wls_row *wls_table_line(struct wls_table *table, uint32_t indent, struct wls_slice text);

/* The line of titles, painted dim. */
void wls_table_render_titles(const struct wls_table *table, const struct wls_style *style,
			     struct wls_buf *out);
/* All rows, a line each. O(bytes). */
void wls_table_render(const struct wls_table *table, const struct wls_style *style,
		      struct wls_buf *out);

/*
 * Adds parts with `joint` between them; on a terminal (style.brief) as many as fit into `cells`
 * (the first always), then how many more there are.
 */
void wls_parts_render(const struct wls_part *parts, size_t count, const char *joint,
		      const struct wls_style *style, size_t cells, struct wls_buf *out);

#endif
