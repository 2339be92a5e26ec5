/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "github_fixture.h"

static const struct wls_answer_origin here = {"GET /x", "acme/shop"};

#define cr_slice(slice, text)                                                                      \
	cr_assert(wls_slice_eq((slice), wls_slice_of(text)), "\"%.*s\" is \"%s\"",                 \
		  WLS_SLICE_ARG(slice), (text))

/* ---- what is right ---- */

Test(github_decode, issue)
{
	json_t *json = fixture_load("issue.json");
	struct wls_arena arena = {0};
	struct wls_github_issue out;
	struct wls_error err;

	cr_assert_eq(wls_github_decode_issue(json, &here, &arena, &out, &err), 0, "%s", err.text);
	const struct wls_issue *issue = &out.issue;
	cr_assert_eq(out.kind, WLS_GITHUB_ISSUE);
	cr_assert_eq(issue->number, 12);
	cr_assert_eq(issue->id, INT64_C(3100000012));
	cr_slice(issue->title, "Auth Refactor");
	cr_slice(issue->body, "People wrote this.\r\n\r\n<!-- wlsync:1 id=Auth-Refactor -->\n"
			      "Text \xE2\x80\x94 \xE4\xB8\xAD\n<!-- /wlsync -->\n");
	cr_slice(issue->author, "mona");
	cr_slice(issue->changed, "2026-11-22T19:50:00Z");
	cr_assert(issue->trusted && !issue->locked && !issue->made);
	cr_assert_eq(issue->state, WLS_ISSUE_OPEN);
	cr_assert_eq(issue->label_count, 3);
	cr_slice(issue->labels[0], "wlsync");
	cr_slice(issue->labels[1], "status:in-progress");
	cr_slice(issue->labels[2], "bug");
	cr_assert_eq(issue->comment_count, 3);
	cr_assert_eq(issue->link_total, 2);
	cr_assert(!issue->comments_read && !issue->links_read);
	wls_arena_release(&arena);
	json_decref(json);
}

struct listed {
	int64_t number;
	enum wls_github_kind kind;
	enum wls_issue_state state;
	const char *author;
	bool trusted, locked, has_body;
	size_t labels;
	int64_t comments, links;
};

static const struct listed listed[] = {
	{12, WLS_GITHUB_ISSUE, WLS_ISSUE_OPEN, "mona", true, false, true, 3, 3, 2},
	{.number = 13, .kind = WLS_GITHUB_PULL, .author = ""},
	{14, WLS_GITHUB_ISSUE, WLS_ISSUE_OPEN, "", false, false, false, 0, 0, 2},
	{15, WLS_GITHUB_ISSUE, WLS_ISSUE_NOT_PLANNED, "mona", false, true, true, 2, 3, 0},
	{16, WLS_GITHUB_ISSUE, WLS_ISSUE_COMPLETED, "mona", false, false, true, 3, 3, -1},
	{.number = 17, .kind = WLS_GITHUB_FOREIGN, .author = ""},
};

Test(github_decode, list)
{
	json_t *json = fixture_load("issues.json");
	struct wls_arena arena = {0};
	struct wls_github_issue out;

	cr_assert_eq(json_array_size(json), WLS_ARRAY_SIZE(listed));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(listed); i++) {
		const struct listed *l = &listed[i];
		const struct wls_issue *issue = &out.issue;
		cr_assert_eq(
			wls_github_decode_issue(json_array_get(json, i), &here, &arena, &out, NULL),
			0);
		cr_assert_eq(issue->number, l->number);
		cr_assert_eq(out.kind, l->kind, "kind of %lld", (long long)l->number);
		cr_assert_eq(issue->state, l->state, "state of %lld", (long long)l->number);
		cr_slice(issue->author, l->author);
		cr_assert_eq(issue->trusted, l->trusted, "trust of %lld", (long long)l->number);
		cr_assert_eq(issue->locked, l->locked);
		cr_assert_eq(issue->body.len > 0, l->has_body);
		cr_assert_eq(issue->label_count, l->labels);
		cr_assert_eq(issue->comment_count, l->comments);
		cr_assert_eq(issue->link_total, l->links);
	}
	cr_slice(out.place, "acme/attic");
	wls_arena_release(&arena);
	json_decref(json);
}

