/* SPDX-License-Identifier: MIT */
/*
 * The laws of merging, each on seeded triples of logs. A triple is made once for all the laws that
 * are tried on it. WLSYNC_SEED=n tries one, WLSYNC_CASES=n as many as that instead of 10,000,
 * WLSYNC_ROUNDS=n so many times more, WLSYNC_LAW=NAME one law alone; WLSYNC_KEEP=FOLDER keeps the
 * files of a case that fails.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include "property/merge_case.h"
#include "support/merge_judge.h"

static struct wls_merge *merge_sides(struct wls_slice base, const struct wls_slice *sides,
				     size_t count)
{
	struct wls_merge_options options;
	struct wls_merge *merge = NULL;
	struct wls_error err;
	wls_merge_options_init(&options);
	if (wls_merge(&merge, base, sides, count, &options, &err) < 0) {
		fprintf(stderr, "wls_merge: %s\n", err.text);
		abort();
	}
	return merge;
}

static struct wls_merge *merge_of(struct wls_slice base, struct wls_slice x, struct wls_slice y)
{
	return merge_sides(base, (const struct wls_slice[]){x, y}, 2);
}

static struct wls_slice base_of(const struct case_texts *t)
{
	return wls_buf_slice(&t->base);
}

static struct wls_slice side_of(const struct case_texts *t, size_t side)
{
	return wls_buf_slice(&t->side[side]);
}

static struct wls_slice result_of(const struct wls_merge *m)
{
	return wls_buf_slice(&m->text);
}

/* Whether the merge is clean and these bytes. */
static bool gives(struct wls_slice base, struct wls_slice x, struct wls_slice y,
		  struct wls_slice want)
{
	struct wls_merge *m _cleanup_merge_ = merge_of(base, x, y);
	return m->conflict_count == 0 && wls_slice_eq(result_of(m), want);
}

/* The merge of the first two sides, made once. */
static const struct wls_merge *merged(struct case_texts *t)
{
	if (!t->merge)
		t->merge = merge_of(base_of(t), side_of(t, 0), side_of(t, 1));
	return t->merge;
}

static struct judged judged_of(struct case_texts *t, const struct wls_merge *m)
{
	return (struct judged){base_of(t), side_of(t, 0), side_of(t, 1), m};
}

/* ---- laws ---- */

static const char *law_identity(struct case_texts *t)
{
	struct wls_slice b = base_of(t), x = side_of(t, 0), y = side_of(t, 1);
	if (!gives(b, b, y, y))
		return "merge(b, b, y) is not y";
	if (!gives(b, x, b, x))
		return "merge(b, x, b) is not x";
	return gives(b, x, x, x) ? NULL : "merge(b, x, x) is not x";
}

/* The text outside of the conflicts; returns how many blocks there are. */
static size_t add_outside(const struct wls_merge *m, struct wls_buf *out)
{
	struct wls_conflict_blocks blocks = {0};
	size_t at = 0;
	wls_conflict_blocks_find(result_of(m), &blocks);
	for (size_t i = 0; i < blocks.count; i++) {
		wls_buf_add(out, m->text.ptr + at, blocks.items[i].begin - at);
		wls_buf_add_str(out, "<conflict>");
		at = blocks.items[i].end;
	}
	wls_buf_add(out, wls_buf_str(&m->text) + at, m->text.len - at);
	free(blocks.items);
	return blocks.count;
}

static const char *same_outside(const struct wls_merge *m, const struct wls_merge *n)
{
	struct wls_buf a _cleanup_buf_ = WLS_BUF_INIT, b _cleanup_buf_ = WLS_BUF_INIT;
	add_outside(m, &a);
	add_outside(n, &b);
	return wls_slice_eq(wls_buf_slice(&a), wls_buf_slice(&b))
		       ? NULL
		       : "the text outside of the conflicts depends on who is ours";
}

