/* SPDX-License-Identifier: MIT */
/*
 * Items become edges.
 *
 * Layer: graph. Includes: base, refs.
 *
 * The items of a log's files are read in file order. What an item means depends on those
 * above it: under an item that made edges, sub-items are details; under one that ended in
 * a verb ("Needs:") they are what it needs; `Need:` and `Status:` belong to the edges of the
 * item before. So a small state goes along, one slot a level. Every reference is resolved
 * once for each branch that the log was read from; finish_edges() makes one of equal edges.
 */
#include "graph/graph_internal.h"

#include "base/utf8.h"

/* What sub-items inherit from an item. */
struct level {
	bool covered; /* it, or one above it, made edges: sub-items are details */
	bool struck;
	bool verb;            /* it ended in a verb */
	bool negated, needed; /* that verb */
};

/* More edges of one item than this get no notes of short names: each costs a look at its text. */
enum { NOTED_EDGES_MAX = 64 };

struct place {
	uint32_t line, column;
};

struct builder {
	struct wls_graph *graph;
	struct wls_graph_intake *in;
	struct wls_ref_list list;
	struct wls_clauses clauses;
	const struct wls_instance *instance;
	const struct wls_graph_file *file;
	const struct wls_graph_file *own, *entry; /* whose own section, whose newest field holds */
	const struct wls_item *item;
	bool historical;
	uint32_t field;
	struct level levels[UINT8_MAX + 1];
	struct place *places; /* of the item's references, when `located` */
	size_t place_cap;
	bool located;
	struct wls_slice line; /* item_line() */
	/*
	 * The item that attributes belong to, and its edges [first_edge, in->edge_count). What they
	 * say is put on the edges by settle_item(), once, however many they are.
	 */
	size_t first_edge;
	bool done, open; /* markers on it and its Status */
	struct wls_slice need, status;
};

/* ---- places ---- */

/* Line and column of every reference of the item, in one walk: they are sorted by place. */
static void locate_refs(struct builder *b)
{
	const struct wls_item *item = b->item;
	struct wls_slice text = item->text;
	struct place here = {item->line, item->column};
	size_t i = 0;

	WLS_GROW(b->places, b->place_cap, b->list.count);
	for (size_t r = 0; r < b->list.count; r++) {
		while (i < b->list.refs[r].begin) {
			char c = text.ptr[i];

			if (c == '\n' || (c == '\r' && text.ptr[i + 1] != '\n'))
				here = (struct place){here.line + 1, 0};
			i += wls_utf8_decode(wls_slice_from(text, i), NULL, NULL);
			here.column++;
		}
		b->places[r] = here;
	}
	b->located = true;
}

static struct place place_of(struct builder *b, const struct wls_ref *ref)
{
	if (!b->located)
		locate_refs(b);
	return b->places[ref - b->list.refs];
}

/* The item as one line, made once for all its edges. */
static struct wls_slice item_line(struct builder *b)
{
	if (!b->line.ptr)
		b->line = wls_graph_one_line(b->graph, b->item->text);
	return b->line;
}

static struct wls_diagnostic *diagnose_ref(struct builder *b, const char *rule,
					   enum wls_severity severity, const struct wls_ref *ref)
{
	struct place place = place_of(b, ref);

	return wls_graph_diagnose(b->graph, rule, severity, b->file->path, place.line,
				  place.column);
}

/* ---- one edge ---- */

static struct wls_resolved resolve(struct builder *b, const struct wls_ref *ref)
{
	return wls_ref_resolve(b->graph, ref, b->file->folder, b->instance->branch);
}

