/* SPDX-License-Identifier: MIT */
/*
 * Modules: parts of wlsync that are loaded when they are needed.
 *
 * Layer: base. Includes: base.
 *
 * A module is built and installed together with the program. It gives a table of functions whose first
 * member is its version. It is never unloaded: the globals of its libraries would be freed for nothing at
 * the end of the process.
 */
#ifndef WLS_BASE_MODULE_H
#define WLS_BASE_MODULE_H

#include "wlsync/base.h"

struct wls_module {
	const char *file;      /* "wlsync-git.so" */
	const char *symbol;    /* of the table: "wls_git_module" */
	unsigned version;      /* the one that the table must have */
	const char *build;     /* where it stands in a build tree, from the program's folder */
	const char *purpose;   /* "reads git repositories" */
	const char *needs;     /* what it needs installed: "libgit2" */
	const char *exec_path; /* what WLSYNC_EXEC_PATH says; NULL: nothing */
	const char *libexec;   /* where it is installed */
};

/*
 * Gives the module's table, which lives as long as the process; a module that was loaded before is found so.
 * It is sought in `exec_path`, beside the program, at its place in the build tree, then in `libexec`. Fails
 * with WLS_E_UNSUPPORTED.
 */
int wls_module_load(const struct wls_module *module, const void **table, struct wls_error *err);

#endif