/* ---- where an issue is ---- */

struct place {
	const char *json, *repository;
	enum wls_github_kind kind;
	const char *place; /* of FOREIGN */
};

static const struct place places[] = {
	{"{\"number\":7}", "acme/shop", WLS_GITHUB_ISSUE, NULL},
	{"{\"number\":7,\"url\":\"https://h/repos/Acme/SHOP/issues/7\"}", "acme/shop",
	 WLS_GITHUB_ISSUE, NULL},
	{"{\"number\":7,\"url\":\"https://h/repos/acme/shop/issues/8\"}", "acme/shop",
	 WLS_GITHUB_FOREIGN, "https://h/repos/acme/shop/issues/8"},
	{"{\"number\":7,\"url\":\"https://h/repos/acme/shop/issues/17\"}", "acme/shop",
	 WLS_GITHUB_FOREIGN, "https://h/repos/acme/shop/issues/17"},
	{"{\"number\":7,\"url\":\"https://h/repos/acme/attic/issues/7\"}", "acme/shop",
	 WLS_GITHUB_FOREIGN, "https://h/repos/acme/attic/issues/7"},
	{"{\"number\":7,\"repository_url\":\"https://h/api/v3/repos/acme/shop\"}", "acme/shop",
	 WLS_GITHUB_ISSUE, NULL},
	{"{\"number\":7,\"repository_url\":\"https://h/repos/acme/shop2\"}", "acme/shop",
	 WLS_GITHUB_FOREIGN, "acme/shop2"},
	{"{\"number\":7,\"repository_url\":\"https://h/repos/myacme/shop\"}", "acme/shop",
	 WLS_GITHUB_FOREIGN, "myacme/shop"},
	{"{\"number\":7,\"repository_url\":\"shop\"}", "acme/shop", WLS_GITHUB_FOREIGN, "shop"},
	{"{\"number\":7,\"repository_url\":\"https://h/repos/a/b\"}", NULL, WLS_GITHUB_ISSUE, NULL},
	{"{\"number\":7,\"pull_request\":{},\"url\":\"https://h/repos/a/b/issues/7\"}", "acme/shop",
	 WLS_GITHUB_PULL, NULL},
};

Test(github_decode, places)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(places); i++) {
		const struct place *c = &places[i];
		const struct wls_answer_origin origin = {"GET /x", c->repository};
		json_t *json = json_loads(c->json, 0, NULL);
		struct wls_github_issue out;
		cr_assert_eq(wls_github_decode_place(json, &origin, &out, NULL), 0, "%s", c->json);
		cr_assert_eq(out.issue.number, 7);
		cr_assert_eq(out.kind, c->kind, "%s", c->json);
		if (c->place)
			cr_slice(out.place, c->place);
		json_decref(json);
	}
}

/* ---- one value changed: right still, or an error that names it ---- */

struct change {
	const char *path, *value; /* NULL: taken away */
	const char *says;         /* in the error; NULL: it is right */
};

/* Decodes the changed JSON; *untouched tells whether the output was left alone. */
typedef int decode_changed(json_t *json, bool *untouched, struct wls_error *err);

static void try_changes(const char *fixture, const struct change *changes, size_t count,
			decode_changed *decode)
{
	for (size_t i = 0; i < count; i++) {
		const struct change *c = &changes[i];
		json_t *json = fixture_load(fixture);
		struct wls_error err = {0};
		bool untouched = false;
		fixture_set(json, c->path, c->value);
		int status = decode(json, &untouched, &err);
		const char *value = c->value ? c->value : "missing";
		if (!c->says) {
			cr_assert_eq(status, 0, "%s %s: %s", c->path, value, err.text);
		} else {
			cr_assert_eq(status, WLS_E_ANSWER, "%s %s: %d", c->path, value, status);
			cr_assert_eq(err.status, WLS_E_ANSWER);
			cr_assert(strstr(err.text, c->says), "\"%s\" in \"%s\"", c->says, err.text);
			cr_assert(strstr(err.text, "GET /x"), "%s", err.text);
			cr_assert(untouched, "%s %s left the output alone", c->path, value);
		}
		json_decref(json);
	}
}

