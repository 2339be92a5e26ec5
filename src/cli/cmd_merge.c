/* SPDX-License-Identifier: MIT */
/*
 * wlsync merge: files of one log into one.
 *
 * Layer: cli. Includes: base, buf, git, merge.
 */
#include <stdio.h>

#include "cli/cli.h"
#include "cli/merge_input.h"
#include "cli/merge_report.h"
#include "cli/stale.h"
#include "cli/unmerged.h"

struct options {
	const char *file, *report, *base, *labels;
	bool explain, trace, rewrite;
	int style; /* enum wls_merge_style */
	uint32_t marker_size;
	struct wls_opt_list policies;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	WLS_OPT(NULL, 'o', TEXT, "FILE", "write to FILE, whole or not at all", .offset = AT(file),
		.complete = WLS_COMPLETE_FILE),
	WLS_OPT("base", 0, TEXT, "FILE", "what all the other files go on from", .offset = AT(base),
		.complete = WLS_COMPLETE_FILE),
	WLS_OPT("explain", 0, FLAG, NULL, "what was resolved how, on stderr",
		.offset = AT(explain)),
	WLS_OPT("report", 0, TEXT, "FILE", "the same as JSON", .offset = AT(report),
		.complete = WLS_COMPLETE_FILE),
	/* In the order of enum wls_merge_style. */
	WLS_OPT("style", 0, CHOICE, "STYLE", "conflicts: diff3 (with base), merge, zdiff3",
		.choices = "diff3|merge|zdiff3", .offset = AT(style)),
	WLS_OPT("marker-size", 0, NUMBER, "N", "length of conflict markers", .min = 1,
		.max = WLS_MARKER_SIZE_MAX, .offset = AT(marker_size)),
	WLS_OPT("labels", 0, TEXT, "A,O,B", "names of ours, base and theirs in conflicts",
		.offset = AT(labels)),
	WLS_OPT("policy", 0, LIST, "KEY=CHOICE", "progress, status, priority, item or text",
		.offset = AT(policies)),
	WLS_OPT("trace", 0, FLAG, NULL, "leave the old number under a renumbered entry",
		.offset = AT(trace)),
	WLS_OPT("rewrite", 0, FLAG, NULL, "with -o: rewrite renumbered versions in other logs",
		.offset = AT(rewrite)),
};

static const struct wls_example examples[] = {
	{"wlsync merge base.md ours.md theirs.md", "print the result"},
	{"wlsync merge -o A.md base.md A.md B.md", "replace A.md by it"},
	{"wlsync merge --base B.md X.md Y.md Z.md", "many at once"},
	{"wlsync merge Auth-v6.md Auth-v7.md --explain", "without a base"},
	{0},
};

/* A command on its way. */
struct run {
	const struct wls_cli *cli;
	const struct options *options;
	const char *base_path;    /* NULL: none */
	const char *const *paths; /* of the sides */
	size_t count;
	struct wls_merge_options merge_options;
	const char **labels; /* of the sides; NULL for one: by default */
	struct wls_buf base, *texts;
	struct wls_merge *merge;
	struct wls_stale_place place; /* root NULL: other logs are not looked at */
	struct wls_stale stale;
	char *root;
	struct wls_arena arena;
};

/* ---- what is asked for, before anything is read ---- */

static bool is_stdio(const char *path)
{
	return path && strcmp(path, "-") == 0;
}

static int check_files(const struct run *run)
{
	size_t stdins = is_stdio(run->base_path);

	if (run->count < 2)
		return wls_cli_fail("merge: which files? Say wlsync merge BASE OURS THEIRS, "
				    "or wlsync merge A B when there is no base");
	if (run->count > WLS_MERGE_SIDES_MAX)
		return wls_cli_fail("merge: %zu files at once; at most %u", run->count,
				    WLS_MERGE_SIDES_MAX);
	for (size_t i = 0; i < run->count; i++)
		stdins += is_stdio(run->paths[i]);
	if (stdins > 1)
		return wls_cli_fail("merge: only one file can be \"-\", standard input");
	return WLS_CLI_GO;
}

