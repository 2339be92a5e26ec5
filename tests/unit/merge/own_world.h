/* SPDX-License-Identifier: MIT */
/*
 * What the tests of own texts share: reading a node's own text, merging three, the laws.
 *
 * Layer: tests. Includes: base, doc, merge.
 */
#ifndef WLS_TEST_OWN_WORLD_H
#define WLS_TEST_OWN_WORLD_H

#include <criterion/criterion.h>

#include "merge/own_text.h"

#define ENTRY "# Auth Work Log\n\n## v1 | 2025-01-01 10:00 | x\n\n"
#define CONFLICT NULL

/* ---- one merge ---- */

struct world {
	struct wls_arena arena;
	struct wls_merge_options options;
	struct wls_resolutions resolutions;
	struct wls_doc *docs[8];
	size_t doc_count;
	int latest;
	const char *reason;
	enum wls_key holder;
	const char *before; /* what stands before the node */
	const char *after;  /* and after it */
	bool conflict;
};

static inline void world_init(struct world *w)
{
	*w = (struct world){.before = ENTRY, .after = ""};
	wls_merge_options_init(&w->options);
}

static inline void world_forget(struct world *w)
{
	for (size_t i = 0; i < w->doc_count; i++)
		wls_doc_free(w->docs[i]);
	w->doc_count = 0;
	wls_arena_release(&w->arena);
	free(w->resolutions.items);
	w->resolutions = (struct wls_resolutions){0};
}

