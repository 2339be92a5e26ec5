/* SPDX-License-Identifier: MIT */
/*
 * wlsync init: a new log from the template.
 *
 * Layer: cli. Includes: base, buf, doc, edit, graph, io.
 */
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/json.h"
#include "base/utf8.h"
#include "cli/add_common.h"
#include "cli/workspace.h"
#include "graph/names.h"
#include "io/file.h"

#define SUFFIX "-WorkLog.md"
#define FILE_NAME_MAX 255u

struct options {
	struct wls_entry_options entry;
};

static const struct wls_opt opts[] = {
	WLS_ENTRY_OPTS(struct options),
};

static const struct wls_example examples[] = {
	{"wlsync init Auth-Refactor", "makes Auth-Refactor-WorkLog.md, with v1"},
	{"wlsync init \"Auth Refactor\"", "the same: blanks become dashes"},
	{"wlsync init Search --title Plan", "v1 has a title"},
	{0},
};

/* ---- the name ---- */

/* `Auth-WorkLog.md` means Auth. */
static struct wls_slice name_of(const char *word)
{
	struct wls_slice written = wls_stem(wls_slice_trim(wls_slice_of(word))), name;
	uint32_t version = 0;

	if (wls_name_from_stem(written, &name, &version) && version == 0 && name.len > 0)
		return name;
	return wls_slice_trim(wls_slice_of(word));
}

/* What a name must not hold: file systems and references in texts would stumble over it. */
static const char *fault_of(struct wls_slice name)
{
	bool word = false;

	if (wls_utf8_scan(name).first_invalid != SIZE_MAX)
		return "is not UTF-8";
	for (size_t i = 0, len; i < name.len; i += len) {
		int32_t cp = 0;
		bool valid = true;
		len = wls_utf8_decode(wls_slice_from(name, i), &cp, &valid);
		if (cp < 0x20 || cp == 0x7f)
			return "holds a control character";
		if (cp < 0x80 && strchr("/\\:*?\"<>|@#[](){}`,;", (char)cp))
			return "holds one of / \\ : * ? \" < > | @ # [ ] ( ) { } ` , ;";
		word |= wls_utf8_is_word(cp) && cp != '_';
	}
	if (!word)
		return "has no letter or digit";
	if (name.ptr[0] == '.' || name.ptr[0] == '-')
		return "begins with a dot or a dash";
	return NULL;
}

/* `Auth-v3` would be version 3 of Auth wherever it is written. */
static bool ends_with_version(struct wls_slice name)
{
	size_t at = name.len;

	while (at > 0 && wls_is_digit(name.ptr[at - 1]))
		at--;
	return at < name.len && at > 1 && wls_lower(name.ptr[at - 1]) == 'v' &&
	       wls_is_name_gap(name.ptr[at - 2]);
}

/* The file of that name; dashes stand for blanks. */
static const char *file_of(struct wls_arena *arena, struct wls_slice name)
{
	char *file = wls_arena_alloc(arena, name.len + sizeof(SUFFIX));

	for (size_t i = 0; i < name.len; i++)
		file[i] = wls_is_blank(name.ptr[i]) ? '-' : name.ptr[i];
	memcpy(file + name.len, SUFFIX, sizeof(SUFFIX));
	return file;
}

static int check_name(struct wls_arena *arena, const char *word, struct wls_slice name)
{
	const char *file = file_of(arena, name);
	struct wls_slice read;
	uint32_t version = 0;
	const char *fault = name.len == 0 ? "is empty" : fault_of(name);

	if (fault)
		return wls_cli_fail("init: the name \"%s\" %s; take a name like Auth-Refactor",
				    word, fault);
	if (ends_with_version(name))
		return wls_cli_fail("init: \"%s\" would be read as a version of another log; leave "
				    "the number out",
				    word);
	if (strlen(file) > FILE_NAME_MAX)
		return wls_cli_fail("init: the name is too long for a file; take a shorter one");
	if (!wls_name_from_stem(wls_stem(wls_slice_of(file)), &read, &version) || version != 0 ||
	    !wls_slice_eq(wls_name_fold(arena, read), wls_name_fold(arena, name)))
		return wls_cli_fail("init: \"%s\" would be read as another name; take one like "
				    "Auth-Refactor",
				    word);
	return WLS_CLI_GO;
}

/* ---- the file ---- */

/* A second file of the name would be a snapshot of the first. */
static int check_folder(struct wls_arena *arena, struct wls_slice name)
{
	const char **files;

	if (wls_files_of_name(arena, "", name, &files) == 0)
		return WLS_CLI_GO;
	return wls_cli_fail("init: %s is there already; wlsync add %s adds an entry to it",
			    files[0], files[0]);
}

