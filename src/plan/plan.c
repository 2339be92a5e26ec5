/* SPDX-License-Identifier: MIT */
/*
 * All logs against all issues.
 *
 * Layer: plan. Includes: base, plan.
 */
#include <inttypes.h>

#include "plan/plan_internal.h"

const char *wls_verb_name(enum wls_verb verb)
{
	static const char *const names[] = {"nothing",   "create", "update", "adopt",
					    "duplicate", "prune",  "skip"};

	return names[verb];
}

/* What making one plan goes by. */
struct maker {
	struct wls_plan *plan;
	const struct wls_wanted_list *wanted;
	const struct wls_remote *remote;
	struct wls_identity_index index;
	struct wls_match *matches; /* of each wanted log */
	uint32_t *order;           /* wanted logs by id */
	bool *doubled;             /* another log has the id too */
	struct wls_map ids;        /* folded ids of all wanted logs */
	size_t missing;
};

static struct wls_plan_item *new_item(struct wls_plan *plan)
{
	WLS_GROW(plan->items, plan->cap, plan->count + 1);
	plan->items[plan->count] = (struct wls_plan_item){0};
	return &plan->items[plan->count++];
}

/* ---- matching ---- */

/*
 * Logs of a graph are sorted by id, so that their index orders them; they are nearly always added so:
 * an insertion sort.
 */
static void sort_wanted(struct maker *m)
{
	const struct wls_wanted *items = m->wanted->items;

	for (uint32_t i = 0; i < m->wanted->count; i++) {
		uint32_t at = i;
		for (; at > 0 && items[m->order[at - 1]].log > items[i].log; at--)
			m->order[at] = m->order[at - 1];
		m->order[at] = i;
	}
}

static void find_doubled(struct maker *m)
{
	for (uint32_t i = 0; i < m->wanted->count; i++) {
		struct wls_slice folded = wls_plan_fold(&m->plan->arena, m->wanted->items[i].id);
		uint32_t *place = wls_map_at(&m->ids, folded);
		if (*place != WLS_MAP_NONE)
			m->doubled[i] = m->doubled[*place] = true;
		else
			*place = i;
	}
}

static void match_all(struct maker *m)
{
	for (uint32_t k = 0; k < m->wanted->count; k++) {
		uint32_t i = m->order[k];
		const struct wls_wanted *wanted = &m->wanted->items[i];
		struct wls_match *match = &m->matches[i];
		if (m->doubled[i])
			continue;
		*match = wls_identity_match(&m->index, m->plan, m->remote, wanted);
		m->plan->will_be[wanted->log] =
			match->kind == WLS_MATCH_ABSENT && !wanted->refused && !wanted->left_out;
		if (match->kind != WLS_MATCH_FOUND)
			continue;
		if (match->seen->taken) {
			*match = (struct wls_match){
				.kind = WLS_MATCH_DOUBTFUL,
				.why = wls_arena_printf(&m->plan->arena,
							"#%" PRId64
							" is the issue of another log already",
							match->seen->issue->number)};
			continue;
		}
		match->seen->taken = true;
		m->plan->numbers[wanted->log] = match->seen->issue->number;
		m->plan->matched++;
	}
}

/* ---- items ---- */

static void plan_creation(struct maker *m, const struct wls_wanted *wanted,
			  struct wls_plan_item *item)
{
	const struct wls_plan_options *options = m->wanted->options;
	const struct wls_numbers numbers = {m->plan->numbers};
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	bool all = options->comments == WLS_COMMENTS_ALL;
	uint32_t seen = all ? 0 : wanted->version;

	wls_region_render(m->wanted, wanted, &numbers, WLS_BODY_MAX - 4096, &text);
	item->verb = WLS_VERB_CREATE;
	item->fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_RECORD;
	item->title = wanted->title;
	item->region = wls_arena_copy(&m->plan->arena, wls_buf_slice(&text));
	item->labels_add = wanted->labels;
	item->add_count = wanted->label_count;
	item->state = wanted->state;
	if (wanted->state != WLS_ISSUE_OPEN)
		item->fields |= WLS_FIELD_STATE;
	if (m->remote->has_links) {
		item->links_add = wanted->needs;
		item->link_add_count = wanted->need_count;
	}
	item->names_new = wanted->need_count > 0;
	/* The record of the creating request claims what that request sets, and no more. */
	item->record = (struct wls_record){.id = wanted->id,
					   .source = options->source,
					   .version = wanted->version,
					   .renderer = WLS_RENDERER,
					   .date = options->date,
					   .title_hash = wls_text_hash(wanted->title),
					   .region_hash = wls_text_hash(item->region),
					   .labels = wanted->labels,
					   .label_count = wanted->label_count,
					   .open = true,
					   .commented = seen,
					   .commented_hash = wls_entries_hash(wanted, seen)};
}

static void plan_refused(struct maker *m, struct wls_plan_item *item, const char *field,
			 const char *why)
{
	item->verb = WLS_VERB_SKIP;
	item->title = item->wanted->title;
	wls_plan_note(m->plan, item, WLS_NOTE_PROBLEM, field, why);
}

