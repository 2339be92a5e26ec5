/* SPDX-License-Identifier: MIT */
/*
 * References to a renumbered entry in other logs: `Auth-WorkLog-v6` in Payment's, when theirs' v6
 * has become v7.
 *
 * Both sides had a v6, so that the number alone does not tell which entry is meant. A line that stands in
 * the renumbered side's version of the other log, and not in the other side's, was written by whoever
 * wrote that entry: it moves along. A line that both have, or nobody, stays as it is. Where the sides'
 * commits are not known, every line that names the number counts.
 *
 * Complexity: O(n) in the bytes of all logs, for each log that has renumbered entries.
 *
 * Layer: cli. Includes: base, buf, graph, merge, io, git, cli/unmerged, cli/workspace.
 */
#include "cli/stale.h"

#include <fcntl.h>

#include "base/map.h"
#include "cli/unmerged.h"
#include "cli/workspace.h"
#include "io/file.h"

#define MIDDLE "-WorkLog-v"

struct search {
	const struct wls_stale_place *place;
	struct wls_stale *stale;
	struct wls_slice name;  /* "Auth" */
	const char *file;       /* relative to the root */
	struct wls_map side[2]; /* lines of ours and theirs */
	bool has_side[2];
};

/* The new number of an entry, and the side that it came from. */
static const struct wls_renumbering *find_renumbering(const struct search *s, uint32_t number,
						      struct wls_slice line)
{
	const struct wls_merge *merge = s->stale->merge;

	for (size_t i = 0; i < merge->renumbering_count; i++) {
		const struct wls_renumbering *n = &merge->renumberings[i];
		size_t mine = n->side == 0 ? 0 : 1;
		if (n->letter != 'v' || n->from != number)
			continue;
		if (!s->has_side[0] && !s->has_side[1])
			return n;
		if (wls_map_find(&s->side[mine], line) != WLS_MAP_NONE &&
		    wls_map_find(&s->side[1 - mine], line) == WLS_MAP_NONE)
			return n;
	}
	return NULL;
}

static void add_reference(const struct search *s, struct wls_stale_reference reference)
{
	struct wls_stale *stale = s->stale;

	WLS_GROW(stale->items, stale->cap, stale->count + 1);
	stale->items[stale->count++] = reference;
}

/* Whether `NAME-WorkLog-v` ends at `at`, as words of its own. */
static bool names_log(struct wls_slice line, size_t at, struct wls_slice name)
{
	size_t len = name.len + sizeof(MIDDLE) - 1;

	if (at < len)
		return false;
	struct wls_slice start = wls_slice(line.ptr + at - len, name.len);
	return wls_slice_eq_nocase(start, name) &&
	       (at == len || (!wls_is_alnum(start.ptr[-1]) && !strchr("-_", start.ptr[-1])));
}

/* Looks at one line, which starts at `begin` of the text. */
static void search_line(const struct search *s, struct wls_slice line, size_t begin,
			uint32_t number)
{
	const struct wls_slice middle = WLS_SLICE(MIDDLE);
	size_t at = 0, found;

	while ((found = wls_slice_find(wls_slice_from(line, at), middle)) != SIZE_MAX) {
		uint32_t version = 0;
		size_t digits = at + found + middle.len, end = digits;
		for (; end < line.len && wls_is_digit(line.ptr[end]) && end - digits < 9; end++)
			version = version * 10 + (uint32_t)(line.ptr[end] - '0');
		at = end;
		/* With an ending it names a file, which has kept its name. */
		bool file = end + 2 < line.len && memcmp(line.ptr + end, ".md", 3) == 0;
		if (end == digits || file || !names_log(line, digits, s->name))
			continue;
		const struct wls_renumbering *n = find_renumbering(s, version, line);
		if (n)
			add_reference(s,
				      (struct wls_stale_reference){s->file, number, begin + digits,
								   end - digits, version, n->to});
	}
}

static void search_text(const struct search *s, struct wls_slice text)
{
	struct wls_slice rest = text, line;
	size_t begin = 0;

	for (uint32_t number = 1; wls_slice_next_line(&rest, &line); number++) {
		search_line(s, line, begin, number);
		begin = text.len - rest.len;
	}
}

/* ---- the sides ---- */

/* Fills in the lines that a side's commit has of the file; the text goes into the arena. */
static void read_side(struct search *s, size_t side)
{
	const struct wls_stale_place *place = s->place;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_git_id blob;
	struct wls_error ignored;
	struct wls_slice line;

	if (!place->git ||
	    place->api->find(place->git, place->sides[side], s->file, &blob, &ignored) < 0 ||
	    place->api->read(place->git, &blob, s->file, &text, &ignored) < 0)
		return;
	s->has_side[side] = true;
	struct wls_slice rest = wls_arena_copy(place->arena, wls_buf_slice(&text));
	while (wls_slice_next_line(&rest, &line))
		*wls_map_at(&s->side[side], line) = 0;
}

