/* SPDX-License-Identifier: MIT */
/*
 * Two pushers at once: whatever they do between each other's calls, one more run ends where one
 * alone would have, with one living issue a log and no comment twice.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <ucontext.h>

#include "fake_driver.h"

#define LOGS 5

/*
 * Each version says the same in both: of two that know a version by different texts the older may
 * write last, and nobody could tell.
 */
static const struct test_log old_logs[LOGS] = {{.name = "A"}, {.name = "B"}, {.name = "C"}};
static const struct test_log new_logs[LOGS] = {
	{.name = "A", .version = 3},
	{.name = "B", .version = 2, .status = "blocked", .needs = "A C"},
	{.name = "C", .version = 2, .status = "completed", .title = "Better"},
	{.name = "D", .version = 2, .needs = "E"},
	{.name = "E", .version = 1, .high = true}};

/* What both start from, and where one alone ends. */
struct scene {
	struct world old_world, new_world;
	struct fake_server server; /* holds what the old logs left, or nothing */
	struct wls_buf state;
	size_t calls;
};

static void push(struct fake_server *server, const struct world *world, struct fake_run *run)
{
	fake_push(server, world, run);
	cr_assert_eq(run->status, 0, "%s\n%s", run->why, wls_buf_str(&run->tracker.log));
}

static size_t push_once(struct fake_server *server, const struct world *world)
{
	struct fake_run run = {0};

	push(server, world, &run);
	fake_run_release(&run);
	return run.tracker.calls;
}

static void make_scene(struct scene *scene, bool from_old, enum wls_comments_policy comments)
{
	struct fake_server server;

	*scene = (struct scene){.state = WLS_BUF_INIT};
	world_init(&scene->old_world);
	world_init(&scene->new_world);
	scene->old_world.options.comments = scene->new_world.options.comments = comments;
	world_logs(&scene->old_world, old_logs, 3);
	world_logs(&scene->new_world, new_logs, LOGS);
	if (from_old)
		push_once(&scene->server, &scene->old_world);
	fake_server_clone(&server, &scene->server);
	scene->calls = push_once(&server, &scene->new_world);
	store_describe(&server.store, &scene->state);
	fake_server_release(&server);
}

static void release_scene(struct scene *scene)
{
	wls_buf_release(&scene->state);
	fake_server_release(&scene->server);
	world_release(&scene->old_world);
	world_release(&scene->new_world);
}

/* One more run, and then none is needed. */
static void expect_converged(const struct scene *scene, struct fake_server *server,
			     const char *what, const char *log)
{
	struct wls_buf state _cleanup_buf_ = WLS_BUF_INIT;
	struct fake_run again = {0};

	fake_now += 61;
	push_once(server, &scene->new_world);
	store_describe(&server->store, &state);
	cr_assert_str_eq(wls_buf_str(&state), wls_buf_str(&scene->state),
			 "%s\n--- calls\n%s--- got\n%s--- expected\n%s", what, log,
			 wls_buf_str(&state), wls_buf_str(&scene->state));
	for (size_t i = 0; i < LOGS; i++)
		cr_assert_eq(store_living(&server->store, new_logs[i].name), 1, "%s: %s", what,
			     new_logs[i].name);
	push(server, &scene->new_world, &again);
	cr_assert_eq(again.tracker.writes, 0, "%s: a further run writes\n%s", what,
		     wls_buf_str(&again.tracker.log));
	fake_run_release(&again);
}

/* ---- one inside of a call of the other ---- */

struct inside {
	struct fake_server *server;
	const struct world *world;
	enum fake_fault fault;
	size_t fault_at;
};

static void push_inside(void *data)
{
	const struct inside *inside = data;
	struct fake_run run = {.tracker = {.fault = inside->fault, .fault_at = inside->fault_at}};

	fake_push(inside->server, inside->world, &run);
	fake_run_release(&run);
}

static void try_inside(const struct scene *scene, bool old, size_t at, size_t killed_at)
{
	struct fake_server server;
	struct inside inside = {&server, old ? &scene->old_world : &scene->new_world,
				killed_at ? FAKE_KILL_AFTER : FAKE_NONE, killed_at};
	struct fake_run run = {
		.tracker = {.between = push_inside, .between_data = &inside, .between_at = at}};
	char what[96];

	(void)snprintf(what, sizeof(what), "%s push inside of call %zu, killed at %zu",
		       old ? "an older" : "another", at, killed_at);
	fake_server_clone(&server, &scene->server);
	fake_push(&server, &scene->new_world, &run);
	expect_converged(scene, &server, what, wls_buf_str(&run.tracker.log));
	fake_run_release(&run);
	fake_server_release(&server);
}

