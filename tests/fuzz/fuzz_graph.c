/* SPDX-License-Identifier: MIT */
/*
 * Property: whatever the files hold, the graph of them holds together, and is the same in
 * whatever order they are added.
 *
 * The input is a bundle: a line `==> PATH` begins a file of that path; what stands before the
 * first such line is the file Fuzz-WorkLog.md. The first byte chooses the options.
 */
#include <stdio.h>

#include "fuzz/fuzz.h"
#include "support/invariants.h"

enum { FILES_MAX = 32 };

struct bundle {
	struct wls_slice path[FILES_MAX];
	struct wls_slice text[FILES_MAX];
	size_t count;
};

static void require(const char *fault)
{
	if (!fault)
		return;
	fprintf(stderr, "fuzz_graph: %s\n", fault);
	abort();
}

static struct bundle bundle_parse(struct wls_slice rest)
{
	struct bundle b = {.path = {WLS_SLICE("Fuzz-WorkLog.md")}, .count = 1};
	struct wls_slice line;
	b.text[0] = wls_slice(rest.ptr, 0);
	while (wls_slice_next_line(&rest, &line)) {
		size_t last = b.count - 1;
		if (b.count < FILES_MAX && wls_slice_starts(line, WLS_SLICE("==> "))) {
			b.path[b.count] = wls_slice_from(line, 4);
			b.text[b.count] = wls_slice(rest.ptr, 0);
			b.count++;
		} else {
			b.text[last].len = (size_t)(rest.ptr - b.text[last].ptr);
		}
	}
	return b;
}

static void add_file(struct wls_graph *graph, const struct bundle *b, size_t i)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_file file = {.path = b->path[i]};
	struct wls_error err;
	if (wls_doc_parse(&doc, b->text[i], &err) == 0)
		wls_graph_add(graph, &file, doc);
}

static struct wls_graph *build(const struct bundle *b, struct wls_graph_options options,
			       bool backwards)
{
	struct wls_graph *graph = wls_graph_new(&options);
	for (size_t i = 0; i < b->count; i++)
		add_file(graph, b, backwards ? b->count - 1 - i : i);
	wls_graph_build(graph);
	return graph;
}

/* A path may come once only: a folder holds no two files of one name. */
static bool paths_differ(const struct bundle *b)
{
	for (size_t i = 0; i < b->count; i++)
		for (size_t k = i + 1; k < b->count; k++)
			if (wls_slice_eq(b->path[i], b->path[k]))
				return false;
	return true;
}

static void export_all(const struct wls_graph *graph, struct wls_buf *out)
{
	struct wls_view all = {.focus_hint = NULL};
	struct wls_error err;
	wls_export_json(graph, &all, out);
	wls_export_tsv(graph, &all, out);
	wls_export_dot(graph, &all, out);
	if (wls_export_mermaid(graph, &all, out, &err) < 0)
		wls_buf_add_str(out, err.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;
	struct bundle bundle = bundle_parse(wls_slice((const char *)data, size));
	unsigned bits = size > 0 ? data[0] : 0;
	struct wls_graph_options options = {
		.history = bits & 1,
		.mentions = bits & 2,
		.entries = bits & 4,
		.overlaps = bits & 8,
		.reduce = bits & 16,
	};
	if (!paths_differ(&bundle))
		return 0;
	struct wls_graph *forth _cleanup_graph_ = build(&bundle, options, false);
	struct wls_graph *back _cleanup_graph_ = build(&bundle, options, true);
	require(graph_holds(forth));
	export_all(forth, &one);
	export_all(back, &two);
	if (!wls_slice_eq(wls_buf_slice(&one), wls_buf_slice(&two)))
		require("the order of the files changes the output");
	return 0;
}
