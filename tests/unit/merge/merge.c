/* SPDX-License-Identifier: MIT */
/*
 * The merge as a whole: limits, shortcuts, order of sides, policies, forms, and what it reports. The
 * cases of the rules are in fixtures/merge.
 */
#include "wlsync/merge.h"

#include <criterion/criterion.h>
#include <stdio.h>

#define V1 "## v1 | 2025-11-01 10:00 | x\n\n"
#define ITEM(text) V1 "**Next:**\n- " text "\n- same\n"

struct run {
	struct wls_merge_options options;
	struct wls_merge *merge;
};

static void start(struct run *r)
{
	*r = (struct run){0};
	wls_merge_options_init(&r->options);
}

static void merge(struct run *r, const char *base, const char *const *sides, size_t count)
{
	struct wls_slice texts[WLS_MERGE_SIDES_MAX];
	struct wls_error err;

	wls_merge_free(r->merge);
	for (size_t s = 0; s < count; s++)
		texts[s] = wls_slice_of(sides[s]);
	cr_assert_eq(wls_merge(&r->merge, base ? wls_slice_of(base) : wls_slice(NULL, 0), texts,
			       count, &r->options, &err),
		     0);
}

static void merge_two(struct run *r, const char *base, const char *ours, const char *theirs)
{
	const char *const sides[2] = {ours, theirs};

	merge(r, base, sides, 2);
}

static const char *text_of(const struct run *r)
{
	return wls_buf_str(&r->merge->text);
}

static void stop(struct run *r)
{
	wls_merge_free(r->merge);
}

/* ---- limits ---- */

Test(merge_merge, limits)
{
	static const char text[] = "a\n";
	const struct wls_slice big = {text, WLS_FILE_MAX}, small = {text, 2};
	struct wls_slice sides[WLS_MERGE_SIDES_MAX + 1];
	const struct {
		struct wls_slice base, last;
		size_t count;
		int status;
	} rows[] = {
		{small, small, 0, WLS_E_USAGE},
		{small, small, WLS_MERGE_SIDES_MAX + 1, WLS_E_USAGE},
		{small, small, WLS_MERGE_SIDES_MAX, 0},
		{small, small, 1, 0},
		{big, small, 2, WLS_E_LIMIT},
		{small, big, 1, WLS_E_LIMIT},
		{small, big, 3, WLS_E_LIMIT},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_merge_options options;
		struct wls_merge *out = (struct wls_merge *)&options; /* not written on failure */
		struct wls_error err = {0};

		wls_merge_options_init(&options);
		for (size_t s = 0; s <= WLS_MERGE_SIDES_MAX; s++)
			sides[s] = s + 1 == rows[i].count ? rows[i].last : small;
		int status = wls_merge(&out, rows[i].base, sides, rows[i].count, &options, &err);
		cr_expect_eq(status, rows[i].status, "case %zu: %d", i, status);
		if (status == 0) {
			wls_merge_free(out);
			continue;
		}
		cr_expect_eq((void *)out, (void *)&options, "case %zu", i);
		cr_expect_eq(err.status, rows[i].status);
		cr_expect_neq(err.text[0], '\0');
	}
	wls_merge_free(NULL);
}

Test(merge_merge, sixty_four_sides)
{
	static char texts[WLS_MERGE_SIDES_MAX][128];
	const char *sides[WLS_MERGE_SIDES_MAX];
	struct run r;

	for (int s = 0; s < (int)WLS_MERGE_SIDES_MAX; s++) {
		snprintf(
			texts[s], sizeof(texts[s]),
			"## v1 | 2025-01-01 | x\n\n- a\n\n## v2 | 2025-02-01 10:%02d | n%d\n\n- item%d\n",
			s % 60, s, s);
		sides[s] = texts[s];
	}
	start(&r);
	merge(&r, "## v1 | 2025-01-01 | x\n\n- a\n", sides, WLS_MERGE_SIDES_MAX);
	cr_expect_eq(r.merge->conflict_count, 0);
	cr_expect_eq(r.merge->renumbering_count, WLS_MERGE_SIDES_MAX - 1);
	cr_expect_not_null(strstr(text_of(&r), "## v65 |"));
	for (int s = 0; s < (int)WLS_MERGE_SIDES_MAX; s++) {
		char item[16];
		snprintf(item, sizeof(item), "- item%d\n", s);
		cr_expect_not_null(strstr(text_of(&r), item), "%s", item);
	}
	stop(&r);
}

