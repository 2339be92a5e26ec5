/* SPDX-License-Identifier: MIT */
/*
 * Next steps as a list of tasks, and blockers.
 *
 * Layer: plan. Includes: base, buf, doc, plan.
 */
#include "plan/content.h"

/* ---- next ---- */

/* A step: an item or paragraph of Next, or what stands beside its key. */
struct step {
	struct wls_node *node;
	unsigned urgency; /* HIGH first; without a priority last */
	size_t place;
};

struct steps {
	struct step *list;
	size_t count, cap;
};

static bool is_step(const struct wls_node *node)
{
	return node->text.len > 0 && !wls_value_is_empty(node->text) &&
	       !wls_value_is_unknown(node->text);
}

static void add_step(struct steps *steps, struct wls_node *node)
{
	unsigned urgency =
		node->priority == WLS_PRIORITY_NONE ? WLS_PRIORITY_LOW + 1u : node->priority;

	WLS_GROW(steps->list, steps->cap, steps->count + 1);
	steps->list[steps->count] = (struct step){node, urgency, steps->count};
	steps->count++;
}

static void collect_field(struct steps *steps, struct wls_doc *doc, struct wls_node *field)
{
	if (field->kind == WLS_NODE_FIELD && !(field->flags & WLS_NODE_EMPTY) && is_step(field))
		add_step(steps, field);
	for (struct wls_node *n = wls_node_children(doc, field); n; n = n->next)
		if ((n->kind == WLS_NODE_ITEM || n->kind == WLS_NODE_PARAGRAPH) && is_step(n))
			add_step(steps, n);
}

/* Next of the newest entry that has the field, else the log's own: as the graph reads it. */
static void collect_steps(struct steps *steps, struct wls_doc *doc)
{
	struct wls_node *field = NULL;

	for (uint32_t i = doc->version_count; i-- > 0 && !field;) {
		const struct wls_entry *entry = &doc->entries[doc->by_version[i]];

		field = wls_entry_find_next(doc, entry, WLS_KEY_NEXT, NULL);
		for (struct wls_node *n = field; n;
		     n = wls_entry_find_next(doc, entry, WLS_KEY_NEXT, n))
			collect_field(steps, doc, n);
	}
	if (field)
		return;
	while ((field = wls_node_find_next(doc, doc->root, WLS_KEY_NEXT, field)) != NULL)
		collect_field(steps, doc, field);
}

static int by_urgency(const void *left, const void *right)
{
	const struct step *a = left, *b = right;

	if (a->urgency != b->urgency)
		return a->urgency < b->urgency ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* "- [ ] **HIGH** **blocked** text", and what is below it. */
static void write_step(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node)
{
	const char *priority = wls_priority_name((enum wls_priority)node->priority);
	bool done =
		(node->flags & (WLS_NODE_TICKED | WLS_NODE_STRUCK)) || node->mark == WLS_MARK_DONE;
	bool said;

	if (!wls_chunks_item(chunks, 0))
		return;
	wls_buf_add_str(&chunks->text, done ? "[x] " : "[ ] ");
	if (priority)
		wls_buf_printf(&chunks->text, "**%s** ", priority);
	if (node->flags & WLS_NODE_BLOCKED)
		wls_buf_add_str(&chunks->text, "🚫 **blocked** ");
	if (node->kind == WLS_NODE_FIELD)
		said = wls_content_text(chunks, wls_text_flatten(doc, node->text));
	else
		said = wls_content_item_text(chunks, doc, node);
	if (wls_chunks_end_if(chunks, said) && node->kind == WLS_NODE_ITEM)
		wls_content_children(chunks, doc, node, 1);
}

void wls_content_read_next(struct wls_content_reader *reader)
{
	struct wls_content_section *section = &reader->content->sections[WLS_PART_NEXT];
	struct wls_doc *doc = reader->docs[0];
	struct wls_chunks _cleanup_chunks_ chunks;
	struct steps steps = {0};

	wls_chunks_init(&chunks, WLS_BODY_MAX, reader->list->options->mentions);
	collect_steps(&steps, doc);
	if (steps.count > 1)
		qsort(steps.list, steps.count, sizeof(*steps.list), by_urgency);
	for (size_t i = 0; i < steps.count && !chunks.full; i++)
		write_step(&chunks, doc, steps.list[i].node);
	free(steps.list);
	section->head = WLS_SLICE("### Next");
	wls_content_take(&reader->list->arena, &chunks, section);
}

/* ---- blockers ---- */

static void write_attribute(struct wls_chunks *chunks, const char *name, struct wls_slice text)
{
	if (text.len == 0 || !wls_chunks_item(chunks, 1))
		return;
	wls_buf_printf(&chunks->text, "%s: ", name);
	wls_chunks_end_if(chunks, wls_content_text(chunks, text));
}

static void write_blocker(struct wls_chunks *chunks, const struct wls_blocker *blocker)
{
	if (!wls_chunks_item(chunks, 0) ||
	    !wls_chunks_end_if(chunks, wls_content_text(chunks, blocker->text)))
		return;
	write_attribute(chunks, "Owner", blocker->owner);
	write_attribute(chunks, "ETA", blocker->eta);
	write_attribute(chunks, "Requested", blocker->requested);
	write_attribute(chunks, "Workaround", blocker->workaround);
}

void wls_content_read_blockers(struct wls_content_reader *reader)
{
	struct wls_content_section *section = &reader->content->sections[WLS_PART_BLOCKERS];
	struct wls_doc *doc = reader->docs[0];
	struct wls_chunks _cleanup_chunks_ chunks;
	const struct wls_blocker *blockers;
	size_t count;

	wls_chunks_init(&chunks, WLS_BODY_MAX, reader->list->options->mentions);
	blockers = wls_entry_blockers(doc, wls_doc_newest(doc), &count);
	for (size_t i = 0; i < count && !chunks.full; i++)
		if (!blockers[i].closed && !blockers[i].question)
			write_blocker(&chunks, &blockers[i]);
	section->head = WLS_SLICE("### Blockers");
	wls_content_take(&reader->list->arena, &chunks, section);
}
