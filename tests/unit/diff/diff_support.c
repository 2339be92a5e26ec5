/* SPDX-License-Identifier: MIT */
#include "diff_support.h"

#include <criterion/criterion.h>

struct wls_diff *diff_of(struct wls_slice a, struct wls_slice b, bool by_order)
{
	struct wls_buf made _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_pair_options options = {.by_order = by_order};
	struct wls_diff *diff = NULL;
	struct wls_error err;

	cr_assert_eq(wls_diff_make(&diff, a, b, &options, &err), 0);
	wls_diff_apply(diff, &made);
	cr_assert(wls_slice_eq(wls_buf_slice(&made), b), "the edits made \"%s\"",
		  wls_buf_str(&made));
	for (size_t i = 0; i < diff->edit_count; i++)
		cr_assert_lt(diff->edits[i].delta, diff->delta_count);
	return diff;
}

void diff_tell(const struct wls_diff *diff, struct wls_buf *out)
{
	static const char *const ops[] = {"changed", "added", "removed"};

	for (size_t i = 0; i < diff->delta_count; i++) {
		const struct wls_delta *d = &diff->deltas[i];
		const char *joint = " ";
		wls_buf_printf(out, "%s%s %s", i > 0 ? "; " : "", ops[d->op],
			       wls_delta_kind_name(d->kind, false));
		for (unsigned k = 0; k < WLS_ASPECT_COUNT; k++) {
			if (!(d->aspects >> k & 1))
				continue;
			wls_buf_printf(out, "%s%s", joint,
				       wls_delta_aspect_name((enum wls_delta_aspect)k));
			joint = ",";
		}
		if (d->place.len > 0)
			wls_buf_printf(out, " @%.*s", WLS_SLICE_ARG(d->place));
	}
}

void diff_marks(const struct wls_diff *diff, struct wls_buf *out)
{
	for (size_t i = 0; i < diff->delta_count; i++)
		for (size_t k = 0; k < diff->deltas[i].span_count; k++) {
			const struct wls_delta_span *s = &diff->deltas[i].spans[k];
			if (!s->mark)
				continue;
			wls_buf_printf(out, "[%.*s>%.*s]", (int)(s->a1 - s->a0),
				       diff->texts[0].ptr + s->a0, (int)(s->b1 - s->b0),
				       diff->texts[1].ptr + s->b0);
		}
}