/* ---- shortcuts ---- */

Test(merge_merge, who_changed_nothing_has_no_say)
{
	static const char *const texts[] = {"", "a", "a\r\nb\n\n\n", V1 "- [x] a\n",
					    "\xEF\xBB\xBF# T\n"};
	struct run r;

	start(&r);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++)
		for (size_t j = 0; j < WLS_ARRAY_SIZE(texts); j++) {
			const char *b = texts[i], *x = texts[j];
			merge_two(&r, b, b, x);
			cr_expect_str_eq(text_of(&r), x);
			merge_two(&r, b, x, b);
			cr_expect_str_eq(text_of(&r), x);
			merge_two(&r, b, x, x);
			cr_expect_str_eq(text_of(&r), x);
			const char *const three[3] = {b, x, b};
			merge(&r, b, three, 3);
			cr_expect_str_eq(text_of(&r), x);
			cr_expect(r.merge->method == WLS_METHOD_STRUCTURE &&
				  r.merge->conflict_count == 0 && r.merge->resolution_count == 0);
			cr_expect_eq(r.merge->side_count, 3);
		}
	merge_two(&r, NULL, "x\n", "x\n");
	cr_expect_str_eq(text_of(&r), "x\n");
	const char *const one[1] = {"x\n"};
	merge(&r, NULL, one, 1);
	cr_expect_str_eq(text_of(&r), "x\n");
	stop(&r);
}

/* ---- conflicts, and who is ours ---- */

Test(merge_merge, conflict)
{
	struct run r;

	start(&r);
	for (int turned = 0; turned < 2; turned++) {
		const char *ours = turned ? ITEM("[LOW] a") : ITEM("[HIGH] a");
		const char *theirs = turned ? ITEM("[HIGH] a") : ITEM("[LOW] a");
		char want[512];

		merge_two(&r, ITEM("[MED] a"), ours, theirs);
		snprintf(
			want, sizeof(want),
			V1
			"**Next:**\n<<<<<<< ours (v1 \xE2\x80\xBA Next)\n- [%s] a\n||||||| base\n"
			"- [MED] a\n=======\n- [%s] a\n>>>>>>> theirs (v1 \xE2\x80\xBA Next)\n- same\n",
			turned ? "LOW" : "HIGH", turned ? "HIGH" : "LOW");
		struct wls_conflict_blocks blocks = {0};
		wls_conflict_blocks_find(wls_buf_slice(&r.merge->text), &blocks);
		cr_assert_eq(blocks.count, 1);
		cr_assert_eq(r.merge->conflict_count, 1);
		const struct wls_conflict *c = &r.merge->conflicts[0];
		cr_expect_eq(c->line, 4);
		cr_expect_eq(blocks.items[0].line, c->line);
		cr_expect(wls_slice_eq(c->place, WLS_SLICE("v1 \xE2\x80\xBA Next")));
		cr_expect_str_eq(c->reason, "both sides changed the priority");
		cr_expect(wls_slice_eq(c->texts[0], WLS_SLICE("- [MED] a\n")));
		cr_expect(wls_slice_eq(c->texts[1], blocks.items[0].ours));
		cr_expect(wls_slice_eq(c->texts[2], blocks.items[0].theirs));
		cr_expect(wls_slice_eq(blocks.items[0].ours, turned ? WLS_SLICE("- [LOW] a\n")
								    : WLS_SLICE("- [HIGH] a\n")));
		size_t before = strcspn(text_of(&r), "<");
		cr_expect_eq(strncmp(text_of(&r), want, before), 0);
		cr_expect_eq(r.merge->marker_size, 7);
		free(blocks.items);
	}
	stop(&r);
}

