/* SPDX-License-Identifier: MIT */
/*
 * From matched units to pieces: texts, conflicts with place and reason, landmarks, rules.
 */
#include "merge/resolve.h"

#include <criterion/criterion.h>

#include "engine_support.h"

#define V1 "## v1 | 2025-11-01 10:00 | x\n\n"
#define PLACE(rest) "v1 \xE2\x80\xBA " rest

struct run {
	struct engine_test t;
	struct wls_merge_options options;
	struct wls_arena arena;
	struct wls_pieces pieces;
	struct wls_resolutions resolutions;
	struct wls_composed_list composed;
	struct wls_landmarks landmarks;
};

static void resolve(struct run *r, const char *const *texts, size_t sides)
{
	static const size_t order[SIDES_MAX] = {1, 2, 3};

	*r = (struct run){0};
	wls_merge_options_init(&r->options);
	engine_read(&r->t, texts, sides);
	engine_match(&r->t);
	r->pieces = (struct wls_pieces){.arena = &r->arena, .sides = sides};
	r->resolutions.arena = &r->arena;
	struct wls_resolver resolver = {
		.units = &r->t.units,
		.entries = &r->t.entries,
		.options = &r->options,
		.pieces = &r->pieces,
		.resolutions = &r->resolutions,
		.composed = &r->composed,
		.landmarks = &r->landmarks,
		.line_ending = WLS_SLICE("\n"),
		.has_base = texts[0][0] != '\0',
		.order = order,
	};
	wls_resolve(&resolver);
}

static void release(struct run *r)
{
	wls_pieces_release(&r->pieces);
	free(r->resolutions.items);
	free(r->composed.items);
	free(r->landmarks.items);
	wls_arena_release(&r->arena);
	engine_release(&r->t);
}

/* The text; conflicts as `<ours|base|theirs>`. */
static void write_pieces(const struct run *r, struct wls_buf *out)
{
	for (size_t i = 0; i < r->pieces.count; i++) {
		const struct wls_piece *p = &r->pieces.items[i];

		if (!p->variants) {
			wls_buf_add_slice(out, p->text);
			continue;
		}
		wls_buf_add_char(out, '<');
		wls_buf_add_slice(out, p->variants[1]);
		wls_buf_add_char(out, '|');
		wls_buf_add_slice(out, p->variants[0]);
		for (size_t s = 2; s <= r->t.sides; s++) {
			wls_buf_add_char(out, '|');
			wls_buf_add_slice(out, p->variants[s]);
		}
		wls_buf_add_char(out, '>');
	}
}

/* Every landmark is where a node of its kind begins in the text. */
static void check_landmarks(const struct run *r, struct wls_slice text, const char *name)
{
	struct wls_doc _cleanup_doc_ *doc = NULL;
	struct wls_error err;
	size_t found = 0;

	cr_assert_eq(wls_doc_parse(&doc, text, &err), 0);
	for (size_t i = 0; i < r->landmarks.count; i++)
		for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n))
			if (n->begin == r->landmarks.items[i].at &&
			    n->kind == r->landmarks.items[i].kind) {
				found++;
				break;
			}
	cr_expect_eq(found, r->landmarks.count, "%s: %zu of %zu landmarks", name, found,
		     r->landmarks.count);
}

struct row {
	const char *name;
	const char *texts[3];
	const char *want;
	const char *place, *reason; /* of the first conflict */
};

static void check_row(const struct row *row)
{
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	struct run r;

	resolve(&r, row->texts, 2);
	write_pieces(&r, &got);
	cr_expect_str_eq(wls_buf_str(&got), row->want, "%s:\n%s", row->name, wls_buf_str(&got));
	cr_expect_eq(r.pieces.conflict_count > 0, row->reason != NULL, "%s", row->name);
	for (size_t i = 0; i < r.pieces.count && row->reason; i++) {
		const struct wls_piece *p = &r.pieces.items[i];
		if (!p->variants)
			continue;
		cr_expect(wls_slice_eq(p->place, wls_slice_of(row->place)), "%s: %.*s", row->name,
			  WLS_SLICE_ARG(p->place));
		cr_expect_str_eq(p->reason, row->reason, "%s: %s", row->name, p->reason);
		break;
	}
	if (r.pieces.conflict_count == 0)
		check_landmarks(&r, wls_buf_slice(&got), row->name);
	release(&r);
}

static void check_rows(const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_row(&rows[i]);
}

