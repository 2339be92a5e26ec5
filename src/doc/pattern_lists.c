/* SPDX-License-Identifier: MIT */
/*
 * The rows of a field or section: elements, hypotheses, statements, files, review notes.
 *
 * Layer: doc. Includes: base, doc, figure, pattern.
 *
 * A row is an item (of a list, or a line of its own), a paragraph, or what stands on the field's own
 * line. Attributes (`Owner: …`) are no rows: they belong to the row before them.
 */
#include "doc/pattern_internal.h"

/* ---- rows ---- */

/* Walks over the rows right beneath a node; the first may be its own line. */
struct rows {
	struct wls_doc *doc;
	struct wls_node *holder;
	struct wls_node *node; /* the current row: an item, a paragraph, or the holder itself */
	struct wls_slice text; /* on one line */
	bool begun;
};

static struct rows rows_of(struct wls_doc *doc, struct wls_node *holder)
{
	return (struct rows){.doc = doc, .holder = holder};
}

/* What a field says on its own line; a section's heading is its name, not a row. */
static bool has_line(const struct wls_node *node)
{
	return node->kind == WLS_NODE_FIELD && node->text.len > 0 &&
	       !(node->flags & WLS_NODE_EMPTY);
}

static bool is_row(const struct wls_node *node)
{
	if (node->kind == WLS_NODE_ITEM)
		return !(node->flags & WLS_NODE_ATTRIBUTE) && node->text.len > 0;
	return node->kind == WLS_NODE_PARAGRAPH;
}

static bool next_row(struct rows *rows)
{
	struct wls_node *node = rows->node;
	if (rows->holder->flags & WLS_NODE_EMPTY)
		return false;
	if (!rows->begun && has_line(rows->holder)) {
		node = rows->holder;
	} else {
		node = !rows->begun || node == rows->holder
			       ? wls_node_children(rows->doc, rows->holder)
			       : node->next;
		while (node && !is_row(node))
			node = node->next;
	}
	rows->begun = true;
	rows->node = node;
	if (!node)
		return false;
	rows->text = wls_text_flatten(rows->doc, node->text);
	return true;
}

/* ---- elements ---- */

static void read_element(const struct wls_node *node, struct wls_slice text, uint32_t at,
			 struct wls_element *out)
{
	wls_element_parse(text, out);
	if (node->mark != WLS_MARK_NONE &&
	    (out->mark == WLS_MARK_NONE || node->kind == WLS_NODE_ITEM))
		out->mark = node->mark;
	if (node->priority != WLS_PRIORITY_NONE)
		out->priority = node->priority;
	out->node = node;
	out->at = at;
}

const struct wls_element *wls_pattern_items(struct wls_doc *doc, struct wls_node *node,
					    size_t *count)
{
	struct wls_element *elements = NULL;
	*count = 0;
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->kind != WLS_NODE_ITEM || !is_row(n))
			continue;
		struct wls_element *element = WLS_ARENA_MORE(&doc->arena, elements, *count);
		struct wls_flat_place place = wls_flat_place_of(doc, n->text);
		read_element(n, wls_text_flatten(doc, n->text),
			     wls_flat_place_at(&place, 0, n->begin), element);
		element->elements = wls_pattern_items(doc, n, &element->element_count);
	}
	return elements;
}

void wls_pattern_elements(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_element *elements = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		struct wls_slice rest = rows.text, part;
		struct wls_flat_place place = wls_flat_place_of(doc, rows.node->text);
		uint32_t begin = rows.node->begin;
		if (rows.node->kind == WLS_NODE_ITEM) {
			struct wls_element *element =
				WLS_ARENA_MORE(&doc->arena, elements, out->element_count);
			read_element(rows.node, rows.text, wls_flat_place_at(&place, 0, begin),
				     element);
			element->elements =
				wls_pattern_items(doc, rows.node, &element->element_count);
			continue;
		}
		while (wls_next_part(&rest, ',', &part)) {
			if (part.len == 0)
				continue;
			size_t at = (size_t)(part.ptr - rows.text.ptr);
			read_element(rows.node, part, wls_flat_place_at(&place, at, begin),
				     WLS_ARENA_MORE(&doc->arena, elements, out->element_count));
		}
	}
	out->elements = elements;
}

