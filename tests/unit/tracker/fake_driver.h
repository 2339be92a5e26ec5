/* SPDX-License-Identifier: MIT */
/*
 * A tracker in memory behind a driver, with a clock of its own, faults by call number, and whatever
 * else a server or a second pusher may do between two calls.
 */
#ifndef FAKE_DRIVER_H
#define FAKE_DRIVER_H

#include "../plan/plan_support.h"
#include "net/http.h"
#include "wlsync/tracker.h"

/* ---- time ---- */

/* Seconds; only sleeping and calls make it pass. */
extern double fake_now;

struct wls_http {
	double waited;
	struct wls_http_limit limit;
	size_t sleeps;
	bool stopped;          /* the user wants to stop: the next sleep ends so */
	void (*pause)(void *); /* while it sleeps; may be NULL */
	void *pause_data;
};

/* ---- the server ---- */

struct fake_server {
	struct store store;
	bool leased;
	char lease[128];
	bool no_lease;     /* nobody may create labels */
	bool drops_labels; /* of new issues */
	bool no_links;
	char stores_as;       /* what a `*` in a body is stored as; 0: itself */
	bool never_the_same;  /* each stored body begins its text with another letter */
	size_t hide_comments; /* so many readings of comments show none */
	size_t hide_for;      /* a new issue is missing from that many listings */
	int64_t hidden_from;  /* the first that is missing now */
	size_t hidden_left;
	double seconds_a_call;
	size_t stored;
};

void fake_server_release(struct fake_server *server);
/* A server that holds the same; released before `from`. */
void fake_server_clone(struct fake_server *to, const struct fake_server *from);

/* ---- a pusher ---- */

enum fake_fault {
	FAKE_NONE,
	FAKE_KILL_BEFORE, /* as a kill: this call and all that follow do nothing */
	FAKE_KILL_AFTER,
	FAKE_LOST_BEFORE, /* no answer: WLS_E_UNCLEAR where that matters, else WLS_E_NETWORK */
	FAKE_LOST_AFTER,
	FAKE_LIMITED,
	FAKE_REFUSED,
	FAKE_DENIED,
	FAKE_NOT_FOUND,
	FAKE_BAD_ANSWER,
	FAKE_FAULT_COUNT,
};

const char *fake_fault_name(enum fake_fault fault);

struct wls_tracker {
	struct fake_server *server;
	const char *account;
	struct wls_http http;
	size_t calls;
	size_t writes; /* that had an effect, the lease's left out */
	size_t creates, leases;
	size_t fault_at; /* the number of a call; 0: never */
	enum fake_fault fault;
	bool dead;
	const char *only;            /* faults and `between` at the Nth call of this name */
	size_t between_at;           /* before that call … */
	void (*between)(void *data); /* … this happens */
	void *between_data;
	void (*each)(void *data); /* before each call */
	void *each_data;
	struct wls_buf log; /* a line a call */
};

extern const struct wls_driver fake_driver;

/* One run of a push, from reading to applying. */
struct fake_run {
	struct wls_tracker tracker; /* account, faults; the rest is filled in */
	int64_t (*hint)(void *data, struct wls_slice id);
	double max_wait;   /* 0: 600 */
	bool bad_comments; /* comment_text fails */
	/* What came of it. */
	int status;
	bool planned;                  /* it got so far as to have a plan */
	struct wls_push_result result; /* texts are gone */
	struct wls_buf notes;          /* "ID field text" lines */
	char why[1024];
};

/* Runs; `world` has the logs. The caller releases. */
void fake_push(struct fake_server *server, const struct world *world, struct fake_run *run);
void fake_run_release(struct fake_run *run);

/* As many as usual, times WLSYNC_ROUNDS. */
uint64_t fake_rounds(uint64_t usual);

#endif
