/* SPDX-License-Identifier: MIT */
/*
 * A new entry put into logs of many shapes: where it goes, what it says, and that nothing else moves.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "doc_support.h"
#include "wlsync/edit.h"

#define HEAD "## v%u | 2025-11-14 12:00 |"
#define BODY                                                                                       \
	"**Files:**\n\n**Work:**\n\n**Decisions:**\n\n**Works:**\n**Fails:**\n\n"                  \
	"**Blockers:**\n\n**Dependencies:**\n\n**Next:**\n\n**Open:**\n"
/* What stands after `Prev` in an entry that follows one without Progress. */
#define BARE "\n**Now:**\n\n**Progress:**\n\n" BODY
#define V(n) "## v" #n " | 2025-11-14 12:00 |"

static struct wls_new_entry plain_entry(void)
{
	return (struct wls_new_entry){
		.date = WLS_SLICE("2025-11-14"),
		.time = WLS_SLICE("12:00"),
	};
}

/* Adds; the status of the call, with the error's text in `out` when it failed. */
static int add_to(struct wls_slice source, const struct wls_new_entry *entry, struct wls_buf *out,
		  struct wls_added *added)
{
	struct wls_doc *doc = parse(source);
	struct wls_error err = {0};
	int status = wls_edit_add_entry(doc, entry, out, added, &err);
	if (status < 0) {
		cr_expect_eq(out->len, 0, "written though it failed");
		wls_buf_add_str(out, err.text);
	}
	wls_doc_free(doc);
	return status;
}

static void expect_result(const char *what, const char *source, const struct wls_new_entry *entry,
			  const char *want)
{
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_added added;
	int status = add_to(wls_slice_of(source), entry, &out, &added);
	cr_expect_eq(status, 0, "%s: %s", what, wls_buf_str(&out));
	cr_expect_str_eq(wls_buf_str(&out), want, "%s: got\n%s", what, wls_buf_str(&out));
	wls_buf_release(&out);
}

/* ---- spans ---- */

