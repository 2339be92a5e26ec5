/* SPDX-License-Identifier: MIT */
/* Conflicts written out: styles, labels, sizes of markers, many sides, line numbers. */
#include <criterion/criterion.h>

#include "base/map.h"
#include "merge/conflict.h"

struct written {
	struct wls_arena arena;
	struct wls_pieces pieces;
	struct wls_merge *merge;
};

static const size_t straight[] = {1, 2, 3, 4, 5};
static const size_t swapped[] = {2, 1};

/* A piece: text, or the variants of a conflict (base, then the engine's sides). */
struct part {
	const char *text;
	const char *variants[6];
	const char *place;
};

static void begin(struct written *w, size_t sides)
{
	*w = (struct written){.merge = wls_alloc(1, sizeof(*w->merge))};
	w->pieces = (struct wls_pieces){.arena = &w->arena, .sides = sides};
	w->merge->text = (struct wls_buf)WLS_BUF_INIT;
}

static void add(struct written *w, const struct part *part)
{
	struct wls_slice variants[6];

	if (part->text) {
		wls_pieces_add_text(&w->pieces, wls_slice_of(part->text));
		return;
	}
	for (size_t i = 0; i <= w->pieces.sides; i++)
		variants[i] = wls_slice_of(part->variants[i]);
	wls_pieces_add_conflict(&w->pieces, variants, wls_slice_of(part->place), "why");
}

static void end(struct written *w)
{
	wls_pieces_release(&w->pieces);
	wls_arena_release(&w->arena);
	wls_merge_free(w->merge);
}

static void check_text(const struct part *parts, size_t sides, const struct wls_conflict_form *form,
		       const char *want)
{
	struct written w;

	begin(&w, sides);
	for (size_t i = 0; parts[i].text || parts[i].place; i++)
		add(&w, &parts[i]);
	wls_conflicts_write(&w.pieces, form, w.merge);
	cr_expect_str_eq(wls_buf_str(&w.merge->text), want, "got <%s>, want <%s>",
			 wls_buf_str(&w.merge->text), want);
	cr_expect_eq(w.merge->conflict_count, w.pieces.conflict_count);
	cr_expect_eq(w.merge->side_count, sides);
	cr_expect_eq(strlen(wls_buf_str(&w.merge->text)), w.merge->text.len);
	end(&w);
}

#define CONFLICT(place, ...)                                                                       \
	{                                                                                          \
		NULL, {__VA_ARGS__}, place                                                         \
	}
#define TEXT(text)                                                                                 \
	{                                                                                          \
		text, {0}, NULL                                                                    \
	}

