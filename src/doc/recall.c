/* SPDX-License-Identifier: MIT */
/*
 * Forgetting the blocks of a document, and recalling those of one part.
 *
 * Layer: doc. Includes: base, doc, blocks.
 *
 * The blocks are two thirds of a document's memory, and most of them are never looked at when three
 * versions of a log are merged: nearly all entries are equal. What stands at the top level begins
 * with all containers closed and ends where the next begins, so that its blocks can be parsed from
 * its bytes alone, and are the same. Only a run of conflict markers could reach from one part into
 * another: such a document forgets nothing.
 */
#include "doc/blocks.h"
#include "doc/doc_internal.h"

void wls_doc_forget_blocks(struct wls_doc *doc)
{
	if (doc->has_markers || doc->forgotten)
		return;
	wls_node_children(doc, doc->root);
	for (struct wls_node *n = doc->root->first_child; n; n = n->next)
		n->flags |= WLS_NODE_FORGOTTEN;
	free(doc->blocks);
	free(doc->headings);
	doc->blocks = NULL;
	doc->headings = NULL;
	doc->block_count = 0;
	doc->block_cap = 0;
	doc->heading_count = doc->heading_cap = 0;
	doc->forgotten = true;
}

/* The heading at `line`, from block `i` on, among siblings. */
static uint32_t heading_at(const struct wls_doc *doc, uint32_t i, uint32_t end, uint32_t line)
{
	while (i < end && doc->blocks[i].line < line)
		i = doc->blocks[i].next;
	return i;
}

/* The next of `node` and its siblings that is a section. */
static struct wls_node *next_section(struct wls_node *node)
{
	while (node && node->kind != WLS_NODE_SECTION)
		node = node->next;
	return node;
}

/*
 * Points the outline in `node`, whose blocks are [first, end), to them. Nodes that were read have
 * leaves between their sections. O(children + blocks).
 */
static void point_to_blocks(struct wls_doc *doc, struct wls_node *node, uint32_t first,
			    uint32_t end)
{
	uint32_t at = doc->blocks[first].next;

	node->block = first;
	node->block_end = end;
	for (struct wls_node *child = next_section(node->first_child); child;) {
		struct wls_node *next = next_section(child->next);
		uint32_t from = heading_at(doc, at, end, child->line);
		at = next ? heading_at(doc, from + 1, end, next->line) : end;
		point_to_blocks(doc, child, from, at);
		child = next;
	}
}

void wls_node_recall_blocks(struct wls_doc *doc, struct wls_node *node)
{
	while (node->parent && node->parent != doc->root)
		node = node->parent;
	if (!(node->flags & WLS_NODE_FORGOTTEN) || node->kind == WLS_NODE_FRONTMATTER)
		return;
	node->flags &= (uint16_t)~WLS_NODE_FORGOTTEN;
	uint32_t first = wls_blocks_parse_part(doc, node);
	/* The last block only bounds the part: see wls_blocks_parse_part(). */
	point_to_blocks(doc, node, first, doc->block_count - 1);
}
