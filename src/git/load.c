/* SPDX-License-Identifier: MIT */
/*
 * Loading the module that reads repositories.
 *
 * Layer: git. Includes: base, base/module, git/git.
 */
#include "base/module.h"
#include "git/git.h"

int wls_git_load(const struct wls_git_api **out, struct wls_error *err)
{
	const struct wls_module module = {
		.file = "wlsync-git.so",
		.symbol = "wls_git_module",
		.version = WLS_GIT_VERSION,
		.build = "/../git",
		.purpose = "reads git repositories",
		.needs = "libgit2",
		.exec_path = getenv("WLSYNC_EXEC_PATH"),
		.libexec = WLS_LIBEXEC_DIR,
	};
	const void *table;
	int status = wls_module_load(&module, &table, err);

	if (status == 0)
		*out = table;
	return status;
}
