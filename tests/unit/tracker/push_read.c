/* SPDX-License-Identifier: MIT */
/*
 * What a push asks for before it writes: no more than the plan needs, and enough for it to be sure.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "fake_driver.h"

static const struct test_log a1[] = {{.name = "A"}};
static const struct test_log a2[] = {{.name = "A", .version = 2}};
static const struct test_log b_needs_a[] = {{.name = "A"}, {.name = "B", .needs = "A"}};
static const struct test_log apart[] = {{.name = "A"}, {.name = "B"}};

static int hint_one;

static int64_t hint(void *data, struct wls_slice id)
{
	(void)data;
	return wls_slice_eq(id, WLS_SLICE("A")) ? hint_one : 0;
}

/* Asserts which calls a run makes. */
static void expect_calls(struct fake_server *server, const struct world *world, const char *name,
			 const char *expected)
{
	struct fake_run run = {.hint = hint};

	fake_push(server, world, &run);
	cr_expect_eq(run.status, 0, "%s: %s", name, run.why);
	cr_expect_str_eq(wls_buf_str(&run.tracker.log), expected, "%s\n--- got\n%s--- expected\n%s",
			 name, wls_buf_str(&run.tracker.log), expected);
	fake_run_release(&run);
}

Test(push_read, no_more_than_is_needed)
{
	struct fake_server server = {0};
	struct world world;

	world_init(&world);
	world_logs(&world, a1, 0);
	expect_calls(&server, &world, "no log", "list_label 0\n");
	world_logs(&world, apart, 2);
	expect_calls(&server, &world, "first push",
		     "list_label 0\nlist 0\nlease_take 0\nlist_newer 0\ncreate 0\ncreate 0\n"
		     "list_newer 0\nlease_drop 0\n");
	expect_calls(&server, &world, "nothing to do", "list_label 0\n");
	world_logs(&world, b_needs_a, 2);
	expect_calls(&server, &world, "a link",
		     "list_label 0\nread 1\nupdate 1\nread 2\nadd_link 2\nread 2\nupdate 2\n");
	expect_calls(&server, &world, "the link is there", "list_label 0\n");
	world_logs(&world, a2, 1);
	world.options.whole = false;
	expect_calls(&server, &world, "a comment",
		     "list_label 0\nlease_take 0\nread 1\npost_comment 1\nread_comments 1\nread 1\n"
		     "update 1\n"
		     "lease_drop 0\n");
	fake_server_release(&server);
	world_release(&world);
}

/* The anchor label was taken off: found without the filter, and set again. */
Test(push_read, an_issue_without_the_label)
{
	struct fake_server server = {0};
	struct world world;

	world_init(&world);
	world_logs(&world, a1, 1);
	expect_calls(&server, &world, "first",
		     "list_label 0\nlist 0\nlease_take 0\nlist_newer 0\ncreate 0\n"
		     "list_newer 0\nlease_drop 0\n");
	store_edit(&server.store, 1, "label-wlsync");
	expect_calls(&server, &world, "set again",
		     "list_label 0\nlist 0\nread 1\nadd_labels 1\nread 1\n");
	cr_expect_eq(server.store.count, 1);
	fake_server_release(&server);
	world_release(&world);
}

/* What could not be listed is unknown: nothing is created, nothing is written. */
Test(push_read, a_listing_that_failed)
{
	static const enum fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER, FAKE_LIMITED,
						 FAKE_BAD_ANSWER, FAKE_DENIED};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(faults); i++) {
		for (size_t at = 1; at <= 2; at++) {
			struct fake_server server = {0};
			struct fake_run run = {.tracker = {.fault = faults[i], .fault_at = at}};
			struct world world;
			world_init(&world);
			world_logs(&world, apart, 2);
			fake_push(&server, &world, &run);
			cr_expect_lt(run.status, 0, "%s at %zu", fake_fault_name(faults[i]), at);
			cr_expect_eq(run.tracker.writes, 0, "%s at %zu", fake_fault_name(faults[i]),
				     at);
			fake_run_release(&run);
			fake_server_release(&server);
			world_release(&world);
		}
	}
}

/* The cache knows of an issue that no listing shows. */
Test(push_read, hints)
{
	struct fake_server server = {0};
	struct world world;

	world_init(&world);
	world_logs(&world, a1, 1);
	hint_one = 7;
	expect_calls(&server, &world, "deleted: not made again", "list_label 0\nlist 0\nread 7\n");
	world.options.force = true;
	expect_calls(&server, &world, "unless forced",
		     "list_label 0\nlist 0\nread 7\nlease_take 0\nlist_newer 0\ncreate 0\n"
		     "list_newer 0\nlease_drop 0\n");
	world.options.force = false;
	hint_one = 1;
	expect_calls(&server, &world, "found by its marker", "list_label 0\n");
	store_edit(&server.store, 1, "nomarker;title=Other");
	expect_calls(&server, &world, "the marker is lost", "list_label 0\nlist 0\n");
	cr_expect_eq(server.store.count, 1);
	fake_server_release(&server);
	world_release(&world);
}

/* A hint that cannot be looked at stops the run: the issue may be there. */
Test(push_read, a_hint_that_cannot_be_read)
{
	static const enum fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_DENIED, FAKE_BAD_ANSWER};

	hint_one = 7;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(faults); i++) {
		struct fake_server server = {0};
		struct fake_run run = {.hint = hint,
				       .tracker = {.fault = faults[i], .fault_at = 3}};
		struct world world;
		world_init(&world);
		world_logs(&world, a1, 1);
		fake_push(&server, &world, &run);
		cr_expect_lt(run.status, 0);
		cr_expect_eq(server.store.count, 0);
		fake_run_release(&run);
		fake_server_release(&server);
		world_release(&world);
	}
}

/* Comments of a duplicate are read before it is judged. */
Test(push_read, duplicates)
{
	struct fake_server server = {0};
	struct world world;
	struct fake_run run = {0};

	world_init(&world);
	world_logs(&world, a1, 1);
	fake_push(&server, &world, &run);
	fake_run_release(&run);
	for (int i = 0; i < 2; i++) {
		const struct store_issue *first = store_find(&server.store, 1);
		struct store_issue *issue =
			store_create(&server.store, "me", first->title, first->body);
		store_add_label(&server.store, issue, WLS_SLICE("wlsync"));
	}
	store_edit(&server.store, 3, "comment=Hello");
	run = (struct fake_run){0};
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0);
	cr_expect_eq(store_find(&server.store, 1)->state, WLS_ISSUE_OPEN);
	cr_expect_eq(store_find(&server.store, 2)->state, WLS_ISSUE_NOT_PLANNED);
	cr_expect_eq(store_find(&server.store, 3)->state, WLS_ISSUE_OPEN);
	cr_expect_not_null(strstr(wls_buf_str(&run.tracker.log), "read_comments 3\n"));
	cr_expect_null(strstr(wls_buf_str(&run.tracker.log), "read_comments 2\n"));
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}
