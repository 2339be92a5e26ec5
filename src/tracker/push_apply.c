/* SPDX-License-Identifier: MIT */
/*
 * Doing what the plan says: creations, then everything else, then a look for duplicates.
 *
 * After the creations the plan is made again from what is known now: it holds what the creating
 * requests could not set (state, links), and the regions that name the new issues. That is the very
 * plan that the next run would make, so that a run that was killed anywhere is simply gone on with.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 */
#include "tracker/push_run.h"

void wls_push_note(struct wls_push *push, struct wls_slice id, enum wls_note_kind kind,
		   const char *field, const char *text)
{
	struct wls_push_result *r = &push->result;
	size_t n = r->note_count + 1;
	struct wls_note *notes = WLS_ARENA_ARRAY(&push->arena, struct wls_note, n);
	struct wls_slice *ids = WLS_ARENA_ARRAY(&push->arena, struct wls_slice, n);

	if (r->note_count > 0) {
		memcpy(notes, r->notes, r->note_count * sizeof(*notes));
		memcpy(ids, r->note_ids, r->note_count * sizeof(*ids));
	}
	notes[n - 1] = (struct wls_note){kind, field, text};
	ids[n - 1] = wls_arena_copy(&push->arena, id);
	r->notes = notes;
	r->note_ids = ids;
	r->note_count = n;
}

void wls_push_progress(struct wls_push *push, const char *verb, struct wls_slice id)
{
	struct wls_push_run *run = push->run;

	if (run->done < run->total)
		run->done++;
	if (!push->progress)
		return;
	const struct wls_push_progress progress = {
		run->done, run->total,
		wls_arena_printf(&push->arena, "%s %.*s", verb, WLS_SLICE_ARG(id))};
	push->progress(push->data, &progress);
}

bool wls_push_is_fatal(int status)
{
	switch (status) {
	case WLS_E_REFUSED:
	case WLS_E_NOT_FOUND:
	case WLS_E_GONE:
	case WLS_E_MOVED:
	case WLS_E_LOCKED:
	case WLS_E_UNCLEAR:
	case WLS_E_UNSUPPORTED:
	case WLS_E_ANSWER:
	case WLS_E_FORMAT:
		return false;
	default:
		return true;
	}
}

static bool posts_comments(const struct wls_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		for (size_t k = 0; k < plan->items[i].comment_count; k++)
			if (plan->items[i].comments[k].verb == WLS_COMMENT_POST)
				return true;
	return false;
}

static size_t count_writes(const struct wls_plan *plan)
{
	size_t n = 0;

	for (size_t i = 0; i < plan->count; i++)
		n += wls_plan_item_writes(&plan->items[i]);
	return n;
}

/* All items that write to issues that exist; with `duplicates` only those. */
static int update_all(struct wls_push *push, bool duplicates, struct wls_error *err)
{
	for (size_t i = 0; i < push->plan.count; i++) {
		const struct wls_plan_item *item = &push->plan.items[i];
		if (!wls_plan_item_writes(item) || item->verb == WLS_VERB_CREATE ||
		    (duplicates && item->verb != WLS_VERB_DUPLICATE))
			continue;
		wls_push_progress(push, wls_verb_name(item->verb), item->id);
		int rc = wls_push_update(push, item, err);
		if (rc < 0 && wls_push_is_fatal(rc))
			return rc;
		if (rc < 0) {
			push->result.failed++;
			wls_push_note(push, item->id, WLS_NOTE_PROBLEM, "issue",
				      wls_arena_printf(&push->arena, "%s", err->text));
		}
	}
	return 0;
}

/* Comments of what may be a duplicate are read before it is closed. */
static int read_duplicates(struct wls_push *push, struct wls_error *err)
{
	bool read = false;

	for (size_t i = 0; i < push->plan.count; i++) {
		const struct wls_plan_item *item = &push->plan.items[i];
		if (item->verb != WLS_VERB_DUPLICATE || !item->reads_comments)
			continue;
		int rc = push->driver->read_comments(push->tracker, item->number, &push->remote,
						     err);
		if (rc < 0)
			return rc;
		read = true;
	}
	if (read)
		wls_push_plan(push);
	return 0;
}

/* Others may have created the same at the same moment: the lowest number lives. */
static int converge(struct wls_push *push, struct wls_error *err)
{
	int rc = wls_push_list_newer(push, err);

	if (rc < 0)
		return rc;
	wls_push_plan(push);
	rc = read_duplicates(push, err);
	return rc < 0 ? rc : update_all(push, true, err);
}

static int apply(struct wls_push *push, struct wls_error *err)
{
	bool creates = push->plan.creates > 0;
	int rc = 0;

	if (creates) {
		push->run->stale = true;
		rc = wls_push_create_all(push, err);
	} else if (posts_comments(&push->plan)) {
		rc = wls_push_lease_hold(push, err);
	}
	if (rc == 0 && creates) {
		wls_push_plan(push);
		push->run->total = push->run->done + count_writes(&push->plan);
	}
	if (rc == 0)
		rc = update_all(push, false, err);
	if (rc == 0 && push->run->created_any)
		rc = converge(push, err);
	return rc;
}

int wls_push_apply(struct wls_push *push, struct wls_error *err)
{
	push->run->total = count_writes(&push->plan);
	push->run->waited = wls_http_waited(push->driver->http(push->tracker));
	int rc = apply(push, err);

	wls_push_lease_drop(push);
	if (rc < 0) {
		push->result.stopped = true;
		push->result.why = wls_arena_printf(&push->arena, "%s", err->text);
		push->result.left = push->run->total - push->run->done;
	}
	return rc;
}
