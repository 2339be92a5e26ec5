/* SPDX-License-Identifier: MIT */
/*
 * What is sent and shown, what never left, and waiting.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "client.h"
#include "server.h"

/* ---- what is sent, and what is shown ---- */

#define ECHO                                                                                       \
	"HTTP/1.1 422 No\r\nContent-Type: application/json; charset=utf-8\r\n"                     \
	"X-Echo: " CLIENT_TOKEN                                                                    \
	"\r\nSet-Cookie: session=abc123\r\nX-GitHub-Request-Id: ID:1\r\n\r\n"                      \
	"{\"message\":\"bad " CLIENT_TOKEN "\",\"errors\":[{\"field\":\"name\",\"code\":\"x\"}], " \
	"\"more\":\"123\"}"

Test(http, trace_shows_no_secret)
{
	static const struct server_step steps[] = {{.answer = ECHO, .close = true}};
	struct server server;
	struct client client;
	char message[256];
	_cleanup_response_ struct wls_http_response response = {0};
	const struct wls_http_request request = {.method = "POST",
						 .path = "/x?access_token=abc123&page=2",
						 .body = WLS_SLICE("{\"t\":\"" CLIENT_TOKEN "\"}")};

	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	static const char *const headers[] = {"X-Api-Version: 2022", NULL};
	client.options.headers = headers;
	client_open(&client);
	cr_assert_eq(wls_http_send(client.http, &request, &response, &client.err), 0, "%s",
		     client.err.text);
	const char *seen = server.seen->requests[0], *trace = wls_buf_str(&client.trace);
	cr_expect(text_has(seen, "POST /x?access_token=abc123&page=2 HTTP/1.1\r\n"), "%s", seen);
	cr_expect(text_has(seen, "\r\nAuthorization: Bearer " CLIENT_TOKEN "\r\n"), "%s", seen);
	cr_expect(text_has(seen, "\r\nX-Api-Version: 2022\r\n"));
	cr_expect(text_has(seen, "\r\nUser-Agent: wlsync-test\r\n"));
	cr_expect(text_has(seen, "\r\nContent-Type: application/json\r\n"));
	cr_expect_not(text_has(seen, "\r\nExpect:"));
	cr_expect_not(text_has(seen, "\r\nCookie:"));

	cr_expect(text_has(trace, "> POST /x?access_token=***&page=2\n"), "%s", trace);
	cr_expect(text_has(trace, "> Authorization: ***\n"), "%s", trace);
	cr_expect(text_has(trace, "> {\"t\":\"***\"}\n"), "%s", trace);
	cr_expect(text_has(trace, "< HTTP/1.1 422 No\n"), "%s", trace);
	cr_expect(text_has(trace, "< X-Echo: ***\n"), "%s", trace);
	cr_expect(text_has(trace, "< Set-Cookie: ***\n"), "%s", trace);
	cr_expect(text_has(trace, "< {\"message\":\"bad ***\""), "%s", trace);
	cr_expect_not(text_has(trace, "abc123"), "%s", trace);

	cr_expect_eq(response.status, 422);
	cr_expect(wls_slice_eq(response.request_id, WLS_SLICE("ID:1")));
	wls_http_message(client.http, &response, message);
	cr_expect_str_eq(message, "bad ***; name x");
	cr_expect_eq(wls_http_counts(client.http).writes, 1);
	client_close(&client);
	server_stop(&server);
}

/* Only the head counts: neither one before it nor what comes after the body. */
Test(http, trailers_are_no_headers)
{
	static const struct server_step steps[] = {
		{.answer = "HTTP/1.1 103 Early\r\nETag: \"early\"\r\n\r\n" JSON_HEAD
			   "X-Request-Id: 7\r\nTransfer-Encoding: chunked\r\n\r\n"
			   "2\r\n{}\r\n0\r\nETag: \"late\"\r\nLink: </x>; rel=next\r\n\r\n"}};
	struct server server;
	struct client client;
	_cleanup_response_ struct wls_http_response response = {0};
	const struct wls_http_request request = {.method = "GET", .path = "/x", .repeatable = true};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client_open(&client);
	cr_assert_eq(wls_http_send(client.http, &request, &response, &client.err), 0, "%s",
		     client.err.text);
	cr_expect_eq(response.etag.len, 0);
	cr_expect_eq(response.link.len, 0);
	cr_expect(wls_slice_eq(response.request_id, WLS_SLICE("7")));
	cr_expect_str_eq(wls_buf_str(&response.body), "{}");
	client_close(&client);
	server_stop(&server);
}

/* ---- what never left ---- */