Test(merge_merge, labels_styles_sizes)
{
	static const char *const labels[2] = {"HEAD", "topic"};
	struct run r;

	start(&r);
	r.options.labels = labels;
	r.options.base_label = "abc123";
	r.options.marker_size = 9;
	merge_two(&r, ITEM("[MED] a"), ITEM("[HIGH] a"), ITEM("[LOW] a"));
	cr_expect_not_null(strstr(text_of(&r), "\n<<<<<<<<< HEAD (v1 \xE2\x80\xBA Next)\n"));
	cr_expect_not_null(strstr(text_of(&r), "\n||||||||| abc123"));
	cr_expect_not_null(strstr(text_of(&r), "\n=========\n"));
	cr_expect_not_null(strstr(text_of(&r), "\n>>>>>>>>> topic (v1 \xE2\x80\xBA Next)\n"));
	cr_expect_eq(r.merge->marker_size, 9);
	r.options.style = WLS_STYLE_MERGE;
	merge_two(&r, ITEM("[MED] a"), ITEM("[HIGH] a"), ITEM("[LOW] a"));
	cr_expect_null(strstr(text_of(&r), "|||||||||"));
	stop(&r);
}

/* Markers are longer than what looks like one, and conflicts of an input stay. */
Test(merge_merge, conflicts_in_the_inputs)
{
#define OLD                                                                                        \
	"<<<<<<< HEAD (v1 \xE2\x80\xBA Work)\n- p\n=======\n- q\n>>>>>>> topic (v1 \xE2\x80\xBA Work)\n"
#define WITH(text) V1 "**Work:**\n- w\n" OLD "\n**Next:**\n- " text "\n"
	struct run r;

	start(&r);
	merge_two(&r, WITH("[MED] a"), WITH("[HIGH] a"), WITH("[LOW] a"));
	cr_expect_eq(r.merge->conflict_count, 1);
	cr_expect_gt(r.merge->marker_size, 7);
	cr_expect_not_null(strstr(text_of(&r), OLD));
	struct wls_conflict_blocks blocks = {0};
	wls_conflict_blocks_find(wls_buf_slice(&r.merge->text), &blocks);
	cr_expect_eq(blocks.count, 2);
	cr_expect_eq(blocks.items[blocks.count - 1].line, r.merge->conflicts[0].line);
	free(blocks.items);
	merge_two(&r, WITH("a"), WITH("a\n- b"), WITH("a\n- c"));
	cr_expect_eq(r.merge->conflict_count, 0, "an old one is none of ours");
	stop(&r);
}

