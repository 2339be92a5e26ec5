/* SPDX-License-Identifier: MIT */
/*
 * wlsync help [COMMAND].
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/cli.h"

static const struct wls_example examples[] = {
	{"wlsync help", "all commands"},
	{"wlsync help graph", "one of them"},
	{0},
};

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_buf help = WLS_BUF_INIT;
	const struct wls_command *command = NULL;
	char flag[] = "--help";
	char *words[] = {flag};
	int status = wls_cli_parse(cli, &wls_command_help, NULL, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count > 0) {
		command = wls_command_find(args->words[0]);
		/* What is a program of its own explains itself. */
		if (!command)
			return wls_dispatch(args->words[0], NULL, 0, &(struct wls_args){words, 1});
	}
	wls_cli_help(command, &help);
	status = wls_cli_write(cli, &help, NULL);
	wls_buf_release(&help);
	return status;
}

const struct wls_command wls_command_help = {
	.name = "help",
	.summary = "how to use a command",
	.usage = "[COMMAND]",
	.examples = examples,
	.arguments = WLS_COMPLETE_COMMAND,
	.run = run,
};
