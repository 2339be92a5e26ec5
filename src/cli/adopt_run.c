/* SPDX-License-Identifier: MIT */
/*
 * wlsync adopt LOG#N: the log says whose issue is its own, and is pushed there.
 *
 * The number is put into the log's file only when the plan is made and holds, and before anything
 * is written to the tracker: a run that is cut off in between is finished by any push.
 *
 * Layer: cli. Includes: base, buf, doc, plan, tracker, io, cli/gather, cli/push.
 */
#include <inttypes.h>
#include <stdio.h>

#include "base/utf8.h"
#include "cli/gather.h"
#include "cli/push.h"
#include "io/file.h"
#include "io/path.h"

/* ---- LOG#N ---- */

/* Cuts the word at its last '#'; false when no number follows. */
static bool cut_word(char *word, int64_t *number)
{
	char *hash = strrchr(word, '#');

	*number = 0;
	if (!hash || hash == word)
		return false;
	for (const char *c = hash + 1; *c; c++) {
		if (!wls_is_digit(*c) || *number > INT32_MAX)
			return false;
		*number = *number * 10 + (*c - '0');
	}
	*hash = '\0';
	return *number > 0;
}

static int choose(struct wls_pushing *run, const struct wls_args *args)
{
	const struct wls_source disk = {0};
	const struct wls_graph_options graph = {0};
	const struct wls_args everything = {0};
	struct wls_adoption *adoption = run->adoption;
	struct wls_error err;

	if (args->count != 1)
		return wls_cli_fail("adopt: which log and which issue? wlsync adopt LOG#N");
	char *word = args->words[0];
	if (!cut_word(word, &adoption->number))
		return wls_cli_fail("adopt: %s: must be LOG#N, as in Auth-Refactor#12", word);
	int status = wls_gather(run->cli, &disk, &graph, &everything, &run->ws, &run->found);
	if (status != WLS_CLI_GO)
		return status;
	if (wls_workspace_find(run->ws, word, &adoption->log, &err) < 0)
		return wls_cli_fail("%s", err.text);
	run->chosen = WLS_ARENA_ARRAY(&run->arena, bool, (size_t)run->ws->graph->log_count + 1);
	run->chosen[adoption->log] = true;
	return WLS_CLI_GO;
}

/* ---- the issue ---- */

static bool same_folded(struct wls_slice a, struct wls_slice b)
{
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&one, a);
	wls_utf8_add_folded_name(&two, b);
	return wls_slice_eq(wls_buf_slice(&one), wls_buf_slice(&two));
}

static bool same_source(struct wls_slice a, struct wls_slice b)
{
	return a.len == 0 || b.len == 0 || wls_slice_eq_nocase(a, b);
}

/* Whether what the issue's body holds leaves room for this log. */
static int check_body(struct wls_pushing *run, struct wls_slice body, struct wls_slice id)
{
	struct wls_region region = {0};
	int64_t number = run->adoption->number;
	const struct wls_record *record = &region.record;

	wls_region_find(body, &run->arena, &region);
	if (region.kind == WLS_REGION_NONE)
		return WLS_CLI_GO;
	if (region.kind == WLS_REGION_BROKEN)
		return wls_cli_fail("#%" PRId64 " holds broken lines <!-- wlsync… -->; remove them "
				    "there first",
				    number);
	if (record->duplicate_of > 0)
		return wls_cli_fail("#%" PRId64 " was closed as a duplicate of #%" PRId64
				    "; adopt that one, or remove the line <!-- wlsync… --> there",
				    number, record->duplicate_of);
	if (!same_source(record->source, run->plan_options.source))
		return wls_cli_fail("#%" PRId64 " is the issue of a log of %.*s", number,
				    WLS_SLICE_ARG(record->source));
	if (!same_folded(record->id, id))
		return wls_cli_fail("#%" PRId64 " is the issue of the log %.*s already; name "
				    "another issue",
				    number, WLS_SLICE_ARG(record->id));
	return WLS_CLI_GO;
}

static int check_issue(struct wls_pushing *run, struct wls_slice id)
{
	struct wls_remote probe = {.repository = run->push.remote.repository,
				   .account = run->push.remote.account};
	int64_t number = run->adoption->number;
	struct wls_error err;
	int status = run->push.driver->read(run->push.tracker, number, &probe, &err);

	wls_screen_clear(&run->screen);
	const struct wls_issue *issue = status < 0 ? NULL : wls_remote_find(&probe, number);
	if (status == WLS_E_NOT_FOUND || (status == 0 && !issue))
		status = wls_cli_fail("there is no issue #%" PRId64 " in %.*s", number,
				      WLS_SLICE_ARG(run->push.remote.repository));
	else if (status < 0)
		status = wls_cli_fail("%s", err.text);
	else
		status = check_body(run, issue->body, id);
	wls_remote_release(&probe);
	return status;
}

