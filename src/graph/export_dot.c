/* SPDX-License-Identifier: MIT */
/*
 * The graph in Graphviz' language.
 *
 * Layer: graph. Includes: base, doc.
 *
 * Edges go from the dependent to what it needs; solid: satisfied, dashed: waiting, dotted:
 * stale, bold to a ghost: dangling. Everything is quoted. In a quoted string only the double
 * quote ends it, and a backslash is an escape in labels, so both get a backslash; in labels
 * and tooltips Graphviz also reads HTML entities, so there '&' becomes one.
 */
#include "base/utf8.h"
#include "graph/view.h"

/* Adds `s` without the quotes around it. Controls become blanks. */
static void add_quoted(struct wls_buf *out, struct wls_slice s, bool entities)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (c >= 0x20 && c != 0x7f && c != '"' && c != '\\' && !(entities && c == '&'))
			continue;
		wls_utf8_add_lossy(out, wls_slice(s.ptr + done, i - done));
		done = i + 1;
		if (c == '&')
			wls_buf_add_str(out, "&amp;");
		else if (c == '"' || c == '\\')
			wls_buf_printf(out, "\\%c", c);
		else
			wls_buf_add_char(out, ' ');
	}
	wls_utf8_add_lossy(out, wls_slice(s.ptr + done, s.len - done));
}

/*
 * Whether `id` would not come out as itself: bytes of it are replaced, so that two ids could
 * become one, or it begins with '%', which Graphviz keeps for names of its own.
 */
static bool is_odd(struct wls_slice id)
{
	for (size_t i = 0; i < id.len; i++)
		if ((unsigned char)id.ptr[i] < 0x20 || id.ptr[i] == 0x7f)
			return true;
	return wls_slice_starts(id, WLS_SLICE("%")) || wls_utf8_scan(id).first_invalid != SIZE_MAX;
}

/* An odd id gets the log's number and a tab in front, which no other id can hold. */
static void add_id(struct wls_buf *out, const struct wls_graph *graph, uint32_t log)
{
	struct wls_slice id = graph->logs[log].id;

	wls_buf_add_char(out, '"');
	if (is_odd(id))
		wls_buf_printf(out, "%u\t", log);
	add_quoted(out, id, false);
	wls_buf_add_char(out, '"');
}

static void add_attribute(struct wls_buf *out, const char *name, struct wls_slice value)
{
	wls_buf_printf(out, "%s=\"", name);
	add_quoted(out, value, true);
	wls_buf_add_char(out, '"');
}

static const char *node_style(const struct wls_log *log)
{
	if (log->status == WLS_STATUS_COMPLETED)
		return ", style=\"rounded,dashed\", fontcolor=gray40";
	if (log->in_cycle || log->status == WLS_STATUS_BLOCKED)
		return ", style=\"rounded,bold\"";
	if (log->ready)
		return ", style=\"rounded,filled\", fillcolor=lightcyan";
	return ", style=rounded";
}

static void add_node(struct wls_buf *out, const struct wls_graph *graph, uint32_t index,
		     struct wls_buf *scratch)
{
	const struct wls_log *log = &graph->logs[index];

	wls_buf_clear(scratch);
	wls_log_add_facts(scratch, log);
	wls_buf_add_str(out, "  ");
	add_id(out, graph, index);
	wls_buf_add_str(out, " [label=\"");
	add_quoted(out, log->id, true);
	wls_buf_add_str(out, "\\n");
	add_quoted(out, wls_buf_slice(scratch), true);
	wls_buf_add_str(out, "\", ");
	add_attribute(out, "tooltip", log->file);
	wls_buf_add_str(out, ", ");
	add_attribute(out, "URL", log->file);
	wls_buf_printf(out, "%s];\n", node_style(log));
}

/* A ghost's id holds a tab, which no id of a log can hold: there it would be a blank. */
static void add_ghost_id(struct wls_buf *out, struct wls_slice name)
{
	wls_buf_add_str(out, "\"?\t");
	add_quoted(out, name, false);
	wls_buf_add_char(out, '"');
}

