/* SPDX-License-Identifier: MIT */
/* Writing: what is sent, once or twice, and what each answer means. */
#include <criterion/criterion.h>
#include <string.h>

#include "github_fixture.h"
#include "github_http.h"

#define ROOT "/repos/acme/shop"
#define ISSUES ROOT "/issues"
#define ISSUE_12 ROOT "/issues/12"
#define MESSAGE(text) "{\"message\":\"" text "\"}"

typedef int run_write(struct wls_tracker *tracker, struct wls_remote *remote,
		      struct wls_error *err);

struct write_case {
	const char *name;
	run_write *run;
	int status;
	const char *says; /* in the error */
	struct exchange exchange;
};

static void try_writes(const struct write_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct write_case *c = &cases[i];
		const struct exchange script[] = {c->exchange, {0}};
		struct wls_tracker *tracker = script_open(script);
		struct wls_remote remote = {0};
		struct wls_error err = {0};
		int status = c->run(tracker, &remote, &err);
		cr_assert_eq(status, c->status, "%s: %d %s", c->name, status, err.text);
		if (status < 0) {
			cr_assert_eq((int)err.status, status, "%s: %d", c->name, (int)err.status);
			cr_assert_eq(remote.count, 0, "%s put nothing in", c->name);
		}
		if (c->says)
			cr_assert(strstr(err.text, c->says), "%s: %s", c->name, err.text);
		script_close(tracker, c->name);
		wls_remote_release(&remote);
	}
}

/* ---- creating ---- */

static int create(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	const struct wls_slice labels[] = {WLS_SLICE("wlsync"), WLS_SLICE("status:blocked")};
	const struct wls_draft draft = {WLS_SLICE("A \"title\""), WLS_SLICE("a\nb\x01\xFF"), labels,
					2};
	int64_t number = -7;

	int status = wls_github_driver.create(tracker, &draft, &number, remote, err);
	cr_assert_eq(number, status == 0 ? 12 : -7);
	if (status == 0)
		cr_assert(remote->count == 1 && wls_remote_find(remote, 12)->made);
	return status;
}

#define CREATE(s, ...)                                                                             \
	{                                                                                          \
		.method = "POST", .path = ISSUES, .status = (s),                                   \
		.body = "{\"title\":\"A \\\"title\\\"\",\"body\":\"a\\nb\\u0001\xEF\xBF\xBD\","    \
			"\"labels\":[\"wlsync\",\"status:blocked\"]}",                             \
		.flags = SEND_ONCE | SEND_KEEP_LIMITS, __VA_ARGS__                                 \
	}
#define BARE                                                                                       \
	"{\"number\":12,\"id\":1,\"title\":\"\",\"body\":\"\",\"user\":null,\"state\":\"open\","   \
	"\"labels\":[]}"

static const struct write_case creates[] = {
	{"created", create, 0, NULL, CREATE(201, .fixture = "issue.json")},
	{"created without labels", create, 0, NULL, CREATE(201, .answer = BARE)},
	{"answered 200", create, WLS_E_UNCLEAR, "it may have been done",
	 CREATE(200, .fixture = "issue.json")},
	{"answered 202", create, WLS_E_UNCLEAR, "202", CREATE(202, .answer = "{}")},
	{"created, but no JSON", create, WLS_E_UNCLEAR, "may have been done",
	 CREATE(201, .answer = "<html>")},
	{"created, but half an answer", create, WLS_E_UNCLEAR, "id is missing",
	 CREATE(201, .answer = "{\"number\":12}")},
	{"cut off", create, WLS_E_UNCLEAR, NULL, CREATE(WLS_E_UNCLEAR, .answer = NULL)},
	{"limited", create, WLS_E_LIMITED, NULL, CREATE(WLS_E_LIMITED, .answer = NULL)},
	{"issues disabled", create, WLS_E_DENIED, "issues are disabled",
	 CREATE(410, .answer = MESSAGE("Issues are disabled for this repo"))},
	{"issues disabled, in few words", create, WLS_E_DENIED, "issues are disabled",
	 CREATE(410, .answer = MESSAGE("Gone"))},
	{"archived", create, WLS_E_DENIED, "archived: unarchive it",
	 CREATE(403, .answer = MESSAGE("Repository was archived so is read-only."))},
	{"no permission", create, WLS_E_DENIED, "Resource not accessible by personal access token",
	 CREATE(403, .answer = MESSAGE("Resource not accessible by personal access token"))},
	{"refused", create, WLS_E_REFUSED,
	 "422: Validation Failed (body: body is too long (maximum is 65536 characters); title: "
	 "missing_field)",
	 CREATE(422, .fixture = "refused.json")},
	{"refused with a secret", create, WLS_E_REFUSED, "(*** was sent)",
	 CREATE(422, .answer = "{\"errors\":[\"SECRET was sent\"]}")},
	{"refused without a word", create, WLS_E_REFUSED, "422; ", CREATE(422, .answer = "<")},
	{"bad request", create, WLS_E_REFUSED, "400: Problems parsing JSON",
	 CREATE(400, .answer = MESSAGE("Problems parsing JSON"))},
	{"redirected", create, WLS_E_MOVED, "307", CREATE(307, .location = "/x")},
	{"token expired", create, WLS_E_AUTH, "401", CREATE(401, .answer = MESSAGE("Bad"))},
};

