/* SPDX-License-Identifier: MIT */
#include <criterion/criterion.h>
#include <stdio.h>

#include "render/push.h"

#define S(text)                                                                                    \
	{                                                                                          \
		(text), sizeof(text) - 1                                                           \
	}

/* ---- a plan with everything in it ---- */

enum { AUTH, BILLING, DATA, SEARCH };

static struct wls_log logs[] = {
	[AUTH] = {.id = S("Auth-Refactor")},
	[BILLING] = {.id = S("Billing")},
	[DATA] = {.id = S("Data-Model")},
	[SEARCH] = {.id = S("Search")},
};
static struct wls_graph graph = {.logs = logs, .log_count = WLS_ARRAY_SIZE(logs)};
static int64_t numbers[] = {[AUTH] = 12, [BILLING] = 7, [DATA] = 3, [SEARCH] = 0};
static struct wls_wanted wanted[] = {
	[AUTH] = {.log = AUTH, .name = S("Auth-Refactor")},
	[BILLING] = {.log = BILLING, .name = S("Billing")},
	[DATA] = {.log = DATA, .name = S("Data-Model")},
	[SEARCH] = {.log = SEARCH, .name = S("Search")},
};
static struct wls_wanted_list wanted_list = {.graph = &graph, .items = wanted, .count = 4};

static const struct wls_slice new_labels[] = {S("wlsync"), S("status:in-progress")};
static const struct wls_slice labels_added[] = {S("status:blocked"), S("priority:high")};
static const struct wls_slice labels_removed[] = {S("status:in-progress")};
static const uint32_t links_added[] = {DATA, SEARCH};
static const int64_t links_removed[] = {7};
static const struct wls_plan_comment comments[] = {
	{WLS_COMMENT_EDIT, 5, 1, 901},
	{WLS_COMMENT_DELETE, 5, 1, 902},
	{WLS_COMMENT_POST, 6, 2, 0},
};
static const struct wls_note auth_notes[] = {
	{WLS_NOTE_DRIFT, "label", "a person removed priority:high; --overwrite puts it back"}};
static const struct wls_note billing_notes[] = {
	{WLS_NOTE_DRIFT, "title", "a person changed it; --overwrite sets it"},
	{WLS_NOTE_INFO, NULL, "links are not pushed to this server"},
};
static const struct wls_note gone_notes[] = {
	{WLS_NOTE_PROBLEM, "log", "its log is gone; --prune closes it"}};

static struct wls_plan_item items[] = {
	{.verb = WLS_VERB_UPDATE,
	 .wanted = &wanted[AUTH],
	 .number = 12,
	 .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_STATE | WLS_FIELD_RECORD,
	 .old_title = S("Auth"),
	 .title = S("Auth refactor"),
	 .old_region = S("Progress: 60 %\n\nNext:\n- [ ] One\n- [ ] Two\n- [ ] Three\n\nEnd\n"),
	 .region = S("Progress: 70 %\n\nNext:\n- [ ] One\n- [x] Two\n- [ ] Three\n\nEnd\n"),
	 .old_state = WLS_ISSUE_OPEN,
	 .state = WLS_ISSUE_COMPLETED,
	 .labels_add = labels_added,
	 .add_count = WLS_ARRAY_SIZE(labels_added),
	 .labels_remove = labels_removed,
	 .remove_count = WLS_ARRAY_SIZE(labels_removed),
	 .links_add = links_added,
	 .link_add_count = WLS_ARRAY_SIZE(links_added),
	 .links_remove = links_removed,
	 .link_remove_count = WLS_ARRAY_SIZE(links_removed),
	 .comments = comments,
	 .comment_count = WLS_ARRAY_SIZE(comments),
	 .notes = auth_notes,
	 .note_count = WLS_ARRAY_SIZE(auth_notes)},
	{.verb = WLS_VERB_NOTHING,
	 .wanted = &wanted[BILLING],
	 .number = 7,
	 .notes = billing_notes,
	 .note_count = WLS_ARRAY_SIZE(billing_notes)},
	{.verb = WLS_VERB_ADOPT,
	 .wanted = &wanted[DATA],
	 .number = 3,
	 .fields = WLS_FIELD_REGION | WLS_FIELD_RECORD,
	 .region = S("Done.\n")},
	{.verb = WLS_VERB_CREATE,
	 .wanted = &wanted[SEARCH],
	 .fields = WLS_FIELD_TITLE | WLS_FIELD_REGION | WLS_FIELD_RECORD | WLS_FIELD_STATE,
	 .title = S("Search engine"),
	 .region = S("Facets\n"),
	 .state = WLS_ISSUE_COMPLETED,
	 .labels_add = new_labels,
	 .add_count = WLS_ARRAY_SIZE(new_labels)},
	{.verb = WLS_VERB_DUPLICATE,
	 .wanted = &wanted[AUTH],
	 .number = 15,
	 .fields = WLS_FIELD_RECORD | WLS_FIELD_STATE,
	 .state = WLS_ISSUE_NOT_PLANNED,
	 .duplicate_of = 12},
	{.verb = WLS_VERB_PRUNE,
	 .id = S("Old-Log"),
	 .number = 2,
	 .fields = WLS_FIELD_RECORD | WLS_FIELD_STATE,
	 .state = WLS_ISSUE_NOT_PLANNED},
	{.verb = WLS_VERB_SKIP,
	 .id = S("Older-Log"),
	 .number = 1,
	 .notes = gone_notes,
	 .note_count = WLS_ARRAY_SIZE(gone_notes)},
};

