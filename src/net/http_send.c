/* SPDX-License-Identifier: MIT */
/*
 * Requests from their first attempt to their last: one loop for one request and for many.
 *
 * A call is READY (waiting for its time), RUNNING or DONE. The loop starts what is due, lets
 * libcurl work, judges what has ended (wls_retry_decide()), and sleeps when nothing runs. A limit
 * is the whole client's: nothing starts any more, what runs ends, and then all wait once.
 *
 * Layer: net. Includes: base, buf, net/http, net/retry.
 */
#include <fcntl.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "net/http_internal.h"
#include "net/retry.h"

#define POLL_MS 100
/* Tries after the first, as long as the origin has never answered: most likely a wrong address. */
#define RETRIES_UNKNOWN 2u

struct run {
	struct wls_http *http;
	struct wls_http_call *calls;
	size_t count, left, running;
	const struct wls_http_call *limited; /* whose limit all wait for; NULL: none */
	double limit_end;
};

/* ---- waiting ---- */

static bool wants_stop(const struct wls_http *http)
{
	return http->options.stopped && http->options.stopped(http->options.data);
}

static int64_t round_up(double seconds)
{
	int64_t whole = (int64_t)seconds;
	return whole + ((double)whole < seconds);
}

static int fail_stopped(struct wls_error *err)
{
	return wls_error_set(err, WLS_E_STOPPED,
			     "interrupted; run it again, it goes on where it stopped");
}

static void nap(double seconds)
{
	double most = seconds < POLL_MS / 1000.0 ? seconds : POLL_MS / 1000.0;
	nanosleep(&(struct timespec){.tv_nsec = (long)(most * 1e9)}, NULL);
}

/* Sleeps until `end`; `why` is shown at once and then every second, NULL shows nothing. */
static int sleep_until(struct wls_http *http, double end, const char *why, struct wls_error *err)
{
	double begun = wls_http_clock(), now = begun, show = begun;
	int status = 0;
	while (now < end && status == 0) {
		if (why && http->options.wait && now >= show) {
			int64_t server = wls_http_server_time(http);
			struct wls_http_wait wait = {.seconds = end - now, .why = why};
			wait.until = server > 0 ? server + round_up(end - now) : 0;
			http->options.wait(http->options.data, &wait);
			show += 1;
		}
		if (wants_stop(http))
			status = fail_stopped(err);
		else
			nap(end - now);
		now = wls_http_clock();
	}
	if (why)
		http->waited += now - begun;
	return status;
}

int wls_http_sleep(struct wls_http *http, const struct wls_http_wait *wait, struct wls_error *err)
{
	return sleep_until(http, wls_http_clock() + wait->seconds, wait->why, err);
}

/* From 0 to 1. What cannot be read is no reason to fail. */
static double random_fraction(void)
{
	uint32_t bits = 0;
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		if (read(fd, &bits, sizeof(bits)) != (ssize_t)sizeof(bits))
			bits = 0;
		close(fd);
	}
	return (double)bits / (double)UINT32_MAX;
}

/* ---- the verdict ---- */

/* Trying again cannot change these. */
static bool is_final(CURLcode code)
{
	return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
	       code == CURLE_SSL_ISSUER_ERROR || code == CURLE_URL_MALFORMAT ||
	       code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_SSL_INVALIDCERTSTATUS;
}

/* Most tries after the first. */
static uint32_t retries_of(const struct wls_http_call *call)
{
	uint32_t retries = call->http->options.retries;
	if (is_final(call->code))
		return 0;
	if (!call->sent && !call->http->answered && retries > RETRIES_UNKNOWN)
		return RETRIES_UNKNOWN;
	return retries;
}

static struct wls_verdict_step judge(const struct wls_http_call *call)
{
	const struct wls_http_response *response = call->response;
	bool whole = call->code == CURLE_OK || (response->status == 429 && call->head_done);
	char message[256];

	wls_http_message(call->http, response, message);
	struct wls_attempt attempt = {
		.number = call->tries,
		.retries = retries_of(call),
		.repeatable = call->request->repeatable,
		.sent = call->sent,
		.status = whole ? response->status : 0,
		.retry_after = wls_http_header(response, "retry-after"),
		.remaining = wls_http_header(response, "x-ratelimit-remaining"),
		.reset = wls_http_header(response, "x-ratelimit-reset"),
		.date = response->date,
		.message = wls_slice_of(message),
		.random = random_fraction(),
	};
	return wls_retry_decide(&attempt);
}

/* Why it waits, for the user. */
static void explain(struct wls_http_call *call, const struct wls_verdict_step *verdict)
{
	char status[64];
	if (verdict->step == WLS_STEP_LIMIT) {
		snprintf(call->why, sizeof(call->why), "%s",
			 verdict->secondary ? "the secondary limit of requests"
					    : "the limit of requests");
		return;
	}
	if (call->code == CURLE_OK)
		wls_http_status_text(call->response->status, status);
	else
		snprintf(status, sizeof(status), "%s", curl_easy_strerror(call->code));
	snprintf(call->why, sizeof(call->why), "%s; try %u of %u", status, call->tries + 1,
		 retries_of(call) + 1);
}

static void set_limit(struct wls_http_call *call, double seconds)
{
	int64_t now = wls_http_server_time(call->http);
	call->response->limit_seconds = seconds;
	call->response->limit_until = now > 0 ? now + round_up(seconds) : 0;
	call->http->limit = (struct wls_http_limit){seconds, call->response->limit_until};
}

