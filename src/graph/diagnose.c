/* SPDX-License-Identifier: MIT */
/*
 * What is wrong with names, references and cycles.
 *
 * Layer: graph. Includes: base, doc, refs.
 *
 * Rules: dangling-ref, ambiguous-ref, cycle (errors); ahead-ref, stale-ref, self-ahead,
 * claim-contradicted, version-mismatch, duplicate-name (warnings); and all that the documents
 * had to say. At the end they are sorted, and what was said twice (of one file in several
 * branches) is said once.
 */
#include "graph/graph_internal.h"

enum {
	HINTS_MAX = 64,      /* questions to wls_graph_nearest(), each O(logs) */
	CYCLE_NAMES_MAX = 8, /* logs of a cycle that its message names */
};

struct wls_diagnostic *wls_graph_diagnose(struct wls_graph *graph, const char *rule,
					  enum wls_severity severity, struct wls_slice file,
					  uint32_t line, uint32_t column)
{
	struct wls_graph_intake *in = graph->intake;
	struct wls_diagnostic *d;

	WLS_GROW(in->diagnostics, in->diagnostic_cap, in->diagnostic_count + 1);
	d = &in->diagnostics[in->diagnostic_count++];
	*d = (struct wls_diagnostic){
		.rule = rule,
		.severity = severity,
		.file = file.ptr, /* paths of the arena end with a NUL */
		.line = line,
		.column = column,
		.message = "",
	};
	return d;
}

/* ---- references ---- */

void wls_graph_diagnose_dangling(struct wls_graph *graph, struct wls_diagnostic *d,
				 const struct wls_ref *ref)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t nearest = WLS_LOG_NONE;

	d->message = wls_arena_printf(&graph->arena, "no WorkLog named \"%.*s\"",
				      WLS_SLICE_ARG(ref->written));
	if (in->hints++ < HINTS_MAX)
		nearest = wls_graph_nearest(graph, wls_name_fold_into(&in->scratch, ref->written));
	if (nearest != WLS_LOG_NONE)
		d->hint = wls_arena_printf(&graph->arena, "did you mean \"%.*s\"?",
					   WLS_SLICE_ARG(graph->logs[nearest].id));
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static const struct wls_log *candidate(const struct wls_graph *graph,
				       const struct wls_resolved *found, uint32_t i)
{
	return &graph->logs[graph->intake->instances[found->candidates[i]].log];
}

/* The ids of the candidates; kept by the name when they are all of its logs. */
static const char *const *candidate_ids(struct wls_graph *graph, const struct wls_ref *ref,
					const struct wls_resolved *found)
{
	struct wls_known_name *known = &graph->intake->known[ref->name];
	const char **ids;

	if (known->ids && found->candidate_count == known->count)
		return known->ids;
	ids = WLS_ARENA_ARRAY(&graph->arena, const char *, found->candidate_count);
	for (uint32_t i = 0; i < found->candidate_count; i++)
		ids[i] = candidate(graph, found, i)->id.ptr;
	qsort(ids, found->candidate_count, sizeof(ids[0]), by_text);
	if (found->candidate_count == known->count)
		known->ids = ids;
	return ids;
}

void wls_graph_diagnose_ambiguous(struct wls_graph *graph, struct wls_diagnostic *d,
				  const struct wls_ref *ref, const struct wls_resolved *found,
				  struct wls_slice folder)
{
	struct wls_buf *path = &graph->intake->scratch;
	const struct wls_log *first = candidate(graph, found, 0);

	d->candidates = candidate_ids(graph, ref, found);
	d->candidate_count = found->candidate_count;
	d->message = wls_arena_printf(&graph->arena, "\"%.*s\" is the name of %u WorkLogs",
				      WLS_SLICE_ARG(ref->written), found->candidate_count);
	wls_buf_clear(path);
	wls_path_relative(path, folder, first->file);
	d->hint = wls_arena_printf(&graph->arena, "name the file: [%.*s](%s)",
				   WLS_SLICE_ARG(first->name), wls_buf_str(path));
}

/* ---- edges ---- */

static struct wls_diagnostic *diagnose_edge(struct wls_graph *graph, const struct wls_edge *edge,
					    const char *rule)
{
	return wls_graph_diagnose(graph, rule, WLS_WARNING, edge->file, edge->line, edge->column);
}

static void report_ahead(struct wls_graph *graph, const struct wls_edge *edge)
{
	struct wls_diagnostic *d = diagnose_edge(graph, edge, "ahead-ref");

	if (edge->current > 0)
		d->message = wls_arena_printf(&graph->arena, "\"%.*s\" is at v%u, not yet at v%u",
					      WLS_SLICE_ARG(edge->to_name), edge->current,
					      edge->to_version);
	else
		d->message = wls_arena_printf(&graph->arena, "\"%.*s\" has no version, so no v%u",
					      WLS_SLICE_ARG(edge->to_name), edge->to_version);
}

static void report_stale(struct wls_graph *graph, const struct wls_edge *edge)
{
	struct wls_diagnostic *d = diagnose_edge(graph, edge, "stale-ref");

	d->message =
		wls_arena_printf(&graph->arena, "\"%.*s\" has gone on to v%u since v%u",
				 WLS_SLICE_ARG(edge->to_name), edge->current, edge->to_version);
	d->hint = wls_arena_printf(&graph->arena, "read what changed, then name v%u here",
				   edge->current);
}