static const struct wls_plan whole_plan = {
	.wanted = &wanted_list,
	.items = items,
	.count = WLS_ARRAY_SIZE(items),
	.numbers = numbers,
	.unchanged = 1234,
	.drifts = 2,
	.problems = 1,
	.comments_left = 3,
};
static const struct wls_plan settled_plan = {
	.wanted = &wanted_list, .items = &items[1], .numbers = numbers, .unchanged = 4};
static const struct wls_plan empty_plan = {.wanted = &wanted_list, .numbers = numbers};

static const struct wls_remote remote = {
	.tracker = "github",
	.url = S("https://api.github.com"),
	.web = S("https://github.com/acme/shop"),
	.repository = S("acme/shop"),
	.account = S("wlsync-bot"),
};

static const struct wls_style pipe_style = {.width = 80};
static const struct wls_style terminal = {.cut = true, .brief = true, .width = 60};
static const struct wls_style ascii = {.ascii = true, .cut = true, .brief = true, .width = 60};

/* ---- how it looks ---- */

#define HEADER "github: acme/shop as wlsync-bot, https://github.com/acme/shop\n"
#define DETAILS(arrow)                                                                             \
	"    title: \"Auth\" " arrow " \"Auth refactor\"\n"                                        \
	"    state: open " arrow " closed (completed)\n"                                           \
	"    labels: +status:blocked, +priority:high, -status:in-progress\n"                       \
	"    links: +Data-Model #3, +Search, -#7\n"                                                \
	"    region:\n"                                                                            \
	"      - Progress: 60 %\n"                                                                 \
	"      + Progress: 70 %\n"
#define SUM                                                                                        \
	"\n"                                                                                       \
	"3 comments are left for the next run (--max-comments 50).\n"                              \
	"1 to create, 1 to update, 1 to adopt, 2 to close; 1,234 unchanged; 2 drift, 1 problem; "  \
	"about 22 requests\n"
#define NOTES                                                                                      \
	"! drift    Auth-Refactor #12  label: a person removed priority:high; --overwrite puts "   \
	"it back\n"                                                                                \
	"! drift    Billing       #7   title: a person changed it; --overwrite sets it\n"          \
	"i note     Billing       #7   links are not pushed to this server\n"

static const char pipe_text[] = HEADER
	"\n"
	"~ update   Auth-Refactor #12  title, region, state, labels, links, comments\n" DETAILS(
		"→") "        …\n"
		     "        - [ ] One\n"
		     "      - - [ ] Two\n"
		     "      + - [x] Two\n"
		     "        - [ ] Three\n"
		     "    comment, edited: v5\n"
		     "    comment, deleted: v5\n"
		     "    comment v6\n" NOTES "> adopt    Data-Model    #3   region\n"
		     "    region:\n"
		     "      + Done.\n"
		     "+ create   Search             \"Search engine\"; labels wlsync, status:in-progress; "
		     "closed (completed)\n"
		     "x close    Auth-Refactor #15  duplicate of #12\n"
		     "x close    Old-Log       #2   its log is gone\n"
		     "! problem  Older-Log     #1   log: its log is gone; --prune closes it\n"
		     "= 1,234 unchanged\n" SUM;