/* ---- hypotheses ---- */

/* `text | ⏳`: the marker was taken off, and what parts it from the text is none of it. */
static struct wls_slice without_separator(struct wls_slice text)
{
	if (text.len == 0 || text.ptr[text.len - 1] != '|')
		return text;
	return wls_slice_trim(wls_slice(text.ptr, text.len - 1));
}

void wls_pattern_hypotheses(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_hypothesis *list = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		struct wls_hypothesis *h = WLS_ARENA_MORE(&doc->arena, list, out->hypothesis_count);
		wls_hypothesis_parse(rows.text, h);
		h->node = rows.node;
		h->label = rows.node->kind == WLS_NODE_ITEM ? rows.node->label : wls_slice(NULL, 0);
		/* `H1: text ✅`: the item's marker was taken off its text. */
		if (h->verdict == WLS_VERDICT_NONE && rows.node->kind == WLS_NODE_ITEM) {
			struct wls_hypothesis marked = {0};
			struct wls_slice own = wls_node_own(doc, rows.node);
			wls_hypothesis_parse(wls_text_flatten(doc, own), &marked);
			h->verdict = marked.verdict;
			h->mark = marked.mark;
			if (rows.node->mark != WLS_MARK_NONE)
				h->text = without_separator(h->text);
		}
	}
	out->hypotheses = list;
}

/* ---- statements ---- */

static const struct wls_reference *references_of(struct wls_arena *arena, struct wls_slice text,
						 size_t *count)
{
	struct wls_reference *list = NULL, reference;
	*count = 0;
	for (size_t at = 0; wls_reference_next(text, &at, &reference);)
		*WLS_ARENA_MORE(arena, list, *count) = reference;
	return list;
}

/* Cuts the reason off the text, where this kind of statement has one. */
static void take_reason(enum wls_pattern_kind kind, struct wls_statement *s)
{
	struct wls_slice text = s->text;
	size_t at = SIZE_MAX, len = 1;
	if (kind == WLS_PATTERN_DECISIONS) {
		at = wls_find_name_colon(text);
		len = at == SIZE_MAX ? 0 : wls_colon_at(wls_slice_from(text, at));
	} else if (kind == WLS_PATTERN_LESSONS) {
		at = wls_find_arrow(text, 0, &len);
	}
	if (at != SIZE_MAX) {
		s->reason = wls_slice_trim(wls_slice_from(text, at + len));
		s->text = wls_slice_trim(wls_slice(text.ptr, at));
		return;
	}
	size_t open = wls_last_parenthesis(text);
	if ((kind != WLS_PATTERN_DECISIONS && kind != WLS_PATTERN_DECISIONS_LOG) || open == 0 ||
	    open >= text.len)
		return;
	s->reason = wls_slice_trim(wls_slice(text.ptr + open + 1, text.len - open - 2));
	s->text = wls_slice_trim(wls_slice(text.ptr, open));
}

static void read_statement(struct wls_doc *doc, struct wls_node *node, struct wls_slice text,
			   enum wls_pattern_kind kind, struct wls_statement *out)
{
	*out = (struct wls_statement){.text = text, .mark = node->mark, .node = node};
	out->figures = wls_figures_of(&doc->arena, text, &out->figure_count);
	out->references = references_of(&doc->arena, text, &out->reference_count);
	if (node->kind == WLS_NODE_ITEM) {
		out->versions = (struct wls_versions){node->version, node->version_last,
						      (node->flags & WLS_NODE_OPEN_RANGE) != 0};
		out->checkbox = node->flags & WLS_NODE_CHECKBOX;
		out->ticked = node->flags & WLS_NODE_TICKED;
		if (kind == WLS_PATTERN_WORK)
			out->label = node->label;
	}
	take_reason(kind, out);
}

void wls_pattern_statements(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_statement *list = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows))
		read_statement(doc, rows.node, rows.text, out->kind,
			       WLS_ARENA_MORE(&doc->arena, list, out->statement_count));
	out->statements = list;
}

/* ---- findings ---- */

