/* SPDX-License-Identifier: MIT */
/*
 * Trackers: one table of drivers, and the executor that does what a plan says through any of them.
 *
 * Layer: tracker. Includes: base, buf, plan.
 *
 * Invariants
 * - A driver turns our issue into the tracker's calls and back, no more: it decides nothing. Every
 *   answer is checked (status, type, expected fields) before it is believed.
 * - Nothing is posted twice blindly: a call whose outcome is not known says WLS_E_UNCLEAR.
 */
#ifndef WLSYNC_TRACKER_H
#define WLSYNC_TRACKER_H

#include "wlsync/plan.h"

struct wls_http_options;
struct wls_http;
struct wls_tracker; /* an open driver: what it is, only that driver knows */

struct wls_tracker_options {
	const char *repository;              /* "acme/shop" */
	const struct wls_http_options *http; /* base, token_header and headers are the driver's */
	const char *url;                     /* of the API; NULL: the driver's default */
};

/* A new issue. */
struct wls_draft {
	struct wls_slice title, body;
	const struct wls_slice *labels;
	size_t label_count;
};

/* What one update sets; fields not in `fields` are left alone. */
struct wls_patch_issue {
	unsigned fields; /* WLS_FIELD_TITLE, WLS_FIELD_REGION (the body), WLS_FIELD_STATE */
	struct wls_slice title, body;
	enum wls_issue_state state;
	bool duplicate; /* NOT_PLANNED because it is one */
};

struct wls_lease {
	bool found;
	struct wls_slice holder; /* in `arena` of the call */
	int64_t expires;         /* seconds since 1970, by the server's clock; 0: unreadable */
};

/*
 * Every call returns 0 or a negative status: WLS_E_NETWORK, WLS_E_UNCLEAR, WLS_E_LIMITED (see
 * wls_http_send()), WLS_E_AUTH, WLS_E_DENIED, WLS_E_NOT_FOUND, WLS_E_GONE, WLS_E_MOVED,
 * WLS_E_LOCKED, WLS_E_ANSWER, WLS_E_UNSUPPORTED, WLS_E_REFUSED (422 and alike, with the server's
 * words). Issues that come back are put into `remote`.
 */
struct wls_driver {
	const char *name;                   /* "github" */
	const char *default_url;            /* "https://api.github.com" */
	const char *const *token_variables; /* NULL-terminated, without WLSYNC_TOKEN */
	uint32_t title_max;                 /* code points */
	double write_interval; /* seconds between writes at the default URL; elsewhere 0 */

	int (*open)(struct wls_tracker **out, const struct wls_tracker_options *options,
		    struct wls_error *err);
	void (*close)(struct wls_tracker *tracker); /* NULL is fine */
	struct wls_http *(*http)(struct wls_tracker *tracker);

	/* Who am I, is this the repository, may I write; fills the head of `remote`. */
	int (*preflight)(struct wls_tracker *tracker, struct wls_remote *remote,
			 struct wls_error *err);
	/* Whether another repository is private: 1, 0; WLS_E_NOT_FOUND when it cannot be seen. */
	int (*is_private)(struct wls_tracker *tracker, const char *repository,
			  struct wls_error *err);
	/* All issues in any state, oldest first, every page; with `label` only those that have it. */
	int (*list)(struct wls_tracker *tracker, const char *label, struct wls_remote *remote,
		    struct wls_error *err);
	/* Issues with a number above `number`, in any state, newest first. */
	int (*list_newer)(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err);
	int (*read)(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
		    struct wls_error *err);
	/* Fill the issue's comments (every page) and links. read_links: WLS_E_UNSUPPORTED. */
	int (*read_comments)(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			     struct wls_error *err);
	int (*read_links)(struct wls_tracker *tracker, int64_t number, struct wls_remote *remote,
			  struct wls_error *err);

