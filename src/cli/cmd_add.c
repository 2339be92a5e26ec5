/* SPDX-License-Identifier: MIT */
/*
 * wlsync add: a new entry in a log.
 *
 * Layer: cli. Includes: base, buf, doc, edit, graph, io, render.
 */
#include <fcntl.h>
#include <sys/stat.h>

#include "base/json.h"
#include "cli/add_common.h"
#include "cli/log_argument.h"
#include "graph/names.h"
#include "io/file.h"

struct options {
	struct wls_entry_options entry;
	bool carry, dry_run;
};

static const struct wls_opt opts[] = {
	WLS_ENTRY_OPTS(struct options),
	WLS_OPT("blocked", 0, FLAG, NULL, "the title says [BLOCKED], and so does the status",
		.offset = offsetof(struct options, entry.blocked)),
	WLS_OPT("carry", 0, FLAG, NULL, "take open Next items and blockers over",
		.offset = offsetof(struct options, carry)),
	WLS_OPT("dry-run", 'n', FLAG, NULL, "show the entry, write nothing",
		.offset = offsetof(struct options, dry_run)),
};

static const struct wls_example examples[] = {
	{"wlsync add Auth-Refactor", "the next entry"},
	{"wlsync add Auth-Refactor --title \"Token refresh\"", "with a title"},
	{"wlsync add Auth-Refactor --carry", "with what is open"},
	{"wlsync add Auth-Refactor --status completed", "and the frontmatter"},
	{"wlsync add Auth-Refactor --blocked --dry-run", "shows it, writes nothing"},
	{0},
};

/* One call. */
struct adding {
	struct wls_cli *cli;
	const struct options *options;
	struct wls_log_argument arg;
	const struct wls_log *log;
	const struct wls_log_file *file;
	const char *path; /* of the file, for the system */
	struct wls_new_entry entry;
	struct wls_added added;
	struct wls_buf result;
	struct wls_arena arena;
};

/* ---- which file ---- */

static bool is_file(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

/*
 * The file that was named may be an older state of a log whose current file stands beside it: an
 * entry there would fork the log.
 */
static int check_current(struct adding *a, const char *word)
{
	struct wls_workspace *ws _cleanup_workspace_ = NULL;
	struct wls_slice name, path = wls_slice_of(word);
	struct wls_error err;
	const char **files;
	uint32_t version, log;

	if (!is_file(word) || !wls_name_from_stem(wls_stem(wls_path_base(path)), &name, &version))
		return WLS_CLI_GO;
	const char *folder = wls_arena_copy(&a->arena, wls_path_folder(path)).ptr;
	size_t count = wls_files_of_name(&a->arena, folder ? folder : "", name, &files);
	struct wls_workspace_options options = {
		.paths = files, .path_count = count, .dir_given = a->cli->globals.dir != NULL};
	if (count < 2 || wls_workspace_open(&ws, &options, &err) < 0 ||
	    wls_workspace_find(ws, word, &log, &err) < 0 ||
	    wls_slice_eq(ws->graph->logs[log].file, a->file->path))
		return WLS_CLI_GO;
	struct wls_slice current = ws->graph->logs[log].file;
	return wls_cli_fail("add: %s is an older file of the log; the current one is %.*s", word,
			    WLS_SLICE_ARG(current));
}

/* A file that was named is taken whatever it is; but an entry does not make any text a log. */
static int check_log(const struct adding *a)
{
	struct wls_slice name, stem = wls_stem(wls_path_base(a->file->path));
	struct wls_facts facts;
	uint32_t version;

	wls_doc_facts(a->file->doc, &facts);
	if (facts.is_worklog || wls_name_from_stem(stem, &name, &version))
		return WLS_CLI_GO;
	return wls_cli_fail("add: %.*s is no WorkLog; wlsync init NAME begins one",
			    WLS_SLICE_ARG(a->file->path));
}

static int find_log(struct adding *a, const char *word)
{
	int status = wls_log_argument_read(&a->arg, a->cli, word, NULL);

	if (status != WLS_CLI_GO)
		return status;
	if (a->arg.first > 0)
		return wls_cli_fail("add: the entry gets the next number by itself; name only the "
				    "log");
	const char *root = a->arg.ws->root;
	a->log = a->arg.shown.log;
	a->file = &a->arg.files.files[0];
	a->path = wls_arena_printf(&a->arena, "%s%s%.*s", root ? root : "", root ? "/" : "",
				   WLS_SLICE_ARG(a->file->path));
	status = check_log(a);
	return status == WLS_CLI_GO ? check_current(a, word) : status;
}

/* ---- the answer ---- */

/* The entry alone, without the blank lines around it. */
static struct wls_slice entry_text(const struct adding *a)
{
	struct wls_slice text =
		wls_slice(a->result.ptr + a->added.begin, a->added.end - a->added.begin);

	return wls_slice_trim(text);
}

static void add_count(struct wls_buf *out, size_t n, const char *what)
{
	wls_buf_printf(out, "%zu %s%s", n, what, n == 1 ? "" : "s");
}

static void add_open(struct wls_buf *out, const struct wls_added *added)
{
	if (added->steps > 0)
		add_count(out, added->steps, "open step");
	if (added->steps > 0 && added->blockers > 0)
		wls_buf_add_str(out, " and ");
	if (added->blockers > 0)
		add_count(out, added->blockers, "open blocker");
}

/* No control character of a file may do anything to a terminal; tabs tell how deep an item stands. */
static void show_line(struct wls_arena *arena, struct wls_slice line, struct wls_buf *out)
{
	const char *tab;

	while (line.len > 0 && (tab = memchr(line.ptr, '\t', line.len))) {
		size_t len = (size_t)(tab - line.ptr);

		wls_buf_add_slice(out, wls_style_clean(arena, wls_slice(line.ptr, len)));
		wls_buf_add_char(out, '\t');
		line = wls_slice_from(line, len + 1);
	}
	wls_buf_add_slice(out, wls_style_clean(arena, line));
}

static void show_entry(const struct adding *a, struct wls_buf *out)
{
	struct wls_arena arena = {0};
	struct wls_slice rest = entry_text(a), line;

	wls_buf_add_char(out, '\n');
	while (wls_slice_next_line(&rest, &line)) {
		show_line(&arena, line, out);
		wls_buf_add_char(out, '\n');
	}
	wls_arena_release(&arena);
}

static void write_text(struct adding *a, struct wls_buf *out)
{
	const struct wls_added *added = &a->added;
	bool carried = a->entry.carry && added->steps + added->blockers > 0;
	struct wls_slice path = wls_style_clean(&a->arena, a->file->path);

	wls_buf_printf(out, "%.*s:%u: v%u %s", WLS_SLICE_ARG(path), added->line, added->version,
		       a->options->dry_run ? "would be added" : "added");
	if (carried) {
		wls_buf_add_str(out, ", with ");
		add_open(out, added);
	}
	if (added->version_written)
		wls_buf_printf(out, "; version: v%u", added->version);
	if (added->status_written)
		wls_buf_printf(out, "; status: %s", wls_work_status_name(a->entry.status));
	wls_buf_add_char(out, '\n');
	if (a->options->dry_run)
		show_entry(a, out);
}

/* The status that the log has now, or NULL. */
static const char *status_after(const struct adding *a)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_facts facts;

	if (wls_doc_parse(&doc, wls_buf_slice(&a->result), NULL) < 0)
		return NULL;
	wls_doc_facts(doc, &facts);
	return wls_work_status_name(facts.status);
}