static int check_outputs(const struct run *run)
{
	const struct options *options = run->options;
	bool stdout_taken = run->cli->globals.json || is_stdio(options->report);

	if (run->cli->globals.json && options->report && !is_stdio(options->report))
		return wls_cli_fail("merge: --json and --report exclude each other");
	if (stdout_taken && (!options->file || is_stdio(options->file)))
		return wls_cli_fail("merge: the report goes to standard output, so the result "
				    "needs a file: -o FILE");
	if (options->rewrite && (!options->file || is_stdio(options->file)))
		return wls_cli_fail("merge: --rewrite needs -o FILE: the log that others name");
	if (options->report && options->file && strcmp(options->report, options->file) == 0)
		return wls_cli_fail("merge: -o and --report name the same file, %s", options->file);
	return WLS_CLI_GO;
}

/* Sorts the arguments into base and sides. */
static int take_files(struct run *run, const struct wls_args *args)
{
	const char *const *words = (const char *const *)args->words;

	run->base_path = run->options->base;
	run->paths = words;
	run->count = args->count;
	if (!run->base_path && args->count == 3) {
		run->base_path = words[0];
		run->paths = words + 1;
		run->count = 2;
	}
	if (!run->base_path && args->count > 3)
		return wls_cli_fail("merge: %zu files: which one is the base? Say --base FILE",
				    args->count);
	int status = check_files(run);
	return status == WLS_CLI_GO ? check_outputs(run) : status;
}

/* Takes the next label off: up to a comma; a backslash before a comma or a backslash is none. */
static const char *next_label(struct wls_arena *arena, const char **rest)
{
	char *label = wls_arena_alloc(arena, strlen(*rest) + 1);
	size_t n = 0;

	for (; **rest && **rest != ','; ++*rest) {
		if (**rest == '\\' && ((*rest)[1] == ',' || (*rest)[1] == '\\'))
			++*rest;
		label[n++] = (unsigned char)**rest < 0x20 ? '?' : **rest;
	}
	*rest = **rest == ',' ? *rest + 1 : NULL;
	return n > 0 ? label : NULL;
}

/* --labels A,O,B and further sides; one that is empty stays as it is by default. */
static int read_labels(struct run *run)
{
	const char *rest = run->options->labels;

	run->labels = WLS_ARENA_ARRAY(&run->arena, const char *, run->count + 1);
	run->merge_options.labels = run->labels;
	for (size_t i = 0; rest; i++) {
		if (i > run->count)
			return wls_cli_fail("merge: --labels names more than %zu; a comma within "
					    "a label is written \"\\,\"",
					    run->count + 1);
		const char *label = next_label(&run->arena, &rest);
		if (i == 1)
			run->merge_options.base_label = label;
		else
			run->labels[i > 1 ? i - 1 : 0] = label;
	}
	return WLS_CLI_GO;
}

/* The name of the log that is merged: of the result's file, else of the sides. */
static struct wls_slice log_name(const struct run *run)
{
	struct wls_slice name = wls_merge_input_log_name(&run->options->file, 1);

	if (name.len == 0)
		name = wls_merge_input_log_name(run->paths, run->count);
	return name.len > 0 ? name : wls_merge_input_log_name(&run->base_path, 1);
}

static int read_options(struct run *run)
{
	const struct options *options = run->options;
	struct wls_merge_options *merge_options = &run->merge_options;
	struct wls_error err;

	wls_merge_options_init(merge_options);
	merge_options->style = (enum wls_merge_style)options->style;
	merge_options->marker_size = options->marker_size;
	merge_options->trace = options->trace;
	merge_options->log_name = log_name(run);
	for (size_t i = 0; i < options->policies.count; i++) {
		struct wls_slice policy = wls_slice_of(options->policies.items[i]);
		if (wls_merge_policy_parse(merge_options, policy, &err) < 0)
			return wls_cli_fail("merge: %s", err.text);
	}
	return read_labels(run);
}

