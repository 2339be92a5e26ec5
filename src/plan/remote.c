/* SPDX-License-Identifier: MIT */
/*
 * What the tracker holds, as far as it was read: issues by number.
 *
 * Layer: plan. Includes: base, plan.
 */
#include "wlsync/plan.h"

void wls_remote_release(struct wls_remote *remote)
{
	free(remote->issues);
	wls_arena_release(&remote->arena);
	*remote = (struct wls_remote){0};
}

/* Where the issue of that number stands, or would. */
static size_t place_of(const struct wls_remote *remote, int64_t number)
{
	size_t low = 0, high = remote->count;

	if (high > 0 && remote->issues[high - 1].number < number)
		return high;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (remote->issues[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct wls_issue *wls_remote_find(const struct wls_remote *remote, int64_t number)
{
	size_t at = place_of(remote, number);

	return at < remote->count && remote->issues[at].number == number ? &remote->issues[at]
									 : NULL;
}

static const struct wls_slice *copy_labels(struct wls_remote *remote, const struct wls_issue *issue)
{
	struct wls_slice *labels =
		WLS_ARENA_ARRAY(&remote->arena, struct wls_slice, issue->label_count + 1);

	for (size_t i = 0; i < issue->label_count; i++)
		labels[i] = wls_arena_copy(&remote->arena, issue->labels[i]);
	return labels;
}

static const struct wls_comment *copy_comments(struct wls_remote *remote,
					       const struct wls_issue *issue)
{
	struct wls_comment *comments =
		WLS_ARENA_ARRAY(&remote->arena, struct wls_comment, issue->comments_len + 1);

	for (size_t i = 0; i < issue->comments_len; i++) {
		comments[i] = issue->comments[i];
		comments[i].author = wls_arena_copy(&remote->arena, comments[i].author);
		comments[i].body = wls_arena_copy(&remote->arena, comments[i].body);
	}
	return comments;
}

static const int64_t *copy_links(struct wls_remote *remote, const struct wls_issue *issue)
{
	int64_t *links = WLS_ARENA_ARRAY(&remote->arena, int64_t, issue->link_count + 1);

	if (issue->link_count > 0)
		memcpy(links, issue->links, issue->link_count * sizeof(*links));
	return links;
}

/* Comments and links that were read once stay known when the issue itself is read again, while their
 * number is the same. */
static void keep_read(struct wls_issue *now, const struct wls_issue *before)
{
	if (!now->comments_read && before->comments_read &&
	    now->comment_count == (int64_t)before->comments_len) {
		now->comments_read = true;
		now->comments = before->comments;
		now->comments_len = before->comments_len;
	}
	if (!now->links_read && before->links_read &&
	    (now->link_total < 0 || now->link_total == (int64_t)before->link_count)) {
		now->links_read = true;
		now->links = before->links;
		now->link_count = before->link_count;
	}
	now->made |= before->made;
}

struct wls_issue *wls_remote_put(struct wls_remote *remote, const struct wls_issue *issue)
{
	size_t at = place_of(remote, issue->number);
	bool known = at < remote->count && remote->issues[at].number == issue->number;
	struct wls_issue copy = *issue;

	copy.title = wls_arena_copy(&remote->arena, issue->title);
	copy.body = wls_arena_copy(&remote->arena, issue->body);
	copy.author = wls_arena_copy(&remote->arena, issue->author);
	copy.changed = wls_arena_copy(&remote->arena, issue->changed);
	copy.labels = copy_labels(remote, issue);
	copy.comments = copy_comments(remote, issue);
	copy.links = copy_links(remote, issue);
	if (known) {
		keep_read(&copy, &remote->issues[at]);
	} else {
		WLS_GROW(remote->issues, remote->cap, remote->count + 1);
		memmove(remote->issues + at + 1, remote->issues + at,
			(remote->count - at) * sizeof(*remote->issues));
		remote->count++;
	}
	remote->issues[at] = copy;
	return &remote->issues[at];
}

bool wls_issue_trusted(const struct wls_remote *remote, const struct wls_plan_options *options,
		       struct wls_slice author, bool by_role)
{
	if (by_role)
		return true;
	if (author.len == 0)
		return false;
	if (wls_slice_eq_nocase(author, remote->account) ||
	    wls_slice_eq_nocase(author, WLS_SLICE("github-actions[bot]")))
		return true;
	for (size_t i = 0; i < options->trust_count; i++)
		if (wls_slice_eq_nocase(author, options->trust[i]))
			return true;
	return false;
}

bool wls_issue_has_people(const struct wls_remote *remote, const struct wls_plan_options *options,
			  const struct wls_issue *issue, const struct wls_region *region)
{
	struct wls_slice before = wls_slice(issue->body.ptr, region->begin);
	struct wls_slice after = wls_slice_from(issue->body, region->end);
	struct wls_slice text =
		wls_slice(issue->body.ptr + region->text, region->text_end - region->text);
	uint64_t hash = wls_text_hash(text);
	struct wls_arena arena = {0};
	struct wls_comment_marker marker;
	bool people = wls_slice_trim(before).len > 0 || wls_slice_trim(after).len > 0;

	if (hash != region->record.region_hash && hash != region->record.stored_hash)
		people = true;
	if (wls_text_hash(issue->title) != region->record.title_hash)
		people = true;
	for (size_t i = 0; i < issue->comments_len && !people; i++)
		people = !wls_issue_trusted(remote, options, issue->comments[i].author,
					    issue->comments[i].trusted) ||
			 !wls_comment_marker_read(issue->comments[i].body, &arena, &marker);
	wls_arena_release(&arena);
	return people;
}
