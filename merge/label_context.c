/* SPDX-License-Identifier: MIT */
/*
 * Whether `v6` in running text names an entry of this log, by what stands around it.
 *
 * Layer: merge. Includes: base, doc.
 *
 * The problem: `v6` may as well be React's or an API's. Nothing but the words beside it tells.
 *
 * The idea: forms are allowed one by one, and everything else is none. Looking to the left, over
 * blanks, emphasis and quotes:
 *
 *   nothing, the line begins `v6:` `**v6-v8:**` `v6+` `v6 | …` `v6 (Chat - …)` by what follows
 *   ( or [                   `(v6)` `(v5, v6)` `(v14 in progress)` `[v6]`      by what follows
 *   , or ;                   `(resolved, v6)`                                  before a parenthesis
 *   a colon                  `**Prev:** v6` `Started: v1`                      by the key
 *   a word                   `since v6` `from v5`                              by the word
 *   a name, another word     `React v6` `improved v6`                          never
 *
 * A token that is joined to the one before it (`v5 → v6`, `v5, v6`, `v5/v6`) is what that one is:
 * the caller sees to it. A line that goes on with a paragraph looks at the last word of the line
 * before it.
 *
 * Every look is bounded: words by the longest known one, blanks and keys by WLS_LABEL_LOOK. O(1).
 *
 * Not done: sentences that begin with `v6 …`; words of other languages than English.
 */
#include "merge/label_text.h"

static bool is_line_end(char c)
{
	return c == '\n' || c == '\r';
}

/* Whether another token follows that is joined to the one that ends at `end`. */
static bool joins_next(struct wls_slice text, uint32_t end)
{
	struct wls_label_token token;
	size_t limit = text.len - end > WLS_LABEL_LOOK ? end + (size_t)WLS_LABEL_LOOK : text.len;

	for (size_t at = end + (size_t)1; at + 1 < limit && !is_line_end(text.ptr[at]); at++) {
		if (!wls_label_in("vV", text.ptr[at]) || !wls_is_digit(text.ptr[at + 1]))
			continue;
		return wls_label_token_at(text, (uint32_t)at, &token) &&
		       wls_label_joined(text, end, token.begin) &&
		       wls_label_edge_after(text, token.end) == WLS_EDGE_FREE;
	}
	return false;
}

/* ---- what follows ---- */

static size_t skip_emphasis(struct wls_slice text, size_t at)
{
	while (at < text.len && wls_label_is_emphasis(text.ptr[at]))
		at++;
	return at;
}

static size_t skip_blanks(struct wls_slice text, size_t at)
{
	while (at < text.len && wls_label_is_blank(text.ptr[at]))
		at++;
	return at;
}

static bool is_colon(struct wls_slice text, size_t at)
{
	return wls_label_byte(text, at) == ':' ||
	       wls_label_has(text, at, WLS_SLICE("\xEF\xBC\x9A"));
}

static bool is_arrow_or_dash(struct wls_slice text, size_t at)
{
	return wls_label_dash(text, at) > 0 || wls_label_has(text, at, WLS_SLICE("\xE2\x80\x94")) ||
	       wls_label_has(text, at, WLS_SLICE("\xE2\x86\x92")) ||
	       wls_label_has(text, at, WLS_SLICE("=>"));
}

/* Of Chinese and Japanese texts: `）`, `，`, `：`, `、`. */
static bool is_wide_mark(struct wls_slice text, size_t at)
{
	return wls_label_has(text, at, WLS_SLICE("\xEF\xBC\x89")) ||
	       wls_label_has(text, at, WLS_SLICE("\xEF\xBC\x8C")) ||
	       wls_label_has(text, at, WLS_SLICE("\xEF\xBC\x9A")) ||
	       wls_label_has(text, at, WLS_SLICE("\xE3\x80\x81"));
}

