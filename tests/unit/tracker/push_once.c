/* SPDX-License-Identifier: MIT */
/*
 * What is done once, though an answer was lost or somebody else was quicker; and what people do in the
 * middle of one issue's update.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "fake_driver.h"

static const struct test_log v1 = {.name = "A"}, v2 = {.name = "A", .version = 2};

static size_t calls_of(const struct fake_run *run, const char *name)
{
	struct wls_slice rest = wls_buf_slice(&run->tracker.log), line;
	size_t n = 0;

	while (wls_slice_next_line(&rest, &line))
		n += wls_slice_starts(line, wls_slice_of(name));
	return n;
}

static void push_once(struct fake_server *server, const struct world *world)
{
	struct fake_run run = {0};

	fake_push(server, world, &run);
	cr_assert_eq(run.status, 0, "%s", run.why);
	fake_run_release(&run);
}

/* Done and lost: seen at the first look. Not done: sent once more, after all looks. */
Test(push_once, an_unclear_answer)
{
	static const struct {
		const char *call;
		enum fake_fault fault;
		size_t calls, sleeps;
	} rows[] = {{"create", FAKE_LOST_AFTER, 1, 1},
		    {"create", FAKE_LOST_BEFORE, 2, 5},
		    {"post_comment", FAKE_LOST_AFTER, 1, 1},
		    {"post_comment", FAKE_LOST_BEFORE, 2, 5}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct fake_server server = {0};
		struct fake_run run = {
			.tracker = {.only = rows[i].call, .fault = rows[i].fault, .fault_at = 1}};
		struct world world;
		world_init(&world);
		world_logs(&world, &v1, 1);
		if (strcmp(rows[i].call, "create") != 0) {
			push_once(&server, &world);
			world_logs(&world, &v2, 1);
		}
		fake_push(&server, &world, &run);
		cr_expect_eq(run.status, 0, "row %zu: %s", i, run.why);
		cr_expect_eq(calls_of(&run, rows[i].call), rows[i].calls, "row %zu:\n%s", i,
			     wls_buf_str(&run.tracker.log));
		cr_expect_eq(run.tracker.http.sleeps, rows[i].sleeps, "row %zu", i);
		cr_expect_eq(run.result.created + run.result.comments, 1, "row %zu", i);
		cr_expect_eq(server.store.count, 1, "row %zu", i);
		fake_run_release(&run);
		fake_server_release(&server);
		world_release(&world);
	}
}

struct other {
	struct fake_server *server;
	const struct world *world;
};

static void push_other(void *data)
{
	const struct other *other = data;

	push_once(other->server, other->world);
}

/* The lease was another's for a while, and that one has posted: nothing is posted again. */
Test(push_once, a_comment_that_another_posted)
{
	struct fake_server server = {0};
	struct world world;
	struct other other = {&server, &world};
	struct fake_run run = {.tracker = {.only = "lease_take",
					   .between = push_other,
					   .between_data = &other,
					   .between_at = 2}};

	world_init(&world);
	world_logs(&world, &v1, 1);
	push_once(&server, &world);
	world_logs(&world, &v2, 1);
	server.seconds_a_call = 60;
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0, "%s", run.why);
	cr_expect_eq(calls_of(&run, "post_comment"), 0, "%s", wls_buf_str(&run.tracker.log));
	cr_expect_eq(store_find(&server.store, 1)->comment_count, 1);
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

static void post_as_stranger(void *data)
{
	struct fake_server *server = data;
	const struct wls_comment_marker marker = {WLS_SLICE("A"), 2, 1};
	struct wls_buf body _cleanup_buf_ = WLS_BUF_INIT;

	wls_comment_marker_write(&marker, &body);
	store_post(&server->store, store_find(&server->store, 1), "stranger", wls_buf_slice(&body));
}

