/* SPDX-License-Identifier: MIT */
/*
 * Texts that are no log: line by line.
 *
 * Layer: diff. Includes: base, diff_internal.
 */
#include "diff/diff_internal.h"

/* Counts the lines that begin in [*at, to) and moves *at on. */
static uint32_t count_lines(struct wls_slice text, uint32_t *at, uint32_t to)
{
	uint32_t n = 0;

	while (*at < to) {
		const char *end = memchr(text.ptr + *at, '\n', to - *at);
		if (!end) {
			*at = to;
			break;
		}
		*at = (uint32_t)(end - text.ptr) + 1;
		n++;
	}
	return n;
}

static enum wls_delta_op op_of(const struct wls_delta_span *span)
{
	if (span->a0 == span->a1)
		return WLS_DELTA_ADDED;
	return span->b0 == span->b1 ? WLS_DELTA_REMOVED : WLS_DELTA_CHANGED;
}

void wls_differ_lines(struct wls_differ *d)
{
	const struct wls_slice *texts = d->diff->texts;
	uint32_t at[2] = {0}, line[2] = {1, 1};

	wls_differ_compare(
		d, WLS_NO_DELTA,
		(struct wls_delta_span){0, (uint32_t)texts[0].len, 0, (uint32_t)texts[1].len, true},
		true, true);
	for (size_t i = 0; i < d->span_count; i++) {
		const struct wls_delta_span *span = &d->spans[i].span;
		line[0] += count_lines(texts[0], &at[0], span->a0);
		line[1] += count_lines(texts[1], &at[1], span->b0);
		d->spans[i].delta =
			wls_differ_add(d, (struct wls_delta){
						  .op = (uint8_t)op_of(span),
						  .kind = WLS_DELTA_LINES,
						  .place = WLS_SLICE(""),
						  .line = {span->a0 < span->a1 ? line[0] : 0,
							   span->b0 < span->b1 ? line[1] : 0},
						  .order = (uint32_t)i,
					  });
	}
}
