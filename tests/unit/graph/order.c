/* SPDX-License-Identifier: MIT */
/*
 * Cycles, waves, the critical chain, unblocks, the reduction, paths, overlaps, next.
 */
#include <criterion/criterion.h>

#include "graph_support.h"

struct order_case {
	const char *lines, *expected;
};

typedef void describe_function(const struct wls_graph *graph, struct wls_buf *out);

static void expect_orders(const struct order_case *cases, size_t count, describe_function *describe,
			  const struct wls_graph_options *options)
{
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		struct wls_graph *graph = graph_of_lines(cases[i].lines, options);

		wls_buf_clear(&got);
		describe(graph, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].expected, "%s: got %s", cases[i].lines,
				 wls_buf_str(&got));
		wls_graph_free(graph);
	}
}

#define EXPECT(cases, describe) expect_orders((cases), WLS_ARRAY_SIZE(cases), (describe), NULL)

/* "[A B C: A>B B>A]" for each cycle. */
static void describe_cycles(const struct wls_graph *graph, struct wls_buf *out)
{
	for (size_t i = 0; i < graph->cycle_count; i++) {
		const struct wls_cycle *cycle = &graph->cycles[i];

		wls_buf_add_char(out, '[');
		describe_logs(graph, cycle->logs, cycle->log_count, out);
		wls_buf_add_str(out, ":");
		for (size_t k = 0; k < cycle->edge_count; k++) {
			const struct wls_edge *edge = &graph->edges[cycle->edges[k]];

			cr_expect(edge->in_cycle);
			wls_buf_printf(out, " %.*s>%.*s", WLS_SLICE_ARG(graph->logs[edge->from].id),
				       WLS_SLICE_ARG(edge->to_name));
		}
		wls_buf_add_char(out, ']');
	}
}

Test(order, cycles)
{
	static const struct order_case cases[] = {
		{"A i 0: B\nB i 0:", ""},
		{"A i 0: A", ""},
		{"A i 0: B\nB i 0: A", "[A B: A>B B>A]"},
		{"C i 0: A\nA i 0: B\nB i 0: C", "[A B C: A>B B>C C>A]"},
		/* The shortest through the first. */
		{"A i 0: B\nB i 0: C D\nC i 0: D\nD i 0: A", "[A B C D: A>B B>D D>A]"},
		/* Two in one component: only that through the first is shown. */
		{"A i 0: B\nB i 0: A C\nC i 0: B", "[A B C: A>B B>A]"},
		{"A i 0: B\nB i 0: A\nC i 0: D\nD i 0: C A", "[A B: A>B B>A][C D: C>D D>C]"},
		/* A satisfied edge closes no cycle, a stale one does. */
		{"A i 0: B!\nB i 0: A", ""},
		{"A i 0: B<\nB i 0: A", "[A B: A>B B>A]"},
		{"A c 0: B\nB i 0: A", ""},
	};

	EXPECT(cases, describe_cycles);
}

/* "A B | C | - D" : waves, then what has none. */
static void describe_waves(const struct wls_graph *graph, struct wls_buf *out)
{
	for (uint32_t w = 0; w < graph->wave_count; w++) {
		describe_logs(graph, graph->waves + graph->wave_start[w],
			      graph->wave_start[w + 1] - graph->wave_start[w], out);
		wls_buf_add_str(out, " | ");
	}
	wls_buf_add_char(out, '-');
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (graph->logs[i].wave == 0)
			wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(graph->logs[i].id));
}

