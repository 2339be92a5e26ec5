/* SPDX-License-Identifier: MIT */
/*
 * One atom of three: the typed rules and the policies.
 *
 * Layer: merge. Includes: base, doc, merge.
 *
 * What one side left alone takes the other side's value. Where both changed it, differently, the
 * atom's class tells: its rule when it has a join, then the policy of its key, else a conflict.
 *
 * Every join is the greater of the two by an order of values (ties by their bytes), so that it is
 * symmetric, and that a result merged again with either side stays what it is. A join is only taken
 * when neither side went back behind the base: what moved back was moved back on purpose.
 */
#include "merge/scalar.h"

#include "base/map.h"

/* ---- what the classes are ---- */

static const struct class_form {
	enum wls_policy_key policy; /* WLS_POLICY_COUNT: none */
	const char *reason;
} forms[] = {
	[WLS_ATOM_LEAD] = {WLS_POLICY_COUNT, "both sides changed the indentation or bullet"},
	[WLS_ATOM_STRIKE_CLOSE] = {WLS_POLICY_COUNT, "both sides changed the strike-through"},
	[WLS_ATOM_CHECKBOX] = {WLS_POLICY_COUNT,
			       "one side removed the checkbox that the other changed"},
	[WLS_ATOM_PRIORITY] = {WLS_POLICY_PRIORITY, "both sides changed the priority"},
	[WLS_ATOM_TAG] = {WLS_POLICY_STATUS, "both sides changed the tag"},
	[WLS_ATOM_LABEL] = {WLS_POLICY_COUNT, "both sides changed the name"},
	[WLS_ATOM_DATE] = {WLS_POLICY_STATUS, "both sides changed the date"},
	[WLS_ATOM_TIME] = {WLS_POLICY_STATUS, "both sides changed the time"},
	[WLS_ATOM_OPEN] = {WLS_POLICY_COUNT, "both sides changed the list"},
	[WLS_ATOM_PROGRESS] = {WLS_POLICY_PROGRESS, "both sides changed the progress"},
	[WLS_ATOM_MARK] = {WLS_POLICY_PROGRESS, "both sides changed the marker"},
	[WLS_ATOM_PERCENT] = {WLS_POLICY_PROGRESS, "both sides changed the percentage"},
	[WLS_ATOM_SCALAR] = {WLS_POLICY_STATUS, "both sides changed the value"},
	[WLS_ATOM_VERDICT] = {WLS_POLICY_STATUS, "both sides changed the verdict"},
	[WLS_ATOM_ELEMENT] = {WLS_POLICY_PROGRESS, "both sides changed an element of the list"},
	[WLS_ATOM_COMPONENT] = {WLS_POLICY_PROGRESS, "both sides changed a component"},
	[WLS_ATOM_CELL] = {WLS_POLICY_STATUS, "both sides changed a cell"},
	[WLS_ATOM_STRIKE_OPEN] = {WLS_POLICY_COUNT, "both sides changed the strike-through"},
	[WLS_ATOM_TEXT] = {WLS_POLICY_TEXT, "both sides changed the text"},
	[WLS_ATOM_CLOSE] = {WLS_POLICY_COUNT, "both sides changed the list"},
	[WLS_ATOM_COMMENT] = {WLS_POLICY_TEXT, "both sides changed the comment"},
	[WLS_ATOM_END] = {WLS_POLICY_COUNT, "both sides changed the end of the line"},
};

static struct wls_slice bytes_of(const struct wls_atom *atom)
{
	return atom ? atom->bytes : wls_slice(NULL, 0);
}

void wls_own_resolved(struct wls_own_context *ctx, enum wls_rule rule,
		      const struct wls_slice *three, struct wls_slice result)
{
	struct wls_resolution resolution = {
		.rule = rule,
		.place = ctx->place,
		.base = three[0],
		.ours = three[1],
		.theirs = three[2],
		.result = result,
	};

	if (ctx->resolutions)
		wls_resolutions_add(ctx->resolutions, &resolution);
}

