/* SPDX-License-Identifier: MIT */
/*
 * The way to the tracker: token, cache, driver, preflight; and whether these logs may be seen there.
 *
 * Layer: cli. Includes: base, buf, plan, net, tracker, cli/push.
 */
#include "cli/push.h"
#include "net/cache.h"
#include "net/http.h"

/* ---- what HTTP calls back ---- */

static void on_line(void *data, const char *text)
{
	wls_screen_line(&((struct wls_pushing *)data)->screen, text);
}

static void on_wait(void *data, const struct wls_http_wait *wait)
{
	wls_screen_wait(&((struct wls_pushing *)data)->screen, wait);
}

static bool on_stopped(void *data)
{
	(void)data;
	return wls_screen_interrupted() != 0;
}

/* ---- the driver ---- */

static int find_credential(struct wls_pushing *run)
{
	const struct wls_push_settings *settings = &run->settings;
	struct wls_error err;

	/* Before a token is asked for: it would not be sent there. */
	if (wls_http_check_url(settings->url, &err) < 0 ||
	    wls_credential_find(&run->credential, settings->url, settings->driver->token_variables,
				&err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static void open_cache(struct wls_pushing *run)
{
	const char *scope =
		wls_arena_printf(&run->arena, "%s %s", run->settings.url, run->settings.repository);

	run->cache = wls_http_cache_open(wls_slice_of(scope));
}

static int open_driver(struct wls_pushing *run)
{
	const struct wls_push_settings *settings = &run->settings;
	const struct wls_http_options http = {
		.base = settings->url,
		.token = run->credential.token,
		.user_agent = "wlsync/" WLS_VERSION,
		.cacert = settings->cacert,
		.retries = settings->retries,
		.max_wait = settings->max_wait,
		.write_interval = settings->write_interval,
		.cache = run->cache,
		.trace = run->cli->globals.verbose > 1,
		.line = on_line,
		.wait = on_wait,
		.stopped = on_stopped,
		.data = run,
	};
	const struct wls_tracker_options options = {
		.repository = settings->repository, .http = &http, .url = settings->url};
	struct wls_error err;

	run->push.driver = settings->driver;
	if (settings->driver->open(&run->push.tracker, &options, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

/* Git's helper keeps a good token, and forgets one that was refused. */
static int preflight(struct wls_pushing *run)
{
	struct wls_error err;
	int status = run->push.driver->preflight(run->push.tracker, &run->push.remote, &err);

	wls_screen_clear(&run->screen);
	if (status == 0 || status == WLS_E_AUTH)
		wls_credential_approve(&run->credential, status == 0);
	return status < 0 ? wls_cli_fail("%s", err.text) : WLS_CLI_GO;
}

/* ---- links to files ---- */

/* "https://github.com" of "https://github.com/acme/shop": without the repository. */
static struct wls_slice web_host(const struct wls_remote *remote)
{
	struct wls_slice web = remote->web;

	if (web.len > remote->repository.len && wls_slice_ends_nocase(web, remote->repository)) {
		web.len -= remote->repository.len;
		if (web.ptr[web.len - 1] == '/')
			web.len--;
	}
	return web;
}

/* Whether the tracker is where the logs' repository is: then it can be asked about it. */
static bool is_at_home(const struct wls_pushing *run)
{
	const struct wls_push_settings *settings = &run->settings;
	struct wls_slice api = wls_url_host(wls_slice_of(settings->url));

	return settings->source_given || settings->origin.host.len == 0 ||
	       wls_host_is_loopback(api) || wls_host_same(settings->origin.host, api) ||
	       wls_host_same(settings->origin.host, wls_url_host(run->push.remote.web));
}

static bool is_target(const struct wls_pushing *run)
{
	return wls_slice_eq_nocase(run->plan_options.source, run->push.remote.repository);
}

/* A link to a log's file begins so. Clones that spell origin differently make the same link. */
static void set_file_base(struct wls_pushing *run)
{
	const struct wls_remote *remote = &run->push.remote;
	struct wls_slice source = run->plan_options.source, host = web_host(remote);
	const char *base;

	if (source.len == 0)
		return;
	if (is_target(run))
		base = wls_arena_printf(&run->arena, "%.*s/blob/HEAD/", WLS_SLICE_ARG(remote->web));
	else if (run->settings.source_given || run->settings.origin.host.len == 0 ||
		 (is_at_home(run) &&
		  !wls_host_is_loopback(wls_url_host(wls_slice_of(run->settings.url)))))
		base = wls_arena_printf(&run->arena, "%.*s/%.*s/blob/HEAD/", WLS_SLICE_ARG(host),
					WLS_SLICE_ARG(source));
	else
		base = wls_arena_printf(&run->arena, "https://%.*s/%.*s/blob/HEAD/",
					WLS_SLICE_ARG(run->settings.origin.host),
					WLS_SLICE_ARG(source));
	run->plan_options.file_base = wls_slice_of(base);
}

/* ---- private logs ---- */

static int refuse_public(const struct wls_pushing *run, const char *why)
{
	return wls_cli_fail(
		"%.*s is public, and %.*s, where the logs are from, %s: everybody could "
		"read them; --allow-public pushes them all the same",
		WLS_SLICE_ARG(run->push.remote.repository), WLS_SLICE_ARG(run->plan_options.source),
		why);
}

/* Asked only when something would be written: else nothing leaves this machine. */
int wls_pushing_guard(struct wls_pushing *run)
{
	struct wls_slice source = run->plan_options.source;
	struct wls_error err;

	if (!wls_pushing_writes(&run->push.plan) || run->options.allow_public ||
	    run->push.remote.is_private || source.len == 0)
		return WLS_CLI_GO;
	if (!is_at_home(run))
		return refuse_public(run, "is on another host, which cannot be asked");
	if (is_target(run))
		return WLS_CLI_GO;
	int status = run->push.driver->is_private(run->push.tracker,
						  wls_arena_copy(&run->arena, source).ptr, &err);
	wls_screen_clear(&run->screen);
	if (status == 1)
		return refuse_public(run, "is private");
	/* A server on this machine is nobody's home, and public to nobody else. */
	if (status == WLS_E_NOT_FOUND &&
	    wls_host_is_loopback(wls_url_host(wls_slice_of(run->settings.url))))
		return WLS_CLI_GO;
	if (status == WLS_E_NOT_FOUND)
		return refuse_public(run, "cannot be seen with this token, so may be private");
	return status < 0 ? wls_cli_fail("%s", err.text) : WLS_CLI_GO;
}

int wls_pushing_open(struct wls_pushing *run)
{
	int status = find_credential(run);

	if (status != WLS_CLI_GO)
		return status;
	open_cache(run);
	status = open_driver(run);
	if (status == WLS_CLI_GO)
		status = preflight(run);
	if (status == WLS_CLI_GO)
		set_file_base(run);
	return status;
}
