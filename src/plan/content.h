/* SPDX-License-Identifier: MIT */
/*
 * What of a log stands in its issue: Markdown in chunks, so that it may be cut between them.
 *
 * Layer: plan. Includes: base, buf, doc, graph, pattern, plan. Private to src/plan.
 *
 * Invariants
 * - Any first n chunks of a section are whole Markdown blocks: no container, fence or HTML is open
 *   behind them but the list that they are items of, which a blank line ends.
 * - A log's texts pass through wls_inert_add(), which lets nothing out of its line; code keeps its
 *   lines, inside of a fence of ours that is longer than any in it.
 * - Our own markup stands before a log's text on a line, or in a block of its own: emphasis that
 *   the text leaves open ends nowhere else.
 */
#ifndef WLS_PLAN_CONTENT_H
#define WLS_PLAN_CONTENT_H

#include "wlsync/pattern.h"
#include "wlsync/plan.h"

/* ---- chunks (content.c) ---- */

struct wls_chunks {
	struct wls_buf text;
	size_t *ends; /* where each chunk ends in text */
	size_t count, cap;
	size_t mark; /* where the chunk that is being written begins */
	bool mentions;
	bool code;      /* code blocks are kept */
	bool in_list;   /* the last chunk is a list's item */
	bool list_mark; /* in_list as it was at the mark */
	bool full;      /* chunks were left out: they were over the limit */
};

/* At most `limit` bytes. */
void wls_chunks_init(struct wls_chunks *chunks, size_t limit, bool mentions);
void wls_chunks_release(struct wls_chunks *chunks);
#define _cleanup_chunks_ _cleanup_(wls_chunks_release)

/*
 * Begins a paragraph, or a list's item at that level: what is added to chunks->text up to
 * wls_chunks_end() is one line. False, and nothing to end, when the chunks are full.
 */
bool wls_chunks_paragraph(struct wls_chunks *chunks);
bool wls_chunks_item(struct wls_chunks *chunks, unsigned level);
void wls_chunks_end(struct wls_chunks *chunks);
/* Gives up what was begun. */
void wls_chunks_drop(struct wls_chunks *chunks);
/* Ends when `said`, else gives up. Returns whether the chunk stands. */
bool wls_chunks_end_if(struct wls_chunks *chunks, bool said);

/* ---- texts (content.c) ---- */

/* Most bytes of one text; the rest becomes an ellipsis. */
#define WLS_CONTENT_TEXT_MAX ((size_t)1000)

/* Adds a log's text, inert and cut; returns whether there was any. O(n). */
bool wls_content_text(struct wls_chunks *chunks, struct wls_slice text);
/* Adds a code span, whatever the text holds. O(n). */
void wls_content_code_span(struct wls_buf *out, struct wls_slice text);
/* Adds the path as a code span, linked where options tell to what. */
void wls_content_file(const struct wls_plan_options *options, struct wls_slice path,
		      struct wls_buf *out);
/* " ✅" and so on; "" for none. */
const char *wls_content_mark(enum wls_mark mark);
/*
 * Adds a line without controls but tabs and without direction overrides; blanks stay. O(n).
 */
void wls_content_clean(struct wls_slice line, struct wls_buf *out);

/* ---- trees (content_tree.c) ---- */

/* Adds a field or section as a list: what stands on its line, then its items. */
void wls_content_field(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *field);
/* Adds what stands below a node as items from that level on. */
void wls_content_children(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node,
			  unsigned level);
/* Adds a node of an entry as blocks of their own, and what is below it as a list. */
void wls_content_block(struct wls_chunks *chunks, struct wls_doc *doc, struct wls_node *node);
/* Adds an item's label and text; returns whether there was any. */
bool wls_content_item_text(struct wls_chunks *chunks, struct wls_doc *doc,
			   const struct wls_node *node);
/* Whether there is nothing in it: blank, `None`, a break. */
bool wls_content_is_void(const struct wls_node *node);

/* ---- sections ---- */

/* In the order in which they stand in a region. */
enum wls_content_part {
	WLS_PART_FACTS,
	WLS_PART_NEXT,
	WLS_PART_BLOCKERS,
	WLS_PART_DEPENDENCIES, /* made when the region is: it tells numbers */
	WLS_PART_OPEN,
	WLS_PART_DECISIONS,
	WLS_PART_REVIEW,
	WLS_PART_DETAILS, /* feature, bug, hypotheses */
	WLS_PART_COMPONENTS,
	WLS_PART_TARGETS,
	WLS_PART_DIAGRAM,
	WLS_PART_HISTORY,
	WLS_PART_COUNT,
};

struct wls_content_section {
	struct wls_slice head, text, tail; /* head and tail stand only with a chunk of text */
	const size_t *ends;
	size_t count; /* 0: there is no such section */
	bool cut;     /* chunks are missing already */
};

struct wls_content {
	struct wls_content_section sections[WLS_PART_COUNT];
};

/* Takes the chunks over into the arena; the section stands under a heading, or `head` and `tail`. */
void wls_content_take(struct wls_arena *arena, const struct wls_chunks *chunks,
		      struct wls_content_section *out);

/* What the readers of a log's content share. */
struct wls_content_reader {
	struct wls_wanted_list *list;
	const struct wls_log *log;
	struct wls_doc *const *docs;
	size_t count;
	struct wls_content *content;
};

/* The content of a log: all sections but dependencies. O(bytes + V + E). */
const struct wls_content *wls_content_read(struct wls_wanted_list *list, uint32_t log,
					   struct wls_doc *const *docs, size_t count);
/* content_steps.c */
void wls_content_read_next(struct wls_content_reader *reader);
void wls_content_read_blockers(struct wls_content_reader *reader);
/* content_history.c */
/* "v5 · 2025-11-12 17:45 · title". */
void wls_content_heading(struct wls_chunks *chunks, struct wls_doc *doc,
			 const struct wls_entry *entry);
void wls_content_read_history(struct wls_content_reader *reader);
/* content_diagram.c */
void wls_content_read_diagram(struct wls_content_reader *reader, uint32_t log);

/* ---- a region's own parts (region_parts.c) ---- */

/* What the log needs, each with its issue. O(edges of the log, cycles). */
void wls_region_dependencies(const struct wls_wanted_list *list, const struct wls_wanted *wanted,
			     const struct wls_numbers *numbers, struct wls_chunks *out);
/* The last line: where the file is; `cut`: that not all of it is here. */
void wls_region_footer(const struct wls_plan_options *options, struct wls_slice file, bool cut,
		       struct wls_buf *out);

#endif
