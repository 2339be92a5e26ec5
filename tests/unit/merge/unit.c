/* SPDX-License-Identifier: MIT */
/*
 * Units: how they tile a text, which of them are one, which are opened; what tells them.
 */
#include "engine_support.h"

#include <criterion/criterion.h>

#include "support/generate.h"
#include "support/generate_log.h"

#define FENCE "```sh\nmake\n\nmake test\n```\n"
#define BLOCK                                                                                      \
	"<<<<<<< HEAD (v1 \xE2\x80\xBA Next)\n- mine\n=======\n- theirs\n>>>>>>> topic (v1 "       \
	"\xE2\x80\xBA Next)\n"

/* ---- tiling ---- */

static bool is_blank(struct wls_slice s)
{
	return wls_slice_trim(s).len == 0;
}

/* NULL, or what is wrong with the children of `parent`. */
static const char *children_fault(const struct engine_test *t, const struct wls_unit *parent)
{
	uint32_t at = parent->body, position = 0;
	const struct wls_unit *prev = NULL;

	for (const struct wls_unit *u = parent->first; u; prev = u, u = u->next) {
		if (u->gap != at)
			return "the gap does not begin where the last unit ended";
		if (u->gap > u->begin || u->begin > u->body || u->body > u->end)
			return "gap, begin, body, end do not rise";
		if (!is_blank(wls_unit_gap(&t->units, u)))
			return "a gap that is not blank";
		if (u->leaf && (u->first || u->body != u->end))
			return "a leaf with something in it";
		if (u->parent != parent || u->prev != prev || u->position != position++)
			return "parent, prev or position";
		if (u->end > parent->end)
			return "a unit that ends behind its parent";
		if (u->side != parent->side)
			return "side";
		at = u->end;
	}
	if (parent->last_child != prev)
		return "last child";
	if (parent->first &&
	    !is_blank(wls_slice(t->docs[parent->side]->source.ptr + at, parent->end - at)))
		return "text behind the last child";
	return NULL;
}

static const char *tiling_fault(const struct engine_test *t, size_t side)
{
	struct wls_unit *root = t->units.roots[side];
	struct wls_slice end = wls_slice_from(t->docs[side]->source, root->end);

	if (root->gap != 0 || !is_blank(end))
		return "the root does not hold everything";
	for (struct wls_unit *u = root; u; u = next_unit(u)) {
		const char *fault = children_fault(t, u);
		if (fault)
			return fault;
		if (u->parent && u->class->unit[side] != u)
			return "class";
	}
	return NULL;
}

static void check_tiles(const char *text)
{
	const char *const texts[2] = {"# Other\n", text};
	struct engine_test t;

	engine_read(&t, texts, 1);
	engine_open_all(&t);
	const char *fault = tiling_fault(&t, 1);
	cr_expect_null(fault, "%s in:\n%s", fault, text);
	engine_release(&t);
}

Test(merge_unit, tile)
{
	static const char *const texts[] = {
		"",
		"\n\n",
		"text",
		"# T\n\n\n## v1 | x\n\n**Now:** a\n\n\n**Next:**\n\n- [ ] a\n\n  more\n- b\n   \n\n",
		"---\nversion: 1\n---\n\n## v1 | x\r\n\r\ntext\r\n\r\n",
		"## v1 | x\n\n" FENCE "\n> quote\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n",
		"## v1 | x\n\n**Status:** a | **Owner:** b | **ETA:** c\n- item\n",
		"- - a\n  - b\n- - - c\n",
		"## v1 | x\n\n**Next:**\n- a\n" BLOCK "- b\n",
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(texts); i++)
		check_tiles(texts[i]);
}

Test(merge_unit, tile_whatever_the_text)
{
	struct test_random r = {7};

	for (size_t i = 0; i < 300; i++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		const struct worklog_shape shape = {3, i % 2 == 0, i % 3 == 0, i % 5 == 0};

		if (i % 4 == 0)
			worklog_generate(&r, &shape, &text);
		else
			generate_fragment(&r, 1 + i % 40, &text);
		check_tiles(wls_buf_str(&text));
	}
}

