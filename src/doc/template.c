/* SPDX-License-Identifier: MIT */
/*
 * The text of a new entry and of a new log.
 *
 * A key without a value says nothing: the Dependencies of an older entry go on to hold until the
 * new one names some, while `None` would clear them. So keys stand bare, to be filled in, and only
 * the first entry of a log says None.
 *
 * What is carried over is copied from the source, with the items below it; only its indentation is
 * taken away where it stood in a list that stays behind.
 *
 * Layer: doc. Includes: base, doc, edit.
 */
#include "doc/doc_internal.h"
#include "wlsync/edit.h"

struct page {
	const struct wls_entry_place *place;
	const struct wls_new_entry *entry;
	struct wls_buf *out;
};

static void end_line(struct page *p)
{
	wls_buf_add_str(p->out, p->place->line_ending);
}

static void add_key(struct page *p, const char *key, struct wls_slice value)
{
	wls_buf_printf(p->out, "**%s:**", key);
	if (value.len > 0)
		wls_buf_add_char(p->out, ' ');
	wls_buf_add_slice(p->out, value);
	end_line(p);
}

/* `None` in the first entry, since nothing stands before it that it could clear. */
static struct wls_slice nothing(const struct page *p)
{
	return p->place->previous ? wls_slice(NULL, 0) : WLS_SLICE("None");
}

/* ---- what is carried ---- */

/* Where the line of `node` begins, when only blanks stand before it; else where it begins. */
static uint32_t begin_of(const struct wls_doc *doc, const struct wls_node *node)
{
	uint32_t at = node->begin;
	while (at > 0 && wls_is_blank(doc->source.ptr[at - 1]))
		at--;
	bool is_line = at == 0 || wls_is_line_end(doc->source.ptr[at - 1]);
	return is_line ? at : node->begin;
}

/* Bytes of the blanks at the start of `s`, at most `most`. */
static size_t indent_of(struct wls_slice s, size_t most)
{
	size_t i = 0;
	while (i < s.len && i < most && wls_is_blank(s.ptr[i]))
		i++;
	return i;
}

/* Bytes of the line ending at the start of `s`. */
static size_t ending_at(struct wls_slice s)
{
	if (s.len == 0)
		return 0;
	return s.len > 1 && s.ptr[0] == '\r' && s.ptr[1] == '\n' ? 2 : 1;
}

/* Adds the lines of a node, less the indentation of its first one. */
static void add_lines(struct page *p, const struct wls_node *node)
{
	const struct wls_doc *doc = p->place->doc;
	uint32_t begin = begin_of(doc, node);
	struct wls_slice s = wls_slice(doc->source.ptr + begin, node->end - begin);

	while (s.len > 0 && wls_is_line_end(s.ptr[s.len - 1]))
		s.len--;
	size_t indent = indent_of(s, s.len);
	while (s.len > 0) {
		size_t at = indent_of(s, indent), end = at;
		while (end < s.len && !wls_is_line_end(s.ptr[end]))
			end++;
		end += ending_at(wls_slice_from(s, end));
		wls_buf_add(p->out, s.ptr + at, end - at);
		s = wls_slice_from(s, end);
	}
	end_line(p);
}

static bool is_attribute(const struct wls_node *node)
{
	return node->kind == WLS_NODE_ITEM && (node->flags & WLS_NODE_ATTRIBUTE);
}

/* Adds the attributes that stand from `node` on: those of the item or field before. */
static void add_attributes(struct page *p, const struct wls_node *node)
{
	for (; node && (is_attribute(node) || node->kind == WLS_NODE_BLANK); node = node->next)
		if (is_attribute(node))
			add_lines(p, node);
}

static bool is_open_step(const struct wls_node *node)
{
	struct wls_node read = *node;

	/* The marks of an item are known; those of a text beside a key are read here. */
	if (node->kind != WLS_NODE_ITEM)
		wls_item_read(&read, node->text, (struct wls_item_context){WLS_KEY_NEXT, true});
	return read.text.len > 0 && !wls_value_is_empty(read.text) &&
	       !wls_value_is_unknown(read.text) && read.mark != WLS_MARK_DONE &&
	       !(read.flags & (WLS_NODE_TICKED | WLS_NODE_STRUCK | WLS_NODE_ATTRIBUTE));
}

/* Whether the node's own line tells a step: the text of a field beside its key. */
static bool is_open_text(const struct wls_node *field)
{
	return field->kind == WLS_NODE_FIELD && is_open_step(field);
}

