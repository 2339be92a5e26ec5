/* SPDX-License-Identifier: MIT */
/*
 * wlsync prime: what to know before going on.
 *
 * The graph tells most of it. What happened since a stale pin, and what was tried in vain, stands in the
 * logs' older entries: the logs that are shown are read again, one at a time, and no more than
 * have room.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/gather.h"
#include "cli/prime.h"

/* Logs that are read again for what failed in them, and versions told of one. */
enum { LOGS_READ = 100, SINCE_MAX = 3 };

struct options {
	struct wls_source source;
};

static const struct wls_opt opts[] = {
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync prime", "what is ready, what waits, what not to try again"},
	{"wlsync prime Payment", "of one log, and what it needs"},
	{"wlsync prime --json", "for programs, without a limit"},
	{0},
};

struct priming {
	const struct wls_workspace *ws;
	const struct wls_report *report;
	struct wls_prime *prime;
};

/* ---- what happened since ---- */

static void add_stale(struct priming *p, const struct wls_edge *edge)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_arena *arena = p->report->arena;
	struct wls_prime_detail *details =
		WLS_ARENA_ARRAY(arena, struct wls_prime_detail, SINCE_MAX);
	struct wls_error err;
	size_t count = 0;

	if (wls_workspace_read_log(p->ws, edge->to, &files, &err) == 0) {
		const struct wls_doc *doc = files.files[0].doc;

		for (uint32_t i = doc->version_count; i-- > 0 && count < SINCE_MAX;) {
			const struct wls_entry *entry = &doc->entries[doc->by_version[i]];

			if (entry->version <= edge->to_version)
				break;
			details[count++] = (struct wls_prime_detail){
				entry->version,
				wls_arena_copy(arena,
					       wls_text_flatten(files.files[0].doc, entry->title))};
		}
	}
	wls_prime_add(p->prime, WLS_PRIME_STALE,
		      (struct wls_prime_item){.log = edge->from,
					      .text = wls_edge_label(p->report, edge),
					      .details = details,
					      .detail_count = count});
}

static void read_stale(struct priming *p)
{
	const struct wls_graph *graph = p->ws->graph;
	size_t read = 0;

	for (uint32_t e = 0; e < graph->edge_count && read < LOGS_READ; e++) {
		const struct wls_edge *edge = &graph->edges[e];

		if (edge->state != WLS_EDGE_STALE || !wls_edge_holds(edge) ||
		    !wls_report_log(p->report, edge->from) ||
		    graph->logs[edge->from].status == WLS_STATUS_COMPLETED)
			continue;
		add_stale(p, edge);
		read++;
	}
}

/* ---- what failed ---- */

/* Of the logs that are ready, then of those that wait. */
static void read_all_failures(struct priming *p)
{
	size_t read = 0;

	for (int part = WLS_PRIME_READY; part <= WLS_PRIME_WAITING; part++)
		for (size_t i = 0; i < p->prime->parts[part].count && read < LOGS_READ; i++, read++)
			wls_prime_failures(p->prime, p->ws, p->prime->parts[part].items[i].log,
					   p->report->arena);
}

/* ---- the command ---- */

static int show(struct wls_cli *cli, const struct wls_workspace *ws, const struct wls_view *view)
{
	const struct wls_style style = {.ascii = cli->globals.ascii, .width = 80};
	struct wls_arena arena = {0};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_prime prime = {0};
	struct wls_report report;
	struct priming p = {.ws = ws, .report = &report, .prime = &prime};

	wls_report_init(&report, ws->graph, view, &style, cli->now, &arena);
	wls_prime_read(&prime, &report);
	read_stale(&p);
	read_all_failures(&p);
	if (cli->globals.json)
		wls_document_prime(&report, &prime, &out);
	else
		wls_render_prime(&report, &prime, &out);
	int status = wls_cli_write(cli, &out, NULL);
	wls_prime_release(&prime);
	wls_arena_release(&arena);
	return status;
}

/* Marks the logs that were named, and all that they need. */
static int choose(const struct wls_workspace *ws, const struct wls_args *args, bool *keep)
{
	const struct wls_graph *graph = ws->graph;
	bool *one _cleanup_free_ = wls_alloc(graph->log_count + 1, sizeof(*one));

	for (size_t i = 0; i < args->count; i++) {
		struct wls_error err;
		uint32_t log;

		if (wls_workspace_find(ws, args->words[i], &log, &err) < 0)
			return wls_cli_fail("%s", err.text);
		memset(one, 0, graph->log_count * sizeof(*one));
		wls_graph_focus(graph, log, true, false, 0, one);
		for (uint32_t l = 0; l < graph->log_count; l++)
			keep[l] = keep[l] || one[l];
	}
	return WLS_CLI_GO;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	int found = WLS_EXIT_DONE;
	int status = wls_cli_parse(cli, &wls_command_prime, &options, args);

	if (status == WLS_CLI_GO)
		status = wls_gather(cli, &options.source, &(struct wls_graph_options){0},
				    &(struct wls_args){0}, &ws, &found);
	if (status != WLS_CLI_GO)
		return status;
	bool *keep _cleanup_free_ = wls_alloc(ws->graph->log_count + 1, sizeof(*keep));
	memset(keep, args->count == 0, ws->graph->log_count * sizeof(*keep));
	status = choose(ws, args, keep);
	if (status == WLS_CLI_GO)
		status = show(cli, ws, &(struct wls_view){.logs = keep});
	return found != WLS_EXIT_DONE ? found : status;
}

const struct wls_command wls_command_prime = {
	.name = "prime",
	.summary = "what to know before going on, in 40 lines",
	.usage = "[LOG…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG,
	.run = run,
};