Test(github_writes, creates)
{
	try_writes(creates, WLS_ARRAY_SIZE(creates));
}

/* ---- updating ---- */

static int patch(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err,
		 const struct wls_patch_issue *fields)
{
	int status = wls_github_driver.update(tracker, 12, fields, remote, err);

	if (status == 0) {
		const struct wls_issue *issue = wls_remote_find(remote, 12);
		cr_assert(issue && !issue->made && issue->label_count == 3);
	}
	return status;
}

static int set_all(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return patch(tracker, remote, err,
		     &(struct wls_patch_issue){
			     .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_STATE,
			     .title = WLS_SLICE("T"),
			     .body = WLS_SLICE("B"),
			     .state = WLS_ISSUE_COMPLETED,
		     });
}

static int set_title(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return patch(tracker, remote, err,
		     &(struct wls_patch_issue){.fields = WLS_FIELD_TITLE,
					       .title = WLS_SLICE("T"),
					       .body = WLS_SLICE("not this"),
					       .state = WLS_ISSUE_COMPLETED});
}

static int set_body(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return patch(tracker, remote, err, &(struct wls_patch_issue){.fields = WLS_FIELD_REGION});
}

static int reopen(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return patch(tracker, remote, err, &(struct wls_patch_issue){.fields = WLS_FIELD_STATE});
}

static int drop(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	return patch(tracker, remote, err,
		     &(struct wls_patch_issue){.fields = WLS_FIELD_STATE,
					       .state = WLS_ISSUE_NOT_PLANNED,
					       .duplicate = true});
}

#define PATCH(s, sent, ...)                                                                        \
	{                                                                                          \
		.method = "PATCH", .path = ISSUE_12, .status = (s), .body = (sent), __VA_ARGS__    \
	}
#define TITLE "{\"title\":\"T\"}"

static const struct write_case updates[] = {
	{"all", set_all, 0, NULL,
	 PATCH(200,
	       "{\"title\":\"T\",\"body\":\"B\",\"state\":\"closed\",\"state_reason\":\"completed\"}",
	       .fixture = "issue.json")},
	{"title alone", set_title, 0, NULL, PATCH(200, TITLE, .fixture = "issue.json")},
	{"an empty body", set_body, 0, NULL,
	 PATCH(200, "{\"body\":\"\"}", .fixture = "issue.json")},
	{"reopen", reopen, 0, NULL,
	 PATCH(200, "{\"state\":\"open\",\"state_reason\":\"reopened\"}", .fixture = "issue.json")},
	{"a duplicate", drop, 0, NULL,
	 PATCH(200, "{\"state\":\"closed\",\"state_reason\":\"not_planned\"}",
	       .fixture = "issue.json")},
	{"moved", set_title, WLS_E_MOVED, "301 to /y", PATCH(301, TITLE, .location = "/y")},
	{"not found", set_title, WLS_E_NOT_FOUND, "404", PATCH(404, TITLE, .answer = NULL)},
	{"deleted", set_title, WLS_E_GONE, "410", PATCH(410, TITLE, .answer = NULL)},
	{"locked", set_title, WLS_E_LOCKED, "locked",
	 PATCH(403, TITLE, .answer = MESSAGE("This issue is locked."))},
	{"refused", set_title, WLS_E_REFUSED, "body is too long",
	 PATCH(422, TITLE, .fixture = "refused.json")},
	{"another answer", set_title, WLS_E_MOVED, "#9",
	 PATCH(200, TITLE,
	       .answer = "{\"number\":9,\"id\":1,\"title\":\"\",\"body\":\"\",\"user\":null,"
			 "\"state\":\"open\",\"labels\":[]}")},
	{"no issue", set_title, WLS_E_ANSWER, "number is missing",
	 PATCH(200, TITLE, .answer = "{}")},
	{"created?", set_title, WLS_E_ANSWER, "201", PATCH(201, TITLE, .fixture = "issue.json")},
};