static const char *swapped(const struct wls_merge *m, const struct wls_merge *n)
{
	if (m->conflict_count != n->conflict_count)
		return "the number of conflicts depends on who is ours";
	if (m->conflict_count == 0)
		return wls_slice_eq(result_of(m), result_of(n))
			       ? NULL
			       : "a clean result depends on who is ours";
	for (size_t i = 0; i < m->conflict_count; i++) {
		const struct wls_slice *a = m->conflicts[i].texts, *b = n->conflicts[i].texts;
		if (!wls_slice_eq(a[0], b[0]) || !wls_slice_eq(a[1], b[2]) ||
		    !wls_slice_eq(a[2], b[1]))
			return "a conflict is not the same with its sides swapped";
	}
	return same_outside(m, n);
}

static const char *law_symmetry(struct case_texts *t)
{
	const struct wls_merge *m = merged(t);
	struct wls_merge *n _cleanup_merge_ = merge_of(base_of(t), side_of(t, 1), side_of(t, 0));
	return swapped(m, n);
}

static const char *judge_with(struct case_texts *t, const char *(*judge)(const struct judged *j))
{
	const struct wls_merge *m = merged(t);
	struct judged j = judged_of(t, m);
	return judge(&j);
}

static const char *law_conservation(struct case_texts *t)
{
	const char *fault = judge_with(t, judge_hashes);
	return fault ? fault : judge_with(t, judge_lines);
}

static const char *law_locality(struct case_texts *t)
{
	return judge_with(t, judge_locality);
}

static const char *law_remerge(struct case_texts *t)
{
	struct wls_slice b = base_of(t), x = side_of(t, 0), y = side_of(t, 1);
	const struct wls_merge *m = merged(t);
	struct wls_slice r = result_of(m);
	if (m->conflict_count > 0)
		return NULL;
	if (!gives(b, r, y, r))
		return "merge(b, m, y) is not m";
	if (!gives(b, x, r, r))
		return "merge(b, x, m) is not m";
	return gives(x, r, x, r) && gives(y, y, r, r) ? NULL : "merge(x, m, x) is not m";
}

/* Settling changes nothing but the conflicts, and they are what the merge tells. */
static const char *law_projection(struct case_texts *t)
{
	static const enum wls_pick picks[] = {WLS_PICK_BASE, WLS_PICK_OURS, WLS_PICK_THEIRS};
	const struct wls_merge *m = merged(t);
	struct wls_buf outside _cleanup_buf_ = WLS_BUF_INIT;
	struct judged j = judged_of(t, m);
	const char *fault = judge_conflicts(&j);
	if (add_outside(m, &outside) != m->conflict_count)
		return "blocks and conflicts differ in number";
	for (size_t p = 0; p < WLS_ARRAY_SIZE(picks) && !fault; p++) {
		struct wls_buf got _cleanup_buf_ = WLS_BUF_INIT, want _cleanup_buf_ = WLS_BUF_INIT;
		struct wls_slice rest = wls_buf_slice(&outside), mark = WLS_SLICE("<conflict>");
		judge_project(m, picks[p], &got);
		for (size_t i = 0; i < m->conflict_count; i++) {
			size_t at = wls_slice_find(rest, mark);
			wls_buf_add(&want, rest.ptr, at);
			wls_buf_add_slice(&want, m->conflicts[i].texts[p]);
			rest = wls_slice_from(rest, at + mark.len);
		}
		wls_buf_add_slice(&want, rest);
		if (!wls_slice_eq(wls_buf_slice(&got), wls_buf_slice(&want)))
			fault = "settling all conflicts one way changes other text";
	}
	return fault;
}

/* Merges the sides one after the other, in that order. */
static struct wls_merge *fold(struct case_texts *t, const size_t *order)
{
	struct wls_merge *m = merge_of(base_of(t), side_of(t, order[0]), side_of(t, order[1]));
	for (size_t i = 2; i < t->sides && m->conflict_count == 0; i++) {
		struct wls_merge *next = merge_of(base_of(t), result_of(m), side_of(t, order[i]));
		wls_merge_free(m);
		m = next;
	}
	return m;
}

