/* SPDX-License-Identifier: MIT */
/*
 * Instances become logs, and logs get ids that nothing else has.
 *
 * Layer: graph. Includes: base.
 *
 * A log is an instance; with several branches, all instances with the same bytes are one
 * log. The id is the name; `name (folder)` when a branch has several logs of that name;
 * `name@branch` when branches differ. What still collides (a log that is really called
 * "Auth (x)") is told apart by a number, in the order of paths.
 */
#include "graph/graph_internal.h"

static int compare_homes(const struct wls_instance *a, const struct wls_instance *b)
{
	int order = wls_slice_cmp(a->folder, b->folder);

	return order != 0 ? order : wls_slice_cmp(a->family, b->family);
}

static int by_home(const void *left, const void *right)
{
	const struct wls_instance *a = *(struct wls_instance *const *)left;
	const struct wls_instance *b = *(struct wls_instance *const *)right;
	int order = compare_homes(a, b);

	return order != 0 ? order : wls_slice_cmp(a->branch, b->branch);
}

static bool same_files(const struct wls_instance *a, const struct wls_instance *b)
{
	return a->file_count == b->file_count &&
	       memcmp(a->files, b->files, a->file_count * sizeof(struct wls_graph_file *)) == 0;
}

/* ---- one log ---- */

static const struct wls_slice *paths_of(struct wls_graph *graph, const struct wls_instance *from)
{
	struct wls_slice *paths =
		WLS_ARENA_ARRAY(&graph->arena, struct wls_slice, from->file_count);

	for (uint32_t i = 0; i < from->file_count; i++)
		paths[i] = from->files[i]->path;
	return paths;
}

static void fill_log(struct wls_graph *graph, const struct wls_instance *lead, struct wls_log *log)
{
	const struct wls_graph_file *file = lead->files[0];

	*log = (struct wls_log){
		.name = file->name,
		.folded = file->folded,
		.file = file->path,
		.files = paths_of(graph, lead),
		.part_count = lead->part_count,
		.file_count = lead->file_count,
		.branch = lead->branch,
		.title = file->title,
		.version = file->version,
		.status = file->status,
		.status_text = file->status_text,
		.progress = file->progress,
		.updated = file->updated,
		.updated_time = file->updated_time,
		.title_blocked = file->title_blocked,
		.lossy = file->lossy,
		.next = file->next,
		.next_count = file->next_count,
		.blockers = file->blockers,
		.blocker_count = file->blocker_count,
		.touches = file->touches,
		.touch_count = file->touch_count,
	};
}

/* Appends a log for `instance`, or ties it to the log among logs[from …] with the same files. */
static void place_instance(struct wls_graph *graph, struct wls_instance *instance, uint32_t from)
{
	struct wls_graph_intake *in = graph->intake;

	for (uint32_t log = from; log < graph->log_count; log++) {
		uint32_t *link = &in->log_instance[log];

		if (!same_files(&in->instances[*link], instance))
			continue;
		while (in->instances[*link].next != WLS_LOG_NONE)
			link = &in->instances[*link].next;
		in->instances[*link].next = (uint32_t)(instance - in->instances);
		instance->log = log;
		return;
	}
	instance->log = graph->log_count;
	in->log_instance[graph->log_count] = (uint32_t)(instance - in->instances);
	fill_log(graph, instance, &graph->logs[graph->log_count++]);
}

static void give_id(struct wls_graph *graph, struct wls_log *log, bool folder, bool branch)
{
	struct wls_buf *buf = &graph->intake->scratch;
	struct wls_slice home = wls_path_folder(log->file);

	wls_buf_clear(buf);
	wls_buf_add_slice(buf, log->name);
	if (folder) {
		wls_buf_add_str(buf, " (");
		wls_buf_add_slice(buf, home.len > 0 ? home : WLS_SLICE("."));
		wls_buf_add_char(buf, ')');
	}
	if (branch) {
		wls_buf_add_char(buf, '@');
		wls_buf_add_slice(buf, log->branch);
	}
	log->id = wls_arena_copy(&graph->arena, wls_buf_slice(buf));
}

