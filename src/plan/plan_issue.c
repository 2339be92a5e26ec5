/* SPDX-License-Identifier: MIT */
/*
 * One log against its issue, field by field.
 *
 * Every field has three values: wanted (the log), last (the record in the marker: what a push left
 * there), live (what stands there now).
 *
 *	live = wanted             settled, whatever the record says; the record is brought up to date
 *	live = last               nobody touched it: set it
 *	live ≠ last, wanted = last     a person changed it: left alone, drift
 *	live ≠ last, wanted ≠ last     both did: left alone, drift
 *
 * With `overwrite` the last two are set as well. What is left alone keeps its old value in the
 * record, so that the next push sees the same. The state is the exception: it is set once for each
 * version newer than the record's, so that an issue that a person closed stays closed until the log
 * has more to say. Labels and links are sets, compared element by element in the same way.
 *
 * Never backwards: what a newer version, a newer commit or a newer renderer wrote is not
 * overwritten.
 *
 * Layer: plan. Includes: base, plan.
 */
#include <inttypes.h>

#include "plan/plan_internal.h"

void wls_plan_note(struct wls_plan *plan, struct wls_plan_item *item, enum wls_note_kind kind,
		   const char *field, const char *text)
{
	struct wls_note *notes =
		WLS_ARENA_ARRAY(&plan->arena, struct wls_note, item->note_count + 1);

	if (item->note_count > 0)
		memcpy(notes, item->notes, item->note_count * sizeof(*notes));
	notes[item->note_count++] = (struct wls_note){kind, field, text};
	item->notes = notes;
}

static void drift(struct wls_compare *c, const char *field, const char *text)
{
	wls_plan_note(c->plan, c->item, WLS_NOTE_DRIFT, field, text);
}

/* How one field stands. */
enum standing {
	SETTLED,
	SET,
	PERSON, /* a person changed it */
	BOTH,
};

static enum standing compare(const struct wls_compare *c, bool live_wanted, bool live_last,
			     bool wanted_last)
{
	if (live_wanted)
		return SETTLED;
	if (live_last || !c->last || c->options->overwrite)
		return SET;
	return wanted_last ? PERSON : BOTH;
}

/* ---- title ---- */

static void compare_title(struct wls_compare *c)
{
	const struct wls_wanted *wanted = c->wanted;
	struct wls_plan_item *item = c->item;
	uint64_t now = wls_text_hash(wanted->title), live = wls_text_hash(c->issue->title);
	uint64_t last = c->last ? c->last->title_hash : 0;

	item->old_title = c->issue->title;
	item->title = wanted->title;
	switch (compare(c, wls_slice_eq(c->issue->title, wanted->title), live == last,
			now == last)) {
	case SETTLED:
		break;
	case SET:
		item->fields |= WLS_FIELD_TITLE;
		break;
	case PERSON:
	case BOTH:
		item->record.title_hash = last;
		drift(c, "title",
		      wls_arena_printf(
			      &c->plan->arena,
			      "a person changed it to \"%.*s\"%s; --overwrite sets it back",
			      WLS_SLICE_ARG(c->issue->title),
			      now == last ? "" : " and the log changed too"));
		return;
	}
	item->record.title_hash = now;
}

/* ---- region ---- */

/* The bytes that the region may have, beside people's text and the marker lines. */
static size_t region_room(const struct wls_compare *c, const struct wls_region *region)
{
	struct wls_buf line _cleanup_buf_ = WLS_BUF_INIT;
	size_t people = c->issue->body.len;

	if (region->kind == WLS_REGION_FOUND)
		people -= region->end - region->begin;
	wls_record_write(&c->item->record, &line);
	/* The record may still gain a label or a link; blank lines and line endings around. */
	size_t taken = people + line.len + sizeof(WLS_REGION_END) + 512;
	return taken < WLS_BODY_MAX ? WLS_BODY_MAX - taken : 0;
}