Test(edit, spans_are_replaced_and_all_else_is_copied)
{
	static const struct {
		const char *source;
		struct wls_edit edits[2];
		size_t count;
		const char *want;
	} cases[] = {
		{"abc", {{0, 0, {NULL, 0}}}, 0, "abc"},
		{"abc", {{1, 2, {"XY", 2}}}, 1, "aXYc"},
		{"abc", {{0, 1, {"", 0}}, {3, 3, {"!", 1}}}, 2, "bc!"},
		{"abc", {{1, 1, {"-", 1}}, {1, 3, {"+", 1}}}, 2, "a-+"},
		{"", {{0, 0, {"new", 3}}}, 1, "new"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		wls_edits_apply(wls_slice_of(cases[i].source), cases[i].edits, cases[i].count,
				&out);
		cr_expect_str_eq(wls_buf_str(&out), cases[i].want, "case %zu: %s", i,
				 wls_buf_str(&out));
		wls_buf_release(&out);
	}
}

/* ---- where the entry goes ---- */

Test(edit, the_place)
{
	static const struct {
		const char *what, *source, *want;
	} cases[] = {
		{"oldest first", "# A\n\n## v1 | x\n\nOne.\n\n## v2 | y\n\nTwo.\n",
		 "# A\n\n## v1 | x\n\nOne.\n\n## v2 | y\n\nTwo.\n\n" V(
			 3) "\n\n**Prev:** v2 y" BARE},
		{"newest first", "# A\n\n## v2 | y\n\nTwo.\n\n## v1 | x\n\nOne.\n",
		 "# A\n\n" V(3) "\n\n**Prev:** v2 y" BARE
				"\n## v2 | y\n\nTwo.\n\n## v1 | x\n\nOne.\n"},
		{"newest first without blank lines", "# A\n## v2 | y\nTwo.\n## v1 | x\nOne.\n",
		 "# A\n\n" V(3) "\n\n**Prev:** v2 y" BARE "\n## v2 | y\nTwo.\n## v1 | x\nOne.\n"},
		{"one entry", "## v1\n", "## v1\n\n" V(2) "\n\n**Prev:** v1" BARE},
		{"the log's own sections stay last",
		 "## v1 | x\n\nOne.\n\n## Lessons Learned\n- a\n\n## Performance Targets\n- b\n",
		 "## v1 | x\n\nOne.\n\n" V(2) "\n\n**Prev:** v1 x" BARE
					      "\n## Lessons Learned\n- a\n\n## Performance "
					      "Targets\n- b\n"},
		{"another section is the entry's", "## v1 | x\n\n## Refactor Plan\n\n- a\n",
		 "## v1 | x\n\n## Refactor Plan\n\n- a\n\n" V(2) "\n\n**Prev:** v1 x" BARE},
		{"blank lines at the end", "## v1 | x\n\nOne.\n\n\n",
		 "## v1 | x\n\nOne.\n\n\n" V(2) "\n\n**Prev:** v1 x" BARE},
		{"blank line of blanks", "## v1 | x\n\nOne.\n  \n",
		 "## v1 | x\n\nOne.\n  \n" V(2) "\n\n**Prev:** v1 x" BARE},
		{"entries of level three", "# A\n\n### v1 | x\n\nOne.\n",
		 "# A\n\n### v1 | x\n\nOne.\n\n#" V(2) "\n\n**Prev:** v1 x" BARE},
		{"numbers decide, not places", "## v4 | y\n\n## v2 | x\n\n## v7 | z\n\n## v9 | w\n",
		 "## v4 | y\n\n## v2 | x\n\n## v7 | z\n\n## v9 | w\n\n" V(10) "\n\n**Prev:** v9 "
									      "w" BARE},
		{"no entry, a version in the frontmatter",
		 "---\nversion: v4\n---\n\n# A Work Log\n\nText.\n",
		 "---\nversion: v5\n---\n\n# A Work Log\n\nText.\n\n" V(5) "\n\n**Prev:** "
									   "None\n**Now:**\n\n"
									   "**Progress:**\n\n"
									   "**Files:**\n\n"
									   "**Work:**\n\n"
									   "**Decisions:**\n\n"
									   "**Works:**\n"
									   "**Fails:**\n\n"
									   "**Blockers:** None\n\n"
									   "**Dependencies:** "
									   "None\n\n**Next:**\n\n"
									   "**Open:** None\n"},
	};
	const struct wls_new_entry entry = plain_entry();
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_result(cases[i].what, cases[i].source, &entry, cases[i].want);
}

Test(edit, lines_between_entries)
{
	static const struct {
		const char *what, *source, *want;
	} cases[] = {
		{"between them", "## v1 | x\n\nOne.\n\n---\n\n## v2 | y\n\nTwo.\n",
		 "## v1 | x\n\nOne.\n\n---\n\n## v2 | y\n\nTwo.\n\n---\n\n" V(3) "\n\n**Prev:** v2 "
										 "y" BARE},
		{"behind each", "## v1 | x\n\nOne.\n\n---\n\n## v2 | y\n\nTwo.\n\n---\n",
		 "## v1 | x\n\nOne.\n\n---\n\n## v2 | y\n\nTwo.\n\n---\n\n" V(3) "\n\n**Prev:** v2 "
										 "y" BARE
										 "\n---\n"},
		{"newest first", "## v2 | y\n\nTwo.\n\n---\n\n## v1 | x\n\nOne.\n",
		 V(3) "\n\n**Prev:** v2 y" BARE
		      "\n---\n\n## v2 | y\n\nTwo.\n\n---\n\n## v1 | x\n\nOne.\n"},
		{"a line in an entry is none between entries",
		 "## v1 | x\n\nOne.\n\n---\n\nMore.\n\n## v2 | y\n\nTwo.\n",
		 "## v1 | x\n\nOne.\n\n---\n\nMore.\n\n## v2 | y\n\nTwo.\n\n" V(3) "\n\n**Prev:** "
										   "v2 y" BARE},
	};
	const struct wls_new_entry entry = plain_entry();
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_result(cases[i].what, cases[i].source, &entry, cases[i].want);
}

/* ---- line endings, BOM, final newline ---- */

Test(edit, the_files_own_bytes)
{
	static const struct {
		const char *what, *source, *begin, *end;
	} cases[] = {
		{"CRLF", "## v1 | x\r\n\r\nOne.\r\n",
		 "## v1 | x\r\n\r\nOne.\r\n\r\n" V(2) "\r\n\r\n**Prev:** v1 x\r\n**Now:**\r\n",
		 "**Next:**\r\n\r\n**Open:**\r\n"},
		{"CR", "## v1 | x\r\rOne.\r",
		 "## v1 | x\r\rOne.\r\r" V(2) "\r\r**Prev:** v1 x\r**Now:**\r",
		 "**Next:**\r\r**Open:**\r"},
		{"CRLF in the newest entry, LF above", "# A\n\n## v1 | x\r\n\r\nOne.\r\n",
		 "# A\n\n## v1 | x\r\n\r\nOne.\r\n\r\n" V(2) "\r\n\r\n", "**Open:**\r\n"},
		{"no final newline", "## v1 | x\n\nOne.", "## v1 | x\n\nOne.\n\n" V(2) "\n\n",
		 "**Next:**\n\n**Open:**"},
		{"no final newline, CRLF", "## v1 | x\r\n\r\nOne.",
		 "## v1 | x\r\n\r\nOne.\r\n\r\n" V(2) "\r\n\r\n", "**Next:**\r\n\r\n**Open:**"},
		{"no line ending at all", "## v1 | x", "## v1 | x\n\n" V(2) "\n\n",
		 "**Next:**\n\n**Open:**"},
		{"BOM", "\xEF\xBB\xBF## v2 | y\n\n## v1 | x\n",
		 "\xEF\xBB\xBF" V(3) "\n\n**Prev:** v2 y\n", "\n## v2 | y\n\n## v1 | x\n"},
		{"invalid bytes", "## v1 | caf\xE9\n\n\xFF\xFE\n",
		 "## v1 | caf\xE9\n\n\xFF\xFE\n\n" V(2) "\n\n**Prev:** v1 caf\xE9\n",
		 "**Open:**\n"},
	};
	const struct wls_new_entry entry = plain_entry();
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_buf out = WLS_BUF_INIT;
		struct wls_added added;
		struct wls_slice begin = wls_slice_of(cases[i].begin);
		struct wls_slice end = wls_slice_of(cases[i].end);
		cr_expect_eq(add_to(wls_slice_of(cases[i].source), &entry, &out, &added), 0);
		struct wls_slice got = wls_buf_slice(&out);
		cr_expect(wls_slice_starts(got, begin), "%s: got\n%s", cases[i].what,
			  wls_buf_str(&out));
		cr_expect(got.len > end.len &&
				  wls_slice_eq(wls_slice_from(got, got.len - end.len), end),
			  "%s: got\n%s", cases[i].what, wls_buf_str(&out));
		wls_buf_release(&out);
	}
}

