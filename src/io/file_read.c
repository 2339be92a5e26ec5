/* SPDX-License-Identifier: MIT */
/*
 * Files read whole.
 *
 * read(2) into a buffer that is used again costs less than mmap(2) for files of some ten KB: no
 * page faults, no unmapping; and a file that shrinks meanwhile is a short read, not a signal.
 *
 * Layer: io. Includes: base, buf, io/file, io/path.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/path.h"

/* Read at a time when a file does not tell its size. */
#define CHUNK ((size_t)64 << 10)

static const struct hint {
	int number;
	enum wls_status status;
	const char *text;
} hints[] = {
	{ENOENT, WLS_E_NOT_FOUND, "check the spelling"},
	{ENOTDIR, WLS_E_NOT_FOUND, "check the spelling"},
	{EACCES, WLS_E_IO, "allow it (chmod u+rwX), or leave it out (worklog.ignore in .wlsync)"},
	{EPERM, WLS_E_IO, "look at its owner and its mount's options"},
	{ELOOP, WLS_E_IO, "mend or remove the symbolic link, which leads back to itself"},
	{EISDIR, WLS_E_IO, "name a file"},
	{WLS_FILE_TOO_DEEP, WLS_E_LIMIT, "start from a folder nearer to it (wlsync -C FOLDER)"},
	{ENAMETOOLONG, WLS_E_LIMIT, "start from a folder nearer to it (wlsync -C FOLDER)"},
	{EMFILE, WLS_E_IO, "raise the limit of open files (ulimit -n)"},
	{ENFILE, WLS_E_IO, "close other programs"},
	{ENOSPC, WLS_E_IO, "make room on the disk"},
	{EDQUOT, WLS_E_IO, "make room in your quota"},
	{EROFS, WLS_E_IO, "the file system is mounted read-only"},
};

int wls_file_error(struct wls_error *err, const char *path, const char *doing, int number)
{
	enum wls_status status = WLS_E_IO;
	const char *hint = "look at the disk, then try again";
	char brief[WLS_PATH_BRIEF];

	for (size_t i = 0; i < WLS_ARRAY_SIZE(hints); i++) {
		if (hints[i].number == number) {
			status = hints[i].status;
			hint = hints[i].text;
		}
	}
	return wls_error_set(err, status, "%s: cannot %s it: %s; %s", wls_path_brief(path, brief),
			     doing,
			     number == WLS_FILE_TOO_DEEP ? "Too many folders within each other"
							 : strerror(number),
			     hint);
}

static int too_large(struct wls_error *err, const char *path)
{
	char brief[WLS_PATH_BRIEF];
	return wls_error_set(
		err, WLS_E_LIMIT,
		"%s: holds 256 MiB or more, too much for a WorkLog; move old entries to "
		"another file, or leave it out (worklog.ignore in .wlsync)",
		wls_path_brief(path, brief));
}

/*
 * Reads to the end of the file. `expected` is the size that it told, plus one byte to see the end
 * without growing; when it told none or grew, the buffer grows as bytes come.
 */
static int read_all(struct wls_buf *out, int fd, size_t expected, const char *path,
		    struct wls_error *err)
{
	size_t want = expected;
	for (;;) {
		WLS_GROW(out->ptr, out->cap, out->len + want + 1);
		ssize_t n = read(fd, out->ptr + out->len, want);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return wls_file_error(err, path, "read", errno);
		if (n == 0)
			break;
		out->len += (size_t)n;
		if (out->len >= WLS_FILE_MAX)
			return too_large(err, path);
		want = out->len < expected ? expected - out->len : CHUNK;
	}
	out->ptr[out->len] = '\0';
	return 0;
}

static int read_sized(struct wls_buf *out, int fd, const char *path, struct wls_error *err)
{
	struct stat st;
	if (fstat(fd, &st) < 0)
		return wls_file_error(err, path, "read", errno);
	if (S_ISDIR(st.st_mode))
		return wls_file_error(err, path, "read", EISDIR);
	bool sized = S_ISREG(st.st_mode) && st.st_size > 0;
	if (sized && (uintmax_t)st.st_size >= WLS_FILE_MAX)
		return too_large(err, path);
	return read_all(out, fd, sized ? (size_t)st.st_size + 1 : CHUNK, path, err);
}

int wls_file_read_open(struct wls_buf *out, int fd, const char *path, struct wls_error *err)
{
	wls_buf_clear(out);
	int status = read_sized(out, fd, path, err);
	if (status < 0)
		wls_buf_clear(out);
	return status;
}

int wls_file_read(struct wls_buf *out, int folder, const char *path, struct wls_error *err)
{
	wls_buf_clear(out);
	int fd = openat(folder, path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0)
		return wls_file_error(err, path, "read", errno);
	int status = wls_file_read_open(out, fd, path, err);
	close(fd);
	return status;
}

int wls_file_read_any(struct wls_buf *out, const char *path, bool *exists, struct wls_error *err)
{
	int status = wls_file_read(out, AT_FDCWD, path, err);
	if (exists)
		*exists = status == 0;
	return status == WLS_E_NOT_FOUND ? 0 : status;
}
