/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "scratch.h"

#define NOBODY 65534

void scratch_enter(char path[256])
{
	char made[200];
	const char *tmp = getenv("TMPDIR");
	snprintf(made, sizeof(made), "%s/wlsync-test-XXXXXX", tmp ? tmp : "/tmp");
	cr_assert(mkdtemp(made));
	cr_assert_eq(chmod(made, 0777), 0);
	cr_assert_eq(chdir(made), 0);
	cr_assert(getcwd(path, 256));
}

void scratch_leave(const char *path)
{
	if (getuid() == 0 && geteuid() != 0)
		cr_assert_eq(seteuid(0), 0);
	cr_assert_eq(chdir("/"), 0);
	scratch_run("chmod -R u+rwX '%s' 2>/dev/null; rm -rf '%s'", path, path);
}

static void make_parents(const char *path)
{
	char *folder = wls_strdup(path);
	for (char *slash = strchr(folder + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		cr_assert(mkdir(folder, 0777) == 0 || errno == EEXIST, "mkdir %s", folder);
		*slash = '/';
	}
	free(folder);
}

void scratch_write_bytes(const char *path, struct wls_slice bytes)
{
	make_parents(path);
	FILE *f = fopen(path, "wb");
	cr_assert(f, "open %s", path);
	cr_assert_eq(fwrite(bytes.ptr, 1, bytes.len, f), bytes.len);
	cr_assert_eq(fclose(f), 0);
}

void scratch_write(const char *path, const char *text)
{
	scratch_write_bytes(path, wls_slice_of(text));
}

void scratch_run(const char *fmt, ...)
{
	char command[4096];
	va_list args;
	va_start(args, fmt);
	int len = vsnprintf(command, sizeof(command), fmt, args);
	va_end(args);
	cr_assert(len > 0 && (size_t)len < sizeof(command));
	int status = system(command);
	cr_assert(WIFEXITED(status) && WEXITSTATUS(status) == 0, "failed: %s", command);
}

char *scratch_output(const char *command, int *status)
{
	char *out = wls_alloc(1 << 20, 1);
	size_t len = 0, n;
	FILE *pipe = popen(command, "r");
	cr_assert(pipe);
	while ((n = fread(out + len, 1, (1 << 20) - 1 - len, pipe)) > 0)
		len += n;
	out[len] = '\0';
	int wait = pclose(pipe);
	if (status)
		*status = WIFEXITED(wait) ? WEXITSTATUS(wait) : -1;
	return out;
}

void scratch_drop_root(void)
{
	if (geteuid() != 0)
		return;
	cr_assert_eq(setegid(NOBODY), 0);
	cr_assert_eq(seteuid(NOBODY), 0);
}
