/* SPDX-License-Identifier: MIT */
/*
 * Loading modules.
 *
 * Layer: base. Includes: base, module.
 *
 * It stands here because `git` and `draw`, which each have a module, know no other layer. What the
 * environment says is handed in.
 */
#include "base/module.h"

#include <dlfcn.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

enum { PATH_SIZE = PATH_MAX + 64 };

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
static bool find(const struct wls_module *module, char path[PATH_SIZE])
{
	char program[PATH_MAX];
	program_folder(program);
	const struct {
		const char *folder, *below;
	} places[] = {
		{module->exec_path, ""},
		{program, ""},
		{program, module->build},
		{module->libexec, ""},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(places); i++) {
		if (!places[i].folder || !*places[i].folder)
			continue;
		int len = snprintf(path, PATH_SIZE, "%s%s/%s", places[i].folder, places[i].below,
				   module->file);
		if (len > 0 && len < PATH_MAX && access(path, R_OK) == 0)
			return true;
	}
	return false;
}

int wls_module_load(const struct wls_module *module, const void **table, struct wls_error *err)
{
	char path[PATH_SIZE];

	if (!find(module, path))
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot find %s, which %s; install wlsync again, or set "
				     "WLSYNC_EXEC_PATH to its folder",
				     module->file, module->purpose);
	void *loaded = dlopen(path, RTLD_LAZY | RTLD_LOCAL);
	if (!loaded)
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "cannot load %s: %s; install wlsync and %s again",
				     module->file, dlerror(), module->needs);
	const unsigned *version = dlsym(loaded, module->symbol);
	if (!version || *version != module->version) {
		dlclose(loaded);
		return wls_error_set(err, WLS_E_UNSUPPORTED,
				     "%.400s belongs to another version of wlsync; install wlsync "
				     "again",
				     path);
	}
	*table = version;
	return 0;
}
