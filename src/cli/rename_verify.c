/* SPDX-License-Identifier: MIT */
/*
 * The logs as they will be, read once more: what cannot be renamed by editing (a log that is called
 * as its folder is) and a new name that references would not be found by come out here, before
 * anything is written.
 *
 * Layer: cli. Includes: base, buf, doc, graph, io, cli/rename.
 */
#include "base/utf8.h"
#include "cli/rename.h"
#include "io/file.h"

/* Whether the frontmatter of the current file still says what it said. */
static int check_frontmatter(const struct wls_rename *r, const struct wls_rename_file *file,
			     const struct wls_doc *doc, struct wls_error *err)
{
	struct wls_doc *old _cleanup_doc_ = NULL;
	bool want_id = false;

	if (wls_doc_parse(&old, wls_buf_slice(&file->before), err) < 0)
		return err->status;
	for (size_t i = 0; i < file->edit_count; i++)
		want_id |= strcmp(file->edits[i].what, "id") == 0 &&
			   file->edits[i].begin == file->edits[i].end;
	if ((want_id && !wls_slice_eq(doc->frontmatter.id, r->from)) ||
	    old->frontmatter.version != doc->frontmatter.version ||
	    !wls_slice_eq(old->frontmatter.status, doc->frontmatter.status) ||
	    !wls_slice_eq(old->frontmatter.issue, doc->frontmatter.issue) ||
	    old->entry_count != doc->entry_count)
		return wls_error_set(err, WLS_E_FORMAT,
				     "%.400s: its frontmatter has no place for \"id: %.*s\"; write "
				     "that line into it yourself, then rename",
				     file->path.ptr, WLS_SLICE_ARG(r->from));
	return 0;
}

static int add_file(const struct wls_rename *r, struct wls_graph *graph, struct wls_slice path,
		    struct wls_error *err)
{
	const struct wls_rename_file *file = wls_rename_file_at(r, path, false);
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf at _cleanup_buf_ = WLS_BUF_INIT;
	int status = 0;

	if (!file) {
		wls_buf_printf(&at, "%s/%.*s", r->ws->root, WLS_SLICE_ARG(path));
		status = wls_file_read_any(&bytes, wls_buf_str(&at), NULL, err);
	}
	if (status == 0)
		status = wls_doc_parse(&doc, wls_buf_slice(file ? &file->after : &bytes), err);
	if (status == 0 && file && file->own)
		status = check_frontmatter(r, file, doc, err);
	if (status == 0)
		wls_graph_add(graph,
			      &(struct wls_file){.path = file ? file->to : path, .named = true},
			      doc);
	return status;
}

static int check_log(struct wls_rename *r, struct wls_graph *graph, uint32_t *found_log,
		     struct wls_error *err)
{
	struct wls_slice old = r->graph->logs[r->log].file;
	const struct wls_rename_file *file = wls_rename_file_at(r, old, false);
	struct wls_buf folded _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_name_place *refs = NULL;
	uint32_t log = WLS_LOG_NONE;

	wls_utf8_add_folded_name(&folded, r->to);
	for (uint32_t i = 0; i < graph->log_count; i++)
		if (wls_slice_eq(graph->logs[i].file, file ? file->to : old))
			log = i;
	if (log == WLS_LOG_NONE || !wls_slice_eq(graph->logs[log].folded, wls_buf_slice(&folded)))
		return wls_error_set(
			err, WLS_E_REFUSED,
			"%.400s: has its name from its folder; write \"name: %.*s\" into "
			"its frontmatter first",
			old.ptr, WLS_SLICE_ARG(r->from));
	if (graph->logs[log].file_count != r->graph->logs[r->log].file_count)
		return wls_error_set(err, WLS_E_REFUSED,
				     "%.*s: its files would become several logs; give them all one "
				     "name first",
				     WLS_SLICE_ARG(r->from));
	*found_log = log;
	size_t count = wls_graph_references(graph, log, &refs), found = 0;
	for (size_t i = 0; i < count; i++)
		found += wls_rename_is_found(&refs[i]);
	free(refs);
	if (found < r->found_count)
		return wls_error_set(
			err, WLS_E_REFUSED,
			"%zu references would not be found by the name \"%.*s\"; choose "
			"another one",
			r->found_count - found, WLS_SLICE_ARG(r->to));
	return 0;
}

int wls_rename_verify(struct wls_rename *rename, struct wls_error *err)
{
	const struct wls_graph *before = rename->graph;
	struct wls_graph *graph _cleanup_graph_ = wls_graph_new(&before->options);
	uint32_t log = WLS_LOG_NONE;
	int status = 0;

	for (uint32_t i = 0; i < before->log_count; i++)
		for (size_t f = 0; f < before->logs[i].file_count && status == 0; f++)
			status = add_file(rename, graph, before->logs[i].files[f], err);
	if (status < 0)
		return status;
	wls_graph_build(graph);
	status = check_log(rename, graph, &log, err);
	if (status == 0)
		status = wls_rename_compare(rename, graph, err);
	return status < 0 ? status : wls_rename_remember(rename, graph, log, err);
}
