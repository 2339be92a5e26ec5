/* SPDX-License-Identifier: MIT */
/*
 * The standing benchmark's graph (2,000 logs of 50 entries), in memory: reading, building and
 * exporting, each alone. Building is judged.
 */
#include <stdio.h>

#include "bench/clock.h"
#include "support/generate.h"
#include "wlsync/graph.h"

enum { LOGS = 2000, ROUNDS = 5, CURRENT = 3987, ALL = 38902 };
static const double LIMIT_MS = 20;

struct times {
	double add, build, json;
	uint32_t edges;
};

static void make_texts(struct wls_buf *text)
{
	static const char *const statuses[] = {"in_progress", "completed", "blocked"};
	struct test_random r = {2000};
	for (uint32_t i = 0; i < LOGS; i++) {
		struct generate_need needs[GENERATE_NEEDS_MAX];
		struct generate_log log = {.number = i,
					   .entries = 50,
					   .needs = needs,
					   .status = RANDOM_OF(&r, statuses)};
		log.need_count = generate_needs(&r, i, needs);
		wls_buf_init(&text[i], WLS_BUF_LIMIT);
		generate_log(&r, &log, &text[i]);
	}
}

static void add(struct wls_graph *graph, uint32_t i, const struct wls_buf *text)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error err;
	generate_path(&path, i);
	struct wls_file file = {.path = wls_buf_slice(&path)};
	if (wls_doc_parse(&doc, wls_buf_slice(text), &err) < 0)
		abort();
	wls_graph_add(graph, &file, doc);
}

static void run(const struct wls_buf *text, bool history, struct times *t)
{
	struct wls_graph_options options = {.history = history};
	struct wls_graph *graph _cleanup_graph_ = wls_graph_new(&options);
	struct wls_buf json _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_view all = {.focus_hint = NULL};
	double start = clock_ms();
	for (uint32_t i = 0; i < LOGS; i++)
		add(graph, i, &text[i]);
	clock_least(&t->add, start);
	start = clock_ms();
	wls_graph_build(graph);
	clock_least(&t->build, start);
	start = clock_ms();
	wls_export_json(graph, &all, &json);
	clock_least(&t->json, start);
	t->edges = graph->edge_count;
}

int main(void)
{
	static struct wls_buf text[LOGS];
	struct times now = {0}, all = {0};
	size_t bytes = 0;
	make_texts(text);
	for (int i = 0; i < ROUNDS; i++) {
		run(text, false, &now);
		run(text, true, &all);
	}
	for (uint32_t i = 0; i < LOGS; i++) {
		bytes += text[i].len;
		wls_buf_release(&text[i]);
	}
	bool fast = now.build <= LIMIT_MS, right = now.edges == CURRENT && all.edges == ALL;
	printf("1..2\n# %d logs, %.1f MB\n", LOGS, (double)bytes / 1e6);
	printf("# current: %u edges, read %.1f ms, build %.2f ms, JSON %.2f ms\n", now.edges,
	       now.add, now.build, now.json);
	printf("# history: %u edges, read %.1f ms, build %.2f ms, JSON %.2f ms\n", all.edges,
	       all.add, all.build, all.json);
	printf("%s 1 - %d current edges, %d over all entries\n", right ? "ok" : "not ok", CURRENT,
	       ALL);
	printf("%s 2 - building the graph takes %.2f ms (limit %.0f)\n", fast ? "ok" : "not ok",
	       now.build, LIMIT_MS);
	return fast && right ? 0 : 1;
}
