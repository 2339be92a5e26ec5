/* SPDX-License-Identifier: MIT */
/*
 * The entries of a log, one line each.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/shown.h"
#include "render/table.h"

static const struct wls_column columns[] = {
	{"", WLS_LEFT, 0, 0},  /* version */
	{"", WLS_LEFT, 2, 0},  /* date and time */
	{"", WLS_LEFT, 2, 0},  /* status */
	{"", WLS_RIGHT, 2, 0}, /* progress */
	{"", WLS_LIST, 2, 0},  /* title, and what is odd about it */
};

/* A line's facts, clean and of the arena. */
struct line {
	const struct wls_shown_entry *shown;
	struct wls_slice version, when, status, progress;
	enum wls_paint paint; /* of the status */
	struct wls_cell title;
};

static struct wls_slice status_words(struct wls_arena *arena, const struct wls_declared *declared)
{
	switch (declared->status) {
	case WLS_STATUS_IN_PROGRESS:
		return WLS_SLICE("in progress");
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_SLICE("needs review");
	case WLS_STATUS_NONE:
		return WLS_SLICE("-");
	case WLS_STATUS_UNKNOWN:
		return wls_style_clean(arena, declared->status_text);
	default:
		return wls_slice_of(wls_work_status_name(declared->status));
	}
}

static enum wls_paint status_paint(enum wls_work_status status)
{
	switch (status) {
	case WLS_STATUS_BLOCKED:
		return WLS_PAINT_ERROR;
	case WLS_STATUS_NEEDS_REVIEW:
		return WLS_PAINT_WAITING;
	case WLS_STATUS_COMPLETED:
		return WLS_PAINT_DONE;
	default:
		return WLS_PAINT_NONE;
	}
}

/* The title's tag, where the entry's own status says something else. */
static const char *tag_beside(const struct wls_node *node, enum wls_work_status status)
{
	if ((node->flags & WLS_NODE_BLOCKED) && status != WLS_STATUS_BLOCKED)
		return " [BLOCKED]";
	if ((node->flags & WLS_NODE_REVIEW) && status != WLS_STATUS_NEEDS_REVIEW)
		return " [NEEDS_REVIEW]";
	return "";
}

static struct wls_slice when_of(struct wls_arena *arena, const struct wls_entry *entry)
{
	if (entry->date.len == 0)
		return WLS_SLICE("-");
	return wls_slice_of(wls_arena_printf(arena, "%.*s%s%.*s", WLS_SLICE_ARG(entry->date),
					     entry->time.len > 0 ? " " : "",
					     WLS_SLICE_ARG(entry->time)));
}

static struct wls_slice last_component(struct wls_slice path)
{
	size_t at = path.len;

	while (at > 0 && path.ptr[at - 1] != '/')
		at--;
	return wls_slice_from(path, at);
}

enum { TITLE_PARTS_MAX = 4 };

/* The title; what is odd about the heading; in which other file it stands. */
static struct wls_cell title_of(struct wls_arena *arena, const struct wls_shown_entry *shown)
{
	const struct wls_entry *entry = shown->entry;
	struct wls_part *parts = WLS_ARENA_ARRAY(arena, struct wls_part, TITLE_PARTS_MAX);
	struct wls_slice title = wls_text_flatten(shown->file->doc, entry->title);
	size_t count = 0;

	if (title.len > 0)
		parts[count++] =
			(struct wls_part){.text = wls_style_clean(arena, title), .free = true};
	if (entry->continuation)
		parts[count++] = (struct wls_part){.text = WLS_SLICE("continued")};
	if (entry->duplicate)
		parts[count++] = (struct wls_part){.text = WLS_SLICE("duplicate")};
	if (shown->file->role != WLS_SHOWN_CURRENT) {
		struct wls_slice file = wls_style_clean(arena, last_component(shown->file->path));
		parts[count++] = (struct wls_part){.text = wls_slice_of(wls_arena_printf(
							   arena, "in %.*s", WLS_SLICE_ARG(file)))};
	}
	for (size_t i = title.len > 0; i < count; i++)
		parts[i].paint = WLS_PAINT_DONE;
	return (struct wls_cell){parts, count};
}

static void read_line(struct wls_arena *arena, const struct wls_shown_entry *shown,
		      struct line *out)
{
	const struct wls_entry *entry = shown->entry;
	struct wls_declared declared;

	wls_declared_read(shown->file->doc, entry->node, &declared);
	*out = (struct line){
		.shown = shown,
		.version = wls_slice_of(wls_arena_printf(arena, "v%u", entry->version)),
		.when = when_of(arena, entry),
		.progress = WLS_SLICE("-"),
		.title = title_of(arena, shown),
		.paint = status_paint(declared.status),
	};
	struct wls_slice status = status_words(arena, &declared);
	out->status = wls_slice_of(wls_arena_printf(arena, "%.*s%s", WLS_SLICE_ARG(status),
						    tag_beside(entry->node, declared.status)));
	if (declared.progress >= 0)
		out->progress = wls_slice_of(wls_arena_printf(arena, "%d%%", declared.progress));
}

static void add_row(struct wls_table *table, const struct line *line)
{
	struct wls_cell *cells = wls_table_row(table);

	wls_table_set(table, &cells[0], line->version, WLS_PAINT_TITLE);
	wls_table_set(table, &cells[1], line->when, WLS_PAINT_NONE);
	wls_table_set(table, &cells[2], line->status, line->paint);
	wls_table_set(table, &cells[3], line->progress, WLS_PAINT_NONE);
	cells[4] = line->title;
}

/* "Version 5 of 2025-11-10 14:00, in progress at 70%: OAuth flow." */
static void add_sentence(const struct line *line, struct wls_buf *out)
{
	bool dated = line->shown->entry->date.len > 0;
	bool has_status = !wls_slice_eq(line->status, WLS_SLICE("-"));

	wls_buf_printf(out, "Version %u", line->shown->entry->version);
	if (dated)
		wls_buf_printf(out, " of %.*s", WLS_SLICE_ARG(line->when));
	if (has_status)
		wls_buf_printf(out, ", %.*s", WLS_SLICE_ARG(line->status));
	if (!wls_slice_eq(line->progress, WLS_SLICE("-")))
		wls_buf_printf(out, "%s%.*s", has_status ? " at " : ", at ",
			       WLS_SLICE_ARG(line->progress));
	for (size_t i = 0; i < line->title.count; i++)
		wls_buf_printf(out, "%s%.*s", i > 0 ? ", " : ": ",
			       WLS_SLICE_ARG(line->title.parts[i].text));
	wls_buf_add_str(out, ".\n");
}

void wls_shown_log(struct wls_shown *shown, const struct wls_style *style, bool plain,
		   struct wls_buf *out)
{
	const struct wls_shown_entry **sorted = wls_shown_newest_first(shown);
	struct wls_table table _cleanup_table_;

	wls_table_init(&table, &shown->arena, columns, WLS_ARRAY_SIZE(columns));
	for (size_t i = 0; i < shown->entry_count; i++) {
		struct line line;
		read_line(&shown->arena, sorted[i], &line);
		if (plain)
			add_sentence(&line, out);
		else
			add_row(&table, &line);
	}
	wls_table_render(&table, style, out);
}