Test(order, waves)
{
	static const struct order_case cases[] = {
		{"", "-"},
		{"B i 0:\nA n 0:", "A B | -"},
		{"A i 0: B\nB i 0:", "B | A | -"},
		{"A i 0: B C\nB i 0: C\nC i 0:", "C | B | A | -"},
		{"A i 0: B<\nB i 0:", "B | A | -"},
		{"A i 0: B>\nB i 0:", "B | A | -"},
		{"A i 0: B\nB c 0:", "A | - B"},
		/* Ahead of what is completed: it waits for something without a wave. */
		{"A i 0: B>\nB c 0:", "- A B"},
		{"A i 0: B\nB b 0:", "- A B"},
		{"A i 0: B\nB r 0:", "- A B"},
		/* Blocked or in review, but over an edge. */
		{"A b 0: B\nB i 0:", "B | A | -"},
		{"A r 0: B\nB i 0:", "B | A | -"},
		{"A i 0: X B\nB i 0:", "B | - A"},
		{"A i 0: B\nB i 0: A\nC i 0: A\nD i 0:", "D | - A B C"},
	};

	EXPECT(cases, describe_waves);
}

static void describe_chain(const struct wls_graph *graph, struct wls_buf *out)
{
	describe_logs(graph, graph->critical, graph->critical_count, out);
}

Test(order, critical_chain)
{
	static const struct order_case cases[] = {
		{"A i 0:\nB i 0:", ""},
		{"A i 0: B\nB i 0:", "B A"},
		{"A i 0: B!\nB i 0:", ""},
		{"A i 0: B\nB c 0:", ""},
		{"A i 0: B C\nB i 0: C\nC i 0:", "C B A"},
		/* Least progress in sum. */
		{"A i 50: B\nB i 50:\nC i 20: D\nD i 0:", "D C"},
		{"A i 0: B C\nB i 20: D\nC i 10: D\nD i 0:", "D C A"},
		/* Names, needed first. */
		{"A i 10: B\nB i 10:\nC i 10: D\nD i 10:", "B A"},
		{"D i 0: B C\nB i 0: A\nC i 0: A\nA i 0:", "A B D"},
		{"Z i 0: A\nA i 0:\nY i 0: B\nB i 0:", "A Z"},
		/* A cycle is no part of it, what waits for it may be. */
		{"A i 0: B\nB i 0: A\nC i 0: A\nD i 0: C", "C D"},
		{"A b 0: B\nB i 0:", "B A"},
	};

	EXPECT(cases, describe_chain);
}

static void describe_unblocks(const struct wls_graph *graph, struct wls_buf *out)
{
	for (uint32_t i = 0; i < graph->log_count; i++)
		wls_buf_printf(out, "%s%.*s%u", i > 0 ? " " : "", WLS_SLICE_ARG(graph->logs[i].id),
			       graph->logs[i].unblocks);
}

Test(order, unblocks)
{
	static const struct order_case cases[] = {
		{"A i 0: B\nB i 0: C\nC i 0:", "A0 B1 C2"},
		{"A i 0: B!\nB i 0: C\nC i 0:", "A0 B0 C1"},
		{"A i 0: B C\nB i 0: D\nC i 0: D\nD i 0:", "A0 B1 C1 D3"},
		{"A i 0: B\nB i 0: A C\nC i 0:\nD i 0: A", "A2 B2 C3 D0"},
		/* Completed ones do not wait. */
		{"A c 0: B\nB i 0:", "A0 B0"},
	};

	EXPECT(cases, describe_unblocks);
}

static void describe_kept(const struct wls_graph *graph, struct wls_buf *out)
{
	for (uint32_t i = 0; i < graph->edge_count; i++)
		if (!graph->edges[i].reduced)
			wls_buf_printf(out, "%s%.*s>%.*s", out->len > 0 ? " " : "",
				       WLS_SLICE_ARG(graph->logs[graph->edges[i].from].id),
				       WLS_SLICE_ARG(graph->edges[i].to_name));
}

