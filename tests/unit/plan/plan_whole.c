/* SPDX-License-Identifier: MIT */
/*
 * All logs against all issues: what is gone, links, brakes, and that a plan that was done leaves
 * nothing to do.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "plan_support.h"

static void push(struct world *world, const struct test_log *logs, size_t count)
{
	world_logs(world, logs, count);
	world_settle(world);
}

static void plan(struct world *world, const struct test_log *logs, size_t count)
{
	world_logs(world, logs, count);
	world_plan(world);
}

/* ---- logs that are gone ---- */

Test(plan_whole, gone)
{
	static const struct test_log both[] = {{.name = "A"}, {.name = "B"}};
	static const struct {
		const char *name;
		const char *people;
		size_t count; /* logs that are left */
		bool prune, unreadable, part, from_label;
		const char *expected;
	} rows[] = {
		{"reported", NULL, 1, false, false, false, false, "skip B #2: | problem log\n"},
		{"pruned", NULL, 1, true, false, false, false,
		 "prune B #2: state record=not_planned\n"},
		{"not when one was unreadable", NULL, 1, true, true, false, false,
		 "skip B #2: | problem log\n"},
		{"not when only some logs were read", NULL, 1, true, false, true, false, ""},
		{"not when there is no log at all", NULL, 0, true, false, false, false, ""},
		{"closed already", "state=completed", 1, true, false, false, false, ""},
		{"a stranger's", "author=stranger", 1, true, false, false, false, ""},
		{"with the label only", NULL, 1, true, false, false, true,
		 "prune B #2: state record=not_planned\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world world;
		world_init(&world);
		push(&world, both, 2);
		if (rows[i].people)
			store_edit(&world.store, 2, rows[i].people);
		world.options.prune = rows[i].prune;
		world.options.unreadable = rows[i].unreadable;
		world.options.whole = !rows[i].part;
		world.listed_by_label = rows[i].from_label;
		plan(&world, both, rows[i].count);
		world_expect(&world, rows[i].name, rows[i].expected);
		world_release(&world);
	}
}

Test(plan_whole, a_log_that_comes_back)
{
	static const struct test_log both[] = {{.name = "A"}, {.name = "B"}};
	struct world world;

	world_init(&world);
	push(&world, both, 2);
	world.options.prune = true;
	push(&world, both, 1);
	cr_expect_eq(store_find(&world.store, 2)->state, WLS_ISSUE_NOT_PLANNED);
	world_expect(&world, "pruned once", "");
	plan(&world, both, 2);
	world_expect(&world, "back", "update B #2: state record=open\n");
	world_settle(&world);
	cr_expect_eq(store_living(&world.store, "B"), 1);
	world_release(&world);
}

/* What --log leaves out is matched, so that it is neither gone nor doubled. */
Test(plan_whole, left_out)
{
	static const struct test_log before[] = {{.name = "A"}, {.name = "B"}};
	static const struct test_log after[] = {{.name = "A", .title = "X", .needs = "B"},
						{.name = "B", .title = "Y"},
						{.name = "C"}};
	struct world world;

	world_init(&world);
	push(&world, before, 2);
	world.options.prune = true;
	world_logs(&world, after, 3);
	world.wanted.items[1].left_out = world.wanted.items[2].left_out = true;
	world_plan(&world);
	world_expect(&world, "only A", "update A #1: title region record link+B\n");
	world_settle(&world);
	world_expect(&world, "settled", "");
	world_release(&world);
}

/* ---- links ---- */

Test(plan_whole, links)
{
	static const struct test_log apart[] = {{.name = "A"}, {.name = "B"}, {.name = "C"}};
	static const struct test_log needs[] = {
		{.name = "A"}, {.name = "B", .needs = "A"}, {.name = "C"}};
	static const struct {
		const char *name;
		const struct test_log *before, *after;
		const char *people; /* on B */
		bool overwrite;
		const char *expected;
	} rows[] = {
		{"settled", needs, needs, NULL, false, ""},
		{"needed now", apart, needs, NULL, false,
		 "update A #1: region record\nupdate B #2: region record link+A\n"},
		{"needed no more", needs, apart, NULL, false,
		 "update A #1: region record\nupdate B #2: region record link-#1\n"},
		{"a person's stays", needs, needs, "link+3", false, ""},
		{"a person's stays when ours goes", needs, apart, "link+3", false,
		 "update A #1: region record\nupdate B #2: region record link-#1\n"},
		{"a person made it already", apart, needs, "link+1", false,
		 "update A #1: region record\nupdate B #2: region record\n"},
		{"a person removed it", needs, needs, "link-1", false,
		 "nothing B #2: | drift link\n"},
		{"… and put in another", needs, needs, "link-1;link+3", false, ""},
		{"overwrite", needs, needs, "link-1", true, "update B #2: link+A\n"},
		{"needed no more, and removed already", needs, apart, "link-1", false,
		 "update A #1: region record\nupdate B #2: region record\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world world;
		world_init(&world);
		push(&world, rows[i].before, 3);
		if (rows[i].people)
			store_edit(&world.store, 2, rows[i].people);
		world.options.overwrite = rows[i].overwrite;
		plan(&world, rows[i].after, 3);
		world_expect(&world, rows[i].name, rows[i].expected);
		world_release(&world);
	}
}

/* Only when their number is not what was recorded, and tells not enough. */
Test(plan_whole, links_are_read_only_when_needed)
{
	static const struct test_log needs[] = {
		{.name = "A"}, {.name = "B", .needs = "A"}, {.name = "C"}};
	static const struct {
		const char *people;
		size_t reads;
		const char *expected;
	} rows[] = {{"label+bug", 0, ""},
		    {"link+3", 1, ""},
		    {"link-1", 0, "nothing B #2: | drift link\n"},
		    {"link-1;link+3;link+4", 1, "nothing B #2: | drift link\n"}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world world;
		world_init(&world);
		push(&world, needs, 3);
		cr_expect_eq(store_find(&world.store, 2)->link_count, 1);
		store_edit(&world.store, 2, rows[i].people);
		plan(&world, needs, 3);
		cr_expect_eq(world.link_reads, rows[i].reads, "%s", rows[i].people);
		world_expect(&world, rows[i].people, rows[i].expected);
		world_release(&world);
	}
}

Test(plan_whole, a_server_without_links)
{
	static const struct test_log needs[] = {{.name = "A"}, {.name = "B", .needs = "A"}};
	struct world world;

	world_init(&world);
	world.no_links = true;
	push(&world, needs, 2);
	cr_expect_eq(store_find(&world.store, 2)->link_count, 0);
	world_expect(&world, "settled", "");
	world_release(&world);
}

/* A server that tells of no links for once takes nothing out of the record. */
Test(plan_whole, links_that_are_not_seen)
{
	static const struct test_log needs[] = {{.name = "A"}, {.name = "B", .needs = "A"}};
	struct world world;

	world_init(&world);
	push(&world, needs, 2);
	cr_expect_eq(store_find(&world.store, 2)->link_count, 1);
	world.no_links = true;
	plan(&world, needs, 2);
	world_expect(&world, "not seen", "");
	world.no_links = false;
	plan(&world, needs, 2);
	world_expect(&world, "seen again", "");
	world_release(&world);
}

/* At first push: A, then B; B's issue names A's in a second pass. */
Test(plan_whole, both_ends_are_created)
{
	static const struct test_log needs[] = {{.name = "A", .needs = "B"}, {.name = "B"}};
	struct world world;

	world_init(&world);
	plan(&world, needs, 2);
	world_expect(&world, "first",
		     "create A: title region record +wlsync +status:in-progress link+B\n"
		     "create B: title region record +wlsync +status:in-progress\n");
	world_apply(&world);
	world_plan(&world);
	world_expect(&world, "second", "update A #1: region record link+B\n");
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 1)->links[0], 2);
	world_release(&world);
}

