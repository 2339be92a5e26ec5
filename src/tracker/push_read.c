/* SPDX-License-Identifier: MIT */
/*
 * What the plan is made from: the issues, as few of them and of their parts as it needs.
 *
 * Layer: tracker. Includes: base, plan, tracker.
 */
#include <inttypes.h>

#include "tracker/push_run.h"

static void note_highest(struct wls_push *push)
{
	const struct wls_remote *remote = &push->remote;

	if (remote->count > 0 && remote->issues[remote->count - 1].number > push->run->listed_to)
		push->run->listed_to = remote->issues[remote->count - 1].number;
}

void wls_push_plan(struct wls_push *push)
{
	size_t posted = push->plan.comments_posted;

	wls_plan_release(&push->plan);
	push->plan.comments_posted = posted;
	wls_plan_make(&push->plan, push->wanted, &push->remote, NULL);
}

int wls_push_list_newer(struct wls_push *push, struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	int64_t before = run->listed_to;
	int rc = push->driver->list_newer(push->tracker, before, &push->remote, err);

	if (rc == 0)
		note_highest(push);
	return rc;
}

/* Asks for the issue that the cache remembers and the listing lacks. */
static int look_for_hint(struct wls_push *push, struct wls_hint *hint, struct wls_error *err)
{
	struct wls_error reason;
	int rc;

	if (hint->number == 0 || wls_remote_find(&push->remote, hint->number))
		return 0;
	rc = push->driver->read(push->tracker, hint->number, &push->remote, &reason);
	if (rc == WLS_E_GONE || rc == WLS_E_NOT_FOUND)
		hint->gone = "was deleted";
	else if (rc == WLS_E_MOVED)
		hint->gone = wls_arena_printf(&push->arena, "was moved (%s)", reason.text);
	else if (rc < 0)
		return wls_error_set(err, (enum wls_status)rc, "%s", reason.text);
	return 0;
}

/* What the cache knows of logs that would be created. */
static int read_hints(struct wls_push *push, struct wls_error *err)
{
	struct wls_hint *hints =
		WLS_ARENA_ARRAY(&push->arena, struct wls_hint, push->plan.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < push->plan.count && push->hint; i++) {
		const struct wls_plan_item *item = &push->plan.items[i];
		if (item->verb != WLS_VERB_CREATE)
			continue;
		hints[count] = (struct wls_hint){.id = item->id,
						 .number = push->hint(push->data, item->id)};
		int rc = look_for_hint(push, &hints[count], err);
		if (rc < 0)
			return rc;
		count += hints[count].number != 0;
	}
	push->remote.hints = hints;
	push->remote.hint_count = count;
	if (count > 0)
		wls_push_plan(push);
	return 0;
}

static int read_parts_of(struct wls_push *push, int64_t number, bool comments, bool links,
			 bool *read, struct wls_error *err)
{
	const struct wls_issue *issue = wls_remote_find(&push->remote, number);
	int rc = 0;

	if (comments && issue && !issue->comments_read) {
		rc = push->driver->read_comments(push->tracker, number, &push->remote, err);
		*read = true;
	}
	issue = wls_remote_find(&push->remote, number);
	if (rc == 0 && links && issue && !issue->links_read && push->remote.has_links) {
		rc = push->driver->read_links(push->tracker, number, &push->remote, err);
		*read = true;
		if (rc == WLS_E_UNSUPPORTED) {
			push->remote.has_links = false;
			rc = 0;
		}
	}
	return rc;
}

/* Reads the comments and links that the plan cannot do without. */
static int read_parts(struct wls_push *push, struct wls_error *err)
{
	bool read = true;

	while (read) {
		read = false;
		for (size_t i = 0; i < push->plan.count; i++) {
			const struct wls_plan_item *item = &push->plan.items[i];
			if (!item->reads_comments && !item->reads_links)
				continue;
			int rc = read_parts_of(push, item->number, item->reads_comments,
					       item->reads_links, &read, err);
			if (rc < 0)
				return rc;
		}
		if (read)
			wls_push_plan(push);
	}
	return 0;
}

static void start_run(struct wls_push *push)
{
	size_t logs = push->wanted->graph->log_count + 1u;

	push->run = WLS_ARENA_NEW(&push->arena, struct wls_push_run);
	push->run->create_tries = WLS_ARENA_ARRAY(&push->arena, uint8_t, logs);
	push->run->given_up = WLS_ARENA_ARRAY(&push->arena, bool, logs);
}

int wls_push_read(struct wls_push *push, struct wls_error *err)
{
	size_t missing = 0;
	int rc;

	start_run(push);
	rc = push->driver->list(push->tracker, WLS_ANCHOR_LABEL, &push->remote, err);
	if (rc < 0)
		return rc;
	wls_plan_release(&push->plan);
	wls_plan_make(&push->plan, push->wanted, &push->remote, &missing);
	if (missing > 0) {
		rc = push->driver->list(push->tracker, NULL, &push->remote, err);
		if (rc < 0)
			return rc;
		push->remote.whole = true;
		note_highest(push);
		wls_push_plan(push);
		rc = read_hints(push, err);
	}
	return rc < 0 ? rc : read_parts(push, err);
}

void wls_push_release(struct wls_push *push)
{
	wls_plan_release(&push->plan);
	wls_remote_release(&push->remote);
	wls_arena_release(&push->arena);
}
