/* SPDX-License-Identifier: MIT */
/*
 * Reading issues, their comments and their links from GitHub.
 *
 * Layer: tracker. Includes: base, plan, net/http, tracker/answer, tracker/github.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "tracker/github.h"

/* ---- issues ---- */

struct listing {
	struct wls_remote *remote;
	int64_t above; /* only numbers above this, and no more pages once one is not */
};

/* Decodes the whole page before anything of it is put into the remote. */
static int take_issues(void *data, json_t *page, const struct wls_answer_origin *origin,
		       struct wls_error *err)
{
	struct listing *listing = data;
	size_t count = json_array_size(page);
	struct wls_arena arena = {0};
	struct wls_github_issue *issues =
		count > 0 ? WLS_ARENA_ARRAY(&arena, struct wls_github_issue, count) : NULL;
	int status = 0;
	bool enough = false;

	for (size_t i = 0; i < count && status == 0; i++)
		status = wls_github_decode_issue(json_array_get(page, i), origin, &arena,
						 &issues[i], err);
	for (size_t i = 0; i < count && status == 0; i++) {
		if (issues[i].issue.number <= listing->above)
			enough = true;
		else if (issues[i].kind == WLS_GITHUB_ISSUE)
			wls_remote_put(listing->remote, &issues[i].issue);
	}
	wls_arena_release(&arena);
	return status < 0 ? status : enough;
}

int wls_github_list(struct wls_tracker *tracker, const char *label, struct wls_remote *remote,
		    struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct listing listing = {.remote = remote};

	wls_github_call_set(&call, github, "GET",
			    "/issues?state=all&sort=created&direction=asc&per_page=%s%s%s",
			    WLS_GITHUB_PER_PAGE, label ? "&labels=" : "",
			    label ? wls_github_component(&call, wls_slice_of(label)) : "");
	return wls_github_pages(github, call.request.path, true, take_issues, &listing, err);
}

int wls_github_list_newer(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct listing listing = {.remote = remote, .above = number};

	wls_github_call_set(&call, github, "GET",
			    "/issues?state=all&sort=created&direction=desc&per_page=%s",
			    WLS_GITHUB_PER_PAGE);
	return wls_github_pages(github, call.request.path, false, take_issues, &listing, err);
}

/* What stands at a number is not the issue that was asked for. */
static int check_place(const struct wls_github_issue *issue, const char *request, int64_t number,
		       struct wls_error *err)
{
	_cleanup_buf_ struct wls_buf place = WLS_BUF_INIT;

	if (issue->kind == WLS_GITHUB_PULL)
		return wls_error_set(err, WLS_E_REFUSED,
				     "%s: #%" PRId64 " is a pull request, no issue; name another",
				     request, issue->issue.number);
	if (issue->kind == WLS_GITHUB_ISSUE && (number == 0 || number == issue->issue.number))
		return 0;
	wls_answer_add_visible(issue->place, 200, &place);
	return wls_error_set(err, WLS_E_MOVED,
			     "%s: the issue is now #%" PRId64 " of %s; it is not written there",
			     request, issue->issue.number,
			     place.len > 0 ? wls_buf_str(&place) : "this repository");
}

int wls_github_put_answer(struct wls_github_call *call, const struct wls_github *github,
			  const struct wls_github_put *put, struct wls_remote *remote,
			  struct wls_error *err)
{
	struct wls_answer_origin origin = wls_github_call_origin(call, github);
	struct wls_github_issue issue;

	int status = wls_github_decode_issue(call->json, &origin, &call->arena, &issue, err);
	if (status == 0)
		status = check_place(&issue, origin.request, put->number, err);
	if (status < 0)
		return status;
	issue.issue.made = put->made;
	wls_remote_put(remote, &issue.issue);
	return 0;
}

int wls_github_read(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
		    struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	wls_github_call_set(&call, github, "GET", "/issues/%" PRId64, number);
	int status = wls_github_call_send(&call, github, 200, err);
	if (status < 0)
		return status;
	return wls_github_put_answer(&call, github, &(struct wls_github_put){.number = number},
				     remote, err);
}

static struct wls_issue *issue_read(struct wls_remote *remote, int64_t number,
				    struct wls_error *err)
{
	struct wls_issue *issue = wls_remote_find(remote, number);

	if (!issue)
		(void)wls_error_set(err, WLS_E_NOT_FOUND,
				    "issue #%" PRId64 " has not been read; read it first", number);
	return issue;
}

/* ---- comments ---- */

