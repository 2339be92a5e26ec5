/* SPDX-License-Identifier: MIT */
/*
 * What is wanted of a log: identity, title, labels, entries, needs, and what is refused.
 */
#include <criterion/criterion.h>

#include "base/utf8.h"
#include "region_support.h"

Test(plan_wanted, state_names)
{
	cr_assert_str_eq(wls_issue_state_name(WLS_ISSUE_OPEN), "open");
	cr_assert_str_eq(wls_issue_state_name(WLS_ISSUE_COMPLETED), "completed");
	cr_assert_str_eq(wls_issue_state_name(WLS_ISSUE_NOT_PLANNED), "not_planned");
}

/* ---- identity, title, labels ---- */

#define ENTRY "## v2 | 2025-11-10 | X\n"
#define FORTY "0123456789abcdefghij0123456789abcdefghij"

static const struct {
	const char *log;
	const char *id, *title;
	int64_t issue;
	const char *refused; /* NULL: not at all */
} identities[] = {
	{ENTRY, "Log", "Log", 0, NULL},
	{"# My thing - Work Log\n" ENTRY, "Log", "My thing", 0, NULL},
	{"# Work Log\n" ENTRY, "Log", "Log", 0, NULL},
	{"# \x01\x02\n" ENTRY, "Log", "Log", 0, NULL},
	{"# Fix @me `<b>` #1 Work Log\n" ENTRY, "Log", "Fix @me `<b>` #1", 0, NULL},
	{"---\nid: Old-Name\nissue: 12\n---\n" ENTRY, "Old-Name", "Log", 12, NULL},
	{"---\nissue: \"#34\"\n---\n" ENTRY, "Log", "Log", 34, NULL},
	{"---\nissue: \"\"\n---\n" ENTRY, "Log", "Log", 0, NULL},
	{"---\nissue:\n---\n" ENTRY, "Log", "Log", 0, NULL},
	{"---\nversion: 2\nissue: twelve\n---\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:3: `issue` is no issue number; write `issue: 12`"},
	{"---\nissue: 0\n---\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:2: `issue` is no issue number; write `issue: 12`"},
	{"---\nissue: -3\n---\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:2: `issue` is no issue number; write `issue: 12`"},
	{"---\nissue: 12.5\n---\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:2: `issue` is no issue number; write `issue: 12`"},
	{"---\nissue: 99999999999999999999999\n---\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:2: `issue` is no issue number; write `issue: 12`"},
	{ENTRY "\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n", "Log", "Log", 0,
	 "Log-WorkLog.md:3: holds conflict markers; settle them (wlsync resolve)"},
	{"# Key ghp_" FORTY "\n" ENTRY, "Log", "Log", 0,
	 "Log-WorkLog.md:1: looks like a GitHub token; remove it, or list it in allow-secret of "
	 ".wlsync"},
	{ENTRY "\n\nAKIAIOSFODNN7ABCDEFG\n", "Log", "Log", 0,
	 "Log-WorkLog.md:4: looks like an AWS key; remove it, or list it in allow-secret of "
	 ".wlsync"},
};

Test(plan_wanted, identity)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(identities); i++) {
		struct shown_world _cleanup_world_ world;
		const struct wls_wanted *wanted;

		shown_world_init(&world);
		shown_world_of(&world, wls_slice_of(identities[i].log));
		wanted = shown_wanted(&world, "Log");
		cr_assert(wls_slice_eq(wanted->id, wls_slice_of(identities[i].id)), "%zu: id", i);
		cr_assert(wls_slice_eq(wanted->title, wls_slice_of(identities[i].title)),
			  "%zu: title %.*s", i, WLS_SLICE_ARG(wanted->title));
		cr_assert(wls_slice_eq(wanted->name, WLS_SLICE("Log")));
		cr_assert(wls_slice_eq(wanted->file, WLS_SLICE("Log-WorkLog.md")));
		cr_assert_eq(wanted->issue, identities[i].issue, "%zu: issue", i);
		cr_assert_eq(wanted->version, 2);
		cr_assert_eq(!wanted->refused, !identities[i].refused, "%zu: %s", i,
			     wanted->refused ? wanted->refused : "not refused");
		if (wanted->refused)
			cr_assert_str_eq(wanted->refused, identities[i].refused);
	}
}

