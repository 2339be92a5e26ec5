/* SPDX-License-Identifier: MIT */
/*
 * wlsync install: the merge driver in git's configuration and attributes.
 *
 * The configuration is written first and removed last: a driver that no attribute names does no harm,
 * an attribute that names no driver makes git merge by lines without a word.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/install.
 */
#include "base/json.h"
#include "cli/install.h"
#include "wlsync/merge.h"

#define AT(field) offsetof(struct wls_install_options, field)

static const struct wls_opt opts[] = {
	WLS_OPT("global", 0, FLAG, NULL, "for all repositories of the user", .offset = AT(global)),
	WLS_OPT("check", 0, FLAG, NULL, "only tell what is half installed", .offset = AT(check)),
	WLS_OPT("uninstall", 0, FLAG, NULL, "take out what install wrote, with --diff only that",
		.offset = AT(uninstall)),
	WLS_OPT("diff", 0, FLAG, NULL, "also show differences by wlsync", .offset = AT(diff)),
	WLS_OPT("hook", 0, FLAG, NULL, "also run wlsync check before each commit",
		.offset = AT(hook)),
	WLS_OPT("policy", 0, LIST, "KEY=CHOICE", "how the driver settles what both changed",
		.offset = AT(policies)),
};

static const struct wls_example examples[] = {
	{"wlsync install", "git merges WorkLogs by wlsync"},
	{"wlsync install --check", "is anything half installed?"},
	{"wlsync install --diff", "git diff shows WorkLogs by wlsync"},
	{"wlsync install --global", "for all repositories"},
	{"wlsync install --policy status=latest", "fewer conflicts"},
	{0},
};

/* ---- what was done ---- */

void wls_install_changed(struct wls_install *in, const char *file, const char *key,
			 const char *text)
{
	WLS_GROW(in->changes, in->change_cap, in->change_count + 1);
	in->changes[in->change_count++] = (struct wls_install_change){file, key, text};
}

void wls_install_found(struct wls_install *in, const char *rule, const char *text, const char *hint)
{
	WLS_GROW(in->findings, in->finding_cap, in->finding_count + 1);
	in->findings[in->finding_count++] = (struct wls_install_finding){rule, text, hint};
}

const char *wls_install_shown(struct wls_install *in, const char *path)
{
	size_t len = in->root ? strlen(in->root) : 0;

	if (len > 0 && strncmp(path, in->root, len) == 0 && path[len] == '/')
		path += len + 1;
	return wls_arena_copy(&in->arena, wls_slice_of(path)).ptr;
}

static const char *action_of(const struct wls_install_options *options)
{
	return options->check ? "check" : options->uninstall ? "uninstall" : "install";
}

static void add_document(const struct wls_install *in, struct wls_buf *out)
{
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.install/1");
	wls_json_put_str(&json, "action", action_of(in->options));
	wls_json_put_bool(&json, "global", in->options->global);
	wls_json_key(&json, "changes");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < in->change_count; i++) {
		wls_json_open(&json, '{');
		wls_json_put_str(&json, "file", in->changes[i].file);
		wls_json_put_str(&json, "key", in->changes[i].key);
		wls_json_put_str(&json, "text", in->changes[i].text);
		wls_json_close(&json, '}');
	}
	wls_json_close(&json, ']');
	wls_json_key(&json, "findings");
	wls_json_open(&json, '[');
	for (size_t i = 0; i < in->finding_count; i++) {
		wls_json_open(&json, '{');
		wls_json_put_str(&json, "rule", in->findings[i].rule);
		wls_json_put_str(&json, "message", in->findings[i].text);
		wls_json_put_str(&json, "hint", in->findings[i].hint);
		wls_json_close(&json, '}');
	}
	wls_json_close(&json, ']');
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}

static void add_text(struct wls_install *in, struct wls_buf *out)
{
	for (size_t i = 0; i < in->change_count; i++) {
		const struct wls_install_change *c = &in->changes[i];
		wls_buf_add_slice(out, wls_style_clean(&in->arena, wls_slice_of(c->file)));
		wls_buf_printf(out, ": %s%s%s\n", c->key ? c->key : "", c->key ? " " : "", c->text);
	}
	for (size_t i = 0; i < in->finding_count; i++) {
		const struct wls_install_finding *f = &in->findings[i];
		wls_buf_add_slice(out, wls_style_clean(&in->arena, wls_slice_of(f->text)));
		wls_buf_printf(out, "; %s [%s]\n", f->hint, f->rule);
	}
	if (in->options->check && in->finding_count == 0)
		wls_buf_printf(out, "the merge driver is installed%s\n",
			       in->shows_diff ? "; git diff shows WorkLogs by wlsync" : "");
	else if (!in->options->check && in->change_count == 0)
		wls_buf_printf(out, "nothing to do: %s is %sinstalled\n",
			       in->options->uninstall && in->options->diff ? "the diff command"
									   : "the merge driver",
			       in->options->uninstall ? "not " : "");
}

