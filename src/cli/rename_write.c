/* SPDX-License-Identifier: MIT */
/*
 * Several files written as one: all, or none.
 *
 *	1. the journal says "prepare" and names the files that are going to be made
 *	2. the new bytes are put beside the old ones, and synced
 *	3. the journal says "commit", by a rename: from here on the new bytes hold
 *	4. each file takes its place, old names are removed, folders synced
 *	5. the journal is removed
 *
 * Whoever finds a journal that says "prepare" removes what was made; one that says "commit" goes on
 * at 4, every step of which may be done twice. A journal without its last line was never complete,
 * and nothing had been done. A file that someone changed since stops the recovery: it is his to
 * settle. A journal that names what a rename of this tree would not touch is not ours.
 *
 * The new bytes stand in git's folder until they take their place, so that nobody commits them;
 * beside the old ones where that is another file system, or there is no git.
 *
 * Layer: cli. Includes: base, buf, io, cli/rename.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "cli/rename.h"
#include "io/file.h"

#define LAST_LINE "end\n"
#define TEMPORARY "wlsync-rename-"

/* A file on its way; paths are absolute, of the arena. */
struct move {
	const char *temporary, *to, *from;
	uint64_t hash; /* of the bytes that are replaced */
};

struct journal {
	struct wls_arena arena;
	const char *root, *git;   /* git's folder, or NULL */
	const char *path, *fresh; /* the journal, and its next state */
	const char *memory;
	struct move *moves;
	size_t count;
	bool commit;
};

static void journal_release(struct journal *j)
{
	wls_arena_release(&j->arena);
}

/* Where `.git` leads: itself, or in submodules and linked work trees what it says. */
static const char *git_folder(struct wls_arena *arena, const char *root)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	const char *path = wls_arena_printf(arena, "%s/.git", root);
	const struct wls_slice key = WLS_SLICE("gitdir: ");
	struct wls_slice to;
	struct stat st;

	if (stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
	    wls_file_read(&text, AT_FDCWD, path, NULL) == 0 &&
	    wls_slice_starts(wls_buf_slice(&text), key)) {
		to = wls_slice_trim(wls_slice_from(wls_buf_slice(&text), key.len));
		path = wls_arena_printf(arena, "%s%s%.*s", *to.ptr == '/' ? "" : root,
					*to.ptr == '/' ? "" : "/", WLS_SLICE_ARG(to));
	}
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path : NULL;
}

const char *wls_rename_place(struct wls_arena *arena, const char *root, const char *name)
{
	const char *git = git_folder(arena, root);

	return git ? wls_arena_printf(arena, "%s/%s", git, name)
		   : wls_arena_printf(arena, "%s/.%s", root, name);
}

bool wls_rename_is_open(const char *root, bool in_git)
{
	struct wls_arena arena = {0};
	bool open = access(wls_arena_printf(&arena, "%s/%s", root,
					    in_git ? ".git/wlsync-rename" : ".wlsync-rename"),
			   F_OK) == 0;

	/* `.git` is a file. */
	if (!open && in_git && errno == ENOTDIR)
		open = access(wls_rename_place(&arena, root, "wlsync-rename"), F_OK) == 0;
	wls_arena_release(&arena);
	return open;
}

static void journal_init(struct journal *j, const char *root)
{
	j->root = root;
	j->git = git_folder(&j->arena, root);
	j->path = wls_rename_place(&j->arena, root, "wlsync-rename");
	j->memory = wls_rename_place(&j->arena, root, "wlsync-renames");
	j->fresh = wls_arena_printf(&j->arena, "%s.new", j->path);
}

static const char *folder_of(struct wls_arena *arena, const char *path)
{
	const char *slash = strrchr(path, '/');

	return wls_arena_printf(arena, "%.*s", (int)(slash > path ? slash - path : 1), path);
}

/* ---- bytes ---- */

static bool sync_folder(struct wls_arena *arena, const char *path)
{
	int fd = open(folder_of(arena, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool done;

	if (fd < 0)
		return false;
	/* Some file systems cannot sync a folder and say EINVAL: nothing better can be done there. */
	done = fsync(fd) == 0 || errno == EINVAL;
	close(fd);
	return done;
}

static int write_synced(const char *path, struct wls_slice bytes, mode_t mode,
			struct wls_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool good = fd >= 0;

	while (good && bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);

		good = n >= 0 || errno == EINTR;
		if (n > 0)
			bytes = wls_slice_from(bytes, (size_t)n);
	}
	good = good && fchmod(fd, mode) == 0 && fsync(fd) == 0;
	int number = errno;
	if (fd >= 0 && close(fd) < 0 && good)
		return wls_file_error(err, path, "write", errno);
	return good ? 0 : wls_file_error(err, path, "write", number);
}

/* ---- the journal as text ---- */

/* Paths below the root stand without it, since a tree may be moved before it is recovered. */
static void add_path(const struct journal *j, struct wls_buf *out, const char *text)
{
	size_t root = strlen(j->root);

	if (strncmp(text, j->root, root) == 0 && text[root] == '/')
		text += root + 1;
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == '%')
			wls_buf_printf(out, "%%%02X", (unsigned)(unsigned char)*text);
		else
			wls_buf_add_char(out, *text);
}

