/* SPDX-License-Identifier: MIT */
/*
 * What is worse, what cannot both hold, and what follows for the points of a metric.
 *
 * Layer: trends. Includes: base, figure, trends.
 *
 * A claim is an interval: `180ms` a point with some room for rounding, `<200ms` all below. Worse is only
 * what is worse wherever in the two intervals the truth lies; the same for what cannot both hold. So
 * `<200ms` after `180ms` is no regression, and `250ms` after `<200ms` is one.
 */
#include <float.h>

#include "trends/trends_internal.h"

/* Room for rounding, as a part of the value; `~` leaves more. */
#define ROOM 0.01
#define ROOM_ABOUT 0.15
/* And between two places that tell the same figure. */
#define ROOM_RETOLD 0.02
/* What small steps may add up to before it is told. */
#define ROOM_CREPT 0.05

struct range {
	double low, high;
};

static double size_of(double value)
{
	return value < 0 ? -value : value;
}

static struct range range_of(const struct wls_claim *claim, double room)
{
	double v = claim->value;
	switch (claim->comparison) {
	case WLS_LESS:
	case WLS_LESS_OR_EQUAL:
		return (struct range){-DBL_MAX, v};
	case WLS_MORE:
	case WLS_MORE_OR_EQUAL:
		return (struct range){v, DBL_MAX};
	case WLS_ABOUT:
		room = ROOM_ABOUT;
		break;
	case WLS_EXACTLY:
		break;
	}
	return (struct range){v - size_of(v) * room, v + size_of(v) * room};
}

/* Whether `a` is worse than `b` for certain, by more than a part of it. */
static bool is_worse_by(const struct wls_claim *a, const struct wls_claim *b,
			enum wls_better better, double room)
{
	struct range x = range_of(a, 0), y = range_of(b, room);
	if (better == WLS_BETTER_LOWER)
		return x.low > y.high;
	return better == WLS_BETTER_HIGHER && x.high < y.low;
}

bool wls_claim_worse(const struct wls_claim *a, const struct wls_claim *b, enum wls_better better)
{
	return is_worse_by(a, b, better, ROOM);
}

bool wls_claim_differs(const struct wls_claim *a, const struct wls_claim *b)
{
	struct range x = range_of(a, 0), y = range_of(b, ROOM_RETOLD);
	return x.low > y.high || x.high < y.low;
}

/* Whether a value is outside of what its target allows. Exactly on it is inside. */
static bool misses(const struct wls_claim *claim, const struct wls_claim *target,
		   enum wls_better better)
{
	struct range x = range_of(claim, 0);
	if (better == WLS_BETTER_LOWER)
		return x.low > target->value;
	return better == WLS_BETTER_HIGHER && x.high < target->value;
}

static bool is_bound(const struct wls_claim *claim)
{
	return claim->comparison != WLS_EXACTLY && claim->comparison != WLS_ABOUT;
}

/* Whether `a` is the better value; a figure beats a bound. */
static bool is_better(const struct wls_claim *a, const struct wls_claim *b, enum wls_better better)
{
	if (is_bound(a) != is_bound(b))
		return is_bound(b);
	return better == WLS_BETTER_LOWER ? a->value < b->value : a->value > b->value;
}

static bool is_worse(const struct wls_claim *a, const struct wls_claim *b, enum wls_better better)
{
	return is_bound(a) == is_bound(b) ? is_better(b, a, better) : is_bound(b);
}

static struct wls_regression *add_regression(struct wls_trends *trends)
{
	struct wls_trends_intake *intake = trends->intake;
	WLS_GROW(trends->regressions, intake->regression_cap, trends->regression_count + 1);
	return &trends->regressions[trends->regression_count++];
}

/* The newest target of a version at or below that of `claim`, else the first. */
static const struct wls_claim *target_at(const struct wls_metric *m, uint32_t version, size_t *next)
{
	while (*next < m->target_count && m->targets[*next]->version <= version)
		++*next;
	return m->targets[*next > 0 ? *next - 1 : 0];
}

static void judge_targets(struct wls_trends *trends, uint32_t metric)
{
	struct wls_metric *m = &trends->metrics[metric];
	bool met = false;
	size_t next = 0;
	for (size_t i = 0; m->target_count > 0 && i < m->point_count; i++) {
		struct wls_point *point = &m->points[i];
		const struct wls_claim *target = target_at(m, point->claim->version, &next);
		bool newest = i + 1 == m->point_count;
		point->misses = misses(point->claim, target, m->better);
		if (point->misses && (met || newest))
			*add_regression(trends) = (struct wls_regression){
				.kind = WLS_REGRESSION_TARGET,
				.metric = metric,
				.point = i,
				.claim = point->claim,
				.better = target,
				.newest = newest,
			};
		/* Once it is told that it is missed again, it has to be met again first. */
		met = !point->misses;
	}
}

/* Whether a value got worse by one step. */
static bool has_stepped_back(const struct wls_claim *claim, const struct wls_claim *before,
			     const struct wls_claim *best, enum wls_better better)
{
	return wls_claim_worse(claim, before, better) && wls_claim_worse(claim, best, better);
}

/* Whether it did by small ones, the last of which is this. */
static bool has_crept(const struct wls_claim *claim, const struct wls_claim *before,
		      const struct wls_claim *best, enum wls_better better)
{
	return is_worse_by(claim, before, better, 0) &&
	       is_worse_by(claim, best, better, ROOM_CREPT);
}

void wls_metric_judge(struct wls_trends *trends, uint32_t metric)
{
	struct wls_metric *m = &trends->metrics[metric];
	bool told = false; /* that it is worse than the present best */
	if (m->better == WLS_BETTER_UNKNOWN || m->point_count == 0)
		return;
	for (size_t i = 1; i < m->point_count; i++) {
		struct wls_point *point = &m->points[i];
		const struct wls_claim *before = m->points[i - 1].claim;
		const struct wls_claim *best = m->points[m->best].claim;
		if (has_stepped_back(point->claim, before, best, m->better) ||
		    (!told && has_crept(point->claim, before, best, m->better))) {
			told = true;
			point->regressed = true;
			*add_regression(trends) = (struct wls_regression){
				.kind = WLS_REGRESSION_BEST,
				.metric = metric,
				.point = i,
				.claim = point->claim,
				.better = best,
				.newest = i + 1 == m->point_count,
			};
		}
		if (is_better(point->claim, best, m->better)) {
			m->best = i;
			told = false;
		}
		if (is_worse(point->claim, m->points[m->worst].claim, m->better))
			m->worst = i;
	}
	judge_targets(trends, metric);
}
