/* SPDX-License-Identifier: MIT */
/*
 * Properties of graphs: what was written is found, and the order of files does not matter.
 */
#include "property/property.h"
#include "support/generate.h"
#include "support/invariants.h"

enum { LOGS_MAX = 40 };

static const char *const statuses[] = {"in_progress", "in_progress", "blocked", "completed",
				       "needs_review"};

struct workspace {
	struct wls_buf path[LOGS_MAX], text[LOGS_MAX];
	uint32_t count;
	size_t needs, current; /* how many were written, and in the newest entries */
};

static void workspace_release(struct workspace *w)
{
	for (uint32_t i = 0; i < w->count; i++) {
		wls_buf_release(&w->path[i]);
		wls_buf_release(&w->text[i]);
	}
}

static void workspace_init(struct workspace *w, struct test_random *r)
{
	*w = (struct workspace){.count = 1 + random_below(r, LOGS_MAX)};
	for (uint32_t i = 0; i < w->count; i++) {
		struct generate_need needs[GENERATE_NEEDS_MAX];
		struct generate_log log = {
			.number = i,
			.entries = 50,
			.newest_first = random_chance(r, 50),
			.status = RANDOM_OF(r, statuses),
			.needs = needs,
			.need_count = generate_needs(r, i, needs),
		};
		wls_buf_init(&w->path[i], WLS_BUF_LIMIT);
		wls_buf_init(&w->text[i], WLS_BUF_LIMIT);
		generate_path(&w->path[i], i);
		generate_log(r, &log, &w->text[i]);
		w->needs += log.need_count;
		for (size_t k = 0; k < log.need_count; k++)
			w->current += needs[k].entry == 48;
	}
}

static struct wls_graph *build(const struct workspace *w, const uint32_t *order,
			       struct wls_graph_options options)
{
	struct wls_graph *graph = wls_graph_new(&options);
	for (uint32_t i = 0; i < w->count; i++) {
		struct wls_doc *doc _cleanup_doc_ = NULL;
		struct wls_error err;
		struct wls_file file = {.path = wls_buf_slice(&w->path[order[i]])};
		if (wls_doc_parse(&doc, wls_buf_slice(&w->text[order[i]]), &err) == 0)
			wls_graph_add(graph, &file, doc);
	}
	wls_graph_build(graph);
	return graph;
}

static void in_order(const struct workspace *w, uint32_t *order)
{
	for (uint32_t i = 0; i < w->count; i++)
		order[i] = i;
}

static void shuffle(struct test_random *r, uint32_t count, uint32_t *order)
{
	for (uint32_t i = count; i > 1; i--) {
		uint32_t k = random_below(r, i), swap = order[k];
		order[k] = order[i - 1];
		order[i - 1] = swap;
	}
}

static const char *order_does_not_matter(struct test_random *r)
{
	struct workspace w _cleanup_(workspace_release);
	struct wls_buf one _cleanup_buf_ = WLS_BUF_INIT, two _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_graph_options options = {.history = random_chance(r, 50),
					    .mentions = random_chance(r, 50),
					    .overlaps = random_chance(r, 50),
					    .reduce = random_chance(r, 50)};
	uint32_t order[LOGS_MAX];
	workspace_init(&w, r);
	in_order(&w, order);
	struct wls_graph *a _cleanup_graph_ = build(&w, order, options);
	shuffle(r, w.count, order);
	struct wls_graph *b _cleanup_graph_ = build(&w, order, options);
	struct wls_view all = {.focus_hint = NULL};
	wls_export_json(a, &all, &one);
	wls_export_json(b, &all, &two);
	if (!wls_slice_eq(wls_buf_slice(&one), wls_buf_slice(&two)))
		return "the order of the files changes the JSON";
	return graph_holds(a);
}

static size_t count_edges(const struct wls_graph *graph)
{
	size_t n = 0;
	for (uint32_t i = 0; i < graph->edge_count; i++)
		n += graph->edges[i].kind == WLS_EDGE_DEPENDS_ON;
	return n;
}

static const char *edges_are_found(struct test_random *r)
{
	struct workspace w _cleanup_(workspace_release);
	uint32_t order[LOGS_MAX];
	workspace_init(&w, r);
	in_order(&w, order);
	struct wls_graph *now _cleanup_graph_ = build(&w, order, (struct wls_graph_options){0});
	struct wls_graph *all _cleanup_graph_ =
		build(&w, order, (struct wls_graph_options){.history = true});
	if (now->log_count != w.count)
		return "logs are missing or invented";
	if (count_edges(now) != w.current)
		return "current dependencies are missing or invented";
	if (count_edges(all) != w.needs)
		return "historical dependencies are missing or invented";
	return now->cycle_count > 0 ? "an acyclic graph has a cycle" : graph_holds(all);
}

int main(void)
{
	static const struct property properties[] = {
		{"the order of files does not matter", order_does_not_matter, 30},
		{"every dependency written is an edge, and no other", edges_are_found, 30},
	};
	return property_main(properties, sizeof(properties) / sizeof(properties[0]));
}