/* ---- reading and merging ---- */

static int read_files(struct run *run)
{
	struct wls_error err;

	if (!run->base_path && run->count == 2) {
		run->base_path =
			wls_merge_input_snapshot(&run->arena, run->paths[0], run->paths[1]);
		if (run->base_path && !run->cli->globals.quiet)
			wls_cli_say("base: %s", run->base_path);
	}
	if (run->base_path && wls_merge_input_read(&run->base, run->base_path, &err) < 0)
		return wls_cli_fail("%s", err.text);
	run->texts = WLS_ARENA_ARRAY(&run->arena, struct wls_buf, run->count);
	for (size_t i = 0; i < run->count; i++) {
		wls_buf_init(&run->texts[i], WLS_BUF_LIMIT);
		if (wls_merge_input_read(&run->texts[i], run->paths[i], &err) < 0)
			return wls_cli_fail("%s", err.text);
	}
	return WLS_CLI_GO;
}

static int merge_files(struct run *run)
{
	struct wls_slice *sides = WLS_ARENA_ARRAY(&run->arena, struct wls_slice, run->count);
	struct wls_slice base = wls_buf_slice(&run->base);
	struct wls_error err;

	for (size_t i = 0; i < run->count; i++)
		sides[i] = wls_slice(wls_buf_str(&run->texts[i]), run->texts[i].len);
	/* An empty base is what git has for a file that both sides added: none. */
	if (base.len == 0)
		base.ptr = NULL;
	if (wls_merge(&run->merge, base, sides, run->count, &run->merge_options, &err) < 0)
		return wls_cli_fail("merge: %s", err.text);
	if (run->merge->text.overflow)
		return wls_cli_fail("merge: the result is over %zu bytes", run->merge->text.limit);
	return WLS_CLI_GO;
}

/* ---- other logs of the work tree ---- */

/* Finds what names renumbered entries in other logs, before anything is written. */
static int find_stale(struct run *run)
{
	const struct options *options = run->options;
	struct wls_error err;
	bool wanted = options->rewrite || options->explain || !run->cli->globals.quiet;

	if (!options->file || is_stdio(options->file) || !wanted)
		return WLS_CLI_GO;
	if (!options->rewrite && !wls_stale_possible(run->merge))
		return WLS_CLI_GO;
	run->root = wls_log_path_tree(options->file);
	if (!run->root && options->rewrite)
		return wls_cli_fail("merge: --rewrite: %s is in no git work tree", options->file);
	if (!run->root)
		return WLS_CLI_GO;
	run->place.root = run->root;
	run->place.arena = &run->arena;
	run->stale.path = wls_log_path_below(&run->arena, run->root, options->file);
	run->stale.merge = run->merge;
	if (wls_stale_find(&run->place, (struct wls_stale *[]){&run->stale}, 1, &err) == 0)
		return WLS_CLI_GO;
	if (options->rewrite)
		return wls_cli_fail("%s", err.text);
	wls_cli_say("other logs were not looked at: %s", err.text);
	return WLS_CLI_GO;
}

