/* SPDX-License-Identifier: MIT */
/*
 * Running text cut into sentences. Private to merge; used by text.c only. The length of the first
 * sentence (wls_sentence_length) is declared in text.h.
 *
 * Layer: merge. Includes: base, merge.
 */
#ifndef WLS_MERGE_SENTENCE_H
#define WLS_MERGE_SENTENCE_H

#include "merge/regions.h"

/*
 * Fills `seq` with the sentences of `text`. Element 0 is empty and stands for the text's beginning,
 * so that blanks before the first sentence are a separator, too; a list's bullet, a checkbox and a
 * bold key at the beginning are elements of their own. Keys are the sentences with each run of
 * blanks, line ending and container prefix as one blank. O(n).
 */
void wls_sentences_cut(struct wls_tokens *seq, struct wls_slice text);

/* Whether the sentence ends so that the next may follow without a blank (`。`). */
bool wls_sentence_ends_tight(struct wls_slice sentence);

#endif
