/* SPDX-License-Identifier: MIT */
/*
 * Blockers of an entry, with who owns them and when they end.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "doc/doc_internal.h"

struct blockers {
	struct wls_doc *doc;
	struct wls_blocker *list; /* heap, until all are found */
	size_t count, cap;
	bool questions; /* the field is called Blockers/Questions */
};

/* ---- attributes ---- */

static struct wls_slice *slot_of(struct wls_blocker *blocker, enum wls_key key)
{
	switch (key) {
	case WLS_KEY_OWNER:
		return &blocker->owner;
	case WLS_KEY_REQUESTED:
		return &blocker->requested;
	case WLS_KEY_ETA:
		return &blocker->eta;
	case WLS_KEY_WORKAROUND:
		return &blocker->workaround;
	default:
		return NULL;
	}
}

/* Notes an attribute of the last blocker; false when `key` is none of a blocker's. */
static bool note_attribute(struct blockers *b, enum wls_key key, struct wls_slice value,
			   enum wls_mark mark)
{
	if (b->count == 0)
		return false;
	struct wls_blocker *last = &b->list[b->count - 1];
	if (key == WLS_KEY_STATUS) {
		last->closed |= mark == WLS_MARK_DONE || wls_value_is_resolved(value) ||
				wls_work_status_parse(value) == WLS_STATUS_COMPLETED;
		return true;
	}
	struct wls_slice *slot = slot_of(last, key);
	if (slot && slot->len == 0)
		*slot = wls_text_flatten(b->doc, value);
	return slot != NULL;
}

/* `ETA: Nov 20`, `ETA Nov 20`, `@ops-team`: a part of a parenthesis. */
static void note_part(struct blockers *b, struct wls_slice part)
{
	part = wls_slice_trim(part);
	if (part.len > 1 && part.ptr[0] == '@') {
		note_attribute(b, WLS_KEY_OWNER, part, WLS_MARK_NONE);
		return;
	}
	size_t end = 0;
	while (end < part.len && wls_is_alpha(part.ptr[end]))
		end++;
	enum wls_key key = wls_key_find(wls_slice(part.ptr, end));
	struct wls_slice value = wls_slice_from(part, end);
	size_t colon = wls_colon_at(value);
	bool joined = colon > 0 || (value.len > 0 && wls_is_blank(value.ptr[0]));
	if (!joined || (colon == 0 && key != WLS_KEY_ETA))
		return;
	note_attribute(b, key, wls_slice_trim(wls_slice_from(value, colon)), WLS_MARK_NONE);
}

/* The parenthesis that ends a blocker's text: `(@ops-team, ETA: Nov 20)`. */
static void note_parenthesis(struct blockers *b, struct wls_slice text)
{
	if (text.len < 2 || text.ptr[text.len - 1] != ')')
		return;
	size_t open = text.len - 1;
	while (open > 0 && text.ptr[open] != '(')
		open--;
	if (text.ptr[open] != '(')
		return;
	struct wls_slice inside = wls_slice(text.ptr + open + 1, text.len - open - 2);
	for (size_t i = 0, from = 0; i <= inside.len; i++) {
		if (i < inside.len && inside.ptr[i] != ',' && inside.ptr[i] != ';')
			continue;
		note_part(b, wls_slice(inside.ptr + from, i - from));
		from = i + 1;
	}
}

/* Bytes of what may stand before an attribute, at `i` > 0: a line's end, ` | `, ` · `; or 0. */
static size_t separator_at(struct wls_slice text, size_t i)
{
	struct wls_slice rest = wls_slice_from(text, i);
	if (wls_is_line_end(rest.ptr[0]))
		return 1;
	size_t len = rest.ptr[0] == '|' ? 1 : 0;
	if (wls_slice_starts(rest, WLS_SLICE("\xC2\xB7")))
		len = 2;
	if (len == 0 || len == rest.len || !wls_is_blank(rest.ptr[len]))
		return 0;
	return wls_is_blank(text.ptr[i - 1]) || wls_is_line_end(text.ptr[i - 1]) ? len : 0;
}