/* The wanted text in the arena; false when there is no room even for a link. */
static bool render_region(struct wls_compare *c, const struct wls_region *region,
			  struct wls_slice *text)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_numbers numbers = {c->plan->numbers};
	size_t room = region_room(c, region);

	/* Each line ending is two bytes there. */
	if (region->kind == WLS_REGION_FOUND && region->crlf)
		room = room / 16 * 15;
	if (!wls_region_render(c->plan->wanted, c->wanted, &numbers, room, &out))
		return false;
	*text = wls_arena_copy(&c->plan->arena, wls_buf_slice(&out));
	return true;
}

static void compare_region(struct wls_compare *c, const struct wls_region *region)
{
	struct wls_plan_item *item = c->item;
	struct wls_slice text, live = {0};

	if (region->kind == WLS_REGION_FOUND)
		live = wls_slice(c->issue->body.ptr + region->text,
				 region->text_end - region->text);
	if (c->last) {
		item->record.region_hash = c->last->region_hash;
		item->record.stored_hash = c->last->stored_hash;
	}
	if (!render_region(c, region, &text)) {
		wls_plan_note(c->plan, item, WLS_NOTE_PROBLEM, "region",
			      "people's text leaves no room for ours; shorten the issue's body");
		if (region->kind == WLS_REGION_NONE)
			item->verb = WLS_VERB_SKIP;
		return;
	}
	uint64_t now = wls_text_hash(text), was = wls_text_hash(live);
	uint64_t last = item->record.region_hash, stored = item->record.stored_hash;
	bool live_last = c->last && (was == last || (stored && was == stored));

	switch (compare(c, was == now || (now == last && stored && was == stored), live_last,
			now == last)) {
	case SETTLED:
		if (was == now)
			item->record.stored_hash = 0;
		break;
	case SET:
		item->fields |= WLS_FIELD_REGION;
		item->old_region = live;
		item->record.stored_hash = 0;
		break;
	case PERSON:
	case BOTH:
		drift(c, "region",
		      now == last
			      ? "a person changed the text between the marker lines; "
				"--overwrite writes the log's again"
			      : "a person changed the text between the marker lines, and the log "
				"changed too; --overwrite writes the log's");
		return;
	}
	item->region = text;
	item->record.region_hash = now;
}

/* ---- labels ---- */

bool wls_labels_have(const struct wls_slice *labels, size_t count, struct wls_slice name)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq_nocase(labels[i], name))
			return true;
	return false;
}

/* The lists that a comparison of labels fills. */
struct label_lists {
	struct wls_slice *add, *remove, *record;
	size_t add_count, remove_count, record_count;
};

static void compare_wanted_label(struct wls_compare *c, struct wls_slice name,
				 struct label_lists *lists)
{
	bool live = wls_labels_have(c->issue->labels, c->issue->label_count, name);
	bool last = c->last && wls_labels_have(c->last->labels, c->last->label_count, name);
	bool anchor = wls_slice_eq(name, WLS_SLICE(WLS_ANCHOR_LABEL));

	lists->record[lists->record_count++] = name;
	if (live)
		return;
	if (!last || anchor || c->options->overwrite)
		lists->add[lists->add_count++] = name;
	else
		drift(c, "label",
		      wls_arena_printf(&c->plan->arena,
				       "a person took %.*s off; --overwrite puts it back",
				       WLS_SLICE_ARG(name)));
}

/*
 * Whether it is a label that only a log's status and priority set: then a newer version takes it away
 * whoever put it there. A push that was killed between the label and the record may have.
 */
static bool is_of_ours(const struct wls_compare *c, struct wls_slice name)
{
	static const char *const words[] = {"status:in-progress", "status:blocked",
					    "status:needs-review", "status:completed",
					    "priority:high"};
	struct wls_slice prefix = c->options->label_prefix;

	if (!c->last || c->wanted->version <= c->last->version || name.len < prefix.len ||
	    !wls_slice_eq_nocase(wls_slice(name.ptr, prefix.len), prefix))
		return false;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (wls_slice_eq_nocase(wls_slice_from(name, prefix.len), wls_slice_of(words[i])))
			return true;
	return false;
}

