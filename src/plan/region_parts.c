/* SPDX-License-Identifier: MIT */
/*
 * The parts of a region that its log does not say alone: dependencies with their issues, and the
 * line that tells where the file is.
 *
 * Layer: plan. Includes: base, buf, graph, plan.
 */
#include "plan/content.h"

/* Names of a cycle that are written out. */
enum { CYCLE_NAMES_MAX = 12 };

/* ---- one dependency ---- */

/* What a word of wls_edge_word() leaves open, in parentheses. */
static void add_reason(struct wls_buf *out, const struct wls_edge *edge)
{
	switch (edge->reason) {
	case WLS_REASON_AMBIGUOUS:
		wls_buf_add_str(out, " (several logs have this name)");
		return;
	case WLS_REASON_BLOCKED:
		wls_buf_add_str(out, " (it is blocked)");
		return;
	case WLS_REASON_IN_REVIEW:
		wls_buf_add_str(out, " (in review)");
		return;
	case WLS_REASON_IN_PROGRESS:
		wls_buf_add_str(out, " (in progress)");
		return;
	case WLS_REASON_AHEAD:
	case WLS_REASON_NONE:
		break;
	}
	if (edge->state == WLS_EDGE_DANGLING)
		wls_buf_add_str(out, " (no log has this name)");
	else if (edge->to_version > 0 && edge->current > 0 && edge->current != edge->to_version)
		wls_buf_printf(out, " (now v%u)", edge->current);
}

/* "- #12 · **ok** · Auth-Refactor v5", and what of it is needed. */
static void write_edge(struct wls_chunks *chunks, const struct wls_edge *edge, int64_t number)
{
	if (!wls_chunks_item(chunks, 0))
		return;
	if (number > 0)
		wls_buf_printf(&chunks->text, "#%lld · ", (long long)number);
	wls_buf_printf(&chunks->text, "**%s**", wls_edge_word(edge));
	add_reason(&chunks->text, edge);
	if (edge->in_cycle)
		wls_buf_add_str(&chunks->text, ", in a cycle");
	if (edge->contradicted)
		wls_buf_add_str(&chunks->text, ", though this log says it is done");
	wls_buf_add_str(&chunks->text, " · ");
	wls_content_text(chunks, edge->to_name);
	if (edge->to_version > 0)
		wls_buf_printf(&chunks->text, " v%u", edge->to_version);
	wls_chunks_end(chunks);
	if (edge->need.len == 0 || !wls_chunks_item(chunks, 1))
		return;
	wls_buf_add_str(&chunks->text, "Need: ");
	wls_chunks_end_if(chunks, wls_content_text(chunks, edge->need));
}

/* ---- cycles ---- */

static bool is_member(const struct wls_cycle *cycle, uint32_t log)
{
	for (size_t i = 0; i < cycle->log_count; i++)
		if (cycle->logs[i] == log)
			return true;
	return false;
}

/* "These wait for each other: A → B → A". */
static void write_cycle(const struct wls_graph *graph, const struct wls_cycle *cycle,
			struct wls_chunks *chunks)
{
	if (!wls_chunks_paragraph(chunks))
		return;
	wls_buf_add_str(&chunks->text, "These wait for each other: ");
	for (size_t i = 0; i < cycle->edge_count && i < CYCLE_NAMES_MAX; i++) {
		const struct wls_edge *edge = &graph->edges[cycle->edges[i]];

		wls_content_text(chunks, graph->logs[edge->from].id);
		wls_buf_add_str(&chunks->text, " → ");
	}
	if (cycle->edge_count > CYCLE_NAMES_MAX)
		wls_buf_add_str(&chunks->text, "… → ");
	wls_content_text(chunks, graph->logs[graph->edges[cycle->edges[0]].from].id);
	wls_chunks_end(chunks);
}

/* ---- all ---- */

void wls_region_dependencies(const struct wls_wanted_list *list, const struct wls_wanted *wanted,
			     const struct wls_numbers *numbers, struct wls_chunks *out)
{
	const struct wls_graph *graph = list->graph;
	const struct wls_log *log = &graph->logs[wanted->log];

	for (uint32_t i = 0; i < log->edge_count && !out->full; i++) {
		const struct wls_edge *edge = &graph->edges[log->first_edge + i];
		bool known = edge->to != WLS_LOG_NONE && numbers && numbers->of_log;

		if (wls_edge_holds(edge))
			write_edge(out, edge, known ? numbers->of_log[edge->to] : 0);
	}
	for (size_t i = 0; log->in_cycle && i < graph->cycle_count; i++)
		if (is_member(&graph->cycles[i], wanted->log))
			write_cycle(graph, &graph->cycles[i], out);
}

void wls_region_footer(const struct wls_plan_options *options, struct wls_slice file, bool cut,
		       struct wls_buf *out)
{
	wls_buf_add_str(out, cut ? "Shortened: all of it is in " : "Kept by wlsync from ");
	wls_content_file(options, file, out);
	wls_buf_add_str(out, cut ? ".\n\n" : "; write above or below this part.\n\n");
}