	/* *number gets the new issue's, also when its answer lacks the labels. */
	int (*create)(struct wls_tracker *tracker, const struct wls_draft *draft, int64_t *number,
		      struct wls_remote *remote, struct wls_error *err);
	int (*update)(struct wls_tracker *tracker, int64_t number,
		      const struct wls_patch_issue *patch, struct wls_remote *remote,
		      struct wls_error *err);
	int (*add_labels)(struct wls_tracker *tracker, int64_t number,
			  const struct wls_slice *labels, size_t count, struct wls_error *err);
	/* One that is not there any more is removed. */
	int (*remove_label)(struct wls_tracker *tracker, int64_t number, struct wls_slice label,
			    struct wls_error *err);
	/* `number` is blocked by `other`; ids are the tracker's own. One that is there is added. */
	int (*add_link)(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			struct wls_error *err);
	int (*remove_link)(struct wls_tracker *tracker, int64_t number, int64_t other_id,
			   struct wls_error *err);
	/* Not repeatable: WLS_E_UNCLEAR. */
	int (*post_comment)(struct wls_tracker *tracker, int64_t number, struct wls_slice body,
			    struct wls_error *err);
	int (*edit_comment)(struct wls_tracker *tracker, int64_t comment, struct wls_slice body,
			    struct wls_error *err);
	int (*delete_comment)(struct wls_tracker *tracker, int64_t comment, struct wls_error *err);

	/* The lease. take: creates it, WLS_E_REFUSED when there is one. */
	int (*lease_take)(struct wls_tracker *tracker, const char *text, struct wls_error *err);
	int (*lease_read)(struct wls_tracker *tracker, struct wls_arena *arena,
			  struct wls_lease *out, struct wls_error *err);
	int (*lease_write)(struct wls_tracker *tracker, const char *text, struct wls_error *err);
	int (*lease_drop)(struct wls_tracker *tracker, struct wls_error *err);
};

/* The driver of that name, or NULL. */
const struct wls_driver *wls_driver_find(struct wls_slice name);
/* All, for messages; NULL-terminated. */
extern const struct wls_driver *const wls_drivers[];

/* ---- the executor (tracker/read.c, tracker/apply.c, tracker/lease.c) ---- */

struct wls_push_progress {
	size_t done, total;
	const char *what; /* "create Search" */
};

/* What a run has done and left. */
struct wls_push_result {
	size_t created, updated, closed, comments, links, labels, failed, skipped, left;
	bool stopped;                     /* a limit, a failure of the whole run, or the user */
	const char *why;                  /* when stopped; in the run's arena */
	const struct wls_note *notes;     /* what turned up while it ran; in the run's arena */
	const struct wls_slice *note_ids; /* the log of each */
	size_t note_count, note_cap;
};

struct wls_push {
	const struct wls_driver *driver;
	struct wls_tracker *tracker; /* open; borrowed */
	const struct wls_wanted_list *wanted;
	struct wls_remote remote; /* filled by wls_push_read() */
	struct wls_plan plan;     /* made by wls_push_read() */
	double max_wait;          /* seconds */
	/*
	 * Adds the text of a version's comment, read anew from its file. A negative status when the
	 * entry is not any more what `hash` says.
	 */
	int (*comment_text)(void *data, const struct wls_wanted *wanted, uint32_t version,
			    uint64_t hash, struct wls_buf *out, struct wls_error *err);
	void (*progress)(void *data, const struct wls_push_progress *progress);
	bool (*stopped)(void *data);
	/* The cached number of a log's issue; 0: none. */
	int64_t (*hint)(void *data, struct wls_slice id);
	void *data;
	struct wls_push_result result;
	struct wls_push_run *run; /* private to the executor */
	struct wls_arena arena;
};

/*
 * Preflight, listing and what else the plan needs; then makes the plan. No write. `preflight` has
 * filled the head of push->remote before (it tells the plan's options).
 */
int wls_push_read(struct wls_push *push, struct wls_error *err);
/*
 * Does what the plan says. Failures of single logs are notes; a negative status stops the run and
 * everything that was done stays as it is: the next run goes on.
 */
int wls_push_apply(struct wls_push *push, struct wls_error *err);
void wls_push_release(struct wls_push *push);

#endif