/* A secret's value is nowhere in what is wanted; its log has no region. */
Test(plan_wanted, secrets)
{
	static const struct wls_slice allow[] = {{"ghp_" FORTY, 44}};
	struct wls_slice text = WLS_SLICE("# ghp_" FORTY "\n" ENTRY "\n**Next:** ghp_" FORTY "\n");

	for (int mode = 0; mode < 3; mode++) {
		struct shown_world _cleanup_world_ world;
		struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
		const struct wls_wanted *wanted;

		shown_world_init(&world);
		world.options.allow_secrets = mode == 1;
		world.options.allow = allow;
		world.options.allow_count = mode == 2;
		shown_world_of(&world, text);
		wanted = &world.list.items[0];
		cr_assert_eq(wanted->refused != NULL, mode == 0);
		cr_assert_eq(shown_region(&world, wanted, WLS_BODY_MAX, &out), mode != 0);
		cr_assert_eq(wls_slice_find(wanted->title, WLS_SLICE("ghp_")) == SIZE_MAX,
			     mode == 0);
		cr_assert_eq(strstr(wls_buf_str(&out), "ghp_") == NULL, mode == 0);
	}
}

/* All files of a log are looked at. */
Test(plan_wanted, parts)
{
	const struct shown_file files[] = {
		{"Log-WorkLog-v2.md", WLS_SLICE("---\nversion: v2\nid: Kept\nissue: 5\n---\n"
						"# Log\n\n## v1 | 2025-11-01 | A\n\n"
						"## v2 | 2025-11-02 | B\n")},
		{"Log-WorkLog-v4.md",
		 WLS_SLICE(
			 "# Log\n\nContinuation of Log-WorkLog-v2.md\n\n## v3 | 2025-11-03 | C\n\n"
			 "## v4 | 2025-11-04 | D\n")},
	};
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ out = WLS_BUF_INIT;
	const struct wls_wanted *wanted;

	shown_world_init(&world);
	shown_world_read(&world, files, WLS_ARRAY_SIZE(files));
	cr_assert_eq(world.list.count, 1);
	wanted = &world.list.items[0];
	cr_assert(wls_slice_eq(wanted->file, WLS_SLICE("Log-WorkLog-v4.md")));
	cr_assert(wls_slice_eq(wanted->id, WLS_SLICE("Kept")));
	cr_assert_eq(wanted->issue, 5);
	cr_assert_eq(wanted->entry_count, 4);
	for (uint32_t i = 0; i < 4; i++)
		cr_assert_eq(wanted->entries[i].version, i + 1);
	cr_assert(shown_region(&world, wanted, WLS_BODY_MAX, &out));
	cr_assert(strstr(wls_buf_str(&out), "- v4 · 2025-11-04 · D\n- v3 · 2025-11-03 · C\n"
					    "- v2 · 2025-11-02 · B\n- v1 · 2025-11-01 · A\n"));
}

/* Controls, and titles that are too long. */
Test(plan_wanted, long_title)
{
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	const struct wls_wanted *wanted;

	shown_world_init(&world);
	wls_buf_add_str(&text, "# \x07");
	for (int i = 0; i < 100; i++)
		wls_buf_add_str(&text, "äö\xE2\x80\xAE word ");
	wls_buf_add_str(&text, "\n\n" ENTRY);
	shown_world_of(&world, wls_buf_slice(&text));
	wanted = &world.list.items[0];
	cr_assert_leq(wls_utf8_count(wanted->title), 256);
	cr_assert_geq(wls_utf8_count(wanted->title), 200);
	cr_assert(wls_slice_ends_nocase(wanted->title, WLS_SLICE("…")));
	cr_assert_eq(wls_slice_find(wanted->title, WLS_SLICE("\xE2\x80\xAE")), SIZE_MAX);
}

