/* SPDX-License-Identifier: MIT */
/*
 * References in texts: the forms R1 to R8 of graph.md, and the verbs between them.
 *
 * Layer: graph. Includes: base, buf, names.
 *
 * wls_refs_scan() finds the forms that count anywhere (R1-R4) and the stretches where
 * nothing counts; wls_refs_scan_item() adds what counts only in items that may be
 * dependencies (R5, R6, verbs). Both are linear in the text, whatever it holds: names
 * are looked up by hash, never tried one by one.
 */
#ifndef WLS_GRAPH_REFS_H
#define WLS_GRAPH_REFS_H

#include "base/map.h"
#include "graph/names.h"

#define WLS_NAME_NONE UINT32_MAX
#define WLS_PLACE_NONE UINT32_MAX

/* Names of more folded bytes are found as R1-R3, but not looked up in running text. */
#define WLS_NAME_WINDOW 256u

/* What texts are compared with. Keys are borrowed. */
struct wls_ref_world {
	struct wls_map names; /* folded name or alias → its index */
	struct wls_map paths; /* path of a file → its index */
	size_t longest;       /* bytes of the longest folded name */
};

/* How far a name may reach in running text: room for runs of blanks and for decomposed letters. */
static inline size_t wls_name_reach(const struct wls_ref_world *world)
{
	size_t reach = world->longest * 2 + 8;

	return reach < WLS_NAME_WINDOW ? reach : WLS_NAME_WINDOW;
}

enum wls_ref_form {
	WLS_REF_LINK = 1,  /* R1 */
	WLS_REF_WIKI,      /* R2 */
	WLS_REF_TOKEN,     /* R3 */
	WLS_REF_SPACED,    /* R4 */
	WLS_REF_VERSIONED, /* R5 */
	WLS_REF_NAMED,     /* R6 */
};

struct wls_ref {
	uint8_t form;             /* enum wls_ref_form */
	bool stem;                /* has a WorkLog stem: dangles when there is no such log */
	uint32_t begin, end;      /* bytes of the text */
	uint32_t name;            /* index of the world's names, or WLS_NAME_NONE */
	uint32_t place;           /* index of the world's paths, or WLS_PLACE_NONE */
	uint32_t version;         /* 0: unpinned */
	struct wls_slice written; /* its name as written; of the text or the list's arena */
	struct wls_slice target;  /* of links: where they lead, as it stands in the text */
	uint32_t written_at;      /* of links: where `written` begins in the decoded target */
};

enum wls_verb_direction {
	WLS_VERB_NEEDS,  /* S needs T */
	WLS_VERB_NEEDED, /* T needs S */
};

struct wls_verb {
	uint32_t begin, end;
	enum wls_verb_direction direction;
};

struct wls_span {
	uint32_t begin, end;
};

/* References, verbs and masks of one text, each by place. Zero, but for `arena`, is the start. */
struct wls_ref_list {
	struct wls_arena *arena; /* for decoded names; the caller's */
	struct wls_ref *refs;
	size_t count, cap;
	struct wls_verb *verbs;
	size_t verb_count, verb_cap;
	struct wls_span *masks; /* code, comments, URLs, struck text: nothing counts there */
	size_t mask_count, mask_cap;
	struct wls_buf fold; /* scratch */
};

void wls_ref_list_init(struct wls_ref_list *list, struct wls_arena *arena);
void wls_ref_list_release(struct wls_ref_list *list);
/*
 * Replaces the list's contents by R1-R4 of `text`, which stands in a file of `folder`.
 */
void wls_refs_scan(const struct wls_ref_world *world, struct wls_slice folder,
		   struct wls_slice text, struct wls_ref_list *list);
/*
 * Adds R5, R6 and the verbs, after wls_refs_scan() of the same text. `after_verb`: the
 * text continues an item that ended in a verb ("Needs:" with names nested).
 */
void wls_refs_scan_item(const struct wls_ref_world *world, struct wls_slice text, bool after_verb,
			struct wls_ref_list *list);
/* The dependency verb at byte `at` of `text`: its bytes, or 0. */
size_t wls_verb_at(struct wls_slice text, size_t at, enum wls_verb_direction *direction);
/* R7: whether `text` has the first words of the folded name `name` with a version behind them. */
bool wls_refs_short(struct wls_slice text, struct wls_slice name);
/*
 * R8: the next `vN`, `vN-vM` or `vN+` of `text` at *at or after, which is moved behind it.
 * *last is *first for one version and 0 for an open range. False at the end.
 */
bool wls_refs_own(struct wls_slice text, size_t *at, uint32_t *first, uint32_t *last);
/* Whether `text` may hold R1-R4 at all: a quick look before anything is copied. */
bool wls_refs_likely(struct wls_slice text);

/* For the two scanners: adds a mask, in order. */
void wls_ref_mask(struct wls_ref_list *list, size_t begin, size_t end);
/* For the two scanners: adds an empty reference over [begin, end). */
struct wls_ref *wls_ref_add(struct wls_ref_list *list, enum wls_ref_form form, size_t begin,
			    size_t end);

#endif
