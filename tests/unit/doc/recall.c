/* SPDX-License-Identifier: MIT */
/*
 * A document that forgot its blocks reads the same tree as one that did not, in whatever order its
 * parts are asked for.
 */
#include <criterion/criterion.h>

#include "doc_support.h"
#include "support/generate.h"
#include "support/generate_log.h"
#include "wlsync/doc.h"

/* As an offset, since the two documents may keep a text in their arenas. */
static bool same_text(const struct wls_doc *a, struct wls_slice x, const struct wls_doc *b,
		      struct wls_slice y)
{
	bool inside = x.ptr >= a->source.ptr && x.ptr <= a->source.ptr + a->source.len;

	if (x.len > 0 && inside && a->source.ptr == b->source.ptr && x.ptr != y.ptr)
		return false;
	return wls_slice_eq(x, y);
}

static bool same_node(const struct wls_doc *a, const struct wls_node *x, const struct wls_doc *b,
		      const struct wls_node *y)
{
	const unsigned own = WLS_NODE_UNREAD | WLS_NODE_FORGOTTEN;

	return x->kind == y->kind && x->level == y->level && x->mark == y->mark &&
	       x->priority == y->priority && x->key == y->key &&
	       (x->flags & ~own) == (y->flags & ~own) && x->begin == y->begin &&
	       x->body == y->body && x->end == y->end && x->line == y->line &&
	       x->version == y->version && x->version_last == y->version_last &&
	       same_text(a, x->label, b, y->label) && same_text(a, x->text, b, y->text);
}

/* The first node below `x` that `y` does not have, or NULL. */
static const struct wls_node *difference(struct wls_doc *a, struct wls_node *x, struct wls_doc *b,
					 struct wls_node *y)
{
	/* Some flags are known only once the children are. */
	struct wls_node *p = wls_node_children(a, x), *q = wls_node_children(b, y);
	if (!same_node(a, x, b, y))
		return x;
	for (; p && q; p = p->next, q = q->next) {
		const struct wls_node *found = difference(a, p, b, q);
		if (found)
			return found;
	}
	return p || q ? x : NULL;
}

enum { PARTS_MAX = 512 };

/* Asks for the parts of the top level in a random order, some of them twice. */
static void ask_in_disorder(struct test_random *r, struct wls_doc *doc)
{
	struct wls_node *parts[PARTS_MAX];
	size_t count = 0;

	for (struct wls_node *n = wls_node_children(doc, doc->root); n && count < PARTS_MAX;
	     n = n->next)
		parts[count++] = n;
	for (size_t i = 0; i < count; i++) {
		struct wls_node *n = parts[random_below(r, count)];
		if (random_chance(r, 30))
			wls_node_recall_blocks(doc, n);
		/* Outline nodes first, from the inside, now and then. */
		for (struct wls_node *d = n->first_child; d && random_chance(r, 50); d = d->next)
			wls_node_children(doc, d);
		wls_node_children(doc, n);
	}
}

static void check_recall(struct test_random *r, struct wls_slice text)
{
	struct wls_doc _cleanup_doc_ *fresh = parse(text), _cleanup_doc_ *doc = parse(text);

	wls_doc_forget_blocks(doc);
	cr_expect_eq(doc->forgotten, !doc->has_markers);
	if (doc->forgotten)
		cr_expect_eq(doc->block_count, 0);
	wls_doc_forget_blocks(doc);
	ask_in_disorder(r, doc);
	const struct wls_node *other = difference(fresh, fresh->root, doc, doc->root);
	cr_expect_null(other, "%s at line %u of:\n%.*s",
		       other ? wls_node_kind_name((enum wls_node_kind)other->kind) : "",
		       other ? other->line : 0, WLS_SLICE_ARG(text));
	const char *fault = tiling_fault(doc);
	cr_expect_null(fault, "%s", fault);
	cr_expect_eq(wls_node_hash(doc, doc->root), wls_node_hash(fresh, fresh->root));
}

Test(doc_recall, logs)
{
	struct test_random r = {11};

	for (unsigned i = 0; i < 150; i++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		const struct worklog_shape shape = {1 + i % 9, i % 2 == 0, i % 3 > 0, i % 5 > 0};

		worklog_generate(&r, &shape, &text);
		check_recall(&r, wls_buf_slice(&text));
	}
}

Test(doc_recall, whatever_the_text)
{
	struct test_random r = {12};

	for (size_t i = 0; i < 3000; i++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;

		generate_fragment(&r, 1 + i % 60, &text);
		check_recall(&r, wls_buf_slice(&text));
	}
}

static void check_file(const char *path, void *data)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;

	read_file(path, &text);
	check_recall(data, wls_buf_slice(&text));
}

Test(doc_recall, fixtures)
{
	struct test_random r = {13};

	cr_expect_gt(each_fixture(".md", check_file, &r), 0);
}

/* The blocks of the part that a node stands in, and no other's. */
Test(doc_recall, blocks_of_a_part)
{
	struct wls_slice text =
		WLS_SLICE("# T\n\n## v1 | a\n\n- one\n- two\n\n## v2 | b\n\n> three\n");
	struct wls_doc _cleanup_doc_ *doc = parse(text);

	wls_doc_forget_blocks(doc);
	cr_assert_eq(doc->entry_count, 2);
	struct wls_node *entry = doc->entries[1].node;
	wls_node_recall_blocks(doc, entry);
	uint32_t count = doc->block_count;
	cr_assert_gt(entry->block_end, entry->block);
	cr_expect_eq(doc->blocks[entry->block].kind, WLS_BLOCK_HEADING);
	cr_expect_eq(doc->blocks[entry->block].begin, entry->begin);
	cr_expect_eq(doc->blocks[entry->block].line, entry->line);
	for (uint32_t i = entry->block; i < entry->block_end; i++)
		cr_expect(doc->blocks[i].begin >= entry->begin && doc->blocks[i].end <= entry->end);
	wls_node_recall_blocks(doc, entry);
	cr_expect_eq(doc->block_count, count, "nothing happens when they are there");
	struct wls_node *quote = wls_node_children(doc, entry);
	wls_node_recall_blocks(doc, quote);
	cr_expect_eq(doc->block_count, count, "a part of a part that is there");
}

Test(doc_recall, markers_forget_nothing)
{
	struct wls_slice text = WLS_SLICE("## v1 | a\n\n<<<<<<< x\n- a\n=======\n- b\n>>>>>>> y\n");
	struct wls_doc _cleanup_doc_ *doc = parse(text);

	cr_assert(doc->has_markers);
	wls_doc_forget_blocks(doc);
	cr_expect_not(doc->forgotten);
	cr_expect_gt(doc->block_count, 0);
	wls_node_recall_blocks(doc, doc->entries[0].node);
	cr_expect_not_null(wls_node_children(doc, doc->entries[0].node));
}

/* What was read before stays, and what was not is found all the same. */
Test(doc_recall, read_before)
{
	struct wls_slice text = WLS_SLICE("# T\n\n## v1 | a\n\n### Notes\n\n- one\n\n### Tried\n\n"
					  "- two\n\n## v2 | b\n\n### Notes\n\n- three\n");
	struct wls_doc _cleanup_doc_ *fresh = parse(text), _cleanup_doc_ *doc = parse(text);

	wls_node_children(doc, doc->entries[0].node);
	wls_doc_forget_blocks(doc);
	const struct wls_node *other = difference(fresh, fresh->root, doc, doc->root);
	cr_expect_null(other, "line %u", other ? other->line : 0);
}
