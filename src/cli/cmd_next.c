/* SPDX-License-Identifier: MIT */
/*
 * wlsync next: what can be worked on now, in order.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/gather.h"
#include "render/document.h"
#include "render/next.h"
#include "render/plain.h"

struct options {
	struct wls_source source;
	const char *log;
	uint32_t limit; /* 0: all */
	bool explain, stale_ok, exit_code;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	WLS_OPT("log", 0, TEXT, "LOG", "only what that log can do", .offset = AT(log),
		.complete = WLS_COMPLETE_LOG),
	WLS_OPT("limit", 0, NUMBER, "N", "at most N items", .offset = AT(limit), .min = 1,
		.max = 1000000),
	WLS_OPT("explain", 0, FLAG, NULL, "why each other log is not ready", .offset = AT(explain)),
	WLS_OPT("stale-ok", 0, FLAG, NULL, "a stale dependency does not hold",
		.offset = AT(stale_ok)),
	WLS_OPT("exit-code", 0, FLAG, NULL, "exit with 1 when nothing is ready",
		.offset = AT(exit_code)),
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync next", "what to do, what unblocks most first"},
	{"wlsync next --limit 1", "the one thing to do now"},
	{"wlsync next --explain", "and why the others have to wait"},
	{"wlsync next --json --exit-code", "for programs: 1 when nothing is ready"},
	{0},
};

/* Keeps the rows of one log, and of them at most `limit`. */
static void limit_rows(struct wls_next_list *list, struct wls_next_row *rows, uint32_t log,
		       uint32_t limit)
{
	size_t kept = 0;

	for (size_t i = 0; i < list->count; i++)
		if (log == WLS_LOG_NONE || rows[i].log == log)
			rows[kept++] = rows[i];
	list->left_out = limit > 0 && kept > limit ? kept - limit : 0;
	list->count = kept - list->left_out;
}

static void only_log(struct wls_next_list *list, uint32_t *not_ready, uint32_t log)
{
	uint32_t kept = 0;

	for (uint32_t i = 0; i < list->not_ready_count; i++)
		if (log == WLS_LOG_NONE || not_ready[i] == log)
			not_ready[kept++] = not_ready[i];
	list->not_ready_count = kept;
}

static int show(struct wls_cli *cli, const struct options *options, const struct wls_graph *graph,
		uint32_t log)
{
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_next_row *rows = NULL;
	struct wls_next_list list = {.explain = options->explain};
	struct wls_report report;

	wls_report_init(&report, graph, NULL, &cli->style, cli->now, &arena);
	list.count = wls_graph_next(graph, options->stale_ok, &rows);
	list.rows = rows;
	limit_rows(&list, rows, log, options->limit);
	uint32_t *not_ready =
		wls_report_not_ready(&report, options->stale_ok, &list.not_ready_count);
	only_log(&list, not_ready, log);
	list.not_ready = not_ready;
	if (cli->globals.json)
		wls_document_next(&report, &list, &out);
	else if (cli->plain)
		wls_plain_next(&report, &list, &out);
	else
		wls_render_next(&report, &list, &out);
	int status = wls_cli_write(cli, &out, NULL);
	if (status == WLS_EXIT_DONE && options->exit_code && list.count == 0)
		status = WLS_EXIT_FOUND;
	wls_buf_release(&out);
	wls_arena_release(&arena);
	free(rows);
	return status;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_error err;
	uint32_t log = WLS_LOG_NONE;
	int found = WLS_EXIT_DONE;
	int status = wls_cli_parse(cli, &wls_command_next, &options, args);

	if (status == WLS_CLI_GO)
		status = wls_gather(cli, &options.source, &(struct wls_graph_options){0}, args, &ws,
				    &found);
	if (status != WLS_CLI_GO)
		return status;
	if (options.log && wls_workspace_find(ws, options.log, &log, &err) < 0)
		return wls_cli_fail("%s", err.text);
	status = show(cli, &options, ws->graph, log);
	return found != WLS_EXIT_DONE ? found : status;
}

const struct wls_command wls_command_next = {
	.name = "next",
	.summary = "what can be worked on now, in order",
	.usage = "[PATH…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run,
};
