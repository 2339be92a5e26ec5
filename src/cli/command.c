/* SPDX-License-Identifier: MIT */
/*
 * The table of commands, global options, and what all commands do first.
 *
 * Layer: cli. Includes: base, buf, render.
 */
#include "cli/cli.h"

const struct wls_command *const wls_commands[] = {
	&wls_command_graph,   &wls_command_status,       &wls_command_next,    &wls_command_show,
	&wls_command_log,     &wls_command_check,        &wls_command_trends,  &wls_command_diff,
	&wls_command_merge,   &wls_command_merge_driver, &wls_command_preview, &wls_command_resolve,
	&wls_command_install, &wls_command_init,         &wls_command_add,     &wls_command_rename,
	&wls_command_push,    &wls_command_adopt,        &wls_command_prime,   &wls_command_help,
	&wls_command_version, &wls_command_completion,
};
const size_t wls_command_count = WLS_ARRAY_SIZE(wls_commands);

#define GLOBAL(field) offsetof(struct wls_globals, field)

const struct wls_opt wls_global_opts[] = {
	WLS_OPT(NULL, 'C', FOLDER, "DIR", "run as if started in DIR", .offset = GLOBAL(dir),
		.complete = WLS_COMPLETE_FOLDER),
	WLS_OPT("json", 0, FLAG, NULL, "one JSON document on stdout", .offset = GLOBAL(json)),
	WLS_OPT("quiet", 'q', FLAG, NULL, "no warnings", .offset = GLOBAL(quiet)),
	WLS_OPT("verbose", 'v', COUNT, NULL, "say more; twice: everything",
		.offset = GLOBAL(verbose)),
	WLS_OPT("color", 0, CHOICE, "WHEN", "auto, always or never", .choices = "auto|always|never",
		.offset = GLOBAL(color)),
	WLS_OPT("ascii", 0, FLAG, NULL, "symbols of ASCII only", .offset = GLOBAL(ascii)),
	WLS_OPT("plain", 0, FLAG, NULL, "one sentence a line, no columns", .offset = GLOBAL(plain)),
	WLS_OPT("width", 0, NUMBER, "N", "cells of a line", .offset = GLOBAL(width), .min = 1,
		.max = 10000),
	WLS_OPT("help", 'h', FLAG, NULL, "this help", .offset = GLOBAL(help)),
	WLS_OPT("version", 0, FLAG, NULL, "the version of wlsync", .offset = GLOBAL(version)),
};
const size_t wls_global_opt_count = WLS_ARRAY_SIZE(wls_global_opts);

const struct wls_command *wls_command_find(const char *name)
{
	for (size_t i = 0; i < wls_command_count; i++)
		if (strcmp(wls_commands[i]->name, name) == 0)
			return wls_commands[i];
	return NULL;
}

static int print_help(struct wls_cli *cli, const struct wls_command *command)
{
	struct wls_buf help = WLS_BUF_INIT;

	wls_cli_help(command, &help);
	int status = wls_cli_write(cli, &help, NULL);
	wls_buf_release(&help);
	return status;
}

int wls_cli_answer(struct wls_cli *cli, const struct wls_command *command)
{
	if (cli->globals.help)
		return print_help(cli, command);
	if (cli->globals.version)
		return wls_command_version.run(cli, &(struct wls_args){0});
	return WLS_CLI_GO;
}

int wls_cli_parse(struct wls_cli *cli, const struct wls_command *command, void *options,
		  struct wls_args *args)
{
	const struct wls_opt_set sets[] = {
		{command->opts, command->opt_count, options},
		{wls_global_opts, wls_global_opt_count, &cli->globals},
	};
	struct wls_error err;

	if (wls_opt_parse(sets, WLS_ARRAY_SIZE(sets), args, false, &err) < 0)
		return wls_cli_fail("%s: %s", command->name, err.text);
	int status = wls_cli_answer(cli, command);
	return status == WLS_CLI_GO ? wls_cli_prepare(cli) : status;
}
