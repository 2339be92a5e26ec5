/* SPDX-License-Identifier: MIT */
/*
 * Hypotheses under one number. Which of two is the later, their texts' hashes tell, so a row is
 * checked for what must hold whoever it is.
 */
#include "merge/hypotheses.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "engine_support.h"

#define HEAD "## v1 | 2025-11-01 10:00 | x\n\n**Hypotheses:**\n"
#define ALPHA "the cache is cold"
#define BETA "no index there"

struct run {
	struct engine_test t;
	struct wls_hypotheses out;
	struct wls_merge merge;
	bool any;
	const char *texts[SIDES_MAX + 1]; /* as they are afterwards */
};

static void run(struct run *r, const char *const *texts, size_t sides)
{
	*r = (struct run){0};
	engine_read(&r->t, texts, sides);
	engine_match(&r->t);
	r->any = wls_hypotheses_renumber(&r->t.units, &r->out, &r->merge);
	for (size_t s = 0; s <= sides; s++)
		r->texts[s] = r->out.changed[s] ? wls_buf_str(&r->out.text[s]) : texts[s];
	cr_expect_not(r->out.changed[0], "the base keeps its numbers");
}

static void release(struct run *r)
{
	wls_hypotheses_release(&r->out);
	free(r->merge.renumberings);
	wls_arena_release(&r->merge.arena);
	engine_release(&r->t);
}

/* The number of the hypothesis that says `what`, or 0. */
static unsigned number_of(const char *text, const char *what)
{
	const char *at = strstr(text, what);
	unsigned number = 0;

	while (at && at > text && *at != 'H')
		at--;
	return at && sscanf(at, "H%u:", &number) == 1 ? number : 0;
}

