/* SPDX-License-Identifier: MIT */
/*
 * Files of one name become one log.
 *
 * Layer: graph. Includes: base.
 *
 * All files that fold to one name in one folder (of one branch) are one instance (rule 13
 * of the format): the highest version is current; what it continues, and does not overlap
 * with, are parts, read as one with it; the rest are snapshots. Files that are named by
 * nothing but their folder are one log only when their stems agree, too ("family"), so that
 * two strangers in a folder stay two logs. One sort brings everything together, and its order
 * (name, branch, folder) is the order in which names are looked up later.
 */
#include "graph/graph_internal.h"

/* The file of a group that is current stands first: highest version; a file without a version
 * in its name is the living one of two with the same; then the later, then by path. */
static int compare_files(const struct wls_graph_file *a, const struct wls_graph_file *b)
{
	int order;

	if (a->version != b->version)
		return a->version > b->version ? -1 : 1;
	if ((a->stem_version == 0) != (b->stem_version == 0))
		return a->stem_version == 0 ? -1 : 1;
	order = wls_slice_cmp(b->updated, a->updated);
	if (order == 0)
		order = wls_slice_cmp(b->updated_time, a->updated_time);
	return order != 0 ? order : wls_slice_cmp(a->path, b->path);
}

static int compare_groups(const struct wls_place *a, const struct wls_place *b)
{
	int order = wls_slice_cmp(a->file->folded, b->file->folded);

	if (order == 0)
		order = wls_slice_cmp(a->branch, b->branch);
	if (order == 0)
		order = wls_slice_cmp(a->file->folder, b->file->folder);
	if (order == 0)
		order = wls_slice_cmp(a->file->family, b->file->family);
	return order;
}

static int by_group(const void *left, const void *right)
{
	const struct wls_place *a = left, *b = right;
	int order = compare_groups(a, b);

	return order != 0 ? order : compare_files(a->file, b->file);
}

static int by_path(const void *left, const void *right)
{
	const struct wls_place *a = left, *b = right;
	int order = wls_slice_cmp(a->file->path, b->file->path);

	return order != 0 ? order : wls_slice_cmp(a->branch, b->branch);
}

static void collect_places(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t n = 0;

	for (size_t i = 0; i < in->file_count; i++)
		for (struct wls_branch_ref *b = in->files[i]->branches; b; b = b->next)
			n++;
	in->places = WLS_ARENA_ARRAY(&graph->arena, struct wls_place, n);
	for (size_t i = 0; i < in->file_count; i++)
		for (struct wls_branch_ref *b = in->files[i]->branches; b; b = b->next)
			in->places[in->place_count++] =
				(struct wls_place){.file = in->files[i], .branch = b->name};
}

static uint32_t lowest(const struct wls_graph_file *file)
{
	return file->run_count > 0 ? file->runs[0].first : 0;
}

static uint32_t highest(const struct wls_graph_file *file)
{
	return file->run_count > 0 ? file->runs[file->run_count - 1].last : 0;
}

/* Puts the parts behind the current file; the order of the others stays. */
static void arrange_parts(struct wls_arena *arena, struct wls_instance *instance)
{
	struct wls_graph_file **files = instance->files, **snapshots;
	uint32_t parts = 1, rest = 0, low;
	bool continues;

	snapshots = WLS_ARENA_ARRAY(arena, struct wls_graph_file *, instance->file_count);
	continues = files[0]->continues;
	low = lowest(files[0]);
	for (uint32_t i = 1; i < instance->file_count; i++) {
		struct wls_graph_file *file = files[i];

		if (continues && highest(file) > 0 && highest(file) < low) {
			files[parts++] = file;
			continues = file->continues;
			low = lowest(file);
		} else {
			snapshots[rest++] = file;
		}
	}
	memcpy(files + parts, snapshots, rest * sizeof(struct wls_graph_file *));
	instance->part_count = parts;
}

static void make_instance(struct wls_graph *graph, uint32_t first, uint32_t count)
{
	struct wls_graph_intake *in = graph->intake;
	struct wls_instance *instance = &in->instances[in->instance_count];
	const struct wls_place *lead = &in->places[first];

	*instance = (struct wls_instance){
		.folded = lead->file->folded,
		.folder = lead->file->folder,
		.family = lead->file->family,
		.branch = lead->branch,
		.file_count = count,
		.part_count = 1,
		.log = WLS_LOG_NONE,
		.next = WLS_LOG_NONE,
	};
	instance->files = WLS_ARENA_ARRAY(&graph->arena, struct wls_graph_file *, count);
	for (uint32_t i = 0; i < count; i++) {
		in->places[first + i].instance = in->instance_count;
		instance->files[i] = in->places[first + i].file;
	}
	if (count > 1)
		arrange_parts(&graph->arena, instance);
	in->instance_count++;
}

void wls_graph_group(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t count;

	collect_places(graph);
	count = in->place_count;
	in->instances = WLS_ARENA_ARRAY(&graph->arena, struct wls_instance, count);
	if (count == 0)
		return;
	qsort(in->places, count, sizeof(struct wls_place), by_group);
	for (uint32_t i = 0; i < count;) {
		uint32_t end = i + 1;

		while (end < count && compare_groups(&in->places[i], &in->places[end]) == 0)
			end++;
		make_instance(graph, i, end - i);
		i = end;
	}
	qsort(in->places, count, sizeof(struct wls_place), by_path);
}
