/* SPDX-License-Identifier: MIT */
/*
 * One of the two texts of `wlsync diff`.
 *
 * Layer: cli. Includes: base, buf, doc, graph, git, render.
 */
#include <sys/stat.h>

#include "cli/diff_side.h"
#include "cli/merge_input.h"
#include "git/git.h"

/* ---- files ---- */

static bool is_file(const char *path)
{
	struct stat st;

	return strcmp(path, "-") == 0 || (stat(path, &st) == 0 && !S_ISDIR(st.st_mode));
}

/* A folder that cannot be meant as a log's name. */
static bool is_folder(const char *word)
{
	struct stat st;

	return (strchr(word, '/') || word[0] == '.') && stat(word, &st) == 0 && S_ISDIR(st.st_mode);
}

int wls_diff_side_read_file(struct wls_diff_side *side, const char *path)
{
	struct wls_error err;

	wls_buf_init(&side->bytes, WLS_BUF_LIMIT);
	if (wls_merge_input_read(&side->bytes, path, &err) < 0)
		return wls_cli_fail("%s", err.text);
	side->text = wls_buf_slice(&side->bytes);
	side->line = 1;
	return WLS_CLI_GO;
}

/* ---- REV:FILE, :FILE, :N:FILE ---- */

enum { STAGES = 3 };

/* A file of git's. */
struct git_file {
	const char *rev; /* NULL: of the index */
	unsigned stage;  /* of the index: 0 merged; 1 to 3 base, ours, theirs */
	const char *path;
};

/* `./notes/x.md` is relative to the folder we stand in, anything else to the root, as in git. */
static const char *path_in_tree(struct wls_arena *arena, const char *root, const char *here,
				const char *path)
{
	size_t len = root ? strlen(root) : 0;

	if (strncmp(path, "./", 2) != 0)
		return path;
	path += 2;
	if (len == 0 || strncmp(here, root, len) != 0 || here[len] != '/')
		return path;
	return wls_arena_printf(arena, "%s/%s", here + len + 1, path);
}

/* The colon behind a revision, which may hold others in braces: `HEAD@{10:30}:x.md`. */
static const char *find_colon(const char *word)
{
	bool braced = false;

	for (; *word && (braced || *word != ':'); word++)
		braced = *word == '{' || (braced && *word != '}');
	return *word ? word : NULL;
}

/* `colon` stands behind the revision. */
static struct git_file read_word(struct wls_arena *arena, const char *word, const char *colon)
{
	struct git_file file = {.path = colon + 1};

	if (colon > word)
		file.rev = wls_arena_copy(arena, wls_slice(word, (size_t)(colon - word))).ptr;
	else if (colon[1] >= '0' && colon[1] <= '0' + STAGES && colon[2] == ':')
		file = (struct git_file){.stage = (unsigned)(colon[1] - '0'), .path = colon + 3};
	return file;
}

/* What the index says of a path. */
struct index_search {
	const char *path;
	struct wls_git_id blobs[1 + STAGES];
	bool found[1 + STAGES];
};

static void see_tracked(void *data, const char *path, const struct wls_git_id *blob)
{
	struct index_search *search = data;

	if (strcmp(path, search->path) != 0)
		return;
	search->blobs[0] = *blob;
	search->found[0] = true;
}

static void see_unmerged(void *data, const char *path, const struct wls_git_id *const stages[3])
{
	struct index_search *search = data;

	for (size_t i = 0; i < STAGES && strcmp(path, search->path) == 0; i++) {
		search->found[1 + i] = stages[i];
		if (stages[i])
			search->blobs[1 + i] = *stages[i];
	}
}

static int find_in_index(const struct wls_git_api *api, struct wls_git *git,
			 const struct git_file *file, const char *word, struct wls_git_id *blob,
			 struct wls_error *err)
{
	struct index_search search = {.path = file->path};
	int status = api->tracked(git, see_tracked, &search, err);

	if (status == 0)
		status = api->unmerged(git, see_unmerged, &search, err);
	if (status < 0)
		return status;
	*blob = search.blobs[file->stage];
	if (search.found[file->stage])
		return 0;
	if (search.found[1] || search.found[2] || search.found[3])
		return wls_error_set(err, WLS_E_NOT_FOUND,
				     "diff: %s: the file is unmerged; of the states :1: (base), "
				     ":2: (ours) and :3: (theirs) it has%s%s%s",
				     word, search.found[1] ? " :1:" : "",
				     search.found[2] ? " :2:" : "", search.found[3] ? " :3:" : "");
	return wls_error_set(err, WLS_E_NOT_FOUND,
			     search.found[0]
				     ? "diff: %s: the file is not unmerged; leave the number out"
				     : "diff: %s: git's index has no such file; the path starts at "
				       "the work tree's root, or with ./ at this folder",
			     word);
}

