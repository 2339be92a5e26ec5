/* SPDX-License-Identifier: MIT */
/*
 * Labels: where they stand, hashing without them, changing them.
 *
 * Layer: merge. Includes: base, doc.
 *
 * The problem: an entry that gets another number takes along every place that names it, in a file
 * of megabytes where most bytes name nothing.
 *
 * The idea: search the bytes for a `v` or `H` before a digit, 64 at a time; where one stands, find
 * the block that holds it, and walk that block once (label_text.c); then search on after its end.
 * Fences, indented code and HTML are walked too, but nothing in them is rewritten. Between blocks
 * (definitions of links, the frontmatter) the line takes the block's place.
 *
 *     search ········v6·· → paragraph [················] → search ····
 *
 * Complexity: O(bytes), and O(log blocks) for the first find in a block. The block in which the
 * node begins is walked from its own beginning: what a code span hides is known only then. In a
 * document that forgot its blocks it begins with the part of the top level, at the earliest.
 *
 * Not done: markers of conflicts hold places (`v6 › Next`), but they are not rewritten.
 */
#include "base/map.h"
#include "merge/label_text.h"

/* ---- searching ---- */

#define SEARCH_BLOCK 64

static bool is_letter(char c)
{
	return c == 'v' || c == 'V' || c == 'H';
}

/* Whether a letter before a digit begins in the block at `p`; looks one byte ahead. */
static bool block_holds(const char *p)
{
	unsigned char found = 0;

	for (size_t i = 0; i < SEARCH_BLOCK; i++) {
		unsigned char c = (unsigned char)p[i], letter, digit;

		letter = (unsigned char)((c | 0x20) == 'v') | (unsigned char)(c == 'H');
		digit = (unsigned char)((unsigned char)(p[i + 1] - '0') < 10);
		found |= letter & digit;
	}
	return found;
}

/* The first place in [at, end) where a letter stands before a digit, else `end`. */
static uint32_t search(struct wls_slice source, uint32_t at, uint32_t end)
{
	while (source.len - at > SEARCH_BLOCK && at < end && !block_holds(source.ptr + at))
		at += SEARCH_BLOCK;
	for (; at < end; at++)
		if (is_letter(source.ptr[at]) && at + 1 < source.len &&
		    wls_is_digit(source.ptr[at + 1]))
			return at;
	return end;
}

/* ---- blocks ---- */

struct finder {
	struct wls_doc *doc;
	struct wls_label_scan scan;
	uint32_t block;     /* the last one that begins at or before the present place */
	uint32_t block_end; /* of the node */
	uint32_t entry;     /* the first one whose heading is not yet passed */
};

/*
 * Moves finder->block onto the last block that begins at or before `at`; steps double. False when
 * there is none.
 */
static bool seek_block(struct finder *f, uint32_t at)
{
	const struct wls_block *blocks = f->doc->blocks;
	uint32_t low = f->block, step = 1, high;

	if (low >= f->block_end || blocks[low].begin > at)
		return false;
	while (step < f->block_end - low && blocks[low + step].begin <= at) {
		low += step;
		step *= 2;
	}
	high = step < f->block_end - low ? low + step : f->block_end;
	while (high - low > 1) {
		uint32_t middle = low + (high - low) / 2;

		if (blocks[middle].begin <= at)
			low = middle;
		else
			high = middle;
	}
	f->block = low;
	return true;
}

/* Whether the block at finder->block is an entry's heading. */
static bool is_entry_heading(struct finder *f, uint32_t *number)
{
	const struct wls_doc *doc = f->doc;
	uint32_t at = doc->blocks[f->block].begin;

	while (f->entry < doc->entry_count && doc->entries[f->entry].node->body <= at)
		f->entry++;
	if (f->entry == doc->entry_count || doc->entries[f->entry].node->begin > at)
		return false;
	*number = doc->entries[f->entry].version;
	return true;
}

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* The line that `at` stands in: what stands in no leaf shares no line with one. */
static void line_unit(struct wls_slice source, uint32_t at, struct wls_label_unit *unit)
{
	unit->begin = unit->end = at;
	while (unit->begin > 0 && !is_line_end(source.ptr[unit->begin - 1]))
		unit->begin--;
	while (unit->end < source.len && !is_line_end(source.ptr[unit->end]))
		unit->end++;
}

static bool is_text(const struct wls_block *block)
{
	return block->kind == WLS_BLOCK_PARAGRAPH || block->kind == WLS_BLOCK_HEADING;
}

