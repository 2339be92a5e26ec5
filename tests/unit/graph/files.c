/* SPDX-License-Identifier: MIT */
/*
 * Files become logs: names, ids, snapshots and parts, branches; what is ambiguous; and that
 * nothing depends on the order of adding.
 */
#include <criterion/criterion.h>

#include "graph_support.h"

#define ENTRY(n) "## v" #n " | 2025-11-1" #n "\n**Now:** x\n"

/* "id v5 file[ + other file…]" a line. */
static void describe_files(const struct wls_graph *graph, struct wls_buf *out)
{
	for (uint32_t i = 0; i < graph->log_count; i++) {
		const struct wls_log *log = &graph->logs[i];

		wls_buf_printf(out, "%.*s v%u", WLS_SLICE_ARG(log->id), log->version);
		for (size_t f = 0; f < log->file_count; f++)
			wls_buf_printf(out, " %.*s", WLS_SLICE_ARG(log->files[f]));
		wls_buf_add_char(out, '\n');
	}
}

static void expect_logs(const struct test_file *files, size_t count, const char *expected)
{
	struct wls_graph_options options = {.branches = files[0].branch != NULL};
	struct wls_graph *graph = graph_of_files(files, count, &options);
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	describe_files(graph, &got);
	cr_expect_str_eq(wls_buf_str(&got), expected, "got\n%s", wls_buf_str(&got));
	wls_graph_free(graph);
}

#define EXPECT_LOGS(files, expected) expect_logs((files), WLS_ARRAY_SIZE(files), (expected))

Test(files, names)
{
	static const struct test_file files[] = {
		{"a/X-WorkLog.md", "---\nname: Real Name\nversion: v1\n---\n" ENTRY(1), NULL},
		{"b/Stem-WorkLog.md", "# Title Work Log\n" ENTRY(1), NULL},
		{"c/WORKLOG.md", "# Title Work Log\n" ENTRY(1), NULL},
		{"folder/WORKLOG.md", ENTRY(1), NULL},
		{"WorkLog-v4.md", ENTRY(1), NULL},
		{"d/notes.md", "# Plain\n## v3 | 2025-11-11 | Work\n", NULL},
		{"d/front.md", "---\nversion: v7\nstatus: in_progress\n---\n# Front\n", NULL},
		{"d/README.md", "# Readme\n**Status:** x\n**Now:** y\n## v3 Changes\n", NULL},
		{"d/CHANGELOG.md", "# Changes\n## v3\n", NULL},
	};

	EXPECT_LOGS(
		files,
		"Front v7 d/front.md\nPlain v3 d/notes.md\nReal Name v1 a/X-WorkLog.md\n"
		"Stem v1 b/Stem-WorkLog.md\nTitle v1 c/WORKLOG.md\nWorkLog-v4 v1 WorkLog-v4.md\n"
		"folder v1 folder/WORKLOG.md\n");
}

Test(files, skipped)
{
	static const struct test_file files[] = {
		{"z/worklog.md", "just words\n", NULL},
		{"a/my-worklog-v3.md", "# How to write one\n", NULL},
		{"README.md", "# Readme\n", NULL},
		{"b/x-worklog.md", "**Status:** blocked\n\n**Now:** y\n", NULL},
	};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);

	cr_assert_eq(graph->skipped_count, 2);
	cr_expect(wls_slice_eq(graph->skipped[0], WLS_SLICE("a/my-worklog-v3.md")));
	cr_expect(wls_slice_eq(graph->skipped[1], WLS_SLICE("z/worklog.md")));
	cr_expect_eq(graph->log_count, 1);
	wls_graph_free(graph);
}

Test(files, same_name)
{
	static const struct test_file files[] = {
		/* One folder: one log. */
		{"a/Auth-WorkLog-v1.md", ENTRY(1), NULL},
		{"a/auth_worklog_v2.md", ENTRY(1) ENTRY(2), NULL},
		/* The living file beside its snapshot. */
		{"b/Shop-WorkLog-v2.md", ENTRY(2), NULL},
		{"b/Shop-WorkLog.md", ENTRY(1) ENTRY(2), NULL},
		/* Two folders, one of them the root. */
		{"Search-WorkLog.md", ENTRY(1), NULL},
		{"c/Search-WorkLog.md", ENTRY(1), NULL},
		/* Named by nothing but the folder: two strangers. */
		{"d/notes.md", "## v1 | 2025-11-11 | a\n", NULL},
		{"d/plan.md", "## v1 | 2025-11-11 | b\n", NULL},
		/* A log that is really called so. */
		{"e/x.md", "---\nname: Search (c)\nversion: v1\nstatus: blocked\n---\n", NULL},
	};

	EXPECT_LOGS(files,
		    "Search (.) v1 Search-WorkLog.md\nSearch (c) v1 c/Search-WorkLog.md\n"
		    "Search (c) #2 v1 e/x.md\nShop v2 b/Shop-WorkLog.md b/Shop-WorkLog-v2.md\n"
		    "auth v2 a/auth_worklog_v2.md a/Auth-WorkLog-v1.md\n"
		    "d (d) v1 d/notes.md\nd (d) #2 v1 d/plan.md\n");
}

