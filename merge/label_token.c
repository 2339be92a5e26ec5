/* SPDX-License-Identifier: MIT */
/*
 * Tokens (`v6`, `H3`, `v6-8`): reading them, what touches them, what joins two of them.
 *
 * Layer: merge. Includes: base, labels.
 *
 * `v6` is a word of its own when no letter, digit or sign that makes names and numbers touches it:
 * `v6.1`, `v6beta`, `xv6`, `checkout@v6`, `Auth-v6` are no tokens. `api/v6` looks like one.
 */
#include "base/utf8.h"
#include "merge/label_text.h"

bool wls_label_is_one_of(struct wls_slice word, const struct wls_slice *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq_nocase(word, words[i]))
			return true;
	return false;
}

/* ---- tokens ---- */

static bool read_number(struct wls_slice text, uint32_t at, struct wls_label_token *out)
{
	uint64_t n = 0;

	out->digits = at;
	for (; at < text.len && wls_is_digit(text.ptr[at]); at++)
		if (n <= WLS_VERSION_MAX)
			n = n * 10 + (uint64_t)(text.ptr[at] - '0');
	out->end = at;
	out->number = (uint32_t)n;
	return at > out->digits && n <= WLS_VERSION_MAX;
}

bool wls_label_token_at(struct wls_slice text, uint32_t at, struct wls_label_token *out)
{
	char letter = text.ptr[at];

	if (letter != 'v' && letter != 'V' && letter != 'H')
		return false;
	out->begin = at;
	out->letter = letter == 'H' ? 'H' : 'v';
	return read_number(text, at + 1, out);
}

/* Bytes of the dash at `at`. */
size_t wls_label_dash(struct wls_slice text, size_t at)
{
	if (wls_label_byte(text, at) == '-')
		return 1;
	return wls_label_has(text, at, WLS_SLICE("\xE2\x80\x93")) ? 3 : 0;
}

bool wls_label_range_tail(struct wls_slice text, const struct wls_label_token *token,
			  struct wls_label_token *out)
{
	size_t dash = wls_label_dash(text, token->end);

	/* `v6-2025` and `v6-07` are no ranges. */
	if (dash == 0 || !wls_is_digit(wls_label_byte(text, token->end + dash)) ||
	    !read_number(text, token->end + (uint32_t)dash, out))
		return false;
	out->begin = out->digits;
	out->letter = token->letter;
	return out->number > token->number && text.ptr[out->digits] != '0' &&
	       out->end - out->digits <= token->end - token->digits + 1 &&
	       wls_label_edge_after(text, out->end) == WLS_EDGE_FREE;
}

/* ---- edges ---- */

/* Whether the code point that ends before `at` is part of a word. */
bool wls_label_word_before(struct wls_slice text, uint32_t floor, uint32_t at)
{
	uint32_t from = at;
	int32_t cp;

	if (at <= floor)
		return false;
	if ((signed char)text.ptr[at - 1] >= 0)
		return wls_is_alnum(text.ptr[at - 1]);
	do
		from--;
	while (from > floor && at - from < 4 && ((unsigned char)text.ptr[from] & 0xC0) == 0x80);
	if (wls_utf8_decode(wls_slice(text.ptr + from, at - from), &cp, NULL) != at - from)
		return false;
	return cp != 0xFE0F && wls_utf8_is_word(cp);
}

bool wls_label_word_after(struct wls_slice text, size_t at)
{
	int32_t cp;

	if (at >= text.len)
		return false;
	if ((signed char)text.ptr[at] >= 0)
		return wls_is_alnum(text.ptr[at]);
	wls_utf8_decode(wls_slice_from(text, at), &cp, NULL);
	return cp != 0xFE0F && cp != 0xFFFD && wls_utf8_is_word(cp);
}

/* Where the word begins that ends at `end`; letters only. */
uint32_t wls_label_word_begin(const struct wls_label_context *c, uint32_t end)
{
	uint32_t at = end;

	while (at > c->floor && end - at <= WLS_LABEL_WORD_MAX && wls_is_alpha(c->text.ptr[at - 1]))
		at--;
	return at;
}

/* `pre-v6`, `post-v6`: the dash stands before `at`. */
bool wls_label_has_prefix(const struct wls_label_context *c, uint32_t at)
{
	static const struct wls_slice prefixes[] = {WLS_LABEL_WORD("pre"), WLS_LABEL_WORD("post")};
	uint32_t begin;

	if (at <= c->floor + 1 || c->text.ptr[at - 1] != '-')
		return false;
	begin = wls_label_word_begin(c, at - 1);
	return wls_label_is_one_of(wls_slice(c->text.ptr + begin, at - 1 - begin), prefixes,
				   WLS_ARRAY_SIZE(prefixes)) &&
	       !wls_label_word_before(c->text, c->floor, begin);
}

