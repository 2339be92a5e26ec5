/* SPDX-License-Identifier: MIT */
/*
 * Between edit_log.c and edit_lines.c.
 */
#ifndef WLS_TEST_EDIT_INTERNAL_H
#define WLS_TEST_EDIT_INTERNAL_H

#include "support/edit_log.h"
#include "support/log_lines.h"

struct edit_context {
	struct log_lines lines;
	struct test_random r; /* for what is written */
	const struct edit *edit;
	uint64_t turn; /* of picking, when one edit picks twice */
};

typedef bool edit_accept(const struct edit_context *c, size_t at);

/* A line that is accepted, or SIZE_MAX. */
size_t edit_pick(const struct edit_context *c, edit_accept *accept);
/* After the indent. */
bool edit_line_starts(const struct edit_context *c, size_t at, const char *prefix);
/* The edits that add, remove or move lines. */
void edit_lines(struct edit_context *c);

#endif
