/* SPDX-License-Identifier: MIT */
/*
 * One log against its issue: each field, three ways.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "plan_support.h"

/* A log A that was pushed, what people did then, what the log says now. */
struct row {
	const char *name;
	struct test_log before;
	const char *people; /* see store_edit() */
	struct test_log after;
	const char *options; /* words: overwrite force outside older newer none latest all */
	const char *expected;
	const char *then; /* what the next plan says when this one was applied; NULL: the
			   * notes of drift, and nothing else */
};

/* The log as in most rows. */
#define A1                                                                                         \
	{                                                                                          \
		.name = "A", .version = 1                                                          \
	}
#define A2                                                                                         \
	{                                                                                          \
		.name = "A", .version = 2                                                          \
	}

static void set_options(struct world *world, const char *words)
{
	struct wls_plan_options *o = &world->options;

	if (!words)
		return;
	o->overwrite = strstr(words, "overwrite") != NULL;
	o->force = strstr(words, "force") != NULL;
	if (strstr(words, "older"))
		o->date = 999;
	if (strstr(words, "newer"))
		o->date = 1001;
	if (strstr(words, "outside"))
		o->date = 0;
	if (strstr(words, "none"))
		o->comments = WLS_COMMENTS_NONE;
	if (strstr(words, "latest"))
		o->comments = WLS_COMMENTS_LATEST;
	if (strstr(words, "all"))
		o->comments = WLS_COMMENTS_ALL;
}

static void add_drifts(const struct world *world, struct wls_buf *out)
{
	for (size_t i = 0; i < world->plan.count; i++) {
		const struct wls_plan_item *item = &world->plan.items[i];
		for (size_t k = 0; k < item->note_count; k++)
			if (item->notes[k].kind == WLS_NOTE_DRIFT)
				wls_buf_printf(out, " %s", item->notes[k].field);
	}
}

static void expect_row(const struct row *row)
{
	struct wls_buf drifts _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf again _cleanup_buf_ = WLS_BUF_INIT;
	struct world world;

	world_init(&world);
	world_logs(&world, &row->before, 1);
	world_settle(&world);
	if (row->people)
		store_edit(&world.store, 1, row->people);
	set_options(&world, row->options);
	world_logs(&world, &row->after, 1);
	world_plan(&world);
	world_expect(&world, row->name, row->expected);
	add_drifts(&world, &drifts);
	world_apply(&world);
	world_plan(&world);
	if (row->then) {
		world_expect(&world, row->name, row->then);
	} else {
		for (size_t i = 0; i < world.plan.count; i++)
			cr_expect(!wls_plan_item_writes(&world.plan.items[i]),
				  "%s: something is left to do", row->name);
		add_drifts(&world, &again);
		cr_expect_str_eq(wls_buf_str(&again), wls_buf_str(&drifts), "%s", row->name);
	}
	world_release(&world);
}

#define EXPECT_ROWS(rows)                                                                          \
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)                                          \
	expect_row(&(rows)[i])

Test(plan_issue, title)
{
	static const struct row rows[] = {
		{"settled", A1, NULL, A1, NULL, "", NULL},
		{"the log changed",
		 A1,
		 NULL,
		 {.name = "A", .title = "Better"},
		 NULL,
		 "update A #1: title record\n",
		 NULL},
		{"a person changed it", A1, "title=Mine", A1, NULL, "nothing A #1: | drift title\n",
		 NULL},
		{"both",
		 A1,
		 "title=Mine",
		 {.name = "A", .title = "Better"},
		 NULL,
		 "nothing A #1: | drift title\n",
		 NULL},
		{"both, to the same",
		 A1,
		 "title=Better",
		 {.name = "A", .title = "Better"},
		 NULL,
		 "update A #1: record\n",
		 NULL},
		{"only blanks at the end", A1, "title=A ", A1, NULL, "update A #1: title\n", NULL},
		{"overwrite a person's", A1, "title=Mine", A1, "overwrite", "update A #1: title\n",
		 NULL},
		{"overwrite both",
		 A1,
		 "title=Mine",
		 {.name = "A", .title = "Better"},
		 "overwrite",
		 "update A #1: title record\n",
		 NULL},
	};

	EXPECT_ROWS(rows);
}

