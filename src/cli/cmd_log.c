/* SPDX-License-Identifier: MIT */
/*
 * wlsync log: the entries of a log, one line each, newest first.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/log_argument.h"

struct options {
	const char *rev;
};

static const struct wls_opt opts[] = {
	{"rev", 0, WLS_OPT_TEXT, 0, "REV", "the files of a commit", NULL,
	 offsetof(struct options, rev), 0, 0},
};

static const struct wls_example examples[] = {
	{"wlsync log Auth-Refactor", "its entries, newest first"},
	{"wlsync log Auth-Refactor v3..v5", "some of them"},
	{"wlsync log Auth-Refactor --json", "for programs"},
	{0},
};

static int select_versions(struct wls_log_argument *arg, const struct wls_args *args)
{
	struct wls_error err;

	if (args->count > 1 &&
	    (args->count > 2 || arg->first > 0 ||
	     !wls_versions_argument(wls_slice_of(args->words[1]), &arg->first, &arg->last)))
		return wls_cli_fail("log: %s: one log, and versions such as v3..v5",
				    args->words[args->count - 1]);
	if (arg->first > 0 && wls_shown_select(&arg->shown, arg->first, arg->last, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static int write_log(struct wls_cli *cli, struct wls_log_argument *arg)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (cli->globals.json)
		wls_shown_log_document(&arg->shown, &out);
	else
		wls_shown_log(&arg->shown, &cli->style, cli->plain, &out);
	return wls_cli_write(cli, &out, NULL);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_log_argument arg _cleanup_log_argument_ = {0};
	int status = wls_cli_parse(cli, &wls_command_log, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count == 0)
		return wls_cli_fail(
			"log: which log? Say wlsync log LOG (wlsync status lists them)");
	status = wls_log_argument_read(&arg, cli, args->words[0], options.rev);
	if (status == WLS_CLI_GO)
		status = select_versions(&arg, args);
	if (status == WLS_CLI_GO)
		status = write_log(cli, &arg);
	return status != WLS_EXIT_DONE ? status : arg.status;
}

const struct wls_command wls_command_log = {
	.name = "log",
	.summary = "the entries of a log, one line each",
	.usage = "LOG [vA..vB]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG_OR_FILE,
	.run = run,
};