/* Whether what follows makes a label of a token at the start of a line. */
static bool leads_line(const struct wls_label_context *c, uint32_t end)
{
	size_t at = skip_emphasis(c->text, end), next;
	struct wls_slice rest;
	size_t mark;

	if (wls_label_byte(c->text, at) == '+' || joins_next(c->text, end))
		return true;
	if (wls_label_byte(c->text, at) == ']')
		at = skip_emphasis(c->text, at + 1);
	next = skip_blanks(c->text, at);
	if (is_colon(c->text, next))
		return true;
	/* A line that goes on with a sentence may begin with anything. */
	if (!c->first_line && !c->row)
		return false;
	if (next >= c->text.len || is_line_end(c->text.ptr[next]) || c->text.ptr[next] == '|')
		return true;
	rest = wls_slice_from(c->text, next);
	return next > at && (rest.ptr[0] == '(' || is_arrow_or_dash(c->text, next) ||
			     wls_mark_at(rest, &mark, NULL) != WLS_MARK_NONE);
}

/* Whether what follows makes a label of a token after an opening parenthesis. */
static bool leads_parenthesis(struct wls_slice text, uint32_t end)
{
	size_t at = end + (wls_label_byte(text, end) == '+'), next;

	at = skip_emphasis(text, at);
	next = skip_blanks(text, at);
	if (next >= text.len)
		return false;
	if (wls_label_in("),;:/|", text.ptr[next]) || is_wide_mark(text, next) ||
	    is_arrow_or_dash(text, next) || joins_next(text, end))
		return true;
	/* `(v14 in progress)`, not `(v2 API)` */
	return next > at && !is_line_end(text.ptr[next]) &&
	       !(text.ptr[next] >= 'A' && text.ptr[next] <= 'Z');
}

/* Whether the link whose text begins at `at` leads to this log's entry of that number. */
static bool links_to_own(struct wls_slice text, size_t at, uint32_t number)
{
	size_t limit = text.len - at > 256 ? 256 : text.len - at;
	struct wls_slice rest = wls_slice(text.ptr + at, limit);
	const char *close = memchr(rest.ptr, ']', rest.len);
	struct wls_label_token token;
	size_t hash;

	if (!close || memchr(rest.ptr, '[', (size_t)(close - rest.ptr)))
		return false;
	hash = (size_t)(close - text.ptr) + 1;
	if (wls_label_byte(text, hash) == ':')
		hash = skip_blanks(text, hash + 1);
	else if (wls_label_byte(text, hash) == '(')
		hash++;
	else
		return false;
	return wls_label_byte(text, hash) == '#' && hash + 1 < text.len &&
	       wls_label_token_at(text, (uint32_t)hash + 1, &token) && token.number == number;
}

/* `[v6]` by itself, or as the text of a link to the entry. */
static bool leads_bracket(struct wls_slice text, const struct wls_label_token *token)
{
	size_t at = skip_emphasis(text, token->end);

	if (wls_label_byte(text, at) != ']')
		return joins_next(text, token->end);
	if (wls_label_byte(text, at + 1) != '(' && wls_label_byte(text, at + 1) != ':')
		return true;
	return links_to_own(text, token->end, token->number) ||
	       (wls_label_byte(text, at + 1) == ':' &&
		wls_label_is_blank(wls_label_byte(text, at + 2)) &&
		wls_slice_find(wls_slice(text.ptr + at, text.len - at > 12 ? 12 : text.len - at),
			       WLS_SLICE("://")) == SIZE_MAX);
}

/* ---- what stands before ---- */

