/* SPDX-License-Identifier: MIT */
/*
 * Writing issues, labels, links and comments to GitHub.
 *
 * Layer: tracker. Includes: base, buf, json, plan, net/http, tracker/answer, tracker/github.
 *
 * What adds to a set (labels, links) may be sent twice. What makes something (an issue, a comment)
 * is sent once, and a limit is left to the caller, who must look again before the next try.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/json.h"
#include "tracker/github.h"

/* ---- issues ---- */

static void write_labels(struct wls_json *json, const struct wls_slice *labels, size_t count)
{
	wls_json_key(json, "labels");
	wls_json_open(json, '[');
	for (size_t i = 0; i < count; i++)
		wls_json_text(json, labels[i]);
	wls_json_close(json, ']');
}

/* What was posted is there, whatever its answer looks like. */
static int as_unclear(int status, struct wls_error *err)
{
	if (status == WLS_E_ANSWER && err)
		err->status = WLS_E_UNCLEAR;
	return status == WLS_E_ANSWER ? WLS_E_UNCLEAR : status;
}

int wls_github_create(struct wls_tracker *tracker, const struct wls_draft *draft, int64_t *number,
		      struct wls_remote *remote, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_json json = {.out = &call.body};

	wls_json_open(&json, '{');
	wls_json_put_text(&json, "title", draft->title);
	wls_json_put_text(&json, "body", draft->body);
	if (draft->label_count > 0)
		write_labels(&json, draft->labels, draft->label_count);
	wls_json_close(&json, '}');
	wls_github_call_set(&call, github, "POST", "/issues");
	call.request.keep_limits = true;
	int status = wls_github_call_send(&call, github, 201, err);
	if (status == WLS_E_GONE) /* of the path of all issues: there are none */
		return wls_error_set(err, WLS_E_DENIED,
				     "POST %s: 410; issues are disabled: enable them in the "
				     "repository's settings",
				     call.request.path);
	if (status < 0)
		return status;
	status = wls_github_put_answer(&call, github, &(struct wls_github_put){.made = true},
				       remote, err);
	if (status < 0)
		return as_unclear(status, err);
	*number = json_integer_value(json_object_get(call.json, "number"));
	return 0;
}

static void write_state(struct wls_json *json, enum wls_issue_state state)
{
	/* Older servers have no reason "duplicate": such an issue is not planned. */
	static const char *const reasons[] = {
		[WLS_ISSUE_OPEN] = "reopened",
		[WLS_ISSUE_COMPLETED] = "completed",
		[WLS_ISSUE_NOT_PLANNED] = "not_planned",
	};

	wls_json_put_str(json, "state", state == WLS_ISSUE_OPEN ? "open" : "closed");
	wls_json_put_str(json, "state_reason", reasons[state]);
}

int wls_github_update(struct wls_tracker *tracker, int64_t number,
		      const struct wls_patch_issue *patch, struct wls_remote *remote,
		      struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_json json = {.out = &call.body};

	wls_json_open(&json, '{');
	if (patch->fields & WLS_FIELD_TITLE)
		wls_json_put_text(&json, "title", patch->title);
	if (patch->fields & WLS_FIELD_REGION)
		wls_json_put_text(&json, "body", patch->body);
	if (patch->fields & WLS_FIELD_STATE)
		write_state(&json, patch->state);
	wls_json_close(&json, '}');
	wls_github_call_set(&call, github, "PATCH", "/issues/%" PRId64, number);
	int status = wls_github_call_send(&call, github, 200, err);
	if (status < 0)
		return status;
	return wls_github_put_answer(&call, github, &(struct wls_github_put){.number = number},
				     remote, err);
}

/* ---- labels ---- */

/* A token that may not label gets an answer without them. */
static int check_labels(struct wls_github_call *call, const struct wls_github *github,
			const struct wls_slice *labels, size_t count, struct wls_error *err)
{
	struct wls_answer_origin origin = wls_github_call_origin(call, github);
	_cleanup_buf_ struct wls_buf name = WLS_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		int found = wls_github_decode_has_label(call->json, &origin, labels[i], err);
		if (found < 0)
			return found;
		if (found)
			continue;
		wls_answer_add_visible(labels[i], 100, &name);
		return wls_error_set(err, WLS_E_DENIED,
				     "%s: the server left out the label \"%s\": the token needs "
				     "write access to issues",
				     origin.request, wls_buf_str(&name));
	}
	return 0;
}

