/* SPDX-License-Identifier: MIT */
/*
 * The workspace: opening, reporting, finding, reading again.
 *
 * Layer: cli. Includes: base, buf, doc, graph, io, git, cli/workspace.
 */
#include <fcntl.h>
#include <unistd.h>

#include "base/utf8.h"
#include "cli/rename.h"
#include "cli/workspace_internal.h"
#include "io/file.h"
#include "io/path.h"

/* ---- life ---- */

static struct wls_workspace *workspace_new(const struct wls_workspace_options *options)
{
	struct wls_graph_options graph = options->graph;
	struct wls_workspace *ws = wls_alloc(1, sizeof(*ws));
	struct wls_workspace_intake *in = wls_alloc(1, sizeof(*in));

	*in = (struct wls_workspace_intake){
		.options = options,
		.root_fd = AT_FDCWD,
		.bytes = WLS_BUF_INIT,
		.scratch = WLS_BUF_INIT,
	};
	graph.branches = graph.branches || options->all_branches;
	*ws = (struct wls_workspace){
		.graph = wls_graph_new(&graph), .config = &in->config, .intake = in};
	return ws;
}

void wls_workspace_free(struct wls_workspace *ws)
{
	if (!ws)
		return;
	struct wls_workspace_intake *in = ws->intake;
	wls_graph_free(ws->graph);
	wls_config_release(&in->config);
	if (in->api)
		in->api->close(in->git);
	if (in->root_fd >= 0)
		close(in->root_fd);
	wls_buf_release(&in->bytes);
	wls_buf_release(&in->scratch);
	wls_arena_release(&in->arena);
	free(in->cwd);
	free(in->root);
	free(in->config_folder);
	free(in->git_folder);
	free(in->errors);
	free(in->blobs);
	free(in);
	free(ws);
}

void wls_workspace_add_error(struct wls_workspace *ws, const struct wls_error *error)
{
	struct wls_workspace_intake *in = ws->intake;
	WLS_GROW(in->errors, in->error_cap, in->error_count + 1);
	in->errors[in->error_count++] = wls_arena_copy(&in->arena, wls_slice_of(error->text)).ptr;
	ws->errors = in->errors;
	ws->error_count = in->error_count;
}

void wls_workspace_add_file(struct wls_workspace *ws, const struct wls_file *file)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_error error;

	if (wls_doc_parse(&doc, wls_buf_slice(&ws->intake->bytes), &error) < 0) {
		wls_workspace_add_error(ws, &error);
		return;
	}
	ws->file_count++;
	wls_graph_add(ws->graph, file, doc);
	const struct wls_workspace_options *options = ws->intake->options;
	if (options->keep) {
		options->keep(options->data, file, &ws->intake->bytes, WLS_TAKE(doc));
		ws->intake->bytes = (struct wls_buf)WLS_BUF_INIT;
	}
}

/* ---- opening ---- */

static bool reads_commits(const struct wls_workspace_options *options)
{
	return options->rev || options->all_branches || options->staged;
}