Test(order, reduction)
{
	static const struct order_case cases[] = {
		{"A i 0: B C\nB i 0: C\nC i 0:", "A>B B>C"},
		{"A i 0: B C D\nB i 0: C\nC i 0: D\nD i 0:", "A>B B>C C>D"},
		{"A i 0: B C\nB i 0: D\nC i 0: D\nD i 0:", "A>B A>C B>D C>D"},
		/* Nothing within a component. */
		{"A i 0: B C\nB i 0: C A\nC i 0: A B", "A>B A>C B>A B>C C>A C>B"},
		{"A i 0: B X\nB i 0:", "A>B A>X"},
	};
	struct wls_graph_options options = {.reduce = true};

	expect_orders(cases, WLS_ARRAY_SIZE(cases), describe_kept, &options);
}

/* A ring (with `closed`) or chain of n logs. */
static struct wls_graph *long_graph(unsigned n, bool closed)
{
	struct wls_buf _cleanup_buf_ lines = WLS_BUF_INIT;

	for (unsigned i = 0; i < n; i++)
		wls_buf_printf(&lines, i + 1 < n || closed ? "L%u i 1: L%u\n" : "L%u i 1:\n", i,
			       (i + 1) % n);
	return graph_of_lines(wls_buf_str(&lines), NULL);
}

Test(order, ten_thousand_in_a_row)
{
	enum { N = 10000 };
	struct wls_graph *graph = long_graph(N, true);

	cr_expect_eq(graph->cycle_count, 1);
	cr_expect_eq(graph->cycles[0].log_count, N);
	cr_expect_eq(graph->cycles[0].edge_count, N);
	cr_expect_eq(graph->wave_count, 0);
	cr_expect_eq(log_of(graph, "L5")->unblocks, N - 1);
	wls_graph_free(graph);
	graph = long_graph(N, false);
	cr_expect_eq(graph->cycle_count, 0);
	cr_expect_eq(graph->wave_count, N);
	cr_expect_eq(graph->critical_count, N);
	cr_expect_eq(log_of(graph, "L5")->unblocks, 5);
	cr_expect_eq(log_of(graph, "L9999")->unblocks, N - 1);
	wls_graph_free(graph);
}

Test(order, focus_and_path)
{
	struct wls_graph *graph =
		graph_of_lines("A i 0: B\nB i 0: C\nC i 0:\nD i 0: B\nE i 0: C A\nF i 0:", NULL);
	static const struct {
		uint32_t log;
		bool up, down;
		uint32_t depth;
		const char *kept;
	} focus[] = {
		{1, true, false, 0, "BC"},   {1, false, true, 0, "ABDE"},
		{1, true, true, 0, "ABCDE"}, {2, false, true, 1, "BCE"},
		{4, true, false, 1, "ACE"},  {5, true, true, 0, "F"},
		{0, false, false, 0, "A"},
	};
	uint32_t edges[6], count;
	bool keep[6];

	for (size_t i = 0; i < WLS_ARRAY_SIZE(focus); i++) {
		char kept[7] = "", *end = kept;

		wls_graph_focus(graph, focus[i].log, focus[i].up, focus[i].down, focus[i].depth,
				keep);
		for (unsigned k = 0; k < 6; k++)
			if (keep[k])
				*end++ = (char)('A' + k);
		*end = '\0';
		cr_expect_str_eq(kept, focus[i].kept, "%zu: %s", i, kept);
	}
	cr_expect(wls_graph_path(graph, 0, 2, edges, &count));
	cr_expect_eq(count, 2);
	cr_expect_eq(graph->edges[edges[0]].from, 0);
	cr_expect_eq(graph->edges[edges[1]].to, 2);
	cr_expect(wls_graph_path(graph, 4, 2, edges, &count));
	cr_expect_eq(count, 1, "the shortest");
	cr_expect(!wls_graph_path(graph, 2, 0, edges, &count));
	cr_expect(!wls_graph_path(graph, 0, 5, edges, &count));
	cr_expect(wls_graph_path(graph, 3, 3, edges, &count) && count == 0);
	wls_graph_free(graph);
}

#define HEAD(date) "## v1 | " date "\n"

