/* SPDX-License-Identifier: MIT */
/*
 * Exports: that foreign texts stay texts, and that limits hold.
 */
#include <criterion/criterion.h>
#include <jansson.h>

#include "graph_support.h"

/* Names that would end a string, a label, a line, or be a directive, somewhere. */
static const char *const names[] = {
	"quote \\\"; } //",
	"back\\\\slash\\\\",
	"a\\tb",
	"[x] (y) {z} <b>",
	"`code` %%{init: {}}%% style:#1;",
	"&amp; #quot; |",
	"\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d \xe2\x80\xae rtl",
	"\xf0\x9f\x9a\x80 emoji \xe2\x9c\x85",
	"-->| end subgraph",
};

static struct wls_graph *hostile_graph(void)
{
	struct wls_graph *graph = wls_graph_new(NULL);

	for (size_t i = 0; i < WLS_ARRAY_SIZE(names); i++) {
		struct wls_buf _cleanup_buf_ path = WLS_BUF_INIT, text = WLS_BUF_INIT;
		struct wls_file file;
		struct wls_doc *doc;

		wls_buf_printf(&path, "d%zu/x\"y\t[%zu]-WorkLog.md", i, i);
		wls_buf_printf(&text,
			       "---\nname: \"%s\"\nversion: v1\n---\n## v1 | 2025-11-11\n"
			       "**Dependencies:**\n- [x](../d%zu/x%%22y%%09[%zu]-WorkLog.md)\n"
			       "- [y](no\"pe`%%\\-WorkLog-v1.md)\n  - Need: \"all\" <b>\n",
			       names[i], (i + 1) % WLS_ARRAY_SIZE(names),
			       (i + 1) % WLS_ARRAY_SIZE(names));
		file = (struct wls_file){.path = wls_buf_slice(&path)};
		cr_assert_eq(wls_doc_parse(&doc, wls_buf_slice(&text), NULL), WLS_OK);
		wls_graph_add(graph, &file, doc);
		wls_doc_free(doc);
		wls_buf_release(&text);
	}
	wls_graph_build(graph);
	cr_assert_eq(graph->log_count, WLS_ARRAY_SIZE(names));
	return graph;
}

