/* SPDX-License-Identifier: MIT */
/*
 * A document: parsing in phases, diagnostics.
 *
 * Layer: doc. Includes: base, doc.
 */
#include "base/utf8.h"
#include "doc/blocks.h"
#include "doc/doc_internal.h"
#include "doc/lines.h"

#define BOM WLS_SLICE("\xEF\xBB\xBF")

/* ---- parsing ---- */

static void add_root(struct wls_doc *doc)
{
	doc->root = wls_node_new(doc, NULL, WLS_NODE_DOCUMENT, 0);
	doc->has_bom = wls_slice_starts(doc->source, BOM);
	doc->root->body = doc->has_bom ? (uint32_t)BOM.len : 0;
	doc->root->end = (uint32_t)doc->source.len;
	doc->root->line = 1;
	doc->root->flags = WLS_NODE_UNREAD;
}

int wls_doc_parse(struct wls_doc **out, struct wls_slice source, struct wls_error *err)
{
	if (source.len > WLS_FILE_MAX)
		return wls_error_set(err, WLS_E_LIMIT,
				     "the file has %zu bytes; at most %zu are read: split the log",
				     source.len, WLS_FILE_MAX);
	struct wls_doc *doc = wls_alloc(1, sizeof(*doc));
	doc->source = source.len > 0 ? source : WLS_SLICE("");
	add_root(doc);
	uint32_t frontmatter_end = wls_frontmatter_read(doc);
	wls_blocks_parse(doc, frontmatter_end);
	doc->root->block_end = doc->block_count;
	wls_outline_read(doc);
	if (doc->has_markers)
		wls_doc_diagnose(doc, "conflict-marker", WLS_ERROR, doc->marker_at,
				 "a merge left its conflict markers here",
				 "settle the conflict: wlsync resolve");
	wls_doc_sort_diagnostics(doc);
	*out = doc;
	return 0;
}

void wls_doc_free(struct wls_doc *doc)
{
	if (!doc)
		return;
	wls_arena_release(&doc->arena);
	free(doc->blocks);
	free(doc->headings);
	free(doc->diagnostics);
	free(doc);
}

/* ---- diagnostics ---- */

void wls_doc_diagnose(struct wls_doc *doc, const char *rule, enum wls_severity severity,
		      uint32_t offset, const char *message, const char *hint)
{
	if (doc->diagnostic_count == doc->diagnostic_cap)
		WLS_GROW(doc->diagnostics, doc->diagnostic_cap, doc->diagnostic_count + 1);
	struct wls_diagnostic *diagnostic = &doc->diagnostics[doc->diagnostic_count++];
	*diagnostic = (struct wls_diagnostic){
		.rule = rule,
		.severity = severity,
		.message = message,
		.hint = hint,
	};
	wls_doc_locate(doc, offset, &diagnostic->line, &diagnostic->column);
}

const char *wls_severity_name(enum wls_severity severity)
{
	static const char *const names[] = {"info", "warning", "error"};
	return names[severity];
}

static int compare_places(const void *x, const void *y)
{
	const struct wls_diagnostic *a = x, *b = y;
	if (a->line != b->line)
		return a->line < b->line ? -1 : 1;
	if (a->column != b->column)
		return a->column < b->column ? -1 : 1;
	int order = strcmp(a->rule, b->rule);
	return order != 0 ? order : strcmp(a->message, b->message);
}

void wls_doc_sort_diagnostics(struct wls_doc *doc)
{
	if (doc->diagnostic_count > 1)
		qsort(doc->diagnostics, doc->diagnostic_count, sizeof(*doc->diagnostics),
		      compare_places);
}
