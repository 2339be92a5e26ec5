/* SPDX-License-Identifier: MIT */
/*
 * Edges of whole logs: states, attributes, claims, what holds; each as `Log` (v3, in progress)
 * says it beside logs in every condition.
 */
#include <criterion/criterion.h>

#include "graph_support.h"

#define V5 "## v5 | 2025-11-10 10:00 | Work\n\n"
static const struct test_file others[] = {
	{"Open-WorkLog-v5.md", V5 "**Status:** in_progress\n", NULL},
	{"Done-WorkLog-v5.md", V5 "**Status:** completed\n", NULL},
	{"Stuck-WorkLog-v5.md", V5 "**Status:** blocked\n", NULL},
	{"Review-WorkLog-v5.md", V5 "**Status:** needs_review\n", NULL},
	{"Silent-WorkLog-v5.md", V5 "**Now:** at it\n", NULL},
};
enum { OTHERS = WLS_ARRAY_SIZE(others) };

/* A graph of the others and a log with this text. */
static struct wls_graph *with_log(const char *text, const struct wls_graph_options *options)
{
	struct test_file files[OTHERS + 1];

	memcpy(files, others, sizeof(others));
	files[OTHERS] = (struct test_file){"Log-WorkLog.md", text, NULL};
	return graph_of_files(files, OTHERS + 1, options);
}

struct edge_case {
	const char *text, *edges;
};

static void expect_edges(const struct edge_case *cases, size_t count, const char *before,
			 const struct wls_graph_options *options)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		struct wls_graph *graph;

		wls_buf_clear(&text);
		wls_buf_clear(&got);
		wls_buf_add_str(&text, before);
		wls_buf_add_str(&text, cases[i].text);
		graph = with_log(wls_buf_str(&text), options);
		describe_edges(graph, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].edges, "%s: got\n%s", cases[i].text,
				 wls_buf_str(&got));
		wls_graph_free(graph);
	}
}

#define DEPENDENCIES "## v3 | 2025-11-11 10:00 | Work\n**Dependencies:**\n"
#define EXPECT(cases, before) expect_edges((cases), WLS_ARRAY_SIZE(cases), (before), NULL)

Test(edges, states)
{
	static const struct edge_case cases[] = {
		{"- Nobody-WorkLog-v5", "Log > Nobody v5 depends_on dangling 3:3\n"},
		{"- [x] Nobody-WorkLog-v5", "Log > Nobody v5 depends_on dangling claimed 3:7\n"},
		/* T is completed. */
		{"- Done v5", "Log > Done v5 depends_on satisfied 3:3\n"},
		{"- Done v4", "Log > Done v4 depends_on satisfied 3:3\n"},
		{"- Done-WorkLog", "Log > Done depends_on satisfied 3:3\n"},
		{"- Done v6", "Log > Done v6 depends_on waiting/ahead 3:3\n"},
		{"- [x] Done v6",
		 "Log > Done v6 depends_on waiting/ahead claimed contradicted 3:7\n"},
		/* T is not. */
		{"- Open v5", "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Silent v5", "Log > Silent v5 depends_on waiting/in_progress 3:3\n"},
		{"- Stuck v5", "Log > Stuck v5 depends_on waiting/blocked 3:3\n"},
		{"- Review v5", "Log > Review v5 depends_on waiting/in_review 3:3\n"},
		{"- Open v6", "Log > Open v6 depends_on waiting/ahead 3:3\n"},
		{"- Stuck v6", "Log > Stuck v6 depends_on waiting/ahead 3:3\n"},
		{"- Open v4", "Log > Open v4 depends_on stale 3:3\n"},
		{"- Stuck v4", "Log > Stuck v4 depends_on stale 3:3\n"},
		/* Claims. */
		{"- [x] Open v5", "Log > Open v5 depends_on satisfied claimed 3:7\n"},
		{"- [x] Review v5", "Log > Review v5 depends_on satisfied claimed 3:7\n"},
		{"- [x] Stuck v5",
		 "Log > Stuck v5 depends_on waiting/blocked claimed contradicted 3:7\n"},
		{"- [x] Open v6",
		 "Log > Open v6 depends_on waiting/ahead claimed contradicted 3:7\n"},
		{"- [x] Open v4", "Log > Open v4 depends_on stale claimed 3:7\n"},
		{"- [x] Stuck v4", "Log > Stuck v4 depends_on stale claimed 3:7\n"},
		/* Unpinned. */
		{"- Open-WorkLog", "Log > Open depends_on waiting/in_progress 3:3\n"},
		{"- [x] Open-WorkLog", "Log > Open depends_on waiting/in_progress claimed 3:7\n"},
		{"- [x] Stuck-WorkLog",
		 "Log > Stuck depends_on waiting/blocked claimed contradicted 3:7\n"},
	};

	EXPECT(cases, DEPENDENCIES);
}

