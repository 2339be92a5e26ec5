/* SPDX-License-Identifier: MIT */
/*
 * Reading the logs once, and running the rules.
 *
 * The documents that the graph is built of are kept for the rules, since nothing is slower than parsing.
 *
 * Paths that are named are read alone when their logs depend on nothing else. Else the logs that
 * they depend on, and no further ones, are sought, from the cheapest place on: by the names of
 * the files beside them; by those of all files; by frontmatters, where also the log is read whose
 * name is nearest. Only the findings of the paths are reported.
 *
 * Layer: cli. Includes: base, buf, doc, graph, check, io, git.
 */
#include <stdio.h>

#include "cli/check.h"
#include "io/config.h"

/* How far the dependencies of what a named log depends on are followed. */
enum { FOLLOW_ROUNDS = 8, FOLLOW_BYTES = 64 << 10 };

/* What is read in folders besides what was named. */
enum seek {
	SEEK_ALL,
	SEEK_NAMES, /* files whose names are sought */
	SEEK_HEADS, /* and those whose first bytes may name what is sought */
};

/* One way of reading. */
struct reading {
	struct wls_cli *cli;
	const struct wls_check_request *request;
	struct wls_check_paths paths;
	struct wls_checked *checked;
	enum seek seek;
	const char *root; /* of the work tree, or NULL */
};

/* ---- keeping documents ---- */

static struct wls_slice key_of(struct wls_arena *arena, struct wls_slice path,
			       struct wls_slice branch)
{
	size_t len = path.len + 1 + branch.len;
	char *key = wls_arena_alloc(arena, len);

	memcpy(key, path.ptr, path.len);
	if (branch.len > 0)
		memcpy(key + path.len + 1, branch.ptr, branch.len);
	return wls_slice(key, len);
}

static void keep(void *data, const struct wls_file *file, struct wls_buf *source,
		 struct wls_doc *doc)
{
	struct wls_checked *checked = ((struct reading *)data)->checked;
	struct wls_kept_file *kept;

	WLS_GROW(checked->kept, checked->kept_cap, checked->kept_count + 1);
	kept = &checked->kept[checked->kept_count];
	*kept = (struct wls_kept_file){
		.path = wls_arena_copy(&checked->arena, file->path),
		.branch = wls_arena_copy(&checked->arena, file->branch),
		.source = *source,
		.doc = doc,
	};
	/* The first of a path answers for branches where it is the same. */
	uint32_t *first =
		wls_map_at(&checked->by_path, key_of(&checked->arena, kept->path, WLS_SLICE("")));
	if (*first == WLS_MAP_NONE)
		*first = (uint32_t)checked->kept_count;
	if (kept->branch.len > 0)
		*wls_map_at(&checked->by_path, key_of(&checked->arena, kept->path, kept->branch)) =
			(uint32_t)checked->kept_count;
	checked->kept_count++;
}

const struct wls_kept_file *wls_checked_file(const struct wls_checked *checked,
					     struct wls_slice path, struct wls_slice branch)
{
	struct wls_arena arena = {0};
	uint32_t index = wls_map_find(&checked->by_path, key_of(&arena, path, branch));

	if (index == WLS_MAP_NONE)
		index = wls_map_find(&checked->by_path, key_of(&arena, path, WLS_SLICE("")));
	wls_arena_release(&arena);
	return index == WLS_MAP_NONE ? NULL : &checked->kept[index];
}

static void forget_kept(struct wls_kept_file *kept)
{
	wls_doc_free(kept->doc);
	wls_buf_release(&kept->source);
	kept->doc = NULL;
}

/* Frees a file's document, which is no branch's. */
static void forget_file(struct wls_checked *checked, struct wls_slice path)
{
	const struct wls_kept_file *kept = wls_checked_file(checked, path, WLS_SLICE(""));

	if (kept)
		forget_kept(&checked->kept[kept - checked->kept]);
}

/* Forgets what was read, but not which files are to be reported and which names are sought. */
static void forget(struct wls_checked *checked)
{
	wls_check_free(checked->check);
	checked->check = NULL;
	for (size_t i = 0; i < checked->kept_count; i++)
		forget_kept(&checked->kept[i]);
	checked->kept_count = 0;
	wls_map_release(&checked->by_path);
	wls_named_files_release(&checked->files);
	wls_workspace_free(checked->ws);
	checked->ws = NULL;
}

void wls_checked_release(struct wls_checked *checked)
{
	forget(checked);
	free(checked->kept);
	wls_map_release(&checked->reported);
	wls_sought_release(&checked->sought);
	wls_arena_release(&checked->arena);
	*checked = (struct wls_checked){0};
}

