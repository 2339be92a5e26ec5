/* SPDX-License-Identifier: MIT */
/* The check of conservation: single lines, scopes, conflicts, many sides, composed texts. */
#include <criterion/criterion.h>
#include <stdio.h>

#include "merge/check.h"

enum { SIDES_MAX = 3 };

/* A line a letter: "a|b" are two lines. */
static struct wls_slice lines_of(struct wls_arena *arena, const char *text)
{
	size_t len = strlen(text);
	char *copy = wls_arena_alloc(arena, len + 2);

	for (size_t i = 0; i < len; i++)
		copy[i] = text[i] == '|' ? '\n' : text[i];
	copy[len] = '\n';
	return wls_slice(copy, len > 0 ? len + 1 : 0);
}

struct triple {
	const char *base, *ours, *theirs, *result;
	bool right;
};

static void check_triples(const struct triple *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct wls_arena arena = {0};
		struct wls_pieces pieces = {.arena = &arena, .sides = 2};
		struct wls_slice straight[] = {lines_of(&arena, cases[i].base),
					       lines_of(&arena, cases[i].ours),
					       lines_of(&arena, cases[i].theirs)};
		struct wls_slice swapped[] = {straight[0], straight[2], straight[1]};
		wls_pieces_add_text(&pieces, lines_of(&arena, cases[i].result));
		cr_expect_eq(wls_check_conservation(&pieces, straight, NULL), cases[i].right,
			     "%s %s %s -> %s", cases[i].base, cases[i].ours, cases[i].theirs,
			     cases[i].result);
		cr_expect_eq(wls_check_conservation(&pieces, swapped, NULL), cases[i].right,
			     "swapped: %s %s %s -> %s", cases[i].base, cases[i].ours,
			     cases[i].theirs, cases[i].result);
		wls_pieces_release(&pieces);
		wls_arena_release(&arena);
	}
}

Test(check, lines)
{
	static const struct triple cases[] = {
		{"", "", "", "", true},
		{"a", "a", "a", "a", true},
		{"a", "a", "a", "", false},
		{"a", "a", "a", "a|a", false},
		{"a", "a", "a", "a|b", false},
		{"a", "a|b", "a", "a|b", true},
		{"a", "a|b", "a", "a", false},
		{"a", "a|b", "a", "b", false},
		{"a", "a|b", "a", "a|b|b", false},
		{"a|b", "a", "a|b", "a", true},
		{"a|b", "a", "a|b", "a|b", false},
		{"a|b", "a", "a", "a", true},
		{"a|b", "a", "a", "a|b", false},
		/* Blanks do not count, order neither. */
		{"a|b", "a  |b", "a|b", "|b|\t|a\r||", true},
		{"a", " a", "a", " a", true},
		{"a", " a", "a", "a", false},
		/* Each adds its own; both add the same, at one place or at two. */
		{"", "x", "y", "y|x", true},
		{"", "x", "y", "y", false},
		{"a", "a|x", "a|x", "a|x", true},
		{"a", "a|x", "x|a", "x|a|x", true},
		{"a", "a|x", "a|x", "a|x|x|x", false},
		{"a", "a|x", "a|x", "a", false},
		/* Removed by one, added elsewhere by the other. */
		{"a", "", "a|a", "a", true},
		{"a", "", "a|a", "", false},
		{"a", "", "a|a", "a|a", false},
		/* Several equal ones. */
		{"a|a|a", "a|a", "a|a|a", "a|a", true},
		{"a|a|a", "a|a", "a|a|a", "a|a|a", false},
		{"a|a|a", "a|a", "a|a|a", "a", false},
		{"a|a|a", "a|a", "a|a", "a", true},
		{"a|a|a", "a|a", "a|a", "a|a", true},
		{"a|a|a", "a|a", "a|a", "", false},
		/* Changed by one, and by both. */
		{"a", "x", "a", "x", true},
		{"a", "x", "a", "a|x", false},
		{"a", "x", "x", "x", true},
		{"a|b", "x|b", "a|y", "x|y", true},
		{"a|b", "x|b", "a|y", "x|b", false},
		/* Without a base. */
		{"", "a|b", "a|c", "a|b|c", true},
		{"", "a|b", "a|c", "b|c", false},
		{"", "a|b", "a|c", "a|a|a|b|c", false},
		{"", "a|b", "a|c", "a|b", false},
	};
	check_triples(cases, WLS_ARRAY_SIZE(cases));
}

