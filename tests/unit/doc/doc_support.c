/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <ftw.h>
#include <stdio.h>

#include "doc_support.h"

struct wls_doc *parse(struct wls_slice source)
{
	struct wls_doc *doc = NULL;
	struct wls_error err;
	cr_assert_eq(wls_doc_parse(&doc, source, &err), 0);
	return doc;
}

void read_file(const char *path, struct wls_buf *out)
{
	char chunk[1 << 14];
	FILE *file = fopen(path, "rb");
	cr_assert_not_null(file, "%s", path);
	size_t n;
	while ((n = fread(chunk, 1, sizeof(chunk), file)) > 0)
		wls_buf_add(out, chunk, n);
	fclose(file);
}

static struct {
	const char *suffix;
	void (*visit)(const char *path, void *data);
	void *data;
	size_t count;
} search;

static int visit_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (type != FTW_F ||
	    !wls_slice_ends_nocase(wls_slice_of(path), wls_slice_of(search.suffix)))
		return 0;
	search.visit(path, search.data);
	search.count++;
	return 0;
}

size_t each_fixture(const char *suffix, void (*visit)(const char *path, void *data), void *data)
{
	search.suffix = suffix;
	search.visit = visit;
	search.data = data;
	search.count = 0;
	nftw(FIXTURES, visit_file, 16, 0);
	return search.count;
}

/* ---- tiling ---- */

static uint32_t line_of(const struct wls_doc *doc, uint32_t offset)
{
	uint32_t line = 1;
	for (uint32_t i = 0; i < offset; i++) {
		char c = doc->source.ptr[i];
		bool crlf = c == '\r' && i + 1 < doc->source.len && doc->source.ptr[i + 1] == '\n';
		line += c == '\n' || (c == '\r' && !crlf);
	}
	return line;
}

static const char *node_fault(struct wls_doc *doc, struct wls_node *node)
{
	uint32_t at = node->body;
	if (node->begin > node->body || node->body > node->end)
		return "begin, body, end are not in order";
	/* A first line of blanks is the node's, too. */
	if (doc->source.len < 4096 && node->begin > 0 && node->line != line_of(doc, node->begin))
		return "the line is not that of the first byte";
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->parent != node)
			return "a child does not know its parent";
		if (n->begin != at)
			return "a gap or an overlap between children";
		if (n->begin == n->end)
			return "an empty node";
		const char *fault = node_fault(doc, n);
		if (fault)
			return fault;
		at = n->end;
		if (!n->next && node->last_child != n)
			return "the last child is another one";
	}
	return node->first_child && at != node->end ? "children end before their parent" : NULL;
}

const char *tiling_fault(struct wls_doc *doc)
{
	if (doc->root->begin != 0 || doc->root->end != doc->source.len)
		return "the document does not cover the source";
	const char *fault = node_fault(doc, doc->root);
	if (fault)
		return fault;
	struct wls_buf out;
	wls_buf_init(&out, WLS_BUF_LIMIT);
	wls_doc_render(doc, &out);
	bool same = wls_slice_eq(wls_buf_slice(&out), doc->source);
	wls_buf_release(&out);
	return same ? NULL : "rendering gives other bytes";
}

/* ---- describing ---- */

static void describe_flags(const struct wls_node *node, struct wls_buf *out)
{
	static const struct {
		unsigned flag;
		const char *word;
	} words[] = {
		{WLS_NODE_CHECKBOX, "box"},       {WLS_NODE_TICKED, "ticked"},
		{WLS_NODE_STRUCK, "struck"},      {WLS_NODE_BLOCKED, "blocked"},
		{WLS_NODE_REVIEW, "review"},      {WLS_NODE_ATTRIBUTE, "attr"},
		{WLS_NODE_EMPTY, "empty"},        {WLS_NODE_OPEN_RANGE, "open"},
		{WLS_NODE_LINE, "line"},          {WLS_NODE_CONTINUES, "continues"},
		{WLS_NODE_MARK_INSIDE, "inside"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(words); i++)
		if (node->flags & words[i].flag)
			wls_buf_printf(out, ",%s", words[i].word);
}

static void describe_facts(const struct wls_node *node, struct wls_buf *out)
{
	wls_buf_add_str(out, wls_node_kind_name(node->kind));
	if (node->key)
		wls_buf_printf(out, ":%s", wls_key_name(node->key));
	if (node->key == WLS_KEY_OTHER || (node->kind == WLS_NODE_ITEM && node->label.len > 0))
		wls_buf_printf(out, "=%.*s", WLS_SLICE_ARG(node->label));
	if (node->version && node->kind != WLS_NODE_ITEM) {
		wls_buf_printf(out, ",v%u", node->version);
		if (node->version_last != node->version)
			wls_buf_printf(out, "-%u", node->version_last);
	}
	describe_flags(node, out);
	if (node->mark)
		wls_buf_printf(out, ",%s", wls_mark_name(node->mark));
	if (node->priority)
		wls_buf_printf(out, ",%s", wls_priority_name(node->priority));
}

void describe(struct wls_doc *doc, struct wls_node *node, struct wls_buf *out)
{
	describe_facts(node, out);
	struct wls_slice text = wls_text_flatten(doc, node->text);
	if (text.len > 0)
		wls_buf_printf(out, "<%.*s>", WLS_SLICE_ARG(text));
	bool any = false;
	for (struct wls_node *n = wls_node_children(doc, node); n; n = n->next) {
		if (n->kind == WLS_NODE_BLANK)
			continue;
		wls_buf_add_str(out, any ? " " : "{");
		any = true;
		describe(doc, n, out);
	}
	if (any)
		wls_buf_add_char(out, '}');
}

void describe_diagnostics(const struct wls_doc *doc, struct wls_buf *out)
{
	for (size_t i = 0; i < doc->diagnostic_count; i++)
		wls_buf_printf(out, "%s%s@%u:%u", i > 0 ? " " : "", doc->diagnostics[i].rule,
			       doc->diagnostics[i].line, doc->diagnostics[i].column);
}
