/* SPDX-License-Identifier: MIT */
/*
 * What the graph takes out of a document.
 *
 * Layer: graph. Includes: base, doc.
 *
 * A document may be freed as soon as it was added, so everything that is kept is copied
 * into the graph's arena: facts, open items, and the texts that may hold references. Of a
 * log's entries only those are looked at that are needed (newest first, until a field is
 * found), because a document reads its entries when they are first asked for.
 */
#include "base/map.h"
#include "graph/graph_internal.h"

uint32_t wls_intake_offset(const struct wls_doc *doc, struct wls_slice text, uint32_t otherwise)
{
	uintptr_t begin = (uintptr_t)doc->source.ptr, at = (uintptr_t)text.ptr;

	if (!text.ptr || at < begin || at > begin + doc->source.len)
		return otherwise;
	return (uint32_t)(at - begin);
}

/* ---- what is a log ---- */

/* A heading `## vN |`. */
static bool has_bar(const struct wls_doc *doc, const struct wls_entry *entry)
{
	struct wls_slice own = wls_node_own(doc, entry->node);
	uint32_t version;
	size_t at = 0, n;

	while (at < own.len && (own.ptr[at] == '#' || wls_is_blank(own.ptr[at])))
		at++;
	n = wls_version_at(own, at, &version);
	for (at += n; n > 0 && at < own.len && wls_is_blank(own.ptr[at]); at++)
		;
	return n > 0 && at < own.len && own.ptr[at] == '|';
}

static bool looks_like_log(const struct wls_doc *doc)
{
	if (doc->frontmatter.present && doc->frontmatter.version > 0 &&
	    doc->frontmatter.status.len > 0)
		return true;
	for (uint32_t i = 0; i < doc->entry_count; i++)
		if (has_bar(doc, &doc->entries[i]))
			return true;
	return false;
}

static void skip_file(struct wls_graph *graph, struct wls_slice path)
{
	struct wls_graph_intake *in = graph->intake;

	WLS_GROW(in->skipped, in->skipped_cap, in->skipped_count + 1);
	in->skipped[in->skipped_count++] = wls_arena_copy(&graph->arena, path);
}

/* ---- names ---- */

static void choose_name(struct wls_graph *graph, struct wls_graph_file *file,
			const struct wls_doc *doc, struct wls_slice title)
{
	struct wls_slice stem = wls_stem(wls_path_base(file->path)), written = stem;
	struct wls_slice folder = wls_path_base(file->folder);

	wls_name_from_stem(stem, &file->stem_name, &file->stem_version);
	if (doc->frontmatter.present && doc->frontmatter.name.len > 0) {
		file->source = WLS_NAMED_BY_FRONTMATTER;
		written = wls_arena_copy(&graph->arena, doc->frontmatter.name);
	} else if (file->stem_name.len > 0) {
		file->source = WLS_NAMED_BY_STEM;
		written = file->stem_name;
	} else if (title.len > 0) {
		file->source = WLS_NAMED_BY_TITLE;
		written = title;
	} else if (folder.len > 0) {
		file->source = WLS_NAMED_BY_FOLDER;
		written = folder;
	} else {
		file->source = WLS_NAMED_BY_FILE;
	}
	file->name = wls_graph_one_line(graph, written);
	file->folded = wls_name_fold(&graph->arena, file->name);
	file->stem_folded = wls_name_fold(&graph->arena, file->stem_name);
	file->family = wls_slice(NULL, 0);
	if (file->source >= WLS_NAMED_BY_FOLDER)
		file->family = wls_name_fold(&graph->arena, stem);
}

static void take_aliases(struct wls_graph *graph, struct wls_graph_file *file,
			 const struct wls_doc *doc)
{
	size_t n = doc->frontmatter.present ? doc->frontmatter.alias_count : 0;
	struct wls_slice *aliases = WLS_ARENA_ARRAY(&graph->arena, struct wls_slice, n);

	for (size_t i = 0; i < n; i++)
		aliases[i] = wls_name_fold(&graph->arena, doc->frontmatter.aliases[i]);
	file->aliases = aliases;
	file->alias_count = n;
}