/* ---- what is a unit, and a leaf ---- */

/* `title entry(field(item item))`; a leaf in capitals' place is `item.`; `~` before: a gap. */
static void describe(const struct engine_test *t, const struct wls_unit *parent,
		     struct wls_buf *out)
{
	for (const struct wls_unit *u = parent->first; u; u = u->next) {
		wls_buf_printf(out, "%s%s%s%s", u->prev ? " " : "",
			       wls_unit_gap(&t->units, u).len > 0 ? "~" : "",
			       wls_node_kind_name((enum wls_node_kind)u->kind), u->leaf ? "." : "");
		if (!u->first)
			continue;
		wls_buf_add_char(out, '(');
		describe(t, u, out);
		wls_buf_add_char(out, ')');
	}
}

Test(merge_unit, shapes)
{
	static const struct {
		const char *text, *want;
	} rows[] = {
		{"# T\n\n## v1 | x\n\n**Next:**\n- a\n- b\n", "title. ~entry(~field(item item))"},
		{"---\nversion: 1\nstatus: x\n---\n# T\n", "frontmatter(key. key. opaque.) title."},
		{"## v1 | x\n\ntext\n\nmore\n", "entry(~paragraph. ~paragraph.)"},
		{"## v1 | x\n\n" FENCE, "entry(~code.)"},
		{"## v1 | x\n> q\n> q\n", "entry(quote.)"},
		{"## v1 | x\n\n| a |\n|---|\n| 1 |\n", "entry(~table(row. row. row.))"},
		/* Their line cannot be shared out; what stands below is theirs. */
		{"## v1 | x\n\n**Status:** a | **Owner:** b\n", "entry(~field)"},
		/* Amid a line nothing can be taken apart by lines. */
		{"## v1 | x\n\n- - a\n  - b\n", "entry(~item.)"},
		{"## v1 | x\n\n- a\n  - b\n    - c\n", "entry(~item(item(item)))"},
		/* Whoever settles a conflict settles it whole. */
		{"## v1 | x\n\n**Next:**\n- a\n" BLOCK "- b\n", "entry(~field(item marker. item))"},
		{"## v1 | x\n\n<!-- a\n\nb -->\n", "entry(~html.)"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		const char *const texts[2] = {"", rows[i].text};
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
		struct engine_test t;

		engine_read(&t, texts, 1);
		engine_open_all(&t);
		describe(&t, t.units.roots[1], &got);
		cr_expect_str_eq(wls_buf_str(&got), rows[i].want, "%s\n got %s", rows[i].text,
				 wls_buf_str(&got));
		engine_release(&t);
	}
}

Test(merge_unit, fields_on_a_line)
{
	static const char *const texts[2] = {
		"", "## v1 | x\n\n**Status:** a | **Owner:** b\n\n**Next:** c\n"};
	struct engine_test t;

	engine_read(&t, texts, 1);
	engine_open_all(&t);
	struct wls_unit *u = find_unit(&t, 1, "Status");
	cr_assert_not_null(u);
	cr_expect_neq(u->last, u->node);
	cr_expect(wls_slice_eq(wls_unit_own(&t.units, u),
			       WLS_SLICE("**Status:** a | **Owner:** b\n")));
	cr_expect_eq(u, find_unit(&t, 1, "Owner"));
	cr_expect_neq(u, find_unit(&t, 1, "Next"));
	struct wls_own_text own = wls_unit_own_text(&t.units, u);
	cr_expect(own.node == u->node && own.last == u->last && own.doc == t.docs[1]);
	cr_expect(wls_slice_eq(own.bytes, wls_unit_own(&t.units, u)));
	engine_release(&t);
}

Test(merge_unit, block_of_markers_is_one)
{
	static const char *const texts[2] = {"", "## v1 | x\n\n**Next:**\n- a\n" BLOCK "- b\n"};
	struct engine_test t;

	engine_read(&t, texts, 1);
	engine_open_all(&t);
	struct wls_unit *u = find_unit(&t, 1, "<<<<<<<");
	cr_assert_not_null(u);
	cr_expect(wls_slice_eq(wls_unit_bytes(&t.units, u), WLS_SLICE(BLOCK)));
	engine_release(&t);
}

/* ---- opening, classes ---- */

Test(merge_unit, only_the_root_is_opened)
{
	static const char *const texts[3] = {"# T\n\n## v1 | x\n\n**Next:**\n- a\n",
					     "# T\n\n## v1 | x\n\n**Next:**\n- b\n", "# U\n"};
	struct engine_test t;

	engine_read(&t, texts, 2);
	wls_units_init(&t.units, t.docs, 2, &t.arena);
	for (size_t s = 0; s <= 2; s++) {
		cr_expect_eq(t.units.root->unit[s], t.units.roots[s]);
		cr_expect_eq(t.units.roots[s]->class, t.units.root);
		cr_expect(t.units.roots[s]->opened);
		for (struct wls_unit *u = t.units.roots[s]->first; u; u = u->next) {
			cr_expect_not(u->opened);
			cr_expect_eq(u->class == NULL, u->kind == WLS_NODE_ENTRY,
				     "entries get no class");
		}
	}
	struct wls_class *last = t.units.last_class;
	struct wls_unit *title = t.units.roots[0]->first;
	wls_class_open(&t.units, title->class);
	wls_class_open(&t.units, t.units.root);
	cr_expect_null(title->first, "a leaf is not opened");
	cr_expect_eq(t.units.last_class, last, "nothing happens to what is opened");
	engine_release(&t);
}

Test(merge_unit, equal_ends_are_one)
{
	static const char *const texts[3] = {"a\n\nb\n\nc\n\nz\n", "a\n\nx\n\nc\n\nz\n",
					     "a\n\nb\n\nq\n\nz\n"};
	static const struct {
		const char *needle;
		bool one;
	} rows[] = {{"a", true}, {"b", false}, {"c", false}, {"z", true}};
	struct engine_test t;

	engine_read(&t, texts, 2);
	engine_open_all(&t);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_unit *u = find_unit(&t, 0, rows[i].needle);
		cr_assert_not_null(u);
		for (size_t s = 1; s <= 2; s++)
			cr_expect_eq(u->class->unit[s] != NULL, rows[i].one, "%s", rows[i].needle);
	}
	engine_release(&t);
}

