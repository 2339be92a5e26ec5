/* SPDX-License-Identifier: MIT */
/*
 * Figures in a text: where one may begin, and which version and note stand beside it.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 *
 * A version counts only where it can mean nothing but the figure: in a parenthesis behind it, behind it
 * at the end of a clause (`10ms in v1, 20ms in v2`), before it at the beginning of one (`v1: 10ms`). So
 * neither `Node v18: 80ms` nor `80ms in v2 of the API` is about a version of the log. Linear: everything
 * is looked for in a bounded number of bytes.
 */
#include "base/utf8.h"
#include "doc/figure_internal.h"
#include "doc/pattern_internal.h"

enum { NOTE_MAX = 256 };

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static size_t skip_spaces(struct wls_slice s, size_t i)
{
	while (i < s.len && wls_is_blank(s.ptr[i]))
		i++;
	return i;
}

/* ---- version and note ---- */

/* `v3`, `in v3`, `v7+`: whether the part is a version and nothing else. */
static bool is_version(struct wls_slice part, uint32_t *version)
{
	static const struct wls_slice before[] = {WORD("in "), WORD("at "), WORD("since "),
						  WORD("from ")};
	part = wls_slice_trim(part);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(before); i++)
		if (wls_slice_starts_nocase(part, before[i]))
			part = wls_slice_trim(wls_slice_from(part, before[i].len));
	struct wls_range range;
	if (wls_range_at(part, &range) != part.len || part.len == 0 || range.too_large)
		return false;
	*version = range.first;
	return true;
}

/* Reads what stands in the parenthesis: a version as its first or last part, and a note. */
static void read_note(struct wls_slice inside, struct wls_figure *out)
{
	const char *comma = inside.len > 0 ? memchr(inside.ptr, ',', inside.len) : NULL;
	size_t first = comma ? (size_t)(comma - inside.ptr) : inside.len;
	size_t last = inside.len;
	while (last > 0 && inside.ptr[last - 1] != ',')
		last--;
	out->note = wls_slice_trim(inside);
	if (is_version(wls_slice(inside.ptr, first), &out->version))
		out->note = comma ? wls_slice_trim(wls_slice_from(inside, first + 1))
				  : wls_slice(inside.ptr, 0);
	else if (last > 0 && is_version(wls_slice_from(inside, last), &out->version))
		out->note = wls_slice_trim(wls_slice(inside.ptr, last - 1));
}

/* Bytes of the parenthesis at the start of `s`, or 0. */
static size_t parenthesis_at(struct wls_slice s)
{
	if (s.len == 0 || s.ptr[0] != '(')
		return 0;
	size_t depth = 0, max = s.len < NOTE_MAX ? s.len : NOTE_MAX;
	for (size_t i = 0; i < max; i++) {
		depth += s.ptr[i] == '(';
		if (s.ptr[i] == ')' && --depth == 0)
			return i + 1;
	}
	return 0;
}

/* Whether a version that ends at `i` stands for itself: a clause ends there, not `v2 API`. */
static bool ends_version(struct wls_slice s, size_t i)
{
	static const struct wls_slice joints[] = {
		WORD("vs"), WORD("versus"), WORD("and"), WORD("but"), WORD("to"), WORD("then"),
	};
	size_t at = skip_spaces(s, i);
	struct wls_slice rest = wls_slice_from(s, at);
	if (rest.len == 0 || (!wls_is_alnum(rest.ptr[0]) && !wls_figure_goes_on(s, i)))
		return true;
	for (size_t k = 0; at > i && k < WLS_ARRAY_SIZE(joints); k++)
		if (wls_slice_starts_nocase(rest, joints[k]) &&
		    wls_figure_ends_word(rest, joints[k].len))
			return true;
	return false;
}

/* `in v3`, `at v3`, `@v3`, behind a unit also `v3`: bytes of a version at `i` behind a figure, or 0. */
static size_t version_behind(struct wls_slice s, size_t i, struct wls_figure *out)
{
	static const struct wls_slice words[] = {WORD("in "), WORD("at "), WORD("@ "), WORD("@")};
	size_t at = skip_spaces(s, i), word = 0;
	for (size_t k = 0; k < WLS_ARRAY_SIZE(words) && word == 0; k++)
		if (wls_slice_starts_nocase(wls_slice_from(s, at), words[k]))
			word = words[k].len;
	if (at == i || (word == 0 && out->unit.len == 0))
		return 0;
	at = skip_spaces(s, at + word);
	struct wls_range range;
	size_t len = wls_range_at(wls_slice_from(s, at), &range);
	if (len == 0 || range.too_large || !range.single || !ends_version(s, at + len))
		return 0;
	out->version = range.first;
	return at - i + len;
}