/* A log that is not pushed has no issue: that must not leave something to do for ever. */
Test(plan_whole, what_is_needed_may_have_no_issue)
{
	static const struct test_log logs[] = {{.name = "A"}, {.name = "B", .needs = "A"}};
	struct world world;

	world_init(&world);
	store_create(&world.store, "me", WLS_SLICE("A"), WLS_SLICE("by hand"));
	push(&world, logs, 2);
	world_expect(&world, "A is doubtful", "skip A: | problem identity\n");
	world_release(&world);

	world_init(&world);
	world_logs(&world, logs, 2);
	world.wanted.items[0].left_out = true;
	world_settle(&world);
	world_expect(&world, "A is left out", "");
	world_release(&world);
}

Test(plan_whole, at_most_fifty_links)
{
	static struct test_log logs[61];
	static char names[61][8], needs[512];
	struct world world;

	for (size_t i = 0; i < 60; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "L%02zu", i);
		(void)snprintf(needs + strlen(needs), sizeof(needs) - strlen(needs), "%s%s",
			       i ? " " : "", names[i]);
		logs[i].name = names[i];
	}
	logs[60] = (struct test_log){.name = "M", .needs = needs};
	world_init(&world);
	push(&world, logs, 61);
	cr_expect_eq(store_find(&world.store, 61)->link_count, WLS_LINKS_MAX);
	world_expect(&world, "settled", "nothing M #61: | info link\n");
	world_release(&world);
}

