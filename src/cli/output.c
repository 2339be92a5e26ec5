/* SPDX-License-Identifier: MIT */
/*
 * Writing facts and errors; what is written is checked.
 *
 * Layer: cli. Includes: base, buf, io, render.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "io/file.h"

/* Control characters of names must not reach a terminal. */
static void make_visible(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

static void WLS_PRINTF(1, 0) say(const char *fmt, va_list args)
{
	struct wls_buf line = WLS_BUF_INIT;

	wls_buf_vprintf(&line, fmt, args);
	if (line.ptr)
		make_visible(line.ptr);
	fprintf(stderr, "wlsync: %s\n", wls_buf_str(&line));
	wls_buf_release(&line);
}

void wls_cli_say(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
}

int wls_cli_fail(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(fmt, args);
	va_end(args);
	return WLS_EXIT_ERROR;
}

static int write_stdout(struct wls_slice facts)
{
	while (facts.len > 0) {
		ssize_t n = write(STDOUT_FILENO, facts.ptr, facts.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EPIPE)
			return WLS_EXIT_DONE;
		if (n < 0)
			return wls_cli_fail("cannot write the output: %s", strerror(errno));
		facts = wls_slice_from(facts, (size_t)n);
	}
	return WLS_EXIT_DONE;
}

int wls_cli_write(struct wls_cli *cli, const struct wls_buf *facts, const char *file)
{
	struct wls_error err;

	(void)cli;
	if (facts->overflow)
		return wls_cli_fail("the output is over %zu bytes: ask for less, with --focus",
				    facts->limit);
	if (!file || strcmp(file, "-") == 0)
		return write_stdout(wls_buf_slice(facts));
	if (wls_file_write(file, wls_buf_slice(facts), &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_EXIT_DONE;
}
