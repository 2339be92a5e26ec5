/* SPDX-License-Identifier: MIT */
/*
 * What of a node changed, and where it stands.
 *
 * Layer: diff. Includes: base, doc, pair, diff_internal.
 */
#include "diff/diff_internal.h"

static const char *const kind_names[][2] = {
#define X(name, one, several) {one, several},
	WLS_DELTA_KIND_TABLE(X)
#undef X
};

static const char *const aspect_names[] = {
#define X(name, word) word,
	WLS_DELTA_ASPECT_TABLE(X)
#undef X
};

const char *wls_delta_kind_name(enum wls_delta_kind kind, bool several)
{
	return kind_names[kind][several];
}

const char *wls_delta_aspect_name(enum wls_delta_aspect aspect)
{
	return aspect_names[aspect];
}

enum wls_delta_kind wls_delta_kind_of(enum wls_node_kind kind)
{
	switch (kind) {
	case WLS_NODE_FRONTMATTER:
		return WLS_DELTA_FRONTMATTER;
	case WLS_NODE_KEY:
		return WLS_DELTA_KEY;
	case WLS_NODE_TITLE:
		return WLS_DELTA_TITLE;
	case WLS_NODE_ENTRY:
		return WLS_DELTA_ENTRY;
	case WLS_NODE_SECTION:
	case WLS_NODE_HANDOFF:
		return WLS_DELTA_SECTION;
	case WLS_NODE_FIELD:
		return WLS_DELTA_FIELD;
	case WLS_NODE_ITEM:
		return WLS_DELTA_ITEM;
	case WLS_NODE_TABLE:
		return WLS_DELTA_TABLE;
	case WLS_NODE_ROW:
		return WLS_DELTA_ROW;
	case WLS_NODE_CODE:
		return WLS_DELTA_CODE;
	default:
		return WLS_DELTA_TEXT;
	}
}

/* ---- places ---- */

static struct wls_slice one_line(struct wls_slice text)
{
	struct wls_slice rest = wls_slice_trim(text), line = {0};

	wls_slice_next_line(&rest, &line);
	return wls_slice_trim(line);
}

/* What a node adds to the place of what stands in it; nothing for items and texts. */
static void add_step(struct wls_buf *out, const struct wls_node *n)
{
	bool named = n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_FIELD ||
		     n->kind == WLS_NODE_HANDOFF;

	if (!named && n->kind != WLS_NODE_ENTRY && n->kind != WLS_NODE_FRONTMATTER)
		return;
	if (out->len > 0)
		wls_buf_add_str(out, " \xE2\x80\xBA ");
	if (n->kind == WLS_NODE_ENTRY)
		wls_buf_printf(out, "v%u", n->version);
	else if (n->kind == WLS_NODE_FRONTMATTER)
		wls_buf_add_str(out, "frontmatter");
	else
		wls_buf_add_slice(out, one_line(n->label));
}

struct wls_slice wls_delta_place_in(struct wls_arena *arena, const struct wls_pair_node *holder)
{
	const struct wls_pair_node *path[WLS_DEPTH_MAX + 8];
	size_t depth = 0;
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;

	for (; holder && depth < WLS_ARRAY_SIZE(path); holder = holder->parent)
		path[depth++] = holder;
	while (depth > 0)
		add_step(&buf, path[--depth]->node);
	return wls_arena_copy(arena, wls_buf_slice(&buf));
}

struct wls_slice wls_delta_place(struct wls_arena *arena, const struct wls_pair_node *node)
{
	return wls_delta_place_in(arena, node->parent);
}

/* ---- aspects ---- */

static uint32_t bit(enum wls_delta_aspect aspect)
{
	return 1u << aspect;
}

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A walk over what a text says: blanks are passed over, and with `words` what only marks. */
struct reader {
	struct wls_slice text;
	size_t at;
	bool words;
	bool line_start;
};

/* Bytes of a bullet, hashes or a list number at the start of a line; or 0. */
static size_t lead_length(struct wls_slice s)
{
	size_t n = 0;

	while (n < s.len && wls_is_digit(s.ptr[n]))
		n++;
	if (n > 0)
		n = n < s.len && (s.ptr[n] == '.' || s.ptr[n] == ')') ? n + 1 : 0;
	else if (s.ptr[0] == '-' || s.ptr[0] == '+' || s.ptr[0] == '*' || s.ptr[0] == '>')
		n = 1;
	else
		while (n < s.len && s.ptr[n] == '#')
			n++;
	return n > 0 && n < s.len && !is_blank(s.ptr[n]) ? 0 : n;
}

static bool is_mark(struct wls_slice s, size_t at)
{
	char c = s.ptr[at], next = at + 1 < s.len ? s.ptr[at + 1] : '\n';

	return c == '*' || c == '`' || c == '~' || c == '|' ||
	       (c == ':' && (is_blank(next) || next == '*'));
}

