/* SPDX-License-Identifier: MIT */
/*
 * What a push does: what every log's issue should say, what the tracker holds, and the
 * operations between the two.
 *
 * Layer: plan. Includes: base, buf, doc, graph.
 *
 * Use: wls_wanted_add() for every log of a graph; the tracker's side fills a struct wls_remote;
 * wls_plan_make() compares; an executor does what the plan says, asking wls_plan_issue() again
 * about each issue that it has just read anew.
 *
 * Invariants
 * - Pure: no files, no clock, no network. The same logs and the same remote make the same plan.
 * - Every field is compared three ways: wanted, last applied (the record in the issue's marker
 *   line), live. Live = wanted is settled whatever the record says.
 * - The bytes of a body outside the region are never looked into but for markers, nor changed.
 */
#ifndef WLSYNC_PLAN_H
#define WLSYNC_PLAN_H

#include "wlsync/graph.h"
#include "wlsync/secret.h"

/* Raised when the same log is rendered differently: a lower one never overwrites a higher one. */
#define WLS_RENDERER 1u
/* Every issue of ours has this label. */
#define WLS_ANCHOR_LABEL "wlsync"
/* The label that stands for the lease of a pusher that creates. */
#define WLS_LEASE_LABEL "wlsync-lock"
/* Most bytes of a body, people's text included. */
#define WLS_BODY_MAX ((size_t)60000)
/* Most links of one issue. */
#define WLS_LINKS_MAX 50u

enum wls_issue_state {
	WLS_ISSUE_OPEN,
	WLS_ISSUE_COMPLETED,   /* closed as completed */
	WLS_ISSUE_NOT_PLANNED, /* closed as not planned, or as a duplicate */
};

/* "open", "completed", "not_planned". */
const char *wls_issue_state_name(enum wls_issue_state state);

/* Which versions get a comment. */
enum wls_comments_policy {
	WLS_COMMENTS_NEW,
	WLS_COMMENTS_LATEST,
	WLS_COMMENTS_NONE,
	WLS_COMMENTS_ALL,
};

/* ---- options ---- */

/* Texts are borrowed. */
struct wls_plan_options {
	struct wls_slice source;    /* owner/name of the logs' repository; empty: unknown */
	struct wls_slice file_base; /* what a file's path follows in a link: "https://…/blob/HEAD/";
				     * empty: no links */
	struct wls_slice label_prefix; /* before `status:` and `priority:`; usually empty */
	const struct wls_slice *allow; /* texts that look like secrets and are none */
	size_t allow_count;
	const struct wls_slice *trust; /* accounts to trust, beside those that always are */
	size_t trust_count;
	int64_t date;       /* HEAD's committer date, seconds since 1970; 0: outside of git */
	uint32_t title_max; /* code points: the tracker's */
	uint32_t max_comments;
	enum wls_comments_policy comments;
	bool mentions; /* names and references in texts stay alive */
	bool allow_secrets;
	bool force;      /* also backwards */
	bool overwrite;  /* also what people changed */
	bool prune;      /* close issues whose log is gone */
	bool whole;      /* all logs of the workspace are there: what is missing is gone */
	bool unreadable; /* some log could not be read: nothing is pruned */
};

/* ---- text (plan/inert.c, plan/title.c) ---- */

/*
 * Adds one line of a log's text so that it notifies, links and breaks nothing: code spans stay
 * verbatim; outside of them `@`, `#12`, `GH-12` and what addresses an issue lose their meaning
 * (not with `mentions`), `<`, `&`, `[`, backticks without a partner and what would begin a block
 * are escaped. NUL, controls and direction overrides are left out; line endings and tabs are
 * blanks; invalid bytes U+FFFD. The output never holds a line ending. O(n).
 */
void wls_inert_add(struct wls_slice text, bool mentions, struct wls_buf *out);
/*
 * A title: one line, controls and direction overrides removed, trimmed, at most `max` code points,
 * cut at a word with an ellipsis. The rest stays verbatim: titles are no Markdown. O(n).
 */
