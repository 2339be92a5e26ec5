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

/* ---- REV:FILE ---- */

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

static int read_blob(struct wls_diff_side *side, const struct wls_git_api *api, struct wls_git *git,
		     const char *here, const char *word, struct wls_error *err)
{
	struct wls_arena arena = {0};
	const char *colon = strchr(word, ':');
	const char *rev = wls_arena_copy(&arena, wls_slice(word, (size_t)(colon - word))).ptr;
	const char *path = path_in_tree(&arena, api->root(git), here, colon + 1);
	struct wls_git_id commit, blob;
	int status = api->resolve(git, *rev ? rev : "HEAD", &commit, err);

	if (status == 0)
		status = api->find(git, &commit, path, &blob, err);
	if (status == WLS_E_NOT_FOUND && *rev)
		wls_error_set(err, WLS_E_NOT_FOUND,
			      "diff: %s: there is no such commit, or no such file in it; the path "
			      "starts at the work tree's root, or with ./ at this folder",
			      word);
	if (status == 0)
		status = api->read(git, &blob, word, &side->bytes, err);
	wls_arena_release(&arena);
	return status;
}

/* Reads REV:FILE; false when `word` cannot be one, for want of a repository. */
static bool read_revision(struct wls_diff_side *side, const char *word, int *status)
{
	char *folder _cleanup_free_ = NULL;
	char *here _cleanup_free_ = realpath(".", NULL);
	const struct wls_git_api *api;
	struct wls_git *git = NULL;
	struct wls_error err;

	if (!strchr(word, ':') || word[0] == ':' || !here ||
	    wls_git_find(here, &folder) == WLS_GIT_NONE)
		return false;
	wls_buf_init(&side->bytes, WLS_BUF_LIMIT);
	int result = wls_git_load(&api, &err);
	if (result == 0)
		result = api->open(&git, here, &err);
	if (result == 0) {
		result = read_blob(side, api, git, here, word, &err);
		api->close(git);
	}
	side->text = wls_buf_slice(&side->bytes);
	side->line = 1;
	*status = result < 0 ? wls_cli_fail("%s", err.text) : WLS_CLI_GO;
	return true;
}

/* ---- LOG, LOG@vN ---- */

static int take_entries(struct wls_diff_side *side, const char *word)
{
	struct wls_log_argument *log = &side->log;
	struct wls_error err;

	if (wls_shown_select(&log->shown, log->first, log->last, &err) < 0)
		return wls_cli_fail("diff: %s: %s", word, err.text);
	wls_buf_init(&side->bytes, WLS_BUF_LIMIT);
	wls_shown_source(&log->shown, &side->bytes);
	side->text = wls_buf_slice(&side->bytes);
	side->entries = true;
	side->line = log->shown.entry_count == 1 ? log->shown.entries[0].entry->node->line : 0;
	return WLS_CLI_GO;
}

int wls_diff_side_read(struct wls_diff_side *side, const struct wls_cli *cli, const char *word)
{
	int status;

	if (is_file(word))
		return wls_diff_side_read_file(side, word);
	if (read_revision(side, word, &status))
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