static const char *law_many_sides(struct case_texts *t)
{
	static const size_t orders[][CASE_SIDES] = {{0, 1, 2, 3}, {0, 2, 1, 3}, {1, 2, 0, 3},
						    {2, 1, 0, 3}, {2, 0, 1, 3}, {1, 0, 2, 3}};
	struct wls_slice sides[CASE_SIDES];
	/* The law is for entries and keyed lists; lessons have no keys. */
	if (wls_slice_find(base_of(t), WLS_SLICE("Lessons Learned")) != SIZE_MAX)
		return NULL;
	for (size_t i = 0; i < t->sides; i++)
		sides[i] = side_of(t, i);
	struct wls_merge *all _cleanup_merge_ = merge_sides(base_of(t), sides, t->sides);
	if (all->conflict_count > 0)
		return "sides that only add entries are in conflict, merged at once";
	for (size_t i = 0; i < WLS_ARRAY_SIZE(orders); i++) {
		size_t order[CASE_SIDES];
		/* The last one comes first in every other order. */
		for (size_t k = 0; k < t->sides; k++)
			order[k] = i % 2 ? orders[i][k] : (orders[i][k] + t->sides - 1) % t->sides;
		if (t->sides == 3)
			memcpy(order, orders[i], sizeof(order));
		struct wls_merge *m _cleanup_merge_ = fold(t, order);
		if (m->conflict_count > 0)
			return "sides that only add entries are in conflict, one after the other";
		if (!wls_slice_eq(result_of(m), result_of(all)))
			return "the order of merging changes the log";
	}
	return NULL;
}

static const char *law_well_formed(struct case_texts *t)
{
	return judge_with(t, judge_well_formed);
}

/* The text at another address. */
static struct wls_slice copy_of(struct wls_slice text, struct wls_buf *out)
{
	wls_buf_add_slice(out, text);
	return wls_buf_slice(out);
}

static const char *law_determinism(struct case_texts *t)
{
	struct wls_buf b _cleanup_buf_ = WLS_BUF_INIT, x _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf y _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_merge *m = merged(t);
	struct wls_slice copy = copy_of(side_of(t, 1), &y);
	struct wls_merge *n _cleanup_merge_ =
		merge_of(copy_of(base_of(t), &b), copy_of(side_of(t, 0), &x), copy);
	bool same = wls_slice_eq(result_of(m), result_of(n)) &&
		    m->resolution_count == n->resolution_count &&
		    m->conflict_count == n->conflict_count &&
		    m->renumbering_count == n->renumbering_count;
	return same ? NULL : "the same texts at other addresses give another result";
}

/* ---- what else must hold ---- */

static const char *law_references(struct case_texts *t)
{
	return judge_with(t, judge_references);
}

static const char *law_method(struct case_texts *t)
{
	const struct wls_merge *m = merged(t);
	return m->method == WLS_METHOD_STRUCTURE ? NULL : "the structural merge failed its check";
}

/* Every line is that of the side that changed it. */
static const char *law_in_place(struct case_texts *t)
{
	struct wls_buf want _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice b = base_of(t), x = side_of(t, 0), y = side_of(t, 1), p, q, r;
	const struct wls_merge *m = merged(t);
	while (wls_slice_next_line(&b, &p)) {
		if (!wls_slice_next_line(&x, &q) || !wls_slice_next_line(&y, &r))
			return NULL;
		if (!wls_slice_eq(p, q) && !wls_slice_eq(p, r))
			return NULL;
		wls_buf_add_slice(&want, wls_slice_eq(p, q) ? r : q);
		wls_buf_add_char(&want, '\n');
	}
	if (m->conflict_count > 0)
		return "changes of different lines are in conflict";
	return wls_slice_eq(wls_buf_slice(&want), result_of(m))
		       ? NULL
		       : "changes of different lines are not what the result holds";
}

