/* SPDX-License-Identifier: MIT */
/*
 * Blanking what must not be seen, and making visible what was sent by others.
 *
 * Blanked are: the token, as it is and percent-encoded; the values of headers that carry
 * credentials, to the end of the line or of the quotes; the values of query parameters that do;
 * user and password in a URL. The text is gone through once.
 *
 * Layer: net. Includes: base, buf, utf8, net/http.
 */
#include "base/utf8.h"
#include "net/http_internal.h"

#define BLANK "***"

static const char *const secret_headers[] = {
	"authorization",     "proxy-authorization", "private-token", "job-token",
	"x-redmine-api-key", "x-api-key",           "set-cookie",    "cookie",
};

static const char *const secret_parameters[] = {
	"access_token", "private_token", "job_token", "client_secret", "api_key", "token", "key",
};

/* The text that is left, and what has been made of it. */
struct redaction {
	const struct wls_http *http;
	struct wls_slice all, rest;
	struct wls_buf *out;
};

/* Bytes of the token at the start of `s`; 0: it is not there. */
static size_t match_token(const struct wls_http *http, struct wls_slice s)
{
	struct wls_slice plain = wls_slice_of(http->token);
	struct wls_slice encoded = wls_slice_of(http->token_encoded);
	if (plain.len > 0 && wls_slice_starts(s, plain))
		return plain.len;
	return encoded.len > 0 && wls_slice_starts_nocase(s, encoded) ? encoded.len : 0;
}

/* Goes past a value up to one of `ends`; a token is never cut in two by them. */
static void blank_value(struct redaction *r, const char *ends)
{
	while (r->rest.len > 0) {
		size_t token = match_token(r->http, r->rest);
		if (token == 0 && (r->rest.ptr[0] == '\0' || strchr(ends, r->rest.ptr[0])))
			break;
		r->rest = wls_slice_from(r->rest, token > 0 ? token : 1);
	}
	wls_buf_add_str(r->out, BLANK);
}

static void copy(struct redaction *r, size_t n)
{
	wls_buf_add(r->out, r->rest.ptr, n);
	r->rest = wls_slice_from(r->rest, n);
}

static bool try_token(struct redaction *r)
{
	size_t len = match_token(r->http, r->rest);
	if (len == 0)
		return false;
	r->rest = wls_slice_from(r->rest, len);
	wls_buf_add_str(r->out, BLANK);
	return true;
}

static size_t count_blanks(struct wls_slice s, size_t at)
{
	size_t n = 0;
	while (at + n < s.len && (s.ptr[at + n] == ' ' || s.ptr[at + n] == '\t'))
		n++;
	return n;
}

/* `NAME: value` or `"NAME": "value"`, at the start of what is left; `len` is the name's. */
static bool try_value(struct redaction *r, size_t len)
{
	struct wls_slice s = r->rest;
	size_t i = len;
	i += i < s.len && s.ptr[i] == '"';
	i += count_blanks(s, i);
	if (i >= s.len || s.ptr[i] != ':')
		return false;
	i++;
	i += count_blanks(s, i);
	bool quoted = i < s.len && s.ptr[i] == '"';
	copy(r, i + quoted);
	blank_value(r, quoted ? "\"\r\n" : "\r\n");
	return true;
}

static bool try_header(struct redaction *r)
{
	if (!wls_is_alpha(r->rest.ptr[0]))
		return false;
	if (r->rest.ptr > r->all.ptr && wls_is_alnum(r->rest.ptr[-1]))
		return false;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(secret_headers); i++) {
		struct wls_slice name = wls_slice_of(secret_headers[i]);
		if (wls_slice_starts_nocase(r->rest, name) && try_value(r, name.len))
			return true;
	}
	return false;
}

static bool try_parameter(struct redaction *r)
{
	if (r->rest.ptr[0] != '?' && r->rest.ptr[0] != '&')
		return false;
	struct wls_slice after = wls_slice_from(r->rest, 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(secret_parameters); i++) {
		struct wls_slice name = wls_slice_of(secret_parameters[i]);
		if (!wls_slice_starts_nocase(after, name) || after.len <= name.len ||
		    after.ptr[name.len] != '=')
			continue;
		copy(r, name.len + 2);
		blank_value(r, "& \t\r\n\"'<>#");
		return true;
	}
	return false;
}

/* The user and password of "://user:password@host". */
static bool try_userinfo(struct redaction *r)
{
	if (!wls_slice_starts(r->rest, WLS_SLICE("://")))
		return false;
	struct wls_slice s = r->rest;
	for (size_t i = 3; i < s.len && !strchr("/?# \t\r\n\"'<>", s.ptr[i]); i++) {
		if (s.ptr[i] != '@')
			continue;
		copy(r, 3);
		blank_value(r, "@");
		return true;
	}
	return false;
}

void wls_http_redact(const struct wls_http *http, struct wls_slice text, struct wls_buf *out)
{
	struct redaction r = {.http = http, .all = text, .rest = text, .out = out};
	while (r.rest.len > 0)
		if (!try_token(&r) && !try_header(&r) && !try_parameter(&r) && !try_userinfo(&r))
			copy(&r, 1);
}

/* ---- made visible ---- */

/* Controls, and what changes the direction or hides. */
static bool is_hidden(int32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || (cp >= 0x200B && cp <= 0x200F) ||
	       (cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0xFEFF ||
	       cp == 0x061C;
}

static bool is_blank(int32_t cp)
{
	return cp == ' ' || cp == '\t' || cp == '\n' || cp == '\r';
}

void wls_http_add_visible(struct wls_buf *out, struct wls_slice text, size_t max)
{
	size_t start = out->len;
	bool blank = false;
	while (text.len > 0) {
		int32_t cp;
		bool valid;
		size_t n = wls_utf8_decode(text, &cp, &valid);
		struct wls_slice bytes = valid ? wls_slice(text.ptr, n) : WLS_SLICE("\xEF\xBF\xBD");
		text = wls_slice_from(text, n);
		blank |= is_blank(cp);
		if (is_blank(cp) || is_hidden(cp))
			continue;
		bool gap = blank && out->len > start;
		if (out->len - start + gap + bytes.len > max) {
			wls_buf_add_str(out, "…");
			return;
		}
		wls_buf_add_str(out, gap ? " " : "");
		wls_buf_add_slice(out, bytes);
		blank = false;
	}
}
