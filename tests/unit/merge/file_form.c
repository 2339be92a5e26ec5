/* SPDX-License-Identifier: MIT */
/*
 * Line endings, final newline, byte order mark: read, merged, taken off and put on again.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "merge/file_form.h"

#define BOM "\xEF\xBB\xBF"

static struct wls_file_form read_form(struct wls_slice text)
{
	struct wls_file_form form;

	memset(&form, 0xff, sizeof(form));
	wls_file_form_read(text, &form);
	return form;
}

/* ---- reading ---- */

Test(file_form, read)
{
	static const struct {
		const char *text;
		enum wls_line_endings endings;
		size_t lf, crlf;
		bool newline, bom;
	} cases[] = {
		{"", WLS_ENDINGS_NONE, 0, 0, true, false},
		{BOM, WLS_ENDINGS_NONE, 0, 0, true, true},
		{"\xEF\xBB", WLS_ENDINGS_NONE, 0, 0, false, false},
		{BOM BOM, WLS_ENDINGS_NONE, 0, 0, false, true},
		{"a", WLS_ENDINGS_NONE, 0, 0, false, false},
		{"a" BOM "\n", WLS_ENDINGS_LF, 1, 0, true, false},
		{"\n", WLS_ENDINGS_LF, 1, 0, true, false},
		{"\r\n", WLS_ENDINGS_CRLF, 0, 1, true, false},
		{"\r", WLS_ENDINGS_MIXED, 0, 0, true, false},
		{"a\nb\n", WLS_ENDINGS_LF, 2, 0, true, false},
		{"a\nb", WLS_ENDINGS_LF, 1, 0, false, false},
		{BOM "a\r\nb\r\n", WLS_ENDINGS_CRLF, 0, 2, true, true},
		{"a\r\nb", WLS_ENDINGS_CRLF, 0, 1, false, false},
		{"a\r\nb\n", WLS_ENDINGS_MIXED, 1, 1, true, false},
		{"a\rb\n", WLS_ENDINGS_MIXED, 1, 0, true, false},
		{"a\rb", WLS_ENDINGS_MIXED, 0, 0, false, false},
		{"a\r\r\n", WLS_ENDINGS_MIXED, 0, 1, true, false},
		{"a\n\r", WLS_ENDINGS_MIXED, 1, 0, true, false},
		{"a\r\nb\r", WLS_ENDINGS_MIXED, 0, 1, true, false},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_file_form form = read_form(wls_slice_of(cases[i].text));

		cr_expect_eq(form.endings, cases[i].endings, "case %zu", i);
		cr_expect_eq(form.lf, cases[i].lf, "case %zu", i);
		cr_expect_eq(form.crlf, cases[i].crlf, "case %zu", i);
		cr_expect_eq(form.final_newline, cases[i].newline, "case %zu", i);
		cr_expect_eq(form.byte_order_mark, cases[i].bom, "case %zu", i);
	}
}

/* A line ending at every place of longer texts, where counting goes by blocks. */
Test(file_form, read_at_every_place)
{
	static const struct {
		const char *ending;
		enum wls_line_endings endings;
		size_t lf, crlf;
	} cases[] = {
		{"\n", WLS_ENDINGS_LF, 1, 0},
		{"\r\n", WLS_ENDINGS_CRLF, 0, 1},
		{"\r", WLS_ENDINGS_MIXED, 0, 0},
	};
	char text[400];

	for (size_t len = 2; len < sizeof(text); len += len < 120 ? 59 : 7) {
		for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
			size_t n = strlen(cases[i].ending);

			for (size_t at = 0; at + n <= len; at++) {
				memset(text, 'a', len);
				memcpy(text + at, cases[i].ending, n);
				struct wls_file_form form = read_form(wls_slice(text, len));
				cr_expect(form.endings == cases[i].endings &&
						  form.lf == cases[i].lf &&
						  form.crlf == cases[i].crlf &&
						  form.final_newline == (at + n == len),
					  "%zu of %zu bytes, case %zu", at, len, i);
			}
		}
	}
	memset(text, '\n', sizeof(text));
	cr_expect_eq(read_form(wls_slice(text, sizeof(text))).lf, sizeof(text));
}

/* ---- merging ---- */

/*
 * A form in letters: n none, l LF, c CRLF, m mixed with as many of each, w mixed with more CRLF;
 * upper case: three times as many lines; then `-` for no final newline, `e` for an empty file, and
 * `b` for a mark.
 */
