/* SPDX-License-Identifier: MIT */
/*
 * Blocks of conflict markers in a text: found, and settled.
 *
 * Layer: merge. Includes: base, buf, doc, merge.
 *
 * What a complete block is the reader of documents decides (doc/conflict_run.h), so that a block
 * which is listed here is one that the tree shows, and no other: one size for all markers, at
 * column 0, in order; markers of other sizes within it are its text, and a `<<<<<<<` of the same
 * size begins anew.
 */
#include "doc/conflict_run.h"
#include "merge/conflict.h"

/* ---- finding ---- */

/* What stands behind the marker on the current line. */
static struct wls_slice label_of(const struct wls_lines *lines, size_t size)
{
	struct wls_slice line = {lines->src + lines->begin, lines->end - lines->begin};

	return wls_slice_trim(wls_slice_from(line, size));
}

static bool at_word(struct wls_slice label, size_t i)
{
	return label.ptr[i] == '(' && (i == 0 || label.ptr[i - 1] == ' ');
}

/*
 * Where the `(place)` at the end of a label begins, or label.len. A place may hold parentheses: the
 * one that closes the label tells which opened it; when they do not match, the first that opens.
 */
static size_t place_at(struct wls_slice label)
{
	size_t depth = 0, i = label.len;

	if (label.len < 3 || label.ptr[label.len - 1] != ')')
		return label.len;
	while (i-- > 0) {
		depth += label.ptr[i] == ')';
		depth -= label.ptr[i] == '(';
		if (depth == 0)
			break;
	}
	if (depth > 0)
		for (i = 0; i < label.len && !at_word(label, i); i++)
			;
	return i < label.len && at_word(label, i) && i + 2 < label.len ? i : label.len;
}

static void take_first_label(struct wls_conflict_block *block, struct wls_slice label)
{
	size_t at = place_at(label);

	block->structural = at < label.len;
	if (block->structural)
		block->place = wls_slice_trim(wls_slice(label.ptr + at + 1, label.len - at - 2));
	block->ours_label = wls_slice_trim(wls_slice(label.ptr, at));
}

/* The last label carries the same place; another group of parentheses is its own. */
static void take_last_label(struct wls_conflict_block *block, struct wls_slice label)
{
	size_t rest = block->place.len + 2;

	block->theirs_label = label;
	if (!block->structural || label.len < rest || label.ptr[label.len - 1] != ')')
		return;
	struct wls_slice tail = wls_slice_from(label, label.len - rest);
	if (tail.ptr[0] == '(' &&
	    wls_slice_eq(wls_slice(tail.ptr + 1, block->place.len), block->place))
		block->theirs_label = wls_slice_trim(wls_slice(label.ptr, label.len - rest));
}

/* Takes in the marker on the current line; `from` is where the part before it began. */
static void take_marker(struct wls_conflict_block *block, int place, const struct wls_lines *lines,
			uint32_t from, size_t size)
{
	struct wls_slice part = {lines->src + from, lines->begin - from};
	struct wls_slice label = label_of(lines, size);

	switch (place) {
	case 0:
		*block = (struct wls_conflict_block){
			.begin = lines->begin, .line = lines->number, .size = (unsigned)size};
		take_first_label(block, label);
		break;
	case 1:
		block->ours = part;
		block->has_base = true;
		block->base_label = label;
		break;
	case 2:
		*(block->has_base ? &block->base : &block->ours) = part;
		break;
	default:
		block->theirs = part;
		block->end = lines->next;
		take_last_label(block, label);
	}
}

void wls_conflict_blocks_find(struct wls_slice text, struct wls_conflict_blocks *out)
{
	/* The first line begins behind a byte order mark. */
	bool marked = wls_slice_starts(text, WLS_SLICE("\xEF\xBB\xBF"));
	struct wls_lines lines = wls_lines_of(text, marked ? 3 : 0);
	struct wls_conflict_run run = {0};
	struct wls_conflict_block block = {0};
	uint32_t from = 0;

	if (wls_slice_find(text, WLS_SLICE("<<<<<<<")) == SIZE_MAX)
		return;
	while (wls_lines_next(&lines)) {
		size_t inside = run.size;
		if (!wls_conflict_run_may_start(&lines))
			continue;
		int place = wls_conflict_run_next(&run, &lines);
		if (place < 0)
			continue;
		take_marker(&block, place, &lines, from, inside > 0 ? inside : run.size);
		from = lines.next;
		if (place < 3)
			continue;
		WLS_GROW(out->items, out->cap, out->count + 1);
		out->items[out->count++] = block;
	}
}

unsigned wls_conflicts_least_size(struct wls_slice text)
{
	struct wls_conflict_blocks blocks = {0};
	unsigned least = 0;

	wls_conflict_blocks_find(text, &blocks);
	for (size_t i = 0; i < blocks.count; i++)
		if (blocks.items[i].structural && blocks.items[i].size >= least)
			least = blocks.items[i].size + 1;
	free(blocks.items);
	return least < WLS_MARKER_SIZE_MAX ? least : WLS_MARKER_SIZE_MAX;
}

/* ---- shared lines ---- */

size_t wls_shared_head(struct wls_slice a, struct wls_slice b)
{
	size_t n = 0, end = 0, max = a.len < b.len ? a.len : b.len;

	for (; n < max && a.ptr[n] == b.ptr[n]; n++)
		if (a.ptr[n] == '\n')
			end = n + 1;
	return end;
}

size_t wls_shared_tail(struct wls_slice a, struct wls_slice b)
{
	size_t n = 0, begin = 0, max = a.len < b.len ? a.len : b.len;

	for (; n < max && a.ptr[a.len - n - 1] == b.ptr[b.len - n - 1]; n++)
		if (n > 0 && a.ptr[a.len - n - 1] == '\n')
			begin = n;
	bool whole = (n == a.len || a.ptr[a.len - n - 1] == '\n') &&
		     (n == b.len || b.ptr[b.len - n - 1] == '\n');
	return whole ? n : begin;
}

/* ---- settling ---- */

static void add_union(struct wls_slice ours, struct wls_slice theirs, struct wls_buf *out)
{
	size_t head = wls_shared_head(ours, theirs);
	size_t tail = wls_shared_tail(wls_slice_from(ours, head), wls_slice_from(theirs, head));

	wls_buf_add(out, ours.ptr, ours.len - tail);
	wls_buf_add(out, theirs.ptr + head, theirs.len - head);
}

static void add_settled(const struct wls_conflict_block *block, enum wls_pick pick,
			struct wls_slice text, struct wls_buf *out)
{
	switch (pick) {
	case WLS_PICK_OURS:
		wls_buf_add_slice(out, block->ours);
		break;
	case WLS_PICK_THEIRS:
		wls_buf_add_slice(out, block->theirs);
		break;
	case WLS_PICK_BASE:
		wls_buf_add_slice(out, block->base);
		break;
	case WLS_PICK_UNION:
		add_union(block->ours, block->theirs, out);
		break;
	case WLS_PICK_NONE:
		wls_buf_add(out, text.ptr + block->begin, block->end - block->begin);
	}
}

void wls_conflict_blocks_settle(struct wls_slice text, const struct wls_conflict_blocks *blocks,
				const enum wls_pick *picks, struct wls_buf *out)
{
	size_t done = 0;

	for (size_t i = 0; i < blocks->count; i++) {
		const struct wls_conflict_block *block = &blocks->items[i];
		wls_buf_add(out, text.ptr + done, block->begin - done);
		add_settled(block, picks[i], text, out);
		done = block->end;
	}
	wls_buf_add(out, text.ptr + done, text.len - done);
}
