/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "client.h"

#define ENCODED "s3cr3t%2FToken%2Bof%3Dtests"

static const struct {
	const char *text, *clean;
} cases[] = {
	{"", ""},
	{"nothing here", "nothing here"},
	{CLIENT_TOKEN, "***"},
	{"a" CLIENT_TOKEN "b" CLIENT_TOKEN, "a***b***"},
	{"/x?q=" ENCODED "&page=2", "/x?q=***&page=2"},
	{"s3cr3t%2ftoken%2bof%3dtests", "***"},
	{"s3cr3t/Token+of=test", "s3cr3t/Token+of=test"},
	{"Authorization: Bearer abc", "Authorization: ***"},
	{"authorization:abc\r\nHost: x", "authorization:***\r\nHost: x"},
	{"> AUTHORIZATION:  Basic YTpi", "> AUTHORIZATION:  ***"},
	{"Proxy-Authorization: Basic YTpi\nA: b", "Proxy-Authorization: ***\nA: b"},
	{"PRIVATE-TOKEN: glpat", "PRIVATE-TOKEN: ***"},
	{"X-Redmine-API-Key: 123\r\n", "X-Redmine-API-Key: ***\r\n"},
	{"Cookie: a=b; c=d", "Cookie: ***"},
	{"Set-Cookie: a=b; c=d\r\nX: y", "Set-Cookie: ***\r\nX: y"},
	{"{\"Authorization\": \"Bearer abc\", \"x\": 1}", "{\"Authorization\": \"***\", \"x\": 1}"},
	{"authorization is missing", "authorization is missing"},
	{"reauthorization: x", "reauthorization: x"},
	{"/a?access_token=abc&b=c", "/a?access_token=***&b=c"},
	{"/a?b=c&private_token=abc", "/a?b=c&private_token=***"},
	{"/a?KEY=abc#d", "/a?KEY=***#d"},
	{"\"/a?key=abc\" is", "\"/a?key=***\" is"},
	{"/a?monkey=abc", "/a?monkey=abc"},
	{"/a?keyword=abc", "/a?keyword=abc"},
	{"/a?key=", "/a?key=***"},
	{"https://user:pass@host/x", "https://***@host/x"},
	{"https://host/x@y", "https://host/x@y"},
	{"https://host?x@y", "https://host?x@y"},
};

Test(redact, text)
{
	struct client client;
	client_init(&client, "https://example.org");
	client_open(&client);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
		wls_http_redact(client.http, wls_slice_of(cases[i].text), &out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].clean, "%s: %s", cases[i].text,
				 wls_buf_str(&out));
	}
	client_close(&client);
}

/* A token that holds what ends a value is blanked whole. */
Test(redact, token_with_separators)
{
	static const char text[] = "?key=a&b\"c and a&b\"c";
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	struct client client;
	client_init(&client, "https://example.org");
	client.options.token = "a&b\"c";
	client_open(&client);
	wls_http_redact(client.http, WLS_SLICE(text), &out);
	cr_expect_str_eq(wls_buf_str(&out), "?key=*** and ***", "%s", wls_buf_str(&out));
	client_close(&client);
}

/* Bytes of any kind, and no token. */
Test(redact, bytes)
{
	static const char bytes[] = "a\0b\xff?key=\0c://\0@";
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	struct client client;
	client_init(&client, "https://example.org");
	client.options.token = NULL;
	client_open(&client);
	wls_http_redact(client.http, WLS_SLICE(bytes), &out);
	cr_expect(wls_slice_starts(wls_buf_slice(&out), WLS_SLICE("a\0b\xff?key=***\0c")));
	client_close(&client);
}
