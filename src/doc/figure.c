/* SPDX-License-Identifier: MIT */
/*
 * Figures in a text.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 *
 *     figure = [comparison] [sign] [currency] number [k|M] [+] [unit]
 *     number = digits (`,` three digits)* [`.` digits]
 *     behind = `(` part (`,` part)* `)`       one part may be `vN`: the version; the rest is the note
 *
 * What makes this more than a number scanner is what must not be a figure: a log is full of versions,
 * dates, times, ranges, line numbers and names with digits. So a number counts only when neither
 * neighbour ties it to a word, and a unit only when the table knows it. Values are read as a whole number
 * and a power of ten, which a double holds exactly up to 15 digits; no library function reads them, so no
 * locale can. Linear: a parenthesis is looked for in a bounded number of bytes.
 */
#include "base/utf8.h"
#include "doc/pattern_internal.h"

enum { DIGITS_MAX = 40, EXACT_DIGITS = 17, NOTE_MAX = 256 };

#define WORD(literal)                                                                              \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

const char *wls_comparison_sign(enum wls_comparison comparison)
{
	static const char *const signs[] = {
		[WLS_EXACTLY] = NULL, [WLS_LESS] = "<",           [WLS_LESS_OR_EQUAL] = "<=",
		[WLS_MORE] = ">",     [WLS_MORE_OR_EQUAL] = ">=", [WLS_ABOUT] = "~",
	};
	return signs[comparison];
}

/* ---- comparisons ---- */

static const struct {
	struct wls_slice word;
	enum wls_comparison comparison;
	bool needs_blank; /* a word, not a sign */
} comparisons[] = {
	{WORD("<="), WLS_LESS_OR_EQUAL, false},
	{WORD("\xE2\x89\xA4"), WLS_LESS_OR_EQUAL, false}, /* ≤ */
	{WORD("<"), WLS_LESS, false},
	{WORD(">="), WLS_MORE_OR_EQUAL, false},
	{WORD("\xE2\x89\xA5"), WLS_MORE_OR_EQUAL, false}, /* ≥ */
	{WORD(">"), WLS_MORE, false},
	{WORD("~"), WLS_ABOUT, false},
	{WORD("\xE2\x89\x88"), WLS_ABOUT, false}, /* ≈ */
	{WORD("at most"), WLS_LESS_OR_EQUAL, true},
	{WORD("up to"), WLS_LESS_OR_EQUAL, true},
	{WORD("less than"), WLS_LESS, true},
	{WORD("under"), WLS_LESS, true},
	{WORD("below"), WLS_LESS, true},
	{WORD("at least"), WLS_MORE_OR_EQUAL, true},
	{WORD("more than"), WLS_MORE, true},
	{WORD("over"), WLS_MORE, true},
	{WORD("above"), WLS_MORE, true},
	{WORD("about"), WLS_ABOUT, true},
	{WORD("around"), WLS_ABOUT, true},
};

static size_t skip_spaces(struct wls_slice s, size_t i)
{
	while (i < s.len && wls_is_blank(s.ptr[i]))
		i++;
	return i;
}

/* Bytes of the comparison at the start of `s`, blanks behind it included, or 0. */
static size_t comparison_at(struct wls_slice s, enum wls_comparison *comparison)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(comparisons); i++) {
		struct wls_slice word = comparisons[i].word;
		if (!wls_slice_starts_nocase(s, word))
			continue;
		size_t end = skip_spaces(s, word.len);
		if (comparisons[i].needs_blank && end == word.len)
			continue;
		*comparison = comparisons[i].comparison;
		return end;
	}
	return 0;
}

/* ---- numbers ---- */

struct number {
	uint64_t digits; /* the first EXACT_DIGITS of them */
	int exponent;    /* power of ten */
	size_t count;    /* digits read */
};

static void add_digit(struct number *n, char c, bool fraction)
{
	if (n->count++ < EXACT_DIGITS) {
		n->digits = n->digits * 10 + (uint64_t)(c - '0');
		n->exponent -= fraction;
	} else {
		n->exponent += !fraction;
	}
}

static size_t digits_at(struct wls_slice s, size_t i, struct number *n, bool fraction)
{
	for (; i < s.len && wls_is_digit(s.ptr[i]) && n->count <= DIGITS_MAX; i++)
		add_digit(n, s.ptr[i], fraction);
	return i;
}

/* Whether `,ddd` stands at `i`, and no further digit. */
static bool is_group(struct wls_slice s, size_t i)
{
	if (s.len < i + 4 || s.ptr[i] != ',')
		return false;
	for (size_t k = 1; k <= 3; k++)
		if (!wls_is_digit(s.ptr[i + k]))
			return false;
	return s.len == i + 4 || !wls_is_digit(s.ptr[i + 4]);
}

