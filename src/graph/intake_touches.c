/* SPDX-License-Identifier: MIT */
/*
 * The files that a log's newest Files field names, with their lines.
 *
 * Layer: graph. Includes: base, doc.
 *
 *     - `src/auth/oauth.ts` (why it matters)      the whole file, unless lines follow
 *       - L45-67: what to look at                 these lines of it
 *     - src/api.ts:12-40, src/db.ts               lines behind the path; several in a row
 *
 * A path is the first word of an item, or a code span, that holds '/' or '.' and a letter.
 */
#include "graph/graph_internal.h"

struct touches {
	struct wls_intake_context *c;
	struct wls_log_touch *list;
	size_t count, cap;
};

/* A number at *at, which is moved behind it; 0 when there is none or it is too large. */
static uint32_t read_number(struct wls_slice s, size_t *at)
{
	uint32_t n = 0;

	while (*at < s.len && wls_is_digit(s.ptr[*at])) {
		if (n > 99999999)
			return 0;
		n = n * 10 + (uint32_t)(s.ptr[(*at)++] - '0');
	}
	return n;
}

/* "45-67", "L45-L67", "45" at `at`: false when it is none of them. */
static bool read_lines(struct wls_slice s, size_t at, uint32_t *first, uint32_t *last)
{
	if (at < s.len && wls_lower(s.ptr[at]) == 'l')
		at++;
	*first = *last = read_number(s, &at);
	if (*first == 0)
		return false;
	if (at < s.len && s.ptr[at] == '-') {
		at++;
		if (at < s.len && wls_lower(s.ptr[at]) == 'l')
			at++;
		*last = read_number(s, &at);
	}
	return *last >= *first && wls_may_end(s, at);
}

static bool is_path(struct wls_slice word)
{
	bool mark = false, letter = false;

	for (size_t i = 0; i < word.len; i++) {
		mark |= word.ptr[i] == '/' || (word.ptr[i] == '.' && i + 1 < word.len);
		letter |= wls_is_alpha(word.ptr[i]) || (unsigned char)word.ptr[i] >= 0x80;
	}
	return mark && letter && wls_slice_find(word, WLS_SLICE("://")) == SIZE_MAX;
}

static void add_touch(struct touches *t, struct wls_slice path, uint32_t first, uint32_t last,
		      uint32_t line)
{
	struct wls_buf *buf = &t->c->graph->intake->scratch;

	wls_buf_clear(buf);
	if (!wls_path_join(buf, wls_slice(NULL, 0), path))
		return;
	WLS_GROW(t->list, t->cap, t->count + 1);
	t->list[t->count++] = (struct wls_log_touch){
		.path = wls_arena_copy(&t->c->graph->arena, wls_buf_slice(buf)),
		.first = first,
		.last = last,
		.line = line,
	};
}

/* "path" or "path:45-67". */
static bool take_word(struct touches *t, struct wls_slice word, uint32_t line)
{
	uint32_t first = 0, last = 0;

	for (size_t i = word.len; i-- > 0;) {
		if (word.ptr[i] != ':')
			continue;
		if (!read_lines(word, i + 1, &first, &last))
			first = last = 0;
		word.len = i;
	}
	if (!is_path(word))
		return false;
	add_touch(t, word, first, last, line);
	return true;
}

/* Cuts the next word, or code span, off *rest; *more tells whether a comma follows. */
static struct wls_slice next_word(struct wls_slice *rest, bool *more)
{
	struct wls_slice s = wls_slice_trim(*rest), word;
	bool code = s.len > 0 && s.ptr[0] == '`';
	size_t i = code ? 1 : 0, begin = i;

	while (i < s.len && (code ? s.ptr[i] != '`' : !wls_is_blank(s.ptr[i]) && s.ptr[i] != ','))
		i++;
	word = wls_slice(s.ptr + begin, i - begin);
	i += code && i < s.len ? 1 : 0;
	*more = i < s.len && s.ptr[i] == ',';
	*rest = wls_slice_from(s, i + (*more ? 1 : 0));
	return word;
}

/* Returns the index of the last path of a text, or SIZE_MAX when there is none. */
static size_t take_text(struct touches *t, struct wls_slice text, uint32_t line)
{
	size_t before = t->count;
	bool more = true;

	while (more && text.len > 0)
		if (!take_word(t, next_word(&text, &more), line))
			break;
	return t->count > before ? t->count - 1 : SIZE_MAX;
}

/* Sub-items "L45-67: …" narrow the path above them down. */
static void take_lines(struct touches *t, struct wls_node *item, size_t path)
{
	bool narrowed = t->list[path].first > 0;

	for (struct wls_node *n = wls_node_children(t->c->doc, item); n; n = n->next) {
		struct wls_slice text = n->label.len > 0 ? n->label : n->text;
		uint32_t first, last;

		if (n->kind != WLS_NODE_ITEM || !read_lines(text, 0, &first, &last))
			continue;
		if (!narrowed) {
			t->list[path].first = first;
			t->list[path].last = last;
			t->list[path].line = n->line;
			narrowed = true;
		} else {
			struct wls_slice same = t->list[path].path;

			add_touch(t, same, first, last, n->line);
		}
	}
}

static bool take_field(struct touches *t, struct wls_node *field)
{
	if (field->kind == WLS_NODE_FIELD && !(field->flags & WLS_NODE_EMPTY))
		take_text(t, field->text, field->line);
	for (struct wls_node *n = wls_node_children(t->c->doc, field); n; n = n->next) {
		size_t path;

		if (n->kind != WLS_NODE_ITEM && n->kind != WLS_NODE_PARAGRAPH)
			continue;
		path = take_text(t, n->label.len > 0 ? n->label : n->text, n->line);
		if (path != SIZE_MAX)
			take_lines(t, n, path);
	}
	return true;
}

void wls_intake_touches(struct wls_intake_context *c)
{
	struct touches t = {.c = c};
	bool found = false;
	struct wls_log_touch *copy;

	for (size_t i = 0; i < c->entry_count && !found; i++) {
		struct wls_node *n = NULL;

		while ((n = wls_entry_find_next(c->doc, c->entries[i], WLS_KEY_FILES, n)))
			found = take_field(&t, n);
	}
	copy = WLS_ARENA_ARRAY(&c->graph->arena, struct wls_log_touch, t.count);
	if (t.count > 0)
		memcpy(copy, t.list, t.count * sizeof(*copy));
	c->file->touches = copy;
	c->file->touch_count = t.count;
	free(t.list);
}
