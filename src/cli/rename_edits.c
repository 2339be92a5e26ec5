/* SPDX-License-Identifier: MIT */
/*
 * The edits of one file: collected, put in order, and made.
 *
 * Layer: cli. Includes: base, buf, doc, cli/rename.
 */
#include "cli/rename.h"

void wls_rename_add_edit(struct wls_rename_file *file, const struct wls_doc *doc, size_t begin,
			 size_t end, struct wls_slice text, const char *what)
{
	struct wls_rename_edit *edit;

	if (!file->keep_all && wls_slice_eq(wls_slice(doc->source.ptr + begin, end - begin), text))
		return;
	WLS_GROW(file->edits, file->edit_cap, file->edit_count + 1);
	edit = &file->edits[file->edit_count++];
	*edit = (struct wls_rename_edit){.begin = begin, .end = end, .text = text, .what = what};
}

static int by_place(const void *left, const void *right)
{
	const struct wls_rename_edit *a = left, *b = right;

	if (a->begin != b->begin)
		return a->begin < b->begin ? -1 : 1;
	return a->end < b->end ? -1 : a->end > b->end;
}

static bool meets(const struct wls_rename_edit *edit, size_t begin, size_t end)
{
	bool texts = edit->begin < edit->end && begin < end;

	return texts ? edit->begin < end && begin < edit->end
		     : edit->begin <= end && begin <= edit->end;
}

/* What was there before an earlier rename goes before what the names tell. */
static void put_back(struct wls_rename_file *file, const struct wls_doc *doc)
{
	for (size_t i = 0; i < file->remembered_count; i++) {
		const struct wls_remembered *was = &file->remembered[i];
		size_t end = was->begin + was->now.len, kept = 0;
		const char *what = "restored";

		for (size_t k = 0; k < file->edit_count; k++)
			if (meets(&file->edits[k], was->begin, end))
				what = file->edits[k].what;
			else
				file->edits[kept++] = file->edits[k];
		file->edit_count = kept;
		wls_rename_add_edit(file, doc, was->begin, end, was->then, what);
	}
}

void wls_rename_settle(struct wls_rename_file *file, const struct wls_doc *doc)
{
	struct wls_doc_place place = {0};
	size_t at = 0, kept = 0;

	put_back(file, doc);
	if (file->edit_count > 1)
		qsort(file->edits, file->edit_count, sizeof(*file->edits), by_place);
	for (size_t i = 0; i < file->edit_count; i++) {
		if (file->edits[i].begin < at)
			continue;
		at = file->edits[i].end;
		wls_doc_locate_from(doc, &place, (uint32_t)file->edits[i].begin);
		file->edits[i].line = place.line;
		file->edits[i].column = place.column;
		file->edits[kept++] = file->edits[i];
	}
	file->edit_count = kept;
}

void wls_rename_apply(struct wls_rename *r, struct wls_rename_file *file)
{
	struct wls_slice source = wls_buf_slice(&file->before);
	size_t at = 0;

	for (size_t i = 0; i < file->edit_count; i++) {
		const struct wls_rename_edit *edit = &file->edits[i];

		wls_buf_add(&file->after, source.ptr + at, edit->begin - at);
		wls_buf_add_slice(&file->after, edit->text);
		at = edit->end;
		r->reference_count += strcmp(edit->what, "name") != 0 &&
				      strcmp(edit->what, "title") != 0 &&
				      strcmp(edit->what, "id") != 0;
	}
	wls_buf_add_slice(&file->after, wls_slice_from(source, at));
}
