/* SPDX-License-Identifier: MIT */
/*
 * Reading the log that an argument names.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render.
 */
#include "cli/log_argument.h"

#include <sys/stat.h>

/* ---- versions ---- */

/* `v12` at the start: its bytes, or 0. */
static size_t version_at(struct wls_slice s, uint32_t *version)
{
	uint64_t n = 0;
	size_t i = 1;

	if (s.len < 2 || (s.ptr[0] != 'v' && s.ptr[0] != 'V') || !wls_is_digit(s.ptr[1]))
		return 0;
	for (; i < s.len && wls_is_digit(s.ptr[i]); i++)
		if (n <= WLS_VERSION_MAX)
			n = n * 10 + (uint64_t)(s.ptr[i] - '0');
	*version = n > WLS_VERSION_MAX ? WLS_VERSION_MAX : (uint32_t)n;
	return *version > 0 ? i : 0;
}

bool wls_versions_argument(struct wls_slice text, uint32_t *first, uint32_t *last)
{
	uint32_t low = 1, high = WLS_VERSION_MAX;
	size_t i = version_at(text, &low);
	struct wls_slice rest = wls_slice_from(text, i);

	if (wls_slice_eq(rest, WLS_SLICE("")) && i > 0) {
		*first = *last = low;
		return true;
	}
	if (i > 0 && (wls_slice_eq(rest, WLS_SLICE("+")) || wls_slice_eq(rest, WLS_SLICE("..")))) {
		*first = low;
		*last = high;
		return true;
	}
	size_t joint = wls_slice_starts(rest, WLS_SLICE(".."))           ? 2
		       : i > 0 && wls_slice_starts(rest, WLS_SLICE("-")) ? 1
									 : 0;
	rest = wls_slice_from(rest, joint);
	if (joint == 0 || version_at(rest, &high) != rest.len || rest.len == 0 || high < low)
		return false;
	*first = low;
	*last = high;
	return true;
}

/* ---- which log ---- */

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/* Cuts versions off the end of `word`, behind its last `@` or blank; false when there are none. */
static bool cut_versions(char *word, struct wls_log_argument *arg)
{
	size_t at = strlen(word);

	while (at > 0 && word[at - 1] != '@' && word[at - 1] != ' ')
		at--;
	if (at < 2 || !wls_versions_argument(wls_slice_of(word + at), &arg->first, &arg->last))
		return false;
	word[at - 1] = '\0';
	return true;
}

static int open_workspace(struct wls_log_argument *arg, const struct wls_cli *cli, const char *file,
			  const char *rev)
{
	struct wls_workspace_options options = {
		.paths = file ? &file : NULL,
		.path_count = file ? 1 : 0,
		.rev = rev,
		.dir_given = cli->globals.dir != NULL,
	};
	struct wls_error err;

	if (wls_workspace_open(&arg->ws, &options, &err) < 0)
		return wls_cli_fail("%s", err.text);
	arg->status = wls_workspace_report(arg->ws, stderr, true);
	return WLS_CLI_GO;
}

static int find(struct wls_log_argument *arg, const char *whole, char *name, uint32_t *log)
{
	struct wls_error err;

	if (wls_workspace_find(arg->ws, whole, log, &err) == 0)
		return WLS_CLI_GO;
	if (cut_versions(name, arg) && wls_workspace_find(arg->ws, name, log, &err) == 0)
		return WLS_CLI_GO;
	return wls_cli_fail("%s", err.text);
}

/* The one log of a file that was named. */
static int find_in_file(struct wls_log_argument *arg, const char *file, uint32_t *log)
{
	*log = 0;
	if (arg->ws->graph->log_count == 1)
		return WLS_CLI_GO;
	return arg->status != WLS_EXIT_DONE
		       ? arg->status
		       : wls_cli_fail("%s: is no WorkLog; it has no heading \"## v1 | …\"", file);
}

static int find_log(struct wls_log_argument *arg, const struct wls_cli *cli, const char *word,
		    const char *rev, uint32_t *log)
{
	char *name _cleanup_free_ = wls_strdup(word);
	char *file _cleanup_free_ = wls_strdup(word);
	bool named = !rev && (is_file(file) || (cut_versions(file, arg) && is_file(file)));
	int status = open_workspace(arg, cli, named ? file : NULL, rev);

	if (status != WLS_CLI_GO)
		return status;
	if (named)
		return find_in_file(arg, file, log);
	arg->first = arg->last = 0;
	return find(arg, word, name, log);
}

/* ---- reading ---- */

int wls_log_argument_read(struct wls_log_argument *arg, const struct wls_cli *cli, const char *word,
			  const char *rev)
{
	struct wls_error err;
	uint32_t log;
	int status = find_log(arg, cli, word, rev, &log);

	if (status != WLS_CLI_GO)
		return status;
	if (wls_workspace_read_log(arg->ws, log, &arg->files, &err) < 0)
		return wls_cli_fail("%s", err.text);
	struct wls_doc **docs _cleanup_free_ = wls_alloc(arg->files.count, sizeof(*docs));
	for (size_t i = 0; i < arg->files.count; i++)
		docs[i] = arg->files.files[i].doc;
	wls_shown_init(&arg->shown, arg->ws->graph, log, docs);
	return WLS_CLI_GO;
}

void wls_log_argument_release(struct wls_log_argument *arg)
{
	wls_shown_release(&arg->shown);
	wls_log_files_release(&arg->files);
	wls_workspace_free(arg->ws);
}
