/* SPDX-License-Identifier: MIT */
/*
 * Configuration: `.wlsync`, in the syntax of git's own files, and the same keys from git's.
 *
 * Layer: io. Includes: base.
 *
 * A key is written "section.name" or "section.subsection.name"; section and name are without case
 * and kept in lower case, the subsection is verbatim. Which keys there are, and what values they
 * take, stands in one table (config_key.c).
 *
 * Precedence: `.wlsync` before git's configuration; the last value within each. A list holds the
 * values of one origin only, so that a `.wlsync` replaces a user's defaults.
 */
#ifndef WLS_IO_CONFIG_H
#define WLS_IO_CONFIG_H

#include "wlsync/base.h"

enum wls_config_origin {
	WLS_CONFIG_GIT,  /* git's own configuration, keys below "wlsync." */
	WLS_CONFIG_FILE, /* `.wlsync` */
};

struct wls_config_entry {
	struct wls_slice key;   /* "worklog.path", "tracker.github.type" */
	struct wls_slice value; /* NUL-terminated too; empty for a key without "=" */
	bool has_value;         /* false: a key alone, which means true */
	enum wls_config_origin origin;
	uint32_t line; /* of the key, from 1; 0: not from a file that we read */
};

/* Zero is the initial state. */
struct wls_config {
	struct wls_config_entry *entries; /* in order of reading */
	size_t count, cap;
	const char *file; /* `.wlsync` as it is shown, NULL before it was read; in the arena */
	struct wls_arena arena;
};

void wls_config_release(struct wls_config *config);

/*
 * Adds the entries of a file's bytes; keys are not judged. `file` is for messages. Fails with
 * WLS_E_FORMAT, naming file and line, where git would refuse the file too, and for NUL bytes;
 * entries before that place may have been added. O(n).
 */
int wls_config_parse(struct wls_config *config, struct wls_slice source, const char *file,
		     struct wls_error *err);

/*
 * Adds an entry and judges it: a key must be one of the table, its value of the right kind, and
 * nothing secret. `where` is for messages ("FILE:LINE", "git's configuration"). Copies its texts.
 */
int wls_config_add(struct wls_config *config, const struct wls_config_entry *entry,
		   const char *where, struct wls_error *err);

/* Reads `.wlsync` in the folder `dir` (a descriptor), if there is one; each entry is judged. */
int wls_config_read(struct wls_config *config, int dir, const char *shown, struct wls_error *err);

/* Judges one entry against the table of keys. */
int wls_config_check(const struct wls_config_entry *entry, const char *where,
		     struct wls_error *err);

/* The value of a key that holds one, or NULL. */
const struct wls_config_entry *wls_config_find(const struct wls_config *config, const char *key);
/*
 * The next value of a key that holds several, after `last` (NULL: the first); NULL at the end.
 */
const struct wls_config_entry *wls_config_next(const struct wls_config *config, const char *key,
					       const struct wls_config_entry *last);
/* Whether a boolean entry says true; `entry` has passed wls_config_check(). */
bool wls_config_true(const struct wls_config_entry *entry);

#endif
