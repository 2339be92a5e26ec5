/* SPDX-License-Identifier: MIT */
/*
 * Figures with a name in free text.
 *
 * Layer: trends. Includes: base, buf, doc, figure, trends.
 *
 *     named  = name (`:` | `=`) figures        `Bundle size: 412KB`
 *            | name joint* figures             `p95 latency is 180ms`, the last word measures something
 *            | percent name                    `85% hit rate`, the last word is a rate
 *     figures = [`from`] figure ((`→` | `to`) figure)*
 *
 * A log is full of figures that measure nothing: settings, line counts, differences (`40% faster`, `by 2s`),
 * wishes (`target 200ms`), what was before. So a name counts only in these forms, and the words before a
 * figure decide: in doubt there is none. Each figure looks back over a bounded number of bytes.
 */
#include "trends/trends_internal.h"

enum { BACK_MAX = 160, NAME_WORDS = 4, AFTER_WORDS = 3 };

/* Words that never belong to a name: what they join does not measure what stands before them. */
static const char stop_words[] =
	"a an the our its their this that with and or but for in on at of from to by while when after "
	"before than then is was are were be has have had now still only just not no so if as into "
	"reduced reduces reduce cut cuts improved improves improve increased increases increase raised "
	"raises raise dropped drops lowered lowers lower got get gets brought brings added adds fixed "
	"measured measures shows show keeps kept holds hold makes made gives gave yields saw see sees "
	"reached reaches down up via per under over up. down. set sets";
/* A figure behind one of these is a difference, a wish, or what was. */
static const char rejected_words[] =
	"by was were target targets goal goals limit max min budget sla slo threshold before previously "
	"former formerly old baseline version expected estimate estimated eta about: vs versus than";
static const char difference_words[] =
	"faster slower less more fewer higher lower reduction improvement increase decrease better worse "
	"smaller larger bigger growth drop shorter longer cheaper saved gain ago later earlier";
static const char current_words[] = "current currently now actual measured today";
static const char rate_words[] =
	"rate coverage uptime availability accuracy utilization utilisation usage";

/* ---- what stands before ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* Bytes of a separator of clauses that ends before `i`; a colon is one when `colon`. */
static bool ends_clause(struct wls_slice s, size_t i, bool colon)
{
	char c = s.ptr[i - 1];
	bool blank = i < s.len && is_blank(s.ptr[i]);
	if (memchr(",;(|)[]\"", c, 8))
		return true;
	if (c == ':')
		return colon && (blank || i == s.len);
	if (c == '.' || c == '!' || c == '?')
		return blank;
	if (c == '-' || c == '+' || c == '>')
		return blank && (i < 2 || is_blank(s.ptr[i - 2]) || c == '>');
	/* – — → */
	struct wls_slice upto = wls_slice(s.ptr, i);
	return wls_slice_ends_nocase(upto, WLS_SLICE("\xE2\x80\x93")) ||
	       wls_slice_ends_nocase(upto, WLS_SLICE("\xE2\x80\x94")) ||
	       wls_slice_ends_nocase(upto, WLS_SLICE("\xE2\x86\x92"));
}

/* The clause that ends with `s`. */
static struct wls_slice last_clause(struct wls_slice s, bool colon)
{
	size_t i = s.len;
	while (i > 0 && !ends_clause(s, i, colon))
		i--;
	return wls_slice_trim(wls_slice_from(s, i));
}

/* The words at the end of a clause that may be a name; the last must measure something. */
static struct wls_slice words_name(struct wls_slice clause)
{
	struct wls_slice name = wls_metric_name(clause), word, rest;
	rest = wls_cut_last_word(name, &word);
	if (!wls_metric_word(word))
		return wls_slice(NULL, 0);
	size_t words = 1;
	const char *begin = word.ptr;
	const char *end = word.ptr + word.len;
	while (rest.len > 0 && words < NAME_WORDS) {
		rest = wls_cut_last_word(rest, &word);
		if (wls_word_in(word, stop_words))
			break;
		begin = word.ptr;
		words++;
	}
	/* One word that everything has (`size 3`) names nothing without a unit: the caller asks. */
	return wls_metric_name(wls_slice(begin, (size_t)(end - begin)));
}

static bool has_metric_word(struct wls_slice name)
{
	struct wls_slice word;
	while (name.len > 0) {
		name = wls_cut_last_word(name, &word);
		if (wls_metric_word(word))
			return true;
	}
	return false;
}

/* Whether a name begins or ends with a version: `v1 latency` says of which, in a way that is not read. */
static bool names_version(struct wls_slice name)
{
	struct wls_slice word;
	struct wls_versions versions;
	size_t len = wls_versions_at(name, &versions);
	if (len > 0 && (len == name.len || is_blank(name.ptr[len])))
		return true;
	(void)wls_cut_last_word(name, &word);
	return word.len > 0 && wls_versions_at(word, &versions) == word.len;
}