static const char *law_disjoint(struct case_texts *t)
{
	const struct wls_merge *m = merged(t);
	struct judged j = judged_of(t, m);
	if (m->conflict_count > 0)
		return "changes of different entries are in conflict";
	const char *fault = judge_hashes(&j);
	return fault ? fault : judge_locality(&j);
}

/* Whether a list of the log's own, to which an entry may add its line, is in `before` alone. */
static bool loses_list(struct wls_slice before, struct wls_slice after)
{
	static const char *const lists[] = {"## Key Decisions Log", "## Lessons Learned",
					    "## Components Status", "## Current Blockers",
					    "## Performance Targets"};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lists); i++)
		if (wls_slice_find(before, wls_slice_of(lists[i])) != SIZE_MAX &&
		    wls_slice_find(after, wls_slice_of(lists[i])) == SIZE_MAX)
			return true;
	return false;
}

/* A branch goes on after it was merged, and is merged again; also with itself as base. */
static const char *goes_on(struct case_texts *t, const struct wls_merge *m)
{
	static const enum edit_kind kinds[] = {EDIT_APPEND_ENTRY, EDIT_REWORD, EDIT_ADD_ITEM};
	struct wls_slice b = base_of(t), y = side_of(t, 1);
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct edit edit = {.kind = kinds[y.len % 3], .seed = y.len};
	if (memchr(y.ptr, '\r', y.len) || y.len == 0 || y.ptr[y.len - 1] != '\n')
		return NULL;
	edit_apply(&edit, y, &text);
	struct wls_slice next = wls_buf_slice(&text), bases[] = {b, y};
	/* From the older base only what both sides have is merged: an entry more. */
	for (size_t i = edit.kind == EDIT_APPEND_ENTRY ? 0 : 1; i < 2; i++) {
		struct wls_merge *n _cleanup_merge_ = merge_of(bases[i], result_of(m), next);
		struct judged j = {bases[i], result_of(m), next, n};
		const char *fault = judge_hashes(&j);
		fault = fault ? fault : judge_well_formed(&j);
		if (fault)
			return fault;
		/* Its line in such a list is in conflict when the other side removed the list. */
		if (n->conflict_count > 0 && i == 1 && edit.kind == EDIT_APPEND_ENTRY &&
		    !loses_list(y, result_of(m)))
			return "an entry added after a merge is in conflict";
	}
	return NULL;
}

static const char *law_goes_on(struct case_texts *t)
{
	const struct wls_merge *m = merged(t);
	return m->conflict_count == 0 ? goes_on(t, m) : NULL;
}

/* A result with conflicts was committed, and is merged again. */
static const char *law_committed_markers(struct case_texts *t)
{
	const struct wls_merge *m = merged(t);
	struct wls_slice b = base_of(t), y = side_of(t, 1), r = result_of(m);
	if (m->conflict_count == 0)
		return NULL;
	if (!gives(b, b, r, r) || !gives(b, r, r, r) || !gives(r, r, y, y))
		return "a text with conflicts is changed by merging it with what it comes from";
	struct wls_merge *n _cleanup_merge_ = merge_of(b, r, y);
	struct wls_merge *o _cleanup_merge_ = merge_of(b, y, r);
	if (n->conflict_count > 0 && n->marker_size <= m->marker_size)
		return "markers are as long as those in an input";
	struct judged j = {b, r, y, n};
	const char *fault = judge_conflicts(&j);
	return fault ? fault : swapped(n, o);
}

