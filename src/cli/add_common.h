/* SPDX-License-Identifier: MIT */
/*
 * What init and add share: what the user says of an entry, files of one name, the editor.
 *
 * Layer: cli. Includes: base, buf, doc, edit.
 */
#ifndef WLS_CLI_ADD_COMMON_H
#define WLS_CLI_ADD_COMMON_H

#include "cli/cli.h"
#include "wlsync/edit.h"

struct wls_entry_options {
	const char *title; /* NULL: none */
	int status;        /* place in the choices of --status; -1: not given */
	bool blocked;
	bool no_edit;
};

#define WLS_ENTRY_STATUSES "in_progress|blocked|needs_review|completed"

/* Rows for an option table; `type` has a member `struct wls_entry_options entry`. */
#define WLS_ENTRY_OPTS(type)                                                                       \
	WLS_OPT("status", 0, CHOICE, "STATUS", WLS_ENTRY_STATUSES, .choices = WLS_ENTRY_STATUSES,  \
		.offset = offsetof(type, entry.status)),                                           \
		WLS_OPT("title", 0, TEXT, "TEXT", "the entry's title",                             \
			.offset = offsetof(type, entry.title)),                                    \
		WLS_OPT("no-edit", 0, FLAG, NULL, "do not open the editor",                        \
			.offset = offsetof(type, entry.no_edit))

/*
 * Fills `entry` from the options and the time; texts are borrowed from the options or in the arena.
 * WLS_CLI_GO, or an exit status after a message that begins with `command`.
 */
int wls_entry_options_read(const struct wls_entry_options *options, const struct wls_cli *cli,
			   const char *command, struct wls_arena *arena,
			   struct wls_new_entry *entry);

/*
 * The Markdown files of `folder` ("" is ".") whose names make them files of the log `name`, in order
 * of their names; the array and its texts, FOLDER/NAME.md, are of the arena. A folder that cannot
 * be read has none.
 */
size_t wls_files_of_name(struct wls_arena *arena, const char *folder, struct wls_slice name,
			 const char ***files);

/*
 * Opens $VISUAL, else $EDITOR, at the line of the file, when stdin and stdout are terminals and
 * nothing speaks against it. Returns an exit status.
 */
int wls_open_editor(const struct wls_cli *cli, const struct wls_entry_options *options,
		    const char *path, uint32_t line);

#endif
