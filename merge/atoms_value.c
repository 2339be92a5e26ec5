/* SPDX-License-Identifier: MIT */
/*
 * Cutting an own text into atoms: values, by what their key or place makes of them.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * `70% | Schema ✅ | OAuth 90% 🔄` is an overall progress and components by name, `✅ A, B` a list
 * of elements, `text | ✅ Confirmed | evidence` a hypothesis, `| a | b |` cells by column. What is
 * none of these is text. A value that spans lines is text always.
 */
#include "merge/atoms.h"

static const struct wls_slice nameless = {NULL, 0};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct wls_slice until(struct wls_slice s, const char *end)
{
	return wls_slice(s.ptr, (size_t)(end - s.ptr));
}

static struct wls_slice after(struct wls_slice s, struct wls_slice part)
{
	return wls_slice(part.ptr + part.len, (size_t)(s.ptr + s.len - part.ptr) - part.len);
}

/* ---- separated parts ---- */

/* Where the next separator is: ` | ` between blanks, a comma outside of brackets; or the end. */
static size_t find_separator(struct wls_slice s, char separator)
{
	size_t depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (separator == '|') {
			if (c == '|' && (i == 0 || is_blank(s.ptr[i - 1])) &&
			    (i + 1 == s.len || is_blank(s.ptr[i + 1])))
				return i;
			continue;
		}
		if (c == '(' || c == '[')
			depth++;
		else if ((c == ')' || c == ']') && depth > 0)
			depth--;
		else if (c == separator && depth == 0)
			return i;
	}
	return s.len;
}

/* Cuts the next part, trimmed, off *rest; false at the end. Empty parts are passed over. */
static bool next_part(struct wls_slice *rest, char separator, struct wls_slice *part)
{
	while (rest->len > 0) {
		size_t end = find_separator(*rest, separator);

		*part = wls_slice_trim(wls_slice(rest->ptr, end));
		*rest = wls_slice_from(*rest, end < rest->len ? end + 1 : end);
		if (part->len > 0)
			return true;
	}
	return false;
}

/* Bytes of the percentage, marker, or opening of a remark at the start of `s`; or 0. */
static size_t state_at(struct wls_slice s)
{
	size_t i = 0;

	if (wls_mark_at(s, &i, NULL) != WLS_MARK_NONE)
		return i;
	for (i = 0; i < s.len && (wls_is_digit(s.ptr[i]) || s.ptr[i] == '.'); i++)
		;
	if (i > 0 && i < s.len && is_blank(s.ptr[i]))
		i++;
	return i > 0 && i < s.len && s.ptr[i] == '%' ? i + 1 : s.ptr[0] == '(';
}

/* What a component or element is called: what stands before its figure, marker or remark. */
static struct wls_slice name_of(struct wls_slice part)
{
	struct wls_slice name = part;
	size_t i = 0, len;

	if (wls_mark_at(name, &len, NULL) != WLS_MARK_NONE)
		name = wls_cut_ltrim(wls_slice_from(name, len));
	for (bool blank = false; i < name.len; i++) {
		struct wls_slice rest = wls_slice_from(name, i);

		if ((blank || (signed char)rest.ptr[0] < 0) && state_at(rest) > 0)
			break;
		blank = is_blank(name.ptr[i]);
	}
	name = wls_slice_trim(wls_slice(name.ptr, i));
	while (name.len > 1 && memchr("-:= ", name.ptr[name.len - 1], 4))
		name.len--;
	return name.len > 0 ? name : part;
}

static void add_named(struct wls_cut *cut, enum wls_atom_class class, struct wls_slice s,
		      char separator)
{
	struct wls_slice part;

	while (next_part(&s, separator, &part))
		wls_cut_add(cut, class, name_of(part), part);
}

/* ---- progress ---- */

/* The number before the percent sign at `sign`: where it begins, or `sign`. */
static size_t percent_begin(struct wls_slice s, size_t sign)
{
	size_t i = sign;

	if (i > 0 && is_blank(s.ptr[i - 1]))
		i--;
	size_t end = i;
	while (i > 0 && (wls_is_digit(s.ptr[i - 1]) || s.ptr[i - 1] == '.'))
		i--;
	return i < end && wls_is_digit(s.ptr[i]) ? i : sign;
}

static size_t arrow_at_end(struct wls_slice s)
{
	static const struct wls_slice arrows[] = {{"\xE2\x86\x92", 3}, {"->", 2}, {"=>", 2}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(arrows); i++)
		if (wls_slice_ends_nocase(s, arrows[i]))
			return arrows[i].len;
	return 0;
}

