/* SPDX-License-Identifier: MIT */
/*
 * Which issue is a log's.
 *
 * A marker in the body says so: the id (compared folded) and the source. It counts only on an issue
 * by somebody who may be believed, and not when it says that the issue is a duplicate. Of several
 * the lowest number lives; `issue: N` in the log's frontmatter wins over all of them.
 *
 * A log is absent only when nothing at all speaks for an issue of its own: no marker that names it,
 * however broken or quoted, and no issue with its title and without a marker, by anybody who may
 * be believed; and when the cache knows of none. Whatever else is found is reported and not
 * written to: a second issue would be worse than none.
 *
 * Layer: plan. Includes: base, plan.
 */
#include <inttypes.h>

#include "base/utf8.h"
#include "plan/plan_internal.h"

struct wls_slice wls_plan_fold(struct wls_arena *arena, struct wls_slice id)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

	wls_utf8_add_folded_name(&folded, id);
	return wls_arena_copy(arena, wls_buf_slice(&folded));
}

bool wls_source_same(struct wls_slice a, struct wls_slice b)
{
	return a.len == 0 || b.len == 0 || wls_slice_eq_nocase(a, b);
}

static void see(struct wls_seen *seen, struct wls_plan *plan, const struct wls_remote *remote,
		const struct wls_issue *issue)
{
	const struct wls_plan_options *options = plan->wanted->options;
	const struct wls_record *record = &seen->region.record;

	seen->issue = issue;
	seen->next = UINT32_MAX;
	seen->names = wls_slice_find(issue->body, WLS_SLICE("wlsync")) != SIZE_MAX;
	wls_region_find(issue->body, &plan->arena, &seen->region);
	seen->trusted = wls_issue_trusted(remote, options, issue->author, issue->trusted);
	if (seen->region.kind != WLS_REGION_FOUND)
		return;
	seen->folded = wls_plan_fold(&plan->arena, record->id);
	seen->ours = seen->trusted && record->duplicate_of == 0 &&
		     wls_source_same(record->source, options->source);
}

void wls_identity_init(struct wls_identity_index *index, struct wls_plan *plan,
		       const struct wls_remote *remote)
{
	*index = (struct wls_identity_index){.count = remote->count};
	index->seen = WLS_ARENA_ARRAY(&plan->arena, struct wls_seen, remote->count + 1);
	for (size_t i = 0; i < remote->count; i++)
		see(&index->seen[i], plan, remote, &remote->issues[i]);
	for (size_t i = remote->count; i-- > 0;) {
		struct wls_seen *seen = &index->seen[i];
		if (!seen->ours)
			continue;
		uint32_t *first = wls_map_at(&index->by_id, seen->folded);
		seen->next = *first == WLS_MAP_NONE ? UINT32_MAX : *first;
		*first = (uint32_t)i;
	}
}

void wls_identity_release(struct wls_identity_index *index)
{
	wls_map_release(&index->by_id);
}

static struct wls_seen *seen_number(struct wls_identity_index *index, int64_t number)
{
	for (size_t i = 0; i < index->count; i++)
		if (index->seen[i].issue->number == number)
			return &index->seen[i];
	return NULL;
}

static struct wls_match doubtful(const char *why)
{
	return (struct wls_match){.kind = WLS_MATCH_DOUBTFUL, .why = why};
}

/* Whether an id is that of some log of the graph. */
static bool is_log(const struct wls_plan *plan, struct wls_slice folded)
{
	const struct wls_wanted_list *list = plan->wanted;
	struct wls_arena arena = {0};
	bool found = false;

	for (size_t i = 0; i < list->count && !found; i++)
		found = wls_slice_eq(wls_plan_fold(&arena, list->items[i].id), folded);
	wls_arena_release(&arena);
	return found;
}

