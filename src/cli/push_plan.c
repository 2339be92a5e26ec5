/* SPDX-License-Identifier: MIT */
/*
 * What comes between the plan and its writes: it is shown, kept in a file or compared with one, and
 * confirmed when it is much.
 *
 * Layer: cli. Includes: base, buf, plan, io, render, cli/push.
 */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/push.h"
#include "io/file.h"
#include "render/push.h"

/* What github.com takes from one account, as its documentation says; elsewhere nobody knows. */
#define HOURLY_DEFAULT 500u

struct wls_push_view wls_pushing_view(const struct wls_pushing *run)
{
	const struct wls_push_settings *settings = &run->settings;
	bool usual = strcmp(settings->url, settings->driver->default_url) == 0;

	return (struct wls_push_view){
		.plain = run->cli->plain,
		.verbose = run->cli->globals.verbose > 0,
		.write_interval = settings->write_interval,
		.hourly = usual ? HOURLY_DEFAULT : 0,
		.max_comments = run->plan_options.max_comments,
	};
}

/* ---- showing ---- */

/* JSON is one document, at the end; --quiet shows errors only. */
static int show(struct wls_pushing *run)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_push_view view = wls_pushing_view(run);

	if (run->cli->globals.json || run->cli->globals.quiet)
		return WLS_CLI_GO;
	wls_render_push(&run->push.plan, &run->push.remote, &run->cli->style, &view, &out);
	int status = wls_cli_write(run->cli, &out, NULL);
	return status == WLS_EXIT_DONE ? WLS_CLI_GO : status;
}

/* ---- --plan FILE ---- */

static int save(const char *file, const struct wls_buf *json)
{
	struct wls_error err;

	if (wls_file_write(file, wls_buf_slice(json), &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static int compare(const char *file, const struct wls_buf *json)
{
	struct wls_buf saved _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err;
	int status = wls_file_read(&saved, AT_FDCWD, file, &err);

	if (status == WLS_E_NOT_FOUND)
		return wls_cli_fail("%s: there is no such plan; make it with --dry-run --plan %s",
				    file, file);
	if (status < 0)
		return wls_cli_fail("%s", err.text);
	if (wls_slice_eq(wls_buf_slice(&saved), wls_buf_slice(json)))
		return WLS_CLI_GO;
	return wls_cli_fail("%s: logs or tracker changed since this plan was made; nothing was "
			    "written; make it anew with --dry-run --plan %s",
			    file, file);
}

static int keep_plan(struct wls_pushing *run)
{
	struct wls_buf json _cleanup_buf_ = WLS_BUF_INIT;
	const char *file = run->options.plan;

	if (!file)
		return WLS_CLI_GO;
	wls_plan_json(&run->push.plan, &run->push.remote, NULL, &json);
	return run->options.dry_run ? save(file, &json) : compare(file, &json);
}

/* ---- the brake ---- */

static bool is_yes(const char *answer)
{
	struct wls_slice word = wls_slice_trim(wls_slice_of(answer));

	return wls_slice_eq_nocase(word, WLS_SLICE("y")) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("yes"));
}

static bool ask(const char *why)
{
	char answer[64];

	wls_cli_say("%s", why);
	fputs("Go on? [y/N] ", stderr);
	fflush(stderr);
	if (fgets(answer, sizeof(answer), stdin))
		return is_yes(answer);
	fputc('\n', stderr);
	return false;
}

/* Somebody has seen the plan, and can answer. */
static bool can_ask(const struct wls_pushing *run)
{
	return !run->cli->globals.json && !run->cli->globals.quiet && isatty(STDIN_FILENO) == 1 &&
	       isatty(STDERR_FILENO) == 1;
}

static int brake(struct wls_pushing *run)
{
	const char *why = run->brake;

	if (!why || run->options.yes)
		return WLS_CLI_GO;
	if (can_ask(run)) {
		if (ask(why))
			return WLS_CLI_GO;
		return wls_cli_fail("nothing was written");
	}
	return wls_cli_fail("%s: nothing was written; see --dry-run, then say --yes", why);
}

bool wls_pushing_writes(const struct wls_plan *plan)
{
	for (size_t i = 0; i < plan->count; i++)
		if (wls_plan_item_writes(&plan->items[i]))
			return true;
	return false;
}

int wls_pushing_decide(struct wls_pushing *run)
{
	run->brake = wls_plan_brake(&run->push.plan, run->settings.max_create);
	if (run->brake)
		run->brake = wls_arena_printf(&run->arena, "%s", run->brake);
	run->pending = wls_pushing_writes(&run->push.plan);
	int status = show(run);
	if (status == WLS_CLI_GO)
		status = keep_plan(run);
	if (status == WLS_CLI_GO && !run->options.dry_run)
		status = brake(run);
	return status;
}
