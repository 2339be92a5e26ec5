/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "client.h"

struct json_case {
	const char *type;
	struct wls_slice body;
	const char *says; /* NULL: it is taken */
};

#define JSON "application/json"

/* Of a static table, where a compound literal may not stand. */
#define BYTES(literal)                                                                             \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

static const struct json_case cases[] = {
	{JSON, BYTES("{}"), NULL},
	{JSON "; charset=utf-8", BYTES(" [1, 2]\n"), NULL},
	{"Application/JSON", BYTES("[]"), NULL},
	{"application/vnd.github+json; charset=utf-8", BYTES("[]"), NULL},
	{JSON, BYTES("{\"a\": \"[[[[\\\"{{{{\"}"), NULL},
	{"text/html", BYTES("<html>Log in</html>"), "starts with \"<html>Log in</html>\""},
	{"text/json5", BYTES("{}"), "text/json5"},
	{"", BYTES("{}"), "its type is \"\""},
	{"application/jsonx", BYTES("{}"), "application/jsonx"},
	{JSON, BYTES(""), "it is empty"},
	{JSON, BYTES("{\"a\":"), "not the JSON"},
	{JSON, BYTES("{} {}"), "not the JSON"},
	{JSON, BYTES("12"), "not the JSON"},
	{JSON, BYTES("{\"a\":1,\"a\":2}"), "duplicate"},
	{JSON, BYTES("{\"a\":\"\0\"}"), "not the JSON"},
	{JSON, BYTES("{\"a\":\"\\u0000\"}"), "u0000"},
	{JSON, BYTES("{\"a\\u0000b\":1}"), "not the JSON"},
	{JSON, BYTES("{\"a\":\"\xff\"}"), "not the JSON"},
	{JSON, BYTES("{\"a\":99999999999999999999}"), "not the JSON"},
	{JSON, BYTES("]]]]"), "not the JSON"},
	{"text/plain", BYTES("a\x1b[31m\r\n\0\tb\xE2\x80\xAE" CLIENT_TOKEN),
	 "starts with \"a[31m b***\""},
	{"text/plain",
	 BYTES("0123456789012345678901234567890123456789012345678901234567890123456789"
	       "012345678\xC3\xA9x"),
	 "8901234567890123456789012345678…\""},
};

static int read_json(struct client *client, const struct json_case *c, json_t **out)
{
	const struct wls_http_request request = {.method = "GET", .path = "/asked"};
	struct wls_http_response response = {.status = 200,
					     .content_type = wls_slice_of(c->type),
					     .request_id = WLS_SLICE("ID1"),
					     .body = WLS_BUF_INIT};
	wls_buf_add_slice(&response.body, c->body);
	int status = wls_http_json(client->http, &request, &response, out, &client->err);
	wls_http_response_release(&response);
	return status;
}

Test(json, checked)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const struct json_case *c = &cases[i];
		struct client client;
		json_t *json = NULL;
		client_init(&client, "https://example.org");
		client_open(&client);
		int status = read_json(&client, c, &json);
		cr_expect_eq(status, c->says ? WLS_E_ANSWER : 0, "case %zu: %s", i,
			     client.err.text);
		cr_expect_eq(json == NULL, c->says != NULL, "case %zu", i);
		if (c->says) {
			cr_expect(text_has(client.err.text, c->says), "case %zu: %s", i,
				  client.err.text);
			cr_expect(text_has(client.err.text, "GET /asked: ") &&
					  text_has(client.err.text, "request ID1") &&
					  text_has(client.err.text, "--url"),
				  "%s", client.err.text);
		}
		json_decref(json);
		client_close(&client);
	}
}

Test(json, depth)
{
	static const struct {
		size_t levels;
		bool good;
	} depths[] = {{1, true}, {64, true}, {65, false}, {2000, false}, {1000000, false}};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(depths); i++) {
		_cleanup_buf_ struct wls_buf body = WLS_BUF_INIT;
		struct client client;
		json_t *json = NULL;
		wls_buf_fill(&body, '[', depths[i].levels);
		wls_buf_fill(&body, ']', depths[i].levels);
		const struct json_case c = {.type = JSON, .body = wls_buf_slice(&body)};
		client_init(&client, "https://example.org");
		client_open(&client);
		int status = read_json(&client, &c, &json);
		cr_expect_eq(status == 0, depths[i].good, "%zu levels: %s", depths[i].levels,
			     client.err.text);
		json_decref(json);
		client_close(&client);
	}
}

Test(json, message)
{
	static const struct {
		long status;
		const char *type, *body, *message;
	} messages[] = {
		{404, JSON, "{\"message\":\"Not Found\"}", "Not Found"},
		{404, "text/html", "{\"message\":\"Not Found\"}", ""},
		{404, JSON, "", ""},
		{404, JSON, "[]", ""},
		{404, JSON, "{\"message\":{}}", ""},
		{200, JSON, "{\"message\":\"of a commit\"}", ""},
		{400, JSON, "{\"error\":\"invalid\"}", "invalid"},
		{422, JSON, "{\"errors\":[\"Subject is blank\",\"No\"]}", "Subject is blank; No"},
		{422, JSON,
		 "{\"message\":\"Validation Failed\",\"errors\":[{\"field\":\"name\",\"code\":"
		 "\"already_exists\"},{\"message\":\"body is too long\"},{},7]}",
		 "Validation Failed; name already_exists; body is too long"},
		{403, JSON, "{\"message\":\"a\\n\\u001b[0m b\\u202e" CLIENT_TOKEN "\"}",
		 "a [0m b***"},
	};
	struct client client;
	client_init(&client, "https://example.org");
	client_open(&client);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(messages); i++) {
		char message[256];
		struct wls_http_response response = {.status = messages[i].status,
						     .content_type = wls_slice_of(messages[i].type),
						     .body = WLS_BUF_INIT};
		wls_buf_add_str(&response.body, messages[i].body);
		wls_http_message(client.http, &response, message);
		cr_expect_str_eq(message, messages[i].message, "%s", messages[i].body);
		wls_http_response_release(&response);
	}
	client_close(&client);
}

Test(json, long_message)
{
	char message[256];
	struct client client;
	struct wls_http_response response = {
		.status = 422, .content_type = WLS_SLICE(JSON), .body = WLS_BUF_INIT};
	client_init(&client, "https://example.org");
	client_open(&client);
	wls_buf_add_str(&response.body, "{\"message\":\"a");
	for (int i = 0; i < 300; i++)
		wls_buf_add_str(&response.body, "é");
	wls_buf_add_str(&response.body, "\"}");
	wls_http_message(client.http, &response, message);
	cr_expect_leq(strlen(message), 200);
	cr_expect_str_eq(message + strlen(message) - 5, "é…");
	wls_http_response_release(&response);
	client_close(&client);
}
