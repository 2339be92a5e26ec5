/* SPDX-License-Identifier: MIT */
/*
 * Edges as tab-separated values: a header, then one edge a line.
 *
 * Layer: graph. Includes: base, doc.
 *
 * Backslash, tab, line feed and carriage return in texts are written \\ \t \n \r, so that
 * lines and columns are what they seem. What is null in JSON is empty.
 */
#include "base/utf8.h"
#include "graph/view.h"

static void add_text(struct wls_buf *out, struct wls_slice s)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		static const char from[] = "\\\t\n\r", to[] = "\\tnr";
		const char *found = s.ptr[i] ? strchr(from, s.ptr[i]) : NULL;

		if (!found)
			continue;
		wls_utf8_add_lossy(out, wls_slice(s.ptr + done, i - done));
		wls_buf_add_char(out, '\\');
		wls_buf_add_char(out, to[found - from]);
		done = i + 1;
	}
	wls_utf8_add_lossy(out, wls_slice(s.ptr + done, s.len - done));
}

static void add_number(struct wls_buf *out, uint32_t n, bool known)
{
	if (known)
		wls_buf_printf(out, "%u", n);
}

static void add_edge(struct wls_buf *out, const struct wls_graph *graph,
		     const struct wls_edge *edge)
{
	const char *reason = wls_edge_reason_name(edge->reason);
	bool dangling = edge->state == WLS_EDGE_DANGLING;

	add_text(out, graph->logs[edge->from].id);
	wls_buf_add_char(out, '\t');
	add_text(out, edge->to_name);
	wls_buf_printf(out, "\t%s\t", wls_edge_kind_name(edge->kind));
	add_number(out, edge->to_version, edge->to_version > 0);
	wls_buf_printf(out, "\t%s\t%s\t", wls_edge_state_name(edge->state), reason ? reason : "");
	add_number(out, edge->current, edge->current > 0);
	wls_buf_add_char(out, '\t');
	add_number(out, edge->behind_by, edge->to_version > 0 && !dangling);
	wls_buf_printf(out, "\t%s\t", edge->claimed ? "true" : "false");
	add_text(out, edge->file);
	wls_buf_printf(out, "\t%u\t%u\t%s\n", edge->line, edge->column,
		       edge->historical ? "true" : "false");
}

void wls_export_tsv(const struct wls_graph *graph, const struct wls_view *view, struct wls_buf *out)
{
	wls_buf_add_str(out, "from\tto\tkind\tto_version\tstate\treason\tcurrent\tbehind_by\t"
			     "claimed\tfile\tline\tcolumn\thistorical\n");
	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (wls_view_has_edge(graph, view, i))
			add_edge(out, graph, &graph->edges[i]);
}
