/* SPDX-License-Identifier: MIT */
/*
 * Trends, contradictions and targets: names with figures.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 */
#include "doc/pattern_internal.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* Without the punctuation that leads to what comes next. */
static struct wls_slice trim_name(struct wls_slice s)
{
	s = wls_slice_trim(s);
	while (s.len > 0 && memchr(":=,(", s.ptr[s.len - 1], 4)) {
		s.len--;
		s = wls_slice_trim(s);
	}
	return s;
}

static struct wls_slice trim_remark(struct wls_slice s)
{
	size_t dash;
	s = wls_slice_trim(s);
	while (s.len > 0 && ((dash = wls_dash_at(s)) > 0 || memchr(",;:", s.ptr[0], 3)))
		s = wls_slice_trim(wls_slice_from(s, dash > 0 ? dash : 1));
	return s;
}

/* Cuts the name off *text: what stands before a colon, else before the first figure. */
static struct wls_slice take_name(struct wls_slice *text)
{
	struct wls_slice s = wls_slice_trim(*text);
	size_t end = wls_find_name_colon(s);
	struct wls_figure figure;
	size_t at = 0;
	if (end != SIZE_MAX)
		*text = wls_slice_from(s, end + wls_colon_at(wls_slice_from(s, end)));
	else if (wls_figure_next(s, &at, &figure))
		*text = wls_slice_from(s, end = (size_t)(figure.text.ptr - s.ptr));
	else
		*text = wls_slice_from(s, end = s.len);
	return trim_name(wls_slice(s.ptr, end));
}

/* ---- trends ---- */

bool wls_trend_parse(struct wls_arena *arena, struct wls_slice text, struct wls_finding *out)
{
	struct wls_finding found = {0};
	size_t len = 0;
	bool known = false;
	found.name = take_name(&text);
	if (wls_find_arrow(text, 0, &len) == SIZE_MAX) {
		found.figures = wls_figures_of(arena, text, &found.figure_count);
		*out = found;
		return found.figure_count > 0;
	}
	struct wls_figure *points = NULL;
	for (size_t from = 0; from <= text.len;) {
		size_t arrow = wls_find_arrow(text, from, &len);
		size_t end = arrow == SIZE_MAX ? text.len : arrow;
		struct wls_figure *point = WLS_ARENA_MORE(arena, points, found.figure_count);
		wls_figure_parse(wls_slice(text.ptr + from, end - from), point);
		known |= point->known;
		from = arrow == SIZE_MAX ? text.len + 1 : arrow + len;
	}
	found.figures = points;
	*out = found;
	return known;
}

/* ---- contradictions ---- */

static const struct wls_slice versus[] = {
	WORD(" vs "), WORD(" vs. "), WORD(" versus "), WORD(" but "), WORD(" \xE2\x86\x94 "),
};

/* The next word that sets two figures against each other; its bytes in *len. */
static size_t find_versus(struct wls_slice s, size_t from, size_t *len)
{
	for (size_t i = from; i < s.len; i++) {
		if (s.ptr[i] != ' ')
			continue;
		for (size_t k = 0; k < WLS_ARRAY_SIZE(versus); k++) {
			if (!wls_slice_starts_nocase(wls_slice_from(s, i), versus[k]))
				continue;
			*len = versus[k].len;
			return i;
		}
	}
	return SIZE_MAX;
}

/* The first or last figure of `s`, and where it ends; 0 when there is none. */
static size_t figure_of(struct wls_slice s, bool last, struct wls_figure *out)
{
	size_t end = 0;
	struct wls_figure figure;
	for (size_t at = 0; wls_figure_next(s, &at, &figure);) {
		*out = figure;
		end = at;
		if (!last)
			break;
	}
	return end;
}

bool wls_contradiction_parse(struct wls_arena *arena, struct wls_slice text,
			     struct wls_finding *out)
{
	struct wls_figure *figures = NULL, figure;
	struct wls_finding found = {0};
	size_t len = 0, end = 0;
	size_t at = find_versus(text, 0, &len);
	if (at == SIZE_MAX) {
		for (size_t next = 0; wls_figure_next(text, &next, &figure); end = next)
			*WLS_ARENA_MORE(arena, figures, found.figure_count) = figure;
	} else if (figure_of(wls_slice(text.ptr, at), true, &figure) > 0) {
		*WLS_ARENA_MORE(arena, figures, found.figure_count) = figure;
	}
	while (at != SIZE_MAX) {
		size_t from = at + len;
		at = find_versus(text, from - 1, &len);
		struct wls_slice side =
			wls_slice(text.ptr + from, (at == SIZE_MAX ? text.len : at) - from);
		size_t to = figure_of(side, false, &figure);
		if (to == 0)
			continue;
		*WLS_ARENA_MORE(arena, figures, found.figure_count) = figure;
		end = from + to;
	}
	if (found.figure_count < 2)
		return false;
	found.figures = figures;
	found.name = trim_name(wls_slice(text.ptr, (size_t)(figures[0].text.ptr - text.ptr)));
	found.remark = trim_remark(wls_slice_from(text, end));
	*out = found;
	return true;
}

/* ---- targets ---- */

/* Where a word for the present value ends: `current: 150ms`. SIZE_MAX: none. */
static size_t after_current(struct wls_slice s)
{
	static const struct wls_slice words[] = {
		WORD("currently"), WORD("current"),  WORD("now"),
		WORD("actual"),    WORD("measured"), WORD("today"),
	};
	for (size_t i = 0; i < s.len; i++) {
		if (i > 0 && wls_is_alnum(s.ptr[i - 1]))
			continue;
		for (size_t k = 0; k < WLS_ARRAY_SIZE(words); k++) {
			size_t end = i + words[k].len;
			if (wls_slice_starts_nocase(wls_slice_from(s, i), words[k]) &&
			    (end == s.len || !wls_is_alnum(s.ptr[end])))
				return end;
		}
	}
	return SIZE_MAX;
}

static void read_current(struct wls_slice rest, struct wls_target *out)
{
	size_t word = after_current(rest);
	if (word == SIZE_MAX) {
		size_t open = wls_last_parenthesis(rest);
		if (open + 2 < rest.len)
			out->note =
				wls_cut_emoji(wls_slice(rest.ptr + open + 1, rest.len - open - 2));
		return;
	}
	struct wls_slice value = wls_slice_from(rest, word);
	size_t at = wls_colon_at(wls_ltrim(value)) > 0 ? wls_skip_blanks(value) + 1 : 0;
	struct wls_figure figure;
	if (wls_figure_next(value, &at, &figure))
		out->current = figure;
}

bool wls_target_parse(struct wls_slice text, struct wls_target *out)
{
	struct wls_target target = {.mark = wls_mark_last(text)};
	struct wls_slice rest = text;
	target.name = take_name(&rest);
	rest = wls_cut_emoji(wls_skip_emoji(rest));
	size_t at = wls_figure_at(rest, &target.target);
	if (at == 0 && !wls_figure_next(rest, &at, &target.target))
		return false;
	read_current(wls_slice_from(rest, at), &target);
	if (target.note.len == 0)
		target.note = target.target.note;
	*out = target;
	return true;
}
