/* SPDX-License-Identifier: MIT */
/*
 * The versions of a log in order, with what each of them decided.
 *
 * Layer: trends. Includes: base, doc, pattern, trends.
 */
#include "trends/trends_internal.h"

static int compare_steps(const void *a, const void *b)
{
	const struct wls_step *x = a, *y = b;
	if (x->version != y->version)
		return x->version < y->version ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

/* Makes one step of all that have the version of steps[from]; returns where the next begins. */
static size_t join(struct wls_trends *trends, size_t from, struct wls_step *out)
{
	struct wls_step *steps = trends->intake->steps;
	size_t count = trends->intake->step_count, end = from, decisions = 0;
	while (end < count && steps[end].version == steps[from].version)
		decisions += steps[end++].decision_count;
	struct wls_step joined = steps[from];
	struct wls_statement *list =
		WLS_ARENA_ARRAY(&trends->arena, struct wls_statement, decisions + 1);
	joined.decisions = list;
	joined.decision_count = decisions;
	for (size_t i = from; i < end; i++) {
		if (steps[i].entry && !joined.entry) {
			joined.entry = steps[i].entry;
			joined.doc = steps[i].doc;
			joined.file = steps[i].file;
		}
		for (size_t k = 0; k < steps[i].decision_count; k++)
			*list++ = steps[i].decisions[k];
	}
	*out = joined;
	return end;
}

void wls_steps_settle(struct wls_trends *trends)
{
	struct wls_trends_intake *intake = trends->intake;
	size_t kept = 0;
	if (intake->step_count > 1)
		qsort(intake->steps, intake->step_count, sizeof(*intake->steps), compare_steps);
	for (size_t i = 0; i < intake->step_count; kept++)
		i = join(trends, i, &intake->steps[kept]);
	intake->step_count = kept;
}

/* The first step of a version at or above `version`. */
static size_t step_from(const struct wls_trends_intake *intake, uint64_t version)
{
	size_t low = 0, high = intake->step_count;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (intake->steps[middle].version < version)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct wls_step *wls_step_find(const struct wls_trends_intake *intake, uint32_t version)
{
	size_t i = step_from(intake, version);
	return i < intake->step_count && intake->steps[i].version == version ? &intake->steps[i]
									     : NULL;
}

static void read_change(const struct wls_step *step, struct wls_change *out)
{
	*out = (struct wls_change){
		.version = step->version,
		.file = step->file,
		.entry = step->entry,
		.decisions = step->decisions,
		.decision_count = step->decision_count,
	};
	struct wls_node *field =
		step->entry ? wls_entry_find(step->doc, step->entry, WLS_KEY_DECISIONS) : NULL;
	const struct wls_pattern *p = field ? wls_pattern_read(step->doc, field) : NULL;
	if (!p || p->statement_count == 0)
		return;
	out->decisions = p->statements;
	out->decision_count = p->statement_count;
}

const struct wls_change *wls_trends_between(struct wls_trends *trends, uint32_t from, uint32_t to,
					    size_t limit, size_t *count, size_t *left_out)
{
	const struct wls_trends_intake *intake = trends->intake;
	size_t first = step_from(intake, (uint64_t)from + 1);
	size_t last = step_from(intake, (uint64_t)to + 1);
	size_t all = last > first ? last - first : 0;
	size_t shown = all < limit ? all : limit;
	struct wls_change *list = WLS_ARENA_ARRAY(&trends->arena, struct wls_change, shown + 1);
	for (size_t i = 0; i < shown; i++)
		read_change(&intake->steps[last - shown + i], &list[i]);
	*count = shown;
	*left_out = all - shown;
	return list;
}
