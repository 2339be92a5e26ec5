/* SPDX-License-Identifier: MIT */
/*
 * What the files of the resolver share: putting out texts and conflicts. Private to resolve*.c and gap.c.
 *
 * Layer: merge. Includes: base, doc, merge.
 */
#ifndef WLS_MERGE_RESOLVE_INTERNAL_H
#define WLS_MERGE_RESOLVE_INTERNAL_H

#include "merge/resolve.h"

/* ---- resolve.c ---- */

void wls_resolver_put_text(struct wls_resolver *r, struct wls_slice text);
/* Room for a text a side, 0 the base; all empty. It lives as long as the pieces. */
struct wls_slice *wls_resolver_variants(const struct wls_resolver *r);
/* A conflict at the place of `at`. */
void wls_resolver_put_conflict(struct wls_resolver *r, const struct wls_slice *variants,
			       const struct wls_unit *at, const char *reason);
/* Tells the check that `result` stands for these texts of the sides. Both are borrowed. */
void wls_resolver_compose(struct wls_resolver *r, const struct wls_slice *sources,
			  struct wls_slice result);
/* Names the use of a rule; `texts` by side, or NULL. */
void wls_resolver_report(struct wls_resolver *r, enum wls_rule rule, const struct wls_class *c,
			 const struct wls_slice *texts, struct wls_slice result);
/* A unit of the class: the base's, or the first side's that has one. The class has some. */
const struct wls_unit *wls_class_any_unit(const struct wls_units *units, const struct wls_class *c)
	__attribute__((returns_nonnull));

/* ---- gap.c ---- */

/* Puts out the blank lines before `c`, which stands behind `prev` (NULL: first in its container). */
void wls_resolver_put_gap(struct wls_resolver *r, const struct wls_class *c,
			  const struct wls_class *prev);
/* Puts out the blank lines at the end of the file. */
void wls_resolver_put_end(struct wls_resolver *r);

/* ---- resolve_text.c ---- */

/* Puts out the own text of a class: copied, merged, or as conflicts. */
void wls_resolver_put_own_text(struct wls_resolver *r, const struct wls_class *c);
/*
 * Puts out the frontmatter's `status` when a rule of its own decides it; false, putting nothing, when
 * the class is another or the rule does not apply.
 */
bool wls_resolver_put_status(struct wls_resolver *r, const struct wls_class *c, bool both_changed);

#endif
