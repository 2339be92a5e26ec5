/* SPDX-License-Identifier: MIT */
/*
 * Small pieces of patterns in a line of text: dashes, arrows, versions, file references, verdicts.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 */
#include "doc/pattern_internal.h"

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

/* ---- places ---- */

size_t wls_last_parenthesis(struct wls_slice s)
{
	size_t depth = 0;
	if (s.len == 0 || s.ptr[s.len - 1] != ')')
		return s.len;
	for (size_t i = s.len; i > 0; i--) {
		depth += s.ptr[i - 1] == ')';
		if (s.ptr[i - 1] == '(' && --depth == 0)
			return i - 1;
	}
	return s.len;
}

/* How deep in parentheses what follows `c` stands; one that closes nothing does not count. */
static size_t depth_after(size_t depth, char c)
{
	if (c == '(')
		return depth + 1;
	return c == ')' && depth > 0 ? depth - 1 : depth;
}

size_t wls_find_dash(struct wls_slice s, size_t from)
{
	size_t depth = 0;
	for (size_t i = from; i < s.len; i++) {
		depth = depth_after(depth, s.ptr[i]);
		size_t dash = depth > 0 ? 0 : wls_dash_at(wls_slice_from(s, i));
		if (dash > 0 && i > 0 && wls_is_blank(s.ptr[i - 1]) &&
		    (i + dash == s.len || wls_is_blank(s.ptr[i + dash])))
			return i;
	}
	return SIZE_MAX;
}

struct wls_slice wls_after_dash(struct wls_slice s, size_t dash)
{
	s = wls_slice_from(s, dash);
	return wls_slice_trim(wls_slice_from(s, wls_dash_at(s)));
}

/* `→` also as mojibake, as in a file whose markers are. */
static const struct wls_slice arrows[] = {
	WORD("->"),
	WORD("=>"),
	WORD("\xE2\x86\x92"), /* → */
	WORD("\xE2\x87\x92"),
	WORD("\xE2\x9E\x9C"),
	WORD("\xE2\x9F\xB6"), /* ⇒ ➜ ⟶ */
	WORD("\xE2\x80\x9A\xC3\x9C\xC3\xAD"),
	WORD("\xC3\xA2\xE2\x80\xA0\xE2\x80\x99"),
	WORD("\xC3\xA2\xC2\x86\xC2\x92"),
};

size_t wls_find_arrow(struct wls_slice s, size_t from, size_t *len)
{
	size_t depth = 0;
	for (size_t i = from; i < s.len; i++) {
		depth = depth_after(depth, s.ptr[i]);
		if (depth > 0 || !memchr("-=\xE2\xC3", s.ptr[i], 4))
			continue;
		for (size_t k = 0; k < WLS_ARRAY_SIZE(arrows); k++) {
			if (!wls_slice_starts(wls_slice_from(s, i), arrows[k]))
				continue;
			*len = arrows[k].len;
			return i;
		}
	}
	return SIZE_MAX;
}

size_t wls_find_name_colon(struct wls_slice s)
{
	for (size_t i = 1; i < s.len; i++) {
		size_t colon = wls_colon_at(wls_slice_from(s, i));
		if (colon == 3 || (colon == 1 && (i + 1 == s.len || wls_is_blank(s.ptr[i + 1]))))
			return i;
	}
	return SIZE_MAX;
}

bool wls_next_part(struct wls_slice *rest, char separator, struct wls_slice *part)
{
	size_t i = 0, depth = 0;
	if (rest->len == 0)
		return false;
	for (; i < rest->len; i++) {
		depth = depth_after(depth, rest->ptr[i]);
		/* `1,000` is one number. */
		bool in_number = separator == ',' && i > 0 && i + 1 < rest->len &&
				 wls_is_digit(rest->ptr[i - 1]) && wls_is_digit(rest->ptr[i + 1]);
		if (depth == 0 && rest->ptr[i] == separator && !in_number)
			break;
	}
	*part = wls_slice_trim(wls_slice(rest->ptr, i));
	*rest = wls_slice_from(*rest, i < rest->len ? i + 1 : i);
	return true;
}

int wls_percent_in(struct wls_slice text)
{
	struct wls_figure figure;
	int percent = -1;
	for (size_t at = 0; wls_figure_next(text, &at, &figure);)
		if (wls_slice_eq(figure.unit, WLS_SLICE("%")) && figure.value >= 0 &&
		    figure.value <= 100)
			percent = (int)figure.value;
	return percent;
}

/* ---- arrays of the arena ---- */