/* `(v5, v7, v9, v12)` at the end names where a pattern was seen: cut off the name. */
static struct wls_slice cut_versions(struct wls_slice text)
{
	size_t open = wls_last_parenthesis(text);
	struct wls_slice part, inside;
	if (open == 0 || open >= text.len)
		return text;
	inside = wls_slice(text.ptr + open + 1, text.len - open - 2);
	while (wls_next_part(&inside, ',', &part)) {
		struct wls_versions versions;
		if (part.len == 0 || wls_versions_at(part, &versions) != part.len)
			return text;
	}
	return wls_slice_trim(wls_slice(text.ptr, open));
}

static void read_pattern(struct wls_arena *arena, struct wls_slice text, struct wls_finding *out)
{
	struct wls_versions *list = NULL, versions;
	*out = (struct wls_finding){.name = cut_versions(text)};
	for (size_t at = 0; wls_versions_next(text, &at, &versions);)
		*WLS_ARENA_MORE(arena, list, out->version_count) = versions;
	out->versions = list;
	out->figures = wls_figures_of(arena, text, &out->figure_count);
}

void wls_pattern_findings(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_finding *list = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		struct wls_finding *f = WLS_ARENA_MORE(&doc->arena, list, out->finding_count);
		bool read = false;
		if (out->kind == WLS_PATTERN_TRENDS)
			read = wls_trend_parse(&doc->arena, rows.text, f);
		else if (out->kind == WLS_PATTERN_CONTRADICTIONS)
			read = wls_contradiction_parse(&doc->arena, rows.text, f);
		if (!read)
			read_pattern(&doc->arena, rows.text, f);
		f->node = rows.node;
		f->attributes = wls_node_attributes(doc, rows.node, &f->attribute_count);
	}
	out->findings = list;
}

/* ---- targets ---- */

void wls_pattern_targets(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_target *list = NULL, target;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		if (!wls_target_parse(rows.text, &target))
			continue;
		if (target.mark == WLS_MARK_NONE)
			target.mark = rows.node->mark;
		target.node = rows.node;
		*WLS_ARENA_MORE(&doc->arena, list, out->target_count) = target;
	}
	out->targets = list;
}

/* ---- review notes ---- */

/* `@tech-lead @ops: words`: bytes of the names, or 0. */
static size_t names_at(struct wls_slice text)
{
	size_t i = 0, end = 0;
	while (i < text.len && text.ptr[i] == '@') {
		i++;
		while (i < text.len &&
		       (wls_is_alnum(text.ptr[i]) || memchr("-_./", text.ptr[i], 4)))
			i++;
		end = i;
		while (i < text.len && (wls_is_blank(text.ptr[i]) || text.ptr[i] == ','))
			i++;
	}
	return end;
}

/* What one row says: who is asked is in the label of a line, or begins the text. */
static void read_note(const struct rows *rows, struct wls_review_note *out)
{
	struct wls_slice label = rows->node->label;
	*out = (struct wls_review_note){.text = rows->text, .node = rows->node};
	if (rows->node->kind == WLS_NODE_ITEM && label.len > 0 && label.ptr[0] == '@') {
		out->names = label;
		return;
	}
	size_t len = names_at(rows->text);
	size_t colon = wls_colon_at(wls_slice_from(rows->text, len));
	if (len == 0)
		return;
	out->names = wls_slice(rows->text.ptr, len);
	out->text = wls_slice_trim(wls_slice_from(rows->text, len + colon));
}

void wls_pattern_notes(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_review_note *list = NULL, *last = NULL;
	struct wls_statement *points = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		struct wls_review_note note;
		read_note(&rows, &note);
		bool listed =
			rows.node->kind == WLS_NODE_ITEM && !(rows.node->flags & WLS_NODE_LINE);
		bool is_point = listed && note.names.len == 0;
		if (!is_point || !last) {
			last = WLS_ARENA_MORE(&doc->arena, list, out->note_count);
			*last = is_point ? (struct wls_review_note){.node = rows.node} : note;
			points = NULL;
		}
		if (!is_point)
			continue;
		read_statement(doc, rows.node, rows.text, out->kind,
			       WLS_ARENA_MORE(&doc->arena, points, last->point_count));
		last->points = points;
	}
	out->notes = list;
}

