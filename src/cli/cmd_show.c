/* SPDX-License-Identifier: MIT */
/*
 * wlsync show: a log, entries or a field, as its own Markdown or as JSON.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/log_argument.h"

#include <stdio.h>

struct options {
	const char *rev;
};

static const struct wls_opt opts[] = {
	{"rev", 0, WLS_OPT_TEXT, 0, "REV", "the files of a commit", NULL,
	 offsetof(struct options, rev), 0, 0},
};

static const struct wls_example examples[] = {
	{"wlsync show Auth-Refactor", "the log, as it stands in its file"},
	{"wlsync show Auth-Refactor@v5", "one entry"},
	{"wlsync show Auth-Refactor v3..v5", "some entries"},
	{"wlsync show Auth-Refactor next", "a field, where it holds now"},
	{"wlsync show Auth-Refactor --json", "everything that was understood"},
	{0},
};

/* The versions, when the second word is some; the words after the log and them are the field. */
static int select_versions(struct wls_log_argument *arg, const struct wls_args *args, size_t *used)
{
	struct wls_error err;

	*used = 1;
	if (args->count > 1 && arg->first == 0 &&
	    wls_versions_argument(wls_slice_of(args->words[1]), &arg->first, &arg->last))
		*used = 2;
	if (arg->first > 0 && wls_shown_select(&arg->shown, arg->first, arg->last, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

/* `next steps` needs no quotes. */
static int find_field(struct wls_log_argument *arg, const struct wls_cli *cli,
		      const struct wls_args *args, size_t from, struct wls_buf *words)
{
	struct wls_error err;

	for (size_t i = from; i < args->count; i++) {
		wls_buf_add_str(words, i > from ? " " : "");
		wls_buf_add_str(words, args->words[i]);
	}
	if (from >= args->count)
		return WLS_CLI_GO;
	if (words->len == 0)
		return wls_cli_fail("show: the name of the field is empty");
	if (wls_shown_find(&arg->shown, wls_buf_slice(words), &err) < 0)
		return wls_cli_fail("%s", err.text);
	if (arg->shown.node_count == 0 && !cli->globals.json && !cli->globals.quiet)
		wls_cli_fail("%.*s has no %s", WLS_SLICE_ARG(arg->shown.log->id),
			     wls_buf_str(words));
	return WLS_CLI_GO;
}

/* On a terminal no control character of a file may do anything. */
static void make_visible(struct wls_buf *source)
{
	struct wls_arena arena = {0};
	struct wls_buf clean = WLS_BUF_INIT;
	struct wls_slice rest = wls_buf_slice(source), line;

	while (wls_slice_next_line(&rest, &line)) {
		wls_buf_add_slice(&clean, wls_style_clean(&arena, line));
		wls_buf_add_char(&clean, '\n');
	}
	wls_arena_release(&arena);
	wls_buf_release(source);
	*source = clean;
}

static int write_shown(struct wls_cli *cli, const struct wls_log_argument *arg)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (cli->globals.json) {
		wls_shown_document(&arg->shown, &out);
	} else {
		wls_shown_source(&arg->shown, &out);
		if (cli->style.brief)
			make_visible(&out);
	}
	return wls_cli_write(cli, &out, NULL);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct wls_log_argument arg _cleanup_log_argument_ = {0};
	struct wls_buf field _cleanup_buf_ = WLS_BUF_INIT;
	size_t used = 0;
	int status = wls_cli_parse(cli, &wls_command_show, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count == 0)
		return wls_cli_fail(
			"show: which log? Say wlsync show LOG (wlsync status lists them)");
	status = wls_log_argument_read(&arg, cli, args->words[0], options.rev);
	if (status == WLS_CLI_GO)
		status = select_versions(&arg, args, &used);
	if (status == WLS_CLI_GO)
		status = find_field(&arg, cli, args, used, &field);
	if (status == WLS_CLI_GO)
		status = write_shown(cli, &arg);
	return status != WLS_EXIT_DONE ? status : arg.status;
}

const struct wls_command wls_command_show = {
	.name = "show",
	.summary = "one log, entry or field",
	.usage = "LOG[@vN] [vA..vB] [FIELD]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG_OR_FILE,
	.run = run,
};