/* The text as the own text of a node that stands after `before`. */
static inline struct wls_own_text read_own(struct world *w, struct wls_slice text)
{
	struct wls_error err;
	struct wls_buf buf = WLS_BUF_INIT;

	wls_buf_add_str(&buf, w->before);
	uint32_t at = (uint32_t)buf.len;
	wls_buf_add_slice(&buf, text);
	uint32_t end = (uint32_t)buf.len;
	wls_buf_add_str(&buf, w->after);
	struct wls_slice source = wls_arena_copy(&w->arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	cr_assert_lt(w->doc_count, WLS_ARRAY_SIZE(w->docs));
	cr_assert_eq(wls_doc_parse(&w->docs[w->doc_count], source, &err), 0);
	struct wls_own_text own = {.doc = w->docs[w->doc_count++]};
	const struct wls_node *found = NULL;
	for (struct wls_node *n = own.doc->root; n; n = wls_node_walk(own.doc, own.doc->root, n))
		if (n->begin == at && n->body > n->begin)
			found = n;
	cr_assert_not_null(found, "no node begins at: %.*s", WLS_SLICE_ARG(text));
	own.node = own.last = found;
	while (own.last->body < end && own.last->next && source.ptr[own.last->body - 1] != '\n')
		own.last = own.last->next;
	own.bytes = wls_slice(source.ptr + at, own.last->body - at);
	cr_assert_eq(own.bytes.len, text.len, "one node: %.*s", WLS_SLICE_ARG(text));
	return own;
}

/* The merged text; with conflicts as `<ours|base|theirs>`. */
static inline struct wls_slice merge_texts(struct world *w, const struct wls_slice *base,
					   struct wls_slice ours, struct wls_slice theirs)
{
	struct wls_own_text b, x = read_own(w, ours), y = read_own(w, theirs);
	struct wls_own_context ctx = {.arena = &w->arena,
				      .options = &w->options,
				      .resolutions = &w->resolutions,
				      .place = WLS_SLICE("v1"),
				      .holder = w->holder,
				      .latest = w->latest};
	struct wls_hunks hunks = {0};
	struct wls_buf out = WLS_BUF_INIT;

	if (base)
		b = read_own(w, *base);
	wls_own_text_merge(&ctx, base ? &b : NULL, &x, &y, &hunks);
	w->reason = ctx.reason;
	w->conflict = hunks.conflict;
	cr_assert_eq(hunks.conflict, ctx.reason != NULL);
	for (size_t i = 0; i < hunks.count; i++) {
		const struct wls_hunk *h = &hunks.items[i];

		if (h->conflict) {
			wls_buf_add_char(&out, '<');
			wls_buf_add_slice(&out, h->ours);
			wls_buf_add_char(&out, '|');
			wls_buf_add_slice(&out, h->base);
			wls_buf_add_char(&out, '|');
			wls_buf_add_slice(&out, h->theirs);
			wls_buf_add_char(&out, '>');
		} else {
			wls_buf_add_slice(&out, h->text);
		}
	}
	struct wls_slice result = wls_arena_copy(&w->arena, wls_buf_slice(&out));
	wls_buf_release(&out);
	wls_hunks_release(&hunks);
	return result;
}

static inline void check_text(struct wls_slice got, struct wls_slice want, const char *what)
{
	cr_expect(wls_slice_eq(got, want), "%s:\n got  %.*s\n want %.*s", what, WLS_SLICE_ARG(got),
		  WLS_SLICE_ARG(want));
}

/* A clean result stays what it is when it is merged again (law 5). */
static inline void check_again(struct world *w, const struct wls_slice *base, struct wls_slice ours,
			       struct wls_slice theirs, struct wls_slice result)
{
	struct wls_slice copy = {malloc(result.len + 1), result.len};

	memcpy((void *)(uintptr_t)copy.ptr, result.ptr, result.len);
	world_forget(w);
	check_text(merge_texts(w, base, copy, theirs), copy, "merged again with theirs");
	world_forget(w);
	check_text(merge_texts(w, base, ours, copy), copy, "merged again with ours");
	free((void *)(uintptr_t)copy.ptr);
	world_forget(w);
}

/* Both orientations are the same text when clean, a conflict when not; true when clean. */
static inline bool check_laws(struct world *w, const struct wls_slice *base, struct wls_slice ours,
			      struct wls_slice theirs)
{
	struct wls_slice one = merge_texts(w, base, ours, theirs);
	bool conflict = w->conflict;
	struct wls_slice copy = {malloc(one.len + 1), one.len};

	memcpy((void *)(uintptr_t)copy.ptr, one.ptr, one.len);
	world_forget(w);
	struct wls_slice two = merge_texts(w, base, theirs, ours);
	cr_expect_eq(w->conflict, conflict, "one orientation is a conflict: %.*s",
		     WLS_SLICE_ARG(copy));
	if (!conflict) {
		check_text(two, copy, "the other orientation");
		check_again(w, base, ours, theirs, copy);
	}
	free((void *)(uintptr_t)copy.ptr);
	world_forget(w);
	return !conflict;
}

/* ---- rows of tables ---- */

struct row {
	const char *base; /* NULL: none */
	const char *ours, *theirs;
	const char *want;   /* NULL: a conflict of the whole text */
	enum wls_rule rule; /* used, when it is clean */
};

static inline void to_crlf(const char *text, char *out)
{
	for (; *text; text++) {
		if (*text == '\n')
			*out++ = '\r';
		*out++ = *text;
	}
	*out = '\0';
}

static inline void check_row(struct world *w, const struct row *row)
{
	struct wls_slice base = wls_slice_of(row->base), ours = wls_slice_of(row->ours);
	struct wls_slice theirs = wls_slice_of(row->theirs);
	struct wls_slice got = merge_texts(w, row->base ? &base : NULL, ours, theirs);

	cr_expect_eq(w->conflict, row->want == NULL, "%s + %s: %.*s (%s)", row->ours, row->theirs,
		     WLS_SLICE_ARG(got), w->reason ? w->reason : "clean");
	if (row->want && !w->conflict) {
		bool used = false;

		check_text(got, wls_slice_of(row->want), row->ours);
		for (size_t i = 0; i < w->resolutions.count; i++)
			used |= w->resolutions.items[i].rule == row->rule;
		cr_expect(used, "%s + %s: the rule %s is not named", row->ours, row->theirs,
			  wls_rule_name(row->rule));
	}
	if (!row->want)
		cr_expect_eq(w->resolutions.count, 0, "a conflict resolves nothing");
	world_forget(w);
	check_laws(w, row->base ? &base : NULL, ours, theirs);
}

static inline void check_rows(struct world *w, const struct row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char crlf[4][512];
		struct row swapped = rows[i], other = rows[i];

		check_row(w, &rows[i]);
		swapped.ours = rows[i].theirs;
		swapped.theirs = rows[i].ours;
		check_row(w, &swapped);
		to_crlf(rows[i].base ? rows[i].base : "", crlf[0]);
		to_crlf(rows[i].ours, crlf[1]);
		to_crlf(rows[i].theirs, crlf[2]);
		to_crlf(rows[i].want ? rows[i].want : "", crlf[3]);
		other.base = rows[i].base ? crlf[0] : NULL;
		other.ours = crlf[1];
		other.theirs = crlf[2];
		other.want = rows[i].want ? crlf[3] : NULL;
		check_row(w, &other);
	}
}

#endif
