/* SPDX-License-Identifier: MIT */
/*
 * Field keys in a line (rule 4).
 *
 * Layer: doc. Includes: base, doc.
 *
 *     `**Key:** v`   `**Key**: v`   `**Key：** v`   any key, at the start of a line
 *     `Key: v`                                      known keys
 *     `**v1-v3:** v`   `**Phase 1: Name** v`        ranges and phases
 *     `**v1 (Chat - Research):**`                   handoffs
 *     `a · Key: v`   `a | Key: v`   `a **Key:** v`  further known keys on the line
 *
 * A key is looked for in a bounded number of bytes at each place, so a line takes linear time.
 */
#include "doc/doc_internal.h"

enum { BOLD_MAX = 160, PLAIN_MAX = 64 };

/* Cuts `**…**` off the front; *inner is what stands between. Bytes, or 0. */
static size_t bold_at(struct wls_slice s, struct wls_slice *inner)
{
	if (s.len < 5 || s.ptr[0] != '*' || s.ptr[1] != '*' || s.ptr[2] == '*' ||
	    wls_is_blank(s.ptr[2]))
		return 0;
	size_t max = s.len < BOLD_MAX ? s.len : BOLD_MAX;
	size_t end = wls_slice_find(wls_slice(s.ptr + 2, max - 2), WLS_SLICE("**"));
	if (end == SIZE_MAX || end == 0)
		return 0;
	*inner = wls_slice(s.ptr + 2, end);
	return end + 4;
}

/* Cuts a colon off the end of `s`; false when there is none. */
static bool cut_colon(struct wls_slice *s)
{
	struct wls_slice t = wls_slice_trim(*s);
	if (t.len > 0 && t.ptr[t.len - 1] == ':')
		t.len--;
	else if (wls_slice_ends_nocase(t, WLS_SLICE("\xEF\xBC\x9A")))
		t.len -= 3;
	else
		return false;
	*s = wls_slice_trim(t);
	return true;
}

/* `v1 (Chat - Research)`: the words in the parenthesis. */
static bool is_handoff(struct wls_slice label, size_t range_len, struct wls_slice *about)
{
	struct wls_slice rest = wls_slice_trim(wls_slice_from(label, range_len));
	if (rest.len < 3 || rest.ptr[0] != '(' || rest.ptr[rest.len - 1] != ')')
		return false;
	*about = wls_slice_trim(wls_slice(rest.ptr + 1, rest.len - 2));
	return true;
}

/* The key that a bold label is; OTHER when it is none that we know. */
static enum wls_key bold_key(struct wls_slice label, struct wls_key_line *out)
{
	enum wls_key key = wls_key_find(label);
	if (key != WLS_KEY_NONE)
		return key;
	size_t len = wls_range_at(label, &out->range);
	if (len > 0 && !out->range.too_large) {
		if (len == label.len)
			return WLS_KEY_EVOLUTION;
		if (is_handoff(label, len, &out->about))
			return WLS_KEY_HANDOFF;
	}
	out->range = (struct wls_range){0};
	return WLS_KEY_OTHER;
}

static bool is_phase(struct wls_slice label)
{
	return label.len >= 7 && wls_slice_starts_nocase(label, WLS_SLICE("phase ")) &&
	       wls_is_digit(label.ptr[6]);
}

/* The range of versions that a phase names first: `(v1-v8)`. */
static void read_phase_range(struct wls_slice value, struct wls_key_line *out)
{
	value = wls_ltrim(value);
	if (value.len == 0 || value.ptr[0] != '(')
		return;
	value = wls_slice_from(value, 1);
	struct wls_range range;
	if (wls_range_at(value, &range) > 0 && !range.too_large)
		out->range = range;
}

static bool parse_bold(struct wls_slice s, struct wls_key_line *out)
{
	struct wls_slice label;
	size_t len = bold_at(s, &label);
	if (len == 0)
		return false;
	bool colon = cut_colon(&label);
	struct wls_slice after = wls_slice_from(s, len);
	size_t outside = colon ? 0 : wls_colon_at(after);
	if (label.len == 0)
		return false;
	out->bold = true;
	out->value = len + outside;
	out->label = label;
	if (is_phase(label)) {
		out->key = WLS_KEY_PHASE;
		read_phase_range(wls_slice_from(s, out->value), out);
		return true;
	}
	if (!colon && outside == 0)
		return false;
	out->key = bold_key(label, out);
	return true;
}

/* Whether a value may follow a plain key's colon: not `std::move` nor `http://`. */
static bool colon_ends_key(struct wls_slice rest, size_t colon)
{
	return colon == 3 || rest.len == colon || wls_is_blank(rest.ptr[colon]) ||
	       wls_is_line_end(rest.ptr[colon]);
}

static bool parse_plain(struct wls_slice s, struct wls_key_line *out)
{
	size_t max = s.len < PLAIN_MAX ? s.len : PLAIN_MAX;
	if (max == 0 || !(wls_is_alpha(s.ptr[0]) || (signed char)s.ptr[0] < 0))
		return false;
	for (size_t i = 1; i < max; i++) {
		struct wls_slice rest = wls_slice_from(s, i);
		size_t colon = s.ptr[i] == ':' || s.ptr[i] == '\xEF' ? wls_colon_at(rest) : 0;
		if (memchr("|*`[", s.ptr[i], 4))
			return false;
		if (colon == 0)
			continue;
		out->label = wls_slice_trim(wls_slice(s.ptr, i));
		out->key = wls_key_find(out->label);
		out->value = i + colon;
		return out->key != WLS_KEY_NONE && colon_ends_key(rest, colon);
	}
	return false;
}

