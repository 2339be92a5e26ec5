/* SPDX-License-Identifier: MIT */
/*
 * Progress in a text: the percentage of a progress, the parts of a component list.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "doc/doc_internal.h"

/* `12%`, `12.5 %`: a percentage in a text. */
struct percent {
	size_t begin, end;
	int value;
};

/*
 * The percentage whose sign stands at `sign`; false when no number from 0 to 100 stands before
 * it. Its fraction is cut off.
 */
static bool percent_at(struct wls_slice text, size_t sign, struct percent *out)
{
	size_t end = sign;
	while (end > 0 && wls_is_blank(text.ptr[end - 1]))
		end--;
	size_t begin = end;
	while (begin > 0 && (wls_is_digit(text.ptr[begin - 1]) || text.ptr[begin - 1] == '.'))
		begin--;
	while (begin < end && text.ptr[begin] == '.')
		begin++;
	if (begin == end || sign - end > 1)
		return false;
	int value = 0;
	for (size_t i = begin; i < end && wls_is_digit(text.ptr[i]); i++)
		if (value <= 100)
			value = value * 10 + (text.ptr[i] - '0');
	if (value > 100)
		return false;
	*out = (struct percent){begin, sign + 1, value};
	return true;
}

/* The last percentage before byte `end`. */
static bool last_percent(struct wls_slice text, size_t end, struct percent *out)
{
	for (size_t i = end; i > 0; i--)
		if (text.ptr[i - 1] == '%' && percent_at(text, i - 1, out))
			return true;
	return false;
}

/* Whether an arrow and nothing else stands in `text`. */
static bool is_arrow(struct wls_slice text)
{
	static const struct wls_slice arrows[] = {
		{"\xE2\x86\x92", 3},
		{"->", 2},
		{"=>", 2},
		/* U+2192 read as Mac Roman, Windows-1252, Latin-1 */
		{"\xE2\x80\x9A\xC3\x9C\xC3\xAD", 7},
		{"\xC3\xA2\xE2\x80\xA0\xE2\x80\x99", 8},
		{"\xC3\xA2\xC2\x86\xC2\x92", 6},
	};
	text = wls_slice_trim(text);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(arrows); i++)
		if (wls_slice_eq(text, arrows[i]))
			return true;
	return false;
}

/* Where the next ` | ` of `text` is; its length when there is none. */
static size_t find_bar(struct wls_slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		bool before =
			i == 0 || wls_is_blank(text.ptr[i - 1]) || wls_is_line_end(text.ptr[i - 1]);
		bool after = i + 1 == text.len || wls_is_blank(text.ptr[i + 1]) ||
			     wls_is_line_end(text.ptr[i + 1]);
		if (text.ptr[i] == '|' && before && after)
			return i;
	}
	return text.len;
}

int wls_progress_parse(struct wls_slice text, int *from)
{
	struct percent last, before;
	if (from)
		*from = -1;
	text.len = find_bar(text);
	if (!last_percent(text, text.len, &last))
		return -1;
	if (from && last_percent(text, last.begin, &before) &&
	    is_arrow(wls_slice(text.ptr + before.end, last.begin - before.end)))
		*from = before.value;
	return last.value;
}

/* ---- components ---- */

/* Where the next comma of `text` outside parentheses is; its length when there is none. */
static size_t find_comma(struct wls_slice text)
{
	size_t depth = 0;
	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '(')
			depth++;
		else if (text.ptr[i] == ')' && depth > 0)
			depth--;
		else if (text.ptr[i] == ',' && depth == 0)
			return i;
	}
	return text.len;
}

/* Without what stands around a percentage that was cut off: `(50%)`, `- 50%`, `: 50%`. */
static struct wls_slice cut_joint(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0) {
		if (memchr("(-:=", s.ptr[s.len - 1], 4))
			s.len--;
		else if (s.len >= 3 && wls_dash_at(wls_slice_from(s, s.len - 3)) == 3)
			s.len -= 3;
		else
			break;
		s = wls_slice_trim(s);
	}
	return s;
}

static bool is_closing(struct wls_slice s)
{
	s = wls_slice_trim(s);
	return s.len == 0 || (s.len == 1 && s.ptr[0] == ')');
}

/* A marker amid a part, and the word that decides over it: `Auth ⏳ done` is done. */
static struct wls_slice read_inner_mark(struct wls_slice part, struct wls_component *out)
{
	size_t at, len;
	out->mark = wls_mark_find_last(part, &at, &len);
	if (out->mark == WLS_MARK_NONE)
		return part;
	enum wls_mark told = wls_word_mark(wls_slice_from(part, at + len));
	if (told == WLS_MARK_NONE || at == 0)
		return part;
	out->mark = told;
	return wls_slice_trim(wls_slice(part.ptr, at));
}

static void read_component(struct wls_slice part, struct wls_component *out)
{
	*out = (struct wls_component){.name = part, .percent = -1};
	size_t len;
	enum wls_mark front = wls_mark_at(part, &len, NULL);
	if (front != WLS_MARK_NONE)
		part = wls_ltrim(wls_slice_from(part, len));
	enum wls_mark back = wls_mark_at_end(part, &len);
	if (back != WLS_MARK_NONE)
		part = wls_slice_trim(wls_slice(part.ptr, part.len - len));
	out->mark = front != WLS_MARK_NONE ? front : back;
	if (out->mark == WLS_MARK_NONE)
		part = read_inner_mark(part, out);
	struct percent percent;
	if (last_percent(part, part.len, &percent)) {
		out->percent = percent.value;
		struct wls_slice before = cut_joint(wls_slice(part.ptr, percent.begin));
		if (before.len > 0 && is_closing(wls_slice_from(part, percent.end)))
			part = before;
	}
	out->name = part;
}

bool wls_component_next(struct wls_slice *rest, char separator, struct wls_component *out)
{
	struct wls_slice part;
	do {
		if (rest->len == 0)
			return false;
		size_t end = separator == '|' ? find_bar(*rest) : find_comma(*rest);
		part = wls_slice_trim(wls_slice(rest->ptr, end));
		*rest = wls_slice_from(*rest, end < rest->len ? end + 1 : end);
	} while (part.len == 0);
	read_component(part, out);
	return true;
}
