/* SPDX-License-Identifier: MIT */
/*
 * Files of commits: of one revision, or of every local branch. A file that is the same in several
 * branches is read once, under the first of them; the branch that is checked out comes first.
 *
 * Layer: cli. Includes: base, buf, graph, io, git, cli/workspace.
 */
#include "cli/workspace_internal.h"
#include "io/path.h"
#include "io/walk.h"

/* A PATH argument, as a path of the tree. */
struct scope {
	const char *path; /* ".": everything */
	const char *typed;
	bool met; /* something of that path was seen in a commit */
};

struct reading {
	struct wls_workspace *ws;
	struct scope *scopes;
	size_t scope_count;
	const char *label;   /* revision or branch, for messages */
	const char *branch;  /* "" with --rev */
	struct wls_map seen; /* path and id of what was read */
};

/* ---- what PATH means in a commit ---- */

static int add_scope(struct reading *r, const char *typed, struct wls_error *err)
{
	struct wls_workspace_intake *in = r->ws->intake;
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;

	if (in->git_kind == WLS_GIT_BARE)
		wls_path_add_clean(&path, wls_slice_of(typed), true);
	else
		wls_workspace_add_shown(r->ws->intake, typed, &path);
	const char *p = wls_buf_str(&path);
	if (p[0] == '/' || strcmp(p, "..") == 0 || strncmp(p, "../", 3) == 0)
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "%.400s: is outside of the repository; name a path within it",
				     typed);
	r->scopes[r->scope_count++] =
		(struct scope){wls_arena_copy(&in->arena, wls_buf_slice(&path)).ptr, typed, false};
	return 0;
}

static int set_scopes(struct reading *r, struct wls_error *err)
{
	const struct wls_workspace_options *options = r->ws->intake->options;
	size_t count = options->path_count;
	int status = 0;

	r->scopes = WLS_ARENA_ARRAY(&r->ws->intake->arena, struct scope, count + 1);
	for (size_t i = 0; i < count && status == 0; i++)
		status = add_scope(r, options->paths[i], err);
	if (count == 0)
		r->scopes[r->scope_count++] = (struct scope){".", ".", true};
	return status;
}

/*
 * The scope that a path lies in, longest first; *above tells of one that lies below the path
 * instead, so that it must be gone through.
 */
static struct scope *scope_of(struct reading *r, const char *path, bool *above)
{
	struct scope *found = NULL;
	struct wls_slice p = wls_slice_of(path), rest;

	*above = false;
	for (size_t i = 0; i < r->scope_count; i++) {
		struct scope *s = &r->scopes[i];
		struct wls_slice at = wls_slice_of(s->path);
		bool all = wls_slice_eq(at, WLS_SLICE("."));
		if (all || wls_path_below(p, at, &rest)) {
			s->met = true;
			if (!found || strlen(s->path) > strlen(found->path) ||
			    strcmp(found->path, ".") == 0)
				found = s;
		}
		*above = *above || (!all && wls_path_below(at, p, &rest) && rest.len > 0);
	}
	return found;
}

static struct wls_selection selection_in(const struct reading *r, const struct scope *scope)
{
	return (struct wls_selection){.ws = r->ws, .start = wls_slice_of(scope->path)};
}

/* ---- visiting ---- */

static bool enter(void *data, const char *folder)
{
	struct reading *r = data;
	bool above;
	struct scope *scope = scope_of(r, folder, &above);

	if (above || (scope && strcmp(scope->path, folder) == 0))
		return true;
	if (!scope)
		return false;
	struct wls_selection selection = selection_in(r, scope);
	bool left_out = wls_walk_left_out(wls_path_name(wls_slice_of(folder)));
	return wls_selection_enters(&selection, folder, left_out);
}

/* Whether this state of the file was not read yet; remembers it. */
static bool is_new(struct reading *r, const char *path, const struct wls_git_id *id)
{
	struct wls_buf key _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add(&key, id->bytes, sizeof(id->bytes));
	wls_buf_add_str(&key, path);
	if (wls_map_find(&r->seen, wls_buf_slice(&key)) != WLS_MAP_NONE)
		return false;
	*wls_map_at(&r->seen, wls_arena_copy(&r->ws->intake->arena, wls_buf_slice(&key))) = 0;
	return true;
}

