/* SPDX-License-Identifier: MIT */
/*
 * Creating issues, once and never twice.
 *
 * A POST has no name that a server could know it by. So the marker is in the body from the first
 * moment, and an answer that is unclear (cut, timed out, 5xx) is followed by looks at the list: after
 * 1, 2, 4, 8 and 15 seconds. Only when the marker is not there is the request sent once more. After every
 * wait in which others may have created, the newer issues are listed and the plan is made again,
 * which then knows what is there. A run that ends here leaves nothing behind but issues that say
 * whose they are.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 */
#include <inttypes.h>

#include "tracker/push_run.h"

const double wls_push_looks[] = {1, 2, 4, 8, 15};
const size_t wls_push_look_count = WLS_ARRAY_SIZE(wls_push_looks);

int wls_push_look_wait(struct wls_push *push, size_t look, struct wls_error *err)
{
	const struct wls_http_wait wait = {wls_push_looks[look], 0,
					   "the answer was unclear: looking again"};

	return wls_http_sleep(push->driver->http(push->tracker), &wait, err);
}

int wls_push_limit_wait(struct wls_push *push, struct wls_error *err)
{
	struct wls_http *http = push->driver->http(push->tracker);
	struct wls_http_limit limit = wls_http_last_limit(http);
	const struct wls_http_wait wait = {limit.seconds, limit.until,
					   "the server's limit is reached"};

	if (limit.seconds > push->max_wait)
		return WLS_E_LIMITED;
	push->run->lease_held = false;
	push->run->stale = true;
	return wls_http_sleep(http, &wait, err);
}

/* Whether an issue of that log has turned up. */
static bool is_there(struct wls_push *push, const struct wls_wanted *wanted)
{
	wls_push_plan(push);
	return push->plan.numbers[wanted->log] != 0;
}

/* After an unclear answer: 1 when the issue is there, 0 when it is not. */
static int look_for(struct wls_push *push, const struct wls_wanted *wanted, struct wls_error *err)
{
	int64_t from = push->run->listed_to;

	for (size_t i = 0; i < wls_push_look_count; i++) {
		int rc = wls_push_look_wait(push, i, err);
		/* Ours may turn up later than a higher number of somebody else's. */
		push->run->listed_to = from;
		if (rc == 0)
			rc = wls_push_list_newer(push, err);
		if (rc < 0)
			return rc;
		if (is_there(push, wanted))
			return 1;
	}
	return 0;
}

static int create_unclear(struct wls_push *push, const struct wls_wanted *wanted,
			  struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	const char *why = wls_arena_printf(
		&push->arena, "it is unknown whether its issue was created (%s): run again",
		err->text);
	int found = look_for(push, wanted, err);

	if (found < 0)
		return found;
	if (found > 0) {
		push->result.created++;
		return 0;
	}
	if (++run->create_tries[wanted->log] < 2)
		return 0;
	run->given_up[wanted->log] = true;
	push->result.failed++;
	wls_push_note(push, wanted->id, WLS_NOTE_PROBLEM, "issue", why);
	return 0;
}

/* The server may drop labels of accounts that may not set them: each run would create another. */
static int check_anchor(struct wls_push *push, int64_t number, struct wls_error *err)
{
	const struct wls_issue *issue = wls_remote_find(&push->remote, number);

	for (size_t i = 0; issue && i < issue->label_count; i++)
		if (wls_slice_eq_nocase(issue->labels[i], WLS_SLICE(WLS_ANCHOR_LABEL)))
			return 0;
	return wls_error_set(err, WLS_E_DENIED,
			     "#%" PRId64 " was created, but without the label " WLS_ANCHOR_LABEL
			     ": this account may not set labels; give it the right to (triage), "
			     "then run again",
			     number);
}

/* Nobody has linked what was made a moment ago. */
static void has_no_links(struct wls_push *push, int64_t number)
{
	struct wls_issue *issue = wls_remote_find(&push->remote, number);

	if (issue && !issue->links_read)
		issue->links_read = true;
}

static int create_one(struct wls_push *push, const struct wls_plan_item *item,
		      struct wls_error *err)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_region none = {.kind = WLS_REGION_NONE};
	const struct wls_wanted *wanted = item->wanted;
	struct wls_record record = item->record;
	int64_t number = 0;
	int rc;

	wls_region_splice((struct wls_slice){0}, &none, &record, item->region, &body);
	const struct wls_draft draft = {item->title, wls_buf_slice(&body), item->labels_add,
					item->add_count};
	rc = push->driver->create(push->tracker, &draft, &number, &push->remote, err);
	if (rc == WLS_E_UNCLEAR)
		return create_unclear(push, wanted, err);
	if (rc < 0)
		return rc;
	push->run->created_any = true;
	push->result.created++;
	has_no_links(push, number);
	rc = check_anchor(push, number, err);
	if (rc == 0)
		rc = wls_push_settle(push, number, &record, item->id, err);
	push->plan.numbers[wanted->log] = number;
	return rc;
}

/* One item that failed for itself alone. */
static void give_up(struct wls_push *push, const struct wls_wanted *wanted,
		    const struct wls_error *err)
{
	push->run->given_up[wanted->log] = true;
	push->result.failed++;
	wls_push_note(push, wanted->id, WLS_NOTE_PROBLEM, "issue",
		      wls_arena_printf(&push->arena, "%s", err->text));
}

/* The next log to create, or NULL. */
static const struct wls_plan_item *next_creation(const struct wls_push *push)
{
	for (size_t i = 0; i < push->plan.count; i++) {
		const struct wls_plan_item *item = &push->plan.items[i];
		if (item->verb == WLS_VERB_CREATE && push->plan.numbers[item->wanted->log] == 0 &&
		    !push->run->given_up[item->wanted->log])
			return item;
	}
	return NULL;
}

/* Holds the lease; after a time without it, or a wait, learns what others have created. */
static int prepare(struct wls_push *push, bool *again, struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	double waited = wls_http_waited(push->driver->http(push->tracker));
	int rc = wls_push_lease_hold(push, err);

	if (waited > run->waited)
		run->stale = true;
	run->waited = waited;
	*again = run->stale;
	if (rc == 0 && run->stale) {
		rc = wls_push_list_newer(push, err);
		if (rc == 0)
			wls_push_plan(push);
		run->stale = rc < 0;
	}
	return rc;
}

int wls_push_create_all(struct wls_push *push, struct wls_error *err)
{
	const struct wls_plan_item *item;

	while ((item = next_creation(push)) != NULL) {
		const struct wls_wanted *wanted = item->wanted;
		bool again = false;
		int rc = prepare(push, &again, err);
		if (rc == 0 && again)
			continue;
		if (rc == 0) {
			wls_push_progress(push, "create", wanted->id);
			rc = create_one(push, item, err);
		}
		if (rc == WLS_E_LIMITED)
			rc = wls_push_limit_wait(push, err);
		else if (rc < 0 && !wls_push_is_fatal(rc)) {
			give_up(push, wanted, err);
			rc = 0;
		}
		if (rc < 0)
			return rc;
	}
	return 0;
}