static struct wls_file_form form_of(struct wls_slice word)
{
	struct wls_file_form form = {.final_newline = true};
	char kind = wls_lower(word.ptr[0]);
	size_t n = kind == word.ptr[0] ? 10 : 30;

	form.endings = kind == 'n'   ? WLS_ENDINGS_NONE
		       : kind == 'l' ? WLS_ENDINGS_LF
		       : kind == 'c' ? WLS_ENDINGS_CRLF
				     : WLS_ENDINGS_MIXED;
	form.lf = kind == 'l' || kind == 'm' ? n : kind == 'w' ? n / 2 : 0;
	form.crlf = kind == 'c' || kind == 'm' || kind == 'w' ? n : 0;
	form.final_newline = kind != 'n';
	for (size_t i = 1; i < word.len; i++) {
		form.final_newline &= word.ptr[i] != '-';
		form.final_newline |= word.ptr[i] == 'e';
		form.byte_order_mark |= word.ptr[i] == 'b';
	}
	return form;
}

static size_t forms_of(const char *words, struct wls_file_form *forms)
{
	size_t count = 0;

	for (const char *p = words; *p; count++) {
		size_t len = strcspn(p, " ");

		forms[count] = form_of(wls_slice(p, len));
		p += len + (p[len] == ' ');
	}
	return count;
}

static const char *describe(const struct wls_file_form *form)
{
	static const char kinds[] = {'n', 'l', 'c', 'm'};
	static char text[8];

	snprintf(text, sizeof(text), "%c%s%s", kinds[form->endings], form->final_newline ? "" : "-",
		 form->byte_order_mark ? "b" : "");
	return text;
}

/* Merges, and says what came out and which rules were used: "l-b line-endings". */
static const char *merge_forms(const struct wls_file_form *forms, size_t sides, bool has_base)
{
	static char text[128];
	struct wls_arena arena = {0};
	struct wls_resolutions used = {.arena = &arena};
	struct wls_file_form out;

	memset(&out, 0xff, sizeof(out));
	wls_file_form_merge(forms, sides, has_base, &out, &used);
	int n = snprintf(text, sizeof(text), "%s", describe(&out));
	for (size_t i = 0; i < used.count; i++)
		n += snprintf(text + n, sizeof(text) - (size_t)n, " %s",
			      wls_rule_name(used.items[i].rule));
	free(used.items);
	wls_arena_release(&arena);
	return text;
}