Test(merge_unit, join)
{
	static const char *const texts[3] = {"a\n\nb\n", "c\n\nd\n", "e\n\nf\n"};
	struct engine_test t;

	engine_read(&t, texts, 2);
	engine_open_all(&t);
	struct wls_unit *a = find_unit(&t, 0, "a"), *b = find_unit(&t, 0, "b");
	struct wls_unit *c = find_unit(&t, 1, "c"), *e = find_unit(&t, 2, "e");

	cr_assert(a && b && c && e);
	cr_expect(wls_units_join(&t.units, a, c));
	cr_expect_eq(a->class, c->class);
	cr_expect_not(wls_units_join(&t.units, a, c), "they are one already");
	cr_expect_not(wls_units_join(&t.units, a, b), "both have a unit in the base");
	cr_expect_not(wls_units_join(&t.units, b, c), "the other's class has one");
	cr_expect_neq(b->class, c->class, "a join that fails changes nothing");
	cr_expect(wls_units_join(&t.units, e, c));
	cr_expect(a->class == e->class && a->class->unit[0] == a && a->class->unit[1] == c &&
		  a->class->unit[2] == e);
	engine_release(&t);
}

/* ---- signs ---- */

Test(merge_unit, signs)
{
	static const struct {
		const char *a, *b;
		bool same_form, same_key, has_key, strong;
	} rows[] = {
		{"- [ ] add tests\n", "- [x] add tests\n", true, false, false, false},
		{"- [HIGH] add tests\n", "- add tests \xE2\x9C\x85\n", true, false, false, false},
		{"- add tests\n", "- add docs\n", false, false, false, false},
		{"- v4: add tests\n", "- v4: add docs\n", false, true, true, false},
		{"- v4: add tests\n", "- v5: add tests\n", false, false, true, false},
		{"- `a.c` (one)\n", "- `a.c` (two)\n", false, true, true, true},
		{"| a | 1 |\n|---|---|\n| b | 1 |\n", "| a | 2 |\n|---|---|\n| b | 1 |\n", false,
		 true, true, true},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf _cleanup_buf_ x = WLS_BUF_INIT, _cleanup_buf_ y = WLS_BUF_INIT;
		struct engine_test t;
		bool strong = false;

		wls_buf_printf(&x, "## v1 | x\n\n**Files:**\n\n%s", rows[i].a);
		wls_buf_printf(&y, "## v1 | x\n\n**Files:**\n\n%s", rows[i].b);
		const char *const texts[2] = {wls_buf_str(&x), wls_buf_str(&y)};
		engine_read(&t, texts, 1);
		engine_open_all(&t);
		struct wls_slice line_a = wls_slice_of(rows[i].a), line_b = wls_slice_of(rows[i].b);
		struct wls_slice first_a, first_b;
		wls_slice_next_line(&line_a, &first_a);
		wls_slice_next_line(&line_b, &first_b);
		struct wls_unit *a = find_unit(&t, 0, wls_arena_copy(&t.arena, first_a).ptr);
		struct wls_unit *b = find_unit(&t, 1, wls_arena_copy(&t.arena, first_b).ptr);
		cr_assert(a && b);
		cr_expect_eq(wls_unit_form(&t.units, a) == wls_unit_form(&t.units, b),
			     rows[i].same_form, "form: %s%s", rows[i].a, rows[i].b);
		uint64_t ka = wls_unit_key(&t.units, a, &strong);
		uint64_t kb = wls_unit_key(&t.units, b, NULL);
		cr_expect_eq(ka != 0, rows[i].has_key, "key: %s", rows[i].a);
		cr_expect_eq(ka != 0 && ka == kb, rows[i].same_key, "key: %s%s", rows[i].a,
			     rows[i].b);
		if (ka != 0)
			cr_expect_eq(strong, rows[i].strong, "strong: %s", rows[i].a);
		cr_expect_eq(wls_unit_words(&t.units, a).hashes, wls_unit_words(&t.units, a).hashes,
			     "computed once");
		engine_release(&t);
	}
}