void wls_title_add(struct wls_slice text, uint32_t max, struct wls_buf *out);

/* ---- wanted: what a log's issue should be (plan/wanted.c) ---- */

struct wls_wanted_entry {
	uint32_t version;
	uint64_t hash; /* of the entry's bytes, line endings and trailing blanks normalised */
};

struct wls_wanted {
	uint32_t log;          /* index into the graph */
	struct wls_slice id;   /* frontmatter `id`, else the name */
	struct wls_slice name; /* as shown: the graph's id of the log */
	struct wls_slice file;
	int64_t issue; /* frontmatter `issue`; 0: none */
	uint32_t version;
	struct wls_slice title;         /* at most title_max code points, never empty */
	const struct wls_slice *labels; /* the anchor first */
	size_t label_count;
	enum wls_issue_state state;
	const struct wls_wanted_entry *entries; /* by rising version, one a version */
	size_t entry_count;
	const uint32_t *needs; /* logs that it depends on and may be linked to, by id; at most
				* WLS_LINKS_MAX */
	size_t need_count;
	const char *links_note; /* dependencies that get no link, and why; NULL: none */
	bool in_circle;         /* some of them since they lie on a cycle */
	const char *refused;    /* why it is not pushed at all, "FILE:LINE: …"; NULL: it is */
	bool left_out; /* only matched, so that others can name its issue; set by the caller */
	const struct wls_content *content; /* for wls_region_render(); private to plan */
};

/* All that is wanted; zero is the initial state but for graph and options. */
struct wls_wanted_list {
	const struct wls_graph *graph;
	const struct wls_plan_options *options; /* borrowed */
	struct wls_wanted *items;               /* in order of adding */
	size_t count, cap;
	const uint32_t *components; /* of each log, over edges that hold; private to plan */
	struct wls_arena arena;
};

/*
 * Adds a log of the graph, whose current file and parts are given as documents (facts computed);
 * they may be freed afterwards. `paths[i]` is the file of docs[i]. Secrets, conflict markers and a
 * malformed `issue:` make it `refused`. O(bytes).
 */
void wls_wanted_add(struct wls_wanted_list *list, uint32_t log, struct wls_doc *const *docs,
		    const struct wls_slice *paths, size_t count);
void wls_wanted_release(struct wls_wanted_list *list);
/* The item of a log, or NULL. O(1) when all logs were added in order, else O(n). */
const struct wls_wanted *wls_wanted_find(const struct wls_wanted_list *list, uint32_t log);

/* ---- rendering (plan/region*.c, plan/comment.c) ---- */

/* Issue numbers of logs: what a region links to. */
struct wls_numbers {
	const int64_t *of_log; /* graph's log_count; 0: no issue yet */
};

/*
 * Adds the region's text, without marker lines, LF, ending in a line ending; at most `limit` bytes,
 * cut between blocks with a link to the file. Returns false, adding nothing, when not even a
 * link fits. Deterministic. O(content, and the log's neighbourhood).
 */
bool wls_region_render(const struct wls_wanted_list *list, const struct wls_wanted *wanted,
		       const struct wls_numbers *numbers, size_t limit, struct wls_buf *out);
/*
 * Adds the text of a version's comment, without its marker line; as above. `doc` holds the entry.
 */
void wls_comment_render(const struct wls_plan_options *options, struct wls_doc *doc,
			const struct wls_entry *entry, struct wls_slice path, struct wls_buf *out);
/* The hash that struct wls_wanted_entry has. O(entry). */
uint64_t wls_entry_hash(struct wls_doc *doc, const struct wls_entry *entry);

/* ---- the record in the marker (plan/record.c, plan/marker.c) ---- */