/* What nobody may change. */
Test(merge_hypotheses, stay)
{
	static const char *const rows[][3] = {
		{HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n",
		 HEAD "- H1: first\n- H3: " BETA "\n"},
		{HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n",
		 HEAD "- H1: first\n- H2: " ALPHA "\n- z\n"},
		{HEAD "- H1: first\n", HEAD "- H1: first, and more\n", HEAD "- H1: first (no)\n"},
		{HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n", HEAD "- H1: first\n"},
		{HEAD "- a\n", HEAD "- a\n- HTTP: x\n", HEAD "- a\n- H: y\n- H12345678: z\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct run r;

		run(&r, rows[i], 2);
		cr_expect_not(r.any, "case %zu", i);
		cr_expect_eq(r.merge.renumbering_count, 0, "case %zu", i);
		release(&r);
	}
}

/* H2 of both: one keeps it, the other gets the next that is free. */
static void check_moved(const char *const *texts, unsigned next, const char *name)
{
	unsigned numbers[2][2];

	for (int turned = 0; turned < 2; turned++) {
		const char *sides[3] = {texts[0], texts[1 + turned], texts[2 - turned]};
		struct run r;

		run(&r, sides, 2);
		cr_expect(r.any, "%s", name);
		unsigned alpha = number_of(r.texts[1 + turned], ALPHA);
		unsigned beta = number_of(r.texts[2 - turned], BETA);
		cr_expect((alpha == 2 && beta == next) || (alpha == next && beta == 2),
			  "%s: H%u H%u", name, alpha, beta);
		cr_assert_eq(r.merge.renumbering_count, 1, "%s", name);
		const struct wls_renumbering *moved = &r.merge.renumberings[0];
		cr_expect(moved->letter == 'H' && moved->from == 2 && moved->to == next, "%s",
			  name);
		bool is_alpha = alpha == next;
		cr_expect(wls_slice_eq(moved->title, is_alpha ? WLS_SLICE(ALPHA) : WLS_SLICE(BETA)),
			  "%s: %.*s", name, WLS_SLICE_ARG(moved->title));
		cr_expect_eq(moved->side, (size_t)(is_alpha ? turned : 1 - turned), "%s", name);
		numbers[turned][0] = alpha;
		numbers[turned][1] = beta;
		release(&r);
	}
	cr_expect(numbers[0][0] == numbers[1][0] && numbers[0][1] == numbers[1][1],
		  "%s: not the same turned", name);
}

Test(merge_hypotheses, the_later_gets_the_next)
{
	static const struct {
		const char *name;
		const char *texts[3];
		unsigned next;
	} rows[] = {
		{"list items",
		 {HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n",
		  HEAD "- H1: first\n- H2: " BETA "\n"},
		 3},
		{"lines",
		 {HEAD "H1: first\n", HEAD "H1: first\nH2: " ALPHA "\n",
		  HEAD "H1: first\nH2: " BETA "\n"},
		 3},
		{"behind higher ones",
		 {HEAD "- H1: first\n- H7: seventh\n",
		  HEAD "- H1: first\n- H2: " ALPHA "\n- H7: seventh\n",
		  HEAD "- H1: first\n- H2: " BETA "\n- H7: seventh\n"},
		 8},
		{"a number of what both added is taken",
		 {HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n- H3: both said that\n",
		  HEAD "- H1: first\n- H2: " BETA "\n- H3: both said that\n"},
		 4},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_moved(rows[i].texts, rows[i].next, rows[i].name);
}

/* "(H2)" moves with its hypothesis in its entry: in what its side wrote, not in what the base has. */
Test(merge_hypotheses, references)
{
#define END "\n**Notes:** earlier, H2 was open.\n"
	static const char *const texts[3] = {
		HEAD "- H1: first\n" END,
		HEAD "- H1: first\n- H2: " ALPHA
		     "\n\n**Tried:**\n- warm it (H2)\n- `H2` in code\n" END,
		HEAD "- H1: first\n- H2: " BETA
		     "\n\n**Tried:**\n- look at it (H2)\n- `H2` in code\n" END,
	};
	struct run r;

	run(&r, texts, 2);
	for (size_t s = 1; s <= 2; s++) {
		unsigned number = number_of(r.texts[s], s == 1 ? ALPHA : BETA);
		char reference[32];

		snprintf(reference, sizeof(reference), "it (H%u)\n", number);
		cr_expect_not_null(strstr(r.texts[s], reference), "%s", r.texts[s]);
		cr_expect_not_null(strstr(r.texts[s], "`H2` in code"));
		cr_expect_not_null(strstr(r.texts[s], "earlier, H2 was open"));
	}
	release(&r);
}

/* One that both added, under two numbers, has the greater one. */
Test(merge_hypotheses, shared_under_two_numbers)
{
	static const char *const texts[3] = {HEAD "- H1: first\n",
					     HEAD "- H1: first\n- H2: " ALPHA "\n",
					     HEAD "- H1: first\n- H2: " BETA "\n- H3: " ALPHA "\n"};
	struct run r;

	run(&r, texts, 2);
	cr_expect(r.any);
	cr_expect_eq(number_of(r.texts[1], ALPHA), 3);
	cr_expect_eq(number_of(r.texts[2], ALPHA), 3);
	cr_expect_eq(number_of(r.texts[2], BETA), 2);
	release(&r);
}

Test(merge_hypotheses, three_sides)
{
	static const char *const texts[4] = {
		HEAD "- H1: first\n", HEAD "- H1: first\n- H2: " ALPHA "\n",
		HEAD "- H1: first\n- H2: " BETA "\n", HEAD "- H1: first\n- H2: a third thing\n"};
	unsigned seen = 0;
	struct run r;

	run(&r, texts, 3);
	seen |= 1u << number_of(r.texts[1], ALPHA);
	seen |= 1u << number_of(r.texts[2], BETA);
	seen |= 1u << number_of(r.texts[3], "a third");
	cr_expect_eq(seen, 1u << 2 | 1u << 3 | 1u << 4, "%x", seen);
	cr_expect_eq(r.merge.renumbering_count, 2);
	release(&r);
}
