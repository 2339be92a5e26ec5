/* SPDX-License-Identifier: MIT */
/*
 * Ends a process at its N-th change of the disk (WLSYNC_STOP_AT=N), as a power cut would: before
 * the call has any effect. Loaded by LD_PRELOAD; the shipped programs know nothing of it.
 *
 * Layer: tests. Includes: nothing of ours.
 */
/* open() and open64() are two names here. */
#undef _FILE_OFFSET_BITS
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static void step(void)
{
	static int done;
	const char *at = getenv("WLSYNC_STOP_AT");

	if (at && ++done == atoi(at))
		kill(getpid(), SIGKILL);
}

static void *next(const char *name)
{
	void *found = dlsym(RTLD_NEXT, name);

	if (!found)
		abort();
	return found;
}

int rename(const char *from, const char *to)
{
	step();
	return (__extension__(int (*)(const char *, const char *)) next("rename"))(from, to);
}

int unlink(const char *path)
{
	step();
	return (__extension__(int (*)(const char *)) next("unlink"))(path);
}

int fsync(int fd)
{
	step();
	return (__extension__(int (*)(int)) next("fsync"))(fd);
}

int fchmod(int fd, mode_t mode)
{
	step();
	return (__extension__(int (*)(int, mode_t)) next("fchmod"))(fd, mode);
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	step();
	return (__extension__(ssize_t(*)(int, const void *, size_t)) next("write"))(fd, bytes, n);
}

static int open_with(const char *name, const char *path, int flags, mode_t mode)
{
	if (flags & O_CREAT)
		step();
	return (__extension__(int (*)(const char *, int, ...)) next(name))(path, flags, mode);
}

int open(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return open_with("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
	va_list args;
	va_start(args, flags);
	mode_t mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	return open_with("open64", path, flags, mode);
}