struct comments {
	struct wls_arena *arena; /* of the remote: texts */
	struct wls_comment *items;
	size_t count, cap;
};

static int take_comments(void *data, json_t *page, const struct wls_answer_origin *origin,
			 struct wls_error *err)
{
	struct comments *comments = data;
	size_t count = json_array_size(page);

	WLS_GROW(comments->items, comments->cap, comments->count + count);
	for (size_t i = 0; i < count; i++) {
		struct wls_comment *comment = &comments->items[comments->count];
		int status =
			wls_github_decode_comment(json_array_get(page, i), origin, comment, err);
		if (status < 0)
			return status;
		comment->author = wls_arena_copy(comments->arena, comment->author);
		comment->body = wls_arena_copy(comments->arena, comment->body);
		comments->count++;
	}
	return 0;
}

static int by_id(const void *a, const void *b)
{
	int64_t x = ((const struct wls_comment *)a)->id, y = ((const struct wls_comment *)b)->id;

	return (x > y) - (x < y);
}

/* Sorts, and drops what two pages both had. */
static void settle_comments(struct comments *comments)
{
	size_t kept = 0;

	if (comments->count > 0)
		qsort(comments->items, comments->count, sizeof(*comments->items), by_id);
	for (size_t i = 0; i < comments->count; i++)
		if (kept == 0 || comments->items[kept - 1].id != comments->items[i].id)
			comments->items[kept++] = comments->items[i];
	comments->count = kept;
}

int wls_github_read_comments(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			     struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct comments comments = {.arena = &remote->arena};
	struct wls_issue *issue = issue_read(remote, number, err);

	if (!issue)
		return WLS_E_NOT_FOUND;
	wls_github_call_set(&call, github, "GET", "/issues/%" PRId64 "/comments?per_page=%s",
			    number, WLS_GITHUB_PER_PAGE);
	int status =
		wls_github_pages(github, call.request.path, true, take_comments, &comments, err);
	if (status == 0) {
		settle_comments(&comments);
		struct wls_comment *items =
			WLS_ARENA_ARRAY(&remote->arena, struct wls_comment, comments.count + 1);
		for (size_t i = 0; i < comments.count; i++)
			items[i] = comments.items[i];
		issue->comments = items;
		issue->comments_len = comments.count;
		issue->comment_count = (int64_t)comments.count;
		issue->comments_read = true;
	}
	free(comments.items);
	return status;
}

/* ---- links ---- */

struct links {
	int64_t *numbers;
	size_t count, cap;
};

/* Blockers in other repositories and pull requests are none of ours. */
static int take_links(void *data, json_t *page, const struct wls_answer_origin *origin,
		      struct wls_error *err)
{
	struct links *links = data;
	size_t count = json_array_size(page);

	WLS_GROW(links->numbers, links->cap, links->count + count);
	for (size_t i = 0; i < count; i++) {
		struct wls_github_issue issue;
		int status = wls_github_decode_place(json_array_get(page, i), origin, &issue, err);
		if (status < 0)
			return status;
		if (issue.kind == WLS_GITHUB_ISSUE)
			links->numbers[links->count++] = issue.issue.number;
	}
	return 0;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static void settle_links(struct links *links)
{
	size_t kept = 0;

	if (links->count > 0)
		qsort(links->numbers, links->count, sizeof(*links->numbers), by_number);
	for (size_t i = 0; i < links->count; i++)
		if (kept == 0 || links->numbers[kept - 1] != links->numbers[i])
			links->numbers[kept++] = links->numbers[i];
	links->count = kept;
}

int wls_github_read_links(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct links links = {0};
	struct wls_issue *issue = issue_read(remote, number, err);

	if (!issue)
		return WLS_E_NOT_FOUND;
	wls_github_call_set(&call, github, "GET",
			    "/issues/%" PRId64 "/dependencies/blocked_by?per_page=%s", number,
			    WLS_GITHUB_PER_PAGE);
	int status = wls_github_pages(github, call.request.path, true, take_links, &links, err);
	if (status == 0) {
		settle_links(&links);
		int64_t *numbers = WLS_ARENA_ARRAY(&remote->arena, int64_t, links.count + 1);
		for (size_t i = 0; i < links.count; i++)
			numbers[i] = links.numbers[i];
		issue->links = numbers;
		issue->link_count = links.count;
		issue->links_read = true;
	}
	free(links.numbers);
	if (status == WLS_E_NOT_FOUND)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "GET %s: 404; this server keeps no dependencies between "
				     "issues; they stand in the text alone",
				     call.request.path);
	return status;
}
