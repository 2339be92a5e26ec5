/* SPDX-License-Identifier: MIT */
/*
 * wlsync trends: figures across the versions of logs.
 *
 * Layer: cli. Includes: base, buf, doc, graph, trends, render, draw.
 */
#include <sys/stat.h>

#include "cli/gather.h"
#include "cli/trends_chart.h"

enum format {
	FORMAT_TEXT,
	FORMAT_CSV,
	FORMAT_JSON,
	FORMAT_SVG,
};

struct options {
	struct wls_source source;
	int format; /* enum format, -1: not given */
	const char *metric;
	const char *file;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	WLS_OPT("metric", 0, TEXT, "NAME", "only figures with NAME in their name",
		.offset = AT(metric)),
	/* In the order of enum format. */
	WLS_OPT("format", 0, CHOICE, "FORMAT", "text, csv, json, svg",
		.choices = "text|csv|json|svg", .offset = AT(format)),
	WLS_OPT(NULL, 'o', TEXT, "FILE", "write to FILE, whole or not at all", .offset = AT(file),
		.complete = WLS_COMPLETE_FILE),
	WLS_SOURCE_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync trends", "what moved, in all logs"},
	{"wlsync trends Search --metric latency", "figures of that name"},
	{"wlsync trends --format csv -o trends.csv", "for a spreadsheet"},
	{"wlsync trends Search --format svg -o search.svg", "a chart"},
	{0},
};

/* What the command works with. */
struct job {
	struct wls_cli *cli;
	const struct options *options;
	struct wls_workspace *ws;
	struct wls_trends_page page;
	struct wls_trends_chart chart;
	bool draw;
	int status; /* 2 as soon as something could not be read */
};

static bool is_path(const char *word)
{
	struct stat st;
	return stat(word, &st) == 0 && (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode));
}

/* Whether all words are files and folders: then only they are read. */
static bool are_paths(const struct options *options, const struct wls_args *args)
{
	if (options->source.rev || options->source.all_branches)
		return false;
	for (size_t i = 0; i < args->count; i++)
		if (!is_path(args->words[i]))
			return false;
	return true;
}

static void add_log(struct job *job, uint32_t log)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_trends *trends _cleanup_trends_ = NULL;
	const struct wls_log *about = &job->ws->graph->logs[log];
	struct wls_error err;

	if (wls_workspace_read_log(job->ws, log, &files, &err) < 0) {
		job->status = wls_cli_fail("%s", err.text);
		return;
	}
	trends = wls_trends_new();
	for (size_t i = 0; i < files.count; i++)
		wls_trends_add(trends, files.files[i].path, files.files[i].doc,
			       i >= about->part_count);
	wls_trends_build(trends);
	struct wls_trends_log shown = {about, trends};
	if (job->draw)
		wls_trends_chart_add(&job->chart, &shown);
	else
		wls_trends_page_add(&job->page, &shown);
}

/* The logs that the words mean, each once, in their order. */
static void add_named(struct job *job, const struct wls_args *args)
{
	uint32_t count = job->ws->graph->log_count;
	bool *done _cleanup_free_ = wls_alloc((size_t)count + 1, sizeof(bool));

	memset(done, 0, ((size_t)count + 1) * sizeof(bool));
	job->chart.several = args->count > 1;
	for (size_t i = 0; i < args->count; i++) {
		struct wls_error err;
		uint32_t log;
		if (wls_workspace_find(job->ws, args->words[i], &log, &err) < 0) {
			job->status = wls_cli_fail("%s", err.text);
			continue;
		}
		if (!done[log])
			add_log(job, log);
		done[log] = true;
	}
}

static void add_all(struct job *job)
{
	job->chart.several = job->ws->graph->log_count > 1;
	for (uint32_t l = 0; l < job->ws->graph->log_count; l++)
		add_log(job, l);
}

static int write_page(struct job *job)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err;

	if (!job->draw)
		wls_trends_page_finish(&job->page, job->ws->graph, &out);
	else if (wls_trends_chart_draw(&job->chart, &out, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return wls_cli_write(job->cli, &out, job->options->file);
}

static enum wls_trends_format page_format(const struct wls_cli *cli, int format)
{
	if (format == FORMAT_JSON)
		return WLS_TRENDS_JSON;
	if (format == FORMAT_CSV)
		return WLS_TRENDS_CSV;
	return cli->plain || format == FORMAT_SVG ? WLS_TRENDS_PLAIN : WLS_TRENDS_TABLE;
}

static int show(struct job *job, int format, const struct wls_args *args, bool paths)
{
	struct wls_style style = wls_cli_style(job->cli, job->options->file);

	wls_trends_page_init(&job->page, page_format(job->cli, format), &style,
			     job->options->metric);
	job->draw = format == FORMAT_SVG;
	job->chart.page = &job->page;
	if (paths)
		add_all(job);
	else
		add_named(job, args);
	int status = write_page(job);
	wls_trends_chart_release(&job->chart);
	wls_trends_page_release(&job->page);
	return status != WLS_EXIT_DONE ? status : job->status;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {.format = -1};
	struct job job = {.cli = cli, .options = &options};
	struct wls_args none = {0};
	int status = wls_cli_parse(cli, &wls_command_trends, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (cli->globals.json && options.format >= 0 && options.format != FORMAT_JSON)
		return wls_cli_fail("--json and --format exclude each other");
	int format = cli->globals.json     ? FORMAT_JSON
		     : options.format >= 0 ? options.format
					   : FORMAT_TEXT;
	bool paths = are_paths(&options, args);
	status = wls_gather(cli, &options.source, &(struct wls_graph_options){0},
			    paths ? args : &none, &job.ws, &job.status);
	if (status != WLS_CLI_GO)
		return status;
	/* Without a word, all logs are meant wherever they come from. */
	status = show(&job, format, args, paths || args->count == 0);
	wls_workspace_free(job.ws);
	return status;
}

const struct wls_command wls_command_trends = {
	.name = "trends",
	.summary = "how figures moved from version to version",
	.usage = "[LOG…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG_OR_FILE,
	.run = run,
};
