/* SPDX-License-Identifier: MIT */
/*
 * Text of a log for an issue: Markdown that stays a line of text, and calls nobody.
 *
 * Layer: plan. Includes: base, buf, plan.
 *
 * What is seen of the text (visible.c) is walked once from left to right. Code spans stay as they
 * are, and so do pairs of a backslash and the sign that it escapes; emphasis stays alive. HTML,
 * entities, links and images are escaped. Trackers look for names and references in the text that
 * Markdown leaves, so a backslash does not stop them: a zero-width space behind `@`, `#` and `GH-`
 * does. Addresses of issues, and all others in which anything of this kind stands, become code.
 *
 * Linear: a code span's end is searched for once for each of the few lengths; an address is
 * looked at once.
 */
#include "plan/visible.h"
#include "wlsync/plan.h"

#define ZERO_WIDTH_SPACE "\xE2\x80\x8B"

/* Longer runs of backticks open nothing: GitHub's parser has such a bound as well (80). */
enum { TICKS_MAX = 32 };

struct walk {
	struct wls_slice text;
	size_t at;
	size_t block_sign;          /* the sign that would begin a block, or SIZE_MAX */
	size_t tick[TICKS_MAX + 1]; /* by length: the run found last; SIZE_MAX: no more */
	bool mentions;
	struct wls_buf *out;
};

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7F && !wls_is_alnum(c);
}

static char char_at(struct wls_slice s, size_t i)
{
	return i < s.len ? s.ptr[i] : '\0';
}

/* ---- the start: what begins a block ---- */

static size_t run_of(struct wls_slice s, char c)
{
	size_t n = 0;
	while (n < s.len && s.ptr[n] == c)
		n++;
	return n;
}

static bool ends_word(struct wls_slice s, size_t i)
{
	return i >= s.len || s.ptr[i] == ' ';
}

/* A rule, an underline, the second row of a table. */
static bool is_drawn_line(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!memchr("-_*=:| ", s.ptr[i], 7))
			return false;
	return true;
}

/* The sign to escape so that the text begins a paragraph; SIZE_MAX: none. */
static size_t block_sign(struct wls_slice s)
{
	enum { DIGITS_MAX = 9 };
	size_t digits = 0;
	char c = char_at(s, 0);
	if (c == '>' || c == '|' || (c == '#' && ends_word(s, run_of(s, c))) ||
	    (c == '~' && run_of(s, c) >= 3) ||
	    ((c == '-' || c == '+' || c == '*') && ends_word(s, 1)) || is_drawn_line(s))
		return 0;
	while (digits < s.len && wls_is_digit(s.ptr[digits]))
		digits++;
	if (digits > 0 && digits <= DIGITS_MAX && ends_word(s, digits + 1) &&
	    (char_at(s, digits) == '.' || char_at(s, digits) == ')'))
		return digits;
	return SIZE_MAX;
}

/* ---- signs that trackers read ---- */

/* Whether `GH` stands before `end`, as a word's beginning. */
static bool is_gh_before(struct wls_slice s, size_t end)
{
	return end >= 2 && wls_lower(s.ptr[end - 1]) == 'h' && wls_lower(s.ptr[end - 2]) == 'g' &&
	       (end == 2 || !wls_is_alnum(s.ptr[end - 3]));
}

/*
 * Whether the sign at `at` makes a name or reference out of what follows. `before` is the end of
 * what it follows: a backslash of its own may stand between.
 */
static bool calls(struct wls_slice s, size_t before, size_t at)
{
	char next = char_at(s, at + 1);
	switch (s.ptr[at]) {
	case '@':
		return next != '\0' && next != ' ';
	case '#':
		return wls_is_digit(next);
	case '-':
		return wls_is_digit(next) && is_gh_before(s, before);
	default:
		return false;
	}
}

/* Adds the sign at walk->at and goes behind it. */
static void take_sign(struct walk *w, size_t before)
{
	wls_buf_add_char(w->out, w->text.ptr[w->at]);
	if (!w->mentions && calls(w->text, before, w->at))
		wls_buf_add_str(w->out, ZERO_WIDTH_SPACE);
	w->at++;
}

