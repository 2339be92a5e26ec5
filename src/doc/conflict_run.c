/* SPDX-License-Identifier: MIT */
/*
 * Finding complete runs of conflict markers.
 *
 * Layer: doc. Includes: base, lines.
 *
 * A marker alone is ordinary text (`=======` underlines headings, logs quote markers); only a whole
 * run in order is a conflict, so the first marker looks ahead. A search ends at the next `<<<<<<<`
 * of its size, and one that reached the end is remembered for its size; sizes are at most 255. So
 * each line is looked at a bounded number of times.
 */
#include "doc/conflict_run.h"

/* The place 0-3 of any marker-like line, with its size; -1 for none. */
static int marker_of(const struct wls_lines *lines, size_t *size)
{
	static const char marks[] = "<|=>";
	const char *line = lines->src + lines->begin;
	size_t len = lines->end - lines->begin, n = 0;
	const char *place = len < WLS_CONFLICT_RUN_MIN ? NULL : memchr(marks, line[0], 4);
	if (!place)
		return -1;
	while (n < len && line[n] == line[0])
		n++;
	bool labelled = n < len;
	if (n < WLS_CONFLICT_RUN_MIN || (labelled && (line[n] != ' ' || line[0] == '=')))
		return -1;
	*size = n;
	return (int)(place - marks);
}

static bool is_complete(struct wls_conflict_run *run, struct wls_lines ahead, size_t size)
{
	if (size > WLS_CONFLICT_RUN_MAX || (run->none_to_the_end[size / 64] >> (size % 64) & 1))
		return false;
	bool halved = false;
	while (wls_lines_next(&ahead)) {
		size_t n;
		int place = marker_of(&ahead, &n);
		if (place < 0 || n != size)
			continue;
		if (place == 0)
			return false;
		if (place == 3 && halved)
			return true;
		halved |= place == 2;
	}
	run->none_to_the_end[size / 64] |= UINT64_C(1) << (size % 64);
	return false;
}

int wls_conflict_run_next(struct wls_conflict_run *run, const struct wls_lines *lines)
{
	size_t size;
	int place = marker_of(lines, &size);
	if (place < 0)
		return -1;
	bool goes_on = run->size > 0 && size == run->size && place > run->place &&
		       (place < 3 || run->place == 2);
	if (!goes_on && (run->size > 0 || place != 0 || !is_complete(run, *lines, size)))
		return -1;
	run->size = place == 3 ? 0 : size;
	run->place = place;
	return place;
}
