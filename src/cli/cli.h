/* SPDX-License-Identifier: MIT */
/*
 * What every command has: global options, the style of its output, the time; and the
 * table of commands.
 *
 * Layer: cli. Includes: base, buf, render.
 *
 * Use, in cmd_NAME.c:
 *
 *	static const struct wls_opt opts[] = {WLS_OPT("limit", …)};
 *
 *	static int run(struct wls_cli *cli, struct wls_args *args)
 *	{
 *		struct options options = {0};
 *		int status = wls_cli_parse(cli, &wls_command_next, &options, args);
 *		if (status != WLS_CLI_GO)
 *			return status;
 *		…
 *		return wls_cli_write(cli, wls_buf_slice(&buf), NULL);
 *	}
 *
 *	const struct wls_command wls_command_next = {.name = "next", …, .run = run};
 */
#ifndef WLS_CLI_CLI_H
#define WLS_CLI_CLI_H

#include "base/date.h"
#include "cli/opt.h"
#include "render/style.h"

struct wls_workspace;
struct wls_workspace_options;

/* Exit statuses (cli.md). */
enum wls_exit {
	WLS_EXIT_DONE = 0,
	WLS_EXIT_FOUND = 1, /* something to report */
	WLS_EXIT_ERROR = 2,
};

/* What wls_cli_parse() returns when the command should go on. */
#define WLS_CLI_GO (-1)

enum wls_color {
	WLS_COLOR_AUTO,
	WLS_COLOR_ALWAYS,
	WLS_COLOR_NEVER,
};

struct wls_globals {
	const char *dir; /* -C: the process stands there already; NULL: not given */
	bool json, quiet, ascii, plain, help, version;
	int verbose;
	int color;      /* enum wls_color */
	uint32_t width; /* 0: not given */
};

struct wls_cli {
	struct wls_globals globals;
	struct wls_style style; /* for stdout, or the file of -o; see wls_cli_style() */
	bool plain;             /* --plain, or ACCESSIBLE */
	struct wls_moment now;  /* WLSYNC_NOW, or the clock; UTC */
};

struct wls_example {
	const char *command;
	const char *what;
};

struct wls_command {
	const char *name;
	const char *summary;                /* "who waits for whom" */
	const char *usage;                  /* "[PATH…]" */
	const struct wls_example *examples; /* up to one without command */
	const struct wls_opt *opts;
	size_t opt_count;
	uint8_t arguments;                                      /* enum wls_complete */
	int (*run)(struct wls_cli *cli, struct wls_args *args); /* an exit status */
	bool aside;                                             /* only named in the overview */
	const char *program; /* run is NULL: the program wlsync-PROGRAM does it */
};

/* One file a command; all stand in wls_commands[], in the order of help. */
extern const struct wls_command wls_command_graph;
extern const struct wls_command wls_command_status;
extern const struct wls_command wls_command_next;
extern const struct wls_command wls_command_show;
extern const struct wls_command wls_command_log;
extern const struct wls_command wls_command_check;
extern const struct wls_command wls_command_trends;
extern const struct wls_command wls_command_diff;
extern const struct wls_command wls_command_merge;
extern const struct wls_command wls_command_merge_driver;
extern const struct wls_command wls_command_resolve;
extern const struct wls_command wls_command_preview;
extern const struct wls_command wls_command_install;
extern const struct wls_command wls_command_init;
extern const struct wls_command wls_command_add;
extern const struct wls_command wls_command_rename;
extern const struct wls_command wls_command_push;
extern const struct wls_command wls_command_adopt;
extern const struct wls_command wls_command_prime;
extern const struct wls_command wls_command_help;
extern const struct wls_command wls_command_version;
extern const struct wls_command wls_command_completion;
extern const struct wls_command *const wls_commands[];
extern const size_t wls_command_count;

extern const struct wls_opt wls_global_opts[];
extern const size_t wls_global_opt_count;

/* The command of that name, or NULL. */
const struct wls_command *wls_command_find(const char *name);

/*
 * Takes global options and the command's own out of `args`. Returns WLS_CLI_GO, or an exit
 * status when nothing is left to do: help or version was printed, or an error.
 */
int wls_cli_parse(struct wls_cli *cli, const struct wls_command *command, void *options,
		  struct wls_args *args);

/* Prints help (of `command`, or NULL: all) or version when asked for; else WLS_CLI_GO. */
int wls_cli_answer(struct wls_cli *cli, const struct wls_command *command);

/* Sets style, plain and now from globals, environment and terminal; an exit status or WLS_CLI_GO. */
int wls_cli_prepare(struct wls_cli *cli);
/* The style of what goes to `file` (NULL or "-": stdout, as prepared). */
struct wls_style wls_cli_style(const struct wls_cli *cli, const char *file);

/* Writes "wlsync: …" and a line ending to stderr, in one go, controls made visible. */
void wls_cli_say(const char *fmt, ...) WLS_PRINTF(1, 2);
/* The same, of an error; returns WLS_EXIT_ERROR. */
int wls_cli_fail(const char *fmt, ...) WLS_PRINTF(1, 2);

/*
 * Writes the facts to stdout, or with `file` (not "-") atomically to that file. A closed
 * pipe is no error: nobody wants the rest. Returns an exit status.
 */
int wls_cli_write(struct wls_cli *cli, const struct wls_buf *facts, const char *file);

/* Adds the help of a command, NULL: the overview of all. */
void wls_cli_help(const struct wls_command *command, struct wls_buf *out);

/*
 * Runs wlsync-NAME in place of this process: from the folder WLSYNC_EXEC_PATH, beside this program,
 * from the libexec folder, else from PATH. Its words are `before`, then `args`. Returns only when
 * there is none: an exit status, after a line with the nearest name.
 */
int wls_dispatch(const char *name, char *const *before, size_t before_count,
		 const struct wls_args *args);
/*
 * The same for a command of the table that has no `run`: its first word is the command's name, then
 * come the global options that were given.
 */
int wls_dispatch_command(const struct wls_command *command, const struct wls_globals *globals,
			 const struct wls_args *args);
/* Adds the global options as words, as in a command line; texts are in the arena. */
struct wls_args wls_globals_words(const struct wls_globals *globals, struct wls_arena *arena);

#endif
