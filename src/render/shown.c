/* SPDX-License-Identifier: MIT */
/*
 * Choosing what to show of a log.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/shown.h"

#include "base/map.h"

/* ---- files and entries ---- */

static enum wls_shown_role role_of(const struct wls_log *log, size_t i)
{
	if (i == 0)
		return WLS_SHOWN_CURRENT;
	return i < log->part_count ? WLS_SHOWN_PART : WLS_SHOWN_SNAPSHOT;
}

/* Which entries of `doc` have numbers that no file before it has; then notes its numbers. */
static bool *new_entries(const struct wls_doc *doc, struct wls_map *seen, struct wls_arena *arena)
{
	bool *keep = WLS_ARENA_ARRAY(arena, bool, (size_t)doc->entry_count + 1);
	struct wls_slice *keys =
		WLS_ARENA_ARRAY(arena, struct wls_slice, (size_t)doc->entry_count + 1);

	for (uint32_t i = 0; i < doc->entry_count; i++) {
		const uint32_t *version = &doc->entries[i].version;
		keys[i] = wls_arena_copy(arena, wls_slice((const char *)version, sizeof(*version)));
		keep[i] = wls_map_find(seen, keys[i]) == WLS_MAP_NONE;
	}
	for (uint32_t i = 0; i < doc->entry_count; i++)
		*wls_map_at(seen, keys[i]) = 0;
	return keep;
}

static void collect_entries(struct wls_shown *shown, struct wls_doc *const *docs)
{
	struct wls_map seen = {0};
	size_t count = shown->file_count, total = 0;
	bool **keep = WLS_ARENA_ARRAY(&shown->arena, bool *, count);

	for (size_t i = 0; i < count; i++) {
		keep[i] = new_entries(docs[i], &seen, &shown->arena);
		total += docs[i]->entry_count;
	}
	wls_map_release(&seen);
	shown->entries = WLS_ARENA_ARRAY(&shown->arena, struct wls_shown_entry, total + 1);
	for (size_t f = 0; f < count; f++) {
		const struct wls_shown_file *file = &shown->files[f];
		size_t source = 0;
		while (docs[source] != file->doc)
			source++;
		for (uint32_t e = 0; e < file->doc->entry_count; e++)
			if (keep[source][e])
				shown->entries[shown->entry_count++] =
					(struct wls_shown_entry){file, &file->doc->entries[e]};
	}
}

void wls_shown_init(struct wls_shown *shown, const struct wls_graph *graph, uint32_t log,
		    struct wls_doc *const *docs)
{
	size_t count;
	const struct wls_slice *paths = wls_graph_files(graph, log, &count);
	bool newest_first = count < 2 || docs[0]->newest_first;

	*shown = (struct wls_shown){.graph = graph, .log = &graph->logs[log], .file_count = count};
	shown->files = WLS_ARENA_ARRAY(&shown->arena, struct wls_shown_file, count);
	for (size_t i = 0; i < count; i++) {
		size_t at = newest_first ? i : count - 1 - i;
		shown->files[at] =
			(struct wls_shown_file){paths[i], docs[i], role_of(shown->log, i)};
		/* For their diagnostics. */
		wls_doc_facts(docs[i], &(struct wls_facts){0});
		if (i == 0)
			shown->current = &shown->files[at];
	}
	collect_entries(shown, docs);
}

void wls_shown_release(struct wls_shown *shown)
{
	wls_arena_release(&shown->arena);
}

/* ---- versions ---- */

static int say_versions(const struct wls_shown *shown, struct wls_error *err)
{
	uint32_t low = UINT32_MAX, high = 0;

	for (size_t i = 0; i < shown->entry_count; i++) {
		uint32_t version = shown->entries[i].entry->version;
		low = version < low ? version : low;
		high = version > high ? version : high;
	}
	if (high == 0)
		return wls_error_set(err, WLS_E_NOT_FOUND, "%.*s has no entries",
				     WLS_SLICE_ARG(shown->log->id));
	if (low == high)
		return wls_error_set(err, WLS_E_NOT_FOUND, "%.*s has no such entry, only v%u",
				     WLS_SLICE_ARG(shown->log->id), high);
	return wls_error_set(err, WLS_E_NOT_FOUND,
			     "%.*s has no such entry; it has v%u to v%u (wlsync log lists them)",
			     WLS_SLICE_ARG(shown->log->id), low, high);
}

int wls_shown_select(struct wls_shown *shown, uint32_t first, uint32_t last, struct wls_error *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < shown->entry_count; i++) {
		uint32_t version = shown->entries[i].entry->version;
		kept += version >= first && version <= last;
	}
	if (kept == 0)
		return say_versions(shown, err);
	kept = 0;
	for (size_t i = 0; i < shown->entry_count; i++) {
		uint32_t version = shown->entries[i].entry->version;
		if (version >= first && version <= last)
			shown->entries[kept++] = shown->entries[i];
	}
	shown->entry_count = kept;
	shown->first = first;
	shown->last = last;
	return WLS_OK;
}

