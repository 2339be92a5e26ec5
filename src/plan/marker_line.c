/* SPDX-License-Identifier: MIT */
/*
 * Marker lines: words of an HTML comment, percent-encoded.
 *
 * Layer: plan. Includes: base, buf.
 */
#include "plan/marker_line.h"

enum { HASH_DIGITS = 16 };

/* ---- writing ---- */

static bool is_plain(char c)
{
	return wls_is_alnum(c) || (c != '\0' && strchr("._/:@+-", c));
}

void wls_marker_add_value(struct wls_buf *out, struct wls_slice value)
{
	bool after_hyphen = false;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.ptr[i];
		bool plain = is_plain(c) && !(c == '-' && after_hyphen);
		if (plain)
			wls_buf_add_char(out, c);
		else
			wls_buf_printf(out, "%%%02X", (unsigned)(unsigned char)c);
		after_hyphen = plain && c == '-';
	}
}

void wls_marker_add(struct wls_buf *out, const char *key, struct wls_slice value)
{
	wls_buf_add_str(out, key);
	wls_marker_add_value(out, value);
}

/* ---- reading ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

bool wls_marker_body(struct wls_slice line, struct wls_slice opening, struct wls_slice *words)
{
	static const struct wls_slice closing = {"-->", 3};
	while (line.len > 0 && is_blank(line.ptr[line.len - 1]))
		line.len--;
	if (line.len <= opening.len + closing.len || !wls_slice_starts(line, opening))
		return false;
	if (!is_blank(line.ptr[opening.len]) || !is_blank(line.ptr[line.len - closing.len - 1]) ||
	    !wls_slice_eq(wls_slice_from(line, line.len - closing.len), closing))
		return false;
	*words = wls_slice(line.ptr + opening.len, line.len - opening.len - closing.len);
	/* The comment would end there, or the line is two. */
	for (size_t i = 0; i < words->len; i++)
		if (strchr(">\r\n", words->ptr[i]))
			return false;
	return true;
}

bool wls_marker_next(struct wls_slice *words, struct wls_slice *word)
{
	size_t begin = 0, end;
	while (begin < words->len && is_blank(words->ptr[begin]))
		begin++;
	for (end = begin; end < words->len && !is_blank(words->ptr[end]); end++)
		;
	*word = wls_slice(words->ptr + begin, end - begin);
	*words = wls_slice_from(*words, end);
	return word->len > 0;
}

bool wls_marker_part(struct wls_slice word, struct wls_slice *key, struct wls_slice *value)
{
	const char *sign = memchr(word.ptr, '=', word.len);
	if (!sign || sign == word.ptr)
		return false;
	*key = wls_slice(word.ptr, (size_t)(sign - word.ptr));
	*value = wls_slice_from(word, key->len + 1);
	return true;
}

static int hex_digit(char c)
{
	if (wls_is_digit(c))
		return c - '0';
	c = wls_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The byte that `%XX` at `i` stands for, or -1. */
static int encoded_byte(struct wls_slice value, size_t i)
{
	if (value.ptr[i] != '%' || value.len - i < 3)
		return -1;
	int high = hex_digit(value.ptr[i + 1]), low = hex_digit(value.ptr[i + 2]);
	return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void wls_marker_add_decoded(struct wls_buf *out, struct wls_slice value)
{
	for (size_t i = 0; i < value.len;) {
		int byte = encoded_byte(value, i);
		wls_buf_add_char(out, byte < 0 ? value.ptr[i] : (char)byte);
		i += byte < 0 ? 1 : 3;
	}
}

bool wls_marker_text(struct wls_slice value, struct wls_arena *arena, struct wls_slice *out)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	for (size_t i = 0; i < value.len; i++)
		if (value.ptr[i] == '%' && encoded_byte(value, i) < 0)
			return false;
	wls_marker_add_decoded(&text, value);
	*out = wls_arena_copy(arena, wls_buf_slice(&text));
	return true;
}

bool wls_marker_number(struct wls_slice value, uint64_t max, uint64_t *out)
{
	uint64_t number = 0;
	if (value.len == 0)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		if (!wls_is_digit(value.ptr[i]))
			return false;
		uint64_t digit = (uint64_t)(value.ptr[i] - '0');
		if (number > (max - digit) / 10)
			return false;
		number = number * 10 + digit;
	}
	*out = number;
	return true;
}

bool wls_marker_hash(struct wls_slice value, uint64_t *out)
{
	uint64_t hash = 0;
	if (value.len != HASH_DIGITS)
		return false;
	for (size_t i = 0; i < value.len; i++) {
		int digit = hex_digit(value.ptr[i]);
		if (digit < 0)
			return false;
		hash = hash << 4 | (uint64_t)digit;
	}
	*out = hash;
	return true;
}
