/* SPDX-License-Identifier: MIT */
/*
 * What holds for every document and every graph.
 */
#include "support/invariants.h"

#include "wlsync/pattern.h"

const char *doc_round_trips(struct wls_doc *doc)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;
	wls_doc_render(doc, &out);
	return wls_slice_eq(wls_buf_slice(&out), doc->source) ? NULL : "the rendering differs";
}

/* The children of one node, not theirs. */
static const char *children_tile(struct wls_doc *doc, struct wls_node *node)
{
	uint32_t at = node->body;
	struct wls_node *last = NULL;
	if (node->begin > node->body || node->body > node->end || node->end > doc->source.len)
		return "a node's places are out of order";
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->begin != at)
			return "children leave a gap or overlap";
		if (n->parent != node)
			return "a child has another parent";
		if (n->begin == n->end)
			return "a child is empty";
		at = n->end;
		last = n;
	}
	if (at != node->end && (last || node->body != node->end))
		return "children end before their node";
	return node->last_child == last ? NULL : "last_child is not the last child";
}

const char *doc_tiles(struct wls_doc *doc)
{
	uint32_t line = 1, counted = 0;
	if (doc->root->begin != 0 || doc->root->end != doc->source.len)
		return "the document does not cover its source";
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
		const char *fault = children_tile(doc, n);
		if (fault)
			return fault;
		for (; counted < n->begin; counted++) {
			char c = doc->source.ptr[counted];
			bool pair = c == '\r' && counted + 1 < doc->source.len &&
				    doc->source.ptr[counted + 1] == '\n';
			line += c == '\n' || (c == '\r' && !pair);
		}
		if (n->line != line)
			return "a node has the wrong line";
	}
	return NULL;
}

const char *doc_blocks_nest(const struct wls_doc *doc)
{
	const struct wls_block *b = doc->blocks;
	if (doc->block_count == 0 || b[0].next != doc->block_count)
		return "the root does not hold all blocks";
	for (uint32_t i = 0; i < doc->block_count; i++) {
		if (b[i].next <= i || b[i].begin > b[i].end || b[i].end > doc->source.len)
			return "a block's places are out of order";
		uint32_t before = b[i].begin;
		for (uint32_t k = i + 1; k < b[i].next; k = b[k].next) {
			if (b[k].next > b[i].next || b[k].next <= k)
				return "a block reaches out of its parent";
			if (b[k].begin < before || b[k].end > b[i].end)
				return "a block lies outside its parent or on its sibling";
			if (b[k].line < b[i].line)
				return "a block begins above its parent";
			before = b[k].end;
		}
	}
	return NULL;
}

static bool inside(const struct wls_doc *doc, struct wls_slice s)
{
	uintptr_t begin = (uintptr_t)doc->source.ptr, p = (uintptr_t)s.ptr;
	/* What is not of the source is of the arena, where the sanitizer watches. */
	return s.len == 0 || p < begin || p >= begin + doc->source.len ||
	       p + s.len <= begin + doc->source.len;
}

static uint64_t sum_bytes(struct wls_slice s)
{
	uint64_t sum = 0;
	for (size_t i = 0; i < s.len; i++)
		sum = sum * 31 + (unsigned char)s.ptr[i];
	return sum;
}

static const char *diagnostics_hold(const struct wls_doc *doc)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++) {
		const struct wls_diagnostic *d = &doc->diagnostics[i];
		if (!d->rule || !d->message)
			return "a diagnostic without rule or message";
		if (d->line > doc->line_count + 1 || (d->line > 0 && d->column == 0))
			return "a diagnostic is out of the file";
	}
	return NULL;
}

/* The pattern of a field or section, with every text of its elements read. */
static const char *pattern_holds(struct wls_doc *doc, struct wls_node *node)
{
	const struct wls_pattern *p = wls_pattern_read(doc, node);
	if (p && wls_pattern_name(p->kind)[0] == '\0')
		return "a pattern without a name";
	return NULL;
}