/* Logs on a cycle are not linked to each other. */
Test(plan_whole, cycles_are_not_linked)
{
	static const struct test_log logs[] = {
		{.name = "A", .needs = "B"}, {.name = "B", .needs = "A C"}, {.name = "C"}};
	struct world world;

	world_init(&world);
	push(&world, logs, 3);
	cr_expect_eq(store_find(&world.store, 1)->link_count, 0);
	cr_expect_eq(store_find(&world.store, 2)->link_count, 1);
	world_release(&world);
}

/* ---- brakes ---- */

Test(plan_whole, the_brake_on_creations)
{
	static const struct {
		size_t logs;
		uint32_t max;
		bool brakes;
	} rows[] = {{20, 20, false}, {21, 20, true}, {1, 0, true}, {0, 0, false}, {3, 3, false}};
	static char names[21][8];
	static struct test_log logs[21];

	for (size_t i = 0; i < 21; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "L%02zu", i);
		logs[i].name = names[i];
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world world;
		world_init(&world);
		plan(&world, logs, rows[i].logs);
		const char *why = wls_plan_brake(&world.plan, rows[i].max);
		cr_expect_eq(why != NULL, rows[i].brakes, "row %zu: %s", i, why ? why : "-");
		world_release(&world);
	}
}

/* Title, state or status on more than 30 %, and on ten at least. */
Test(plan_whole, the_brake_on_changes)
{
	static const struct {
		size_t logs, changed;
		char what; /* t: title; s: status; c: completed; n: the text only; h: a HIGH item */
		bool brakes;
	} rows[] = {{10, 9, 't', false},  {10, 10, 't', true},  {33, 10, 't', true},
		    {34, 10, 't', false}, {40, 12, 's', false}, {40, 13, 's', true},
		    {20, 10, 'c', true},  {20, 20, 'n', false}, {20, 20, 'h', false}};
	static char names[40][8];
	static struct test_log before[40], after[40];

	for (size_t i = 0; i < 40; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "L%02zu", i);
		before[i].name = names[i];
	}
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct world world;
		memcpy(after, before, sizeof(after));
		for (size_t k = 0; k < rows[i].changed; k++) {
			after[k].title = rows[i].what == 't' ? "Better" : NULL;
			after[k].status = rows[i].what == 's'   ? "blocked"
					  : rows[i].what == 'c' ? "completed"
								: NULL;
			after[k].now = rows[i].what == 'n' ? "more" : NULL;
			after[k].high = rows[i].what == 'h';
		}
		world_init(&world);
		push(&world, before, rows[i].logs);
		plan(&world, after, rows[i].logs);
		const char *why = wls_plan_brake(&world.plan, 20);
		cr_expect_eq(why != NULL, rows[i].brakes, "row %zu: %s", i, why ? why : "-");
		world_release(&world);
	}
}