/* `Test coverage (current: `: the words before the parenthesis. Empty: it is not like that. */
static struct wls_slice current_name(struct wls_slice before)
{
	struct wls_slice s = before, word;
	if (s.len > 0 && s.ptr[s.len - 1] == ':')
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	size_t open = s.len;
	while (open > 0 && s.ptr[open - 1] != '(')
		open--;
	word = wls_slice_from(s, open);
	if (open < 2 || !wls_word_in(word, current_words))
		return wls_slice(NULL, 0);
	return wls_metric_name(last_clause(wls_slice(s.ptr, open - 1), true));
}

/*
 * The name that the words before a figure give it; empty: none. `near` of them stand behind the figure
 * before: a name before a colon may hold a figure (`Import of 10k rows: 41s`), another not.
 */
static struct wls_slice name_before(struct wls_slice before, size_t near,
				    const struct wls_figure *figure, bool goes_on)
{
	static const struct wls_slice none = {0};
	struct wls_slice s = wls_slice_trim(before), word;
	while (s.len > 0 && memchr("*_`", s.ptr[s.len - 1], 3))
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	if (s.len == 0)
		return none;
	struct wls_slice name = current_name(s);
	if (name.len > 0)
		return wls_metric_named(name) ? name : none;
	bool colon = s.ptr[s.len - 1] == ':' || s.ptr[s.len - 1] == '=';
	const char *begin = before.ptr + before.len - near;
	if (colon)
		s = wls_slice_trim(wls_slice(s.ptr, s.len - 1));
	else if (s.ptr < begin)
		s = wls_slice(begin, s.ptr + s.len > begin ? (size_t)(s.ptr + s.len - begin) : 0);
	struct wls_slice clause = last_clause(s, true);
	(void)wls_cut_last_word(clause, &word);
	if (wls_word_in(word, rejected_words) ||
	    (!goes_on && wls_slice_eq_nocase(word, WLS_SLICE("from"))))
		return none;
	name = colon ? wls_metric_name(clause) : words_name(clause);
	if (!wls_metric_named(name) || wls_key_find(name) != WLS_KEY_NONE || names_version(name))
		return none;
	(void)wls_cut_last_word(name, &word);
	if (wls_word_in(word, rejected_words) || wls_word_in(word, current_words))
		return none;
	return figure->unit.len > 0 || has_metric_word(name) ? name : none;
}

/* ---- what stands behind ---- */

/* Cuts the next word of letters off *rest. */
static struct wls_slice take_word(struct wls_slice *rest)
{
	size_t i = 0;
	while (i < rest->len && is_blank(rest->ptr[i]))
		i++;
	size_t begin = i;
	while (i < rest->len && (wls_is_alnum(rest->ptr[i]) || rest->ptr[i] == '-'))
		i++;
	struct wls_slice word = wls_slice(rest->ptr + begin, i - begin);
	*rest = wls_slice_from(*rest, i);
	return word;
}

/* `85% hit rate`: the words behind a percentage, up to one that is a rate. */
static struct wls_slice name_after(struct wls_slice behind, const struct wls_figure *figure)
{
	struct wls_slice rest = behind, none = {0};
	if (!wls_slice_eq(figure->unit, WLS_SLICE("%")) || behind.len == 0 ||
	    !is_blank(behind.ptr[0]))
		return none;
	const char *begin = NULL;
	for (size_t i = 0; i < AFTER_WORDS; i++) {
		struct wls_slice word = take_word(&rest);
		if (word.len == 0 || wls_word_in(word, stop_words))
			return none;
		begin = begin ? begin : word.ptr;
		if (wls_word_in(word, rate_words))
			return wls_slice(begin, (size_t)(word.ptr + word.len - begin));
		/* The words are parted by one blank and nothing else. */
		if (rest.len == 0 || !is_blank(rest.ptr[0]))
			return none;
	}
	return none;
}

/* Bytes from `at` to the next figure of a chain: an arrow, or `to`, and blanks; 0: none. */
static size_t joint_at(struct wls_slice text, size_t at)
{
	static const struct wls_slice joints[] = {
		{"\xE2\x86\x92", 3}, {"->", 2}, {"=>", 2}, {"\xE2\x87\x92", 3}, {"to ", 3},
	};
	size_t i = at;
	while (i < text.len && is_blank(text.ptr[i]))
		i++;
	for (size_t k = 0; k < WLS_ARRAY_SIZE(joints); k++) {
		if (!wls_slice_starts_nocase(wls_slice_from(text, i), joints[k]))
			continue;
		i += joints[k].len;
		while (i < text.len && is_blank(text.ptr[i]))
			i++;
		struct wls_figure next;
		return wls_figure_at(wls_slice_from(text, i), &next) > 0 ? i - at : 0;
	}
	return 0;
}