Test(check, scopes)
{
	static const struct triple cases[] = {
		/* Moved by one; lost or doubled on the way. */
		{"## v1|- a|## v2|x", "## v1|## v2|x|- a", "## v1|- a|## v2|x", "## v1|## v2|x|- a",
		 true},
		{"## v1|- a|## v2|x", "## v1|## v2|x|- a", "## v1|- a|## v2|x", "## v1|## v2|x",
		 false},
		{"## v1|- a|## v2|x", "## v1|## v2|x|- a", "## v1|- a|## v2|x",
		 "## v1|- a|## v2|x|- a", false},
		/* Both take it from v1, and have it anew in entries of their own. */
		{"## v1|- a", "## v1|## v2|- a", "## v1|## v3|- a", "## v1|## v2|- a|## v3|- a",
		 true},
		{"## v1|- a", "## v1|## v2|- a", "## v1|## v3|- a", "## v1|- a|## v2|- a|## v3|- a",
		 false},
		{"## v1|- a", "## v1|## v2|- a", "## v1|## v3|- a", "## v1|## v2|## v3", false},
		/* Both take it from v1, one has it anew; or it is moved by one and removed. */
		{"## v1|- a", "## v1|## v2|- a", "## v1", "## v1|## v2|- a", true},
		{"## v1|- a", "## v1|## v2|- a", "## v1", "## v1|## v2", true},
		{"## v1|- a", "## v1|## v2|- a", "## v1", "## v1|- a|## v2|- a", false},
		/* Both move it to the same place, within one entry by its keys. */
		{"## v1|**Next:**|- a|**Done:**", "## v1|**Next:**|**Done:**|- a",
		 "## v1|**Next:**|**Done:**|- a", "## v1|**Next:**|**Done:**|- a", true},
		{"## v1|**Next:**|- a|**Done:**", "## v1|**Next:**|**Done:**|- a",
		 "## v1|**Next:**|**Done:**|- a", "## v1|**Next:**|**Done:**", false},
		/* Equal lines of two entries, one removed by each side. */
		{"## v1|- a|## v2|- a", "## v1|## v2|- a", "## v1|- a|## v2", "## v1|## v2", true},
		{"## v1|- a|## v2|- a", "## v1|## v2|- a", "## v1|- a|## v2", "## v1|- a|## v2",
		 false},
		/* The same one removed by both. */
		{"## v1|- a|## v2|- a", "## v1|## v2|- a", "## v1|## v2|- a", "## v1|## v2|- a",
		 true},
		{"## v1|- a|## v2|- a", "## v1|## v2|- a", "## v1|## v2|- a", "## v1|## v2", false},
		/* Both take a block out of one section, and each puts one into another. */
		{"## v1|### A|```|k|```|### B|### C", "## v1|### A|### B|```|m|```|### C",
		 "## v1|### A|### B|### C|```|n|```", "## v1|### A|### B|```|m|```|### C|```|n|```",
		 true},
		/* In one section, where nothing tells them apart. */
		{"## v1|}|k|}|x|}", "## v1|}|m|}|x|}", "## v1|}|x|}|n|}", "## v1|}|m|}|x|}|n|}",
		 true},
		/* A heading reworded by one, lines changed by the other. */
		{"## v1 | a|- x|- y", "## v1 | b|- x|- y", "## v1 | a|- x|- z", "## v1 | b|- x|- z",
		 true},
		{"## v1 | a|- x|- y", "## v1 | b|- x|- y", "## v1 | a|- x|- z",
		 "## v1 | b|- x|- y|- z", false},
		{"## v1|### A|- x|- y", "## v1|### B|- x|- y", "## v1|### A|- x|- z",
		 "## v1|### B|- z", false},
		{"## v1|### A|- x|- y", "## v1|### B|- x|- y", "## v1|### C|- x|- y",
		 "## v1|### B|### C|- x", false},
	};
	check_triples(cases, WLS_ARRAY_SIZE(cases));
}