/* ---- facts ---- */

static void take_facts(struct wls_graph *graph, struct wls_graph_file *file,
		       const struct wls_doc *doc, const struct wls_facts *facts)
{
	struct wls_arena *arena = &graph->arena;

	file->title = wls_arena_copy(arena, facts->title);
	choose_name(graph, file, doc, file->title);
	take_aliases(graph, file, doc);
	file->version = facts->version > 0 ? facts->version : file->stem_version;
	file->newest = facts->newest ? facts->newest->version : 0;
	file->status = facts->status;
	file->status_text = wls_arena_copy(arena, facts->status_text);
	file->updated = wls_arena_copy(arena, facts->updated);
	file->updated_time = wls_arena_copy(arena, facts->updated_time);
	file->progress = facts->progress;
	file->title_blocked = facts->title_blocked;
	file->lossy = !doc->valid_utf8;
}

/* Entries by falling version; of duplicates the newest first. */
static void collect_entries(struct wls_intake_context *c)
{
	const struct wls_doc *doc = c->doc;
	size_t n = doc->version_count;

	c->entries = wls_alloc(n > 0 ? n : 1, sizeof(struct wls_entry *));
	c->entry_count = n;
	for (size_t i = 0; i < n; i++)
		c->entries[i] = &doc->entries[doc->by_version[n - 1 - i]];
}

static void take_runs(struct wls_intake_context *c)
{
	struct wls_version_run *runs;
	size_t n = 0;

	for (size_t i = 0; i < c->entry_count; i++)
		n += i == 0 || c->entries[i]->version + 1 < c->entries[i - 1]->version;
	runs = WLS_ARENA_ARRAY(&c->graph->arena, struct wls_version_run, n);
	c->file->runs = runs;
	c->file->run_count = n;
	n = 0;
	for (size_t i = c->entry_count; i-- > 0;) {
		uint32_t version = c->entries[i]->version;

		if (n > 0 && version <= runs[n - 1].last + 1)
			runs[n - 1].last = version;
		else
			runs[n++] = (struct wls_version_run){version, version};
	}
}

/* "Continuation of", before the first entry or in the oldest. */
static bool says_continues(const struct wls_intake_context *c)
{
	const struct wls_slice words = WLS_SLICE("ontinuation of");
	const struct wls_doc *doc = c->doc;
	size_t head = doc->source.len;

	if (c->entry_count == 0)
		return false;
	for (uint32_t i = 0; i < doc->entry_count; i++)
		if (doc->entries[i].node->begin < head)
			head = doc->entries[i].node->begin;
	if (wls_slice_find(wls_slice(doc->source.ptr, head), words) != SIZE_MAX)
		return true;
	return wls_slice_find(wls_node_bytes(doc, c->entries[c->entry_count - 1]->node), words) !=
	       SIZE_MAX;
}

static void take_entry_facts(struct wls_intake_context *c)
{
	struct wls_arena *arena = &c->graph->arena;
	struct wls_entry_fact *facts =
		WLS_ARENA_ARRAY(arena, struct wls_entry_fact, c->entry_count);

	for (size_t i = 0; i < c->entry_count; i++) {
		const struct wls_entry *entry = c->entries[c->entry_count - 1 - i];
		struct wls_node *status = wls_entry_find(c->doc, entry, WLS_KEY_STATUS);
		struct wls_node *progress = wls_entry_find(c->doc, entry, WLS_KEY_PROGRESS);
		struct wls_entry_fact *fact = &facts[i];

		fact->version = entry->version;
		fact->line = entry->node->line;
		fact->title = wls_arena_copy(arena, entry->title);
		fact->date = wls_arena_copy(arena, entry->date);
		fact->time = wls_arena_copy(arena, entry->time);
		fact->status = status ? wls_work_status_parse(status->text) : WLS_STATUS_NONE;
		if (!status && (entry->node->flags & WLS_NODE_BLOCKED))
			fact->status = WLS_STATUS_BLOCKED;
		if (!status && (entry->node->flags & WLS_NODE_REVIEW))
			fact->status = WLS_STATUS_NEEDS_REVIEW;
		if (fact->status == WLS_STATUS_UNKNOWN)
			fact->status_text =
				wls_arena_copy(arena, wls_text_flatten(c->doc, status->text));
		fact->progress = progress ? wls_progress_parse(progress->text, NULL) : -1;
	}
	c->file->entries = facts;
	c->file->entry_count = c->entry_count;
}

