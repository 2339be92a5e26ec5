/* SPDX-License-Identifier: MIT */
/*
 * Whatever happens to a push, the next one ends where an undisturbed one would have.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "fake_driver.h"

/* ---- worlds ---- */

#define LOGS_MAX 6

/* What a tracker held after an earlier push, and what is to be pushed now. */
struct scene {
	struct test_log before[LOGS_MAX], after[LOGS_MAX];
	size_t count_before, count;
	struct world world;
	struct fake_server server;
	struct wls_buf state; /* after an undisturbed push */
	size_t calls;         /* of that one */
};

static const char *const names[] = {"Alpha", "Beta-Two", "Gamma", "Delta", "Eps", "Zeta"};

static void random_log(uint64_t *seed, struct test_log *log, size_t i)
{
	static const char *const statuses[] = {"in_progress", "blocked", "completed"};
	static const char *const titles[] = {NULL, "Better title"};
	static const char *const needs[] = {"Beta-Two Gamma", "Gamma",    "Delta", NULL,
					    "Alpha",          "Eps Gamma"};

	log->name = names[i];
	log->version += 1 + chance(seed, 2);
	log->status = statuses[chance(seed, 3)];
	log->title = titles[chance(seed, 2)];
	log->needs = chance(seed, 3) ? needs[i] : NULL;
	log->high = chance(seed, 3) == 0;
	log->edited = chance(seed, 4) == 0 ? 1 + chance(seed, log->version) : 0;
}

/* What people do outside of the region. */
static void random_people(uint64_t *seed, struct store *store)
{
	static const char *const edits[] = {
		"above=Hello\\\\", "below=\\\\Bye", "label+bug",  "comment=Hello",  "label-wlsync",
		"link+1",          "crlf",          "title=Mine", "state=completed"};

	for (uint32_t n = store->count > 0 ? chance(seed, 4) : 0; n > 0; n--)
		store_edit(store, 1 + chance(seed, (uint32_t)store->count),
			   edits[chance(seed, WLS_ARRAY_SIZE(edits))]);
}

static void push_once(struct fake_server *server, struct world *world, const char *what)
{
	struct fake_run run = {0};

	fake_push(server, world, &run);
	cr_assert_eq(run.status, 0, "%s: %s", what, run.why);
	fake_run_release(&run);
}

/* Pushes an older state of the logs, and lets people at it. */
static void make_scene(struct scene *scene, uint64_t first)
{
	uint64_t seed = first;

	*scene = (struct scene){.state = WLS_BUF_INIT};
	world_init(&scene->world);
	scene->count_before = chance(&seed, 4);
	scene->count = 3 + chance(&seed, 4);
	for (size_t i = 0; i < scene->count; i++) {
		random_log(&seed, &scene->before[i], i);
		scene->after[i] = scene->before[i];
		if (chance(&seed, 3))
			random_log(&seed, &scene->after[i], i);
	}
	if (scene->count_before > 0) {
		world_logs(&scene->world, scene->before, scene->count_before);
		scene->world.options.comments = WLS_COMMENTS_ALL;
		push_once(&scene->server, &scene->world, "before");
		random_people(&seed, &scene->server.store);
	}
	scene->world.options.comments = chance(&seed, 2) ? WLS_COMMENTS_NEW : WLS_COMMENTS_ALL;
	world_logs(&scene->world, scene->after, scene->count);
}

static void release_scene(struct scene *scene)
{
	wls_buf_release(&scene->state);
	fake_server_release(&scene->server);
	world_release(&scene->world);
}

/* ---- what has to hold ---- */

static void expect_nothing_left(struct fake_server *server, struct world *world, const char *what)
{
	struct fake_run run = {0};

	fake_push(server, world, &run);
	cr_expect_eq(run.status, 0, "%s: %s", what, run.why);
	cr_expect_eq(run.tracker.writes, 0, "%s: a further run writes\n%s", what,
		     wls_buf_str(&run.tracker.log));
	fake_run_release(&run);
}

/* How an undisturbed push ends. */
static void learn_state(struct scene *scene, const char *what)
{
	struct fake_server server;
	struct fake_run run = {0};

	fake_server_clone(&server, &scene->server);
	fake_push(&server, &scene->world, &run);
	cr_assert_eq(run.status, 0, "%s: %s", what, run.why);
	scene->calls = run.tracker.calls;
	store_describe(&server.store, &scene->state);
	expect_nothing_left(&server, &scene->world, what);
	cr_expect(!server.leased, "%s: the lease is still there", what);
	fake_run_release(&run);
	fake_server_release(&server);
}

