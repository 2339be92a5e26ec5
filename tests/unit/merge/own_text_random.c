/* SPDX-License-Identifier: MIT */
/*
 * Own texts: seeded random edits of atoms and lists, and the laws for each.
 *
 * Layer: tests. Includes: base, doc, merge.
 */
#include "own_world.h"

/* ---- random edits ---- */

static uint64_t seed_state;

static unsigned pick(unsigned n)
{
	seed_state = seed_state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed_state >> 33) % n;
}

/* Lines of slots; a value of a slot is an index into its texts, 0 often nothing. */
struct form {
	const char *before;
	enum wls_key holder;
	const char *head;
	const char *slots[7][4];
};

static const struct form forms[] = {
	{ENTRY "**Next:**\n",
	 WLS_KEY_NEXT,
	 "-",
	 {{" [ ]", " [x]"},
	  {"", " [HIGH]", " [MED]", " [LOW]"},
	  {"", " [BLOCKED]"},
	  {" alpha", " beta", " gamma"},
	  {"", " ⏳", " 40% 🔄", " ✅"}}},
	{ENTRY "**Next:**\n",
	 WLS_KEY_NEXT,
	 "*",
	 {{"", " [HIGH]", " [MED]"},
	  {" alpha", " beta <5%", " gamma"},
	  {" 40%", " 50%", " 7.5%"},
	  {"", " [BLOCKED]"}}},
	{ENTRY,
	 WLS_KEY_NONE,
	 "**Progress:**",
	 {{" 10%", " 20%", " 30% → 40%", " 50%"},
	  {" | A ⏳", " | A 🔄", " | A ✅"},
	  {"", " | Bee 10%", " | Bee 20%", " | Bee ✅"},
	  {" | C (x)", " | C (y)"},
	  {"", " · **Status:** blocked", " · **Status:** done"}}},
	{ENTRY,
	 WLS_KEY_NONE,
	 "## v7",
	 {{"", " | 2025-01-02", " | 2025-01-03"},
	  {" | alpha", " | beta", " | gamma"},
	  {"", " [BLOCKED]"},
	  {"", " ✅", " 🔄"}}},
	{ENTRY "| A | B | C |\n|---|---|---|\n",
	 WLS_KEY_NONE,
	 "|",
	 {{" a |", " b |", " c |"}, {"  |", " 1% |", " 2% |"}, {" x |", " y |", " z |"}}},
	{ENTRY "**Hypotheses:**\n",
	 WLS_KEY_HYPOTHESES,
	 "H1:",
	 {{" alpha", " beta"}, {" | Open", " | Refuted", " | ✅ Confirmed"}, {"", " | x", " | y"}}},
};

static unsigned slot_count(const struct form *form)
{
	unsigned n = 0;

	while (n < WLS_ARRAY_SIZE(form->slots) && form->slots[n][0])
		n++;
	return n;
}

static unsigned value_count(const struct form *form, unsigned slot)
{
	unsigned n = 0;

	while (n < WLS_ARRAY_SIZE(form->slots[slot]) && form->slots[slot][n])
		n++;
	return n;
}

static struct wls_slice render(const struct form *form, const unsigned *values, char *out)
{
	strcpy(out, form->head);
	for (unsigned i = 0; i < slot_count(form); i++)
		strcat(out, form->slots[i][values[i]]);
	strcat(out, "\n");
	return wls_slice_of(out);
}

Test(own_text, random_edits, .timeout = 120)
{
	enum { ROUNDS = 20000, SLOTS = 7 };
	struct world w;

	seed_state = 42;
	world_init(&w);
	for (int round = 0; round < ROUNDS; round++) {
		const struct form *form = &forms[pick(WLS_ARRAY_SIZE(forms))];
		unsigned values[4][SLOTS], slots = slot_count(form);
		bool disjoint = pick(2) == 0;
		char texts[4][256];

		for (unsigned i = 0; i < slots; i++) {
			unsigned n = value_count(form, i), owner = pick(3);

			values[0][i] = values[1][i] = values[2][i] = pick(n);
			if (owner == 0 || (!disjoint && pick(2) == 0))
				values[1][i] = pick(n);
			if (owner == 1 || (!disjoint && pick(2) == 0))
				values[2][i] = pick(n);
			values[3][i] = values[1][i] != values[0][i] ? values[1][i] : values[2][i];
		}
		w.before = form->before;
		w.holder = form->holder;
		struct wls_slice base = render(form, values[0], texts[0]);
		struct wls_slice ours = render(form, values[1], texts[1]);
		struct wls_slice theirs = render(form, values[2], texts[2]);
		if (disjoint) {
			struct wls_slice got = merge_texts(&w, &base, ours, theirs);

			cr_assert(!w.conflict, "%s%s%s: %s", texts[0], texts[1], texts[2],
				  w.reason);
			cr_assert(wls_slice_eq(got, render(form, values[3], texts[3])),
				  "%s%s%sgot  %.*swant %s", texts[0], texts[1], texts[2],
				  WLS_SLICE_ARG(got), texts[3]);
			world_forget(&w);
		}
		check_laws(&w, pick(8) == 0 ? NULL : &base, ours, theirs);
	}
}

