/* SPDX-License-Identifier: MIT */
/*
 * The user's editor, at a line.
 *
 * $VISUAL and $EDITOR may hold options, so that a shell runs them, as git does; the file's name is
 * an argument of that shell and never part of what it reads.
 *
 * Layer: cli. Includes: base, buf.
 */
#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/add_common.h"

/* How an editor is told the line. */
enum line_style {
	LINE_NONE,
	LINE_PLUS,  /* +12 FILE */
	LINE_COLON, /* FILE:12 */
	LINE_GOTO,  /* --goto FILE:12 */
};

static enum line_style style_of(struct wls_slice program)
{
	static const struct {
		const char *name;
		enum line_style style;
	} known[] = {
		{"vi", LINE_PLUS},     {"vim", LINE_PLUS},           {"nvim", LINE_PLUS},
		{"gvim", LINE_PLUS},   {"view", LINE_PLUS},          {"nano", LINE_PLUS},
		{"pico", LINE_PLUS},   {"emacs", LINE_PLUS},         {"emacsclient", LINE_PLUS},
		{"mg", LINE_PLUS},     {"joe", LINE_PLUS},           {"jed", LINE_PLUS},
		{"kak", LINE_PLUS},    {"micro", LINE_PLUS},         {"vis", LINE_PLUS},
		{"gedit", LINE_PLUS},  {"kate", LINE_NONE},          {"hx", LINE_COLON},
		{"helix", LINE_COLON}, {"subl", LINE_COLON},         {"zed", LINE_COLON},
		{"code", LINE_GOTO},   {"code-insiders", LINE_GOTO}, {"codium", LINE_GOTO},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(known); i++)
		if (wls_slice_eq(program, wls_slice_of(known[i].name)))
			return known[i].style;
	return LINE_NONE;
}

/* The program's name in a command: its first word, without folders. */
static struct wls_slice program_of(const char *command)
{
	size_t end = strcspn(command, " \t"), begin = end;

	while (begin > 0 && command[begin - 1] != '/')
		begin--;
	return wls_slice(command + begin, end - begin);
}

static void become_editor(const char *editor, const char *path, uint32_t line)
{
	struct wls_arena arena = {0};
	const char *script = wls_arena_printf(&arena, "%s \"$@\"", editor);
	const char *at = wls_arena_printf(&arena, "+%u", line);
	const char *joined = wls_arena_printf(&arena, "%s:%u", path, line);

	switch (style_of(program_of(editor))) {
	case LINE_PLUS:
		execlp("sh", "sh", "-c", script, editor, at, path, (char *)NULL);
		break;
	case LINE_COLON:
		execlp("sh", "sh", "-c", script, editor, joined, (char *)NULL);
		break;
	case LINE_GOTO:
		execlp("sh", "sh", "-c", script, editor, "--goto", joined, (char *)NULL);
		break;
	case LINE_NONE:
		execlp("sh", "sh", "-c", script, editor, path, (char *)NULL);
		break;
	}
	_exit(127);
}

static int run_editor(const char *editor, const char *path, uint32_t line)
{
	int state = 0;
	pid_t child = fork();

	if (child < 0)
		return wls_cli_fail("cannot start %s: %s; the entry is written", editor,
				    strerror(errno));
	if (child == 0)
		become_editor(editor, path, line);
	while (waitpid(child, &state, 0) < 0)
		if (errno != EINTR)
			return wls_cli_fail("cannot wait for %s: %s; the entry is written", editor,
					    strerror(errno));
	if (!WIFEXITED(state) || WEXITSTATUS(state) != 0)
		return wls_cli_fail("%s failed; the entry is written, to be filled in", editor);
	return WLS_EXIT_DONE;
}

int wls_open_editor(const struct wls_cli *cli, const struct wls_entry_options *options,
		    const char *path, uint32_t line)
{
	const char *editor = getenv("VISUAL");
	/* A name that begins with a dash must not be an option of the editor's. */
	struct wls_arena arena = {0};

	if (!editor || !*editor)
		editor = getenv("EDITOR");
	if (!editor || !*editor || options->no_edit || cli->globals.json ||
	    isatty(STDIN_FILENO) != 1 || isatty(STDOUT_FILENO) != 1)
		return WLS_EXIT_DONE;
	path = wls_arena_printf(&arena, "%s%s", *path == '-' ? "./" : "", path);
	int status = run_editor(editor, path, line);
	wls_arena_release(&arena);
	return status;
}
