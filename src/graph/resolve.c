/* SPDX-License-Identifier: MIT */
/*
 * Which log a reference means.
 *
 * Layer: graph. Includes: base, refs.
 *
 * Several logs of one name are settled in the order of graph.md: exact path, exact file name
 * with version, same folder, nearest common ancestor, only one in the workspace. A name's
 * instances are sorted by branch and folder, so that "those of this folder" and "those below
 * this ancestor" are ranges found by halving: a reference costs O(depth × log n), however many
 * logs bear its name. A reference looks among the logs of its own branch first, and, when none
 * has the name, among all.
 */
#include "graph/graph_internal.h"

#define INSTANCE_MANY (UINT32_MAX - 1)

struct range {
	uint32_t first, end; /* of intake.members */
};

/* ---- the index of names ---- */

struct alias {
	struct wls_slice folded;
	const struct wls_instance *instance;
	uint32_t index;
};

static int by_alias(const void *left, const void *right)
{
	const struct alias *a = left, *b = right;
	int order = wls_slice_cmp(a->folded, b->folded);

	if (order == 0)
		order = wls_slice_cmp(a->instance->branch, b->instance->branch);
	if (order == 0)
		order = wls_slice_cmp(a->instance->folder, b->instance->folder);
	return order != 0 ? order : (a->index < b->index ? -1 : a->index > b->index);
}

static size_t count_aliases(const struct wls_graph_intake *in)
{
	size_t n = 0;

	for (uint32_t i = 0; i < in->instance_count; i++)
		for (uint32_t f = 0; f < in->instances[i].file_count; f++)
			n += in->instances[i].files[f]->alias_count;
	return n;
}

static struct alias *collect_aliases(const struct wls_graph_intake *in, size_t n)
{
	struct alias *aliases = wls_alloc(n > 0 ? n : 1, sizeof(*aliases));
	size_t k = 0;

	for (uint32_t i = 0; i < in->instance_count; i++)
		for (uint32_t f = 0; f < in->instances[i].file_count; f++)
			for (size_t a = 0; a < in->instances[i].files[f]->alias_count; a++)
				aliases[k++] = (struct alias){in->instances[i].files[f]->aliases[a],
							      &in->instances[i], i};
	if (n > 1)
		qsort(aliases, n, sizeof(*aliases), by_alias);
	return aliases;
}

/* Takes up a name when it is new to the world. */
static struct wls_known_name *add_known(struct wls_graph_intake *in, struct wls_slice folded,
					uint32_t first)
{
	uint32_t *index;

	if (folded.len == 0)
		return NULL;
	index = wls_map_at(&in->world.names, folded);
	if (*index != WLS_MAP_NONE)
		return NULL;
	*index = in->known_count;
	if (folded.len > in->world.longest)
		in->world.longest = folded.len;
	in->known[in->known_count] = (struct wls_known_name){.folded = folded, .first = first};
	return &in->known[in->known_count++];
}

static void index_names(struct wls_graph_intake *in)
{
	for (uint32_t i = 0; i < in->instance_count;) {
		struct wls_known_name *known = add_known(in, in->instances[i].folded, i);
		struct wls_slice folded = in->instances[i].folded;
		uint32_t first = i;

		for (; i < in->instance_count && wls_slice_eq(in->instances[i].folded, folded); i++)
			in->members[i] = i;
		if (known)
			known->count = i - first;
	}
}

static void index_aliases(struct wls_graph_intake *in, const struct alias *aliases, size_t n)
{
	uint32_t member = in->instance_count;

	for (size_t i = 0; i < n;) {
		struct wls_known_name *known = add_known(in, aliases[i].folded, member);
		struct wls_slice folded = aliases[i].folded;
		uint32_t first = member;

		for (; i < n && wls_slice_eq(aliases[i].folded, folded); i++)
			if (member == first || in->members[member - 1] != aliases[i].index)
				in->members[member++] = aliases[i].index;
		if (!known)
			continue;
		known->count = member - first;
		known->alias = true;
	}
}