static const struct {
	const char *fields, *labels;
	enum wls_issue_state state;
} labels[] = {
	{"", "wlsync", WLS_ISSUE_OPEN},
	{"**Status:** in_progress\n", "wlsync x/status:in-progress", WLS_ISSUE_OPEN},
	{"**Status:** blocked\n", "wlsync x/status:blocked", WLS_ISSUE_OPEN},
	{"**Status:** needs_review\n", "wlsync x/status:needs-review", WLS_ISSUE_OPEN},
	{"**Status:** completed\n", "wlsync x/status:completed", WLS_ISSUE_COMPLETED},
	{"**Status:** on fire\n", "wlsync", WLS_ISSUE_OPEN},
	{"**Next:**\n- [MED] a\n- [HIGH] b\n", "wlsync x/priority:high", WLS_ISSUE_OPEN},
	{"**Next:**\n- [x] [HIGH] b\n- [MED] c\n", "wlsync", WLS_ISSUE_OPEN},
	{"**Status:** blocked\n\n**Next:**\n- [HIGH] [BLOCKED] b\n",
	 "wlsync x/status:blocked x/priority:high", WLS_ISSUE_OPEN},
};

Test(plan_wanted, labels)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(labels); i++) {
		struct shown_world _cleanup_world_ world;
		struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
		struct wls_buf _cleanup_buf_ found = WLS_BUF_INIT;
		const struct wls_wanted *wanted;

		shown_world_init(&world);
		world.options.label_prefix = WLS_SLICE("x/");
		wls_buf_printf(&text, ENTRY "\n%s", labels[i].fields);
		shown_world_of(&world, wls_buf_slice(&text));
		wanted = &world.list.items[0];
		for (size_t k = 0; k < wanted->label_count; k++) {
			wls_buf_add_str(&found, k > 0 ? " " : "");
			wls_buf_add_slice(&found, wanted->labels[k]);
		}
		cr_assert_str_eq(wls_buf_str(&found), labels[i].labels);
		cr_assert_eq(wanted->state, labels[i].state);
	}
}

/* ---- entries ---- */

/* Whether version 1 of both logs hashes to the same. */
static const struct {
	const char *a, *b;
	bool same;
} hashes[] = {
	{"## v1 | 2025-11-10 | X\n\nText\n", "## v1 | 2025-11-10 | X\r\n\r\nText\r\n", true},
	{"## v1 | 2025-11-10 | X\n\nText\n", "## v1 | 2025-11-10 | X  \n\nText \t\n", true},
	{"## v1 | 2025-11-10 | X\n\nText\n", "## v1 | 2025-11-10 | X\n\nText", true},
	{"## v1 | 2025-11-10 | X\n\nText", "# T\n\n## v1 | 2025-11-10 | X\n\nText\n\n\n", true},
	{"## v1 | 2025-11-10 | X\n\nText",
	 "## v1 | 2025-11-10 | X\n\nText\n\n## v2 | 2025-11-11 | Y\n", true},
	{"## v1 | 2025-11-10 | X\n\nText",
	 "## v1 | 2025-11-10 | X\n\nText\n\n---\n\n## v2 | 2025-11-11 | Y\n", true},
	{"## v1 | 2025-11-10 | X\n\nText",
	 "## v2 | 2025-11-11 | Y\n\n## v1 | 2025-11-10 | X\n\nText", true},
	{"## v1 | 2025-11-10 | X\n\nText", "## v1 | 2025-11-10 | X\n\nTexts", false},
	{"## v1 | 2025-11-10 | X\n\nText", "## v1 | 2025-11-10 | Z\n\nText", false},
	{"## v1 | 2025-11-10 | X\n\n- a\n", "## v1 | 2025-11-10 | X\n\n  - a\n", false},
	{"## v1 | 2025-11-10 | X\n\nText",
	 "## v1 | 2025-11-10 | X\n\nText\n\n## v1 Complete\n\nMore\n", false},
	{"## v1 | 2025-11-10 | X\n\nA\n\n## v1 | 2025-11-11 | Y\n\nB\n",
	 "## v1 | 2025-11-11 | Y\n\nB\n\n## v1 | 2025-11-10 | X\n\nA\n", true},
	{"## v1 | 2025-11-10 | X\n\nA\n\n## v1 | 2025-11-11 | Y\n\nB\n",
	 "## v1 | 2025-11-10 | X\n\nA\n", false},
};