/* ---- reading ---- */

static bool wants(void *data, const char *path)
{
	const struct reading *r = data;
	struct wls_checked *checked = r->checked;

	/* What was read in a folder that was named is to be judged. */
	if (wls_map_find(&checked->reported, wls_slice_of(path)) != WLS_MAP_NONE)
		return true;
	if (r->seek == SEEK_HEADS)
		return wls_sought_by_head(&checked->sought, r->root, path);
	if (wls_sought_by_name(&checked->sought, path))
		return true;
	wls_sought_note(&checked->sought, &checked->arena, path);
	return false;
}

static int read_logs(struct reading *r)
{
	struct wls_workspace_options options = {
		.paths = r->paths.list,
		.path_count = r->paths.count,
		.rev = r->request->source.rev,
		.all_branches = r->request->source.all_branches,
		.staged = r->request->staged,
		.dir_given = r->cli->globals.dir != NULL,
		.keep = keep,
		.wants = r->seek != SEEK_ALL ? wants : NULL,
		.data = r,
	};
	struct wls_error err;

	forget(r->checked);
	if (wls_workspace_open(&r->checked->ws, &options, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static bool is_reported(const struct wls_checked *checked, struct wls_slice path)
{
	return checked->reported.count == 0 ||
	       wls_map_find(&checked->reported, path) != WLS_MAP_NONE;
}

/*
 * Seeks the names that dangle, but not for being ambiguous: in the logs that were named, or in those that
 * were read for their sake. Whether there are some.
 */
static bool find_missing(struct wls_checked *checked, bool further)
{
	const struct wls_graph *graph = checked->ws->graph;
	size_t before = checked->sought.count;
	bool found = false;

	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];

		if (edge->to != WLS_LOG_NONE || edge->reason == WLS_REASON_AMBIGUOUS ||
		    !wls_edge_holds(edge) || is_reported(checked, edge->file) == further)
			continue;
		found = true;
		wls_sought_add(&checked->sought, &checked->arena, edge->to_name);
	}
	return further ? checked->sought.count > before : found;
}

static void note_reported(struct wls_checked *checked)
{
	for (size_t i = 0; i < checked->kept_count; i++)
		*wls_map_at(&checked->reported, checked->kept[i].path) = 0;
}

static bool is_of_disk(const struct wls_check_request *request)
{
	return !request->source.rev && !request->source.all_branches;
}

/* Adds where the logs may stand that the named ones depend on; false when all was read already. */
static bool widen(struct reading *r)
{
	struct wls_workspace *ws = r->checked->ws;
	struct wls_arena *arena = &r->checked->arena;

	if (ws->in_git) {
		r->root = wls_arena_copy(arena, wls_slice_of(ws->root)).ptr;
		wls_check_paths_add(&r->paths, r->root);
		return true;
	}
	/* A folder that is named alone is the root, as a work tree's is. */
	return !ws->root && wls_check_paths_widen(&r->paths, arena);
}

/* Whether something is still missing, and nothing went wrong. */
static bool reads_on(struct reading *r, int *status)
{
	*status = read_logs(r);
	return *status == WLS_CLI_GO && find_missing(r->checked, false);
}

static size_t bytes_read(const struct wls_checked *checked)
{
	size_t bytes = 0;

	for (size_t i = 0; i < checked->kept_count; i++)
		bytes += checked->kept[i].source.len;
	return bytes;
}

/*
 * Reads what is beside the files that were named, and what these files depend on in turn, as long as
 * that is little: a small circle is worth its bytes.
 */
static bool reads_beside(struct reading *r, int *status)
{
	struct wls_checked *checked = r->checked;
	size_t named = r->paths.count;
	bool missing = true;

	for (int round = 0; round < FOLLOW_ROUNDS; round++) {
		r->paths.count = named;
		if (!wls_sought_beside(&checked->sought, &checked->arena, &r->paths))
			break;
		missing = reads_on(r, status);
		if (*status != WLS_CLI_GO || missing || bytes_read(checked) > FOLLOW_BYTES ||
		    !find_missing(checked, true))
			break;
	}
	r->paths.count = named;
	return missing;
}

static int read_disk(struct reading *r)
{
	int status = WLS_CLI_GO;

	if (!reads_beside(r, &status))
		return status;
	if (!widen(r))
		return status;
	r->seek = SEEK_NAMES;
	if (!reads_on(r, &status))
		return status;
	r->seek = SEEK_HEADS;
	wls_sought_add_meant(&r->checked->sought);
	return read_logs(r);
}

static int read_all(struct reading *r)
{
	int status;
	bool named = r->paths.count > 0;

	if (!reads_on(r, &status) || !named)
		return status;
	note_reported(r->checked);
	if (is_of_disk(r->request))
		return read_disk(r);
	r->paths.count = 0;
	return read_logs(r);
}

/* ---- running the rules ---- */

/* Whether findings about the file are wanted. */
static bool is_asked(const struct wls_checked *checked, const struct wls_check_request *request,
		     struct wls_slice path)
{
	return is_reported(checked, path) &&
	       (!request->staged || wls_workspace_is_staged(checked->ws, path));
}

static bool any_asked(const struct wls_checked *checked, const struct wls_check_request *request,
		      uint32_t log)
{
	size_t count;
	const struct wls_slice *paths = wls_graph_files(checked->ws->graph, log, &count);

	for (size_t i = 0; i < count; i++)
		if (is_asked(checked, request, paths[i]))
			return true;
	return false;
}

static void check_log(struct wls_checked *checked, const struct wls_check_request *request,
		      uint32_t log)
{
	size_t count, n = 0;
	const struct wls_slice *paths = wls_graph_files(checked->ws->graph, log, &count);
	struct wls_slice branch = checked->ws->graph->logs[log].branch;
	struct wls_check_file *files = wls_alloc(count, sizeof(*files));

	for (size_t i = 0; i < count; i++) {
		const struct wls_kept_file *kept = wls_checked_file(checked, paths[i], branch);
		if (kept)
			files[n++] = (struct wls_check_file){paths[i], kept->doc};
	}
	wls_check_log(checked->check, log, files, n);
	free(files);
	/* Nobody asks again, so that the next log may use the memory. Branches may share a file. */
	bool again = request->fix || request->source.all_branches;
	for (size_t i = 0; i < count && !again; i++)
		forget_file(checked, paths[i]);
}

/* Takes out what is about files that were not asked for. */
static void filter(struct wls_checked *checked, const struct wls_check_request *request)
{
	struct wls_check *check = checked->check;
	size_t n = 0;

	if (checked->reported.count == 0 && !request->staged)
		return;
	for (size_t i = 0; i < check->count; i++)
		if (is_asked(checked, request, check->findings[i].place.file))
			check->findings[n++] = check->findings[i];
	check->count = n;
}

static void set_time(struct wls_cli *cli, struct wls_checked *checked)
{
	struct wls_check_options *options = &checked->options;
	int64_t minute = ((cli->now.seconds % 86400) + 86400) % 86400 / 60;

	options->today = wls_slice_of(wls_moment_date(&checked->arena, &cli->now));
	options->now_time = wls_slice_of(wls_arena_printf(&checked->arena, "%02d:%02d",
							  (int)(minute / 60), (int)(minute % 60)));
}

static void set_allowed(struct wls_checked *checked)
{
	const struct wls_config *config = checked->ws->config;
	const struct wls_config_entry *entry = NULL;
	struct wls_slice *allow =
		WLS_ARENA_ARRAY(&checked->arena, struct wls_slice, config->count + 1);

	while ((entry = wls_config_next(config, "check.allow-secret", entry)))
		allow[checked->options.allow_count++] = entry->value;
	checked->options.allow = allow;
}

static void run_rules(struct wls_checked *checked, const struct wls_check_request *request)
{
	checked->check = wls_check_new(checked->ws->graph, &checked->options);
	checked->logs = 0;
	for (uint32_t l = 0; l < checked->ws->graph->log_count; l++) {
		if (!any_asked(checked, request, l))
			continue;
		checked->logs++;
		check_log(checked, request, l);
	}
	wls_check_finish(checked->check);
	filter(checked, request);
}

int wls_check_read(struct wls_cli *cli, const struct wls_check_request *request,
		   const struct wls_args *args, struct wls_checked *out, int *status)
{
	struct reading r = {.cli = cli, .request = request, .checked = out};

	*out = (struct wls_checked){0};
	wls_check_paths_take(&r.paths, &out->arena, args);
	int go = read_all(&r);
	free(r.paths.list);
	if (go != WLS_CLI_GO)
		return go;
	*status = wls_workspace_report(out->ws, stderr, cli->globals.quiet);
	go = wls_check_severities(request, out->ws->config, &out->options);
	if (go != WLS_CLI_GO)
		return go;
	set_time(cli, out);
	set_allowed(out);
	wls_named_files_init(&out->files, out->ws, request);
	out->options.lines = wls_named_files_lines;
	out->options.data = &out->files;
	run_rules(out, request);
	return WLS_CLI_GO;
}