static struct wls_edge *new_edge(struct builder *b, uint32_t from, enum wls_edge_kind kind,
				 const struct wls_ref *ref)
{
	struct place place = {b->item->line, b->item->column};
	struct wls_graph_intake *in = b->in;
	struct wls_edge *edge;

	if (ref)
		place = place_of(b, ref);
	WLS_GROW(in->edges, in->edge_cap, in->edge_count + 1);
	edge = &in->edges[in->edge_count++];
	*edge = (struct wls_edge){
		.from = from,
		.to = WLS_LOG_NONE,
		.kind = kind,
		.historical = b->historical,
		.file = b->file->path,
		.line = place.line,
		.column = place.column,
		.entry = b->item->entry,
		.text = item_line(b),
	};
	return edge;
}

static void report_missing(struct builder *b, const struct wls_ref *ref,
			   const struct wls_resolved *found)
{
	if (b->historical || !(found->ambiguous || ref->stem))
		return;
	if (found->ambiguous)
		wls_graph_diagnose_ambiguous(b->graph,
					     diagnose_ref(b, "ambiguous-ref", WLS_ERROR, ref), ref,
					     found, b->file->folder);
	else
		wls_graph_diagnose_dangling(b->graph,
					    diagnose_ref(b, "dangling-ref", WLS_ERROR, ref), ref);
}

static void report_self_ahead(struct builder *b, const struct wls_ref *ref, uint32_t log)
{
	const struct wls_log *self = &b->graph->logs[log];
	struct wls_diagnostic *d;

	if (b->historical || ref->version <= self->version)
		return;
	d = diagnose_ref(b, "self-ahead", WLS_WARNING, ref);
	d->message = wls_arena_printf(&b->graph->arena,
				      "\"%.*s\" names its own future: v%u, but it is at v%u",
				      WLS_SLICE_ARG(self->name), ref->version, self->version);
	d->hint = "name an entry that exists, or the log that is meant";
}

/* One end of a clause: the log, and the reference that names it (NULL for the log itself). */
static struct wls_resolved clause_end(struct builder *b, const struct wls_clause_edge *clause,
				      uint32_t end, const struct wls_ref **ref)
{
	struct wls_resolved self = {.log = b->instance->log};

	if (end == WLS_CLAUSE_SELF) {
		*ref = NULL;
		return self;
	}
	if (end == WLS_CLAUSE_NAME) {
		struct wls_resolved named = resolve(b, &clause->subject);

		*ref = NULL;
		return named.log == WLS_LOG_NONE ? self : named;
	}
	*ref = &b->list.refs[end];
	return resolve(b, *ref);
}

static void make_edge(struct builder *b, const struct wls_clause_edge *clause)
{
	const struct wls_ref *from_ref, *to_ref;
	struct wls_resolved from = clause_end(b, clause, clause->from, &from_ref);
	struct wls_resolved to = clause_end(b, clause, clause->to, &to_ref);
	struct wls_edge *edge;

	if (from.log == WLS_LOG_NONE && from_ref)
		report_missing(b, from_ref, &from);
	if (to.log == WLS_LOG_NONE && to_ref)
		report_missing(b, to_ref, &to);
	if (from.log == WLS_LOG_NONE || (to.log == WLS_LOG_NONE && !to_ref))
		return;
	if (from.log == to.log) {
		if (to_ref)
			report_self_ahead(b, to_ref, to.log);
		return;
	}
	edge = new_edge(b, from.log,
			b->item->role == WLS_ROLE_DEPENDENCY ? WLS_EDGE_DEPENDS_ON
							     : WLS_EDGE_BLOCKED_BY,
			to_ref ? to_ref : from_ref);
	edge->to = to.log;
	edge->to_version = to_ref ? to_ref->version : 0;
	edge->to_name = to.log != WLS_LOG_NONE ? b->graph->logs[to.log].id
					       : wls_graph_one_line(b->graph, to_ref->written);
	if (to.ambiguous)
		edge->reason = WLS_REASON_AMBIGUOUS;
}

/* ---- items ---- */

/* Puts what the item and its attributes say on its edges. */
static void settle_item(struct builder *b)
{
	for (size_t i = b->first_edge; i < b->in->edge_count; i++) {
		struct wls_edge *edge = &b->in->edges[i];

		edge->claimed = b->done && !b->open;
		edge->need = b->need;
		if (b->status.len > 0)
			edge->note = b->status;
	}
	b->first_edge = b->in->edge_count;
	b->done = b->open = false;
	b->need = b->status = (struct wls_slice){0};
}