/* Result: texts of a line a letter; a part "[base;ours;theirs;side 3]" is a conflict. */
static void add_parts(struct wls_pieces *pieces, const char *parts)
{
	while (*parts) {
		struct wls_slice variants[SIDES_MAX + 1] = {{0}};
		size_t len = strcspn(parts, "[");
		char text[256];
		if (len > 0) {
			snprintf(text, sizeof(text), "%.*s", (int)len, parts);
			wls_pieces_add_text(pieces, lines_of(pieces->arena, text));
			parts += len;
			continue;
		}
		for (size_t i = 0; *parts != ']'; i++, parts += len) {
			parts++;
			len = strcspn(parts, ";]");
			snprintf(text, sizeof(text), "%.*s", (int)len, parts);
			variants[i] = lines_of(pieces->arena, text);
		}
		parts++;
		wls_pieces_add_conflict(pieces, variants, WLS_SLICE("p"), "r");
	}
}

Test(check, conflicts)
{
	static const struct {
		const char *texts[4];
		const char *result;
		bool right;
	} cases[] = {
		{{"a|b", "a|x", "a|y"}, "a[b;x;y]", true},
		{{"a|b", "a|x", "a|y"}, "a[;x;y]", true}, /* both removed it */
		{{"a|b", "a|x", "a|y"}, "a[b;x;]", false},
		{{"a|b", "a|x", "a|y"}, "a[b;x;y]y", false},
		{{"a|b", "a|x", "a|y"}, "[b;x;y]", false},
		{{"a|b", "a|x", "a|y"}, "a[b;x;z]", false},
		{{"a|b", "a|x", "a|y"}, "a[b;y;x]", false},
		{{"a|b", "a|x", "a|y"}, "a[b;x|x;y]", false},
		{{"a|b", "a|x", "a|y"}, "[a|b;a|x;a|y]", true},
		{{"a|b", "a|x", "a|y"}, "a[a|b;a|x;a|y]", false},
		/* Removed and changed; what one removed stands in the other's variant alone. */
		{{"a|b", "a", "a|y"}, "a[b;;y]", true},
		{{"a|b", "a", "a|y"}, "a|b[b;;y]", false},
		/* Moved to two places. */
		{{"a|m|n", "m|a|n", "m|n|a"}, "m[;a;]n[;;a]", true},
		{{"a|m|n", "m|a|n", "m|n|a"}, "m[;a;]n", false},
		{{"a|m|n", "m|a|n", "m|n|a"}, "a|m[;a;]n[;;a]", false},
		/* Added by both, within the conflict on one side only. */
		{{"b", "x|n", "y|n"}, "n[b;x;y]", true},
		{{"b", "x|n", "y|n"}, "n[b;x;y|n]", true},
		{{"b", "x|n", "y|n"}, "[b;x|n;y]", false},
		{{"", "x", "y"}, "[;x;y]", true},
		{{"", "c|x", "c|y"}, "c[;x;y]", true},
		{{"", "c|x", "c|y"}, "[c;c|x;c|y]", true},
		{{"", "c|x", "c|y"}, "[d;c|x;c|y]", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_arena arena = {0};
		struct wls_pieces pieces = {.arena = &arena, .sides = 2};
		struct wls_slice texts[3];
		for (size_t k = 0; k < 3; k++)
			texts[k] = lines_of(&arena, cases[i].texts[k]);
		add_parts(&pieces, cases[i].result);
		bool want = cases[i].right;
		cr_expect_eq(wls_check_conservation(&pieces, texts, NULL), want, "%zu: %s", i,
			     cases[i].result);
		wls_pieces_release(&pieces);
		wls_arena_release(&arena);
	}
}

Test(check, many_sides)
{
	static const struct {
		const char *texts[4];
		const char *result;
		bool right;
	} cases[] = {
		{{"a|b|c", "a|b|c|x", "a|b|c|y", "b|c|z"}, "b|c|x|y|z", true},
		{{"a|b|c", "a|b|c|x", "a|b|c|y", "b|c|z"}, "a|b|c|x|y|z", false},
		{{"a|b|c", "a|b|c|x", "a|b|c|y", "b|c|z"}, "b|c|x|z", false},
		{{"a|b|c", "b|c", "a|c", "a|b"}, "", true},
		{{"a|b|c", "b|c", "a|c", "a|b"}, "b", false},
		{{"a", "a|x", "a|x", "a|x"}, "a|x", true},
		{{"a", "a|x", "a|x", "a|x"}, "a|x|x|x|x", false},
		{{"a|b", "a|x", "a|y", "a|b"}, "a[b;x;y;b]", true},
		{{"a|b", "a|x", "a|y", "a|b"}, "a|b[b;x;y;b]", false},
		{{"a|b", "a|x", "a|y", "a|b|n"}, "a[b;x;y;b]", false},
		{{"a|b", "a|x", "a|y", "a|b|n"}, "a[b;x;y;b]n", true},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_arena arena = {0};
		struct wls_pieces pieces = {.arena = &arena, .sides = 3};
		struct wls_slice texts[4];
		for (size_t k = 0; k < 4; k++)
			texts[k] = lines_of(&arena, cases[i].texts[k]);
		add_parts(&pieces, cases[i].result);
		bool want = cases[i].right;
		cr_expect_eq(wls_check_conservation(&pieces, texts, NULL), want, "%zu: %s", i,
			     cases[i].result);
		wls_pieces_release(&pieces);
		wls_arena_release(&arena);
	}
}

Test(check, composed)
{
	static const struct {
		const char *texts[3], *sources[3], *made, *result;
		bool right;
	} cases[] = {
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "z", "a|z", true},
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "z", "a|z|z", false},
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "z", "a|z|x", false},
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "z", "a|z|b", false},
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "z", "z", false},
		{{"a|b", "a|x", "a|y"}, {"b", "x", "y"}, "y", "a|y", true},
		{{"a|b", "a|x|n", "a|y"}, {"b", "x", "y"}, "z", "a|z", false},
		{{"a|b", "a|x|n", "a|y"}, {"b", "x", "y"}, "z", "a|z|n", true},
		{{"a|b", "a|x", "a|y"}, {"", "", ""}, "t", "a|x|y|t", true},
		{{"a|b", "a|x", "a|y"}, {"", "", ""}, "", "a|x|y|t", false},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_arena arena = {0};
		struct wls_pieces pieces = {.arena = &arena, .sides = 2};
		struct wls_slice texts[3], sources[3];
		for (size_t k = 0; k < 3; k++) {
			texts[k] = lines_of(&arena, cases[i].texts[k]);
			sources[k] = lines_of(&arena, cases[i].sources[k]);
		}
		struct wls_composed made = {.sources = sources,
					    .result = lines_of(&arena, cases[i].made)};
		struct wls_composed_list list = {.items = &made, .count = 1, .cap = 1};
		wls_pieces_add_text(&pieces, lines_of(&arena, cases[i].result));
		bool want = cases[i].right;
		cr_expect_eq(wls_check_conservation(&pieces, texts, &list), want, "%zu", i);
		wls_pieces_release(&pieces);
		wls_arena_release(&arena);
	}
}

