/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "base/utf8.h"
#include "render/document.h"
#include "render/plain.h"
#include "render/ring.h"
#include "render/tree.h"
#include "render/waves.h"
#include "sample.h"

enum what {
	WAVES,
	STATUS,
	NEXT,
	NEXT_EXPLAINED,
	UP,
	BOTH,
	TREE,
	PLAIN_WAVES,
	PLAIN_STATUS,
	PLAIN_NEXT,
	PLAIN_TREE,
	STATUS_JSON,
	NEXT_JSON,
};

enum { REPORTS = 4, SEARCH = 5 }; /* places in the mock-up */

static void draw_next(const struct wls_report *report, enum what what, struct wls_buf *out)
{
	static const struct wls_next_row rows[] = {{0, 0}, {0, 1}, {0, 2}, {5, 0}, {5, 1}};
	struct wls_next_list list = {.rows = rows, .count = WLS_ARRAY_SIZE(rows)};

	list.not_ready = wls_report_not_ready(report, false, &list.not_ready_count);
	list.explain = what == NEXT_EXPLAINED;
	if (what == PLAIN_NEXT)
		wls_plain_next(report, &list, out);
	else if (what == NEXT_JSON)
		wls_document_next(report, &list, out);
	else
		wls_render_next(report, &list, out);
}

static void draw(const struct wls_report *report, enum what what, struct wls_buf *out)
{
	switch (what) {
	case WAVES:
		wls_render_waves(report, out);
		break;
	case STATUS:
		wls_render_status(report, WLS_SORT_UPDATED, 30, out);
		break;
	case UP:
		wls_render_focus(report, &(struct wls_focus){REPORTS, true, false, 0}, out);
		break;
	case BOTH:
		wls_render_focus(report, &(struct wls_focus){SEARCH, true, true, 0}, out);
		break;
	case TREE:
		wls_render_tree(report, out);
		break;
	case PLAIN_WAVES:
		wls_plain_waves(report, out);
		break;
	case PLAIN_STATUS:
		wls_plain_status(report, WLS_SORT_UPDATED, 30, out);
		break;
	case PLAIN_TREE:
		wls_plain_tree(report, out);
		break;
	case STATUS_JSON:
		wls_document_status(report, WLS_SORT_NAME, out);
		break;
	default:
		draw_next(report, what, out);
	}
}

/* The drawing, to be freed. */
static char *drawn(const struct wls_graph *graph, const struct wls_style *style, enum what what)
{
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_report report;

	wls_report_init(&report, graph, NULL, style, sample_now(), &arena);
	draw(&report, what, &out);
	wls_arena_release(&arena);
	return wls_buf_take(&out);
}

static char *expected(const char *name)
{
	const char *source = getenv("SRC");
	struct wls_buf path = WLS_BUF_INIT, text = WLS_BUF_INIT;
	char chunk[4096];
	size_t n;

	cr_assert_not_null(source, "SRC must name the source tree");
	wls_buf_printf(&path, "%s/fixtures/mockup/expected/%s", source, name);
	FILE *file = fopen(wls_buf_str(&path), "rb");
	cr_assert_not_null(file, "%s", wls_buf_str(&path));
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		wls_buf_add(&text, chunk, n);
	fclose(file);
	wls_buf_release(&path);
	return wls_buf_take(&text);
}

/* ---- the drawings of the specification ---- */

static const struct {
	enum what what;
	const char *name;
} drawings[] = {
	{WAVES, "graph-80.txt"},
	{STATUS, "status-80.txt"},
	{NEXT, "next.txt"},
	{UP, "focus-reports-up.txt"},
};

Test(drawing, mockup_is_as_drawn)
{
	/* A pipe, and a terminal: nothing needs to be cut. */
	static const struct wls_style styles[] = {{.width = 80},
						  {.width = 80, .cut = true, .brief = true}};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(drawings); i++) {
		char *want = expected(drawings[i].name);
		for (size_t s = 0; s < WLS_ARRAY_SIZE(styles); s++) {
			char *got = drawn(sample_mockup(), &styles[s], drawings[i].what);
			cr_expect_str_eq(got, want, "%s:\n%s", drawings[i].name, got);
			free(got);
		}
		free(want);
	}
}

