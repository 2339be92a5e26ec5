/* SPDX-License-Identifier: MIT */
/*
 * Files replaced in one step.
 *
 * A reader, or a crash at any moment, finds the old bytes or the new ones: rename(2) puts a
 * complete, synced file in the place of the old one. The name of the temporary file starts with
 * a dot, so that no search for logs takes it for one.
 *
 * Layer: io. Includes: base, buf, io/file, io/path.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "io/file.h"
#include "io/path.h"

#define TEMPORARY_TRIES 100u

/* A file on its way to its place. */
struct target {
	char *path;       /* of the file itself, symbolic links followed */
	int folder;       /* descriptor of its folder */
	const char *name; /* in that folder; the end of `path` */
	bool durable;     /* what was written is synced */
	bool exists;
	struct stat old; /* when it exists */
	char temporary[64];
	int fd; /* of the temporary file */
};

static void target_release(struct target *t)
{
	if (t->fd >= 0)
		close(t->fd);
	if (t->temporary[0])
		unlinkat(t->folder, t->temporary, 0);
	if (t->folder >= 0)
		close(t->folder);
	free(t->path);
}

/* Looks at what is there, and refuses what must not be replaced. */
static int target_check(struct target *t, const char *shown, struct wls_error *err)
{
	char brief[WLS_PATH_BRIEF];

	t->exists = fstatat(t->folder, t->name, &t->old, AT_SYMLINK_NOFOLLOW) == 0;
	if (!t->exists)
		return errno == ENOENT ? 0 : wls_file_error(err, shown, "write", errno);
	if (S_ISLNK(t->old.st_mode))
		return wls_error_set(err, WLS_E_IO,
				     "%s: is a symbolic link that leads nowhere; mend or remove it",
				     wls_path_brief(shown, brief));
	if (!S_ISREG(t->old.st_mode))
		return wls_error_set(err, WLS_E_IO, "%s: is no regular file; name another one",
				     wls_path_brief(shown, brief));
	if (!(t->old.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) ||
	    faccessat(t->folder, t->name, W_OK, 0) < 0)
		return wls_error_set(err, WLS_E_IO,
				     "%s: is read-only; allow writing (chmod u+w), then try again",
				     wls_path_brief(shown, brief));
	return 0;
}

static int target_open(struct target *t, const char *path, struct wls_error *err)
{
	t->path = realpath(path, NULL);
	if (!t->path && errno != ENOENT && errno != ENOTDIR)
		return wls_file_error(err, path, "write", errno);
	if (!t->path)
		t->path = wls_strdup(path);
	char *slash = strrchr(t->path, '/');
	t->name = slash ? slash + 1 : t->path;
	if (slash)
		*slash = '\0';
	const char *folder = !slash ? "." : slash == t->path ? "/" : t->path;
	t->folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (t->folder < 0)
		return wls_file_error(err, path, "write", errno);
	return target_check(t, path, err);
}

static int make_temporary(struct target *t, const char *shown, struct wls_error *err)
{
	for (unsigned i = 0; i < TEMPORARY_TRIES; i++) {
		char name[sizeof(t->temporary)];
		snprintf(name, sizeof(name), ".wlsync-%ld-%u.tmp", (long)getpid(), i);
		t->fd = openat(t->folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			       t->exists ? 0600 : 0666);
		if (t->fd >= 0) {
			memcpy(t->temporary, name, sizeof(name));
			return 0;
		}
		if (errno != EEXIST)
			break;
	}
	return wls_file_error(err, shown, "write a temporary file beside", errno);
}

static bool write_bytes(int fd, struct wls_slice bytes)
{
	while (bytes.len > 0) {
		ssize_t n = write(fd, bytes.ptr, bytes.len);
		if (n < 0 && errno != EINTR)
			return false;
		if (n > 0)
			bytes = wls_slice_from(bytes, (size_t)n);
	}
	return true;
}

/* Gives the temporary file the old one's owner, group and mode, in this order: chown clears bits. */
static bool keep_attributes(const struct target *t)
{
	struct stat now;
	if (!t->exists)
		return true;
	if (fstat(t->fd, &now) < 0)
		return false;
	mode_t mode = t->old.st_mode & 07777;
	if (now.st_gid != t->old.st_gid && fchown(t->fd, (uid_t)-1, t->old.st_gid) < 0)
		mode &= (mode_t)~S_ISGID;
	if (now.st_uid != t->old.st_uid && fchown(t->fd, t->old.st_uid, (gid_t)-1) < 0)
		mode &= (mode_t)~S_ISUID;
	return fchmod(t->fd, mode) == 0;
}

static bool sync_fd(const struct target *t, int fd)
{
	if (!t->durable)
		return true;
	/* Some file systems cannot sync a folder and say EINVAL: nothing better can be done there. */
	return fsync(fd) == 0 || errno == EINVAL;
}

static int target_write(struct target *t, struct wls_slice bytes, const char *shown,
			struct wls_error *err)
{
	int status = make_temporary(t, shown, err);
	if (status < 0)
		return status;
	if (!write_bytes(t->fd, bytes) || !keep_attributes(t) || !sync_fd(t, t->fd))
		return wls_file_error(err, shown, "write", errno);
	int fd = t->fd;
	t->fd = -1;
	if (close(fd) < 0)
		return wls_file_error(err, shown, "write", errno);
	if (renameat(t->folder, t->temporary, t->folder, t->name) < 0)
		return wls_file_error(err, shown, "replace", errno);
	t->temporary[0] = '\0';
	if (!sync_fd(t, t->folder))
		return wls_file_error(err, shown, "sync the folder of", errno);
	return 0;
}

static int replace(const char *path, struct wls_slice bytes, bool durable, struct wls_error *err)
{
	struct target t = {.folder = -1, .fd = -1, .durable = durable};
	int status = target_open(&t, path, err);
	if (status == 0)
		status = target_write(&t, bytes, path, err);
	target_release(&t);
	return status;
}

int wls_file_write(const char *path, struct wls_slice bytes, struct wls_error *err)
{
	return replace(path, bytes, true, err);
}

int wls_file_replace(const char *path, struct wls_slice bytes, struct wls_error *err)
{
	return replace(path, bytes, false, err);
}
