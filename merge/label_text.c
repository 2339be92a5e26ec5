/* SPDX-License-Identifier: MIT */
/*
 * The walk over running text: code spans, links, URLs, names of logs, tokens.
 *
 * Layer: merge. Includes: base, labels.
 *
 * A block is walked once, byte by byte. What hides labels (a code span, a comment, a tag, a URL)
 * sets the place where hiding ends; a link's destination hides all but this log's anchors and
 * names. "worklog" is looked at with the name before it and the version after it. Whether another
 * token is a label is asked of label_context.c, unless it is joined to the one before it.
 *
 * What is looked for ahead (the end of a code span, of a comment, of a tag) is remembered, found
 * or not, so that the time is linear whatever the bytes.
 *
 * Not done: links that go over the end of a line.
 */
#include "merge/label_text.h"
#include "base/utf8.h"

enum { BACKTICKS = 32 /* longer runs open no code span */, GAP_MAX = 64 };

struct walk {
	const struct wls_label_scan *scan;
	const struct wls_label_unit *unit;
	struct wls_label_context context;
	uint32_t at;
	uint32_t hidden_end;           /* all before it is code, a comment, a tag or a URL */
	uint32_t link_begin, link_end; /* a link's destination */
	uint32_t own_end;              /* after the last name of this log */
	uint32_t tag_end;              /* the next '>', as far as was looked for */
	bool no_comment;               /* there is no further end of one */
	bool no_backticks[BACKTICKS + 1];
	uint32_t joint; /* end of the last token; 0: none */
	char joint_letter;
	bool joint_refers;
};

static char byte_at(const struct walk *w, size_t at)
{
	return at < w->unit->end ? w->scan->source.ptr[at] : '\0';
}

static bool is_gap(char c)
{
	return c == '-' || c == '_' || c == ' ' || c == '\t';
}

static void hide(struct walk *w, size_t end)
{
	if (end > w->hidden_end)
		w->hidden_end = (uint32_t)end;
}

/* ---- adding ---- */

static void add(struct walk *w, const struct wls_label_token *token, bool rewritable)
{
	const struct wls_label_scan *scan = w->scan;
	struct wls_labels *out = scan->out;

	w->joint = token->end;
	w->joint_letter = token->letter;
	w->joint_refers = rewritable;
	if (token->digits < scan->from || token->digits >= scan->to)
		return;
	WLS_GROW(out->items, out->cap, out->count + 1);
	out->items[out->count++] = (struct wls_label){
		.at = token->digits,
		.len = token->end - token->digits,
		.number = token->number,
		.line = w->context.line,
		.letter = token->letter,
		.rewritable = rewritable,
	};
}

/* ---- names of logs ---- */

/* Where `name` begins when it ends at `end`, spelled with any gaps and case; else `end`. */
static uint32_t name_before(const struct walk *w, struct wls_slice name, uint32_t end)
{
	const char *text = w->scan->source.ptr;
	uint32_t at = end;
	size_t left = name.len;

	while (left > 0 && is_gap(name.ptr[left - 1]))
		left--;
	while (left > 0) {
		char c = name.ptr[--left];

		if (at == w->unit->begin)
			return left == 0 && is_gap(c) ? at : end;
		if (!is_gap(c)) {
			if (wls_lower(text[--at]) != wls_lower(c))
				return end;
			continue;
		}
		while (left > 0 && is_gap(name.ptr[left - 1]))
			left--;
		if (left == 0)
			break;
		if (!is_gap(text[at - 1]))
			return end;
		while (at > w->unit->begin && end - at < GAP_MAX + name.len && is_gap(text[at - 1]))
			at--;
	}
	return at;
}

/* Whether this log's name stands before `end`, and no longer name does. */
static bool is_own_name(const struct walk *w, uint32_t end)
{
	uint32_t begin = name_before(w, w->scan->log_name, end);

	if (begin == end)
		return false;
	return wls_label_edge_before(&w->context, begin) != WLS_EDGE_WORD;
}

/* The version after `at`, in `-v6` or ` v6`; false when there is none. */
static bool version_after(const struct walk *w, uint32_t at, struct wls_label_token *token)
{
	struct wls_slice text = w->context.text;

	if (!is_gap(byte_at(w, at)) || at + 1 >= text.len ||
	    !wls_label_token_at(text, at + 1, token) || token->letter != 'v')
		return false;
	if (wls_slice_starts_nocase(wls_slice_from(text, token->end), WLS_SLICE(".md")) &&
	    wls_label_edge_after(text, token->end + 3) != WLS_EDGE_WORD)
		return true;
	return wls_label_edge_after(text, token->end) == WLS_EDGE_FREE;
}