static const char *law_no_base(struct case_texts *t)
{
	struct wls_slice none = wls_slice(NULL, 0), x = side_of(t, 0), y = side_of(t, 1);
	struct wls_merge *m _cleanup_merge_ = merge_of(none, x, y);
	struct wls_merge *n _cleanup_merge_ = merge_of(none, y, x);
	struct judged j = {WLS_SLICE(""), x, y, m};
	if (!gives(none, x, x, x))
		return "without a base, merge(x, x) is not x";
	const char *fault = judge_hashes(&j);
	/* What one side moved or wrote anew is another thing, when no base tells that it is not. */
	if (fault && strcmp(fault, "what stood once stands twice") == 0)
		fault = NULL;
	return fault ? fault : swapped(m, n);
}

/* ---- the judges themselves ---- */

enum damage {
	DAMAGE_LOSE, /* a line */
	DAMAGE_DOUBLE,
	DAMAGE_INVENT,
	DAMAGE_DIGIT, /* of a heading */
	DAMAGE_FENCE,
	DAMAGE_COUNT,
};

/* Damages the first line at or after a third of the text that fits; false when none does. */
static bool damage(struct wls_slice text, enum damage what, struct wls_buf *out)
{
	struct wls_slice rest = text, line;
	bool done = false;
	while (wls_slice_next_line(&rest, &line)) {
		bool entry = wls_slice_starts(line, WLS_SLICE("## v"));
		bool fits = what == DAMAGE_DIGIT ? entry
			    : what == DAMAGE_FENCE
				    ? wls_slice_eq(line, WLS_SLICE("```"))
				    : wls_slice_find(line, WLS_SLICE(": ")) < 12 &&
					      !wls_slice_starts(line, WLS_SLICE("**Status:"));
		bool here = fits && !done && rest.len < text.len - text.len / 3;
		done = done || here;
		if (here && (what == DAMAGE_LOSE || what == DAMAGE_FENCE))
			continue;
		if (here && what == DAMAGE_INVENT)
			wls_buf_add_str(out, "- something from nowhere 0123456789\n");
		if (here && what == DAMAGE_DOUBLE)
			wls_buf_printf(out, "%.*s\n", WLS_SLICE_ARG(line));
		if (here && what == DAMAGE_DIGIT)
			wls_buf_printf(out, "## v9%.*s\n", (int)line.len - 4, line.ptr + 4);
		else
			wls_buf_printf(out, "%.*s\n", WLS_SLICE_ARG(line));
	}
	return done;
}

static const char *judge_all(const struct judged *j)
{
	const char *fault = judge_hashes(j);
	fault = fault ? fault : judge_lines(j);
	fault = fault ? fault : judge_locality(j);
	fault = fault ? fault : judge_well_formed(j);
	return fault ? fault : judge_references(j);
}

/* Ours as the result of merging it with an untouched side is right; damaged it is wrong. */
static const char *law_judges(struct case_texts *t)
{
	struct wls_merge m = {.text = WLS_BUF_INIT, .marker_size = WLS_MARKER_SIZE};
	struct judged j = {base_of(t), side_of(t, 0), base_of(t), &m};
	wls_buf_add_slice(&m.text, side_of(t, 0));
	const char *fault = judge_all(&j);
	for (size_t what = 0; what < DAMAGE_COUNT && !fault; what++) {
		wls_buf_clear(&m.text);
		if (damage(side_of(t, 0), (enum damage)what, &m.text) && !judge_all(&j))
			fault = "a judge does not see what is wrong";
	}
	wls_buf_release(&m.text);
	return fault;
}

/* What is promised also for forward references and for binary files. */
static const char *law_any(struct case_texts *t)
{
	const char *fault = law_identity(t);
	fault = fault ? fault : law_symmetry(t);
	fault = fault ? fault : law_determinism(t);
	return fault ? fault : judge_with(t, judge_raw_lines);
}

enum { CASES = 10000, SOME = 2000 };

#define LAW(what, of, holder, seeds)                                                               \
	{                                                                                          \
		.name = what, .kind = of, .holds = holder, .cases = seeds                          \
	}