static void report_contradicted(struct wls_graph *graph, const struct wls_edge *edge)
{
	struct wls_diagnostic *d = diagnose_edge(graph, edge, "claim-contradicted");

	if (edge->reason == WLS_REASON_AHEAD)
		d->message = wls_arena_printf(&graph->arena,
					      "marked as done, but \"%.*s\" is only at v%u",
					      WLS_SLICE_ARG(edge->to_name), edge->current);
	else
		d->message =
			wls_arena_printf(&graph->arena, "marked as done, but \"%.*s\" is blocked",
					 WLS_SLICE_ARG(edge->to_name));
	d->hint = "take the mark away, or bring the other log up to date";
}

void wls_graph_diagnose_edges(struct wls_graph *graph)
{
	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];

		if (!wls_edge_current(edge))
			continue;
		/* Nothing waits any more in a log that is completed. */
		if (edge->state == WLS_EDGE_STALE &&
		    graph->logs[edge->from].status != WLS_STATUS_COMPLETED)
			report_stale(graph, edge);
		if (edge->reason == WLS_REASON_AHEAD)
			report_ahead(graph, edge);
		if (edge->contradicted)
			report_contradicted(graph, edge);
	}
}

/* ---- cycles ---- */

static void diagnose_cycles(struct wls_graph *graph)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;

	for (size_t i = 0; i < graph->cycle_count; i++) {
		const struct wls_cycle *cycle = &graph->cycles[i];
		const struct wls_edge *first = &graph->edges[cycle->edges[0]];
		struct wls_diagnostic *d = wls_graph_diagnose(
			graph, "cycle", WLS_ERROR, first->file, first->line, first->column);

		wls_buf_clear(&text);
		wls_buf_printf(&text, "%zu logs wait for each other: ", cycle->log_count);
		for (size_t k = 0; k < cycle->edge_count && k < CYCLE_NAMES_MAX; k++) {
			wls_buf_add_slice(&text,
					  graph->logs[graph->edges[cycle->edges[k]].from].id);
			wls_buf_add_str(&text, " > ");
		}
		if (cycle->edge_count > CYCLE_NAMES_MAX)
			wls_buf_printf(&text, "... (%zu more) > ",
				       cycle->edge_count - CYCLE_NAMES_MAX);
		wls_buf_add_slice(&text, graph->logs[first->from].id);
		d->message = wls_graph_text(graph, wls_buf_slice(&text));
		d->hint = "take one of these dependencies away, or complete one of the logs";
	}
}

/* ---- files ---- */

static void check_stem(struct wls_graph *graph, const struct wls_graph_file *file)
{
	struct wls_diagnostic *d;

	if (file->stem_version == 0 || file->stem_version == file->version)
		return;
	d = wls_graph_diagnose(graph, "version-mismatch", WLS_WARNING, file->path, 0, 0);
	d->message = wls_arena_printf(&graph->arena, "the file's name says v%u, the log is at v%u",
				      file->stem_version, file->version);
	d->hint = "rename the file, or leave the version out of its name";
}

/* Two files of one log that both would be current, and neither is the living one. */
static void check_twins(struct wls_graph *graph, const struct wls_instance *instance)
{
	for (uint32_t i = 1; i < instance->file_count; i++) {
		const struct wls_graph_file *a = instance->files[i - 1], *b = instance->files[i];
		struct wls_diagnostic *d;

		if (a->version != b->version || (a->stem_version == 0) != (b->stem_version == 0))
			continue;
		d = wls_graph_diagnose(graph, "duplicate-name", WLS_WARNING, b->path, 0, 0);
		d->message = wls_arena_printf(&graph->arena, "\"%.*s\" v%u is %.*s, too",
					      WLS_SLICE_ARG(b->name), b->version,
					      WLS_SLICE_ARG(a->path));
		d->hint = "rename one of them, or give it a name of its own in the frontmatter";
	}
}

void wls_graph_diagnose_files(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;

	for (size_t i = 0; i < in->file_count; i++)
		check_stem(graph, in->files[i]);
	for (uint32_t i = 0; i < in->instance_count; i++)
		check_twins(graph, &in->instances[i]);
}

/* ---- all ---- */

static int compare_number(uint32_t a, uint32_t b)
{
	return a < b ? -1 : a > b;
}

static int by_place(const void *left, const void *right)
{
	const struct wls_diagnostic *a = left, *b = right;
	int order = strcmp(a->file, b->file);

	if (order == 0)
		order = compare_number(a->line, b->line);
	if (order == 0)
		order = compare_number(a->column, b->column);
	if (order == 0)
		order = strcmp(a->rule, b->rule);
	return order != 0 ? order : strcmp(a->message, b->message);
}

void wls_graph_finish_diagnostics(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	size_t n = 0;

	diagnose_cycles(graph);
	if (in->diagnostic_count > 1)
		qsort(in->diagnostics, in->diagnostic_count, sizeof(in->diagnostics[0]), by_place);
	for (size_t i = 0; i < in->diagnostic_count; i++)
		if (n == 0 || by_place(&in->diagnostics[n - 1], &in->diagnostics[i]) != 0)
			in->diagnostics[n++] = in->diagnostics[i];
	graph->diagnostics = in->diagnostics;
	graph->diagnostic_count = n;
}
