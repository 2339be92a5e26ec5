/* SPDX-License-Identifier: MIT */
/* Single calls: what they send, and what each answer means. */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "github_fixture.h"
#include "github_http.h"

#define ROOT "/repos/acme/shop"
#define ISSUE_12 ROOT "/issues/12"
#define ISSUE(n)                                                                                   \
	"{\"number\":" #n ",\"id\":10" #n ",\"title\":\"T" #n                                      \
	"\",\"body\":null,\"user\":{\"login\":\"mona\"},\"state\":\"open\",\"labels\":[]}"
#define MESSAGE(text) "{\"message\":\"" text "\"}"

typedef int run_call(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err);

struct call_case {
	const char *name;
	run_call *run;
	int status;
	const char *says; /* in the error */
	struct exchange script[4];
};

static void try_calls(const struct call_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct call_case *c = &cases[i];
		struct wls_tracker *tracker = script_open(c->script);
		struct wls_remote remote = {0};
		struct wls_error err = {0};
		int status = c->run(tracker, &remote, &err);
		cr_assert_eq(status, c->status, "%s: %d %s", c->name, status, err.text);
		if (status < 0)
			cr_assert_eq((int)err.status, status, "%s: %d", c->name, (int)err.status);
		if (c->says)
			cr_assert(strstr(err.text, c->says), "%s: %s", c->name, err.text);
		if (status < 0)
			cr_assert_eq(remote.count, 0, "%s put nothing in", c->name);
		script_close(tracker, c->name);
		wls_remote_release(&remote);
	}
}

#define ANSWER(m, p, s, ...)                                                                       \
	{                                                                                          \
		.method = (m), .path = (p), .status = (s), __VA_ARGS__                             \
	}

/* ---- opening ---- */

struct open_case {
	const char *repository, *url;
	int status;
	const char *base;
};

static const struct open_case opens[] = {
	{"acme/shop", NULL, 0, "https://api.github.com"},
	{"acme/shop", "", 0, "https://api.github.com"},
	{"a-b/c.d_E-1", "https://ghe.example/api/v3/", 0, "https://ghe.example/api/v3"},
	{"acme/shop", "http://127.0.0.1:4001//", 0, "http://127.0.0.1:4001"},
	{"acme/shop", "http://bad", WLS_E_USAGE, NULL},
	{NULL, NULL, WLS_E_USAGE, NULL},
	{"", NULL, WLS_E_USAGE, NULL},
	{"acme", NULL, WLS_E_USAGE, NULL},
	{"/", NULL, WLS_E_USAGE, NULL},
	{"acme/", NULL, WLS_E_USAGE, NULL},
	{"/shop", NULL, WLS_E_USAGE, NULL},
	{"acme/shop/more", NULL, WLS_E_USAGE, NULL},
	{"acme/..", NULL, WLS_E_USAGE, NULL},
	{"./shop", NULL, WLS_E_USAGE, NULL},
	{"acme/shop?x=1", NULL, WLS_E_USAGE, NULL},
	{"acme/sh%6Fp", NULL, WLS_E_USAGE, NULL},
	{"acme/sh op", NULL, WLS_E_USAGE, NULL},
	{"acme/sh\nop", NULL, WLS_E_USAGE, NULL},
	{"acm\xC3\xA9/shop", NULL, WLS_E_USAGE, NULL},
};

Test(github_calls, open)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(opens); i++) {
		const struct open_case *c = &opens[i];
		struct wls_http_options http = {.base = "https://elsewhere"};
		struct wls_tracker_options options = {
			.repository = c->repository, .http = &http, .url = c->url};
		struct wls_tracker *tracker = NULL;
		struct wls_error err = {0};
		int status = wls_github_driver.open(&tracker, &options, &err);
		cr_assert_eq(status, c->status, "%s: %s", c->repository, err.text);
		cr_assert_eq(tracker != NULL, status == 0);
		if (tracker)
			cr_assert_str_eq(wls_github_of(tracker)->url, c->base);
		wls_github_driver.close(tracker);
	}
	wls_github_driver.close(NULL);
}

Test(github_calls, table)
{
	cr_assert_eq(wls_driver_find(WLS_SLICE("github")), &wls_github_driver);
	cr_assert_null(wls_driver_find(WLS_SLICE("gitlab")));
	cr_assert_null(wls_driver_find(WLS_SLICE("")));
	cr_assert_eq(wls_drivers[0], &wls_github_driver);
	cr_assert_eq(wls_github_driver.title_max, 256);
	/* Nothing of a driver may be left out. */
	const void *const *slots = (const void *const *)(const void *)&wls_github_driver.open;
	for (size_t i = 0;
	     i < (sizeof(wls_github_driver) - offsetof(struct wls_driver, open)) / sizeof(void *);
	     i++)
		cr_assert_not_null(slots[i], "call %zu", i);
}