struct wls_slice wls_graph_suffixed_id(struct wls_graph *graph, struct wls_slice id,
				       const char *mark, uint32_t n)
{
	struct wls_buf *buf = &graph->intake->scratch;

	wls_buf_clear(buf);
	wls_buf_add_slice(buf, id);
	wls_buf_printf(buf, "%s%u", mark, n);
	return wls_arena_copy(&graph->arena, wls_buf_slice(buf));
}

/* ---- all logs of a name ---- */

static bool several_in_a_branch(const struct wls_instance *instances, uint32_t count)
{
	for (uint32_t i = 1; i < count; i++)
		if (wls_slice_eq(instances[i].branch, instances[i - 1].branch))
			return true;
	return false;
}

static void name_logs(struct wls_graph *graph, struct wls_instance *instances, uint32_t count)
{
	bool folders = several_in_a_branch(instances, count);
	struct wls_instance **order = wls_alloc(count, sizeof(struct wls_instance *));

	for (uint32_t i = 0; i < count; i++)
		order[i] = &instances[i];
	if (folders)
		qsort(order, count, sizeof(order[0]), by_home);
	for (uint32_t i = 0; i < count;) {
		uint32_t first = graph->log_count;

		do {
			place_instance(graph, order[i++], first);
		} while (i < count && (!folders || compare_homes(order[i - 1], order[i]) == 0));
		for (uint32_t log = first; log < graph->log_count; log++)
			give_id(graph, &graph->logs[log], folders, graph->log_count - first > 1);
	}
	free(order);
}

/* ---- order and collisions ---- */

static int by_id(const void *left, const void *right)
{
	const struct wls_log *a = left, *b = right;
	int order = wls_slice_cmp(a->id, b->id);

	if (order == 0)
		order = wls_slice_cmp(a->file, b->file);
	return order != 0 ? order : wls_slice_cmp(a->branch, b->branch);
}

static void number_equal_ids(struct wls_graph *graph)
{
	for (uint32_t i = 0; i < graph->log_count;) {
		struct wls_slice id = graph->logs[i].id;
		uint32_t n = 1;

		while (++i < graph->log_count && wls_slice_eq(graph->logs[i].id, id))
			graph->logs[i].id = wls_graph_suffixed_id(graph, id, " #", ++n);
	}
}

/* Sorts the logs by id, and lets instances follow: `component` carries the old number. */
static void sort_logs(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t n = graph->log_count;
	uint32_t *old = wls_alloc(n > 0 ? n : 1, sizeof(uint32_t));

	memcpy(old, in->log_instance, n * sizeof(uint32_t));
	for (uint32_t i = 0; i < n; i++)
		graph->logs[i].component = i;
	if (n > 1)
		qsort(graph->logs, n, sizeof(struct wls_log), by_id);
	number_equal_ids(graph);
	if (n > 1)
		qsort(graph->logs, n, sizeof(struct wls_log), by_id);
	for (uint32_t i = 0; i < n; i++) {
		in->log_instance[i] = old[graph->logs[i].component];
		for (uint32_t k = in->log_instance[i]; k != WLS_LOG_NONE; k = in->instances[k].next)
			in->instances[k].log = i;
	}
	free(old);
}

void wls_graph_make_logs(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t count = in->instance_count;

	graph->logs = WLS_ARENA_ARRAY(&graph->arena, struct wls_log, count);
	in->log_instance = WLS_ARENA_ARRAY(&graph->arena, uint32_t, count);
	for (uint32_t i = 0; i < count;) {
		uint32_t end = i + 1;

		while (end < count &&
		       wls_slice_eq(in->instances[i].folded, in->instances[end].folded))
			end++;
		name_logs(graph, in->instances + i, end - i);
		i = end;
	}
	sort_logs(graph);
}