static void expect_state(struct scene *scene, struct fake_server *server, const char *what,
			 const char *log)
{
	struct wls_buf state _cleanup_buf_ = WLS_BUF_INIT;

	store_describe(&server->store, &state);
	cr_assert_str_eq(wls_buf_str(&state), wls_buf_str(&scene->state),
			 "%s\n--- calls\n%s--- got\n%s\n--- expected\n%s", what, log,
			 wls_buf_str(&state), wls_buf_str(&scene->state));
	for (size_t i = 0; i < scene->count; i++)
		cr_assert_eq(store_living(&server->store, scene->after[i].name), 1,
			     "%s: %zu issues of %s", what,
			     store_living(&server->store, scene->after[i].name),
			     scene->after[i].name);
}

/* The next runs; a fault in one log's creation may leave the links to it to a second one. */
static void recover(struct scene *scene, struct fake_server *server, const char *what)
{
	/* Whoever held the lease is dead. */
	fake_now += 61;
	server->hide_for = server->hidden_left = 0;
	push_once(server, &scene->world, what);
}

static void try_fault(struct scene *scene, enum fake_fault fault, size_t at, const char *name)
{
	struct fake_server server;
	struct fake_run run = {.tracker = {.fault = fault, .fault_at = at}};
	char what[128];

	(void)snprintf(what, sizeof(what), "%s, %s at call %zu", name, fake_fault_name(fault), at);
	fake_server_clone(&server, &scene->server);
	fake_push(&server, &scene->world, &run);
	recover(scene, &server, what);
	expect_state(scene, &server, what, wls_buf_str(&run.tracker.log));
	expect_nothing_left(&server, &scene->world, what);
	fake_run_release(&run);
	fake_server_release(&server);
}

Test(push_apply, undisturbed)
{
	for (uint64_t seed = 1; seed <= fake_rounds(60); seed++) {
		struct scene scene;
		char what[64];
		(void)snprintf(what, sizeof(what), "seed %u", (unsigned)seed);
		make_scene(&scene, seed);
		learn_state(&scene, what);
		release_scene(&scene);
	}
}

Test(push_apply, any_fault_at_any_call)
{
	for (uint64_t seed = 1; seed <= fake_rounds(8); seed++) {
		struct scene scene;
		char what[64];
		(void)snprintf(what, sizeof(what), "seed %u", (unsigned)seed);
		make_scene(&scene, seed);
		learn_state(&scene, what);
		for (size_t at = 1; at <= scene.calls; at++)
			for (int fault = FAKE_KILL_BEFORE; fault < FAKE_FAULT_COUNT; fault++)
				try_fault(&scene, (enum fake_fault)fault, at, what);
		release_scene(&scene);
	}
}

/* ---- servers that are odd ---- */

/* Lists that lag: for so many listings what was created is not there. */
Test(push_apply, lists_that_lag)
{
	for (uint64_t seed = 1; seed <= fake_rounds(6); seed++) {
		struct scene scene;
		make_scene(&scene, seed);
		learn_state(&scene, "lag");
		for (size_t at = 1; at <= scene.calls; at++) {
			scene.server.hide_for = 1 + at % 4;
			try_fault(&scene, FAKE_LOST_AFTER, at, "lag");
			try_fault(&scene, FAKE_LOST_BEFORE, at, "lag");
			try_fault(&scene, FAKE_LIMITED, at, "lag");
		}
		release_scene(&scene);
	}
}

/* After a kill, a list that lags makes the next run create another: the one after closes it. */
Test(push_apply, lists_that_lag_behind_a_kill)
{
	for (uint64_t seed = 1; seed <= fake_rounds(6); seed++) {
		struct scene scene;
		make_scene(&scene, seed);
		learn_state(&scene, "lag");
		for (size_t at = 1; at <= scene.calls; at++) {
			struct fake_server server;
			struct fake_run run = {
				.tracker = {.fault = FAKE_KILL_AFTER, .fault_at = at}};
			fake_server_clone(&server, &scene.server);
			server.hide_for = 2;
			fake_push(&server, &scene.world, &run);
			fake_now += 61;
			push_once(&server, &scene.world, "first");
			server.hide_for = 0;
			recover(&scene, &server, "second");
			expect_state(&scene, &server, "lag behind a kill",
				     wls_buf_str(&run.tracker.log));
			expect_nothing_left(&server, &scene.world, "lag behind a kill");
			fake_run_release(&run);
			fake_server_release(&server);
		}
		release_scene(&scene);
	}
}

static void write_strangers(void *data)
{
	struct fake_server *server = data;

	store_create(&server->store, "stranger", WLS_SLICE("Help"), WLS_SLICE("Please."));
}