/* The words after which a version is one of this log. */
static bool is_preposition(struct wls_slice word)
{
	static const struct wls_slice words[] = {
		WLS_LABEL_WORD("in"),      WLS_LABEL_WORD("since"),    WLS_LABEL_WORD("from"),
		WLS_LABEL_WORD("see"),     WLS_LABEL_WORD("of"),       WLS_LABEL_WORD("by"),
		WLS_LABEL_WORD("until"),   WLS_LABEL_WORD("after"),    WLS_LABEL_WORD("before"),
		WLS_LABEL_WORD("to"),      WLS_LABEL_WORD("than"),     WLS_LABEL_WORD("with"),
		WLS_LABEL_WORD("at"),      WLS_LABEL_WORD("on"),       WLS_LABEL_WORD("for"),
		WLS_LABEL_WORD("as"),      WLS_LABEL_WORD("into"),     WLS_LABEL_WORD("till"),
		WLS_LABEL_WORD("through"), WLS_LABEL_WORD("via"),      WLS_LABEL_WORD("during"),
		WLS_LABEL_WORD("within"),  WLS_LABEL_WORD("between"),  WLS_LABEL_WORD("both"),
		WLS_LABEL_WORD("vs"),      WLS_LABEL_WORD("versus"),   WLS_LABEL_WORD("per"),
		WLS_LABEL_WORD("cf"),      WLS_LABEL_WORD("entry"),    WLS_LABEL_WORD("entries"),
		WLS_LABEL_WORD("session"), WLS_LABEL_WORD("sessions"), WLS_LABEL_WORD("upto"),
	};

	return wls_label_is_one_of(word, words, WLS_ARRAY_SIZE(words));
}

/* Whether a key's value names versions of this log: `Prev`, `Started`, `Fixed in`. */
static bool is_version_key(struct wls_slice key)
{
	static const struct wls_slice words[] = {
		WLS_LABEL_WORD("now"),        WLS_LABEL_WORD("last"),
		WLS_LABEL_WORD("latest"),     WLS_LABEL_WORD("current"),
		WLS_LABEL_WORD("version"),    WLS_LABEL_WORD("added"),
		WLS_LABEL_WORD("fixed"),      WLS_LABEL_WORD("resolved"),
		WLS_LABEL_WORD("closed"),     WLS_LABEL_WORD("eta"),
		WLS_LABEL_WORD("done"),       WLS_LABEL_WORD("removed"),
		WLS_LABEL_WORD("completed"),  WLS_LABEL_WORD("planned"),
		WLS_LABEL_WORD("introduced"), WLS_LABEL_WORD("first seen"),
		WLS_LABEL_WORD("last seen"),  WLS_LABEL_WORD("supersedes"),
		WLS_LABEL_WORD("superseded"),
	};
	size_t word = key.len;

	switch (wls_key_find(key)) {
	case WLS_KEY_PREV:
	case WLS_KEY_STARTED:
	case WLS_KEY_TARGET:
	case WLS_KEY_UPDATED:
	case WLS_KEY_CONTINUES:
		return true;
	default:
		break;
	}
	while (word > 0 && wls_is_alpha(key.ptr[word - 1]))
		word--;
	return wls_label_is_one_of(key, words, WLS_ARRAY_SIZE(words)) ||
	       is_preposition(wls_slice_from(key, word));
}

/* Over the emphasis and blanks before `at`, but not before `stop`. */
static uint32_t skip_back(const struct wls_label_context *c, uint32_t stop, uint32_t at)
{
	uint32_t from = at;

	while (at > stop && from - at < WLS_LABEL_LOOK) {
		char before = c->text.ptr[at - 1];

		if (wls_label_is_blank(before) || wls_label_is_emphasis(before))
			at--;
		else if (at - stop >= 2 && memcmp(c->text.ptr + at - 2, "\xC2\xA0", 2) == 0)
			at -= 2;
		else if (at - stop >= 3 && memcmp(c->text.ptr + at - 3, "\xE2\x80\x9C", 3) == 0)
			at -= 3; /* a quotation mark */
		else
			break;
	}
	return at;
}

static bool follows_word(const struct wls_label_context *c, uint32_t end)
{
	uint32_t begin = wls_label_word_begin(c, end);

	return end > begin && !wls_label_word_before(c->text, c->floor, begin) &&
	       !(begin > c->floor && wls_label_in("-_.", c->text.ptr[begin - 1])) &&
	       is_preposition(wls_slice(c->text.ptr + begin, end - begin));
}