static int changed_issue(json_t *json, bool *untouched, struct wls_error *err)
{
	struct wls_github_issue out, before;
	struct wls_arena arena = {0};

	memset(&out, 0x5A, sizeof(out));
	memcpy(&before, &out, sizeof(out));
	int status = wls_github_decode_issue(json, &here, &arena, &out, err);
	*untouched = memcmp(&before, &out, sizeof(out)) == 0;
	wls_arena_release(&arena);
	return status;
}

#define DEEP "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]"

static const struct change issue_changes[] = {
	{"number", NULL, "issue: number is missing, expected a number from 1 to 2147483647"},
	{"number", "null", "number is null"},
	{"number", "0", "number is the number 0"},
	{"number", "-1", "number is the number -1"},
	{"number", "2147483647", NULL}, /* repository_url tells where it is, not url */
	{"number", "2147483648", "number is the number 2147483648"},
	{"number", "1e3", "number is a fraction"},
	{"number", "\"12\"", "number is another text"},
	{"number", "true", "number is true or false"},
	{"id", NULL, "issue 12: id is missing"},
	{"id", "null", "id is null"},
	{"id", "-5", "id is the number -5"},
	{"id", "9007199254740991", NULL},
	{"id", "9007199254740992", "id is the number 9007199254740992"},
	{"id", "9223372036854775807", "id is the number 9223372036854775807"},
	{"id", "1e300", "id is a fraction or a number that is too large"},
	{"title", NULL, "issue 12: title is missing, expected text"},
	{"title", "null", "title is null"},
	{"title", "5", "title is the number 5"},
	{"title", "\"\"", NULL},
	{"title", DEEP, "title is a list"},
	{"body", NULL, "body is missing"},
	{"body", "null", NULL},
	{"body", "[]", "body is a list"},
	{"body", "false", "body is true or false"},
	{"state", NULL, "state is missing"},
	{"state", "null", "state is null"},
	{"state", "\"merged\"", "state is another text, expected \"open\" or \"closed\""},
	{"state", "\"closed\"", NULL},
	{"state", "{}", "state is an object"},
	{"state_reason", NULL, NULL},
	{"state_reason", "\"a reason of tomorrow\"", NULL},
	{"state_reason", "1", "state_reason is the number 1"},
	{"user", NULL, "user is missing"},
	{"user", "null", NULL},
	{"user", "\"mona\"", "user is another text, expected an object"},
	{"user", "{}", "user.login is missing"},
	{"user.login", "null", "user.login is null"},
	{"user.login", "7", "user.login is the number 7"},
	{"author_association", NULL, NULL},
	{"author_association", "null", NULL},
	{"author_association", "\"FIRST_TIMER\"", NULL},
	{"author_association", "[]", "author_association is a list"},
	{"labels", NULL, "labels is missing, expected a list"},
	{"labels", "null", "labels is null"},
	{"labels", "{}", "labels is an object"},
	{"labels", "[]", NULL},
	{"labels.1", "null", "labels[] is null, expected a label"},
	{"labels.1", "\"a text\"", NULL},
	{"labels.1", "3", "labels[] is the number 3"},
	{"labels.1", DEEP, "labels[] is a list"},
	{"labels.2.name", NULL, "labels[].name is missing"},
	{"labels.2.name", "null", "labels[].name is null"},
	{"labels.2.name", "[]", "labels[].name is a list"},
	{"locked", NULL, NULL},
	{"locked", "null", "locked is null"},
	{"locked", "\"yes\"", "locked is another text"},
	{"comments", NULL, NULL},
	{"comments", "null", "comments is null"},
	{"comments", "-1", "comments is the number -1"},
	{"comments", "2147483648", "comments is the number 2147483648"},
	{"comments", "[]", "comments is a list"},
	{"updated_at", NULL, NULL},
	{"updated_at", "null", NULL},
	{"updated_at", "1763000000", "updated_at is the number 1763000000"},
	{"issue_dependencies_summary", NULL, NULL},
	{"issue_dependencies_summary", "null", NULL},
	{"issue_dependencies_summary", "[]", "issue_dependencies_summary is a list"},
	{"issue_dependencies_summary", "{}", NULL},
	{"issue_dependencies_summary.total_blocked_by", NULL, NULL},
	{"issue_dependencies_summary.total_blocked_by", "-2",
	 "issue_dependencies_summary.total_blocked_by is the number -2"},
	{"issue_dependencies_summary.total_blocked_by", "null", "total_blocked_by is null"},
	{"issue_dependencies_summary.total_blocked_by", "\"2\"",
	 "total_blocked_by is another text"},
	{"repository_url", NULL, NULL},
	{"repository_url", "null", "repository_url is null"},
	{"repository_url", "8", "repository_url is the number 8"},
	{"repository_url", "\"http://127.0.0.1:4001/repos/ACME/Shop\"", NULL},
	{"url", "7", "url is the number 7"},
	{"pull_request", "null", NULL},
	{"a field of tomorrow", DEEP, NULL},
};

