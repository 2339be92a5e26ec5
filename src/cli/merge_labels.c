/* SPDX-License-Identifier: MIT */
/*
 * How the sides of a merge that git runs are called.
 *
 * Layer: cli. Includes: base, buf, git, io.
 */
#include "cli/merge_labels.h"

#include <fcntl.h>
#include <limits.h>
#include <unistd.h>

#include "git/git.h"
#include "io/file.h"

#define SHORT_ID 7u

extern char **environ;

/* ---- git's folder ---- */

/* Where `.git` leads: the folder itself, or what a file says ("gitdir: ../.git/worktrees/x"). */
static const char *follow(struct wls_arena *arena, const char *root)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	const char *path = wls_arena_printf(arena, "%s/.git", root);
	const struct wls_slice key = WLS_SLICE("gitdir: ");

	if (wls_file_read(&text, AT_FDCWD, path, NULL) < 0)
		return path;
	if (!wls_slice_starts(wls_buf_slice(&text), key))
		return NULL;
	const char *to =
		wls_arena_copy(arena, wls_slice_trim(wls_slice_from(wls_buf_slice(&text), key.len)))
			.ptr;
	return to[0] == '/' ? to : wls_arena_printf(arena, "%s/%s", root, to);
}

/* git's own folder for this work tree, or NULL. */
static const char *git_folder(struct wls_arena *arena)
{
	const char *said = getenv("GIT_DIR");
	char here[PATH_MAX];
	char *root _cleanup_free_ = NULL;

	if (said && *said)
		return said;
	if (!getcwd(here, sizeof(here)))
		return NULL;
	switch (wls_git_find(here, &root)) {
	case WLS_GIT_WORK_TREE:
		return follow(arena, root);
	case WLS_GIT_BARE:
		return wls_arena_printf(arena, "%s", root);
	default:
		return NULL;
	}
}

static bool is_hex(char c)
{
	return wls_is_digit(c) || (c >= 'a' && c <= 'f');
}

/* The first word of a line that is a commit's id, cut short; or NULL. */
static const char *id_of(struct wls_arena *arena, struct wls_slice line)
{
	size_t i = 0, n = 0;

	for (; i < line.len; i += n + 1) {
		bool hex = true;
		for (n = 0; i + n < line.len && line.ptr[i + n] != ' '; n++)
			hex = hex && is_hex(line.ptr[i + n]);
		if (hex && n >= SHORT_ID)
			return wls_arena_copy(arena, wls_slice(line.ptr + i, SHORT_ID)).ptr;
	}
	return NULL;
}

/*
 * A line of a file in git's folder, the first or the last that is not empty, in the arena; empty
 * when there is none.
 */
static struct wls_slice line_of(struct wls_arena *arena, const char *name, bool last)
{
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	struct wls_slice rest, line, found = {0};
	const char *folder = git_folder(arena);

	if (!folder || wls_file_read(&text, AT_FDCWD,
				     wls_arena_printf(arena, "%s/%s", folder, name), NULL) < 0)
		return found;
	rest = wls_buf_slice(&text);
	while ((last || found.len == 0) && wls_slice_next_line(&rest, &line))
		if (line.len > 0 && line.ptr[0] != '#')
			found = line;
	return wls_arena_copy(arena, found);
}

static const char *commit_in(struct wls_arena *arena, const char *name, bool last)
{
	return id_of(arena, line_of(arena, name, last));
}

/* ---- what git is doing ---- */

/* The name that `git merge` gave the other side, GITHEAD_<id>=name; NULL when it is not one. */
static const char *merged_head(void)
{
	const char *action = getenv("GIT_REFLOG_ACTION"), *found = NULL;
	size_t count = 0;

	for (char **variable = environ; *variable; variable++) {
		const char *equals = strchr(*variable, '=');
		if (strncmp(*variable, "GITHEAD_", 8) != 0 || !equals || !equals[1])
			continue;
		if (action && strncmp(action, "merge ", 6) == 0 &&
		    strcmp(action + 6, equals + 1) == 0)
			return equals + 1;
		found = equals + 1;
		count++;
	}
	return count == 1 ? found : NULL;
}

