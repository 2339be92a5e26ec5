/* SPDX-License-Identifier: MIT */
/*
 * Commands that are programs of their own: wlsync-NAME, as git does it.
 *
 * Layer: cli. Includes: base, buf.
 */
#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/nearest.h"

#define PREFIX "wlsync-"

static const char *libexec_folder(void)
{
	const char *folder = getenv("WLSYNC_EXEC_PATH");

	return folder && *folder ? folder : WLS_LIBEXEC_DIR;
}

static void unknown_command(const char *name)
{
	struct wls_nearest nearest;
	struct wls_arena arena = {0};
	DIR *folder = opendir(libexec_folder());

	wls_nearest_init(&nearest, wls_slice_of(name));
	for (size_t i = 0; i < wls_command_count; i++)
		wls_nearest_offer(&nearest, wls_commands[i]->name);
	for (struct dirent *entry; folder && (entry = readdir(folder));)
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0)
			wls_nearest_offer(
				&nearest,
				wls_arena_printf(&arena, "%s", entry->d_name + strlen(PREFIX)));
	if (folder)
		closedir(folder);
	if (nearest.best)
		wls_cli_fail("unknown command \"%s\"; did you mean \"%s\"?", name, nearest.best);
	else
		wls_cli_fail("unknown command \"%s\"; wlsync help lists all", name);
	wls_arena_release(&arena);
}

int wls_dispatch(const char *name, char *const *before, size_t before_count,
		 const struct wls_args *args)
{
	struct wls_arena arena = {0};
	char **words = WLS_ARENA_ARRAY(&arena, char *, before_count + args->count + 2);
	const char *program = wls_arena_printf(&arena, PREFIX "%s", name);
	const char *path = wls_arena_printf(&arena, "%s/%s", libexec_folder(), program);
	size_t n = 0;

	if (*name == '\0' || strchr(name, '/')) {
		unknown_command(name);
		wls_arena_release(&arena);
		return WLS_EXIT_ERROR;
	}
	words[n++] = wls_strdup(program);
	for (size_t i = 0; i < before_count; i++)
		words[n++] = before[i];
	for (size_t i = 0; i < args->count; i++)
		words[n++] = args->words[i];
	signal(SIGPIPE, SIG_DFL);
	execv(path, words);
	if (errno == ENOENT || errno == ENOTDIR)
		execvp(program, words);
	int reason = errno;
	if (reason == ENOENT || reason == ENOTDIR)
		unknown_command(name);
	else
		wls_cli_fail("cannot run %s: %s", program, strerror(reason));
	free(words[0]);
	wls_arena_release(&arena);
	return WLS_EXIT_ERROR;
}
