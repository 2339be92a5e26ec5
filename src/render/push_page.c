/* SPDX-License-Identifier: MIT */
/*
 * Words and sums of a plan.
 *
 * Layer: render. Includes: base, buf, doc, graph, plan.
 */
#include "render/push_page.h"

/* Requests that go with the making of issues and comments: the lease, and a listing. */
#define LEASE_REQUESTS 3u

struct wls_slice wls_push_name(const struct wls_push_page *page, const struct wls_plan_item *item)
{
	return wls_style_clean(page->arena, item->wanted ? item->wanted->name : item->id);
}

struct wls_slice wls_push_link(const struct wls_push_page *page, uint32_t log, const char *joint)
{
	const struct wls_graph *graph = page->plan->wanted->graph;
	struct wls_slice name = wls_style_clean(page->arena, graph->logs[log].id);
	int64_t number = page->plan->numbers ? page->plan->numbers[log] : 0;

	if (number <= 0)
		return name;
	return wls_slice_of(wls_arena_printf(page->arena, "%.*s%s%lld", WLS_SLICE_ARG(name), joint,
					     (long long)number));
}

struct wls_slice wls_push_names(const struct wls_push_page *page, const struct wls_slice *names,
				size_t count)
{
	struct wls_buf buf = WLS_BUF_INIT;

	for (size_t i = 0; i < count; i++) {
		wls_buf_add_str(&buf, i > 0 ? ", " : "");
		wls_buf_add_slice(&buf, wls_style_clean(page->arena, names[i]));
	}
	struct wls_slice joined = wls_arena_copy(page->arena, wls_buf_slice(&buf));
	wls_buf_release(&buf);
	return joined;
}

const char *wls_push_state(enum wls_issue_state state)
{
	switch (state) {
	case WLS_ISSUE_COMPLETED:
		return "closed (completed)";
	case WLS_ISSUE_NOT_PLANNED:
		return "closed (not planned)";
	case WLS_ISSUE_OPEN:
		break;
	}
	return "open";
}

struct wls_slice wls_push_fields(const struct wls_push_page *page, const struct wls_plan_item *item)
{
	const struct {
		const char *name;
		bool changed;
	} fields[] = {
		{"title", item->fields & WLS_FIELD_TITLE},
		{"region", item->fields & WLS_FIELD_REGION},
		{"state", item->fields & WLS_FIELD_STATE},
		{"labels", item->add_count + item->remove_count > 0},
		{"links", item->link_add_count + item->link_remove_count > 0},
		{"comments", item->comment_count > 0},
	};
	struct wls_slice names[WLS_ARRAY_SIZE(fields)];
	size_t count = 0;

	for (size_t i = 0; i < WLS_ARRAY_SIZE(fields); i++)
		if (fields[i].changed)
			names[count++] = wls_slice_of(fields[i].name);
	/* The record goes along with everything else, and is worth a word only when alone. */
	if (count == 0)
		names[count++] = WLS_SLICE("record");
	return wls_push_names(page, names, count);
}

bool wls_push_shows_region(const struct wls_push_page *page, const struct wls_plan_item *item)
{
	if (!(item->fields & WLS_FIELD_REGION))
		return false;
	return item->verb != WLS_VERB_CREATE || page->view->verbose;
}

/* Blank lines around what differs tell nothing. */
static size_t drop_blank(struct wls_diff_line *lines, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (lines[i].op != WLS_DIFF_SAME || wls_slice_trim(lines[i].text).len > 0)
			lines[kept++] = lines[i];
	return kept;
}

struct wls_diff_line *wls_push_region(const struct wls_push_page *page,
				      const struct wls_plan_item *item, size_t *count, size_t *more)
{
	struct wls_diff_line *lines =
		wls_line_diff(item->old_region, item->region, page->arena, count);

	*count = drop_blank(lines, wls_diff_narrow(lines, *count, 1));
	*more = 0;
	if (page->style->brief && !page->view->verbose && *count > WLS_PUSH_LINES + 1) {
		*more = *count - WLS_PUSH_LINES;
		*count = WLS_PUSH_LINES;
	}
	return lines;
}

/* ---- costs ---- */

static void add_item(const struct wls_plan_item *item, struct wls_push_cost *cost)
{
	size_t writes = item->link_add_count + item->link_remove_count + item->comment_count;

	/* The issue that is made, or read again. */
	cost->requests++;
	if (item->verb == WLS_VERB_CREATE) {
		cost->posts++;
		cost->writes++;
		/* A second pass, which reads it again. */
		if (item->names_new || item->state != WLS_ISSUE_OPEN || writes > 0) {
			cost->requests++;
			writes++;
		}
	} else {
		writes += (item->add_count > 0) + item->remove_count + (item->fields != 0);
	}
	for (size_t i = 0; i < item->comment_count; i++)
		cost->posts += item->comments[i].verb == WLS_COMMENT_POST;
	cost->writes += writes;
	cost->requests += writes;
}

