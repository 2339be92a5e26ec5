/* SPDX-License-Identifier: MIT */
/*
 * What a log's issue should be.
 *
 * Layer: plan. Includes: base, buf, doc, graph, plan.
 */
#include "base/map.h"
#include "plan/content.h"

const char *wls_issue_state_name(enum wls_issue_state state)
{
	switch (state) {
	case WLS_ISSUE_OPEN:
		return "open";
	case WLS_ISSUE_COMPLETED:
		return "completed";
	case WLS_ISSUE_NOT_PLANNED:
		return "not_planned";
	}
	return "";
}

/* ---- identity and title ---- */

static bool parse_issue(struct wls_slice text, int64_t *number)
{
	enum { DIGITS_MAX = 15 };
	int64_t n = 0;

	text = wls_slice_trim(text);
	if (text.len > 0 && text.ptr[0] == '#')
		text = wls_slice_from(text, 1);
	if (text.len == 0 || text.len > DIGITS_MAX)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		if (!wls_is_digit(text.ptr[i]))
			return false;
		n = n * 10 + (text.ptr[i] - '0');
	}
	*number = n;
	return n > 0;
}

/* The line of a frontmatter key; 1 when it is not found. */
static uint32_t key_line(const struct wls_doc *doc, struct wls_slice key)
{
	const struct wls_node *front = doc->root->first_child;

	while (front && front->kind != WLS_NODE_FRONTMATTER)
		front = front->next;
	for (const struct wls_node *n = front ? front->first_child : NULL; n; n = n->next)
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, key))
			return n->line;
	return 1;
}

static void set_title(struct wls_wanted_list *list, struct wls_wanted *wanted,
		      const struct wls_slice *choices, size_t count)
{
	struct wls_buf _cleanup_buf_ title = WLS_BUF_INIT;

	for (size_t i = 0; i < count && title.len == 0; i++)
		wls_title_add(choices[i], list->options->title_max, &title);
	/* A name may be made of controls alone. */
	if (title.len == 0)
		wls_buf_add_str(&title, "log");
	wanted->title = wls_arena_copy(&list->arena, wls_buf_slice(&title));
}

/* ---- what is refused ---- */

/* The first reason stays. */
static void refuse(struct wls_wanted_list *list, struct wls_wanted *wanted, struct wls_slice file,
		   uint32_t line, const char *why)
{
	if (!wanted->refused)
		wanted->refused = wls_arena_printf(&list->arena, "%.*s:%u: %s", WLS_SLICE_ARG(file),
						   line, why);
}

/* "a GitHub token", "an AWS key". */
static const char *article(const char *noun)
{
	return *noun != '\0' && strchr("AEIOUaeiou", *noun) ? "an" : "a";
}

/* Returns whether the document holds a secret. The value is not told. */
static bool refuse_secret(struct wls_wanted_list *list, struct wls_wanted *wanted,
			  const struct wls_doc *doc, struct wls_slice path)
{
	const struct wls_plan_options *options = list->options;
	struct wls_secret secret;
	uint32_t line, column;
	size_t at = 0;

	if (options->allow_secrets ||
	    !wls_secret_next(doc->source, &at, options->allow, options->allow_count, &secret))
		return false;
	wls_doc_locate(doc, (uint32_t)secret.at, &line, &column);
	refuse(list, wanted, path, line,
	       wls_arena_printf(&list->arena,
				"looks like %s %s; remove it, or list it in allow-secret of "
				".wlsync",
				article(secret.kind), secret.kind));
	return true;
}

static void refuse_markers(struct wls_wanted_list *list, struct wls_wanted *wanted,
			   const struct wls_doc *doc, struct wls_slice path)
{
	uint32_t line, column;

	if (!doc->has_markers)
		return;
	wls_doc_locate(doc, doc->marker_at, &line, &column);
	refuse(list, wanted, path, line, "holds conflict markers; settle them (wlsync resolve)");
}

/* Id and issue: of the first file that has them, the current one first. */
static void read_identity(struct wls_wanted_list *list, struct wls_wanted *wanted,
			  const struct wls_doc *doc, struct wls_slice path)
{
	const struct wls_frontmatter *front = &doc->frontmatter;

	if (!front->present)
		return;
	if (wanted->id.len == 0)
		wanted->id = wls_arena_copy(&list->arena, wls_slice_trim(front->id));
	if (wanted->issue == 0 && wls_slice_trim(front->issue).len > 0 &&
	    !parse_issue(front->issue, &wanted->issue)) {
		wanted->issue = 0;
		refuse(list, wanted, path, key_line(doc, WLS_SLICE("issue")),
		       "`issue` is no issue number; write `issue: 12`");
	}
}

