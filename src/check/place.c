/* SPDX-License-Identifier: MIT */
/*
 * Offsets to lines and columns and back, and the piece of a line that is shown with a finding.
 *
 * Layer: check. Includes: base, doc, check.
 */
#include "base/utf8.h"
#include "check/check_internal.h"
#include "wlsync/secret.h"

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

/* ---- offset to place ---- */

static bool on_same_line(const struct wls_place_cache *cache, const struct wls_doc *doc,
			 uint32_t at)
{
	return cache->doc == doc && at >= cache->at && line_end(doc->source, cache->at, at) == at;
}

static uint32_t line_begin(const struct wls_doc *doc, uint32_t at)
{
	/* The LF of a CR LF still is of its line. */
	if (at > 0 && at < doc->source.len && doc->source.ptr[at] == '\n' &&
	    doc->source.ptr[at - 1] == '\r')
		at--;
	while (at > doc->root->body && !ends_line(doc->source.ptr[at - 1]))
		at--;
	return at;
}

static void locate(struct wls_place_cache *cache, const struct wls_doc *doc, uint32_t at)
{
	if (on_same_line(cache, doc, at)) {
		cache->column += (uint32_t)wls_utf8_count(
			wls_slice(doc->source.ptr + cache->at, at - cache->at));
		cache->at = at;
		return;
	}
	cache->doc = doc;
	cache->at = at;
	wls_doc_locate(doc, at, &cache->line, &cache->column);
	cache->line_begin = line_begin(doc, at);
}

static uint32_t count(const struct wls_doc *doc, uint32_t begin, uint32_t end)
{
	return (uint32_t)wls_utf8_count(wls_slice(doc->source.ptr + begin, end - begin));
}

/* A credential must not reach a screen or a service by way of the line that holds it. */
static void blank(char *text, size_t begin, size_t end)
{
	for (size_t i = begin; i < end; i++)
		if (!is_continuation(text[i]))
			text[i] = '*';
}

static void blank_secrets(const struct wls_check *check, char *text, size_t len)
{
	const struct wls_check_options *options = check->options;
	struct wls_slice rest = wls_slice(text, len);
	struct wls_secret secret;
	size_t at = 0;

	while (wls_secret_next(rest, &at, options->allow, options->allow_count, &secret))
		blank(text, secret.at, secret.at + secret.len);
}

/* Keeps what stands around the place, whole code points of it. */
static void keep_source(struct wls_check *check, const struct wls_doc *doc, uint32_t begin,
			bool secret, struct wls_finding_place *place)
{
	uint32_t at = place->begin;
	uint32_t from = at - begin > BEFORE_MAX ? at - BEFORE_MAX : begin;
	uint32_t to = line_end(doc->source, at, at + AFTER_MAX);

	while (from < at && is_continuation(doc->source.ptr[from]))
		from++;
	while (to > at && to < doc->source.len && is_continuation(doc->source.ptr[to]))
		to--;
	char *text = wls_arena_alloc(&check->arena, (size_t)(to - from) + 1);
	memcpy(text, doc->source.ptr + from, to - from);
	if (secret)
		blank(text, at - from, (place->end < to ? place->end : to) - from);
	blank_secrets(check, text, to - from);
	place->source = wls_slice(text, to - from);
	place->source_column = place->column - count(doc, from, at);
}

void wls_place_fill(struct wls_check *check, const struct wls_doc *doc,
		    const struct wls_check_span *span, bool secret, struct wls_finding_place *place)
{
	struct wls_place_cache *cache = &check->scratch->cache;
	uint32_t size = (uint32_t)doc->source.len;
	uint32_t begin = span->begin < size ? span->begin : size;
	uint32_t end = span->end > begin ? span->end : wls_place_word_end(doc->source, begin);
	uint32_t shown_end;

	locate(cache, doc, begin);
	shown_end = line_end(doc->source, begin, end);
	place->line = cache->line;
	place->column = cache->column;
	place->begin = begin;
	place->end = end < size ? end : size;
	place->end_column = cache->column + count(doc, begin, shown_end);
	if (place->end_column == place->column)
		place->end_column++;
	keep_source(check, doc, cache->line_begin < begin ? cache->line_begin : begin, secret,
		    place);
}

/* ---- place to offset ---- */

/* The start of the line after `at`'s. */
static uint32_t next_line(struct wls_slice source, uint32_t at)
{
	struct wls_slice rest = wls_slice_from(source, at), line;

	wls_slice_next_line(&rest, &line);
	return (uint32_t)(source.len - rest.len);
}

uint32_t wls_place_offset(const struct wls_doc *doc, struct wls_line_cursor *from, uint32_t line,
			  uint32_t column)
{
	struct wls_slice source = doc->source;

	if (from->line == 0 || from->line > line || (from->line == line && from->column > column))
		*from = (struct wls_line_cursor){1, 1, doc->root->body};
	while (from->line < line && from->at < source.len) {
		from->at = next_line(source, from->at);
		from->line++;
		from->column = 1;
	}
	for (; from->column < column && from->at < source.len; from->column++)
		from->at += (uint32_t)wls_utf8_decode(wls_slice_from(source, from->at),
						      &(int32_t){0}, NULL);
	return from->at;
}