Test(github_decode, issue_changes)
{
	try_changes("issue.json", issue_changes, WLS_ARRAY_SIZE(issue_changes), changed_issue);
}

static int changed_comment(json_t *json, bool *untouched, struct wls_error *err)
{
	struct wls_comment out, before;

	memset(&out, 0x5A, sizeof(out));
	memcpy(&before, &out, sizeof(out));
	int status = wls_github_decode_comment(json_array_get(json, 0), &here, &out, err);
	*untouched = memcmp(&before, &out, sizeof(out)) == 0;
	return status;
}

static const struct change comment_changes[] = {
	{"0.reactions", NULL, NULL},
	{"0", "null", "comment is null, expected an object"},
	{"0", "\"x\"", "comment is another text"},
	{"0", DEEP, "comment is a list"},
	{"0.id", NULL, "comment: id is missing"},
	{"0.id", "0", "id is the number 0"},
	{"0.id", "1.5", "id is a fraction"},
	{"0.body", NULL, "comment 501: body is missing"},
	{"0.body", "null", NULL},
	{"0.body", "1", "body is the number 1"},
	{"0.user", NULL, "user is missing"},
	{"0.user", "null", NULL},
	{"0.user.login", NULL, "user.login is missing"},
	{"0.author_association", "4", "author_association is the number 4"},
};

Test(github_decode, comment_changes)
{
	try_changes("comments.json", comment_changes, WLS_ARRAY_SIZE(comment_changes),
		    changed_comment);
}

static int changed_repository(json_t *json, bool *untouched, struct wls_error *err)
{
	struct wls_github_repository out, before;

	memset(&out, 0x5A, sizeof(out));
	memcpy(&before, &out, sizeof(out));
	int status = wls_github_decode_repository(json, &here, &out, err);
	*untouched = memcmp(&before, &out, sizeof(out)) == 0;
	return status;
}

static const struct change repository_changes[] = {
	{"description", "null", NULL},
	{"full_name", NULL, "repository: full_name is missing"},
	{"full_name", "[]", "full_name is a list"},
	{"html_url", "null", "html_url is null"},
	{"html_url", "\"javascript:alert(1)\"", "html_url is another text, expected an address"},
	{"html_url", "\"https://x/)[a](b\"", "expected an address of the web"},
	{"html_url", "\"https://x/\\u001b[2J\"", "expected an address of the web"},
	{"html_url", "\"http://localhost:4001/acme/shop\"", NULL},
	{"private", NULL, "private is missing, expected true or false"},
	{"private", "\"false\"", "private is another text"},
	{"private", "0", "private is the number 0"},
	{"archived", NULL, NULL},
	{"archived", "null", "archived is null"},
	{"has_issues", NULL, NULL},
	{"has_issues", "null", "has_issues is null"},
	{"permissions", NULL, NULL},
	{"permissions", "[]", "permissions is a list"},
	{"permissions.push", "\"yes\"", "permissions.push is another text"},
	{"permissions.push", NULL, NULL},
};

Test(github_decode, repository_changes)
{
	try_changes("repository.json", repository_changes, WLS_ARRAY_SIZE(repository_changes),
		    changed_repository);
}

