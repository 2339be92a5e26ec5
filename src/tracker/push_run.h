/* SPDX-License-Identifier: MIT */
/*
 * Between the files of the executor.
 *
 * Layer: tracker. Includes: base, plan, net, tracker.
 *
 * push_read.c     what the plan is made from
 * push_apply.c    the order of things
 * push_create.c   creating, once and never twice
 * push_update.c   one issue that exists
 * push_comment.c  its comments
 * push_lease.c    one creator at a time
 */
#ifndef WLS_TRACKER_PUSH_RUN_H
#define WLS_TRACKER_PUSH_RUN_H

#include "net/http.h"
#include "wlsync/tracker.h"

/* A lease lives for a minute and is renewed when a third of that has passed. */
#define WLS_LEASE_SECONDS 60
#define WLS_LEASE_RENEW 20.0
#define WLS_LEASE_SAFE 50.0

struct wls_push_run {
	char holder[64];
	bool lease_held, lease_off;
	double lease_at;       /* wls_http_clock() when it was taken or renewed */
	int64_t listed_to;     /* every issue up to this number was seen in a listing */
	uint8_t *create_tries; /* of each log: unclear tries so far */
	bool *given_up;        /* of each log: not tried again in this run */
	bool stale;    /* time has passed in which others may have created: list before creating */
	double waited; /* wls_http_waited() when that was last looked at */
	bool created_any;
	/* Of the issue at hand. */
	size_t posted_before; /* comments posted in this run before it */
	bool wrote_comments, wrote_links, comments_failed;
	size_t total, done;
};

/* A note about a log or issue that turned up while it ran; `text` is in the arena or a literal. */
void wls_push_note(struct wls_push *push, struct wls_slice id, enum wls_note_kind kind,
		   const char *field, const char *text);
void wls_push_progress(struct wls_push *push, const char *verb, struct wls_slice id);
/* Whether a status ends the whole run, and is not one log's own. */
bool wls_push_is_fatal(int status);
/* Makes the plan again from what is known now. */
void wls_push_plan(struct wls_push *push);
/* Lists what is newer than all that was listed. */
int wls_push_list_newer(struct wls_push *push, struct wls_error *err);

/* How long to wait before each look for what an unclear request may have done. */
extern const double wls_push_looks[];
extern const size_t wls_push_look_count;
/* Sleeps so, visibly. */
int wls_push_look_wait(struct wls_push *push, size_t look, struct wls_error *err);
/* After WLS_E_LIMITED from a request that was not sent again: waits, or fails as it did. */
int wls_push_limit_wait(struct wls_push *push, struct wls_error *err);

/*
 * Holds the lease: takes it, renews it, or finds that this account may not. Sets run->stale when time
 * has passed without it.
 */
int wls_push_lease_hold(struct wls_push *push, struct wls_error *err);
void wls_push_lease_drop(struct wls_push *push);

/* Creates what the plan creates. */
int wls_push_create_all(struct wls_push *push, struct wls_error *err);
/* Brings one issue to what its item says; `planned` belongs to the plan. */
int wls_push_update(struct wls_push *push, const struct wls_plan_item *planned,
		    struct wls_error *err);
/* The comments of an item. What fails for this issue alone is noted, and taken out of `record`. */
int wls_push_comments(struct wls_push *push, const struct wls_plan_item *item,
		      const struct wls_record *last, struct wls_record *record,
		      struct wls_error *err);
/*
 * After others have commented at the same time: of several comments of ours on one version the lowest
 * id lives.
 */
int wls_push_comments_mend(struct wls_push *push, const struct wls_plan_item *item,
			   struct wls_error *err);
/*
 * Looks at what the server made of a body that was just sent: when it stored another text, records
 * that, once.
 */
int wls_push_settle(struct wls_push *push, int64_t number, const struct wls_record *sent,
		    struct wls_slice id, struct wls_error *err);

#endif
