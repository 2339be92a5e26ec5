/* SPDX-License-Identifier: MIT */
/*
 * Figures in a text: `<200ms`, `1.8s`, `85% (v3)`, `10k+`, and where they come from.
 *
 * Layer: doc. Includes: base.
 *
 * Invariants
 * - A figure is a number that stands alone: never part of a version (`v14`), a date, a time, a
 *   range (`17-20`), a fraction (`2/3`), a file reference (`a.ts:145`), a word (`2FA`).
 * - `text` is what was read; the rest is its meaning. Nothing is rounded or converted, but k, M and
 *   `1,000` are written out in `value`, and `1h 30m` is 90 of its last unit.
 * - Texts are one line (wls_text_flatten); slices point into them.
 */
#ifndef WLSYNC_FIGURE_H
#define WLSYNC_FIGURE_H

#include "wlsync/base.h"

enum wls_comparison {
	WLS_EXACTLY,
	WLS_LESS,
	WLS_LESS_OR_EQUAL,
	WLS_MORE,
	WLS_MORE_OR_EQUAL, /* `>=10`, `10k+` */
	WLS_ABOUT,         /* `~10` */
};

/* "<", "<=", ">", ">=", "~"; NULL for WLS_EXACTLY. */
const char *wls_comparison_sign(enum wls_comparison comparison);

struct wls_figure {
	struct wls_slice text; /* as written, with its comparison and unit: `<200ms`, `10k+` */
	bool known;            /* false: words where a figure is expected (`slow (v1) → 180ms`) */
	enum wls_comparison comparison;
	double value;          /* with k and M written out: 10000 of `10k` */
	struct wls_slice unit; /* "ms", "%", "MB/s"; empty: a bare number */
	uint32_t version;      /* of `(v3)`, `in v3` behind it, or `v3:` before it; 0: none */
	struct wls_slice note; /* the rest of the parenthesis: `caching` of `(v3, caching)` */
};

/*
 * The figure that `text` begins with (comparison included, version and note not): its bytes, or 0.
 * O(figure).
 */
size_t wls_figure_at(struct wls_slice text, struct wls_figure *out);
/*
 * The next figure at or after *at, with the version beside it and the note of the parenthesis behind it;
 * *at is moved behind all of it. False when there is none: *out is left as it was. O(bytes passed).
 */
bool wls_figure_next(struct wls_slice text, size_t *at, struct wls_figure *out);
/*
 * The whole text as one figure: `180ms (v3, caching)`, `v3: 180ms`, `slow (v1)`. `known` is false
 * when it does not hold one. O(n).
 */
void wls_figure_parse(struct wls_slice text, struct wls_figure *out);
/* Whether two figures measure the same: units equal but for case and blanks. */
bool wls_figure_same_unit(const struct wls_figure *a, const struct wls_figure *b);

#endif
