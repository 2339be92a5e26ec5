/* SPDX-License-Identifier: MIT */
/*
 * The completion script for bash.
 *
 * Layer: cli. Includes: base, buf.
 *
 * Works without the bash-completion package. Bash breaks words at '=', so "--format=d" reaches the
 * script as three words, and "--rule stale-ref=o" as four: $joined tells an "=", and a $prev with "="
 * behind it that it is the second one.
 */
#include "cli/complete.h"
#include "wlsync/check.h"

static const char head[] =
	"# bash completion for wlsync; written by: wlsync completion bash\n"
	"\n"
	"_wlsync_words()\n"
	"{\n"
	"\tlocal IFS=$' \\t\\n'\n"
	"\tCOMPREPLY=($(compgen -W \"$1\" -- \"$cur\"))\n"
	"}\n"
	"\n"
	"_wlsync_logs()\n"
	"{\n"
	"\tlocal IFS=$'\\n' name\n"
	"\tCOMPREPLY=()\n"
	"\tfor name in $(wlsync completion logs 2>/dev/null); do\n"
	"\t\t[[ $name == \"$cur\"* ]] && COMPREPLY+=(\"$(printf %q \"$name\")\")\n"
	"\tdone\n"
	"}\n"
	"\n"
	"_wlsync_keys()\n"
	"{\n"
	"\tcompopt -o nospace 2>/dev/null\n"
	"\t_wlsync_words \"$1\"\n"
	"}\n"
	"\n"
	"_wlsync_files()\n"
	"{\n"
	"\tlocal IFS=$'\\n'\n"
	"\tcompopt -o filenames 2>/dev/null\n"
	"\tCOMPREPLY=($(compgen \"$1\" -- \"$cur\"))\n"
	"}\n"
	"\n"
	"_wlsync()\n"
	"{\n"
	"\tlocal cur=${COMP_WORDS[COMP_CWORD]} at=$((COMP_CWORD - 1)) command= joined= i\n"
	"\tCOMPREPLY=()\n"
	"\tif [[ $cur == = ]]; then\n"
	"\t\tcur= joined=1\n"
	"\telif [[ ${COMP_WORDS[at]} == = ]]; then\n"
	"\t\tat=$((at - 1)) joined=1\n"
	"\tfi\n"
	"\tlocal prev=${COMP_WORDS[at]}\n"
	"\tif [[ $joined && $prev != -* && $at -gt 1 ]]; then\n"
	"\t\t[[ ${COMP_WORDS[at-1]} == = && $at -gt 2 ]] && at=$((at - 1))\n"
	"\t\tprev=${COMP_WORDS[at-1]}=\n"
	"\tfi\n"
	"\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
	"\t\tcase ${COMP_WORDS[i]} in\n";

static void add_choices(const char *choices, struct wls_buf *out)
{
	for (; *choices; choices++)
		wls_buf_add_char(out, *choices == '|' ? ' ' : *choices);
}

/* "--focus|-f": how a case names an option. */
static void add_pattern(const struct wls_opt *opt, struct wls_buf *out)
{
	if (opt->name)
		wls_buf_printf(out, "--%s", opt->name);
	if (opt->name && opt->letter)
		wls_buf_add_char(out, '|');
	if (opt->letter)
		wls_buf_printf(out, "-%c", opt->letter);
}

static void add_action(const struct wls_opt *opt, struct wls_buf *out)
{
	if (opt->choices) {
		wls_buf_add_str(out, "_wlsync_words '");
		add_choices(opt->choices, out);
		wls_buf_add_str(out, "'");
	} else if (opt->complete == WLS_COMPLETE_LOG || opt->complete == WLS_COMPLETE_LOG_OR_FILE) {
		wls_buf_add_str(out, "_wlsync_logs");
	} else if (opt->complete == WLS_COMPLETE_FOLDER) {
		wls_buf_add_str(out, "_wlsync_files -d");
	} else if (opt->complete == WLS_COMPLETE_FILE) {
		wls_buf_add_str(out, "_wlsync_files -f");
	} else {
		wls_buf_add_str(out, ":");
	}
}

