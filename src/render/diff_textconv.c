/* SPDX-License-Identifier: MIT */
/*
 * A log as lines that tell where they stand, for git's textconv.
 *
 * Layer: render. Includes: base, buf, doc, diff.
 *
 *	v5 › Next: - [ ] [HIGH] Webhook
 *
 * Text that goes on over several lines becomes one; code stays lines; blank lines go.
 */
#include "render/diff.h"

struct converter {
	struct wls_doc *doc;
	struct wls_buf place; /* of the node at hand */
	struct wls_buf *out;
};

static void put_line(struct converter *c, struct wls_slice line)
{
	if (wls_slice_trim(line).len == 0)
		return;
	if (c->place.len > 0) {
		wls_buf_add_slice(c->out, wls_buf_slice(&c->place));
		wls_buf_add_str(c->out, ": ");
	}
	wls_buf_add_slice(c->out, line);
	wls_buf_add_char(c->out, '\n');
}

static bool is_running_text(const struct wls_node *n)
{
	return n->kind == WLS_NODE_ITEM || n->kind == WLS_NODE_PARAGRAPH ||
	       n->kind == WLS_NODE_FIELD;
}

static void put_own(struct converter *c, const struct wls_node *n)
{
	struct wls_slice own = wls_slice_trim(wls_node_own(c->doc, n)), line;

	if (is_running_text(n)) {
		put_line(c, wls_text_flatten(c->doc, own));
		return;
	}
	own = wls_node_own(c->doc, n);
	while (wls_slice_next_line(&own, &line))
		put_line(c, line);
}

/* What stands in the node is told to stand there. */
static void add_step(struct converter *c, const struct wls_node *n)
{
	const char *joint = c->place.len > 0 ? " \xE2\x80\xBA " : "";
	struct wls_slice label = wls_slice_trim(n->label);

	if (n->kind == WLS_NODE_ENTRY)
		wls_buf_printf(&c->place, "%sv%u", joint, n->version);
	else if (n->kind == WLS_NODE_FRONTMATTER)
		wls_buf_printf(&c->place, "%sfrontmatter", joint);
	else if (n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_FIELD ||
		 n->kind == WLS_NODE_HANDOFF)
		wls_buf_printf(&c->place, "%s%.*s", joint,
			       WLS_SLICE_ARG(wls_text_flatten(c->doc, label)));
}

/* Recurses as deep as nodes nest. */
static void put_node(struct converter *c, struct wls_node *n)
{
	size_t before = c->place.len;

	if (n->kind == WLS_NODE_BLANK)
		return;
	put_own(c, n);
	add_step(c, n);
	for (struct wls_node *child = wls_node_children(c->doc, n); child; child = child->next)
		put_node(c, child);
	wls_buf_truncate(&c->place, before);
}

void wls_diff_textconv(struct wls_doc *doc, struct wls_buf *out)
{
	struct converter c = {.doc = doc, .place = WLS_BUF_INIT, .out = out};
	struct wls_facts facts;

	wls_doc_facts(doc, &facts);
	if (facts.is_worklog && !doc->has_nul)
		put_node(&c, doc->root);
	else
		wls_buf_add_slice(out, doc->source);
	wls_buf_release(&c.place);
}
