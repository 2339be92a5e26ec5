/* SPDX-License-Identifier: MIT */
/*
 * Which repository the logs are of: owner and name out of a remote's address.
 *
 * git knows `ssh://git@host:22/acme/shop.git`, `https://host/acme/shop`, `git://host/acme/shop.git`
 * and `git@host:acme/shop.git`. Anything else (a folder, a bundle) names no owner.
 *
 * Layer: cli. Includes: base, cli/push.
 */
#include "cli/push.h"

static size_t place_of(struct wls_slice text, char c)
{
	const char *found = text.len > 0 ? memchr(text.ptr, c, text.len) : NULL;

	return found ? (size_t)(found - text.ptr) : SIZE_MAX;
}

static struct wls_slice until(struct wls_slice text, char c)
{
	size_t place = place_of(text, c);

	return place == SIZE_MAX ? text : wls_slice(text.ptr, place);
}

/* Without what stands before the last '@': a user's name, or worse, a password. */
static struct wls_slice without_user(struct wls_slice authority)
{
	for (size_t i = authority.len; i > 0; i--)
		if (authority.ptr[i - 1] == '@')
			return wls_slice_from(authority, i);
	return authority;
}

static struct wls_slice without_port(struct wls_slice authority)
{
	struct wls_slice bracket = WLS_SLICE("]");
	size_t end = wls_slice_find(authority, bracket);

	if (authority.len > 0 && authority.ptr[0] == '[' && end != SIZE_MAX)
		return wls_slice(authority.ptr + 1, end - 1);
	return until(authority, ':');
}

/* Cuts the scheme off; false when there is none, or none that git asks another machine by. */
static bool cut_scheme(struct wls_slice *url)
{
	static const char *const schemes[] = {"ssh://",     "https://", "http://",
					      "git+ssh://", "git://",   "ssh+git://"};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(schemes); i++) {
		struct wls_slice scheme = wls_slice_of(schemes[i]);
		if (!wls_slice_starts_nocase(*url, scheme))
			continue;
		*url = wls_slice_from(*url, scheme.len);
		return true;
	}
	return false;
}

/* `git@host:path`: a colon before the first slash, and more than a drive's letter before it. */
static bool cut_scp(struct wls_slice url, struct wls_slice *host, struct wls_slice *path)
{
	struct wls_slice first = until(url, '/');
	struct wls_slice bare = without_user(first);
	size_t skipped = first.len - bare.len;
	size_t colon = SIZE_MAX;
	size_t bracket = wls_slice_find(bare, WLS_SLICE("]:"));

	if (bare.len > 0 && bare.ptr[0] == '[' && bracket != SIZE_MAX)
		colon = bracket + 1;
	else
		colon = place_of(bare, ':');
	if (colon == SIZE_MAX || colon < 2 || wls_slice_find(url, WLS_SLICE("://")) != SIZE_MAX)
		return false;
	*host = without_port(wls_slice(bare.ptr, colon));
	*path = wls_slice_from(url, skipped + colon + 1);
	return true;
}

/* "acme/shop" of "/acme/shop.git/"; empty when it is no owner and name. */
static struct wls_slice owner_and_name(struct wls_slice path)
{
	struct wls_slice git = WLS_SLICE(".git");
	size_t slashes = 0;

	path = until(until(path, '?'), '#');
	while (path.len > 0 && path.ptr[0] == '/')
		path = wls_slice_from(path, 1);
	while (path.len > 0 && path.ptr[path.len - 1] == '/')
		path.len--;
	if (path.len > git.len && wls_slice_ends_nocase(path, git))
		path.len -= git.len;
	for (size_t i = 0; i < path.len; i++) {
		unsigned char c = (unsigned char)path.ptr[i];
		bool doubled = c == '/' && i > 0 && path.ptr[i - 1] == '/';
		slashes += c == '/';
		if (c <= ' ' || c == 0x7f || c == '%' || c == '~' || doubled)
			return (struct wls_slice){0};
	}
	bool ends = path.len == 0 || path.ptr[path.len - 1] == '/';
	return slashes == 0 || ends ? (struct wls_slice){0} : path;
}

struct wls_origin wls_origin_parse(struct wls_slice url)
{
	struct wls_slice host, path;

	url = wls_slice_trim(url);
	if (cut_scheme(&url)) {
		struct wls_slice authority = until(url, '/');
		host = without_port(without_user(authority));
		path = wls_slice_from(url, authority.len);
	} else if (!cut_scp(url, &host, &path)) {
		return (struct wls_origin){0};
	}
	struct wls_slice repository = owner_and_name(path);
	if (host.len == 0 || repository.len == 0)
		return (struct wls_origin){0};
	return (struct wls_origin){.host = host, .repository = repository};
}

/* ---- hosts ---- */

/* github.com is asked under three names; a company's own cloud under two. */
static struct wls_slice plain_host(struct wls_slice host)
{
	static const char *const prefixes[] = {"api.", "ssh.", "www."};
	bool github = wls_slice_ends_nocase(host, WLS_SLICE(".github.com")) ||
		      wls_slice_ends_nocase(host, WLS_SLICE(".ghe.com"));

	for (size_t i = 0; github && i < WLS_ARRAY_SIZE(prefixes); i++)
		if (wls_slice_starts_nocase(host, wls_slice_of(prefixes[i])))
			return wls_slice_from(host, strlen(prefixes[i]));
	return host;
}

bool wls_host_same(struct wls_slice a, struct wls_slice b)
{
	return wls_slice_eq_nocase(plain_host(a), plain_host(b));
}

struct wls_slice wls_url_host(struct wls_slice url)
{
	if (!cut_scheme(&url))
		return (struct wls_slice){0};
	return without_port(without_user(until(url, '/')));
}

static bool is_loopback_number(struct wls_slice host)
{
	for (size_t i = 0; i < host.len; i++)
		if (!wls_is_digit(host.ptr[i]) && host.ptr[i] != '.')
			return false;
	return wls_slice_starts(host, WLS_SLICE("127."));
}

bool wls_host_is_loopback(struct wls_slice host)
{
	return wls_slice_eq_nocase(host, WLS_SLICE("localhost")) ||
	       wls_slice_eq(host, WLS_SLICE("::1")) || is_loopback_number(host);
}
