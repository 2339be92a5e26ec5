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
 * Whoever finds a journal that says "prepare" removes what was made; one that says "commit" goes on at
 * 4, every step of which may be done twice. A journal without its last line was never complete, and
 * nothing had been done. A file that someone changed since stops the recovery: it is his to settle.
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

/* A file on its way; paths are absolute, of the arena. */
struct move {
	const char *temporary, *to, *from;
	uint64_t hash; /* of the bytes that are replaced */
};

struct journal {
	struct wls_arena arena;
	const char *path, *fresh; /* the journal, and its next state */
	struct move *moves;
	size_t count;
	bool commit;
};

static void journal_release(struct journal *j)
{
	wls_arena_release(&j->arena);
}

static void journal_init(struct journal *j, const char *root)
{
	struct stat st;
	const char *git = wls_arena_printf(&j->arena, "%s/.git", root);
	bool inside = stat(git, &st) == 0 && S_ISDIR(st.st_mode);

	j->path = inside ? wls_arena_printf(&j->arena, "%s/wlsync-rename", git)
			 : wls_arena_printf(&j->arena, "%s/.wlsync-rename", root);
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

static void add_field(struct wls_buf *out, const char *text)
{
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
		add_field(&text, j->moves[i].temporary);
		wls_buf_add_char(&text, '\t');
		add_field(&text, j->moves[i].to);
		wls_buf_add_char(&text, '\t');
		add_field(&text, j->moves[i].from);
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

		move->temporary = take_field(&j->arena, &line);
		move->to = take_field(&j->arena, &line);
		move->from = take_field(&j->arena, &line);
		move->hash = strtoull(take_field(&j->arena, &line), NULL, 16);
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

static int check_unchanged(const struct move *move, struct wls_error *err)
{
	struct wls_buf bytes _cleanup_buf_ = WLS_BUF_INIT;
	bool exists;
	int status = wls_file_read_any(&bytes, move->from, &exists, err);

	if (status < 0)
		return status;
	if (!exists || wls_hash(wls_buf_slice(&bytes)) != move->hash)
		return wls_error_set(err, WLS_E_MOVED,
				     "%.400s: was changed by someone else while its log was being "
				     "renamed; put the old bytes back, then try again",
				     move->from);
	return 0;
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

static int go_on(struct journal *j, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++)
		status = go_on_with(&j->moves[i], err);
	for (size_t i = 0; i < j->count && status == 0; i++)
		if (!sync_folder(&j->arena, j->moves[i].to))
			status = wls_file_error(err, j->moves[i].to, "sync the folder of", errno);
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
	*done = j.commit ? "finished" : "taken back";
	return j.commit ? go_on(&j, err) : take_back(&j, err);
}

/* ---- writing ---- */

static void list_moves(struct journal *j, const struct wls_rename *rename)
{
	struct wls_arena *arena = &j->arena;

	j->moves = WLS_ARENA_ARRAY(arena, struct move, rename->file_count);
	j->count = rename->file_count;
	for (size_t i = 0; i < j->count; i++) {
		const struct wls_rename_file *file = &rename->files[i];
		struct move *move = &j->moves[i];

		move->from = wls_arena_printf(arena, "%s/%.*s", rename->ws->root,
					      WLS_SLICE_ARG(file->path));
		move->to = wls_arena_printf(arena, "%s/%.*s", rename->ws->root,
					    WLS_SLICE_ARG(file->to));
		move->temporary = wls_arena_printf(arena, "%s/.wlsync-rename-%zu.tmp",
						   folder_of(arena, move->to), i);
		move->hash = wls_hash(wls_buf_slice(&file->before));
	}
}

static int prepare(const struct journal *j, const struct wls_rename *rename, struct wls_error *err)
{
	int status = 0;

	for (size_t i = 0; i < j->count && status == 0; i++) {
		struct stat st;

		status = check_unchanged(&j->moves[i], err);
		if (status == 0 && stat(j->moves[i].from, &st) < 0)
			status = wls_file_error(err, j->moves[i].from, "read", errno);
		if (status == 0)
			status = write_synced(j->moves[i].temporary,
					      wls_buf_slice(&rename->files[i].after),
					      st.st_mode & 0777, err);
	}
	return status;
}

int wls_rename_write(const struct wls_rename *rename, struct wls_error *err)
{
	struct journal j _cleanup_(journal_release) = {0};
	struct wls_error ignored;

	journal_init(&j, rename->ws->root);
	list_moves(&j, rename);
	int status = write_journal(&j, false, err);
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
