/* SPDX-License-Identifier: MIT */
/*
 * Labels: where a log's text names its own entries and hypotheses by number. Private to merge.
 *
 * Layer: merge. Includes: base, doc.
 */
#ifndef WLS_MERGE_LABELS_H
#define WLS_MERGE_LABELS_H

#include "wlsync/doc.h"

struct wls_label {
	uint32_t at;  /* offset of the first digit in the document's source */
	uint32_t len; /* of the digits */
	uint32_t number;
	uint32_t line;   /* offset of the first byte of its line */
	char letter;     /* 'v' or 'H' */
	bool heading;    /* the number of an entry's own heading (also of one that continues) */
	bool rewritable; /* false: in code, a URL or after a name: only reported */
};

struct wls_labels {
	struct wls_label *items;
	size_t count, cap;
};

/*
 * Adds the labels in the subtree of `node` (the document's root, an entry, a section, …), in order.
 * `log_name` as in struct wls_merge_options. The value of the frontmatter's `version` is none.
 * What is no reference of the forms of docs/merging.md but looks like one (`v6` in code, in a URL,
 * after a name) is added with `rewritable` false; what names another log (`Other-WorkLog-v6`) is not.
 * Of `v6-8` both ends are labels. O(bytes), several GB/s where nothing is found; the block in which
 * the node begins is read from its own beginning, since code spans reach over lines.
 */
void wls_labels_find(struct wls_doc *doc, struct wls_node *node, struct wls_slice log_name,
		     struct wls_labels *out);

/* XXH3 over the bytes [begin, end) of `source` with the digits of the rewritable labels (those of
 * letter 'v') left out. `labels` are in order and may reach beyond. O(bytes). */
uint64_t wls_labels_hash(struct wls_slice source, uint32_t begin, uint32_t end,
			 const struct wls_labels *labels);

/* A change of digits: [at, at + len) becomes `number`. */
struct wls_patch {
	uint32_t at, len;
	uint32_t number;
};

/* Zero is the initial state; the owner frees `items`. */
struct wls_patches {
	struct wls_patch *items;
	size_t count, cap;
};

static inline void wls_patches_add(struct wls_patches *patches, struct wls_patch patch)
{
	WLS_GROW(patches->items, patches->cap, patches->count + 1);
	patches->items[patches->count++] = patch;
}

/* The line that begins at `at`, without its ending. O(line). */
struct wls_slice wls_line_at(struct wls_slice source, size_t at);

/* Adds `source` with the patches (in order, without overlap) applied. O(n). */
void wls_patches_apply(struct wls_slice source, const struct wls_patch *patches, size_t count,
		       struct wls_buf *out);

#endif
