/* SPDX-License-Identifier: MIT */
/*
 * Finding a field of a log by its name.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 */
#include "base/utf8.h"
#include "render/shown.h"

struct finder {
	struct wls_shown *shown;
	struct wls_slice folded; /* the user's word, as names are compared */
	struct wls_buf scratch;
	size_t cap;
};

static bool same_name(struct finder *f, struct wls_slice label)
{
	wls_buf_clear(&f->scratch);
	wls_utf8_add_folded_name(&f->scratch, label);
	return wls_slice_eq(wls_buf_slice(&f->scratch), f->folded);
}

static bool matches(struct finder *f, const struct wls_node *node)
{
	enum wls_key key = f->shown->key;
	bool holder = node->kind == WLS_NODE_FIELD || node->kind == WLS_NODE_SECTION;

	if (key == WLS_KEY_NONE)
		return holder && (same_name(f, node->label) ||
				  (node->kind == WLS_NODE_SECTION && same_name(f, node->text)));
	return node->key == key &&
	       (holder || node->kind == WLS_NODE_HANDOFF ||
		(node->kind == WLS_NODE_ITEM && (node->flags & WLS_NODE_ATTRIBUTE)));
}

static void add(struct finder *f, const struct wls_shown_file *file, uint32_t version,
		struct wls_node *node)
{
	struct wls_shown *shown = f->shown;

	if (shown->node_count == f->cap) {
		size_t cap = f->cap > 0 ? 2 * f->cap : 4;
		struct wls_shown_node *more =
			WLS_ARENA_ARRAY(&shown->arena, struct wls_shown_node, cap);
		if (shown->node_count > 0)
			memcpy(more, shown->nodes, shown->node_count * sizeof(*more));
		shown->nodes = more;
		f->cap = cap;
	}
	shown->nodes[shown->node_count++] = (struct wls_shown_node){file, version, node};
}

/* Next and Files add up; of other keys the last holds. */
static bool adds_up(enum wls_key key)
{
	return key == WLS_KEY_NEXT || key == WLS_KEY_FILES;
}

/* The holder's own fields and sections of that name. */
static bool find_direct(struct finder *f, const struct wls_shown_file *file, uint32_t version,
			struct wls_node *holder)
{
	struct wls_node *last = NULL;

	for (struct wls_node *n = wls_node_children(file->doc, holder); n; n = n->next) {
		if (n->kind == WLS_NODE_ITEM || !matches(f, n))
			continue;
		if (last && adds_up(f->shown->key))
			add(f, file, version, last);
		last = n;
	}
	if (last)
		add(f, file, version, last);
	return last != NULL;
}

/* What stands deeper: the outermost of that name in each section, handoff and list. */
static void find_deep(struct finder *f, const struct wls_shown_file *file, uint32_t version,
		      struct wls_node *holder)
{
	for (struct wls_node *n = wls_node_children(file->doc, holder); n; n = n->next) {
		if (n->kind == WLS_NODE_ENTRY || n->kind == WLS_NODE_FRONTMATTER)
			continue;
		if (matches(f, n))
			add(f, file, version, n);
		else
			find_deep(f, file, version, n);
	}
}

static bool find_in(struct finder *f, const struct wls_shown_file *file, uint32_t version,
		    struct wls_node *holder)
{
	size_t before = f->shown->node_count;

	if (!find_direct(f, file, version, holder))
		find_deep(f, file, version, holder);
	return f->shown->node_count > before;
}

/* ---- where a field holds now ---- */

/* The log's own sections of that name; with `fields` its fields too. */
static bool find_own(struct finder *f, bool fields)
{
	const struct wls_shown_file *file = f->shown->current;
	size_t before = f->shown->node_count;

	if (fields)
		return find_in(f, file, 0, file->doc->root);
	for (struct wls_node *n = wls_node_children(file->doc, file->doc->root); n; n = n->next)
		if (n->kind == WLS_NODE_SECTION && matches(f, n))
			add(f, file, 0, n);
	return f->shown->node_count > before;
}

/* The newest version that has it; all headings of that version. */
static bool find_newest(struct finder *f)
{
	const struct wls_shown_entry **sorted = wls_shown_newest_first(f->shown);
	uint32_t found = 0;

	for (size_t i = 0; i < f->shown->entry_count; i++) {
		const struct wls_entry *entry = sorted[i]->entry;
		if (found > 0 && entry->version != found)
			break;
		/* Blockers of older entries are no more. */
		if (f->shown->key == WLS_KEY_BLOCKERS &&
		    entry->version != sorted[0]->entry->version)
			break;
		/* Of duplicates only the one that counts as the newest. */
		const struct wls_entry *newest =
			wls_doc_entry(sorted[i]->file->doc, entry->version);
		if (!entry->continuation && newest && newest != entry)
			continue;
		if (find_in(f, sorted[i]->file, entry->version, entry->node))
			found = entry->version;
	}
	return found > 0;
}

