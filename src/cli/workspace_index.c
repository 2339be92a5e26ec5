/* SPDX-License-Identifier: MIT */
/*
 * Files of the index: what the next commit will hold.
 *
 * Layer: cli. Includes: base, buf, graph, io, git, cli/workspace.
 */
#include "cli/workspace_internal.h"
#include "io/path.h"

/* The search below a PATH argument, or below the root. */
struct scope {
	const char *path; /* ".": everything */
	const char *typed;
	bool met;
};

struct reading {
	struct wls_workspace *ws;
	struct scope *scopes;
	size_t scope_count;
};

static void set_scopes(struct reading *r)
{
	const struct wls_workspace_options *options = r->ws->intake->options;
	struct wls_arena *arena = &r->ws->intake->arena;
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;

	r->scopes = WLS_ARENA_ARRAY(arena, struct scope, options->path_count + 1);
	for (size_t i = 0; i < options->path_count; i++) {
		wls_buf_clear(&path);
		wls_workspace_add_shown(r->ws->intake, options->paths[i], &path);
		r->scopes[r->scope_count++] = (struct scope){
			wls_arena_copy(arena, wls_buf_slice(&path)).ptr, options->paths[i], false};
	}
	if (r->scope_count == 0)
		r->scopes[r->scope_count++] = (struct scope){".", ".", true};
}

/* Notes the file; it is read later, since the index is open meanwhile. */
static void note_file(struct reading *r, const char *path, const struct wls_git_id *blob)
{
	struct wls_workspace_intake *in = r->ws->intake;

	WLS_GROW(in->blobs, in->blob_cap, in->blob_count + 1);
	in->blobs[in->blob_count++] = (struct wls_workspace_blob){
		wls_arena_copy(&in->arena, wls_slice_of(path)).ptr, "", *blob};
}

static bool takes(struct reading *r, struct scope *scope, const char *path)
{
	struct wls_selection selection = {.ws = r->ws, .start = wls_slice_of(scope->path)};
	struct wls_slice rest;

	if (strcmp(scope->path, ".") != 0 &&
	    !wls_path_below(wls_slice_of(path), wls_slice_of(scope->path), &rest))
		return false;
	scope->met = true;
	return strcmp(scope->path, path) == 0 || wls_selection_takes(&selection, path);
}

static void visit_file(void *data, const char *path, const struct wls_git_id *blob)
{
	struct reading *r = data;

	for (size_t i = 0; i < r->scope_count; i++) {
		if (takes(r, &r->scopes[i], path)) {
			note_file(r, path, blob);
			return;
		}
	}
}

static bool is_named(const struct reading *r, const char *path)
{
	struct wls_selection selection = {.ws = r->ws, .start = WLS_SLICE(".")};

	for (size_t i = 0; i < r->scope_count; i++)
		if (strcmp(r->scopes[i].path, path) == 0)
			return true;
	return wls_selection_adds(&selection, path);
}

static void read_file(struct reading *r, const struct wls_workspace_blob *blob)
{
	struct wls_workspace_intake *in = r->ws->intake;
	struct wls_error error;

	if (in->api->read(in->git, &blob->id, blob->path, &in->bytes, &error) < 0) {
		wls_workspace_add_error(r->ws, &error);
		return;
	}
	wls_workspace_add_file(r->ws, &(struct wls_file){.path = wls_slice_of(blob->path),
							 .named = is_named(r, blob->path)});
}

static void report_unmet(struct reading *r)
{
	struct wls_error error;

	for (size_t i = 0; i < r->scope_count; i++) {
		if (r->scopes[i].met)
			continue;
		wls_error_set(&error, WLS_E_NOT_FOUND,
			      "%.400s: is not in the index; see `git ls-files`",
			      r->scopes[i].typed);
		wls_workspace_add_error(r->ws, &error);
	}
}

int wls_workspace_read_index(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;
	struct reading r = {.ws = ws};

	set_scopes(&r);
	in->has_head = in->api->resolve(in->git, "HEAD", &in->head, NULL) == 0;
	int status = in->api->tracked(in->git, visit_file, &r, err);
	if (status < 0)
		return status;
	report_unmet(&r);
	for (size_t i = 0; i < in->blob_count; i++)
		read_file(&r, &in->blobs[i]);
	return 0;
}

bool wls_workspace_is_staged(const struct wls_workspace *ws, struct wls_slice path)
{
	const struct wls_workspace_intake *in = ws->intake;
	const struct wls_workspace_blob *blob = wls_workspace_find_blob(ws, path, WLS_SLICE(""));
	struct wls_git_id committed;

	if (!blob)
		return false;
	if (!in->has_head || in->api->find(in->git, &in->head, blob->path, &committed, NULL) < 0)
		return true;
	return memcmp(committed.bytes, blob->id.bytes, sizeof(committed.bytes)) != 0;
}
