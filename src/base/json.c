/* SPDX-License-Identifier: MIT */
/*
 * Writing JSON.
 *
 * Layer: base. Includes: base, buf.
 */
#include "base/json.h"

#include "base/utf8.h"

static void separate(struct wls_json *json)
{
	if (json->comma)
		wls_buf_add_char(json->out, ',');
	json->comma = true;
}

void wls_json_open(struct wls_json *json, char bracket)
{
	separate(json);
	wls_buf_add_char(json->out, bracket);
	json->comma = false;
}

void wls_json_close(struct wls_json *json, char bracket)
{
	wls_buf_add_char(json->out, bracket);
	json->comma = true;
}

void wls_json_key(struct wls_json *json, const char *key)
{
	separate(json);
	wls_buf_add_char(json->out, '"');
	wls_buf_add_str(json->out, key);
	wls_buf_add_str(json->out, "\":");
	json->comma = false;
}

/* Bytes that stand for themselves: ASCII without quote, backslash and controls. */
static size_t plain_prefix(struct wls_slice s)
{
	size_t n = 0;

	while (n < s.len) {
		unsigned char c = (unsigned char)s.ptr[n];
		if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\')
			break;
		n++;
	}
	return n;
}

static void add_escape(struct wls_buf *out, char c)
{
	static const char escapes[] = "\bb\ff\nn\rr\tt\"\"\\\\";

	for (size_t i = 0; i + 1 < sizeof(escapes); i += 2) {
		if (c == escapes[i]) {
			wls_buf_add_char(out, '\\');
			wls_buf_add_char(out, escapes[i + 1]);
			return;
		}
	}
	wls_buf_printf(out, "\\u%04x", (unsigned)(unsigned char)c);
}

/* Adds the character at the start of `s`, which is no plain one; its bytes. */
static size_t add_special(struct wls_json *json, struct wls_slice s)
{
	int32_t cp;
	bool valid = true;

	if ((unsigned char)*s.ptr < 0x80) {
		add_escape(json->out, *s.ptr);
		return 1;
	}
	size_t n = wls_utf8_decode(s, &cp, &valid);
	if (valid) {
		wls_buf_add(json->out, s.ptr, n);
	} else {
		wls_buf_add_str(json->out, "\xef\xbf\xbd");
		json->lossy = true;
	}
	return n;
}

void wls_json_text(struct wls_json *json, struct wls_slice s)
{
	separate(json);
	wls_buf_add_char(json->out, '"');
	while (s.len > 0) {
		size_t n = plain_prefix(s);
		wls_buf_add(json->out, s.ptr, n);
		s = wls_slice_from(s, n);
		if (s.len > 0)
			s = wls_slice_from(s, add_special(json, s));
	}
	wls_buf_add_char(json->out, '"');
}

void wls_json_int(struct wls_json *json, int64_t n)
{
	separate(json);
	wls_buf_printf(json->out, "%lld", (long long)n);
}

void wls_json_bool(struct wls_json *json, bool b)
{
	separate(json);
	wls_buf_add_str(json->out, b ? "true" : "false");
}

void wls_json_null(struct wls_json *json)
{
	separate(json);
	wls_buf_add_str(json->out, "null");
}

void wls_json_put_text(struct wls_json *json, const char *key, struct wls_slice s)
{
	wls_json_key(json, key);
	wls_json_text(json, s);
}

void wls_json_put_text_or_null(struct wls_json *json, const char *key, struct wls_slice s)
{
	wls_json_key(json, key);
	if (s.len > 0)
		wls_json_text(json, s);
	else
		wls_json_null(json);
}

void wls_json_put_str(struct wls_json *json, const char *key, const char *text)
{
	wls_json_key(json, key);
	if (text)
		wls_json_text(json, wls_slice_of(text));
	else
		wls_json_null(json);
}

void wls_json_put_int(struct wls_json *json, const char *key, int64_t n)
{
	wls_json_key(json, key);
	wls_json_int(json, n);
}

void wls_json_put_positive(struct wls_json *json, const char *key, int64_t n)
{
	wls_json_key(json, key);
	if (n > 0)
		wls_json_int(json, n);
	else
		wls_json_null(json);
}

void wls_json_put_natural(struct wls_json *json, const char *key, int64_t n)
{
	wls_json_key(json, key);
	if (n >= 0)
		wls_json_int(json, n);
	else
		wls_json_null(json);
}

void wls_json_put_bool(struct wls_json *json, const char *key, bool b)
{
	wls_json_key(json, key);
	wls_json_bool(json, b);
}
