/* SPDX-License-Identifier: MIT */
/*
 * Graphs made by hand for the tests of the renderers.
 */
#ifndef WLS_TESTS_RENDER_SAMPLE_H
#define WLS_TESTS_RENDER_SAMPLE_H

#include "render/report.h"

/* 2025-11-14T12:00:00Z */
struct wls_moment sample_now(void);

/* The seven logs of graph.md's drawings. */
const struct wls_graph *sample_mockup(void);

/* A graph of `logs` logs in waves of `per_wave`: each waits for one of the wave before. */
struct wls_graph *sample_waves(uint32_t logs, uint32_t per_wave);
/* A chain of `logs` logs: each waits for the one before it. */
struct wls_graph *sample_chain(uint32_t logs);
void sample_free(struct wls_graph *graph);

#endif
