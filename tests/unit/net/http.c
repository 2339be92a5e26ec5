/* SPDX-License-Identifier: MIT */
/*
 * The client against a server that cuts, stalls, lies and limits.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "client.h"
#include "server.h"

Test(http, check_url)
{
	static const struct {
		const char *url;
		int status;
	} cases[] = {
		{"https://api.github.com", 0},
		{"https://example.org/api/v3", 0},
		{"https://example.org:8443", 0},
		{"http://127.0.0.1:4001", 0},
		{"http://127.9.8.7", 0},
		{"http://[::1]:4001/api", 0},
		{"http://localhost:4001", 0},
		{"http://example.org", WLS_E_REFUSED},
		{"http://127.0.0.1.example.org", WLS_E_REFUSED},
		{"http://localhost.example.org", WLS_E_REFUSED},
		{"http://10.0.0.1", WLS_E_REFUSED},
		{"http://128.0.0.1", WLS_E_REFUSED},
		{"http://[::2]", WLS_E_REFUSED},
		{"http://0.0.0.0", WLS_E_REFUSED},
		{"ftp://127.0.0.1", WLS_E_REFUSED},
		{"file:///etc/passwd", WLS_E_USAGE},
		{"", WLS_E_USAGE},
		{"example.org", WLS_E_USAGE},
		{"https://", WLS_E_USAGE},
		{"https://user@example.org", WLS_E_USAGE},
		{"https://user:password@example.org", WLS_E_USAGE},
		{"http://127.0.0.1@example.org", WLS_E_USAGE},
		{"https://example.org?x=1", WLS_E_USAGE},
		{"https://example.org/#x", WLS_E_USAGE},
		{"https://exam ple.org", WLS_E_USAGE},
		{"https://example.org\r\nX: y", WLS_E_USAGE},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_error err = {0};
		int status = wls_http_check_url(cases[i].url, &err);
		cr_expect_eq(status, cases[i].status, "%s: %d %s", cases[i].url, status, err.text);
		cr_expect_not(text_has(err.text, "password@"), "%s", err.text);
		if (status < 0)
			cr_expect(text_has(err.text, "--url"), "%s", err.text);
	}
}

Test(http, new_fails)
{
	struct wls_http *http = NULL;
	struct wls_error err;
	struct wls_http_options options = {.base = "http://example.org"};
	cr_expect_eq(wls_http_new(&http, &options, &err), WLS_E_REFUSED);
	options = (struct wls_http_options){.base = "https://example.org",
					    .cacert = "/nonexistent/ca.pem"};
	cr_expect_eq(wls_http_new(&http, &options, &err), WLS_E_IO);
	cr_expect(text_has(err.text, "--cacert"), "%s", err.text);
	cr_expect_null(http);
	wls_http_free(NULL);
}

/* ---- one request, one table ---- */

#define CUT_BODY JSON_HEAD "Content-Length: 100\r\n\r\n{\"a\""
#define CUT_HEAD "HTTP/1.1 200 OK\r\nContent-Ty"
#define BAD_GATEWAY "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"
#define LIMIT(headers, message)                                                                    \
	"HTTP/1.1 403 Forbidden\r\nContent-Type: application/json\r\n"                             \
	"Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n" headers "\r\n{\"message\":\"" message "\"}"

struct http_case {
	const char *name;
	struct server_step steps[4];
	const char *method;
	bool repeatable, keep_limits;
	uint32_t retries;
	int status;     /* of the call */
	long answer;    /* status of the answer, when there is one */
	unsigned count; /* requests that reached the server */
	const char *says;
	size_t answer_max;
	double timeout, max_wait;
	bool chatty; /* asked for a GET before, on the same connection */
};

