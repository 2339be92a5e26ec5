/* SPDX-License-Identifier: MIT */
/*
 * Answers as JSON, checked before they are believed.
 *
 * Layer: net. Includes: base, buf, net/http.
 */
#include <stdio.h>

#include "net/http_internal.h"

#define LEVELS_MAX 64u
#define BODY_SHOWN ((size_t)80)
#define MESSAGE_SHOWN ((size_t)200)
/* A longer body holds no message. */
#define MESSAGE_BODY_MAX ((size_t)256 << 10)

static void release_json(json_t **json)
{
	json_decref(*json);
}
#define _cleanup_json_ _cleanup_(release_json)

/* "application/json" or any type that ends in "+json", whatever its parameters. */
static bool is_json(struct wls_slice type)
{
	size_t semicolon = wls_slice_find(type, WLS_SLICE(";"));
	if (semicolon != SIZE_MAX)
		type.len = semicolon;
	type = wls_slice_trim(type);
	return wls_slice_eq_nocase(type, WLS_SLICE("application/json")) ||
	       wls_slice_ends_nocase(type, WLS_SLICE("+json"));
}

/* Whether brackets nest no deeper than is allowed; jansson goes down 2048 levels by recursion. */
static bool is_shallow(struct wls_slice s)
{
	size_t levels = 0;
	bool quoted = false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.ptr[i];
		if (quoted && c == '\\')
			i++;
		else if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == '[' || c == '{') && ++levels > LEVELS_MAX)
			return false;
		else if (!quoted && (c == ']' || c == '}') && levels > 0)
			levels--;
	}
	return true;
}

/* NULL when it is not JSON as we take it; `why` (may be NULL) gets the reason. */
static json_t *parse(struct wls_slice body, char why[JSON_ERROR_TEXT_LENGTH])
{
	json_error_t error = {.text = "it is nested too deep"};
	json_t *json = NULL;
	if (body.len == 0)
		snprintf(error.text, sizeof(error.text), "it is empty");
	else if (is_shallow(body))
		json = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, &error);
	if (!json && why)
		snprintf(why, JSON_ERROR_TEXT_LENGTH, "%s", error.text);
	return json;
}

int wls_http_json(struct wls_http *http, const struct wls_http_request *request,
		  const struct wls_http_response *response, json_t **out, struct wls_error *err)
{
	char why[JSON_ERROR_TEXT_LENGTH], status[64];
	json_t *json = NULL;
	if (is_json(response->content_type))
		json = parse(wls_buf_slice(&response->body), why);
	else
		snprintf(why, sizeof(why), "its type is \"%.*s\"",
			 (int)(response->content_type.len < 60 ? response->content_type.len : 60),
			 response->content_type.len > 0 ? response->content_type.ptr : "");
	if (json) {
		*out = json;
		return 0;
	}
	_cleanup_buf_ struct wls_buf clean = WLS_BUF_INIT, shown = WLS_BUF_INIT;
	wls_http_redact(http, wls_buf_slice(&response->body), &clean);
	wls_http_add_visible(&shown, wls_buf_slice(&clean), BODY_SHOWN);
	wls_http_status_text(response->status, status);
	struct wls_slice id = response->request_id;
	return wls_http_fail(http, request, WLS_E_ANSWER, err,
			     "the answer is not the JSON that was expected: %s (status %s%s%.*s); "
			     "it starts with \"%s\"; check that --url is the API's address",
			     why, status, id.len > 0 ? ", request " : "",
			     (int)(id.len < 80 ? id.len : 80), id.len > 0 ? id.ptr : "",
			     wls_buf_str(&shown));
}

/* ---- the server's words ---- */

static void add_text(struct wls_buf *out, const char *between, const char *text)
{
	if (!text || !*text)
		return;
	wls_buf_add_str(out, out->len > 0 ? between : "");
	wls_buf_add_str(out, text);
}

/* GitHub's errors are objects (message, or field and code), Redmine's are texts. */
static void add_errors(struct wls_buf *out, json_t *errors)
{
	size_t i;
	json_t *error;
	json_array_foreach(errors, i, error)
	{
		json_t *message = json_object_get(error, "message");
		const char *text = json_string_value(json_is_string(error) ? error : message);
		add_text(out, "; ", text);
		if (text)
			continue;
		add_text(out, "; ", json_string_value(json_object_get(error, "field")));
		add_text(out, " ", json_string_value(json_object_get(error, "code")));
	}
}

void wls_http_message(struct wls_http *http, const struct wls_http_response *response,
		      char out[256])
{
	_cleanup_buf_ struct wls_buf raw = WLS_BUF_INIT, clean = WLS_BUF_INIT, shown = WLS_BUF_INIT;
	_cleanup_json_ json_t *json = NULL;
	out[0] = '\0';
	/* What came well has no message, and may be long. */
	if (response->status >= 200 && response->status < 300)
		return;
	if (response->body.len > MESSAGE_BODY_MAX || !is_json(response->content_type))
		return;
	json = parse(wls_buf_slice(&response->body), NULL);
	add_text(&raw, "", json_string_value(json_object_get(json, "message")));
	if (raw.len == 0)
		add_text(&raw, "", json_string_value(json_object_get(json, "error")));
	add_errors(&raw, json_object_get(json, "errors"));
	wls_http_redact(http, wls_buf_slice(&raw), &clean);
	wls_http_add_visible(&shown, wls_buf_slice(&clean), MESSAGE_SHOWN - 3);
	snprintf(out, 256, "%s", wls_buf_str(&shown));
}