enum wls_label_edge wls_label_edge_before(const struct wls_label_context *c, uint32_t at)
{
	char before;

	if (at <= c->floor)
		return WLS_EDGE_FREE;
	before = c->text.ptr[at - 1];
	if (before == '_')
		return wls_label_word_before(c->text, c->floor, at - 1) ? WLS_EDGE_WORD
									: WLS_EDGE_FREE;
	if (before == '-' && !wls_label_has_prefix(c, at))
		return WLS_EDGE_WORD;
	if (wls_label_in(".@$\\&%", before))
		return WLS_EDGE_WORD;
	if (wls_label_in("/=#<", before))
		return WLS_EDGE_PATH;
	return wls_label_word_before(c->text, c->floor, at) ? WLS_EDGE_WORD : WLS_EDGE_FREE;
}

enum wls_label_edge wls_label_edge_after(struct wls_slice text, uint32_t end)
{
	char after = wls_label_byte(text, end), next = wls_label_byte(text, end + (size_t)1);
	bool token_next =
		wls_label_in("vVH", next) && wls_is_digit(wls_label_byte(text, end + (size_t)2));

	switch (after) {
	case '/':
		return token_next || !wls_is_alnum(next) ? WLS_EDGE_FREE : WLS_EDGE_PATH;
	case '-':
		return token_next || !wls_label_word_after(text, end + (size_t)1) ? WLS_EDGE_FREE
										  : WLS_EDGE_WORD;
	case '.':
	case '_':
		return wls_label_word_after(text, end + (size_t)1) ? WLS_EDGE_WORD : WLS_EDGE_FREE;
	case '(':
	case '@':
		return WLS_EDGE_WORD;
	default:
		return wls_label_word_after(text, end) ? WLS_EDGE_WORD : WLS_EDGE_FREE;
	}
}

/* ---- what joins tokens ---- */

bool wls_label_joined(struct wls_slice text, uint32_t end, uint32_t begin)
{
	static const struct wls_slice links[] = {
		WLS_LABEL_WORD(","),
		WLS_LABEL_WORD("\xEF\xBC\x8C"),
		WLS_LABEL_WORD("\xE3\x80\x81"),
		WLS_LABEL_WORD("and"),
		WLS_LABEL_WORD(", and"),
		WLS_LABEL_WORD("&"),
		WLS_LABEL_WORD("/"),
		WLS_LABEL_WORD("-"),
		WLS_LABEL_WORD("\xE2\x80\x93"),
		WLS_LABEL_WORD("\xE2\x80\x94"),
		WLS_LABEL_WORD("->"),
		WLS_LABEL_WORD("-->"),
		WLS_LABEL_WORD("=>"),
		WLS_LABEL_WORD("\xE2\x86\x92"),
		WLS_LABEL_WORD("to"),
		WLS_LABEL_WORD("or"),
		WLS_LABEL_WORD(", or"),
		WLS_LABEL_WORD("vs"),
		WLS_LABEL_WORD("vs."),
		WLS_LABEL_WORD("+"),
		WLS_LABEL_WORD(".."),
		WLS_LABEL_WORD("..."),
		WLS_LABEL_WORD("\xE2\x80\xA6"),
		WLS_LABEL_WORD("through"),
		WLS_LABEL_WORD("until"),
		WLS_LABEL_WORD("versus"),
		WLS_LABEL_WORD("then"),
		WLS_LABEL_WORD(", then"),
	};
	struct wls_slice gap;

	if (end > begin || begin - end > WLS_LABEL_LOOK)
		return false;
	gap = wls_slice(text.ptr + end, begin - end);
	/* `v5+ and v6` */
	if (gap.len > 1 && gap.ptr[0] == '+')
		gap = wls_slice_from(gap, 1);
	while (gap.len > 0 && (wls_label_is_emphasis(gap.ptr[0]) || wls_label_is_blank(gap.ptr[0])))
		gap = wls_slice_from(gap, 1);
	while (gap.len > 0 && (wls_label_is_emphasis(gap.ptr[gap.len - 1]) ||
			       wls_label_is_blank(gap.ptr[gap.len - 1])))
		gap.len--;
	return wls_label_is_one_of(gap, links, WLS_ARRAY_SIZE(links));
}