#define DEPENDS(n, on) "## v" #n " | 2025-11-1" #n "\n**Dependencies:** " on "\n"
#define CONTINUES "**Continuation of:** Long-WorkLog-v3\n\n"

Test(files, parts)
{
	static const struct test_file files[] = {
		{"Long-WorkLog-v3.md", DEPENDS(3, "Base v1") ENTRY(2), NULL},
		{"Long-WorkLog-v5.md", CONTINUES ENTRY(5) ENTRY(4), NULL},
		/* Overlaps: a snapshot. */
		{"Long-WorkLog-v4.md", ENTRY(4) ENTRY(3), NULL},
		{"Base-WorkLog-v1.md", ENTRY(1), NULL},
	};
	static const struct test_file snapshots[] = {
		{"Long-WorkLog-v3.md", DEPENDS(3, "Base v1") ENTRY(2), NULL},
		{"Long-WorkLog-v5.md", ENTRY(5) ENTRY(4), NULL},
		{"Base-WorkLog-v1.md", ENTRY(1), NULL},
	};
	struct wls_graph_options history = {.history = true};
	struct wls_graph *graph;

	EXPECT_LOGS(files, "Base v1 Base-WorkLog-v1.md\nLong v5 Long-WorkLog-v5.md "
			   "Long-WorkLog-v3.md Long-WorkLog-v4.md\n");
	/* A part's field is carried over; a snapshot's is history. */
	graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);
	cr_expect_eq(graph->edge_count, 1);
	wls_graph_free(graph);
	graph = graph_of_files(snapshots, WLS_ARRAY_SIZE(snapshots), NULL);
	cr_expect_eq(graph->edge_count, 0);
	wls_graph_free(graph);
	graph = graph_of_files(snapshots, WLS_ARRAY_SIZE(snapshots), &history);
	cr_expect_eq(graph->edge_count, 1);
	cr_expect(graph->edge_count == 1 && graph->edges[0].historical);
	wls_graph_free(graph);
}

Test(files, branches)
{
	static const struct test_file files[] = {
		{"Same-WorkLog.md", ENTRY(1) "**Dependencies:** Differs v2\n", "main"},
		{"Same-WorkLog.md", ENTRY(1) "**Dependencies:** Differs v2\n", "dev"},
		{"Differs-WorkLog.md", ENTRY(1), "main"},
		{"Differs-WorkLog.md", ENTRY(2), "dev"},
		{"Differs-WorkLog.md", ENTRY(2), "fix"},
		{"Moved-WorkLog-v1.md", ENTRY(1), "main"},
		{"Moved-WorkLog-v2.md", ENTRY(2), "dev"},
		{"Only-WorkLog.md", ENTRY(1) "**Dependencies:** Moved v1, Same v1\n", "fix"},
	};
	struct wls_graph_options options = {.branches = true};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), &options);
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	EXPECT_LOGS(files, "Differs@dev v2 Differs-WorkLog.md\nDiffers@main v1 Differs-WorkLog.md\n"
			   "Moved@dev v2 Moved-WorkLog-v2.md\nMoved@main v1 Moved-WorkLog-v1.md\n"
			   "Only v1 Only-WorkLog.md\nSame v1 Same-WorkLog.md\n");
	describe_edges(graph, &got);
	cr_expect_str_eq(wls_buf_str(&got),
			 /* Not in its own branch, and others differ. */
			 "Only > Moved v1 depends_on dangling/ambiguous 3:19\n"
			 "Only > Same v1 depends_on waiting/in_progress 3:29\n"
			 "Same > Differs@dev v2 depends_on waiting/in_progress 3:19\n"
			 "Same > Differs@main v2 depends_on waiting/ahead 3:19\n",
			 "got\n%s", wls_buf_str(&got));
	wls_graph_free(graph);
}