Test(file_form, merge)
{
	static const struct {
		const char *forms; /* base and sides; `?` for a missing base */
		const char *expected;
	} cases[] = {
		/* One side's change wins, whatever it is. */
		{"l l l", "l"},
		{"l c l", "c"},
		{"c l c", "l"},
		{"l m l", "m"},
		{"m l m", "l"},
		{"c m c", "m"},
		{"m m c", "c"},
		{"l c c", "c"},
		{"l m m", "m"},
		{"l l l c l", "c"},
		/* A uniform one over a mixture. */
		{"l c m", "c line-endings"},
		{"l C W", "c line-endings"},
		{"c l w", "l line-endings"},
		{"c w l", "l line-endings"},
		{"l m c m", "c line-endings"},
		/* LF against CRLF: the base's lines, LF on a tie. */
		{"m l c", "l line-endings"},
		{"m c L", "l line-endings"},
		{"w L c", "c line-endings"},
		{"w c L", "c line-endings"},
		/* No opinion. */
		{"l n l", "l-"},
		{"c n- c-", "c-"},
		{"c n l", "l-"},
		{"n l c", "l line-endings"},
		{"n l C", "c line-endings"},
		{"n n n", "n-"},
		{"ne c l", "l line-endings"},
		/* Without base: most lines of all. */
		{"? l l", "l"},
		{"? m m", "m"},
		{"? c", "c"},
		{"? m", "m"},
		{"? l c", "l line-endings"},
		{"? c l", "l line-endings"},
		{"? L c", "l line-endings"},
		{"? C l", "c line-endings"},
		{"? l c c", "c line-endings"},
		{"? l w", "l line-endings"},
		{"? l W", "c line-endings"},
		{"? c m", "c line-endings"},
		{"? L w", "l line-endings"},
		{"? n c", "c final-newline"},
		{"? n n", "n-"},
		{"? ne ne", "n"},
		/* Final newline. */
		{"l l- l", "l-"},
		{"l- l l-", "l"},
		{"l- l- l-", "l-"},
		{"l l- l-", "l-"},
		{"ne l- ne", "l-"},
		{"ne ne l", "l"},
		{"ne l- l", "l final-newline"},
		{"l- ne l-", "l-"},
		{"? l- l", "l final-newline"},
		{"? l- l-", "l-"},
		{"? ne l-", "l-"},
		/* Byte order mark. */
		{"l lb l", "lb"},
		{"lb l lb", "l"},
		{"lb lb lb", "lb"},
		{"lb l l", "l"},
		{"? lb l", "lb byte-order-mark"},
		{"? l l lb", "lb byte-order-mark"},
		{"? l l", "l"},
		{"neb ne lb", "l"},
		/* All at once. */
		{"lb c-b l", "c-"},
		{"? l-b c", "lb line-endings final-newline byte-order-mark"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_file_form forms[8];
		bool has_base = cases[i].forms[0] != '?';
		/* What stands for a missing base must not be looked at. */
		size_t count = forms_of(cases[i].forms, forms);

		if (!has_base)
			forms[0] = form_of(WLS_SLICE("W-b"));
		cr_expect_str_eq(merge_forms(forms, count - 1, has_base), cases[i].expected, "%s",
				 cases[i].forms);
	}
}

static const char *const all_forms[] = {
	"l", "L-", "lb", "c", "C-", "cb", "m", "w-", "W-b", "n", "ne", "neb", "nb", "M", "C",
};

/* Every triple: symmetric, identities, and reports only what both did. */
Test(file_form, merge_laws)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(all_forms); i++)
		for (size_t j = 0; j < WLS_ARRAY_SIZE(all_forms); j++)
			for (size_t k = 0; k < WLS_ARRAY_SIZE(all_forms); k++) {
				struct wls_file_form b = form_of(wls_slice_of(all_forms[i])),
						     x = form_of(wls_slice_of(all_forms[j])),
						     y = form_of(wls_slice_of(all_forms[k]));
				const struct wls_file_form xy[] = {b, x, y}, yx[] = {b, y, x};

				for (int base = 0; base < 2; base++) {
					char first[128];

					strcpy(first, merge_forms(xy, 2, base));
					cr_expect_str_eq(merge_forms(yx, 2, base), first,
							 "%s %s %s", all_forms[i], all_forms[j],
							 all_forms[k]);
					bool same = j == k || (base && (i == j || i == k));
					cr_expect(!same || !strchr(first, ' '), "%s", first);
				}
			}
}

/* What the merge settled stays when the result takes the place of either side. */
Test(file_form, merge_again)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(all_forms); i++)
		for (size_t j = 0; j < WLS_ARRAY_SIZE(all_forms); j++)
			for (size_t k = 0; k < WLS_ARRAY_SIZE(all_forms); k++) {
				struct wls_file_form b = form_of(wls_slice_of(all_forms[i])),
						     x = form_of(wls_slice_of(all_forms[j])),
						     y = form_of(wls_slice_of(all_forms[k])), m,
						     again;
				wls_file_form_merge((struct wls_file_form[]){b, x, y}, 2, true, &m,
						    NULL);
				/* The least that the result may hold: base deleted, one line. */
				m.lf = m.endings == WLS_ENDINGS_LF ||
				       m.endings == WLS_ENDINGS_MIXED;
				m.crlf = m.endings == WLS_ENDINGS_CRLF ||
					 m.endings == WLS_ENDINGS_MIXED;
				if (b.endings == WLS_ENDINGS_NONE || m.endings == WLS_ENDINGS_NONE)
					continue;
				wls_file_form_merge((struct wls_file_form[]){b, m, y}, 2, true,
						    &again, NULL);
				cr_expect_eq(again.endings, m.endings, "%s %s %s", all_forms[i],
					     all_forms[j], all_forms[k]);
				cr_expect_eq(again.byte_order_mark, m.byte_order_mark);
				wls_file_form_merge((struct wls_file_form[]){x, m, x}, 2, true,
						    &again, NULL);
				if (x.endings != WLS_ENDINGS_NONE)
					cr_expect_eq(again.endings, m.endings);
				cr_expect_eq(again.byte_order_mark, m.byte_order_mark);
			}
}

