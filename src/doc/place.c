/* SPDX-License-Identifier: MIT */
/*
 * Places: byte offsets to lines and columns, and back.
 *
 * Layer: doc. Includes: base, doc.
 *
 * Blocks know their line, so only what stands between a place and the block before it is read.
 */
#include "base/utf8.h"
#include "doc/doc_internal.h"
#include "doc/lines.h"

uint32_t wls_line_begin(const struct wls_doc *doc, uint32_t offset, uint32_t floor)
{
	while (offset > floor && !wls_is_line_end(doc->source.ptr[offset - 1]))
		offset--;
	return offset;
}

uint32_t wls_line_end(const struct wls_doc *doc, uint32_t offset, uint32_t limit)
{
	struct wls_lines lines = {.src = doc->source.ptr, .len = limit, .next = offset};
	return wls_lines_next(&lines) ? lines.next : limit;
}

/* ---- where to begin ---- */

/* Whether a block begins at or before an offset or, with `by_line`, a line. */
static bool is_before(const struct wls_block *block, uint32_t value, bool by_line)
{
	return (by_line ? block->line : block->begin) <= value;
}

/* The last block that does, or NULL. Recalled parts do not stand in order. O(log blocks). */
static const struct wls_block *block_before(const struct wls_doc *doc, uint32_t value, bool by_line)
{
	uint32_t low = 1, high = doc->blocks && !doc->forgotten ? doc->block_count : 0;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (is_before(&doc->blocks[middle], value, by_line))
			low = middle + 1;
		else
			high = middle;
	}
	return low > 1 ? &doc->blocks[low - 1] : NULL;
}

/* Moves the place onto the start of the block's line, unless it is further. */
static void skip_to(const struct wls_doc *doc, const struct wls_block *block,
		    struct wls_doc_place *place)
{
	uint32_t begin = block ? wls_line_begin(doc, block->begin, doc->root->body) : 0;
	if (block && begin > place->at)
		*place = (struct wls_doc_place){begin, block->line, 1};
}

static struct wls_doc_place first_place(const struct wls_doc *doc)
{
	return (struct wls_doc_place){doc->root->body, 1, 1};
}

/* ---- offset to place ---- */

void wls_doc_locate_from(const struct wls_doc *doc, struct wls_doc_place *place, uint32_t offset)
{
	struct wls_slice source = doc->source;
	if (offset > source.len)
		offset = (uint32_t)source.len;
	if (offset < doc->root->body)
		offset = doc->root->body;
	if (place->line == 0 || offset < place->at)
		*place = first_place(doc);
	skip_to(doc, block_before(doc, offset, false), place);
	struct wls_lines lines = {.src = source.ptr, .len = offset, .next = place->at};
	while (wls_lines_next(&lines) && lines.next > lines.end) {
		/* `offset` may be the LF of a CR LF: still on the line. */
		if (lines.next == offset && offset < source.len && source.ptr[offset - 1] == '\r' &&
		    source.ptr[offset] == '\n')
			break;
		*place = (struct wls_doc_place){lines.next, place->line + 1, 1};
	}
	place->column +=
		(uint32_t)wls_utf8_count(wls_slice(source.ptr + place->at, offset - place->at));
	place->at = offset;
}

void wls_doc_locate(const struct wls_doc *doc, uint32_t offset, uint32_t *line, uint32_t *column)
{
	struct wls_doc_place place = {0};
	wls_doc_locate_from(doc, &place, offset);
	*line = place.line;
	*column = place.column;
}

/* ---- place to offset ---- */

uint32_t wls_doc_offset(const struct wls_doc *doc, struct wls_doc_place *place, uint32_t line,
			uint32_t column)
{
	struct wls_slice source = doc->source;
	if (place->line == 0 || place->line > line ||
	    (place->line == line && place->column > column))
		*place = first_place(doc);
	if (place->line < line)
		skip_to(doc, block_before(doc, line, true), place);
	struct wls_lines lines = wls_lines_of(source, place->at);
	while (place->line < line && wls_lines_next(&lines))
		*place = (struct wls_doc_place){lines.next, place->line + 1, 1};
	for (; place->column < column && place->at < source.len; place->column++)
		place->at +=
			(uint32_t)wls_utf8_decode(wls_slice_from(source, place->at), NULL, NULL);
	return place->at;
}
