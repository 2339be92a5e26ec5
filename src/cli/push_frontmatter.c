/* SPDX-License-Identifier: MIT */
/*
 * `issue: N` put into a log's frontmatter.
 *
 * Three places are known: the value of an `issue` key that is there, the line before the closing
 * one, and a frontmatter of its own at the top. Whatever was written is parsed again, and must say
 * the number and be the same log otherwise: YAML has more ways to be written than are thought of
 * here (flow mappings, indented keys, block scalars), and those are refused rather than damaged.
 *
 * Layer: cli. Includes: base, buf, doc, cli/push.
 */
#include <inttypes.h>
#include <stdio.h>

#include "cli/push.h"

/* What is put in the place of [begin, end). */
struct edit {
	size_t begin, end;
	struct wls_buf text;
};

/* The line ending that the file's first line has. */
static const char *line_ending(struct wls_slice source)
{
	for (size_t i = 0; i < source.len; i++) {
		if (source.ptr[i] == '\n')
			return "\n";
		if (source.ptr[i] == '\r')
			return i + 1 < source.len && source.ptr[i + 1] == '\n' ? "\r\n" : "\r";
	}
	return "\n";
}

static const struct wls_node *issue_key(const struct wls_node *frontmatter)
{
	for (const struct wls_node *n = frontmatter->first_child; n; n = n->next)
		if (n->kind == WLS_NODE_KEY && wls_slice_eq_nocase(n->label, WLS_SLICE("issue")))
			return n;
	return NULL;
}

static bool has_line_ending(struct wls_slice text)
{
	return wls_slice_find(text, WLS_SLICE("\n")) != SIZE_MAX ||
	       wls_slice_find(text, WLS_SLICE("\r")) != SIZE_MAX;
}

/* The bytes of a scalar where they stand in the source; false when they are a copy, or none. */
static bool value_span(const struct wls_doc *doc, const struct wls_node *key, struct edit *edit)
{
	const char *source = doc->source.ptr;
	struct wls_slice value = key->text;

	if (value.len == 0 || has_line_ending(value) || value.ptr < source + key->begin ||
	    value.ptr + value.len > source + key->end)
		return false;
	edit->begin = (size_t)(value.ptr - source);
	edit->end = edit->begin + value.len;
	return true;
}

/* A key whose value is missing, or is none of one line: all its lines make place for one. */
static void replace_key(const struct wls_doc *doc, const struct wls_node *key, int64_t number,
			struct edit *edit)
{
	if (value_span(doc, key, edit)) {
		wls_buf_printf(&edit->text, "%" PRId64, number);
		return;
	}
	edit->begin = key->begin;
	edit->end = key->end;
	wls_buf_printf(&edit->text, "issue: %" PRId64 "%s", number, line_ending(doc->source));
}

/* Where the last line of the frontmatter begins. */
static size_t closing_line(const struct wls_doc *doc, const struct wls_node *frontmatter)
{
	const char *source = doc->source.ptr;
	size_t at = frontmatter->end;

	while (at > frontmatter->body && (source[at - 1] == '\n' || source[at - 1] == '\r'))
		at--;
	while (at > frontmatter->body && source[at - 1] != '\n' && source[at - 1] != '\r')
		at--;
	return at;
}

static void find_edit(struct wls_doc *doc, int64_t number, struct edit *edit)
{
	const struct wls_node *first = doc->root->first_child;
	const char *ending = line_ending(doc->source);

	if (!doc->frontmatter.present || !first || first->kind != WLS_NODE_FRONTMATTER) {
		edit->begin = edit->end = doc->root->body;
		wls_buf_printf(&edit->text, "---%sissue: %" PRId64 "%s---%s", ending, number,
			       ending, ending);
		return;
	}
	const struct wls_node *key = issue_key(first);
	if (key) {
		replace_key(doc, key, number, edit);
		return;
	}
	edit->begin = edit->end = closing_line(doc, first);
	wls_buf_printf(&edit->text, "issue: %" PRId64 "%s", number, ending);
}

static bool is_malformed(const struct wls_doc *doc)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++)
		if (strcmp(doc->diagnostics[i].rule, "bad-frontmatter") == 0 &&
		    doc->diagnostics[i].severity != WLS_INFO)
			return true;
	return false;
}

/* Whether the value says the number, in the way that wanted logs are read. */
static bool says(struct wls_slice value, int64_t number)
{
	char text[32];

	snprintf(text, sizeof(text), "%" PRId64, number);
	return wls_slice_eq(wls_slice_trim(value), wls_slice_of(text));
}

/* Whether all but the number is as it was. */
static bool is_same_log(const struct wls_doc *before, const struct wls_doc *after, int64_t number)
{
	const struct wls_frontmatter *a = &before->frontmatter, *b = &after->frontmatter;

	return b->present && says(b->issue, number) && !is_malformed(after) &&
	       a->version == b->version && wls_slice_eq(a->status, b->status) &&
	       wls_slice_eq(a->name, b->name) && wls_slice_eq(a->id, b->id) &&
	       a->alias_count == b->alias_count && before->entry_count == after->entry_count;
}

static int refuse(struct wls_error *err, int64_t number)
{
	return wls_error_set(err, WLS_E_FORMAT,
			     "the frontmatter has no place for a line of ours; write \"issue: "
			     "%" PRId64 "\" into it yourself",
			     number);
}

/* The source with the edit in it, checked. */
static int apply_edit(const struct wls_doc *doc, const struct edit *edit, int64_t number,
		      struct wls_buf *out, struct wls_error *err)
{
	struct wls_buf edited _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_doc *after _cleanup_doc_ = NULL;
	struct wls_slice source = doc->source;

	wls_buf_add_slice(&edited, wls_slice(source.ptr, edit->begin));
	wls_buf_add_slice(&edited, wls_buf_slice(&edit->text));
	wls_buf_add_slice(&edited, wls_slice_from(source, edit->end));
	int status = wls_doc_parse(&after, wls_buf_slice(&edited), err);
	if (status < 0)
		return status;
	if (!is_same_log(doc, after, number))
		return refuse(err, number);
	wls_buf_add_slice(out, wls_buf_slice(&edited));
	return 0;
}

int wls_frontmatter_set_issue(struct wls_slice source, int64_t number, struct wls_buf *out,
			      bool *changed, struct wls_error *err)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct edit edit = {.text = WLS_BUF_INIT};
	int status = wls_doc_parse(&doc, source, err);

	if (status < 0)
		return status;
	if (is_malformed(doc))
		return wls_error_set(err, WLS_E_FORMAT,
				     "the frontmatter cannot be read; mend it first");
	*changed = !says(doc->frontmatter.issue, number);
	if (!*changed) {
		wls_buf_add_slice(out, source);
		return 0;
	}
	find_edit(doc, number, &edit);
	status = apply_edit(doc, &edit, number, out, err);
	wls_buf_release(&edit.text);
	return status;
}
