/* SPDX-License-Identifier: MIT */
/*
 * The place of a finding, and the piece of its line that is shown with it.
 *
 * Layer: check. Includes: base, doc, check.
 */
#include "base/utf8.h"
#include "check/check_internal.h"

/* Bytes of a line that are kept before and after the place. */
#define BEFORE_MAX 160u
#define AFTER_MAX 320u

static bool ends_line(char c)
{
	return c == '\n' || c == '\r';
}

/* The first line ending at or after `at`, at most at `limit`. */
static uint32_t line_end(struct wls_slice source, uint32_t at, uint32_t limit)
{
	if (limit > source.len)
		limit = (uint32_t)source.len;
	while (at < limit && !ends_line(source.ptr[at]))
		at++;
	return at;
}

static bool is_continuation(char c)
{
	return ((unsigned char)c & 0xC0) == 0x80;
}

/* ---- words ---- */

/* The end of `[[name]]` or `[text](target)` on one line, or `at` when it is neither. */
static uint32_t link_end(struct wls_slice source, uint32_t at)
{
	struct wls_slice line =
		wls_slice(source.ptr + at, line_end(source, at, at + AFTER_MAX) - at);
	bool wiki = wls_slice_starts(line, WLS_SLICE("[["));
	size_t close = wls_slice_find(line, wiki ? WLS_SLICE("]]") : WLS_SLICE("]("));
	size_t paren;

	if (close == SIZE_MAX || wiki)
		return wiki && close != SIZE_MAX ? at + (uint32_t)close + 2 : at;
	paren = wls_slice_find(wls_slice_from(line, close), WLS_SLICE(")"));
	return paren == SIZE_MAX ? at : at + (uint32_t)(close + paren) + 1;
}

uint32_t wls_place_word_end(struct wls_slice source, uint32_t at)
{
	uint32_t end = at;

	if (at >= source.len)
		return (uint32_t)source.len;
	if (source.ptr[at] == '[')
		end = link_end(source, at);
	while (end < source.len && !memchr(" \t\r\n,;|)(`\"*]<>", source.ptr[end], 16))
		end++;
	while (end > at && (source.ptr[end - 1] == '.' || source.ptr[end - 1] == ':'))
		end--;
	if (end == at && !ends_line(source.ptr[at]))
		end += (uint32_t)wls_utf8_decode(wls_slice_from(source, at), &(int32_t){0}, NULL);
	return end;
}

/* ---- places ---- */

/* Where what is shown of the line before `at` begins. */
static uint32_t shown_begin(const struct wls_doc *doc, uint32_t at)
{
	uint32_t floor = doc->root->body;

	/* The LF of a CR LF still is of its line. */
	if (at > 0 && at < doc->source.len && doc->source.ptr[at] == '\n' &&
	    doc->source.ptr[at - 1] == '\r')
		at--;
	if (at > floor && at - floor > BEFORE_MAX)
		floor = at - BEFORE_MAX;
	while (at > floor && !ends_line(doc->source.ptr[at - 1]))
		at--;
	return at;
}

static uint32_t count(const struct wls_doc *doc, uint32_t begin, uint32_t end)
{
	return (uint32_t)wls_utf8_count(wls_slice(doc->source.ptr + begin, end - begin));
}

/* ---- credentials ---- */

/* They must not reach a screen or a service by way of a line or message that holds them. */
static void blank(char *text, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (!is_continuation(text[i]))
			text[i] = '*';
}

void wls_place_blank(const struct wls_check *check, char *text, size_t len)
{
	const struct wls_check_options *options = check->options;
	struct wls_secret secret;
	size_t at = 0;

	while (wls_secret_next(wls_slice(text, len), &at, options->allow, options->allow_count,
			       &secret)) {
		/* A key whose end was cut off goes on. */
		bool cut = wls_slice_eq(wls_slice_of(secret.kind), WLS_SLICE("private key"));
		blank(text, secret.at, cut ? len : secret.at + secret.len);
	}
}

/* The credentials of the whole file, since a piece of one may not be known as such. */
static void find_secrets(const struct wls_check *check, const struct wls_doc *doc)
{
	const struct wls_check_options *options = check->options;
	struct wls_check_scratch *scratch = check->scratch;
	struct wls_secret secret;
	size_t at = 0;

	scratch->secret_count = 0;
	while (wls_secret_next(doc->source, &at, options->allow, options->allow_count, &secret)) {
		WLS_GROW(scratch->secrets, scratch->secret_cap, scratch->secret_count + 1);
		scratch->secrets[scratch->secret_count++] = secret;
	}
}

/* Forgets what was known of another file. */
static void enter(struct wls_check *check, const struct wls_doc *doc)
{
	if (check->scratch->doc == doc)
		return;
	check->scratch->doc = doc;
	check->scratch->place = (struct wls_doc_place){0};
	find_secrets(check, doc);
}

const struct wls_secret *wls_place_secrets(struct wls_check *check, const struct wls_doc *doc,
					   size_t *count)
{
	enter(check, doc);
	*count = check->scratch->secret_count;
	return check->scratch->secrets;
}

/* Blanks what of them is in `text`, the bytes [from, to) of the file. */
static void blank_secrets(const struct wls_check_scratch *scratch, char *text, size_t from,
			  size_t to)
{
	size_t low = 0, high = scratch->secret_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (scratch->secrets[middle].at + scratch->secrets[middle].len <= from)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < scratch->secret_count && scratch->secrets[low].at < to; low++) {
		size_t begin = scratch->secrets[low].at, end = begin + scratch->secrets[low].len;
		blank(text, (begin > from ? begin : from) - from, (end < to ? end : to) - from);
	}
}

/* ---- what is shown ---- */

/* Keeps what stands around the place, whole code points of it. */
static void keep_source(struct wls_check *check, const struct wls_doc *doc,
			struct wls_finding_place *place)
{
	uint32_t at = place->begin;
	uint32_t from = shown_begin(doc, at);
	uint32_t to = line_end(doc->source, at, at + AFTER_MAX);

	while (from < at && is_continuation(doc->source.ptr[from]))
		from++;
	while (to > at && to < doc->source.len && is_continuation(doc->source.ptr[to]))
		to--;
	char *text = wls_arena_alloc(&check->arena, (size_t)(to - from) + 1);
	memcpy(text, doc->source.ptr + from, to - from);
	blank_secrets(check->scratch, text, from, to);
	place->source = wls_slice(text, to - from);
	place->source_column = place->column - count(doc, from, at);
}

void wls_place_fill(struct wls_check *check, const struct wls_doc *doc,
		    const struct wls_check_span *span, struct wls_finding_place *place)
{
	struct wls_doc_place *at = &check->scratch->place;
	uint32_t size = (uint32_t)doc->source.len;
	uint32_t begin = span->begin < size ? span->begin : size;
	uint32_t end = span->end > begin ? span->end : wls_place_word_end(doc->source, begin);
	uint32_t shown_end = line_end(doc->source, begin, end);

	enter(check, doc);
	wls_doc_locate_from(doc, at, begin);
	place->line = at->line;
	place->column = at->column;
	place->begin = begin;
	place->end = end < size ? end : size;
	place->end_column = at->column + count(doc, begin, shown_end);
	if (place->end_column == place->column)
		place->end_column++;
	keep_source(check, doc, place);
}