/* The open steps of one Next; the first is the only one whose text may stand beside the key. */
static size_t add_steps(struct page *p, struct wls_node *next, bool first)
{
	struct wls_doc *doc = p->place->doc;
	size_t count = is_open_text(next);

	if (!first && is_open_text(next)) {
		wls_buf_add_str(p->out, "- ");
		wls_buf_add_slice(p->out, wls_text_flatten(doc, next->text));
		end_line(p);
	}
	for (struct wls_node *n = wls_node_children(doc, next); n; n = n->next) {
		if ((n->kind != WLS_NODE_ITEM && n->kind != WLS_NODE_PARAGRAPH) || !is_open_step(n))
			continue;
		add_lines(p, n);
		add_attributes(p, n->next);
		count++;
	}
	return count;
}

static size_t add_next(struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	const struct wls_entry *previous = p->place->previous;
	struct wls_node *next = NULL;
	struct wls_slice text = {0};
	size_t count = 0;
	bool first = true;

	if (previous)
		next = wls_entry_find_next(doc, previous, WLS_KEY_NEXT, NULL);
	if (next && is_open_text(next))
		text = wls_text_flatten(doc, next->text);
	add_key(p, "Next", text);
	for (; next; next = wls_entry_find_next(doc, previous, WLS_KEY_NEXT, next)) {
		count += add_steps(p, next, first);
		first = false;
	}
	return count;
}

static bool stands_in_entry(const struct wls_node *node)
{
	while (node && node->kind != WLS_NODE_ENTRY)
		node = node->parent;
	return node != NULL;
}

static bool names_questions(struct wls_slice label)
{
	for (size_t i = 0; i < label.len; i++)
		if (wls_slice_starts_nocase(wls_slice_from(label, i), WLS_SLICE("question")))
			return true;
	return false;
}

/* Fields behind a Blockers field that are its last blocker's: `**Owner:** @ops`. */
static void add_following(struct page *p, const struct wls_node *holder)
{
	for (const struct wls_node *n = holder->next; n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK)
			continue;
		if (n->kind != WLS_NODE_FIELD ||
		    (n->key != WLS_KEY_OWNER && n->key != WLS_KEY_REQUESTED &&
		     n->key != WLS_KEY_ETA && n->key != WLS_KEY_WORKAROUND))
			return;
		add_lines(p, n);
	}
}

static void add_blocker(struct page *p, const struct wls_blocker *blocker, struct wls_node *holder)
{
	if (blocker->node == holder) {
		add_attributes(p, wls_node_children(p->place->doc, holder));
	} else {
		add_lines(p, blocker->node);
		add_attributes(p, blocker->node->next);
	}
}

static size_t add_open_blockers(struct page *p, const struct wls_blocker *list, size_t count,
				struct wls_node *holder)
{
	size_t open = 0;
	bool last_is_open = false;

	for (size_t i = 0; i < count; i++) {
		if (!stands_in_entry(list[i].node))
			continue; /* the log's own, which stay where they are */
		last_is_open = !list[i].closed;
		if (list[i].closed)
			continue;
		add_blocker(p, &list[i], holder);
		open++;
	}
	if (last_is_open && holder->kind == WLS_NODE_FIELD)
		add_following(p, holder);
	return open;
}

static size_t add_blockers(struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	const struct wls_entry *previous = p->place->previous;
	struct wls_node *holder = NULL;
	size_t count = 0;

	if (previous)
		holder = wls_entry_find(doc, previous, WLS_KEY_BLOCKERS);
	if (!holder) {
		add_key(p, "Blockers", nothing(p));
		return 0;
	}
	const struct wls_blocker *list = wls_entry_blockers(doc, previous, &count);
	struct wls_slice text = {0};
	for (size_t i = 0; i < count; i++)
		if (list[i].node == holder && !list[i].closed)
			text = wls_text_flatten(doc, holder->text);
	/* Under this name a line that ends in `?` is a question, and holds nobody up. */
	add_key(p, names_questions(holder->label) ? "Blockers/Questions" : "Blockers", text);
	return add_open_blockers(p, list, count, holder);
}

/*
 * Counts what could be carried, and takes it away again when nobody asked for it: then the key
 * stands alone.
 */
static size_t add_carried(struct page *p, const char *key, size_t (*add)(struct page *p))
{
	size_t begin = p->out->len;
	size_t count = add(p);

	if (p->entry->carry || count == 0)
		return count;
	wls_buf_truncate(p->out, begin);
	add_key(p, key, wls_slice(NULL, 0));
	return count;
}

/* ---- the lines of an entry ---- */

static bool ends_with_tag(struct wls_slice title)
{
	return wls_slice_ends_nocase(title, WLS_SLICE("[BLOCKED]"));
}

static void add_heading(struct page *p)
{
	const struct wls_new_entry *entry = p->entry;

	wls_buf_fill(p->out, '#', p->place->level);
	wls_buf_printf(p->out, " v%u | %.*s %.*s |", p->place->version, WLS_SLICE_ARG(entry->date),
		       WLS_SLICE_ARG(entry->time));
	if (entry->title.len > 0)
		wls_buf_add_char(p->out, ' ');
	wls_buf_add_slice(p->out, entry->title);
	if (entry->blocked && !ends_with_tag(entry->title))
		wls_buf_add_str(p->out, " [BLOCKED]");
	end_line(p);
}

