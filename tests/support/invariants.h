/* SPDX-License-Identifier: MIT */
/*
 * What holds for every document and every graph: judges for property tests and fuzzing.
 * Each returns NULL when all is well, else what is wrong.
 */
#ifndef WLS_TEST_INVARIANTS_H
#define WLS_TEST_INVARIANTS_H

#include "wlsync/doc.h"
#include "wlsync/graph.h"

/* render(parse(x)) == x. */
const char *doc_round_trips(struct wls_doc *doc);
/* Nodes tile the source, children tile their node, parents and lines are right. */
const char *doc_tiles(struct wls_doc *doc);
/* Blocks stand in preorder, inside their parents, with rising lines. */
const char *doc_blocks_nest(const struct wls_doc *doc);
/* Reading everything lazily read: facts, blockers, texts, places; slices stay inside. */
const char *doc_reads(struct wls_doc *doc);
/* Ends, ids, counts, order and exactly one state an edge. */
const char *graph_holds(const struct wls_graph *graph);

#endif
