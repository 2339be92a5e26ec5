/* SPDX-License-Identifier: MIT */
/*
 * Stands in for src/net: answers from a script, and asserts that the requests are those of the
 * script, in its order.
 */
#ifndef WLS_TEST_GITHUB_HTTP_H
#define WLS_TEST_GITHUB_HTTP_H

#include "tracker/github.h"

/* How a request is to be sent: twice or once, and who waits for limits. */
enum send_flags {
	SEND_ONCE = 1,
	SEND_KEEP_LIMITS = 2,
};

struct exchange {
	const char *method, *path;
	const char *body; /* of the request; NULL: none */
	unsigned flags;   /* enum send_flags */
	long status;      /* of the answer; negative: what wls_http_send() returns */
	const char *answer;
	const char *fixture;     /* in place of `answer` */
	const char *next, *last; /* of the Link header */
	const char *location;
};

/* Opens the driver for acme/shop on a script that a zero method ends. */
struct wls_tracker *script_open(const struct exchange *exchanges);
/* Asserts that all of the script was asked for, and closes. */
void script_close(struct wls_tracker *tracker, const char *name);

#endif