static const struct {
	const char *what;
	enum what kind;
	struct wls_style style;
	const char *want;
} others[] = {
	{"wide",
	 WAVES,
	 {.width = 120},
	 "7 workstreams, 5 dependencies: 1 ok, 1 waiting, 1 stale, 1 ahead, 1 dangling\n"
	 "\n"
	 "    WORKSTREAM           VER  STATUS        PROGRESS         DEPENDS ON                   "
	 "    UNBLOCKS\n"
	 "Wave 1: can start now\n"
	 "  ● Auth-Refactor        v5   in progress   ███████░░░  70%                               "
	 "           2\n"
	 "  ● Search               v4   in progress   ██░░░░░░░░  20%  ok: Data-Model v9            "
	 "           1\n"
	 "Wave 2: after wave 1\n"
	 "  ○ Payment-Integration  v3   in progress   █████░░░░░  50%  waits: Auth-Refactor v5\n"
	 "  ~ UI-Redesign          v2   in progress   ███░░░░░░░  30%  stale: Auth-Refactor v2, now "
	 "v5\n"
	 "  ○ Reports              v1   in progress   ░░░░░░░░░░   0%  ahead: Search v6, now v4\n"
	 "Cannot be ordered\n"
	 "  ? Billing              v2   blocked       █░░░░░░░░░  10%  dangling: Auth-Core v5\n"
	 "Done (1): Data-Model\n"
	 "\n"
	 "Longest unfinished chain (2): Search > Reports\n"
	 "Try: wlsync graph --focus UI-Redesign    wlsync next    wlsync check\n"},
	{"ascii tree",
	 TREE,
	 {.width = 80, .ascii = true},
	 "Billing v2, blocked\n"
	 "`- dangling: Auth-Core v5 (no such log)\n"
	 "Payment-Integration v3, in progress\n"
	 "`- waits: Auth-Refactor v5 (in progress 70%)\n"
	 "Reports v1, in progress\n"
	 "`- ahead: Search v6 (now v4, in progress 20%)\n"
	 "   `- ok: Data-Model v9 (completed)\n"
	 "UI-Redesign v2, in progress\n"
	 "`- stale: Auth-Refactor v2 (now v5, in progress 70%) (shown above)\n"},
	{"both ways",
	 BOTH,
	 {.width = 80},
	 "Search v4, in progress\n"
	 "├─ ok: Data-Model v9 (completed)\n"
	 "└─ needed by Reports v1 (ahead: v6; in progress 0%)\n"},
	{"narrow",
	 STATUS,
	 {.width = 40, .cut = true, .ascii = true},
	 "  WORKSTREAM           VER  STATUS        PROGRESS  UPDATED       HIGH\n"
	 "* Auth-Refactor        v5   in progress        70%  2025-11-10       2\n"
	 "* Search               v4   in progress        20%  2025-11-07       1\n"
	 "o Payment-Integration  v3   in progress        50%  2025-11-06       1\n"
	 "~ UI-Redesign          v2   in progress        30%  2025-11-04       1\n"
	 "o Reports              v1   in progress         0%  2025-11-03       2\n"
	 "+ Data-Model           v9   completed         100%  2025-10-20       0\n"
	 "! Billing              v2   blocked            10%  2025-10-01 old   1\n"
	 "    Missing p... (@ops-team, ETA 2025-11-11, late 3 d)\n"
	 "7 workstreams: 5 in progress, 1 blocked, 1 completed; 2 ready, 1 old (> 30 d)\n"},
	{"explained",
	 NEXT_EXPLAINED,
	 {.width = 60, .cut = true},
	 "1  Auth-Refactor  v5   unblocks 2: Payment-Integration, UI-Redesign\n"
	 "   [HIGH] Finish token refresh (src/auth/service.ts:84-120)\n"
	 "   [HIGH] Test the reuse of a rotated token\n"
	 "   [MED] Document the token lifetimes\n"
	 "2  Search         v4   unblocks 1: Reports\n"
	 "   [HIGH] Facets for colour and size\n"
	 "   [MED] Log the queries without a result\n"
	 "Not ready:\n"
	 "  Payment-Integration  v3  waits: Auth-Refactor v5\n"
	 "  UI-Redesign          v2  stale: Auth-Refactor v2, now v5\n"
	 "  Reports              v1  ahead: Search v6, now v4\n"
	 "  Billing              v2  dangling: Auth-Core v5; blocker: Missing production "
	 "Stripe API keys\n"},
	{"plain",
	 PLAIN_WAVES,
	 {.width = 80},
	 "7 workstreams, 5 dependencies: 1 ok, 1 waiting, 1 stale, 1 ahead, 1 dangling.\n"
	 "Wave 1 can start now and has 2 workstreams.\n"
	 "Auth-Refactor v5 is in progress at 70 percent and can start now, and it unblocks "
	 "2 workstreams.\n"
	 "Search v4 is in progress at 20 percent and can start now, and it unblocks 1 workstream, "
	 "and it has what it needs of Data-Model v9.\n"
	 "Wave 2 comes after wave 1 and has 3 workstreams.\n"
	 "Payment-Integration v3 is in progress at 50 percent, and it waits for Auth-Refactor v5.\n"
	 "UI-Redesign v2 is in progress at 30 percent, and it needs Auth-Refactor v2, which is stale "
	 "(now v5).\n"
	 "Reports v1 is in progress at 0 percent, and it waits for Search v6, which is ahead (now "
	 "v4).\n"
	 "1 workstream cannot be ordered.\n"
	 "Billing v2 is blocked at 10 percent, and it needs Auth-Core v5, a log that does not exist "
	 "(dangling).\n"
	 "Data-Model v9 is completed.\n"
	 "The longest unfinished chain has 2 workstreams: Search, then Reports.\n"},
	{"plain next",
	 PLAIN_NEXT,
	 {.width = 80},
	 "Auth-Refactor v5, HIGH: Finish token refresh (src/auth/service.ts:84-120) (unblocks 2).\n"
	 "Auth-Refactor v5, HIGH: Test the reuse of a rotated token (unblocks 2).\n"
	 "Auth-Refactor v5, MED: Document the token lifetimes (unblocks 2).\n"
	 "Search v4, HIGH: Facets for colour and size (unblocks 1).\n"
	 "Search v4, MED: Log the queries without a result (unblocks 1).\n"
	 "4 workstreams are not ready (--explain says why).\n"},
};