/* The issue that the frontmatter names: it needs no marker and no author to be believed. */
static struct wls_match match_named(struct wls_identity_index *index, struct wls_plan *plan,
				    const struct wls_remote *remote,
				    const struct wls_wanted *wanted, struct wls_slice folded)
{
	struct wls_seen *seen = seen_number(index, wanted->issue);
	struct wls_arena *arena = &plan->arena;
	const struct wls_record *record = seen ? &seen->region.record : NULL;

	if (!seen && !remote->whole)
		return (struct wls_match){.kind = WLS_MATCH_UNKNOWN};
	if (!seen)
		return doubtful(wls_arena_printf(arena,
						 "its frontmatter says issue: %" PRId64
						 ", which is no issue of %.*s; mend the number",
						 wanted->issue, WLS_SLICE_ARG(remote->repository)));
	if (seen->region.kind == WLS_REGION_BROKEN)
		return doubtful(wls_arena_printf(
			arena, "the marker lines in #%" PRId64 " are broken; remove them there",
			wanted->issue));
	if (seen->region.kind == WLS_REGION_FOUND) {
		if (record->duplicate_of)
			return doubtful(wls_arena_printf(arena,
							 "#%" PRId64
							 " was closed as a duplicate of #%" PRId64
							 "; name that one",
							 wanted->issue, record->duplicate_of));
		if (!wls_source_same(record->source, plan->wanted->options->source))
			return doubtful(
				wls_arena_printf(arena, "#%" PRId64 " belongs to a log of %.*s",
						 wanted->issue, WLS_SLICE_ARG(record->source)));
		if (!wls_slice_eq(seen->folded, folded) && is_log(plan, seen->folded))
			return doubtful(wls_arena_printf(arena,
							 "#%" PRId64 " belongs to the log %.*s",
							 wanted->issue, WLS_SLICE_ARG(record->id)));
	}
	return (struct wls_match){.kind = WLS_MATCH_FOUND, .seen = seen};
}

/* What speaks against creating, in one issue; NULL: nothing. */
static const char *doubt(struct wls_seen *seen, struct wls_plan *plan,
			 const struct wls_wanted *wanted, struct wls_slice folded)
{
	int64_t number = seen->issue->number;
	const struct wls_region *region = &seen->region;
	struct wls_arena *arena = &plan->arena;

	if (!seen->trusted)
		return NULL;
	if (region->kind == WLS_REGION_FOUND) {
		if (!wls_slice_eq(seen->folded, folded) || region->record.duplicate_of)
			return NULL;
		return wls_arena_printf(arena,
					"#%" PRId64 " is the issue of a log of this name in %.*s; "
					"give this one an `id:` of its own",
					number, WLS_SLICE_ARG(region->record.source));
	}
	if (seen->names && wls_body_names(seen->issue->body, wanted->id))
		return wls_arena_printf(
			arena,
			"#%" PRId64
			" names it in a marker that is quoted or broken; remove that, or "
			"wlsync adopt %.*s#%" PRId64,
			number, WLS_SLICE_ARG(wanted->name), number);
	if (region->kind == WLS_REGION_NONE &&
	    wls_slice_eq_nocase(wls_slice_trim(seen->issue->title), wanted->title))
		return wls_arena_printf(arena,
					"#%" PRId64 " has its title and no marker; if that is its "
					"issue: wlsync adopt %.*s#%" PRId64,
					number, WLS_SLICE_ARG(wanted->name), number);
	return NULL;
}

/* What the cache speaks against creating; NULL: nothing. */
static const char *doubt_of_cache(struct wls_identity_index *index, struct wls_plan *plan,
				  const struct wls_remote *remote, const struct wls_wanted *wanted,
				  struct wls_slice folded)
{
	for (size_t i = 0; i < remote->hint_count; i++) {
		const struct wls_hint *hint = &remote->hints[i];
		if (!wls_slice_eq(wls_plan_fold(&plan->arena, hint->id), folded))
			continue;
		if (hint->gone && plan->wanted->options->force)
			return NULL;
		if (hint->gone)
			return wls_arena_printf(
				&plan->arena, "its issue #%" PRId64 " %s; --force makes a new one",
				hint->number, hint->gone);
		struct wls_seen *seen = seen_number(index, hint->number);
		if (seen && seen->trusted && seen->region.kind != WLS_REGION_FOUND)
			return wls_arena_printf(
				&plan->arena,
				"#%" PRId64 " was its issue and has lost its marker: "
				"wlsync adopt %.*s#%" PRId64,
				hint->number, WLS_SLICE_ARG(wanted->name), hint->number);
	}
	return NULL;
}

struct wls_match wls_identity_match(struct wls_identity_index *index, struct wls_plan *plan,
				    const struct wls_remote *remote,
				    const struct wls_wanted *wanted)
{
	struct wls_slice folded = wls_plan_fold(&plan->arena, wanted->id);
	const char *why = NULL;

	if (wanted->issue > 0)
		return match_named(index, plan, remote, wanted, folded);
	uint32_t first = wls_map_find(&index->by_id, folded);
	if (first != WLS_MAP_NONE)
		return (struct wls_match){.kind = WLS_MATCH_FOUND, .seen = &index->seen[first]};
	if (!remote->whole)
		return (struct wls_match){.kind = WLS_MATCH_UNKNOWN};
	for (size_t i = 0; i < index->count && !why; i++)
		why = doubt(&index->seen[i], plan, wanted, folded);
	if (!why)
		why = doubt_of_cache(index, plan, remote, wanted, folded);
	if (why)
		return doubtful(why);
	return (struct wls_match){.kind = WLS_MATCH_ABSENT};
}