struct wls_push_cost wls_push_cost(const struct wls_plan *plan, const struct wls_push_view *view)
{
	struct wls_push_cost cost = {0};

	for (size_t i = 0; i < plan->count; i++)
		if (wls_plan_item_writes(&plan->items[i]))
			add_item(&plan->items[i], &cost);
	if (cost.posts > 0)
		cost.requests += LEASE_REQUESTS;
	cost.seconds = (double)cost.writes * view->write_interval;
	if (view->hourly > 0 && cost.posts > view->hourly) {
		size_t hours = (cost.posts - 1) / view->hourly;
		size_t rest = cost.posts - hours * view->hourly;
		double paced = (double)hours * 3600 + (double)rest * view->write_interval;
		cost.seconds = paced > cost.seconds ? paced : cost.seconds;
	}
	return cost;
}

/* ---- the sum ---- */

static size_t count_verbs(const struct wls_plan *plan, enum wls_verb verb)
{
	size_t count = 0;

	for (size_t i = 0; i < plan->count; i++)
		count += plan->items[i].verb == verb && wls_plan_item_writes(&plan->items[i]);
	return count;
}

static void add_part(const struct wls_push_page *page, struct wls_buf *buf, size_t count,
		     const char *joint, const char *words)
{
	if (count == 0)
		return;
	wls_buf_printf(buf, "%s%s %s", buf->len > 0 ? joint : "",
		       wls_style_count(page->arena, count), words);
}

/* "2 to create, 3 to update, 1 to close; 12 unchanged; 1 drift, 2 problems; about 9 requests" */
static void add_counts(const struct wls_push_page *page, const struct wls_push_cost *cost,
		       struct wls_buf *out)
{
	const struct wls_plan *plan = page->plan;
	struct wls_buf buf = WLS_BUF_INIT;

	add_part(page, &buf, count_verbs(plan, WLS_VERB_CREATE), ", ", "to create");
	add_part(page, &buf, count_verbs(plan, WLS_VERB_UPDATE), ", ", "to update");
	add_part(page, &buf, count_verbs(plan, WLS_VERB_ADOPT), ", ", "to adopt");
	add_part(page, &buf,
		 count_verbs(plan, WLS_VERB_DUPLICATE) + count_verbs(plan, WLS_VERB_PRUNE), ", ",
		 "to close");
	if (buf.len == 0)
		wls_buf_add_str(&buf, "Nothing to write");
	add_part(page, &buf, plan->unchanged, "; ", "unchanged");
	add_part(page, &buf, plan->drifts, "; ", "drift");
	add_part(page, &buf, plan->problems, plan->drifts > 0 ? ", " : "; ",
		 plan->problems == 1 ? "problem" : "problems");
	if (cost->writes > 0)
		wls_buf_printf(
			&buf, "; about %s",
			wls_style_plural(page->arena, cost->requests, "request", "requests"));
	wls_buf_add_slice(out, wls_buf_slice(&buf));
	wls_buf_release(&buf);
}

/* "17 minutes", "2 h 5 min". */
static const char *duration(struct wls_arena *arena, double seconds)
{
	uint64_t minutes = (uint64_t)(seconds / 60 + 0.5);

	if (minutes < 60)
		return wls_style_plural(arena, minutes, "minute", "minutes");
	if (minutes % 60 == 0)
		return wls_style_plural(arena, minutes / 60, "hour", "hours");
	return wls_arena_printf(arena, "%s h %u min", wls_style_count(arena, minutes / 60),
				(unsigned)(minutes % 60));
}

static void add_time(const struct wls_push_page *page, const struct wls_push_cost *cost,
		     struct wls_buf *out)
{
	if (cost->seconds < 60)
		return;
	wls_buf_printf(out, "It takes at least %s: ", duration(page->arena, cost->seconds));
	if (page->view->hourly > 0 && cost->posts > page->view->hourly)
		wls_buf_printf(out, "the tracker takes at most %s issues and comments an hour.\n",
			       wls_style_count(page->arena, page->view->hourly));
	else
		wls_buf_printf(out, "%s, %g s apart.\n",
			       wls_style_plural(page->arena, cost->writes, "write", "writes"),
			       page->view->write_interval);
}

void wls_push_sum(const struct wls_push_page *page, struct wls_buf *out)
{
	struct wls_push_cost cost = wls_push_cost(page->plan, page->view);

	if (page->plan->comments_left > 0)
		wls_buf_printf(
			out, "%s left for the next run (--max-comments%s).\n",
			wls_style_plural(page->arena, page->plan->comments_left, "comment is",
					 "comments are"),
			page->view->max_comments == 0
				? ""
				: wls_arena_printf(page->arena, " %u", page->view->max_comments));
	add_counts(page, &cost, out);
	wls_buf_add_str(out, page->view->plain ? ".\n" : "\n");
	add_time(page, &cost, out);
}
