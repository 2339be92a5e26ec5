/* SPDX-License-Identifier: MIT */
/*
 * Help: a screen, examples first.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/cli.h"

static void help_command(const struct wls_command *command, struct wls_buf *out)
{
	size_t width = 0;

	for (const struct wls_example *e = command->examples; e && e->command; e++)
		width = strlen(e->command) > width ? strlen(e->command) : width;
	for (const struct wls_example *e = command->examples; e && e->command; e++)
		wls_buf_printf(out, "  %-*s   %s\n", (int)width, e->command, e->what);
	wls_buf_printf(out, "\nwlsync %s %s%s\n    %s\n\n", command->name,
		       command->opt_count > 0 ? "[options] " : "", command->usage,
		       command->summary);
	wls_opt_help(command->opts, command->opt_count, out);
	wls_buf_printf(out,
		       "\nGlobal options (--json, -C DIR, …): wlsync help. More: man wlsync-%s\n",
		       command->name);
}

static void help_overview(struct wls_buf *out)
{
	static const struct wls_example examples[] = {
		{"wlsync graph", "who waits for whom"},
		{"wlsync status", "where everything stands"},
		{"wlsync next", "what can be worked on now"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(examples); i++)
		wls_buf_printf(out, "  %-31s  %s\n", examples[i].command, examples[i].what);
	wls_buf_add_str(out, "\nwlsync [-C DIR] [global options] COMMAND [options] [ARGUMENT…]\n"
			     "\nCommands:\n");
	for (size_t i = 0; i < wls_command_count; i++)
		if (!wls_commands[i]->aside)
			wls_buf_printf(out, "  %-14s%s\n", wls_commands[i]->name,
				       wls_commands[i]->summary);
	wls_buf_add_str(out, "  and          ");
	for (size_t i = 0; i < wls_command_count; i++)
		if (wls_commands[i]->aside)
			wls_buf_printf(out, " %s", wls_commands[i]->name);
	wls_buf_add_str(out, "\n\nGlobal options:\n");
	wls_opt_help(wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "Of one command: wlsync COMMAND --help. More: man wlsync\n");
}

void wls_cli_help(const struct wls_command *command, struct wls_buf *out)
{
	if (command)
		help_command(command, out);
	else
		help_overview(out);
}
