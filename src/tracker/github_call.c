/* SPDX-License-Identifier: MIT */
/*
 * One call of GitHub's API: its path, its answer's status, and the error when it is another.
 *
 * Layer: tracker. Includes: base, buf, net/http, tracker/answer, tracker/github.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tracker/github.h"

/* Most bytes of errors[] and of a Location in a message. */
#define SAID_MAX 300

void wls_github_call_release(struct wls_github_call *call)
{
	json_decref(call->json);
	wls_http_response_release(&call->response);
	wls_buf_release(&call->body);
	wls_arena_release(&call->arena);
	*call = (struct wls_github_call)WLS_GITHUB_CALL;
}

void wls_github_call_set(struct wls_github_call *call, const struct wls_github *github,
			 const char *method, const char *fmt, ...)
{
	_cleanup_buf_ struct wls_buf path = WLS_BUF_INIT;
	va_list args;

	wls_buf_add_str(&path, github->root);
	va_start(args, fmt);
	wls_buf_vprintf(&path, fmt, args);
	va_end(args);
	call->request.method = method;
	call->request.path = wls_arena_copy(&call->arena, wls_buf_slice(&path)).ptr;
	call->request.repeatable = strcmp(method, "POST") != 0;
}

const char *wls_github_component(struct wls_github_call *call, struct wls_slice text)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	/* A component of dots alone is a way up. */
	bool dots = wls_slice_eq(text, WLS_SLICE(".")) || wls_slice_eq(text, WLS_SLICE(".."));

	for (size_t i = 0; i < text.len; i++) {
		char c = text.ptr[i];
		if (wls_is_alnum(c) || c == '-' || c == '_' || c == '~' || (c == '.' && !dots))
			wls_buf_add_char(&out, c);
		else
			wls_buf_printf(&out, "%%%02X", (unsigned)(unsigned char)c);
	}
	return wls_arena_copy(&call->arena, wls_slice_of(wls_buf_str(&out))).ptr;
}

struct wls_answer_origin wls_github_call_origin(struct wls_github_call *call,
						const struct wls_github *github)
{
	return (struct wls_answer_origin){
		.request = wls_arena_printf(&call->arena, "%s %s", call->request.method,
					    call->request.path),
		.repository = github->repository,
	};
}

/* ---- judging ---- */

struct verdict {
	enum wls_status status;
	const char *advice;
};

static bool says(const char *message, const char *word)
{
	struct wls_slice text = wls_slice_of(message);

	while (text.len > 0) {
		if (wls_slice_starts_nocase(text, wls_slice_of(word)))
			return true;
		text = wls_slice_from(text, 1);
	}
	return false;
}

static struct verdict judge_denied(const char *message)
{
	if (says(message, "locked") && !says(message, "repository"))
		return (struct verdict){WLS_E_LOCKED,
					"the issue is locked: unlock it, or leave it"};
	if (says(message, "archived"))
		return (struct verdict){WLS_E_DENIED, "the repository is archived: unarchive it"};
	return (struct verdict){WLS_E_DENIED,
				"the token may not do this: it needs write access to issues"};
}

static struct verdict judge_status(long status, const char *message)
{
	switch (status) {
	case 401:
		return (struct verdict){WLS_E_AUTH, "the token is not accepted: check or renew it"};
	case 403:
		return judge_denied(message);
	case 404:
		return (struct verdict){WLS_E_NOT_FOUND,
					"it does not exist, or the token cannot see it"};
	case 410:
		if (says(message, "disabled"))
			return (struct verdict){WLS_E_DENIED,
						"issues are disabled: enable them in its settings"};
		return (struct verdict){WLS_E_GONE, "it was deleted"};
	case 301:
	case 302:
	case 307:
	case 308:
		return (struct verdict){WLS_E_MOVED, "it has moved: name its new place"};
	default:
		if (status >= 400 && status < 500)
			return (struct verdict){WLS_E_REFUSED, "the server refuses it as it is"};
		return (struct verdict){WLS_E_ANSWER, "an answer that was not expected"};
	}
}

static void add_redacted(const struct wls_github *github, struct wls_slice text,
			 struct wls_buf *out)
{
	_cleanup_buf_ struct wls_buf visible = WLS_BUF_INIT;

	wls_answer_add_visible(text, SAID_MAX, &visible);
	wls_http_redact(github->http, wls_buf_slice(&visible), out);
}

/* What the answer says of itself: message, errors, new place. */
static void add_said(const struct wls_github *github, const struct wls_http_request *request,
		     const struct wls_http_response *response, struct wls_buf *out)
{
	_cleanup_buf_ struct wls_buf errors = WLS_BUF_INIT;
	char message[256] = "";
	bool exists = false, any = false;
	json_t *json = NULL;

	wls_http_message(github->http, response, message);
	if (message[0])
		wls_buf_printf(out, ": %s", message);
	if (response->status == 422 &&
	    wls_http_json(github->http, request, response, &json, NULL) == 0)
		wls_github_decode_errors(json, &errors, &exists, &any);
	json_decref(json);
	if (errors.len > 0) {
		wls_buf_add_str(out, " (");
		add_redacted(github, wls_buf_slice(&errors), out);
		wls_buf_add_str(out, ")");
	}
	if (response->status >= 300 && response->status < 400 && response->location.len > 0) {
		wls_buf_add_str(out, " to ");
		add_redacted(github, response->location, out);
	}
}

int wls_github_judge(const struct wls_github *github, const struct wls_http_request *request,
		     const struct wls_http_response *response, struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf said = WLS_BUF_INIT;
	_cleanup_buf_ struct wls_buf id = WLS_BUF_INIT;
	char message[256] = "";

	wls_http_message(github->http, response, message);
	struct verdict verdict = judge_status(response->status, message);
	add_said(github, request, response, &said);
	if (response->request_id.len > 0) {
		wls_buf_add_str(&id, " [request ");
		add_redacted(github, response->request_id, &id);
		wls_buf_add_str(&id, "]");
	}
	return wls_error_set(err, verdict.status, "%s %s: %ld%s; %s%s", request->method,
			     request->path, response->status, wls_buf_str(&said), verdict.advice,
			     wls_buf_str(&id));
}

/* ---- sending ---- */

static bool is_success(long status)
{
	return status >= 200 && status < 300;
}

/* A POST that was answered oddly, but well, may have been done. */
static int unclear(const struct wls_github_call *call, struct wls_error *err)
{
	return wls_error_set(err, WLS_E_UNCLEAR,
			     "%s %s: %ld, in an answer that was not expected; it may have been "
			     "done: run again to find out",
			     call->request.method, call->request.path, call->response.status);
}

int wls_github_call_send(struct wls_github_call *call, const struct wls_github *github, long want,
			 struct wls_error *err)
{
	struct wls_http_response *response = &call->response;

	call->request.body = wls_buf_slice(&call->body);
	int status = wls_http_send(github->http, &call->request, response, err);
	if (status < 0)
		return status;
	if (want == 0 && is_success(response->status))
		return 0;
	if (response->status != want) {
		if (is_success(response->status) && !call->request.repeatable)
			return unclear(call, err);
		return wls_github_judge(github, &call->request, response, err);
	}
	if (response->status == 204)
		return 0;
	status = wls_http_json(github->http, &call->request, response, &call->json, err);
	if (status < 0 && !call->request.repeatable)
		return unclear(call, err);
	return status;
}