/* Whether it is missing is only known when all issues were listed. */
static void plan_unknown(struct maker *m, struct wls_plan_item *item)
{
	item->verb = WLS_VERB_SKIP;
	item->title = item->wanted->title;
	m->missing++;
}

static void plan_log(struct maker *m, uint32_t i)
{
	const struct wls_wanted *wanted = &m->wanted->items[i];
	const struct wls_match *match = &m->matches[i];
	struct wls_plan_item *item = new_item(m->plan);

	item->wanted = wanted;
	item->id = wanted->id;
	item->number = m->plan->numbers[wanted->log];
	if (m->doubled[i])
		plan_refused(m, item, "identity",
			     "another log has the same id; give one of them an `id:` of its own");
	else if (wanted->refused)
		plan_refused(m, item, "log", wanted->refused);
	else if (match->kind == WLS_MATCH_DOUBTFUL)
		plan_refused(m, item, "identity", match->why);
	else if (match->kind == WLS_MATCH_FOUND)
		wls_plan_issue(m->plan, m->remote, wanted, match->seen->issue, item);
	else if (match->kind == WLS_MATCH_ABSENT)
		plan_creation(m, wanted, item);
	else
		plan_unknown(m, item);
	if (wanted->links_note && m->remote->has_links && item->verb != WLS_VERB_SKIP)
		wls_plan_note(m->plan, item, wanted->in_circle ? WLS_NOTE_PROBLEM : WLS_NOTE_INFO,
			      "link", wanted->links_note);
}

/* ---- issues that are no log's, or not the only one ---- */

static void plan_closing(const struct wls_seen *seen, struct wls_plan_item *item)
{
	const struct wls_issue *issue = seen->issue;
	const struct wls_region *region = &seen->region;

	item->id = region->record.id;
	item->number = issue->number;
	item->old_title = item->title = issue->title;
	item->old_state = issue->state;
	item->state = WLS_ISSUE_NOT_PLANNED;
	item->record = region->record;
	item->record.open = false;
	item->fields = WLS_FIELD_RECORD | (issue->state == WLS_ISSUE_OPEN ? WLS_FIELD_STATE : 0u);
	item->marker =
		wls_hash(wls_slice(issue->body.ptr + region->begin, region->text - region->begin));
}

static void plan_duplicate(struct maker *m, const struct wls_wanted *wanted, struct wls_seen *seen,
			   int64_t living)
{
	struct wls_plan_item *item = new_item(m->plan);
	const struct wls_issue *issue = seen->issue;

	seen->taken = true;
	plan_closing(seen, item);
	item->wanted = wanted;
	item->verb = WLS_VERB_DUPLICATE;
	item->duplicate_of = living;
	item->record.duplicate_of = living;
	item->reads_comments = issue->comment_count != 0 && !issue->comments_read;
	if (item->reads_comments ||
	    !wls_issue_has_people(m->remote, m->wanted->options, issue, &seen->region))
		return;
	item->verb = WLS_VERB_SKIP;
	item->fields = 0;
	wls_plan_note(
		m->plan, item, WLS_NOTE_PROBLEM, "duplicate",
		wls_arena_printf(&m->plan->arena,
				 "it is a second issue of the log, but people wrote in it: close "
				 "it yourself; the log's is #%" PRId64,
				 living));
}

static void plan_duplicates(struct maker *m, uint32_t i)
{
	const struct wls_wanted *wanted = &m->wanted->items[i];
	const struct wls_match *match = &m->matches[i];

	if (match->kind != WLS_MATCH_FOUND || m->doubled[i])
		return;
	uint32_t at = wls_map_find(&m->index.by_id, wls_plan_fold(&m->plan->arena, wanted->id));
	for (; at != WLS_MAP_NONE; at = m->index.seen[at].next) {
		struct wls_seen *seen = &m->index.seen[at];
		if (seen != match->seen && !seen->taken)
			plan_duplicate(m, wanted, seen, match->seen->issue->number);
	}
}

static void plan_gone(struct maker *m, struct wls_seen *seen)
{
	const struct wls_plan_options *options = m->wanted->options;
	struct wls_plan_item *item;

	if (!seen->ours || seen->taken || seen->issue->state != WLS_ISSUE_OPEN ||
	    wls_map_find(&m->ids, seen->folded) != WLS_MAP_NONE)
		return;
	item = new_item(m->plan);
	plan_closing(seen, item);
	if (options->prune && !options->unreadable) {
		item->verb = WLS_VERB_PRUNE;
		return;
	}
	item->verb = WLS_VERB_SKIP;
	item->fields = 0;
	wls_plan_note(m->plan, item, WLS_NOTE_PROBLEM, "log",
		      options->prune
			      ? "its log is gone, but some log could not be read: nothing is "
				"pruned in this run"
			      : "its log is gone; --prune closes it");
}

