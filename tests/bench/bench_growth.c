/* SPDX-License-Identifier: MIT */
/*
 * Growth: every family of inputs is read at size n and at 2n; the second may take 2.5 times as
 * long as the first. What is quadratic takes 4 times as long.
 */
#include <stdio.h>

#include "bench/clock.h"
#include "support/generate.h"
#include "wlsync/graph.h"

static const double LIMIT = 2.5;
enum { ROUNDS = 5, TRIES = 4 };

static const char HEAD[] = "# Grow Work Log\n\n## v1 | 2025-11-10 | Start\n\n**Next:**\n";

/* ---- inputs: one document of size n ---- */

static void repeat(struct wls_buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++)
		wls_buf_add_str(out, text);
}

static void make_entries(struct wls_buf *out, size_t n)
{
	struct test_random r = {n};
	struct generate_log log = {.number = 1, .entries = (uint32_t)n};
	generate_log(&r, &log, out);
}

/* Each item within the one above: n levels on n lines of growing length would be n*n bytes. */
static void make_depth(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, HEAD);
	repeat(out, "- ", n);
	wls_buf_add_str(out, "x\n");
}

static void make_quotes(struct wls_buf *out, size_t n)
{
	repeat(out, ">", n);
	wls_buf_add_str(out, "x\n");
}

static void make_stairs(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, HEAD);
	for (size_t i = 0; i < n; i++)
		for (size_t depth = 0; depth < 60; depth++) {
			wls_buf_fill(out, ' ', 2 * depth);
			wls_buf_add_str(out, "- x\n");
		}
}

static void make_width(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, HEAD);
	repeat(out, "- [HIGH] an item, `code`, Auth-Refactor-WorkLog-v5\n", n);
}

static void make_fences(struct wls_buf *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		wls_buf_printf(out, "- ```\n%s", i % 2 ? "~~~~\n" : "x\n\n");
}

static void make_line(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, HEAD);
	wls_buf_add_str(out, "- ");
	repeat(out, "depends on [x](`*_~~ v3 ", n / 24);
}

static void make_fields(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, HEAD);
	for (size_t i = 0; i < n; i++)
		wls_buf_printf(out, "**Key %zu:** value\n", i);
}

static void make_comments(struct wls_buf *out, size_t n)
{
	repeat(out, "<!-- a\n## v1 | <b\n", n);
}

static void make_markers(struct wls_buf *out, size_t n)
{
	repeat(out, "<<<<<<< a\nx\n", n);
}

static void make_links(struct wls_buf *out, size_t n)
{
	wls_buf_add_str(out, "# Grow Work Log\n\n## v1 | x\n\n**Dependencies:**\n- ");
	repeat(out, "[[a", n);
	repeat(out, "`", n);
	repeat(out, "[a](", n);
}

/* ---- inputs: a workspace of n logs, each naming a few others ---- */

static void add_log(struct wls_graph *graph, size_t i, const size_t *needs, size_t count)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT, text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	generate_path(&path, (uint32_t)i);
	wls_buf_add_str(&text, "## v1 | 2025-11-10 | Start\n\n**Dependencies:**\n");
	for (size_t k = 0; k < count; k++) {
		wls_buf_add_str(&text, "- depends on ");
		generate_name(&text, (uint32_t)needs[k]);
		wls_buf_add_str(&text, "-WorkLog-v1\n");
	}
	struct wls_file file = {.path = wls_buf_slice(&path)};
	if (wls_doc_parse(&doc, wls_buf_slice(&text), &err) == 0)
		wls_graph_add(graph, &file, doc);
}

/* Every log names ten others, which name it. */
static void link_each_other(struct wls_graph *graph, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t needs[10];
		for (size_t k = 0; k < 10; k++)
			needs[k] = i / 11 * 11 + (i + 1 + k) % 11;
		add_log(graph, i, needs, 10);
	}
}

static void link_cycle(struct wls_graph *graph, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_log(graph, i, &(size_t){(i + 1) % n}, 1);
}

static void link_chain(struct wls_graph *graph, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add_log(graph, i, &(size_t){i + 1}, i + 1 < n);
}

/* ---- measuring ---- */

struct family {
	const char *name;
	size_t n;
	void (*make)(struct wls_buf *out, size_t n);
	void (*link)(struct wls_graph *graph, size_t n);
};

static void read_document(struct wls_slice text)
{
	struct wls_graph_options options = {.mentions = true, .history = true, .overlaps = true};
	struct wls_graph *graph _cleanup_graph_ = wls_graph_new(&options);
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_file file = {.path = WLS_SLICE("Grow-WorkLog.md"), .named = true};
	struct wls_error err;
	volatile size_t nodes = 0;
	if (wls_doc_parse(&doc, text, &err) < 0)
		abort();
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n))
		nodes = nodes + 1;
	wls_graph_add(graph, &file, doc);
	wls_graph_build(graph);
}

static double time_documents(const struct family *f, size_t n)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	double least = 0;
	f->make(&text, n);
	for (int i = 0; i < ROUNDS; i++) {
		double start = clock_ms();
		read_document(wls_buf_slice(&text));
		clock_least(&least, start);
	}
	return least;
}

static double time_graphs(const struct family *f, size_t n)
{
	double least = 0;
	for (int i = 0; i < ROUNDS; i++) {
		struct wls_graph *graph _cleanup_graph_ =
			wls_graph_new(&(struct wls_graph_options){.overlaps = true});
		struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_view all = {.focus_hint = NULL};
		f->link(graph, n);
		double start = clock_ms();
		wls_graph_build(graph);
		wls_export_json(graph, &all, &out);
		clock_least(&least, start);
	}
	return least;
}

static double measure(const struct family *f, size_t n)
{
	return f->make ? time_documents(f, n) : time_graphs(f, n);
}

/* A busy machine may spoil a try, never all of them; what is quadratic fails all. */
static bool grows_linearly(const struct family *f, double *once, double *twice)
{
	for (int i = 0; i < TRIES; i++) {
		*once = measure(f, f->n);
		*twice = measure(f, 2 * f->n);
		if (*twice < LIMIT * *once)
			return true;
	}
	return false;
}

int main(void)
{
	static const struct family families[] = {
		{"entries", 5000, make_entries, NULL},
		{"list depth on one line", 100000, make_depth, NULL},
		{"quotes within quotes", 200000, make_quotes, NULL},
		{"list depth, up and down again", 400, make_stairs, NULL},
		{"list width", 50000, make_width, NULL},
		{"fences never closed", 50000, make_fences, NULL},
		{"one line of 64 MB", 32u << 20, make_line, NULL},
		{"100,000 fields", 50000, make_fields, NULL},
		{"comments never closed", 100000, make_comments, NULL},
		{"conflict markers never closed", 100000, make_markers, NULL},
		{"links never closed", 100000, make_links, NULL},
		{"logs that name each other", 5000, NULL, link_each_other},
		{"one cycle of 10,000", 5000, NULL, link_cycle},
		{"one chain of 10,000", 5000, NULL, link_chain},
	};
	bool all = true;
	printf("1..%zu\n", WLS_ARRAY_SIZE(families));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(families); i++) {
		double once, twice;
		bool fine = grows_linearly(&families[i], &once, &twice);
		printf("%s %zu - %s: time(2n)/time(n) = %.2f (limit %.1f; %.1f ms, %.1f ms)\n",
		       fine ? "ok" : "not ok", i + 1, families[i].name, twice / once, LIMIT, once,
		       twice);
		fflush(stdout);
		all = all && fine;
	}
	return all ? 0 : 1;
}