/* What was last applied; texts are borrowed. */
struct wls_record {
	struct wls_slice id;
	struct wls_slice source;
	uint32_t version;
	uint32_t renderer;
	int64_t date;
	uint64_t title_hash, region_hash; /* of what was sent */
	uint64_t stored_hash; /* of the region that the server made of it; 0: the same */
	const struct wls_slice *labels;
	size_t label_count;
	bool open;
	const int64_t *links; /* issue numbers, rising */
	size_t link_count;
	uint32_t commented;      /* highest version that comments were seen to */
	uint64_t commented_hash; /* over the entries up to there */
	bool commented_all;      /* with --comments all */
	int64_t duplicate_of;    /* 0: none */
};

/* Adds the marker line, without a line ending. Whatever the texts hold, it is one HTML comment. */
void wls_record_write(const struct wls_record *record, struct wls_buf *out);
/* Reads such a line; false when it is none, or of a version that we do not know. */
bool wls_record_read(struct wls_slice line, struct wls_arena *arena, struct wls_record *out);

/* The last line of a region. */
#define WLS_REGION_END "<!-- /wlsync -->"

enum wls_region_kind {
	WLS_REGION_NONE,
	WLS_REGION_FOUND,
	WLS_REGION_BROKEN, /* markers, but not exactly one begin and one end in order, outside of
			    * code, quotes and HTML */
};

/* Where a body holds its region. */
struct wls_region {
	enum wls_region_kind kind;
	size_t begin;    /* of the marker line */
	size_t text;     /* of the line after it */
	size_t text_end; /* begin of the end marker's line */
	size_t end;      /* past the end marker's line, without its line ending */
	bool crlf;       /* the marker line ends so */
	struct wls_record record;
};

/* O(body). Texts of the record are in the arena. */
void wls_region_find(struct wls_slice body, struct wls_arena *arena, struct wls_region *out);
/* Whether a line of the body looks like a marker that names `id`, however broken. O(body). */
bool wls_body_names(struct wls_slice body, struct wls_slice id);
/* A hash that line endings and trailing blanks do not change. O(n). */
uint64_t wls_text_hash(struct wls_slice text);
/*
 * Adds `body` with the region replaced by marker line, text and end marker, in the region's own
 * line ending; where it has none, behind the body's text and a blank line. O(n).
 */
void wls_region_splice(struct wls_slice body, const struct wls_region *region,
		       const struct wls_record *record, struct wls_slice text, struct wls_buf *out);

/* The first line of a comment of ours. */
struct wls_comment_marker {
	struct wls_slice id;
	uint32_t version;
	uint64_t hash; /* of the entry */
};
void wls_comment_marker_write(const struct wls_comment_marker *marker, struct wls_buf *out);
/* Reads a comment's first line; texts are in the arena. */
bool wls_comment_marker_read(struct wls_slice body, struct wls_arena *arena,
			     struct wls_comment_marker *out);

/* ---- remote: what the tracker holds ---- */

struct wls_comment {
	int64_t id;
	struct wls_slice author;
	bool trusted; /* as for issues */
	struct wls_slice body;
};

struct wls_issue {
	int64_t number;
	int64_t id; /* the tracker's own, which its link calls want */
	struct wls_slice title, body, author;
	struct wls_slice changed; /* when, as the tracker tells it; empty: unknown */
	enum wls_issue_state state;
	bool trusted; /* by role: owner, member, collaborator; see wls_issue_trusted() */
	bool locked;
	bool made; /* in this run */
	const struct wls_slice *labels;
	size_t label_count;
	int64_t comment_count; /* -1: unknown */
	int64_t link_total;    /* issues that it is blocked by; -1: unknown */
	/* What was read for it alone. */
	bool comments_read, links_read;
	const struct wls_comment *comments; /* by rising id */
	size_t comments_len;
	const int64_t *links; /* numbers, rising; of this repository only */
	size_t link_count;
};