static void compare_labels(struct wls_compare *c)
{
	const struct wls_wanted *wanted = c->wanted;
	size_t last_count = c->last ? c->last->label_count : 0;
	size_t most = wanted->label_count + last_count + c->issue->label_count + 1;
	struct wls_arena *arena = &c->plan->arena;
	struct label_lists lists = {WLS_ARENA_ARRAY(arena, struct wls_slice, most),
				    WLS_ARENA_ARRAY(arena, struct wls_slice, most),
				    WLS_ARENA_ARRAY(arena, struct wls_slice, most),
				    0,
				    0,
				    0};

	for (size_t i = 0; i < wanted->label_count; i++)
		compare_wanted_label(c, wanted->labels[i], &lists);
	for (size_t i = 0; i < last_count; i++) {
		struct wls_slice name = c->last->labels[i];
		if (!wls_labels_have(wanted->labels, wanted->label_count, name) &&
		    wls_labels_have(c->issue->labels, c->issue->label_count, name))
			lists.remove[lists.remove_count++] = name;
	}
	for (size_t i = 0; i < c->issue->label_count; i++) {
		struct wls_slice name = c->issue->labels[i];
		if (is_of_ours(c, name) &&
		    !wls_labels_have(wanted->labels, wanted->label_count, name) &&
		    !wls_labels_have(lists.remove, lists.remove_count, name))
			lists.remove[lists.remove_count++] = name;
	}
	c->item->labels_add = lists.add;
	c->item->add_count = lists.add_count;
	c->item->labels_remove = lists.remove;
	c->item->remove_count = lists.remove_count;
	c->item->record.labels = lists.record;
	c->item->record.label_count = lists.record_count;
}

/* ---- state ---- */

static void compare_state(struct wls_compare *c)
{
	struct wls_plan_item *item = c->item;
	bool wanted = c->wanted->state == WLS_ISSUE_OPEN, live = c->issue->state == WLS_ISSUE_OPEN;

	item->old_state = c->issue->state;
	item->state = c->wanted->state;
	item->record.open = wanted;
	if (live == wanted) {
		item->state = c->issue->state;
		return;
	}
	if (!c->last || c->wanted->version > c->last->version || live == c->last->open ||
	    c->options->overwrite) {
		item->fields |= WLS_FIELD_STATE;
		return;
	}
	item->state = c->issue->state;
	item->record.open = c->last->open;
	drift(c, "state",
	      live ? "a person opened it again, but the log is completed; it stays open until the "
		     "log has a newer version"
		   : "a person closed it, but the log is not completed; it stays closed until the log "
		     "has a newer version");
}

/* ---- the whole ---- */

static bool same_labels(const struct wls_record *a, const struct wls_record *b)
{
	if (a->label_count != b->label_count)
		return false;
	for (size_t i = 0; i < a->label_count; i++)
		if (!wls_labels_have(b->labels, b->label_count, a->labels[i]))
			return false;
	return true;
}

static bool same_links(const struct wls_record *a, const struct wls_record *b)
{
	return a->link_count == b->link_count &&
	       (a->link_count == 0 ||
		memcmp(a->links, b->links, a->link_count * sizeof(*a->links)) == 0);
}

/* Whether two records say the same; when and by which renderer they were written says nothing. */
static bool same_record(const struct wls_record *a, const struct wls_record *b)
{
	return wls_slice_eq(a->id, b->id) && wls_slice_eq(a->source, b->source) &&
	       a->version == b->version && a->title_hash == b->title_hash &&
	       a->region_hash == b->region_hash && a->stored_hash == b->stored_hash &&
	       a->open == b->open && a->commented == b->commented &&
	       a->commented_hash == b->commented_hash && a->commented_all == b->commented_all &&
	       a->duplicate_of == b->duplicate_of && same_labels(a, b) && same_links(a, b);
}

bool wls_plan_item_writes(const struct wls_plan_item *item)
{
	return item->verb != WLS_VERB_NOTHING && item->verb != WLS_VERB_SKIP;
}

