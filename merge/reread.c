/* SPDX-License-Identifier: MIT */
/*
 * The result, read again.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#include "merge/reread.h"

/* The nodes of a result, read again, against the landmarks that the merge left. */
struct finder {
	struct wls_doc *doc;
	const struct wls_landmarks *marks;
	size_t next; /* the first landmark not yet found */
};

static bool is_before(const struct finder *f, uint32_t end)
{
	return f->next < f->marks->count && f->marks->items[f->next].at < end;
}

/* Whether the nodes in `parent`, which lies `depth` deep, begin where the merge put them. */
static bool finds_landmarks(struct finder *f, struct wls_node *parent, unsigned depth)
{
	for (struct wls_node *n = wls_node_children(f->doc, parent); n; n = n->next) {
		const struct wls_landmark *mark =
			is_before(f, n->end) ? &f->marks->items[f->next] : NULL;
		if (mark && mark->at == n->begin && mark->kind == n->kind && mark->depth == depth)
			f->next++;
		if (is_before(f, n->end) &&
		    (!finds_landmarks(f, n, depth + 1) || is_before(f, n->end)))
			return false;
	}
	return true;
}

static size_t count_entries(const struct wls_landmarks *marks)
{
	size_t count = 0;

	for (size_t i = 0; i < marks->count; i++)
		count += marks->items[i].kind == WLS_NODE_ENTRY;
	return count;
}

bool wls_reread_holds(const struct wls_merge *merge, const struct wls_landmarks *marks)
{
	struct wls_doc _cleanup_doc_ *doc = NULL;
	struct wls_conflict_blocks blocks = {0};
	struct wls_error err;

	if (merge->conflict_count > 0) {
		size_t ours = 0;
		wls_conflict_blocks_find(wls_buf_slice(&merge->text), &blocks);
		/* Marker-like lines of the text around a block may hide it. */
		for (size_t i = 0; i < blocks.count; i++)
			ours += blocks.items[i].size == merge->marker_size;
		free(blocks.items);
		return ours == merge->conflict_count;
	}
	if (wls_doc_parse(&doc, wls_buf_slice(&merge->text), &err) < 0)
		return false;
	struct finder f = {doc, marks, 0};
	return doc->entry_count == count_entries(marks) && finds_landmarks(&f, doc->root, 0) &&
	       f.next == marks->count;
}