static int write_journal(struct journal *j, bool commit, struct wls_error *err)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;

	wls_buf_add_str(&text, commit ? "commit\n" : "prepare\n");
	for (size_t i = 0; i < j->count; i++) {
		add_path(j, &text, j->moves[i].temporary);
		wls_buf_add_char(&text, '\t');
		add_path(j, &text, j->moves[i].to);
		wls_buf_add_char(&text, '\t');
		add_path(j, &text, j->moves[i].from);
		wls_buf_printf(&text, "\t%016llx\n", (unsigned long long)j->moves[i].hash);
	}
	wls_buf_add_str(&text, LAST_LINE);
	int status = write_synced(j->fresh, wls_buf_slice(&text), 0644, err);
	if (status == 0 && rename(j->fresh, j->path) < 0)
		status = wls_file_error(err, j->path, "write", errno);
	if (status == 0 && !sync_folder(&j->arena, j->path))
		status = wls_file_error(err, j->path, "sync the folder of", errno);
	return status;
}

static int hex_value(char c)
{
	return wls_is_digit(c) ? c - '0' : wls_lower(c) - 'a' + 10;
}

static const char *take_field(struct wls_arena *arena, struct wls_slice *line)
{
	size_t tab = wls_slice_find(*line, WLS_SLICE("\t")), n = 0;
	struct wls_slice field = wls_slice(line->ptr, tab == SIZE_MAX ? line->len : tab);
	char *out = wls_arena_alloc(arena, field.len + 1);

	for (size_t i = 0; i < field.len; i++) {
		if (field.ptr[i] == '%' && i + 2 < field.len) {
			out[n++] = (char)(hex_value(field.ptr[i + 1]) * 16 +
					  hex_value(field.ptr[i + 2]));
			i += 2;
		} else {
			out[n++] = field.ptr[i];
		}
	}
	*line = wls_slice_from(*line, tab == SIZE_MAX ? line->len : tab + 1);
	return out;
}

static const char *take_path(struct journal *j, struct wls_slice *line)
{
	const char *path = take_field(&j->arena, line);

	return *path == '/' ? path : wls_arena_printf(&j->arena, "%s/%s", j->root, path);
}

/* Reads what was written; false when it is not complete. */
static bool parse_journal(struct journal *j, struct wls_slice text)
{
	struct wls_slice line, rest = text;
	size_t lines = 0, end = sizeof(LAST_LINE) - 1;

	if (text.len < end ||
	    !wls_slice_eq(wls_slice_from(text, text.len - end), WLS_SLICE(LAST_LINE)))
		return false;
	for (size_t i = 0; i < text.len; i++)
		lines += text.ptr[i] == '\n';
	j->moves = WLS_ARENA_ARRAY(&j->arena, struct move, lines);
	wls_slice_next_line(&rest, &line);
	j->commit = wls_slice_eq(line, WLS_SLICE("commit"));
	while (wls_slice_next_line(&rest, &line) &&
	       wls_slice_find(line, WLS_SLICE("\t")) != SIZE_MAX) {
		struct move *move = &j->moves[j->count++];

		move->temporary = take_path(j, &line);
		move->to = take_path(j, &line);
		move->from = take_path(j, &line);
		move->hash = strtoull(take_field(&j->arena, &line), NULL, 16);
	}
	return true;
}

/* Whether the folder is the root or below it, links followed. */
static bool is_below(const char *folder, const char *root)
{
	char *real _cleanup_free_ = realpath(folder, NULL);
	char *top _cleanup_free_ = realpath(root, NULL);
	size_t len = top ? strlen(top) : 0;

	return real && top && strncmp(real, top, len) == 0 &&
	       (real[len] == '/' || real[len] == '\0' || strcmp(top, "/") == 0);
}

static bool is_temporary(struct journal *j, const struct move *move)
{
	const char *folder = folder_of(&j->arena, move->temporary);
	const char *name = strrchr(move->temporary, '/') + 1;

	if (j->git && strcmp(folder, j->git) == 0)
		return strncmp(name, TEMPORARY, sizeof(TEMPORARY) - 1) == 0;
	return *name == '.' && strncmp(name + 1, TEMPORARY, sizeof(TEMPORARY) - 1) == 0 &&
	       strcmp(folder, folder_of(&j->arena, move->to)) == 0;
}

