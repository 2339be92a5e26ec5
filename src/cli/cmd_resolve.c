/* SPDX-License-Identifier: MIT */
/*
 * wlsync resolve: lists and settles conflicts.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/resolve.
 */
#include <stdio.h>
#include <unistd.h>

#include "cli/resolve.h"

#define AT(field) offsetof(struct wls_resolve_options, field)
#define FLAG(name, help, field) WLS_OPT(name, 0, FLAG, NULL, help, .offset = AT(field))

static const struct wls_opt opts[] = {
	FLAG("ours", "settle every conflict by our side", ours),
	FLAG("theirs", "by their side", theirs),
	FLAG("union", "by both texts, ours first", both),
	FLAG("base", "by what stood there before", base),
	WLS_OPT("pick", 0, LIST, "N=SIDE", "one conflict: ours, theirs, union or base",
		.offset = AT(picks)),
	FLAG("stage", "git add files in which nothing is left open", stage),
	FLAG("list", "only list: nothing is written, nothing asked", list),
	FLAG("again", "merge anew even what was edited since", again),
	FLAG("rewrite", "rewrite renumbered versions in other logs", rewrite),
};

static const struct wls_example examples[] = {
	{"wlsync resolve", "lists; on a terminal, asks"},
	{"wlsync resolve Auth-WorkLog.md --pick 1=theirs", "settles one"},
	{"wlsync resolve --union --stage", "settles all, and adds them"},
	{"wlsync resolve --list --json", "for programs"},
	{0},
};

/* ---- picks ---- */

static bool parse_pick(const char *text, uint32_t *number, enum wls_pick *pick)
{
	static const enum wls_pick picks[] = {WLS_PICK_OURS, WLS_PICK_THEIRS, WLS_PICK_BASE,
					      WLS_PICK_UNION};
	uint32_t n = 0;

	for (; wls_is_digit(*text) && n < 100000000; text++)
		n = n * 10 + (uint32_t)(*text - '0');
	if (n == 0 || *text++ != '=')
		return false;
	*number = n;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(picks); i++) {
		if (strcmp(text, wls_pick_name(picks[i])) == 0) {
			*pick = picks[i];
			return true;
		}
	}
	return false;
}

static int check_options(const struct wls_resolve_options *options, const struct wls_args *args)
{
	int all = options->ours + options->theirs + options->both + options->base;
	uint32_t number;
	enum wls_pick pick;

	if (all > 1)
		return wls_cli_fail("resolve: --ours, --theirs, --union and --base exclude each "
				    "other; --pick N=SIDE settles one conflict");
	if (options->list &&
	    (all > 0 || options->picks.count > 0 || options->stage || options->rewrite))
		return wls_cli_fail("resolve: --list changes nothing; leave it out to settle");
	if (options->picks.count > 0 && args->count != 1)
		return wls_cli_fail("resolve: --pick needs exactly one FILE: its numbers count "
				    "within it");
	for (size_t i = 0; i < options->picks.count; i++)
		if (!parse_pick(options->picks.items[i], &number, &pick))
			return wls_cli_fail("resolve: --pick %s: must be N=ours, N=theirs, "
					    "N=union or N=base",
					    options->picks.items[i]);
	return WLS_CLI_GO;
}

static int pick_one(struct wls_target *target, const char *text)
{
	uint32_t number = 0;
	enum wls_pick pick = WLS_PICK_NONE;

	parse_pick(text, &number, &pick);
	if (number > target->blocks.count)
		return wls_cli_fail("resolve: --pick %s: %s has %zu; wlsync resolve --list shows "
				    "them",
				    text, target->path, target->blocks.count);
	target->picks[number - 1] = pick;
	return WLS_CLI_GO;
}

