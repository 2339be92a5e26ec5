/* SPDX-License-Identifier: MIT */
/*
 * The atoms of an item: checkbox, priority, tags, marker, attribute key, version, strike-through.
 *
 * Layer: doc. Includes: base, doc, pattern.
 *
 * Atoms stand before the text in any order (`- [x] [HIGH] [BLOCKED] ✅ text`), marker and tags
 * after it too. What is left is the text; each atom is a fact of the node.
 */
#include "doc/doc_internal.h"
#include "wlsync/pattern.h"

/* `[ ]`, `[x]` at the start of `s`: bytes, or 0. */
static size_t checkbox_at(struct wls_slice s, bool *ticked)
{
	if (s.len < 3 || s.ptr[0] != '[' || s.ptr[2] != ']' ||
	    (s.len > 3 && !wls_is_blank(s.ptr[3]) && !wls_is_line_end(s.ptr[3])))
		return 0;
	if (s.ptr[1] != ' ' && s.ptr[1] != 'x' && s.ptr[1] != 'X')
		return 0;
	*ticked = s.ptr[1] != ' ';
	return 3;
}

/* Notes the tag; false when it means nothing to us. */
static bool note_tag(struct wls_node *node, struct wls_slice word)
{
	enum wls_priority priority = wls_priority_parse(word);
	if (priority != WLS_PRIORITY_NONE) {
		if (node->priority == WLS_PRIORITY_NONE)
			node->priority = (uint8_t)priority;
		return true;
	}
	if (!wls_tag_is_blocked(word))
		return false;
	node->flags |= WLS_NODE_BLOCKED;
	return true;
}

/* Bytes of the tag at the start of `s`, also in bold (`**[HIGH]**`), once noted; or 0. */
static size_t take_tag(struct wls_node *node, struct wls_slice s)
{
	struct wls_slice word;
	size_t bold = wls_slice_starts(s, WLS_SLICE("**[")) ? 2 : 0;
	size_t len = wls_tag_at(wls_slice_from(s, bold), &word);
	if (len == 0)
		return 0;
	if (bold && !wls_slice_starts(wls_slice_from(s, bold + len), WLS_SLICE("**")))
		return 0;
	return note_tag(node, word) ? bold + len + bold : 0;
}

/* The state that a hypothesis' verdict tells (`H2: … | ✅ Confirmed | …`). */
static enum wls_mark verdict_mark(struct wls_slice text)
{
	struct wls_hypothesis hypothesis;
	wls_hypothesis_parse(text, &hypothesis);
	switch (hypothesis.verdict) {
	case WLS_VERDICT_CONFIRMED:
		return WLS_MARK_DONE;
	case WLS_VERDICT_REFUTED:
	case WLS_VERDICT_INVALIDATED:
		return WLS_MARK_FAILED;
	case WLS_VERDICT_PARTIAL:
		return WLS_MARK_ACTIVE;
	default:
		return WLS_MARK_NONE;
	}
}

static void note_mark(struct wls_node *node, enum wls_mark mark)
{
	if (node->mark == WLS_MARK_NONE)
		node->mark = (uint8_t)mark;
}

/* Bytes of the item's one checkbox at the start of `s`, once noted; or 0. */
static size_t take_checkbox(struct wls_node *node, struct wls_slice s)
{
	bool ticked;
	size_t len = node->flags & WLS_NODE_CHECKBOX ? 0 : checkbox_at(s, &ticked);
	if (len > 0)
		node->flags |= (uint16_t)(WLS_NODE_CHECKBOX | (ticked ? WLS_NODE_TICKED : 0));
	return len;
}

static struct wls_slice take_front(struct wls_node *node, struct wls_slice s)
{
	size_t len;
	s = wls_slice_trim(s);
	for (;;) {
		enum wls_mark mark = wls_mark_at(s, &len, NULL);
		if (mark != WLS_MARK_NONE)
			note_mark(node, mark);
		else if ((len = take_checkbox(node, s)) == 0 && (len = take_tag(node, s)) == 0)
			return s;
		s = wls_ltrim(wls_slice_from(s, len));
	}
}