static const char plain_text[] =
	"Pushes to acme/shop on github as wlsync-bot, https://github.com/acme/shop\n"
	"Updates issue 12 of Auth-Refactor: title, region, state, labels, links, comments.\n"
	"The title changes from \"Auth\" to \"Auth refactor\".\n"
	"The state changes from open to closed (completed).\n"
	"Adds the label status:blocked.\n"
	"Adds the label priority:high.\n"
	"Removes the label status:in-progress.\n"
	"Links it to Data-Model, issue 3.\n"
	"Links it to Search.\n"
	"Removes its link to issue 7.\n"
	"The region loses: Progress: 60 %\n"
	"The region gains: Progress: 70 %\n"
	"The region loses: - [ ] Two\n"
	"The region gains: - [x] Two\n"
	"Edits the comment for version 5.\n"
	"Deletes a doubled comment for version 5.\n"
	"Posts a comment for version 6.\n"
	"Drift in Auth-Refactor, issue 12, label: a person removed priority:high; --overwrite puts "
	"it back.\n"
	"Drift in Billing, issue 7, title: a person changed it; --overwrite sets it.\n"
	"Note on Billing, issue 7: links are not pushed to this server.\n"
	"Adopts issue 3 for Data-Model: region.\n"
	"The region gains: Done.\n"
	"Creates an issue for Search, titled \"Search engine\", with the labels wlsync, "
	"status:in-progress, closed (completed).\n"
	"Closes issue 15 of Auth-Refactor as a duplicate of issue 12.\n"
	"Closes issue 2 of Old-Log, since its log is gone.\n"
	"Problem with Older-Log, issue 1, log: its log is gone; --prune closes it.\n"
	"3 comments are left for the next run (--max-comments 50).\n"
	"1 to create, 1 to update, 1 to adopt, 2 to close; 1,234 unchanged; 2 drift, 1 problem; "
	"about 22 requests.\n";

static const struct {
	const char *name;
	const struct wls_plan *plan;
	const struct wls_style *style;
	struct wls_push_view view;
	const char *want; /* the whole, or (from `part` on) what it holds */
	bool part;
} cases[] = {
	{"pipe", &whole_plan, &pipe_style, {.max_comments = 50}, pipe_text, false},
	{"plain", &whole_plan, &terminal, {.plain = true, .max_comments = 50}, plain_text, false},
	{"ASCII", &whole_plan, &ascii, {.max_comments = 50}, DETAILS("->") "        ...\n", true},
	{"notes are whole on a terminal", &whole_plan, &terminal, {0}, NOTES, true},
	{"what is created is cut to fit, its facts counted",
	 &whole_plan,
	 &terminal,
	 {0},
	 "+ create   Search             \"Search engine\"; +2 more\n",
	 true},
	{"verbose shows new regions",
	 &whole_plan,
	 &terminal,
	 {.verbose = true},
	 "+ create   Search             \"Search engine\"; labels wlsync, status:in-progress; "
	 "closed (completed)\n"
	 "    region:\n"
	 "      + Facets\n",
	 true},
	{"verbose names what is unchanged",
	 &whole_plan,
	 &terminal,
	 {.verbose = true},
	 "= same     Billing       #7\n",
	 true},
	{"so do sentences",
	 &whole_plan,
	 &terminal,
	 {.verbose = true, .plain = true},
	 "Issue 7 of Billing is unchanged.\n",
	 true},
	{"nothing to do",
	 &settled_plan,
	 &terminal,
	 {0},
	 HEADER "= 4 unchanged\n\nNothing to write; 4 unchanged\n",
	 false},
	{"nothing at all", &empty_plan, &terminal, {0}, HEADER "\nNothing to write\n", false},
	{"writes apart",
	 &whole_plan,
	 &pipe_style,
	 {.write_interval = 10, .max_comments = 50},
	 SUM "It takes at least 2 minutes: 14 writes, 10 s apart.\n",
	 true},
	{"posts an hour",
	 &whole_plan,
	 &pipe_style,
	 {.write_interval = 1, .hourly = 1},
	 "It takes at least 1 hour: the tracker takes at most 1 issues and comments an hour.\n",
	 true},
};