Test(conflict, two_sides)
{
	static const struct {
		enum wls_merge_style style;
		unsigned asked, least;
		bool crlf, swap;
		struct part parts[4];
		const char *want;
	} cases[] = {
		{0, 0, 0, false, false, {TEXT("a\n")}, "a\n"},
		{0, 0, 0, false, false, {TEXT("")}, ""},
		{0,
		 0,
		 0,
		 false,
		 false,
		 {TEXT("a\n"), CONFLICT("v6 › Next", "b\n", "x\n", "y\n"), TEXT("c\n")},
		 "a\n<<<<<<< ours (v6 › Next)\nx\n||||||| base\nb\n=======\ny\n"
		 ">>>>>>> theirs (v6 › Next)\nc\n"},
		{0,
		 0,
		 0,
		 false,
		 true,
		 {CONFLICT("p", "b\n", "x\n", "y\n")},
		 "<<<<<<< ours (p)\ny\n||||||| base\nb\n=======\nx\n>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "b\n", "x\n", "")},
		 "<<<<<<< ours (p)\nx\n=======\n>>>>>>> theirs (p)\n"},
		{0,
		 0,
		 0,
		 true,
		 false,
		 {TEXT("a\r\n"), CONFLICT("p", "", "x\r\n", "y\r\n")},
		 "a\r\n<<<<<<< ours (p)\r\nx\r\n||||||| base\r\n=======\r\ny\r\n"
		 ">>>>>>> theirs (p)\r\n"},
		/* Texts without their line ending. */
		{0,
		 0,
		 0,
		 false,
		 false,
		 {TEXT("a"), CONFLICT("p", "b", "x", "y"), TEXT("c")},
		 "a\n<<<<<<< ours (p)\nx\n||||||| base\nb\n=======\ny\n>>>>>>> theirs (p)\nc"},
		/* Sizes: asked for, shorter than anybody reads, of an earlier block, by the text. */
		{WLS_STYLE_MERGE,
		 9,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n", "y\n")},
		 "<<<<<<<<< ours (p)\nx\n=========\ny\n>>>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 3,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n", "y\n")},
		 "<<<<<<< ours (p)\nx\n=======\ny\n>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 7,
		 8,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n", "y\n")},
		 "<<<<<<<< ours (p)\nx\n========\ny\n>>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n=======\n", "y\n")},
		 "<<<<<<<< ours (p)\nx\n=======\n========\ny\n>>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n", "|||||||| y\r\n")},
		 "<<<<<<<<< ours (p)\nx\n=========\n|||||||| y\r\n>>>>>>>>> theirs (p)\n"},
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", ">>>>>>>\n", "x\n", "y\n")},
		 "<<<<<<<< ours (p)\nx\n========\ny\n>>>>>>>> theirs (p)\n"},
		/* Not of that form: shorter, followed by something else, not at column 0. */
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {TEXT("<<<<<<<<<\n"), CONFLICT("p", "", "======\n", "=======y\n =======\n")},
		 "<<<<<<<<<\n<<<<<<< ours (p)\n======\n=======\n=======y\n =======\n"
		 ">>>>>>> theirs (p)\n"},
		/* One size for all. */
		{WLS_STYLE_MERGE,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "x\n", "y\n"), TEXT("m\n"),
		  CONFLICT("q", "", "=======\n", "z\n")},
		 "<<<<<<<< ours (p)\nx\n========\ny\n>>>>>>>> theirs (p)\nm\n"
		 "<<<<<<<< ours (q)\n=======\n========\nz\n>>>>>>>> theirs (q)\n"},
		/* zdiff3: shared lines move out, the base stays whole. */
		{WLS_STYLE_ZDIFF3,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "s\nb\ne\n", "s\nx\ne\n", "s\ny\ne\n")},
		 "s\n<<<<<<< ours (p)\nx\n||||||| base\ns\nb\ne\n=======\ny\n"
		 ">>>>>>> theirs (p)\ne\n"},
		{WLS_STYLE_ZDIFF3,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "a\na\n", "a\na\na\n")},
		 "a\na\n<<<<<<< ours (p)\n||||||| base\n=======\na\n>>>>>>> theirs (p)\n"},
		{WLS_STYLE_ZDIFF3,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "", "xa\n", "ya\n")},
		 "<<<<<<< ours (p)\nxa\n||||||| base\n=======\nya\n>>>>>>> theirs (p)\n"},
		{WLS_STYLE_ZDIFF3,
		 0,
		 0,
		 false,
		 false,
		 {CONFLICT("p", "b\n", "x\n", "x\n")},
		 "<<<<<<< ours (p)\nx\n||||||| base\nb\n=======\nx\n>>>>>>> theirs (p)\n"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_merge_options options = {.style = cases[i].style,
						    .marker_size = cases[i].asked};
		struct wls_conflict_form form = {.options = &options,
						 .order = cases[i].swap ? swapped : straight,
						 .crlf = cases[i].crlf,
						 .least_size = cases[i].least};
		check_text(cases[i].parts, 2, &form, cases[i].want);
	}
}

