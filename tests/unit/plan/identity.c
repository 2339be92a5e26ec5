/* SPDX-License-Identifier: MIT */
/*
 * Which issue is a log's.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "plan_support.h"

struct row {
	const char *name;
	struct test_log logs[2];
	struct test_issue issues[3];
	const char *trust;  /* an account */
	const char *source; /* NULL: acme/shop */
	const char *expected;
};

/* The plan without the fields: who, which one, and what is told. */
static void describe(const struct world *world, struct wls_buf *out)
{
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct wls_slice rest, line;

	world_describe(world, &text);
	rest = wls_buf_slice(&text);
	while (wls_slice_next_line(&rest, &line)) {
		size_t colon = wls_slice_find(line, WLS_SLICE(":"));
		size_t notes = wls_slice_find(line, WLS_SLICE(" | "));
		wls_buf_add_slice(out, wls_slice(line.ptr, colon));
		if (notes != SIZE_MAX)
			wls_buf_add_slice(out, wls_slice_from(line, notes));
		wls_buf_add_str(out, "\n");
	}
}

static void expect_row(const struct row *row)
{
	struct wls_slice trust = wls_slice_of(row->trust);
	struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
	struct world world;

	world_init(&world);
	world.options.trust = &trust;
	world.options.trust_count = row->trust != NULL;
	if (row->source)
		world.options.source = wls_slice_of(row->source);
	world_logs(&world, row->logs, 2);
	for (size_t i = 0; i < 3 && row->issues[i].author; i++)
		world_add_issue(&world, &row->issues[i]);
	world_plan(&world);
	describe(&world, &text);
	cr_expect_str_eq(wls_buf_str(&text), row->expected, "%s\n--- got\n%s--- expected\n%s",
			 row->name, wls_buf_str(&text), row->expected);
	world_release(&world);
}

#define EXPECT_ROWS(rows)                                                                          \
	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++)                                          \
	expect_row(&(rows)[i])

#define A                                                                                          \
	{                                                                                          \
		{                                                                                  \
			.name = "A"                                                                \
		}                                                                                  \
	}

