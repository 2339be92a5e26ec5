/* SPDX-License-Identifier: MIT */
/*
 * What the scanners of references share.
 *
 * Layer: graph. Includes: base, refs.
 */
#ifndef WLS_GRAPH_REFS_INTERNAL_H
#define WLS_GRAPH_REFS_INTERNAL_H

#include "graph/refs.h"

enum {
	WLS_BRACKETS = 16 /* open '[' that are remembered */,
	WLS_BACKTICKS = 32 /* longer runs open no code span */
};

struct wls_scanner {
	const struct wls_ref_world *world;
	struct wls_ref_list *list;
	struct wls_slice folder, text;
	size_t at;
	size_t floor; /* end of the last reference or mask: nothing reaches back over it */
	size_t brackets[WLS_BRACKETS];
	unsigned open;
	bool no_comment, no_struck;           /* there is no further end of one */
	bool no_backticks[WLS_BACKTICKS + 1]; /* there is no further run of that length */
};

/* Adds a mask from the scanner's place to `end`, and moves there. */
void wls_scan_mask(struct wls_scanner *s, size_t end);
/* Moves on behind something that was recognised. */
static inline void wls_scan_settle(struct wls_scanner *s, size_t end)
{
	s->at = end;
	s->floor = end;
}
/* The index of a path, without its fragment, as written in the scanner's folder. */
uint32_t wls_scan_path(struct wls_scanner *s, struct wls_slice path);
/* The index of a name as written. */
uint32_t wls_scan_name(struct wls_scanner *s, struct wls_slice name);
/* "[[target#v5|label]]" at the scanner's place; true when it was taken. */
bool wls_scan_wiki(struct wls_scanner *s);
/* '[' and ']' at the scanner's place; they move it on. */
void wls_scan_open(struct wls_scanner *s);
void wls_scan_close(struct wls_scanner *s);

/*
 * The longest known name that ends at `end` and begins at `floor` or after: its start and
 * *name; `end` when there is none. O(WLS_NAME_WINDOW).
 */
size_t wls_known_before(const struct wls_ref_world *world, struct wls_slice text, size_t floor,
			size_t end, struct wls_buf *fold, uint32_t *name);

/* The ends of known names that begin at one place, longest first. */
struct wls_known_names {
	size_t count;
	uint32_t end[8];
	uint32_t name[8];
};
/* Looks them up in text[at, limit). O(WLS_NAME_WINDOW). */
void wls_known_after(const struct wls_ref_world *world, struct wls_slice text, size_t at,
		     size_t limit, struct wls_buf *fold, struct wls_known_names *out);

#endif