/* Bytes of the number at the start of `s`, or 0. */
static size_t number_at(struct wls_slice s, struct number *n)
{
	*n = (struct number){0};
	size_t i = digits_at(s, 0, n, false);
	if (i == 0)
		return 0;
	if (i <= 3)
		while (is_group(s, i) && n->count <= DIGITS_MAX)
			i = digits_at(s, i + 1, n, false);
	if (i + 1 < s.len && s.ptr[i] == '.' && wls_is_digit(s.ptr[i + 1]))
		i = digits_at(s, i + 1, n, true);
	return n->count <= DIGITS_MAX ? i : 0;
}

static double value_of(const struct number *n, bool negative)
{
	static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
					1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
					1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
	enum { LAST = WLS_ARRAY_SIZE(powers) - 1 };
	double value = (double)n->digits;
	for (int e = n->exponent; e != 0;) {
		int step = e < -LAST ? LAST : e < 0 ? -e : e > LAST ? LAST : e;
		value = e < 0 ? value / powers[step] : value * powers[step];
		e += e < 0 ? step : -step;
	}
	return negative ? -value : value;
}

/* ---- units ---- */

static const struct wls_slice units[] = {
	WORD("%"),      WORD("percent"), WORD("ms"),        WORD("s"),
	WORD("sec"),    WORD("secs"),    WORD("h"),         WORD("seconds"),
	WORD("second"), WORD("min"),     WORD("mins"),      WORD("minutes"),
	WORD("hour"),   WORD("hours"),   WORD("day"),       WORD("days"),
	WORD("weeks"),  WORD("week"),    WORD("kb"),        WORD("mb"),
	WORD("gb"),     WORD("tb"),      WORD("kib"),       WORD("mib"),
	WORD("gib"),    WORD("bytes"),   WORD("req/s"),     WORD("rps"),
	WORD("qps"),    WORD("tps"),     WORD("fps"),       WORD("requests/s"),
	WORD("us"),     WORD("ns"),      WORD("\xC2\xB5s"), WORD("\xCE\xBCs"),
	WORD("px"),     WORD("loc"),     WORD("kbit/s"),    WORD("mbit/s"),
	WORD("hrs"),    WORD("usd"),     WORD("eur"),       WORD("\xE2\x82\xAC"),
	WORD("$"),      WORD("pp"),      WORD("mhz"),       WORD("ghz"),
	WORD("hz"),     WORD("kbps"),    WORD("mbps"),      WORD("minute"),
};

/* Units that only count without a blank before them: `5m` is a time, `5 m` may be anything. */
static const struct wls_slice close_units[] = {
	WORD("m"), WORD("d"), WORD("w"), WORD("x"), WORD("\xC3\x97"), WORD("B"),
};

/* Whether what follows leaves a unit or a number whole. */
static bool ends_word(struct wls_slice s, size_t i)
{
	if (i >= s.len)
		return true;
	int32_t cp;
	wls_utf8_decode(wls_slice_from(s, i), &cp, NULL);
	return !wls_utf8_is_word(cp);
}

static size_t longest_of(const struct wls_slice *words, size_t count, struct wls_slice s)
{
	size_t longest = 0;
	for (size_t i = 0; i < count; i++)
		if (words[i].len > longest && wls_slice_starts_nocase(s, words[i]) &&
		    (ends_word(s, words[i].len) || !wls_is_alpha(words[i].ptr[0])))
			longest = words[i].len;
	return longest;
}

/* Bytes of `/s`, `/min` at `i`, as in `MB/s`. */
static size_t rate_at(struct wls_slice s, size_t i)
{
	enum { RATE_MAX = 12 };
	size_t end = i + 1;
	if (i >= s.len || s.ptr[i] != '/')
		return 0;
	while (end < s.len && end - i <= RATE_MAX && wls_is_alpha(s.ptr[end]))
		end++;
	return end > i + 1 && end - i <= RATE_MAX && ends_word(s, end) ? end - i : 0;
}

/* Bytes of the unit at `i`, blanks before it included; *unit gets it. */
static size_t unit_at(struct wls_slice s, size_t i, struct wls_slice *unit)
{
	size_t at = skip_spaces(s, i);
	struct wls_slice rest = wls_slice_from(s, at);
	size_t len = at - i > 1 ? 0 : longest_of(units, WLS_ARRAY_SIZE(units), rest);
	if (len == 0 && at == i)
		len = longest_of(close_units, WLS_ARRAY_SIZE(close_units), rest);
	if (len == 0)
		return 0;
	len += rate_at(s, at + len);
	*unit = wls_slice(s.ptr + at, len);
	return at - i + len;
}

