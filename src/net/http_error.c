/* SPDX-License-Identifier: MIT */
/*
 * What is said when a request has failed: where, why, and what to do.
 *
 * Layer: net. Includes: base, buf, net/http.
 */
#include <stdio.h>
#include <time.h>

#include "net/http_internal.h"

#define PATH_SHOWN ((size_t)200)
#define TEXT_SHOWN ((size_t)600)

void wls_http_status_text(long status, char out[64])
{
	static const struct {
		long status;
		const char *text;
	} texts[] = {
		{400, "Bad Request"},     {401, "Unauthorized"},      {403, "Forbidden"},
		{404, "Not Found"},       {408, "Request Timeout"},   {410, "Gone"},
		{422, "Unprocessable"},   {429, "Too Many Requests"}, {500, "Server Error"},
		{501, "Not Implemented"}, {502, "Bad Gateway"},       {503, "Service Unavailable"},
		{504, "Gateway Timeout"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		if (texts[i].status == status) {
			snprintf(out, 64, "%ld %s", status, texts[i].text);
			return;
		}
	}
	snprintf(out, 64, "%ld", status);
}

int wls_http_fail(const struct wls_http *http, const struct wls_http_request *request,
		  enum wls_status status, struct wls_error *err, const char *fmt, ...)
{
	_cleanup_buf_ struct wls_buf raw = WLS_BUF_INIT, clean = WLS_BUF_INIT, shown = WLS_BUF_INIT;
	va_list args;

	wls_http_redact(http, wls_slice_of(request->path), &clean);
	wls_buf_printf(&shown, "%s ", request->method);
	wls_http_add_visible(&shown, wls_buf_slice(&clean), PATH_SHOWN);
	wls_buf_add_str(&shown, ": ");
	va_start(args, fmt);
	wls_buf_vprintf(&raw, fmt, args);
	va_end(args);
	wls_buf_clear(&clean);
	wls_http_redact(http, wls_buf_slice(&raw), &clean);
	wls_http_add_visible(&shown, wls_buf_slice(&clean), TEXT_SHOWN);
	return wls_error_set(err, status, "%s", wls_buf_str(&shown));
}

/* What the user can do about a failed exchange. */
static const char *advice(CURLcode code)
{
	switch (code) {
	case CURLE_COULDNT_RESOLVE_HOST:
		return "check --url and the network";
	case CURLE_COULDNT_RESOLVE_PROXY:
		return "check the proxy variables (https_proxy)";
	case CURLE_COULDNT_CONNECT:
		return "check --url, and that the server runs";
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
	case CURLE_SSL_CERTPROBLEM:
		return "--cacert FILE names the authority's certificate";
	case CURLE_SSL_CONNECT_ERROR:
		return "check that --url is served over https; --cacert FILE names the authority's "
		       "certificate";
	default:
		return "try again later";
	}
}

static const char *curl_reason(const struct wls_http_call *call)
{
	if (call->resent)
		return "the connection was closed before an answer came";
	return call->curl_error[0] ? call->curl_error : curl_easy_strerror(call->code);
}

/* Adds "; SERVER'S MESSAGE" and " (request ID)", as far as they are there. */
static void add_answer(struct wls_buf *out, const struct wls_http_call *call)
{
	char message[256];
	wls_http_message(call->http, call->response, message);
	struct wls_slice id = call->response->request_id;
	if (message[0])
		wls_buf_printf(out, ", \"%s\"", message);
	if (id.len > 0)
		wls_buf_printf(out, " (request %.*s)", (int)(id.len < 80 ? id.len : 80), id.ptr);
}

int wls_call_fail_network(const struct wls_http_call *call, bool unclear, struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf what = WLS_BUF_INIT;
	char status[64];
	if (call->code == CURLE_OK) {
		wls_http_status_text(call->response->status, status);
		wls_buf_add_str(&what, status);
		add_answer(&what, call);
	} else {
		wls_buf_add_str(&what, curl_reason(call));
	}
	if (unclear)
		return wls_http_fail(call->http, call->request, WLS_E_UNCLEAR, err,
				     "%s; it is not known whether it was done: run again, which "
				     "looks first",
				     wls_buf_str(&what));
	if (call->tries > 1)
		wls_buf_printf(&what, ", after %u tries", call->tries);
	return wls_http_fail(call->http, call->request, WLS_E_NETWORK, err, "%s; %s",
			     wls_buf_str(&what), advice(call->code));
}

int wls_call_fail_limited(const struct wls_http_call *call, struct wls_error *err)
{
	const struct wls_http_response *response = call->response;
	_cleanup_buf_ struct wls_buf what = WLS_BUF_INIT, when = WLS_BUF_INIT;
	char status[64];
	struct tm utc;
	time_t until = (time_t)response->limit_until;

	wls_http_status_text(response->status, status);
	wls_buf_add_str(&what, status);
	add_answer(&what, call);
	wls_buf_printf(&when, "go on in %.0f s", response->limit_seconds);
	if (until > 0 && gmtime_r(&until, &utc))
		wls_buf_printf(&when, " (at %04d-%02d-%02d %02d:%02d:%02d UTC)", utc.tm_year + 1900,
			       utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
	return wls_http_fail(call->http, call->request, WLS_E_LIMITED, err,
			     "%s: %s; %s, or wait longer with --max-wait", call->why,
			     wls_buf_str(&what), wls_buf_str(&when));
}

int wls_call_fail_large(const struct wls_http_call *call, struct wls_error *err)
{
	/* What was asked has been done all the same, and must not be done again blindly. */
	enum wls_status status = call->request->repeatable ? WLS_E_ANSWER : WLS_E_UNCLEAR;
	return wls_http_fail(call->http, call->request, status, err,
			     "the answer is larger than %zu bytes, which no tracker sends; check "
			     "that --url is the API's address",
			     call->http->options.answer_max);
}
