/* SPDX-License-Identifier: MIT */
/*
 * What -vv shows of every exchange. Everything is whole before it is redacted, and redacted before
 * it is cut: half a token would not be found.
 *
 * Layer: net. Includes: base, buf, net/http.
 */
#include "net/http_internal.h"

#define LINE_SHOWN ((size_t)1000)
#define BODY_SHOWN ((size_t)500)

static bool is_on(const struct wls_http *http)
{
	return http->options.trace && http->options.line;
}

/* `text` becomes one line. */
static void show(const struct wls_http *http, const char *mark, struct wls_slice text, size_t max)
{
	_cleanup_buf_ struct wls_buf clean = WLS_BUF_INIT, line = WLS_BUF_INIT;
	wls_http_redact(http, text, &clean);
	wls_buf_add_str(&line, mark);
	wls_http_add_visible(&line, wls_buf_slice(&clean), max);
	http->options.line(http->options.data, wls_buf_str(&line));
}

static void show_body(const struct wls_http *http, const char *mark, struct wls_slice body)
{
	if (body.len > 0)
		show(http, mark, body, BODY_SHOWN);
}

/* Headers, line for line, without the empty one at their end. */
static void show_lines(const struct wls_http *http, const char *mark, struct wls_slice head)
{
	struct wls_slice line;
	while (wls_slice_next_line(&head, &line) && line.len > 0)
		show(http, mark, line, LINE_SHOWN);
}

void wls_trace_request(struct wls_http_call *call)
{
	_cleanup_buf_ struct wls_buf line = WLS_BUF_INIT;
	if (!is_on(call->http))
		return;
	wls_buf_printf(&line, "%s %s", call->request->method, call->request->path);
	show(call->http, "> ", wls_buf_slice(&line), LINE_SHOWN);
}

/* The request's headers come in pieces of any size. */
int wls_trace_collect(CURL *easy, curl_infotype type, char *data, size_t size, void *call_data)
{
	struct wls_http_call *call = call_data;
	(void)easy;
	if (type == CURLINFO_HEADER_OUT)
		wls_buf_add(&call->sent_head, data, size);
	return 0;
}

void wls_trace_answer(struct wls_http_call *call)
{
	const struct wls_http *http = call->http;
	const struct wls_http_response *response = call->response;
	struct wls_slice sent = wls_buf_slice(&call->sent_head), line;
	_cleanup_buf_ struct wls_buf end = WLS_BUF_INIT;
	if (!is_on(http))
		return;
	if (wls_slice_next_line(&sent, &line)) {
		show_lines(http, "> ", sent);
		show_body(http, "> ", call->request->body);
	}
	/* Links that were put together stand after the empty line. */
	show_lines(http, "< ", wls_buf_slice(&response->head));
	show_body(http, "< ", wls_buf_slice(&response->body));
	if (call->code == CURLE_OK)
		return;
	wls_buf_printf(&end, "%s %s: %s", call->request->method, call->request->path,
		       call->curl_error[0] ? call->curl_error : curl_easy_strerror(call->code));
	show(http, "! ", wls_buf_slice(&end), LINE_SHOWN);
}