/* The last percentage of `s`, with one before an arrow, and the marker that follows. */
static bool find_progress(struct wls_slice s, struct wls_slice *out)
{
	size_t sign = s.len, begin = 0, len;

	for (; sign > 0; sign--)
		if (s.ptr[sign - 1] == '%' && (begin = percent_begin(s, sign - 1)) < sign - 1)
			break;
	if (sign == 0) {
		len = wls_cut_mark_at_end(s);
		*out = wls_slice_from(s, s.len - len);
		return len > 0;
	}
	struct wls_slice before = wls_slice_trim(wls_slice(s.ptr, begin));
	size_t arrow = begin > 0 ? arrow_at_end(before) : 0;
	if (arrow > 0) {
		before = wls_slice_trim(wls_slice(before.ptr, before.len - arrow));
		size_t from = before.len > 0 && before.ptr[before.len - 1] == '%'
				      ? percent_begin(before, before.len - 1)
				      : before.len;
		if (from + 1 < before.len)
			begin = (size_t)(before.ptr - s.ptr) + from;
	}
	struct wls_slice rest = wls_cut_ltrim(wls_slice_from(s, sign));
	if (wls_mark_at(rest, &len, NULL) != WLS_MARK_NONE)
		sign = (size_t)(rest.ptr - s.ptr) + len;
	*out = wls_slice(s.ptr + begin, sign - begin);
	return true;
}

/* Text, progress value, text. */
static void cut_overall(struct wls_cut *cut, struct wls_slice s)
{
	struct wls_slice value, rest;

	s = wls_slice_trim(s);
	if (!find_progress(s, &value)) {
		wls_cut_text(cut, s);
		return;
	}
	rest = wls_slice_trim(until(s, value.ptr));
	if (rest.len > 0)
		wls_cut_add(cut, WLS_ATOM_TEXT, nameless, rest);
	wls_cut_add(cut, WLS_ATOM_PROGRESS, nameless, value);
	rest = wls_slice_trim(after(s, value));
	if (rest.len > 0)
		wls_cut_add(cut, WLS_ATOM_TEXT, WLS_SLICE("tail"), rest);
}

static void cut_progress(struct wls_cut *cut, struct wls_slice s)
{
	size_t bar = find_separator(s, '|');
	struct wls_slice first = wls_slice_trim(wls_slice(s.ptr, bar)), value;

	/* A first part without a figure is a component like the others. */
	bool overall = wls_progress_parse(first, NULL) >= 0 || !find_progress(first, &value) ||
		       value.len == first.len;
	if (overall) {
		cut_overall(cut, first);
		s = wls_slice_from(s, bar);
	}
	add_named(cut, WLS_ATOM_COMPONENT, s, '|');
}

/* ---- lists and hypotheses ---- */

static bool is_comma_list(enum wls_key key, struct wls_slice s)
{
	static const uint8_t keys[] = {
		WLS_KEY_DONE,  WLS_KEY_ACTIVE,    WLS_KEY_BACKLOG,  WLS_KEY_COMPONENTS,
		WLS_KEY_TRIED, WLS_KEY_COMPLETED, WLS_KEY_DEFERRED, WLS_KEY_DEAD_ENDS,
	};

	return memchr(keys, (int)key, sizeof(keys)) &&
	       wls_slice_find(s, WLS_SLICE(". ")) == SIZE_MAX;
}

static void cut_list(struct wls_cut *cut, struct wls_slice s)
{
	bool bars = cut->part->key == WLS_KEY_COMPONENTS && find_separator(s, '|') < s.len;
	size_t len;

	if (!bars && wls_mark_at(s, &len, NULL) != WLS_MARK_NONE) {
		wls_cut_add(cut, WLS_ATOM_MARK, nameless, wls_slice(s.ptr, len));
		s = wls_cut_ltrim(wls_slice_from(s, len));
	}
	add_named(cut, bars ? WLS_ATOM_COMPONENT : WLS_ATOM_ELEMENT, s, bars ? '|' : ',');
}

static void cut_hypothesis(struct wls_cut *cut, struct wls_slice s)
{
	struct wls_slice part;

	for (size_t i = 0; next_part(&s, '|', &part); i++) {
		if (i == 1)
			wls_cut_add(cut, WLS_ATOM_VERDICT, nameless, part);
		else
			wls_cut_add(cut, WLS_ATOM_TEXT, i == 0 ? nameless : WLS_SLICE("evidence"),
				    part);
	}
}

/* `<200ms (current: 150ms ✅)`: the figure of now and its marker are one value. */
static void cut_target(struct wls_cut *cut, struct wls_slice s)
{
	s = wls_cut_front(cut, s);
	size_t open = wls_slice_find(s, WLS_SLICE(" ("));

	if (open == SIZE_MAX || s.ptr[s.len - 1] != ')') {
		wls_cut_text(cut, s);
		return;
	}
	struct wls_slice text = wls_slice_trim(wls_slice(s.ptr, open));
	if (text.len > 0)
		wls_cut_add(cut, WLS_ATOM_TEXT, nameless, text);
	wls_cut_add(cut, WLS_ATOM_SCALAR, nameless, wls_slice_from(s, open + 1));
}