Test(identity, by_marker)
{
	static const struct row rows[] = {
		{"none", A, {{0}}, NULL, NULL, "create A\n"},
		{"its id", A, {{"me", "A", "<A>", NULL}}, NULL, NULL, "update A #1\n"},
		{"another's id",
		 A,
		 {{"me", "B", "<B>", NULL}},
		 NULL,
		 NULL,
		 "create A\nskip B #1 | problem log\n"},
		{"part of an id",
		 A,
		 {{"me", "A-B", "<A-B>", NULL}},
		 NULL,
		 NULL,
		 "create A\nskip A-B #1 | problem log\n"},
		{"folded",
		 {{.name = "Auth-Refactor"}},
		 {{"me", "T", "<auth_refactor>", NULL}},
		 NULL,
		 NULL,
		 "update Auth-Refactor #1\n"},
		{"frontmatter's id",
		 {{.name = "New", .front = "id: Old\n"}},
		 {{"me", "Old", "<Old>", NULL}},
		 NULL,
		 NULL,
		 "update Old #1\n"},
		{"… and not the name",
		 {{.name = "New", .front = "id: Old\n"}},
		 {{"me", "New", "<New>", NULL}},
		 NULL,
		 NULL,
		 "create Old\nskip New #1 | problem log\n"},
		{"two logs with one id",
		 {{.name = "A"}, {.name = "B", .front = "id: a\n"}},
		 {{"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\nskip a | problem identity\n"},
		{"a closed issue",
		 A,
		 {{"me", "A", "<A>", "state=completed"}},
		 NULL,
		 NULL,
		 "update A #1 | drift state\n"},
		{"people's text around",
		 A,
		 {{"me", "A", "Hello\n\n<A>\nBye", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"other title", A, {{"me", "Something", "<A>", NULL}}, NULL, NULL, "update A #1\n"},
		{"the anchor label is off",
		 A,
		 {{"me", "A", "<A>", "label-wlsync"}},
		 NULL,
		 NULL,
		 "update A #1\n"},
	};

	EXPECT_ROWS(rows);
}

Test(identity, source)
{
	static const struct row rows[] = {
		{"foreign",
		 A,
		 {{"me", "A", "<A@other/repo>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"in other case",
		 A,
		 {{"me", "A", "<A@Acme/SHOP>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"the marker has none",
		 A,
		 {{"me", "A", "<A@>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"we have none",
		 A,
		 {{"me", "A", "<A@other/repo>", NULL}},
		 NULL,
		 "",
		 "update A #1\n"},
		{"foreign and ours",
		 A,
		 {{"me", "A", "<A@other/repo>", NULL}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #2\n"},
		{"a foreign log that we have not is not gone",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "B", "<B@other/repo>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
	};

	EXPECT_ROWS(rows);
}

Test(identity, authors)
{
	static const struct row rows[] = {
		{"a stranger",
		 A,
		 {{"stranger", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "create A\nskip A #1 | info identity\n"},
		{"by role", A, {{"stranger", "A", "<A>", "role"}}, NULL, NULL, "update A #1\n"},
		{"the bot",
		 A,
		 {{"github-actions[bot]", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"trusted", A, {{"friend", "A", "<A>", NULL}}, "Friend", NULL, "update A #1\n"},
		{"the account in other case",
		 A,
		 {{"Me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"another is trusted",
		 A,
		 {{"stranger", "A", "<A>", NULL}},
		 "friend",
		 NULL,
		 "create A\nskip A #1 | info identity\n"},
		{"a stranger's lower number",
		 A,
		 {{"stranger", "A", "<A>", NULL}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #2\nskip A #1 | info identity\n"},
		{"a stranger quotes it",
		 A,
		 {{"stranger", "T", "<A>", "quote"}},
		 NULL,
		 NULL,
		 "create A\n"},
		{"a stranger's title",
		 A,
		 {{"stranger", "A", "Text", NULL}},
		 NULL,
		 NULL,
		 "create A\n"},
		{"a stranger's marker of a log that is gone",
		 A,
		 {{"stranger", "B", "<B>", NULL}},
		 NULL,
		 NULL,
		 "create A\n"},
	};

	EXPECT_ROWS(rows);
}

Test(identity, duplicates)
{
	static const struct row rows[] = {
		{"the lowest lives",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", NULL}, {"me", "A", "<a>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\nduplicate A #2 of #1\nduplicate a #3 of #1\n"},
		{"dup-of never counts",
		 A,
		 {{"me", "A", "<A!7>", "state=not_planned"}},
		 NULL,
		 NULL,
		 "create A\n"},
		{"… also when it is open again",
		 A,
		 {{"me", "A", "<A!7>", NULL}},
		 NULL,
		 NULL,
		 "create A\n"},
		{"… beside the living one",
		 A,
		 {{"me", "A", "<A!2>", "state=not_planned"}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #2\n"},
		{"a closed one is marked too",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", "state=completed"}},
		 NULL,
		 NULL,
		 "update A #1\nduplicate A #2 of #1\n"},
		{"the lowest lives also when it is closed",
		 A,
		 {{"me", "A", "<A>", "state=completed"}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #1 | drift state\nduplicate A #2 of #1\n"},
		{"people commented",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", "comment=Hello"}},
		 NULL,
		 NULL,
		 "update A #1\nskip A #2 of #1 | problem duplicate\n"},
		{"the account commented by hand",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", "mine=Hello"}},
		 NULL,
		 NULL,
		 "update A #1\nskip A #2 of #1 | problem duplicate\n"},
		{"only comments of ours",
		 A,
		 {{"me", "A", "<A>", NULL},
		  {"me", "A", "<A>",
		   "mine=<!-- wlsync-comment:1 id=A v=1 hash=0000000000000001 -->"}},
		 NULL,
		 NULL,
		 "update A #1\nduplicate A #2 of #1\n"},
		{"text around",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "Hello\n\n<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\nskip A #2 of #1 | problem duplicate\n"},
		{"text in the region",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", "region"}},
		 NULL,
		 NULL,
		 "update A #1\nskip A #2 of #1 | problem duplicate\n"},
		{"another title",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", "title=Mine"}},
		 NULL,
		 NULL,
		 "update A #1\nskip A #2 of #1 | problem duplicate\n"},
		{"CRLF is not people",
		 A,
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>\n", "crlf"}},
		 NULL,
		 NULL,
		 "update A #1\nduplicate A #2 of #1\n"},
	};

	EXPECT_ROWS(rows);
}

Test(identity, doubtful)
{
	static const struct row rows[] = {
		{"quoted",
		 A,
		 {{"me", "T", "<A>", "quote"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"doubled",
		 A,
		 {{"me", "T", "<A>", "double"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"no end",
		 A,
		 {{"me", "T", "<A>", "noend"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"in code",
		 A,
		 {{"me", "T", "```\n<A>\n```\n", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"indented",
		 A,
		 {{"me", "T", "Text:\n\n    <A>\n", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"in HTML",
		 A,
		 {{"me", "T", "", "body=<p>\\<!-- wlsync:1 id=A -->\\</p>"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"two logs' regions in one body",
		 {{.name = "A"}, {.name = "B"}},
		 {{"me", "T", "<A>\n\n<B>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\nskip B | problem identity\n"},
		{"broken, of another log",
		 A,
		 {{"me", "T", "<B>", "noend"}},
		 NULL,
		 NULL,
		 "create A\n"},
		{"broken, beside the right one",
		 A,
		 {{"me", "T", "<A>", "quote"}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #2\n"},
		{"its title and no marker",
		 A,
		 {{"me", "A", "Text", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"its title in a closed issue",
		 A,
		 {{"me", "a", "", "state=completed"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"its title and another's marker",
		 {{.name = "A"}, {.name = "B"}},
		 {{"me", "A", "<B>", NULL}},
		 NULL,
		 NULL,
		 "create A\nupdate B #1\n"},
		{"a foreign log's broken marker with our name",
		 A,
		 {{"me", "T", "<A@other/repo>", "noend"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
	};

	EXPECT_ROWS(rows);
}

#define NAMED(n)                                                                                   \
	{                                                                                          \
		{                                                                                  \
			.name = "A", .front = "issue: " #n "\n"                                    \
		}                                                                                  \
	}

Test(identity, named_in_frontmatter)
{
	static const struct row rows[] = {
		{"without a marker",
		 NAMED(1),
		 {{"me", "T", "Text", NULL}},
		 NULL,
		 NULL,
		 "adopt A #1\n"},
		{"a stranger's",
		 NAMED(1),
		 {{"stranger", "T", "Text", NULL}},
		 NULL,
		 NULL,
		 "adopt A #1\n"},
		{"a stranger's with our marker",
		 NAMED(1),
		 {{"stranger", "T", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"over a lower number",
		 NAMED(2),
		 {{"me", "A", "<A>", NULL}, {"stranger", "T", "Text", NULL}},
		 NULL,
		 NULL,
		 "adopt A #2\nduplicate A #1 of #2\n"},
		{"over a lower number, both marked",
		 NAMED(2),
		 {{"me", "A", "<A>", NULL}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "update A #2\nduplicate A #1 of #2\n"},
		{"there is none",
		 NAMED(5),
		 {{"me", "T", "Text", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"another log's",
		 {{.name = "A", .front = "issue: 1\n"}, {.name = "B"}},
		 {{"me", "B", "<B>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\nupdate B #1\n"},
		{"of a log that is gone: renamed",
		 NAMED(1),
		 {{"me", "Old", "<Old>", NULL}},
		 NULL,
		 NULL,
		 "update A #1\n"},
		{"a foreign one",
		 NAMED(1),
		 {{"me", "A", "<A@other/repo>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"a duplicate",
		 NAMED(1),
		 {{"me", "A", "<A!2>", NULL}, {"me", "A", "<A>", NULL}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
		{"broken",
		 NAMED(1),
		 {{"me", "A", "<A>", "noend"}},
		 NULL,
		 NULL,
		 "skip A | problem identity\n"},
	};

	EXPECT_ROWS(rows);
}

/* Two logs that name one issue: only one of them may have it. */
Test(identity, one_issue_named_twice)
{
	static const struct test_log logs[] = {{.name = "A", .front = "issue: 1\n"},
					       {.name = "B", .front = "issue: 1\n"}};
	struct world world;

	world_init(&world);
	world_logs(&world, logs, 2);
	world_add_issue(&world, &(struct test_issue){"me", "T", "Text", NULL});
	world_plan(&world);
	cr_expect_neq(world_item(&world, "B")->verb, WLS_VERB_ADOPT);
	cr_expect_gt(world.plan.problems, 0);
	world_release(&world);
}

/* Nothing is created as long as only the issues with the label are known. */
Test(identity, a_listing_with_the_label_proves_nothing)
{
	static const struct test_log logs[] = {
		{.name = "A"}, {.name = "B"}, {.name = "C", .front = "issue: 3\n"}};
	struct world world;

	world_init(&world);
	world.listed_by_label = true;
	world_logs(&world, logs, 3);
	world_add_issue(&world, &(struct test_issue){"me", "A", "<A>", NULL});
	world_add_issue(&world, &(struct test_issue){"me", "B", "<B>", "label-wlsync"});
	world_add_issue(&world, &(struct test_issue){"me", "C", "Text", "label-wlsync"});
	world_plan(&world);
	cr_expect_eq(world.missing, 2);
	cr_expect_eq(world.plan.creates, 0);
	cr_expect_eq(world_item(&world, "A")->number, 1);
	world.listed_by_label = false;
	world_plan(&world);
	cr_expect_eq(world.missing, 0);
	cr_expect_eq(world_item(&world, "B")->number, 2);
	cr_expect_eq(world_item(&world, "C")->number, 3);
	world_release(&world);
}

Test(identity, what_the_cache_remembers)
{
	static const struct test_log a = {.name = "A"};
	const struct {
		struct wls_hint hint;
		const char *body; /* of #1, by the account; NULL: there is none */
		bool force;
		const char *expected;
	} rows[] = {
		{{WLS_SLICE("a"), 1, "was deleted"}, NULL, false, "skip A | problem identity\n"},
		{{WLS_SLICE("A"), 1, "was moved"}, NULL, false, "skip A | problem identity\n"},
		{{WLS_SLICE("A"), 1, "was deleted"}, NULL, true, "create A\n"},
		{{WLS_SLICE("A"), 1, NULL}, "Text", false, "skip A | problem identity\n"},
		{{WLS_SLICE("B"), 1, "was deleted"}, NULL, false, "create A\n"},
		{{WLS_SLICE("A"), 1, NULL}, "<A>", false, "update A #1\n"},
	};

	for (size_t i = 0; i < WLS_ARRAY_SIZE(rows); i++) {
		struct wls_buf text _cleanup_buf_ = WLS_BUF_INIT;
		struct world world;
		world_init(&world);
		world.hints = &rows[i].hint;
		world.hint_count = 1;
		world.options.force = rows[i].force;
		world_logs(&world, &a, 1);
		if (rows[i].body)
			world_add_issue(&world,
					&(struct test_issue){"me", "T", rows[i].body, NULL});
		world_plan(&world);
		describe(&world, &text);
		cr_expect_str_eq(wls_buf_str(&text), rows[i].expected, "row %zu: %s", i,
				 wls_buf_str(&text));
		world_release(&world);
	}
}

/* A duplicate is closed once; it is not touched again whatever people do with it. */
Test(identity, a_duplicate_is_closed_once)
{
	static const struct test_log a = {.name = "A"}, a2 = {.name = "A", .version = 2};
	struct world world;

	world_init(&world);
	world_logs(&world, &a, 1);
	world_add_issue(&world, &(struct test_issue){"me", "A", "<A>", NULL});
	world_add_issue(&world, &(struct test_issue){"me", "A", "<A>", NULL});
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 2)->state, WLS_ISSUE_NOT_PLANNED);
	cr_expect_eq(store_living(&world.store, "A"), 1);
	store_edit(&world.store, 2, "state=open;comment=Why?;title=Mine;label-wlsync");
	world_plan(&world);
	world_expect(&world, "left alone", "");
	world_logs(&world, &a2, 1);
	world_settle(&world);
	cr_expect_eq(store_find(&world.store, 2)->state, WLS_ISSUE_OPEN);
	cr_expect_eq(store_find(&world.store, 2)->label_count, 0);
	world_release(&world);
}