static void take_backslash(struct walk *w)
{
	char c = char_at(w->text, w->at + 1);
	if (!is_punctuation(c)) {
		/* Escaped, for what we put behind it may be a sign. */
		wls_buf_add_str(w->out, "\\\\");
		w->at++;
		return;
	}
	wls_buf_add_char(w->out, '\\');
	w->at++;
	take_sign(w, w->at - 1);
	/* An address with such a pair in it is none to us, but may be one when it is shown. */
	if (!w->mentions && (c == ':' || c == '/'))
		wls_buf_add_str(w->out, ZERO_WIDTH_SPACE);
}

/* ---- code ---- */

/* Backticks of ours must not grow a run. */
static void part_ticks(struct wls_buf *out)
{
	if (out->len > 0 && out->ptr[out->len - 1] == '`')
		wls_buf_add_str(out, ZERO_WIDTH_SPACE);
}

/* The next run of exactly `n` backticks from `from` on, which is in no run; SIZE_MAX: none. */
static size_t find_ticks(struct walk *w, size_t n, size_t from)
{
	if (w->tick[n] >= from && w->tick[n] > 0)
		return w->tick[n];
	size_t i = from, len = 0;
	while (i < w->text.len) {
		const char *next = memchr(w->text.ptr + i, '`', w->text.len - i);
		if (!next)
			break;
		i = (size_t)(next - w->text.ptr);
		len = run_of(wls_slice_from(w->text, i), '`');
		if (len == n)
			return w->tick[n] = i;
		i += len;
	}
	return w->tick[n] = SIZE_MAX;
}

static void take_ticks(struct walk *w)
{
	size_t n = run_of(wls_slice_from(w->text, w->at), '`');
	size_t end = n <= TICKS_MAX ? find_ticks(w, n, w->at + n) : SIZE_MAX;
	if (end != SIZE_MAX) {
		part_ticks(w->out);
		wls_buf_add(w->out, w->text.ptr + w->at, end + n - w->at);
		w->at = end + n;
		return;
	}
	for (size_t i = 0; i < n; i++)
		wls_buf_add_str(w->out, "\\`");
	w->at += n;
}

/* ---- addresses ---- */

enum { WWW_LEN = 4 };

/* Bytes of `https://` and its like at the start, or 0. */
static size_t url_prefix(struct wls_slice s)
{
	static const struct wls_slice prefixes[] = {
		{"https://", 8}, {"http://", 7}, {"ftp://", 6}, {"www.", WWW_LEN}};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(prefixes); i++)
		if (wls_slice_starts_nocase(s, prefixes[i]))
			return prefixes[i].len;
	return 0;
}

/* `/issues/12` and its like. */
static bool is_issue_path(struct wls_slice s)
{
	static const struct wls_slice names[] = {
		{"/issues/", 8},      {"/issue/", 7},        {"/pull/", 6},
		{"/pulls/", 7},       {"/discussions/", 13}, {"/merge_requests/", 16},
		{"/work_items/", 12},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(names); i++) {
		char c = char_at(s, names[i].len);
		if ((wls_is_digit(c) || c == '%') && wls_slice_starts_nocase(s, names[i]))
			return true;
	}
	return false;
}

static bool is_entity(struct wls_slice s)
{
	size_t i = 1;
	while (i < s.len && (wls_is_alnum(s.ptr[i]) || s.ptr[i] == '#'))
		i++;
	return char_at(s, i) == ';';
}

/* Whether it may stand there unescaped, and calls nobody (with `mentions` it may). */
static bool is_harmless_url(struct wls_slice url, bool mentions)
{
	for (size_t i = 0; i < url.len; i++) {
		struct wls_slice rest = wls_slice_from(url, i);
		char c = url.ptr[i];
		if (strchr("[]\\", c) || (c == '&' && is_entity(rest)))
			return false;
		if (!mentions && (calls(url, i, i) || (c == '/' && is_issue_path(rest))))
			return false;
	}
	return true;
}

