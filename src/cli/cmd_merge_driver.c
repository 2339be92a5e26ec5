/* SPDX-License-Identifier: MIT */
/*
 * wlsync merge-driver: what git calls to merge a file.
 *
 * git takes what stands in the file %A afterwards, whatever the exit status, and a status that is
 * not 0 for conflicts (from 2.42 on above 128 for a failure). So %A is replaced in one step by a
 * complete result, with markers when the status is 1, or not touched; and when no result can be
 * written it is removed, the only thing that makes every git stop there and keep all sides.
 *
 * Layer: cli. Includes: base, buf, io, merge.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/merge_input.h"
#include "cli/merge_plain.h"
#include "cli/merge_report.h"
#include "io/file.h"

/* The status for "I failed"; 2 would be taken for conflicts. */
#define EXIT_FAILED 129

/* The variable that, when it is 0, leaves everything to git. */
#define SWITCH "WLSYNC"

extern char **environ;

struct options {
	const char *marker_size; /* %L, a number */
	const char *path;
	struct wls_merge_labels labels;
	int style; /* enum wls_merge_style; -1: not given */
	bool trace;
	struct wls_opt_list policies;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	WLS_OPT(NULL, 'L', TEXT, "%L", "length of conflict markers", .offset = AT(marker_size)),
	WLS_OPT(NULL, 'P', TEXT, "%P", "path of the file in the work tree", .offset = AT(path)),
	WLS_OPT(NULL, 'S', TEXT, "%S", "name of the base", .offset = AT(labels.base)),
	WLS_OPT(NULL, 'X', TEXT, "%X", "name of ours", .offset = AT(labels.ours)),
	WLS_OPT(NULL, 'Y', TEXT, "%Y", "name of theirs", .offset = AT(labels.theirs)),
	/* In the order of enum wls_merge_style. */
	WLS_OPT("style", 0, CHOICE, "STYLE", "conflicts: diff3 (with base), merge, zdiff3",
		.choices = "diff3|merge|zdiff3", .offset = AT(style)),
	WLS_OPT("policy", 0, LIST, "KEY=CHOICE", "progress, status, priority, item or text",
		.offset = AT(policies)),
	WLS_OPT("trace", 0, FLAG, NULL, "leave the old number under a renumbered entry",
		.offset = AT(trace)),
};

static const struct wls_example examples[] = {
	{"wlsync install", "makes git call it"},
	{"wlsync merge-driver %O %A %B -L %L -P %P -S %S -X %X -Y %Y", "as it is called"},
	{0},
};

/* A command on its way. */
struct run {
	struct options options;
	const char *base_file, *ours_file, *theirs_file;
	unsigned marker_size;
	struct wls_merge_options merge_options;
	struct wls_buf base, ours, theirs;
	struct wls_merge *merge;
	struct wls_arena arena;
};

static const char *shown_path(const struct run *run)
{
	return run->options.path && *run->options.path ? run->options.path : run->ours_file;
}

/* ---- arguments ---- */

/* Like git: what is no number from 1 on counts as not given. */
static unsigned size_of(const char *text)
{
	unsigned size = 0;

	for (; text && wls_is_digit(*text) && size <= WLS_MARKER_SIZE_MAX; text++)
		size = size * 10 + (unsigned)(*text - '0');
	if (!text || *text != '\0' || size == 0)
		return WLS_MARKER_SIZE;
	return size < WLS_MARKER_SIZE_MAX ? size : WLS_MARKER_SIZE_MAX;
}

/*
 * Fills `run` from the words. A fault in an option does not stop a merge, which would leave git with
 * one side and no markers: it is told, and the option's default counts.
 */
static int take_arguments(struct run *run, struct wls_cli *cli, struct wls_args *args)
{
	const char *first[3] = {0};
	struct wls_opt_set sets[] = {
		{opts, WLS_ARRAY_SIZE(opts), &run->options},
		{wls_global_opts, wls_global_opt_count, &cli->globals},
	};
	struct wls_error err;

	for (size_t i = 0; i < 3 && i < args->count; i++)
		first[i] = args->words[i];
	if (wls_opt_parse(sets, WLS_ARRAY_SIZE(sets), args, false, &err) < 0) {
		wls_cli_say("merge-driver: %s", err.text);
	} else {
		int status = wls_cli_answer(cli, &wls_command_merge_driver);
		if (status != WLS_CLI_GO)
			return status;
		for (size_t i = 0; i < 3; i++)
			first[i] = i < args->count ? args->words[i] : NULL;
	}
	for (size_t i = 0; i < 3; i++) {
		if (first[i])
			continue;
		wls_cli_say("merge-driver: three files are needed: %%O %%A %%B; wlsync install "
			    "sets it up");
		return EXIT_FAILED;
	}
	run->base_file = first[0];
	run->ours_file = first[1];
	run->theirs_file = first[2];
	return WLS_CLI_GO;
}