static void read_attribute(struct builder *b)
{
	const struct wls_item *item = b->item;

	if (item->attribute == WLS_ATTRIBUTE_NEED && b->need.len == 0)
		b->need = item_line(b);
	if (item->attribute != WLS_ATTRIBUTE_STATUS)
		return;
	b->status = item_line(b);
	switch (wls_work_status_parse(item->text)) {
	case WLS_STATUS_COMPLETED:
		b->done = true;
		break;
	case WLS_STATUS_IN_PROGRESS:
	case WLS_STATUS_BLOCKED:
	case WLS_STATUS_NEEDS_REVIEW:
		b->open = true;
		break;
	case WLS_STATUS_NONE:
	case WLS_STATUS_UNKNOWN:
		b->done |= (item->flags & WLS_ITEM_DONE) != 0;
		break;
	}
	b->open |= (item->flags & WLS_ITEM_OPEN) != 0;
}

/* A detail of the item before: perhaps a note with its short name (R7). */
static void read_detail(struct builder *b, const struct wls_item *item)
{
	if (b->in->edge_count - b->first_edge > NOTED_EDGES_MAX)
		return;
	for (size_t i = b->first_edge; i < b->in->edge_count; i++) {
		struct wls_edge *edge = &b->in->edges[i];

		if (edge->note.len == 0 && edge->to != WLS_LOG_NONE &&
		    wls_refs_short(item->text, b->graph->logs[edge->to].folded))
			edge->note = item_line(b);
	}
}

/* Turns the clauses of names nested under "No longer needed by:" as that verb says. */
static void inherit_verb(struct builder *b, const struct level *above)
{
	struct wls_clauses *clauses = &b->clauses;

	if (!above->verb || b->list.verb_count > 0)
		return;
	if (above->negated)
		clauses->count = 0;
	for (size_t i = 0; i < clauses->count && above->needed; i++) {
		clauses->edges[i].from = clauses->edges[i].to;
		clauses->edges[i].to = WLS_CLAUSE_SELF;
	}
}

static void read_item(struct builder *b, const struct level *above, struct level *here)
{
	const struct wls_item *item = b->item;
	bool after_verb = above->verb || (item->flags & WLS_ITEM_AFTER_VERB);

	settle_item(b);
	b->done = (item->flags & WLS_ITEM_DONE) != 0;
	b->open = (item->flags & WLS_ITEM_OPEN) != 0;
	here->struck = above->struck || (item->flags & WLS_ITEM_STRUCK);
	if (here->struck || (item->flags & WLS_ITEM_QUESTION))
		return;
	wls_refs_scan(&b->in->world, b->file->folder, item->text, &b->list);
	wls_refs_scan_item(&b->in->world, item->text, after_verb, &b->list);
	wls_clauses_read(&b->in->world, item->text, &b->list, &b->clauses);
	inherit_verb(b, above);
	for (size_t i = 0; i < b->clauses.count; i++)
		make_edge(b, &b->clauses.edges[i]);
	read_detail(b, item);
	here->covered = b->in->edge_count > b->first_edge;
	here->verb = b->clauses.ends_in_verb;
	here->negated = b->clauses.negated;
	here->needed = b->clauses.needed;
}

static void read_mention(struct builder *b)
{
	wls_refs_scan(&b->in->world, b->file->folder, b->item->text, &b->list);
	for (size_t i = 0; i < b->list.count; i++) {
		const struct wls_ref *ref = &b->list.refs[i];
		struct wls_resolved to = resolve(b, ref);
		struct wls_edge *edge;

		if (to.log == WLS_LOG_NONE || to.log == b->instance->log)
			continue;
		edge = new_edge(b, b->instance->log, WLS_EDGE_MENTIONS, ref);
		edge->to = to.log;
		edge->to_version = ref->version;
		edge->to_name = b->graph->logs[to.log].id;
	}
}

