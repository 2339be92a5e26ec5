/* SPDX-License-Identifier: MIT */
/*
 * Lines to blocks: CommonMark's block structure. Private to src/doc.
 *
 * Layer: doc. Includes: base, doc.
 */
#ifndef WLS_DOC_BLOCKS_H
#define WLS_DOC_BLOCKS_H

#include "wlsync/doc.h"

/*
 * Fills doc->blocks, block_count, headings, line_count, has_crlf, has_markers and marker_at from
 * doc->source (at most WLS_FILE_MAX). The first `frontmatter_end` bytes (0: none; a BOM counts in)
 * become one FRONTMATTER block, unread. doc->blocks and doc->headings are the heap's: wls_doc_free() frees them. O(n).
 */
void wls_blocks_parse(struct wls_doc *doc, uint32_t frontmatter_end);

/*
 * Adds the blocks of a node of the top level to doc->blocks, and behind them one block without
 * bytes that bounds the part: its line is the one after it. Returns the index of the first. O(bytes).
 */
uint32_t wls_blocks_parse_part(struct wls_doc *doc, const struct wls_node *node);

#endif