Test(merge_merge, policies)
{
	static const struct {
		const char *policy, *base, *ours, *theirs;
		const char *want[2]; /* and with the sides turned; NULL: conflict */
	} rows[] = {
		{"priority=conflict",
		 ITEM("[MED] a"),
		 ITEM("[HIGH] a"),
		 ITEM("[LOW] a"),
		 {NULL, NULL}},
		{"priority=ours",
		 ITEM("[MED] a"),
		 ITEM("[HIGH] a"),
		 ITEM("[LOW] a"),
		 {ITEM("[HIGH] a"), ITEM("[LOW] a")}},
		{"priority=theirs",
		 ITEM("[MED] a"),
		 ITEM("[HIGH] a"),
		 ITEM("[LOW] a"),
		 {ITEM("[LOW] a"), ITEM("[HIGH] a")}},
		{"item=ours",
		 ITEM("one two three"),
		 V1 "**Next:**\n- same\n",
		 ITEM("one two four"),
		 {V1 "**Next:**\n- same\n", ITEM("one two four")}},
		{"item=theirs",
		 ITEM("one two three"),
		 V1 "**Next:**\n- same\n",
		 ITEM("one two four"),
		 {ITEM("one two four"), V1 "**Next:**\n- same\n"}},
		{"item=union",
		 ITEM("one two three"),
		 V1 "**Next:**\n- same\n",
		 ITEM("one two four"),
		 {ITEM("one two four"), ITEM("one two four")}},
		{"status=ours",
		 V1 "**Status:** a\n",
		 V1 "**Status:** b\n",
		 V1 "**Status:** c\n",
		 {V1 "**Status:** b\n", V1 "**Status:** c\n"}},
		{"status=theirs",
		 V1 "**Status:** a\n",
		 V1 "**Status:** b\n",
		 V1 "**Status:** c\n",
		 {V1 "**Status:** c\n", V1 "**Status:** b\n"}},
		{"text=ours",
		 V1 "One two three.\n",
		 V1 "One two four.\n",
		 V1 "One two five.\n",
		 {V1 "One two four.\n", V1 "One two five.\n"}},
		{"text=union",
		 V1 "```\na\n```\n",
		 V1 "```\nb\n```\n",
		 V1 "```\nc\n```\n",
		 {V1 "```\nb\nc\n```\n", V1 "```\nc\nb\n```\n"}},
		{"status=latest",
		 V1 "**Status:** a\n",
		 V1 "**Status:** b\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n",
		 V1 "**Status:** c\n",
		 {V1 "**Status:** b\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n",
		  V1 "**Status:** b\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n"}},
		{"item=latest",
		 ITEM("one two three"),
		 V1 "**Next:**\n- same\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n",
		 ITEM("one two four"),
		 {V1 "**Next:**\n- same\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n",
		  V1 "**Next:**\n- same\n\n## v2 | 2025-11-02 10:00 | y\n\n- n\n"}},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		for (int turned = 0; turned < 2; turned++) {
			const char *want = rows[i].want[turned];
			struct wls_error err;
			struct run r;

			start(&r);
			cr_assert_eq(wls_merge_policy_parse(&r.options,
							    wls_slice_of(rows[i].policy), &err),
				     0);
			merge_two(&r, rows[i].base, turned ? rows[i].theirs : rows[i].ours,
				  turned ? rows[i].ours : rows[i].theirs);
			cr_expect_eq(r.merge->conflict_count > 0, want == NULL, "%s: %s",
				     rows[i].policy, text_of(&r));
			if (want) {
				bool told = false;
				cr_expect_str_eq(text_of(&r), want, "%s (%d):\n%s", rows[i].policy,
						 turned, text_of(&r));
				for (size_t k = 0; k < r.merge->resolution_count; k++)
					told |= r.merge->resolutions[k].rule == WLS_RULE_POLICY;
				cr_expect(told, "%s is not named", rows[i].policy);
			}
			stop(&r);
		}
}

/* ---- several sides ---- */

Test(merge_merge, three_sides)
{
	static const char *const apart[3] = {ITEM("a\n- b1"), ITEM("[x] a"), ITEM("a\n- b2")};
	static const char *const differ[3] = {ITEM("[HIGH] a"), ITEM("[LOW] a"),
					      ITEM("[x] [MED] a")};
	static const char *const text[3] = {V1 "One. Two. Three.\n", V1 "Uno. Two. Three.\n",
					    V1 "One. Two. Tres.\n"};
	struct run r;

	start(&r);
	merge(&r, ITEM("[ ] a"), apart, 3);
	cr_expect_eq(r.merge->side_count, 3);
	merge(&r, ITEM("a"), differ, 3);
	cr_assert_geq(r.merge->conflict_count, 1);
	for (size_t s = 0; s < 3; s++) {
		const char *line = differ[s] + strlen(V1 "**Next:**\n");
		struct wls_slice item = wls_slice(line, strcspn(line, "\n"));
		cr_expect_neq(wls_slice_find(wls_buf_slice(&r.merge->text), item), SIZE_MAX, "%s",
			      line);
	}
	stop(&r);
	start(&r);
	merge(&r, V1 "One. Two. Three!\n", text, 3);
	cr_expect_gt(r.merge->text.len, 0);
	stop(&r);
}

Test(merge_merge, three_sides_of_one_text)
{
	static const char *const clean[3] = {V1 "Uno. Two. Three.\n", V1 "One. Dos. Three.\n",
					     V1 "One. Two. Tres.\n"};
	static const char *const clash[3] = {V1 "Uno. Two. Three.\n", V1 "Eins. Two. Three.\n",
					     V1 "Un. Two. Three.\n"};
	struct run r;

	start(&r);
	merge(&r, V1 "One. Two. Three.\n", clean, 3);
	cr_expect_eq(r.merge->conflict_count, 0);
	cr_expect_str_eq(text_of(&r), V1 "Uno. Dos. Tres.\n");
	cr_assert_gt(r.merge->resolution_count, 0);
	cr_expect_eq(r.merge->resolutions[0].rule, WLS_RULE_SENTENCES);
	merge(&r, V1 "One. Two. Three.\n", clash, 3);
	cr_assert_eq(r.merge->conflict_count, 1);
	for (size_t s = 0; s < 3; s++) {
		const char *line = clash[s] + strlen(V1);
		cr_expect(wls_slice_eq(r.merge->conflicts[0].texts[1 + s], wls_slice_of(line)),
			  "side %zu", s);
		cr_expect_not_null(strstr(text_of(&r), line));
	}
	cr_expect_not_null(strstr(text_of(&r), "<<<<<<< ours ("));
	cr_expect_not_null(strstr(text_of(&r), "side 3"));
	stop(&r);
}

/* ---- no structure to merge by ---- */

static void merge_bytes(struct run *r, const char *base, const char *const *sides, size_t count,
			size_t len)
{
	struct wls_slice texts[3];
	struct wls_error err;

	wls_merge_free(r->merge);
	for (size_t s = 0; s < count; s++)
		texts[s] = wls_slice(sides[s], len);
	cr_assert_eq(wls_merge(&r->merge, wls_slice(base, len), texts, count, &r->options, &err),
		     0);
}

Test(merge_merge, binary)
{
	static const char base[] = "a\n\0\nb\nc\n", ours[] = "A\n\0\nb\nc\n",
			  theirs[] = "a\n\0\nb\nC\n", other[] = "X\n\0\nb\nc\n";
	const char *const clean[2] = {ours, theirs}, *const clash[2] = {ours, other},
			  *const three[3] = {ours, theirs, other};
	size_t len = sizeof(base) - 1;
	struct run r;

	start(&r);
	merge_bytes(&r, base, clean, 2, len);
	cr_expect_eq(r.merge->method, WLS_METHOD_LINES);
	cr_expect_eq(r.merge->conflict_count, 0);
	cr_expect(wls_slice_eq(wls_buf_slice(&r.merge->text), wls_slice("A\n\0\nb\nC\n", len)));
	merge_bytes(&r, base, clash, 2, len);
	cr_expect_eq(r.merge->method, WLS_METHOD_LINES);
	cr_expect_eq(r.merge->conflict_count, 1);
	cr_expect_str_eq(r.merge->conflicts[0].reason, "both sides changed the same lines");
	merge_bytes(&r, base, three, 3, len);
	cr_expect_eq(r.merge->method, WLS_METHOD_WHOLE);
	cr_expect_eq(r.merge->conflict_count, 1);
	stop(&r);
}

Test(merge_merge, without_base)
{
	struct run r;

	start(&r);
	merge_two(&r, NULL, V1 "- a\n",
		  "## v1 | 2025-12-24 10:00 | Unlike\n\n- other words entirely\n");
	cr_expect_eq(r.merge->method, WLS_METHOD_WHOLE, "logs without an entry in common");
	cr_expect_eq(r.merge->conflict_count, 1);
	cr_expect_eq(r.merge->conflicts[0].line, 1);
	merge_two(&r, "", V1 "- a\n", V1 "- a\n- b\n");
	cr_expect_eq(r.merge->method, WLS_METHOD_STRUCTURE);
	cr_expect_str_eq(text_of(&r), V1 "- a\n- b\n");
	merge_two(&r, NULL, "intro\n", V1 "- a\n");
	cr_expect_eq(r.merge->method, WLS_METHOD_STRUCTURE, "only one of them is a log");
	stop(&r);
}

/* ---- the file's form ---- */

Test(merge_merge, forms)
{
	static const struct {
		const char *base, *ours, *theirs, *want;
	} rows[] = {
		{"a\n\nb\n\nc\n", "A\r\n\r\nb\r\n\r\nc\r\n", "a\n\nb\n\nC\n",
		 "A\r\n\r\nb\r\n\r\nC\r\n"},
		{"a\r\n\r\nb\r\n\r\nc\r\n", "A\r\n\r\nb\r\n\r\nc\r\n", "a\r\n\r\nb\r\n\r\nC\r\n",
		 "A\r\n\r\nb\r\n\r\nC\r\n"},
		{"a\n\nb\n\nc", "A\n\nb\n\nc", "a\n\nb\n\nC\n", "A\n\nb\n\nC\n"},
		{"a\n\nb\n\nc", "A\n\nb\n\nc", "a\n\nb\n\nC", "A\n\nb\n\nC"},
		{"a\n\nb\n\nc\n",
		 "\xEF\xBB\xBF"
		 "A\n\nb\n\nc\n",
		 "a\n\nb\n\nC\n",
		 "\xEF\xBB\xBF"
		 "A\n\nb\n\nC\n"},
		{"a\n\nb\r\n\nc\n", "A\n\nb\r\n\nc\n", "a\n\nb\r\n\nC\n", "A\n\nb\r\n\nC\n"},
	};
	struct run r;

	start(&r);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		for (int turned = 0; turned < 2; turned++) {
			merge_two(&r, rows[i].base, turned ? rows[i].theirs : rows[i].ours,
				  turned ? rows[i].ours : rows[i].theirs);
			cr_expect_str_eq(text_of(&r), rows[i].want, "case %zu", i);
		}
	stop(&r);
}

/* What the report says of a conflict has the line endings that stand in the file. */
Test(merge_merge, conflicts_with_crlf)
{
	static const struct {
		const char *base, *ours, *theirs;
	} rows[] = {
		{"One two.\r\n", "One three.\r\n", "One four.\r\n"}, /* merged as they are */
		{"One two.\n", "One three.\r\n", "One four.\n"},     /* merged as LF */
	};
	struct run r;

	start(&r);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		merge_two(&r, rows[i].base, rows[i].ours, rows[i].theirs);
		cr_assert_eq(r.merge->conflict_count, 1);
		cr_expect(wls_slice_eq(r.merge->conflicts[0].texts[0], WLS_SLICE("One two.\r\n")));
		cr_expect(
			wls_slice_eq(r.merge->conflicts[0].texts[1], WLS_SLICE("One three.\r\n")));
		cr_expect(wls_slice_eq(r.merge->conflicts[0].texts[2], WLS_SLICE("One four.\r\n")));
		for (const char *at = text_of(&r); (at = strchr(at, '\n')) != NULL; at++)
			cr_expect_eq(at[-1], '\r', "case %zu", i);
	}
	stop(&r);
}

