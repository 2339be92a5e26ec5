/* SPDX-License-Identifier: MIT */
/*
 * One attempt: an easy handle from its setting up to its answer.
 *
 * libcurl sends a request again by itself when a connection that it took up again turns out to be
 * dead; it cannot know whether the server had acted. It asks before every sending
 * (CURLOPT_PREREQFUNCTION), and there a second sending of what must not be repeated is stopped.
 * The same question tells what "surely never left" means: it has not been asked.
 *
 * Layer: net. Includes: base, buf, net/cache, net/http, net/retry.
 */
#include "net/cache.h"
#include "net/http_internal.h"
#include "net/retry.h"

#define CONNECT_SECONDS 10L
#define HEAD_MAX ((size_t)256 << 10)
#define TRACE_HEAD_MAX ((size_t)256 << 10)
/* What is not worth a file of the cache. */
#define CACHED_MAX ((size_t)8 << 20)

/* ---- what libcurl calls ---- */

/* The type is libcurl's. NOLINTNEXTLINE(readability-non-const-parameter) */
static int before_sending(void *data, char *ip, char *local_ip, int port, int local_port)
{
	struct wls_http_call *call = data;
	(void)ip, (void)local_ip, (void)port, (void)local_port;
	if (call->sent && !call->request->repeatable) {
		call->resent = true;
		return CURL_PREREQFUNC_ABORT;
	}
	call->sent = true;
	return CURL_PREREQFUNC_OK;
}

static bool add_limited(struct wls_http_call *call, struct wls_buf *buf, const char *data,
			size_t len)
{
	wls_buf_add(buf, data, len);
	call->too_large |= buf->overflow;
	return !buf->overflow;
}

static size_t take_body(char *data, size_t one, size_t len, void *arg)
{
	struct wls_http_call *call = arg;
	(void)one;
	return add_limited(call, &call->response->body, data, len) ? len : 0;
}

/* Every block of headers starts with its status line; the last one counts, trailers do not. */
static size_t take_head(char *data, size_t one, size_t len, void *arg)
{
	struct wls_http_call *call = arg;
	struct wls_buf *head = &call->response->head;
	struct wls_slice line = wls_slice(data, len);
	(void)one;
	if (wls_slice_starts(line, WLS_SLICE("HTTP/"))) {
		wls_buf_clear(head);
		call->head_done = false;
	}
	if (call->head_done)
		return len;
	call->head_done = wls_slice_trim(line).len == 0;
	return add_limited(call, head, data, len) ? len : 0;
}

/* ---- start ---- */

static void add_own_header(struct wls_http_call *call, const char *line)
{
	struct curl_slist *list = curl_slist_append(call->headers, line);
	if (!list)
		abort();
	call->headers = list;
	for (call->own_last = list; call->own_last->next;)
		call->own_last = call->own_last->next;
}

/* Asks whether what is kept is still right. */
static void add_condition(struct wls_http_call *call, const char *url)
{
	struct wls_http_cache *cache = call->http->options.cache;
	if (!cache || !wls_call_is_read(call) ||
	    !wls_http_cache_read(cache, url, &call->etag, &call->link, &call->body))
		return;
	_cleanup_buf_ struct wls_buf line = WLS_BUF_INIT;
	wls_buf_printf(&line, "If-None-Match: %s", wls_buf_str(&call->etag));
	add_own_header(call, wls_buf_str(&line));
}

static void set_body(struct wls_http_call *call)
{
	struct wls_slice body = call->request->body;
	if (body.len > 0) {
		add_own_header(call, "Content-Type: application/json");
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body.len);
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, body.ptr);
	} else if (strcmp(call->request->method, "POST") == 0) {
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDSIZE, 0L);
		curl_easy_setopt(call->easy, CURLOPT_POSTFIELDS, "");
	}
	if (!wls_call_is_read(call))
		curl_easy_setopt(call->easy, CURLOPT_CUSTOMREQUEST, call->request->method);
}