static bool is_raw(const struct wls_block *block)
{
	return block->kind == WLS_BLOCK_FENCE || block->kind == WLS_BLOCK_CODE ||
	       block->kind == WLS_BLOCK_HTML;
}

static bool is_marker(const struct wls_block *block)
{
	return block->kind == WLS_BLOCK_MARKER;
}

/* The unit that holds `at`; false for one without labels. */
static bool find_unit(struct finder *f, uint32_t at, struct wls_label_unit *unit)
{
	const struct wls_block *block;

	*unit = (struct wls_label_unit){0};
	if (!seek_block(f, at)) {
		line_unit(f->doc->source, at, unit);
		return true;
	}
	block = &f->doc->blocks[f->block];
	if (at >= block->end || !(is_text(block) || is_raw(block) || is_marker(block))) {
		line_unit(f->doc->source, at, unit);
		return true;
	}
	unit->begin = block->begin;
	unit->end = block->end;
	unit->raw = is_raw(block);
	unit->heading = block->kind == WLS_BLOCK_HEADING;
	unit->entry = unit->heading && is_entry_heading(f, &unit->number);
	return !is_marker(block);
}

/* Passes over the entries before `at`, in O(log entries). */
static uint32_t first_entry(const struct wls_doc *doc, uint32_t at)
{
	uint32_t low = 0, high = doc->entry_count;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (doc->entries[middle].node->end <= at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The blocks to look in: all, or in a document that forgot them those of the node's part of the top
 * level. The frontmatter has none.
 */
static void find_blocks(struct finder *f, struct wls_node *node)
{
	struct wls_doc *doc = f->doc;

	f->block_end = doc->block_count;
	if (!doc->forgotten)
		return;
	wls_node_recall_blocks(doc, node);
	while (node->parent && node->parent != doc->root)
		node = node->parent;
	f->block = node->block;
	f->block_end = node->kind == WLS_NODE_FRONTMATTER ? f->block : node->block_end;
}

static void find_in(struct wls_doc *doc, struct wls_node *node, struct wls_slice log_name,
		    struct wls_labels *out)
{
	const struct wls_frontmatter *front = &doc->frontmatter;
	struct finder f = {
		.doc = doc,
		.scan = {.source = doc->source,
			 .log_name = log_name,
			 .out = out,
			 .from = node->begin,
			 .to = node->end,
			 .version_at = front->present && front->version_at > 0 ? front->version_at
									       : UINT32_MAX},
		.entry = first_entry(doc, node->begin),
	};
	uint32_t at = search(doc->source, node->begin, node->end);

	if (at < node->end)
		find_blocks(&f, node);
	while (at < node->end) {
		struct wls_label_unit unit;

		if (find_unit(&f, at, &unit))
			wls_label_scan_unit(&f.scan, &unit);
		at = search(doc->source, unit.end, node->end);
	}
}

void wls_labels_find(struct wls_doc *doc, struct wls_node *node, struct wls_slice log_name,
		     struct wls_labels *out)
{
	if (node != doc->root || !doc->forgotten) {
		find_in(doc, node, log_name, out);
		return;
	}
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next)
		find_in(doc, n, log_name, out);
}

/* ---- hashing and changing ---- */

/* The index of the first label at or after `at`. */
static size_t first_label(const struct wls_labels *labels, uint32_t at)
{
	size_t low = 0, high = labels->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (labels->items[middle].at < at)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

uint64_t wls_labels_hash(struct wls_slice source, uint32_t begin, uint32_t end,
			 const struct wls_labels *labels)
{
	uint64_t hash = 0;

	for (size_t i = first_label(labels, begin); i < labels->count && labels->items[i].at < end;
	     i++) {
		const struct wls_label *label = &labels->items[i];

		if (label->letter != 'v' || !label->rewritable)
			continue;
		hash = wls_hash_mix(hash, wls_slice(source.ptr + begin, label->at - begin));
		begin = label->at + label->len < end ? label->at + label->len : end;
	}
	return wls_hash_mix(hash, wls_slice(source.ptr + begin, end - begin));
}

struct wls_slice wls_line_at(struct wls_slice source, size_t at)
{
	struct wls_slice rest = wls_slice_from(source, at), line = {0};

	wls_slice_next_line(&rest, &line);
	return line;
}

void wls_patches_apply(struct wls_slice source, const struct wls_patch *patches, size_t count,
		       struct wls_buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		wls_buf_add(out, source.ptr + at, patches[i].at - at);
		wls_buf_printf(out, "%u", patches[i].number);
		at = (size_t)patches[i].at + patches[i].len;
	}
	wls_buf_add_slice(out, wls_slice_from(source, at));
}
