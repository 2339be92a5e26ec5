/* SPDX-License-Identifier: MIT */
/*
 * Findings: what in logs is wrong, doubtful or overdue, by rules that can be told apart.
 *
 * Layer: check. Includes: base, buf, doc, graph, trends.
 *
 * Use: wls_check_new(); wls_check_log() for every log of a built graph, with its documents;
 * wls_check_finish(); read the findings; wls_check_free().
 *
 * Invariants
 * - Pure: today's date, and whether a file or line exists, come from the caller.
 * - Findings are the same for the same logs in whatever order they were added: sorted by file, line,
 *   column, rule.
 * - A rule that cries on ordinary logs is off by default.
 */
#ifndef WLSYNC_CHECK_H
#define WLSYNC_CHECK_H

#include "wlsync/graph.h"

/*
 * Every rule: enumerator, name, default severity (INFO, WARNING, ERROR, or OFF), what it finds, how to
 * mend it, whether --fix does that.
 */
#define WLS_RULE_TABLE(X)                                                                          \
	X(DANGLING_REF, "dangling-ref", ERROR, "a dependency names no log",                        \
	  "mend the name, or write the log", false)                                                \
	X(AMBIGUOUS_REF, "ambiguous-ref", ERROR, "a dependency's name is that of several logs",    \
	  "name the file", false)                                                                  \
	X(AHEAD_REF, "ahead-ref", WARNING, "a dependency waits for a version that is not there",   \
	  "wait for it, or name the version there is", false)                                      \
	X(STALE_REF, "stale-ref", WARNING, "a dependency names an older version than the current", \
	  "look at what happened since, then name the current version", false)                     \
	X(SELF_AHEAD, "self-ahead", WARNING, "a log names its own future", "mend the version",     \
	  false)                                                                                   \
	X(CLAIM_CONTRADICTED, "claim-contradicted", ERROR,                                         \
	  "a dependency is said to be done and is not", "take the claim back", false)              \
	X(CYCLE, "cycle", ERROR, "logs wait for each other in a circle",                           \
	  "cut one of the dependencies", false)                                                    \
	X(DUPLICATE_NAME, "duplicate-name", WARNING, "two logs have one name",                     \
	  "rename one: wlsync rename", false)                                                      \
	X(DUPLICATE_ENTRY, "duplicate-entry", ERROR, "two entries have one number",                \
	  "give the later one the next number", false)                                             \
	X(VERSION_MISMATCH, "version-mismatch", WARNING,                                           \
	  "frontmatter or file name disagree with the highest entry",                              \
	  "--fix for the frontmatter, --fix=names for the file", true)                             \
	X(STATUS_MISMATCH, "status-mismatch", WARNING,                                             \
	  "two places give the log different statuses",                                            \
	  "--fix makes the frontmatter say what the newest entry says", true)                      \
	X(UNKNOWN_STATUS, "unknown-status", INFO, "a status that is none of the four",             \
	  "in_progress, blocked, needs_review or completed", false)                                \
	X(STATUS_SPELLING, "status-spelling", INFO, "a status is spelled in its own way",          \
	  "--fix writes it as the others are", true)                                               \
	X(BAD_VERSION, "bad-version", WARNING, "a version that is no number", "write vN", false)   \
	X(BAD_FRONTMATTER, "bad-frontmatter", WARNING, "frontmatter that is no YAML mapping",      \
	  "mend the YAML", false)                                                                  \
	X(BAD_DATE, "bad-date", WARNING, "a date that is no day", "mend the date", false)          \
	X(DATE_ORDER, "date-order", WARNING, "an entry is dated before the one before it",         \
	  "mend the date or the number", false)                                                    \
	X(FUTURE_DATE, "future-date", WARNING, "an entry is dated after today", "mend the date",   \
	  false)                                                                                   \
	X(VERSION_GAP, "version-gap", OFF, "a number is missing between two entries",              \
	  "nothing, when an entry was removed on purpose", false)                                  \
	X(CONTRADICTION, "contradiction", WARNING, "one figure has two values",                    \
	  "say which holds, and what changed", false)                                              \
	X(REGRESSION, "regression", WARNING, "a figure got worse than it was",                     \
	  "find what changed between the versions", false)                                         \
	X(TARGET_MISSED, "target-missed", INFO, "a figure misses its target",                      \
	  "reach it, or move it", false)                                                           \
	X(REFUTED_AGAIN, "refuted-again", WARNING, "a refuted hypothesis is tried again",          \
	  "read what refuted it", false)                                                           \
	X(DEAD_END_AGAIN, "dead-end-again", WARNING, "a dead end is tried again",                  \
	  "read why it was one", false)                                                            \
	X(BLOCKER_OWNER, "blocker-without-owner", INFO, "nobody is named for an open blocker",     \
	  "add `- Owner: @name`", false)                                                           \
	X(BLOCKER_OVERDUE, "blocker-overdue", WARNING, "an open blocker is past its ETA",          \
	  "ask, and write a new ETA", false)                                                       \
	X(NO_SUMMARY, "no-summary", INFO, "no summary for more than five versions",                \
	  "add a **Summary:** to the newest entry or the log", false)                              \
	X(MISSING_FILE, "missing-file", WARNING, "a file reference names no file",                 \
	  "mend the path, or say that it is gone", false)                                          \
	X(MISSING_LINE, "missing-line", INFO, "a file reference names lines that the file lacks",  \
	  "mend the lines", false)                                                                 \
	X(CONFLICT_MARKER, "conflict-marker", ERROR, "conflict markers are left",                  \
	  "settle them: wlsync resolve", false)                                                    \
	X(MOJIBAKE, "mojibake", WARNING, "UTF-8 that was read as another encoding",                \
	  "--fix mends it", true)                                                                  \
	X(INVALID_UTF8, "invalid-utf8", WARNING, "bytes that are not UTF-8",                       \
	  "save the file as UTF-8", false)                                                         \
	X(NUL_BYTE, "nul-byte", WARNING, "a NUL byte", "remove it", false)                         \
	X(NO_FINAL_NEWLINE, "no-final-newline", INFO, "the last line has no ending",               \
	  "--fix adds it", true)                                                                   \
	X(SECRET, "secret", ERROR, "text that looks like a credential",                            \
	  "remove it, and revoke it", false)

