/* SPDX-License-Identifier: MIT */
/*
 * Property: whatever three files hold, merging them keeps the laws that are promised for any
 * bytes: identity, symmetry, conservation by lines, a result that is read. (That merging again changes
 * nothing is a property of logs: tests/property/prop_merge.c.)
 *
 * The input is a bundle: what stands before a line `==> ours` is the base, then come the sides,
 * parted by a line `==> theirs`. Without such lines the whole is the base, and its first bytes say
 * which pieces of it each side removed, doubled or moved.
 */
#include <stdio.h>

#include "fuzz/fuzz.h"
#include "support/invariants.h"
#include "support/merge_judge.h"

static void require(const char *fault)
{
	if (!fault)
		return;
	fprintf(stderr, "fuzz_merge: %s: %s\n", fault, judge_detail());
	abort();
}

struct bundle {
	struct wls_slice base, ours, theirs;
	struct wls_buf edited[2];
};

/* A side out of the base: one piece of it removed, doubled or moved to the end. */
static void edit_side(struct wls_slice base, const uint8_t *how, struct wls_buf *out)
{
	size_t from = base.len * how[0] / 256, len = (base.len - from) * how[1] / 1024;
	struct wls_slice piece = wls_slice(base.ptr + from, len);
	wls_buf_add(out, base.ptr, from);
	if (how[2] % 3 == 1)
		for (int i = 0; i < 2; i++)
			wls_buf_add_slice(out, piece);
	wls_buf_add_slice(out, wls_slice_from(base, from + len));
	if (how[2] % 3 == 2)
		wls_buf_add_slice(out, piece);
}

static void bundle_parse(struct wls_slice text, struct bundle *b)
{
	static const uint8_t none[6] = {0};
	struct wls_slice ours = WLS_SLICE("==> ours\n"), theirs = WLS_SLICE("==> theirs\n");
	size_t cut = wls_slice_find(text, ours);
	for (size_t i = 0; i < 2; i++)
		wls_buf_init(&b->edited[i], WLS_BUF_LIMIT);
	if (cut != SIZE_MAX) {
		struct wls_slice rest = wls_slice_from(text, cut + ours.len);
		size_t second = wls_slice_find(rest, theirs);
		b->base = wls_slice(text.ptr, cut);
		b->ours = second == SIZE_MAX ? rest : wls_slice(rest.ptr, second);
		b->theirs =
			second == SIZE_MAX ? b->base : wls_slice_from(rest, second + theirs.len);
		return;
	}
	const uint8_t *how = text.len < sizeof(none) ? none : (const uint8_t *)text.ptr;
	b->base = text;
	edit_side(text, how, &b->edited[0]);
	edit_side(text, how + 3, &b->edited[1]);
	b->ours = wls_buf_slice(&b->edited[0]);
	b->theirs = wls_buf_slice(&b->edited[1]);
}

static struct wls_merge *merge_of(struct wls_slice base, struct wls_slice x, struct wls_slice y)
{
	const struct wls_slice sides[] = {x, y};
	struct wls_merge_options options;
	struct wls_merge *merge = NULL;
	struct wls_error err;
	wls_merge_options_init(&options);
	if (wls_merge(&merge, base, sides, 2, &options, &err) < 0)
		require(err.text);
	return merge;
}

static void require_gives(struct wls_slice base, struct wls_slice x, struct wls_slice y,
			  struct wls_slice want, const char *fault)
{
	struct wls_merge *m _cleanup_merge_ = merge_of(base, x, y);
	if (m->conflict_count > 0 || !wls_slice_eq(wls_buf_slice(&m->text), want))
		require(fault);
}

static void require_symmetry(const struct wls_merge *m, const struct wls_merge *n)
{
	if (m->conflict_count != n->conflict_count)
		require("the number of conflicts depends on who is ours");
	if (m->conflict_count == 0 &&
	    !wls_slice_eq(wls_buf_slice(&m->text), wls_buf_slice(&n->text)))
		require("a clean result depends on who is ours");
	for (size_t i = 0; i < m->conflict_count; i++)
		if (!wls_slice_eq(m->conflicts[i].texts[1], n->conflicts[i].texts[2]) ||
		    !wls_slice_eq(m->conflicts[i].texts[2], n->conflicts[i].texts[1]))
			require("a conflict is not the same with its sides swapped");
}

static void require_reading(struct wls_slice text)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (wls_doc_parse(&doc, text, &err) < 0)
		require(err.text);
	require(doc_tiles(doc));
	require(doc_round_trips(doc));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bundle b;
	bundle_parse(wls_slice((const char *)data, size), &b);
	struct wls_merge *m _cleanup_merge_ = merge_of(b.base, b.ours, b.theirs);
	struct wls_merge *n _cleanup_merge_ = merge_of(b.base, b.theirs, b.ours);
	struct judged j = {b.base, b.ours, b.theirs, m};
	require_gives(b.base, b.base, b.theirs, b.theirs, "merge(b, b, y) is not y");
	require_gives(b.base, b.ours, b.base, b.ours, "merge(b, x, b) is not x");
	require_gives(b.base, b.ours, b.ours, b.ours, "merge(b, x, x) is not x");
	require_symmetry(m, n);
	require_reading(wls_buf_slice(&m->text));
	require(judge_conflicts(&j));
	require(judge_raw_lines(&j));
	wls_buf_release(&b.edited[0]);
	wls_buf_release(&b.edited[1]);
	return 0;
}
