/* SPDX-License-Identifier: MIT */
/*
 * Graphs made by hand: what wls_graph_build() would have found.
 */
#include "sample.h"

#define S(text)                                                                                    \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

struct wls_moment sample_now(void)
{
	return (struct wls_moment){.known = true, .has_time = true, .seconds = 1763121600};
}

/* ---- the mock-up ---- */

enum { AUTH, BILLING, DATA, PAYMENT, REPORTS, SEARCH, UI };

static struct wls_next_item auth_next[] = {
	{WLS_PRIORITY_HIGH, false, false, S("Finish token refresh (src/auth/service.ts:84-120)"),
	 69, 3},
	{WLS_PRIORITY_HIGH, false, false, S("Test the reuse of a rotated token"), 70, 3},
	{WLS_PRIORITY_MED, false, false, S("Document the token lifetimes"), 71, 3},
};
static struct wls_next_item search_next[] = {
	{WLS_PRIORITY_HIGH, false, false, S("Facets for colour and size"), 53, 3},
	{WLS_PRIORITY_MED, false, false, S("Log the queries without a result"), 54, 3},
};
static struct wls_next_item one_high[] = {{WLS_PRIORITY_HIGH, false, false, S("One"), 9, 3}};
static struct wls_next_item two_high[] = {
	{WLS_PRIORITY_HIGH, false, false, S("One"), 9, 3},
	{WLS_PRIORITY_HIGH, false, false, S("Two"), 10, 3},
};
static struct wls_log_blocker billing_blockers[] = {{
	.text = S("Missing production Stripe API keys"),
	.owner = S("@ops-team"),
	.requested = S("2025-10-01 09:00"),
	.eta = S("2025-11-11"),
}};

#define LOG(name_, version_, status_, progress_, date_)                                            \
	.id = S(name_), .name = S(name_), .version = (version_), .status = (status_),              \
	.progress = (progress_), .updated = S(date_)

static struct wls_log mockup_logs[] = {
	[AUTH] = {LOG("Auth-Refactor", 5, WLS_STATUS_IN_PROGRESS, 70, "2025-11-10"), .ready = true,
		  .wave = 1, .unblocks = 2, .next = auth_next, .next_count = 3},
	[BILLING] = {LOG("Billing", 2, WLS_STATUS_BLOCKED, 10, "2025-10-01"),
		     .updated_time = S("09:30"), .next = one_high, .next_count = 1,
		     .blockers = billing_blockers, .blocker_count = 1, .title_blocked = true,
		     .not_ready = WLS_NOT_READY_BLOCKER | WLS_NOT_READY_STATUS_BLOCKED |
				  WLS_NOT_READY_DANGLING},
	[DATA] = {LOG("Data-Model", 9, WLS_STATUS_COMPLETED, 100, "2025-10-20"),
		  .not_ready = WLS_NOT_READY_COMPLETED},
	[PAYMENT] = {LOG("Payment-Integration", 3, WLS_STATUS_IN_PROGRESS, 50, "2025-11-06"),
		     .wave = 2, .next = one_high, .next_count = 1,
		     .not_ready = WLS_NOT_READY_WAITS},
	[REPORTS] = {LOG("Reports", 1, WLS_STATUS_IN_PROGRESS, 0, "2025-11-03"), .wave = 2,
		     .next = two_high, .next_count = 2, .not_ready = WLS_NOT_READY_WAITS},
	[SEARCH] = {LOG("Search", 4, WLS_STATUS_IN_PROGRESS, 20, "2025-11-07"), .ready = true,
		    .wave = 1, .unblocks = 1, .next = search_next, .next_count = 2},
	[UI] = {LOG("UI-Redesign", 2, WLS_STATUS_IN_PROGRESS, 30, "2025-11-04"), .wave = 2,
		.next = one_high, .next_count = 1, .not_ready = WLS_NOT_READY_STALE},
};