Test(plan_issue, region)
{
	static const struct row rows[] = {
		{"the log changed",
		 A1,
		 NULL,
		 {.name = "A", .now = "more"},
		 NULL,
		 "update A #1: region record\n",
		 NULL},
		{"a person changed it", A1, "region", A1, NULL, "nothing A #1: | drift region\n",
		 NULL},
		{"both: the marker line is written all the same", A1, "region", A2, NULL,
		 "update A #1: record comment+2 | drift region\n", NULL},
		{"overwrite", A1, "region", A1, "overwrite", "update A #1: region\n", NULL},
		{"overwrite both", A1, "region", A2, "overwrite",
		 "update A #1: region record comment+2\n", NULL},
		{"people's text around it", A1, "above=Hello\\\\;below=\\\\Bye", A2, NULL,
		 "update A #1: region record comment+2\n", NULL},
		{"CRLF alone is no change", A1, "crlf", A1, NULL, "", NULL},
		{"CRLF and a change", A1, "crlf", A2, NULL,
		 "update A #1: region record comment+2\n", NULL},
		{"CRLF and a person", A1, "crlf;region", A2, NULL,
		 "update A #1: record comment+2 | drift region\n", NULL},
	};

	EXPECT_ROWS(rows);
}

Test(plan_issue, labels)
{
	static const struct test_log high = {.name = "A", .high = true};
	static const struct test_log blocked = {.name = "A", .status = "blocked"};
	const struct row rows[] = {
		{"another status", A1, NULL, blocked, NULL,
		 "update A #1: region record +status:blocked -status:in-progress\n", NULL},
		{"one is taken off by a person", A1, "label-status:in-progress", A1, NULL,
		 "nothing A #1: | drift label\n", NULL},
		{"overwrite puts it back", A1, "label-status:in-progress", A1, "overwrite",
		 "update A #1: +status:in-progress\n", NULL},
		{"one taken off, another wanted", A1, "label-status:in-progress", blocked, NULL,
		 "update A #1: region record +status:blocked\n", NULL},
		{"the wanted one is there", A1, "label+status:blocked", blocked, NULL,
		 "update A #1: region record -status:in-progress\n", NULL},
		{"in other case", A1, "label-status:in-progress;label+Status:In-Progress", A1, NULL,
		 "", NULL},
		{"removed in other case", A1, "label-status:in-progress;label+STATUS:in-progress",
		 blocked, NULL, "update A #1: region record +status:blocked -status:in-progress\n",
		 NULL},
		{"others' stay", A1, "label+bug;label+status:blocked;label+priority:high", A1, NULL,
		 "", NULL},
		{"ours and a person's at once", A1, "label+priority:high", high, NULL,
		 "update A #1: region record\n", NULL},
		{"high no more", high, NULL, A1, NULL,
		 "update A #1: region record -priority:high\n", NULL},
		{"high no more, and taken off already", high, "label-priority:high", A1, NULL,
		 "update A #1: region record\n", NULL},
		{"the anchor is set again, without drift", A1, "label-wlsync", A1, NULL,
		 "update A #1: +wlsync\n", NULL},
		{"drift in one, change in another", high, "label-status:in-progress", A1, NULL,
		 "update A #1: region record -priority:high | drift label\n", NULL},
	};

	EXPECT_ROWS(rows);
}