Test(drawing, other_styles)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(others); i++) {
		char *got = drawn(sample_mockup(), &others[i].style, others[i].kind);
		cr_expect_str_eq(got, others[i].want, "%s:\n%s", others[i].what, got);
		free(got);
	}
}

/* ---- colours, plain text ---- */

/* Takes `\033[…m` out, in place; how many there were. */
static size_t take_colours(char *text)
{
	size_t count = 0;
	char *to = text;

	for (char *from = text; *from;) {
		if (from[0] == '\033' && from[1] == '[') {
			from = strchr(from, 'm') + 1;
			count++;
		} else {
			*to++ = *from++;
		}
	}
	*to = '\0';
	return count;
}

Test(drawing, colours_change_nothing_else)
{
	for (enum what what = WAVES; what <= TREE; what++) {
		struct wls_style style = {.width = 80};
		char *bare = drawn(sample_mockup(), &style, what);
		style.color = true;
		char *coloured = drawn(sample_mockup(), &style, what);
		cr_expect_gt(take_colours(coloured), 0, "%d", what);
		cr_expect_str_eq(coloured, bare, "%d", what);
		free(coloured);
		free(bare);
	}
}

Test(drawing, plain_is_sentences)
{
	for (enum what what = PLAIN_WAVES; what <= PLAIN_TREE; what++) {
		struct wls_style style = {.width = 80};
		char *text = drawn(sample_mockup(), &style, what);
		struct wls_slice rest = wls_slice_of(text), line;
		while (wls_slice_next_line(&rest, &line)) {
			cr_expect_gt(line.len, 0);
			cr_expect_eq(line.ptr[line.len - 1], '.', "%.*s", WLS_SLICE_ARG(line));
			cr_expect_eq(wls_slice_find(line, WLS_SLICE("  ")), SIZE_MAX, "%.*s",
				     WLS_SLICE_ARG(line));
		}
		free(text);
	}
}

/* ---- large graphs ---- */

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

static const struct {
	uint32_t logs, per_wave;
	const char *want; /* part of the summary */
} large[] = {
	{2000, 300, "Wave 1: 300 can start now\nWave 2: 300 after wave 1\n"},
	{2000, 300, "more: --all or --focus\n"},
	{2000, 2000, "Wave 1: 2,000 can start now\n"},
	{1000, 10, "Waves 9 to 100: 920\n"},
	{10000, 1, "Log-000000 > Log-000001 > (9,996 more) > Log-009998 > Log-009999\n"},
	{36, 12, "Log-000035  v1  in progress"}, /* not over 40 lines */
};

