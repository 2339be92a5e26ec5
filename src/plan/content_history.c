/* SPDX-License-Identifier: MIT */
/*
 * All entries of a log, a line each, folded.
 *
 * Layer: plan. Includes: base, buf, doc, plan.
 */
#include "plan/content.h"

/* Older ones are counted: a history as long as the issue helps nobody. */
enum { ROWS_MAX = 100 };

struct row {
	struct wls_doc *doc;
	const struct wls_entry *entry;
	size_t place;
};

/* Newest first; of one version in the order of files and headings. */
static int by_version(const void *left, const void *right)
{
	const struct row *a = left, *b = right;

	if (a->entry->version != b->entry->version)
		return a->entry->version > b->entry->version ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

static size_t collect_rows(const struct wls_content_reader *reader, struct row **rows)
{
	size_t cap = 0, n = 0;

	*rows = NULL;
	for (size_t d = 0; d < reader->count; d++) {
		struct wls_doc *doc = reader->docs[d];

		WLS_GROW(*rows, cap, n + doc->version_count);
		for (uint32_t i = 0; i < doc->version_count; i++, n++)
			(*rows)[n] = (struct row){doc, &doc->entries[doc->by_version[i]], n};
	}
	return n;
}

void wls_content_heading(struct wls_chunks *chunks, struct wls_doc *doc,
			 const struct wls_entry *entry)
{
	wls_buf_printf(&chunks->text, "v%u", entry->version);
	if (entry->date.len > 0)
		wls_buf_printf(&chunks->text, " · %.*s", WLS_SLICE_ARG(entry->date));
	if (entry->date.len > 0 && entry->time.len > 0)
		wls_buf_printf(&chunks->text, " %.*s", WLS_SLICE_ARG(entry->time));
	if (entry->node->flags & WLS_NODE_BLOCKED)
		wls_buf_add_str(&chunks->text, " · blocked");
	if (entry->node->flags & WLS_NODE_REVIEW)
		wls_buf_add_str(&chunks->text, " · needs review");
	if (entry->title.len > 0) {
		wls_buf_add_str(&chunks->text, " · ");
		wls_content_text(chunks, wls_text_flatten(doc, entry->title));
	}
}

static void write_row(struct wls_chunks *chunks, const struct row *row)
{
	if (!wls_chunks_item(chunks, 0))
		return;
	wls_content_heading(chunks, row->doc, row->entry);
	wls_chunks_end(chunks);
}

void wls_content_read_history(struct wls_content_reader *reader)
{
	struct wls_content_section *section = &reader->content->sections[WLS_PART_HISTORY];
	struct wls_chunks _cleanup_chunks_ chunks;
	struct row *rows;
	size_t count = collect_rows(reader, &rows);

	wls_chunks_init(&chunks, WLS_BODY_MAX, reader->list->options->mentions);
	if (count > 1)
		qsort(rows, count, sizeof(*rows), by_version);
	for (size_t i = 0; i < count && i < ROWS_MAX; i++)
		write_row(&chunks, &rows[i]);
	free(rows);
	/* One version is told by the headline. */
	if (count < 2)
		return;
	if (count > ROWS_MAX && wls_chunks_item(&chunks, 0)) {
		wls_buf_printf(&chunks.text, "and %zu earlier", count - ROWS_MAX);
		wls_chunks_end(&chunks);
	}
	section->head = wls_slice_of(wls_arena_printf(
		&reader->list->arena, "<details><summary>History: %zu entries</summary>", count));
	section->tail = WLS_SLICE("</details>");
	wls_content_take(&reader->list->arena, &chunks, section);
}
