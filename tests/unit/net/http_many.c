/* SPDX-License-Identifier: MIT */
/*
 * Many requests at once.
 */
#include <criterion/criterion.h>

#include "client.h"
#include "server.h"

#define JSON_NUMBER(n) JSON_HEAD "Content-Length: 7\r\n\r\n{\"n\":" n "}"

/* No answer comes before eight requests are there. */
Test(http, eight_at_once, .timeout = 60)
{
	static const struct server_step steps[] = {
		{.path = "/0", .answer = JSON_NUMBER("0"), .hold = 8},
		{.path = "/1", .answer = JSON_NUMBER("1"), .hold = 8},
		{.path = "/2", .answer = JSON_NUMBER("2"), .hold = 8},
		{.path = "/3", .answer = JSON_NUMBER("3"), .hold = 8},
		{.path = "/4", .answer = JSON_NUMBER("4"), .hold = 8},
		{.path = "/5", .answer = JSON_NUMBER("5"), .hold = 8},
		{.path = "/6", .answer = JSON_NUMBER("6"), .hold = 8},
		{.path = "/7", .answer = JSON_NUMBER("7"), .hold = 8},
		{.path = "/8", .answer = JSON_NUMBER("8")},
		{.path = "/9", .answer = JSON_NUMBER("9")},
	};
	static const char *const paths[] = {"/0", "/1", "/2", "/3", "/4",
					    "/5", "/6", "/7", "/8", "/9"};
	struct server server;
	struct client client;
	struct wls_http_response responses[10] = {0};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client_open(&client);
	cr_assert_eq(wls_http_get_all(client.http, paths, 10, responses, &client.err), 0, "%s",
		     client.err.text);
	for (size_t i = 0; i < 10; i++) {
		cr_expect_eq(wls_buf_str(&responses[i].body)[5], (char)('0' + i), "%zu: %s", i,
			     wls_buf_str(&responses[i].body));
		wls_http_response_release(&responses[i]);
	}
	cr_expect_eq(server.seen->count, 10);
	cr_expect_leq(server.seen->connections, 8);
	cr_expect_eq(wls_http_get_all(client.http, NULL, 0, NULL, &client.err), 0);
	client_close(&client);
	server_stop(&server);
}

/* Each has its own retries; a limit holds all of them. */
Test(http, many_through_faults, .timeout = 60)
{
	static const struct server_step steps[] = {
		{.path = "/0", .answer = ANSWER_EMPTY("502 Bad Gateway")},
		{.path = "/1",
		 .answer = "HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"},
		{.path = "/2", .answer = JSON_HEAD "Content-Length: 9\r\n\r\n{", .close = true},
		{.path = "/0", .answer = JSON_NUMBER("0")},
		{.path = "/1", .answer = JSON_NUMBER("1")},
		{.path = "/2", .answer = JSON_NUMBER("2")},
	};
	static const char *const paths[] = {"/0", "/1", "/2"};
	struct server server;
	struct client client;
	struct wls_http_response responses[3] = {0};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client.options.retries = 1;
	client.options.max_wait = 5;
	client_open(&client);
	cr_assert_eq(wls_http_get_all(client.http, paths, 3, responses, &client.err), 0, "%s",
		     client.err.text);
	for (size_t i = 0; i < 3; i++) {
		cr_expect_eq(wls_buf_str(&responses[i].body)[5], (char)('0' + i), "%zu", i);
		wls_http_response_release(&responses[i]);
	}
	cr_expect_eq(server.seen->count, 6);
	cr_expect_gt(wls_http_waited(client.http), 0);
	client_close(&client);
	server_stop(&server);
}

Test(http, one_of_many_fails, .timeout = 60)
{
	static const struct server_step steps[] = {
		{.path = "/0", .answer = JSON_NUMBER("0")},
		{.path = "/1", .answer = ANSWER_EMPTY("502 Bad Gateway")}};
	static const char *const paths[] = {"/0", "/1"};
	struct server server;
	struct client client;
	struct wls_http_response responses[2] = {0};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client_open(&client);
	cr_expect_eq(wls_http_get_all(client.http, paths, 2, responses, &client.err),
		     WLS_E_NETWORK);
	cr_expect(text_has(client.err.text, "GET /1: 502 Bad Gateway"), "%s", client.err.text);
	for (size_t i = 0; i < 2; i++)
		wls_http_response_release(&responses[i]);
	client_close(&client);
	server_stop(&server);
}

#define SLOW_DOWN "HTTP/1.1 429 Slow\r\nRetry-After: 2\r\nContent-Length: 0\r\n\r\n"

/* Eight are on their way when the limit is told; the others stay at home until it is over. */
Test(http, nothing_is_sent_during_a_limit, .timeout = 60)
{
	struct server_step steps[18] = {{0}};
	static const char *const paths[] = {"/0", "/1", "/2", "/3", "/4",
					    "/5", "/6", "/7", "/8", "/9"};
	struct server server;
	struct client client;
	struct wls_http_response responses[10] = {0};
	for (size_t i = 0; i < 18; i++)
		steps[i] = (struct server_step){.answer = i < 8 ? SLOW_DOWN : ANSWER_OK,
						.hold = i < 8 ? 8 : 0,
						.pause = i == 0 ? 300 : 0};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client.options.retries = 1;
	client.options.max_wait = 2;
	client.watched = &server.seen->count;
	client_open(&client);
	cr_assert_eq(wls_http_get_all(client.http, paths, 10, responses, &client.err), 0, "%s",
		     client.err.text);
	for (size_t i = 0; i < 10; i++)
		wls_http_response_release(&responses[i]);
	cr_expect_eq(client.first_watched, 8);
	cr_expect_eq(client.last_watched, 8);
	cr_expect_geq(client.waits, 2);
	cr_expect_eq(server.seen->count, 18);
	cr_expect_eq(server.seen->unexpected, 0);
	cr_expect_geq(wls_http_waited(client.http), 1);
	client_close(&client);
	server_stop(&server);
}