static uint64_t hash_of_first(const char *log, size_t i)
{
	struct shown_world _cleanup_world_ world;
	const struct wls_wanted *wanted;

	shown_world_init(&world);
	shown_world_of(&world, wls_slice_of(log));
	wanted = &world.list.items[0];
	cr_assert_geq(wanted->entry_count, 1, "%zu", i);
	cr_assert_eq(wanted->entries[0].version, 1, "%zu", i);
	for (size_t k = 1; k < wanted->entry_count; k++)
		cr_assert_gt(wanted->entries[k].version, wanted->entries[k - 1].version);
	return wanted->entries[0].hash;
}

Test(plan_wanted, entry_hashes)
{
	for (size_t i = 0; i < WLS_ARRAY_SIZE(hashes); i++)
		cr_assert_eq(hash_of_first(hashes[i].a, i) == hash_of_first(hashes[i].b, i),
			     hashes[i].same, "%zu", i);
}

Test(plan_wanted, entry_hash_alone)
{
	struct wls_slice text =
		WLS_SLICE("## v1 | 2025-11-10 | X\n\nText\n\n## v2 | 2025-11-11 | Y\n");
	struct shown_world _cleanup_world_ world;
	struct wls_doc *doc;

	shown_world_init(&world);
	shown_world_of(&world, text);
	cr_assert_eq(wls_doc_parse(&doc, text, NULL), WLS_OK);
	cr_assert_eq(world.list.items[0].entry_count, 2);
	for (uint32_t v = 1; v <= 2; v++)
		cr_assert_eq(wls_entry_hash(doc, wls_doc_entry(doc, v)),
			     world.list.items[0].entries[v - 1].hash);
	wls_doc_free(doc);
}

/* ---- needs ---- */

/*
 * Logs, a letter each: `A:BC` needs B and C; a capital is in progress, what is marked `!` completed.
 * Expected: the needs that may be links.
 */
static const struct {
	const char *logs, *needs;
	bool circle; /* the first log is told that an edge of its lies on one */
} graphs[] = {
	{"A:BC B: C:", "A:BC B: C:", false},
	{"A:CB B: C:", "A:BC B: C:", false},
	{"A:BB B:", "A:B B:", false},
	{"A:Z", "A:", false},
	{"A:B B:A", "A: B:", true},
	{"A:B B:C C:A D:A", "A: B: C: D:A", true},
	{"A:BD B:A D:", "A:D B: D:", true},
	{"A:B! B:A", "A: B:", true},
	{"A:B B:CD C:B D:E E:D F:ABCDE", "A:B B:D C: D: E: F:ABCDE", false},
};

static void make_need_file(struct wls_buf *out, const char *needs)
{
	wls_buf_add_str(out, ENTRY "\n**Status:** in_progress\n\n**Dependencies:**\n");
	for (; *needs && *needs != ' '; needs++)
		if (*needs != '!')
			wls_buf_printf(out, "- Needs L%c-WorkLog%s\n", *needs,
				       needs[1] == '!' ? "-v2 ✅" : "");
}

static void describe_needs(const struct shown_world *world, struct wls_buf *out)
{
	for (uint32_t i = 0; i < world->list.count; i++) {
		const struct wls_wanted *wanted = &world->list.items[i];

		wls_buf_printf(out, "%s%c:", i > 0 ? " " : "", wanted->name.ptr[1]);
		for (size_t k = 0; k < wanted->need_count; k++)
			wls_buf_add_char(out, world->graph->logs[wanted->needs[k]].id.ptr[1]);
	}
}

