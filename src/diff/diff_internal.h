/* SPDX-License-Identifier: MIT */
/*
 * Between the files of src/diff.
 *
 * Layer: diff. Includes: base, doc, pair, diff.
 *
 * diff.c       the order of things: form, nodes or lines, check
 * reworded.c   pairs what moved and was reworded, which the engine leaves
 * walk.c       both trees in step: what stands, came, went and moved
 * describe.c   what of a node changed
 * span.c       which words, or lines, of two texts differ
 * lines.c      texts that are no log
 * edits.c      spans as edits of the texts as given; the check
 */
#ifndef WLS_DIFF_INTERNAL_H
#define WLS_DIFF_INTERNAL_H

#include "wlsync/diff.h"

#define WLS_NO_DELTA UINT32_MAX

/* A span and its change; `edit`: it is applied, and not only told of. */
struct wls_told_span {
	struct wls_delta_span span;
	uint32_t delta;
	bool edit;
};

struct wls_differ {
	struct wls_diff *diff;
	struct wls_delta *deltas;
	size_t delta_count, delta_cap;
	struct wls_told_span *spans; /* edits among them rise in both texts */
	size_t span_count, span_cap;
	struct wls_pair_node **moved; /* of the first text: told of after the walk */
	size_t moved_count, moved_cap;
};

/* Whether a text's last line has an ending, which a CR is, too. */
static inline bool wls_ends_line(struct wls_slice text)
{
	char last = text.len > 0 ? text.ptr[text.len - 1] : '\0';

	return last == '\n' || last == '\r';
}

/* Adds a change that stands at `order` of the second text; its index. */
uint32_t wls_differ_add(struct wls_differ *d, struct wls_delta delta);
void wls_differ_span(struct wls_differ *d, uint32_t delta, struct wls_delta_span span, bool edit);

/* ---- reworded.c ---- */

/* Makes items and texts that were left twins of similar ones elsewhere. O(n log n) in what is left. */
void wls_differ_pair_reworded(struct wls_differ *d);

/* ---- walk.c ---- */

/* Tells all changes of diff->pairing. */
void wls_differ_walk(struct wls_differ *d);

/* ---- describe.c ---- */

enum wls_delta_kind wls_delta_kind_of(enum wls_node_kind kind);
/* What changed between a node's own texts, which differ. */
uint32_t wls_delta_aspects(const struct wls_pairing *p, const struct wls_pair_node *a,
			   const struct wls_pair_node *b);

/* ---- span.c ---- */

/* Adds what differs between two stretches, word by word or line by line, to a change. O(n log n). */
void wls_differ_compare(struct wls_differ *d, uint32_t delta, struct wls_delta_span stretch,
			bool by_line, bool edit);

/* ---- lines.c ---- */

/* Tells the changes of two texts line by line. */
void wls_differ_lines(struct wls_differ *d);

/* ---- edits.c ---- */

/*
 * Makes diff->deltas and diff->edits of what was told. False, making nothing, when what stands between the
 * edits is not the same in both texts.
 */
bool wls_differ_finish(struct wls_differ *d);

#endif