/* ---- frontmatter and status ---- */

struct front_case {
	const char *what, *source;
	enum wls_work_status status;
	const char *front;        /* what the result begins with */
	const char *status_field; /* the entry's, or NULL */
};

static void expect_front(const struct front_case *c)
{
	struct wls_new_entry entry = plain_entry();
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_added added;
	entry.status = c->status;
	int status = add_to(wls_slice_of(c->source), &entry, &out, &added);
	cr_expect_eq(status, 0, "%s: %s", c->what, wls_buf_str(&out));
	cr_expect(wls_slice_starts(wls_buf_slice(&out), wls_slice_of(c->front)), "%s: got\n%s",
		  c->what, wls_buf_str(&out));
	const char *text = wls_buf_str(&out) + (status == 0 ? added.begin : 0);
	const char *field = strstr(text, "**Status:**");
	if (!c->status_field)
		cr_expect_null(field, "%s: %s", c->what, field);
	else
		cr_expect(field && strncmp(field + 11, c->status_field, strlen(c->status_field)) ==
					   0,
			  "%s: got\n%s", c->what, wls_buf_str(&out));
	wls_buf_release(&out);
}

#define ENTRY "\n## v4 | x\n"

Test(edit, frontmatter)
{
	static const struct front_case cases[] = {
		{"version", "---\nversion: v4\nstatus: blocked\n---\n" ENTRY, WLS_STATUS_NONE,
		 "---\nversion: v5\nstatus: blocked\n---\n" ENTRY, NULL},
		{"a number", "---\nversion: 4\n---\n" ENTRY, WLS_STATUS_NONE,
		 "---\nversion: 5\n---\n", NULL},
		{"quoted", "---\nversion: \"v4\"\nstatus: 'blocked'\n---\n" ENTRY,
		 WLS_STATUS_COMPLETED, "---\nversion: \"v5\"\nstatus: 'completed'\n---\n", NULL},
		{"decimal", "---\nversion: v4.0\n---\n" ENTRY, WLS_STATUS_NONE,
		 "---\nversion: v5.0\n---\n", NULL},
		{"comments and blanks stay",
		 "---\nstatus:   blocked   # or not\nversion:\tv4 # now\nother: v4\n---\n" ENTRY,
		 WLS_STATUS_IN_PROGRESS,
		 "---\nstatus:   in_progress   # or not\nversion:\tv5 # now\nother: v4\n---\n",
		 NULL},
		{"behind the entries: the entries tell", "---\nversion: v2\n---\n" ENTRY,
		 WLS_STATUS_NONE, "---\nversion: v5\n---\n", NULL},
		{"more digits", "---\nversion: v9\n---\n\n## v9 | x\n", WLS_STATUS_NONE,
		 "---\nversion: v10\n---\n", NULL},
		{"flow", "---\n{version: v4, status: blocked}\n---\n" ENTRY, WLS_STATUS_COMPLETED,
		 "---\n{version: v5, status: completed}\n---\n", NULL},
		{"no version", "---\nname: A\n---\n" ENTRY, WLS_STATUS_NONE, "---\nname: A\n---\n",
		 NULL},
		{"no version that could be read", "---\nversion: draft\n---\n" ENTRY,
		 WLS_STATUS_NONE, "---\nversion: draft\n---\n", NULL},
		{"a word that means the same stays", "---\nstatus: WIP\n---\n" ENTRY,
		 WLS_STATUS_IN_PROGRESS, "---\nstatus: WIP\n---\n", NULL},
		{"closed by dots", "---\nversion: v4\n...\n" ENTRY, WLS_STATUS_NONE,
		 "---\nversion: v5\n...\n", NULL},
		{"no frontmatter: the entry says it", "## v4 | x\n", WLS_STATUS_COMPLETED,
		 "## v4 | x\n", " completed\n"},
		{"no status in it: the entry says it", "---\nversion: v4\n---\n" ENTRY,
		 WLS_STATUS_BLOCKED, "---\nversion: v5\n---\n", " blocked\n"},
		{"a log that states it in its entries",
		 "---\nstatus: in_progress\n---\n\n## v4 | x\n\n**Status:** in_progress\n",
		 WLS_STATUS_NEEDS_REVIEW, "---\nstatus: needs_review\n---\n", " needs_review\n"},
		{"the status stays where none is asked for", "## v4 | x\n\n**Status:** shipped\n",
		 WLS_STATUS_NONE, "## v4 | x\n", " completed\n"},
		{"the log's own status", "# A\n\n**Status:** blocked\n" ENTRY,
		 WLS_STATUS_IN_PROGRESS, "# A\n\n**Status:** blocked\n", " in_progress\n"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_front(&cases[i]);
}

/* ---- progress, Prev, title ---- */

struct said_case {
	const char *what, *source;
	const char *has;   /* lines of the new entry */
	const char *lacks; /* or NULL */
};

static void expect_said(const struct said_case *c, const struct wls_new_entry *entry)
{
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_added added = {0};
	int status = add_to(wls_slice_of(c->source), entry, &out, &added);
	cr_expect_eq(status, 0, "%s: %s", c->what, wls_buf_str(&out));
	const char *text = wls_buf_str(&out) + added.begin;
	cr_expect_not_null(strstr(text, c->has), "%s: got\n%s", c->what, text);
	if (c->lacks)
		cr_expect_null(strstr(text, c->lacks), "%s: got\n%s", c->what, text);
	wls_buf_release(&out);
}

Test(edit, what_the_last_entry_lends)
{
	static const struct said_case cases[] = {
		{"progress", "## v1 | x\n\n**Progress:** 70% | Schema ✅\n", "\n**Progress:** 70%\n",
		 "Schema"},
		{"progress with an arrow", "## v1 | x\n\n**Progress:** 80% → 90%\n",
		 "\n**Progress:** 90%\n", NULL},
		{"progress without number", "## v1 | x\n\n**Progress:** halfway\n",
		 "\n**Progress:**\n", "halfway"},
		{"the log's own progress", "# A\n\n**Progress:** 60%\n\n## v1 | x\n",
		 "\n**Now:**\n", "**Progress:**"},
		{"frontmatter's progress", "---\nprogress: 60%\n---\n\n## v1 | x\n", "\n**Now:**\n",
		 "**Progress:**"},
		{"Prev without tags", "## v3 | 2025-11-10 | OAuth [BLOCKED] 🚧\n",
		 "\n**Prev:** v3 OAuth\n", NULL},
		{"Prev without title", "## v3 | 2025-11-10\n", "\n**Prev:** v3\n", NULL},
		{"a title that holds fields", "## v3 | Setup | Status: completed\n",
		 "\n**Prev:** v3\n", "Status"},
		{"a title that is a field", "## v3 | **Next:** all\n", "\n**Prev:** v3\n", "all"},
		{"dependencies stay in force", "## v1 | x\n\n**Dependencies:**\n- depends on B\n",
		 "\n**Dependencies:**\n", "None"},
	};
	const struct wls_new_entry entry = plain_entry();
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_said(&cases[i], &entry);
}

Test(edit, the_heading)
{
	static const struct {
		const char *title;
		bool blocked;
		const char *want;
	} cases[] = {
		{"", false, "## v2 | 2025-11-14 12:00 |\n"},
		{"Token refresh", false, "## v2 | 2025-11-14 12:00 | Token refresh\n"},
		{"Token refresh", true, "## v2 | 2025-11-14 12:00 | Token refresh [BLOCKED]\n"},
		{"Keys [blocked]", true, "## v2 | 2025-11-14 12:00 | Keys [blocked]\n"},
		{"", true, "## v2 | 2025-11-14 12:00 | [BLOCKED]\n"},
		{"a | b: c", false, "## v2 | 2025-11-14 12:00 | a | b: c\n"},
		{"Émile 🚀", false, "## v2 | 2025-11-14 12:00 | Émile 🚀\n"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_new_entry entry = plain_entry();
		const struct said_case c = {cases[i].want, "---\nstatus: blocked\n---\n\n## v1\n",
					    cases[i].want, NULL};
		entry.title = wls_slice_of(cases[i].title);
		entry.blocked = cases[i].blocked;
		entry.status = cases[i].blocked ? WLS_STATUS_BLOCKED : WLS_STATUS_NONE;
		expect_said(&c, &entry);
	}
}

/* ---- carrying ---- */

struct carry_case {
	const char *what, *fields, *next, *blockers;
	size_t steps, open_blockers;
};

/* The bytes of `text` between the key and the next bold key at the start of a line. */
static void take_value(const char *text, const char *key, struct wls_buf *out)
{
	const char *begin = strstr(text, key);
	if (!begin)
		return;
	const char *end = strstr(begin + strlen(key), "\n\n**Dep");
	const char *other = strstr(begin + strlen(key), "\n\n**Open");
	end = end ? end : other;
	wls_buf_add(out, begin + strlen(key), (size_t)(end - begin) - strlen(key));
}

static void expect_carried(const struct carry_case *c)
{
	struct wls_new_entry entry = plain_entry();
	struct wls_buf source = WLS_BUF_INIT, out = WLS_BUF_INIT, value = WLS_BUF_INIT;
	struct wls_added added = {0};
	entry.carry = true;
	wls_buf_printf(&source, "# A\n\n## v1 | x\n\n%s", c->fields);
	int status = add_to(wls_buf_slice(&source), &entry, &out, &added);
	cr_expect_eq(status, 0, "%s: %s", c->what, wls_buf_str(&out));
	const char *text = wls_buf_str(&out) + added.begin;
	take_value(text, "**Next:**", &value);
	cr_expect_str_eq(wls_buf_str(&value), c->next, "%s: Next is\n%s", c->what,
			 wls_buf_str(&value));
	wls_buf_clear(&value);
	take_value(text, "**Blockers:**", &value);
	cr_expect_str_eq(wls_buf_str(&value), c->blockers, "%s: Blockers is\n%s", c->what,
			 wls_buf_str(&value));
	cr_expect_eq(added.steps, c->steps, "%s: %zu steps", c->what, added.steps);
	cr_expect_eq(added.blockers, c->open_blockers, "%s: %zu blockers", c->what, added.blockers);
	wls_buf_release(&source);
	wls_buf_release(&out);
	wls_buf_release(&value);
}

Test(edit, what_is_open_is_carried)
{
	static const struct carry_case cases[] = {
		{"nothing", "**Now:** x\n", "", "", 0, 0},
		{"None", "**Blockers:** None\n\n**Next:** None\n", "", "", 0, 0},
		{"open items, as they are written",
		 "**Next:**\n- [HIGH] one  `a`\n* [ ] two\n- [x] ticked\n- ~~struck~~\n- done ✅\n"
		 "- [LOW] three 🔄\n",
		 "\n- [HIGH] one  `a`\n* [ ] two\n- [LOW] three 🔄", "", 3, 0},
		{"with what stands below",
		 "**Next:**\n- one\n  - below\n\n    more\n  - [x] ticked below\n- [x] two\n  - its\n",
		 "\n- one\n  - below\n\n    more\n  - [x] ticked below", "", 1, 0},
		{"numbers", "**Next:**\n1. one\n2. [x] two\n3. three\n", "\n1. one\n3. three", "",
		 2, 0},
		{"beside the key", "**Next:** [HIGH] do it\n", " [HIGH] do it", "", 1, 0},
		{"done beside the key", "**Next:** did it ✅\n- and this\n", "\n- and this", "", 1,
		 0},
		{"indented", "- **Next:**\n  - one\n    - below\n  - two\n",
		 "\n- one\n  - below\n- two", "", 2, 0},
		{"Next adds up", "**Next:**\n- one\n\n**Now:** x\n\n**Next Steps:** two\n",
		 "\n- one\n- two", "", 2, 0},
		{"a section", "### Next\n\n- one\n- [x] two\n", "\n- one", "", 1, 0},
		{"a blocker beside the key, with its attributes",
		 "**Blockers:** No keys\n- Owner: @ops\n- ETA: 24 hours\n", "",
		 " No keys\n- Owner: @ops\n- ETA: 24 hours", 0, 1},
		{"resolved", "**Blockers:** No keys ✅\n- Owner: @ops\n", "", "", 0, 0},
		{"blockers as items",
		 "**Blockers:**\n- a\n  - Owner: @x\n- [x] b\n  - Owner: @y\n- c\n- Owner: @z\n- d "
		 "(resolved)\n",
		 "", "\n- a\n  - Owner: @x\n- c\n- Owner: @z", 0, 2},
		{"fields behind", "**Blockers:** No keys\n\n**Owner:** @ops\n\n**Open:** y\n", "",
		 " No keys\n**Owner:** @ops", 0, 1},
		{"the log's own stay", "**Now:** x\n\n## Current Blockers\n\n- a\n", "", "", 0, 0},
		{"both", "**Blockers:** a\n\n**Next:**\n- b\n", "\n- b", " a", 1, 1},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++)
		expect_carried(&cases[i]);
}

Test(edit, questions_stay_questions)
{
	const struct said_case c = {
		"questions", "## v1 | x\n\n**Blockers/Questions:**\n- Which keys?\n- No keys\n",
		"\n**Blockers/Questions:**\n- Which keys?\n- No keys\n", NULL};
	struct wls_new_entry entry = plain_entry();
	entry.carry = true;
	expect_said(&c, &entry);
}

/* ---- refusals ---- */

Test(edit, refusals)
{
	static const struct {
		const char *what, *source;
		enum wls_work_status status;
		int want;
		const char *says;
	} cases[] = {
		{"conflict markers", "## v1 | x\n\n<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n",
		 0, WLS_E_REFUSED, "line 3: conflict markers"},
		{"an open fence", "## v1 | x\n\n```\ncode\n", 0, WLS_E_FORMAT, "code fence"},
		{"an open comment", "## v1 | x\n\n<!-- note\n", 0, WLS_E_FORMAT, "comment"},
		{"a frontmatter that is none", "---\nversion: [v1\n---\n\n## v1 | x\n", 0,
		 WLS_E_FORMAT, "line 1: the frontmatter"},
		{"a frontmatter that is not closed", "---\nversion: v1\n\n## v1 | x\n", 0,
		 WLS_E_FORMAT, "line 1: the frontmatter"},
		{"no number left", "## v999999999 | x\n", 0, WLS_E_LIMIT, "last number"},
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(cases); i++) {
		struct wls_new_entry entry = plain_entry();
		struct wls_buf out = WLS_BUF_INIT;
		struct wls_added added;
		entry.status = cases[i].status;
		int status = add_to(wls_slice_of(cases[i].source), &entry, &out, &added);
		cr_expect_eq(status, cases[i].want, "%s: %d", cases[i].what, status);
		cr_expect_not_null(strstr(wls_buf_str(&out), cases[i].says), "%s: %s",
				   cases[i].what, wls_buf_str(&out));
		wls_buf_release(&out);
	}
}

/* A title that says [BLOCKED] decides over the frontmatter: `completed` would not hold. */
Test(edit, a_status_that_would_not_hold_is_refused)
{
	struct wls_new_entry entry = plain_entry();
	struct wls_buf out = WLS_BUF_INIT;
	struct wls_added added;
	entry.title = WLS_SLICE("Keys [BLOCKED]");
	entry.status = WLS_STATUS_COMPLETED;
	int status =
		add_to(WLS_SLICE("---\nstatus: blocked\n---\n\n## v1 | x\n"), &entry, &out, &added);
	cr_expect_eq(status, WLS_E_FORMAT);
	wls_buf_release(&out);
}

Test(edit, the_same_call_in_one_minute_is_refused_once_it_was_done)
{
	static const char *const sources[] = {
		"## v1 | x\n\n**Next:**\n- a\n",
		"---\nversion: v3\nstatus: blocked\n---\n\n# A Work Log\n",
		"## v2 | y\n\n---\n\n## v1 | x\n",
	};
	for (size_t i = 0; i < WLS_ARRAY_SIZE(sources); i++) {
		struct wls_new_entry entry = plain_entry();
		struct wls_buf once = WLS_BUF_INIT, twice = WLS_BUF_INIT;
		struct wls_added added;
		entry.carry = i == 0;
		cr_expect_eq(add_to(wls_slice_of(sources[i]), &entry, &once, &added), 0);
		cr_expect_eq(add_to(wls_buf_slice(&once), &entry, &twice, &added), WLS_E_REFUSED,
			     "%s", sources[i]);
		wls_buf_clear(&twice);
		entry.time = WLS_SLICE("12:01");
		cr_expect_eq(add_to(wls_buf_slice(&once), &entry, &twice, &added), 0);
		wls_buf_clear(&twice);
		entry.time = WLS_SLICE("12:00");
		entry.title = WLS_SLICE("other");
		cr_expect_eq(add_to(wls_buf_slice(&once), &entry, &twice, &added), 0);
		wls_buf_release(&once);
		wls_buf_release(&twice);
	}
}