Test(push, looks)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		wls_render_push(cases[i].plan, &remote, cases[i].style, &cases[i].view, &out);
		if (cases[i].part)
			cr_expect(strstr(wls_buf_str(&out), cases[i].want), "%s: no\n%s\nin\n%s",
				  cases[i].name, cases[i].want, wls_buf_str(&out));
		else
			cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "%s:\n%s", cases[i].name,
					 wls_buf_str(&out));
		wls_buf_release(&out);
	}
}

/* ---- long regions ---- */

/* A plan that only changes a region: lines go, others come. */
static void render_long(unsigned removed, unsigned added, const struct wls_style *style,
			bool verbose, struct wls_buf *out)
{
	struct wls_buf from = WLS_BUF_INIT, to = WLS_BUF_INIT;

	for (unsigned i = 0; i < removed; i++)
		wls_buf_printf(&from, "old %u\n", i);
	for (unsigned i = 0; i < added; i++)
		wls_buf_printf(&to, "new %u\n", i);
	struct wls_plan_item item = {.verb = WLS_VERB_UPDATE,
				     .wanted = &wanted[AUTH],
				     .number = 12,
				     .fields = WLS_FIELD_REGION,
				     .old_region = wls_buf_slice(&from),
				     .region = wls_buf_slice(&to)};
	struct wls_plan plan = {.wanted = &wanted_list, .items = &item, .count = 1};
	wls_render_push(&plan, &remote, style, &(struct wls_push_view){.verbose = verbose}, out);
	wls_buf_release(&from);
	wls_buf_release(&to);
}

/* Whether the last line that was added is shown; what is said of those that are not. */
static const struct {
	unsigned removed, added;
	bool verbose, terminal, whole;
	const char *more;
} lengths[] = {
	{10, 10, false, true, true, NULL},
	/* A line that says that there is one more takes as much room as that line. */
	{10, 11, false, true, true, NULL},
	{11, 11, false, true, false, "      … 2 more lines (--verbose)\n"},
	{700, 700, false, true, false, "      … 1,380 more lines (--verbose)\n"},
	{700, 700, true, true, true, NULL},
	{700, 700, false, false, true, NULL},
};

Test(push, a_terminal_gets_the_beginning_of_a_long_difference)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(lengths); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		char last[32];
		snprintf(last, sizeof(last), "+ new %u\n", lengths[i].added - 1);
		render_long(lengths[i].removed, lengths[i].added,
			    lengths[i].terminal ? &terminal : &pipe_style, lengths[i].verbose,
			    &out);
		cr_expect_eq(strstr(wls_buf_str(&out), last) != NULL, lengths[i].whole,
			     "case %zu:\n%s", i, wls_buf_str(&out));
		cr_expect_eq(strstr(wls_buf_str(&out), "more line") != NULL,
			     lengths[i].more != NULL, "case %zu", i);
		cr_expect(!lengths[i].more || strstr(wls_buf_str(&out), lengths[i].more),
			  "case %zu:\n%s", i, wls_buf_str(&out));
		wls_buf_release(&out);
	}
}

/* ---- what comes from outside ---- */

#define EVIL "a\033[2Jb\nc\xe2\x80\xae\xff"

static const struct wls_slice evil_labels[] = {S(EVIL)};
static const struct wls_note evil_notes[] = {{WLS_NOTE_PROBLEM, "title", EVIL}};
static struct wls_log evil_logs[] = {{.id = S(EVIL)}};
static struct wls_graph evil_graph = {.logs = evil_logs, .log_count = 1};
static const uint32_t evil_links[] = {0};
static struct wls_wanted evil_wanted[] = {{.name = S(EVIL)}};
static struct wls_wanted_list evil_list = {.graph = &evil_graph, .items = evil_wanted, .count = 1};

#define EVIL_ITEM(verb_)                                                                           \
	{                                                                                          \
		.verb = (verb_), .wanted = evil_wanted, .id = S(EVIL), .number = 1,                \
		.fields = WLS_FIELD_TITLE | WLS_FIELD_REGION, .old_title = S(EVIL),                \
		.title = S("x" EVIL), .old_region = S(EVIL), .region = S("x" EVIL),                \
		.labels_add = evil_labels, .add_count = 1, .labels_remove = evil_labels,           \
		.remove_count = 1, .links_add = evil_links, .link_add_count = 1,                   \
		.notes = evil_notes, .note_count = 1                                               \
	}

