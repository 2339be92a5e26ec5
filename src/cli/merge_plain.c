/* SPDX-License-Identifier: MIT */
/*
 * git's own merge by lines: what it prints is taken through a pipe, so that the file it would
 * write itself, in place, is replaced in one step like every other result.
 *
 * Layer: cli. Includes: base, buf.
 */
#include "cli/merge_plain.h"

#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define CHUNK ((size_t)64 << 10)
#define WORDS_MAX 20
/* What it exits with: the number of conflicts up to 127, or -1. */
#define CONFLICTS_MAX 127
#define REFUSED 255

extern char **environ;

static int start(const struct wls_merge_plain *plain, int output, pid_t *child)
{
	char size[32], style[16];
	const char *words[WORDS_MAX] = {"git", "merge-file", "-p"};
	char *argv[WORDS_MAX];
	posix_spawn_file_actions_t actions;
	size_t n = 3;

	snprintf(size, sizeof(size), "--marker-size=%u", plain->marker_size);
	words[n++] = size;
	if (plain->style) {
		snprintf(style, sizeof(style), "--%s", plain->style);
		words[n++] = style;
	}
	words[n++] = "-L", words[n++] = plain->labels.ours;
	words[n++] = "-L", words[n++] = plain->labels.base;
	words[n++] = "-L", words[n++] = plain->labels.theirs;
	words[n++] = "--";
	words[n++] = plain->ours, words[n++] = plain->base, words[n++] = plain->theirs;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	/* posix_spawnp() changes no word, but its type does not say so. */
	memcpy(argv, words, sizeof(argv));
	int failed = posix_spawnp(child, "git", &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static bool read_output(int fd, struct wls_buf *out)
{
	for (;;) {
		WLS_GROW(out->ptr, out->cap, out->len + CHUNK + 1);
		ssize_t n = read(fd, out->ptr + out->len, CHUNK);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 || out->len + (size_t)n > out->limit)
			return false;
		out->len += (size_t)n;
		out->ptr[out->len] = '\0';
		if (n == 0)
			return true;
	}
}

static int failed(struct wls_error *err, const char *reason)
{
	return wls_error_set(err, WLS_E_GIT, "git merge-file: %s", reason);
}

int wls_merge_plain(const struct wls_merge_plain *plain, struct wls_buf *out, int *conflicts,
		    struct wls_error *err)
{
	int ends[2], status = 0;
	pid_t child;

	if (pipe(ends) < 0)
		return failed(err, strerror(errno));
	int reason = start(plain, ends[1], &child);
	close(ends[1]);
	bool complete = reason == 0 && read_output(ends[0], out);
	close(ends[0]);
	if (reason != 0)
		return failed(err, strerror(reason));
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return failed(err, strerror(errno));
	if (!complete || !WIFEXITED(status))
		return failed(err, "it did not end well");
	int answer = WEXITSTATUS(status);
	if (answer > CONFLICTS_MAX && answer != REFUSED)
		return failed(err, "it failed");
	*conflicts = answer == REFUSED ? -1 : answer;
	return 0;
}