/* "worklog" at w->at: with the name before it, and its version. */
static void scan_name(struct walk *w)
{
	enum { LEN = 7 };
	const char *text = w->scan->source.ptr;
	uint32_t end = w->at, begin = w->unit->begin;
	struct wls_label_token token;
	bool own, tight;

	w->at += LEN;
	if (end == begin || !is_gap(text[end - 1]) || wls_is_alnum(byte_at(w, w->at)))
		return;
	tight = text[end - 1] == '-' || text[end - 1] == '_';
	while (end > begin && w->at - end < GAP_MAX && is_gap(text[end - 1]))
		end--;
	own = is_own_name(w, end);
	if (!own && !tight)
		return;
	if (version_after(w, w->at, &token)) {
		w->at = token.end;
		if (own) {
			add(w, &token, token.begin >= w->hidden_end);
		} else {
			w->joint = token.end;
			w->joint_letter = 'v';
			w->joint_refers = false;
		}
	}
	if (wls_slice_starts_nocase(wls_slice_from(w->context.text, w->at), WLS_SLICE(".md")))
		w->at += 3;
	*(own ? &w->own_end : &w->context.foreign_end) = w->at;
}

/* ---- what hides ---- */

static uint32_t backticks_at(const struct walk *w, uint32_t at)
{
	uint32_t n = 0;

	while (byte_at(w, at + n) == '`')
		n++;
	return n;
}

/* The end of the next run of exactly `n` backticks from `at`, or 0. */
static uint32_t find_backticks(const struct walk *w, uint32_t at, uint32_t n)
{
	const char *text = w->scan->source.ptr;

	while (at < w->unit->end) {
		const char *p = memchr(text + at, '`', w->unit->end - at);
		uint32_t run;

		if (!p)
			return 0;
		at = (uint32_t)(p - text);
		run = backticks_at(w, at);
		at += run;
		if (run == n)
			return at;
	}
	return 0;
}

static void scan_backticks(struct walk *w)
{
	uint32_t n = backticks_at(w, w->at), end = 0;

	if (n <= BACKTICKS && !w->no_backticks[n]) {
		end = find_backticks(w, w->at + n, n);
		w->no_backticks[n] = end == 0;
	}
	hide(w, end);
	w->at += n;
}

/* Whether `<…>` is a tag or a link, and not a sign in a sentence: "a <b and v6 > c". */
static bool is_tag(const char *inside, size_t len)
{
	return !memchr(inside, '\n', len) && !memchr(inside, '<', len) &&
	       (!memchr(inside, ' ', len) || memchr(inside, '=', len));
}

static void scan_less(struct walk *w)
{
	const char *text = w->scan->source.ptr;
	struct wls_slice rest = wls_slice_from(w->context.text, w->at);
	char next = byte_at(w, w->at + (size_t)1);
	uint32_t begin = w->at++;

	if (!w->no_comment && wls_slice_starts(rest, WLS_SLICE("<!--"))) {
		size_t end = wls_slice_find(wls_slice_from(rest, 4), WLS_SLICE("-->"));

		w->no_comment = end == SIZE_MAX;
		if (!w->no_comment)
			hide(w, begin + 4 + end + 3);
		return;
	}
	if (!wls_is_alpha(next) && next != '/')
		return;
	if (w->tag_end <= begin) {
		const char *p = memchr(text + begin, '>', w->unit->end - begin);

		w->tag_end = p ? (uint32_t)(p - text) : w->unit->end;
	}
	if (w->tag_end < w->unit->end && w->tag_end - begin < 1024 &&
	    is_tag(text + begin + 1, w->tag_end - begin - 1))
		hide(w, w->tag_end);
}

/* `://`: hides to the end of the URL. */
static void scan_colon(struct walk *w)
{
	size_t at = w->at++;
	unsigned depth = 0;

	if (byte_at(w, at + 1) != '/' || byte_at(w, at + 2) != '/')
		return;
	for (at += 3; at < w->unit->end; at++) {
		char c = w->scan->source.ptr[at];

		if ((unsigned char)c <= ' ' || wls_label_in("<>\"`|", c) ||
		    (c == ')' && depth-- == 0))
			break;
		depth += c == '(';
	}
	hide(w, at);
}

/* `](`: a link's destination begins. */
static void scan_bracket(struct walk *w)
{
	size_t at = w->at++;
	unsigned depth = 0;

	if (byte_at(w, at + 1) != '(' || at < w->link_end)
		return;
	at += byte_at(w, at + 2) == '<' ? 3 : 2;
	w->link_begin = (uint32_t)at;
	for (; at < w->unit->end; at++) {
		char c = w->scan->source.ptr[at];

		if ((unsigned char)c <= ' ' || (c == ')' && depth-- == 0))
			break;
		depth += c == '(';
	}
	w->link_end = (uint32_t)at;
}

/* ---- tokens ---- */

/* `[x]: #v6`, the sign standing at `at`. */
static bool is_defined(const struct walk *w, uint32_t at)
{
	const char *text = w->scan->source.ptr;

	while (at > w->context.line && text[at - 1] == ' ')
		at--;
	return at - w->context.line >= 2 && text[at - 1] == ':' && text[at - 2] == ']';
}

