/* SPDX-License-Identifier: MIT */
/*
 * The order of children in the result. Lists are written as words, each an item; `_` is a blank.
 */
#include "merge/arrange.h"

#include <criterion/criterion.h>

#include "engine_support.h"

/* ---- what resolve.c settles before it arranges ---- */

/* Alive unless somebody removed it; at home where the sides that moved it put it. */
static void settle(struct engine_test *t)
{
	for (struct wls_class *c = t->units.classes; c; c = c->next) {
		bool missing = false, any = false;
		for (size_t s = 0; s <= t->sides; s++) {
			const struct wls_unit *u = c->unit[s];
			any |= u && u->parent;
			missing |= s > 0 && !u;
			if (!u || !u->parent)
				continue;
			if (!c->home ||
			    (c->unit[0] && u->parent->class != c->unit[0]->parent->class))
				c->home = u->parent->class;
		}
		c->alive = any && (!c->unit[0] || !missing);
		if (!c->alive || !c->home)
			continue;
		if (c->home->inner_last)
			c->home->inner_last->beside = c;
		else
			c->home->inner = c;
		c->home->inner_last = c;
	}
	t->units.root->alive = true;
}

/* The text of an item, of an entry its title's letter, of a section its heading. */
static void add_name(struct engine_test *t, const struct wls_unit *u, struct wls_buf *out)
{
	struct wls_slice text = wls_slice_trim(wls_unit_own(&t->units, u));

	if (u->kind == WLS_NODE_ENTRY) {
		text = wls_slice_from(text, text.len - 1);
	} else if (text.ptr[0] == '#') {
		text = wls_slice_trim(wls_slice_from(text, 2));
	} else if (text.ptr[0] == '-') {
		text = wls_slice_from(text, 2);
	}
	for (size_t i = 0; i < text.len; i++)
		wls_buf_add_char(out, text.ptr[i] == ' ' ? '_' : text.ptr[i]);
}

static const struct wls_unit *any_unit(const struct engine_test *t, const struct wls_class *c)
{
	for (size_t s = 0; s <= t->sides; s++)
		if (c->unit[s])
			return c->unit[s];
	return NULL;
}

static void add_runs(struct engine_test *t, const struct wls_arranged *item, struct wls_buf *out)
{
	wls_buf_add_char(out, '<');
	for (size_t s = 1; s <= t->sides; s++) {
		wls_buf_add_str(out, s > 1 ? "|" : "");
		for (uint32_t i = 0; i < item->run_counts[s]; i++) {
			wls_buf_add_str(out, i > 0 ? " " : "");
			add_name(t, item->runs[s][i], out);
		}
	}
	wls_buf_add_char(out, '>');
}

static void arrange(struct engine_test *t, struct wls_class *home, struct wls_buf *out)
{
	struct wls_arrangement order;

	settle(t);
	wls_arrange(&t->units, &t->entries, home, &order);
	for (size_t i = 0; i < order.count; i++) {
		wls_buf_add_str(out, i > 0 ? " " : "");
		if (order.items[i].runs)
			add_runs(t, &order.items[i], out);
		else
			add_name(t, any_unit(t, order.items[i].class), out);
	}
	wls_buf_add_str(out, order.conflict ? " !" : "");
	wls_buf_add_str(out, order.reordered ? " *" : "");
	wls_buf_add_str(out, order.shared ? " +" : "");
	free(order.items);
}

/* ---- lists ---- */

static const char *list_text(struct engine_test *t, const char *field, const char *words)
{
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;

	wls_buf_printf(&out, "## v1 | x\n\n**%s:**\n", field);
	for (; *words; words += strspn(words, " ")) {
		size_t n = strcspn(words, " ");
		wls_buf_printf(&out, "- %.*s\n", (int)n, words);
		for (size_t i = out.len - n; i < out.len; i++)
			out.ptr[i] = out.ptr[i] == '_' ? ' ' : out.ptr[i];
		words += n;
	}
	return wls_arena_copy(&t->arena, wls_buf_slice(&out)).ptr;
}

static void arrange_list(const char *field, const char *const *words, size_t sides,
			 struct wls_buf *out)
{
	struct engine_test t, texts = {0};
	const char *lists[SIDES_MAX + 1];

	for (size_t s = 0; s <= sides; s++)
		lists[s] = list_text(&texts, field, words[s]);
	engine_read(&t, lists, sides);
	wls_arena_release(&texts.arena);
	engine_match(&t);
	struct wls_unit *list = find_unit(&t, 0, field);
	cr_assert_not_null(list);
	wls_class_open(&t.units, list->class);
	arrange(&t, list->class, out);
	engine_release(&t);
}

struct row {
	const char *name;
	const char *words[3]; /* base, ours, theirs */
	const char *want, *or_want;
};

