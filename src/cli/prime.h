/* SPDX-License-Identifier: MIT */
/*
 * Between the files of `wlsync prime`.
 *
 * Layer: cli. Includes: base, graph, render.
 *
 * cmd_prime.c        options, what happened since a stale pin, output
 * prime_failures.c   what failed
 */
#ifndef WLS_CLI_PRIME_H
#define WLS_CLI_PRIME_H

#include "cli/workspace.h"
#include "render/prime.h"

/* Adds what failed in the log, whose files are read again; texts are in the arena. */
void wls_prime_failures(struct wls_prime *prime, const struct wls_workspace *ws, uint32_t log,
			struct wls_arena *arena);

#endif
