/* SPDX-License-Identifier: MIT */
/*
 * wlsync version, and --version.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "base/json.h"
#include "cli/cli.h"

static const struct wls_example examples[] = {
	{"wlsync version", "for people"},
	{"wlsync version --json", "for programs"},
	{0},
};

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_json json = {.out = &out};

	/* --version leads here with nothing left to parse. */
	if (!cli->globals.version) {
		int status = wls_cli_parse(cli, &wls_command_version, NULL, args);
		if (status != WLS_CLI_GO)
			return status;
	}
	if (cli->globals.json) {
		wls_json_open(&json, '{');
		wls_json_put_str(&json, "schema", "wlsync.version/1");
		wls_json_put_str(&json, "version", WLS_VERSION);
		wls_json_close(&json, '}');
	} else {
		wls_buf_add_str(&out, "wlsync " WLS_VERSION);
	}
	wls_buf_add_char(&out, '\n');
	int status = wls_cli_write(cli, &out, NULL);
	wls_buf_release(&out);
	return status;
}

const struct wls_command wls_command_version = {
	.name = "version",
	.aside = true,
	.summary = "the version of wlsync",
	.usage = "",
	.examples = examples,
	.run = run,
};