Test(drawing, a_terminal_gets_a_summary)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(large); i++) {
		struct wls_graph *graph = sample_waves(large[i].logs, large[i].per_wave);
		for (uint32_t width = 80; width <= 120; width += 40) {
			struct wls_style style = {.width = width, .cut = true, .brief = true};
			char *text = drawn(graph, &style, WAVES);
			if (width == 80)
				cr_expect_not_null(strstr(text, large[i].want), "%zu:\n%s", i,
						   text);
			cr_expect_leq(lines_of(text), 42, "%zu:\n%s", i, text);
			free(text);
		}
		sample_free(graph);
	}
}

Test(drawing, a_pipe_gets_everything)
{
	struct wls_graph *graph = sample_waves(1000, 10);
	struct wls_style style = {.width = 80};
	char *text = drawn(graph, &style, WAVES);

	for (uint32_t l = 0; l < 1000; l++) {
		char row[32];
		snprintf(row, sizeof(row), "○ Log-%06u  v1", l);
		if (l >= 10)
			cr_expect_not_null(strstr(text, row), "%s", row);
	}
	free(text);
	sample_free(graph);
}

Test(drawing, a_long_chain_stays_linear)
{
	struct wls_style style = {.width = 80};
	size_t lengths[2];

	for (uint32_t i = 0; i < 2; i++) {
		struct wls_graph *graph = sample_chain(2000 * (i + 1));
		char *text = drawn(graph, &style, TREE);
		lengths[i] = strlen(text);
		/* Every log once, and once more where its tree is continued. */
		cr_expect_leq(lines_of(text),
			      2000u * (i + 1) + 2000u * (i + 1) / WLS_TREE_DEPTH + 1);
		cr_expect_not_null(strstr(text, "(continued below)"));
		free(text);
		sample_free(graph);
	}
	cr_expect_lt(lengths[1], lengths[0] * 5 / 2);
}

/* ---- hostile texts, JSON ---- */

static struct wls_log hostile_logs[] = {
	{.id = {"a\nb\033[2J", 7},
	 .name = {"a\nb\033[2J", 7},
	 .version = 1,
	 .progress = -1,
	 .status = WLS_STATUS_UNKNOWN,
	 .status_text = {"in_progress | completed | blocked", 33},
	 .updated = {"2025-13-45", 10}},
	{.id = {"it's", 4},
	 .name = {"it's", 4},
	 .progress = -1,
	 .lossy = true,
	 .file = {"caf\xe9.md", 7}},
};
static struct wls_edge hostile_edges[] = {
	{.from = 0,
	 .to = 1,
	 .to_name = {"it's", 4},
	 .to_version = 3,
	 .state = WLS_EDGE_WAITING,
	 .reason = WLS_REASON_IN_REVIEW},
	{.from = 1,
	 .to = WLS_LOG_NONE,
	 .to_name = {"x\ry", 3},
	 .state = WLS_EDGE_DANGLING,
	 .reason = WLS_REASON_AMBIGUOUS},
};

static const struct wls_graph *hostile(void)
{
	static struct wls_graph graph = {
		.logs = hostile_logs, .log_count = 2, .edges = hostile_edges, .edge_count = 2};
	return &graph;
}

Test(drawing, hostile_texts_stay_on_their_line)
{
	for (enum what what = WAVES; what <= PLAIN_TREE; what++) {
		struct wls_style style = {.width = 40, .cut = true};
		if (what == UP || what == BOTH || (what >= NEXT && what <= NEXT_EXPLAINED) ||
		    what == PLAIN_NEXT)
			continue;
		char *text = drawn(hostile(), &style, what);
		for (const char *c = text; *c; c++)
			cr_expect(*c == '\n' || (unsigned char)*c >= 0x20, "%d: %s", what, text);
		cr_expect_null(strstr(text, "\na\n"), "%d", what);
		cr_expect_not_null(strstr(text, "a b\xef\xbf\xbd[2J"), "%d: %s", what, text);
		free(text);
	}
	struct wls_style style = {.width = 80};
	char *text = drawn(hostile(), &style, WAVES);
	cr_expect_not_null(strstr(text, "waits: it's v3, in review"), "%s", text);
	cr_expect_not_null(strstr(text, "wlsync graph --focus 'it'\\''s'"), "%s", text);
	cr_expect_not_null(strstr(text, "ambiguous"), "%s", text);
	free(text);
}

