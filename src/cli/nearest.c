/* SPDX-License-Identifier: MIT */
/*
 * Damerau-Levenshtein distance (neighbours that changed places count once), in three rows.
 *
 * Layer: cli. Includes: base.
 *
 * Words over WORD_MAX bytes are near nothing: nobody misspells that much by accident.
 */
#include "cli/nearest.h"

#define WORD_MAX 64u

static size_t min3(size_t a, size_t b, size_t c)
{
	size_t least = a < b ? a : b;

	return least < c ? least : c;
}

static size_t distance(struct wls_slice a, struct wls_slice b)
{
	size_t rows[3][WORD_MAX + 1];

	for (size_t j = 0; j <= b.len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *higher = rows[(i + 1) % 3];
		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t change = a.ptr[i - 1] != b.ptr[j - 1];
			row[j] = min3(above[j] + 1, row[j - 1] + 1, above[j - 1] + change);
			if (i > 1 && j > 1 && a.ptr[i - 1] == b.ptr[j - 2] &&
			    a.ptr[i - 2] == b.ptr[j - 1] && higher[j - 2] + 1 < row[j])
				row[j] = higher[j - 2] + 1;
		}
	}
	return rows[a.len % 3][b.len];
}

void wls_nearest_init(struct wls_nearest *nearest, struct wls_slice word)
{
	/* A third of a word may be wrong. */
	*nearest = (struct wls_nearest){.word = word, .distance = word.len / 3 + 1};
}

void wls_nearest_offer(struct wls_nearest *nearest, const char *candidate)
{
	struct wls_slice other = wls_slice_of(candidate);

	if (nearest->word.len > WORD_MAX || other.len > WORD_MAX)
		return;
	size_t d = distance(nearest->word, other);
	bool tie = d == nearest->distance && nearest->best;
	/* All letters changed is no misspelling. */
	if (d > nearest->distance || d >= other.len ||
	    (tie && strcmp(candidate, nearest->best) >= 0))
		return;
	nearest->best = candidate;
	nearest->distance = d;
}