/* What a stranger writes at the same time shows up first; ours is waited for all the same. */
Test(push_apply, a_strangers_issue_comes_between)
{
	static const struct test_log a = {.name = "A"};
	struct fake_server server = {.hide_for = 3};
	struct fake_run run = {.tracker = {.fault = FAKE_LOST_AFTER,
					   .fault_at = 5,
					   .between = write_strangers,
					   .between_data = &server,
					   .between_at = 6}};
	struct world world;

	world_init(&world);
	world_logs(&world, &a, 1);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0, "%s", run.why);
	cr_expect_eq(run.tracker.creates, 1, "%s", wls_buf_str(&run.tracker.log));
	cr_expect_eq(server.store.count, 2);
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

static struct test_log three[] = {{.name = "A", .needs = "B C"}, {.name = "B"}, {.name = "C"}};

static void start_three(struct world *world)
{
	world_init(world);
	world_logs(world, three, 3);
}

/* A server that drops labels: one issue was made, and never another. */
Test(push_apply, labels_that_are_dropped)
{
	struct fake_server server = {.drops_labels = true};
	struct world world;

	start_three(&world);
	for (int i = 0; i < 3; i++) {
		struct fake_run run = {0};
		fake_push(&server, &world, &run);
		if (i == 0)
			cr_expect_eq(run.status, WLS_E_DENIED);
		cr_expect_leq(run.tracker.creates, 1);
		cr_expect_not_null(i > 0 ? "" : strstr(run.why, "label"));
		fake_run_release(&run);
		cr_expect_eq(store_living(&server.store, "A"), 1);
		cr_expect_eq(store_living(&server.store, "B"), i >= 1);
	}
	server.drops_labels = false;
	push_once(&server, &world, "allowed");
	cr_expect_eq(server.store.count, 3);
	expect_nothing_left(&server, &world, "allowed");
	fake_server_release(&server);
	world_release(&world);
}

/* A server that stores another text than it is sent: recorded, and settled. */
Test(push_apply, a_text_that_is_stored_otherwise)
{
	static struct test_log later[] = {
		{.name = "A", .version = 2}, {.name = "B"}, {.name = "C", .status = "blocked"}};
	struct fake_server server = {.stores_as = '_'};
	struct world world;

	start_three(&world);
	push_once(&server, &world, "first");
	expect_nothing_left(&server, &world, "first");
	world_logs(&world, later, 3);
	push_once(&server, &world, "later");
	expect_nothing_left(&server, &world, "later");
	fake_server_release(&server);
	world_release(&world);
}

/* One that stores something else each time is reported, and not fought. */
Test(push_apply, a_text_that_is_never_the_same)
{
	struct fake_server server = {.never_the_same = true};
	struct world world;
	struct fake_run run = {0};

	start_three(&world);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0);
	cr_expect_not_null(strstr(wls_buf_str(&run.notes), "stores another text"), "%s",
			   wls_buf_str(&run.notes));
	cr_expect_lt(run.tracker.writes, 20);
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

Test(push_apply, a_server_without_links)
{
	struct fake_server server = {.no_links = true};
	struct world world;

	start_three(&world);
	push_once(&server, &world, "no links");
	expect_nothing_left(&server, &world, "no links");
	fake_server_release(&server);
	world_release(&world);
}

/* ---- comments ---- */

static struct test_log commented[] = {{.name = "A", .version = 5}, {.name = "B", .version = 4}};

/* A and B at v1, then at v5 and v4. */
static void start_commented(struct fake_server *server, struct world *world)
{
	static struct test_log first[] = {{.name = "A"}, {.name = "B"}};

	*server = (struct fake_server){0};
	world_init(world);
	world_logs(world, first, 2);
	push_once(server, world, "first");
	world_logs(world, commented, 2);
}

static size_t comments_of(const struct fake_server *server)
{
	return store_find(&server->store, 1)->comment_count +
	       store_find(&server->store, 2)->comment_count;
}

Test(push_apply, at_most_so_many_comments)
{
	static const size_t after[] = {3, 6, 7, 7};
	struct fake_server server;
	struct world world;

	start_commented(&server, &world);
	world.options.max_comments = 3;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(after); i++) {
		push_once(&server, &world, "comments");
		cr_expect_eq(comments_of(&server), after[i], "run %zu: %zu comments", i,
			     comments_of(&server));
	}
	expect_nothing_left(&server, &world, "comments");
	fake_server_release(&server);
	world_release(&world);
}

/* Comments that a list does not show yet are not written again. */
Test(push_apply, comments_that_lag)
{
	for (size_t lag = 1; lag < 8; lag++) {
		struct fake_server server;
		struct world world;
		start_commented(&server, &world);
		server.hide_comments = lag;
		push_once(&server, &world, "lag");
		cr_expect_eq(comments_of(&server), 7, "%zu", comments_of(&server));
		server.hide_comments = 0;
		push_once(&server, &world, "again");
		cr_expect_eq(comments_of(&server), 7);
		expect_nothing_left(&server, &world, "lag");
		fake_server_release(&server);
		world_release(&world);
	}
}