Test(plan_issue, state)
{
	static const struct test_log done1 = {.name = "A", .status = "completed"};
	static const struct test_log done2 = {.name = "A", .status = "completed", .version = 2};
	const struct row rows[] = {
		{"completed", A1, NULL, done2, NULL,
		 "update A #1: region state record=completed +status:completed "
		 "-status:in-progress comment+2\n",
		 NULL},
		{"completed in the same version", A1, NULL, done1, NULL,
		 "update A #1: region state record=completed +status:completed "
		 "-status:in-progress\n",
		 NULL},
		{"a person closed it", A1, "state=completed", A1, NULL,
		 "nothing A #1: | drift state\n", NULL},
		{"… as not planned", A1, "state=not_planned", A1, NULL,
		 "nothing A #1: | drift state\n", NULL},
		{"… and a newer version is open", A1, "state=completed", A2, NULL,
		 "update A #1: region state record=open comment+2\n", NULL},
		{"… and a newer version is completed", A1, "state=not_planned", done2, NULL,
		 "update A #1: region record +status:completed -status:in-progress comment+2\n",
		 NULL},
		{"a person opened it again", done1, "state=open", done1, NULL,
		 "nothing A #1: | drift state\n", NULL},
		{"… and a newer version says completed", done1, "state=open", done2, NULL,
		 "update A #1: region state record=completed comment+2\n", NULL},
		{"overwrite", A1, "state=completed", A1, "overwrite", "update A #1: state=open\n",
		 NULL},
		{"drift does not stop the others",
		 A1,
		 "state=completed",
		 {.name = "A", .title = "Better"},
		 NULL,
		 "update A #1: title record | drift state\n",
		 NULL},
	};

	EXPECT_ROWS(rows);
}

/* Once a version: a person who closes it after that push is heard. */
Test(plan_issue, state_is_applied_once_for_a_version)
{
	static const struct test_log a1 = A1, a2 = A2, a3 = {.name = "A", .version = 3};
	struct world world;

	world_init(&world);
	world_logs(&world, &a1, 1);
	world_settle(&world);
	store_edit(&world.store, 1, "state=completed");
	world_logs(&world, &a2, 1);
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 1)->state, WLS_ISSUE_OPEN);
	store_edit(&world.store, 1, "state=completed");
	world_settle(&world);
	world_expect(&world, "closed again", "nothing A #1: | drift state\n");
	cr_expect_eq(store_find(&world.store, 1)->state, WLS_ISSUE_COMPLETED);
	world_logs(&world, &a3, 1);
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 1)->state, WLS_ISSUE_OPEN);
	world_release(&world);
}

Test(plan_issue, never_backwards)
{
	static const struct row rows[] = {
		{"a lower version", A2, NULL, A1, NULL, "skip A #1: | problem version\n",
		 "skip A #1: | problem version\n"},
		{"forced", A2, NULL, A1, "force", "update A #1: region record\n", NULL},
		{"an older commit that changes something",
		 A1,
		 NULL,
		 {.name = "A", .title = "Old"},
		 "older",
		 "skip A #1: | problem version\n",
		 "skip A #1: | problem version\n"},
		{"an older commit that changes nothing", A1, NULL, A1, "older", "", NULL},
		{"an older commit, a newer version", A1, NULL, A2, "older",
		 "update A #1: region record comment+2\n", NULL},
		{"a newer commit that changes nothing", A1, NULL, A1, "newer", "", NULL},
		{"outside of git",
		 A1,
		 NULL,
		 {.name = "A", .title = "New"},
		 "outside",
		 "update A #1: title record\n",
		 NULL},
		{"an older commit, forced",
		 A1,
		 NULL,
		 {.name = "A", .title = "Old"},
		 "older force",
		 "update A #1: title record\n",
		 NULL},
		{"drift too", A2, "title=Mine", A1, NULL,
		 "skip A #1: | drift title | problem version\n", NULL},
	};

	EXPECT_ROWS(rows);
}

/* Changes a word of the marker line. */
static void change_marker(struct world *world, const char *from, const char *to)
{
	struct store_issue *issue = store_find(&world->store, 1);
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;
	size_t at = wls_slice_find(issue->body, wls_slice_of(from));

	cr_assert_neq(at, SIZE_MAX, "no %s in the marker line", from);
	wls_buf_add(&body, issue->body.ptr, at);
	wls_buf_add_str(&body, to);
	wls_buf_add_slice(&body, wls_slice_from(issue->body, at + strlen(from)));
	issue->body = wls_arena_copy(&world->store.arena, wls_buf_slice(&body));
}