/* A journal that came with a folder from elsewhere must not lead out of it. */
static bool is_ours(struct journal *j)
{
	for (size_t i = 0; i < j->count; i++) {
		const struct move *move = &j->moves[i];
		bool memory = strcmp(move->to, j->memory) == 0;

		if (!is_temporary(j, move) ||
		    strcmp(folder_of(&j->arena, move->from), folder_of(&j->arena, move->to)) != 0 ||
		    (!memory && !is_below(folder_of(&j->arena, move->to), j->root)))
			return false;
	}
	return true;
}

/* ---- back, or on ---- */

static int remove_file(const char *path, struct wls_error *err)
{
	if (unlink(path) < 0 && errno != ENOENT)
		return wls_file_error(err, path, "remove", errno);
	return 0;
}

static int remove_journal(struct journal *j, struct wls_error *err)
{
	int status = remove_file(j->path, err);

	if (status == 0 && !sync_folder(&j->arena, j->path))
		status = wls_file_error(err, j->path, "sync the folder of", errno);
	return status;
}

static int take_back(struct journal *j, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++)
		status = remove_file(j->moves[i].temporary, err);
	return status < 0 ? status : remove_journal(j, err);
}

/* Whether there is a file of the new name that is not the old one (as where case is ignored). */
static bool is_taken(const struct move *move)
{
	struct stat a, b;

	return strcmp(move->from, move->to) != 0 && lstat(move->to, &b) == 0 &&
	       (lstat(move->from, &a) < 0 || a.st_ino != b.st_ino || a.st_dev != b.st_dev);
}

static int check_unchanged(const struct move *move, struct wls_error *err)
{
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	bool exists;
	int status = wls_file_read_any(&bytes, move->from, &exists, err);

	if (status < 0)
		return status;
	if (is_taken(move))
		return wls_error_set(err, WLS_E_MOVED,
				     "%.400s: someone made it while a log got that name; move it "
				     "away, then try again",
				     move->to);
	/* Only the memory may be new. */
	if (wls_hash(wls_buf_slice(&bytes)) == move->hash &&
	    (exists || move->hash == wls_hash(WLS_SLICE(""))))
		return 0;
	return wls_error_set(err, WLS_E_MOVED,
			     "%.400s: was changed by someone else while its log was being "
			     "renamed; bring %.400s up to date and move it there, or put the "
			     "old bytes back; then try again",
			     move->from, move->temporary);
}

static int go_on_with(const struct move *move, struct wls_error *err)
{
	struct stat a, b;

	if (lstat(move->temporary, &a) == 0) {
		int status = check_unchanged(move, err);
		if (status < 0)
			return status;
		if (rename(move->temporary, move->to) < 0)
			return wls_file_error(err, move->to, "write", errno);
	}
	/* Where the file system knows no capitals, both names are one file. */
	if (strcmp(move->from, move->to) == 0 || lstat(move->from, &a) < 0 ||
	    lstat(move->to, &b) < 0)
		return 0;
	if (a.st_ino == b.st_ino && a.st_dev == b.st_dev)
		return rename(move->from, move->to) < 0
			       ? wls_file_error(err, move->to, "write", errno)
			       : 0;
	return remove_file(move->from, err);
}

/* Whether every file is still as it was, so that there is a way back. */
static bool is_untouched(const struct journal *j)
{
	struct stat st;

	for (size_t i = 0; i < j->count; i++)
		if (lstat(j->moves[i].temporary, &st) < 0)
			return false;
	return true;
}

static bool is_changed(const struct journal *j)
{
	struct wls_error ignored;

	for (size_t i = 0; i < j->count; i++)
		if (check_unchanged(&j->moves[i], &ignored) < 0)
			return true;
	return false;
}

/* An empty memory is none. */
static int remove_if_empty(const char *path, struct wls_error *err)
{
	struct stat st;

	return lstat(path, &st) == 0 && st.st_size == 0 ? remove_file(path, err) : 0;
}

/* The folders of the files, or of what stands for them until they are moved. */
static int sync_folders(struct journal *j, bool temporary, struct wls_error *err)
{
	const char *last = "";
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++) {
		const char *path = temporary ? j->moves[i].temporary : j->moves[i].to;
		const char *folder = folder_of(&j->arena, path);

		if (strcmp(folder, last) != 0 && !sync_folder(&j->arena, path))
			status = wls_file_error(err, path, "sync the folder of", errno);
		last = folder;
	}
	return status;
}

static int go_on(struct journal *j, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++)
		status = go_on_with(&j->moves[i], err);
	if (status == 0)
		status = sync_folders(j, false, err);
	if (status == 0)
		status = remove_if_empty(j->memory, err);
	return status < 0 ? status : remove_journal(j, err);
}

