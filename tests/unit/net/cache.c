/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client.h"
#include "net/cache.h"
#include "scratch.h"
#include "server.h"

#define SCOPE WLS_SLICE("https://example.org 1234")
#define URL "https://example.org/x"

/* A folder of its own in which the cache is put. */
static void enter(char path[256])
{
	scratch_enter(path);
	setenv("XDG_CACHE_HOME", path, 1);
}

struct entry {
	struct wls_buf etag, link, body;
};

static bool read_entry(struct wls_http_cache *cache, const char *url, struct entry *entry)
{
	*entry = (struct entry){WLS_BUF_INIT, WLS_BUF_INIT, WLS_BUF_INIT};
	return wls_http_cache_read(cache, url, &entry->etag, &entry->link, &entry->body);
}

static void release_entry(struct entry *entry)
{
	wls_buf_release(&entry->etag);
	wls_buf_release(&entry->link);
	wls_buf_release(&entry->body);
}
#define _cleanup_entry_ _cleanup_(release_entry)

static bool has_entry(struct wls_http_cache *cache, const char *url)
{
	_cleanup_entry_ struct entry entry;
	return read_entry(cache, url, &entry);
}

static void write_entry(struct wls_http_cache *cache, const char *url, struct wls_slice body)
{
	wls_http_cache_write(cache, url, WLS_SLICE("W/\"1\""), WLS_SLICE("</y>; rel=next"), body);
}

Test(cache, kept)
{
	char path[256];
	enter(path);
	struct wls_http_cache *cache = wls_http_cache_open(SCOPE);
	cr_assert_not_null(cache);
	cr_expect_not(has_entry(cache, URL));
	write_entry(cache, URL, WLS_SLICE("old\n"));
	write_entry(cache, URL, WLS_SLICE("{\n\0\"b\"}\n"));
	wls_http_cache_free(cache);

	cache = wls_http_cache_open(SCOPE);
	_cleanup_entry_ struct entry entry;
	cr_assert(read_entry(cache, URL, &entry));
	cr_expect_str_eq(wls_buf_str(&entry.etag), "W/\"1\"");
	cr_expect_str_eq(wls_buf_str(&entry.link), "</y>; rel=next");
	cr_expect(wls_slice_eq(wls_buf_slice(&entry.body), WLS_SLICE("{\n\0\"b\"}\n")));
	cr_expect_not(has_entry(cache, URL "?page=2"));
	/* What could not be read again is not written. */
	wls_http_cache_write(cache, URL "2", WLS_SLICE("a\nb"), WLS_SLICE(""), WLS_SLICE(""));
	cr_expect_not(has_entry(cache, URL "2"));
	wls_http_cache_free(cache);

	cache = wls_http_cache_open(WLS_SLICE("https://example.org 5678"));
	cr_expect_not(has_entry(cache, URL), "of another account");
	wls_http_cache_free(cache);
	wls_http_cache_free(NULL);
	scratch_leave(path);
}

Test(cache, for_the_user_alone)
{
	char path[256];
	enter(path);
	umask(0);
	struct wls_http_cache *cache = wls_http_cache_open(SCOPE);
	write_entry(cache, URL, WLS_SLICE("{}"));
	wls_http_cache_set_hint(cache, WLS_SLICE("a"), 1);
	wls_http_cache_free(cache);
	scratch_run("test -z \"$(find wlsync -type d ! -perm 700)\"");
	scratch_run("test -z \"$(find wlsync -type f ! -perm 600)\"");
	scratch_run("test \"$(find wlsync -type f | wc -l)\" = 2");
	scratch_leave(path);
}