Test(plan_issue, a_lower_renderer_does_not_overwrite)
{
	static const struct test_log a1 = A1, better = {.name = "A", .title = "Better"};
	struct world world;

	world_init(&world);
	world_logs(&world, &a1, 1);
	world_settle(&world);
	change_marker(&world, " r=1 ", " r=99 ");
	world_plan(&world);
	world_expect(&world, "nothing to do", "");
	world_logs(&world, &better, 1);
	world_plan(&world);
	world_expect(&world, "renderer", "skip A #1: | problem version\n");
	world.options.force = true;
	world_plan(&world);
	world_expect(&world, "forced", "update A #1: title record\n");
	world_release(&world);
}

/* What the server makes of a text is as good as what it was sent. */
Test(plan_issue, a_text_stored_otherwise_is_settled)
{
	static const struct test_log a1 = A1, a2 = A2;
	struct world world;
	char stored[64];
	uint64_t hash;
	struct wls_arena arena = {0};
	struct wls_region region;

	world_init(&world);
	world_logs(&world, &a1, 1);
	world_settle(&world);
	store_edit(&world.store, 1, "region");
	struct wls_slice body = store_find(&world.store, 1)->body;
	wls_region_find(body, &arena, &region);
	hash = wls_text_hash(wls_slice(body.ptr + region.text, region.text_end - region.text));
	(void)snprintf(stored, sizeof(stored), " state=open stored=%016llx",
		       (unsigned long long)hash);
	change_marker(&world, " state=open", stored);
	world_plan(&world);
	world_expect(&world, "stored otherwise", "");
	world_logs(&world, &a2, 1);
	world_settle(&world);
	world_expect(&world, "settles", "");
	wls_arena_release(&arena);
	world_release(&world);
}

Test(plan_issue, comments)
{
	static const struct test_log a3 = {.name = "A", .version = 3};
	static const struct test_log edited = {.name = "A", .version = 2, .edited = 1};
	const struct row rows[] = {
		{"one version", A1, NULL, A2, NULL, "update A #1: region record comment+2\n", NULL},
		{"two versions", A1, NULL, a3, NULL,
		 "update A #1: region record comment+2 comment+3\n", NULL},
		{"latest", A1, NULL, a3, "latest", "update A #1: region record comment+3\n", NULL},
		{"none", A1, NULL, a3, "none", "update A #1: region record\n", NULL},
		{"all, after a first push", A1, NULL, A1, "all", "update A #1: record comment+1\n",
		 NULL},
		{"all", A1, NULL, a3, "all",
		 "update A #1: region record comment+1 comment+2 comment+3\n", NULL},
		{"an entry without a comment is edited", A1, NULL, edited, NULL,
		 "update A #1: region record comment+2\n", NULL},
		{"a person's comment is none of ours", A1, "comment=Hello", A2, NULL,
		 "update A #1: region record comment+2\n", NULL},
	};

	EXPECT_ROWS(rows);
}

static void settle_two(struct world *world)
{
	static const struct test_log a1 = A1, a2 = A2;

	world_init(world);
	world_logs(world, &a1, 1);
	world_settle(world);
	world_logs(world, &a2, 1);
	world_settle(world);
	cr_assert_eq(store_find(&world->store, 1)->comment_count, 1);
}

Test(plan_issue, comments_are_read_only_when_needed)
{
	static const struct test_log a3 = {.name = "A", .version = 3};
	static const struct test_log title = {.name = "A", .version = 2, .title = "Better"};
	struct world world;

	settle_two(&world);
	world_plan(&world);
	cr_expect_eq(world.comment_reads, 0);
	world_logs(&world, &title, 1);
	world_plan(&world);
	cr_expect_eq(world.comment_reads, 0);
	world_logs(&world, &a3, 1);
	world_plan(&world);
	cr_expect_eq(world.comment_reads, 1);
	world_release(&world);
}

Test(plan_issue, an_edited_entrys_comment_is_edited)
{
	static const struct test_log edited = {.name = "A", .version = 2, .edited = 2};
	struct world world;

	settle_two(&world);
	world_logs(&world, &edited, 1);
	world_plan(&world);
	world_expect(&world, "edited", "update A #1: region record comment~2\n");
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 1)->comment_count, 1);
	world.options.comments = WLS_COMMENTS_NONE;
	world_logs(&world, &(struct test_log)A2, 1);
	world_plan(&world);
	world_expect(&world, "none", "update A #1: region record\n");
	world_release(&world);
}

