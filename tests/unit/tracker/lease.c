/* SPDX-License-Identifier: MIT */
/*
 * One creator at a time.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "fake_driver.h"
#include "tracker/push_run.h"

/* A push of which only the lease is tried. */
struct holder {
	struct wls_tracker tracker;
	struct wls_push push;
	struct wls_push_run run;
};

static void start(struct holder *holder, struct fake_server *server)
{
	*holder = (struct holder){.tracker = {.server = server, .account = "me"}};
	holder->tracker.log.limit = WLS_BUF_LIMIT;
	holder->push = (struct wls_push){.driver = &fake_driver,
					 .tracker = &holder->tracker,
					 .max_wait = 600,
					 .run = &holder->run};
}

static void stop(struct holder *holder)
{
	wls_buf_release(&holder->tracker.log);
	wls_arena_release(&holder->push.arena);
}

static int hold(struct holder *holder)
{
	struct wls_error err;

	return wls_push_lease_hold(&holder->push, &err);
}

/* Seconds until the lease that stands there runs out. */
static int64_t left(struct holder *holder)
{
	struct wls_arena arena = {0};
	struct wls_lease lease;
	struct wls_error err;

	cr_assert_eq(fake_driver.lease_read(&holder->tracker, &arena, &lease, &err), 0);
	cr_assert(lease.found);
	wls_arena_release(&arena);
	return lease.expires - wls_http_server_time(&holder->tracker.http);
}

static size_t calls_of(const struct holder *holder, const char *name)
{
	struct wls_slice rest = wls_buf_slice(&holder->tracker.log), line;
	size_t n = 0;

	while (wls_slice_next_line(&rest, &line))
		n += wls_slice_starts(line, wls_slice_of(name));
	return n;
}

Test(lease, taken_renewed_dropped)
{
	struct fake_server server = {0};
	struct holder a;

	start(&a, &server);
	cr_expect_eq(hold(&a), 0);
	cr_expect_eq(left(&a), 60);
	cr_expect(a.run.stale, "what others made before is to be listed");
	a.run.stale = false;
	fake_now += 19;
	cr_expect_eq(hold(&a), 0);
	cr_expect_eq(calls_of(&a, "lease_write"), 0, "renewed too early");
	fake_now += 2;
	cr_expect_eq(hold(&a), 0);
	cr_expect_eq(calls_of(&a, "lease_write"), 1);
	cr_expect_eq(left(&a), 60);
	cr_expect_not(a.run.stale, "it was held all the time");
	wls_push_lease_drop(&a.push);
	cr_expect_not(server.leased);
	stop(&a);
}

/* Whoever slept through its own lease: it may have been another's meanwhile. */
Test(lease, one_that_ran_out_is_taken_again)
{
	static const double pauses[] = {51, 55, 61, 500};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(pauses); i++) {
		struct fake_server server = {0};
		struct holder a;
		start(&a, &server);
		cr_expect_eq(hold(&a), 0);
		a.run.stale = false;
		fake_now += pauses[i];
		cr_expect_eq(hold(&a), 0);
		cr_expect(a.run.stale, "after %g s", pauses[i]);
		cr_expect_geq(left(&a), 59, "after %g s it has %d s left", pauses[i],
			      (int)left(&a));
		wls_push_lease_drop(&a.push);
		cr_expect_not(server.leased);
		stop(&a);
	}
}

/* It is not renewed any more when it is another's by now: that one is waited for. */
Test(lease, one_that_another_took_is_waited_for)
{
	struct fake_server server = {0};
	struct holder a, b;

	start(&a, &server);
	start(&b, &server);
	cr_expect_eq(hold(&a), 0);
	fake_now += 70;
	cr_expect_eq(hold(&b), 0);
	cr_expect_str_neq(a.run.holder, b.run.holder);
	double before = fake_now;
	cr_expect_eq(hold(&a), 0);
	cr_expect_geq(fake_now - before, 59, "a waited %g s only", fake_now - before);
	cr_expect_not_null(strstr(server.lease, a.run.holder));
	/* b does not know it yet; it may not drop what is a's. */
	wls_push_lease_drop(&b.push);
	cr_expect(server.leased);
	wls_push_lease_drop(&a.push);
	cr_expect_not(server.leased);
	stop(&a);
	stop(&b);
}

static void drop_other(void *data)
{
	wls_push_lease_drop(&((struct holder *)data)->push);
}

Test(lease, a_live_one_is_waited_for_until_it_is_dropped)
{
	struct fake_server server = {0};
	struct holder a, b;

	start(&a, &server);
	start(&b, &server);
	cr_expect_eq(hold(&a), 0);
	b.tracker.http.pause = drop_other;
	b.tracker.http.pause_data = &a;
	double before = fake_now;
	cr_expect_eq(hold(&b), 0);
	cr_expect_lt(fake_now - before, 10);
	cr_expect_gt(b.tracker.http.sleeps, 0);
	cr_expect_not_null(strstr(server.lease, b.run.holder));
	stop(&a);
	stop(&b);
}

