/* SPDX-License-Identifier: MIT */
/*
 * The client: its origin, what all requests have in common, clocks.
 *
 * Layer: net. Includes: base, buf, net/http, net/retry.
 */
#define _DEFAULT_SOURCE /* explicit_bzero */
#include <arpa/inet.h>
#include <time.h>
#include <unistd.h>

#include "net/http_internal.h"
#include "net/retry.h"

#define ANSWER_MAX ((size_t)64 << 20)
#define TIMEOUT_SECONDS 120.0

void wls_http_response_release(struct wls_http_response *response)
{
	wls_buf_release(&response->body);
	wls_buf_release(&response->head);
	*response = (struct wls_http_response){0};
}

/* ---- the origin ---- */

static bool is_loopback(const char *host)
{
	struct in_addr four;
	if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &four) == 1 && ntohl(four.s_addr) >> 24 == 127;
}

static void release_text(char **text)
{
	curl_free(*text);
}
#define _cleanup_part_ _cleanup_(release_text)

static void release_url(CURLU **url)
{
	curl_url_cleanup(*url);
}

static bool has_part(CURLU *url, CURLUPart part)
{
	_cleanup_part_ char *text = NULL;
	return curl_url_get(url, part, &text, 0) == CURLUE_OK;
}

/* The same as wls_http_check_url(); *loopback tells of what kind it is. */
static int check_url(const char *text, bool *loopback, struct wls_error *err)
{
	_cleanup_(release_url) CURLU *url = curl_url();
	_cleanup_part_ char *scheme = NULL, *host = NULL;

	if (strpbrk(text, "\r\n\t ") || !url || curl_url_set(url, CURLUPART_URL, text, 0) ||
	    curl_url_get(url, CURLUPART_SCHEME, &scheme, 0) ||
	    curl_url_get(url, CURLUPART_HOST, &host, 0))
		return wls_error_set(err, WLS_E_USAGE,
				     "the address is no URL; give --url the API's address, as in "
				     "https://api.github.com");
	if (has_part(url, CURLUPART_USER) || has_part(url, CURLUPART_PASSWORD))
		return wls_error_set(err, WLS_E_USAGE,
				     "the address holds a user or password; put the token into "
				     "WLSYNC_TOKEN and leave it out of --url");
	if (has_part(url, CURLUPART_QUERY) || has_part(url, CURLUPART_FRAGMENT))
		return wls_error_set(err, WLS_E_USAGE,
				     "the address has a query or fragment; give --url the API's "
				     "address alone");
	*loopback = is_loopback(host);
	if (strcmp(scheme, "https") == 0 || (strcmp(scheme, "http") == 0 && *loopback))
		return 0;
	return wls_error_set(err, WLS_E_REFUSED,
			     "%.200s: the token is sent over https only (plain http to a loopback "
			     "address alone); give --url an https address",
			     text);
}

int wls_http_check_url(const char *url, struct wls_error *err)
{
	bool loopback;
	return check_url(url, &loopback, err);
}

/* ---- life ---- */

static void wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
}

static void wipe_and_free(char *text)
{
	wipe(text);
	free(text);
}

static bool is_unreserved(char c)
{
	return wls_is_alnum(c) || strchr("-._~", c);
}

/* The token as it would stand in a URL, for the redaction; NULL when it is the same. */
static char *encode_token(const char *token)
{
	_cleanup_buf_ struct wls_buf out = WLS_BUF_INIT;
	for (const char *c = token; *c; c++) {
		if (is_unreserved(*c))
			wls_buf_add_char(&out, *c);
		else
			wls_buf_printf(&out, "%%%02X", (unsigned)(unsigned char)*c);
	}
	bool same = strcmp(wls_buf_str(&out), token) == 0;
	char *encoded = same ? NULL : wls_buf_take(&out);
	if (same)
		wipe(out.ptr);
	return encoded;
}

static void add_header(struct wls_http *http, const char *line)
{
	struct curl_slist *longer = curl_slist_append(http->headers, line);
	if (!longer)
		abort();
	http->headers = longer;
}

