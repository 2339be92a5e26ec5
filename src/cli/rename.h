/* SPDX-License-Identifier: MIT */
/*
 * Renaming a log: what changes in which file, and how all of it is written or nothing.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render, io, cli/workspace.
 *
 * rename_spell.c   how a name is spelled where the old one stood
 * rename_plan.c    the edits of every file
 * rename_verify.c  the logs as they will be, read once more
 * rename_write.c   the journal, and recovery
 * rename_report.c  what is shown
 */
#ifndef WLS_CLI_RENAME_H
#define WLS_CLI_RENAME_H

#include "cli/cli.h"
#include "cli/workspace.h"

/* How a name is used at a place. */
enum wls_spelling {
	WLS_SPELL_TEXT,
	WLS_SPELL_WORDS, /* in words: blanks where there are several of them */
	WLS_SPELL_FILE,  /* in a file's name: no blanks that were not there before */
};

/* What is put in the place of bytes [begin, end) of a file. */
struct wls_rename_edit {
	size_t begin, end;
	struct wls_slice text;
	const char *what; /* a reference's form, or "name", "title", "id" */
	uint32_t line, column;
};

struct wls_rename_file {
	struct wls_slice path, to; /* relative to the root; equal: the name stays */
	bool own;                  /* of the log itself */
	struct wls_buf before, after;
	struct wls_rename_edit *edits; /* by place, after planning */
	size_t edit_count, edit_cap;
};

struct wls_rename {
	const struct wls_workspace *ws;
	uint32_t log;
	struct wls_slice from, to; /* names */
	struct wls_rename_file *files;
	size_t file_count, file_cap;
	size_t reference_count; /* names in references: what is neither name, title nor id */
	size_t found_count;     /* of them, without those that only label a link */
	struct wls_arena arena;
};

void wls_rename_release(struct wls_rename *rename);

/* Whether a log may be called so; the error says why not. */
int wls_rename_check_name(struct wls_slice name, struct wls_error *err);
/* Adds `to` as `from` is spelled where it is written `written`. */
void wls_rename_spell(struct wls_slice written, struct wls_slice from, struct wls_slice to,
		      enum wls_spelling spelling, struct wls_buf *out);

/* Fills in the files and their new bytes. Fails when one of them must not be touched. */
int wls_rename_plan(struct wls_rename *rename, struct wls_error *err);
/* Whether the new bytes make the log, and what names it, that were meant. */
int wls_rename_verify(struct wls_rename *rename, struct wls_error *err);

/*
 * Writes all files, or none, whenever the process ends: new bytes stand beside the old ones, synced,
 * before a journal says that they hold; what comes after can be done again.
 */
int wls_rename_write(const struct wls_rename *rename, struct wls_error *err);
/*
 * Ends what an earlier run left: takes it back when its journal was not yet complete, else goes on.
 * *done says what happened: NULL for nothing.
 */
int wls_rename_recover(const char *root, const char **done, struct wls_error *err);

void wls_rename_text(const struct wls_rename *rename, const struct wls_style *style, bool written,
		     struct wls_buf *out);
void wls_rename_json(const struct wls_rename *rename, bool written, struct wls_buf *out);

#endif
