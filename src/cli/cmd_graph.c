/* SPDX-License-Identifier: MIT */
/*
 * wlsync graph: who waits for whom.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/gather.h"
#include "render/plain.h"
#include "render/ring.h"
#include "render/tree.h"
#include "render/waves.h"

enum format {
	FORMAT_WAVES,
	FORMAT_TREE,
	FORMAT_DOT,
	FORMAT_MERMAID,
	FORMAT_JSON,
	FORMAT_TSV,
	FORMAT_SVG,
	FORMAT_HTML,
};

struct options {
	struct wls_source source;
	int format; /* -1: not given */
	const char *file;
	const char *focus;
	bool up, down, all, cycles;
	uint32_t depth;
	const char *path[2];
	const char *status;
	struct wls_graph_options graph;
};

#define AT(field) offsetof(struct options, field)
#define FLAG(name, help, field) WLS_OPT(name, 0, FLAG, NULL, help, .offset = AT(field))

static const struct wls_opt opts[] = {
	WLS_OPT("format", 0, CHOICE, "FORMAT", "waves, tree, dot, mermaid, json, tsv",
		.choices = "waves|tree|dot|mermaid|json|tsv|svg|html", .offset = AT(format)),
	WLS_OPT(NULL, 'o', TEXT, "FILE", "write to FILE, whole or not at all", .offset = AT(file),
		.complete = WLS_COMPLETE_FILE),
	WLS_OPT("focus", 0, TEXT, "LOG", "one log, as a tree", .offset = AT(focus),
		.complete = WLS_COMPLETE_LOG),
	FLAG("up", "with --focus: what it needs", up),
	FLAG("down", "with --focus: what needs it", down),
	WLS_OPT("depth", 0, NUMBER, "N", "with --focus: at most N steps", .offset = AT(depth),
		.min = 1, .max = 1000000),
	WLS_OPT("path", 0, PAIR, "A B", "how A depends on B", .offset = AT(path),
		.complete = WLS_COMPLETE_LOG),
	WLS_OPT("status", 0, TEXT, "S", "only logs of that status", .offset = AT(status)),
	FLAG("cycles", "only logs that wait for each other", cycles),
	FLAG("history", "also dependencies of older entries", graph.history),
	FLAG("overlaps", "also logs that name the same file", graph.overlaps),
	FLAG("mentions", "also references that are no dependency", graph.mentions),
	FLAG("entries", "a node for each version", graph.entries),
	FLAG("reduce", "without what follows from others", graph.reduce),
	FLAG("all", "everything, however long", all),
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync graph", "what can start, what comes after it"},
	{"wlsync graph --focus Reports --up", "what Reports needs"},
	{"wlsync graph --path Checkout Data-Model", "how one depends on the other"},
	{"wlsync graph --format dot | dot -Tsvg", "a picture"},
	{"wlsync graph --json | jq .ready", "for programs"},
	{0},
};

/* A command on its way. */
struct run {
	struct wls_cli *cli;
	const struct options *options;
	const struct wls_workspace *ws;
	const struct wls_graph *graph;
	bool *logs, *edges;       /* the view; edges: NULL for all */
	uint32_t focus, from, to; /* WLS_LOG_NONE: not given */
	uint32_t *path;
	uint32_t path_count;
	struct wls_arena arena;
};

/* ---- what is asked for ---- */

static int check_options(const struct wls_cli *cli, const struct options *options)
{
	if (cli->globals.json && options->format >= 0 && options->format != FORMAT_JSON)
		return wls_cli_fail("graph: --json and another --format exclude each other");
	if (options->format == FORMAT_SVG || options->format == FORMAT_HTML)
		return wls_cli_fail("graph: --format %s does not exist yet; there are waves, tree, "
				    "dot, mermaid, json and tsv",
				    options->format == FORMAT_SVG ? "svg" : "html");
	if (!options->focus && (options->up || options->down || options->depth > 0))
		return wls_cli_fail("graph: --up, --down and --depth need --focus LOG");
	if (options->focus && options->path[0])
		return wls_cli_fail("graph: --focus and --path exclude each other");
	return WLS_CLI_GO;
}