int wls_rename_recover(const char *root, const char **done, struct wls_error *err)
{
	struct journal j _cleanup_(journal_release) = {0};
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	bool exists;

	*done = NULL;
	journal_init(&j, root);
	int status = wls_file_read_any(&text, j.path, &exists, err);
	if (status == 0)
		status = remove_file(j.fresh, err);
	if (status < 0 || !exists)
		return status;
	if (!parse_journal(&j, wls_buf_slice(&text)))
		j.count = 0;
	if (!is_ours(&j))
		return wls_error_set(err, WLS_E_FORMAT,
				     "%.400s: names files that no rename of this folder would "
				     "touch; look at it, then remove it",
				     j.path);
	/* What someone changed since the power went off is his: nothing is lost by going back. */
	if (j.commit && is_untouched(&j) && is_changed(&j))
		j.commit = false;
	*done = j.commit ? "finished" : "taken back";
	return j.commit ? go_on(&j, err) : take_back(&j, err);
}

/* ---- writing ---- */

/* Whether a file of git's folder can be renamed into the folder. */
static bool is_in_reach(struct journal *j, const char *folder)
{
	const char *probe = wls_arena_printf(&j->arena, "%s/.%sprobe", folder, TEMPORARY);
	struct stat a, b;

	if (!j->git || stat(j->git, &a) < 0 || stat(folder, &b) < 0 || a.st_dev != b.st_dev)
		return false;
	/* What was mounted twice says so before it says that there is no such file. */
	return rename(j->fresh, probe) == 0 || errno != EXDEV;
}

static void add_move(struct journal *j, const char *from, const char *to, struct wls_slice before)
{
	struct move *move = &j->moves[j->count];
	const char *folder = folder_of(&j->arena, to);
	bool reached = is_in_reach(j, folder);

	*move = (struct move){.from = from, .to = to, .hash = wls_hash(before)};
	move->temporary =
		wls_arena_printf(&j->arena, "%s/%s" TEMPORARY "%zu.tmp", reached ? j->git : folder,
				 reached ? "" : ".", j->count++);
}

/* The files, and behind them the memory when it changes. */
static void list_moves(struct journal *j, const struct wls_rename *rename)
{
	struct wls_arena *arena = &j->arena;

	j->moves = WLS_ARENA_ARRAY(arena, struct move, rename->file_count + 1);
	for (size_t i = 0; i < rename->file_count; i++) {
		const struct wls_rename_file *file = &rename->files[i];

		add_move(j,
			 wls_arena_printf(arena, "%s/%.*s", rename->ws->root,
					  WLS_SLICE_ARG(file->path)),
			 wls_arena_printf(arena, "%s/%.*s", rename->ws->root,
					  WLS_SLICE_ARG(file->to)),
			 wls_buf_slice(&file->before));
	}
	if (rename->memory.changed)
		add_move(j, rename->memory.path, rename->memory.path,
			 wls_buf_slice(&rename->memory.before));
}

static int prepare(struct journal *j, const struct wls_rename *rename, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++) {
		bool memory = i == rename->file_count;
		struct stat st = {.st_mode = 0644};

		if (check_unchanged(&j->moves[i], err) < 0)
			status = wls_error_set(err, WLS_E_MOVED,
					       "%.400s: was changed meanwhile; nothing is renamed; "
					       "run it again",
					       j->moves[i].from);
		if (status == 0 && !memory && stat(j->moves[i].from, &st) < 0)
			status = wls_file_error(err, j->moves[i].from, "read", errno);
		if (status == 0)
			status = write_synced(j->moves[i].temporary,
					      memory ? wls_buf_slice(&rename->memory.after)
						     : wls_buf_slice(&rename->files[i].after),
					      st.st_mode & 0777, err);
	}
	return status < 0 ? status : sync_folders(j, true, err);
}

static int lock_folders(struct journal *j, struct wls_rename_locks *locks, struct wls_error *err)
{
	const char **folders = WLS_ARENA_ARRAY(&j->arena, const char *, j->count);

	for (size_t i = 0; i < j->count; i++)
		folders[i] = folder_of(&j->arena, j->moves[i].to);
	return wls_rename_lock_folders(locks, folders, j->count, err);
}

int wls_rename_write(const struct wls_rename *rename, struct wls_error *err)
{
	struct journal j _cleanup_(journal_release) = {0};
	struct wls_error ignored;

	journal_init(&j, rename->ws->root);
	list_moves(&j, rename);
	int status = lock_folders(&j, rename->locks, err);
	if (status < 0)
		return status;
	status = write_journal(&j, false, err);
	if (status == 0)
		status = prepare(&j, rename, err);
	if (status == 0)
		status = write_journal(&j, true, err);
	if (status < 0) {
		take_back(&j, &ignored);
		remove_file(j.fresh, &ignored);
		return status;
	}
	return go_on(&j, err);
}
