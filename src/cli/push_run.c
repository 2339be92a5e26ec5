/* SPDX-License-Identifier: MIT */
/*
 * wlsync push: the steps, in order.
 *
 *	choose     logs                         no network
 *	configure  flags, environment, files    no network
 *	open       token, driver, preflight     first requests
 *	adopt      (of `wlsync adopt`) the issue, the edited file in memory
 *	want       what every log's issue should say
 *	read       the tracker; the plan
 *	guard      may these logs be seen there
 *	decide     shown, kept, confirmed
 *	apply      the only step that writes
 *	report
 *
 * Layer: cli. Includes: base, buf, plan, net, tracker, cli/push.
 */
#include "cli/push.h"
#include "net/cache.h"

/* ---- what the executor calls back ---- */

static void on_progress(void *data, const struct wls_push_progress *progress)
{
	wls_screen_progress(&((struct wls_pushing *)data)->screen, progress);
}

static bool on_stopped(void *data)
{
	(void)data;
	return wls_screen_interrupted() != 0;
}

static int64_t on_hint(void *data, struct wls_slice id)
{
	struct wls_pushing *run = data;

	return run->cache ? wls_http_cache_hint(run->cache, id) : 0;
}

/* The numbers that logs have now, for the day when one of them cannot be found. */
static void keep_hints(struct wls_pushing *run)
{
	const struct wls_plan *plan = &run->push.plan;

	if (!run->cache || !plan->numbers)
		return;
	for (size_t i = 0; i < run->wanted.count; i++) {
		const struct wls_wanted *wanted = &run->wanted.items[i];
		if (plan->numbers[wanted->log] > 0)
			wls_http_cache_set_hint(run->cache, wanted->id, plan->numbers[wanted->log]);
	}
	wls_http_cache_flush(run->cache);
}

/* ---- the steps with the tracker ---- */

static int read_tracker(struct wls_pushing *run, struct wls_error *err)
{
	struct wls_push *push = &run->push;

	push->wanted = &run->wanted;
	push->max_wait = run->settings.max_wait;
	push->comment_text = wls_pushing_comment_text;
	push->progress = on_progress;
	push->stopped = on_stopped;
	push->hint = on_hint;
	push->data = run;
	int status = wls_push_read(push, err);
	wls_screen_clear(&run->screen);
	run->drifts = push->plan.drifts;
	run->problems = push->plan.problems;
	return status;
}

static int apply(struct wls_pushing *run, struct wls_error *err)
{
	if (!run->pending)
		return 0;
	/* The executor makes its plan again as it goes on; the document shows the one before. */
	if (run->cli->globals.json)
		wls_plan_make(&run->planned, &run->wanted, &run->push.remote, NULL);
	run->tried = true;
	return wls_push_apply(&run->push, err);
}

static int plan_and_apply(struct wls_pushing *run)
{
	struct wls_error err;

	if (read_tracker(run, &err) < 0)
		return wls_cli_fail("%s", err.text);
	int status = wls_pushing_guard(run);

	if (status == WLS_CLI_GO)
		status = wls_pushing_decide(run);
	if (status != WLS_CLI_GO) {
		/* The one document of --json, also when the brake holds. */
		if (run->cli->globals.json)
			wls_pushing_report(run, 0, NULL);
		return status;
	}
	status = wls_adopt_write(run);
	if (status != WLS_CLI_GO)
		return status;
	status = run->options.dry_run ? 0 : apply(run, &err);
	keep_hints(run);
	return wls_pushing_report(run, status, &err);
}

int wls_pushing_go(struct wls_pushing *run)
{
	int status = wls_pushing_configure(run);

	wls_screen_init(&run->screen, run->cli);
	if (status == WLS_CLI_GO)
		status = wls_pushing_open(run);
	if (status == WLS_CLI_GO)
		status = wls_adopt_prepare(run);
	if (status == WLS_CLI_GO)
		status = wls_pushing_want(run);
	return status == WLS_CLI_GO ? plan_and_apply(run) : status;
}

void wls_pushing_release(struct wls_pushing *run)
{
	wls_screen_release(&run->screen);
	wls_plan_release(&run->planned);
	wls_push_release(&run->push);
	if (run->push.driver)
		run->push.driver->close(run->push.tracker);
	wls_wanted_release(&run->wanted);
	wls_http_cache_free(run->cache);
	wls_credential_release(&run->credential);
	wls_workspace_free(run->ws);
	wls_opt_list_release(&run->options.logs);
	if (run->adoption)
		wls_buf_release(&run->adoption->edited);
	wls_arena_release(&run->arena);
}

/* ---- the command ---- */

static int check_options(const struct wls_push_options *options)
{
	if (options->exit_code && !options->dry_run)
		return wls_cli_fail("push: --exit-code goes with --dry-run");
	if (options->prune && options->logs.count > 0)
		return wls_cli_fail("push: --prune looks at all logs; leave --log out");
	if (options->plan && !*options->plan)
		return wls_cli_fail("push: --plan needs a file");
	return WLS_CLI_GO;
}

static int push(struct wls_pushing *run, struct wls_args *args)
{
	int status = wls_cli_parse(run->cli, &wls_command_push, &run->options, args);

	if (status == WLS_CLI_GO)
		status = check_options(&run->options);
	if (status == WLS_CLI_GO)
		status = wls_pushing_choose(run, args);
	return status == WLS_CLI_GO ? wls_pushing_go(run) : status;
}

int wls_push_main(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_pushing run = {.cli = cli, .options = WLS_PUSH_OPTIONS_INIT};
	int status = push(&run, args);

	wls_pushing_release(&run);
	return status;
}