/* By number, the highest first; of one number by `order`, which is its place. */
struct ranked {
	uint32_t version;
	size_t order;
};

static int compare_ranked(const void *a, const void *b)
{
	const struct ranked *x = a, *y = b;
	if (x->version != y->version)
		return x->version > y->version ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

const struct wls_shown_entry **wls_shown_newest_first(struct wls_shown *shown)
{
	size_t n = shown->entry_count;
	struct ranked *ranked = wls_alloc(n + 1, sizeof(*ranked));
	const struct wls_shown_entry **sorted =
		WLS_ARENA_ARRAY(&shown->arena, const struct wls_shown_entry *, n + 1);

	for (size_t i = 0; i < n; i++)
		ranked[i] = (struct ranked){shown->entries[i].entry->version, i};
	qsort(ranked, n, sizeof(*ranked), compare_ranked);
	for (size_t i = 0; i < n; i++)
		sorted[i] = &shown->entries[ranked[i].order];
	free(ranked);
	return sorted;
}

/* ---- what an entry declares ---- */

void wls_declared_read(struct wls_doc *doc, struct wls_node *holder, struct wls_declared *out)
{
	struct wls_node *status = wls_node_find(doc, holder, WLS_KEY_STATUS);
	struct wls_node *progress = wls_node_find(doc, holder, WLS_KEY_PROGRESS);
	struct wls_slice value;

	*out = (struct wls_declared){.progress = -1};
	if (status) {
		wls_node_value(doc, status, &value);
		out->status = wls_work_status_parse(value);
		if (out->status == WLS_STATUS_UNKNOWN)
			out->status_text = wls_text_flatten(doc, value);
	} else if (holder->kind == WLS_NODE_ENTRY) {
		if (holder->flags & WLS_NODE_BLOCKED)
			out->status = WLS_STATUS_BLOCKED;
		else if (holder->flags & WLS_NODE_REVIEW)
			out->status = WLS_STATUS_NEEDS_REVIEW;
	}
	if (progress) {
		wls_node_value(doc, progress, &value);
		out->progress = wls_progress_parse(value, NULL);
	}
}

/* ---- bytes ---- */

/* Adds bytes; a piece before them that ends without a line ending gets one. */
static void add_piece(struct wls_buf *out, struct wls_slice bytes)
{
	if (out->len > 0 && bytes.len > 0 && out->ptr[out->len - 1] != '\n' &&
	    out->ptr[out->len - 1] != '\r')
		wls_buf_add_char(out, '\n');
	wls_buf_add_slice(out, bytes);
}

static struct wls_slice trim_end(struct wls_slice s)
{
	while (s.len > 0 && (s.ptr[s.len - 1] == ' ' || s.ptr[s.len - 1] == '\t'))
		s.len--;
	return s;
}

/* What parts a field from the next one on its line. */
static bool cut_end(struct wls_slice *bytes, struct wls_slice end)
{
	if (bytes->len < end.len ||
	    memcmp(bytes->ptr + bytes->len - end.len, end.ptr, end.len) != 0)
		return false;
	bytes->len -= end.len;
	return true;
}

/* A field's bytes; when another follows on its line, without what parts them, and a whole line. */
static void add_field(struct wls_buf *out, const struct wls_doc *doc, const struct wls_node *node)
{
	struct wls_slice bytes = wls_node_bytes(doc, node);
	const char *end = bytes.ptr + bytes.len;

	if (bytes.len == 0 || end == doc->source.ptr + doc->source.len || end[-1] == '\n' ||
	    end[-1] == '\r') {
		add_piece(out, bytes);
		return;
	}
	bytes = trim_end(bytes);
	if (cut_end(&bytes, WLS_SLICE(" ·")) || cut_end(&bytes, WLS_SLICE(" |")))
		bytes = trim_end(bytes);
	add_piece(out, bytes);
	wls_buf_add_char(out, '\n');
}

void wls_shown_source(const struct wls_shown *shown, struct wls_buf *out)
{
	if (shown->field.len > 0) {
		for (size_t i = 0; i < shown->node_count; i++)
			add_field(out, shown->nodes[i].file->doc, shown->nodes[i].node);
	} else if (shown->first > 0) {
		for (size_t i = 0; i < shown->entry_count; i++)
			add_piece(out, wls_node_bytes(shown->entries[i].file->doc,
						      shown->entries[i].entry->node));
	} else {
		for (size_t i = 0; i < shown->file_count; i++)
			if (shown->files[i].role != WLS_SHOWN_SNAPSHOT)
				add_piece(out, shown->files[i].doc->source);
	}
}