Test(conflict, labels)
{
	static const struct {
		const char *ours, *base, *theirs, *place, *want;
	} cases[] = {
		{"HEAD", "abc123", "topic", "v6 › Next",
		 "<<<<<<< HEAD (v6 › Next)\n||||||| abc123\n=======\nx\n"
		 ">>>>>>> topic (v6 › Next)\n"},
		{"", "", "", "p", "<<<<<<< (p)\n|||||||\n=======\nx\n>>>>>>> (p)\n"},
		{"", "", "", "", "<<<<<<< \n|||||||\n=======\nx\n>>>>>>> \n"},
		{"a\nb", "c\r\n", "\x1b[1md\x7f", "p\nq",
		 "<<<<<<< a b (p q)\n||||||| c\n=======\nx\n>>>>>>> [1md (p q)\n"},
		{NULL, NULL, NULL, "p",
		 "<<<<<<< ours (p)\n||||||| base\n=======\nx\n>>>>>>> theirs (p)\n"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		const char *labels[] = {cases[i].ours, cases[i].theirs};
		struct wls_merge_options options = {.labels = labels, .base_label = cases[i].base};
		struct wls_conflict_form form = {.options = &options, .order = straight};
		struct part parts[2] = {CONFLICT(cases[i].place, "", "", "x\n")};
		check_text(parts, 2, &form, cases[i].want);
	}
}

Test(conflict, many_sides)
{
	/* The order of the further texts is by hash; the cases below hold for either. */
	bool yz = wls_hash(WLS_SLICE("y\n")) < wls_hash(WLS_SLICE("z\n"));
	const char *both = yz ? "y\nz\n" : "z\ny\n";
	const struct {
		struct part parts[2];
		const char *ours, *further;
	} cases[] = {
		{{CONFLICT("p", "b\n", "x\n", "y\n", "z\n")}, "x\n", both},
		{{CONFLICT("p", "b\n", "x\n", "z\n", "y\n")}, "x\n", both},
		{{CONFLICT("p", "b\n", "x\n", "y\n", "y\n")}, "x\n", "y\n"},
		{{CONFLICT("p", "b\n", "x\n", "x\n", "y\n")}, "x\n", "y\n"},
		/* A side like the base says nothing, unless it is the only other one. */
		{{CONFLICT("p", "b\n", "x\n", "b\n", "y\n")}, "x\n", "y\n"},
		{{CONFLICT("p", "b\n", "x\n", "x\n", "b\n")}, "x\n", "b\n"},
		{{CONFLICT("p", "b\n", "b\n", "y\n", "z\n")}, "b\n", both},
		{{CONFLICT("p", "", "x\n", "", "y\n")}, "x\n", "y\n"},
		{{CONFLICT("p", "b\n", "x\n", "x\n", "x\n")}, "x\n", "x\n"},
	};
	struct wls_merge_options options = {.style = WLS_STYLE_MERGE};
	struct wls_conflict_form form = {.options = &options, .order = straight};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf want = WLS_BUF_INIT;
		wls_buf_printf(&want, "<<<<<<< ours (p)\n%s=======\n%s>>>>>>> theirs, side 3 (p)\n",
			       cases[i].ours, cases[i].further);
		check_text(cases[i].parts, 3, &form, wls_buf_str(&want));
	}
	options.style = WLS_STYLE_ZDIFF3;
	static const struct part shared[] = {
		CONFLICT("p", "h\nb\nt\n", "h\nx\nt\n", "h\nb\nt\n", "h\nh\ny\nt\n"), TEXT(NULL)};
	check_text(shared, 3, &form,
		   "h\n<<<<<<< ours (p)\nx\n||||||| base\nh\nb\nt\n=======\nh\ny\n"
		   ">>>>>>> theirs, side 3 (p)\nt\n");
}

