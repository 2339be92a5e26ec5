/* SPDX-License-Identifier: MIT */
/*
 * The documents wlsync.show/1 and wlsync.log/1.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "render/show_json.h"
#include "render/shown.h"

/* ---- the log ---- */

static void put_updated(struct wls_json *json, const struct wls_log *log)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_slice(&text, log->updated);
	if (log->updated.len > 0 && log->updated_time.len >= 5) {
		wls_buf_add_char(&text, 'T');
		wls_buf_add_slice(&text, wls_slice(log->updated_time.ptr, 5));
	}
	wls_json_put_text_or_null(json, "updated", wls_buf_slice(&text));
}

static uint32_t file_version(const struct wls_doc *doc)
{
	const struct wls_entry *newest = wls_doc_newest(doc);

	return newest ? newest->version : doc->frontmatter.version;
}

static void put_log_files(struct wls_show_writer *w, const struct wls_shown *shown)
{
	static const char *const roles[] = {"current", "part", "snapshot"};
	struct wls_json *json = &w->json;

	wls_json_key(json, "files");
	wls_json_open(json, '[');
	for (size_t i = 0; i < shown->file_count; i++) {
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "file", shown->files[i].path);
		wls_json_put_str(json, "role", roles[shown->files[i].role]);
		wls_json_put_positive(json, "version", file_version(shown->files[i].doc));
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

static void put_log(struct wls_show_writer *w, const struct wls_shown *shown)
{
	struct wls_json *json = &w->json;
	const struct wls_log *log = shown->log;

	wls_json_key(json, "log");
	bool outer = wls_show_open(w);
	wls_json_put_text(json, "id", log->id);
	wls_json_put_text(json, "name", log->name);
	wls_json_put_text(json, "file", log->file);
	wls_json_put_text_or_null(json, "title", log->title);
	wls_json_put_positive(json, "version", log->version);
	wls_json_put_str(json, "status", wls_work_status_name(log->status));
	wls_json_put_text_or_null(json, "status_text", log->status_text);
	wls_json_put_natural(json, "progress", log->progress);
	put_updated(json, log);
	put_log_files(w, shown);
	wls_show_close(w, outer);
}

/* What is odd about the log's files themselves; how they stand to others is for graph and check. */
static void put_diagnostic(struct wls_show_writer *w, const struct wls_shown_file *file,
			   const struct wls_diagnostic *d)
{
	struct wls_json *json = &w->json;

	bool outer = wls_show_open(w);
	wls_json_put_str(json, "rule", d->rule);
	wls_json_put_str(json, "severity", wls_severity_name(d->severity));
	wls_json_put_text(json, "file", file->path);
	wls_json_put_positive(json, "line", d->line);
	wls_json_put_positive(json, "column", d->column);
	wls_json_put_str(json, "message", d->message);
	wls_json_put_str(json, "hint", d->hint);
	wls_show_close(w, outer);
}

static void put_diagnostics(struct wls_show_writer *w, const struct wls_shown *shown)
{
	wls_json_key(&w->json, "diagnostics");
	wls_json_open(&w->json, '[');
	for (size_t f = 0; f < shown->file_count; f++) {
		const struct wls_shown_file *file = &shown->files[f];
		if (file->role == WLS_SHOWN_SNAPSHOT)
			continue;
		for (size_t i = 0; i < file->doc->diagnostic_count; i++)
			put_diagnostic(w, file, &file->doc->diagnostics[i]);
	}
	wls_json_close(&w->json, ']');
}

/* ---- frontmatter and the log's own part ---- */

static struct wls_node *frontmatter_node(struct wls_doc *doc)
{
	struct wls_node *n = wls_node_children(doc, doc->root);

	while (n && n->kind != WLS_NODE_FRONTMATTER)
		n = n->next;
	return n;
}

static void put_frontmatter_key(struct wls_show_writer *w, struct wls_node *key)
{
	bool outer = wls_show_open(w);
	wls_json_put_text(&w->json, "key", key->label);
	wls_json_put_text(&w->json, "text", wls_text_flatten(w->doc, key->text));
	wls_show_place(w, key);
	wls_show_close(w, outer);
}

static void put_frontmatter(struct wls_show_writer *w)
{
	const struct wls_frontmatter *front = &w->doc->frontmatter;
	struct wls_json *json = &w->json;
	struct wls_node *node = front->present ? frontmatter_node(w->doc) : NULL;

	wls_json_key(json, "frontmatter");
	if (!node) {
		wls_json_null(json);
		return;
	}
	bool outer = wls_show_open(w);
	wls_json_put_positive(json, "version", front->version);
	wls_json_put_text_or_null(json, "status", front->status);
	wls_json_put_text_or_null(json, "name", front->name);
	wls_json_put_text_or_null(json, "id", front->id);
	wls_json_key(json, "aliases");
	wls_json_open(json, '[');
	for (size_t i = 0; i < front->alias_count; i++)
		wls_json_text(json, front->aliases[i]);
	wls_json_close(json, ']');
	wls_json_put_text_or_null(json, "issue", front->issue);
	wls_json_key(json, "keys");
	wls_json_open(json, '[');
	for (struct wls_node *k = wls_node_children(w->doc, node); k; k = k->next)
		if (k->kind == WLS_NODE_KEY)
			put_frontmatter_key(w, k);
	wls_json_close(json, ']');
	wls_show_close(w, outer);
}

static void put_declared(struct wls_show_writer *w, struct wls_node *holder)
{
	struct wls_declared declared;

	wls_declared_read(w->doc, holder, &declared);
	wls_json_put_str(&w->json, "status", wls_work_status_name(declared.status));
	wls_json_put_text_or_null(&w->json, "status_text", declared.status_text);
	wls_json_put_natural(&w->json, "progress", declared.progress);
}

/* Blockers of an entry; NULL: of a log without entries. */
static void put_blockers(struct wls_show_writer *w, const struct wls_entry *entry)
{
	struct wls_json *json = &w->json;
	size_t count = 0;
	const struct wls_blocker *blockers = NULL;

	if (entry ? !entry->continuation : w->doc->entry_count == 0)
		blockers = wls_entry_blockers(w->doc, entry, &count);
	wls_json_key(json, "blockers");
	wls_json_open(json, '[');
	for (size_t i = 0; i < count; i++) {
		const struct wls_blocker *b = &blockers[i];
		bool outer = wls_show_open(w);
		wls_json_put_text(json, "text", b->text);
		wls_show_place_in(w, b->node, b->at);
		wls_json_put_text_or_null(json, "owner", b->owner);
		wls_json_put_text_or_null(json, "requested", b->requested);
		wls_json_put_text_or_null(json, "eta", b->eta);
		wls_json_put_text_or_null(json, "workaround", b->workaround);
		wls_json_put_positive(json, "version",
				      b->node->kind == WLS_NODE_ITEM ? b->node->version : 0);
		wls_json_put_bool(json, "closed", b->closed);
		wls_json_put_bool(json, "question", b->question);
		wls_show_close(w, outer);
	}
	wls_json_close(json, ']');
}

static void put_own(struct wls_show_writer *w)
{
	wls_json_key(&w->json, "own");
	bool outer = wls_show_open(w);
	put_declared(w, w->doc->root);
	put_blockers(w, NULL);
	wls_show_body(w, w->doc->root);
	wls_show_close(w, outer);
}

/* ---- entries ---- */

static void put_tags(struct wls_json *json, const struct wls_node *node)
{
	wls_json_key(json, "tags");
	wls_json_open(json, '[');
	if (node->flags & WLS_NODE_BLOCKED)
		wls_json_text(json, WLS_SLICE("BLOCKED"));
	if (node->flags & WLS_NODE_REVIEW)
		wls_json_text(json, WLS_SLICE("NEEDS_REVIEW"));
	wls_json_close(json, ']');
}

/* What both documents say of an entry. */
static void put_entry_head(struct wls_show_writer *w, const struct wls_shown_entry *shown)
{
	const struct wls_entry *entry = shown->entry;
	struct wls_json *json = &w->json;

	w->doc = shown->file->doc;
	wls_json_put_int(json, "version", entry->version);
	wls_json_put_text_or_null(json, "date", entry->date);
	wls_json_put_text_or_null(json, "time", entry->time);
	wls_json_put_text_or_null(json, "title", wls_text_flatten(w->doc, entry->title));
	put_tags(json, entry->node);
	wls_json_put_str(json, "mark", wls_mark_name(entry->node->mark));
	put_declared(w, entry->node);
	wls_json_put_bool(json, "continuation", entry->continuation);
	wls_json_put_bool(json, "duplicate", entry->duplicate);
	wls_json_put_text(json, "file", shown->file->path);
	wls_show_place(w, entry->node);
}

static void put_entries(struct wls_show_writer *w, const struct wls_shown *shown)
{
	wls_json_key(&w->json, "entries");
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < shown->entry_count && shown->field.len == 0; i++) {
		const struct wls_shown_entry *entry = &shown->entries[i];
		bool outer = wls_show_open(w);
		put_entry_head(w, entry);
		put_blockers(w, entry->entry);
		wls_show_body(w, entry->entry->node);
		wls_show_close(w, outer);
	}
	wls_json_close(&w->json, ']');
}