static enum wls_pick pick_for_all(const struct wls_resolve_options *options)
{
	if (options->ours)
		return WLS_PICK_OURS;
	if (options->theirs)
		return WLS_PICK_THEIRS;
	if (options->base)
		return WLS_PICK_BASE;
	return options->both ? WLS_PICK_UNION : WLS_PICK_NONE;
}

/* Applies the options to the targets; what --pick names goes before what is for all. */
static int pick(struct wls_resolve *r)
{
	const struct wls_resolve_options *options = r->options;
	int status = WLS_CLI_GO;

	for (size_t t = 0; t < r->target_count; t++)
		for (size_t i = 0; i < r->targets[t].blocks.count; i++)
			r->targets[t].picks[i] = pick_for_all(options);
	for (size_t i = 0; i < options->picks.count && status == WLS_CLI_GO; i++)
		status = r->target_count == 1
				 ? pick_one(&r->targets[0], options->picks.items[i])
				 : wls_cli_fail("resolve: %s has no conflict", r->args->words[0]);
	return status;
}

/* ---- the repository ---- */

/* The revision that is being put on top of HEAD. */
static const char *theirs_of(enum wls_git_state state)
{
	switch (state) {
	case WLS_GIT_STATE_MERGE:
		return "MERGE_HEAD";
	case WLS_GIT_STATE_REBASE:
		return "REBASE_HEAD";
	case WLS_GIT_STATE_CHERRY_PICK:
		return "CHERRY_PICK_HEAD";
	case WLS_GIT_STATE_REVERT:
		return "REVERT_HEAD^1";
	default:
		return NULL;
	}
}

static void take_branch_name(void *data, const struct wls_git_branch *branch)
{
	struct wls_resolve *r = data;

	if (memcmp(branch->commit.bytes, r->theirs.bytes, sizeof(r->theirs.bytes)) == 0 &&
	    !r->theirs_label)
		r->theirs_label = wls_arena_copy(&r->arena, wls_slice_of(branch->name)).ptr;
}

/* What the sides are called: branch, or the first digits of the commit. */
static void set_labels(struct wls_resolve *r)
{
	struct wls_error ignored;

	r->ours_label = r->state == WLS_GIT_STATE_REBASE ? "upstream" : "HEAD";
	if (r->has_theirs && r->state == WLS_GIT_STATE_MERGE)
		r->api->branches(r->git, take_branch_name, r, &ignored);
	if (!r->theirs_label && r->has_theirs)
		r->theirs_label = wls_arena_printf(&r->arena, "%02x%02x%02x%01x",
						   r->theirs.bytes[0], r->theirs.bytes[1],
						   r->theirs.bytes[2], r->theirs.bytes[3] >> 4);
	if (!r->theirs_label)
		r->theirs_label = "theirs";
}

/* How git is called so that paths count from the work tree's root. */
static const char *git_command(struct wls_resolve *r, const char *here)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	size_t len = r->root ? strlen(r->root) : 0;

	wls_buf_add_str(&out, "git");
	if (len == 0 || strncmp(here, r->root, len) != 0 || here[len] != '/')
		return wls_arena_copy(&r->arena, wls_buf_slice(&out)).ptr;
	wls_buf_add_str(&out, " -C ..");
	for (const char *c = here + len + 1; *c; c++)
		if (*c == '/')
			wls_buf_add_str(&out, "/..");
	return wls_arena_copy(&r->arena, wls_buf_slice(&out)).ptr;
}

static int open_repository(struct wls_resolve *r)
{
	struct wls_error err;
	char *folder _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);

	r->ours_label = "ours";
	r->theirs_label = "theirs";
	if (!here || wls_git_find(here, &folder) != WLS_GIT_WORK_TREE)
		return WLS_CLI_GO;
	if (wls_git_load(&r->api, &err) < 0 || r->api->open(&r->git, here, &err) < 0)
		return wls_cli_fail("%s", err.text);
	r->root = r->api->root(r->git);
	r->git_command = git_command(r, here);
	r->state = r->api->state(r->git);
	r->theirs_label = NULL;
	const char *theirs = theirs_of(r->state);
	r->has_theirs = theirs && r->api->resolve(r->git, "HEAD", &r->ours, &err) == 0 &&
			r->api->resolve(r->git, theirs, &r->theirs, &err) == 0;
	set_labels(r);
	return WLS_CLI_GO;
}

