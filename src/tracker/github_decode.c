/* SPDX-License-Identifier: MIT */
/*
 * GitHub's JSON as our issues, comments and repositories, strictly; and nothing but that.
 *
 * Layer: tracker. Includes: base, plan, tracker/answer, tracker/github.
 *
 * An answer may come from a server that is old, new, faulty or none at all. So every field is one
 * of three: needed (missing or null is an error), nullable (must be there, since its absence would
 * be taken for emptiness: a body that is missing is not an empty body, and writing it back would
 * delete what people wrote), or optional (older servers have none), and then of its type.
 */
#include <stdio.h>
#include <string.h>

#include "tracker/github.h"

static bool is_trusted_role(struct wls_slice role)
{
	static const char *const roles[] = {"OWNER", "MEMBER", "COLLABORATOR"};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(roles); i++)
		if (wls_slice_eq(role, wls_slice_of(roles[i])))
			return true;
	return false;
}

/* A deleted account's is null, and then no role counts. */
static struct wls_slice author(struct wls_answer_reader *r, json_t *object, bool *trusted)
{
	json_t *user = wls_answer_object(r, object, "user", WLS_ANSWER_OR_NULL);
	struct wls_slice role = wls_answer_text(r, object, "author_association",
						WLS_ANSWER_OR_MISSING | WLS_ANSWER_OR_NULL);

	*trusted = user && is_trusted_role(role);
	return user ? wls_answer_text(r, user, "user.login", WLS_ANSWER_NEEDED)
		    : (struct wls_slice){0};
}

/* Newer reasons than we know of are some way of not having done it. */
static enum wls_issue_state state(struct wls_answer_reader *r, json_t *object)
{
	struct wls_slice text = wls_answer_text(r, object, "state", WLS_ANSWER_NEEDED);
	struct wls_slice reason = wls_answer_text(r, object, "state_reason",
						  WLS_ANSWER_OR_MISSING | WLS_ANSWER_OR_NULL);

	if (wls_slice_eq(text, WLS_SLICE("open")))
		return WLS_ISSUE_OPEN;
	if (!wls_slice_eq(text, WLS_SLICE("closed")))
		wls_answer_wrong(r, "state", json_object_get(object, "state"),
				 "\"open\" or \"closed\"");
	if (reason.len == 0 || wls_slice_eq(reason, WLS_SLICE("completed")))
		return WLS_ISSUE_COMPLETED;
	return WLS_ISSUE_NOT_PLANNED;
}

/* A label is its name, or an object that has it. */
static struct wls_slice label_name(struct wls_answer_reader *r, json_t *label)
{
	if (json_is_string(label))
		return wls_slice(json_string_value(label), json_string_length(label));
	if (!json_is_object(label)) {
		wls_answer_wrong(r, "labels[]", label, "a label");
		return (struct wls_slice){0};
	}
	return wls_answer_text(r, label, "labels[].name", WLS_ANSWER_NEEDED);
}

static void labels(struct wls_answer_reader *r, json_t *object, struct wls_arena *arena,
		   struct wls_issue *out)
{
	json_t *list = wls_answer_list(r, object, "labels");
	size_t count = json_array_size(list);
	struct wls_slice *names =
		count > 0 ? WLS_ARENA_ARRAY(arena, struct wls_slice, count) : NULL;

	for (size_t i = 0; i < count; i++)
		names[i] = label_name(r, json_array_get(list, i));
	out->labels = names;
	out->label_count = count;
}

/* `blocked_by` counts only blockers that are open; `total_blocked_by` came later. */
static int64_t link_total(struct wls_answer_reader *r, json_t *object)
{
	json_t *summary = wls_answer_object(r, object, "issue_dependencies_summary",
					    WLS_ANSWER_OR_MISSING | WLS_ANSWER_OR_NULL);

	if (!summary)
		return -1;
	if (json_object_get(summary, "total_blocked_by"))
		return wls_answer_count(r, summary, "issue_dependencies_summary.total_blocked_by");
	return wls_answer_count(r, summary, "issue_dependencies_summary.blocked_by");
}