void *wls_arena_more(struct wls_arena *arena, void *array, size_t count, size_t size)
{
	/* Full at 0, 1, 2, 4, 8 …: the capacity is the next power of two. */
	if (count > 0 && (count & (count - 1)) != 0)
		return array;
	void *more = wls_arena_alloc(arena, (count > 0 ? 2 * count : 1) * size);
	if (count > 0)
		memcpy(more, array, count * size);
	return more;
}

const struct wls_figure *wls_figures_of(struct wls_arena *arena, struct wls_slice text,
					size_t *count)
{
	struct wls_figure *figures = NULL, figure;
	*count = 0;
	for (size_t at = 0; wls_figure_next(text, &at, &figure);)
		*WLS_ARENA_MORE(arena, figures, *count) = figure;
	return figures;
}

/* ---- versions ---- */

/* A number without its `v`: `20` of `v17-20`. */
static size_t bare_number_at(struct wls_slice s, uint32_t *number)
{
	uint64_t n = 0;
	size_t i = 0;
	for (; i < s.len && i < 10 && wls_is_digit(s.ptr[i]); i++)
		n = n * 10 + (uint64_t)(s.ptr[i] - '0');
	if (i == 0 || n > WLS_VERSION_MAX)
		return 0;
	*number = (uint32_t)n;
	return i == s.len || !(wls_is_alnum(s.ptr[i]) || s.ptr[i] == '_' || s.ptr[i] == '%') ? i
											     : 0;
}

size_t wls_versions_at(struct wls_slice text, struct wls_versions *out)
{
	struct wls_range range;
	size_t len = wls_range_at(text, &range);
	*out = (struct wls_versions){0};
	if (len == 0 || range.too_large)
		return 0;
	*out = (struct wls_versions){range.first, range.last, range.open};
	size_t dash = range.single ? wls_dash_at(wls_slice_from(text, len)) : 0;
	uint32_t last = 0;
	size_t digits = dash > 0 ? bare_number_at(wls_slice_from(text, len + dash), &last) : 0;
	if (digits == 0 || last <= range.first)
		return len;
	out->last = last;
	return len + dash + digits;
}

bool wls_versions_next(struct wls_slice text, size_t *at, struct wls_versions *out)
{
	for (size_t i = *at; i < text.len; i++) {
		if (text.ptr[i] != 'v' && text.ptr[i] != 'V')
			continue;
		char before = i > 0 ? text.ptr[i - 1] : ' ';
		if (wls_is_alnum(before) || memchr("_-./@", before, 5) || (signed char)before < 0)
			continue;
		size_t len = wls_versions_at(wls_slice_from(text, i), out);
		if (len > 0) {
			*at = i + len;
			return true;
		}
	}
	*at = text.len;
	return false;
}

/* ---- file references ---- */

static size_t line_number_at(struct wls_slice s, uint32_t *number)
{
	size_t i = s.len > 0 && s.ptr[0] == 'L';
	size_t len = bare_number_at(wls_slice_from(s, i), number);
	return len > 0 ? i + len : 0;
}

size_t wls_lines_at(struct wls_slice s, uint32_t *first, uint32_t *last)
{
	size_t i = line_number_at(s, first);
	if (i == 0)
		return 0;
	*last = *first;
	size_t dash = wls_dash_at(wls_slice_from(s, i));
	uint32_t to = 0;
	size_t len = dash > 0 ? line_number_at(wls_slice_from(s, i + dash), &to) : 0;
	if (len == 0 || to < *first)
		return i;
	*last = to;
	return i + dash + len;
}

static bool is_path_char(char c)
{
	return wls_is_alnum(c) || (c != '\0' && memchr("_-./@+*~$[]{}", c, 13));
}

/* Whether the last component of a path has an ending: `.ts`, `.prisma`. */
static bool has_ending(struct wls_slice path)
{
	enum { ENDING_MAX = 12 };
	size_t i = path.len;
	while (i > 0 && path.len - i <= ENDING_MAX && wls_is_alnum(path.ptr[i - 1]))
		i--;
	return i > 1 && i < path.len && path.ptr[i - 1] == '.' && wls_is_alpha(path.ptr[i]);
}

/* `:12-40`, `#L12-L40` behind a path: bytes, or 0. */
static size_t line_suffix_at(struct wls_slice s, struct wls_reference *out)
{
	if (s.len < 2 || (s.ptr[0] != ':' && !(s.ptr[0] == '#' && s.ptr[1] == 'L')))
		return 0;
	size_t len = wls_lines_at(wls_slice_from(s, 1), &out->first, &out->last);
	return len > 0 ? 1 + len : 0;
}