/* ---- the command ---- */

static int report(struct wls_resolve *r)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	size_t left = 0;

	if (r->cli->globals.json)
		wls_resolve_document(r, &out);
	else
		wls_resolve_text(r, &out);
	for (size_t i = 0; i < r->target_count; i++)
		left += r->targets[i].left;
	int status = wls_cli_write(r->cli, &out, NULL);
	return status == WLS_EXIT_DONE && left > 0 ? WLS_EXIT_FOUND : status;
}

static bool asks(const struct wls_resolve *r)
{
	const struct wls_resolve_options *options = r->options;

	return pick_for_all(options) == WLS_PICK_NONE && options->picks.count == 0 &&
	       !options->list && !r->cli->globals.json && isatty(STDIN_FILENO) == 1 &&
	       isatty(STDOUT_FILENO) == 1;
}

/* The logs whose entries other logs may name. */
static struct wls_stale **stale_logs(struct wls_resolve *r)
{
	struct wls_stale **logs =
		WLS_ARENA_ARRAY(&r->arena, struct wls_stale *, r->target_count + 1);

	for (size_t i = 0; i < r->target_count; i++) {
		struct wls_target *target = &r->targets[i];
		target->stale.path = target->path;
		target->stale.merge = target->merge;
		logs[i] = &target->stale;
	}
	return logs;
}

static int settle(struct wls_resolve *r)
{
	struct wls_error err;

	r->dry = r->options->list;
	if (asks(r) && !wls_resolve_ask(r)) {
		puts("nothing was written");
		return WLS_EXIT_FOUND;
	}
	struct wls_stale_place place = {.root = r->root,
					.api = r->api,
					.git = r->has_theirs ? r->git : NULL,
					.sides = {&r->ours, &r->theirs},
					.arena = &r->arena};
	struct wls_stale **logs = stale_logs(r);
	int status = r->root ? wls_stale_find(&place, logs, r->target_count, &err) : 0;
	if (status == 0)
		status = wls_resolve_write(r, &err);
	if (status == 0 && r->options->rewrite)
		status = wls_stale_rewrite(&place, logs, r->target_count, &err);
	return status < 0 ? wls_cli_fail("%s", err.text) : report(r);
}

static void release(struct wls_resolve *r)
{
	for (size_t i = 0; i < r->target_count; i++) {
		struct wls_target *t = &r->targets[i];
		wls_buf_release(&t->disk);
		wls_buf_release(&t->text);
		wls_merge_free(t->merge);
		free(t->blocks.items);
		free(t->picks);
		free(t->lines);
		wls_stale_release(&t->stale);
	}
	free(r->targets);
	free(r->unmerged);
	if (r->api)
		r->api->close(r->git);
	wls_arena_release(&r->arena);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_resolve_options options = {0};
	struct wls_resolve r = {.cli = cli, .options = &options, .args = args};
	int status = wls_cli_parse(cli, &wls_command_resolve, &options, args);

	if (status == WLS_CLI_GO)
		status = check_options(&options, args);
	if (status == WLS_CLI_GO)
		status = open_repository(&r);
	if (status == WLS_CLI_GO)
		status = wls_resolve_find(&r);
	if (status == WLS_CLI_GO)
		status = pick(&r);
	if (status == WLS_CLI_GO)
		status = settle(&r);
	release(&r);
	wls_opt_list_release(&options.picks);
	return status;
}

const struct wls_command wls_command_resolve = {
	.name = "resolve",
	.summary = "list and settle conflicts",
	.usage = "[FILE…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run,
};