static void write_json(const struct adding *a, struct wls_buf *out)
{
	const struct wls_added *added = &a->added;
	struct wls_json json = {.out = out};

	wls_json_open(&json, '{');
	wls_json_put_str(&json, "schema", "wlsync.add/1");
	wls_json_put_text(&json, "file", a->file->path);
	wls_json_put_text(&json, "name", a->log->name);
	wls_json_put_int(&json, "version", added->version);
	wls_json_put_positive(&json, "previous", added->before);
	wls_json_put_int(&json, "line", added->line);
	wls_json_put_str(&json, "status", status_after(a));
	wls_json_put_text(&json, "title", a->entry.title);
	wls_json_put_int(&json, "open_steps", (int64_t)added->steps);
	wls_json_put_int(&json, "open_blockers", (int64_t)added->blockers);
	wls_json_put_bool(&json, "carried", a->entry.carry);
	wls_json_put_bool(&json, "dry_run", a->options->dry_run);
	wls_json_put_text(&json, "text", entry_text(a));
	if (json.lossy)
		wls_json_put_bool(&json, "lossy", true);
	wls_json_close(&json, '}');
	wls_buf_add_char(out, '\n');
}

/* What the new entry leaves behind is not open any more: the newest entry's Next holds. */
static void warn_left(const struct adding *a)
{
	struct wls_buf open _cleanup_buf_ = WLS_BUF_INIT;

	if (a->entry.carry || a->cli->globals.quiet || a->added.steps + a->added.blockers == 0)
		return;
	add_open(&open, &a->added);
	wls_cli_say("%s of v%u %s behind in it; --carry takes them over", wls_buf_str(&open),
		    a->added.before, a->options->dry_run ? "would stay" : "stay");
}

/* The version in a file's name is a person's; who leaves it hears of it from check, too. */
static void warn_name(const struct adding *a)
{
	struct wls_slice name;
	uint32_t version = 0;

	if (a->cli->globals.quiet ||
	    !wls_name_from_stem(wls_stem(wls_path_base(a->file->path)), &name, &version) ||
	    version == 0 || version == a->added.version)
		return;
	wls_cli_say("the file's name %s v%u; wlsync check --fix=names renames it",
		    a->options->dry_run ? "would still say" : "still says", version);
}

/* A status of the log's own stays as all that is there: the user hears that it speaks against the new one. */
static void warn_status(const struct adding *a)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	struct wls_facts facts;

	if (a->entry.status == WLS_STATUS_NONE || a->cli->globals.quiet ||
	    wls_doc_parse(&doc, wls_buf_slice(&a->result), NULL) < 0)
		return;
	wls_doc_facts(doc, &facts);
	for (size_t i = 0; i < doc->diagnostic_count; i++)
		if (strcmp(doc->diagnostics[i].rule, "status-mismatch") == 0)
			wls_cli_say("line %u: %s; %s", doc->diagnostics[i].line,
				    doc->diagnostics[i].message, doc->diagnostics[i].hint);
}

