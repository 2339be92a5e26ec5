/* SPDX-License-Identifier: MIT */
/*
 * Renaming a log: what changes in which file, and how all of it is written or nothing.
 *
 * Layer: cli. Includes: base, buf, doc, graph, render, io, cli/workspace.
 *
 * rename_spell.c   how a name is spelled where the old one stood
 * rename_plan.c    what to edit in every file
 * rename_edits.c   the edits of one file
 * rename_verify.c  the logs as they will be, read once more
 * rename_graph.c   the two graphs, compared
 * rename_links.c   symbolic links that would lead nowhere
 * rename_lock.c    one rename at a time
 * rename_memory.c  what was there before, where the names alone do not tell it
 * rename_back.c    the way back, tried in memory: what it would miss is remembered
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

/* What an earlier rename wrote at byte `begin` of a file, and what had been there. */
struct wls_remembered {
	size_t begin;
	struct wls_slice now, then;
};

struct wls_rename_file {
	struct wls_slice path, to; /* relative to the root; equal: the name stays */
	bool own;                  /* of the log itself */
	bool keep_all;             /* edits that change nothing are kept, too */
	struct wls_buf before, after;
	struct wls_rename_edit *edits; /* by place, after planning */
	size_t edit_count, edit_cap;
	struct wls_remembered *remembered; /* by place */
	size_t remembered_count;
};

/*
 * One text that a rename wrote and that the rename back would spell otherwise than it was. It holds
 * as long as its line is what the rename made of it, and there are as many of these lines in the
 * file as there were.
 */
struct wls_memory_entry {
	struct wls_slice from, to; /* the rename that brings it back; folded */
	struct wls_slice file;     /* where it is now, from the root */
	uint64_t line;             /* the line's hash */
	/* Which of the equal lines, from 1; 0, 0: the file's own name. */
	uint32_t nth, of;
	/* Bytes into the line; of a file's name: 1 when another log had the name, too. */
	uint32_t at;
	struct wls_slice now, then;
};

struct wls_rename_memory {
	struct wls_slice from, to;        /* of the rename at hand; folded */
	struct wls_memory_entry *entries; /* the oldest first */
	size_t count, cap;
	bool changed;
	const char *path;             /* of its file; absolute, of the rename's arena */
	struct wls_buf before, after; /* its bytes */
};

/* What keeps other commands out; see rename_lock.c. */
struct wls_rename_locks {
	int tree; /* -1: none */
	int *folders;
	size_t count;
};

struct wls_rename {
	const struct wls_workspace *ws;
	struct wls_rename_locks *locks;
	struct wls_graph *graph; /* the logs as they are: the workspace's */
	uint32_t log;
	struct wls_slice from, to; /* names */
	const struct wls_rename
		*forward; /* what this one takes back: its files go before the disk's */
	bool returns;     /* to a name that it had beside another log of that name */
	struct wls_rename_memory memory;
	struct wls_rename_file *files;
	size_t file_count, file_cap;
	size_t reference_count; /* names in references: what is neither name, title nor id */
	size_t found_count;     /* of them, without labels and short names */
	struct wls_arena arena;
};

void wls_rename_release(struct wls_rename *rename);

/* Whether the reference must be found by the new name, too: all but labels and short names. */
bool wls_rename_is_found(const struct wls_name_place *ref);
/* Whether a log may be called so; the error says why not. */
int wls_rename_check_name(struct wls_slice name, struct wls_error *err);
/* Adds `to` as `from` is spelled where it is written `written`. */
void wls_rename_spell(struct wls_slice written, struct wls_slice from, struct wls_slice to,
		      enum wls_spelling spelling, struct wls_buf *out);

/* Puts `text` in the place of bytes [begin, end), unless it stands there. */
void wls_rename_add_edit(struct wls_rename_file *file, const struct wls_doc *doc, size_t begin,
			 size_t end, struct wls_slice text, const char *what);
/*
 * Sorts the edits, and tells their lines and columns; of two at one place (a title is also a
 * mention) the first stays. What is remembered goes before all of them.
 */