/* Whether the text before `colon`, back to what may part fields (`Â·` ends in B7), is a key. */
static bool follows_key(const struct wls_label_context *c, uint32_t colon)
{
	uint32_t begin = colon, end = skip_back(c, c->content, colon);

	while (begin > c->content && colon - begin < WLS_LABEL_LOOK &&
	       !wls_label_in("|(;,[:", c->text.ptr[begin - 1]) && c->text.ptr[begin - 1] != '\xB7')
		begin--;
	while (begin < end && (wls_label_is_blank(c->text.ptr[begin]) ||
			       wls_label_is_emphasis(c->text.ptr[begin])))
		begin++;
	return begin < end && is_version_key(wls_slice(c->text.ptr + begin, end - begin));
}

/* The last word of the line before, when this line goes on with its paragraph. */
static bool continues_sentence(const struct wls_label_context *c)
{
	uint32_t at = c->line;

	if (c->first_line || at <= c->floor)
		return false;
	at--;
	if (at > c->floor && c->text.ptr[at] == '\n' && c->text.ptr[at - 1] == '\r')
		at--;
	return follows_word(c, skip_back(c, c->floor, at));
}

/* A version of something that is named after it: `v5 of the API`. */
static bool is_of_another(const struct wls_label_context *c, uint32_t end)
{
	size_t at = skip_blanks(c->text, skip_emphasis(c->text, end));

	return at > end && wls_label_has(c->text, at, WLS_SLICE("of")) &&
	       !wls_label_word_after(c->text, at + 2);
}

/* `(v6)` right after another log's name is that log's. */
static bool is_beside_foreign(const struct wls_label_context *c, uint32_t at)
{
	return c->foreign_end > 0 && skip_back(c, c->foreign_end, at) == c->foreign_end;
}

/* `(resolved, v6)`: the comma stands before `at`. */
static bool ends_parenthesis(struct wls_slice text, uint32_t end)
{
	size_t at = skip_emphasis(text, end + (size_t)(wls_label_byte(text, end) == '+'));

	return wls_label_byte(text, at) == ')' ||
	       wls_label_has(text, at, WLS_SLICE("\xEF\xBC\x89"));
}

/* ---- hypotheses ---- */

static bool is_year(struct wls_slice s)
{
	return s.len == 4 && (s.ptr[0] == '1' || s.ptr[0] == '2') && wls_is_digit(s.ptr[1]) &&
	       wls_is_digit(s.ptr[2]) && wls_is_digit(s.ptr[3]);
}

/* Half-years (`H1 2025`) and headings (`H2 tags`) are written like hypotheses. */
static bool is_hypothesis(const struct wls_label_context *c, const struct wls_label_token *token)
{
	static const struct wls_slice others[] = {
		WLS_LABEL_WORD("heading"),  WLS_LABEL_WORD("headings"), WLS_LABEL_WORD("header"),
		WLS_LABEL_WORD("headers"),  WLS_LABEL_WORD("tag"),      WLS_LABEL_WORD("tags"),
		WLS_LABEL_WORD("title"),    WLS_LABEL_WORD("titles"),   WLS_LABEL_WORD("element"),
		WLS_LABEL_WORD("elements"), WLS_LABEL_WORD("database"),
	};
	size_t next = skip_blanks(c->text, token->end), end = next;
	uint32_t before = skip_back(c, c->line, token->begin);

	while (end < c->text.len && end - next <= WLS_LABEL_WORD_MAX &&
	       wls_is_alnum(c->text.ptr[end]))
		end++;
	if (next > token->end && (is_year(wls_slice(c->text.ptr + next, end - next)) ||
				  wls_label_is_one_of(wls_slice(c->text.ptr + next, end - next),
						      others, WLS_ARRAY_SIZE(others))))
		return false;
	return before < c->line + 4 || before == token->begin ||
	       !is_year(wls_slice(c->text.ptr + before - 4, 4));
}

/* ---- the verdict ---- */