static int answer(struct adding *a)
{
	struct wls_buf out _cleanup_buf_ = WLS_BUF_INIT;

	if (a->cli->globals.json)
		write_json(a, &out);
	else
		write_text(a, &out);
	warn_left(a);
	warn_name(a);
	warn_status(a);
	return wls_cli_write(a->cli, &out, NULL);
}

/* ---- writing ---- */

static bool is_as_read(const struct adding *a)
{
	struct wls_buf now _cleanup_buf_ = WLS_BUF_INIT;

	return wls_file_read(&now, AT_FDCWD, a->path, NULL) == 0 &&
	       wls_slice_eq(wls_buf_slice(&now), wls_buf_slice(&a->file->source));
}

static int write_file(struct adding *a)
{
	struct wls_error err;

	/* Who does not ask for the lock, as an editor, may have written since. */
	if (!is_as_read(a))
		return wls_cli_fail("add: %.*s was changed in this moment; nothing was written, "
				    "try again",
				    WLS_SLICE_ARG(a->file->path));
	if (wls_file_write(a->path, wls_buf_slice(&a->result), &err) < 0)
		return wls_cli_fail("%s", err.text);
	return WLS_CLI_GO;
}

static int make_entry(struct adding *a)
{
	struct wls_error err;

	a->entry.carry = a->options->carry;
	a->entry.known = a->log->version;
	if (wls_edit_add_entry(a->file->doc, &a->entry, &a->result, &a->added, &err) < 0)
		return wls_cli_fail("add: %.*s: %s", WLS_SLICE_ARG(a->file->path), err.text);
	return WLS_CLI_GO;
}

/*
 * Finds the log and keeps other writers out of its folder. What was read before is read again when
 * another one wrote while this one waited: then the next number is another one, too.
 */
static int find_locked(struct adding *a, const char *word, int *lock)
{
	struct wls_error err;
	int status = find_log(a, word);

	while (status == WLS_CLI_GO) {
		const char *path = a->path;

		if (wls_file_lock(lock, path, &err) < 0)
			return wls_cli_fail("%s", err.text);
		if (is_as_read(a))
			break;
		wls_log_argument_release(&a->arg);
		a->arg = (struct wls_log_argument){0};
		status = find_log(a, word);
		if (status != WLS_CLI_GO || strcmp(path, a->path) == 0)
			break;
		wls_file_unlock(lock); /* the log's current file stands elsewhere now */
	}
	return status;
}

static int add_entry(struct adding *a, const char *word)
{
	int lock _cleanup_lock_ = -1;
	int status = find_locked(a, word, &lock);

	if (status == WLS_CLI_GO)
		status = make_entry(a);
	return status == WLS_CLI_GO ? write_file(a) : status;
}

static int show_only(struct adding *a, const char *word)
{
	int status = find_log(a, word);

	if (status == WLS_CLI_GO)
		status = make_entry(a);
	return status == WLS_CLI_GO ? answer(a) : status;
}

/* What else could not be read is an error, but only when nothing worse happened. */
static int finish(const struct adding *a, int status)
{
	return status != WLS_EXIT_DONE ? status : a->arg.status;
}

static int run_add(struct adding *a, const char *word)
{
	int status =
		wls_entry_options_read(&a->options->entry, a->cli, "add", &a->arena, &a->entry);

	if (status != WLS_CLI_GO)
		return status;
	if (a->options->dry_run)
		return finish(a, show_only(a, word));
	status = add_entry(a, word);
	if (status != WLS_CLI_GO)
		return status;
	status = answer(a);
	int edited = wls_open_editor(a->cli, &a->options->entry, a->path, a->added.line);
	return finish(a, status != WLS_EXIT_DONE ? status : edited);
}

static int run(struct wls_cli *cli, struct wls_args *args)
{
	struct options options = {.entry = {.status = -1}};
	struct adding a = {.cli = cli, .options = &options, .result = WLS_BUF_INIT};
	int status = wls_cli_parse(cli, &wls_command_add, &options, args);

	if (status != WLS_CLI_GO)
		return status;
	if (args->count != 1)
		return wls_cli_fail("add: %s; say wlsync add LOG (wlsync status lists them)",
				    args->count == 0 ? "which log?" : "one log at a time");
	status = run_add(&a, args->words[0]);
	wls_log_argument_release(&a.arg);
	wls_buf_release(&a.result);
	wls_arena_release(&a.arena);
	return status;
}

const struct wls_command wls_command_add = {
	.name = "add",
	.summary = "a new entry in a log",
	.usage = "LOG",
	.examples = examples,
	.opts = opts,
	.opt_count = WLS_ARRAY_SIZE(opts),
	.arguments = WLS_COMPLETE_LOG_OR_FILE,
	.run = run,
};
