/* SPDX-License-Identifier: MIT */
/*
 * wlsync diff: what changed between two texts of a log, node by node.
 *
 * git calls it, too: with seven words as its external diff (nine, or eight, for a renamed file, one for an
 * unmerged path), and with --textconv and one file.
 *
 * Layer: cli. Includes: base, buf, doc, diff, render.
 */
#include "cli/diff_side.h"
#include "cli/merge_input.h"
#include "render/diff.h"

struct options {
	bool stat, exit_code, textconv;
};

#define AT(field) offsetof(struct options, field)

static const struct wls_opt opts[] = {
	WLS_OPT("stat", 0, FLAG, NULL, "only count the changes, in one line", .offset = AT(stat)),
	WLS_OPT("exit-code", 0, FLAG, NULL, "exit with 1 when there is a difference",
		.offset = AT(exit_code)),
	WLS_OPT("textconv", 0, FLAG, NULL, "one FILE as lines that say where they stand, for git",
		.offset = AT(textconv)),
};

static const struct wls_example examples[] = {
	{"wlsync diff Auth-Refactor@v3 Auth-Refactor@v5", "two entries of one log"},
	{"wlsync diff HEAD:Auth-WorkLog.md Auth-WorkLog.md", "since the commit"},
	{"wlsync diff :2:Auth-WorkLog.md :3:Auth-WorkLog.md", "ours and theirs of a conflict"},
	{"wlsync diff --stat old.md new.md", "how much of what"},
	{"wlsync install --diff", "git diff shows so"},
	{0},
};

/* What is compared: both texts, and what they are called. */
struct comparison {
	const struct options *options;
	struct wls_diff_side sides[2];
	struct wls_slice names[2];
	const char *paths[2]; /* that may tell the log's name */
	const char *before;   /* lines that come first, or "" */
};

/* ---- showing ---- */

/* Entries stand in the middle of a file: their lines count from its top. */
static void shift_lines(struct wls_diff *diff, const struct comparison *c)
{
	for (size_t i = 0; i < diff->delta_count; i++)
		for (size_t s = 0; s < 2; s++) {
			uint32_t *line = &diff->deltas[i].line[s];
			uint32_t first = c->sides[s].line;
			*line = *line > 0 && first > 0 ? *line + first - 1 : 0;
		}
}

static void show(const struct wls_cli *cli, const struct comparison *c,
		 const struct wls_diff_view *view, struct wls_buf *out)
{
	if (cli->globals.json) {
		wls_diff_document(view, out);
		return;
	}
	wls_buf_add_str(out, c->before);
	if (c->options->stat)
		wls_diff_stat(view, out);
	else if (cli->plain)
		wls_diff_plain(view, out);
	else
		wls_diff_text(view, out);
}

static int compare(struct wls_cli *cli, struct comparison *c)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_diff *diff _cleanup_diff_ = NULL;
	struct wls_arena arena = {0};
	struct wls_pair_options options = {
		.by_order = c->sides[0].entries && c->sides[1].entries,
		.log_name = wls_merge_input_log_name(c->paths, 2),
	};
	struct wls_error err;

	if (wls_diff_make(&diff, c->sides[0].text, c->sides[1].text, &options, &err) < 0)
		return wls_cli_fail("diff: %s", err.text);
	shift_lines(diff, c);
	show(cli, c,
	     &(struct wls_diff_view){
		     .diff = diff,
		     .style = &cli->style,
		     .names = {c->names[0], c->names[1]},
		     .arena = &arena,
	     },
	     &out);
	wls_arena_release(&arena);
	int status = wls_cli_write(cli, &out, NULL);
	return status == WLS_EXIT_DONE && c->options->exit_code && diff->delta_count > 0
		       ? WLS_EXIT_FOUND
		       : status;
}

/* ---- what the words mean ---- */

static int compare_named(struct wls_cli *cli, struct comparison *c, const struct wls_args *args)
{
	int result = WLS_EXIT_DONE;

	if (strcmp(args->words[0], "-") == 0 && strcmp(args->words[1], "-") == 0)
		return wls_cli_fail("diff: only one of the two can be standard input");
	for (size_t s = 0; s < 2; s++) {
		int status = wls_diff_side_read(&c->sides[s], cli, args->words[s]);
		if (status != WLS_CLI_GO)
			return status;
		if (c->sides[s].log.status != WLS_EXIT_DONE)
			result = c->sides[s].log.status;
		c->names[s] = wls_slice_of(args->words[s]);
		c->paths[s] = args->words[s];
	}
	int status = compare(cli, c);
	return status == WLS_EXIT_ERROR || result == WLS_EXIT_DONE ? status : result;
}

enum { GIT_WORDS = 7, GIT_WORDS_MOST = 9 };

/* The words of git's external diff. */
enum git_word {
	GIT_PATH,
	GIT_OLD_FILE,
	GIT_OLD_HEX,
	GIT_OLD_MODE,
	GIT_NEW_FILE,
	GIT_NEW_HEX,
	GIT_NEW_MODE,
	GIT_NEW_PATH, /* of a renamed file */
	GIT_SAYS, /* and "similarity index 100%", "rename from …"; left out when there is none */
};

