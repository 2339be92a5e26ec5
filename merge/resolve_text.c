/* SPDX-License-Identifier: MIT */
/*
 * The own text of a class: that of the side that changed it, or merged.
 *
 * Layer: merge. Includes: base, doc, merge, own_text, text.
 */
#include "merge/fate.h"
#include "merge/resolve_internal.h"
#include "merge/text.h"

/* The different own texts that sides made of the base's, and which side has which. */
struct texts {
	size_t side[WLS_MERGE_SIDES_MAX + 1]; /* a side that has it */
	size_t count;
};

static bool own_equal(const struct wls_resolver *r, const struct wls_unit *u,
		      const struct wls_unit *v)
{
	return wls_slice_eq(wls_unit_own(r->units, u), wls_unit_own(r->units, v));
}

static void distinct_texts(const struct wls_resolver *r, const struct wls_class *c,
			   struct texts *out)
{
	out->count = 0;
	for (size_t s = 1; s <= r->units->sides; s++) {
		bool known = !c->unit[s] || (c->unit[0] && own_equal(r, c->unit[s], c->unit[0]));
		for (size_t k = 0; k < out->count && !known; k++)
			known = own_equal(r, c->unit[s], c->unit[out->side[k]]);
		if (!known)
			out->side[out->count++] = s;
	}
}

/* Puts a conflict hunk of a two-way merge out for all sides: each has its text's variant. */
static const struct wls_slice *put_hunk_conflict(struct wls_resolver *r, const struct wls_class *c,
						 const struct texts *texts,
						 const struct wls_hunk *hunk, const char *reason)
{
	struct wls_slice *variants = wls_resolver_variants(r);

	variants[0] = hunk->base;
	for (size_t s = 1; s <= r->units->sides; s++) {
		const struct wls_unit *u = c->unit[s];
		if (u && own_equal(r, u, c->unit[texts->side[0]]))
			variants[s] = hunk->ours;
		else if (u && own_equal(r, u, c->unit[texts->side[1]]))
			variants[s] = hunk->theirs;
		else
			variants[s] = hunk->base;
	}
	wls_resolver_put_conflict(r, variants, wls_class_any_unit(r->units, c), reason);
	return variants;
}

/* `text` without the stretch that a conflict shows, which lies in it or is empty. */
static struct wls_slice without(struct wls_resolver *r, struct wls_slice text,
				struct wls_slice shown)
{
	size_t at = wls_slice_find(text, shown);

	if (shown.len == 0 || at == SIZE_MAX)
		return text;
	struct wls_buf _cleanup_buf_ buf = WLS_BUF_INIT;
	wls_buf_add(&buf, text.ptr, at);
	wls_buf_add_slice(&buf, wls_slice_from(text, at + shown.len));
	return wls_arena_copy(r->pieces->arena, wls_buf_slice(&buf));
}

static struct wls_own_context own_context(struct wls_resolver *r, const struct wls_unit *u)
{
	return (struct wls_own_context){
		.arena = r->pieces->arena,
		.options = r->options,
		.resolutions = r->resolutions,
		.place = wls_unit_place(r->pieces->arena, u),
		.holder = wls_unit_holder(u),
		.latest = 0,
		.reason = "both sides changed it",
	};
}

/* Which of two texts the side with the newest entry has. */
static int latest_of(const struct wls_resolver *r, const struct wls_class *c,
		     const struct texts *texts)
{
	int newest = r->entries->newest_side;

	if (newest == 0 || !c->unit[newest])
		return 0;
	for (int k = 0; k < 2; k++)
		if (own_equal(r, c->unit[newest], c->unit[texts->side[k]]))
			return k + 1;
	return 0;
}

static void put_merged_text(struct wls_resolver *r, const struct wls_class *c,
			    const struct texts *texts)
{
	struct wls_units *units = r->units;
	const struct wls_unit *x = c->unit[texts->side[0]], *y = c->unit[texts->side[1]];
	struct wls_own_context ctx = own_context(r, x);
	struct wls_own_text base = {0}, ours = wls_unit_own_text(units, x),
			    theirs = wls_unit_own_text(units, y);
	struct wls_hunks hunks = {0};
	struct wls_slice *sources = wls_resolver_variants(r), result;
	struct wls_buf _cleanup_buf_ whole = WLS_BUF_INIT;
	size_t reported = r->resolutions->count;

	if (c->unit[0])
		base = wls_unit_own_text(units, c->unit[0]);
	for (size_t s = 0; s <= units->sides; s++)
		if (c->unit[s])
			sources[s] = wls_unit_own(units, c->unit[s]);
	ctx.latest = latest_of(r, c, texts);
	wls_own_text_merge(&ctx, c->unit[0] ? &base : NULL, &ours, &theirs, &hunks);
	for (size_t i = 0; i < hunks.count; i++) {
		if (!hunks.items[i].conflict) {
			wls_resolver_put_text(r, hunks.items[i].text);
			wls_buf_add_slice(&whole, hunks.items[i].text);
			continue;
		}
		const struct wls_slice *shown =
			put_hunk_conflict(r, c, texts, &hunks.items[i], ctx.reason);
		for (size_t s = 0; s <= units->sides; s++)
			sources[s] = without(r, sources[s], shown[s]);
	}
	result = wls_arena_copy(r->pieces->arena, wls_buf_slice(&whole));
	wls_resolver_compose(r, sources, result);
	/* Two alike changes and one more leave nothing to a rule; but a line of a side is gone. */
	if (!hunks.conflict && r->resolutions->count == reported)
		wls_resolver_report(r, WLS_RULE_ATOMS, c, sources, result);
	wls_hunks_release(&hunks);
}

