/* SPDX-License-Identifier: MIT */
/*
 * Fields, items, sections and handoffs as JSON.
 *
 * Layer: render. Includes: base, buf, doc, pattern.
 */
#include "render/show_json.h"

#include "base/utf8.h"

/* ---- small pieces ---- */

/* Moves the place on to `offset`, over line endings. O(bytes between). */
static void move_place(struct wls_show_writer *w, uint32_t offset)
{
	struct wls_slice rest, line;

	/* A text that was made, and stands nowhere, has the place of its node. */
	if (offset < w->place || offset > w->doc->source.len)
		return;
	rest = wls_slice(w->doc->source.ptr + w->place, offset - w->place);
	while (wls_slice_next_line(&rest, &line)) {
		bool ended = line.ptr + line.len < w->doc->source.ptr + offset;
		w->line += ended;
		w->column = ended ? 1 : w->column + (uint32_t)wls_utf8_count(line);
	}
	w->place = offset;
}

/* Puts the place at the beginning of the line that a node begins on. */
static void begin_place(struct wls_show_writer *w, const struct wls_node *node)
{
	const char *source = w->doc->source.ptr;
	uint32_t at = node->begin, bom = w->doc->root->body;

	while (at > bom && source[at - 1] != '\n' && source[at - 1] != '\r')
		at--;
	w->place_doc = w->doc;
	w->place = at;
	w->line = node->line;
	w->column = 1;
}

void wls_show_place_in(struct wls_show_writer *w, const struct wls_node *node, uint32_t offset)
{
	bool near = w->place_doc == w->doc && w->place <= offset &&
		    (w->place >= node->begin || w->line == node->line);

	if (!near)
		begin_place(w, node);
	move_place(w, offset);
	wls_json_put_int(&w->json, "line", w->line);
	wls_json_put_int(&w->json, "column", w->column);
}

void wls_show_place(struct wls_show_writer *w, const struct wls_node *node)
{
	uint32_t at = node->begin;

	while (at < node->body && (w->doc->source.ptr[at] == ' ' || w->doc->source.ptr[at] == '\t'))
		at++;
	wls_show_place_in(w, node, at);
}

void wls_show_versions(struct wls_show_writer *w, struct wls_versions versions)
{
	wls_json_key(&w->json, "versions");
	if (versions.first == 0) {
		wls_json_null(&w->json);
		return;
	}
	wls_json_open(&w->json, '{');
	wls_json_put_int(&w->json, "first", versions.first);
	wls_json_put_positive(&w->json, "last", versions.open ? 0 : versions.last);
	wls_json_close(&w->json, '}');
}

bool wls_show_open(struct wls_show_writer *w)
{
	bool outer = w->json.lossy;

	wls_json_open(&w->json, '{');
	w->json.lossy = false;
	return outer;
}

void wls_show_close(struct wls_show_writer *w, bool outer)
{
	if (w->json.lossy)
		wls_json_put_bool(&w->json, "lossy", true);
	wls_json_close(&w->json, '}');
	w->json.lossy = outer;
}

static struct wls_versions versions_of(const struct wls_node *node)
{
	return (struct wls_versions){node->version, node->version_last,
				     (node->flags & WLS_NODE_OPEN_RANGE) != 0};
}

static void put_flat(struct wls_show_writer *w, const char *key, struct wls_slice text)
{
	wls_json_put_text_or_null(&w->json, key, wls_text_flatten(w->doc, text));
}

static void put_key(struct wls_show_writer *w, const struct wls_node *node)
{
	wls_json_put_text_or_null(&w->json, "key", wls_slice_of(wls_key_name(node->key)));
	put_flat(w, "label", node->label);
}

/* ---- items ---- */

static bool is_item(const struct wls_node *node)
{
	return node->kind == WLS_NODE_ITEM && !(node->flags & WLS_NODE_ATTRIBUTE);
}