/* The tag at the end of `s`, once noted: bytes, or 0. */
static size_t take_last_tag(struct wls_node *node, struct wls_slice s)
{
	enum { TAG_MAX = 24 };
	if (s.len == 0 || s.ptr[s.len - 1] != ']')
		return 0;
	struct wls_slice word;
	for (size_t n = 3; n <= TAG_MAX && n <= s.len; n++) {
		struct wls_slice tag = wls_slice_from(s, s.len - n);
		if (tag.ptr[0] == '[')
			return wls_tag_at(tag, &word) == n && note_tag(node, word) ? n : 0;
	}
	return 0;
}

static struct wls_slice take_back(struct wls_node *node, struct wls_slice s)
{
	for (;;) {
		size_t len;
		s = wls_slice_trim(s);
		enum wls_mark mark = wls_mark_at_end(s, &len);
		if (mark != WLS_MARK_NONE)
			note_mark(node, mark);
		else if ((len = take_last_tag(node, s)) == 0)
			return s;
		s.len -= len;
	}
}

/* The parenthesis that ends `s`: where it opens, or s.len. */
static size_t last_parenthesis(struct wls_slice s)
{
	if (s.len == 0 || s.ptr[s.len - 1] != ')')
		return s.len;
	size_t depth = 0;
	for (size_t i = s.len; i > 0; i--) {
		depth += s.ptr[i - 1] == ')';
		if (s.ptr[i - 1] == '(' && --depth == 0)
			return i - 1;
	}
	return s.len;
}

/*
 * A marker within the text is the state of the item too: before a closing parenthesis
 * (`Inventory tracking 🔄 (v14 in progress)`) rather than in it or elsewhere.
 */
static void note_inner_mark(struct wls_node *node, struct wls_slice text)
{
	if (node->mark != WLS_MARK_NONE)
		return;
	size_t len;
	size_t open = last_parenthesis(text);
	enum wls_mark mark = wls_mark_at_end(wls_slice_trim(wls_slice(text.ptr, open)), &len);
	if (mark == WLS_MARK_NONE) {
		mark = wls_mark_last(text);
		node->flags |= mark != WLS_MARK_NONE ? WLS_NODE_MARK_INSIDE : 0;
	}
	node->mark = (uint8_t)mark;
}

/* `~~…~~` around the whole text. */
static bool is_struck(struct wls_slice s)
{
	if (s.len < 5 || !wls_slice_starts(s, WLS_SLICE("~~")) ||
	    !wls_slice_ends_nocase(s, WLS_SLICE("~~")))
		return false;
	return wls_slice_find(wls_slice(s.ptr + 2, s.len - 4), WLS_SLICE("~~")) == SIZE_MAX;
}

static struct wls_slice take_atoms(struct wls_node *node, struct wls_slice content)
{
	struct wls_slice s = take_back(node, take_front(node, content));
	if (is_struck(s)) {
		node->flags |= WLS_NODE_STRUCK;
		s = take_back(node, take_front(node, wls_slice(s.ptr + 2, s.len - 4)));
	}
	return s;
}

/* `v4:`, `v4-v6:`, `**v7+:**` at the start of `s`: bytes before the text, or 0. */
static size_t take_version(struct wls_node *node, struct wls_slice s)
{
	struct wls_range range;
	size_t bold = wls_slice_starts(s, WLS_SLICE("**")) ? 2 : 0;
	size_t len = wls_range_at(wls_slice_from(s, bold), &range);
	if (len == 0 || range.too_large)
		return 0;
	size_t end = bold + len;
	size_t colon = wls_colon_at(wls_slice_from(s, end));
	end += colon;
	if (bold) {
		if (!wls_slice_starts(wls_slice_from(s, end), WLS_SLICE("**")))
			return 0;
		end += bold;
		if (colon == 0) {
			colon = wls_colon_at(wls_slice_from(s, end));
			end += colon;
		}
	}
	if (colon == 0 ||
	    (end < s.len && !wls_is_blank(s.ptr[end]) && !wls_is_line_end(s.ptr[end])))
		return 0;
	node->version = range.first;
	node->version_last = range.last;
	node->flags |= range.open ? WLS_NODE_OPEN_RANGE : 0;
	node->label = wls_slice(s.ptr + bold, len);
	return end;
}

