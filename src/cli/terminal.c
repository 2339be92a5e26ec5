/* SPDX-License-Identifier: MIT */
/*
 * What stdout is, and what the user wants of it: the only reader of terminal, clock and
 * environment.
 *
 * Layer: cli. Includes: base, buf, render.
 */
#define _DEFAULT_SOURCE /* TIOCGWINSZ */
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

#define WIDTH_DEFAULT 80u
#define WIDTH_MAX 10000u

/* A variable that is set and not empty, nor "0". */
static bool env_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value && strcmp(value, "0") != 0;
}

static bool wants_color(const struct wls_globals *globals, bool terminal)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (globals->color != WLS_COLOR_AUTO)
		return globals->color == WLS_COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	if (env_set("CLICOLOR_FORCE"))
		return true;
	return terminal && term && *term && strcmp(term, "dumb") != 0;
}

static uint32_t columns_variable(void)
{
	const char *value = getenv("COLUMNS");
	uint32_t width = 0;

	for (; value && wls_is_digit(*value) && width <= WIDTH_MAX; value++)
		width = width * 10 + (uint32_t)(*value - '0');
	return value && *value == '\0' && width <= WIDTH_MAX ? width : 0;
}

static uint32_t width_of(const struct wls_globals *globals, bool terminal)
{
	struct winsize size;
	uint32_t width = globals->width;

	if (width == 0)
		width = columns_variable();
	if (width == 0 && terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
		width = size.ws_col;
	return width > 0 ? width : WIDTH_DEFAULT;
}

static int read_clock(struct wls_moment *now)
{
	const char *text = getenv("WLSYNC_NOW");

	if (text && *text) {
		if (!wls_moment_parse(wls_slice_of(text), now))
			return wls_cli_fail("WLSYNC_NOW: \"%s\" is no time in ISO 8601, as in "
					    "2025-11-14T12:00:00Z",
					    text);
		return WLS_CLI_GO;
	}
	*now = (struct wls_moment){.known = true, .has_time = true, .seconds = time(NULL)};
	return WLS_CLI_GO;
}

int wls_cli_prepare(struct wls_cli *cli)
{
	bool terminal = isatty(STDOUT_FILENO) == 1;

	cli->plain = cli->globals.plain || env_set("ACCESSIBLE");
	cli->style = (struct wls_style){
		.color = wants_color(&cli->globals, terminal) && !cli->plain,
		.ascii = cli->globals.ascii,
		.cut = terminal || cli->globals.width > 0,
		.brief = terminal,
		.width = width_of(&cli->globals, terminal),
	};
	return read_clock(&cli->now);
}

struct wls_style wls_cli_style(const struct wls_cli *cli, const char *file)
{
	struct wls_style style = cli->style;

	if (!file || strcmp(file, "-") == 0)
		return style;
	style.color = cli->globals.color == WLS_COLOR_ALWAYS && !cli->plain;
	style.cut = cli->globals.width > 0;
	style.brief = false;
	style.width = width_of(&cli->globals, false);
	return style;
}