const char *doc_reads(struct wls_doc *doc)
{
	struct wls_facts facts;
	volatile uint64_t sink = 0;
	for (struct wls_node *n = doc->root; n; n = wls_node_walk(doc, doc->root, n)) {
		uint32_t line, column;
		if (!inside(doc, n->text) || !inside(doc, n->label))
			return "a text reaches out of the source";
		sink += sum_bytes(n->text) + sum_bytes(n->label);
		sink += sum_bytes(wls_text_flatten(doc, n->text));
		const char *fault = NULL;
		if (n->kind == WLS_NODE_FIELD || n->kind == WLS_NODE_SECTION)
			fault = pattern_holds(doc, n);
		if (fault)
			return fault;
		if (n->kind == WLS_NODE_ITEM || n->kind == WLS_NODE_ENTRY) {
			wls_doc_locate(doc, n->begin, &line, &column);
			if (line != n->line || column == 0)
				return "locating a node gives another line";
		}
	}
	wls_doc_facts(doc, &facts);
	if (facts.progress < -1 || facts.progress > 100 || facts.version > WLS_VERSION_MAX)
		return "a fact is out of its range";
	for (uint32_t i = 0; i < doc->entry_count; i++) {
		size_t count;
		const struct wls_blocker *b = wls_entry_blockers(doc, &doc->entries[i], &count);
		for (size_t k = 0; k < count; k++)
			sink += sum_bytes(b[k].text) + sum_bytes(b[k].owner) + sum_bytes(b[k].eta);
		if (doc->entries[i].version > WLS_VERSION_MAX)
			return "an entry's version is over the limit";
	}
	(void)sink;
	return diagnostics_hold(doc);
}

static const char *edge_holds(const struct wls_graph *graph, const struct wls_edge *e)
{
	bool dangling = e->state == WLS_EDGE_DANGLING;
	if (e->from >= graph->log_count || (e->to != WLS_LOG_NONE && e->to >= graph->log_count))
		return "an edge ends nowhere";
	if (dangling != (e->to == WLS_LOG_NONE))
		return "an edge without a log is not dangling";
	if (e->from == e->to && !graph->options.entries)
		return "a log depends on itself";
	if ((e->state == WLS_EDGE_SATISFIED || e->state == WLS_EDGE_STALE) &&
	    e->reason != WLS_REASON_NONE)
		return "an edge that does not wait has a reason";
	if (e->state == WLS_EDGE_WAITING && e->reason < WLS_REASON_AHEAD)
		return "an edge waits without a reason";
	if (e->state == WLS_EDGE_STALE && e->behind_by == 0)
		return "a stale edge is not behind";
	return NULL;
}

static const char *log_holds(const struct wls_graph *graph, uint32_t i)
{
	const struct wls_log *log = &graph->logs[i];
	if (i > 0 && wls_slice_cmp(graph->logs[i - 1].id, log->id) >= 0)
		return "logs are not sorted by id, or an id comes twice";
	if (log->ready && (log->wave != 1 || log->not_ready != 0 || log->in_cycle))
		return "a ready log is not of wave 1";
	if (log->first_edge + log->edge_count > graph->edge_count)
		return "a log's edges are out of range";
	for (uint32_t k = log->first_edge; log->ready && k < log->first_edge + log->edge_count; k++)
		if (graph->edges[k].state != WLS_EDGE_SATISFIED && !graph->edges[k].historical &&
		    graph->edges[k].kind != WLS_EDGE_MENTIONS)
			return "a ready log has an unsatisfied edge";
	return NULL;
}

const char *graph_holds(const struct wls_graph *graph)
{
	const char *fault = NULL;
	for (uint32_t i = 0; !fault && i < graph->log_count; i++)
		fault = log_holds(graph, i);
	for (uint32_t i = 0; !fault && i < graph->edge_count; i++)
		fault = edge_holds(graph, &graph->edges[i]);
	for (uint32_t w = 0; !fault && w < graph->wave_count; w++)
		for (uint32_t k = graph->wave_start[w]; k < graph->wave_start[w + 1]; k++)
			if (graph->logs[graph->waves[k]].wave != w + 1)
				fault = "a wave holds a log of another";
	for (size_t c = 0; !fault && c < graph->cycle_count; c++)
		if (graph->cycles[c].log_count < 2 || graph->cycles[c].edge_count < 2)
			fault = "a cycle of less than two logs";
	return fault;
}
