/* SPDX-License-Identifier: MIT */
/*
 * wlsync push and wlsync adopt: the part of them that is no library.
 *
 * Layer: cli. Includes: base, buf, doc, graph, plan, tracker, net/credential, cli/cli,
 * cli/workspace.
 *
 * cmd_push.c, cmd_adopt.c   the tables of options: all that `wlsync` itself knows
 * push_main.c               the program wlsync-push: signals, which of the two commands
 * push_options.c            flag, environment, configuration: what holds
 * push_origin.c             which repository the logs are of
 * push_run.c                the steps of a push, in order
 * push_open.c               token, cache, driver; may these logs be seen there
 * push_wanted.c             the logs, read again
 * push_plan.c               the plan shown, kept in a file, confirmed
 * push_comment.c            the text of a comment
 * push_screen.c             progress and waits
 * push_report.c             what became of it, and the exit status
 * adopt_run.c               LOG#N
 * push_frontmatter.c        `issue: N` put into a log
 */
#ifndef WLS_CLI_PUSH_H
#define WLS_CLI_PUSH_H

#include "cli/cli.h"
#include "cli/workspace.h"
#include "net/credential.h"
#include "wlsync/tracker.h"

struct wls_http_cache;
struct wls_http_wait;
struct wls_push_view;

/* Of a number, and of a choice as an int: it was not given. */
#define WLS_PUSH_UNSET UINT32_MAX

struct wls_push_options {
	bool dry_run, exit_code, yes, force, overwrite, prune, allow_secrets, allow_public;
	const char *plan, *tracker, *repo, *url, *cacert;
	struct wls_opt_list logs;
	int comments; /* enum wls_comments_policy, -1: not given */
	int drift;    /* 0: report, 1: ok, -1: not given */
	uint32_t max_create, max_comments, retries, max_wait, write_interval;
};

#define WLS_PUSH_OPTIONS_INIT                                                                      \
	{                                                                                          \
		.comments = -1, .drift = -1, .max_create = WLS_PUSH_UNSET,                         \
		.max_comments = WLS_PUSH_UNSET, .retries = WLS_PUSH_UNSET,                         \
		.max_wait = WLS_PUSH_UNSET, .write_interval = WLS_PUSH_UNSET                       \
	}

/* Rows that both commands have, for an option table; each of one line of help. */
#define WLS_PUSH_AT(field) offsetof(struct wls_push_options, field)
#define WLS_PUSH_FLAG(name, help, field)                                                           \
	WLS_OPT(name, 0, FLAG, NULL, help, .offset = WLS_PUSH_AT(field))
#define WLS_PUSH_TEXT(name, value, help, field)                                                    \
	WLS_OPT(name, 0, TEXT, value, help, .offset = WLS_PUSH_AT(field))
#define WLS_PUSH_NUMBER(name, value, help, field)                                                  \
	WLS_OPT(name, 0, NUMBER, value, help, .offset = WLS_PUSH_AT(field), .max = 1000000)
/* Where to, and whom to believe. */
#define WLS_PUSH_TARGET_OPTS                                                                       \
	WLS_PUSH_TEXT("tracker", "NAME", "the [tracker \"NAME\"] of .wlsync", tracker),            \
		WLS_PUSH_TEXT("repo", "R", "the tracker's repository: acme/shop", repo),           \
		WLS_PUSH_TEXT("url", "U", "the tracker's API", url),                               \
		WLS_OPT("cacert", 0, TEXT, "FILE",                                                 \
			"certificates to trust, instead of the system's",                          \
			.offset = WLS_PUSH_AT(cacert), .complete = WLS_COMPLETE_FILE)
/* How far to go. */
#define WLS_PUSH_LIMIT_OPTS                                                                        \
	WLS_PUSH_NUMBER("retries", "N", "times to try again (5)", retries),                        \
		WLS_PUSH_NUMBER("max-wait", "S", "seconds to wait for a limit (600)", max_wait),   \
		WLS_PUSH_NUMBER("write-interval", "S", "seconds between writes", write_interval)
#define WLS_PUSH_COMMENTS_OPT                                                                      \
	WLS_OPT("comments", 0, CHOICE, "WHICH", "new, latest, none or all versions",               \
		.choices = "new|latest|none|all", .offset = WLS_PUSH_AT(comments))
#define WLS_PUSH_ALLOW_OPTS                                                                        \
	WLS_PUSH_FLAG("allow-secrets", "push what looks like a secret", allow_secrets),            \
		WLS_PUSH_FLAG("allow-public", "push private logs to a public place", allow_public)

/* ---- where the logs are from (push_origin.c) ---- */

/* Of a remote's address; both empty when it names no owner and name on another machine. */
struct wls_origin {
	struct wls_slice host;       /* without user and port */
	struct wls_slice repository; /* "acme/shop" */
};

/* Slices are into `url`. O(url). */
struct wls_origin wls_origin_parse(struct wls_slice url);
/* The host of an https:// or http:// address, without user and port; empty when it is none. */
struct wls_slice wls_url_host(struct wls_slice url);
/* Whether two hosts serve the same repositories: case, and github.com's own second names. */
bool wls_host_same(struct wls_slice a, struct wls_slice b);
bool wls_host_is_loopback(struct wls_slice host);

/* ---- what holds (push_options.c) ---- */

/* Texts are in the run's arena or the workspace. */
struct wls_push_settings {
	const struct wls_driver *driver;
	const char *url; /* of the API, no slash at its end */
	const char *repository;
	const char *cacert; /* NULL: the system's */
	struct wls_origin origin;
	bool source_given; /* by the configuration, not taken from origin */
	bool drift_ok;
	uint32_t max_create, retries;
	double max_wait, write_interval; /* seconds */
};