static void resolved(struct wls_atom_merge *merge, enum wls_rule rule,
		     const struct wls_atom *const *atoms, struct wls_slice result)
{
	const struct wls_slice three[3] = {bytes_of(atoms[0]), bytes_of(atoms[1]),
					   bytes_of(atoms[2])};

	wls_own_resolved(merge->ctx, rule, three, result);
}

static struct wls_slice greater(struct wls_slice a, struct wls_slice b)
{
	return wls_slice_cmp(a, b) >= 0 ? a : b;
}

/* ---- joins: 1 ours, 2 theirs, 0 none ---- */

/* The greater when none went back; ranks below 0 are on no scale; `base` NO_BASE: missing. */
static int join_ranks(int base, int ours, int theirs)
{
	if (ours < 0 || theirs < 0 || base > ours || base > theirs || base == -1)
		return 0;
	return ours == theirs ? 3 : ours > theirs ? 1 : 2;
}

enum { NO_BASE = -2, TIE = 3 };

static int join_progress(const struct wls_slice *three, bool has_base)
{
	struct wls_progress_value ours = wls_progress_value(three[1]);
	struct wls_progress_value theirs = wls_progress_value(three[2]);
	struct wls_progress_value base = {.rank = NO_BASE, .percent = -1};

	if (has_base)
		base = wls_progress_value(three[0]);
	int side = join_ranks(base.rank, ours.rank, theirs.rank);
	if (side == TIE && ours.percent != theirs.percent)
		side = ours.percent > theirs.percent ? 1 : 2;
	return side;
}

/* A hash of `s` without blanks, percentages and markers: what a join must find equal. */
static uint64_t hash_of_rest(struct wls_slice s)
{
	uint64_t hash = 0;
	size_t len;

	while (s.len > 0) {
		size_t digits = 0;

		while (digits < s.len && (wls_is_digit(s.ptr[digits]) || s.ptr[digits] == '.'))
			digits++;
		if (digits > 0 && digits < s.len && s.ptr[digits] == '%')
			len = digits + 1;
		else if (s.ptr[0] == ' ' || s.ptr[0] == '\t')
			len = 1;
		else if (wls_mark_at(s, &len, NULL) == WLS_MARK_NONE) {
			len = digits > 0 ? digits : 1;
			hash = wls_hash_mix(hash, wls_slice(s.ptr, len));
		}
		s = wls_slice_from(s, len);
	}
	return hash;
}

/* The side that is further along, or TIE. */
static int join(enum wls_atom_class class, const struct wls_slice *three, bool has_base)
{
	switch (class) {
	case WLS_ATOM_PROGRESS:
	case WLS_ATOM_MARK:
		return join_progress(three, has_base);
	case WLS_ATOM_ELEMENT:
	case WLS_ATOM_COMPONENT:
	case WLS_ATOM_CELL:
		if (hash_of_rest(three[1]) != hash_of_rest(three[2]))
			return 0;
		return join_progress(three, has_base);
	default:
		return 0;
	}
}

static enum wls_rule join_rule(enum wls_atom_class class)
{
	switch (class) {
	case WLS_ATOM_PROGRESS:
		return WLS_RULE_PERCENT;
	case WLS_ATOM_MARK:
		return WLS_RULE_MARK;
	case WLS_ATOM_ELEMENT:
		return WLS_RULE_ELEMENTS;
	case WLS_ATOM_COMPONENT:
		return WLS_RULE_COMPONENTS;
	case WLS_ATOM_CELL:
		return WLS_RULE_CELLS;
	default:
		return WLS_RULE_POLICY;
	}
}

/* Why a value of progress could not be joined. */
static const char *progress_reason(enum wls_atom_class class, const struct wls_slice *three)
{
	int base = wls_progress_value(three[0]).rank;
	int ours = wls_progress_value(three[1]).rank, theirs = wls_progress_value(three[2]).rank;

	if (three[0].len == 0 || base < 0 || ours < 0 || theirs < 0 ||
	    (ours < base) == (theirs < base))
		return forms[class].reason;
	if (class == WLS_ATOM_MARK)
		return "one side went back with the marker while the other advanced it";
	return "one side went back with the progress while the other advanced it";
}

