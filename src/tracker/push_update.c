/* SPDX-License-Identifier: MIT */
/*
 * Bringing one issue to what its item says.
 *
 * The issue is read again just before, and compared again: what a person or another push has done
 * since the plan was made is seen. Then labels, links, comments, each one by one; these take their
 * time, so the issue is read once more; and last one PATCH of title, state, region and record. So
 * whatever the moment at which this ends, the record claims nothing that is not there; what is there
 * and not claimed is settled by the next push, since live is then what is wanted.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 */
#include <inttypes.h>

#include "base/map.h"
#include "tracker/push_run.h"

/* ---- the bodies ---- */

static int send_patch(struct wls_push *push, const struct wls_plan_item *item,
		      const struct wls_record *record, struct wls_error *err)
{
	struct wls_issue *issue = wls_remote_find(&push->remote, item->number);
	struct wls_arena arena = {0};
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_region region;
	struct wls_slice text = item->region;
	struct wls_patch_issue patch = {.fields =
						item->fields & (WLS_FIELD_TITLE | WLS_FIELD_STATE),
					.title = item->title,
					.state = item->state,
					.duplicate = item->verb == WLS_VERB_DUPLICATE};

	wls_region_find(issue->body, &arena, &region);
	if (!(item->fields & WLS_FIELD_REGION))
		text = region.kind == WLS_REGION_FOUND ? wls_slice(issue->body.ptr + region.text,
								   region.text_end - region.text)
						       : (struct wls_slice){0};
	int rc = 0;
	if (item->fields & (WLS_FIELD_REGION | WLS_FIELD_RECORD)) {
		wls_region_splice(issue->body, &region, record, text, &body);
		patch.fields |= WLS_FIELD_REGION;
		patch.body = wls_buf_slice(&body);
		wls_region_find(patch.body, &arena, &region);
		if (region.kind != WLS_REGION_FOUND)
			rc = wls_error_set(
				err, WLS_E_REFUSED,
				"people's text in #%" PRId64
				" leaves code or HTML open, so that a region behind it would "
				"be part of that; close it there",
				item->number);
	}
	if (rc == 0 && patch.fields)
		rc = push->driver->update(push->tracker, item->number, &patch, &push->remote, err);
	wls_arena_release(&arena);
	return rc;
}

/* The hash of the region that the server holds; 0: there is none. */
static uint64_t stored_hash(const struct wls_issue *issue)
{
	struct wls_arena arena = {0};
	struct wls_region region;
	uint64_t hash = 0;

	wls_region_find(issue->body, &arena, &region);
	if (region.kind == WLS_REGION_FOUND)
		hash = wls_text_hash(
			wls_slice(issue->body.ptr + region.text, region.text_end - region.text));
	wls_arena_release(&arena);
	return hash;
}

int wls_push_settle(struct wls_push *push, int64_t number, const struct wls_record *sent,
		    struct wls_slice id, struct wls_error *err)
{
	const struct wls_issue *issue = wls_remote_find(&push->remote, number);
	uint64_t stored = issue ? stored_hash(issue) : 0;
	struct wls_record record = *sent;
	int rc;

	if (!issue || stored == sent->region_hash ||
	    (sent->stored_hash && stored == sent->stored_hash))
		return 0;
	if (stored != 0) {
		const struct wls_plan_item item = {.number = number, .fields = WLS_FIELD_RECORD};
		record.stored_hash = stored;
		rc = send_patch(push, &item, &record, err);
		if (rc < 0)
			return rc;
		issue = wls_remote_find(&push->remote, number);
		if (issue && stored_hash(issue) == stored)
			return 0;
	}
	wls_push_note(push, id, WLS_NOTE_PROBLEM, "region",
		      wls_arena_printf(&push->arena,
				       "the server stores another text in #%" PRId64
				       " than it is sent; it was left so",
				       number));
	return 0;
}

/* ---- labels and links ---- */

static int write_labels(struct wls_push *push, const struct wls_plan_item *item,
			struct wls_error *err)
{
	int rc = 0;

	if (item->add_count > 0)
		rc = push->driver->add_labels(push->tracker, item->number, item->labels_add,
					      item->add_count, err);
	for (size_t i = 0; rc == 0 && i < item->remove_count; i++)
		rc = push->driver->remove_label(push->tracker, item->number, item->labels_remove[i],
						err);
	if (rc == 0)
		push->result.labels += item->add_count + item->remove_count;
	return rc;
}