/* A line may come from several pieces, and pieces may break anywhere. */
Test(check, pieces_within_lines)
{
	static const char whole[] = "## v1\nOne. Two. Three.\n\n## v2\n- a\nend";
	static const struct wls_slice texts[] = {
		{whole, sizeof(whole) - 1}, {whole, sizeof(whole) - 1}, {whole, sizeof(whole) - 1}};

	for (size_t cut = 0; cut < sizeof(whole); cut++) {
		for (size_t next = cut; next < sizeof(whole); next++) {
			char copy[sizeof(whole)];
			memcpy(copy, whole, sizeof(whole));
			struct wls_pieces pieces = {.sides = 2};
			wls_pieces_add_text(&pieces, wls_slice(whole, cut));
			wls_pieces_add_text(&pieces, wls_slice(copy + cut, next - cut));
			wls_pieces_add_text(&pieces,
					    wls_slice(whole + next, sizeof(whole) - 1 - next));
			cr_assert(wls_check_conservation(&pieces, texts, NULL), "%zu %zu", cut,
				  next);
			if (next > cut && copy[next - 1] > ' ') {
				copy[next - 1] ^= 1; /* in the piece in the middle */
				cr_assert_not(wls_check_conservation(&pieces, texts, NULL),
					      "%zu %zu", cut, next);
			}
			wls_pieces_release(&pieces);
		}
	}
}