static int settle_limit(struct run *run, struct wls_http_call *call, double seconds,
			struct wls_error *err)
{
	const struct wls_http_options *options = &run->http->options;
	set_limit(call, seconds);
	if (call->request->keep_limits || seconds > options->max_wait ||
	    call->tries > options->retries)
		return wls_call_fail_limited(call, err);
	double end = wls_http_clock() + seconds;
	if (!run->limited || end > run->limit_end) {
		run->limited = call;
		run->limit_end = end;
	}
	call->state = WLS_CALL_READY;
	call->not_before = end;
	return 0;
}

static int settle(struct run *run, struct wls_http_call *call, struct wls_error *err)
{
	run->running--;
	if (call->too_large)
		return wls_call_fail_large(call, err);
	struct wls_verdict_step verdict = judge(call);
	switch (verdict.step) {
	case WLS_STEP_TAKE:
		call->state = WLS_CALL_DONE;
		run->left--;
		return 0;
	case WLS_STEP_LIMIT:
		explain(call, &verdict);
		return settle_limit(run, call, verdict.seconds, err);
	case WLS_STEP_RETRY:
		explain(call, &verdict);
		/* Only a retry-after can ask for that long. */
		if (verdict.seconds > 60)
			return settle_limit(run, call, verdict.seconds, err);
		call->state = WLS_CALL_READY;
		call->quiet = false;
		call->not_before = wls_http_clock() + verdict.seconds;
		return 0;
	case WLS_STEP_UNCLEAR:
		return wls_call_fail_network(call, true, err);
	case WLS_STEP_FAIL:
		break;
	}
	return wls_call_fail_network(call, false, err);
}

/* ---- the loop ---- */

static int start_due(struct run *run, struct wls_error *err)
{
	double now = wls_http_clock();
	int status = 0;
	for (size_t i = 0; i < run->count && run->running < WLS_HTTP_PARALLEL && status == 0; i++) {
		struct wls_http_call *call = &run->calls[i];
		if (call->state != WLS_CALL_READY || call->not_before > now)
			continue;
		if (!wls_call_is_read(call) && run->http->next_write > now) {
			call->quiet = true;
			call->not_before = run->http->next_write;
			continue;
		}
		status = wls_call_start(call, err);
		run->running += status == 0;
	}
	return status;
}

/* Lets libcurl work, judges what ended, or waits a little for more. */
static int drive(struct run *run, struct wls_error *err)
{
	int unfinished, status = 0;
	bool idle = true;
	CURLMcode code = curl_multi_perform(run->http->multi, &unfinished);
	for (CURLMsg *msg; status == 0 && code == CURLM_OK &&
			   (msg = curl_multi_info_read(run->http->multi, &unfinished));) {
		struct wls_http_call *call = NULL;
		if (msg->msg != CURLMSG_DONE)
			continue;
		CURLcode result = msg->data.result;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, (char **)&call);
		wls_call_finish(call, result);
		status = settle(run, call, err);
		idle = false;
	}
	if (code == CURLM_OK && idle)
		code = curl_multi_poll(run->http->multi, NULL, 0, POLL_MS, NULL);
	if (code != CURLM_OK)
		return wls_error_set(err, WLS_E_NETWORK,
				     "the network cannot be used (%s); try again",
				     curl_multi_strerror(code));
	return status;
}

/* Nothing runs, and nothing is due. */
static int wait_for_first(struct run *run, struct wls_error *err)
{
	const struct wls_http_call *first = NULL;
	for (size_t i = 0; i < run->count; i++) {
		const struct wls_http_call *call = &run->calls[i];
		if (call->state == WLS_CALL_READY &&
		    (!first || call->not_before < first->not_before))
			first = call;
	}
	if (!first)
		return 0;
	return sleep_until(run->http, first->not_before, first->quiet ? NULL : first->why, err);
}

static int wait_for_limit(struct run *run, struct wls_error *err)
{
	const struct wls_http_call *call = run->limited;
	run->limited = NULL;
	return sleep_until(run->http, run->limit_end, call->why, err);
}

static int step(struct run *run, struct wls_error *err)
{
	if (wants_stop(run->http))
		return fail_stopped(err);
	if (run->limited && run->running == 0)
		return wait_for_limit(run, err);
	int status = run->limited ? 0 : start_due(run, err);
	if (status < 0)
		return status;
	return run->running > 0 ? drive(run, err) : wait_for_first(run, err);
}

static int run_all(struct run *run, struct wls_error *err)
{
	struct sigaction old;
	int status = 0;
	wls_http_ignore_pipe(&old);
	run->left = run->count;
	while (status == 0 && run->left > 0)
		status = step(run, err);
	for (size_t i = 0; i < run->count; i++)
		wls_call_release(&run->calls[i]);
	sigaction(SIGPIPE, &old, NULL);
	return status;
}

int wls_http_send(struct wls_http *http, const struct wls_http_request *request,
		  struct wls_http_response *response, struct wls_error *err)
{
	struct wls_http_call call = {.http = http, .request = request, .response = response};
	struct run run = {.http = http, .calls = &call, .count = 1};
	return run_all(&run, err);
}

int wls_http_get_all(struct wls_http *http, const char *const *paths, size_t count,
		     struct wls_http_response *responses, struct wls_error *err)
{
	_cleanup_free_ struct wls_http_request *requests = wls_alloc(count + 1, sizeof(*requests));
	_cleanup_free_ struct wls_http_call *calls = wls_alloc(count + 1, sizeof(*calls));
	for (size_t i = 0; i < count; i++) {
		requests[i] = (struct wls_http_request){
			.method = "GET", .path = paths[i], .repeatable = true};
		calls[i] = (struct wls_http_call){
			.http = http, .request = &requests[i], .response = &responses[i]};
	}
	struct run run = {.http = http, .calls = calls, .count = count};
	return run_all(&run, err);
}