/* The token after a `#`. */
static void scan_anchor(struct walk *w, const struct wls_label_token *token)
{
	uint32_t sign = token->begin - 1;
	char after = byte_at(w, token->end);
	bool own = sign == w->own_end || is_defined(w, sign) ||
		   (sign == w->link_begin && sign < w->link_end);

	/* Hosts make anchors of headings: `#v6--2025-11-10-1400--title`. */
	if (wls_is_alnum(after) || after == '_' || sign == w->context.foreign_end)
		return;
	if (own || wls_label_edge_after(w->context.text, token->end) != WLS_EDGE_WORD)
		add(w, token, own && token->begin >= w->hidden_end);
}

static bool refers(const struct walk *w, const struct wls_label_token *token, bool joined)
{
	if (token->begin < w->hidden_end || token->begin < w->link_end)
		return false;
	return joined ? w->joint_refers : wls_label_refers(&w->context, token);
}

static void scan_token(struct walk *w)
{
	struct wls_slice text = w->context.text;
	struct wls_label_token token, tail;
	enum wls_label_edge before = WLS_EDGE_FREE, after = WLS_EDGE_FREE;
	bool is_range, joined, good;

	if (!wls_label_token_at(text, w->at, &token)) {
		w->at++;
		return;
	}
	w->at = token.end;
	if (token.begin > w->unit->begin && text.ptr[token.begin - 1] == '#' &&
	    token.letter == 'v') {
		scan_anchor(w, &token);
		return;
	}
	joined = w->joint > 0 && w->joint_letter == token.letter &&
		 wls_label_joined(text, w->joint, token.begin);
	is_range = wls_label_range_tail(text, &token, &tail);
	if (!joined)
		before = wls_label_edge_before(&w->context, token.begin);
	if (!is_range)
		after = wls_label_edge_after(text, token.end);
	if (before == WLS_EDGE_WORD || after == WLS_EDGE_WORD || token.begin == w->scan->version_at)
		return;
	good = before == WLS_EDGE_FREE && after == WLS_EDGE_FREE && refers(w, &token, joined);
	add(w, &token, good);
	if (!is_range)
		return;
	w->at = tail.end;
	add(w, &tail, good);
}

/* ---- the walk ---- */

static void scan_line_end(struct walk *w)
{
	if (byte_at(w, w->at) == '\r' && byte_at(w, w->at + (size_t)1) == '\n')
		w->at++;
	w->at++;
	w->context.first_line = false;
	wls_label_line(&w->context, w->at, w->at);
}

static bool is_word_log(const struct walk *w)
{
	return wls_slice_starts_nocase(wls_slice_from(w->context.text, w->at),
				       WLS_SLICE("worklog"));
}

/* What hides labels and is not itself hidden. False when nothing was there. */
static bool scan_mark(struct walk *w)
{
	switch (w->scan->source.ptr[w->at]) {
	case '\\':
		w->at += wls_label_in("`<[]\\", byte_at(w, w->at + (size_t)1)) ? 2 : 1;
		return true;
	case '`':
		scan_backticks(w);
		return true;
	case '<':
		scan_less(w);
		return true;
	case ':':
		scan_colon(w);
		return true;
	case ']':
		scan_bracket(w);
		return true;
	default:
		return false;
	}
}

static void scan_step(struct walk *w)
{
	switch (w->scan->source.ptr[w->at]) {
	case '\n':
	case '\r':
		scan_line_end(w);
		return;
	case 'w':
	case 'W':
		if (is_word_log(w))
			scan_name(w);
		else
			w->at++;
		return;
	case 'v':
	case 'V':
	case 'H':
		if (wls_is_digit(byte_at(w, w->at + (size_t)1)))
			scan_token(w);
		else
			w->at++;
		return;
	default:
		if (w->at < w->hidden_end || !scan_mark(w))
			w->at++;
	}
}

static uint32_t line_begin(struct wls_slice source, uint32_t at)
{
	while (at > 0 && source.ptr[at - 1] != '\n' && source.ptr[at - 1] != '\r')
		at--;
	return at;
}

/* The entry's own number is the heading's first. */
static void mark_heading(struct wls_labels *labels, size_t first, uint32_t number)
{
	if (first >= labels->count || labels->items[first].number != number)
		return;
	labels->items[first].heading = true;
	labels->items[first].rewritable = true;
}

void wls_label_scan_unit(const struct wls_label_scan *scan, const struct wls_label_unit *unit)
{
	struct walk w = {
		.scan = scan,
		.unit = unit,
		.context.text = wls_slice(scan->source.ptr, unit->end),
		.context.floor = unit->begin,
		.context.first_line = true,
		.context.heading = unit->heading,
		.at = unit->begin,
		.hidden_end = unit->raw ? unit->end : 0,
	};
	size_t first = scan->out->count;

	wls_label_line(&w.context, line_begin(scan->source, unit->begin), unit->begin);
	while (w.at < unit->end)
		scan_step(&w);
	if (unit->entry)
		mark_heading(scan->out, first, unit->number);
}