static void read_options(struct run *run)
{
	struct wls_merge_options *merge_options = &run->merge_options;
	const struct options *options = &run->options;
	struct wls_error err;

	wls_merge_options_init(merge_options);
	if (options->style >= 0)
		merge_options->style = (enum wls_merge_style)options->style;
	merge_options->marker_size = run->marker_size;
	merge_options->trace = options->trace;
	merge_options->log_name = wls_merge_input_log_name(&options->path, 1);
	for (size_t i = 0; i < options->policies.count; i++)
		if (wls_merge_policy_parse(merge_options, wls_slice_of(options->policies.items[i]),
					   &err) < 0)
			wls_cli_say("merge-driver: %s", err.text);
}

/* ---- the file %A ---- */

/* Signals that end the process wait until the file and its temporary one are in order. */
static int write_ours(const struct run *run, struct wls_slice text, struct wls_error *err)
{
	sigset_t deadly, before;

	/* A limit of file sizes is an error like a full disk. */
	signal(SIGXFSZ, SIG_IGN);
	sigemptyset(&deadly);
	sigaddset(&deadly, SIGTERM);
	sigaddset(&deadly, SIGINT);
	sigaddset(&deadly, SIGHUP);
	sigprocmask(SIG_BLOCK, &deadly, &before);
	/* git reads the file at once and throws it away: syncing would cost more than merging. */
	int status = wls_file_replace(run->ours_file, text, err);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return status;
}

static int give_up(const struct run *run, const struct wls_error *err)
{
	wls_cli_say("%s: not merged: %s", shown_path(run), err->text);
	unlink(run->ours_file);
	return EXIT_FAILED;
}

static int write_result(const struct run *run, struct wls_slice text, bool conflicts)
{
	struct wls_error err;

	if (write_ours(run, text, &err) < 0)
		return give_up(run, &err);
	return conflicts ? WLS_EXIT_FOUND : WLS_EXIT_DONE;
}

/* ---- other merges ---- */

static int merge_plain(struct run *run)
{
	static const char *const styles[] = {[WLS_STYLE_DIFF3] = "diff3",
					     [WLS_STYLE_MERGE] = NULL,
					     [WLS_STYLE_ZDIFF3] = "zdiff3"};
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	const struct wls_merge_plain plain = {
		.base = run->base_file,
		.ours = run->ours_file,
		.theirs = run->theirs_file,
		.labels = run->options.labels,
		.marker_size = run->marker_size,
		.style = run->options.style >= 0 ? styles[run->options.style] : NULL,
	};
	struct wls_error err;
	int conflicts = 0;

	if (wls_merge_plain(&plain, &out, &conflicts, &err) < 0)
		return give_up(run, &err);
	/* Refused: git's own driver keeps our side, and a conflict, of what is binary. */
	if (conflicts < 0)
		return WLS_EXIT_FOUND;
	return write_result(run, wls_buf_slice(&out), conflicts > 0);
}

static void add_side(struct wls_buf *out, struct wls_slice text)
{
	wls_buf_add_slice(out, text);
	if (text.len > 0 && text.ptr[text.len - 1] != '\n')
		wls_buf_add_char(out, '\n');
}

static void add_marker(struct wls_buf *out, char c, unsigned size, const char *label)
{
	wls_buf_fill(out, c, size);
	wls_buf_printf(out, "%s%s\n", label ? " " : "", label ? label : "");
}

/* The last resort: one conflict of the whole file. */
static int write_whole(struct run *run, const struct wls_error *reason)
{
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	unsigned size = run->marker_size;

	wls_cli_say("%s: the whole file is one conflict: %s", shown_path(run), reason->text);
	add_marker(&out, '<', size, run->options.labels.ours);
	add_side(&out, wls_buf_slice(&run->ours));
	add_marker(&out, '|', size, run->options.labels.base);
	add_side(&out, wls_buf_slice(&run->base));
	add_marker(&out, '=', size, NULL);
	add_side(&out, wls_buf_slice(&run->theirs));
	add_marker(&out, '>', size, run->options.labels.theirs);
	if (out.overflow)
		return merge_plain(run);
	return write_result(run, wls_buf_slice(&out), true);
}

/* ---- when we fail ourselves ---- */

/* What the handler below needs; set before it is. */
static struct {
	char **words, **variables;
	char stack[64 << 10];
} fallback;

/*
 * Memory is exhausted, or there is a fault in wlsync. A crash now would leave git with one side and
 * no markers, so this process becomes one that lets git merge.
 */
static void fall_back(int number)
{
	static const char line[] = "wlsync: internal error; git merges this file by lines\n";

	(void)number;
	if (write(STDERR_FILENO, line, sizeof(line) - 1) >= 0)
		execve("/proc/self/exe", fallback.words, fallback.variables);
	_exit(EXIT_FAILED);
}