static struct wls_plan_item evil_items[] = {
	EVIL_ITEM(WLS_VERB_NOTHING), EVIL_ITEM(WLS_VERB_CREATE),    EVIL_ITEM(WLS_VERB_UPDATE),
	EVIL_ITEM(WLS_VERB_ADOPT),   EVIL_ITEM(WLS_VERB_DUPLICATE), EVIL_ITEM(WLS_VERB_PRUNE),
	EVIL_ITEM(WLS_VERB_SKIP),
};

static void expect_clean(const char *what, struct wls_buf *out)
{
	for (size_t i = 0; i < out->len; i++)
		cr_assert((unsigned char)out->ptr[i] >= 0x20 || out->ptr[i] == '\n',
			  "%s: a control at %zu of %s", what, i, out->ptr);
	cr_expect_not(strstr(wls_buf_str(out), "\xe2\x80\xae"), "%s", what);
	cr_expect_not(strstr(wls_buf_str(out), "\xff"), "%s", what);
	cr_expect(strstr(wls_buf_str(out), "b c"), "%s: a line ending is a blank", what);
	wls_buf_release(out);
}

Test(push, nothing_reaches_a_terminal_as_it_came)
{
	const struct wls_plan plan = {
		.wanted = &evil_list, .items = evil_items, .count = WLS_ARRAY_SIZE(evil_items)};
	const struct wls_remote place = {.tracker = "github",
					 .url = S(EVIL),
					 .web = S(EVIL),
					 .repository = S(EVIL),
					 .account = S(EVIL)};
	const struct wls_plan_result_view result = {.applied = true,
						    .stopped = true,
						    .why = EVIL,
						    .notes = evil_notes,
						    .note_ids = evil_labels,
						    .note_count = 1};

	for (int plain = 0; plain < 2; plain++) {
		struct wls_push_view view = {.plain = plain, .verbose = true};
		struct wls_buf out = WLS_BUF_INIT;
		wls_render_push(&plan, &place, &pipe_style, &view, &out);
		expect_clean("plan", &out);
		wls_render_push_result(&result, &pipe_style, &view, &out);
		expect_clean("result", &out);
	}
}

/* A colour is put around words, and takes nothing away. */
Test(push, colour_only_adds)
{
	struct wls_style style = pipe_style;
	struct wls_buf out = WLS_BUF_INIT, bare = WLS_BUF_INIT;

	style.color = true;
	wls_render_push(&whole_plan, &remote, &style, &(struct wls_push_view){.max_comments = 50},
			&out);
	cr_expect(strstr(wls_buf_str(&out), "\033[36m+ create\033[0m"), "%s", wls_buf_str(&out));
	cr_expect(strstr(wls_buf_str(&out), "\033[1;31m! problem\033[0m"));
	for (size_t i = 0; i < out.len; i++) {
		if (out.ptr[i] == '\033')
			i = (size_t)(strchr(out.ptr + i, 'm') - out.ptr);
		else
			wls_buf_add_char(&bare, out.ptr[i]);
	}
	cr_expect_str_eq(wls_buf_str(&bare), pipe_text);
	wls_buf_release(&out);
	wls_buf_release(&bare);
}

/* ---- what a plan costs ---- */