/* ---- policies ---- */

int wls_policy_side(const struct wls_own_context *ctx, enum wls_policy_key key)
{
	switch (ctx->options->policy[key]) {
	case WLS_POLICY_OURS:
		return 1;
	case WLS_POLICY_THEIRS:
		return 2;
	case WLS_POLICY_LATEST:
		return ctx->latest;
	default:
		return 0;
	}
}

/* ---- texts ---- */

static void settle_hunk(struct wls_hunk *hunk, int side)
{
	hunk->text = side == 1 ? hunk->ours : hunk->theirs;
	hunk->conflict = false;
}

/* Both texts of a conflict, ours first. */
static void unite_hunk(struct wls_own_context *ctx, struct wls_hunk *hunk)
{
	struct wls_buf both = WLS_BUF_INIT;

	wls_buf_add_slice(&both, hunk->ours);
	wls_buf_add_slice(&both, hunk->theirs);
	hunk->text = wls_arena_copy(ctx->arena, wls_buf_slice(&both));
	hunk->conflict = false;
	wls_buf_release(&both);
}

bool wls_running_text_merge(struct wls_own_context *ctx, const struct wls_slice *three,
			    bool by_line, struct wls_hunks *out)
{
	bool unite = ctx->options->policy[WLS_POLICY_TEXT] == WLS_POLICY_UNION;
	int side = wls_policy_side(ctx, WLS_POLICY_TEXT);

	if (by_line)
		wls_text_merge_lines(three[0], three[1], three[2], true, out);
	else
		wls_text_merge_sentences(three[0], three[1], three[2], out);
	if (!out->conflict)
		return true;
	if (side == 0 && !unite)
		return false;
	for (size_t i = 0; i < out->count; i++) {
		struct wls_hunk *hunk = &out->items[i];
		struct wls_slice texts[3] = {hunk->base, hunk->ours, hunk->theirs};

		if (!hunk->conflict)
			continue;
		if (unite)
			unite_hunk(ctx, hunk);
		else
			settle_hunk(hunk, side);
		wls_own_resolved(ctx, WLS_RULE_POLICY, texts, hunk->text);
	}
	out->conflict = false;
	return true;
}

static bool decide_text(struct wls_atom_merge *merge, const struct wls_atom *const *atoms,
			struct wls_slice *out)
{
	const struct wls_slice three[3] = {bytes_of(atoms[0]), bytes_of(atoms[1]),
					   bytes_of(atoms[2])};
	struct wls_own_context *ctx = merge->ctx;
	struct wls_hunks hunks = {0};
	struct wls_buf text = WLS_BUF_INIT;

	/* Texts within a line cannot stand side by side: union is for whole lines. */
	merge->by_union = ctx->options->policy[WLS_POLICY_TEXT] == WLS_POLICY_UNION;
	bool clean;
	if (merge->by_union) {
		wls_text_merge_sentences(three[0], three[1], three[2], &hunks);
		clean = !hunks.conflict;
	} else {
		clean = wls_running_text_merge(ctx, three, false, &hunks);
	}
	if (clean) {
		merge->by_union = false;
		for (size_t i = 0; i < hunks.count; i++)
			wls_buf_add_slice(&text, hunks.items[i].text);
		*out = wls_arena_copy(ctx->arena, wls_buf_slice(&text));
		/* Named always: wrapping that one side changed goes with a sentence that the
		 * other one changed. */
		wls_own_resolved(ctx, WLS_RULE_SENTENCES, three, *out);
	} else {
		merge->by_text = true;
		ctx->reason = forms[WLS_ATOM_TEXT].reason;
	}
	wls_buf_release(&text);
	wls_hunks_release(&hunks);
	return clean;
}

/* ---- decisions ---- */

static bool same(const struct wls_atom *a, const struct wls_atom *b)
{
	if (!a || !b)
		return a == b;
	return wls_slice_eq(a->bytes, b->bytes);
}