static void put_items(struct wls_show_writer *w, struct wls_node *holder);
static void put_other(struct wls_show_writer *w, struct wls_node *holder);

/* Every version that a text names. */
static void put_all_versions(struct wls_show_writer *w, struct wls_slice text)
{
	struct wls_versions versions;

	wls_json_key(&w->json, "named");
	wls_json_open(&w->json, '[');
	for (size_t at = 0; wls_versions_next(text, &at, &versions);) {
		wls_json_open(&w->json, '{');
		wls_json_put_int(&w->json, "first", versions.first);
		wls_json_put_positive(&w->json, "last", versions.open ? 0 : versions.last);
		wls_json_close(&w->json, '}');
	}
	wls_json_close(&w->json, ']');
}

void wls_show_attribute(struct wls_show_writer *w, const struct wls_attribute *attribute)
{
	struct wls_node *node = attribute->node;
	struct wls_figure figure;

	bool outer = wls_show_open(w);
	wls_json_put_str(&w->json, "key", wls_key_name(attribute->key));
	wls_json_put_text(&w->json, "label", attribute->label);
	wls_json_put_text(&w->json, "text", attribute->text);
	wls_show_place(w, node);
	wls_json_put_str(&w->json, "mark", wls_mark_name(node->mark));
	put_all_versions(w, attribute->text);
	wls_json_key(&w->json, "figures");
	wls_json_open(&w->json, '[');
	for (size_t at = 0; wls_figure_next(attribute->text, &at, &figure);)
		wls_show_figure(w, &figure);
	wls_json_close(&w->json, ']');
	put_items(w, node);
	wls_show_close(w, outer);
}

static void put_attributes(struct wls_show_writer *w, struct wls_node *node)
{
	size_t count;
	const struct wls_attribute *attributes = wls_node_attributes(w->doc, node, &count);

	wls_json_key(&w->json, "attributes");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < count; i++)
		wls_show_attribute(w, &attributes[i]);
	wls_json_close(&w->json, ']');
}

static void put_item(struct wls_show_writer *w, struct wls_node *item)
{
	bool outer = wls_show_open(w);
	wls_json_put_text(&w->json, "text", wls_text_flatten(w->doc, item->text));
	wls_show_place(w, item);
	put_flat(w, "label", item->label);
	wls_json_key(&w->json, "checked");
	if (item->flags & WLS_NODE_CHECKBOX)
		wls_json_bool(&w->json, item->flags & WLS_NODE_TICKED);
	else
		wls_json_null(&w->json);
	wls_json_put_str(&w->json, "priority", wls_priority_name(item->priority));
	wls_json_put_bool(&w->json, "blocked", item->flags & WLS_NODE_BLOCKED);
	wls_json_put_str(&w->json, "mark", wls_mark_name(item->mark));
	wls_json_put_bool(&w->json, "struck", item->flags & WLS_NODE_STRUCK);
	wls_show_versions(w, versions_of(item));
	put_attributes(w, item);
	put_items(w, item);
	put_other(w, item);
	wls_show_close(w, outer);
}

static void put_items(struct wls_show_writer *w, struct wls_node *holder)
{
	wls_json_key(&w->json, "items");
	wls_json_open(&w->json, '[');
	for (struct wls_node *n = wls_node_children(w->doc, holder); n; n = n->next)
		if (is_item(n))
			put_item(w, n);
	wls_json_close(&w->json, ']');
}

/* ---- what has no structure of its own ---- */

static bool is_other(const struct wls_node *node)
{
	switch (node->kind) {
	case WLS_NODE_PARAGRAPH:
	case WLS_NODE_HEADING:
	case WLS_NODE_TABLE:
	case WLS_NODE_CODE:
	case WLS_NODE_HTML:
	case WLS_NODE_QUOTE:
	case WLS_NODE_BREAK:
	case WLS_NODE_MARKER:
	case WLS_NODE_OPAQUE:
		return true;
	default:
		return false;
	}
}

