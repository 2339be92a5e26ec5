/* SPDX-License-Identifier: MIT */
/*
 * Property: any bytes make a document that renders to the same bytes, whose nodes tile them,
 * whose blocks nest, and which may be read to its last leaf.
 */
#include <stdio.h>

#include "fuzz/fuzz.h"
#include "support/invariants.h"

static void require(const char *fault)
{
	if (!fault)
		return;
	fprintf(stderr, "fuzz_parse: %s\n", fault);
	abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	if (wls_doc_parse(&doc, wls_slice((const char *)data, size), &err) < 0) {
		require(err.text);
		return 0;
	}
	require(doc_blocks_nest(doc));
	require(doc_tiles(doc));
	require(doc_round_trips(doc));
	require(doc_reads(doc));
	return 0;
}