/* The order in which several logs of a name are settled. */
Test(files, ambiguity)
{
	static const struct {
		const char *path, *text, *to;
	} cases[] = {
		{"x/Log-WorkLog.md", "[a](../b/c/Auth-WorkLog-v3.md)", "Auth (b/c)"},
		{"x/Log-WorkLog.md", "Auth-WorkLog-v3", "Auth (b/c)"},
		{"x/Log-WorkLog.md", "Auth WorkLog v3", "Auth (b/c)"},
		{"b/d/Log-WorkLog.md", "Auth-WorkLog-v3", "Auth (b/c)"},
		/* Not the version of a name in running text. */
		{"b/d/Log-WorkLog.md", "Auth v3", "Auth (b/d)"},
		{"b/d/Log-WorkLog.md", "Auth-WorkLog", "Auth (b/d)"},
		{"b/c/deep/Log-WorkLog.md", "Auth-WorkLog", "Auth (b/c)"},
		{"b/e/Log-WorkLog.md", "Auth-WorkLog", NULL},
		{"a/f/g/Log-WorkLog.md", "Auth-WorkLog", "Auth (a)"},
		{"a-b/Log-WorkLog.md", "Auth-WorkLog", NULL},
		{"Log-WorkLog.md", "Auth-WorkLog-v9", NULL},
		{"Log-WorkLog.md", "Old-Auth-WorkLog", "Search"},
		{"Log-WorkLog.md", "Search-WorkLog", "Search"},
	};
	struct test_file files[] = {
		{"a/Auth-WorkLog-v2.md", ENTRY(2), NULL},
		{"b/c/Auth-WorkLog-v3.md", ENTRY(3), NULL},
		{"b/d/Auth-WorkLog-v2.md", ENTRY(2), NULL},
		{"s/Search-WorkLog.md", "---\naliases: [Old Auth]\n---\n" ENTRY(2), NULL},
		{NULL, NULL, NULL},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		struct wls_graph *graph;
		const struct wls_edge *edge;

		wls_buf_printf(&text, "## v1 | 2025-11-11\n**Dependencies:** %s\n", cases[i].text);
		files[4] = (struct test_file){cases[i].path, wls_buf_str(&text), NULL};
		graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);
		cr_assert_eq(graph->edge_count, 1, "%s", cases[i].text);
		edge = &graph->edges[0];
		if (cases[i].to)
			cr_expect(wls_slice_eq(edge->to_name, wls_slice_of(cases[i].to)),
				  "%s in %s: %.*s", cases[i].text, cases[i].path,
				  WLS_SLICE_ARG(edge->to_name));
		cr_expect_eq(edge->reason == WLS_REASON_AMBIGUOUS, cases[i].to == NULL, "%s in %s",
			     cases[i].text, cases[i].path);
		wls_graph_free(graph);
	}
}

Test(files, diagnostics)
{
	static const struct test_file files[] = {
		{"a/Auth-WorkLog-v2.md", ENTRY(2), NULL},
		{"b/Auth-WorkLog-v2.md", ENTRY(2), NULL},
		{"c/Log-WorkLog-v4.md", "## v1 | 2025-11-11\n**Dependencies:** Auth-WorkLog-v2\n",
		 NULL},
		{"d/Twin-WorkLog-v1.md", ENTRY(1), NULL},
		{"d/twin-worklog_v1.md", ENTRY(1), NULL},
	};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	describe_diagnostics(graph, &got);
	cr_expect_str_eq(
		wls_buf_str(&got),
		"version-mismatch c/Log-WorkLog-v4.md:0:0 the file's name says v4, the log is at v1 | "
		"rename the file, or leave the version out of its name\n"
		"ambiguous-ref c/Log-WorkLog-v4.md:2:19 \"Auth\" is the name of 2 WorkLogs "
		"{Auth (a)} {Auth (b)} | name the file: [Auth](../a/Auth-WorkLog-v2.md)\n"
		"duplicate-name d/twin-worklog_v1.md:0:0 \"twin\" v1 is d/Twin-WorkLog-v1.md, too | "
		"rename one of them, or give it a name of its own in the frontmatter\n",
		"got\n%s", wls_buf_str(&got));
	wls_graph_free(graph);
}