Test(push_two, one_inside_of_the_other)
{
	for (int from_old = 0; from_old < 2; from_old++) {
		struct scene scene;
		make_scene(&scene, from_old, WLS_COMMENTS_ALL);
		for (size_t at = 1; at <= scene.calls; at++) {
			try_inside(&scene, false, at, 0);
			try_inside(&scene, true, at, 0);
			for (size_t killed = 1; killed <= scene.calls; killed += 5)
				try_inside(&scene, false, at, killed + at % 5);
		}
		release_scene(&scene);
	}
}

/* ---- both at the same time ---- */

/* Two runs that take turns, switched at calls and while they sleep. */
struct turns {
	ucontext_t main, side[2];
	struct fake_server *server;
	const struct world *world[2];
	struct fake_run run[2];
	bool ended[2];
	int now;
	uint64_t seed;
};

static struct turns *current;

static void take_turn(void *data)
{
	struct turns *turns = data;

	if (chance(&turns->seed, 2))
		swapcontext(&turns->side[turns->now], &turns->main);
}

static void give_turn(void *data)
{
	struct turns *turns = data;

	swapcontext(&turns->side[turns->now], &turns->main);
}

static void run_side(void)
{
	struct turns *turns = current;
	int me = turns->now;

	fake_push(turns->server, turns->world[me], &turns->run[me]);
	turns->ended[me] = true;
}

static void start_side(struct turns *turns, int side, char *stack, size_t size)
{
	struct wls_tracker *tracker = &turns->run[side].tracker;

	tracker->each = take_turn;
	tracker->each_data = turns;
	tracker->http.pause = give_turn;
	tracker->http.pause_data = turns;
	getcontext(&turns->side[side]);
	turns->side[side].uc_stack.ss_sp = stack;
	turns->side[side].uc_stack.ss_size = size;
	turns->side[side].uc_link = &turns->main;
	makecontext(&turns->side[side], run_side, 0);
}

static void run_turns(struct turns *turns)
{
	enum { STACK = 1 << 20 };
	char *stacks = wls_alloc(2, STACK);

	current = turns;
	for (int side = 0; side < 2; side++)
		start_side(turns, side, stacks + (size_t)side * STACK, STACK);
	while (!turns->ended[0] || !turns->ended[1]) {
		turns->now = (int)chance(&turns->seed, 2);
		if (turns->ended[turns->now])
			turns->now = !turns->now;
		swapcontext(&turns->main, &turns->side[turns->now]);
	}
	free(stacks);
}

/* Time passes at each call, so that leases run out while they are held. */
static void try_turns(struct scene *scene, uint64_t seed, bool old, double seconds)
{
	const struct wls_slice accounts[] = {WLS_SLICE("me"), WLS_SLICE("other")};
	struct fake_server server;
	struct turns turns = {.server = &server, .seed = seed};
	char what[96];

	(void)snprintf(what, sizeof(what), "seed %u, %s, %g s a call", (unsigned)seed,
		       old ? "one older" : "alike", seconds);
	scene->old_world.options.trust = scene->new_world.options.trust = accounts;
	scene->old_world.options.trust_count = scene->new_world.options.trust_count = 2;
	turns.run[1].tracker.account = seed % 2 ? "me" : "other";
	fake_server_clone(&server, &scene->server);
	server.seconds_a_call = seconds;
	turns.world[0] = &scene->new_world;
	turns.world[1] = old ? &scene->old_world : &scene->new_world;
	run_turns(&turns);
	server.seconds_a_call = 0;
	expect_converged(scene, &server, what, wls_buf_str(&turns.run[0].tracker.log));
	fake_run_release(&turns.run[0]);
	fake_run_release(&turns.run[1]);
	fake_server_release(&server);
}

Test(push_two, in_turns)
{
	static const double seconds[] = {0, 0.5, 4, 11, 25};

	for (int from_old = 0; from_old < 2; from_old++) {
		struct scene scene;
		make_scene(&scene, from_old, WLS_COMMENTS_ALL);
		for (uint64_t seed = 1; seed <= fake_rounds(200); seed++)
			try_turns(&scene, seed, seed % 3 == 0, seconds[seed % 5]);
		release_scene(&scene);
	}
}

/* With a lease, and no time lost, no issue is made twice in the first place. */
Test(push_two, the_lease_avoids_duplicates)
{
	struct scene scene;

	make_scene(&scene, false, WLS_COMMENTS_NEW);
	for (uint64_t seed = 1; seed <= fake_rounds(100); seed++) {
		struct fake_server server;
		struct turns turns = {.server = &server, .seed = seed};
		fake_server_clone(&server, &scene.server);
		turns.world[0] = turns.world[1] = &scene.new_world;
		run_turns(&turns);
		cr_expect_eq(server.store.count, LOGS, "seed %u: %zu issues", (unsigned)seed,
			     server.store.count);
		cr_expect(!server.leased);
		fake_run_release(&turns.run[0]);
		fake_run_release(&turns.run[1]);
		fake_server_release(&server);
	}
	release_scene(&scene);
}