/* ---- what was asked for ---- */

static void put_found_node(struct wls_show_writer *w, struct wls_node *node)
{
	wls_json_put_str(&w->json, "kind",
			 node->kind == WLS_NODE_ITEM ? "attribute"
						     : wls_node_kind_name(node->kind));
	wls_json_key(&w->json, "value");
	switch (node->kind) {
	case WLS_NODE_SECTION:
		wls_show_section(w, node);
		break;
	case WLS_NODE_HANDOFF:
		wls_show_handoff(w, node);
		break;
	case WLS_NODE_ITEM:
		wls_show_attribute(w, &(struct wls_attribute){node->key, node->label,
							      wls_text_flatten(w->doc, node->text),
							      node});
		break;
	case WLS_NODE_KEY:
		put_frontmatter_key(w, node);
		break;
	default:
		wls_show_field(w, node);
	}
}

static void put_found(struct wls_show_writer *w, const struct wls_shown *shown)
{
	wls_json_key(&w->json, "found");
	if (shown->field.len == 0) {
		wls_json_null(&w->json);
		return;
	}
	wls_json_open(&w->json, '[');
	for (size_t i = 0; i < shown->node_count; i++) {
		w->doc = shown->nodes[i].file->doc;
		bool outer = wls_show_open(w);
		wls_json_put_text(&w->json, "file", shown->nodes[i].file->path);
		wls_json_put_positive(&w->json, "version", shown->nodes[i].version);
		put_found_node(w, shown->nodes[i].node);
		wls_show_close(w, outer);
	}
	wls_json_close(&w->json, ']');
}