/* Bytes of a currency sign at the start of `s`. */
static size_t currency_at(struct wls_slice s)
{
	if (s.len > 0 && s.ptr[0] == '$')
		return 1;
	return wls_slice_starts(s, WLS_SLICE("\xE2\x82\xAC")) ? 3 : 0;
}

/* `k`, `K`, `M` as a factor: its power of ten, or 0. */
static int factor_at(struct wls_slice s, size_t i)
{
	if (i >= s.len || !ends_word(s, i + 1))
		return 0;
	if (s.ptr[i] == 'k' || s.ptr[i] == 'K')
		return 3;
	return s.ptr[i] == 'M' ? 6 : 0;
}

/* Whether the byte at `i` ties what stands before it to a range, a date, a path … */
static bool goes_on(struct wls_slice s, size_t i)
{
	if (i >= s.len)
		return false;
	if (!ends_word(s, i))
		return true;
	struct wls_slice rest = wls_slice_from(s, i);
	size_t dash = wls_dash_at(rest);
	if (dash > 0)
		return dash < rest.len && wls_is_alnum(rest.ptr[dash]);
	if (rest.len > 1 && rest.ptr[0] == ',')
		return wls_is_digit(rest.ptr[1]); /* `1,8s`: a decimal comma, or a list */
	return memchr(".:/", rest.ptr[0], 3) && rest.len > 1 && wls_is_alnum(rest.ptr[1]);
}

/* ---- a figure ---- */

static size_t sign_at(struct wls_slice s, bool *negative)
{
	*negative = s.len > 0 && s.ptr[0] == '-';
	if (*negative || (s.len > 0 && s.ptr[0] == '+'))
		return 1;
	*negative = wls_slice_starts(s, WLS_SLICE("\xE2\x88\x92")); /* − */
	return *negative ? 3 : 0;
}

size_t wls_figure_at(struct wls_slice text, struct wls_figure *out)
{
	struct wls_figure figure = {.known = true};
	struct number number;
	bool negative;
	size_t i = comparison_at(text, &figure.comparison);
	i += sign_at(wls_slice_from(text, i), &negative);
	size_t currency = currency_at(wls_slice_from(text, i));
	figure.unit = wls_slice(text.ptr + i, currency);
	i += currency;
	size_t len = number_at(wls_slice_from(text, i), &number);
	if (len == 0)
		return 0;
	i += len;
	int factor = factor_at(text, i);
	number.exponent += factor;
	i += factor > 0;
	if (i < text.len && text.ptr[i] == '+' && ends_word(text, i + 1)) {
		figure.comparison = WLS_MORE_OR_EQUAL;
		i++;
	}
	if (currency == 0)
		i += unit_at(text, i, &figure.unit);
	if (figure.comparison == WLS_EXACTLY && figure.unit.len > 0 && i < text.len &&
	    text.ptr[i] == '+' && ends_word(text, i + 1)) {
		figure.comparison = WLS_MORE_OR_EQUAL;
		i++;
	}
	if (goes_on(text, i))
		return 0;
	figure.value = value_of(&number, negative);
	figure.text = wls_slice(text.ptr, i);
	*out = figure;
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

static size_t note_at(struct wls_slice text, size_t i, struct wls_figure *out)
{
	size_t at = skip_spaces(text, i);
	size_t len = parenthesis_at(wls_slice_from(text, at));
	if (len == 0)
		return 0;
	read_note(wls_slice(text.ptr + at + 1, len - 2), out);
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
	return currency_at(rest) > 0 || sign_at(rest, &negative) > 0 ||
	       comparison_at(rest, &comparison) > 0;
}

bool wls_figure_next(struct wls_slice text, size_t *at, struct wls_figure *out)
{
	for (size_t i = *at; i < text.len;) {
		size_t len = 0;
		if (is_start(text, i) && may_begin(text, i))
			len = wls_figure_at(wls_slice_from(text, i), out);
		/* `stripe.ts:145`, `10:00`: behind a colon a bare number is none. */
		if (len > 0 && i > 0 && text.ptr[i - 1] == ':' && out->unit.len == 0)
			len = 0;
		if (len > 0) {
			*at = i + len + note_at(text, i + len, out);
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

bool wls_figure_same_unit(const struct wls_figure *a, const struct wls_figure *b)
{
	return wls_words_eq(a->unit, b->unit);
}
