/* SPDX-License-Identifier: MIT */
/*
 * HTTP to one origin: the one place for timeouts, limits, waits, retries and redaction.
 *
 * Layer: net. Includes: base, buf.
 *
 * Invariants
 * - Everything goes to the origin of the base URL: https, or http to a loopback address (then
 *   without proxies). TLS is always verified. No redirect is followed.
 * - The token goes into one header and nowhere else: what is traced, and every error, has passed
 *   the redaction.
 * - A request that is not repeatable is sent once, unless it surely never left.
 * - Reads are answered from the cache when the server says 304.
 * - One thread; libcurl's multi interface runs reads at the same time over one connection.
 */
#ifndef WLS_NET_HTTP_H
#define WLS_NET_HTTP_H

#include <jansson.h>

#include "wlsync/buf.h"

struct wls_http;
struct wls_http_cache;

/* A wait that is about to begin. */
struct wls_http_wait {
	double seconds;
	int64_t until;   /* by the server's clock, seconds since 1970; 0: unknown */
	const char *why; /* "the limit of requests", "502 Bad Gateway", … */
};

struct wls_http_options {
	const char *base;           /* "https://api.github.com"; no slash at its end */
	const char *token_header;   /* "Authorization: Bearer " */
	const char *token;          /* copied, wiped at the end; NULL or "": none */
	const char *const *headers; /* of every request, "Name: value"; NULL-terminated */
	const char *user_agent;
	const char *cacert;           /* file; NULL: the system's */
	uint32_t retries;             /* 5; two until the origin has answered once */
	double max_wait;              /* seconds; the longest wait for a limit */
	double write_interval;        /* seconds between writes */
	double timeout;               /* seconds of one exchange, half of it silent; 0: 120 */
	size_t answer_max;            /* bytes; 0: 64 MiB */
	struct wls_http_cache *cache; /* NULL: none; borrowed */
	bool trace;                   /* every exchange to `line` */
	/* A line of the trace, redacted, without ending. */
	void (*line)(void *data, const char *text);
	/* Before a wait and every second of it, with what is left; does not sleep. NULL: silent. */
	void (*wait)(void *data, const struct wls_http_wait *wait);
	/* Whether the user wants to stop. NULL: never. */
	bool (*stopped)(void *data);
	void *data;
};

struct wls_http_request {
	const char *method;
	const char *path;      /* with query, after the base: "/repos/a/b/issues?page=2" */
	struct wls_slice body; /* JSON; empty: none */
	bool repeatable;       /* GET, PUT, PATCH, DELETE, and POSTs that add to a set */
	bool keep_limits;      /* a limit is the caller's to wait for: WLS_E_LIMITED at once */
};

/* Zero is the initial state; texts live in `body` and `head` until it is released. */
struct wls_http_response {
	long status;
	bool cached; /* a 304, answered from the cache with the status of then */
	struct wls_slice content_type, link, location, etag, request_id;
	struct wls_slice date;
	double limit_seconds; /* after WLS_E_LIMITED: how long to wait */
	int64_t limit_until;  /* the same by the server's clock; 0: unknown */
	struct wls_buf body;
	struct wls_buf head; /* raw headers, redacted nowhere: never to be shown */
};
void wls_http_response_release(struct wls_http_response *response);
#define _cleanup_response_ _cleanup_(wls_http_response_release)

/* Whether a URL is https, or http to a loopback address; else `err` says what to do. */
int wls_http_check_url(const char *url, struct wls_error *err);

/* Opens nothing yet. Fails for a bad base URL or CA file. The caller frees *out. */
int wls_http_new(struct wls_http **out, const struct wls_http_options *options,
		 struct wls_error *err);
void wls_http_free(struct wls_http *http); /* NULL is fine */

/*
 * Sends one request and waits for its answer, through retries and limits. 0: an answer came, of any
 * status that is not 408, 429, a limit's 403 or 5xx; the caller judges it. Fails with WLS_E_NETWORK
 * (also 5xx after all retries), WLS_E_UNCLEAR (a request that is not repeatable may have been
 * done), WLS_E_LIMITED (the wait is beyond max_wait, or keep_limits; `response` says how long),
 * WLS_E_ANSWER (too large), WLS_E_STOPPED. The error names method, path, status, the
 * server's message and request id.
 */
int wls_http_send(struct wls_http *http, const struct wls_http_request *request,
		  struct wls_http_response *response, struct wls_error *err);
/*
 * GETs `count` paths, up to eight at the same time; all are answered, or it fails as above.
 * responses[count] is the caller's to release, also after a failure.
 */
int wls_http_get_all(struct wls_http *http, const char *const *paths, size_t count,
		     struct wls_http_response *responses, struct wls_error *err);

/*
 * The body as JSON, in *out (json_decref()). Fails with WLS_E_ANSWER unless the content type is
 * JSON, the text is JSON of at most 64 levels without NUL and doubled keys; the error shows where
 * it came from and the beginning of what came, redacted and made visible.
 */
int wls_http_json(struct wls_http *http, const struct wls_http_request *request,
		  const struct wls_http_response *response, json_t **out, struct wls_error *err);
/* The server's `message` in a JSON body, one visible line of at most 200 bytes; "" when none. */
void wls_http_message(struct wls_http *http, const struct wls_http_response *response,
		      char out[256]);
/*
 * The path and query of the Link header's `rel` ("next", "last"), re-based: a link to another
 * origin gives its path and query all the same, since it is asked of our origin. False
 * when there is none, or it is no link below the base's path. O(header).
 */
bool wls_http_link(struct wls_http *http, const struct wls_http_response *response, const char *rel,
		   struct wls_buf *path);
/* Whether there is such a link at all: one that cannot be followed is not the same as none. */
bool wls_http_has_link(const struct wls_http_response *response, const char *rel);

/* Requests sent so far; those of them that were answered 304; writes. */
struct wls_http_counts {
	uint64_t requests, not_modified, writes;
};
struct wls_http_counts wls_http_counts(const struct wls_http *http);
/* Seconds since 1970 by the server's clock: its last Date and what has passed since; 0: unknown. */
int64_t wls_http_server_time(const struct wls_http *http);
/* Seconds spent in waits (limits, retries, sleep) so far: a lease may have run out in them. */
double wls_http_waited(const struct wls_http *http);
/* The wait that the last WLS_E_LIMITED was about. */
struct wls_http_limit {
	double seconds;
	int64_t until; /* by the server's clock; 0: unknown */
};
struct wls_http_limit wls_http_last_limit(const struct wls_http *http);
/* Sleeps as a wait does: shown, and until the user wants to stop (then WLS_E_STOPPED). */
int wls_http_sleep(struct wls_http *http, const struct wls_http_wait *wait, struct wls_error *err);
/* Seconds of a clock that never goes back; for intervals. */
double wls_http_clock(void);
/* Adds `text` with the token, and what looks like an authorization, blanked. */
void wls_http_redact(const struct wls_http *http, struct wls_slice text, struct wls_buf *out);

#endif