/* ---- the file ---- */

static int fail_file(const struct wls_adoption *adoption, const struct wls_error *err)
{
	return wls_cli_fail("%.*s: %s", WLS_SLICE_ARG(adoption->file), err->text);
}

/* As the plan will call it: the first `id` of its files, else its name. */
static struct wls_slice id_of(const struct wls_log *log, const struct wls_log_files *files)
{
	for (size_t i = 0; i < files->count && i < log->part_count; i++) {
		struct wls_slice id = wls_slice_trim(files->files[i].doc->frontmatter.id);
		if (id.len > 0)
			return id;
	}
	return log->name;
}

int wls_adopt_prepare(struct wls_pushing *run)
{
	struct wls_adoption *adoption = run->adoption;
	struct wls_log_files files _cleanup_log_files_ = {0};
	struct wls_error err;

	if (!adoption)
		return WLS_CLI_GO;
	const struct wls_log *log = &run->ws->graph->logs[adoption->log];
	if (wls_workspace_read_log(run->ws, adoption->log, &files, &err) < 0)
		return wls_cli_fail("%s", err.text);
	const struct wls_log_file *file = &files.files[0];
	adoption->file = file->path;
	if (wls_frontmatter_set_issue(wls_buf_slice(&file->source), adoption->number,
				      &adoption->edited, &adoption->changed, &err) < 0)
		return fail_file(adoption, &err);
	return check_issue(run, id_of(log, &files));
}

/* Whether the plan is going to put the log's marker into the issue, or it is there. */
static bool holds(const struct wls_pushing *run)
{
	const struct wls_plan *plan = &run->push.plan;

	for (size_t i = 0; i < plan->count; i++) {
		const struct wls_plan_item *item = &plan->items[i];
		if (item->wanted && item->wanted->log == run->adoption->log &&
		    item->number == run->adoption->number)
			return item->verb != WLS_VERB_SKIP;
	}
	return false;
}

/* The file as it is now: it may have been edited while the tracker was asked. */
static int write_file(struct wls_pushing *run)
{
	struct wls_adoption *adoption = run->adoption;
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT, now _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error err;

	wls_path_add_join(&path, wls_slice_of(run->ws->root ? run->ws->root : ""), adoption->file);
	if (wls_file_read_any(&now, wls_buf_str(&path), NULL, &err) < 0)
		return wls_cli_fail("%s", err.text);
	wls_buf_clear(&adoption->edited);
	if (wls_frontmatter_set_issue(wls_buf_slice(&now), adoption->number, &adoption->edited,
				      &adoption->changed, &err) < 0)
		return fail_file(adoption, &err);
	if (adoption->changed &&
	    wls_file_write(wls_buf_str(&path), wls_buf_slice(&adoption->edited), &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static int tell(struct wls_pushing *run, const char *what)
{
	struct wls_arena arena = {0};
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (run->cli->globals.json || run->cli->globals.quiet)
		return WLS_CLI_GO;
	wls_buf_printf(&out, "%s \"issue: %" PRId64 "\" into %.*s\n", what, run->adoption->number,
		       WLS_SLICE_ARG(wls_style_clean(&arena, run->adoption->file)));
	int status = wls_cli_write(run->cli, &out, NULL);
	wls_arena_release(&arena);
	return status == WLS_EXIT_DONE ? WLS_CLI_GO : status;
}

int wls_adopt_write(struct wls_pushing *run)
{
	if (!run->adoption || !run->adoption->changed || !holds(run))
		return WLS_CLI_GO;
	if (run->options.dry_run)
		return tell(run, "would write");
	int status = write_file(run);
	return status == WLS_CLI_GO ? tell(run, "wrote") : status;
}

/* ---- the command ---- */

int wls_adopt_main(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_adoption adoption = {.edited = WLS_BUF_INIT};
	struct wls_pushing run = {
		.cli = cli, .options = WLS_PUSH_OPTIONS_INIT, .adoption = &adoption};
	int status = wls_cli_parse(cli, &wls_command_adopt, &run.options, args);

	if (status == WLS_CLI_GO)
		status = choose(&run, args);
	if (status == WLS_CLI_GO)
		status = wls_pushing_go(&run);
	wls_pushing_release(&run);
	return status;
}