/* A comment that cannot be written does not keep the issue from being brought up to date. */
Test(push_apply, comments_that_fail)
{
	struct fake_server server;
	struct world world;
	struct fake_run run = {.bad_comments = true};

	start_commented(&server, &world);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, 0);
	cr_expect_eq(run.result.failed, 2);
	cr_expect_not_null(strstr(wls_buf_str(&run.notes), "A comment: "));
	cr_expect_eq(comments_of(&server), 0);
	cr_expect(wls_slice_find(store_find(&server.store, 1)->body, WLS_SLICE("v5")) != SIZE_MAX);
	push_once(&server, &world, "again");
	cr_expect_eq(comments_of(&server), 7);
	expect_nothing_left(&server, &world, "fail");
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}

/* ---- people, meanwhile ---- */

struct meanwhile {
	struct fake_server *server;
	int64_t number;
	const char *edit;
};

static void edit_meanwhile(void *data)
{
	const struct meanwhile *m = data;

	if (store_find(&m->server->store, m->number))
		store_edit(&m->server->store, m->number, m->edit);
}

/* The name of the Nth call. */
static struct wls_slice call_of(const struct fake_run *run, size_t at)
{
	struct wls_slice rest = wls_buf_slice(&run->tracker.log), line = {0};

	for (size_t i = 0; i < at; i++)
		wls_slice_next_line(&rest, &line);
	return line;
}

static bool has_text(const struct fake_server *server, int64_t number, const char *text)
{
	const struct store_issue *issue = store_find(&server->store, number);

	return issue && wls_slice_find(issue->body, wls_slice_of(text)) != SIZE_MAX;
}

/* What people write at any moment but that of the PATCH itself stays. */
static void try_person(struct scene *scene, size_t at)
{
	for (int64_t number = 1; number <= (int64_t)scene->server.store.count; number++) {
		struct fake_server server;
		struct meanwhile meanwhile = {&server, number, "above=Just written\\\\"};
		struct fake_run run = {.tracker = {.between = edit_meanwhile,
						   .between_data = &meanwhile,
						   .between_at = at}};
		char patch[32];
		(void)snprintf(patch, sizeof(patch), "update %d", (int)number);
		fake_server_clone(&server, &scene->server);
		fake_push(&server, &scene->world, &run);
		if (!wls_slice_eq(call_of(&run, at), wls_slice_of(patch)))
			cr_assert(has_text(&server, number, "Just written"),
				  "a person's text in #%d was lost at call %zu of\n%s", (int)number,
				  at, wls_buf_str(&run.tracker.log));
		recover(scene, &server, "person");
		expect_nothing_left(&server, &scene->world, "person");
		fake_run_release(&run);
		fake_server_release(&server);
	}
}

Test(push_apply, what_people_write_meanwhile_stays)
{
	for (uint64_t seed = 1; seed <= fake_rounds(12); seed++) {
		struct scene scene;
		make_scene(&scene, seed);
		learn_state(&scene, "person");
		for (size_t at = 1; at <= scene.calls; at++)
			try_person(&scene, at);
		release_scene(&scene);
	}
}

/* ---- other verbs ---- */

Test(push_apply, adopted_and_pruned)
{
	static struct test_log adopted[] = {{.name = "A", .front = "issue: 1\n"}, {.name = "B"}};
	struct fake_server server = {0};
	struct world world;

	world_init(&world);
	store_create(&server.store, "somebody", WLS_SLICE("An old issue"),
		     WLS_SLICE("What it is about.\r\n"));
	world_logs(&world, adopted, 2);
	push_once(&server, &world, "adopt");
	cr_expect_eq(server.store.count, 2);
	cr_expect(wls_slice_starts(store_find(&server.store, 1)->body,
				   WLS_SLICE("What it is about.\r\n\r\n<!-- wlsync:1 id=A ")));
	cr_expect(wls_slice_eq(store_find(&server.store, 1)->title, WLS_SLICE("A")));
	expect_nothing_left(&server, &world, "adopt");
	world_logs(&world, adopted, 1);
	world.options.prune = true;
	push_once(&server, &world, "prune");
	cr_expect_eq(store_find(&server.store, 2)->state, WLS_ISSUE_NOT_PLANNED);
	cr_expect_eq(store_find(&server.store, 1)->state, WLS_ISSUE_OPEN);
	expect_nothing_left(&server, &world, "prune");
	fake_server_release(&server);
	world_release(&world);
}
