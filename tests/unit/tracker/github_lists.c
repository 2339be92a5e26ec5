/* SPDX-License-Identifier: MIT */
/* Reading: pages, what is skipped, and what makes a list unknown. */
#include <criterion/criterion.h>
#include <string.h>

#include "github_fixture.h"
#include "github_http.h"

#define LIST "/repos/acme/shop/issues?state=all&sort=created&direction=asc&per_page=100"
#define NEWER "/repos/acme/shop/issues?state=all&sort=created&direction=desc&per_page=100"
#define NAMED LIST "&labels=wlsync"
/* GitHub's own links name the repository by its id. */
#define PAGE "/repositories/7/issues?per_page=100&page="

#define ISSUE(n)                                                                                   \
	"{\"number\":" #n ",\"id\":10" #n ",\"title\":\"T" #n                                      \
	"\",\"body\":null,\"user\":{\"login\":\"mona\"},\"state\":\"open\",\"labels\":[]}"
#define PULL(n) "{\"number\":" #n ",\"pull_request\":{}}"

typedef int run_list(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err);

static int all(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return wls_github_driver.list(tracker, NULL, remote, err);
}

static int named(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return wls_github_driver.list(tracker, "wlsync", remote, err);
}

static int odd_label(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return wls_github_driver.list(tracker, "a b&c/\xC3\xA9", remote, err);
}

static int newer(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return wls_github_driver.list_newer(tracker, 7, remote, err);
}

struct list_case {
	const char *name;
	run_list *run;
	int status;
	const char *says;    /* in the error */
	const char *numbers; /* of the remote's issues afterwards */
	struct exchange script[8];
};

#define GET(p, ...)                                                                                \
	{                                                                                          \
		.method = "GET", .path = (p), .status = 200, __VA_ARGS__                           \
	}

static const struct list_case lists[] = {
	{"an empty list", all, 0, NULL, "", {GET(LIST, .answer = "[]")}},
	{"a page with all kinds",
	 all,
	 0,
	 NULL,
	 "12 14 15 16",
	 {GET(LIST, .fixture = "issues.json")}},
	{"by label", named, 0, NULL, "1", {GET(NAMED, .answer = "[" ISSUE(1) "]")}},
	{"a label is encoded",
	 odd_label,
	 0,
	 NULL,
	 "",
	 {GET(LIST "&labels=a%20b%26c%2F%C3%A9", .answer = "[]")}},
	{"pages at the same time",
	 all,
	 0,
	 NULL,
	 "1 2 3 4",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "3"),
	  GET(PAGE "2", .answer = "[" ISSUE(2) "]", .next = PAGE "3", .last = PAGE "3"),
	  GET(PAGE "3", .answer = "[" ISSUE(3) "," ISSUE(4) "]")}},
	{"the list has grown meanwhile",
	 all,
	 0,
	 NULL,
	 "1 2 3",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "2"),
	  GET(PAGE "2", .answer = "[" ISSUE(2) "]", .next = PAGE "3", .last = PAGE "3"),
	  GET(PAGE "3", .answer = "[" ISSUE(3) "]")}},
	{"an issue on two pages",
	 all,
	 0,
	 NULL,
	 "1 2",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "2"),
	  GET(PAGE "2", .answer = "[" ISSUE(1) "," ISSUE(2) "]")}},
	{"no last: one after the other",
	 all,
	 0,
	 NULL,
	 "1 2 3",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2"),
	  GET(PAGE "2", .answer = "[" ISSUE(2) "]", .next = PAGE "3"),
	  GET(PAGE "3", .answer = "[" ISSUE(3) "]")}},
	{"a cursor: one after the other",
	 all,
	 0,
	 NULL,
	 "1 2",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = "/x?after=Y&page=2",
	      .last = "/x?after=Z&page=9"),
	  GET("/x?after=Y&page=2", .answer = "[" ISSUE(2) "]")}},
	{"links of two forms: one after the other",
	 all,
	 0,
	 NULL,
	 "1 2",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = "/x?page=2&per_page=100", .last = PAGE "9"),
	  GET("/x?page=2&per_page=100", .answer = "[" ISSUE(2) "]")}},
	{"a last without a next",
	 all,
	 0,
	 NULL,
	 "1",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .last = PAGE "4")}},
	{"a page that leads to itself",
	 all,
	 WLS_E_ANSWER,
	 "leads back",
	 "1",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = LIST)}},
	{"a page that leads to one before",
	 all,
	 WLS_E_ANSWER,
	 "leads back",
	 "1 2",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "2"),
	  GET(PAGE "2", .answer = "[" ISSUE(2) "]", .next = PAGE "2")}},
	{"too many pages",
	 all,
	 WLS_E_ANSWER,
	 "more than 1000 pages",
	 "1",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "1001")}},
	{"a page that fails",
	 all,
	 WLS_E_NOT_FOUND,
	 "page=2: 404",
	 "1",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2", .last = PAGE "3"),
	  {.method = "GET", .path = PAGE "2", .status = 404, .answer = "{}"},
	  GET(PAGE "3", .answer = "[]")}},
	{"a page that is not reached",
	 all,
	 WLS_E_NETWORK,
	 "page=2 fails",
	 "1",
	 {GET(LIST, .answer = "[" ISSUE(1) "]", .next = PAGE "2"),
	  {.method = "GET", .path = PAGE "2", .status = WLS_E_NETWORK}}},
	{"no JSON", all, WLS_E_ANSWER, "no JSON", "", {GET(LIST, .answer = "<html>")}},
	{"no list",
	 all,
	 WLS_E_ANSWER,
	 "answer is an object, expected a list",
	 "",
	 {GET(LIST, .answer = "{}")}},
	{"half a page is none",
	 all,
	 WLS_E_ANSWER,
	 "issue is null, expected an object",
	 "",
	 {GET(LIST, .answer = "[" ISSUE(1) ",null," ISSUE(2) "]")}},
	{"a status of no kind",
	 all,
	 WLS_E_ANSWER,
	 "204",
	 "",
	 {{.method = "GET", .path = LIST, .status = 204}}},
	{"the repository has moved",
	 all,
	 WLS_E_MOVED,
	 "to /repositories/9",
	 "",
	 {{.method = "GET", .path = LIST, .status = 301, .location = "/repositories/9"}}},
	{"moved to nowhere",
	 all,
	 WLS_E_MOVED,
	 "301; it has moved",
	 "",
	 {{.method = "GET", .path = LIST, .status = 301, .location = ""}}},
	{"newer: the first page is enough",
	 newer,
	 0,
	 NULL,
	 "8 9",
	 {GET(NEWER, .answer = "[" ISSUE(9) "," ISSUE(8) "," ISSUE(7) "," ISSUE(6) "]",
	      .next = PAGE "2", .last = PAGE "5")}},
	{"newer: a pull request ends it",
	 newer,
	 0,
	 NULL,
	 "9",
	 {GET(NEWER, .answer = "[" ISSUE(9) "," PULL(5) "]", .next = PAGE "2", .last = PAGE "5")}},
	{"newer: page by page",
	 newer,
	 0,
	 NULL,
	 "8 9",
	 {GET(NEWER, .answer = "[" ISSUE(9) "," PULL(10) "]", .next = PAGE "2", .last = PAGE "5"),
	  GET(PAGE "2", .answer = "[" ISSUE(8) "," ISSUE(2) "]", .next = PAGE "3",
	      .last = PAGE "5")}},
	{"newer: to the end", newer, 0, NULL, "9", {GET(NEWER, .answer = "[" ISSUE(9) "]")}},
	{"newer: nothing", newer, 0, NULL, "", {GET(NEWER, .answer = "[]")}},
};