static const struct http_case cases[] = {
	{.name = "good",
	 .steps = {{.answer = ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .answer = 200,
	 .count = 1},
	{.name = "a post",
	 .steps = {{.answer = ANSWER_OK}},
	 .method = "POST",
	 .answer = 200,
	 .count = 1},
	{.name = "no content",
	 .steps = {{.answer = "HTTP/1.1 204 None\r\n\r\n"}},
	 .method = "DELETE",
	 .repeatable = true,
	 .answer = 204,
	 .count = 1},
	{.name = "not found is an answer",
	 .steps = {{.answer = ANSWER_EMPTY("404 Not Found")}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .answer = 404,
	 .count = 1},
	{.name = "a redirect is an answer",
	 .steps = {{.answer =
			    "HTTP/1.1 301 Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .answer = 301,
	 .count = 1},
	{.name = "a redirect of a write",
	 .steps = {{.answer =
			    "HTTP/1.1 307 Moved\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"}},
	 .method = "POST",
	 .retries = 5,
	 .answer = 307,
	 .count = 1},
	{.name = "early hints come first",
	 .steps = {{.answer =
			    "HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=next\r\n\r\n" ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .answer = 200,
	 .count = 1},

	{.name = "head cut",
	 .steps = {{.answer = CUT_HEAD, .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1,
	 .says = "try again"},
	{.name = "head cut, then good",
	 .steps = {{.answer = CUT_HEAD, .close = true}, {.answer = ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 1,
	 .answer = 200,
	 .count = 2},
	{.name = "body cut",
	 .steps = {{.answer = CUT_BODY, .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1,
	 .says = "try again"},
	{.name = "body cut, then good",
	 .steps = {{.answer = CUT_BODY, .close = true}, {.answer = ANSWER_OK}},
	 .method = "PATCH",
	 .repeatable = true,
	 .retries = 1,
	 .answer = 200,
	 .count = 2},
	{.name = "chunk cut",
	 .steps = {{.answer = JSON_HEAD "Transfer-Encoding: chunked\r\n\r\n7\r\n{\"a",
		    .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1},
	{.name = "no answer",
	 .steps = {{.close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1},
	{.name = "not HTTP",
	 .steps = {{.answer = "SSH-2.0-OpenSSH_9.2\r\n", .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1},
	{.name = "post, head cut",
	 .steps = {{.answer = CUT_HEAD, .close = true}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 1,
	 .says = "run again"},
	{.name = "post, body cut",
	 .steps = {{.answer = CUT_BODY, .close = true}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 1},
	{.name = "post, no answer",
	 .steps = {{.close = true}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 1},
	{.name = "post that adds to a set, no answer",
	 .steps = {{.close = true}, {.answer = ANSWER_OK}},
	 .method = "POST",
	 .repeatable = true,
	 .retries = 1,
	 .answer = 200,
	 .count = 2},
	/* libcurl by itself would send it again, on a new connection. */
	{.name = "post on a connection that dies",
	 .steps = {{.answer = ANSWER_OK}, {.close = true}, {.answer = ANSWER_OK}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 2,
	 .chatty = true},
	{.name = "get on a connection that dies",
	 .steps = {{.answer = ANSWER_OK}, {.close = true}, {.answer = ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 0,
	 .answer = 200,
	 .count = 3,
	 .chatty = true},

	{.name = "502, then good",
	 .steps = {{.answer = BAD_GATEWAY}, {.answer = ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .answer = 200,
	 .count = 2},
	{.name = "502 to the end",
	 .steps = {{.answer = BAD_GATEWAY}, {.answer = BAD_GATEWAY}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 1,
	 .status = WLS_E_NETWORK,
	 .count = 2,
	 .says = "502 Bad Gateway, after 2"},
	{.name = "post, 502",
	 .steps = {{.answer = BAD_GATEWAY}, {.answer = ANSWER_OK}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 1,
	 .says = "502"},

	{.name = "429, then good",
	 .steps = {{.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"},
		   {.answer = ANSWER_OK}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .answer = 200,
	 .count = 2},
	{.name = "post, 429, then good",
	 .steps = {{.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"},
		   {.answer = ANSWER_OK}},
	 .method = "POST",
	 .retries = 5,
	 .answer = 200,
	 .count = 2,
	 .max_wait = 2},
	{.name = "429 without end",
	 .steps = {{.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"},
		   {.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n"}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 1,
	 .status = WLS_E_LIMITED,
	 .answer = 429,
	 .count = 2},
	{.name = "429, kept",
	 .steps = {{.answer = "HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"}},
	 .method = "POST",
	 .keep_limits = true,
	 .retries = 5,
	 .status = WLS_E_LIMITED,
	 .answer = 429,
	 .count = 1,
	 .says = "go on in 7 s",
	 .max_wait = 60},
	{.name = "secondary limit",
	 .steps = {{.answer = LIMIT("", "You have exceeded a secondary rate limit."),
		    .close = true}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_LIMITED,
	 .answer = 403,
	 .count = 1,
	 .says = "go on in 60 s (at 1994-11-06 08:50:37 UTC)",
	 .max_wait = 59},
	{.name = "hourly limit",
	 .steps = {{.answer = LIMIT("X-RateLimit-Remaining: 0\r\nX-RateLimit-Reset: 784111877\r\n",
				    "API calls exceeded"),
		    .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .status = WLS_E_LIMITED,
	 .answer = 403,
	 .count = 1,
	 .says = "--max-wait",
	 .max_wait = 100},
	{.name = "permission is an answer",
	 .steps = {{.answer = LIMIT("X-RateLimit-Remaining: 7\r\n", "Resource not accessible"),
		    .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .answer = 403,
	 .count = 1},
	{.name = "503 that asks for an hour",
	 .steps = {{.answer =
			    "HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\nContent-Length: 0\r\n\r\n"}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .status = WLS_E_LIMITED,
	 .answer = 503,
	 .count = 1,
	 .max_wait = 600},

	{.name = "stalled",
	 .steps = {{.answer = CUT_BODY}},
	 .method = "GET",
	 .repeatable = true,
	 .status = WLS_E_NETWORK,
	 .count = 1,
	 .timeout = 1},
	{.name = "post, stalled",
	 .steps = {{.answer = NULL}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .count = 1,
	 .timeout = 1},
	{.name = "huge",
	 .steps = {{.answer = JSON_HEAD "\r\n", .fill = 100000, .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .retries = 5,
	 .status = WLS_E_ANSWER,
	 .answer = 200,
	 .count = 1,
	 .answer_max = 50000,
	 .says = "larger than 50000"},
	{.name = "as large as may be",
	 .steps = {{.answer = JSON_HEAD "\r\n", .fill = 50000, .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .answer = 200,
	 .count = 1,
	 .answer_max = 50000},
	{.name = "post, huge",
	 .steps = {{.answer = JSON_HEAD "\r\n", .fill = 100000, .close = true}},
	 .method = "POST",
	 .retries = 5,
	 .status = WLS_E_UNCLEAR,
	 .answer = 200,
	 .count = 1,
	 .answer_max = 50000},
	{.name = "huge head",
	 .steps = {{.answer = "HTTP/1.1 200 OK\r\nX: ", .fill = 400000, .close = true}},
	 .method = "GET",
	 .repeatable = true,
	 .status = -1,
	 .count = 1},
};

static void judge(const struct http_case *c, struct client *client, const struct server *server)
{
	_cleanup_response_ struct wls_http_response response = {0};
	bool has_body = strcmp(c->method, "GET") != 0 && strcmp(c->method, "DELETE") != 0;
	const struct wls_http_request request = {
		.method = c->method,
		.path = "/asked?page=2",
		.body = has_body ? WLS_SLICE("{\"title\":\"T\"}") : WLS_SLICE(""),
		.repeatable = c->repeatable,
		.keep_limits = c->keep_limits,
	};
	if (c->chatty) {
		const struct wls_http_request first = {
			.method = "GET", .path = "/first", .repeatable = true};
		cr_assert_eq(wls_http_send(client->http, &first, &response, &client->err), 0);
	}
	int status = wls_http_send(client->http, &request, &response, &client->err);
	/* libcurl has a limit of its own for one header line. */
	bool any = c->status == -1;
	cr_expect(any ? status == WLS_E_NETWORK || status == WLS_E_ANSWER : status == c->status,
		  "%s: %d, not %d: %s", c->name, status, c->status, client->err.text);
	if (c->answer)
		cr_expect_eq(response.status, c->answer, "%s: status %ld", c->name,
			     response.status);
	cr_expect_eq(server->seen->count, c->count, "%s: %u requests, not %u", c->name,
		     server->seen->count, c->count);
	cr_expect_eq(server->seen->unexpected, 0, "%s", c->name);
	if (status < 0)
		cr_expect(text_has(client->err.text, c->method) &&
				  text_has(client->err.text, "/asked?page=2: "),
			  "%s: %s", c->name, client->err.text);
	if (c->says)
		cr_expect(text_has(client->err.text, c->says), "%s: %s", c->name, client->err.text);
}

Test(http, one_request, .timeout = 120)
{
	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("all_proxy", "http://127.0.0.1:1", 1);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct server server;
		struct client client;
		server_start(&server, cases[i].steps, WLS_ARRAY_SIZE(cases[i].steps));
		client_init(&client, server.base);
		client.options.retries = cases[i].retries;
		client.options.max_wait = cases[i].max_wait;
		client.options.answer_max = cases[i].answer_max;
		if (cases[i].timeout > 0)
			client.options.timeout = cases[i].timeout;
		client_open(&client);
		judge(&cases[i], &client, &server);
		client_close(&client);
		server_stop(&server);
	}
}
