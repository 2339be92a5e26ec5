/* SPDX-License-Identifier: MIT */
/*
 * The brake: a plan that does much at once needs a person's word.
 *
 * Somebody who stands in the wrong folder, or names the wrong repository, sees it here, before
 * eighty issues were made or half of all were closed.
 *
 * Layer: plan. Includes: base, plan.
 */
#include "wlsync/plan.h"

#define CHANGES_MIN 10u
#define CHANGES_PERCENT 30u

const char *wls_plan_brake(struct wls_plan *plan, uint32_t max_create)
{
	struct wls_arena *arena = &plan->arena;
	const char *create = "", *change = "";

	if (plan->creates > max_create)
		create = wls_arena_printf(arena, "%zu issues would be created (more than %u)",
					  plan->creates, max_create);
	if (plan->visible_changes >= CHANGES_MIN &&
	    plan->visible_changes * 100 > plan->matched * CHANGES_PERCENT)
		change =
			wls_arena_printf(arena,
					 "title, state or status would change on %zu of %zu issues "
					 "(more than %u %%)",
					 plan->visible_changes, plan->matched, CHANGES_PERCENT);
	if (!*create && !*change)
		return NULL;
	return wls_arena_printf(arena, "%s%s%s", create, *create && *change ? "; " : "", change);
}