Test(plan_wanted, needs)
{
	enum { LOGS = 8 };

	for (size_t i = 0; i < WLS_ARRAY_SIZE(graphs); i++) {
		struct shown_world _cleanup_world_ world;
		struct wls_buf _cleanup_buf_ found = WLS_BUF_INIT;
		struct wls_buf texts[LOGS], paths[LOGS];
		struct shown_file files[LOGS];
		size_t n = 0;

		for (const char *at = graphs[i].logs; at; at = strchr(at, ' ')) {
			at += *at == ' ';
			wls_buf_init(&texts[n], WLS_BUF_LIMIT);
			wls_buf_init(&paths[n], WLS_BUF_LIMIT);
			make_need_file(&texts[n], at + 2);
			wls_buf_printf(&paths[n], "L%c-WorkLog.md", *at);
			files[n] = (struct shown_file){wls_buf_str(&paths[n]),
						       wls_buf_slice(&texts[n])};
			n++;
		}
		shown_world_init(&world);
		shown_world_read(&world, files, n);
		describe_needs(&world, &found);
		cr_assert_str_eq(wls_buf_str(&found), graphs[i].needs, "%zu: %s", i,
				 wls_buf_str(&found));
		cr_assert_eq(world.list.items[0].links_note != NULL, graphs[i].circle, "%zu", i);
		while (n-- > 0) {
			wls_buf_release(&texts[n]);
			wls_buf_release(&paths[n]);
		}
	}
}

/* No more links than a tracker takes: the first by id. */
Test(plan_wanted, many_needs)
{
	enum { LOGS = 61, PATH = 32 };
	static char paths[LOGS][PATH];
	struct shown_file files[LOGS];
	struct shown_world _cleanup_world_ world;
	struct wls_buf _cleanup_buf_ text = WLS_BUF_INIT;
	const struct wls_wanted *wanted;

	wls_buf_add_str(&text, ENTRY "\n**Dependencies:**\n");
	for (unsigned i = 0; i < LOGS; i++) {
		struct wls_buf path = {.limit = PATH};

		wls_buf_printf(&path, i == 0 ? "Z-WorkLog.md" : "N%02u-WorkLog.md", i);
		memcpy(paths[i], wls_buf_str(&path), path.len);
		wls_buf_release(&path);
		files[i] = (struct shown_file){paths[i], WLS_SLICE(ENTRY)};
		if (i > 0)
			wls_buf_printf(&text, "- Needs N%02u-WorkLog\n", LOGS - i);
	}
	files[0].text = wls_buf_slice(&text);
	shown_world_init(&world);
	shown_world_read(&world, files, LOGS);
	wanted = shown_wanted(&world, "Z");
	cr_assert_eq(wanted->need_count, WLS_LINKS_MAX);
	cr_assert_str_eq(wanted->links_note,
			 "10 more dependencies than an issue can have links (50): "
			 "they stand in the text only");
	for (uint32_t i = 0; i < WLS_LINKS_MAX; i++)
		cr_assert_eq(wanted->needs[i], i);
}

/* ---- the list ---- */

Test(plan_wanted, find)
{
	const struct shown_file files[] = {{"A-WorkLog.md", WLS_SLICE(ENTRY)},
					   {"B-WorkLog.md", WLS_SLICE(ENTRY)},
					   {"C-WorkLog.md", WLS_SLICE(ENTRY)}};
	struct shown_world _cleanup_world_ world;
	struct wls_wanted first;

	shown_world_init(&world);
	shown_world_read(&world, files, WLS_ARRAY_SIZE(files));
	for (uint32_t i = 0; i < 3; i++)
		cr_assert_eq(wls_wanted_find(&world.list, i), &world.list.items[i]);
	cr_assert_null(wls_wanted_find(&world.list, 3));
	/* Not all, and not in order. */
	first = world.list.items[0];
	world.list.items[0] = world.list.items[2];
	world.list.items[1] = first;
	world.list.count = 2;
	cr_assert_eq(wls_wanted_find(&world.list, 0), &world.list.items[1]);
	cr_assert_eq(wls_wanted_find(&world.list, 2), &world.list.items[0]);
	cr_assert_null(wls_wanted_find(&world.list, 1));
	wls_wanted_release(&world.list);
	cr_assert_null(wls_wanted_find(&world.list, 0));
}