/* Why nothing may be written: the issue says what a newer log said. NULL: it may. */
static const char *backwards(const struct wls_compare *c, bool writes)
{
	const struct wls_record *last = c->last;
	struct wls_arena *arena = &c->plan->arena;

	if (!last || c->options->force)
		return NULL;
	if (c->wanted->version < last->version)
		return wls_arena_printf(arena,
					"the log is at v%" PRIu32
					", the issue was written from v%" PRIu32
					": pull, or --force",
					c->wanted->version, last->version);
	if (c->wanted->version > last->version || !writes)
		return NULL;
	if (c->options->date && last->date && c->options->date < last->date)
		return "the issue was written from a newer commit: pull, or --force";
	if (WLS_RENDERER < last->renderer)
		return "the issue was written by a newer wlsync: upgrade, or --force";
	return NULL;
}

/* Keeps who and what it is, and the notes. */
static void skip(struct wls_plan_item *item)
{
	*item = (struct wls_plan_item){.verb = WLS_VERB_SKIP,
				       .wanted = item->wanted,
				       .id = item->id,
				       .number = item->number,
				       .live = item->live,
				       .marker = item->marker,
				       .title = item->old_title,
				       .old_title = item->old_title,
				       .notes = item->notes,
				       .note_count = item->note_count};
}

static uint64_t live_hash(const struct wls_issue *issue)
{
	uint64_t hash = wls_hash_mix(wls_hash(issue->title), issue->body);

	hash = wls_hash_mix(hash, wls_slice_of(wls_issue_state_name(issue->state)));
	for (size_t i = 0; i < issue->label_count; i++)
		hash = wls_hash_mix(hash, issue->labels[i]);
	return hash ? hash : 1;
}

static void start_record(struct wls_compare *c)
{
	const struct wls_plan_options *options = c->options;
	struct wls_slice source = options->source;

	if (source.len == 0 && c->last)
		source = c->last->source;
	c->item->record = (struct wls_record){.id = c->wanted->id,
					      .source = source,
					      .version = c->wanted->version,
					      .renderer = WLS_RENDERER,
					      .date = options->date};
}

static void settle_verb(struct wls_compare *c)
{
	struct wls_plan_item *item = c->item;
	bool record = !c->last || !same_record(&item->record, c->last);
	bool writes = item->fields || item->add_count || item->remove_count ||
		      item->link_add_count || item->link_remove_count || item->comment_count ||
		      record;
	const char *why = backwards(c, writes);

	if (why) {
		skip(item);
		wls_plan_note(c->plan, item, WLS_NOTE_PROBLEM, "version", why);
		return;
	}
	if (record)
		item->fields |= WLS_FIELD_RECORD;
	if (item->verb != WLS_VERB_SKIP)
		item->verb = !writes   ? WLS_VERB_NOTHING
			     : c->last ? WLS_VERB_UPDATE
				       : WLS_VERB_ADOPT;
}

void wls_plan_issue(struct wls_plan *plan, const struct wls_remote *remote,
		    const struct wls_wanted *wanted, const struct wls_issue *issue,
		    struct wls_plan_item *out)
{
	struct wls_region *region = WLS_ARENA_NEW(&plan->arena, struct wls_region);

	*out = (struct wls_plan_item){.wanted = wanted,
				      .id = wanted->id,
				      .number = issue->number,
				      .live = live_hash(issue),
				      .old_title = issue->title};
	wls_region_find(issue->body, &plan->arena, region);
	if (region->kind == WLS_REGION_BROKEN) {
		out->verb = WLS_VERB_SKIP;
		wls_plan_note(plan, out, WLS_NOTE_PROBLEM, "region",
			      "the marker lines are broken; remove them in the issue");
		return;
	}
	struct wls_compare c = {.plan = plan,
				.options = plan->wanted->options,
				.remote = remote,
				.wanted = wanted,
				.issue = issue,
				.item = out};
	if (region->kind == WLS_REGION_FOUND) {
		c.last = &region->record;
		out->marker = wls_hash(
			wls_slice(issue->body.ptr + region->begin, region->text - region->begin));
	}
	start_record(&c);
	compare_title(&c);
	compare_labels(&c);
	compare_state(&c);
	wls_compare_links(&c);
	wls_compare_comments(&c);
	compare_region(&c, region);
	settle_verb(&c);
	if (out->verb == WLS_VERB_SKIP)
		skip(out);
}
