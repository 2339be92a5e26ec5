/* SPDX-License-Identifier: MIT */
/*
 * A server on loopback that answers what its script says, byte for byte, in a process of its own.
 */
#ifndef WLS_TESTS_NET_SERVER_H
#define WLS_TESTS_NET_SERVER_H

#include <sys/types.h>

#include "wlsync/base.h"

#define SERVER_REQUESTS 32
#define SERVER_TEXT 8192

/* One answer. Each is given once, to the first request that fits it. */
struct server_step {
	const char *path;   /* of the request; NULL: any */
	const char *answer; /* raw; NULL: none */
	size_t fill;        /* so many bytes "x" after it */
	unsigned hold;      /* not before so many requests are there */
	unsigned pause;     /* then the server does nothing for so many milliseconds */
	bool close;         /* closes after it */
};

/* What the server saw; shared with its process. */
struct server_seen {
	unsigned count, connections, unexpected;
	char requests[SERVER_REQUESTS][SERVER_TEXT]; /* head and body */
};

struct server {
	pid_t pid;
	char base[64]; /* "http://127.0.0.1:PORT" */
	unsigned port;
	struct server_seen *seen;
};

void server_start(struct server *server, const struct server_step *steps, size_t count);
void server_stop(struct server *server);

#define JSON_HEAD "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
#define ANSWER_OK JSON_HEAD "Content-Length: 7\r\n\r\n{\"a\":1}"
#define ANSWER_EMPTY(status) "HTTP/1.1 " status "\r\nContent-Length: 0\r\n\r\n"

#endif
