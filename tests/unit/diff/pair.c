/* SPDX-License-Identifier: MIT */
/*
 * Two texts paired: twins are each other's, nodes tile, entries by content or by order.
 */
#include "diff_support.h"

#include <criterion/criterion.h>

static struct wls_pairing *pair(const char *a, const char *b, bool by_order)
{
	struct wls_pairing *p = NULL;
	struct wls_pair_options options = {.by_order = by_order};
	struct wls_error err;

	cr_assert_eq(wls_pairing_make(&p, wls_slice_of(a), wls_slice_of(b), &options, &err), 0);
	return p;
}

/* Own text, children, and the end, in order; every twin is a twin's. */
static void check_tree(const struct wls_pair_node *n)
{
	uint32_t at = n->body;

	cr_expect(n->gap <= n->begin && n->begin <= n->body && n->body <= n->end);
	cr_expect(!n->twin || (n->twin->twin == n && n->twin->side != n->side));
	for (const struct wls_pair_node *c = n->first; c; c = c->next) {
		cr_expect_eq(c->gap, at);
		cr_expect_eq(c->parent, n);
		check_tree(c);
		at = c->end;
	}
	cr_expect(at <= n->end);
}

static const char two[] = "## v2 | 2025-11-11 | B\n\n**Now:** b\n\n## v1 | 2025-11-10 | A\n\n"
			  "**Now:** a\n\n**Next:**\n- x y\n";
static const char renumbered[] =
	"## v3 | 2025-11-11 | B\n\n**Now:** b\n\n## v1 | 2025-11-10 | A\n\n"
	"**Now:** c\n\n**Next:**\n- x z\n";

Test(pair, trees)
{
	struct wls_pairing *p = pair(two, renumbered, false);

	cr_expect_eq(p->roots[0]->twin, p->roots[1]);
	check_tree(p->roots[0]);
	check_tree(p->roots[1]);
	const struct wls_pair_node *first = p->roots[0]->first;
	cr_assert_not_null(first->twin);
	cr_expect_eq(first->entry->version, 2);
	cr_expect_eq(first->twin->entry->version, 3);
	cr_expect_not(first->same);
	cr_expect(p->roots[0]->holds_twins);
	wls_pairing_free(p);
}

Test(pair, equal_nodes_stay_closed)
{
	struct wls_pairing *p = pair(two, two, false);

	cr_expect(p->roots[0]->same);
	cr_expect(p->roots[0]->first->same);
	cr_expect_null(p->roots[0]->first->first);
	wls_pairing_free(p);
}

Test(pair, by_order)
{
	static const char a[] = "## v3 | 2025-11-10 | One\n\n**Now:** here\n";
	static const char b[] = "## v5 | 2025-12-24 | Quite another\n\n**Now:** there\n";
	struct wls_pairing *p = pair(a, b, false);

	cr_expect_null(p->roots[0]->first->twin);
	wls_pairing_free(p);
	p = pair(a, b, true);
	cr_assert_not_null(p->roots[0]->first->twin);
	cr_expect_not_null(p->roots[0]->first->first->twin);
	wls_pairing_free(p);
}

/* What content says is forgotten, also of entries that are left over. */
Test(pair, by_order_alone)
{
	static const char a[] = "## v2 | 2025-11-10 | One\n\n**Now:** here\n";
	static const char b[] = "## v1 | 2025-11-09 | Zero\n\n**Now:** there\n\n"
				"## v2 | 2025-11-10 | One\n\n**Now:** here\n";
	struct wls_pairing *p = pair(a, b, true);
	const struct wls_pair_node *first = p->roots[1]->first;

	check_tree(p->roots[0]);
	check_tree(p->roots[1]);
	cr_expect_eq(p->roots[0]->first->twin, first);
	cr_expect_null(first->next->twin);
	wls_pairing_free(p);
}

struct row {
	const char *a, *b; /* a letter an element */
	const char *changes;
};

static const struct row rows[] = {
	{"abc", "abc", ""},
	{"abc", "axc", "1-2:1-2 "},
	{"", "ab", "0-0:0-2 "},
	{"ab", "", "0-2:0-0 "},
	{"abc", "abcd", "3-3:3-4 "},
	{"abc", "bc", "0-1:0-0 "},
	{"abcde", "xbcdy", "0-1:0-1 4-5:4-5 "},
};

Test(pair, changes)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf told _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_arena arena = {0};
		struct wls_pair_change *changes;
		uint64_t a[8], b[8];
		size_t n = strlen(rows[i].a), m = strlen(rows[i].b);
		for (size_t k = 0; k < n; k++)
			a[k] = (uint64_t)rows[i].a[k];
		for (size_t k = 0; k < m; k++)
			b[k] = (uint64_t)rows[i].b[k];
		size_t count = wls_pair_changes(a, n, b, m, &arena, &changes);
		for (size_t k = 0; k < count; k++)
			wls_buf_printf(&told, "%u-%u:%u-%u ", changes[k].a0, changes[k].a1,
				       changes[k].b0, changes[k].b1);
		cr_expect_str_eq(wls_buf_str(&told), rows[i].changes, "row %zu", i);
		wls_arena_release(&arena);
	}
}