/* Without the signs that end a sentence or an emphasis rather than an address. */
static struct wls_slice without_ending(struct wls_slice url)
{
	while (url.len > 0 && memchr("?!.,:*_~'\")]}", url.ptr[url.len - 1], 13))
		url.len--;
	return url;
}

/* Whether what follows an address ends it for every parser, as it is. */
static bool ends_url(struct wls_slice rest)
{
	while (rest.len > 0 && memchr("?!.,:*_~'\")", rest.ptr[0], 11))
		rest = wls_slice_from(rest, 1);
	return ends_word(rest, 0);
}

static void add_wrapped(struct wls_buf *out, char opening, struct wls_slice text, char closing)
{
	if (opening == '`')
		part_ticks(out);
	wls_buf_add_char(out, opening);
	wls_buf_add_slice(out, text);
	wls_buf_add_char(out, closing);
}

/* A prefix that nothing follows: the parser might take what we write behind it. */
static void take_bare_prefix(struct walk *w, struct wls_slice prefix)
{
	size_t sign = prefix.len - (prefix.ptr[prefix.len - 1] == '.' ? 1 : 3);
	wls_buf_add(w->out, prefix.ptr, sign);
	wls_buf_add_char(w->out, '\\');
	wls_buf_add_slice(w->out, wls_slice_from(prefix, sign));
	w->at += prefix.len;
}

/* An address at the walk's place, in `<…>` or not; false when there is none to take. */
static bool take_url(struct walk *w)
{
	bool opened = w->text.ptr[w->at] == '<';
	struct wls_slice rest = wls_slice_from(w->text, w->at + opened), url = rest;
	size_t prefix = url_prefix(rest);
	url.len = prefix;
	if (prefix == 0)
		return false;
	while (url.len < rest.len && !strchr(" <>`", rest.ptr[url.len]))
		url.len++;
	bool angle = opened && char_at(rest, url.len) == '>';
	if (opened && !angle)
		return false;
	if (!angle)
		url = without_ending(url);
	if (url.len <= prefix && angle)
		return false;
	if (url.len <= prefix) {
		take_bare_prefix(w, wls_slice(rest.ptr, prefix));
		return true;
	}
	bool plain = !angle && ends_url(wls_slice_from(rest, url.len));
	if (!is_harmless_url(url, w->mentions) || (!plain && prefix == WWW_LEN))
		add_wrapped(w->out, '`', url, '`');
	else if (plain)
		wls_buf_add_slice(w->out, url);
	else
		add_wrapped(w->out, '<', url, '>');
	w->at += url.len + (angle ? 2 : 0);
	return true;
}

/* ---- the walk ---- */

static void take(struct walk *w)
{
	char c = w->text.ptr[w->at];
	if (w->at == w->block_sign) {
		wls_buf_add_char(w->out, '\\');
		take_sign(w, w->at);
		return;
	}
	if (strchr("<hHfFwW", c) && take_url(w))
		return;
	switch (c) {
	case '`':
		take_ticks(w);
		return;
	case '\\':
		take_backslash(w);
		return;
	case '&':
		wls_buf_add_str(w->out, "&amp;");
		break;
	case '<':
		wls_buf_add_str(w->out, "&lt;");
		break;
	case '[':
	case ']':
		wls_buf_add_char(w->out, '\\');
		wls_buf_add_char(w->out, c);
		break;
	default:
		take_sign(w, w->at);
		return;
	}
	w->at++;
}

void wls_inert_add(struct wls_slice text, bool mentions, struct wls_buf *out)
{
	struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;
	wls_visible_add(text, &line);
	struct walk w = {
		.text = wls_slice_trim(wls_buf_slice(&line)),
		.mentions = mentions,
		.out = out,
	};
	w.block_sign = block_sign(w.text);
	while (w.at < w.text.len)
		take(&w);
}