Test(drawing, json_escapes_and_marks_lossy)
{
	struct wls_style style = {.width = 80};
	char *text = drawn(hostile(), &style, STATUS_JSON);

	cr_expect_not_null(strstr(text, "\"id\":\"a\\nb\\u001b[2J\""), "%s", text);
	cr_expect_not_null(strstr(text, "\"updated\":null"), "%s", text);
	cr_expect_not_null(strstr(text, "caf\xef\xbf\xbd.md"), "%s", text);
	cr_expect_not_null(strstr(text, "\"lossy\":true"), "%s", text);
	cr_expect_not_null(strstr(text, "\"status\":null,\"status_text\":\"in_progress | "), "%s",
			   text);
	free(text);
	text = drawn(sample_mockup(), &style, STATUS_JSON);
	cr_expect_not_null(strstr(text, "\"updated\":\"2025-10-01T09:30\""), "%s", text);
	cr_expect_not_null(strstr(text, "\"due\":\"2025-11-11\""), "%s", text);
	cr_expect_null(strstr(text, "lossy"), "%s", text);
	free(text);
	text = drawn(sample_mockup(), &style, NEXT_JSON);
	cr_expect_not_null(strstr(text, "\"needed_by\":[\"Payment-Integration\",\"UI-Redesign\"]"),
			   "%s", text);
	cr_expect_not_null(strstr(text, "\"reasons\":[\"ahead\"],\"waiting_for\":[\"Search\"]"),
			   "%s", text);
	cr_expect_not_null(
		strstr(text, "\"reasons\":[\"blocked\",\"blocker\",\"dangling\"],\"waiting_for\":"
			     "[\"Auth-Core\"]"),
		"%s", text);
	free(text);
}

Test(drawing, an_empty_graph)
{
	static const struct wls_graph none = {0};
	static const struct {
		enum what what;
		const char *want;
	} wants[] = {
		{WAVES, "0 workstreams, no dependencies\n"},
		{STATUS, "0 workstreams; 0 ready\n"},
		{TREE, ""},
		{PLAIN_WAVES, "0 workstreams, no dependencies.\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(wants); i++) {
		struct wls_style style = {.width = 80};
		char *text = drawn(&none, &style, wants[i].what);
		cr_expect_str_eq(text, wants[i].want);
		free(text);
	}
}

/* ---- cycles and overlaps ---- */

static struct wls_log ring_logs[] = {{.id = {"A", 1}, .in_cycle = true},
				     {.id = {"B", 1}, .in_cycle = true},
				     {.id = {"C", 1}, .in_cycle = true}};
static struct wls_edge ring_edges[] = {
	{.from = 0,
	 .to = 1,
	 .to_name = {"B", 1},
	 .to_version = 2,
	 .state = WLS_EDGE_WAITING,
	 .file = {"A.md", 4},
	 .line = 13,
	 .in_cycle = true},
	{.from = 1,
	 .to = 0,
	 .to_name = {"A", 1},
	 .state = WLS_EDGE_WAITING,
	 .file = {"B.md", 4},
	 .line = 7,
	 .in_cycle = true},
};
static uint32_t ring_members[] = {0, 1, 2};
static uint32_t ring_path[] = {0, 1};
static struct wls_cycle ring[] = {{ring_members, 3, ring_path, 2}};
static struct wls_overlap overlaps[] = {{0, 1, {"src/a.ts", 8}, 30, 40}, {1, 2, {"b", 1}, 0, 0}};

Test(drawing, cycles_and_overlaps)
{
	struct wls_graph graph = {.logs = ring_logs,
				  .log_count = 3,
				  .edges = ring_edges,
				  .edge_count = 2,
				  .cycles = ring,
				  .cycle_count = 1,
				  .overlaps = overlaps,
				  .overlap_count = 2};
	struct wls_style style = {.width = 80};
	struct wls_arena arena = {0};
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_report report;
	bool none[3] = {false};

	wls_report_init(&report, &graph, NULL, &style, sample_now(), &arena);
	wls_render_cycles(&report, &out);
	wls_render_overlaps(&report, &out);
	cr_expect_str_eq(wls_buf_str(&out), "Cycle of 3, shortest way around 2: A > B > A\n"
					    "  A.md:13: A needs B v2\n"
					    "  B.md:7: B needs A\n"
					    "\n"
					    "Both A and B touch src/a.ts:30-40\n"
					    "Both B and C touch b\n");
	wls_buf_clear(&out);
	wls_report_init(&report, &graph, &(struct wls_view){.logs = none}, &style, sample_now(),
			&arena);
	wls_render_cycles(&report, &out);
	cr_expect_str_eq(wls_buf_str(&out), "No cycles.\n");
	wls_buf_release(&out);
	wls_arena_release(&arena);
}
