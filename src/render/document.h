/* SPDX-License-Identifier: MIT */
/*
 * The JSON documents of `status` and `next` (wlsync.status/1, wlsync.next/1).
 *
 * Layer: render. Includes: base, buf, doc, graph.
 *
 * Dates, never ages: the same files give the same bytes whatever the day.
 */
#ifndef WLS_RENDER_DOCUMENT_H
#define WLS_RENDER_DOCUMENT_H

#include "base/json.h"
#include "render/next.h"
#include "render/status.h"

/* Adds the document and a line ending; logs in the order of `sort`. */
void wls_document_status(const struct wls_report *report, enum wls_status_sort sort,
			 struct wls_buf *out);
void wls_document_next(const struct wls_report *report, const struct wls_next_list *list,
		       struct wls_buf *out);
/* Key and array of all diagnostics of a graph, as in wlsync.graph/1. */
void wls_document_diagnostics(struct wls_json *json, const struct wls_graph *graph);

#endif