Test(http, refused_is_not_unclear, .timeout = 60)
{
	struct server server;
	struct client client;
	_cleanup_response_ struct wls_http_response response = {0};
	const struct wls_http_request request = {.method = "POST", .path = "/x"};
	server_start(&server, NULL, 0);
	server_stop(&server);
	client_init(&client, server.base);
	client.options.retries = 1;
	client_open(&client);
	cr_expect_eq(wls_http_send(client.http, &request, &response, &client.err), WLS_E_NETWORK);
	cr_expect(text_has(client.err.text, "after 2 tries"), "%s", client.err.text);
	cr_expect(text_has(client.err.text, "--url"), "%s", client.err.text);
	cr_expect(client.waits > 0 && text_has(client.why, "try 2 of 2"), "%s", client.why);
	client_close(&client);
}

Test(http, tls_failure_is_not_unclear, .timeout = 60)
{
	static const struct server_step steps[] = {{.answer = "no TLS\r\n\r\n", .close = true}};
	struct server server;
	struct client client;
	char base[64];
	_cleanup_response_ struct wls_http_response response = {0};
	const struct wls_http_request request = {.method = "POST", .path = "/x"};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	snprintf(base, sizeof(base), "https://127.0.0.1:%u", server.port);
	client_init(&client, base);
	client.options.timeout = 2;
	client_open(&client);
	cr_expect_eq(wls_http_send(client.http, &request, &response, &client.err), WLS_E_NETWORK,
		     "%s", client.err.text);
	cr_expect_not(text_has(server.seen->requests[0], "POST"));
	client_close(&client);
	server_stop(&server);
}

/* ---- waiting ---- */

Test(http, stop, .timeout = 60)
{
	static const struct server_step stalls[] = {{.answer = NULL}};
	static const struct server_step limits[] = {
		{.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 50\r\nContent-Length: 0\r\n\r\n"}};
	const struct server_step *const scripts[] = {stalls, limits};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(scripts); i++) {
		struct server server;
		struct client client;
		_cleanup_response_ struct wls_http_response response = {0};
		const struct wls_http_request request = {
			.method = "GET", .path = "/x", .repeatable = true};
		server_start(&server, scripts[i], 1);
		client_init(&client, server.base);
		client.options.max_wait = 60;
		client.options.retries = 5;
		client.polls_left = 10;
		client_open(&client);
		cr_expect_eq(wls_http_send(client.http, &request, &response, &client.err),
			     WLS_E_STOPPED);
		cr_expect_eq(client.waits > 0, scripts[i] == limits);
		client_close(&client);
		server_stop(&server);
	}
}

Test(http, wait_is_shown_and_counted)
{
	struct client client;
	const struct wls_http_wait wait = {.seconds = 0.25, .why = "a reason"};
	client_init(&client, "http://127.0.0.1:1");
	client_open(&client);
	double begun = wls_http_clock();
	cr_expect_eq(wls_http_sleep(client.http, &wait, &client.err), 0);
	cr_expect_geq(wls_http_clock() - begun, 0.25);
	cr_expect_geq(wls_http_waited(client.http), 0.25);
	cr_expect_eq(client.waits, 1);
	cr_expect_str_eq(client.why, "a reason");
	cr_expect(client.wait_seconds > 0 && client.wait_seconds <= 0.25);
	cr_expect_eq(wls_http_server_time(client.http), 0);
	client.polls_left = 1;
	cr_expect_eq(wls_http_sleep(client.http, &wait, &client.err), WLS_E_STOPPED);
	client_close(&client);
}

Test(http, writes_keep_their_distance)
{
	static const struct server_step steps[] = {
		{.answer = ANSWER_OK}, {.answer = ANSWER_OK}, {.answer = ANSWER_OK}};
	struct server server;
	struct client client;
	_cleanup_response_ struct wls_http_response response = {0};
	struct wls_http_request request = {.method = "POST", .path = "/x"};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client.options.write_interval = 0.3;
	client_open(&client);
	double begun = wls_http_clock();
	for (int i = 0; i < 3; i++)
		cr_assert_eq(wls_http_send(client.http, &request, &response, &client.err), 0);
	cr_expect_geq(wls_http_clock() - begun, 0.6);
	cr_expect_eq(client.waits, 0, "our own pace is not shown");
	cr_expect_eq(server.seen->connections, 1);
	client_close(&client);
	server_stop(&server);
}

Test(http, server_time)
{
	static const struct server_step steps[] = {
		{.answer = "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
			   "Content-Length: 0\r\n\r\n"}};
	struct server server;
	struct client client;
	_cleanup_response_ struct wls_http_response response = {0};
	struct wls_http_request request = {.method = "GET", .path = "/x", .repeatable = true};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client_open(&client);
	cr_assert_eq(wls_http_send(client.http, &request, &response, &client.err), 0);
	cr_expect_geq(wls_http_server_time(client.http), 784111777);
	cr_expect_lt(wls_http_server_time(client.http), 784111777 + 3600);
	client_close(&client);
	server_stop(&server);
}