/* What the cache remembers of a log's issue. */
struct wls_hint {
	struct wls_slice id;
	int64_t number;
	const char *gone; /* "was deleted", "was transferred to …"; NULL: nothing is known */
};

struct wls_remote {
	const char *tracker;         /* "github" */
	struct wls_slice url;        /* of its API */
	struct wls_slice web;        /* of the repository, for people; no slash at its end */
	struct wls_slice repository; /* as the tracker spells it */
	struct wls_slice account;
	bool is_private;
	bool has_links;           /* false: the server has no such call */
	bool whole;               /* listed without the label filter, every page */
	struct wls_issue *issues; /* by number */
	size_t count, cap;
	const struct wls_hint *hints;
	size_t hint_count;
	struct wls_arena arena; /* all texts */
};

void wls_remote_release(struct wls_remote *remote);
/* The issue of that number, or NULL; valid until the next wls_remote_put(). O(log n). */
struct wls_issue *wls_remote_find(const struct wls_remote *remote, int64_t number);
/*
 * Puts an issue in, or in place of the one with its number, whose comments and links are kept when
 * the new one brings none. Texts are copied. O(n) when it is not the highest.
 */
struct wls_issue *wls_remote_put(struct wls_remote *remote, const struct wls_issue *issue);
/* Whether a marker in it counts: role, the account itself, github-actions[bot], or `trust`. */
bool wls_issue_trusted(const struct wls_remote *remote, const struct wls_plan_options *options,
		       struct wls_slice author, bool by_role);
/* Whether a comment is one of ours about the log of that id, by an author who is trusted; *marker gets its first line. */
bool wls_comment_is_ours(const struct wls_remote *remote, const struct wls_plan_options *options,
			 const struct wls_comment *comment, struct wls_slice id,
			 struct wls_arena *arena, struct wls_comment_marker *marker);

/* ---- the plan ---- */

enum wls_verb {
	WLS_VERB_NOTHING,
	WLS_VERB_CREATE,
	WLS_VERB_UPDATE,
	WLS_VERB_ADOPT,     /* an update that puts the first marker in */
	WLS_VERB_DUPLICATE, /* close it: a lower number has its log */
	WLS_VERB_PRUNE,     /* close it: its log is gone */
	WLS_VERB_SKIP,      /* nothing is written; a note says why */
};

/* "nothing", "create", … */
const char *wls_verb_name(enum wls_verb verb);

/* Fields of an issue that an item sets; a set of bits. */
enum wls_field {
	WLS_FIELD_TITLE = 1 << 0,
	WLS_FIELD_REGION = 1 << 1,
	WLS_FIELD_STATE = 1 << 2,
	WLS_FIELD_RECORD = 1 << 3, /* the marker line */
};

enum wls_note_kind {
	WLS_NOTE_INFO,    /* exit status stays 0 */
	WLS_NOTE_DRIFT,   /* a person changed it */
	WLS_NOTE_PROBLEM, /* not pushed, or not wholly */
};

struct wls_note {
	enum wls_note_kind kind;
	const char *field; /* "title", "region", "state", "label", "link", "comment", … */
	const char *text;  /* one line: what, and what to do */
};

enum wls_comment_verb {
	WLS_COMMENT_POST,
	WLS_COMMENT_EDIT,
	WLS_COMMENT_DELETE,
};

struct wls_plan_comment {
	enum wls_comment_verb verb;
	uint32_t version;
	uint64_t hash; /* of the entry */
	int64_t id;    /* EDIT, DELETE */
};