static void prepare_fallback(struct wls_arena *arena, const struct wls_args *args)
{
	static const int faults[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL};
	static char program[] = "wlsync", command[] = "merge-driver", off[] = SWITCH "=0";
	const stack_t stack = {.ss_sp = fallback.stack, .ss_size = sizeof(fallback.stack)};
	struct sigaction action = {.sa_handler = fall_back,
				   .sa_flags = (int)SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
	size_t n = 0, kept = 0;

	fallback.words = WLS_ARENA_ARRAY(arena, char *, args->count + 3);
	fallback.words[0] = program;
	fallback.words[1] = command;
	memcpy(fallback.words + 2, args->words, args->count * sizeof(char *));
	while (environ[n])
		n++;
	fallback.variables = WLS_ARENA_ARRAY(arena, char *, n + 2);
	fallback.variables[kept++] = off;
	for (size_t i = 0; i < n; i++)
		if (strncmp(environ[i], SWITCH "=", sizeof(SWITCH)) != 0)
			fallback.variables[kept++] = environ[i];
	sigaltstack(&stack, NULL);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(faults); i++)
		sigaction(faults[i], &action, NULL);
}

/* ---- our merge ---- */

static int read_files(struct run *run, struct wls_error *err)
{
	int status = wls_file_read(&run->base, AT_FDCWD, run->base_file, err);

	if (status == 0)
		status = wls_file_read(&run->ours, AT_FDCWD, run->ours_file, err);
	if (status == 0)
		status = wls_file_read(&run->theirs, AT_FDCWD, run->theirs_file, err);
	return status;
}

static int merge_texts(struct run *run, struct wls_error *err)
{
	const struct wls_slice sides[] = {
		wls_slice(wls_buf_str(&run->ours), run->ours.len),
		wls_slice(wls_buf_str(&run->theirs), run->theirs.len),
	};
	const char *labels[] = {run->options.labels.ours, run->options.labels.theirs};
	struct wls_slice base = wls_buf_slice(&run->base);

	/* git gives an empty file where both sides added theirs. */
	if (base.len == 0)
		base.ptr = NULL;
	run->merge_options.base_label = run->options.labels.base;
	run->merge_options.labels = labels;
	int status = wls_merge(&run->merge, base, sides, 2, &run->merge_options, err);
	if (status == 0 && run->merge->text.overflow)
		status = wls_error_set(err, WLS_E_LIMIT, "the result is over %zu bytes",
				       run->merge->text.limit);
	return status;
}

/* One line, when there is something that the user would want to know. */
static void tell(const struct run *run, const struct wls_cli *cli)
{
	struct wls_buf _cleanup_buf_ line = WLS_BUF_INIT;
	size_t numbers;

	if (cli->globals.quiet)
		return;
	wls_merge_report_numbers(run->merge, false, cli->globals.ascii, &line);
	numbers = line.len;
	if (numbers > 0 && run->merge->conflict_count > 0)
		wls_buf_add_str(&line, "; ");
	wls_merge_report_conflicts(run->merge, &line);
	wls_merge_report_method(run->merge, run->marker_size, &line);
	if (line.len > 0)
		wls_cli_say("merged %s: %s", shown_path(run),
			    wls_buf_str(&line) + (line.ptr[0] == ';' ? 2 : 0));
}

static int merge_structure(struct run *run, const struct wls_cli *cli)
{
	struct wls_error err;
	int status = read_files(run, &err);

	if (status == WLS_E_LIMIT)
		return merge_plain(run);
	if (status < 0)
		return give_up(run, &err);
	if (merge_texts(run, &err) < 0)
		return write_whole(run, &err);
	bool conflicts = run->merge->conflict_count > 0;
	struct wls_slice text = wls_buf_slice(&run->merge->text);
	status = conflicts ? WLS_EXIT_FOUND : WLS_EXIT_DONE;
	if (conflicts || !wls_slice_eq(text, wls_buf_slice(&run->ours)))
		status = write_result(run, text, conflicts);
	if (status != EXIT_FAILED)
		tell(run, cli);
	return status;
}

static bool switched_off(void)
{
	const char *value = getenv(SWITCH);

	return value && strcmp(value, "0") == 0;
}

static void run_release(struct run *run)
{
	wls_opt_list_release(&run->options.policies);
	wls_merge_free(run->merge);
	wls_buf_release(&run->base);
	wls_buf_release(&run->ours);
	wls_buf_release(&run->theirs);
	wls_arena_release(&run->arena);
}

/* Neither clock nor configuration is asked here. */
static int run_driver(struct wls_cli *cli, struct wls_args *args)
{
	struct run run = {
		.options.style = -1,
		.base = WLS_BUF_INIT,
		.ours = WLS_BUF_INIT,
		.theirs = WLS_BUF_INIT,
	};
	wls_merge_input_prepare();
	if (!switched_off())
		prepare_fallback(&run.arena, args);
	int status = take_arguments(&run, cli, args);

	if (status == WLS_CLI_GO) {
		run.marker_size = size_of(run.options.marker_size);
		wls_merge_labels_find(&run.options.labels, &run.arena);
		read_options(&run);
		status = switched_off() ? merge_plain(&run) : merge_structure(&run, cli);
	}
	run_release(&run);
	return status;
}

const struct wls_command wls_command_merge_driver = {
	.name = "merge-driver",
	.aside = true,
	.summary = "what git calls to merge a WorkLog",
	.usage = "%O %A %B -L %L -P %P -S %S -X %X -Y %Y",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.run = run_driver,
};