void wls_rename_settle(struct wls_rename_file *file, const struct wls_doc *doc);
/* Makes the new bytes. */
void wls_rename_apply(struct wls_rename *r, struct wls_rename_file *file);

/* Fills in the files and their new bytes. Fails when one of them must not be touched. */
int wls_rename_plan(struct wls_rename *rename, struct wls_error *err);
/* The planned file that is at `path`, or will be (`after`); NULL: nothing changes in it. */
const struct wls_rename_file *wls_rename_file_at(const struct wls_rename *rename,
						 struct wls_slice path, bool after);
/*
 * Whether the new bytes make the log, and what names it, that were meant, and the same graph. Then
 * finds out what has to be remembered for the way back.
 */
int wls_rename_verify(struct wls_rename *rename, struct wls_error *err);

/* Whether a symbolic link leads to a file that gets another name: then it is refused. */
int wls_rename_check_links(const struct wls_rename *rename, struct wls_error *err);
/* Whether `after`, the logs as they will be, is the same graph; the error names what is not. */
int wls_rename_compare(const struct wls_rename *rename, const struct wls_graph *after,
		       struct wls_error *err);

/* Where something of ours is kept for a work tree: git's folder, or the root itself. */
const char *wls_rename_place(struct wls_arena *arena, const char *root, const char *name);
/* Reads what earlier renames remembered; a file that is not ours is taken for an empty one. */
int wls_rename_memory_read(struct wls_rename *rename, struct wls_error *err);
void wls_rename_memory_release(struct wls_rename_memory *memory);
/* Fills in file->remembered: what holds for its bytes and this rename. */
void wls_rename_remembered(struct wls_rename *rename, struct wls_rename_file *file);
/* The first text of the next file of which something is remembered for this rename, or NULL. */
const struct wls_memory_entry *wls_rename_memory_next(const struct wls_rename *rename,
						      const struct wls_memory_entry *last);
/* What a file was called, when it is remembered. */
bool wls_rename_recall_path(struct wls_rename *rename, struct wls_slice path,
			    struct wls_slice *before);
/* Whether the log of that file had the new name beside another log. */
bool wls_rename_had_namesake(const struct wls_rename *rename, struct wls_slice path);
/* Adds to the memory what the way back would miss: `graph` holds the logs as they will be. */
int wls_rename_remember(struct wls_rename *rename, struct wls_graph *graph, uint32_t log,
			struct wls_error *err);
/* Makes the memory's new bytes: without what this rename used, with what `entries` say. */
void wls_rename_memory_update(struct wls_rename *rename, const struct wls_memory_entry *entries,
			      size_t count);

/* Keeps other renames out of the tree; waits for one at work, though not for ever. */
int wls_rename_lock_tree(struct wls_rename_locks *locks, const char *root, struct wls_error *err);
/* Keeps what writes single files out of the folders, too; they are sorted. */
int wls_rename_lock_folders(struct wls_rename_locks *locks, const char **folders, size_t count,
			    struct wls_error *err);
void wls_rename_unlock(struct wls_rename_locks *locks); /* nothing locked is fine */

/*
 * Writes all files, or none, whenever the process ends: new bytes stand beside the old ones,
 * synced, before a journal says that they hold; what comes after can be done again.
 */
int wls_rename_write(const struct wls_rename *rename, struct wls_error *err);
/*
 * Ends what an earlier run left, under the tree's lock: takes it back when its journal was not yet
 * complete, else goes on. *done says what happened: NULL for nothing.
 */
int wls_rename_recover(const char *root, const char **done, struct wls_error *err);

/* Whether a rename is on its way, or was cut short. One call of the system in most trees. */
bool wls_rename_is_open(const char *root, bool in_git);

void wls_rename_text(const struct wls_rename *rename, const struct wls_style *style, bool written,
		     struct wls_buf *out);
void wls_rename_json(const struct wls_rename *rename, bool written, struct wls_buf *out);

#endif