static const char *on_disk(const struct wls_stale_place *place, const char *file)
{
	return wls_arena_printf(place->arena, "%s/%s", place->root, file);
}

static int search_file(const struct wls_stale_place *place, struct wls_stale *stale,
		       struct wls_slice path, struct wls_error *err)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_log_path log, own;
	struct search s = {.place = place, .stale = stale};

	s.file = wls_arena_copy(place->arena, path).ptr;
	if (!wls_log_path_read(stale->path, &own) || own.name.len == 0 ||
	    (wls_log_path_read(s.file, &log) && wls_log_path_same(&log, &own)))
		return 0;
	s.name = own.name;
	int status = wls_file_read(&text, AT_FDCWD, on_disk(place, s.file), err);
	if (status == 0 && wls_slice_find(wls_buf_slice(&text), WLS_SLICE(MIDDLE)) != SIZE_MAX) {
		read_side(&s, 0);
		read_side(&s, 1);
		search_text(&s, wls_buf_slice(&text));
	}
	wls_map_release(&s.side[0]);
	wls_map_release(&s.side[1]);
	return status == WLS_E_NOT_FOUND ? 0 : status;
}

bool wls_stale_possible(const struct wls_merge *merge)
{
	for (size_t i = 0; merge && i < merge->renumbering_count; i++)
		if (merge->renumberings[i].letter == 'v')
			return true;
	return false;
}

/* Searches all files of the workspace for references to one log. */
static int search_all(const struct wls_stale_place *place, struct wls_stale *stale,
		      const struct wls_graph *graph, struct wls_error *err)
{
	int status = 0;

	for (uint32_t l = 0; status == 0 && l < graph->log_count; l++) {
		size_t count;
		const struct wls_slice *paths = wls_graph_files(graph, l, &count);
		for (size_t i = 0; i < count && status == 0; i++)
			status = search_file(place, stale, paths[i], err);
	}
	return status;
}

int wls_stale_find(const struct wls_stale_place *place, struct wls_stale *const *logs, size_t count,
		   struct wls_error *err)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	const char *root[] = {place->root};
	struct wls_workspace_options open = {.paths = root, .path_count = 1};
	int status = 0;

	for (size_t i = 0; i < count && status == 0; i++) {
		if (!wls_stale_possible(logs[i]->merge))
			continue;
		if (!ws)
			status = wls_workspace_open(&ws, &open, err);
		if (status == 0)
			status = search_all(place, logs[i], ws->graph, err);
	}
	return status;
}

/* ---- rewriting ---- */

static int cmp_reference(const void *va, const void *vb)
{
	const struct wls_stale_reference *a = va, *b = vb;
	int order = strcmp(a->file, b->file);

	return order != 0 ? order : (a->at > b->at) - (a->at < b->at);
}

/* All references to all logs, file by file and in order. */
static struct wls_stale_reference *collect(const struct wls_stale_place *place,
					   struct wls_stale *const *logs, size_t log_count,
					   size_t *count)
{
	struct wls_stale_reference *all;
	size_t n = 0;

	for (size_t i = 0; i < log_count; i++)
		n += logs[i]->count;
	all = WLS_ARENA_ARRAY(place->arena, struct wls_stale_reference, n + 1);
	*count = 0;
	for (size_t i = 0; i < log_count; i++)
		for (size_t k = 0; k < logs[i]->count; k++)
			all[(*count)++] = logs[i]->items[k];
	qsort(all, n, sizeof(*all), cmp_reference);
	return all;
}

static int rewrite_file(const struct wls_stale_place *place,
			const struct wls_stale_reference *references, size_t count,
			struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT, now _cleanup_buf_ = WLS_BUF_INIT;
	const char *file = on_disk(place, references[0].file);
	size_t at = 0;
	int status = wls_file_read(&old, AT_FDCWD, file, err);

	if (status < 0)
		return status;
	for (size_t i = 0; i < count; i++) {
		wls_buf_add(&now, old.ptr + at, references[i].at - at);
		wls_buf_printf(&now, "%u", references[i].to);
		at = references[i].at + references[i].len;
	}
	wls_buf_add(&now, old.ptr + at, old.len - at);
	return wls_file_write(file, wls_buf_slice(&now), err);
}

int wls_stale_rewrite(const struct wls_stale_place *place, struct wls_stale *const *logs,
		      size_t count, struct wls_error *err)
{
	size_t all_count, begin = 0;
	const struct wls_stale_reference *all = collect(place, logs, count, &all_count);

	for (size_t i = 1; i <= all_count; i++) {
		if (i < all_count && strcmp(all[i].file, all[begin].file) == 0)
			continue;
		int status = rewrite_file(place, all + begin, i - begin, err);
		if (status < 0)
			return status;
		begin = i;
	}
	for (size_t i = 0; i < count; i++)
		logs[i]->rewritten = logs[i]->count > 0;
	return 0;
}