/* Both orientations give the same, or the same with the sides of a conflict swapped. */
static void check_row(const char *field, const struct row *row)
{
	for (int turned = 0; turned < 2; turned++) {
		const char *words[3] = {row->words[0], row->words[1 + turned],
					row->words[2 - turned]};
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

		arrange_list(field, words, 2, &got);
		cr_expect(strcmp(wls_buf_str(&got), row->want) == 0 ||
				  (row->or_want && strcmp(wls_buf_str(&got), row->or_want) == 0),
			  "%s%s: %s\n want %s", row->name, turned ? " (turned)" : "",
			  wls_buf_str(&got), row->want);
		if (!row->or_want || strpbrk(row->want, "<!"))
			continue; /* conflicts show the sides as they come */
		struct wls_buf _cleanup_buf_ other = WLS_BUF_INIT;
		const char *back[3] = {words[0], words[2], words[1]};
		arrange_list(field, back, 2, &other);
		cr_expect_str_eq(wls_buf_str(&got), wls_buf_str(&other), "%s: not symmetric",
				 row->name);
	}
}

Test(merge_arrange, spine)
{
	static const struct row rows[] = {
		{"one removed", {"aa bb cc", "aa cc", "aa bb cc xx"}, "aa cc xx", NULL},
		{"two removed", {"aa bb cc", "aa cc", "bb cc"}, "cc", NULL},
		{"one reordered", {"aa bb cc", "cc aa bb", "aa bb cc xx"}, "cc xx aa bb *", NULL},
		{"both the same way",
		 {"aa bb cc", "cc aa bb", "cc aa bb xx"},
		 "cc aa bb xx *",
		 NULL},
		{"differently",
		 {"aa bb cc", "cc aa bb", "bb aa cc"},
		 "cc aa bb ! *",
		 "bb aa cc ! *"},
		{"one reordered, the other removed",
		 {"aa bb cc dd", "dd cc bb aa", "aa cc dd"},
		 "dd cc aa *",
		 NULL},
		{"what the reordering side removed",
		 {"aa bb cc dd", "dd aa", "aa bb cc dd xx"},
		 "dd aa xx *",
		 "dd xx aa *"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_row("Work", &rows[i]);
}

Test(merge_arrange, insertions)
{
	static const struct row rows[] = {
		{"behind what stands before",
		 {"aa bb cc", "aa xx bb cc", "aa bb yy cc"},
		 "aa xx bb yy cc",
		 NULL},
		{"at both ends", {"aa bb", "xx aa bb", "aa bb yy"}, "xx aa bb yy", NULL},
		{"a run of each, by hash",
		 {"aa bb", "aa xx yy bb", "aa zz bb"},
		 "aa xx yy zz bb +",
		 "aa zz xx yy bb +"},
		{"each once", {"aa", "aa xx", "aa xx"}, "aa xx", NULL},
		{"an anchor between", {"aa", "aa xx yy", "aa yy zz"}, "aa xx yy zz +", NULL},
		{"the earlier place", {"aa bb", "aa xx bb", "aa bb xx"}, "aa xx bb", NULL},
		{"into an empty list", {"aa", "xx", "yy"}, "xx yy +", "yy xx +"},
		{"behind what the other removed",
		 {"aa bb cc", "aa bb xx cc", "aa cc"},
		 "aa xx cc",
		 NULL},
		{"opposite order",
		 {"aa", "aa xx yy", "aa yy xx"},
		 "aa <xx yy|yy xx> +",
		 "aa <yy xx|xx yy> +"},
		{"what stands before an opposite order",
		 {"aa", "aa qq xx yy", "aa yy xx"},
		 "aa qq <xx yy|yy xx> +",
		 "aa qq <yy xx|xx yy> +"},
		{"behind a reordered one", {"aa bb", "bb aa", "aa xx bb"}, "bb aa xx *", NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_row("Work", &rows[i]);
}

Test(merge_arrange, keyed)
{
	static const struct row rows[] = {
		{"rising",
		 {"v1:_aa v5:_bb", "v1:_aa v3:_cc v5:_bb", "v1:_aa v2:_dd v5:_bb"},
		 "v1:_aa v2:_dd v3:_cc v5:_bb +",
		 NULL},
		{"falling",
		 {"v5:_aa v1:_bb", "v5:_aa v3:_cc v1:_bb", "v5:_aa v2:_dd v1:_bb"},
		 "v5:_aa v3:_cc v2:_dd v1:_bb +",
		 NULL},
		{"numbers as numbers",
		 {"v1:_aa v8:_bb", "v1:_aa v8:_bb v9:_cc", "v1:_aa v8:_bb v10:_dd"},
		 "v1:_aa v8:_bb v9:_cc v10:_dd +",
		 NULL},
		{"neither: by hash",
		 {"v5:_aa v1:_bb v3:_qq", "v5:_aa v1:_bb v3:_qq v9:_cc",
		  "v5:_aa v1:_bb v3:_qq v8:_dd"},
		 "v5:_aa v1:_bb v3:_qq v9:_cc v8:_dd +",
		 "v5:_aa v1:_bb v3:_qq v8:_dd v9:_cc +"},
		{"not all keyed: by hash",
		 {"v1:_aa v5:_bb", "v1:_aa v5:_bb v7:_cc", "v1:_aa v5:_bb dd"},
		 "v1:_aa v5:_bb v7:_cc dd +",
		 "v1:_aa v5:_bb dd v7:_cc +"},
		{"a list of one: rising",
		 {"v1:_aa", "v1:_aa v3:_cc", "v1:_aa v2:_dd"},
		 "v1:_aa v2:_dd v3:_cc +",
		 NULL},
		{"a list of one, put in front: as the side has it",
		 {"v1:_aa", "v9:_ee v3:_cc v1:_aa", "v2:_dd v1:_aa"},
		 "v9:_ee v3:_cc v2:_dd v1:_aa +",
		 NULL},
		{"paths",
		 {"`a.c`(x) `z.c`(x)", "`a.c`(x) `m.c`(x) `z.c`(x)", "`a.c`(x) `k.c`(x) `z.c`(x)"},
		 "`a.c`(x) `k.c`(x) `m.c`(x) `z.c`(x) +",
		 NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_row(i == 7 ? "Files" : "Decisions", &rows[i]);
}

/* Merging the result again with a side changes nothing (law 5). */
Test(merge_arrange, again)
{
	static const char *const rows[][3] = {
		{"aa bb", "aa xx yy bb", "aa zz ww bb"},
		{"v1:_aa v9:_bb", "v1:_aa v3:_cc v5:_ff v9:_bb", "v1:_aa v2:_dd v4:_gg v9:_bb"},
		{"aa bb cc", "cc aa bb", "aa xx bb cc"},
		{"aa", "aa xx mm yy", "aa zz mm qq"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf _cleanup_buf_ first = WLS_BUF_INIT;
		arrange_list("Decisions", rows[i], 2, &first);
		first.ptr[strcspn(first.ptr, "+*")] = '\0';
		for (size_t s = 1; s <= 2; s++) {
			const char *again[3] = {rows[i][0], rows[i][1], rows[i][2]};
			struct wls_buf _cleanup_buf_ second = WLS_BUF_INIT;
			again[s] = first.ptr;
			arrange_list("Decisions", again, 2, &second);
			second.ptr[strcspn(second.ptr, "+*")] = '\0';
			cr_expect_str_eq(second.ptr, first.ptr, "case %zu with side %zu", i, 3 - s);
		}
	}
}

Test(merge_arrange, three_sides)
{
	static const char *const words[4] = {"v1:_aa v9:_bb", "v1:_aa v4:_cc v9:_bb",
					     "v1:_aa v2:_dd v9:_bb", "v1:_aa v3:_ee v9:_bb"};
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	arrange_list("Decisions", words, 3, &got);
	cr_expect_str_eq(wls_buf_str(&got), "v1:_aa v2:_dd v3:_ee v4:_cc v9:_bb +");
}

/* ---- entries ---- */

static void check_entries(const struct row *row)
{
	for (int turned = 0; turned < 2; turned++) {
		const char *specs[3] = {row->words[0], row->words[1 + turned],
					row->words[2 - turned]};
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
		struct engine_test t;

		engine_read_entries(&t, specs, 2);
		engine_match(&t);
		arrange(&t, t.units.root, &got);
		cr_expect_str_eq(wls_buf_str(&got), row->want, "%s%s: %s", row->name,
				 turned ? " (turned)" : "", wls_buf_str(&got));
		engine_release(&t);
	}
}

Test(merge_arrange, tails)
{
	static const struct row rows[] = {
		{"oldest first", {"1a 2b", "1a 2b 3c@4", "1a 2b 3d@3"}, "a b d c", NULL},
		{"newest first", {"2b 1a", "3c@4 2b 1a", "3d@3 2b 1a"}, "c d b a", NULL},
		{"one side alone: where it stands", {"1a 2b", "1a 3c 2b", "1a 2b"}, "a c b", NULL},
		{"behind the newest, before what follows",
		 {"1a 2b #Decisions-Log", "1a 2b 3c@4 #Decisions-Log", "1a 2b 3d@3 #Decisions-Log"},
		 "a b d c Decisions-Log",
		 NULL},
		{"newest first, behind what stands before",
		 {"#Decisions-Log 2b 1a", "#Decisions-Log 3c@4 2b 1a", "#Decisions-Log 3d@3 2b 1a"},
		 "Decisions-Log c d b a",
		 NULL},
		{"the place nearest to the newest of the base",
		 {"1a 5b", "1a 9c@4 5b", "1a 5b 9d@3"},
		 "a b d c",
		 NULL},
		{"both at another place", {"1a 5b", "1a 9c@4 5b", "1a 9d@3 5b"}, "a d c b", NULL},
		{"the newest of the base is gone",
		 {"1a 2b", "1a 3c@4", "1a 2b 3d@3"},
		 "a d c",
		 NULL},
		{"no base", {"", "1a@1 2b@2", "1a@1 2c@3"}, "a b c", NULL},
		{"no base, newest first", {"", "2b@2 1a@1", "2c@3 1a@1"}, "c b a", NULL},
		{"the first entries of a log",
		 {"#Decisions-Log", "#Decisions-Log 1a@1", "#Decisions-Log 1b@2"},
		 "Decisions-Log a b",
		 NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_entries(&rows[i]);
}