/* "--rule": a key, and behind its "=" a severity. */
static void add_rules(const struct wls_opt *opt, struct wls_buf *out)
{
	wls_buf_printf(out, "\t\t--%s) _wlsync_keys '", opt->name);
	for (size_t i = 0; i < WLS_RULE_COUNT; i++)
		wls_buf_printf(out, "%s%s=", i > 0 ? " " : "", wls_rules[i].name);
	wls_buf_printf(out,
		       "'; return ;;\n\t\t--%s=) _wlsync_words '" WLS_COMPLETE_SEVERITIES
		       "'; return ;;\n",
		       opt->name);
}

/* "--fix=names": a value only in the same word. */
static void add_mode(const struct wls_opt *opt, struct wls_buf *out)
{
	wls_buf_printf(out, "\t\t--%s) [[ $joined ]] && { ", opt->name);
	add_action(opt, out);
	wls_buf_add_str(out, "; return; } ;;\n");
}

/* What follows an option that has a value. */
static void add_values(const struct wls_opt *opts, size_t count, struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (opts[i].type == WLS_OPT_MODE)
			add_mode(&opts[i], out);
		if (opts[i].complete == WLS_COMPLETE_RULE) {
			add_rules(&opts[i], out);
			continue;
		}
		if (!opts[i].value)
			continue;
		wls_buf_add_str(out, "\t\t");
		add_pattern(&opts[i], out);
		wls_buf_add_str(out, ") ");
		add_action(&opts[i], out);
		wls_buf_add_str(out, "; return ;;\n");
	}
}

static void add_names(const struct wls_opt *opts, size_t count, struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (opts[i].name)
			wls_buf_printf(out, " --%s", opts[i].name);
		if (opts[i].letter)
			wls_buf_printf(out, " -%c", opts[i].letter);
	}
}

static void add_command_names(struct wls_buf *out)
{
	for (size_t i = 0; i < wls_command_count; i++)
		wls_buf_printf(out, "%s%s", i > 0 ? " " : "", wls_commands[i]->name);
}

static void add_arguments(const struct wls_command *command, struct wls_buf *out)
{
	switch (command->arguments) {
	case WLS_COMPLETE_LOG:
	case WLS_COMPLETE_LOG_OR_FILE:
		wls_buf_add_str(out, "_wlsync_logs");
		break;
	case WLS_COMPLETE_FILE:
		wls_buf_add_str(out, "_wlsync_files -f");
		break;
	case WLS_COMPLETE_SHELL:
		wls_buf_add_str(out, "_wlsync_words 'bash zsh fish'");
		break;
	case WLS_COMPLETE_COMMAND:
		wls_buf_add_str(out, "_wlsync_words '");
		add_command_names(out);
		wls_buf_add_char(out, '\'');
		break;
	default:
		wls_buf_add_char(out, ':');
	}
}

static void add_command(const struct wls_command *command, struct wls_buf *out)
{
	wls_buf_printf(out, "\t%s)\n\t\tcase $prev in\n", command->name);
	add_values(command->opts, command->opt_count, out);
	add_values(wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "\t\tesac\n\t\tif [[ $cur == -* ]]; then\n\t\t\t_wlsync_words '");
	add_names(command->opts, command->opt_count, out);
	add_names(wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "'\n\t\telse\n\t\t\t");
	add_arguments(command, out);
	wls_buf_add_str(out, "\n\t\tfi\n\t\t;;\n");
}

void wls_complete_bash(struct wls_buf *out)
{
	wls_buf_add_str(out, head);
	/* Global options whose value is a word of its own stand before the command. */
	for (size_t i = 0; i < wls_global_opt_count; i++) {
		if (!wls_global_opts[i].value)
			continue;
		wls_buf_add_str(out, "\t\t");
		add_pattern(&wls_global_opts[i], out);
		wls_buf_add_str(out, ") ((i++)) ;;\n");
	}
	wls_buf_add_str(out, "\t\t-*) ;;\n\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n"
			     "\tdone\n\tcase $command in\n\t'')\n\t\tcase $prev in\n");
	add_values(wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "\t\tesac\n\t\t_wlsync_words '");
	add_command_names(out);
	add_names(wls_global_opts, wls_global_opt_count, out);
	wls_buf_add_str(out, "'\n\t\t;;\n");
	for (size_t i = 0; i < wls_command_count; i++)
		add_command(wls_commands[i], out);
	wls_buf_add_str(out, "\tesac\n}\n\ncomplete -F _wlsync wlsync\n");
}
