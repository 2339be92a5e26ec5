/* SPDX-License-Identifier: MIT */
/*
 * The words of a heading: version ranges, dates, and the entry grammar (rules 1 and 2).
 *
 * Layer: doc. Includes: base, doc.
 *
 *     entry  = vN [ sep [ DATE [ TIME ] [ sep ] ] title tags ]     full
 *            | vN blank words tags                                 goes on with an entry vN
 *     sep    = `|` | `:` | `：` | blank dash, not before another vN
 *     dash   = `-` | `–` | `—`
 *     tags   = ( [BLOCKED] | [NEEDS_REVIEW] | emoji )*
 *
 * `v1-v3: …`, `v7+`, `v1 to v3` are the words of sections; `v0.1.2` is a word like any other.
 */
#include "doc/doc_internal.h"

/* ---- versions ---- */

/* `v12` at the start: its bytes, or 0. */
static size_t version_at(struct wls_slice s, uint32_t *version, bool *too_large)
{
	if (s.len < 2 || (s.ptr[0] != 'v' && s.ptr[0] != 'V') || !wls_is_digit(s.ptr[1]))
		return 0;
	uint64_t n = 0;
	size_t i = 1;
	for (; i < s.len && wls_is_digit(s.ptr[i]); i++)
		if (n <= WLS_VERSION_MAX)
			n = n * 10 + (uint64_t)(s.ptr[i] - '0');
	*too_large |= n > WLS_VERSION_MAX;
	*version = n > WLS_VERSION_MAX ? 0 : (uint32_t)n;
	if (i == s.len)
		return i;
	char after = s.ptr[i];
	bool decimal = after == '.' && i + 1 < s.len && wls_is_digit(s.ptr[i + 1]);
	return wls_is_alnum(after) || after == '_' || decimal ? 0 : i;
}

/* Bytes of the blank at the start of `s`, no-break space too: some keyboards write it. */
static size_t blank_at(struct wls_slice s)
{
	if (s.len > 0 && wls_is_blank(s.ptr[0]))
		return 1;
	return wls_slice_starts(s, WLS_SLICE("\xC2\xA0")) ? 2 : 0;
}

static size_t skip_spaces(struct wls_slice s, size_t i)
{
	size_t n;
	while ((n = blank_at(wls_slice_from(s, i))) > 0)
		i += n;
	return i;
}

size_t wls_range_at(struct wls_slice s, struct wls_range *range)
{
	*range = (struct wls_range){0};
	size_t len = version_at(s, &range->first, &range->too_large);
	if (len == 0)
		return 0;
	range->last = range->first;
	if (len < s.len && s.ptr[len] == '+') {
		range->open = true;
		return len + 1;
	}
	size_t i = skip_spaces(s, len);
	size_t dash = wls_dash_at(wls_slice_from(s, i));
	size_t to = dash > 0 ? skip_spaces(s, i + dash) : 0;
	size_t last =
		to > 0 ? version_at(wls_slice_from(s, to), &range->last, &range->too_large) : 0;
	if (last > 0)
		return to + last;
	range->single = true;
	return len;
}

/* ---- dates ---- */

static bool digits_at(struct wls_slice s, size_t at, size_t count)
{
	if (s.len < at + count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!wls_is_digit(s.ptr[at + i]))
			return false;
	return true;
}

static unsigned number_at(struct wls_slice s, size_t at, size_t count)
{
	unsigned n = 0;
	for (size_t i = 0; i < count; i++)
		n = n * 10 + (unsigned)(s.ptr[at + i] - '0');
	return n;
}

static bool calendar_has(unsigned year, unsigned month, unsigned day)
{
	static const unsigned char days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	if (month < 1 || month > 12 || day < 1 || day > days[month - 1])
		return false;
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month != 2 || day < 29 || leap;
}

size_t wls_date_at(struct wls_slice s, bool *valid)
{
	enum { LEN = 10 };
	if (!digits_at(s, 0, 4) || !digits_at(s, 5, 2) || !digits_at(s, 8, 2) || s.ptr[4] != '-' ||
	    s.ptr[7] != '-')
		return 0;
	/* Only a time may follow at once, after a T. */
	if (s.len > LEN && (wls_is_digit(s.ptr[LEN]) || s.ptr[LEN] == '-' ||
			    (wls_is_alpha(s.ptr[LEN]) && !digits_at(s, LEN + 1, 2))))
		return 0;
	*valid = calendar_has(number_at(s, 0, 4), number_at(s, 5, 2), number_at(s, 8, 2));
	return LEN;
}

