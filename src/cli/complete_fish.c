/* SPDX-License-Identifier: MIT */
/*
 * The completion script for fish.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/complete.h"
#include "wlsync/check.h"

/* Text inside '…'. */
static void add_quoted(const char *text, struct wls_buf *out)
{
	for (; *text; text++) {
		if (*text == '\'' || *text == '\\')
			wls_buf_add_char(out, '\\');
		wls_buf_add_char(out, *text);
	}
}

/* `a=off`, `a=info`, … for every rule. */
static void add_rules(struct wls_buf *out)
{
	struct wls_slice rest = WLS_SLICE(WLS_COMPLETE_SEVERITIES);

	wls_buf_add_str(out, " -x -a '{");
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		wls_buf_printf(out, "%s%s", i > 0 ? "," : "", wls_rules[i].name);
	wls_buf_add_str(out, "}={");
	for (size_t i = 0; i < rest.len; i++)
		wls_buf_add_char(out, rest.ptr[i] == ' ' ? ',' : rest.ptr[i]);
	wls_buf_add_str(out, "}'");
}

static void add_offer(unsigned complete, const char *choices, struct wls_buf *out)
{
	if (choices) {
		wls_buf_add_str(out, " -x -a '");
		for (; *choices; choices++)
			wls_buf_add_char(out, *choices == '|' ? ' ' : *choices);
		wls_buf_add_char(out, '\'');
	} else if (complete == WLS_COMPLETE_LOG || complete == WLS_COMPLETE_LOG_OR_FILE) {
		wls_buf_add_str(out, " -x -a '(wlsync completion logs 2>/dev/null)'");
	} else if (complete == WLS_COMPLETE_RULE) {
		add_rules(out);
	} else if (complete == WLS_COMPLETE_FOLDER) {
		wls_buf_add_str(out, " -x -a '(__fish_complete_directories)'");
	} else if (complete == WLS_COMPLETE_FILE) {
		wls_buf_add_str(out, " -r -F");
	} else {
		wls_buf_add_str(out, " -x");
	}
}

static void add_options(const char *condition, const struct wls_opt *opts, size_t count,
			struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		wls_buf_printf(out, "complete -c wlsync%s", condition);
		if (opts[i].letter)
			wls_buf_printf(out, " -s %c", opts[i].letter);
		if (opts[i].name)
			wls_buf_printf(out, " -l %s", opts[i].name);
		if (opts[i].value)
			add_offer(opts[i].complete, opts[i].choices, out);
		else if (opts[i].type == WLS_OPT_MODE)
			wls_buf_printf(out, " -a %s", opts[i].choices);
		wls_buf_add_str(out, " -d '");
		add_quoted(opts[i].help, out);
		wls_buf_add_str(out, "'\n");
	}
}

static void add_arguments(const char *condition, const struct wls_command *command,
			  struct wls_buf *out)
{
	if (command->arguments == WLS_COMPLETE_NONE)
		return;
	wls_buf_printf(out, "complete -c wlsync%s", condition);
	if (command->arguments == WLS_COMPLETE_FILE) {
		wls_buf_add_str(out, " -F\n");
		return;
	}
	if (command->arguments == WLS_COMPLETE_SHELL)
		add_offer(WLS_COMPLETE_NONE, "bash|zsh|fish", out);
	else if (command->arguments != WLS_COMPLETE_COMMAND)
		add_offer(command->arguments, NULL, out);
	for (size_t i = 0; command->arguments == WLS_COMPLETE_COMMAND && i < wls_command_count; i++)
		wls_buf_printf(out, "%s%s", i > 0 ? " " : " -x -a '", wls_commands[i]->name);
	if (command->arguments == WLS_COMPLETE_COMMAND)
		wls_buf_add_char(out, '\'');
	wls_buf_add_char(out, '\n');
}

void wls_complete_fish(struct wls_buf *out)
{
	struct wls_buf condition = WLS_BUF_INIT;

	wls_buf_add_str(out, "# fish completion for wlsync; written by: wlsync completion fish\n\n"
			     "complete -c wlsync -f\n");
	add_options("", wls_global_opts, wls_global_opt_count, out);
	for (size_t i = 0; i < wls_command_count; i++) {
		wls_buf_printf(out, "complete -c wlsync -n __fish_use_subcommand -a %s -d '",
			       wls_commands[i]->name);
		add_quoted(wls_commands[i]->summary, out);
		wls_buf_add_str(out, "'\n");
	}
	for (size_t i = 0; i < wls_command_count; i++) {
		wls_buf_clear(&condition);
		wls_buf_printf(&condition, " -n '__fish_seen_subcommand_from %s'",
			       wls_commands[i]->name);
		add_options(wls_buf_str(&condition), wls_commands[i]->opts,
			    wls_commands[i]->opt_count, out);
		add_arguments(wls_buf_str(&condition), wls_commands[i], out);
	}
	wls_buf_release(&condition);
}
