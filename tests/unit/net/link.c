/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "client.h"

#define NEXT(target) "<" target ">; rel=\"next\""

struct link_case {
	const char *base, *link, *rel;
	const char *path; /* NULL: none */
};

#define ROOT "https://example.org"
#define BELOW "https://example.org/api/v3"

static const struct link_case cases[] = {
	{ROOT, "", "next", NULL},
	{ROOT, NEXT("https://example.org/x?page=2"), "next", "/x?page=2"},
	{ROOT, NEXT("https://example.org/x?page=2"), "last", NULL},
	{ROOT, NEXT("/x?page=2"), "next", "/x?page=2"},
	{ROOT, "</x?p=1>; rel=\"prev\", </x?p=3>; rel=\"next\", </x?p=9>; rel=\"last\"", "next",
	 "/x?p=3"},
	{ROOT, "</x?p=1>; rel=\"prev\", </x?p=3>; rel=\"next\", </x?p=9>; rel=\"last\"", "last",
	 "/x?p=9"},
	{ROOT, "</x?a=1,2;3>; rel=next", "next", "/x?a=1,2;3"},
	{ROOT, "</x>; title=\"a, b; rel=last\"; REL=\"up Next\"", "next", "/x"},
	{ROOT, "</x>; title=\"a\\\", b\"; rel=next", "next", "/x"},
	{ROOT, "</x>; rel=\"nexter\"", "next", NULL},
	{ROOT, "</x>; xrel=next", "next", NULL},
	{ROOT, "</x>", "next", NULL},
	{ROOT, "</x>; rel", "next", NULL},
	{ROOT, "</x; rel=next", "next", NULL},
	{ROOT, "junk, </y>; rel=next", "next", "/y"},
	{ROOT, NEXT("https://example.org/x?page=2#top"), "next", "/x?page=2"},
	/* another origin: its path is asked of ours */
	{ROOT, NEXT("https://evil.example/x?page=2"), "next", "/x?page=2"},
	{ROOT, NEXT("http://127.0.0.1:4001/x"), "next", "/x"},
	{ROOT, NEXT("https://user:pw@evil.example/x"), "next", "/x"},
	{ROOT, NEXT("https://example.org@evil.example/x"), "next", "/x"},
	{ROOT, NEXT("//evil.example/x?page=2"), "next", "/x?page=2"},
	{ROOT, NEXT("HTTPS://EVIL.example/x"), "next", "/x"},
	/* no path below the base */
	{ROOT, NEXT("https://evil.example//evil.example/x"), "next", NULL},
	{ROOT, NEXT("https://evil.example"), "next", NULL},
	{ROOT, NEXT("https://evil.example?page=2"), "next", NULL},
	{ROOT, NEXT("https:/x"), "next", NULL},
	{ROOT, NEXT("https:x"), "next", NULL},
	{ROOT, NEXT("?page=2"), "next", NULL},
	{ROOT, NEXT("x?page=2"), "next", NULL},
	{ROOT, NEXT(""), "next", NULL},
	{ROOT, NEXT("ftp://example.org/x"), "next", NULL},
	{ROOT, NEXT("file:///etc/passwd"), "next", NULL},
	{ROOT, NEXT("javascript:alert(1)"), "next", NULL},
	{ROOT, NEXT("/x/../y"), "next", NULL},
	{ROOT, NEXT("/.."), "next", NULL},
	{ROOT, NEXT("/./x"), "next", NULL},
	{ROOT, NEXT("/x/%2e%2E/y"), "next", NULL},
	{ROOT, NEXT("/x/.%2e"), "next", NULL},
	{ROOT, NEXT("/x%2f..%2fy"), "next", NULL},
	{ROOT, NEXT("/x\\..\\y"), "next", NULL},
	{ROOT, NEXT("/x y"), "next", NULL},
	{ROOT, NEXT("/\xC3\xA9"), "next", NULL},
	{ROOT, NEXT("/x?y=../z"), "next", "/x?y=../z"},
	{ROOT, NEXT("/x/...y/.z"), "next", "/x/...y/.z"},
	/* a base with a path */
	{BELOW, NEXT("https://example.org/api/v3/x?page=2"), "next", "/x?page=2"},
	{BELOW, NEXT("https://evil.example/api/v3/x"), "next", "/x"},
	{BELOW, NEXT("https://example.org/x"), "next", NULL},
	{BELOW, NEXT("https://example.org/api/v33/x"), "next", NULL},
	{BELOW, NEXT("https://example.org/api/v3"), "next", NULL},
	{BELOW, NEXT("https://example.org/api/v3?page=2"), "next", NULL},
	{BELOW, NEXT("https://example.org/api/v3/../../admin"), "next", NULL},
	{BELOW, NEXT("https://example.org/api/v3//evil.example/x"), "next", NULL},
	{BELOW "/", NEXT("https://example.org/api/v3/x"), "next", "/x"},
};

Test(link, rebased)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const struct link_case *c = &cases[i];
		_cleanup_buf_ struct wls_buf path = WLS_BUF_INIT;
		struct client client;
		const struct wls_http_response response = {.link = wls_slice_of(c->link)};
		client_init(&client, c->base);
		client_open(&client);
		bool found = wls_http_link(client.http, &response, c->rel, &path);
		cr_expect_eq(found, c->path != NULL, "%s: %s", c->link, wls_buf_str(&path));
		cr_expect_str_eq(wls_buf_str(&path), c->path ? c->path : "", "%s", c->link);
		client_close(&client);
	}
}

/* Cut anywhere, and with a NUL, it ends. */
Test(link, cut)
{
	static const char text[] = "</x>; rel=\"a\\\"\", </y>; t\0=u; rel=\"next\"";
	struct client client;
	client_init(&client, ROOT);
	client_open(&client);
	for (size_t len = 0; len < sizeof(text); len++) {
		_cleanup_buf_ struct wls_buf path = WLS_BUF_INIT;
		char *copy = wls_alloc(len + 1, 1);
		memcpy(copy, text, len);
		const struct wls_http_response response = {.link = wls_slice(copy, len)};
		bool found = wls_http_link(client.http, &response, "next", &path);
		cr_expect_eq(found, len >= sizeof(text) - 1, "%zu", len);
		free(copy);
	}
	client_close(&client);
}