Test(file_form, report)
{
	struct wls_file_form forms[4];
	struct wls_arena arena = {0};
	struct wls_resolutions used = {.arena = &arena};
	struct wls_file_form out;
	const struct wls_resolution *item;

	forms_of("w- l-b C-b l", forms);
	wls_file_form_merge(forms, 3, true, &out, &used);
	cr_assert_eq(used.count, 1); /* mark and newline were each changed one way only */
	item = &used.items[0];
	cr_expect_eq(item->rule, WLS_RULE_LINE_ENDINGS);
	cr_expect(wls_slice_eq(item->place, WLS_SLICE("file")));
	cr_expect(wls_slice_eq(item->base, WLS_SLICE("mixed")));
	cr_expect(wls_slice_eq(item->ours, WLS_SLICE("LF")));
	cr_expect(wls_slice_eq(item->theirs, WLS_SLICE("CRLF")));
	cr_expect(wls_slice_eq(item->result, WLS_SLICE("CRLF")));
	cr_expect(out.final_newline);
	cr_expect(out.byte_order_mark);
	used.count = 0;
	forms_of("w l- l", forms);
	wls_file_form_merge(forms, 2, false, &out, &used);
	cr_assert_eq(used.count, 1);
	item = &used.items[0];
	cr_expect_eq(item->rule, WLS_RULE_FINAL_NEWLINE);
	cr_expect_eq(item->base.len, 0);
	cr_expect(wls_slice_eq(item->ours, WLS_SLICE("no")));
	cr_expect(wls_slice_eq(item->theirs, WLS_SLICE("yes")));
	cr_expect(wls_slice_eq(item->result, WLS_SLICE("yes")));
	free(used.items);
	wls_arena_release(&arena);
}

/* ---- taking off and putting on ---- */

Test(file_form, strip)
{
	static const struct {
		const char *text;
		bool to_lf;
		const char *expected;
		bool copied;
	} cases[] = {
		{"", true, "", false},
		{"", false, "", false},
		{BOM, true, "", false},
		{"a\n", true, "a\n", false},
		{BOM "a\n", false, "a\n", false},
		{BOM "a", true, "a\n", true},
		{"a", false, "a\n", true},
		{"a\nb", true, "a\nb\n", true},
		{"a\r\nb\r\n", true, "a\nb\n", true},
		{"a\r\nb\r\n", false, "a\r\nb\r\n", false},
		{"a\r\nb", true, "a\nb\n", true},
		{"a\r\nb", false, "a\r\nb\r\n", true},
		{BOM "\r\n", true, "\n", true},
		{"a\r\nb\nc", false, "a\r\nb\nc\n", true},
		{"a\r\nb\nc\rd", true, "a\nb\nc\rd\n", true},
		{"a\rb\n", true, "a\rb\n", false},
		{"a\r", true, "a\r", false},
		{"\r\r\n", true, "\r\n", true},
		{"\r\n\r", true, "\n\r", true},
		{BOM BOM "a\n", true, BOM "a\n", false},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf storage = WLS_BUF_INIT;
		struct wls_slice text = wls_slice_of(cases[i].text);
		struct wls_file_form form = read_form(text);
		struct wls_slice got = wls_file_form_strip(text, &form, cases[i].to_lf, &storage);

		cr_expect(wls_slice_eq(got, wls_slice_of(cases[i].expected)), "case %zu: %.*s", i,
			  WLS_SLICE_ARG(got));
		cr_expect_eq(storage.len > 0, cases[i].copied, "case %zu", i);
	}
}

