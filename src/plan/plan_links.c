/* SPDX-License-Identifier: MIT */
/*
 * A log's links against its issue's: "blocked by", issue by issue.
 *
 * Links are asked of the tracker only when they may differ: when what is wanted is not what was
 * last applied, or their number is not. Only links that we made are ever removed.
 *
 * Layer: plan. Includes: base, plan.
 */
#include <inttypes.h>

#include "plan/plan_internal.h"

static bool has(const int64_t *numbers, size_t count, int64_t number)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

static int compare_numbers(const void *x, const void *y)
{
	int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;

	return (a > b) - (a < b);
}

/* What is wanted: numbers, and logs that have none yet. */
struct wanted_links {
	int64_t *numbers;
	const uint32_t **logs; /* of each number */
	size_t count;
	bool unmade; /* some have no issue yet, but will in this run */
};

static struct wanted_links wanted_links(struct wls_compare *c)
{
	const struct wls_wanted *wanted = c->wanted;
	struct wanted_links w = {
		WLS_ARENA_ARRAY(&c->plan->arena, int64_t, wanted->need_count + 1),
		WLS_ARENA_ARRAY(&c->plan->arena, const uint32_t *, wanted->need_count + 1), 0,
		false};

	for (size_t i = 0; i < wanted->need_count; i++) {
		int64_t number = c->plan->numbers[wanted->needs[i]];
		if (number == 0) {
			w.unmade |= c->plan->will_be[wanted->needs[i]];
		} else if (number != c->issue->number && !has(w.numbers, w.count, number)) {
			w.logs[w.count] = &wanted->needs[i];
			w.numbers[w.count++] = number;
		}
	}
	return w;
}

/* Whether all that is known says that nothing has changed. */
static bool is_unchanged(const struct wls_compare *c, const struct wanted_links *w)
{
	size_t last_count = c->last ? c->last->link_count : 0;

	if (c->issue->link_total >= 0 && (size_t)c->issue->link_total != last_count)
		return false;
	if (w->count != last_count)
		return false;
	for (size_t i = 0; i < w->count; i++)
		if (!has(c->last->links, last_count, w->numbers[i]))
			return false;
	return true;
}

static void person_removed(struct wls_compare *c, int64_t number)
{
	wls_plan_note(c->plan, c->item, WLS_NOTE_DRIFT, "link",
		      wls_arena_printf(&c->plan->arena,
				       "a person removed the link to #%" PRId64
				       "; --overwrite puts it back",
				       number));
}

/*
 * Whether a link leads to a second issue of a log that is linked: of two pushes at once each linked its
 * own, and the record of one is gone.
 */
static bool is_second(const struct wls_compare *c, const struct wanted_links *w, int64_t number)
{
	const struct wls_issue *issue = wls_remote_find(c->remote, number);
	struct wls_arena *arena = &c->plan->arena;
	struct wls_region region;

	if (!issue || !wls_issue_trusted(c->remote, c->options, issue->author, issue->trusted))
		return false;
	wls_region_find(issue->body, arena, &region);
	for (size_t i = 0; region.kind == WLS_REGION_FOUND && i < w->count; i++) {
		const struct wls_wanted *other = wls_wanted_find(c->plan->wanted, *w->logs[i]);
		if (other && wls_slice_eq(wls_plan_fold(arena, other->id),
					  wls_plan_fold(arena, region.record.id)))
			return true;
	}
	return false;
}

static void compare_one_by_one(struct wls_compare *c, const struct wanted_links *w,
			       const int64_t *live, size_t live_count)
{
	struct wls_arena *arena = &c->plan->arena;
	const int64_t *last = c->last ? c->last->links : NULL;
	size_t last_count = c->last ? c->last->link_count : 0;
	uint32_t *add = WLS_ARENA_ARRAY(arena, uint32_t, c->wanted->need_count + 1);
	int64_t *remove = WLS_ARENA_ARRAY(arena, int64_t, last_count + live_count + 1);
	struct wls_plan_item *item = c->item;

	for (size_t i = 0; i < w->count; i++) {
		if (has(live, live_count, w->numbers[i]))
			continue;
		if (has(last, last_count, w->numbers[i]) && !c->options->overwrite)
			person_removed(c, w->numbers[i]);
		else
			add[item->link_add_count++] = *w->logs[i];
	}
	for (size_t i = 0; i < last_count; i++)
		if (!has(w->numbers, w->count, last[i]) && has(live, live_count, last[i]))
			remove[item->link_remove_count++] = last[i];
	for (size_t i = 0; i < live_count; i++)
		if (!has(w->numbers, w->count, live[i]) && !has(last, last_count, live[i]) &&
		    is_second(c, w, live[i]))
			remove[item->link_remove_count++] = live[i];
	item->links_add = add;
	item->links_remove = remove;
}

/* Shows also the links to issues that are still to be made. */
static void add_unmade(struct wls_compare *c)
{
	struct wls_plan_item *item = c->item;
	uint32_t *add = WLS_ARENA_ARRAY(&c->plan->arena, uint32_t,
					c->wanted->need_count + item->link_add_count + 1);

	if (item->link_add_count > 0)
		memcpy(add, item->links_add, item->link_add_count * sizeof(*add));
	for (size_t i = 0; i < c->wanted->need_count; i++)
		if (c->plan->will_be[c->wanted->needs[i]])
			add[item->link_add_count++] = c->wanted->needs[i];
	item->links_add = add;
}

void wls_compare_links(struct wls_compare *c)
{
	struct wls_plan_item *item = c->item;

	if (!c->remote->has_links) {
		/* What was once linked may be seen again. */
		item->record.links = c->last ? c->last->links : NULL;
		item->record.link_count = c->last ? c->last->link_count : 0;
		return;
	}
	struct wanted_links w = wanted_links(c);
	if (c->issue->links_read || c->issue->link_total == 0) {
		compare_one_by_one(c, &w, c->issue->links, c->issue->link_count);
	} else if (!is_unchanged(c, &w)) {
		item->reads_links = true;
		compare_one_by_one(c, &w, c->last ? c->last->links : NULL,
				   c->last ? c->last->link_count : 0);
	}
	int64_t *record = WLS_ARENA_ARRAY(&c->plan->arena, int64_t, w.count + 1);
	if (w.count > 0)
		memcpy(record, w.numbers, w.count * sizeof(*record));
	qsort(record, w.count, sizeof(*record), compare_numbers);
	item->record.links = record;
	item->record.link_count = w.count;
	item->names_new = w.unmade;
	if (w.unmade)
		add_unmade(c);
}