/* Every damage costs a request, nothing more. */
Test(cache, damaged)
{
	static const char *const damages[] = {
		": >\"$f\"",
		"printf x >>\"$f\"",
		"printf '%s' \"$(cat \"$f\")\" >\"$f\"",
		"sed -i s/page/egap/ \"$f\"",
		"sed -i '1s/ 1 / 2 /' \"$f\"",
		"rm \"$f\"",
		"rm \"$f\"; mkdir \"$f\"",
		"rm \"$f\"; mkfifo \"$f\"",
		"mv \"$f\" f; ln -s \"$PWD/f\" \"$f\"",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(damages); i++) {
		char path[256];
		enter(path);
		struct wls_http_cache *cache = wls_http_cache_open(SCOPE);
		write_entry(cache, URL, WLS_SLICE("page\n"));
		cr_expect(has_entry(cache, URL));
		scratch_run("f=$(find wlsync -type f); %s", damages[i]);
		cr_expect_not(has_entry(cache, URL), "%s", damages[i]);
		wls_http_cache_free(cache);
		scratch_leave(path);
	}
}

Test(cache, hints)
{
	char path[256];
	enter(path);
	struct wls_http_cache *cache = wls_http_cache_open(SCOPE);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("Auth")), 0);
	wls_http_cache_set_hint(cache, WLS_SLICE("Auth"), 12);
	wls_http_cache_set_hint(cache, WLS_SLICE("two words"), 13);
	wls_http_cache_set_hint(cache, WLS_SLICE("gone"), 14);
	wls_http_cache_set_hint(cache, WLS_SLICE("a\nb"), 15);
	wls_http_cache_set_hint(cache, WLS_SLICE(""), 16);
	wls_http_cache_set_hint(cache, WLS_SLICE("Auth"), INT64_MAX);
	wls_http_cache_set_hint(cache, WLS_SLICE("gone"), 0);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("Auth")), INT64_MAX);
	wls_http_cache_free(cache);

	cache = wls_http_cache_open(SCOPE);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("Auth")), INT64_MAX);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("two words")), 13);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("gone")), 0);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("b")), 0);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("")), 16);
	wls_http_cache_free(cache);

	scratch_run(
		"printf '\\n\\nx\\n-1 a\\n0 b\\n3\\n 5 c\\n6 d' >\"$(find wlsync -name hints)\"");
	cache = wls_http_cache_open(SCOPE);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("a")), 0);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("b")), 0);
	cr_expect_eq(wls_http_cache_hint(cache, WLS_SLICE("d")), 6);
	wls_http_cache_free(cache);
	scratch_leave(path);
}

Test(cache, no_place)
{
	static const char *const homes[] = {NULL, "", "relative", "/dev/null/x"};
	unsetenv("XDG_CACHE_HOME");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(homes); i++) {
		if (homes[i])
			setenv("HOME", homes[i], 1);
		else
			unsetenv("HOME");
		cr_expect_null(wls_http_cache_open(SCOPE), "%s", homes[i] ? homes[i] : "unset");
	}
}

Test(cache, unused_goes)
{
	char path[256];
	enter(path);
	wls_http_cache_free(wls_http_cache_open(SCOPE));
	scratch_run("mkdir -p wlsync/http/other wlsync/http/old; : >wlsync/http/other/new");
	scratch_run("touch -d '40 days ago' wlsync/http/other/a wlsync/http/old/b");
	wls_http_cache_free(wls_http_cache_open(SCOPE));
	scratch_run("test -f wlsync/http/other/new -a ! -e wlsync/http/other/a");
	scratch_run("test ! -e wlsync/http/old");
	scratch_leave(path);
}

/* ---- with a server ---- */

#define TAGGED(tag, body)                                                                          \
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 7\r\nETag: " tag     \
	"\r\nLink: </x?page=2>; rel=\"next\"\r\nLink: </x?page=9>; rel=\"last\"\r\n\r\n" body
#define UNCHANGED "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"

struct asked {
	const char *body, *next, *last;
	bool cached;
};

static void ask(struct client *client, const char *method, const struct asked *asked)
{
	_cleanup_response_ struct wls_http_response response = {0};
	_cleanup_buf_ struct wls_buf next = WLS_BUF_INIT, last = WLS_BUF_INIT;
	const struct wls_http_request request = {
		.method = method, .path = "/x", .repeatable = true};
	cr_assert_eq(wls_http_send(client->http, &request, &response, &client->err), 0, "%s",
		     client->err.text);
	cr_expect_eq(response.status, 200);
	cr_expect_eq(response.cached, asked->cached, "%s", asked->body);
	cr_expect(wls_slice_starts(response.content_type, WLS_SLICE("application/json")));
	cr_expect_str_eq(wls_buf_str(&response.body), asked->body);
	wls_http_link(client->http, &response, "next", &next);
	wls_http_link(client->http, &response, "last", &last);
	cr_expect_str_eq(wls_buf_str(&next), asked->next);
	cr_expect_str_eq(wls_buf_str(&last), asked->last);
}

