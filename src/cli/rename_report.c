/* SPDX-License-Identifier: MIT */
/*
 * What a rename does, file by file: as text with the lines that change, and as JSON.
 *
 * Layer: cli. Includes: base, buf, render, cli/rename.
 */
#include "base/json.h"
#include "cli/rename.h"
#include "render/line_diff.h"

static void add_line(const struct wls_style *style, struct wls_arena *arena,
		     const struct wls_diff_line *line, struct wls_buf *out)
{
	struct wls_slice text = wls_style_clean(arena, line->text);
	bool removed = line->op == WLS_DIFF_REMOVED;
	struct wls_buf whole _cleanup_buf_ = WLS_BUF_INIT;

	if (line->op != WLS_DIFF_REMOVED && line->op != WLS_DIFF_ADDED)
		return;
	wls_buf_add_str(&whole, removed ? "  - " : "  + ");
	wls_buf_add_slice(&whole, text);
	text = wls_buf_slice(&whole);
	if (style->cut)
		text = wls_style_cut(style, arena, text, style->width);
	wls_style_paint(style, removed ? WLS_PAINT_WAITING : WLS_PAINT_OK, text, out);
	wls_buf_add_char(out, '\n');
}

static void add_file(const struct wls_style *style, const struct wls_rename_file *file,
		     struct wls_buf *out)
{
	struct wls_arena arena = {0};
	size_t count;
	struct wls_diff_line *lines = wls_line_diff(wls_buf_slice(&file->before),
						    wls_buf_slice(&file->after), &arena, &count);

	count = wls_diff_narrow(lines, count, 0);
	wls_style_paint(style, WLS_PAINT_TITLE, wls_style_clean(&arena, file->path), out);
	if (!wls_slice_eq(file->path, file->to)) {
		wls_buf_add_str(out, " -> ");
		wls_buf_add_slice(out, wls_style_clean(&arena, file->to));
	}
	wls_buf_add_char(out, '\n');
	for (size_t i = 0; i < count; i++)
		add_line(style, &arena, &lines[i], out);
	wls_arena_release(&arena);
}

void wls_rename_text(const struct wls_rename *rename, const struct wls_style *style, bool written,
		     struct wls_buf *out)
{
	struct wls_arena arena = {0};
	size_t moved = 0;

	for (size_t i = 0; i < rename->file_count; i++) {
		moved += !wls_slice_eq(rename->files[i].path, rename->files[i].to);
		if (!written)
			add_file(style, &rename->files[i], out);
	}
	if (!written)
		wls_buf_add_char(out, '\n');
	wls_buf_add_slice(out, wls_style_clean(&arena, rename->from));
	wls_buf_add_str(out, written ? " is now " : " would become ");
	wls_buf_add_slice(out, rename->to);
	wls_buf_printf(out, ": %s renamed, ", wls_style_plural(&arena, moved, "file", "files"));
	wls_buf_printf(out, "%s edited, ",
		       wls_style_plural(&arena, rename->file_count, "file", "files"));
	wls_buf_printf(
		out, "%s\n",
		wls_style_plural(&arena, rename->reference_count, "reference", "references"));
	wls_arena_release(&arena);
}

static void put_edit(struct wls_json *json, const struct wls_rename_file *file,
		     const struct wls_rename_edit *edit)
{
	wls_json_open(json, '{');
	wls_json_put_str(json, "what", edit->what);
	wls_json_put_int(json, "line", edit->line);
	wls_json_put_int(json, "column", edit->column);
	json->lossy = false;
	wls_json_put_text(json, "from",
			  wls_slice(file->before.ptr + edit->begin, edit->end - edit->begin));
	wls_json_put_text(json, "to", edit->text);
	if (json->lossy)
		wls_json_put_bool(json, "lossy", true);
	wls_json_close(json, '}');
}

void wls_rename_json(const struct wls_rename *rename, bool written, struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.rename/1");
	wls_json_put_text(&json, "from", rename->from);
	wls_json_put_text(&json, "to", rename->to);
	wls_json_put_bool(&json, "written", written);
	wls_json_put_int(&json, "references", (int64_t)rename->reference_count);
	wls_json_key(&json, "files");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < rename->file_count; i++) {
		const struct wls_rename_file *file = &rename->files[i];

		wls_json_open(&json, '{');
		wls_json_put_text(&json, "file", file->path);
		wls_json_put_text(&json, "to", file->to);
		wls_json_key(&json, "edits");
		wls_json_open(&json, '[');
		for (size_t e = 0; e < file->edit_count; e++)
			put_edit(&json, file, &file->edits[e]);
		wls_json_close(&json, ']');
		wls_json_close(&json, '}');
	}
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}
