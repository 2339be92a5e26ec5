/* SPDX-License-Identifier: MIT */
/*
 * Whole merges of lists and texts whose elements different sides changed, most of them neighbours:
 * each must stay at its place, and nothing else may happen.
 *
 * Layer: tests. Includes: base, merge.
 */
#include <criterion/criterion.h>

#include "wlsync/merge.h"

#define HEAD "# Neighbours Work Log\n\n## v1 | 2025-11-10 10:00 | Start\n\n"

enum { TEXTS = 4, COUNT_MAX = 12, WORDS = 5 };

static uint64_t seed_state;

static unsigned pick(unsigned n)
{
	seed_state = seed_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed_state >> 33) % n;
}

static const struct form {
	const char *head, *before, *between, *after, *tail;
} forms[] = {
	{"**Next:**\n", "- ", "", "\n", ""},
	{"**Next:**\n\n", "1. [ ] ", "\n", "\n", ""},
	{"", "", " ", ".", "\n"},
	{"", "", "\n", ".", "\n"},
	{"", "", "\n", "\n", ""},
	{"```\n", "", "", "\n", "```\n"},
	{"| K |\n|---|\n", "| ", "", " |\n", ""},
	{"**Done:** ", "", ", ", "", "\n"},
};

/* The elements: words of each, by text; of them `edit` is told apart. */
struct elements {
	unsigned words[COUNT_MAX][WORDS];
	unsigned edited[COUNT_MAX][TEXTS]; /* 0: not; else which way */
	unsigned count;
};

static void add_element(struct wls_buf *out, const struct elements *e, unsigned i, unsigned text)
{
	static const char *const words[] = {"cache",  "index", "gateway", "login", "invoice",
					    "mail",   "queue", "retry",   "token", "shard",
					    "report", "audit", "search",  "ledger"};
	unsigned way = e->edited[i][text];

	wls_buf_printf(out, "E%u", i);
	for (unsigned k = 0; k < WORDS; k++)
		wls_buf_printf(out, " %s", way == k + 1 ? "changed" : words[e->words[i][k]]);
	if (way > WORDS)
		wls_buf_add_str(out, " and more");
}

static void render(const struct form *form, const struct elements *e, unsigned text,
		   struct wls_buf *out)
{
	wls_buf_init(out, WLS_BUF_LIMIT);
	wls_buf_add_str(out, HEAD);
	wls_buf_add_str(out, form->head);
	for (unsigned i = 0; i < e->count; i++) {
		wls_buf_add_str(out, i > 0 ? form->between : "");
		wls_buf_add_str(out, form->before);
		add_element(out, e, i, text);
		wls_buf_add_str(out, form->after);
	}
	wls_buf_add_str(out, form->tail);
}

/* Every element may be changed by one side; texts 0 to 3 are base, ours, theirs, the result. */
static void make_elements(struct elements *e)
{
	*e = (struct elements){.count = 2 + pick(COUNT_MAX - 1)};
	for (unsigned i = 0; i < e->count; i++) {
		unsigned side = pick(3);

		for (unsigned k = 0; k < WORDS; k++)
			e->words[i][k] = pick(14);
		if (side > 0)
			e->edited[i][side] = e->edited[i][3] = 1 + pick(WORDS + 1);
	}
}

static void check_elements(const struct form *form, const struct elements *e)
{
	struct wls_buf texts[TEXTS];
	struct wls_merge_options options;
	struct wls_merge *merge = NULL;
	struct wls_error err;

	for (unsigned k = 0; k < TEXTS; k++)
		render(form, e, k, &texts[k]);
	const struct wls_slice sides[] = {wls_buf_slice(&texts[1]), wls_buf_slice(&texts[2])};
	wls_merge_options_init(&options);
	cr_assert_eq(wls_merge(&merge, wls_buf_slice(&texts[0]), sides, 2, &options, &err), 0);
	cr_expect(wls_slice_eq(wls_buf_slice(&merge->text), wls_buf_slice(&texts[3])),
		  "got:\n%.*s\nwant:\n%.*s", WLS_SLICE_ARG(wls_buf_slice(&merge->text)),
		  WLS_SLICE_ARG(wls_buf_slice(&texts[3])));
	wls_merge_free(merge);
	for (unsigned k = 0; k < TEXTS; k++)
		wls_buf_release(&texts[k]);
}

Test(neighbours, stay_at_their_places, .timeout = 120)
{
	enum { ROUNDS = 3000 };

	seed_state = 5;
	for (int round = 0; round < ROUNDS; round++) {
		struct elements e;

		make_elements(&e);
		check_elements(&forms[pick(WLS_ARRAY_SIZE(forms))], &e);
	}
}
