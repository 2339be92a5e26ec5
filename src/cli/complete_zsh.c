/* SPDX-License-Identifier: MIT */
/*
 * The completion script for zsh.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/complete.h"
#include "wlsync/check.h"

static const char title[] = "#compdef wlsync\n"
			    "# zsh completion for wlsync; written by: wlsync completion zsh\n"
			    "\n";

static const char head[] = "_wlsync_logs() {\n"
			   "\tlocal -a names\n"
			   "\tnames=(${(f)\"$(wlsync completion logs 2>/dev/null)\"})\n"
			   "\tcompadd -a names\n"
			   "}\n"
			   "\n"
			   "_wlsync() {\n"
			   "\tlocal -a line state\n"
			   "\tlocal context\n"
			   "\t_arguments -C \\\n";

/* Text inside '…' of an option's specification. */
static void add_quoted(const char *text, struct wls_buf *out)
{
	for (; *text; text++) {
		if (*text == '\'')
			wls_buf_add_str(out, "'\\''");
		else if (strchr("[]:\\", *text))
			wls_buf_printf(out, "\\%c", *text);
		else
			wls_buf_add_char(out, *text);
	}
}

static void add_choices(const char *choices, struct wls_buf *out)
{
	wls_buf_add_char(out, '(');
	for (; *choices; choices++)
		wls_buf_add_char(out, *choices == '|' ? ' ' : *choices);
	wls_buf_add_char(out, ')');
}

static const char *action_of(unsigned complete)
{
	switch (complete) {
	case WLS_COMPLETE_FILE:
		return "_files";
	case WLS_COMPLETE_FOLDER:
		return "_files -/";
	case WLS_COMPLETE_LOG:
	case WLS_COMPLETE_LOG_OR_FILE:
		return "_wlsync_logs";
	case WLS_COMPLETE_SHELL:
		return "(bash zsh fish)";
	case WLS_COMPLETE_RULE:
		return "_wlsync_rules";
	default:
		return " ";
	}
}

/* ":LOG:_wlsync_logs", once a value. */
static void add_value(const struct wls_opt *opt, struct wls_buf *out)
{
	int values = opt->type == WLS_OPT_PAIR ? 2 : 1;

	if (opt->type == WLS_OPT_MODE) {
		wls_buf_printf(out, "::%s:", opt->name);
		add_choices(opt->choices, out);
	}
	for (int i = 0; opt->value && i < values; i++) {
		wls_buf_add_char(out, ':');
		add_quoted(opt->value, out);
		wls_buf_add_char(out, ':');
		if (opt->choices)
			add_choices(opt->choices, out);
		else
			wls_buf_add_str(out, action_of(opt->complete));
	}
}

static void add_spec(const char *indent, const char *dashes, struct wls_slice name,
		     const struct wls_opt *opt, struct wls_buf *out)
{
	/* "=" lets the value stand in the same word. */
	const char *same_word = opt->value && dashes[1] && opt->type != WLS_OPT_PAIR ? "=" : "";

	/* "=-": only there. */
	if (opt->type == WLS_OPT_MODE)
		same_word = "=-";

	bool again = opt->type == WLS_OPT_COUNT || opt->type == WLS_OPT_LIST;

	wls_buf_printf(out, "%s'%s%s%.*s%s[", indent, again ? "*" : "", dashes, WLS_SLICE_ARG(name),
		       same_word);
	add_quoted(opt->help, out);
	wls_buf_add_char(out, ']');
	add_value(opt, out);
	wls_buf_add_str(out, "' \\\n");
}

static void add_specs(const char *indent, const struct wls_opt *opts, size_t count,
		      struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (opts[i].name)
			add_spec(indent, "--", wls_slice_of(opts[i].name), &opts[i], out);
		if (opts[i].letter)
			add_spec(indent, "-", wls_slice(&opts[i].letter, 1), &opts[i], out);
	}
}

static void add_command_list(struct wls_buf *out)
{
	wls_buf_add_str(out, "\t\tlocal -a commands=(\n");
	for (size_t i = 0; i < wls_command_count; i++) {
		wls_buf_printf(out, "\t\t\t'%s:", wls_commands[i]->name);
		add_quoted(wls_commands[i]->summary, out);
		wls_buf_add_str(out, "'\n");
	}
	wls_buf_add_str(out, "\t\t)\n\t\t_describe command commands\n");
}

static void add_command(const struct wls_command *command, struct wls_buf *out)
{
	wls_buf_printf(out, "\t\t%s)\n\t\t\t_arguments \\\n", command->name);
	add_specs("\t\t\t\t", command->opts, command->opt_count, out);
	add_specs("\t\t\t\t", wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "\t\t\t\t'*:argument:");
	if (command->arguments == WLS_COMPLETE_COMMAND) {
		wls_buf_add_char(out, '(');
		for (size_t i = 0; i < wls_command_count; i++)
			wls_buf_printf(out, "%s%s", i > 0 ? " " : "", wls_commands[i]->name);
		wls_buf_add_char(out, ')');
	} else {
		wls_buf_add_str(out, action_of(command->arguments));
	}
	wls_buf_add_str(out, "'\n\t\t\t;;\n");
}

/* A key, and behind its "=" a severity. */
static void add_rules(struct wls_buf *out)
{
	wls_buf_add_str(
		out,
		"_wlsync_rules() {\n\tif compset -P '*='; then\n\t\tcompadd " WLS_COMPLETE_SEVERITIES
		"\n\telse\n\t\tcompadd -q -S =");
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		wls_buf_printf(out, " %s", wls_rules[i].name);
	wls_buf_add_str(out, "\n\tfi\n}\n\n");
}

void wls_complete_zsh(struct wls_buf *out)
{
	wls_buf_add_str(out, title);
	add_rules(out);
	wls_buf_add_str(out, head);
	add_specs("\t\t", wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "\t\t'1:command:->command' '*::argument:->argument'\n"
			     "\tcase $state in\n\tcommand)\n");
	add_command_list(out);
	wls_buf_add_str(out, "\t\t;;\n\targument)\n\t\tcase $line[1] in\n");
	for (size_t i = 0; i < wls_command_count; i++)
		add_command(wls_commands[i], out);
	wls_buf_add_str(out, "\t\tesac\n\t\t;;\n\tesac\n}\n\n"
			     "if [ \"$funcstack[1]\" = _wlsync ]; then\n\t_wlsync \"$@\"\n"
			     "else\n\tcompdef _wlsync wlsync\nfi\n");
}
