/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>

#include "github_fixture.h"
#include "github_http.h"

struct wls_http {
	const struct exchange *at; /* the next one */
};

static const struct exchange *script;
static struct wls_http the_http;

struct wls_tracker *script_open(const struct exchange *exchanges)
{
	struct wls_http_options http = {0};
	struct wls_tracker_options options = {.repository = "acme/shop", .http = &http};
	struct wls_tracker *tracker = NULL;
	struct wls_error err = {0};

	script = exchanges;
	cr_assert_eq(wls_github_driver.open(&tracker, &options, &err), 0, "%s", err.text);
	return tracker;
}

void script_close(struct wls_tracker *tracker, const char *name)
{
	cr_assert_null(the_http.at->method, "%s: %s %s was not asked for", name,
		       the_http.at->method, the_http.at->path);
	wls_github_driver.close(tracker);
}

int wls_http_new(struct wls_http **out, const struct wls_http_options *options,
		 struct wls_error *err)
{
	if (strcmp(options->base, "http://bad") == 0)
		return wls_error_set(err, WLS_E_USAGE, "a bad base");
	cr_assert_str_eq(options->token_header, "Authorization: Bearer ");
	cr_assert_str_eq(options->headers[0], "Accept: application/vnd.github+json");
	cr_assert_str_eq(options->headers[1], "X-GitHub-Api-Version: 2022-11-28");
	cr_assert_null(options->headers[2]);
	the_http.at = script;
	*out = &the_http;
	return 0;
}

void wls_http_free(struct wls_http *http)
{
	(void)http;
}

void wls_http_response_release(struct wls_http_response *response)
{
	wls_buf_release(&response->body);
	wls_buf_release(&response->head);
	*response = (struct wls_http_response){0};
}

static void answer(const struct exchange *e, struct wls_http_response *response)
{
	*response = (struct wls_http_response){.status = e->status};
	wls_buf_init(&response->body, WLS_BUF_LIMIT);
	if (e->fixture) {
		json_t *json = fixture_load(e->fixture);
		char *text = json_dumps(json, 0);
		wls_buf_add_str(&response->body, text);
		free(text);
		json_decref(json);
	} else if (e->answer) {
		wls_buf_add_str(&response->body, e->answer);
	}
	response->location = wls_slice_of(e->location);
	response->request_id = WLS_SLICE("ID:1");
	/* The exchange itself, for wls_http_link(). */
	response->link = wls_slice((const char *)e, sizeof(*e));
}

int wls_http_send(struct wls_http *http, const struct wls_http_request *request,
		  struct wls_http_response *response, struct wls_error *err)
{
	const struct exchange *e = http->at;

	cr_assert_not_null(e->method, "%s %s is not in the script", request->method, request->path);
	cr_assert_str_eq(request->method, e->method, "%s %s", request->method, request->path);
	cr_assert_str_eq(request->path, e->path);
	cr_assert(wls_slice_eq(request->body, wls_slice_of(e->body)), "%s: %.*s", request->path,
		  WLS_SLICE_ARG(request->body));
	cr_assert_eq(request->repeatable, !(e->flags & SEND_ONCE), "%s %s", e->method, e->path);
	cr_assert_eq(request->keep_limits, (e->flags & SEND_KEEP_LIMITS) != 0, "%s", e->path);
	http->at++;
	if (e->status < 0)
		return wls_error_set(err, (enum wls_status)e->status, "%s fails", e->path);
	answer(e, response);
	return 0;
}

int wls_http_get_all(struct wls_http *http, const char *const *paths, size_t count,
		     struct wls_http_response *responses, struct wls_error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct wls_http_request request = {
			.method = "GET", .path = paths[i], .repeatable = true};
		int status = wls_http_send(http, &request, &responses[i], err);
		if (status < 0)
			return status;
	}
	return 0;
}

int wls_http_json(struct wls_http *http, const struct wls_http_request *request,
		  const struct wls_http_response *response, json_t **out, struct wls_error *err)
{
	(void)http;
	json_t *json = json_loadb(wls_buf_str(&response->body), response->body.len,
				  JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
	if (!json)
		return wls_error_set(err, WLS_E_ANSWER, "%s %s: no JSON", request->method,
				     request->path);
	*out = json;
	return 0;
}

void wls_http_message(struct wls_http *http, const struct wls_http_response *response,
		      char out[256])
{
	(void)http;
	json_t *json =
		json_loadb(wls_buf_str(&response->body), response->body.len, JSON_DECODE_ANY, NULL);
	const char *text = json_string_value(json_object_get(json, "message"));
	(void)snprintf(out, 256, "%s", text ? text : "");
	json_decref(json);
}

bool wls_http_link(struct wls_http *http, const struct wls_http_response *response, const char *rel,
		   struct wls_buf *path)
{
	const struct exchange *e = (const void *)response->link.ptr;
	const char *to = strcmp(rel, "next") == 0 ? e->next : e->last;

	(void)http;
	if (to)
		wls_buf_add_str(path, to);
	return to != NULL;
}

bool wls_http_has_link(const struct wls_http_response *response, const char *rel)
{
	const struct exchange *e = (const void *)response->link.ptr;

	return (strcmp(rel, "next") == 0 ? e->next : e->last) != NULL;
}

void wls_http_redact(const struct wls_http *http, struct wls_slice text, struct wls_buf *out)
{
	size_t at = wls_slice_find(text, WLS_SLICE("SECRET"));

	(void)http;
	if (at == SIZE_MAX) {
		wls_buf_add_slice(out, text);
		return;
	}
	wls_buf_add(out, text.ptr, at);
	wls_buf_add_str(out, "***");
	wls_buf_add_slice(out, wls_slice_from(text, at + 6));
}