/* A path that stands bare at `at`: its bytes, or 0. */
static size_t bare_path_at(struct wls_slice text, size_t at, struct wls_reference *out)
{
	size_t end = at;
	bool slash = false, star = false;
	while (end < text.len && is_path_char(text.ptr[end])) {
		slash |= text.ptr[end] == '/';
		star |= text.ptr[end] == '*';
		end++;
	}
	size_t len = end - at;
	while (len > 0 && text.ptr[at + len - 1] == '.')
		len--;
	struct wls_slice path = wls_slice(text.ptr + at, len);
	*out = (struct wls_reference){.path = path, .at = at};
	size_t lines = len == end - at ? line_suffix_at(wls_slice_from(text, end), out) : 0;
	bool url = wls_slice_starts(path, WLS_SLICE("//")) ||
		   wls_slice_starts(wls_slice_from(text, end), WLS_SLICE("://"));
	if (url || len < 2 || wls_is_digit(path.ptr[0]))
		return 0;
	if (!(slash && star) && !(has_ending(path) && (slash || lines > 0)))
		return 0;
	out->end = at + len + lines;
	return len + lines;
}

/* A code span at `at` that holds a path: its bytes; else 0, and *skip gets those of the span. */
static size_t code_path_at(struct wls_slice text, size_t at, struct wls_reference *out,
			   size_t *skip)
{
	const char *close = memchr(text.ptr + at + 1, '`', text.len - at - 1);
	*skip = 1;
	if (!close)
		return 0;
	size_t len = (size_t)(close - text.ptr) - at - 1;
	*skip = len + 2;
	struct wls_slice inside = wls_slice(text.ptr + at + 1, len);
	*out = (struct wls_reference){.path = inside, .at = at};
	size_t i = 0;
	while (i < len && inside.ptr[i] != ':' && inside.ptr[i] != '#' &&
	       !wls_is_blank(inside.ptr[i]))
		i++;
	size_t lines = line_suffix_at(wls_slice_from(inside, i), out);
	out->path.len = i;
	if (i + lines != len || i == 0)
		return 0;
	if (!memchr(inside.ptr, '/', i) && !has_ending(out->path))
		return 0;
	size_t outside = lines > 0 ? 0 : line_suffix_at(wls_slice_from(text, at + *skip), out);
	out->end = at + *skip + outside;
	return *skip + outside;
}

bool wls_reference_next(struct wls_slice text, size_t *at, struct wls_reference *out)
{
	for (size_t i = *at; i < text.len;) {
		size_t len = 0, skip = 1;
		if (text.ptr[i] == '`') {
			len = code_path_at(text, i, out, &skip);
		} else if (is_path_char(text.ptr[i])) {
			len = bare_path_at(text, i, out);
			while (i + skip < text.len && is_path_char(text.ptr[i + skip]))
				skip++;
			/* `https://…`: what follows the colon is no path either. */
			if (wls_slice_starts(wls_slice_from(text, i + skip), WLS_SLICE("://")))
				for (skip += 3;
				     i + skip < text.len && !wls_is_blank(text.ptr[i + skip]);)
					skip++;
		}
		if (len > 0) {
			*at = i + len;
			return true;
		}
		i += skip;
	}
	*at = text.len;
	return false;
}

/* ---- places ---- */

struct wls_flat_place wls_flat_place_of(const struct wls_doc *doc, struct wls_slice text)
{
	return (struct wls_flat_place){.doc = doc, .rest = wls_slice_trim(text)};
}

/* Goes on to the next line that says something, as wls_text_flatten() joins them. */
static bool next_flat_line(struct wls_flat_place *place)
{
	struct wls_slice line;
	while (wls_slice_next_line(&place->rest, &line)) {
		line = wls_slice_trim(line);
		while (place->begun && line.len > 0 && line.ptr[0] == '>')
			line = wls_slice_trim(wls_slice_from(line, 1));
		if (line.len == 0)
			continue;
		place->begin += place->begun ? place->line.len + 1 : 0;
		place->line = line;
		place->begun = true;
		return true;
	}
	return false;
}

uint32_t wls_flat_place_at(struct wls_flat_place *place, size_t at, uint32_t none)
{
	struct wls_slice source = place->doc->source;
	while ((!place->begun || at > place->begin + place->line.len) && next_flat_line(place))
		;
	const char *line = place->line.ptr;
	if (!line || line < source.ptr || line >= source.ptr + source.len || at < place->begin)
		return none;
	size_t within = at - place->begin;
	within = within < place->line.len ? within : place->line.len;
	return (uint32_t)((size_t)(line - source.ptr) + within);
}