/* Takes a number out of the record's links: it could not be linked. */
static void unclaim_link(struct wls_push *push, struct wls_record *record, int64_t number)
{
	int64_t *links = WLS_ARENA_ARRAY(&push->arena, int64_t, record->link_count + 1);
	size_t count = 0;

	for (size_t i = 0; i < record->link_count; i++)
		if (record->links[i] != number)
			links[count++] = record->links[i];
	record->links = links;
	record->link_count = count;
}

/* The record keeps what it says: what was once linked may be seen again. */
static void links_missing(struct wls_push *push, const struct wls_record *last,
			  struct wls_record *record)
{
	push->remote.has_links = false;
	record->links = last ? last->links : NULL;
	record->link_count = last ? last->link_count : 0;
	wls_push_note(push, (struct wls_slice){0}, WLS_NOTE_INFO, "link",
		      "this server has no links between issues: they stand in the text only");
}

static int add_link(struct wls_push *push, const struct wls_plan_item *item, uint32_t log,
		    const struct wls_record *last, struct wls_record *record, struct wls_error *err)
{
	int64_t number = push->plan.numbers[log];
	const struct wls_issue *other = number ? wls_remote_find(&push->remote, number) : NULL;
	int rc;

	if (!other)
		return 0;
	rc = push->driver->add_link(push->tracker, item->number, other->id, err);
	if (rc == WLS_E_UNSUPPORTED) {
		links_missing(push, last, record);
		return 0;
	}
	if (rc < 0 && !wls_push_is_fatal(rc)) {
		unclaim_link(push, record, number);
		push->result.failed++;
		wls_push_note(push, item->id, WLS_NOTE_PROBLEM, "link",
			      wls_arena_printf(&push->arena, "%s", err->text));
		return 0;
	}
	push->result.links += rc == 0;
	return rc;
}

/* The other issue may be one that no listing of this run has shown. */
static int remove_link(struct wls_push *push, const struct wls_plan_item *item, int64_t number,
		       struct wls_error *err)
{
	const struct wls_issue *other = wls_remote_find(&push->remote, number);
	int rc = 0;

	if (!other)
		rc = push->driver->read(push->tracker, number, &push->remote, err);
	if (rc == WLS_E_NOT_FOUND || rc == WLS_E_GONE || rc == WLS_E_MOVED)
		return 0;
	other = wls_remote_find(&push->remote, number);
	return rc == 0 ? push->driver->remove_link(push->tracker, item->number, other->id, err)
		       : rc;
}

static int write_links(struct wls_push *push, const struct wls_plan_item *item,
		       const struct wls_record *last, struct wls_record *record,
		       struct wls_error *err)
{
	int rc = 0;

	for (size_t i = 0; rc == 0 && i < item->link_add_count && push->remote.has_links; i++)
		rc = add_link(push, item, item->links_add[i], last, record, err);
	for (size_t i = 0; rc == 0 && i < item->link_remove_count && push->remote.has_links; i++) {
		rc = remove_link(push, item, item->links_remove[i], err);
		push->result.links += rc == 0;
	}
	return rc;
}

/* ---- one issue ---- */

/* What a step returns beside 0 and failures. */
enum {
	GONE = 1, /* the issue is not there any more: noted */
	CHANGED,  /* it is not what was compared: to be compared again */
};

/* What the issue's own read says, when it is not where it was. */
static int read_again(struct wls_push *push, const struct wls_plan_item *planned,
		      struct wls_error *err)
{
	int rc = push->driver->read(push->tracker, planned->number, &push->remote, err);

	if (rc == WLS_E_GONE || rc == WLS_E_NOT_FOUND || rc == WLS_E_MOVED) {
		push->result.skipped++;
		wls_push_note(push, planned->id, WLS_NOTE_PROBLEM, "issue",
			      wls_arena_printf(&push->arena, "%s", err->text));
		return GONE;
	}
	return rc;
}

static uint64_t marker_hash(const struct wls_issue *issue, struct wls_arena *arena,
			    struct wls_region *region)
{
	wls_region_find(issue->body, arena, region);
	if (region->kind != WLS_REGION_FOUND)
		return 0;
	return wls_hash(wls_slice(issue->body.ptr + region->begin, region->text - region->begin));
}

static size_t posts_of(const struct wls_plan_item *item)
{
	size_t posts = 0;

	for (size_t i = 0; i < item->comment_count; i++)
		posts += item->comments[i].verb == WLS_COMMENT_POST;
	return posts;
}

/* Compares again, with comments and links that are known to be those of now. */
static int compare_again(struct wls_push *push, const struct wls_plan_item *planned,
			 struct wls_plan_item *item, struct wls_error *err)
{
	struct wls_issue *issue = wls_remote_find(&push->remote, planned->number);
	size_t posted = push->plan.comments_posted - push->run->posted_before;
	size_t budget = posts_of(planned) > posted ? posts_of(planned) - posted : 0;
	int rc = 0;

