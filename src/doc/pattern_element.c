/* SPDX-License-Identifier: MIT */
/*
 * Elements and phases: a name, its state, and what stands behind it in parentheses or after a dash.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 *
 *     element = mark? name (percent | mark | `(` remark `)`)* [dash remark]
 *     remark  = N% … | (planned for)? versions … | HIGH priority | globs | anything
 *
 * Read from the end, since the name has no grammar.
 */
#include "doc/pattern_internal.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static struct wls_slice skip_word(struct wls_slice s, struct wls_slice word)
{
	if (!wls_slice_starts_nocase(s, word) ||
	    (s.len > word.len && wls_is_alnum(s.ptr[word.len])))
		return s;
	return wls_slice_trim(wls_slice_from(s, word.len));
}

/* Whether every part of a list of words without blanks is a path: `src/auth/a.ts, docs/a.md`. */
static bool is_file_list(struct wls_slice text)
{
	struct wls_slice part;
	bool any = false;
	while (wls_next_part(&text, ',', &part)) {
		struct wls_reference reference;
		size_t at = 0;
		if (!wls_reference_next(part, &at, &reference) || reference.at != 0 ||
		    reference.end != part.len)
			return false;
		any = true;
	}
	return any;
}

static enum wls_priority priority_in(struct wls_slice remark)
{
	size_t end = 0;
	while (end < remark.len && wls_is_alpha(remark.ptr[end]))
		end++;
	struct wls_slice rest = wls_slice_trim(wls_slice_from(remark, end));
	rest = skip_word(rest, WLS_SLICE("priority"));
	return rest.len == 0 ? wls_priority_parse(wls_slice(remark.ptr, end)) : WLS_PRIORITY_NONE;
}

/* `75% complete`, `50%`: nothing but a percentage and a word for being done. */
static bool is_percent(struct wls_slice remark, int *percent)
{
	static const struct wls_slice words[] = {
		WORD("complete"), WORD("completed"), WORD("done"),
		WORD("finished"), WORD("overall"),
	};
	struct wls_figure figure;
	size_t len = wls_figure_at(remark, &figure);
	if (len == 0 || !wls_slice_eq(figure.unit, WLS_SLICE("%")) || figure.value < 0 ||
	    figure.value > 100)
		return false;
	struct wls_slice rest = wls_slice_trim(wls_slice_from(remark, len));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		rest = skip_word(rest, words[i]);
	*percent = (int)figure.value;
	return rest.len == 0;
}

/* `v14 in progress`, `planned for v17-20`. */
static bool take_versions(struct wls_slice remark, struct wls_element *out)
{
	static const struct wls_slice words[] = {
		WORD("planned"), WORD("scheduled"), WORD("for"),
		WORD("in"),      WORD("since"),     WORD("from"),
	};
	struct wls_versions versions;
	bool planned = wls_slice_starts_nocase(remark, words[0]) ||
		       wls_slice_starts_nocase(remark, words[1]);
	struct wls_slice rest = remark;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		rest = skip_word(rest, words[i]);
	size_t len = wls_versions_at(rest, &versions);
	if (len == 0 || out->versions.first > 0)
		return false;
	out->versions = versions;
	out->planned = planned;
	if (len < rest.len && out->note.len == 0)
		out->note = remark;
	return true;
}

static void take_remark(struct wls_slice remark, struct wls_element *out)
{
	int percent;
	enum wls_mark mark = wls_mark_last(remark);
	remark = wls_cut_emoji(wls_skip_emoji(remark));
	if (mark != WLS_MARK_NONE && out->mark == WLS_MARK_NONE)
		out->mark = mark;
	if (is_percent(remark, &percent) && out->percent < 0)
		out->percent = percent;
	else if (out->priority == WLS_PRIORITY_NONE &&
		 (out->priority = priority_in(remark)) != WLS_PRIORITY_NONE)
		return;
	else if (out->files.len == 0 && is_file_list(remark))
		out->files = remark;
	else if (!take_versions(remark, out) && out->note.len == 0)
		out->note = remark;
}

/* Cuts one remark, marker or percentage off the end of `s`; false when there is none. */
static bool take_end(struct wls_slice *s, struct wls_element *out)
{
	size_t len, open = wls_last_parenthesis(*s);
	if (open < s->len && open > 0) {
		take_remark(wls_slice_trim(wls_slice(s->ptr + open + 1, s->len - open - 2)), out);
		*s = wls_slice_trim(wls_slice(s->ptr, open));
		return true;
	}
	enum wls_mark mark = wls_mark_at_end(*s, &len);
	if (mark != WLS_MARK_NONE) {
		if (out->mark == WLS_MARK_NONE)
			out->mark = mark;
		*s = wls_slice_trim(wls_slice(s->ptr, s->len - len));
		return true;
	}
	size_t blank = s->len;
	while (blank > 0 && !wls_is_blank(s->ptr[blank - 1]))
		blank--;
	if (blank == 0 || out->percent >= 0 ||
	    !is_percent(wls_slice_from(*s, blank), &out->percent))
		return false;
	*s = wls_slice_trim(wls_slice(s->ptr, blank));
	return true;
}

