/* SPDX-License-Identifier: MIT */
/*
 * Claims become metrics: grouped by name and unit, put in order, judged.
 *
 * Layer: trends. Includes: base, buf, doc, trends.
 *
 * Several places may tell a metric's figure of one version. What the version's own entry says counts
 * before what is told afterwards or elsewhere, a figure before a mere ✅, a field of its own before a
 * sentence, and then the later place. The others are kept as claims: where they differ they may
 * contradict each other.
 */
#include "base/utf8.h"
#include "trends/trends_internal.h"

/* ---- names ---- */

const char *wls_claim_kind_name(enum wls_claim_kind kind)
{
	static const char *const names[] = {
#define X(name, text) [WLS_CLAIM_##name] = (text),
		WLS_CLAIM_TABLE(X)
#undef X
	};
	return names[kind];
}

const char *wls_better_name(enum wls_better better)
{
	static const char *const names[] = {NULL, "lower", "higher"};
	return names[better];
}

const char *wls_regression_kind_name(enum wls_regression_kind kind)
{
	return kind == WLS_REGRESSION_BEST ? "best" : "target";
}

const char *wls_contradiction_kind_name(enum wls_contradiction_kind kind)
{
	return kind == WLS_CONTRADICTION_STATED ? "stated" : "version";
}

const struct wls_claim *wls_metric_target(const struct wls_metric *metric)
{
	return metric->target_count > 0 ? metric->targets[metric->target_count - 1] : NULL;
}

/* ---- life ---- */

struct wls_trends *wls_trends_new(void)
{
	struct wls_trends *trends = wls_alloc(1, sizeof(*trends));
	*trends = (struct wls_trends){0};
	trends->intake = WLS_ARENA_NEW(&trends->arena, struct wls_trends_intake);
	return trends;
}

void wls_trends_free(struct wls_trends *trends)
{
	if (!trends)
		return;
	wls_map_release(&trends->intake->seen);
	free(trends->intake->claims);
	free(trends->intake->steps);
	free(trends->intake->pairs);
	free(trends->metrics);
	free(trends->regressions);
	free(trends->contradictions);
	wls_arena_release(&trends->arena);
	free(trends);
}

/* ---- grouping ---- */

static struct wls_slice key_of(struct wls_trends *trends, const struct wls_claim *claim,
			       struct wls_buf *buf)
{
	wls_buf_clear(buf);
	wls_utf8_add_folded_name(buf, claim->name);
	wls_buf_add_char(buf, ' ');
	wls_buf_add_str(buf, claim->unit);
	return wls_arena_copy(&trends->arena, wls_buf_slice(buf));
}

static void group(struct wls_trends *trends)
{
	struct wls_buf buf _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_map map = {0};
	size_t cap = 0;
	for (size_t i = 0; i < trends->claim_count; i++) {
		struct wls_claim *claim = &trends->claims[i];
		struct wls_slice key = key_of(trends, claim, &buf);
		uint32_t *at = wls_map_at(&map, key);
		if (*at == WLS_MAP_NONE) {
			WLS_GROW(trends->metrics, cap, trends->metric_count + 1);
			*at = (uint32_t)trends->metric_count++;
			trends->metrics[*at] = (struct wls_metric){
				.name = claim->name,
				.key = key,
				.unit = claim->unit,
				.kind = WLS_CLAIM_TARGET,
			};
		}
		claim->metric = *at;
		struct wls_metric *m = &trends->metrics[*at];
		m->target_count += claim->kind == WLS_CLAIM_TARGET;
		m->point_count += claim->kind != WLS_CLAIM_TARGET && !claim->implied;
	}
	wls_map_release(&map);
}