/* ---- files ---- */

/* A path that is no reference elsewhere, but is one in Files: `Makefile`, `README.md (why)`, `a.txt: why`. */
static bool plain_path(struct wls_slice text, struct wls_reference *out)
{
	size_t end = 0;
	while (end < text.len && !wls_is_blank(text.ptr[end]) && text.ptr[end] != ',')
		end++;
	struct wls_slice rest = wls_slice_trim(wls_slice_from(text, end));
	struct wls_slice path = wls_slice(text.ptr, end);
	bool colon = end > 1 && path.ptr[end - 1] == ':' && memchr(path.ptr, '.', end);
	if (end == 0 || (rest.len > 0 && rest.ptr[0] != '(' && wls_dash_at(rest) == 0 && !colon))
		return false;
	path.len -= colon;
	*out = (struct wls_reference){.path = path, .end = path.len};
	if (path.len > 2 && path.ptr[0] == '`' && path.ptr[path.len - 1] == '`')
		out->path = wls_slice(path.ptr + 1, path.len - 2);
	return true;
}

/* What stands between `open` and `close` at the start of `s`; *len gets the bytes of all three. */
static bool enclosed(struct wls_slice s, struct wls_slice open, struct wls_slice close,
		     struct wls_slice *inside, size_t *len)
{
	if (!wls_slice_starts(s, open))
		return false;
	size_t end = wls_slice_find(wls_slice_from(s, open.len), close);
	if (end == SIZE_MAX)
		return false;
	*inside = wls_slice(s.ptr + open.len, end);
	*len = open.len + end + close.len;
	return true;
}

/* A reference at the start of `text`: bare, as code, bold, or a link's target; its bytes, or 0. */
static size_t reference_at(struct wls_slice text, struct wls_reference *out)
{
	struct wls_slice inside = text, target;
	size_t at = 0, len = 0, label;
	bool bold = enclosed(text, WLS_SLICE("**"), WLS_SLICE("**"), &inside, &len);
	if (!bold && enclosed(text, WLS_SLICE("["), WLS_SLICE("]"), &inside, &label)) {
		if (!enclosed(wls_slice_from(text, label), WLS_SLICE("("), WLS_SLICE(")"), &target,
			      &len))
			return 0;
		inside = target;
		len += label;
	}
	if (!wls_reference_next(inside, &at, out) || out->at != 0)
		return 0;
	/* All of what is enclosed, or it says more than where the file is. */
	if (len > 0 && out->end != inside.len)
		return 0;
	out->end = len > 0 ? len : out->end;
	return out->end;
}

/* `(lines 3-9)`, `(L3-9)` behind a path. */
static void read_enclosed_lines(struct wls_slice why, struct wls_reference *file)
{
	static const struct wls_slice words[] = {{"lines ", 6}, {"line ", 5}};
	struct wls_slice inside;
	uint32_t first, last;
	size_t len;
	if (file->first > 0 || !enclosed(why, WLS_SLICE("("), WLS_SLICE(")"), &inside, &len))
		return;
	bool named = wls_slice_starts(inside, WLS_SLICE("L"));
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++) {
		if (!wls_slice_starts_nocase(inside, words[i]))
			continue;
		inside = wls_slice_trim(wls_slice_from(inside, words[i].len));
		named = true;
	}
	if (!named || inside.len == 0 || wls_lines_at(inside, &first, &last) != inside.len)
		return;
	file->first = first;
	file->last = last;
}

/* What is said behind the files of a row. */
static struct wls_slice read_why(struct wls_slice why)
{
	size_t separator = wls_dash_at(why) > 0 ? wls_dash_at(why) : wls_colon_at(why);
	why = wls_slice_trim(wls_slice_from(why, separator));
	if (why.len > 1 && why.ptr[0] == '(' && wls_last_parenthesis(why) == 0)
		why = wls_slice_trim(wls_slice(why.ptr + 1, why.len - 2));
	return why;
}

