/* SPDX-License-Identifier: MIT */
/*
 * Runs two commands in turns and prints, for each, the median wall time in milliseconds and the
 * most memory in KiB:
 *
 *	bench_turns ROUNDS COMMAND… -- COMMAND…
 *
 * Their output goes to /dev/null. A merge that ends in conflicts has done its work: any exit
 * status but those of a failed start or of a signal counts.
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

enum { ROUNDS_MAX = 1000, FAILED_START = 126 };

extern char **environ;

struct peer {
	char **argv;
	double ms[ROUNDS_MAX];
	long memory;
};

static void run(struct peer *peer, int round)
{
	posix_spawn_file_actions_t files;
	struct rusage usage;
	pid_t pid;
	int status;
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
	double start = clock_ms();
	if (posix_spawnp(&pid, peer->argv[0], &files, NULL, peer->argv, environ) != 0 ||
	    wait4(pid, &status, 0, &usage) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) >= FAILED_START) {
		fprintf(stderr, "bench_turns: %s failed\n", peer->argv[0]);
		exit(2);
	}
	peer->ms[round] = clock_ms() - start;
	if (usage.ru_maxrss > peer->memory)
		peer->memory = usage.ru_maxrss;
	posix_spawn_file_actions_destroy(&files);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static double median(struct peer *peer, int rounds)
{
	qsort(peer->ms, (size_t)rounds, sizeof(double), compare);
	return peer->ms[rounds / 2];
}

int main(int argc, char **argv)
{
	static struct peer a, b;
	int rounds = argc > 1 ? (int)strtol(argv[1], NULL, 10) : 0, split = 2;
	while (split < argc && strcmp(argv[split], "--") != 0)
		split++;
	if (rounds <= 0 || rounds > ROUNDS_MAX || split <= 2 || split + 1 >= argc)
		return fprintf(stderr, "usage: bench_turns ROUNDS COMMAND… -- COMMAND…\n"), 2;
	argv[split] = NULL;
	a.argv = argv + 2;
	b.argv = argv + split + 1;
	for (int i = 0; i < rounds; i++) {
		run(&a, i);
		run(&b, i);
	}
	printf("%.3f %ld %.3f %ld\n", median(&a, rounds), a.memory, median(&b, rounds), b.memory);
	return 0;
}