enum wls_rule {
#define X(id, name, severity, what, how, fix) WLS_RULE_##id,
	WLS_RULE_TABLE(X)
#undef X
		WLS_RULE_COUNT,
};

struct wls_rule_info {
	const char *name;
	int severity; /* default: enum wls_severity, or -1: off */
	const char *what;
	const char *how;
	bool fix;
};

/* The table above, by rule. */
extern const struct wls_rule_info wls_rules[WLS_RULE_COUNT];
/* The rule of that name, or WLS_RULE_COUNT. */
enum wls_rule wls_rule_find(struct wls_slice name);

struct wls_check_options {
	struct wls_slice today;        /* YYYY-MM-DD */
	struct wls_slice now_time;     /* HH:MM; empty: midnight */
	int severity[WLS_RULE_COUNT];  /* enum wls_severity; -1: off. wls_check_defaults() */
	const struct wls_slice *allow; /* texts that look like secrets and are none */
	size_t allow_count;
	/*
	 * Whether a path (relative to the root, to the log's folder, or to one between) is there: its
	 * lines, 0 for a folder or an empty file, -1: it is not, -2: it cannot be told. NULL: nothing
	 * can be told.
	 */
	int64_t (*lines)(void *data, struct wls_slice log_file, struct wls_slice path);
	void *data;
};

/* Fills in every rule's default severity. */
void wls_check_defaults(struct wls_check_options *options);

struct wls_finding_place {
	struct wls_slice file;
	uint32_t line, column, end_column; /* from 1, code points; column 0: the whole file */
	uint32_t begin, end;               /* bytes of the file; column 0: 0, 0 */
	/*
	 * That line's text, without its ending; of a long one what stands around the place.
	 * source_column is the column where it starts, 0: there is none.
	 */
	struct wls_slice source;
	uint32_t source_column;
};

struct wls_check_finding {
	enum wls_rule rule;
	enum wls_severity severity;
	uint32_t log; /* index into the graph, or WLS_LOG_NONE */
	struct wls_finding_place place;
	const char *message;  /* may hold what files hold: show it with care */
	const char *hint;     /* how to mend it, or NULL */
	uint64_t fingerprint; /* of rule, log and names: not of lines; differs from all others */
	bool ignored;         /* by a comment in the log: <!-- wlsync: ignore RULE --> */
	bool fixable;
};

/* A file of a log. */
struct wls_check_file {
	struct wls_slice path; /* outlives the check */
	struct wls_doc *doc;   /* facts computed */
};

struct wls_check {
	const struct wls_graph *graph;
	const struct wls_check_options *options;
	struct wls_check_finding *findings; /* after wls_check_finish(), sorted */
	size_t count, cap;
	struct wls_check_scratch *scratch; /* private */
	struct wls_arena arena;
};

struct wls_check *wls_check_new(const struct wls_graph *graph,
				const struct wls_check_options *options);
void wls_check_free(struct wls_check *check); /* NULL is fine */

/* Runs the rules that look into one log; `files`: current file first. Documents may be freed after. */
void wls_check_log(struct wls_check *check, uint32_t log, const struct wls_check_file *files,
		   size_t count);
/* Runs the rules that look at the graph, sorts, marks what is ignored, and drops doubles. */
void wls_check_finish(struct wls_check *check);

/* ---- mending ---- */

/*
 * Adds the file's bytes to `out`, with every fixable finding about it mended that no comment switches
 * off; `fixed` (count entries, or NULL) gets which findings those are. Returns how many; 0 adds
 * nothing. No other byte is touched. After wls_check_finish(); the document must still be there.
 * O(bytes + findings).
 */
size_t wls_check_fix(const struct wls_check *check, const struct wls_check_file *file,
		     struct wls_buf *out, bool *fixed);

/*
 * The name that a file should have whose name says another version than `version`, in the arena;
 * empty when its name holds none. O(path).
 */
struct wls_slice wls_check_fixed_name(struct wls_arena *arena, struct wls_slice path,
				      uint32_t version);

#endif