static void numbers_of(const struct wls_remote *remote, struct wls_buf *out)
{
	for (size_t i = 0; i < remote->count; i++)
		wls_buf_printf(out, "%s%lld", i > 0 ? " " : "",
			       (long long)remote->issues[i].number);
}

Test(github_lists, lists)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lists); i++) {
		const struct list_case *c = &lists[i];
		_cleanup_buf_ struct wls_buf numbers = WLS_BUF_INIT;
		struct wls_tracker *tracker = script_open(c->script);
		struct wls_remote remote = {0};
		struct wls_error err = {0};
		int status = c->run(tracker, &remote, &err);
		cr_assert_eq(status, c->status, "%s: %d %s", c->name, status, err.text);
		if (c->says)
			cr_assert(strstr(err.text, c->says), "%s: %s", c->name, err.text);
		numbers_of(&remote, &numbers);
		cr_assert_str_eq(wls_buf_str(&numbers), c->numbers, "%s: %s", c->name,
				 wls_buf_str(&numbers));
		script_close(tracker, c->name);
		wls_remote_release(&remote);
	}
}

/* As many pages as there may be, in windows, all of them asked for once and taken in order. */
Test(github_lists, many_pages)
{
	enum { PAGES = 100 };
	static struct exchange script[PAGES + 1];
	static char paths[PAGES + 2][128], answers[PAGES + 2][256];
	struct wls_remote remote = {0};
	struct wls_error err = {0};

	for (int i = 1; i <= PAGES; i++) {
		(void)snprintf(paths[i], sizeof(paths[i]), "%s%d", i == 1 ? LIST : PAGE, i);
		(void)snprintf(
			answers[i], sizeof(answers[i]),
			"[{\"number\":%d,\"id\":%d,\"title\":\"\",\"body\":\"\",\"user\":null,"
			"\"state\":\"open\",\"labels\":[]}]",
			i, i);
	}
	for (int i = 1; i <= PAGES; i++)
		script[i - 1] = (struct exchange){.method = "GET",
						  .path = i == 1 ? LIST : paths[i],
						  .status = 200,
						  .answer = answers[i],
						  .next = i < PAGES ? paths[i + 1] : NULL,
						  .last = i < PAGES ? paths[PAGES] : NULL};
	struct wls_tracker *tracker = script_open(script);
	cr_assert_eq(all(tracker, &remote, &err), 0, "%s", err.text);
	cr_assert_eq(remote.count, PAGES);
	script_close(tracker, "many pages");
	wls_remote_release(&remote);
}

