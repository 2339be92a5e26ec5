/* SPDX-License-Identifier: MIT */
/*
 * Tables: measuring columns, then writing rows.
 *
 * Layer: render. Includes: base, buf.
 *
 * Blanks are held back until something follows them, so that no line ends in one.
 */
#include "render/table.h"

#include "base/utf8.h"

#include <stdio.h>

/* Cells that free text keeps at least, however narrow the terminal. */
#define TEXT_MIN 12u

void wls_table_init(struct wls_table *table, struct wls_arena *arena,
		    const struct wls_column *columns, size_t column_count)
{
	*table = (struct wls_table){
		.columns = columns, .column_count = column_count, .arena = arena};
}

void wls_table_release(struct wls_table *table)
{
	free(table->rows);
	table->rows = NULL;
	table->row_count = table->row_cap = 0;
}

static struct wls_row *add_row(struct wls_table *table)
{
	WLS_GROW(table->rows, table->row_cap, table->row_count + 1);
	struct wls_row *row = &table->rows[table->row_count++];
	*row = (struct wls_row){0};
	return row;
}

struct wls_cell *wls_table_row(struct wls_table *table)
{
	struct wls_row *row = add_row(table);

	row->cells = WLS_ARENA_ARRAY(table->arena, struct wls_cell, table->column_count);
	return row->cells;
}

void wls_table_set(struct wls_table *table, struct wls_cell *cell, struct wls_slice text,
		   enum wls_paint paint)
{
	struct wls_part *part = WLS_ARENA_NEW(table->arena, struct wls_part);

	*part = (struct wls_part){.text = text, .paint = paint};
	cell->parts = part;
	cell->count = 1;
}

struct wls_row *wls_table_line(struct wls_table *table, uint32_t indent, struct wls_slice text)
{
	struct wls_row *row = add_row(table);

	row->indent = indent;
	row->text.text = text;
	return row;
}

/* ---- measuring ---- */

static size_t max_size(size_t a, size_t b)
{
	return a > b ? a : b;
}

static size_t min_size(size_t a, size_t b)
{
	return a < b ? a : b;
}

static size_t cell_width(const struct wls_cell *cell)
{
	size_t width = 0;

	for (size_t i = 0; i < cell->count; i++)
		width += wls_utf8_width(cell->parts[i].text) + (i > 0 ? 2 : 0);
	return width;
}

/* Cells that the columns other than lists take, gaps included. */
static size_t fixed_width(const struct wls_table *table, const size_t *widths)
{
	size_t total = 0;

	for (size_t c = 0; c < table->column_count; c++) {
		total += table->columns[c].gap;
		total += table->columns[c].align == WLS_LIST ? 0 : widths[c];
	}
	return total;
}

static void measure(const struct wls_table *table, const struct wls_style *style, size_t *widths)
{
	for (size_t c = 0; c < table->column_count; c++)
		widths[c] = max_size(table->columns[c].min, strlen(table->columns[c].title));
	for (size_t r = 0; r < table->row_count; r++) {
		const struct wls_cell *cells = table->rows[r].cells;
		for (size_t c = 0; cells && c < table->column_count; c++)
			widths[c] = max_size(widths[c], cell_width(&cells[c]));
	}
	size_t fixed = fixed_width(table, widths);
	size_t room = style->width > fixed ? style->width - fixed : 0;
	for (size_t c = 0; c < table->column_count; c++)
		if (table->columns[c].align == WLS_LIST)
			widths[c] = min_size(widths[c], max_size(room, TEXT_MIN));
}

/* ---- writing ---- */

/* Adds a part; when it is free, what fits of it into `cells`. Returns the cells it took. */
static size_t render_part(const struct wls_part *part, const struct wls_style *style, size_t cells,
			  struct wls_buf *out)
{
	struct wls_slice text = part->text;

	if (part->free && style->cut)
		text.len = wls_style_fit(style, text, max_size(cells, TEXT_MIN));
	wls_style_paint(style, part->paint, text, out);
	if (text.len == part->text.len)
		return wls_utf8_width(text);
	struct wls_slice mark = wls_slice_of(wls_style_glyph(style, WLS_GLYPH_ELLIPSIS));
	wls_style_paint(style, part->paint, mark, out);
	return wls_utf8_width(text) + wls_utf8_width(mark);
}