Test(conflict, records)
{
	static const char base[] = "b\n", ours[] = "x\n1\n", theirs[] = "y\n";
	struct wls_merge_options options = {0};
	struct wls_conflict_form form = {.options = &options, .order = swapped};
	char *volatile_ours = wls_strdup(ours);
	struct written w;

	begin(&w, 2);
	add(&w, &(struct part)TEXT("a\r\nb\n\n"));
	add(&w, &(struct part)CONFLICT("first", base, theirs, volatile_ours));
	add(&w, &(struct part)TEXT("m\n"));
	add(&w, &(struct part)CONFLICT("second", "", "", theirs));
	w.pieces.items[3].reason = NULL;
	wls_conflicts_write(&w.pieces, &form, w.merge);
	memset(volatile_ours, '#', strlen(volatile_ours)); /* texts are copies */
	free(volatile_ours);

	const struct wls_conflict *conflicts = w.merge->conflicts;
	cr_assert_eq(w.merge->conflict_count, 2);
	cr_expect_eq(w.merge->marker_size, 7);
	cr_expect_eq(conflicts[0].line, 4);
	cr_expect_eq(conflicts[1].line, 13);
	cr_expect_str_eq(conflicts[0].reason, "why");
	cr_expect_not_null(conflicts[1].reason);
	cr_expect(wls_slice_eq(conflicts[0].place, WLS_SLICE("first")));
	cr_expect(wls_slice_eq(conflicts[0].texts[0], WLS_SLICE("b\n")));
	cr_expect(wls_slice_eq(conflicts[0].texts[1], WLS_SLICE("x\n1\n")));
	cr_expect(wls_slice_eq(conflicts[0].texts[2], WLS_SLICE("y\n")));
	cr_expect(wls_slice_eq(conflicts[1].texts[1], WLS_SLICE("y\n")));
	cr_expect_eq(conflicts[1].texts[2].len, 0);
	end(&w);
}

/* Whatever the texts hold, the blocks found in the result are those that were written. */
Test(conflict, blocks_are_found_again)
{
	static const char *const lines[] = {
		"a\n",       "b\n",       "=======\n",  "<<<<<<< q (v1)\n",
		">>>>>>>\n", "|||||||\n", "========\n", "\n"};
	struct wls_merge_options options = {0};
	struct wls_conflict_form form = {.options = &options, .order = straight};
	uint32_t seed = 7;

	for (size_t round = 0; round < 2000; round++) {
		char texts[3][64] = {{0}};
		struct wls_conflict_blocks blocks = {0};
		struct written w;
		for (size_t i = 0; i < 9; i++) {
			seed = seed * 1664525u + 1013904223u;
			const char *line = lines[seed >> 16 & 7];
			if (strlen(texts[i % 3]) + strlen(line) < sizeof(texts[0]))
				strcat(texts[i % 3], line);
		}
		begin(&w, 2);
		options.style = (enum wls_merge_style)(round % 2);
		add(&w, &(struct part)TEXT(">>>>>>> z\n=======\nt\n"));
		add(&w, &(struct part)CONFLICT("v6 (x)", texts[0], texts[1], texts[2]));
		add(&w, &(struct part)TEXT("<<<<<<< z\nt\n"));
		wls_conflicts_write(&w.pieces, &form, w.merge);
		wls_conflict_blocks_find(wls_buf_slice(&w.merge->text), &blocks);
		bool found = false;
		for (size_t i = 0; i < blocks.count; i++) {
			const struct wls_conflict_block *block = &blocks.items[i];
			found |= block->size == w.merge->marker_size && block->structural &&
				 block->line == w.merge->conflicts[0].line &&
				 wls_slice_eq(block->place, WLS_SLICE("v6 (x)")) &&
				 wls_slice_eq(block->ours, wls_slice_of(texts[1])) &&
				 wls_slice_eq(block->theirs, wls_slice_of(texts[2]));
		}
		cr_assert(found, "of <%s>", wls_buf_str(&w.merge->text));
		free(blocks.items);
		end(&w);
	}
}

Test(conflict, least_size)
{
	static const struct {
		const char *text;
		unsigned least;
	} cases[] = {
		{"", 0},
		{"a\n", 0},
		{"<<<<<<< a (v6)\nx\n=======\ny\n>>>>>>> b (v6)\n", 8},
		{"<<<<<<< a\nx\n=======\ny\n>>>>>>> b (v6)\n", 0},
		{"<<<<<<< a (v6)\nx\n=======\ny\n", 0},
		{"```\n<<<<<<<<< (v6)\n=========\n>>>>>>>>>\n```\n<<<<<<< a (v6)\n=======\n>>>>>>>\n",
		 10},
		{" <<<<<<< a (v6)\nx\n=======\ny\n>>>>>>> b (v6)\n", 0},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		cr_expect_eq(wls_conflicts_least_size(wls_slice_of(cases[i].text)), cases[i].least,
			     "of <%s>", cases[i].text);
}