/* "stem\nversion\nbranch": what an exact file name with version says. */
static struct wls_slice stem_key(struct wls_buf *buf, struct wls_slice stem, uint32_t version,
				 struct wls_slice branch)
{
	wls_buf_clear(buf);
	wls_buf_add_slice(buf, stem);
	wls_buf_printf(buf, "\n%u\n", version);
	wls_buf_add_slice(buf, branch);
	return wls_buf_slice(buf);
}

static void index_stems(struct wls_graph *graph, const struct wls_known_name *known)
{
	struct wls_graph_intake *in = graph->intake;

	for (uint32_t m = known->first; m < known->first + known->count; m++) {
		const struct wls_instance *instance = &in->instances[in->members[m]];

		for (uint32_t f = 0; f < instance->file_count; f++) {
			const struct wls_graph_file *file = instance->files[f];
			struct wls_slice key = stem_key(&in->scratch, file->stem_folded,
							file->stem_version, instance->branch);
			uint32_t *value;

			if (file->stem_version == 0)
				continue;
			if (wls_map_find(&in->by_stem, key) == WLS_MAP_NONE)
				key = wls_arena_copy(&graph->arena, key);
			value = wls_map_at(&in->by_stem, key);
			if (*value == WLS_MAP_NONE)
				*value = in->members[m];
			else if (*value != in->members[m])
				*value = INSTANCE_MANY;
		}
	}
}

void wls_graph_index_names(struct wls_graph *graph)
{
	struct wls_graph_intake *in = graph->intake;
	size_t n = count_aliases(in);
	struct alias *aliases = collect_aliases(in, n);

	in->known = WLS_ARENA_ARRAY(&graph->arena, struct wls_known_name, in->instance_count + n);
	in->members = WLS_ARENA_ARRAY(&graph->arena, uint32_t, in->instance_count + n);
	index_names(in);
	index_aliases(in, aliases, n);
	free(aliases);
	for (uint32_t i = 0; i < in->known_count; i++)
		if (in->known[i].count > 1)
			index_stems(graph, &in->known[i]);
	for (uint32_t i = in->place_count; i-- > 0;)
		*wls_map_at(&in->world.paths, in->places[i].file->path) = i;
}

/* ---- ranges of a name's instances ---- */

enum depth {
	BRANCH, /* of this branch */
	FOLDER, /* and of this very folder */
	BELOW,  /* and of a folder below it */
};

struct probe {
	const struct wls_graph_intake *in;
	struct wls_slice branch, folder;
	enum depth depth;
};

/* Compares a folder with the stretch of all that begin with "ancestor/". */
static int compare_below(struct wls_slice folder, struct wls_slice ancestor)
{
	size_t n = folder.len < ancestor.len ? folder.len : ancestor.len;
	int order = n > 0 ? memcmp(folder.ptr, ancestor.ptr, n) : 0;

	if (order != 0)
		return order;
	if (folder.len <= ancestor.len)
		return -1;
	return (unsigned char)folder.ptr[n] - (int)'/';
}

static int compare_member(const struct probe *p, uint32_t member)
{
	const struct wls_instance *instance = &p->in->instances[p->in->members[member]];
	int order = wls_slice_cmp(instance->branch, p->branch);

	if (order != 0 || p->depth == BRANCH)
		return order;
	if (p->depth == FOLDER)
		return wls_slice_cmp(instance->folder, p->folder);
	return compare_below(instance->folder, p->folder);
}

/* The first member of `r` that compares above `least`. */
static uint32_t first_above(const struct probe *p, struct range r, int least)
{
	while (r.first < r.end) {
		uint32_t middle = r.first + (r.end - r.first) / 2;

		if (compare_member(p, middle) <= least)
			r.first = middle + 1;
		else
			r.end = middle;
	}
	return r.first;
}

