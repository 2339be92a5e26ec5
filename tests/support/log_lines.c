/* SPDX-License-Identifier: MIT */
/*
 * A log as lines, each with what it looks like.
 */
#include "support/log_lines.h"

static bool starts(struct wls_slice s, const char *prefix)
{
	return wls_slice_starts(s, wls_slice_of(prefix));
}

static void push(struct log_lines *lines, struct wls_slice text)
{
	WLS_GROW(lines->items, lines->cap, lines->count + 1);
	lines->items[lines->count++] = (struct log_line){.text = text};
}

static bool next_line(struct wls_slice *rest, struct wls_slice *line)
{
	if (rest->len == 0)
		return false;
	const char *end = memchr(rest->ptr, '\n', rest->len);
	size_t len = end ? (size_t)(end - rest->ptr) : rest->len;
	*line = wls_slice(rest->ptr, len);
	*rest = wls_slice_from(*rest, len + (end ? 1 : 0));
	if (end && line->len > 0 && line->ptr[line->len - 1] == '\r')
		line->len--;
	return true;
}

void log_lines_read(struct log_lines *lines, struct wls_slice text)
{
	struct wls_slice line;
	*lines = (struct log_lines){0};
	if (starts(text, "\xEF\xBB\xBF"))
		text = wls_slice_from(text, 3);
	while (next_line(&text, &line))
		push(lines, line);
	log_lines_classify(lines);
}

void log_lines_release(struct log_lines *lines)
{
	free(lines->items);
	wls_arena_release(&lines->arena);
	*lines = (struct log_lines){0};
}

/* The number in `## v3 |`, or 0. */
static uint32_t entry_version(struct wls_slice text)
{
	uint32_t version = 0;
	size_t i = 4;
	if (!starts(text, "## v"))
		return 0;
	for (; i < text.len && i < 12 && wls_is_digit(text.ptr[i]); i++)
		version = version * 10 + (uint32_t)(text.ptr[i] - '0');
	return starts(wls_slice_from(text, i), " |") ? version : 0;
}

static bool is_keyed(struct wls_slice text)
{
	size_t i = 1;
	if (text.len < 3 || !memchr("H+~!", text.ptr[0], 4))
		return false;
	while (i < text.len && wls_is_digit(text.ptr[i]))
		i++;
	return starts(wls_slice_from(text, i), ": ");
}

static enum log_line_kind kind_of(struct log_line *line)
{
	struct wls_slice text = wls_slice_from(line->text, line->indent);
	if (wls_slice_trim(text).len == 0)
		return LINE_BLANK;
	line->version = entry_version(line->text);
	if (line->version > 0)
		return LINE_ENTRY;
	if (starts(text, "# "))
		return LINE_TITLE;
	if (starts(text, "## ") || starts(text, "### "))
		return LINE_HEADING;
	if (starts(text, "- ") || starts(text, "* "))
		return LINE_ITEM;
	if (starts(text, "**"))
		return LINE_FIELD;
	if (starts(text, "|"))
		return LINE_ROW;
	return is_keyed(text) ? LINE_KEYED : LINE_TEXT;
}

static bool is_fence(struct wls_slice text)
{
	return starts(text, "```") || starts(text, "~~~");
}

static bool starts_chunk(const struct log_line *line)
{
	return line->kind == LINE_ENTRY ||
	       (line->kind == LINE_HEADING && starts(line->text, "## "));
}

void log_lines_classify(struct log_lines *lines)
{
	size_t chunk = SIZE_MAX, node = 0;
	bool fenced = false, front = lines->count > 0 && starts(lines->items[0].text, "---");
	for (size_t i = 0; i < lines->count; i++) {
		struct log_line *line = &lines->items[i];
		*line = (struct log_line){.text = line->text};
		while (line->indent < line->text.len && line->text.ptr[line->indent] == ' ')
			line->indent++;
		bool fence = is_fence(wls_slice_from(line->text, line->indent));
		if (front || fence)
			line->kind = front ? LINE_FRONT : LINE_FENCE;
		else
			line->kind = fenced ? LINE_CODE : kind_of(line);
		bool goes_on = i > 0 && !front &&
			       (fenced || (line->kind == LINE_TEXT &&
					   lines->items[i - 1].kind != LINE_BLANK &&
					   lines->items[i - 1].kind != LINE_FRONT));
		front = front && (i == 0 || !starts(line->text, "---"));
		fenced = fence && !front ? !fenced : fenced;
		chunk = starts_chunk(line) ? i : chunk;
		node = goes_on ? node : i;
		line->chunk = chunk;
		line->node = node;
	}
}

void log_lines_insert(struct log_lines *lines, size_t at, struct wls_slice text)
{
	struct wls_slice rest = wls_arena_copy(&lines->arena, text), line;
	size_t tail = lines->count - at, count = 0;
	for (struct wls_slice probe = rest; next_line(&probe, &line);)
		count++;
	WLS_GROW(lines->items, lines->cap, lines->count + count + 1);
	memmove(lines->items + at + count, lines->items + at, tail * sizeof(*lines->items));
	for (; next_line(&rest, &line); at++)
		lines->items[at] = (struct log_line){.text = line};
	lines->count += count;
	log_lines_classify(lines);
}

void log_lines_remove(struct log_lines *lines, size_t at, size_t count)
{
	memmove(lines->items + at, lines->items + at + count,
		(lines->count - at - count) * sizeof(*lines->items));
	lines->count -= count;
	log_lines_classify(lines);
}

void log_lines_render(const struct log_lines *lines, struct wls_buf *out)
{
	for (size_t i = 0; i < lines->count; i++) {
		wls_buf_add_slice(out, lines->items[i].text);
		wls_buf_add_char(out, '\n');
	}
}

size_t log_lines_item_end(const struct log_lines *lines, size_t at)
{
	size_t end = at + 1;
	while (end < lines->count && lines->items[end].kind == LINE_ITEM &&
	       lines->items[end].indent > lines->items[at].indent)
		end++;
	return end;
}

size_t log_lines_field_end(const struct log_lines *lines, size_t at)
{
	for (size_t end = at + 1; end < lines->count; end++)
		switch (lines->items[end].kind) {
		case LINE_TITLE:
		case LINE_ENTRY:
		case LINE_HEADING:
		case LINE_FIELD:
			return end;
		default:
			break;
		}
	return lines->count;
}

size_t log_lines_chunk_end(const struct log_lines *lines, size_t at)
{
	size_t end = at + 1;
	while (end < lines->count && !starts_chunk(&lines->items[end]))
		end++;
	return end;
}

uint32_t log_lines_newest(const struct log_lines *lines)
{
	uint32_t newest = 0;
	for (size_t i = 0; i < lines->count; i++)
		if (lines->items[i].version > newest)
			newest = lines->items[i].version;
	return newest;
}

bool log_lines_newest_first(const struct log_lines *lines)
{
	uint32_t first = 0;
	for (size_t i = 0; i < lines->count; i++) {
		uint32_t version = lines->items[i].version;
		if (version > 0 && first > 0)
			return version < first;
		first = version > 0 ? version : first;
	}
	return false;
}

uint64_t log_text_hash(uint64_t seed, struct wls_slice text)
{
	uint64_t h = UINT64_C(0xCBF29CE484222325) ^ seed;
	for (size_t i = 0; i < text.len; i++)
		h = (h ^ (unsigned char)text.ptr[i]) * UINT64_C(0x100000001B3);
	h ^= h >> 29;
	h *= UINT64_C(0xBF58476D1CE4E5B9);
	return h ^ (h >> 32);
}