Test(files, finding)
{
	static const struct test_file files[] = {
		{"a/Auth-Refactor-WorkLog-v2.md", "---\naliases: [Login]\n---\n" ENTRY(2), NULL},
		{"b/Search-WorkLog.md", ENTRY(2), NULL},
		{"c/Search-WorkLog.md", ENTRY(2), NULL},
	};
	static const struct {
		const char *what;
		int status;
		const char *answer; /* id, or what the error says */
	} cases[] = {
		{"Auth-Refactor", 0, "Auth-Refactor"},
		{"auth refactor", 0, "Auth-Refactor"},
		{"login", 0, "Auth-Refactor"},
		{"a/Auth-Refactor-WorkLog-v2.md", 0, "Auth-Refactor"},
		{"Auth-Refactor-WorkLog-v2.md", 0, "Auth-Refactor"},
		{"Auth-Refactor-WorkLog", 0, "Auth-Refactor"},
		{"Search (b)", 0, "Search (b)"},
		{"c/Search-WorkLog.md", 0, "Search (c)"},
		{"search", WLS_E_AMBIGUOUS,
		 "\"search\" is the name of several logs: say \"Search (b)\", \"Search (c)\""},
		{"Search-WorkLog.md", WLS_E_AMBIGUOUS,
		 "\"Search-WorkLog.md\" is the name of several logs: say \"Search (b)\", \"Search (c)\""},
		{"Auth-Refcator", WLS_E_NOT_FOUND,
		 "no WorkLog named \"Auth-Refcator\"; did you mean \"Auth-Refactor\"?"},
		{"Zzz", WLS_E_NOT_FOUND, "no WorkLog named \"Zzz\" (wlsync status lists them)"},
		{"", WLS_E_NOT_FOUND, "no WorkLog named \"\" (wlsync status lists them)"},
	};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), NULL);

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_error err;
		uint32_t log = 0;
		int status = wls_graph_find(graph, wls_slice_of(cases[i].what), &log, &err);

		cr_expect_eq(status, cases[i].status, "%s", cases[i].what);
		if (status == WLS_OK)
			cr_expect(wls_slice_eq(graph->logs[log].id, wls_slice_of(cases[i].answer)),
				  "%s", cases[i].what);
		else
			cr_expect_str_eq(err.text, cases[i].answer);
	}
	wls_graph_free(graph);
}

Test(files, entries)
{
	static const struct test_file files[] = {
		{"A-WorkLog.md", DEPENDS(3, "B v2") DEPENDS(2, "B v1, B v9") DEPENDS(1, "B v1"),
		 NULL},
		{"B-WorkLog.md", ENTRY(3) ENTRY(2) ENTRY(1), NULL},
	};
	struct wls_graph_options options = {.entries = true};
	struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), &options);
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
	uint32_t log;

	describe_edges(graph, &got);
	cr_expect_str_eq(wls_buf_str(&got),
			 "A@v1 > B@v1 v1 depends_on stale historical 6:19\n"
			 "A@v2 > B@v1 v1 depends_on stale historical 4:19\n"
			 "A@v2 > B@v3 v9 depends_on waiting/ahead historical 4:25\n"
			 "A@v3 > B@v2 v2 depends_on stale 2:19\n",
			 "got\n%s", wls_buf_str(&got));
	cr_expect_eq(graph->log_count, 6);
	cr_expect(log_of(graph, "B@v3")->ready);
	cr_expect(!log_of(graph, "B@v2")->ready);
	cr_expect_eq(log_of(graph, "B@v3")->unblocks, 1);
	cr_expect_eq(wls_graph_find(graph, WLS_SLICE("b"), &log, NULL), WLS_OK);
	cr_expect(wls_slice_eq(graph->logs[log].id, WLS_SLICE("B@v3")));
	wls_graph_free(graph);
}

/* ---- order of adding ---- */

static void export_all(const struct wls_graph *graph, struct wls_buf *out)
{
	wls_export_json(graph, NULL, out);
	wls_export_tsv(graph, NULL, out);
	wls_export_dot(graph, NULL, out);
	wls_export_mermaid(graph, NULL, out, NULL);
}

Test(files, order_of_adding)
{
	static struct test_file files[] = {
		{"a/Auth-WorkLog-v2.md", DEPENDS(2, "Search v1, Nobody-WorkLog"), NULL},
		{"b/Auth-WorkLog-v3.md", DEPENDS(3, "Auth-WorkLog-v2, Shop v1"), NULL},
		{"b/Auth-WorkLog-v1.md", ENTRY(1), NULL},
		{"c/Search-WorkLog.md", DEPENDS(2, "Auth-WorkLog"), NULL},
		{"Shop-WorkLog.md", DEPENDS(2, "Search v2, Auth-WorkLog-v3"), NULL},
		{"d/notes.md", "## v1 | 2025-11-11 | a\n", NULL},
		{"d/plan.md", "## v1 | 2025-11-11 | b\n", NULL},
		{"e/my-worklog.md", "words\n", NULL},
	};
	struct wls_graph_options options = {.history = true, .mentions = true, .overlaps = true};
	struct wls_buf _cleanup_buf_ first = WLS_BUF_INIT;

	for (size_t turn = 0; turn < WLS_ARRAY_SIZE(files); turn++) {
		struct wls_graph *graph = graph_of_files(files, WLS_ARRAY_SIZE(files), &options);
		struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;
		struct test_file last = files[WLS_ARRAY_SIZE(files) - 1];

		export_all(graph, turn == 0 ? &first : &got);
		if (turn > 0)
			cr_expect_str_eq(wls_buf_str(&got), wls_buf_str(&first));
		wls_graph_free(graph);
		memmove(files + 1, files, (WLS_ARRAY_SIZE(files) - 1) * sizeof(files[0]));
		files[0] = last;
	}
	cr_expect(first.len > 1000);
}
