/* SPDX-License-Identifier: MIT */
/*
 * What the user says of a new entry, and the files of one name.
 *
 * Layer: cli. Includes: base, buf, doc, edit, graph.
 */
#include <dirent.h>

#include "base/utf8.h"
#include "cli/add_common.h"
#include "graph/names.h"

/* ---- options ---- */

static int check_title(const char *command, struct wls_slice title)
{
	for (size_t i = 0; i < title.len; i++)
		if ((unsigned char)title.ptr[i] < 0x20 || title.ptr[i] == 0x7f)
			return wls_cli_fail("%s: --title holds a control character; give one line "
					    "of text",
					    command);
	if (wls_utf8_scan(title).first_invalid != SIZE_MAX)
		return wls_cli_fail("%s: --title is not UTF-8", command);
	return WLS_CLI_GO;
}

/* The status that a title's own tags tell. */
static enum wls_work_status tagged_status(struct wls_arena *arena, struct wls_slice title)
{
	struct wls_doc *doc _cleanup_doc_ = NULL;
	const char *text =
		wls_arena_printf(arena, "## v1 | 2025-01-01 00:00 | %.*s\n", WLS_SLICE_ARG(title));
	struct wls_facts facts;

	if (title.len == 0 || wls_doc_parse(&doc, wls_slice_of(text), NULL) < 0)
		return WLS_STATUS_NONE;
	wls_doc_facts(doc, &facts);
	return facts.status;
}

/*
 * A tag in the title the user gave is as good as --blocked, or as --status; one that says another status
 * than these is a slip.
 */
static int take_tag(const char *command, enum wls_work_status tagged, struct wls_new_entry *entry)
{
	if (tagged == WLS_STATUS_NONE)
		return WLS_CLI_GO;
	if (entry->status == WLS_STATUS_NONE)
		entry->status = tagged;
	if (entry->status != tagged)
		return wls_cli_fail("%s: --title says [%s], but the status is to be %s; leave one "
				    "out",
				    command,
				    tagged == WLS_STATUS_BLOCKED ? "BLOCKED" : "NEEDS_REVIEW",
				    wls_work_status_name(entry->status));
	entry->blocked = false;
	return WLS_CLI_GO;
}

/* A title tag decides over what the frontmatter says, so that the two must agree. */
static int read_status(const struct wls_entry_options *options, const char *command,
		       struct wls_new_entry *entry)
{
	static const enum wls_work_status statuses[] = {
		WLS_STATUS_IN_PROGRESS,
		WLS_STATUS_BLOCKED,
		WLS_STATUS_NEEDS_REVIEW,
		WLS_STATUS_COMPLETED,
	};

	if (options->status >= 0)
		entry->status = statuses[options->status];
	if (options->blocked && entry->status == WLS_STATUS_NONE)
		entry->status = WLS_STATUS_BLOCKED;
	if (options->blocked && entry->status != WLS_STATUS_BLOCKED)
		return wls_cli_fail("%s: --blocked and --status %s contradict each other; leave "
				    "one out",
				    command, wls_work_status_name(entry->status));
	return WLS_CLI_GO;
}

int wls_entry_options_read(const struct wls_entry_options *options, const struct wls_cli *cli,
			   const char *command, struct wls_arena *arena,
			   struct wls_new_entry *entry)
{
	int64_t second = cli->now.seconds % 86400;
	int minute = (int)((second < 0 ? second + 86400 : second) / 60);

	*entry = (struct wls_new_entry){
		.date = wls_slice_of(wls_moment_date(arena, &cli->now)),
		.time = wls_slice_of(
			wls_arena_printf(arena, "%02d:%02d", minute / 60, minute % 60)),
		.title = wls_slice_trim(wls_slice_of(options->title)),
		.blocked = options->blocked,
	};
	int status = check_title(command, entry->title);
	if (status == WLS_CLI_GO)
		status = read_status(options, command, entry);
	if (status == WLS_CLI_GO)
		status = take_tag(command, tagged_status(arena, entry->title), entry);
	return status;
}

/* ---- files of one name ---- */

static bool is_of_name(struct wls_arena *arena, const char *file, struct wls_slice folded)
{
	struct wls_slice base = wls_slice_of(file), name;
	uint32_t version;

	return base.len > 0 && base.ptr[0] != '.' &&
	       wls_slice_ends_nocase(base, WLS_SLICE(".md")) &&
	       wls_name_from_stem(wls_stem(base), &name, &version) &&
	       wls_slice_eq(wls_name_fold(arena, name), folded);
}

static int by_text(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

size_t wls_files_of_name(struct wls_arena *arena, const char *folder, struct wls_slice name,
			 const char ***files)
{
	struct wls_slice folded = wls_name_fold(arena, name);
	DIR *dir = opendir(*folder ? folder : ".");
	const char **found = NULL;
	size_t count = 0, cap = 0;

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		if (!is_of_name(arena, entry->d_name, folded))
			continue;
		WLS_GROW(found, cap, count + 1);
		found[count++] = wls_arena_printf(arena, "%s%s%s", folder, *folder ? "/" : "",
						  entry->d_name);
	}
	if (dir)
		closedir(dir);
	if (count > 1)
		qsort(found, count, sizeof(*found), by_text);
	*files = WLS_ARENA_ARRAY(arena, const char *, count + 1);
	for (size_t i = 0; i < count; i++)
		(*files)[i] = found[i];
	free(found);
	return count;
}
