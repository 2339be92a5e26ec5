/* SPDX-License-Identifier: MIT */
/*
 * wlsync rename: another name for a log, everywhere.
 *
 * Layer: cli. Includes: base, buf, graph, cli/rename.
 */
#include "base/utf8.h"
#include "cli/rename.h"

struct options {
	bool yes;
};

static const struct wls_opt opts[] = {
	WLS_OPT("yes", 0, FLAG, NULL, "write; without it only what would change is shown",
		.offset = offsetof(struct options, yes)),
};

static const struct wls_example examples[] = {
	{"wlsync rename Auth-Refactor Login-Flow", "what would change, file by file"},
	{"wlsync rename Auth-Refactor Login-Flow --yes", "do it: all files, or none"},
	{0},
};

/* What is done before the logs are read. */
struct start {
	struct wls_rename_locks locks;
	const char *done; /* to an earlier rename; NULL: there was none */
};

static int begin(void *data, const char *root, struct wls_error *err)
{
	struct start *start = data;
	int status = wls_rename_lock_tree(&start->locks, root, err);

	if (status == 0)
		status = wls_rename_recover(root, &start->done, err);
	if (status == 0 && start->done)
		wls_cli_say("an earlier rename that was cut short is %s", start->done);
	return status;
}

/* Opens the logs of the work tree, after what an earlier run left was settled. */
static int open_logs(struct wls_cli *cli, struct start *start, struct wls_workspace **ws)
{
	const struct wls_workspace_options options = {
		.dir_given = cli->globals.dir != NULL,
		.graph = {.history = true, .mentions = true},
		.begin = begin,
		.data = start,
	};
	struct wls_error err;

	return wls_workspace_open(ws, &options, &err) < 0 ? wls_cli_fail("%s", err.text)
							  : WLS_CLI_GO;
}

/* Whether another log is called so, or was. */
static int check_free(struct wls_rename *rename, struct wls_error *err)
{
	const struct wls_graph *graph = rename->graph;
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error why = {0};
	uint32_t other;

	/* It was one of several of that name, and may be so again. */
	rename->returns = wls_rename_had_namesake(rename, graph->logs[rename->log].file);
	if (rename->returns)
		return 0;
	wls_utf8_add_folded_name(&folded, rename->to);
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (i != rename->log && wls_slice_eq(graph->logs[i].folded, wls_buf_slice(&folded)))
			return wls_error_set(
				err, WLS_E_REFUSED,
				"there is a log \"%.*s\" already (%.*s); choose another "
				"name",
				WLS_SLICE_ARG(graph->logs[i].name),
				WLS_SLICE_ARG(graph->logs[i].file));
	int status = wls_graph_find(graph, rename->to, &other, &why);
	if (status == WLS_E_AMBIGUOUS || (status == 0 && other != rename->log))
		return wls_error_set(err, WLS_E_REFUSED,
				     "\"%.*s\" means another log already; choose another name",
				     WLS_SLICE_ARG(rename->to));
	return 0;
}

static int show(struct wls_cli *cli, const struct wls_rename *rename, bool written)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (cli->globals.json)
		wls_rename_json(rename, written, &out);
	else
		wls_rename_text(rename, &cli->style, written, &out);
	int status = wls_cli_write(cli, &out, NULL);
	if (status == WLS_EXIT_DONE && !written && !cli->globals.quiet)
		wls_cli_say("nothing was written; --yes does it");
	return status;
}

/* Whether an earlier rename took a name with blanks away from the file, which it gets back now. */
static bool had_blanks(struct wls_rename *rename, struct wls_slice file)
{
	struct wls_slice before, stem;

	return wls_rename_recall_path(rename, file, &before) &&
	       wls_name_from_path(before, &stem, NULL) &&
	       wls_slice_find(stem, WLS_SLICE(" ")) != SIZE_MAX;
}

