/* SPDX-License-Identifier: MIT */
/*
 * wlsync push: what `wlsync` itself knows of it; the program wlsync-push does it.
 *
 * Layer: cli. Includes: base, buf, cli/push.
 */
#include "cli/push.h"

static const struct wls_opt opts[] = {
	WLS_PUSH_FLAG("dry-run", "show the plan, write nothing", dry_run),
	WLS_PUSH_FLAG("exit-code", "with --dry-run: 1 when something would change", exit_code),
	WLS_PUSH_FLAG("yes", "also when it is much at once", yes),
	WLS_PUSH_FLAG("force", "also older logs over newer issues", force),
	WLS_PUSH_FLAG("overwrite", "also over what people changed", overwrite),
	WLS_PUSH_FLAG("prune", "close the issues of logs that are gone", prune),
	WLS_OPT("plan", 0, TEXT, "FILE", "with --dry-run save the plan, else do just that",
		.offset = WLS_PUSH_AT(plan), .complete = WLS_COMPLETE_FILE),
	WLS_PUSH_TARGET_OPTS,
	WLS_OPT("log", 0, LIST, "LOG", "only this log; may be given several times",
		.offset = WLS_PUSH_AT(logs), .complete = WLS_COMPLETE_LOG),
	WLS_PUSH_COMMENTS_OPT,
	WLS_PUSH_NUMBER("max-create", "N", "issues to create without asking (20)", max_create),
	WLS_PUSH_NUMBER("max-comments", "N", "comments of a run (20)", max_comments),
	WLS_PUSH_LIMIT_OPTS,
	WLS_OPT("drift", 0, CHOICE, "HOW", "what people changed: report (status 1) or ok",
		.choices = "report|ok", .offset = WLS_PUSH_AT(drift)),
	WLS_PUSH_ALLOW_OPTS,
};

static const struct wls_example examples[] = {
	{"wlsync push --dry-run", "what would change in the tracker"},
	{"wlsync push", "an issue for every log, up to date"},
	{"wlsync push --log Auth-Refactor", "one log"},
	{"wlsync push --dry-run --exit-code", "is the tracker up to date?"},
	{0},
};

const struct wls_command wls_command_push = {
	.name = "push",
	.summary = "make the issues of a tracker say what the logs say",
	.usage = "[PATH…]",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_FILE,
	.program = "push",
};
