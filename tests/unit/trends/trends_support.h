/* SPDX-License-Identifier: MIT */
/*
 * What the tests of src/trends share: trends of texts, described in short.
 */
#ifndef WLS_TEST_TRENDS_SUPPORT_H
#define WLS_TEST_TRENDS_SUPPORT_H

#include "wlsync/trends.h"

/* A log of one file and its trends, built. */
struct sample {
	struct wls_doc *doc;
	struct wls_trends *trends;
};

struct sample sample_of(const char *text);
void sample_release(struct sample *sample);
#define _cleanup_sample_ _cleanup_(sample_release)

/* `statement Hit rate 85% @3 ` …: kind, name, value, unit, version; `<` before: earlier, `*`: implied. */
void describe_claims(const struct wls_trends *trends, struct wls_buf *out);
/*
 * `API latency: 200@1 180@3 !250@5 150@7 best 3 worst 2 lower | `: points, `!` regressed, `x` misses its
 * target; then `target <200`.
 */
void describe_metrics(const struct wls_trends *trends, struct wls_buf *out);

#endif
