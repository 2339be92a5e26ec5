/* SPDX-License-Identifier: MIT */
/*
 * A log's content: what its newest entry and its own part say.
 *
 * Layer: plan. Includes: base, buf, doc, graph, plan.
 */
#include "graph/view.h"
#include "plan/content.h"

enum { BAR_CELLS = 10 };

static struct wls_doc *current_doc(const struct wls_content_reader *r)
{
	return r->docs[0];
}

/* ---- facts ---- */

/* "**in progress** · v5 · 2025-11-12 17:45 · title". */
static bool add_headline(const struct wls_content_reader *r, struct wls_chunks *chunks)
{
	const struct wls_log *log = r->log;
	const struct wls_entry *newest = wls_doc_newest(current_doc(r));
	const char *joint = "";

	if (log->status != WLS_STATUS_NONE) {
		wls_buf_add_str(&chunks->text, "**");
		wls_content_text(chunks, wls_log_status_words(log));
		wls_buf_add_str(&chunks->text, "**");
		joint = " · ";
	}
	if (log->title_blocked && log->status != WLS_STATUS_BLOCKED) {
		wls_buf_printf(&chunks->text, "%sblocked by its title", joint);
		joint = " · ";
	}
	if (log->version > 0) {
		wls_buf_printf(&chunks->text, "%sv%u", joint, log->version);
		joint = " · ";
	}
	if (log->updated.len > 0) {
		wls_buf_printf(&chunks->text, "%s%.*s", joint, WLS_SLICE_ARG(log->updated));
		if (log->updated_time.len > 0)
			wls_buf_printf(&chunks->text, " %.*s", WLS_SLICE_ARG(log->updated_time));
		joint = " · ";
	}
	if (newest && newest->title.len > 0) {
		wls_buf_add_str(&chunks->text, joint);
		wls_content_text(chunks, wls_text_flatten(current_doc(r), newest->title));
		joint = " ";
	}
	return *joint != '\0';
}

/* Progress of the newest entry, else the log's own. */
static struct wls_slice progress_text(const struct wls_content_reader *r)
{
	struct wls_doc *doc = current_doc(r);
	const struct wls_entry *newest = wls_doc_newest(doc);
	struct wls_slice text = {0};
	struct wls_node *node = NULL;

	if (newest)
		node = wls_entry_find(doc, newest, WLS_KEY_PROGRESS);
	if (!node)
		node = wls_node_find(doc, doc->root, WLS_KEY_PROGRESS);
	if (node)
		wls_node_value(doc, node, &text);
	return wls_slice_trim(wls_text_flatten(doc, text));
}

/* `███████░░░` for 70; full only when all is done. */
static void add_bar(struct wls_buf *out, int percent)
{
	int full = (percent * BAR_CELLS + 50) / 100;

	if (percent < 100 && full == BAR_CELLS)
		full--;
	wls_buf_add_char(out, '`');
	for (int i = 0; i < BAR_CELLS; i++)
		wls_buf_add_str(out, i < full ? "█" : "░");
	wls_buf_add_str(out, "` ");
}

/* The bar, then what the field says: its parts joined by dots. */
static bool add_progress(const struct wls_content_reader *r, struct wls_chunks *chunks)
{
	struct wls_slice text = progress_text(r);
	struct wls_buf _cleanup_buf_ joined = WLS_BUF_INIT;
	size_t at;

	if (r->log->progress >= 0)
		add_bar(&chunks->text, r->log->progress);
	while ((at = wls_slice_find(text, WLS_SLICE(" | "))) != SIZE_MAX) {
		wls_buf_add(&joined, text.ptr, at);
		wls_buf_add_str(&joined, " · ");
		text = wls_slice_from(text, at + 3);
	}
	wls_buf_add_slice(&joined, text);
	if (wls_content_text(chunks, wls_buf_slice(&joined)))
		return true;
	if (r->log->progress >= 0)
		wls_buf_printf(&chunks->text, "%d%%", r->log->progress);
	return r->log->progress >= 0;
}