static bool ends_with_place(struct wls_slice url, const char *repository, const char *rest)
{
	char text[256];
	int len = snprintf(text, sizeof(text), "/repos/%s%s", repository, rest);

	return len > 0 && (size_t)len < sizeof(text) &&
	       wls_slice_ends_nocase(url, wls_slice(text, (size_t)len));
}

/* The last two components of a URL: "acme/shop". */
static struct wls_slice owner_and_name(struct wls_slice url)
{
	size_t slashes = 0, i = url.len;

	while (i > 0 && (url.ptr[i - 1] != '/' || ++slashes < 2))
		i--;
	return wls_slice_from(url, i);
}

/* Whether it is of the repository that was asked; servers that do not tell are believed. */
static bool is_here(struct wls_answer_reader *r, json_t *object, int64_t number,
		    struct wls_slice *place)
{
	const char *repository = r->origin->repository;
	struct wls_slice home = wls_answer_text(r, object, "repository_url", WLS_ANSWER_OR_MISSING);
	struct wls_slice url = wls_answer_text(r, object, "url", WLS_ANSWER_OR_MISSING);
	char rest[40];

	if (!repository)
		return true;
	if (home.len > 0) {
		*place = owner_and_name(home);
		return ends_with_place(home, repository, "");
	}
	*place = url;
	(void)snprintf(rest, sizeof(rest), "/issues/%lld", (long long)number);
	return url.len == 0 || ends_with_place(url, repository, rest);
}

static void decode_place(struct wls_answer_reader *r, json_t *json, struct wls_github_issue *out)
{
	if (!wls_answer_is_object(r, json))
		return;
	out->issue.number = wls_answer_id(r, json, "number", WLS_ANSWER_NUMBER_MAX);
	r->number = out->issue.number;
	json_t *pull = json_object_get(json, "pull_request");
	if (pull && !json_is_null(pull))
		out->kind = WLS_GITHUB_PULL;
	else if (!is_here(r, json, out->issue.number, &out->place))
		out->kind = WLS_GITHUB_FOREIGN;
}

int wls_github_decode_place(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_github_issue *out, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "issue", .err = err};
	struct wls_github_issue issue = {0};

	decode_place(&r, json, &issue);
	if (r.status == 0)
		*out = issue;
	return r.status;
}

int wls_github_decode_issue(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_arena *arena, struct wls_github_issue *out,
			    struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "issue", .err = err};
	struct wls_github_issue whole = {0};
	struct wls_issue *issue = &whole.issue;

	decode_place(&r, json, &whole);
	if (r.status == 0 && whole.kind == WLS_GITHUB_ISSUE) {
		issue->id = wls_answer_id(&r, json, "id", WLS_ANSWER_ID_MAX);
		issue->title = wls_answer_text(&r, json, "title", WLS_ANSWER_NEEDED);
		issue->body = wls_answer_text(&r, json, "body", WLS_ANSWER_OR_NULL);
		issue->author = author(&r, json, &issue->trusted);
		issue->state = state(&r, json);
		labels(&r, json, arena, issue);
		issue->locked = wls_answer_bool(&r, json, "locked", WLS_ANSWER_OR_MISSING);
		issue->changed = wls_answer_text(&r, json, "updated_at",
						 WLS_ANSWER_OR_MISSING | WLS_ANSWER_OR_NULL);
		issue->comment_count = wls_answer_count(&r, json, "comments");
		issue->link_total = link_total(&r, json);
	}
	if (r.status == 0)
		*out = whole;
	return r.status;
}

int wls_github_decode_comment(json_t *json, const struct wls_answer_origin *origin,
			      struct wls_comment *out, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "comment", .err = err};
	struct wls_comment comment = {0};

	if (wls_answer_is_object(&r, json)) {
		comment.id = wls_answer_id(&r, json, "id", WLS_ANSWER_ID_MAX);
		r.number = comment.id;
		comment.author = author(&r, json, &comment.trusted);
		comment.body = wls_answer_text(&r, json, "body", WLS_ANSWER_OR_NULL);
	}
	if (r.status == 0)
		*out = comment;
	return r.status;
}