static void add_headers(struct wls_http *http, const struct wls_http_options *options)
{
	for (size_t i = 0; options->headers && options->headers[i]; i++)
		add_header(http, options->headers[i]);
	/* Without it a body of over a megabyte waits a second for "100 Continue". */
	add_header(http, "Expect:");
	if (!http->token)
		return;
	size_t name = strlen(options->token_header), len = name + strlen(http->token);
	char *line = wls_alloc(len + 1, 1);
	memcpy(line, options->token_header, name);
	memcpy(line + name, http->token, len - name + 1);
	add_header(http, line);
	wipe_and_free(line);
}

static void take_base(struct wls_http *http, const char *base)
{
	http->base = wls_strdup(base);
	for (size_t len = strlen(base); len > 0 && http->base[len - 1] == '/'; len--)
		http->base[len - 1] = '\0';
	const char *host = strstr(http->base, "://");
	const char *slash = host ? strchr(host + 3, '/') : NULL;
	http->base_path = slash ? slash : http->base + strlen(http->base);
}

static int check_cacert(const char *path, struct wls_error *err)
{
	if (!path || access(path, R_OK) == 0)
		return 0;
	return wls_error_set(err, WLS_E_IO,
			     "%.300s: cannot be read; --cacert FILE names a file with the "
			     "authority's certificate (PEM)",
			     path);
}

int wls_http_new(struct wls_http **out, const struct wls_http_options *options,
		 struct wls_error *err)
{
	bool loopback;
	int status = check_url(options->base, &loopback, err);
	if (status == 0)
		status = check_cacert(options->cacert, err);
	if (status < 0)
		return status;

	struct wls_http *http = wls_alloc(1, sizeof(*http));
	*http = (struct wls_http){.options = *options, .loopback = loopback};
	if (http->options.answer_max == 0)
		http->options.answer_max = ANSWER_MAX;
	if (http->options.timeout <= 0)
		http->options.timeout = TIMEOUT_SECONDS;
	take_base(http, options->base);
	if (options->token && options->token[0]) {
		http->token = wls_strdup(options->token);
		http->token_encoded = encode_token(http->token);
	}
	http->agent = options->user_agent ? wls_strdup(options->user_agent) : NULL;
	http->cacert = options->cacert ? wls_strdup(options->cacert) : NULL;
	add_headers(http, options);
	curl_global_init(CURL_GLOBAL_DEFAULT);
	http->multi = curl_multi_init();
	if (!http->multi)
		abort();
	curl_multi_setopt(http->multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
	curl_multi_setopt(http->multi, CURLMOPT_MAX_HOST_CONNECTIONS, (long)WLS_HTTP_PARALLEL);
	*out = http;
	return 0;
}

void wls_http_ignore_pipe(struct sigaction *old)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};
	sigaction(SIGPIPE, &ignore, old);
}

void wls_http_free(struct wls_http *http)
{
	struct sigaction old;
	if (!http)
		return;
	wls_http_ignore_pipe(&old);
	curl_multi_cleanup(http->multi);
	sigaction(SIGPIPE, &old, NULL);
	for (struct curl_slist *line = http->headers; line; line = line->next)
		wipe(line->data);
	curl_slist_free_all(http->headers);
	curl_global_cleanup();
	wipe_and_free(http->token);
	wipe_and_free(http->token_encoded);
	free(http->agent);
	free(http->cacert);
	free(http->base);
	free(http);
}

/* ---- counts and clocks ---- */

struct wls_http_counts wls_http_counts(const struct wls_http *http)
{
	return http->counts;
}

double wls_http_clock(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int64_t wls_http_server_time(const struct wls_http *http)
{
	if (http->date <= 0)
		return 0;
	return http->date + (int64_t)(wls_http_clock() - http->date_clock);
}

struct wls_http_limit wls_http_last_limit(const struct wls_http *http)
{
	return http->limit;
}

double wls_http_waited(const struct wls_http *http)
{
	return http->waited;
}
