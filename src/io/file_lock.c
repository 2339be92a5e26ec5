/* SPDX-License-Identifier: MIT */
/*
 * One writer at a time in a folder.
 *
 * The folder itself is locked (flock), so that no file is left behind, and a process that is killed
 * leaves no lock. The file cannot be: it is replaced by another one when it is written.
 *
 * Layer: io. Includes: base, io/file, io/path.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "io/file.h"
#include "io/path.h"

/* Asked again and again, since a writer that was stopped may hold it for ever. */
enum { WAIT_MS = 5, WAITS = 30 * 1000 / WAIT_MS };

/* Opens the folder of the file that `path` leads to, or will; -1 when that is not possible. */
static int open_folder(const char *path)
{
	char *real _cleanup_free_ = realpath(path, NULL);
	char *place _cleanup_free_ = wls_strdup(real ? real : path);
	char *slash = strrchr(place, '/');

	if (!slash)
		return open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	slash[slash == place] = '\0';
	return open(place, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

int wls_file_lock(int *lock, const char *path, struct wls_error *err)
{
	const struct timespec pause = {.tv_nsec = WAIT_MS * 1000000L};
	char brief[WLS_PATH_BRIEF];

	*lock = open_folder(path);
	if (*lock < 0)
		return 0;
	for (int i = 0; i < WAITS; i++) {
		if (flock(*lock, LOCK_EX | LOCK_NB) == 0)
			return 0;
		if (errno != EWOULDBLOCK && errno != EINTR) {
			wls_file_unlock(lock);
			return 0;
		}
		nanosleep(&pause, NULL);
	}
	wls_file_unlock(lock);
	return wls_error_set(err, WLS_E_REFUSED,
			     "%s: another wlsync has been writing in this folder for %d seconds; "
			     "see what holds it up, then try again",
			     wls_path_brief(path, brief), WAITS * WAIT_MS / 1000);
}

void wls_file_unlock(int *lock)
{
	if (*lock >= 0)
		close(*lock);
	*lock = -1;
}
