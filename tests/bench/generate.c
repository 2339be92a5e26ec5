/* SPDX-License-Identifier: MIT */
/*
 * Writes the benchmarks' inputs: the same bytes on every machine.
 *
 *	bench_generate log ENTRIES FILE        one log
 *	bench_generate workspace LOGS FOLDER   the standing benchmark of graph.md: logs of 50 entries
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "support/generate.h"

static void die(const char *what)
{
	fprintf(stderr, "bench_generate: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void write_file(const char *path, const struct wls_buf *text)
{
	FILE *file = fopen(path, "wb");
	if (!file || fwrite(text->ptr, 1, text->len, file) != text->len || fclose(file) != 0)
		die(path);
}

static void write_log(uint32_t entries, const char *path)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct test_random r = {14};
	struct generate_log log = {.number = 1, .entries = entries, .status = "in_progress"};
	generate_log(&r, &log, &text);
	write_file(path, &text);
}

static void write_workspace(uint32_t logs, const char *folder)
{
	static const char *const statuses[] = {"in_progress", "in_progress", "in_progress",
					       "completed",   "blocked",     "needs_review"};
	struct test_random r = {2000};
	if (mkdir(folder, 0777) < 0 && errno != EEXIST)
		die(folder);
	for (uint32_t i = 0; i < logs; i++) {
		struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
		struct generate_need needs[GENERATE_NEEDS_MAX];
		struct generate_log log = {
			.number = i,
			.entries = 50,
			.newest_first = random_chance(&r, 50),
			.status = RANDOM_OF(&r, statuses),
			.needs = needs,
			.need_count = generate_needs(&r, i, needs),
		};
		generate_log(&r, &log, &text);
		wls_buf_printf(&path, "%s/", folder);
		generate_path(&path, i);
		write_file(wls_buf_str(&path), &text);
	}
}

int main(int argc, char **argv)
{
	uint32_t count = argc == 4 ? (uint32_t)strtoul(argv[2], NULL, 10) : 0;
	if (count > 0 && strcmp(argv[1], "log") == 0)
		write_log(count, argv[3]);
	else if (count > 0 && strcmp(argv[1], "workspace") == 0)
		write_workspace(count, argv[3]);
	else
		return fprintf(stderr, "usage: bench_generate log|workspace COUNT PATH\n"), 2;
	return 0;
}
