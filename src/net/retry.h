/* SPDX-License-Identifier: MIT */
/*
 * What to do after an answer, or without one: a pure function.
 *
 * Layer: net. Includes: base.
 */
#ifndef WLS_NET_RETRY_H
#define WLS_NET_RETRY_H

#include "wlsync/base.h"

/* What is known when a request has ended; texts are borrowed, empty when the answer lacks them. */
struct wls_attempt {
	uint32_t number;              /* of tries so far, this one included: from 1 */
	uint32_t retries;             /* most tries after the first */
	bool repeatable;              /* sending it twice does what sending it once does */
	bool sent;                    /* part of it may have reached the server */
	long status;                  /* 0: no whole answer came */
	struct wls_slice retry_after; /* seconds or an HTTP date */
	struct wls_slice remaining, reset, date; /* x-ratelimit-remaining, -reset; Date */
	struct wls_slice message; /* of the body: tells limits, locks and permissions apart */
	double random;            /* 0 to 1: the jitter */
};

enum wls_next_step {
	WLS_STEP_TAKE,    /* an answer to work with, good or bad */
	WLS_STEP_RETRY,   /* after `seconds` */
	WLS_STEP_LIMIT,   /* a limit: after `seconds`; nothing was done */
	WLS_STEP_UNCLEAR, /* it may have been done, and must not be sent again blindly */
	WLS_STEP_FAIL,    /* no use */
};

struct wls_verdict_step {
	enum wls_next_step step;
	double seconds; /* RETRY, LIMIT: how long to wait, by the server's clock */
	bool secondary; /* LIMIT: not the hourly one */
};

/*
 * 429, and 403 that is a limit, told apart in the order retry-after, a message that names a
 * secondary limit or abuse, remaining 0, else an answer (locked, permission): LIMIT, whose wait is
 * retry-after, else reset less Date (of the hourly limit), else 60 s doubled for every try (at most
 * an hour). 408, 5xx and no answer: RETRY with exponential backoff (1 s doubled, at most 60 s, with
 * jitter of a half; a longer retry-after counts) while tries are left and it is repeatable or was
 * never sent; else UNCLEAR, or FAIL when tries are used up.
 */
struct wls_verdict_step wls_retry_decide(const struct wls_attempt *attempt);

/* An HTTP date, or a number of seconds: seconds since 1970, or -1. */
int64_t wls_http_date(struct wls_slice text);

#endif
