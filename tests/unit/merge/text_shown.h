/* SPDX-License-Identifier: MIT */
/*
 * A merge of texts, shown: conflicts are {ours|base|theirs}. Shared by the tests of merge/text.h.
 */
#ifndef WLS_TEST_TEXT_SHOWN_H
#define WLS_TEST_TEXT_SHOWN_H

#include <criterion/criterion.h>

#include "merge/text.h"
#include "wlsync/buf.h"

enum method { REFINED, PLAIN, SENTENCES, WILD_SENTENCES };

static inline void merge(enum method method, struct wls_slice base, struct wls_slice ours,
			 struct wls_slice theirs, struct wls_hunks *out)
{
	if (method >= SENTENCES)
		wls_text_merge_sentences(base, ours, theirs, out);
	else
		wls_text_merge_lines(base, ours, theirs, method == REFINED, out);
}

/* The result in one text; `swap` shows ours and theirs in each other's place. */
static inline void show(const struct wls_hunks *hunks, bool swap, struct wls_buf *out)
{
	wls_buf_clear(out);
	for (size_t i = 0; i < hunks->count; i++) {
		const struct wls_hunk *h = &hunks->items[i];
		if (!h->conflict) {
			wls_buf_add_slice(out, h->text);
			continue;
		}
		wls_buf_add_char(out, '{');
		wls_buf_add_slice(out, swap ? h->theirs : h->ours);
		wls_buf_add_char(out, '|');
		wls_buf_add_slice(out, h->base);
		wls_buf_add_char(out, '|');
		wls_buf_add_slice(out, swap ? h->ours : h->theirs);
		wls_buf_add_char(out, '}');
	}
}

/* Merges, in both orders, which must agree; what is shown is in `out`. */
static inline bool merge_shown(enum method method, const struct wls_slice texts[3],
			       struct wls_buf *out)
{
	_cleanup_buf_ struct wls_buf swapped = WLS_BUF_INIT;
	struct wls_hunks hunks = {0}, other = {0};
	bool clean;

	merge(method, texts[0], texts[1], texts[2], &hunks);
	merge(method, texts[0], texts[2], texts[1], &other);
	show(&hunks, false, out);
	show(&other, true, &swapped);
	cr_assert_str_eq(wls_buf_str(out), wls_buf_str(&swapped), "symmetry");
	clean = !hunks.conflict;
	cr_assert_eq(clean, !strchr(wls_buf_str(out), '{'));
	wls_hunks_release(&hunks);
	wls_hunks_release(&other);
	return clean;
}

#endif