static struct law laws[] = {
	LAW("the judges see what is wrong", CASE_ADDING, law_judges, SOME),
	LAW("identity", CASE_MIXED, law_identity, CASES),
	LAW("symmetry", CASE_MIXED, law_symmetry, CASES),
	LAW("conservation", CASE_MIXED, law_conservation, CASES),
	LAW("locality", CASE_MIXED, law_locality, CASES),
	LAW("remerge", CASE_MIXED, law_remerge, CASES),
	LAW("projection", CASE_MIXED, law_projection, CASES),
	LAW("many sides", CASE_ADDING, law_many_sides, CASES),
	LAW("well-formed", CASE_MIXED, law_well_formed, CASES),
	LAW("determinism", CASE_MIXED, law_determinism, CASES),
	LAW("renumbering is told, and references follow", CASE_MIXED, law_references, CASES),
	LAW("the structural merge passes its own check", CASE_MIXED, law_method, CASES),
	LAW("changes of different lines are all there", CASE_IN_PLACE, law_in_place, CASES),
	LAW("changes of different entries are no conflict", CASE_DISJOINT, law_disjoint, CASES),
	LAW("a branch goes on and is merged again", CASE_MIXED, law_goes_on, CASES),
	LAW("committed conflicts are text", CASE_MIXED, law_committed_markers, CASES),
	LAW("a missing base", CASE_MIXED, law_no_base, SOME),
	LAW("forward references", CASE_FORWARD, law_any, SOME),
	LAW("binary files", CASE_BINARY, law_any, SOME),
};

static unsigned long number_of(const char *variable, unsigned long otherwise)
{
	const char *text = getenv(variable);
	return text && *text ? strtoul(text, NULL, 10) : otherwise;
}

/* Leaves the laws that the environment chooses, with as many cases as it says. */
static size_t choose_laws(void)
{
	const char *only = getenv("WLSYNC_LAW");
	size_t count = 0;
	for (size_t i = 0; i < WLS_ARRAY_SIZE(laws); i++) {
		struct law law = laws[i];
		law.cases = number_of("WLSYNC_CASES", law.cases) * number_of("WLSYNC_ROUNDS", 1);
		if (!only || !*only || strcmp(only, law.name) == 0)
			laws[count++] = law;
	}
	return count;
}

static void try_seed(uint64_t seed, size_t count)
{
	for (int kind = 0; kind < CASE_KINDS; kind++)
		case_judge((enum case_kind)kind, seed, laws, count);
}

/* Every seed that some law asks for, and that is `part` modulo `parts`. */
static void try_all(size_t count, unsigned long part, unsigned long parts)
{
	unsigned long most = 0;
	for (size_t i = 0; i < count; i++)
		most = laws[i].cases > most ? laws[i].cases : most;
	for (unsigned long seed = 1; seed <= most; seed++)
		if (seed % parts == part)
			try_seed(seed, count);
}

/* prop_merge [PART PARTS]: every seed, or every PARTS-th from PART on, so that two run at once. */
int main(int argc, char **argv)
{
	unsigned long only = number_of("WLSYNC_SEED", 0);
	size_t count = choose_laws();
	bool all = count > 0;
	for (size_t i = 0; i < count && only > 0; i++)
		laws[i].cases = ULONG_MAX;
	if (only > 0)
		try_seed(only, count);
	else
		try_all(count, argc == 3 ? strtoul(argv[1], NULL, 10) : 0,
			argc == 3 ? strtoul(argv[2], NULL, 10) : 1);
	for (size_t i = 0; i < count; i++) {
		bool holds = laws[i].tried > 0 && !laws[i].refuted;
		printf("%s %zu - %s\n", holds ? "ok" : "not ok", i + 1, laws[i].name);
		all = all && holds;
	}
	printf("1..%zu\n", count);
	return all ? 0 : 1;
}