static struct wls_slice git_name(struct wls_arena *arena, const char *prefix, const char *path,
				 const char *file)
{
	return wls_slice_of(strcmp(file, "/dev/null") == 0
				    ? file
				    : wls_arena_printf(arena, "%s/%s", prefix, path));
}

/* What git would say of the file before its lines: modes, renames. "index" is of patches only. */
static void add_git_words(const struct wls_args *args, bool both, struct wls_buf *out)
{
	char *const *w = args->words;
	struct wls_slice says =
		wls_slice_of(args->count > GIT_SAYS ? (const char *)w[GIT_SAYS] : "");
	struct wls_slice line;

	if (both && strcmp(w[GIT_OLD_MODE], w[GIT_NEW_MODE]) != 0)
		wls_buf_printf(out, "old mode %s\nnew mode %s\n", w[GIT_OLD_MODE], w[GIT_NEW_MODE]);
	while (wls_slice_next_line(&says, &line))
		if (line.len > 0 && !wls_slice_starts(line, WLS_SLICE("index "))) {
			wls_buf_add_slice(out, line);
			wls_buf_add_char(out, '\n');
		}
}

static int compare_for_git(struct wls_cli *cli, struct comparison *c, const struct wls_args *args)
{
	char *const *w = args->words;
	struct wls_arena arena = {0};
	struct wls_buf before _cleanup_buf_ = WLS_BUF_INIT;
	const char *now = args->count > GIT_NEW_PATH ? w[GIT_NEW_PATH] : w[GIT_PATH];
	bool both = strcmp(w[GIT_OLD_FILE], "/dev/null") != 0 &&
		    strcmp(w[GIT_NEW_FILE], "/dev/null") != 0;

	c->names[0] = git_name(&arena, "a", w[GIT_PATH], w[GIT_OLD_FILE]);
	c->names[1] = git_name(&arena, "b", now, w[GIT_NEW_FILE]);
	c->paths[0] = w[GIT_PATH];
	c->paths[1] = now;
	add_git_words(args, both, &before);
	c->before = wls_buf_str(&before);
	/* git's pager shows colours; what it writes to is no terminal for us. */
	if (cli->globals.color == WLS_COLOR_AUTO && !cli->plain && getenv("GIT_PAGER_IN_USE") &&
	    !getenv("NO_COLOR"))
		cli->style.color = true;
	int status = wls_diff_side_read_file(&c->sides[0], w[GIT_OLD_FILE]);
	if (status == WLS_CLI_GO)
		status = wls_diff_side_read_file(&c->sides[1], w[GIT_NEW_FILE]);
	if (status == WLS_CLI_GO)
		status = compare(cli, c);
	wls_arena_release(&arena);
	return status;
}

static int tell_unmerged(struct wls_cli *cli, const char *path)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_arena arena = {0};

	wls_buf_add_str(&out, "* Unmerged path ");
	wls_buf_add_slice(&out, wls_style_clean(&arena, wls_slice_of(path)));
	wls_buf_add_char(&out, '\n');
	wls_arena_release(&arena);
	return wls_cli_write(cli, &out, NULL);
}

static int convert(struct wls_cli *cli, struct comparison *c, const char *path)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	int status = wls_diff_side_read_file(&c->sides[0], path);

	if (status != WLS_CLI_GO)
		return status;
	if (wls_doc_parse(&doc, c->sides[0].text, &err) < 0)
		return wls_cli_fail("diff: %s: %s", path, err.text);
	wls_diff_textconv(doc, &out);
	return wls_cli_write(cli, &out, NULL);
}

static int act(struct wls_cli *cli, struct comparison *c, const struct wls_args *args)
{
	size_t n = args->count;

	if (c->options->textconv)
		return n == 1 ? convert(cli, c, args->words[0])
			      : wls_cli_fail("diff: --textconv takes one file");
	if (n == 2)
		return compare_named(cli, c, args);
	if (n >= GIT_WORDS && n <= GIT_WORDS_MOST)
		return compare_for_git(cli, c, args);
	if (n == 1 && getenv("GIT_DIFF_PATH_COUNTER"))
		return tell_unmerged(cli, args->words[0]);
	if (n == 1)
		return wls_cli_fail("diff: with what? Say wlsync diff A B, as in wlsync diff "
				    "HEAD:./FILE FILE or wlsync diff LOG@v1 LOG@v2");
	return wls_cli_fail("diff: which two? Say wlsync diff A B; each is a file, LOG, LOG@vN, "
			    "REV:FILE or :FILE (git's index)");
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {0};
	struct comparison c = {.options = &options, .before = ""};
	int status = wls_cli_parse(cli, &wls_command_diff, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	status = act(cli, &c, args);
	wls_diff_side_release(&c.sides[0]);
	wls_diff_side_release(&c.sides[1]);
	return status;
}

const struct wls_command wls_command_diff = {
	.name = "diff",
	.summary = "what changed between two texts of a log",
	.usage = "A B",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG_OR_FILE,
	.run = run,
};