/* What a user must still do himself. */
static void add_advice(const struct wls_install *in, struct wls_buf *out)
{
	bool attributes = false;

	for (size_t i = 0; i < in->change_count; i++)
		attributes = attributes || strcmp(in->changes[i].file, ".gitattributes") == 0;
	if (attributes && !in->options->uninstall)
		wls_buf_add_str(out, "Commit .gitattributes, on every branch that is merged into: "
				     "git reads it there.\n");
}

static int report(struct wls_install *in)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (in->cli->globals.json) {
		add_document(in, &out);
	} else {
		add_text(in, &out);
		add_advice(in, &out);
	}
	int status = wls_cli_write(in->cli, &out, NULL);
	if (status == WLS_EXIT_DONE && in->finding_count > 0)
		status = WLS_EXIT_FOUND;
	return status;
}

/* ---- the command ---- */

static int check_options(const struct wls_install_options *options)
{
	struct wls_merge_options merge;
	struct wls_error err;

	if (options->check && options->uninstall)
		return wls_cli_fail("install: --check and --uninstall exclude each other");
	if (options->global && options->hook)
		return wls_cli_fail("install: --hook is for one repository; leave --global out");
	wls_merge_options_init(&merge);
	for (size_t i = 0; i < options->policies.count; i++) {
		struct wls_slice policy = wls_slice_of(options->policies.items[i]);
		/* It becomes part of a shell command. */
		for (size_t c = 0; c < policy.len; c++)
			if (!wls_is_alnum(policy.ptr[c]) && !strchr("=-_", policy.ptr[c]))
				return wls_cli_fail("install: --policy %s: must be KEY=CHOICE",
						    policy.ptr);
		if (wls_merge_policy_parse(&merge, policy, &err) < 0)
			return wls_cli_fail("install: %s", err.text);
	}
	return WLS_CLI_GO;
}

/* Opens the repository that we stand in, if any; only --global can do without. */
static int open_repository(struct wls_install *in)
{
	struct wls_error err;
	char *folder _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);

	if (wls_git_load(&in->api, &err) < 0)
		return wls_cli_fail("%s", err.text);
	if (here && wls_git_find(here, &folder) != WLS_GIT_NONE) {
		if (in->api->open(&in->git, here, &err) < 0)
			return wls_cli_fail("%s", err.text);
		in->root = in->api->root(in->git);
	} else if (!in->options->global) {
		return wls_cli_fail("install: there is no git repository here; go into one, or "
				    "say --global");
	}
	return WLS_CLI_GO;
}

static int install(struct wls_install *in, struct wls_error *err)
{
	int status = wls_install_config(in, err);

	if (status == 0)
		status = wls_install_attributes(in, err);
	if (status == 0 && in->options->hook)
		status = wls_install_hook(in, err);
	return status;
}

static int uninstall(struct wls_install *in, struct wls_error *err)
{
	if (in->options->diff) {
		int done = wls_uninstall_diff_attribute(in, err);
		return done < 0 ? done : wls_uninstall_config(in, err);
	}
	int status = in->git && !in->options->global ? wls_uninstall_hook(in, err) : 0;

	if (status == 0)
		status = wls_uninstall_attributes(in, err);
	if (status == 0)
		status = wls_uninstall_config(in, err);
	return status;
}

static int act(struct wls_install *in)
{
	const struct wls_install_options *options = in->options;
	struct wls_error err;
	int status;

	if (options->check)
		status = wls_install_check(in, &err);
	else
		status = options->uninstall ? uninstall(in, &err) : install(in, &err);
	if (status == 0)
		return report(in);
	/* What was done before it failed is told all the same. */
	if (in->change_count > 0)
		report(in);
	return wls_cli_fail("%s", err.text);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_install_options options = {0};
	struct wls_install in = {.cli = cli, .options = &options};
	int status = wls_cli_parse(cli, &wls_command_install, &options, args);

	if (status == WLS_CLI_GO && args->count > 0)
		status = wls_cli_fail("install: %s: takes no argument", args->words[0]);
	if (status == WLS_CLI_GO)
		status = check_options(&options);
	if (status == WLS_CLI_GO)
		status = open_repository(&in);
	in.scope = options.global ? WLS_GIT_USER : WLS_GIT_REPOSITORY;
	if (status == WLS_CLI_GO)
		status = act(&in);
	if (in.api)
		in.api->close(in.git);
	free(in.changes);
	free(in.findings);
	wls_arena_release(&in.arena);
	wls_opt_list_release(&options.policies);
	return status;
}

const struct wls_command wls_command_install = {
	.name = "install",
	.summary = "set up the merge driver",
	.usage = "",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.run = run,
};