/* Drops the metrics that only ✅ speaks of, with their claims. */
static void drop_implied(struct wls_trends *trends)
{
	struct wls_trends_intake *intake = trends->intake;
	uint32_t *metrics = wls_alloc(trends->metric_count + 1, sizeof(uint32_t));
	size_t *claims = wls_alloc(trends->claim_count + 1, sizeof(size_t));
	uint32_t kept = 0;
	for (uint32_t m = 0; m < trends->metric_count; m++) {
		struct wls_metric *metric = &trends->metrics[m];
		bool real = metric->target_count > 0 || metric->point_count > 0;
		metrics[m] = real ? kept : WLS_METRIC_NONE;
		if (real)
			trends->metrics[kept++] = *metric;
	}
	trends->metric_count = kept;
	size_t count = 0;
	for (size_t i = 0; i < trends->claim_count; i++) {
		struct wls_claim *claim = &trends->claims[i];
		claim->metric = metrics[claim->metric];
		claims[i] = count;
		if (claim->metric != WLS_METRIC_NONE)
			trends->claims[count++] = *claim;
	}
	trends->claim_count = count;
	/* A pair's claims carry figures: they stay. */
	for (size_t i = 0; i < intake->pair_count; i++) {
		intake->pairs[i].a = claims[intake->pairs[i].a];
		intake->pairs[i].b = claims[intake->pairs[i].b];
	}
	free(metrics);
	free(claims);
}

/* ---- points ---- */

static int kind_rank(enum wls_claim_kind kind)
{
	if (kind == WLS_CLAIM_STATEMENT)
		return 0;
	return kind == WLS_CLAIM_COMPONENT || kind == WLS_CLAIM_CELL ? 1 : 2;
}

/* Whether `a` counts before `b`, of the same version; both stand in the array of claims. */
static bool counts_before(const struct wls_claim *a, const struct wls_claim *b)
{
	bool own_a = a->entry == a->version && a->entry > 0;
	bool own_b = b->entry == b->version && b->entry > 0;
	if (a->snapshot != b->snapshot)
		return b->snapshot;
	if (own_a != own_b)
		return own_a;
	if ((a->entry > 0 || a->pinned) != (b->entry > 0 || b->pinned))
		return a->entry > 0 || a->pinned;
	if (a->implied != b->implied)
		return b->implied;
	if (kind_rank(a->kind) != kind_rank(b->kind))
		return kind_rank(a->kind) > kind_rank(b->kind);
	return a > b;
}

/* By metric, targets last, then by version, what was earlier first, what counts before last. */
static int compare_claims(const void *a, const void *b)
{
	const struct wls_claim *x = *(const struct wls_claim *const *)a;
	const struct wls_claim *y = *(const struct wls_claim *const *)b;
	bool target_x = x->kind == WLS_CLAIM_TARGET, target_y = y->kind == WLS_CLAIM_TARGET;
	if (x->metric != y->metric)
		return x->metric < y->metric ? -1 : 1;
	if (target_x != target_y)
		return target_x ? 1 : -1;
	if (x->version != y->version)
		return x->version < y->version ? -1 : 1;
	if (x->earlier != y->earlier)
		return x->earlier ? -1 : 1;
	if (x->earlier || target_x)
		return x < y ? -1 : x > y;
	if (x == y)
		return 0;
	return counts_before(y, x) ? -1 : 1;
}

static void add_point(struct wls_metric *m, const struct wls_claim *claim)
{
	m->points[m->point_count++] = (struct wls_point){.claim = claim};
	m->name = claim->name;
	m->kind = claim->kind;
}

/*
 * The points of a metric's claims, [0, count) of `sorted`, without its targets. What was earlier counts
 * only before the first version, and beside the figure of that version that counts.
 */
static void set_points(struct wls_trends *trends, struct wls_metric *m,
		       const struct wls_claim *const *sorted, size_t count)
{
	m->points = WLS_ARENA_ARRAY(&trends->arena, struct wls_point, count + 1);
	m->point_count = 0;
	for (size_t i = 0; i < count;) {
		size_t end = i, now = i;
		while (end < count && sorted[end]->version == sorted[i]->version)
			end++;
		while (now < end && sorted[now]->earlier)
			now++;
		const struct wls_claim *chosen = now < end ? sorted[end - 1] : NULL;
		for (size_t k = 0; i == 0 && k < now; k++)
			if (!chosen || sorted[k]->node == chosen->node)
				add_point(m, sorted[k]);
		if (chosen)
			add_point(m, chosen);
		i = end;
	}
}

