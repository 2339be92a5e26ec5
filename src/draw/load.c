/* SPDX-License-Identifier: MIT */
/*
 * Loading the module that draws. It stays loaded until the process ends.
 *
 * Layer: draw. Includes: base, buf, draw/draw.
 */
#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "draw/draw.h"

#define MODULE "wlsync-draw.so"

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
	const struct {
		const char *folder, *below;
	} places[] = {
		{getenv("WLSYNC_EXEC_PATH"), ""},
		{program, ""},
		{program, "/../draw"},
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

int wls_draw_load(const struct wls_draw_api **out, struct wls_error *err)
{
	char path[PATH_MAX + 64];

	if (!find_module(path))
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot find " MODULE ", which draws charts; install wlsync "
				     "again, or set WLSYNC_EXEC_PATH to its folder");
	void *module = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	if (!module)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot load " MODULE ": %s; install wlsync and libcairo2 "
				     "again",
				     dlerror());
	const struct wls_draw_api *api = dlsym(module, "wls_draw_module");
	if (!api || api->version != WLS_DRAW_VERSION) {
		dlclose(module);
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "%.400s belongs to another version of wlsync; install wlsync "
				     "again",
				     path);
	}
	*out = api;
	return 0;
}