/* ---- one figure ---- */

/* `under 200ms`: takes the comparison's word into the figure. */
static size_t widen(struct wls_slice text, size_t from, struct wls_figure *figure)
{
	size_t begin = (size_t)(figure->text.ptr - text.ptr), at = begin;
	const char *end = figure->text.ptr + figure->text.len;
	for (int words = 0; words < 2; words++) {
		while (at > from && is_blank(text.ptr[at - 1]))
			at--;
		while (at > from && wls_is_alpha(text.ptr[at - 1]))
			at--;
		struct wls_figure wide;
		size_t len = at < begin ? wls_figure_at(wls_slice_from(text, at), &wide) : 0;
		if (len == 0 || text.ptr + at + len != end)
			continue;
		wide.version = figure->version;
		wide.note = figure->note;
		*figure = wide;
		return at;
	}
	return begin;
}

static bool is_difference(struct wls_slice text, size_t at, const struct wls_figure *figure)
{
	struct wls_slice rest = wls_slice_from(text, at);
	return figure->text.ptr[0] == '+' || figure->value < 0 ||
	       wls_word_in(take_word(&rest), difference_words);
}

/*
 * `<2s (current: 1.4)`: takes what is, in place of what ought to be. Bytes of the parenthesis that `rest`
 * begins with, or 0.
 */
static size_t take_current(struct wls_slice rest, struct wls_figure *figure)
{
	struct wls_figure current;
	struct wls_slice inside = wls_slice_trim(rest);
	if (inside.len == 0 || inside.ptr[0] != '(')
		return 0;
	inside = wls_slice_from(inside, 1);
	size_t close = wls_slice_find(inside, WLS_SLICE(")"));
	if (close == SIZE_MAX || !wls_word_in(take_word(&inside), current_words))
		return 0;
	while (inside.len > 0 && (is_blank(inside.ptr[0]) || inside.ptr[0] == ':'))
		inside = wls_slice_from(inside, 1);
	if (wls_figure_at(inside, &current) == 0)
		return 0;
	/* The unit is that of what ought to be. */
	if (current.unit.len == 0)
		current.unit = figure->unit;
	current.version = figure->version;
	*figure = current;
	return wls_slice_find(rest, WLS_SLICE(")")) + 1;
}

/* The name that stands before the figure at `begin`, or behind it. */
static struct wls_slice name_of(const struct wls_named_scan *scan, const struct wls_figure *figure,
				size_t from, size_t begin, bool goes_on)
{
	struct wls_slice text = scan->text, word;
	size_t back = begin > scan->used + BACK_MAX ? begin - BACK_MAX : scan->used;
	size_t near = begin - (from > back ? from : back);
	struct wls_slice name =
		name_before(wls_slice(text.ptr + back, begin - back), near, figure, goes_on);
	struct wls_slice behind = {0};
	size_t end = (size_t)(figure->text.ptr - text.ptr) + figure->text.len;
	if (!goes_on)
		behind = name_after(wls_slice_from(text, end), figure);
	/* `LRU cache: 85% hit rate` is a hit rate; `Auth: 85% coverage` is that of Auth. */
	bool several = behind.len > 0 && wls_cut_last_word(behind, &word).len > 0;
	return several || name.len == 0 ? behind : name;
}

bool wls_named_next(struct wls_named_scan *scan, struct wls_named *out)
{
	struct wls_slice text = scan->text;
	struct wls_figure figure;
	for (size_t from = scan->at; wls_figure_next(text, &scan->at, &figure); from = scan->at) {
		size_t behind = (size_t)(figure.text.ptr - text.ptr) + figure.text.len;
		size_t begin = widen(text, from, &figure);
		bool goes_on = joint_at(text, scan->at) > 0;
		struct wls_slice name = scan->name;
		if (name.len > 0 && joint_at(text, from) != begin - from &&
		    wls_slice_trim(wls_slice(text.ptr + from, begin - from)).len > 0)
			name = wls_slice(NULL, 0);
		if (name.len == 0)
			name = name_of(scan, &figure, from, begin, goes_on);
		scan->name = goes_on ? name : wls_slice(NULL, 0);
		if (name.len == 0 || is_difference(text, behind, &figure))
			continue;
		size_t current = take_current(wls_slice_from(text, behind), &figure);
		if (behind + current > scan->at)
			scan->at = behind + current;
		scan->used = scan->at;
		*out = (struct wls_named){.name = name, .figure = figure, .earlier = goes_on};
		return true;
	}
	return false;
}
