/* SPDX-License-Identifier: MIT */
/*
 * wlsync check: what in the logs is wrong, doubtful or overdue.
 *
 * Layer: cli. Includes: base, buf, doc, graph, check, render.
 */
#include "cli/check.h"

/* Times that --fix reads again what it mended: what was misread twice is mended twice. */
#define ROUNDS_MAX 4

enum format {
	FORMAT_TEXT,
	FORMAT_JSON,
	FORMAT_SARIF,
	FORMAT_GITHUB,
};

#define AT(field) offsetof(struct wls_check_request, field)

static const struct wls_opt opts[] = {
	WLS_OPT("fix", 0, MODE, NULL, "mend what is mechanical; --fix=names: names of files, too",
		.choices = "names", .offset = AT(fix)),
	/* In the order of enum format. */
	WLS_OPT("format", 0, CHOICE, "FORMAT", "text, json, sarif, github",
		.choices = "text|json|sarif|github", .offset = AT(format)),
	/* In the order of enum wls_severity. */
	WLS_OPT("fail-on", 0, CHOICE, "SEVERITY", "exit with 1 from here on (error)",
		.choices = "info|warning|error", .offset = AT(fail_on)),
	WLS_OPT("rule", 0, LIST, "NAME=SEVERITY", "off, info, warning or error; repeatable",
		.offset = AT(rules), .complete = WLS_COMPLETE_RULE),
	WLS_OPT("list-rules", 0, FLAG, NULL, "what is looked for", .offset = AT(list_rules)),
	WLS_OPT("staged", 0, FLAG, NULL, "what the next commit changes, from the index",
		.offset = AT(staged)),
	WLS_SOURCE_OPTS(struct wls_check_request),
};

static const struct wls_example examples[] = {
	{"wlsync check", "every log"},
	{"wlsync check --fix", "mend what can be"},
	{"wlsync check --fail-on warning", "1 from warnings on"},
	{"wlsync check --rule stale-ref=error --rule no-summary=off", "your own severities"},
	{"wlsync check --format sarif >wlsync.sarif", "for editors"},
	{0},
};

/* ---- output ---- */

static void render(const struct wls_check_request *request, const struct wls_check_report *report,
		   struct wls_buf *out)
{
	switch (request->format) {
	case FORMAT_JSON:
		wls_document_check(report, out);
		break;
	case FORMAT_SARIF:
		wls_sarif_check(report, out);
		break;
	case FORMAT_GITHUB:
		wls_github_check(report, out);
		break;
	default:
		wls_render_check(report, out);
		break;
	}
}

static int show(struct wls_cli *cli, const struct wls_check_request *request,
		const struct wls_checked *checked, const struct wls_check_fixes *fixes)
{
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	const struct wls_check_report report = {
		.check = checked->check,
		.style = &cli->style,
		.arena = &arena,
		.logs = checked->logs,
		.plain = cli->plain,
		.quiet = cli->globals.quiet,
		.fixing = request->fix != WLS_FIX_NONE,
		.fixed = fixes->list,
		.fixed_count = fixes->count,
		.version = WLS_VERSION,
	};

	render(request, &report, &out);
	int status = wls_cli_write(cli, &out, NULL);
	wls_buf_release(&out);
	wls_arena_release(&arena);
	return status;
}

/* The configuration is wanted, and no log. */
static bool wants_none(void *data, const char *path)
{
	(void)data;
	(void)path;
	return false;
}

static int list_rules(struct wls_cli *cli, const struct wls_check_request *request,
		      const struct wls_args *args)
{
	const struct wls_workspace_options open = {.dir_given = cli->globals.dir != NULL,
						   .wants = wants_none};
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_check_options options = {0};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_error err;

	if (args->count > 0)
		return wls_cli_fail("--list-rules takes no files; leave them out");
	if (wls_workspace_open(&ws, &open, &err) < 0)
		return wls_cli_fail("%s", err.text);
	int status = wls_check_severities(request, ws->config, &options);
	if (status == WLS_CLI_GO) {
		if (request->format == FORMAT_JSON)
			wls_document_rules(&options, &out);
		else
			wls_render_rules(&options, &cli->style, &out);
		status = wls_cli_write(cli, &out, NULL);
	}
	wls_buf_release(&out);
	return status;
}