/* The line of a field of the newest entry, else of the log's own part; empty: nothing is said. */
static struct wls_slice line_of(const struct wls_content_reader *r, enum wls_key key)
{
	struct wls_doc *doc = current_doc(r);
	const struct wls_entry *newest = wls_doc_newest(doc);
	struct wls_node *node = newest ? wls_entry_find(doc, newest, key) : NULL;
	struct wls_slice text = {0};

	if (!node)
		node = wls_node_find(doc, doc->root, key);
	if (node && !wls_content_is_void(node))
		wls_node_value(doc, node, &text);
	return wls_slice_trim(wls_text_flatten(doc, text));
}

static void add_now(const struct wls_content_reader *r, struct wls_chunks *chunks)
{
	if (!wls_chunks_paragraph(chunks))
		return;
	wls_buf_add_str(&chunks->text, "**Now:** ");
	wls_chunks_end_if(chunks, wls_content_text(chunks, line_of(r, WLS_KEY_NOW)));
}

/* "Started: Oct 1 · Target: Dec 1". */
static void add_dates(const struct wls_content_reader *r, struct wls_chunks *chunks)
{
	struct wls_slice started = line_of(r, WLS_KEY_STARTED);
	struct wls_slice target = line_of(r, WLS_KEY_TARGET);
	bool said = false;

	if (!wls_chunks_paragraph(chunks))
		return;
	if (started.len > 0) {
		wls_buf_add_str(&chunks->text, "Started: ");
		said |= wls_content_text(chunks, started);
	}
	if (target.len > 0) {
		wls_buf_add_str(&chunks->text, said ? " · Target: " : "Target: ");
		said |= wls_content_text(chunks, target);
	}
	wls_chunks_end_if(chunks, said);
}

static void read_facts(struct wls_content_reader *r)
{
	struct wls_content_section *section = &r->content->sections[WLS_PART_FACTS];
	struct wls_chunks _cleanup_chunks_ chunks;

	wls_chunks_init(&chunks, WLS_BODY_MAX, r->list->options->mentions);
	if (wls_chunks_paragraph(&chunks))
		wls_chunks_end_if(&chunks, add_headline(r, &chunks));
	if (wls_chunks_paragraph(&chunks))
		wls_chunks_end_if(&chunks, add_progress(r, &chunks));
	add_dates(r, &chunks);
	add_now(r, &chunks);
	wls_content_take(&r->list->arena, &chunks, section);
}

/* ---- lists of fields ---- */

/* Where a section's fields are looked for. */
enum source {
	SOURCE_ENTRY, /* the newest entry */
	SOURCE_OWN,   /* the log's own part */
	SOURCE_BOTH,  /* the entry, and where it has none the log's own part */
};

struct part_rule {
	enum wls_content_part part;
	const char *head;
	enum source source;
	bool named; /* each field stands under its own name */
	enum wls_key keys[4];
};

static const struct part_rule rules[] = {
	{WLS_PART_OPEN, "### Open questions", SOURCE_ENTRY, false, {WLS_KEY_OPEN}},
	{WLS_PART_DECISIONS, "### Decisions", SOURCE_ENTRY, false, {WLS_KEY_DECISIONS}},
	{WLS_PART_REVIEW,
	 "### Review",
	 SOURCE_ENTRY,
	 true,
	 {WLS_KEY_REVIEW_CHECKLIST, WLS_KEY_REVIEWER_NOTES, WLS_KEY_REVIEW_FEEDBACK}},
	{WLS_PART_DETAILS,
	 "### Details",
	 SOURCE_BOTH,
	 true,
	 {WLS_KEY_FEATURE, WLS_KEY_BUG, WLS_KEY_HYPOTHESES, WLS_KEY_EVOLUTION}},
	{WLS_PART_COMPONENTS,
	 "### Components",
	 SOURCE_OWN,
	 false,
	 {WLS_KEY_COMPONENTS, WLS_KEY_PHASE}},
	{WLS_PART_TARGETS,
	 "### Performance targets",
	 SOURCE_BOTH,
	 false,
	 {WLS_KEY_PERFORMANCE_TARGETS}},
};

