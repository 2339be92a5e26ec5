/* SPDX-License-Identifier: MIT */
/*
 * The tree: building, reading on demand, walking, finding, hashing.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "base/map.h"
#include "doc/doc_internal.h"

const char *wls_node_kind_name(enum wls_node_kind kind)
{
	static const char *const names[] = {
		[WLS_NODE_DOCUMENT] = "document", [WLS_NODE_FRONTMATTER] = "frontmatter",
		[WLS_NODE_KEY] = "key",           [WLS_NODE_TITLE] = "title",
		[WLS_NODE_ENTRY] = "entry",       [WLS_NODE_SECTION] = "section",
		[WLS_NODE_HANDOFF] = "handoff",   [WLS_NODE_FIELD] = "field",
		[WLS_NODE_ITEM] = "item",         [WLS_NODE_PARAGRAPH] = "paragraph",
		[WLS_NODE_HEADING] = "heading",   [WLS_NODE_TABLE] = "table",
		[WLS_NODE_ROW] = "row",           [WLS_NODE_CODE] = "code",
		[WLS_NODE_HTML] = "html",         [WLS_NODE_QUOTE] = "quote",
		[WLS_NODE_BREAK] = "break",       [WLS_NODE_BLANK] = "blank",
		[WLS_NODE_MARKER] = "marker",     [WLS_NODE_OPAQUE] = "opaque",
	};
	return names[kind];
}

void wls_node_append(struct wls_node *parent, struct wls_node *child)
{
	child->parent = parent;
	child->next = NULL;
	if (parent->last_child)
		parent->last_child->next = child;
	else
		parent->first_child = child;
	parent->last_child = child;
}

struct wls_node *wls_node_new(struct wls_doc *doc, struct wls_node *parent, enum wls_node_kind kind,
			      uint32_t begin)
{
	struct wls_node *node = WLS_ARENA_NEW(&doc->arena, struct wls_node);
	node->kind = (uint8_t)kind;
	node->begin = node->body = node->end = begin;
	if (parent)
		wls_node_append(parent, node);
	return node;
}

/*
 * The outline's nodes (entries, sections, title) stand already; the leaves go into the gaps
 * between them.
 */
static void read_children(struct wls_doc *doc, struct wls_node *node)
{
	if (doc->forgotten)
		wls_node_recall_blocks(doc, node);
	struct wls_node *child = node->first_child;
	struct wls_span gap = {
		.begin = node->body,
		.block = node->kind == WLS_NODE_DOCUMENT ? 1 : doc->blocks[node->block].next,
	};
	node->flags &= (uint16_t)~WLS_NODE_UNREAD;
	node->first_child = node->last_child = NULL;
	while (child) {
		struct wls_node *next = child->next;
		gap.end = child->begin;
		gap.block_end = child->block;
		if (gap.end > gap.begin)
			wls_fields_read(doc, node, gap);
		wls_node_append(node, child);
		gap.begin = child->end;
		gap.block = child->block_end;
		child = next;
	}
	gap.end = node->end;
	gap.block_end = node->block_end;
	if (gap.end > gap.begin)
		wls_fields_read(doc, node, gap);
}

struct wls_node *wls_node_children(struct wls_doc *doc, struct wls_node *node)
{
	if (node->flags & WLS_NODE_UNREAD)
		read_children(doc, node);
	return node->first_child;
}

struct wls_node *wls_node_walk(struct wls_doc *doc, const struct wls_node *root,
			       struct wls_node *node)
{
	struct wls_node *child = wls_node_children(doc, node);
	if (child)
		return child;
	while (node != root) {
		if (node->next)
			return node->next;
		node = node->parent;
	}
	return NULL;
}

/* ---- finding ---- */

static bool has_key(const struct wls_node *node, enum wls_key key)
{
	return node->key == key && (node->kind == WLS_NODE_FIELD || node->kind == WLS_NODE_SECTION);
}

struct wls_node *wls_node_find_next(struct wls_doc *doc, struct wls_node *holder, enum wls_key key,
				    struct wls_node *after)
{
	struct wls_node *node = after ? after->next : wls_node_children(doc, holder);
	while (node && !has_key(node, key))
		node = node->next;
	/* A section's flags (WLS_NODE_EMPTY) are known only once it is read. */
	if (node)
		wls_node_children(doc, node);
	return node;
}

