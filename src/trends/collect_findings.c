/* SPDX-License-Identifier: MIT */
/*
 * Claims of trend lines and of contradictions.
 *
 * Layer: trends. Includes: base, doc, figure, pattern, trends.
 *
 * A row of figures is about the versions that stand beside them, or about that of its entry. When it names
 * versions in another way, which is which is not known: then it makes no claim.
 */
#include "trends/collect.h"

/* The unit that figures without one adopt: the only one of the row, or empty. */
static struct wls_slice common_unit(const struct wls_finding *f)
{
	struct wls_slice unit = {0};
	for (size_t i = 0; i < f->figure_count; i++) {
		struct wls_slice own = f->figures[i].unit;
		if (own.len > 0 && unit.len > 0 && !wls_slice_eq_nocase(own, unit))
			return wls_slice(NULL, 0);
		unit = own.len > 0 ? own : unit;
	}
	return unit;
}

/*
 * Adds the figures of a row. One without a version was before the next that has one; the last is
 * about the version of the entry. Returns the index of the first claim, or SIZE_MAX.
 */
static size_t add_chain(struct wls_collector *c, const struct wls_collect_context *context,
			enum wls_claim_kind kind, struct wls_slice name,
			const struct wls_finding *f)
{
	size_t first = c->intake->claim_count;
	struct wls_slice unit = common_unit(f);
	for (size_t i = 0; i < f->figure_count; i++) {
		struct wls_figure figure = f->figures[i];
		if (!figure.known)
			continue;
		if (figure.unit.len == 0)
			figure.unit = unit;
		struct wls_claim *claim = wls_collect_claim(c, context, kind, name, f->node);
		wls_collect_figure(c, claim, &figure);
		claim->earlier = figure.version == 0;
	}
	size_t count = c->intake->claim_count;
	uint32_t version = context->version;
	for (size_t i = count; i > first; i--) {
		struct wls_claim *claim = &c->intake->claims[i - 1];
		if (!claim->earlier) {
			version = claim->version;
			continue;
		}
		claim->version = version;
		claim->earlier = i < count;
	}
	return count > first ? first : SIZE_MAX;
}

/*
 * Whether a version stands between the figures of a finding that none of them took: then they are written
 * in a way that is not understood. Each is looked for at its neighbours.
 */
static bool has_loose_version(const struct wls_finding *f)
{
	const struct wls_figure *figures = f->figures;
	const char *begin = f->name.ptr + f->name.len;
	struct wls_slice text =
		wls_slice(begin, (size_t)(figures[f->figure_count - 1].text.ptr - begin));
	struct wls_versions versions;
	size_t k = 0;
	for (size_t at = 0; wls_versions_next(text, &at, &versions);) {
		const char *end = text.ptr + at;
		while (k + 1 < f->figure_count && figures[k + 1].text.ptr < end)
			k++;
		const struct wls_slice note = figures[k].note;
		bool noted = note.len > 0 && end > note.ptr && end <= note.ptr + note.len;
		bool next = k + 1 < f->figure_count && figures[k + 1].version == versions.first;
		if (figures[k].version != versions.first && !next && !noted)
			return true;
	}
	return false;
}

/* Whether the last word of a name is a version: `latency in v1`. */
static bool ends_in_version(struct wls_slice name)
{
	struct wls_slice word;
	struct wls_versions versions;
	(void)wls_cut_last_word(name, &word);
	return word.len > 0 && wls_versions_at(word, &versions) == word.len;
}

/* Whether the name of a finding stands before its figures, and is one. */
static bool has_name(const struct wls_finding *f, struct wls_slice *name)
{
	if (f->figure_count == 0 || f->name.len == 0 ||
	    f->figures[0].text.ptr < f->name.ptr + f->name.len)
		return false;
	*name = wls_metric_name(f->name);
	if (f->figures[0].version == 0 && ends_in_version(*name))
		return false;
	return wls_metric_named(*name) && !has_loose_version(f);
}

void wls_collect_trend(struct wls_collector *c, const struct wls_collect_context *context,
		       const struct wls_finding *f)
{
	struct wls_slice name;
	if (!has_name(f, &name))
		return;
	/* `Requests grew 3x since spring` has a figure, but no line of them. */
	struct wls_slice behind = wls_slice_trim(wls_slice(f->name.ptr + f->name.len, 4));
	bool colon = behind.ptr < f->figures[0].text.ptr && behind.ptr[0] == ':';
	if (f->figure_count < 2 && !colon && f->figures[0].version == 0)
		return;
	add_chain(c, context, WLS_CLAIM_TREND, name, f);
}

void wls_collect_contradiction(struct wls_collector *c, const struct wls_collect_context *context,
			       const struct wls_finding *f)
{
	struct wls_trends_intake *intake = c->intake;
	struct wls_slice name;
	if (f->figure_count < 2 || !has_name(f, &name))
		return;
	size_t first = add_chain(c, context, WLS_CLAIM_CONTRADICTION, name, f);
	for (size_t i = first; first != SIZE_MAX && i + 1 < intake->claim_count; i++) {
		WLS_GROW(intake->pairs, intake->pair_cap, intake->pair_count + 1);
		intake->pairs[intake->pair_count++] = (struct wls_stated){
			.a = i,
			.b = i + 1,
			.remark = f->remark,
			.attributes = f->attributes,
			.attribute_count = f->attribute_count,
		};
	}
}
