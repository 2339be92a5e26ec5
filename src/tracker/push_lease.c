/* SPDX-License-Identifier: MIT */
/*
 * The lease: one pusher at a time creates issues and comments.
 *
 * It is a label, since creating a label is the one thing that a tracker does at most once: of several
 * that try, one gets it. Its description says who holds it and until when, by the server's clock.
 * One that has run out is taken over by writing our name into it and reading it again. It avoids
 * most collisions; what slips through is mended by convergence (the lowest number lives), so that a
 * lease that is lost, or may not be had, costs nothing but a duplicate that is closed.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 */
#include <inttypes.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

#include "tracker/push_run.h"

/* How often a lease that is held by another is looked at. */
#define LOOK_SECONDS 2.0

static int64_t server_now(struct wls_push *push)
{
	return wls_http_server_time(push->driver->http(push->tracker));
}

static void name_holder(struct wls_push_run *run)
{
	uint64_t random = 0;

	if (run->holder[0])
		return;
	if (getrandom(&random, sizeof(random), 0) != (ssize_t)sizeof(random))
		random = (uint64_t)(wls_http_clock() * 1e6);
	(void)snprintf(run->holder, sizeof(run->holder), "wlsync-%016" PRIx64, random);
}

static void lease_text(struct wls_push *push, char text[128])
{
	time_t expires = (time_t)(server_now(push) + WLS_LEASE_SECONDS);
	struct tm utc = {0};
	char when[32] = "";

	gmtime_r(&expires, &utc);
	(void)strftime(when, sizeof(when), "%Y-%m-%dT%H:%M:%SZ", &utc);
	(void)snprintf(text, 128, "%s expires %s", push->run->holder, when);
}

static void mark_held(struct wls_push_run *run)
{
	run->lease_held = true;
	run->lease_at = wls_http_clock();
}

static bool is_ours(const struct wls_push *push, const struct wls_lease *lease)
{
	return lease->found && wls_slice_eq(lease->holder, wls_slice_of(push->run->holder));
}

/* Looks at the lease that is there: ours (which may have run out too), run out, or to be waited for. */
static int look(struct wls_push *push, double *waited, struct wls_error *err)
{
	struct wls_arena arena = {0};
	struct wls_lease lease = {0};
	const struct wls_driver *driver = push->driver;
	char text[128];
	int rc = driver->lease_read(push->tracker, &arena, &lease, err);

	if (rc == 0 && lease.found &&
	    (is_ours(push, &lease) || lease.expires <= server_now(push))) {
		lease_text(push, text);
		rc = driver->lease_write(push->tracker, text, err);
		if (rc == 0)
			rc = driver->lease_read(push->tracker, &arena, &lease, err);
		else if (rc == WLS_E_NOT_FOUND)
			rc = 0, lease.found = false;
	}
	if (rc == 0 && is_ours(push, &lease)) {
		mark_held(push->run);
	} else if (rc == 0 && lease.found && *waited > push->max_wait) {
		rc = wls_error_set(err, WLS_E_LIMITED,
				   "another push (%.*s) is at work; run again when it has ended",
				   WLS_SLICE_ARG(lease.holder));
	} else if (rc == 0 && lease.found) {
		const struct wls_http_wait wait = {LOOK_SECONDS, lease.expires,
						   "another push is creating issues"};
		rc = wls_http_sleep(driver->http(push->tracker), &wait, err);
		*waited += LOOK_SECONDS;
	}
	wls_arena_release(&arena);
	return rc;
}

static int take(struct wls_push *push, struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	double waited = 0;
	char text[128];
	int rc = 0;

	name_holder(run);
	while (rc == 0 && !run->lease_held && !run->lease_off) {
		lease_text(push, text);
		rc = push->driver->lease_take(push->tracker, text, err);
		if (rc == 0) {
			mark_held(run);
		} else if (rc == WLS_E_REFUSED || rc == WLS_E_UNCLEAR) {
			rc = look(push, &waited, err);
		} else if (rc == WLS_E_DENIED || rc == WLS_E_NOT_FOUND || rc == WLS_E_UNSUPPORTED) {
			run->lease_off = true;
			wls_push_note(push, (struct wls_slice){0}, WLS_NOTE_INFO, "lease",
				      "no lease, since this account may not create labels: do not "
				      "push twice at a time");
			rc = 0;
		} else if (rc == WLS_E_LIMITED) {
			rc = wls_push_limit_wait(push, err);
		}
	}
	return rc;
}

int wls_push_lease_hold(struct wls_push *push, struct wls_error *err)
{
	struct wls_push_run *run = push->run;
	double age = wls_http_clock() - run->lease_at;
	char text[128];

	if (run->lease_off)
		return 0;
	if (run->lease_held && age < WLS_LEASE_RENEW)
		return 0;
	if (run->lease_held && age < WLS_LEASE_SAFE) {
		lease_text(push, text);
		int rc = push->driver->lease_write(push->tracker, text, err);
		if (rc == 0)
			mark_held(run);
		if (rc != WLS_E_NOT_FOUND)
			return rc;
	}
	run->lease_held = false;
	run->stale = true;
	return take(push, err);
}

void wls_push_lease_drop(struct wls_push *push)
{
	struct wls_error err;

	/* One that may have run out may be another's by now. */
	if (push->run->lease_held && wls_http_clock() - push->run->lease_at < WLS_LEASE_SAFE)
		(void)push->driver->lease_drop(push->tracker, &err);
	push->run->lease_held = false;
}