/* Whether a folder is searched, so that git's rules are needed. */
static bool searches_folder(const struct wls_workspace_options *options)
{
	for (size_t i = 0; i < options->path_count; i++) {
		int fd = open(options->paths[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (fd >= 0) {
			close(fd);
			return true;
		}
	}
	return options->path_count == 0;
}

/* Opens the repository when it is needed; that it cannot be opened is fatal only for commits. */
static int prepare_git(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;
	const struct wls_workspace_options *options = in->options;

	if (!reads_commits(options)) {
		if (ws->in_git && searches_folder(options))
			wls_workspace_open_git(ws);
		return 0;
	}
	if (in->git_kind == WLS_GIT_NONE)
		return wls_error_set(
			err, WLS_E_NOT_FOUND,
			"%s: there is no git repository here; leave %s out, or go into "
			"one (wlsync -C FOLDER)",
			in->cwd,
			options->staged ? "--staged"
			: options->rev  ? "--rev"
					: "--all-branches");
	ws->in_git = true;
	int status = wls_git_load(&in->api, err);
	return status < 0 ? status : in->api->open(&in->git, in->git_folder, err);
}

/* What is told of a rename concerns the files of the disk. */
static int begin_reading(struct wls_workspace *ws, struct wls_error *err)
{
	const struct wls_workspace_options *options = ws->intake->options;

	if (options->begin)
		return options->begin(options->data, ws->root, err);
	ws->half_renamed =
		ws->root && !reads_commits(options) && wls_rename_is_open(ws->root, ws->in_git);
	return 0;
}

static int fill(struct wls_workspace *ws, struct wls_error *err)
{
	const struct wls_workspace_options *options = ws->intake->options;

	if (options->rev && options->all_branches)
		return wls_error_set(err, WLS_E_USAGE,
				     "--rev and --all-branches exclude each other; leave one out");
	int status = wls_workspace_locate(ws, err);
	if (status == 0)
		status = begin_reading(ws, err);
	if (status == 0)
		status = prepare_git(ws, err);
	if (status == 0)
		status = wls_workspace_configure(ws, err);
	if (status < 0)
		return status;
	if (options->staged)
		return wls_workspace_read_index(ws, err);
	if (reads_commits(options))
		return wls_workspace_read_commits(ws, err);
	wls_workspace_read_disk(ws);
	return 0;
}

int wls_workspace_open(struct wls_workspace **out, const struct wls_workspace_options *options,
		       struct wls_error *err)
{
	struct wls_workspace *ws = workspace_new(options);

	*out = NULL;
	int status = fill(ws, err);
	ws->intake->options = NULL;
	if (status < 0) {
		wls_workspace_free(ws);
		return status;
	}
	wls_buf_release(&ws->intake->bytes);
	wls_graph_build(ws->graph);
	*out = ws;
	return 0;
}

/* ---- reporting ---- */

/* Control characters, which names may hold, must not reach a terminal. */
static void print_visible(FILE *to, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;
		if (c == '\n')
			fputs("\\n", to);
		else if (c < 0x20 || c == 0x7F)
			fprintf(to, "\\x%02X", c);
		else
			fputc(c, to);
	}
}

int wls_workspace_report(const struct wls_workspace *ws, FILE *to, bool quiet)
{
	for (size_t i = 0; i < ws->error_count; i++) {
		fputs("wlsync: ", to);
		print_visible(to, ws->errors[i]);
		fputc('\n', to);
	}
	if (ws->half_renamed)
		fputs("wlsync: a rename is at work here, or was cut short: some files may still "
		      "have the old name; \"wlsync rename\" settles it\n",
		      to);
	if (ws->error_count > 0)
		return 2;
	if (ws->graph->log_count == 0 && !quiet) {
		fputs("wlsync: no WorkLog found in ", to);
		print_visible(to, ws->root ? ws->root : "what was named");
		fputs("; a WorkLog is a file like NAME-WorkLog.md, with headings \"## v1 | …\"\n",
		      to);
	}
	return 0;
}

/* ---- finding ---- */

/*
 * The only log of that name at or below the folder that the user stands in: who stands in `mobile/`
 * and says "Search" means the one there.
 */
static bool find_near(const struct wls_workspace *ws, struct wls_slice name, uint32_t *log)
{
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT, here _cleanup_buf_ = WLS_BUF_INIT;
	size_t found = 0;

	wls_utf8_add_folded_name(&folded, name);
	wls_workspace_add_shown(ws->intake, ".", &here);
	for (uint32_t i = 0; i < ws->graph->log_count; i++) {
		const struct wls_log *candidate = &ws->graph->logs[i];
		struct wls_slice rest;
		if (!wls_slice_eq(candidate->folded, wls_buf_slice(&folded)) ||
		    !wls_path_below(candidate->file, wls_buf_slice(&here), &rest))
			continue;
		*log = i;
		found++;
	}
	return found == 1;
}

int wls_workspace_find(const struct wls_workspace *ws, const char *what, uint32_t *log,
		       struct wls_error *err)
{
	struct wls_buf shown _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error why;

	wls_workspace_add_shown(ws->intake, what, &shown);
	if (access(what, F_OK) == 0 &&
	    wls_graph_find(ws->graph, wls_buf_slice(&shown), log, NULL) == 0)
		return 0;
	int status = wls_graph_find(ws->graph, wls_slice_of(what), log, &why);
	if (status == WLS_E_AMBIGUOUS && find_near(ws, wls_slice_of(what), log))
		return 0;
	if (status < 0 && err)
		*err = why;
	return status;
}

/* ---- reading again ---- */

static int read_bytes(const struct wls_workspace *ws, struct wls_log_file *file,
		      struct wls_error *err)
{
	const struct wls_workspace_intake *in = ws->intake;
	char *path _cleanup_free_ = wls_alloc(file->path.len + 1, 1);

	memcpy(path, file->path.ptr, file->path.len);
	path[file->path.len] = '\0';
	if (in->blob_count == 0)
		return wls_file_read(&file->source, in->root_fd, path, err);
	const struct wls_workspace_blob *blob =
		wls_workspace_find_blob(ws, file->path, file->branch);
	if (!blob)
		return wls_error_set(err, WLS_E_NOT_FOUND, "%.400s: was not read before", path);
	return in->api->read(in->git, &blob->id, path, &file->source, err);
}

int wls_workspace_read_log(const struct wls_workspace *ws, uint32_t log, struct wls_log_files *out,
			   struct wls_error *err)
{
	size_t count;
	const struct wls_slice *paths = wls_graph_files(ws->graph, log, &count);
	struct wls_log_files files = {wls_alloc(count, sizeof(*files.files)), 0};
	int status = 0;

	while (files.count < count && status == 0) {
		struct wls_log_file *file = &files.files[files.count];
		*file = (struct wls_log_file){.path = paths[files.count],
					      .branch = ws->graph->logs[log].branch,
					      .source = WLS_BUF_INIT};
		files.count++;
		status = read_bytes(ws, file, err);
		if (status == 0)
			status = wls_doc_parse(&file->doc, wls_buf_slice(&file->source), err);
	}
	if (status < 0) {
		wls_log_files_release(&files);
		return status;
	}
	*out = files;
	return 0;
}

void wls_log_files_release(struct wls_log_files *files)
{
	for (size_t i = 0; i < files->count; i++) {
		wls_doc_free(files->files[i].doc);
		wls_buf_release(&files->files[i].source);
	}
	free(files->files);
	*files = (struct wls_log_files){0};
}
