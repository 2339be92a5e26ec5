/* SPDX-License-Identifier: MIT */
/*
 * wlsync adopt: what `wlsync` itself knows of it; the program wlsync-push does it.
 *
 * Layer: cli. Includes: base, buf, cli/push.
 */
#include "cli/push.h"

static const struct wls_opt opts[] = {
	WLS_PUSH_FLAG("dry-run", "show what it would do, write nothing", dry_run),
	WLS_PUSH_FLAG("force", "also an older log over a newer issue", force),
	WLS_PUSH_FLAG("overwrite", "also over what people changed", overwrite),
	WLS_PUSH_TARGET_OPTS,
	WLS_PUSH_COMMENTS_OPT,
	WLS_PUSH_LIMIT_OPTS,
	WLS_PUSH_ALLOW_OPTS,
};

static const struct wls_example examples[] = {
	{"wlsync adopt Auth-Refactor#12", "issue 12 is the log's from now on"},
	{"wlsync adopt --dry-run Auth-Refactor#12", "what that would change"},
	{0},
};

const struct wls_command wls_command_adopt = {
	.name = "adopt",
	.summary = "tie a log to an issue that there is",
	.usage = "LOG#N",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG,
	.program = "push",
};