static int find_log(const struct run *run, const char *what, uint32_t *log)
{
	struct wls_error err;

	*log = WLS_LOG_NONE;
	if (what && wls_workspace_find(run->ws, what, log, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static int find_logs(struct run *run)
{
	const struct options *options = run->options;
	int status = find_log(run, options->focus, &run->focus);

	if (status == WLS_CLI_GO)
		status = find_log(run, options->path[0], &run->from);
	if (status == WLS_CLI_GO)
		status = find_log(run, options->path[1], &run->to);
	return status;
}

static void keep_path(struct run *run)
{
	const struct wls_graph *graph = run->graph;

	run->path = WLS_ARENA_ARRAY(&run->arena, uint32_t, (size_t)graph->log_count + 1);
	wls_graph_path(graph, run->from, run->to, run->path, &run->path_count);
	run->edges = WLS_ARENA_ARRAY(&run->arena, bool, (size_t)graph->edge_count + 1);
	memset(run->logs, 0, graph->log_count * sizeof(bool));
	for (uint32_t i = 0; i < run->path_count; i++) {
		const struct wls_edge *edge = &graph->edges[run->path[i]];
		run->edges[run->path[i]] = true;
		run->logs[edge->from] = run->logs[edge->to] = true;
	}
}

/* Which logs and edges are shown. */
static int choose(struct run *run)
{
	const struct wls_graph *graph = run->graph;
	const struct options *options = run->options;
	bool both = !options->up && !options->down;

	run->logs = WLS_ARENA_ARRAY(&run->arena, bool, (size_t)graph->log_count + 1);
	memset(run->logs, 1, graph->log_count * sizeof(bool));
	if (run->focus != WLS_LOG_NONE)
		wls_graph_focus(graph, run->focus, options->up || both, options->down || both,
				options->depth, run->logs);
	if (run->from != WLS_LOG_NONE)
		keep_path(run);
	for (uint32_t l = 0; l < graph->log_count; l++)
		if (options->cycles && !graph->logs[l].in_cycle)
			run->logs[l] = false;
	return options->status ? wls_keep_status(graph, options->status, run->logs) : WLS_CLI_GO;
}

/* ---- text ---- */

static void add_no_path(const struct run *run, const struct wls_report *report, struct wls_buf *out)
{
	struct wls_slice from = wls_log_label(report, run->from);
	struct wls_slice to = wls_log_label(report, run->to);

	wls_buf_printf(out, "%.*s does not depend on %.*s, directly or not.\n", WLS_SLICE_ARG(from),
		       WLS_SLICE_ARG(to));
}

static void add_text(const struct run *run, const struct wls_report *report, int format,
		     struct wls_buf *out)
{
	const struct options *options = run->options;
	bool both = !options->up && !options->down;
	struct wls_focus focus = {run->focus, options->up || both, options->down || both,
				  options->depth};

	if (run->from != WLS_LOG_NONE && run->path_count == 0)
		add_no_path(run, report, out);
	else if (run->from != WLS_LOG_NONE)
		wls_render_path(report, run->path, run->path_count, out);
	else if (options->cycles)
		wls_render_cycles(report, out);
	else if (format == FORMAT_TREE && run->focus != WLS_LOG_NONE)
		wls_render_focus(report, &focus, out);
	else if (format == FORMAT_TREE)
		wls_render_tree(report, out);
	else
		wls_render_waves(report, out);
}

static void add_plain(const struct run *run, const struct wls_report *report, int format,
		      struct wls_buf *out)
{
	if (run->from != WLS_LOG_NONE && run->path_count == 0)
		add_no_path(run, report, out);
	else if (run->from != WLS_LOG_NONE)
		wls_plain_path(report, run->path, run->path_count, out);
	else if (run->options->cycles)
		wls_plain_cycles(report, out);
	else if (format == FORMAT_TREE && run->focus != WLS_LOG_NONE)
		wls_plain_focus(report, run->focus, out);
	else if (format == FORMAT_TREE)
		wls_plain_tree(report, out);
	else
		wls_plain_waves(report, out);
}

static void render_text(struct run *run, const struct wls_view *view, int format,
			struct wls_buf *out)
{
	struct wls_style style = wls_cli_style(run->cli, run->options->file);
	struct wls_report report;

	style.brief = style.brief && !run->options->all && run->focus == WLS_LOG_NONE;
	wls_report_init(&report, run->graph, view, &style, run->cli->now, &run->arena);
	if (run->cli->plain)
		add_plain(run, &report, format, out);
	else
		add_text(run, &report, format, out);
	if (run->options->graph.overlaps)
		wls_render_overlaps(&report, out);
}

/* ---- the command ---- */

static int format_of(const struct run *run)
{
	if (run->cli->globals.json)
		return FORMAT_JSON;
	if (run->options->format >= 0)
		return run->options->format;
	return run->focus != WLS_LOG_NONE ? FORMAT_TREE : FORMAT_WAVES;
}

static int render(struct run *run, struct wls_buf *out)
{
	struct wls_view view = {.logs = run->logs, .edges = run->edges};
	struct wls_error err;

	switch (format_of(run)) {
	case FORMAT_JSON:
		wls_export_json(run->graph, &view, out);
		break;
	case FORMAT_TSV:
		wls_export_tsv(run->graph, &view, out);
		break;
	case FORMAT_DOT:
		wls_export_dot(run->graph, &view, out);
		break;
	case FORMAT_MERMAID:
		if (wls_export_mermaid(run->graph, &view, out, &err) < 0)
			return wls_cli_fail("graph: %s", err.text);
		break;
	default:
		render_text(run, &view, format_of(run), out);
	}
	return WLS_CLI_GO;
}

static int show(struct run *run)
{
	struct wls_buf out = WLS_BUF_INIT;
	int status = find_logs(run);

	if (status == WLS_CLI_GO)
		status = choose(run);
	if (status == WLS_CLI_GO)
		status = render(run, &out);
	if (status == WLS_CLI_GO)
		status = wls_cli_write(run->cli, &out, run->options->file);
	wls_buf_release(&out);
	wls_arena_release(&run->arena);
	return status;
}

static int run_graph(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {.format = -1};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	int found = WLS_EXIT_DONE;
	int status = wls_cli_parse(cli, &wls_command_graph, &options, args);

	if (status == WLS_CLI_GO)
		status = check_options(cli, &options);
	if (status == WLS_CLI_GO)
		status = wls_gather(cli, &options.source, &options.graph, args, &ws, &found);
	if (status != WLS_CLI_GO)
		return status;
	status = show(&(struct run){.cli = cli, .options = &options, .ws = ws, .graph = ws->graph});
	return status != WLS_EXIT_DONE ? status : found;
}

const struct wls_command wls_command_graph = {
	.name = "graph",
	.summary = "who waits for whom",
	.usage = "[PATH…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run_graph,
};