static void take_item(struct builder *b, const struct wls_item *item)
{
	static const struct level none;
	const struct level *above;

	b->item = item;
	b->located = false;
	b->line = (struct wls_slice){0};
	if (item->role == WLS_ROLE_MENTION) {
		b->historical = false;
		settle_item(b);
		read_mention(b);
		b->first_edge = b->in->edge_count;
		return;
	}
	if (item->field != b->field) {
		b->field = item->field;
		settle_item(b);
		for (unsigned level = 0; level <= item->level; level++)
			b->levels[level] = none;
	}
	if (item->attribute != WLS_ATTRIBUTE_NONE) {
		read_attribute(b);
		return;
	}
	above = item->level > 0 ? &b->levels[item->level - 1] : &none;
	b->levels[item->level] = none;
	if (above->covered) {
		b->levels[item->level].covered = true;
		read_detail(b, item);
	} else {
		read_item(b, above, &b->levels[item->level]);
	}
}

/* ---- what holds ---- */

static bool has_entry(const struct wls_graph_file *file, uint32_t version)
{
	size_t low = 0, high = file->run_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (file->runs[middle].last < version)
			low = middle + 1;
		else
			high = middle;
	}
	return low < file->run_count && file->runs[low].first <= version;
}

/* Whether an item holds now: "Current and historical" of graph.md. */
static bool holds(const struct builder *b, const struct wls_item *item)
{
	const struct wls_graph_file *newest = b->instance->files[0];

	if (item->flags & WLS_ITEM_OLDER)
		return false;
	if (item->role != WLS_ROLE_DEPENDENCY)
		return b->file == newest;
	if (item->flags & WLS_ITEM_OWN)
		return b->file == b->own;
	return b->file == b->entry && (!b->own || item->entry == newest->newest);
}

/* Whether an item of an older file is told by a newer one, too. */
static bool repeated(const struct builder *b, uint32_t file, const struct wls_item *item)
{
	if (item->flags & WLS_ITEM_OWN)
		return file >= b->instance->part_count;
	for (uint32_t i = 0; i < file; i++)
		if (has_entry(b->instance->files[i], item->entry))
			return true;
	return false;
}

static void choose_holders(struct builder *b)
{
	b->own = b->entry = NULL;
	for (uint32_t i = 0; i < b->instance->part_count; i++) {
		const struct wls_graph_file *file = b->instance->files[i];

		if (file->deps_own && !b->own)
			b->own = file;
		if (file->deps_any && (!b->entry || file->deps_entry > b->entry->deps_entry))
			b->entry = file;
	}
}

static void read_instance(struct builder *b, const struct wls_instance *instance)
{
	bool all = b->graph->options.history || b->graph->options.entries;
	uint32_t files = all ? instance->file_count : instance->part_count;

	b->instance = instance;
	choose_holders(b);
	for (uint32_t i = 0; i < files; i++) {
		b->file = instance->files[i];
		b->field = UINT32_MAX;
		for (const struct wls_item *item = b->file->items; item; item = item->next) {
			b->historical = !holds(b, item);
			if (b->historical && item->role != WLS_ROLE_MENTION &&
			    (!all || repeated(b, i, item)))
				continue;
			take_item(b, item);
		}
		settle_item(b);
	}
}

void wls_graph_make_edges(struct wls_graph *graph)
{
	struct builder *b = wls_alloc(1, sizeof(*b));

	*b = (struct builder){.graph = graph, .in = graph->intake};
	wls_ref_list_init(&b->list, &graph->arena);
	for (uint32_t i = 0; i < graph->intake->instance_count; i++)
		read_instance(b, &graph->intake->instances[i]);
	wls_ref_list_release(&b->list);
	wls_clauses_release(&b->clauses);
	free(b->places);
	free(b);
}