bool wls_key_line_parse(struct wls_slice line, struct wls_key_line *out)
{
	*out = (struct wls_key_line){0};
	/* `⚠️ Token budget: …`: what stands before a key belongs to it. */
	size_t skip = 0, n;
	while ((n = wls_emoji_at(wls_slice_from(line, skip))) > 0 && skip < PLAIN_MAX) {
		skip += n;
		while (skip < line.len && wls_is_blank(line.ptr[skip]))
			skip++;
	}
	struct wls_slice s = wls_slice_from(line, skip);
	if (s.len == 0)
		return false;
	bool found = s.ptr[0] == '*' ? parse_bold(s, out) : parse_plain(s, out);
	if (!found || (skip > 0 && out->key == WLS_KEY_OTHER))
		return false;
	out->value += skip;
	return true;
}

/* ---- further keys on a line ---- */

/* Bytes of a separator of fields at the start of `s`, blanks around it included; or 0. */
static size_t separator_at(struct wls_slice s)
{
	if (s.len < 3 || !wls_is_blank(s.ptr[0]))
		return 0;
	size_t i = 1;
	if (s.ptr[1] == '|')
		i = 2;
	else if (wls_slice_starts(wls_slice_from(s, 1), WLS_SLICE("\xC2\xB7")))
		i = 3;
	else
		return 0;
	if (i >= s.len || !wls_is_blank(s.ptr[i]))
		return 0;
	while (i < s.len && wls_is_blank(s.ptr[i]))
		i++;
	return i;
}

/* Skips code spans and comments, in which nothing is a key. */
struct skipper {
	struct wls_slice line;
	uint32_t unmatched; /* bit n: no run of n backticks is left */
	bool no_comment_end;
};

static size_t run_of_backticks(struct wls_slice s, size_t i)
{
	size_t n = 0;
	while (i + n < s.len && s.ptr[i + n] == '`')
		n++;
	return n;
}

/* The end of the code span that begins at `i`, or of the backticks alone. */
static size_t skip_code(struct skipper *skipper, size_t i)
{
	size_t open = run_of_backticks(skipper->line, i);
	size_t after = i + open;
	if (open > 31 || (skipper->unmatched >> open & 1))
		return after;
	for (size_t j = after; j < skipper->line.len;) {
		const char *tick = memchr(skipper->line.ptr + j, '`', skipper->line.len - j);
		if (!tick)
			break;
		j = (size_t)(tick - skipper->line.ptr);
		size_t n = run_of_backticks(skipper->line, j);
		j += n;
		if (n == open)
			return j;
	}
	skipper->unmatched |= UINT32_C(1) << open;
	return after;
}

static size_t skip_comment(struct skipper *skipper, size_t i)
{
	struct wls_slice rest = wls_slice_from(skipper->line, i);
	if (skipper->no_comment_end || !wls_slice_starts(rest, WLS_SLICE("<!--")))
		return i + 1;
	size_t end = wls_slice_find(rest, WLS_SLICE("-->"));
	skipper->no_comment_end = end == SIZE_MAX;
	return end == SIZE_MAX ? i + 1 : i + end + 3;
}

/* Whether a known key begins at `at`; a plain one only after a separator. */
static bool key_at(struct wls_slice line, size_t at, bool separated, struct wls_key_line *out)
{
	struct wls_slice s = wls_slice_from(line, at);
	if (!separated && !wls_slice_starts(s, WLS_SLICE("**")))
		return false;
	if (!wls_key_line_parse(s, out) || out->key == WLS_KEY_OTHER ||
	    out->key == WLS_KEY_EVOLUTION || out->key == WLS_KEY_HANDOFF ||
	    out->key == WLS_KEY_PHASE)
		return false;
	if (!out->bold && !(wls_key_flags(out->key) & WLS_KEY_FIELD))
		return false;
	out->at = at;
	out->value += at;
	return true;
}

bool wls_key_line_next(struct wls_slice line, size_t from, struct wls_key_line *out)
{
	struct skipper skipper = {.line = line};
	for (size_t i = from; i < line.len;) {
		char c = line.ptr[i];
		if (c == '`') {
			i = skip_code(&skipper, i);
		} else if (c == '<') {
			i = skip_comment(&skipper, i);
		} else if (wls_is_blank(c)) {
			size_t separator = separator_at(wls_slice_from(line, i));
			size_t at = i + (separator > 0 ? separator : 1);
			if (key_at(line, at, separator > 0, out))
				return true;
			/* The blank after a separator may begin the next one. */
			i = separator > 0 ? at - 1 : at;
		} else {
			i++;
		}
	}
	return false;
}

struct wls_slice wls_key_value_trim(struct wls_slice text)
{
	text = wls_slice_trim(text);
	while (text.len > 0) {
		if (text.ptr[text.len - 1] == '|')
			text.len--;
		else if (wls_slice_ends_nocase(text, WLS_SLICE("\xC2\xB7")))
			text.len -= 2;
		else
			break;
		text = wls_slice_trim(text);
	}
	return text;
}