Test(github_writes, updates)
{
	try_writes(updates, WLS_ARRAY_SIZE(updates));
}

/* What was made in this run stays so when it is read or written again. */
Test(github_writes, made)
{
	const struct exchange script[] = {
		CREATE(201, .fixture = "issue.json"),
		{.method = "GET", .path = ISSUE_12, .status = 200, .fixture = "issue.json"},
		{0},
	};
	struct wls_tracker *tracker = script_open(script);
	struct wls_remote remote = {0};

	cr_assert_eq(create(tracker, &remote, NULL), 0);
	cr_assert_eq(wls_github_driver.read(tracker, 12, &remote, NULL), 0);
	cr_assert(remote.count == 1 && wls_remote_find(&remote, 12)->made);
	script_close(tracker, "made");
	wls_remote_release(&remote);
}

/* ---- labels, links, comments ---- */

static int add_labels(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	const struct wls_slice labels[] = {WLS_SLICE("wlsync"), WLS_SLICE("status:blocked")};

	(void)remote;
	cr_assert_eq(wls_github_driver.add_labels(tracker, 12, labels, 0, err), 0);
	return wls_github_driver.add_labels(tracker, 12, labels, 2, err);
}

static int remove_label(struct wls_tracker *tracker, struct wls_remote *remote,
			struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.remove_label(tracker, 12, WLS_SLICE("a/b:c d?\xC3\xA9"), err);
}

static int remove_dots(struct wls_tracker *tracker, struct wls_remote *remote,
		       struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.remove_label(tracker, 12, WLS_SLICE(".."), err);
}

static int add_link(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.add_link(tracker, 12, INT64_C(3100000009), err);
}

static int remove_link(struct wls_tracker *tracker, struct wls_remote *remote,
		       struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.remove_link(tracker, 12, INT64_C(3100000009), err);
}

static int post_comment(struct wls_tracker *tracker, struct wls_remote *remote,
			struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.post_comment(tracker, 12, WLS_SLICE("hi"), err);
}

static int edit_comment(struct wls_tracker *tracker, struct wls_remote *remote,
			struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.edit_comment(tracker, 501, WLS_SLICE("hi"), err);
}

static int delete_comment(struct wls_tracker *tracker, struct wls_remote *remote,
			  struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.delete_comment(tracker, 501, err);
}

#define SEND(m, p, s, sent, ...)                                                                   \
	{                                                                                          \
		.method = (m), .path = ROOT p, .status = (s), .body = (sent), __VA_ARGS__          \
	}
#define LABELS(s, ...)                                                                             \
	SEND("POST", "/issues/12/labels", s, "{\"labels\":[\"wlsync\",\"status:blocked\"]}",       \
	     __VA_ARGS__)
#define UNLABEL(s, ...)                                                                            \
	SEND("DELETE", "/issues/12/labels/a%2Fb%3Ac%20d%3F%C3%A9", s, NULL, __VA_ARGS__)
#define LINK(s, ...)                                                                               \
	SEND("POST", "/issues/12/dependencies/blocked_by", s, "{\"issue_id\":3100000009}",         \
	     __VA_ARGS__)
#define UNLINK(s, ...)                                                                             \
	SEND("DELETE", "/issues/12/dependencies/blocked_by/3100000009", s, NULL, __VA_ARGS__)
#define POST(s, ...)                                                                               \
	SEND("POST", "/issues/12/comments", s, "{\"body\":\"hi\"}",                                \
	     .flags = SEND_ONCE | SEND_KEEP_LIMITS, __VA_ARGS__)
#define EDIT(s, ...) SEND("PATCH", "/issues/comments/501", s, "{\"body\":\"hi\"}", __VA_ARGS__)
#define ERASE(s, ...) SEND("DELETE", "/issues/comments/501", s, NULL, __VA_ARGS__)
#define SAID "{\"id\":501,\"user\":null,\"body\":\"hi\"}"

