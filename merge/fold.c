/* SPDX-License-Identifier: MIT */
/*
 * Conflicts that an earlier merge left in an input.
 *
 * Layer: merge. Includes: base, buf, doc, merge.
 *
 * The problem: somebody committed a file with conflict markers. What stands between them is two or
 * three states of one thing, and may hold headings and fields: read as text of the log it would
 * put the rest of the file into another entry, and merging it item by item would make a third state
 * that nobody wrote.
 *
 * The idea: whoever settles a block settles it whole, so it is one piece. It is replaced, before the text
 * is parsed for good, by a block without content that carries the hash of what it stands for, and
 * put back at the end:
 *
 *	<<<<<<< HEAD (v6)            <<<<<<< wlsync:1d0c… (v6)
 *	## v6 | Mine                 =======
 *	=======                      >>>>>>> topic (v6)
 *	## v6 | Theirs
 *	>>>>>>> topic (v6)
 */
#include "merge/fold.h"

#include <inttypes.h>

#include "base/map.h"
#include "merge/labels.h"

/* Whether a marker's node begins at `at`; not where the block is quoted in code. */
static bool is_marker(struct wls_doc *doc, size_t at)
{
	struct wls_node *n = doc->root;

	while (n) {
		struct wls_node *child = wls_node_children(doc, n);
		while (child && child->end <= at)
			child = child->next;
		if (!child || (child->kind == WLS_NODE_MARKER && child->begin == at))
			return child != NULL;
		n = child;
	}
	return false;
}

/* Where the block's last line begins. */
static size_t last_line(struct wls_slice text, const struct wls_conflict_block *block)
{
	return (size_t)(block->theirs.ptr - text.ptr) + block->theirs.len;
}

/* In code, which is merged by line, the token is one line. */
static struct wls_slice make_token(struct wls_slice text, const struct wls_conflict_block *block,
				   bool quoted, struct wls_arena *arena)
{
	struct wls_slice first = wls_line_at(text, block->begin);
	struct wls_slice last =
		wls_slice_from(wls_slice(text.ptr, block->end), last_line(text, block));
	struct wls_slice bytes = wls_slice(text.ptr + block->begin, block->end - block->begin);
	const char *ending = text.ptr + block->begin + first.len;
	struct wls_buf _cleanup_buf_ token = WLS_BUF_INIT;

	wls_buf_fill(&token, '<', block->size);
	wls_buf_printf(&token, " wlsync:%016" PRIx64 " (%.*s)", wls_hash(bytes),
		       WLS_SLICE_ARG(block->place));
	wls_buf_add_str(&token, *ending == '\r' ? "\r\n" : "\n");
	if (quoted)
		return wls_arena_copy(arena, wls_buf_slice(&token));
	wls_buf_fill(&token, '=', block->size);
	wls_buf_add_str(&token, *ending == '\r' ? "\r\n" : "\n");
	wls_buf_add_slice(&token, last);
	return wls_arena_copy(arena, wls_buf_slice(&token));
}

static struct wls_slice add_fold(struct wls_folds *folds, struct wls_slice block,
				 struct wls_slice token)
{
	if (wls_folds_block(folds, token).len > 0)
		return token;
	WLS_GROW(folds->items, folds->cap, folds->count + 1);
	folds->items[folds->count++] = (struct wls_fold){block, token};
	return token;
}

bool wls_folds_fold(struct wls_folds *folds, struct wls_doc *doc, struct wls_buf *out,
		    struct wls_arena *arena)
{
	struct wls_conflict_blocks blocks = {0};
	struct wls_slice text = doc->source;
	size_t at = 0;

	wls_conflict_blocks_find(text, &blocks);
	for (size_t i = 0; i < blocks.count; i++) {
		const struct wls_conflict_block *block = &blocks.items[i];
		if (!block->structural)
			continue;
		bool quoted = !is_marker(doc, block->begin);
		struct wls_slice bytes =
			wls_slice(text.ptr + block->begin, block->end - block->begin);
		wls_buf_add(out, text.ptr + at, block->begin - at);
		wls_buf_add_slice(out,
				  add_fold(folds, bytes, make_token(text, block, quoted, arena)));
		at = block->end;
	}
	if (at > 0)
		wls_buf_add_slice(out, wls_slice_from(text, at));
	free(blocks.items);
	return at > 0;
}

void wls_folds_unfold(const struct wls_folds *folds, struct wls_buf *text)
{
	for (size_t i = 0; i < folds->count; i++) {
		const struct wls_fold *fold = &folds->items[i];
		struct wls_slice rest = wls_buf_slice(text);
		size_t at = wls_slice_find(rest, fold->token);
		if (at == SIZE_MAX)
			continue;
		struct wls_buf whole = WLS_BUF_INIT;
		for (; at != SIZE_MAX; at = wls_slice_find(rest, fold->token)) {
			wls_buf_add(&whole, rest.ptr, at);
			wls_buf_add_slice(&whole, fold->block);
			rest = wls_slice_from(rest, at + fold->token.len);
		}
		wls_buf_add_slice(&whole, rest);
		wls_buf_release(text);
		*text = whole;
	}
}

struct wls_slice wls_folds_block(const struct wls_folds *folds, struct wls_slice token)
{
	for (size_t i = 0; i < folds->count; i++)
		if (wls_slice_eq(folds->items[i].token, token))
			return folds->items[i].block;
	return wls_slice(NULL, 0);
}