/* `none` and `latest` advance what was seen: a later `new` does not post what they left out. */
Test(plan_issue, what_a_policy_left_out_is_not_posted_later)
{
	static const enum wls_comments_policy policies[] = {WLS_COMMENTS_NONE, WLS_COMMENTS_LATEST};
	static const struct test_log a1 = A1, a3 = {.name = "A", .version = 3},
				     a4 = {.name = "A", .version = 4};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(policies); i++) {
		struct world world;
		world_init(&world);
		world_logs(&world, &a1, 1);
		world_settle(&world);
		world.options.comments = policies[i];
		world_logs(&world, &a3, 1);
		world_settle(&world);
		world.options.comments = WLS_COMMENTS_NEW;
		world_plan(&world);
		world_expect(&world, "new again", "");
		world_logs(&world, &a4, 1);
		world_plan(&world);
		world_expect(&world, "newer", "update A #1: region record comment+4\n");
		world_release(&world);
	}
}

/* A comment that somebody deleted is gone; one of a version that was posted already is not doubled. */
Test(plan_issue, comments_there_and_not_there)
{
	static const struct test_log a3 = {.name = "A", .version = 3};
	struct world world;

	settle_two(&world);
	store_edit(&world.store, 1, "uncomment");
	world_plan(&world);
	world_expect(&world, "deleted by a person", "");
	world_release(&world);

	settle_two(&world);
	struct store_issue *issue = store_find(&world.store, 1);
	store_post(&world.store, issue, "me", issue->comments[0].body);
	store_post(&world.store, issue, "somebody", issue->comments[0].body);
	world_logs(&world, &a3, 1);
	world_plan(&world);
	world_expect(&world, "doubled", "update A #1: region record comment-2 comment+3\n");
	world_settle(&world);
	cr_expect_eq(issue->comment_count, 3);
	world_release(&world);
}

/* A stranger's comment with our marker does not stand for ours. */
Test(plan_issue, a_strangers_comment_does_not_count)
{
	struct world world;

	settle_two(&world);
	struct store_issue *issue = store_find(&world.store, 1);
	issue->comments[0].author = WLS_SLICE("stranger");
	change_marker(&world, "commented=2:", "commented=1:");
	world_plan(&world);
	cr_expect_eq(world_item(&world, "A")->comment_count, 1);
	world_release(&world);
}

/* The limit holds over the whole run, and the rest follows, oldest first, in the next ones. */
Test(plan_issue, max_comments)
{
	static const struct test_log before[] = {A1, {.name = "B"}};
	static const struct test_log after[] = {{.name = "A", .version = 4},
						{.name = "B", .version = 3}};
	struct world world;

	world_init(&world);
	world.options.max_comments = 2;
	world_logs(&world, before, 2);
	world_settle(&world);
	world_logs(&world, after, 2);
	world_plan(&world);
	world_expect(&world, "first",
		     "update A #1: region record comment+2 comment+3 | info comment\n"
		     "update B #2: region record | info comment\n");
	cr_expect_eq(world.plan.comments_left, 3);
	world_apply(&world);
	world_plan(&world);
	world_expect(&world, "second",
		     "update A #1: record comment+4\n"
		     "update B #2: record comment+2 | info comment\n");
	world_apply(&world);
	world_plan(&world);
	world_expect(&world, "third", "update B #2: record comment+3\n");
	world_apply(&world);
	world_plan(&world);
	world_expect(&world, "done", "");
	world_release(&world);
}

/* With `all` an edited entry and an old version without a comment are both brought up. */
Test(plan_issue, max_comments_with_all)
{
	static const struct test_log a = {.name = "A", .version = 5};
	struct world world;

	world_init(&world);
	world.options.max_comments = 2;
	world.options.comments = WLS_COMMENTS_ALL;
	world_logs(&world, &a, 1);
	for (int round = 0; round < 6; round++) {
		world_plan(&world);
		world_apply(&world);
	}
	world_plan(&world);
	world_expect(&world, "settled", "");
	cr_expect_eq(store_find(&world.store, 1)->comment_count, 5);
	world_release(&world);
}
