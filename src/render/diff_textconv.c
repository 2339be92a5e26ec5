/* SPDX-License-Identifier: MIT */
/*
 * A log as lines that tell where they stand, for git's textconv.
 *
 * Layer: render. Includes: base, buf, doc, diff.
 *
 *	v5 › Next: - [ ] [HIGH] Webhook
 *	v5 › Next:   - Owner: me
 *
 * Each line of the log is one line here, as it is (indentation, blanks at its end, its ending), behind its
 * place; blank lines have none. So no change is hidden, and git blame counts lines as the file does.
 */
#include "base/utf8.h"
#include "render/diff.h"

enum { LABEL_CELLS = 80 }; /* of a label: it stands on each of its lines */

struct converter {
	struct wls_doc *doc;
	struct wls_buf place;  /* of the node at hand */
	const char *line, *at; /* where the line at hand begins; up to where it was read */
	bool placed;           /* all before `at` is in `out`; else the line was blank so far */
	struct wls_buf *out;
};

/* Moves on to `to`, of the line at hand, where what comes is no blank. */
static void put_words(struct converter *c, const char *to)
{
	if (!c->placed && c->place.len > 0) {
		wls_buf_add_slice(c->out, wls_buf_slice(&c->place));
		wls_buf_add_str(c->out, ": ");
	}
	wls_buf_add(c->out, c->line, (size_t)(to - c->line));
	c->placed = true;
	c->line = to;
}

/* What is left of a line, blanks at most. */
static void end_line(struct converter *c)
{
	wls_buf_add(c->out, c->line, (size_t)(c->at - c->line));
	c->line = c->at;
	c->placed = false;
}

/* A line may hold the ends and beginnings of several nodes: its place is that of its first word. */
static void put_own(struct converter *c, const struct wls_node *n)
{
	struct wls_slice own = wls_node_own(c->doc, n);

	while (own.len > 0) {
		const char *end = memchr(own.ptr, '\n', own.len);
		struct wls_slice piece =
			wls_slice(own.ptr, end ? (size_t)(end - own.ptr) + 1 : own.len);
		c->at = piece.ptr + piece.len;
		if (c->placed || wls_slice_trim(piece).len > 0)
			put_words(c, c->at);
		if (end)
			end_line(c);
		own = wls_slice_from(own, piece.len);
	}
}

/* What stands in the node is told to stand there. */
static void add_step(struct converter *c, const struct wls_node *n)
{
	const char *joint = c->place.len > 0 ? " \xE2\x80\xBA " : "";
	struct wls_slice label;

	if (n->kind == WLS_NODE_ENTRY) {
		wls_buf_printf(&c->place, "%sv%u", joint, n->version);
	} else if (n->kind == WLS_NODE_FRONTMATTER) {
		wls_buf_printf(&c->place, "%sfrontmatter", joint);
	} else if (n->kind == WLS_NODE_SECTION || n->kind == WLS_NODE_FIELD ||
		   n->kind == WLS_NODE_HANDOFF) {
		label = wls_text_flatten(c->doc, wls_slice_trim(n->label));
		label.len = wls_utf8_fit(label, LABEL_CELLS);
		wls_buf_add_str(&c->place, joint);
		wls_buf_add_slice(&c->place, label);
	}
}

/* Recurses as deep as nodes nest. */
static void put_node(struct converter *c, struct wls_node *n)
{
	size_t before = c->place.len;

	put_own(c, n);
	add_step(c, n);
	for (struct wls_node *child = wls_node_children(c->doc, n); child; child = child->next)
		put_node(c, child);
	wls_buf_truncate(&c->place, before);
}

void wls_diff_textconv(struct wls_doc *doc, struct wls_buf *out)
{
	struct converter c = {
		.doc = doc,
		.place = WLS_BUF_INIT,
		.line = doc->source.ptr,
		.at = doc->source.ptr,
		.out = out,
	};
	struct wls_facts facts;

	wls_doc_facts(doc, &facts);
	if (facts.is_worklog && !doc->has_nul) {
		put_node(&c, doc->root);
		end_line(&c);
	} else {
		wls_buf_add_slice(out, doc->source);
	}
	wls_buf_release(&c.place);
}
