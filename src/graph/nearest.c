/* SPDX-License-Identifier: MIT */
/*
 * "Did you mean": the log whose name is nearest to one that does not exist.
 *
 * Layer: graph. Includes: base.
 *
 * Only a hint, never a resolution. The distance counts bytes that are inserted, deleted,
 * replaced or swapped with their neighbour (Damerau 1964, in the optimal-alignment form, with
 * three rows). A name is near when a third of it differs at most, or when it begins with the
 * same word ("Auth-Core", "Auth-Refactor"). Names over NAME_MAX_BYTES are not compared. Each
 * question costs O(logs × length²), so callers ask a limited number of them.
 */
#include "graph/graph_internal.h"

enum { NAME_MAX_BYTES = 64, FAR = 1000 };

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* The distance between two names of at most NAME_MAX_BYTES. */
static unsigned distance(struct wls_slice a, struct wls_slice b)
{
	unsigned rows[3][NAME_MAX_BYTES + 1];
	unsigned *before = rows[0], *above = rows[1], *row = rows[2], *spare;

	for (unsigned j = 0; j <= b.len; j++)
		above[j] = before[j] = j;
	for (unsigned i = 1; i <= a.len; i++) {
		row[0] = i;
		for (unsigned j = 1; j <= b.len; j++) {
			bool same = a.ptr[i - 1] == b.ptr[j - 1];

			row[j] = least(least(row[j - 1], above[j]) + 1, above[j - 1] + !same);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1])
				row[j] = least(row[j], before[j - 2] + 1);
		}
		spare = before;
		before = above;
		above = row;
		row = spare;
	}
	return above[b.len];
}

static size_t first_word(struct wls_slice name)
{
	size_t n = 0;

	while (n < name.len && name.ptr[n] != '-')
		n++;
	return n;
}

/* How far `name` is from `asked`; FAR when too far to be meant. */
static unsigned score(struct wls_slice asked, struct wls_slice name)
{
	size_t longer = asked.len > name.len ? asked.len : name.len;
	size_t word = first_word(asked);
	bool same_word =
		word >= 3 && word == first_word(name) && memcmp(asked.ptr, name.ptr, word) == 0;
	size_t apart = asked.len > name.len ? asked.len - name.len : name.len - asked.len;
	unsigned d;

	if (longer > NAME_MAX_BYTES || (!same_word && apart > longer / 3))
		return FAR;
	d = distance(asked, name);
	return same_word || d <= longer / 3 ? d : FAR;
}

uint32_t wls_graph_nearest(const struct wls_graph *graph, struct wls_slice folded)
{
	uint32_t best = WLS_LOG_NONE;
	unsigned best_score = FAR;

	if (folded.len == 0)
		return WLS_LOG_NONE;
	for (uint32_t i = 0; i < graph->log_count; i++) {
		unsigned s = score(folded, graph->logs[i].folded);

		if (s < best_score) {
			best = i;
			best_score = s;
		}
	}
	return best;
}
