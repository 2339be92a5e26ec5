/* SPDX-License-Identifier: MIT */
/*
 * The commands that git's configuration holds for us.
 *
 * git runs a driver by `sh -c`, once a file, with its placeholders already quoted; so that none of
 * them may stand within quotes here. The command must do something sensible on every machine that
 * the configuration reaches: without wlsync (exit 127, or 126 when it cannot be run) it does what git
 * would have done, in the style that git's own configuration asks for. `git merge-file` exits with
 * the number of conflicts, which is made 1: some callers read other numbers as a failure.
 *
 * Layer: cli. Includes: base, buf, merge, git, cli/install.
 */
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/install.h"

#define NAME "WorkLogs, by structure (wlsync)"

/* ---- the program ---- */

/* Writes the first executable of that name in PATH to `path`. */
static bool find_in_path(const char *name, char path[PATH_MAX])
{
	const char *list = getenv("PATH");

	while (list && *list) {
		size_t len = strcspn(list, ":");
		int n = snprintf(path, PATH_MAX, "%.*s/%s", len > 0 ? (int)len : 1,
				 len > 0 ? list : ".", name);
		if (n > 0 && n < PATH_MAX && access(path, X_OK) == 0)
			return true;
		list += len + (list[len] == ':');
	}
	return false;
}

bool wls_install_runs(const char *program)
{
	char path[PATH_MAX];

	return strchr(program, '/') ? access(program, X_OK) == 0 : find_in_path(program, path);
}

/* Adds a shell word; in commands with placeholders `%` is doubled. */
static void add_quoted(const char *text, bool placeholders, struct wls_buf *out)
{
	wls_buf_add_char(out, '\'');
	for (; *text; text++) {
		if (*text == '\'')
			wls_buf_add_str(out, "'\\''");
		else if (*text == '%' && placeholders)
			wls_buf_add_str(out, "%%");
		else
			wls_buf_add_char(out, *text);
	}
	wls_buf_add_char(out, '\'');
}

/*
 * How a command names this program: by name when that is what PATH finds, so that it outlives an
 * update; else by its path.
 */
