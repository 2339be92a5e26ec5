/* SPDX-License-Identifier: MIT */
/*
 * A new entry put into a log.
 *
 * The problem: logs stand newest first or oldest first, with sections of their own before and after
 * the entries, with lines between them, in any line ending; and an entry that is put into the wrong
 * place may be read as part of another, or change what other headings mean.
 *
 * The idea: the tree knows where entries begin and end. The new one goes before the first entry, or
 * behind the last one, which ends where the log's own sections begin. Three spans are written: the
 * entry, and the values of two keys of the frontmatter. Then the result is parsed, and the two trees
 * are compared: one entry more, it is the newest, its keys are its own, and everything else has the
 * bytes that it had. What fails that is refused, not repaired.
 *
 * Complexity: O(source).
 *
 * Layer: doc. Includes: base, doc, edit.
 */
#include "wlsync/edit.h"
#include "doc/doc_internal.h"

enum { EDITS_MAX = 3 };

struct addition {
	struct wls_doc *doc;
	const struct wls_new_entry *entry;
	const struct wls_entry *newest; /* or NULL */
	struct wls_entry_place place;
	size_t at;   /* where the new bytes go */
	bool on_top; /* before the first entry */
	size_t lead; /* bytes of `text` before the heading */
	struct wls_buf text, number;
	struct wls_edit edits[EDITS_MAX]; /* the last is the entry */
	size_t edit_count;
	struct wls_added added;
};

/* ---- spans ---- */

void wls_edits_apply(struct wls_slice source, const struct wls_edit *edits, size_t count,
		     struct wls_buf *out)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		wls_buf_add_slice(out, wls_slice(source.ptr + at, edits[i].begin - at));
		wls_buf_add_slice(out, edits[i].text);
		at = edits[i].end;
	}
	wls_buf_add_slice(out, wls_slice_from(source, at));
}

static void add_edit(struct addition *a, size_t begin, size_t end, struct wls_slice text)
{
	size_t i = a->edit_count++;

	for (; i > 0 && a->edits[i - 1].begin > begin; i--)
		a->edits[i] = a->edits[i - 1];
	a->edits[i] = (struct wls_edit){begin, end, text};
}

/* ---- the frontmatter ---- */

static const struct wls_node *frontmatter_of(const struct wls_doc *doc)
{
	const struct wls_node *first = doc->root->first_child;

	return doc->frontmatter.present && first && first->kind == WLS_NODE_FRONTMATTER ? first
											: NULL;
}

/* The value at `at` of the key, when its bytes stand in the source; else an empty slice. */
static struct wls_slice value_at(const struct wls_doc *doc, struct wls_slice name, uint32_t at)
{
	const struct wls_node *front = frontmatter_of(doc);

	for (const struct wls_node *n = front ? front->first_child : NULL; n; n = n->next)
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, name) &&
		    n->text.ptr == doc->source.ptr + at)
			return n->text;
	return wls_slice(NULL, 0);
}

/* The digits of the version: `v3.0` keeps what stands around its 3. */
static void set_version(struct addition *a)
{
	const struct wls_doc *doc = a->doc;
	uint32_t at = doc->frontmatter.version_at;
	struct wls_slice value = value_at(doc, WLS_SLICE("version"), at);
	size_t i = 0;

	if (doc->frontmatter.version == 0)
		return;
	while (i < value.len && !wls_is_digit(value.ptr[i]))
		i++;
	size_t end = i;
	while (end < value.len && wls_is_digit(value.ptr[end]))
		end++;
	if (end == i)
		return;
	wls_buf_printf(&a->number, "%u", a->place.version);
	add_edit(a, at + i, at + end, wls_buf_slice(&a->number));
	a->added.version_written = true;
}

/* A word that means the same already stays. */
static void set_status(struct addition *a)
{
	const struct wls_doc *doc = a->doc;
	uint32_t at = doc->frontmatter.status_at;
	struct wls_slice value = value_at(doc, WLS_SLICE("status"), at);
	const char *name = wls_work_status_name(a->entry->status);

	if (!name || value.len == 0 || wls_work_status_parse(value) == a->entry->status)
		return;
	add_edit(a, at, at + value.len, wls_slice_of(name));
	a->added.status_written = true;
}

/* ---- the place ---- */

/* The ending of the first line at or after `from`; NULL when there is none. */
static const char *ending_after(struct wls_slice source, size_t from)
{
	for (size_t i = from; i < source.len; i++) {
		if (source.ptr[i] == '\n')
			return "\n";
		if (source.ptr[i] == '\r')
			return i + 1 < source.len && source.ptr[i + 1] == '\n' ? "\r\n" : "\r";
	}
	return NULL;
}