/* A title that would be read as a field of its own (`Setup | Status: done`) is left out. */
static void add_previous(struct page *p)
{
	const struct wls_entry *previous = p->place->previous;
	struct wls_key_line key;

	if (!previous) {
		add_key(p, "Prev", WLS_SLICE("None"));
		return;
	}
	struct wls_slice title = previous->title;
	if (wls_key_line_parse(title, &key) || wls_key_line_next(title, 0, &key))
		title.len = 0;
	wls_buf_printf(p->out, "**Prev:** v%u", previous->version);
	if (title.len > 0)
		wls_buf_add_char(p->out, ' ');
	wls_buf_add_slice(p->out, title);
	end_line(p);
}

/* The status that the previous entry states in a field of its own, or NULL. */
static const char *stated_status(const struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	struct wls_slice value;
	struct wls_node *status =
		p->place->previous ? wls_entry_find(doc, p->place->previous, WLS_KEY_STATUS) : NULL;

	if (!status)
		return NULL;
	wls_node_value(doc, status, &value);
	return wls_work_status_name(wls_work_status_parse(value));
}

/* A field where the log states its status in fields: without one the status would be lost. */
static void add_status(struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	const char *wanted = wls_work_status_name(p->entry->status);
	const char *stated = stated_status(p);
	bool own = doc && wls_node_find(doc, doc->root, WLS_KEY_STATUS);

	if (wanted && (stated || own || p->place->states_status))
		add_key(p, "Status", wls_slice_of(wanted));
	else if (stated && !wanted)
		add_key(p, "Status", wls_slice_of(stated));
}

static bool has_own_progress(const struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	const struct wls_node *front =
		doc && doc->frontmatter.present ? doc->root->first_child : NULL;

	for (const struct wls_node *n = front ? front->first_child : NULL; n; n = n->next)
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, WLS_SLICE("progress")))
			return true;
	return doc && wls_node_find(doc, doc->root, WLS_KEY_PROGRESS);
}

/* The last entry's percentage, which holds until somebody writes another one. */
static void add_progress(struct page *p)
{
	struct wls_doc *doc = p->place->doc;
	const struct wls_entry *previous = p->place->previous;
	struct wls_node *node = previous ? wls_entry_find(doc, previous, WLS_KEY_PROGRESS) : NULL;
	struct wls_slice value = {0};
	int percent = doc ? -1 : 0;

	if (!node && has_own_progress(p))
		return; /* the log keeps it in one place */
	if (node) {
		wls_node_value(doc, node, &value);
		percent = wls_progress_parse(value, NULL);
	}
	wls_buf_add_str(p->out, "**Progress:**");
	if (percent >= 0)
		wls_buf_printf(p->out, " %d%%", percent);
	end_line(p);
	end_line(p);
}

void wls_template_entry(const struct wls_entry_place *place, const struct wls_new_entry *entry,
			struct wls_buf *out, size_t *steps, size_t *blockers)
{
	static const char *const keys[] = {"Files", "Work", "Decisions"};
	struct page p = {place, entry, out};

	add_heading(&p);
	end_line(&p);
	add_previous(&p);
	add_key(&p, "Now", wls_slice(NULL, 0));
	add_status(&p);
	end_line(&p);
	add_progress(&p);
	for (size_t i = 0; i < WLS_ARRAY_SIZE(keys); i++) {
		add_key(&p, keys[i], wls_slice(NULL, 0));
		end_line(&p);
	}
	add_key(&p, "Works", wls_slice(NULL, 0));
	add_key(&p, "Fails", wls_slice(NULL, 0));
	end_line(&p);
	*blockers = add_carried(&p, "Blockers", add_blockers);
	end_line(&p);
	add_key(&p, "Dependencies", nothing(&p));
	end_line(&p);
	*steps = add_carried(&p, "Next", add_next);
	end_line(&p);
	add_key(&p, "Open", nothing(&p));
}

void wls_template_log(struct wls_slice title, const struct wls_new_entry *entry,
		      struct wls_buf *out)
{
	const struct wls_entry_place place = {.version = 1, .level = 2, .line_ending = "\n"};
	const char *status = wls_work_status_name(entry->status);
	size_t steps, blockers;

	wls_buf_printf(out, "---\nversion: v1\nstatus: %s\n---\n\n# %.*s Work Log\n\n",
		       status ? status : "in_progress", WLS_SLICE_ARG(title));
	wls_template_entry(&place, entry, out, &steps, &blockers);
}
