/* SPDX-License-Identifier: MIT */
/*
 * wlsync rename: another name for a log, everywhere.
 *
 * Layer: cli. Includes: base, buf, graph, cli/rename.
 */
#include "base/utf8.h"
#include "cli/rename.h"

struct options {
	bool yes;
};

static const struct wls_opt opts[] = {
	WLS_OPT("yes", 0, FLAG, NULL, "write; without it only what would change is shown",
		.offset = offsetof(struct options, yes)),
};

static const struct wls_example examples[] = {
	{"wlsync rename Auth-Refactor Login-Flow", "what would change, file by file"},
	{"wlsync rename Auth-Refactor Login-Flow --yes", "do it: all files, or none"},
	{0},
};

/* Opens the logs of the work tree, after what an earlier run left was settled. */
static int open_logs(struct wls_cli *cli, struct wls_workspace **ws)
{
	const struct wls_workspace_options options = {
		.dir_given = cli->globals.dir != NULL,
		.graph = {.history = true, .mentions = true},
	};
	struct wls_error err;
	const char *done;

	for (;;) {
		if (wls_workspace_open(ws, &options, &err) < 0 ||
		    wls_rename_recover((*ws)->root, &done, &err) < 0)
			return wls_cli_fail("%s", err.text);
		if (!done)
			break;
		wls_cli_say("an earlier rename that was cut short is %s", done);
		wls_workspace_free(WLS_TAKE(*ws));
	}
	/* What cannot be read may hold references. */
	if (wls_workspace_report(*ws, stderr, cli->globals.quiet) != 0)
		return wls_cli_fail("nothing is renamed while some files cannot be read");
	return WLS_CLI_GO;
}

/* Whether another log is called so, or was. */
static int check_free(const struct wls_rename *rename, struct wls_error *err)
{
	const struct wls_graph *graph = rename->ws->graph;
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error why = {0};
	uint32_t other;

	wls_utf8_add_folded_name(&folded, rename->to);
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (i != rename->log && wls_slice_eq(graph->logs[i].folded, wls_buf_slice(&folded)))
			return wls_error_set(
				err, WLS_E_REFUSED,
				"there is a log \"%.*s\" already (%.*s); choose another "
				"name",
				WLS_SLICE_ARG(graph->logs[i].name),
				WLS_SLICE_ARG(graph->logs[i].file));
	int status = wls_graph_find(graph, rename->to, &other, &why);
	if (status == WLS_E_AMBIGUOUS || (status == 0 && other != rename->log))
		return wls_error_set(err, WLS_E_REFUSED,
				     "\"%.*s\" means another log already; choose another name",
				     WLS_SLICE_ARG(rename->to));
	return 0;
}

static int show(struct wls_cli *cli, const struct wls_rename *rename, bool written)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (cli->globals.json)
		wls_rename_json(rename, written, &out);
	else
		wls_rename_text(rename, &cli->style, written, &out);
	int status = wls_cli_write(cli, &out, NULL);
	if (status == WLS_EXIT_DONE && !written && !cli->globals.quiet)
		wls_cli_say("nothing was written; --yes does it");
	return status;
}

static int do_rename(struct wls_cli *cli, const struct options *options, struct wls_rename *rename)
{
	struct wls_error err;
	int status = wls_rename_check_name(rename->to, &err);

	if (status == 0)
		status = check_free(rename, &err);
	if (status == 0)
		status = wls_rename_plan(rename, &err);
	if (status == 0 && rename->file_count == 0)
		status = wls_error_set(&err, WLS_E_REFUSED, "\"%.*s\" is its name already",
				       WLS_SLICE_ARG(rename->to));
	if (status == 0)
		status = wls_rename_verify(rename, &err);
	if (status == 0 && options->yes)
		status = wls_rename_write(rename, &err);
	if (status < 0)
		return wls_cli_fail("%s", err.text);
	return show(cli, rename, options->yes);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_rename rename = {0};
	struct wls_error err;
	int status = wls_cli_parse(cli, &wls_command_rename, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count != 2)
		return wls_cli_fail("rename: name the log and its new name, as in: wlsync rename "
				    "Auth-Refactor Login-Flow");
	status = open_logs(cli, &ws);
	if (status != WLS_CLI_GO)
		return status;
	if (wls_workspace_find(ws, args->words[0], &rename.log, &err) < 0)
		return wls_cli_fail("%s", err.text);
	rename.ws = ws;
	rename.from = ws->graph->logs[rename.log].name;
	rename.to = wls_slice_of(args->words[1]);
	status = do_rename(cli, &options, &rename);
	wls_rename_release(&rename);
	return status;
}

const struct wls_command wls_command_rename = {
	.name = "rename",
	.summary = "give a log another name, everywhere",
	.usage = "LOG NAME",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG,
	.run = run,
};