/* The mark that ends before `at`, a wide one as its ASCII likeness, and where it begins. */
static char mark_before(const struct wls_label_context *c, uint32_t at, uint32_t *begin)
{
	static const struct {
		struct wls_slice wide;
		char mark;
	} marks[] = {
		{WLS_LABEL_WORD("\xEF\xBC\x88"), '('},
		{WLS_LABEL_WORD("\xEF\xBC\x9A"), ':'},
		{WLS_LABEL_WORD("\xEF\xBC\x8C"), ','},
		{WLS_LABEL_WORD("\xE3\x80\x81"), ','},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(marks) && at - c->content >= 3; i++) {
		if (!wls_label_has(c->text, at - 3, marks[i].wide))
			continue;
		*begin = at - 3;
		return marks[i].mark;
	}
	*begin = at - 1;
	return c->text.ptr[at - 1];
}

static bool leads(const struct wls_label_context *c, const struct wls_label_token *token)
{
	return (c->heading && c->first_line) || leads_line(c, token->end) ||
	       (continues_sentence(c) && !is_of_another(c, token->end));
}

static bool version_refers(const struct wls_label_context *c, const struct wls_label_token *token)
{
	uint32_t at = skip_back(c, c->content, token->begin), mark;
	/* After another log's name only parentheses of their own are sure to be about this one. */
	bool foreign = c->foreign_end > c->line;

	if (at <= c->content)
		return leads(c, token);
	switch (mark_before(c, at, &mark)) {
	case '(':
		return leads_parenthesis(c->text, token->end) && !is_beside_foreign(c, mark);
	case '[':
		return leads_bracket(c->text, token);
	case ',':
	case ';':
		return ends_parenthesis(c->text, token->end) && !foreign;
	case ':':
		return follows_key(c, mark) && !foreign && !is_of_another(c, token->end);
	case '.':
		return follows_word(c, mark) && !foreign;
	case '-':
		return wls_label_has_prefix(c, at);
	default:
		return follows_word(c, at) && !foreign && !is_of_another(c, token->end);
	}
}

bool wls_label_refers(const struct wls_label_context *c, const struct wls_label_token *token)
{
	if (token->letter == 'H')
		return is_hypothesis(c, token);
	return version_refers(c, token) || links_to_own(c->text, token->end, token->number);
}

/* ---- lines ---- */

/* Bytes of the number at `at` of an ordered list: `1. `. */
static size_t ordinal_at(struct wls_slice text, size_t at)
{
	size_t n = at;

	while (n - at < 9 && wls_is_digit(wls_label_byte(text, n)))
		n++;
	return n > at && wls_label_in(".)", wls_label_byte(text, n)) ? n + 1 - at : 0;
}

/* Bytes of the box or tag at `at`: `[x] `, `[HIGH] `. */
static size_t tag_at(struct wls_slice text, size_t at)
{
	size_t n = at + 1;
	char c;

	while (n - at < WLS_LABEL_WORD_MAX && (c = wls_label_byte(text, n)) != '\0' &&
	       (c == 'x' || c == ' ' || c == '_' || (c >= 'A' && c <= 'Z')))
		n++;
	return wls_label_byte(text, at) == '[' && wls_label_byte(text, n) == ']' ? n + 1 - at : 0;
}

/* Bytes of what may stand before a line's text at `at`. */
static size_t opener_at(struct wls_slice text, size_t at)
{
	size_t n = at, mark;
	char c = text.ptr[at];

	if (wls_label_in(" \t>|*_~", c))
		return 1;
	if (c == '[')
		n += tag_at(text, at);
	else if (wls_is_digit(c))
		n += ordinal_at(text, at);
	else if (c == '-' || c == '+')
		n++;
	else if (wls_mark_at(wls_slice_from(text, at), &mark, NULL) != WLS_MARK_NONE)
		return mark;
	while (c == '#' && wls_label_byte(text, n) == '#')
		n++;
	return n > at && wls_label_is_blank(wls_label_byte(text, n)) ? n - at : 0;
}

void wls_label_line(struct wls_label_context *c, uint32_t line, uint32_t from)
{
	size_t n;

	c->line = line;
	c->row = false;
	while (from < c->text.len && (n = opener_at(c->text, from)) > 0) {
		c->row |= c->text.ptr[from] == '|';
		from += (uint32_t)n;
	}
	c->content = from;
}