size_t wls_time_at(struct wls_slice s)
{
	size_t len = 5;
	if (!digits_at(s, 0, 2) || !digits_at(s, 3, 2) || s.ptr[2] != ':' ||
	    number_at(s, 0, 2) > 23 || number_at(s, 3, 2) > 59)
		return 0;
	if (s.len > len && s.ptr[len] == ':' && digits_at(s, len + 1, 2) &&
	    number_at(s, len + 1, 2) < 61)
		len += 3;
	return s.len > len && wls_is_digit(s.ptr[len]) ? 0 : len;
}

/* What is written like a time, but no clock shows (`25:61`, `9:00`): bytes, or 0. */
static size_t bad_time_at(struct wls_slice s)
{
	size_t hour = digits_at(s, 0, 2) ? 2 : 1, len = hour + 3;
	if (!digits_at(s, 0, hour) || !digits_at(s, hour + 1, 2) || s.ptr[hour] != ':')
		return 0;
	if (s.len > len && s.ptr[len] == ':' && digits_at(s, len + 1, 2))
		len += 3;
	return s.len > len && wls_is_alnum(s.ptr[len]) ? 0 : len;
}

/* ---- the entry grammar ---- */

/* Bytes of the separator at the start of `s`, blanks before and after it included; or 0. */
static size_t separator_at(struct wls_slice s)
{
	size_t blanks = skip_spaces(s, 0);
	struct wls_slice rest = wls_slice_from(s, blanks);
	size_t len = rest.len > 0 && rest.ptr[0] == '|' ? 1 : wls_colon_at(rest);
	if (len == 0 && blanks > 0) {
		size_t dash;
		while ((dash = wls_dash_at(wls_slice_from(rest, len))) > 0)
			len += dash;
		if (len < rest.len && rest.ptr[len] == '>')
			return 0;
	}
	return len > 0 ? skip_spaces(s, blanks + len) : 0;
}

/* Whether `words` goes on from a version to another one: `to v3`, `→ v3`, `& v4`. */
static bool leads_to_version(struct wls_slice words)
{
	static const struct wls_slice links[] = {
		{"to", 2}, {"through", 7}, {"until", 5}, {"and", 3}, {"vs", 2}, {"vs.", 3},
		{"&", 1},  {"+", 1},       {"/", 1},     {"->", 2},  {"=>", 2}, {"\xE2\x86\x92", 3},
	};
	struct wls_range range;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(links); i++) {
		if (!wls_slice_starts_nocase(words, links[i]))
			continue;
		struct wls_slice rest = wls_slice_from(words, links[i].len);
		if (wls_range_at(wls_slice_from(rest, skip_spaces(rest, 0)), &range) > 0)
			return true;
	}
	return false;
}

/* Cuts a date and a time off the front of `s`; false when there is none. */
static bool take_date(struct wls_slice *s, struct wls_heading *out)
{
	bool valid = false;
	size_t len = wls_date_at(*s, &valid);
	if (len == 0)
		return false;
	*(valid ? &out->date : &out->bad_date) = wls_slice(s->ptr, len);
	*s = wls_slice_from(*s, len);
	size_t gap = s->len > 0 && s->ptr[0] == 'T' ? 1 : skip_spaces(*s, 0);
	size_t time = wls_time_at(wls_slice_from(*s, gap));
	if (time > 0) {
		if (valid)
			out->time = wls_slice(s->ptr + gap, time);
		*s = wls_slice_from(*s, gap + time);
		if (wls_slice_starts(*s, WLS_SLICE("Z")))
			*s = wls_slice_from(*s, 1);
		else if (wls_slice_starts(*s, WLS_SLICE(" UTC")))
			*s = wls_slice_from(*s, 4);
	} else if (gap > 0 && (time = bad_time_at(wls_slice_from(*s, gap))) > 0) {
		out->bad_time = wls_slice(s->ptr + gap, time);
		*s = wls_slice_from(*s, gap + time);
	}
	return true;
}

/* `title | DATE TIME`: a last part that is nothing but a date. */
static void take_last_date(struct wls_slice *title, struct wls_heading *out)
{
	size_t bar = title->len;
	while (bar > 0 && title->ptr[bar - 1] != '|')
		bar--;
	if (bar == 0)
		return;
	struct wls_heading found = {0};
	struct wls_slice part = wls_slice_trim(wls_slice_from(*title, bar));
	if (!take_date(&part, &found) || part.len > 0)
		return;
	out->date = found.date;
	out->time = found.time;
	out->bad_date = found.bad_date;
	out->bad_time = found.bad_time;
	title->len = bar - 1;
}

static uint16_t tag_flag(struct wls_slice word)
{
	if (wls_tag_is_blocked(word))
		return WLS_NODE_BLOCKED;
	return wls_tag_is_review(word) ? WLS_NODE_REVIEW : 0;
}