int wls_github_add_labels(struct wls_tracker *tracker, int64_t number,
			  const struct wls_slice *labels, size_t count, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_json json = {.out = &call.body};

	if (count == 0)
		return 0;
	wls_json_open(&json, '{');
	write_labels(&json, labels, count);
	wls_json_close(&json, '}');
	wls_github_call_set(&call, github, "POST", "/issues/%" PRId64 "/labels", number);
	call.request.repeatable = true;
	int status = wls_github_call_send(&call, github, 200, err);
	return status < 0 ? status : check_labels(&call, github, labels, count, err);
}

/* Sends a DELETE; what is not there any more is deleted. */
static int send_delete(struct wls_github_call *call, const struct wls_github *github,
		       struct wls_error *err)
{
	int status = wls_github_call_send(call, github, 0, err);

	return status == WLS_E_NOT_FOUND || status == WLS_E_GONE ? 0 : status;
}

int wls_github_remove_label(struct wls_tracker *tracker, int64_t number, struct wls_slice label,
			    struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	wls_github_call_set(&call, github, "DELETE", "/issues/%" PRId64 "/labels/%s", number,
			    wls_github_component(&call, label));
	return send_delete(&call, github, err);
}

/* ---- links ---- */

/* Whether a 422 says that the link is there already. */
static bool says_already(const struct wls_github *github, struct wls_github_call *call)
{
	_cleanup_buf_ struct wls_buf errors = WLS_BUF_INIT;
	char message[256] = "";
	bool exists = false, any = false;

	if (call->response.status != 422)
		return false;
	wls_http_message(github->http, &call->response, message);
	if (wls_http_json(github->http, &call->request, &call->response, &call->json, NULL) == 0)
		wls_github_decode_errors(call->json, &errors, &exists, &any);
	wls_buf_printf(&errors, " %s", message);
	for (struct wls_slice rest = wls_buf_slice(&errors); rest.len > 0;
	     rest = wls_slice_from(rest, 1))
		if (wls_slice_starts_nocase(rest, WLS_SLICE("already")))
			return true;
	return false;
}

int wls_github_add_link(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_json json = {.out = &call.body};

	wls_json_open(&json, '{');
	wls_json_put_int(&json, "issue_id", other_id);
	wls_json_close(&json, '}');
	wls_github_call_set(&call, github, "POST", "/issues/%" PRId64 "/dependencies/blocked_by",
			    number);
	call.request.repeatable = true;
	int status = wls_github_call_send(&call, github, 0, err);
	if (status == WLS_E_REFUSED && says_already(github, &call))
		return 0;
	if (status == WLS_E_NOT_FOUND)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "POST %s: 404; this server keeps no dependencies between "
				     "issues; they stand in the text alone",
				     call.request.path);
	return status;
}

int wls_github_remove_link(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			   struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	wls_github_call_set(&call, github, "DELETE",
			    "/issues/%" PRId64 "/dependencies/blocked_by/%" PRId64, number,
			    other_id);
	return send_delete(&call, github, err);
}

/* ---- comments ---- */

static void write_body(struct wls_github_call *call, struct wls_slice body)
{
	struct wls_json json = {.out = &call->body};

	wls_json_open(&json, '{');
	wls_json_put_text(&json, "body", body);
	wls_json_close(&json, '}');
}

static int check_comment(struct wls_github_call *call, const struct wls_github *github,
			 struct wls_error *err)
{
	struct wls_answer_origin origin = wls_github_call_origin(call, github);
	struct wls_comment comment;

	return wls_github_decode_comment(call->json, &origin, &comment, err);
}

int wls_github_post_comment(struct wls_tracker *tracker, int64_t number, struct wls_slice body,
			    struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	write_body(&call, body);
	wls_github_call_set(&call, github, "POST", "/issues/%" PRId64 "/comments", number);
	call.request.keep_limits = true;
	int status = wls_github_call_send(&call, github, 201, err);
	return status < 0 ? status : as_unclear(check_comment(&call, github, err), err);
}

int wls_github_edit_comment(struct wls_tracker *tracker, int64_t comment, struct wls_slice body,
			    struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	write_body(&call, body);
	wls_github_call_set(&call, github, "PATCH", "/issues/comments/%" PRId64, comment);
	int status = wls_github_call_send(&call, github, 200, err);
	return status < 0 ? status : check_comment(&call, github, err);
}

int wls_github_delete_comment(struct wls_tracker *tracker, int64_t comment, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	wls_github_call_set(&call, github, "DELETE", "/issues/comments/%" PRId64, comment);
	return send_delete(&call, github, err);
}