/* The ending that the newest entry has, else the file. */
static const char *line_ending(const struct addition *a)
{
	struct wls_slice source = a->doc->source;
	const char *ending = a->newest ? ending_after(source, a->newest->node->begin) : NULL;

	if (!ending)
		ending = ending_after(source, 0);
	return ending ? ending : "\n";
}

static void find_place(struct addition *a)
{
	struct wls_doc *doc = a->doc;
	uint32_t n = doc->entry_count;

	a->on_top = n > 0 && doc->newest_first;
	if (n == 0)
		a->at = doc->source.len;
	else
		a->at = a->on_top ? doc->entries[0].node->begin : doc->entries[n - 1].node->end;
	a->place = (struct wls_entry_place){
		.doc = doc,
		.previous = a->newest,
		.level = a->newest ? a->newest->node->level : 2,
		.states_status = doc->frontmatter.status.len == 0,
		.line_ending = line_ending(a),
	};
}

static int find_version(struct addition *a, struct wls_error *err)
{
	uint32_t before = a->doc->frontmatter.version;

	if (before < a->entry->known)
		before = a->entry->known;
	if (a->newest)
		before = a->newest->version;
	if (before >= WLS_VERSION_MAX)
		return wls_error_set(err, WLS_E_LIMIT,
				     "v%u is the last number that an entry may have; begin a new "
				     "log, with \"Continuation of\" in it",
				     before);
	a->place.version = before + 1;
	a->added.version = before + 1;
	a->added.before = a->newest ? before : 0;
	return 0;
}

/* ---- the text ---- */

/* Whether the last thing in the entry is a line of `---`. */
static bool ends_with_break(struct wls_doc *doc, struct wls_node *node)
{
	while (node && node->kind != WLS_NODE_BREAK) {
		struct wls_node *last = NULL;
		for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next)
			if (n->kind != WLS_NODE_BLANK)
				last = n;
		node = last;
	}
	return node != NULL;
}

/* Whether the entries are parted by lines of `---`, where the new one goes. */
static bool has_breaks(const struct addition *a)
{
	uint32_t n = a->doc->entry_count;

	return n > 1 && ends_with_break(a->doc, a->doc->entries[a->on_top ? 0 : n - 2].node);
}

static void add_break(struct addition *a)
{
	wls_buf_add_str(&a->text, "---");
	wls_buf_add_str(&a->text, a->place.line_ending);
}

/* The line endings that part `before` from a heading by a blank line. */
static size_t endings_missing(struct wls_slice before)
{
	size_t end = before.len, blank;

	if (end == 0)
		return 0;
	if (!wls_is_line_end(before.ptr[end - 1]))
		return 2;
	end -= end > 1 && before.ptr[end - 1] == '\n' && before.ptr[end - 2] == '\r' ? 2 : 1;
	for (blank = end; blank > 0 && wls_is_blank(before.ptr[blank - 1]); blank--)
		;
	return blank == 0 || wls_is_line_end(before.ptr[blank - 1]) ? 0 : 1;
}

static void write_lead(struct addition *a, bool breaks, bool last_has_break)
{
	uint32_t bom = a->doc->root->body;
	struct wls_slice before = wls_slice(a->doc->source.ptr + bom, a->at - bom);

	for (size_t n = endings_missing(before); n > 0; n--)
		wls_buf_add_str(&a->text, a->place.line_ending);
	if (breaks && !a->on_top && !last_has_break) {
		add_break(a);
		wls_buf_add_str(&a->text, a->place.line_ending);
	}
	a->lead = a->text.len;
}

static void write_tail(struct addition *a, bool breaks, bool last_has_break)
{
	const char *ending = a->place.line_ending;
	struct wls_slice source = a->doc->source;

	if (breaks && (a->on_top || last_has_break)) {
		wls_buf_add_str(&a->text, ending);
		add_break(a);
	}
	if (a->at < source.len)
		wls_buf_add_str(&a->text, ending);
	else if (a->at > 0 && !wls_is_line_end(source.ptr[a->at - 1]))
		wls_buf_truncate(&a->text, a->text.len - strlen(ending));
}

static void write_text(struct addition *a)
{
	struct wls_doc *doc = a->doc;
	bool breaks = has_breaks(a);
	bool last_has_break =
		breaks && ends_with_break(doc, doc->entries[doc->entry_count - 1].node);

	write_lead(a, breaks, last_has_break);
	wls_template_entry(&a->place, a->entry, &a->text, &a->added.steps, &a->added.blockers);
	write_tail(a, breaks, last_has_break);
	add_edit(a, a->at, a->at, wls_buf_slice(&a->text));
}