/*
 * The text before the first attribute after a separator (`Missing keys | Owner: @a | ETA: soon`),
 * or all of it; *first is that attribute, or has no key. O(text).
 */
static struct wls_slice cut_attributes(struct wls_slice text, struct wls_key_line *first)
{
	struct wls_blocker any;
	for (size_t i = 1; i < text.len; i++) {
		size_t len = separator_at(text, i);
		if (len == 0)
			continue;
		struct wls_slice rest = wls_ltrim(wls_slice_from(text, i + len));
		if (!wls_key_line_parse(rest, first) ||
		    (first->key != WLS_KEY_STATUS && !slot_of(&any, first->key)))
			continue;
		first->value += (size_t)(rest.ptr - text.ptr);
		return wls_slice_trim(wls_slice(text.ptr, i));
	}
	first->key = WLS_KEY_NONE;
	return text;
}

/* Notes attribute `key` of `text`, and those after its value. */
static void note_attributes(struct blockers *b, struct wls_slice text, struct wls_key_line key)
{
	while (key.key != WLS_KEY_NONE) {
		struct wls_key_line next;
		text = wls_slice_from(text, key.value);
		struct wls_slice value = cut_attributes(text, &next);
		note_attribute(b, key.key, value, wls_mark_last(value));
		key = next;
	}
}

/* An attribute, with others after its value. */
static void note_attribute_item(struct blockers *b, const struct wls_node *item)
{
	struct wls_key_line next;
	struct wls_slice value = cut_attributes(item->text, &next);
	note_attribute(b, item->key, value, item->mark);
	note_attributes(b, item->text, next);
}

/* ---- blockers ---- */

/* `No blockers`, `None currently`: rule 10 knows the words that are empty in any field. */
static bool denies_blockers(struct wls_slice text)
{
	static const struct wls_slice words[] = {
		{"no blockers", 11},
		{"no blocker", 10},
		{"no current blockers", 19},
		{"no blockers currently", 21},
		{"none currently", 14},
		{"currently none", 14},
		{"none at the moment", 18},
		{"none right now", 14},
		{"none for now", 12},
		{"none so far", 11},
		{"none known", 10},
		{"none yet", 8},
		{"no blockers at the moment", 25},
		{"none", 4},
	};
	text = wls_cut_emoji(wls_skip_emoji(text));
	while (text.len > 0 && memchr(".!", text.ptr[text.len - 1], 2))
		text.len--;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (wls_words_eq(text, words[i]))
			return true;
	return false;
}

static bool is_closed(const struct wls_node *node, struct wls_slice text)
{
	bool done = node->mark == WLS_MARK_DONE && !(node->flags & WLS_NODE_MARK_INSIDE);
	return done || (node->flags & (WLS_NODE_TICKED | WLS_NODE_STRUCK)) ||
	       wls_value_is_resolved(text);
}

/* Adds a blocker with the atoms of `read`, which stands in `node`. */
static void add_blocker(struct blockers *b, struct wls_node *node, const struct wls_node *read)
{
	struct wls_key_line attribute;
	struct wls_slice text = cut_attributes(read->text, &attribute);
	if (text.len == 0 || wls_value_is_empty(text) || wls_value_is_unknown(text) ||
	    denies_blockers(text))
		return;
	if (b->count == b->cap)
		WLS_GROW(b->list, b->cap, b->count + 1);
	struct wls_blocker *blocker = &b->list[b->count++];
	*blocker = (struct wls_blocker){
		.text = wls_text_flatten(b->doc, text),
		.at = (uint32_t)(text.ptr - b->doc->source.ptr),
		.node = node,
		.closed = is_closed(read, text),
	};
	blocker->question = b->questions && blocker->text.ptr[blocker->text.len - 1] == '?';
	note_parenthesis(b, blocker->text);
	note_attributes(b, read->text, attribute);
}

/* Adds what a field says on its line, or a paragraph. */
static void add_text(struct blockers *b, struct wls_node *node)
{
	struct wls_node read = {0};
	wls_item_read(&read, node->text, (struct wls_item_context){WLS_KEY_NEXT, true});
	add_blocker(b, node, &read);
}