	push->plan.comment_budget = budget;
	wls_plan_issue(&push->plan, &push->remote, planned->wanted, issue, item);
	if (item->reads_comments)
		rc = push->driver->read_comments(push->tracker, planned->number, &push->remote,
						 err);
	if (rc == 0 && item->reads_links) {
		rc = push->driver->read_links(push->tracker, planned->number, &push->remote, err);
		if (rc == WLS_E_UNSUPPORTED) {
			push->remote.has_links = false;
			rc = 0;
		}
	}
	if (rc == 0 && (item->reads_comments || item->reads_links)) {
		push->plan.comment_budget = budget;
		issue = wls_remote_find(&push->remote, planned->number);
		wls_plan_issue(&push->plan, &push->remote, planned->wanted, issue, item);
	}
	push->plan.comment_budget = 0;
	return rc;
}

/* Notes that the plan did not have. */
static void tell_new_notes(struct wls_push *push, const struct wls_plan_item *planned,
			   const struct wls_plan_item *item)
{
	for (size_t i = 0; i < item->note_count; i++) {
		bool known = false;
		for (size_t k = 0; k < planned->note_count && !known; k++)
			known = strcmp(item->notes[i].text, planned->notes[k].text) == 0;
		if (!known)
			wls_push_note(push, item->id, item->notes[i].kind, item->notes[i].field,
				      wls_arena_printf(&push->arena, "%s", item->notes[i].text));
	}
}

/* The record that stands there, or NULL; in the arena. */
static const struct wls_record *last_record(struct wls_push *push, int64_t number)
{
	const struct wls_issue *issue = wls_remote_find(&push->remote, number);
	struct wls_region *region = WLS_ARENA_NEW(&push->arena, struct wls_region);

	wls_region_find(issue->body, &push->arena, region);
	return region->kind == WLS_REGION_FOUND ? &region->record : NULL;
}

static bool same_issue(const struct wls_issue *a, const struct wls_issue *b)
{
	return a->state == b->state && wls_slice_eq(a->title, b->title) &&
	       wls_slice_eq(a->body, b->body);
}

/*
 * Writing labels, links and comments takes time, and waits: the issue is read once more, so that what
 * people wrote meanwhile is not overwritten. CHANGED when it is not what was compared; and after
 * comments, since another push may have written the same ones.
 */
static int read_before_patch(struct wls_push *push, const struct wls_plan_item *item,
			     struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	struct wls_issue *issue = wls_remote_find(&push->remote, item->number);
	const struct wls_issue before = *issue;
	int rc;

	issue->comments_read &= item->comment_count == 0;
	issue->links_read &= item->link_add_count + item->link_remove_count == 0;
	run->wrote_comments |= item->comment_count > 0;
	run->wrote_links |= item->link_add_count + item->link_remove_count > 0;
	if (item->comment_count > 0 && !run->comments_failed)
		return CHANGED;
	rc = read_again(push, item, err);
	if (rc != 0)
		return rc;
	return same_issue(wls_remote_find(&push->remote, item->number), &before) ? 0 : CHANGED;
}

/* A title that the server stores otherwise is told, not fought. */
static void check_title(struct wls_push *push, const struct wls_plan_item *item)
{
	const struct wls_issue *issue = wls_remote_find(&push->remote, item->number);

	if ((item->fields & WLS_FIELD_TITLE) && issue && !wls_slice_eq(issue->title, item->title))
		wls_push_note(push, item->id, WLS_NOTE_PROBLEM, "title",
			      wls_arena_printf(&push->arena,
					       "the server stores another title in #%" PRId64
					       " than it is sent; it was left so",
					       item->number));
}

static bool has_parts(const struct wls_plan_item *item)
{
	return item->add_count || item->remove_count || item->link_add_count ||
	       item->link_remove_count || item->comment_count;
}

static int write_item(struct wls_push *push, const struct wls_plan_item *item,
		      struct wls_error *err)
{
	const struct wls_record *last = last_record(push, item->number);
	struct wls_record record = item->record;
	struct wls_issue *issue;
	int rc = write_labels(push, item, err);