/* Whether the log has its name from its file's, which has no blanks, nor gets any back. */
static bool is_named_by_file(struct wls_rename *rename)
{
	struct wls_slice file = rename->graph->logs[rename->log].file, stem = {0};
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_error ignored;

	if (!wls_name_from_path(file, &stem, NULL) || !wls_slice_eq(stem, rename->from) ||
	    wls_slice_find(stem, WLS_SLICE(" ")) != SIZE_MAX || had_blanks(rename, file))
		return false;
	return wls_workspace_read_log(rename->ws, rename->log, &files, &ignored) == 0 &&
	       files.count > 0 && files.files[0].doc->frontmatter.name.len == 0;
}

/* Such a log's new name has none either, so that it is the same name everywhere. */
static void join_words(struct wls_rename *rename)
{
	struct wls_buf name _cleanup_buf_ = WLS_BUF_INIT;

	for (size_t i = 0; i < rename->to.len; i++)
		wls_buf_add_char(&name, rename->to.ptr[i] == ' ' ? '-' : rename->to.ptr[i]);
	rename->to = wls_arena_copy(&rename->arena, wls_buf_slice(&name));
}

static int do_rename(struct wls_cli *cli, const struct options *options, struct wls_rename *rename)
{
	struct wls_error err;
	int status = wls_rename_check_name(rename->to, &err);

	if (status == 0)
		status = wls_rename_memory_read(rename, &err);
	if (status == 0 && is_named_by_file(rename))
		join_words(rename);
	if (status == 0)
		status = check_free(rename, &err);
	if (status == 0)
		status = wls_rename_plan(rename, &err);
	if (status == 0)
		status = wls_rename_check_links(rename, &err);
	if (status == 0 && rename->file_count == 0)
		status = wls_error_set(&err, WLS_E_REFUSED, "\"%.*s\" is its name already",
				       WLS_SLICE_ARG(rename->to));
	if (status == 0)
		status = wls_rename_verify(rename, &err);
	if (status == 0 && options->yes)
		status = wls_rename_write(rename, &err);
	/* Who reads what is shown may take his time. */
	wls_rename_unlock(rename->locks);
	if (status < 0)
		return wls_cli_fail("%s", err.text);
	return show(cli, rename, options->yes);
}

static int rename_log(struct wls_cli *cli, const struct options *options, struct start *start,
		      char *const *words)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_rename rename = {.locks = &start->locks};
	struct wls_error err;
	int status = open_logs(cli, start, &ws);

	if (status != WLS_CLI_GO)
		return status;
	/* What cannot be read may hold references. */
	if (wls_workspace_report(ws, stderr, cli->globals.quiet) != 0)
		return wls_cli_fail("nothing is renamed while some files cannot be read");
	if (wls_workspace_find(ws, words[0], &rename.log, &err) < 0)
		return wls_cli_fail("%s", err.text);
	rename.ws = ws;
	rename.graph = ws->graph;
	rename.from = ws->graph->logs[rename.log].name;
	rename.to = wls_slice_of(words[1]);
	status = do_rename(cli, options, &rename);
	wls_rename_release(&rename);
	return status;
}

static int ask_for_words(void)
{
	return wls_cli_fail("rename: name the log and its new name, as in: wlsync rename "
			    "Auth-Refactor Login-Flow");
}

/* Without a word: only what was cut short is settled. */
static int settle(struct wls_cli *cli, struct start *start)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	int status = open_logs(cli, start, &ws);

	if (status != WLS_CLI_GO || start->done)
		return status == WLS_CLI_GO ? WLS_EXIT_DONE : status;
	return ask_for_words();
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct start start = {.locks = {.tree = -1}};
	int status = wls_cli_parse(cli, &wls_command_rename, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count != 0 && args->count != 2)
		return ask_for_words();
	status = args->count == 0 ? settle(cli, &start)
				  : rename_log(cli, &options, &start, args->words);
	wls_rename_unlock(&start.locks);
	return status;
}

const struct wls_command wls_command_rename = {
	.name = "rename",
	.summary = "give a log another name, everywhere",
	.usage = "[LOG NAME]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG,
	.run = run,
};