static const struct {
	struct wls_plan_item item;
	size_t times, requests, writes, posts;
	double interval;
	uint32_t hourly;
	double seconds;
} costs[] = {
	/* One request, a listing, the lease taken and given back. */
	{{.verb = WLS_VERB_CREATE}, 1, 4, 1, 1, 1, 0, 1},
	/* Its region names issues that are made: it is read and written once more. */
	{{.verb = WLS_VERB_CREATE, .names_new = true}, 1, 6, 2, 1, 1, 0, 2},
	{{.verb = WLS_VERB_CREATE, .names_new = true, .link_add_count = 2}, 1, 8, 4, 1, 0, 0, 0},
	{{.verb = WLS_VERB_CREATE}, 500, 503, 500, 500, 1, 500, 500},
	{{.verb = WLS_VERB_CREATE}, 501, 504, 501, 501, 1, 500, 3601},
	{{.verb = WLS_VERB_CREATE}, 1000, 1003, 1000, 1000, 1, 500, 4100},
	{{.verb = WLS_VERB_CREATE}, 1000, 1003, 1000, 1000, 0, 0, 0},
	{{.verb = WLS_VERB_UPDATE, .fields = WLS_FIELD_RECORD}, 600, 1200, 600, 0, 1, 500, 600},
	/* Labels are added in one request, and taken away one by one. */
	{{.verb = WLS_VERB_UPDATE, .add_count = 3, .remove_count = 2}, 1, 4, 3, 0, 1, 0, 3},
	{{.verb = WLS_VERB_UPDATE, .comments = comments, .comment_count = 3}, 1, 7, 3, 1, 1, 0, 3},
	{{.verb = WLS_VERB_NOTHING}, 9, 0, 0, 0, 1, 500, 0},
	{{.verb = WLS_VERB_SKIP}, 9, 0, 0, 0, 1, 500, 0},
};

Test(push, costs)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(costs); i++) {
		struct wls_plan_item *all = wls_alloc(costs[i].times, sizeof(*all));
		for (size_t k = 0; k < costs[i].times; k++)
			all[k] = costs[i].item;
		struct wls_plan plan = {.items = all, .count = costs[i].times};
		struct wls_push_view view = {.write_interval = costs[i].interval,
					     .hourly = costs[i].hourly};
		struct wls_push_cost cost = wls_push_cost(&plan, &view);
		cr_expect_eq(cost.requests, costs[i].requests, "case %zu: %zu requests", i,
			     cost.requests);
		cr_expect_eq(cost.writes, costs[i].writes, "case %zu: %zu writes", i, cost.writes);
		cr_expect_eq(cost.posts, costs[i].posts, "case %zu: %zu posts", i, cost.posts);
		cr_expect_float_eq(cost.seconds, costs[i].seconds, 1e-6, "case %zu: %g s", i,
				   cost.seconds);
		free(all);
	}
}

/* ---- what became of it ---- */

static const struct wls_slice result_ids[] = {S("Billing")};
static const struct wls_note result_notes[] = {
	{WLS_NOTE_PROBLEM, "comment", "the issue is locked: unlock it"}};

static const struct {
	struct wls_plan_result_view result;
	bool plain;
	const char *want;
} results[] = {
	{{.applied = true}, false, "Nothing written; 0 requests\n"},
	{{.created = 1200, .labels = 1, .links = 1, .comments = 1, .requests = 1},
	 false,
	 "1,200 created, 1 label, 1 link, 1 comment; 1 request\n"},
	{{.created = 1,
	  .updated = 2,
	  .closed = 3,
	  .labels = 4,
	  .links = 5,
	  .comments = 6,
	  .failed = 7,
	  .skipped = 8,
	  .left = 9,
	  .requests = 31,
	  .not_modified = 10,
	  .stopped = true,
	  .why = "the limit is reached: go on after 15:00 UTC"},
	 false,
	 "1 created, 2 updated, 3 closed, 4 labels, 5 links, 6 comments; 7 failed; 8 skipped; "
	 "9 left; 31 requests, 10 from the cache\n"
	 "Stopped: the limit is reached: go on after 15:00 UTC\n"},
	{{.failed = 1,
	  .notes = result_notes,
	  .note_ids = result_ids,
	  .note_count = 1,
	  .requests = 2,
	  .stopped = true},
	 false,
	 "! problem  Billing   comment: the issue is locked: unlock it\n"
	 "Nothing written; 1 failed; 2 requests\n"
	 "Stopped\n"},
	{{.failed = 1,
	  .notes = result_notes,
	  .note_ids = result_ids,
	  .note_count = 1,
	  .requests = 2},
	 true,
	 "Problem with Billing, comment: the issue is locked: unlock it.\n"
	 "Nothing written; 1 failed; 2 requests.\n"},
};

Test(push, results)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(results); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		wls_render_push_result(&results[i].result, &terminal,
				       &(struct wls_push_view){.plain = results[i].plain}, &out);
		cr_expect_str_eq(wls_buf_str(&out), results[i].want, "case %zu:\n%s", i,
				 wls_buf_str(&out));
		wls_buf_release(&out);
	}
}