static size_t note_at(struct wls_slice text, size_t i, struct wls_figure *out)
{
	size_t behind = version_behind(text, i, out);
	size_t at = skip_spaces(text, i + behind);
	size_t len = parenthesis_at(wls_slice_from(text, at));
	uint32_t version = out->version;
	if (len == 0)
		return behind;
	read_note(wls_slice(text.ptr + at + 1, len - 2), out);
	out->version = version > 0 ? version : out->version;
	return at - i + len;
}

/* ---- figures in a text ---- */

/* The code point that ends before `i`, or 0 at the start. */
static int32_t code_point_before(struct wls_slice s, size_t i)
{
	size_t at = i;
	int32_t cp = 0;
	while (at > 0 && i - at < 4) {
		at--;
		if (((unsigned char)s.ptr[at] & 0xC0) != 0x80)
			break;
	}
	if (at < i)
		wls_utf8_decode(wls_slice(s.ptr + at, i - at), &cp, NULL);
	return cp;
}

/* Whether a figure may begin at `i`: nothing before it ties it to a word. */
static bool may_begin(struct wls_slice s, size_t i)
{
	if (i == 0)
		return true;
	char before = s.ptr[i - 1];
	char c = s.ptr[i];
	if (c == '-' || c == '+')
		return wls_is_blank(before) || before == '(' || before == '|';
	if (c == '>' && (before == '-' || before == '=' || before == '<'))
		return false;
	if (memchr("./@#-+,'\\", before, 9))
		return before == ',' && !(i > 1 && wls_is_digit(s.ptr[i - 2]));
	if (wls_slice_ends_nocase(wls_slice(s.ptr, i), WLS_SLICE("\xE2\x80\x93")) && i > 3)
		return wls_is_blank(s.ptr[i - 4]); /* – of a range */
	return !wls_utf8_is_word(code_point_before(s, i));
}

static bool is_start(struct wls_slice s, size_t i)
{
	char c = s.ptr[i];
	if (wls_is_digit(c) || c == '<' || c == '>' || c == '~' || c == '$')
		return true;
	if (c == '-' || c == '+')
		return i + 1 < s.len && wls_is_digit(s.ptr[i + 1]);
	if (c != '\xE2')
		return false;
	/* ≤ ≥ ≈ € − */
	struct wls_slice rest = wls_slice_from(s, i);
	bool negative;
	enum wls_comparison comparison;
	return wls_figure_currency(rest) > 0 || wls_figure_sign(rest, &negative) > 0 ||
	       wls_figure_comparison(rest, &comparison) > 0;
}

/* Whether what stands before the colon at `i` is a number, as in `1:30`. */
static bool is_clock(struct wls_slice s, size_t i)
{
	size_t begin = i;
	while (begin > 0 && i - begin < NOTE_MAX && wls_is_digit(s.ptr[begin - 1]))
		begin--;
	return begin < i && (begin == 0 || !wls_utf8_is_word(code_point_before(s, begin)));
}

/* Whether a number of digits alone, of at most three, ends at `i`. */
static bool ends_number(struct wls_slice s, size_t i)
{
	size_t begin = i;
	while (begin > 0 && i - begin <= 3 && wls_is_digit(s.ptr[begin - 1]))
		begin--;
	return begin < i && i - begin <= 3 &&
	       (begin == 0 || !wls_utf8_is_word(code_point_before(s, begin)));
}

/*
 * Whether `2 100 KB` at `i` may be two numbers: a word stands before it. And whether what is at `i` is the
 * second of such a pair, which then is no figure either.
 */
static bool is_paired(struct wls_slice s, size_t i, const struct wls_figure *figure)
{
	size_t digits = 0, before = i;
	while (digits < figure->text.len && wls_is_digit(figure->text.ptr[digits]))
		digits++;
	struct wls_slice rest = wls_slice_from(figure->text, digits);
	while (before > 0 && wls_is_blank(s.ptr[before - 1]))
		before--;
	if (rest.len > 1 && rest.ptr[0] == ' ' && wls_is_digit(rest.ptr[1]) && before > 0)
		return wls_utf8_is_word(code_point_before(s, before));
	return digits == 3 && before + 1 == i && s.ptr[before] == ' ' && ends_number(s, before) &&
	       !wls_slice_eq(figure->unit, WLS_SLICE("%"));
}