/* ---- values by key ---- */

static bool is_scalar(enum wls_key key)
{
	static const uint8_t keys[] = {
		WLS_KEY_STATUS, WLS_KEY_STARTED,   WLS_KEY_TARGET, WLS_KEY_UPDATED,
		WLS_KEY_OWNER,  WLS_KEY_REQUESTED, WLS_KEY_ETA,    WLS_KEY_CONTINUES,
	};

	return memchr(keys, (int)key, sizeof(keys)) != NULL;
}

/* Items of these lists end in how far they are. */
static bool shows_progress(enum wls_key holder)
{
	static const uint8_t keys[] = {
		WLS_KEY_COMPONENTS, WLS_KEY_PHASE,  WLS_KEY_PROGRESS,
		WLS_KEY_DONE,       WLS_KEY_ACTIVE, WLS_KEY_BACKLOG,
	};

	return memchr(keys, (int)holder, sizeof(keys)) != NULL;
}

static bool ends_in_progress(struct wls_slice s)
{
	struct wls_slice value;

	return find_progress(s, &value) && value.ptr + value.len == s.ptr + s.len;
}

void wls_cut_value(struct wls_cut *cut, struct wls_slice s)
{
	const struct wls_part *part = cut->part;
	bool item = part->kind == WLS_NODE_ITEM;

	if (s.len == 0)
		return;
	if (memchr(s.ptr, '\n', s.len))
		wls_cut_text(cut, s);
	else if (item && part->holder == WLS_KEY_HYPOTHESES && part->label.len > 0 &&
		 part->label.ptr[0] == 'H' && find_separator(s, '|') < s.len)
		cut_hypothesis(cut, s);
	else if (is_scalar(part->key))
		wls_cut_add(cut, WLS_ATOM_SCALAR, nameless, s);
	else if (!item && part->key == WLS_KEY_PROGRESS)
		cut_progress(cut, s);
	else if (!item && is_comma_list(part->key, s))
		cut_list(cut, s);
	else if (item && part->holder == WLS_KEY_PERFORMANCE_TARGETS)
		cut_target(cut, s);
	else if (item && shows_progress(part->holder) && ends_in_progress(s))
		cut_overall(cut, wls_cut_front(cut, s));
	else
		wls_cut_text(cut, s);
}

/* ---- rows ---- */

void wls_cut_row(struct wls_cut *cut, struct wls_slice s)
{
	size_t i = wls_cut_bullet(s), begin;

	wls_cut_add(cut, WLS_ATOM_LEAD, nameless, wls_slice(s.ptr, i));
	if (i < s.len && s.ptr[i] == '|')
		i++;
	for (begin = i; begin < s.len; begin = i + 1) {
		for (i = begin; i < s.len && s.ptr[i] != '|'; i++)
			if (s.ptr[i] == '\\' && i + 1 < s.len)
				i++;
		struct wls_slice cell = wls_slice(s.ptr + begin, (i < s.len ? i : s.len) - begin);
		struct wls_slice text = wls_slice_trim(cell);

		/* An empty cell stands after its first blank. */
		if (text.len == 0 && i == s.len)
			break;
		if (text.len == 0)
			text = wls_slice(cell.ptr + (cell.len > 0), 0);
		wls_cut_add(cut, WLS_ATOM_CELL, nameless, text);
	}
}

/* ---- frontmatter ---- */

/* Where a comment begins: `#` after a blank, outside of quotes; or the end. */
static size_t find_comment(struct wls_slice s)
{
	char quote = 0;

	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];

		if (quote) {
			if (c == '\\' && quote == '"')
				i++;
			else if (c == quote)
				quote = 0;
		} else if ((c == '"' || c == '\'') &&
			   (i == 0 || memchr(" \t[,", s.ptr[i - 1], 4))) {
			quote = c;
		} else if (c == '#' && (i == 0 || is_blank(s.ptr[i - 1]))) {
			return i;
		}
	}
	return s.len;
}

/* `[a, b]` without lists, mappings or quoted commas in it. */
static bool is_flow_list(struct wls_slice s)
{
	return s.len >= 2 && s.ptr[0] == '[' && s.ptr[s.len - 1] == ']' &&
	       !memchr(s.ptr + 1, '[', s.len - 1) && !memchr(s.ptr, '{', s.len) &&
	       !memchr(s.ptr, '"', s.len) && !memchr(s.ptr, '\'', s.len);
}