static bool rebases(void)
{
	const char *action = getenv("GIT_REFLOG_ACTION");

	return getenv("GIT_CHERRY_PICK_HELP") || (action && strncmp(action, "rebase", 6) == 0);
}

static void set_rebase(struct wls_merge_labels *labels, struct wls_arena *arena, const char *id)
{
	labels->ours = "upstream";
	labels->theirs = id ? wls_arena_printf(arena, "your commit %s", id) : "your commit";
	labels->base = id ? wls_arena_printf(arena, "parent of %s", id) : "base";
}

static bool set_pick(struct wls_merge_labels *labels, struct wls_arena *arena, const char *id)
{
	if (!id)
		return false;
	labels->theirs = id;
	labels->base = wls_arena_printf(arena, "parent of %s", id);
	return true;
}

static bool set_revert(struct wls_merge_labels *labels, struct wls_arena *arena, const char *id)
{
	if (!id)
		return false;
	labels->theirs = wls_arena_printf(arena, "parent of %s", id);
	labels->base = id;
	return true;
}

/* The commit that a rebase is at: the merge backend's last step, or the other's patch. */
static const char *rebased_commit(struct wls_arena *arena)
{
	const char *id = commit_in(arena, "rebase-merge/done", true);

	if (!id)
		id = commit_in(arena, "rebase-apply/original-commit", false);
	return id ? id : commit_in(arena, "REBASE_HEAD", false);
}

/* A series of picks or reverts stands in a list, whose first line is the present one. */
static bool set_series(struct wls_merge_labels *labels, struct wls_arena *arena)
{
	struct wls_slice step = line_of(arena, "sequencer/todo", false);

	if (wls_slice_starts(step, WLS_SLICE("revert ")))
		return set_revert(labels, arena, id_of(arena, step));
	return set_pick(labels, arena, id_of(arena, step));
}

static void find_out(struct wls_merge_labels *labels, struct wls_arena *arena)
{
	const char *head = merged_head();

	*labels = (struct wls_merge_labels){"base", "HEAD", "theirs"};
	if (head) {
		labels->theirs = head;
		return;
	}
	if (rebases()) {
		set_rebase(labels, arena, rebased_commit(arena));
		return;
	}
	/* These are there when a merge that stopped is done again: git checkout -m -- FILE. */
	if (set_series(labels, arena) ||
	    set_pick(labels, arena, commit_in(arena, "CHERRY_PICK_HEAD", false)) ||
	    set_revert(labels, arena, commit_in(arena, "REVERT_HEAD", false)))
		return;
	const char *id = commit_in(arena, "REBASE_HEAD", false);
	if (id)
		set_rebase(labels, arena, id);
	else if ((id = commit_in(arena, "MERGE_HEAD", false)))
		labels->theirs = id;
}

/* ---- the answer ---- */

static bool is_given(const char *label)
{
	/* "%S" as it was written: this git does not know it. */
	return label && *label && !(label[0] == '%' && label[1] && !label[2]);
}

static const char *visible(struct wls_arena *arena, const char *label)
{
	char *copy = WLS_ARENA_ARRAY(arena, char, strlen(label) + 1);

	for (size_t i = 0; label[i]; i++)
		copy[i] = (unsigned char)label[i] < 0x20 || label[i] == 0x7f ? '?' : label[i];
	return copy;
}

void wls_merge_labels_find(struct wls_merge_labels *labels, struct wls_arena *arena)
{
	struct wls_merge_labels found;

	if (!is_given(labels->base) || !is_given(labels->ours) || !is_given(labels->theirs)) {
		find_out(&found, arena);
		labels->base = is_given(labels->base) ? labels->base : found.base;
		labels->ours = is_given(labels->ours) ? labels->ours : found.ours;
		labels->theirs = is_given(labels->theirs) ? labels->theirs : found.theirs;
	}
	labels->base = visible(arena, labels->base);
	labels->ours = visible(arena, labels->ours);
	labels->theirs = visible(arena, labels->theirs);
}
