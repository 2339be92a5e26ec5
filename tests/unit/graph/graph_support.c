/* SPDX-License-Identifier: MIT */
/*
 * Graphs made of a few lines, and what they hold in words.
 */
#include <criterion/criterion.h>

#include "graph_support.h"

static void add_file(struct wls_graph *graph, const struct test_file *from)
{
	struct wls_file file = {
		.path = wls_slice_of(from->path),
		.branch = wls_slice_of(from->branch),
	};
	struct wls_doc *doc;
	struct wls_error err;

	cr_assert_eq(wls_doc_parse(&doc, wls_slice_of(from->text), &err), WLS_OK);
	wls_graph_add(graph, &file, doc);
	wls_doc_free(doc);
}

struct wls_graph *graph_of_files(const struct test_file *files, size_t count,
				 const struct wls_graph_options *options)
{
	struct wls_graph *graph = wls_graph_new(options);

	for (size_t i = 0; i < count; i++)
		add_file(graph, &files[i]);
	wls_graph_build(graph);
	return graph;
}

void make_log(struct wls_buf *out, const char *status, unsigned version, const char *body)
{
	wls_buf_add_str(out, "# Log\n\n");
	wls_buf_printf(out, "## v%u | 2025-11-10 10:00 | Work\n\n", version);
	if (*status)
		wls_buf_printf(out, "**Status:** %s\n\n", status);
	wls_buf_add_str(out, body);
}

static const char *status_of(char c)
{
	switch (c) {
	case 'i':
		return "in_progress";
	case 'b':
		return "blocked";
	case 'r':
		return "needs_review";
	case 'c':
		return "completed";
	default:
		return "";
	}
}

static void add_need(struct wls_buf *body, struct wls_slice need)
{
	char mark = need.ptr[need.len - 1];
	unsigned version = mark == '<' ? 1 : mark == '>' ? 3 : 2;

	if (strchr("!<>", mark))
		need.len--;
	wls_buf_printf(body, "- %s%.*s-WorkLog-v%u\n", mark == '!' ? "[x] " : "",
		       WLS_SLICE_ARG(need), version);
}

static struct wls_slice take_word(struct wls_slice *rest)
{
	struct wls_slice word;
	size_t n = 0;

	*rest = wls_slice_trim(*rest);
	while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != ':')
		n++;
	word = wls_slice(rest->ptr, n);
	*rest = wls_slice_from(*rest, n);
	return word;
}

static void add_line(struct wls_graph *graph, struct wls_slice line)
{
	struct wls_buf _cleanup_buf_ path = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ body = WLS_BUF_INIT;
	struct wls_slice name = take_word(&line), status = take_word(&line);
	struct wls_slice progress = take_word(&line);

	wls_buf_printf(&path, "%.*s-WorkLog.md", WLS_SLICE_ARG(name));
	wls_buf_printf(&body, "**Progress:** %.*s%%\n\n**Dependencies:**\n",
		       WLS_SLICE_ARG(progress));
	line = wls_slice_from(line, line.len > 0);
	while (wls_slice_trim(line).len > 0)
		add_need(&body, take_word(&line));
	make_log(&text, status_of(status.ptr[0]), 2, wls_buf_str(&body));
	add_file(graph, &(struct test_file){wls_buf_str(&path), wls_buf_str(&text), NULL});
}

struct wls_graph *graph_of_lines(const char *lines, const struct wls_graph_options *options)
{
	struct wls_graph *graph = wls_graph_new(options);
	struct wls_slice rest = wls_slice_of(lines), line;

	while (wls_slice_next_line(&rest, &line))
		if (line.len > 0)
			add_line(graph, line);
	wls_graph_build(graph);
	return graph;
}

void describe_edges(const struct wls_graph *graph, struct wls_buf *out)
{
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];
		const char *reason = wls_edge_reason_name(edge->reason);

		wls_buf_add_slice(out, graph->logs[edge->from].id);
		wls_buf_add_str(out, " > ");
		wls_buf_add_slice(out, edge->to_name);
		if (edge->to_version > 0)
			wls_buf_printf(out, " v%u", edge->to_version);
		wls_buf_printf(out, " %s %s%s%s%s%s%s %u:%u\n", wls_edge_kind_name(edge->kind),
			       wls_edge_state_name(edge->state), reason ? "/" : "",
			       reason ? reason : "", edge->claimed ? " claimed" : "",
			       edge->contradicted ? " contradicted" : "",
			       edge->historical ? " historical" : "", edge->line, edge->column);
	}
}

void describe_diagnostics(const struct wls_graph *graph, struct wls_buf *out)
{
	for (size_t i = 0; i < graph->diagnostic_count; i++) {
		const struct wls_diagnostic *d = &graph->diagnostics[i];

		wls_buf_printf(out, "%s %s:%u:%u %s", d->rule, d->file, d->line, d->column,
			       d->message);
		for (size_t k = 0; k < d->candidate_count; k++)
			wls_buf_printf(out, " {%s}", d->candidates[k]);
		wls_buf_printf(out, "%s%s\n", d->hint ? " | " : "", d->hint ? d->hint : "");
	}
}

void describe_logs(const struct wls_graph *graph, const uint32_t *logs, size_t count,
		   struct wls_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		wls_buf_add_str(out, i > 0 ? " " : "");
		wls_buf_add_slice(out, graph->logs[logs[i]].id);
	}
}

const struct wls_log *log_of(const struct wls_graph *graph, const char *id)
{
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (wls_slice_eq(graph->logs[i].id, wls_slice_of(id)))
			return &graph->logs[i];
	cr_assert_fail("no log %s", id);
	return NULL;
}
