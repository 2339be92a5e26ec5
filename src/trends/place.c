/* SPDX-License-Identifier: MIT */
/*
 * Lines and columns of claims.
 *
 * Layer: trends. Includes: base, doc, trends.
 *
 * In the order of the file, so that each goes on from the one before.
 */
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
	struct wls_claim **by_place = wls_alloc(count + 1, sizeof(struct wls_claim *));
	struct wls_doc_place place = {0};
	for (size_t i = 0; i < count; i++)
		by_place[i] = &claims[i];
	if (count > 1)
		qsort(by_place, count, sizeof(struct wls_claim *), compare_places);
	for (size_t i = 0; i < count; i++) {
		wls_doc_locate_from(doc, &place, by_place[i]->at);
		by_place[i]->line = place.line;
		by_place[i]->column = place.column;
	}
	free(by_place);
}
