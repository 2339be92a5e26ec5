/* SPDX-License-Identifier: MIT */
/*
 * Joining reworded units: lists of a base and one side, joined by nothing else. Items are told by
 * their first letters.
 */
#include "merge/similar.h"

#include "engine_support.h"

#include <criterion/criterion.h>
#include <stdio.h>

enum { ITEMS_MAX = 64 };

struct lists {
	struct engine_test t;
	struct wls_unit *items[2][ITEMS_MAX];
	size_t counts[2];
};

/* Items of the field that are not one yet; the fields themselves are. */
static void read_lists(struct lists *l, const char *base, const char *side)
{
	struct wls_buf _cleanup_buf_ x = WLS_BUF_INIT, _cleanup_buf_ y = WLS_BUF_INIT;

	wls_buf_printf(&x, "## v1 | x\n\n**Next:**\n%s", base);
	wls_buf_printf(&y, "## v1 | x\n\n**Next:**\n%s", side);
	const char *const texts[2] = {wls_buf_str(&x), wls_buf_str(&y)};
	engine_read(&l->t, texts, 1);
	engine_open_all(&l->t);
	struct wls_unit *p = find_unit(&l->t, 0, "Next"), *q = find_unit(&l->t, 1, "Next");
	cr_assert(p && q);
	wls_units_join(&l->t.units, p, q);
	for (size_t s = 0; s < 2; s++) {
		l->counts[s] = 0;
		for (struct wls_unit *u = (s ? q : p)->first; u; u = u->next) {
			struct wls_unit *v = s ? p->first : q->first;
			while (v && v->hash != u->hash)
				v = v->next;
			if (v) /* equal ones are joined before */
				wls_units_join(&l->t.units, u, v);
			else
				l->items[s][l->counts[s]++] = u;
			cr_assert_lt(l->counts[s], ITEMS_MAX);
		}
	}
}

static struct wls_slice name_of(const struct lists *l, const struct wls_unit *u)
{
	struct wls_slice s = wls_slice_from(wls_unit_bytes(&l->t.units, u), 2);

	return wls_slice(s.ptr, strcspn(s.ptr, " \n"));
}

/* `a=b c=d` for what became one; the names are the first words. */
static void join(struct lists *l, uint32_t least_words, bool turned, struct wls_buf *out)
{
	wls_units_join_similar(&l->t.units, l->items[turned], l->counts[turned], l->items[!turned],
			       l->counts[!turned], least_words);
	for (size_t i = 0; i < l->counts[0]; i++) {
		const struct wls_unit *u = l->items[0][i], *v = u->class->unit[1];
		if (v)
			wls_buf_printf(out, "%s%.*s=%.*s", out->len > 0 ? " " : "",
				       WLS_SLICE_ARG(name_of(l, u)), WLS_SLICE_ARG(name_of(l, v)));
	}
}

Test(merge_similar, pairs)
{
	static const struct {
		const char *name, *base, *side, *want;
		uint32_t least_words;
	} rows[] = {
		{"nothing", "", "", "", 0},
		{"one list is empty", "- a1 x y\n", "", "", 0},
		{"half is enough", "- a1 x y z\n", "- b1 x y q\n", "a1=b1", 0},
		{"less is not", "- a1 x y z w\n", "- b1 x y q r\n", "", 0},
		{"the most similar first", "- a1 x y z w\n- a2 x y z q\n", "- b1 x y z q\n",
		 "a2=b1", 0},
		{"each once", "- a1 x y z\n", "- b1 x y z\n- b2 x y z\n", "a1=b1", 0},
		{"ties: the nearest", "- a1 x y z\n- a2 x y z\n", "- b1 x y z\n- b2 x y z\n",
		 "a1=b1 a2=b2", 0},
		{"order does not matter", "- a1 x y z\n- a2 q r s\n", "- b2 q r s\n- b1 x y z\n",
		 "a1=b1 a2=b2", 0},
		{"kinds must be equal", "- a1 x y z\n\na1 text q r s\n", "- b1 q r s text\n", "",
		 0},
		{"enough words", "- a1 x y z\n", "- b1 x y z\n", "a1=b1", 4},
		{"too few words", "- a1 x y\n", "- b1 x y\n", "", 4},
		{"not all are too short", "- a1 x y\n- a2 q r s\n", "- b1 x y\n- b2 q r s\n",
		 "a2=b2", 4},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		for (int turned = 0; turned < 2; turned++) {
			struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
			struct lists l;

			read_lists(&l, rows[i].base, rows[i].side);
			join(&l, rows[i].least_words, turned, &got);
			cr_expect_str_eq(wls_buf_str(&got), rows[i].want, "%s: %s", rows[i].name,
					 wls_buf_str(&got));
			engine_release(&l.t);
		}
}

/* Twenty items share every word: eight of them are looked at, and the one in its gap. */
Test(merge_similar, the_same_gap_first)
{
	struct wls_buf _cleanup_buf_ base = WLS_BUF_INIT, _cleanup_buf_ side = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	struct lists l;

	for (int i = 0; i < 20; i++) {
		wls_buf_printf(&base, "- same%d\n- o%d x y z w\n", i, i);
		wls_buf_printf(&side, "- same%d\n- n%d x y z w\n", i, i);
	}
	read_lists(&l, wls_buf_str(&base), wls_buf_str(&side));
	cr_assert_eq(l.counts[0], 20);
	join(&l, 0, false, &got);
	for (int i = 0; i < 20; i++) {
		char pair[32];
		snprintf(pair, sizeof(pair), "o%d=n%d", i, i);
		cr_expect_not_null(strstr(wls_buf_str(&got), pair), "%s", pair);
	}
	engine_release(&l.t);
}

/* Without places a common word finds eight candidates at most, a rare one finds its unit. */
Test(merge_similar, rarest_words_find_it)
{
	struct wls_buf _cleanup_buf_ base = WLS_BUF_INIT, _cleanup_buf_ side = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	struct lists l;

	for (int i = 0; i < 40; i++) {
		wls_buf_printf(&base, "- o%d x y rare%d w\n", i, i);
		wls_buf_printf(&side, "- n%d x y rare%d w\n", 39 - i, 39 - i);
	}
	read_lists(&l, wls_buf_str(&base), wls_buf_str(&side));
	join(&l, 4, false, &got);
	for (int i = 0; i < 40; i++) {
		char pair[32];
		snprintf(pair, sizeof(pair), "o%d=n%d", i, i);
		cr_expect_not_null(strstr(wls_buf_str(&got), pair), "%s", pair);
	}
	engine_release(&l.t);
}
