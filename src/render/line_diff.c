/* SPDX-License-Identifier: MIT */
/*
 * Differences of two texts, line by line.
 *
 * Layer: render. Includes: base.
 *
 * The problem: from one text make the other by removing and adding as few lines as can be. The idea
 * (Myers, "An O(ND) Difference Algorithm and Its Variations", 1986): think of a grid, the lines of
 * one text to the right, those of the other downward. A step to the right removes a line, a step
 * down adds one, a step along a diagonal keeps one and costs nothing. For d = 0, 1, 2, … find on every
 * diagonal the furthest point that d paid steps reach, from those of d - 1; the first d that reaches
 * the far corner is the answer, and the points that were kept tell the way back.
 *
 *       a  b  c        a      kept
 *     +--------        b      removed
 *   a | \              c      kept
 *   c |    _  \        d      added
 *   d |       |
 *
 * Equal lines at both ends are taken off first, which in a region is nearly everything. Beyond
 * WLS_DIFF_MOST differing lines nobody reads the result: then all of the middle is removed and added.
 */
#include "render/line_diff.h"

struct texts {
	struct wls_slice *from, *to;
	size_t from_count, to_count;
	bool *gone, *fresh; /* a line of `from` is removed; one of `to` is added */
};

/* The part that differs, from the first to the last line that does. */
struct middle {
	const struct wls_slice *from, *to;
	int32_t from_count, to_count;
	bool *gone, *fresh;
};

/* The furthest x on every diagonal for every number of paid steps. */
struct trace {
	int32_t *x;
	size_t cap;
};

static struct wls_slice *split(struct wls_slice text, struct wls_arena *arena, size_t *count)
{
	struct wls_slice rest = text, line;

	*count = 0;
	while (wls_slice_next_line(&rest, &line))
		++*count;
	struct wls_slice *lines = WLS_ARENA_ARRAY(arena, struct wls_slice, *count + 1);
	for (size_t i = 0; wls_slice_next_line(&text, &line); i++)
		lines[i] = line;
	return lines;
}

/* d paid steps reach diagonals -d to d; those of smaller d take d² places. */
static int32_t *trace_at(const struct trace *trace, int32_t d, int32_t diagonal)
{
	return &trace->x[(size_t)d * (size_t)d + (size_t)(diagonal + d)];
}

/* Whether the furthest point on the diagonal is reached by a step down, from the diagonal above. */
static bool comes_down(const struct trace *trace, int32_t d, int32_t diagonal)
{
	if (diagonal == -d || diagonal == d)
		return diagonal == -d;
	return *trace_at(trace, d - 1, diagonal - 1) < *trace_at(trace, d - 1, diagonal + 1);
}

/* Where d steps come to on a diagonal before they follow it. */
static int32_t entry_point(const struct trace *trace, int32_t d, int32_t diagonal)
{
	if (d == 0)
		return 0;
	if (comes_down(trace, d, diagonal))
		return *trace_at(trace, d - 1, diagonal + 1);
	return *trace_at(trace, d - 1, diagonal - 1) + 1;
}

/* The smallest number of paid steps to the far corner, or -1 when it is over WLS_DIFF_MOST. */
static int32_t search(const struct middle *mid, struct trace *trace)
{
	for (int32_t d = 0; d <= WLS_DIFF_MOST; d++) {
		WLS_GROW(trace->x, trace->cap, (size_t)(d + 1) * (size_t)(d + 1));
		for (int32_t diagonal = -d; diagonal <= d; diagonal += 2) {
			int32_t x = entry_point(trace, d, diagonal);
			int32_t y = x - diagonal;
			while (x < mid->from_count && y < mid->to_count &&
			       wls_slice_eq(mid->from[x], mid->to[y])) {
				x++;
				y++;
			}
			*trace_at(trace, d, diagonal) = x;
			if (x >= mid->from_count && y >= mid->to_count)
				return d;
		}
	}
	return -1;
}