static struct wls_edge mockup_edges[] = {
	{.from = BILLING,
	 .to = WLS_LOG_NONE,
	 .to_name = S("Auth-Core"),
	 .to_version = 5,
	 .state = WLS_EDGE_DANGLING},
	{.from = PAYMENT,
	 .to = AUTH,
	 .to_name = S("Auth-Refactor"),
	 .to_version = 5,
	 .current = 5,
	 .state = WLS_EDGE_WAITING,
	 .reason = WLS_REASON_IN_PROGRESS},
	{.from = REPORTS,
	 .to = SEARCH,
	 .to_name = S("Search"),
	 .to_version = 6,
	 .current = 4,
	 .state = WLS_EDGE_WAITING,
	 .reason = WLS_REASON_AHEAD},
	{.from = SEARCH,
	 .to = DATA,
	 .to_name = S("Data-Model"),
	 .to_version = 9,
	 .current = 9,
	 .state = WLS_EDGE_SATISFIED,
	 .claimed = true},
	{.from = UI,
	 .to = AUTH,
	 .to_name = S("Auth-Refactor"),
	 .to_version = 2,
	 .current = 5,
	 .behind_by = 3,
	 .state = WLS_EDGE_STALE},
};

static uint32_t mockup_waves[] = {AUTH, SEARCH, PAYMENT, REPORTS, UI};
static uint32_t mockup_starts[] = {0, 2, 5};
static uint32_t mockup_critical[] = {SEARCH, REPORTS};

const struct wls_graph *sample_mockup(void)
{
	static struct wls_graph graph = {
		.logs = mockup_logs,
		.log_count = WLS_ARRAY_SIZE(mockup_logs),
		.edges = mockup_edges,
		.edge_count = WLS_ARRAY_SIZE(mockup_edges),
		.waves = mockup_waves,
		.wave_start = mockup_starts,
		.wave_count = 2,
		.critical = mockup_critical,
		.critical_count = 2,
	};
	return &graph;
}

/* ---- large ones ---- */

static void fill_log(struct wls_graph *graph, uint32_t l, uint32_t per_wave)
{
	struct wls_log *log = &graph->logs[l];
	uint32_t waves = (graph->log_count + per_wave - 1) / per_wave;

	log->id = log->name = wls_slice_of(wls_arena_printf(&graph->arena, "Log-%06u", l));
	log->version = 1;
	log->status = WLS_STATUS_IN_PROGRESS;
	log->progress = (int)(l % 101);
	log->updated = WLS_SLICE("2025-11-10");
	log->wave = l / per_wave + 1;
	log->ready = log->wave == 1;
	log->unblocks = waves - log->wave;
	log->not_ready = log->ready ? 0 : WLS_NOT_READY_WAITS;
}

struct wls_graph *sample_waves(uint32_t logs, uint32_t per_wave)
{
	struct wls_graph *graph = wls_alloc(1, sizeof(*graph));
	uint32_t waves = (logs + per_wave - 1) / per_wave;

	*graph = (struct wls_graph){.log_count = logs, .wave_count = waves};
	graph->logs = WLS_ARENA_ARRAY(&graph->arena, struct wls_log, logs);
	graph->edges = WLS_ARENA_ARRAY(&graph->arena, struct wls_edge, logs);
	graph->waves = WLS_ARENA_ARRAY(&graph->arena, uint32_t, logs);
	graph->critical = WLS_ARENA_ARRAY(&graph->arena, uint32_t, waves);
	graph->critical_count = waves;
	graph->wave_start = WLS_ARENA_ARRAY(&graph->arena, uint32_t, (size_t)waves + 1);
	for (uint32_t l = 0; l < logs; l++) {
		fill_log(graph, l, per_wave);
		graph->waves[l] = l;
		if (l % per_wave == 0)
			graph->critical[l / per_wave] = l;
		if (l < per_wave)
			continue;
		graph->edges[graph->edge_count++] =
			(struct wls_edge){.from = l,
					  .to = l - per_wave,
					  .to_name = graph->logs[l - per_wave].id,
					  .to_version = 1,
					  .current = 1,
					  .state = WLS_EDGE_WAITING,
					  .reason = WLS_REASON_IN_PROGRESS};
	}
	for (uint32_t w = 0; w <= waves; w++)
		graph->wave_start[w] = w < waves ? w * per_wave : logs;
	return graph;
}

struct wls_graph *sample_chain(uint32_t logs)
{
	return sample_waves(logs, 1);
}

void sample_free(struct wls_graph *graph)
{
	struct wls_arena arena = graph->arena;

	free(graph);
	wls_arena_release(&arena);
}