/* ---- running ---- */

static bool fails(const struct wls_check *check, int fail_on)
{
	for (size_t i = 0; i < check->count; i++)
		if (!check->findings[i].ignored && (int)check->findings[i].severity >= fail_on)
			return true;
	return false;
}

/* Reads, and with --fix mends and reads again until nothing is left to mend. */
static int read_and_fix(struct wls_cli *cli, const struct wls_check_request *request,
			const struct wls_args *args, struct wls_checked *checked,
			struct wls_check_fixes *fixes, int *status)
{
	int go = wls_check_read(cli, request, args, checked, status);

	for (int round = 0; go == WLS_CLI_GO && request->fix != WLS_FIX_NONE && round < ROUNDS_MAX;
	     round++) {
		if (wls_check_fix_files(checked, request->fix == WLS_FIX_NAMES, fixes) == 0)
			break;
		wls_checked_release(checked);
		go = wls_check_read(cli, request, args, checked, status);
	}
	return go;
}

static int check(struct wls_cli *cli, const struct wls_check_request *request,
		 const struct wls_args *args)
{
	struct wls_checked checked = {0};
	struct wls_check_fixes fixes = {0};
	int found = WLS_EXIT_DONE;
	int status = read_and_fix(cli, request, args, &checked, &fixes, &found);

	if (status == WLS_CLI_GO) {
		int fail_on = request->fail_on >= 0 ? request->fail_on : (int)WLS_ERROR;
		status = show(cli, request, &checked, &fixes);
		if (status == WLS_EXIT_DONE && (found != WLS_EXIT_DONE || fixes.any_failed))
			status = WLS_EXIT_ERROR;
		else if (status == WLS_EXIT_DONE && fails(checked.check, fail_on))
			status = WLS_EXIT_FOUND;
	}
	wls_check_fixes_release(&fixes);
	wls_checked_release(&checked);
	return status;
}

static int judge(struct wls_cli *cli, struct wls_check_request *request,
		 const struct wls_args *args)
{
	const struct wls_source *source = &request->source;

	if (source->rev && source->all_branches)
		return wls_cli_fail("--rev and --all-branches exclude each other");
	if (request->staged && (source->rev || source->all_branches || args->count > 0))
		return wls_cli_fail("--staged looks at the whole index; leave the rest out");
	if (request->fix != WLS_FIX_NONE &&
	    (source->rev || source->all_branches || request->staged))
		return wls_cli_fail("--fix mends files of the disk only; leave %s out",
				    source->rev            ? "--rev"
				    : source->all_branches ? "--all-branches"
							   : "--staged");
	if (cli->globals.json && request->format > FORMAT_JSON)
		return wls_cli_fail("--json and --format exclude each other");
	if (request->format < 0)
		request->format = FORMAT_TEXT;
	if (cli->globals.json)
		request->format = FORMAT_JSON;
	return WLS_CLI_GO;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_check_request request = {.format = -1, .fail_on = -1};
	int status = wls_cli_parse(cli, &wls_command_check, &request, args);

	if (status == WLS_CLI_GO)
		status = judge(cli, &request, args);
	if (status == WLS_CLI_GO)
		status = request.list_rules ? list_rules(cli, &request, args)
					    : check(cli, &request, args);
	wls_opt_list_release(&request.rules);
	return status;
}

const struct wls_command wls_command_check = {
	.name = "check",
	.summary = "what in the logs is wrong, doubtful or overdue",
	.usage = "[PATH…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.run = run,
};