static const char *text_of(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

Test(export, json_holds_names_as_they_are)
{
	struct wls_graph *graph = hostile_graph();
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	json_error_t error;
	json_t *root, *nodes;

	wls_export_json(graph, NULL, &out);
	root = json_loadb(out.ptr, out.len, JSON_REJECT_DUPLICATES, &error);
	cr_assert(root, "%s at %d", error.text, error.line);
	nodes = json_object_get(root, "nodes");
	cr_assert_eq(json_array_size(nodes), graph->log_count);
	for (uint32_t i = 0; i < graph->log_count; i++) {
		const json_t *node = json_array_get(nodes, i);

		cr_expect(wls_slice_eq(wls_slice_of(text_of(node, "id")), graph->logs[i].id));
		cr_expect(wls_slice_eq(wls_slice_of(text_of(node, "file")), graph->logs[i].file));
		cr_expect_null(json_object_get(node, "lossy"));
	}
	cr_expect_eq(json_array_size(json_object_get(root, "edges")), graph->edge_count);
	json_decref(root);
	wls_graph_free(graph);
}

Test(export, json_of_invalid_bytes)
{
	static const struct test_file files[] = {
		{"a/x\xff-WorkLog.md", "## v1 | 2025-11-11\n**Now:** x\n", NULL},
		{"b-WorkLog.md", "## v1 | 2025-11-11\n**Dependencies:** x\xff-WorkLog v1\n", NULL},
		{"c-WorkLog.md", "## v1 | 2025-11-11\n**Now:** x\n", NULL},
	};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	json_t *root, *nodes;

	wls_export_json(graph, NULL, &out);
	root = json_loadb(out.ptr, out.len, 0, NULL);
	cr_assert(root);
	nodes = json_object_get(root, "nodes");
	cr_expect(json_is_true(json_object_get(json_array_get(nodes, 0), "lossy")), "waits for it");
	cr_expect_null(json_object_get(json_array_get(nodes, 1), "lossy"));
	cr_expect_str_eq(text_of(json_array_get(nodes, 2), "name"), "x\xef\xbf\xbd");
	cr_expect(json_is_true(json_object_get(json_array_get(nodes, 2), "lossy")));
	json_decref(root);
	wls_graph_free(graph);
}

Test(export, tsv_has_thirteen_columns)
{
	struct wls_graph *graph = hostile_graph();
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	struct wls_slice rest, line;
	size_t lines = 0;

	wls_export_tsv(graph, NULL, &out);
	for (rest = wls_buf_slice(&out); wls_slice_next_line(&rest, &line); lines++) {
		size_t tabs = 0;

		for (size_t i = 0; i < line.len; i++)
			tabs += line.ptr[i] == '\t';
		cr_expect_eq(tabs, 12, "%.*s", WLS_SLICE_ARG(line));
	}
	cr_expect_eq(lines, graph->edge_count + 1);
	wls_graph_free(graph);
}

/* Outside of the strings nothing but words of ours. */
Test(export, dot_quotes_everything)
{
	struct wls_graph *graph = hostile_graph();
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	bool quoted = false;

	wls_export_dot(graph, NULL, &out);
	for (size_t i = 0; i < out.len; i++) {
		if (quoted && out.ptr[i] == '\\') {
			i++;
			continue;
		}
		if (out.ptr[i] == '"')
			quoted = !quoted;
		else if (!quoted)
			cr_assert(wls_is_alnum(out.ptr[i]) || strchr(" \n{}[]=;,->_", out.ptr[i]),
				  "'%c' at %zu", out.ptr[i], i);
	}
	cr_expect(!quoted);
	wls_graph_free(graph);
}

Test(export, mermaid_escapes_everything)
{
	struct wls_graph *graph = hostile_graph();
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	struct wls_slice rest, line;

	cr_assert_eq(wls_export_mermaid(graph, NULL, &out, NULL), WLS_OK);
	for (rest = wls_buf_slice(&out); wls_slice_next_line(&rest, &line);) {
		size_t quotes = 0;

		for (size_t i = 0; i < line.len; i++) {
			quotes += line.ptr[i] == '"';
			cr_expect(!strchr("`\\", line.ptr[i]), "%.*s", WLS_SLICE_ARG(line));
		}
		cr_expect(quotes == 0 || quotes == 2 || quotes == 4, "%.*s", WLS_SLICE_ARG(line));
		cr_expect_eq(wls_slice_find(line, WLS_SLICE("%%{")), SIZE_MAX);
	}
	wls_graph_free(graph);
}

/* n logs that all need the next `needs` ones; satisfied where the mark says so. */
static struct wls_graph *dense_graph(unsigned n, unsigned needs, const char *mark)
{
	struct wls_buf _cleanup_buf_ lines = WLS_BUF_INIT;

	for (unsigned i = 0; i < n; i++) {
		wls_buf_printf(&lines, "L%u i 1:", i);
		for (unsigned k = 1; k <= needs; k++)
			wls_buf_printf(&lines, " L%u%s", (i + k) % n, k > 1 ? mark : "");
		wls_buf_add_char(&lines, '\n');
	}
	return graph_of_lines(wls_buf_str(&lines), NULL);
}

Test(export, mermaid_limits)
{
	static const struct {
		unsigned n, needs;
		const char *mark;
		int status;
		const char *holds;
	} cases[] = {
		{100, 2, "!", WLS_OK, "100 workstreams, 200 dependencies: 100 ok, 100 waiting\n"},
		{125, 2, "", WLS_OK, "250 dependencies: 250 waiting\n"},
		{120, 3, "!", WLS_OK, "240 ok, 120 waiting (240 satisfied left out)\n"},
		{126, 2, "", WLS_E_REFUSED, "--focus L7"},
		{700, 1, "", WLS_E_REFUSED, "--focus L7"},
	};
	struct wls_view view = {.focus_hint = "L7"};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_graph *graph = dense_graph(cases[i].n, cases[i].needs, cases[i].mark);
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
		struct wls_error err = {0};
		int status = wls_export_mermaid(graph, &view, &out, &err);

		cr_expect_eq(status, cases[i].status, "%zu", i);
		cr_expect(strstr(status == WLS_OK ? wls_buf_str(&out) : err.text, cases[i].holds),
			  "%zu: %.200s", i, status == WLS_OK ? wls_buf_str(&out) : err.text);
		cr_expect(out.len <= 45000);
		cr_expect_eq(out.len == 0, status != WLS_OK);
		wls_graph_free(graph);
	}
}

Test(export, views)
{
	struct wls_graph *graph = graph_of_lines("A i 0: B\nB i 0: C\nC i 0:", NULL);
	bool logs[] = {true, true, false};
	struct wls_view view = {.logs = logs};
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	json_t *root;

	wls_export_json(graph, &view, &out);
	root = json_loadb(out.ptr, out.len, 0, NULL);
	cr_expect_eq(json_array_size(json_object_get(root, "nodes")), 2);
	cr_expect_eq(json_array_size(json_object_get(root, "edges")), 1);
	cr_expect_eq(json_array_size(json_object_get(root, "ready")), 0);
	cr_expect_eq(json_array_size(json_object_get(root, "waves")), 2);
	json_decref(root);
	wls_graph_free(graph);
}