static int rewrite_stale(struct run *run)
{
	struct wls_error err;

	if (!run->options->rewrite || run->stale.count == 0)
		return WLS_EXIT_DONE;
	if (wls_stale_rewrite(&run->place, (struct wls_stale *[]){&run->stale}, 1, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_EXIT_DONE;
}

/* "3 places in 2 other logs …"; nothing when there is none. */
static void tell_stale(const struct run *run)
{
	const struct wls_stale *stale = &run->stale;
	size_t files = 0;

	for (size_t i = 0; i < stale->count; i++) {
		const struct wls_stale_reference *ref = &stale->items[i];
		files += i == 0 || strcmp(ref->file, ref[-1].file) != 0;
		if (run->options->explain)
			wls_cli_say("%s:%u: v%u %s v%u", ref->file, ref->line, ref->from,
				    stale->rewritten ? "was rewritten to" : "may now be", ref->to);
	}
	if (stale->count == 0 || run->cli->globals.quiet)
		return;
	wls_cli_say("%zu place%s in %zu other log%s %s%s", stale->count,
		    stale->count == 1 ? "" : "s", files, files == 1 ? "" : "s",
		    stale->rewritten ? "rewritten" : "name the old number",
		    stale->rewritten ? "" : "; --rewrite rewrites them, --explain shows them");
}

/* ---- telling and writing ---- */

static int write_report(struct run *run, struct wls_cli *cli)
{
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	const char *file = run->options->report;

	if (!file && !cli->globals.json)
		return WLS_EXIT_DONE;
	wls_merge_report_json(run->merge, run->labels, &out);
	return wls_cli_write(cli, &out, file);
}

static void explain(const struct run *run)
{
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	wls_merge_report_lines(run->merge, run->cli->globals.ascii, &out);
	fputs(wls_buf_str(&out), stderr);
}

/* What nobody should miss: new numbers, conflicts, another way of merging. */
static void tell(const struct run *run)
{
	struct wls_buf _cleanup_buf_ line = WLS_BUF_INIT;
	unsigned size = run->merge_options.marker_size;

	if (run->options->explain)
		explain(run);
	if (run->cli->globals.quiet)
		return;
	wls_merge_report_numbers(run->merge, true, run->cli->globals.ascii, &line);
	if (line.len > 0)
		wls_cli_say("%s", wls_buf_str(&line));
	wls_buf_clear(&line);
	wls_merge_report_conflicts(run->merge, &line);
	wls_merge_report_method(run->merge, size > 0 ? size : WLS_MARKER_SIZE, &line);
	if (line.len > 0)
		wls_cli_say("%s", wls_buf_str(&line) + (line.ptr[0] == ';' ? 2 : 0));
}

/* The report first: when it cannot be written, the result is not written either. */
static int write_all(struct run *run, struct wls_cli *cli)
{
	int status = find_stale(run);

	if (status == WLS_CLI_GO)
		status = write_report(run, cli);
	if (status == WLS_EXIT_DONE)
		status = wls_cli_write(cli, &run->merge->text, run->options->file);
	if (status == WLS_EXIT_DONE)
		status = rewrite_stale(run);
	if (status != WLS_EXIT_DONE)
		return status;
	tell(run);
	tell_stale(run);
	return run->merge->conflict_count > 0 ? WLS_EXIT_FOUND : WLS_EXIT_DONE;
}

static void run_release(struct run *run)
{
	wls_merge_free(run->merge);
	wls_buf_release(&run->base);
	for (size_t i = 0; run->texts && i < run->count; i++)
		wls_buf_release(&run->texts[i]);
	wls_stale_release(&run->stale);
	free(run->root);
	wls_arena_release(&run->arena);
}

static int run_merge(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct run run = {.cli = cli, .options = &options, .base = WLS_BUF_INIT};
	int status = wls_cli_parse(cli, &wls_command_merge, &options, args);

	wls_merge_input_prepare();
	if (status == WLS_CLI_GO)
		status = take_files(&run, args);
	if (status == WLS_CLI_GO)
		status = read_options(&run);
	if (status == WLS_CLI_GO)
		status = read_files(&run);
	if (status == WLS_CLI_GO)
		status = merge_files(&run);
	if (status == WLS_CLI_GO)
		status = write_all(&run, cli);
	run_release(&run);
	wls_opt_list_release(&options.policies);
	return status;
}

const struct wls_command wls_command_merge = {
	.name = "merge",
	.summary = "merge files of one WorkLog",
	.usage = "BASE OURS THEIRS | A B | --base B X Y Z…",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run_merge,
};
