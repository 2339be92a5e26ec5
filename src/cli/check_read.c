/* SPDX-License-Identifier: MIT */
/*
 * Reading the logs once, and running the rules.
 *
 * The documents that the graph is built of are kept for the rules, since nothing is slower than parsing.
 *
 * Files that are named are read alone when they depend on nothing else. Else the logs whose files bear
 * the names that they depend on are read, too; and when a name is still not found, which is an error, all
 * are, since a log may have its name from its frontmatter. Only the named files' findings
 * are reported.
 *
 * Layer: cli. Includes: base, buf, doc, graph, check, io, git.
 */
#include <stdio.h>
#include <sys/stat.h>

#include "base/utf8.h"
#include "cli/check.h"
#include "io/config.h"
#include "io/path.h"

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
	struct wls_checked *checked = data;
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

/* Forgets what was read, but not which files are to be reported and which names are sought. */
static void forget(struct wls_checked *checked)
{
	wls_check_free(checked->check);
	checked->check = NULL;
	for (size_t i = 0; i < checked->kept_count; i++) {
		wls_doc_free(checked->kept[i].doc);
		wls_buf_release(&checked->kept[i].source);
	}
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
	wls_map_release(&checked->wanted);
	wls_arena_release(&checked->arena);
	*checked = (struct wls_checked){0};
}

/* ---- reading ---- */

/* One way of reading. */
struct reading {
	struct wls_cli *cli;
	const struct wls_check_request *request;
	const char **paths;
	size_t path_count;
	struct wls_checked *checked;
	bool by_name; /* of what is not named only what bears a name that is sought */
};

static bool wants(void *data, const char *path)
{
	struct wls_checked *checked = data;
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice name;

	if (!wls_name_from_path(wls_slice_of(path), &name, NULL))
		return false;
	wls_utf8_add_folded_name(&folded, name);
	return wls_map_find(&checked->wanted, wls_buf_slice(&folded)) != WLS_MAP_NONE;
}

static int read_logs(struct reading *r)
{
	struct wls_workspace_options options = {
		.paths = r->paths,
		.path_count = r->path_count,
		.rev = r->request->source.rev,
		.all_branches = r->request->source.all_branches,
		.staged = r->request->staged,
		.dir_given = r->cli->globals.dir != NULL,
		.keep = keep,
		.wants = r->by_name ? wants : NULL,
		.data = r->checked,
	};
	struct wls_error err;

	forget(r->checked);
	if (wls_workspace_open(&r->checked->ws, &options, &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

/* Names that dangle, but not for being ambiguous, are put into `wanted`; whether there are some. */
static bool find_missing(struct wls_checked *checked)
{
	const struct wls_graph *graph = checked->ws->graph;
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	bool found = false;

	for (uint32_t i = 0; i < graph->edge_count; i++) {
		const struct wls_edge *edge = &graph->edges[i];

		if (edge->to != WLS_LOG_NONE || edge->reason == WLS_REASON_AMBIGUOUS ||
		    !wls_edge_holds(edge))
			continue;
		found = true;
		wls_buf_clear(&folded);
		wls_utf8_add_folded_name(&folded, edge->to_name);
		*wls_map_at(&checked->wanted,
			    wls_arena_copy(&checked->arena, wls_buf_slice(&folded))) = 0;
	}
	return found;
}

static void note_reported(struct wls_checked *checked)
{
	for (size_t i = 0; i < checked->kept_count; i++)
		*wls_map_at(&checked->reported, checked->kept[i].path) = 0;
}

static bool is_folder(const char *path)
{
	struct stat st;
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Adds where the logs may stand that the named ones depend on; false when all was read already. */
static bool widen(struct reading *r)
{
	struct wls_arena *arena = &r->checked->arena;
	size_t named = r->path_count;

	if (r->request->source.rev || r->request->source.all_branches) {
		r->path_count = 0;
		return named > 0;
	}
	if (r->checked->ws->in_git) {
		r->paths[r->path_count++] =
			wls_arena_copy(arena, wls_slice_of(r->checked->ws->root)).ptr;
		return true;
	}
	for (size_t i = 0; i < named; i++) {
		struct wls_slice path = wls_slice_of(r->paths[i]);
		struct wls_slice folder = wls_slice(path.ptr, path.len - wls_path_name(path).len);

		if (!is_folder(r->paths[i]))
			r->paths[r->path_count++] =
				folder.len > 0 ? wls_arena_copy(arena, folder).ptr : ".";
	}
	return r->path_count > named;
}

static int read_all(struct reading *r)
{
	int status = read_logs(r);

	if (status != WLS_CLI_GO || r->path_count == 0 || !find_missing(r->checked))
		return status;
	note_reported(r->checked);
	bool on_disk = !r->request->source.rev && !r->request->source.all_branches;
	if (!widen(r))
		return status;
	if (on_disk) {
		r->by_name = true;
		status = read_logs(r);
		if (status != WLS_CLI_GO || !find_missing(r->checked))
			return status;
	}
	r->by_name = false;
	return read_logs(r);
}

/* ---- running the rules ---- */

static bool is_reported(const struct wls_checked *checked, struct wls_slice path)
{
	return checked->reported.count == 0 ||
	       wls_map_find(&checked->reported, path) != WLS_MAP_NONE;
}

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

static void check_log(struct wls_checked *checked, uint32_t log)
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
		check_log(checked, l);
	}
	wls_check_finish(checked->check);
	filter(checked, request);
}

int wls_check_read(struct wls_cli *cli, const struct wls_check_request *request,
		   const struct wls_args *args, struct wls_checked *out, int *status)
{
	struct reading r = {
		.cli = cli, .request = request, .path_count = args->count, .checked = out};

	*out = (struct wls_checked){0};
	/* Room for the folders that widen() adds. */
	r.paths = WLS_ARENA_ARRAY(&out->arena, const char *, args->count * 2 + 2);
	for (size_t i = 0; i < args->count; i++)
		r.paths[i] = args->words[i];
	int go = read_all(&r);
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