static bool read_file(struct wls_slice text, struct wls_file_use *out)
{
	*out = (struct wls_file_use){0};
	if (reference_at(text, &out->file) == 0 && !plain_path(text, &out->file))
		return false;
	struct wls_slice why = wls_slice_trim(wls_slice_from(text, out->file.end));
	read_enclosed_lines(why, &out->file);
	out->why = read_why(why);
	return true;
}

/* The next path of `src/a.c, src/b.c (why)`; false when words follow. */
static bool read_next_file(struct wls_slice *rest, struct wls_file_use *out)
{
	struct wls_slice text = wls_slice_trim(*rest);
	*out = (struct wls_file_use){0};
	if (text.len == 0 || text.ptr[0] != ',')
		return false;
	text = wls_slice_trim(wls_slice_from(text, 1));
	size_t len = reference_at(text, &out->file);
	if (len == 0)
		return false;
	*rest = wls_slice_from(text, len);
	return true;
}

/* The next of `L45-89, L102` at the start of *rest, which goes on behind it. */
static bool next_lines(struct wls_slice text, struct wls_slice *rest, struct wls_reference *out)
{
	struct wls_slice s = *rest;
	bool first = out->end == 0;
	if (!first && (s.len == 0 || s.ptr[0] != ','))
		return false;
	s = first ? s : wls_ltrim(wls_slice_from(s, 1));
	if (wls_slice_starts_nocase(s, WLS_SLICE("lines ")))
		s = wls_ltrim(wls_slice_from(s, 6));
	*out = (struct wls_reference){.path = {text.ptr, 0}, .at = (size_t)(s.ptr - text.ptr)};
	size_t len = wls_lines_at(s, &out->first, &out->last);
	out->end = out->at + len;
	*rest = wls_slice_trim(wls_slice_from(s, len));
	return len > 0;
}

/* `L45-89: what to look at`, `Lines 45-89, 102: …`. */
static void read_lines(struct wls_doc *doc, struct wls_node *item, struct wls_statement *out)
{
	struct wls_slice text = wls_text_flatten(doc, item->text), rest = text, said = text;
	struct wls_reference *list = NULL, lines = {0};
	*out = (struct wls_statement){.text = text, .mark = item->mark, .node = item};
	while (next_lines(text, &rest, &lines)) {
		*WLS_ARENA_MORE(&doc->arena, list, out->reference_count) = lines;
		said = rest;
	}
	if (out->reference_count == 0)
		return;
	size_t separator = wls_dash_at(said) > 0 ? wls_dash_at(said) : wls_colon_at(said);
	out->text = wls_slice_trim(wls_slice_from(said, separator));
	out->references = list;
}

/* Of several files on a row the last is the one whose lines and why follow. */
static void add_files(struct wls_doc *doc, struct wls_node *node, struct wls_slice text,
		      struct wls_file_use **list, size_t *count)
{
	struct wls_file_use use, next;
	struct wls_statement *lines = NULL;
	struct wls_slice rest;
	if (!read_file(text, &use))
		return;
	use.node = node;
	rest = wls_slice_from(text, use.file.end);
	while (read_next_file(&rest, &next)) {
		use.why = wls_slice(rest.ptr, 0);
		*WLS_ARENA_MORE(&doc->arena, *list, *count) = use;
		next.node = node;
		next.why = read_why(wls_slice_trim(rest));
		use = next;
	}
	if (node->kind == WLS_NODE_ITEM)
		for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next)
			if (n->kind == WLS_NODE_ITEM && is_row(n))
				read_lines(doc, n,
					   WLS_ARENA_MORE(&doc->arena, lines, use.line_count));
	use.lines = lines;
	*WLS_ARENA_MORE(&doc->arena, *list, *count) = use;
}

void wls_pattern_files(struct wls_doc *doc, struct wls_node *node, struct wls_pattern *out)
{
	struct wls_file_use *list = NULL;
	struct rows rows = rows_of(doc, node);
	while (next_row(&rows)) {
		struct wls_slice rest = rows.text, part;
		if (rows.node->kind == WLS_NODE_ITEM) {
			add_files(doc, rows.node, rows.text, &list, &out->file_count);
			continue;
		}
		while (wls_next_part(&rest, ',', &part))
			add_files(doc, rows.node, part, &list, &out->file_count);
	}
	out->files = list;
}
