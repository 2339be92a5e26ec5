/* SPDX-License-Identifier: MIT */
/*
 * Reading the logs of a command, and the warnings about files.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/gather.h"

#include <stdio.h>

/* Warnings that are printed one by one. */
#define WARNINGS_MAX 20u

/* Rules about the bytes of a file; what the graph found is for `wlsync check`. */
static bool is_about_file(const char *rule)
{
	static const char *const rules[] = {
		"bad-frontmatter", "conflict-marker", "invalid-utf8", "mojibake", "nul-byte",
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rules); i++)
		if (strcmp(rules[i], rule) == 0)
			return true;
	return false;
}

static void add_place(const struct wls_diagnostic *diagnostic, struct wls_arena *arena,
		      struct wls_buf *out)
{
	struct wls_slice file = wls_slice_of(diagnostic->file);

	wls_buf_add_slice(out, wls_style_clean(arena, file));
	if (diagnostic->line > 0)
		wls_buf_printf(out, ":%u:%u", diagnostic->line, diagnostic->column);
}

/* What is wrong and how to mend it. */
static void add_text(const struct wls_diagnostic *diagnostic, struct wls_arena *arena,
		     struct wls_buf *out)
{
	wls_buf_printf(out, ": %s: ", wls_severity_name(diagnostic->severity));
	wls_buf_add_slice(out, wls_style_clean(arena, wls_slice_of(diagnostic->message)));
	if (diagnostic->hint) {
		wls_buf_add_str(out, "; ");
		wls_buf_add_slice(out, wls_style_clean(arena, wls_slice_of(diagnostic->hint)));
	}
	wls_buf_printf(out, " [%s]\n", diagnostic->rule);
}

static void warn(const struct wls_graph *graph)
{
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	size_t shown = 0, more = 0;

	for (size_t i = 0; i < graph->diagnostic_count; i++) {
		const struct wls_diagnostic *diagnostic = &graph->diagnostics[i];
		if (diagnostic->severity == WLS_INFO || !is_about_file(diagnostic->rule))
			continue;
		if (shown++ >= WARNINGS_MAX) {
			more++;
			continue;
		}
		wls_buf_add_str(&out, "wlsync: ");
		add_place(diagnostic, &arena, &out);
		add_text(diagnostic, &arena, &out);
	}
	if (more > 0)
		wls_buf_printf(&out, "wlsync: %zu more of these (--json has all)\n", more);
	fputs(wls_buf_str(&out), stderr);
	wls_buf_release(&out);
	wls_arena_release(&arena);
}

int wls_gather(const struct wls_cli *cli, const struct wls_source *source,
	       const struct wls_graph_options *options, const struct wls_args *args,
	       struct wls_workspace **out, int *status)
{
	struct wls_workspace_options open = {
		.paths = (const char *const *)args->words,
		.path_count = args->count,
		.rev = source->rev,
		.all_branches = source->all_branches,
		.dir_given = cli->globals.dir != NULL,
		.graph = *options,
	};
	struct wls_error err;

	if (source->rev && source->all_branches)
		return wls_cli_fail("--rev and --all-branches exclude each other");
	if (wls_workspace_open(out, &open, &err) < 0)
		return wls_cli_fail("%s", err.text);
	*status = wls_workspace_report(*out, stderr, cli->globals.quiet);
	if (!cli->globals.quiet)
		warn((*out)->graph);
	return WLS_CLI_GO;
}

/* ---- --status ---- */

static bool has_status(const struct wls_log *log, struct wls_slice word)
{
	if (wls_slice_eq_nocase(word, WLS_SLICE("ready")))
		return log->ready;
	if (wls_slice_eq_nocase(word, WLS_SLICE("none")))
		return log->status == WLS_STATUS_NONE;
	if (wls_slice_eq_nocase(word, WLS_SLICE("unknown")))
		return log->status == WLS_STATUS_UNKNOWN;
	return log->status == wls_work_status_parse(word);
}

static bool is_status(struct wls_slice word)
{
	enum wls_work_status status = wls_work_status_parse(word);

	return (status != WLS_STATUS_NONE && status != WLS_STATUS_UNKNOWN) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("ready")) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("none")) ||
	       wls_slice_eq_nocase(word, WLS_SLICE("unknown"));
}

/* Cuts the next word off a list with commas. */
static bool next_status(struct wls_slice *rest, struct wls_slice *word)
{
	size_t comma = wls_slice_find(*rest, WLS_SLICE(","));

	if (!rest->ptr)
		return false;
	*word = wls_slice_trim(wls_slice(rest->ptr, comma == SIZE_MAX ? rest->len : comma));
	*rest = comma == SIZE_MAX ? (struct wls_slice){0} : wls_slice_from(*rest, comma + 1);
	return true;
}

int wls_keep_status(const struct wls_graph *graph, const char *words, bool *keep)
{
	struct wls_slice rest = wls_slice_of(words), word;

	while (next_status(&rest, &word))
		if (!is_status(word))
			return wls_cli_fail("--status %.*s: must be in_progress, blocked, "
					    "needs_review, completed, none, unknown or ready",
					    WLS_SLICE_ARG(word));
	for (uint32_t l = 0; l < graph->log_count; l++) {
		bool wanted = false;
		rest = wls_slice_of(words);
		while (!wanted && next_status(&rest, &word))
			wanted = has_status(&graph->logs[l], word);
		keep[l] = keep[l] && wanted;
	}
	return WLS_CLI_GO;
}
