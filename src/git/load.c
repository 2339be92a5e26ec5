/* SPDX-License-Identifier: MIT */
/*
 * Loading the module.
 *
 * It is never unloaded: libgit2's globals would be freed for nothing at the end of the process.
 *
 * Layer: git. Includes: base, buf, git/git.
 */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "git/git.h"

#define MODULE "wlsync-git.so"

/* The folder of the program, without a slash at its end; "" when it cannot be told. */
static void program_folder(char folder[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", folder, PATH_MAX - 1);
	folder[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(folder, '/');
	if (slash)
		*slash = '\0';
}

/* Writes the module's path into `path`; false when it is nowhere. */
static bool find_module(char path[PATH_MAX + 64])
{
	char program[PATH_MAX];
	program_folder(program);
	const char *exec = getenv("WLSYNC_EXEC_PATH");
	const struct {
		const char *folder, *below;
	} places[] = {
		{exec, ""},
		{program, ""},
		{program, "/../git"},
		{WLS_LIBEXEC_DIR, ""},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(places); i++) {
		if (!places[i].folder || !*places[i].folder)
			continue;
		int len = snprintf(path, PATH_MAX + 64, "%s%s/" MODULE, places[i].folder,
				   places[i].below);
		if (len > 0 && len < PATH_MAX && access(path, R_OK) == 0)
			return true;
	}
	return false;
}

int wls_git_load(const struct wls_git_api **out, struct wls_error *err)
{
	char path[PATH_MAX + 64];

	if (!find_module(path))
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot find " MODULE
				     ", which reads git repositories; install "
				     "wlsync again, or set WLSYNC_EXEC_PATH to its folder");
	void *module = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	if (!module)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot load " MODULE ": %s; install "
				     "wlsync and libgit2 again",
				     dlerror());
	const struct wls_git_api *api = dlsym(module, "wls_git_module");
	if (!api || api->version != WLS_GIT_VERSION) {
		dlclose(module);
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "%.400s belongs to another version of wlsync; install wlsync "
				     "again",
				     path);
	}
	*out = api;
	return 0;
}