/* What stands behind the first dash: a blocker when it says so, else a note. */
static struct wls_slice take_dash(struct wls_slice s, struct wls_element *out)
{
	size_t dash = wls_find_dash(s, 0);
	if (dash == SIZE_MAX || dash == 0)
		return s;
	struct wls_slice rest = wls_after_dash(s, dash);
	size_t colon = wls_find_name_colon(rest);
	if (colon != SIZE_MAX && wls_key_find(wls_slice(rest.ptr, colon)) == WLS_KEY_BLOCKERS) {
		rest = wls_slice_from(rest, colon);
		out->blocker = wls_slice_trim(wls_slice_from(rest, wls_colon_at(rest)));
	} else if (!is_percent(rest, &out->percent)) {
		out->note = rest;
	}
	return wls_slice_trim(wls_slice(s.ptr, dash));
}

void wls_element_parse(struct wls_slice text, struct wls_element *out)
{
	struct wls_slice s = wls_slice_trim(text);
	size_t len;
	*out = (struct wls_element){.percent = -1};
	enum wls_mark mark = wls_mark_at(s, &len, NULL);
	if (mark != WLS_MARK_NONE) {
		out->mark = mark;
		s = wls_ltrim(wls_slice_from(s, len));
	}
	s = take_dash(s, out);
	while (take_end(&s, out))
		;
	out->name = s;
}

/* ---- phases ---- */

/* `Phase 2: Features`, `Phase 2`: number and name. */
static void read_phase_label(struct wls_slice label, struct wls_phase *out)
{
	struct wls_slice s = wls_ltrim(skip_word(wls_slice_trim(label), WLS_SLICE("phase")));
	uint32_t n = 0;
	size_t i = 0;
	for (; i < s.len && i < 9 && wls_is_digit(s.ptr[i]); i++)
		n = n * 10 + (uint32_t)(s.ptr[i] - '0');
	out->number = n;
	s = wls_ltrim(wls_slice_from(s, i));
	size_t separator = wls_colon_at(s) > 0 ? wls_colon_at(s) : wls_dash_at(s);
	out->name = wls_slice_trim(wls_slice_from(s, separator));
}

/* The words of a state, and the date behind them: `Completed`, `Oct 15`. */
static void read_state(struct wls_slice s, struct wls_phase *out)
{
	s = wls_slice_trim(wls_slice_from(s, wls_dash_at(s)));
	size_t dash = wls_find_dash(s, 0);
	out->percent = wls_percent_in(s);
	if (dash != SIZE_MAX)
		s = wls_slice_trim(wls_slice(s.ptr, dash));
	int percent;
	if (s.len == 0 || is_percent(s, &percent))
		return;
	size_t end = 0;
	while (end < s.len && !wls_is_blank(s.ptr[end]))
		end++;
	struct wls_slice rest = wls_slice_trim(wls_slice_from(s, end));
	rest = skip_word(skip_word(rest, WLS_SLICE("on")), WLS_SLICE("by"));
	bool dated = false;
	for (size_t i = 0; i < rest.len; i++)
		dated |= wls_is_digit(rest.ptr[i]);
	out->state = dated ? wls_slice(s.ptr, end) : s;
	out->date = dated && !memchr(rest.ptr, '%', rest.len) ? rest : wls_slice(NULL, 0);
}

void wls_phase_parse(struct wls_slice label, struct wls_slice value, struct wls_phase *out)
{
	*out = (struct wls_phase){.percent = -1};
	size_t len;
	if (value.len == 0) {
		/* A heading's words: the name ends at a parenthesis or a marker. */
		size_t end = 0;
		while (end < label.len && label.ptr[end] != '(' &&
		       wls_mark_at(wls_slice_from(label, end), &len, NULL) == WLS_MARK_NONE)
			end++;
		value = wls_slice_from(label, end);
		label = wls_slice(label.ptr, end);
	}
	read_phase_label(label, out);
	value = wls_slice_trim(value);
	out->mark = wls_mark_last(value);
	size_t close =
		value.len > 0 && value.ptr[0] == '(' ? wls_slice_find(value, WLS_SLICE(")")) : 0;
	if (close != SIZE_MAX && close > 0 &&
	    wls_versions_at(wls_ltrim(wls_slice_from(value, 1)), &out->versions) > 0)
		value = wls_slice_from(value, close + 1);
	read_state(wls_cut_emoji(wls_skip_emoji(value)), out);
}