Test(file_form, apply)
{
	static const struct {
		const char *text;
		enum wls_line_endings endings;
		bool newline, bom, was_lf, keep;
		const char *expected;
	} cases[] = {
		{"a\nb\n", WLS_ENDINGS_LF, true, false, true, false, "a\nb\n"},
		{"a\nb\n", WLS_ENDINGS_CRLF, true, false, true, false, "a\r\nb\r\n"},
		{"a\nb\n", WLS_ENDINGS_CRLF, false, false, true, false, "a\r\nb"},
		{"a\nb\n", WLS_ENDINGS_CRLF, false, true, true, false, BOM "a\r\nb"},
		{"a\nb\n", WLS_ENDINGS_CRLF, false, false, true, true, "a\r\nb\r\n"},
		{"a\r\nb\r\n", WLS_ENDINGS_CRLF, true, false, false, false, "a\r\nb\r\n"},
		{"a\r\nb\r\n", WLS_ENDINGS_CRLF, false, false, false, false, "a\r\nb"},
		{"a\r\nb\n", WLS_ENDINGS_MIXED, true, false, false, false, "a\r\nb\n"},
		{"a\nb\n", WLS_ENDINGS_MIXED, false, true, true, false, BOM "a\nb"},
		{"a\n\n", WLS_ENDINGS_LF, false, false, true, false, "a\n\n"},
		{"a\n\n", WLS_ENDINGS_CRLF, false, false, true, false, "a\r\n\r\n"},
		{"a\r\n\r\n", WLS_ENDINGS_CRLF, false, false, false, false, "a\r\n\r\n"},
		{"a\n \n", WLS_ENDINGS_LF, false, false, true, false, "a\n "},
		{"\n", WLS_ENDINGS_LF, false, false, true, false, "\n"},
		{"", WLS_ENDINGS_CRLF, false, false, true, false, ""},
		{"", WLS_ENDINGS_CRLF, true, true, true, false, BOM},
		{"a", WLS_ENDINGS_NONE, false, false, true, false, "a"},
		{"\n\n\n", WLS_ENDINGS_CRLF, true, false, true, false, "\r\n\r\n\r\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT;
		struct wls_file_form form = {
			.endings = cases[i].endings,
			.final_newline = cases[i].newline,
			.byte_order_mark = cases[i].bom,
		};

		wls_buf_add_str(&text, cases[i].text);
		wls_file_form_apply(&text, &form, cases[i].was_lf, cases[i].keep);
		cr_expect_str_eq(wls_buf_str(&text), cases[i].expected, "case %zu", i);
		cr_expect_eq(text.len, strlen(cases[i].expected), "case %zu", i);
	}
}

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 8;
}

/* Bytes that are often ends of lines or parts of a mark, in one ending, or in any when mixed. */
static void make_text(uint32_t *state, enum wls_line_endings endings, struct wls_buf *out)
{
	static const char bytes[] = "ab \xEF\xBB\xBF\t#";
	size_t len = next_random(state) % (next_random(state) % 8 == 0 ? 700 : 12);

	if (next_random(state) % 4 == 0)
		wls_buf_add_str(out, BOM);
	for (size_t i = 0; i < len; i++) {
		uint32_t r = next_random(state) % 12;

		if (r < 3 && endings == WLS_ENDINGS_MIXED)
			wls_buf_add_str(out, r == 0 ? "\n" : r == 1 ? "\r\n" : "\r");
		else if (r < 3)
			wls_buf_add_str(out, endings == WLS_ENDINGS_CRLF ? "\r\n" : "\n");
		else
			wls_buf_add_char(out, bytes[next_random(state) % (sizeof(bytes) - 1)]);
	}
}

/* What is taken off and put on again gives the same bytes: uniform texts either way, mixtures when
 * their endings are left alone. */
Test(file_form, round_trips)
{
	static const enum wls_line_endings kinds[] = {WLS_ENDINGS_LF, WLS_ENDINGS_CRLF,
						      WLS_ENDINGS_MIXED};
	uint32_t state = 1;
	size_t stripped = 0;

	for (size_t round = 0; round < 60000; round++) {
		_cleanup_buf_ struct wls_buf text = WLS_BUF_INIT, storage = WLS_BUF_INIT,
					     out = WLS_BUF_INIT;
		enum wls_line_endings kind = kinds[round % 3];
		bool to_lf = kind != WLS_ENDINGS_MIXED && round % 2;
		struct wls_file_form form;
		struct wls_slice bare;

		make_text(&state, kind, &text);
		form = read_form(wls_buf_slice(&text));
		bare = wls_file_form_strip(wls_buf_slice(&text), &form, to_lf, &storage);
		if (bare.len > 0)
			cr_assert(bare.ptr[bare.len - 1] == '\n' || bare.ptr[bare.len - 1] == '\r');
		if (to_lf && bare.len > 0)
			cr_assert_null(memchr(bare.ptr, '\r', bare.len));
		stripped += bare.ptr != text.ptr;
		wls_buf_add_slice(&out, bare);
		wls_file_form_apply(&out, &form, to_lf, false);
		cr_assert(wls_slice_eq(wls_buf_slice(&out), wls_buf_slice(&text)),
			  "round %zu: \"%.*s\" became \"%.*s\"", round,
			  WLS_SLICE_ARG(wls_buf_slice(&text)), WLS_SLICE_ARG(wls_buf_slice(&out)));
	}
	cr_expect_gt(stripped, 20000);
}
