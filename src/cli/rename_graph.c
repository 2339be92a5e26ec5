/* SPDX-License-Identifier: MIT */
/*
 * Whether a rename leaves the graph as it is: the same edges, dependencies and mentions, older ones
 * too.
 *
 * A new name may be one that texts use already, for a log that is not there, or read as something
 * else where it stands. Only what is ambiguous now may come to mean the other log of its name: to
 * settle that is what one of the two is renamed for. Renaming back makes it ambiguous again.
 *
 * Layer: cli. Includes: base, buf, graph, cli/rename.
 */
#include "base/map.h"
#include "base/utf8.h"
#include "cli/rename.h"

/* What has to stay of an edge, told in the logs as they will be. */
struct bond {
	const struct wls_edge *edge;
	uint32_t from, to;
	struct wls_slice name; /* folded, when it dangles */
	/* Where it stands; of several equal ones the order of files decides, so it may change. */
	struct wls_slice file;
	uint32_t line;
};

struct bonds {
	struct bond *list;
	size_t count;
};

static int compare_numbers(uint64_t a, uint64_t b)
{
	return a < b ? -1 : a > b;
}

static int by_bond(const void *left, const void *right)
{
	const struct bond *a = left, *b = right;
	int order = compare_numbers(a->from, b->from);

	if (order == 0)
		order = compare_numbers(a->to, b->to);
	if (order == 0)
		order = compare_numbers(a->edge->kind, b->edge->kind);
	if (order == 0)
		order = compare_numbers(a->edge->to_version, b->edge->to_version);
	if (order == 0)
		order = compare_numbers(a->edge->historical, b->edge->historical);
	if (order == 0)
		order = compare_numbers(a->edge->claimed, b->edge->claimed);
	return order != 0 ? order : wls_slice_cmp(a->name, b->name);
}

/* Each log's number in `after`; WLS_LOG_NONE where it is missing. */
static uint32_t *map_logs(const struct wls_rename *r, const struct wls_graph *after,
			  struct wls_arena *arena)
{
	const struct wls_graph *before = r->graph;
	uint32_t *map = WLS_ARENA_ARRAY(arena, uint32_t, before->log_count + 1);
	struct wls_map _cleanup_(wls_map_release) files = {0};

	for (uint32_t i = 0; i < after->log_count; i++)
		*wls_map_at(&files, after->logs[i].file) = i;
	for (uint32_t i = 0; i < before->log_count; i++) {
		struct wls_slice file = before->logs[i].file;
		const struct wls_rename_file *changed = wls_rename_file_at(r, file, false);

		map[i] = wls_map_find(&files, changed ? changed->to : file);
	}
	return map;
}

static uint32_t count_ends(struct wls_slice text)
{
	uint32_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += text.ptr[i] == '\n' ||
			 (text.ptr[i] == '\r' && (i + 1 == text.len || text.ptr[i + 1] != '\n'));
	return count;
}

/* Where a line stands afterwards: `id:` is a line more. */
static uint32_t line_after(const struct wls_rename_file *file, uint32_t line)
{
	uint32_t after = line;

	for (size_t i = 0; file && i < file->edit_count; i++) {
		const struct wls_rename_edit *edit = &file->edits[i];
		bool above = edit->line < line ||
			     (edit->line == line && edit->column == 1 && edit->begin == edit->end);

		if (!above)
			break;
		after += count_ends(edit->text);
		after -= count_ends(
			wls_slice(file->before.ptr + edit->begin, edit->end - edit->begin));
	}
	return after;
}

/* The edges of a graph; `map` and `r` are given when it is the one before. */
static struct bonds list_bonds(const struct wls_graph *graph, const uint32_t *map,
			       const struct wls_rename *r, struct wls_arena *arena)
{
	struct bonds bonds = {WLS_ARENA_ARRAY(arena, struct bond, graph->edge_count + 1), 0};

	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];
		const struct wls_rename_file *changed =
			map ? wls_rename_file_at(r, edge->file, false) : NULL;
		struct bond *bond = &bonds.list[bonds.count++];
		struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;

		*bond = (struct bond){.edge = edge,
				      .from = edge->from,
				      .to = edge->to,
				      .file = changed ? changed->to : edge->file,
				      .line = line_after(changed, edge->line)};
		if (edge->to == WLS_LOG_NONE) {
			wls_utf8_add_folded_name(&folded, edge->to_name);
			bond->name = wls_arena_copy(arena, wls_buf_slice(&folded));
		}
		if (map) {
			bond->from = map[edge->from];
			bond->to = edge->to == WLS_LOG_NONE ? WLS_LOG_NONE : map[edge->to];
		}
	}
	if (bonds.count > 1)
		qsort(bonds.list, bonds.count, sizeof(*bonds.list), by_bond);
	return bonds;
}

static bool is_ambiguous(const struct bond *bond)
{
	return bond->edge->to == WLS_LOG_NONE && bond->edge->reason == WLS_REASON_AMBIGUOUS;
}

/* Whether an edge of the others is ambiguous at the place of this one. */
static bool settles(const struct bonds *others, const struct bond *bond)
{
	for (size_t i = 0; i < others->count; i++)
		if (is_ambiguous(&others->list[i]) && others->list[i].line == bond->line &&
		    wls_slice_eq(others->list[i].file, bond->file))
			return true;
	return false;
}

static int refuse(const struct wls_rename *r, const struct bond *bond, bool lost,
		  struct wls_error *err)
{
	return wls_error_set(err, WLS_E_REFUSED,
			     lost ? "%.*s:%u: would no longer name what it names now, if the log "
				    "were called \"%.*s\"; choose another name"
				  : "%.*s:%u: would name another log than now, if this one were "
				    "called \"%.*s\"; change that line first, or choose another "
				    "name",
			     WLS_SLICE_ARG(bond->edge->file), bond->edge->line,
			     WLS_SLICE_ARG(r->to));
}

static int compare(const struct wls_rename *r, const struct bonds *before,
		   const struct bonds *after, struct wls_error *err)
{
	const struct bond *gone = NULL;
	size_t i = 0, k = 0;

	while (i < before->count || k < after->count) {
		int order = i == before->count  ? 1
			    : k == after->count ? -1
						: by_bond(&before->list[i], &after->list[k]);

		if (order == 0) {
			i++;
			k++;
		} else if (order < 0) {
			if (!gone && !is_ambiguous(&before->list[i]) &&
			    !(r->returns && settles(after, &before->list[i])))
				gone = &before->list[i];
			i++;
		} else {
			/* What is there anew tells more than what it replaces. */
			if (!settles(before, &after->list[k]) &&
			    !(r->returns && is_ambiguous(&after->list[k])))
				return refuse(r, &after->list[k], false, err);
			k++;
		}
	}
	return gone ? refuse(r, gone, true, err) : 0;
}

int wls_rename_compare(const struct wls_rename *rename, const struct wls_graph *after,
		       struct wls_error *err)
{
	struct wls_arena arena = {0};
	const uint32_t *map = map_logs(rename, after, &arena);
	const struct bonds old = list_bonds(rename->graph, map, rename, &arena);
	const struct bonds new = list_bonds(after, NULL, rename, &arena);
	int status = compare(rename, &old, &new, err);

	wls_arena_release(&arena);
	return status;
}
