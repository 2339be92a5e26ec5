/* SPDX-License-Identifier: MIT */
/*
 * What the tests of src/doc share: reading files, checking the tiling, describing trees.
 */
#ifndef WLS_TEST_DOC_SUPPORT_H
#define WLS_TEST_DOC_SUPPORT_H

#include "wlsync/doc.h"

/* Parses, and fails the test when that fails. */
struct wls_doc *parse(struct wls_slice source);
/* Reads a whole file into a buffer, which the caller releases. */
void read_file(const char *path, struct wls_buf *out);
/* Calls `visit` for every file below FIXTURES whose name ends in `suffix`; returns how many. */
size_t each_fixture(const char *suffix, void (*visit)(const char *path, void *data), void *data);
/*
 * NULL when the nodes tile the source, each knows its parent and its line, and rendering gives
 * the source; else what is wrong.
 */
const char *tiling_fault(struct wls_doc *doc);
/* The tree below `node` without blank lines: `field:now<text>{item<a> item<b>}`. */
void describe(struct wls_doc *doc, struct wls_node *node, struct wls_buf *out);
/* The rules of the document's diagnostics with their places: `bad-version@3:4 …`. */
void describe_diagnostics(const struct wls_doc *doc, struct wls_buf *out);

#endif