static uint32_t lines_of(struct wls_slice bytes)
{
	struct wls_slice line;
	uint32_t count = 0;

	while (wls_slice_next_line(&bytes, &line))
		count++;
	return count;
}

/* Text where it is prose; of code, tables and the like only the place. */
static void put_other(struct wls_show_writer *w, struct wls_node *holder)
{
	wls_json_key(&w->json, "other");
	wls_json_open(&w->json, '[');
	for (struct wls_node *n = wls_node_children(w->doc, holder); n; n = n->next) {
		if (!is_other(n))
			continue;
		bool outer = wls_show_open(w);
		wls_json_put_str(&w->json, "kind", wls_node_kind_name(n->kind));
		wls_show_place(w, n);
		wls_json_put_int(&w->json, "lines", lines_of(wls_node_bytes(w->doc, n)));
		bool prose = n->kind == WLS_NODE_PARAGRAPH || n->kind == WLS_NODE_HEADING ||
			     n->kind == WLS_NODE_QUOTE;
		put_flat(w, "text", prose ? n->text : wls_slice(NULL, 0));
		wls_show_close(w, outer);
	}
	wls_json_close(&w->json, ']');
}

/* ---- fields, sections, handoffs ---- */

void wls_show_field(struct wls_show_writer *w, struct wls_node *field)
{
	bool outer = wls_show_open(w);
	put_key(w, field);
	wls_show_place(w, field);
	put_flat(w, "text", field->text);
	wls_json_put_bool(&w->json, "empty", field->flags & WLS_NODE_EMPTY);
	wls_json_put_str(&w->json, "mark", wls_mark_name(field->mark));
	wls_show_versions(w, versions_of(field));
	put_attributes(w, field);
	put_items(w, field);
	put_other(w, field);
	wls_show_pattern(w, field);
	wls_show_close(w, outer);
}

void wls_show_section(struct wls_show_writer *w, struct wls_node *section)
{
	/* Flags of a section are known once it is read. */
	wls_node_children(w->doc, section);
	bool outer = wls_show_open(w);
	put_key(w, section);
	put_flat(w, "title", section->text);
	wls_json_put_int(&w->json, "level", section->level);
	wls_show_place(w, section);
	wls_json_put_bool(&w->json, "empty", section->flags & WLS_NODE_EMPTY);
	wls_show_versions(w, versions_of(section));
	wls_show_body(w, section);
	wls_show_pattern(w, section);
	wls_show_close(w, outer);
}

void wls_show_handoff(struct wls_show_writer *w, struct wls_node *handoff)
{
	bool outer = wls_show_open(w);
	wls_json_put_positive(&w->json, "version", handoff->version);
	put_flat(w, "title", handoff->text);
	put_flat(w, "label", handoff->label);
	wls_show_place(w, handoff);
	wls_show_body(w, handoff);
	wls_show_close(w, outer);
}

static void put_children(struct wls_show_writer *w, const char *key, struct wls_node *holder,
			 enum wls_node_kind kind,
			 void (*put)(struct wls_show_writer *w, struct wls_node *node))
{
	wls_json_key(&w->json, key);
	wls_json_open(&w->json, '[');
	for (struct wls_node *n = wls_node_children(w->doc, holder); n; n = n->next)
		if (n->kind == kind)
			put(w, n);
	wls_json_close(&w->json, ']');
}

void wls_show_body(struct wls_show_writer *w, struct wls_node *holder)
{
	put_attributes(w, holder);
	put_children(w, "fields", holder, WLS_NODE_FIELD, wls_show_field);
	put_items(w, holder);
	put_children(w, "sections", holder, WLS_NODE_SECTION, wls_show_section);
	put_children(w, "handoffs", holder, WLS_NODE_HANDOFF, wls_show_handoff);
	put_other(w, holder);
}