/* ---- the screen (push_screen.c): progress and waits on stderr ---- */

/* Zero is the initial state. */
struct wls_screen {
	bool bar;               /* stderr is a terminal that may be drawn on */
	bool silent;            /* --quiet */
	struct wls_style style; /* for stderr */
	double start, drawn;    /* seconds of wls_http_clock(); start 0: nothing began */
	bool visible;           /* something stands on the present line */
	double wait_left;       /* seconds of the last wait that were left when it was seen */
	char wait_why[96];
	double wait_seen, wait_begun; /* waits of one reason, one after the other */
	double wait_told;             /* 0: not yet */
	struct wls_arena arena;
};

void wls_screen_init(struct wls_screen *screen, const struct wls_cli *cli);
void wls_screen_release(struct wls_screen *screen);
/* Takes the bar away, before another line is written or at the end. */
void wls_screen_clear(struct wls_screen *screen);
void wls_screen_progress(struct wls_screen *screen, const struct wls_push_progress *progress);
void wls_screen_wait(struct wls_screen *screen, const struct wls_http_wait *wait);
/* A line of the trace. */
void wls_screen_line(struct wls_screen *screen, const char *text);

/* What signals call; the first of them is kept. */
void wls_screen_interrupt(int signal_number);
/* The signal that came; 0: none. */
int wls_screen_interrupted(void);

/* ---- a run ---- */

/* adopt: the log, and its current file with the issue's number in it. */
struct wls_adoption {
	uint32_t log;
	int64_t number;
	struct wls_slice file; /* as in the graph */
	struct wls_buf edited;
	bool changed; /* it has not said so before */
};

struct wls_pushing {
	struct wls_cli *cli;
	struct wls_push_options options;
	struct wls_workspace *ws;
	struct wls_push_settings settings;
	struct wls_plan_options plan_options;
	struct wls_wanted_list wanted;
	bool *chosen;                  /* of each log of the graph; NULL: all */
	struct wls_adoption *adoption; /* NULL: push */
	struct wls_credential credential;
	struct wls_http_cache *cache;
	struct wls_push push;
	struct wls_plan planned; /* with --json: the plan as it was before it was applied */
	size_t drifts, problems; /* of that plan */
	const char *brake;       /* why it needs a person's word; NULL */
	bool pending;            /* it writes something */
	bool tried;              /* something may have been written */
	int found;               /* the exit status so far */
	struct wls_screen screen;
	struct wls_arena arena;
};

/* wlsync push; wlsync adopt. An exit status. */
int wls_push_main(struct wls_cli *cli, struct wls_args *args);
int wls_adopt_main(struct wls_cli *cli, struct wls_args *args);

/*
 * The steps below return WLS_CLI_GO, or an exit status when nothing more is to be done; what was
 * wrong is on stderr then.
 */

/* Everything after the options: reads, plans, shows, writes. The caller releases the run. */
int wls_pushing_go(struct wls_pushing *run);
void wls_pushing_release(struct wls_pushing *run);

/* push_choose.c: reads the workspace; the logs of the PATHs and of --log are chosen. */
int wls_pushing_choose(struct wls_pushing *run, const struct wls_args *args);
/* push_options.c: fills settings and plan_options from flags, environment and configuration. */
int wls_pushing_configure(struct wls_pushing *run);
/* push_open.c: token, cache, driver, preflight; then whether these logs may be seen there. */
int wls_pushing_open(struct wls_pushing *run);
/* Logs of a private repository do not go to a public one unasked: an exit status then. */
int wls_pushing_guard(struct wls_pushing *run);
/* Whether a plan writes anything. */
bool wls_pushing_writes(const struct wls_plan *plan);
/* push_wanted.c: reads the logs again. */
int wls_pushing_want(struct wls_pushing *run);
/* Reports the files that have a log's name and are none. */
void wls_pushing_skipped(struct wls_pushing *run);
/* push_comment.c: struct wls_push's callback; data is the run. */
int wls_pushing_comment_text(void *data, const struct wls_wanted *wanted, uint32_t version,
			     uint64_t hash, struct wls_buf *out, struct wls_error *err);
/* push_plan.c: shows the plan, keeps or compares it, asks. WLS_CLI_GO: it is to be applied. */
int wls_pushing_decide(struct wls_pushing *run);
struct wls_push_view wls_pushing_view(const struct wls_pushing *run);
/* push_report.c: what became of it. The exit status. */
int wls_pushing_report(struct wls_pushing *run, int status, const struct wls_error *err);
/* Fills the view of a plan that was not applied, or of what the run came to. */
void wls_pushing_result(const struct wls_pushing *run, struct wls_plan_result_view *out);
/* adopt_run.c: looks at the issue, and makes the edited file in memory. */
int wls_adopt_prepare(struct wls_pushing *run);
/* Writes that file, when the log's issue is going to be written. */
int wls_adopt_write(struct wls_pushing *run);

/*
 * push_frontmatter.c: adds the file with `issue: NUMBER` in its frontmatter; no other byte changes.
 * *changed: it was not there before. Fails with WLS_E_FORMAT when the frontmatter cannot be read or
 * the line has no place in it.
 */
int wls_frontmatter_set_issue(struct wls_slice source, int64_t number, struct wls_buf *out,
			      bool *changed, struct wls_error *err);

#endif