static void put_selection(struct wls_show_writer *w, const struct wls_shown *shown)
{
	struct wls_json *json = &w->json;

	wls_json_key(json, "selection");
	wls_json_open(json, '{');
	wls_show_versions(w, (struct wls_versions){shown->first, shown->last,
						   shown->last == WLS_VERSION_MAX});
	wls_json_put_text_or_null(json, "field", shown->field);
	wls_json_put_text_or_null(json, "key", wls_slice_of(wls_key_name(shown->key)));
	wls_json_close(json, '}');
	w->json.lossy = false;
}

/* The own parts of further files that are read as one with the current. */
static void put_parts(struct wls_show_writer *w, const struct wls_shown *shown)
{
	for (size_t i = 0; i < shown->file_count; i++) {
		if (shown->files[i].role != WLS_SHOWN_PART)
			continue;
		w->doc = shown->files[i].doc;
		bool outer = wls_show_open(w);
		wls_json_put_text(&w->json, "file", shown->files[i].path);
		put_frontmatter(w);
		put_own(w);
		wls_show_close(w, outer);
	}
}

/* What only belongs to the whole log: null where a part was asked for. */
static void put_whole(struct wls_show_writer *w, const struct wls_shown *shown)
{
	bool whole = shown->first == 0 && shown->field.len == 0;

	if (whole) {
		put_frontmatter(w);
		put_own(w);
	} else {
		wls_json_key(&w->json, "frontmatter");
		wls_json_null(&w->json);
		wls_json_key(&w->json, "own");
		wls_json_null(&w->json);
	}
	wls_json_key(&w->json, "parts");
	wls_json_open(&w->json, '[');
	if (whole)
		put_parts(w, shown);
	wls_json_close(&w->json, ']');
}

void wls_shown_document(const struct wls_shown *shown, struct wls_buf *out)
{
	struct wls_show_writer w = {.json = {.out = out}, .doc = shown->current->doc};

	wls_json_open(&w.json, '{');
	wls_json_put_str(&w.json, "schema", "wlsync.show/1");
	put_log(&w, shown);
	put_selection(&w, shown);
	put_whole(&w, shown);
	put_entries(&w, shown);
	put_found(&w, shown);
	put_diagnostics(&w, shown);
	wls_json_close(&w.json, '}');
	wls_buf_add_char(out, '\n');
}

void wls_shown_log_document(struct wls_shown *shown, struct wls_buf *out)
{
	struct wls_show_writer w = {.json = {.out = out}, .doc = shown->current->doc};
	const struct wls_shown_entry **sorted = wls_shown_newest_first(shown);

	wls_json_open(&w.json, '{');
	wls_json_put_str(&w.json, "schema", "wlsync.log/1");
	put_log(&w, shown);
	wls_json_key(&w.json, "entries");
	wls_json_open(&w.json, '[');
	for (size_t i = 0; i < shown->entry_count; i++) {
		bool outer = wls_show_open(&w);
		put_entry_head(&w, sorted[i]);
		wls_show_close(&w, outer);
	}
	wls_json_close(&w.json, ']');
	put_diagnostics(&w, shown);
	wls_json_close(&w.json, '}');
	wls_buf_add_char(out, '\n');
}
