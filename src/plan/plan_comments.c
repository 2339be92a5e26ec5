/* SPDX-License-Identifier: MIT */
/*
 * A log's versions against its issue's comments.
 *
 * The record holds the highest version that comments were seen to, and one hash over the entries up to
 * there. So comments are asked of the tracker only when a version is newer, or an entry that may have
 * one was edited. Each comment of ours says its version and its entry's hash in its first line: what
 * is there is not posted again, what is there with another hash is edited, and of several of one
 * version the lowest id lives.
 *
 * Layer: plan. Includes: base, plan.
 */
#include <inttypes.h>

#include "plan/plan_internal.h"

uint64_t wls_entries_hash(const struct wls_wanted *wanted, uint32_t version)
{
	uint64_t hash = 0;

	for (size_t i = 0; i < wanted->entry_count; i++) {
		const struct wls_wanted_entry *entry = &wanted->entries[i];
		uint64_t words[2] = {entry->version, entry->hash};
		if (entry->version <= version)
			hash = wls_hash_mix(hash, wls_slice((const char *)words, sizeof(words)));
	}
	return hash;
}

bool wls_comment_is_ours(const struct wls_remote *remote, const struct wls_plan_options *options,
			 const struct wls_comment *comment, struct wls_slice id,
			 struct wls_arena *arena, struct wls_comment_marker *marker)
{
	return wls_issue_trusted(remote, options, comment->author, comment->trusted) &&
	       wls_comment_marker_read(comment->body, arena, marker) &&
	       wls_slice_eq(wls_plan_fold(arena, marker->id), wls_plan_fold(arena, id));
}

/* A comment of ours on the issue. */
struct own_comment {
	struct wls_comment_marker marker;
	int64_t id;
	bool editable; /* by this account */
};

struct own_comments {
	struct own_comment *items;
	size_t count;
};

static struct own_comments own_comments(struct wls_compare *c)
{
	struct wls_arena *arena = &c->plan->arena;
	struct own_comments own = {
		WLS_ARENA_ARRAY(arena, struct own_comment, c->issue->comments_len + 1), 0};

	for (size_t i = 0; i < c->issue->comments_len; i++) {
		const struct wls_comment *comment = &c->issue->comments[i];
		struct own_comment *o = &own.items[own.count];
		if (!wls_comment_is_ours(c->remote, c->options, comment, c->wanted->id, arena,
					 &o->marker))
			continue;
		o->id = comment->id;
		o->editable = wls_slice_eq_nocase(comment->author, c->remote->account);
		own.count++;
	}
	return own;
}

/* Adds to the item's list, which has room. */
static void add(struct wls_compare *c, enum wls_comment_verb verb,
		const struct wls_wanted_entry *entry, int64_t id)
{
	struct wls_plan_item *item = c->item;
	struct wls_plan_comment *list =
		WLS_ARENA_ARRAY(&c->plan->arena, struct wls_plan_comment, item->comment_count + 1);

	if (item->comment_count > 0)
		memcpy(list, item->comments, item->comment_count * sizeof(*list));
	list[item->comment_count++] = (struct wls_plan_comment){verb, entry ? entry->version : 0,
								entry ? entry->hash : 0, id};
	item->comments = list;
}

static const struct own_comment *first_of(const struct own_comments *own, uint32_t version)
{
	for (size_t i = 0; i < own->count; i++)
		if (own->items[i].marker.version == version)
			return &own->items[i];
	return NULL;
}

static void mend_existing(struct wls_compare *c, const struct own_comments *own)
{
	for (size_t i = 0; i < c->wanted->entry_count; i++) {
		const struct wls_wanted_entry *entry = &c->wanted->entries[i];
		const struct own_comment *first = first_of(own, entry->version);
		if (first && first->marker.hash != entry->hash && first->editable)
			add(c, WLS_COMMENT_EDIT, entry, first->id);
	}
	for (size_t i = 0; i < own->count; i++) {
		const struct own_comment *o = &own->items[i];
		if (first_of(own, o->marker.version) != o && o->editable)
			add(c, WLS_COMMENT_DELETE, NULL, o->id);
	}
}

/* Whether the policy asks for a comment on this version, which has none yet. */
static bool is_asked_for(const struct wls_compare *c, const struct wls_wanted_entry *entry)
{
	uint32_t seen = c->last ? c->last->commented : 0;
	const struct wls_wanted *wanted = c->wanted;

	switch (c->options->comments) {
	case WLS_COMMENTS_NONE:
		return false;
	case WLS_COMMENTS_LATEST:
		return entry->version > seen && entry == &wanted->entries[wanted->entry_count - 1];
	case WLS_COMMENTS_ALL:
		return true;
	case WLS_COMMENTS_NEW:
		return entry->version > seen;
	}
	return false;
}

/* Posts, oldest first, within the limit; returns the version that comments then reach to. */
static uint32_t post_missing(struct wls_compare *c, const struct own_comments *own, bool *whole)
{
	const struct wls_wanted *wanted = c->wanted;

	*whole = true;
	for (size_t i = 0; i < wanted->entry_count; i++) {
		const struct wls_wanted_entry *entry = &wanted->entries[i];
		if (!is_asked_for(c, entry) || first_of(own, entry->version))
			continue;
		if (c->plan->comment_budget == 0) {
			*whole = false;
			return i > 0 ? wanted->entries[i - 1].version : 0;
		}
		add(c, WLS_COMMENT_POST, entry, 0);
		c->plan->comment_budget--;
	}
	return wanted->version;
}

static void note_left(struct wls_compare *c, uint32_t reached)
{
	size_t left = 0;

	for (size_t i = 0; i < c->wanted->entry_count; i++)
		left += c->wanted->entries[i].version > reached;
	c->plan->comments_left += left;
	wls_plan_note(c->plan, c->item, WLS_NOTE_INFO, "comment",
		      wls_arena_printf(&c->plan->arena,
				       "%zu more versions wait for a comment: run again, or raise "
				       "--max-comments",
				       left));
}

/* Whether the comments there are have to be known. */
static bool must_read(const struct wls_compare *c, uint64_t hash_to_seen)
{
	const struct wls_record *last = c->last;
	enum wls_comments_policy policy = c->options->comments;

	if (policy == WLS_COMMENTS_NONE)
		return false;
	if (policy == WLS_COMMENTS_ALL && !(last && last->commented_all))
		return true;
	return last &&
	       (c->wanted->version > last->commented || hash_to_seen != last->commented_hash);
}

void wls_compare_comments(struct wls_compare *c)
{
	const struct wls_wanted *wanted = c->wanted;
	struct wls_record *record = &c->item->record;
	uint32_t seen = c->last ? c->last->commented : 0;
	uint64_t hash_to_seen = wls_entries_hash(wanted, seen);
	bool all = c->options->comments == WLS_COMMENTS_ALL, whole = true;

	record->commented = wanted->version;
	record->commented_hash = wls_entries_hash(wanted, wanted->version);
	record->commented_all = all || (c->last && c->last->commented_all);
	/* A log's first push writes none: its history stands in the region. */
	if (!must_read(c, hash_to_seen))
		return;
	struct own_comments own = own_comments(c);
	c->item->reads_comments = !c->issue->comments_read && c->issue->comment_count != 0;
	mend_existing(c, &own);
	uint32_t reached = post_missing(c, &own, &whole);
	if (!whole) {
		note_left(c, reached);
		record->commented = reached > seen ? reached : seen;
		record->commented_hash = wls_entries_hash(wanted, record->commented);
		record->commented_all = c->last && c->last->commented_all;
	}
}