void wls_parts_render(const struct wls_part *parts, size_t count, const char *joint,
		      const struct wls_style *style, size_t cells, struct wls_buf *out)
{
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		size_t gap = i > 0 ? strlen(joint) : 0;
		size_t more = 0; /* cells to say how many are left */

		if (i + 1 < count)
			more = strlen(joint) +
			       (size_t)snprintf(NULL, 0, "+%zu more", count - i - 1);
		size_t taken = used + gap + more;
		if (style->brief && i > 0 && taken + wls_utf8_width(parts[i].text) > cells) {
			wls_buf_printf(out, "%s+%zu more", joint, count - i);
			return;
		}
		if (i > 0)
			wls_buf_add_str(out, joint);
		used += gap + render_part(&parts[i], style, cells > taken ? cells - taken : 0, out);
	}
}

static size_t list_width(const struct wls_cell *cell, const struct wls_style *style, size_t cells)
{
	struct wls_style bare = *style;
	struct wls_buf buf = WLS_BUF_INIT;

	bare.color = false;
	wls_parts_render(cell->parts, cell->count, "; ", &bare, cells, &buf);
	size_t width = wls_utf8_width(wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return width;
}

static void render_row(const struct wls_table *table, const struct wls_cell *cells,
		       const size_t *widths, const struct wls_style *style, struct wls_buf *out)
{
	size_t blanks = 0; /* held back */

	for (size_t c = 0; c < table->column_count; c++) {
		const struct wls_cell *cell = &cells[c];
		enum wls_align align = table->columns[c].align;
		bool last = c + 1 == table->column_count;
		size_t width = 0;

		blanks += table->columns[c].gap;
		if (align == WLS_LIST && !last)
			width = list_width(cell, style, widths[c]);
		else if (align != WLS_LIST)
			width = cell_width(cell);
		size_t pad = widths[c] > width ? widths[c] - width : 0;
		if (align == WLS_RIGHT)
			blanks += pad;
		if (cell->count > 0 && cell->parts[0].text.len > 0) {
			wls_buf_fill(out, ' ', blanks);
			blanks = 0;
			wls_parts_render(cell->parts, cell->count, "; ", style, widths[c], out);
		}
		if (align != WLS_RIGHT)
			blanks += pad;
	}
	wls_buf_add_char(out, '\n');
}

static void render_line(const struct wls_table *table, const struct wls_row *row,
			const struct wls_style *style, struct wls_buf *out)
{
	struct wls_slice text = row->text.text;
	size_t taken = row->indent + wls_utf8_width(row->tail.text);

	if (row->text.free && style->cut) {
		size_t room = style->width > taken ? style->width - taken : 0;
		text = wls_style_cut(style, table->arena, text, max_size(room, TEXT_MIN));
	}
	if (text.len + row->tail.text.len > 0)
		wls_buf_fill(out, ' ', row->indent);
	wls_style_paint(style, row->text.paint, text, out);
	wls_style_paint(style, row->tail.paint, row->tail.text, out);
	wls_buf_add_char(out, '\n');
}

void wls_table_render_titles(const struct wls_table *table, const struct wls_style *style,
			     struct wls_buf *out)
{
	struct wls_part parts[WLS_COLUMNS_MAX];
	struct wls_cell cells[WLS_COLUMNS_MAX];
	size_t widths[WLS_COLUMNS_MAX];

	measure(table, style, widths);
	for (size_t c = 0; c < table->column_count; c++) {
		parts[c] = (struct wls_part){.text = wls_slice_of(table->columns[c].title),
					     .paint = WLS_PAINT_DONE};
		cells[c] = (struct wls_cell){&parts[c], 1};
	}
	render_row(table, cells, widths, style, out);
}

void wls_table_render(const struct wls_table *table, const struct wls_style *style,
		      struct wls_buf *out)
{
	size_t widths[WLS_COLUMNS_MAX];

	measure(table, style, widths);
	for (size_t r = 0; r < table->row_count; r++) {
		const struct wls_row *row = &table->rows[r];
		if (row->cells)
			render_row(table, row->cells, widths, style, out);
		else
			render_line(table, row, style, out);
	}
}
