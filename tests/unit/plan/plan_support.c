/* SPDX-License-Identifier: MIT */
/*
 * Logs made of a few words, a tracker in memory, and plans between the two, told in words.
 */
#include <criterion/criterion.h>
#include <inttypes.h>

#include "plan_support.h"

uint32_t chance(uint64_t *state, uint32_t below)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)(*state >> 33) % below;
}

/* ---- the world ---- */

void world_init(struct world *world)
{
	*world = (struct world){.account = "me"};
	world->options = (struct wls_plan_options){.source = WLS_SLICE("acme/shop"),
						   .date = 1000,
						   .title_max = 256,
						   .max_comments = 20,
						   .whole = true};
}

static void drop_logs(struct world *world)
{
	wls_wanted_release(&world->wanted);
	wls_graph_free(world->graph);
	world->graph = NULL;
}

void world_release(struct world *world)
{
	wls_plan_release(&world->plan);
	wls_remote_release(&world->remote);
	drop_logs(world);
	store_release(&world->store);
}

/* ---- logs ---- */

static void write_needs(struct wls_buf *out, const char *needs)
{
	if (!needs)
		return;
	wls_buf_add_str(out, "**Dependencies:**\n");
	for (size_t n = strcspn(needs, " "); n > 0; n = strcspn(needs, " ")) {
		wls_buf_printf(out, "- %.*s-WorkLog-v1\n", (int)n, needs);
		needs += n + (needs[n] == ' ');
	}
	wls_buf_add_str(out, "\n");
}

static void write_log(const struct test_log *log, struct wls_buf *out)
{
	unsigned version = log->version ? log->version : 1;

	wls_buf_printf(out, "---\nversion: v%u\nstatus: %s\n%s---\n\n# %s Work Log\n\n", version,
		       log->status ? log->status : "in_progress", log->front ? log->front : "",
		       log->title ? log->title : log->name);
	for (unsigned v = version; v > 0; v--) {
		wls_buf_printf(out, "## v%u | 2025-11-%02u 10:00 | Step %u\n\n", v, v % 28 + 1, v);
		if (v == version && log->now)
			wls_buf_printf(out, "**Now:** %s\n\n", log->now);
		else
			wls_buf_printf(out, "**Now:** step %u%s\n\n", v,
				       log->edited == v ? ", told again" : "");
		if (v == version)
			write_needs(out, log->needs);
		if (v == version && log->high)
			wls_buf_add_str(out, "**Next:**\n- [HIGH] Hurry\n\n");
	}
}

void world_logs(struct world *world, const struct test_log *logs, size_t count)
{
	struct wls_doc *docs[64];
	struct wls_slice paths[64];
	struct wls_arena arena = {0};
	struct wls_error err;
	size_t n = 0;

	wls_plan_release(&world->plan);
	drop_logs(world);
	world->graph = wls_graph_new(&(struct wls_graph_options){0});
	for (; n < count && logs[n].name; n++) {
		struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
		write_log(&logs[n], &text);
		paths[n] = wls_slice_of(wls_arena_printf(&arena, "%s-WorkLog.md", logs[n].name));
		cr_assert_eq(
			wls_doc_parse(&docs[n], wls_arena_copy(&arena, wls_buf_slice(&text)), &err),
			WLS_OK);
		wls_graph_add(world->graph, &(struct wls_file){.path = paths[n]}, docs[n]);
	}
	wls_graph_build(world->graph);
	cr_assert_eq(world->graph->log_count, n, "%u logs of %zu", world->graph->log_count, n);
	world->wanted = (struct wls_wanted_list){.graph = world->graph, .options = &world->options};
	for (uint32_t log = 0; log < n; log++)
		for (size_t i = 0; i < n; i++)
			if (wls_slice_eq(paths[i], world->graph->logs[log].file))
				wls_wanted_add(&world->wanted, log, &docs[i], &paths[i], 1);
	for (size_t i = 0; i < n; i++)
		wls_doc_free(docs[i]);
	wls_arena_release(&arena);
}

/* ---- issues ---- */

static void add_region(struct wls_buf *body, const char *text, const char *title)
{
	size_t n = strcspn(text, "@!>"), end = strcspn(text, ">");
	const struct wls_region none = {.kind = WLS_REGION_NONE};
	const struct wls_slice lines = WLS_SLICE("The region.\n");
	struct wls_record record = {.id = wls_slice(text, n),
				    .source = WLS_SLICE("acme/shop"),
				    .version = 1,
				    .renderer = 1,
				    .open = true,
				    .title_hash = wls_text_hash(wls_slice_of(title)),
				    .region_hash = wls_text_hash(lines)};

	if (text[n] == '@')
		record.source = wls_slice(text + n + 1, end - n - 1);
	if (text[n] == '!')
		record.duplicate_of = atoi(text + n + 1);
	wls_region_splice((struct wls_slice){0}, &none, &record, lines, body);
}