static bool is_web_address(struct wls_slice url)
{
	if (!wls_slice_starts_nocase(url, WLS_SLICE("https://")) &&
	    !wls_slice_starts_nocase(url, WLS_SLICE("http://")))
		return false;
	for (size_t i = 0; i < url.len; i++)
		if ((unsigned char)url.ptr[i] <= ' ' || strchr("<>()[]\"'\\`\x7f", url.ptr[i]))
			return false;
	return true;
}

static void permissions(struct wls_answer_reader *r, json_t *json,
			struct wls_github_repository *out)
{
	static const char *const roles[] = {"permissions.push", "permissions.triage",
					    "permissions.maintain", "permissions.admin"};
	json_t *object = wls_answer_object(r, json, "permissions", WLS_ANSWER_OR_MISSING);

	out->has_permissions = object != NULL;
	for (size_t i = 0; object && i < WLS_ARRAY_SIZE(roles); i++)
		if (wls_answer_bool(r, object, roles[i], WLS_ANSWER_OR_MISSING))
			out->may_label = true;
}

int wls_github_decode_repository(json_t *json, const struct wls_answer_origin *origin,
				 struct wls_github_repository *out, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "repository", .err = err};
	struct wls_github_repository whole = {.has_issues = true};

	if (wls_answer_is_object(&r, json)) {
		whole.full_name = wls_answer_text(&r, json, "full_name", WLS_ANSWER_NEEDED);
		whole.web = wls_answer_text(&r, json, "html_url", WLS_ANSWER_NEEDED);
		if (r.status == 0 && !is_web_address(whole.web))
			wls_answer_wrong(&r, "html_url", json_object_get(json, "html_url"),
					 "an address of the web");
		whole.is_private = wls_answer_bool(&r, json, "private", WLS_ANSWER_NEEDED);
		whole.archived = wls_answer_bool(&r, json, "archived", WLS_ANSWER_OR_MISSING);
		if (json_object_get(json, "has_issues"))
			whole.has_issues =
				wls_answer_bool(&r, json, "has_issues", WLS_ANSWER_NEEDED);
		permissions(&r, json, &whole);
	}
	if (r.status == 0)
		*out = whole;
	return r.status;
}

int wls_github_decode_user(json_t *json, const struct wls_answer_origin *origin,
			   struct wls_slice *login, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "user", .err = err};
	struct wls_slice text = {0};

	if (wls_answer_is_object(&r, json))
		text = wls_answer_text(&r, json, "login", WLS_ANSWER_NEEDED);
	if (r.status == 0 && text.len == 0)
		wls_answer_wrong(&r, "login", json_object_get(json, "login"), "a name");
	if (r.status == 0)
		*login = text;
	return r.status;
}

int wls_github_decode_lease(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_lease *out, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "label", .err = err};

	if (wls_answer_is_object(&r, json)) {
		struct wls_slice text =
			wls_answer_text(&r, json, "description", WLS_ANSWER_OR_NULL);
		if (r.status == 0)
			wls_github_lease_parse(text, out);
	}
	return r.status;
}

int wls_github_decode_has_label(json_t *json, const struct wls_answer_origin *origin,
				struct wls_slice label, struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "list of labels", .err = err};
	bool found = false;

	if (!json_is_array(json))
		wls_answer_wrong(&r, NULL, json, "a list");
	for (size_t i = 0; i < json_array_size(json); i++)
		if (wls_slice_eq_nocase(label_name(&r, json_array_get(json, i)), label))
			found = true;
	return r.status < 0 ? r.status : found;
}

int wls_github_decode_list(json_t *json, const struct wls_answer_origin *origin,
			   struct wls_error *err)
{
	struct wls_answer_reader r = {.origin = origin, .object = "answer", .err = err};

	if (!json_is_array(json))
		wls_answer_wrong(&r, NULL, json, "a list");
	return r.status;
}