static void renew_other(void *data)
{
	cr_assert_eq(hold(data), 0);
}

/* One that is renewed all the time is waited for as long as --max-wait says. */
Test(lease, the_wait_ends)
{
	struct fake_server server = {0};
	struct holder a, b;

	start(&a, &server);
	start(&b, &server);
	b.push.max_wait = 100;
	cr_expect_eq(hold(&a), 0);
	b.tracker.http.pause = renew_other;
	b.tracker.http.pause_data = &a;
	double before = fake_now;
	cr_expect_eq(hold(&b), WLS_E_LIMITED);
	cr_expect_geq(fake_now - before, 99);
	cr_expect_leq(fake_now - before, 110);
	wls_push_lease_drop(&b.push);
	cr_expect(server.leased);
	stop(&a);
	stop(&b);
}

Test(lease, the_user_may_stop_waiting)
{
	struct fake_server server = {0};
	struct holder a, b;

	start(&a, &server);
	start(&b, &server);
	cr_expect_eq(hold(&a), 0);
	b.tracker.http.stopped = true;
	cr_expect_eq(hold(&b), WLS_E_STOPPED);
	stop(&a);
	stop(&b);
}

/* What cannot be read has run out: nobody will ever renew it. */
Test(lease, one_that_says_nothing_is_taken_over)
{
	static const char *const texts[] = {"", "somebody", "x expires soon",
					    "x expires 2001-01-01T00:00:00Z"};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		struct fake_server server = {.leased = true};
		struct holder a;
		(void)snprintf(server.lease, sizeof(server.lease), "%s", texts[i]);
		start(&a, &server);
		cr_expect_eq(hold(&a), 0);
		cr_expect_eq(left(&a), 60);
		cr_expect_eq(a.tracker.http.sleeps, 0);
		stop(&a);
	}
}

Test(lease, who_may_not_goes_on_without)
{
	struct fake_server server = {.no_lease = true};
	struct holder a;

	start(&a, &server);
	cr_expect_eq(hold(&a), 0);
	cr_expect_eq(hold(&a), 0);
	cr_expect_eq(calls_of(&a, "lease_take"), 1);
	cr_expect_eq(a.push.result.note_count, 1);
	cr_expect_eq(a.push.result.notes[0].kind, WLS_NOTE_INFO);
	wls_push_lease_drop(&a.push);
	cr_expect_eq(calls_of(&a, "lease_drop"), 0);
	stop(&a);
}

/* An answer that was lost: whoever it says holds it, does. */
Test(lease, an_unclear_answer)
{
	static const enum fake_fault faults[] = {FAKE_LOST_BEFORE, FAKE_LOST_AFTER};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(faults); i++) {
		struct fake_server server = {0};
		struct holder a;
		start(&a, &server);
		a.tracker.fault = faults[i];
		a.tracker.fault_at = 1;
		cr_expect_eq(hold(&a), 0);
		cr_expect_not_null(strstr(server.lease, a.run.holder));
		cr_expect_eq(a.tracker.http.sleeps, 0);
		stop(&a);
	}
}

/* ---- when it is taken ---- */

static size_t leases_of(struct fake_server *server, const struct world *world)
{
	struct fake_run run = {0};

	fake_push(server, world, &run);
	cr_assert_eq(run.status, 0, "%s", run.why);
	cr_expect_not(server->leased, "it was not dropped");
	fake_run_release(&run);
	return run.tracker.leases;
}

Test(lease, only_for_creations_and_comments)
{
	static const struct test_log v1 = {.name = "A"}, title = {.name = "A", .title = "Better"};
	static const struct test_log v2 = {.name = "A", .version = 2, .title = "Better"};
	static const struct test_log edited = {
		.name = "A", .version = 2, .title = "Better", .edited = 2};
	struct fake_server server = {0};
	struct world world;

	world_init(&world);
	world_logs(&world, &v1, 1);
	cr_expect_eq(leases_of(&server, &world), 1, "it creates");
	cr_expect_eq(leases_of(&server, &world), 0, "nothing to do");
	world_logs(&world, &title, 1);
	cr_expect_eq(leases_of(&server, &world), 0, "a title");
	world_logs(&world, &v2, 1);
	cr_expect_eq(leases_of(&server, &world), 1, "a comment");
	world_logs(&world, &edited, 1);
	cr_expect_eq(leases_of(&server, &world), 0, "an edited comment");
	fake_server_release(&server);
	world_release(&world);
}

/* Also when the run fails it is dropped. */
Test(lease, dropped_after_a_failure)
{
	static const struct test_log v1 = {.name = "A"};
	struct fake_server server = {.drops_labels = true};
	struct fake_run run = {0};
	struct world world;

	world_init(&world);
	world_logs(&world, &v1, 1);
	fake_push(&server, &world, &run);
	cr_expect_eq(run.status, WLS_E_DENIED);
	cr_expect_eq(run.tracker.leases, 1);
	cr_expect_not(server.leased);
	fake_run_release(&run);
	fake_server_release(&server);
	world_release(&world);
}