static enum wls_better better_of(const struct wls_metric *m)
{
	const struct wls_claim *target = wls_metric_target(m);
	if (target && (target->comparison == WLS_LESS || target->comparison == WLS_LESS_OR_EQUAL))
		return WLS_BETTER_LOWER;
	if (target && (target->comparison == WLS_MORE || target->comparison == WLS_MORE_OR_EQUAL))
		return WLS_BETTER_HIGHER;
	if (m->kind == WLS_CLAIM_BUDGET)
		return WLS_BETTER_UNKNOWN;
	/* `Error handling 60%` is how far that is, whatever its name. */
	if (m->kind == WLS_CLAIM_PROGRESS || m->kind == WLS_CLAIM_COMPONENT)
		return WLS_BETTER_HIGHER;
	return wls_better_of(m->name, m->unit);
}

/* ---- contradictions ---- */

static void add_contradiction(struct wls_trends *trends, const struct wls_contradiction *found)
{
	struct wls_trends_intake *intake = trends->intake;
	WLS_GROW(trends->contradictions, intake->contradiction_cap,
		 trends->contradiction_count + 1);
	trends->contradictions[trends->contradiction_count++] = *found;
	trends->metrics[found->metric].contradicted = true;
}

/* Whether a claim says for certain which version it is about, in the present files. */
static bool is_anchored(const struct wls_claim *claim)
{
	return (claim->pinned || (claim->entry > 0 && claim->entry == claim->version)) &&
	       !claim->earlier && !claim->implied && !claim->snapshot &&
	       claim->kind != WLS_CLAIM_TARGET;
}

/* Whether a claim is all that an item or field says, `Hit rate: 85%`, and not how the work went. */
static bool is_listed(const struct wls_claim *claim)
{
	const struct wls_node *node = claim->node;
	if (claim->kind == WLS_CLAIM_CELL || claim->kind == WLS_CLAIM_CURRENT)
		return true;
	if (claim->kind != WLS_CLAIM_STATEMENT)
		return false;
	bool first = node->kind == WLS_NODE_ITEM && claim->name.ptr == node->text.ptr;
	if (!first && claim->name.ptr != node->label.ptr)
		return false;
	for (; node; node = node->parent)
		if (node->key == WLS_KEY_WORK || node->key == WLS_KEY_DECISIONS ||
		    node->key == WLS_KEY_BUG)
			return false;
	return true;
}

/* Whether a claim of an entry is measured against a trend line of the same entry. */
static bool is_told_twice(const struct wls_claim *a, const struct wls_claim *b)
{
	if (a->kind == WLS_CLAIM_TREND)
		return a->pinned && !b->pinned && is_listed(b);
	return b->kind == WLS_CLAIM_TREND && b->pinned && !a->pinned && is_listed(a);
}

/* How many claims of the entry of `chosen` leave the version to it. */
static size_t count_unpinned(const struct wls_claim *const *sorted, size_t count,
			     const struct wls_claim *chosen)
{
	size_t unpinned = 0;
	for (size_t i = 0; i < count; i++)
		unpinned += !sorted[i]->pinned && sorted[i]->entry == chosen->entry;
	return unpinned;
}

/*
 * The claims of one version, what counts last: each other place that is as certain and says
 * something else contradicts it. Within one entry people tell how they came to a figure: there only
 * two that both name their version count, and a trend line against the only figure of a list.
 */