/* ---- preflight ---- */

struct preflight_case {
	const char *name;
	long repository, user;    /* status of each answer */
	const char *path, *value; /* what the repository's answer has instead */
	int status;
	const char *says;
};

static const struct preflight_case preflights[] = {
	{"all is well", 200, 200, "name", "\"x\"", 0, NULL},
	{"another case", 200, 200, "full_name", "\"ACME/Shop\"", 0, NULL},
	{"renamed", 200, 200, "full_name", "\"acme/store\"", WLS_E_MOVED, "is now acme/store"},
	{"moved", 301, 200, NULL, NULL, WLS_E_MOVED, "301"},
	{"archived", 200, 200, "archived", "true", WLS_E_DENIED, "archived"},
	{"no issues", 200, 200, "has_issues", "false", WLS_E_DENIED, "issues are disabled"},
	{"reads only", 200, 200, "permissions", "{\"pull\":true}", WLS_E_DENIED, "labels"},
	{"permissions not told", 200, 200, "permissions", NULL, 0, NULL},
	{"not found", 404, 200, NULL, NULL, WLS_E_NOT_FOUND, "does not exist at"},
	{"bad token", 401, 401, NULL, NULL, WLS_E_AUTH, "token is not accepted"},
	{"a token without a user", 404, 401, NULL, NULL, WLS_E_AUTH, "GET /user: 401"},
	{"forbidden", 403, 200, NULL, NULL, WLS_E_DENIED, "403"},
	{"blocked by law", 451, 200, NULL, NULL, WLS_E_REFUSED, "451"},
	{"bad field", 200, 200, "private", "null", WLS_E_ANSWER, "private is null"},
};

Test(github_calls, preflight)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(preflights); i++) {
		const struct preflight_case *c = &preflights[i];
		json_t *json = fixture_load("repository.json");
		if (c->path)
			fixture_set(json, c->path, c->value);
		char *text = json_dumps(json, 0);
		const struct exchange script[] = {
			ANSWER("GET", ROOT, c->repository,
			       .answer = c->repository == 200 ? text : "{}"),
			ANSWER("GET", "/user", c->user, .fixture = "user.json"),
			{0},
		};
		struct wls_tracker *tracker = script_open(script);
		struct wls_remote remote = {0};
		struct wls_error err = {0};
		int status = wls_github_driver.preflight(tracker, &remote, &err);
		cr_assert_eq(status, c->status, "%s: %d %s", c->name, status, err.text);
		if (c->says)
			cr_assert(strstr(err.text, c->says), "%s: %s", c->name, err.text);
		cr_assert_eq(remote.tracker != NULL, status == 0, "%s", c->name);
		script_close(tracker, c->name);
		wls_remote_release(&remote);
		free(text);
		json_decref(json);
	}
}

Test(github_calls, preflight_head)
{
	json_t *json = fixture_load("repository.json");
	fixture_set(json, "html_url", "\"https://github.com/acme/shop/\"");
	char *text = json_dumps(json, 0);
	const struct exchange script[] = {
		ANSWER("GET", ROOT, 200, .answer = text),
		ANSWER("GET", "/user", 200, .fixture = "user.json"),
		{0},
	};
	struct wls_tracker *tracker = script_open(script);
	struct wls_remote remote = {0};

	cr_assert_eq(wls_github_driver.preflight(tracker, &remote, NULL), 0);
	script_close(tracker, "head");
	cr_assert_str_eq(remote.tracker, "github");
	cr_assert(wls_slice_eq(remote.url, WLS_SLICE("https://api.github.com")));
	cr_assert(wls_slice_eq(remote.web, WLS_SLICE("https://github.com/acme/shop")));
	cr_assert(wls_slice_eq(remote.repository, WLS_SLICE("acme/shop")));
	cr_assert(wls_slice_eq(remote.account, WLS_SLICE("mona")));
	cr_assert(remote.has_links && !remote.is_private && !remote.whole);
	wls_remote_release(&remote);
	free(text);
	json_decref(json);
}

/* A token of Actions: no user, and roles that say nothing. */
Test(github_calls, preflight_app)
{
	json_t *json = fixture_load("repository.json");
	fixture_set(json, "permissions", "{\"admin\":false,\"push\":false,\"pull\":false}");
	char *text = json_dumps(json, 0);
	const struct exchange script[] = {
		ANSWER("GET", ROOT, 200, .answer = text),
		ANSWER("GET", "/user", 403,
		       .answer = MESSAGE("Resource not accessible by integration")),
		{0},
	};
	struct wls_tracker *tracker = script_open(script);
	struct wls_remote remote = {0};

	cr_assert_eq(wls_github_driver.preflight(tracker, &remote, NULL), 0);
	cr_assert(wls_slice_eq(remote.account, WLS_SLICE("github-actions[bot]")));
	script_close(tracker, "app");
	wls_remote_release(&remote);
	free(text);
	json_decref(json);
}