Test(merge_resolve, clean)
{
	static const struct row rows[] = {
		{"nothing at all", {"", "", ""}, "", NULL, NULL},
		{"one changed",
		 {V1 "- a\n", V1 "- a\n- b\n", V1 "- a\n"},
		 V1 "- a\n- b\n",
		 NULL,
		 NULL},
		{"removed by one",
		 {V1 "- a\n- b\n", V1 "- b\n", V1 "- a\n- b\n"},
		 V1 "- b\n",
		 NULL,
		 NULL},
		{"removed by both",
		 {V1 "- a\n- b\n- c\n", V1 "- b\n- c\n", V1 "- b\n"},
		 V1 "- b\n",
		 NULL,
		 NULL},
		{"different parts",
		 {V1 "**Now:** a\n\n**Next:**\n- b\n", V1 "**Now:** A\n\n**Next:**\n- b\n",
		  V1 "**Now:** a\n\n**Next:**\n- b\n- c\n"},
		 V1 "**Now:** A\n\n**Next:**\n- b\n- c\n",
		 NULL,
		 NULL},
		{"moved by one, edited by the other",
		 {V1 "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n",
		  V1 "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n",
		  V1 "**Next:**\n- write all the good tests\n- b\n\n**Done:**\n- z\n"},
		 V1 "**Next:**\n- b\n\n**Done:**\n- z\n- write all the good tests\n",
		 NULL,
		 NULL},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

/* Blank lines stay as they are where nobody touched them; one side's change wins. */
Test(merge_resolve, gaps)
{
	static const struct row rows[] = {
		{"one side's",
		 {"a\n\nb\n\nc\n", "a\n\n\nb\n\nc\n", "a\n\nb\n\nC\n"},
		 "a\n\n\nb\n\nC\n",
		 NULL,
		 NULL},
		{"the longest of two",
		 {"a\n\nb\n\nc\n", "a\n\n\nb\n\nc\n", "a\n\n\n\nb\n\nc\n"},
		 "a\n\n\n\nb\n\nc\n",
		 NULL,
		 NULL},
		{"at the end",
		 {"a\n\nb\n", "a\n\nb\n\n\n", "A\n\nb\n"},
		 "A\n\nb\n\n\n",
		 NULL,
		 NULL},
		{"behind what was removed",
		 {"a\n\nb\n\n\nc\n", "a\n\nc\n", "a\n\nb\n\n\nC\n"},
		 "a\n\nC\n",
		 NULL,
		 NULL},
		{"a paragraph where none was in front",
		 {"b1 b2\n\nc\n", "new\n\nb1 b2\n\nc\n", "b1 b2\n\nC\n"},
		 "new\n\nb1 b2\n\nC\n",
		 NULL,
		 NULL},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_resolve, conflicts)
{
	static const struct row rows[] = {
		{"removed and changed",
		 {V1 "**Next:**\n- one two three\n- b\n", V1 "**Next:**\n- b\n",
		  V1 "**Next:**\n- one two four\n- b\n"},
		 V1 "**Next:**\n<|- one two three\n|- one two four\n>- b\n",
		 PLACE("Next"),
		 "one side removed it, the other changed it"},
		{"an entry removed and edited",
		 {V1 "- a\n\n## v2 | 2025-11-02 10:00 | y\n\n- b\n", V1 "- a\n",
		  V1 "- a\n\n## v2 | 2025-11-02 10:00 | y\n\n- b\n- c\n"},
		 V1
		 "- a\n\n<|## v2 | 2025-11-02 10:00 | y\n\n- b\n|## v2 | 2025-11-02 10:00 | y\n\n- b\n- c\n>",
		 "v2",
		 "one side removed it, the other changed it"},
		{"a scalar",
		 {V1 "**Status:** a\n", V1 "**Status:** b\n", V1 "**Status:** c\n"},
		 V1 "<**Status:** b\n|**Status:** a\n|**Status:** c\n>",
		 PLACE("Status"),
		 "both sides changed the value"},
		{"reordered by both",
		 {V1 "**Next:**\n- aa\n- bb\n- cc\n", V1 "**Next:**\n- cc\n- aa\n- bb\n",
		  V1 "**Next:**\n- bb\n- aa\n- cc\n"},
		 V1 "**Next:**\n<- cc\n- aa\n- bb\n|- aa\n- bb\n- cc\n|- bb\n- aa\n- cc\n>",
		 PLACE("Next"),
		 "both sides reordered the list"},
		{"the same in opposite orders",
		 {V1 "**Next:**\n- aa\n", V1 "**Next:**\n- aa\n- xx\n- yy\n",
		  V1 "**Next:**\n- aa\n- yy\n- xx\n"},
		 V1 "**Next:**\n- aa\n<- xx\n- yy\n||- yy\n- xx\n>",
		 PLACE("Next"),
		 "both sides added the same in opposite orders"},
		{"moved to two places",
		 {V1
		  "**Next:**\n- write all the tests\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- y\n",
		  V1
		  "**Next:**\n- b\n\n**Done:**\n- z\n- write all the tests\n\n**Backlog:**\n- y\n",
		  V1
		  "**Next:**\n- b\n\n**Done:**\n- z\n\n**Backlog:**\n- y\n- write all the tests\n"},
		 V1
		 "**Next:**\n- b\n\n**Done:**\n- z\n<- write all the tests\n||>\n**Backlog:**\n- y\n<||- write all the tests\n>",
		 PLACE("Done"),
		 "both sides moved it, to different places"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

/* Sides given in the other order: the same conflicts, swapped. */
Test(merge_resolve, swapped)
{
	static const struct row rows[] = {
		{"removed and changed",
		 {V1 "**Next:**\n- one two three\n- b\n", V1 "**Next:**\n- one two four\n- b\n",
		  V1 "**Next:**\n- b\n"},
		 V1 "**Next:**\n<- one two four\n|- one two three\n|>- b\n",
		 PLACE("Next"),
		 "one side removed it, the other changed it"},
		{"a scalar",
		 {V1 "**Status:** a\n", V1 "**Status:** c\n", V1 "**Status:** b\n"},
		 V1 "<**Status:** c\n|**Status:** a\n|**Status:** b\n>",
		 PLACE("Status"),
		 "both sides changed the value"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

#define FRONT(status) "---\nstatus: " status "\n---\n\n"
#define V2 "\n## v2 | 2025-11-02 10:00 | y\n\n- b\n"
#define V3 "\n## v3 | 2025-11-03 10:00 | z\n\n- c\n"

Test(merge_resolve, frontmatter_status)
{
	static const struct row rows[] = {
		{"both added entries: the newest's",
		 {FRONT("a") V1 "- a\n", FRONT("b") V1 "- a\n" V2, FRONT("c") V1 "- a\n" V3},
		 FRONT("c") V1 "- a\n" V2 V3,
		 NULL,
		 NULL},
		{"even when it did not change it",
		 {FRONT("a") V1 "- a\n", FRONT("b") V1 "- a\n" V2, FRONT("a") V1 "- a\n" V3},
		 FRONT("a") V1 "- a\n" V2 V3,
		 NULL,
		 NULL},
		{"one added, both changed: that side's",
		 {FRONT("a") V1 "- a\n", FRONT("b") V1 "- a\n" V2, FRONT("c") V1 "- a\n"},
		 FRONT("b") V1 "- a\n" V2,
		 NULL,
		 NULL},
		{"one added, the other changed",
		 {FRONT("a") V1 "- a\n", FRONT("a") V1 "- a\n" V2, FRONT("c") V1 "- a\n"},
		 FRONT("c") V1 "- a\n" V2,
		 NULL,
		 NULL},
		{"nobody added",
		 {FRONT("a") V1 "- a\n", FRONT("b") V1 "- a\n", FRONT("c") V1 "- a\n"},
		 "---\n<status: b\n|status: a\n|status: c\n>---\n\n" V1 "- a\n",
		 "frontmatter \xE2\x80\xBA status",
		 "both sides changed the value"},
	};

	check_rows(rows, WLS_ARRAY_SIZE(rows));
}

Test(merge_resolve, names_its_rules)
{
	static const struct {
		const char *texts[3];
		enum wls_rule rule;
	} rows[] = {
		{{FRONT("a") V1 "- a\n", FRONT("b") V1 "- a\n" V2, FRONT("c") V1 "- a\n" V3},
		 WLS_RULE_STATUS},
		{{V1 "- aa\n", V1 "- aa\n- xx\n", V1 "- aa\n- yy\n"}, WLS_RULE_ORDER},
		{{V1 "- aa\n- bb\n- cc\n", V1 "- cc\n- aa\n- bb\n", V1 "- aa\n- bb\n- cc\n- dd\n"},
		 WLS_RULE_REORDERED},
		{{V1 "- [ ] aa\n", V1 "- [x] aa\n", V1 "- [ ] [HIGH] aa\n"}, WLS_RULE_ATOMS},
		{{V1 "One. Two.\n", V1 "Uno. Two.\n", V1 "One. Dos.\n"}, WLS_RULE_SENTENCES},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		bool found = false;
		struct run r;

		resolve(&r, rows[i].texts, 2);
		for (size_t k = 0; k < r.resolutions.count; k++)
			found |= r.resolutions.items[k].rule == rows[i].rule;
		cr_expect(found, "case %zu: %s", i, wls_rule_name(rows[i].rule));
		release(&r);
	}
}
