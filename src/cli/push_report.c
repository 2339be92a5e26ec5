/* SPDX-License-Identifier: MIT */
/*
 * What became of a push, and what the process says of it when it ends.
 *
 * Layer: cli. Includes: base, buf, plan, net, render, cli/push.
 */
#include <stdio.h>

#include "cli/push.h"
#include "net/http.h"
#include "render/push.h"

void wls_pushing_result(const struct wls_pushing *run, struct wls_plan_result_view *out)
{
	const struct wls_push_result *result = &run->push.result;
	struct wls_http *http = run->push.driver->http(run->push.tracker);
	struct wls_http_counts counts = wls_http_counts(http);

	*out = (struct wls_plan_result_view){
		.brake = run->brake,
		.applied = run->tried,
		.created = result->created,
		.updated = result->updated,
		.closed = result->closed,
		.comments = result->comments,
		.links = result->links,
		.labels = result->labels,
		.failed = result->failed,
		.skipped = result->skipped,
		.left = result->left,
		.requests = counts.requests,
		.not_modified = counts.not_modified,
		.writes = counts.writes,
		.stopped = result->stopped,
		.why = result->why,
		.notes = result->notes,
		.note_ids = result->note_ids,
		.note_count = result->note_count,
	};
}

static int show_json(struct wls_pushing *run, const struct wls_plan_result_view *result)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_plan *plan = run->planned.wanted ? &run->planned : &run->push.plan;

	wls_plan_json(plan, &run->push.remote, result, &out);
	return wls_cli_write(run->cli, &out, NULL);
}

/*
 * What was done, a line on stdout; before it what turned up meanwhile. Why it stopped is an error, and
 * on stderr.
 */
static int show_text(struct wls_pushing *run, const struct wls_plan_result_view *result)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_push_view view = wls_pushing_view(run);
	struct wls_plan_result_view shown = *result;

	if (run->options.dry_run)
		return WLS_EXIT_DONE;
	shown.stopped = false;
	wls_render_push_result(&shown, &run->cli->style, &view, &out);
	return wls_cli_write(run->cli, &out, NULL);
}

static bool has_kind(const struct wls_push_result *result, enum wls_note_kind kind)
{
	for (size_t i = 0; i < result->note_count; i++)
		if (result->notes[i].kind == kind)
			return true;
	return false;
}

/* What is to be told by the exit status beside errors. */
static bool found_something(const struct wls_pushing *run)
{
	const struct wls_push_result *result = &run->push.result;
	bool drift = run->drifts > 0 || has_kind(result, WLS_NOTE_DRIFT);

	if (run->options.dry_run && run->options.exit_code && run->pending)
		return true;
	return (drift && !run->settings.drift_ok) || run->problems > 0 || result->failed > 0 ||
	       result->skipped > 0 || has_kind(result, WLS_NOTE_PROBLEM);
}

int wls_pushing_report(struct wls_pushing *run, int status, const struct wls_error *err)
{
	struct wls_plan_result_view result;
	int written = WLS_EXIT_DONE;
	int exit_status = run->found;

	wls_screen_clear(&run->screen);
	wls_pushing_result(run, &result);
	if (run->cli->globals.json)
		written = show_json(run, &result);
	else if (!run->cli->globals.quiet)
		written = show_text(run, &result);
	if (status < 0)
		wls_cli_say("%s", err->text);
	else if (result.stopped)
		wls_cli_say("%s", result.why ? result.why : "stopped; push again");
	if (exit_status < WLS_EXIT_FOUND && found_something(run))
		exit_status = WLS_EXIT_FOUND;
	if (status < 0 || run->push.result.stopped || written != WLS_EXIT_DONE)
		exit_status = WLS_EXIT_ERROR;
	return exit_status;
}