static int is_private(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.is_private(tracker, "acme/logs", err);
}

static int is_private_odd(struct wls_tracker *tracker, struct wls_remote *remote,
			  struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.is_private(tracker, "acme/group/logs", err);
}

#define LOGS "/repos/acme/logs"
#define REPO(private)                                                                              \
	"{\"full_name\":\"acme/logs\",\"html_url\":\"https://x/\",\"private\":" #private "}"

static const struct call_case privates[] = {
	{"private", is_private, 1, NULL, {ANSWER("GET", LOGS, 200, .answer = REPO(true))}},
	{"public", is_private, 0, NULL, {ANSWER("GET", LOGS, 200, .answer = REPO(false))}},
	{"not seen",
	 is_private,
	 WLS_E_NOT_FOUND,
	 "404",
	 {ANSWER("GET", LOGS, 404, .answer = NULL)}},
	{"moved", is_private, WLS_E_MOVED, "301", {ANSWER("GET", LOGS, 301, .answer = NULL)}},
	{"odd", is_private, WLS_E_ANSWER, "full_name", {ANSWER("GET", LOGS, 200, .answer = "{}")}},
	{"no name for GitHub", is_private_odd, WLS_E_NOT_FOUND, NULL, {{0}}},
};

Test(github_calls, privates)
{
	try_calls(privates, WLS_ARRAY_SIZE(privates));
}

/* ---- reading one ---- */

static int read_twelve(struct wls_tracker *tracker, struct wls_remote *remote,
		       struct wls_error *err)
{
	int status = wls_github_driver.read(tracker, 12, remote, err);

	cr_assert_eq(status == 0, wls_remote_find(remote, 12) != NULL);
	return status;
}

static const struct call_case reads[] = {
	{"read", read_twelve, 0, NULL, {ANSWER("GET", ISSUE_12, 200, .fixture = "issue.json")}},
	{"not found",
	 read_twelve,
	 WLS_E_NOT_FOUND,
	 "GET /repos/acme/shop/issues/12: 404: Not Found",
	 {ANSWER("GET", ISSUE_12, 404, .answer = MESSAGE("Not Found"))}},
	{"request id",
	 read_twelve,
	 WLS_E_NOT_FOUND,
	 "[request ID:1]",
	 {ANSWER("GET", ISSUE_12, 404, .answer = NULL)}},
	{"deleted",
	 read_twelve,
	 WLS_E_GONE,
	 "deleted",
	 {ANSWER("GET", ISSUE_12, 410, .answer = MESSAGE("This issue was deleted"))}},
	{"issues disabled",
	 read_twelve,
	 WLS_E_DENIED,
	 "issues are disabled",
	 {ANSWER("GET", ISSUE_12, 410, .answer = MESSAGE("Issues are disabled for this repo"))}},
	{"moved",
	 read_twelve,
	 WLS_E_MOVED,
	 "301 to https://h/r?t=***x; it has moved",
	 {ANSWER("GET", ISSUE_12, 301, .location = "https://h/r?t=SECRETx")}},
	{"transferred",
	 read_twelve,
	 WLS_E_MOVED,
	 "#5 of acme/other",
	 {ANSWER("GET", ISSUE_12, 200,
		 .answer = "{\"number\":5,\"repository_url\":\"https://h/repos/acme/other\"}")}},
	{"another number",
	 read_twelve,
	 WLS_E_MOVED,
	 "#5 of this repository",
	 {ANSWER("GET", ISSUE_12, 200, .answer = ISSUE(5))}},
	{"a pull request",
	 read_twelve,
	 WLS_E_REFUSED,
	 "#12 is a pull request",
	 {ANSWER("GET", ISSUE_12, 200, .answer = "{\"number\":12,\"pull_request\":{}}")}},
	{"no JSON",
	 read_twelve,
	 WLS_E_ANSWER,
	 "no JSON",
	 {ANSWER("GET", ISSUE_12, 200, .answer = "<")}},
	{"not an answer",
	 read_twelve,
	 WLS_E_ANSWER,
	 "304",
	 {ANSWER("GET", ISSUE_12, 304, .answer = NULL)}},
	{"network",
	 read_twelve,
	 WLS_E_NETWORK,
	 NULL,
	 {ANSWER("GET", ISSUE_12, WLS_E_NETWORK, .answer = NULL)}},
};

Test(github_calls, reads)
{
	try_calls(reads, WLS_ARRAY_SIZE(reads));
}