static void set_transport(const struct wls_http_call *call)
{
	const struct wls_http *http = call->http;
	CURL *easy = call->easy;
	long seconds = (long)(http->options.timeout + 0.5);
	bool plain = strncmp(http->base, "http:", 5) == 0;

	curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, plain ? "http" : "https");
	curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "https");
	curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	/* Better to wait for one connection than to make eight; without TLS there is no HTTP/2. */
	curl_easy_setopt(easy, CURLOPT_PIPEWAIT, plain ? 0L : 1L);
	curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, CONNECT_SECONDS);
	curl_easy_setopt(easy, CURLOPT_TIMEOUT, seconds > 1 ? seconds : 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, seconds > 2 ? seconds / 2 : 1L);
	curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (http->loopback)
		curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
	if (http->cacert) {
		curl_easy_setopt(easy, CURLOPT_CAINFO, http->cacert);
		curl_easy_setopt(easy, CURLOPT_CAPATH, NULL);
	}
	if (http->agent)
		curl_easy_setopt(easy, CURLOPT_USERAGENT, http->agent);
	curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
}

static void set_callbacks(struct wls_http_call *call)
{
	CURL *easy = call->easy;
	curl_easy_setopt(easy, CURLOPT_PRIVATE, call);
	curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, call->curl_error);
	curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, before_sending);
	curl_easy_setopt(easy, CURLOPT_PREREQDATA, call);
	curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(easy, CURLOPT_WRITEDATA, call);
	curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_head);
	curl_easy_setopt(easy, CURLOPT_HEADERDATA, call);
	if (!call->http->options.trace || !call->http->options.line)
		return;
	/* Verbose means that the function is called; nothing goes to stderr then. */
	curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, wls_trace_collect);
	curl_easy_setopt(easy, CURLOPT_DEBUGDATA, call);
	curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
}

static void reset(struct wls_http_call *call)
{
	wls_http_response_release(call->response);
	wls_buf_init(&call->response->body, call->http->options.answer_max);
	wls_buf_init(&call->response->head, HEAD_MAX);
	wls_buf_init(&call->etag, HEAD_MAX);
	wls_buf_init(&call->link, HEAD_MAX);
	wls_buf_init(&call->body, call->http->options.answer_max);
	wls_buf_init(&call->sent_head, TRACE_HEAD_MAX);
	call->curl_error[0] = '\0';
	call->sent = call->resent = call->too_large = call->head_done = false;
}

int wls_call_start(struct wls_http_call *call, struct wls_error *err)
{
	struct wls_http *http = call->http;
	_cleanup_buf_ struct wls_buf url = WLS_BUF_INIT;

	reset(call);
	wls_buf_printf(&url, "%s%s", http->base, call->request->path);
	call->easy = curl_easy_init();
	if (!call->easy)
		abort();
	add_condition(call, wls_buf_str(&url));
	set_body(call);
	set_transport(call);
	set_callbacks(call);
	curl_easy_setopt(call->easy, CURLOPT_PATH_AS_IS, 1L);
	if (call->headers)
		call->own_last->next = http->headers;
	curl_easy_setopt(call->easy, CURLOPT_HTTPHEADER,
			 call->headers ? call->headers : http->headers);
	CURLcode bad = curl_easy_setopt(call->easy, CURLOPT_URL, wls_buf_str(&url));
	if (bad || curl_multi_add_handle(http->multi, call->easy)) {
		wls_call_stop(call);
		return wls_http_fail(http, call->request, WLS_E_NETWORK, err,
				     "cannot be sent (%s); try again", curl_easy_strerror(bad));
	}
	call->state = WLS_CALL_RUNNING;
	call->tries++;
	http->counts.requests++;
	if (!wls_call_is_read(call)) {
		http->counts.writes++;
		http->next_write = wls_http_clock() + http->options.write_interval;
	}
	wls_trace_request(call);
	return 0;
}

/* ---- end ---- */

/* Cuts the next header off `rest`: its name without case and its value. */
static bool next_header(struct wls_slice *rest, struct wls_slice *name, struct wls_slice *value)
{
	struct wls_slice line;
	while (wls_slice_next_line(rest, &line)) {
		size_t colon = wls_slice_find(line, WLS_SLICE(":"));
		if (colon == SIZE_MAX)
			continue;
		*name = wls_slice(line.ptr, colon);
		*value = wls_slice_trim(wls_slice_from(line, colon + 1));
		return true;
	}
	return false;
}

struct wls_slice wls_http_header(const struct wls_http_response *response, const char *name)
{
	struct wls_slice rest = wls_buf_slice(&response->head), found, value;
	while (next_header(&rest, &found, &value))
		if (wls_slice_eq_nocase(found, wls_slice_of(name)))
			return value;
	return WLS_SLICE("");
}

/*
 * A server may give each link a header of its own. They are put together after the head: a page
 * that was overlooked would look like issues that are not there.
 */