/* Marks the paid steps of the way that search() found, from its end. */
static void walk_back(const struct middle *mid, const struct trace *trace, int32_t steps)
{
	int32_t diagonal = mid->from_count - mid->to_count;

	for (int32_t d = steps; d > 0; d--) {
		int32_t x = entry_point(trace, d, diagonal);
		if (comes_down(trace, d, diagonal)) {
			mid->fresh[x - diagonal - 1] = true;
			diagonal++;
		} else {
			mid->gone[x - 1] = true;
			diagonal--;
		}
	}
}

static void mark_middle(const struct middle *mid)
{
	struct trace trace = {0};
	int32_t steps = search(mid, &trace);

	if (steps >= 0)
		walk_back(mid, &trace, steps);
	for (int32_t i = 0; steps < 0 && i < mid->from_count; i++)
		mid->gone[i] = true;
	for (int32_t i = 0; steps < 0 && i < mid->to_count; i++)
		mid->fresh[i] = true;
	free(trace.x);
}

static void mark(const struct texts *texts)
{
	size_t from_count = texts->from_count, to_count = texts->to_count;
	size_t head = 0;

	while (head < from_count && head < to_count &&
	       wls_slice_eq(texts->from[head], texts->to[head]))
		head++;
	while (from_count > head && to_count > head &&
	       wls_slice_eq(texts->from[from_count - 1], texts->to[to_count - 1])) {
		from_count--;
		to_count--;
	}
	mark_middle(&(struct middle){
		.from = texts->from + head,
		.to = texts->to + head,
		.from_count = (int32_t)(from_count - head),
		.to_count = (int32_t)(to_count - head),
		.gone = texts->gone + head,
		.fresh = texts->fresh + head,
	});
}

struct wls_diff_line *wls_line_diff(struct wls_slice from, struct wls_slice to,
				    struct wls_arena *arena, size_t *count)
{
	struct texts texts = {0};
	size_t i = 0, j = 0, n = 0;

	texts.from = split(from, arena, &texts.from_count);
	texts.to = split(to, arena, &texts.to_count);
	texts.gone = WLS_ARENA_ARRAY(arena, bool, texts.from_count + 1);
	texts.fresh = WLS_ARENA_ARRAY(arena, bool, texts.to_count + 1);
	mark(&texts);
	struct wls_diff_line *lines =
		WLS_ARENA_ARRAY(arena, struct wls_diff_line, texts.from_count + texts.to_count + 1);
	while (i < texts.from_count || j < texts.to_count) {
		if (i < texts.from_count && texts.gone[i]) {
			lines[n++] = (struct wls_diff_line){WLS_DIFF_REMOVED, texts.from[i++]};
		} else if (j < texts.to_count && texts.fresh[j]) {
			lines[n++] = (struct wls_diff_line){WLS_DIFF_ADDED, texts.to[j++]};
		} else {
			lines[n++] = (struct wls_diff_line){WLS_DIFF_SAME, texts.from[i++]};
			j++;
		}
	}
	*count = n;
	return lines;
}

size_t wls_diff_narrow(struct wls_diff_line *lines, size_t count, size_t context)
{
	size_t kept = 0, next = 0; /* the next line that differs, at or after i; count: none */
	size_t since = SIZE_MAX;   /* same lines since the last one that differs */
	bool left_out = false;

	for (size_t i = 0; i < count; i++) {
		for (next = next < i ? i : next; next < count && lines[next].op == WLS_DIFF_SAME;)
			next++;
		since = lines[i].op != WLS_DIFF_SAME ? 0 : since == SIZE_MAX ? since : since + 1;
		bool before = next < count && next - i <= context;
		if (!before && since > context) {
			left_out = kept > 0;
			continue;
		}
		/* The place of a line that was left out is free. */
		if (left_out)
			lines[kept++] = (struct wls_diff_line){.op = WLS_DIFF_GAP};
		left_out = false;
		lines[kept++] = lines[i];
	}
	return kept;
}
