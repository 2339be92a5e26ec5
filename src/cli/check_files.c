/* SPDX-License-Identifier: MIT */
/*
 * Whether a file that a log names is there, and how many lines it has: in the work tree, or in the
 * commit that the log was read from.
 *
 * A path is tried from the root, then from the log's folder and those above it. That it is missing
 * is said only when the folder it names is there: a log may speak of another repository, and often
 * names a file without its folder.
 *
 * Layer: cli. Includes: base, buf, io, git, cli/workspace.
 */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/check.h"
#include "cli/workspace_internal.h"
#include "io/file.h"
#include "io/path.h"

enum { MISSING = -1, UNTOLD = -2 };

void wls_named_files_init(struct wls_named_files *files, const struct wls_workspace *ws,
			  const struct wls_check_request *request)
{
	const struct wls_workspace_intake *in = ws->intake;

	*files = (struct wls_named_files){.ws = ws, .untold = request->source.all_branches};
	if (!request->source.rev)
		return;
	files->in_commit = true;
	files->untold = in->api->resolve(in->git, request->source.rev, &files->commit, NULL) < 0;
}

void wls_named_files_release(struct wls_named_files *files)
{
	wls_map_release(&files->known);
	free(files->counts);
	wls_arena_release(&files->arena);
	*files = (struct wls_named_files){0};
}

/* Lines, a last one without ending counted. */
static int64_t count_lines(struct wls_slice text)
{
	int64_t lines = 0;
	const char *at = text.ptr, *end = text.ptr + text.len, *found;

	while (at < end && (found = memchr(at, '\n', (size_t)(end - at)))) {
		lines++;
		at = found + 1;
	}
	return lines + (at < end);
}

static int64_t lines_on_disk(const struct wls_workspace_intake *in, const char *path)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct stat st;

	if (fstatat(in->root_fd, path, &st, 0) < 0)
		return MISSING;
	if (!S_ISREG(st.st_mode))
		return 0;
	if (wls_file_read(&text, in->root_fd, path, NULL) < 0)
		return UNTOLD;
	return count_lines(wls_buf_slice(&text));
}

static int64_t lines_in_commit(const struct wls_named_files *files, const char *path)
{
	const struct wls_workspace_intake *in = files->ws->intake;
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_git_id blob;

	if (in->api->find(in->git, &files->commit, path, &blob, NULL) < 0)
		return MISSING;
	if (in->api->read(in->git, &blob, path, &text, NULL) < 0)
		return UNTOLD;
	return count_lines(wls_buf_slice(&text));
}

/* Lines of a path below the root; each is looked up once. */
static int64_t look_up(struct wls_named_files *files, struct wls_slice path)
{
	uint32_t *index;

	if (wls_map_find(&files->known, path) == WLS_MAP_NONE)
		path = wls_arena_copy(&files->arena, path);
	index = wls_map_at(&files->known, path);
	if (*index != WLS_MAP_NONE)
		return files->counts[*index];
	*index = (uint32_t)files->count;
	WLS_GROW(files->counts, files->cap, files->count + 1);
	files->counts[files->count] = files->in_commit ? lines_in_commit(files, path.ptr)
						       : lines_on_disk(files->ws->intake, path.ptr);
	return files->counts[files->count++];
}

static struct wls_slice folder_of(struct wls_slice path)
{
	size_t len = path.len - wls_path_name(path).len;

	return wls_slice(path.ptr, len > 0 ? len - 1 : 0);
}

/* The path from a folder, cleaned; false when it leads out of the root. */
static bool join(struct wls_slice folder, struct wls_slice path, struct wls_buf *out)
{
	struct wls_buf joined _cleanup_buf_ = WLS_BUF_INIT;

	wls_path_add_join(&joined, folder, path);
	wls_buf_clear(out);
	wls_path_add_clean(out, wls_buf_slice(&joined), true);
	return out->len > 0 && out->ptr[0] != '/' && strncmp(out->ptr, "..", 2) != 0 &&
	       !memchr(out->ptr, '\0', out->len);
}

/* As `lines`, from one folder. */
static int64_t lines_from(struct wls_named_files *files, struct wls_slice folder,
			  struct wls_slice path)
{
	struct wls_buf full _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice parent;
	int64_t lines;

	if (!join(folder, path, &full))
		return UNTOLD;
	lines = look_up(files, wls_buf_slice(&full));
	if (lines != MISSING)
		return lines;
	parent = folder_of(wls_buf_slice(&full));
	if (files->in_commit || parent.len == 0 || wls_slice_eq(parent, folder))
		return UNTOLD;
	return look_up(files, parent) >= 0 ? MISSING : UNTOLD;
}

int64_t wls_named_files_lines(void *data, struct wls_slice log_file, struct wls_slice path)
{
	struct wls_named_files *files = data;
	bool missing = false;

	if (files->untold || path.len == 0 || path.ptr[0] == '/' || log_file.ptr[0] == '/')
		return UNTOLD;
	int64_t lines = lines_from(files, WLS_SLICE(""), path);
	missing = lines == MISSING;
	/* Packages have their own roots, so that folders above the log's may find it, but not miss it. */
	for (struct wls_slice at = folder_of(log_file); lines < 0 && at.len > 0;
	     at = folder_of(at)) {
		lines = lines_from(files, at, path);
		missing = missing || (lines == MISSING && at.len == folder_of(log_file).len);
	}
	return lines >= 0 ? lines : missing ? MISSING : UNTOLD;
}
