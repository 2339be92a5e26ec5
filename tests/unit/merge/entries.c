/* SPDX-License-Identifier: MIT */
/*
 * Entries across the sides: who is who, which number each gets, in which order new ones stand.
 * Logs are written as specs: see engine_support.h.
 */
#include "engine_support.h"

#include <criterion/criterion.h>
#include <stdio.h>

#include "support/random.h"

struct row {
	const char *name;
	const char *texts[3]; /* base, ours, theirs */
	const char *entries;
	const char *tail;
	int newest_side;
};

static const char *swap(const char *text, struct wls_buf *out)
{
	/* `a/b/c=n` with the sides in the other order. */
	for (; *text; text += *text == ' ') {
		size_t first = strcspn(text, "/"), second, third;
		const char *ours = text + first + 1, *theirs;

		second = strcspn(ours, "/");
		theirs = ours + second + 1;
		third = strcspn(theirs, "=");
		wls_buf_printf(out, "%s%.*s/%.*s/%.*s", out->len > 0 ? " " : "", (int)first, text,
			       (int)third, theirs, (int)second, ours);
		text = theirs + third;
		wls_buf_add(out, text, strcspn(text, " "));
		text += strcspn(text, " ");
	}
	return wls_buf_str(out);
}

static int compare_words(const void *x, const void *y)
{
	const struct wls_slice *a = x, *b = y;

	return wls_slice_cmp(*a, *b);
}

/* Whether two lists of words hold the same words. */
static bool same_words(const char *a, const char *b)
{
	struct wls_slice words[2][64];
	const char *texts[2] = {a, b};
	size_t counts[2] = {0, 0};

	for (size_t k = 0; k < 2; k++) {
		for (const char *at = texts[k]; *at; at += strspn(at, " ")) {
			size_t n = strcspn(at, " ");

			cr_assert_lt(counts[k], 64);
			words[k][counts[k]++] = wls_slice(at, n);
			at += n;
		}
		qsort(words[k], counts[k], sizeof(words[k][0]), compare_words);
	}
	for (size_t i = 0; i < counts[0] && i < counts[1]; i++)
		if (!wls_slice_eq(words[0][i], words[1][i]))
			return false;
	return counts[0] == counts[1];
}

static void check_row(const struct row *row)
{
	for (int turned = 0; turned < 2; turned++) {
		const char *texts[3] = {row->texts[0], row->texts[1 + turned],
					row->texts[2 - turned]};
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT, _cleanup_buf_ tail = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ want = WLS_BUF_INIT;
		struct engine_test t;

		engine_read_entries(&t, texts, 2);
		engine_match_entries(&t);
		describe_entries(&t.entries, &got);
		describe_tail(&t.entries, &tail);
		if (turned)
			swap(row->entries, &want);
		else
			wls_buf_add_str(&want, row->entries);
		cr_expect(same_words(wls_buf_str(&got), wls_buf_str(&want)),
			  "%s%s: entries\n got  %s\n want %s", row->name, turned ? " (turned)" : "",
			  wls_buf_str(&got), wls_buf_str(&want));
		cr_expect_str_eq(wls_buf_str(&tail), row->tail, "%s: tail: %s", row->name,
				 wls_buf_str(&tail));
		int newest =
			row->newest_side > 0 && turned ? 3 - row->newest_side : row->newest_side;
		cr_expect_eq(t.entries.newest_side, newest, "%s: newest on %d", row->name,
			     t.entries.newest_side);
		engine_release(&t);
	}
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_row(&rows[i]);
}

/* ---- who is who ---- */