/* Merges one text after another by sentence; false when two of them are in conflict. */
static bool fold_texts(struct wls_resolver *r, const struct wls_class *c, const struct texts *texts,
		       struct wls_slice *result)
{
	struct wls_slice base = wls_unit_own(r->units, c->unit[0]);

	*result = wls_unit_own(r->units, c->unit[texts->side[0]]);
	for (size_t k = 1; k < texts->count; k++) {
		struct wls_buf _cleanup_buf_ whole = WLS_BUF_INIT;
		struct wls_hunks hunks = {0};
		wls_text_merge_sentences(base, *result,
					 wls_unit_own(r->units, c->unit[texts->side[k]]), &hunks);
		bool conflict = hunks.conflict;
		for (size_t i = 0; i < hunks.count && !conflict; i++)
			wls_buf_add_slice(&whole, hunks.items[i].text);
		*result = wls_arena_copy(r->pieces->arena, wls_buf_slice(&whole));
		wls_hunks_release(&hunks);
		if (conflict)
			return false;
	}
	return true;
}

/* More than two different texts: merged while they change different sentences, else one conflict. */
static void put_many_texts(struct wls_resolver *r, const struct wls_class *c,
			   const struct texts *texts)
{
	struct wls_slice *variants = wls_resolver_variants(r), result = {0};

	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s])
			variants[s] = wls_unit_own(r->units, c->unit[s]);
	if (!c->unit[0] || !fold_texts(r, c, texts, &result)) {
		wls_resolver_put_conflict(r, variants, wls_class_any_unit(r->units, c),
					  "several sides changed it differently");
		return;
	}
	wls_resolver_put_text(r, result);
	wls_resolver_compose(r, variants, result);
	wls_resolver_report(r, WLS_RULE_SENTENCES, c, variants, result);
}

/* Of the sides with the newest entry one that changed it, else any of them; 0 when all sides have it. */
static size_t side_with_newest(const struct wls_resolver *r, const struct wls_class *c)
{
	size_t side = 0;
	bool all = true;

	for (size_t s = 1; s <= r->units->sides; s++) {
		bool newest = r->entries->with_newest >> (s - 1) & 1;
		all &= newest || !r->entries->adds[s];
		if (newest && c->unit[s] && (side == 0 || !wls_class_has_changed(c, side)))
			side = s;
	}
	return all ? 0 : side;
}

/*
 * Frontmatter `status`: when several sides added entries, that of those with the newest, even over a
 * change; when one did, that side's where both changed it (`both_changed`). 0: like any scalar.
 */
static size_t status_side(const struct wls_resolver *r, const struct wls_class *c,
			  bool both_changed)
{
	const struct wls_unit *u = wls_class_any_unit(r->units, c);
	size_t side = 0, count = 0;

	if (u->kind != WLS_NODE_KEY || !wls_slice_eq_nocase(u->node->label, WLS_SLICE("status")))
		return 0;
	for (size_t s = 1; s <= r->units->sides; s++) {
		if (!r->entries->adds[s])
			continue;
		count++;
		side = s;
	}
	if (count > 1)
		return side_with_newest(r, c);
	return both_changed && side > 0 && c->unit[side] ? side : 0;
}

/* Whether a side other than `side` made something else of it. */
static bool overrides(const struct wls_resolver *r, const struct wls_class *c, size_t side)
{
	for (size_t s = 1; s <= r->units->sides; s++)
		if (c->unit[s] && c->unit[s]->hash != c->unit[side]->hash &&
		    wls_class_has_changed(c, s))
			return true;
	return false;
}

bool wls_resolver_put_status(struct wls_resolver *r, const struct wls_class *c, bool both_changed)
{
	size_t side = status_side(r, c, both_changed);

	if (side == 0)
		return false;
	struct wls_slice *sources = wls_resolver_variants(r);
	struct wls_slice result = wls_unit_own(r->units, c->unit[side]);
	for (size_t s = 0; s <= r->units->sides; s++)
		if (c->unit[s])
			sources[s] = wls_unit_own(r->units, c->unit[s]);
	wls_resolver_put_text(r, result);
	wls_resolver_compose(r, sources, result);
	if (overrides(r, c, side))
		wls_resolver_report(r, WLS_RULE_STATUS, c, sources, result);
	return true;
}

/* Whether the caller named side `s` after `t`: only policies ask for that. */
static bool comes_later(const struct wls_resolver *r, size_t s, size_t t)
{
	for (size_t i = 0; i < r->units->sides; i++)
		if (r->order[i] == s || r->order[i] == t)
			return r->order[i] == t;
	return false;
}

void wls_resolver_put_own_text(struct wls_resolver *r, const struct wls_class *c)
{
	struct texts texts;

	distinct_texts(r, c, &texts);
	if (texts.count == 2 && comes_later(r, texts.side[0], texts.side[1])) {
		size_t first = texts.side[1];
		texts.side[1] = texts.side[0];
		texts.side[0] = first;
	}
	if (texts.count == 0)
		wls_resolver_put_text(r, wls_unit_own(r->units, c->unit[0]));
	else if (texts.count == 1)
		wls_resolver_put_text(r, wls_unit_own(r->units, c->unit[texts.side[0]]));
	else if (texts.count == 2)
		put_merged_text(r, c, &texts);
	else
		put_many_texts(r, c, &texts);
}
