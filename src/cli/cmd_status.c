/* SPDX-License-Identifier: MIT */
/*
 * wlsync status: where everything stands.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/gather.h"
#include "render/document.h"
#include "render/plain.h"
#include "render/status.h"

/* Days after which an unfinished log is called old. */
#define DAYS_DEFAULT 30u

struct options {
	struct wls_source source;
	int sort; /* enum wls_status_sort, -1: not given */
	const char *status;
	uint32_t days;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	/* In the order of enum wls_status_sort. */
	WLS_OPT("sort", 0, CHOICE, "KEY", "updated, name, version, status, progress, …",
		.choices = "updated|name|version|status|progress|high|unblocks|wave",
		.offset = AT(sort)),
	WLS_OPT("status", 0, TEXT, "S", "only logs of that status", .offset = AT(status)),
	WLS_OPT("days", 0, NUMBER, "N", "older than N days is old (30)", .offset = AT(days),
		.max = 100000),
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync status", "every log, the newest first"},
	{"wlsync status --status blocked", "what is blocked, by what, and whom to ask"},
	{"wlsync status --sort progress", "the most complete first"},
	{"wlsync status --json", "for programs"},
	{0},
};

static void add_skipped(const struct wls_report *report, struct wls_buf *out)
{
	const struct wls_graph *graph = report->graph;

	for (size_t i = 0; i < graph->skipped_count; i++) {
		struct wls_slice path = wls_style_clean(report->arena, graph->skipped[i]);
		wls_buf_printf(out, "skipped: %.*s (a WorkLog by name only)\n",
			       WLS_SLICE_ARG(path));
	}
}

static void render(struct wls_cli *cli, const struct options *options,
		   const struct wls_report *report, struct wls_buf *out)
{
	enum wls_status_sort sort =
		options->sort >= 0 ? (enum wls_status_sort)options->sort : WLS_SORT_UPDATED;

	if (cli->globals.json) {
		wls_document_status(report, options->sort >= 0 ? sort : WLS_SORT_NAME, out);
		return;
	}
	if (cli->plain)
		wls_plain_status(report, sort, options->days, out);
	else
		wls_render_status(report, sort, options->days, out);
	if (cli->globals.verbose > 0)
		add_skipped(report, out);
}

static int show(struct wls_cli *cli, const struct options *options, const struct wls_graph *graph)
{
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_report report;
	struct wls_view view = {0};
	bool *keep = WLS_ARENA_ARRAY(&arena, bool, (size_t)graph->log_count + 1);
	int status = WLS_CLI_GO;

	memset(keep, 1, graph->log_count * sizeof(bool));
	view.logs = keep;
	if (options->status)
		status = wls_keep_status(graph, options->status, keep);
	if (status == WLS_CLI_GO) {
		wls_report_init(&report, graph, &view, &cli->style, cli->now, &arena);
		render(cli, options, &report, &out);
		status = wls_cli_write(cli, &out, NULL);
	}
	wls_buf_release(&out);
	wls_arena_release(&arena);
	return status;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {.sort = -1, .days = DAYS_DEFAULT};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	int found = WLS_EXIT_DONE;
	int status = wls_cli_parse(cli, &wls_command_status, &options, args);

	if (status == WLS_CLI_GO)
		status = wls_gather(cli, &options.source, &(struct wls_graph_options){0}, args, &ws,
				    &found);
	if (status != WLS_CLI_GO)
		return status;
	status = show(cli, &options, ws->graph);
	return status != WLS_EXIT_DONE ? status : found;
}

const struct wls_command wls_command_status = {
	.name = "status",
	.summary = "where everything stands",
	.usage = "[PATH…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run,
};
