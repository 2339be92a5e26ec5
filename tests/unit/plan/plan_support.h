/* SPDX-License-Identifier: MIT */
/*
 * Logs made of a few words, a tracker in memory, and plans between the two, told in words.
 */
#ifndef PLAN_SUPPORT_H
#define PLAN_SUPPORT_H

#include "wlsync/plan.h"

/* ---- a tracker in memory ---- */

#define STORE_LABELS 12
#define STORE_COMMENTS 40
#define STORE_LINKS 60

struct store_comment {
	int64_t id;
	struct wls_slice author, body;
};

struct store_issue {
	int64_t number;
	struct wls_slice title, body, author;
	enum wls_issue_state state;
	bool role; /* its author is an owner, a member or a collaborator */
	bool gone;
	struct wls_slice labels[STORE_LABELS];
	size_t label_count;
	struct store_comment comments[STORE_COMMENTS];
	size_t comment_count;
	int64_t links[STORE_LINKS];
	size_t link_count;
};

/* Zero is the initial state. */
struct store {
	struct store_issue *issues; /* by number, from 1 */
	size_t count, cap;
	int64_t last_comment;
	struct wls_arena arena;
};

void store_release(struct store *store);
/* `to` borrows texts of `from`, and is released first. */
void store_clone(struct store *to, const struct store *from);
/* NULL when there is none, or it is gone. */
struct store_issue *store_find(const struct store *store, int64_t number);
struct store_issue *store_create(struct store *store, const char *account, struct wls_slice title,
				 struct wls_slice body);
bool store_has_label(const struct store_issue *issue, struct wls_slice label);
void store_add_label(struct store *store, struct store_issue *issue, struct wls_slice label);
void store_remove_label(struct store_issue *issue, struct wls_slice label);
void store_add_link(struct store_issue *issue, int64_t number);
void store_remove_link(struct store_issue *issue, int64_t number);
struct store_comment *store_find_comment(const struct store *store, int64_t id);
void store_post(struct store *store, struct store_issue *issue, const char *author,
		struct wls_slice body);
void store_delete_comment(struct store *store, int64_t id);
/*
 * What people do to an issue, separated by `;`:
 *	title=T above=T below=T body=T (`\` is a line ending) region crlf nomarker noend double quote
 *	state=open|completed|not_planned label+L label-L link+N link-N author=A role
 *	comment=T (by somebody) mine=T (by the account) uncomment delete
 */
void store_edit(struct store *store, int64_t number, const char *script);
/* As a listing gives it, without comments and links. */
void store_list(const struct store_issue *issue, struct wls_remote *remote);
void store_read_comments(const struct store_issue *issue, struct wls_remote *remote);
void store_read_links(const struct store_issue *issue, struct wls_remote *remote);
/*
 * Everything that matters, log by log by id, with numbers told as ids: two stores that say the
 * same to people have the same text. Duplicates that were closed are left out.
 */
void store_describe(const struct store *store, struct wls_buf *out);
/* Living issues of that id: marked, and no duplicate. */
size_t store_living(const struct store *store, const char *id);

/* ---- logs ---- */

struct test_log {
	const char *name;   /* NULL: none, in lists */
	const char *status; /* NULL: in_progress */
	unsigned version;   /* 0: 1 */
	const char *title;  /* NULL: the name */
	const char *needs;  /* names, separated by blanks; NULL: none */
	const char *now;    /* in the newest entry; NULL: "step N" */
	const char *front;  /* more lines of frontmatter; NULL: none */
	bool high;
	unsigned edited; /* the entry of this version was edited */
};

struct world {
	struct wls_plan_options options;
	struct wls_graph *graph;
	struct wls_wanted_list wanted;
	struct store store;
	struct wls_remote remote;
	struct wls_plan plan;
	const char *account;
	bool listed_by_label; /* list only what has the anchor label */
	bool no_links;
	const struct wls_hint *hints;
	size_t hint_count, missing;
	size_t comment_reads, link_reads; /* of the last plan */
};

void world_init(struct world *world);
void world_release(struct world *world);
/* Replaces the logs; ends at a NULL name or after `count`. */
void world_logs(struct world *world, const struct test_log *logs, size_t count);
/* Reads what the store holds, as much as the plan asks for, and makes the plan. */
void world_plan(struct world *world);
/* Does the plan to the store, once. */
void world_apply(struct world *world);
/* Plans and applies until nothing is written any more; fails when that takes too long. */
void world_settle(struct world *world);
/*
 * One line an item that does or tells something: `update Auth #1: title +status:blocked
 * -status:in-progress link+B link-#3 comment+2 comment~1 comment-7 | drift title`.
 */
void world_describe(const struct world *world, struct wls_buf *out);
/* Asserts that world_describe() says this. */
void world_expect(const struct world *world, const char *name, const char *expected);
/* The item of that id; fails when there is none. */
const struct wls_plan_item *world_item(const struct world *world, const char *id);

/* An issue that is there. */
struct test_issue {
	const char *author; /* NULL: none there */
	const char *title;
	/*
	 * `<ID>` is a region of that log, `<ID@SOURCE>` of another source, `<ID!N>` of one that
	 * is a duplicate of #N.
	 */
	const char *body;
	const char *people; /* see store_edit() */
};

/* With the anchor label. */
void world_add_issue(struct world *world, const struct test_issue *there);

/* ---- chance ---- */

/* A number below `below`, of a seeded row. */
uint32_t chance(uint64_t *state, uint32_t below);

#endif