static struct range equal_range(struct probe *p, struct range r, enum depth depth)
{
	struct range found;

	p->depth = depth;
	found.first = r.first;
	found.end = first_above(p, r, 0);
	r.end = found.end;
	while (r.first < r.end) {
		uint32_t middle = r.first + (r.end - r.first) / 2;

		if (compare_member(p, middle) < 0)
			r.first = middle + 1;
		else
			r.end = middle;
	}
	found.first = r.first;
	return found;
}

static uint32_t log_of(const struct wls_graph_intake *in, uint32_t member)
{
	return in->instances[in->members[member]].log;
}

static bool one_log(const struct wls_graph_intake *in, struct range r)
{
	for (uint32_t m = r.first + 1; m < r.end; m++)
		if (log_of(in, m) != log_of(in, r.first))
			return false;
	return r.end > r.first;
}

/* ---- the order of graph.md ---- */

static uint32_t by_file_name(struct wls_graph *graph, const struct wls_ref *ref,
			     struct wls_slice folded, struct wls_slice branch)
{
	struct wls_graph_intake *in = graph->intake;
	uint32_t instance;

	if (ref->form > WLS_REF_SPACED || ref->version == 0)
		return WLS_LOG_NONE;
	instance = wls_map_find(&in->by_stem, stem_key(&in->scratch, folded, ref->version, branch));
	return instance < INSTANCE_MANY ? in->instances[instance].log : WLS_LOG_NONE;
}

/* The only log in the folder, else under the nearest ancestor that has any. */
static uint32_t by_folder(struct probe *p, struct range r, struct wls_slice folder)
{
	struct range same, below;
	uint32_t count;

	for (;;) {
		p->folder = folder;
		same = equal_range(p, r, FOLDER);
		if (same.end - same.first == 1)
			return log_of(p->in, same.first);
		if (folder.len == 0)
			return WLS_LOG_NONE;
		below = equal_range(p, r, BELOW);
		count = same.end - same.first + (below.end - below.first);
		if (count == 1)
			return log_of(p->in, below.first);
		if (count > 1)
			return WLS_LOG_NONE;
		folder = wls_path_folder(folder);
	}
}

static uint32_t by_place(const struct wls_graph_intake *in, uint32_t place, struct wls_slice branch)
{
	uint32_t found = place;

	for (uint32_t i = place; i < in->place_count && wls_slice_eq(in->places[i].file->path,
								     in->places[place].file->path);
	     i++)
		if (wls_slice_eq(in->places[i].branch, branch))
			found = i;
	return in->instances[in->places[found].instance].log;
}

struct wls_resolved wls_ref_resolve(struct wls_graph *graph, const struct wls_ref *ref,
				    struct wls_slice folder, struct wls_slice branch)
{
	struct wls_graph_intake *in = graph->intake;
	struct wls_resolved result = {.log = WLS_LOG_NONE};
	struct probe p = {.in = in, .branch = branch};
	struct range all, mine;

	if (ref->place != WLS_PLACE_NONE) {
		result.log = by_place(in, ref->place, branch);
		return result;
	}
	if (ref->name == WLS_NAME_NONE)
		return result;
	all.first = in->known[ref->name].first;
	all.end = all.first + in->known[ref->name].count;
	mine = equal_range(&p, all, BRANCH);
	if (mine.first == mine.end)
		mine = all;
	if (one_log(in, mine)) {
		result.log = log_of(in, mine.first);
		return result;
	}
	result.log = by_file_name(graph, ref, in->known[ref->name].folded, branch);
	if (result.log == WLS_LOG_NONE &&
	    wls_slice_eq(in->instances[in->members[mine.first]].branch, branch))
		result.log = by_folder(&p, mine, folder);
	if (result.log == WLS_LOG_NONE) {
		result.ambiguous = true;
		result.candidates = in->members + mine.first;
		result.candidate_count = mine.end - mine.first;
	}
	return result;
}
