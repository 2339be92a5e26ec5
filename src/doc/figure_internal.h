/* SPDX-License-Identifier: MIT */
/*
 * What the readers of figures share.
 *
 * Layer: doc. Includes: base, doc, figure. Private to src/doc/figure*.c.
 */
#ifndef WLS_DOC_FIGURE_INTERNAL_H
#define WLS_DOC_FIGURE_INTERNAL_H

#include "doc/doc_internal.h"
#include "wlsync/figure.h"

/* Bytes of the comparison at the start of `s`, blanks behind it included, or 0. */
size_t wls_figure_comparison(struct wls_slice s, enum wls_comparison *comparison);
/* Bytes of a plus or minus at the start of `s`, or 0. */
size_t wls_figure_sign(struct wls_slice s, bool *negative);
/* Bytes of a currency sign at the start of `s`, or 0. */
size_t wls_figure_currency(struct wls_slice s);
/* Whether what follows leaves a unit or a number whole. */
bool wls_figure_ends_word(struct wls_slice s, size_t i);
/* Whether the byte at `i` ties what stands before it to a range, a date, a path … */
bool wls_figure_goes_on(struct wls_slice s, size_t i);

#endif
