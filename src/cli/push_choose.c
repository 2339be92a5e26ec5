/* SPDX-License-Identifier: MIT */
/*
 * Which logs are pushed: those of the PATHs, or that --log names.
 *
 * What an issue says must not depend on how much of the repository was named: a log that waits for
 * one elsewhere says so in either case. So the whole work tree of the PATHs is read, and the other
 * logs are only left out of the plan.
 *
 * Layer: cli. Includes: base, buf, graph, io, cli/gather, cli/push, cli/workspace.
 */
#include "cli/gather.h"
#include "cli/push.h"
#include "cli/workspace_internal.h"
#include "io/path.h"

/* Marks the logs that have a file at or below `shown`. */
static void mark_below(const struct wls_graph *graph, struct wls_slice shown, bool *chosen)
{
	bool all = wls_slice_eq(shown, WLS_SLICE("."));
	struct wls_slice rest;

	for (uint32_t l = 0; l < graph->log_count; l++) {
		const struct wls_log *log = &graph->logs[l];
		for (size_t f = 0; f < log->file_count && !chosen[l]; f++)
			chosen[l] = all || wls_path_below(log->files[f], shown, &rest);
	}
}

static void mark_paths(const struct wls_workspace *ws, const struct wls_args *args, bool *chosen)
{
	struct wls_buf shown _cleanup_buf_ = WLS_BUF_INIT;

	for (size_t i = 0; i < args->count; i++) {
		wls_buf_clear(&shown);
		wls_workspace_add_shown(ws->intake, args->words[i], &shown);
		mark_below(ws->graph, wls_buf_slice(&shown), chosen);
	}
}

/*
 * The PATHs, and before them the root of the work tree that they are in; the PATHs alone where there
 * is none. Errors are left to the one who reads them for good.
 */
static struct wls_args with_root(struct wls_pushing *run, const struct wls_args *args)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	const struct wls_workspace_options options = {
		.paths = (const char *const *)args->words,
		.path_count = args->count,
		.dir_given = run->cli->globals.dir != NULL,
	};
	struct wls_args all = {WLS_ARENA_ARRAY(&run->arena, char *, args->count + 1), 0};
	struct wls_error ignored;

	if (args->count > 0 && wls_workspace_open(&ws, &options, &ignored) == 0 && ws->in_git) {
		struct wls_slice root = wls_slice_of(ws->root);
		char *word = wls_arena_alloc(&run->arena, root.len + 1);
		memcpy(word, root.ptr, root.len);
		all.words[all.count++] = word;
	}
	for (size_t i = 0; i < args->count; i++)
		all.words[all.count++] = args->words[i];
	return all;
}

static bool *none_chosen(struct wls_pushing *run)
{
	return WLS_ARENA_ARRAY(&run->arena, bool, (size_t)run->ws->graph->log_count + 1);
}

/* --log, of what the PATHs left. */
static int choose_named(struct wls_pushing *run)
{
	const struct wls_opt_list *names = &run->options.logs;
	bool *of_paths = run->chosen;
	struct wls_error err;
	uint32_t log;

	if (names->count == 0)
		return WLS_CLI_GO;
	run->chosen = none_chosen(run);
	for (size_t i = 0; i < names->count; i++) {
		if (wls_workspace_find(run->ws, names->items[i], &log, &err) < 0)
			return wls_cli_fail("%s", err.text);
		if (of_paths && !of_paths[log])
			return wls_cli_fail("--log %s: it is in none of the paths that were named",
					    names->items[i]);
		run->chosen[log] = true;
	}
	return WLS_CLI_GO;
}

static bool chooses_any(const struct wls_pushing *run)
{
	for (uint32_t l = 0; l < run->ws->graph->log_count; l++)
		if (!run->chosen || run->chosen[l])
			return true;
	return false;
}

/* The one document of --json, of a plan without logs. */
static int show_nothing(const struct wls_pushing *run)
{
	const struct wls_plan plan = {0};
	const struct wls_remote remote = {.tracker = "github"};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (!run->cli->globals.json)
		return WLS_EXIT_DONE;
	wls_plan_json(&plan, &remote, NULL, &out);
	return wls_cli_write(run->cli, &out, NULL);
}

int wls_pushing_choose(struct wls_pushing *run, const struct wls_args *args)
{
	const struct wls_source disk = {0};
	const struct wls_graph_options graph = {0};
	struct wls_args all = with_root(run, args);
	int status = wls_gather(run->cli, &disk, &graph, &all, &run->ws, &run->found);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count > 0) {
		run->chosen = none_chosen(run);
		mark_paths(run->ws, args, run->chosen);
	}
	status = choose_named(run);
	run->plan_options.whole = !run->chosen;
	if (status != WLS_CLI_GO || chooses_any(run))
		return status;
	/* Who stands in the wrong folder must not close all issues: there is nothing to do. */
	wls_pushing_skipped(run);
	if (run->ws->graph->log_count > 0 && run->found != WLS_EXIT_ERROR &&
	    !run->cli->globals.quiet)
		wls_cli_say("no WorkLog found in what was named");
	status = show_nothing(run);
	return status == WLS_EXIT_DONE ? run->found : status;
}
