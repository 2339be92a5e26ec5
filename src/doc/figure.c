/* SPDX-License-Identifier: MIT */
/*
 * A figure: what its bytes mean. figure_text.c finds figures in a text, and the versions beside them.
 *
 * Layer: doc. Includes: base, doc, figure.
 *
 *     figure = [comparison] [sign] [currency] number [k|M] [+] [unit]
 *     number = digits (`,` three digits)* [`.` digits]
 *            | digits (blank three digits)* [`.` digits]   `1 234 KB`
 *            | (digits time)+ [number time]   `1h 30m`: one figure, in the last of its units
 *     behind = [`in` `at` `@`] `vN`           the version
 *            | `(` part (`,` part)* `)`       one part may be `vN`: the version; the rest is the note
 *     before = `vN` [`:` `=`]                 the version, where a clause begins
 *
 * What makes this more than a number scanner is what must not be a figure: a log is full of versions,
 * dates, times, ranges, line numbers and names with digits. So a number counts only when neither
 * neighbour ties it to a word, and a unit only when the table knows it. Values are read as a whole number
 * and a power of ten, which a double holds exactly up to 15 digits; no library function reads them, so no
 * locale can. Linear: a parenthesis is looked for in a bounded number of bytes.
 */
#include "base/utf8.h"
#include "doc/figure_internal.h"

enum { DIGITS_MAX = 40, EXACT_DIGITS = 17 };

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

size_t wls_figure_comparison(struct wls_slice s, enum wls_comparison *comparison)
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
	size_t exact;    /* and those from the first that is no zero */
};