struct wls_plan_item {
	enum wls_verb verb;
	const struct wls_wanted *wanted; /* NULL: PRUNE, DUPLICATE of a log that is not wanted */
	struct wls_slice id;
	int64_t number;  /* 0: none yet */
	unsigned fields; /* enum wls_field */
	struct wls_slice old_title, title;
	struct wls_slice old_region, region; /* texts; both empty unless FIELD_REGION */
	enum wls_issue_state old_state, state;
	const struct wls_slice *labels_add, *labels_remove;
	size_t add_count, remove_count;
	const uint32_t *links_add; /* logs; those without an issue yet get theirs in this run */
	const int64_t *links_remove;
	size_t link_add_count, link_remove_count;
	const struct wls_plan_comment *comments; /* in order: edits, deletions, posts by version */
	size_t comment_count;
	bool reads_comments, reads_links; /* it cannot be told before these are read */
	bool names_new;           /* its region or links name issues that are made in this run */
	struct wls_record record; /* as it will stand when all of this is done */
	int64_t duplicate_of;
	uint64_t live;   /* hash of what the tracker held; 0: nothing */
	uint64_t marker; /* hash of its marker line; 0: none */
	const struct wls_note *notes;
	size_t note_count;
};

struct wls_plan {
	const struct wls_wanted_list *wanted;
	struct wls_plan_item *items; /* by id of the log; then duplicates and prunes by number */
	size_t count, cap;
	int64_t *numbers; /* of each log of the graph; 0: none */
	bool *will_be;    /* of each log of the graph: the plan creates its issue */
	size_t creates, updates, unchanged, drifts, problems;
	size_t matched;         /* logs that have an issue */
	size_t visible_changes; /* of those: title, state or status label changes */
	size_t comments_left;   /* not planned, for max_comments */
	size_t comments_posted; /* by the executor so far */
	size_t comment_budget;  /* posts that may still be planned */
	struct wls_arena arena;
};

/*
 * The plan for all that is wanted. Items with reads_comments or reads_links say what has to be
 * read (into remote) before the plan is made again; creations are only planned when remote->whole,
 * else the item is SKIP and *missing (may be NULL) is counted up. O(issues + logs + text).
 */
void wls_plan_make(struct wls_plan *plan, const struct wls_wanted_list *wanted,
		   const struct wls_remote *remote, size_t *missing);
void wls_plan_release(struct wls_plan *plan);
/*
 * Compares one log with its issue, as wls_plan_make() does for each: for an issue that was read
 * anew. plan->numbers tells the others' issues. O(text).
 */
void wls_plan_issue(struct wls_plan *plan, const struct wls_remote *remote,
		    const struct wls_wanted *wanted, const struct wls_issue *issue,
		    struct wls_plan_item *out);
/* Whether an item writes anything. */
bool wls_plan_item_writes(const struct wls_plan_item *item);
/* Whether people wrote in an issue of ours (comments_read when it has any): it is not closed then. */
bool wls_issue_has_people(const struct wls_remote *remote, const struct wls_plan_options *options,
			  const struct wls_issue *issue, const struct wls_region *region);
/*
 * The brake: NULL, or why the plan needs a person's word, "32 creations (more than 20); …".
 * In the plan's arena.
 */
const char *wls_plan_brake(struct wls_plan *plan, uint32_t max_create);

/* ---- JSON (plan/plan_json.c) ---- */

/* What a run came to, for output; plain values, since plan does not know what ran. */
struct wls_plan_result_view {
	const char *brake; /* why a person's word is needed; NULL: it is not */
	bool applied;      /* something was tried: what follows counts */
	size_t created, updated, closed, comments, links, labels, failed, skipped, left;
	uint64_t requests, not_modified, writes; /* sent; answered from the cache; of the sent */
	bool stopped;
	const char *why;                  /* when stopped; may be NULL */
	const struct wls_note *notes;     /* what turned up while it ran */
	const struct wls_slice *note_ids; /* the log of each */
	size_t note_count;
};

/*
 * Adds one document of docs/schema/push.json and a line ending. Without `result` its keys `brake`
 * and `result` are null; the rest is the same bytes for equal plans. O(plan).
 */
void wls_plan_json(const struct wls_plan *plan, const struct wls_remote *remote,
		   const struct wls_plan_result_view *result, struct wls_buf *out);

#endif