static bool take(const struct wls_atom *atom, struct wls_slice *out)
{
	*out = bytes_of(atom);
	return true;
}

/* Bullets `2.` and `3.` with the same blanks before and the same sign: the higher number. */
static int join_numbers(struct wls_slice a, struct wls_slice b)
{
	size_t i = 0, k = 0, begin;

	while (i < a.len && i < b.len && a.ptr[i] == b.ptr[i] && !wls_is_digit(a.ptr[i]))
		i++;
	for (begin = k = i; i < a.len && wls_is_digit(a.ptr[i]); i++)
		;
	for (; k < b.len && wls_is_digit(b.ptr[k]); k++)
		;
	if (i == begin || k == begin || !wls_slice_eq(wls_slice_from(a, i), wls_slice_from(b, k)))
		return 0;
	return i != k ? (i > k ? 1 : 2) : wls_slice_cmp(a, b) > 0 ? 1 : 2;
}

/* By the rule of its class, when both sides have the atom and changed it differently. */
static bool decide_by_rule(struct wls_atom_merge *merge, const struct wls_atom *const *atoms,
			   struct wls_slice *out)
{
	const struct wls_slice three[3] = {bytes_of(atoms[0]), bytes_of(atoms[1]),
					   bytes_of(atoms[2])};
	enum wls_atom_class class = atoms[1]->class;
	enum wls_policy_key key = forms[class].policy;
	int side = 0;

	if (class == WLS_ATOM_CHECKBOX) {
		*out = greater(three[1], three[2]);
		resolved(merge, WLS_RULE_CHECKBOX, atoms, *out);
		return true;
	}
	if (class == WLS_ATOM_LEAD) {
		side = join_numbers(three[1], three[2]);
		if (side == 0)
			return false;
		*out = three[side];
		resolved(merge, WLS_RULE_ATOMS, atoms, *out);
		return true;
	}
	if (class == WLS_ATOM_CELL)
		key = WLS_POLICY_PROGRESS; /* a figure or marker in it; nothing else joins */
	if (key != WLS_POLICY_COUNT && merge->ctx->options->policy[key] == WLS_POLICY_JOIN)
		side = join(class, three, atoms[0] != NULL);
	if (side == 0)
		return false;
	*out = side == TIE ? greater(three[1], three[2]) : three[side];
	resolved(merge, join_rule(class), atoms, *out);
	return true;
}

bool wls_atom_decide(struct wls_atom_merge *merge, const struct wls_atom *base,
		     const struct wls_atom *ours, const struct wls_atom *theirs,
		     struct wls_slice *out)
{
	const struct wls_atom *const atoms[3] = {base, ours, theirs};
	const struct wls_atom *any = ours ? ours : theirs;
	struct wls_own_context *ctx = merge->ctx;

	if (same(ours, theirs) || same(base, theirs))
		return take(ours, out);
	if (same(base, ours))
		return take(theirs, out);
	if (ours && theirs && ours->class == WLS_ATOM_TEXT)
		return decide_text(merge, atoms, out);
	if (ours && theirs && decide_by_rule(merge, atoms, out))
		return true;
	enum wls_policy_key key = forms[any->class].policy;
	int side = key == WLS_POLICY_COUNT ? 0 : wls_policy_side(ctx, key);
	if (side > 0) {
		take(atoms[side], out);
		resolved(merge, WLS_RULE_POLICY, atoms, *out);
		return true;
	}
	const struct wls_slice three[3] = {bytes_of(base), bytes_of(ours), bytes_of(theirs)};
	merge->by_union = key != WLS_POLICY_COUNT && ctx->options->policy[key] == WLS_POLICY_UNION;
	ctx->reason = forms[any->class].reason;
	if (!ours || !theirs)
		ctx->reason = "one side removed what the other changed in the line";
	else if (key == WLS_POLICY_PROGRESS)
		ctx->reason = progress_reason(any->class, three);
	return false;
}
