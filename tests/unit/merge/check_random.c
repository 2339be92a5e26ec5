/* SPDX-License-Identifier: MIT */
/*
 * The check of conservation on random merges that are right by construction: each must pass whole,
 * and fail with one line lost, doubled, back, from nowhere, or gone from a conflict.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "merge/check.h"

enum { SIDES_MAX = 3, LINES_MAX = 400, LINE_SIZE = 24 };

struct list {
	char lines[LINES_MAX][LINE_SIZE];
	size_t count;
};

/* A line that two sides changed differently: what base and sides have there. */
struct disagreement {
	char lines[SIDES_MAX + 1][LINE_SIZE];
};

/* What became of the lines that occur once, for the damages. */
struct world {
	uint32_t seed, serial;
	struct list base, sides[SIDES_MAX], merged;
	struct list once;    /* in the result for one reason alone: losing or doubling is wrong */
	struct list removed; /* by a side, and nowhere else: seeing it again is wrong */
	struct disagreement disagreements[LINES_MAX]; /* in merged: '!' and the index */
	size_t disagreement_count;
	size_t side_count;
};

static uint32_t below(struct world *w, uint32_t n)
{
	w->seed ^= w->seed << 13;
	w->seed ^= w->seed >> 17;
	w->seed ^= w->seed << 5;
	return w->seed % n;
}

static void push(struct list *list, const char *line)
{
	cr_assert_lt(list->count, LINES_MAX);
	snprintf(list->lines[list->count++], LINE_SIZE, "%s", line);
}

static void push_all(struct world *w, size_t but, const char *line)
{
	for (size_t s = 0; s < w->side_count; s++)
		if (s != but)
			push(&w->sides[s], line);
}

/*
 * A new line; one in four is one of those that logs repeat. What is put into an entry of the base is
 * none that the entry may have: it would be the same item, moved.
 */
enum repeats { OF_BASE, OF_CHANGES, OF_NEW_ENTRIES };

static bool make_line(struct world *w, enum repeats repeats, char *line)
{
	static const char *const repeated[] = {"- [ ] Tests", "```", "**Status:** open",
					       "- later",     "}",   "- [x] Review"};
	if (below(w, 4) == 0) {
		uint32_t i = below(w, repeats == OF_NEW_ENTRIES ? 6 : 3);
		snprintf(line, LINE_SIZE, "%s", repeated[i + (repeats == OF_CHANGES ? 3 : 0)]);
		return false;
	}
	snprintf(line, LINE_SIZE, "- item %u", w->serial++);
	return true;
}

/* One side puts a line in, or all do, once in the result. */
static void insert(struct world *w)
{
	char line[LINE_SIZE];
	bool unique = make_line(w, OF_CHANGES, line);
	size_t side = below(w, (uint32_t)w->side_count);

	if (below(w, 5) == 0) {
		push_all(w, SIZE_MAX, line);
		push(&w->merged, line);
		return;
	}
	push(&w->sides[side], line);
	push(&w->merged, line);
	if (unique)
		push(&w->once, line);
}

/* The first and the last side make it something different, a third leaves it. */
static void disagree(struct world *w, const char *line)
{
	struct disagreement *d = &w->disagreements[w->disagreement_count];
	char mark[LINE_SIZE];

	for (size_t s = 0; s <= w->side_count; s++) {
		snprintf(d->lines[s], LINE_SIZE, "%s", line);
		if (s == 1 || s == w->side_count)
			make_line(w, OF_CHANGES, d->lines[s]);
		if (s > 0)
			push(&w->sides[s - 1], d->lines[s]);
	}
	snprintf(mark, sizeof(mark), "!%zu", w->disagreement_count++);
	push(&w->merged, mark);
}

/* A line of the base: kept, removed or replaced by one side, or removed by all. */
static void treat(struct world *w, const char *line, bool unique)
{
	size_t side = below(w, (uint32_t)w->side_count);
	char other[LINE_SIZE];

	push(&w->base, line);
	switch (below(w, 7)) {
	case 6:
		disagree(w, line);
		if (unique)
			push(&w->removed, line);
		break;
	case 0: /* replaced */
		if (make_line(w, OF_CHANGES, other))
			push(&w->once, other);
		push(&w->sides[side], other);
		push(&w->merged, other);
		__attribute__((fallthrough));
	case 1: /* removed */
		push_all(w, side, line);
		if (unique)
			push(&w->removed, line);
		break;
	case 2: /* by all */
		if (unique)
			push(&w->removed, line);
		break;
	default:
		push_all(w, SIZE_MAX, line);
		push(&w->merged, line);
		if (unique)
			push(&w->once, line);
	}
}

/* A heading is kept; new entries stand in one side alone. */
static void head(struct world *w, uint32_t number)
{
	char line[LINE_SIZE];

	snprintf(line, sizeof(line), "## v%u", number);
	push(&w->base, line);
	push_all(w, SIZE_MAX, line);
	push(&w->merged, line);
}

static void add_entries(struct world *w, uint32_t number)
{
	char line[LINE_SIZE];

	for (size_t s = 0; s < w->side_count; s++) {
		if (below(w, 2) == 0)
			continue;
		snprintf(line, sizeof(line), "## v%u", number++);
		push(&w->sides[s], line);
		push(&w->merged, line);
		for (uint32_t n = below(w, 5); n > 0; n--) {
			if (make_line(w, OF_NEW_ENTRIES, line))
				push(&w->once, line);
			push(&w->sides[s], line);
			push(&w->merged, line);
		}
	}
}