struct wls_node *wls_node_find(struct wls_doc *doc, struct wls_node *holder, enum wls_key key)
{
	struct wls_node *last = NULL, *node = NULL;
	while ((node = wls_node_find_next(doc, holder, key, node)) != NULL)
		last = node;
	return last;
}

static const struct wls_entry *continuation_of(const struct wls_doc *doc,
					       const struct wls_entry *entry)
{
	return entry->continued_by == WLS_ENTRY_NONE ? NULL : &doc->entries[entry->continued_by];
}

struct wls_node *wls_entry_find_next(struct wls_doc *doc, const struct wls_entry *entry,
				     enum wls_key key, struct wls_node *after)
{
	while (after && entry && entry->node != after->parent)
		entry = continuation_of(doc, entry);
	for (; entry; entry = continuation_of(doc, entry)) {
		struct wls_node *node = wls_node_find_next(doc, entry->node, key, after);
		if (node)
			return node;
		after = NULL;
	}
	return NULL;
}

struct wls_node *wls_entry_find(struct wls_doc *doc, const struct wls_entry *entry,
				enum wls_key key)
{
	struct wls_node *last = NULL, *node = NULL;
	while ((node = wls_entry_find_next(doc, entry, key, node)) != NULL)
		last = node;
	return last;
}

struct wls_entry *wls_doc_newest(const struct wls_doc *doc)
{
	return doc->version_count > 0 ? &doc->entries[doc->by_version[doc->version_count - 1]]
				      : NULL;
}

struct wls_entry *wls_doc_entry(const struct wls_doc *doc, uint32_t version)
{
	uint32_t low = 0, high = doc->version_count;
	while (low < high) {
		uint32_t middle = low + (high - low) / 2;
		if (doc->entries[doc->by_version[middle]].version <= version)
			low = middle + 1;
		else
			high = middle;
	}
	struct wls_entry *entry = low > 0 ? &doc->entries[doc->by_version[low - 1]] : NULL;
	return entry && entry->version == version ? entry : NULL;
}

struct wls_node *wls_node_value(struct wls_doc *doc, struct wls_node *node, struct wls_slice *value)
{
	bool is_section = node->kind == WLS_NODE_SECTION;
	/* A section's text is its value only after a key, as in `### Status: blocked`. */
	*value = is_section && node->text.ptr == node->label.ptr ? wls_slice(NULL, 0) : node->text;
	if (value->len > 0)
		return node;
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK)
			continue;
		if (n->kind != WLS_NODE_PARAGRAPH && n->kind != WLS_NODE_ITEM)
			break;
		*value = n->text;
		return n;
	}
	return node;
}

/* ---- texts ---- */

struct wls_slice wls_text_flatten(struct wls_doc *doc, struct wls_slice text)
{
	text = wls_slice_trim(text);
	if (text.len == 0 ||
	    (!memchr(text.ptr, '\n', text.len) && !memchr(text.ptr, '\r', text.len)))
		return text;
	char *flat = wls_arena_alloc(&doc->arena, text.len);
	size_t len = 0;
	struct wls_slice line;
	for (bool first = true; wls_slice_next_line(&text, &line); first = false) {
		line = wls_slice_trim(line);
		while (!first && line.len > 0 && line.ptr[0] == '>')
			line = wls_slice_trim(wls_slice_from(line, 1));
		if (line.len == 0)
			continue;
		if (len > 0)
			flat[len++] = ' ';
		memcpy(flat + len, line.ptr, line.len);
		len += line.len;
	}
	return wls_slice(flat, len);
}

/* ---- hash and render ---- */

uint64_t wls_node_hash(struct wls_doc *doc, struct wls_node *node)
{
	uint64_t hash = wls_hash_mix(node->kind, wls_node_own(doc, node));
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		uint64_t child = wls_node_hash(doc, n);
		char bytes[sizeof(child)];
		memcpy(bytes, &child, sizeof(child));
		hash = wls_hash_mix(hash, wls_slice(bytes, sizeof(bytes)));
	}
	return hash;
}

void wls_node_render(struct wls_doc *doc, struct wls_node *node, struct wls_buf *out)
{
	for (struct wls_node *n = node; n; n = wls_node_walk(doc, node, n))
		wls_buf_add_slice(out, wls_node_own(doc, n));
}

void wls_doc_render(struct wls_doc *doc, struct wls_buf *out)
{
	wls_node_render(doc, doc->root, out);
}
