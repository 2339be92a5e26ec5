/* SPDX-License-Identifier: MIT */
/*
 * What every log wants, out of its files, which are read again for that.
 *
 * Layer: cli. Includes: base, buf, doc, graph, plan, cli/push, cli/workspace.
 */
#include "cli/push.h"

static void worsen(struct wls_pushing *run, int status)
{
	if (run->found < status)
		run->found = status;
}

/* The file as adopt is going to write it. */
static int put_edited(struct wls_pushing *run, struct wls_log_file *file, struct wls_error *err)
{
	wls_doc_free(file->doc);
	file->doc = NULL;
	wls_buf_clear(&file->source);
	wls_buf_add_slice(&file->source, wls_buf_slice(&run->adoption->edited));
	return wls_doc_parse(&file->doc, wls_buf_slice(&file->source), err);
}

static void add_log(struct wls_pushing *run, uint32_t log, const struct wls_log_files *files)
{
	size_t count = run->ws->graph->logs[log].part_count;
	struct wls_doc **docs;
	struct wls_slice *paths;
	struct wls_facts facts;

	if (count == 0 || count > files->count)
		count = files->count;
	docs = wls_alloc(count, sizeof(struct wls_doc *));
	paths = wls_alloc(count, sizeof(*paths));
	for (size_t i = 0; i < count; i++) {
		docs[i] = files->files[i].doc;
		paths[i] = files->files[i].path;
		wls_doc_facts(docs[i], &facts);
		run->plan_options.unreadable |= docs[i]->has_markers;
	}
	size_t before = run->wanted.count;
	wls_wanted_add(&run->wanted, log, docs, paths, count);
	/* Others may name its issue all the same. */
	if (run->chosen && run->wanted.count > before)
		run->wanted.items[before].left_out = !run->chosen[log];
	free(docs);
	free(paths);
}

static void want(struct wls_pushing *run, uint32_t log)
{
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_error err;
	int status = wls_workspace_read_log(run->ws, log, &files, &err);

	if (status == 0 && run->adoption && run->adoption->log == log)
		status = put_edited(run, &files.files[0], &err);
	if (status == 0) {
		add_log(run, log, &files);
		return;
	}
	wls_cli_say("%s", err.text);
	run->plan_options.unreadable = true;
	worsen(run, WLS_EXIT_ERROR);
}

/* Whoever has a log's name and is none may be a log that was damaged. */
void wls_pushing_skipped(struct wls_pushing *run)
{
	const struct wls_graph *graph = run->ws->graph;

	for (size_t i = 0; i < graph->skipped_count; i++)
		wls_cli_say("%.*s: has a WorkLog's name, but no entry to push; mend it, or leave "
			    "it out with worklog.ignore",
			    WLS_SLICE_ARG(graph->skipped[i]));
	if (graph->skipped_count > 0)
		worsen(run, WLS_EXIT_FOUND);
	run->plan_options.unreadable |= graph->skipped_count > 0 || run->ws->error_count > 0;
}

int wls_pushing_want(struct wls_pushing *run)
{
	const struct wls_graph *graph = run->ws->graph;

	run->wanted.graph = graph;
	run->wanted.options = &run->plan_options;
	wls_pushing_skipped(run);
	for (uint32_t log = 0; log < graph->log_count; log++)
		want(run, log);
	return WLS_CLI_GO;
}