/* ---- the report ---- */

Test(merge_merge, report_in_the_callers_order)
{
	static const char *const early = V1 "- a\n\n## v2 | 2025-11-02 10:00 | Early\n\n- e\n";
	static const char *const late =
		V1 "- a\n\n## v2 | 2025-11-03 10:00 | Late\n\n- l\n- React v2\n";
	struct run r;

	start(&r);
	for (size_t side = 0; side < 2; side++) {
		merge_two(&r, V1 "- a\n", side ? early : late, side ? late : early);
		cr_assert_eq(r.merge->renumbering_count, 1);
		const struct wls_renumbering *n = &r.merge->renumberings[0];
		cr_expect(n->letter == 'v' && n->from == 2 && n->to == 3);
		cr_expect_eq(n->side, side);
		cr_expect(wls_slice_eq(n->title, WLS_SLICE("Late")));
		cr_assert_eq(r.merge->left_count, 1);
		cr_expect_eq(r.merge->left[0].side, side);
		cr_expect(wls_slice_eq(r.merge->left[0].text, WLS_SLICE("- React v2")));
		cr_expect_null(strstr(text_of(&r), "wlsync:"));
	}
	r.options.trace = true;
	merge_two(&r, V1 "- a\n", early, late);
	cr_expect_not_null(strstr(text_of(&r), "| Late\n<!-- wlsync: was v2 -->\n"), "%s",
			   text_of(&r));
	stop(&r);
}