Test(merge_entries, matches)
{
	static const struct row rows[] = {
		{"nothing new", {"1a 2b", "1a 2b", "1a 2b"}, "1/1/1=1 2/2/2=2", "", 0},
		{"no entries at all", {"", "", ""}, "", "", 0},
		{"by bytes, wherever they stand",
		 {"1a 2b 3c", "3c 1a 2b", "1a 2b 3c"},
		 "1/1/1=1 2/2/2=2 3/3/3=3",
		 "",
		 0},
		{"by bytes, equal twice, in order",
		 {"1a 1a", "1a 1a", "1a 1a"},
		 "1/1/1=1 1/1/1=1",
		 "",
		 0},
		{"by text under another number",
		 {"1a 2b", "1a 3b", "1a 2b"},
		 "1/1/1=1 2/3/2=3",
		 "",
		 0},
		{"by text when its reference moved too",
		 {"1a 2b&", "1a 4b&", "1a 2b&"},
		 "1/1/1=1 2/4/2=4",
		 "",
		 0},
		{"by date and title, other text",
		 {"1a 2b@3", "1a 2b!@3", "1a 2b@3"},
		 "1/1/1=1 2/2/2=2",
		 "",
		 0},
		{"by date, time and title under another number",
		 {"1a 2b@3.9", "1a 3b!@3.9", "1a 2b@3.9"},
		 "1/1/1=1 2/3/2=3",
		 "",
		 0},
		{"by number with a similar text",
		 {"1a 2b", "1a 2b%'", "1a 2b"},
		 "1/1/1=1 2/2/2=2",
		 "",
		 0},
		{"never by number alone",
		 {"1a 2b", "1a 2c", "1a 2b"},
		 "1/1/1=1 2/-/2=gone -/2/-=2",
		 "c2",
		 1},
		{"through both sides", {"1a 2b", "1a 2b%'", "1a 2b%'"}, "1/1/1=1 2/2/2=2", "", 0},
		{"similar text under another number is another",
		 {"1a 2b", "1a 3b'", "1a 2b"},
		 "1/1/1=1 2/-/2=gone -/3/-=3",
		 "b3",
		 1},
		{"removed by one", {"1a 2b", "1a", "1a 2b"}, "1/1/1=1 2/-/2=gone", "", 0},
		{"removed by both", {"1a 2b", "1a", "1a"}, "1/1/1=1 2/-/-=gone", "", 0},
		{"removed by one, edited by the other",
		 {"1a 2b", "1a", "1a 2b'"},
		 "1/1/1=1 2/-/2=2",
		 "",
		 0},
		{"removed by one, another number by the other",
		 {"1a 2b", "1a", "1a 3b"},
		 "1/1/1=1 2/-/3=gone",
		 "",
		 0},
		{"continuations keep their own",
		 {"1a 1a+", "1a 1a+", "1a 1a+"},
		 "1/1/1=1 1/1/1=1",
		 "",
		 0},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_entries, both_added)
{
	static const struct row rows[] = {
		{"the same bytes", {"1a", "1a 2b", "1a 2b"}, "1/1/1=1 -/2/2=2", "b2", 0},
		{"the same under two numbers",
		 {"1a", "1a 2b", "1a 3b"},
		 "1/1/1=1 -/2/3=3",
		 "b3",
		 0},
		{"the same stamp, other text",
		 {"1a", "1a 2b@3.9", "1a 2b!@3.9"},
		 "1/1/1=1 -/2/2=2",
		 "b2",
		 0},
		{"the same stamp, other title",
		 {"1a", "1a 2b@3.8", "1a 2b%!@3.8 3d@4.9"},
		 NULL,
		 NULL,
		 2},
		{"a day says too little: another text",
		 {"1a", "1a 2b@3", "1a 2b!@3"},
		 NULL,
		 NULL,
		 -1},
		{"a day and a similar text",
		 {"1a", "1a 2b@3", "1a 2b'@3"},
		 "1/1/1=1 -/2/2=2",
		 "b2",
		 0},
		{"undated and a similar text",
		 {"1a", "1a 2b", "1a 2b'"},
		 "1/1/1=1 -/2/2=2",
		 "b2",
		 0},
		{"undated, another text", {"1a", "1a 2b", "1a 2b!"}, NULL, NULL, -1},
		{"no base",
		 {"", "1a@1.9 2b@2.9", "1a@1.9 2c@3.9"},
		 "-/1/1=1 -/2/-=2 -/-/2=3",
		 "a1 b2 c3",
		 2},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct engine_test t;
		size_t shared = 0;

		if (rows[i].entries) {
			check_row(&rows[i]);
			continue;
		}
		engine_read_entries(&t, rows[i].texts, 2);
		engine_match_entries(&t);
		for (size_t k = 0; k < t.entries.count; k++)
			shared += t.entries.items[k].entry[1] != WLS_NO_ENTRY &&
				  t.entries.items[k].entry[2] != WLS_NO_ENTRY;
		cr_expect_eq(shared, 1, "%s: two entries", rows[i].name);
		if (rows[i].newest_side >= 0)
			cr_expect_eq(t.entries.newest_side, rows[i].newest_side, "%s",
				     rows[i].name);
		engine_release(&t);
	}
}

/* ---- numbers and order ---- */

Test(merge_entries, numbers)
{
	static const struct row rows[] = {
		{"one side adds", {"1a", "1a 2b@2", "1a"}, "1/1/1=1 -/2/-=2", "b2", 1},
		{"one side adds with a gap", {"1a", "1a 5b@2", "1a"}, "1/1/1=1 -/5/-=5", "b5", 1},
		{"the earlier keeps the number",
		 {"1a", "1a 2b@2.9", "1a 2c@2.8"},
		 "1/1/1=1 -/2/-=3 -/-/2=2",
		 "c2 b3",
		 1},
		{"one and two",
		 {"5a", "5a 6b@3.9", "5a 6c@4.9 7d@5.9"},
		 "5/5/5=5 -/6/-=6 -/-/6=7 -/-/7=8",
		 "b6 c7 d8",
		 2},
		{"own number when greater",
		 {"5a", "5a 9b@3.9", "5a 6c@4.9"},
		 "5/5/5=5 -/9/-=9 -/-/6=10",
		 "b9 c10",
		 2},
		{"a gap stays while it rises",
		 {"5a", "5a 6b@3.9", "5a 9c@4.9"},
		 "5/5/5=5 -/6/-=6 -/-/9=9",
		 "b6 c9",
		 2},
		{"a removed number is not given again",
		 {"5a 6b", "5a 6c@8.9", "5a 6d@7.9"},
		 "5/5/5=5 6/-/-=gone -/6/-=7 -/-/6=6",
		 "d6 c7",
		 1},
		{"an entry of the base moved up",
		 {"5a 6b@1.9", "5a 6c@2.9 7b@1.9", "5a 6b@1.9 7d@3.9"},
		 "5/5/5=5 6/7/6=7 -/6/-=6 -/-/7=8",
		 "d8",
		 2},
		{"after a merge with the other branch",
		 {"5x 6b@3.9", "5x 6a@2.9 7b@3.9", "5x 6b@3.9 7c@4.9"},
		 "5/5/5=5 6/7/6=7 -/6/-=6 -/-/7=8",
		 "c8",
		 2},
		{"both know the other's",
		 {"5a", "5a 6b@1.9 7c@2.9", "5a 6b@1.9"},
		 "5/5/5=5 -/6/6=6 -/7/-=7",
		 "b6 c7",
		 1},
		{"remerge of a result",
		 {"5a", "5a 6b@3.9 7c@4.9 8d@5.9", "5a 6c@4.9 7d@5.9"},
		 "5/5/5=5 -/6/-=6 -/7/6=7 -/8/7=8",
		 "b6 c7 d8",
		 0},
		{"between those of the base, one number twice",
		 {"1a 2b 5c", "1a 2b 3d@3.9 5c", "1a 2b 3e@4.9 5c"},
		 "1/1/1=1 2/2/2=2 5/5/5=5 -/3/-=3 -/-/3=6",
		 "e6",
		 2},
		{"between those of the base, two numbers",
		 {"1a 2b 5c", "1a 2b 3d 5c", "1a 2b 4e 5c"},
		 "1/1/1=1 2/2/2=2 5/5/5=5 -/3/-=3 -/-/4=4",
		 "",
		 0},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_entries, order_of_tails)
{
	static const struct row rows[] = {
		{"by time",
		 {"1a", "1a 2b@2.9 3c@4.9", "1a 2d@3.9 3e@5.9"},
		 "1/1/1=1 -/2/-=2 -/3/-=4 -/-/2=3 -/-/3=5",
		 "b2 d3 c4 e5",
		 2},
		{"a missing time is the start of the day",
		 {"1a", "1a 2b@3", "1a 2c@3.1"},
		 "1/1/1=1 -/2/-=2 -/-/2=3",
		 "b2 c3",
		 2},
		{"an undated one follows its predecessor at once",
		 {"1a", "1a 2b@2.9 3c", "1a 2d@2.10"},
		 "1/1/1=1 -/2/-=2 -/3/-=3 -/-/2=4",
		 "b2 c3 d4",
		 2},
		{"undated ones at the head stand first",
		 {"1a", "1a 2b@1.1", "1a 2c 3d@9.9"},
		 "1/1/1=1 -/2/-=3 -/-/2=2 -/-/3=4",
		 "c2 b3 d4",
		 2},
		{"wrong dates: heads hold back what is behind them",
		 {"1a", "1a 2b@9.9 3c@1.9", "1a 2d@5.9"},
		 "1/1/1=1 -/2/-=3 -/3/-=4 -/-/2=2",
		 "d2 b3 c4",
		 1},
		{"newest first",
		 {"1a 0z", "3c@4.9 2b@2.9 1a 0z", "2d@3.9 1a 0z"},
		 NULL,
		 "b2 d3 c4",
		 1},
		{"one side has what the other has and more",
		 {"1a", "1a 2b@2.9 3c@1.9", "1a 2b@2.9"},
		 "1/1/1=1 -/2/2=2 -/3/-=3",
		 "b2 c3",
		 1},
		{"what both have is an anchor",
		 {"1a", "1a 2b@5.9 3x@6.9", "1a 2c@1.9 3x@6.9 4d@2.9"},
		 "1/1/1=1 -/2/-=3 -/3/3=4 -/-/2=2 -/-/4=5",
		 "c2 b3 x4 d5",
		 2},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct row row = rows[i];

		if (!row.entries)
			row.entries = "1/1/1=1 0/0/0=0 -/2/-=2 -/3/-=4 -/-/2=3";
		check_row(&row);
	}
}

/* Equal times: the hash decides, so that both orientations are one, and any two logs agree. */
Test(merge_entries, ties_are_the_same_turned)
{
	static const char *const texts[][3] = {
		{"1a", "1a 2b@2.9", "1a 2c@2.9"},
		{"1a", "1a 2b", "1a 2c"},
		{"1a", "1a 2b@2.9 3c@2.9", "1a 2d@2.9 3e@2.9"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++) {
		const char *const turned[3] = {texts[i][0], texts[i][2], texts[i][1]};
		struct wls_buf _cleanup_buf_ x = WLS_BUF_INIT, _cleanup_buf_ y = WLS_BUF_INIT;
		struct engine_test t;

		engine_read_entries(&t, texts[i], 2);
		engine_match_entries(&t);
		describe_tail(&t.entries, &x);
		engine_release(&t);
		engine_read_entries(&t, turned, 2);
		engine_match_entries(&t);
		describe_tail(&t.entries, &y);
		engine_release(&t);
		cr_expect_str_eq(wls_buf_str(&x), wls_buf_str(&y), "case %zu", i);
		cr_expect_neq(x.len, 0);
	}
}

/* ---- numbers are unique, whatever the sides added ---- */

/* v3 and on: some of four entries in any order, with dates that may be wrong. */
static void random_side(struct test_random *r, bool newest_first, struct wls_buf *out)
{
	char order[] = "cdef";
	char words[6][16] = {"1a@1.9", "2b@1.10"};
	size_t count = 2 + random_below(r, 4);

	for (size_t i = 3; i > 0; i--) {
		size_t j = random_below(r, i + 1);
		char c = order[i];
		order[i] = order[j];
		order[j] = c;
	}
	for (size_t i = 2, version = 3; i < count; i++, version++) {
		version += random_chance(r, 20);
		snprintf(words[i], sizeof(words[i]), "%zu%c@%d.9", version, order[i - 2],
			 order[i - 2] - 'c' + 2);
	}
	for (size_t i = 0; i < count; i++)
		wls_buf_printf(out, "%s%s", i > 0 ? " " : "",
			       words[newest_first ? count - 1 - i : i]);
}

/* Law 8 for what entries.h promises: unique, and rising in the tail. */
static void check_numbers(const struct wls_entries *e, const char *what)
{
	for (size_t i = 0; i < e->count; i++)
		for (size_t j = 0; j < i; j++)
			cr_expect(e->items[i].removed || e->items[j].removed ||
					  e->items[i].number != e->items[j].number,
				  "%s: v%u twice", what, e->items[i].number);
	for (size_t i = 1; i < e->tail_count; i++)
		cr_expect_lt(e->tail[i - 1]->number, e->tail[i]->number, "%s: the tail falls",
			     what);
}

static void check_random(struct test_random *r)
{
	struct wls_buf _cleanup_buf_ x = WLS_BUF_INIT, _cleanup_buf_ y = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ what = WLS_BUF_INIT;
	struct wls_buf tails[2] = {WLS_BUF_INIT, WLS_BUF_INIT};
	bool newest_first = random_chance(r, 50);

	random_side(r, newest_first, &x);
	random_side(r, newest_first, &y);
	wls_buf_printf(&what, "[%s] [%s]", wls_buf_str(&x), wls_buf_str(&y));
	for (int turned = 0; turned < 2; turned++) {
		const char *texts[3] = {newest_first ? "2b@1.10 1a@1.9" : "1a@1.9 2b@1.10",
					wls_buf_str(turned ? &y : &x),
					wls_buf_str(turned ? &x : &y)};
		struct engine_test t;

		engine_read_entries(&t, texts, 2);
		engine_match_entries(&t);
		check_numbers(&t.entries, wls_buf_str(&what));
		describe_tail(&t.entries, &tails[turned]);
		engine_release(&t);
	}
	cr_expect_str_eq(wls_buf_str(&tails[0]), wls_buf_str(&tails[1]), "%s: turned",
			 wls_buf_str(&what));
	for (int turned = 0; turned < 2; turned++)
		wls_buf_release(&tails[turned]);
}

Test(merge_entries, numbers_are_unique)
{
	struct test_random r = {1};

	for (size_t i = 0; i < 2000; i++)
		check_random(&r);
}

/* ---- the file as a whole ---- */

Test(merge_entries, orientation)
{
	static const struct {
		const char *texts[3];
		bool newest_first;
	} rows[] = {
		{{"1a 2b", "1a 2b 3c", "1a 2b 3d"}, false},
		{{"2b 1a", "3c 2b 1a", "3d 2b 1a"}, true},
		{{"1a 2b", "2b 1a", "1a 2b"}, true}, /* one side turned it */
		{{"2b 1a", "1a 2b", "2b 1a"}, false},
		{{"1a 2b", "2b 1a", "2b 1a"}, true},
		{{"1a", "2b 1a", "1a"}, true},     /* the base is too short to tell */
		{{"1a", "2b 1a", "1a 2c"}, false}, /* the sides do not agree */
		{{"1a", "1a", "1a"}, false},
		{{"", "2b 1a", ""}, true},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		for (int turned = 0; turned < 2; turned++) {
			const char *texts[3] = {rows[i].texts[0], rows[i].texts[1 + turned],
						rows[i].texts[2 - turned]};
			struct engine_test t;

			engine_read_entries(&t, texts, 2);
			engine_match_entries(&t);
			cr_expect_eq(t.entries.newest_first, rows[i].newest_first, "case %zu", i);
			engine_release(&t);
		}
}

Test(merge_entries, tells_which_sides_add)
{
	static const struct {
		const char *texts[3];
		bool adds[3], together;
	} rows[] = {
		{{"1a", "1a 2b", "1a"}, {false, true, false}, false},
		{{"1a", "1a 2b", "1a 2c"}, {false, true, true}, true},
		{{"1a", "1a 2b", "1a 2b"}, {false, true, true}, true},
		{{"1a 2b", "1a", "1a 2b'"}, {false, false, false}, false},
		{{"1a", "1a 1a+", "1a"}, {false, false, false}, false}, /* goes on with v1 */
		{{"1a 3b", "1a 2c 3b", "1a 3b"}, {false, true, false}, false},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct engine_test t;

		engine_read_entries(&t, rows[i].texts, 2);
		engine_match_entries(&t);
		for (size_t s = 1; s <= 2; s++)
			cr_expect_eq(t.entries.adds[s], rows[i].adds[s], "case %zu, side %zu", i,
				     s);
		cr_expect_eq(t.entries.tail_together, rows[i].together, "case %zu", i);
		engine_release(&t);
	}
}

/* Every order of three sides gives the same numbers to the same entries. */
Test(merge_entries, three_sides)
{
	static const char *const sides[3] = {"5a 6b@3.9", "5a 6c@2.9 7d@5.9", "5a 6e@4.9"};
	static const uint8_t orders[][3] = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2},
					    {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(orders); i++) {
		const char *texts[4] = {"5a", sides[orders[i][0]], sides[orders[i][1]],
					sides[orders[i][2]]};
		struct wls_buf _cleanup_buf_ tail = WLS_BUF_INIT;
		struct engine_test t;

		engine_read_entries(&t, texts, 3);
		engine_match_entries(&t);
		describe_tail(&t.entries, &tail);
		cr_expect_str_eq(wls_buf_str(&tail), "c6 b7 e8 d9");
		cr_expect_eq(orders[i][t.entries.newest_side - 1], 1);
		engine_release(&t);
	}
}

/* ---- asking ---- */

Test(merge_entries, named)
{
	static const char *const texts[3] = {"5a", "5a 6b@3.9", "5a 6c@4.9"};
	struct engine_test t;

	engine_read_entries(&t, texts, 2);
	engine_match_entries(&t);
	struct wls_identity *b = wls_entries_named(&t.entries, 1, 6);
	struct wls_identity *c = wls_entries_named(&t.entries, 2, 6);
	cr_assert_not_null(b);
	cr_assert_not_null(c);
	cr_expect_neq(b, c, "one number, two entries");
	cr_expect_eq(b->number, 6);
	cr_expect_eq(c->number, 7);
	cr_expect_eq(wls_entries_named(&t.entries, 0, 5), wls_entries_named(&t.entries, 2, 5));
	cr_expect_null(wls_entries_named(&t.entries, 0, 6));
	cr_expect_null(wls_entries_named(&t.entries, 1, 7), "numbers as they are on that side");
	engine_release(&t);
}

Test(merge_entries, bytes_without_blank_lines)
{
	static const char *const rows[][2] = {
		{"## v1 | x\n", "## v1 | x\n"},
		{"## v1 | x", "## v1 | x"},
		{"## v1 | x\n\n\n", "## v1 | x\n"},
		{"## v1 | x\n\ntext\n \t\n\n", "## v1 | x\n\ntext\n"},
		{"## v1 | x\r\n\r\ntext\r\n\r\n", "## v1 | x\r\n\r\ntext\r\n"},
		{"## v1 | x\n\ntext  \n", "## v1 | x\n\ntext  \n"},
		{"## v1 | x\n\ntext", "## v1 | x\n\ntext"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_doc _cleanup_doc_ *doc = NULL;
		struct wls_error err;

		cr_assert_eq(wls_doc_parse(&doc, wls_slice_of(rows[i][0]), &err), 0);
		cr_assert_eq(doc->entry_count, 1);
		struct wls_slice bytes = wls_entry_bytes(doc, doc->entries[0].node);
		cr_expect(wls_slice_eq(bytes, wls_slice_of(rows[i][1])), "case %zu: `%.*s`", i,
			  WLS_SLICE_ARG(bytes));
	}
}
