/* SPDX-License-Identifier: MIT */
/*
 * What is wanted of a few files, and what every Markdown of ours must hold.
 */
#ifndef REGION_SUPPORT_H
#define REGION_SUPPORT_H

#include "wlsync/plan.h"

/* A slice for static tables, which WLS_SLICE() cannot be in. */
#define SHOWN_SLICE(literal)                                                                       \
	{                                                                                          \
		(literal), sizeof(literal) - 1                                                     \
	}

struct shown_file {
	const char *path;
	struct wls_slice text;
};

/* A graph of the files and all that is wanted of its logs; options may be set before. */
struct shown_world {
	struct wls_plan_options options;
	struct wls_graph_options graph_options;
	struct wls_graph *graph;
	struct wls_wanted_list list;
};

/* Options as a push has them. */
void shown_world_init(struct shown_world *world);
/* Reads the files; once. */
void shown_world_read(struct shown_world *world, const struct shown_file *files, size_t count);
void shown_world_release(struct shown_world *world);
#define _cleanup_world_ _cleanup_(shown_world_release)

/* A world of one file, `Log-WorkLog.md`. */
void shown_world_of(struct shown_world *world, struct wls_slice text);
/* What is wanted of the log of that id; fails the test when there is none. */
const struct wls_wanted *shown_wanted(const struct shown_world *world, const char *id);
/* Adds the region of a log, without numbers. */
bool shown_region(const struct shown_world *world, const struct wls_wanted *wanted, size_t limit,
		  struct wls_buf *out);

/*
 * Fails the test unless `text` is whole Markdown that ends in a blank line, holds no HTML but our
 * <details>, no marker, no carriage return, no control, and leaves a marker line after it alone.
 */
void check_markdown(struct wls_slice text, const char *what);

/* Small, seeded; the same everywhere. */
uint32_t shown_random(uint64_t *state, uint32_t below);
/* Adds a log made of what is most likely to break out. */
void shown_hostile_log(uint64_t *state, struct wls_buf *out);

#endif