/* ---- comments and links ---- */

#define COMMENTS "/repos/acme/shop/issues/12/comments?per_page=100"
#define LINKS "/repos/acme/shop/issues/12/dependencies/blocked_by?per_page=100"
#define COMMENT(n) "{\"id\":" #n ",\"user\":null,\"body\":\"c" #n "\"}"

static void put_twelve(struct wls_remote *remote)
{
	struct wls_issue issue = {.number = 12, .comment_count = 3, .link_total = 2};

	wls_remote_put(remote, &issue);
}

Test(github_lists, comments)
{
	static const struct exchange script[] = {
		GET(COMMENTS, .fixture = "comments.json", .next = PAGE "2", .last = PAGE "2"),
		GET(PAGE "2", .answer = "[" COMMENT(9) "," COMMENT(502) "," COMMENT(600) "]"),
		{0},
	};
	static const int64_t ids[] = {9, 501, 502, 503, 600};
	static const bool trusted[] = {false, false, true, false, false};
	struct wls_tracker *tracker = script_open(script);
	struct wls_remote remote = {0};

	cr_assert_eq(wls_github_driver.read_comments(tracker, 12, &remote, NULL), WLS_E_NOT_FOUND);
	put_twelve(&remote);
	cr_assert_eq(wls_github_driver.read_comments(tracker, 12, &remote, NULL), 0);
	const struct wls_issue *issue = wls_remote_find(&remote, 12);
	cr_assert(issue->comments_read && !issue->links_read);
	cr_assert_eq(issue->comments_len, WLS_ARRAY_SIZE(ids));
	cr_assert_eq(issue->comment_count, 5);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(ids); i++) {
		cr_assert_eq(issue->comments[i].id, ids[i]);
		cr_assert_eq(issue->comments[i].trusted, trusted[i] || ids[i] == 502);
	}
	cr_assert(wls_slice_eq(issue->comments[1].author, WLS_SLICE("mona")));
	cr_assert(wls_slice_eq(issue->comments[1].body, WLS_SLICE("Me too")));
	script_close(tracker, "comments");
	wls_remote_release(&remote);
}

Test(github_lists, links)
{
	static const struct exchange script[] = {
		GET(LINKS, .fixture = "blocked-by.json", .next = PAGE "2", .last = PAGE "2"),
		GET(PAGE "2", .answer = "[{\"number\":3},{\"number\":4}]"),
		{0},
	};
	static const int64_t numbers[] = {3, 4, 9};
	struct wls_tracker *tracker = script_open(script);
	struct wls_remote remote = {0};

	put_twelve(&remote);
	cr_assert_eq(wls_github_driver.read_links(tracker, 12, &remote, NULL), 0);
	const struct wls_issue *issue = wls_remote_find(&remote, 12);
	cr_assert(issue->links_read && !issue->comments_read);
	cr_assert_eq(issue->link_count, WLS_ARRAY_SIZE(numbers));
	cr_assert(memcmp(issue->links, numbers, sizeof(numbers)) == 0);
	script_close(tracker, "links");
	wls_remote_release(&remote);
}

struct part_case {
	const char *name;
	bool links;
	int status;
	struct exchange script[2];
};

static const struct part_case parts[] = {
	{"no comments", false, 0, {GET(COMMENTS, .answer = "[]")}},
	{"no links", true, 0, {GET(LINKS, .answer = "[]")}},
	{"half a page of comments",
	 false,
	 WLS_E_ANSWER,
	 {GET(COMMENTS, .answer = "[" COMMENT(1) ",{}]")}},
	{"half a page of links",
	 true,
	 WLS_E_ANSWER,
	 {GET(LINKS, .answer = "[{\"number\":3},{\"number\":-4}]")}},
	{"no such call",
	 true,
	 WLS_E_UNSUPPORTED,
	 {{.method = "GET", .path = LINKS, .status = 404, .answer = "{}"}}},
	{"no comments of what is not there",
	 false,
	 WLS_E_NOT_FOUND,
	 {{.method = "GET", .path = COMMENTS, .status = 404, .answer = "{}"}}},
	{"deleted",
	 false,
	 WLS_E_GONE,
	 {{.method = "GET", .path = COMMENTS, .status = 410, .answer = "{}"}}},
};

Test(github_lists, parts)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(parts); i++) {
		const struct part_case *c = &parts[i];
		struct wls_tracker *tracker = script_open(c->script);
		struct wls_remote remote = {0};
		struct wls_error err = {0};
		put_twelve(&remote);
		int status = c->links ? wls_github_driver.read_links(tracker, 12, &remote, &err)
				      : wls_github_driver.read_comments(tracker, 12, &remote, &err);
		cr_assert_eq(status, c->status, "%s: %d %s", c->name, status, err.text);
		const struct wls_issue *issue = wls_remote_find(&remote, 12);
		cr_assert_eq(c->links ? issue->links_read : issue->comments_read, status == 0, "%s",
			     c->name);
		cr_assert_eq(issue->comments_len + issue->link_count, 0);
		script_close(tracker, c->name);
		wls_remote_release(&remote);
	}
}