	if (rc == 0)
		rc = write_links(push, item, last, &record, err);
	if (rc == 0)
		rc = wls_push_comments(push, item, last, &record, err);
	if (rc == 0 && has_parts(item))
		rc = read_before_patch(push, item, err);
	if (rc == 0)
		rc = send_patch(push, item, &record, err);
	if (rc != 0)
		return rc;
	/* What was read of them is of before. */
	issue = wls_remote_find(&push->remote, item->number);
	if (issue && (item->link_add_count || item->link_remove_count)) {
		issue->links_read = false;
		issue->link_total = -1;
	}
	if (issue && item->comment_count)
		issue->comments_read = false;
	/* A region that was left alone for drift is not what the server made of ours. */
	if (item->fields & WLS_FIELD_REGION)
		rc = wls_push_settle(push, item->number, &record, item->id, err);
	check_title(push, item);
	push->result.updated++;
	push->result.closed += (item->fields & WLS_FIELD_STATE) && item->state != WLS_ISSUE_OPEN;
	return rc;
}

/* Whether people have written in an issue that is to be closed as a duplicate, as of now. */
static int has_people(struct wls_push *push, const struct wls_plan_item *planned,
		      struct wls_error *err)
{
	const struct wls_plan_options *options = push->wanted->options;
	const struct wls_issue *issue = wls_remote_find(&push->remote, planned->number);
	struct wls_arena arena = {0};
	struct wls_region region;
	int people;

	if (issue->comment_count != (int64_t)issue->comments_len) {
		int rc = push->driver->read_comments(push->tracker, planned->number, &push->remote,
						     err);
		if (rc < 0)
			return rc;
		issue = wls_remote_find(&push->remote, planned->number);
	}
	wls_region_find(issue->body, &arena, &region);
	people = wls_issue_has_people(&push->remote, options, issue, &region);
	wls_arena_release(&arena);
	if (people)
		wls_push_note(push, planned->id, WLS_NOTE_PROBLEM, "duplicate",
			      wls_arena_printf(&push->arena,
					       "people wrote in #%" PRId64
					       ", a second issue of the log: close it yourself",
					       planned->number));
	return people;
}

/* A duplicate, or an issue whose log is gone. */
static int close_issue(struct wls_push *push, const struct wls_plan_item *planned,
		       struct wls_error *err)
{
	int people = planned->verb == WLS_VERB_DUPLICATE ? has_people(push, planned, err) : 0;

	if (people != 0)
		return people < 0 ? people : 0;
	return write_item(push, planned, err);
}

/* What was written to its parts is read back before the issue itself, which is read last. */
static int read_parts_back(struct wls_push *push, int64_t number, struct wls_error *err)
{
	int rc = 0;

	if (push->run->wrote_comments)
		rc = push->driver->read_comments(push->tracker, number, &push->remote, err);
	if (rc == 0 && push->run->wrote_links && push->remote.has_links)
		rc = push->driver->read_links(push->tracker, number, &push->remote, err);
	return rc;
}

static int update_once(struct wls_push *push, const struct wls_plan_item *planned,
		       struct wls_error *err)
{
	struct wls_arena arena = {0};
	struct wls_region region;
	struct wls_plan_item item;
	int rc = read_parts_back(push, planned->number, err);

	if (rc == 0)
		rc = read_again(push, planned, err);
	if (rc != 0)
		return rc;
	const struct wls_issue *issue = wls_remote_find(&push->remote, planned->number);
	uint64_t marker = marker_hash(issue, &arena, &region);
	wls_arena_release(&arena);
	if (marker != planned->marker) {
		push->result.skipped++;
		wls_push_note(push, planned->id, WLS_NOTE_INFO, "version",
			      "another push wrote its issue meanwhile; skipped in this run");
		return push->run->wrote_comments ? wls_push_comments_mend(push, planned, err) : 0;
	}
	if (planned->verb == WLS_VERB_DUPLICATE || planned->verb == WLS_VERB_PRUNE)
		return close_issue(push, planned, err);
	rc = compare_again(push, planned, &item, err);
	if (rc < 0)
		return rc;
	rc = wls_plan_item_writes(&item) ? write_item(push, &item, err) : 0;
	if (rc != CHANGED)
		tell_new_notes(push, planned, &item);
	return rc;
}

int wls_push_update(struct wls_push *push, const struct wls_plan_item *planned,
		    struct wls_error *err)
{
	enum { TRIES = 4 };

	push->run->posted_before = push->plan.comments_posted;
	push->run->wrote_comments = push->run->wrote_links = false;
	push->run->comments_failed = false;
	for (int i = 0; i < TRIES; i++) {
		int rc = update_once(push, planned, err);
		if (rc != CHANGED)
			return rc < 0 ? rc : 0;
	}
	push->result.skipped++;
	wls_push_note(push, planned->id, WLS_NOTE_PROBLEM, "issue",
		      "somebody is writing in its issue: run again");
	return 0;
}
