/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>

#include "render/table.h"

static const struct wls_column columns[] = {
	{"NAME", WLS_LEFT, 0, 0},
	{"N", WLS_RIGHT, 2, 3},
	{"FACTS", WLS_LIST, 2, 0},
};

static void row(struct wls_table *table, const char *name, const char *number,
		const struct wls_part *facts, size_t count)
{
	struct wls_cell *cells = wls_table_row(table);

	wls_table_set(table, &cells[0], wls_slice_of(name), WLS_PAINT_NONE);
	wls_table_set(table, &cells[1], wls_slice_of(number), WLS_PAINT_NONE);
	cells[2] = (struct wls_cell){facts, count};
}

#define PART(text)                                                                                 \
	{                                                                                          \
		{(text), sizeof(text) - 1}, WLS_PAINT_NONE, false                                  \
	}
#define FREE(text)                                                                                 \
	{                                                                                          \
		{(text), sizeof(text) - 1}, WLS_PAINT_NONE, true                                   \
	}

static const struct wls_part three[] = {PART("first: A v1"), PART("second: B v2"), PART("third")};
static const struct wls_part words[] = {FREE("blocker: keys are missing"), PART("unblocks 2")};

/* What the same table looks like at each width; 0: not cut. */
static const struct {
	uint32_t width;
	bool brief; /* a terminal */
	const char *want;
} tables[] = {
	{0, false,
	 "NAME           N  FACTS\n"
	 "Alpha          1  first: A v1; second: B v2; third\n"
	 "漢字          20\n"
	 "a long name    3  blocker: keys are missing; unblocks 2\n"
	 "    a line of its own, which is free (tail)\n"},
	{44, true,
	 "NAME           N  FACTS\n"
	 "Alpha          1  first: A v1; +2 more\n"
	 "漢字          20\n"
	 "a long name    3  blocker: keys ar…; +1 more\n"
	 "    a line of its own, which is free (tail)\n"},
	{1, true,
	 "NAME           N  FACTS\n"
	 "Alpha          1  first: A v1; +2 more\n"
	 "漢字          20\n"
	 "a long name    3  blocker: ke…; +1 more\n"
	 "    a line of i… (tail)\n"},
	/* A pipe with --width: free text is cut, and no fact left out. */
	{44, false,
	 "NAME           N  FACTS\n"
	 "Alpha          1  first: A v1; second: B v2; third\n"
	 "漢字          20\n"
	 "a long name    3  blocker: keys ar…; unblocks 2\n"
	 "    a line of its own, which is free (tail)\n"},
};

static void fill(struct wls_table *table)
{
	struct wls_row *line;

	row(table, "Alpha", "1", three, 3);
	row(table, "漢字", "20", NULL, 0);
	row(table, "a long name", "3", words, 2);
	line = wls_table_line(table, 4, WLS_SLICE("a line of its own, which is free"));
	line->text.free = true;
	line->tail.text = WLS_SLICE(" (tail)");
}

Test(table, cuts_only_free_text)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(tables); i++) {
		struct wls_style style = {.width = tables[i].width ? tables[i].width : 20,
					  .cut = tables[i].width > 0,
					  .brief = tables[i].brief};
		struct wls_arena arena = {0};
		struct wls_buf out = WLS_BUF_INIT;
		struct wls_table table;

		wls_table_init(&table, &arena, columns, WLS_ARRAY_SIZE(columns));
		fill(&table);
		wls_table_render_titles(&table, &style, &out);
		wls_table_render(&table, &style, &out);
		cr_expect_str_eq(wls_buf_str(&out), tables[i].want, "width %u:\n%s",
				 tables[i].width, wls_buf_str(&out));
		wls_table_release(&table);
		wls_buf_release(&out);
		wls_arena_release(&arena);
	}
}

Test(table, no_line_ends_in_a_blank)
{
	struct wls_arena arena = {0};
	struct wls_style style = {.width = 80, .color = true};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_table table;

	wls_table_init(&table, &arena, columns, WLS_ARRAY_SIZE(columns));
	row(&table, "a", "", NULL, 0);
	row(&table, "", "", NULL, 0);
	wls_table_line(&table, 4, WLS_SLICE(""));
	wls_table_render(&table, &style, &out);
	cr_expect_str_eq(wls_buf_str(&out), "a\n\n\n");
	wls_table_release(&table);
	wls_buf_release(&out);
	wls_arena_release(&arena);
}

Test(table, a_very_long_name_stays_whole)
{
	static char name[10000];
	struct wls_arena arena = {0};
	struct wls_style style = {.width = 80, .cut = true, .brief = true};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_table table;

	memset(name, 'x', sizeof(name) - 1);
	wls_table_init(&table, &arena, columns, WLS_ARRAY_SIZE(columns));
	row(&table, name, "7", three, 3);
	wls_table_render(&table, &style, &out);
	cr_expect(wls_slice_starts(wls_buf_slice(&out), wls_slice_of(name)));
	cr_expect(wls_slice_ends_nocase(wls_buf_slice(&out),
					WLS_SLICE("    7  first: A v1; +2 more\n")));
	wls_table_release(&table);
	wls_buf_release(&out);
	wls_arena_release(&arena);
}