/* The next byte that says something, or -1. */
static int next_byte(struct reader *r)
{
	for (; r->at < r->text.len; r->at++) {
		char c = r->text.ptr[r->at];
		if (is_blank(c)) {
			r->line_start |= c == '\n';
			continue;
		}
		size_t lead =
			r->words && r->line_start ? lead_length(wls_slice_from(r->text, r->at)) : 0;
		if (lead > 0) {
			r->at += lead - 1;
			continue;
		}
		if (r->words && is_mark(r->text, r->at))
			continue;
		r->line_start = false;
		return (unsigned char)r->text.ptr[r->at++];
	}
	return -1;
}

static bool says_the_same(struct wls_slice a, struct wls_slice b, bool words)
{
	struct reader x = {a, 0, words, true}, y = {b, 0, words, true};
	int c;

	do {
		c = next_byte(&x);
		if (c != next_byte(&y))
			return false;
	} while (c >= 0);
	return true;
}

/* How two texts that differ do: `reworded` when a word changed. */
static uint32_t text_aspect(struct wls_slice a, struct wls_slice b, enum wls_delta_aspect reworded)
{
	if (says_the_same(a, b, false))
		return bit(WLS_ASPECT_WHITE_SPACE);
	return says_the_same(a, b, true) ? bit(WLS_ASPECT_MARKUP) : bit(reworded);
}

static enum wls_delta_aspect reworded_of(const struct wls_node *n)
{
	unsigned key = n->kind == WLS_NODE_KEY ? wls_key_find(n->label) : n->key;

	if (n->kind == WLS_NODE_ENTRY || n->kind == WLS_NODE_TITLE)
		return WLS_ASPECT_RETITLED;
	if ((n->kind == WLS_NODE_FIELD || n->kind == WLS_NODE_KEY ||
	     (n->flags & WLS_NODE_ATTRIBUTE)) &&
	    key == WLS_KEY_STATUS)
		return WLS_ASPECT_STATUS;
	if (n->kind != WLS_NODE_ITEM && key == WLS_KEY_PROGRESS)
		return WLS_ASPECT_PROGRESS;
	return n->kind == WLS_NODE_KEY ? WLS_ASPECT_VALUE : WLS_ASPECT_REWORDED;
}

static uint32_t flag_aspects(const struct wls_node *a, const struct wls_node *b)
{
	uint32_t changed = (uint32_t)(a->flags ^ b->flags), aspects = 0;

	if (changed & WLS_NODE_CHECKBOX)
		aspects |= bit(WLS_ASPECT_CHECKBOX);
	else if (changed & WLS_NODE_TICKED)
		aspects |=
			bit(b->flags & WLS_NODE_TICKED ? WLS_ASPECT_TICKED : WLS_ASPECT_UNTICKED);
	if (changed & WLS_NODE_BLOCKED)
		aspects |= bit(b->flags & WLS_NODE_BLOCKED ? WLS_ASPECT_BLOCKED
							   : WLS_ASPECT_UNBLOCKED);
	if (changed & WLS_NODE_REVIEW)
		aspects |= bit(WLS_ASPECT_REVIEW);
	if (changed & WLS_NODE_STRUCK)
		aspects |= bit(WLS_ASPECT_STRUCK);
	return aspects;
}

/* A label that numbers: `v6`, `H2`. */
static bool is_numbered(struct wls_slice label)
{
	return label.len > 1 && wls_is_alpha(label.ptr[0]) && wls_is_digit(label.ptr[1]);
}

static uint32_t node_aspects(const struct wls_node *a, const struct wls_node *b)
{
	uint32_t aspects = flag_aspects(a, b);

	if (a->priority != b->priority)
		aspects |= bit(WLS_ASPECT_PRIORITY);
	if (a->mark != b->mark)
		aspects |= bit(WLS_ASPECT_STATE);
	if (a->kind == WLS_NODE_ENTRY && a->version != b->version)
		aspects |= bit(WLS_ASPECT_RENUMBERED);
	/* The label of an entry, and of the log's title, is the whole heading. */
	if (a->kind != WLS_NODE_ENTRY && a->kind != WLS_NODE_TITLE &&
	    !wls_slice_eq(a->label, b->label))
		aspects |= is_numbered(a->label) && is_numbered(b->label)
				   ? bit(WLS_ASPECT_RENUMBERED)
				   : text_aspect(a->label, b->label, WLS_ASPECT_RENAMED);
	/* A section's words are its label, too. */
	if (!wls_slice_eq(a->text, b->text) && a->text.ptr != a->label.ptr)
		aspects |= text_aspect(a->text, b->text, reworded_of(b));
	return aspects;
}

uint32_t wls_delta_aspects(const struct wls_pairing *p, const struct wls_pair_node *a,
			   const struct wls_pair_node *b)
{
	struct wls_slice x = wls_slice(p->docs[0]->source.ptr + a->begin, a->body - a->begin);
	struct wls_slice y = wls_slice(p->docs[1]->source.ptr + b->begin, b->body - b->begin);
	uint32_t aspects = node_aspects(a->node, b->node);

	if (a->entry && b->entry &&
	    !(wls_slice_eq(a->entry->date, b->entry->date) &&
	      wls_slice_eq(a->entry->time, b->entry->time)))
		aspects |= bit(WLS_ASPECT_REDATED);
	if (aspects == 0)
		aspects = text_aspect(x, y, reworded_of(b->node));
	return aspects;
}