/* ---- the same entry again ---- */

/* Whether nothing but blanks and lines of `---` is left of `s`. */
static bool is_filler(struct wls_slice s)
{
	for (size_t i = 0; i < s.len; i++)
		if (!wls_is_blank(s.ptr[i]) && !wls_is_line_end(s.ptr[i]) && s.ptr[i] != '-')
			return false;
	return true;
}

/* Whether `whole` is `part` with filler behind it, blanks at the end of `part` left out. */
static bool is_padded(struct wls_slice whole, struct wls_slice part)
{
	while (part.len > 0 &&
	       (wls_is_blank(part.ptr[part.len - 1]) || wls_is_line_end(part.ptr[part.len - 1])))
		part.len--;
	return wls_slice_starts(whole, part) && is_filler(wls_slice_from(whole, part.len));
}

/* Whether the newest entry is the one that is to be added, untouched since. */
static bool is_there(const struct addition *a)
{
	struct wls_doc *doc = a->doc;
	struct wls_entry_place place = a->place;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	size_t steps, blockers;

	if (!a->newest)
		return false;
	place.version = a->newest->version;
	place.previous = doc->version_count > 1
				 ? &doc->entries[doc->by_version[doc->version_count - 2]]
				 : NULL;
	wls_template_entry(&place, a->entry, &text, &steps, &blockers);
	return is_padded(wls_node_bytes(doc, a->newest->node), wls_buf_slice(&text));
}

/* ---- the check ---- */

/* Whether the new entry has each key of the template once, and no sections. */
static bool has_its_keys(struct wls_doc *doc, const struct wls_entry *entry)
{
	static const enum wls_key keys[] = {
		WLS_KEY_PREV,      WLS_KEY_NOW,          WLS_KEY_FILES, WLS_KEY_WORK,
		WLS_KEY_DECISIONS, WLS_KEY_WORKS,        WLS_KEY_FAILS, WLS_KEY_BLOCKERS,
		WLS_KEY_NEXT,      WLS_KEY_DEPENDENCIES, WLS_KEY_OPEN,
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(keys); i++) {
		struct wls_node *node = wls_node_find_next(doc, entry->node, keys[i], NULL);
		if (!node || node->kind != WLS_NODE_FIELD ||
		    wls_node_find_next(doc, entry->node, keys[i], node))
			return false;
	}
	for (struct wls_node *n = wls_node_children(doc, entry->node); n; n = n->next)
		if (n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_HANDOFF)
			return false;
	return entry->continued_by == WLS_ENTRY_NONE;
}

static bool is_same_node(const struct wls_doc *before, const struct wls_node *x,
			 const struct wls_doc *after, const struct wls_node *y)
{
	if (x->kind != y->kind || x->level != y->level || x->key != y->key ||
	    x->version != y->version || x->flags != y->flags)
		return false;
	return x->kind == WLS_NODE_FRONTMATTER ||
	       is_padded(wls_node_bytes(after, y), wls_node_bytes(before, x));
}

static struct wls_node *skip(struct wls_node *node, const struct wls_node *added)
{
	while (node && (node == added || node->kind == WLS_NODE_BLANK))
		node = node->next;
	return node;
}

/* Whether the top of the tree is as before, without the new entry. */
static bool is_same_tree(struct wls_doc *before, struct wls_doc *after,
			 const struct wls_node *added)
{
	struct wls_node *x = skip(wls_node_children(before, before->root), NULL);
	struct wls_node *y = skip(wls_node_children(after, after->root), added);

	while (x && y) {
		/* Flags are complete once the children are read. */
		wls_node_children(before, x);
		wls_node_children(after, y);
		if (!is_same_node(before, x, after, y))
			return false;
		x = skip(x->next, NULL);
		y = skip(y->next, added);
	}
	return !x && !y;
}

static bool is_same_frontmatter(const struct addition *a, const struct wls_doc *after)
{
	const struct wls_frontmatter *x = &a->doc->frontmatter, *y = &after->frontmatter;
	uint32_t version = x->version > 0 ? a->place.version : 0;

	if (x->present != y->present || y->version != version)
		return false;
	if (!a->added.status_written && !wls_slice_eq(x->status, y->status))
		return false;
	return wls_slice_eq(x->name, y->name) && wls_slice_eq(x->id, y->id) &&
	       wls_slice_eq(x->issue, y->issue) && x->alias_count == y->alias_count;
}