/* ---- labels ---- */

static const char *status_label(enum wls_work_status status)
{
	switch (status) {
	case WLS_STATUS_IN_PROGRESS:
		return "status:in-progress";
	case WLS_STATUS_BLOCKED:
		return "status:blocked";
	case WLS_STATUS_NEEDS_REVIEW:
		return "status:needs-review";
	case WLS_STATUS_COMPLETED:
		return "status:completed";
	case WLS_STATUS_NONE:
	case WLS_STATUS_UNKNOWN:
		break;
	}
	return NULL;
}

static bool has_high(const struct wls_log *log)
{
	for (size_t i = 0; i < log->next_count; i++)
		if (log->next[i].priority == WLS_PRIORITY_HIGH)
			return true;
	return false;
}

static struct wls_slice with_prefix(struct wls_wanted_list *list, const char *label)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;

	wls_buf_add_slice(&text, list->options->label_prefix);
	wls_buf_add_str(&text, label);
	return wls_arena_copy(&list->arena, wls_buf_slice(&text));
}

static void set_labels(struct wls_wanted_list *list, struct wls_wanted *wanted,
		       const struct wls_log *log)
{
	enum { MOST = 3 };
	struct wls_slice *labels = WLS_ARENA_ARRAY(&list->arena, struct wls_slice, MOST);
	const char *status = status_label(log->status);

	labels[wanted->label_count++] = WLS_SLICE(WLS_ANCHOR_LABEL);
	if (status)
		labels[wanted->label_count++] = with_prefix(list, status);
	if (log->status != WLS_STATUS_COMPLETED && has_high(log))
		labels[wanted->label_count++] = with_prefix(list, "priority:high");
	wanted->labels = labels;
}

/* ---- entries ---- */

/*
 * Without what stands between this entry and the next heading: blank lines and breaks come and go
 * with the entry after it.
 */
static struct wls_slice without_end(struct wls_slice bytes)
{
	for (;;) {
		size_t at;

		bytes = wls_slice_trim(bytes);
		at = bytes.len;
		while (at > 0 && memchr("-*_ \t", bytes.ptr[at - 1], 5))
			at--;
		if (bytes.len - at < 3 || at == 0 ||
		    (bytes.ptr[at - 1] != '\n' && bytes.ptr[at - 1] != '\r'))
			return bytes;
		bytes.len = at;
	}
}

uint64_t wls_entry_hash(struct wls_doc *doc, const struct wls_entry *entry)
{
	uint64_t hash = wls_text_hash(without_end(wls_node_bytes(doc, entry->node)));

	while (entry->continued_by != WLS_ENTRY_NONE) {
		uint64_t next;

		entry = &doc->entries[entry->continued_by];
		next = wls_text_hash(without_end(wls_node_bytes(doc, entry->node)));
		hash = wls_hash_mix(hash, wls_slice((const char *)&next, sizeof(next)));
	}
	return hash;
}

static int by_version(const void *left, const void *right)
{
	const struct wls_wanted_entry *a = left, *b = right;

	if (a->version != b->version)
		return a->version < b->version ? -1 : 1;
	return a->hash < b->hash ? -1 : a->hash > b->hash;
}

/* One entry a version: headings with one number add up, in whatever file and order they stand. */
static size_t combine(struct wls_wanted_entry *entries, size_t count)
{
	size_t n = 0;

	for (size_t i = 0; i < count; i++) {
		if (n > 0 && entries[n - 1].version == entries[i].version)
			entries[n - 1].hash += entries[i].hash;
		else
			entries[n++] = entries[i];
	}
	return n;
}

static void set_entries(struct wls_wanted_list *list, struct wls_wanted *wanted,
			struct wls_doc *const *docs, size_t count)
{
	struct wls_wanted_entry *entries;
	size_t n = 0;

	for (size_t d = 0; d < count; d++)
		n += docs[d]->version_count;
	entries = WLS_ARENA_ARRAY(&list->arena, struct wls_wanted_entry, n);
	n = 0;
	for (size_t d = 0; d < count; d++) {
		for (uint32_t i = 0; i < docs[d]->version_count; i++) {
			const struct wls_entry *entry = &docs[d]->entries[docs[d]->by_version[i]];

			entries[n++] = (struct wls_wanted_entry){entry->version,
								 wls_entry_hash(docs[d], entry)};
		}
	}
	if (n > 1)
		qsort(entries, n, sizeof(*entries), by_version);
	wanted->entries = entries;
	wanted->entry_count = combine(entries, n);
}