/*
 * Makes the file; one that somebody makes at the same moment is not overwritten. It is empty for a
 * moment, in which no other command may write into it.
 */
static int write_file(const char *file, struct wls_slice text)
{
	int lock _cleanup_lock_ = -1;
	struct wls_error err;

	if (wls_file_lock(&lock, file, &err) < 0)
		return wls_cli_fail("%s", err.text);
	int fd = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);

	if (fd < 0 && errno == EEXIST)
		return wls_cli_fail("init: %s is there already; nothing was written", file);
	if (fd < 0) {
		wls_file_error(&err, file, "make", errno);
		return wls_cli_fail("%s", err.text);
	}
	close(fd);
	if (wls_file_write(file, text, &err) < 0) {
		unlink(file);
		return wls_cli_fail("%s", err.text);
	}
	return WLS_CLI_GO;
}

/* ---- the answer ---- */

/* The file as the graph calls it: relative to the work tree's root. */
static struct wls_slice shown_file(struct wls_arena *arena, const struct wls_cli *cli,
				   const char *file)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_error err;
	struct wls_workspace_options options = {
		.paths = &file, .path_count = 1, .dir_given = cli->globals.dir != NULL};

	if (wls_workspace_open(&ws, &options, &err) < 0 || ws->graph->log_count != 1)
		return wls_slice_of(file);
	return wls_arena_copy(arena, ws->graph->logs[0].file);
}

static void write_json(struct wls_buf *out, struct wls_slice file, struct wls_slice name,
		       const struct wls_new_entry *entry)
{
	struct wls_json json = {.out = out};
	const char *status = wls_work_status_name(entry->status);

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.init/1");
	wls_json_put_text(&json, "file", file);
	wls_json_put_text(&json, "name", name);
	wls_json_put_int(&json, "version", 1);
	wls_json_put_str(&json, "status", status ? status : "in_progress");
	wls_json_put_text(&json, "title", entry->title);
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}

/* Words for the heading: `Auth-Refactor` is called Auth Refactor. */
static struct wls_slice title_of(struct wls_arena *arena, struct wls_slice name)
{
	char *title = wls_arena_alloc(arena, name.len + 1);

	for (size_t i = 0; i < name.len; i++)
		title[i] = wls_is_name_gap(name.ptr[i]) ? ' ' : name.ptr[i];
	return wls_slice(title, name.len);
}

static uint32_t first_entry_line(struct wls_slice text)
{
	struct wls_slice line;
	uint32_t number = 0;

	while (wls_slice_next_line(&text, &line)) {
		number++;
		if (wls_slice_starts(line, WLS_SLICE("## ")))
			return number;
	}
	return 1;
}

static int make_log(struct wls_cli *cli, const struct options *options, struct wls_slice name,
		    const struct wls_new_entry *entry, struct wls_arena *arena)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT, out _cleanup_buf_ = WLS_BUF_INIT;
	const char *file = file_of(arena, name);

	wls_template_log(title_of(arena, name), entry, &text);
	int status = write_file(file, wls_buf_slice(&text));
	if (status != WLS_CLI_GO)
		return status;
	if (cli->globals.json)
		write_json(&out, shown_file(arena, cli, file),
			   wls_slice(file, strlen(file) - strlen(SUFFIX)), entry);
	else
		wls_buf_printf(&out, "%s: made, with v1\n", file);
	status = wls_cli_write(cli, &out, NULL);
	int edited =
		wls_open_editor(cli, &options->entry, file, first_entry_line(wls_buf_slice(&text)));
	return status != WLS_EXIT_DONE ? status : edited;
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {.entry = {.status = -1}};
	struct wls_new_entry entry;
	struct wls_arena arena = {0};
	int status = wls_cli_parse(cli, &wls_command_init, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count != 1)
		return wls_cli_fail("init: %s; say wlsync init NAME",
				    args->count == 0 ? "which name?" : "one name at a time");
	struct wls_slice name = name_of(args->words[0]);
	status = wls_entry_options_read(&options.entry, cli, "init", &arena, &entry);
	if (status == WLS_CLI_GO)
		status = check_name(&arena, args->words[0], name);
	if (status == WLS_CLI_GO)
		status = check_folder(&arena, name);
	if (status == WLS_CLI_GO)
		status = make_log(cli, &options, name, &entry, &arena);
	wls_arena_release(&arena);
	return status;
}

const struct wls_command wls_command_init = {
	.name = "init",
	.summary = "a new log",
	.usage = "NAME",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.run = run,
};