/* The figure that begins at `i`: bytes, or 0. */
static size_t figure_of(struct wls_slice text, size_t i, struct wls_figure *out)
{
	size_t len = 0;
	if (is_start(text, i) && may_begin(text, i))
		len = wls_figure_at(wls_slice_from(text, i), out);
	/* `stripe.ts:145`, `10:00`: behind a colon a bare number is none. `1:30 min` is no 30 min. */
	if (len > 0 && i > 0 && text.ptr[i - 1] == ':' &&
	    (out->unit.len == 0 || is_clock(text, i - 1)))
		return 0;
	return len > 0 && is_paired(text, i, out) ? 0 : len;
}

/* Whether a version that begins at `i` begins a clause: `v1: 10ms, v2: 20ms`, not `Node v18: 10ms`. */
static bool begins_clause(struct wls_slice s, size_t i)
{
	static const struct wls_slice joints[] = {
		WORD(" vs"),  WORD(" vs."), WORD(" versus"),
		WORD(" and"), WORD(" but"), WORD(" then"),
	};
	struct wls_slice before = wls_slice(s.ptr, i);
	while (before.len > 0 && wls_is_blank(before.ptr[before.len - 1]))
		before.len--;
	if (before.len == 0 || memchr(",;:|(", before.ptr[before.len - 1], 5))
		return true;
	for (size_t k = 0; before.len < i && k < WLS_ARRAY_SIZE(joints); k++)
		if (wls_slice_ends_nocase(before, joints[k]))
			return true;
	return false;
}

/* Sets the version that stands before the figure at `i`: `v1: 10ms`, `v1 = 10ms`, `v1 10ms`. */
static void look_before(struct wls_slice s, size_t i, struct wls_figure *out)
{
	enum { BLANKS_MAX = 4, NUMBER_MAX = 9 };
	size_t end = i, begin;
	struct wls_range range;
	while (end > 0 && i - end < BLANKS_MAX && wls_is_blank(s.ptr[end - 1]))
		end--;
	if (end > 0 && (s.ptr[end - 1] == ':' || s.ptr[end - 1] == '='))
		end--;
	while (end > 0 && i - end < BLANKS_MAX && wls_is_blank(s.ptr[end - 1]))
		end--;
	for (begin = end; begin > 0 && end - begin < NUMBER_MAX && wls_is_digit(s.ptr[begin - 1]);)
		begin--;
	if (end == i || begin == end || begin == 0)
		return;
	struct wls_slice version = wls_slice(s.ptr + begin - 1, end - begin + 1);
	if (wls_range_at(version, &range) == version.len && range.single && !range.too_large &&
	    begins_clause(s, begin - 1))
		out->version = range.first;
}

bool wls_figure_next(struct wls_slice text, size_t *at, struct wls_figure *out)
{
	for (size_t i = *at; i < text.len;) {
		struct wls_figure figure;
		size_t len = figure_of(text, i, &figure);
		if (len > 0) {
			*at = i + len + note_at(text, i + len, &figure);
			if (figure.version == 0)
				look_before(text, i, &figure);
			*out = figure;
			return true;
		}
		i++;
		/* The rest of a word with digits (`v14`, `2FA`) holds no figure. */
		if (wls_is_alnum(text.ptr[i - 1]))
			while (i < text.len && wls_is_alnum(text.ptr[i]))
				i++;
	}
	*at = text.len;
	return false;
}

/* `v3: …`, `v3 …`, `v3 = …`: bytes of the version before a figure, or 0. */
static size_t version_before(struct wls_slice s, uint32_t *version)
{
	struct wls_range range;
	size_t len = wls_range_at(s, &range);
	if (len == 0 || len == s.len || range.too_large)
		return 0;
	size_t i = skip_spaces(s, len);
	size_t colon = wls_colon_at(wls_slice_from(s, i));
	i += colon > 0 ? colon : (i < s.len && s.ptr[i] == '=');
	if (i == len)
		return 0;
	*version = range.first;
	return skip_spaces(s, i);
}

void wls_figure_parse(struct wls_slice text, struct wls_figure *out)
{
	struct wls_figure figure = {0};
	uint32_t version = 0;
	text = wls_cut_emoji(wls_skip_emoji(text));
	text = wls_slice_from(text, version_before(text, &version));
	size_t at = wls_figure_at(text, &figure);
	if (at > 0)
		note_at(text, at, &figure);
	else
		wls_figure_next(text, &at, &figure);
	size_t open = wls_last_parenthesis(text);
	if (!figure.known)
		figure.text = wls_slice_trim(wls_slice(text.ptr, open));
	if (figure.version == 0 && figure.note.len == 0 && open < text.len)
		read_note(wls_slice(text.ptr + open + 1, text.len - open - 2), &figure);
	if (figure.version == 0)
		figure.version = version;
	*out = figure;
}
