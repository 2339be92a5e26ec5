/* SPDX-License-Identifier: MIT */
/*
 * The atoms of an own text: what merges on its own within a line. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_ATOMS_H
#define WLS_MERGE_ATOMS_H

#include "merge/own_text.h"

/* In the order in which atoms that both sides put at one place follow each other. */
enum wls_atom_class {
	WLS_ATOM_LEAD, /* indentation, container prefixes, bullet, hashes; may be empty */
	WLS_ATOM_STRIKE_CLOSE,
	WLS_ATOM_CHECKBOX,
	WLS_ATOM_PRIORITY,
	WLS_ATOM_TAG,   /* [BLOCKED], [NEEDS_REVIEW] */
	WLS_ATOM_LABEL, /* key, `v6:`, `H1:`, an entry's number */
	WLS_ATOM_DATE,
	WLS_ATOM_TIME,
	WLS_ATOM_OPEN,     /* of a flow list */
	WLS_ATOM_PROGRESS, /* percentage and marker of a progress or component */
	WLS_ATOM_MARK,     /* of an item with the percentage before it */
	WLS_ATOM_PERCENT,  /* at the end of an item's text, without a marker */
	WLS_ATOM_SCALAR,
	WLS_ATOM_VERDICT,
	WLS_ATOM_STRIKE_OPEN,
	WLS_ATOM_TEXT,
	WLS_ATOM_ELEMENT, /* of a comma list */
	WLS_ATOM_COMPONENT,
	WLS_ATOM_CELL,
	WLS_ATOM_CLOSE,
	WLS_ATOM_COMMENT,
	WLS_ATOM_END, /* the line ending, with a heading's closing hashes or underline */
};

/* One node of an own text, as far as cutting must know it. */
struct wls_part {
	struct wls_slice bytes;
	enum wls_node_kind kind;
	enum wls_key key, holder;
	struct wls_slice label;
};

struct wls_atom {
	uint8_t class; /* enum wls_atom_class */
	uint32_t part; /* index into the parts */
	uint64_t id;   /* equal for the same atom of another side, unique within one */
	struct wls_slice name;
	struct wls_slice gap; /* blanks and separators before it */
	struct wls_slice bytes;
};

/* A text cut: gaps and bytes, one after the other, are the text. */
struct wls_atoms {
	struct wls_atom *items;
	size_t count, cap;
	const struct wls_part *parts;
	size_t part_count;
};

/* What a component or cell tells of how far something is. */
struct wls_progress_value {
	int rank;    /* -1: not on the scale */
	int percent; /* -1: none */
};

/*
 * Cuts the parts, which follow each other in memory. `scoped`: atoms are the same only within
 * fields of one key (several fields share the line on some side). O(n).
 */
void wls_atoms_cut(struct wls_atoms *out, const struct wls_part *parts, size_t count, bool scoped);
void wls_atoms_release(struct wls_atoms *atoms);
#define _cleanup_atoms_ _cleanup_(wls_atoms_release)

/* Whether texts of that kind are cut into atoms; the others merge by line or by sentence. */
bool wls_atoms_has(enum wls_node_kind kind);

/* Pending below active, below percentages by value, below done; others are not on the scale. */
struct wls_progress_value wls_progress_value(struct wls_slice text);

/* ---- shared by the files that cut ---- */

struct wls_cut {
	struct wls_atoms *out;
	const struct wls_part *part;
	uint32_t index; /* of the part */
	const char *at; /* the end of the last atom */
};

/* Adds the atom [begin, end); what stands between the last one and it is its gap. */
void wls_cut_add(struct wls_cut *cut, enum wls_atom_class class, struct wls_slice name,
		 struct wls_slice bytes);
/* Front and back atoms around a text: markers, tags, and a checkbox when it is an item's. */
struct wls_slice wls_cut_front(struct wls_cut *cut, struct wls_slice s);
/* The value of a field, or an item's text, by its key and holder. */
void wls_cut_value(struct wls_cut *cut, struct wls_slice s);
void wls_cut_row(struct wls_cut *cut, struct wls_slice s);
void wls_cut_frontmatter(struct wls_cut *cut, struct wls_slice s);
/* The words of an entry's heading, or of a section's, after its hashes. */
void wls_cut_heading(struct wls_cut *cut, struct wls_slice s);
/* Front atoms, text with the marker in it, back atoms. */
void wls_cut_text(struct wls_cut *cut, struct wls_slice s);

/* Blanks cut off the start. */
struct wls_slice wls_cut_ltrim(struct wls_slice s);
/* The marker at the end of `s`: bytes, or 0. */
size_t wls_cut_mark_at_end(struct wls_slice s);
/* The bytes of bullet, indentation and container prefixes at the start of a line. */
size_t wls_cut_bullet(struct wls_slice s);
/* What atom a bracketed tag at the start of `s` is; its bytes, or 0. */
size_t wls_cut_tag(struct wls_slice s, enum wls_atom_class *class, struct wls_slice *name);
/* Bytes of `label` at the start of `s` with bold, colon and emoji around it; or 0. */
size_t wls_cut_label(struct wls_slice s, struct wls_slice label);

#endif
