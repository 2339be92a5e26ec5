/* SPDX-License-Identifier: MIT */
/*
 * Runs two commands in turns and prints, for each, the least wall time in milliseconds and the
 * most memory in KiB:
 *
 *	bench_measure ROUNDS COMMAND… -- COMMAND…
 *
 * Their output goes to /dev/null. Turns, so that a busy machine hurts both.
 */
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "bench/clock.h"

extern char **environ;

struct peer {
	char **argv;
	double least;
	long memory;
};

static void run(struct peer *peer)
{
	posix_spawn_file_actions_t files;
	struct rusage usage;
	pid_t pid;
	int status;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	double start = clock_ms();
	if (posix_spawnp(&pid, peer->argv[0], &files, NULL, peer->argv, environ) != 0 ||
	    wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) != 0) {
		fprintf(stderr, "bench_measure: %s failed\n", peer->argv[0]);
		exit(2);
	}
	clock_least(&peer->least, start);
	if (usage.ru_maxrss > peer->memory)
		peer->memory = usage.ru_maxrss;
	posix_spawn_file_actions_destroy(&files);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0, split = 2;
	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (rounds <= 0 || split <= 2 || split + 1 >= argc)
		return fprintf(stderr, "usage: bench_measure ROUNDS COMMAND… -- COMMAND…\n"), 2;
	argv[split] = NULL;
	struct peer a = {.argv = argv + 2}, b = {.argv = argv + split + 1};
	for (int i = 0; i < rounds; i++) {
		run(&a);
		run(&b);
	}
	printf("%.3f %ld %.3f %ld\n", a.least, a.memory, b.least, b.memory);
	return 0;
}
