/* SPDX-License-Identifier: MIT */
/*
 * The graph as a Mermaid flowchart.
 *
 * Layer: graph. Includes: base, doc.
 *
 * Mermaid refuses 501 edges or 50,000 characters, and a picture of half as many is of use to
 * nobody, so at most EDGES_MAX edges and LENGTH_MAX characters (UTF-16 units, as Mermaid
 * counts) are written. Over that, satisfied edges go; if that does not do, the export is
 * refused. The same facts follow as a list, for those who do not see pictures, in lines that
 * Mermaid takes for comments (%%), so that the whole output is one diagram.
 *
 * Texts are foreign: in labels and in the list every ASCII character but letters, digits and
 * a few marks becomes an entity (#35;). So no quote ends a label, no backtick makes it
 * Markdown, no `%%{` makes a directive, no `:` of a label looks like a style.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "graph/view.h"

enum { EDGES_MAX = 250, LENGTH_MAX = 45000 };

struct writer {
	const struct wls_graph *graph;
	const struct wls_view *view;
	struct wls_buf *out;
	struct wls_buf scratch;
	uint32_t *number;      /* of each log, from 1 */
	struct wls_map ghosts; /* name that no log has → its number */
	bool unsatisfied_only;
};

/* Whether byte `i` may stand for itself: in the list a colon may, too; a lone '%' anywhere. */
static bool is_plain(struct wls_slice s, size_t i, bool list)
{
	char c = s.ptr[i];

	if (c == '%')
		return (i == 0 || s.ptr[i - 1] != '%') && (i + 1 == s.len || s.ptr[i + 1] != '%');
	return wls_is_alnum(c) || (unsigned char)c >= 0x80 || (list && c == ':') ||
	       (c != '\0' && strchr(" .,-_()/+", c));
}

static void add_text(struct wls_buf *out, struct wls_slice s, bool list)
{
	size_t done = 0;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.ptr[i];

		if (is_plain(s, i, list))
			continue;
		wls_utf8_add_lossy(out, wls_slice(s.ptr + done, i - done));
		done = i + 1;
		if (c < 0x20 || c == 0x7f)
			wls_buf_add_char(out, ' ');
		else
			wls_buf_printf(out, "#%u;", c);
	}
	wls_utf8_add_lossy(out, wls_slice(s.ptr + done, s.len - done));
}

static void add_escaped(struct wls_buf *out, struct wls_slice s)
{
	add_text(out, s, false);
}

/* UTF-16 units of valid UTF-8: two for what takes four bytes. */
static size_t mermaid_length(struct wls_slice s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (((unsigned char)s.ptr[i] & 0xc0) != 0x80)
			n++;
		if ((unsigned char)s.ptr[i] >= 0xf0)
			n++;
	}
	return n;
}

static bool has_edge(const struct writer *w, uint32_t index)
{
	return wls_view_has_edge(w->graph, w->view, index) &&
	       !(w->unsatisfied_only && w->graph->edges[index].state == WLS_EDGE_SATISFIED);
}

/* ---- the picture ---- */

static void add_node(struct writer *w, uint32_t index)
{
	const struct wls_log *log = &w->graph->logs[index];
	bool finished = log->status == WLS_STATUS_COMPLETED;

	wls_buf_printf(w->out, "    n%u%s\"", w->number[index], finished ? "([" : "[");
	add_escaped(w->out, log->id);
	wls_buf_add_str(w->out, "<br/>");
	wls_buf_clear(&w->scratch);
	wls_log_add_facts(&w->scratch, log);
	add_escaped(w->out, wls_buf_slice(&w->scratch));
	wls_buf_printf(w->out, "\"%s\n", finished ? "])" : "]");
}

/*
 * The arrow of a state: thick to nowhere, thin when satisfied, dotted otherwise; a ring at what is no
 * dependency now.
 */
static const char *arrow(const struct wls_edge *edge)
{
	if (!wls_edge_holds(edge))
		return "--o";
	if (edge->state == WLS_EDGE_DANGLING)
		return "==>";
	return edge->state == WLS_EDGE_SATISFIED ? "-->" : "-.->";
}

/* What is named and does not exist: its label is told once. */
static void add_ghost(struct writer *w, struct wls_slice name)
{
	uint32_t *number = wls_map_at(&w->ghosts, name);
	bool known = *number != WLS_MAP_NONE;

	if (!known)
		*number = (uint32_t)w->ghosts.count;
	wls_buf_printf(w->out, "g%u", *number);
	if (!known) {
		wls_buf_add_str(w->out, "{{\"");
		add_escaped(w->out, name);
		wls_buf_add_str(w->out, "\"}}");
	}
	wls_buf_add_char(w->out, '\n');
}

