/* SPDX-License-Identifier: MIT */
/*
 * Pieces and resolutions: what is joined, what is copied, what stays borrowed.
 */
#include "merge/pieces.h"

#include <criterion/criterion.h>

static const char text[] = "one\ntwo\nthree\n";

Test(merge_pieces, texts_that_touch_are_one)
{
	struct wls_arena arena = {0};
	struct wls_pieces pieces = {.arena = &arena, .sides = 2};

	wls_pieces_add_text(&pieces, wls_slice(text, 0));
	cr_expect_eq(pieces.count, 0, "empty texts are dropped");
	wls_pieces_add_text(&pieces, wls_slice(text, 4));
	wls_pieces_add_text(&pieces, wls_slice(text + 4, 0));
	wls_pieces_add_text(&pieces, wls_slice(text + 4, 4));
	cr_assert_eq(pieces.count, 1);
	cr_expect(wls_slice_eq(pieces.items[0].text, WLS_SLICE("one\ntwo\n")));
	wls_pieces_add_text(&pieces, wls_slice(text, 4));
	cr_expect_eq(pieces.count, 2, "what stands elsewhere is a piece of its own");
	wls_pieces_release(&pieces);
	wls_arena_release(&arena);
}

Test(merge_pieces, conflicts_stand_apart)
{
	struct wls_arena arena = {0};
	struct wls_pieces pieces = {.arena = &arena, .sides = 2};
	struct wls_slice variants[3] = {wls_slice(text, 4), wls_slice(text + 4, 4), {0}};

	wls_pieces_add_text(&pieces, wls_slice(text, 4));
	wls_pieces_add_conflict(&pieces, variants, WLS_SLICE("v6"), "because");
	variants[1] = wls_slice(NULL, 0);
	wls_pieces_add_text(&pieces, wls_slice(text + 4, 4));
	wls_pieces_add_conflict(&pieces, variants, WLS_SLICE("v7"), "again");
	cr_assert_eq(pieces.count, 4, "a text is not joined over a conflict");
	cr_expect_eq(pieces.conflict_count, 2);
	cr_expect_null(pieces.items[0].variants);
	cr_assert_not_null(pieces.items[1].variants);
	cr_expect_eq(pieces.items[1].variants[1].ptr, text + 4, "variants are copied, not bytes");
	cr_expect_eq(pieces.items[1].variants[1].len, 4);
	cr_expect_eq(pieces.items[3].variants[1].len, 0);
	cr_expect(wls_slice_eq(pieces.items[1].place, WLS_SLICE("v6")));
	cr_expect_str_eq(pieces.items[3].reason, "again");
	wls_pieces_release(&pieces);
	cr_expect(pieces.count == 0 && pieces.conflict_count == 0 && !pieces.items);
	wls_pieces_add_text(&pieces, wls_slice(text, 4));
	cr_expect_eq(pieces.count, 1, "it may be used again");
	wls_pieces_release(&pieces);
	wls_arena_release(&arena);
}

Test(merge_pieces, resolutions_tell_one_line)
{
	struct wls_resolutions list = {0};
	const struct wls_resolution full = {
		.rule = WLS_RULE_SENTENCES,
		.place = WLS_SLICE("v6"),
		.base = WLS_SLICE("\n\n  first line \nsecond\n"),
		.ours = WLS_SLICE("only"),
		.theirs = WLS_SLICE(" \r\n"),
		.result = WLS_SLICE("a\r\nb\r\n"),
	};

	for (int i = 0; i < 20; i++)
		wls_resolutions_add(&list, &full);
	cr_assert_eq(list.count, 20);
	for (size_t i = 0; i < list.count; i++) {
		const struct wls_resolution *r = &list.items[i];
		cr_expect_eq(r->rule, WLS_RULE_SENTENCES);
		cr_expect(wls_slice_eq(r->place, full.place));
		cr_expect(wls_slice_eq(r->base, WLS_SLICE("first line")));
		cr_expect_eq(r->ours.ptr, full.ours.ptr, "borrowed");
		cr_expect_eq(r->theirs.len, 0);
		cr_expect(wls_slice_eq(r->result, WLS_SLICE("a")));
	}
	free(list.items);
}