static void join_links(struct wls_http_response *response)
{
	_cleanup_buf_ struct wls_buf all = WLS_BUF_INIT;
	struct wls_slice rest = wls_buf_slice(&response->head), name, value;
	size_t count = 0;
	while (next_header(&rest, &name, &value)) {
		if (!wls_slice_eq_nocase(name, WLS_SLICE("link")))
			continue;
		wls_buf_add_str(&all, count++ > 0 ? ", " : "");
		wls_buf_add_slice(&all, value);
	}
	if (count == 0)
		return;
	size_t start = response->head.len;
	response->head.limit = WLS_BUF_LIMIT;
	wls_buf_add_slice(&response->head, wls_buf_slice(&all));
	response->link = wls_slice(response->head.ptr + start, all.len);
}

static void fill_texts(struct wls_http_response *response)
{
	join_links(response);
	response->content_type = wls_http_header(response, "content-type");
	response->location = wls_http_header(response, "location");
	response->etag = wls_http_header(response, "etag");
	response->date = wls_http_header(response, "date");
	response->request_id = wls_http_header(response, "x-github-request-id");
	if (response->request_id.len == 0)
		response->request_id = wls_http_header(response, "x-request-id");
}

/* Puts what is kept in the place of the empty body of a 304. */
static void take_cached(struct wls_http_call *call)
{
	struct wls_http_response *response = call->response;
	call->http->counts.not_modified++;
	response->status = 200;
	response->cached = true;
	response->content_type = WLS_SLICE("application/json");
	if (response->link.len == 0 && call->link.len > 0) {
		_cleanup_buf_ struct wls_buf head = response->head;
		response->head = (struct wls_buf)WLS_BUF_INIT;
		wls_buf_printf(&response->head, "%sLink: %s\r\n", wls_buf_str(&head),
			       wls_buf_str(&call->link));
		fill_texts(response);
		response->content_type = WLS_SLICE("application/json");
	}
	struct wls_buf empty = response->body;
	response->body = call->body;
	call->body = empty;
}

static bool is_json_type(struct wls_slice type)
{
	return wls_slice_starts_nocase(type, WLS_SLICE("application/json"));
}

static void store(const struct wls_http_call *call)
{
	const struct wls_http_response *response = call->response;
	_cleanup_buf_ struct wls_buf url = WLS_BUF_INIT;
	if (!call->http->options.cache || !wls_call_is_read(call) || response->status != 200 ||
	    response->etag.len == 0 || response->body.len > CACHED_MAX ||
	    !is_json_type(response->content_type))
		return;
	wls_buf_printf(&url, "%s%s", call->http->base, call->request->path);
	wls_http_cache_write(call->http->options.cache, wls_buf_str(&url), response->etag,
			     response->link, wls_buf_slice(&response->body));
}

static void note_date(struct wls_http *http, struct wls_slice date)
{
	int64_t seconds = wls_http_date(date);
	if (seconds <= 0)
		return;
	http->date = seconds;
	http->date_clock = wls_http_clock();
}

void wls_call_finish(struct wls_http_call *call, CURLcode code)
{
	struct wls_http_response *response = call->response;
	/* A head without its end is fine with libcurl. */
	if (code == CURLE_OK && !call->head_done)
		code = CURLE_GOT_NOTHING;
	call->code = code;
	curl_easy_getinfo(call->easy, CURLINFO_RESPONSE_CODE, &response->status);
	fill_texts(response);
	note_date(call->http, response->date);
	call->http->answered |= call->head_done;
	wls_trace_answer(call);
	if (code == CURLE_OK && response->status == 304 && call->etag.len > 0)
		take_cached(call);
	else if (code == CURLE_OK)
		store(call);
	wls_call_stop(call);
}

void wls_call_stop(struct wls_http_call *call)
{
	if (call->easy) {
		curl_multi_remove_handle(call->http->multi, call->easy);
		curl_easy_cleanup(call->easy);
		call->easy = NULL;
	}
	if (call->headers) {
		call->own_last->next = NULL;
		curl_slist_free_all(call->headers);
		call->headers = NULL;
	}
	wls_buf_release(&call->etag);
	wls_buf_release(&call->link);
	wls_buf_release(&call->body);
	wls_buf_release(&call->sent_head);
}

void wls_call_release(struct wls_http_call *call)
{
	wls_call_stop(call);
}