Test(merge_unit, holders_and_places)
{
	static const char *const texts[2] = {
		"",
		"---\nstatus: x\n---\n# Auth Log\n\nintro\n\n## Feature: Login\n\nwords\n\n## v6 | t\n\n"
		"**Next:**\n- a\n  - b\n\n### Notes\n\nsome\n\n## Decisions Log\n\nend\n"};
	static const struct {
		const char *needle, *place;
		enum wls_key holder;
	} rows[] = {
		{"intro", "top", WLS_KEY_NONE},
		{"status:", "frontmatter \xE2\x80\xBA status", WLS_KEY_NONE},
		{"words", "Feature: Login", WLS_KEY_FEATURE},
		{"v6", "v6", WLS_KEY_NONE},
		{"- a", "v6 \xE2\x80\xBA Next", WLS_KEY_NEXT},
		{"- b", "v6 \xE2\x80\xBA Next", WLS_KEY_NEXT},
		{"some", "v6 \xE2\x80\xBA Notes", WLS_KEY_NOTES},
		{"end", "Decisions Log", WLS_KEY_DECISIONS_LOG},
	};
	struct engine_test t;

	engine_read(&t, texts, 1);
	engine_open_all(&t);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_unit *u = find_unit(&t, 1, rows[i].needle);
		cr_assert_not_null(u, "%s", rows[i].needle);
		struct wls_slice place = wls_unit_place(&t.arena, u);
		cr_expect(wls_slice_eq(place, wls_slice_of(rows[i].place)), "%s: %.*s",
			  rows[i].needle, WLS_SLICE_ARG(place));
		cr_expect_eq(wls_unit_holder(u), rows[i].holder, "%s: %s", rows[i].needle,
			     wls_key_name(wls_unit_holder(u)));
	}
	engine_release(&t);
}
