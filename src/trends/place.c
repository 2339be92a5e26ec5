/* SPDX-License-Identifier: MIT */
/*
 * Lines and columns of claims.
 *
 * Layer: trends. Includes: base, doc, trends.
 *
 * All of a file in one pass over its lines: wls_doc_locate() would start over for each.
 */
#include "base/utf8.h"
#include "trends/trends_internal.h"

static int compare_places(const void *a, const void *b)
{
	const struct wls_claim *const *x = a, *const *y = b;
	if ((*x)->at != (*y)->at)
		return (*x)->at < (*y)->at ? -1 : 1;
	return *x < *y ? -1 : *x > *y;
}

void wls_claims_locate(const struct wls_doc *doc, struct wls_claim *claims, size_t count)
{
	size_t next = 0;
	struct wls_claim **by_place = wls_alloc(count + 1, sizeof(struct wls_claim *));
	for (size_t i = 0; i < count; i++)
		by_place[i] = &claims[i];
	if (count > 1)
		qsort(by_place, count, sizeof(struct wls_claim *), compare_places);
	struct wls_slice rest = wls_slice_from(doc->source, doc->root->body), line;
	uint32_t number = 0;
	while (next < count && wls_slice_next_line(&rest, &line)) {
		size_t begin = (size_t)(line.ptr - doc->source.ptr), end = begin + line.len;
		size_t from = begin;
		uint32_t column = 1;
		number++;
		for (; next < count && (by_place[next]->at <= end || rest.len == 0); next++) {
			size_t at = by_place[next]->at;
			at = at < from ? from : at > end ? end : at;
			column += (uint32_t)wls_utf8_count(
				wls_slice(doc->source.ptr + from, at - from));
			from = at;
			by_place[next]->line = number;
			by_place[next]->column = column;
		}
	}
	free(by_place);
}