static bool find_frontmatter(struct finder *f)
{
	const struct wls_shown_file *file = f->shown->current;
	struct wls_node *root = file->doc->root;

	for (struct wls_node *n = wls_node_children(file->doc, root); n; n = n->next) {
		if (n->kind != WLS_NODE_FRONTMATTER)
			continue;
		for (struct wls_node *k = wls_node_children(file->doc, n); k; k = k->next)
			if (k->kind == WLS_NODE_KEY && same_name(f, k->label))
				add(f, file, 0, k);
	}
	return f->shown->node_count > 0;
}

/*
 * Status and Progress, as the log's facts have them: those of the newest entry, else the log's own,
 * else the frontmatter's. A tag in the newest title is a status too, and stands in no field.
 */
static void find_fact(struct finder *f)
{
	const struct wls_shown_file *file = f->shown->current;
	const struct wls_entry *newest = wls_doc_newest(file->doc);
	enum wls_key key = f->shown->key;
	struct wls_node *node = newest ? wls_entry_find(file->doc, newest, key) : NULL;
	struct wls_slice value = {0};

	if (node && key == WLS_KEY_STATUS) {
		wls_node_value(file->doc, node, &value);
		/* `**Status:**` with nothing behind it says nothing. */
		node = wls_work_status_parse(value) != WLS_STATUS_NONE ? node : NULL;
	}
	if (node) {
		add(f, file, newest->version, node);
		return;
	}
	if (key == WLS_KEY_STATUS && newest &&
	    (newest->node->flags & (WLS_NODE_BLOCKED | WLS_NODE_REVIEW)))
		return;
	node = wls_node_find(file->doc, file->doc->root, key);
	if (node)
		add(f, file, 0, node);
	else
		find_frontmatter(f);
}

static void find_now(struct finder *f)
{
	if (f->shown->key == WLS_KEY_STATUS || f->shown->key == WLS_KEY_PROGRESS) {
		find_fact(f);
		return;
	}
	bool own = find_own(f, false);

	/* Open items of Current Blockers count beside those of the newest entry. */
	if (own && f->shown->key != WLS_KEY_BLOCKERS)
		return;
	if (!find_newest(f) && !own && !find_own(f, true))
		find_frontmatter(f);
}

/* ---- what is not there ---- */

/* Whether one of the first `count` labels is this one. */
static bool is_known(const struct wls_slice *labels, size_t count, struct wls_slice label)
{
	for (size_t i = 0; i < count; i++)
		if (wls_slice_eq(labels[i], label))
			return true;
	return false;
}

/* The names of the holder's fields and sections, each once: the first of them. */
static void add_labels(const struct wls_shown_file *file, struct wls_node *holder,
		       struct wls_buf *out)
{
	enum { LABELS_MAX = 32 };
	enum { LABELS_BYTES_MAX = 300 };
	struct wls_slice labels[LABELS_MAX];
	size_t count = 0;

	for (struct wls_node *n = wls_node_children(file->doc, holder);
	     n && count < LABELS_MAX && out->len <= LABELS_BYTES_MAX; n = n->next) {
		if ((n->kind != WLS_NODE_FIELD && n->kind != WLS_NODE_SECTION) ||
		    n->label.len == 0 || is_known(labels, count, n->label))
			continue;
		labels[count++] = n->label;
		wls_buf_add_str(out, count > 1 ? ", " : "");
		wls_utf8_add_lossy(out, n->label);
	}
}

static int say_unknown(const struct finder *f, struct wls_error *err)
{
	const struct wls_shown_file *file = f->shown->current;
	const struct wls_entry *newest = wls_doc_newest(file->doc);
	struct wls_buf labels _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_node *holder = newest ? newest->node : file->doc->root;

	add_labels(file, holder, &labels);
	return wls_error_set(err, WLS_E_NOT_FOUND, "%.*s has no field \"%.*s\"%s%s",
			     WLS_SLICE_ARG(f->shown->log->id), WLS_SLICE_ARG(f->shown->field),
			     labels.len > 0 ? "; it has " : "", wls_buf_str(&labels));
}

/* The key that a word names: as JSON calls it, or as a log may spell it. */
static enum wls_key key_of(struct wls_slice word)
{
	for (int k = WLS_KEY_NONE + 1; k < WLS_KEY_OTHER; k++)
		if (wls_slice_eq(word, wls_slice_of(wls_key_name((enum wls_key)k))))
			return (enum wls_key)k;
	return wls_key_find(word);
}

int wls_shown_find(struct wls_shown *shown, struct wls_slice field, struct wls_error *err)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct finder f = {.shown = shown, .scratch = WLS_BUF_INIT};
	int status = WLS_OK;

	wls_utf8_add_folded_name(&folded, field);
	f.folded = wls_buf_slice(&folded);
	shown->field = field;
	shown->key = key_of(field);
	if (shown->first > 0)
		for (size_t i = 0; i < shown->entry_count; i++)
			find_in(&f, shown->entries[i].file, shown->entries[i].entry->version,
				shown->entries[i].entry->node);
	else
		find_now(&f);
	if (shown->node_count == 0 && shown->key == WLS_KEY_NONE)
		status = say_unknown(&f, err);
	wls_buf_release(&f.scratch);
	return status;
}