static void read_file(struct reading *r, const char *path, const struct wls_git_id *id, bool named)
{
	struct wls_workspace_intake *in = r->ws->intake;
	struct wls_error error;
	const char *shown = wls_arena_printf(&in->arena, "%s:%s", r->label, path);

	if (in->api->read(in->git, id, shown, &in->bytes, &error) < 0) {
		wls_workspace_add_error(r->ws, &error);
		return;
	}
	WLS_GROW(in->blobs, in->blob_cap, in->blob_count + 1);
	in->blobs[in->blob_count++] = (struct wls_workspace_blob){
		wls_arena_copy(&in->arena, wls_slice_of(path)).ptr, r->branch, *id};
	wls_workspace_add_file(r->ws, &(struct wls_file){.path = wls_slice_of(path),
							 .branch = wls_slice_of(r->branch),
							 .named = named});
}

static void visit_file(void *data, const char *path, const struct wls_git_id *id)
{
	struct reading *r = data;
	bool above;
	struct scope *scope = scope_of(r, path, &above);

	if (!scope)
		return;
	bool named = strcmp(scope->path, path) == 0;
	struct wls_selection selection = selection_in(r, scope);
	if (!named && !wls_selection_takes(&selection, path))
		return;
	if (is_new(r, path, id))
		read_file(r, path, id, named || wls_selection_adds(&selection, path));
}

static void visit_broken(void *data, const char *folder, const struct wls_error *error)
{
	struct reading *r = data;
	(void)folder;
	wls_workspace_add_error(r->ws, error);
}

static int read_commit(struct reading *r, const struct wls_git_id *commit, struct wls_error *err)
{
	struct wls_workspace_intake *in = r->ws->intake;
	const struct wls_git_visitor visitor = {enter, visit_file, visit_broken, r};
	return in->api->visit(in->git, commit, &visitor, err);
}

/* A branch that cannot be read is one error; the others are still shown. */
static void visit_branch(void *data, const struct wls_git_branch *branch)
{
	struct reading *r = data;
	struct wls_error error;

	r->label = wls_arena_copy(&r->ws->intake->arena, wls_slice_of(branch->name)).ptr;
	r->branch = r->label;
	if (read_commit(r, &branch->commit, &error) < 0)
		wls_workspace_add_error(r->ws, &error);
}

static int read_revision(struct reading *r, const char *rev, struct wls_error *err)
{
	struct wls_workspace_intake *in = r->ws->intake;
	struct wls_git_id commit;

	r->label = rev;
	r->branch = "";
	int status = in->api->resolve(in->git, rev, &commit, err);
	return status < 0 ? status : read_commit(r, &commit, err);
}

static int cmp_blob(const void *va, const void *vb)
{
	const struct wls_workspace_blob *a = va, *b = vb;
	int order = strcmp(a->path, b->path);
	return order != 0 ? order : strcmp(a->branch, b->branch);
}

/* A PATH that no commit has is an error like a file that does not exist. */
static void report_unmet(struct reading *r)
{
	struct wls_error error;
	for (size_t i = 0; i < r->scope_count; i++) {
		if (r->scopes[i].met)
			continue;
		wls_error_set(&error, WLS_E_NOT_FOUND,
			      "%.400s: is not in %.200s; see `git ls-tree -r --name-only`",
			      r->scopes[i].typed, *r->branch ? "any branch" : r->label);
		wls_workspace_add_error(r->ws, &error);
	}
}

int wls_workspace_read_commits(struct wls_workspace *ws, struct wls_error *err)
{
	struct wls_workspace_intake *in = ws->intake;
	struct reading r = {.ws = ws, .branch = "", .label = "a branch"};

	int status = set_scopes(&r, err);
	if (status == 0)
		status = in->options->rev ? read_revision(&r, in->options->rev, err)
					  : in->api->branches(in->git, visit_branch, &r, err);
	wls_map_release(&r.seen);
	if (status < 0)
		return status;
	report_unmet(&r);
	if (in->blob_count > 0)
		qsort(in->blobs, in->blob_count, sizeof(*in->blobs), cmp_blob);
	return 0;
}

const struct wls_workspace_blob *wls_workspace_find_blob(const struct wls_workspace *ws,
							 struct wls_slice path,
							 struct wls_slice branch)
{
	const struct wls_workspace_intake *in = ws->intake;
	const struct wls_workspace_blob *found = NULL;

	for (size_t i = 0; i < in->blob_count; i++) {
		const struct wls_workspace_blob *b = &in->blobs[i];
		if (!wls_slice_eq(path, wls_slice_of(b->path)))
			continue;
		if (wls_slice_eq(branch, wls_slice_of(b->branch)))
			return b;
		found = found ? found : b;
	}
	return found;
}
