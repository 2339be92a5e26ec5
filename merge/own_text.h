/* SPDX-License-Identifier: MIT */
/*
 * Merging the own text of a node: its atoms, each by its rule. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_OWN_TEXT_H
#define WLS_MERGE_OWN_TEXT_H

#include "merge/pieces.h"
#include "merge/text.h"
#include "wlsync/doc.h"

/*
 * A node's own text on one side. Fields that share a line are one text: `node` is the first of
 * them, `last` the last, siblings of each other; mostly both are the same.
 */
struct wls_own_text {
	struct wls_doc *doc;
	const struct wls_node *node, *last;
	struct wls_slice bytes; /* the own text of all of them: whole lines */
};

struct wls_own_context {
	struct wls_arena *arena; /* for composed texts */
	const struct wls_merge_options *options;
	struct wls_resolutions *resolutions; /* NULL: not wanted */
	struct wls_slice place;              /* of the node, for resolutions */
	enum wls_key holder; /* key of the field or section that an item stands in */
	int latest;          /* which side is the latest: 1 ours, 2 theirs, 0 neither */
	const char *reason;  /* out: why it is a conflict ("both sides changed the priority") */
};

/*
 * Merges the own texts of one node, which differ between ours and theirs, and both from the base.
 * `base` NULL: both added the node. Symmetric but for the policies ours, theirs and union. What is
 * called clean merges again to itself: with the result in place of either side the result stays.
 *
 * `out` gets hunks that slice the inputs or the context's arena; conflicts are whole lines, all of
 * a node's own text unless it is running text. O(n log n).
 */
void wls_own_text_merge(struct wls_own_context *ctx, const struct wls_own_text *base,
			const struct wls_own_text *ours, const struct wls_own_text *theirs,
			struct wls_hunks *out);

/*
 * Adds the node's text in the form by which nodes are matched: atoms (checkbox, status marker,
 * priority, percentages, [BLOCKED]) and the list's bullet left out, blanks as one space, no line
 * ending. For a keyed line see wls_own_text_key(). O(n).
 */
void wls_own_text_normalise(const struct wls_own_text *own, struct wls_buf *out);

/*
 * Adds the key by which a line is matched in its list, when it has one: `v6`, `H3`, the path of a
 * file item, `L45-67`, the first cell of a row, an attribute's name, a key of the frontmatter, and
 * for other items the text before a colon. False, adding nothing, when it has none. A path, a range
 * of lines, a first cell, an attribute and a frontmatter key are `strong`: equal keys are the same
 * line whatever follows; the others are when their texts are similar, or when a base has them.
 */
bool wls_own_text_key(const struct wls_own_text *own, enum wls_key holder, struct wls_buf *out,
		      bool *strong);

#endif