/* `✅ resolved` in the list of a blocker: with a marker the first word will do. */
static bool tells_resolved(const struct wls_node *item)
{
	struct wls_slice word = item->text;
	for (size_t i = 0; item->mark == WLS_MARK_DONE && i < word.len; i++)
		if (wls_is_blank(word.ptr[i]))
			word.len = i;
	return memchr(word.ptr, ' ', word.len) == NULL && wls_value_is_resolved(word);
}

static void add_item(struct blockers *b, struct wls_node *item)
{
	if (item->flags & WLS_NODE_ATTRIBUTE) {
		note_attribute_item(b, item);
		return;
	}
	size_t before = b->count;
	add_blocker(b, item, item);
	for (struct wls_node *n = wls_node_children(b->doc, item); n; n = n->next) {
		if (n->kind != WLS_NODE_ITEM)
			continue;
		if (item->text.len == 0)
			add_item(b, n);
		else if (b->count > before && (n->flags & WLS_NODE_ATTRIBUTE))
			note_attribute_item(b, n);
		else if (b->count > before && n->text.len > 0 && tells_resolved(n))
			b->list[b->count - 1].closed = true;
	}
}

/* Fields that follow a Blockers field, as its attributes (`**Owner:** @ops`). */
static void add_following(struct blockers *b, const struct wls_node *field)
{
	for (const struct wls_node *n = field->next; n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK)
			continue;
		if (n->kind != WLS_NODE_FIELD || n->key == WLS_KEY_STATUS ||
		    !note_attribute(b, n->key, n->text, n->mark))
			return;
	}
}

static bool names_questions(struct wls_slice label)
{
	for (size_t i = 0; i < label.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(label, i), WLS_SLICE("question")))
			return true;
	return false;
}

/* Adds what a Blockers field or section says. */
static void add_holder(struct blockers *b, struct wls_node *holder)
{
	bool is_field = holder->kind == WLS_NODE_FIELD;
	b->questions = names_questions(holder->label);
	if (is_field || holder->text.ptr != holder->label.ptr)
		add_text(b, holder);
	for (struct wls_node *n = wls_node_children(b->doc, holder); n; n = n->next) {
		if (n->kind == WLS_NODE_ITEM)
			add_item(b, n);
		else if (n->kind == WLS_NODE_PARAGRAPH)
			add_text(b, n);
		else if (n->kind == WLS_NODE_FIELD)
			note_attribute(b, n->key, n->text, n->mark);
	}
	if (is_field)
		add_following(b, holder);
}

/* The open items of the log's own Current Blockers. */
static void add_current(struct blockers *b, bool fields_too)
{
	struct wls_node *root = b->doc->root, *node = NULL;
	size_t keep = b->count;
	while ((node = wls_node_find_next(b->doc, root, WLS_KEY_BLOCKERS, node)) != NULL)
		if (fields_too || node->kind == WLS_NODE_SECTION ||
		    wls_slice_starts_nocase(node->label, WLS_SLICE("current")))
			add_holder(b, node);
	for (size_t i = keep; i < b->count; i++)
		if (!b->list[i].closed)
			b->list[keep++] = b->list[i];
	b->count = keep;
}

const struct wls_blocker *wls_entry_blockers(struct wls_doc *doc, const struct wls_entry *entry,
					     size_t *count)
{
	struct blockers b = {.doc = doc};
	struct wls_node *own = entry ? wls_entry_find(doc, entry, WLS_KEY_BLOCKERS) : NULL;
	if (own)
		add_holder(&b, own);
	if (!entry || entry == wls_doc_newest(doc))
		add_current(&b, !entry);
	struct wls_blocker *out = WLS_ARENA_ARRAY(&doc->arena, struct wls_blocker, b.count);
	for (size_t i = 0; i < b.count; i++)
		out[i] = b.list[i];
	free(b.list);
	*count = b.count;
	return out;
}