/* What a stranger wrote under our first line is not the comment whose answer was lost. */
Test(push_once, a_comment_that_a_stranger_posted)
{
	struct fake_server server = {0};
	struct world world;
	struct fake_run run = {.tracker = {.only = "post_comment",
					   .fault = FAKE_LOST_BEFORE,
					   .fault_at = 1,
					   .between = post_as_stranger,
					   .between_data = &server,
					   .between_at = 1}};

	world_init(&world);
	world_logs(&world, &v1, 1);
	push_once(&server, &world);
	world_logs(&world, &v2, 1);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0, "%s", run.why);
	cr_expect_eq(calls_of(&run, "post_comment"), 2, "%s", wls_buf_str(&run.tracker.log));
	cr_expect_eq(store_find(&server.store, 1)->comment_count, 2);
	cr_expect_eq(run.tracker.http.sleeps, 5, "all looks");
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

struct person {
	struct fake_server *server;
	const char *edit;
};

static void edit_one(void *data)
{
	const struct person *person = data;

	store_edit(&person->server->store, 1, person->edit);
}

/* What people change while the labels are being written is drift, and stays. */
Test(push_once, people_in_the_middle_of_an_update)
{
	static const struct test_log changed = {
		.name = "A", .title = "Better", .status = "blocked", .now = "more"};
	static const struct {
		const char *edit, *body, *title, *note;
	} rows[] = {{"title=Mine", NULL, "Mine", "A title: "},
		    {"region", "Said by a person.", "Better", "A region: "},
		    {"above=Hello\\\\", "Hello\n\n<!-- wlsync:1 ", "Better", NULL},
		    {"state=completed", NULL, "Better", "A state: "}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct fake_server server = {0};
		struct person person = {&server, rows[i].edit};
		struct fake_run run = {.tracker = {.only = "add_labels",
						   .between = edit_one,
						   .between_data = &person,
						   .between_at = 1}};
		struct world world;
		world_init(&world);
		world_logs(&world, &v1, 1);
		push_once(&server, &world);
		world_logs(&world, &changed, 1);
		fake_push(&server, &world, &run);
		const struct store_issue *issue = store_find(&server.store, 1);
		cr_expect(wls_slice_eq(issue->title, wls_slice_of(rows[i].title)), "row %zu: %.*s",
			  i, WLS_SLICE_ARG(issue->title));
		if (rows[i].body)
			cr_expect_neq(wls_slice_find(issue->body, wls_slice_of(rows[i].body)),
				      SIZE_MAX, "row %zu:\n%.*s", i, WLS_SLICE_ARG(issue->body));
		if (rows[i].note)
			cr_expect_not_null(strstr(wls_buf_str(&run.notes), rows[i].note),
					   "row %zu: %s", i, wls_buf_str(&run.notes));
		cr_expect(store_has_label(issue, WLS_SLICE("status:blocked")));
		fake_run_release(&run);
		fake_server_release(&server);
		world_release(&world);
	}
}

/* An issue that somebody writes in all the time is left for the next run. */
Test(push_once, somebody_who_does_not_stop)
{
	static const struct test_log changed = {.name = "A", .status = "blocked"};
	struct fake_server server = {0};
	struct person person = {&server, "above=More\\;label-status:blocked"};
	struct fake_run run = {.tracker = {.each = edit_one, .each_data = &person}};
	struct world world;

	world_init(&world);
	world_logs(&world, &v1, 1);
	push_once(&server, &world);
	world_logs(&world, &changed, 1);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0);
	cr_expect_eq(calls_of(&run, "update"), 0);
	cr_expect_eq(run.result.skipped, 1);
	cr_expect_lt(run.tracker.calls, 20);
	push_once(&server, &world);
	cr_expect(store_has_label(store_find(&server.store, 1), WLS_SLICE("status:blocked")));
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

/* What the server made of our text is no people's text: a duplicate that has it is closed. */
Test(push_once, a_duplicate_that_is_stored_otherwise)
{
	struct fake_server server = {.stores_as = '_'};
	struct world world;

	world_init(&world);
	world_logs(&world, &v1, 1);
	push_once(&server, &world);
	const struct store_issue *first = store_find(&server.store, 1);
	struct store_issue *second = store_create(&server.store, "me", first->title, first->body);
	store_add_label(&server.store, second, WLS_SLICE("wlsync"));
	push_once(&server, &world);
	cr_expect_eq(store_find(&server.store, 2)->state, WLS_ISSUE_NOT_PLANNED);
	fake_server_release(&server);
	world_release(&world);
}
