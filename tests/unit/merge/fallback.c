/* SPDX-License-Identifier: MIT */
/*
 * What is given out when a structural result does not pass its check.
 */
#include <criterion/criterion.h>

#include "support/generate.h"
#include "wlsync/merge.h"

/* Drops lines, doubles some, and puts others in. */
static void spoil(struct test_random *r, struct wls_slice text, struct wls_buf *out)
{
	struct wls_slice rest = text, line;

	while (rest.len > 0) {
		struct wls_slice whole = rest;
		uint32_t what = random_below(r, 12);

		wls_slice_next_line(&rest, &line);
		size_t n = whole.len - rest.len;
		if (what == 1)
			generate_fragment(r, 1, out);
		for (uint32_t i = 0; i < (what == 0 ? 0u : what == 2 ? 2u : 1u); i++)
			wls_buf_add(out, whole.ptr, n);
	}
}

/* What is given out by another method has a conflict, and nothing of what did not hold. */
static void check_fallback(const struct wls_merge *m)
{
	struct wls_conflict_blocks blocks = {0};

	cr_expect_gt(m->conflict_count, 0);
	cr_expect_eq(m->renumbering_count, 0);
	cr_expect_eq(m->left_count, 0);
	if (m->method == WLS_METHOD_WHOLE)
		cr_expect_eq(m->conflict_count, 1);
	wls_conflict_blocks_find(wls_buf_slice(&m->text), &blocks);
	cr_expect_geq(blocks.count, m->conflict_count);
	free(blocks.items);
}

/* Law 3: texts that nobody would write, until some structural result does not hold. */
Test(merge_fallback, is_reached)
{
	size_t reached[3] = {0, 0, 0};
	struct test_random random = {5};
	struct wls_merge_options options;

	wls_merge_options_init(&options);
	for (size_t i = 0; i < 1500; i++) {
		struct wls_buf _cleanup_buf_ base = WLS_BUF_INIT, _cleanup_buf_ x = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ y = WLS_BUF_INIT;

		generate_fragment(&random, 2 + i % 8, &base);
		spoil(&random, wls_buf_slice(&base), &x);
		spoil(&random, wls_buf_slice(&base), &y);
		const struct wls_slice sides[2] = {wls_slice_of(wls_buf_str(&x)),
						   wls_slice_of(wls_buf_str(&y))};
		struct wls_merge _cleanup_merge_ *merge = NULL;
		cr_assert_eq(wls_merge(&merge, wls_slice_of(wls_buf_str(&base)), sides, 2, &options,
				       NULL),
			     0);
		reached[merge->method]++;
		if (merge->method != WLS_METHOD_STRUCTURE)
			check_fallback(merge);
	}
	cr_expect_gt(reached[WLS_METHOD_STRUCTURE], 0);
	cr_expect_gt(reached[WLS_METHOD_LINES] + reached[WLS_METHOD_WHOLE], 0,
		     "no text was found that reaches the fallback");
}
