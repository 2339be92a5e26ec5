/* SPDX-License-Identifier: MIT */
/*
 * What `show` and `log` show of a log: its files in reading order, and the entries, fields or sections
 * that were asked for.
 *
 * Layer: render. Includes: base, buf, doc, graph.
 *
 * Use: wls_shown_init(), then wls_shown_entries() or wls_shown_find(), then one of the writers below.
 *
 * Invariants
 * - Files of one log are read as one (rule 13): the current file and its parts whole; of a snapshot only
 *   entries that no newer file has.
 * - Files stand in the order that their entries do: newest first in a log that is kept so.
 */
#ifndef WLS_RENDER_SHOWN_H
#define WLS_RENDER_SHOWN_H

#include "render/style.h"
#include "wlsync/graph.h"

struct wls_shown_file {
	struct wls_slice path;
	struct wls_doc *doc;
	enum wls_shown_role {
		WLS_SHOWN_CURRENT,
		WLS_SHOWN_PART,
		WLS_SHOWN_SNAPSHOT,
	} role;
};

struct wls_shown_entry {
	const struct wls_shown_file *file;
	const struct wls_entry *entry;
};

/* A field, section, handoff, attribute or frontmatter key that was asked for. */
struct wls_shown_node {
	const struct wls_shown_file *file;
	uint32_t version; /* of its entry; 0: the log's own */
	struct wls_node *node;
};

struct wls_shown {
	const struct wls_graph *graph;
	const struct wls_log *log;
	struct wls_shown_file *files; /* in reading order */
	size_t file_count;
	const struct wls_shown_file *current;

	uint32_t first, last;   /* the versions asked for; 0, 0: all, and the log's own */
	struct wls_slice field; /* as the user wrote it; empty: all */
	enum wls_key key;       /* of the field; NONE: a user's own key */

	struct wls_shown_entry *entries; /* in reading order */
	size_t entry_count;
	struct wls_shown_node *nodes; /* with a field */
	size_t node_count;
	struct wls_arena arena;
};

/*
 * Takes the documents of a log's files, in the order of wls_graph_files(); all is borrowed. Every entry of
 * the log is in `entries`. O(entries).
 */
void wls_shown_init(struct wls_shown *shown, const struct wls_graph *graph, uint32_t log,
		    struct wls_doc *const *docs);
void wls_shown_release(struct wls_shown *shown);
#define _cleanup_shown_ _cleanup_(wls_shown_release)

/*
 * Keeps the entries of those versions. Fails with WLS_E_NOT_FOUND when there is none, naming those
 * that there are.
 */
int wls_shown_select(struct wls_shown *shown, uint32_t first, uint32_t last, struct wls_error *err);

/*
 * Finds a field by any spelling of its key, or by a user's own label. Of selected versions, in each;
 * else where it holds now: the log's own section, the newest entry that has it, the log's own field,
 * the frontmatter; of Status, Progress and Blockers only the newest entry, as the log's facts are read. Of keys that add up (Next, Files) all, of others the last. An unknown word fails
 * with WLS_E_NOT_FOUND and the nearest; a known key that the log does not have finds nothing.
 */
int wls_shown_find(struct wls_shown *shown, struct wls_slice field, struct wls_error *err);

/* Adds the bytes that were asked for, as they stand in the files; a field ends its line. */
void wls_shown_source(const struct wls_shown *shown, struct wls_buf *out);
/* Adds the document wlsync.show/1. */
void wls_shown_document(const struct wls_shown *shown, struct wls_buf *out);

/* ---- log ---- */

/* Entries by number, newest first; of one number in reading order. The arena's. */
const struct wls_shown_entry **wls_shown_newest_first(struct wls_shown *shown);
/* A line an entry; with `plain` a sentence. */
void wls_shown_log(struct wls_shown *shown, const struct wls_style *style, bool plain,
		   struct wls_buf *out);
/* Adds the document wlsync.log/1. */
void wls_shown_log_document(struct wls_shown *shown, struct wls_buf *out);

/* The status and progress that an entry (or the document's own part) declares itself. */
struct wls_declared {
	enum wls_work_status status;
	struct wls_slice status_text; /* an unknown word */
	int progress;                 /* -1: none */
};
void wls_declared_read(struct wls_doc *doc, struct wls_node *holder, struct wls_declared *out);

#endif