static bool rule_has(const struct part_rule *rule, unsigned key)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rule->keys); i++)
		if (key != WLS_KEY_NONE && rule->keys[i] == key)
			return true;
	return false;
}

static void add_holder_fields(const struct part_rule *rule, struct wls_chunks *chunks,
			      struct wls_doc *doc, struct wls_node *holder)
{
	for (struct wls_node *n = wls_node_children(doc, holder); n; n = n->next) {
		if ((n->kind != WLS_NODE_FIELD && n->kind != WLS_NODE_SECTION) ||
		    !rule_has(rule, n->key))
			continue;
		/* A section's flags are known only once it is read. */
		wls_node_children(doc, n);
		if (rule->named || n->key == WLS_KEY_PHASE)
			wls_content_block(chunks, doc, n);
		else
			wls_content_field(chunks, doc, n);
	}
}

static void add_entry_fields(const struct part_rule *rule, struct wls_chunks *chunks,
			     struct wls_doc *doc, const struct wls_entry *entry)
{
	while (entry) {
		add_holder_fields(rule, chunks, doc, entry->node);
		entry = entry->continued_by == WLS_ENTRY_NONE ? NULL
							      : &doc->entries[entry->continued_by];
	}
}

/* `Blockers/Questions` asks, too. */
static void add_questions(struct wls_chunks *chunks, struct wls_doc *doc,
			  const struct wls_entry *entry)
{
	size_t count;
	const struct wls_blocker *blockers = wls_entry_blockers(doc, entry, &count);

	for (size_t i = 0; i < count; i++)
		if (blockers[i].question && !blockers[i].closed && wls_chunks_item(chunks, 0))
			wls_chunks_end_if(chunks, wls_content_text(chunks, blockers[i].text));
}

static void read_rule(struct wls_content_reader *r, const struct part_rule *rule)
{
	struct wls_content_section *section = &r->content->sections[rule->part];
	struct wls_doc *doc = current_doc(r);
	struct wls_chunks _cleanup_chunks_ chunks;

	wls_chunks_init(&chunks, WLS_BODY_MAX, r->list->options->mentions);
	if (rule->source != SOURCE_OWN)
		add_entry_fields(rule, &chunks, doc, wls_doc_newest(doc));
	if (rule->part == WLS_PART_OPEN)
		add_questions(&chunks, doc, wls_doc_newest(doc));
	if (rule->source == SOURCE_OWN || (rule->source == SOURCE_BOTH && chunks.count == 0))
		add_holder_fields(rule, &chunks, doc, doc->root);
	if (chunks.count == 0 && !chunks.full)
		return;
	section->head = wls_slice_of(rule->head);
	wls_content_take(&r->list->arena, &chunks, section);
}

/* ---- all ---- */

const struct wls_content *wls_content_read(struct wls_wanted_list *list, uint32_t log,
					   struct wls_doc *const *docs, size_t count)
{
	struct wls_content_reader r = {
		.list = list,
		.log = &list->graph->logs[log],
		.docs = docs,
		.count = count,
		.content = WLS_ARENA_NEW(&list->arena, struct wls_content),
	};

	if (count > 0) {
		read_facts(&r);
		wls_content_read_next(&r);
		wls_content_read_blockers(&r);
		for (size_t i = 0; i < WLS_ARRAY_SIZE(rules); i++)
			read_rule(&r, &rules[i]);
		wls_content_read_history(&r);
	}
	wls_content_read_diagram(&r, log);
	return r.content;
}