/* ---- needs ---- */

static bool holds(const struct wls_edge *edge)
{
	return edge->to != WLS_LOG_NONE && wls_edge_holds(edge);
}

/*
 * An edge lies on a cycle exactly when both ends are in one strongly connected component; those are
 * found once, for all logs.
 */
static const uint32_t *components_of(struct wls_wanted_list *list)
{
	if (!list->components) {
		uint32_t *components =
			WLS_ARENA_ARRAY(&list->arena, uint32_t, (size_t)list->graph->log_count);

		wls_graph_components(list->graph, holds, components);
		list->components = components;
	}
	return list->components;
}

static void note_links(struct wls_wanted_list *list, struct wls_wanted *wanted,
		       struct wls_slice circle, size_t left)
{
	const char *cut = left > 0
				  ? wls_arena_printf(&list->arena,
						     "%zu more dependencies than an issue can have "
						     "links (%u): they stand in the text only",
						     left, WLS_LINKS_MAX)
				  : NULL;

	wanted->in_circle = circle.len > 0;
	if (wanted->in_circle)
		wanted->links_note = wls_arena_printf(
			&list->arena,
			"needs %.*s in a circle: no link is made for that; wlsync graph --cycles%s%s",
			WLS_SLICE_ARG(circle), cut ? "; " : "", cut ? cut : "");
	else
		wanted->links_note = cut;
}

/* The log's edges are sorted by the id of their end, so equal ends are neighbours. */
static void set_needs(struct wls_wanted_list *list, struct wls_wanted *wanted,
		      const struct wls_log *log)
{
	const struct wls_edge *edges = list->graph->edges + log->first_edge;
	const uint32_t *components = components_of(list);
	size_t most = log->edge_count < WLS_LINKS_MAX ? log->edge_count : WLS_LINKS_MAX, left = 0;
	uint32_t *needs = WLS_ARENA_ARRAY(&list->arena, uint32_t, most);
	uint32_t before = WLS_LOG_NONE;
	struct wls_slice circle = {0};

	for (uint32_t i = 0; i < log->edge_count; i++) {
		uint32_t to = edges[i].to;

		if (!holds(&edges[i]) || to == before)
			continue;
		before = to;
		if (components[to] == components[wanted->log])
			circle = list->graph->logs[to].id;
		else if (wanted->need_count == most)
			left++;
		else
			needs[wanted->need_count++] = to;
	}
	wanted->needs = needs;
	note_links(list, wanted, circle, left);
}

/* ---- all ---- */

void wls_wanted_add(struct wls_wanted_list *list, uint32_t log, struct wls_doc *const *docs,
		    const struct wls_slice *paths, size_t count)
{
	const struct wls_log *from = &list->graph->logs[log];
	struct wls_wanted wanted = {
		.log = log,
		.name = from->id,
		.file = from->file,
		.version = from->version,
		.state =
			from->status == WLS_STATUS_COMPLETED ? WLS_ISSUE_COMPLETED : WLS_ISSUE_OPEN,
	};
	bool secret = false;

	for (size_t i = 0; i < count; i++) {
		read_identity(list, &wanted, docs[i], paths[i]);
		secret |= refuse_secret(list, &wanted, docs[i], paths[i]);
		refuse_markers(list, &wanted, docs[i], paths[i]);
	}
	if (wanted.id.len == 0)
		wanted.id = from->name;
	set_title(list, &wanted,
		  (struct wls_slice[]){secret ? from->id : from->title, from->id, from->file}, 3);
	set_labels(list, &wanted, from);
	set_entries(list, &wanted, docs, count);
	set_needs(list, &wanted, from);
	/* What may hold a secret is not kept: it could be shown with the plan. */
	if (!secret)
		wanted.content = wls_content_read(list, log, docs, count);
	WLS_GROW(list->items, list->cap, list->count + 1);
	list->items[list->count++] = wanted;
}

void wls_wanted_release(struct wls_wanted_list *list)
{
	free(list->items);
	wls_arena_release(&list->arena);
	list->items = NULL;
	list->components = NULL;
	list->count = list->cap = 0;
}

const struct wls_wanted *wls_wanted_find(const struct wls_wanted_list *list, uint32_t log)
{
	if (log < list->count && list->items[log].log == log)
		return &list->items[log];
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i].log == log)
			return &list->items[i];
	return NULL;
}