void world_add_issue(struct world *world, const struct test_issue *there)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	struct store_issue *issue;

	for (const char *p = there->body; *p; p++) {
		if (*p != '<') {
			wls_buf_add_char(&body, *p);
			continue;
		}
		add_region(&body, p + 1, there->title);
		p += strcspn(p, ">");
	}
	issue = store_create(&world->store, there->author, wls_slice_of(there->title),
			     wls_buf_slice(&body));
	store_add_label(&world->store, issue, WLS_SLICE("wlsync"));
	if (there->people)
		store_edit(&world->store, issue->number, there->people);
}

/* ---- planning ---- */

static void list_all(struct world *world)
{
	wls_remote_release(&world->remote);
	world->remote.tracker = "github";
	world->remote.web = WLS_SLICE("https://example.org/acme/shop");
	world->remote.repository = WLS_SLICE("acme/shop");
	world->remote.account = wls_slice_of(world->account);
	world->remote.has_links = !world->no_links;
	world->remote.whole = !world->listed_by_label;
	world->remote.hints = world->hints;
	world->remote.hint_count = world->hint_count;
	for (size_t i = 0; i < world->store.count; i++) {
		const struct store_issue *issue = &world->store.issues[i];
		if (!issue->gone &&
		    (!world->listed_by_label || store_has_label(issue, WLS_SLICE("wlsync"))))
			store_list(issue, &world->remote);
	}
}

/* Whether anything was read. */
static bool read_parts(struct world *world)
{
	bool read = false;

	for (size_t i = 0; i < world->plan.count; i++) {
		const struct wls_plan_item *item = &world->plan.items[i];
		const struct store_issue *issue = store_find(&world->store, item->number);
		if (item->reads_comments) {
			store_read_comments(issue, &world->remote);
			world->comment_reads++;
			read = true;
		}
		if (item->reads_links) {
			store_read_links(issue, &world->remote);
			world->link_reads++;
			read = true;
		}
	}
	return read;
}

void world_plan(struct world *world)
{
	list_all(world);
	world->comment_reads = world->link_reads = 0;
	for (int round = 0; round < 4; round++) {
		wls_plan_release(&world->plan);
		wls_plan_make(&world->plan, &world->wanted, &world->remote, &world->missing);
		if (!read_parts(world))
			return;
	}
	cr_assert_fail("the plan asks for the same again and again");
}

/* ---- applying ---- */

static void apply_body(struct world *world, struct store_issue *issue,
		       const struct wls_plan_item *item)
{
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_arena arena = {0};
	struct wls_region region;
	struct wls_slice text = item->region;

	wls_region_find(issue->body, &arena, &region);
	if (!(item->fields & WLS_FIELD_REGION) && region.kind == WLS_REGION_FOUND)
		text = wls_slice(issue->body.ptr + region.text, region.text_end - region.text);
	wls_region_splice(issue->body, &region, &item->record, text, &body);
	issue->body = wls_arena_copy(&world->store.arena, wls_buf_slice(&body));
	wls_arena_release(&arena);
}

static void apply_comments(struct world *world, struct store_issue *issue,
			   const struct wls_plan_item *item)
{
	for (size_t i = 0; i < item->comment_count; i++) {
		const struct wls_plan_comment *comment = &item->comments[i];
		const struct wls_comment_marker marker = {item->id, comment->version,
							  comment->hash};
		struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
		wls_comment_marker_write(&marker, &body);
		wls_buf_printf(&body, "\nv%u", comment->version);
		if (comment->verb == WLS_COMMENT_POST)
			store_post(&world->store, issue, world->account, wls_buf_slice(&body));
		else if (comment->verb == WLS_COMMENT_DELETE)
			store_delete_comment(&world->store, comment->id);
		else
			store_find_comment(&world->store, comment->id)->body =
				wls_arena_copy(&world->store.arena, wls_buf_slice(&body));
	}
}

static void apply_sets(struct world *world, struct store_issue *issue,
		       const struct wls_plan_item *item)
{
	for (size_t i = 0; i < item->add_count; i++)
		store_add_label(&world->store, issue, item->labels_add[i]);
	for (size_t i = 0; i < item->remove_count; i++)
		store_remove_label(issue, item->labels_remove[i]);
	for (size_t i = 0; i < item->link_add_count && item->verb != WLS_VERB_CREATE; i++)
		if (world->plan.numbers[item->links_add[i]])
			store_add_link(issue, world->plan.numbers[item->links_add[i]]);
	for (size_t i = 0; i < item->link_remove_count; i++)
		store_remove_link(issue, item->links_remove[i]);
}

