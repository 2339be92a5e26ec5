/* SPDX-License-Identifier: MIT */
/*
 * The tree that is merged: units, and the classes that tell which of them are one. Private to merge.
 *
 * Layer: merge. Includes: base, doc, merge, words.
 *
 * A unit is a node of the document without the blank lines at its end: those are the gap before what
 * comes next, so that they can be merged apart. Units tile the text together with their gaps:
 * [gap, begin) blank lines, [begin, body) own text, [body, end) children.
 *
 * Only what differs somewhere is opened (wls_class_open); everything else stays one piece of bytes.
 */
#ifndef WLS_MERGE_UNIT_H
#define WLS_MERGE_UNIT_H

#include "merge/fold.h"
#include "merge/own_text.h"
#include "merge/words.h"

struct wls_class;

/* What a unit is matched by, each computed when it is first asked for. */
struct wls_unit_signs {
	uint64_t form;          /* of the normalised own text and the kind */
	uint64_t key;           /* of the key in its list; 0: none */
	struct wls_words words; /* of the normalised own text */
	bool has_form, has_key, has_words;
	bool strong_key; /* see wls_own_text_key() */
};

struct wls_unit {
	struct wls_node *node;       /* the root's is the document's */
	const struct wls_node *last; /* of several fields on one line the last; else node */
	struct wls_class *class;
	struct wls_unit *parent, *first, *last_child, *next, *prev;
	uint32_t gap, begin, body, end;
	uint64_t hash;     /* of [begin, end) */
	uint32_t position; /* among its siblings, from 0 */
	uint8_t side;
	uint8_t kind;                 /* enum wls_node_kind */
	bool leaf;                    /* not opened further: lines, not nodes */
	bool opened;                  /* its children were made */
	struct wls_unit_signs *signs; /* NULL before one was asked for */
};

/*
 * The units that are one node: at most one a side. `unit` is by side, NULL where it is missing.
 * While merging, the fields below say what becomes of it.
 */
struct wls_class {
	struct wls_unit **unit;
	struct wls_class *next; /* of all classes, in order of making */
	struct wls_class *home; /* the container that it stands in at last */
	bool alive;             /* it is in the result, whole or in a conflict */
	bool entangled;         /* something moved into it or out of it */
	bool twice;             /* moved to two places */
	bool stays;             /* moved into what another side removed: stays here as well */
	bool opened;            /* its children are matched */
	struct wls_class *inner, *inner_last,
		*beside;               /* those at home in it; the next at its home */
	bool spine;                    /* stands in its home's base order too */
	uint32_t slot;                 /* while its home is arranged: see arrange.c */
	uint32_t runs, heads;          /* the same: how many runs it stands in, and leads */
	struct wls_identity *identity; /* of entries */
};

struct wls_units {
	size_t sides; /* 0 is the base */
	struct wls_doc **docs;
	struct wls_unit *roots[WLS_MERGE_SIDES_MAX + 1];
	struct wls_class *root;
	struct wls_class *classes, *last_class; /* all, in order of making */
	const struct wls_folds *folds;          /* conflicts of the inputs; NULL: none */
	struct wls_arena *arena;
};

/*
 * Makes the roots, opened, and one class for all of them. Entries get no class: they are joined by
 * their identities. O(top-level nodes + bytes).
 */
void wls_units_init(struct wls_units *units, struct wls_doc **docs, size_t sides,
		    struct wls_arena *arena);

/*
 * Makes the children of the class's units. Those that are equal on all sides, from the first and from the
 * last on, are one class each; all others have a class of their own, but entries, which get none. Nothing
 * happens to units that are opened or leaves. O(bytes).
 */
void wls_class_open(struct wls_units *units, struct wls_class *c);

/* A new class of the unit alone. */
struct wls_class *wls_units_add_class(struct wls_units *units, struct wls_unit *unit);

/* Makes two units one; false when their classes both have a unit on one side. */
bool wls_units_join(struct wls_units *units, struct wls_unit *a, struct wls_unit *b);

static inline struct wls_slice wls_unit_bytes(const struct wls_units *units,
					      const struct wls_unit *u)
{
	return wls_slice(units->docs[u->side]->source.ptr + u->begin, u->end - u->begin);
}

static inline struct wls_slice wls_unit_own(const struct wls_units *units, const struct wls_unit *u)
{
	return wls_slice(units->docs[u->side]->source.ptr + u->begin, u->body - u->begin);
}

static inline struct wls_slice wls_unit_gap(const struct wls_units *units, const struct wls_unit *u)
{
	return wls_slice(units->docs[u->side]->source.ptr + u->gap, u->begin - u->gap);
}

/* Everything between the unit's own text and its end. */
static inline struct wls_slice wls_unit_inside(const struct wls_units *units,
					       const struct wls_unit *u)
{
	return wls_slice(units->docs[u->side]->source.ptr + u->body, u->end - u->body);
}

struct wls_own_text wls_unit_own_text(const struct wls_units *units, const struct wls_unit *u);

/* Hash of what a field, section, handoff or frontmatter key is called; 0 for other kinds. O(name). */
uint64_t wls_unit_name(const struct wls_unit *u);

/* Hash of the normalised own text, and of the key (0: none); computed once. `strong` may be NULL. */
uint64_t wls_unit_form(struct wls_units *units, struct wls_unit *u);
uint64_t wls_unit_key(struct wls_units *units, struct wls_unit *u, bool *strong);
struct wls_words wls_unit_words(struct wls_units *units, struct wls_unit *u);

/* The key of the nearest field or section that the unit stands in, or WLS_KEY_NONE. */
enum wls_key wls_unit_holder(const struct wls_unit *u);

/* "v6 › Next": where a unit stands, the unit itself included; a text of `arena`. */
struct wls_slice wls_unit_place(struct wls_arena *arena, const struct wls_unit *u);

#endif
