/* SPDX-License-Identifier: MIT */
/*
 * The lease of a pusher: a label of the repository, since making a label that exists fails, and
 * fails for all but one of any number that try at the same time.
 *
 * Layer: tracker. Includes: base, buf, json, plan, net/http, tracker/github.
 */
#include "base/json.h"
#include "tracker/github.h"

#define LEASE_COLOR "ededed"

static void write_lease(struct wls_github_call *call, bool make, const char *text)
{
	struct wls_json json = {.out = &call->body};

	wls_json_open(&json, '{');
	if (make) {
		wls_json_put_str(&json, "name", WLS_LEASE_LABEL);
		wls_json_put_str(&json, "color", LEASE_COLOR);
	}
	wls_json_put_str(&json, "description", text);
	wls_json_close(&json, '}');
}

/*
 * A 422 that lists errors, none of which says that the label exists, is about something else;
 * waiting for a lease that nobody has would never end.
 */
static bool is_taken(const struct wls_github *github, struct wls_github_call *call)
{
	_cleanup_buf_ struct wls_buf errors = WLS_BUF_INIT;
	bool exists = false, any = false;

	if (call->response.status != 422)
		return false;
	if (wls_http_json(github->http, &call->request, &call->response, &call->json, NULL) < 0)
		return true;
	wls_github_decode_errors(call->json, &errors, &exists, &any);
	return exists || !any;
}

int wls_github_lease_take(struct wls_tracker *tracker, const char *text, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	write_lease(&call, true, text);
	wls_github_call_set(&call, github, "POST", "/labels");
	call.request.keep_limits = true;
	int status = wls_github_call_send(&call, github, 201, err);
	if (status == WLS_E_NOT_FOUND || (status == WLS_E_REFUSED && !is_taken(github, &call))) {
		status = WLS_E_DENIED;
		if (err)
			err->status = WLS_E_DENIED;
	}
	return status;
}

int wls_github_lease_read(struct wls_tracker *tracker, struct wls_arena *arena,
			  struct wls_lease *out, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);
	struct wls_lease lease = {0};

	wls_github_call_set(&call, github, "GET", "/labels/%s", WLS_LEASE_LABEL);
	int status = wls_github_call_send(&call, github, 200, err);
	if (status == WLS_E_NOT_FOUND) {
		*out = lease;
		return 0;
	}
	if (status < 0)
		return status;
	struct wls_answer_origin origin = wls_github_call_origin(&call, github);
	status = wls_github_decode_lease(call.json, &origin, &lease, err);
	if (status < 0)
		return status;
	lease.holder = wls_arena_copy(arena, lease.holder);
	*out = lease;
	return 0;
}

int wls_github_lease_write(struct wls_tracker *tracker, const char *text, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	write_lease(&call, false, text);
	wls_github_call_set(&call, github, "PATCH", "/labels/%s", WLS_LEASE_LABEL);
	return wls_github_call_send(&call, github, 200, err);
}

int wls_github_lease_drop(struct wls_tracker *tracker, struct wls_error *err)
{
	_cleanup_call_ struct wls_github_call call = WLS_GITHUB_CALL;
	const struct wls_github *github = wls_github_of(tracker);

	wls_github_call_set(&call, github, "DELETE", "/labels/%s", WLS_LEASE_LABEL);
	int status = wls_github_call_send(&call, github, 0, err);
	return status == WLS_E_NOT_FOUND ? 0 : status;
}