static const struct wls_entry *entry_at(const struct wls_doc *doc, size_t at)
{
	for (uint32_t i = 0; i < doc->entry_count; i++)
		if (doc->entries[i].node->begin == at)
			return &doc->entries[i];
	return NULL;
}

/* Whether the log has the status that was asked for: other places may speak louder. */
static bool has_status(const struct addition *a, struct wls_doc *after)
{
	struct wls_facts facts;

	if (a->entry->status == WLS_STATUS_NONE)
		return true;
	wls_doc_facts(after, &facts);
	return facts.status == a->entry->status;
}

static bool is_as_meant(struct addition *a, struct wls_doc *after)
{
	const struct wls_entry *entry = entry_at(after, a->added.begin + a->lead);

	if (!entry || entry != wls_doc_newest(after) || entry->version != a->place.version ||
	    !wls_slice_eq(entry->date, a->entry->date) ||
	    !wls_slice_eq(entry->time, a->entry->time) || entry->duplicate || entry->continuation)
		return false;
	wls_doc_locate(after, entry->node->begin, &a->added.line, &(uint32_t){0});
	return after->entry_count == a->doc->entry_count + 1 && has_its_keys(after, entry) &&
	       is_same_frontmatter(a, after) && is_same_tree(a->doc, after, entry->node);
}

/* Parses the result, and hands it out when it is what was meant. */
static int finish(struct addition *a, struct wls_buf *out, struct wls_added *added,
		  struct wls_error *err)
{
	struct wls_doc *after _cleanup_doc_ = NULL;
	struct wls_buf result _cleanup_buf_ = WLS_BUF_INIT;

	wls_edits_apply(a->doc->source, a->edits, a->edit_count, &result);
	a->added.begin = a->at;
	for (size_t i = 0; i + 1 < a->edit_count; i++)
		a->added.begin += a->edits[i].text.len - (a->edits[i].end - a->edits[i].begin);
	a->added.end = a->added.begin + a->text.len;
	int status = wls_doc_parse(&after, wls_buf_slice(&result), err);
	if (status < 0)
		return status;
	if (!is_as_meant(a, after))
		return wls_error_set(err, WLS_E_FORMAT,
				     "v%u would not be read as an entry of its own there; look for "
				     "a code fence or a comment that is not closed, or write it "
				     "yourself",
				     a->place.version);
	if (!has_status(a, after))
		return wls_error_set(err, WLS_E_FORMAT,
				     "the log would not be %s: its title or another Status says "
				     "something else",
				     wls_work_status_name(a->entry->status));
	wls_buf_add_slice(out, wls_buf_slice(&result));
	*added = a->added;
	return 0;
}

/* ---- the call ---- */

/* The line of what was meant as frontmatter and is none; 0: nothing is wrong with it. */
static uint32_t bad_frontmatter(const struct wls_doc *doc)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++)
		if (strcmp(doc->diagnostics[i].rule, "bad-frontmatter") == 0 &&
		    doc->diagnostics[i].severity != WLS_INFO)
			return doc->diagnostics[i].line;
	return 0;
}

static int refuse_early(const struct addition *a, struct wls_error *err)
{
	uint32_t line, column;

	if (a->doc->has_markers) {
		wls_doc_locate(a->doc, a->doc->marker_at, &line, &column);
		return wls_error_set(
			err, WLS_E_REFUSED,
			"line %u: conflict markers; settle them first (wlsync resolve)", line);
	}
	if (bad_frontmatter(a->doc) > 0)
		return wls_error_set(
			err, WLS_E_FORMAT,
			"line %u: the frontmatter cannot be read, so its version cannot "
			"be written; mend it first",
			bad_frontmatter(a->doc));
	if (is_there(a))
		return wls_error_set(err, WLS_E_REFUSED,
				     "v%u is this entry already, added in this minute and still "
				     "empty; fill it in",
				     a->newest->version);
	return 0;
}

int wls_edit_add_entry(struct wls_doc *doc, const struct wls_new_entry *entry, struct wls_buf *out,
		       struct wls_added *added, struct wls_error *err)
{
	struct addition a = {
		.doc = doc,
		.entry = entry,
		.newest = wls_doc_newest(doc),
		.text = WLS_BUF_INIT,
		.number = WLS_BUF_INIT,
	};

	find_place(&a);
	int status = refuse_early(&a, err);
	if (status == 0)
		status = find_version(&a, err);
	if (status == 0) {
		set_version(&a);
		set_status(&a);
		write_text(&a);
		status = finish(&a, out, added, err);
	}
	wls_buf_release(&a.text);
	wls_buf_release(&a.number);
	return status;
}
