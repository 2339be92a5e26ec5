/* SPDX-License-Identifier: MIT */
/*
 * What the files of the GitHub driver share: the open driver, its calls, and the decoder.
 *
 * Layer: tracker. Includes: base, buf, plan, net/http, tracker/answer. Private to src/tracker.
 *
 * Invariants
 * - Decoding is strict and total: it gives all of an object, or fails with WLS_E_ANSWER and a
 *   message that names request, object and field. Nothing is put into a remote before its whole
 *   answer has been decoded.
 * - Slices that come from JSON live as long as the JSON.
 */
#ifndef WLS_TRACKER_GITHUB_H
#define WLS_TRACKER_GITHUB_H

#include "net/http.h"
#include "tracker/answer.h"
#include "wlsync/tracker.h"

/* Issues a page, and most pages of one list: more is a server that never ends. */
#define WLS_GITHUB_PER_PAGE "100"
#define WLS_GITHUB_PAGES_MAX 1000u

/* The struct wls_tracker of this driver. */
struct wls_github {
	struct wls_http *http;
	const char *url;        /* of the API, no slash at its end */
	const char *repository; /* "acme/shop" as it was named */
	const char *root;       /* "/repos/acme/shop": what nearly all paths begin with */
	struct wls_arena arena;
};

static inline struct wls_github *wls_github_of(struct wls_tracker *tracker)
{
	return (struct wls_github *)(void *)tracker;
}

/* ---- decoding (github_decode.c): no HTTP ---- */

/* What one element of a list of issues is. */
enum wls_github_kind {
	WLS_GITHUB_ISSUE,
	WLS_GITHUB_PULL,    /* a pull request: only its number is decoded */
	WLS_GITHUB_FOREIGN, /* of another repository: only number and `place` */
};

struct wls_github_issue {
	enum wls_github_kind kind;
	struct wls_issue issue;
	struct wls_slice place; /* FOREIGN: "acme/other", or the URL that tells it */
};

/* labels are in `arena`. O(object). */
int wls_github_decode_issue(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_arena *arena, struct wls_github_issue *out,
			    struct wls_error *err);
/* Kind, number and place alone: for the issues of a list of links. */
int wls_github_decode_place(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_github_issue *out, struct wls_error *err);
int wls_github_decode_comment(json_t *json, const struct wls_answer_origin *origin,
			      struct wls_comment *out, struct wls_error *err);

struct wls_github_repository {
	struct wls_slice full_name, web;
	bool is_private, archived, has_issues;
	bool has_permissions; /* they were told */
	bool may_label;       /* any of push, triage, maintain, admin */
};
int wls_github_decode_repository(json_t *json, const struct wls_answer_origin *origin,
				 struct wls_github_repository *out, struct wls_error *err);
/* The login of a user. */
int wls_github_decode_user(json_t *json, const struct wls_answer_origin *origin,
			   struct wls_slice *login, struct wls_error *err);
/* A label with what its description says of the lease; found is true. */
int wls_github_decode_lease(json_t *json, const struct wls_answer_origin *origin,
			    struct wls_lease *out, struct wls_error *err);
/* Whether a list of labels holds `label`, compared without case: 1, 0. */
int wls_github_decode_has_label(json_t *json, const struct wls_answer_origin *origin,
				struct wls_slice label, struct wls_error *err);
/* "HOLDER expires 2026-11-22T19:50:00Z"; another form: all of it is the holder, expires 0. */
void wls_github_lease_parse(struct wls_slice text, struct wls_lease *out);
/* Fails with WLS_E_ANSWER unless the answer is a list. */
int wls_github_decode_list(json_t *json, const struct wls_answer_origin *origin,
			   struct wls_error *err);
/*
 * Adds the errors[] of a refusal, "label: already_exists; title: too long", whatever they are;
 * *exists tells whether one has the code already_exists, *any whether there is one. NULL is fine.
 */
void wls_github_decode_errors(json_t *json, struct wls_buf *out, bool *exists, bool *any);

/* ---- calls (github_call.c) ---- */

/* One request and its answer. Zero but for `body` is the initial state: WLS_GITHUB_CALL. */
struct wls_github_call {
	struct wls_http_request request;
	struct wls_http_response response;
	struct wls_buf body;
	struct wls_arena arena; /* of paths, and of what is decoded */
	json_t *json;           /* of the answer */
};
#define WLS_GITHUB_CALL                                                                            \
	{                                                                                          \
		.body = WLS_BUF_INIT                                                               \
	}
void wls_github_call_release(struct wls_github_call *call);
#define _cleanup_call_ _cleanup_(wls_github_call_release)