static void take_diagnostics(struct wls_graph *graph, const struct wls_graph_file *file,
			     const struct wls_doc *doc)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++) {
		const struct wls_diagnostic *from = &doc->diagnostics[i];
		struct wls_diagnostic *to = wls_graph_diagnose(
			graph, from->rule, from->severity, file->path, from->line, from->column);

		to->message = wls_graph_text(graph, wls_slice_of(from->message));
		if (from->hint)
			to->hint = wls_graph_text(graph, wls_slice_of(from->hint));
	}
}

/* ---- adding ---- */

static void add_branch(struct wls_graph *graph, struct wls_graph_file *file,
		       struct wls_slice branch)
{
	struct wls_branch_ref *ref;

	for (ref = file->branches; ref; ref = ref->next)
		if (wls_slice_eq(ref->name, branch))
			return;
	ref = WLS_ARENA_NEW(&graph->arena, struct wls_branch_ref);
	ref->name = wls_arena_copy(&graph->arena, branch);
	ref->next = file->branches;
	file->branches = ref;
}

/* The record of the same bytes at the same path in a branch that was added before. */
static uint32_t *same_content(struct wls_graph *graph, const struct wls_file *from,
			      struct wls_slice source)
{
	const char *key =
		wls_arena_printf(&graph->arena, "%.*s\n%zu %016llx", WLS_SLICE_ARG(from->path),
				 source.len, (unsigned long long)wls_hash(source));

	return wls_map_at(&graph->intake->by_content, wls_slice_of(key));
}

static struct wls_graph_file *new_file(struct wls_graph *graph, const struct wls_file *from)
{
	struct wls_graph_intake *in = graph->intake;
	struct wls_graph_file *file = WLS_ARENA_NEW(&graph->arena, struct wls_graph_file);

	file->path = wls_arena_copy(&graph->arena, from->path);
	file->folder = wls_path_folder(file->path);
	file->items_end = &file->items;
	add_branch(graph, file, from->branch);
	WLS_GROW(in->files, in->file_cap, in->file_count + 1);
	in->files[in->file_count++] = file;
	return file;
}

static void take_document(struct wls_intake_context *c)
{
	collect_entries(c);
	take_runs(c);
	c->file->continues = says_continues(c);
	wls_intake_dependencies(c);
	wls_intake_blockers(c);
	wls_intake_next(c);
	if (c->graph->options.entries)
		take_entry_facts(c);
	if (c->graph->options.overlaps)
		wls_intake_touches(c);
	if (c->graph->options.mentions)
		wls_intake_mentions(c);
	free(c->entries);
}

void wls_graph_add(struct wls_graph *graph, const struct wls_file *file, struct wls_doc *doc)
{
	struct wls_graph_intake *in = graph->intake;
	struct wls_intake_context c = {.graph = graph, .doc = doc};
	struct wls_facts facts;
	bool by_name = wls_name_from_path(file->path, NULL, NULL);

	wls_doc_facts(doc, &facts);
	if (!file->named && !(by_name || looks_like_log(doc)))
		return;
	if (!file->named && !facts.is_worklog) {
		skip_file(graph, file->path);
		return;
	}
	if (graph->options.branches) {
		uint32_t *index = same_content(graph, file, doc->source);

		if (*index != WLS_MAP_NONE) {
			add_branch(graph, in->files[*index], file->branch);
			return;
		}
		*index = (uint32_t)in->file_count;
	}
	c.file = new_file(graph, file);
	c.facts = &facts;
	take_facts(graph, c.file, doc, &facts);
	take_document(&c);
	take_diagnostics(graph, c.file, doc);
}