static void add_edge(struct writer *w, const struct wls_edge *edge)
{
	wls_buf_printf(w->out, "    n%u %s|\"", w->number[edge->from], arrow(edge));
	if (edge->to_version > 0)
		wls_buf_printf(w->out, "v%u ", edge->to_version);
	wls_buf_printf(w->out, "%s\"| ", wls_edge_label_word(edge));
	if (edge->to != WLS_LOG_NONE) {
		wls_buf_printf(w->out, "n%u\n", w->number[edge->to]);
		return;
	}
	add_ghost(w, edge->to_name);
}

/* ---- the list ---- */

static void add_log_line(struct writer *w, uint32_t index)
{
	wls_buf_clear(&w->scratch);
	wls_log_add_facts(&w->scratch, &w->graph->logs[index]);
	wls_buf_add_str(w->out, "%% - ");
	add_text(w->out, w->graph->logs[index].id, true);
	wls_buf_add_str(w->out, ": ");
	add_text(w->out, wls_buf_slice(&w->scratch), true);
	wls_buf_add_char(w->out, '\n');
}

static void add_edge_line(struct writer *w, const struct wls_edge *edge)
{
	wls_buf_clear(&w->scratch);
	wls_edge_add_facts(&w->scratch, edge);
	wls_buf_add_str(w->out, "%%   - ");
	add_text(w->out, wls_buf_slice(&w->scratch), true);
	wls_buf_add_char(w->out, '\n');
}

static void add_list(struct writer *w)
{
	const struct wls_graph *graph = w->graph;

	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[i];

		if (!wls_view_has_log(w->view, i))
			continue;
		add_log_line(w, i);
		for (uint32_t e = log->first_edge; e < log->first_edge + log->edge_count; e++)
			if (has_edge(w, e))
				add_edge_line(w, &graph->edges[e]);
	}
}

/* ---- all ---- */

static uint32_t count_edges(const struct writer *w)
{
	uint32_t n = 0;

	for (uint32_t i = 0; i < w->graph->edge_count; i++)
		n += has_edge(w, i);
	return n;
}

static void write_all(struct writer *w)
{
	uint32_t number = 0, all, shown = count_edges(w);
	bool cut = w->unsatisfied_only;

	w->unsatisfied_only = false;
	all = count_edges(w);
	w->unsatisfied_only = cut;
	wls_map_release(&w->ghosts);
	w->ghosts = (struct wls_map){0};
	wls_buf_add_str(w->out, "flowchart TB\n    accTitle: WorkLogs and what they need\n"
				"    accDescr: ");
	wls_view_add_summary(w->out, w->graph, w->view);
	if (shown < all)
		wls_buf_printf(w->out, " (%u satisfied left out)", all - shown);
	wls_buf_add_char(w->out, '\n');
	for (uint32_t i = 0; i < w->graph->log_count; i++) {
		if (!wls_view_has_log(w->view, i))
			continue;
		w->number[i] = ++number;
		add_node(w, i);
	}
	for (uint32_t i = 0; i < w->graph->edge_count; i++)
		if (has_edge(w, i))
			add_edge(w, &w->graph->edges[i]);
	add_list(w);
}

/* Writes into w->out; false when it is over the limits. */
static bool try_write(struct writer *w, bool unsatisfied_only)
{
	w->unsatisfied_only = unsatisfied_only;
	if (count_edges(w) > EDGES_MAX)
		return false;
	wls_buf_clear(w->out);
	write_all(w);
	return !w->out->overflow && mermaid_length(wls_buf_slice(w->out)) <= LENGTH_MAX;
}

int wls_export_mermaid(const struct wls_graph *graph, const struct wls_view *view,
		       struct wls_buf *out, struct wls_error *err)
{
	struct wls_buf _cleanup_buf_ text = {.limit = (size_t)4 * LENGTH_MAX};
	struct writer w = {.graph = graph, .view = view, .out = &text};
	bool fits;

	wls_buf_init(&w.scratch, WLS_BUF_LIMIT);
	w.number = wls_alloc((size_t)graph->log_count + 1, sizeof(uint32_t));
	fits = try_write(&w, false) || try_write(&w, true);
	if (fits)
		wls_buf_add_slice(out, wls_buf_slice(&text));
	wls_map_release(&w.ghosts);
	free(w.number);
	wls_buf_release(&w.scratch);
	if (fits)
		return WLS_OK;
	return wls_error_set(err, WLS_E_REFUSED,
			     "too large for Mermaid (over %d dependencies or %d characters): "
			     "narrow it down with --focus %s",
			     EDGES_MAX, LENGTH_MAX,
			     view && view->focus_hint ? view->focus_hint : "LOG");
}
