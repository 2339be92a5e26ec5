/* SPDX-License-Identifier: MIT */
/*
 * Commands that are programs of their own: wlsync-NAME, as git does it.
 *
 * Layer: cli. Includes: base, buf.
 */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/nearest.h"

#define PREFIX "wlsync-"
#define FOLDERS 3u

/* Where programs of ours are sought before PATH; texts are in the arena, NULL for none. */
struct folders {
	const char *paths[FOLDERS];
};

/* The folder of this program: in the build tree, and in a folder that somebody unpacked. */
static const char *own_folder(struct wls_arena *arena)
{
	char path[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", path, sizeof(path) - 1);

	path[len > 0 ? len : 0] = '\0';
	char *slash = strrchr(path, '/');
	if (!slash)
		return NULL;
	slash[slash == path] = '\0';
	return wls_arena_printf(arena, "%s", path);
}

static struct folders find_folders(struct wls_arena *arena)
{
	const char *given = getenv("WLSYNC_EXEC_PATH");

	return (struct folders){
		{given && *given ? given : NULL, own_folder(arena), WLS_LIBEXEC_DIR}};
}

static void offer_programs(struct wls_nearest *nearest, const char *path, struct wls_arena *arena)
{
	DIR *folder = path ? opendir(path) : NULL;

	if (!folder)
		return;
	for (struct dirent *entry; (entry = readdir(folder));)
		if (strncmp(entry->d_name, PREFIX, strlen(PREFIX)) == 0 &&
		    !strchr(entry->d_name, '.'))
			wls_nearest_offer(
				nearest,
				wls_arena_printf(arena, "%s", entry->d_name + strlen(PREFIX)));
	closedir(folder);
}

static int unknown_command(const char *name, struct wls_arena *arena)
{
	struct wls_nearest nearest;
	struct folders folders = find_folders(arena);

	wls_nearest_init(&nearest, wls_slice_of(name));
	for (size_t i = 0; i < wls_command_count; i++)
		wls_nearest_offer(&nearest, wls_commands[i]->name);
	for (size_t i = 0; i < FOLDERS; i++)
		offer_programs(&nearest, folders.paths[i], arena);
	if (nearest.best)
		return wls_cli_fail("unknown command \"%s\"; did you mean \"%s\"?", name,
				    nearest.best);
	return wls_cli_fail("unknown command \"%s\"; wlsync help lists all", name);
}

static bool is_missing(int reason)
{
	return reason == ENOENT || reason == ENOTDIR;
}

/* Becomes the program; returns the reason why it could not. */
static int become(const char *program, char **words, struct wls_arena *arena)
{
	struct folders folders = find_folders(arena);

	signal(SIGPIPE, SIG_DFL);
	for (size_t i = 0; i < FOLDERS; i++) {
		if (!folders.paths[i])
			continue;
		execv(wls_arena_printf(arena, "%s/%s", folders.paths[i], program), words);
		if (!is_missing(errno))
			return errno;
	}
	execvp(program, words);
	return errno;
}

/* Runs wlsync-PROGRAM with both lists of words; returns the reason why it did not. */
static int run(const char *program, const struct wls_args *before, const struct wls_args *args,
	       struct wls_arena *arena)
{
	char **words = WLS_ARENA_ARRAY(arena, char *, before->count + args->count + 2);
	size_t n = 0;

	words[n] = wls_arena_alloc(arena, strlen(program) + 1);
	memcpy(words[n++], program, strlen(program));
	for (size_t i = 0; i < before->count; i++)
		words[n++] = before->words[i];
	for (size_t i = 0; i < args->count; i++)
		words[n++] = args->words[i];
	return become(program, words, arena);
}

int wls_dispatch(const char *name, char *const *before, size_t before_count,
		 const struct wls_args *args)
{
	struct wls_arena arena = {0};
	const char *program = wls_arena_printf(&arena, PREFIX "%s", name);
	struct wls_args first = {WLS_ARENA_ARRAY(&arena, char *, before_count + 1), before_count};
	int reason = ENOENT;
	int status;

	for (size_t i = 0; i < before_count; i++)
		first.words[i] = before[i];
	if (*name != '\0' && !strchr(name, '/'))
		reason = run(program, &first, args, &arena);
	if (is_missing(reason))
		status = unknown_command(name, &arena);
	else
		status = wls_cli_fail("cannot run %s: %s", program, strerror(reason));
	wls_arena_release(&arena);
	return status;
}

/* ---- commands of the table ---- */

static void add_word(struct wls_args *args, struct wls_arena *arena, const char *word)
{
	size_t len = strlen(word);

	args->words[args->count] = wls_arena_alloc(arena, len + 1);
	memcpy(args->words[args->count++], word, len);
}

struct wls_args wls_globals_words(const struct wls_globals *globals, struct wls_arena *arena)
{
	static const char *const colors[] = {"--color=auto", "--color=always", "--color=never"};
	const struct {
		bool given;
		const char *word;
	} flags[] = {
		/* The process stands in the folder of -C already. */
		{globals->dir != NULL, "-C."},
		{globals->json, "--json"},
		{globals->quiet, "--quiet"},
		{globals->verbose > 0, "--verbose"},
		{globals->verbose > 1, "--verbose"},
		{globals->color != WLS_COLOR_AUTO, colors[globals->color]},
		{globals->ascii, "--ascii"},
		{globals->plain, "--plain"},
	};
	struct wls_args args = {WLS_ARENA_ARRAY(arena, char *, WLS_ARRAY_SIZE(flags) + 2), 0};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(flags); i++)
		if (flags[i].given)
			add_word(&args, arena, flags[i].word);
	if (globals->width > 0)
		add_word(&args, arena, wls_arena_printf(arena, "--width=%u", globals->width));
	return args;
}

int wls_dispatch_command(const struct wls_command *command, const struct wls_globals *globals,
			 const struct wls_args *args)
{
	struct wls_arena arena = {0};
	struct wls_args globals_words = wls_globals_words(globals, &arena);
	struct wls_args before = {WLS_ARENA_ARRAY(&arena, char *, globals_words.count + 2), 0};
	const char *program = wls_arena_printf(&arena, PREFIX "%s", command->program);

	add_word(&before, &arena, command->name);
	for (size_t i = 0; i < globals_words.count; i++)
		before.words[before.count++] = globals_words.words[i];
	int reason = run(program, &before, args, &arena);
	int status =
		is_missing(reason)
			? wls_cli_fail("cannot find %s, which does `wlsync %s`; install wlsync "
				       "again, or set WLSYNC_EXEC_PATH to its folder",
				       program, command->name)
			: wls_cli_fail("cannot run %s: %s", program, strerror(reason));
	wls_arena_release(&arena);
	return status;
}