static void add_digit(struct number *n, char c, bool fraction)
{
	n->count++;
	n->exact += n->exact > 0 || c != '0';
	if (n->exact <= EXACT_DIGITS) {
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

/* Bytes of a blank that may part the thousands of a number: a plain one, or one that does not break. */
static size_t group_blank(struct wls_slice s, size_t i)
{
	static const struct wls_slice blanks[] = {WORD(" "), WORD("\xC2\xA0"), WORD("\xE2\x80\xAF"),
						  WORD("\xE2\x80\x89")};
	for (size_t k = 0; k < WLS_ARRAY_SIZE(blanks); k++)
		if (wls_slice_starts(wls_slice_from(s, i), blanks[k]))
			return blanks[k].len;
	return 0;
}

/* `1 234 567`: bytes of a number at the start of `s` whose thousands are parted by blanks, or 0. */
static size_t spaced_at(struct wls_slice s, struct number *n)
{
	*n = (struct number){0};
	size_t i = digits_at(s, 0, n, false), first = i;
	if (i == 0 || i > 3 || s.ptr[0] == '0')
		return 0;
	for (size_t blank; (blank = group_blank(s, i)) > 0 && n->count <= DIGITS_MAX;) {
		struct number group = {0};
		if (digits_at(s, i + blank, &group, false) != i + blank + 3)
			break;
		i = digits_at(s, i + blank, n, false);
	}
	if (i == first)
		return 0;
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
	WORD("%"),      WORD("percent"),    WORD("ms"),
	WORD("s"),      WORD("sec"),        WORD("secs"),
	WORD("h"),      WORD("seconds"),    WORD("second"),
	WORD("min"),    WORD("mins"),       WORD("minutes"),
	WORD("hour"),   WORD("hours"),      WORD("day"),
	WORD("days"),   WORD("weeks"),      WORD("week"),
	WORD("kb"),     WORD("mb"),         WORD("gb"),
	WORD("tb"),     WORD("kib"),        WORD("mib"),
	WORD("gib"),    WORD("bytes"),      WORD("req/s"),
	WORD("rps"),    WORD("qps"),        WORD("tps"),
	WORD("fps"),    WORD("requests/s"), WORD("us"),
	WORD("ns"),     WORD("\xC2\xB5s"),  WORD("\xCE\xBCs"),
	WORD("px"),     WORD("loc"),        WORD("kbit/s"),
	WORD("mbit/s"), WORD("hr"),         WORD("hrs"),
	WORD("usd"),    WORD("eur"),        WORD("\xE2\x82\xAC"),
	WORD("$"),      WORD("pp"),         WORD("mhz"),
	WORD("ghz"),    WORD("hz"),         WORD("kbps"),
	WORD("mbps"),   WORD("minute"),
};

/* Units that only count without a blank before them: `5m` is a time, `5 m` may be anything. */
static const struct wls_slice close_units[] = {
	WORD("m"), WORD("d"), WORD("w"), WORD("x"), WORD("\xC3\x97"), WORD("B"),
};

bool wls_figure_ends_word(struct wls_slice s, size_t i)
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
		    (wls_figure_ends_word(s, words[i].len) || !wls_is_alpha(words[i].ptr[0])))
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
	return end > i + 1 && end - i <= RATE_MAX && wls_figure_ends_word(s, end) ? end - i : 0;
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

size_t wls_figure_currency(struct wls_slice s)
{
	if (s.len > 0 && s.ptr[0] == '$')
		return 1;
	return wls_slice_starts(s, WLS_SLICE("\xE2\x82\xAC")) ? 3 : 0;
}

/* `k`, `K`, `M` as a factor: its power of ten, or 0. */
static int factor_at(struct wls_slice s, size_t i)
{
	if (i >= s.len || !wls_figure_ends_word(s, i + 1))
		return 0;
	if (s.ptr[i] == 'k' || s.ptr[i] == 'K')
		return 3;
	return s.ptr[i] == 'M' ? 6 : 0;
}

bool wls_figure_goes_on(struct wls_slice s, size_t i)
{
	if (i >= s.len)
		return false;
	if (!wls_figure_ends_word(s, i))
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

size_t wls_figure_sign(struct wls_slice s, bool *negative)
{
	*negative = s.len > 0 && s.ptr[0] == '-';
	if (*negative || (s.len > 0 && s.ptr[0] == '+'))
		return 1;
	*negative = wls_slice_starts(s, WLS_SLICE("\xE2\x88\x92")); /* − */
	return *negative ? 3 : 0;
}

/* Seconds of a unit of time, or 0. */
static uint32_t seconds_of(struct wls_slice unit)
{
	static const struct {
		struct wls_slice word;
		uint32_t seconds;
	} times[] = {
		{WORD("d"), 86400},    {WORD("day"), 86400},  {WORD("days"), 86400},
		{WORD("h"), 3600},     {WORD("hr"), 3600},    {WORD("hrs"), 3600},
		{WORD("hour"), 3600},  {WORD("hours"), 3600}, {WORD("m"), 60},
		{WORD("min"), 60},     {WORD("mins"), 60},    {WORD("minute"), 60},
		{WORD("minutes"), 60}, {WORD("s"), 1},        {WORD("sec"), 1},
		{WORD("secs"), 1},     {WORD("second"), 1},   {WORD("seconds"), 1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(times); i++)
		if (wls_slice_eq_nocase(times[i].word, unit))
			return times[i].seconds;
	return 0;
}

/* A number and its unit of time at `i`: bytes, or 0. */
static size_t time_part_at(struct wls_slice s, size_t i, struct number *n, struct wls_slice *unit)
{
	size_t len = number_at(wls_slice_from(s, i), n);
	if (len == 0)
		return 0;
	size_t at = i + len;
	at += at < s.len && wls_is_blank(s.ptr[at]);
	size_t end = at;
	while (end < s.len && wls_is_alpha(s.ptr[end]))
		end++;
	*unit = wls_slice(s.ptr + at, end - at);
	return seconds_of(*unit) > 0 ? end - i : 0;
}

/*
 * `1h 30m`, `2 hours and 5 min`, `1h30m`: a time in two units or more, each smaller than the one before
 * it and less than one of that. Bytes, or 0; the value is in the last unit.
 */
static size_t long_time_at(struct wls_slice s, struct wls_figure *figure)
{
	static const struct wls_slice and = WORD("and ");
	uint32_t larger = 0;
	double total = 0;
	size_t end = 0, parts = 0;
	for (size_t i = 0;;) {
		struct wls_slice unit;
		struct number n;
		size_t len = time_part_at(s, i, &n, &unit);
		uint32_t seconds = len > 0 ? seconds_of(unit) : 0;
		double value = len > 0 ? value_of(&n, false) * seconds : 0;
		if (len == 0 || (parts > 0 && (seconds >= larger || value >= larger)))
			break;
		larger = seconds;
		total += value;
		figure->unit = unit;
		end = i + len;
		parts++;
		if (n.exponent != 0)
			break;
		i = skip_spaces(s, end);
		if (i > end && wls_slice_starts_nocase(wls_slice_from(s, i), and))
			i = skip_spaces(s, i + and.len);
	}
	figure->value = parts > 1 ? total / larger : 0;
	return parts > 1 ? end : 0;
}

/*
 * `1 234 KB`: where it ends, or 0. Of two numbers side by side (`phase 2 100%`, `ports 80 443 open`) it is
 * none: *apart says whether the first may stand for itself.
 */
static size_t spaced_amount_at(struct wls_slice text, size_t i, bool negative,
			       struct wls_figure *figure, bool *apart)
{
	struct number number;
	size_t len = spaced_at(wls_slice_from(text, i), &number);
	*apart = len == 0;
	if (len == 0)
		return 0;
	size_t end = i + len + unit_at(text, i + len, &figure->unit);
	size_t next = skip_spaces(text, end);
	*apart = wls_slice_eq(figure->unit, WLS_SLICE("%"));
	if (*apart || (end == i + len && next < text.len && wls_is_alpha(text.ptr[next])))
		return 0;
	figure->value = value_of(&number, negative);
	return end;
}

/* The number at `i` with what belongs to it, after a currency sign or not: where it ends, or 0. */
static size_t amount_at(struct wls_slice text, size_t i, bool negative, struct wls_figure *figure)
{
	size_t currency = wls_figure_currency(wls_slice_from(text, i));
	struct number number;
	size_t len = number_at(wls_slice_from(text, i + currency), &number);
	if (len == 0)
		return 0;
	bool apart = true;
	size_t spaced = currency == 0 ? spaced_amount_at(text, i, negative, figure, &apart) : 0;
	if (!apart)
		return spaced;
	size_t whole = currency == 0 ? long_time_at(wls_slice_from(text, i), figure) : 0;
	if (whole > 0) {
		figure->value = negative ? -figure->value : figure->value;
		return i + whole;
	}
	figure->unit = wls_slice(text.ptr + i, currency);
	i += currency + len;
	int factor = factor_at(text, i);
	number.exponent += factor;
	i += factor > 0;
	if (i < text.len && text.ptr[i] == '+' && wls_figure_ends_word(text, i + 1)) {
		figure->comparison = WLS_MORE_OR_EQUAL;
		i++;
	}
	if (currency == 0)
		i += unit_at(text, i, &figure->unit);
	figure->value = value_of(&number, negative);
	return i;
}

size_t wls_figure_at(struct wls_slice text, struct wls_figure *out)
{
	struct wls_figure figure = {.known = true};
	bool negative;
	size_t i = wls_figure_comparison(text, &figure.comparison);
	i += wls_figure_sign(wls_slice_from(text, i), &negative);
	i = amount_at(text, i, negative, &figure);
	if (i == 0)
		return 0;
	if (figure.comparison == WLS_EXACTLY && figure.unit.len > 0 && i < text.len &&
	    text.ptr[i] == '+' && wls_figure_ends_word(text, i + 1)) {
		figure.comparison = WLS_MORE_OR_EQUAL;
		i++;
	}
	if (wls_figure_goes_on(text, i))
		return 0;
	figure.text = wls_slice(text.ptr, i);
	*out = figure;
	return i;
}

bool wls_figure_same_unit(const struct wls_figure *a, const struct wls_figure *b)
{
	return wls_words_eq(a->unit, b->unit);
}
