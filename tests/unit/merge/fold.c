/* SPDX-License-Identifier: MIT */
/*
 * Folding conflicts that an earlier merge left, and putting them back.
 */
#include "merge/fold.h"

#include <criterion/criterion.h>

#define PLACE "(v6 \xE2\x80\xBA Next)"
#define BLOCK                                                                                      \
	"<<<<<<< HEAD " PLACE                                                                      \
	"\n## v6 | Mine\n\n- a\n=======\n## v6 | Theirs\n>>>>>>> topic " PLACE "\n"
#define OTHER "<<<<<<< HEAD (v5)\n- x\n||||||| base (v5)\n- y\n=======\n>>>>>>> topic (v5)\n"
#define PLAIN "<<<<<<< HEAD\n- x\n=======\n- y\n>>>>>>> topic\n"
#define CRLF "<<<<<<< HEAD (v5)\r\n## v5 | x\r\n=======\r\n>>>>>>> topic (v5)\r\n"

struct row {
	const char *text;
	size_t folds; /* different blocks that are folded */
};

static void check_row(const struct row *row)
{
	struct wls_doc _cleanup_doc_ *doc = NULL, _cleanup_doc_ *folded = NULL;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	struct wls_folds folds = {0};
	struct wls_arena arena = {0};
	struct wls_error err;

	cr_assert_eq(wls_doc_parse(&doc, wls_slice_of(row->text), &err), 0);
	wls_buf_add_str(&out, "kept\n");
	bool any = wls_folds_fold(&folds, doc, &out, &arena);
	cr_expect_eq(any, row->folds > 0, "%s", row->text);
	cr_expect_eq(folds.count, row->folds, "%zu in %s", folds.count, row->text);
	if (any) {
		cr_assert_eq(wls_doc_parse(&folded, wls_slice_from(wls_buf_slice(&out), 5), &err),
			     0);
		cr_expect_eq(folded->entry_count, strstr(row->text, "## v5 | y") ? 1u : 0u,
			     "what stands in a block is no part of the log");
	} else {
		cr_expect_eq(out.len, 5, "nothing is added");
		wls_buf_add_str(&out, row->text);
	}
	for (size_t i = 0; i < folds.count; i++) {
		cr_expect(wls_slice_eq(wls_folds_block(&folds, folds.items[i].token),
				       folds.items[i].block));
		cr_expect_eq(wls_slice_find(wls_buf_slice(&out), folds.items[i].block), SIZE_MAX);
	}
	cr_expect_eq(wls_folds_block(&folds, WLS_SLICE("- a\n")).len, 0);
	wls_folds_unfold(&folds, &out);
	cr_expect(wls_slice_starts(wls_buf_slice(&out), WLS_SLICE("kept\n")));
	cr_expect_str_eq(wls_buf_str(&out) + 5, row->text);
	free(folds.items);
	wls_arena_release(&arena);
}

Test(merge_fold, there_and_back)
{
	static const struct row rows[] = {
		{"", 0},
		{"## v6 | x\n\n- a\n", 0},
		{"# T\n\n" BLOCK "\nmore\n", 1},
		{BLOCK, 1},
		{"# T\n\n" BLOCK "\n" BLOCK, 1}, /* equal ones have one token */
		{"# T\n\n" BLOCK "\n## v5 | y\n\n" OTHER "- z\n", 2},
		{"# T\n\n" PLAIN, 0}, /* not left by wlsync: ordinary text */
		{"# T\r\n\r\n" CRLF "\r\nx\r\n", 1},
		{"# T\n\n```\n" OTHER "```\n", 1}, /* quoted in code */
		{"# T\n\n<<<<<<< HEAD (v6)\n- a\n", 0},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)
		check_row(&rows[i]);
}

/* Equal blocks of two texts have equal tokens, so that nobody changed them. */
Test(merge_fold, equal_over_texts)
{
	static const char *const texts[2] = {"# T\n\n" BLOCK, "# U\n\nmore\n\n" BLOCK "\nend\n"};
	struct wls_folds folds = {0};
	struct wls_arena arena = {0};
	struct wls_doc *docs[2];
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_error err;

	for (size_t i = 0; i < 2; i++) {
		cr_assert_eq(wls_doc_parse(&docs[i], wls_slice_of(texts[i]), &err), 0);
		cr_expect(wls_folds_fold(&folds, docs[i], &out, &arena));
	}
	cr_assert_eq(folds.count, 1);
	struct wls_slice all = wls_buf_slice(&out);
	size_t first = wls_slice_find(all, folds.items[0].token);
	cr_assert_neq(first, SIZE_MAX);
	all = wls_slice_from(all, first + folds.items[0].token.len);
	cr_expect_neq(wls_slice_find(all, folds.items[0].token), SIZE_MAX, "in both texts");
	wls_folds_unfold(&folds, &out);
	cr_expect_str_eq(wls_buf_str(&out), "# T\n\n" BLOCK "# U\n\nmore\n\n" BLOCK "\nend\n");
	for (size_t i = 0; i < 2; i++)
		wls_doc_free(docs[i]);
	wls_buf_release(&out);
	free(folds.items);
	wls_arena_release(&arena);
}