struct role {
	const char *permissions; /* JSON; NULL: not told */
	bool told, may_label;
};

static const struct role roles[] = {
	{NULL, false, false},
	{"{}", true, false},
	{"{\"pull\":true}", true, false},
	{"{\"pull\":true,\"push\":false,\"triage\":false}", true, false},
	{"{\"triage\":true}", true, true},
	{"{\"push\":true}", true, true},
	{"{\"maintain\":true}", true, true},
	{"{\"admin\":true}", true, true},
};

Test(github_decode, roles)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(roles); i++) {
		json_t *json = fixture_load("repository.json");
		struct wls_github_repository out;
		fixture_set(json, "permissions", roles[i].permissions);
		cr_assert_eq(wls_github_decode_repository(json, &here, &out, NULL), 0);
		cr_assert_eq(out.has_permissions, roles[i].told, "case %zu", i);
		cr_assert_eq(out.may_label, roles[i].may_label, "case %zu", i);
		cr_assert(out.has_issues && !out.archived && !out.is_private);
		json_decref(json);
	}
}

/* ---- whole answers of a wrong type ---- */

static const char *const no_objects[] = {"null", "true", "5", "-1.5", "\"text\"", "[]", DEEP};

Test(github_decode, no_objects)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(no_objects); i++) {
		json_t *json = json_loads(no_objects[i], JSON_DECODE_ANY, NULL);
		struct wls_slice login = {0};
		struct wls_lease lease = {0};
		struct wls_github_issue issue;
		bool same;
		cr_assert_eq(changed_issue(json, &same, NULL), WLS_E_ANSWER, "%s", no_objects[i]);
		cr_assert(same);
		cr_assert_eq(changed_repository(json, &same, NULL), WLS_E_ANSWER);
		cr_assert_eq(wls_github_decode_user(json, &here, &login, NULL), WLS_E_ANSWER);
		cr_assert_eq(wls_github_decode_lease(json, &here, &lease, NULL), WLS_E_ANSWER);
		cr_assert_eq(wls_github_decode_place(json, &here, &issue, NULL), WLS_E_ANSWER);
		cr_assert(!lease.found && login.len == 0);
		cr_assert_eq(wls_github_decode_list(json, &here, NULL),
			     json_is_array(json) ? 0 : WLS_E_ANSWER);
		json_decref(json);
	}
	cr_assert_eq(wls_github_decode_list(NULL, &here, NULL), WLS_E_ANSWER);
}

struct user {
	const char *json, *login; /* NULL: an error */
};

static const struct user users[] = {
	{"{\"login\":\"mona\"}", "mona"}, {"{}", NULL},
	{"{\"login\":null}", NULL},       {"{\"login\":\"\"}", NULL},
	{"{\"login\":[]}", NULL},         {"{\"login\":\"renovate[bot]\"}", "renovate[bot]"},
};

Test(github_decode, users)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(users); i++) {
		json_t *json = json_loads(users[i].json, 0, NULL);
		struct wls_slice login = {0};
		int status = wls_github_decode_user(json, &here, &login, NULL);
		cr_assert_eq(status, users[i].login ? 0 : WLS_E_ANSWER, "%s", users[i].json);
		cr_slice(login, users[i].login ? users[i].login : "");
		json_decref(json);
	}
}

/* ---- labels ---- */

Test(github_decode, labels)
{
	json_t *json = fixture_load("labels.json");

	cr_assert_eq(wls_github_decode_has_label(json, &here, WLS_SLICE("wlsync"), NULL), 1);
	cr_assert_eq(wls_github_decode_has_label(json, &here, WLS_SLICE("STATUS:blocked"), NULL),
		     1);
	cr_assert_eq(wls_github_decode_has_label(json, &here, WLS_SLICE("wlsyn"), NULL), 0);
	fixture_set(json, "2", "null");
	cr_assert_eq(wls_github_decode_has_label(json, &here, WLS_SLICE("wlsync"), NULL),
		     WLS_E_ANSWER);
	cr_assert_eq(wls_github_decode_has_label(json_array_get(json, 0), &here,
						 WLS_SLICE("wlsync"), NULL),
		     WLS_E_ANSWER);
	json_decref(json);
}