/* Sets method, path (below /repos/OWNER/NAME) and, for all but POST, that it is repeatable. */
void wls_github_call_set(struct wls_github_call *call, const struct wls_github *github,
			 const char *method, const char *fmt, ...) WLS_PRINTF(4, 5);
/* `text` as one component of a path, percent-encoded; in the call's arena. O(n). */
const char *wls_github_component(struct wls_github_call *call, struct wls_slice text);
/*
 * Sends it. 0 when the answer's status is `want`, or any of 2xx when that is 0; call->json holds
 * the answer's JSON unless the status is 204 or `want` is 0. Else fails by wls_github_judge(). A
 * POST that is not repeatable and was answered by another 2xx, or by what is no JSON, is
 * WLS_E_UNCLEAR: it may have been done.
 */
int wls_github_call_send(struct wls_github_call *call, const struct wls_github *github, long want,
			 struct wls_error *err);
/* "GET /repos/acme/shop/issues/12"; in the call's arena. */
struct wls_answer_origin wls_github_call_origin(struct wls_github_call *call,
						const struct wls_github *github);
/*
 * The status for an answer that is not what was wanted, and its error: request, status, the
 * server's words and what to do. Never 0.
 */
int wls_github_judge(const struct wls_github *github, const struct wls_http_request *request,
		     const struct wls_http_response *response, struct wls_error *err);

/* ---- pages (github_pages.c) ---- */

/*
 * Takes a page: 0 to go on, 1 when no more is needed, a negative status to fail. `page` is a list.
 */
typedef int wls_github_take(void *data, json_t *page, const struct wls_answer_origin *origin,
			    struct wls_error *err);
/*
 * GETs `path` and the pages that follow it, in order. With `ahead` all at the same time once the
 * first one tells the last. A page that fails fails it all; so do a page seen before and more than
 * WLS_GITHUB_PAGES_MAX: WLS_E_ANSWER.
 */
int wls_github_pages(const struct wls_github *github, const char *path, bool ahead,
		     wls_github_take *take, void *data, struct wls_error *err);

extern const struct wls_driver wls_github_driver;

/* ---- the calls of the table (github_read.c, github_write.c, github_lease.c) ---- */

int wls_github_list(struct wls_tracker *tracker, const char *label, struct wls_remote *remote,
		    struct wls_error *err);
int wls_github_list_newer(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err);
int wls_github_read(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
		    struct wls_error *err);
int wls_github_read_comments(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			     struct wls_error *err);
int wls_github_read_links(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err);
/* How an issue that came back is put into the remote. */
struct wls_github_put {
	int64_t number; /* that was asked for; 0: a new one */
	bool made;      /* in this run */
};
/*
 * Decodes an issue's answer and puts it into `remote`. Another repository or number is
 * WLS_E_MOVED, a pull request WLS_E_REFUSED.
 */
int wls_github_put_answer(struct wls_github_call *call, const struct wls_github *github,
			  const struct wls_github_put *put, struct wls_remote *remote,
			  struct wls_error *err);

int wls_github_create(struct wls_tracker *tracker, const struct wls_draft *draft, int64_t *number,
		      struct wls_remote *remote, struct wls_error *err);
int wls_github_update(struct wls_tracker *tracker, int64_t number,
		      const struct wls_patch_issue *patch, struct wls_remote *remote,
		      struct wls_error *err);
int wls_github_add_labels(struct wls_tracker *tracker, int64_t number,
			  const struct wls_slice *labels, size_t count, struct wls_error *err);
int wls_github_remove_label(struct wls_tracker *tracker, int64_t number, struct wls_slice label,
			    struct wls_error *err);
int wls_github_add_link(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			struct wls_error *err);
int wls_github_remove_link(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			   struct wls_error *err);
int wls_github_post_comment(struct wls_tracker *tracker, int64_t number, struct wls_slice body,
			    struct wls_error *err);
int wls_github_edit_comment(struct wls_tracker *tracker, int64_t comment, struct wls_slice body,
			    struct wls_error *err);
int wls_github_delete_comment(struct wls_tracker *tracker, int64_t comment, struct wls_error *err);

int wls_github_lease_take(struct wls_tracker *tracker, const char *text, struct wls_error *err);
int wls_github_lease_read(struct wls_tracker *tracker, struct wls_arena *arena,
			  struct wls_lease *out, struct wls_error *err);
int wls_github_lease_write(struct wls_tracker *tracker, const char *text, struct wls_error *err);
int wls_github_lease_drop(struct wls_tracker *tracker, struct wls_error *err);

#endif
