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

/* Whether a line of the result begins like a marker of another size than its own. */
static bool has_stray_markers(const struct wls_merge *merge)
{
	struct wls_slice rest = wls_buf_slice(&merge->text), line;

	while (wls_slice_next_line(&rest, &line)) {
		size_t n = 0;
		while (n < line.len && line.ptr[n] == line.ptr[0] && memchr("<|=>", line.ptr[0], 4))
			n++;
		if (n >= WLS_MARKER_SIZE && n != merge->marker_size)
			return true;
	}
	return false;
}

bool wls_reread_holds_swapped(const struct wls_merge *merge, const struct wls_pieces *pieces,
			      const struct wls_conflict_form *form)
{
	if (merge->conflict_count == 0 || pieces->sides != 2 || !has_stray_markers(merge))
		return true;
	struct wls_merge _cleanup_merge_ *other = wls_alloc(1, sizeof(*other));
	const size_t order[] = {form->order[1], form->order[0]};
	const struct wls_landmarks none = {0};
	struct wls_conflict_form swapped = *form;

	*other = (struct wls_merge){0};
	wls_buf_init(&other->text, WLS_BUF_LIMIT);
	swapped.order = order;
	wls_conflicts_write(pieces, &swapped, other);
	return wls_reread_holds(other, &none);
}