static void add_program(bool placeholders, struct wls_buf *out)
{
	char self[PATH_MAX], found[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", self, sizeof(self) - 1);

	if (len <= 0) {
		wls_buf_add_str(out, "wlsync");
		return;
	}
	self[len] = '\0';
	char *real _cleanup_free_ = find_in_path("wlsync", found) ? realpath(found, NULL) : NULL;
	if (real && strcmp(real, self) == 0)
		wls_buf_add_str(out, "wlsync");
	else
		add_quoted(self, placeholders, out);
}

const char *wls_install_program(struct wls_arena *arena, const char *command, const char *runs)
{
	const char *end = strstr(command, runs);
	bool placeholders = strcmp(runs, WLS_INSTALL_RUNS_DRIVER) == 0;
	struct wls_buf name _cleanup_buf_ = WLS_BUF_INIT;
	const char *start = end;
	bool quoted = false;

	if (!end)
		return NULL;
	/* Backwards to the blank or `;` before the word; within '…' everything belongs to it. */
	while (start > command && (quoted || !strchr(" ;", start[-1]))) {
		start--;
		quoted = quoted != (*start == '\'');
	}
	for (const char *c = start; c < end; c++) {
		if (strncmp(c, "'\\''", 4) == 0) {
			wls_buf_add_char(&name, '\'');
			c += 3;
		} else if (placeholders && strncmp(c, "%%", 2) == 0) {
			wls_buf_add_char(&name, *c++);
		} else if (*c != '\'') {
			wls_buf_add_char(&name, *c);
		}
	}
	return wls_arena_copy(arena, wls_buf_slice(&name)).ptr;
}

/* ---- the commands ---- */

int wls_install_style(struct wls_install *in, const char **style, struct wls_error *err)
{
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	enum wls_merge_style ignored;
	bool found;
	int status = in->api->get(in->git, WLS_GIT_EFFECTIVE, "merge.conflictStyle", &value, &found,
				  err);

	*style = NULL;
	if (status == 0 && found && wls_merge_style_parse(wls_buf_slice(&value), &ignored))
		*style = wls_arena_copy(&in->arena, wls_buf_slice(&value)).ptr;
	return status;
}

static void add_driver(const struct wls_install *in, const char *style, struct wls_buf *out)
{
	struct wls_buf program _cleanup_buf_ = WLS_BUF_INIT;
	const struct wls_opt_list *policies = &in->options->policies;

	add_program(true, &program);
	wls_buf_printf(out,
		       "s=127; if command -v %s >/dev/null 2>&1; then "
		       "%s" WLS_INSTALL_RUNS_DRIVER
		       "%%O %%A %%B -L %%L -P %%P -S %%S -X %%X -Y %%Y",
		       program.ptr, program.ptr);
	if (style)
		wls_buf_printf(out, " --style=%s", style);
	for (size_t i = 0; i < policies->count; i++)
		wls_buf_printf(out, " --policy=%s", policies->items[i]);
	wls_buf_add_str(out, "; s=$?; fi; if [ $s = 126 ] || [ $s = 127 ]; then "
			     "echo wlsync: not found, plain merge of %P >&2; "
			     "set -- %X %S %Y; [ \"$1\" = %%X ] && set -- ours base theirs; "
			     "git merge-file -q --marker-size=%L -L \"$1\" -L \"$2\" -L \"$3\" "
			     "%A %O %B; s=$?; [ $s -gt 0 ] && [ $s -lt 128 ] && s=1; fi; exit $s");
}

/*
 * git appends the seven words of its external diffs (eight or nine for a renamed file, one for an unmerged
 * path).
 * Whatever happens, the exit is 0: git dies of any other. Where `wlsync diff` cannot be run, diff(1) shows
 * the difference.
 */
static void add_diff(struct wls_buf *out)
{
	struct wls_buf program _cleanup_buf_ = WLS_BUF_INIT;

	add_program(false, &program);
	wls_buf_printf(out,
		       "f() { if [ $# -lt 7 ]; then echo \"* Unmerged path $1\"; "
		       "elif command -v %s >/dev/null 2>&1 && %s" WLS_INSTALL_RUNS_DIFF
		       "\"$@\"; then :; "
		       "else a=a/$1; b=b/${8:-$1}; echo \"diff --git $a $b\"; "
		       "[ -n \"$9\" ] && printf '%%s\\n' \"$9\"; "
		       "[ \"$2\" = /dev/null ] && a=$2 && echo \"new file mode $7\"; "
		       "[ \"$5\" = /dev/null ] && b=$5 && echo \"deleted file mode $4\"; "
		       "diff -u -L \"$a\" -L \"$b\" \"$2\" \"$5\"; fi; return 0; }; f",
		       program.ptr, program.ptr);
}

/* What git log -p, show, blame and grep compare and search instead of the file's own lines. */
static void add_textconv(struct wls_buf *out)
{
	struct wls_buf program _cleanup_buf_ = WLS_BUF_INIT;

	add_program(false, &program);
	wls_buf_printf(out,
		       "f() { %s" WLS_INSTALL_RUNS_TEXTCONV
		       "-- \"$1\" 2>/dev/null || cat \"$1\"; }; f",
		       program.ptr);
}

/* ---- what the installed driver does ---- */

void wls_driver_options(const struct wls_git_api *api, struct wls_git *git,
			struct wls_merge_options *options)
{
	static const char option[] = " --policy=";
	struct wls_buf value _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;
	bool found;

	wls_merge_options_init(options);
	if (api->get(git, WLS_GIT_EFFECTIVE, "merge.conflictStyle", &value, &found, &ignored) == 0)
		wls_merge_style_parse(wls_buf_slice(&value), &options->style);
	if (api->get(git, WLS_GIT_EFFECTIVE, "merge.wlsync.driver", &value, &found, &ignored) < 0)
		return;
	for (const char *c = strstr(wls_buf_str(&value), option); c; c = strstr(c, option)) {
		c += sizeof(option) - 1;
		wls_merge_policy_parse(options, wls_slice(c, strcspn(c, " ;")), &ignored);
	}
}

/* ---- configuration ---- */

static const char *config_file(struct wls_install *in)
{
	struct wls_buf path _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_error ignored;
	enum wls_git_place place =
		in->scope == WLS_GIT_USER ? WLS_GIT_PLACE_USER_CONFIG : WLS_GIT_PLACE_CONFIG;

	if (in->api->place(in->git, place, &path, &ignored) < 0)
		return "git's configuration";
	return wls_install_shown(in, path.ptr);
}

/* Writes a setting unless it says so already. */
static int set(struct wls_install *in, const char *key, const char *value, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status = in->api->get(in->git, in->scope, key, &old, &found, err);

	if (status < 0 || (found && strcmp(wls_buf_str(&old), value) == 0))
		return status;
	status = in->api->set(in->git, in->scope, key, value, err);
	if (status == 0)
		wls_install_changed(in, config_file(in), key, found ? "changed" : "set");
	return status;
}

static int unset(struct wls_install *in, const char *key, struct wls_error *err)
{
	struct wls_buf old _cleanup_buf_ = WLS_BUF_INIT;
	bool found;
	int status = in->api->get(in->git, in->scope, key, &old, &found, err);

	if (status < 0 || !found)
		return status;
	status = in->api->set(in->git, in->scope, key, NULL, err);
	if (status == 0)
		wls_install_changed(in, config_file(in), key, "removed");
	return status;
}

int wls_install_config(struct wls_install *in, struct wls_error *err)
{
	struct wls_buf driver _cleanup_buf_ = WLS_BUF_INIT, diff _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_buf textconv _cleanup_buf_ = WLS_BUF_INIT;
	const char *style;
	int status = wls_install_style(in, &style, err);

	if (status < 0)
		return status;
	add_driver(in, style, &driver);
	add_diff(&diff);
	add_textconv(&textconv);
	status = set(in, "merge.wlsync.name", NAME, err);
	if (status == 0)
		status = set(in, "merge.wlsync.driver", driver.ptr, err);
	if (status == 0)
		status = set(in, "merge.wlsync.recursive", "binary", err);
	if (status == 0 && in->options->diff)
		status = set(in, "diff.wlsync.command", diff.ptr, err);
	if (status == 0 && in->options->diff)
		status = set(in, "diff.wlsync.textconv", textconv.ptr, err);
	return status;
}

int wls_uninstall_config(struct wls_install *in, struct wls_error *err)
{
	enum { OF_DIFF = 2 };
	static const char *const keys[] = {"diff.wlsync.textconv", "diff.wlsync.command",
					   "merge.wlsync.recursive", "merge.wlsync.driver",
					   "merge.wlsync.name"};
	size_t count = in->options->diff ? OF_DIFF : WLS_ARRAY_SIZE(keys);
	int status = 0;

	for (size_t i = 0; i < count && status == 0; i++)
		status = unset(in, keys[i], err);
	return status;
}
