/* SPDX-License-Identifier: MIT */
/*
 * What the pattern readers share.
 *
 * Layer: doc. Includes: base, doc, figure, pattern. Private to src/doc/pattern_*.c.
 */
#ifndef WLS_DOC_PATTERN_INTERNAL_H
#define WLS_DOC_PATTERN_INTERNAL_H

#include "doc/doc_internal.h"
#include "wlsync/pattern.h"

/* ---- pattern_text.c ---- */

/* The parenthesis that ends `s`: where it opens, or s.len. */
size_t wls_last_parenthesis(struct wls_slice s);
/* The next dash between blanks at or after `from`, outside parentheses: its place, or SIZE_MAX. */
size_t wls_find_dash(struct wls_slice s, size_t from);
/* What follows the dash that wls_find_dash() found. */
struct wls_slice wls_after_dash(struct wls_slice s, size_t dash);
/* The first arrow (`→`, `->`, `=>`) at or after `from`, outside parentheses; its bytes in *len. */
size_t wls_find_arrow(struct wls_slice s, size_t from, size_t *len);
/* The first colon that ends a name: a blank or the end follows. SIZE_MAX: none. */
size_t wls_find_name_colon(struct wls_slice s);
/* Cuts the next part off *rest at a `separator` outside parentheses; false when nothing is left. */
bool wls_next_part(struct wls_slice *rest, char separator, struct wls_slice *part);
/* The percentage that a text names last, 0 to 100; -1: none. */
int wls_percent_in(struct wls_slice text);
/* Lines `45`, `45-89`, `L45-L89` at the start of `s`: bytes, or 0. */
size_t wls_lines_at(struct wls_slice s, uint32_t *first, uint32_t *last);
/* All figures of a text, into the arena. */
const struct wls_figure *wls_figures_of(struct wls_arena *arena, struct wls_slice text,
					size_t *count);

/*
 * Where the bytes of a flattened text stand in the source. Asked for in order: all of a text's places
 * are found in one pass over it.
 */
struct wls_flat_place {
	const struct wls_doc *doc;
	struct wls_slice rest; /* of the text as it stands: what follows the line */
	struct wls_slice line;
	size_t begin; /* of the line in the flattened text */
	bool begun;
};
struct wls_flat_place wls_flat_place_of(const struct wls_doc *doc, struct wls_slice text);
/* The offset in the source of byte `at` of wls_text_flatten(text); of a text from elsewhere `none`. */
uint32_t wls_flat_place_at(struct wls_flat_place *place, size_t at, uint32_t none);

/*
 * Makes room for one more element in an array of the arena that grows by doubling: `count` elements of
 * `size` bytes are in it. Returns the array, moved or not. O(1) in the long run.
 */
void *wls_arena_more(struct wls_arena *arena, void *array, size_t count, size_t size);
#define WLS_ARENA_MORE(arena, array, count)                                                        \
	((array) = wls_arena_more((arena), (array), (count), sizeof(*(array))), &(array)[(count)++])

/* ---- pattern_lists.c: the rows of a field's or section's lists ---- */

void wls_pattern_elements(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_hypotheses(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_findings(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_targets(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_statements(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_notes(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
void wls_pattern_files(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out);
/* The items right beneath `node` as elements, nested ones too. */
const struct wls_element *wls_pattern_items(struct wls_doc *doc, struct wls_node *node,
					    size_t *count);

#endif