static void make_world(struct world *w, uint32_t seed, size_t sides)
{
	*w = (struct world){.seed = seed * 2654435761u + 1, .side_count = sides};
	uint32_t entries = below(w, 5);

	for (uint32_t e = 1; e <= entries; e++) {
		head(w, e);
		for (uint32_t n = below(w, 8); n > 0; n--) {
			char line[LINE_SIZE];
			bool unique = make_line(w, OF_BASE, line);
			treat(w, line, unique);
			if (below(w, 4) == 0)
				insert(w);
		}
	}
	add_entries(w, entries + 1);
}

static struct wls_slice join(struct wls_arena *arena, const struct list *list)
{
	_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;

	for (size_t i = 0; i < list->count; i++)
		wls_buf_printf(&text, "%s\n", list->lines[i]);
	return wls_arena_copy(arena, wls_buf_slice(&text));
}

/* With its ending; nothing when it is empty. */
static struct wls_slice line_of(struct wls_arena *arena, const char *line)
{
	const char *text = wls_arena_printf(arena, *line ? "%s\n" : "%s", line);

	return wls_slice_of(text);
}

static void add_merged(const struct world *w, const struct list *merged, struct wls_pieces *pieces)
{
	struct wls_slice variants[SIDES_MAX + 1];

	for (size_t i = 0; i < merged->count; i++) {
		const char *line = merged->lines[i];
		if (line[0] != '!') {
			wls_pieces_add_text(pieces, line_of(pieces->arena, line));
			continue;
		}
		const struct disagreement *d = &w->disagreements[strtoul(line + 1, NULL, 10)];
		for (size_t s = 0; s <= w->side_count; s++)
			variants[s] = line_of(pieces->arena, d->lines[s]);
		wls_pieces_add_conflict(pieces, variants, WLS_SLICE("p"), "r");
	}
}

static bool is_right(const struct world *w, const struct list *result)
{
	struct wls_arena arena = {0};
	struct wls_pieces pieces = {.arena = &arena, .sides = w->side_count};
	struct wls_slice texts[SIDES_MAX + 1] = {join(&arena, &w->base)};

	for (size_t s = 0; s < w->side_count; s++)
		texts[s + 1] = join(&arena, &w->sides[s]);
	add_merged(w, result, &pieces);
	bool right = wls_check_conservation(&pieces, texts, NULL);
	wls_pieces_release(&pieces);
	wls_arena_release(&arena);
	return right;
}

/* For messages. */
static const char *show(const struct world *w)
{
	static char text[8192];
	struct wls_arena arena = {0};
	int at = snprintf(text, sizeof(text), "base:\n%s", join(&arena, &w->base).ptr);

	for (size_t s = 0; s < w->side_count; s++)
		at += snprintf(text + at, sizeof(text) - (size_t)at, "side %zu:\n%s", s + 1,
			       join(&arena, &w->sides[s]).ptr);
	snprintf(text + at, sizeof(text) - (size_t)at, "merged:\n%s", join(&arena, &w->merged).ptr);
	wls_arena_release(&arena);
	return text;
}

static void drop(struct list *list, const char *line)
{
	for (size_t i = 0; i < list->count; i++) {
		if (strcmp(list->lines[i], line) != 0)
			continue;
		memmove(list->lines[i], list->lines[i + 1], (list->count - i - 1) * LINE_SIZE);
		list->count--;
		return;
	}
	cr_assert_fail("%s is not there", line);
}

/* A conflict without what one side has there, or with what it has not. */
static void damage_conflict(struct world *w)
{
	struct disagreement *d = &w->disagreements[below(w, (uint32_t)w->disagreement_count)];
	char *line = d->lines[below(w, 2) ? 1 : w->side_count], kept[LINE_SIZE];

	if (strncmp(line, "- item", 6) != 0)
		return;
	memcpy(kept, line, LINE_SIZE);
	line[0] = '\0';
	cr_assert_not(is_right(w, &w->merged), "%s lost in a conflict: %s", kept, show(w));
	snprintf(line, LINE_SIZE, "from nowhere");
	cr_assert_not(is_right(w, &w->merged), "%s replaced: %s", kept, show(w));
	memcpy(line, kept, LINE_SIZE);
}

Test(check_random, merges)
{
	static struct world w;
	static struct list damaged;
	size_t damages = 0;

	for (uint32_t seed = 0; seed < 6000; seed++) {
		make_world(&w, seed, 1 + seed % SIDES_MAX);
		cr_assert(is_right(&w, &w.merged), "seed %u: %s", seed, show(&w));

		if (w.disagreement_count > 0)
			damage_conflict(&w);
		damaged = w.merged;
		push(&damaged, "from nowhere");
		cr_assert_not(is_right(&w, &damaged), "invented, seed %u", seed);
		if (w.removed.count > 0) {
			const char *line = w.removed.lines[below(&w, (uint32_t)w.removed.count)];
			damaged = w.merged;
			push(&damaged, line);
			cr_assert_not(is_right(&w, &damaged), "%s back, seed %u: %s", line, seed,
				      show(&w));
		}
		if (w.once.count == 0)
			continue;
		const char *line = w.once.lines[below(&w, (uint32_t)w.once.count)];
		damaged = w.merged;
		push(&damaged, line);
		cr_assert_not(is_right(&w, &damaged), "%s twice, seed %u: %s", line, seed,
			      show(&w));
		drop(&damaged, line);
		cr_assert(is_right(&w, &damaged), "%s elsewhere, seed %u: %s", line, seed,
			  show(&w));
		drop(&damaged, line);
		cr_assert_not(is_right(&w, &damaged), "%s lost, seed %u: %s", line, seed, show(&w));
		damages++;
	}
	cr_assert_gt(damages, 4000);
}
