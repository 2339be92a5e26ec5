/* SPDX-License-Identifier: MIT */
/*
 * wlsync: from the command line to a command.
 *
 * Layer: cli. Includes: base, buf, render.
 */
#include <signal.h>

#include "cli/cli.h"

int main(int argc, char **argv)
{
	struct wls_cli cli = {0};
	struct wls_args args = {argv + 1, argc > 0 ? (size_t)argc - 1 : 0};
	const struct wls_opt_set set = {wls_global_opts, wls_global_opt_count, &cli.globals};
	struct wls_error err;

	/* A closed pipe is seen where it is written to. */
	signal(SIGPIPE, SIG_IGN);
	if (wls_opt_parse(&set, 1, &args, true, &err) < 0)
		return wls_cli_fail("%s", err.text);
	int status = wls_cli_answer(&cli, NULL);
	if (status != WLS_CLI_GO)
		return status;
	if (args.count == 0)
		return wls_cli_fail("which command? wlsync help lists all");
	const char *name = args.words[0];
	struct wls_args rest = {args.words + 1, args.count - 1};
	const struct wls_command *command = wls_command_find(name);
	if (command && command->run)
		return command->run(&cli, &rest);
	if (command)
		return wls_dispatch_command(command, &cli.globals, &rest);
	struct wls_arena arena = {0};
	struct wls_args before = wls_globals_words(&cli.globals, &arena);
	status = wls_dispatch(name, before.words, before.count, &rest);
	wls_arena_release(&arena);
	return status;
}