static const struct write_case others[] = {
	{"label", add_labels, 0, NULL, LABELS(200, .fixture = "labels.json")},
	{"dropped labels", add_labels, WLS_E_DENIED, "left out the label \"status:blocked\"",
	 LABELS(200, .answer = "[\"WLSync\"]")},
	{"odd labels", add_labels, WLS_E_ANSWER, "expected a list", LABELS(200, .answer = "{}")},
	{"labels of what is gone", add_labels, WLS_E_GONE, "410", LABELS(410, .answer = "{}")},
	{"labels of what is locked", add_labels, WLS_E_LOCKED, "locked",
	 LABELS(403, .answer = MESSAGE("Issue is locked"))},
	{"a repository that is locked", add_labels, WLS_E_DENIED, "locked for migration",
	 LABELS(403, .answer = MESSAGE("Repository has been locked for migration."))},
	{"unlabel", remove_label, 0, NULL, UNLABEL(200, .answer = "[]")},
	{"unlabel what has it not", remove_label, 0, NULL, UNLABEL(404, .answer = "{}")},
	{"may not unlabel", remove_label, WLS_E_DENIED, "403", UNLABEL(403, .answer = "{}")},
	{"a label of dots", remove_dots, 0, NULL,
	 SEND("DELETE", "/issues/12/labels/%2E%2E", 204, NULL, .answer = NULL)},
	{"link", add_link, 0, NULL, LINK(201, .fixture = "issue.json")},
	{"linked already", add_link, 0, NULL,
	 LINK(422, .answer = MESSAGE("Target issue has ALREADY been added"))},
	{"linked already, by its code", add_link, 0, NULL, LINK(422, .fixture = "exists.json")},
	{"linked already, by an error", add_link, 0, NULL,
	 LINK(422, .answer = "{\"message\":\"Validation Failed\",\"errors\":[\"has already been "
			     "taken\"]}")},
	{"too many links", add_link, WLS_E_REFUSED, "may not have more than 50",
	 LINK(422, .answer = MESSAGE("An issue may not have more than 50 blockers"))},
	{"no links here", add_link, WLS_E_UNSUPPORTED, "404", LINK(404, .answer = "{}")},
	{"may not link", add_link, WLS_E_DENIED, "403", LINK(403, .answer = "{}")},
	{"unlink", remove_link, 0, NULL, UNLINK(200, .fixture = "issue.json")},
	{"unlink what is not linked", remove_link, 0, NULL, UNLINK(404, .answer = "{}")},
	{"unlink badly", remove_link, WLS_E_REFUSED, "400", UNLINK(400, .answer = "{}")},
	{"comment", post_comment, 0, NULL, POST(201, .answer = SAID)},
	{"comment, oddly answered", post_comment, WLS_E_UNCLEAR, "id is missing",
	 POST(201, .answer = "{}")},
	{"comment, 200", post_comment, WLS_E_UNCLEAR, NULL, POST(200, .answer = SAID)},
	{"comment on what is locked", post_comment, WLS_E_LOCKED, "locked",
	 POST(403, .answer = MESSAGE("Unable to create comment because issue is locked."))},
	{"comment on what is gone", post_comment, WLS_E_GONE, "410", POST(410, .answer = "{}")},
	{"too many comments", post_comment, WLS_E_REFUSED, "2500",
	 POST(422, .answer = MESSAGE("Commenting is disabled above 2500 comments"))},
	{"comment, limited", post_comment, WLS_E_LIMITED, NULL,
	 POST(WLS_E_LIMITED, .answer = NULL)},
	{"edit", edit_comment, 0, NULL, EDIT(200, .answer = SAID)},
	{"edit what is gone", edit_comment, WLS_E_NOT_FOUND, "404", EDIT(404, .answer = "{}")},
	{"edit, oddly answered", edit_comment, WLS_E_ANSWER, "body is missing",
	 EDIT(200, .answer = "{\"id\":501,\"user\":null}")},
	{"delete", delete_comment, 0, NULL, ERASE(204, .answer = NULL)},
	{"delete what is gone", delete_comment, 0, NULL, ERASE(404, .answer = "{}")},
	{"may not delete", delete_comment, WLS_E_DENIED, "403", ERASE(403, .answer = "{}")},
};

