/* SPDX-License-Identifier: MIT */
/*
 * What the files of the HTTP client share.
 *
 * Layer: net. Includes: buf, net/http.
 */
#ifndef WLS_NET_HTTP_INTERNAL_H
#define WLS_NET_HTTP_INTERNAL_H

#include <curl/curl.h>
#include <signal.h>

#include "net/http.h"

/* Requests on their way at the same time. */
#define WLS_HTTP_PARALLEL 8u

struct wls_http {
	struct wls_http_options options; /* its texts are copies below, or not used any more */
	char *base;                      /* without a slash at its end */
	const char *base_path;           /* in `base`: "" or "/api/v3" */
	bool loopback;
	char *token;         /* NULL: none */
	char *token_encoded; /* percent-encoded, when that differs; NULL */
	char *agent, *cacert;
	struct curl_slist *headers; /* of every request, the token's among them */
	CURLM *multi;
	bool answered; /* the origin has answered once */
	struct wls_http_counts counts;
	int64_t date;      /* the server's last Date; 0: none yet */
	double date_clock; /* when it came */
	double waited;
	struct wls_http_limit limit; /* what the last WLS_E_LIMITED was about */
	double next_write;           /* no write starts before */
};

enum wls_call_state { WLS_CALL_READY, WLS_CALL_RUNNING, WLS_CALL_DONE };

/* One request through all its attempts. */
struct wls_http_call {
	struct wls_http *http;
	const struct wls_http_request *request;
	struct wls_http_response *response;
	enum wls_call_state state;
	double not_before; /* READY: when it may start */
	bool quiet;        /* that wait is our own pace, not to be shown */
	uint32_t tries;
	char why[96]; /* of the wait */

	/* of the present attempt */
	CURL *easy;
	struct curl_slist *headers; /* ours, and those of `http` after them */
	struct curl_slist *own_last;
	CURLcode code;
	char curl_error[CURL_ERROR_SIZE];
	bool sent;      /* it may have left */
	bool resent;    /* libcurl was about to send it again, and was stopped */
	bool too_large; /* the answer's body or head */
	bool head_done;
	struct wls_buf sent_head; /* as sent, until it was traced */

	/* of the cache: what the answer 304 stands for */
	struct wls_buf etag, link, body;
};

static inline bool wls_call_is_read(const struct wls_http_call *call)
{
	return strcmp(call->request->method, "GET") == 0;
}

/*
 * TLS writes by write(2), and libcurl ignores no signal when it may set none: a connection that was
 * closed must not end the program. The old action is put back with sigaction().
 */
void wls_http_ignore_pipe(struct sigaction *old);

/* Sets up an attempt and hands it to the multi handle. */
int wls_call_start(struct wls_http_call *call, struct wls_error *err);
/* After its end: fills the response's texts from what came, and looks into the cache. */
void wls_call_finish(struct wls_http_call *call, CURLcode code);
/* Takes an attempt's handle apart; nothing when there is none. */
void wls_call_stop(struct wls_http_call *call);
void wls_call_release(struct wls_http_call *call);
/* The value of a header of an answer, trimmed; empty when there is none. */
struct wls_slice wls_http_header(const struct wls_http_response *response, const char *name);

/* The path below the base that a Link's target stands for; false when it is none. */
bool wls_http_link_path(const struct wls_http *http, struct wls_slice target, struct wls_buf *path);

/* Fills `err` with "METHOD path: …", redacted and visible, and returns `status`. */
int wls_http_fail(const struct wls_http *http, const struct wls_http_request *request,
		  enum wls_status status, struct wls_error *err, const char *fmt, ...)
	WLS_PRINTF(5, 6);
/* No answer, after its last attempt; `unclear`: it may have been done. */
int wls_call_fail_network(const struct wls_http_call *call, bool unclear, struct wls_error *err);
int wls_call_fail_limited(const struct wls_http_call *call, struct wls_error *err);
int wls_call_fail_large(const struct wls_http_call *call, struct wls_error *err);
/* "502 Bad Gateway"; a number alone when it is not known. */
void wls_http_status_text(long status, char out[64]);

/* Adds at most `max` bytes of `text` as one visible line, "…" after it when that is not all. */
void wls_http_add_visible(struct wls_buf *out, struct wls_slice text, size_t max);

/* Lines of the trace; nothing unless it is wanted. */
void wls_trace_request(struct wls_http_call *call);
void wls_trace_answer(struct wls_http_call *call);
int wls_trace_collect(CURL *easy, curl_infotype type, char *data, size_t size, void *call);

#endif