Test(plan_whole, closing_brakes_too)
{
	static char names[12][8];
	static struct test_log logs[12];
	struct world world;

	for (size_t i = 0; i < 12; i++) {
		(void)snprintf(names[i], sizeof(names[i]), "L%02zu", i);
		logs[i].name = names[i];
	}
	world_init(&world);
	push(&world, logs, 12);
	world.options.prune = true;
	plan(&world, logs, 1);
	cr_expect_eq(world.plan.updates, 11);
	cr_expect_not_null(wls_plan_brake(&world.plan, 20));
	world_release(&world);
}

/* ---- what was done leaves nothing to do ---- */

static void random_log(uint64_t *seed, struct test_log *log, const char *name, const char *needs)
{
	static const char *const statuses[] = {"in_progress", "blocked", "needs_review",
					       "completed"};
	static const char *const titles[] = {NULL, "Auth", "Ünïcode @name #12", "<b>&amp;"};

	log->name = name;
	log->status = statuses[chance(seed, 4)];
	log->title = titles[chance(seed, 4)];
	log->version += 1 + chance(seed, 3);
	log->high = chance(seed, 3) == 0;
	log->edited = chance(seed, 4) == 0 ? 1 + chance(seed, log->version) : 0;
	log->needs = chance(seed, 2) ? needs : NULL;
	log->now = chance(seed, 3) ? NULL : "done <!-- wlsync:1 id=X --> and more";
}

static void random_logs(uint64_t *seed, struct test_log logs[4])
{
	static const char *const names[] = {"A", "Bee-Tree", "C", "D"};
	static const char *const needs[] = {"C D", "A", "D", "A C Bee-Tree"};

	for (size_t i = 0; i < 4; i++)
		random_log(seed, &logs[i], names[i], needs[i]);
}

static void random_people(uint64_t *seed, struct world *world)
{
	static const char *const edits[] = {"title=Mine",
					    "region",
					    "above=Hello\\\\",
					    "below=\\\\Bye",
					    "state=open",
					    "state=completed",
					    "label-status:blocked",
					    "label+bug",
					    "label-wlsync",
					    "link+1",
					    "link-2",
					    "comment=Hello",
					    "uncomment",
					    "crlf",
					    "state=not_planned",
					    "label-priority:high"};

	for (uint32_t n = chance(seed, 5); n > 0; n--)
		store_edit(&world->store, 1 + chance(seed, (uint32_t)world->store.count),
			   edits[chance(seed, WLS_ARRAY_SIZE(edits))]);
}

/* How the world of a seed goes on, push by push; fails when one leaves something to do. */
static void try_seed(uint64_t first)
{
	struct test_log logs[4] = {{0}};
	uint64_t seed = first;
	struct world world;

	world_init(&world);
	for (int push_number = 0; push_number < 4; push_number++) {
		size_t before = world.store.count;
		random_logs(&seed, logs);
		world.options.comments = (enum wls_comments_policy)chance(&seed, 4);
		world.options.overwrite = chance(&seed, 4) == 0;
		world_logs(&world, logs, 4);
		world_plan(&world);
		world_settle(&world);
		for (size_t i = 0; i < 4; i++)
			cr_expect_eq(store_living(&world.store, logs[i].name), 1, "seed %u: %s",
				     (unsigned)first, logs[i].name);
		cr_expect(before == 0 || before == world.store.count, "seed %u", (unsigned)first);
		random_people(&seed, &world);
	}
	world_release(&world);
}

Test(plan_whole, a_plan_that_was_done_leaves_nothing)
{
	for (uint64_t seed = 1; seed <= 150; seed++)
		try_seed(seed);
}

/* The same logs and the same issues make the same plan, whatever order the logs are added in. */
Test(plan_whole, the_same_plan_in_any_order)
{
	static const struct test_log logs[] = {{.name = "A", .needs = "B"}, {.name = "B"}};
	static const struct test_log turned[] = {{.name = "B"}, {.name = "A", .needs = "B"}};
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;
	struct world world;

	world_init(&world);
	plan(&world, logs, 2);
	world_describe(&world, &one);
	plan(&world, turned, 2);
	world_describe(&world, &two);
	cr_expect_str_eq(wls_buf_str(&one), wls_buf_str(&two));
	world_release(&world);
}
