/* SPDX-License-Identifier: MIT */
/*
 * Three-way merge of plain texts: by line and by sentence. Private to merge.
 *
 * Layer: merge. Includes: base.
 */
#ifndef WLS_MERGE_TEXT_H
#define WLS_MERGE_TEXT_H

#include "wlsync/base.h"

/* A stretch of merged text. In a conflict all three texts are whole lines, or empty. */
struct wls_hunk {
	bool conflict;
	struct wls_slice text;               /* when it is none */
	struct wls_slice base, ours, theirs; /* when it is one */
};

struct wls_hunks {
	struct wls_hunk *items;
	size_t count, cap;
	bool conflict; /* one of them is */
};

void wls_hunks_release(struct wls_hunks *hunks);

/*
 * Merges by line (an LF, with a CR before it, belongs to its line) and adds the hunks to `out`.
 * `refined`: lines that one side put in beside lines that the other changed are no conflict (see
 * regions.c), and what is called clean merges again to itself, loses nothing and doubles nothing;
 * where that cannot be had, all changes are one conflict. Otherwise plain diff3, where changes that
 * touch are a conflict, and none of this is promised. A last line without line ending is a line,
 * too, other than the one with it. O(n log n).
 */
void wls_text_merge_lines(struct wls_slice base, struct wls_slice ours, struct wls_slice theirs,
			  bool refined, struct wls_hunks *out);

/*
 * Merges running text by sentence; refined always. A conflict shows whole lines, verbatim from each
 * text, extended to the nearest line ends that fall between the same two sentences in all three;
 * else the whole texts are one conflict. The hunks slice the three texts; a blank where no side has
 * a separator that fits is a literal. Texts that end in a line ending keep it. O(n log n).
 */
void wls_text_merge_sentences(struct wls_slice base, struct wls_slice ours, struct wls_slice theirs,
			      struct wls_hunks *out);

/* The length of the first sentence of `text`, with the blanks and line ending after it. */
size_t wls_sentence_length(struct wls_slice text);

#endif