Test(order, next)
{
	static const struct test_file files[] = {
		{"Old-WorkLog.md", HEAD("2025-10-01") "**Next:**\n- [MED] o1\n- [HIGH] o2\n", NULL},
		{"New-WorkLog.md",
		 HEAD("2025-11-01") "**Next:**\n- [HIGH] n1\n- n2\n- [x] n3\n- ~~n4~~\n", NULL},
		{"Base-WorkLog.md",
		 HEAD("2025-11-02") "**Next:**\n- [LOW] b1\n- [HIGH] [BLOCKED] b2\n", NULL},
		{"Idle-WorkLog.md", HEAD("2025-11-02") "**Now:** x\n", NULL},
		{"Wait-WorkLog.md",
		 HEAD("2025-11-02") "**Dependencies:** Base v1\n**Next:**\n- [HIGH] w1\n", NULL},
		{"Pin-WorkLog-v2.md",
		 "## v2 | 2025-11-03\n**Next:**\n- p1\n## v1 | 2025-11-02\n**Now:** y\n", NULL},
		{"Stale-WorkLog.md",
		 HEAD("2025-11-02") "**Dependencies:** Pin v1\n**Next:**\n- [HIGH] s1\n- [HIGH] with Pin-WorkLog\n",
		 NULL},
	};
	static const char *const expected[] = {
		"b1 p1 o2 n1 o1 n2 Idle ", /* Pin unblocks Stale, Base unblocks Wait */
		"b1 p1 o2 n1 s1 o1 n2 Idle ",
	};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);

	for (int stale_ok = 0; stale_ok < 2; stale_ok++) {
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
		struct wls_next_row *rows;
		size_t n = wls_graph_next(graph, stale_ok, &rows);

		for (size_t i = 0; i < n; i++) {
			const struct wls_log *log = &graph->logs[rows[i].log];

			wls_buf_add_slice(&got, rows[i].item == WLS_LOG_NONE
							? log->id
							: log->next[rows[i].item].text);
			wls_buf_add_char(&got, ' ');
		}
		cr_expect_str_eq(wls_buf_str(&got), expected[stale_ok]);
		free(rows);
	}
	wls_graph_free(graph);
}

Test(order, overlaps)
{
	static const struct test_file files[] = {
		{"A-WorkLog.md",
		 HEAD("2025-11-01") "**Files:**\n- `src/a.c` (why)\n  - L10-20: x\n- src/b.c, src/d.c:5\n",
		 NULL},
		{"B-WorkLog.md", HEAD("2025-11-01") "**Files:**\n- src/a.c:15-30\n- ./src/b.c\n",
		 NULL},
		{"C-WorkLog.md", HEAD("2025-11-01") "**Files:** src/a.c:21-40, src/d.c:1-9\n",
		 NULL},
		{"D-WorkLog.md", HEAD("2025-11-01") "**Status:** completed\n**Files:** src/b.c\n",
		 NULL},
		{"E-WorkLog.md", HEAD("2025-11-01") "**Files:** src/d.c, https://x/src/b.c\n",
		 NULL},
	};
	struct wls_graph_options options = {.overlaps = true};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), &options);
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	for (size_t i = 0; i < graph->overlap_count; i++) {
		const struct wls_overlap *o = &graph->overlaps[i];

		wls_buf_printf(&got, "%.*s %.*s %.*s %u-%u\n", WLS_SLICE_ARG(graph->logs[o->a].id),
			       WLS_SLICE_ARG(graph->logs[o->b].id), WLS_SLICE_ARG(o->path),
			       o->first, o->last);
	}
	cr_expect_str_eq(wls_buf_str(&got),
			 "A B src/a.c 15-20\nA B src/b.c 0-0\nA C src/d.c 5-5\n"
			 "A E src/d.c 5-5\nB C src/a.c 21-30\nC E src/d.c 1-9\n");
	wls_graph_free(graph);
}
