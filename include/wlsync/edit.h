/* SPDX-License-Identifier: MIT */
/*
 * Writing into a log: spans replaced and everything else copied, a new entry, a new log.
 *
 * Layer: doc. Includes: base, buf, doc.
 *
 * Invariants
 * - What is there is never rewritten: outside the spans of an edit every byte stays.
 * - What was made is parsed again before it is handed out, and refused when it would not be read
 *   as the same log with one more entry.
 */
#ifndef WLSYNC_EDIT_H
#define WLSYNC_EDIT_H

#include "wlsync/doc.h"

/* ---- spans ---- */

/* The bytes [begin, end) of a source make place for `text`, which is borrowed. */
struct wls_edit {
	size_t begin, end;
	struct wls_slice text;
};

/*
 * Adds `source` with the edits in it. They stand in ascending order and do not overlap. O(source).
 */
void wls_edits_apply(struct wls_slice source, const struct wls_edit *edits, size_t count,
		     struct wls_buf *out);

/* ---- entries ---- */

/* What a new entry says. Texts are borrowed. */
struct wls_new_entry {
	struct wls_slice date;       /* YYYY-MM-DD */
	struct wls_slice time;       /* HH:MM */
	struct wls_slice title;      /* one line, trimmed; may be empty */
	enum wls_work_status status; /* one of the four; NONE: the log's status stays */
	bool blocked;                /* [BLOCKED] behind the title */
	bool carry;                  /* take the last entry's open steps and blockers over */
	uint32_t known;              /* a version that the log has for other reasons; 0: none */
};

/* What became of it. */
struct wls_added {
	uint32_t version;
	uint32_t before;      /* the version that Prev names; 0: there was none */
	uint32_t line;        /* of the new heading, from 1 */
	size_t begin, end;    /* the new bytes in the result, blank lines around them included */
	size_t steps;         /* open steps of the last entry that were carried, or could be */
	size_t blockers;      /* the same of its open blockers */
	bool version_written; /* the frontmatter's version was changed */
	bool status_written;  /* the frontmatter's status was changed */
};

/*
 * Adds to `out` the document's source with a new entry in it, of the next number, in the file's own
 * order and line ending, with the frontmatter's version (and status) set to what the entry says.
 * A file without final newline stays so.
 *
 * Fails with WLS_E_REFUSED: conflict markers, or the newest entry is what would be added (the same
 * call within a minute); WLS_E_LIMIT: no number is left; WLS_E_FORMAT: a frontmatter that cannot be
 * read, or the result would not be read as meant, as behind a code fence that is not closed.
 * O(source).
 */
int wls_edit_add_entry(struct wls_doc *doc, const struct wls_new_entry *entry, struct wls_buf *out,
		       struct wls_added *added, struct wls_error *err);

/* ---- templates ---- */

/* What the text of an entry depends on besides what it says. */
struct wls_entry_place {
	struct wls_doc *doc;              /* NULL: a new log */
	const struct wls_entry *previous; /* the entry before; NULL: none */
	uint32_t version;
	uint8_t level;           /* of the heading: 2 or 3 */
	bool states_status;      /* write a Status field even when nothing asks for one */
	const char *line_ending; /* "\n", "\r\n" or "\r" */
};

/*
 * Adds an entry: heading, Prev, and the documented keys, to be filled in. Ends with a line ending.
 * *steps and *blockers get how many open ones the previous entry has.
 */
void wls_template_entry(const struct wls_entry_place *place, const struct wls_new_entry *entry,
			struct wls_buf *out, size_t *steps, size_t *blockers);

/*
 * Adds a whole new log of that title (`Auth Refactor`): frontmatter, title, and v1. The status is
 * the entry's, or in_progress.
 */
void wls_template_log(struct wls_slice title, const struct wls_new_entry *entry,
		      struct wls_buf *out);

#endif