static void apply_item(struct world *world, const struct wls_plan_item *item)
{
	struct store_issue *issue;

	if (item->verb == WLS_VERB_CREATE)
		issue = store_create(&world->store, world->account, item->title,
				     (struct wls_slice){0});
	else
		issue = store_find(&world->store, item->number);
	apply_sets(world, issue, item);
	apply_comments(world, issue, item);
	if (item->fields & WLS_FIELD_TITLE)
		issue->title = wls_arena_copy(&world->store.arena, item->title);
	if ((item->fields & WLS_FIELD_STATE) && item->verb != WLS_VERB_CREATE)
		issue->state = item->state;
	if (item->fields & (WLS_FIELD_REGION | WLS_FIELD_RECORD))
		apply_body(world, issue, item);
}

void world_apply(struct world *world)
{
	for (size_t i = 0; i < world->plan.count; i++)
		if (wls_plan_item_writes(&world->plan.items[i]))
			apply_item(world, &world->plan.items[i]);
}

static bool writes(const struct world *world)
{
	for (size_t i = 0; i < world->plan.count; i++)
		if (wls_plan_item_writes(&world->plan.items[i]))
			return true;
	return false;
}

void world_settle(struct world *world)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	for (int round = 0; round < 4; round++) {
		world_plan(world);
		if (!writes(world))
			return;
		world_apply(world);
	}
	world_plan(world);
	world_describe(world, &text);
	cr_assert(!writes(world), "does not settle:\n%s", wls_buf_str(&text));
}

/* ---- telling ---- */

static void describe_sets(const struct world *world, const struct wls_plan_item *item,
			  struct wls_buf *out)
{
	static const char *const verbs[] = {"comment+", "comment~", "comment-"};

	for (size_t i = 0; i < item->add_count; i++)
		wls_buf_printf(out, " +%.*s", WLS_SLICE_ARG(item->labels_add[i]));
	for (size_t i = 0; i < item->remove_count; i++)
		wls_buf_printf(out, " -%.*s", WLS_SLICE_ARG(item->labels_remove[i]));
	for (size_t i = 0; i < item->link_add_count; i++)
		wls_buf_printf(out, " link+%.*s",
			       WLS_SLICE_ARG(world->graph->logs[item->links_add[i]].id));
	for (size_t i = 0; i < item->link_remove_count; i++)
		wls_buf_printf(out, " link-#%" PRId64, item->links_remove[i]);
	for (size_t i = 0; i < item->comment_count; i++) {
		const struct wls_plan_comment *comment = &item->comments[i];
		wls_buf_printf(out, " %s%" PRId64, verbs[comment->verb],
			       comment->verb == WLS_COMMENT_DELETE ? comment->id
								   : (int64_t)comment->version);
	}
}

static void describe_item(const struct world *world, const struct wls_plan_item *item,
			  struct wls_buf *out)
{
	static const char *const kinds[] = {"info", "drift", "problem"};
	static const char *const fields[] = {" title", " region", " state", " record"};

	wls_buf_printf(out, "%s %.*s", wls_verb_name(item->verb), WLS_SLICE_ARG(item->id));
	if (item->number)
		wls_buf_printf(out, " #%" PRId64, item->number);
	if (item->duplicate_of)
		wls_buf_printf(out, " of #%" PRId64, item->duplicate_of);
	wls_buf_add_str(out, ":");
	for (size_t i = 0; i < WLS_ARRAY_SIZE(fields); i++)
		if (item->fields & (1u << i))
			wls_buf_add_str(out, fields[i]);
	if (item->fields & WLS_FIELD_STATE)
		wls_buf_printf(out, "=%s", wls_issue_state_name(item->state));
	describe_sets(world, item, out);
	for (size_t i = 0; i < item->note_count; i++)
		wls_buf_printf(out, " | %s %s", kinds[item->notes[i].kind], item->notes[i].field);
	wls_buf_add_str(out, "\n");
}

void world_describe(const struct world *world, struct wls_buf *out)
{
	for (size_t i = 0; i < world->plan.count; i++)
		if (world->plan.items[i].verb != WLS_VERB_NOTHING ||
		    world->plan.items[i].note_count > 0)
			describe_item(world, &world->plan.items[i], out);
}

void world_expect(const struct world *world, const char *name, const char *expected)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	world_describe(world, &text);
	cr_expect_str_eq(wls_buf_str(&text), expected, "%s\n--- got\n%s--- expected\n%s---", name,
			 wls_buf_str(&text), expected);
}

const struct wls_plan_item *world_item(const struct world *world, const char *id)
{
	for (size_t i = 0; i < world->plan.count; i++)
		if (wls_slice_eq(world->plan.items[i].id, wls_slice_of(id)))
			return &world->plan.items[i];
	cr_assert_fail("no item of %s", id);
	return NULL;
}