void wls_cut_frontmatter(struct wls_cut *cut, struct wls_slice s)
{
	struct wls_slice label = cut->part->label, value, part;
	size_t found = label.len > 0 ? wls_slice_find(s, label) : SIZE_MAX;
	size_t colon = found == SIZE_MAX ? SIZE_MAX
					 : wls_slice_find(wls_slice_from(s, found + label.len),
							  WLS_SLICE(":"));

	if (colon == SIZE_MAX) {
		wls_cut_add(cut, WLS_ATOM_SCALAR, nameless, s);
		return;
	}
	wls_cut_add(cut, WLS_ATOM_LABEL, nameless, wls_slice(s.ptr, found + label.len + colon + 1));
	s = wls_slice_from(s, found + label.len + colon + 1);
	size_t comment = find_comment(s);
	value = wls_slice_trim(wls_slice(s.ptr, comment));
	if (is_flow_list(value)) {
		struct wls_slice inner = wls_slice(value.ptr + 1, value.len - 2);

		wls_cut_add(cut, WLS_ATOM_OPEN, nameless, wls_slice(value.ptr, 1));
		while (next_part(&inner, ',', &part))
			wls_cut_add(cut, WLS_ATOM_ELEMENT, part, part);
		wls_cut_add(cut, WLS_ATOM_CLOSE, nameless, wls_slice_from(value, value.len - 1));
	} else if (value.len > 0) {
		wls_cut_add(cut, WLS_ATOM_SCALAR, nameless, value);
	}
	part = wls_slice_trim(wls_slice_from(s, comment));
	if (part.len > 0)
		wls_cut_add(cut, WLS_ATOM_COMMENT, nameless, part);
}

/* ---- headings ---- */

static size_t digits_at(struct wls_slice s, size_t at, const char *form)
{
	size_t i = 0;

	for (; form[i]; i++)
		if (at + i >= s.len ||
		    (form[i] == '0' ? !wls_is_digit(s.ptr[at + i]) : s.ptr[at + i] != form[i]))
			return 0;
	return at + i < s.len && wls_is_digit(s.ptr[at + i]) ? 0 : i;
}

/* Blanks, and then a bar, colon or dash with the blanks after it. */
static struct wls_slice skip_separator(struct wls_slice s)
{
	s = wls_cut_ltrim(s);
	for (;;) {
		size_t len = 0;

		if (s.len > 0 && memchr("|:-", s.ptr[0], 3))
			len = 1;
		else if (wls_slice_starts(s, WLS_SLICE("\xE2\x80\x93")) ||
			 wls_slice_starts(s, WLS_SLICE("\xE2\x80\x94")) ||
			 wls_slice_starts(s, WLS_SLICE("\xEF\xBC\x9A")))
			len = 3;
		if (len == 0)
			return wls_cut_ltrim(s);
		s = wls_slice_from(s, len);
	}
}

static struct wls_slice cut_date(struct wls_cut *cut, struct wls_slice s)
{
	size_t len = digits_at(s, 0, "0000-00-00");

	if (len == 0)
		return s;
	wls_cut_add(cut, WLS_ATOM_DATE, nameless, wls_slice(s.ptr, len));
	s = wls_slice_from(s, len);
	struct wls_slice rest =
		s.len > 0 && s.ptr[0] == 'T' ? wls_slice_from(s, 1) : wls_cut_ltrim(s);
	len = digits_at(rest, 0, "00:00:00");
	if (len == 0)
		len = digits_at(rest, 0, "00:00");
	if (len == 0)
		return skip_separator(s);
	wls_cut_add(cut, WLS_ATOM_TIME, nameless, wls_slice(rest.ptr, len));
	return skip_separator(wls_slice_from(rest, len));
}

void wls_cut_heading(struct wls_cut *cut, struct wls_slice s)
{
	size_t i = 1;

	if (cut->part->kind == WLS_NODE_ENTRY && s.len > 1 && wls_lower(s.ptr[0]) == 'v') {
		while (i < s.len && wls_is_digit(s.ptr[i]))
			i++;
		wls_cut_add(cut, WLS_ATOM_LABEL, nameless, wls_slice(s.ptr, i));
		s = cut_date(cut, skip_separator(wls_slice_from(s, i)));
	}
	wls_cut_text(cut, wls_slice_trim(s));
}

/* ---- the scale ---- */

struct wls_progress_value wls_progress_value(struct wls_slice text)
{
	enum { PENDING, ACTIVE, PERCENT, DONE = 1000 };
	enum wls_mark mark = wls_mark_last(text);
	int percent = wls_progress_parse(text, NULL);
	struct wls_progress_value value = {.rank = -1, .percent = percent};

	if (mark == WLS_MARK_DONE)
		value.rank = DONE;
	else if (mark == WLS_MARK_PENDING)
		value.rank = PENDING;
	else if (mark == WLS_MARK_NONE || mark == WLS_MARK_ACTIVE)
		value.rank = percent >= 0              ? PERCENT + percent
			     : mark == WLS_MARK_ACTIVE ? ACTIVE
						       : -1;
	return value;
}