/* Cuts one tag or emoji off an end of `title`; false when there is none. */
static bool take_tag(struct wls_slice *title, struct wls_heading *out)
{
	struct wls_slice s = wls_slice_trim(*title), word;
	size_t len;
	*title = s;
	if (s.len == 0 ||
	    (s.ptr[0] != '[' && s.ptr[s.len - 1] != ']' && (signed char)s.ptr[s.len - 1] >= 0))
		return false;
	enum wls_mark mark = wls_mark_at_end(s, &len);
	if (mark != WLS_MARK_NONE && out->mark == WLS_MARK_NONE)
		out->mark = (uint8_t)mark;
	*title = wls_cut_emoji(s);
	if (title->len < s.len)
		return true;
	len = wls_tag_at(s, &word);
	uint16_t flag = len > 0 ? tag_flag(word) : 0;
	if (flag) {
		*title = wls_slice_from(s, len);
	} else if (s.len > 0 && s.ptr[s.len - 1] == ']') {
		size_t open = s.len;
		while (open > 0 && s.ptr[open - 1] != '[')
			open--;
		if (open > 0 && wls_tag_at(wls_slice_from(s, open - 1), &word) > 0)
			flag = tag_flag(word);
		if (flag)
			title->len = open - 1;
	}
	out->flags |= flag;
	return flag != 0;
}

static void read_title(struct wls_slice title, struct wls_heading *out)
{
	while (take_tag(&title, out))
		;
	while (title.len > 0 && title.ptr[title.len - 1] == '|') {
		title.len--;
		title = wls_slice_trim(title);
		while (take_tag(&title, out))
			;
	}
	out->title = title;
}

static void read_entry(struct wls_slice rest, struct wls_heading *out)
{
	out->is_entry = true;
	struct wls_slice title = rest;
	if (take_date(&title, out))
		title = wls_slice_from(title, separator_at(title));
	else
		take_last_date(&title, out);
	read_title(title, out);
}

void wls_heading_parse(struct wls_slice words, struct wls_heading *out)
{
	*out = (struct wls_heading){.title = words};
	struct wls_range range;
	size_t len = wls_range_at(words, &range);
	if (len == 0)
		return;
	out->version = range.first;
	out->version_last = range.last;
	if (!range.single) {
		out->flags = range.open ? WLS_NODE_OPEN_RANGE : 0;
		return;
	}
	struct wls_slice rest = wls_slice_from(words, len);
	size_t separator = separator_at(rest);
	bool blank = blank_at(rest) > 0;
	struct wls_slice after = wls_slice_trim(wls_slice_from(rest, separator));
	if (separator == 0 && rest.len > 0 && (!blank || leads_to_version(after)))
		return;
	if (range.too_large) {
		out->bad_version = true;
		return;
	}
	read_entry(after, out);
	/* `## v3 [BLOCKED]` has nothing to go on with: it is a bare heading with a tag. */
	out->full = separator > 0 || out->title.len == 0;
	if (!out->full && words.ptr[0] == 'V') {
		/* `## V8 engine`: a capital needs the separator that no other heading has. */
		*out = (struct wls_heading){.title = words};
	}
}

/* ---- sections ---- */

static bool is_phase(struct wls_slice words)
{
	if (!wls_slice_starts_nocase(words, WLS_SLICE("phase")) || words.len < 7)
		return false;
	size_t i = skip_spaces(words, 5);
	return i > 5 && i < words.len && wls_is_digit(words.ptr[i]);
}

enum wls_key wls_heading_key(struct wls_slice words, struct wls_slice *label,
			     struct wls_slice *text)
{
	*label = *text = words;
	enum wls_key key = wls_key_find(words);
	if (key != WLS_KEY_NONE)
		return key;
	const char *colon = words.len > 0 ? memchr(words.ptr, ':', words.len) : NULL;
	if (colon) {
		size_t at = (size_t)(colon - words.ptr);
		struct wls_slice name = wls_slice_trim(wls_slice(words.ptr, at));
		struct wls_slice rest = wls_slice_trim(wls_slice_from(words, at + 1));
		key = wls_key_find(name);
		if (key != WLS_KEY_NONE &&
		    (rest.len == 0 || (wls_key_flags(key) & WLS_KEY_PREFIX))) {
			*label = wls_skip_emoji(name);
			*text = rest;
			return key;
		}
	}
	if (is_phase(words))
		return WLS_KEY_PHASE;
	if (wls_slice_ends_nocase(words, WLS_SLICE(" evolution")))
		return WLS_KEY_EVOLUTION;
	return WLS_KEY_NONE;
}