Test(merge_merge, resolutions_in_the_callers_order)
{
	struct run r;

	start(&r);
	for (int turned = 0; turned < 2; turned++) {
		const char *x = V1 "**Progress:** 50%\n", *y = V1 "**Progress:** 70%\n";
		merge_two(&r, V1 "**Progress:** 10%\n", turned ? y : x, turned ? x : y);
		cr_expect_str_eq(text_of(&r), y);
		const struct wls_resolution *found = NULL;
		for (size_t i = 0; i < r.merge->resolution_count; i++)
			if (r.merge->resolutions[i].rule == WLS_RULE_PERCENT)
				found = &r.merge->resolutions[i];
		cr_assert_not_null(found);
		cr_expect_neq(wls_slice_find(found->base, WLS_SLICE("10")), SIZE_MAX);
		cr_expect_neq(
			wls_slice_find(found->ours, turned ? WLS_SLICE("70") : WLS_SLICE("50")),
			SIZE_MAX);
		cr_expect_neq(
			wls_slice_find(found->theirs, turned ? WLS_SLICE("50") : WLS_SLICE("70")),
			SIZE_MAX);
		cr_expect_neq(wls_slice_find(found->result, WLS_SLICE("70")), SIZE_MAX);
		cr_expect(wls_slice_starts(found->place, WLS_SLICE("v1")));
	}
	stop(&r);
}
