/* SPDX-License-Identifier: MIT */
/*
 * A client for tests: all that it traces, says and waits for is kept, and none of it may hold the
 * token.
 */
#ifndef WLS_TESTS_NET_CLIENT_H
#define WLS_TESTS_NET_CLIENT_H

#include "net/http.h"

#define CLIENT_TOKEN "s3cr3t/Token+of=tests"

struct client {
	struct wls_http *http;
	struct wls_http_options options;
	struct wls_buf trace;
	struct wls_error err;
	unsigned waits;          /* times that a wait was shown */
	double wait_seconds;     /* of the first */
	const unsigned *watched; /* a count at the first wait, and at the last; NULL: none */
	unsigned first_watched, last_watched;
	char why[128];       /* of the last */
	unsigned polls_left; /* of `stopped` until it says yes; 0: never */
};

/* Options with the token, tracing, without waits for limits; to be changed before client_open(). */
void client_init(struct client *client, const char *base);
void client_open(struct client *client);
/* Checks that the token is nowhere, too. */
void client_close(struct client *client);

static inline bool text_has(const char *text, const char *part)
{
	return strstr(text, part) != NULL;
}

#endif
