/* SPDX-License-Identifier: MIT */
/*
 * The comments of one issue.
 *
 * Posting is as little repeatable as creating an issue, and handled in the same way: each comment says
 * its version in its first line, and an unclear answer is followed by looks at the comments.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 */
#include <inttypes.h>

#include "tracker/push_run.h"

static int comment_body(struct wls_push *push, const struct wls_plan_item *item,
			const struct wls_plan_comment *comment, struct wls_buf *out,
			struct wls_error *err)
{
	const struct wls_comment_marker marker = {item->wanted->id, comment->version,
						  comment->hash};

	wls_comment_marker_write(&marker, out);
	wls_buf_add_str(out, "\n");
	return push->comment_text(push->data, item->wanted, comment->version, comment->hash, out,
				  err);
}

/* Whether a comment of that version is there; asks anew. */
static int is_there(struct wls_push *push, const struct wls_plan_item *item, uint32_t version,
		    struct wls_error *err)
{
	struct wls_arena arena = {0};
	struct wls_comment_marker marker;
	int found = push->driver->read_comments(push->tracker, item->number, &push->remote, err);
	const struct wls_issue *issue = wls_remote_find(&push->remote, item->number);

	for (size_t i = 0; found == 0 && issue && i < issue->comments_len; i++)
		if (wls_comment_is_ours(&push->remote, push->wanted->options, &issue->comments[i],
					item->wanted->id, &arena, &marker) &&
		    marker.version == version)
			found = 1;
	wls_arena_release(&arena);
	return found;
}

static int post_unclear(struct wls_push *push, const struct wls_plan_item *item, uint32_t version,
			struct wls_error *err)
{
	for (size_t i = 0; i < wls_push_look_count; i++) {
		int rc = wls_push_look_wait(push, i, err);
		if (rc == 0)
			rc = is_there(push, item, version, err);
		if (rc != 0)
			return rc;
	}
	return 0;
}

/* While the lease was another's, that one may have posted: 1 when it has. */
static int hold_lease(struct wls_push *push, const struct wls_plan_item *item, uint32_t version,
		      struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	bool held = run->lease_held || run->lease_off, stale = run->stale;
	int rc;

	run->stale = false;
	rc = wls_push_lease_hold(push, err);
	if (rc == 0 && held && run->stale)
		rc = is_there(push, item, version, err);
	run->stale |= stale;
	return rc;
}

/* Posts once, and when that surely failed once more. */
static int post(struct wls_push *push, const struct wls_plan_item *item,
		const struct wls_plan_comment *comment, struct wls_slice body,
		struct wls_error *err)
{
	for (int tries = 0; tries < 2;) {
		int rc = hold_lease(push, item, comment->version, err);
		if (rc != 0)
			return rc < 0 ? rc : 0;
		rc = push->driver->post_comment(push->tracker, item->number, body, err);
		if (rc == WLS_E_UNCLEAR) {
			tries++;
			rc = post_unclear(push, item, comment->version, err);
		} else if (rc == WLS_E_LIMITED) {
			rc = wls_push_limit_wait(push, err);
			if (rc == 0)
				rc = is_there(push, item, comment->version, err);
		} else if (rc == 0) {
			push->plan.comments_posted++;
			rc = 1;
		}
		if (rc != 0)
			return rc < 0 ? rc : 0;
	}
	return wls_error_set(err, WLS_E_UNCLEAR,
			     "it is unknown whether the comment of v%" PRIu32
			     " was written: run again",
			     comment->version);
}

static int do_one(struct wls_push *push, const struct wls_plan_item *item,
		  const struct wls_plan_comment *comment, struct wls_error *err)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	int rc;

	if (comment->verb == WLS_COMMENT_DELETE)
		return push->driver->delete_comment(push->tracker, comment->id, err);
	rc = comment_body(push, item, comment, &body, err);
	if (rc < 0)
		return rc;
	if (comment->verb == WLS_COMMENT_EDIT)
		return push->driver->edit_comment(push->tracker, comment->id, wls_buf_slice(&body),
						  err);
	return post(push, item, comment, wls_buf_slice(&body), err);
}

/* What was not written is not claimed. */
static void take_back(const struct wls_record *last, struct wls_record *record)
{
	record->commented = last ? last->commented : 0;
	record->commented_hash = last ? last->commented_hash : 0;
	record->commented_all = last && last->commented_all;
}

int wls_push_comments(struct wls_push *push, const struct wls_plan_item *item,
		      const struct wls_record *last, struct wls_record *record,
		      struct wls_error *err)
{
	for (size_t i = 0; i < item->comment_count; i++) {
		int rc = do_one(push, item, &item->comments[i], err);
		if (rc < 0 && wls_push_is_fatal(rc))
			return rc;
		if (rc < 0) {
			take_back(last, record);
			push->run->comments_failed = true;
			push->result.failed++;
			wls_push_note(push, item->id, WLS_NOTE_PROBLEM, "comment",
				      wls_arena_printf(&push->arena, "%s", err->text));
			return 0;
		}
		push->result.comments++;
	}
	return 0;
}

/* Whether a comment is ours, on a version that an earlier one is on already. */
static bool is_doubled(const struct wls_push *push, const struct wls_issue *issue, size_t at,
		       struct wls_arena *arena)
{
	const struct wls_comment *comment = &issue->comments[at], *other;
	struct wls_comment_marker marker, before;

	if (!wls_slice_eq_nocase(comment->author, push->remote.account) ||
	    !wls_comment_marker_read(comment->body, arena, &marker))
		return false;
	for (other = issue->comments; other < comment; other++)
		if (wls_comment_is_ours(&push->remote, push->wanted->options, other, marker.id,
					arena, &before) &&
		    before.version == marker.version)
			return true;
	return false;
}

int wls_push_comments_mend(struct wls_push *push, const struct wls_plan_item *item,
			   struct wls_error *err)
{
	struct wls_arena arena = {0};
	int rc = push->driver->read_comments(push->tracker, item->number, &push->remote, err);
	struct wls_issue *issue = wls_remote_find(&push->remote, item->number);

	for (size_t i = 0; rc == 0 && i < issue->comments_len; i++)
		if (is_doubled(push, issue, i, &arena))
			rc = push->driver->delete_comment(push->tracker, issue->comments[i].id,
							  err);
	issue->comments_read = false;
	wls_arena_release(&arena);
	return rc;
}