Test(github_writes, others)
{
	try_writes(others, WLS_ARRAY_SIZE(others));
}

/* ---- the lease ---- */

#define TERMS "me expires 2026-11-22T19:50:00Z"

static int take(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.lease_take(tracker, TERMS, err);
}

static int look(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	struct wls_lease lease = {.expires = -1};
	int status = wls_github_driver.lease_read(tracker, &remote->arena, &lease, err);

	if (status == 0) {
		cr_assert(lease.found && wls_slice_eq(lease.holder, WLS_SLICE("runner-7")));
		cr_assert_eq(lease.expires, 1795377000);
	} else {
		cr_assert_eq(lease.expires, -1);
	}
	return status;
}

static int look_in_vain(struct wls_tracker *tracker, struct wls_remote *remote,
			struct wls_error *err)
{
	struct wls_lease lease = {.found = true, .expires = -1};
	int status = wls_github_driver.lease_read(tracker, &remote->arena, &lease, err);

	cr_assert(!lease.found && lease.expires == 0 && lease.holder.len == 0);
	return status;
}

static int renew(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.lease_write(tracker, TERMS, err);
}

static int let_go(struct wls_tracker *tracker, struct wls_remote *remote, struct wls_error *err)
{
	(void)remote;
	return wls_github_driver.lease_drop(tracker, err);
}

#define TAKE(s, ...)                                                                               \
	SEND("POST", "/labels", s,                                                                 \
	     "{\"name\":\"wlsync-lock\",\"color\":\"ededed\",\"description\":\"" TERMS "\"}",      \
	     .flags = SEND_ONCE | SEND_KEEP_LIMITS, __VA_ARGS__)
#define LOOK(s, ...) SEND("GET", "/labels/wlsync-lock", s, NULL, __VA_ARGS__)
#define RENEW(s, ...)                                                                              \
	SEND("PATCH", "/labels/wlsync-lock", s, "{\"description\":\"" TERMS "\"}", __VA_ARGS__)
#define LET_GO(s, ...) SEND("DELETE", "/labels/wlsync-lock", s, NULL, __VA_ARGS__)

static const struct write_case leases[] = {
	{"take", take, 0, NULL, TAKE(201, .fixture = "lease.json")},
	{"taken", take, WLS_E_REFUSED, "already_exists", TAKE(422, .fixture = "exists.json")},
	{"taken, in few words", take, WLS_E_REFUSED, "Validation failed",
	 TAKE(422, .answer = MESSAGE("Validation failed"))},
	{"taken, without a word", take, WLS_E_REFUSED, "422", TAKE(422, .answer = "<")},
	{"refused for something else", take, WLS_E_DENIED, "description: too_long",
	 TAKE(422, .answer = "{\"errors\":[{\"field\":\"description\",\"code\":\"too_long\"}]}")},
	{"may not take", take, WLS_E_DENIED, "403", TAKE(403, .answer = "{}")},
	{"may not see", take, WLS_E_DENIED, "404", TAKE(404, .answer = "{}")},
	{"unclear", take, WLS_E_UNCLEAR, NULL, TAKE(WLS_E_UNCLEAR, .answer = NULL)},
	{"oddly taken", take, WLS_E_UNCLEAR, NULL, TAKE(201, .answer = "<")},
	{"look", look, 0, NULL, LOOK(200, .fixture = "lease.json")},
	{"look in vain", look_in_vain, 0, NULL, LOOK(404, .answer = "{}")},
	{"look at something odd", look, WLS_E_ANSWER, "description is missing",
	 LOOK(200, .answer = "{}")},
	{"look, forbidden", look, WLS_E_DENIED, "403", LOOK(403, .answer = "{}")},
	{"renew", renew, 0, NULL, RENEW(200, .fixture = "lease.json")},
	{"renew what was taken away", renew, WLS_E_NOT_FOUND, "404", RENEW(404, .answer = "{}")},
	{"let go", let_go, 0, NULL, LET_GO(204, .answer = NULL)},
	{"let go of nothing", let_go, 0, NULL, LET_GO(404, .answer = "{}")},
	{"may not let go", let_go, WLS_E_DENIED, "403", LET_GO(403, .answer = "{}")},
};

Test(github_writes, leases)
{
	try_writes(leases, WLS_ARRAY_SIZE(leases));
}