/* Whether `key` makes an item of this list an attribute of what stands before it. */
static bool is_attribute(const struct wls_node *node, enum wls_key key,
			 struct wls_item_context context)
{
	unsigned flags = wls_key_flags(key);
	/* In Next, `- Status: …` on its own is a thing to do. */
	if (context.key == WLS_KEY_NEXT && node->level == 0 && context.first)
		return false;
	if (flags & WLS_KEY_ATTRIBUTE)
		return true;
	return (flags & WLS_KEY_REASON) && (wls_key_flags(context.key) & WLS_KEY_REASONS);
}

static size_t take_attribute(struct wls_node *node, struct wls_slice s,
			     struct wls_item_context context)
{
	struct wls_key_line found;
	if (!wls_key_line_parse(s, &found) || !is_attribute(node, found.key, context))
		return 0;
	node->flags |= WLS_NODE_ATTRIBUTE;
	node->key = (uint16_t)found.key;
	node->label = found.label;
	return found.value;
}

size_t wls_item_line_at(struct wls_slice line, enum wls_key key)
{
	size_t i = 0;
	if (key == WLS_KEY_HYPOTHESES && line.len > 1 && line.ptr[0] == 'H') {
		for (i = 1; i < line.len && wls_is_digit(line.ptr[i]); i++)
			;
		if (i == 1)
			return 0;
	} else if (key == WLS_KEY_WORK && line.len > 1 && memchr("+~!-", line.ptr[0], 4)) {
		i = 1;
	} else if (key == WLS_KEY_REVIEWER_NOTES && line.len > 1 && line.ptr[0] == '@') {
		enum { NAME_MAX_BYTES = 64 };
		for (i = 1; i < line.len && i < NAME_MAX_BYTES; i++)
			if (!wls_is_alnum(line.ptr[i]) && !memchr("-_./", line.ptr[i], 4))
				break;
		if (i == 1)
			return 0;
	}
	if (i == 0 || wls_colon_at(wls_slice_from(line, i)) == 0)
		return 0;
	return i;
}

/* What names the item within its list: version, `H1`, `+`, or an attribute's key. */
static struct wls_slice take_label(struct wls_node *node, struct wls_slice s,
				   struct wls_item_context context)
{
	size_t len = take_version(node, s);
	if (len == 0)
		len = take_attribute(node, s, context);
	if (len == 0 && (len = wls_item_line_at(s, context.key)) > 0) {
		node->label = wls_slice(s.ptr, len);
		len += wls_colon_at(wls_slice_from(s, len));
	}
	return wls_ltrim(wls_slice_from(s, len));
}

/* The state that a word tells: all of the text, or what follows the marker in it. */
static enum wls_mark told_by_word(struct wls_node *node, struct wls_slice text)
{
	size_t at, len;
	enum wls_mark told = wls_word_mark(text);
	if (told != WLS_MARK_NONE || !(node->flags & WLS_NODE_MARK_INSIDE) ||
	    wls_mark_find_last(text, &at, &len) == WLS_MARK_NONE)
		return told;
	told = wls_word_mark(wls_slice_from(text, at + len));
	if (told != WLS_MARK_NONE)
		node->flags &= (uint16_t)~WLS_NODE_MARK_INSIDE;
	return told;
}

void wls_item_read(struct wls_node *node, struct wls_slice content, struct wls_item_context context)
{
	struct wls_slice s = take_label(node, take_atoms(node, content), context);
	if (node->label.len > 0) {
		/* `H2: ✅ Confirmed`, `v3: [HIGH] …`: atoms may also follow the label. */
		s = take_atoms(node, s);
	}
	note_inner_mark(node, s);
	if (node->mark != WLS_MARK_NONE) {
		enum wls_mark told =
			context.key == WLS_KEY_HYPOTHESES ? verdict_mark(s) : told_by_word(node, s);
		if (told != WLS_MARK_NONE)
			node->mark = (uint8_t)told;
	}
	node->text = s;
	/* `H6: text | ⏳`: the bar before the marker goes with it. */
	if (context.key == WLS_KEY_HYPOTHESES && node->mark != WLS_MARK_NONE)
		node->text = wls_key_value_trim(s);
}