/* A marker that does not count, on an issue that says it is one of our logs'. */
static void plan_stranger(struct maker *m, const struct wls_seen *seen)
{
	const struct wls_region *region = &seen->region;
	uint32_t i;

	if (seen->trusted || region->kind != WLS_REGION_FOUND || seen->taken)
		return;
	i = wls_map_find(&m->ids, seen->folded);
	if (i == WLS_MAP_NONE || m->wanted->items[i].left_out)
		return;
	struct wls_plan_item *item = new_item(m->plan);
	item->verb = WLS_VERB_SKIP;
	item->wanted = &m->wanted->items[i];
	item->id = region->record.id;
	item->number = seen->issue->number;
	item->title = item->old_title = seen->issue->title;
	wls_plan_note(
		m->plan, item, WLS_NOTE_INFO, "identity",
		wls_arena_printf(&m->plan->arena,
				 "%.*s may not be believed: the marker there does not count; if it "
				 "does, list the name in `trust`",
				 WLS_SLICE_ARG(seen->issue->author)));
}

/* ---- counting ---- */

static bool is_status(const struct wls_plan_options *options, struct wls_slice label)
{
	struct wls_slice prefix = options->label_prefix;

	return label.len > prefix.len &&
	       wls_slice_starts(wls_slice_from(label, prefix.len), WLS_SLICE("status:"));
}

/* Whether somebody who looks at the list of issues sees the change. */
static bool is_visible(const struct wls_plan_options *options, const struct wls_plan_item *item)
{
	bool visible = (item->fields & (WLS_FIELD_TITLE | WLS_FIELD_STATE)) != 0;

	for (size_t i = 0; i < item->add_count; i++)
		visible |= is_status(options, item->labels_add[i]);
	for (size_t i = 0; i < item->remove_count; i++)
		visible |= is_status(options, item->labels_remove[i]);
	return visible;
}

static void count_items(struct wls_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++) {
		const struct wls_plan_item *item = &plan->items[i];
		bool writes = wls_plan_item_writes(item), drifts = false, problems = false;
		for (size_t k = 0; k < item->note_count; k++) {
			drifts |= item->notes[k].kind == WLS_NOTE_DRIFT;
			problems |= item->notes[k].kind == WLS_NOTE_PROBLEM;
		}
		plan->creates += item->verb == WLS_VERB_CREATE;
		plan->updates += writes && item->verb != WLS_VERB_CREATE;
		plan->unchanged += item->verb == WLS_VERB_NOTHING && !drifts && !problems;
		plan->drifts += drifts;
		plan->problems += problems;
		plan->visible_changes += writes && item->verb != WLS_VERB_CREATE &&
					 is_visible(plan->wanted->options, item);
	}
}

/* ---- the whole ---- */

static void start(struct maker *m, struct wls_plan *plan, const struct wls_wanted_list *wanted,
		  const struct wls_remote *remote)
{
	size_t posted = plan->comments_posted, most = wanted->options->max_comments;
	size_t n = wanted->count + 1;

	*plan = (struct wls_plan){.wanted = wanted,
				  .comments_posted = posted,
				  .comment_budget = most > posted ? most - posted : 0};
	plan->numbers = WLS_ARENA_ARRAY(&plan->arena, int64_t, wanted->graph->log_count + 1u);
	plan->will_be = WLS_ARENA_ARRAY(&plan->arena, bool, wanted->graph->log_count + 1u);
	*m = (struct maker){.plan = plan, .wanted = wanted, .remote = remote};
	m->matches = WLS_ARENA_ARRAY(&plan->arena, struct wls_match, n);
	m->order = WLS_ARENA_ARRAY(&plan->arena, uint32_t, n);
	m->doubled = WLS_ARENA_ARRAY(&plan->arena, bool, n);
	wls_identity_init(&m->index, plan, remote);
}

void wls_plan_make(struct wls_plan *plan, const struct wls_wanted_list *wanted,
		   const struct wls_remote *remote, size_t *missing)
{
	struct maker m;

	start(&m, plan, wanted, remote);
	sort_wanted(&m);
	find_doubled(&m);
	match_all(&m);
	for (size_t k = 0; k < wanted->count; k++)
		if (!wanted->items[m.order[k]].left_out)
			plan_log(&m, m.order[k]);
	for (size_t k = 0; k < wanted->count; k++)
		if (!wanted->items[m.order[k]].left_out)
			plan_duplicates(&m, m.order[k]);
	if (wanted->options->whole && wanted->count > 0)
		for (size_t i = 0; i < m.index.count; i++)
			plan_gone(&m, &m.index.seen[i]);
	for (size_t i = 0; i < m.index.count; i++)
		plan_stranger(&m, &m.index.seen[i]);
	count_items(plan);
	if (missing)
		*missing = m.missing;
	wls_map_release(&m.ids);
	wls_identity_release(&m.index);
}

void wls_plan_release(struct wls_plan *plan)
{
	free(plan->items);
	wls_arena_release(&plan->arena);
	*plan = (struct wls_plan){0};
}