static const char *edge_style(const struct wls_edge *edge)
{
	if (!wls_edge_holds(edge))
		return "style=dotted, arrowhead=open, color=gray60";
	switch (edge->state) {
	case WLS_EDGE_SATISFIED:
		return "style=solid";
	case WLS_EDGE_STALE:
		return "style=dotted";
	case WLS_EDGE_WAITING:
		return "style=dashed";
	case WLS_EDGE_DANGLING:
		break;
	}
	return "style=bold";
}

static void add_edge(struct wls_buf *out, const struct wls_graph *graph,
		     const struct wls_edge *edge, struct wls_buf *scratch)
{
	wls_buf_clear(scratch);
	wls_utf8_add_lossy(scratch, graph->logs[edge->from].id);
	wls_buf_add_char(scratch, ' ');
	wls_edge_add_facts(scratch, edge);
	wls_buf_add_str(scratch, " (");
	wls_utf8_add_lossy(scratch, edge->file);
	wls_buf_printf(scratch, ":%u)", edge->line);
	wls_buf_add_str(out, "  ");
	add_id(out, graph, edge->from);
	wls_buf_add_str(out, " -> ");
	if (edge->to == WLS_LOG_NONE)
		add_ghost_id(out, edge->to_name);
	else
		add_id(out, graph, edge->to);
	wls_buf_printf(out, " [%s, label=\"", edge_style(edge));
	if (edge->to_version > 0)
		wls_buf_printf(out, "v%u ", edge->to_version);
	wls_buf_printf(out, "%s\", ", wls_edge_label_word(edge));
	add_attribute(out, "tooltip", wls_buf_slice(scratch));
	wls_buf_add_str(out, "];\n");
}

static int by_name(const void *left, const void *right)
{
	const struct wls_edge *a = *(const struct wls_edge *const *)left;
	const struct wls_edge *b = *(const struct wls_edge *const *)right;

	return wls_slice_cmp(a->to_name, b->to_name);
}

/* The names that no log has, each once. */
static void add_ghosts(struct wls_buf *out, const struct wls_graph *graph,
		       const struct wls_view *view)
{
	const struct wls_edge **ghosts = NULL;
	size_t n = 0, cap = 0;

	for (uint32_t i = 0; i < graph->edge_count; i++) {
		if (graph->edges[i].to != WLS_LOG_NONE || !wls_view_has_edge(graph, view, i))
			continue;
		WLS_GROW(ghosts, cap, n + 1);
		ghosts[n++] = &graph->edges[i];
	}
	if (n > 1)
		qsort(ghosts, n, sizeof(*ghosts), by_name);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && wls_slice_eq(ghosts[i]->to_name, ghosts[i - 1]->to_name))
			continue;
		wls_buf_add_str(out, "  ");
		add_ghost_id(out, ghosts[i]->to_name);
		wls_buf_add_str(out, " [");
		add_attribute(out, "label", ghosts[i]->to_name);
		wls_buf_printf(out, ", tooltip=\"%s\", style=\"rounded,dotted\"];\n",
			       ghosts[i]->reason == WLS_REASON_AMBIGUOUS
				       ? "several WorkLogs have this name"
				       : "no such WorkLog");
	}
	free(ghosts);
}

void wls_export_dot(const struct wls_graph *graph, const struct wls_view *view, struct wls_buf *out)
{
	struct wls_buf _cleanup_buf_ scratch = WLS_BUF_INIT;

	wls_buf_add_str(out, "digraph worklogs {\n  rankdir=LR;\n  node [shape=box];\n");
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (wls_view_has_log(view, i))
			add_node(out, graph, i, &scratch);
	add_ghosts(out, graph, view);
	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (wls_view_has_edge(graph, view, i))
			add_edge(out, graph, &graph->edges[i], &scratch);
	wls_buf_add_str(out, "}\n");
}
