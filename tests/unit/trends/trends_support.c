/* SPDX-License-Identifier: MIT */
#include "trends_support.h"

#include <criterion/criterion.h>

struct sample sample_of(const char *text)
{
	struct sample sample = {0};
	struct wls_error err;
	cr_assert_eq(wls_doc_parse(&sample.doc, wls_slice_of(text), &err), 0);
	sample.trends = wls_trends_new();
	wls_trends_add(sample.trends, WLS_SLICE("A-WorkLog.md"), sample.doc, false);
	wls_trends_build(sample.trends);
	return sample;
}

void sample_release(struct sample *sample)
{
	wls_trends_free(sample->trends);
	wls_doc_free(sample->doc);
}

static const char *sign_of(const struct wls_claim *claim)
{
	const char *sign = wls_comparison_sign(claim->comparison);
	return sign ? sign : "";
}

void describe_claims(const struct wls_trends *trends, struct wls_buf *out)
{
	for (size_t i = 0; i < trends->claim_count; i++) {
		const struct wls_claim *c = &trends->claims[i];
		wls_buf_printf(out, "%s%s%s %.*s %s%.10g%s @%u%s", i > 0 ? "; " : "",
			       c->implied ? "*" : "", wls_claim_kind_name(c->kind),
			       WLS_SLICE_ARG(c->name), sign_of(c), c->value, c->unit, c->version,
			       c->earlier ? "<" : "");
	}
}

void describe_metrics(const struct wls_trends *trends, struct wls_buf *out)
{
	for (size_t i = 0; i < trends->metric_count; i++) {
		const struct wls_metric *m = &trends->metrics[i];
		wls_buf_printf(out, "%s%.*s:", i > 0 ? " | " : "", WLS_SLICE_ARG(m->name));
		for (size_t k = 0; k < m->point_count; k++) {
			const struct wls_claim *c = m->points[k].claim;
			wls_buf_printf(out, " %s%s%s%.10g@%u%s", m->points[k].regressed ? "!" : "",
				       m->points[k].misses ? "x" : "", sign_of(c), c->value,
				       c->version, c->earlier ? "<" : "");
		}
		if (wls_metric_target(m))
			wls_buf_printf(out, " target %s%.10g", sign_of(wls_metric_target(m)),
				       wls_metric_target(m)->value);
		if (wls_better_name(m->better))
			wls_buf_printf(out, " %s", wls_better_name(m->better));
	}
}
