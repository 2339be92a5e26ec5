/* SPDX-License-Identifier: MIT */
/*
 * Files read whole, and written so that a reader sees the old or the new bytes, never others.
 *
 * Layer: io. Includes: base, buf.
 */
#ifndef WLS_IO_FILE_H
#define WLS_IO_FILE_H

#include "wlsync/buf.h"

/*
 * Replaces the contents of `out` by the file's bytes; its memory is used again, so that one buffer
 * serves many files. `folder` is a descriptor that a relative path starts from, or AT_FDCWD.
 * Pipes and devices are read to their end.
 *
 * Fails, leaving `out` empty: WLS_E_NOT_FOUND; WLS_E_LIMIT for WLS_FILE_MAX bytes and more, known
 * before memory is taken when the file tells its size; WLS_E_IO. The message starts with the path.
 */
int wls_file_read(struct wls_buf *out, int folder, const char *path, struct wls_error *err);
/* The same of what is left of an open descriptor, which stays open; `path` is for messages. */
int wls_file_read_open(struct wls_buf *out, int fd, const char *path, struct wls_error *err);
/* The same of a file that may not exist: then `out` is empty. *exists (may be NULL) tells. */
int wls_file_read_any(struct wls_buf *out, const char *path, bool *exists, struct wls_error *err);

/*
 * Replaces the file `path`, or makes it (mode 0666 less the umask): the bytes go to a temporary
 * file in the same folder, which is synced, renamed over the old one, and the folder synced. Mode
 * and, where the system allows it, owner and group of the old file stay; through a symbolic link
 * its target is written. Other hard links keep the old bytes. A file that the user may not write,
 * and what is no regular file, is refused. On failure the old file is untouched and no temporary
 * file is left.
 */
int wls_file_write(const char *path, struct wls_slice bytes, struct wls_error *err);

/*
 * The same without syncing, for what does not have to outlive the machine: a reader still finds the
 * old bytes or the new ones.
 */
int wls_file_replace(const char *path, struct wls_slice bytes, struct wls_error *err);

/*
 * Waits until no other wlsync writes in the folder of `path`, a file that may not exist yet,
 * symbolic links followed, and keeps others out until *lock is given back; a killed process gives
 * it back, too. Who reads, changes and writes a file does all three under it, or what another one
 * wrote meanwhile is lost. Where the folder cannot be locked (it is not there, may not be read, or
 * its file system has no locks) *lock is -1, and the call succeeds: to write will tell, or nobody
 * can do better. WLS_E_REFUSED: it has been held for half a minute.
 */
int wls_file_lock(int *lock, const char *path, struct wls_error *err);
void wls_file_unlock(int *lock); /* -1 is fine */
#define _cleanup_lock_ _cleanup_(wls_file_unlock)

/* In place of an errno: a folder below more folders than are searched (WLS_WALK_DEPTH). */
#define WLS_FILE_TOO_DEEP (-1)

/*
 * Fills `err` for a failed call on `path` (as shown to the user) and returns its status: what
 * failed (`doing`: "read", "search"), the system's reason, and what to do about it.
 */
int wls_file_error(struct wls_error *err, const char *path, const char *doing, int number);

#endif