Test(cache, unchanged_answers, .timeout = 60)
{
	static const struct server_step steps[] = {
		{.answer = TAGGED("\"1\"", "{\"a\":1}")},
		{.answer = UNCHANGED},
		/* A 304 that brings a Link of its own: there is a page more than there was. */
		{.answer = "HTTP/1.1 304 Not Modified\r\nLink: </x?page=3>; rel=next\r\n\r\n"},
		{.answer = TAGGED("W/\"2\"", "{\"a\":2}")},
		{.answer = "HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n"},
		{.answer = UNCHANGED},
		{.answer = TAGGED("\"3\"", "{\"a\":3}")},
		{.answer = UNCHANGED},
		{.answer = ANSWER_OK},
	};
	static const struct asked first = {"{\"a\":1}", "/x?page=2", "/x?page=9", false};
	static const struct asked again = {"{\"a\":1}", "/x?page=2", "/x?page=9", true};
	static const struct asked grown = {"{\"a\":1}", "/x?page=3", "", true};
	static const struct asked second = {"{\"a\":2}", "/x?page=2", "/x?page=9", false};
	static const struct asked second_again = {"{\"a\":2}", "/x?page=2", "/x?page=9", true};
	static const struct asked third = {"{\"a\":3}", "/x?page=2", "/x?page=9", false};
	static const struct asked plain = {"{\"a\":1}", "", "", false};
	char path[256];
	struct server server;
	struct client client;

	enter(path);
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client.options.retries = 1;
	client.options.cache = wls_http_cache_open(SCOPE);
	client_open(&client);
	ask(&client, "GET", &first);
	ask(&client, "GET", &again);
	ask(&client, "GET", &grown);
	ask(&client, "GET", &second);
	ask(&client, "GET", &second_again);
	/* A write neither asks on condition nor is kept. */
	ask(&client, "PATCH", &third);
	ask(&client, "GET", &second_again);
	cr_expect_eq(wls_http_counts(client.http).not_modified, 4);
	cr_expect_eq(wls_http_counts(client.http).requests, 8);
	cr_expect_eq(wls_http_counts(client.http).writes, 1);
	/* Nothing is left to compare with: no condition. */
	scratch_run("rm -r wlsync");
	ask(&client, "GET", &plain);

	static const char *const conditions[] = {NULL,      "\"1\"", "\"1\"",   "\"1\"", "W/\"2\"",
						 "W/\"2\"", NULL,    "W/\"2\"", NULL};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(conditions); i++) {
		const char *seen = strstr(server.seen->requests[i], "If-None-Match: ");
		cr_expect_eq(seen != NULL, conditions[i] != NULL, "request %zu", i);
		if (seen && conditions[i])
			cr_expect_eq(strncmp(seen + 15, conditions[i], strlen(conditions[i])), 0,
				     "request %zu: %s", i, seen);
	}
	cr_expect_eq(server.seen->unexpected, 0);
	wls_http_cache_free(client.options.cache);
	client_close(&client);
	server_stop(&server);
	scratch_leave(path);
}

/* A 304 that nobody asked for is an answer like any other. */
Test(cache, unasked)
{
	static const struct server_step steps[] = {{.answer = UNCHANGED}};
	struct server server;
	struct client client;
	_cleanup_response_ struct wls_http_response response = {0};
	const struct wls_http_request request = {.method = "GET", .path = "/x", .repeatable = true};
	server_start(&server, steps, WLS_ARRAY_SIZE(steps));
	client_init(&client, server.base);
	client_open(&client);
	cr_expect_eq(wls_http_send(client.http, &request, &response, &client.err), 0);
	cr_expect_eq(response.status, 304);
	cr_expect_not(response.cached);
	client_close(&client);
	server_stop(&server);
}