static int find_in_commit(const struct wls_git_api *api, struct wls_git *git,
			  const struct git_file *file, const char *word, struct wls_git_id *blob,
			  struct wls_error *err)
{
	struct wls_git_id commit;
	int status = api->resolve(git, file->rev, &commit, err);

	if (status == 0)
		status = api->find(git, &commit, file->path, blob, err);
	if (status == WLS_E_NOT_FOUND)
		wls_error_set(err, WLS_E_NOT_FOUND,
			      "diff: %s: there is no such commit, or no such file in it; the path "
			      "starts at the work tree's root, or with ./ at this folder",
			      word);
	return status;
}

static int read_blob(struct wls_diff_side *side, const struct wls_git_api *api, struct wls_git *git,
		     const struct git_file *file, const char *word, struct wls_error *err)
{
	struct wls_git_id blob;
	int status = file->rev ? find_in_commit(api, git, file, word, &blob, err)
			       : find_in_index(api, git, file, word, &blob, err);

	return status < 0 ? status : api->read(git, &blob, word, &side->bytes, err);
}

/* Reads a file of git's; false when `word` cannot be one. */
static bool read_from_git(struct wls_diff_side *side, const char *word, int *status)
{
	char *folder _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);
	const char *colon = find_colon(word);
	const struct wls_git_api *api;
	struct wls_arena arena = {0};
	struct wls_git *git = NULL;
	struct wls_error err;

	if (!colon)
		return false;
	if (!here || wls_git_find(here, &folder) == WLS_GIT_NONE) {
		if (word[0] != ':')
			return false;
		*status = wls_cli_fail("diff: %s: there is no git repository here", word);
		return true;
	}
	wls_buf_init(&side->bytes, WLS_BUF_LIMIT);
	int result = wls_git_load(&api, &err);
	if (result == 0)
		result = api->open(&git, here, &err);
	if (result == 0) {
		struct git_file file = read_word(&arena, word, colon);
		file.path = path_in_tree(&arena, api->root(git), here, file.path);
		result = read_blob(side, api, git, &file, word, &err);
		api->close(git);
	}
	wls_arena_release(&arena);
	side->text = wls_buf_slice(&side->bytes);
	side->line = 1;
	*status = result < 0 ? wls_cli_fail("%s", err.text) : WLS_CLI_GO;
	return true;
}

/* ---- LOG, LOG@vN ---- */

/* Without the blank lines at its end: what keeps entries apart is no part of them. */
static struct wls_slice without_end(struct wls_slice text)
{
	size_t len = text.len;

	while (len > 0 && wls_slice_trim(wls_slice(text.ptr + len - 1, 1)).len == 0)
		len--;
	const char *end = len < text.len ? memchr(text.ptr + len, '\n', text.len - len) : NULL;

	return end ? wls_slice(text.ptr, (size_t)(end - text.ptr) + 1) : text;
}

static int take_entries(struct wls_diff_side *side, const char *word)
{
	struct wls_log_argument *log = &side->log;
	struct wls_error err;

	if (wls_shown_select(&log->shown, log->first, log->last, &err) < 0)
		return wls_cli_fail("diff: %s: %s", word, err.text);
	wls_buf_init(&side->bytes, WLS_BUF_LIMIT);
	wls_shown_source(&log->shown, &side->bytes);
	side->text = without_end(wls_buf_slice(&side->bytes));
	side->entries = true;
	side->line = log->shown.entry_count == 1 ? log->shown.entries[0].entry->node->line : 0;
	return WLS_CLI_GO;
}

int wls_diff_side_read(struct wls_diff_side *side, const struct wls_cli *cli, const char *word)
{
	int status;

	if (is_file(word))
		return wls_diff_side_read_file(side, word);
	if (is_folder(word))
		return wls_cli_fail("diff: %s is a folder; name a file in it", word);
	if (read_from_git(side, word, &status))
		return status;
	status = wls_log_argument_read(&side->log, cli, word, NULL);
	if (status != WLS_CLI_GO)
		return status;
	if (side->log.first > 0)
		return take_entries(side, word);
	side->text = side->log.shown.current->doc->source;
	side->line = 1;
	return WLS_CLI_GO;
}

void wls_diff_side_release(struct wls_diff_side *side)
{
	wls_buf_release(&side->bytes);
	wls_log_argument_release(&side->log);
}
