/* SPDX-License-Identifier: MIT */
/*
 * The pieces of wlsync.show/1. Private to src/render/show_*.c.
 *
 * Layer: render. Includes: base, buf, doc, pattern.
 */
#ifndef WLS_RENDER_SHOW_JSON_H
#define WLS_RENDER_SHOW_JSON_H

#include "base/json.h"
#include "wlsync/pattern.h"

/* A document that is being written. */
struct wls_show_writer {
	struct wls_json json;
	struct wls_doc *doc; /* of the present file */
	/* The last place that was told: the next one on its line is counted from there, so that a line of
	 * many fields or elements is gone through once. */
	const struct wls_doc *place_doc;
	uint32_t place, line, column;
};

/* ---- show_nodes.c ---- */

/* Keys line and column: of a node, blanks before it left out. */
void wls_show_place(struct wls_show_writer *w, const struct wls_node *node);
/* The same of a byte in a node's own text. */
void wls_show_place_in(struct wls_show_writer *w, const struct wls_node *node, uint32_t offset);
/* Key `versions`: first and last (null when open), or null. */
void wls_show_versions(struct wls_show_writer *w, struct wls_versions versions);
void wls_show_field(struct wls_show_writer *w, struct wls_node *field);
void wls_show_section(struct wls_show_writer *w, struct wls_node *section);
void wls_show_handoff(struct wls_show_writer *w, struct wls_node *handoff);
void wls_show_attribute(struct wls_show_writer *w, const struct wls_attribute *attribute);
/*
 * The keys of all that holds fields: attributes, fields, items, sections, handoffs, other. Entries,
 * title and frontmatter of a document are left out.
 */
void wls_show_body(struct wls_show_writer *w, struct wls_node *holder);
/*
 * An object with texts: beside those where a byte was replaced stands "lossy":true. Open returns what is
 * to be given to close: whether a byte was replaced in the object around it.
 */
bool wls_show_open(struct wls_show_writer *w);
void wls_show_close(struct wls_show_writer *w, bool outer);

/* ---- show_patterns.c ---- */

/* Key `pattern`: what the node says as structure, or null. */
void wls_show_pattern(struct wls_show_writer *w, struct wls_node *node);
void wls_show_figure(struct wls_show_writer *w, const struct wls_figure *figure);

#endif
