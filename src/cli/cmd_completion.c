/* SPDX-License-Identifier: MIT */
/*
 * wlsync completion: the scripts, and the names that they ask for.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/complete.h"

static const struct wls_example examples[] = {
	{"eval \"$(wlsync completion bash)\"", "in ~/.bashrc"},
	{"wlsync completion zsh > ~/.zfunc/_wlsync", "in a folder of $fpath"},
	{"wlsync completion fish | source", "in ~/.config/fish/config.fish"},
	{0},
};

static const struct {
	const char *name;
	void (*write)(struct wls_buf *out);
} kinds[] = {
	{"bash", wls_complete_bash},
	{"zsh", wls_complete_zsh},
	{"fish", wls_complete_fish},
	/* For the scripts. */
	{"logs", wls_complete_logs},
};

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_buf out = WLS_BUF_INIT;
	int status = wls_cli_parse(cli, &wls_command_completion, NULL, args);

	if (status != WLS_CLI_GO)
		return status;
	for (size_t i = 0; args->count == 1 && i < WLS_ARRAY_SIZE(kinds); i++) {
		if (strcmp(args->words[0], kinds[i].name) != 0)
			continue;
		kinds[i].write(&out);
		status = wls_cli_write(cli, &out, NULL);
		wls_buf_release(&out);
		return status;
	}
	return wls_cli_fail("completion: for which shell? bash, zsh or fish");
}

const struct wls_command wls_command_completion = {
	.name = "completion",
	.aside = true,
	.summary = "a completion script for a shell",
	.usage = "bash|zsh|fish",
	.examples = examples,
	.arguments = WLS_COMPLETE_SHELL,
	.run = run,
};