static void compare_version(struct wls_trends *trends, const struct wls_claim *const *sorted,
			    size_t count)
{
	const struct wls_claim *chosen = sorted[count - 1];
	if (!is_anchored(chosen))
		return;
	bool lone = count_unpinned(sorted, count, chosen) == 1;
	for (size_t i = 0; i + 1 < count; i++) {
		const struct wls_claim *other = sorted[i];
		bool apart = other->entry != chosen->entry || (other->pinned && chosen->pinned) ||
			     (lone && is_told_twice(other, chosen));
		if (!is_anchored(other) || !apart || other->node == chosen->node ||
		    !wls_claim_differs(other, chosen))
			continue;
		add_contradiction(trends, &(struct wls_contradiction){
						  .kind = WLS_CONTRADICTION_VERSION,
						  .metric = chosen->metric,
						  .a = other < chosen ? other : chosen,
						  .b = other < chosen ? chosen : other,
					  });
	}
}

static void compare_versions(struct wls_trends *trends, const struct wls_claim *const *sorted,
			     size_t count)
{
	for (size_t i = 0; i < count;) {
		size_t end = i;
		while (end < count && sorted[end]->version == sorted[i]->version)
			end++;
		compare_version(trends, sorted + i, end - i);
		i = end;
	}
}

static void add_stated(struct wls_trends *trends)
{
	const struct wls_trends_intake *intake = trends->intake;
	for (size_t i = 0; i < intake->pair_count; i++) {
		const struct wls_stated *pair = &intake->pairs[i];
		struct wls_contradiction found = {
			.kind = WLS_CONTRADICTION_STATED,
			.metric = trends->claims[pair->b].metric,
			.a = &trends->claims[pair->a],
			.b = &trends->claims[pair->b],
			.remark = pair->remark,
			.attributes = pair->attributes,
			.attribute_count = pair->attribute_count,
		};
		if (found.a->metric == found.b->metric && wls_claim_differs(found.a, found.b))
			add_contradiction(trends, &found);
	}
}

static int compare_contradictions(const void *a, const void *b)
{
	const struct wls_contradiction *x = a, *y = b;
	if (x->b != y->b)
		return x->b < y->b ? -1 : 1;
	return x->a < y->a ? -1 : x->a > y->a;
}

/* ---- all together ---- */

/* One metric's claims: [0, count) of `sorted`, its targets last. */
static void settle(struct wls_trends *trends, uint32_t metric,
		   const struct wls_claim *const *sorted, size_t count)
{
	struct wls_metric *m = &trends->metrics[metric];
	size_t points = count - m->target_count;
	m->targets = sorted + points;
	if (m->target_count > 0)
		m->name = m->targets[m->target_count - 1]->name;
	set_points(trends, m, sorted, points);
	m->better = better_of(m);
	compare_versions(trends, sorted, points);
	wls_metric_judge(trends, metric);
}

static void date_claims(struct wls_trends *trends)
{
	for (size_t i = 0; i < trends->claim_count; i++) {
		const struct wls_step *step =
			wls_step_find(trends->intake, trends->claims[i].version);
		if (step && step->entry)
			trends->claims[i].date = step->entry->date;
	}
}

void wls_trends_build(struct wls_trends *trends)
{
	trends->claims = trends->intake->claims;
	trends->claim_count = trends->intake->claim_count;
	wls_steps_settle(trends);
	date_claims(trends);
	group(trends);
	drop_implied(trends);
	size_t count = trends->claim_count;
	const struct wls_claim **sorted =
		WLS_ARENA_ARRAY(&trends->arena, const struct wls_claim *, count + 1);
	for (size_t i = 0; i < count; i++)
		sorted[i] = &trends->claims[i];
	if (count > 1)
		qsort(sorted, count, sizeof(*sorted), compare_claims);
	for (size_t i = 0, end; i < count; i = end) {
		for (end = i; end < count && sorted[end]->metric == sorted[i]->metric;)
			end++;
		settle(trends, sorted[i]->metric, sorted + i, end - i);
	}
	add_stated(trends);
	if (trends->contradiction_count > 1)
		qsort(trends->contradictions, trends->contradiction_count,
		      sizeof(*trends->contradictions), compare_contradictions);
}