Test(edges, claims)
{
	static const struct edge_case cases[] = {
		{"- Open v5 \xe2\x9c\x85", "Log > Open v5 depends_on satisfied claimed 3:3\n"},
		{"- \xe2\x9c\x85 Open v5", "Log > Open v5 depends_on satisfied claimed 3:5\n"},
		{"- Open v5\n- Status: Open v5 shows it \xe2\x9c\x85",
		 "Log > Open v5 depends_on satisfied claimed 3:3\n"},
		{"- Open v5\n  - Status: done", "Log > Open v5 depends_on satisfied claimed 3:3\n"},
		{"- Open v5\n  - Status: completed (today)",
		 "Log > Open v5 depends_on satisfied claimed 3:3\n"},
		{"- Open v5\n  - Status: nearly",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5\n  - Status: in progress \xe2\x9c\x85",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5 \xe2\x9c\x85\n  - Status: tests \xf0\x9f\x94\x84",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5 \xf0\x9f\x94\x84\n  - Status: \xe2\x9c\x85",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5 \xe2\x9d\x8c", "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5 \xe2\x8f\xb3", "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		/* The attribute belongs to the item before it, and to no other. */
		{"- Open v5\n- Review v5\n- Status: done",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"
		 "Log > Review v5 depends_on satisfied claimed 4:3\n"},
		{"- Open v5\n- A database\n- Status: done",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		/* Claimed if any is. */
		{"- Open v5\n- [x] Open-WorkLog-v5",
		 "Log > Open v5 depends_on satisfied claimed 3:3\n"},
	};

	EXPECT(cases, DEPENDENCIES);
}

Test(edges, items)
{
	static const struct edge_case cases[] = {
		/* Attributes make no edges; sub-items of an item with an edge are details. */
		{"- Open v5\n- Need: Done-WorkLog-v5\n- Owner: Stuck-WorkLog\n- ETA: Done-WorkLog",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- Open v5\n  - Review-WorkLog-v5 shows it",
		 "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		/* Under an item without an edge they are items. */
		{"- Needs:\n  - Open\n  - Review v5",
		 "Log > Open depends_on waiting/in_progress 4:5\n"
		 "Log > Review v5 depends_on waiting/in_review 5:5\n"},
		{"- From others\n  - Open\n  - Review v5",
		 "Log > Review v5 depends_on waiting/in_review 5:5\n"},
		{"- No longer needs:\n  - Review v5", ""},
		{"- Needed by:\n  - Review v5",
		 "Review > Log depends_on waiting/in_progress 4:5\n"},
		/* Struck, external, empty. */
		{"- **Done** needs Open v5",
		 "Done > Open v5 depends_on waiting/in_progress 3:18\n"},
		{"- without Done-WorkLog-v5, needs Open v5",
		 "Log > Open v5 depends_on waiting/in_progress 3:34\n"},
		{"- Done-WorkLog-v5\xe2\x80\x94"
		 "blocks Open v5",
		 "Open > Done v5 depends_on satisfied 3:3\n"},
		{"- None - all done, Open-WorkLog-v5 shipped", ""},
		{"- N/A: Open-WorkLog-v5", ""},
		{"- Nobody-WorkLog-v5\n- NOBODY-WorkLog-v5",
		 "Log > NOBODY v5 depends_on dangling 3:3\n"},
		{"- ~~Open v5~~", ""},
		{"- ~~needs~~\n  - Review v5", ""},
		{"- The legal department", ""},
		{"- `Open v5`", "Log > Open v5 depends_on waiting/in_progress 3:4\n"},
		{"- <!-- Open-WorkLog-v5 --> text", ""},
		{"```\n- Open-WorkLog-v5\n```\n", ""},
		/* Itself. */
		{"- Log v2 and Open v5", "Log > Open v5 depends_on waiting/in_progress 3:14\n"},
		/* Direction. */
		{"- Open v5 blocks this", "Log > Open v5 depends_on waiting/in_progress 3:3\n"},
		{"- blocks Open v5", "Open > Log depends_on waiting/in_progress 3:10\n"},
		{"- Review v4 blocks Open v5", "Open > Review v4 depends_on stale 3:3\n"},
		{"- Open depends on Done v5", "Open > Done v5 depends_on satisfied 3:19\n"},
		/* Places: after a line break, code points. */
		{"- needs the\n  Open v5", "Log > Open v5 depends_on waiting/in_progress 4:3\n"},
		{"- \xc3\xa4\xc3\xb6\xc3\xbc: Open v5",
		 "Log > Open v5 depends_on waiting/in_progress 3:8\n"},
	};

	EXPECT(cases, DEPENDENCIES);
}

Test(edges, fields)
{
	static const struct edge_case cases[] = {
		{"**Dependencies:** Open v5, Done v5\n",
		 "Log > Done v5 depends_on satisfied 2:28\n"
		 "Log > Open v5 depends_on waiting/in_progress 2:19\n"},
		{"**Blockers:** waiting for Open v5\n",
		 "Log > Open v5 blocked_by waiting/in_progress 2:27\n"},
		{"**Blockers:**\n- [x] Open v5\n",
		 "Log > Open v5 blocked_by satisfied claimed 3:7\n"},
		{"**Blockers:** None\n", ""},
		{"**Next:**\n- [HIGH] [BLOCKED] Ship after Open v5\n- [MED] Ask Review-WorkLog\n",
		 "Log > Open v5 blocked_by waiting/in_progress 3:31\n"},
		/* One edge for both, depends_on first, the place of the first. */
		{"**Blockers:** Open v5\n**Dependencies:** Open v5\n",
		 "Log > Open v5 depends_on waiting/in_progress 2:15\n"},
		{"**Work:** Open-WorkLog-v5\n**Now:** needs Open v5\n", ""},
	};

	EXPECT(cases, "## v3 | 2025-11-11 10:00 | Work\n");
}

Test(edges, current_and_historical)
{
	static const struct edge_case now[] = {
		/* Carried over an entry without the field. */
		{"## v4 | 2025-11-12\n**Dependencies:**\n- TBD - maybe none\n## v3 | 2025-11-11\n"
		 "**Dependencies:** Open v5\n",
		 "Log > Open v5 depends_on waiting/in_progress 5:19\n"},
		{"## v4 | 2025-11-12\n**Now:** x\n## v3 | 2025-11-11\n**Dependencies:** Open v5\n"
		 "## v2 | 2025-11-10\n**Dependencies:** Done v5\n",
		 "Log > Open v5 depends_on waiting/in_progress 4:19\n"},
		/* Cleared; not cleared by TBD, nor by nothing. */
		{"## v4 | 2025-11-12\n**Dependencies:** None\n## v3 | 2025-11-11\n"
		 "**Dependencies:** Open v5\n",
		 ""},
		{"## v4 | 2025-11-12\n**Dependencies:** TBD\n## v3 | 2025-11-11\n"
		 "**Dependencies:** Open v5\n",
		 "Log > Open v5 depends_on waiting/in_progress 4:19\n"},
		{"## v4 | 2025-11-12\n**Dependencies:**\n\n**Now:** x\n## v3 | 2025-11-11\n"
		 "**Dependencies:** Open v5\n",
		 "Log > Open v5 depends_on waiting/in_progress 6:19\n"},
		/* Oldest first. */
		{"## v3 | 2025-11-11\n**Dependencies:** Open v5\n## v4 | 2025-11-12\n"
		 "**Dependencies:** Done v5\n",
		 "Log > Done v5 depends_on satisfied 4:19\n"},
		/* The log's own section is as new as the newest entry. */
		{"**Dependencies:** Review v5\n\n## v4 | 2025-11-12\n**Dependencies:** Done v5\n"
		 "## v3 | 2025-11-11\n**Dependencies:** Open v5\n",
		 "Log > Done v5 depends_on satisfied 4:19\n"
		 "Log > Review v5 depends_on waiting/in_review 1:19\n"},
		{"**Dependencies:** Review v5\n\n## v4 | 2025-11-12\n**Now:** x\n"
		 "## v3 | 2025-11-11\n**Dependencies:** Open v5\n",
		 "Log > Review v5 depends_on waiting/in_review 1:19\n"},
		/* Blockers hold in the newest entry only. */
		{"## v4 | 2025-11-12\n**Now:** x\n## v3 | 2025-11-11\n**Blockers:** Open v5\n", ""},
	};
	static const struct edge_case all[] = {
		{"## v4 | 2025-11-12\n**Dependencies:** Open v5\n## v3 | 2025-11-11\n"
		 "**Dependencies:** Done v5\n**Blockers:** Stuck v5\n## v2 | 2025-11-10\n"
		 "**Dependencies:** Open v5, Open v3\n",
		 "Log > Done v5 depends_on satisfied historical 4:19\n"
		 "Log > Open v3 depends_on stale historical 7:28\n"
		 "Log > Open v5 depends_on waiting/in_progress 2:19\n"
		 "Log > Stuck v5 blocked_by waiting/blocked historical 5:15\n"},
	};
	struct wls_graph_options history = {.history = true};

	EXPECT(now, "");
	expect_edges(all, WLS_ARRAY_SIZE(all), "", &history);
}

Test(edges, mentions)
{
	static const struct edge_case cases[] = {
		{"**Now:** as Open-WorkLog-v5 says, and Nobody-WorkLog-v1\n\n"
		 "See [[Done]] and Review v5.\n\n```\nStuck-WorkLog-v5\n```\n"
		 "**Dependencies:** Open v5\n- no longer needs Stuck-WorkLog-v5\n",
		 "Log > Done mentions satisfied 4:5\n"
		 "Log > Open v5 depends_on waiting/in_progress 9:19\n"
		 "Log > Stuck v5 mentions waiting/blocked 10:19\n"},
	};
	struct wls_graph_options options = {.mentions = true};

	expect_edges(cases, WLS_ARRAY_SIZE(cases), "## v3 | 2025-11-11\n", &options);
}

Test(edges, needs_and_notes)
{
	struct wls_graph *graph =
		with_log(DEPENDENCIES "- Payment depends on Open-WorkLog-v5\n"
				      "- Need: the OAuth flow\n- Status: Open v5 shows it\n",
			 NULL);

	cr_assert_eq(graph->edge_count, 1);
	cr_expect(wls_slice_eq(graph->edges[0].need, WLS_SLICE("the OAuth flow")));
	cr_expect(wls_slice_eq(graph->edges[0].note, WLS_SLICE("Open v5 shows it")));
	cr_expect(wls_slice_eq(graph->edges[0].text,
			       WLS_SLICE("Payment depends on Open-WorkLog-v5")));
	wls_graph_free(graph);
}

Test(edges, diagnostics)
{
	static const struct edge_case cases[] = {
		{"- Opne-WorkLog-v5",
		 "dangling-ref Log-WorkLog.md:3:3 no WorkLog named \"Opne\" | did you mean \"Open\"?\n"},
		{"- Something-Else-WorkLog",
		 "dangling-ref Log-WorkLog.md:3:3 no WorkLog named \"Something-Else\"\n"},
		{"- Nobody-WorkLog needs Open v5",
		 "dangling-ref Log-WorkLog.md:3:3 no WorkLog named \"Nobody\"\n"},
		{"- [x] Open v6",
		 "ahead-ref Log-WorkLog.md:3:7 \"Open\" is at v5, not yet at v6\n"
		 "claim-contradicted Log-WorkLog.md:3:7 marked as done, but \"Open\" is only at v5 | "
		 "take the mark away, or bring the other log up to date\n"},
		{"- [x] Stuck v5",
		 "claim-contradicted Log-WorkLog.md:3:7 marked as done, but \"Stuck\" is blocked | "
		 "take the mark away, or bring the other log up to date\n"},
		{"- Open v3",
		 "stale-ref Log-WorkLog.md:3:3 \"Open\" has gone on to v5 since v3 | read what "
		 "changed, then name v5 here\n"},
		{"- Log v9",
		 "self-ahead Log-WorkLog.md:3:3 \"Log\" names its own future: v9, but it is at v3 | "
		 "name an entry that exists, or the log that is meant\n"},
		{"- Log v3", ""},
		{"- ~~Nobody-WorkLog~~", ""},
		{"- no longer needs Nobody-WorkLog", ""},
		{"- Open v5\n  - see Nobody-WorkLog", ""},
	};
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_buf _cleanup_buf_ got = WLS_BUF_INIT;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_graph *graph;

		wls_buf_clear(&text);
		wls_buf_clear(&got);
		wls_buf_printf(&text, "%s%s\n", DEPENDENCIES, cases[i].text);
		graph = with_log(wls_buf_str(&text), NULL);
		describe_diagnostics(graph, &got);
		cr_expect_str_eq(wls_buf_str(&got), cases[i].edges, "%s: got\n%s", cases[i].text,
				 wls_buf_str(&got));
		wls_graph_free(graph);
	}
}

/* Why a log is not ready, as bits. */
Test(edges, readiness)
{
	static const struct {
		const char *text;
		unsigned why;
		bool stale_ok;
	} cases[] = {
		{"## v3 | 2025-11-11\n**Now:** x\n", 0, true},
		{"## v3 | 2025-11-11\n**Status:** in_progress\n", 0, true},
		{"## v3 | 2025-11-11\n**Status:** parked\n", 0, true},
		{"## v3 | 2025-11-11\n**Status:** completed\n", WLS_NOT_READY_COMPLETED, false},
		{"## v3 | 2025-11-11\n**Status:** needs_review\n", WLS_NOT_READY_IN_REVIEW, false},
		{"## v3 | 2025-11-11\n**Status:** blocked\n", WLS_NOT_READY_STATUS_BLOCKED, false},
		{"## v3 | 2025-11-11 | Work [BLOCKED]\n**Status:** in_progress\n",
		 WLS_NOT_READY_STATUS_BLOCKED, false},
		{"## v3 | 2025-11-11\n**Blockers:** No keys\n", WLS_NOT_READY_BLOCKER, false},
		{"## v3 | 2025-11-11\n**Blockers:**\n- [x] No keys\n", 0, true},
		{"## v3 | 2025-11-11\n**Dependencies:** Open v5\n", WLS_NOT_READY_WAITS, false},
		{"## v3 | 2025-11-11\n**Dependencies:** Done v5\n", 0, true},
		{"## v3 | 2025-11-11\n**Dependencies:** Open v4\n", WLS_NOT_READY_STALE, true},
		{"## v3 | 2025-11-11\n**Dependencies:** Nobody-WorkLog\n", WLS_NOT_READY_DANGLING,
		 false},
		{"## v3 | 2025-11-11 | x [BLOCKED]\n**Blockers:** No keys\n"
		 "**Dependencies:** Open v4, Open v5, Nobody-WorkLog\n",
		 WLS_NOT_READY_STATUS_BLOCKED | WLS_NOT_READY_BLOCKER | WLS_NOT_READY_STALE |
			 WLS_NOT_READY_WAITS | WLS_NOT_READY_DANGLING,
		 false},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_graph *graph = with_log(cases[i].text, NULL);
		const struct wls_log *log = log_of(graph, "Log");

		cr_expect_eq(log->not_ready, cases[i].why, "%s: %u", cases[i].text, log->not_ready);
		cr_expect_eq(log->ready, cases[i].why == 0, "%s", cases[i].text);
		cr_expect_eq(log->ready_if_stale_ok, cases[i].stale_ok, "%s", cases[i].text);
		wls_graph_free(graph);
	}
}
