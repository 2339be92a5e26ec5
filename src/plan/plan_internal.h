/* SPDX-License-Identifier: MIT */
/*
 * Between the files that make a plan.
 *
 * Layer: plan. Includes: base, plan.
 *
 * remote.c         issues by number
 * identity.c       which issue is a log's
 * plan_issue.c     one log against its issue, field by field
 * plan_links.c     … its links
 * plan_comments.c  … its comments
 * plan.c           all logs; duplicates, what is gone
 */
#ifndef WLS_PLAN_INTERNAL_H
#define WLS_PLAN_INTERNAL_H

#include "base/map.h"
#include "wlsync/plan.h"

/* An issue as identity sees it. */
struct wls_seen {
	const struct wls_issue *issue;
	struct wls_region region;
	struct wls_slice folded; /* the record's id */
	bool trusted;
	bool ours;     /* trusted, with a whole marker of our source that is no dup-of's */
	bool names;    /* our name stands somewhere in the body */
	bool taken;    /* some log's, or a duplicate of one */
	uint32_t next; /* the next one of this id by number, or UINT32_MAX */
};

/* What is known of all issues. */
struct wls_identity_index {
	struct wls_seen *seen; /* by number */
	size_t count;
	struct wls_map by_id; /* folded id: the first of ours */
};

enum wls_match_kind {
	WLS_MATCH_ABSENT,
	WLS_MATCH_UNKNOWN, /* absent as far as the listing with the label goes */
	WLS_MATCH_FOUND,
	WLS_MATCH_DOUBTFUL, /* not to be created, nor written to: see `why` */
};

struct wls_match {
	enum wls_match_kind kind;
	struct wls_seen *seen; /* FOUND */
	const char *why;
};

/* In the plan's arena; O(bytes of all bodies). */
void wls_identity_init(struct wls_identity_index *index, struct wls_plan *plan,
		       const struct wls_remote *remote);
void wls_identity_release(struct wls_identity_index *index);
/* Which issue is this log's. O(1) when one is found, else O(issues). */
struct wls_match wls_identity_match(struct wls_identity_index *index, struct wls_plan *plan,
				    const struct wls_remote *remote,
				    const struct wls_wanted *wanted);
struct wls_slice wls_plan_fold(struct wls_arena *arena, struct wls_slice id);
/* Whether two sources are the same repository; an empty one is any. */
bool wls_source_same(struct wls_slice a, struct wls_slice b);

/* Adds a note; the text is in the arena already. */
void wls_plan_note(struct wls_plan *plan, struct wls_plan_item *item, enum wls_note_kind kind,
		   const char *field, const char *text);

/* A set of labels without case. */
bool wls_labels_have(const struct wls_slice *labels, size_t count, struct wls_slice name);

/* One comparison; see plan_issue.c. */
struct wls_compare {
	struct wls_plan *plan;
	const struct wls_plan_options *options;
	const struct wls_remote *remote;
	const struct wls_wanted *wanted;
	const struct wls_issue *issue;
	const struct wls_record *last; /* NULL: nothing was ever applied */
	struct wls_plan_item *item;
};

void wls_compare_links(struct wls_compare *c);
void wls_compare_comments(struct wls_compare *c);
/* The hash over the entries up to a version. */
uint64_t wls_entries_hash(const struct wls_wanted *wanted, uint32_t version);

#endif
