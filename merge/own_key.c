/* SPDX-License-Identifier: MIT */
/*
 * What an own text is matched by: its words without atoms, and its key in a list.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * Complexity: O(n).
 */
#include "merge/atoms.h"

enum { KEY_MAX = 60 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Bytes of the percentage at the start of `s`, or 0. */
static size_t percent_at(struct wls_slice s)
{
	size_t i = 0;

	while (i < s.len && (wls_is_digit(s.ptr[i]) || s.ptr[i] == '.'))
		i++;
	return i > 0 && i < s.len && s.ptr[i] == '%' ? i + 1 : 0;
}

/* Adds the words of a line, one space before each but the first after `from`. */
static void add_line(struct wls_buf *out, size_t from, struct wls_slice s)
{
	while (s.len > 0) {
		size_t i = 0, percent;

		if (is_blank(s.ptr[0])) {
			s = wls_slice_from(s, 1);
			continue;
		}
		percent = percent_at(s);
		if (percent > 0) {
			s = wls_slice_from(s, percent);
			continue;
		}
		while (i < s.len && !is_blank(s.ptr[i]))
			i++;
		if (out->len > from)
			wls_buf_add_char(out, ' ');
		wls_buf_add(out, s.ptr, i);
		s = wls_slice_from(s, i);
	}
}

/* Adds the words of `s`, without a quote's prefixes on its further lines. */
static void add_words(struct wls_buf *out, size_t from, struct wls_slice s)
{
	struct wls_slice line;

	for (bool first = true; wls_slice_next_line(&s, &line); first = false) {
		line = wls_slice_trim(line);
		while (!first && line.len > 0 && line.ptr[0] == '>')
			line = wls_slice_trim(wls_slice_from(line, 1));
		add_line(out, from, line);
	}
}

static bool is_word_of_it(enum wls_atom_class class)
{
	switch (class) {
	case WLS_ATOM_LABEL:
	case WLS_ATOM_DATE:
	case WLS_ATOM_TIME:
	case WLS_ATOM_SCALAR:
	case WLS_ATOM_VERDICT:
	case WLS_ATOM_CELL:
	case WLS_ATOM_TEXT:
		return true;
	default:
		return false;
	}
}

void wls_own_text_normalise(const struct wls_own_text *own, struct wls_buf *out)
{
	_cleanup_atoms_ struct wls_atoms atoms = {0};
	size_t from = out->len;
	const struct wls_part part = {
		.bytes = own->bytes,
		.kind = own->node->kind,
		.key = own->node->key,
		.label = own->node->label,
	};

	if (!wls_atoms_has(part.kind)) {
		add_words(out, from, own->bytes);
		return;
	}
	wls_atoms_cut(&atoms, &part, 1, false);
	for (size_t i = 0; i < atoms.count; i++) {
		const struct wls_atom *a = &atoms.items[i];

		if (a->class == WLS_ATOM_ELEMENT || a->class == WLS_ATOM_COMPONENT)
			add_words(out, from, a->name);
		else if (is_word_of_it(a->class))
			add_words(out, from, a->bytes);
	}
}

/* ---- keys ---- */

static bool give(struct wls_buf *out, struct wls_slice key)
{
	size_t from = out->len;

	add_words(out, from, key);
	return out->len > from;
}

/* A code span at the start that names a path, or a path at the start of a line of Files. */
static struct wls_slice path_of(struct wls_slice s, enum wls_key holder)
{
	size_t end = 0;

	if (s.len > 1 && s.ptr[0] == '`') {
		const char *close = memchr(s.ptr + 1, '`', s.len - 1);
		struct wls_slice path = close ? wls_slice(s.ptr + 1, (size_t)(close - s.ptr) - 1)
					      : wls_slice(NULL, 0);

		if (path.len > 0 && !memchr(path.ptr, ' ', path.len) &&
		    (holder == WLS_KEY_FILES || memchr(path.ptr, '/', path.len)))
			return path;
		return wls_slice(NULL, 0);
	}
	if (holder != WLS_KEY_FILES)
		return wls_slice(NULL, 0);
	while (end < s.len && !is_blank(s.ptr[end]) && !memchr("():,", s.ptr[end], 4))
		end++;
	if (end == 0 || (!memchr(s.ptr, '/', end) && !memchr(s.ptr, '.', end)))
		return wls_slice(NULL, 0);
	return wls_slice(s.ptr, end);
}

/* `L45-67:`, `L45`: the range of lines. */
static struct wls_slice lines_of(struct wls_slice s)
{
	size_t i = 1;

	if (s.len < 2 || s.ptr[0] != 'L' || !wls_is_digit(s.ptr[1]))
		return wls_slice(NULL, 0);
	while (i < s.len && (wls_is_digit(s.ptr[i]) || s.ptr[i] == '-' || s.ptr[i] == 'L'))
		i++;
	if (i < s.len && s.ptr[i] != ':' && !is_blank(s.ptr[i]))
		return wls_slice(NULL, 0);
	return wls_slice(s.ptr, i);
}

/* The text before a colon, when it is short and no sentence ends in it. */
static struct wls_slice words_before_colon(struct wls_slice s)
{
	for (size_t i = 0; i < s.len && i <= KEY_MAX; i++) {
		char c = s.ptr[i];

		if (c == '\n' || c == '`' ||
		    (memchr(".!?", c, 3) && i + 1 < s.len && is_blank(s.ptr[i + 1])))
			break;
		if (c == ':' && i > 0 && (i + 1 == s.len || is_blank(s.ptr[i + 1])))
			return wls_slice(s.ptr, i);
	}
	return wls_slice(NULL, 0);
}

/* The first cell of a row. */
static bool row_key(const struct wls_own_text *own, struct wls_buf *out)
{
	_cleanup_atoms_ struct wls_atoms atoms = {0};
	const struct wls_part part = {.bytes = own->bytes, .kind = WLS_NODE_ROW};

	wls_atoms_cut(&atoms, &part, 1, false);
	for (size_t i = 0; i < atoms.count; i++)
		if (atoms.items[i].class == WLS_ATOM_CELL)
			return give(out, atoms.items[i].bytes);
	return false;
}

static bool item_key(const struct wls_node *node, enum wls_key holder, struct wls_buf *out,
		     bool *strong)
{
	struct wls_slice text = node->text, key;

	if (node->flags & WLS_NODE_ATTRIBUTE) {
		*strong = true;
		return give(out, node->label);
	}
	/* `+`, `~`, `@name` begin many lines of their list. */
	if (node->label.len > 1 && node->label.ptr[0] != '@')
		return give(out, node->label);
	if (node->label.len > 0)
		return false;
	key = path_of(text, holder);
	if (key.len == 0)
		key = lines_of(text);
	*strong = key.len > 0;
	if (key.len == 0)
		key = words_before_colon(text);
	return key.len > 0 && give(out, key);
}

bool wls_own_text_key(const struct wls_own_text *own, enum wls_key holder, struct wls_buf *out,
		      bool *strong)
{
	const struct wls_node *node = own->node;

	*strong = false;
	switch (node->kind) {
	case WLS_NODE_ROW:
		*strong = row_key(own, out);
		return *strong;
	case WLS_NODE_KEY:
		*strong = give(out, node->label);
		return *strong;
	case WLS_NODE_ITEM:
		return item_key(node, holder, out, strong);
	default:
		return false;
	}
}