/* Lists of elements, some of one name, in any order. */
static struct wls_slice random_list(const struct wls_slice *from, char *out)
{
	static const char *const words[] = {"a", "b", "c", "d", "e 10%", "e 20%", "e ✅", "f (x)"};
	bool first = true;

	strcpy(out, "**Done:**");
	if (from && pick(2) == 0)
		strcat(out, " ✅");
	for (unsigned i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		unsigned at = pick(8) == 0 ? pick(WLS_ARRAY_SIZE(words)) : i;

		if (pick(3) == 0)
			continue;
		strcat(out, first ? " " : ", ");
		strcat(out, words[at]);
		first = false;
	}
	strcat(out, "\n");
	return wls_slice_of(out);
}

Test(own_text, random_lists, .timeout = 120)
{
	enum { ROUNDS = 4000 };
	struct world w;
	unsigned clean = 0;

	seed_state = 7;
	world_init(&w);
	for (int round = 0; round < ROUNDS; round++) {
		char texts[3][256];
		struct wls_slice base = random_list(NULL, texts[0]);
		struct wls_slice ours = random_list(&base, texts[1]);
		struct wls_slice theirs = random_list(&base, texts[2]);

		clean += check_laws(&w, pick(8) == 0 ? NULL : &base, ours, theirs);
	}
	cr_expect_gt(clean, ROUNDS / 20);
}

/* Component i as a side has it; -1: not there. */
static void add_part(struct wls_buf *out, unsigned i, int percent)
{
	if (percent >= 0)
		wls_buf_printf(out, " | Part %u %d%%", i, percent);
}

/* More atoms than are searched one by one; edits of different ones, one side's order, equal names. */
Test(own_text, long_lists, .timeout = 120)
{
	enum { ROUNDS = 200, TEXTS = 4 };
	struct world w;

	seed_state = 11;
	world_init(&w);
	for (int round = 0; round < ROUNDS; round++) {
		struct wls_buf texts[TEXTS];
		unsigned count = 15 + pick(40), turn = pick(2) ? 1 + pick(count - 1) : 0;

		for (unsigned k = 0; k < TEXTS; k++) {
			wls_buf_init(&texts[k], WLS_BUF_LIMIT);
			wls_buf_add_str(&texts[k], "**Progress:** 5%");
		}
		int values[64][TEXTS];
		for (unsigned i = 0; i < count; i++) {
			unsigned side = pick(3);
			int edited = pick(3) ? (int)pick(90) + 10 : -1;

			for (unsigned k = 0; k < TEXTS; k++)
				values[i][k] = side > 0 && (k == side || k == 3) ? edited : 7;
		}
		/* Ours, and the result, begin with another component. */
		for (unsigned i = 0; i < count; i++)
			for (unsigned k = 0; k < TEXTS; k++) {
				unsigned at = k % 2 ? (i + turn) % count : i;

				add_part(&texts[k], at % 50, values[at][k]);
			}
		for (unsigned k = 0; k < TEXTS; k++)
			wls_buf_add_char(&texts[k], '\n');
		struct wls_slice base = wls_buf_slice(&texts[0]), ours = wls_buf_slice(&texts[1]);
		struct wls_slice theirs = wls_buf_slice(&texts[2]);
		if (count <= 50)
			check_text(merge_texts(&w, &base, ours, theirs), wls_buf_slice(&texts[3]),
				   "different components");
		world_forget(&w);
		check_laws(&w, pick(8) == 0 ? NULL : &base, ours, theirs);
		for (unsigned k = 0; k < TEXTS; k++)
			wls_buf_release(&texts[k]);
	}
}
